"""The answer as HTML: one fragment, the same at build time and in the page, in the order a frightened reader
needs it.

Everything goes through `markup`, so nothing typed can become HTML. No law and no arithmetic here: it shows
what the records of `calculator.answer` hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import calculator
from calculator.answer import Answer, Lock, Motion, Option, Outcome, Stopped, ValveTest
from calculator.kinds import FieldError
from calculator.present import words
from calculator.present.facts import given
from calculator.present.forms import error_items, field_id, form_html
from calculator.present.labels import label_at
from calculator.present.markup import Markup, joined, tag
from calculator.present.shown import Shown
from calculator.present.svg import bar_words, months_bar
from calculator.present.words import bar, sentence
from calculator.trace import Finding, Stage, Step
from calculator.units import plain

__all__ = ["bar", "case_html", "element_html", "errors_html", "facts_html", "result_html", "sentence", "steps_html"]


def errors_html(errors: Iterable[FieldError]) -> str:
    """The summary of errors, each linked to its field; `field` is the name in the form. Empty for none."""
    return error_items((error.field, error.message) for error in errors)


def result_html(outcome: Outcome, *, with_sentence: bool = True, form: bool = True, shown: Shown | None = None) -> str:
    """The whole answer. Without the first sentence where the page already shows it; `form` says whether the
    page has the form, so that a row can lead to its question. Of what is `shown` already only its place is given.
    """
    if isinstance(outcome, Stopped):
        return _stopped(outcome, with_sentence)
    return _Answer(outcome, form, shown=shown).html(with_sentence)


def case_html(outcome: Outcome, *, whole: bool = True) -> str:
    """A worked case on a page without the form: its sentence, and with `whole` the answer below it."""
    first = tag("p", sentence(outcome), class_="lead ps-sentence")
    rest = Markup(result_html(outcome, with_sentence=False, form=False)) if whole else ""
    return tag("div", first, tag("div", rest, data_part="result") if whole else "", class_="ps-host ps-case")


def steps_html(outcome: Outcome) -> str:
    """The receipt of a case alone, on a page without the form: one rule a line, with nothing folded into it."""
    if isinstance(outcome, Stopped):
        return _stopped(outcome, with_sentence=True)
    return tag("div", _Answer(outcome, form=False, rows_open=False).receipt(), class_="ps-host ps-case")


def facts_html(case_data: Mapping[str, Any]) -> str:
    """What is given in a case, as questions and answers: everything that is not left as it stands in the form."""
    rows = [
        tag("li", f"{asked.rstrip('?')}: " if not asked.endswith("?") else f"{asked} ", tag("strong", said))
        for asked, said in given(case_data)
    ]
    return tag("div", tag("ul", *rows, class_="ps-facts-given"), class_="ps-host ps-case")


def element_html(
    sample_case_data: Mapping[str, Any],
    *,
    substances: Sequence[str] = (),
    echoes: Mapping[str, str] | None = None,
) -> str:
    """The custom element with the form filled in for a sample case and its complete answer, computed now."""
    outcome = calculator.solve(sample_case_data)
    loading = tag(
        "div",
        tag("p", data_part="status"),
        tag("progress", data_part="progress"),
        tag("button", words.RETRY, type="button", data_part="retry", hidden=True),
        data_part="loading",
        hidden=True,
    )
    element = tag(
        "plain-sentencing",
        loading,
        tag(
            "div",
            tag("p", words.SAMPLE_FILLED),
            tag("button", words.START_EMPTY, type="button", data_action="clear"),
            class_="ps-sample",
            data_part="sample-note",
        ),
        tag("p", words.SAMPLE_STATIC, class_="ps-hint", data_part="sample"),
        Markup(form_html(sample_case_data, substances=substances, echoes=echoes)),
        tag("h2", words.ANSWER, id="ps-answer"),
        tag("output", sentence(outcome), data_part="sentence", aria_live="polite"),
        tag("div", Markup(result_html(outcome, with_sentence=False)), data_part="result"),
        tag("a", bar(outcome), data_part="bar", href="#ps-answer", hidden=True),
        tag("template", tag("p", words.CLEARED_NEXT), data_part="cleared", data_sentence=words.CLEARED),
        data_state="static",
    )
    return tag("div", element, class_="ps-host")


def _part(name: str, title: str, *content: object) -> Markup:
    """A part of an answer, by the same name in every answer: by it the page finds what it can leave as it stands."""
    return tag("section", tag("h3", title), *content, class_="ps-part", id=f"ps-{name}")


# Most pieces are the same in answer after answer, and drawing one takes longer than looking it up.
_kept = lru_cache(maxsize=1024)


@_kept
def _cite(text: str) -> Markup:
    return tag("span", text, class_="ps-cite") if text else Markup()


def _table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[object]], class_: str) -> Markup:
    return tag(
        "div",
        tag(
            "table",
            tag("caption", caption),
            tag("thead", tag("tr", *(tag("th", head, scope="col") for head in heads))),
            tag(
                "tbody",
                *(
                    tag("tr", *(tag("td", cell, data_label=head) for head, cell in zip(heads, row, strict=True)))
                    for row in rows
                ),
            ),
            class_=class_,
        ),
        class_="ps-scroll",
    )


def _stopped(stopped: Stopped, with_sentence: bool) -> str:
    return joined(
        [
            tag("p", sentence(stopped), class_="lead ps-sentence") if with_sentence else "",
            _law_line(stopped.law, "", stopped.notice),
            _part("stopped", words.STOPPED_WHY, tag("p", stopped.why, " ", _cite(stopped.cite))),
            _part("ask", words.STOPPED_ASK, tag("p", stopped.ask)),
            tag("p", words.NOT_ADVICE, class_="ps-hint"),
        ]
    )


def _law_line(law: str, since: str, notice: str) -> Markup:
    return joined(
        [
            tag("p", notice, class_="ps-notice", role="note") if notice else "",
            tag("p", f"{words.EDITION}: {law}{since}.", class_="ps-edition") if law else "",
        ]
    )


@_kept
def _row(step: Step, id_: str, form: bool, opens: bool) -> Markup:
    """One line of the receipt; where it opens, for its reasons. `form` says whether the page has the form."""
    counted = step.levels is not None or step.total is not None
    mark = "" if step.finding is Finding.APPLIED else f"{words.FINDINGS[step.finding.value]}: "
    line = (
        tag("span", tag("strong", mark) if mark else "", step.words, class_="ps-words"),
        " ",
        _cite(step.cite),
        " ",
        tag("span", words.levels(step.levels, step.total), class_="ps-levels") if counted else "",
        " ",
        tag("span", words.total(step.total), class_="ps-total") if counted else "",
    )
    return tag(
        "li",
        _opening(step, line, id_, form) if opens else tag("p", *line, class_="ps-rule"),
        class_="ps-line",
        data_finding=step.finding.name.lower().replace("_", "-"),
    )


def _opening(step: Step, line: Sequence[object], id_: str, form: bool) -> Markup:
    """The line, which opens to say what it rests on."""
    return tag("details", tag("summary", *line), _reasons(step.finding, step.field, step.cite, form), id=id_)


@_kept
def _reasons(finding: Finding, field: str | None, cite: str, form: bool) -> Markup:
    known = field is not None and label_at(field) is not None
    return joined(
        [
            tag("p", words.FINDING_WORDS[finding.value]),
            tag("p", f"{words.RESTS_ON} ", _question(field, form)) if field is not None and known else "",
            tag("p", f"{words.PRINTED_AT} {cite}."),
        ]
    )


@_kept
def _row_name(stage: Stage, rule: str) -> str:
    plain_rule = "".join(letter if letter.isalnum() else "-" for letter in rule).strip("-")
    return f"ps-why-{stage.name.lower().replace('_', '-')}-{plain_rule}"


@_kept
def _question(field: str, form: bool) -> Markup:
    """The question behind a field, leading to it where the form is on the page."""
    label = label_at(field)
    asked = label.ask if label else field
    plain_field = field.replace("[", ".").replace("]", "")
    return tag("a", asked, href=f"#{field_id(plain_field)}") if form else tag("span", asked)


class _Answer:
    """One answer being drawn. It numbers the rows, so that each has an id of its own."""

    def __init__(self, answer: Answer, form: bool, rows_open: bool = True, shown: Shown | None = None) -> None:
        self.answer = answer
        self.form = form
        self.rows_open = rows_open
        self._piece = (shown or Shown()).piece
        self._ids: dict[str, int] = {}

    def html(self, with_sentence: bool) -> str:
        answer = self.answer
        title = f" ({words.estimate_title(answer)})" if answer.estimate else ""
        return joined(
            [
                tag("p", sentence(answer), class_="lead ps-sentence") if with_sentence else "",
                _law_line(f"{answer.law}{title}", "", answer.notice),
                tag("p", words.NOT_ADVICE, class_="ps-hint"),
                self._part("range", words.MONTHS_BAR, tag("p", bar_words(answer)), months_bar(answer)),
                self._part(
                    "locks",
                    words.LOCKS,
                    tag("p", words.verdict(answer)),
                    tag("ul", *(_lock(lock) for lock in answer.probation.locks), class_="ps-locks"),
                    tag("p", tag("strong", f"{words.PROBATION_TERM}: "), answer.probation.term_words, " ",
                        _cite(answer.probation.term_cite)) if answer.probation.term_words else "",
                ),
                self._moves(),
                self.receipt(),
                self._options(),
                self._valve(),
                self._statute(),
                self._after(),
                self._motions(),
                self._left_out(),
                self._questions(),
            ]
        )  # fmt: skip

    def _part(self, name: str, title: str, *content: object) -> Markup:
        return self._piece(f"ps-{name}", "section", _part(name, title, *content))

    # --- What the unknown facts could change

    def _moves(self) -> Markup:
        spread = self.answer.spread
        if spread is None:
            return Markup()
        rows = [
            tag("li", _question(move.field, self.form), ": ", tag("strong", words.moves(move))) for move in spread.moves
        ]
        return self._part(
            "moves",
            words.MOVES,
            tag("p", words.spread_ends(spread)),
            tag("p", words.MOVES_INTRO) if rows else "",
            tag("ul", *rows, class_="ps-moves") if rows else "",
            tag("p", limits) if (limits := words.spread_limits(spread)) else "",
        )

    # --- The receipt

    def receipt(self) -> Markup:
        shown, passed = words.receipt(self.answer)
        groups: list[Markup] = []
        for stage in Stage:
            of_stage = [step for step in shown if step.stage is stage]
            if stage is Stage.QUANTITY and self.answer.drug is not None:
                of_stage_table = self._weights()
            elif stage is Stage.HISTORY and self.answer.history.priors:
                of_stage_table = self._priors()
            else:
                of_stage_table = Markup()
            if of_stage or of_stage_table:
                rows = [self._row(step) for step in of_stage]
                groups.append(tag("h4", words.STAGES[stage.value]))
                groups.append(joined([of_stage_table, tag("ol", *rows, class_="ps-receipt") if rows else ""]))
        if passed:
            groups.append(
                tag(
                    "details",
                    tag("summary", words.considered(len(passed))),
                    tag("ol", *(self._row(step) for step in passed), class_="ps-receipt ps-passed"),
                    id="ps-why-passed",
                    class_="ps-fold",
                )
            )
        hint = f"{words.ROWS_OPEN} {words.RECEIPT_HINT}" if self.rows_open else words.RECEIPT_HINT
        return _part("receipt", words.RECEIPT, tag("p", hint, class_="ps-hint"), *groups)

    def _row(self, step: Step) -> Markup:
        id_ = self._id(step)
        return self._piece(id_, "li", _row(step, id_, self.form, self.rows_open))

    def _id(self, step: Step) -> str:
        """An id that stays the same while other facts change, so that an open row stays open."""
        name = _row_name(step.stage, step.rule)
        self._ids[name] = number = self._ids.get(name, 0) + 1
        return name if number == 1 else f"{name}-{number}"

    def _weights(self) -> Markup:
        drug = self.answer.drug
        assert drug is not None
        rows = [
            (
                joined([weight.name, tag("div", weight.words, class_="ps-hint")]),
                str(weight.given),
                f"{plain(weight.counted)} {weight.measure}",
                words.grams(weight.converted_g),
            )
            for weight in drug.weights
        ]
        return _table(words.WEIGHTS, words.WEIGHT_HEADS, rows, "ps-weights")

    def _priors(self) -> Markup:
        rows = [
            (
                joined([tag("strong", prior.label or words.NO_LABEL), tag("div", prior.words, class_="ps-hint")]),
                str(prior.points),
                _cite(prior.cite),
            )
            for prior in self.answer.history.priors
        ]
        return _table(words.PRIORS, words.PRIOR_HEADS, rows, "ps-priors")

    # --- What the range allows, and the statute

    def _options(self) -> Markup:
        rows = map(_option, self.answer.options)
        zone = self.answer.zone
        letter = tag("p", tag("span", words.zone(zone), class_="ps-zone", data_zone=zone)) if zone else ""
        return self._part("options", words.OPTIONS, letter, tag("ul", *rows, class_="ps-options"))

    def _valve(self) -> Markup:
        valve = self.answer.safety_valve
        tests = tag("ul", *(_test(test) for test in valve.tests), class_="ps-tests")
        return self._part("valve", words.VALVE, tag("p", words.valve_result(self.answer)), tests)

    def _statute(self) -> Markup:
        rows = words.statute_rows(self.answer)
        table = tag(
            "table",
            tag("tbody", *(_fact(name, value) for name, value in rows)),
            class_="ps-facts",
        )
        statute = self.answer.statute
        others = (
            tag(
                "details",
                tag("summary", words.ALTERNATIVES),
                tag("ul", *(_item(other.words) for other in statute.alternatives)),
                id="ps-statute-others",
                class_="ps-fold",
                open=True,
            )
            if statute.alternatives
            else ""
        )
        return self._part("statute", words.STATUTE, tag("p", statute.title, " ", _cite(statute.cite)), table, others)

    def _after(self) -> Markup:
        after = self.answer.supervision
        rows = [
            (words.RELEASE, after.release_words, after.release_cite),
            (words.FINE, after.fine_words, after.fine_cite),
            (words.ASSESSMENT, f"{words.dollars(after.assessment)}.", after.assessment_cite),
        ]
        return self._part(
            "after",
            words.AFTER,
            tag(
                "ul",
                *(_named(name, text, cite) for name, text, cite in rows),
            ),
        )

    def _motions(self) -> Markup:
        rows = [_motion(motion) for motion in self.answer.motions]
        return self._part("motions", words.MOTIONS, tag("ul", *rows)) if rows else Markup()

    def _left_out(self) -> Markup:
        return self._part("left-out", words.LEAVES_OUT, tag("ul", *map(_item, words.ALWAYS_LEFT_OUT)))

    def _questions(self) -> Markup:
        return self._part("questions", words.QUESTIONS, tag("ul", *map(_item, words.questions(self.answer))))


@_kept
def _item(text: str) -> Markup:
    return tag("li", text)


@_kept
def _fact(name: str, value: str) -> Markup:
    return tag("tr", tag("th", name, scope="row"), tag("td", value))


@_kept
def _named(name: str, text: str, cite: str) -> Markup:
    return tag("li", tag("strong", f"{name}. "), text, " ", _cite(cite))


@_kept
def _option(option: Option) -> Markup:
    both = f" {words.option_sum(option)}" if option.substitute and option.prison else ""
    return tag("li", option.words, both, " ", _cite(option.cite))


def _state(known: bool | None) -> str:
    return {True: "yes", False: "no", None: "unknown"}[known]


@_kept
def _test(test: ValveTest) -> Markup:
    return tag(
        "li",
        tag("strong", f"{test.name}: {words.TEST_MARKS[test.met]}. "),
        test.words,
        " ",
        _cite(test.cite),
        data_met=_state(test.met),
    )


@_kept
def _motion(motion: Motion) -> Markup:
    return tag(
        "li",
        tag("strong", f"{motion.name} ({words.MADE if motion.made else words.POSSIBLE}). "),
        motion.words,
        " ",
        _cite(motion.cite),
    )


@_kept
def _lock(lock: Lock) -> Markup:
    state = {True: words.OPEN, False: words.SHUT, None: words.NOT_KNOWN}[lock.open]
    return tag(
        "li",
        tag("strong", f"{words.LOCK_NAMES[lock.name]}: {state}. "),
        lock.words,
        " ",
        _cite(lock.cite),
        class_="ps-lock",
        data_open=_state(lock.open),
    )
