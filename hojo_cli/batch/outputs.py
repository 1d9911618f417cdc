"""Where the results of `hojo check` go while it runs, as asked for by `--format` and `--output`: opened before anything is said, apart
from inputs; files appear only when everything is written.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, Self

from hojo_cli import formats
from hojo_cli.base.finding import THE_CALL, Finding, HojoError, Location, Text
from hojo_cli.base.suggest import choices, nearest
from hojo_cli.files.atomic_file import Identity, WholeFile
from hojo_cli.files.signals import Stopped, patiently
from hojo_cli.files.streams import abandon_output, put
from hojo_cli.formats.drawing.listing import Listing
from hojo_cli.formats.drawing.screen import Drawing, Screen
from hojo_cli.messages import finding
from hojo_cli.messages.os_errors import CLOSED, why
from hojo_cli.results.checked import Checked, Tally
from hojo_cli.rules.declared import Ruleset


class ReaderGoneError(Exception):
    """Nobody reads standard output any more."""


class Outputs:
    """Every drawing of a run, and what takes its text. Used as a context: files that are not kept in the end are dropped."""

    def __init__(self) -> None:
        self.drawn: list[tuple[Drawing, str, WholeFile | None]] = []
        """Each with its format and, but for standard output, its file."""
        self.files: list[WholeFile] = []
        self.begun = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        with patiently():
            for file in self.files:
                file.drop()

    def open(
        self,
        outputs: Sequence[str],
        format: str,
        head: Ruleset | None,
        screen: Callable[[str], Screen],
        *,
        near: bool = False,
        quiet: bool,
        endings: bool = False,
        frames: Callable[[], tuple[tuple[str, Text], ...]] = tuple,
        listing: Listing = Listing(),  # noqa: B008  # it is frozen
    ) -> None:
        """Files first: where one cannot be written, nothing has been said yet.

        `endings`: no format was asked for, so the names of files say it. `frames` are those that a table may need columns for.
        `near`: inputs come with the borders they are near.
        """
        if format not in formats.CHECKS:
            raise HojoError(_unknown("--format", format, format))
        named = named_by(outputs, format, endings=endings)
        plain = any(path == output for output, (_, path) in zip(outputs, named, strict=True))
        places = [path if path == "-" else os.path.realpath(path) for _, path in named]
        for (_, path), place in zip(named, places, strict=True):
            if places.count(place) > 1:
                raise HojoError(finding("HJ453", Location(path), path=path))
        if not plain and "-" not in places:
            named.append((format, "-"))
        for name, path in named:
            if path != "-":
                drawing, file = formats.check_drawing(name, head, screen(path)), WholeFile(path)
                self.files.append(file)
                self.drawn.append((drawing, name, file))
            elif not quiet:
                if sys.stdout is None:
                    raise HojoError(finding("HJ011", THE_CALL, reason=CLOSED))
                self.drawn.append((formats.check_drawing(name, head, screen("")), name, None))
        for drawing, _, _ in self.drawn:
            drawing.near = near
            drawing.listing = listing
            if drawing.columns is not None:
                drawing.columns = frames()

    def draw(self, part: Callable[[Drawing], str | bytes]) -> None:
        """A part of each drawing; before the first, how it begins."""
        if not self.begun:
            self.begun = True
            self.draw(lambda drawing: drawing.begin())
        for drawing, format, file in self.drawn:
            text = part(drawing)
            if text and file is None:
                _out(format, text)
            elif text and file is not None:  # half characters of odd file names as escapes
                file.write(text.encode(errors="backslashreplace") if isinstance(text, str) else text)

    def add(self, checked: Checked) -> None:
        """One input, in each drawing."""
        self.draw(lambda drawing: drawing.add(checked))

    def close(self, tally: Tally) -> None:
        """The end of each drawing; files appear only when all of them are whole."""
        self.draw(lambda drawing: drawing.close(tally))
        for file in self.files:
            file.finish()
        with patiently():
            for file in self.files:
                file.keep()


def named_by(outputs: Sequence[str], format: str, *, endings: bool = False) -> list[tuple[str, str]]:
    """Format and path (`-` for standard output) of each `FORMAT=FILE`, or of a path alone, whose ending decides where `endings` do.

    `HojoError` for a format that is misspelt or that no ending names.
    """
    named = []
    for output in outputs:
        name, separator, path = output.partition("=")
        if separator and name in formats.CHECKS:
            named.append((name, path))
            continue
        if separator and name.isalpha() and nearest(name, (*formats.CHECKS, *formats.NAMES)):
            raise HojoError(_unknown("--output", f"{name}=", name))
        named.append(((formats.by_ending(output, formats.CHECKS) if endings else "") or format, output))
    if any(not path for _, path in named):
        reason = Text("`--output` の後にファイル名がありません", "`--output` names no file")
        raise HojoError(finding("HJ001", THE_CALL, reason=reason, command="hojo check"))
    return named


def _unknown(option: str, value: str, name: str) -> Finding:
    """A format that is none, with the one that was likely meant."""
    return finding("HJ004", THE_CALL, name=option, value=value, known=choices(name, formats.CHECKS))


def reachable(targets: Mapping[Identity, str], paths: Sequence[str], list_file: str) -> bool:
    """Whether a folder, a glob or a list may lead to a target. Then all inputs are listed before the first is checked."""
    listed = list_file or any(not os.path.lexists(path) for path in paths)
    return any(listed or os.path.realpath(path).lower().endswith((".yaml", ".yml")) for path in targets.values())


# --- where text goes -------------------------------------------------------------------------------------------------


def _out(format: str, text: str | bytes) -> None:
    """To standard output at once, in whole pieces: a request to stop waits until a piece is out.

    `HojoError` (HJ011) where it cannot; `ReaderGoneError` where nobody wants it. A pipe takes up to `_ATOM` bytes whole or not at
    all. So a run that is stopped while nobody reads ends at a whole line, unless that line is longer: then what had room of it is
    out, and cannot be taken back.
    """
    try:
        with patiently():
            for part in _atoms(text) if isinstance(text, str) else (text,):
                put(part, format)
    except Stopped:
        abandon_output()
        raise
    except BrokenPipeError:
        abandon_output()
        raise ReaderGoneError from None
    except (OSError, ValueError) as problem:
        abandon_output()
        raise HojoError(finding("HJ011", THE_CALL, reason=why(problem))) from None


_ATOM: Final = 4096
_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")


def _atoms(text: str) -> Iterator[str]:
    """The text in groups of whole lines, each (but for long lines) of at most `_ATOM` bytes."""
    if len(text) * 4 <= _ATOM:
        yield text
        return
    group, size = "", 0
    for line in _LINE.findall(text):  # `splitlines` would cut within a name, too
        more = len(line.encode(errors="replace"))
        if group and size + more > _ATOM:
            yield group
            group, size = "", 0
        group += line
        size += more
    yield group
