"""An ordinary command line: every word known, every value where it belongs.

Half of a short run went into loading typer, which is needed where somebody asks for help, makes a mistake or completes a word. A line
that leaves nothing to explain is read here, from the same table; anything else is left to `cli`. A test holds the two together.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

from hojo_cli.usage import LANGUAGES, VERBS, Parameter, Verb

Value: TypeAlias = str | int | list[str]


class Call(NamedTuple):
    """A verb and what was said; what was left out is the verb's own default."""

    words: tuple[str, ...]
    values: Mapping[str, Value]


_COMPLETION: Final = "_HOJO_COMPLETE"
_PATTERNS: Final = frozenset("*?[~$%")
"""On Windows, where no shell expands them, typer does."""


def read(arguments: Sequence[str], environment: Mapping[str, str]) -> Call | None:
    """The call, or None where typer has to look."""
    if _COMPLETION in environment or (os.name == "nt" and any(_PATTERNS & set(word) for word in arguments)):
        return None
    words = tuple(arguments[:2])
    verb = VERBS.get(words) or VERBS.get(words[:1])
    return None if verb is None else _call(verb, list(arguments[len(verb.words) :]))


def _call(verb: Verb, left: list[str]) -> Call | None:
    flags = {flag: parameter for parameter in verb.parameters for flag in parameter.flags}
    values: dict[str, Value] = {}
    placed: list[str] = []
    while left:
        word = left.pop(0)
        if not word or (word.startswith("-") and word != "-" and word.partition("=")[0] not in flags):
            return None
        if word == "-" or not word.startswith("-"):
            placed.append(word)
            continue
        parameter = flags[word.partition("=")[0]]
        value = _value(parameter, word, left)
        if value is None or not _add(values, parameter, value):
            return None
    return Call(verb.words, values) if _place(verb, placed, values) else None


def _value(parameter: Parameter, word: str, left: list[str]) -> Value | None:
    """What an option says; None where it is not plainly that."""
    name, separator, text = word.partition("=")
    if parameter.kind in ("flag", "switch"):
        return None if separator else name == parameter.flags[0] or parameter.kind == "flag"
    if separator and not name.startswith("--"):
        return None
    if not separator:
        text = left.pop(0) if left else ""
    if not text or (not separator and text.startswith("-") and text != "-"):
        return None
    if parameter.name == "lang" and text not in LANGUAGES:
        return None
    return _number(text, parameter.most) if parameter.kind == "number" else text


def _number(text: str, most: int | None) -> int | None:
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        return None
    return int(text) if most is None or int(text) <= most else None


def _add(values: dict[str, Value], parameter: Parameter, value: Value) -> bool:
    """Whether it could be added: only `words` may be said more than once."""
    if parameter.kind == "words":
        found = values.setdefault(parameter.name, [])
        assert isinstance(found, list)
        found.append(str(value))
        return True
    if parameter.name in values:
        return False
    values[parameter.name] = value
    return True


def _place(verb: Verb, placed: list[str], values: dict[str, Value]) -> bool:
    """Give each word without a flag its parameter; whether all have one, and no parameter is wanting."""
    for parameter in verb.parameters:
        if not parameter.flags:
            if parameter.kind == "words":
                taken: Value = placed
                placed = []
            else:
                taken, placed = (placed[0], placed[1:]) if placed else ("", [])
            if taken:
                values[parameter.name] = taken
            elif parameter.required:
                return False
    return not placed
