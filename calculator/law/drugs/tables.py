"""Every drug table in force, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from calculator.kinds import BadCase, nearest, shown
from calculator.law.drugs.conversion_tables import Cap, ConversionClass, Entry, conversions_from, typical_from
from calculator.law.drugs.measures import Measures
from calculator.law.drugs.quantity_table import Column, QuantityRow, columns_from, note_in
from calculator.law.drugs.substances import Substance, as_compared, substances_from
from calculator.law.schema import LawError, Tables

__all__ = ["DrugTables"]


@dataclass(frozen=True, slots=True, eq=False)
class DrugTables:
    """Every drug table in force, read once. Made by `DrugTables.read`."""

    substances: Mapping[str, Substance]
    columns: Mapping[str, Column]
    converted: Column
    entries: Mapping[str, Entry]
    classes: Mapping[str, ConversionClass]
    caps: tuple[Cap, ...]  # narrowest first; each covers all that the one before it covers
    level_rows: Mapping[int, str]  # level → citation of its row
    measures: Measures
    ice_purity: Decimal  # percent
    ice_cite: str
    plant_g: Decimal
    plant_cite: str
    unit_ml: Decimal
    steroid_g: Decimal
    unit_cite: str
    lsd_dose_g: Decimal
    lsd_cite: str
    cite: str
    conversion_cite: str
    common: tuple[Substance, ...]
    _by_name: Mapping[str, Substance]
    _ambiguous: Mapping[str, str]

    def find(self, name: str, field: str) -> Substance:
        """The substance called `name`, by its id, its printed name or an everyday name.

        Raises `BadCase` at `field` when no substance, or more than one, goes by that name.
        """
        found = self.substances.get(name) or self._by_name.get(as_compared(name))
        if found is not None:
            return found
        asked = self._ambiguous.get(as_compared(name))
        if asked is not None:
            raise BadCase.at(field, f"{shown(name)} {asked}")
        near = nearest(as_compared(name), tuple(self._by_name))
        raise BadCase.at(
            field,
            f"{shown(name)} is not a drug listed here{near}: use a name such as heroin, fentanyl or "
            "methamphetamine; for a drug the Manual does not list, a court uses the closest one it "
            "does (USSG §2D1.1, comment. (n.6))",
        )

    def ladder(self, column: str) -> tuple[QuantityRow, ...]:
        """The rows of a column ("heroin", "converted"), highest level first. `KeyError` if not printed."""
        return self.converted.rows if column == "converted" else self.columns[column].rows

    @classmethod
    def read(cls, tables: Tables) -> DrugTables:
        """Read the drug tables and check them against each other. Raises `LawError` naming file and row."""
        measures = Measures.read(tables("measurement_conversion"))
        table = tables("drug_quantity_table")
        cite = table.cite()
        columns, level_rows = columns_from(table, measures)
        ice = table.row("ice")
        ice.take("page", str)
        ice_purity, ice_cite = ice.take("purity_at_least", Decimal), ice.cite()
        ice.done()
        plant_cite, plant = note_in(table, "plant", measures, each="g")
        unit_cite, unit = note_in(table, "unit", measures, liquid="ml", steroid="g")
        lsd_cite, dose = note_in(table, "lsd_dose", measures, each="g")
        table.done()
        converted = columns.pop("converted", None)
        if converted is None:
            raise LawError(f"{table.where}: there is no column for converted drug weight")
        conversion = tables("drug_conversion_tables")
        classes, entries, caps, conversion_cite = conversions_from(conversion, columns, measures)
        for column in columns.values():
            if column.id not in entries or entries[column.id].measure != column.measure:
                raise LawError(f"{conversion.where}: no entry in {column.measure} for the column {column.id}")
        typical = typical_from(tables("typical_weight"), measures)
        substances, by_name, ambiguous = substances_from(tables("substances"), entries, typical)
        return cls(
            substances=substances,
            columns=columns,
            converted=converted,
            entries=entries,
            classes=classes,
            caps=caps,
            level_rows=level_rows,
            measures=measures,
            ice_purity=ice_purity,
            ice_cite=ice_cite,
            plant_g=plant["each"],
            plant_cite=plant_cite,
            unit_ml=unit["liquid"],
            steroid_g=unit["steroid"],
            unit_cite=unit_cite,
            lsd_dose_g=dose["each"],
            lsd_cite=lsd_cite,
            cite=cite,
            conversion_cite=conversion_cite,
            common=tuple(item for item in substances.values() if item.common),
            _by_name=by_name,
            _ambiguous=ambiguous,
        )
