"""The whole calculation, in the order of USSG §1B1.1(a). The only module that knows all the rules.

Facts and law in, one traced answer out. Rules do not know each other: what one needs from another is handed over here.
A case outside what is modelled raises `Stop`; nothing is ever guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from calculator.answer import Answer, DrugLevel, HistoryScore
from calculator.kinds import BadCase
from calculator.law import Edition, Law
from calculator.rules import (
    adjustments,
    career,
    conversion,
    history,
    offense,
    options,
    penalties,
    probation,
    ranges,
    supervision,
)
from calculator.rules import safety_valve as valve
from calculator.scenario import Case
from calculator.trace import Finding, Stage, Step, Stop, Trace
from calculator.units import day

__all__ = ["calculate", "newer_manual", "notice"]

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


def calculate(case: Case, law: Law, readings: Mapping[str, bool] | None = None) -> Answer:
    """The answer to one case as the facts stand; unknown facts are left out of the main line and listed.

    `readings` answers open questions of law one way or the other, by their names in `Answer.open_law`. Raises `Stop`
    for a case outside what is modelled, `BadCase` where facts and law do not fit together.
    """
    _stop_if_outside(case)
    if not case.drugs:
        raise BadCase.at("drugs", "is empty: name at least one drug and how much of it there was")

    statute = penalties.statute(
        case,
        law,
        conversion.statutory_amounts(case.drugs, law.drugs, "drugs"),
        conversion.statutory_amounts(case.charge.found, law.drugs, "charge.found"),
    )
    score = history.score(case, law)
    safety_valve = valve.check(case, law, score, statute, readings)
    statute = penalties.relieved(statute, safety_valve, case, law)

    drug = conversion.drug_level(case.drugs, law.drugs) if offense.needs_quantity(case, law) else None
    near = conversion.drug_level(conversion.near(case.drugs), law.drugs) if offense.needs_near(case) else None
    chapter_two = offense.chapter_two(case, law, drug, near, statute, safety_valve)
    chapter_three = adjustments.chapter_three(case, law, chapter_two)
    offender = career.career_level(case, law, score, chapter_three.level, statute.maximum, chapter_two.guideline)
    accepted = adjustments.acceptance(case, law, offender.level)
    zero = career.zero_point(
        case,
        law,
        score,
        accepted.level,
        chapter_three.aggravating_role,
        chapter_three.victim_adjustment,
    )

    category = offender.category or score.category
    cell, cell_steps = ranges.table_range(zero.level, category, law.ranges)
    ruled = ranges.governing(cell, statute, safety_valve, case, law.ranges)
    with_firearm = law.history.career_924c(accepted.acceptance_levels) if offender.applies else None
    total, total_steps = ranges.total(cell, ruled.range, statute, with_firearm)
    kinds = options.options(cell, ruled, statute, zero.reduced, category, law)
    locks = probation.probation(case, law, statute, safety_valve, ruled, zero.level)
    after = supervision.supervision(case, law, statute, zero.level, safety_valve)
    motions = supervision.motions(case, law, statute, ruled.range)

    steps = (
        *_law_steps(case, law.edition),
        *(drug.steps if drug else ()),
        *(_near_steps(near) if near and chapter_two.guideline == "2D1.2" else ()),
        *chapter_two.steps,
        *chapter_three.steps,
        *score.steps,
        *offender.steps,
        *accepted.steps,
        *zero.steps,
        *statute.steps,
        *safety_valve.steps,
        *cell_steps,
        *ruled.steps,
        *total_steps,
        *kinds.steps,
        *probation.lock_steps(locks),
    )
    return Answer(
        law=law.edition.title,
        law_effective=law.edition.effective,
        estimate=law.edition.estimate,
        notice=notice(law.edition, _touched(case, drug, score, offender.applies is not False)),
        offense_level=zero.level,
        base_level=chapter_two.base_level,
        drug=drug,
        history=score,
        category=category,
        career_offender=offender.applies is True,
        table_range=cell,
        range=ruled.range,
        total=total,
        control=ruled.control,
        control_words=ruled.words,
        control_cite=ruled.cite,
        maximum_together=ruled.maximum,
        zone=ruled.range.zone,
        statute=statute,
        safety_valve=safety_valve,
        options=kinds.options,
        probation=locks,
        supervision=after,
        motions=motions,
        steps=steps,
        unknowns=_unknowns(steps),
        open_law=(safety_valve.open_question,) if safety_valve.open_question else (),
    )


def _stop_if_outside(case: Case) -> None:
    for name in case.charge.outside:
        why, cite, ask = OUTSIDE[name]
        raise Stop(why, cite=cite, ask=ask, field="charge.outside")


def _unknowns(steps: Iterable[Step]) -> tuple[str, ...]:
    fields = (step.field for step in steps if step.finding is Finding.UNKNOWN and step.field is not None)
    return tuple(dict.fromkeys(fields))


def _near_steps(near: DrugLevel) -> Trace:
    """§2D1.2(a)(1): how the part near the protected place or person was weighed; what is open about it was said."""
    trace = Trace(Stage.QUANTITY)
    cite = "USSG §2D1.2(a)(1)"
    trace.applied("2D1.2(a)(1)", "What follows is the part that involved the protected place or person.", cite)
    for step in near.steps:
        if step.finding is Finding.APPLIED:
            trace.applied(step.rule, step.words, step.cite, field="drugs")
    return trace


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
