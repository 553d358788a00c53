"""Tables of the statutes: minimums, the ladder, other sections, gun counts, classes, release, fees, safety valve."""

from __future__ import annotations

from collections.abc import Mapping

from calculator.law.statutes import Paragraph, Threshold
from calculator.present import words
from calculator.present.markup import Markup
from calculator.present.tables.grid import Cells, cited, table, text_of
from calculator.present.values import law_now

__all__ = ["assessments", "classes", "firearms", "ladder", "minimums", "release_terms", "safety_valve", "sections"]

_MEASURES = {"mixture": "mixture", "pure": "pure drug", "plants": "plants"}


def minimums() -> Markup:
    """Every drug with an amount for (A) or (B), both amounts and what they bring."""
    law = law_now()
    substances = law.drugs.substances
    rows = []
    for (home, substance), thresholds in law.statutes.amounts.thresholds.items():
        if home != "841":
            continue
        for threshold in thresholds:
            steps = {tier: (least, cite) for tier, least, cite in threshold.steps}
            if "A" not in steps:
                continue
            several = len(thresholds) > 1 or threshold.measure != "mixture"
            label = substances[substance].label
            rows.append(
                (
                    f"{label} ({_MEASURES[threshold.measure]})" if several else label,
                    _threshold_words(threshold, "B"),
                    _threshold_words(threshold, "A"),
                    cited(_both(steps["A"][1], steps["B"][1])),
                )
            )
    heads = (
        "Drug",
        f"{text_of('penalty.B.minimum')} or more from",
        f"{text_of('penalty.A.minimum')} or more from",
        "Where",
    )
    return table("Amounts that bring a mandatory minimum (federal)", heads, rows, "ps-under")


def _both(first: str, second: str) -> str:
    """Two citations that differ in their last part: "21 U.S.C. 841(b)(1)(A)(i), (B)(i)"."""
    start = "21 U.S.C. 841(b)(1)"
    return f"{first}, {second.removeprefix(start)}" if second.startswith(start) else f"{first}; {second}"


def _threshold_words(threshold: Threshold, tier: str) -> str:
    least = next(least for name, least, _ in threshold.steps if name == tier)
    return words.count(int(least), "plant") if threshold.measure == "plants" else words.grams(least)


def _printed_order(paragraphs: Mapping[str, Paragraph]) -> list[tuple[str, Paragraph]]:
    """(A) to (E) and then (2) and (3), as the statute prints them."""
    return sorted(paragraphs.items(), key=lambda item: (not item[0].isalpha(), item[0]))


_LADDER_CASES = {
    "base": "first case",
    "death": "death or serious injury",
    "prior": "one earlier conviction",
    "prior_death": "earlier conviction, and death or serious injury",
    "two_priors": "two or more earlier convictions",
}


def ladder() -> Markup:
    """21 U.S.C. 841(b)(1)–(3): minimum, maximum, supervised release, fine and class of each row."""
    law = law_now()
    rows = []
    for tier, paragraph in _printed_order(law.statutes.ladder.paragraphs):
        where = f"(b)(1)({tier})" if tier.isalpha() else f"(b)({tier})"
        for case, penalty in paragraph.rows.items():
            found = law.statutes.classes.of(penalty.maximum)
            kind = "felony " if found.felony else ""
            release = penalty.release_minimum or penalty.release_maximum
            said = "none"
            if release is not None and release:
                said = f"{'at least' if penalty.release_minimum else 'up to'} {release.in_years()}"
            rows.append(
                (
                    f"{where}: {_LADDER_CASES[case]}",
                    penalty.minimum.in_years() if penalty.minimum else "none",
                    penalty.maximum.in_years(),
                    said,
                    words.dollars(penalty.fine),
                    f"Class {found.name.removesuffix(' misdemeanor')} {kind or 'misdemeanor'}".strip(),
                )
            )
    heads = ("Paragraph of 21 U.S.C. 841(b)", "Minimum", "Maximum", "Supervised release", "Fine up to", "Class")
    return table("The penalty ladder (federal)", heads, rows)


_OWN_CASES = {
    "first": "first case",
    "again": "after an earlier conviction",
    "one_prior": "one earlier drug conviction",
    "two_priors": "two or more",
    "flunitrazepam": "flunitrazepam",
}


def sections() -> Markup:
    """The sections beside 841(b): their own terms, or how they multiply the ladder."""
    found = law_now().statutes.sections
    covered = law_now().statutes.safety_valve.covered
    rows: list[Cells] = []
    for name, (section, own) in found.own.items():
        for case, row in own.items():
            fine = f"at least {words.dollars(row.fine_minimum)}" if row.fine_minimum else ""
            fine = fine or (f"up to {words.dollars(row.fine)}" if row.fine else "as title 18 sets it")
            more = f": {_OWN_CASES[case]}" if len(own) > 1 else ""
            rows.append(
                (
                    f"{section.section}, {section.title.lower()}{more}",
                    row.minimum.in_years() if row.minimum else "none",
                    row.maximum.in_years(),
                    fine,
                    _reached(name in covered),
                    cited(row.cite),
                )
            )
    for name, item in found.multiplied.items():
        for more, times in (("", item.first), (", again", item.again)):
            if times is None:
                continue
            most = f"{times.times} × the 841(b) maximum"
            if times.maximum:
                most = f"{times.maximum.in_years()}, or {most}"
            rows.append(
                (
                    f"{item.section.section}, {item.section.title[0].lower()}{item.section.title[1:]}{more}",
                    times.minimum.in_years() if times.minimum else "none of its own",
                    most,
                    f"{times.times} × the 841(b) fine",
                    _reached(name in covered),
                    cited(times.cite),
                )
            )
    heads = ("Section of title 21", "Minimum", "Maximum", "Fine", "Safety valve", "Where")
    return table("Other drug sections (federal)", heads, rows)


def _reached(is_covered: bool) -> str:
    return "reaches it" if is_covered else "does not reach it"


def firearms() -> Markup:
    """18 U.S.C. 924(c): the term that is added for each kind of gun count."""
    kinds = law_now().statutes.firearms.kinds.values()
    rows = [
        (
            f"{kind.words[0].upper()}{kind.words[1:]}",
            f"at least {kind.minimum.in_years()}",
            kind.after_prior.in_years() if kind.after_prior.life else f"at least {kind.after_prior.in_years()}",
            cited(kind.cite),
        )
        for kind in kinds
    ]
    heads = ("What is proved", "Added to the drug sentence", "After a final 924(c) conviction", "Where")
    return table("Gun counts under 18 U.S.C. 924(c) (federal)", heads, rows)


def release_terms() -> Markup:
    """Supervised release: what the class allows, and the least that 841(b) asks for."""
    statutes = law_now().statutes
    rows: list[Cells] = [
        (
            "Class A or B felony" if name == "A" else "Class C or D felony" if name == "C" else "Class E felony",
            "—",
            f"up to {most.in_years()}",
            cited(cite),
        )
        for name, (most, cite) in statutes.release_most.items()
        if name in ("A", "C", "E")
    ]
    for tier, paragraph in _printed_order(statutes.ladder.paragraphs):
        where = f"841(b)(1)({tier})" if tier.isalpha() else f"841(b)({tier})"
        base, prior = paragraph.rows["base"], paragraph.rows["prior"]
        least = base.release_minimum.in_years() if base.release_minimum else "none"
        after = prior.release_minimum.in_years() if prior.release_minimum else "none"
        most = "“notwithstanding section 3583”" if paragraph.displaces_3583 else "as the class says"
        rows.append((where, f"{least}; {after} with an earlier conviction", most, cited(base.cite)))
    heads = ("Offense", "Least", "Most", "Where")
    return table("Supervised release after prison (federal)", heads, rows)


def assessments() -> Markup:
    """The fee for each count."""
    rows = [
        (f"{name[0].upper()}{name[1:]}", words.dollars(dollars), cited(cite))
        for name, (dollars, cite) in law_now().ranges.assessments.items()
    ]
    return table("Special assessment for each count (federal)", ("Count", "Fee", "Where"), rows)


def safety_valve() -> Markup:
    """The tests of 18 U.S.C. 3553(f), all of which must be met."""
    asked = {
        "points": f"No more than {text_of('valve.points')}, leaving out every 1-point offense",
        "three_point": "No earlier 3-point offense",
        "two_point_violent": "No earlier 2-point violent offense",
        "weapon": "No violence, no threat of it, no gun or other dangerous weapon in connection with the offense",
        "injury": "The offense did not cause death or serious bodily injury",
        "role": "Not an organizer, leader, manager or supervisor, and no continuing criminal enterprise",
        "disclosure": "By the sentencing hearing, all that is known of it was told to the Government truthfully",
    }
    tests = law_now().statutes.safety_valve.tests
    rows = [(str(number), asked[name], cited(test.cite)) for number, (name, test) in enumerate(tests.items(), start=1)]
    return table("The safety valve: every line must be met (federal)", ("Test", "What it asks", "Where"), rows)


def classes() -> Markup:
    """The classes of offense by the longest term the statute allows, whether probation is barred, and the fine."""
    law = law_now()
    rows = []
    below = ""
    for item in law.statutes.classes.classes[:6]:
        bound = "" if item.bound is None else item.bound.in_years()
        least = bound if bound == "life" else f"{bound} or more" if item.or_more else f"more than {bound}"
        barred = "barred" if item.name in law.statutes.probation.barred_classes else "not barred by the class"
        fine, fine_cite = law.statutes.fines[item.name]
        kind = f"Class {item.name}{' felony' if item.felony else ''}"
        cites = f"{item.cite}; {fine_cite}"
        rows.append((kind, f"{least}{below}", barred, words.dollars(fine), cited(cites)))
        # What the next class stays under: "less than 25 years" below "25 years or more", and so on.
        below = "" if bound == "life" else f", less than {bound}" if item.or_more else f", {bound} or less"
    heads = ("Class", "Longest prison term the statute allows", "Probation", "Fine up to", "Where")
    return table("Classes of offense (federal)", heads, rows)
