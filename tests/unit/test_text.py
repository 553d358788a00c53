"""The worksheet, and the command line that prints it."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from calculator import answer, solve
from calculator.__main__ import main
from calculator.answer import SafetyValve
from calculator.kinds import Group, Rows
from calculator.present import words
from calculator.present.case_schema import case_schema
from calculator.present.text import WIDTH, worksheet
from calculator.scenario import Case, fields_of, required
from hooks.shortcodes import sample
from tests.unit.made_answers import ANSWER, STOP, made, months, spread

CASE = sample("first")["case"]
TEXT = json.dumps(CASE)


@pytest.fixture
def case_file(tmp_path: Path) -> str:
    """A file with the sample's case."""
    file = tmp_path / "case.json"
    file.write_text(TEXT, encoding="utf-8")
    return str(file)


def test_the_worksheet_fits_a_terminal_and_holds_the_answer() -> None:
    """At most 80 columns; sentence, locks, receipt with its sums, statute, limits and questions are all
    there.
    """
    answer = made(
        estimate=True,
        notice="2025 Manual estimate. A newer Manual took effect.",
        unknowns=("charge.tier",),
        spread=spread(months(51, 63), months(78, 97), complete=False),
    )
    text = worksheet(answer)
    lines = text.splitlines()
    parts = (
        words.LOCKS,
        words.RECEIPT,
        words.OPTIONS,
        words.VALVE,
        words.LEAVES_OUT,
        words.QUESTIONS,
        words.MOVES,
    )

    assert max(map(len, lines)) <= WIDTH
    assert [part for part in parts if part not in lines] == []
    assert any(line.endswith(" +2 = 30") for line in lines)
    assert "2 rules considered, not applied" in lines
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_a_stop_has_a_worksheet_too() -> None:
    """Why, the citation and the question; no months."""
    text = worksheet(STOP)

    assert STOP.cite in text
    assert STOP.ask in text
    assert "month" not in text


def test_an_answer_without_drugs_or_unknowns_is_shorter() -> None:
    """Parts that have nothing to say are left out."""
    assert words.MOVES not in worksheet(ANSWER)
    assert words.WEIGHTS not in worksheet(made(drug=None))


def test_the_command_line_prints_the_whole_answer(case_file: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The JSON of a file is that of the front door for the same text."""
    assert main([case_file]) == 0
    assert capsys.readouterr().out == f"{answer(TEXT)}\n"


def test_the_command_line_prints_the_worksheet(case_file: str, capsys: pytest.CaptureFixture[str]) -> None:
    """--text gives the same answer for reading."""
    assert main([case_file, "--text"]) == 0
    assert capsys.readouterr().out == worksheet(solve(CASE))


def test_standard_input_is_a_dash(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`-` reads the case from standard input, a byte order mark or not."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"\ufeff{TEXT}".encode())))

    assert main(["-"]) == 0
    assert json.loads(capsys.readouterr().out)["kind"] == "answer"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "is not JSON: Expecting property name enclosed in double quotes at line 1, column 2"),
        ('{\n "dates": }', "at line 2, column 11"),
        ("[" * 200_000, "is nested too deeply"),
        (f'{{"a": {"9" * 5000}}}', "is not a case"),
        ("7", "case is not a case: use an object with named fields"),
        ("{}", "dates is missing"),
        (b"\xff\xfe\xff", "is not text in UTF-8"),
        (TEXT.replace("600 g", "-600 g"), "drugs[0].quantity “-600 g” is below zero"),
        (TEXT.replace("Powder cocaine", "cocane"), "drugs[0].substance"),
        (TEXT.replace("2026-06-01", "2024-06-01"), "dates.sentenced_on"),
    ],
)
def test_bad_input_is_one_line_and_status_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str | bytes, said: str
) -> None:
    """What was wrong stands on one line of standard error; nothing is printed."""
    file = tmp_path / "case.json"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())

    assert main([str(file)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert said in captured.err


def test_a_missing_file_and_no_file_are_said(capsys: pytest.CaptureFixture[str]) -> None:
    """Neither gives a traceback."""
    assert main(["/nowhere/case.json"]) == 2
    assert main([]) == 2

    missing, none = capsys.readouterr().err.splitlines()
    assert "No such file" in missing
    assert "name a file" in none


def test_lines_of_cases_give_lines_of_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One answer a line; a bad line gives an error line in its place, and the status says so."""
    good, mixed = tmp_path / "good.jsonl", tmp_path / "mixed.jsonl"
    good.write_text(f"{TEXT}\n\n{TEXT}\n", encoding="utf-8")
    mixed.write_text(f"{TEXT}\n{{\n", encoding="utf-8")

    assert main([str(good), "--lines"]) == 0
    assert [json.loads(line)["kind"] for line in capsys.readouterr().out.splitlines()] == ["answer", "answer"]
    assert main([str(mixed), "--lines"]) == 2
    captured = capsys.readouterr()
    assert [json.loads(line)["kind"] for line in captured.out.splitlines()] == ["answer", "error"]
    assert captured.err == "calculator: 1 of the cases could not be read\n"


def test_the_module_runs_as_a_program(case_file: str) -> None:
    """`python -m calculator`, as the README says it."""
    done = subprocess.run([sys.executable, "-m", "calculator", case_file], capture_output=True, text=True, check=False)

    assert done.returncode == 0
    assert done.stderr == ""
    assert done.stdout == f"{answer(TEXT)}\n"


def test_the_schema_names_every_fact(capsys: pytest.CaptureFixture[str]) -> None:
    """Each declared field is in the schema with its question, unknown fields are refused, required ones
    required.
    """
    assert main(["--schema"]) == 0
    schema: dict[str, Any] = json.loads(capsys.readouterr().out)

    def check(record: type[Any], node: dict[str, Any]) -> None:
        assert node["additionalProperties"] is False
        assert set(node["properties"]) == {name for name, _, _ in fields_of(record)}
        assert set(node.get("required", ())) == {name for name, _, item in fields_of(record) if required(item)}
        for name, kind, _ in fields_of(record):
            assert node["properties"][name]["description"]
            if isinstance(kind, (Group, Rows)):
                check(kind.record, schema["$defs"][kind.record.__name__.lower()])

    assert schema == case_schema()
    check(Case, schema)
    assert schema["$defs"]["conduct"]["properties"]["weapon_possessed"]["default"] == "no"
    assert schema["$defs"]["charge"]["properties"]["tier"]["default"] == "unknown"
    assert "default" not in schema["$defs"]["dates"]["properties"]["sentenced_on"]


def test_the_worksheet_says_what_the_tests_of_the_safety_valve_come_to() -> None:
    """Seven marks alone would promise what a count outside the list does not give."""
    uncovered = made(safety_valve=SafetyValve(True, False, (), ()))

    assert "does not cover this count: its minimum" in worksheet(uncovered)
