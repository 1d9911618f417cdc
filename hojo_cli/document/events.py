"""Where YAML events come from: ruamel's C parser, or its pure Python one where C is absent."""

from collections.abc import Callable
from functools import cache
from typing import Any, Final, NamedTuple

from ruamel.yaml import YAML

from hojo_cli.document.nodes import Limits

# Any: neither parser has type stubs; what is used of an event is checked by tests.
Next = Callable[[], Any]


class Engine(NamedTuple):
    """A way to get events: `start(text, data)` gives the function that returns the next one.

    A `slow` one takes some forty times as long, and on some input the square of it.
    """

    start: Callable[[str, bytes], Next]
    slow: bool


LONGEST_RUN: Final = 20_000
"""The most characters without a blank that the pure parser is given."""


@cache
def engine(pure: bool = False) -> Engine:
    """The C engine where it is installed, else the pure one; `pure` asks for the latter."""
    if not pure:
        try:
            from _ruamel_yaml import CParser  # type: ignore[import-not-found]  # no stubs exist
        except ImportError:
            pass
        else:
            return Engine(lambda _, data: CParser(data).get_event, slow=False)
    return Engine(lambda text, _: YAML(typ="safe", pure=True).parse(text).__next__, slow=True)


def slower(limits: Limits) -> Limits:
    """The bounds of a file where it is the pure parser that reads it: for the same two seconds."""
    return limits._replace(size=min(limits.size, 512 << 10), nodes=min(limits.nodes, 12_000))


def endless_run(text: str) -> int | None:
    """Where a run of more than `LONGEST_RUN` characters without a blank begins."""
    longest = max(text.split(), key=len, default="")
    return text.index(longest) if len(longest) > LONGEST_RUN else None
