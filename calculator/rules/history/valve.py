"""What the safety valve asks of the past: how many sentences are worth 3 or 2 points, and a violent one of 2."""

from __future__ import annotations

from calculator.kinds import NO, UNKNOWN, UNSTATED, YES, Fact
from calculator.law.history import HistoryTables
from calculator.rules.history.single import Group
from calculator.scenario import Prior
from calculator.trace import Trace

__all__ = ["count_worth", "two_point_violent"]


def count_worth(units: list[tuple[int, set[int]]], worth: int, *, at_least: bool = False) -> int | None:
    """How many sentences are worth so many points; None when that is not known.

    With `at_least`, what is certain is given if there is any: one prior 3-point offense settles its test.
    """
    if any(worth in possible and len(possible) > 1 for _, possible in units):
        sure = sum(possible == {worth} for _, possible in units)
        return sure if at_least and sure else None
    return sum(points == worth for points, _ in units)


def _force(prior: Prior) -> Fact:
    """Whether force is an element of the offense; what is said of violence stands in until that is stated."""
    return prior.violent if prior.force_element is UNSTATED else prior.force_element


def two_point_violent(groups: list[Group], law: HistoryTables, trace: Trace) -> bool | None:
    """Whether a sentence worth 2 points was for a violent offense, for 18 U.S.C. 3553(f)(1)(C)."""
    two = law.two.points
    found: bool | None = False
    for group in groups:
        for member in group.members:
            force, carries = _force(member.prior), member in group.carriers
            if force is NO or two not in (group.possible if carries else member.possible):
                continue
            if carries and force is YES and group.possible == {two}:
                found = True
            elif found is False and (carries or group.points == two or group.split_unknown):
                found = None
            else:
                continue
            stated = member.prior.force_element is not UNSTATED
            cite = "18 U.S.C. 3553(g); 18 U.S.C. 16(a)"
            where = f"{member.where}.{'force_element' if stated else 'violent'}"
            if force is UNKNOWN:
                trace.unknown(
                    "3553(f)(1)(C)",
                    f"{member.name}: whether it was a violent offense matters to the safety valve and is not known.",
                    cite,
                    field=where,
                )
                continue
            if stated and found:
                continue
            trace.flagged(
                "3553(f)(1)(C)",
                f"{member.name}: what is a 2-point violent offense for the safety valve follows 18 U.S.C. "
                "16(a), not the guideline’s own definition. A lawyer should check the statute of that "
                "conviction.",
                cite,
                field=where,
            )
    return found
