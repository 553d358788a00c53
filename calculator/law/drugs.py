"""The drug tables of the Guidelines Manual: what a substance is, where it is counted, and at which level.

From USSG §2D1.1: the Drug Quantity Table with the numbers of its notes (subsection (c)), the Drug Conversion
Tables and the measurement table (comment. n.8(D)), and the typical weights (comment. n.9). From `substances`,
the names people use and the place of each drug in 21 U.S.C. 841(b) and §2D2.1. Weights are grams, volumes
milliliters, all `Decimal`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact, InvalidOperation

from calculator.law.schema import LawError, Row, Tables, check_ladder
from calculator.scenario import BadCase, FieldError, nearest, shown
from calculator.units import Quantity, UnitError

__all__ = [
    "Cap",
    "Column",
    "ConversionClass",
    "DrugTables",
    "Entry",
    "Measures",
    "QuantityRow",
    "Substance",
    "Typical",
    "add",
    "divide",
    "multiply",
    "subtract",
]

# Far more digits than any amount that can be typed, so that nothing is ever rounded; what had to be would
# raise.
_EXACT = Context(prec=400, traps=[Inexact, InvalidOperation])
add, subtract, multiply, divide = _EXACT.add, _EXACT.subtract, _EXACT.multiply, _EXACT.divide

MEASURES = ("g", "units", "ml")
POSSESSION = ("opiate_or_cocaine_base", "cocaine_flunitrazepam_lsd_pcp", "other")
SCHEDULES = ("I/II", "III", "IV", "V", "marihuana", "list I")


@dataclass(frozen=True, slots=True)
class QuantityRow:
    """One row of one column: at least `at_least` (0 where nothing is printed) and less than `less_than` is
    `level`.
    """

    level: int
    at_least: Decimal
    less_than: Decimal | None
    cite: str
    page: str


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One substance of the Drug Quantity Table through all its rows, in printed order (highest first)."""

    id: str
    name: str
    measure: str
    rows: tuple[QuantityRow, ...]
    starts: tuple[Decimal, ...]  # where each row starts, lowest first

    def row(self, amount: Decimal) -> QuantityRow:
        """The row an amount above zero falls in; `amount` is in `measure`."""
        return self.rows[-bisect_right(self.starts, amount)]


@dataclass(frozen=True, slots=True, eq=False)
class ConversionClass:
    """One heading of the Drug Conversion Tables with its proviso.

    `minimum_level` binds whenever one of its drugs is counted, in any company; or, where `minimum_with` is
    given, alone and together with drugs of those classes. `contained` is the proviso on tablets of list I
    chemicals.
    """

    id: str
    heading: str
    cite: str
    page: str
    minimum_level: int | None
    minimum_with: frozenset[str] | None
    contained: bool


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One line of the Drug Conversion Tables: `grams` of converted drug weight for one of `measure`.

    `column` is the same substance in the Drug Quantity Table, None where that table does not name it.
    """

    id: str
    name: str
    measure: str
    grams: Decimal
    cls: ConversionClass
    cite: str
    column: Column | None


@dataclass(frozen=True, slots=True)
class Cap:
    """The most that all drugs of some classes count together, in grams of converted drug weight (n.8(D))."""

    of: str
    covers: frozenset[str]
    grams: Decimal
    cite: str


@dataclass(frozen=True, slots=True)
class Typical:
    """Typical weight of one dose, pill or cigarette (n.9). `actual`: of the drug itself, marked in print by
    an asterisk.
    """

    grams: Decimal
    counted: str
    actual: bool
    cite: str


@dataclass(frozen=True, slots=True, eq=False)
class Substance:
    """One drug a case can name, and everything the guideline and the statutes need to know to weigh it."""

    id: str
    name: str  # as it stands in a sentence: "crack cocaine"
    also: tuple[str, ...]
    whole: Entry | None  # counted by the whole mixture
    actual: Entry | None  # counted by the drug itself (note (B))
    ice: Entry | None  # note (C)
    schedule: str  # "I/II", "III", "IV", "V", "marihuana" or "list I"
    threshold: str | None  # its line in 21 U.S.C. 841(b)(1)(A) and (B)
    possession: str  # its class under USSG §2D2.1(a), one of POSSESSION
    common: bool
    cite: str
    plants: bool  # counted by the plant (note (E))
    on_carrier: bool  # counted by the dose when on a carrier (note (G))
    steroid: bool  # a weight counts in units (note (F))
    weighed_alone: bool  # may be given as the weight of the drug itself, though no “(actual)” is printed for it
    typical: Typical | None

    @property
    def entry(self) -> Entry:
        """The entry that names the drug: of the whole mixture, or where only that is printed of the drug
        itself.
        """
        entry = self.whole or self.actual
        assert entry is not None  # checked on reading
        return entry

    @property
    def measure(self) -> str:
        """How the guideline measures it: "g", "units" or "ml"."""
        return self.entry.measure

    @property
    def column(self) -> Column | None:
        return self.entry.column

    @property
    def label(self) -> str:
        """The name as it stands in a list, without its article and with a capital: "Crack cocaine"."""
        name = self.name.removeprefix("an ").removeprefix("a ")
        return name[0].upper() + name[1:]

    @property
    def units(self) -> tuple[str, ...]:
        """The units of `Quantity` it can be given in, the likeliest first."""
        if self.measure == "units":
            return ("pills", "units", "ml", "l") + (("g", "mg") if self.steroid else ())
        if self.measure == "ml":
            return ("ml", "l", "qt", "gal", "g", "kg")
        counts = ("doses",) if self.on_carrier else ("plants", "cigarettes") if self.plants else ("pills", "doses")
        weights = ("g", "kg", "mg", "oz", "lb", "grain")
        return weights + counts if self.on_carrier else weights + counts + ("ml", "l", "qt", "gal")


@dataclass(frozen=True, slots=True)
class Measures:
    """The Manual's measurement table: grams in each unit of weight, milliliters in each unit of volume."""

    grams: Mapping[str, Decimal]
    milliliters: Mapping[str, Decimal]
    grams_per_ml: Decimal  # of a liquid
    cite: str

    @classmethod
    def read(cls, table: Row) -> Measures:
        """Read `measurement_conversion`. Every unit must be reached, and two rows for one unit must agree."""
        cite = table.cite()
        table.take("page", str)
        pending: list[tuple[str, Decimal, str, str]] = []
        per_ml: Decimal | None = None
        for row in table.rows("row"):
            row.cite()
            one, equals, where = row.take("one", str), _quantity(row, "equals"), row.where
            if row.maybe("liquid", bool):
                if (one, equals.unit) != ("g", "ml"):
                    raise LawError(f"{where}: a liquid row must say how many ml one g is")
                per_ml = divide(Decimal(1), equals.amount)
            else:
                pending.append((one, equals.amount, equals.unit, where))
            row.done()
        table.done()
        if per_ml is None:
            raise LawError(f"{table.where}: no row says what a milliliter of liquid weighs")
        grams, milliliters = {"g": Decimal(1)}, {"ml": Decimal(1)}
        while pending:
            # Rows that say what a unit is come first; only "1 gm = 1,000 mg" has to be turned round.
            for turned in (False, True):
                left = [row for row in pending if not any(_link(known, *row, turned) for known in (grams, milliliters))]
                if len(left) < len(pending):
                    break
            else:
                raise LawError(f"{left[0][3]}: {left[0][0]} is not linked to g or ml")
            pending = left
        return cls(grams, milliliters, per_ml, cite)


def _link(known: dict[str, Decimal], one: str, amount: Decimal, unit: str, where: str, turned: bool) -> bool:
    """Take 1 `one` = `amount` `unit` into `known`, if the unit (or, `turned`, the one) is known there."""
    if turned and one in known and unit not in known:
        known[unit] = divide(known[one], amount)
        return True
    if unit not in known:
        return False
    value = multiply(amount, known[unit])
    if known.setdefault(one, value) != value:
        raise LawError(f"{where}: 1 {one} is {value} here but {known[one]} elsewhere")
    return True


def _quantity(row: Row, key: str) -> Quantity:
    """A text such as "28 g" in a law file."""
    text = row.take(key, str)
    try:
        return Quantity.parse(text)
    except UnitError as error:
        raise LawError(f"{row.where}: {key} {error}") from error


def _texts(row: Row, key: str) -> tuple[str, ...]:
    """A list of texts that need not be there."""
    return tuple(Row({key: item}, row.where).take(key, str) for item in row.maybe(key, list) or ())


def _named(text: str) -> str:
    """A name as it is compared: small letters, single spaces, no quotation marks, and _ and - as spaces."""
    return " ".join(text.lower().translate(_PLAINER).split())


_PLAINER = str.maketrans({"_": " ", "-": " ", "“": None, "”": None, '"': None, "’": None, "'": None})


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
        found = self.substances.get(name) or self._by_name.get(_named(name))
        if found is not None:
            return found
        asked = self._ambiguous.get(_named(name))
        if asked is not None:
            raise BadCase([FieldError(field, f"{shown(name)} {asked}")])
        near = nearest(_named(name), tuple(self._by_name))
        raise BadCase(
            [
                FieldError(
                    field,
                    f"{shown(name)} is not a drug listed here{near}: use a name such as heroin, fentanyl or "
                    "methamphetamine; for a drug the Manual does not list, a court uses the closest one it "
                    "does (USSG §2D1.1, comment. (n.6))",
                )
            ]
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
        columns, level_rows = _columns(table, measures)
        ice = table.row("ice")
        ice.take("page", str)
        ice_purity, ice_cite = ice.take("purity_at_least", Decimal), ice.cite()
        ice.done()
        plant_cite, plant = _note(table, "plant", measures, each="g")
        unit_cite, unit = _note(table, "unit", measures, liquid="ml", steroid="g")
        lsd_cite, dose = _note(table, "lsd_dose", measures, each="g")
        table.done()
        converted = columns.pop("converted", None)
        if converted is None:
            raise LawError(f"{table.where}: there is no column for converted drug weight")
        conversion = tables("drug_conversion_tables")
        classes, entries, caps, conversion_cite = _conversions(conversion, columns, measures)
        for column in columns.values():
            if column.id not in entries or entries[column.id].measure != column.measure:
                raise LawError(f"{conversion.where}: no entry in {column.measure} for the column {column.id}")
        typical = _typical(tables("typical_weight"), measures)
        substances, by_name, ambiguous = _substances(tables("substances"), entries, typical)
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


def _measured(row: Row, key: str, measures: Measures) -> tuple[Decimal, str]:
    """A quantity of a law file in its base measure: (amount, "g", "ml" or "units")."""
    quantity = _quantity(row, key)
    if quantity.unit in measures.grams:
        return multiply(quantity.amount, measures.grams[quantity.unit]), "g"
    if quantity.unit in measures.milliliters:
        return multiply(quantity.amount, measures.milliliters[quantity.unit]), "ml"
    if quantity.unit == "units":
        return quantity.amount, "units"
    raise LawError(f"{row.where}: {key} is in {quantity.unit}, not in g, ml or units")


def _note(table: Row, name: str, measures: Measures, **keys: str) -> tuple[str, dict[str, Decimal]]:
    """A note that holds numbers: its citation, and each of its quantities in the measure it must have."""
    note = table.row(name)
    note.take("page", str)
    cite, found = note.cite(), {}
    for key, wanted in keys.items():
        found[key], unit = _measured(note, key, measures)
        if unit != wanted:
            raise LawError(f"{note.where}: {key} must be in {wanted}")
    note.done()
    return cite, found


def _columns(table: Row, measures: Measures) -> tuple[dict[str, Column], dict[int, str]]:
    """The columns of the Drug Quantity Table, each without a gap or an overlap, and the citation of each
    level.
    """
    heads: dict[str, tuple[str, str]] = {}
    for head in table.rows("column"):
        head.cite()
        name, measure = head.take("name", str), head.take("measure", str)
        if measure not in MEASURES:
            raise LawError(f"{head.where}: measure must be one of {', '.join(MEASURES)}")
        heads[head.take("id", str)] = name, measure
        head.done()
    rows: dict[str, list[QuantityRow]] = {name: [] for name in heads}
    level_rows: dict[int, str] = {}
    last: dict[str, int] = {}
    previous: int | None = None
    for number, row in enumerate(table.rows("row")):
        cite, page, level = row.cite(), row.take("page", str), row.take("level", int)
        if previous is not None and level >= previous:
            raise LawError(f"{row.where}: level {level} does not come below level {previous}")
        previous = level
        level_rows[level] = cite
        quantity = row.row("quantity")
        for name, (_, measure) in heads.items():
            data = quantity.maybe(name, dict)
            if data is None:
                continue
            cell = Row(data, f"{row.where} {name}")
            at_least = _bound(cell, "at_least", measure, measures)
            less_than = _bound(cell, "less_than", measure, measures)
            cell.done()
            above = rows[name][-1] if rows[name] else None
            if above is not None and (less_than != above.at_least or last[name] != number - 1):
                raise LawError(f"{cell.where}: less_than must be where the row above begins, {above.at_least}")
            if above is None and less_than is not None or at_least is None and less_than is None:
                raise LawError(f"{cell.where}: the highest row must be open above, and every row have a bound")
            last[name] = number
            rows[name].append(QuantityRow(level, at_least or Decimal(0), less_than, cite, page))
        quantity.done()
        row.done()
    columns = {}
    for name, (printed, measure) in heads.items():
        listed = rows[name]
        if not listed or listed[-1].at_least:
            raise LawError(f"{table.where} {name}: the lowest row must be open below")
        check_ladder([(row.at_least, row.level) for row in listed], f"{table.where} {name}")
        starts = tuple(row.at_least for row in reversed(listed))
        columns[name] = Column(name, printed, measure, tuple(listed), starts)
    return columns, level_rows


def _bound(cell: Row, key: str, measure: str, measures: Measures) -> Decimal | None:
    """One bound of a cell in the measure of its column; None where the row is open on that side."""
    text = cell.maybe(key, str)
    if text is None:
        return None
    amount, unit = _measured(Row({key: text}, cell.where), key, measures)
    if unit != measure:
        raise LawError(f"{cell.where}: {key} must be in {measure}")
    return amount


type _Conversions = tuple[dict[str, ConversionClass], dict[str, Entry], tuple[Cap, ...], str]


def _conversions(table: Row, columns: Mapping[str, Column], measures: Measures) -> _Conversions:
    """The Drug Conversion Tables: classes, entries, and caps from the narrowest to the widest."""
    table_cite = table.cite()
    classes: dict[str, ConversionClass] = {}
    entries: dict[str, Entry] = {}
    caps: list[Cap] = []
    for row in table.rows("class"):
        name, cite = row.take("id", str), row.cite()
        company = _texts(row, "minimum_with")
        cls = ConversionClass(
            name,
            row.take("heading", str),
            cite,
            row.take("page", str),
            row.maybe("minimum_level", int),
            frozenset(company) if company else None,
            row.maybe("contained", bool) or False,
        )
        if name in classes or company and cls.minimum_level is None:
            raise LawError(f"{row.where}: {name} is there twice, or has company but no minimum level")
        classes[name] = cls
        covers = _texts(row, "cap_covers")
        if covers:
            grams, _ = _measured(row, "cap", measures)
            caps.append(Cap(name, frozenset(covers), grams, cite))
        for line in row.rows("entry"):
            key, measure = line.take("id", str), line.take("one", str)
            grams, unit = _measured(line, "converts", measures)
            if key in entries or measure not in MEASURES or unit != "g":
                raise LawError(f"{line.where}: {key} is there twice, or is not one of {', '.join(MEASURES)} in g")
            entries[key] = Entry(key, line.take("name", str), measure, grams, cls, line.cite(), columns.get(key))
            line.done()
        row.done()
    table.done()
    caps.sort(key=lambda cap: len(cap.covers))
    for narrow, wide in zip(caps, caps[1:], strict=False):
        if not narrow.covers < wide.covers:
            raise LawError(f"{table.where}: the cap of {wide.of} must cover all that the cap of {narrow.of} covers")
    known = {word for cap in caps for word in cap.covers}
    known.update(word for cls in classes.values() for word in cls.minimum_with or ())
    if not known <= classes.keys():
        raise LawError(f"{table.where}: {', '.join(sorted(known - classes.keys()))} is not a class")
    return classes, entries, tuple(caps), table_cite


def _typical(table: Row, measures: Measures) -> dict[str, Typical]:
    """The Typical Weight Per Unit Table, by substance."""
    table.cite()
    table.take("page", str)
    typical: dict[str, Typical] = {}
    for row in table.rows("row"):
        substance, counted, cite = row.take("substance", str), row.take("counted", str), row.cite()
        row.take("name", str)
        grams, unit = _measured(row, "each", measures)
        if substance in typical or counted not in ("doses", "cigarettes") or unit != "g":
            raise LawError(f"{row.where}: {substance} is there twice, or is not weighed by the dose or cigarette")
        typical[substance] = Typical(grams, counted, row.take("actual", bool), cite)
        row.done()
    table.done()
    return typical


def _substances(
    table: Row, entries: Mapping[str, Entry], typical: Mapping[str, Typical]
) -> tuple[dict[str, Substance], dict[str, Substance], dict[str, str]]:
    """The substances by id, by every name, and what to say of a name that may mean several."""
    table.cite()
    substances: dict[str, Substance] = {}
    by_name: dict[str, Substance] = {}
    for row in table.rows("substance"):
        name = row.take("id", str)
        whole, actual, ice = (_entry(row, key, entries) for key in ("whole", "actual", "ice"))
        substance = Substance(
            id=name,
            name=row.take("name", str),
            also=_texts(row, "also"),
            whole=whole,
            actual=actual,
            ice=ice,
            schedule=row.take("schedule", str),
            threshold=row.maybe("threshold", str),
            possession=row.take("possession", str),
            common=row.maybe("common", bool) or False,
            cite=row.cite(),
            plants=row.maybe("plants", bool) or False,
            on_carrier=row.maybe("on_carrier", bool) or False,
            steroid=row.maybe("steroid", bool) or False,
            weighed_alone=row.maybe("weighed_alone", bool) or False,
            typical=typical.get(name),
        )
        row.done()
        if whole is None and actual is None or name in substances:
            raise LawError(f"{row.where}: {name} is there twice, or has no entry")
        if substance.schedule not in SCHEDULES or substance.possession not in POSSESSION:
            raise LawError(f"{row.where}: {name} is in no known schedule or class of possession")
        substances[name] = substance
        for word in (name, substance.name, substance.label, *substance.also):
            if by_name.setdefault(_named(word), substance) is not substance:
                raise LawError(f"{row.where}: “{word}” is also {by_name[_named(word)].id}")
    ambiguous: dict[str, str] = {}
    for row in table.rows("ambiguous"):
        row.cite()
        choose, words = row.texts("choose"), row.texts("words")
        say = row.maybe("say", str) or "may mean more than one drug: use"
        row.done()
        if not substances.keys() >= set(choose) or any(_named(word) in by_name for word in words):
            raise LawError(f"{row.where}: {', '.join(words)} must name no substance, and choose among known ones")
        ambiguous.update((_named(word), f"{say} {' or '.join(choose)}") for word in words)
    table.done()
    unused = typical.keys() - substances.keys()
    if unused:
        raise LawError(f"{table.where}: no substance for the typical weight of {', '.join(sorted(unused))}")
    _every_entry_named(substances.values(), entries, table.where)
    return substances, by_name, ambiguous


def _entry(row: Row, key: str, entries: Mapping[str, Entry]) -> Entry | None:
    name = row.maybe(key, str)
    if name is not None and name not in entries:
        raise LawError(f"{row.where}: {key} {name} is not an entry of the Drug Conversion Tables")
    return entries[name] if name is not None else None


def _every_entry_named(substances: Iterable[Substance], entries: Mapping[str, Entry], where: str) -> None:
    """Refuse a table that leaves an entry of the Manual which no substance reaches."""
    reached = {entry.id for item in substances for entry in (item.whole, item.actual, item.ice) if entry is not None}
    if reached != entries.keys():
        raise LawError(f"{where}: no substance is counted as {', '.join(sorted(entries.keys() - reached))}")
