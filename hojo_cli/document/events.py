"""Where YAML events come from: ruamel's C parser, or its pure Python one where C is absent."""

from collections.abc import Callable
from functools import cache
from typing import Any, Final, TypeAlias

from ruamel.yaml import YAML

from hojo_cli.document.nodes import Limits

# Any: neither parser has type stubs; what is used of an event is checked by tests.
Next = Callable[[], Any]


Start: TypeAlias = Callable[[str, bytes], Next]
"""`start(text, data)` gives the function that returns the next event."""

LONGEST_RUN: Final = 20_000
"""The most characters without a blank that the pure parser is given."""


@cache
def engine(pure: bool = False) -> tuple[Start, bool]:
    """How to get events, and whether that is slow: by C where it is installed, else (or where that is asked for) by the `pure` parser.

    A slow one takes some forty times as long, and on some input the square of it.
    """
    if not pure:
        try:
            from _ruamel_yaml import CParser  # type: ignore[import-not-found]  # no stubs exist
        except ImportError:
            pass
        else:
            return lambda _, data: CParser(data).get_event, False
    return lambda text, _: YAML(typ="safe", pure=True).parse(text).__next__, True


def slower(limits: Limits) -> Limits:
    """The bounds of a file where it is the pure parser that reads it: for the same two seconds."""
    return limits._replace(size=min(limits.size, 512 << 10), nodes=min(limits.nodes, 12_000))


def endless_run(text: str) -> int | None:
    """Where a run of more than `LONGEST_RUN` characters without a blank begins."""
    longest = max(text.split(), key=len, default="")
    return text.index(longest) if len(longest) > LONGEST_RUN else None
