"""Rulesets as a list, and one of them as a readable overview: each figure with its source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from hojo_cli.base.finding import Text, untranslated
from hojo_cli.base.texts import EMPTY, say
from hojo_cli.explanation import overview
from hojo_cli.explanation.overview import Section
from hojo_cli.pages.as_json import as_json
from hojo_cli.pages.sources import COLUMN, Sources
from hojo_cli.results.report import Answer, Block, Bullets, Column, Grid, GridRow, Heading, Paragraph
from hojo_cli.rules.declared import Ruleset

SHOW_FORMAT: Final = "hojo.ruleset/1"
SHORT: Final = 12
"""Digits of a sha256 that people see."""

# --- the list ----------------------------------------------------------------------------------------------------------


def head_data(ruleset: Ruleset, lang: str) -> dict[str, object]:
    """A ruleset by what names it, and what there is of it."""
    return {
        "program": ruleset.program,
        "fiscal_year": ruleset.fiscal_year,
        "title": ruleset.title.into(lang),
        "sources": len(ruleset.sources),
        "valid": {"from": ruleset.valid_from, "to": ruleset.valid_to},
        "as_of": ruleset.as_of,
        "outcomes": ruleset.outcomes is not None,
        "file": ruleset.file,
        "sha256": ruleset.sha256,
    }


def listed(rulesets: Sequence[Ruleset]) -> Iterator[Block]:
    """One row for each ruleset."""
    more = Text(
        "`hojo rules show 年度` で中身を、`--outcomes` を付けると公表された結果を表示します。",
        "`hojo rules show YEAR` prints one in words; with `--outcomes`, its published results.",
    )
    yield Heading(Text("ルールセットの一覧", "Rulesets at hand"), 1)
    columns = (
        Column(Text("年度", "year")),
        Column(Text("題名", "title")),
        Column(Text("制度", "program")),
        Column(Text("有効な期間", "valid")),
        Column(Text("出典数", "sources"), amount=True),
        Column(Text("sha256", "sha256"), tone="faint"),
    )
    rows = []
    for ruleset in rulesets:
        valid = say(Text("{0}～{1}", "{0} to {1}"), ruleset.valid_from, ruleset.valid_to)
        words = str(ruleset.fiscal_year), ruleset.program, str(len(ruleset.sources)), ruleset.sha256[:SHORT]
        year, program, count, digest = (untranslated(word) for word in words)
        rows.append(GridRow((year, ruleset.title, program, valid, count, digest)))
    yield Grid(columns, (tuple(rows),))
    yield Paragraph(more, "faint")


# --- one of them ---------------------------------------------------------------------------------------------------------


def data(ruleset: Ruleset, lang: str) -> dict[str, object]:
    """`{format, ruleset, frames, together, definitions, assumptions, sources}`."""
    shown = overview.of(ruleset)
    return {
        "format": SHOW_FORMAT,
        "ruleset": head_data(ruleset, lang),
        "frames": as_json(shown.frames, lang),
        "together": as_json(shown.together, lang),
        "definitions": as_json(shown.definitions, lang),
        "assumptions": as_json(tuple(ruleset.assumptions.values()), lang),
        "sources": as_json(tuple(ruleset.sources.values()), lang),
    }


def page(ruleset: Ruleset) -> Iterator[Block]:
    """Head, each frame, what goes together, what the words mean, assumptions, sources."""
    shown, sources = overview.of(ruleset), Sources()
    template = Text("有効な期間 {0}～{1}、資料は{2}まで、sha256 {3}", "valid {0} to {1}, texts up to {2}, sha256 {3}")
    head = say(template, ruleset.valid_from, ruleset.valid_to, ruleset.as_of, ruleset.sha256[:SHORT])
    yield Answer(ruleset.title, (Paragraph(head, "faint"),))
    for frame in shown.frames:
        yield Heading(say(Text("{0}（{1}）", "{0} ({1})"), frame.label, frame.frame))
        parts = [*frame.lines, *frame.subtotals]
        if frame.requirements:
            parts.insert(0, Section("", Text("要件", "requirement"), frame.requirements))
        parts += [band._replace(label=say(Text("区分：{0}", "band: {0}"), band.label)) for band in frame.bands]
        yield Grid(_COLUMNS, tuple(_rows(part, sources) for part in parts))
    if shown.together:
        yield Heading(Text("枠の併願", "Frames together"))
        rules = tuple(GridRow((rule.label, rule.says, sources.mark(rule.citation))) for rule in shown.together)
        yield Grid(_COLUMNS, (rules,))
    yield Heading(Text("言葉の意味", "What the words mean"))
    yield Grid(_COLUMNS, tuple(_rows(part, sources) for part in shown.definitions))
    if ruleset.assumptions:
        yield Heading(Text("置いている仮定", "Assumptions"))
        yield Bullets(tuple(assumption.label for assumption in ruleset.assumptions.values()))
    yield from sources.listed()


_COLUMNS: Final = (Column(Text("項目", "item")), Column(Text("内容", "rule")), COLUMN)


def _rows(part: Section, sources: Sources) -> tuple[GridRow, ...]:
    """The part's name, its clauses below; a label that repeats the one above is left out."""
    rows = [GridRow((part.label, EMPTY, EMPTY), "strong")]
    above = part.label
    for clause in part.clauses:
        label = EMPTY if clause.label in (above, EMPTY) else say(untranslated("  {0}"), clause.label)
        above = clause.label
        rows.append(GridRow((label, clause.says, sources.mark(clause.citation))))
    return tuple(rows)
