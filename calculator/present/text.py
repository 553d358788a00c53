"""The answer as plain text: a worksheet for a terminal, a printer or a letter. The same facts as the page."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from calculator.answer import Answer, Outcome, Stopped
from calculator.present import words
from calculator.trace import Finding, Stage, Step
from calculator.units import plain

__all__ = ["worksheet"]

WIDTH = 80
_MARKS = {True: "[x]", False: "[ ]", None: "[?]"}


def worksheet(outcome: Outcome) -> str:
    """The whole answer as text of at most 80 columns, ending in a newline."""
    lines = _stopped(outcome) if isinstance(outcome, Stopped) else _answer(outcome)
    return "\n".join(lines) + "\n"


def _stopped(stopped: Stopped) -> Iterator[str]:
    yield from _wrapped(words.sentence(stopped))
    if stopped.cite:
        yield from _wrapped(stopped.cite, indent=2)
    yield from _heading(words.STOPPED_ASK)
    yield from _wrapped(stopped.ask)
    yield from _law(stopped.law, stopped.notice)


def _answer(answer: Answer) -> Iterator[str]:
    yield from _wrapped(words.sentence(answer))
    yield from _law(answer.law, answer.notice)
    yield from _heading(words.LOCKS)
    yield from _wrapped(words.verdict(answer))
    states = {True: words.OPEN, False: words.SHUT, None: words.NOT_KNOWN}
    for lock in answer.probation.locks:
        yield from _item(f"{words.LOCK_NAMES[lock.name]}: {states[lock.open]}. {lock.words}", lock.cite)
    if answer.probation.term_words:
        yield from _item(answer.probation.term_words, answer.probation.term_cite)
    yield from _unknown(answer)
    yield from _receipt(answer)
    yield from _heading(words.OPTIONS)
    for option in answer.options:
        both = f" {words.option_sum(option)}" if option.substitute and option.prison else ""
        yield from _item(f"{option.words}{both}", option.cite)
    yield from _heading(words.VALVE)
    yield from _wrapped(words.valve_result(answer))
    for test in answer.safety_valve.tests:
        yield from _item(f"{_MARKS[test.met]} {test.name}. {test.words}", test.cite)
    yield from _heading(f"{words.STATUTE}: {answer.statute.title} ({answer.statute.cite})")
    for name, value in words.statute_rows(answer):
        yield from _wrapped(f"{name}: {value}", indent=2)
    for other in answer.statute.alternatives:
        yield from _item(other.words)
    yield from _heading(words.AFTER)
    after = answer.supervision
    yield from _item(f"{words.RELEASE}. {after.release_words}", after.release_cite)
    yield from _item(f"{words.FINE}. {after.fine_words}", after.fine_cite)
    yield from _item(f"{words.ASSESSMENT}. {words.dollars(after.assessment)}.", after.assessment_cite)
    yield from _heading(words.MOTIONS)
    for motion in answer.motions:
        made = words.MADE if motion.made else words.POSSIBLE
        yield from _item(f"{motion.name} ({made}). {motion.words}", motion.cite)
    yield from _heading(words.LEAVES_OUT)
    for text in words.ALWAYS_LEFT_OUT:
        yield from _item(text)
    yield from _heading(words.QUESTIONS)
    for text in words.questions(answer):
        yield from _item(text)
    yield ""
    yield from _wrapped(words.NOT_ADVICE)


def _law(law: str, notice: str) -> Iterator[str]:
    yield ""
    if notice:
        yield from _wrapped(notice)
    if law:
        yield from _wrapped(f"{words.EDITION}: {law}.")


def _unknown(answer: Answer) -> Iterator[str]:
    spread = answer.spread
    if spread is None:
        return
    yield from _heading(words.MOVES)
    yield from _wrapped(words.spread_ends(spread))
    for move in spread.moves:
        yield from _item(f"{words.asked(move.field)}: {words.moves(move)}")
    if limits := words.spread_limits(spread):
        yield from _wrapped(limits)


def _receipt(answer: Answer) -> Iterator[str]:
    yield from _heading(words.RECEIPT)
    shown, passed = words.receipt(answer)
    for stage in Stage:
        rows = [step for step in shown if step.stage is stage]
        weights = answer.drug.weights if stage is Stage.QUANTITY and answer.drug else ()
        priors = answer.history.priors if stage is Stage.HISTORY else ()
        if not rows and not weights and not priors:
            continue
        yield ""
        yield words.STAGES[stage.value]
        for weight in weights:
            counted = f"{plain(weight.counted)} {weight.measure}"
            yield from _item(f"{weight.name}: {weight.given} counts as {counted}. {weight.words}")
        for prior in priors:
            yield from _item(
                f"{prior.label or words.NO_LABEL}: {words.count(prior.points, 'point')}. {prior.words}",
                prior.cite,
            )
        for step in rows:
            yield from _step(step)
    if passed:
        yield ""
        yield words.considered(len(passed))
        for step in passed:
            yield from _item(step.words, step.cite)


def _step(step: Step) -> Iterator[str]:
    mark = "" if step.finding is Finding.APPLIED else f"{words.FINDINGS[step.finding.value]}: "
    counted = " ".join(part for part in (words.levels(step.levels, step.total), words.total(step.total)) if part)
    lines = list(_item(f"{mark}{step.words}", step.cite))
    if counted and len(lines[-1]) + len(counted) >= WIDTH:
        lines.append("")
    if counted:
        lines[-1] = f"{lines[-1]:<{WIDTH - len(counted) - 1}} {counted}"
    yield from lines


def _heading(text: str) -> Iterator[str]:
    lines = textwrap.wrap(text, WIDTH)
    yield ""
    yield from lines
    yield "-" * max(map(len, lines))


def _item(text: str, cite: str = "") -> Iterator[str]:
    yield from _wrapped(f"- {text}", hanging=2)
    if cite:
        yield from _wrapped(f"[{cite}]", indent=4)


def _wrapped(text: str, indent: int = 0, hanging: int = 0) -> Iterable[str]:
    before = " " * indent
    return textwrap.wrap(text, WIDTH, initial_indent=before, subsequent_indent=before + " " * hanging)
