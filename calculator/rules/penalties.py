"""What the statute of conviction provides: paragraph, minimum, maximum, class, release, fine, firearm count.

21 U.S.C. 841 to 861, 960 to 963 and 18 U.S.C. 924(c), 3013, 3553(e) and (f), 3559, 3571, 3583. Quantity
counts only as charged and found or admitted (Alleyne v. United States, 570 U.S. 99 (2013)); earlier
convictions only with a notice under 21 U.S.C. 851. Terms are exact; money is whole dollars.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from calculator.answer import SafetyValve, Statute, StatutoryAmount
from calculator.law import Law
from calculator.law.statutes import Multiplied, Penalty, Statutes, Times
from calculator.scenario import DONT_KNOW, NO, UNKNOWN, YES, BadCase, Case, Fact, FieldError
from calculator.trace import Stage, Stop, Trace
from calculator.units import LIFE, Term, plain

__all__ = ["relieved", "statute"]

NOTHING = Term()
ALLEYNE = "Alleyne v. United States, 570 U.S. 99 (2013)"
BURRAGE = "Burrage v. United States, 571 U.S. 204 (2014)"


@dataclass(slots=True)
class _Sum:
    """All of one drug: whole mixture and pure drug in grams, plants. None where no row of it can be told."""

    substance: str
    name: str
    schedule: str
    field: str
    mixture: Decimal | None = None
    pure: Decimal | None = None
    plants: Decimal | None = None
    pure_untold: Decimal = Decimal(0)  # grams of mixture whose pure part is not known
    pure_field: str = ""  # the first row of those
    untold: bool = False  # some row has no weight at all
    rows: int = 0

    def of(self, measure: str) -> Decimal | None:
        return self.mixture if measure == "mixture" else self.pure if measure == "pure" else self.plants


@dataclass(frozen=True, slots=True)
class _Reach:
    """The gravest paragraph that an amount reaches: tier, citation with its clause, and how, as words."""

    tier: str
    cite: str
    words: str
    name: str


@dataclass(frozen=True, slots=True)
class _Known:
    """What raises a penalty, as it stands on one reading of the facts."""

    serious: int
    drug: int
    death: bool
    again: bool


@dataclass(frozen=True, slots=True)
class _Terms:
    """A penalty worked out, before the firearm count."""

    minimum: Term
    maximum: Term
    cite: str
    fine: int
    fine_minimum: int
    title_18_times: int
    fine_times: int
    release_minimum: Term
    # None: as 18 U.S.C. 3583(b) caps it by class, `release_times` times over.
    release_maximum: Term | None
    release_times: int
    ladder_maximum: Term  # the paragraph's own maximum, before any multiple
    release_cite: str
    tier: str | None
    case: str
    bar: str = ""


def statute(case: Case, law: Law, amounts: tuple[StatutoryAmount, ...], found: tuple[StatutoryAmount, ...]) -> Statute:
    """What the statute of conviction provides, before the safety valve and any motion (see `relieved`).

    `amounts` are the drugs of the case as the statute weighs them, `found` those charged and found or
    admitted (used when `charge.tier` is "found_amounts"). Raises `Stop` for sections and facts outside the
    model, `BadCase` where the paragraph or section stated does not fit the drug.
    """
    statutes, charge = law.statutes, case.charge
    trace = Trace(Stage.STATUTE)
    outside = statutes.sections.outside.get(charge.statute)
    if outside is not None:
        raise Stop(outside.why, cite=outside.cite, ask=outside.ask, field="charge.statute")
    if charge.firearm_count == "more_than_one":
        raise Stop(
            "There is more than one firearm count. How several of them add up is not part of this calculator.",
            cite=statutes.firearms.consecutive_cite,
            ask="How many firearm counts remain, and what does each one add?",
            field="charge.firearm_count",
        )
    known = _Known(*_priors(case, statutes), charge.death_or_injury_found is YES, _again(case) is YES)
    section = case.section
    if section in statutes.sections.ladder or section in statutes.sections.multiplied:
        answer = _by_ladder(case, statutes, amounts, found, known, trace)
    else:
        answer = _by_own(case, statutes, amounts, known, trace)
    return answer


# --- The ladder: 841(a), 960, 849, 859, 860, 861 -------------------------------------------------------


def _by_ladder(
    case: Case,
    statutes: Statutes,
    amounts: tuple[StatutoryAmount, ...],
    found: tuple[StatutoryAmount, ...],
    known: _Known,
    trace: Trace,
) -> Statute:
    section, charge = case.section, case.charge
    multiplied = statutes.sections.multiplied.get(section)
    shown = multiplied.section if multiplied else statutes.sections.ladder[section]
    home = shown.home
    sums = _summed(amounts)
    if amounts and not sums:
        raise Stop(
            "The only substance named is a listed chemical. Offenses with listed chemicals have their own "
            "penalties and guideline, which are not part of this calculator.",
            cite="21 U.S.C. 841(c); USSG §2D1.11",
            ask="Is the count really under section 841(c) or 960(d), and what is its maximum?",
            field="drugs",
        )
    if multiplied is not None and known.again and multiplied.again is None:
        raise Stop(
            "A second conviction under this section multiplies the penalty for a repeat offense. Which"
            " penalty that is cannot be read off the text with certainty, so it is not part of this"
            " calculator.",
            cite=f"{multiplied.section.cite}(b)",
            ask="What are the minimum and maximum for a second conviction under this section?",
            field="charge.second_under_section",
        )
    prefix = _prefix(case, statutes)
    if prefix:
        trace.applied(
            charge.statute,
            "An attempt or a conspiracy carries the same penalties as the offense it aimed at.",
            statutes.sections.conspiracies[charge.statute],
            field="charge.statute",
        )
    tier, cite, alternatives = _tier(case, statutes, home, sums, _summed(found), trace)
    small = _small_marihuana(multiplied, known, found or amounts)
    terms = _ladder_terms(statutes, section, home, tier, known, small)
    words = []
    for reach in alternatives:
        other = _ladder_terms(statutes, section, home, reach.tier, known, small)
        words.append(f"If {_paragraph(reach.cite)} is charged and found or admitted: {_span(other)}.")
    _say_death(case, statutes, tier, trace)
    _say_priors(case, statutes, section, tier, terms, known, trace)
    if multiplied is not None:
        _say_multiplied(case, statutes, multiplied, terms, known, small, trace)
    elif section == "960" and charge.notice_851 is YES and charge.drug_priors != 0:
        trace.flagged(
            "962",
            "For imports and exports another section speaks of twice the term after an earlier drug felony."
            " How it fits beside the ladder of section 960(b) is not computed here.",
            statutes.ladder.second_import_cite,
            field="charge.drug_priors",
        )
    words += _other_readings(case, statutes, section, home, tier, known, small)
    bar = _bar(statutes, multiplied, tier, terms, known, home)
    if multiplied is not None:
        times = multiplied.again if known.again and multiplied.again else multiplied.first
        cite = f"{times.cite}; {cite}"
    if prefix:
        cite = f"{prefix}; {cite}"
    trace.applied(
        "penalty",
        f"The statute provides {_span(terms)}.",
        cite,
        field="charge.tier" if charge.tier != DONT_KNOW else "charge.statute",
    )
    return _finished(case, statutes, terms, cite, shown.title, tier, bar, tuple(words), trace)


def _summed(amounts: Sequence[StatutoryAmount]) -> dict[str, _Sum]:
    """Each drug added up; different drugs are never added. List I chemicals have no place on the ladder."""
    sums: dict[str, _Sum] = {}
    for amount in amounts:
        if amount.schedule == "list I":
            continue
        one = sums.get(amount.substance)
        if one is None:
            one = sums[amount.substance] = _Sum(
                amount.substance, _in_sentence(amount.name), amount.schedule, amount.field
            )
        one.rows += 1
        if amount.mixture_g is not None:
            one.mixture = amount.mixture_g + (one.mixture or 0)
            if amount.pure_g is None:
                one.pure_untold += amount.mixture_g
                if amount.field.endswith(".quantity"):
                    one.pure_field = one.pure_field or f"{_row(amount.field)}.purity"
        elif amount.pure_g is None and amount.plants is None:
            one.untold = True
        if amount.pure_g is not None:
            one.pure = amount.pure_g + (one.pure or 0)
        if amount.plants is not None:
            one.plants = amount.plants + (one.plants or Decimal(0))
    return sums


def _row(field: str) -> str:
    """The row that a field belongs to: 'drugs[0]' for 'drugs[0].quantity'."""
    return field[: field.index("]") + 1] if "]" in field else field


def _reached(statutes: Statutes, home: str, one: _Sum, substance: str) -> _Reach | None:
    """The gravest paragraph that this much of a drug reaches when it counts as `substance`, if any."""
    best: _Reach | None = None
    paragraphs = statutes.ladder.paragraphs
    for row in statutes.amounts.thresholds.get((home, substance), ()):
        amount = one.of(row.measure)
        if amount is None:
            continue
        for tier, least, cite in row.steps:
            if amount >= least:
                if best is None or paragraphs[tier].rank < paragraphs[best.tier].rank:
                    words = (
                        f"{_measured(amount, row.measure, one.name)} reaches the line of"
                        f" {_measured(least, row.measure)}"
                    )
                    best = _Reach(tier, cite, words, one.name)
                break
    return best


def _measured(amount: Decimal, measure: str, name: str = "") -> str:
    if measure == "plants":
        return f"{plain(amount)} {name} plants" if name else f"{plain(amount)} plants"
    unit = f"{plain(amount)} g"
    if not name:
        return f"{unit} of the pure drug" if measure == "pure" else unit
    return f"{unit} of pure {name}" if measure == "pure" else f"{unit} of {name}"


def _tier(
    case: Case,
    statutes: Statutes,
    home: str,
    sums: dict[str, _Sum],
    found: dict[str, _Sum],
    trace: Trace,
) -> tuple[str, str, list[_Reach]]:
    """The paragraph of the ladder, its citation, and the graver ones that amounts in the case would reach."""
    charge, ladder = case.charge, statutes.ladder
    if charge.tier == "found_amounts":
        if not found:
            raise BadCase(
                [
                    FieldError(
                        "charge.found",
                        "names only listed chemicals: give the controlled substance that was found",
                    )
                ]
            )
        governs = _gravest(statutes, home, found)
        _say_doubts(statutes, home, found, governs.tier, trace)
        _say_sums(case, found, trace)
        trace.applied(
            "quantity found",
            f"{_sentence(governs.words)}. This was charged and found or admitted, so "
            f"{_paragraph(governs.cite)} governs.",
            f"{governs.cite}; {ALLEYNE}",
            field="charge.found",
        )
        return governs.tier, governs.cite, []
    if charge.tier != DONT_KNOW:
        return _stated_tier(case, statutes, home, sums, trace)
    if not sums:
        raise BadCase(
            [FieldError("drugs", "is empty: name at least one drug, or state the paragraph charged in charge.tier")]
        )
    tiers = {name: _without(statutes, home, one) for name, one in sums.items()}
    tier = ladder.graver(tiers.values())
    cite = ladder.paragraphs[tier].cites[home]
    if len(set(tiers.values())) > 1:
        trace.flagged(
            "several drugs",
            "The drugs in the case belong to different paragraphs. The gravest is used here; a verdict or a"
            " plea that does not name that drug may allow only a lower one.",
            f"{cite}; {ALLEYNE}",
            field="charge.tier",
        )
    reaches = [reach for one in sums.values() if (reach := _reached(statutes, home, one, one.substance))]
    graver = [r for r in reaches if ladder.paragraphs[r.tier].rank < ladder.paragraphs[tier].rank]
    _say_doubts(statutes, home, sums, tier, trace)
    _say_sums(case, sums, trace)
    if graver:
        best = min(graver, key=lambda r: ladder.paragraphs[r.tier].rank)
        trace.unknown(
            "quantity found",
            f"{_sentence(best.words)}. If that was charged and found by a jury or admitted,"
            f" {_paragraph(best.cite)} governs. It is not known whether it was, so {_paragraph(cite)} is"
            " used, which needs no finding of quantity.",
            f"{best.cite}; {ALLEYNE}",
            field="charge.tier",
        )
        return tier, cite, [best]
    trace.applied(
        "quantity found",
        f"No amount known here reaches a line that a jury would have to find, so {_paragraph(cite)} governs.",
        cite,
        field="charge.tier",
    )
    return tier, cite, []


def _gravest(statutes: Statutes, home: str, sums: dict[str, _Sum]) -> _Reach:
    """The gravest paragraph of all the drugs, by amount where one is reached, else by substance."""
    best: _Reach | None = None
    paragraphs = statutes.ladder.paragraphs
    for one in sums.values():
        tier = _without(statutes, home, one)
        plainly = _Reach(tier, paragraphs[tier].cites[home], f"The drug is {one.name}", one.name)
        for reach in (_reached(statutes, home, one, one.substance), plainly):
            if reach is not None and (best is None or paragraphs[reach.tier].rank < paragraphs[best.tier].rank):
                best = reach
    assert best is not None
    return best


def _without(statutes: Statutes, home: str, one: _Sum) -> str:
    return statutes.amounts.without_quantity(home, one.substance, one.schedule)


def _stated_tier(
    case: Case, statutes: Statutes, home: str, sums: dict[str, _Sum], trace: Trace
) -> tuple[str, str, list[_Reach]]:
    """A paragraph stated in `charge.tier`: it must fit a drug; its amount is compared, not required."""
    ladder, tier = statutes.ladder, case.charge.tier
    cite = ladder.paragraphs[tier].cites[home]
    fitting = [one for one in sums.values() if tier in statutes.amounts.tiers_of(home, one.substance, one.schedule)]
    if sums and not fitting:
        accepted = sorted(
            {t for one in sums.values() for t in statutes.amounts.tiers_of(home, one.substance, one.schedule)},
            key=lambda t: ladder.paragraphs[t].rank,
        )
        names = " and ".join(one.name for one in sums.values())
        raise BadCase(
            [
                FieldError(
                    "charge.tier",
                    f"“{tier}” does not fit {names}: use {' or '.join(accepted)}, or unknown",
                )
            ]
        )
    trace.applied(
        "quantity found",
        f"The paragraph charged and found or admitted is {_paragraph(cite)}.",
        f"{cite}; {ALLEYNE}",
        field="charge.tier",
    )
    if not fitting:
        return tier, cite, []
    rank = ladder.paragraphs[tier].rank
    reached: list[_Reach] = []
    for one in fitting:
        doubt = statutes.amounts.doubts.get(one.substance)
        for substance in (one.substance, doubt.may_be) if doubt else (one.substance,):
            reach = _reached(statutes, home, one, substance)
            if reach is not None:
                reached.append(reach)
    needs_amount = all(_without(statutes, home, one) != tier for one in fitting)
    exact = [reach for reach in reached if reach.tier == tier]
    if exact:
        cite = exact[0].cite
    if needs_amount and not any(ladder.paragraphs[r.tier].rank <= rank for r in reached):
        trace.flagged(
            "amount below the line",
            f"The amounts in the case are below every line of {_paragraph(cite)}. The paragraph stated is"
            " used, because what was charged and found or admitted decides. Check it.",
            cite,
            field="charge.tier",
        )
    higher = [reach for reach in reached if ladder.paragraphs[reach.tier].rank < rank]
    if higher:
        best = min(higher, key=lambda r: ladder.paragraphs[r.tier].rank)
        trace.passed(
            "higher paragraph",
            f"{_sentence(best.words)}, but {_paragraph(best.cite)} was not charged and found or admitted.",
            f"{best.cite}; {ALLEYNE}",
            field="charge.tier",
        )
    _say_doubts(statutes, home, sums, tier, trace, stated=True)
    return tier, cite, []


def _say_doubts(
    statutes: Statutes, home: str, sums: dict[str, _Sum], tier: str, trace: Trace, *, stated: bool = False
) -> None:
    """Open readings, where they would change the paragraph; and purity that is not known where it could.

    With the paragraph `stated` only a doubt about that very paragraph is said: what was charged decides.
    """
    rank = {name: item.rank for name, item in statutes.ladder.paragraphs.items()}
    for one in sums.values():
        plainly = _reached(statutes, home, one, one.substance)
        own = rank[plainly.tier] if plainly else len(rank)
        doubt = statutes.amounts.doubts.get(one.substance)
        if doubt is not None:
            reach = _reached(statutes, home, one, doubt.may_be)
            if reach is not None and rank[reach.tier] < own and (not stated or reach.tier == tier):
                trace.flagged(
                    "other measure",
                    f"{doubt.words} By that measure, {_paragraph(reach.cite)} would be reached.",
                    doubt.cite,
                    field=one.field,
                )
        if stated:
            continue
        if one.pure_untold:
            most = dataclasses.replace(one, pure=(one.pure or Decimal(0)) + one.pure_untold)
            reach = _reached(statutes, home, most, one.substance)
            if reach is not None and rank[reach.tier] < own:
                trace.unknown(
                    "purity",
                    f"How pure the {one.name} was is not known. If it was pure enough, the pure drug alone"
                    f" would reach {_paragraph(reach.cite)}.",
                    reach.cite,
                    field=one.pure_field or one.field,
                )
        if one.untold and (home, one.substance) in statutes.amounts.thresholds:
            trace.flagged(
                "weight not told",
                f"Part of the {one.name} has no weight that the statute can use, so it is left out of the"
                " paragraph's amount.",
                statutes.ladder.paragraphs[tier].cites[home],
                field=one.field,
            )


def _say_sums(case: Case, sums: dict[str, _Sum], trace: Trace) -> None:
    if case.charge.statute in ("846", "963"):
        return
    for one in sums.values():
        if one.rows > 1:
            trace.flagged(
                "amounts added",
                f"The amounts of {one.name} are added up. Within one conspiracy that is usual; separate deals"
                " charged as separate counts are usually measured one by one.",
                "21 U.S.C. 841(b)(1)",
                field=one.field,
            )


# --- Terms ---------------------------------------------------------------------------------------------


def _ladder_terms(statutes: Statutes, section: str, home: str, tier: str, known: _Known, small: bool) -> _Terms:
    """The penalty of one paragraph for one section, on one reading of the facts."""
    ladder = statutes.ladder
    paragraph = ladder.paragraphs[tier]
    priors = known.serious if paragraph.prior == "serious" else known.drug
    death = known.death and "death" in paragraph.rows
    # (A) names two or more priors, also for 849, 859, 860 and 861; 960(b)(1) does not.
    two = known.serious >= ladder.two_priors and (
        section in ladder.two_priors_sections or (home == "841" and "two_priors" in paragraph.rows)
    )
    name = ("prior_death" if death else "prior") if priors else ("death" if death else "base")
    if two and not (death and priors):
        name = "two_priors"
    row = (
        ladder.paragraphs[ladder.two_priors_paragraph].rows["two_priors"]
        if name == "two_priors"
        else paragraph.rows[name]
    )
    if two and name == "two_priors" and death:
        # The 25 years stand beside the 20 for death; no row of this paragraph joins them.
        row = dataclasses.replace(row, minimum=max(row.minimum, paragraph.rows["death"].minimum))
    cite = paragraph.cites[home] if home == "960" else row.cite
    multiplied = statutes.sections.multiplied.get(section)
    if multiplied is None:
        return _Terms(
            row.minimum,
            row.maximum,
            cite,
            row.fine,
            0,
            row.title_18_times,
            1,
            row.release_minimum,
            LIFE if paragraph.displaces_3583 else row.release_maximum,
            1,
            row.maximum,
            cite,
            tier,
            name,
        )
    times = multiplied.again if known.again and multiplied.again else multiplied.first
    first = paragraph.rows["death" if death else "base"]
    return _multiplied_terms(multiplied, times, row, first, cite, paragraph.displaces_3583, tier, name, small)


def _multiplied_terms(
    multiplied: Multiplied,
    times: Times,
    row: Penalty,
    first: Penalty,
    cite: str,
    displaces: bool,
    tier: str,
    name: str,
    small: bool,
) -> _Terms:
    """849, 859, 860, 861: maximum, fine and supervised release multiplied, and a minimum of their own."""
    counted = first if times.of_first_offense else row
    maximum = times.maximum or max(counted.maximum.times(times.times), row.maximum)
    own = NOTHING if small else times.minimum
    if displaces or name == "two_priors":
        release_maximum: Term | None = LIFE
    else:
        release_maximum = row.release_maximum.times(times.times) if row.release_maximum else None
    return _Terms(
        max(row.minimum, own),
        maximum,
        f"{times.cite}; {cite}",
        row.fine,
        0,
        row.title_18_times,
        times.times,
        # "at least twice any term … for a first offense"; never less than the paragraph's own after a prior
        max(first.release_minimum.times(times.times), row.release_minimum),
        release_maximum,
        times.times,
        row.maximum,
        f"{times.cite}; {cite}",
        tier,
        name,
    )


def _small_marihuana(multiplied: Multiplied | None, known: _Known, amounts: Sequence[StatutoryAmount]) -> bool:
    """Whether the offense involved no more marijuana than the section's minimum spares, and nothing else."""
    if multiplied is None or not amounts:
        return False
    times = multiplied.again if known.again and multiplied.again else multiplied.first
    if times.small_marihuana is None:
        return False
    total = Decimal(0)
    for amount in amounts:
        if amount.schedule != "marihuana" or amount.mixture_g is None:
            return False
        total += amount.mixture_g
    return total <= times.small_marihuana


# --- Earlier convictions, death ------------------------------------------------------------------------


def _priors(case: Case, statutes: Statutes) -> tuple[int, int]:
    """Serious and felony drug convictions that count: none without a notice under 21 U.S.C. 851."""
    charge = case.charge
    if charge.notice_851 is not YES:
        return 0, 0
    return charge.serious_priors or 0, charge.drug_priors or 0


def _again(case: Case) -> Fact:
    """Whether an earlier conviction under the same section counts: it, too, needs the notice (851(a)(1))."""
    charge = case.charge
    if charge.second_under_section is NO or charge.notice_851 is NO:
        return NO
    if charge.second_under_section is YES and charge.notice_851 is YES:
        return YES
    return UNKNOWN


def _say_death(case: Case, statutes: Statutes, tier: str, trace: Trace) -> None:
    fact, paragraph = case.charge.death_or_injury_found, statutes.ladder.paragraphs[tier]
    cite = f"{paragraph.cites['841']}; {BURRAGE}"
    field = "charge.death_or_injury_found"
    if "death" not in paragraph.rows:
        if fact is YES:
            trace.passed(
                "death or injury",
                "This paragraph has no higher penalty for a death or serious bodily injury.",
                paragraph.cites["841"],
                field=field,
            )
        return
    if fact is YES:
        trace.applied(
            "death or injury",
            "It was charged and found or admitted that a death or serious bodily injury resulted from the use"
            " of the drug.",
            cite,
            field=field,
        )
    elif fact is UNKNOWN:
        trace.unknown(
            "death or injury",
            "It is not known whether a death or serious bodily injury was charged and found or admitted. The"
            " higher penalty is left out here.",
            cite,
            field=field,
        )
    elif case.conduct.death_or_serious_injury is YES:
        trace.passed(
            "death or injury",
            "Someone died or was seriously hurt, but it was not charged and found or admitted that the drug"
            " caused it, so the higher penalty does not apply.",
            cite,
            field=field,
        )


def _say_priors(
    case: Case, statutes: Statutes, section: str, tier: str, terms: _Terms, known: _Known, trace: Trace
) -> None:
    """One step on the notice and the earlier convictions it names."""
    charge, ladder = case.charge, statutes.ladder
    kind = ladder.paragraphs[tier].prior
    which = "serious drug felony or serious violent felony" if kind == "serious" else "felony drug offense"
    stated = charge.serious_priors if kind == "serious" else charge.drug_priors
    field = "charge.serious_priors" if kind == "serious" else "charge.drug_priors"
    cite = f"{ladder.notice_cite}; {ladder.prior_cites[kind]}"
    reaches_two = section in ladder.two_priors_sections
    if charge.notice_851 is not YES:
        named = stated != 0 or (reaches_two and charge.serious_priors != 0)
        _say_no_notice(case, ladder.notice_cite, named, trace)
        return
    if terms.case in ("prior", "prior_death", "two_priors"):
        many = "two or more convictions" if terms.case == "two_priors" else "a conviction"
        used = "serious drug felony or serious violent felony" if terms.case == "two_priors" else which
        trace.applied(
            "851 priors",
            f"The notice names {many} for a {used}, which raises the penalty.",
            f"{ladder.notice_cite}; {ladder.prior_cites['serious' if terms.case == 'two_priors' else kind]}",
            field="charge.serious_priors" if terms.case == "two_priors" else field,
        )
    elif stated is None:
        trace.unknown(
            "851 priors",
            f"A notice was filed, but it is not known whether it names a {which}. No higher penalty is used here.",
            cite,
            field=field,
        )
    else:
        trace.passed(
            "851 priors",
            f"A notice was filed, but it names no {which}, the kind that raises this paragraph.",
            cite,
            field=field,
        )
    if kind == "drug" and not known.drug and known.serious:
        trace.flagged(
            "851 priors",
            "The notice names a serious drug or violent felony. A serious drug felony is usually also a"
            " felony drug offense, which would raise this paragraph. Check which convictions are named.",
            ladder.prior_cites["drug"],
            field="charge.drug_priors",
        )
    if reaches_two and charge.serious_priors is None and kind != "serious":
        trace.unknown(
            "851 priors",
            "It is not known how many serious drug or violent felonies the notice names. With two or more,"
            " this section has a minimum of its own in section 841(b)(1)(A).",
            ladder.two_priors_cite,
            field="charge.serious_priors",
        )
    if terms.case == "two_priors" and tier != ladder.two_priors_paragraph:
        trace.flagged(
            "two serious priors",
            "The minimum for two or more serious priors reaches this section whatever the drug. No maximum is"
            " stated, so it is read as life.",
            ladder.two_priors_cite,
            field="charge.serious_priors",
        )
    elif section == "960" and "two_priors" in ladder.paragraphs[tier].rows and known.serious >= ladder.two_priors:
        trace.passed(
            "two serious priors",
            "Section 960(b)(1) has no further step for two or more serious priors.",
            ladder.paragraphs[tier].cites["960"],
            field="charge.serious_priors",
        )
    if terms.case == "two_priors" or (kind == "serious" and terms.case not in ("base", "death")):
        trace.flagged(
            "who decides",
            ladder.serious_doubt,
            f"{ladder.prior_cites['serious']}; {ladder.notice_cite}",
            field="charge.serious_priors",
        )


def _say_no_notice(case: Case, cite: str, named: bool, trace: Trace) -> None:
    if case.charge.notice_851 is UNKNOWN and named:
        trace.unknown(
            "851 notice",
            "It is not known whether the Government filed a notice of earlier convictions before the plea or"
            " trial. Without one they do not raise the penalty, and they are left out here.",
            cite,
            field="charge.notice_851",
        )
    else:
        trace.passed(
            "851 notice",
            "Earlier convictions raise the penalty only if the Government filed a notice naming them before"
            " the plea or trial. None is counted here.",
            cite,
            field="charge.notice_851",
        )


def _other_readings(
    case: Case, statutes: Statutes, section: str, home: str, tier: str, known: _Known, small: bool
) -> list[str]:
    """What the penalty would be if an unknown fact turned out against the person, one fact at a time."""
    charge = case.charge
    words: list[str] = []
    now = _ladder_terms(statutes, section, home, tier, known, small)
    if charge.notice_851 is UNKNOWN:
        with_notice = dataclasses.replace(known, serious=charge.serious_priors or 0, drug=charge.drug_priors or 0)
        other = _ladder_terms(statutes, section, home, tier, with_notice, small)
        if other != now:
            words.append(f"If a notice under 21 U.S.C. 851 was filed: {_span(other)}.")
    if charge.death_or_injury_found is UNKNOWN:
        other = _ladder_terms(statutes, section, home, tier, dataclasses.replace(known, death=True), small)
        if other != now:
            words.append(f"If death or serious bodily injury is found or admitted: {_span(other)}.")
    multiplied = statutes.sections.multiplied.get(section)
    if multiplied is not None and multiplied.again is not None and _again(case) is UNKNOWN:
        other = _ladder_terms(statutes, section, home, tier, dataclasses.replace(known, again=True), small)
        words.append(f"If an earlier conviction under the same section counts: {_span(other)}.")
    return words


def _say_multiplied(
    case: Case,
    statutes: Statutes,
    multiplied: Multiplied,
    terms: _Terms,
    known: _Known,
    small: bool,
    trace: Trace,
) -> None:
    times = multiplied.again if known.again and multiplied.again else multiplied.first
    number = {2: "twice", 3: "three times"}.get(times.times, f"{times.times} times")
    name = multiplied.section.section
    trace.applied(
        name,
        f"This section allows {number} the prison, the fine and the supervised release of the drug's paragraph.",
        times.cite,
        field="charge.second_under_section" if known.again else "charge.statute",
    )
    if times.minimum:
        if small and times.small_marihuana is not None:
            trace.passed(
                f"{name} minimum",
                f"The section's own minimum does not apply to {plain(times.small_marihuana)} g or less of marijuana.",
                times.cite,
                field="drugs",
            )
        elif terms.minimum > times.minimum:
            trace.passed(
                f"{name} minimum",
                f"The section's own minimum of {_long(times.minimum)} gives way to the greater minimum of "
                f"{_long(terms.minimum)}.",
                times.cite,
                field="charge.statute",
            )
        else:
            trace.applied(
                f"{name} minimum",
                f"The section has a minimum of its own, {_long(times.minimum)}.",
                times.cite,
                field="charge.statute",
            )
    elif terms.minimum:
        trace.flagged(
            f"{name} minimum",
            "The section names no minimum. The minimum of the drug's paragraph is taken to stay.",
            times.cite,
            field="charge.statute",
        )
    if terms.case in ("prior", "prior_death"):
        trace.flagged(
            f"{name} with a prior",
            "How the higher maximum for an earlier conviction and this section's multiple go together is open"
            " to argument. Where the text allows, the higher maximum is multiplied here.",
            times.cite,
            field="charge.notice_851",
        )
    again = _again(case)
    if again is UNKNOWN:
        trace.unknown(
            f"{name} second conviction",
            "It is not known whether an earlier conviction under the same section was named in a notice. The"
            " higher multiple is left out here.",
            f"{multiplied.section.cite}; {statutes.ladder.notice_cite}",
            field=_again_field(case),
        )
    elif case.charge.second_under_section is YES and again is NO:
        trace.passed(
            f"{name} second conviction",
            "There is an earlier conviction under the same section, but no notice named it, so it does not"
            " raise the penalty.",
            statutes.ladder.notice_cite,
            field="charge.notice_851",
        )
    elif known.again:
        trace.flagged(
            f"{name} third conviction",
            "For a third conviction under this section the penalties of section 841(b)(1)(A) may govern. That"
            " is not computed here.",
            times.cite,
            field="charge.second_under_section",
        )
    if multiplied.further:
        trace.flagged(f"{name} further term", multiplied.further, multiplied.further_cite, field="charge.statute")


def _again_field(case: Case) -> str:
    unstated = case.charge.second_under_section is UNKNOWN
    return "charge.second_under_section" if unstated else "charge.notice_851"


# --- Sections with a penalty of their own: 843(b), 844(a), 841(b)(4), 856 ------------------------------


def _by_own(
    case: Case, statutes: Statutes, amounts: tuple[StatutoryAmount, ...], known: _Known, trace: Trace
) -> Statute:
    section, charge = case.section, case.charge
    as_section, title, prefix = section, "", _prefix(case, statutes)
    treated = statutes.sections.treated.get(section)
    if treated is not None:
        shown, as_section = treated
        title = shown.title
        prefix = shown.cite
        _only_marihuana(amounts)
        trace.flagged(
            section,
            "Sharing a small amount of marijuana for no pay is treated as simple possession. No number says"
            " what is small; the judge decides it.",
            shown.cite,
            field="charge.statute",
        )
    base, rows = statutes.sections.own[as_section]
    title = title or base.title
    if charge.tier != DONT_KNOW:
        trace.passed(
            "quantity found",
            "This section has its own penalty, so the paragraphs of section 841(b) do not matter here.",
            base.cite,
            field="charge.tier",
        )
    if charge.death_or_injury_found is YES:
        trace.passed(
            "death or injury",
            "This section has no higher penalty for a death or serious bodily injury.",
            base.cite,
            field="charge.death_or_injury_found",
        )
    if charge.statute in statutes.sections.conspiracies:
        trace.applied(
            charge.statute,
            "An attempt or a conspiracy carries the same penalties as the offense it aimed at.",
            statutes.sections.conspiracies[charge.statute],
            field="charge.statute",
        )
    words: list[str] = []
    if "one_prior" in rows:
        name, minimum_from = _possession(case, statutes, amounts, known.drug, trace)
        if charge.notice_851 is UNKNOWN and charge.drug_priors:
            other = rows[_by_count(charge.drug_priors)]
            words.append(f"If a notice under 21 U.S.C. 851 was filed: {_term_span(other.minimum, other.maximum)}.")
    else:
        name = minimum_from = _repeat(case, statutes, "again" in rows, base.cite, trace)
        if _again(case) is UNKNOWN and "again" in rows:
            words.append(f"If an earlier conviction counts: {_term_span(NOTHING, rows['again'].maximum)}.")
    row = rows[name]
    cite = f"{prefix}; {row.cite}" if prefix else row.cite
    terms = _Terms(
        rows[minimum_from].minimum,
        row.maximum,
        row.cite,
        row.fine,
        rows[minimum_from].fine_minimum,
        1,
        1,
        NOTHING,
        None,
        1,
        row.maximum,
        row.cite,
        None,
        name,
    )
    trace.applied("penalty", f"The statute provides {_span(terms)}.", cite, field="charge.statute")
    if terms.minimum:
        trace.applied(
            "844(a) minimum",
            f"The minimum of {_long(terms.minimum)} may not be suspended or put off.",
            row.cite,
            field="charge.drug_priors",
        )
    return _finished(case, statutes, terms, cite, title, None, "", tuple(words), trace)


def _only_marihuana(amounts: Sequence[StatutoryAmount]) -> None:
    for amount in amounts:
        if amount.schedule != "marihuana":
            raise BadCase(
                [
                    FieldError(
                        "charge.statute",
                        "841(b)(4) is for marijuana only, and the case names "
                        f"{_in_sentence(amount.name)}: use 841(a) or 844(a)",
                    )
                ]
            )


def _by_count(priors: int) -> str:
    return "first" if priors == 0 else "one_prior" if priors == 1 else "two_priors"


def _possession(
    case: Case, statutes: Statutes, amounts: Sequence[StatutoryAmount], priors: int, trace: Trace
) -> tuple[str, str]:
    """844(a): the row that sets the maximum, and the row that sets the minimum and the least fine."""
    charge, notice = case.charge, statutes.ladder.notice_cite
    name = _by_count(priors)
    if charge.notice_851 is YES and charge.drug_priors is None:
        trace.unknown(
            "844(a) priors",
            "A notice was filed, but it is not known how many drug convictions it names. None is counted here.",
            f"21 U.S.C. 844(a); {notice}",
            field="charge.drug_priors",
        )
    elif charge.notice_851 is YES and priors:
        count = "one final drug conviction" if priors == 1 else "two or more final drug convictions"
        trace.applied(
            "844(a) priors",
            f"The notice names {count}. For simple possession any drug conviction counts, also one that was"
            " not a felony.",
            f"21 U.S.C. 844(a); {notice}",
            field="charge.drug_priors",
        )
    elif charge.notice_851 is YES:
        trace.passed(
            "844(a) priors",
            "A notice was filed, but it names no drug conviction.",
            f"21 U.S.C. 844(a); {notice}",
            field="charge.drug_priors",
        )
    else:
        _say_no_notice(case, notice, charge.drug_priors != 0, trace)
    kinds = {amount.substance for amount in amounts}
    if "flunitrazepam" not in kinds:
        return name, name
    trace.applied(
        "844(a) flunitrazepam",
        "Possession of flunitrazepam has a maximum of its own, whatever else the section says about prison.",
        "21 U.S.C. 844(a)",
        field="drugs",
    )
    if priors:
        trace.flagged(
            "844(a) flunitrazepam",
            "The flunitrazepam sentence sets the other prison terms of the section aside, so no minimum is"
            " used for it. The least fine is taken to stay. A lawyer should check both.",
            "21 U.S.C. 844(a)",
            field="charge.drug_priors",
        )
    # The setting aside is for flunitrazepam; with another drug beside it the minimum for priors stays.
    return "flunitrazepam", name


def _repeat(case: Case, statutes: Statutes, has_row: bool, cite: str, trace: Trace) -> str:
    """843(b): the row after a listed earlier conviction, which must be named in a notice too."""
    if not has_row:
        return "first"
    again, both = _again(case), f"{cite}; {statutes.ladder.notice_cite}"
    if again is YES:
        trace.applied(
            "second conviction",
            "A notice names an earlier conviction of the kind this section lists, which doubles the maximum.",
            both,
            field="charge.second_under_section",
        )
        return "again"
    if again is UNKNOWN:
        trace.unknown(
            "second conviction",
            "It is not known whether a notice names an earlier conviction of the kind this section lists. The"
            " higher maximum is left out here.",
            both,
            field=_again_field(case),
        )
    elif case.charge.second_under_section is YES:
        trace.passed(
            "second conviction",
            "There is an earlier conviction of the kind this section lists, but no notice named it, so it"
            " does not raise the maximum.",
            both,
            field="charge.notice_851",
        )
    return "first"


# --- What follows from the terms -----------------------------------------------------------------------


def _finished(
    case: Case,
    statutes: Statutes,
    terms: _Terms,
    cite: str,
    title: str,
    tier: str | None,
    bar: str,
    alternatives: tuple[str, ...],
    trace: Trace,
) -> Statute:
    charge = case.charge
    maximum = _false_domain(case, statutes, terms.maximum, trace)
    kind = statutes.classes.of(maximum)
    trace.applied(
        "3559(a)",
        f"With a maximum of {_long(maximum)} the offense is a Class {kind.name}"
        + (" felony." if kind.felony else "." if "misdemeanor" in kind.name else " offense."),
        kind.cite,
        field="charge.statute",
    )
    if bar:
        trace.applied("probation bar", f"The statute itself rules out probation ({bar}).", bar)
    release_minimum, release_maximum, release_cite = _release(statutes, terms, kind.name, trace)
    title_18 = statutes.fines[kind.name][0]
    fine = max(terms.title_18_times * title_18, terms.fine) * terms.fine_times
    fine_cite = f"{terms.cite}; {statutes.fines[kind.name][1]}"
    least = f" and at least ${terms.fine_minimum:,}, if the person can pay" if terms.fine_minimum else ""
    trace.applied("fine", f"The fine can be up to ${fine:,}{least}.", fine_cite, field="charge.statute")
    trace.passed(
        "fine by gain or loss",
        "A fine of twice the gain or loss from the offense can be more. It is not counted here.",
        statutes.gain_or_loss_cite,
    )
    consecutive, consecutive_cite = _firearm(case, statutes, kind.felony, trace)
    assessment, assessment_cite = statutes.assessments[kind.name]
    total = assessment * charge.counts
    if consecutive:
        total += statutes.assessments[statutes.classes.of(LIFE).name][0]
        bar = f"{bar}; {statutes.firearms.consecutive_cite}" if bar else statutes.firearms.consecutive_cite
    trace.applied(
        "special assessment",
        f"The special assessment is ${total:,} in all; it is owed for each count.",
        assessment_cite,
        field="charge.counts",
    )
    if charge.counts > 1:
        trace.flagged(
            "several counts",
            f"The terms shown are those of one count. The maximums of {charge.counts} counts can be run one"
            " after another where the guidelines call for more than one count allows.",
            "USSG §5G1.2(d)",
            field="charge.counts",
        )
    if case.conduct.convicted_841g is YES:
        trace.flagged(
            "841(g)",
            "A conviction for selling date rape drugs over the internet has a maximum of its own, which is"
            " not computed.",
            statutes.sections.date_rape_cite,
            field="conduct.convicted_841g",
        )
    return Statute(
        cite=cite,
        title=f"Attempt or conspiracy: {title[:1].lower()}{title[1:]}" if _prefix(case, statutes) else title,
        tier=tier,
        minimum=terms.minimum,
        minimum_by_law=terms.minimum,
        maximum=maximum,
        lifted_by="",
        felony_class=kind.name,
        felony=kind.felony,
        probation_bar=bar,
        fine_maximum=fine,
        fine_minimum=terms.fine_minimum,
        assessment=total,
        release_minimum=release_minimum,
        release_maximum=release_maximum,
        release_cite=release_cite,
        consecutive=consecutive,
        consecutive_cite=consecutive_cite,
        covered_by_safety_valve=_covered(case, statutes),
        alternatives=alternatives,
        steps=tuple(trace.steps),
    )


def _prefix(case: Case, statutes: Statutes) -> str:
    """The citation of 846 or 963 for an attempt or conspiracy, else an empty text."""
    return statutes.sections.conspiracies.get(case.charge.statute, "")


def _covered(case: Case, statutes: Statutes) -> bool:
    """18 U.S.C. 3553(f): the section must be on the list, and for 846 and 963 its object as well.

    The list names 846 without looking at the object. Whether it reaches a conspiracy to violate 860 is open,
    so here it does not; `safety_valve.check` says so.
    """
    covered = statutes.safety_valve.covered
    return case.charge.statute in covered and case.section in covered


def _false_domain(case: Case, statutes: Statutes, maximum: Term, trace: Trace) -> Term:
    """18 U.S.C. 3559(g)(1): a felony maximum doubled or lengthened, whichever is less."""
    fact, classes = case.role.false_domain, statutes.classes
    if fact is NO or maximum.life or not classes.of(maximum).felony:
        return maximum
    if fact is not YES:
        trace.unknown(
            "3559(g)(1)",
            "It is not known whether a falsely registered domain name was used. It would lengthen the maximum.",
            classes.false_domain_cite,
            field="role.false_domain",
        )
        return maximum
    longer = min(maximum.times(classes.false_domain_times), maximum + classes.false_domain_more)
    trace.applied(
        "3559(g)(1)",
        f"A falsely registered domain name was used, so the maximum of {_long(maximum)} becomes {_long(longer)}.",
        classes.false_domain_cite,
        field="role.false_domain",
    )
    return longer


def _release(statutes: Statutes, terms: _Terms, class_name: str, trace: Trace) -> tuple[Term, Term, str]:
    """Supervised release: the statute's minimum, and the longest term it or 18 U.S.C. 3583(b) allows."""
    cap, cap_cite = statutes.release_most[class_name]
    least = terms.release_minimum
    if terms.release_maximum is not None and terms.release_maximum.life:
        trace.flagged(
            "supervised release",
            f"Supervised release after prison is at least {_long(least)}. The paragraph sets section 3583"
            " aside, which is read as leaving no upper limit short of life.",
            terms.release_cite,
            field="charge.tier",
        )
        return least, LIFE, terms.release_cite
    cite = f"{terms.release_cite}; {cap_cite}"
    longest = terms.release_maximum
    if longest is None:
        below, _ = statutes.release_most[statutes.classes.of(terms.ladder_maximum).name]
        longest = max(cap, below.times(terms.release_times))
    if longest < least:
        trace.flagged(
            "supervised release",
            f"The paragraph asks for at least {_long(least)} of supervised release, more than the"
            f" {_long(longest)} that the general rule allows for this class. The paragraph is followed.",
            cite,
            field="charge.tier",
        )
        return least, least, cite
    if terms.release_times > 1:
        trace.flagged(
            "supervised release",
            f"Supervised release is taken as {_long(least)} to {_long(longest)}. How the multiple and the"
            " general cap of section 3583(b) go together is not settled.",
            cite,
            field="charge.statute",
        )
    elif least:
        trace.applied(
            "supervised release",
            f"Supervised release after prison is at least {_long(least)} and at most {_long(longest)}.",
            cite,
            field="charge.tier",
        )
    else:
        trace.applied(
            "supervised release",
            f"The statute does not require supervised release; it allows up to {_long(longest)}.",
            cite,
            field="charge.statute",
        )
    return least, longest, cite


def _bar(statutes: Statutes, multiplied: Multiplied | None, tier: str, terms: _Terms, known: _Known, home: str) -> str:
    """The paragraph's or section's own bar on probation, as citations."""
    paragraph = statutes.ladder.paragraphs[tier]
    bars = []
    if multiplied is not None and (
        multiplied.bars_probation == "always" or (multiplied.bars_probation == "with its minimum" and terms.minimum)
    ):
        bars.append(multiplied.bar_cite)
    death = known.death and "death" in paragraph.rows
    if paragraph.bars_probation == "always" or (paragraph.bars_probation == "death" and death):
        bars.append(paragraph.cites[home])
    elif terms.case == "two_priors":
        bars.append(statutes.ladder.two_priors_cite)
    return "; ".join(bars)


def _firearm(case: Case, statutes: Statutes, felony: bool, trace: Trace) -> tuple[Term, str]:
    """18 U.S.C. 924(c): the term added after everything else, never merged."""
    count, firearms = case.charge.firearm_count, statutes.firearms
    if count == "none":
        return NOTHING, ""
    if count == DONT_KNOW:
        trace.unknown(
            "924(c)",
            "It is not known whether there is a firearm count. Its term would be added to everything else; it"
            " is left out.",
            firearms.consecutive_cite,
            field="charge.firearm_count",
        )
        return NOTHING, ""
    kind = firearms.kinds[count]
    prior = case.charge.prior_924c
    term, cite = kind.minimum, kind.cite
    if prior is YES:
        term, cite = kind.after_prior, firearms.prior_cite
    trace.applied(
        "924(c)",
        f"A firearm count for {kind.words} adds at least {_long(term)}, to be served after the sentence for the drugs.",
        f"{cite}; {firearms.consecutive_cite}",
        field="charge.prior_924c" if prior is YES else "charge.firearm_count",
    )
    if prior is UNKNOWN:
        trace.unknown(
            "924(c)(1)(C)",
            "It is not known whether an earlier firearm conviction under the same subsection was already"
            f" final. If it was, {_long(kind.after_prior)} would be added instead.",
            firearms.prior_cite,
            field="charge.prior_924c",
        )
    trace.passed(
        "924(c) maximum",
        "The firearm statute states no maximum, so life is the limit.",
        cite,
        field="charge.firearm_count",
    )
    if not felony:
        trace.flagged(
            "924(c)(2)",
            "A firearm count needs a drug felony, and the drug count here is not one. Check which felony it rests on.",
            firearms.predicate_cite,
            field="charge.firearm_count",
        )
    return term, cite


# --- After the safety valve and a motion ---------------------------------------------------------------


def relieved(statute: Statute, safety_valve: SafetyValve, case: Case, law: Law) -> Statute:
    """The statute after 18 U.S.C. 3553(f), then after a motion under 18 U.S.C. 3553(e).

    With relief under (f) the minimums of prison and supervised release are gone (`minimum` and
    `release_minimum` are no term at all; `lifted_by` cites (f) where a prison minimum went); the maximum, the
    class, the bar on probation and the firearm term stay. A motion under (e) does the same to what is left,
    with `lifted_by` citing (e): the minimum then no longer binds the judge, but it stays the start that the
    range is worked out from (`minimum_by_law`), and no size is predicted. The firearm term stands as it is
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
                f"The minimum of {_long(minimum)} is lifted. The class of the offense and any bar on probation stay.",
                valve.minimum_cite,
            )
            minimum, lifted_by = NOTHING, valve.covered_cite
        if release:
            trace.applied(
                "3553(f) supervised release",
                f"The minimum of {_long(release)} of supervised release is lifted too.",
                valve.release_cite,
            )
            release = NOTHING
            release_cite = f"{release_cite}; {valve.release_cite}"
    elif safety_valve.relief is None and minimum:
        trace.unknown(
            "3553(f)",
            f"If the safety valve applies, the minimum of {_long(minimum)} is lifted. It stays here until"
            " that is known.",
            valve.minimum_cite,
            field=next((test.field for test in safety_valve.tests if test.met is None), None),
        )
    steps += trace.steps
    trace = Trace(Stage.MOTIONS)
    motion = case.motions.substantial_assistance
    if motion in ("statute", "both"):
        if minimum:
            trace.applied(
                "3553(e)",
                f"The Government's motion lets the judge go below the minimum of {_long(minimum)}. How far is"
                " up to the judge.",
                valve.assistance_cite,
                field="motions.substantial_assistance",
            )
            minimum, lifted_by = NOTHING, valve.assistance_cite
        if release:
            trace.applied(
                "3553(e) supervised release",
                f"The same motion lets the judge go below the minimum of {_long(release)} of supervised release.",
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


# --- Words ---------------------------------------------------------------------------------------------


def _long(term: Term) -> str:
    """A term in years and months: '10 years (120 months)', '15 days', 'life'."""
    if term.life or term.days or term.months < 12 or term.months % 12:
        return str(term)
    years = term.months // 12
    return f"{years} year{'' if years == 1 else 's'} ({term.months} months)"


def _span(terms: _Terms) -> str:
    return _term_span(terms.minimum, terms.maximum)


def _term_span(minimum: Term, maximum: Term) -> str:
    if minimum == maximum:
        return f"{_long(maximum)} in prison, no less and no more"
    if minimum:
        return f"at least {_long(minimum)} and up to {_long(maximum)} in prison"
    return f"up to {_long(maximum)} in prison, with no minimum"


def _paragraph(cite: str) -> str:
    """The first citation of several, as it is named in a sentence."""
    return cite.partition(";")[0]


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _in_sentence(name: str) -> str:
    """A drug's name inside a sentence: 'heroin' for 'Heroin', but 'LSD'."""
    return name[:1].lower() + name[1:] if name[1:2].islower() or name[1:2] == " " else name
