"""JSON Schema over nodes: every leaf error as a located finding in hojo's own words.

jsonschema's own messages repeat whole instances, and it would fetch unknown `$ref`s over the
network by default: neither is let through.
"""

from collections.abc import Iterator, Mapping as Lookup
from typing import Any

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # ships no types
from referencing import Registry

from hojo_cli.base.finding import Finding, Location
from hojo_cli.document.nodes import Mapping, Node, Problem, Scalar, Sequence, placeholder, plain
from hojo_cli.document.schema_messages import Error, forbidden_keys, key_place, problems
from hojo_cli.messages import finding


def check(root: Node, schema: Lookup[str, Any], name: str) -> tuple[Finding, ...]:
    """Where `root` departs from a JSON Schema (draft 2020-12), in the order of the file.

    Nothing is fetched: a `$ref` that leaves the schema is a mistake of hojo and raises. Any: a
    JSON Schema is whatever JSON allows.
    """
    validator = Draft202012Validator(schema, registry=Registry())
    told: dict[object, Problem] = {}
    for error in validator.iter_errors(plain(root)):
        for leaf in _leaves(error):
            for problem in problems_at(leaf, root, schema):
                told.setdefault((problem.code, problem.at, str(problem.words.get("key"))), problem)
    ordered = sorted(told.values(), key=lambda problem: problem.at)
    return tuple(finding(problem.code, Location(name, *problem.at), **problem.words) for problem in ordered)


def _leaves(error: Error) -> Iterator[Error]:
    """The errors worth telling: of alternatives, those of the branch that went furthest."""
    branches: dict[object, list[Error]] = {}
    for inner in error.context or ():
        branches.setdefault(inner.schema_path[0], []).append(inner)

    def refuses_type(branch: list[Error]) -> bool:
        return any(inner.validator == "type" and not inner.path for inner in branch)

    if all(map(refuses_type, branches.values())):
        yield error
        return
    # How near a branch came: not refused by type at once, then as few errors as may be.
    for inner in max(branches.values(), key=lambda branch: (not refuses_type(branch), -len(branch))):
        yield from _leaves(inner)


def problems_at(error: Error, root: Node, schema: Lookup[str, Any]) -> Iterator[Problem]:
    """What an error says, at the node it is about."""
    node = root
    for step in error.absolute_path:
        if isinstance(node, Mapping) and isinstance(step, str):
            node = node.entries[step]
        elif isinstance(node, Sequence) and isinstance(step, int):
            node = node.items[step]
    if error.validator is None:
        yield from forbidden_keys(_subschema(schema, list(error.absolute_schema_path)), node)
    elif "propertyNames" in error.absolute_schema_path:
        yield Problem("HJ310", key_place(node, str(error.instance)), {"key": error.instance})
    elif isinstance(node, Scalar) and placeholder(node.text):
        yield Problem("HJ174", (node.line, node.column), {"text": node.text})
    else:
        yield from problems(error, node)


def _subschema(schema: Any, path: list[str | int]) -> Any:
    """The part of the schema that a path of jsonschema names, which leaves every `$ref` out."""
    root = schema
    for step in path:
        while isinstance(schema, dict) and step not in schema:
            schema = _subschema(root, schema["$ref"].removeprefix("#").split("/")[1:])
        schema = schema[step]
    return schema
