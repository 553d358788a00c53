"""§2D1.1: drug trafficking, and what takes its level."""

from __future__ import annotations

from calculator.answer import SafetyValve, Statute
from calculator.law.levels import Indexed, LevelTables
from calculator.rules.offense.base_level import base_level
from calculator.rules.offense.characteristics import (
    bribery,
    fentanyl_misrepresented,
    import_craft,
    manufacture,
    meth_import,
    public_land,
    safety_valve_reduction,
    submersible_conviction,
    turns_on,
    violence,
    weapon,
)
from calculator.rules.offense.factors import aggravating_factors, mitigating_factors
from calculator.rules.offense.work import ChapterTwo, Rule, Work, begun
from calculator.scenario import Case

__all__ = ["IN_ORDER", "trafficking"]

# The order of §2D1.1.
IN_ORDER: tuple[Rule, ...] = (
    base_level,
    weapon,
    violence,
    import_craft,
    turns_on("prison_distribution", "conduct.prison_distribution"),
    meth_import,
    submersible_conviction,
    turns_on("mass_marketing", "conduct.mass_marketing"),
    turns_on("masking_agent", "conduct.masking_agent"),
    turns_on("steroid_to_athlete", "conduct.steroid_to_athlete"),
    turns_on("convicted_841g", "conduct.convicted_841g"),
    bribery,
    turns_on("premises", "conduct.premises"),
    fentanyl_misrepresented,
    manufacture,
    public_land,
    aggravating_factors,
    mitigating_factors,
    safety_valve_reduction,
)


def trafficking(
    case: Case,
    levels: LevelTables,
    drug_level: int,
    statute: Statute,
    safety_valve: SafetyValve,
    entry: Indexed,
    *,
    mitigating_barred: bool = False,
) -> ChapterTwo:
    """The whole level of §2D1.1 for one quantity of drugs."""
    out = begun(case, statute, entry)
    out.rests_on_2d1_1 = True
    role = case.role
    work = Work(
        case,
        levels,
        statute,
        safety_valve,
        drug_level,
        out,
        mitigating=False if mitigating_barred else role.mitigating,
        minimal=False if mitigating_barred else role.minimal,
        aggravating=role.aggravating,
    )
    for rule in IN_ORDER:
        rule(work)
    return out
