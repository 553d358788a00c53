"""The penalty ladder: 21 U.S.C. 841(b)(1) to (3) and 960(b), and what raises a row of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from calculator.law.schema import LawError, Row
from calculator.law.statutes.rows import put
from calculator.units import NOTHING, Term

__all__ = ["Ladder", "Paragraph", "Penalty", "ladder_from"]

CASES = ("base", "death", "prior", "prior_death", "two_priors")


@dataclass(frozen=True, slots=True)
class Penalty:
    """One row of the ladder: terms of prison and supervised release, the listed fine in dollars.

    `release_maximum` is None where the paragraph itself states none. `title_18_times` is how often the fine
    of title 18 is allowed ("twice that authorized in accordance with the provisions of title 18").
    """

    minimum: Term
    maximum: Term
    fine: int
    title_18_times: int
    release_minimum: Term
    release_maximum: Term | None
    cite: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of 841(b) with its twin in 960(b). `rank` 0 is the gravest; `rows` by case ("base", …)."""

    tier: str
    rank: int
    prior: str
    displaces_3583: bool
    bars_probation: str
    cites: Mapping[str, str]
    rows: Mapping[str, Penalty]


@dataclass(frozen=True, slots=True)
class Ladder:
    """21 U.S.C. 841(b)(1)–(3) and 960(b), gravest paragraph first, and what raises a row of it."""

    paragraphs: Mapping[str, Paragraph]
    two_priors: int
    two_priors_paragraph: str
    two_priors_sections: frozenset[str]
    two_priors_cite: str
    notice_cite: str
    prior_cites: Mapping[str, str]
    serious_doubt: str
    second_import_cite: str

    def graver(self, tiers: Iterable[str]) -> str:
        """The gravest of some tiers; there must be one."""
        return min(tiers, key=lambda tier: self.paragraphs[tier].rank)


def ladder_from(table: Row) -> Ladder:
    """Read `penalties_841b`."""
    paragraphs: dict[str, Paragraph] = {}
    for item in table.rows("paragraph"):
        cites = {"841": item.cite(), "960": item.take("cite_960", str)}
        rows: dict[str, Penalty] = {}
        for row in item.rows("row"):
            case = row.one_of("case", CASES)
            penalty = Penalty(
                row.maybe_term("minimum") or NOTHING,
                row.term("maximum"),
                row.take("fine", int),
                row.take("title_18_times", int),
                row.maybe_term("release_minimum") or NOTHING,
                row.maybe_term("release_maximum"),
                row.cite(),
            )
            row.done()
            if penalty.minimum > penalty.maximum:
                raise LawError(f"{row.where}: the minimum is above the maximum")
            put(rows, case, penalty, row)
        if not {"base", "prior"} <= rows.keys() or ("death" in rows) != ("prior_death" in rows):
            raise LawError(f"{item.where}: a paragraph needs base and prior, and death with prior_death")
        for lower, higher in (
            ("base", "prior"),
            ("base", "death"),
            ("death", "prior_death"),
            ("prior", "two_priors"),
        ):
            if higher in rows and (rows[lower].minimum, rows[lower].maximum) > (
                rows[higher].minimum,
                rows[higher].maximum,
            ):
                raise LawError(f"{item.where}: {higher} is less than {lower}")
        tier = item.take("tier", str)
        put(
            paragraphs,
            tier,
            Paragraph(
                tier,
                0,
                item.one_of("prior", ("serious", "drug")),
                item.take("displaces_3583", bool),
                item.one_of("bars_probation", ("always", "death", "never")),
                cites,
                rows,
            ),
            item,
        )
        item.done()
    # Printed order is not the order of gravity: (E) allows 10 years, (D) before it 5.
    gravest = sorted(
        paragraphs.values(),
        key=lambda one: (
            one.rows["base"].minimum,
            one.rows["base"].maximum,
            one.rows["base"].release_minimum,
        ),
        reverse=True,
    )
    paragraphs = {one.tier: dataclasses.replace(one, rank=rank) for rank, one in enumerate(gravest)}
    two = table.row("two_priors")
    notice = table.row("notice")
    priors = table.row("priors")
    priors.cite()
    second_import = table.row("second_import")
    found = Ladder(
        paragraphs,
        two.take("priors", int),
        _two_priors_paragraph(two, paragraphs),
        frozenset(two.texts("sections")),
        two.cite(),
        notice.cite(),
        {"serious": priors.take("serious_cite", str), "drug": priors.take("drug_cite", str)},
        priors.take("serious_doubt", str),
        second_import.cite(),
    )
    for part in (two, notice, priors, second_import, table):
        part.done()
    return found


def _two_priors_paragraph(row: Row, paragraphs: Mapping[str, Paragraph]) -> str:
    tier = row.one_of("paragraph", paragraphs)
    if "two_priors" not in paragraphs[tier].rows:
        raise LawError(f"{row.where}: paragraph {tier} has no row for two priors")
    return tier
