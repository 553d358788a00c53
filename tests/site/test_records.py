"""The page's records are written out by the build (`hooks/records.py`): they have to be those of `@dataclass`."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from hooks import pack, record_fields
from hooks.records import NotForeseen, Sources
from tests.site.told_records import told

HEAD = "from __future__ import annotations\nfrom dataclasses import dataclass, field\n"
RECORDS = (
    HEAD
    + """
def fact(default=1):
    return field(default=default, metadata={"kind": "yes or no"})

class HashedOnce:
    pass

@dataclass(frozen=True, slots=True)
class Term(HashedOnce):
    months: int
    life: bool = False

@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    counts: int = fact()
    most: Term = Term(12)
    statute: str

@dataclass(slots=True)
class Trace:
    stage: str
    steps: list = field(default_factory=list)

@dataclass(slots=True)
class Ledger(Trace):
    level: int = 0

@dataclass(frozen=True)
class Valve:
    tests: tuple
    open: int = field(init=False)

    def __post_init__(self):
        object.__setattr__(self, "open", len(self.tests))

@dataclass(slots=True, eq=False)
class Row:
    name: str
"""
)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The module above as the page has it."""
    monkeypatch.setitem(sys.modules, "dataclasses", record_fields)
    module = ModuleType("calculator.sample")
    exec(
        compile(Sources({"calculator/sample.py": RECORDS.encode()}).written_out("calculator/sample.py"), "", "exec"),
        vars(module),
    )
    return module


def test_every_record_of_the_calculator_is_written_out_as_dataclass_would_make_it(tmp_path: Path) -> None:
    """Slots, parameters, defaults, equality, hash and fields of every record are the same in the page's wheel."""
    _, wheel = pack.wheel(pack.plain_wheel())
    (tmp_path / "built.whl").write_bytes(wheel)
    (tmp_path / "dataclasses.py").write_bytes(pack.ADDED["dataclasses.py"].read_bytes())
    script = Path(__file__).with_name("told_records.py")
    done = subprocess.run(
        [sys.executable, "-S", script],
        env={"PYTHONPATH": os.pathsep.join(map(str, (tmp_path, tmp_path / "built.whl")))},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]

    page, here = json.loads(done.stdout), told()
    assert page == here
    assert len(here) > 100


def test_a_default_stands_where_nothing_is_given(made: Any) -> None:
    """Constants, other values and those of a declared field; what is named has to be named."""
    charge = made.Charge(statute="846")

    assert (charge.counts, charge.most, charge.statute) == (1, made.Term(12, False), "846")
    with pytest.raises(TypeError, match="positional"):
        made.Charge("846")
    with pytest.raises(TypeError, match="statute"):
        made.Charge(counts=2)


def test_each_record_gets_a_list_of_its_own(made: Any) -> None:
    """Also one that extends another, with the fields of that first."""
    one, other = made.Ledger("range"), made.Ledger("range", level=3)
    one.steps.append("a step")

    assert (other.steps, one.level, other.level) == ([], 0, 3)


def test_records_are_equal_by_their_fields_unless_they_say_otherwise(made: Any) -> None:
    """As with `@dataclass`: of the same class and the same fields, and then of the same hash."""
    assert made.Term(12) == made.Term(12, False) != made.Term(12, True)
    assert hash(made.Charge(statute="846")) == hash(made.Charge(statute="846"))
    assert made.Trace("range") != made.Ledger("range")
    assert made.Trace.__hash__ is None
    assert made.Row("a") != made.Row("a")


def test_what_follows_from_other_fields_is_worked_out(made: Any) -> None:
    """A field that is not given is filled when the record is made, and again when it is changed."""
    valve = made.Valve(("a", "b"))

    assert valve.open == 2
    assert record_fields.replace(valve, tests=("a",)).open == 1


def test_fields_tell_what_was_declared_with_them(made: Any) -> None:
    """Their order, their defaults and what else was said; and whether something is a record."""
    counts, most, statute = record_fields.fields(made.Charge)

    assert (counts.name, counts.default, counts.metadata) == ("counts", 1, {"kind": "yes or no"})
    assert (most.default, statute.default) == (made.Term(12), record_fields.MISSING)
    assert [item.name for item in record_fields.fields(made.Ledger("range"))] == ["stage", "steps", "level"]
    assert (record_fields.is_dataclass(made.Term(1)), record_fields.is_dataclass(made.HashedOnce)) == (True, False)


SLOTS = "@dataclass(slots=True)\n"


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("@dataclass(order=True)\nclass A:\n    x: int\n", "order=True.* is told more than eq, frozen"),
        ("@dataclass\nclass A:\n    x: int\n", "A has another decorator .* or one that says nothing"),
        (f"{SLOTS}class A:\n    x: int = field(compare=False)\n", "compare=False.* is told more than default"),
        (f"if 1:\n    {SLOTS}    class A:\n        x: int\n", "A is declared inside"),
        (f"{SLOTS}class A(B):\n    x: int\n", "B is neither a record nor known as none"),
        (f"@final\n{SLOTS}class A:\n    x: int\n", "A has another decorator"),
        (f"{SLOTS}class A:\n    x: int = B()\n{SLOTS}class C(A):\n    y: int = 0\n", "a default that is no constant"),
        (f"{SLOTS}class A:\n    x: int\n{SLOTS}class C(A):\n    x: int\n", "declares a field again"),
    ],
)
def test_a_record_declared_in_another_way_stops_the_build(source: str, says: str) -> None:
    """What is not foreseen is never guessed."""
    with pytest.raises(NotForeseen, match=says):
        Sources({"calculator/sample.py": (HEAD + source).encode()})
