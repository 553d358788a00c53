"""What must hold for every case: which way each fact can move the answer, over cases made at random.

Each law here follows from the printed text, not from the calculator; the places where the Manual's own
rounding breaks one are listed and tested by name.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculator import solve
from calculator.answer import Answer
from calculator.units import Term
from tests.edges.test_tables import COLUMNS, DATES, quantity_entries

settings.register_profile("cases", deadline=None, max_examples=60, derandomize=True)
settings.load_profile("cases")

CATEGORIES = ["I", "II", "III", "IV", "V", "VI"]

# (substance, unit, most that is worth trying)
WEIGHED = [
    ("heroin", "g", 120_000),
    ("cocaine", "g", 500_000),
    ("cocaine_base", "g", 30_000),
    ("methamphetamine", "g", 50_000),
    ("pcp", "g", 100_000),
    ("amphetamine", "g", 50_000),
    ("lsd", "g", 1_000),
    ("fentanyl", "g", 40_000),
    ("fentanyl_analogue", "g", 10_000),
    ("marihuana", "g", 100_000_000),
    ("hashish", "g", 20_000_000),
    ("hashish_oil", "g", 2_000_000),
    ("oxymorphone", "g", 20_000),
    ("mdma", "g", 200_000),
    ("khat", "g", 10_000_000),
    ("ghb", "ml", 100_000),
    ("ketamine", "units", 1_000_000),
    ("flunitrazepam", "units", 100_000),
    ("schedule_iii", "units", 500_000),
    ("schedule_iv", "units", 5_000_000),
    ("schedule_v", "units", 5_000_000),
]


@st.composite
def amounts(draw: st.DrawFn, unit: str, most: int) -> Decimal:
    """An amount that is as likely to be small as large, exact to a milligram where it is weighed."""
    size = draw(st.integers(0, len(str(most)) - 1))
    whole = draw(st.integers(0, min(most, 10 ** (size + 1))))
    if unit == "units":
        return Decimal(max(whole, 1))
    return Decimal(whole) + Decimal(draw(st.integers(1, 999))).scaleb(-3)


@st.composite
def rows(draw: st.DrawFn, *, of: tuple[str, str, int] | None = None) -> dict[str, Any]:
    """One row of drugs: a substance and an amount in its own unit."""
    name, unit, most = of or draw(st.sampled_from(WEIGHED))
    return {"substance": name, "quantity": f"{draw(amounts(unit, most))} {unit}"}


def asked(drugs: list[dict[str, Any]], **facts: Any) -> Answer:
    """The answer with everything known that is not said, so that nothing forks."""
    case = {
        "dates": DATES,
        "charge": {"statute": "841(a)", "tier": "unknown"},
        "drugs": drugs,
        "plea": {"acceptance": "no", "government_moved": "no"},
        "history": {"points": 2, "three_point_priors": 0, "two_point_priors": 1, "two_point_violent": "no"},
        "motions": {"truthful_disclosure": "no"},
        **facts,
    }
    found = solve(case)
    assert isinstance(found, Answer), (case, found)
    return found


def level(drugs: list[dict[str, Any]]) -> int:
    """The Drug Quantity Table level of these drugs."""
    found = asked(drugs).drug
    assert found is not None
    return found.level


# --- Quantity -----------------------------------------------------------------------------------------------


@given(data=st.data())
@settings(max_examples=200)
def test_more_weight_of_one_drug_never_lowers_the_level(data: st.DataObject) -> None:
    """§2D1.1(c): the rows rise with the amount; alone and beside other drugs."""
    chosen = data.draw(st.sampled_from(WEIGHED))
    others = data.draw(st.lists(rows(), max_size=2, unique_by=lambda row: row["substance"]))
    others = [row for row in others if row["substance"] != chosen[0]]
    less, more = sorted(data.draw(st.lists(amounts(chosen[1], chosen[2]), min_size=2, max_size=2)))

    def at(amount: Decimal) -> int:
        return level([{"substance": chosen[0], "quantity": f"{amount} {chosen[1]}"}, *others])

    assert at(less) <= at(more), f"{less} and {more} {chosen[1]} of {chosen[0]} beside {others}"


@given(
    data=st.data(),
    drug=st.sampled_from(["methamphetamine", "pcp", "amphetamine"]),
    grams=st.integers(1, 60_000),
)
def test_more_purity_never_lowers_the_level(data: st.DataObject, drug: str, grams: int) -> None:
    """§2D1.1(c), note (B): the greater of the mixture and what is pure in it."""
    low, high = sorted(data.draw(st.lists(st.integers(1, 1000), min_size=2, max_size=2)))

    def at(tenths: int) -> int:
        return level([{"substance": drug, "quantity": f"{grams} g", "purity": f"{Decimal(tenths) / 10} %"}])

    assert at(low) <= at(high)


# Alone these are read in a column whose thresholds the conversion ratios do not quite reach (rounded ratios,
# and the least level of flunitrazepam, which other drugs beside it can take away).
ROUNDED = {"cocaine_base", "flunitrazepam"}


@given(
    drugs=st.lists(rows(), min_size=1, max_size=3, unique_by=lambda row: row["substance"]),
    more=rows(),
)
@settings(max_examples=200)
def test_another_drug_never_lowers_the_level_but_where_the_manual_rounds(
    drugs: list[dict[str, Any]], more: dict[str, Any]
) -> None:
    """§2D1.1 n.8(B): quantities are added. Only crack and flunitrazepam can fall, by rounding."""
    before, after = level(drugs), level([*drugs, more])

    if before > after:
        assert ROUNDED & {row["substance"] for row in drugs}, f"{before} fell to {after}: {drugs} and {more}"


@given(grams=amounts("g", 30_000), more=rows(of=("marihuana", "g", 100)))
def test_crack_falls_one_row_at_most(grams: Decimal, more: dict[str, Any]) -> None:
    """§2D1.1 n.8(D): 3,571 g for a gram of crack is 12 g short of 100 kg at 28 g: never more than one row."""
    alone = [{"substance": "cocaine_base", "quantity": f"{grams} g"}]

    assert level(alone) - level([*alone, more]) in (2, 0) or level(alone) < level([*alone, more])


def _printed_thresholds() -> list[Any]:
    return [
        pytest.param(entry.column, entry.at_least, id=f"{entry.column} at {entry.at_least}")
        for entry in quantity_entries()
        if entry.at_least is not None and entry.column != "Converted Drug Weight"
    ]


@pytest.mark.parametrize(("column", "amount"), _printed_thresholds())
def test_the_places_where_a_trifle_lowers_the_level_are_these(column: str, amount: Decimal) -> None:
    """§2D1.1(c), n.8(D): at its thresholds cocaine base (13) and flunitrazepam at 312 and 156 units fall when
    a milligram of marihuana is added; no other drug at any of its thresholds does."""
    named, unit = COLUMNS[column]
    drug = {**named, "quantity": f"{amount} {unit}"}
    trifle = {"substance": "hashish" if column == "Marihuana" else "marihuana", "quantity": "0.001 g"}

    falls = level([drug, trifle]) < level([drug])

    expected = column == "Cocaine Base" or (column == "Flunitrazepam" and amount in (312, 156))
    assert expected == falls


@given(data=st.data())
def test_more_found_never_lowers_the_minimum(data: st.DataObject) -> None:
    """21 U.S.C. 841(b): the tiers rise with the amount charged and found."""
    drug, most = data.draw(
        st.sampled_from(
            [
                ("heroin", 3000),
                ("cocaine", 9000),
                ("cocaine_base", 600),
                ("fentanyl", 900),
                ("marihuana", 2_000_000),
            ]
        )
    )
    less, more = sorted(data.draw(st.lists(amounts("g", most), min_size=2, max_size=2)))

    def at(amount: Decimal) -> tuple[Term, Term]:
        row = {"substance": drug, "quantity": f"{amount} g"}
        statute = asked([row], charge={"statute": "841(a)", "tier": "found_amounts", "found": [row]}).statute
        return statute.minimum_by_law, statute.maximum

    (low_minimum, low_maximum), (high_minimum, high_maximum) = at(less), at(more)
    assert low_minimum <= high_minimum
    assert low_maximum <= high_maximum


# --- Levels, history, penalties -----------------------------------------------------------------------------

FACT = st.sampled_from(["yes", "no"])


@st.composite
def whole_cases(draw: st.DrawFn) -> dict[str, Any]:
    """A case with a good deal in it, all of it known."""
    tier = draw(st.sampled_from(["A", "B", "C"]))
    statute = draw(st.sampled_from(["841(a)", "846", "960", "860", "859"]))
    noticed = draw(FACT)
    three, two, one = draw(st.integers(0, 3)), draw(st.integers(0, 3)), draw(st.integers(0, 4))
    serious = draw(st.integers(0, 2))
    return {
        "charge": {
            "statute": statute,
            "tier": tier,
            "notice_851": noticed,
            "serious_priors": serious,
            # A serious drug felony is a felony drug offense too, so a case that names one states both.
            "drug_priors": draw(st.integers(0, 2)) if serious == 0 else serious,
            "firearm_count": draw(st.sampled_from(["none", "none", "carried"])),
        },
        "drugs": [{"substance": "heroin", "quantity": f"{draw(amounts('g', 100_000))} g"}],
        "conduct": {
            "weapon_possessed": draw(FACT),
            "own_weapon": draw(FACT),
            "violence": draw(st.sampled_from(["no", "no", "yes"])),
            "premises": draw(FACT),
            "import_craft": draw(st.sampled_from(["none", "none", "aircraft"])),
        },
        "role": {
            "part": draw(st.sampled_from(["none", "leader", "small_leader", "minor", "between", "minimal"])),
            "obstruction": draw(FACT),
        },
        "history": {
            "points": 3 * three + 2 * two + one,
            "three_point_priors": three,
            "two_point_priors": two,
            "two_point_violent": draw(FACT) if two else "no",
            "career_predicates": draw(st.integers(0, min(2, three + two + one))),
        },
    }


def answered(case: dict[str, Any], **facts: Any) -> Answer:
    """The answer to a case made at random, with these facts besides."""
    return asked(case["drugs"], **{key: value for key, value in case.items() if key != "drugs"}, **facts)


@given(case=whole_cases(), moved=FACT)
@settings(max_examples=150)
def test_acceptance_never_raises_anything(case: dict[str, Any], moved: str) -> None:
    """§3E1.1: it only takes levels off."""
    without = answered(case)
    accepted = answered(case, plea={"acceptance": "yes", "government_moved": moved})

    assert accepted.offense_level <= without.offense_level
    assert accepted.total.low <= without.total.low
    assert accepted.total.high <= without.total.high


@given(case=whole_cases(), told=FACT, accepted=FACT)
@settings(max_examples=150)
def test_every_minimum_is_at_most_its_maximum(case: dict[str, Any], told: str, accepted: str) -> None:
    """21 U.S.C. 841(b); §5G1.1: a range has its low end first, inside the statute's limits."""
    answer = answered(
        case, motions={"truthful_disclosure": told}, plea={"acceptance": accepted, "government_moved": "no"}
    )

    assert answer.statute.minimum <= answer.statute.minimum_by_law <= answer.statute.maximum
    assert answer.table_range.low <= answer.table_range.high
    assert answer.range.low <= answer.range.high
    assert answer.total.low <= answer.total.high
    assert answer.statute.minimum <= answer.range.low
    assert answer.range.high <= answer.statute.maximum
    assert answer.statute.release_minimum <= answer.statute.release_maximum
    assert answer.supervision.fine_low <= answer.supervision.fine_high


@given(case=whole_cases(), accepted=FACT)
@settings(max_examples=200)
def test_the_safety_valve_never_raises_the_range(case: dict[str, Any], accepted: str) -> None:
    """18 U.S.C. 3553(f), §2D1.1(b)(18), §5C1.2(b): telling everything can only help."""
    plea = {"acceptance": accepted, "government_moved": accepted}
    silent = answered(case, plea=plea)
    told = answered(case, plea=plea, motions={"truthful_disclosure": "yes"})

    assert told.total.low <= silent.total.low
    assert told.total.high <= silent.total.high
    assert told.statute.minimum <= silent.statute.minimum
    assert told.statute.release_minimum <= silent.statute.release_minimum
    # What it never changes: the maximum, the class, the bar on probation.
    assert told.statute.maximum == silent.statute.maximum
    assert told.statute.felony_class == silent.statute.felony_class
    if silent.statute.probation_bar:
        assert told.probation.open is False


@given(case=whole_cases())
def test_a_motion_lifts_no_more_than_the_minimum(case: dict[str, Any]) -> None:
    """18 U.S.C. 3553(e), §5K1.1: a motion raises nothing; the guideline motion alone leaves the minimum."""
    none = answered(case)
    guideline = answered(case, motions={"truthful_disclosure": "no", "substantial_assistance": "guideline"})
    statute = answered(case, motions={"truthful_disclosure": "no", "substantial_assistance": "statute"})

    assert guideline.statute.minimum == none.statute.minimum
    assert statute.statute.minimum <= none.statute.minimum
    assert statute.statute.maximum == none.statute.maximum
    assert statute.statute.felony_class == none.statute.felony_class


@given(few=st.integers(0, 40), many=st.integers(0, 40), under=FACT)
def test_the_category_rises_with_points(few: int, many: int, under: str) -> None:
    """Ch. Five, Pt. A: more points, the same category or a higher one; the range follows."""
    few, many = sorted((few, many))
    heroin = [{"substance": "heroin", "quantity": "100 g"}]
    low = asked(heroin, history={"points": few, "under_sentence": under})
    high = asked(heroin, history={"points": many, "under_sentence": under})

    assert low.history.points <= high.history.points
    assert CATEGORIES.index(low.category) <= CATEGORIES.index(high.category)
    assert low.range.low <= high.range.low


@st.composite
def priors(draw: st.DrawFn) -> dict[str, Any]:
    """One earlier sentence, all of it known."""
    kind = draw(st.sampled_from(["prison", "probation", "fine_or_other", "suspended", "diversion_guilt_admitted"]))
    year, month = draw(st.integers(2006, 2024)), draw(st.integers(1, 9))
    day = draw(st.sampled_from(["05", "20"]))
    row: dict[str, Any] = {
        "sentenced_on": f"{year}-0{month}-{day}",
        "kind": kind,
        "felony": draw(FACT),
        "violent": draw(FACT),
        "controlled_substance_offense": draw(FACT),
        "intervening_arrest": draw(FACT),
        "offense": draw(st.sampled_from(["ordinary", "ordinary", "dui", "trespassing", "vagrancy"])),
    }
    if kind == "prison":
        months = draw(st.integers(0, 40))
        row["imposed"] = f"{months} months" if months else f"{draw(st.integers(1, 80))} days"
        row["consecutive"] = draw(FACT)
        row["released_on"] = "2025-06-05"
    return row


@given(listed=st.lists(priors(), max_size=5), one_more=priors())
@settings(max_examples=200)
def test_one_more_prior_never_lowers_the_points(listed: list[dict[str, Any]], one_more: dict[str, Any]) -> None:
    """§§4A1.1, 4A1.2: a sentence adds points or nothing, alone or inside a single sentence."""
    heroin = [{"substance": "heroin", "quantity": "100 g"}]
    before = asked(heroin, history={"priors": listed})
    after = asked(heroin, history={"priors": [*listed, one_more]})

    assert before.history.points <= after.history.points
    assert CATEGORIES.index(before.history.category) <= CATEGORIES.index(after.history.category)


# --- What is not known --------------------------------------------------------------------------------------

# Facts that can be left open, with every answer each can have.
OPEN: dict[tuple[str, str], list[str]] = {
    ("plea", "acceptance"): ["yes", "no"],
    ("motions", "truthful_disclosure"): ["yes", "no"],
    ("conduct", "weapon_possessed"): ["yes", "no"],
    ("conduct", "violence"): ["yes", "no"],
    ("conduct", "premises"): ["yes", "no"],
    ("role", "obstruction"): ["yes", "no"],
    ("role", "part"): ["none", "leader", "manager", "small_leader", "minor", "between", "minimal"],
    ("charge", "notice_851"): ["yes", "no"],
    ("charge", "death_or_injury_found"): ["yes", "no"],
}


def stated(case: dict[str, Any], answers: dict[tuple[str, str], str]) -> dict[str, Any]:
    """The case with these facts put in."""
    changed = {
        "plea": {"acceptance": "no", "government_moved": "no"},
        "motions": {"truthful_disclosure": "no"},
        **{name: dict(value) if isinstance(value, dict) else value for name, value in case.items()},
    }
    for (group, name), value in answers.items():
        changed[group] = {**changed[group], name: value}
    return changed


@given(case=whole_cases(), names=st.lists(st.sampled_from(sorted(OPEN)), min_size=1, max_size=3, unique=True))
@settings(max_examples=100)
def test_the_spread_has_the_ends_that_trying_everything_finds(
    case: dict[str, Any], names: list[tuple[str, str]]
) -> None:
    """What unknown facts leave open is what one finds by stating each of them every way there is."""
    unknown = answered(stated(case, dict.fromkeys(names, "unknown")))
    every = product(*(OPEN[name] for name in names))
    tried = [answered(stated(case, dict(zip(names, values, strict=True)))) for values in every]
    ends = sorted((answer.total.low, answer.total.high) for answer in tried)

    if unknown.spread is None:
        assert ends[0] == ends[-1] == (unknown.total.low, unknown.total.high)
    elif unknown.spread.complete:
        lowest, highest = unknown.spread.lowest.range, unknown.spread.highest.range
        assert [ends[0], ends[-1]] == [(lowest.low, lowest.high), (highest.low, highest.high)]
