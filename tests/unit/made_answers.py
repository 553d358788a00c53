"""Answers made by hand, so that what is shown can be tested apart from what is computed."""

import dataclasses
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

from calculator.answer import (
    Alternative,
    Answer,
    DrugLevel,
    DrugWeight,
    End,
    HistoryScore,
    Lock,
    Motion,
    Moves,
    Option,
    PriorScore,
    Probation,
    Range,
    SafetyValve,
    Spread,
    Statute,
    Stopped,
    Supervision,
    ValveTest,
)
from calculator.trace import Finding, Stage, Step
from calculator.units import Quantity, Term

NASTY = "<script>alert('x')</script> & \"quotes\""


def months(low: int, high: int, zone: str | None = "D") -> Range:
    """A range of months."""
    return Range(Term(low), Term(high), zone)


STATUTE = Statute(
    cite="21 U.S.C. 841(a), (b)(1)(B)",
    title="Distribution",
    tier="B",
    minimum=Term(60),
    minimum_by_law=Term(60),
    maximum=Term(480),
    lifted_by="",
    felony_class="B",
    felony=True,
    probation_bar="The statute forbids probation.",
    fine_maximum=5_000_000,
    fine_minimum=0,
    assessment=100,
    release_minimum=Term(48),
    release_maximum=Term(life=True),
    release_cite="21 U.S.C. 841(b)(1)(B)",
    consecutive=Term(),
    consecutive_cite="",
    covered_by_safety_valve=True,
    alternatives=(
        Alternative("If the notice was filed: 10 years.", "whether a notice was filed", None, Term(), "B", True, ""),
    ),
    steps=(),
)
STEPS = (
    Step("2D1.1(c)(6)", Stage.OFFENSE, Finding.APPLIED, "The base level is 28.", "USSG §2D1.1(c)(6)", 28, 28),
    Step(
        "2D1.1(b)(1)",
        Stage.OFFENSE,
        Finding.APPLIED,
        "A gun was there.",
        "USSG §2D1.1(b)(1)",
        2,
        30,
        "conduct.weapon_possessed",
    ),
    Step("2D1.1(b)(2)", Stage.OFFENSE, Finding.NOT_APPLICABLE, "No violence.", "USSG §2D1.1(b)(2)"),
    Step("2D1.1(b)(3)", Stage.OFFENSE, Finding.NOT_APPLICABLE, "No import.", "USSG §2D1.1(b)(3)"),
    Step(
        "3E1.1(a)",
        Stage.ACCEPTANCE,
        Finding.APPLIED,
        "Accepted.",
        "USSG §3E1.1(a)",
        -2,
        28,
        "plea.acceptance",
    ),
    Step("4A1.1", Stage.HISTORY, Finding.FLAGGED, "An old sentence is on the line.", "USSG §4A1.2(e)"),
)
ANSWER = Answer(
    law="Guidelines Manual, November 1, 2025",
    law_effective=date(2025, 11, 1),
    estimate=False,
    notice="",
    offense_level=26,
    base_level=28,
    drug=DrugLevel(
        28,
        "column",
        "USSG §2D1.1(c)(6)",
        Decimal(500_000),
        (
            DrugWeight(
                "heroin",
                NASTY,
                Quantity(Decimal(500), "g"),
                Decimal(500),
                "g",
                Decimal(500_000),
                "As it stands.",
            ),
        ),
        (),
    ),
    history=HistoryScore(
        points=2,
        category="II",
        priors=(PriorScore(NASTY, 2, "4A1.1(b)", "Two points.", "USSG §4A1.1(b)", "history.priors[0]"),),
        subtotal=2,
        status_point=0,
        three_point_priors=0,
        two_point_priors=1,
        two_point_violent=False,
        one_point_points=0,
        two_predicates=False,
        certain=True,
        steps=(),
    ),
    category="I",
    career_offender=False,
    table_range=months(63, 78),
    range=months(63, 78),
    total=months(63, 78),
    control="guidelines",
    control_words="The guideline range is in control.",
    control_cite="USSG §5G1.1",
    maximum_together=Term(480),
    zone="D",
    statute=STATUTE,
    safety_valve=SafetyValve(
        False,
        False,
        (
            ValveTest("No gun", False, "The gun was the person’s own.", "18 U.S.C. 3553(f)(2)", "conduct.own_weapon"),
            ValveTest("Told all", None, "Not known.", "18 U.S.C. 3553(f)(5)", "motions.truthful_disclosure"),
        ),
        (),
    ),
    options=(Option("prison", "Prison for at least 63 months.", "USSG §5C1.1(f)", Term(63), Term()),),
    probation=Probation(
        False,
        "Probation is not legally open.",
        (
            Lock("statute", False, "The statute forbids it.", "21 U.S.C. 841(b)(1)(B)"),
            Lock("minimum", False, "The minimum is prison.", "18 U.S.C. 3561(a)(3)"),
            Lock("zone", False, "Zone D.", "USSG §5B1.1"),
        ),
        "",
        "",
    ),
    supervision=Supervision(
        "At least 4 years.",
        "21 U.S.C. 841(b)(1)(B)",
        25_000,
        5_000_000,
        "The fine range.",
        "USSG §5E1.2",
        100,
        "18 U.S.C. 3013",
    ),
    motions=(Motion("Substantial assistance", False, "It would open the way.", "USSG §5K1.1"),),
    steps=STEPS,
    unknowns=(),
)
STOP = Stopped("The Armed Career Criminal Act takes over.", "18 U.S.C. 924(e)", "Does it really apply?", law="Manual")


def made(**changes: Any) -> Answer:
    """The answer above with some fields changed; one count, unless the maximum of several together is given."""
    if "statute" in changes:
        changes.setdefault("maximum_together", changes["statute"].maximum)
    return dataclasses.replace(ANSWER, **changes)


def statute(**changes: Any) -> Statute:
    """The statute above with some fields changed."""
    return dataclasses.replace(STATUTE, **changes)


def lifted() -> dict[str, Any]:
    """A minimum of five years lifted by the safety valve."""
    return {
        "statute": statute(minimum=Term(), lifted_by="18 U.S.C. 3553(f)"),
        "safety_valve": SafetyValve(True, True, (), ()),
    }


def spread(low: Range, high: Range, *, complete: bool = True) -> Spread:
    """The two ends of what is not known, and what moves them."""
    return Spread(
        End(low, low.zone, False, (("conduct.weapon_possessed", "no"),)),
        End(high, high.zone, False, (("conduct.weapon_possessed", "yes"),)),
        (Moves("conduct.weapon_possessed", 15), Moves("charge.tier", None)),
        4,
        complete,
        "shut",
        outside=False,
    )


class Shape(HTMLParser):
    """Reads HTML strictly: every element closed in its turn; collects attributes, ids and elements."""

    VOID = frozenset({"input", "br", "hr", "img", "meta", "link"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(html)
        self.close()
        self.faults += [f"<{name}> is not closed" for name in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> does not close what is open")

    def handle_data(self, data: str) -> None:
        self.text += data

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]

    @property
    def attribute_names(self) -> set[str]:
        return {name for _, attributes in self.elements for name in attributes}

    def named(self, name: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.elements if tag == name]
