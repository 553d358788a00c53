"""Imports run downward only, and the calculator needs nothing but the standard library."""

import ast
import sys
from functools import lru_cache
from pathlib import Path

import calculator

ROOT = Path(calculator.__file__).parent

# Floors from the ground up; a module may import from floors below its own, never from its own floor or above.
FLOORS = {
    "records": 0,
    "units": 1,
    "trace": 2,
    "kinds": 2,
    "answer": 3,
    "scenario": 3,
    "reading": 4,
    "law": 4,
    "rules": 5,
    "stages": 6,
    "sentence": 7,
    "compare": 8,
    "": 9,
    "present": 10,
    "browser": 11,
    "__main__": 11,
    "rehearsal": 12,
}
# The same inside the law: the subjects stand side by side, what puts them together above them, what reads them below.
LAW_FLOORS = {"printed": 0, "schema": 1, "probation": 2, "recorded": 4, "load": 5}
SUBJECT = 3
# Where modules may import each other, as long as nothing goes round in a circle.
HOUSES = {"law", "rules", "present"}


def name_of(path: Path) -> str:
    """The module of a file, as it is imported."""
    parts = ("calculator", *path.relative_to(ROOT).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in sorted(ROOT.rglob("*.py"))}


@lru_cache(maxsize=1)
def imports() -> tuple[tuple[str, str], ...]:
    """Each import as (the module that imports, the module imported); a name taken from a package counts as the module
    of that name where there is one."""
    found = []
    for module, path in MODULES.items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                taken = [f"{node.module}.{alias.name}" for alias in node.names]
                names = [name if name in MODULES else node.module for name in taken]
            found += [(module, name) for name in names]
    return tuple(found)


def part(module: str, depth: int) -> str:
    """A part of a module's dotted name ("rules" at 1 in "calculator.rules.offense"), or an empty text."""
    parts = module.split(".")
    return parts[depth] if len(parts) > depth else ""


def test_imports_run_downward_only() -> None:
    """present → compare → sentence → stages → rules → law, reading → scenario, answer → kinds, trace → units."""
    wrong = []
    for here, there in imports():
        if part(there, 0) != "calculator":
            continue
        mine, other = part(here, 1), part(there, 1)
        upward = FLOORS[other] > FLOORS[mine]
        sideways = FLOORS[other] == FLOORS[mine] and (mine != other or mine not in HOUSES)
        if upward or sideways:
            wrong.append(f"{here} imports {there}")

    assert wrong == []


def test_no_rule_imports_another() -> None:
    """Each part of the law has one module or package under rules/; `sentence` alone introduces them."""
    wrong = [
        f"{here} imports {there}"
        for here, there in imports()
        if part(here, 1) == part(there, 1) == "rules" and part(here, 2) != part(there, 2)
    ]

    assert wrong == []


def test_the_subjects_of_the_law_do_not_import_each_other() -> None:
    """Drugs, levels, history, ranges and statutes are read apart, all by the same reader."""
    wrong = []
    for here, there in imports():
        if part(here, 1) != "law" or part(there, 1) != "law" or not part(here, 2) or part(here, 2) == part(there, 2):
            continue
        if LAW_FLOORS.get(part(there, 2), SUBJECT) >= LAW_FLOORS.get(part(here, 2), SUBJECT):
            wrong.append(f"{here} imports {there}")

    assert wrong == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Inside a package, too, imports run downward: every module can be read after those it stands on."""
    below = {module: {there for here, there in imports() if here == module and there in MODULES} for module in MODULES}
    standing = dict(below)
    while free := {module for module, needs in standing.items() if not needs & standing.keys() - {module}}:
        standing = {module: needs for module, needs in standing.items() if module not in free}

    assert sorted(standing) == []


def test_only_the_standard_library_is_imported() -> None:
    """The calculator has no runtime dependency, and never sees the page it runs in."""
    outside = {
        f"{here}: {name}"
        for here, name in imports()
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith("calculator")
    }

    assert outside == set()


def test_no_rule_reads_a_clock() -> None:
    """Every date is an argument: nothing under calculator/ asks what day it is."""
    asked = [
        path.name
        for path in ROOT.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"today", "now", "utcnow", "time", "localtime"}
    ]

    assert asked == []
