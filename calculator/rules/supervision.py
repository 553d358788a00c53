"""What follows prison, and money (USSG §§5D1.1, 5D1.2, 5E1.2, 5E1.3); motions of the Government (§5K1.1).

No size of any reduction is ever predicted: a motion opens a door, and the judge decides how far to go.
"""

from __future__ import annotations

from calculator.answer import Motion, Range, SafetyValve, Statute, Supervision
from calculator.kinds import DONT_KNOW
from calculator.law import Law
from calculator.law.ranges import MISDEMEANOR, RangeTables
from calculator.scenario import Case
from calculator.trace import Stop
from calculator.units import LIFE, NOTHING, Term, day

__all__ = ["motions", "supervision"]


def supervision(case: Case, law: Law, statute: Statute, level: int, safety_valve: SafetyValve) -> Supervision:
    """Supervised release, the fine range in dollars and the special assessment, each with its citation.

    `level` is the total offense level. Raises `Stop` for an offense whose fine table is not held
    (§5E1.2(h)(1)).
    """
    tables = law.ranges
    release_words, release_cite = _release(case, statute, safety_valve, law)
    low, high, fine_words, fine_cite = _fine(case, statute, level, tables)
    return Supervision(
        release_words=release_words,
        release_cite=release_cite,
        fine_low=low,
        fine_high=high,
        fine_words=fine_words,
        fine_cite=fine_cite,
        assessment=statute.assessment,
        assessment_cite=tables.assessments_cite,
    )


def _release(case: Case, statute: Statute, safety_valve: SafetyValve, law: Law) -> tuple[str, str]:
    """§§5D1.1(a), (b), 5D1.2(a): what the statute requires, else a decision in each case, and the most.

    A firearm count has a maximum of life, so supervised release for it can be that of a Class A felony; all terms of
    supervised release run at the same time (§5G1.2, comment. (n.2(C)), 18 U.S.C. 3624(e)).
    """
    tables, most = law.ranges, statute.release_maximum
    guideline_most, most_cite = tables.release_terms[statute.felony_class if statute.felony else MISDEMEANOR]
    by_firearm, by_firearm_cite = law.statutes.release_most[law.statutes.classes.of(LIFE).name]
    firearm = bool(statute.consecutive) and by_firearm > most
    if statute.consecutive:
        most = max(most, by_firearm)
        guideline_most, most_cite = max(
            (guideline_most, most_cite), tables.release_terms[law.statutes.classes.of(LIFE).name]
        )
    # §5C1.2 n.6, §5D1.2 n.4: with the safety valve no minimum term of supervised release binds.
    lifted = safety_valve.relief is True
    minimum = NOTHING if lifted else statute.release_minimum
    longest = _up_to(most)
    sentences, cites = [], []
    if minimum and minimum == most:
        sentences.append(
            f"After prison the judge must order {minimum.in_years()} of supervised release. Whether more than that is "
            "possible is not settled."
        )
        cites += [statute.release_cite, "USSG §5D1.1(a)"]
    elif minimum:
        sentences.append(
            f"After prison the judge must order at least {minimum.in_years()} of supervised release, and may "
            f"order {longest}."
        )
        cites += [statute.release_cite, "USSG §5D1.1(a)"]
    if minimum and safety_valve.relief is None:
        known = "settled" if safety_valve.open_question else "known"
        sentences.append(f"If the safety valve applies, no least term binds; whether it does is not {known}.")
        cites.append("USSG §5D1.2, comment. (n.4)")
    if not minimum:
        moved = case.motions.under_statute
        why = "No least term binds, because the safety valve lifts any that a statute sets. " if lifted else ""
        if moved and not lifted:
            why = "On the Government’s motion no least term set by statute binds the judge. "
        sentences.append(
            f"{why}Supervised release after prison is the judge’s decision in each case, on whether the "
            f"person needs it; it may be {longest}."
        )
        cites += [statute.release_cite, "USSG §5D1.1(b)"]
    if firearm:
        sentences.append(
            f"The {by_firearm.in_years()} are for the gun count; terms of supervised release run at the same time."
        )
        cites += [by_firearm_cite, "18 U.S.C. 3624(e)", "USSG §5G1.2, comment. (n.2(C))"]
    if guideline_most < most:
        sentences.append(
            f"The guidelines name {guideline_most.in_years()} as the longest term except where a statute "
            "provides otherwise."
        )
        cites.append(most_cite)
    return " ".join(sentences), "; ".join(cites)


def _up_to(term: Term) -> str:
    return "any term up to life" if term.life else f"up to {term.in_years()}"


def _fine(case: Case, statute: Statute, level: int, tables: RangeTables) -> tuple[int, int, str, str]:
    """§5E1.2(c): the row of the fine table, its ends moved by the statute's own limits, in whole dollars."""
    if case.dates.offense_ended < tables.fines_from:
        raise Stop(
            f"The fine table for offenses before {day(tables.fines_from)} is printed in an older Manual that is "
            "not held here.",
            cite=tables.fines_from_cite,
            ask="Which fine table applies to an offense of that date?",
            field="dates.offense_ended",
        )
    row = tables.fine_row(level)
    low, high, cite = row.minimum, row.maximum, row.cite
    extra, counts = "", case.charge.counts
    limit, least = statute.fine_maximum * counts, statute.fine_minimum * counts
    on = f" on {counts} counts" if counts > 1 else ""
    if statute.fine_maximum > tables.fines_above:
        # (c)(4): the table gives no top where the statute allows more than $500,000.
        extra = f" The statute allows more than {_dollars(tables.fines_above)}, so its own maximum{on} is the top."
        high, cite = limit, f"{cite}; {tables.fines_above_cite}"
    elif high > limit:
        extra = f" The table says {_dollars(high)}, but the statute allows no more than {_dollars(limit)}{on}."
        high, cite = limit, f"{cite}; {statute.cite}"
    if least > low:
        extra += f" The statute sets a least fine of {_dollars(least)}{on}."
        low, high, cite = least, max(high, least), f"{cite}; {statute.cite}"
    words = f"At level {level} the fine range is {_dollars(low)} to {_dollars(high)}.{extra}"
    if statute.consecutive:
        words += (
            " With a firearm count, the fine range is that of the drug count as if the firearm were "
            "counted in its level, so the true row can be higher."
        )
        cite += "; USSG §2K2.4(d)(1); USSG §2K2.4, comment. (n.7)"
    words += " The judge may lower or waive it for a person who cannot pay."
    return low, high, words, f"{cite}; USSG §5E1.2(e)"


def _dollars(amount: int) -> str:
    return f"${amount:,}"


def motions(case: Case, law: Law, statute: Statute, governed: Range) -> tuple[Motion, ...]:
    """Each motion of the Government that could lower the sentence, made or possible; never by how much."""
    rules = law.ranges.motions
    asked = case.motions
    guideline, by_statute, later = rules["guideline"], rules["statute"], rules["after_sentencing"]
    lifted = statute.lifted_by == law.statutes.safety_valve.covered_cite
    stands = NOTHING if lifted else statute.minimum_by_law
    binding, standing = _minimums(statute.minimum, statute), _minimums(stands, statute)
    opens = f"For help with the case against someone else, the judge may go below {governed}."
    if statute.minimum and governed.low <= statute.minimum:
        opens = f"Alone, a motion for help with the case against someone else cannot go below {binding}, which the"
        opens += " statute requires and where the range starts. That takes a motion under section 3553(e) as well."
    elif binding:
        opens += f" Alone it stops at what the statute requires: {binding}."
        if asked.under_guideline and not asked.under_statute:
            opens += " Going lower takes a motion under section 3553(e) as well."
    elif standing:
        opens += f" The statutory minimum, {standing}, does not stop it: the motion under section 3553(e) reaches it."
    elif lifted:
        opens += (
            f" The statutory minimum, {statute.minimum_by_law}, does not stop it, because the safety valve lifts it."
        )
    else:
        opens += " The statute sets no minimum that could stop it."
    if standing:
        below = f"It lets the judge go below the statutory minimum, {standing}, only to reflect the help given."
    elif lifted:
        below = (
            "It is for going below a statutory minimum. The safety valve lifts the one here, so it would add nothing."
        )
    else:
        below = "It is for going below a statutory minimum. There is none here, so it would add nothing."
    open_question = " Whether it has been made is not known." if asked.substantial_assistance == DONT_KNOW else ""
    within = later.within or NOTHING
    return (
        Motion(
            "Substantial assistance, guideline",
            asked.under_guideline,
            f"{opens}{open_question}",
            guideline.cite,
        ),
        Motion(
            "Substantial assistance, statute",
            asked.under_statute,
            f"{below}{open_question}",
            by_statute.cite,
            opens_minimum=asked.under_statute and bool(standing),
        ),
        Motion(
            "Substantial assistance, after sentencing",
            False,
            f"Within {within.in_years()} of the sentence, and later in a few cases, the Government may ask "
            "the judge to lower it for help given. This can go below a statutory minimum.",
            later.cite,
        ),
        Motion(
            "Early disposition",
            case.plea.early_disposition_levels > 0,
            "In a district with a fast-track program, the judge may lower the offense level on the "
            "Government’s motion. It does not move a statutory minimum.",
            "USSG §3F1.1",
        ),
    )


def _minimums(minimum: Term, statute: Statute) -> str:
    """The minimums of the drug count and the firearm count, in words, or an empty text without any."""
    if not statute.consecutive:
        return str(minimum) if minimum else ""
    firearm = f"{statute.consecutive} for the firearm count"
    return f"{minimum} for the drug count and {firearm}" if minimum else firearm
