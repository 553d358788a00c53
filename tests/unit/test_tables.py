"""Tables that pages show: whole, cited, and with the numbers of the official text."""

import re

import pytest

from calculator.present import tables
from calculator.present.values import UnknownValue
from tests.unit.made_answers import Shape


def cells(html: str) -> list[list[str]]:
    """The rows of a table as texts."""
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)
    return [[" ".join(Shape(cell).text.split()) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in rows]


@pytest.mark.parametrize("name", tables.TABLES)
def test_every_table_is_whole(name: str) -> None:
    """Well formed, with a caption, heads and row heads, and no style attribute."""
    html = tables.TABLES[name]()
    shape = Shape(html)

    assert shape.faults == []
    assert shape.named("caption")
    assert "style=" not in html
    assert html.count('scope="row"') >= 3
    assert 'tabindex="0"' in html


def test_the_minimums_have_both_lines_of_each_drug() -> None:
    """21 U.S.C. 841(b)(1)(A), (B): thirteen lines, PCP, methamphetamine and marijuana with two each."""
    rows = {row[0]: row[1:3] for row in cells(tables.TABLES["minimums"]())[1:]}

    assert len(rows) == 13
    assert rows["Crack cocaine"] == ["28 g", "280 g"]
    assert rows["Methamphetamine (pure drug)"] == ["5 g", "50 g"]
    assert rows["Methamphetamine (mixture)"] == ["50 g", "500 g"]
    assert rows["Marijuana (plants)"] == ["100 plants", "1,000 plants"]


def test_the_ladder_has_its_rows_as_printed() -> None:
    """(A) five rows, (B) four, (C) four, (D) two, (E) four, (2) two, (3) two, in that order."""
    rows = cells(tables.TABLES["ladder"]())[1:]

    assert len(rows) == 23
    assert rows[0] == ["(b)(1)(A): first case", "10 years", "life", "at least 5 years", "$10,000,000", "Class A felony"]
    starts = [row[0].partition(":")[0] for row in rows]
    assert list(dict.fromkeys(starts)) == [
        "(b)(1)(A)", "(b)(1)(B)", "(b)(1)(C)", "(b)(1)(D)", "(b)(1)(E)", "(b)(2)", "(b)(3)",
    ]  # fmt: skip
    assert rows[-2][-1] == "Class A misdemeanor"


def test_the_classes_follow_on_each_other() -> None:
    """18 U.S.C. 3559(a): “less than twenty-five years but ten or more years”, and so on."""
    rows = {row[0]: row[1:3] for row in cells(tables.TABLES["classes"]())[1:]}

    assert rows["Class C felony"] == ["10 years or more, less than 25 years", "not barred by the class"]
    assert rows["Class E felony"] == ["more than 1 year, less than 5 years", "not barred by the class"]
    assert rows["Class A misdemeanor"][0] == "more than 6 months, 1 year or less"
    assert rows["Class B felony"][1] == "barred"


def test_one_column_of_the_quantity_table() -> None:
    """§2D1.1(c): heroin from 90 kg at level 38 down to less than 10 g at level 12."""
    rows = cells(tables.quantity_table("heroin"))[1:]

    assert rows[0][:2] == ["38", "90 kg or more"]
    assert rows[-1][:2] == ["12", "less than 10 g"]
    assert ["24", "100 g to less than 400 g"] in [row[:2] for row in rows]
    assert tables.quantity_table().count("<details") == 23  # 22 substances and converted weight


def test_a_drug_without_a_column_is_refused() -> None:
    """The message names the columns there are."""
    with pytest.raises(UnknownValue, match="use heroin, cocaine"):
        tables.quantity_table("aspirin")


def test_the_sentencing_table_marks_a_cell_and_says_it() -> None:
    """43 rows and six categories, each with its zone letter; the marked cell is named in words too."""
    html = tables.sentencing_table("24 I")

    assert html.count("<tr>") == 44
    assert html.count('class="ps-letter"') == 43 * 6
    assert html.count("ps-here") == 1
    assert "this case: 51–63 D" in " ".join(Shape(html).text.split())
    with pytest.raises(UnknownValue, match="write 24 I"):
        tables.sentencing_table("I 24")


def test_the_zones_show_their_arithmetic() -> None:
    """§5C1.1(c)(2): one month in prison of nine; (d)(2): half of twelve."""
    text = Shape(tables.TABLES["zones"]()).text

    assert "9 months = 1 month in prison + 8 months of these" in text
    assert "12 months = 6 months in prison + 6 months of these" in text


def test_the_measures_of_the_manual() -> None:
    """§2D1.1, comment. (n.8(D)): 1 oz = 28.35 gm, 1 lb = 453.6 gm, 1 gal = 3.785 liters."""
    rows = {row[0]: row[1] for row in cells(tables.TABLES["measures"]())[1:]}

    assert rows["1 ounce"] == "28.35 g"
    assert rows["1 pound"] == "453.6 g"
    assert rows["1 gallon"] == "3,785 ml"


def test_the_provisos_of_the_conversion_tables_are_whole() -> None:
    """§2D1.1, note 8(D): what the caps leave out, and in whose company flunitrazepam has its floor."""
    text = Shape(tables.TABLES["conversions"]()).text

    assert (
        "All Schedule III substances (except ketamine), Schedule IV substances (except flunitrazepam) and Schedule V "
        "substances together count as at most 79.99 kg of converted weight."
    ) in text
    assert "except flunitrazepam) and Schedule V substances together count as at most 9.99 kg" in text
    assert (
        "in combination with Schedule I or II depressants, Schedule III substances, Schedule IV substances and "
        "Schedule V substances, the level from the table is at least 8."
    ) in text
    assert "Of tablets, only the weight of the chemical in them counts" in text


def test_a_larger_fine_by_statute_is_said_below_the_fine_table() -> None:
    """§5E1.2(c)(4): “a maximum fine greater than $500,000, or … a fine for each day of violation”."""
    text = Shape(tables.TABLES["fines"]()).text

    assert "allows more than $500,000, or a fine for each day of the violation" in text
    assert "USSG §5E1.2(c)(4)" in text


def test_the_truck_stop_section_multiplies_its_fine() -> None:
    """21 U.S.C. 849(b), (c): twice, then three times what 841(b) allows, as the values and the calculation say."""
    rows = [row for row in cells(tables.TABLES["sections"]()) if row[0].startswith("849")]

    assert [row[3] for row in rows] == ["2 × the 841(b) fine", "3 × the 841(b) fine"]
