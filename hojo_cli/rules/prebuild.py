"""`python -m hojo_cli.rules.prebuild FOLDER` writes each shipped ruleset, and its other readings, as the wheel holds them: read, validated and lowered.

`hatch_build.py` runs it when a wheel is built; `library.prebuilt` reads what it wrote.
"""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

from hojo_cli.rules import library, readings, ruleset


def write_all(folder: Path) -> None:
    """`HojoError` where a ruleset has a finding of severity error."""
    for year in library.years():
        data, _ = library.content(year)
        results = library.outcomes(year)
        name = library.prebuilt_name(year, data + (results[0] if results else b""))
        loaded = ruleset.load(year)
        (folder / name).write_bytes(pickle.dumps(loaded, protocol=5))
        for assumption in readings.of(loaded):
            name = library.prebuilt_name(f"{year}-{assumption}", data)
            (folder / name).write_bytes(pickle.dumps(readings.other(year, assumption), protocol=5))


if __name__ == "__main__":
    write_all(Path(sys.argv[1]))
