"""`python -m hojo_cli.rules.prebuild FOLDER` writes each shipped ruleset with its other readings, as the wheel holds them: read, validated and lowered.

`hatch_build.py` runs it when a wheel is built; `library.prebuilt` reads what it wrote.
"""

from __future__ import annotations

import pickle
import sys
from pathlib import Path
from typing import Any

from hojo_cli.rules import library, readings, ruleset


def write_all(folder: Path) -> None:
    """`HojoError` where a ruleset has a finding of severity error."""
    for year in library.years():
        loaded = ruleset.load(year)
        others = {assumption: _sharing(readings.other(year, assumption), loaded) for assumption in readings.of(loaded)}
        built = library.Prebuilt(loaded, others)
        Path(library.prebuilt_path(year, str(folder))).write_bytes(pickle.dumps(built, protocol=5))


def _sharing(part: Any, base: Any) -> Any:  # Any: a node of any class
    """The part, with the objects of `base` for all that is the same at the same place: told, and read from the wheel, only once."""
    if type(part) is not type(base):
        return part
    if isinstance(part, dict):
        made: Any = {key: _sharing(value, base.get(key)) for key, value in part.items()}
        same = list(made) == list(base) and all(value is base[key] for key, value in made.items())
        return base if same else made
    if isinstance(part, tuple):
        parts = [*map(_sharing, part, base), *part[len(base) :]]
        same = len(part) == len(base) and all(one is other for one, other in zip(parts, base, strict=True))
        return base if same else tuple.__new__(type(part), parts)
    return base if part == base else part


if __name__ == "__main__":
    write_all(Path(sys.argv[1]))
