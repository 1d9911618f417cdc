"""What hojo says of each keyword of JSON Schema that a node does not keep to."""

import re
from collections.abc import Callable, Iterator
from collections.abc import Mapping as Lookup
from typing import Any, Final, TypeAlias

from hojo_cli.base.finding import Text
from hojo_cli.base.suggest import nearest
from hojo_cli.document.nodes import Mapping, Node, Scalar, Sequence, plain
from hojo_cli.document.syntax import misplaced

Error: TypeAlias = Any
"""A `jsonschema.ValidationError`: Any, because jsonschema ships no types."""
Place: TypeAlias = tuple[int, int]
"""Line and column, from 1."""
Complaint: TypeAlias = tuple[str, Place, dict[str, object]]
"""A catalogue code, its place, its words."""


def key_place(node: Node, key: str) -> Place:
    """Where a key of a mapping stands; where the mapping begins, if it has no such key."""
    at = (node.line, node.column)
    return node.keys.get(key, at) if isinstance(node, Mapping) else at


def _at(node: Node) -> Place:
    return node.line, node.column


def _unknown_keys(error: Error, node: Node) -> Iterator[Complaint]:
    if not isinstance(node, Mapping) or not isinstance(error.schema, dict):
        return
    known = list(error.schema.get("properties", ()))
    for key in node.entries:
        if key not in known and _outside_patterns(key, error.schema):
            if told := misplaced(node, key):
                code, line, column, words = told
                yield code, (line, column), words
                continue
            yield "HJ301", key_place(node, key), {"key": key, "near": _advice(key, known)}


def forbidden_keys(properties: Any, node: Node) -> Iterator[Complaint]:
    """The keys that `properties` (part of a schema) forbids with `key: false`."""
    # jsonschema says of `key: false` neither which key it was nor where.
    near = Text("ここではほかのキーと同時に書けないため、消してください。", "It excludes other keys here: remove it.")
    for key, subschema in properties.items() if isinstance(properties, dict) else ():
        if subschema is False and isinstance(node, Mapping) and key in node.entries:
            yield "HJ301", key_place(node, key), {"key": key, "near": near}


def _outside_patterns(key: str, schema: Lookup[str, Any]) -> bool:
    return not any(re.search(pattern, key) for pattern in schema.get("patternProperties", ()))


def _missing_keys(error: Error, node: Node) -> Iterator[Complaint]:
    if not isinstance(node, Mapping):
        return
    wanted = error.validator_value
    if isinstance(wanted, dict):  # dependentRequired
        wanted = [key for given, keys in wanted.items() if given in node.entries for key in keys]
    for key in wanted:
        if key not in node.entries:
            yield "HJ302", _at(node), {"key": key}


_TYPES: Final = {
    "object": Text("`キー: 値` の集まり", "a mapping (`key: value`)"),
    "array": Text("並び（`[…]` か `-`）", "a list (`[…]` or `-`)"),
    "string": Text("文字", "text"),
    "integer": Text("整数", "an integer"),
    "number": Text("数", "a number"),
    "boolean": Text("`true` か `false`", "`true` or `false`"),
    "null": Text("空", "nothing"),
}


def _wrong_type(error: Error, node: Node) -> Iterator[Complaint]:
    asked = error.validator_value
    names = [asked] if isinstance(asked, str) else list(asked)
    yield _type_complaint(node, names)


def _type_complaint(node: Node, names: list[str]) -> Complaint:
    words: dict[str, object] = {"value": _brief(node), "found": _TYPES[_type_of(node)], "asked": _either(names)}
    return "HJ303", _at(node), words


def _either(names: list[str]) -> Text:
    told = [_TYPES[name] for name in dict.fromkeys(names)]
    return Text("・".join(each.ja for each in told), " or ".join(each.en for each in told))


def _type_of(node: Node) -> str:
    match plain(node) if isinstance(node, Scalar) else node:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case str():
            return "string"
        case Mapping():
            return "object"
        case _:
            return "array"


def _brief(node: Node) -> str:
    match node:
        case Scalar():
            return node.text
        case Mapping():
            return "{" + ", ".join(list(node.entries)[:3]) + "…}"
        case Sequence():
            return "[…]"


def _not_a_choice(error: Error, node: Node) -> Iterator[Complaint]:
    wanted = error.validator_value
    choices = [_spelt(each) for each in (wanted if isinstance(wanted, list) else [wanted])]
    value = _brief(node)
    yield "HJ304", _at(node), {"value": value, "near": _advice(value, choices)}


def _spelt(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) or value is None else str(value)


def _advice(name: str, known: list[str]) -> Text:
    """The nearest known name, or the first few of them."""
    if meant := nearest(name, known):
        return Text(f"`{meant}` ではありませんか。", f"Did you mean `{meant}`?")
    if not known:
        return Text("このキーを消してください。", "Remove it.")
    some = ", ".join(known[:6]) + (" …" if len(known) > 6 else "")
    return Text(f"書けるのは {some} です。", f"Known here: {some}.")


def _misspelt(error: Error, node: Node) -> Iterator[Complaint]:
    yield "HJ305", _at(node), {"value": _brief(node), "near": _example(error)}


def _example(error: Error) -> Text:
    examples = error.schema.get("examples", []) if isinstance(error.schema, dict) else []
    told = "、".join(f"`{_spelt(each)}`" for each in examples[:3])
    if told:
        return Text(f"{told} のように書いてください。", f"Write it like {told.replace('、', ', ')}.")
    return Text("書き方を確かめてください。", "Check how it is spelt.")


def _too_few(error: Error, node: Node) -> Iterator[Complaint]:
    yield "HJ306", _at(node), {"found": _length(error), "least": error.validator_value}


def _too_many(error: Error, node: Node) -> Iterator[Complaint]:
    yield "HJ307", _at(node), {"found": _length(error), "most": error.validator_value}


def _length(error: Error) -> int:
    return len(error.instance) if isinstance(error.instance, (list, dict)) else 0


_BOUNDS: Final = {
    "minimum": Text("{} 以上", "at least {}"),
    "maximum": Text("{} 以下", "at most {}"),
    "exclusiveMinimum": Text("{} より大きい数", "above {}"),
    "exclusiveMaximum": Text("{} 未満", "below {}"),
    "multipleOf": Text("{} の倍数", "a multiple of {}"),
}


def _out_of_range(error: Error, node: Node) -> Iterator[Complaint]:
    bound = _BOUNDS[str(error.validator)]
    told = Text(*(text.format(error.validator_value) for text in bound))
    yield "HJ308", _at(node), {"value": _brief(node), "bound": told}


def _repeated(_: Error, node: Node) -> Iterator[Complaint]:
    yield "HJ309", _at(node), {}


def _alternatives(error: Error, node: Node) -> Iterator[Complaint]:
    """No branch takes a value of this type, or more than one branch takes it."""
    asked = [inner.validator_value for inner in error.context or () if inner.validator == "type"]
    names = [name for each in asked for name in ([each] if isinstance(each, str) else each)]
    if names:
        yield _type_complaint(node, names)
    else:
        yield "HJ311", _at(node), {}


def _mixed(_: Error, node: Node) -> Iterator[Complaint]:
    yield "HJ311", _at(node), {}


def other(_: Error, node: Node) -> Iterator[Complaint]:
    """Any keyword without a sentence of its own."""
    yield "HJ312", _at(node), {"value": _brief(node)}


WRITERS: Final[dict[str, Callable[[Error, Node], Iterator[Complaint]]]] = {
    "additionalProperties": _unknown_keys,
    "unevaluatedProperties": _unknown_keys,
    "required": _missing_keys,
    "dependentRequired": _missing_keys,
    "type": _wrong_type,
    "enum": _not_a_choice,
    "const": _not_a_choice,
    "pattern": _misspelt,
    "format": _misspelt,
    "minLength": _misspelt,
    "maxLength": _misspelt,
    "minItems": _too_few,
    "minProperties": _too_few,
    "contains": _too_few,
    "maxItems": _too_many,
    "maxProperties": _too_many,
    "minimum": _out_of_range,
    "maximum": _out_of_range,
    "exclusiveMinimum": _out_of_range,
    "exclusiveMaximum": _out_of_range,
    "multipleOf": _out_of_range,
    "uniqueItems": _repeated,
    "anyOf": _alternatives,
    "oneOf": _alternatives,
    "not": _mixed,
}
