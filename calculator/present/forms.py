"""The form as HTML: every fact that `scenario` declares, in the order a person tells it.

A case fills it, errors stand beside their fields, and what is rarely needed is folded until it holds an answer.
What a browser sends back is read in `entries`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from calculator.kinds import (
    DONT_KNOW,
    Amount,
    Choice,
    Day,
    FieldError,
    Kind,
    Length,
    Percent,
    Rows,
    Several,
    SubstanceName,
    SubstanceNames,
    Text,
    Whole,
    YesNo,
)
from calculator.present import words
from calculator.present.entries import (
    BY_WAY,
    FIELDS,
    HOW,
    SECTIONS,
    UNITS,
    Field,
    Form,
    Section,
    Values,
    all_entries,
    can_be_unknown,
    case_to_entries,
    declared,
    entries_to_case,
    field_entries,
    is_menu,
    name_of,
    order,
    read_form,
    row_numbers,
    row_order,
    texts_of,
)
from calculator.present.labels import Label, label_at
from calculator.present.markup import Markup, joined, tag, void

__all__ = [
    "Form",
    "case_to_entries",
    "entries_to_case",
    "error_items",
    "field_id",
    "form_html",
    "name_of",
    "read_form",
]

UNIT_WORDS = {
    "g": "grams (g)",
    "kg": "kilograms (kg)",
    "mg": "milligrams (mg)",
    "oz": "ounces (oz)",
    "lb": "pounds (lb)",
    "ml": "milliliters (ml)",
    "l": "liters (l)",
    "qt": "quarts",
    "gal": "gallons",
    "grain": "grains (the old weight)",
}


def field_id(name: str) -> str:
    """The id of the first control of a field: where a link to it leads."""
    return f"ps-{name}"


@dataclass(frozen=True, slots=True)
class _Drawing:
    values: Values
    errors: Mapping[str, str]
    echoes: Mapping[str, str]
    # What an empty form says: where the page goes back to when the answers are cleared.
    blank: Values

    def first(self, name: str) -> str:
        return next((text for text in self.values.get(name, ()) if text != DONT_KNOW), "")

    def has(self, name: str, text: str) -> bool:
        return text in self.values.get(name, ())


def form_html(
    case_data: Mapping[str, Any] | None,
    errors: Iterable[FieldError] = (),
    *,
    substances: Sequence[str] = (),
    echoes: Mapping[str, str] | None = None,
) -> str:
    """The form filled in with a case, or empty; `errors` by the paths of the case stand beside their fields.
    `substances` are the names offered while a drug is typed."""
    blank = _gathered(all_entries({}))
    del blank[HOW]
    values = blank if case_data is None else _gathered(all_entries(case_data))
    found = list(errors)
    drawing = _Drawing(values, {_dotted(error.field): error.message for error in found}, echoes or {}, blank)
    summary = error_items((_dotted(error.field), error.message) for error in found)
    return tag(
        "form",
        tag("div", summary, data_part="errors", tabindex="-1", hidden=not found),
        tag("p", words.FORM_INTRO, class_="ps-hint"),
        *(_section(section, drawing) for section in SECTIONS),
        tag("datalist", *(tag("option", value=name) for name in substances), id="ps-substances"),
        tag(
            "div",
            tag("button", words.SUBMIT, type="submit", class_="ps-primary"),
            tag("button", words.CLEAR, type="button", data_action="clear"),
            tag("button", words.PRINT, type="button", data_action="print"),
            class_="ps-actions",
        ),
        data_part="form",
        novalidate=True,
        autocomplete="off",
    )


def _gathered(entries: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for name, text in entries:
        values.setdefault(name, []).append(text)
    return values


def _dotted(path: str) -> str:
    return path.replace("[", ".").replace("]", "")


def error_items(errors: Iterable[tuple[str, str]]) -> Markup:
    """The summary of what needs another look: (name in the form, message) pairs, each linked to its field."""
    found = list(errors)
    if not found:
        return Markup()
    return joined(
        [
            tag("p", tag("strong", words.errors_title(len(found)))),
            tag(
                "ul",
                *(
                    tag(
                        "li",
                        tag("a", _asked(name), href=f"#{field_id(name)}"),
                        ": ",
                        words.this_answer(message),
                    )
                    for name, message in found
                ),
            ),
        ]
    )


def _asked(name: str) -> str:
    """How a field is called in a list of errors: its question, with the row it is in."""
    if name == HOW:
        return words.HISTORY_HOW
    label = label_at(re.sub(r"\.(\d+)", r"[\1]", name))
    row = next((number for number in re.findall(r"\.(\d+)", name)), None)
    asked = label.ask if label else name
    at = next((words.ROW[rows] for rows in words.ROW if name.startswith(f"{rows}.")), None)
    return f"{at} (row {int(row) + 1}): {asked}" if at and row is not None else asked


def _section(section: Section, drawing: _Drawing) -> Markup:
    first, rest = order(section)
    by_way = {name for names in BY_WAY.values() for name in names}
    shown: list[Markup] = []
    for name in first:
        if name == HOW:
            shown.append(_how(drawing))
            shown += [_way_fold(way, drawing) for way in BY_WAY]
        elif name not in by_way:
            shown.append(_field(FIELDS[name], drawing))
    folded = tag(
        "details",
        tag("summary", words.LESS_COMMON),
        *(_field(FIELDS[name], drawing) for name in rest),
        class_="ps-fold",
        open=any(_stands_out(FIELDS[name], drawing) for name in rest),
    )
    return tag(
        "fieldset",
        tag("legend", words.GROUPS[section.key]),
        *shown,
        folded if rest else "",
        class_="ps-group",
    )


def _stands_out(item: Field, drawing: _Drawing) -> bool:
    """Whether a folded field holds something other than its default, so that its fold must be open."""
    if item.name in drawing.errors:
        return True
    given = [text for text in drawing.values.get(item.name, ()) if text]
    return bool(given) and given != texts_of(item.kind, item.default)


def _how(drawing: _Drawing) -> Markup:
    choices = [(value, text) for value, text in words.HISTORY_WAYS.items()]
    control = _choices(HOW, Label(words.HISTORY_HOW, words.HISTORY_TERM, ""), choices, drawing, "radio")
    return _framed(HOW, control, words.HISTORY_HELP, drawing)


def _way_fold(way: str, drawing: _Drawing) -> Markup:
    names = BY_WAY[way]
    return tag(
        "details",
        tag("summary", words.HISTORY_FOLDS[way]),
        *(_field(FIELDS[name], drawing) for name in names),
        class_="ps-fold",
        id=f"ps-history-{way}",
        open=drawing.has(HOW, way) or any(name in drawing.errors for name in names),
    )


def _field(item: Field, drawing: _Drawing) -> Markup:
    if isinstance(item.kind, Rows):
        return _rows(item, item.kind, drawing)
    draw: Callable[[Field, _Drawing], Markup] = _DRAWN.get(type(item.kind), _text)
    return _framed(item.name, draw(item, drawing), item.label.help, drawing)


def _framed(name: str, control: Markup, help_text: str, drawing: _Drawing) -> Markup:
    """A control with its help, and the places for its error and its echo."""
    message, echo = drawing.errors.get(name, ""), drawing.echoes.get(name, "")
    return tag(
        "div",
        control,
        _help(help_text),
        tag(
            "p",
            words.this_answer(message) if message else "",
            class_="ps-error",
            data_error_for=name,
            hidden=not message,
        ),
        tag("p", echo, class_="ps-echo", data_echo_for=name, hidden=not echo),
        class_="ps-field",
        data_field=name,
    )


def _help(text: str) -> Markup:
    return tag("details", tag("summary", words.HELP), tag("p", text), class_="ps-help")


def _question(label: Label) -> Markup:
    return joined([label.ask, tag("span", label.term, class_="ps-term") if label.term else ""], " ")


def _labelled(item: Field, control: Markup) -> Markup:
    return joined([tag("label", _question(item.label), for_=field_id(item.name)), control])


def _text(item: Field, drawing: _Drawing) -> Markup:
    kind, name = item.kind, item.name
    text = drawing.first(name)
    common: dict[str, Any] = {"id": field_id(name), "name": name, "autocomplete": "off"}
    if isinstance(kind, SubstanceNames):
        return _labelled(item, tag("textarea", text, rows="2", **common))
    if isinstance(kind, Day):
        return _labelled(item, void("input", type="date", value=text, **common))
    if isinstance(kind, SubstanceName):
        common["list"] = "ps-substances"
    if isinstance(kind, Text):
        common["maxlength"] = "120"
    if isinstance(kind, Length):
        common["placeholder"] = words.LENGTH_EXAMPLE
    return _labelled(item, void("input", type="text", value=text, **common))


def _amount_control(item: Field, drawing: _Drawing) -> Markup:
    name = item.name
    unit = drawing.first(f"{name}.unit") or UNITS[0]
    number = void(
        "input",
        type="text",
        inputmode="decimal",
        id=field_id(name),
        name=name,
        value=drawing.first(name),
        autocomplete="off",
    )
    return _labelled(
        item,
        tag(
            "span",
            number,
            _menu(f"{name}.unit", _units(), unit, UNITS[0], aria_label=words.UNIT),
            class_="ps-with-unit",
        ),
    )


def _units() -> list[tuple[str, str]]:
    return [(unit, UNIT_WORDS.get(unit, unit)) for unit in UNITS]


def _number_control(item: Field, drawing: _Drawing) -> Markup:
    name = item.name
    percent = isinstance(item.kind, Percent)
    number = void(
        "input",
        type="text",
        inputmode="decimal" if percent else "numeric",
        id=field_id(name),
        name=name,
        value=drawing.first(name),
        autocomplete="off",
    )
    boxed: Markup = tag("span", number, " ", words.PERCENT, class_="ps-with-unit") if percent else number
    if not can_be_unknown(item.kind):
        return _labelled(item, boxed)
    unknown = _choice(name, "checkbox", DONT_KNOW, words.DONT_KNOW, drawing, f"{field_id(name)}-unknown")
    return joined([_labelled(item, boxed), tag("div", unknown, class_="ps-unknown")])


def _yes_no(item: Field, drawing: _Drawing) -> Markup:
    choices = [("yes", words.YES), ("no", words.NO), (DONT_KNOW, words.DONT_KNOW)]
    return _choices(item.name, item.label, choices, drawing, "radio", class_="ps-yesno")


def _said(item: Field, value: str) -> str:
    return (item.label.options or {})[value]


def _choice_control(item: Field, drawing: _Drawing) -> Markup:
    assert isinstance(item.kind, Choice)
    choices = [(value, _said(item, value)) for value in item.kind.options]
    if not is_menu(item):
        return _choices(item.name, item.label, choices, drawing, "radio")
    if item.default is None:
        choices.insert(0, ("", words.CHOOSE if item.required else words.NOT_GIVEN))
    return _labelled(
        item,
        _menu(
            item.name,
            choices,
            drawing.first(item.name),
            next(iter(drawing.blank.get(item.name, ())), ""),
            id=field_id(item.name),
        ),
    )


def _several(item: Field, drawing: _Drawing) -> Markup:
    assert isinstance(item.kind, Several)
    choices = [(value, _said(item, value)) for value in item.kind.options]
    return _choices(item.name, item.label, choices, drawing, "checkbox")


_DRAWN: dict[type[Kind], Callable[[Field, _Drawing], Markup]] = {
    YesNo: _yes_no,
    Choice: _choice_control,
    Several: _several,
    Whole: _number_control,
    Percent: _number_control,
    Amount: _amount_control,
}


def _menu(name: str, choices: Sequence[tuple[str, str]], chosen: str, blank: str, **attributes: object) -> Markup:
    return tag(
        "select",
        *(
            tag(
                "option",
                text,
                value=value,
                selected=bool(chosen) and value == chosen,
                data_blank=value == blank,
            )
            for value, text in choices
        ),
        name=name,
        **attributes,
    )


def _choices(
    name: str,
    label: Label,
    choices: Sequence[tuple[str, str]],
    drawing: _Drawing,
    kind: str,
    class_: str | None = None,
) -> Markup:
    drawn = [
        _choice(name, kind, value, text, drawing, f"{field_id(name)}{f'-{value}' if number else ''}")
        for number, (value, text) in enumerate(choices)
    ]
    return tag("fieldset", tag("legend", _question(label)), *drawn, class_=class_)


def _choice(name: str, kind: str, value: str, text: str, drawing: _Drawing, id_: str) -> Markup:
    box = void(
        "input",
        type=kind,
        id=id_,
        name=name,
        value=value,
        checked=drawing.has(name, value),
        data_blank=value in drawing.blank.get(name, ()),
    )
    return tag("label", box, " ", tag("span", text), class_="ps-choice", for_=id_)


def _rows(item: Field, kind: Rows, drawing: _Drawing) -> Markup:
    at = item.name
    indices = row_numbers(at, drawing.values)
    if not indices and at == "drugs":
        indices = [0]
    blank = _Drawing(_blank_row(kind, at), {}, {}, {})
    message = drawing.errors.get(at, "")
    return tag(
        "div",
        tag("p", tag("strong", item.label.ask), " ", tag("span", item.label.term, class_="ps-term"))
        if at != "drugs"
        else "",
        _help(item.label.help),
        tag(
            "p",
            words.this_answer(message) if message else "",
            class_="ps-error",
            data_error_for=at,
            hidden=not message,
        ),
        tag(
            "div",
            *(_row(kind, at, str(index), drawing) for index in indices),
            data_rows=at,
            data_blank=at == "drugs",
            id=field_id(at),
        ),
        tag("template", _row(kind, at, "__i__", blank), data_row_template=at),
        tag("button", words.ADD[at], type="button", data_action="add-row", data_for=at),
        class_="ps-rows",
        data_field=at,
    )


def _blank_row(kind: Rows, at: str) -> dict[str, list[str]]:
    return _gathered(entry for item in declared(kind.record, f"{at}.__i__.") for entry in field_entries(item, None))


def _row(kind: Rows, at: str, index: str, drawing: _Drawing) -> Markup:
    here = f"{at}.{index}"
    if not any(name.startswith(f"{here}.") for name in drawing.values):
        blank = {name.replace("__i__", index): texts for name, texts in _blank_row(kind, at).items()}
        drawing = _Drawing({**drawing.values, **blank}, drawing.errors, drawing.echoes, drawing.blank)
    fields = {item.name: item for item in declared(kind.record, f"{here}.")}
    first, rest = row_order(kind.record)
    folded = [fields[f"{here}.{name}"] for name in rest]
    echo = drawing.echoes.get(here, "")
    return tag(
        "fieldset",
        tag("legend", words.ROW[at]),
        tag("p", echo, class_="ps-echo ps-row-echo", data_echo_for=here, hidden=not echo),
        *(_field(fields[f"{here}.{name}"], drawing) for name in first),
        tag(
            "details",
            tag("summary", words.LESS_COMMON_ROW),
            *(_field(item, drawing) for item in folded),
            class_="ps-fold",
            open=any(_stands_out(item, drawing) for item in folded),
        ),
        tag("button", words.REMOVE[at], type="button", data_action="remove-row"),
        class_="ps-row",
        data_row=True,
    )
