"""Everything about offense levels outside the Drug Quantity Table and Chapter Four, read once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from calculator.law.levels.adjustment import Adjustment, Factor, adjustments_from, factors_from
from calculator.law.levels.base import FixedLevel, RoleCap, cap_from, fixed_from
from calculator.law.levels.beside import (
    Indexed,
    Possession,
    Premises,
    Protected,
    Reference,
    index_from,
    possession_from,
    premises_from,
    protected_from,
    reference_from,
)
from calculator.law.levels.printed import (
    ADJUSTMENTS,
    AGGRAVATING,
    CHARACTERISTICS,
    FIXED,
    MITIGATING,
    check_falling,
    check_numbered,
    check_order,
)
from calculator.law.schema import LawError, Row

__all__ = ["LevelTables"]


@dataclass(frozen=True, slots=True)
class LevelTables:
    """Everything about offense levels outside the Drug Quantity Table and Chapter Four."""

    guidelines: dict[str, Indexed]
    fixed: tuple[FixedLevel, ...]
    fixed_sections: frozenset[str]
    direct_sections: frozenset[str]
    cap: RoleCap
    characteristics: dict[str, Adjustment]
    aggravating_factors: dict[str, Factor]
    mitigating_factors: dict[str, Factor]
    protected: Protected
    communication: tuple[str, str]  # rule, citation
    premises: Premises
    possession: dict[str, Possession]
    adjustments: dict[str, Adjustment]
    minor_sections: frozenset[str]
    minor_cite: str
    early_disposition: Reference  # `levels` is the most that may be taken off

    @property
    def third_level_from(self) -> int:
        """§3E1.1(b): the least level, before acceptance, that can be lowered once more."""
        return self.adjustments["early_plea"].from_level or 0  # never 0: checked on reading

    @classmethod
    def read(cls, tables: Callable[[str], Row]) -> LevelTables:
        """Read the four tables. Raises `LawError` naming the file and the row."""
        base = tables("base_levels")
        base.cite()
        sections = frozenset(base.texts("sections"))
        direct = frozenset(base.texts("direct_sections"))
        if not direct <= sections:
            raise LawError(f"{base.where}: direct_sections names a section that sections does not")
        fixed = tuple(fixed_from(row) for row in base.rows("fixed"))
        check_order((item.rule for item in fixed), FIXED, f"{base.where} fixed")
        check_falling([item.level for item in fixed], f"{base.where} fixed")
        cap = cap_from(base)
        base.done()

        special = tables("specific_offense_characteristics")
        special.cite()
        characteristics = adjustments_from(special, "characteristic", CHARACTERISTICS)
        check_numbered([item.rule for item in characteristics.values()], f"{special.where} characteristic")
        aggravating = factors_from(special, "aggravating_factor", AGGRAVATING)
        mitigating = factors_from(special, "mitigating_factor", MITIGATING)
        special.done()

        other = tables("other_drug_guidelines")
        other.cite()
        guidelines = index_from(other)
        protected = protected_from(other.row("protected"))
        communication = other.row("communication")
        by_phone = communication.take("rule", str), communication.cite()
        communication.done()
        premises = premises_from(other.row("premises"))
        possession = possession_from(other)
        other.done()

        three = tables("adjustments")
        three.cite()
        adjustments = adjustments_from(three, "adjustment", ADJUSTMENTS)
        if adjustments["early_plea"].from_level is None:
            raise LawError(f"{three.where} adjustment: early_plea needs from_level")
        minor = three.row("minor_is_the_offense")
        minor_sections, minor_cite = frozenset(minor.texts("sections")), minor.cite()
        minor.done()
        early = reference_from(three.row("early_disposition"), "not_more_than")
        three.done()

        return cls(
            guidelines,
            fixed,
            sections,
            direct,
            cap,
            characteristics,
            aggravating,
            mitigating,
            protected,
            by_phone,
            premises,
            possession,
            adjustments,
            minor_sections,
            minor_cite,
            early,
        )
