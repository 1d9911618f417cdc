"""Folders of files that appear whole or not at all: written apart, and moved into place when everything is there.

A folder that stands already keeps what else it holds: files of the same names are replaced, all of them or none. Nothing is written
through a link, because whoever left it there would choose where the files go.
"""

from __future__ import annotations

import shutil
import stat
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from hojo_cli.base.finding import HojoError, Location
from hojo_cli.files.atomic_file import temporary_name
from hojo_cli.messages import finding
from hojo_cli.messages.os_errors import IN_THE_WAY, READ_ONLY, undone, unwritten

if TYPE_CHECKING:
    import os
    from collections.abc import Callable
    from typing import Self


class WholeFolder:
    """A folder on its way, as a context: what is not kept in the end is dropped. `HojoError` (HJ010, HJ018) where a step fails."""

    def __init__(self, path: str) -> None:
        self.path = Path(path)
        self.made: list[Path] = []
        self.moves: list[tuple[Path, Path]] = []
        self.stage: Path | None = None
        with undone(str(self.path), self._undo):
            if self.path.is_symlink():
                raise _linked(self.path)
            self.target = self.path.resolve()
            older = _older(self.target)
            if older is not None:
                _require_writable(self.path, older, stat.S_ISDIR)
            place = self.target if older is not None else self.target.parent
            for folder in reversed([folder for folder in (place, *place.parents) if _older(folder) is None]):
                folder.mkdir()
                self.made.append(folder)
            # a folder apart, on the same disk as the one in question, with room for what is new and for what it replaces
            self.stage = place / temporary_name()
            self.new, self.old = self.stage / "new", self.stage / "old"
            for folder in (self.stage, self.new, self.old):
                folder.mkdir()

    def _undo(self) -> None:
        for source, target in reversed(self.moves):
            with suppress(OSError):
                target.rename(source)
        self.moves.clear()
        self.drop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self.drop()

    def add(self, name: str, data: bytes) -> None:
        """One more file; folders above it are parted by `/`. The name is made by us: parts that lead nowhere else, never given twice."""
        parts = PurePosixPath(name).parts
        assert not {"/", ".."}.intersection(parts)
        path = self.new.joinpath(*parts)
        with undone(str(self.path), self._undo):
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                file.write(data)  # no fsync: a full disk says so here too, and for hundreds of files it takes long

    def place(self, name: str) -> Path:
        """Where another program shall write one more file."""
        return self.new / name

    @property
    def scratch(self) -> Path:
        """A folder on the same disk that is gone in the end."""
        assert self.stage is not None
        return self.stage

    def keep(self) -> None:
        """Everything in its place; where one thing cannot be, nothing is."""
        with undone(str(self.path), self._undo):
            if _older(self.target) is None:
                self._move(self.new, self.target)
            else:
                self._merge(PurePosixPath())
            self.made.clear()

    def _merge(self, folder: PurePosixPath) -> None:
        """What is new in a folder, among what is there."""
        for new in sorted((self.new / folder).iterdir()):
            path = folder / new.name
            there = self.target / path
            older = _older(there)
            if older is None:
                self._move(new, there)
            elif stat.S_ISLNK(older.st_mode):
                raise _linked(self.path / path)
            elif new.is_dir():
                _require_writable(self.path / path, older, stat.S_ISDIR)
                self._merge(path)
            else:
                _require_writable(self.path / path, older, stat.S_ISREG)
                new.chmod(stat.S_IMODE(older.st_mode) & 0o777)
                self._move(there, self.old / str(len(self.moves)))
                self._move(new, there)

    def _move(self, source: Path, target: Path) -> None:
        source.rename(target)
        self.moves.append((source, target))

    def drop(self) -> None:
        """What was not kept goes, and the folders made for it."""
        if self.stage is not None:
            shutil.rmtree(self.stage, ignore_errors=True)
        for folder in reversed(self.made):
            with suppress(OSError):
                folder.rmdir()
        self.made.clear()


def _older(path: Path) -> os.stat_result | None:
    """What stands at the path, a link as a link; None where nothing does."""
    try:
        return path.lstat()
    except FileNotFoundError:
        return None


def _require_writable(path: Path, older: os.stat_result, wanted: Callable[[int], bool]) -> None:
    """What stands there is of the wanted kind, and not read-only (root could write to it all the same, but should not)."""
    if not wanted(older.st_mode):
        raise unwritten(str(path), IN_THE_WAY)
    if not older.st_mode & 0o222:
        raise unwritten(str(path), READ_ONLY)


def _linked(path: Path) -> HojoError:
    return HojoError(finding("HJ018", Location(str(path)), path=str(path)))
