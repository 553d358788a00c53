"""Every row of every printed table, at its threshold and a hair under, against the printed words themselves.

The `printed_*.txt` files beside this one quote the Manual and the Code. They are read here on their own,
knowing nothing of the calculator's law files, so a wrong number in either shows. Wherever a fact can say it,
the row is asked for through the front door.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from calculator import solve
from calculator.answer import Answer
from calculator.law.load import Law, law_for
from calculator.rules import ranges, supervision
from calculator.units import LIFE, Term

HERE = Path(__file__).parent
DATES = {"sentenced_on": "2026-06-01", "offense_began": "2026-01-15", "offense_ended": "2026-01-15"}
# In grams for what is weighed, whole for what is counted.
GRAMS = {
    "KG": Decimal(1000),
    "G": Decimal(1),
    "MG": Decimal("0.001"),
    "kg": Decimal(1000),
    "gm": Decimal(1),
    "mg": Decimal("0.001"),
}
HAIR = Decimal("0.001")  # a milligram


def printed(name: str) -> list[str]:
    """The quoted lines of one table, without the heading that says where they are printed."""
    return (HERE / f"printed_{name}.txt").read_text(encoding="utf-8").splitlines()[1:]


def exact(number: str) -> Decimal:
    """A printed number, “1,875,000” or “.01”, exactly."""
    return Decimal(number.replace(",", ""))


def asked(drugs: list[dict[str, Any]], **charge: Any) -> Answer:
    """The answer for these drugs, with nothing else in the case."""
    found = solve(
        {
            "dates": DATES,
            "charge": {"statute": "841(a)", "tier": "unknown", **charge},
            "drugs": drugs,
            "plea": {"acceptance": "no", "government_moved": "no"},
            "history": {"points": 1},
            "motions": {"truthful_disclosure": "no"},
        }
    )
    assert isinstance(found, Answer), found
    return found


@lru_cache(maxsize=1)
def law() -> Law:
    """The law of every case here."""
    return law_for(sentenced_on=date(2026, 6, 1), offense_ended=date(2026, 1, 15))


# --- The Drug Quantity Table --------------------------------------------------------------------------------


class Entry(NamedTuple):
    """One printed entry: from `at_least` up to but not with `less_than`, in grams or units."""

    level: int
    column: str
    at_least: Decimal | None
    less_than: Decimal | None


_BETWEEN = re.compile(r"at least ([\d.,]+) ?(\w+)? but less than ([\d.,]+) (\w+) of (?:a )?(.+)", re.IGNORECASE)
_FROM = re.compile(r"([\d.,]+) (\w+) or more of (?:a )?(.+)")
_UNDER = re.compile(r"less than ([\d.,]+) (\w+) of (?:a )?(.+)", re.IGNORECASE)


def _amount(number: str, unit: str) -> Decimal:
    return exact(number) * (Decimal(1) if unit == "units" else GRAMS[unit])


def _entry(level: int, words: str) -> Entry:
    if match := _BETWEEN.fullmatch(words):
        low, low_unit, high, unit, column = match.groups()
        return Entry(level, column, _amount(low, low_unit or unit), _amount(high, unit))
    if match := _FROM.fullmatch(words):
        return Entry(level, match[3], _amount(match[1], match[2]), None)
    match = _UNDER.fullmatch(words)
    assert match is not None, words
    return Entry(level, match[3], None, _amount(match[1], match[2]))


def quantity_entries() -> Iterator[Entry]:
    """Every printed entry of the Drug Quantity Table, in printed order."""
    level = 0
    rows: list[tuple[int, str]] = []
    waiting: list[str] = []
    for line in printed("quantity_table"):
        if "⚫" not in line:
            continue
        words, _, right = line.partition("\t")
        if words.startswith("("):
            rows += [(level, text) for text in waiting]
            waiting, level = [], int(right.removeprefix("Level "))
        waiting.append(words.partition("⚫")[2].strip().rstrip(";."))
    rows += [(level, text) for text in waiting]
    for row_level, text in rows:
        for part in text.split(", or "):
            yield _entry(row_level, part)


# How a case names each printed column, and the unit it is given in.
COLUMNS: dict[str, tuple[dict[str, Any], str]] = {
    "Heroin": ({"substance": "heroin"}, "g"),
    "Cocaine": ({"substance": "cocaine"}, "g"),
    "Cocaine Base": ({"substance": "cocaine_base"}, "g"),
    "PCP": ({"substance": "pcp"}, "g"),
    "PCP (actual)": ({"substance": "pcp", "measured": "pure"}, "g"),
    "Methamphetamine": ({"substance": "methamphetamine"}, "g"),
    "Methamphetamine (actual)": ({"substance": "methamphetamine", "measured": "pure"}, "g"),
    "“Ice”": ({"substance": "methamphetamine", "purity": "80 %", "d_meth_hydrochloride": "yes"}, "g"),
    "Amphetamine": ({"substance": "amphetamine"}, "g"),
    "Amphetamine (actual)": ({"substance": "amphetamine", "measured": "pure"}, "g"),
    "LSD": ({"substance": "lsd"}, "g"),
    "Fentanyl (N-phenyl-N-[1-(2-phenylethyl)-4-piperidinyl] Propanamide)": ({"substance": "fentanyl"}, "g"),
    "Fentanyl Analogue": ({"substance": "fentanyl_analogue"}, "g"),
    "Marihuana": ({"substance": "marihuana"}, "g"),
    "Hashish": ({"substance": "hashish"}, "g"),
    "Hashish Oil": ({"substance": "hashish_oil"}, "g"),
    "Ketamine": ({"substance": "ketamine"}, "units"),
    "Schedule I or II Depressants": ({"substance": "schedule_i_or_ii_depressant"}, "units"),
    "Schedule III substances (except Ketamine)": ({"substance": "schedule_iii"}, "units"),
    "Flunitrazepam": ({"substance": "flunitrazepam"}, "units"),
    "Schedule IV substances (except Flunitrazepam)": ({"substance": "schedule_iv"}, "units"),
    "Schedule V substances": ({"substance": "schedule_v"}, "units"),
    "Converted Drug Weight": ({}, "g"),
}


def _drugs(column: str, amount: Decimal) -> list[dict[str, Any]]:
    given, unit = COLUMNS[column]
    if column == "Converted Drug Weight":
        # Marihuana converts gram for gram; a gram of hashish is five. Together they are read by conversion.
        return [
            {"substance": "marihuana", "quantity": f"{amount - 5} g"},
            {"substance": "hashish", "quantity": "1 g"},
        ]
    return [{**given, "quantity": f"{amount} {unit}"}]


def _quantity_cases() -> Iterator[Any]:
    for entry in quantity_entries():
        hair = Decimal(1) if COLUMNS[entry.column][1] == "units" else HAIR
        if entry.at_least is not None:
            yield pytest.param(entry, entry.at_least, id=f"{entry.column}: {entry.at_least} is level {entry.level}")
        if entry.less_than is not None:
            under = entry.less_than - hair
            yield pytest.param(entry, under, id=f"{entry.column}: {under} is level {entry.level}")


def test_the_quantity_table_is_quoted_whole() -> None:
    """17 rows, 23 columns and 314 entries are read from the printed words (§2D1.1(c))."""
    entries = list(quantity_entries())

    assert len(entries) == 314
    assert {entry.column for entry in entries} == set(COLUMNS)
    assert sorted({entry.level for entry in entries}) == [6, *range(8, 40, 2)]


@pytest.mark.parametrize(("entry", "amount"), list(_quantity_cases()))
def test_an_amount_has_the_level_of_its_printed_row(entry: Entry, amount: Decimal) -> None:
    """§2D1.1(c): at the printed threshold the row's level, and a hair under its end still the same level."""
    answer = asked(_drugs(entry.column, amount))

    assert answer.drug is not None
    assert entry.level == answer.drug.level, f"{amount} of {entry.column}: {[step.words for step in answer.drug.steps]}"


# --- The Drug Conversion Tables -----------------------------------------------------------------------------

_CONVERSION = re.compile(r"1 (gm|unit|ml) of (?:an? )?(.+) =\t([\d.,]+) (kg|gm)")
# Printed names a case cannot use as they stand, and the name it uses.
NAMED = {
    "1-(2-Phenylethyl)-4-phenyl-4-acetyloxypiperidine (PEPAP)": "pepap",
    "1-Methyl-4-phenyl-4-propionoxypiperidine (MPPP)": "mppp",
    "6-Monoacetylmorphine": "6-monoacetylmorphine",
    "Dextropropoxyphene/Propoxyphene-Bulk": "dextropropoxyphene",
    "Fentanyl (N-phenyl-N-[1-(2-phenylethyl)-4-piperidinyl] Propanamide)": "fentanyl",
    "Hydromorphone/Dihydromorphinone": "hydromorphone",
    "Levo-alpha-acetylmethadol (LAAM)": "laam",
    "Meperidine/Pethidine": "meperidine",
    "Mixed Alkaloids of Opium/Papaveretum": "papaveretum",
    "4-Methylaminorex (“Euphoria”)": "4-methylaminorex",
    "Cocaine Base (“Crack”)": "cocaine base",
    "Methylphenidate (Ritalin)": "methylphenidate",
    "Phenylacetone (P2P) (when possessed for the purpose of manufacturing methamphetamine)": (
        "phenylacetone_for_methamphetamine"
    ),
    "Phenylacetone (P2P) (in any other case)": "phenylacetone_other",
    "Synthetic Cathinone (except a Schedule III, IV, or V substance)": "synthetic_cathinone",
    "1-Piperidinocyclohexanecarbonitrile (PCC)": "pcc",
    "2,5-Dimethoxy-4-methylamphetamine (DOM)": "dom",
    "3,4-Methylenedioxyamphetamine (MDA)": "mda",
    "3,4-Methylenedioxymethamphetamine (MDMA)": "mdma",
    "3,4-Methylenedioxy-N-ethylamphetamine (MDEA)": "mdea",
    "4-Bromo-2,5-Dimethoxyamphetamine (DOB)": "dob",
    "D-Lysergic Acid Diethylamide/Lysergide (LSD)": "lsd",
    "Diethyltryptamine (DET)": "det",
    "Dimethyltryptamine (DM)": "dmt",
    "Mushrooms containing Psilocin and/or Psilocybin (dry)": "mushrooms_dry",
    "Mushrooms containing Psilocin and/or Psilocybin (wet)": "mushrooms_wet",
    "N-ethyl-1-phenylcyclohexylamine (PCE)": "pce",
    "Paramethoxymethamphetamine (PMA)": "pma",
    "Phencyclidine (PCP)": "pcp",
    "Pyrrolidine Analog of Phencyclidine (PHP)": "php",
    "Thiophene Analog of Phencyclidine (TCP)": "tcp",
    "Cannabis Resin or Hashish": "hashish",
    "Marihuana/Cannabis (granulated, powdered, etc.)": "marihuana",
    "Tetrahydrocannabinol (organic)": "thc_organic",
    "Tetrahydrocannabinol (synthetic)": "thc_synthetic",
    "Synthetic Cannabinoid (except a Schedule III, IV, or V substance)": "synthetic_cannabinoid",
    "Schedule I or II Depressant (except Gamma-hydroxybutyric Acid)": "schedule_i_or_ii_depressant",
    "Schedule III Substance (except Ketamine)": "schedule_iii",
    "Schedule IV Substance (except Flunitrazepam)": "schedule_iv",
    "Schedule V Substance": "schedule_v",
    "Gamma-hydroxybutyric Acid": "ghb",
    "1,4-Butanediol": "butanediol",
    "Gamma Butyrolactone": "gbl",
}
PURE = {
    "Hydrocodone (actual)": "hydrocodone",
    "Oxycodone (actual)": "oxycodone",
    "Amphetamine (actual)": "amphetamine",
    "Methamphetamine (actual)": "methamphetamine",
    "Phencyclidine (PCP) (actual)": "pcp",
}


class Conversion(NamedTuple):
    """One printed line: a gram, unit or millilitre of `name` is `grams` of converted drug weight."""

    name: str
    unit: str
    grams: Decimal
    least_level: int


def conversions() -> Iterator[Conversion]:
    """Each printed line with the least level its heading's asterisks promise."""
    marks = ""
    lines = printed("conversion_tables")
    # “Provided, that the minimum offense level …”: several provisos have one asterisk, and all say level 12.
    provisos = [
        (match[1], int(match[2]))
        for line in lines
        if (match := re.match(r" *(\*+)Provided, that the minimum offense level .* is level (\d+)\.$", line))
    ]
    least = dict(provisos)
    assert set(provisos) == {("*", 12), ("**", 8)}
    for line in lines:
        if line.rstrip().endswith("CONVERTED DRUG WEIGHT"):
            match = re.search(r"(\**)\tCONVERTED", line)
            marks = match[1] if match else ""
        elif match := _CONVERSION.fullmatch(line.strip()):
            grams = exact(match[3]) * GRAMS[match[4]]
            yield Conversion(match[2], match[1], grams, least.get(marks, 6))


def _conversion_drug(line: Conversion, amount: str) -> dict[str, Any]:
    if line.name == "“Ice”":
        return {
            "substance": "methamphetamine",
            "purity": "80 %",
            "d_meth_hydrochloride": "yes",
            "quantity": amount,
        }
    if line.name in PURE:
        return {"substance": PURE[line.name], "measured": "pure", "quantity": amount}
    return {"substance": NAMED.get(line.name, line.name), "quantity": amount}


LISTED_CHEMICALS = ("Ephedrine", "Phenylpropanolamine", "Pseudoephedrine", "Gamma Butyrolactone")
UNITS = {"gm": "g", "unit": "units", "ml": "ml"}


def test_the_conversion_tables_are_quoted_whole() -> None:
    """84 entries in 15 classes are read from the printed words (§2D1.1 n.8(D))."""
    assert len(list(conversions())) == 84


@pytest.mark.parametrize("line", [pytest.param(line, id=line.name) for line in conversions()])
def test_a_drug_converts_as_printed(line: Conversion) -> None:
    """§2D1.1 n.8(D): two of a printed unit beside a gram of marihuana convert to twice the weight and 1 g."""
    drugs = [_conversion_drug(line, f"2 {UNITS[line.unit]}"), {"substance": "marihuana", "quantity": "1 g"}]
    if NAMED.get(line.name) == "marihuana":
        drugs[1] = {"substance": "hashish", "quantity": "0.2 g"}  # as much by another name
    answer = asked(drugs)

    assert answer.drug is not None
    assert 2 * line.grams + 1 == answer.drug.converted_g


@pytest.mark.parametrize("line", [pytest.param(line, id=line.name) for line in conversions()])
def test_a_trifle_of_a_drug_is_at_its_printed_least_level(line: Conversion) -> None:
    """§2D1.1 n.8(D), the provisos, and (c)(14)–(17): the least level there is for each drug, alone."""
    drugs = [_conversion_drug(line, "0.002 g" if line.unit == "gm" else f"1 {UNITS[line.unit]}")]
    if line.name in LISTED_CHEMICALS:
        drugs.append({"substance": "marihuana", "quantity": "0.1 g"})  # alone they are another offense, 841(c)
    answer = asked(drugs)

    assert answer.drug is not None
    assert line.least_level == answer.drug.level


# --- Typical weights ----------------------------------------------------------------------------------------

_TYPICAL = re.compile(r"(?:1 )?(.+?)(\*?)\t([\d.]+) (mg|gm)")
TYPICAL_NAMES = {
    "2,5-Dimethoxy-4-methylamphetamine (STP, DOM)": "dom",
    "3,4-Methylenedioxyamphetamine (MDA)": "mda",
    "3,4-Methylenedioxymethamphetamine (MDMA)": "mdma",
    "Phencyclidine (PCP)": "pcp",
    "Peyote (dry)": "peyote_dry",
    "Peyote (wet)": "peyote_wet",
    "Psilocybe mushrooms (dry)": "mushrooms_dry",
    "Psilocybe mushrooms (wet)": "mushrooms_wet",
    "marihuana cigarette": "marihuana",
    "Phenmetrazine (Preludin)": "phenmetrazine",
}


def typical_weights() -> Iterator[tuple[str, Decimal]]:
    """The printed name and the weight of one dose, in grams."""
    for line in printed("typical_weights"):
        if match := _TYPICAL.fullmatch(line.strip()):
            name = match[1] if not match[1][0].isdigit() or "-" in match[1] else match[1].removeprefix("1 ")
            yield name, exact(match[3]) * GRAMS[match[4]]


@pytest.mark.parametrize(("name", "grams"), [pytest.param(*row, id=row[0]) for row in typical_weights()])
def test_a_thousand_doses_weigh_as_printed(name: str, grams: Decimal) -> None:
    """§2D1.1 n.9: the number of doses times the printed weight of one."""
    unit = "cigarettes" if "cigarette" in name else "doses"
    answer = asked([{"substance": TYPICAL_NAMES.get(name, name), "quantity": f"1000 {unit}"}])

    assert answer.drug is not None
    assert 1000 * grams == answer.drug.weights[0].counted


def test_the_typical_weights_are_quoted_whole() -> None:
    """Fifteen lines are read from the printed words (§2D1.1 n.9)."""
    assert len(list(typical_weights())) == 15


# --- The Sentencing Table -----------------------------------------------------------------------------------

CATEGORIES = ("I", "II", "III", "IV", "V", "VI")


def _term(text: str) -> Term:
    return LIFE if text == "life" else Term(int(text))


def _cells() -> Iterator[tuple[int, str, Term, Term]]:
    for line in printed("sentencing_table"):
        fields = line.split("\t")
        if fields[0].isdigit():
            for category, cell in zip(CATEGORIES, fields[1:], strict=True):
                low, _, high = cell.partition("–")
                yield int(fields[0]), category, _term(low), _term(high or low)


def _zone(low: Term) -> str:
    """The zone by its minimum: 0; 1 to 9; 10 or 12; 15 or more (§5B1.1 n.1, n.2; §5C1.1 n.2, 3, 4, 8)."""
    if low.life or low.months >= 15:
        return "D"
    return "A" if low.months == 0 else "B" if low.months <= 9 else "C"


def test_the_sentencing_table_is_quoted_whole() -> None:
    """43 levels by 6 categories are 258 cells (Ch. Five, Pt. A)."""
    assert len(list(_cells())) == 258


@pytest.mark.parametrize(
    ("level", "category", "low", "high"),
    [pytest.param(*cell, id=f"{cell[0]} {cell[1]}") for cell in _cells()],
)
def test_a_cell_holds_the_printed_range_and_zone(level: int, category: str, low: Term, high: Term) -> None:
    """Ch. Five, Pt. A: the months of the cell, and its zone by the words of the commentary."""
    cell, _ = ranges.table_range(level, category, law().ranges)

    assert (low, high, _zone(low)) == (cell.low, cell.high, cell.zone)


@pytest.mark.parametrize(("level", "row"), [(-4, 1), (0, 1), (44, 43), (60, 43)])
def test_levels_outside_the_table_count_as_its_ends(level: int, row: int) -> None:
    """Ch. Five, Pt. A, n.2: less than 1 is 1, more than 43 is 43."""
    cells = {(at, category): (low, high) for at, category, low, high in _cells()}

    for category in CATEGORIES:
        cell, _ = ranges.table_range(level, category, law().ranges)
        assert cells[row, category] == (cell.low, cell.high)


def _header_points() -> dict[int, str]:
    """The points printed under each category: “I (0 or 1)” … “VI (13 or more)”."""
    points: dict[int, str] = {}
    header = next(line for line in printed("sentencing_table") if line.startswith("Offense Level"))
    for field in header.split("\t")[1:]:
        category, _, words = field.partition(" (")
        numbers = [int(number) for number in re.findall(r"\d+", words)]
        if "more" in words:
            numbers = list(range(numbers[0], 40))
        points.update(dict.fromkeys(numbers, category))
    return points


@pytest.mark.parametrize(("points", "category"), sorted(_header_points().items()))
def test_points_have_the_printed_category(points: int, category: str) -> None:
    """Ch. Five, Pt. A: the points printed over each column, through the front door."""
    answer = solve(
        {
            "dates": DATES,
            "charge": {"statute": "841(a)", "tier": "C"},
            "drugs": [{"substance": "heroin", "quantity": "5 g"}],
            "history": {"points": points},
        }
    )

    assert isinstance(answer, Answer)
    assert (points, category) == (answer.history.points, answer.category)


# --- Fines, career offenders --------------------------------------------------------------------------------


def _fine_rows() -> Iterator[tuple[int, int, int]]:
    """(level, minimum, maximum) for every level the fine table covers, and one beyond each end."""
    for line in printed("fine_table"):
        if "$" not in line:
            continue
        levels, low, high = line.strip().rstrip(".").split("\t")
        money = (int(exact(low.removeprefix("$"))), int(exact(high.removeprefix("$"))))
        numbers = [int(number) for number in re.findall(r"\d+", levels)]
        first, last = (
            (0, numbers[0])
            if "below" in levels
            else (numbers[0], 44)
            if "above" in levels
            else (numbers[0], numbers[-1])
        )
        for level in range(first, last + 1):
            yield (level, *money)


@pytest.mark.parametrize(("level", "low", "high"), list(_fine_rows()))
def test_a_level_has_the_printed_fines(level: int, low: int, high: int) -> None:
    """§5E1.2(c)(3): columns A and B, where the statute's own maximum is not above $500,000."""
    answer = asked([{"substance": "marihuana", "quantity": "1 g"}], tier="D")  # a maximum of $250,000
    from calculator.reading import read_case

    case = read_case({"dates": DATES, "charge": {"statute": "841(a)", "tier": "D"}})
    after = supervision.supervision(case, law(), answer.statute, level, answer.safety_valve)

    assert (low, min(high, 250_000)) == (after.fine_low, after.fine_high)


def test_the_fine_table_covers_every_level() -> None:
    """§5E1.2(c)(3): levels 0 to 44, each once."""
    assert [level for level, _, _ in _fine_rows()] == list(range(45))


def _career_rows() -> Iterator[tuple[Term, int | None]]:
    """(statutory maximum, level) at the beginning of each printed row and a month under its end."""
    for line in printed("career_table"):
        if "\t" not in line:
            continue
        words, level = line.strip().rstrip(".").split("\t")
        years = [int(number) for number in re.findall(r"(\d+) year", words)]
        if "Life" in words:
            yield LIFE, int(level)
        elif "More than" in words:
            yield Term(years[0] * 12), None
            yield Term(years[0] * 12 + 1), int(level)
            yield Term(years[1] * 12 - 1), int(level)
        else:
            yield Term(years[0] * 12), int(level)
            if len(years) > 1:
                yield Term(years[1] * 12 - 1), int(level)


@pytest.mark.parametrize(("maximum", "level"), [pytest.param(*row, id=f"{row[0]}: {row[1]}") for row in _career_rows()])
def test_a_statutory_maximum_has_the_printed_career_level(maximum: Term, level: int | None) -> None:
    """§4B1.1(b): each row at its beginning and a month under the next; one year or less is in no row."""
    row = law().history.career.row(maximum)

    assert level == (None if row is None else row.level)


# --- Statutory amounts --------------------------------------------------------------------------------------

WEIGHTS = {"kilogram": 1000, "kilograms": 1000, "gram": 1, "grams": 1}
CHARGED: dict[str, dict[str, Any]] = {
    "Heroin, mixture": {"substance": "heroin"},
    "Cocaine, mixture": {"substance": "cocaine"},
    "Cocaine base, mixture": {"substance": "cocaine_base"},
    "PCP itself": {"substance": "pcp", "measured": "pure"},
    "PCP, mixture": {"substance": "pcp", "purity": "1 %"},
    "LSD, mixture": {"substance": "lsd"},
    "Fentanyl, mixture": {"substance": "fentanyl"},
    "Fentanyl analogue, mixture": {"substance": "fentanyl_analogue"},
    "Fentanyl-related substance, mixture": {"substance": "fentanyl_related_substance"},
    "Marihuana, weight": {"substance": "marihuana"},
    "Marihuana plants": {"substance": "marihuana"},
    "Methamphetamine itself": {"substance": "methamphetamine", "measured": "pure"},
    "Methamphetamine, mixture": {"substance": "methamphetamine", "purity": "1 %"},
}


def _thresholds() -> Iterator[Any]:
    for line in printed("thresholds"):
        name, *amounts = line.split("\t")
        # 960(b)(1) and (2) have no line by plants.
        sections = ("841(a)", "846") if "plants" in name else ("841(a)", "846", "960", "963")
        for amount, at, under in zip(amounts, (120, 60), (60, 0), strict=True):
            number, unit = amount.split()
            if unit == "plants":
                pairs = [(exact(number), "plants", at), (exact(number) - 1, "plants", under)]
            else:
                grams = exact(number) * WEIGHTS[unit]
                pairs = [(grams, "g", at), (grams - HAIR, "g", under)]
            for statute, (found, word, months) in product(sections, pairs):
                told = f"{statute}, {name}: {found} {word} is {months} months"
                yield pytest.param(statute, name, f"{found} {word}", months, id=told)


@pytest.mark.parametrize(("statute", "name", "amount", "months"), list(_thresholds()))
def test_an_amount_found_brings_its_minimum(statute: str, name: str, amount: str, months: int) -> None:
    """21 U.S.C. 841(b)(1)(A), (B); 960(b)(1), (2): at the line its minimum, a hair under it the next."""
    drug = {**CHARGED[name], "quantity": amount}
    answer = asked([drug], statute=statute, tier="found_amounts", found=[drug])

    assert Term(months) == answer.statute.minimum_by_law
