"""One drug weighed as one substance: USSG §2D1.1(c), notes (B), (C) and (E) to (G), and comment. (n.9)."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Context, Decimal

from calculator.kinds import YES, BadCase
from calculator.law.drugs import DrugTables, Entry, Substance, divide, multiply
from calculator.rules.conversion.row import HUNDREDTH, NOTE_A, NOTE_B, ZERO, Row, grams_of
from calculator.rules.conversion.words import mass_of
from calculator.scenario import Drug
from calculator.trace import Stop
from calculator.units import Quantity, plain

__all__ = ["weighed_as"]


def weighed_as(drug: Drug, substance: Substance, at: str, tables: DrugTables) -> Row:
    """One row counted as one substance. Raises `BadCase` or `Stop` where what was given cannot be counted."""
    if substance.measure == "units":
        amount, words, cite = _in_units(drug, substance, at, tables)
    elif substance.measure == "ml":
        amount, words, cite = _in_milliliters(drug.quantity, tables)
    else:
        amount, words, cite, itself = _in_grams(drug, substance, at, tables)
        typical = _by_typical_weight(drug, substance)
        if substance.actual is not None:
            row = _by_purity(drug, substance, substance.actual, at, tables, amount, words, cite, itself)
            row.typical = typical
            return row
        if substance.entry.cls.contained and drug.quantity.counted and drug.measured != "pure":
            raise BadCase.at(
                f"{at}.measured",
                f"must be pure for tablets of {substance.name}: give the weight of the chemical in them, "
                "not of the tablets",
            )
    row = Row(at, drug, substance, substance, substance.entry, amount, f"{words} of {substance.name}", cite)
    row.typical = substance.measure == "g" and _by_typical_weight(drug, substance)
    return row


def _by_typical_weight(drug: Drug, substance: Substance) -> bool:
    """Whether only the typical weight of a pill, dose or cigarette is at hand (n.9)."""
    counted = drug.quantity.counted and drug.quantity.unit != "plants" and not substance.on_carrier
    return counted and drug.weighed is None


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
    return amount, f"{quantity} ÷ {mass_of(tables.steroid_g)} = {plain(amount)} units", tables.unit_cite


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
    grams = grams_of(quantity, tables)
    if grams is not None:
        if quantity.unit in ("g", "kg", "mg"):
            return grams, str(quantity), NOTE_A, itself
        return grams, f"{quantity} = {mass_of(grams)}", tables.measures.cite, itself
    scale = grams_of(weighed, tables) if weighed is not None else None
    if quantity.unit == "plants":
        grams = multiply(quantity.amount, tables.plant_g)
        each = f"{quantity} × {mass_of(tables.plant_g)} = {mass_of(grams)}"
        if scale is None:
            words = each
        elif scale > grams:
            grams, words = scale, f"{quantity} weighing {weighed}, more than {each}: {mass_of(scale)}"
        else:
            words = f"{quantity} weighing {weighed}, not more than {each}: {mass_of(grams)}"
        return grams, words, tables.plant_cite, itself
    if substance.on_carrier:
        # What was weighed is the carrier with its doses: the statute's weight, not the guideline's.
        grams = multiply(quantity.amount, tables.lsd_dose_g)
        return grams, f"{quantity} × {mass_of(tables.lsd_dose_g)} = {mass_of(grams)}", tables.lsd_cite, True
    if scale is not None:
        hold = "holding" if itself else "weighing"
        note = "USSG §2D1.1, comment. (n.9)"
        return scale, f"{quantity} {hold} {weighed}", f"{NOTE_B}; {note}" if itself else note, itself
    typical = substance.typical
    if substance.whole is None:
        raise BadCase.at(f"{at}.weighed", _itself_only(f"is missing, and for {substance.name} must be pure", substance))
    if typical is None or (typical.counted == "cigarettes") != (quantity.unit == "cigarettes"):
        raise BadCase.at(
            f"{at}.weighed",
            f"is missing: the Manual has no typical weight for {quantity.unit} of {substance.name}, so give "
            "what they weigh together, such as 12 g",
        )
    grams = multiply(quantity.amount, typical.grams)
    words = f"{quantity} × {mass_of(typical.grams)} = {mass_of(grams)}"
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
) -> Row:
    """Notes (B) and (C): the whole mixture or the drug itself, whichever is greater; or “Ice”, whole.

    Column and conversion agree at every row for these drugs, so the greater converted weight is the greater
    level.
    """
    name, whole = substance.name, substance.whole
    purity = drug.purity if isinstance(drug.purity, Decimal) else None
    row = Row(at, drug, substance, substance, actual, grams, words, cite)
    share = "" if itself or purity is None else f" at {plain(purity)} % purity"
    if itself and purity is not None and drug.measured != "pure":
        # A typical weight of the drug itself (n.9, asterisk): with the purity, the pills weigh so much more.
        row.pure, grams = grams, _whole_of(grams, purity)
        row.amount = grams
        words = f"{words}, at {plain(purity)} % purity about {mass_of(grams)}"
    elif itself:
        row.cite = NOTE_B if cite == NOTE_A else cite
        row.pure = grams
        row.words = f"{words} of {name} (actual)"
        return row
    row.whole = grams
    if purity is not None and row.pure is None:
        row.pure = multiply(multiply(grams, purity), HUNDREDTH)
    if (
        substance.ice is not None
        and purity is not None
        and purity >= tables.ice_purity
        and drug.d_meth_hydrochloride is YES
    ):
        row.entry, row.words = substance.ice, f"{words} of {substance.ice.name}{share}"
        return row
    if whole is None and purity is None:
        if drug.purity == "unset":
            message = _itself_only(f"must be pure for {name}, or the purity given", substance)
            raise BadCase.at(f"{at}.measured", message)
        row.amount, row.words = ZERO, f"{words} with an unknown amount of {name} (actual) in it"
        return row
    if row.pure is not None and (whole is None or multiply(row.pure, actual.grams) > multiply(grams, whole.grams)):
        row.amount = row.pure
        row.words = f"{words}{share}: {mass_of(row.pure)} of {name} (actual)"
        row.cite = f"{NOTE_B}; {cite}" if itself else NOTE_B
        return row
    assert whole is not None
    row.entry, row.words = whole, f"{words} of {name}"
    return row


# A weight that follows from an estimate is cut to the milligram, so that rounding never reaches a threshold.
_ROUGH = Context(prec=400, rounding=ROUND_FLOOR)
_MILLIGRAM = Decimal("0.001")


def _whole_of(pure: Decimal, purity: Decimal) -> Decimal:
    """What a mixture weighs that holds so much of the drug itself at a purity in percent."""
    return _ROUGH.divide(multiply(pure, Decimal(100)), purity).quantize(_MILLIGRAM, context=_ROUGH)


def _itself_only(what: str, substance: Substance) -> str:
    return (
        f"{what}: the law weighs only the {substance.name} itself, so give its weight with measured: pure "
        "(100 pills of 30 mg hold 3 g)"
    )
