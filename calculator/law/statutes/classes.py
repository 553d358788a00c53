"""Classes of offense: 18 U.S.C. 3559(a), and what goes by the class."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.law.schema import LawError, Row
from calculator.law.statutes.rows import put
from calculator.units import LIFE, Term

__all__ = ["Class", "Classes", "by_class", "classes_from"]


@dataclass(frozen=True, slots=True)
class Class:
    """A class of offense by its longest term: at least `bound`, or more than it."""

    name: str
    bound: Term | None
    or_more: bool
    felony: bool
    cite: str


@dataclass(frozen=True, slots=True)
class Classes:
    """18 U.S.C. 3559(a), highest class first, and the false domain name of 3559(g)(1)."""

    classes: tuple[Class, ...]
    false_domain_times: int
    false_domain_more: Term
    false_domain_cite: str

    def of(self, maximum: Term) -> Class:
        """The class of an offense whose longest term is `maximum`."""
        for item in self.classes:
            if item.bound is None or maximum > item.bound or (item.or_more and maximum == item.bound):
                return item
        raise LawError("felony_classes: no class is open at the bottom")


def classes_from(table: Row) -> Classes:
    """Read `felony_classes`."""
    classes: list[Class] = []
    for row in table.rows("class"):
        name = row.take("name", str)
        least, above = row.maybe_term("at_least"), row.maybe_term("more_than")
        if least is not None and above is not None:
            raise LawError(f"{row.where}: at_least and more_than cannot both be given")
        bound = least if least is not None else above
        if classes:
            before = classes[-1].bound
            if before is None or (bound is not None and not before > bound):
                raise LawError(f"{row.where}: class {name} does not come below class {classes[-1].name}")
        classes.append(Class(name, bound, least is not None, row.take("felony", bool), row.cite()))
        row.done()
    if classes[-1].bound is not None or classes[0].bound != LIFE:
        raise LawError(f"{table.where}: the classes must run from life down to one without a bound")
    domain = table.row("false_domain")
    found = Classes(tuple(classes), domain.take("times", int), domain.term("more"), domain.cite())
    domain.done()
    table.done()
    return found


def by_class[T: (int, Term)](
    table: Row, rows: str, key: str, names: tuple[str, ...], kind: type[T]
) -> dict[str, tuple[T, str]]:
    """A value for each class of offense named, with its citation."""
    found: dict[str, tuple[T, str]] = {}
    for row in table.rows(rows):
        value: object = row.term(key) if kind is Term else row.take(key, int)
        assert isinstance(value, kind)
        cite = row.cite()
        for name in row.texts("classes"):
            if name not in names:
                raise LawError(f"{row.where}: {name!r} is no class of offense")
            put(found, name, (value, cite), row)
        row.done()
    return found
