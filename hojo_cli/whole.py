"""Files that appear whole or not at all: written beside their target, and moved into place when everything is there."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from typing import IO

from hojo_cli.catalogue import finding
from hojo_cli.finding import HojoError, Location
from hojo_cli.refusal import why


def replace_file(path: str, data: bytes) -> None:
    """Put `data` into the file; `HojoError` (HJ010) where that fails, and then what was there is there still."""
    file = WholeFile(path)
    file.write(data)
    file.finish()
    file.keep()


class WholeFile:
    """A file on its way. `HojoError` (HJ010) where a step fails; then nothing is left behind.

    A link keeps pointing where it did. A pipe or a device cannot be replaced: it is written to as it stands.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.temporary = ""
        try:
            self.target = os.path.realpath(path)
            self.opened = self._open()
        except (OSError, ValueError) as problem:
            raise self.failed(problem) from None

    def _open(self) -> IO[bytes]:
        mode = _mode(self.path)
        if mode is not None and stat.S_ISDIR(mode):
            raise IsADirectoryError(21, "Is a directory")
        if mode is not None and not stat.S_ISREG(mode):
            return open(self.path, "wb")
        import tempfile

        opened, self.temporary = tempfile.mkstemp(prefix=".hojo-", dir=os.path.dirname(self.target))
        os.chmod(self.temporary, 0o666 & ~_umask() if mode is None else stat.S_IMODE(mode) & 0o777)
        return os.fdopen(opened, "wb")

    def failed(self, problem: Exception) -> HojoError:
        """The finding for a step that failed; what was begun is gone."""
        self.drop()
        return HojoError(finding("HJ010", Location(self.path), path=self.path, reason=why(problem)))

    def write(self, data: bytes) -> None:
        """Some more of it."""
        try:
            self.opened.write(data)
        except OSError as problem:
            raise self.failed(problem) from None

    def finish(self) -> None:
        """To the disk."""
        try:
            self.opened.flush()
            if self.temporary:
                os.fsync(self.opened.fileno())
            self.opened.close()
        except OSError as problem:
            raise self.failed(problem) from None

    def keep(self) -> None:
        """In place of what was there."""
        try:
            if self.temporary:
                os.replace(self.temporary, self.target)
            self.temporary = ""
        except OSError as problem:
            raise self.failed(problem) from None

    def drop(self) -> None:
        """The temporary file goes; an older target stays as it was."""
        with suppress(OSError, AttributeError):
            self.opened.close()
        if self.temporary:
            with suppress(OSError):
                os.unlink(self.temporary)
            self.temporary = ""


def _mode(path: str) -> int | None:
    """What stands at the path, links followed; None where nothing does."""
    try:
        return os.stat(path).st_mode
    except FileNotFoundError:
        return None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
