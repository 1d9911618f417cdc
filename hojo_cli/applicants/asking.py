"""A question, and how it is asked where there is nothing but lines: the text, a number before each choice, an answer that is typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from hojo_cli.base.finding import Text
from hojo_cli.base.record import NamedTuple
from hojo_cli.base.sanitize import for_terminal
from hojo_cli.files import streams


class BackError(Exception):
    """Whoever answers wants to see the question before this one again."""


class Question(NamedTuple):
    """What is asked, the lines that explain it, and its choices by id; `several` of them may be named.

    `key` tells it from any other; one that is `required` has no unknown answer. `written` is what was answered before, if anything. `alone` is what no answer means, where that
    is not that nobody knows. `progress` says how far this is.
    """

    key: str
    title: str
    notes: tuple[str, ...] = ()
    choices: Mapping[str, str] = {}
    spellings: Mapping[str, str] = {}
    several: bool = False
    required: bool = False
    written: str = ""
    alone: str = ""
    progress: str = ""


Prompt: TypeAlias = "Callable[[Question, str], str]"
"""Asks a question in a language; empty where nobody knows. `BackError`, `EOFError` and `KeyboardInterrupt` where there is no answer."""

BACK: Final = "<"
UNKNOWN: Final = "-"

_NUMBERED: Final = Text("番号・id・名前のどれでも答えられます。", "Answer by number, id or label.")
_SEVERAL: Final = Text(
    "当てはまるものを「1, 3」のように書きます。1つもなければ「[]」です。",
    "Name all that apply, like `1, 3`; `[]` for none.",
)
_ALONE: Final = Text("Enter だけなら「{0}」です。", "Enter alone: {0}")
_TAKE_BACK: Final = Text("「-」で、分からないに戻します。", "`-` makes it unknown again.")


def on_lines(question: Question, lang: str) -> str:
    """The question on standard error, so that standard output holds the file alone; a line from the terminal."""
    lines = [f"{question.progress} {question.title}".strip(), *(f"  {note}" for note in question.notes)]
    lines += [f"  {number}. {label} ({name})" for number, (name, label) in enumerate(question.choices.items(), 1)]
    if question.choices:
        lines.append(f"  {(_SEVERAL if question.several else _NUMBERED).into(lang)}")
    if question.alone and not question.written:
        lines.append(f"  {_ALONE.into(lang).format(question.alone)}")
    if question.written:
        said = question.choices.get(question.written, question.written)
        unknown = "" if question.required else _TAKE_BACK.into(lang)
        lines.append(f"  {_ALONE.into(lang).format(said)} {unknown}".rstrip())
    streams.say("\n" + "\n".join(map(for_terminal, lines)))
    answer = input().strip()
    if answer in (BACK, "＜"):
        raise BackError
    if answer == UNKNOWN:
        return ""
    return answer or question.written
