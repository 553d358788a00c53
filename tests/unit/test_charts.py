"""Charts: placed by percent at every width, coloured by class, and said in words and in a table as well."""

import re

import pytest

import calculator
from calculator.present import charts
from hooks.shortcodes import sample
from tests.unit.made_answers import Shape

FIGURES = {
    "heroin": lambda: charts.levels("heroin"),
    "fentanyl": lambda: charts.levels("fentanyl"),
    "methamphetamine": lambda: charts.levels("methamphetamine"),
    "ketamine": lambda: charts.levels("ketamine"),
    "two tracks": charts.two_tracks,
    "presentence": charts.presentence_timeline,
    "mitigation": charts.mitigation_timeline,
    "months": lambda: charts.months(calculator.solve(sample("first")["case"])),
    "locks": lambda: charts.locks(calculator.solve(sample("first")["case"])),
}


@pytest.mark.parametrize("name", FIGURES)
def test_a_chart_is_a_figure_with_words_and_a_table(name: str) -> None:
    """Hidden from screen readers, which read the words; no view box, no style; all of it well formed."""
    html = FIGURES[name]()
    shape = Shape(html)

    assert shape.faults == []
    assert len(shape.named("figure")) == len(shape.named("figcaption")) == 1
    assert html.count("<svg") == html.count('aria-hidden="true"') >= 1
    assert "ps-chart-words" in html
    assert re.search(r"<details.*<table", html, re.DOTALL)
    for refused in ("viewBox", "style=", "<style", "<script"):
        assert refused not in html


def test_every_place_is_inside_the_drawing() -> None:
    """No place lies left of the edge or right of it, so nothing is cut off at any width."""
    for draw in FIGURES.values():
        places = [float(place) for place in re.findall(r'(?:x|x1|x2|cx)="(-?[\d.]+)%"', draw())]
        assert places == [] or 0 <= min(places) <= max(places) <= 100


def test_the_two_lines_of_the_statute_are_drawn_and_said() -> None:
    """841(b)(1)(A)(vi), (B)(vi): fentanyl 40 g for 5 years, 400 g for 10."""
    html = charts.levels("fentanyl")

    assert "40 g: 5 years" in html
    assert "400 g: 10 years" in html
    assert "5 years from 40 g and 10 years from 400 g" in Shape(html).text


def test_methamphetamine_has_four_lines_each_saying_what_is_weighed() -> None:
    """(A)(viii), (B)(viii): 5 g and 50 g of the drug itself, or 50 g and 500 g of a mixture; any of them is enough."""
    html = charts.levels("methamphetamine")
    said = Shape(html).text

    for label in ("5 g pure: 5 years", "50 g pure: 10 years", "50 g mixture: 5 years", "500 g mixture: 10 years"):
        assert f">{label}</text>" in html
    assert "5 years from 5 g of the pure drug and 10 years from 50 g of the pure drug" in said
    assert "5 years from 50 g of a mixture and 10 years from 500 g of a mixture" in said
    assert "The steps count the whole mixture." in said


def test_the_chart_of_pure_methamphetamine_has_the_lines_of_the_pure_drug_alone() -> None:
    """(A)(viii), (B)(viii): its weights are of the drug itself."""
    html = charts.levels("methamphetamine-actual")

    assert "5 years from 5 g and 10 years from 50 g" in Shape(html).text
    assert "mixture" not in html


def test_a_drug_without_a_minimum_says_so() -> None:
    """841(b)(1)(A) and (B) do not name ketamine."""
    assert "The statute has no minimum for this drug." in Shape(charts.levels("ketamine")).text


def test_the_presentence_days_are_in_order() -> None:
    """§6A1.2: 35 days, then 14 days to object (21 before), then 7 days before."""
    html = charts.presentence_timeline()
    places = [float(place) for place in re.findall(r'<circle cx="([\d.]+)%"', html)]

    assert places == sorted(places)
    assert "that is 21 days before" in html


def test_a_case_without_a_number_gives_its_sentence() -> None:
    """Outside what is modelled there is nothing to draw."""
    case = {
        "dates": {"sentenced_on": "2026-06-01", "offense_ended": "2026-01-15"},
        "charge": {"statute": "848"},
        "drugs": [{"substance": "heroin", "quantity": "120 g"}],
    }
    outcome = calculator.solve(case)

    assert "<svg" not in charts.months(outcome)
    assert "outside what the calculator can answer" in charts.locks(outcome)
