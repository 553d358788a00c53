"""The drugs a case can name, and everything the guideline and the statutes need to know to weigh them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from calculator.law.drugs.conversion_tables import Entry, Typical
from calculator.law.drugs.measures import texts_in
from calculator.law.drugs.quantity_table import Column
from calculator.law.schema import LawError, Row

__all__ = ["Check", "Substance", "as_compared", "substances_from"]

POSSESSION = ("opiate_or_cocaine_base", "cocaine_flunitrazepam_lsd_pcp", "other")
SCHEDULES = ("I/II", "III", "IV", "V", "marihuana", "list I")


@dataclass(frozen=True, slots=True)
class Check:
    """What to check about a drug called by one of `words` (any, if there are none) and, with `counted`, counted."""

    words: frozenset[str]
    counted: bool
    say: str
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
    checks: tuple[Check, ...]

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

    def to_check(self, called: str, *, counted: bool) -> Iterator[Check]:
        """What to check when it was given under this name; its id says outright what is meant."""
        for check in self.checks:
            named = not check.words or called != self.id and as_compared(called) in check.words
            if named and (counted or not check.counted):
                yield check

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


_PLAINER = str.maketrans({"_": " ", "-": " ", "“": None, "”": None, '"': None, "’": None, "'": None})


def as_compared(text: str) -> str:
    """A name as it is compared: small letters, single spaces, no quotation marks, and _ and - as spaces."""
    return " ".join(text.lower().translate(_PLAINER).split())


def substances_from(
    table: Row, entries: Mapping[str, Entry], typical: Mapping[str, Typical]
) -> tuple[dict[str, Substance], dict[str, Substance], dict[str, str]]:
    """The substances by id, by every name, and what to say of a name that may mean several."""
    table.cite()
    substances: dict[str, Substance] = {}
    by_name: dict[str, Substance] = {}
    checks = _checks(table)
    for row in table.rows("substance"):
        name = row.take("id", str)
        whole, actual, ice = (_entry(row, key, entries) for key in ("whole", "actual", "ice"))
        substance = Substance(
            id=name,
            name=row.take("name", str),
            also=texts_in(row, "also"),
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
            checks=tuple(checks.pop(name, ())),
        )
        row.done()
        if whole is None and actual is None or name in substances:
            raise LawError(f"{row.where}: {name} is there twice, or has no entry")
        if substance.schedule not in SCHEDULES or substance.possession not in POSSESSION:
            raise LawError(f"{row.where}: {name} is in no known schedule or class of possession")
        substances[name] = substance
        for word in (name, substance.name, substance.label, *substance.also):
            if by_name.setdefault(as_compared(word), substance) is not substance:
                raise LawError(f"{row.where}: “{word}” is also {by_name[as_compared(word)].id}")
    ambiguous: dict[str, str] = {}
    for row in table.rows("ambiguous"):
        row.cite()
        choose, words = row.texts("choose"), row.texts("words")
        say = row.maybe("say", str) or "may mean more than one drug: use"
        row.done()
        if not substances.keys() >= set(choose) or any(as_compared(word) in by_name for word in words):
            raise LawError(f"{row.where}: {', '.join(words)} must name no substance, and choose among known ones")
        ambiguous.update((as_compared(word), f"{say} {' or '.join(choose)}") for word in words)
    table.done()
    if checks:
        raise LawError(f"{table.where}: no substance for the check of {', '.join(sorted(checks))}")
    unused = typical.keys() - substances.keys()
    if unused:
        raise LawError(f"{table.where}: no substance for the typical weight of {', '.join(sorted(unused))}")
    _every_entry_named(substances.values(), entries, table.where)
    return substances, by_name, ambiguous


def _checks(table: Row) -> dict[str, list[Check]]:
    """What to check, by substance."""
    found: dict[str, list[Check]] = {}
    for row in table.rows("check"):
        called = frozenset(as_compared(word) for word in texts_in(row, "words"))
        check = Check(called, row.maybe("counted", bool) or False, row.take("say", str), row.cite())
        found.setdefault(row.take("substance", str), []).append(check)
        row.done()
    return found


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
