"""Imports run downward only, and the calculator needs nothing but the standard library."""

import ast
import sys
from pathlib import Path

import calculator

ROOT = Path(calculator.__file__).parent

# Floors from the ground up; a module may import from floors below its own, never from its own floor or above.
FLOORS = {
    "units": 0,
    "trace": 1,
    "scenario": 1,
    "answer": 2,
    "law": 3,
    "rules": 4,
    "sentence": 5,
    "compare": 6,
    "": 7,
    "present": 8,
    "browser": 9,
    "__main__": 9,
}
# `answer` and `scenario` stand on the ground floor's neighbours; law reads scenario's errors.
SAME_FLOOR_ALLOWED = {"law", "present"}


def floor_of(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in FLOORS else ""


def imports() -> list[tuple[Path, str, str]]:
    found = []
    for path in sorted(ROOT.rglob("*.py")):
        relative = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
        here = "" if relative == "__init__" else relative.split(".")[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = (
                    [f"{node.module}.{alias.name}" for alias in node.names]
                    if node.module in ("calculator", "calculator.rules", "calculator.law", "calculator.present")
                    else [node.module]
                )
            found += [(path.relative_to(ROOT), here, name) for name in names]
    return found


def test_imports_run_downward_only() -> None:
    """present → sentence and compare → rules → law → scenario, answer → trace, units."""
    wrong = []
    for path, here, name in imports():
        if not name.startswith("calculator"):
            continue
        there = floor_of(name)
        upward = FLOORS[there] > FLOORS[here]
        sideways = FLOORS[there] == FLOORS[here] and here not in SAME_FLOOR_ALLOWED and there != "" != here
        if upward or (sideways and path.stem != "__init__"):
            wrong.append(f"{path} imports {name}")

    assert wrong == []


def test_only_the_standard_library_is_imported() -> None:
    """The calculator has no runtime dependency, and never sees the page it runs in."""
    outside = {
        f"{path}: {name}"
        for path, _, name in imports()
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
