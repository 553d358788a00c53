"""USSG §2D1.1(c) and its notes: from drugs as people describe them to one level of the Drug Quantity Table.

One drug is read in its own column. Several, or one the table does not name, go through converted drug weight
with the provisos of the conversion tables (comment. n.8). The same drugs as the statutes weigh them:
`statutory_amounts`. Printed pages 136–151. Left to the court: how much there was (n.5), what must be
separated before use (n.3), and the closest drug for one the Manual does not list (n.6).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from calculator.answer import DrugLevel, DrugWeight, StatutoryAmount
from calculator.law.drugs import (
    Cap,
    DrugTables,
    Entry,
    QuantityRow,
    Substance,
    add,
    divide,
    multiply,
    subtract,
)
from calculator.scenario import NO, UNKNOWN, UNSTATED, YES, BadCase, Drug, FieldError
from calculator.trace import Stage, Stop, Trace
from calculator.units import Quantity, plain

__all__ = ["drug_level", "echo", "near", "statutory_amounts"]

NOTE_A = "USSG §2D1.1(c), note (A)"
NOTE_B = "USSG §2D1.1(c), note (B)"
N8B = "USSG §2D1.1, comment. (n.8(B))"
_METRIC = frozenset({"mg", "g", "kg", "ml", "l"})
_ZERO, _HUNDREDTH = Decimal(0), Decimal("0.01")


# --- The three questions other modules ask ------------------------------------------------------------------


def drug_level(drugs: tuple[Drug, ...], tables: DrugTables, where: str = "drugs") -> DrugLevel:
    """The Drug Quantity Table level of all `drugs` together, with the weights and the steps behind it.

    `where` is the path of the list in the case, for errors and for the field of each step. Raises `BadCase`
    for an unknown name, a unit that does not fit the drug or a weight that is missing, each at its field;
    `Stop` for a powder of a drug that the Manual counts only in units.
    """
    trace = Trace(Stage.QUANTITY)
    rows = _counted_rows(drugs, tables, where, trace)
    families = _families(rows)
    totals = {entry: amount for family in families.values() for entry, amount in family.items()}
    found = _level(totals, tables)
    for row in rows:
        _row_step(row, found, trace)
        _purity_steps(row, totals, found, tables, trace)
    _level_steps(rows, families, totals, found, tables, trace, where)
    _batches(rows, families, totals, found, tables, trace, where)
    weights = tuple(
        DrugWeight(
            row.entry.id,
            row.label,
            row.drug.quantity,
            row.amount,
            row.entry.measure,
            multiply(row.amount, row.entry.grams),
            row.words,
        )
        for row in rows
    )
    return DrugLevel(found.level, found.method, found.cite, found.converted, weights, tuple(trace.steps))


def statutory_amounts(drugs: tuple[Drug, ...], tables: DrugTables, where: str = "drugs") -> tuple[StatutoryAmount, ...]:
    """Each drug as 21 U.S.C. 841(b) and 960(b) weigh it: one record for each drug in each row's mixture.

    The mixture is weighed with the carrier of LSD (*Chapman*); plants are counted; the pure weight is given
    for drugs whose purity matters. Typical weights and the 0.4 mg dose are guideline estimates, so they are
    never used here: what a count of pills weighs is None unless it was weighed. `substance` is the drug's
    line in 841(b)(1)(A) and (B) where it has one, else its id. Raises `BadCase` as `drug_level` does for
    names and units.
    """
    errors: list[FieldError] = []
    amounts: list[StatutoryAmount] = []
    for index, drug in enumerate(drugs):
        at = f"{where}[{index}]"
        try:
            amounts += _statutory(drug, at, tables)
        except BadCase as error:
            errors += error.errors
    if errors:
        raise BadCase(errors)
    return tuple(amounts)


def near(drugs: tuple[Drug, ...], where: str = "drugs") -> tuple[Drug, ...]:
    """The drugs that directly involved the protected place or person (§2D1.2(a)(1)), to be weighed as usual.

    A row without `near_protected` is near with all of it; one whose `near_protected` is zero is left out. A
    weight given beside a count is shared out in proportion. Raises `BadCase` when nothing at all was near.
    """
    if all(drug.near_protected is None for drug in drugs):
        return drugs
    kept = []
    for drug in drugs:
        part = drug.near_protected
        if part is None:
            kept.append(drug)
        elif part.amount:
            weighed = drug.weighed
            if weighed is not None:
                # Rounded only in the 28th digit, where no threshold lies.
                same = part.unit == drug.quantity.unit
                share = weighed.amount * part.amount / drug.quantity.amount
                weighed = Quantity(share, weighed.unit) if same else None
            kept.append(dataclasses.replace(drug, quantity=part, weighed=weighed, near_protected=None))
    if drugs and not kept:
        message = "says that none of the drugs involved the protected place or person: at least one must have"
        raise BadCase([FieldError(f"{where}[0].near_protected", message)])
    return tuple(kept)


def echo(quantity: Quantity, tables: DrugTables) -> str | None:
    """How the Manual's own table reads an amount ("3 lb = 1,360.8 g"); None when nothing is converted."""
    if quantity.counted or quantity.unit in _METRIC:
        return None
    measures = tables.measures
    if quantity.unit in measures.grams:
        return f"{quantity} = {_mass(multiply(quantity.amount, measures.grams[quantity.unit]))}"
    return f"{quantity} = {plain(multiply(quantity.amount, measures.milliliters[quantity.unit]))} ml"


# --- One row of the case, weighed ---------------------------------------------------------------------------


@dataclass(slots=True)
class _Row:
    """One drug of the case as it is counted: `amount` of `entry`; and both weights of a mixture, if known."""

    at: str
    drug: Drug
    named: Substance  # as the case names it
    substance: Substance  # as it is counted, which note (A) can make another drug of the same mixture
    entry: Entry
    amount: Decimal
    words: str
    cite: str
    whole: Decimal | None = None
    pure: Decimal | None = None

    @property
    def label(self) -> str:
        """What was counted, as a list shows it."""
        return self._called(self.substance.label)

    @property
    def said(self) -> str:
        """What was counted, as a sentence says it."""
        return self._called(self.substance.name)

    def _called(self, name: str) -> str:
        if self.entry is self.substance.whole:
            return name
        return f"{name} (actual)" if self.entry is self.substance.actual else self.entry.name


def _counted_rows(drugs: Sequence[Drug], tables: DrugTables, where: str, trace: Trace) -> list[_Row]:
    errors: list[FieldError] = []
    rows: list[_Row] = []
    for index, drug in enumerate(drugs):
        at = f"{where}[{index}]"
        try:
            substance = _checked(drug, at, tables)
            row = _weigh(drug, substance, at, tables)
            rows.append(_note_a(row, tables, trace) if drug.also_contains else row)
        except BadCase as error:
            errors += error.errors
    if not drugs:
        errors.append(FieldError(where, "is empty: name at least one drug and how much of it there was"))
    if errors:
        raise BadCase(errors)
    return rows


def _checked(drug: Drug, at: str, tables: DrugTables) -> Substance:
    """The substance a row names, once its facts fit it. Raises `BadCase` at the field that does not."""
    substance = tables.find(drug.substance, f"{at}.substance")
    name, quantity = substance.name, drug.quantity
    if drug.measured == "pure" and substance.actual is None and not substance.weighed_alone:
        what = "whole mixture" if substance.measure == "g" else "pills or the liquid"
        raise _bad(f"{at}.measured", f"cannot be pure for {name}: the law counts the {what}, so give that amount")
    if drug.d_meth_hydrochloride is YES and substance.ice is None:
        raise _bad(f"{at}.d_meth_hydrochloride", f"is only for methamphetamine, not for {name}: leave it out")
    if quantity.counted:
        fits = quantity.unit in substance.units or (
            quantity.unit == "units" and "doses" in substance.units and not substance.on_carrier
        )
    else:
        # Any weight or volume fits a drug that is weighed; LSD is never reckoned from a liquid's volume.
        fits = not (substance.on_carrier and quantity.unit in tables.measures.milliliters)
        if drug.weighed is not None and not substance.on_carrier:
            raise _bad(f"{at}.weighed", "is only for drugs given as a count, such as pills or plants: leave it out")
    if not fits:
        raise _bad(f"{at}.quantity", f"“{quantity}” does not fit {name}: use {_listed(substance.units)}")
    part = drug.near_protected
    if part is not None and part.unit != quantity.unit:
        part_g, whole_g = _grams(part, tables), _grams(quantity, tables)
        if whole_g is not None and (part_g is None or part_g > whole_g):
            why = "does not go with" if part_g is None else "is more than"
            raise _bad(f"{at}.near_protected", f"“{part}” {why} the whole quantity, {quantity}: give a part of it")
    return substance


def _grams(quantity: Quantity, tables: DrugTables) -> Decimal | None:
    """A weight, or the weight of a liquid, in grams; None for a count."""
    measures = tables.measures
    factor = measures.grams.get(quantity.unit)
    if factor is not None:
        return multiply(quantity.amount, factor)
    factor = measures.milliliters.get(quantity.unit)
    return None if factor is None else multiply(multiply(quantity.amount, factor), measures.grams_per_ml)


def _weigh(drug: Drug, substance: Substance, at: str, tables: DrugTables) -> _Row:
    """One row counted as one substance. Raises `BadCase` or `Stop` where what was given cannot be counted."""
    if substance.measure == "units":
        amount, words, cite = _in_units(drug, substance, at, tables)
    elif substance.measure == "ml":
        amount, words, cite = _in_milliliters(drug.quantity, tables)
    else:
        amount, words, cite, itself = _in_grams(drug, substance, at, tables)
        if substance.actual is not None:
            return _by_purity(drug, substance, substance.actual, at, tables, amount, words, cite, itself)
        if substance.entry.cls.contained and drug.quantity.counted and drug.measured != "pure":
            raise _bad(
                f"{at}.measured",
                f"must be pure for tablets of {substance.name}: give the weight of the chemical in them, "
                "not of the tablets",
            )
    return _Row(at, drug, substance, substance, substance.entry, amount, f"{words} of {substance.name}", cite)


def _in_units(drug: Drug, substance: Substance, at: str, tables: DrugTables) -> tuple[Decimal, str, str]:
    """Note (F): a unit is a pill, so much of a liquid, or so much of a steroid in another form."""
    quantity = drug.quantity
    if quantity.unit in ("pills", "units"):
        return quantity.amount, str(quantity), tables.unit_cite
    volume = tables.measures.milliliters.get(quantity.unit)
    if volume is not None:
        amount = divide(multiply(quantity.amount, volume), tables.unit_ml)
        return amount, f"{quantity} ÷ {plain(tables.unit_ml)} ml = {plain(amount)} units", tables.unit_cite
    if not substance.steroid:
        raise Stop(
            f"The Manual counts {substance.name} in units: one pill, or {plain(tables.unit_ml)} ml of a "
            "liquid. It gives no rule for a weight of powder, so no level can be computed from a weight.",
            cite=tables.unit_cite,
            ask="How will the court turn this weight into units?",
            field=f"{at}.quantity",
        )
    amount = divide(multiply(quantity.amount, tables.measures.grams[quantity.unit]), tables.steroid_g)
    return amount, f"{quantity} ÷ {_mass(tables.steroid_g)} = {plain(amount)} units", tables.unit_cite


def _in_milliliters(quantity: Quantity, tables: DrugTables) -> tuple[Decimal, str, str]:
    """GHB and its kin: milliliters of liquid; a weight of liquid by the measurement table."""
    measures = tables.measures
    factor = measures.milliliters.get(quantity.unit)
    if factor is not None:
        amount = multiply(quantity.amount, factor)
    else:
        amount = divide(multiply(quantity.amount, measures.grams[quantity.unit]), measures.grams_per_ml)
    words = str(quantity) if quantity.unit == "ml" else f"{quantity} = {plain(amount)} ml"
    return amount, words, measures.cite


def _in_grams(drug: Drug, substance: Substance, at: str, tables: DrugTables) -> tuple[Decimal, str, str, bool]:
    """The grams of a row, how they were reached, the citation, and whether they are the drug itself."""
    quantity, weighed = drug.quantity, drug.weighed
    itself = drug.measured == "pure"
    grams = _grams(quantity, tables)
    if grams is not None:
        if quantity.unit in ("g", "kg", "mg"):
            return grams, str(quantity), NOTE_A, itself
        return grams, f"{quantity} = {_mass(grams)}", tables.measures.cite, itself
    scale = _grams(weighed, tables) if weighed is not None else None
    if quantity.unit == "plants":
        grams = multiply(quantity.amount, tables.plant_g)
        each = f"{quantity} × {_mass(tables.plant_g)} = {_mass(grams)}"
        if scale is None:
            words = each
        elif scale > grams:
            grams, words = scale, f"{quantity} weighing {weighed}, more than {each}: {_mass(scale)}"
        else:
            words = f"{quantity} weighing {weighed}, not more than {each}: {_mass(grams)}"
        return grams, words, tables.plant_cite, itself
    if substance.on_carrier:
        # What was weighed is the carrier with its doses: the statute's weight, not the guideline's.
        grams = multiply(quantity.amount, tables.lsd_dose_g)
        return grams, f"{quantity} × {_mass(tables.lsd_dose_g)} = {_mass(grams)}", tables.lsd_cite, True
    if scale is not None:
        hold = "holding" if itself else "weighing"
        return scale, f"{quantity} {hold} {weighed}", "USSG §2D1.1, comment. (n.9)", itself
    typical = substance.typical
    if substance.whole is None:
        raise _bad(f"{at}.weighed", _itself_only(f"is missing, and for {substance.name} must be pure", substance))
    if typical is None or (typical.counted == "cigarettes") != (quantity.unit == "cigarettes"):
        raise _bad(
            f"{at}.weighed",
            f"is missing: the Manual has no typical weight for {quantity.unit} of {substance.name}, so give "
            "what they weigh together, such as 12 g",
        )
    grams = multiply(quantity.amount, typical.grams)
    words = f"{quantity} × {_mass(typical.grams)} = {_mass(grams)}"
    return grams, words, typical.cite, typical.actual or itself


def _by_purity(
    drug: Drug,
    substance: Substance,
    actual: Entry,
    at: str,
    tables: DrugTables,
    grams: Decimal,
    words: str,
    cite: str,
    itself: bool,
) -> _Row:
    """Notes (B) and (C): the whole mixture or the drug itself, whichever is greater; or “Ice”, whole.

    Column and conversion agree at every row for these drugs, so the greater converted weight is the greater
    level.
    """
    name, whole = substance.name, substance.whole
    purity = drug.purity if isinstance(drug.purity, Decimal) else None
    row = _Row(at, drug, substance, substance, actual, grams, words, cite)
    if itself:
        row.cite = NOTE_B if cite == NOTE_A else cite
        row.pure = grams
        row.words = f"{words} of {name} (actual)"
        return row
    row.whole = grams
    if purity is not None:
        row.pure = multiply(multiply(grams, purity), _HUNDREDTH)
    if (
        substance.ice is not None
        and purity is not None
        and purity >= tables.ice_purity
        and drug.d_meth_hydrochloride is YES
    ):
        row.entry, row.words = substance.ice, f"{words} of {substance.ice.name} at {plain(purity)} % purity"
        return row
    if whole is None and purity is None:
        if drug.purity == "unset":
            message = _itself_only(f"must be pure for {name}, or the purity given", substance)
            raise _bad(f"{at}.measured", message)
        row.amount, row.words = _ZERO, f"{words} with an unknown amount of {name} (actual) in it"
        return row
    if row.pure is not None and (whole is None or multiply(row.pure, actual.grams) > multiply(grams, whole.grams)):
        row.amount = row.pure
        row.words = f"{words} at {plain(purity or _ZERO)} % purity: {_mass(row.pure)} of {name} (actual)"
        row.cite = NOTE_B
        return row
    assert whole is not None
    row.entry, row.words = whole, f"{words} of {name}"
    return row


def _itself_only(what: str, substance: Substance) -> str:
    return (
        f"{what}: the law weighs only the {substance.name} itself, so give its weight with measured: pure "
        "(100 pills of 30 mg hold 3 g)"
    )


def _note_a(row: _Row, tables: DrugTables, trace: Trace) -> _Row:
    """Note (A): a mixture of several drugs counts whole as the one that gives the greater level."""
    best, best_level = row, _level({row.entry: row.amount}, tables).level
    others: list[str] = []
    for name in row.drug.also_contains:
        field = f"{row.at}.also_contains"
        other = tables.find(name, field)
        if other is row.named:
            continue
        others.append(other.name)
        try:
            # Purity and isomer were stated of the drug the row names; of the others only the mixture is
            # known.
            bare = dataclasses.replace(row.drug, purity="unset", d_meth_hydrochloride=UNSTATED, near_protected=None)
            if bare.measured == "pure" or bare.quantity.counted and bare.quantity.unit not in other.units:
                raise _bad(field, "cannot be weighed")
            candidate = _weigh(bare, other, row.at, tables)
        except (BadCase, Stop):
            trace.flagged(
                "2D1.1(c) note (A)",
                f"The mixture also contains {other.name}. What was given does not say how much the whole "
                f"mixture would be counted as {other.name}, so a lawyer should check whether that gives a "
                "greater level.",
                NOTE_A,
                field=field,
            )
            continue
        if other.actual is not None:
            trace.flagged(
                "2D1.1(c) note (B)",
                f"How much of the mixture is {other.name} itself is not known. If that weight gives a "
                "greater level, it is used instead.",
                NOTE_B,
                field=field,
            )
        level = _level({candidate.entry: candidate.amount}, tables).level
        converted, so_far = (multiply(item.amount, item.entry.grams) for item in (candidate, best))
        if (level, converted) > (best_level, so_far):
            best, best_level = candidate, level
    if others:
        trace.applied(
            "2D1.1(c) note (A)",
            f"The mixture holds {_listed((row.named.name, *others), 'and')}. All of its weight is counted as "
            f"{best.substance.name}, which gives the greatest level.",
            NOTE_A,
            field=f"{row.at}.also_contains",
        )
    if best is not row:
        best.drug, best.named, best.whole, best.pure = row.drug, row.named, row.whole, row.pure
    return best


# --- From weights to a level --------------------------------------------------------------------------------

type _Totals = dict[Entry, Decimal]


@dataclass(slots=True)
class _Level:
    """A level found: the method, the row, the converted weight, and the entry whose minimum raised it."""

    level: int
    method: Literal["column", "converted"]
    row: QuantityRow
    cite: str
    converted: Decimal
    minimum: Entry | None
    capped: list[tuple[Cap, Decimal]]


def _families(rows: Sequence[_Row]) -> dict[Entry, _Totals]:
    """The amounts added up (n.7) by entry, with the entries of one drug (mixture, actual, Ice) together."""
    families: dict[Entry, _Totals] = {}
    for row in rows:
        family = families.setdefault(row.substance.entry, {})
        family[row.entry] = add(family.get(row.entry, _ZERO), row.amount)
    return families


def _level(totals: _Totals, tables: DrugTables) -> _Level:
    """One substance in its own column; all else by converted weight, with caps and minimum levels (n.8)."""
    converted, capped = _converted(totals, tables)
    if len(totals) == 1:
        (entry, amount) = next(iter(totals.items()))
        if entry.column is not None:
            row = entry.column.row(amount)
            return _Level(row.level, "column", row, row.cite, converted, None, capped)
    row = tables.converted.row(converted)
    level, cite, minimum = row.level, row.cite, None
    for entry in totals:
        least = entry.cls.minimum_level
        if least is not None and least > level and _in_scope(entry, totals):
            level, cite, minimum = least, tables.level_rows[least], entry
    return _Level(level, "converted", row, cite, converted, minimum, capped)


def _in_scope(entry: Entry, totals: _Totals) -> bool:
    """Whether a minimum level holds in this company; flunitrazepam's holds only with the classes it names."""
    company = entry.cls.minimum_with
    return company is None or all(other.cls is entry.cls or other.cls.id in company for other in totals)


def _converted(totals: _Totals, tables: DrugTables) -> tuple[Decimal, list[tuple[Cap, Decimal]]]:
    """Converted drug weight in grams after the caps, and each cap that held with the weight before it.

    The provisos to Schedules III, IV and V nest: each narrower group is capped before it goes into the wider
    one.
    """
    total = held = _ZERO
    by_class: dict[str, Decimal] = {}
    for entry, amount in totals.items():
        grams = multiply(amount, entry.grams)
        if entry.cls.id in tables.caps[-1].covers:
            by_class[entry.cls.id] = add(by_class.get(entry.cls.id, _ZERO), grams)
        else:
            total = add(total, grams)
    capped: list[tuple[Cap, Decimal]] = []
    if by_class:
        for cap in tables.caps:
            for name in [name for name in by_class if name in cap.covers]:
                held = add(held, by_class.pop(name))
            if held > cap.grams:
                capped.append((cap, held))
                held = cap.grams
    return add(total, held), capped


# --- The steps ----------------------------------------------------------------------------------------------


def _row_step(row: _Row, found: _Level, trace: Trace) -> None:
    field = f"{row.at}.quantity"
    if found.method == "column":
        trace.applied("2D1.1(c)", f"{row.words}.", row.cite, field=field)
    else:
        kilograms = _kilograms(multiply(row.amount, row.entry.grams))
        cite = row.entry.cite if row.cite in (NOTE_A, row.entry.cite) else f"{row.cite}; {row.entry.cite}"
        trace.applied("2D1.1 n.8(D)", f"{row.words}: {kilograms} of converted drug weight.", cite, field=field)


def _purity_steps(row: _Row, totals: _Totals, found: _Level, tables: DrugTables, trace: Trace) -> None:
    """Notes (A) to (C) for one row: what purity did, would do, or does not matter to."""
    named, drug, field = row.named, row.drug, f"{row.at}.purity"
    actual, whole = named.actual, named.whole
    if actual is None:
        if drug.purity != "unset":
            trace.passed(
                "2D1.1(c) note (A)",
                f"Purity does not change the weight of {named.name}: the whole mixture is counted.",
                NOTE_A,
                field=field,
            )
        if named.entry.cls.contained and drug.measured != "pure":
            trace.flagged(
                "2D1.1 n.8(D)",
                f"If these were tablets, only the {named.name} in them is counted, not the whole tablets.",
                named.entry.cite,
                field=f"{row.at}.measured",
            )
        if named.on_carrier and not drug.quantity.counted and drug.measured != "pure" and drug.weighed is None:
            trace.flagged(
                "2D1.1(c) note (G)",
                f"This is taken as the weight of the {named.name} itself. If it includes paper or another "
                f"carrier, give the number of doses instead: each counts as {_mass(tables.lsd_dose_g)}.",
                tables.lsd_cite,
                field=f"{row.at}.quantity",
            )
        return
    if row.whole is None:
        _itself(row, actual, tables, trace)
        return
    if isinstance(drug.purity, Decimal):
        if whole is not None:
            _greater(row, drug.purity, actual, whole, trace)
        _ice(row, totals, found, tables, trace)
        return
    most = _level(_instead(totals, row, actual, row.whole), tables).level
    if whole is None:
        known = "so none of it is counted"
    else:
        share = plain(Decimal(100) * whole.grams / actual.grams)
        known = f"so the whole mixture is counted. Above {share} % purity the pure drug would count for more"
    words = f"The purity is not known, {known}. If all of it were {named.name}, {_changed(most, found.level)}."
    if drug.purity is None:
        trace.unknown("2D1.1(c) note (B)", words, NOTE_B, field=field)
    else:
        trace.flagged("2D1.1(c) note (B)", words.replace("is not known", "is not given", 1), NOTE_B, field=field)


def _itself(row: _Row, actual: Entry, tables: DrugTables, trace: Trace) -> None:
    """What is left open when only the weight of the drug itself is at hand."""
    named, drug, whole = row.named, row.drug, row.named.whole
    if drug.measured != "pure" and drug.purity != "unset":
        trace.passed(
            "2D1.1 n.9",
            f"The typical weight is that of the {named.name} itself, so the purity is not used.",
            row.cite,
            field=f"{row.at}.purity",
        )
    elif whole is not None and drug.purity == "unset":
        times = plain(actual.grams / whole.grams)
        trace.passed(
            "2D1.1(c) note (B)",
            f"The whole mixture is not given, so the {named.name} itself is counted. The mixture would count "
            f"for more only if it weighed more than {times} times as much.",
            NOTE_B,
            field=f"{row.at}.measured",
        )
    if named.ice is not None and drug.d_meth_hydrochloride is YES:
        trace.flagged(
            "2D1.1(c) note (C)",
            f"{named.ice.name} is counted by its whole weight, which is not given. Give the whole weight "
            "and the purity if this could be it.",
            tables.ice_cite,
            field=f"{row.at}.d_meth_hydrochloride",
        )


def _greater(row: _Row, purity: Decimal, actual: Entry, whole: Entry, trace: Trace) -> None:
    """Note (B), applied to one mixture of known purity."""
    if row.substance is not row.named or row.entry is row.named.ice or row.whole is None or row.pure is None:
        return
    pure = f"{_mass(row.pure)} of {row.named.name} (actual)"
    holds = f"{_mass(row.whole)} at {plain(purity)} % purity holds {pure}"
    if row.entry is actual:
        words = f"{holds}, which counts for more than the whole mixture, so it is used."
    elif multiply(row.pure, actual.grams) == multiply(row.whole, whole.grams):
        words = f"{holds}, which counts for as much as the whole mixture."
    else:
        words = f"{holds}, which counts for less than the whole mixture, so the mixture is used."
    trace.applied("2D1.1(c) note (B)", words, NOTE_B, field=f"{row.at}.purity")


def _ice(row: _Row, totals: _Totals, found: _Level, tables: DrugTables, trace: Trace) -> None:
    """Note (C). “Ice” is d-methamphetamine hydrochloride from a certain purity; its whole weight counts."""
    ice, drug, purity = row.named.ice, row.drug, row.drug.purity
    if ice is None or row.whole is None or not isinstance(purity, Decimal):
        return
    rule, cite, field = "2D1.1(c) note (C)", tables.ice_cite, f"{row.at}.d_meth_hydrochloride"
    least = f"{plain(tables.ice_purity)} %"
    if purity < tables.ice_purity:
        if drug.d_meth_hydrochloride is not NO and drug.d_meth_hydrochloride is not UNSTATED:
            trace.passed(rule, f"{ice.name} is at least {least} pure; this is {plain(purity)} %.", cite, field=field)
        return
    if drug.d_meth_hydrochloride is YES:
        words = f"d-Methamphetamine hydrochloride at least {least} pure is {ice.name}: its whole weight counts."
        trace.applied(rule, words, cite, field=field)
        return
    if drug.d_meth_hydrochloride is NO:
        trace.passed(rule, f"It is not d-methamphetamine hydrochloride, so it is not {ice.name}.", cite, field=field)
        return
    other = _level(_instead(totals, row, ice, row.whole), tables).level
    why = "It is not known" if drug.d_meth_hydrochloride is UNKNOWN else "The case does not say"
    words = (
        f"{why} whether this is d-methamphetamine hydrochloride, so it is not counted as {ice.name}. If it "
        f"is, all {_mass(row.whole)} would count as {ice.name} and {_changed(other, found.level)}."
    )
    record = trace.unknown if drug.d_meth_hydrochloride is UNKNOWN else trace.flagged
    record(rule, words, cite, field=field)


def _instead(totals: _Totals, row: _Row, entry: Entry, amount: Decimal) -> _Totals:
    """The totals with one row counted under another entry, if that counts for more."""
    if multiply(amount, entry.grams) <= multiply(row.amount, row.entry.grams):
        return totals
    changed = dict(totals)
    rest = subtract(changed[row.entry], row.amount)
    if rest:
        changed[row.entry] = rest
    else:
        del changed[row.entry]
    changed[entry] = add(changed.get(entry, _ZERO), amount)
    return changed


def _changed(other: int, level: int) -> str:
    return (
        f"the drug level would still be {level}" if other == level else f"the drug level would be {other}, not {level}"
    )


def _level_steps(
    rows: Sequence[_Row],
    families: dict[Entry, _Totals],
    totals: _Totals,
    found: _Level,
    tables: DrugTables,
    trace: Trace,
    where: str,
) -> None:
    """The row of the table, the caps and minimum levels, and what is open about them."""
    names = _names(rows)
    row = found.row
    rule = f"2D1.1(c){row.cite.rpartition('(c)')[2]}"
    if found.method == "column":
        (entry, amount) = next(iter(totals.items()))
        column = entry.column
        assert column is not None
        counted, bounds = _amount(amount, column.measure), _bounds(row, column.measure)
        words = f"{counted} of {names[entry]} is {bounds}: level {row.level}."
        trace.applied(rule, words, row.cite, field=where)
        return
    for cap, before in found.capped:
        groups = _listed(tuple(_printed(entry) for entry in totals if entry.cls.id in cap.covers), "and")
        trace.applied(
            "2D1.1 n.8(D)",
            f"{groups} convert to {_kilograms(before)}, but together count for no more than {_kilograms(cap.grams)}.",
            cap.cite,
            field=where,
        )
    total = f"{'Together the drugs come' if len(totals) > 1 else 'It comes'} to {_kilograms(found.converted)}"
    words = f"{total} of converted drug weight, {_bounds(row, 'g')}: level {row.level}."
    trace.applied(rule, words, row.cite, field=where)
    if found.minimum is not None:
        trace.applied(
            "2D1.1 n.8(D)",
            f"With {names[found.minimum]} the level is never below {found.level}, so it is {found.level}.",
            found.minimum.cls.cite,
            field=where,
        )
    for entry in totals:
        least = entry.cls.minimum_level
        if least is not None and least > found.level:
            trace.passed(
                "2D1.1 n.8(D)",
                f"The minimum of level {least} for {names[entry]} is printed only for that drug alone or "
                "with depressants and Schedule III, IV or V drugs, so it is not used here.",
                entry.cls.cite,
                field=where,
            )
    _separate_caps(totals, found, tables, trace, where)
    if len(families) > 1:
        _lower_than_alone(names, families, found, tables, trace, where)


def _separate_caps(totals: _Totals, found: _Level, tables: DrugTables, trace: Trace, where: str) -> None:
    """The proviso caps Schedules IV and V combined; example 8(C)(iv) caps each. Say when that matters."""
    if not found.capped:
        return
    widest = tables.caps[-1]
    own = {cap.of: cap.grams for cap in tables.caps}
    free = held = _ZERO
    for entry, amount in totals.items():
        # Each of the capped classes has one entry, so that its own cap can be put on it here.
        grams = multiply(amount, entry.grams)
        if entry.cls.id in widest.covers:
            held = add(held, min(grams, own.get(entry.cls.id, grams)))
        else:
            free = add(free, grams)
    other = add(free, min(held, widest.grams))
    level = max(tables.converted.row(other).level, found.level if found.minimum is not None else 0)
    if level != found.level:
        trace.flagged(
            "2D1.1 n.8(D)",
            "The proviso caps Schedule IV and V drugs together, and is followed here. The arithmetic of an "
            f"example in the Manual caps each by itself and then adds, which would give {_kilograms(other)} "
            f"and level {level}.",
            "USSG §2D1.1, comment. (n.8(C)(iv), n.8(D))",
            field=where,
        )


def _lower_than_alone(
    names: dict[Entry, str],
    families: dict[Entry, _Totals],
    found: _Level,
    tables: DrugTables,
    trace: Trace,
    where: str,
) -> None:
    """A rounded conversion can give several drugs less than one of them alone: say so (an open doubt)."""
    best, alone = found.level, None
    for family in families.values():
        level = _level(family, tables).level
        if level > best:
            best, alone = level, family
    if alone is not None:
        drugs = _listed([f"{_amount(amount, entry.measure)} of {names[entry]}" for entry, amount in alone.items()])
        trace.flagged(
            "2D1.1 n.8(B)",
            f"By conversion the drugs together are level {found.level}, but {drugs} alone is level {best}. "
            "The note on combining drugs, read as it stands, uses the total; no text says that the level "
            "of one drug alone is a floor. A lawyer should check this.",
            N8B,
            field=where,
        )


def _batches(
    rows: Sequence[_Row],
    families: dict[Entry, _Totals],
    totals: _Totals,
    found: _Level,
    tables: DrugTables,
    trace: Trace,
    where: str,
) -> None:
    """Several batches of one drug whose purity matters: note (B) mixture by mixture, then added (n.7).

    Note (B) speaks of "a mixture or substance", so each batch takes its own greater weight, and n.7 adds
    transactions by the conversion tables. It can also be read on the sums: all mixtures against all pure
    drug. Say when that differs.
    """
    for base, family in families.items():
        if len(family) < 2:
            continue
        own = [row for row in rows if row.substance.entry is base]
        substance = own[0].substance
        whole, actual = substance.whole, substance.actual
        if whole is None or actual is None or whole not in family:
            continue
        mixture = pure = _ZERO
        for row in own:
            mixture = add(mixture, (row.pure if row.whole is None else row.whole) or _ZERO)
            pure = add(pure, (row.whole if row.entry is substance.ice else row.pure) or _ZERO)
        rest = {entry: amount for entry, amount in totals.items() if entry not in family}
        level = max(
            _level({**rest, whole: mixture}, tables).level,
            _level({**rest, actual: pure}, tables).level if pure else 0,
        )
        if level != found.level:
            trace.flagged(
                "2D1.1(c) note (B)",
                f"Each batch of {substance.name} is counted by whichever of its own two weights is greater, "
                "and the results are added. If all mixtures are weighed against all the pure drug instead, "
                f"the drug level is {level}, not {found.level}. The Manual does not say which.",
                f"{NOTE_B}; USSG §2D1.1, comment. (n.7)",
                field=where,
            )


# --- The statute's weights ----------------------------------------------------------------------------------


def _statutory(drug: Drug, at: str, tables: DrugTables) -> list[StatutoryAmount]:
    """One row as the statutes weigh it, once for each drug in the mixture."""
    named = _checked(drug, at, tables)
    weight = drug.weighed if drug.weighed is not None and (drug.quantity.counted or named.on_carrier) else drug.quantity
    grams = _grams(weight, tables)
    plants = int(drug.quantity.amount) if drug.quantity.unit == "plants" else None
    mixture, pure = grams, None
    if named.actual is not None:
        if drug.measured == "pure":
            mixture, pure = None, grams
        elif grams is not None and isinstance(drug.purity, Decimal):
            pure = multiply(multiply(grams, drug.purity), _HUNDREDTH)
    amounts = [_amount_of(named, mixture, pure, plants, f"{at}.quantity")]
    for name in drug.also_contains:
        other = tables.find(name, f"{at}.also_contains")
        if other is not named:
            amounts.append(_amount_of(other, mixture, None, None, f"{at}.also_contains"))
    return amounts


def _amount_of(
    substance: Substance, mixture: Decimal | None, pure: Decimal | None, plants: int | None, field: str
) -> StatutoryAmount:
    name = substance.threshold or substance.id
    return StatutoryAmount(name, substance.label, substance.schedule, mixture, pure, plants, field)


# --- Words --------------------------------------------------------------------------------------------------


def _bad(field: str, message: str) -> BadCase:
    return BadCase([FieldError(field, message)])


def _listed(words: Sequence[str], last: str = "or") -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def _mass(grams: Decimal) -> str:
    """A weight as the arithmetic of one row shows it: milligrams below one gram, kilograms from ten."""
    if grams < 1:
        return f"{plain(grams.scaleb(3))} mg" if grams else "0 g"
    return f"{plain(grams)} g" if grams < 10_000 else f"{plain(grams.scaleb(-3))} kg"


def _kilograms(grams: Decimal) -> str:
    """A converted weight the way the Manual's examples write it: "500 g", "23.142 kg"."""
    return f"{plain(grams)} g" if grams < 1_000 else f"{plain(grams.scaleb(-3))} kg"


def _amount(amount: Decimal, measure: str) -> str:
    if measure != "g":
        return f"{plain(amount)} {measure}"
    return _mass(amount) if amount < 1 else _kilograms(amount)


def _bounds(row: QuantityRow, measure: str) -> str:
    """The row in words: "at least 28 g but less than 112 g"."""
    if row.less_than is None:
        return f"{_amount(row.at_least, measure)} or more"
    less = f"less than {_amount(row.less_than, measure)}"
    return f"at least {_amount(row.at_least, measure)} but {less}" if row.at_least else less


def _names(rows: Sequence[_Row]) -> dict[Entry, str]:
    """What each entry is called here: the drug's own name, or the printed one where several share it."""
    names: dict[Entry, str] = {}
    for row in rows:
        if names.setdefault(row.entry, row.said) != row.said:
            names[row.entry] = _printed(row.entry)
    return names


def _printed(entry: Entry) -> str:
    """A drug as the Manual's tables name it."""
    return entry.column.name if entry.column is not None else entry.name
