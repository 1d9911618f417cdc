"""The only door for YAML: bytes in, nodes with positions out, every problem a located finding.

Nothing heavy is imported before `parse` or `check_schema` runs; the scalars keep the text as it
was written, so that no amount ever becomes a float.
"""

from collections.abc import Container
from collections.abc import Mapping as Lookup
from typing import Any

from hojo_cli.base.finding import Finding
from hojo_cli.document.nodes import (
    APPLICANT,
    RULESET,
    Document,
    Limits,
    Mapping,
    Node,
    Scalar,
    Sequence,
    is_null,
    paths,
    placeholder,
    plain,
)
from hojo_cli.document.opening import read_file
from hojo_cli.document.parsing import parse

__all__ = [
    "APPLICANT",
    "RULESET",
    "Document",
    "Limits",
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "check_schema",
    "is_null",
    "misplaced",
    "misread",
    "parse",
    "parted",
    "paths",
    "placeholder",
    "plain",
    "read_file",
]


def misread(node: Scalar, known: Container[str] = ()) -> tuple[str, int, int, dict[str, object]] | None:
    """Why a text stands where a mapping should, if its colon tells: code, line, column, words."""
    from hojo_cli.document.syntax import misread

    return misread(node, known)


def misplaced(inside: Mapping, key: str) -> tuple[str, int, int, dict[str, object]] | None:
    """Why an unknown key came to be, where its colon or a comma tells: code, line, column, words."""
    from hojo_cli.document.syntax import misplaced

    return misplaced(inside, key)


def parted(inside: Mapping, key: str) -> tuple[str, Scalar] | None:
    """The key and the value that were meant by a key without a value, where its colon is full-width or lacks its space."""
    told, value = misplaced(inside, key), inside.entries[key]
    if told is None or told[0] == "HJ175" or not is_null(value):
        return None
    _, line, column, words = told
    rest = key[column - inside.keys[key][1] + 1 :]
    return str(words["key"]), Scalar(rest.strip(), True, line, column + 1)


def check_schema(root: Node, schema: Lookup[str, Any], name: str) -> tuple[Finding, ...]:
    """Where `root` departs from a JSON Schema (draft 2020-12), in the order of the file.

    Nothing is fetched: a `$ref` that leaves the schema is a mistake of hojo and raises. Any: a
    JSON Schema is whatever JSON allows.
    """
    from hojo_cli.document.validation import check

    return check(root, schema, name)
