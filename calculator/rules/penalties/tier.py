"""Which paragraph of 21 U.S.C. 841(b) or 960(b) governs.

Quantity counts only as charged and found or admitted (Alleyne v. United States, 570 U.S. 99 (2013)). A paragraph that
is stated must fit a drug; where nothing is known of a finding, the paragraph that needs none is used.
"""

from __future__ import annotations

from calculator.kinds import DONT_KNOW, BadCase
from calculator.law.statutes import Statutes
from calculator.rules.penalties.amounts import Reach, Sum, gravest, reached, without_quantity
from calculator.rules.penalties.doubts import Graver, doubts_about, need_weights, other_measure, say_uncounted
from calculator.rules.penalties.words import capitalized, provision
from calculator.scenario import Case
from calculator.trace import Trace

__all__ = ["tier_of"]

ALLEYNE = "Alleyne v. United States, 570 U.S. 99 (2013)"


def tier_of(
    case: Case,
    statutes: Statutes,
    home: str,
    sums: dict[str, Sum],
    found: dict[str, Sum],
    trace: Trace,
) -> tuple[str, str, list[Graver]]:
    """The paragraph of the ladder, its citation, and the graver ones that the case could turn out to reach."""
    charge, ladder = case.charge, statutes.ladder
    if charge.tier == "found_amounts":
        if not found:
            raise BadCase.at(
                "charge.found", "names only listed chemicals: give the controlled substance that was found"
            )
        governs = gravest(statutes, home, found)
        need_weights(statutes, home, found, governs.tier)
        doubts = doubts_about(statutes, home, found, governs.tier, trace)
        _say_sums(case, found, trace)
        say_uncounted(sums, found, trace)
        trace.applied(
            "quantity found",
            f"{capitalized(governs.words)}. This was charged and found or admitted, so "
            f"{provision(governs.cite)} governs.",
            f"{governs.cite}; {ALLEYNE}",
            field="charge.found",
        )
        return governs.tier, governs.cite, doubts
    if charge.tier != DONT_KNOW:
        return _stated_tier(case, statutes, home, sums, trace)
    if not sums:
        raise BadCase.at("drugs", "is empty: name at least one drug, or state the paragraph charged in charge.tier")
    tiers = {name: without_quantity(statutes, home, one) for name, one in sums.items()}
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
    reaches = [reach for one in sums.values() if (reach := reached(statutes, home, one, one.substance))]
    graver = [r for r in reaches if ladder.paragraphs[r.tier].rank < ladder.paragraphs[tier].rank]
    doubts = doubts_about(statutes, home, sums, tier, trace)
    _say_sums(case, sums, trace)
    if graver:
        best = min(graver, key=lambda r: ladder.paragraphs[r.tier].rank)
        trace.unknown(
            "quantity found",
            f"{capitalized(best.words)}. If that was charged and found by a jury or admitted,"
            f" {provision(best.cite)} governs. It is not known whether it was, so {provision(cite)} is"
            " used, which needs no finding of quantity.",
            f"{best.cite}; {ALLEYNE}",
            field="charge.tier",
        )
        return (
            tier,
            cite,
            [
                Graver(
                    best.tier,
                    f"{provision(best.cite)} is charged and found or admitted",
                    "the amount that was charged and found or admitted",
                    "charge.tier",
                ),
                *(one for one in doubts if ladder.paragraphs[one.tier].rank < ladder.paragraphs[best.tier].rank),
            ],
        )
    trace.applied(
        "quantity found",
        f"No amount known here reaches a line that a jury would have to find, so {provision(cite)} governs.",
        cite,
        field="charge.tier",
    )
    return tier, cite, doubts


def _stated_tier(
    case: Case, statutes: Statutes, home: str, sums: dict[str, Sum], trace: Trace
) -> tuple[str, str, list[Graver]]:
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
        raise BadCase.at("charge.tier", f"“{tier}” does not fit {names}: use {' or '.join(accepted)}, or unknown")
    trace.applied(
        "quantity found",
        f"The paragraph charged and found or admitted is {provision(cite)}.",
        f"{cite}; {ALLEYNE}",
        field="charge.tier",
    )
    if not fitting:
        return tier, cite, []
    rank = ladder.paragraphs[tier].rank
    reaches: list[Reach] = []
    for one in fitting:
        doubt = statutes.amounts.doubts.get(one.substance)
        for substance in (one.substance, doubt.may_be) if doubt else (one.substance,):
            reach = reached(statutes, home, one, substance)
            if reach is not None:
                reaches.append(reach)
    needs_amount = all(without_quantity(statutes, home, one) != tier for one in fitting)
    exact = [reach for reach in reaches if reach.tier == tier]
    if exact:
        cite = exact[0].cite
    if needs_amount and not any(ladder.paragraphs[r.tier].rank <= rank for r in reaches):
        trace.flagged(
            "amount below the line",
            f"The amounts in the case are below every line of {provision(cite)}. The paragraph stated is"
            " used, because what was charged and found or admitted decides. Check it.",
            cite,
            field="charge.tier",
        )
    higher = [reach for reach in reaches if ladder.paragraphs[reach.tier].rank < rank]
    if higher:
        best = min(higher, key=lambda r: ladder.paragraphs[r.tier].rank)
        trace.passed(
            "higher paragraph",
            f"{capitalized(best.words)}, but {provision(best.cite)} was not charged and found or admitted.",
            f"{best.cite}; {ALLEYNE}",
            field="charge.tier",
        )
    for one in sums.values():
        other_measure(statutes, home, one, tier, trace, stated=True)
    return tier, cite, []


def _say_sums(case: Case, sums: dict[str, Sum], trace: Trace) -> None:
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
