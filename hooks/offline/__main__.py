"""`python -m hooks.offline`: which file the last build made, its size, and its two hashes."""

import sys
from pathlib import Path

from hooks.offline.edition import FOLDER, ROOT, Edition, sums_name

_FILES = ROOT / "site" / FOLDER


def main() -> int:
    """Print them, one a line."""
    found = sorted(_FILES.glob("*.html"))
    if not found:
        print(f"There is no offline edition in {_FILES}: run `make offline`.", file=sys.stderr)
        return 1
    for path in found:
        made = Edition(path.name, path.read_bytes())
        print(f"file            {path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}")
        print(f"size            {len(made.content):,} bytes ({made.megabytes})")
        print(f"SHA-256         {made.sha256}  (as in {sums_name(path.name)})")
        print(f"shown inside    {made.shown}  (the same, with the place of this number left empty)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
