"""The law around the sentence, as data: the days of the presentence report before it, the time credits after it.

Nothing here enters a calculation; pages print it. Read strictly from `around/<table>/<date>.toml`: a `LawError`
names the file and the row. Source: Fed. R. Crim. P. 32, 35(b); 18 U.S.C. 3563 to 3565, 3583, 3621(e), 3624,
3632(d)(4); 21 U.S.C. 802, 849, 851, 860.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Self

from calculator.law.schema import LawError, Row, Tables
from calculator.units import Term

__all__ = [
    "Around",
    "Deadline",
    "Excluded",
    "Figure",
    "GoodTime",
    "Place",
    "PriorRules",
    "Reduction",
    "Revocation",
    "TimeCredits",
    "Trigger",
    "around",
]

_DEADLINES = ("draft_report", "objections", "final_report")
_TRIGGERS = ("drug", "firearm", "refusal", "positives")
_CLASSES = ("A", "B", "C", "D", "E", "misdemeanor")
_PLACES = ("school", "youth_center", "truck_stop")


@dataclass(frozen=True, slots=True)
class Deadline:
    """One day of Rule 32: how many days, counted from what, and who does what by then."""

    name: str
    days: int
    at_least: bool
    counted: str
    who: str
    does: str
    unless: str
    cite: str


@dataclass(frozen=True, slots=True)
class GoodTime:
    """18 U.S.C. 3624(b): the most days for each year of a sentence longer than `longer_than`."""

    most_days: int
    for_each: Term
    longer_than: Term
    cite: str


@dataclass(frozen=True, slots=True)
class Excluded:
    """A conviction that earns no time credits; with `leader`, only when a leading role was found."""

    conviction: str
    leader: bool
    cite: str


@dataclass(frozen=True, slots=True)
class TimeCredits:
    """18 U.S.C. 3632(d)(4) and 3624(g): what is earned, what it brings, and who earns nothing."""

    days: int
    for_days: int
    extra_days: int
    assessments: int
    cite: str
    early_release_most: Term
    early_release_cite: str
    home_served_percent: int
    home_cite: str
    removal_cite: str
    excluded: tuple[Excluded, ...]


@dataclass(frozen=True, slots=True)
class Trigger:
    """A violation for which the court must revoke; `more_than` and `within` where it is counted."""

    name: str
    when: str
    more_than: int
    within: Term
    probation_cite: str
    cite: str


@dataclass(frozen=True, slots=True)
class Revocation:
    """18 U.S.C. 3563 to 3565 and 3583: what must be revoked, how much prison follows, when supervision can end."""

    triggers: tuple[Trigger, ...]
    treatment_cites: tuple[str, str]  # of probation, of supervised release
    most: dict[str, tuple[Term, str]]  # by class of the offense
    release_end_after: Term
    release_end_cite: str
    felony_probation_end_after: Term
    probation_end_cite: str
    first_test_days: int
    later_tests: int
    test_cites: tuple[str, str]  # of probation, of supervised release


@dataclass(frozen=True, slots=True)
class Reduction:
    """Fed. R. Crim. P. 35(b): a motion within so long after sentencing, later only in some cases."""

    within: Term
    below_statutory_minimum: bool
    minimum_cite: str
    later_cite: str
    cite: str


@dataclass(frozen=True, slots=True)
class PriorRules:
    """21 U.S.C. 802 and 851: which earlier convictions raise a term, and the notice they need."""

    served_more_than: Term
    released_within: Term
    serious_cite: str
    violent_cite: str
    punishable_by_more_than: Term
    drug_cite: str
    notice_when: str
    notice_cite: str
    challenge_older_than: Term
    challenge_cite: str


@dataclass(frozen=True, slots=True)
class Place:
    """A protected place and how near a count must be to it, in feet."""

    name: str
    words: str
    section: str
    feet: int
    cite: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A single figure by the name pages use, as they print it: "72 hours", "$10,000"."""

    name: str
    amount: str
    cite: str


@dataclass(frozen=True, slots=True)
class Around:
    """Everything around the sentence that pages print."""

    deadlines: tuple[Deadline, ...]
    good_cause_cite: str
    good_time: GoodTime
    credits: TimeCredits
    drug_program_most: Term
    drug_program_cite: str
    revocation: Revocation
    reduction: Reduction
    priors: PriorRules
    places: dict[str, Place]
    figures: tuple[Figure, ...]

    @classmethod
    def read(cls, tables: Tables) -> Self:
        """Read every table in force. Raises `LawError` naming the file and the row."""
        deadlines, good_cause = _deadlines(_opened(tables, "presentence_report"))
        program = _opened(tables, "drug_program")
        row = program.row("reduction")
        most, most_cite = row.term("most"), row.cite()
        _done(row, program)
        return cls(
            deadlines,
            good_cause,
            _good_time(_opened(tables, "good_time")),
            _credits(_opened(tables, "time_credits")),
            most,
            most_cite,
            _revocation(_opened(tables, "revocation")),
            _reduction(_opened(tables, "sentence_reduction")),
            _priors(_opened(tables, "prior_convictions")),
            _places(_opened(tables, "protected_places")),
            _figures(_opened(tables, "figures")),
        )


@lru_cache(maxsize=2)
def around(on: date = date.max) -> Around:
    """The tables in force on a day; by default the newest that are recorded."""
    return Around.read(Tables("around", on))


def _opened(tables: Tables, name: str) -> Row:
    table = tables(name)
    table.cite()
    return table


def _done(*rows: Row) -> None:
    for row in rows:
        row.done()


def _count(row: Row, key: str) -> int:
    number = row.take(key, int)
    if number < 1:
        raise LawError(f"{row.where}: {key} is a number from 1 up, not {number}")
    return number


def _in_order(names: list[str], expected: tuple[str, ...], where: str) -> None:
    if tuple(names) != expected:
        raise LawError(f"{where}: {', '.join(expected)} are expected, in this order")


def _deadlines(table: Row) -> tuple[tuple[Deadline, ...], str]:
    found = []
    for row in table.rows("deadline"):
        found.append(
            Deadline(
                row.take("name", str),
                _count(row, "days"),
                row.take("at_least", bool),
                row.take("counted", str),
                row.take("who", str),
                row.take("does", str),
                row.maybe("unless", str) or "",
                row.cite(),
            )
        )
        row.done()
    _in_order([item.name for item in found], _DEADLINES, table.where)
    draft, objections, final = found
    if draft.days < objections.days + final.days:
        raise LawError(f"{table.where}: the days for objections do not fit before the final report")
    good_cause = table.row("good_cause")
    cite = good_cause.cite()
    _done(good_cause, table)
    return tuple(found), cite


def _good_time(table: Row) -> GoodTime:
    row = table.row("credit")
    found = GoodTime(_count(row, "most_days"), row.term("for_each"), row.term("longer_than"), row.cite())
    _done(row, table)
    return found


def _credits(table: Row) -> TimeCredits:
    earned, early, home, removal = (table.row(name) for name in ("earned", "early_release", "home", "removal"))
    excluded = []
    for row in table.rows("excluded"):
        excluded.append(Excluded(row.take("conviction", str), row.take("leader", bool), row.cite()))
        row.done()
    found = TimeCredits(
        _count(earned, "days"),
        _count(earned, "for_days"),
        _count(earned, "extra_days"),
        _count(earned, "assessments"),
        earned.cite(),
        early.term("most"),
        early.cite(),
        _count(home, "served_percent"),
        home.cite(),
        removal.cite(),
        tuple(excluded),
    )
    _done(earned, early, home, removal, table)
    return found


def _revocation(table: Row) -> Revocation:
    triggers = []
    for row in table.rows("trigger"):
        counted = row.maybe("more_than", int)
        triggers.append(
            Trigger(
                row.take("name", str),
                row.take("when", str),
                counted or 0,
                Term() if counted is None else row.term("within"),
                row.take("probation_cite", str),
                row.cite(),
            )
        )
        row.done()
    _in_order([item.name for item in triggers], _TRIGGERS, table.where)
    most: dict[str, tuple[Term, str]] = {}
    for row in table.rows("most"):
        prison, cite = row.term("prison"), row.cite()
        for name in row.texts("classes"):
            if name in most:
                raise LawError(f"{row.where}: class {name} is given twice")
            most[name] = prison, cite
        row.done()
    _in_order(list(most), _CLASSES, table.where)
    terms = [term for term, _ in most.values()]
    if terms != sorted(terms, reverse=True):
        raise LawError(f"{table.where}: a graver class must not allow less prison")
    treatment, end, testing = table.row("treatment"), table.row("early_end"), table.row("testing")
    found = Revocation(
        tuple(triggers),
        (treatment.take("probation_cite", str), treatment.cite()),
        most,
        end.term("release_after"),
        end.take("release_cite", str),
        end.term("felony_probation_after"),
        end.cite(),
        _count(testing, "first_within_days"),
        _count(testing, "at_least_more"),
        (testing.take("probation_cite", str), testing.cite()),
    )
    _done(treatment, end, testing, table)
    return found


def _reduction(table: Row) -> Reduction:
    row = table.row("motion")
    found = Reduction(
        row.term("within"),
        row.take("below_statutory_minimum", bool),
        row.take("minimum_cite", str),
        row.take("later_cite", str),
        row.cite(),
    )
    _done(row, table)
    return found


def _priors(table: Row) -> PriorRules:
    serious, drug, notice, challenge = (table.row(name) for name in ("serious", "felony_drug", "notice", "challenge"))
    found = PriorRules(
        serious.term("served_more_than"),
        serious.term("released_within"),
        serious.cite(),
        serious.take("violent_cite", str),
        drug.term("punishable_by_more_than"),
        drug.cite(),
        notice.take("when", str),
        notice.cite(),
        challenge.term("older_than"),
        challenge.cite(),
    )
    _done(serious, drug, notice, challenge, table)
    return found


def _places(table: Row) -> dict[str, Place]:
    found = {}
    for row in table.rows("place"):
        place = Place(
            row.take("name", str),
            row.take("words", str),
            row.take("section", str),
            _count(row, "feet"),
            row.cite(),
        )
        found[place.name] = place
        row.done()
    _in_order(list(found), _PLACES, table.where)
    table.done()
    return found


_AMOUNT = re.compile(r"\$[1-9][\d,]*|(?:[1-9][\d,]*|one|two|three|six) (?:hour|day|month|year)s?")


def _figures(table: Row) -> tuple[Figure, ...]:
    found: list[Figure] = []
    for row in table.rows("figure"):
        figure = Figure(row.take("name", str), row.take("amount", str), row.cite())
        row.done()
        if not _AMOUNT.fullmatch(figure.amount):
            raise LawError(f"{row.where}: {figure.amount!r} is not an amount such as 72 hours or $10,000")
        if figure.name in {other.name for other in found}:
            raise LawError(f"{row.where}: {figure.name} is given twice")
        found.append(figure)
    table.done()
    return tuple(found)
