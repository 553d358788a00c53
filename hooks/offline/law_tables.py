"""The tables of the law, each drawn by the shortcode that draws it on the site's pages."""

from __future__ import annotations

__all__ = ["GROUPS", "law_tables"]

GROUPS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "The range",
        (("sentencing-table", "The Sentencing Table"), ("zones", "Zones A to D")),
    ),
    (
        "Mandatory minimums and maximums",
        (
            ("minimums", "Amounts that bring a minimum"),
            ("ladder", "The penalty ladder"),
            ("sections", "Other drug sections"),
            ("firearms", "Gun counts"),
            ("protected-places", "Protected places"),
            ("classes", "Classes of offense"),
            ("safety-valve", "The safety valve’s tests"),
        ),
    ),
    (
        "Drug weight",
        (
            ("quantity-table", "The Drug Quantity Table"),
            ("conversions", "The Drug Conversion Tables"),
            ("typical-weights", "Typical weights"),
            ("measures", "Measures"),
        ),
    ),
    (
        "The offense level",
        (
            ("base-levels", "Other base levels"),
            ("other-guidelines", "Other drug guidelines"),
            ("characteristics", "Specific offense characteristics"),
            ("adjustments", "Adjustments"),
        ),
    ),
    (
        "Criminal history",
        (
            ("points", "Points"),
            ("categories", "Categories"),
            ("excluded-offenses", "Small offenses"),
            ("zero-point", "No points"),
            ("career-table", "Career offenders"),
        ),
    ),
    (
        "Beside and after prison",
        (
            ("probation-terms", "Terms of probation"),
            ("release-terms", "Terms of supervised release"),
            ("revocation", "Revocation"),
            ("probation-revocation", "Range after probation is revoked"),
            ("release-revocation", "Range after supervised release is revoked"),
            ("fines", "Fines"),
            ("assessments", "Special assessments"),
            ("time-credits", "Time off"),
        ),
    ),
)


def law_tables() -> str:
    """A list of all tables, then the tables."""
    from calculator.present.markup import Markup, tag  # at the time of the build: see `hooks/bundle.py`
    from hooks.shortcodes import render

    lists = []
    drawn = []
    for title, group in GROUPS:
        links = (tag("li", tag("a", name, href=f"#table-{word}")) for word, name in group)
        lists.append(tag("div", tag("p", tag("strong", title)), tag("ul", *links)))
        drawn.append(tag("h3", title))
        for word, name in group:
            table = Markup(render(f"law:{word}", {}))
            drawn.append(tag("section", tag("h4", name), table, id=f"table-{word}", class_="ps-law-table"))
    return "".join([tag("nav", *lists, class_="ps-tables-list", aria_label="The tables"), *drawn])
