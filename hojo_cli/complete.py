"""What a shell asks when somebody presses Tab, answered from the table of verbs: loading typer would be felt at every key.

The scripts that ask are typer's (`hojo --install-completion`), and so are what they say and expect; `cli` answers whatever is not
here. A test holds the two together.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from hojo_cli.base.finding import Text
from hojo_cli.usage import COMMON, VERBS, Verb


class Answer(NamedTuple):
    """The words on offer as the shell wants them, and the exit code it looks at."""

    text: str
    code: int = 0


def answer(environment: Mapping[str, str], lang: str) -> Answer | None:
    """None where it is no such question, or not one of these shells."""
    shell = environment.get("_HOJO_COMPLETE", "").removeprefix("complete_")
    if shell == "bash":
        words = _split(environment.get("COMP_WORDS", ""))
        place = int(environment.get("COMP_CWORD", "0"))
        before, begun = words[1:place], words[place] if place < len(words) else ""
        return Answer("\n".join(value for value, _ in offers(before, begun)))
    if shell not in ("zsh", "fish", "powershell", "pwsh"):
        return None
    line = environment.get("_TYPER_COMPLETE_ARGS", "")
    before, begun = _split(line)[1:], environment.get("_TYPER_COMPLETE_WORD_TO_COMPLETE", "")
    if begun or (shell in ("zsh", "fish") and before and not line.endswith(" ")):
        begun = before.pop() if before else begun
    found = [(value, text.into(lang)) for value, text in offers(before, begun)]
    if shell == "zsh":
        told = "\n".join(f'"{_quoted(value)}":"{_quoted(text)}"' for value, text in found)
        return Answer(f"_arguments '*: :(({told}))'" if found else "_files")
    if shell == "fish":
        if environment.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args":
            return Answer("", 0 if found else 1)
        return Answer("\n".join(f"{value}\t{text}" for value, text in found))
    return Answer("\n".join(f"{value}:::{text}" for value, text in found))


def offers(before: list[str], begun: str) -> Iterator[tuple[str, Text]]:
    """The words that may stand there, with what they mean. Nothing where a file may: shells know those themselves."""
    verb = VERBS.get(tuple(before[:2])) or VERBS.get(tuple(before[:1]))
    found = _options(verb, before) if begun.startswith("-") else _words(verb, before)
    return ((value, text) for value, text in found if value.startswith(begun))


def _options(verb: Verb | None, before: list[str]) -> Iterator[tuple[str, Text]]:
    """The options that were not given yet."""
    for parameter in (*(() if verb is None else verb.parameters), *COMMON):
        if parameter.kind == "words" or not any(flag in before for flag in parameter.flags):
            yield from ((flag, parameter.help) for flag in parameter.flags)


def _words(verb: Verb | None, before: list[str]) -> Iterator[tuple[str, Text]]:
    """The values of the option before, if it has a few; else the verbs below."""
    above = () if verb is None else verb.words
    last = before[-1] if len(before) > len(above) else ""
    for parameter in () if verb is None else verb.parameters:
        if last in parameter.flags and parameter.kind not in ("flag", "switch"):
            yield from ((value, parameter.help) for value in parameter.values)
            return
    if len(before) == len(above):
        for words, below in VERBS.items():
            if words[:-1] == above:
                yield words[-1], below.help


def _split(line: str) -> list[str]:
    """A command line as far as it is there: the last quotation mark may still be open."""
    lexer = shlex.shlex(line, posix=True)
    lexer.whitespace_split = True
    lexer.commenters = ""
    words: list[str] = []
    try:
        words.extend(lexer)
    except ValueError:
        words.append(lexer.token)
    return words


_ZSH: Final = str.maketrans({'"': '""', "'": "''", "$": "\\$", "`": "\\`", ":": "\\\\:"})


def _quoted(text: str) -> str:
    """As zsh reads it inside `_arguments`."""
    return text.translate(_ZSH)
