"""§2D2.1: simple possession."""

from __future__ import annotations

from collections.abc import Sequence

from calculator.answer import Statute
from calculator.kinds import BadCase
from calculator.law.levels import Indexed, Possession
from calculator.law.load import Law
from calculator.rules.offense.work import ChapterTwo, begun
from calculator.scenario import Case

__all__ = ["possession"]


def possession(case: Case, law: Law, named: Sequence[Sequence[str]], statute: Statute, entry: Indexed) -> ChapterTwo:
    """§2D2.1(a): the level of the substance; of the most serious one where there are several."""
    out = begun(case, statute, entry)
    best: tuple[Possession, str] | None = None
    for index, names in enumerate(named):
        for place, name in enumerate(names):
            where = f"drugs[{index}].{'also_contains' if place else 'substance'}"
            row = law.levels.possession[law.drugs.find(name, where).possession]
            if best is None or row.level > best[0].level:
                best = row, where
    if best is None:
        raise BadCase.at("drugs", "is empty: the level for possession follows from the drug, so list at least one")
    row, where = best
    out.base(row.level, row.rule, f"For {row.words}, possession is level {row.level}.", row.cite, field=where)
    valve = law.levels.characteristics["safety_valve"]
    words = (
        "Taking levels off for meeting the safety-valve tests is part of the trafficking guideline, not of this one."
    )
    out.passed(valve.rule, words, valve.cite)
    out.base_level = out.level
    return out
