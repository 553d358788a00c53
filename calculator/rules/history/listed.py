"""The listed misdemeanors and petty offenses of USSG §4A1.2(c)."""

from __future__ import annotations

from calculator.kinds import UNKNOWN, YES
from calculator.law.history import HistoryTables
from calculator.rules.history.sentence import Sentence, felony_of, less
from calculator.units import Term

__all__ = ["apply_list"]


def apply_list(sentence: Sentence, law: HistoryTables) -> None:
    """§4A1.2(c): listed misdemeanors and petty offenses. Felonies and drunk driving (n.5) always count."""
    prior, notes = sentence.prior, sentence.notes
    listed = law.listed.get(prior.offense)
    felony = felony_of(prior, law)
    if listed is None or felony is YES:
        return
    rule = "4A1.2(c)(2)" if listed.never else "4A1.2(c)(1)"
    what = f"“{listed.printed}”"
    unknown = felony is UNKNOWN
    if not listed.never:
        pending = prior.kind == "awaiting_sentence"
        on_probation = prior.probation_term is not None and prior.probation_term > law.listed_probation and not pending
        in_prison = sentence.length >= law.listed_imprisonment
        if on_probation or in_prison or prior.similar_to_instant is YES:
            _listed_doubts(sentence, on_probation or prior.similar_to_instant is YES, law)
            return
        if prior.similar_to_instant is UNKNOWN:
            unknown = True
            notes.unknown(
                f"{rule}(B)",
                f"{sentence.name}: {what} counts if it was similar to this offense, which is not known. "
                "It is left out.",
                law.listed_cite,
                field=f"{sentence.where}.similar_to_instant",
            )
        if prior.kind in ("probation", "suspended") and prior.probation_term is None:
            unknown = True
            notes.unknown(
                f"{rule}(A)",
                f"{sentence.name}: {what} counts if the probation was longer than {law.listed_probation}. "
                "Its length is not given, so it is left out.",
                law.listed_cite,
                field=f"{sentence.where}.probation_term",
            )
        if prior.imposed is not None and prior.imposed >= law.listed_imprisonment and not pending:
            notes.flagged(
                f"{rule}(A)",
                f"{sentence.name}: {prior.imposed} of prison was imposed but less than "
                f"{law.listed_imprisonment} was left after the suspended part. Only the part that was not "
                "suspended is measured here; a court may read it otherwise.",
                f"{law.listed_cite}; USSG §4A1.2(b)(2)",
                field=f"{sentence.where}.suspended",
            )
    if felony is UNKNOWN:
        notes.unknown(
            rule,
            f"{sentence.name}: {what} is on the list of offenses that often do not count, but a felony "
            "always counts. Whether it was a felony is not known, so it is left out.",
            f"{listed.cite}; {law.felony_cite}",
            field=f"{sentence.where}.felony",
        )
    if listed.check:
        notes.flagged(rule, f"{sentence.name}: {listed.check}.", listed.check_cite, field=f"{sentence.where}.offense")
    sentence.stands = None if unknown else False
    sentence.rule, sentence.cite = rule, listed.cite
    if unknown and listed.never:
        sentence.why = f"{what} counts only if it was a felony, which is not known"
    elif unknown:
        sentence.why = f"{what} counts only in some cases, and it is not known whether this is one"
    elif listed.never:
        sentence.why = f"{what} is never counted"
    else:
        sentence.why = (
            f"{what} counts only with more than {law.listed_probation} of probation, at least "
            f"{law.listed_imprisonment} of prison, or when it is similar to this offense"
        )


def _listed_doubts(sentence: Sentence, otherwise: bool, law: HistoryTables) -> None:
    """A listed offense that reaches thirty days only with its revocation: the text does not say."""
    prior = sentence.prior
    if otherwise or prior.revocation is None:
        return
    own = less(prior.imposed, prior.suspended) if prior.imposed and prior.kind in ("prison", "probation") else Term()
    if own < law.listed_imprisonment:
        sentence.notes.flagged(
            "4A1.2(c)(1)(A)",
            f"{sentence.name}: it reaches {law.listed_imprisonment} of prison only with the time given on "
            "revocation. It is counted here; the text does not say so outright.",
            f"{law.listed_cite}; USSG §4A1.2(k)(1)",
            field=f"{sentence.where}.revocation",
        )
