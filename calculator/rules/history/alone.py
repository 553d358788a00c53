"""One earlier sentence read alone: does it count at all, how long was it, was it in time.

A fact that is not known never adds points and never takes a sentence away; it leaves an unknown step.
"""

from __future__ import annotations

from calculator.kinds import NO, UNKNOWN, YES
from calculator.law.history import HistoryTables
from calculator.rules.history.listed import apply_list
from calculator.rules.history.sentence import Sentence, felony_of, from_youth, length_of, mark_of, violence_of
from calculator.rules.history.window import Clock
from calculator.scenario import Prior
from calculator.trace import Stage, Trace
from calculator.units import day

__all__ = ["read_alone"]

# Sentences that never count, by what became of the conviction, by the court, and by the kind of sentence.
_NEVER = {
    "expunged": ("an expunged conviction is not counted", "4A1.2(j)", "USSG §4A1.2(j)"),
    "reversed_or_invalid": (
        "a conviction that was reversed, vacated or ruled invalid is not counted",
        "4A1.2 n.6",
        "USSG §4A1.2, comment. (n.6)",
    ),
    "foreign": ("a sentence from another country is not counted", "4A1.2(h)", "USSG §4A1.2(h)"),
    "tribal": ("a sentence of a tribal court is not counted", "4A1.2(i)", "USSG §4A1.2(i)"),
    "summary_court_martial": ("a summary court-martial is not counted", "4A1.2(g)", "USSG §4A1.2(g)"),
    "diversion_no_guilt": (
        "a diversion without a finding or admission of guilt is not counted",
        "4A1.2(f)",
        "USSG §4A1.2(f)",
    ),
}


def read_alone(index: int, prior: Prior, clock: Clock, law: HistoryTables) -> Sentence:
    """Everything about one earlier sentence that does not depend on the others."""
    where = f"history.priors[{index}]"
    notes = Trace(Stage.HISTORY)
    name = f"{prior.label or f'Prior {index + 1}'} ({day(prior.sentenced_on)})"
    length = length_of(prior, where)
    juvenile = prior.court == "juvenile"
    young = from_youth(prior)
    mark = mark_of(prior, length, young, clock, law)
    sentence = Sentence(index, prior, name, where, length, mark, notes, violence=violence_of(prior, law))

    never = _NEVER.get(prior.set_aside) or _NEVER.get(prior.court) or _NEVER.get(prior.kind)
    if never is None and juvenile and prior.kind == "diversion_guilt_admitted":
        never = ("a diversion from juvenile court is not counted", "4A1.2(f)", "USSG §4A1.2(f)")
    if never is None and prior.part_of_instant is YES:
        never = (
            "it was for conduct that is part of this offense, so it is not a prior sentence",
            "4A1.2(a)(1)",
            "USSG §4A1.2(a)(1)",
        )
    if never is not None:
        sentence.stands, (sentence.why, sentence.rule, sentence.cite) = False, never
        return sentence
    apply_list(sentence, law)
    if sentence.stands is False:
        return sentence
    if sentence.stands and not mark.points:
        _out_of_time(sentence, young, clock, law)
    _notes(sentence, clock, law)
    return sentence


def _out_of_time(sentence: Sentence, young: bool, clock: Clock, law: HistoryTables) -> None:
    """Why a sentence that is too old adds nothing."""
    row, cite = sentence.mark.row, sentence.mark.window_cite
    since = f"before the offense {'ended' if clock.assumed else 'began'}"
    if row is law.three:
        held, window = "it was imposed, and any time in custody on it ended,", law.fifteen_years
    elif young:
        after = "custody on it ended" if row is law.two else "it was imposed"
        held, window = f"it is from before age 18 and {after}", law.five_years
    else:
        held, window = "it was imposed", law.ten_years
    sentence.why = f"{held} more than {window.years} years {since}"
    sentence.rule, sentence.cite = cite.removeprefix("USSG §"), cite


def _notes(sentence: Sentence, clock: Clock, law: HistoryTables) -> None:
    """Doubts and unknown facts about one sentence that can count."""
    prior, mark, notes, name, where = (
        sentence.prior,
        sentence.mark,
        sentence.notes,
        sentence.name,
        sentence.where,
    )
    if mark.ask_release:
        notes.unknown(
            mark.window_cite.removeprefix("USSG §"),
            f"{name}: it is too old by the day it was imposed, but counts if the person was still in "
            "custody on it inside the time period. The day of release is not known, so it is left out.",
            mark.window_cite,
            field=f"{where}.released_on",
        )
        sentence.why = "it is too old by the day it was imposed, and the day of release is not known"
    if mark.edge and mark.points:
        notes.flagged(
            mark.window_cite.removeprefix("USSG §"),
            f"{name}: it falls exactly on the first day of the time period. “Within” is read to take that "
            "day in; a court may read it otherwise.",
            mark.window_cite,
            field=f"{where}.sentenced_on",
        )
    if prior.part_of_instant is UNKNOWN:
        sentence.doubtful = True
        notes.unknown(
            "4A1.2(a)(1)",
            f"{name}: a sentence for conduct that is part of this offense is not a prior sentence. "
            "Whether it was is not known, so it is counted.",
            "USSG §4A1.2(a)(1)",
            field=f"{where}.part_of_instant",
        )
    elif prior.sentenced_on >= clock.commenced:
        notes.flagged(
            "4A1.2 n.1",
            f"{name}: it was imposed after this offense began. It counts only because it was for other "
            "conduct; check that none of that conduct is part of this offense.",
            "USSG §4A1.2, comment. (n.1)",
            field=f"{where}.part_of_instant",
        )
    if prior.before_18 is UNKNOWN and prior.court != "juvenile":
        other = mark_of(prior, sentence.length, True, clock, law)
        if {other.points, other.might} != {mark.points, mark.might}:
            mark.might = other.points if other.points != mark.points else other.might
            notes.unknown(
                "4A1.2(d)",
                f"{name}: an offense from before age 18 has a shorter time period. The age is not known, "
                "so it is treated as an adult's.",
                "USSG §4A1.2(d)",
                field=f"{where}.before_18",
            )
    if prior.set_aside == "pardoned_or_restored":
        notes.flagged(
            "4A1.2 n.10",
            f"{name}: a pardon or restored rights leave the sentence counted, unless it was for innocence "
            "or an error of law.",
            "USSG §4A1.2, comment. (n.10)",
            field=f"{where}.set_aside",
        )
    if prior.kind == "diversion_guilt_admitted" and prior.revocation is not None:
        notes.flagged(
            "4A1.2(f)",
            f"{name}: the diversion ended in {prior.revocation} of prison, which is counted as the sentence here.",
            "USSG §4A1.2(f), (k)(1)",
            field=f"{where}.revocation",
        )
    if prior.felony is NO and felony_of(prior, law) is YES:
        notes.flagged(
            "4A1.2(o)",
            f"{name}: a sentence of more than {law.felony_exceeds} means a felony here, whatever the "
            "offense was called.",
            law.felony_cite,
            field=f"{where}.felony",
        )
