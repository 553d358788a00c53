"""Every number a page may print, by name: `threshold.heroin.B` is "100 grams".

Each comes from the law tables with its citation and is written as a sentence needs it. Names are dotted, in
small letters with hyphens, save for the letters of tiers, classes and zones. `value` refuses an unknown name
and says which come near.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from calculator.answer import Range
from calculator.kinds import BadCase
from calculator.law import Law, law_for
from calculator.law.around import Around, around
from calculator.law.statutes import Penalty
from calculator.law.violations import violations
from calculator.present import words
from calculator.reading import read_case
from calculator.rules.conversion import drug_level
from calculator.units import Term, plain

__all__ = [
    "UnknownValue",
    "Value",
    "adjective",
    "drug_level_words",
    "filled",
    "law_now",
    "level_words",
    "range_words",
    "value",
    "values",
    "zone_words",
]


class UnknownValue(KeyError):
    """There is no value of this name; the message says which come near."""

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True, slots=True)
class Value:
    """What a page prints, and where the law says it."""

    text: str
    cite: str


@lru_cache(maxsize=1)
def law_now() -> Law:
    """The newest law that is recorded: the last Manual held, and the statutes for an offense after their last
    change.
    """
    return law_for(sentenced_on=date.max, offense_ended=date.max)


@lru_cache(maxsize=1)
def values() -> Mapping[str, Value]:
    """Every value by its name, in the order of the law."""
    found: dict[str, Value] = {}
    law, beside = law_now(), around()
    for part in (_statutes(law), _levels(law), _history(law), _ranges(law), _around(beside)):
        for name, text, cite in part:
            if name in found:
                raise ValueError(f"the value {name} is defined twice")
            found[name] = Value(text, cite)
    return found


def value(name: str) -> Value:
    """One value. Raises `UnknownValue` with the nearest names."""
    known = values()
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.6)
    offered = f": near it are {', '.join(near)}" if near else ""
    raise UnknownValue(f"there is no value “{name}”{offered}; `python -m calculator --values` lists them all")


def adjective(name: str) -> str:
    """A value before its noun: "5-year" of "5 years". Raises `UnknownValue` for one that cannot stand there."""
    text = value(name).text
    found = re.fullmatch(r"([\d,.]+) (\w+?)s?", text)
    if not found:
        raise UnknownValue(f"“{name}” is “{text}”, which cannot stand before a noun")
    return f"{found[1]}-{found[2]}"


# --- Words for amounts ------------------------------------------------------------------------------------------

_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen",
)  # fmt: skip
_TIMES = {2: "twice", 3: "three times"}
type Rows = Iterator[tuple[str, str, str]]


def level_words(count: int) -> str:
    """A number of levels: "2 levels", whichever way they go."""
    return words.count(abs(count), "level")


def _at(level: int) -> str:
    return f"level {level}"


def _spelled(count: int, noun: str) -> str:
    text = _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"
    return f"{text} {noun}" if count == 1 else f"{text} {noun}s"


def _spelled_term(term: Term) -> str:
    """A term as the Manual writes it: "one year and one month", "five years"."""
    years, months = divmod(term.months, 12)
    parts = [_spelled(number, noun) for number, noun in ((years, "year"), (months, "month")) if number]
    return " and ".join(parts) or str(term)


def _amount(grams: Decimal, measure: str) -> str:
    """An amount of a threshold: "100 grams", "1 kilogram", "100 plants"."""
    if measure == "plants":
        return words.count(int(grams), "plant")
    number, noun = (grams / 1000, "kilogram") if grams >= 1000 else (grams, "gram")
    return f"{plain(number)} {noun}" if number == 1 else f"{plain(number)} {noun}s"


def _money(dollars: int) -> str:
    """Dollars as people say them: "$10 million", "$250,000"."""
    return f"${plain(Decimal(dollars) / 1_000_000)} million" if dollars >= 1_000_000 else words.dollars(dollars)


def _years(term: Term, none: str) -> str:
    return term.in_years() if term else none


def _up_to(least: Term, most: Term) -> str:
    if not least:
        return f"up to {most.in_years()}"
    return f"{least.months // 12} to {most.in_years()}"


def _class(letter: str) -> str:
    return f"Class {letter}"


def _name(identifier: str) -> str:
    return identifier.replace("_", "-")


def range_words(level: int, category: str) -> str:
    """A cell of the Sentencing Table: "51 to 63 months (4¼ to 5¼ years)". Raises `UnknownValue` for a cell that is
    not printed.
    """
    return words.in_months_and_years(_cell(level, category))


def zone_words(level: int, category: str) -> str:
    """The zone of a cell of the Sentencing Table: "Zone D"."""
    return words.zone(_cell(level, category).zone or "")


def drug_level_words(drug: str, amount: str, measured: str = "") -> str:
    """The Drug Quantity Table level of one drug: "level 24". Raises `UnknownValue` for what cannot be weighed."""
    law = law_now()
    given = {"substance": drug.replace("-", "_"), "quantity": amount, **({"measured": measured} if measured else {})}
    day = law.edition.complete_through.isoformat()
    case = {
        "dates": {"sentenced_on": day, "offense_ended": day},
        "charge": {"statute": "841(a)", "tier": "C"},
        "drugs": [given],
    }
    try:
        return _at(drug_level(read_case(case).drugs, law.drugs).level)
    except BadCase as error:
        raise UnknownValue("; ".join(f"{wrong.field} {wrong.message}" for wrong in error.errors)) from None


_BLANK = re.compile(r"\{(?P<word>range|zone|level|adjective) (?P<rest>[^{}]+)\}|\{(?P<name>[\w.-]+)\}")


def filled(text: str) -> str:
    """A text of a data file with its blanks filled: `{threshold.heroin.B}`, `{range 8 I}`, `{zone 8 I}`,
    `{level heroin 120 g}`, `{adjective penalty.B.minimum}`.
    """
    return _BLANK.sub(_blank, text)


def _blank(found: re.Match[str]) -> str:
    if found["name"]:
        return value(found["name"]).text
    if found["word"] == "adjective":
        return adjective(found["rest"])
    first, _, rest = found["rest"].partition(" ")
    if found["word"] == "level":
        return drug_level_words(first, rest)
    if not first.isdecimal():
        raise UnknownValue(f"“{found[0]}” names no level")
    return range_words(int(first), rest) if found["word"] == "range" else zone_words(int(first), rest)


def _cell(level: int, category: str) -> Range:
    table = law_now().ranges
    if category not in table.categories or not table.least_level <= level <= table.most_level:
        raise UnknownValue(
            f"the Sentencing Table has no level {level}, category {category}: "
            f"use {table.least_level} to {table.most_level} and {', '.join(table.categories)}"
        )
    return table.cell(level, category)


# --- The statutes -----------------------------------------------------------------------------------------------

_CASES = {
    "base": "",
    "death": "-death",
    "two_priors": "-two-priors",
}


def _case(case: str, prior: str) -> str:
    """The name of a row of the ladder; for (A) and (B) one prior is said to be one."""
    one = "-one-prior" if prior == "serious" else "-prior"
    return _CASES.get(case) or {"base": "", "prior": one, "prior_death": "-prior-death"}[case]


def _statutes(law: Law) -> Rows:
    statutes = law.statutes
    for (home, substance), thresholds in statutes.amounts.thresholds.items():
        first = f"threshold.{'960.' if home == '960' else ''}{_name(substance)}"
        for threshold in thresholds:
            ending = "" if threshold.measure == "mixture" else f".{threshold.measure}"
            for tier, least, cite in threshold.steps:
                yield f"{first}.{tier}{ending}", _amount(least, threshold.measure), cite
    for tier, paragraph in statutes.ladder.paragraphs.items():
        for case, penalty in paragraph.rows.items():
            yield from _penalty(f"penalty.{tier}{_case(case, paragraph.prior)}", penalty, law)
    yield "notice.851", around().priors.notice_when, statutes.ladder.notice_cite
    yield "two-priors.sections", _listed(sorted(statutes.ladder.two_priors_sections)), statutes.ladder.two_priors_cite
    yield from _sections(law)
    for kind, firearm in statutes.firearms.kinds.items():
        name = f"firearm.{_name(kind)}"
        yield name, firearm.minimum.in_years(), firearm.cite
        yield f"{name}-prior", firearm.after_prior.in_years(), statutes.firearms.prior_cite
    ordinary = statutes.firearms.kinds["carried"]
    yield "firearm.prior", ordinary.after_prior.in_years(), statutes.firearms.prior_cite
    for item in statutes.classes.classes:
        bound = "" if item.bound is None else item.bound.in_years()
        if bound:
            text = "life" if bound == "life" else f"{bound} or more" if item.or_more else f"more than {bound}"
            yield f"class.{_name(item.name).replace(' ', '-')}.from", text, item.cite
    yield (
        "class.barred",
        _listed([_class(name) for name in law.statutes.probation.barred_classes], "or"),
        law.statutes.probation.barred_cite,
    )
    points = statutes.safety_valve.tests["points"]
    yield "valve.points", words.count(points.most, "point"), points.cite


def _listed(items: list[str], last: str = "and") -> str:
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def _penalty(name: str, penalty: Penalty, law: Law) -> Rows:
    yield f"{name}.minimum", _years(penalty.minimum, "no minimum"), penalty.cite
    yield f"{name}.maximum", penalty.maximum.in_years(), penalty.cite
    if penalty.release_minimum:
        release = penalty.release_minimum.in_years()
    elif penalty.release_maximum:
        release = f"up to {penalty.release_maximum.in_years()}"
    else:
        release = "none"
    yield f"{name}.release", release, penalty.cite
    yield f"{name}.fine", _money(penalty.fine), penalty.cite
    found = law.statutes.classes.of(penalty.maximum)
    yield f"{name}.class", _class(found.name), found.cite


def _sections(law: Law) -> Rows:
    sections = law.statutes.sections
    for name, item in sections.multiplied.items():
        for case, times in (("", item.first), ("-again", item.again)):
            if times is None:
                continue
            first = f"section.{name}{case}"
            yield f"{first}.minimum", _years(times.minimum, "no minimum of its own"), times.cite
            yield f"{first}.maximum", f"{_TIMES[times.times]} the maximum", times.cite
            yield f"{first}.fine", f"{_TIMES[times.times]} the fine", times.cite
            if times.maximum:
                yield f"{first}.maximum.or", times.maximum.in_years(), times.cite
            if times.small_marihuana:
                yield f"{first}.marijuana", _amount(times.small_marihuana, "mixture"), times.cite
    for name, (_, rows) in sections.own.items():
        plain_name = name.replace("(", "").replace(")", "")
        for case, row in rows.items():
            many = len(rows) > 1 and (case != "first" or name == "844(a)")
            first = f"section.{plain_name}{f'-{_name(case)}' if many else ''}"
            yield f"{first}.minimum", _years(row.minimum, "no minimum"), row.cite
            yield f"{first}.maximum", row.maximum.in_years(), row.cite
            fine = f"at least {words.dollars(row.fine_minimum)}" if row.fine_minimum else _money(row.fine)
            if row.fine or row.fine_minimum:
                yield f"{first}.fine", fine, row.cite
            found = law.statutes.classes.of(row.maximum)
            yield f"{first}.class", _class(found.name), found.cite


# --- Offense levels ---------------------------------------------------------------------------------------------


def _levels(law: Law) -> Rows:
    levels, drugs = law.levels, law.drugs
    seen: set[str] = set()
    for item in levels.characteristics.values():
        # "2D1.1(b)(13)(A)" → "b13a"; alternatives that print the same number share one name.
        short = item.rule.partition("(")[2].replace(")(", "").rstrip(")").lower()
        if short.endswith("i"):
            short = short.rstrip("i")
        name = f"soc.{'b3' if short.startswith('b3') else short}"
        if name in seen:
            continue
        seen.add(name)
        yield name, level_words(item.levels), item.cite
        if item.at_least is not None:
            yield f"{name}.floor", _at(item.at_least), item.cite
    roles = {"leader", "manager", "small_leader", "minimal", "minor", "between"}
    for adjustment in levels.adjustments.values():
        first = {"acceptance": "acceptance.first", "early_plea": "acceptance.extra"}.get(adjustment.name)
        family = "role" if adjustment.name in roles else "adjustment"
        name = first or f"{family}.{_name(adjustment.name)}"
        yield name, level_words(adjustment.levels), adjustment.cite
        if adjustment.from_level is not None:
            yield f"{name}.from", _at(adjustment.from_level), adjustment.cite
    both = levels.adjustments["acceptance"].levels + levels.adjustments["early_plea"].levels
    yield "acceptance.both", level_words(both), "USSG §3E1.1"
    yield "early-disposition.most", level_words(levels.early_disposition.levels), levels.early_disposition.cite
    cap = levels.cap
    for table_level, (after, cite) in cap.exact.items():
        yield f"cap.{table_level}", _at(after), cite
    yield f"cap.above-{cap.above}", _at(cap.above_to), cap.above_cite
    yield "cap.minimal", _at(cap.minimal_to), cap.minimal_cite
    for item_fixed in levels.fixed:
        yield f"fixed.{item_fixed.rule.rpartition('(')[2].rstrip(')')}", _at(item_fixed.level), item_fixed.cite
    protected = levels.protected
    yield "protected.near", level_words(protected.near.levels), protected.near.cite
    yield "protected.total", level_words(protected.total.levels), protected.total.cite
    yield "protected.under-18", _at(protected.under_18.levels), protected.under_18.cite
    yield "protected.otherwise", _at(protected.otherwise.levels), protected.otherwise.cite
    yield "premises.allowed", level_words(levels.premises.allowed.levels), levels.premises.allowed.cite
    yield "premises.allowed.most", _at(levels.premises.allowed_most), levels.premises.allowed.cite
    for kind, possession in levels.possession.items():
        yield f"possession.{_name(kind)}", _at(possession.level), possession.cite
    for column in drugs.columns.values():
        top, bottom = column.rows[0], column.rows[-1]
        yield f"quantity.{_name(column.id)}.highest", _at(top.level), top.cite
        yield f"quantity.{_name(column.id)}.lowest", _at(bottom.level), bottom.cite
    yield "ice.purity", f"{plain(drugs.ice_purity)} percent", drugs.ice_cite
    yield "lsd.dose", f"{plain(drugs.lsd_dose_g * 1000)} milligrams", drugs.lsd_cite
    yield "plant.weight", _amount(drugs.plant_g, "mixture"), drugs.plant_cite
    for conversion in drugs.entries.values():
        yield f"conversion.{_name(conversion.id)}", _amount(conversion.grams, "mixture"), conversion.cite
    for substance in drugs.substances.values():
        if substance.typical is not None:
            grams = substance.typical.grams
            text = f"{plain(grams * 1000)} milligrams" if grams < 1 else _amount(grams, "mixture")
            yield f"typical.{_name(substance.id)}", text, substance.typical.cite
    zero = law.history.zero_point
    yield "zero-point.levels", level_words(zero.levels), zero.cite
    yield "zero-point.criteria", _NUMBERS[len(zero.criteria)], zero.cite


# --- Criminal history -------------------------------------------------------------------------------------------


def _history(law: Law) -> Rows:
    history = law.history
    yield "points.three", words.count(history.three.points, "point"), history.three.cite
    yield "points.three.over", _spelled_term(history.three.length), history.three.cite
    yield "points.two", words.count(history.two.points, "point"), history.two.cite
    yield "points.two.from", words.count(history.two.length.days, "day"), history.two.cite
    yield "points.one", words.count(history.one.points, "point"), history.one.cite
    yield "points.one.most", words.count(history.one.most, "point"), history.one.cite
    yield "points.violence", words.count(history.violence.points, "point"), history.violence.cite
    yield "points.violence.most", words.count(history.violence.most, "point"), history.violence.cite
    yield "points.status", words.count(history.status.points, "point"), history.status.cite
    yield "points.status.from", words.count(history.status.from_points, "point"), history.status.cite
    windows = (
        ("three", history.fifteen_years),
        ("other", history.ten_years),
        ("under-18", history.five_years),
    )
    for name, window in windows:
        yield f"window.{name}", _spelled(window.years, "year"), window.cite
    yield "excluded.probation", f"more than {_spelled_term(history.listed_probation)}", history.listed_cite
    yield "excluded.imprisonment", words.count(history.listed_imprisonment.days, "day"), history.listed_cite
    for category in dict.fromkeys(history.categories):
        held = [points for points, name in enumerate(history.categories) if name == category]
        last = category == history.categories[-1]
        between = "or" if len(held) == 2 else "to"
        text = f"{held[0]} or more points" if last else f"{held[0]} {between} {words.count(held[-1], 'point')}"
        yield f"category.{category}", text, history.category_cite
    career = history.career
    yield "career.predicates", _NUMBERS[career.predicates], "USSG §4B1.1(a)"
    yield "career.category", f"Category {career.category}", "USSG §4B1.1(b)"
    for row in career.rows:
        years = (
            "life" if row.least.life else f"over-{row.least.months // 12}" if row.exceeding else row.least.months // 12
        )
        yield f"career.{years}", _at(row.level), row.cite


# --- Ranges, zones, what follows --------------------------------------------------------------------------------


def _ranges(law: Law) -> Rows:
    ranges = law.ranges
    floor = ranges.floor
    yield "table.levels", f"{ranges.least_level} to {ranges.most_level}", ranges.cite
    yield "valve.floor", words.in_months_and_years(Range(floor.low, floor.high)), floor.cite
    yield "valve.floor.minimum", _spelled_term(floor.minimum_at_least), floor.cite
    for letter, zone in ranges.zones.items():
        if zone.minimums:
            text = f"{' or '.join(str(months) for months in zone.minimums)} months"
        elif zone.at_most is None:
            text = f"{zone.at_least} months or more"
        else:
            text = f"{zone.at_least} to {words.count(zone.at_most, 'month')}"
        yield f"zone.{letter}.minimum", text, zone.cite
        for rule in ranges.options[letter]:
            if rule.prison:
                yield f"zone.{letter}.prison", _spelled_term(rule.prison), rule.cite
            elif rule.prison_part:
                yield f"zone.{letter}.prison", {(1, 2): "one-half of the minimum"}[rule.prison_part], rule.cite
    for name, term in (
        ("felony", law.statutes.probation.felony),
        ("misdemeanor", law.statutes.probation.misdemeanor),
        ("first-possession", law.statutes.probation.first_possession),
    ):
        yield f"probation.{name}", _up_to(term.at_least, term.at_most), term.cite
    for first, last, term in ranges.probation_rows:
        name = f"from-{first}" if last is None else f"to-{last}"
        yield f"probation.level-{name}", _up_to(term.at_least, term.at_most), term.cite
    for letter, (most, cite) in law.statutes.release_most.items():
        name = "misdemeanor" if "misdemeanor" in letter else letter
        yield f"release.{name}.most", most.in_years(), cite
    for letter, (dollars, cite) in law.statutes.assessments.items():
        if letter in ("A", "A misdemeanor"):
            yield f"assessment.{'felony' if letter == 'A' else 'misdemeanor'}", words.dollars(dollars), cite
    for letter, (dollars, cite) in law.statutes.fines.items():
        if letter in ("A", "A misdemeanor"):
            yield f"fine.{'felony' if letter == 'A' else 'misdemeanor'}", words.dollars(dollars), cite
    edition = law.edition
    yield "manual.effective", words.day(edition.effective), edition.cite
    yield "manual.complete-through", words.day(edition.complete_through), edition.cite
    if edition.newer is not None:
        yield "manual.newer", words.day(edition.newer.effective), edition.newer.cite
        yield "manual.newer.notice", edition.newer.notice, edition.newer.cite


# --- Around the sentence ----------------------------------------------------------------------------------------


def _around(beside: Around) -> Rows:
    for deadline in beside.deadlines:
        yield f"timeline.{_name(deadline.name)}", words.count(deadline.days, "day"), deadline.cite
    good, credits = beside.good_time, beside.credits
    yield "credits.good-time", words.count(good.most_days, "day"), good.cite
    five_years = good.most_days * 5
    yield "credits.good-time.on-5-years", words.count(five_years, "day"), good.cite
    yield "credits.good-time.over", _spelled_term(good.longer_than), good.cite
    yield "credits.fsa", words.count(credits.days, "day"), credits.cite
    yield "credits.fsa.extra", words.count(credits.extra_days, "day"), credits.cite
    yield "credits.fsa.per", words.count(credits.for_days, "day"), credits.cite
    yield "credits.fsa.assessments", _spelled(credits.assessments, "assessment"), credits.cite
    yield "credits.fsa.release.most", str(credits.early_release_most), credits.early_release_cite
    yield "credits.fsa.home", f"{credits.home_served_percent} percent", credits.home_cite
    yield "rdap.most", _spelled_term(beside.drug_program_most), beside.drug_program_cite
    yield "rule35.within", _spelled_term(beside.reduction.within), beside.reduction.cite
    priors = beside.priors
    yield "prior.serious.served", str(priors.served_more_than), priors.serious_cite
    yield "prior.serious.released", priors.released_within.in_years(), priors.serious_cite
    yield "prior.felony-drug.over", _spelled_term(priors.punishable_by_more_than), priors.drug_cite
    yield "notice.851.challenge", _spelled_term(priors.challenge_older_than), priors.challenge_cite
    revocation = beside.revocation
    positives = revocation.triggers[-1]
    yield "revocation.positives", f"more than {words.count(positives.more_than, 'time')}", positives.cite
    yield "revocation.positives.within", _spelled_term(positives.within), positives.cite
    for letter, (most, cite) in revocation.most.items():
        yield f"revocation.{letter}.most", most.in_years(), cite
    yield "release.early-end", _spelled_term(revocation.release_end_after), revocation.release_end_cite
    yield "probation.early-end", _spelled_term(revocation.felony_probation_end_after), revocation.probation_end_cite
    yield "testing.first", words.count(revocation.first_test_days, "day"), revocation.test_cites[0]
    yield "testing.more", _spelled(revocation.later_tests, "test"), revocation.test_cites[0]
    for figure in beside.figures:
        yield figure.name, figure.amount, figure.cite
    broken = violations()
    yield (
        "revocation.substitute",
        words.span(broken.substitute_from, broken.substitute_to),
        broken.substitute_cite,
    )
    yield "revocation.substitute.half", str(broken.half_substitute_to), broken.half_substitute_cite
    for place in beside.places.values():
        yield f"place.{_name(place.name)}", f"{place.feet:,} feet", place.cite
