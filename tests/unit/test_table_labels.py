"""Wide tables name their cells, so that a phone can set them below each other."""

import re

from markdown import markdown

import calculator
from calculator.present import html, tables
from hooks.shortcodes import sample

WIDE = """
| step | when | source |
| --- | --- | --- |
| *draft* | 35 days before | Rule 32 |
"""


def test_a_cell_of_a_wide_table_in_a_page_carries_its_columns_name() -> None:
    """The first cell heads its row and needs none."""
    made = markdown(WIDE, extensions=["tables", "hooks.table_labels"])

    assert re.findall(r'<td data-label="(\w+)">', made) == ["when", "source"]


def test_a_narrow_table_in_a_page_stays_as_it_is() -> None:
    """Two columns fit a phone."""
    made = markdown("| a | b |\n| --- | --- |\n| 1 | 2 |\n", extensions=["tables", "hooks.table_labels"])

    assert "data-label" not in made


def test_a_wide_table_of_the_law_names_its_cells() -> None:
    """21 U.S.C. 841(b): the penalty ladder has a minimum and a maximum in each row."""
    made = tables.TABLES["ladder"]()

    assert made.count('data-label="Minimum"') == made.count('data-label="Maximum"') == made.count('scope="row"')


def test_the_weights_of_an_answer_name_their_cells() -> None:
    """What is given and what is counted differ, so neither may lose its name."""
    made = html.steps_html(calculator.solve(sample("first")["case"]))

    assert 'data-label="given"' in made
    assert 'data-label="counted"' in made
