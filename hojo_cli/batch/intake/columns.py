"""What the columns of a table mean: its header held against a ruleset, a row as nodes, and the blank to fill in.

A column is named by the id of a fact or by its label, `items.1.amount` and the like. A value left empty is left out, so a fact is unknown.
Several choices in one cell are separated by `;`.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple, TypeAlias

from hojo_cli.applicants.items import ITEM_KEYS
from hojo_cli.applicants.naming import likely_keys
from hojo_cli.base.finding import Finding, Location, Text
from hojo_cli.base.suggest import meant, spellings, suggestion
from hojo_cli.batch.intake.piece import Cells, Piece
from hojo_cli.document import Document, Mapping as MappingNode, Node, Scalar, Sequence
from hojo_cli.document.recognition import RENAME_JSON, TABLE, Sort, by_text, yaml
from hojo_cli.messages import finding
from hojo_cli.rules.declared import FieldSpec, Ruleset
from hojo_cli.rules.ruleset import shipped

TOP: Final = ("name", "corporate_number", "fiscal_year", "frame", "note")
_ITEMS: Final = 3
_ITEM: Final = re.compile(r"(items\.([0-9]{1,4})\.)")
_SEPARATOR_LINE: Final = re.compile("sep=.?$", re.IGNORECASE)
"""What a spreadsheet puts above a table to say what parts its columns."""
_NOTHING: Final = frozenset(("", "-", "－", "−", "‐", "–", "—", "―", "ー", "ｰ"))
"""A cell with a lone dash is an empty one: so accountants write nothing."""
_SEPARATORS: Final = {"\t": Text("タブ", "tabs"), ";": Text("セミコロン", "semicolons")}

_Place: TypeAlias = "tuple[str, ...]"
"""Where a column belongs: `("facts", "capital")`, `("items", "1", "amount")`; empty where nowhere."""


# --- one row to nodes -----------------------------------------------------------------------------------------------------


def document(piece: Piece) -> Document:
    """The row as far as it can be understood without a ruleset: its fiscal year."""
    assert isinstance(piece.payload, Cells)
    root = MappingNode({}, {}, piece.line, 1)
    for column, (name, cell) in enumerate(zip(*piece.payload, strict=False), 1):
        if name == "fiscal_year" and cell.strip():
            _put(root, (name,), Scalar(cell.strip(), True, piece.line, column))
    return Document(root, ())


def settle(piece: Piece, ruleset: Ruleset) -> Document:
    """The nodes of the row, its columns named as the ruleset names them; choices of a set are separated by `;`."""
    assert isinstance(piece.payload, Cells)
    header, row = piece.payload
    columns = _columns(header, ruleset)
    root = MappingNode({}, {}, piece.line, 1)
    findings: list[Finding] = []
    for column, cell in enumerate(row, 1):
        place = columns[column - 1] if column <= len(columns) else ()
        text = cell.strip()
        if text in _NOTHING:
            continue
        if not place:
            if not findings:
                findings.append(finding("HJ411", Location(piece.file, piece.line, column)))
            continue
        spec = ruleset.facts.get(place[-1]) if place[0] == "facts" else ruleset.fields.get(place[-1])
        if isinstance(spec, FieldSpec) or (spec is not None and spec.kind == "set"):
            parts = [part.strip() for part in re.split("[;；]", text)]
            finer = [part.strip() for part in re.split("[;；,，、]", text)]
            if all(meant(part, spec.spellings) for part in finer):  # other commas count where only choices are left
                parts = finer
            choices: list[Node] = [Scalar(part, True, piece.line, column) for part in parts if part]
            _put(root, place, Sequence(choices, piece.line, column))
        else:
            _put(root, place, Scalar(text, True, piece.line, column))
    items = root.entries.get("items")
    if isinstance(items, MappingNode):  # `items.1`, `items.2` … become a list, by number
        numbered = [items.entries[number] for number in sorted(items.entries, key=int)]
        root.entries["items"] = Sequence(numbered, items.line, items.column)
    return Document(root, tuple(findings))


def _put(root: MappingNode, place: _Place, node: Scalar | Sequence) -> None:
    """A node at its place, mappings on the way made where they are not there yet."""
    at = root
    for key in place[:-1]:
        below = at.entries.setdefault(key, MappingNode({}, {}, node.line, node.column))
        at.keys.setdefault(key, (node.line, node.column))
        assert isinstance(below, MappingNode)
        at = below
    at.entries[place[-1]] = node
    at.keys[place[-1]] = (node.line, node.column)


# --- the header -------------------------------------------------------------------------------------------------------------


def wrong_header(
    where: Location,
    header: tuple[str, ...],
    below: Iterable[tuple[int, int, tuple[str, ...] | Finding]],
    ruleset: Ruleset,
) -> list[Finding]:
    """What is wrong with a header: it is none, or some of its columns mean nothing or appear twice."""
    known = _known(header, ruleset)
    if _SEPARATOR_LINE.match(header[0]) or not known:
        rows = [(line, tuple(cell.strip() for cell in row)) for _, line, row in below if not isinstance(row, Finding)]
        line, likely = max(rows, key=lambda row: _known(row[1], ruleset), default=(0, ()))
        if _known(likely, ruleset):
            return [finding("HJ470", where, line=line, beside=where.line)]
    if len(header) == 1 and (
        separator := next((name for mark, name in _SEPARATORS.items() if mark in header[0]), None)
    ):
        return [finding("HJ415", where, separator=separator)]
    sort, text = None, ",".join(header)
    if text.startswith("{"):
        sort = by_text(f"{text}\n{text}", "") if text.endswith("}") else Sort(Text("JSON", "JSON"), RENAME_JSON)
    elif len(header) == 1:
        sort = yaml(text)
    if sort:
        return [finding("HJ171", where, **sort.words(where.file, TABLE))]
    if not known and not any(_near(name, ruleset) for name in header):
        return [finding("HJ471", where)]
    found = []
    places = [_meaning(name, ruleset) for name in header]
    for column, (name, place) in enumerate(zip(header, places, strict=True), 1):
        at = where._replace(column=column)
        if place and places.index(place) < column - 1:
            found.append(finding("HJ410", at, name=name, first=places.index(place) + 1))
        elif name.partition(".")[0] == "members":
            found.append(finding("HJ408", at, name=name))
        elif name and not place:
            found.append(finding("HJ407", at, name=name, near=suggestion(*_near(name, ruleset))))
    return found


def _known(names: Iterable[str], ruleset: Ruleset) -> int:
    """How many of the names are columns."""
    vocabulary = _vocabulary(ruleset)
    return sum(1 for name in names if _place(name, vocabulary))


def _near(name: str, ruleset: Ruleset) -> tuple[str, ...]:
    """The columns that a name may have been meant for."""
    vocabulary = _vocabulary(ruleset)
    item = _ITEM.match(name)
    if item is None:
        return likely_keys(name, (*TOP, *vocabulary.facts))
    return tuple(f"{item[1]}{field}" for field in likely_keys(name[item.end() :], vocabulary.fields))


class _Vocabulary(NamedTuple):
    """What a column may be called → the fact, the field of an item or the frame it is about."""

    facts: dict[str, str]
    fields: dict[str, str]
    frames: Mapping[str, str]


_vocabularies: Final[dict[str, _Vocabulary]] = {}
_places: Final[dict[tuple[tuple[str, ...], str], list[_Place]]] = {}


def _vocabulary(ruleset: Ruleset) -> _Vocabulary:
    if ruleset.sha256 not in _vocabularies:
        facts = {name: (*spec.label, f"facts.{name}") for name, spec in ruleset.facts.items()}
        fields = dict.fromkeys(ITEM_KEYS, ()) | {name: tuple(spec.label) for name, spec in ruleset.fields.items()}
        _vocabularies[ruleset.sha256] = _Vocabulary(spellings(facts), spellings(fields), ruleset.frame_spellings)
    return _vocabularies[ruleset.sha256]


def _columns(header: tuple[str, ...], ruleset: Ruleset) -> list[_Place]:
    """Where each column belongs: `("facts", "capital")`, `("items", "1", "amount")`; empty where nowhere."""
    key = (header, ruleset.sha256)
    if key not in _places:
        _places.clear()  # one header at a time: the rows of a file come together
        _places[key] = [_meaning(name, ruleset) for name in header]
    return _places[key]


def _meaning(name: str, ruleset: Ruleset) -> _Place:
    """Where a column belongs; of a fact only other years know, where it would belong, for the reader of applicants to judge."""
    return _place(name, _vocabulary(ruleset)) or next(
        filter(None, (_place(name, _vocabulary(other)) for other in shipped() if name)), ()
    )


def _place(name: str, vocabulary: _Vocabulary) -> _Place:
    if name in TOP:
        return (name,)
    if fact := meant(name, vocabulary.facts):
        return ("facts", fact)
    head, _, rest = name.partition(".")
    if head == "expect" and (frame := meant(rest, vocabulary.frames)):
        return (head, frame)
    item = _ITEM.match(name)
    field = item and meant(name[item.end() :], vocabulary.fields)
    return ("items", item[2], field) if item and field else ()


# --- the blank ---------------------------------------------------------------------------------------------------------------


def template(ruleset: Ruleset, lang: str) -> str:
    """A header with every fact and room for a few items, and below it nothing: to fill in with a spreadsheet.

    Facts are named by their label in Japanese, by id in English; both are read. Starts with a BOM, which a spreadsheet needs.
    """
    labels = Counter(spec.label.ja for spec in ruleset.facts.values())
    plain = {label for label, times in labels.items() if times == 1 and "." not in label and label not in TOP}
    facts = [
        spec.label.ja if lang == "ja" and spec.label.ja in plain else name
        for name, spec in ruleset.facts.items()
        if not spec.of_members
    ]
    fields = (*ITEM_KEYS, *ruleset.fields)
    items = [f"items.{number}.{field}" for number in range(1, _ITEMS + 1) for field in fields]
    written = io.StringIO()
    header = [*TOP, *facts, *items, *(f"expect.{frame}" for frame in ruleset.frames)]
    csv.writer(written, lineterminator="\r\n").writerow(header)
    return f"\ufeff{written.getvalue()}"
