"""The two characteristics that ask for a role and for listed factors: §2D1.1(b)(16) and (17)."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter

from calculator.kinds import NO, YES, Fact
from calculator.law.levels import Adjustment
from calculator.rules.offense.work import Work, chosen
from calculator.scenario import Conduct

__all__ = ["aggravating_factors", "mitigating_factors"]


def aggravating_factors(work: Work) -> None:
    """(b)(16). An adjustment under §3B1.1 and at least one listed factor: counted once, however many there
    are.

    Importing, (C), is not used where (b)(3) or (b)(5) applies (n.20(B))."""
    row, out, conduct = work.law.characteristics["aggravating_factors"], work.out, work.case.conduct
    if work.aggravating is False:
        out.passed(row.rule, row.passed, row.cite, field="role.part")
        return
    present: list[str] = []
    unknown: list[str] = []
    for name in work.law.aggravating_factors:
        fact = _AGGRAVATING_FACT[name](conduct)
        if fact is NO:
            continue
        if name == "directly_imported" and (out.craft != "none" or work.meth_import_counted):
            words = "Importing is already counted under (b)(3) or (b)(5), so it is not a factor here."
            out.passed("2D1.1(b)(16)(C)", words, "USSG §2D1.1, comment. (n.20(B))", field="conduct.directly_imported")
            continue
        (present if fact is YES else unknown).append(name)
    if work.aggravating is True and present:
        _count_aggravating(work, row, present, unknown)
    elif present:
        out.unknown(row.rule, row.unknown, row.cite, field="role.part")
    elif unknown:
        for name in unknown:
            factor = work.law.aggravating_factors[name]
            words = f"It is not known whether {factor.when}. With an aggravating role, that adds {row.levels} levels."
            out.unknown(factor.rule, words, factor.cite, field=f"conduct.{name}")
        if work.aggravating is None:
            out.unknown(row.rule, row.unknown, row.cite, field="role.part")
    else:
        out.passed(row.rule, row.passed, row.cite, field="role.part")


_AGGRAVATING_FACT: dict[str, Callable[[Conduct], Fact]] = {
    "used_affection": attrgetter("used_affection"),
    "vulnerable_person": lambda conduct: chosen(conduct.vulnerable_person, "under_18", "other"),
    "directly_imported": attrgetter("directly_imported"),
    "witness_or_evidence": attrgetter("witness_or_evidence"),
    "livelihood": attrgetter("livelihood"),
}


def _count_aggravating(work: Work, row: Adjustment, present: list[str], unknown: list[str]) -> None:
    out, case, factors = work.out, work.case, work.law.aggravating_factors
    shown = "; ".join(factors[name].when for name in present)
    row.count(work.out, f"conduct.{present[0]}", f" Present here: {shown}.")
    role = case.role
    if "witness_or_evidence" in present:
        out.obstruction_counted = True
    if "vulnerable_person" in present and case.conduct.vulnerable_person == "under_18":
        out.minor_counted = True
    # Whether §3C1.1 or §3B1.4 may still rest on the same conduct turns on the factor the court relies on.
    for name, counted, also, rule, cite in (
        (
            "witness_or_evidence",
            out.obstruction_counted,
            role.obstruction,
            "3C1.1",
            "USSG §3C1.1, comment. (n.7)",
        ),
        ("vulnerable_person", out.minor_counted, role.used_minor, "3B1.4", "USSG §3B1.4, comment. (n.2)"),
    ):
        if also is not YES:
            continue
        if counted and len(present) > 1:
            words = (
                f"A court could rest this increase on another factor and then add §{rule} as well; here it "
                "is not added."
            )
            out.flagged(row.rule, words, cite, field=f"conduct.{name}")
        elif name in unknown:
            words = f"It is not known whether {factors[name].when}. If so, §{rule} is not added for the same conduct."
            out.unknown(factors[name].rule, words, cite, field=f"conduct.{name}")


def mitigating_factors(work: Work) -> None:
    """(b)(17). The 4-level reduction of §3B1.2(a) and all three factors: motive, no pay, minimal
    knowledge."""
    row, out, conduct = work.law.characteristics["mitigating_factors"], work.out, work.case.conduct
    facts = [(name, attribute(conduct)) for name, attribute in _MITIGATING_FACT]
    if work.minimal is False or any(fact is NO for _, fact in facts):
        out.passed(row.rule, row.passed, row.cite, field="role.part")
        return
    unknown = [name for name, fact in facts if fact is not YES]
    if work.minimal is True and not unknown:
        row.count(work.out, "role.part")
        return
    for name in unknown:
        factor = work.law.mitigating_factors[name]
        words = (
            f"It is not known whether {factor.when}. If all the conditions are met, {-row.levels} levels are taken off."
        )
        out.unknown(factor.rule, words, factor.cite, field=f"conduct.{name}")
    if work.minimal is None:
        out.unknown(row.rule, row.unknown, row.cite, field="role.part")


_MITIGATING_FACT: tuple[tuple[str, Callable[[Conduct], Fact]], ...] = tuple(
    (name, attrgetter(name)) for name in ("family_or_fear", "no_pay", "minimal_knowledge")
)
