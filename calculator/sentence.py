"""The whole calculation, in the order of USSG §1B1.1(a).

Facts and law in, one traced answer out. `stages` knows the rules and what each reads; here the stages follow each
other.
A case outside what is modelled raises `Stop`; nothing is ever guessed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from calculator import stages
from calculator.answer import Answer, DrugLevel, HistoryScore, Probation, SafetyValve, Statute
from calculator.kinds import BadCase
from calculator.law import Edition, Law
from calculator.rules.probation import lock_steps
from calculator.scenario import Case
from calculator.stages import Found
from calculator.trace import Stage, Stop, Trace
from calculator.units import day

__all__ = ["Readings", "Worked", "answered", "newer_manual", "notice", "work_near", "work_out"]

# Open questions of law answered one way or the other, by their names, in the order of these.
type Readings = tuple[tuple[str, bool], ...]

# What stops a case at once: why, the citation, and what to ask a lawyer. The order is that of the form.
OUTSIDE = {
    "murder": (
        "Someone was killed in a way the law would call murder, so a homicide guideline can take over. "
        "That guideline is not part of this calculator.",
        "USSG §2D1.1(d)(1)",
        "Which homicide guideline could apply, and what would have to be proved for it?",
    ),
    "continuing_criminal_enterprise": (
        "A continuing criminal enterprise has its own statute, minimum and guideline. "
        "They are not part of this calculator.",
        "21 U.S.C. 848; USSG §2D1.5",
        "Is the enterprise count charged, and could the plea be to another count?",
    ),
    "terrorism": (
        "The terrorism adjustment changes both the level and the history category. It is not part of this calculator.",
        "USSG §3A1.4",
        "Does the Government ask for the terrorism adjustment, and on what facts?",
    ),
    "sex_offense": (
        "The case also involves a sex offense. Those guidelines are not part of this calculator.",
        "USSG §4C1.1(b)(2); Chapter Two, Part A",
        "Which guideline governs the sex offense, and are the counts grouped?",
    ),
    "human_rights_offense": (
        "A serious human rights offense has its own adjustment, which is not part of this calculator.",
        "USSG §3A1.5",
        "Does the Government ask for that adjustment, and on what facts?",
    ),
    "armed_career_criminal": (
        "The Armed Career Criminal Act has its own minimum and guideline, which are not part of this calculator.",
        "18 U.S.C. 924(e); USSG §4B1.4",
        "Do three earlier convictions really qualify under the Act?",
    ),
    "other_counts": (
        "There are counts of another kind beside the drug counts. How several groups of counts combine is not part of "
        "this calculator.",
        "USSG Chapter Three, Part D",
        "Do the other counts group with the drug counts, and which offense level governs?",
    ),
    "prison_possession": (
        "Possession inside a prison, jail or detention center is measured by another guideline, which is not part of "
        "this calculator.",
        "USSG §2D2.1(b)(1); §2P1.2",
        "Which guideline applies to possession in custody?",
    ),
}


class Worked(NamedTuple):
    """One case worked out, stage by stage: what an answer is made of. Of the answers that an unknown fact could have no
    more is needed, because only their ends are shown.
    """

    case: Case
    law: Law
    # As the section of conviction has it, and after the safety valve and a motion.
    statute: Found[Statute]
    relieved: Found[Statute]
    score: Found[stages.Scored]
    safety_valve: Found[SafetyValve]
    verdict: Found[SafetyValve]
    offense_level: Found[stages.Offense]
    total_level: Found[stages.Level]
    outcome: Found[stages.Outcome]
    first_possession: Found[str]
    probation: Found[Probation]
    # Fields whose value is not known, in the order met.
    unknowns: tuple[str, ...]

    @property
    def open_law(self) -> tuple[str, ...]:
        """Questions of law that are open and that the answer is tried with both ways."""
        question = self.safety_valve.value.open_question
        return (question,) if question else ()


# Where no case near it was worked out before.
_NOTHING: Any = Worked(*[None] * len(Worked._fields))  # type: ignore[arg-type]


def work_out(case: Case, law: Law, readings: Readings = ()) -> Worked:
    """One case as the facts stand; unknown facts are left out of the main line and listed.

    `readings` answers open questions of law one way or the other, by their names in `Answer.open_law`. Raises `Stop`
    for a case outside what is modelled, `BadCase` where facts and law do not fit together.
    """
    return _worked(case, law, readings, _NOTHING, set())


def work_near(near: Worked, changed: Iterable[str], case: Case, readings: Readings) -> Worked:
    """What `work_out` finds for a case that differs from one worked out in no more than `changed`.

    These are facts by their names ("charge" and "charge.tier") and "readings". Only the stages reached find anew.
    """
    return _worked(case, near.law, readings, near, set(changed))


def _worked(case: Case, law: Law, readings: Readings, had: Worked, moved: set[str]) -> Worked:
    _stop_if_outside(case)
    if not case.drugs:
        raise BadCase.at("drugs", "is empty: name at least one drug and how much of it there was")
    statute = stages.statute.again(had.statute, moved, case, law)
    by_law = statute.value
    score = stages.score.again(had.score, moved, case, law)
    valve = stages.safety_valve.again(had.safety_valve, moved, case, law, score.value, by_law, readings)
    verdict = stages.verdict.again(had.verdict, moved, valve.value)
    relieved = stages.relieved.again(had.relieved, moved, case, law, by_law, verdict.value)
    offense = stages.offense_level.again(had.offense_level, moved, case, law, by_law, verdict.value)
    level = stages.total_level.again(had.total_level, moved, case, law, score.value, offense.value, by_law)
    outcome = stages.outcome.again(had.outcome, moved, case, law, verdict.value, relieved.value, level.value)
    first = stages.first_possession.again(had.first_possession, moved, case, law)
    probation = stages.probation.again(
        had.probation, moved, case, law, verdict.value, relieved.value, outcome.value, first.value
    )
    found = offense, score, level, statute, relieved, valve, outcome
    waits_for = valve.value.open_field
    asked = [waits_for if name == stages.WAITING else name for one in found for name in one.unknown]
    unknowns = tuple([name for name in dict.fromkeys(asked) if name])
    return Worked(
        case, law, statute, relieved, score, valve, verdict, offense, level, outcome, first, probation, unknowns
    )


def answered(worked: Worked) -> Answer:
    """The answer to a case worked out, with the kinds of sentence, what follows prison and what motions could open."""
    case, law, score, valve = worked.case, worked.law, worked.score.value.history, worked.safety_valve.value
    statute, offense = worked.relieved.value, worked.offense_level.value
    level, outcome = worked.total_level.value, worked.outcome.value
    after = stages.released(case, law, statute, level.level, valve)
    kinds = stages.kinds(outcome.cell, outcome.ruled, statute, level, law)
    motions = stages.motions(case, law, statute, outcome.ruled.range)
    steps = (
        *_law_steps(case, law.edition),
        *stages.asking(worked.offense_level.steps, valve),
        *worked.score.steps,
        *worked.total_level.steps,
        *worked.statute.steps,
        *stages.asking(worked.relieved.steps, valve),
        *worked.safety_valve.steps,
        *stages.asking(worked.outcome.steps, valve),
        *kinds.steps,
        *lock_steps(worked.probation.value),
    )
    career_offender = level.career_offender
    return Answer(
        law=law.edition.title,
        law_effective=law.edition.effective,
        estimate=law.edition.estimate,
        notice=notice(law.edition, _touched(case, offense.drug, score, career_offender is not False)),
        offense_level=level.level,
        base_level=offense.base_level,
        drug=offense.drug,
        history=score,
        category=level.category,
        career_offender=career_offender is True,
        table_range=outcome.cell,
        range=outcome.ruled.range,
        total=outcome.total,
        control=outcome.ruled.control,
        control_words=outcome.ruled.words,
        control_cite=outcome.ruled.cite,
        maximum_together=outcome.ruled.maximum,
        zone=outcome.ruled.range.zone,
        statute=statute,
        safety_valve=valve,
        options=kinds.value,
        probation=worked.probation.value,
        supervision=after.value,
        motions=motions.value,
        steps=steps,
        unknowns=worked.unknowns,
        open_law=worked.open_law,
    )


def _stop_if_outside(case: Case) -> None:
    for name in case.charge.outside:
        why, cite, ask = OUTSIDE[name]
        raise Stop(why, cite=cite, ask=ask, field="charge.outside")


def _law_steps(case: Case, edition: Edition) -> Trace:
    trace = Trace(Stage.LAW)
    trace.applied(
        "1B1.11(a)",
        f"The {edition.title} is used, because the sentence is imposed on {day(case.dates.sentenced_on)}.",
        "USSG §1B1.11(a)",
        field="dates.sentenced_on",
    )
    if edition.newer is not None:
        trace.flagged(
            "1B1.11(a) newer manual",
            f"A newer Manual took effect on {day(edition.newer.effective)}. Its text has not been checked here.",
            edition.newer.cite,
            field="dates.sentenced_on",
        )
    if case.dates.offense_ended < edition.effective:
        trace.flagged(
            "1B1.11(b)(1)",
            f"The offense ended before this Manual took effect ({day(edition.effective)}). If the Manual in effect on "
            f"{day(case.dates.offense_ended)} gives a lower range, the court must use that whole Manual instead. "
            "It is not computed here.",
            "USSG §1B1.11(b)(1), (2)",
            field="dates.offense_ended",
        )
    return trace


def notice(edition: Edition, touched: Iterable[str]) -> str:
    """The first line of a result for a day on which a newer Manual applies; empty when the Manual held is complete."""
    if edition.newer is None:
        return ""
    names = set(touched)
    parts = [words for when, words in edition.newer.parts if when in names]
    named = f" Parts of this answer that had a change proposed: {'; '.join(parts)}." if parts else ""
    return f"{edition.effective.year} Manual estimate. {newer_manual(edition)}{named}"


def newer_manual(edition: Edition) -> str:
    """That a newer Manual applies; empty when the Manual held is complete."""
    if edition.newer is None:
        return ""
    return (
        f"A newer Manual took effect on {day(edition.newer.effective)} ({edition.newer.notice}) and its text has not "
        "been checked here."
    )


def _touched(case: Case, drug: DrugLevel | None, score: HistoryScore, career_offender: bool) -> Iterable[str]:
    """Which parts of the newer Manual could bear on this answer, by the names in `editions.toml`."""
    counted = {weight.substance for weight in drug.weights} if drug else set()
    if any(name.startswith(("methamphetamine", "ice")) for name in counted):
        yield "methamphetamine"
    if any(name.startswith("fentanyl") for name in counted):
        yield "fentanyl"
    yield "options"
    if case.charge.counts > 1 or case.charge.firearm_count != "none":
        yield "multiple_counts"
    if career_offender and (score.two_predicates is not False):
        yield "career_offender"
    yield "fine"
    yield "rehabilitation"
