"""The answer as HTML: in its order, well formed, escaped, and without anything the security policy
refuses.
"""

import dataclasses
from typing import Any

import pytest

from calculator import solve
from calculator.answer import Option, Outcome
from calculator.kinds import BadCase, FieldError
from calculator.present import html, words
from calculator.present.markup import Markup, escaped, joined, tag, void
from calculator.present.text import WIDTH, worksheet
from calculator.trace import Finding, Stage, Step
from calculator.units import LIFE, Term
from hooks.shortcodes import sample
from tests.support import examples
from tests.unit.made_answers import ANSWER, NASTY, STOP, Shape, lifted, made, months, spread, statute

OUTCOMES: list[Outcome] = [
    ANSWER,
    STOP,
    made(estimate=True, notice="2025 Manual estimate. A newer Manual took effect."),
    made(unknowns=("charge.tier",), spread=spread(months(51, 63), months(78, 97), complete=False)),
    made(**lifted()),
    made(
        statute=statute(consecutive=Term(60), consecutive_cite="18 U.S.C. 924(c)"),
        total=months(123, 138, None),
    ),
    made(zone=None, drug=None),
    made(statute=statute(maximum=LIFE, alternatives=(), fine_minimum=1000, probation_bar="")),
    made(
        probation=dataclasses.replace(ANSWER.probation, open=True, term_words="1 to 5 years.", term_cite="§5B1.2"),
        options=(
            Option("probation", "Probation.", "USSG §5C1.1(b)", Term(), Term()),
            Option("split", "Five and five.", "USSG §5C1.1(d)(2)", Term(5), Term(5)),
        ),
    ),
]


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_answer_is_well_formed_and_needs_no_style(outcome: Outcome) -> None:
    """Every element closed, every id once, no style attribute, no event handler, no style or script
    element.
    """
    for whole in (html.result_html(outcome), html.case_html(outcome), html.result_html(outcome, form=False)):
        shape = Shape(whole)
        assert shape.faults == []
        assert len(shape.ids) == len(set(shape.ids))
        assert not [name for name in shape.attribute_names if name == "style" or name.startswith("on")]
        assert not shape.named("style") + shape.named("script")


def test_nothing_typed_becomes_html() -> None:
    """A prior's label and a drug's name with a script in them are shown as text."""
    shown = html.result_html(ANSWER)

    assert "<script" not in shown
    assert NASTY in Shape(shown).text


def test_the_parts_come_in_the_order_a_reader_needs() -> None:
    """Sentence, law, bar, locks, receipt, options, safety valve, statute, after prison, motions, limits,
    questions.
    """
    text = Shape(html.result_html(made(estimate=True, notice="2025 Manual estimate. Newer."))).text
    order = [
        words.sentence(made(estimate=True)),
        "2025 Manual estimate. Newer.",
        words.EDITION,
        words.MONTHS_BAR,
        words.LOCKS,
        words.RECEIPT,
        words.OPTIONS,
        words.VALVE,
        words.STATUTE_ROWS["maximum"],
        words.AFTER,
        words.MOTIONS,
        words.LEAVES_OUT,
        words.QUESTIONS,
    ]
    places = [text.index(part) for part in order]

    assert places == sorted(places)


def test_the_receipt_shows_change_and_running_level() -> None:
    """28 + 2 = 30; 30 − 2 = 28."""
    text = Shape(html.result_html(ANSWER)).text

    assert "= 28" in text
    assert "+2 = 30" in text
    assert "−2 = 28" in text


def test_rules_not_applied_are_folded_under_their_count() -> None:
    """Two rules were considered and not applied: they are there, and counted."""
    shape = Shape(html.result_html(ANSWER))
    passed = [given for given in shape.named("li") if given.get("data-finding") == "not-applicable"]

    assert "2 rules considered, not applied" in shape.text
    assert len(passed) == 2
    assert "ps-why-passed" in shape.ids


def test_what_is_open_or_unknown_says_so_in_words() -> None:
    """A flagged row is marked in words, not by colour alone."""
    assert "Open question: An old sentence is on the line." in Shape(html.result_html(ANSWER)).text


def test_a_row_leads_to_the_question_it_turned_on() -> None:
    """With the form on the page the row links to the field; without it there is no dead link."""
    with_form, without = Shape(html.result_html(ANSWER)), Shape(html.result_html(ANSWER, form=False))

    assert {"href": "#ps-conduct.weapon_possessed"} in with_form.named("a")
    assert without.named("a") == []


def test_a_lifted_minimum_is_shown_with_what_lifted_it() -> None:
    """The statute box keeps what the statute says beside what binds."""
    rows = dict(words.statute_rows(made(**lifted())))

    assert rows[words.STATUTE_ROWS["minimum"]] == "none"
    assert rows[words.STATUTE_ROWS["minimum_by_law"]] == "60 months (5 years)"
    assert rows[words.STATUTE_ROWS["lifted_by"]] == "18 U.S.C. 3553(f)"
    assert rows[words.STATUTE_ROWS["class"]] == "Class B felony"


def test_the_safety_valve_says_when_it_does_not_cover_the_count() -> None:
    """All tests met, but the count is not one the statute names."""
    valve = dataclasses.replace(ANSWER.safety_valve, criteria=True, relief=False)

    assert words.VALVE_NOT_COVERED in Shape(html.result_html(made(safety_valve=valve))).text


def test_two_parts_of_a_sentence_are_added_up() -> None:
    """5 + 5 = 10 months."""
    assert "5 months + 5 months = 10 months." in Shape(html.result_html(OUTCOMES[8])).text


def test_what_the_unknown_facts_move_is_listed() -> None:
    """Each unknown fact with the months it can move, and a word where there was too much to try."""
    text = Shape(html.result_html(OUTCOMES[3])).text

    assert "up to 15 months" in text
    assert words.MOVES_LIFE in text
    assert words.SPREAD_INCOMPLETE in text
    assert "Lowest: 51 to 63 months" in text


def test_questions_for_the_lawyer_follow_the_case() -> None:
    """What is not known, what is open, and what an estimate leaves to check."""
    asked = words.questions(made(unknowns=("plea.acceptance",), estimate=True))

    assert asked[0] == words.QUESTION_UNKNOWN.format("Has the person accepted responsibility, or will they?")
    assert words.QUESTION_FLAGGED.format("An old sentence is on the line.") in asked
    assert words.QUESTION_NEWER in asked
    assert words.QUESTION_VALVE in asked
    assert words.questions(made(unknowns=("no.such",)))[0] == words.QUESTION_UNKNOWN.format("no.such")


def test_what_no_question_of_the_form_settles_is_a_question_for_the_lawyer() -> None:
    """An unknown step that names no fact would otherwise be seen only in the list of rules."""
    rule = Step("4B1.1(a)(3)", Stage.HISTORY, Finding.UNKNOWN, "It is open.", "USSG §4B1.1(a)(3)")
    asked = Step("3E1.1(a)", Stage.ACCEPTANCE, Finding.UNKNOWN, "It is asked.", "USSG §3E1.1", field="plea.acceptance")
    found = words.questions(made(steps=(rule, asked)))

    assert words.QUESTION_FLAGGED.format("It is open.") in found
    assert words.QUESTION_FLAGGED.format("It is asked.") not in found


def test_a_stop_shows_why_and_what_to_ask() -> None:
    """A case outside the model shows the reason, the citation and the question, and no months."""
    text = Shape(html.result_html(STOP)).text

    assert STOP.why in text
    assert STOP.cite in text
    assert STOP.ask in text
    assert "months" not in text


def test_errors_link_to_their_fields() -> None:
    """The summary leads to each field; with no error there is nothing."""
    shown = Shape(
        html.errors_html([FieldError("drugs.1.quantity", "is zero"), FieldError("history.how", "is missing")])
    )

    assert [given["href"] for given in shown.named("a")] == ["#ps-drugs.1.quantity", "#ps-history.how"]
    assert "2 answers need another look" in shown.text
    assert "A drug (row 2): How much?: This answer is zero." in shown.text
    assert html.errors_html([]) == ""


def element() -> str:
    """The element as it stands in the page."""
    return html.element_html(sample("first")["case"], substances=("Heroin", NASTY))


def test_the_element_keeps_its_contract() -> None:
    """The parts the script looks for, once each, inside one element in one block."""
    shape = Shape(element())
    parts = [given["data-part"] for _, given in shape.elements if "data-part" in given]

    assert shape.faults == []
    assert shape.elements[0] == ("div", {"class": "ps-host"})
    assert shape.elements[1] == ("plain-sentencing", {"data-state": "static"})
    assert sorted(parts) == sorted(
        [
            *("loading", "status", "progress", "retry", "sample-note", "sample", "form", "errors"),
            *("sentence", "result", "bar", "cleared"),
        ]
    )
    assert "ps-answer" in shape.ids
    assert len(shape.ids) == len(set(shape.ids))
    assert not [name for name in shape.attribute_names if name == "style" or name.startswith("on")]
    for name in ("drugs", "charge.found", "history.priors"):
        assert [given for given in shape.named("template") if given.get("data-row-template") == name]
        assert [given for _, given in shape.elements if given.get("data-rows") == name]
        assert [given for given in shape.named("button") if given.get("data-for") == name]


def test_the_element_holds_the_sample_answer_before_any_script_runs() -> None:
    """The sentence in the page is that of the sample in the form."""
    outcome = solve(sample("first")["case"])

    assert words.sentence(outcome) in Shape(element()).text


def test_cases_of_every_kind_can_be_shown() -> None:
    """No answer breaks its page, its ids or its worksheet; every fifth case of the suite is tried."""
    broken = []
    for example in examples()[::5]:
        try:
            outcome = solve(example.given)
        except BadCase:
            continue
        shape = Shape(html.result_html(outcome))
        if shape.faults or len(shape.ids) != len(set(shape.ids)) or not words.sentence(outcome).endswith((".", "?")):
            broken.append(example.name)
        assert max(map(len, worksheet(outcome).splitlines())) <= WIDTH

    assert broken == []


def test_text_is_escaped_once_and_markup_passes() -> None:
    """Only what `tag` made goes through unchanged; attributes are always escaped."""
    assert escaped("<&>\"'") == "&lt;&amp;&gt;&quot;&#39;"
    assert tag("p", "<b>", tag("b", "&")) == "<p>&lt;b&gt;<b>&amp;</b></p>"
    assert void("input", value='"><script>', disabled=True, hidden=False) == (
        '<input value="&quot;&gt;&lt;script&gt;" disabled>'
    )
    assert tag("a", data_x=Markup("<i>")) == '<a data-x="&lt;i&gt;"></a>'
    assert joined(["a", None, "", "<"], " ") == "a &lt;"


def test_every_finding_and_stage_has_words() -> None:
    """Nothing a step can say is without a word of its own."""
    from calculator.trace import Stage

    findings: dict[str, Any] = words.FINDINGS

    assert set(findings) == set(words.FINDING_WORDS) == {finding.value for finding in Finding}
    assert set(words.STAGES) == {stage.value for stage in Stage}
