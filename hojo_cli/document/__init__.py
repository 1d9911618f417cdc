"""The only door for YAML: bytes in, nodes with positions out, every problem a located finding.

Nothing heavy is imported before `parse` or `check_schema` runs; the scalars keep the text as it
was written, so that no amount ever becomes a float.
"""

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
    plain,
)
from hojo_cli.document.opening import read_file
from hojo_cli.document.parsing import parse
from hojo_cli.document.validation import check_schema

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
    "parse",
    "plain",
    "read_file",
]
