"""The page's door: text in, text out, never an exception, and the same answer as everywhere else."""

import json
import re
from typing import Any

import pytest

from calculator import answer as front_door
from calculator import browser, rehearsal
from calculator.present import words
from calculator.present.forms import case_to_entries
from calculator.reading import as_json, read_case
from hooks.shortcodes import sample
from tests.support import examples
from tests.unit.made_answers import NASTY, Shape

CASE = sample("first")["case"]
KEYS = {"kind", "sentence", "bar", "html", "errors", "errors_html", "echoes", "answer", "case"}


def asked(entries: list[tuple[str, str]]) -> dict[str, Any]:
    """The reply to a filled form."""
    reply: dict[str, Any] = json.loads(browser.answer(json.dumps({"form": entries})))
    assert set(reply) == KEYS
    return reply


def changed(name: str, text: str) -> list[tuple[str, str]]:
    """The sample's form with one entry changed."""
    return [(entry, text if entry == name else value) for entry, value in case_to_entries(CASE)]


def test_a_filled_form_gets_everything_the_page_shows() -> None:
    """Sentence, bar, fragment, and the answer itself."""
    reply = asked(case_to_entries(CASE))

    assert reply["kind"] == "answer"
    assert "months" in reply["sentence"]
    assert "months" in reply["bar"]
    assert Shape(reply["html"]).faults == []
    assert (reply["errors"], reply["errors_html"]) == ([], "")
    assert reply["echoes"]["drugs.0"] == "600 g of powder cocaine"


PLACE = re.compile(r'<(section|li) data-same="([^"]+)"></\1>')


def piece(html: str, name: str, id_: str) -> str:
    """A part of an answer or a row of its receipt, as it stands there."""
    start = html.index({"section": f'id="{id_}"', "li": f'<details id="{id_}"'}[name])
    return html[html.rindex(f"<{name}", 0, start) : html.index({"section": "</section>", "li": "</li>"}[name], start)]


def html_of(entries: list[tuple[str, str]], *, number: int, shows: int) -> str:
    """What the page is given to show, asked by a page that shows the answer of that number."""
    html: str = json.loads(browser.answer(json.dumps({"form": entries}), number, shows))["html"]
    return html


def test_of_what_the_page_shows_already_only_the_places_are_sent() -> None:
    """Filled with what stands there, they make the whole answer again; after each of some changes."""
    shown = html_of(case_to_entries(CASE), number=1, shows=0)
    assert PLACE.search(shown) is None
    changes = {"drugs.0.quantity": "300 g", "conduct.weapon_possessed": "unknown", "role.hate_crime": "unknown"}
    for number, (name, text) in enumerate(changes.items(), start=2):
        entries = changed(name, text)
        sent, last = html_of(entries, number=number, shows=number - 1), shown
        shown = PLACE.sub(lambda place, last=last: f"{piece(last, place[1], place[2])}</{place[1]}>", sent)

        assert len(PLACE.findall(sent)) > 20
        assert shown == asked(entries)["html"]


def test_a_page_that_shows_another_answer_is_sent_the_whole() -> None:
    """As one does that was cleared, or that never showed the last reply."""
    entries = case_to_entries(CASE)
    whole = html_of(entries, number=1, shows=0)

    assert whole == html_of(entries, number=2, shows=0)
    assert whole == html_of(entries, number=3, shows=1)
    assert whole != html_of(entries, number=4, shows=3)


def test_an_error_or_a_stop_leaves_the_page_the_answer_of_before() -> None:
    """An error leaves it in its place, and for a stop the page sets it aside: the next one is told apart from it."""
    whole = html_of(case_to_entries(CASE), number=1, shows=0)
    html_of(changed("drugs.0.quantity", "-3"), number=2, shows=1)
    stop = html_of([*case_to_entries(CASE), ("charge.outside", "terrorism")], number=3, shows=1)

    assert PLACE.search(stop) is None
    assert len(html_of(case_to_entries(CASE), number=4, shows=1)) < len(whole) / 4


def test_a_rehearsal_answers_an_invented_case_and_leaves_the_readers_alone() -> None:
    """Each of its questions has an answer, it comes to an end, and the page's answer is still told apart from."""
    whole = html_of(case_to_entries(CASE), number=1, shows=0)
    requests = list(rehearsal.open_questions())
    while rehearsal.rehearse():
        pass

    assert {json.loads(browser.answer(request))["kind"] for request in requests} == {"answer"}
    assert len(set(requests)) > 30
    assert len(html_of(case_to_entries(CASE), number=2, shows=1)) < len(whole) / 4


def test_the_answer_is_the_front_doors_for_cases_of_every_kind() -> None:
    """What the page gets is the very object the command line prints for the same case; every ninth case is
    tried.
    """
    different = []
    for example in examples()[::9]:
        try:
            case = as_json(read_case(example.given))
        except ValueError:
            continue
        reply = asked(case_to_entries(case))
        printed = json.loads(front_door(json.dumps(case)))
        if printed["kind"] == "error":
            if reply["kind"] != "error":
                different.append(example.name)
        elif reply["answer"] != printed or json.loads(front_door(json.dumps(reply["case"]))) != printed:
            different.append(example.name)

    assert different == []


def test_an_error_stands_at_its_field_of_the_form() -> None:
    """The field is named as the form names it, with a whole sentence; there is no result."""
    reply = asked([(name.replace("drugs.0.", "drugs.7."), text) for name, text in changed("drugs.0.quantity", "-3")])

    assert reply["kind"] == "error"
    assert [error["field"] for error in reply["errors"]] == ["drugs.7.quantity"]
    assert reply["errors"][0]["message"].startswith("“-3 g” is below zero")
    assert "#ps-drugs.7.quantity" in reply["errors_html"]
    assert reply["sentence"] == words.no_answer_yet(1)
    assert (reply["html"], reply["answer"]) == ("", None)


def test_every_error_is_told_at_once() -> None:
    """Errors of the form and of the case come together."""
    entries = [entry for entry in changed("drugs.0.quantity", "") if entry[0] not in ("history.how", "charge.statute")]
    reply = asked(entries)

    assert {error["field"] for error in reply["errors"]} == {
        "drugs.0.quantity",
        "history.how",
        "charge.statute",
    }


def test_an_error_of_the_form_alone_holds_back_the_answer() -> None:
    """The case could be worked out, but the form contradicts itself."""
    reply = asked([*case_to_entries(CASE), ("drugs.0.purity", "80"), ("drugs.0.purity", "unknown")])

    assert reply["kind"] == "error"
    assert [error["field"] for error in reply["errors"]] == ["drugs.0.purity"]


def test_a_date_before_the_recorded_law_is_an_error_at_that_date() -> None:
    """Not an answer with the nearest table."""
    entries = [
        (name, {"dates.sentenced_on": "2020-06-01", "dates.offense_ended": "2020-01-01"}.get(name, text))
        for name, text in case_to_entries(CASE)
    ]

    assert [error["field"] for error in asked(entries)["errors"]] == ["dates.sentenced_on"]


def test_a_case_outside_the_model_is_a_stop() -> None:
    """A stop has its reason and no months in the bar."""
    reply = asked([*case_to_entries(CASE), ("charge.outside", "terrorism")])

    assert reply["kind"] == "stop"
    assert reply["bar"] == words.STOPPED_BAR
    assert reply["answer"]["kind"] == "stop"


def test_amounts_and_rows_are_read_back() -> None:
    """3 lb × 453.6 g = 1,360.8 g, by the Manual's own table; a row reads as a phrase; what cannot be read is
    silent.
    """
    case = {
        **CASE,
        "drugs": [
            {"substance": "heroin", "quantity": "3 lb"},
            {"substance": "heroin", "quantity": "5 g", "measured": "pure"},
            {"substance": "nothing known", "quantity": "5 g"},
            {"substance": "heroin", "quantity": "some"},
        ],
        "charge": {
            **CASE["charge"],
            "tier": "found_amounts",
            "found": [{"substance": "heroin", "quantity": "100 g"}],
        },
        "history": {
            "priors": [
                {"sentenced_on": "2019-06-01", "imposed": "18 months"},
                {"sentenced_on": "2019-06-31", "imposed": "18 months"},
                {"sentenced_on": "2020-02-02", "kind": "probation"},
            ]
        },
        "dates": {"sentenced_on": "someday", "offense_ended": "2026-01-15"},
    }
    echoes = asked(case_to_entries(case))["echoes"]

    assert echoes == {
        "drugs.0.quantity": "3 lb = 1,360.8 g",
        "drugs.0": "3 lb of heroin",
        "drugs.1": "5 g of pure heroin",
        "charge.found.0": "100 g of heroin",
        "history.priors.0": "18 months, prison or jail, imposed on June 1, 2019",
        "history.priors.2": "Probation, imposed on February 2, 2020",
    }


@pytest.mark.parametrize(
    "request_text",
    [
        "",
        "{",
        "null",
        "[]",
        "{}",
        '{"form": 3}',
        '{"form": [["a"]]}',
        '{"form": [[1, 2]]}',
        '{"form": "abc"}',
        "[" * 9**5,
    ],
)
def test_a_request_that_cannot_be_read_gets_a_sentence(request_text: str) -> None:
    """Whatever arrives, the page gets an error it can show."""
    reply = json.loads(browser.answer(request_text))

    assert set(reply) == KEYS
    assert (reply["kind"], reply["sentence"]) == ("error", words.BAD_REQUEST)


def test_a_fault_is_a_sentence_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even a bug gives no traceback and no number."""

    def broken(_: object) -> None:
        raise ZeroDivisionError("a secret")

    monkeypatch.setattr(browser, "solve", broken)
    reply = asked(case_to_entries(CASE))

    assert (reply["kind"], reply["sentence"]) == ("error", words.FAULT)
    assert "secret" not in json.dumps(reply)


def test_nothing_typed_becomes_html() -> None:
    """A script in a drug's name or a prior's label reaches no fragment as HTML."""
    wrong = asked(changed("drugs.0.substance", NASTY))
    named = asked(
        case_to_entries(
            {
                **CASE,
                "history": {"priors": [{"label": NASTY, "sentenced_on": "2019-06-01", "imposed": "3 months"}]},
            }
        )
    )

    assert wrong["kind"] == "error"
    assert "<script" not in wrong["errors_html"]
    assert named["kind"] == "answer"
    assert "<script" not in named["html"]
    assert NASTY in Shape(named["html"]).text
