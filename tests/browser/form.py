"""Filling the calculator's form as a person would, from a list of names and values."""

import re

from playwright.sync_api import Locator, Page, expect

Entries = list[tuple[str, str]]


def fill(page: Page, entries: Entries) -> None:
    """Make the form say exactly these entries, adding and removing rows as needed."""
    form = page.locator("[data-part=form]")
    while form.locator("[data-action=remove-row]:visible").count():
        form.locator("[data-action=remove-row]:visible").first.click()
    values: dict[str, list[str]] = {}
    for name, value in entries:
        values.setdefault(name, []).append(value)
    unfold(form)
    for name in values:
        if not form.locator(f'[name="{name}"]').count():
            kind = re.split(r"\.\d+\.", name)[0]
            form.locator(f'[data-action=add-row][data-for="{kind}"]').click()
            unfold(form)
    controls = form.locator("[name]")
    states = controls.evaluate_all(
        "found => found.map(({ name, type, value, checked }) => [name, type, value, checked])"
    )
    for index, (name, kind, value, checked) in enumerate(states):
        enter(controls.nth(index), kind, value, checked, values.get(name, []))


def submit(page: Page) -> dict[str, object]:
    """Ask for the answer and wait for it."""
    page.locator("[data-part=form] [type=submit]").click()
    expect(page.locator("[data-part=result]")).to_have_attribute("aria-busy", "false")
    reply: dict[str, object] = page.evaluate("window.lastReply")
    return reply


def unfold(form: Locator) -> None:
    """Open every fold, so that each control can be reached."""
    form.evaluate("form => form.querySelectorAll('details').forEach(fold => (fold.open = true))")


def enter(control: Locator, kind: str, value: str, checked: bool, wanted: list[str]) -> None:
    """Give one control its part of its name's values, unless it has it: some names have several controls."""
    if kind in ("checkbox", "radio"):
        if (value in wanted) == checked:
            return
        if kind == "radio" and checked:  # no click takes a choice back once one was made
            control.evaluate("control => (control.checked = false)")
        else:
            control.set_checked(not checked)
        return
    # a number and its "I don’t know" share a name
    text = next((text for text in wanted if kind == "select-one" or text != "unknown"), "")
    if text == value:
        return
    if kind == "select-one":
        control.select_option(text)
    else:
        control.fill(text)
