"""Every sentence of the page itself: headings, notices, the first sentence, questions for a lawyer.

A translation starts here and in `labels`. What the rules say about a case comes with its steps; it is not
here. Months and years stand together and both are exact: quarters of a year as fractions, anything else in
years and months.
"""

from __future__ import annotations

from decimal import Decimal

from calculator.answer import Answer, End, Moves, Option, Outcome, Range, Spread, Stopped
from calculator.present.labels import label_at
from calculator.trace import Finding, Step
from calculator.units import LIFE, Term, plain, signed
from calculator.units import day as day

# --- The form
# ---------------------------------------------------------------------------------------------------

FORM_INTRO = (
    "Nothing you type leaves this device. Answer what you can, and choose “I don’t know” where you are not "
    "sure. A question left as it stands counts with the answer that is marked."
)
SAMPLE_FILLED = (
    "The form is filled in with a sample, about an invented person. For your own case, start with an empty form."
)
START_EMPTY = "Start with an empty form"
CLEARED = "Nothing is answered yet."
CLEARED_NEXT = "Fill in what you know, choose “I don’t know” for the rest, and press “Show the answer”."
SAMPLE_STATIC = (
    "Below is the complete answer for the sample in the form, about an invented person. To answer your own "
    "case, the page needs JavaScript."
)
DONT_KNOW = "I don’t know"
YES = "Yes"
NO = "No"
CHOOSE = "Choose one"
NOT_GIVEN = "Not given"
HELP = "What does this mean?"
LESS_COMMON = "Less common facts"
LESS_COMMON_ROW = "More about this"
UNIT = "unit"
PERCENT = "%"
SUBMIT = "Show the answer"
CLEAR = "Clear my answers"
PRINT = "Print"
RETRY = "Try again"
ADD = {
    "drugs": "Add another drug",
    "charge.found": "Add an amount that was found or admitted",
    "history.priors": "Add an earlier sentence",
}
REMOVE = {
    "drugs": "Remove this drug",
    "charge.found": "Remove this amount",
    "history.priors": "Remove this sentence",
}
ROW = {
    "drugs": "A drug",
    "charge.found": "An amount found or admitted",
    "history.priors": "An earlier sentence",
}
GROUPS = {
    "charge": "The charge",
    "drugs": "The drugs",
    "conduct": "What happened",
    "role": "Role and plea",
    "history": "The past",
    "dates": "The dates",
}
HISTORY_HOW = "Are there earlier sentences?"
HISTORY_TERM = "criminal history, USSG Chapter Four"
HISTORY_HELP = (
    "An earlier sentence is any sentence for a crime that was not part of this case. If you have the "
    "presentence report, you can enter its points instead of the list."
)
HISTORY_WAYS = {
    "none": "No, there are none",
    "list": "Yes: I will list them",
    "points": "Yes: I know the points",
    "unknown": DONT_KNOW,
}

HISTORY_FOLDS = {"list": "The list of earlier sentences", "points": "The points"}
LENGTH_EXAMPLE = "18 months"

# What goes wrong in the form before a case can be read.
BOTH_NUMBER_AND_UNKNOWN = "has both a number and “I don’t know”: clear one of the two"
HOW_MISSING = "is missing: say whether there are earlier sentences"
HOW_BUT_PRIORS = "does not fit: earlier sentences are listed below. Choose the list, or remove the rows"
LIST_EMPTY = "is missing: add at least one earlier sentence, or say that there are none"
POINTS_MISSING = "is missing: write the points, or choose “I don’t know”"
HOW_BUT_POINTS = "does not fit: points are entered below. Choose the points, or clear them"


def this_answer(message: str) -> str:
    """An error as it stands beside its field: “This answer is missing: …”."""
    text = f"This answer {message}" if message[:1].islower() else message
    return text if text.endswith((".", "?", "!")) else f"{text}."


def drug_row(quantity: str, name: str, *, pure: bool) -> str:
    """A drug read back: "120 g of heroin"."""
    return f"{quantity} of {'pure ' if pure else ''}{name}"


def prior_row(imposed: str, kind: str, on: str) -> str:
    """An earlier sentence read back: "18 months, prison or jail, imposed on June 1, 2019"."""
    said = f"{imposed}, {kind[:1].lower()}{kind[1:]}" if imposed else kind
    return f"{said}, imposed on {on}"


def errors_title(count: int) -> str:
    """The heading over a list of errors."""
    return "One answer needs another look" if count == 1 else f"{count} answers need another look"


def no_answer_yet(count: int) -> str:
    """The first sentence while there are errors."""
    one = "one answer needs" if count == 1 else f"{count} answers need"
    return f"There is no new result yet: {one} another look."


FAULT = (
    "The calculator met a fault of its own and gives no result for these answers. What you typed is still "
    "here. Please do not rely on an earlier result."
)
BAD_REQUEST = "The page sent something the calculator cannot read, so there is no result."

# --- The answer
# -------------------------------------------------------------------------------------------------

ANSWER = "The answer"
EDITION = "Law used"
NOT_ADVICE = (
    "This is information, not legal advice. It says what the law allows and advises; it never predicts a judge."
)
MONTHS_BAR = "The range and the statute’s limits"
LOCKS = "Is probation legally open?"
LOCK_NAMES = {"statute": "The statute", "minimum": "The mandatory minimum", "zone": "The guideline zone"}
OPEN, SHUT, NOT_KNOWN = "open", "shut", "not known"
RECEIPT = "Why: each rule in order"
ROWS_OPEN = "Each row opens to say what it rests on."
RECEIPT_HINT = "Levels are steps on the guideline’s scale of seriousness."
NO_LABEL = "An earlier sentence"
FINDINGS = {
    "applied": "Applied",
    "considered, not applicable": "Considered, not applied",
    "flagged": "Open question",
    "unknown": "Not known",
}
FINDING_WORDS = {
    "applied": "This rule applies on the facts given.",
    "considered, not applicable": "This rule was considered. On the facts given it does not apply.",
    "flagged": "The law leaves this open, or a lawyer should check it. It never changes the number unsaid.",
    "unknown": "A fact that decides this is not known. The main result leaves the rule out.",
}
RESTS_ON = "It turned on the answer to:"
PRINTED_AT = "Printed at"
STAGES = {
    "law": "Which law",
    "quantity": "How the drugs are weighed",
    "offense": "The offense level",
    "adjustments": "Role and conduct of the case",
    "history": "The past",
    "acceptance": "Accepting responsibility",
    "zero points": "No criminal history points",
    "statute": "What the statute says",
    "safety valve": "The safety valve",
    "range": "From level and category to months",
    "options": "Kinds of sentence",
    "probation": "Probation",
    "supervision": "After prison, and money",
    "motions": "What the Government can ask for",
}
WEIGHTS = "The drugs as the guideline counts them"
WEIGHT_HEADS = ("drug", "given", "counted", "converted drug weight")
PRIORS = "The earlier sentences and their points"
PRIOR_HEADS = ("sentence", "points", "rule")
OPTIONS = "What kinds of sentence the guidelines allow"
VALVE = "The safety valve, test by test"
VALVE_RESULT = {
    True: "All tests are met, and the safety valve covers this count.",
    False: "At least one test is not met, so the safety valve does not help here.",
    None: "Whether the safety valve helps turns on what is not known yet.",
}
VALVE_NOT_COVERED = "The tests are met, but the safety valve does not cover this count: its minimum stays."
VALVE_NOTHING = "The tests are met, but the safety valve does not cover this count, which has no minimum to lift."
VALVE_UNSETTLED = "Whether the safety valve helps turns on a question that the courts have not settled."
TEST_MARKS = {True: "met", False: "not met", None: "not known"}
STATUTE = "The statute"
STATUTE_ROWS = {
    "minimum": "Minimum prison term",
    "minimum_by_law": "Minimum before relief",
    "lifted_by": "Lifted by",
    "maximum": "Maximum prison term",
    "class": "Class",
    "fine": "Largest fine",
    "fine_minimum": "Smallest fine",
    "consecutive": "Gun count, served after",
    "bar": "Bar on probation",
}
ASKED_BELOW = "the Government has asked the judge to go below it"
FELONY_CLASS = "Class {} felony"
OTHER_CLASS = "Class {}"  # the name says what it is: "A misdemeanor"
NONE = "none"
ALTERNATIVES = "If other facts were charged and found"
AFTER = "After prison, and money"
RELEASE, FINE, ASSESSMENT = "Supervised release", "Fine", "Special assessment"
PROBATION_TERM = "Probation, if imposed"
MOTIONS = "What the Government can ask for"
MADE, POSSIBLE = "made", "possible"
MOVES = "What the unknown facts could change"
MOVES_INTRO = "Each line says how far the answer to one question can move the low end of the range."
MOVES_LIFE = "can move it to or from life"
MOVES_NOTHING = "does not move it"
MOVES_OTHER = "does not move it, but decides {}"
DECIDES = {
    "high end": "the high end",
    "minimum": "the statutory minimum",
    "probation": "the question of probation",
    "class": "the class of the offense",
}
OPEN_LAW = {
    "law.added_points": "Do points added for being under a sentence count in the safety valve?",
    "law.object": "Does the safety valve reach an attempt or a conspiracy to break a section it does not name?",
}
SPREAD_OUTSIDE = "One answer leads outside this calculator, so the true ends can lie farther out."
SPREAD_INCOMPLETE = (
    "There are too many unknown facts to try every combination, or some lead outside this calculator. "
    "The true ends can lie farther out."
)
LEAVES_OUT = "This leaves out"
# What no answer holds, whatever the case. What one answer leaves out besides comes with it.
ALWAYS_LEFT_OUT = (
    "What the judge will do. The guidelines are advice; a judge may go above or below them for reasons the law lists.",
    "The person’s life: health, family, work, treatment. These matter to a judge and have no number.",
    "Plea offers, and how a particular court or judge tends to sentence.",
    "Time already served, good time and time credits.",
    "Immigration, housing, benefits, and other consequences outside the sentence.",
)
QUESTIONS = "Questions for your lawyer"
QUESTION_UNKNOWN = "Can we find out: {}"
QUESTION_FLAGGED = "What do the courts here say about this? {}"
QUESTION_TIER = "Which amount was charged, and what exactly would be found or admitted in a plea?"
QUESTION_VALVE = "Should the safety valve statement to the Government be made, when, and what are its risks?"
QUESTION_HISTORY = "Has someone checked every earlier sentence against the records: dates, length, and release?"
QUESTION_VARIANCE = "What facts about the person could support a sentence below the range?"
QUESTION_NEWER = "What does the newer Guidelines Manual change in this case?"

STOPPED = "This case is outside what the calculator can answer."
STOPPED_WHY, STOPPED_ASK = "Why", "Ask a lawyer"
STOPPED_BAR = "No number for this case"
BAR_UNSETTLED = "law not settled"

# --- Amounts of time and money
# ----------------------------------------------------------------------------------

_QUARTERS = ("", "¼", "½", "¾")


def count(number: int, noun: str) -> str:
    """A number and its noun: "1 fact", "2 facts"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def dollars(amount: int) -> str:
    """Whole dollars: "$5,000,000"."""
    return f"${amount:,}"


def _quarters(term: Term) -> str | None:
    """The number of years when it is exact in quarters ("5¼"), else None."""
    if term.life or term.days or term.months % 3:
        return None
    years, quarter = divmod(term.months // 3, 4)
    return f"{years or ''}{_QUARTERS[quarter]}" or "0"


def in_years(term: Term) -> str:
    """A term in years, exactly: "5¼ years", "3 years 10 months", "10 months", "15 days", "life"."""
    number = _quarters(term)
    if number is not None and term.months:
        return f"{number} year" if term.months <= 12 else f"{number} years"
    if term.life or term.days or term.months < 12:
        return str(term)
    years, months = divmod(term.months, 12)
    return f"{count(years, 'year')} {count(months, 'month')}"


def in_months(term: Term) -> str:
    """A term with its years beside it: "60 months (5 years)"."""
    months, years = str(term), in_years(term)
    return months if months == years or not term else f"{months} ({years})"


def span(low: Term, high: Term) -> str:
    """A range in months: "63 to 78 months"; "360 months to life"; one term when both ends are the same."""
    if low == high:
        return str(low)
    if low.days or high.days or high.life:
        return f"{low} to {high}"
    return f"{low.months} to {count(high.months, 'month')}"


def in_months_and_years(of: Range) -> str:
    """A range in months and years: "63 to 78 months (5¼ to 6½ years)"."""
    low, high = of.low, of.high
    if low == high:
        return in_months(low)
    months = span(low, high)
    if high <= Term(11) and (_quarters(low) is None or _quarters(high) is None):
        return months
    if low.life or low.days or high.days:
        return f"{months} ({in_years(low)} to {in_years(high)})"
    if not low:
        return f"{months} (up to {in_years(high)})"
    if not high.life and (quarters := _quarters(low)) is not None and _quarters(high) is not None:
        return f"{months} ({quarters} to {in_years(high)})"
    return f"{months} ({in_years(low)} to {in_years(high)})"


def short_span(low: Term, high: Term) -> str:
    """A range for a narrow place: "63–78 months"."""
    if low == high or low.days or high.days:
        return span(low, high)
    return f"{low.months}–life" if high.life else f"{low.months}–{count(high.months, 'month')}"


def limit(term: Term, what: str) -> str:
    """A limit as a noun: "5-year minimum", "15-day minimum", "minimum of life"."""
    if term.life:
        return f"{what} of life"
    if term.months and not term.days and not term.months % 12:
        return f"{term.months // 12}-year {what}"
    if term.months and not term.days:
        return f"{term.months}-month {what}"
    return f"{term.days}-day {what}" if not term.months else f"{what} of {term}"


def in_years_short(of: Range) -> str:
    """A range in years for the chart, or an empty text when months say it all."""
    text = in_months_and_years(of)
    return text.partition("(")[2].removesuffix(")")


def bar_range(answer: Answer) -> str:
    """The range and its zone: "63–78 months · Zone D"."""
    months = short_span(answer.total.low, answer.total.high)
    return f"{months} · Zone {answer.zone}" if answer.zone else months


def bar_minimum(minimum: Term) -> str:
    """The label at the wall of the months bar."""
    return f"minimum {in_months(minimum)}"


def bar_maximum(maximum: Term) -> str:
    """The label at the end of the months bar."""
    return "life" if maximum.life else f"maximum {in_months(maximum)}"


def levels(change: int | None, total: int | None) -> str:
    """A change in offense level as on a receipt: "+2", "−3"; a starting level is no change."""
    if change is None or change == total:
        return ""
    return f"+{change}" if change >= 0 else f"−{-change}"


def total(level: int | None) -> str:
    """The level after a step: "= 28"."""
    return "" if level is None else f"= {signed(level)}"


def considered(number: int) -> str:
    """The heading of the rules that do not apply."""
    return f"{count(number, 'rule')} considered, not applied"


def zone(letter: str) -> str:
    """A zone by its letter: "Zone D"."""
    return f"Zone {letter}"


def moves(move: Moves) -> str:
    """How far one unknown fact can move the low end of the range, or what else it decides."""
    if move.months is None:
        return MOVES_LIFE
    if move.months:
        return f"up to {count(move.months, 'month')}"
    if not move.decides:
        return MOVES_NOTHING
    *names, last = [DECIDES[name] for name in move.decides]
    return MOVES_OTHER.format(f"{', '.join(names)} and {last}" if names else last)


def spread_limits(spread: Spread) -> str:
    """Why the true ends can lie farther out, or an empty text where every combination was tried."""
    if spread.complete:
        return ""
    return SPREAD_OUTSIDE if spread.outside else SPREAD_INCOMPLETE


def spread_ends(spread: Spread) -> str:
    """The best and the worst case over what is not known, each with the answers that lead there."""
    return f"{_end('Lowest', spread.lowest)} {_end('Highest', spread.highest)}"


def _end(name: str, end: End) -> str:
    zone_words = f", Zone {end.zone}" if end.zone else ""
    given = "; ".join(f"{asked(field)} {_value(field, value)}" for field, value in end.given)
    return f"{name}: {in_months_and_years(end.range)}{zone_words}" + (f" ({given})." if given else ".")


def asked(field: str) -> str:
    """The question behind a field of a case."""
    label = label_at(field)
    return label.ask if label else OPEN_LAW.get(field, field)


def _value(field: str, value: str) -> str:
    label = label_at(field)
    if label is not None and label.options is not None and value in label.options:
        return label.options[value]
    return {"yes": "yes", "no": "no"}.get(value, value)


def verdict(answer: Answer) -> str:
    """Whether probation is open, without what the locks below it say again."""
    text = answer.probation.words
    for lock in answer.probation.locks:
        text = text.replace(lock.words, "")
    return " ".join(text.split())


def receipt(answer: Answer) -> tuple[list[Step], list[Step]]:
    """The steps of the receipt in order, and those considered and not applied; without what has a part of its
    own.
    """
    elsewhere = {test.words for test in answer.safety_valve.tests} | {lock.words for lock in answer.probation.locks}
    passed = [step for step in answer.steps if step.finding is Finding.NOT_APPLICABLE and step.words not in elsewhere]
    rows = [
        step
        for step in answer.steps
        if step.finding is not Finding.NOT_APPLICABLE
        and not (step.finding is Finding.APPLIED and step.words in elsewhere)
    ]
    return rows, passed


def option_sum(option: Option) -> str:
    """The arithmetic of a sentence in two parts: "5 months in prison + 5 months in substitutes = 10
    months".
    """
    return f"{option.prison} + {option.substitute} = {option.prison + option.substitute}."


def valve_result(answer: Answer) -> str:
    """What comes of the tests of the safety valve, in one sentence."""
    valve = answer.safety_valve
    if valve.relief is None and valve.open_question:
        return VALVE_UNSETTLED
    if valve.criteria is True and valve.relief is False:
        return VALVE_NOT_COVERED if answer.statute.minimum_by_law else VALVE_NOTHING
    return VALVE_RESULT[valve.relief]


def statute_rows(answer: Answer) -> list[tuple[str, str]]:
    """The statute's limits as name and value, only those there are."""
    statute = answer.statute
    lifted = answer.safety_valve.relief is True
    if statute.minimum < statute.minimum_by_law and not lifted:
        rows = [(STATUTE_ROWS["minimum"], f"{in_months(statute.minimum_by_law)}; {ASKED_BELOW} ({statute.lifted_by})")]
    else:
        rows = [(STATUTE_ROWS["minimum"], in_months(statute.minimum) if statute.minimum else NONE)]
    if statute.minimum_by_law != statute.minimum and lifted:
        rows.append((STATUTE_ROWS["minimum_by_law"], in_months(statute.minimum_by_law)))
        if statute.lifted_by:
            rows.append((STATUTE_ROWS["lifted_by"], statute.lifted_by))
    rows.append((STATUTE_ROWS["maximum"], in_months(statute.maximum)))
    if statute.consecutive:
        rows.append((STATUTE_ROWS["consecutive"], f"{in_months(statute.consecutive)} ({statute.consecutive_cite})"))
    rows.append((STATUTE_ROWS["class"], (FELONY_CLASS if statute.felony else OTHER_CLASS).format(statute.felony_class)))
    if statute.probation_bar:
        rows.append((STATUTE_ROWS["bar"], statute.probation_bar))
    rows.append((STATUTE_ROWS["fine"], dollars(statute.fine_maximum)))
    if statute.fine_minimum:
        rows.append((STATUTE_ROWS["fine_minimum"], dollars(statute.fine_minimum)))
    return rows


def _left_open(step: Step) -> str:
    """The words of a step a lawyer should look at: flagged, or not known and settled by no question of the form."""
    unasked = step.finding is Finding.UNKNOWN and step.field is None
    return step.words if unasked or step.finding is Finding.FLAGGED else ""


def questions(answer: Answer) -> list[str]:
    """What to ask a lawyer about this case: what is not known first, then what is open, then what always
    matters.
    """
    found = [QUESTION_UNKNOWN.format(asked(field)) for field in answer.unknowns]
    found += [QUESTION_FLAGGED.format(text) for text in dict.fromkeys(map(_left_open, answer.steps)) if text]
    if answer.estimate:
        found.append(QUESTION_NEWER)
    if answer.statute.tier is not None:
        found.append(QUESTION_TIER)
    if any(test.met is None for test in answer.safety_valve.tests):
        found.append(QUESTION_VALVE)
    if answer.history.priors:
        found.append(QUESTION_HISTORY)
    found.append(QUESTION_VARIANCE)
    return found


def grams(amount: Decimal) -> str:
    """A weight in grams as people say it: kilograms from one kilogram up."""
    return f"{plain(amount / 1000)} kg" if amount >= 1000 else f"{plain(amount)} g"


# --- The first sentence
# -----------------------------------------------------------------------------------------


def estimate_title(answer: Answer) -> str:
    """ "2025 Manual estimate", when a newer Manual applies."""
    return f"{answer.law_effective.year} Manual estimate"


def sentence(outcome: Outcome) -> str:
    """The whole answer in one or a few plain sentences: the range in months and years, what is in control of
    it, the zone, and whether probation is legally open; or that there is no number, and why.
    """
    if isinstance(outcome, Stopped):
        return f"{STOPPED} {outcome.why}"
    text = f"{_not_known(outcome)}{_range(outcome)} {_zone_and_probation(outcome)}"
    return f"{estimate_title(outcome)}: {text}" if outcome.estimate else f"{text[0].upper()}{text[1:]}"


def _not_known(answer: Answer) -> str:
    unknown = len(answer.unknowns)
    if not unknown and not answer.open_law:
        return ""
    facts, spread = count(unknown, "fact"), answer.spread
    if not unknown:
        leaving_out, known = "if that is answered against the person, ", SETTLED
    else:
        leaving_out = f"if the {facts} not known {'turns' if unknown == 1 else 'turn'} out not to apply, "
        known = f"{facts} {'is' if unknown == 1 else 'are'} not known"
        known = f"{known} and {SETTLED}" if answer.open_law else known
    if spread is None:
        return leaving_out
    low, high = spread.lowest.range, spread.highest.range
    if _same(low, high) and spread.outside:
        return f"{known}, and one answer leads outside this calculator; {leaving_out}"
    if _same(low, high) and _same(low, answer.total) and spread.complete:
        return f"{known}, but {'it does' if unknown <= 1 else 'they do'} not move the range: "
    beyond = "" if spread.complete else " or beyond"
    ends = f"between {in_months_and_years(low)} and {in_months_and_years(high)}{beyond}"
    return f"{ends}, because {known}; {leaving_out}"


SETTLED = "one question of law is not settled"


def _same(one: Range, other: Range) -> bool:
    return one.low == other.low and one.high == other.high


def _range(answer: Answer) -> str:
    alone = f"{in_months_and_years(answer.range)}{_control(answer)}{_below_on_motion(answer)}"
    if _same(answer.total, answer.range):
        return f"{alone}."
    return f"{in_months_and_years(answer.total)} in all with the gun count; for the drug count alone, {alone}."


def _below_on_motion(answer: Answer) -> str:
    """That a motion lets the judge go below a minimum, made or not known to be made (18 U.S.C. 3553(e))."""
    names = ["that minimum"] if binding_minimum(answer) else []
    names += ["the gun count’s term"] if answer.statute.consecutive else []
    what = " and ".join(names)
    if any(motion.opens_minimum for motion in answer.motions):
        return f"; on the Government’s motion the judge may go below {what}"
    if what and "motions.substantial_assistance" in answer.unknowns:
        return f"; with a motion of the Government under section 3553(e) the judge could go below {what}"
    return ""


def binding_minimum(answer: Answer) -> Term:
    """The minimum the range is worked out with: lifted only by the safety valve, since motions come after the
    range.
    """
    return answer.statute.minimum if answer.safety_valve.relief is True else answer.statute.minimum_by_law


def longest(answer: Answer) -> Term:
    """Where the line of the months bar ends: life with a gun count, which has no maximum of its own."""
    return LIFE if answer.statute.consecutive else answer.maximum_together


def _together(answer: Answer) -> bool:
    """Whether the maximums of several counts were put together."""
    return answer.maximum_together > answer.statute.maximum


def _control(answer: Answer) -> str:
    """What is in control of the range, after the months."""
    table = span(answer.table_range.low, answer.table_range.high)
    low, high = answer.range.low, answer.range.high
    alone = f"The guidelines alone would say {table}"
    if answer.control == "guidelines":
        return f" under the guidelines; {_statute_clause(answer)}"
    if answer.control == "safety valve floor":
        return f": the floor the guidelines set for a lifted minimum is in control. The table alone would say {table}"
    if answer.control == "both limits":
        both = f"{limit(low, 'minimum')} and {_maximum(answer, high)}"
        return f": the statute’s {both} are both in control. {alone}"
    which, term, beyond, end = (
        (limit(low, "minimum"), low, "above", "low")
        if answer.control == "statutory minimum"
        else (_maximum(answer, high), high, "below", "high")
    )
    if low == high and not answer.table_range.low <= term <= answer.table_range.high:
        why = f"because it is {beyond} the guideline range of {table}"
        return f": the statute’s {which} is in control, {why}"
    return f": the statute’s {which} is in control of the {end} end. {alone}"


def _maximum(answer: Answer, term: Term) -> str:
    """A maximum in control as a noun; that of several counts is no statute's."""
    if not _together(answer):
        return limit(term, "maximum")
    return f"maximum for all the counts together, {in_years(term)},"


def _statute_clause(answer: Answer) -> str:
    statute, minimum = answer.statute, binding_minimum(answer)
    it = "the drug statute" if statute.consecutive else "the statute"
    if minimum:
        none = f"{it}’s {limit(minimum, 'minimum')} does not change that"
    elif statute.minimum_by_law:
        none = f"{it}’s {limit(statute.minimum_by_law, 'minimum')} is lifted by the safety valve"
    else:
        adding = [one for one in statute.alternatives if one.minimum]
        known = "as far as is known, " if any(one.settled for one in adding) else "on the reading used here, "
        none = f"{known if adding else ''}{it} sets no minimum"
    if _together(answer):
        what = "That" if answer.range.low > statute.maximum else "Its high end"
        return (
            f"{none}. {what} is more than the {in_years(statute.maximum)} that one count allows, but the terms of "
            f"several counts can run one after another, up to {in_years(answer.maximum_together)}"
        )
    if minimum or statute.minimum_by_law:
        return none
    if statute.maximum.life:
        return f"{none}, and its maximum is life"
    return f"{none}, and its {limit(statute.maximum, 'maximum')} does not change that"


PROBATION = {
    True: "Probation is legally open.",
    False: "Probation is not legally open.",
    None: "Whether probation is legally open is not known.",
}
PROBATION_DEPENDS = "Whether probation is legally open depends on what is not known."
PROBATION_IF_BELOW = "Probation is legally open if the judge goes below the minimum."
PROBATION_DOUBT = {
    "law": "Whether probation is legally open is not settled.",
    "courts": "Courts differ on whether probation is then legally open.",
    "no decision": "No court decision was found on whether probation is then legally open.",
}


def _zone_and_probation(answer: Answer) -> str:
    return f"{_zone(answer)} {_probation(answer)}"


def _zone(answer: Answer) -> str:
    """The zone of the main line; where the ends of what is not known lie in others, that it is so in that case only."""
    spread = answer.spread
    if not answer.zone:
        return "Which zone then counts is not settled."
    if spread is not None and {spread.lowest.zone, spread.highest.zone} != {answer.zone}:
        return f"In that case it is Zone {answer.zone}."
    return f"Zone {answer.zone}."


def _probation(answer: Answer) -> str:
    """Whether probation is legally open, over every answer tried to what is not known."""
    spread = answer.spread
    if spread is not None and spread.probation == "depends":
        return PROBATION_DEPENDS
    shut = [lock for lock in answer.probation.locks[:2] if lock.open is None]
    if answer.probation.open is None and shut:
        return PROBATION_DOUBT.get(shut[0].doubt, PROBATION[None])
    if answer.probation.open and binding_minimum(answer) and any(motion.opens_minimum for motion in answer.motions):
        return PROBATION_IF_BELOW
    return PROBATION[answer.probation.open]


def bar(outcome: Outcome) -> str:
    """The answer in a few words, for the thin bar of a phone."""
    if isinstance(outcome, Stopped):
        return STOPPED_BAR
    spread = outcome.spread
    if spread is not None and not _same(spread.lowest.range, spread.highest.range):
        ends = short_span(spread.lowest.range.low, spread.highest.range.high)
        unknown = len(outcome.unknowns)
        return f"{ends} · {count(unknown, 'fact')} not known" if unknown else f"{ends} · {BAR_UNSETTLED}"
    return bar_range(outcome)
