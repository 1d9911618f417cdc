"""`python -m hojo_cli.rules.prebuild FOLDER` writes each shipped ruleset as the wheel holds it: read, validated and lowered.

`hatch_build.py` runs it when a wheel is built; `library.prebuilt` reads what it wrote.
"""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

from hojo_cli.rules import library, ruleset


def write_all(folder: Path) -> None:
    """`HojoError` where a ruleset has a finding of severity error."""
    for year in library.years():
        data, _ = library.content(year)
        results = library.outcomes(year)
        name = library.prebuilt_name(year, data + (results[0] if results else b""))
        (folder / name).write_bytes(pickle.dumps(ruleset.load(year), protocol=5))


if __name__ == "__main__":
    write_all(Path(sys.argv[1]))
