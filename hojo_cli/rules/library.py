"""Where rulesets are: the shipped ones by fiscal year, any other by its path.

The wheel holds each shipped ruleset twice: as YAML, and as the nodes that were made from it when the wheel was built (see `prebuild`).
"""

from __future__ import annotations

import os
import pickle  # only files of our own wheel are read (docs/decisions/0013)
from binascii import crc32
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from hojo_cli.base.finding import HojoError, Location
from hojo_cli.base.number import is_year
from hojo_cli.base.record import Record
from hojo_cli.document import RULESET, read_file
from hojo_cli.messages import finding
from hojo_cli.rules.declared import Ruleset

_HERE: Final = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
"""The package, which holds the rules where it is installed."""


def folder() -> str:
    """The shipped rules: inside the installed package, or beside it in a checkout."""
    inside = os.path.join(_HERE, "shipped")
    return inside if os.path.isdir(inside) else os.path.join(os.path.dirname(_HERE), "rules")


def years() -> tuple[str, ...]:
    """Shipped fiscal years, newest first."""
    stems = (name.removesuffix(".yaml") for name in os.listdir(folder()) if name.endswith(".yaml"))
    return tuple(sorted((stem for stem in stems if not is_path(stem)), reverse=True))


def is_path(name: str) -> bool:
    """Whether a name given for a ruleset is meant as a file."""
    return not is_year(name)


def content(name: str) -> tuple[bytes, str]:
    """The ruleset of a fiscal year or a path, and how findings name it.

    `HojoError` where a year is not shipped, or the file cannot be read.
    """
    if is_path(name):
        return read_file(name, RULESET.size), name
    file = f"{name}.yaml"
    path = os.path.join(folder(), file)
    if not os.path.isfile(path):
        raise HojoError(finding("HJ346", Location(name), name=name, known=", ".join(years())))
    return read_file(path, RULESET.size), file


def outcomes(name: str) -> tuple[bytes, str] | None:
    """What was published about the year of a ruleset, in `outcomes/` beside it, and how findings name it; None where there is nothing."""
    file = name if is_path(name) else f"{name}.yaml"
    beside = os.path.join(os.path.dirname(file), "outcomes", f"{os.path.splitext(os.path.basename(file))[0]}.yaml")
    path = beside if is_path(name) else os.path.join(folder(), beside)
    return (read_file(path, RULESET.size), beside) if os.path.isfile(path) else None


def schema_bytes() -> bytes:
    """The schema of rulesets, as shipped."""
    return read_file(os.path.join(folder(), "schema.json"), RULESET.size)


class Prebuilt(Record):
    """A shipped year as the wheel holds it: the ruleset with what was published about the year, and its other readings by assumption.

    What a reading has in common with the ruleset is the very same objects.
    """

    ruleset: Ruleset
    readings: Mapping[str, Ruleset]


def prebuilt(year: str) -> Prebuilt | None:
    """A shipped year, read and lowered when the wheel was built; None in a checkout, which has YAML only, and where the YAML was edited."""
    return _prebuilt(year, folder())


def prebuilt_path(year: str, inside: str) -> str:
    """The name tells the bytes of the YAML files (rules, then results) that the nodes were made from, so that they never stand for others."""
    data, _ = content(year)
    results = outcomes(year)
    return os.path.join(inside, f"{year}-{crc32(data + (results[0] if results else b'')):08x}.pickle")


@lru_cache(8)  # a ruleset and its readings are one file
def _prebuilt(year: str, inside: str) -> Prebuilt | None:
    try:
        with open(prebuilt_path(year, inside), "rb") as opened:
            found: Prebuilt = pickle.load(opened)  # noqa: S301
    except FileNotFoundError:
        return None
    return found
