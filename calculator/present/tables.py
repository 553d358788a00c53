"""The tables of the law as pages show them: one function a table, each cell from the law data, each row cited.

Every table has a caption, column heads and a row head, scrolls by itself where it is too wide, and prints. What
a reader may compare is in figures that align. Nothing here computes law.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from calculator.answer import Range
from calculator.law.around import around
from calculator.law.drugs import Column, QuantityRow
from calculator.law.levels import Adjustment
from calculator.law.ranges import Zone
from calculator.law.statutes import Paragraph, Threshold
from calculator.present import words
from calculator.present.markup import Markup, joined, tag
from calculator.present.values import UnknownValue, law_now, level_words, value
from calculator.units import plain

__all__ = ["TABLES", "column_of", "column_title", "grid", "quantity_table", "sentencing_table", "table"]

type Cells = Sequence[object]


def table(caption: str, heads: Sequence[str], rows: Iterable[Cells], class_: str = "") -> Markup:
    """A table whose first column heads its rows, in a box that scrolls by itself and can be reached by key."""
    body = (tag("tr", tag("th", row[0], scope="row"), *(tag("td", cell) for cell in row[1:])) for row in rows)
    return grid(caption, tag("tr", *(tag("th", head, scope="col") for head in heads)), body, class_)


def grid(caption: str, head: Markup, body: Iterable[Markup], class_: str = "") -> Markup:
    """The same from rows that are made already."""
    made = tag(
        "table",
        tag("caption", caption),
        tag("thead", head),
        tag("tbody", *body),
        class_=f"ps-table {class_}".strip(),
    )
    return tag("div", made, class_="ps-scroll", role="region", tabindex="0", aria_label=caption)


def _cite(text: str) -> Markup:
    return tag("span", text, class_="ps-cite")


def _fold(title: str, *content: object) -> Markup:
    return tag("details", tag("summary", title), *content, class_="ps-fold")


def _text(name: str) -> str:
    return value(name).text


# --- The statutes -----------------------------------------------------------------------------------------------

_MEASURES = {"mixture": "mixture", "pure": "pure drug", "plants": "plants"}


def minimums() -> Markup:
    """Every drug with an amount for (A) or (B), both amounts and what they bring."""
    law = law_now()
    substances = law.drugs.substances
    rows = []
    for (home, substance), thresholds in law.statutes.amounts.thresholds.items():
        if home != "841":
            continue
        for threshold in thresholds:
            steps = {tier: (least, cite) for tier, least, cite in threshold.steps}
            if "A" not in steps:
                continue
            several = len(thresholds) > 1 or threshold.measure != "mixture"
            label = substances[substance].label
            rows.append(
                (
                    f"{label} ({_MEASURES[threshold.measure]})" if several else label,
                    _threshold_words(threshold, "B"),
                    _threshold_words(threshold, "A"),
                    _cite(_both(steps["A"][1], steps["B"][1])),
                )
            )
    heads = (
        "Drug",
        f"{_text('penalty.B.minimum')} or more from",
        f"{_text('penalty.A.minimum')} or more from",
        "Where",
    )
    return table("Amounts that bring a mandatory minimum (federal)", heads, rows)


def _both(first: str, second: str) -> str:
    """Two citations that differ in their last part: "21 U.S.C. 841(b)(1)(A)(i), (B)(i)"."""
    start = "21 U.S.C. 841(b)(1)"
    return f"{first}, {second.removeprefix(start)}" if second.startswith(start) else f"{first}; {second}"


def _threshold_words(threshold: Threshold, tier: str) -> str:
    least = next(least for name, least, _ in threshold.steps if name == tier)
    return words.count(int(least), "plant") if threshold.measure == "plants" else words.grams(least)


def _printed_order(paragraphs: Mapping[str, Paragraph]) -> list[tuple[str, Paragraph]]:
    """(A) to (E) and then (2) and (3), as the statute prints them."""
    return sorted(paragraphs.items(), key=lambda item: (not item[0].isalpha(), item[0]))


_LADDER_CASES = {
    "base": "first case",
    "death": "death or serious injury",
    "prior": "one earlier conviction",
    "prior_death": "earlier conviction, and death or serious injury",
    "two_priors": "two or more earlier convictions",
}


def ladder() -> Markup:
    """21 U.S.C. 841(b)(1)–(3): minimum, maximum, supervised release, fine and class of each row."""
    law = law_now()
    rows = []
    for tier, paragraph in _printed_order(law.statutes.ladder.paragraphs):
        where = f"(b)(1)({tier})" if tier.isalpha() else f"(b)({tier})"
        for case, penalty in paragraph.rows.items():
            found = law.statutes.classes.of(penalty.maximum)
            kind = "felony " if found.felony else ""
            release = penalty.release_minimum or penalty.release_maximum
            said = "none"
            if release is not None and release:
                said = f"{'at least' if penalty.release_minimum else 'up to'} {release.in_years()}"
            rows.append(
                (
                    f"{where}: {_LADDER_CASES[case]}",
                    penalty.minimum.in_years() if penalty.minimum else "none",
                    penalty.maximum.in_years(),
                    said,
                    words.dollars(penalty.fine),
                    f"Class {found.name.removesuffix(' misdemeanor')} {kind or 'misdemeanor'}".strip(),
                )
            )
    heads = ("Paragraph of 21 U.S.C. 841(b)", "Minimum", "Maximum", "Supervised release", "Fine up to", "Class")
    return table("The penalty ladder (federal)", heads, rows)


_OWN_CASES = {
    "first": "first case",
    "again": "after an earlier conviction",
    "one_prior": "one earlier drug conviction",
    "two_priors": "two or more",
    "flunitrazepam": "flunitrazepam",
}


def sections() -> Markup:
    """The sections beside 841(b): their own terms, or how they multiply the ladder."""
    found = law_now().statutes.sections
    covered = law_now().statutes.safety_valve.covered
    rows: list[Cells] = []
    for name, (section, own) in found.own.items():
        for case, row in own.items():
            fine = f"at least {words.dollars(row.fine_minimum)}" if row.fine_minimum else ""
            fine = fine or (f"up to {words.dollars(row.fine)}" if row.fine else "as title 18 sets it")
            more = f": {_OWN_CASES[case]}" if len(own) > 1 else ""
            rows.append(
                (
                    f"{section.section}, {section.title.lower()}{more}",
                    row.minimum.in_years() if row.minimum else "none",
                    row.maximum.in_years(),
                    fine,
                    _reached(name in covered),
                    _cite(row.cite),
                )
            )
    for name, item in found.multiplied.items():
        for more, times in (("", item.first), (", again", item.again)):
            if times is None:
                continue
            most = f"{times.times} × the 841(b) maximum"
            if times.maximum:
                most = f"{times.maximum.in_years()}, or {most}"
            rows.append(
                (
                    f"{item.section.section}, {item.section.title[0].lower()}{item.section.title[1:]}{more}",
                    times.minimum.in_years() if times.minimum else "none of its own",
                    most,
                    f"{times.times} × the 841(b) fine" if name != "849" else "not stated",
                    _reached(name in covered),
                    _cite(times.cite),
                )
            )
    heads = ("Section of title 21", "Minimum", "Maximum", "Fine", "Safety valve", "Where")
    return table("Other drug sections (federal)", heads, rows)


def _reached(is_covered: bool) -> str:
    return "reaches it" if is_covered else "does not reach it"


def firearms() -> Markup:
    """18 U.S.C. 924(c): the term that is added for each kind of gun count."""
    kinds = law_now().statutes.firearms.kinds.values()
    rows = [
        (
            f"{kind.words[0].upper()}{kind.words[1:]}",
            f"at least {kind.minimum.in_years()}",
            kind.after_prior.in_years() if kind.after_prior.life else f"at least {kind.after_prior.in_years()}",
            _cite(kind.cite),
        )
        for kind in kinds
    ]
    heads = ("What is proved", "Added to the drug sentence", "After a final 924(c) conviction", "Where")
    return table("Gun counts under 18 U.S.C. 924(c) (federal)", heads, rows)


def release_terms() -> Markup:
    """Supervised release: what the class allows, and the least that 841(b) asks for."""
    statutes = law_now().statutes
    rows: list[Cells] = [
        (
            "Class A or B felony" if name == "A" else "Class C or D felony" if name == "C" else "Class E felony",
            "—",
            f"up to {most.in_years()}",
            _cite(cite),
        )
        for name, (most, cite) in statutes.release_most.items()
        if name in ("A", "C", "E")
    ]
    for tier, paragraph in _printed_order(statutes.ladder.paragraphs):
        where = f"841(b)(1)({tier})" if tier.isalpha() else f"841(b)({tier})"
        base, prior = paragraph.rows["base"], paragraph.rows["prior"]
        least = base.release_minimum.in_years() if base.release_minimum else "none"
        after = prior.release_minimum.in_years() if prior.release_minimum else "none"
        most = "“notwithstanding section 3583”" if paragraph.displaces_3583 else "as the class says"
        rows.append((where, f"{least}; {after} with an earlier conviction", most, _cite(base.cite)))
    heads = ("Offense", "Least", "Most", "Where")
    return table("Supervised release after prison (federal)", heads, rows)


def assessments() -> Markup:
    """The fee for each count."""
    rows = [
        (f"{name[0].upper()}{name[1:]}", words.dollars(dollars), _cite(cite))
        for name, (dollars, cite) in law_now().ranges.assessments.items()
    ]
    return table("Special assessment for each count (federal)", ("Count", "Fee", "Where"), rows)


def safety_valve() -> Markup:
    """The tests of 18 U.S.C. 3553(f), all of which must be met."""
    asked = {
        "points": f"No more than {_text('valve.points')}, leaving out every 1-point offense",
        "three_point": "No earlier 3-point offense",
        "two_point_violent": "No earlier 2-point violent offense",
        "weapon": "No violence, no threat of it, no gun or other dangerous weapon in connection with the offense",
        "injury": "The offense did not cause death or serious bodily injury",
        "role": "Not an organizer, leader, manager or supervisor, and no continuing criminal enterprise",
        "disclosure": "By the sentencing hearing, everything known about the offense was told to the Government truthfully",
    }
    tests = law_now().statutes.safety_valve.tests
    rows = [
        (str(number), asked[name], _cite(test.cite)) for number, (name, test) in enumerate(tests.items(), start=1)
    ]
    return table("The safety valve: every line must be met (federal)", ("Test", "What it asks", "Where"), rows)


# --- Drug weight ------------------------------------------------------------------------------------------------

_UNITS = {"units": "units", "ml": "ml"}


def _measured(amount: Decimal, measure: str) -> str:
    return words.grams(amount) if measure == "g" else f"{plain(amount)} {_UNITS[measure]}"


def _row_words(row: QuantityRow, measure: str) -> str:
    if row.less_than is None:
        return f"{_measured(row.at_least, measure)} or more"
    if not row.at_least:
        return f"less than {_measured(row.less_than, measure)}"
    return f"{_measured(row.at_least, measure)} to less than {_measured(row.less_than, measure)}"


def quantity_table(drug: str = "") -> Markup:
    """One drug's column of the Drug Quantity Table, or all of them, folded by drug."""
    columns = law_now().drugs.columns
    if not drug:
        converted = law_now().drugs.converted
        return joined(_fold(column_title(column), _column(column)) for column in (*columns.values(), converted))
    return _column(column_of(drug))


def column_of(drug: str) -> Column:
    """The column of a drug by the name of a substance or of a column. Raises `UnknownValue`."""
    drugs = law_now().drugs
    name = drug.replace("-", "_")
    found = drugs.converted if name == "converted" else drugs.columns.get(name)
    if found is None and name in drugs.substances:
        found = drugs.substances[name].column
    if found is None:
        raise UnknownValue(f"“{drug}” has no column in the Drug Quantity Table: use {', '.join(drugs.columns)}")
    return found


def column_title(column: Column) -> str:
    return column.name.partition(" (N-phenyl")[0].replace("Marihuana", "Marijuana")


def _column(column: Column) -> Markup:
    rows = [(str(row.level), _row_words(row, column.measure), _cite(row.cite)) for row in column.rows]
    caption = f"{column_title(column)}: base offense level by weight"
    return table(caption, ("Level", "Amount", "Where"), rows, "ps-quantity")


def conversions() -> Markup:
    """The Drug Conversion Tables, folded by heading, with the proviso beneath each."""
    drugs = law_now().drugs
    made = []
    for conversion in drugs.classes.values():
        entries = [entry for entry in drugs.entries.values() if entry.cls is conversion]
        rows = [
            (
                f"{entry.name[0].upper()}{entry.name[1:]}",
                {"g": "1 gram", "units": "1 unit", "ml": "1 milliliter"}[entry.measure],
                words.grams(entry.grams) if entry.grams >= 1 else f"{plain(entry.grams)} g",
                _cite(entry.cite),
            )
            for entry in entries
        ]
        heading = conversion.heading.capitalize().replace(" i ", " I ").replace(" ii ", " II ")
        for small, right in (("Lsd", "LSD"), ("pcp", "PCP"), (" iii", " III"), (" iv", " IV"), (" v ", " V "), ("ghb", "GHB"), ("schedule i", "schedule I"), ("List i ", "List I ")):
            heading = heading.replace(small, right)
        notes = []
        if conversion.minimum_level is not None:
            notes.append(f"The combined level for these is at least {conversion.minimum_level}.")
        notes += [
            f"Counted together they add at most {words.grams(cap.grams)} of converted weight."
            for cap in drugs.caps
            if cap.of == conversion.id
        ]
        proviso = tag("p", " ".join(notes), " ", _cite(conversion.cite)) if notes else ""
        heads = ("Drug", "This much", "counts as", "Where")
        made.append(_fold(heading, table(f"{heading}: converted drug weight", heads, rows), proviso))
    return joined(made)


def typical_weights() -> Markup:
    """The typical weight of a dose, for when nothing better is known."""
    rows = []
    for substance in law_now().drugs.substances.values():
        typical = substance.typical
        if typical is not None:
            weight = f"{plain(typical.grams * 1000)} mg" if typical.grams < Decimal("0.5") else words.grams(typical.grams)
            one = "cigarette" if typical.counted == "cigarettes" else "dose"
            counts = "the drug itself" if typical.actual else "the whole"
            rows.append((substance.label, f"1 {one}", weight, counts, _cite(typical.cite)))
    heads = ("Drug", "Counted", "Typical weight", "Weight of", "Where")
    return table("Typical weights, used only when nothing better is known (federal guidelines)", heads, rows)


# --- Offense level ----------------------------------------------------------------------------------------------


def _signed(levels: int) -> str:
    return f"+{levels}" if levels > 0 else f"−{-levels}"


def _capital(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"


def _adjustments(items: Iterable[Adjustment]) -> Iterable[Cells]:
    for item in items:
        floor = f", and at least level {item.at_least}" if item.at_least is not None else ""
        needs = f", if the level before is {item.from_level} or more" if item.from_level is not None else ""
        yield f"§{item.rule}", _capital(item.when), f"{_signed(item.levels)}{floor}{needs}", _cite(item.cite)


def characteristics() -> Markup:
    """§2D1.1(b)(1)–(18)."""
    rows = _adjustments(law_now().levels.characteristics.values())
    heads = ("Rule", "When", "Levels", "Where")
    return table("Specific offense characteristics of §2D1.1(b) (federal guidelines)", heads, rows)


def adjustments() -> Markup:
    """Chapter Three: victims, role, obstruction, acceptance."""
    rows = _adjustments(law_now().levels.adjustments.values())
    heads = ("Rule", "When", "Levels", "Where")
    return table("Adjustments of Chapter Three (federal guidelines)", heads, rows)


def base_levels() -> Markup:
    """§2D1.1(a)(1)–(4), and the cap for a mitigating role."""
    levels = law_now().levels
    rows: list[Cells] = [
        (f"§{item.rule}", _capital(item.when), f"level {item.level}", _cite(item.cite)) for item in levels.fixed
    ]
    cap = levels.cap
    rows += [
        ("§2D1.1(a)(5)", f"Mitigating role, and the table says {level}", f"level {after}", _cite(cite))
        for level, (after, cite) in cap.exact.items()
    ]
    rows += [
        ("§2D1.1(a)(5)", f"Mitigating role, and the table says more than {cap.above}", f"level {cap.above_to}", _cite(cap.above_cite)),
        ("§2D1.1(a)(5)", f"Minimal role, and the level is still above {cap.minimal_above}", f"level {cap.minimal_to}", _cite(cap.minimal_cite)),
    ]  # fmt: skip
    return table("Base levels that do not come from the weight alone (federal guidelines)", ("Rule", "When", "Level", "Where"), rows)


def other_guidelines() -> Markup:
    """§§2D1.2, 2D1.8 and 2D2.1: the drug guidelines beside §2D1.1."""
    levels = law_now().levels
    protected, premises = levels.protected, levels.premises
    rows: list[Cells] = [
        ("§2D1.2", "Near a protected place, the part of the weight that was there", f"its level {_signed(protected.near.levels)}", _cite(protected.near.cite)),
        ("§2D1.2", "Near a protected place, the whole weight", f"its level {_signed(protected.total.levels)}", _cite(protected.total.cite)),
        ("§2D1.2", "A person under 18 was involved", f"level {protected.under_18.levels}", _cite(protected.under_18.cite)),
        ("§2D1.2", "Otherwise", f"level {protected.otherwise.levels}", _cite(protected.otherwise.cite)),
        ("§2D1.8", "Keeping a place for drugs", "the level of the drug offense", _cite(premises.cite)),
        ("§2D1.8", "Only allowed the use of the place", f"{_signed(-premises.allowed.levels)}, and at most level {premises.allowed_most}", _cite(premises.allowed.cite)),
    ]  # fmt: skip
    rows += [
        (f"§{item.rule.partition('(')[0]}", f"Simple possession of {item.words}", f"level {item.level}", _cite(item.cite))
        for item in levels.possession.values()
    ]
    return table("The other drug guidelines (federal)", ("Guideline", "When", "Level", "Where"), rows)


# --- Criminal history -------------------------------------------------------------------------------------------


def points() -> Markup:
    """§4A1.1 and the time periods of §4A1.2."""
    history = law_now().history
    rows = [
        (_text("points.three"), f"prison of more than {_text('points.three.over')}", f"within {_text('window.three')}", _cite(history.three.cite)),
        (_text("points.two"), f"at least {_text('points.two.from')} and not counted above", f"within {_text('window.other')}", _cite(history.two.cite)),
        (_text("points.one"), f"any other counted sentence, at most {_text('points.one.most')} in all", f"within {_text('window.other')}", _cite(history.one.cite)),
        (_text("points.violence"), f"a crime of violence left without points because it counts as one with another, at most {_text('points.violence.most')}", "—", _cite(history.violence.cite)),
        (_text("points.status"), f"the offense was committed under a criminal justice sentence, and there are {_text('points.status.from')} or more", "—", _cite(history.status.cite)),
    ]  # fmt: skip
    return table("Points for earlier sentences (federal guidelines)", ("Points", "For", "How old", "Where"), rows)


def categories() -> Markup:
    """The six categories by points."""
    rows = [
        (name, _text(f"category.{name}"), _cite(value(f"category.{name}").cite)) for name in law_now().ranges.categories
    ]
    return table("Criminal history categories (federal guidelines)", ("Category", "Points", "Where"), rows)


def excluded_offenses() -> Markup:
    """The small offenses that count only sometimes, or never."""
    history = law_now().history
    rows = [
        (
            item.printed,
            "never"
            if item.never
            else f"only with probation of {_text('excluded.probation')}, at least {_text('excluded.imprisonment')} "
            "in prison, or if like this offense",
            _cite(item.cite),
        )
        for item in history.listed.values()
    ]
    caption = "Small offenses that count sometimes or never (federal guidelines)"
    return table(caption, ("Offense", "Counted", "Where"), rows)


def career_table() -> Markup:
    """§4B1.1(b): the level by the statutory maximum."""
    career = law_now().history.career
    rows: list[Cells] = []
    for row in career.rows:
        years = row.least.in_years()
        least = "life" if row.least.life else f"more than {years}" if row.exceeding else f"{years} or more"
        rows.append((least, str(row.level), _cite(row.cite)))
    heads = ("Statutory maximum", "Level", "Where")
    first = table("Career offender levels (federal guidelines)", heads, rows)
    guns = [
        (level_words(levels) if levels else "none", words.span(low, high), _cite(cite))
        for levels, (low, high, cite) in career.ranges_924c.items()
    ]
    heads = ("Taken off for acceptance", "Range", "Where")
    return joined([first, table("Career offenders with a 924(c) count (federal guidelines)", heads, guns)])


def zero_point() -> Markup:
    """§4C1.1: what would shut it out; every one must be absent."""
    zero = law_now().history.zero_point
    rows = [
        (str(number), _capital(item.unmet), _cite(item.cite)) for number, item in enumerate(zero.criteria, start=1)
    ]
    caption = f"What shuts out the {_text('zero-point.levels')} for people with no points (federal guidelines)"
    return table(caption, ("Test", "Shut out if", "Where"), rows)


# --- Ranges -----------------------------------------------------------------------------------------------------


def sentencing_table(mark: str = "") -> Markup:
    """All 43 levels and six categories, each cell with its zone letter. `mark` is a level and a category, "24 I"."""
    ranges = law_now().ranges
    marked = _marked(mark)
    body = []
    for level in range(ranges.least_level, ranges.most_level + 1):
        cells = [_range_cell(ranges.cell(level, name), (level, name) == marked) for name in ranges.categories]
        body.append(tag("tr", tag("th", str(level), scope="row"), *cells))
    head = tag("tr", tag("th", "Level", scope="col"), *(tag("th", name, scope="col") for name in ranges.categories))
    caption = "The Sentencing Table: months in prison by offense level and criminal history category, with the zone"
    return grid(caption, head, body, "ps-sentencing")


def _marked(mark: str) -> tuple[int, str] | None:
    if not mark:
        return None
    level, _, category = mark.partition(" ")
    ranges = law_now().ranges
    if not level.isdecimal() or category not in ranges.categories:
        raise UnknownValue(f"“{mark}” is not a level and a category: write 24 I")
    return int(level), category


def _range_cell(cell: Range, is_marked: bool) -> Markup:
    if cell.low.life:
        text = Markup("life")
    else:
        text = joined([str(cell.low.months), "–", Markup("<wbr>"), "life" if cell.high.life else str(cell.high.months)])
    here = tag("span", "this case: ", class_="ps-unseen") if is_marked else ""
    zone = tag("span", cell.zone or "", class_="ps-letter")
    class_ = f"ps-in-{(cell.zone or 'd').lower()}{' ps-here' if is_marked else ''}"
    return tag("td", here, tag("span", text, class_="ps-months-cell"), " ", zone, class_=class_)


_ZONE_WORDS = {
    "none_required": "No prison is needed.",
    "probation": "Probation, if the statute allows it.",
    "prison": "Prison for at least the minimum of the range.",
}


def zones() -> Markup:
    """What each zone allows, with the arithmetic of an example taken from the table itself."""
    ranges = law_now().ranges
    rows = []
    for letter, zone in ranges.zones.items():
        ways = []
        for rule in ranges.options[letter]:
            ways.append(tag("li", _option_words(rule.kind, rule.prison is not None, zone), " ", _cite(rule.cite)))
        rows.append((f"Zone {letter}", _text(f"zone.{letter}.minimum"), tag("ul", *ways)))
    heads = ("Zone", "Minimum of the range", "What the guidelines allow")
    return table("The zones and the kinds of sentence each allows (federal guidelines)", heads, rows, "ps-zones")


def _option_words(kind: str, fixed: bool, zone: Zone) -> str:
    if kind == "probation_with_confinement":
        low = _example_low(zone)
        return (
            "Probation with intermittent confinement, community confinement or home detention for the minimum. "
            f"Example: a range that starts at {low} months needs {low} months of these, day for day."
        )
    if kind == "split":
        low = _example_low(zone)
        served = 1 if fixed else low // 2
        least = _text("zone.B.prison") if fixed else _text("zone.C.prison")
        return (
            f"A split: at least {least} in prison, the rest of the minimum in community confinement or home detention. "
            f"Example: {low} months = {words.count(served, 'month')} in prison + {low - served} months of these."
        )
    return _ZONE_WORDS[kind]


def _example_low(zone: Zone) -> int:
    """The minimum of a cell of the zone, the highest there is."""
    ranges = law_now().ranges
    lows = [cell.low.months for column in ranges.cells.values() for cell in column if cell.zone == zone.letter]
    return max(lows)


def fines() -> Markup:
    """The fine table of §5E1.2."""
    rows = []
    for row in law_now().ranges.fines:
        if row.from_level is None:
            levels = f"{row.to_level} and below"
        elif row.to_level is None:
            levels = f"{row.from_level} and above"
        else:
            levels = f"{row.from_level}–{row.to_level}"
        rows.append((levels, words.dollars(row.minimum), words.dollars(row.maximum), _cite(row.cite)))
    heads = ("Offense level", "Minimum", "Maximum", "Where")
    return table("Fines by offense level (federal guidelines)", heads, rows)


def probation_terms() -> Markup:
    """How long probation may last."""
    rows = [
        (label, _text(name), _cite(value(name).cite))
        for label, name in (
            ("A felony, by statute", "probation.felony"),
            ("A misdemeanor, by statute", "probation.misdemeanor"),
            ("First-offense possession without a judgment", "probation.first-possession"),
            ("Guidelines, level 6 or more", "probation.level-from-6"),
            ("Guidelines, level 5 or less", "probation.level-to-5"),
        )
    ]
    return table("How long probation may last (federal)", ("For", "Term", "Where"), rows)


# --- Around the sentence ----------------------------------------------------------------------------------------


def time_credits() -> Markup:
    """Good time, First Step Act credits and the drug program; and the drug convictions that earn no credits."""
    beside = around()
    credits = beside.credits
    rows: list[Cells] = [
        ("Good time", f"up to {_text('credits.good-time')} for each year of a sentence longer than {_text('credits.good-time.over')}", _cite(beside.good_time.cite)),
        ("First Step Act credits", f"{_text('credits.fsa')} for every {_text('credits.fsa.per')} of programs", _cite(credits.cite)),
        ("First Step Act credits, low risk", f"{_text('credits.fsa.extra')} more, at minimum or low risk over {_text('credits.fsa.assessments')}", _cite(credits.cite)),
        ("Early supervised release", f"up to {_text('credits.fsa.release.most')} sooner, only if the sentence has supervised release", _cite(credits.early_release_cite)),
        ("Residential drug program", f"up to {_text('rdap.most')} off, for a nonviolent offense", _cite(beside.drug_program_cite)),
    ]  # fmt: skip
    first = table("Time off and time moved (federal)", ("What", "How much", "Where"), rows)
    outs = [
        (_capital(item.conviction), "only with a leading role" if item.leader else "always", _cite(item.cite))
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
            more = f" {_text('revocation.positives')} in {_text('revocation.positives.within')}"
        rows.append((_capital(trigger.when) + more, _cite(trigger.probation_cite), _cite(trigger.cite)))
    heads = ("The court must revoke for", "Probation", "Supervised release")
    first = table("Violations that must end supervision (federal)", heads, rows)
    most = [
        (f"Class {name} felony" if len(name) == 1 else "Misdemeanor", f"up to {term.in_years()}", _cite(cite))
        for name, (term, cite) in found.most.items()
    ]
    heads = ("Offense", "Prison on a revocation", "Where")
    return joined([first, table("Prison when supervised release is revoked (federal)", heads, most)])


def deadlines() -> Markup:
    """The days of Rule 32."""
    rows = []
    for item in around().deadlines:
        least = "at least " if item.at_least else "within "
        unless = f", unless {item.unless}" if item.unless else ""
        rows.append((f"{least}{item.days} days {item.counted}", f"{item.who} {item.does}{unless}", _cite(item.cite)))
    return table("The presentence report: who does what by when (federal)", ("When", "What", "Where"), rows)


def protected_places() -> Markup:
    """How near a place is too near."""
    rows = [
        (_capital(place.words), f"within {place.feet:,} feet", f"21 U.S.C. {place.section}", _cite(place.cite))
        for place in around().places.values()
    ]
    return table("Protected places (federal)", ("Place", "How near", "Section", "Where"), rows)


def classes() -> Markup:
    """The classes of offense by the longest term the statute allows, and whether probation is barred."""
    law = law_now()
    rows = []
    above = ""
    for item in law.statutes.classes.classes[:6]:
        bound = "" if item.bound is None else item.bound.in_years()
        least = "life" if bound == "life" else f"{bound} or more" if item.or_more else f"more than {bound}"
        text = f"{least}{above}"
        above = f", less than {bound}" if item.or_more and bound != "life" else f", {bound} or less" if bound != "life" else ""
        if item.name == "E":
            above = f", {bound} or less"
        barred = "barred" if item.name in law.statutes.probation.barred_classes else "not barred by the class"
        kind = f"Class {item.name}{' felony' if item.felony else ''}"
        rows.append((kind, text, barred, _cite(item.cite)))
    heads = ("Class", "Longest prison term the statute allows", "Probation", "Where")
    return table("Classes of offense (federal)", heads, rows)


# Every table by its shortcode; those with options are called by name in the hook.
TABLES: Mapping[str, Callable[[], Markup]] = {
    "minimums": minimums,
    "ladder": ladder,
    "sections": sections,
    "firearms": firearms,
    "classes": classes,
    "protected-places": protected_places,
    "safety-valve": safety_valve,
    "conversions": conversions,
    "typical-weights": typical_weights,
    "base-levels": base_levels,
    "other-guidelines": other_guidelines,
    "characteristics": characteristics,
    "adjustments": adjustments,
    "points": points,
    "categories": categories,
    "excluded-offenses": excluded_offenses,
    "career-table": career_table,
    "zero-point": zero_point,
    "zones": zones,
    "fines": fines,
    "assessments": assessments,
    "release-terms": release_terms,
    "probation-terms": probation_terms,
    "revocation": revocation,
    "time-credits": time_credits,
    "deadlines": deadlines,
}
