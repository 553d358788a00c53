"""Quantities and terms are read exactly, and what cannot be read gets a sentence."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculator.units import LIFE, Quantity, Term, UnitError, plain, signed


@pytest.mark.parametrize(
    ("typed", "amount", "unit"),
    [
        ("120 g", "120", "g"),
        ("2.5 kg", "2.5", "kg"),
        ("3 lb", "3", "lb"),
        ("1 oz", "1", "oz"),
        ("1/2 oz", "0.5", "oz"),
        ("200 pills", "200", "pills"),
        ("55 plants", "55", "plants"),
        ("1,000 doses", "1000", "doses"),
        ("1,234,567.5 mg", "1234567.5", "mg"),
        (".5g", "0.5", "g"),
        ("  28   Grams ", "28", "g"),
    ],
)
def test_amounts_are_read_as_people_write_them(typed: str, amount: str, unit: str) -> None:
    """The issue's own spellings, and the usual variations of them."""
    assert Quantity.parse(typed) == Quantity(Decimal(amount), unit)


@pytest.mark.parametrize(
    ("typed", "part_of_the_sentence"),
    [
        ("", "is empty"),
        ("-5 g", "below zero"),
        ("−5 g", "below zero"),
        ("0 g", "is zero"),
        ("five grams", "does not start with a number"),
        ("120", "has no unit"),
        ("120 stone", "is not a unit"),
        ("1,5 g", "two ways"),
        ("1,00 g", "two ways"),
        ("1/3 oz", "cannot be written exactly"),
        ("1/0 oz", "cannot be written exactly"),
        ("2.5 plants", "whole number"),
        ("1e9 g", "is not a unit"),
        ("9" * 60 + " g", "too long"),
        ("١٢ g", "does not start with a number"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence(typed: str, part_of_the_sentence: str) -> None:
    """Every refusal says what was wrong; nothing is guessed."""
    with pytest.raises(UnitError, match=part_of_the_sentence):
        Quantity.parse(typed)


@given(st.decimals(min_value=Decimal("0.0001"), max_value=Decimal("9999999"), places=4))
def test_an_amount_survives_being_written_and_read(amount: Decimal) -> None:
    """What is shown can be typed back: the round trip is exact."""
    quantity = Quantity(amount.normalize(), "g")

    again = Quantity.parse(str(quantity))

    assert again.amount == amount


def test_numbers_are_shown_without_needless_zeros() -> None:
    """3 lb is 1,360.8 g, not 1360.80 g."""
    assert plain(Decimal("1360.80")) == "1,360.8"
    assert plain(Decimal("100")) == "100"
    assert plain(Decimal("0.010")) == "0.01"


@pytest.mark.parametrize(
    ("typed", "term"),
    [
        ("18 months", Term(18)),
        ("5 years", Term(60)),
        ("1 year and 1 day", Term(12, 1)),
        ("1 year 1 month", Term(13)),
        ("45 days", Term(0, 45)),
        ("2 weeks", Term(0, 14)),
        ("life", LIFE),
        ("Life", LIFE),
    ],
)
def test_terms_are_read_as_courts_write_them(typed: str, term: Term) -> None:
    """Years become months; days stay days."""
    assert Term.parse(typed) == term


@pytest.mark.parametrize("typed", ["", "soon", "12", "12 moons", "one year", "-3 months"])
def test_a_term_that_cannot_be_read_is_refused(typed: str) -> None:
    """A length of time needs a number and a unit."""
    with pytest.raises(UnitError, match="length of time"):
        Term.parse(typed)


def test_terms_in_days_and_months_compare() -> None:
    """15 days are less than a month; 59 and 60 days are apart; thirteen months and a day exceed thirteen months."""
    assert Term(0, 15) < Term(1)
    assert Term(0, 59) < Term(0, 60)
    assert Term(13) < Term(13, 1)
    assert Term(12, 1) < Term(13)
    assert Term() < Term(0, 1)
    assert not Term()


@given(st.integers(0, 10_000))
def test_life_is_longer_than_every_number_of_months(months: int) -> None:
    """“Life” ends compare above every number."""
    assert Term(months) < LIFE
    assert max(Term(months), LIFE) == LIFE
    assert Term(months) + LIFE == LIFE


def test_a_term_is_shown_in_words_and_in_json() -> None:
    """Months are a number in JSON; days and life are said in words."""
    assert Term(63).to_json() == 63
    assert LIFE.to_json() == "life"
    assert Term(0, 15).to_json() == "15 days"
    assert str(Term(1)) == "1 month"
    assert str(Term(12, 1)) == "12 months and 1 day"


@pytest.mark.parametrize(
    ("term", "said"),
    [
        (Term(13), "1 year and 1 month"),
        (Term(60), "5 years"),
        (Term(30), "2 years and 6 months"),
        (Term(12, 1), "1 year and 1 day"),
        (Term(6), "6 months"),
        (Term(days=60), "60 days"),
        (LIFE, "life"),
    ],
)
def test_a_term_is_said_in_years_and_months(term: Term, said: str) -> None:
    """As the Manual writes it: “one year and one month”."""
    assert said == term.in_years_and_months()


def test_a_level_below_zero_is_said_with_a_true_minus() -> None:
    """It stands beside changes such as “−4”, which have one."""
    assert (signed(-4), signed(12)) == ("−4", "12")
