"""`hojo.toml`, or `[tool.hojo]` of `pyproject.toml`: what options are where the command line does not say.

Each key stands for an option, and typer takes it for that option's default (`default_map`): one that is given on the command line wins,
and a file whose keys nobody asks for is not read, so that `--help` shows its page beside a broken one (docs/decisions/0023).
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Final, TypeAlias

from typer.core import TyperCommand, TyperGroup, TyperOption

from hojo_cli import formats
from hojo_cli.base.finding import Finding, HojoError, Text
from hojo_cli.base.number import is_year
from hojo_cli.base.record import Record
from hojo_cli.base.suggest import choices, nearest, suggestion
from hojo_cli.messages import finding

if TYPE_CHECKING:
    from hojo_cli.document.toml import Toml

OWN_FILE: Final = "hojo.toml"
SHARED_FILE: Final = "pyproject.toml"
LARGEST: Final = 1 << 20
"""Bytes of a configuration file."""

_TABLE: Final = (
    rb"""(?m)^[ \t]*(?:\[[ \t]*)?(?:["']?tool["']?[ \t]*\.[ \t]*["']?hojo["']?[ \t]*[].=]|hojo[ \t]*(?:\.|=[ \t]*\{))"""
)
"""How a line looks that begins `[tool.hojo]`: for a `pyproject.toml` without any, tomllib is not loaded."""

Value: TypeAlias = str | bool | list[str]
"""What typer takes for an option."""


# --- what a key takes: the value of its option, or None where it is none ---------------------------------------------------


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _figure(value: object) -> str | None:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else None


def _truth(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _texts(value: object) -> list[str] | None:
    several = [value] if isinstance(value, str) else value
    return several if isinstance(several, list) and all(isinstance(each, str) for each in several) else None


def _pairs(value: object) -> list[str] | None:
    pairs = value if isinstance(value, dict) else {0: 0}
    return [f"{name}={said}" for name, said in pairs.items()] if all(map(_text, pairs.values())) else None


class Key(Record):
    """A key of the file: the parameter it stands for, how it is read, what to say it takes, and how a path in it is moved to a folder."""

    parameter: str
    read: Callable[[object], Value | None]
    wanted: Text
    moved: Callable[[str, str], str] = lambda _, value: value


def _ruleset(folder: str, value: str) -> str:
    return value if is_year(value) else os.path.join(folder, value)


def _glob(folder: str, value: str) -> str:
    return os.path.join(folder, value) if "/" in value.rstrip("/") else value


def _output(folder: str, value: str) -> str:
    format, _, path = value.partition("=")
    return value if path in ("", "-") else f"{format}={os.path.join(folder, path)}"


_LIST: Final = Text('["…", "…"] のような文字列の配列', 'a list of texts like ["…", "…"]')
_LEVELS: Final = Text('{ HJ422 = "error" } のような表', 'a table like { HJ422 = "error" }')
_FILES: Final = Text('{ sarif = "hojo.sarif" } のような表', 'a table like { sarif = "hojo.sarif" }')
_FILE: Final = Text('"hojo-baseline.json" のようなファイル名', 'a file like "hojo-baseline.json"')
_YEAR: Final = Text("年度かファイル名", "a year or a file")
_TRUTH: Final = Text("true か false", "true or false")

KEYS: Final = {
    "rules": Key("rules", _figure, _YEAR, _ruleset),
    "paths": Key("paths", _texts, _LIST, os.path.join),
    "exclude": Key("exclude", _texts, _LIST, _glob),
    "ignore": Key("ignore", _texts, _LIST),
    "severity": Key("severity", _pairs, _LEVELS),
    "near": Key("near", _truth, _TRUTH),
    "outputs": Key("outputs", _pairs, _FILES, _output),
    "baseline": Key("baseline", _text, _FILE, os.path.join),
    "strict": Key("strict", _truth, _TRUTH),
}


# --- the file --------------------------------------------------------------------------------------------------------------


class Defaults(dict[str, object]):
    """Options of a verb by parameter, as typer looks them up; the file is read when the first of them is wanted."""

    def __init__(self, verb: TyperCommand, said: Callable[[], dict[str, Value]]) -> None:
        super().__init__()
        self.several = {each.name for each in verb.params if isinstance(each, TyperOption) and each.multiple}
        self.said = said

    def get(self, parameter: str, default: object = None) -> object:
        """What the file says, in the form that the option has where it may be repeated."""
        value = next((value for name, value in self.said().items() if KEYS[name].parameter == parameter), default)
        return [value] if parameter in self.several and isinstance(value, str) else value


def defaults(hojo: TyperGroup) -> dict[str, object]:
    """What the command line leaves out, verb by verb."""
    said = cache(settings)
    return {name: Defaults(verb, said) for name, verb in hojo.commands.items() if isinstance(verb, TyperCommand)}


def settings() -> dict[str, Value]:
    """What the file says, as options have it. `HojoError` with everything that is wrong with it."""
    toml, above = _file()
    if toml is None:
        return {}
    table = toml.table
    for name in above:
        inner = table[name]
        if not isinstance(inner, dict):
            raise HojoError(finding("HJ087", toml.where(*above), key=name, wanted=Text("表", "a table")))
        table = inner
    told: list[Finding] = []
    said: dict[str, Value] = {}
    for name, written in table.items():
        if name not in KEYS:
            near = suggestion(nearest(name, KEYS))
            told.append(finding("HJ086", toml.where(*above, name), key=name, near=near, known=", ".join(KEYS)))
        elif (value := KEYS[name].read(written)) is None:
            told.append(finding("HJ087", toml.where(*above, name), key=name, wanted=KEYS[name].wanted))
        else:
            told += _misnamed(toml, (*above, name), value)
            # a file's paths start in its folder, those of options in the working folder
            moved, folder = KEYS[name].moved, os.path.dirname(toml.file)
            if isinstance(value, list):
                value = [moved(folder, entry) for entry in value]
            said[name] = moved(folder, value) if folder and isinstance(value, str) else value
    if told:
        raise HojoError(*sorted(told, key=lambda found: found.where))
    return said


def _misnamed(toml: Toml, keys: tuple[str, ...], value: Value) -> Iterator[Finding]:
    """Codes, levels and formats that there are none of; typer would tell them without their place."""
    from hojo_cli.messages import weights

    for entry in value if isinstance(value, list) else ():
        name, _, said = entry.partition("=")
        match keys[-1]:
            case "ignore":
                yield from weights.problems(entry, None, toml.where(*keys, value=entry))
            case "severity":
                yield from weights.problems(name, said, toml.where(*keys, name))
            case "outputs" if name not in formats.CHECKS:
                known = choices(name, formats.CHECKS)
                yield finding("HJ004", toml.where(*keys, name), name="outputs", value=name, known=known)


def _file() -> tuple[Toml | None, tuple[str, ...]]:
    """The nearest file, in the working folder or above it as far as the repository goes, and the tables that its keys stand in."""
    from hojo_cli.document import read_file  # not for `--help`

    try:
        folder, up = os.getcwd(), ""
    except OSError:
        return None, ()
    above = [""]
    while not os.path.lexists(os.path.join(folder, ".git")):
        folder, below = os.path.split(folder)
        if not below:  # no repository: the folders above may be anybody's
            above = [""]
            break
        up = os.path.join(up, os.pardir)
        above.append(up)
    for folder in above:
        own, shared = (os.path.join(folder, name) for name in (OWN_FILE, SHARED_FILE))
        if os.path.isfile(own):
            return _toml(read_file(own, LARGEST), own), ()
        if os.path.isfile(shared) and re.search(_TABLE, data := read_file(shared, LARGEST)):
            loaded = _toml(data, shared)
            tool = loaded.table.get("tool")
            if isinstance(tool, dict) and "hojo" in tool:
                return loaded, ("tool", "hojo")
    return None, ()


def _toml(data: bytes, file: str) -> Toml:
    from hojo_cli.document import toml  # only where there is a file of ours

    return toml.load(data, file)
