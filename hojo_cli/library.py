"""Where rulesets are: the shipped ones by fiscal year, any other by its path; and the stamps of those already checked."""

from __future__ import annotations

import os
from pathlib import Path

from hojo_cli.catalogue import finding
from hojo_cli.finding import HojoError, Location


def folder() -> Path:
    """The shipped rules: inside the installed package, or beside it in a checkout."""
    inside = Path(__file__).parent / "rules"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "rules"


def years() -> tuple[str, ...]:
    """Shipped fiscal years, newest first."""
    return tuple(sorted((path.stem for path in folder().glob("[0-9][0-9][0-9][0-9].yaml")), reverse=True))


def is_path(name: str) -> bool:
    """Whether a name given for a ruleset is meant as a file."""
    return not (name.isascii() and name.isdecimal() and len(name) == len("2026"))


def find(name: str) -> Path:
    """The file of a fiscal year or of a path; `HojoError` where a year is not shipped."""
    if is_path(name):
        return Path(name)
    path = folder() / f"{name}.yaml"
    if not path.is_file():
        raise HojoError(finding("HJ346", Location(name), name=name, known=", ".join(years())))
    return path


def schema_bytes() -> bytes:
    """The schema of rulesets, as shipped."""
    return (folder() / "schema.json").read_bytes()


class Stamp:
    """An empty file whose name says: this ruleset passed this schema under this hojo. It may vanish without harm."""

    def __init__(self, digest: str, schema: bytes, version: str) -> None:
        from hashlib import sha256

        key = sha256(b"\n".join((digest.encode(), sha256(schema).digest(), version.encode()))).hexdigest()
        self.path = _cache() / key

    def present(self) -> bool:
        """Whether the stamp is there."""
        return self.path.is_file()

    def leave(self) -> None:
        """Leave the stamp, if the folder can be written."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.touch()
        except OSError:
            return


def _cache() -> Path:
    """The user's cache folder, as each platform has it."""
    if base := os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA"):
        return Path(base) / "hojo"
    home = os.path.expanduser("~")
    return Path(home) / ".cache" / "hojo"
