"""Variants of a ruleset: some of its figures as the columns of a table, so that one query reckons all of them.

`frames.general.bands.upper.cap=400万円,450万円` names a figure by its place in the ruleset and what it may be; several such make every
combination. The values are known when the query is written: so are the bounds of what comes of them, and one denominator of rates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from math import lcm, prod
from typing import Final

from hojo_cli.base.exact import Exact
from hojo_cli.base.number import Kind
from hojo_cli.base.record import Record
from hojo_cli.rules.nodes import Number as Figure
from hojo_cli.tables.sql.dialect import Dialect
from hojo_cli.tables.sql.level import Names
from hojo_cli.tables.sql.number import Number


class Varied(Record):
    """A figure by its path, and what it may be."""

    path: str
    kind: Kind
    values: tuple[Exact, ...]

    @property
    def name(self) -> str:
        """The path as one writes it."""
        return self.path.removesuffix(".use")

    @property
    def under(self) -> int:
        """One denominator of all values."""
        return lcm(*[value.denominator for value in self.values])


class Variants(Record):
    """Every combination of what some figures may be; none where no figure varies."""

    figures: tuple[Varied, ...]

    @property
    def size(self) -> int:
        """How many there are."""
        return prod(len(varied.values) for varied in self.figures)

    def rows(self) -> Iterator[tuple[Exact, ...]]:
        """The variants from the first, the last figure changing fastest."""
        return product(*(varied.values for varied in self.figures))

    def under(self, figure: Figure) -> int:
        """The denominator of a figure, in whatever variant."""
        varied = next((varied for varied in self.figures if varied.path == figure.path), None)
        return figure.value.denominator if varied is None else varied.under

    def numbers(self, names: Names) -> dict[str, Number]:
        """Each figure by its path as a column, which is named here."""
        return {
            varied.path: Number(
                names.new(re.sub(r"[^A-Za-z0-9]+", "_", varied.name).strip("_")),
                max(1, *(int(value * varied.under) for value in varied.values)),
                varied.under,
            )
            for varied in self.figures
        }

    def columns(self, numbers: dict[str, Number], dialect: Dialect) -> Iterator[tuple[str, Number]]:
        """The column of the table for each of those."""
        for varied in self.figures:
            yield f"CAST(variants.{dialect.named(varied.name)} AS {dialect.columns['yen']})", numbers[varied.path]

    def written(self, dialect: Dialect) -> Iterator[str]:
        """The table, as a common table expression."""
        if not self.figures:
            return
        names = ", ".join(dialect.named(varied.name) for varied in self.figures)
        shares = "".join(f"  -- {varied.name}: 1/{varied.under}\n" for varied in self.figures if varied.under > 1)
        unders = [varied.under for varied in self.figures]
        rows = []
        for place, row in enumerate(self.rows(), 1):
            values = (str(int(value * under)) for value, under in zip(row, unders, strict=True))
            rows.append(f"({place}, {', '.join(values)})")
        yield f"variants (variant, {names}) AS (\n{shares}  VALUES\n    " + ",\n    ".join(rows) + "\n)"


NONE: Final = Variants(())
