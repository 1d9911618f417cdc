"""Files that appear whole or not at all: written beside their target, and moved into place when everything is there."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import IO, Final, TypeAlias

from hojo_cli.base.finding import HojoError, Location
from hojo_cli.messages import finding
from hojo_cli.messages.os_errors import READ_ONLY, undone, unwritten

_BEFORE: Final = ".hojo-"
_AFTER: Final = ".tmp"
_NEW: Final = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def is_temporary(name: str) -> bool:
    """Whether a file of this name is on its way to its place, from this run or another."""
    return name.startswith(_BEFORE) and name.endswith(_AFTER)


def temporary_name() -> str:
    """A name nobody else has, for something on its way to its place."""
    return _BEFORE + os.urandom(6).hex() + _AFTER


Identity: TypeAlias = "tuple[int, int]"
"""What tells a file from any other, whatever ways lead to it."""


def identity_of(path: str) -> Identity | None:
    """None where there is no file, or something that is never replaced."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return (found.st_dev, found.st_ino) if stat.S_ISREG(found.st_mode) else None


def standing(paths: Iterable[str]) -> dict[Identity, str]:
    """The files among these that are there already."""
    return {identity: path for path in paths if (identity := identity_of(path)) is not None}


def require_apart(targets: Mapping[Identity, str], inputs: Iterable[str]) -> None:
    """No output (of those `standing` already) takes the place of an input; `HojoError` (HJ457) where one would."""
    for path, identity in ((path, identity_of(path)) for path in inputs if targets):
        if identity is not None and identity in targets:
            raise HojoError(finding("HJ457", Location(path), path=targets[identity]))


def replace_file(path: str, data: bytes) -> None:
    """Put `data` into the file; `HojoError` (HJ010) where that fails, and then what was there is there still."""
    file = ready(path, data)
    try:
        file.keep()
    finally:
        file.drop()


def ready(path: str, data: bytes) -> WholeFile:
    """The file, everything written and only to be kept; `HojoError` (HJ010) where that fails."""
    file = WholeFile(path)
    try:
        file.write(data)
        file.finish()
    except BaseException:  # a request to stop between the steps, too, leaves nothing behind
        file.drop()
        raise
    return file


class WholeFile:
    """A file on its way. `HojoError` (HJ010) where a step fails; then nothing is left behind.

    A link keeps pointing where it did. A pipe or a device cannot be replaced: it is written to as it stands. A file that may not be
    written to is not replaced either, although its folder would allow it.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.temporary = ""
        with undone(self.path, self.drop):
            self.target = os.path.realpath(path)
            try:
                older = os.stat(path)
            except FileNotFoundError:
                mask = os.umask(0)
                os.umask(mask)
                self.opened = self._beside(0o666 & ~mask)
                return
            if stat.S_ISDIR(older.st_mode):
                raise IsADirectoryError(21, "Is a directory")
            if not stat.S_ISREG(older.st_mode):
                self.opened = open(path, "wb")  # noqa: SIM115  # `finish` closes it
                return
            if not older.st_mode & 0o222 or not os.access(self.target, os.W_OK):  # root could, but should not
                raise unwritten(path, READ_ONLY)
            self.opened = self._beside(stat.S_IMODE(older.st_mode) & 0o777)
            now = os.stat(self.temporary)
            if hasattr(os, "chown") and (now.st_uid, now.st_gid) != (older.st_uid, older.st_gid):
                for user, group in ((-1, older.st_gid), (older.st_uid, -1)):
                    with suppress(OSError):  # the owner and the group stay who they were, as far as the system allows
                        os.chown(self.temporary, user, group)

    def _beside(self, mode: int) -> IO[bytes]:
        """A new file in the same folder. Its name is known before it is there: whatever happens between, `drop` finds it."""
        while True:
            self.temporary = os.path.join(os.path.dirname(self.target), temporary_name())
            try:
                opened = os.open(self.temporary, _NEW, 0o600)
            except FileExistsError:
                self.temporary = ""
                continue
            os.chmod(self.temporary, mode)
            return os.fdopen(opened, "wb")

    def write(self, data: bytes) -> None:
        """Some more of it."""
        with undone(self.path, self.drop):
            self.opened.write(data)

    def finish(self) -> None:
        """To the disk."""
        with undone(self.path, self.drop):
            self.opened.flush()
            if self.temporary:
                os.fsync(self.opened.fileno())
            self.opened.close()

    def keep(self) -> None:
        """In place of what was there."""
        with undone(self.path, self.drop):
            if self.temporary:
                os.replace(self.temporary, self.target)
            self.temporary = ""

    def drop(self) -> None:
        """The temporary file goes; an older target stays as it was."""
        with suppress(OSError, AttributeError):
            self.opened.close()
        if self.temporary:
            with suppress(OSError):
                os.unlink(self.temporary)
            self.temporary = ""
