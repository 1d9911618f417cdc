"""`Record`: a named tuple at run time, an ordinary frozen class to a type checker.

The nodes of a ruleset contain each other. Type checkers compare named tuples by structure, and for types that lead back to
themselves that takes exponential time; classes are compared by name. At run time a named tuple is the cheapest frozen data
there is to make. `typing.NamedTuple` would compile every annotation when the class is defined, which costs start-up more than
all the rest of it, so the tuple is made from the names alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Self, dataclass_transform

    @dataclass_transform(frozen_default=True)
    class Record:
        """Frozen data, made with positional or named fields."""

        def _replace(self, **changes: object) -> Self:
            """The same record with some fields changed."""

else:
    from collections import namedtuple

    class _RecordType(type):
        """Turns a class body of annotated fields (and defaults) into a named tuple."""

        def __new__(mcls, name, bases, body):
            if not bases:
                return super().__new__(mcls, name, bases, body)
            fields = tuple(body["__annotations__"])  # the defining module has postponed annotations
            defaults = [body.pop(field) for field in fields if field in body]
            made = namedtuple(name, fields, defaults=defaults, module=body["__module__"])
            for key in body.keys() - {"__module__", "__qualname__"}:
                setattr(made, key, body[key])
            return made

    class Record(metaclass=_RecordType):
        """Frozen data, made with positional or named fields."""


__all__ = ["Record"]
