"""The items of all applicants, from the table to what those of each applicant (or member) come to together."""

from __future__ import annotations

from collections.abc import Iterator

from hojo_cli.base.finding import Text
from hojo_cli.tables.sql.dialect import BIG
from hojo_cli.tables.sql.items import MOST_MONTHS, WORD, Purchases
from hojo_cli.tables.sql.level import comment


class Bought:
    """The common table expressions: `priced`, `costed`, `within_months`, `picked` a row for each item, `bought` one for all of somebody."""

    def __init__(self, purchases: Purchases) -> None:
        self.purchases = purchases
        self.ruleset = purchases.ruleset
        self.dialect = purchases.dialect

    def written(self) -> Iterator[str]:
        """One on the other."""
        yield self.priced()
        yield self.costed()
        yield self.picked()
        yield self.together()

    def priced(self) -> str:
        """Each item: its price without tax, for how many pieces, what time it pays for, its fields as bits."""
        limits, tax = self.dialect.limits, self.ruleset.tax_included.value
        price = "coalesce(amount, monthly, yearly)"
        category = self.dialect.coded("category", list(self.ruleset.categories))
        untaxed = self.dialect.divided(f"({price} * {tax.numerator})", str(tax.denominator))
        within = (
            f"{category} IS NOT NULL",
            (
                "(CASE WHEN amount IS NULL THEN 0 ELSE 1 END) + (CASE WHEN monthly IS NULL THEN 0 ELSE 1 END)"
                " + (CASE WHEN yearly IS NULL THEN 0 ELSE 1 END) = 1"
            ),
            f"{price} BETWEEN 0 AND {limits.yen}",
            "(tax IS NULL OR tax IN ('included', 'excluded'))",
            f"coalesce(quantity, 1) BETWEEN 1 AND {10**6}",
            f"coalesce(discount, 0) BETWEEN 0 AND {limits.yen}",
            "(amount IS NULL OR (years IS NULL AND coalesce(months, 1) > 0))",
            "(monthly IS NULL OR (years IS NULL AND months IS NOT NULL))",
            "(yearly IS NULL OR (months IS NULL AND years IS NOT NULL))",
            f"coalesce(months, 0) BETWEEN 0 AND {MOST_MONTHS}",
            f"coalesce(years, 0) BETWEEN 0 AND {MOST_MONTHS // 12}",
        )
        masks = [
            f"  {self.bits(self.dialect.named(name), list(field.choices))} AS {self.purchases.mask(name)}"
            for name, field in self.ruleset.fields.items()
        ]
        masks += [
            f"  {self.dialect.listed_in(self.dialect.named(name))} AS listed_{place}"
            for place, name in enumerate(self.ruleset.fields, 1)
        ]
        rows = [
            "  applicant",
            "  member",
            f"  {category} AS category",
            f"  CASE WHEN {price} BETWEEN 0 AND {limits.yen} THEN CASE WHEN tax = 'included' THEN {untaxed} ELSE {price} END ELSE 0 END AS unit",
            f"  CASE WHEN coalesce(quantity, 1) BETWEEN 1 AND {10**6} THEN coalesce(quantity, 1) ELSE 0 END AS pieces",
            (
                f"  CASE WHEN monthly IS NOT NULL AND months BETWEEN 0 AND {MOST_MONTHS} THEN months"
                f" WHEN yearly IS NOT NULL AND years BETWEEN 0 AND {MOST_MONTHS // 12} THEN years ELSE 1 END AS times"
            ),
            f"  CASE WHEN yearly IS NOT NULL AND years BETWEEN 0 AND {MOST_MONTHS // 12} THEN years * 12 WHEN months BETWEEN 0 AND {MOST_MONTHS} THEN months END AS months",
            "  amount IS NOT NULL AS at_once",
            f"  CASE WHEN discount BETWEEN 0 AND {limits.yen} THEN discount ELSE 0 END AS discount",
            *masks,
            "  NOT coalesce(" + "\n    AND ".join(within) + ", FALSE) AS odd",
        ]
        return f"priced AS {self.dialect.apart}(\n  SELECT\n  " + ",\n  ".join(rows) + "\n  FROM items\n)"

    def bits(self, column: str, choices: list[str]) -> str:
        """A list of choices as bits."""
        bits = " + ".join(
            f"CASE WHEN {self.dialect.holds(column, choice)} THEN {1 << place} ELSE 0 END"
            for place, choice in enumerate(choices)
        )
        return f"CASE WHEN {column} IS NOT NULL THEN {bits or '0'} END"

    def costed(self) -> str:
        """What each item costs: the discount taken off, nothing where it is beyond what is reckoned with."""
        most = self.dialect.limits.yen
        beyond = [f"odd OR gross > {most} OR discount > gross"]
        beyond += [
            f"listed_{place} <> {self.dialect.ones(self.purchases.mask(name), len(field.choices))}"
            for place, (name, field) in enumerate(self.ruleset.fields.items(), 1)
        ]
        months = "".join(f",\n    {sql} AS {column}" for column, sql in self.purchases.limits_of_months().items())
        return (
            f"costed AS {self.dialect.apart}(\n"
            f"  SELECT *, CASE WHEN odd OR gross > {most} OR discount > gross THEN 0 ELSE gross - discount END AS cost,\n"
            f"    coalesce({' OR '.join(beyond)}, FALSE) AS beyond{months}\n"
            f"  FROM (\n    SELECT *, CASE WHEN pieces * times > {self.dialect.limits.pieces} THEN {most + 1}"
            " ELSE unit * (pieces * times) END AS gross\n    FROM priced\n  ) AS multiplied\n)"
        )

    def picked(self) -> str:
        """What the ruleset asks of each item: what it costs within its months, and as bits what it is."""
        unshared = self.purchases.unshared()
        masks = "".join(f", {self.purchases.mask(name)}" for name in self.ruleset.fields)
        counted = "".join(f",\n    {sql} AS {column}" for column, sql in self.purchases.countings().items())
        parts = f",  -- 1/{self.purchases.parts} {_YEN.into(self.purchases.lang)}" if counted else ""
        within = (
            f"within_months AS {self.dialect.apart}(\n  SELECT applicant, member, category, cost{masks},\n"
            f"    beyond{f' OR coalesce({unshared}, FALSE)' if unshared else ''} AS outside{parts}{counted.removeprefix(',')}\n"
            "  FROM costed\n)"
        )
        marks = "".join(f",\n    {sql} AS {column}" for column, sql in self.purchases.words().items())
        sums = "".join(f",\n    {sql} AS {column}" for sql, (column, _) in self.purchases.sums.items())
        remarks = "".join(f"  -- {comment(remark)}\n" for remark in self.purchases.remarks())
        return f"{within},\npicked AS {self.dialect.apart}(\n{remarks}  SELECT applicant, member, cost{marks}{sums}\n  FROM within_months\n)"

    def together(self) -> str:
        """What the items of each applicant, and of each member of its group, come to together."""
        rows = [f"{self.dialect.any_bit(column, WORD)} AS {column}" for column in self.purchases.words()]
        rows.append(f"{self._sum('cost')} AS spent")
        for column, most in self.purchases.sums.values():
            least = f"{self.dialect.least}(coalesce({self._sum(column)}, 0), {most})"
            yen = self.dialect.columns["yen"]
            rows.append(f"{least if most > BIG else f'CAST({least} AS {yen})'} AS {column}")
        written = "".join(f",\n    {row}" for row in rows)
        return f"bought AS {self.dialect.kept}(\n  SELECT applicant, member{written}\n  FROM picked\n  GROUP BY applicant, member\n)"

    def _sum(self, column: str) -> str:
        """A sum that does not overflow, however many rows there are."""
        wide = self.dialect.wide and not self.dialect.sums_widely
        return f"sum(CAST({column} AS {self.dialect.wide}))" if wide else f"sum({column})"


_YEN = Text("円", "yen")
