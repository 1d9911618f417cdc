"""`Record`: a named tuple at run time, an ordinary frozen class to a type checker. `NamedTuple`: the same, to a type checker a tuple too.

The nodes of a ruleset contain each other. Type checkers compare named tuples by structure, and for types that lead back to
themselves that takes exponential time; classes are compared by name. At run time a tuple with names is the cheapest frozen data
there is to make, and here the class too is cheap to define: `typing.NamedTuple` compiles every annotation and
`collections.namedtuple` a constructor for each class, which at start-up costs more than all the rest of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NamedTuple, Self, dataclass_transform

    @dataclass_transform(frozen_default=True)
    class Record:
        """Frozen data, made with positional or named fields."""

        def _replace(self, **changes: object) -> Self:
            """The same record with some fields changed."""

else:
    from collections import _tuplegetter
    from functools import cache
    from types import FunctionType

    class _Tuple(tuple):
        """What all records have of a named tuple."""

        __slots__ = ()

        @classmethod
        def _make(cls, values):
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"{cls.__name__} has {len(cls._fields)} fields, not {len(made)}")
            return made

        def _replace(self, **changes):
            made = self._make(map(changes.pop, self._fields, self))
            if changes:
                raise ValueError(f"{type(self).__name__} has no {', '.join(changes)}")
            return made

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __reduce__(self):  # read from a pickle without a call of `__new__`: in half the time
            return tuple.__new__, (type(self), tuple(self))

        def __repr__(self):
            fields = ", ".join(f"{field}={value!r}" for field, value in zip(self._fields, self, strict=True))
            return f"{type(self).__name__}({fields})"

    @cache
    def _constructor(size):
        """Takes `size` fields; each record gets a copy of its own, with the names of its fields in place of these."""
        names = ", ".join(f"_{place}" for place in range(size))
        return eval(f"lambda _cls, {names}: _new(_cls, ({names},))", {"_new": tuple.__new__})  # noqa: S307  # no input

    class _RecordType(type):
        """Turns a class body of annotated fields (and defaults) into a tuple with names."""

        def __new__(mcls, name, bases, body):
            if not bases:
                return super().__new__(mcls, name, bases, body)
            fields = tuple(body.pop("__annotations__"))  # the defining module has postponed annotations
            defaults = tuple(body.pop(field) for field in fields if field in body)
            bare = _constructor(len(fields))
            code = bare.__code__.replace(co_varnames=("_cls", *fields), co_name="__new__")
            body |= {field: _tuplegetter(place, field) for place, field in enumerate(fields)}
            body |= {"__slots__": (), "_fields": fields, "__match_args__": fields}
            return type(name, (_Tuple,), body | {"__new__": FunctionType(code, bare.__globals__, name, defaults)})

    class Record(metaclass=_RecordType):
        """Frozen data, made with positional or named fields."""

    NamedTuple = Record


__all__ = ["NamedTuple", "Record"]
