"""Career offender and zero-point offender. USSG §§4B1.1, 4B1.2 and 4C1.1 (2025), pp. 373–378, 384–385.

Facts, law and what the other rules found in; a ledger out. The career offender level replaces the level
before acceptance (§4B1.1(b), asterisk); the zero-point reduction comes after it (§1B1.1(a)(5), (6)).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from calculator.answer import HistoryScore
from calculator.kinds import DONT_KNOW, NO, UNKNOWN, UNSTATED, YES, Fact
from calculator.law import Law
from calculator.law.history import CareerTable, Criterion, ZeroPoint
from calculator.scenario import Case
from calculator.trace import Ledger, Stage
from calculator.units import Term

__all__ = ["CareerOffender", "Past", "ZeroPointOffender", "career_level", "past", "zero_point"]


@dataclass(slots=True)
class CareerOffender(Ledger):
    """What §4B1.1 makes of the case: `level` is the one that governs before acceptance.

    `applies` is None when a fact is not known; the level and category then stay as they were. `category` is
    empty unless it is replaced.
    """

    applies: bool | None = False
    category: str = ""


@dataclass(slots=True)
class ZeroPointOffender(Ledger):
    """What §4C1.1 makes of the case: `reduced` when levels came off, None when a fact is not known."""

    reduced: bool | None = False


class Past(NamedTuple):
    """What these rules go by: no points, and two predicates (None: not known). `listed`: the sentences themselves are
    given. `category` is the one that these points alone make."""

    listed: bool
    no_points: bool | None
    two_predicates: bool | None
    category: str


def past(score: HistoryScore) -> Past:
    """The past as it was scored. §4C1.1(a)(1): two predicates score, even where their sentences are not listed."""
    no_points = False if score.points or score.two_predicates else True if score.certain else None
    return Past(bool(score.priors), no_points, score.two_predicates, score.category)


def career_level(case: Case, law: Law, score: Past, level: int, maximum: Term, guideline: str) -> CareerOffender:
    """§4B1.1(a), (b). An adult, a drug-dealing felony, two predicates: the higher level, the last category.

    `level` is the level under Chapters Two and Three before acceptance, `maximum` the statutory maximum with
    any increase for prior convictions (n.2), `guideline` the section of Chapter Two the level came from.
    """
    table = law.history.career
    found = CareerOffender(Stage.HISTORY, level=level)
    row = table.row(maximum)
    qualifies = _drug_felony(case, table, maximum)
    adult = {YES: True, NO: False}.get(case.history.adult_at_offense)
    tests = (score.two_predicates, adult, qualifies)
    if False in tests or row is None:
        _not_a_career_offender(found, case, score, adult, table)
        return found
    if None in tests:
        found.applies = None
        _career_unknown(found, case, score, adult, qualifies, row.level, table)
        return found
    found.applies, found.category = True, table.category
    spoken = maximum.in_years_and_months()
    if row.level > level:
        found.change(
            row.level - level,
            row.cite.removeprefix("USSG §"),
            f"The career offender rule applies. With a maximum of {spoken} its level is {row.level}, "
            f"which is higher than the level {level} under §{guideline} and Chapter Three, so it is used.",
            f"{row.cite}; USSG §4B1.1, comment. (n.2)",
        )
        third_from = law.levels.third_level_from
        if level < third_from <= row.level and case.plea.acceptance is not NO:
            found.flagged(
                "4B1.1(b) and 3E1.1(b)",
                f"The level before this rule was under {third_from}. Whether the third level "
                "for acceptance is open when only this rule raises the level is not settled; here the "
                "raised level is used.",
                "USSG §4B1.1(b); USSG §3E1.1(b)",
                field="plea.government_moved",
            )
    else:
        found.applied(
            row.cite.removeprefix("USSG §"),
            f"The career offender rule applies. With a maximum of {spoken} its level is {row.level}, "
            f"which is not higher than the level {level} under §{guideline} and Chapter Three, so the "
            "level stays.",
            row.cite,
        )
    found.applied(
        "4B1.1(b)",
        f"For a career offender the criminal history category is {table.category} in every case.",
        "USSG §4B1.1(b)",
    )
    return found


def _drug_felony(case: Case, table: CareerTable, maximum: Term) -> bool | None:
    """§4B1.2(b), (d), n.1: whether the count is a felony controlled substance offense."""
    if table.row(maximum) is None:
        return False
    offense = table.offenses.get(case.section)
    if offense is None or offense.qualifies == "never":
        return False
    return True if offense.qualifies == "always" else _known(case.charge.established_dealing)


def _not_a_career_offender(
    found: CareerOffender, case: Case, score: Past, adult: bool | None, table: CareerTable
) -> None:
    if score.two_predicates is False:
        why, cite = "there are not two earlier felony convictions that qualify", "USSG §4B1.1(a)(3)"
        field = "history.priors" if score.listed else "history.career_predicates"
    elif adult is False:
        why, cite, field = (
            "the person was under 18 at the offense",
            "USSG §4B1.1(a)(1)",
            "history.adult_at_offense",
        )
    else:
        why = "the count is not a felony for making, bringing in or dealing in drugs"
        cite, field = "USSG §4B1.1(a)(2); USSG §4B1.2(b)", "charge.statute"
        offense = table.offenses.get(case.section)
        if offense is not None and offense.qualifies == "if_underlying":
            why = "the conviction did not establish that the offense behind it was drug dealing"
            cite, field = f"USSG §4B1.1(a)(2); {offense.cite}", "charge.established_dealing"
    found.passed("4B1.1(a)", f"The career offender rule does not apply, because {why}.", cite, field=field)


def _career_unknown(
    found: CareerOffender,
    case: Case,
    score: Past,
    adult: bool | None,
    qualifies: bool | None,
    level: int,
    table: CareerTable,
) -> None:
    would = f"With it the level would be at least {level} and the category {table.category}. It is left out."
    if score.two_predicates is None:
        entered = case.history.career_predicates is None
        found.unknown(
            "4B1.1(a)(3)",
            "Whether the career offender rule applies turns on two earlier convictions that are not "
            f"fully known. {would}",
            "USSG §4B1.1(a)(3); USSG §4B1.2(c)",
            field="history.career_predicates" if entered else None,
        )
    if adult is None:
        found.unknown(
            "4B1.1(a)(1)",
            f"The career offender rule needs a person at least 18 at the offense, which is not known. {would}",
            "USSG §4B1.1(a)(1)",
            field="history.adult_at_offense",
        )
    if qualifies is None:
        found.unknown(
            "4B1.1(a)(2)",
            f"A count under section {case.section} qualifies for the career offender rule only if the "
            "conviction established that the offense behind it was drug dealing. That is not known. "
            f"{would}",
            table.offenses[case.section].cite,
            field="charge.established_dealing",
        )


def zero_point(
    case: Case,
    law: Law,
    score: Past,
    level: int,
    aggravating_role: bool | None,
    victim_adjustment: bool | None,
) -> ZeroPointOffender:
    """§4C1.1: two levels less for a person with no points who meets all eleven criteria.

    `level` is the level after acceptance; `aggravating_role` and `victim_adjustment` say whether an
    adjustment under §3B1.1, or under §3A1.1, was made (None: not known). No reduction while one criterion is
    unknown.
    """
    rule = law.history.zero_point
    found = ZeroPointOffender(Stage.ZERO_POINTS, level=level)
    no_points = score.no_points
    if no_points is False:
        criterion = rule.criteria[0]
        found.passed("4C1.1(a)(1)", f"No reduction for zero points, because {criterion.unmet}.", criterion.cite)
        return found
    outside = case.charge.outside
    # What stands in the way (None: not known), and the fact it turns on; points have steps of their own.
    unmet: dict[str, tuple[bool | None, str | None]] = {
        "no_points": (None if no_points is None else False, None),
        "no_terrorism": ("terrorism" in outside, "charge.outside"),
        "no_violence": (_known(case.conduct.violence), "conduct.violence"),
        "no_death_or_injury": _death_or_injury(case),
        "no_sex_offense": ("sex_offense" in outside, "charge.outside"),
        "no_financial_hardship": (_known(case.conduct.financial_hardship), "conduct.financial_hardship"),
        "no_weapon": (_known(case.own_weapon), _weapon_field(case)),
        # One question covers a sex offense and an offense under §2H1.1.
        "no_individual_rights": (_known(case.history.zero_point_excluded), "history.zero_point_excluded"),
        "no_victim_adjustment": (
            True if "human_rights_offense" in outside else victim_adjustment,
            "role.vulnerable_victim",
        ),
        "no_aggravating_role": (aggravating_role, "role.part"),
        "no_continuing_enterprise": ("continuing_criminal_enterprise" in outside, "charge.outside"),
    }
    failed = [item for item in rule.criteria if unmet[item.name][0] is True]
    for item in failed:
        words, cite = _said(item, rule)
        found.passed(
            item.cite.removeprefix("USSG §"),
            f"No reduction for zero points, because {words}.",
            cite,
            field=unmet[item.name][1],
        )
    if failed:
        return found
    for item in rule.criteria:
        value, field = unmet[item.name]
        if value is None:
            found.reduced = None
            words, cite = _said(item, rule)
            found.unknown(
                item.cite.removeprefix("USSG §"),
                f"The reduction for zero points is not made if {words}. That is not known, so it is left out.",
                cite,
                field=field,
            )
    if found.reduced is None:
        return found
    if case.charge.stipulated_level != "none":
        found.flagged(
            "4C1.1(a)(4)",
            "The parties stipulated to a level that rests on death or serious injury. The reduction "
            "stands only if neither resulted; check that.",
            "USSG §4C1.1(a)(4); USSG §2D1.1(a)",
            field="charge.stipulated_level",
        )
    if case.charge.firearm_count not in ("none", DONT_KNOW) and case.conduct.own_weapon is NO:
        found.flagged(
            "4C1.1(a)(7)",
            "There is a firearm count, yet the weapon is said not to be the person's own. The reduction stands only "
            "if the person neither had it, nor received, bought, carried or sold it, nor led another to do so.",
            "USSG §4C1.1(a)(7)",
            field="conduct.own_weapon",
        )
    found.reduced = True
    found.change(
        rule.levels,
        "4C1.1(a)",
        f"There are no criminal history points and all {len(rule.criteria)} criteria are met: "
        f"{-rule.levels} levels less.",
        rule.cite,
    )
    return found


def _said(item: Criterion, rule: ZeroPoint) -> tuple[str, str]:
    """What stands in the way, and where it is printed; one question covers (5) and (8), so both are named."""
    if item.name != "no_individual_rights":
        return item.unmet, item.cite
    sex = next(one for one in rule.criteria if one.name == "no_sex_offense")
    return f"{sex.unmet}, or {item.unmet}", f"{sex.cite}; {item.cite}"


def _known(fact: Fact) -> bool | None:
    return None if fact is UNKNOWN else fact is YES


def _weapon_field(case: Case) -> str:
    """The fact that (a)(7) turns on: whose the weapon was, or whether there was one at all."""
    if case.conduct.own_weapon is not UNSTATED or case.conduct.weapon_possessed is YES:
        return "conduct.own_weapon"
    if case.conduct.weapon_possessed is UNKNOWN:
        return "conduct.weapon_possessed"
    return "charge.firearm_count"


def _death_or_injury(case: Case) -> tuple[bool | None, str]:
    """(a)(4): in fact, or charged and found or admitted."""
    conduct, found = case.conduct.death_or_serious_injury, case.charge.death_or_injury_found
    if found is YES or conduct is not YES and found is UNKNOWN:
        return _known(found), "charge.death_or_injury_found"
    return _known(conduct), "conduct.death_or_serious_injury"
