"""`make modules`: writes down which modules of the standard library are used, by running every case under Pyodide."""

import json
import subprocess
import tempfile
from pathlib import Path

from hooks import pack
from tests.support import all_cases, form_entries


def requests() -> list[str]:
    """Every case, as case text and as the form would send it; and what is no case at all."""
    cases = [case for _, case in all_cases()]
    forms = [json.dumps({"form": form_entries(json.loads(case))}) for case in cases if _is_plain(case)]
    return ["", "{}", '{"form": []}', '{"form": [["dates.sentenced_on", "x"]]}', *cases, *forms]


def _is_plain(case: str) -> bool:
    try:
        form_entries(json.loads(case))
    except (ValueError, TypeError, AttributeError, KeyError):
        return False
    return True


def main() -> None:
    """Run them all and write the list."""
    with tempfile.TemporaryDirectory() as folder:
        name, content = pack.wheel(pack.plain_wheel())
        built, library = Path(folder) / name, Path(folder) / "library.zip"
        built.write_bytes(content)
        library.write_bytes(pack.reduced((pack.PYODIDE / "python_stdlib.zip").read_bytes()))
        done = subprocess.run(
            ["node", Path(__file__).with_suffix(".mjs"), built, library],
            input="\n".join(map(json.dumps, requests())),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
            cwd=pack.ROOT,
        )
    pack.MODULES.write_text(done.stdout, encoding="utf-8")


if __name__ == "__main__":
    main()
