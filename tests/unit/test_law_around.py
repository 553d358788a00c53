"""The law around the sentence: official numbers, and files that are refused."""

from pathlib import Path

import pytest

import calculator
from calculator.law.around import Around, around
from calculator.law.schema import LawError, Row
from calculator.units import Term

FOLDER = Path(calculator.__file__).parent / "law" / "around"
FILES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.glob("*/*.toml"))


class Changed:
    """The tables as they are, one of them with a text replaced."""

    def __init__(self, file: str, old: str, new: str) -> None:
        self.table, self.old, self.new = file.partition("/")[0], old, new

    def __call__(self, name: str) -> Row:
        import tomllib

        [path] = (FOLDER / name).glob("*.toml")
        text = path.read_text(encoding="utf-8")
        if name == self.table:
            assert self.old in text
            text = text.replace(self.old, self.new, 1)
        return Row(tomllib.loads(text), f"around/{name}/{path.name}")


def test_time_credits_are_those_of_the_statute() -> None:
    """18 U.S.C. 3632(d)(4)(A): “10 days of time credits for every 30 days”; low risk over 2 assessments, 5 more."""
    credits = around().credits

    assert (credits.days, credits.for_days, credits.extra_days, credits.assessments) == (10, 30, 5, 2)
    assert credits.early_release_most == Term(12)


def test_fentanyl_earns_nothing_without_a_leading_role() -> None:
    """Clause (lxvi) has no words about a leader; (lxv) and (lxvii), on heroin and methamphetamine, have them."""
    by_clause = {item.cite.rpartition("(D)")[2]: item for item in around().credits.excluded}

    assert not by_clause["(lxvi)"].leader
    assert "fentanyl" in by_clause["(lxvi)"].conviction
    assert by_clause["(lxv)"].leader
    assert by_clause["(lxvii)"].leader
    assert list(by_clause) == ["(xxii)", "(lviii)", "(lxv)", "(lxvi)", "(lxvii)", "(lxviii)"]


def test_the_days_of_the_presentence_report() -> None:
    """USSG §6A1.2 prints Rule 32: 35 days before, objections within 14 days, 7 days before."""
    assert [(item.days, item.at_least) for item in around().deadlines] == [(35, True), (14, False), (7, True)]


def test_prison_on_a_revocation_goes_by_class() -> None:
    """18 U.S.C. 3583(e)(3): 5 years A, 3 years B, 2 years C or D, 1 year in any other case."""
    most = {name: term.months // 12 for name, (term, _) in around().revocation.most.items()}

    assert most == {"A": 5, "B": 3, "C": 2, "D": 2, "E": 1, "misdemeanor": 1}


@pytest.mark.parametrize("file", FILES)
def test_an_unknown_key_is_refused(file: str) -> None:
    """A misspelled key is an error that names the file."""
    with pytest.raises(LawError, match=f"{file.partition('/')[0]}.*unknown key stray"):
        Around.read(Changed(file, "cite = ", "stray = 1\ncite = "))  # type: ignore[arg-type]


@pytest.mark.parametrize("file", FILES)
def test_a_missing_citation_is_refused(file: str) -> None:
    """No table without its source."""
    with pytest.raises(LawError, match=f"{file.partition('/')[0]}.*cite is missing"):
        Around.read(Changed(file, "cite = ", "# "))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("presentence_report", "days = 35", "days = 20", "do not fit"),
        ("presentence_report", 'name = "objections"', 'name = "objection"', "are expected, in this order"),
        ("presentence_report", "days = 7", "days = 0", "a number from 1 up"),
        ("good_time", 'longer_than = "1 year"', 'longer_than = "a while"', "longer_than"),
        ("revocation", 'classes = ["C", "D"]', 'classes = ["C", "B"]', "given twice"),
        ("revocation", 'prison = "2 years"', 'prison = "4 years"', "must not allow less"),
        ("revocation", 'name = "refusal"', 'name = "refused"', "are expected, in this order"),
        ("figures", '"72 hours"', '"some hours"', "is not an amount"),
        ("figures", "conditions.move", "conditions.report", "is given twice"),
        ("protected_places", 'name = "school"', 'name = "church"', "are expected, in this order"),
    ],
)
def test_a_table_that_does_not_fit_is_refused(file: str, old: str, new: str, said: str) -> None:
    """Gaps, doubles and nonsense are found when the law is read."""
    with pytest.raises(LawError, match=said):
        Around.read(Changed(file, old, new))  # type: ignore[arg-type]
