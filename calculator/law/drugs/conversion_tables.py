"""The Drug Conversion Tables and the typical weights: USSG §2D1.1, comment. (n.8(D), n.9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from calculator.law.drugs.measures import MEASURES, Measures, measured, texts_in
from calculator.law.drugs.quantity_table import Column
from calculator.law.schema import LawError, Row

__all__ = ["Cap", "ConversionClass", "Entry", "Typical", "conversions_from", "typical_from"]


@dataclass(frozen=True, slots=True, eq=False)
class ConversionClass:
    """One heading of the Drug Conversion Tables with its proviso.

    `minimum_level` binds whenever one of its drugs is counted, in any company; or, where `minimum_with` is
    given, alone and together with drugs of those classes. `contained` is the proviso on tablets of list I
    chemicals.
    """

    id: str
    heading: str
    cite: str
    page: str
    minimum_level: int | None
    minimum_with: frozenset[str] | None
    contained: bool


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One line of the Drug Conversion Tables: `grams` of converted drug weight for one of `measure`.

    `column` is the same substance in the Drug Quantity Table, None where that table does not name it.
    """

    id: str
    name: str
    measure: str
    grams: Decimal
    cls: ConversionClass
    cite: str
    column: Column | None


@dataclass(frozen=True, slots=True)
class Cap:
    """The most that all drugs of some classes count together, in grams of converted drug weight (n.8(D))."""

    of: str
    covers: frozenset[str]
    grams: Decimal
    cite: str


@dataclass(frozen=True, slots=True)
class Typical:
    """Typical weight of one dose, pill or cigarette (n.9). `actual`: of the drug itself, marked in print by
    an asterisk.
    """

    grams: Decimal
    counted: str
    actual: bool
    cite: str


type Conversions = tuple[dict[str, ConversionClass], dict[str, Entry], tuple[Cap, ...], str]


def conversions_from(table: Row, columns: Mapping[str, Column], measures: Measures) -> Conversions:
    """The Drug Conversion Tables: classes, entries, and caps from the narrowest to the widest."""
    table_cite = table.cite()
    classes: dict[str, ConversionClass] = {}
    entries: dict[str, Entry] = {}
    caps: list[Cap] = []
    for row in table.rows("class"):
        name, cite = row.take("id", str), row.cite()
        company = texts_in(row, "minimum_with")
        cls = ConversionClass(
            name,
            row.take("heading", str),
            cite,
            row.take("page", str),
            row.maybe("minimum_level", int),
            frozenset(company) if company else None,
            row.maybe("contained", bool) or False,
        )
        if name in classes or company and cls.minimum_level is None:
            raise LawError(f"{row.where}: {name} is there twice, or has company but no minimum level")
        classes[name] = cls
        covers = texts_in(row, "cap_covers")
        if covers:
            grams, _ = measured(row, "cap", measures)
            caps.append(Cap(name, frozenset(covers), grams, cite))
        for line in row.rows("entry"):
            key, measure = line.take("id", str), line.take("one", str)
            grams, unit = measured(line, "converts", measures)
            if key in entries or measure not in MEASURES or unit != "g":
                raise LawError(f"{line.where}: {key} is there twice, or is not one of {', '.join(MEASURES)} in g")
            entries[key] = Entry(key, line.take("name", str), measure, grams, cls, line.cite(), columns.get(key))
            line.done()
        row.done()
    table.done()
    caps.sort(key=lambda cap: len(cap.covers))
    for narrow, wide in zip(caps, caps[1:], strict=False):
        if not narrow.covers < wide.covers:
            raise LawError(f"{table.where}: the cap of {wide.of} must cover all that the cap of {narrow.of} covers")
    known = {word for cap in caps for word in cap.covers}
    known.update(word for cls in classes.values() for word in cls.minimum_with or ())
    if not known <= classes.keys():
        raise LawError(f"{table.where}: {', '.join(sorted(known - classes.keys()))} is not a class")
    return classes, entries, tuple(caps), table_cite


def typical_from(table: Row, measures: Measures) -> dict[str, Typical]:
    """The Typical Weight Per Unit Table, by substance."""
    table.cite()
    table.take("page", str)
    typical: dict[str, Typical] = {}
    for row in table.rows("row"):
        substance, counted, cite = row.take("substance", str), row.take("counted", str), row.cite()
        row.take("name", str)
        grams, unit = measured(row, "each", measures)
        if substance in typical or counted not in ("doses", "cigarettes") or unit != "g":
            raise LawError(f"{row.where}: {substance} is there twice, or is not weighed by the dose or cigarette")
        typical[substance] = Typical(grams, counted, row.take("actual", bool), cite)
        row.done()
    table.done()
    return typical
