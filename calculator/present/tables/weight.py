"""Tables of drug weight: the Drug Quantity Table, conversions, typical weights."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal

from calculator.law.drugs import Column, ConversionClass, QuantityRow
from calculator.present import words
from calculator.present.markup import Markup, joined, tag
from calculator.present.tables.grid import cited, fold, table
from calculator.present.values import UnknownValue, law_now
from calculator.units import plain

__all__ = ["measures", "column_of", "column_title", "conversions", "quantity_table", "typical_weights"]

_UNITS = {"units": "units", "ml": "ml"}


def _measured(amount: Decimal, measure: str) -> str:
    return words.grams(amount) if measure == "g" else f"{plain(amount)} {_UNITS[measure]}"


def _row_words(row: QuantityRow, measure: str) -> str:
    if row.less_than is None:
        return f"{_measured(row.at_least, measure)} or more"
    if not row.at_least:
        return f"less than {_measured(row.less_than, measure)}"
    return f"{_measured(row.at_least, measure)} to less than {_measured(row.less_than, measure)}"


def quantity_table(drug: str = "") -> Markup:
    """One drug's column of the Drug Quantity Table, or all of them, folded by drug."""
    columns = law_now().drugs.columns
    if not drug:
        converted = law_now().drugs.converted
        return joined(fold(column_title(column), _column(column)) for column in (*columns.values(), converted))
    return _column(column_of(drug))


def column_of(drug: str) -> Column:
    """The column of a drug by the name of a substance or of a column. Raises `UnknownValue`."""
    drugs = law_now().drugs
    name = drug.replace("-", "_")
    found = drugs.converted if name == "converted" else drugs.columns.get(name)
    if found is None and name in drugs.substances:
        found = drugs.substances[name].column
    if found is None:
        raise UnknownValue(f"“{drug}” has no column in the Drug Quantity Table: use {', '.join(drugs.columns)}")
    return found


def column_title(column: Column) -> str:
    """What a column is called on a page."""
    return column.name.partition(" (N-phenyl")[0].replace("Marihuana", "Marijuana")


def _column(column: Column) -> Markup:
    rows = [(str(row.level), _row_words(row, column.measure), cited(row.cite)) for row in column.rows]
    caption = f"{column_title(column)}: base offense level by weight"
    return table(caption, ("Level", "Amount", "Where"), rows, "ps-quantity")


# What a proviso covers, as note 8(D) names it: beside a least level, and under a cap, which leaves two drugs out.
_IN_COMPANY = {
    "schedule_i_or_ii_depressants": "Schedule I or II depressants",
    "schedule_iii": "Schedule III substances",
    "schedule_iv": "Schedule IV substances",
    "schedule_v": "Schedule V substances",
}
_CAPPED = _IN_COMPANY | {
    "schedule_iii": "Schedule III substances (except ketamine)",
    "schedule_iv": "Schedule IV substances (except flunitrazepam)",
}


def _named(names: Mapping[str, str], covered: Collection[str]) -> str:
    found = [name for key, name in names.items() if key in covered]
    return " and ".join([", ".join(found[:-1]), found[-1]] if len(found) > 1 else found)


def _provisos(of: ConversionClass) -> list[str]:
    """The least level, and what of a tablet counts, as printed beneath the heading."""
    notes = []
    if of.minimum_level is not None:
        company = "any other drug" if of.minimum_with is None else _named(_IN_COMPANY, of.minimum_with)
        notes.append(
            f"Alone or in combination with {company}, the level from the table is at least {of.minimum_level}."
        )
    if of.contained:
        notes.append("Of tablets, only the weight of the chemical in them counts, not that of the whole tablet.")
    return notes


def conversions() -> Markup:
    """The Drug Conversion Tables, folded by heading, with the proviso beneath each."""
    drugs = law_now().drugs
    made = []
    for conversion in drugs.classes.values():
        entries = [entry for entry in drugs.entries.values() if entry.cls is conversion]
        rows = [
            (
                f"{entry.name[0].upper()}{entry.name[1:]}",
                {"g": "1 gram", "units": "1 unit", "ml": "1 milliliter"}[entry.measure],
                words.grams(entry.grams) if entry.grams >= 1 else f"{plain(entry.grams)} g",
                cited(entry.cite),
            )
            for entry in entries
        ]
        heading = conversion.heading.capitalize().replace(" i ", " I ").replace(" ii ", " II ")
        for small, right in (
            ("Lsd", "LSD"),
            ("pcp", "PCP"),
            (" iii", " III"),
            (" iv", " IV"),
            (" v ", " V "),
            ("ghb", "GHB"),
            ("schedule i", "schedule I"),
            ("List i ", "List I "),
        ):
            heading = heading.replace(small, right)
        notes = _provisos(conversion)
        notes += [
            f"All {_named(_CAPPED, cap.covers)} together count as at most {words.grams(cap.grams)} of converted weight."
            for cap in drugs.caps
            if cap.of == conversion.id
        ]
        proviso = tag("p", " ".join(notes), " ", cited(conversion.cite), class_="ps-hint") if notes else ""
        heads = ("Drug", "This much", "counts as", "Where")
        made.append(fold(heading, table(f"{heading}: converted drug weight", heads, rows, "ps-under"), proviso))
    return joined(made)


def typical_weights() -> Markup:
    """The typical weight of a dose, for when nothing better is known."""
    rows = []
    for substance in law_now().drugs.substances.values():
        typical = substance.typical
        if typical is not None:
            weight = (
                f"{plain(typical.grams * 1000)} mg" if typical.grams < Decimal("0.5") else words.grams(typical.grams)
            )
            one = "cigarette" if typical.counted == "cigarettes" else "dose"
            counts = "the drug itself" if typical.actual else "the whole"
            rows.append((substance.label, f"1 {one}", weight, counts, cited(typical.cite)))
    heads = ("Drug", "Counted", "Typical weight", "Weight of", "Where")
    return table("Typical weights, used only when nothing better is known (federal guidelines)", heads, rows)


def measures() -> Markup:
    """The Manual's measurement table: grams in a unit of weight, milliliters in a unit of volume."""
    found = law_now().drugs.measures
    names = {"oz": "1 ounce", "lb": "1 pound", "kg": "1 kilogram", "mg": "1 milligram", "grain": "1 grain",
             "qt": "1 quart", "gal": "1 gallon", "l": "1 liter"}  # fmt: skip
    rows = [
        (names[unit], f"{plain(amount)} {measure}", cited(found.cite))
        for table_of, measure in ((found.grams, "g"), (found.milliliters, "ml"))
        for unit, amount in table_of.items()
        if unit in names
    ]
    return table("Weights and volumes in grams and milliliters (federal guidelines)", ("Unit", "Is", "Where"), rows)
