"""The sections a count can be under, and how the penalty of each is found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from calculator.law.schema import LawError, Row
from calculator.law.statutes.rows import HOMES, put, weight
from calculator.units import NOTHING, Term

__all__ = ["Multiplied", "Outside", "OwnRow", "Section", "Sections", "Times", "sections_from"]


@dataclass(frozen=True, slots=True)
class Section:
    """A section one can be charged under, and what the reader sees of it."""

    section: str
    title: str
    cite: str
    home: str = "841"


@dataclass(frozen=True, slots=True)
class Times:
    """How a section multiplies the ladder, its own minimum, and the grams of marijuana that escape it."""

    times: int
    of_first_offense: bool
    minimum: Term
    maximum: Term | None
    small_marihuana: Decimal | None
    cite: str


@dataclass(frozen=True, slots=True)
class Multiplied:
    """849, 859, 860 or 861. `again` is None where the text of the repeat penalty is not modelled."""

    section: Section
    first: Times
    again: Times | None
    bars_probation: str
    bar_cite: str
    further: str
    further_cite: str

    def by(self, again: bool) -> Times:
        """The multiple for a first conviction, or for one after another under the same section where it is modelled."""
        return self.again if again and self.again else self.first


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A penalty of a section's own. `fine` is 0 where the section names none."""

    minimum: Term
    maximum: Term
    fine: int
    fine_minimum: int
    cite: str


@dataclass(frozen=True, slots=True)
class Outside:
    """A section that is known but not modelled: why, and what to ask a lawyer."""

    why: str
    ask: str
    cite: str


@dataclass(frozen=True, slots=True)
class Sections:
    """Every section a count can be under, each in the group that says how its penalty is found."""

    ladder: Mapping[str, Section]
    multiplied: Mapping[str, Multiplied]
    own: Mapping[str, tuple[Section, Mapping[str, OwnRow]]]
    treated: Mapping[str, tuple[Section, str]]
    conspiracies: Mapping[str, str]
    outside: Mapping[str, Outside]
    date_rape_cite: str


def _section(row: Row, home: str = "841") -> Section:
    return Section(row.take("section", str), row.take("title", str), row.cite(), home)


def _times(row: Row) -> Times:
    small = row.maybe("small_marihuana", str)
    times = Times(
        row.take("times", int),
        row.take("of_first_offense", bool),
        row.maybe_term("minimum") or NOTHING,
        row.maybe_term("maximum"),
        None if small is None else weight(row, "small_marihuana", small, "mixture"),
        row.cite(),
    )
    row.done()
    return times


def sections_from(table: Row) -> Sections:
    """Read `other_sections`."""
    ladder: dict[str, Section] = {}
    for row in table.rows("ladder"):
        section = _section(row, row.one_of("home", HOMES))
        put(ladder, section.section, section, row)
        row.done()
    multiplied: dict[str, Multiplied] = {}
    for row in table.rows("multiplied"):
        section = _section(row)
        first = _times(row.row("first"))
        again_row = row.maybe("again", dict)
        again = None if again_row is None else _times(Row(again_row, f"{row.where} again"))
        bars = row.one_of("bars_probation", ("always", "with its minimum", "never"))
        item = Multiplied(
            section,
            first,
            again,
            bars,
            row.take("bar_cite", str) if bars != "never" else "",
            row.maybe("further", str) or "",
            row.maybe("further_cite", str) or "",
        )
        put(multiplied, section.section, item, row)
        row.done()
    own: dict[str, tuple[Section, Mapping[str, OwnRow]]] = {}
    for row in table.rows("own"):
        section = _section(row)
        rows: dict[str, OwnRow] = {}
        for line in row.rows("row"):
            case = line.one_of("case", ("first", "again", "one_prior", "two_priors", "flunitrazepam"))
            penalty = OwnRow(
                line.maybe_term("minimum") or NOTHING,
                line.term("maximum"),
                line.maybe("fine", int) or 0,
                line.maybe("fine_minimum", int) or 0,
                line.cite(),
            )
            line.done()
            if penalty.minimum > penalty.maximum:
                raise LawError(f"{line.where}: the minimum is above the maximum")
            put(rows, case, penalty, line)
        if "first" not in rows:
            raise LawError(f"{row.where}: a section needs a first row")
        put(own, section.section, (section, rows), row)
        row.done()
    treated: dict[str, tuple[Section, str]] = {}
    for row in table.rows("treated"):
        section = _section(row)
        put(treated, section.section, (section, row.one_of("as", own)), row)
        row.done()
    conspiracies: dict[str, str] = {}
    for row in table.rows("conspiracy"):
        put(conspiracies, row.take("section", str), row.cite(), row)
        row.done()
    outside: dict[str, Outside] = {}
    for row in table.rows("outside"):
        put(
            outside,
            row.take("section", str),
            Outside(row.take("why", str), row.take("ask", str), row.cite()),
            row,
        )
        row.done()
    date_rape = table.row("date_rape_drugs")
    cite = date_rape.cite()
    date_rape.done()
    table.done()
    return Sections(ladder, multiplied, own, treated, conspiracies, outside, cite)
