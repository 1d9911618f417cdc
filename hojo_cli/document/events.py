"""Where YAML events come from: ruamel's C parser, or its pure Python one where C is absent."""

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

# Any: neither parser has type stubs; what is used of an event is checked by tests.
Next = Callable[[], Any]


class Kinds(NamedTuple):
    """The event classes (the same for both parsers) and the error every parser raises."""

    scalar: type
    mapping: type
    sequence: type
    mapping_end: type
    sequence_end: type
    alias: type
    document: type
    stream_end: type
    error: type[Exception]


class Engine(NamedTuple):
    """A way to get events: `start(text, data)` gives the function that returns the next one."""

    start: Callable[[str, bytes], Next]
    kinds: Kinds


@cache
def engine(pure: bool = False) -> Engine:
    """The C engine where it is installed, else the pure one; `pure` asks for the latter."""
    if pure:
        return Engine(_start_pure, _kinds())
    try:
        from _ruamel_yaml import CParser  # type: ignore[import-not-found]  # no stubs exist
    except ImportError:
        return engine(pure=True)
    return Engine(lambda _, data: CParser(data).get_event, _kinds())


def _start_pure(text: str, _: bytes) -> Next:
    from ruamel.yaml import YAML

    events = YAML(typ="safe", pure=True).parse(text)
    return lambda: next(events)


def _kinds() -> Kinds:
    from ruamel.yaml import events
    from ruamel.yaml.error import YAMLError

    return Kinds(
        events.ScalarEvent,
        events.MappingStartEvent,
        events.SequenceStartEvent,
        events.MappingEndEvent,
        events.SequenceEndEvent,
        events.AliasEvent,
        events.DocumentStartEvent,
        events.StreamEndEvent,
        YAMLError,
    )
