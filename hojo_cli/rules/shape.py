"""Where a ruleset, or what was published about its year, departs from `schema.json`."""

from __future__ import annotations

from functools import cache
from typing import Any

from hojo_cli.base.finding import Finding
from hojo_cli.document import RULESET, Mapping, parse, plain
from hojo_cli.rules import library


@cache
def schema(part: str = "") -> dict[str, Any]:  # Any: a JSON Schema is whatever JSON allows
    """The schema of rulesets, or of one part of it, read through the same door as they are."""
    root = parse(library.schema_bytes(), "schema.json", RULESET).root
    assert root is not None
    whole = plain(root)
    assert isinstance(whole, dict)
    return {"$ref": f"#/$defs/{part}", "$defs": whole["$defs"]} if part else whole


def misshapen(root: Mapping, file: str, part: str = "") -> tuple[Finding, ...]:
    """What the schema says of a file, in the order of the file."""
    from hojo_cli.document.validation import check  # a prebuilt ruleset needs no jsonschema

    return check(root, schema(part), file)
