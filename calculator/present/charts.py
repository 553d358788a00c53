"""Charts for pages: inline SVG without a view box, so that each is laid out anew at every width, in places given
as percentages; text keeps its size.

Colours come through classes only; without them a chart is black on white. Every chart stands in a figure with
its facts as a sentence and, folded, as a table. What the calculator computes is drawn from its answer, what the
law says from the law data. Nothing here computes law.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import log10

from calculator.answer import Answer, Lock, Outcome
from calculator.kinds import YES
from calculator.law.around import around
from calculator.law.drugs import Column
from calculator.present import tables, words
from calculator.present.markup import Markup, joined, tag
from calculator.present.svg import bar_words, months_bar
from calculator.present.values import law_now, value
from calculator.rules.conversion import level_curve
from calculator.scenario import Drug
from calculator.units import Quantity, plain

__all__ = ["levels", "locks", "mitigation_timeline", "months", "presentence_timeline", "two_tracks"]

AS_TABLE = "The same as a table"
_LEFT, _RIGHT = 3.0, 97.0


def _figure(title: str, drawn: object, said: object, twin: object, class_: str = "") -> Markup:
    return tag(
        "figure",
        tag("figcaption", title),
        drawn,
        tag("p", said, class_="ps-chart-words"),
        tag("details", tag("summary", AS_TABLE), twin, class_="ps-fold"),
        class_=f"ps-chart {class_}".strip(),
    )


def _svg(height: int, *parts: object, class_: str = "") -> Markup:
    """A drawing hidden from screen readers, which read the words beside it."""
    return tag(
        "svg",
        *parts,
        class_=f"ps-drawing {class_}".strip(),
        width="100%",
        height=height,
        aria_hidden="true",
        focusable="false",
    )


def _line(x1: float, y1: float, x2: float, y2: float, class_: str, wide: float = 1) -> Markup:
    return tag(
        "line",
        x1=f"{x1:.2f}%",
        y1=f"{y1:g}",
        x2=f"{x2:.2f}%",
        y2=f"{y2:g}",
        stroke="currentColor",
        stroke_width=f"{wide:g}",
        class_=class_,
    )


def _words(x: float, y: float, text: str, anchor: str = "", class_: str = "") -> Markup:
    """Text at a place, turned inward near the ends unless told how."""
    turned = anchor or ("start" if x < 15 else "end" if x > 85 else "middle")
    return tag("text", text, x=f"{x:.2f}%", y=f"{y:g}", text_anchor=turned, fill="currentColor", class_=class_ or None)


def _dot(x: float, y: float) -> Markup:
    return tag("circle", cx=f"{x:.2f}%", cy=f"{y:g}", r="5", fill="currentColor", class_="ps-dot")


# --- Level against weight ---------------------------------------------------------------------------------------

_PER_LEVEL = 6
_LABEL = 17  # the height of a statutory line's label; each has a row of its own
_NARROW = 4  # percent: a step narrower than this has no room for its number, which the table gives


def levels(drug: str) -> Markup:
    """Level against weight for one drug, the weight by tens, with the two lines of the statute."""
    column = tables.column_of(drug)
    lines = _statute_lines(column)
    title = f"{tables.column_title(column)}: offense level by weight, and the statute’s lines"
    starts = [float(row.at_least) for row in column.rows if row.at_least]
    first, last = log10(min(starts)), log10(max(starts))
    left, right = first - 0.5, last + 0.5

    def at(amount: float) -> float:
        return _LEFT + (_RIGHT - _LEFT) * (log10(amount) - left) / (right - left)

    highest = column.rows[0].level
    lowest = column.rows[-1].level
    top = 18 + _LABEL * len(lines)
    floor = top + (highest - lowest) * _PER_LEVEL + 14

    def height(level: int) -> float:
        return top + (highest - level) * _PER_LEVEL

    parts: list[Markup] = [_line(_LEFT, floor, _RIGHT, floor, "ps-axis")]
    for power in range(-3, 12):
        if left <= power <= right:
            x = at(10**power)
            parts += [
                _line(x, floor, x, floor + 5, "ps-axis"),
                _words(x, floor + 19, _amount(Decimal(10) ** power, column.measure), "middle", "ps-tick"),
            ]
    for number, line in enumerate(lines):
        x = at(float(line.least))
        y = 14.0 + _LABEL * number
        parts.append(_words(x + 0.8, y, line.label(column), "start" if x < 70 else "end", "ps-statute-words"))
        if number == 0 or lines[number - 1].least != line.least:
            parts.append(_line(x, y + 5, x, floor, "ps-statute", 2))
    before: float | None = None
    rows = column.rows[::-1]
    for row, level in zip(rows, _levels_at(column, [row.at_least for row in rows]), strict=True):
        x1 = at(float(row.at_least)) if row.at_least else _LEFT
        x2 = at(float(row.less_than)) if row.less_than is not None else _RIGHT
        y = height(level)
        if before is not None:
            parts.append(_line(x1, before, x1, y, "ps-step", 2.5))
        parts.append(_line(x1, y, x2, y, "ps-step", 2.5))
        if x2 - x1 >= _NARROW:
            parts.append(_words(x1 + 0.6, y - 3, str(level), "start", "ps-level"))
        before = y
    drawn = _svg(int(floor + 26), *parts, class_="ps-levels-chart")
    said = (
        f"The steps are guideline levels: from level {lowest} for the smallest amounts to level {highest} from "
        f"{_amount(column.rows[0].at_least, column.measure)}. {_lines_said(lines, column)}"
        "Along the bottom each mark is ten times the one before (a log scale)."
    )
    return _figure(title, drawn, said, tables.quantity_table(column.id.replace("_", "-")))


@dataclass(frozen=True, slots=True)
class _StatuteLine:
    """An amount from which the statute sets a minimum term. `of` says what is weighed where the steps and the
    statute can weigh different things: the pure drug or the mixture.
    """

    least: Decimal
    term: str
    of: str

    def label(self, column: Column) -> str:
        return f"{_amount(self.least, column.measure)}{self.of and f' {self.of}'}: {self.term}"

    def said(self, column: Column) -> str:
        of = {"": "", "pure": " of the pure drug", "mixture": " of a mixture"}[self.of]
        return f"{self.term} from {_amount(self.least, column.measure)}{of}"


def _levels_at(column: Column, amounts: Sequence[Decimal]) -> list[int]:
    """The level at each amount as the calculator finds it for the drug of a column; no column's drug is weighed by two
    substances differently. The bottom row of a column, which begins with nothing, is met by the least that is weighed.
    """
    drugs = law_now().drugs
    for substance in drugs.substances.values():
        for entry, facts in (
            (substance.whole, {}),
            (substance.actual, {"measured": "pure"}),
            (substance.ice, {"purity": Decimal(100), "d_meth_hydrochloride": YES}),
        ):
            if entry is not None and entry.column is column:
                drug = Drug(substance=substance.id, quantity=Quantity(_LEAST, column.measure), **facts)
                return level_curve(drug, [amount or _LEAST for amount in amounts], drugs)
    return [column.row(amount).level for amount in amounts]


_LEAST = Decimal("0.001")


def _lines_said(lines: Sequence[_StatuteLine], column: Column) -> str:
    if not lines:
        return "The statute has no minimum for this drug. "
    groups = [" and ".join(line.said(column) for line in lines if line.of == of) for of in ("", "pure", "mixture")]
    said = "; ".join(group for group in groups if group)
    weighed = " The steps count the whole mixture." if any(line.of for line in lines) else ""
    return f"The upright lines are the statute’s minimums, if charged and proved: {said}.{weighed} "


def _statute_lines(column: Column) -> list[_StatuteLine]:
    """The amounts of (B) and (A) that go with a column, least first, with their minimum terms. A column of the pure
    drug has the lines of the pure drug alone; a mixture can be over either kind of line.
    """
    law = law_now()
    pure_column = column.id.endswith("_actual") or column.id == "ice"
    named = {
        substance.threshold
        for substance in law.drugs.substances.values()
        for entry in (substance.whole, substance.actual, substance.ice)
        if entry is not None and entry.column is column and substance.threshold
    }
    thresholds = [
        threshold
        for name in sorted(named)[:1]
        for threshold in law.statutes.amounts.thresholds.get(("841", name), ())
        if threshold.measure == "pure" or (threshold.measure == "mixture" and not pure_column)
    ]
    several = len(thresholds) > 1
    found = [
        _StatuteLine(
            least,
            f"{law.statutes.ladder.paragraphs[tier].rows['base'].minimum.in_years()}",
            threshold.measure if several else "",
        )
        for threshold in thresholds
        for tier, least, _ in threshold.steps
        if tier in ("A", "B")
    ]
    return sorted(found, key=lambda line: (line.least, line.of))


def _amount(amount: Decimal, measure: str) -> str:
    return words.grams(amount) if measure == "g" else f"{plain(amount)} {measure}"


# --- One case ---------------------------------------------------------------------------------------------------


def months(outcome: Outcome) -> Markup:
    """The months bar of a case."""
    if not isinstance(outcome, Answer):
        return tag("p", words.sentence(outcome))
    rows: list[Sequence[object]] = [("The range", words.in_months_and_years(outcome.total))]
    if outcome.zone:
        rows.append(("Zone", outcome.zone))
    rows += words.statute_rows(outcome)
    twin = tables.table("The range and the statute’s limits", ("What", "How much"), rows)
    return _figure(words.MONTHS_BAR, months_bar(outcome), bar_words(outcome), twin)


_BODY = "M3 11 h18 v12 h-18 z"
_SHACKLES = {
    True: "M7 11 v-4 a5 5 0 0 1 9.5 -2",
    False: "M7 11 v-3 a5 5 0 0 1 10 0 v3",
    None: "M7 11 v-3 a5 5 0 0 1 10 0 v3",
}


def locks(outcome: Outcome) -> Markup:
    """The three locks on the way to probation, each drawn open or shut."""
    if not isinstance(outcome, Answer):
        return tag("p", words.sentence(outcome))
    states = {True: words.OPEN, False: words.SHUT, None: words.NOT_KNOWN}
    found = outcome.probation.locks
    rows = [
        (words.LOCK_NAMES[lock.name], states[lock.open], lock.words, tag("span", lock.cite, class_="ps-cite"))
        for lock in found
    ]
    twin = tables.table(words.LOCKS, ("Lock", "State", "Why", "Where"), rows)
    drawn = tag("ul", *(_lock(lock, states[lock.open]) for lock in found), class_="ps-lock-row")
    return _figure(words.LOCKS, drawn, words.verdict(outcome), twin, "ps-locks-chart")


def _lock(lock: Lock, state: str) -> Markup:
    shackle = tag("path", d=_SHACKLES[lock.open], fill="none", stroke="currentColor", stroke_width="2.5")
    mark = _words(50, 20, "?", "middle", "ps-lock-mark") if lock.open is None else ""
    body = tag("path", d=_BODY, fill="currentColor", fill_opacity="0.25" if lock.open is not False else "0.85",
               stroke="currentColor", stroke_width="2")  # fmt: skip
    icon = tag(
        "svg", shackle, body, mark, class_="ps-padlock", width="24", height="25", aria_hidden="true", focusable="false"
    )
    known = {True: "yes", False: "no", None: "unknown"}[lock.open]
    return tag("li", icon, tag("strong", words.LOCK_NAMES[lock.name]), tag("span", state), data_open=known)


# --- Two tracks -------------------------------------------------------------------------------------------------

_STATUTE_TRACK = (
    ("The charge names a section and an amount", "21 U.S.C. 841(a), (b)"),
    ("A jury finds the amount, or the person admits it", "Alleyne v. United States, 570 U.S. 99 (2013)"),
    ("Earlier convictions count only with a notice", "21 U.S.C. 851(a)(1)"),
    ("The law sets a lowest and a highest term", "21 U.S.C. 841(b)(1)–(3)"),
    ("The safety valve or a motion can lift the lowest", "18 U.S.C. 3553(e), (f)"),
)
_GUIDELINE_TRACK = (
    ("Drug weight gives a base level", "USSG §2D1.1(a)(5), (c)"),
    ("Facts such as a gun add levels, others take some off", "USSG §2D1.1(b)"),
    ("Role, obstruction, accepting responsibility", "USSG Ch. Three"),
    ("Earlier sentences give points and a category", "USSG §4A1.1"),
    ("Level and category meet in a table: months and a zone", "USSG Ch. Five, Pt. A"),
)
_MEET = (
    ("The range is cut to fit: never below the lowest term that still binds, never above the highest", "USSG §5G1.1"),
    ("The judge then weighs the whole person and case, and may go above or below the range, inside the law’s limits",
     "18 U.S.C. 3553(a)"),
)  # fmt: skip


def two_tracks() -> Markup:
    """The statute and the guidelines, and where they meet."""
    drawn = tag(
        "div",
        _track("Track one: the statute", "It binds the judge.", _STATUTE_TRACK),
        _track("Track two: the guidelines", "They are advice the judge must work out.", _GUIDELINE_TRACK),
        _svg(
            44,
            _line(25, 0, 50, 34, "ps-join", 2),
            _line(75, 0, 50, 34, "ps-join", 2),
            _line(50, 34, 50, 44, "ps-join", 2),
            class_="ps-joining",
        ),
        tag("div", tag("p", tag("strong", "Where they meet")), _steps(_MEET), class_="ps-meet"),
        class_="ps-tracks",
    )
    rows = [
        *(("Statute", *step) for step in _STATUTE_TRACK),
        *(("Guidelines", *step) for step in _GUIDELINE_TRACK),
        *(("Both", *step) for step in _MEET),
    ]
    twin = tables.table("The two tracks, step by step (federal)", ("Track", "Step", "Where"), rows)
    said = (
        "Two sets of rules run side by side. The statute sets the walls; the guidelines suggest a place between them."
    )
    return _figure("How a federal drug sentence is made: two tracks", drawn, said, twin)


def _track(title: str, what: str, steps: Iterable[tuple[str, str]]) -> Markup:
    return tag("div", tag("p", tag("strong", title), " ", what), _steps(steps), class_="ps-track")


def _steps(steps: Iterable[tuple[str, str]]) -> Markup:
    return tag("ol", *(tag("li", text, " ", tag("span", cite, class_="ps-cite")) for text, cite in steps))


# --- Timelines --------------------------------------------------------------------------------------------------


def presentence_timeline() -> Markup:
    """The days of Rule 32 on a line that ends with the sentencing."""
    draft, objections, final = around().deadlines
    days = draft.days

    def at(before: int) -> float:
        return _LEFT + (_RIGHT - _LEFT) * (days - before) / days

    axis = 62
    due = days - objections.days
    points = (
        (draft.days, "report", f"{draft.days} days before", 22),
        (due, "objections", f"{objections.days} days later", 94),
        (final.days, "final report", f"{final.days} days before", 94),
        (0, "sentencing", "day 0", 22),
    )
    parts: list[Markup] = [_line(_LEFT, axis, _RIGHT, axis, "ps-axis", 2)]
    for before, name, when, y in points:
        x = at(before)
        parts += [
            _line(x, axis, x, y + 20 if y < axis else y - 14, "ps-axis"),
            _dot(x, axis),
            _words(x, y, name, class_="ps-event"),
            _words(x, y + 16, when),
        ]
    said = (
        f"The report comes at least {draft.days} days before sentencing. Objections are due {objections.days} days "
        f"after it is received: if it came on day {draft.days}, that is {due} days before. The final report goes "
        f"to the judge at least {final.days} days before. The court can change these for good cause "
        f"({around().good_cause_cite})."
    )
    return _figure("The presentence report: the days that count", _svg(120, *parts), said, tables.deadlines())


# Our own plan, not law: from and to are days before sentencing.
_PLAN = (
    (90, 75, "Ask for records and sign releases; get a treatment or health assessment"),
    (85, 30, "Do the work and keep proof: treatment, tests, job, classes, care for family"),
    (70, 45, "Ask for letters from people who know facts"),
    (60, 40, "Prepare for the probation interview with the lawyer"),
    (35, 21, "Read the report line by line; objections in writing"),
    (28, 10, "Give the lawyer the proof, sorted and dated, for the court paper"),
    (14, 1, "Practice what to say; plan who comes; settle work, money and children"),
)


def mitigation_timeline() -> Markup:
    """A plan of ninety days before sentencing: ours, not a rule."""
    longest = _PLAN[0][0]

    def at(before: int) -> float:
        return 100 * (longest - before) / longest

    rows = []
    for start, end, what in _PLAN:
        bar = tag(
            "rect",
            x=f"{at(start):.2f}%",
            y="3",
            width=f"{at(end) - at(start):.2f}%",
            height="8",
            fill="currentColor",
            class_="ps-plan-bar",
        )
        rows.append(
            tag(
                "li",
                tag("span", f"Days {start} to {end} before: ", class_="ps-when"),
                what,
                _svg(14, _line(0, 7, 100, 7, "ps-axis"), bar),
            )
        )
    twin = tables.table(
        "A 90-day plan (ours, not a rule)",
        ("Days before sentencing", "What"),
        [(f"{start} to {end}", what) for start, end, what in _PLAN],
    )
    report = value("timeline.draft-report")
    said = joined(
        [
            f"Each bar runs from left, {longest} days before sentencing, to right, the day itself. This is a plan we "
            f"suggest, not a rule; only the report’s days are law ({report.text} before sentencing, {report.cite})."
        ]
    )
    return _figure("Ninety days to sentencing", tag("ol", *rows, class_="ps-plan"), said, twin)
