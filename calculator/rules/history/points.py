"""The points of USSG §4A1.1(a) to (d) for each earlier sentence, with their caps."""

from __future__ import annotations

from calculator.answer import PriorScore
from calculator.kinds import UNKNOWN, YES
from calculator.law.history import HistoryTables
from calculator.rules.history.category import said
from calculator.rules.history.sentence import Sentence, from_youth
from calculator.rules.history.single import Group

__all__ = ["award"]


def award(sentences: list[Sentence], groups: list[Group], law: HistoryTables) -> tuple[list[PriorScore], int, bool]:
    """Points for each sentence, in the order listed, with the caps of (c) and (d).

    Also the points from sentences worth one, and whether the points under (d) are known.
    """
    scores: dict[int, PriorScore] = {}
    ones = violence = 0
    known = True
    for one in sentences:
        if one.stands is False:
            scores[one.index] = _scored(one, 0, "", f"not counted, because {one.why}", one.cite)
    for group in groups:
        lead, points = group.carriers[0], group.points
        if points and group.mark.row is law.one:
            if ones + points > law.one.most:
                lead.rule = "4A1.1(c)"
                words = f"no point, because at most {law.one.most} points are counted for sentences of this kind"
                scores[lead.index] = _scored(lead, 0, "", words, law.one.cite)
                points = 0
            ones += points
        if lead.index not in scores:
            scores[lead.index] = _lead_scored(group, law)
        for member in group.members:
            if member is lead:
                continue
            left_over = member not in group.carriers and member.points > 0
            if left_over and member.violence is UNKNOWN:
                known = known and violence >= law.violence.most
                _violence_unknown(member, group, law)
            if left_over and member.violence is YES and violence < law.violence.most:
                violence += law.violence.points
                _violence_doubt(member, group, law)
                worth = said(law.violence.points)
                words = f"a crime of violence counted as one sentence with another adds {worth}"
                scores[member.index] = _scored(
                    member, law.violence.points, law.violence.subsection, words, law.violence.cite
                )
                continue
            member.rule = "4A1.2(a)(2)"
            words = f"no points of its own, because it counts as one sentence with {lead.name}"
            scores[member.index] = _scored(member, 0, "", words, "USSG §4A1.2(a)(2)")
    return [scores[one.index] for one in sentences], ones + violence, known


def _scored(sentence: Sentence, points: int, subsection: str, words: str, cite: str) -> PriorScore:
    label = sentence.prior.label or f"Prior {sentence.index + 1}"
    return PriorScore(label, points, subsection, f"{sentence.name}: {words}.", cite, sentence.where)


def _lead_scored(group: Group, law: HistoryTables) -> PriorScore:
    """The points of a sentence, or of the sentences counted with it, under §4A1.1(a), (b) or (c)."""
    lead, row = group.carriers[0], group.mark.row
    if not group.points:
        return _scored(lead, 0, "", f"no points, because {lead.why}", lead.cite)
    kind = lead.prior.kind
    length = group.length
    spoken = length.in_years_and_months() if length.days >= 0 else f"{length.months} months less {-length.days} days"
    together = f"added together, {spoken}" if len(group.carriers) > 1 else spoken
    cite = row.cite
    if row is law.three:
        words = f"{together} of prison is more than {law.three.length.in_years_and_months()}"
    elif row is law.two:
        words = f"{together} of prison is at least {law.two.length}"
        # An offense from before eighteen stays here however long the confinement (§4A1.2(d)(2)(A)).
        words += "" if length > law.three.length else f" and not more than {law.three.length.in_years_and_months()}"
    elif kind == "awaiting_sentence":
        words, cite = (
            "a conviction that awaits its sentence counts like a short sentence",
            f"{cite}; USSG §4A1.2(a)(4)",
        )
    elif kind == "diversion_guilt_admitted":
        words, cite = "a diversion with guilt found or admitted in court counts", f"{cite}; USSG §4A1.2(f)"
    elif kind == "suspended" and not length:
        words, cite = "a sentence wholly suspended counts like a short sentence", f"{cite}; USSG §4A1.2(a)(3)"
    else:
        words = f"a sentence with less than {law.two.length} of prison counts"
    if from_youth(lead.prior):
        cite = f"{cite}; USSG §4A1.2(d)"
    return _scored(lead, group.points, row.subsection, f"{words}: {said(group.points)}", cite)


def _violence_unknown(member: Sentence, group: Group, law: HistoryTables) -> None:
    group.notes.unknown(
        "4A1.1(d)",
        f"{member.name}: it adds {said(law.violence.points)} if it was a crime of violence, punishable by more "
        f"than {law.felony_exceeds.in_years()}, which is not known. The point is left out.",
        f"{law.violence.cite}; USSG §4A1.2(p); USSG §4B1.2(a)",
        field=f"{member.where}.{'violent' if member.prior.violent is UNKNOWN else 'felony'}",
    )


def _violence_doubt(member: Sentence, group: Group, law: HistoryTables) -> None:
    """(d) speaks of any crime of violence left without points; note 4, of two or more counted as one."""
    if member.prior.court == "juvenile":
        group.notes.flagged(
            "4A1.1(d)",
            f"{member.name}: the point is for a “conviction” of a crime of violence. Whether a finding of a juvenile "
            "court is one is not settled; it is counted here.",
            law.violence.cite,
            field=f"{member.where}.court",
        )
    if sum(one.violence is YES for one in group.members) < 2:
        group.notes.flagged(
            "4A1.1(d)",
            f"{member.name}: the point for a crime of violence follows the text of the rule. Its "
            "commentary speaks of two or more crimes of violence counted as one, and here there is one, "
            "so a court may leave the point out.",
            f"{law.violence.cite}; USSG §4A1.1, comment. (n.4)",
            field=f"{member.where}.violent",
        )
