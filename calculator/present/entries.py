"""A form as names and texts, and a case as a form: what a browser sends, and what a form is filled with.

Names are the paths of a case with points ("drugs.0.quantity"); a checked list repeats its name; an empty text
is "not given". The questions stand in the order a person tells a case; every one comes from the declarations
in `scenario`. Nothing here knows law, and nothing here is HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from calculator.kinds import (
    DONT_KNOW,
    UNSTATED,
    Amount,
    Choice,
    Fact,
    FieldError,
    Group,
    Kind,
    Percent,
    Rows,
    Several,
    SubstanceNames,
    Whole,
    YesNo,
)
from calculator.present import words
from calculator.present.labels import Label, label_of
from calculator.scenario import Case, Drug, Prior, fields_of, required
from calculator.units import Quantity, UnitError, plain

__all__ = [
    "BY_WAY",
    "FIELDS",
    "HOW",
    "SECTIONS",
    "UNITS",
    "Entries",
    "Field",
    "Form",
    "Section",
    "Values",
    "all_entries",
    "can_be_unknown",
    "case_to_entries",
    "declared",
    "entries_to_case",
    "field_entries",
    "is_menu",
    "name_of",
    "order",
    "read_form",
    "row_numbers",
    "row_order",
    "texts_of",
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
# A choice with more words than this is a menu, unless not knowing is one of them: then it is drawn in full.
_MOST_RADIOS = 4


@dataclass(frozen=True, slots=True)
class Section:
    """One group of questions: the groups of a case it takes in, and the fields asked before the fold, in
    order.
    """

    key: str
    groups: tuple[str, ...]
    first: tuple[str, ...]


SECTIONS = (
    Section(
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
    Section("drugs", (), ("drugs",)),
    Section(
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
    Section(
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
    Section(
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
    Section("dates", ("dates",), ("dates.sentenced_on", "dates.offense_ended", "dates.offense_began")),
)
# Answered only for one way of telling the past, and folded until then.
BY_WAY = {
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
class Field:
    """One declared field at its place in the form."""

    name: str
    kind: Kind
    default: object
    label: Label
    required: bool


def declared(record: Any, prefix: str) -> tuple[Field, ...]:
    """Each declared field of a record, named as in the form."""
    return _declared(record, prefix)


@lru_cache(maxsize=128)
def _declared(record: Any, prefix: str) -> tuple[Field, ...]:
    return tuple(
        Field(f"{prefix}{name}", kind, None if required(item) else item.default, label_of(record, name), required(item))
        for name, kind, item in fields_of(record)
    )


def _fields() -> dict[str, Field]:
    """Every field of a case outside the rows, and the rows themselves, by name."""
    found: dict[str, Field] = {}
    for item in declared(Case, ""):
        if isinstance(item.kind, Group):
            found.update((inner.name, inner) for inner in declared(item.kind.record, f"{item.name}."))
        else:
            found[item.name] = item
    return found


FIELDS = _fields()


def order(section: Section) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of a section: those asked first, and the rest, in the order they are declared."""
    own = [name for name in FIELDS if name.partition(".")[0] in section.groups]
    return section.first, tuple(name for name in own if name not in section.first)


def row_order(record: type[Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fields of a row asked first, and the rest, in the order they are declared."""
    first = _FIRST_IN_ROW[record]
    return first, tuple(name for name, _, _ in fields_of(record) if name not in first)


# --- Reading


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
    for item in declared(Case, ""):
        if isinstance(item.kind, Group):
            group: dict[str, Any] = {}
            for inner in declared(item.kind.record, f"{item.name}."):
                _put(group, inner, values, form, known)
            if group or item.required:
                form.data[item.name] = group
        else:
            _put(form.data, item, values, form, known)
    _check_way(values, form)
    form.errors += [FieldError(name, "is not a question of this form") for name in values if name not in known]
    return form


def _put(record: dict[str, Any], item: Field, values: Values, form: Form, known: set[str]) -> None:
    if isinstance(item.kind, Rows):
        rows = _read_rows(item.kind, item.name, values, form, known)
        if rows:
            record[item.name.rpartition(".")[2]] = rows
        return
    known.add(item.name)
    if isinstance(item.kind, Amount):
        known.add(f"{item.name}.unit")
    given = values.get(item.name)
    if given is None or given == _as_it_stands(item.kind, item.default):
        return  # most questions of most forms
    value = _read(item, values, form)
    if value not in (None, "", [], _default_text(item)):
        record[item.name.rpartition(".")[2]] = value


@lru_cache(maxsize=256)
def _as_it_stands(kind: Kind, default: object) -> list[str]:
    """What a form gives for a question left alone, where that is one text."""
    texts = texts_of(kind, default)
    return texts if len(texts) == 1 else [""]


def _default_text(item: Field) -> object:
    """What a form gives for a field left at its default."""
    texts = texts_of(item.kind, item.default)
    if isinstance(item.kind, Whole) and texts and texts[0].isdigit():
        return int(texts[0])
    return texts[0] if texts else None


def _read(item: Field, values: Values, form: Form) -> Any:
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


def row_numbers(at: str, values: Values) -> list[int]:
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
    for index in row_numbers(at, values):
        row: dict[str, Any] = {}
        for item in declared(kind.record, f"{at}.{index}."):
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


def case_to_entries(case_data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """A case as the entries a browser sends for its filled form, defaults and empty fields included."""
    return list(all_entries(case_data))


def all_entries(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every entry of a filled form, in the order of its controls."""
    for section in SECTIONS:
        for name in (part for parts in order(section) for part in parts):
            if name == HOW:
                yield HOW, _way(data)
                continue
            item = FIELDS[name]
            value = _at(data, name)
            if isinstance(item.kind, Rows):
                listed = value if isinstance(value, (list, tuple)) else ()
                for index, row in enumerate(listed):
                    yield from _row_entries(item.kind, name, index, row)
            else:
                yield from field_entries(item, value)


def _row_entries(kind: Rows, at: str, index: int, row: object) -> Iterator[tuple[str, str]]:
    fields = {item.name: item for item in declared(kind.record, f"{at}.{index}.")}
    for name in (part for parts in row_order(kind.record) for part in parts):
        value = row.get(name) if isinstance(row, Mapping) else None
        yield from field_entries(fields[f"{at}.{index}.{name}"], value)


def field_entries(item: Field, value: object) -> Iterator[tuple[str, str]]:
    """The entries of one field: none for a choice not made, an empty text for an empty box."""
    texts = texts_of(item.kind, item.default if value is None else value)
    if isinstance(item.kind, Amount):
        number, unit = _number_and_unit(texts[0] if texts else "")
        yield item.name, number
        yield f"{item.name}.unit", unit
    elif isinstance(item.kind, (Whole, Percent)) and can_be_unknown(item.kind):
        unknown = texts == [DONT_KNOW] and value is not None
        yield item.name, "" if unknown or not texts or texts == [DONT_KNOW] else texts[0]
        if unknown:
            yield item.name, DONT_KNOW
    elif isinstance(item.kind, (YesNo, Several)) or (isinstance(item.kind, Choice) and not is_menu(item)):
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


def texts_of(kind: Kind, value: object) -> list[str]:
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


def can_be_unknown(kind: Kind) -> bool:
    """Whether a number has “I don’t know” beside it."""
    return isinstance(kind, Percent) or (isinstance(kind, Whole) and kind.or_unknown)


def is_menu(item: Field) -> bool:
    """Whether a choice is drawn as a menu and not in full."""
    kind = item.kind
    return isinstance(kind, Choice) and (
        item.default is None or (len(kind.options) > _MOST_RADIOS and DONT_KNOW not in kind.options)
    )
