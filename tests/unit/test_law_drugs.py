"""The drug tables as read: every printed number, every name, and what is refused."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from calculator.kinds import BadCase
from calculator.law.drugs import DrugTables
from calculator.law.schema import LawError, Row, Tables
from calculator.units import Quantity

DAY = date(2025, 11, 1)
TABLES = Tables("guidelines", DAY)
DRUGS = DrugTables.read(TABLES)
NAMES = (
    "drug_quantity_table",
    "drug_conversion_tables",
    "measurement_conversion",
    "typical_weight",
    "substances",
)

# USSG §2D1.1(c), pages 136–142: the highest and the lowest level of each column, and where each row but the
# lowest
# begins ("or more", "at least"). Levels fall by two from row to row.
PRINTED = """
heroin 38 12: 90 kg; 30 kg; 10 kg; 3 kg; 1 kg; 700 g; 400 g; 100 g; 80 g; 60 g; 40 g; 20 g; 10 g
cocaine 38 12: 450 kg; 150 kg; 50 kg; 15 kg; 5 kg; 3.5 kg; 2 kg; 500 g; 400 g; 300 g; 200 g; 100 g; 50 g
cocaine_base 38 12: 25.2 kg; 8.4 kg; 2.8 kg; 840 g; 280 g; 196 g; 112 g; 28 g; 22.4 g; 16.8 g; 11.2 g; 5.6
    g; 2.8 g
pcp 38 12: 90 kg; 30 kg; 10 kg; 3 kg; 1 kg; 700 g; 400 g; 100 g; 80 g; 60 g; 40 g; 20 g; 10 g
pcp_actual 38 12: 9 kg; 3 kg; 1 kg; 300 g; 100 g; 70 g; 40 g; 10 g; 8 g; 6 g; 4 g; 2 g; 1 g
methamphetamine 38 12: 45 kg; 15 kg; 5 kg; 1.5 kg; 500 g; 350 g; 200 g; 50 g; 40 g; 30 g; 20 g; 10 g; 5 g
methamphetamine_actual 38 12: 4.5 kg; 1.5 kg; 500 g; 150 g; 50 g; 35 g; 20 g; 5 g; 4 g; 3 g; 2 g; 1 g; 500
    mg
ice 38 12: 4.5 kg; 1.5 kg; 500 g; 150 g; 50 g; 35 g; 20 g; 5 g; 4 g; 3 g; 2 g; 1 g; 500 mg
amphetamine 38 12: 45 kg; 15 kg; 5 kg; 1.5 kg; 500 g; 350 g; 200 g; 50 g; 40 g; 30 g; 20 g; 10 g; 5 g
amphetamine_actual 38 12: 4.5 kg; 1.5 kg; 500 g; 150 g; 50 g; 35 g; 20 g; 5 g; 4 g; 3 g; 2 g; 1 g; 500 mg
lsd 38 12: 900 g; 300 g; 100 g; 30 g; 10 g; 7 g; 4 g; 1 g; 800 mg; 600 mg; 400 mg; 200 mg; 100 mg
fentanyl 38 12: 36 kg; 12 kg; 4 kg; 1.2 kg; 400 g; 280 g; 160 g; 40 g; 32 g; 24 g; 16 g; 8 g; 4 g
fentanyl_analogue 38 12: 9 kg; 3 kg; 1 kg; 300 g; 100 g; 70 g; 40 g; 10 g; 8 g; 6 g; 4 g; 2 g; 1 g
marihuana 38 6: 90,000 kg; 30,000 kg; 10,000 kg; 3,000 kg; 1,000 kg; 700 kg; 400 kg; 100 kg; 80 kg; 60 kg;
    40 kg; 20 kg; 10 kg; 5 kg; 2.5 kg; 1 kg
hashish 38 6: 18,000 kg; 6,000 kg; 2,000 kg; 600 kg; 200 kg; 140 kg; 80 kg; 20 kg; 16 kg; 12 kg; 8 kg; 5
    kg; 2 kg; 1 kg; 500 g; 200 g
hashish_oil 38 6: 1,800 kg; 600 kg; 200 kg; 60 kg; 20 kg; 14 kg; 8 kg; 2 kg; 1.6 kg; 1.2 kg; 800 g; 500 g;
    200 g; 100 g; 50 g; 20 g
ketamine 38 6: 90,000,000 units; 30,000,000 units; 10,000,000 units; 3,000,000 units; 1,000,000 units;
    700,000 units; 400,000 units; 100,000 units; 80,000 units; 60,000 units; 40,000 units; 20,000 units;
    10,000 units; 5,000 units; 2,500 units; 1,000 units
schedule_i_or_ii_depressants 38 6: 90,000,000 units; 30,000,000 units; 10,000,000 units; 3,000,000 units;
    1,000,000 units; 700,000 units; 400,000 units; 100,000 units; 80,000 units; 60,000 units; 40,000
    units; 20,000 units; 10,000 units; 5,000 units; 2,500 units; 1,000 units
flunitrazepam 38 8: 5,625,000 units; 1,875,000 units; 625,000 units; 187,500 units; 62,500 units; 43,750
    units; 25,000 units; 6,250 units; 5,000 units; 3,750 units; 2,500 units; 1,250 units; 625 units; 312
    units; 156 units
converted 38 6: 90,000 kg; 30,000 kg; 10,000 kg; 3,000 kg; 1,000 kg; 700 kg; 400 kg; 100 kg; 80 kg; 60 kg;
    40 kg; 20 kg; 10 kg; 5 kg; 2.5 kg; 1 kg
schedule_iii 20 6: 60,000 units; 40,000 units; 20,000 units; 10,000 units; 5,000 units; 2,500 units; 1,000
    units
schedule_iv 12 6: 80,000 units; 40,000 units; 16,000 units
schedule_v 8 6: 160,000 units
"""

# USSG §2D1.1, comment. (n.8(D)), pages 148–150: what one gram, unit or milliliter converts to, in printed
# order.
CONVERTED = """
pepap g 700 g
mppp g 700 g
6_monoacetylmorphine g 1 kg
alphaprodine g 100 g
codeine g 80 g
dextromoramide g 670 g
dextropropoxyphene g 50 g
dipipanone g 250 g
ethylmorphine g 165 g
fentanyl g 2.5 kg
fentanyl_analogue g 10 kg
heroin g 1 kg
hydrocodone_actual g 6700 g
hydromorphone g 2.5 kg
laam g 3 kg
levorphanol g 2.5 kg
meperidine g 50 g
methadone g 500 g
mixed_alkaloids_of_opium g 250 g
morphine g 500 g
opium g 50 g
oxycodone_actual g 6700 g
oxymorphone g 5 kg
racemorphan g 800 g
4_methylaminorex g 100 g
aminorex g 100 g
amphetamine g 2 kg
amphetamine_actual g 20 kg
cocaine g 200 g
cocaine_base g 3571 g
fenethylline g 40 g
ice g 20 kg
khat g .01 g
methamphetamine g 2 kg
methamphetamine_actual g 20 kg
methylphenidate g 100 g
n_benzylpiperazine g 100 g
n_ethylamphetamine g 80 g
n_n_dimethylamphetamine g 40 g
phenmetrazine g 80 g
phenylacetone_for_methamphetamine g 416 g
phenylacetone_other g 75 g
synthetic_cathinone g 380 g
pcc g 680 g
dom g 1.67 kg
mda g 500 g
mdma g 500 g
mdea g 500 g
dob g 2.5 kg
bufotenine g 70 g
lsd g 100 kg
det g 80 g
dmt g 100 g
mescaline g 10 g
mushrooms_dry g 1 g
mushrooms_wet g 0.1 g
pce g 1 kg
pma g 500 g
peyote_dry g 0.5 g
peyote_wet g 0.05 g
pcp g 1 kg
pcp_actual g 10 kg
psilocin g 500 g
psilocybin g 500 g
php g 1 kg
tcp g 1 kg
hashish g 5 g
hashish_oil g 50 g
marihuana g 1 g
thc_organic g 167 g
thc_synthetic g 167 g
synthetic_cannabinoid g 167 g
flunitrazepam units 16 g
schedule_i_or_ii_depressants units 1 g
ghb ml 8.8 g
schedule_iii units 1 g
ketamine units 1 g
schedule_iv units 0.0625 g
schedule_v units 0.00625 g
ephedrine g 10 kg
phenylpropanolamine g 10 kg
pseudoephedrine g 10 kg
butanediol ml 8.8 g
gbl ml 8.8 g
"""


def amount(text: str) -> Decimal:
    """A printed quantity in grams or units: metric prefixes only, by hand."""
    quantity = Quantity.parse(text)
    return quantity.amount * {"kg": 1000, "g": 1, "mg": Decimal("0.001"), "units": 1}[quantity.unit]


def columns() -> dict[str, list[tuple[int, Decimal]]]:
    """Each column as (level, where the row begins), from the text above; the lowest row begins at nothing."""
    found = {}
    for line in PRINTED.strip().replace("\n    ", " ").splitlines():
        head, _, body = line.partition(": ")
        name, high, low = head.split()
        starts = [amount(item) for item in body.split("; ")] + [Decimal(0)]
        levels = range(int(high), int(low) - 1, -2)
        found[name] = list(zip(levels, starts, strict=True))
    return found


COLUMNS = columns()


def test_every_column_of_the_table_is_there() -> None:
    """§2D1.1(c) prints 22 substances and converted drug weight."""

    assert set(DRUGS.columns) | {"converted"} == set(COLUMNS)


@pytest.mark.parametrize("name", COLUMNS)
def test_every_row_begins_where_it_is_printed(name: str) -> None:
    """§2D1.1(c)(1)–(17): level and lower bound of each row, and the row's own citation."""
    # Level 38 is row (1) and each row is two levels lower: row = (40 − level) / 2.
    expected = [(level, start, f"USSG §2D1.1(c)({(40 - level) // 2})") for level, start in COLUMNS[name]]

    assert expected == [(row.level, row.at_least, row.cite) for row in DRUGS.ladder(name)]


@pytest.mark.parametrize("name", COLUMNS)
def test_each_row_holds_from_its_threshold_and_not_a_hair_below(name: str) -> None:
    """§2D1.1(c): "at least" is met by the amount itself; "less than" is met by anything smaller."""
    column = DRUGS.converted if name == "converted" else DRUGS.columns[name]
    for (level, start), (below, _) in zip(COLUMNS[name], COLUMNS[name][1:], strict=False):
        assert level == column.row(start).level
        assert below == column.row(start - Decimal("1e-15")).level


def test_every_entry_converts_as_printed() -> None:
    """Comment. n.8(D): 84 entries in 15 classes."""
    expected = []
    for line in CONVERTED.strip().splitlines():
        name, measure, number, unit = line.split()
        expected.append((name, measure, amount(f"{number} {unit}")))

    assert (len(expected), len(DRUGS.classes)) == (84, 15)
    assert expected == [(entry.id, entry.measure, entry.grams) for entry in DRUGS.entries.values()]


def test_minimum_levels_and_caps_are_those_of_the_provisos() -> None:
    """Comment. n.8(D): level 12 for five classes, 8 for flunitrazepam; caps of 79.99, 9.99 and 2.49 kg."""
    minimums = {cls.id: cls.minimum_level for cls in DRUGS.classes.values() if cls.minimum_level is not None}
    caps = {cap.of: (cap.grams, set(cap.covers)) for cap in DRUGS.caps}

    assert minimums == {
        "opiates": 12,
        "stimulants": 12,
        "synthetic_cathinones": 12,
        "hallucinogens": 12,
        "synthetic_cannabinoids": 12,
        "flunitrazepam": 8,
    }
    assert caps == {
        "schedule_iii": (Decimal(79990), {"schedule_iii", "schedule_iv", "schedule_v"}),
        "schedule_iv": (Decimal(9990), {"schedule_iv", "schedule_v"}),
        "schedule_v": (Decimal(2490), {"schedule_v"}),
    }


def test_columns_and_conversion_disagree_only_where_the_manual_rounds() -> None:
    """Cocaine base at all 13 thresholds, hashish and hashish oil at level 16, flunitrazepam at 312 and 156
    units.
    """
    differ = {}
    for name, rows in COLUMNS.items():
        if name != "converted":
            entry = DRUGS.entries[name]
            by_level = dict(COLUMNS["converted"])
            differ[name] = [str(start) for level, start in rows if start and start * entry.grams != by_level[level]]

    assert {name: starts for name, starts in differ.items() if starts} == {
        "cocaine_base": [str(start) for _, start in COLUMNS["cocaine_base"] if start],
        "hashish": ["5000"],
        "hashish_oil": ["500"],
        "flunitrazepam": ["312", "156"],
    }


def test_the_measurement_table_is_exact() -> None:
    """N.8(D), page 151: 1 oz = 28.35 gm, 1 lb = 453.6 gm, 1 grain = 64.8 mg, 1 gal = 3.785 liters."""
    measures = DRUGS.measures

    assert measures.grams == {
        "mg": Decimal("0.001"),
        "g": 1,
        "kg": 1000,
        "oz": Decimal("28.35"),
        "lb": Decimal("453.6"),
        "grain": Decimal("0.0648"),
    }
    assert measures.milliliters == {"ml": 1, "l": 1000, "qt": 946, "gal": 3785}
    assert measures.grams_per_ml == 1


def test_typical_weights_are_those_printed() -> None:
    """Comment. n.9, page 151; an asterisk means the weight of the drug itself."""
    typical = {
        name: (item.typical.grams, item.typical.actual)
        for name, item in DRUGS.substances.items()
        if item.typical is not None
    }

    assert typical == {
        "dom": (Decimal("0.003"), True),
        "mda": (Decimal("0.25"), False),
        "mdma": (Decimal("0.25"), False),
        "mescaline": (Decimal("0.5"), False),
        "pcp": (Decimal("0.005"), True),
        "peyote_dry": (12, False),
        "peyote_wet": (120, False),
        "psilocin": (Decimal("0.01"), True),
        "mushrooms_dry": (5, False),
        "mushrooms_wet": (50, False),
        "psilocybin": (Decimal("0.01"), True),
        "marijuana": (Decimal("0.5"), False),
        "amphetamine": (Decimal("0.01"), True),
        "methamphetamine": (Decimal("0.005"), True),
        "phenmetrazine": (Decimal("0.075"), True),
    }


def test_the_numbers_in_the_notes() -> None:
    """Notes (C), (E), (F), (G): 80 %, 100 g a plant, 0.5 ml and 25 mg a unit, 0.4 mg a dose."""
    found = DRUGS.ice_purity, DRUGS.plant_g, DRUGS.unit_ml, DRUGS.steroid_g, DRUGS.lsd_dose_g

    assert found == (80, 100, Decimal("0.5"), Decimal("0.025"), Decimal("0.0004"))


@pytest.mark.parametrize(
    ("name", "substance", "entry", "schedule", "threshold", "possession"),
    [
        ("crack", "cocaine_base", "cocaine_base", "I/II", "cocaine_base", "opiate_or_cocaine_base"),
        ("Coke", "cocaine", "cocaine", "I/II", "cocaine", "cocaine_flunitrazepam_lsd_pcp"),
        ("weed", "marijuana", "marihuana", "marihuana", "marijuana", "other"),
        ("Marihuana", "marijuana", "marihuana", "marihuana", "marijuana", "other"),
        ("meth", "methamphetamine", "methamphetamine", "I/II", "methamphetamine", "other"),
        ("ice", "methamphetamine", "methamphetamine", "I/II", "methamphetamine", "other"),
        ("Xanax", "alprazolam", "schedule_iv", "IV", None, "other"),
        ("adderall", "amphetamine", "amphetamine", "I/II", None, "other"),
        ("molly", "mdma", "mdma", "I/II", None, "other"),
        ("OxyContin", "oxycodone", "oxycodone_actual", "I/II", None, "opiate_or_cocaine_base"),
        ("fentanyl related substance", "fentanyl_related_substance", "fentanyl_analogue", "I/II",
         "fentanyl_related_substance", "opiate_or_cocaine_base"),
        ("acid", "lsd", "lsd", "I/II", "lsd", "cocaine_flunitrazepam_lsd_pcp"),
        ("angel dust", "pcp", "pcp", "I/II", "pcp", "cocaine_flunitrazepam_lsd_pcp"),
        ("roofies", "flunitrazepam", "flunitrazepam", "IV", None, "cocaine_flunitrazepam_lsd_pcp"),
        ("GHB", "ghb", "ghb", "I/II", None, "other"),
        ("ketamine", "ketamine", "ketamine", "III", None, "other"),
        ("Tylenol 3", "codeine_tablets", "schedule_iii", "III", None, "other"),
        ("codeine", "codeine", "codeine", "I/II", None, "opiate_or_cocaine_base"),
        ("pseudoephedrine", "pseudoephedrine", "pseudoephedrine", "list I", None, "other"),
    ],
)  # fmt: skip
def test_everyday_names_find_the_drug(
    name: str, substance: str, entry: str, schedule: str, threshold: str | None, possession: str
) -> None:
    """Street and brand names lead to the entry the Manual prints; n.4(A) puts Tylenol 3 in Schedule III."""
    found = DRUGS.find(name, "drugs[0].substance")

    assert found.id == substance
    assert found.column is DRUGS.columns.get(entry)
    assert (found.entry.id, found.schedule, found.threshold, found.possession) == (
        entry,
        schedule,
        threshold,
        possession,
    )


def test_each_line_of_the_statute_names_a_substance() -> None:
    """841(b)(1)(A), (B): a line spelled otherwise here than in the statute's table would never be reached."""
    table = Tables("statutes", date(2025, 7, 16))("thresholds")
    lines = {name for row in table.rows("threshold") for name in row.texts("substances")}
    called = {item.threshold or item.id for item in DRUGS.substances.values()}

    assert lines <= called
    assert {item.threshold for item in DRUGS.substances.values() if item.threshold} <= lines


def test_every_opiate_of_schedule_i_or_ii_is_in_the_first_class_of_possession() -> None:
    """§2D2.1(a)(1): heroin or any Schedule I or II opiate, an analogue of these, or cocaine base."""
    first = {item.id for item in DRUGS.substances.values() if item.possession == "opiate_or_cocaine_base"}
    opiates = {item.id for item in DRUGS.substances.values() if item.entry.cls.id == "opiates"}

    assert first == opiates | {"cocaine_base"}


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("heroine", "did you mean “heroin”?"),
        ("fentanil", "did you mean “fentanyl”?"),
        ("no such thing", "is not a drug listed here"),
        ("mushrooms", "use mushrooms_dry or mushrooms_wet"),
        ("methamphetamine (actual)", "measured: pure"),
    ],
)
def test_an_unknown_name_is_refused_with_a_remedy(name: str, says: str) -> None:
    """A miss names the field and the nearest drug; a name for two drugs asks which."""
    with pytest.raises(BadCase, match="drugs.0..substance") as error:
        DRUGS.find(name, "drugs[0].substance")

    assert says in error.value.errors[0].message


def test_forms_offer_the_common_drugs_once_each() -> None:
    """No two drugs of a form's list share a label, and each is found by its label."""
    labels = [item.label for item in DRUGS.common]

    assert len(labels) == len(set(labels))
    assert all(DRUGS.find(item.label, "x") is item for item in DRUGS.common)
    assert {"Heroin", "Fentanyl", "Crack cocaine", "Methamphetamine", "Marijuana"} <= set(labels)


# The tables as they are written, by name.
DATA: dict[str, dict[str, Any]] = {name: TABLES(name)._data for name in NAMES}


# --- What is refused ----------------------------------------------------------------------------------------


class Changed:
    """The tables with one of them edited."""

    def __init__(self, name: str, edit: Callable[[dict[str, Any]], object]) -> None:
        self.name = name
        self.edit = edit

    def __call__(self, name: str) -> Row:
        data = DATA[name]
        if name == self.name:
            data = deepcopy(data)
            self.edit(data)
        return Row(data, name)


def refused(name: str, edit: Callable[[dict[str, Any]], object]) -> str:
    """The message with which an edited table is refused."""
    with pytest.raises(LawError) as error:
        DrugTables.read(Changed(name, edit))  # type: ignore[arg-type]
    return str(error.value)


def rows_of(data: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Every row of a table that must be cited, with a name for it."""
    found = []
    for key, value in data.items():
        if isinstance(value, list):
            for number, item in enumerate(value):
                found.append((f"{key} {number}", item))
                found += [(f"{key} {number} entry", line) for line in item.get("entry", ())]
        elif isinstance(value, dict):
            found.append((key, value))
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_table_without_its_cite_is_refused(name: str) -> None:
    """No file of law without a citation."""

    assert "cite is missing" in refused(name, lambda data: data.pop("cite"))


@pytest.mark.parametrize("name", NAMES)
def test_no_row_is_read_without_its_cite_or_with_an_unknown_key(name: str) -> None:
    """Every row of every drug table is cited, and a misspelled key is an error that names file and row."""
    count = len(rows_of(DATA[name]))
    for index in {*range(0, count, count // 16 + 1), count - 1}:

        def drop(data: dict[str, Any], index: int = index) -> None:
            del rows_of(data)[index][1]["cite"]

        def misspell(data: dict[str, Any], index: int = index) -> None:
            rows_of(data)[index][1]["levle"] = 1

        assert "cite is missing" in refused(name, drop)
        assert "unknown key levle" in refused(name, misspell)


def quantities(data: dict[str, Any], row: int, column: str) -> dict[str, str]:
    """One cell of the Drug Quantity Table."""
    cell: dict[str, str] = data["row"][row]["quantity"][column]
    return cell


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        # (8) heroin is "at least 100 g but less than 400 g"; 401 overlaps row (7), 399 leaves a gap.
        (lambda data: quantities(data, 7, "heroin").update(less_than="401 g"), "row 8 heroin"),
        (lambda data: quantities(data, 7, "heroin").update(less_than="399 g"), "row 8 heroin"),
        (lambda data: quantities(data, 7, "heroin").update(at_least="100 units"), "must be in g"),
        (lambda data: quantities(data, 7, "heroin").update(at_least="a lot"), "does not start with a number"),
        (lambda data: quantities(data, 13, "heroin").update(at_least="1 g"), "lowest row must be open below"),
        (lambda data: quantities(data, 0, "heroin").update(less_than="100 kg"), "open above"),
        (lambda data: quantities(data, 7, "heroin").clear(), "row above begins"),
        (lambda data: data["row"][7]["quantity"].pop("heroin"), "row 9 heroin"),
        (lambda data: data["row"][7]["quantity"].update(heorin={"at_least": "1 g"}), "unknown key heorin"),
        (lambda data: data["row"][7].update(level=26), "does not come below"),
        (lambda data: data["row"][7].update(level="24"), "level must be int"),
        (lambda data: data["column"][0].update(measure="oz"), "measure must be one of"),
        (lambda data: data["column"].pop(), "unknown key converted"),
        (lambda data: data["plant"].update(each="100 units"), "must be in g"),
    ],
)
def test_a_gap_an_overlap_or_a_slip_in_the_quantity_table_is_refused(
    edit: Callable[[dict[str, Any]], object], says: str
) -> None:
    """§2D1.1(c) has neither gaps nor overlaps; each row begins where the row above stops."""

    assert says in refused("drug_quantity_table", edit)


CONVERSION = "drug_conversion_tables"


def conversion_class(data: dict[str, Any], name: str) -> dict[str, Any]:
    """One class of the conversion tables."""
    found: dict[str, Any] = next(item for item in data["class"] if item["id"] == name)
    return found


@pytest.mark.parametrize(
    ("table", "edit", "says"),
    [
        (CONVERSION, lambda data: data["class"].append(data["class"][0]), "there twice"),
        (
            CONVERSION,
            lambda data: data["class"][0]["entry"].append(data["class"][0]["entry"][0]),
            "there twice",
        ),
        (CONVERSION, lambda data: data["class"][0]["entry"].pop(11), "no entry in g for the column heroin"),
        (CONVERSION, lambda data: data["class"][0]["entry"][0].update(converts="700 ml"), "in g"),
        (CONVERSION, lambda data: data["class"][0]["entry"][0].update(converts="700 doses"), "in doses"),
        (
            CONVERSION,
            lambda data: conversion_class(data, "schedule_iv").update(cap_covers=["schedule_iv"]),
            "must cover all",
        ),
        (
            CONVERSION,
            lambda data: conversion_class(data, "schedule_v").update(cap_covers=["schedule_vi"]),
            "must cover all",
        ),
        (
            CONVERSION,
            lambda data: conversion_class(data, "flunitrazepam").update(minimum_with=["schedule_vi"]),
            "is not a class",
        ),
        (
            CONVERSION,
            lambda data: conversion_class(data, "flunitrazepam").pop("minimum_level"),
            "no minimum level",
        ),
        ("measurement_conversion", lambda data: data["row"][2].update(equals="0.4537 kg"), "elsewhere"),
        ("measurement_conversion", lambda data: data["row"][0].update(equals="2 pills"), "not linked"),
        ("measurement_conversion", lambda data: data["row"][5].update(one="kg"), "a liquid row"),
        ("measurement_conversion", lambda data: data["row"].pop(5), "milliliter of liquid"),
        ("typical_weight", lambda data: data["row"].append(data["row"][0]), "there twice"),
        (
            "typical_weight",
            lambda data: data["row"][0].update(substance="domm"),
            "no substance for the typical weight",
        ),
        ("substances", lambda data: data["substance"][0].update(schedule="VI"), "no known schedule"),
        (
            "substances",
            lambda data: data["substance"][0].update(possession="8"),
            "no known schedule or class",
        ),
        ("substances", lambda data: data["substance"][0].update(whole="heorin"), "is not an entry"),
        ("substances", lambda data: data["substance"][0].pop("whole"), "has no entry"),
        ("substances", lambda data: data["substance"][0]["also"].append("crack"), "is also"),
        (
            "substances",
            lambda data: data["substance"][0].update(whole="morphine"),
            "no substance is counted as heroin",
        ),
        ("substances", lambda data: data["ambiguous"][0]["words"].append("heroin"), "must name no substance"),
        ("substances", lambda data: data["substance"][0].update(also=["smack", 1]), "also must be str"),
    ],
)
def test_tables_that_do_not_fit_together_are_refused(
    table: str, edit: Callable[[dict[str, Any]], object], says: str
) -> None:
    """Two rows for one thing, an unlinked unit, an entry nobody reaches: an error naming file and row."""

    assert says in refused(table, edit)


def test_a_table_without_converted_drug_weight_is_refused() -> None:
    """Note (K): without that column nothing could be combined."""

    def without(data: dict[str, Any]) -> None:
        data["column"].pop()
        for row in data["row"]:
            del row["quantity"]["converted"]

    assert "converted drug weight" in refused("drug_quantity_table", without)
