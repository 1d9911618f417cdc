"""What is to be checked: paths, folders, globs and lists as typed → files in a settled order, every one of them once.

A folder gives its `*.yaml` and `*.yml`, sorted by name, folder by folder; other kinds of files are taken where they are named or
globbed. What is passed over is counted: hidden entries, links to folders, tables and JSON in a folder, and what `--exclude` names.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from hojo_cli.base.finding import THE_CALL, Finding, HojoError, Location, Text
from hojo_cli.base.record import NamedTuple
from hojo_cli.document import read_file
from hojo_cli.files.atomic_file import is_temporary
from hojo_cli.files.reference import TABLES, refer
from hojo_cli.messages import finding
from hojo_cli.messages.os_errors import why

HIDDEN: Final = Text("隠しファイル・隠しフォルダ", "hidden files and folders")
LINKS: Final = Text("フォルダへのリンク", "links to folders")
AGAIN: Final = Text("2回指定されたファイル", "files given twice")
EXCLUDED: Final = Text("除外を指定したファイル・フォルダ", "excluded files and folders")
OTHER_KINDS: Final = Text(
    "フォルダの中の表・JSON（名前を指定すると点検します）", "tables and JSON in folders (checked where they are named)"
)

LONGEST_LIST: Final = 256 << 20
"""Bytes of a list of files."""

_MAGIC: Final = re.compile(r"[*?\[]")
_FOLDERS: Final = (".yaml", ".yml")
_TABLE: Final = "applicants.parquet"
"""A table of applicants that a folder holds is read by other commands, which its reader says."""
_OTHERS: Final = (".json", *TABLES)


class InputFile(NamedTuple):
    """A file to check, as it will be named; a folder on the way to one; or what is wrong with a place where files were looked for."""

    path: str
    fault: Finding | None = None
    is_folder: bool = False


class _Sieve(NamedTuple):
    """What is passed over, counted; and what is asked to be."""

    skipped: Counter[Text]
    excluded: Callable[[str], bool]

    def drops(self, path: str) -> bool:
        """Whether somebody asked to leave this out; then it is counted."""
        if not self.excluded(path):
            return False
        self.skipped[EXCLUDED] += 1
        return True


def discover(
    paths: Sequence[str],
    list_file: str,
    skipped: Counter[Text],
    barren: list[str] | None = None,
    excluded: Callable[[str], bool] = lambda _: False,
) -> Iterator[InputFile]:
    """Every file once, in the order given, but for those `excluded`; what is passed over is counted in `skipped`, and a folder
    or glob without any file is put into `barren`.

    `HojoError` at once where a path typed by the user does not exist. A path of a list may be gone: that is for whoever reads it.
    """
    if "-" in paths and list_file == "-":
        raise HojoError(finding("HJ454", THE_CALL))
    missing = [
        path for path in paths if path != "-" and not os.path.lexists(refer(path).path) and not _MAGIC.search(path)
    ]
    if missing:
        raise HojoError(*(finding("HJ101", Location(path), path=path) for path in missing))
    listed = _listed(list_file) if list_file else []
    if "-" in listed and list_file == "-":
        raise HojoError(finding("HJ454", THE_CALL))
    return _sources([*paths, *listed], _Sieve(skipped, excluded), [] if barren is None else barren)


_ESCAPES: Final = {"a": 7, "b": 8, "t": 9, "n": 10, "v": 11, "f": 12, "r": 13, '"': 34, "\\": 92}


def _listed(path: str) -> list[str]:
    r"""The lines of a list, or its NUL-separated entries.

    A name may be as git lists it without `-z`: in quotes, its bytes that are no ASCII as `\346`. A file of just that name comes first.
    """
    text = os.fsdecode(read_file(path, LONGEST_LIST).removeprefix(b"\xef\xbb\xbf"))
    if "\0" in text:
        return [entry for entry in text.split("\0") if entry]
    listed = []
    for entry in filter(None, (line.removesuffix("\r") for line in text.split("\n"))):
        quoted = re.fullmatch(r'"(.*)"', entry, re.DOTALL)
        if quoted is None or os.path.lexists(entry):
            listed.append(entry)
            continue
        data = re.sub(
            rb'\\([0-7]{3}|[abtnvfr"\\])',
            lambda found: bytes((int(found[1], 8) & 0xFF if len(found[1]) == 3 else _ESCAPES[found[1].decode()],)),
            os.fsencode(quoted[1]),
        )
        listed.append(os.fsdecode(data))
    return listed


def _sources(paths: Sequence[str], sieve: _Sieve, barren: list[str]) -> Iterator[InputFile]:
    """The first of each file, whatever ways lead to it: of a single path there is no other."""
    seen: set[int] = set()
    for path in paths:
        if path != "-" and not os.path.isdir(path) and _MAGIC.search(path) and not os.path.lexists(path):
            sources = _glob(path, sieve)
        elif path != "-" and sieve.drops(path):
            continue
        else:
            is_folder = path != "-" and os.path.isdir(path)
            sources = _folder(path, sieve) if is_folder else iter((InputFile(path),))
        empty = True
        for source in sources:
            empty = False
            if len(paths) > 1:
                place = hash(source.path if source.path == "-" else os.path.normcase(os.path.abspath(source.path)))
                if place in seen:
                    sieve.skipped[AGAIN] += 1
                    continue
                seen.add(place)
            yield source
        if empty:
            barren.append(path)


# --- folders ----------------------------------------------------------------------------------------------------------


def _folder(top: str, sieve: _Sieve) -> Iterator[InputFile]:
    for entry in _walk(top, sieve):
        name = entry.path.lower()
        if entry.fault is not None or (
            not entry.is_folder and (name.endswith(_FOLDERS) or os.path.basename(name) == _TABLE)
        ):
            yield entry
        elif not entry.is_folder and name.endswith(_OTHERS):
            sieve.skipped[OTHER_KINDS] += 1


def _walk(top: str, sieve: _Sieve, depth: int | None = None) -> Iterator[InputFile]:
    """Everything below a folder that is not hidden, sorted by name, folders before what they hold; links are not followed."""
    pending = [_listing(top, sieve)]
    while pending:
        here = pending[-1]
        if not here:
            pending.pop()
            continue
        entry = here.pop()
        yield entry
        if entry.is_folder and (depth is None or len(pending) < depth):
            pending.append(_listing(entry.path, sieve))


def _listing(folder: str, sieve: _Sieve) -> list[InputFile]:
    """The entries of a folder, last first."""
    listing: list[InputFile] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                path = entry.name if folder == "." else os.path.join(folder, entry.name)
                if entry.name.startswith("."):
                    if not is_temporary(entry.name):  # our own outputs on their way are nothing the user hid
                        sieve.skipped[HIDDEN] += 1
                elif sieve.drops(path):
                    pass
                elif entry.is_symlink() and os.path.isdir(path):  # `entry.is_dir` raises for a link to itself
                    inside = os.path.join(os.path.realpath(folder), "")
                    if inside.startswith(os.path.join(os.path.realpath(path), "")):  # it leads back
                        listing.append(InputFile(path, finding("HJ402", Location(path), path=path)))
                    else:
                        sieve.skipped[LINKS] += 1
                else:
                    listing.append(InputFile(path, None, entry.is_dir(follow_symlinks=False)))
    except OSError as problem:
        return [InputFile(folder, finding("HJ104", Location(folder), path=folder, reason=why(problem)))]
    listing.sort(key=lambda entry: entry.path, reverse=True)
    return listing


# --- globs ------------------------------------------------------------------------------------------------------------


def _glob(pattern: str, sieve: _Sieve) -> Iterator[InputFile]:
    """Files that match; of a folder that matches, what is in it. The shell's own rules, and `**` for any number of folders."""
    pattern = pattern.replace(os.sep, "/")
    magic = _MAGIC.search(pattern)
    cut = pattern.rfind(
        "/", 0, magic.start() if magic else len(pattern)
    )  # the folders before the first special character
    base, rest = (pattern[:cut] or "/" if cut >= 0 else ""), pattern[cut + 1 :]
    matches = re.compile(expression(rest), re.IGNORECASE if os.name == "nt" else 0).fullmatch
    depth = None if "**" in rest else rest.count("/") + 1
    start = len(base) if base.endswith("/") or not base else len(base) + 1
    for entry in _walk(base or ".", sieve, depth):
        matched = entry.fault is None and matches(entry.path.replace(os.sep, "/")[start:])
        if entry.fault is not None or (matched and not entry.is_folder):
            yield entry
        elif matched and depth is not None and entry.path.count("/") - base.count("/") >= depth - 1:
            yield from _folder(entry.path, sieve)


def expression(pattern: str) -> str:
    r"""`**/` is any folders, `*` any name, `?` one character, `[a-z]` one of a set.

    Runs of `*` are one, so that no pattern makes the search slow.
    """
    expression = ""
    for part in re.findall(r"\*\*/|\*+|\?|\[!?[^\]/]+\]|.", pattern, re.DOTALL):
        match part[0]:
            case "*" if part.endswith("/"):
                expression += r"(?:[^/]+/)*"
            case "*":
                expression += r".*" if part == "**" else r"[^/]*"
            case "?":
                expression += "[^/]"
            case "[" if len(part) > 1:
                inside = part[1:-1].replace("\\", r"\\").replace("[", r"\[")
                expression += f"[{'^' + inside[1:] if inside[0] == '!' else inside}]"
            case _:
                expression += re.escape(part)
    return expression
