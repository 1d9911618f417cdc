"""JSON Schema over nodes: every leaf error as a located finding in hojo's own words.

jsonschema's own messages repeat whole instances, and it would fetch unknown `$ref`s over the
network by default: neither is let through.
"""

from collections.abc import Iterator
from collections.abc import Mapping as Lookup
from typing import Any

from hojo_cli.base.finding import Finding, Location
from hojo_cli.document.nodes import Mapping, Node, Scalar, Sequence, placeholder, plain
from hojo_cli.document.schema_messages import (
    WRITERS,
    Complaint,
    Error,
    Place,
    forbidden_keys,
    key_place,
    other,
)
from hojo_cli.messages import finding


def check(root: Node, schema: Lookup[str, Any], name: str) -> tuple[Finding, ...]:
    """See `hojo_cli.document.check_schema`."""
    from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # ships no types
    from referencing import Registry

    validator = Draft202012Validator(schema, registry=Registry())
    complaints: dict[tuple[str, Place, str], Complaint] = {}
    for error in validator.iter_errors(plain(root)):
        for leaf in _leaves(error):
            for code, at, words in _complaints(leaf, root, schema):
                complaints.setdefault((code, at, str(words.get("key"))), (code, at, words))
    ordered = sorted(complaints.values(), key=lambda complaint: complaint[1])
    return tuple(finding(code, Location(name, *at), **words) for code, at, words in ordered)


def _leaves(error: Error) -> Iterator[Error]:
    """The errors worth telling: of alternatives, those of the branch that went furthest."""
    if not error.context:
        yield error
        return
    branches: dict[object, list[Error]] = {}
    for inner in error.context:
        branches.setdefault(inner.schema_path[0], []).append(inner)
    told = max(branches.values(), key=_progress)
    if all(_refuses_type(branch) for branch in branches.values()):
        yield error
        return
    for inner in told:
        yield from _leaves(inner)


def _progress(branch: list[Error]) -> tuple[int, int]:
    """How near a branch came: not refused by type at once, then as few errors as may be."""
    return (0 if _refuses_type(branch) else 1, -len(branch))


def _refuses_type(branch: list[Error]) -> bool:
    return any(inner.validator == "type" and not inner.path for inner in branch)


def _complaints(error: Error, root: Node, schema: Lookup[str, Any]) -> Iterator[Complaint]:
    node = _node(root, list(error.absolute_path))
    if error.validator is None:
        yield from forbidden_keys(_subschema(schema, list(error.absolute_schema_path)), node)
        return
    if "propertyNames" in error.absolute_schema_path:
        yield "HJ310", key_place(node, str(error.instance)), {"key": error.instance}
        return
    if isinstance(node, Scalar) and placeholder(node.text):
        yield "HJ174", (node.line, node.column), {"text": node.text}
        return
    writer = WRITERS.get(str(error.validator), other)
    yield from writer(error, node)


def _node(root: Node, path: list[str | int]) -> Node:
    for step in path:
        if isinstance(root, Mapping) and isinstance(step, str):
            root = root.entries[step]
        elif isinstance(root, Sequence) and isinstance(step, int):
            root = root.items[step]
    return root


def _subschema(schema: Any, path: list[str | int]) -> Any:
    """The part of the schema that a path of jsonschema names, which leaves every `$ref` out."""
    root = schema
    for step in path:
        while isinstance(schema, dict) and step not in schema:
            schema = _subschema(root, schema["$ref"].removeprefix("#").split("/")[1:])
        schema = schema[step]
    return schema
