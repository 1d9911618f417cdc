"""`hojo new [FILE]`: a blank applicant file with what each fact means, or one filled in question by question.

Whoever stops on the way keeps what was answered, and takes it up again with the same command.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from hojo_cli.applicants import blank
from hojo_cli.base.finding import THE_CALL, HojoError, Location, Text, untranslated
from hojo_cli.base.sanitize import for_terminal
from hojo_cli.files import streams
from hojo_cli.formats.drawing.screen import Screen
from hojo_cli.messages import finding
from hojo_cli.results.report import Block
from hojo_cli.rules import library, ruleset
from hojo_cli.rules.declared import Ruleset

if TYPE_CHECKING:
    from hojo_cli.applicants.draft import Draft

_KEPT: Final = Text("ここまでの答えを残します。", "What was answered so far is kept.")
_WROTE: Final = Text("{path} を書きました。", "Wrote {path}.")
_AGAIN: Final = Text("続きは `hojo new -i {path}` で始められます。", "`hojo new -i {path}` goes on from here.")
_BREAKDOWN: Final = Text("内訳は `hojo estimate {path}` で示します。", "`hojo estimate {path}` shows the breakdown.")
_RESUMED: Final = Text("{path} の続きから始めます。", "Going on with {path}.")
_ARROWS: Final = Text(
    "（`pip install 'hojo-cli[wizard]'` を入れると、矢印キーと一覧で答えられます。）",
    "(With `pip install 'hojo-cli[wizard]'` there are lists and arrow keys.)",
)


def run(
    path: str,
    rules: str,
    screen: Screen,
    *,
    format: str = "yaml",
    force: bool = False,
    interactive: bool = False,
    quiet: bool = False,
) -> None:
    """To the file (and a word about it unless `quiet`), or standard output where none is named.

    `HojoError` before anything is asked if the file stands already; questions go on with one that does.
    """
    # questions are asked about one applicant, a table is for many
    known = ("yaml",) if interactive else ("yaml", "csv", "xlsx")
    if format not in known:
        raise HojoError(finding("HJ004", THE_CALL, name="--format", value=format, known=", ".join(known)))
    if path and not force and not interactive and os.path.lexists(path):
        raise HojoError(finding("HJ014", Location(path), path=path))
    if interactive:
        if not _somebody_there():
            raise HojoError(finding("HJ013", THE_CALL))
        interview(path, rules, screen, force=force, quiet=quiet)
        return
    used = ruleset.load(rules or library.years()[0])
    text: str | bytes
    if format == "xlsx":
        from hojo_cli.batch.intake import blank_book

        text = blank_book.template(used, screen.lang)
    elif format == "csv":
        from hojo_cli.batch.intake import blank_table

        text = blank_table.template(used, screen.lang)
    else:
        text = blank.text(used, screen.lang)
    write(text, path, screen.lang, format=format, quiet=quiet)


def write(text: str | bytes, path: str, lang: str, *, format: str = "yaml", quiet: bool = False) -> None:
    """The file, and a word about it."""
    if path or not quiet:
        streams.write(text, path, format)
    if path and not quiet:
        streams.say(_WROTE.into(lang).format(path=for_terminal(path)))


# --- question by question ---


def _somebody_there() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def interview(path: str, rules: str, screen: Screen, *, force: bool, quiet: bool) -> None:
    """Ask, write what was answered however the questions end, and say what it comes to."""
    from hojo_cli.applicants.asking import on_lines
    from hojo_cli.applicants.interview import Interview
    from hojo_cli.applicants.menus import installed, menus
    from hojo_cli.files.signals import Stopped, stoppable

    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")
    lang, used, draft = screen.lang, None, blank.EMPTY
    if path and not force and os.path.lexists(path):
        draft, used = _taken_up(path, rules)
        streams.say(_RESUMED.into(lang).format(path=for_terminal(path)))
    used = used or ruleset.load(rules or library.years()[0])
    if not installed():
        streams.say(_ARROWS.into(lang))
    asked = Interview(used, lang, menus() or on_lines, draft)
    stopped: BaseException | None = None
    try:
        with stoppable("SIGTERM", *(("SIGHUP",) if os.name != "nt" else ())):
            asked.hold()
    except (EOFError, KeyboardInterrupt, Stopped) as problem:
        stopped = problem
        if asked.kept == draft:
            raise problem if isinstance(problem, Stopped) else KeyboardInterrupt from None
    text = blank.text(used, lang, asked.kept)
    if stopped is not None:
        streams.say(f"\n{_KEPT.into(lang)}")
    write(text, path, lang, quiet=quiet)
    if isinstance(stopped, Stopped):
        raise stopped
    if not quiet:
        conclude(text, path, used, screen)


def _taken_up(path: str, rules: str) -> tuple[Draft, Ruleset]:
    """What a file that stands already holds, and the ruleset it asks for: a year in `rules` is for files that name none.

    `HojoError` where it cannot be gone on with.
    """
    from hojo_cli.applicants.draft import draft_of
    from hojo_cli.batch import estimating

    loaded = estimating.load_applicant(path, estimating.load_rules(rules) if library.is_path(rules) and rules else None)
    if rules and loaded.scenario is not None and "fiscal_year" not in loaded.scenario.root.entries:
        loaded = estimating.load_applicant(path, estimating.load_rules(rules))
    if loaded.scenario is None or loaded.ruleset is None:
        raise HojoError(finding("HJ090", Location(path), path=path), *loaded.findings)
    return draft_of(loaded.scenario.root), loaded.ruleset


def conclude(text: str, path: str, used: Ruleset, screen: Screen) -> None:
    """What the answers come to, on standard error beside the questions, and what is still open."""
    from hojo_cli.batch import estimating
    from hojo_cli.formats.drawing.terminal import draw
    from hojo_cli.pages import estimate as page
    from hojo_cli.pages.verdict import verdict
    from hojo_cli.results.report import Answer

    loaded = estimating.load_applicant(
        text.encode(errors="surrogatepass"), estimating.LoadedRules(used), file=path or "-"
    )
    result = estimating.estimate(loaded)
    chosen = page.most_promising(result)
    shown = next((estimate for estimate in result.estimates if estimate.frame == chosen), None)
    blocks: list[Block] = [
        Answer(untranslated(result.name or result.file), (verdict(result, shown),)),
        *page.open_questions(estimate for estimate in result.estimates if estimate.missing),
        *(() if shown is None else page.comparison(result, shown)),
    ]
    streams.say("\n" + draw(blocks, screen).rstrip("\n"))
    if path:
        named = for_terminal(path)
        open_ones = any(estimate.missing for estimate in result.estimates)
        lines = [_AGAIN] if open_ones or result.best == "" else []
        streams.say("\n".join(line.into(screen.lang).format(path=named) for line in (*lines, _BREAKDOWN)))
