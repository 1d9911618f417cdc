"""What hojo says of each keyword of JSON Schema that a node does not keep to."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeAlias

from hojo_cli.base.finding import Text
from hojo_cli.base.suggest import nearest
from hojo_cli.document.keys import misplaced
from hojo_cli.document.nodes import Mapping, Node, Problem, Scalar, Sequence, plain

Error: TypeAlias = Any
"""A `jsonschema.ValidationError`: Any, because jsonschema ships no types."""

_TYPES: Final = {
    "object": Text("`キー: 値` の集まり", "a mapping (`key: value`)"),
    "array": Text("並び（`[…]` か `-`）", "a list (`[…]` or `-`)"),
    "string": Text("文字", "text"),
    "integer": Text("整数", "an integer"),
    "number": Text("数", "a number"),
    "boolean": Text("`true` か `false`", "`true` or `false`"),
    "null": Text("空", "nothing"),
}
_BOUNDS: Final = {
    "minimum": Text("{} 以上", "at least {}"),
    "maximum": Text("{} 以下", "at most {}"),
    "exclusiveMinimum": Text("{} より大きい数", "above {}"),
    "exclusiveMaximum": Text("{} 未満", "below {}"),
    "multipleOf": Text("{} の倍数", "a multiple of {}"),
}


def problems(error: Error, node: Node) -> Iterator[Problem]:
    """What an error says of the node it is about."""
    asked, at, value = error.validator_value, (node.line, node.column), _brief(node)
    match str(error.validator):
        case "additionalProperties" | "unevaluatedProperties":
            yield from unknown_keys(error.schema, node)
        case "required" | "dependentRequired" if isinstance(node, Mapping):
            if isinstance(asked, dict):  # dependentRequired
                asked = [key for given, keys in asked.items() if given in node.entries for key in keys]
            yield from (Problem("HJ302", at, {"key": key}) for key in asked if key not in node.entries)
        case "type":
            yield wrong_type(node, [asked])
        case "enum" | "const":
            choices = [_spelt(choice) for choice in (asked if isinstance(asked, list) else [asked])]
            yield Problem("HJ304", at, {"value": value, "near": _near(value, choices)})
        case "pattern" | "format" | "minLength" | "maxLength":
            near = Text("書き方を確かめてください。", "Check how it is spelt.")
            examples = error.schema.get("examples", []) if isinstance(error.schema, dict) else []
            if listed := "、".join(f"`{_spelt(example)}`" for example in examples[:3]):
                near = Text(f"{listed} のように書いてください。", f"Write it like {listed.replace('、', ', ')}.")
            yield Problem("HJ305", at, {"value": value, "near": near})
        case "minItems" | "minProperties" | "contains":
            yield Problem("HJ306", at, {"found": _length(error.instance), "least": asked})
        case "maxItems" | "maxProperties":
            yield Problem("HJ307", at, {"found": _length(error.instance), "most": asked})
        case bound if bound in _BOUNDS:
            ja, en = _BOUNDS[bound]
            yield Problem("HJ308", at, {"value": value, "bound": Text(ja.format(asked), en.format(asked))})
        case "uniqueItems":
            yield Problem("HJ309", at, {})
        case "anyOf" | "oneOf":  # no branch takes a value of this type, or more than one branch takes it
            types = [inner.validator_value for inner in error.context or () if inner.validator == "type"]
            yield wrong_type(node, types) if types else Problem("HJ311", at, {})
        case "not":
            yield Problem("HJ311", at, {})
        case _:
            yield Problem("HJ312", at, {"value": value})


def key_place(node: Node, key: str) -> tuple[int, int]:
    """Where a key of a mapping stands; where the mapping begins, if it has no such key."""
    at = (node.line, node.column)
    return node.keys.get(key, at) if isinstance(node, Mapping) else at


def forbidden_keys(properties: Any, node: Node) -> Iterator[Problem]:
    """The keys that `properties` (part of a schema) forbids with `key: false`."""
    # jsonschema says of `key: false` neither which key it was nor where.
    near = Text("ここではほかのキーと同時に書けないため、消してください。", "It excludes other keys here: remove it.")
    for key, subschema in properties.items() if isinstance(properties, dict) else ():
        if subschema is False and isinstance(node, Mapping) and key in node.entries:
            yield Problem("HJ301", key_place(node, key), {"key": key, "near": near})


def unknown_keys(schema: Any, node: Node) -> Iterator[Problem]:
    """The keys that a closed schema does not name."""
    if not isinstance(node, Mapping) or not isinstance(schema, dict):
        return
    known = list(schema.get("properties", ()))
    for key in node.entries:
        if key not in known and not any(re.search(pattern, key) for pattern in schema.get("patternProperties", ())):
            unknown = Problem("HJ301", key_place(node, key), {"key": key, "near": _near(key, known)})
            yield misplaced(node, key) or unknown


def wrong_type(node: Node, types: Iterable[str | list[str]]) -> Problem:
    """`types`: what `type` says in one or several places."""
    match plain(node) if isinstance(node, Scalar) else node:
        case None:
            found = "null"
        case bool():
            found = "boolean"
        case int():
            found = "integer"
        case str():
            found = "string"
        case Mapping():
            found = "object"
        case Sequence():
            found = "array"
    names = dict.fromkeys(name for type_ in types for name in ([type_] if isinstance(type_, str) else type_))
    asked = Text("・".join(_TYPES[name].ja for name in names), " or ".join(_TYPES[name].en for name in names))
    words: dict[str, object] = {"value": _brief(node), "found": _TYPES[found], "asked": asked}
    return Problem("HJ303", (node.line, node.column), words)


def _brief(node: Node) -> str:
    match node:
        case Scalar():
            return node.text
        case Mapping():
            return "{" + ", ".join(list(node.entries)[:3]) + "…}"
        case Sequence():
            return "[…]"


def _spelt(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) or value is None else str(value)


def _near(name: str, known: list[str]) -> Text:
    """The nearest known name, or the first few of them."""
    if meant := nearest(name, known):
        return Text(f"`{meant}` ではありませんか。", f"Did you mean `{meant}`?")
    if not known:
        return Text("このキーを消してください。", "Remove it.")
    first = ", ".join(known[:6]) + (" …" if len(known) > 6 else "")
    return Text(f"書けるのは {first} です。", f"Known here: {first}.")


def _length(instance: object) -> int:
    return len(instance) if isinstance(instance, (list, dict)) else 0
