"""The verbs of the command line, as typer has them."""

from __future__ import annotations

from typing import Final

from typer.core import TyperGroup

from hojo_cli.cli import app


def verbs(group: TyperGroup, above: tuple[str, ...] = ()) -> dict[tuple[str, ...], list[str]]:
    """What follows `hojo`, each verb with the spellings of its options."""
    known: dict[tuple[str, ...], list[str]] = {}
    for name, verb in group.commands.items():
        words = (*above, name)
        known[words] = [flag for option in verb.params for flag in (*option.opts, *option.secondary_opts)]
        if isinstance(verb, TyperGroup):
            known |= verbs(verb, words)
    return known


VERBS: Final = verbs(app.command("ja"))
