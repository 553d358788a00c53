"""USSG §2D1.1(c), its notes and comment. n.7 to n.10: drugs as people name them, and their level."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculator.answer import DrugLevel
from calculator.kinds import NO, UNKNOWN, YES, BadCase
from calculator.law.drugs import DrugTables
from calculator.law.schema import Tables
from calculator.reading import read_case
from calculator.rules.conversion import drug_level, echo, level_curve, near, statutory_amounts
from calculator.scenario import Drug
from calculator.trace import Finding, Stage, Stop
from calculator.units import Quantity

TABLES = DrugTables.read(Tables("guidelines", date(2025, 11, 1)))


def drug(substance: str, quantity: str, **facts: Any) -> Drug:
    """One drug, its amounts and purity given as text."""
    for name in ("weighed", "near_protected"):
        if isinstance(facts.get(name), str):
            facts[name] = Quantity.parse(facts[name])
    if isinstance(facts.get("purity"), str):
        facts["purity"] = Decimal(facts["purity"])
    return Drug(substance=substance, quantity=Quantity.parse(quantity), **facts)


def result(*drugs: Drug) -> DrugLevel:
    """The level of these drugs together."""
    return drug_level(drugs, TABLES)


def level(*drugs: Drug) -> int:
    """Only the number."""
    return result(*drugs).level


def kilograms(*drugs: Drug) -> Decimal:
    """Their converted drug weight."""
    return result(*drugs).converted_g / 1000


def steps(found: DrugLevel, finding: Finding) -> list[str]:
    """The rules with this finding, in order."""
    return [step.rule for step in found.steps if step.finding is finding]


def flags(*drugs: Drug) -> list[str]:
    """What is open about these drugs."""
    return steps(result(*drugs), Finding.FLAGGED)


def error(*drugs: Drug) -> tuple[str, str]:
    """Field and message of the one thing wrong with these drugs."""
    with pytest.raises(BadCase) as bad:
        drug_level(drugs, TABLES)
    (only,) = bad.value.errors
    return only.field, only.message


# --- Worked examples of the Manual --------------------------------------------------------------------------


def test_note_b_example_ten_grams_at_half_purity_hold_five_grams_of_pcp() -> None:
    """Note (B): 10 g containing PCP at 50 % is 5 g of PCP (actual), the level 18 row (4 to 6 g)."""
    found = result(drug("PCP", "10 g", purity="50"))

    assert (found.weights[0].substance, found.weights[0].counted) == ("pcp_actual", 5)
    assert found.level == 18


def test_n5_example_quantities_of_one_drug_are_added() -> None:
    """N.5: a sale of 5 g of heroin and an attempt to sell 10 g more are 15 g: level 14 (10 to 20 g)."""
    found = result(drug("heroin", "5 g"), drug("heroin", "10 g"))

    assert (found.level, found.method, found.row) == (14, "column", "USSG §2D1.1(c)(13)")


def test_n5_example_what_was_delivered_can_be_what_counts() -> None:
    """N.5: 480 g of cocaine delivered is level 22 (400 to 500 g); the 500 g agreed would be level 24."""

    assert level(drug("cocaine", "480 g")) == 22
    assert level(drug("cocaine", "500 g")) == 24


def test_n8a_example_oxymorphone_goes_by_conversion() -> None:
    """N.8(A): 100 g of oxymorphone converts at 5 kg a gram to 500 kg: level 26."""
    found = result(drug("oxymorphone", "100 g"))

    assert (found.level, found.method, found.converted_g) == (26, "converted", 500_000)


def test_n8c_i_example_pcp_and_lsd() -> None:
    """N.8(C)(i): 70 g of PCP (level 20) and 250 mg of LSD (level 16) are 70 + 25 = 95 kg: level 22."""
    pcp, lsd = drug("PCP", "70 g", purity="1"), drug("LSD", "250 mg", measured="pure")

    assert (level(pcp), level(lsd)) == (20, 16)
    assert (kilograms(pcp, lsd), level(pcp, lsd)) == (95, 22)


def test_n8c_ii_example_marijuana_and_diazepam() -> None:
    """N.8(C)(ii): 500 g of marihuana and 10,000 units of diazepam: 0.5 + 0.625 = 1.125 kg: level 8."""
    marijuana, diazepam = drug("marijuana", "500 g"), drug("diazepam", "10,000 units")

    assert (level(marijuana), level(diazepam)) == (6, 6)
    assert (kilograms(marijuana, diazepam), level(marijuana, diazepam)) == (Decimal("1.125"), 8)


def test_n8c_iii_example_cocaine_and_cocaine_base() -> None:
    """N.8(C)(iii): 80 g of cocaine and 2 g of cocaine base: 16 + 7.142 = 23.142 kg: level 16."""
    cocaine, base = drug("cocaine", "80 g"), drug("crack", "2 g")

    assert (level(cocaine), level(base)) == (14, 12)
    assert (kilograms(cocaine, base), level(cocaine, base)) == (Decimal("23.142"), 16)


def test_n8c_iv_example_the_caps_of_schedules_iii_iv_and_v() -> None:
    """N.8(C)(iv): 76 kg of III, 12.5 of IV, 3.75 of V: capped at 79.99 kg, which is the level 20 row."""
    found = result(
        drug("schedule_iii", "76,000 units"),
        drug("schedule_iv", "200,000 units"),
        drug("schedule_v", "600,000 units"),
    )

    assert [weight.converted_g for weight in found.weights] == [76_000, 12_500, 3_750]
    assert (found.converted_g, found.level) == (79_990, 20)
    # V at 2.49, then IV + V at 9.99, then all three at 79.99.
    assert sum("count for no more than" in step.words for step in found.steps) == 3


def test_n9_example_doses_of_mescaline() -> None:
    """N.9: 100 doses of mescaline at 500 mg are 50 g; at 10 g a gram 0.5 kg, and the minimum is level 12."""
    found = result(drug("mescaline", "100 doses"))

    assert (found.weights[0].counted, found.level) == (50, 12)


def test_chapter_three_example_cocaine_and_heroin() -> None:
    """Ch. 3, Pt. D, illustration 2: 230 + 150 g of cocaine and 75 g of heroin: 46 + 30 + 75 = 151 kg: 24."""
    found = result(drug("cocaine", "230 g"), drug("cocaine", "150 g"), drug("heroin", "75 g"))

    assert [weight.converted_g for weight in found.weights] == [46_000, 30_000, 75_000]
    assert (found.converted_g, found.level) == (151_000, 24)


def test_mitigating_role_example_25_grams_of_cocaine() -> None:
    """§3B1.2 n.3(B): 25 g of cocaine is level 12 under §2D1.1."""

    assert level(drug("cocaine", "25 g")) == 12


def test_protected_location_example_near_and_elsewhere() -> None:
    """§2D1.2 n.1: 5 g of heroin near and 10 g elsewhere: level 12 for the near 5 g, level 14 for all 15 g."""
    near_part = drug("heroin", "15 g", near_protected="5 g")

    assert (level(*near((near_part,))), level(near_part)) == (12, 14)


# --- Trap: one column, or conversion ------------------------------------------------------------------------


def test_28_grams_of_crack_is_level_24_though_its_converted_weight_says_22() -> None:
    """§2D1.1(c)(8): 28 g × 3,571 = 99.988 kg, short of the 100 kg row; one substance uses its own column."""
    found = result(drug("crack", "28 g"))

    assert (found.level, found.method, found.converted_g) == (24, "column", 99_988)
    assert steps(found, Finding.FLAGGED) == []


def test_a_trifle_of_a_second_drug_lowers_28_grams_of_crack_and_says_so() -> None:
    """N.8(B), read as printed: 99.988 kg + 1 g = 99.989 kg is level 22. No text makes level 24 a floor."""
    found = result(drug("crack", "28 g"), drug("marijuana", "1 g"))

    assert (found.level, found.method) == (22, "converted")
    assert steps(found, Finding.FLAGGED) == ["2D1.1 n.8(B)"]
    # 12 g more closes the gap to 100 kg exactly.
    assert level(drug("crack", "28 g"), drug("marijuana", "12 g")) == 24
    assert flags(drug("crack", "28 g"), drug("marijuana", "12 g")) == []


@pytest.mark.parametrize(("substance", "amount"), [("hashish", "4 kg"), ("hashish oil", "400 g")])
def test_hashish_at_level_16_is_higher_by_conversion_than_by_column(substance: str, amount: str) -> None:
    """§2D1.1(c)(12)–(13): 4 kg × 5 and 400 g × 50 are 20 kg (level 16), but by its column it is level 14."""

    assert level(drug(substance, amount)) == 14
    assert level(drug(substance, amount), drug("marijuana", "1 g")) == 16


@pytest.mark.parametrize(
    ("units", "alone", "with_marijuana"),
    [
        ("312", 12, 10),  # 312 × 16 g = 4.992 kg
        ("313", 12, 12),  # 313 × 16 g = 5.008 kg
        ("156", 10, 8),  # 156 × 16 g = 2.496 kg
        ("155", 8, 8),  # 155 × 16 g = 2.48 kg
        ("62", 8, 6),  # 62 × 16 g = 0.992 kg; the minimum of 8 is not printed for marijuana beside it
    ],
)
def test_flunitrazepam_is_rounded_down_in_its_column(units: str, alone: int, with_marijuana: int) -> None:
    """§2D1.1(c)(14)–(16): 312 and 156 units stand for 312.5 and 156.25."""
    pills = drug("flunitrazepam", f"{units} pills")
    both = pills, drug("marijuana", "1 g")

    assert (level(pills), level(*both)) == (alone, with_marijuana)
    assert ("2D1.1 n.8(B)" in flags(*both)) is (with_marijuana < alone)


# --- Minimum levels and caps --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "drugs",
    [
        (drug("codeine", "1 g"),),  # 80 g converted
        (drug("khat", "1 kg"),),  # 0.01 kg converted
        (drug("bath salts", "1 g"),),
        (drug("mushrooms_dry", "10 g"),),
        (drug("k2", "1 g"),),
        (drug("codeine", "1 g"), drug("marijuana", "1 g")),
    ],
)
def test_level_12_is_the_least_for_five_classes(drugs: tuple[Drug, ...]) -> None:
    """N.8(D), provisos *: individually or in combination with another controlled substance."""
    found = result(*drugs)

    assert (found.level, found.row) == (12, "USSG §2D1.1(c)(14)")
    assert found.converted_g < 5_000


def test_thc_and_list_i_chemicals_have_no_minimum_level() -> None:
    """N.8(D): no proviso is printed for Schedule I marihuana or list I chemicals. 1 g of THC is 167 g: level
    6.
    """

    assert level(drug("THC (organic)", "1 g")) == 6
    assert level(drug("ephedrine", "50 mg", measured="pure")) == 6


def test_flunitrazepam_keeps_level_8_only_in_the_company_printed() -> None:
    """N.8(D), proviso **: with depressants and Schedule III, IV or V drugs, not with marihuana."""
    pills = drug("flunitrazepam", "10 pills")  # 160 g converted

    assert level(pills) == 8
    for other in ("schedule_i_or_ii_depressant", "schedule_iii", "ketamine", "alprazolam", "schedule_v"):
        assert level(pills, drug(other, "10 pills")) == 8
    assert level(pills, drug("ghb", "10 ml")) == 8
    found = result(pills, drug("alprazolam", "10 pills"), drug("marijuana", "1 g"))
    assert (found.level, steps(found, Finding.NOT_APPLICABLE)) == (6, ["2D1.1 n.8(D)"])


def test_schedule_iv_and_v_are_capped_together_at_9_99_kilograms() -> None:
    """N.8(D), proviso ****: 9.375 + 2.49 = 11.865 kg counts as 9.99, level 12; example (iv) would say 14."""
    four, five = drug("alprazolam", "150,000 pills"), drug("schedule_v", "600,000 units")
    found = result(four, five)

    assert (found.converted_g, found.level) == (9_990, 12)
    assert steps(found, Finding.FLAGGED) == ["2D1.1 n.8(D)"]
    # With 1 kg of marijuana: 10.99 or 12.865 kg, level 14 by either reading, so nothing is open.
    assert level(four, five, drug("marijuana", "1 kg")) == 14
    assert flags(four, five, drug("marijuana", "1 kg")) == []


@pytest.mark.parametrize(
    ("substance", "units", "expected"),
    [("schedule_iii", "60,000", 20), ("schedule_iv", "80,000", 12), ("schedule_v", "160,000", 8)],
)
def test_no_amount_of_one_schedule_passes_its_last_row(substance: str, units: str, expected: int) -> None:
    """§2D1.1(c)(10), (14), (16): "or more" of Schedule III, IV and V stops at levels 20, 12 and 8."""

    assert level(drug(substance, f"{units} units")) == expected
    assert level(drug(substance, "900,000,000 units")) == expected
    # In company the cap does the same: 79.99, 9.99 and 2.49 kg stay below the next row with 0.001 kg more.
    assert level(drug(substance, "900,000,000 units"), drug("marijuana", "1 g")) == expected


def test_two_drugs_of_one_schedule_share_its_column() -> None:
    """§2D1.1(c)(15): 20,000 pills of alprazolam and 20,000 of clonazepam are 40,000 units: level 10."""
    found = result(drug("xanax", "20,000 pills"), drug("klonopin", "20,000 pills"))

    assert (found.level, found.method) == (10, "column")
    assert [weight.name for weight in found.weights] == ["Alprazolam (Xanax)", "Clonazepam (Klonopin)"]
    assert "Schedule IV substances (except Flunitrazepam)" in found.steps[-1].words


# --- Methamphetamine, PCP, amphetamine: mixture, actual, Ice ------------------------------------------------


@pytest.mark.parametrize(
    ("purity", "counted_as", "amount", "expected"),
    [
        ("9.9", "methamphetamine", "100", 24),  # 9.9 g actual = 198 kg; 100 g mixture = 200 kg
        ("10", "methamphetamine", "100", 24),  # equal: 10 g actual is level 24 too
        ("20", "methamphetamine_actual", "20", 26),
        ("50", "methamphetamine_actual", "50", 30),
        ("49.9", "methamphetamine_actual", "49.9", 28),
    ],
)
def test_the_greater_of_mixture_and_actual(purity: str, counted_as: str, amount: str, expected: int) -> None:
    """Note (B), 100 g of methamphetamine mixture."""
    found = result(drug("meth", "100 g", purity=purity))

    assert (found.weights[0].substance, found.weights[0].counted) == (counted_as, Decimal(amount))
    assert found.level == expected
    assert steps(found, Finding.FLAGGED) == []


def test_ice_counts_whole_from_80_percent() -> None:
    """Note (C): 60 g at 80 % d-methamphetamine hydrochloride is 60 g of Ice (30), not 48 g actual (28)."""
    ice = result(drug("meth", "60 g", purity="80", d_meth_hydrochloride=YES))
    short = result(drug("meth", "60 g", purity="79.99", d_meth_hydrochloride=YES))

    assert (ice.weights[0].substance, ice.level) == ("ice", 30)
    assert (short.weights[0].substance, short.level) == ("methamphetamine_actual", 28)
    assert "2D1.1(c) note (C)" in steps(short, Finding.NOT_APPLICABLE)


def test_an_isomer_not_stated_is_not_ice_and_the_difference_is_said() -> None:
    """Note (C): unstated is flagged, unknown is unknown, no is settled; each counts as actual."""
    unstated = result(drug("meth", "60 g", purity="80"))
    unknown = result(drug("meth", "60 g", purity="80", d_meth_hydrochloride=UNKNOWN))
    other = result(drug("meth", "60 g", purity="80", d_meth_hydrochloride=NO))

    assert (unstated.level, unknown.level, other.level) == (28, 28, 28)
    assert steps(unstated, Finding.FLAGGED) == ["2D1.1(c) note (C)"]
    (open_step,) = [step for step in unknown.steps if step.finding is Finding.UNKNOWN]
    assert open_step.field == "drugs[0].d_meth_hydrochloride"
    assert "30, not 28" in open_step.words
    assert steps(other, Finding.FLAGGED) == steps(other, Finding.UNKNOWN) == []


@pytest.mark.parametrize("name", ["methamphetamine", "PCP", "amphetamine"])
def test_unknown_purity_counts_the_mixture_and_says_what_is_open(name: str) -> None:
    """Note (B): without a purity only the whole mixture can be weighed."""
    unknown = result(drug(name, "60 g", purity=None))
    unset = result(drug(name, "60 g"))

    (open_step,) = [step for step in unknown.steps if step.finding is Finding.UNKNOWN]
    assert open_step.field == "drugs[0].purity"
    assert unknown.level == unset.level
    assert steps(unset, Finding.FLAGGED) == ["2D1.1(c) note (B)"]
    assert steps(unset, Finding.UNKNOWN) == []


def test_the_pure_weight_alone_is_actual() -> None:
    """Note (B): 40 g of methamphetamine itself is level 28 (35 to 50 g)."""
    found = result(drug("meth", "40 g", measured="pure"))

    assert (found.weights[0].substance, found.level) == ("methamphetamine_actual", 28)
    assert flags(drug("meth", "40 g", measured="pure")) == []
    assert flags(drug("meth", "40 g", measured="pure", d_meth_hydrochloride=YES)) == ["2D1.1(c) note (C)"]


def test_batches_of_different_purity_are_counted_one_by_one_and_flagged_when_the_sums_differ() -> None:
    """Note (B) and n.7. One by one: 2,000 kg (1 kg mixture) + 1,800 kg (90 g actual) = 3,800 kg: level 32.

    On the sums: 1,100 g of mixture is 2,200 kg, and 50 + 90 = 140 g actual is 2,800 kg: level 30.
    """
    weak = drug("meth", "1 kg", purity="5")
    strong = drug("meth", "100 g", purity="90", d_meth_hydrochloride=NO)
    found = result(weak, strong)

    assert (found.level, found.converted_g) == (32, 3_800_000)
    assert steps(found, Finding.FLAGGED) == ["2D1.1(c) note (B)"]
    assert "level is 30, not 32" in found.steps[-1].words


def test_batches_are_not_flagged_when_both_readings_agree() -> None:
    """One by one 800 + 1,140 = 1,940 kg; on the sums 57 g actual is 1,140 kg: level 30 by both."""
    drugs = drug("meth", "400 g", purity="1"), drug("meth", "60 g", purity="95", d_meth_hydrochloride=NO)

    assert level(*drugs) == 30
    assert flags(*drugs) == []


def test_two_batches_counted_the_same_way_share_a_column() -> None:
    """N.7: 30 g + 30 g at 50 % hold 15 + 15 = 30 g actual: level 26 (20 to 35 g)."""
    found = result(*[drug("meth", "30 g", purity="50")] * 2)

    assert (found.level, found.method) == (26, "column")


def test_ice_and_actual_batches_add_up() -> None:
    """25 g of Ice and 25 g actual convert to 500 kg each: 1,000 kg, level 30, as 50 g of either would be."""
    found = result(drug("meth", "25 g", purity="90", d_meth_hydrochloride=YES), drug("meth", "25 g", measured="pure"))

    assert (found.level, found.converted_g) == (30, 1_000_000)


def test_purity_does_not_matter_to_heroin_or_cocaine() -> None:
    """Note (A): the entire weight of the mixture."""
    found = result(drug("heroin", "100 g", purity="3"))

    assert found.level == 24
    assert steps(found, Finding.NOT_APPLICABLE) == ["2D1.1(c) note (A)"]


def test_oxycodone_is_weighed_by_the_drug_itself() -> None:
    """Note (B): 3 g of oxycodone (actual) × 6,700 = 20.1 kg: level 16, however heavy the pills."""
    pure = drug("oxycodone", "100 pills", weighed="3 g", measured="pure")
    by_share = drug("oxycodone", "100 pills", weighed="12 g", purity="25")

    assert (kilograms(pure), level(pure)) == (Decimal("20.1"), 16)
    assert (kilograms(by_share), level(by_share)) == (Decimal("20.1"), 16)


def test_oxycodone_of_unknown_strength_counts_nothing_above_the_minimum_level() -> None:
    """N.8(D): the least for an opiate is level 12; what the strength would do is left open."""
    found = result(drug("oxycodone", "100 pills", weighed="12 g", purity=None))

    assert (found.level, found.converted_g) == (12, 0)
    assert steps(found, Finding.UNKNOWN) == ["2D1.1(c) note (B)"]


# --- Doses, pills, plants, measures -------------------------------------------------------------------------


def test_lsd_on_a_carrier_counts_by_the_dose() -> None:
    """Note (G): 1,000 doses × 0.4 mg = 400 mg: level 18, whatever the paper weighs."""
    found = result(drug("LSD", "1,000 doses", weighed="10 g"))

    assert (found.weights[0].counted, found.level) == (Decimal("0.4"), 18)
    assert found.weights[0].words == "1,000 doses × 0.4 mg = 400 mg of LSD"
    assert level(drug("LSD", "999 hits")) == 16


def test_lsd_by_weight_is_the_weight_of_lsd() -> None:
    """Note (G): a weight that might include the carrier is flagged."""

    assert (level(drug("LSD", "1 g")), flags(drug("LSD", "1 g"))) == (24, ["2D1.1(c) note (G)"])
    assert flags(drug("LSD", "1 g", measured="pure")) == []


@pytest.mark.parametrize(
    ("plants", "weighed", "grams", "expected"),
    [
        ("100", None, 10_000, 14),
        ("99", None, 9_900, 12),
        ("20", "3 kg", 3_000, 10),  # more than 20 × 100 g = 2 kg
        ("20", "2 kg", 2_000, 8),
        ("20", "1.9 kg", 2_000, 8),
    ],
)
def test_each_plant_is_100_grams_or_its_greater_weight(
    plants: str, weighed: str | None, grams: int, expected: int
) -> None:
    """Note (E): the actual weight is used only if it is greater."""
    found = result(drug("marijuana", f"{plants} plants", weighed=weighed))

    assert (found.weights[0].counted, found.level) == (grams, expected)


@pytest.mark.parametrize(
    ("given_drug", "counted_as", "amount", "expected"),
    [
        (drug("molly", "200 pills"), "mdma", "50", 16),  # × 250 mg; 50 g × 500 = 25 kg
        (drug("molly", "200 pills", weighed="40 g"), "mdma", "40", 16),  # 20 kg exactly
        (drug("molly", "200 pills", weighed="39.9 g"), "mdma", "39.9", 14),
        (drug("adderall", "100 pills"), "amphetamine_actual", "1", 16),  # × 10 mg actual
        (drug("meth", "100 doses"), "methamphetamine_actual", "0.5", 14),  # × 5 mg actual
        (drug("PCP", "200 units"), "pcp_actual", "1", 14),  # × 5 mg actual
        (drug("weed", "10 joints"), "marihuana", "5", 6),  # × 0.5 g
        (drug("mushrooms_wet", "100 doses"), "mushrooms_wet", "5000", 12),  # × 50 g; 0.5 kg converted
    ],
)
def test_typical_weights_are_used_when_no_better_weight_is_known(
    given_drug: Drug, counted_as: str, amount: str, expected: int
) -> None:
    """N.9; an asterisk makes it the weight of the drug itself, so the (actual) column."""
    found = result(given_drug)

    assert (found.weights[0].substance, found.weights[0].counted) == (counted_as, Decimal(amount))
    assert found.level == expected


def test_the_purity_of_pills_of_typical_weight_gives_the_weight_of_the_whole_pills() -> None:
    """Note (B), n.9: 100 × 5 mg is 0.5 g of the drug itself. At 20 % that is in 2.5 g of pills, 5 kg against 10 kg; at
    2 % in 25 g, 50 kg against 10 kg.
    """
    fifth, fiftieth = (result(drug("meth", "100 pills", purity=share)) for share in ("20", "2"))

    assert (fifth.weights[0].counted, fifth.level) == (Decimal("0.5"), 14)
    assert (fiftieth.weights[0].counted, fiftieth.level) == (25, 18)


def test_what_the_whole_pills_weigh_is_cut_to_the_milligram() -> None:
    """N.9: 0.5 g at 3 % is in 16.6666… g of pills; rounded up it could reach a threshold it does not."""
    assert result(drug("meth", "100 pills", purity="3")).weights[0].counted == Decimal("16.666")


def test_an_unknown_purity_of_pills_is_asked() -> None:
    """Note (B): under 10 % the whole pills count for more than the drug itself in them."""
    found = result(drug("meth", "100 pills", purity=None))

    assert (found.level, steps(found, Finding.UNKNOWN)) == (14, ["2D1.1(c) note (B)"])


def test_a_typical_weight_is_said_to_stand_in() -> None:
    """N.9: “Do not use this table if any more reliable estimate … is available”; with an asterisk it is the weight of
    the drug itself, “a very conservative estimate of the total weight”.

    500 × 10 mg of amphetamine is 5 g: 100 kg and level 24 of the drug itself, 10 kg and level 14 as the whole pills.
    """
    found = result(drug("amphetamine", "500 pills"))
    said = next(step.words for step in found.steps if step.rule == "2D1.1 n.9")

    assert (found.level, flags(drug("amphetamine", "500 pills"))) == (24, ["2D1.1 n.9"])
    assert "the drug level would be 14, not 24" in said
    assert flags(drug("psilocybin", "10 doses")) == ["2D1.1 n.9"]
    assert flags(drug("MDMA", "10 pills")) == []
    assert "2D1.1 n.9" in steps(result(drug("MDMA", "10 pills")), Finding.APPLIED)


@pytest.mark.parametrize(
    ("given_drug", "amount", "measure"),
    [
        (drug("xanax", "100 pills"), "100", "units"),
        (drug("ketamine", "100 ml"), "200", "units"),  # 0.5 ml a unit
        (drug("lean", "1 l"), "2000", "units"),
        (drug("testosterone", "1 g"), "40", "units"),  # 25 mg a unit
        (drug("suboxone", "12 units"), "12", "units"),
        (drug("ghb", "1 l"), "1000", "ml"),
        (drug("ghb", "1 gal"), "3785", "ml"),
        (drug("gbl", "100 g"), "100", "ml"),  # 1 gm = 1 ml (liquid)
        (drug("1,4-butanediol", "5 ml"), "5", "ml"),
        (drug("PCP", "1 qt", purity="1"), "946", "g"),
    ],
)
def test_units_and_milliliters(given_drug: Drug, amount: str, measure: str) -> None:
    """Note (F) and the measurement table."""
    weight = result(given_drug).weights[0]

    assert (weight.counted, weight.measure) == (Decimal(amount), measure)


def test_tablets_of_pseudoephedrine_count_by_the_chemical_in_them() -> None:
    """N.8(D), proviso ******: 10 g in the tablets × 10 kg = 100 kg: level 24."""
    tablets = drug("sudafed", "1,000 pills", weighed="10 g", measured="pure")

    assert (level(tablets), flags(tablets)) == (24, [])
    assert flags(drug("pseudoephedrine", "10 g")) == ["2D1.1 n.8(D)"]
    assert error(replace(tablets, measured="mixture"))[0] == "drugs[0].measured"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 lb", "3 lb = 1,360.8 g"),
        ("1 oz", "1 oz = 28.35 g"),
        ("100 lb", "100 lb = 45.36 kg"),
        ("10 grains", "10 grain = 648 mg"),
        ("1 gal", "1 gal = 3,785 ml"),
        ("2.5 kg", None),
        ("120 g", None),
        ("5 ml", None),
        ("55 plants", None),
    ],
)
def test_an_amount_is_echoed_by_the_manuals_own_factors(text: str, expected: str | None) -> None:
    """N.8(D), page 151: 1 oz = 28.35 gm, 1 lb = 453.6 gm, 1 grain = 64.8 mg, 1 gal = 3.785 liters."""

    assert echo(Quantity.parse(text), TABLES) == expected


def test_ounces_and_pounds_follow_the_manual_not_the_scale() -> None:
    """1 oz of crack is 28.35 g, level 24; 8.81 lb × 453.6 = 3,996.2 g of marijuana."""
    found = result(drug("crack", "1 oz"))

    assert (found.weights[0].counted, found.level) == (Decimal("28.35"), 24)
    assert result(drug("weed", "8.81 lb")).converted_g == Decimal("3996.216")


def test_no_digit_is_ever_rounded() -> None:
    """100 g is level 24; 34 digits below it is level 22, though 28 digits would round it up to 100 g."""
    short = drug("heroin", "99.99999999999999999999999999999999 g")

    assert (level(short), level(drug("heroin", "100 g"))) == (22, 24)
    assert level(replace(short, quantity=Quantity(short.quantity.amount / 1000, "kg"))) == 24


# --- Note (A): more than one drug in a mixture --------------------------------------------------------------


def test_a_mixture_counts_whole_as_the_drug_of_the_greater_level() -> None:
    """Note (A): 40 g of heroin and fentanyl is level 24 as fentanyl (40 g), 18 as heroin."""
    found = result(drug("heroin", "40 g", also_contains=("fentanyl", "heroin")))

    assert (found.weights[0].substance, found.level) == ("fentanyl", 24)
    assert steps(found, Finding.FLAGGED) == []
    assert level(drug("fentanyl", "40 g", also_contains=("heroin",))) == 24
    # The same drug named twice is no mixture of two.
    assert steps(result(drug("heroin", "40 g", also_contains=("heroin",))), Finding.APPLIED) == [
        "2D1.1(c)",
        "2D1.1(c)(11)",
    ]


def test_a_mixture_with_methamphetamine_keeps_its_purity_question() -> None:
    """Notes (A) and (B): 100 g at 50 % is 50 g actual, level 30; as fentanyl 100 g would be level 24."""
    known = drug("meth", "100 g", purity="50", also_contains=("fentanyl",))

    assert (result(known).weights[0].substance, level(known)) == ("methamphetamine_actual", 30)
    # 100 g of fentanyl = 250 kg (24) against 200 kg for the mixture; all pure it would be 2,000 kg (30).
    unknown = result(replace(known, purity=None))
    assert (unknown.weights[0].substance, unknown.level) == ("fentanyl", 24)
    (open_step,) = [step for step in unknown.steps if step.finding is Finding.UNKNOWN]
    assert "30, not 24" in open_step.words
    # 1 g of LSD in PCP is 100 kg; pure PCP would be 10 kg, so its purity changes nothing.
    lsd = result(drug("PCP", "1 g", purity=None, also_contains=("LSD",)))
    (open_step,) = [step for step in lsd.steps if step.finding is Finding.UNKNOWN]
    assert "would still be 24" in open_step.words
    # The other way round the methamphetamine in the mixture has no stated purity: flagged.
    assert flags(drug("fentanyl", "100 g", also_contains=("meth",))) == ["2D1.1(c) note (B)"]


def test_what_cannot_be_weighed_in_a_mixture_is_flagged() -> None:
    """Notes (A), (F): a powder of fentanyl and ketamine cannot be counted in pills."""

    assert flags(drug("fentanyl", "40 g", also_contains=("ketamine",))) == ["2D1.1(c) note (A)"]
    assert level(drug("fentanyl", "40 g", also_contains=("ketamine",))) == 24


def test_a_capped_schedule_that_cannot_give_more_is_not_flagged() -> None:
    """N.8(D): Schedule IV counts for 9.99 kg at most, level 12, which heroin never falls below."""
    assert flags(drug("heroin", "1 g", also_contains=("xanax",))) == []
    assert flags(drug("marijuana", "100 g", also_contains=("xanax",))) == ["2D1.1(c) note (A)"]


# --- What is refused ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_drug", "field", "says"),
    [
        (drug("heroin", "5 plants"), "quantity", "“5 plants” does not fit heroin: use g, kg"),
        (drug("heroin", "5 joints"), "quantity", "does not fit"),
        (drug("LSD", "5 ml"), "quantity", "use g, kg, mg, oz, lb, grain or doses"),
        (drug("LSD", "5 pills"), "quantity", "does not fit"),
        (drug("weed", "5 pills"), "quantity", "does not fit"),
        (drug("weed", "5 units"), "quantity", "does not fit"),
        (drug("xanax", "5 doses"), "quantity", "use pills, units, ml or l"),
        (drug("ghb", "5 pills"), "quantity", "does not fit"),
        (drug("heroin", "30 pills"), "weighed", "no typical weight for pills of heroin"),
        (drug("oxycodone", "30 pills"), "weighed", "only the oxycodone itself"),
        (drug("oxycodone", "30 g"), "measured", "only the oxycodone itself"),
        (drug("heroin", "30 g", weighed="20 g"), "weighed", "only for drugs given as a count"),
        (drug("heroin", "30 g", measured="pure"), "measured", "the law counts the whole mixture"),
        (drug("xanax", "30 pills", measured="pure"), "measured", "the law counts the pills"),
        (
            drug("heroin", "30 g", d_meth_hydrochloride=YES),
            "d_meth_hydrochloride",
            "only for methamphetamine",
        ),
        (drug("heroin", "30 g", near_protected="1 kg"), "near_protected", "more than the whole quantity"),
        (drug("heroin", "30 g", near_protected="5 pills"), "near_protected", "does not go with the whole"),
        (drug("heroine", "30 g"), "substance", "did you mean “heroin”?"),
        (drug("heroin", "30 g", also_contains=("fentanil",)), "also_contains", "did you mean “fentanyl”?"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(given_drug: Drug, field: str, says: str) -> None:
    """Each message names what is accepted."""
    where, message = error(given_drug)

    assert where == f"drugs[0].{field}"
    assert says in message


def test_every_error_is_found_at_once_and_under_its_own_list() -> None:
    """All rows are checked; `where` is the path of the list."""
    drugs = drug("heroine", "30 g"), drug("cocaine", "5 plants")
    with pytest.raises(BadCase) as bad:
        drug_level(drugs, TABLES, "charge.found")
    with pytest.raises(BadCase) as same:
        statutory_amounts(drugs, TABLES, "charge.found")

    expected = ["charge.found[0].substance", "charge.found[1].quantity"]
    assert [item.field for item in bad.value.errors] == expected
    assert [item.field for item in same.value.errors] == expected


def test_no_drugs_at_all_is_refused() -> None:
    """There is no level without a drug."""

    assert error()[0] == "drugs"


@pytest.mark.parametrize("name", ["ketamine", "alprazolam"])
def test_a_powder_counted_in_units_stops(name: str) -> None:
    """Note (F) says what a unit is for pills and liquids, and for no powder but a steroid."""
    with pytest.raises(Stop) as stop:
        result(drug(name, "10 g"))

    assert stop.value.field == "drugs[0].quantity"
    assert stop.value.cite == "USSG §2D1.1(c), note (F)"


# --- The part near a protected place ------------------------------------------------------------------------


def test_a_row_without_a_near_part_is_near_with_all_of_it() -> None:
    """§2D1.2(a)(1): the quantity directly involving a protected location."""
    drugs = drug("heroin", "15 g"), drug("cocaine", "50 g", near_protected="10 g")

    assert near((drugs[0],)) == (drugs[0],)
    assert [str(item.quantity) for item in near(drugs)] == ["15 g", "10 g"]


def test_a_drug_wholly_elsewhere_is_left_out() -> None:
    """`near_protected` of none is read as zero, and such a row does not count near; something must."""
    case = read_case(
        {
            "dates": {"sentenced_on": "2026-06-01", "offense_ended": "2026-01-15"},
            "charge": {"statute": "860"},
            "drugs": [
                {"substance": "heroin", "quantity": "15 g"},
                {"substance": "cocaine", "quantity": "50 g", "near_protected": "none"},
            ],
        }
    )

    assert [item.substance for item in near(case.drugs)] == ["heroin"]
    with pytest.raises(BadCase, match="near_protected"):
        near(case.drugs[1:])


def test_a_weight_beside_a_count_is_shared_out() -> None:
    """10 of 20 plants that weigh 3 kg are taken to weigh 1.5 kg; a part given by weight needs no sharing."""
    plants = drug("weed", "20 plants", weighed="3 kg", near_protected="10 plants")
    (half,) = near((plants,))
    (by_weight,) = near((replace(plants, near_protected=Quantity.parse("2 kg")),))

    assert (half.weighed, result(half).converted_g) == (Quantity(Decimal("1.5"), "kg"), 1_500)
    assert (by_weight.weighed, result(by_weight).converted_g) == (None, 2_000)


# --- The same drugs by the statutes -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_drug", "expected"),
    [
        (drug("heroin", "1 oz"), ("heroin", "I/II", "28.35", None, None)),
        (drug("meth", "60 g", purity="95"), ("methamphetamine", "I/II", "60", "57", None)),
        (drug("meth", "60 g", purity=None), ("methamphetamine", "I/II", "60", None, None)),
        # The pure drug is itself a substance containing it, so its mixture weighs at least as much.
        (drug("meth", "60 g", measured="pure"), ("methamphetamine", "I/II", "60", "60", None)),
        (drug("meth", "100 pills"), ("methamphetamine", "I/II", None, None, None)),
        (drug("PCP", "1 kg", purity="10"), ("pcp", "I/II", "1000", "100", None)),
        # The statute weighs the paper; the 0.4 mg dose is the guideline's.
        (drug("LSD", "1,000 doses", weighed="10 g"), ("lsd", "I/II", "10", None, None)),
        (drug("LSD", "1,000 doses"), ("lsd", "I/II", None, None, None)),
        (drug("LSD", "1 g", measured="pure"), ("lsd", "I/II", "1", None, None)),
        (drug("LSD", "1 g", weighed="12 g"), ("lsd", "I/II", "12", None, None)),
        (drug("weed", "55 plants"), ("marijuana", "marihuana", None, None, 55)),
        (drug("weed", "55 plants", weighed="9 kg"), ("marijuana", "marihuana", "9000", None, 55)),
        (drug("weed", "10 lb"), ("marijuana", "marihuana", "4536", None, None)),
        (drug("hashish", "1 kg"), ("hashish", "marihuana", "1000", None, None)),
        (drug("carfentanil", "10 g"), ("fentanyl_analogue", "I/II", "10", None, None)),
        (drug("frs", "10 g"), ("fentanyl_related_substance", "I/II", "10", None, None)),
        (drug("xanax", "100 pills"), ("alprazolam", "IV", None, None, None)),
        (drug("roofies", "100 pills", weighed="2 g"), ("flunitrazepam", "IV", "2", None, None)),
        (drug("ghb", "1 l"), ("ghb", "I/II", "1000", None, None)),
        (drug("pseudoephedrine", "1 kg"), ("pseudoephedrine", "list I", "1000", None, None)),
    ],
)
def test_amounts_as_the_statute_weighs_them(given_drug: Drug, expected: tuple[object, ...]) -> None:
    """21 U.S.C. 841(b)(1)(A), (B): mixture, pure drug for PCP and methamphetamine, plants; LSD with its
    carrier.
    """
    (amount,) = statutory_amounts((given_drug,), TABLES, "drugs")
    weights = [None if item is None else Decimal(str(item)) for item in expected[2:4]]

    assert (amount.substance, amount.schedule, amount.mixture_g, amount.pure_g, amount.plants) == (
        *expected[:2],
        *weights,
        expected[4],
    )
    assert amount.field == "drugs[0].quantity"


def test_every_drug_in_a_mixture_has_its_own_statutory_amount() -> None:
    """841(b)(1): "a mixture or substance containing a detectable amount" of each."""
    found = statutory_amounts((drug("heroin", "100 g", also_contains=("fentanyl", "heroin")),), TABLES)

    assert [(item.substance, item.mixture_g) for item in found] == [("heroin", 100), ("fentanyl", 100)]


# --- Everything at once -------------------------------------------------------------------------------------

# One substance for each column that is counted by its whole amount, with facts that leave no question open.
COLUMNS = {
    "heroin": drug("heroin", "1 g"),
    "cocaine": drug("cocaine", "1 g"),
    "cocaine_base": drug("crack", "1 g"),
    "pcp": drug("PCP", "1 g", purity="1"),
    "pcp_actual": drug("PCP", "1 g", measured="pure"),
    "methamphetamine": drug("meth", "1 g", purity="1"),
    "methamphetamine_actual": drug("meth", "1 g", measured="pure"),
    "ice": drug("meth", "1 g", purity="80", d_meth_hydrochloride=YES),
    "amphetamine": drug("amphetamine", "1 g", purity="1"),
    "amphetamine_actual": drug("amphetamine", "1 g", measured="pure"),
    "lsd": drug("LSD", "1 g", measured="pure"),
    "fentanyl": drug("fentanyl", "1 g"),
    "fentanyl_analogue": drug("fentanyl_analogue", "1 g"),
    "marihuana": drug("marijuana", "1 g"),
    "hashish": drug("hashish", "1 g"),
    "hashish_oil": drug("hashish oil", "1 g"),
    "ketamine": drug("ketamine", "1 unit"),
    "schedule_i_or_ii_depressants": drug("methaqualone", "1 unit"),
    "schedule_iii": drug("schedule_iii", "1 unit"),
    "flunitrazepam": drug("flunitrazepam", "1 unit"),
    "schedule_iv": drug("schedule_iv", "1 unit"),
    "schedule_v": drug("schedule_v", "1 unit"),
}
OTHERS = [
    drug(name, "1 ml" if name in ("ghb", "gbl") else "1 g")
    for name in ("codeine", "methylphenidate", "bath salts", "mdma", "k2", "thc_organic", "ghb", "gbl", "ephedrine")
]
# Where adding another drug lowers the level: the Manual's own rounding, and one proviso with a narrow scope.
LOWERED = {
    *(("cocaine_base", row.at_least) for row in TABLES.ladder("cocaine_base") if row.at_least),
    ("flunitrazepam", Decimal(312)),
    ("flunitrazepam", Decimal(156)),
    ("flunitrazepam", Decimal(1)),
}


def of(one: Drug, amount: Decimal) -> Drug:
    """So much of a drug."""
    return replace(one, quantity=Quantity(amount, one.quantity.unit))


def starts(column: str) -> list[Decimal]:
    """Where the rows of a column begin, and a trifle for the lowest."""
    one = Decimal(1) if TABLES.columns[column].measure == "units" else Decimal("0.001")
    return [row.at_least or one for row in TABLES.ladder(column)]


def test_the_columns_tried_are_all_the_columns() -> None:
    """What follows speaks of every column of §2D1.1(c)."""

    assert set(COLUMNS) == set(TABLES.columns)


@pytest.mark.parametrize("column", COLUMNS)
def test_every_row_of_every_column_at_its_threshold_and_a_hair_under(column: str) -> None:
    """§2D1.1(c)(1)–(17) through the whole calculation: at the threshold this row, below it the next."""
    rows = TABLES.ladder(column)
    for row, below in zip(rows, rows[1:], strict=False):
        at = result(of(COLUMNS[column], row.at_least))
        under = result(of(COLUMNS[column], row.at_least - Decimal("1e-12")))

        assert (at.level, at.row, at.method) == (row.level, row.cite, "column")
        assert (under.level, under.row) == (below.level, below.cite)
        assert at.weights[0].substance == column


def test_adding_a_drug_lowers_the_level_only_where_the_manual_rounds() -> None:
    """Every threshold of every column beside every threshold of every other, and beside drugs without a
    column.

    N.8(B) and (D). The places found are exactly those named in LOWERED: cocaine base at each of its
    thresholds (3,571 is rounded down), flunitrazepam at 312 and 156 units, and any less of it beside a drug
    that its proviso does not name. Each time, the answer says so.
    """
    amounts = {(column, start): of(one, start) for column, one in COLUMNS.items() for start in starts(column)}
    alone = {place: level(one) for place, one in amounts.items()}
    amounts.update(((one.substance, Decimal(1)), one) for one in OTHERS)
    alone.update(((one.substance, Decimal(1)), level(one)) for one in OTHERS)
    lowered = set()
    for (one_place, one), (other_place, other) in combinations(amounts.items(), 2):
        if one.substance == other.substance:
            continue
        found = result(one, other)
        lower = {place for place in (one_place, other_place) if found.level < alone[place]}
        lowered |= lower
        assert bool(lower) is any(step.rule == "2D1.1 n.8(B)" for step in found.steps)

    assert lowered == LOWERED


POOL = [*COLUMNS.values(), *OTHERS]
AMOUNTS = st.decimals(min_value="0.001", max_value="200000", places=3)


def some(one: Drug, amount: Decimal) -> Drug:
    """So much of a drug, whole where it is counted."""
    return of(one, amount.to_integral_value() + 1 if one.quantity.counted else amount)


@settings(max_examples=300, deadline=None)
@given(
    company=st.lists(st.tuples(st.sampled_from(POOL), AMOUNTS), max_size=3),
    one=st.sampled_from(POOL),
    amount=AMOUNTS,
    more=AMOUNTS,
)
def test_more_of_one_drug_never_lowers_the_level(
    company: list[tuple[Drug, Decimal]], one: Drug, amount: Decimal, more: Decimal
) -> None:
    """§2D1.1(c): alone and in any company, whether it is more in one row or a row more of the same."""
    rest = [some(other, weight) for other, weight in company]
    less = result(some(one, amount), *rest)

    assert less.level <= level(some(one, amount + more), *rest)
    assert less.level <= level(some(one, amount), some(one, more), *rest)


@settings(max_examples=300, deadline=None)
@given(
    company=st.lists(st.tuples(st.sampled_from(POOL), AMOUNTS), min_size=1, max_size=3),
    one=st.sampled_from(POOL),
    amount=AMOUNTS,
)
def test_adding_a_drug_lowers_the_level_only_with_crack_or_flunitrazepam(
    company: list[tuple[Drug, Decimal]], one: Drug, amount: Decimal
) -> None:
    """N.8(B), (D): the same claim away from the thresholds and in larger company."""
    rest = [some(other, weight) for other, weight in company]
    found = result(some(one, amount), *rest)

    if found.level < level(*rest):
        assert {item.substance for item in rest} & {"crack", "flunitrazepam"}


@settings(max_examples=200, deadline=None)
@given(
    drugs=st.lists(
        st.tuples(st.sampled_from(POOL), AMOUNTS, st.one_of(st.none(), st.decimals("0.1", "100", places=1))),
        min_size=1,
        max_size=4,
    )
)
def test_every_step_is_a_sentence_with_its_citation(
    drugs: list[tuple[Drug, Decimal, Decimal | None]],
) -> None:
    """A verdict never travels without its cite and its why, and the order of the drugs changes no number."""
    rows = tuple(
        some(one, amount) if one.measured == "pure" else replace(some(one, amount), purity=purity)
        for one, amount, purity in drugs
    )
    found = drug_level(rows, TABLES)

    assert all(step.stage is Stage.QUANTITY and step.cite and step.field for step in found.steps)
    assert all(step.words.endswith(".") and "  " not in step.words for step in found.steps)
    backward = drug_level(rows[::-1], TABLES)
    assert (found.level, found.converted_g) == (backward.level, backward.converted_g)
    assert len(found.weights) == len(statutory_amounts(rows, TABLES)) == len(rows)


def test_a_curve_has_the_level_of_each_weight() -> None:
    """USSG §2D1.1(c)(8)–(11): heroin under 60 g is level 18, from 60 g 20, from 80 g 22, from 100 g 24."""
    weights = [Decimal("59.999"), Decimal(60), Decimal("79.999"), Decimal(80), Decimal(100)]

    assert [18, 20, 20, 22, 24] == level_curve(drug("heroin", "1 g"), weights, TABLES)
