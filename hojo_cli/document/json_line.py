"""A line of JSON Lines: `json` tells whether it is JSON, and the door for YAML, of which JSON is a part, reads it.

So every value has its column, and numbers keep their text, so that no amount becomes a float.
"""

import json
import re
from typing import Final

from hojo_cli.base.finding import Location, Text
from hojo_cli.document.nodes import Document
from hojo_cli.document.parsing import parse
from hojo_cli.messages import finding

_STRING: Final = r'"(?:[^"\\]|\\.)*+"'
_CONSTANT: Final = re.compile(rf"{_STRING}|(-?Infinity|NaN)")
_PART: Final = re.compile(
    r"(?P<character>\\u[dD][89abAB]..\\u[dD][c-fC-F]..)|(?P<half>\\u[dD][89a-fA-F])|\\.|(?P<bare>[^\\])", re.DOTALL
)
_UNLIKE_YAML: Final = re.compile("\\\\u[dD][89a-fA-F]|[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Halves of characters, and characters that YAML wants as an escape."""

_NO_VALUE: Final = Text("値がありません（NaN や Infinity も書けません）", "no value here; NaN and Infinity are none")
_NO_KEY: Final = Text('`"` で始まるキーがありません', "a key in quotes is missing")
_REASONS: Final = {
    "Expecting value": _NO_VALUE,
    "Expecting property name": _NO_KEY,
    "Expecting ':'": Text("`:` がありません", "a `:` is missing"),
    "Expecting ','": Text("`,` か `}`・`]` がありません", "`,`, `}` or `]` is missing"),
    "Extra data": Text("`}` の後に余分な文字があります", "something follows the closing `}`"),
    "": Text("文字列の書き方が違います", "a broken string"),
}
"""How the messages of `json` begin → our words."""
_BEGINNING: Final = Text("`{` で始まっていません", "it does not begin with `{`")
_HALF: Final = Text("文字列が文字でないものを含みます", "a string with half a character")
_TOO_MUCH: Final = Text("入れ子か値が多すぎるか、文字列が長すぎます", "too deep, too many values, or a string too long")


class _NotJsonError(Exception):
    def __init__(self, reason: Text, index: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.index = index


def parse_line(data: bytes, name: str, line: int) -> Document:
    """The object in `data`, which is this line of the file `name`; never raises for what is in it."""
    try:
        text = data.decode().rstrip("\r\n")
        _require_object(text)
        text = text.replace("\t", " ").replace("\r", " ")  # between values only
        if _UNLIKE_YAML.search(text):
            text = re.sub(_STRING, _as_yaml, text)
    except UnicodeDecodeError as problem:
        column = len(data[: problem.start].decode(errors="replace")) + 1
        return Document(None, (finding("HJ412", Location(name, line, column)),))
    except _NotJsonError as problem:
        return Document(None, (finding("HJ403", Location(name, line, problem.index + 1), reason=problem.reason),))
    read = parse(text.encode(), name, first_line=line)
    if read.root is None:  # as it is JSON, it can only be too large
        return Document(None, (finding("HJ403", read.findings[-1].where, reason=_TOO_MUCH),))
    return Document(read.root, tuple(found for found in read.findings if found.code == "HJ113"))


def _require_object(text: str) -> None:
    """`_NotJsonError` where the text is no JSON object."""

    def refuse(_: str) -> None:
        raise _NotJsonError(_NO_VALUE, next(match.start(1) for match in _CONSTANT.finditer(text) if match[1]))

    start = len(text) - len(text.lstrip(" \t\r"))
    if not text.startswith("{", start):
        raise _NotJsonError(_BEGINNING, start)
    try:
        json.loads(text, parse_int=str, parse_float=str, parse_constant=refuse)
    except RecursionError:  # it is too deep for the door as well, which tells where
        return
    except json.JSONDecodeError as problem:
        index, message = problem.pos, problem.msg  # where and why, the same in every version of Python
        if message.startswith("Illegal trailing comma"):
            index += 1 + len(text[index + 1 :]) - len(text[index + 1 :].lstrip())
            message = "Expecting property name" if text[index] == "}" else "Expecting value"
        elif message.startswith("Expecting ','") and re.match(r"[\w.+-]", text[index:]):
            token = re.search(r"[\w.+-]*\Z", text[:index])
            if token and token[0]:  # `01`, `truth`: no value, though it begins like one
                index, message = token.start(), "Expecting value"
        reason = next(_REASONS[words] for words in _REASONS if message.startswith(words))
        raise _NotJsonError(reason, index) from None


def _as_yaml(string: re.Match[str]) -> str:
    """The string as YAML spells it; what it is shorter is made up for behind it, so that columns stay true."""

    def spelt(match: re.Match[str]) -> str:
        part = match[0]
        match match.lastgroup:
            case "character":
                character: str = json.loads(f'"{part}"')
                return f"\\U{ord(character):08x}"
            case "half":
                raise _NotJsonError(_HALF, string.start())
            case "bare" if _UNLIKE_YAML.match(part):
                return f"\\u{ord(part):04x}"
        return part

    return _PART.sub(spelt, string[0]).ljust(len(string[0]))
