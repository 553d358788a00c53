"""Chapter Three, Part C: obstruction."""

from __future__ import annotations

from calculator.kinds import NO, YES
from calculator.rules.adjustments.work import Work

__all__ = ["false_domain", "obstruction", "on_release", "reckless_flight"]


def obstruction(work: Work) -> None:
    """§3C1.1. Willful obstruction of this case; not on top of §2D1.1(b)(16)(D) (n.7)."""
    row, fact, out = work.law.adjustments["obstruction"], work.case.role.obstruction, work.out
    if work.before.obstruction_counted:
        words = "Obstruction is already counted among the factors of §2D1.1(b)(16), so it is not added again."
        out.passed(row.rule, words, "USSG §3C1.1, comment. (n.7)", field="conduct.witness_or_evidence")
        return
    row.weigh(work.out, fact, "role.obstruction")
    if fact is NO and work.case.conduct.witness_or_evidence is YES:
        words = (
            "Tampering with a witness or evidence is stated, which usually counts as obstruction: a lawyer "
            "should check this."
        )
        out.flagged(row.rule, words, "USSG §3C1.1, comment. (n.4)", field="role.obstruction")


def reckless_flight(work: Work) -> None:
    """§3C1.2. Danger to others while fleeing; not where the same conduct alone already adds as much (n.1)."""
    row, role = work.law.adjustments["reckless_flight"], work.case.role
    row.weigh(work.out, role.reckless_flight, "role.reckless_flight")
    if role.reckless_flight is YES and role.official_victim == "assaulted_officer":
        words = (
            "If the assault on the officer was the same conduct as the flight, it is counted only once: a "
            "lawyer should check this."
        )
        work.out.flagged(row.rule, words, "USSG §3C1.2, comment. (n.1)", field="role.reckless_flight")


def on_release(work: Work) -> None:
    """§3C1.3. The enhancement of 18 U.S.C. 3147 applies; its own prison term must follow the other one
    (n.1)."""
    row, fact = work.law.adjustments["on_release"], work.case.role.on_release
    row.weigh(work.out, fact, "role.on_release")
    if fact is YES:
        words = (
            "The judge must split the sentence in two: one part for this offense and, after it, one for "
            "committing it on release. Together they should fit the guideline range."
        )
        work.out.flagged(row.rule, words, "18 U.S.C. 3147; USSG §3C1.3, comment. (n.1)", field="role.on_release")


def false_domain(work: Work) -> None:
    """§3C1.4. The enhancement of 18 U.S.C. 3559(g)(1) applies."""
    work.law.adjustments["false_domain"].weigh(work.out, work.case.role.false_domain, "role.false_domain")
