"""Rulesets as a list, and one of them as a readable overview: each figure with its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from hojo_cli.base.finding import Text
from hojo_cli.explanation.overview import Clause, FrameOverview, Overview, Part
from hojo_cli.explanation.words import EMPTY, say
from hojo_cli.pages.estimate_data import citation
from hojo_cli.pages.sources import Sources
from hojo_cli.report import Block, Bullets, Column, Grid, Heading, Paragraph
from hojo_cli.rules.nodes import Ruleset, Source

LIST_FORMAT: Final = "hojo.rules/1"
SHOW_FORMAT: Final = "hojo.ruleset/1"
SHORT: Final = 12
"""Digits of a sha256 that people see."""

# --- the list ----------------------------------------------------------------------------------------------------------


def listed_data(found: Iterable[Ruleset], lang: str) -> dict[str, object]:
    """`{format, rulesets: [...]}`."""
    return {"format": LIST_FORMAT, "rulesets": [_head(ruleset, lang) for ruleset in found]}


def _head(ruleset: Ruleset, lang: str) -> dict[str, object]:
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


def listed(found: Sequence[Ruleset]) -> Iterator[Block]:
    """One row for each ruleset."""
    yield Heading(Text("ルールセットの一覧", "Rulesets at hand"), 1)
    columns = (
        Column(Text("年度", "year")),
        Column(Text("題名", "title")),
        Column(Text("制度", "program")),
        Column(Text("有効な期間", "valid")),
        Column(Text("出典数", "sources"), amount=True),
        Column(Text("sha256", "sha256")),
    )
    yield Grid(columns, tuple(_row(ruleset) for ruleset in found))
    yield Paragraph(
        Text(
            "`hojo rules show 年度` で中身を、`--outcomes` を付けると公表された結果を表示します。",
            "`hojo rules show YEAR` prints one in words; with `--outcomes`, its published results.",
        ),
        "faint",
    )


def _row(ruleset: Ruleset) -> tuple[Text, ...]:
    valid = say(Text("{0}～{1}", "{0} to {1}"), ruleset.valid_from, ruleset.valid_to)
    plain = [str(ruleset.fiscal_year), ruleset.program, str(len(ruleset.sources)), ruleset.sha256[:SHORT]]
    year, program, count, digest = (Text(word, word) for word in plain)
    return (year, ruleset.title, program, valid, count, digest)


# --- one of them ---------------------------------------------------------------------------------------------------------


def data(ruleset: Ruleset, overview: Overview, lang: str) -> dict[str, object]:
    """`{format, ruleset, frames, together, definitions, assumptions, sources}`."""
    return {
        "format": SHOW_FORMAT,
        "ruleset": _head(ruleset, lang),
        "frames": [
            {
                "frame": frame.id,
                "label": frame.label.into(lang),
                "requirements": [_clause(each, lang) for each in frame.requirements],
                "lines": [_part(part, lang) for part in frame.lines],
                "subtotals": [_part(part, lang) for part in frame.subtotals],
                "bands": [_part(part, lang) for part in frame.bands],
            }
            for frame in overview.frames
        ],
        "together": [_clause(each, lang) for each in overview.together],
        "definitions": [_part(part, lang) for part in overview.definitions],
        "assumptions": [
            {
                "id": each.id,
                "label": each.label.into(lang),
                "why": each.why.into(lang),
                "readings": [one.into(lang) for one in each.conflict],
            }
            for each in ruleset.assumptions.values()
        ],
        "sources": [_source(each) for each in ruleset.sources.values()],
    }


def _part(part: Part, lang: str) -> dict[str, object]:
    return {"id": part.id, "label": part.label.into(lang), "clauses": [_clause(each, lang) for each in part.clauses]}


def _clause(clause: Clause, lang: str) -> dict[str, object]:
    label, says = clause.label.into(lang), clause.says.into(lang)
    return {"kind": clause.kind, "label": label, "says": says, "source": citation(clause.citation, lang)}


def _source(source: Source) -> dict[str, str]:
    found = {"id": source.id, "title": source.title, "issuer": source.issuer, "date": source.date, "url": source.url}
    return found | {"file": source.file, "sha256": source.sha256}


def page(ruleset: Ruleset, overview: Overview) -> Iterator[Block]:
    """Head, each frame, what goes together, what the words mean, assumptions, sources."""
    sources = Sources()
    yield Heading(ruleset.title, 1)
    template = Text("有効な期間 {0}～{1}、資料は{2}まで、sha256 {3}", "valid {0} to {1}, texts up to {2}, sha256 {3}")
    yield Paragraph(say(template, ruleset.valid_from, ruleset.valid_to, ruleset.as_of, ruleset.sha256[:SHORT]), "faint")
    for frame in overview.frames:
        yield Heading(say(Text("{0}（{1}）", "{0} ({1})"), frame.label, frame.id))
        yield _grid(_rows(frame, sources))
    if overview.together:
        yield Heading(Text("枠の併願", "Frames together"))
        yield _grid([((each.label, each.says, sources.mark(each.citation)), "plain") for each in overview.together])
    yield Heading(Text("言葉の意味", "What the words mean"))
    yield _grid([row for part in overview.definitions for row in _part_rows(part, sources)])
    if ruleset.assumptions:
        yield Heading(Text("置いている仮定", "Assumptions"))
        yield Bullets(tuple(each.label for each in ruleset.assumptions.values()))
    yield from sources.listed()


Row = tuple[tuple[Text, Text, Text], str]


def _grid(rows: Sequence[Row]) -> Grid:
    columns = (Column(Text("項目", "item")), Column(Text("内容", "rule")), Column(Text("出典", "source")))
    return Grid(columns, tuple(row for row, _ in rows), tuple(tone for _, tone in rows))


def _rows(frame: FrameOverview, sources: Sources) -> list[Row]:
    found = _part_rows(Part("", Text("要件", "requirement"), frame.requirements), sources) if frame.requirements else []
    for part in (*frame.lines, *frame.subtotals):
        found += _part_rows(part, sources)
    for part in frame.bands:
        found += _part_rows(part._replace(label=say(Text("区分：{0}", "band: {0}"), part.label)), sources)
    return found


def _part_rows(part: Part, sources: Sources) -> list[Row]:
    """The part's name, its clauses below; a label that repeats the one above is left out."""
    found: list[Row] = [((part.label, EMPTY, EMPTY), "strong")]
    above = part.label
    for clause in part.clauses:
        label = EMPTY if clause.label in (above, EMPTY) else say(Text("  {0}", "  {0}"), clause.label)
        above = clause.label
        found.append(((label, clause.says, sources.mark(clause.citation)), "plain"))
    return found
