"""The form: asked in the order a person tells it, from the declarations in `scenario`.

`form_html` draws it, `read_form` reads back what a browser sends: a list of names and texts. Names are the
paths of a case with points ("drugs.0.quantity"); a checked list repeats its name; an empty text is "not
given". Nothing here knows law.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from calculator.present import words
from calculator.present.labels import Label, label_at, label_of
from calculator.present.markup import Markup, joined, tag, void
from calculator.scenario import (
    DONT_KNOW,
    UNSTATED,
    Amount,
    Case,
    Choice,
    Day,
    Drug,
    Fact,
    FieldError,
    Group,
    Kind,
    Length,
    Percent,
    Prior,
    Rows,
    Several,
    SubstanceName,
    SubstanceNames,
    Text,
    Whole,
    YesNo,
    fields_of,
    required,
)
from calculator.units import Quantity, UnitError, plain

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

type Entries = Sequence[tuple[str, str]]
type Values = Mapping[str, Sequence[str]]

# Whether the past is listed, entered in points, or empty: a question of the form alone, not a field of a
# case.
HOW = "history.how"
UNITS = (
    "g",
    "kg",
    "mg",
    "oz",
    "lb",
    "pills",
    "doses",
    "plants",
    "units",
    "cigarettes",
    "ml",
    "l",
    "qt",
    "gal",
    "grain",
)
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

# A choice with more words than this is a menu, unless not knowing is one of them: then it is drawn in full.
_MOST_RADIOS = 4


@dataclass(frozen=True, slots=True)
class _Section:
    """One group of questions: the groups of a case it takes in, and the fields asked before the fold, in
    order.
    """

    key: str
    groups: tuple[str, ...]
    first: tuple[str, ...]


_SECTIONS = (
    _Section(
        "charge",
        ("charge",),
        (
            "charge.statute",
            "charge.tier",
            "charge.found",
            "charge.notice_851",
            "charge.serious_priors",
            "charge.drug_priors",
            "charge.death_or_injury_found",
            "charge.firearm_count",
            "charge.outside",
        ),
    ),
    _Section("drugs", (), ("drugs",)),
    _Section(
        "conduct",
        ("conduct",),
        (
            "conduct.weapon_possessed",
            "conduct.own_weapon",
            "conduct.violence",
            "conduct.death_or_serious_injury",
            "conduct.premises",
            "conduct.fentanyl_misrepresented",
        ),
    ),
    _Section(
        "role",
        ("role", "plea", "motions"),
        (
            "role.part",
            "role.obstruction",
            "plea.acceptance",
            "plea.government_moved",
            "motions.truthful_disclosure",
            "motions.substantial_assistance",
        ),
    ),
    _Section(
        "history",
        ("history",),
        (
            HOW,
            "history.priors",
            "history.points",
            "history.three_point_priors",
            "history.two_point_priors",
            "history.two_point_violent",
            "history.under_sentence",
            "history.career_predicates",
        ),
    ),
    _Section("dates", ("dates",), ("dates.sentenced_on", "dates.offense_ended", "dates.offense_began")),
)
# Answered only for one way of telling the past, and folded until then.
_BY_WAY = {
    "list": ("history.priors",),
    "points": (
        "history.points",
        "history.three_point_priors",
        "history.two_point_priors",
        "history.two_point_violent",
    ),
}
_FIRST_IN_ROW: dict[type[Any], tuple[str, ...]] = {
    Drug: ("substance", "quantity", "measured", "purity"),
    Prior: ("label", "sentenced_on", "kind", "imposed", "offense", "violent", "controlled_substance_offense"),
}


@dataclass(frozen=True, slots=True)
class _Field:
    """One declared field at its place in the form."""

    name: str
    kind: Kind
    default: object
    label: Label
    required: bool


def _declared(record: type[Any], prefix: str) -> Iterator[_Field]:
    for name, kind, item in fields_of(record):
        default = None if required(item) else item.default
        yield _Field(f"{prefix}{name}", kind, default, label_of(record, name), required(item))


def _fields() -> dict[str, _Field]:
    """Every field of a case outside the rows, and the rows themselves, by name."""
    found: dict[str, _Field] = {}
    for item in _declared(Case, ""):
        if isinstance(item.kind, Group):
            found.update((inner.name, inner) for inner in _declared(item.kind.record, f"{item.name}."))
        else:
            found[item.name] = item
    return found


_FIELDS = _fields()


def _order(section: _Section) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of a section: those asked first, and the rest, in the order they are declared."""
    own = [name for name in _FIELDS if name.partition(".")[0] in section.groups]
    return section.first, tuple(name for name in own if name not in section.first)


def _row_order(record: type[Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    first = _FIRST_IN_ROW[record]
    return first, tuple(name for name, _, _ in fields_of(record) if name not in first)


def field_id(name: str) -> str:
    """The id of the first control of a field: where a link to it leads."""
    return f"ps-{name}"


# --- Reading
# ----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Form:
    """A form as read: the case it gives, which row of the form each row of the case came from, and what is
    wrong with the form itself (fields by their names in the form).
    """

    data: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, list[int]] = field(default_factory=dict)
    errors: list[FieldError] = field(default_factory=list)


def entries_to_case(entries: Entries) -> dict[str, Any]:
    """The case a form gives, as plain JSON values. What stands at its default is left out."""
    return read_form(entries).data


def read_form(entries: Entries) -> Form:
    """Read a form, keeping track of rows and of what does not fit together in it."""
    values: dict[str, list[str]] = {}
    for name, text in entries:
        values.setdefault(name, []).append(text)
    form = Form()
    known: set[str] = {HOW}
    for item in _declared(Case, ""):
        if isinstance(item.kind, Group):
            group: dict[str, Any] = {}
            for inner in _declared(item.kind.record, f"{item.name}."):
                _put(group, inner, values, form, known)
            if group or item.required:
                form.data[item.name] = group
        else:
            _put(form.data, item, values, form, known)
    _check_way(values, form)
    form.errors += [FieldError(name, "is not a question of this form") for name in values if name not in known]
    return form


def _put(record: dict[str, Any], item: _Field, values: Values, form: Form, known: set[str]) -> None:
    if isinstance(item.kind, Rows):
        rows = _read_rows(item.kind, item.name, values, form, known)
        if rows:
            record[item.name.rpartition(".")[2]] = rows
        return
    known.add(item.name)
    if isinstance(item.kind, Amount):
        known.add(f"{item.name}.unit")
    value = _read(item, values, form)
    if value not in (None, "", [], _default_text(item)):
        record[item.name.rpartition(".")[2]] = value


def _default_text(item: _Field) -> object:
    """What a form gives for a field left at its default."""
    texts = _texts(item.kind, item.default)
    if isinstance(item.kind, Whole) and texts and texts[0].isdigit():
        return int(texts[0])
    return texts[0] if texts else None


def _read(item: _Field, values: Values, form: Form) -> Any:
    texts = [text.strip() for text in values.get(item.name, ()) if text.strip()]
    kind = item.kind
    if isinstance(kind, Several):
        return texts
    if isinstance(kind, SubstanceNames):
        pieces = (piece.strip() for text in texts for piece in re.split(r"[\r\n;]+|,\s", text))
        return [piece for piece in pieces if piece]
    if not texts:
        return None
    if isinstance(kind, (Whole, Percent)):
        if DONT_KNOW in texts and len(texts) > 1:
            form.errors.append(FieldError(item.name, words.BOTH_NUMBER_AND_UNKNOWN))
            return None
        return _number(kind, texts[0])
    if isinstance(kind, Amount):
        return _amount(texts[0], values.get(f"{item.name}.unit", ()))
    return texts[-1]


def _number(kind: Kind, text: str) -> object:
    if isinstance(kind, Whole) and text.isascii() and text.isdigit() and len(text) <= 6:
        return int(text)
    if isinstance(kind, Percent) and re.fullmatch(r"[0-9.]+", text):
        return f"{text} %"
    return text


def _amount(text: str, unit: Sequence[str]) -> str:
    """An amount with its unit; a unit typed beside the number stands before the one in the menu."""
    if any(character.isalpha() for character in text) or not unit or not unit[-1].strip():
        return text
    return f"{text} {unit[-1].strip()}"


def _indices(at: str, values: Values) -> list[int]:
    """The numbers of the rows of a list, in their order."""
    found = set()
    for name in values:
        if name.startswith(f"{at}."):
            number = name[len(at) + 1 :].partition(".")[0]
            if number.isascii() and number.isdigit() and len(number) <= 4:
                found.add(int(number))
    return sorted(found)


def _read_rows(kind: Rows, at: str, values: Values, form: Form, known: set[str]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for index in _indices(at, values):
        row: dict[str, Any] = {}
        for item in _declared(kind.record, f"{at}.{index}."):
            _put(row, item, values, form, known)
        if row:
            rows.append(row)
            form.rows.setdefault(at, []).append(index)
    return rows


def _check_way(values: Values, form: Form) -> None:
    """The way of telling the past must fit what is told: nothing typed is passed over in silence."""
    way = (values.get(HOW) or [""])[-1]
    history = form.data.get("history", {})
    listed = "priors" in history
    by_points = any(name in history for name in ("points", "three_point_priors", "two_point_priors"))
    if way not in ("", *words.HISTORY_WAYS):
        form.errors.append(FieldError(HOW, f"“{way[:40]}” is not one of the choices"))
    elif listed and way not in ("", "list"):
        form.errors.append(FieldError(HOW, words.HOW_BUT_PRIORS))
    elif by_points and way not in (
        "",
        "points",
        *((DONT_KNOW,) if history.get("points") == DONT_KNOW else ()),
    ):
        form.errors.append(FieldError(HOW, words.HOW_BUT_POINTS))
    elif way == "list" and not listed:
        form.errors.append(FieldError("history.priors", words.LIST_EMPTY))
    elif way == "points" and "points" not in history:
        form.errors.append(FieldError("history.points", words.POINTS_MISSING))
    elif way == DONT_KNOW:
        form.data.setdefault("history", {})["points"] = DONT_KNOW
    elif not way and not listed and not by_points:
        form.errors.append(FieldError(HOW, words.HOW_MISSING))


def name_of(path: str, rows: Mapping[str, Sequence[int]]) -> str:
    """The name in the form of a path in the case it gave: "drugs[0].quantity" as "drugs.2.quantity"."""
    name, rest = "", path
    while "[" in rest:
        before, _, rest = rest.partition("[")
        number, _, rest = rest.partition("]")
        at = f"{name}{before}"
        in_form = rows.get(at, ())
        index = int(number) if number.isdigit() else 0
        name = f"{at}.{in_form[index] if index < len(in_form) else number}"
    return f"{name}{rest}"


# --- Writing the entries
# ----------------------------------------------------------------------------------------


def case_to_entries(case_data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """A case as the entries a browser sends for its filled form, defaults and empty fields included."""
    return list(_entries(case_data))


def _entries(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for section in _SECTIONS:
        for name in (part for parts in _order(section) for part in parts):
            if name == HOW:
                yield HOW, _way(data)
                continue
            item = _FIELDS[name]
            value = _at(data, name)
            if isinstance(item.kind, Rows):
                listed = value if isinstance(value, (list, tuple)) else ()
                for index, row in enumerate(listed):
                    yield from _row_entries(item.kind, name, index, row)
            else:
                yield from _field_entries(item, value)


def _row_entries(kind: Rows, at: str, index: int, row: object) -> Iterator[tuple[str, str]]:
    fields = {item.name: item for item in _declared(kind.record, f"{at}.{index}.")}
    for name in (part for parts in _row_order(kind.record) for part in parts):
        value = row.get(name) if isinstance(row, Mapping) else None
        yield from _field_entries(fields[f"{at}.{index}.{name}"], value)


def _field_entries(item: _Field, value: object) -> Iterator[tuple[str, str]]:
    texts = _texts(item.kind, item.default if value is None else value)
    if isinstance(item.kind, Amount):
        number, unit = _number_and_unit(texts[0] if texts else "")
        yield item.name, number
        yield f"{item.name}.unit", unit
    elif isinstance(item.kind, (Whole, Percent)) and _can_be_unknown(item.kind):
        unknown = texts == [DONT_KNOW] and value is not None
        yield item.name, "" if unknown or not texts or texts == [DONT_KNOW] else texts[0]
        if unknown:
            yield item.name, DONT_KNOW
    elif isinstance(item.kind, (YesNo, Several)) or (isinstance(item.kind, Choice) and not _is_menu(item)):
        yield from ((item.name, text) for text in texts)
    else:
        yield item.name, "\n".join(texts)


def _at(data: Mapping[str, Any], name: str) -> object:
    group, _, rest = name.partition(".")
    value = data.get(group)
    if not rest:
        return value
    return value.get(rest) if isinstance(value, Mapping) else None


def _way(data: Mapping[str, Any]) -> str:
    if _at(data, "history.priors"):
        return "list"
    return "none" if _at(data, "history.points") in (None, "unset") else "points"


def _texts(kind: Kind, value: object) -> list[str]:
    """A value of a case, or a default, as the texts its controls hold."""
    if value is None:
        return [DONT_KNOW] if isinstance(kind, (Whole, Percent)) else []
    if isinstance(value, Fact):
        return [] if value is UNSTATED else [value.value]
    if isinstance(kind, YesNo) and isinstance(value, bool):
        return ["yes" if value else "no"]
    if isinstance(value, (list, tuple)):
        return [str(item) for item in value]
    text = str(value)
    if isinstance(kind, (Whole, Percent)) and text == "unset":
        return []
    if isinstance(kind, Percent):
        return [text.strip().removesuffix("%").strip()]
    return [text] if text else []


def _number_and_unit(text: str) -> tuple[str, str]:
    try:
        quantity = Quantity.parse(text)
    except UnitError:
        return text, UNITS[0]
    return plain(quantity.amount).replace(",", ""), quantity.unit


def _can_be_unknown(kind: Kind) -> bool:
    return isinstance(kind, Percent) or (isinstance(kind, Whole) and kind.or_unknown)


def _is_menu(item: _Field) -> bool:
    kind = item.kind
    return isinstance(kind, Choice) and (
        item.default is None or (len(kind.options) > _MOST_RADIOS and DONT_KNOW not in kind.options)
    )


# --- Drawing
# ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Drawing:
    values: Values
    errors: Mapping[str, str]
    echoes: Mapping[str, str]

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
    values: dict[str, list[str]] = {}
    for name, text in _entries(case_data or {}):
        values.setdefault(name, []).append(text)
    if case_data is None:
        del values[HOW]
    found = list(errors)
    drawing = _Drawing(values, {_dotted(error.field): error.message for error in found}, echoes or {})
    summary = error_items((_dotted(error.field), error.message) for error in found)
    return tag(
        "form",
        tag("div", summary, data_part="errors", tabindex="-1", hidden=not found),
        tag("p", words.FORM_INTRO, class_="ps-hint"),
        *(_section(section, drawing) for section in _SECTIONS),
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
    )


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


def _section(section: _Section, drawing: _Drawing) -> Markup:
    first, rest = _order(section)
    by_way = {name for names in _BY_WAY.values() for name in names}
    shown: list[Markup] = []
    for name in first:
        if name == HOW:
            shown.append(_how(drawing))
            shown += [_way_fold(way, drawing) for way in _BY_WAY]
        elif name not in by_way:
            shown.append(_field(_FIELDS[name], drawing))
    folded = tag(
        "details",
        tag("summary", words.LESS_COMMON),
        *(_field(_FIELDS[name], drawing) for name in rest),
        class_="ps-fold",
        open=any(_stands_out(_FIELDS[name], drawing) for name in rest),
    )
    return tag(
        "fieldset",
        tag("legend", words.GROUPS[section.key]),
        *shown,
        folded if rest else "",
        class_="ps-group",
    )


def _stands_out(item: _Field, drawing: _Drawing) -> bool:
    """Whether a folded field holds something other than its default, so that its fold must be open."""
    if item.name in drawing.errors:
        return True
    given = [text for text in drawing.values.get(item.name, ()) if text]
    return bool(given) and given != _texts(item.kind, item.default)


def _how(drawing: _Drawing) -> Markup:
    choices = [(value, text) for value, text in words.HISTORY_WAYS.items()]
    control = _choices(HOW, Label(words.HISTORY_HOW, words.HISTORY_TERM, ""), choices, drawing, "radio")
    return _framed(HOW, control, words.HISTORY_HELP, drawing)


def _way_fold(way: str, drawing: _Drawing) -> Markup:
    names = _BY_WAY[way]
    return tag(
        "details",
        tag("summary", words.HISTORY_FOLDS[way]),
        *(_field(_FIELDS[name], drawing) for name in names),
        class_="ps-fold",
        id=f"ps-history-{way}",
        open=drawing.has(HOW, way) or any(name in drawing.errors for name in names),
    )


def _field(item: _Field, drawing: _Drawing) -> Markup:
    if isinstance(item.kind, Rows):
        return _rows(item, item.kind, drawing)
    draw: Callable[[_Field, _Drawing], Markup] = _DRAWN.get(type(item.kind), _text)
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


def _labelled(item: _Field, control: Markup) -> Markup:
    return joined([tag("label", _question(item.label), for_=field_id(item.name)), control])


def _text(item: _Field, drawing: _Drawing) -> Markup:
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


def _amount_control(item: _Field, drawing: _Drawing) -> Markup:
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
            _menu(f"{name}.unit", _units(), unit, aria_label=words.UNIT),
            class_="ps-with-unit",
        ),
    )


def _units() -> list[tuple[str, str]]:
    return [(unit, UNIT_WORDS.get(unit, unit)) for unit in UNITS]


def _number_control(item: _Field, drawing: _Drawing) -> Markup:
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
    if not _can_be_unknown(item.kind):
        return _labelled(item, boxed)
    unknown = _choice(name, "checkbox", DONT_KNOW, words.DONT_KNOW, drawing, f"{field_id(name)}-unknown")
    return joined([_labelled(item, boxed), tag("div", unknown, class_="ps-unknown")])


def _yes_no(item: _Field, drawing: _Drawing) -> Markup:
    choices = [("yes", words.YES), ("no", words.NO), (DONT_KNOW, words.DONT_KNOW)]
    return _choices(item.name, item.label, choices, drawing, "radio", class_="ps-yesno")


def _said(item: _Field, value: str) -> str:
    return (item.label.options or {})[value]


def _choice_control(item: _Field, drawing: _Drawing) -> Markup:
    assert isinstance(item.kind, Choice)
    choices = [(value, _said(item, value)) for value in item.kind.options]
    if not _is_menu(item):
        return _choices(item.name, item.label, choices, drawing, "radio")
    if item.default is None:
        choices.insert(0, ("", words.CHOOSE if item.required else words.NOT_GIVEN))
    return _labelled(item, _menu(item.name, choices, drawing.first(item.name), id=field_id(item.name)))


def _several(item: _Field, drawing: _Drawing) -> Markup:
    assert isinstance(item.kind, Several)
    choices = [(value, _said(item, value)) for value in item.kind.options]
    return _choices(item.name, item.label, choices, drawing, "checkbox")


_DRAWN: dict[type[Kind], Callable[[_Field, _Drawing], Markup]] = {
    YesNo: _yes_no,
    Choice: _choice_control,
    Several: _several,
    Whole: _number_control,
    Percent: _number_control,
    Amount: _amount_control,
}


def _menu(name: str, choices: Sequence[tuple[str, str]], chosen: str, **attributes: object) -> Markup:
    return tag(
        "select",
        *(tag("option", text, value=value, selected=bool(chosen) and value == chosen) for value, text in choices),
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
    box = void("input", type=kind, id=id_, name=name, value=value, checked=drawing.has(name, value))
    return tag("label", box, " ", tag("span", text), class_="ps-choice", for_=id_)


def _rows(item: _Field, kind: Rows, drawing: _Drawing) -> Markup:
    at = item.name
    indices = _indices(at, drawing.values)
    if not indices and at == "drugs":
        indices = [0]
    blank = _Drawing(_blank_row(kind, at), {}, {})
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
        tag("div", *(_row(kind, at, str(index), drawing) for index in indices), data_rows=at, id=field_id(at)),
        tag("template", _row(kind, at, "__i__", blank), data_row_template=at),
        tag("button", words.ADD[at], type="button", data_action="add-row", data_for=at),
        class_="ps-rows",
        data_field=at,
    )


def _blank_row(kind: Rows, at: str) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for item in _declared(kind.record, f"{at}.__i__."):
        for name, text in _field_entries(item, None):
            values.setdefault(name, []).append(text)
    return values


def _row(kind: Rows, at: str, index: str, drawing: _Drawing) -> Markup:
    here = f"{at}.{index}"
    if not any(name.startswith(f"{here}.") for name in drawing.values):
        blank = {name.replace("__i__", index): texts for name, texts in _blank_row(kind, at).items()}
        drawing = _Drawing({**drawing.values, **blank}, drawing.errors, drawing.echoes)
    fields = {item.name: item for item in _declared(kind.record, f"{here}.")}
    first, rest = _row_order(kind.record)
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
