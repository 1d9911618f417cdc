"""Where the results of `hojo check` go, as asked for by `--format` and `--output`: opened before anything is said, and apart from inputs."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from hojo_cli import formats
from hojo_cli.base.finding import THE_CALL, Finding, HojoError, Location, Text
from hojo_cli.base.suggest import choices, nearest
from hojo_cli.batch.outputs import Destination, File, StandardOutput
from hojo_cli.drawing.screen import Drawing, Screen
from hojo_cli.files.atomic_file import Identity
from hojo_cli.messages import finding
from hojo_cli.results import RulesetHead


def open_all(
    drawn: list[tuple[Drawing, Destination]],
    outputs: Sequence[str],
    format: str,
    head: RulesetHead | None,
    screen: Callable[[str], Screen],
    *,
    quiet: bool,
) -> None:
    """Add every drawing with its destination, files first: where one cannot be written, nothing has been said yet."""
    if format not in formats.CHECKS:
        raise HojoError(_unknown("--format", format, format))
    named = named_by(outputs, format)
    plain = any(path == output for output, (_, path) in zip(outputs, named, strict=True))
    places = [path if path == "-" else os.path.realpath(path) for _, path in named]
    for (_, path), place in zip(named, places, strict=True):
        if places.count(place) > 1:
            raise HojoError(finding("HJ453", Location(path), path=path))
    if not plain and "-" not in places:
        named.append((format, "-"))
    for name, path in named:
        if path != "-":
            drawn.append((formats.check_drawing(name, head, screen(path)), File(path)))
        elif not quiet:
            drawn.append((formats.check_drawing(name, head, screen("")), StandardOutput(name)))


def named_by(outputs: Sequence[str], format: str) -> list[tuple[str, str]]:
    """Format and path (`-` for standard output) of each `FORMAT=FILE`, or of a path alone. `HojoError` for a format that is misspelt."""
    named = []
    for output in outputs:
        name, separator, path = output.partition("=")
        if separator and name in formats.CHECKS:
            named.append((name, path))
            continue
        if separator and name.isalpha() and nearest(name, _ALL_FORMATS):
            raise HojoError(_unknown("--output", f"{name}=", name))
        named.append((format, output))
    if any(not path for _, path in named):
        reason = Text("`--output` の後にファイル名がありません", "`--output` names no file")
        raise HojoError(finding("HJ001", THE_CALL, reason=reason, command="hojo check"))
    return named


_ALL_FORMATS: Final = (*formats.CHECKS, *formats.NAMES)


def _unknown(option: str, value: str, name: str) -> Finding:
    """A format that is none, with the one that was likely meant."""
    return finding("HJ004", THE_CALL, name=option, value=value, known=choices(name, formats.CHECKS))


# --- apart from inputs ---------------------------------------------------------------------------------------------------


def reachable(targets: Mapping[Identity, str], paths: Sequence[str], list_file: str) -> bool:
    """Whether a folder, a glob or a list may lead to a target. Then all inputs are listed before the first is checked."""
    listed = list_file or any(not os.path.lexists(path) for path in paths)
    return any(listed or os.path.realpath(path).lower().endswith((".yaml", ".yml")) for path in targets.values())
