"""What was published about the applications of a year: `outcomes/<year>.yaml` beside the ruleset. No rule depends on it."""

from __future__ import annotations

from collections.abc import Mapping

from hojo_cli.base.finding import Finding, HojoError, has_errors
from hojo_cli.base.number import Kind
from hojo_cli.base.record import Record
from hojo_cli.document import RULESET, Mapping as MappingNode, Node, parse
from hojo_cli.rules import declarations, mechanisms
from hojo_cli.rules.block import Block
from hojo_cli.rules.declared import Applications, Breakdown, Outcomes, Ruleset, Source
from hojo_cli.rules.shape import misshapen


class Results(Record):
    """A file of results: what it says, the documents it cites, and its tree with these two as its parts."""

    outcomes: Outcomes
    sources: Mapping[str, Source]
    tree: MappingNode


def attached(rules: Ruleset, data: bytes, file: str) -> Ruleset:
    """The ruleset with the results in `data` and what they cite; `HojoError` with every finding where they are invalid."""
    results, findings = examine(data, file)
    if results is None or has_errors(findings):
        raise HojoError(*findings)
    return rules._replace(outcomes=results.outcomes, sources={**rules.sources, **results.sources})


def examine(data: bytes, file: str) -> tuple[Results | None, tuple[Finding, ...]]:
    """The results as far as they can be read, with everything found wrong, in the order of the file."""
    document = parse(data, file, RULESET)
    if document.root is None:
        return None, document.findings
    line, column = document.root.line, document.root.column
    published = {key: node for key, node in document.root.entries.items() if key != "sources"}
    parts: dict[str, Node] = {
        "sources": document.root.entries.get("sources", MappingNode({}, {}, line, column)),
        "outcomes": MappingNode(published, document.root.keys, line, column),
    }
    places = {"sources": document.root.keys.get("sources", (line, column)), "outcomes": (line, column)}
    tree = MappingNode(parts, places, line, column)
    top = mechanisms.top(tree, file)
    top.reading.declared["sources"] = tuple(name for name, _ in top.at("sources").keyed())
    declarations.cited(top)
    block = top.at("outcomes")
    outcomes = Outcomes(
        {name: _tally(entry) for name, entry in block.at("frames").keyed()},
        _tally(block.at("total")) if block.has("total") else None,
        tuple(
            Breakdown(
                name,
                table.at("label").text(),
                tuple((row.at("label").text(), _whole(row.at("granted"))) for row in table.at("rows").elements()),
                _whole(table.at("total")),
                table.provenance,
            )
            for name, table in block.at("by").keyed()
        ),
        tuple(note.text() for note in block.at("notes").elements()),
        block.provenance,
    )
    findings = (*document.findings, *misshapen(document.root, file, "outcomes"), *top.reading.findings)
    ordered = sorted(dict.fromkeys(findings), key=lambda found: found.where)
    return Results(outcomes, declarations.sources(top.at("sources")), tree), tuple(ordered)


def _tally(entry: Block) -> Applications:
    return Applications(_whole(entry.at("applied")), _whole(entry.at("granted")))


def _whole(entry: Block) -> int:
    return int(entry.number(Kind.COUNT).value)
