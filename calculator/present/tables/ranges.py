"""Tables of Chapter Five: the Sentencing Table, the zones and what they allow, fines, probation."""

from __future__ import annotations

from calculator.answer import Range
from calculator.law.ranges import Zone
from calculator.present import words
from calculator.present.markup import Markup, joined, tag
from calculator.present.tables.grid import cited, grid, table, text_of
from calculator.present.values import UnknownValue, law_now, value

__all__ = ["fines", "probation_terms", "sentencing_table", "zones"]


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
            ways.append(tag("li", _option_words(rule.kind, rule.prison is not None, zone), " ", cited(rule.cite)))
        rows.append((f"Zone {letter}", text_of(f"zone.{letter}.minimum"), tag("ul", *ways)))
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
        least = text_of("zone.B.prison") if fixed else text_of("zone.C.prison")
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
    """The fine table of §5E1.2, and where its upper end gives way."""
    ranges = law_now().ranges
    rows = []
    for row in ranges.fines:
        if row.from_level is None:
            levels = f"{row.to_level} and below"
        elif row.to_level is None:
            levels = f"{row.from_level} and above"
        else:
            levels = f"{row.from_level}–{row.to_level}"
        rows.append((levels, words.dollars(row.minimum), words.dollars(row.maximum), cited(row.cite)))
    heads = ("Offense level", "Minimum", "Maximum", "Where")
    larger = tag(
        "p",
        f"Where the statute of conviction allows more than {words.dollars(ranges.fines_above)}, or a fine for each day "
        "of the violation, the maximum here does not apply: the fine may go up to what the statute allows. ",
        cited(ranges.fines_above_cite),
        class_="ps-hint",
    )
    return joined([table("Fines by offense level (federal guidelines)", heads, rows), larger])


def probation_terms() -> Markup:
    """How long probation may last."""
    rows = [
        (label, text_of(name), cited(value(name).cite))
        for label, name in (
            ("A felony, by statute", "probation.felony"),
            ("A misdemeanor, by statute", "probation.misdemeanor"),
            ("First-offense possession without a judgment", "probation.first-possession"),
            ("Guidelines, level 6 or more", "probation.level-from-6"),
            ("Guidelines, level 5 or less", "probation.level-to-5"),
        )
    ]
    return table("How long probation may last (federal)", ("For", "Term", "Where"), rows)
