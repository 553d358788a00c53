"""The terms of one paragraph of the ladder, for one section, on one reading of the facts.

21 U.S.C. 841(b), 849, 859, 860, 861 and 960(b). Nothing is said here; the steps come from `ladder` and `multiplied`.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from calculator.law.statutes import Multiplied, Penalty, Statutes, Times
from calculator.units import LIFE, NOTHING, Term

__all__ = ["Known", "Terms", "ladder_terms"]


@dataclass(frozen=True, slots=True)
class Known:
    """What raises a penalty, as it stands on one reading of the facts."""

    serious: int
    drug: int
    death: bool
    again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """A penalty worked out, before the firearm count."""

    minimum: Term
    maximum: Term
    cite: str
    fine: int
    fine_minimum: int = 0
    title_18_times: int = 1
    fine_times: int = 1
    release_minimum: Term = NOTHING
    # None: as 18 U.S.C. 3583(b) caps it by class, `release_times` times over.
    release_maximum: Term | None = None
    release_times: int = 1
    ladder_maximum: Term  # the paragraph's own maximum, before any multiple
    case: str


def ladder_terms(statutes: Statutes, section: str, home: str, tier: str, known: Known, small: bool) -> Terms:
    """The penalty of one paragraph for one section, on one reading of the facts."""
    ladder = statutes.ladder
    paragraph = ladder.paragraphs[tier]
    priors = known.serious if paragraph.prior == "serious" else known.drug
    death = known.death and "death" in paragraph.rows
    # (A) names two or more priors, also for 849, 859, 860 and 861; 960(b)(1) does not.
    two = known.serious >= ladder.two_priors and (
        section in ladder.two_priors_sections or (home == "841" and "two_priors" in paragraph.rows)
    )
    name = ("prior_death" if death else "prior") if priors else ("death" if death else "base")
    if two and not (death and priors):
        name = "two_priors"
    row = (
        ladder.paragraphs[ladder.two_priors_paragraph].rows["two_priors"]
        if name == "two_priors"
        else paragraph.rows[name]
    )
    if two and name == "two_priors" and death:
        # The 25 years stand beside the 20 for death; no row of this paragraph joins them.
        row = dataclasses.replace(row, minimum=max(row.minimum, paragraph.rows["death"].minimum))
    cite = paragraph.cites[home] if home == "960" else row.cite
    multiplied = statutes.sections.multiplied.get(section)
    if multiplied is None:
        return Terms(
            minimum=row.minimum,
            maximum=row.maximum,
            cite=cite,
            fine=row.fine,
            title_18_times=row.title_18_times,
            release_minimum=row.release_minimum,
            release_maximum=LIFE if paragraph.displaces_3583 else row.release_maximum,
            ladder_maximum=row.maximum,
            case=name,
        )
    times = multiplied.by(known.again)
    first = paragraph.rows["death" if death else "base"]
    return _multiplied_terms(multiplied, times, row, first, cite, paragraph.displaces_3583, tier, name, small)


def _multiplied_terms(
    multiplied: Multiplied,
    times: Times,
    row: Penalty,
    first: Penalty,
    cite: str,
    displaces: bool,
    tier: str,
    name: str,
    small: bool,
) -> Terms:
    """849, 859, 860, 861: maximum, fine and supervised release multiplied, and a minimum of their own."""
    counted = first if times.of_first_offense else row
    maximum = times.maximum or max(counted.maximum.times(times.times), row.maximum)
    own = NOTHING if small else times.minimum
    if displaces or name == "two_priors":
        release_maximum: Term | None = LIFE
    else:
        release_maximum = row.release_maximum.times(times.times) if row.release_maximum else None
    return Terms(
        minimum=max(row.minimum, own),
        maximum=maximum,
        cite=f"{times.cite}; {cite}",
        fine=row.fine,
        title_18_times=row.title_18_times,
        fine_times=times.times,
        # "at least twice any term … for a first offense"; never less than the paragraph's own after a prior
        release_minimum=max(first.release_minimum.times(times.times), row.release_minimum),
        release_maximum=release_maximum,
        release_times=times.times,
        ladder_maximum=row.maximum,
        case=name,
    )
