"""The folder beside an output in which a run works, so that one that was killed goes on where it was: each part of it whole, or not there."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final, Self

from hojo_cli.base.finding import Text
from hojo_cli.messages.os_errors import IN_THE_WAY, READ_ONLY, undone, unwritten

_MANIFEST: Final = "manifest.json"
_LOCK: Final = "lock"
_BUSY: Final = Text("ほかの hojo が書いている途中です", "another hojo is writing it")


class Work:
    """`OUTPUT.parts`, as a context: while it is open no other run works there. `HojoError` (HJ010) where it cannot be.

    `known` is what the run depends on: a folder that was left by a run on anything else is emptied.
    """

    def __init__(self, output: str, *others: str) -> None:
        self.output = output
        self.folder = f"{os.path.realpath(output)}.parts"
        for path in (output, *others):
            target = os.path.realpath(path)
            if os.path.lexists(target) and not os.path.isfile(target):
                raise unwritten(path, IN_THE_WAY)
            if os.path.exists(target) and not os.stat(target).st_mode & 0o222:
                raise unwritten(path, READ_ONLY)

    def __enter__(self) -> Self:
        with undone(self.output, lambda: None):
            if os.path.isdir(self.folder) and os.listdir(self.folder) and not os.path.exists(self.path(_LOCK)):
                raise unwritten(self.folder, IN_THE_WAY)
            os.makedirs(self.folder, exist_ok=True)
            self.lock = open(self.path(_LOCK), "ab")  # open as long as the run lasts
        try:
            import fcntl
        except ImportError:  # Windows: two runs at once are not told
            return self
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self.lock.close()
            raise unwritten(self.output, _BUSY) from None
        return self

    def __exit__(self, *problem: object) -> None:
        self.lock.close()

    def path(self, name: str) -> str:
        """A file or folder of this work."""
        return os.path.join(self.folder, name)

    def begin(self, known: Mapping[str, Any]) -> int:
        """Into how many parts the work is divided, if it was begun on the same; else 0, and nothing is left of what was there."""
        before: Any = None  # Any: whatever stands in the file
        with suppress(OSError, ValueError), open(self.path(_MANIFEST), encoding="utf-8") as file:
            before = json.load(file)
        if isinstance(before, dict) and before.get("known") == known and isinstance(before.get("parts"), int):
            return int(before["parts"])
        self.clear()
        self.divide(known, 0)
        return 0

    def divide(self, known: Mapping[str, Any], parts: int) -> None:
        """From now on the work has so many parts."""
        self.put(_MANIFEST, json.dumps({"known": known, "parts": parts}, ensure_ascii=False, indent=1).encode())

    def clear(self) -> None:
        """All of it goes, but for the lock."""
        with undone(self.output, lambda: None):
            for name in os.listdir(self.folder):
                if name != _LOCK:
                    path = self.path(name)
                    shutil.rmtree(path) if os.path.isdir(path) else os.unlink(path)

    def put(self, name: str, data: bytes) -> None:
        """A small file, whole."""
        with undone(self.output, lambda: None):
            with open(self.path(f"{name}.tmp"), "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            self.keep(name)

    def keep(self, name: str) -> None:
        """`name.tmp`, a file or a folder, is whole: from now on it is there."""
        with undone(self.output, lambda: None):
            os.replace(self.path(f"{name}.tmp"), self.path(name))

    def fresh(self, name: str) -> str:
        """An empty folder `name.tmp`; what a killed run left of it goes."""
        path = self.path(f"{name}.tmp")
        with undone(self.output, lambda: None):
            shutil.rmtree(path, ignore_errors=True)
            os.mkdir(path)
        return path

    def has(self, name: str) -> bool:
        """Whether that is done."""
        return os.path.exists(self.path(name))

    def leave(self) -> None:
        """Where nothing was done that is worth going on with, nothing is left behind."""
        with suppress(OSError):
            if not any(
                name.startswith(("part-", "applicants-")) and not name.endswith(".tmp")
                for name in os.listdir(self.folder)
            ):
                shutil.rmtree(self.folder, ignore_errors=True)

    def hand_over(self, outputs: Mapping[str, str]) -> None:
        """Files of the folder take the places of the outputs; the folder goes."""
        with undone(self.output, lambda: None):
            for name in outputs:
                with open(self.path(name), "rb") as file:
                    os.fsync(file.fileno())
            for name, output in outputs.items():
                target = os.path.realpath(output)
                with suppress(OSError):
                    os.chmod(self.path(name), os.stat(target).st_mode & 0o777)
                os.replace(self.path(name), target)
        self.lock.close()
        shutil.rmtree(self.folder, ignore_errors=True)
