"""Where rulesets are: the shipped ones by fiscal year, any other by its path; and those read before, kept in the cache folder."""

from __future__ import annotations

import json
import os
import sys
from binascii import crc32
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final, TypeAlias

from hojo_cli import __version__
from hojo_cli.base.finding import HojoError, Location, Text
from hojo_cli.base.number import Kind
from hojo_cli.document import RULESET, read_file
from hojo_cli.messages import finding
from hojo_cli.rules import nodes
from hojo_cli.rules.nodes import Op, Precedent, Ruleset

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
    return not (name.isascii() and name.isdecimal() and len(name) == 4)


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


def schema_bytes() -> bytes:
    """The schema of rulesets, as shipped."""
    return read_file(os.path.join(folder(), "schema.json"), RULESET.size)


class Stored:
    """A ruleset nobody found fault with, kept as plain JSON for the next start. It may vanish, be read-only or damaged without harm.

    The file begins with everything it was made from (the ruleset's name and bytes, hojo's own files), which must be the same to the
    byte; it holds nothing that can be executed, and is ignored unless it is the user's own, nobody else may write it, and it reads
    back whole. No hash is taken: loading OpenSSL would cost as much as all the rest.
    """

    def __init__(self, data: bytes, file: str) -> None:
        name = file.encode(errors="surrogatepass")
        self.head = b"%d %d\n%b\n%b\n%b\n" % (len(name), len(data), name, data, _program())
        self.path = os.path.join(_cache(), f"{crc32(name):08x}{crc32(data):08x}.json")

    def recall(self) -> Ruleset | None:
        """The ruleset, if it is there and sound."""
        found = self.recall_node()
        return found if isinstance(found, Ruleset) else None

    def recall_node(self) -> object | None:
        """Whatever was kept under this name, if it is there and sound."""
        try:
            with open(self.path, "rb") as opened:
                content = opened.read() if _private(os.fstat(opened.fileno())) else b""
            if not content.startswith(self.head):
                return None
            check, _, text = content[len(self.head) :].partition(b"\n")
            found = thaw(text) if check == b"%08x" % crc32(text) else None
        except (OSError, *UNSOUND):
            return None
        return found

    def keep(self, ruleset: Ruleset | Precedent) -> None:
        """Keep the ruleset (or what was taken from it), if the folder can be written; the oldest of too many are let go."""
        text = freeze(ruleset)
        beside = f"{self.path}.{os.getpid()}"
        try:
            os.makedirs(os.path.dirname(self.path), exist_ok=True, mode=0o700)
            with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as opened:
                opened.write(self.head + b"%08x\n" % crc32(text) + text)
            os.replace(beside, self.path)
            for old in _kept()[:-_MOST]:
                os.unlink(old)
        except OSError:
            with suppress(OSError):
                os.unlink(beside)


_MOST: Final = 20


def _kept() -> list[str]:
    """What is in the cache folder, oldest first."""
    with os.scandir(_cache()) as entries:
        found = [(entry.stat().st_mtime_ns, entry.path) for entry in entries if entry.name.endswith(".json")]
    return [path for _, path in sorted(found)]


def _private(status: os.stat_result) -> bool:
    """Whether a file is the user's own, and nobody else may write it. Windows keeps the folder itself private."""
    return os.name == "nt" or (status.st_uid == os.geteuid() and not status.st_mode & 0o022)


_READERS: Final = ("base", "document", "rules", os.path.join("rules", "mechanisms"))
"""The folders of the package that have a part in reading a ruleset."""


def _program() -> bytes:
    """Which hojo this is: its version, and size and time of each file a ruleset is read with, so that a change of hojo counts."""
    found = [f"{__version__} {sys.version}"]
    for part in (*(os.path.join(_HERE, part) for part in _READERS), folder()):
        with os.scandir(part) as entries:
            for entry in entries:
                if entry.name.endswith((".py", "schema.json")):
                    status = entry.stat()
                    found.append(f"{entry.name} {status.st_size} {status.st_mtime_ns}")
    return "|".join(sorted(found)).encode(errors="surrogatepass")


def _cache() -> str:
    """The user's cache folder, as each platform has it."""
    if base := os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA"):
        return os.path.join(base, "hojo")
    return os.path.join(os.path.expanduser("~"), ".cache", "hojo")


# --- nodes as JSON: a table of rows, each a class and its fields, that refer to rows above by `[row]` ----------------------

UNSOUND: Final = (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, ZeroDivisionError)
"""What `thaw` may raise for a text that `freeze` did not write."""

# Any: to a type checker a record is a class, which has no `_make`; a row holds whatever a field may hold.
_TUPLES: Final[tuple[Any, ...]] = (
    *(node for node in vars(nodes).values() if isinstance(node, type) and hasattr(node, "_make")),
    Location,
    Text,
)
_Maker: TypeAlias = "Callable[[list[Any]], object]"


def _pairs(flat: Sequence[Any]) -> dict[Any, Any]:
    return dict(zip(flat[::2], flat[1::2], strict=True))


_MAKERS: Final[Mapping[str, _Maker]] = {
    "tuple": tuple,
    "frozenset": frozenset,
    "dict": _pairs,
    "Fraction": lambda fields: Fraction(*fields),
    "Kind": lambda fields: Kind(*fields),
    "Op": lambda fields: Op(*fields),
    **{node.__name__: node._make for node in _TUPLES},  # a wrong number of fields is refused
}


def freeze(node: object) -> bytes:
    """The text that `thaw` reads as an equal node."""
    rows: list[list[object]] = []
    places: dict[int, int] = {}
    kept: list[object] = []  # so that no address is used twice

    def field(value: Any) -> object:
        if value is None or type(value) in (str, int, bool):
            return value
        if id(value) not in places:
            row = [type(value).__name__, *(field(part) for part in _parts(value))]
            places[id(value)] = len(rows)
            rows.append(row)
            kept.append(value)
        return [places[id(value)]]

    field(node)
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass")


def _parts(value: Any) -> Sequence[object]:
    if isinstance(value, StrEnum):
        return (value.value,)
    if isinstance(value, Fraction):
        return (value.numerator, value.denominator)
    if isinstance(value, dict):
        return [part for pair in value.items() for part in pair]
    return sorted(value) if isinstance(value, frozenset) else tuple(value)


def thaw(text: bytes) -> object:
    """The node of the last row; what was one object is one object again, and only the classes of `_MAKERS` are made. Raises one of `UNSOUND` where the text is no such table."""
    made: list[object] = []
    for name, *fields in json.loads(text):
        made.append(_MAKERS[name]([made[part[0]] if part.__class__ is list else part for part in fields]))
    return made[-1]
