"""Which guideline of Chapter Two the count has, by Appendix A, and its level."""

from __future__ import annotations

from collections.abc import Sequence

from calculator.answer import SafetyValve, Statute
from calculator.kinds import BadCase
from calculator.law.levels import Indexed
from calculator.law.load import Law
from calculator.rules.offense.possession import possession
from calculator.rules.offense.premises import premises_kept
from calculator.rules.offense.protected import protected
from calculator.rules.offense.trafficking import trafficking
from calculator.rules.offense.work import ChapterTwo
from calculator.scenario import Case
from calculator.trace import Stop

__all__ = ["chapter_two", "needs_near", "needs_quantity"]


def chapter_two(
    case: Case,
    law: Law,
    named: Sequence[Sequence[str]],
    drug_level: int | None,
    near: int | None,
    statute: Statute,
    safety_valve: SafetyValve,
) -> ChapterTwo:
    """The Chapter Two level of the count.

    In: the names of the drugs, row by row (`named`), the Drug Quantity Table level of all of them (`drug_level`) and of
    those that directly involved a protected place or person (`near`, None when that is all of them), the statute of
    conviction and the safety valve. Raises `BadCase` when no drugs are given, `Stop` for a section that is not
    modelled.
    """
    entry = law.levels.guidelines.get(case.section)
    if entry is None:
        raise Stop(
            f"No guideline is worked out here for a count under 21 U.S.C. {case.section}.",
            cite="USSG App. A",
            ask="Which guideline applies to this count, and what level does it give?",
            field="charge.statute",
        )
    if entry.guideline == "2D2.1":
        return possession(case, law, named, statute, entry)
    if drug_level is None:
        raise BadCase.at("drugs", "is empty: the offense level follows from the drugs, so list at least one")
    if entry.guideline == "2D1.2":
        out = protected(case, law.levels, drug_level, near, statute, safety_valve, entry)
    elif entry.guideline == "2D1.8":
        out = premises_kept(case, law.levels, drug_level, statute, safety_valve, entry)
    else:
        out = _dealing(case, law, drug_level, near, statute, safety_valve, entry)
    _drugs_doubts(named, law, out)
    return out


def _dealing(
    case: Case, law: Law, drug_level: int, near: int | None, statute: Statute, safety_valve: SafetyValve, entry: Indexed
) -> ChapterTwo:
    """§2D1.1, and §2D1.6, which takes its level."""
    out = trafficking(case, law.levels, drug_level, statute, safety_valve, entry)
    if entry.guideline == "2D1.6":
        rule, cite = law.levels.communication
        out.applied(
            rule,
            "Using a phone or other means of communication takes the level of the drug offense behind it, "
            f"taken here to be drug trafficking: level {out.level}.",
            cite,
        )
        out.base_level = out.level
    elif near is not None:
        words = (
            "Drugs near a protected place or person raise the level only with a conviction under a statute "
            "about that, or an agreement to one; this count is another."
        )
        out.passed("2D1.2", words, "USSG §2D1.2, comment. (n.1)", field="charge.statute")
    return out


def _drugs_doubts(named: Sequence[Sequence[str]], law: Law, out: ChapterTwo) -> None:
    """Levels counted for what was done with one drug, where no such drug is in the case."""
    first = {step.rule: step for step in reversed(out.steps) if step.levels}
    for row in law.levels.characteristics.values():
        counted = first.get(row.rule) if row.drugs else None
        if counted is None or row.drugs & {law.drugs.find(name, "drugs").id for names in named for name in names}:
            continue
        out.flagged(
            row.rule,
            "These levels speak of a drug that is not among the drugs of this case. They stay, because conduct with "
            "another drug can be part of the offense; if it was, that drug belongs in the list too.",
            f"{row.cite}; USSG §1B1.3(a)",
            field=counted.field,
        )


def needs_quantity(case: Case, law: Law) -> bool:
    """Whether the level follows from how much there was: for all but simple possession (§2D2.1)."""
    entry = law.levels.guidelines.get(case.section)
    return entry is None or entry.guideline != "2D2.1"


def needs_near(case: Case) -> bool:
    """Whether the quantity near a protected place or person is given, and so has to be weighed apart."""
    return any(drug.near_protected is not None for drug in case.drugs)
