"""The form asks every declared fact, in words, and reads back exactly what it shows."""

from collections.abc import Iterator
from typing import Any

import pytest

from calculator.kinds import Choice, Fact, FieldError, Rows, Several, YesNo
from calculator.present import forms, words
from calculator.present.labels import LABELS, RECORDS, label_at
from calculator.reading import as_json, read_case
from calculator.scenario import Case, fields_of
from tests.support import examples
from tests.unit.made_answers import NASTY, Shape

DATES = {"sentenced_on": "2026-06-01", "offense_ended": "2026-01-15"}
FULL: dict[str, Any] = {
    "dates": {**DATES, "offense_began": "2025-03-01"},
    "charge": {
        "statute": "846",
        "object": "860",
        "tier": "found_amounts",
        "found": [{"substance": "heroin", "quantity": "100 g"}],
        "counts": 2,
        "notice_851": "yes",
        "serious_priors": "unknown",
        "drug_priors": 1,
        "firearm_count": "unknown",
        "death_or_injury_found": "unknown",
    },
    "drugs": [
        {
            "substance": "methamphetamine",
            "quantity": "1/2 oz",
            "purity": "unknown",
            "d_meth_hydrochloride": "yes",
        },
        {
            "substance": "methamphetamine",
            "quantity": "2.5 kg",
            "purity": "80.5 %",
            "also_contains": ["fentanyl", "heroin"],
        },
        {"substance": "LSD", "quantity": "1,000 doses", "weighed": "5 g"},
        {"substance": "methamphetamine", "quantity": "12 g", "measured": "pure", "near_protected": "3 g"},
    ],
    "conduct": {"weapon_possessed": "unknown", "own_weapon": "no", "import_craft": "crew"},
    "role": {"part": "minimal", "obstruction": "yes"},
    "plea": {"acceptance": "yes", "early_disposition_levels": 2},
    "history": {
        "priors": [
            {
                "label": "2019 “case” & co",
                "sentenced_on": "2019-06-01",
                "imposed": "1 year and 1 day",
                "felony": "yes",
                "violent": "unknown",
            },
            {
                "sentenced_on": "2020-02-02",
                "kind": "probation",
                "offense": "trespassing",
                "court": "juvenile",
            },
        ],
        "career_predicates": "unknown",
        "adult_at_offense": "no",
    },
    "motions": {"truthful_disclosure": "no", "substantial_assistance": "both"},
}
POINTS: dict[str, Any] = {
    "dates": DATES,
    "charge": {"statute": "841(a)", "tier": "C"},
    "drugs": [{"substance": "heroin", "quantity": "120 g"}],
    "history": {"points": 7, "three_point_priors": 1, "two_point_priors": 2, "two_point_violent": "no"},
}
UNKNOWN_POINTS = {**POINTS, "history": {"points": "unknown", "three_point_priors": 1}}
OUTSIDE = {**POINTS, "history": {}, "charge": {"statute": "other", "outside": ["murder", "other_counts"]}}


def form_data(html: str) -> list[tuple[str, str]]:
    """What a browser sends for a form: written apart from the code under test, from the HTML standard."""
    entries: list[tuple[str, str]] = []
    select: str | None = None
    options: list[tuple[str, bool]] = []
    area: str | None = None
    text = ""
    templates = 0

    class Reader(Shape):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            nonlocal select, options, area, text, templates
            super().handle_starttag(tag, attrs)
            given = {name: value or "" for name, value in attrs}
            templates += tag == "template"
            if templates:
                return
            if tag == "input" and "name" in given:
                if given["type"] not in ("radio", "checkbox") or "checked" in given:
                    entries.append((given["name"], given.get("value", "")))
            elif tag == "select":
                select, options = given["name"], []
            elif tag == "option" and select is not None:
                options.append((given["value"], "selected" in given))
            elif tag == "textarea":
                area, text = given["name"], ""

        def handle_endtag(self, tag: str) -> None:
            nonlocal select, area, templates
            super().handle_endtag(tag)
            templates -= tag == "template"
            if templates:
                return
            if tag == "select" and select is not None:
                chosen = [value for value, is_chosen in options if is_chosen] or [options[0][0]]
                entries.append((select, chosen[0]))
                select = None
            elif tag == "textarea" and area is not None:
                entries.append((area, text))
                area = None

        def handle_data(self, data: str) -> None:
            nonlocal text
            super().handle_data(data)
            text += data

    Reader(html)
    return entries


def declared() -> Iterator[tuple[str, Any]]:
    """Every declared field by its key, with its kind."""
    for record in (*RECORDS, Case):
        for name, kind, _ in fields_of(record):
            yield f"{record.__name__}.{name}", kind


def test_every_fact_and_every_choice_has_words() -> None:
    """No declared field is without a question and help, no option without words, and no words are left
    over.
    """
    fields = dict(declared())
    choices = {key: kind.options for key, kind in fields.items() if isinstance(kind, (Choice, Several))}

    assert set(fields) == set(LABELS)
    assert [key for key in fields if not LABELS[key].ask or not LABELS[key].help] == []
    assert {key: set(options) for key, options in choices.items()} == {
        key: set(LABELS[key].options or ()) for key in choices
    }
    assert [key for key in fields if key not in choices and LABELS[key].options is not None] == []


def test_every_fact_of_a_case_has_its_legal_term() -> None:
    """The legal term stands beside the plain question, so that a paper can be matched with the form."""
    assert [key for key in LABELS if not key.startswith("Case.") and not LABELS[key].term] == []


def test_a_label_is_found_by_the_path_of_a_case() -> None:
    """Errors and steps name fields by their path."""
    found = label_at("history.priors[3].violent")

    assert found is LABELS["Prior.violent"]
    assert label_at("charge.found[0].quantity") is LABELS["Drug.quantity"]
    assert label_at("drugs") is LABELS["Case.drugs"]
    assert label_at("history.priors[0].nothing") is None


@pytest.mark.parametrize("case", [FULL, POINTS, UNKNOWN_POINTS, OUTSIDE], ids=["full", "points", "unknown", "outside"])
def test_a_case_comes_back_from_its_form(case: dict[str, Any]) -> None:
    """Case to entries and back gives the same case, with every kind of field."""
    back = forms.read_form(forms.case_to_entries(case))

    assert back.errors == []
    assert read_case(back.data) == read_case(case)


@pytest.mark.parametrize("case", [FULL, POINTS, UNKNOWN_POINTS, OUTSIDE], ids=["full", "points", "unknown", "outside"])
def test_the_entries_are_what_a_browser_sends(case: dict[str, Any]) -> None:
    """The drawn form, submitted untouched, gives exactly the entries of the case."""
    assert form_data(forms.form_html(case)) == forms.case_to_entries(case)


def test_every_tested_case_comes_back_from_its_form() -> None:
    """The cases of the whole test suite, through the form and back."""
    moved = []
    for example in examples():
        try:
            case = read_case(example.given)
        except ValueError:
            continue
        shortest = as_json(case)
        back = forms.read_form(forms.case_to_entries(shortest))
        if back.errors or read_case(back.data) != case:
            moved.append(example.name)

    assert moved == []


def test_what_stands_at_its_default_is_left_out() -> None:
    """The case that is kept or shared is the shortest one that reads back."""
    assert forms.entries_to_case(forms.case_to_entries(POINTS)) == POINTS


def test_the_form_asks_everything_once() -> None:
    """Each field has its place for an error, in the form or in the template of a row, and each control a
    label.
    """
    shape = Shape(forms.form_html(FULL))
    places = [attributes["data-error-for"] for _, attributes in shape.elements if "data-error-for" in attributes]
    expected = {"history.how"}
    for name, kind, _ in fields_of(Case):
        for inner, inner_kind, _ in fields_of(kind.record) if not isinstance(kind, Rows) else ():
            expected.add(f"{name}.{inner}")
            if isinstance(inner_kind, Rows):
                expected |= {f"{name}.{inner}.__i__.{field}" for field, _, _ in fields_of(inner_kind.record)}
        if isinstance(kind, Rows):
            expected |= {name} | {f"{name}.__i__.{field}" for field, _, _ in fields_of(kind.record)}

    assert len(places) == len(set(places))
    assert {place for place in places if not any(part.isdigit() for part in place.split("."))} == expected


def test_every_control_is_labelled_and_every_id_is_its_own() -> None:
    """A screen reader meets no control without a name, and no two elements share an id."""
    shape = Shape(forms.form_html(FULL))
    controls = [given for tag, given in shape.elements if tag in ("input", "select", "textarea")]
    labels = {given["for"] for given in shape.named("label")}

    assert [given for given in controls if given.get("id") not in labels and "aria-label" not in given] == []
    assert len(shape.ids) == len(set(shape.ids))
    assert shape.faults == []


def test_not_knowing_is_drawn_like_the_other_answers() -> None:
    """Every yes/no fact has three choices of the same kind."""
    html = forms.form_html(None)
    radios = [given for given in Shape(html).named("input") if given["type"] == "radio"]
    by_name: dict[str, set[str]] = {}
    for given in radios:
        by_name.setdefault(given["name"], set()).add(given["value"])
    facts = [
        f"{group}.{name}"
        for group, kind, _ in fields_of(Case)
        for name, inner, _ in fields_of(kind.record)
        if isinstance(inner, YesNo) and not isinstance(kind, Rows)
    ]

    assert {name: by_name[name] for name in facts} == {name: {"yes", "no", "unknown"} for name in facts}


def test_a_blank_form_asks_for_the_past() -> None:
    """No earlier sentences is the best case there is, so it is never assumed."""
    entries = form_data(forms.form_html(None))
    form = forms.read_form(entries)

    assert "history.how" not in dict(entries)
    assert [(error.field, error.message) for error in form.errors] == [("history.how", words.HOW_MISSING)]


@pytest.mark.parametrize(
    ("way", "field", "message"),
    [
        ("none", "history.how", words.HOW_BUT_PRIORS),
        ("points", "history.how", words.HOW_BUT_PRIORS),
        ("unknown", "history.how", words.HOW_BUT_PRIORS),
        ("some", "history.how", "“some” is not one of the choices"),
    ],
)
def test_listed_sentences_are_never_passed_over(way: str, field: str, message: str) -> None:
    """A list that the chosen way does not read is an error, not silence."""
    entries = [(name, way if name == "history.how" else text) for name, text in forms.case_to_entries(FULL)]

    assert FieldError(field, message) in forms.read_form(entries).errors


def test_the_other_ways_of_telling_the_past_must_fit_too() -> None:
    """Points under “none”, an empty list under “list”, no points under “points”."""

    def errors(case: dict[str, Any], way: str) -> list[FieldError]:
        entries = [(name, way if name == "history.how" else text) for name, text in forms.case_to_entries(case)]
        return forms.read_form(entries).errors

    bare = {**POINTS, "history": {}}

    assert errors(POINTS, "none") == [FieldError("history.how", words.HOW_BUT_POINTS)]
    assert errors(bare, "list") == [FieldError("history.priors", words.LIST_EMPTY)]
    assert errors(bare, "points") == [FieldError("history.points", words.POINTS_MISSING)]
    assert errors(bare, "none") == []


def test_not_knowing_the_past_is_an_answer() -> None:
    """“I don’t know” to the past is points not known."""
    entries = [("history.how", "unknown")]

    assert forms.entries_to_case(entries)["history"] == {"points": "unknown"}
    assert forms.read_form(entries).errors == []


def test_a_number_and_not_knowing_together_is_an_error() -> None:
    """Neither of two answers is chosen in silence."""
    form = forms.read_form([("drugs.0.purity", "80"), ("drugs.0.purity", "unknown"), ("history.how", "none")])

    assert form.errors == [FieldError("drugs.0.purity", words.BOTH_NUMBER_AND_UNKNOWN)]


@pytest.mark.parametrize(
    ("typed", "unit", "read"),
    [
        ("120", "g", "120 g"),
        ("3 lb", "g", "3 lb"),
        ("1,000", "doses", "1,000 doses"),
        ("1/2", "oz", "1/2 oz"),
        ("minus four", "g", "minus four"),
        ("-4", "g", "-4 g"),
    ],
)
def test_a_unit_typed_beside_the_number_stands_before_the_menu(typed: str, unit: str, read: str) -> None:
    """What is typed is kept as it is; the menu's unit fills in where none was typed."""
    entries = [("drugs.0.quantity", typed), ("drugs.0.quantity.unit", unit)]

    assert forms.entries_to_case(entries)["drugs"] == [{"quantity": read}]


def test_a_menu_alone_is_no_amount() -> None:
    """An untouched row gives nothing, whatever its menus say."""
    assert "drugs" not in forms.entries_to_case([("drugs.0.quantity", ""), ("drugs.0.quantity.unit", "kg")])


def test_errors_find_their_row_after_rows_were_removed() -> None:
    """Rows keep the number they got in the form; the case counts from zero."""
    form = forms.read_form([("drugs.2.substance", "heroin"), ("drugs.5.quantity", "5"), ("history.how", "none")])

    assert forms.name_of("drugs[1].quantity", form.rows) == "drugs.5.quantity"
    assert forms.name_of("charge.found[0].quantity", {}) == "charge.found.0.quantity"
    assert forms.name_of("dates.sentenced_on", {}) == "dates.sentenced_on"


def test_a_question_the_form_does_not_have_is_an_error() -> None:
    """A misspelled name is never a silent default."""
    form = forms.read_form([("conduct.weapon", "yes"), ("drugs.0.colour", "blue"), ("history.how", "none")])

    assert {error.field for error in form.errors} == {"conduct.weapon", "drugs.0.colour"}


def test_several_drugs_in_one_mixture_are_read_by_lines_and_commas() -> None:
    """Commas inside a name are kept."""
    entries = [("drugs.0.also_contains", "fentanyl, heroin\r\nN,N-dimethyltryptamine; PCP")]

    assert forms.entries_to_case(entries)["drugs"][0]["also_contains"] == [
        "fentanyl",
        "heroin",
        "N,N-dimethyltryptamine",
        "PCP",
    ]


def test_errors_stand_beside_their_fields_and_in_the_summary() -> None:
    """The summary links each error to the first control of its field."""
    html = forms.form_html(FULL, [FieldError("drugs[0].quantity", "is zero: an amount is more than zero")])
    shape = Shape(html)
    place = next(given for _, given in shape.elements if given.get("data-error-for") == "drugs.0.quantity")

    assert "hidden" not in place
    assert "This answer is zero: an amount is more than zero." in shape.text
    assert {"href": "#ps-drugs.0.quantity"} in shape.named("a")
    assert "ps-drugs.0.quantity" in shape.ids


def test_nothing_typed_becomes_html() -> None:
    """A label with a script in it is shown as text, and comes back as it was."""
    case = {
        **FULL,
        "history": {"priors": [{"label": NASTY, "sentenced_on": "2019-06-01", "imposed": "3 months"}]},
    }
    html = forms.form_html(case, [FieldError("history.priors[0].label", NASTY)])

    assert "<script" not in html
    assert forms.entries_to_case(form_data(html))["history"]["priors"][0]["label"] == NASTY


def test_a_fold_with_an_answer_in_it_is_open() -> None:
    """Less common facts are folded only while they stand at their defaults."""
    closed, opened = (
        Shape(forms.form_html(POINTS)),
        Shape(forms.form_html({**POINTS, "role": {"restraint": "yes"}})),
    )

    def count(shape: Shape) -> int:
        return sum("open" in given for given in shape.named("details"))

    assert count(opened) == count(closed) + 1


def test_a_fold_with_an_error_in_it_is_open() -> None:
    """An error is never hidden in a fold."""
    wrong = [
        FieldError("role.restraint", "is not an answer here"),
        FieldError("history.points", "is missing"),
    ]
    closed, opened = Shape(forms.form_html(POINTS)), Shape(forms.form_html(FULL, wrong))
    fold = next(given for given in opened.named("details") if given.get("id") == "ps-history-points")

    assert "open" in fold
    assert sum("open" in given for given in opened.named("details")) > sum(
        "open" in given for given in closed.named("details")
    )


def test_names_that_are_no_rows_are_no_rows() -> None:
    """Only whole numbers number a row; anything else is a question the form does not have."""
    form = forms.read_form([("drugs.x.substance", "heroin"), ("drugs.²", "1"), ("history.how", "none")])

    assert "drugs" not in form.data
    assert {error.field for error in form.errors} == {"drugs.x.substance", "drugs.²"}


def test_a_fact_can_be_given_as_true_and_false() -> None:
    """JSON's own words for yes and no fill the form as well."""
    entries = dict(forms.case_to_entries({**POINTS, "conduct": {"weapon_possessed": True, "violence": False}}))

    assert (entries["conduct.weapon_possessed"], entries["conduct.violence"]) == ("yes", "no")
    assert Fact.UNSTATED.value not in entries.values()
