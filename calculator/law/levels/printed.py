"""Every row that is printed must be there, in printed order.

A row left out of a file would otherwise be a rule that silently never applies.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from calculator.law.schema import LawError

__all__ = [
    "ADJUSTMENTS",
    "AGGRAVATING",
    "CHARACTERISTICS",
    "FIXED",
    "MITIGATING",
    "check_falling",
    "check_numbered",
    "check_order",
]

# Every printed row, in order: a row left out of a file would otherwise be a rule that silently never applies.
CHARACTERISTICS = (
    "weapon",
    "violence",
    "aircraft",
    "submersible",
    "crew",
    "prison_distribution",
    "meth_import",
    "submersible_conviction",
    "mass_marketing",
    "masking_agent",
    "steroid_to_athlete",
    "convicted_841g",
    "bribery",
    "premises",
    "fentanyl_knowingly",
    "fentanyl_recklessly",
    "hazardous_discharge",
    "distribution_860a",
    "manufacture_860a",
    "manufacture_risk",
    "manufacture_risk_minor",
    "public_land",
    "aggravating_factors",
    "mitigating_factors",
    "safety_valve",
)
AGGRAVATING = (
    "used_affection",
    "vulnerable_person",
    "directly_imported",
    "witness_or_evidence",
    "livelihood",
)
MITIGATING = ("family_or_fear", "no_pay", "minimal_knowledge")
ADJUSTMENTS = (
    "hate_crime",
    "vulnerable_victim",
    "many_vulnerable_victims",
    "official_motivated",
    "official_assaulted",
    "restraint",
    "leader",
    "manager",
    "small_leader",
    "minimal",
    "minor",
    "between",
    "trust",
    "skill",
    "used_minor",
    "armor_involved",
    "armor_used",
    "obstruction",
    "reckless_flight",
    "on_release",
    "false_domain",
    "acceptance",
    "early_plea",
)
FIXED = ("2D1.1(a)(1)", "2D1.1(a)(2)", "2D1.1(a)(3)", "2D1.1(a)(4)")


def check_order(found: Iterable[str], expected: Sequence[str], where: str) -> None:
    """Raise unless exactly the printed rows are there, in printed order."""
    names = tuple(found)
    for position, (name, wanted) in enumerate(zip(names, expected, strict=False), 1):
        if name != wanted:
            raise LawError(f"{where} {position}: {name} stands where {wanted} is printed")
    if len(names) != len(expected):
        what = (
            f"{expected[len(names)]} is missing"
            if len(names) < len(expected)
            else f"{names[len(expected)]} is one too many"
        )
        raise LawError(f"{where}: {what}")


def check_falling(levels: list[int], where: str) -> None:
    """Raise unless the levels fall from row to row."""
    if any(above <= below for above, below in zip(levels, levels[1:], strict=False)):
        raise LawError(f"{where}: the levels must fall from row to row, as printed")


_LAST_CHARACTERISTIC = 18


def check_numbered(rules: list[str], where: str) -> None:
    """The rows of (b) must be numbered (b)(1) to (b)(18) without a gap and each be printed once."""
    if len(set(rules)) != len(rules):
        raise LawError(f"{where}: a rule is printed twice")
    last = 0
    for position, rule in enumerate(rules, 1):
        head, _, rest = rule.partition("(b)(")
        number = rest.partition(")")[0]
        if head != "2D1.1" or not number.isdigit() or int(number) not in (last, last + 1):
            raise LawError(f"{where} {position}: {rule} does not follow 2D1.1(b)({last})")
        last = int(number)
    if last != _LAST_CHARACTERISTIC:
        raise LawError(f"{where}: the last rule is 2D1.1(b)({last}), not (b)({_LAST_CHARACTERISTIC})")
