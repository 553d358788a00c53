"""Values that pages print, against the official text they come from."""

import re

import pytest

from calculator.__main__ import main
from calculator.present import values
from calculator.present.values import UnknownValue, adjective, drug_level_words, filled, range_words, value, zone_words


@pytest.mark.parametrize(
    ("name", "text"),
    [
        # 21 U.S.C. 841(b)(1)(A)(i), (B)(i): "1 kilogram or more", "100 grams or more"
        ("threshold.heroin.A", "1 kilogram"),
        ("threshold.heroin.B", "100 grams"),
        # (A)(viii), (B)(viii): "50 grams or more of methamphetamine … or 500 grams or more of a mixture"
        ("threshold.methamphetamine.A.pure", "50 grams"),
        ("threshold.methamphetamine.A", "500 grams"),
        ("threshold.methamphetamine.B.pure", "5 grams"),
        # (B)(vi): "40 grams or more … or 10 grams or more of … any analogue … or a fentanyl-related substance"
        ("threshold.fentanyl.B", "40 grams"),
        ("threshold.fentanyl-related-substance.B", "10 grams"),
        # (A)(vii): "1000 kilograms or more … or 1,000 or more marihuana plants"
        ("threshold.marijuana.A", "1,000 kilograms"),
        ("threshold.marijuana.A.plants", "1,000 plants"),
        ("threshold.lsd.B", "1 gram"),
        # 841(b)(1)(A): "less than 10 years or more than life"; "not less than 15 years"; "not less than 25 years"
        ("penalty.A.minimum", "10 years"),
        ("penalty.A.maximum", "life"),
        ("penalty.A-one-prior.minimum", "15 years"),
        ("penalty.A-two-priors.minimum", "25 years"),
        ("penalty.A-prior-death.minimum", "life"),
        ("penalty.B.maximum", "40 years"),
        ("penalty.B.class", "Class B"),
        ("penalty.C.minimum", "no minimum"),
        ("penalty.C-prior.maximum", "30 years"),
        ("penalty.C-prior.class", "Class B"),  # 18 U.S.C. 3559(a)(2): twenty-five years or more
        ("penalty.A.fine", "$10 million"),
        ("penalty.E.fine", "$500,000"),
        ("penalty.3.class", "Class A misdemeanor"),
        ("penalty.3.release", "none"),
        ("penalty.3-prior.release", "up to 1 year"),
        # 21 U.S.C. 844(a): "not less than 15 days but not more than 2 years … minimum of $2,500"
        ("section.844a-one-prior.minimum", "15 days"),
        ("section.844a-one-prior.fine", "at least $2,500"),
        ("section.844a-first.maximum", "1 year"),
        ("section.843b.maximum", "4 years"),
        ("section.856.fine", "$500,000"),
        # 21 U.S.C. 860(a), (b)
        ("section.860.minimum", "1 year"),
        ("section.860.maximum", "twice the maximum"),
        ("section.860-again.minimum", "3 years"),
        ("place.school", "1,000 feet"),
        ("place.youth-center", "100 feet"),
        # 18 U.S.C. 924(c)(1)
        ("firearm.carried", "5 years"),
        ("firearm.brandished", "7 years"),
        ("firearm.machinegun", "30 years"),
        ("firearm.machinegun-prior", "life"),
        ("firearm.prior", "25 years"),
        # USSG §4A1.1: "exceeding one year and one month", "at least sixty days", "7 or more points"
        ("points.three.over", "one year and one month"),
        ("points.two.from", "60 days"),
        ("points.one.most", "4 points"),
        ("points.status.from", "7 points"),
        ("window.three", "fifteen years"),
        ("window.under-18", "five years"),
        ("category.I", "0 or 1 point"),
        ("category.VI", "13 or more points"),
        # 18 U.S.C. 3553(f)(1)(A); USSG §5C1.2(b)
        ("valve.points", "4 points"),
        ("valve.floor", "24 to 30 months (2 to 2½ years)"),
        ("valve.floor.minimum", "five years"),
        # USSG §2D1.1(b)(3), (13), (14), (18); (a)(5)
        ("soc.b1", "2 levels"),
        ("soc.b3.floor", "level 26"),
        ("soc.b13a", "4 levels"),
        ("soc.b13b", "2 levels"),
        ("soc.b14d", "6 levels"),
        ("soc.b14d.floor", "level 30"),
        ("soc.b18", "2 levels"),
        ("cap.32", "level 30"),
        ("cap.34", "level 31"),
        ("cap.above-34", "level 32"),
        ("role.leader", "4 levels"),
        ("role.minor", "2 levels"),
        ("acceptance.extra", "1 level"),
        ("acceptance.extra.from", "level 16"),
        ("zero-point.levels", "2 levels"),
        # USSG §5C1.1 and its notes
        ("zone.A.minimum", "0 months"),
        ("zone.B.minimum", "1 to 9 months"),
        ("zone.B.prison", "one month"),
        ("zone.C.minimum", "10 or 12 months"),
        ("zone.C.prison", "one-half of the minimum"),
        ("zone.D.minimum", "15 months or more"),
        # 18 U.S.C. 3561(c), 3607(a), 3583(b), 3013
        ("probation.felony", "1 to 5 years"),
        ("probation.misdemeanor", "up to 5 years"),
        ("probation.first-possession", "up to 1 year"),
        ("release.C.most", "3 years"),
        ("assessment.felony", "$100"),
        # 18 U.S.C. 3624(b)(1), 3632(d)(4)(A), 3624(g)(3), 3621(e)(2)(B)
        ("credits.good-time", "54 days"),
        ("credits.good-time.over", "one year"),
        ("credits.fsa", "10 days"),
        ("credits.fsa.extra", "5 days"),
        ("credits.fsa.per", "30 days"),
        ("credits.fsa.release.most", "12 months"),
        ("rdap.most", "one year"),
        # USSG §6A1.2; Fed. R. Crim. P. 32, 35(b)(1)
        ("timeline.draft-report", "35 days"),
        ("timeline.objections", "14 days"),
        ("timeline.final-report", "7 days"),
        ("rule35.within", "one year"),
        # 18 U.S.C. 3565(b)(4), 3583(e)(3); 21 U.S.C. 802(58), 851(e)
        ("revocation.positives", "more than 3 times"),
        ("revocation.A.most", "5 years"),
        ("revocation.E.most", "1 year"),
        ("prior.serious.served", "12 months"),
        ("prior.serious.released", "15 years"),
        ("notice.851.challenge", "five years"),
        # USSG §3E1.1(a), (b): 2 levels, and 1 more
        ("acceptance.both", "3 levels"),
        # 18 U.S.C. 3624(b)(1): 54 days × 5 years
        ("credits.good-time.on-5-years", "270 days"),
        # USSG §5B1.3(c), §5F1.1 n.2, §5F1.8 n.1; §7B1.3(c)
        ("conditions.report", "72 hours"),
        ("conditions.move", "10 days"),
        ("conditions.work", "30 hours"),
        ("community-confinement.most", "six months"),
        ("intermittent.most", "one year"),
        ("revocation.substitute", "1 to 6 months"),
        ("revocation.substitute.half", "10 months"),
        # 21 U.S.C. 844a(a), 862(a), (b)
        ("civil-penalty.most", "$10,000"),
        ("benefits.distribution-second", "10 years"),
        ("benefits.possession-first", "1 year"),
    ],
)  # fmt: skip
def test_a_value_is_what_the_law_says(name: str, text: str) -> None:
    """Each is read off the official text named beside it."""
    assert text == value(name).text


def test_every_value_has_its_source() -> None:
    """No number without a citation, and no name that a page could not write."""
    for name, item in values.values().items():
        assert item.text.strip(), name
        assert re.match(r"\d+ U\.S\.C\. |USSG |Fed\. R\. Crim\. P\. |\d+ Fed\. Reg\. ", item.cite), name
        assert re.fullmatch(r"[\w-]+(\.[\w-]+)*", name), name


def test_a_cell_of_the_sentencing_table() -> None:
    """Level 24, category I is 51–63 months in the printed table; level 8 is 0–6, Zone A; level 43 is life."""
    assert range_words(24, "I") == "51 to 63 months (4¼ to 5¼ years)"
    assert zone_words(8, "I") == "Zone A"
    assert zone_words(24, "I") == "Zone D"
    assert range_words(43, "I") == "life"
    assert range_words(42, "VI") == "360 months to life (30 years to life)"


@pytest.mark.parametrize(("level", "category"), [(0, "I"), (44, "I"), (8, "VII")])
def test_a_cell_that_is_not_printed_is_refused(level: int, category: str) -> None:
    """The table runs from 1 to 43 and from I to VI."""
    with pytest.raises(UnknownValue, match="use 1 to 43 and I, II, III, IV, V, VI"):
        range_words(level, category)


def test_a_drug_finds_its_level() -> None:
    """§2D1.1(c)(8): at least 100 g but less than 400 g of heroin is level 24; just under is 22."""
    assert drug_level_words("heroin", "120 g") == "level 24"
    assert drug_level_words("heroin", "99 g") == "level 22"
    assert drug_level_words("methamphetamine", "50 g", "pure") == "level 30"
    with pytest.raises(UnknownValue, match="is not a drug listed here"):
        drug_level_words("aspirin", "1 g")


def test_blanks_of_a_text_are_filled() -> None:
    """A data file names values; it types no number."""
    text = filled("{threshold.heroin.B}; {range 8 I}; {zone 8 I}; {level cocaine 60 g}.")

    assert text == "100 grams; 0 to 6 months (up to ½ year); Zone A; level 14."
    with pytest.raises(UnknownValue, match="names no level"):
        filled("{range I 8}")


def test_a_value_can_stand_before_its_noun() -> None:
    """“5 years” becomes “5-year”; what is no number with its unit is refused."""
    assert adjective("penalty.B.minimum") == "5-year"
    assert filled("a {adjective points.one} offense") == "a 1-point offense"
    with pytest.raises(UnknownValue, match="“penalty.A.maximum” is “life”, which cannot stand before a noun"):
        adjective("penalty.A.maximum")


def test_an_unknown_name_says_what_is_near() -> None:
    """A slip stops the build with a hint."""
    with pytest.raises(UnknownValue, match=r"no value “threshold.heroine.B”: near it are threshold.heroin.B"):
        value("threshold.heroine.B")
    with pytest.raises(UnknownValue, match="no value “zzz”; `python -m calculator --values` lists"):
        value("zzz")


def test_the_command_line_lists_every_value(capsys: pytest.CaptureFixture[str]) -> None:
    """One line a value: name, text, source."""
    assert main(["--values"]) == 0
    lines = capsys.readouterr().out.splitlines()

    assert len(lines) == len(values.values())
    assert "threshold.heroin.B\t100 grams\t21 U.S.C. 841(b)(1)(B)(i)" in lines
