"""The published results of a year: how many applied and were granted, frame by frame and by other traits, with plain bars."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from hojo_cli.base.finding import Text, untranslated
from hojo_cli.base.number import exact
from hojo_cli.base.texts import EMPTY, say
from hojo_cli.formats.drawing.entries import ruleset_data
from hojo_cli.pages.as_json import as_json
from hojo_cli.pages.sources import Sources
from hojo_cli.results.report import Answer, Block, Bullets, Column, Grid, GridRow, Heading, Paragraph
from hojo_cli.rules.declared import Applications, Breakdown, Outcomes, Ruleset
from hojo_cli.rules.words import Words

FORMAT: Final = "hojo.outcomes/1"
BAR: Final = 24
"""Cells of the longest bar."""


def data(ruleset: Ruleset, outcomes: Outcomes, lang: str) -> dict[str, object]:
    """`{format, ruleset, frames, total, by, notes, source}`; a rate is an exact fraction."""
    words = Words(ruleset)
    return {
        "format": FORMAT,
        "ruleset": ruleset_data(ruleset, lang),
        "frames": [
            {"frame": name, "label": _label(ruleset, name).into(lang), **_tally(tally)}
            for name, tally in outcomes.frames.items()
        ],
        "total": None if outcomes.total is None else _tally(outcomes.total),
        "by": [
            {
                "id": table.id,
                "label": table.label.into(lang),
                "rows": [{"label": label.into(lang), "granted": granted} for label, granted in table.rows],
                "total": table.total,
                "source": as_json(words.citation(table.provenance), lang),
            }
            for table in outcomes.by
        ],
        "notes": as_json(outcomes.notes, lang),
        "source": as_json(words.citation(outcomes.provenance), lang),
    }


def _tally(tally: Applications) -> dict[str, object]:
    rate = exact(Fraction(tally.granted, tally.applied)) if tally.applied else None
    return {"applied": tally.applied, "granted": tally.granted, "rate": rate}


def _label(ruleset: Ruleset, name: str) -> Text:
    frame = ruleset.frames.get(name)
    return untranslated(name) if frame is None else frame.label


def page(ruleset: Ruleset, outcomes: Outcomes) -> Iterator[Block]:
    """Frames, then each other table, then where they disagree."""
    sources, words = Sources(), Words(ruleset)
    past = Text("公表された過去の結果で、予測ではありません。", "Published results of the past, no forecast.")
    title = say(Text("{0}の申請と交付決定", "{0}: applications and grants"), ruleset.title)
    yield Answer(title, (Paragraph(past, "faint"),))
    yield Heading(sources.marked(Text("枠別", "by frame"), words.citation(outcomes.provenance)))
    yield frames_table(ruleset, outcomes)
    for table in outcomes.by:
        yield Heading(sources.marked(table.label, words.citation(table.provenance)))
        yield breakdown_table(table)
    if outcomes.notes:
        yield Heading(Text("数字の読み方", "How to read the figures"))
        yield Bullets(outcomes.notes)
    yield from sources.listed()


def frames_table(ruleset: Ruleset, outcomes: Outcomes) -> Grid:
    columns = (
        Column(Text("枠", "frame")),
        Column(Text("申請", "applied"), amount=True),
        Column(Text("交付決定", "granted"), amount=True),
        Column(Text("割合", "rate"), amount=True),
        Column(EMPTY),
    )
    labelled = [(_label(ruleset, name), tally, "plain") for name, tally in outcomes.frames.items()]
    total = [] if outcomes.total is None else [(Text("合計", "total"), outcomes.total, "strong")]
    groups = []
    for tallies in (labelled, total):
        rows = []
        for label, tally, tone in tallies:
            rate, bar = _percent(tally.granted, tally.applied), _bar(tally.granted, tally.applied)
            rows.append(GridRow((label, _number(tally.applied), _number(tally.granted), rate, bar), tone))
        groups.append(tuple(rows))
    return Grid(columns, tuple(groups))


def breakdown_table(table: Breakdown) -> Grid:
    columns = (
        Column(Text("区分", "group")),
        Column(Text("交付決定", "granted"), amount=True),
        Column(Text("割合", "share"), amount=True),
        Column(EMPTY),
    )
    most = max((granted for _, granted in table.rows), default=0)
    rows = tuple(
        GridRow((label, _number(granted), _percent(granted, table.total), _bar(granted, most)))
        for label, granted in table.rows
    )
    total = GridRow((Text("合計", "total"), _number(table.total), EMPTY, EMPTY), "strong")
    return Grid(columns, (rows, (total,)))


def _number(value: int) -> Text:
    return untranslated(f"{value:,}")


def _percent(part: int, whole: int) -> Text:
    """To the tenth of a percent, half up: 46.2%; nothing where there is no whole."""
    if not whole:
        return EMPTY
    tenths = (part * 2000 + whole) // (2 * whole)
    shown = f"{tenths // 10}.{tenths % 10}%"
    return untranslated(shown)


def _bar(part: int, whole: int) -> Text:
    """A bar as long as the part of the whole; at least one cell where there is anything."""
    bar = "#" * (max(part * BAR // whole, 1) if part and whole else 0)
    return untranslated(bar)
