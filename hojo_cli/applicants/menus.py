"""Questions with lists and arrow keys, by questionary; None where it is not installed, or where the terminal has no such keys."""

from __future__ import annotations

import os
import sys
from fractions import Fraction
from typing import Any, Final

from hojo_cli.applicants.asking import BackError, Prompt, Question
from hojo_cli.applicants.blank import several
from hojo_cli.base.finding import Text
from hojo_cli.base.sanitize import for_terminal
from hojo_cli.files import streams

_UNKNOWN: Final = Text("分からない（あとで答える）", "I do not know (later)")
_NONE: Final = Text("どれでもない", "none of these")
_NOTHING: Final = "[]"
_UNMARKED: Final = Text("スペースで印を付けてから Enter を押します", "mark with the space bar, then press Enter")
_PICK: Final = Text("（↑↓ で選んで Enter、Esc：前の質問へ）", "(↑↓ and Enter; Esc: the question before)")
_MARK: Final = Text(
    "（↑↓ で動き、スペースで印を付けて Enter、Esc：前の質問へ）", "(↑↓, space marks, Enter; Esc: the question before)"
)
_TYPE: Final = Text("（空のまま Enter：{0}、Esc：前の質問へ）", "(Enter alone: {0}; Esc: the question before)")
_NOT_KNOWN: Final = Text("分からない", "unknown")
_REQUIRED: Final = Text("（Esc：前の質問へ）", "(Esc: the question before)")


def installed() -> bool:
    """Whether questionary is there."""
    from importlib.util import find_spec

    return find_spec("questionary") is not None


def menus() -> Prompt | None:
    """How to ask with lists."""
    plain = os.environ.get("TERM", "") in ("", "dumb") and os.name != "nt"
    return by_menu if sys.stdin.isatty() and not plain and installed() else None


def by_menu(question: Question, lang: str) -> str:
    """A list for choices, marks for several, else a line that can be edited."""
    import questionary
    from prompt_toolkit.output import create_output

    title = for_terminal(question.title)
    above = [question.progress, *(f"  {note}" for note in question.notes)]
    streams.say("\n".join(("", *map(for_terminal, filter(None, above)))))
    there: Any = {"output": create_output(stdout=sys.stderr)}
    choices = [questionary.Choice(for_terminal(label), value=name) for name, label in question.choices.items()]
    if question.several:
        marked = several(question.written)
        for choice in choices:
            choice.checked = choice.value in marked
        none = questionary.Choice(_NONE.into(lang), value=_NOTHING, checked=question.written == _NOTHING)
        unknown = questionary.Choice(_UNKNOWN.into(lang), value="")
        prompt = questionary.checkbox(
            title,
            [*choices, none, unknown],
            instruction=_MARK.into(lang),
            validate=lambda chosen: bool(chosen) or _UNMARKED.into(lang),
            **there,
        )
        chosen = _asked(prompt)
        return "" if "" in chosen else f"[{', '.join(name for name in chosen if name != _NOTHING)}]"
    if choices:
        if not question.required:
            choices.append(questionary.Choice(_UNKNOWN.into(lang), value=""))
        default = question.written if question.written in question.choices else None
        prompt = questionary.select(
            title,
            choices,
            default=default,
            instruction=_PICK.into(lang),
            use_jk_keys=False,
            **there,
        )
        return str(_asked(prompt))
    alone = _TYPE.into(lang).format(question.alone or _NOT_KNOWN.into(lang))
    instruction = _REQUIRED.into(lang) if question.required else alone
    return str(_asked(questionary.text(title, default=question.written, instruction=instruction, **there))).strip()


def _asked(prompt: Any) -> Any:
    """The answer. (Any: a question of questionary, and whatever its choices stand for.)"""
    from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings

    keys = KeyBindings()

    @keys.add("escape", eager=False)
    def back(event: Any) -> None:  # Any: an event of prompt_toolkit
        event.app.exit(exception=BackError())

    @keys.add("c-d")
    def stop(event: Any) -> None:  # Any: as above
        event.app.exit(exception=EOFError())

    application = prompt.application
    # An arrow key begins with Esc, too: the wait for its rest is cut from a second to a tenth.
    application.ttimeoutlen = application.timeoutlen = Fraction(1, 10)
    application.key_bindings = merge_key_bindings([application.key_bindings, keys])
    return prompt.unsafe_ask()
