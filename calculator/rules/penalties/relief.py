"""The statute after the safety valve and a motion for substantial assistance: 18 U.S.C. 3553(f) and (e)."""

from __future__ import annotations

import dataclasses

from calculator.answer import SafetyValve, Statute
from calculator.kinds import DONT_KNOW
from calculator.law import Law
from calculator.rules.penalties.words import long
from calculator.scenario import Case
from calculator.trace import Stage, Trace
from calculator.units import NOTHING

__all__ = ["relieved"]


def relieved(statute: Statute, safety_valve: SafetyValve, case: Case, law: Law) -> Statute:
    """The statute after 18 U.S.C. 3553(f), then after a motion under 18 U.S.C. 3553(e).

    With relief under (f) the minimums of prison and supervised release are gone (`minimum` and
    `release_minimum` are no term at all; `lifted_by` cites (f) where a prison minimum went); the maximum, the
    class, the bar on probation and the firearm term stay. A motion under (e) lets the judge go below what is
    left, with `lifted_by` citing (e): the minimum stands and stays the start that the range is worked out from
    (`minimum_by_law`), but it no longer binds the judge, and no size is predicted. The firearm term stands as it is
    either way. `steps` keeps the earlier steps and adds these.
    """
    valve = law.statutes.safety_valve
    steps = list(statute.steps)
    release_cite = statute.release_cite
    minimum, release, lifted_by = statute.minimum, statute.release_minimum, statute.lifted_by
    trace = Trace(Stage.SAFETY_VALVE)
    if safety_valve.relief is True and (minimum or release):
        if minimum:
            trace.applied(
                "3553(f)",
                f"The minimum of {long(minimum)} is lifted. The class of the offense and any bar on probation stay.",
                valve.minimum_cite,
            )
            minimum, lifted_by = NOTHING, valve.covered_cite
        if release:
            trace.applied(
                "3553(f) supervised release",
                f"The minimum of {long(release)} of supervised release is lifted too.",
                valve.release_cite,
            )
            release = NOTHING
            release_cite = f"{release_cite}; {valve.release_cite}"
    elif safety_valve.relief is None and safety_valve.open_question and minimum:
        trace.flagged(
            "3553(f)",
            f"Whether the safety valve lifts the minimum of {long(minimum)} turns on a question that the courts have"
            " not settled. It stays here.",
            valve.minimum_cite,
        )
    elif safety_valve.relief is None and minimum:
        trace.unknown(
            "3553(f)",
            f"If the safety valve applies, the minimum of {long(minimum)} is lifted. It stays here until"
            " that is known.",
            valve.minimum_cite,
            field=safety_valve.open_field,
        )
    steps += trace.steps
    trace = Trace(Stage.MOTIONS)
    motion = case.motions.substantial_assistance
    if motion in ("statute", "both"):
        if minimum:
            trace.applied(
                "3553(e)",
                f"The Government's motion lets the judge go below the minimum of {long(minimum)}. How far is"
                " up to the judge.",
                valve.assistance_cite,
                field="motions.substantial_assistance",
            )
            minimum, lifted_by = NOTHING, valve.assistance_cite
        if release:
            trace.applied(
                "3553(e) supervised release",
                f"The same motion lets the judge go below the minimum of {long(release)} of supervised release.",
                valve.assistance_release_cite,
                field="motions.substantial_assistance",
            )
            release = NOTHING
            release_cite = f"{release_cite}; {valve.assistance_release_cite}"
        if statute.consecutive:
            trace.flagged(
                "3553(e) firearm count",
                "The motion speaks of any minimum set by statute, so it can reach the firearm term as well."
                " That term is still shown in full, because no size is predicted.",
                f"{valve.assistance_cite}; {statute.consecutive_cite}",
                field="motions.substantial_assistance",
            )
    elif motion == DONT_KNOW and (minimum or statute.consecutive):
        trace.unknown(
            "3553(e)",
            "It is not known whether the Government asks the judge to go below the statutory minimum for"
            " substantial assistance. Without such a motion the minimum stays.",
            valve.assistance_cite,
            field="motions.substantial_assistance",
        )
    elif motion == "guideline" and (minimum or statute.consecutive):
        trace.passed(
            "3553(e)",
            "The Government's motion is under the guidelines alone, so it stops at the statutory minimum.",
            valve.guideline_motion_cite,
            field="motions.substantial_assistance",
        )
    steps += trace.steps
    if len(steps) == len(statute.steps):
        return statute
    return dataclasses.replace(
        statute,
        minimum=minimum,
        release_minimum=release,
        lifted_by=lifted_by,
        release_cite=release_cite,
        steps=tuple(steps),
    )
