"""Why the system refused something, in the user's words where they are known; and what is done then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from errno import EACCES, EBADF, EEXIST, EISDIR, ELOOP, ENAMETOOLONG, ENOENT, ENOSPC, ENOTDIR, EPERM, EROFS
from typing import Final

from hojo_cli.base.finding import HojoError, Location, Text
from hojo_cli.messages import finding

CLOSED: Final = Text("閉じられています", "it is closed")
READ_ONLY: Final = Text("読み取り専用です", "it is read-only")
IN_THE_WAY: Final = Text("同じ名前の別のものがあります", "something else of that name is in the way")

_KNOWN: Final = {
    EACCES: Text("権限がありません", "permission denied"),
    EPERM: Text("権限がありません", "permission denied"),
    ENOENT: Text("その場所にフォルダがありません", "no such folder"),
    ENOTDIR: Text("その場所にフォルダがありません", "no such folder"),
    EEXIST: IN_THE_WAY,
    EISDIR: Text("フォルダです", "it is a folder"),
    EROFS: Text("書き込めない場所です", "the place is read-only"),
    ENOSPC: Text("空き容量がありません", "no space left"),
    EBADF: CLOSED,
    ELOOP: Text("シンボリックリンクが循環しています", "symbolic links form a loop"),
    ENAMETOOLONG: Text("名前が長すぎます", "the name is too long"),
}


def why(problem: Exception) -> Text:
    """The reason; the system's own words where nothing better is known."""
    if isinstance(problem, OSError):
        other = Text(f"OS の理由: {problem.strerror}", f"{problem.strerror}")
        return _KNOWN.get(problem.errno or 0, other)
    return CLOSED if "closed" in str(problem) else Text("名前が正しくありません", "not a valid name")


def unwritten(path: str, reason: Text) -> HojoError:
    """Nothing was written to this path, and why."""
    return HojoError(finding("HJ010", Location(path), path=path, reason=reason))


@contextmanager
def undone(path: str, undo: Callable[[], None]) -> Iterator[None]:
    """Where a step on the way to writing `path` fails, or is stopped, everything is undone; `HojoError` (HJ010) where it fails."""
    try:
        yield
    except BaseException as problem:
        undo()
        if isinstance(problem, (OSError, ValueError)):
            raise unwritten(path, why(problem)) from None
        raise
