"""The set-up on a machine where something is missing: one line that says what to install."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("stamp", "target", "missing"),
    [
        ("MADE", ".made", "Python 3.13 is missing"),
        ("NODE_READY", ".ready", "Node 20 or newer (with npm) is missing"),
    ],
)
def test_what_is_missing_is_named(tmp_path: Path, stamp: str, target: str, missing: str) -> None:
    """With nothing but make and a shell on the path, the first thing that is missing is said."""
    for tool in ("make", "sh"):
        (tmp_path / tool).symlink_to(shutil.which(tool) or tool)
    made = tmp_path / target
    done = subprocess.run(
        [tmp_path / "make", f"{stamp}={made}", str(made)],
        cwd=ROOT,
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    said = [line for line in done.stderr.splitlines() if "***" not in line]

    assert done.returncode != 0
    assert said == [f"{missing}: install it, then run make again."]
