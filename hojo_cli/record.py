"""`Record`: a `NamedTuple` at run time, an ordinary frozen class to a type checker.

The nodes of a ruleset contain each other. Type checkers compare named tuples by structure, and for types that lead back to
themselves that takes exponential time; classes are compared by name. At run time a named tuple stays the cheapest frozen data
there is to define and to make, which start-up and evaluation feel.
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
    from typing import NamedTuple as Record

__all__ = ["Record"]
