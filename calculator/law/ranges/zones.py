"""The zones of the Sentencing Table, by the words of its commentary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

from calculator.law.ranges.rows import numbers
from calculator.law.schema import LawError, Row

__all__ = ["Zone", "zones_from"]

type ProbationByZone = Literal["authorized", "with_confinement", "not_authorized"]
_PROBATION = ("authorized", "with_confinement", "not_authorized")


@dataclass(frozen=True, slots=True)
class Zone:
    """One zone by the words of the commentary: the minimums of a range it holds, and what it says of
    probation.
    """

    letter: str
    minimums: tuple[int, ...]
    at_least: int | None
    at_most: int | None
    probation: ProbationByZone
    probation_cite: str
    cite: str

    @property
    def endless(self) -> bool:
        """True for the zone without an upper end."""
        return not self.minimums and self.at_most is None

    def holds(self, months: int) -> bool:
        """True when a range whose minimum is `months` lies in this zone."""
        if self.minimums:
            return months in self.minimums
        return (self.at_least is None or months >= self.at_least) and (self.at_most is None or months <= self.at_most)


def zones_from(table: Row) -> dict[str, Zone]:
    """Read `zones`: none may overlap, and the last has no upper end."""
    table.cite()
    zones: dict[str, Zone] = {}
    reach = -1
    for row in table.rows("zone"):
        zone = Zone(
            row.take("letter", str),
            numbers(row, "minimums"),
            row.maybe("at_least", int),
            row.maybe("at_most", int),
            cast("ProbationByZone", row.take("probation", str)),
            row.take("probation_cite", str),
            row.cite(),
        )
        row.done()
        if zone.letter in zones or len(zone.letter) != 1:
            raise LawError(f"{row.where}: {zone.letter} is not a new zone letter")
        if zone.probation not in _PROBATION:
            raise LawError(f"{row.where}: probation is {zone.probation!r}: use one of {', '.join(_PROBATION)}")
        if bool(zone.minimums) == (zone.at_least is not None):
            raise LawError(f"{row.where}: a zone is given by minimums or by at_least, by one of them")
        least = min(zone.minimums) if zone.minimums else zone.at_least
        if least is None or least <= reach:
            raise LawError(f"{row.where}: zone {zone.letter} overlaps the zone before it")
        # Without an upper end nothing may follow: every later zone would overlap.
        most = max(zone.minimums) if zone.minimums else zone.at_most
        reach = 10**9 if most is None else most
        if reach < least:
            raise LawError(f"{row.where}: zone {zone.letter} ends before it begins")
        zones[zone.letter] = zone
    table.done()
    if reach < 10**9:
        raise LawError(f"{table.where}: the last zone has an upper end, so a longer range would have no zone")
    return zones
