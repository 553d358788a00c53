"""Chapter Three, Parts A to C, in order."""

from __future__ import annotations

from calculator.law.load import Law
from calculator.rules.adjustments.obstruction import false_domain, obstruction, on_release, reckless_flight
from calculator.rules.adjustments.role import aggravating, body_armor, mitigating, trust_or_skill, used_minor
from calculator.rules.adjustments.victims import official_victim, restraint, victims
from calculator.rules.adjustments.work import ChapterThree, CountedBefore, Rule, Work
from calculator.scenario import Case
from calculator.trace import Stage

__all__ = ["IN_ORDER", "chapter_three"]

# The order of Chapter Three, Parts A to C.
IN_ORDER: tuple[Rule, ...] = (
    victims,
    official_victim,
    restraint,
    aggravating,
    mitigating,
    trust_or_skill,
    used_minor,
    body_armor,
    obstruction,
    reckless_flight,
    on_release,
    false_domain,
)


def chapter_three(case: Case, law: Law, chapter_two: CountedBefore) -> ChapterThree:
    """Parts A, B and C, starting from the Chapter Two level."""
    out = ChapterThree(Stage.ADJUSTMENTS, level=chapter_two.level, aggravating_role=case.role.aggravating)
    work = Work(case, law.levels, chapter_two, out)
    for rule in IN_ORDER:
        rule(work)
    return out
