"""Tables of the law around the sentence: credits, revocation, the report’s days, protected places."""

from __future__ import annotations

from collections.abc import Iterable

from calculator.answer import Range
from calculator.law.around import around
from calculator.law.violations import RevocationRow, violations
from calculator.present import words
from calculator.present.markup import Markup, escaped, joined, tag, void
from calculator.present.tables.grid import Cells, capital, cited, table, text_of

__all__ = [
    "deadlines",
    "probation_revocation",
    "protected_places",
    "release_revocation",
    "revocation",
    "time_credits",
]


def time_credits() -> Markup:
    """Good time, First Step Act credits and the drug program; and the drug convictions that earn no credits."""
    beside = around()
    credits = beside.credits
    rows: list[Cells] = [
        (
            "Good time",
            f"up to {text_of('credits.good-time')} for each year of a sentence longer than "
            f"{text_of('credits.good-time.over')}",
            cited(beside.good_time.cite),
        ),
        (
            "First Step Act credits",
            f"{text_of('credits.fsa')} for every {text_of('credits.fsa.per')} of programs",
            cited(credits.cite),
        ),
        (
            "First Step Act credits, low risk",
            f"{text_of('credits.fsa.extra')} more, at minimum or low risk over {text_of('credits.fsa.assessments')}",
            cited(credits.cite),
        ),
        (
            "Early supervised release",
            f"up to {text_of('credits.fsa.release.most')} sooner, only if the sentence has supervised release",
            cited(credits.early_release_cite),
        ),
        (
            "Residential drug program",
            f"up to {text_of('rdap.most')} off, for a nonviolent offense",
            cited(beside.drug_program_cite),
        ),
    ]
    first = table("Time off and time moved (federal)", ("What", "How much", "Where"), rows)
    outs = [
        (capital(item.conviction), "only with a leading role" if item.leader else "always", cited(item.cite))
        for item in credits.excluded
    ]
    heads = ("Conviction", "Shut out", "Where")
    return joined([first, table("Drug and gun convictions that earn no First Step Act credits (federal)", heads, outs)])


def revocation() -> Markup:
    """What must be revoked, and the prison a revocation of supervised release can bring."""
    found = around().revocation
    rows = []
    for trigger in found.triggers:
        more = ""
        if trigger.more_than:
            more = f" {text_of('revocation.positives')} in {text_of('revocation.positives.within')}"
        rows.append((capital(trigger.when) + more, cited(trigger.probation_cite), cited(trigger.cite)))
    heads = ("The court must revoke for", "Probation", "Supervised release")
    first = table("Violations that must end supervision (federal)", heads, rows)
    most = [
        (f"Class {name} felony" if len(name) == 1 else "Misdemeanor", f"up to {term.in_years()}", cited(cite))
        for name, (term, cite) in found.most.items()
    ]
    heads = ("Offense", "Prison on a revocation", "Where")
    return joined([first, table("Prison when supervised release is revoked (federal)", heads, most)])


def probation_revocation() -> Markup:
    """§7B1.4(a): the months advised when probation is revoked."""
    return _revoked("Prison advised when probation is revoked, in months (federal guidelines)", violations().probation)


def release_revocation() -> Markup:
    """§7C1.5: the months advised when supervised release is revoked."""
    caption = "Prison advised when supervised release is revoked, in months (federal guidelines)"
    return _revoked(caption, violations().release)


def _revoked(caption: str, rows: Iterable[RevocationRow]) -> Markup:
    heads = ("Grade of violation", *(f"Category {name}" for name in violations().categories), "Where")
    cells: list[Cells] = []
    for row in rows:
        after = f", after a Class {row.after_class} felony" if row.after_class else ""
        cells.append((f"Grade {row.grade}{after}", *(_months(each) for each in row.ranges), cited(row.cite)))
    return table(caption, heads, cells)


def _months(of: Range) -> Markup:
    """A range as the table prints it, and its years beneath where it reaches beyond one."""
    months = f"{of.low.months}–{of.high.months}"
    years = words.in_years_short(of) if of.high.months > 12 else ""
    return joined([months, void("br"), tag("span", years, class_="ps-hint")]) if years else escaped(months)


def deadlines() -> Markup:
    """The days of Rule 32."""
    rows = []
    for item in around().deadlines:
        least = "at least " if item.at_least else "within "
        unless = f", unless {item.unless}" if item.unless else ""
        rows.append((f"{least}{item.days} days {item.counted}", f"{item.who} {item.does}{unless}", cited(item.cite)))
    return table("The presentence report: who does what by when (federal)", ("When", "What", "Where"), rows)


def protected_places() -> Markup:
    """How near a place is too near."""
    rows = [
        (capital(place.words), f"within {place.feet:,} feet", f"21 U.S.C. {place.section}", cited(place.cite))
        for place in around().places.values()
    ]
    return table("Protected places (federal)", ("Place", "How near", "Section", "Where"), rows, "ps-under")
