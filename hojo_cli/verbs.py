"""What each verb does: its command is run, and what comes of it delivered. Parameters and their names are those of `usage`.

A command's module is imported when it runs. Each function returns the exit code; `HojoError` goes on to the door.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from hojo_cli.base import language
from hojo_cli.base.finding import THE_CALL, HojoError, Text
from hojo_cli.files import streams as ends
from hojo_cli.files.atomic_file import require_apart, standing
from hojo_cli.messages import finding

if TYPE_CHECKING:
    from hojo_cli.formats import Screen
    from hojo_cli.report import Report


STOPPED: Final = 128
"""Exit codes from here on name the signal that ended hojo."""


def estimate(
    files: list[str],
    rules: str = "",
    frame: str = "",
    explain: bool = False,
    full: bool = False,
    format: str = "table",
    output: str = "",
    lang: str = "",
    color: bool | None = None,
    quiet: bool = False,
) -> int:
    """A few applicants, every frame."""
    from hojo_cli.commands import estimate as command

    spoken = _spoken(lang)
    require_apart(standing([output] if output not in ("", "-") else []), filter(None, (*files, rules)))
    explained, whole = explain or format == "tree", full or format != "table"
    report = command.run(files, rules, frame, spoken, explained=explained, full=whole)
    return _deliver(report, format, output, spoken, color, quiet)


def check(
    paths: list[str] | None = None,
    rules: str = "",
    format: str = "",
    outputs: list[str] | None = None,
    files_from: str = "",
    encoding: str = "utf-8",
    jobs: int = 0,
    strict: bool = False,
    exit_zero: bool = False,
    allow_empty: bool = False,
    update_expect: bool = False,
    lang: str = "",
    color: bool | None = None,
    quiet: bool = False,
) -> int:
    """Many applicants."""
    from hojo_cli.commands import check as command

    spoken = _spoken(lang)
    default = "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "table"
    request = command.Request(
        paths or (),
        files_from,
        rules,
        format or default,
        outputs or (),
        encoding,
        jobs,
        strict,
        exit_zero,
        allow_empty,
        update_expect,
        quiet,
    )
    report = command.run(request, lambda path: _screen(path, spoken, color))
    if report.exit_code < STOPPED:
        ends.complain(report.findings, spoken)
    else:
        ends.last_words(report.findings, spoken)
    return report.exit_code


def diff(
    old: str,
    new: str,
    more: list[str] | None = None,
    impact: list[str] | None = None,
    witness: str = "",
    encoding: str = "utf-8",
    jobs: int = 0,
    exit_code: bool = False,
    format: str = "table",
    output: str = "",
    lang: str = "",
    color: bool | None = None,
    quiet: bool = False,
) -> int:
    """Two rulesets."""
    from hojo_cli.commands import diff as command

    if more and not impact:
        reason = Text(f"`{more[0]}` は `--impact` に続けて指定します", f"`{more[0]}` goes with `--impact`")
        raise HojoError(finding("HJ001", THE_CALL, reason=reason, command="hojo diff"))
    spoken = _spoken(lang)
    request = command.Request(old, new, [*(impact or ()), *(more or ())], witness, encoding, jobs, exit_code)
    return _deliver(command.run(request, spoken), format, output, spoken, color, quiet)


def verify(
    rulesets: list[str] | None = None,
    sources: str = "",
    cases: str = "",
    boundaries: str = "",
    strict: bool = False,
    notes: bool = False,
    format: str = "table",
    output: str = "",
    lang: str = "",
    color: bool | None = None,
    quiet: bool = False,
) -> int:
    """Rulesets against their sources and themselves."""
    from hojo_cli.commands import verify as command

    _known("--format", format, command.FORMATS)
    spoken = _spoken(lang)
    found = command.verified(rulesets or (), sources, cases, boundaries, shown=not quiet)
    if format not in command.STREAMED:
        _deliver(command.report(found, spoken, strict=strict, notes=notes), format, output, spoken, color, quiet)
    elif not quiet:
        ends.write(command.drawn(found, format, _screen(output, spoken, color), notes=notes), output, format)
    return command.exit_code(found, strict=strict)


def rules(
    rules: str = "",
    format: str = "table",
    output: str = "",
    lang: str = "",
    color: bool | None = None,
    quiet: bool = False,
) -> int:
    """The rulesets at hand, or the one that is named."""
    from hojo_cli.commands import rules as command

    spoken = _spoken(lang)
    return _deliver(command.run(rules, spoken), format, output, spoken, color, quiet)


def rules_show(
    name: str = "",
    outcomes: bool = False,
    format: str = "table",
    output: str = "",
    lang: str = "",
    color: bool | None = None,
    quiet: bool = False,
) -> int:
    """One of them in words."""
    from hojo_cli.commands import rules as command

    spoken = _spoken(lang)
    return _deliver(command.show(name, spoken, outcomes=outcomes), format, output, spoken, color, quiet)


def rules_explain(
    code: str,
    format: str = "table",
    output: str = "",
    lang: str = "",
    color: bool | None = None,
    quiet: bool = False,
) -> int:
    """What a code means."""
    from hojo_cli.commands import explain_code as command

    spoken = _spoken(lang)
    return _deliver(command.run(code, spoken), format, output, spoken, color, quiet)


def schema(
    of: str,
    rules: str = "",
    format: str = "json",
    output: str = "",
    lang: str = "",
    color: bool | None = None,
    quiet: bool = False,
) -> int:
    """A schema for editors, in both languages unless one is asked for."""
    from hojo_cli.commands import schema as command

    _known("--format", format, ("json",))
    return _deliver(command.run(of, rules, lang), format, output, _spoken(lang), color, quiet)


def new(
    file: str = "",
    rules: str = "",
    interactive: bool = False,
    force: bool = False,
    format: str = "yaml",
    output: str = "",
    lang: str = "",
    color: bool | None = None,
    quiet: bool = False,
) -> int:
    """A blank applicant file. It has no colours, whatever is asked for."""
    from hojo_cli.commands import new as command

    if file and output:
        reason = Text("FILE と --output のどちらか一方を指定します", "give either FILE or --output")
        raise HojoError(finding("HJ001", THE_CALL, reason=reason, command="hojo new"))
    del color
    path = file or ("" if output == "-" else output)
    command.run(path, rules, _spoken(lang), format=format, force=force, interactive=interactive, quiet=quiet)
    return 0


FUNCTIONS: Final[Mapping[tuple[str, ...], Callable[..., int]]] = {
    ("estimate",): estimate,
    ("check",): check,
    ("diff",): diff,
    ("verify",): verify,
    ("rules",): rules,
    ("rules", "show"): rules_show,
    ("rules", "explain"): rules_explain,
    ("schema",): schema,
    ("new",): new,
}
"""A verb's words, as in `usage.VERBS`, to its function."""


# --- what every verb needs ----------------------------------------------------------------------------------------------


def _spoken(lang: str) -> str:
    """The language of `--lang`, else the locale's."""
    return lang or language.chosen((), os.environ)


def _known(option: str, value: str, known: Sequence[str]) -> None:
    if value not in known:
        raise HojoError(finding("HJ004", THE_CALL, name=option, value=value, known=", ".join(known)))


def _deliver(report: Report, format: str, path: str, lang: str, color: bool | None, quiet: bool) -> int:
    """Findings to standard error, the drawing to its place."""
    from hojo_cli import formats

    _known("--format", format, formats.NAMES)
    ends.complain(report.findings, lang)
    if not quiet and (format == "json" or report.page):
        drawn = formats.render(format, report, _screen(path, lang, color))
        ends.write(drawn, path, format)
    return report.exit_code


def _screen(path: str, lang: str, color: bool | None) -> Screen:
    """As wide as the terminal; 80 cells where there is none. Colours where a person looks, unless told otherwise."""
    from hojo_cli import formats

    path = "" if path == "-" else path
    terminal = not path and sys.stdout is not None and sys.stdout.isatty()
    wanted = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    if os.environ.get("FORCE_COLOR") and not os.environ.get("NO_COLOR") and not path:
        wanted = True
    wide = 2 if os.environ.get("HOJO_AMBIGUOUS_WIDTH") == "2" or not (path or _draws_lines()) else 1
    return formats.Screen(_columns(), wanted if color is None else color, lang, wide, terminal)


def _columns() -> int:
    """The width of the screen in cells; `COLUMNS` wins. (`shutil` knows it too, but brings three compressors along.)"""
    said = os.environ.get("COLUMNS", "")
    if said.isascii() and said.isdecimal() and int(said):
        return int(said)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or 80 if sys.__stdout__ else 80
    except (AttributeError, OSError, ValueError):  # no terminal at all
        return 80


def _draws_lines() -> bool:
    """Whether standard output can show box lines at all."""
    try:
        "─└".encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except (LookupError, UnicodeError):
        return False
    return True
