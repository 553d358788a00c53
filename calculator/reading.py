"""Reading a case from JSON, with every fault found and named; and writing it back.

What one field must be is its kind's business (`kinds.py`). Here: missing and unknown fields, lists of rows, and facts
that contradict each other.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from calculator.kinds import DONT_KNOW, NO, YES, BadCase, Fact, FieldError, Group, Kind, Rows, nearest
from calculator.scenario import OBJECTS, Case, Charge, Dates, Drug, Prior, fields_of, required
from calculator.units import Quantity, Term, UnitError, day

__all__ = ["as_json", "read_case"]


def read_case(data: object) -> Case:
    """Read a case from parsed JSON. Raises `BadCase` with every error found, each naming its field."""
    errors: list[FieldError] = []
    case = _record(Case, data, "", errors)
    if not errors and isinstance(case, Case):
        errors.extend(_contradictions(case))
    if errors or not isinstance(case, Case):
        raise BadCase(errors)
    return case


@lru_cache(maxsize=16)
def _fields(record: Any) -> tuple[dict[str, Kind], tuple[str, ...]]:
    """The kind of each field of a record, and the fields that have to be given."""
    fields = list(fields_of(record))
    return {name: kind for name, kind, _ in fields}, tuple(name for name, _, item in fields if required(item))


def _record(record: Any, data: object, path: str, errors: list[FieldError]) -> object | None:
    known, needed = _fields(record)
    if not isinstance(data, (dict, Mapping)):  # the second alone is slow
        what = "a case" if not path else "a group of answers"
        errors.append(FieldError(path or "case", f"is not {what}: use an object with named fields"))
        return None
    before = len(errors)
    values: dict[str, Any] = {}
    prefix = f"{path}." if path else ""
    for name, value in data.items():
        where = f"{prefix}{name}"
        if name not in known:
            near = nearest(name, tuple(known))
            errors.append(FieldError(str(where)[:120], f"is not a field of a case{near}"))
            continue
        kind = known[name]
        if value is None:
            continue  # null is the same as not given
        if isinstance(kind, Group):
            values[name] = _record(kind.record, value, where, errors)
        elif isinstance(kind, Rows):
            values[name] = _rows(kind, value, where, errors)
        else:
            try:
                values[name] = kind.read(value)
            except UnitError as error:
                errors.append(FieldError(where, str(error)))
    errors.extend(
        FieldError(f"{prefix}{name}", "is missing: it has to be given") for name in needed if data.get(name) is None
    )
    if len(errors) > before:
        return None
    return record(**values) if record in _WITH_AMOUNTS else _the_same(record, tuple(values.items()))


# Equal amounts can be written differently (50 and 50.0), and a case holds them as they were given.
_WITH_AMOUNTS = (Case, Charge, Drug)


@lru_cache(maxsize=2048)
def _the_same(record: Any, values: tuple[tuple[str, Any], ...]) -> object:
    """A group of answers, the one read before where it says the same: most do, in case after case."""
    return record(**dict(values))


def _rows(kind: Rows, value: object, where: str, errors: list[FieldError]) -> tuple[object | None, ...]:
    if not isinstance(value, (list, Sequence)) or isinstance(value, (str, bytes)):
        errors.append(FieldError(where, "is not a list: use a list of rows"))
        return ()
    if len(value) > kind.most:
        errors.append(FieldError(where, f"has {len(value)} rows: at most {kind.most} are accepted"))
        return ()
    return tuple(_record(kind.record, row, f"{where}[{index}]", errors) for index, row in enumerate(value))


def _contradictions(case: Case) -> Iterator[FieldError]:
    """Facts that cannot all be true, each named at the field to mend."""
    dates, charge, history = case.dates, case.charge, case.history
    if dates.sentenced_on < dates.offense_ended:
        yield FieldError(
            "dates.sentenced_on", f"is before the offense ended ({day(dates.offense_ended)}): give a later date"
        )
    if dates.offense_began is not None and dates.offense_began > dates.offense_ended:
        yield FieldError(
            "dates.offense_began", f"is after the offense ended ({day(dates.offense_ended)}): give an earlier date"
        )
    if charge.statute in ("846", "963"):
        home = ("960",) if charge.statute == "963" else tuple(name for name in OBJECTS if name != "960")
        if charge.object is not None and charge.object not in home:
            yield FieldError(
                "charge.object",
                f"{charge.object} is not an object of section {charge.statute}: use {' or '.join(home)}",
            )
    elif charge.object is not None:
        yield FieldError("charge.object", "is only for a conspiracy or attempt under section 846 or 963: leave it out")
    if charge.tier == "found_amounts" and not charge.found:
        yield FieldError("charge.found", "is empty: give the amounts that were charged and found or admitted")
    if charge.found and charge.tier != "found_amounts":
        yield FieldError("charge.tier", "must be found_amounts when amounts found are given")
    if case.plea.government_moved is YES and case.plea.acceptance is NO:
        yield FieldError(
            "plea.government_moved",
            "cannot be yes without acceptance: the third level needs the first two (§3E1.1(b))",
        )
    if history.points != "unset" and history.priors:
        yield FieldError("history.points", "is given together with a list of priors: give one or the other")
    if history.points == "unset" and (history.three_point_priors or history.two_point_priors):
        yield FieldError("history.points", "is missing: give the points when the number of priors is entered by hand")
    if isinstance(history.points, int):
        least = 3 * (history.three_point_priors or 0) + 2 * (history.two_point_priors or 0)
        if least > history.points:
            yield FieldError(
                "history.points", f"is {history.points}, but the priors entered are worth at least {least}"
            )
    if history.two_point_violent is YES and history.two_point_priors == 0:
        yield FieldError("history.two_point_violent", "cannot be yes when there is no two-point prior")
    if case.role.many_vulnerable_victims is YES and case.role.vulnerable_victim is NO:
        yield FieldError("role.many_vulnerable_victims", "cannot be yes without a vulnerable victim (§3A1.1(b)(2))")
    for index, drug in enumerate(case.drugs):
        yield from _drug_contradictions(drug, f"drugs[{index}]")
    for index, drug in enumerate(charge.found):
        yield from _drug_contradictions(drug, f"charge.found[{index}]")
    for index, prior in enumerate(history.priors):
        yield from _prior_contradictions(prior, f"history.priors[{index}]", dates)


def _drug_contradictions(drug: Drug, where: str) -> Iterator[FieldError]:
    if drug.weighed is not None and drug.weighed.counted:
        yield FieldError(f"{where}.weighed", f"“{drug.weighed}” is a count: give a weight, such as 3 kg")
    if drug.measured == "pure" and drug.purity not in ("unset", Decimal(100)):
        yield FieldError(f"{where}.purity", "does not go with a quantity of the pure drug: leave the purity out")
    near = drug.near_protected
    if near is not None and near.unit == drug.quantity.unit and near.amount > drug.quantity.amount:
        yield FieldError(f"{where}.near_protected", f"“{near}” is more than the whole quantity, {drug.quantity}")


def _prior_contradictions(prior: Prior, where: str, dates: Dates) -> Iterator[FieldError]:
    if prior.sentenced_on > dates.sentenced_on:
        yield FieldError(
            f"{where}.sentenced_on", f"is after this sentencing ({day(dates.sentenced_on)}): give an earlier date"
        )
    if prior.kind == "prison" and prior.imposed is None:
        yield FieldError(f"{where}.imposed", "is missing: give the length of the prison sentence, such as 18 months")
    if prior.suspended is not None and prior.imposed is not None and prior.suspended > prior.imposed:
        yield FieldError(f"{where}.suspended", f"({prior.suspended}) is longer than the sentence ({prior.imposed})")
    if prior.released_on is not None and prior.released_on < prior.sentenced_on and prior.revocation is None:
        yield FieldError(f"{where}.released_on", f"is before the sentence was imposed ({day(prior.sentenced_on)})")


def as_json(record: object) -> Any:
    """A record as plain JSON values, leaving out what stands at its default: the shortest case that reads back."""
    if isinstance(record, tuple):
        return [as_json(item) for item in record]
    if dataclasses.is_dataclass(record) and not isinstance(record, (Quantity, Term)):
        return {
            item.name: as_json(getattr(record, item.name))
            for item in dataclasses.fields(record)
            if required(item) or getattr(record, item.name) != item.default
        }
    return {None: DONT_KNOW}.get(record, record) if record is None else _plain_value(record)


def _plain_value(value: object) -> Any:
    if isinstance(value, (Quantity, Term, date)):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value} %"
    return value.value if isinstance(value, Fact) else value
