"""One formula by hand: what a firm would get for its software (two tiers, two rates by size, a cap), in Polars and in OpenFisca.

    python benchmarks/table_peers.py polars|openfisca FOLDER OUT.parquet

Run by `table.py` in an environment without hojo. Both read the tables that `firms.py` makes. Polars adds the items up itself;
OpenFisca has no such thing, so it is given what Polars added up, and its time begins after that. Prints seconds as JSON.

The formula, which `FORMULA` of `table.py` says in SQL: the cost of software, cloud, options and support; nothing for who is no SME (or
whose size is not known); at 4/5 of the cost (small firms) or 3/4 up to a subsidy of 500,000 yen, 2/3 of the rest, at most 3,500,000.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import polars as pl

COUNTED = ("cloud", "software", "option", "support")
MANY = {"manufacturing": 300, "construction": 300, "transport": 300, "wholesale": 100, "service": 100, "retail": 50}
MANY |= {"rubber": 900, "software": 300, "ryokan": 200, "lodging": 100, "entertainment": 100, "other": 300}
CAPITAL = {"wholesale": 100_000_000, "service": 50_000_000, "retail": 50_000_000, "ryokan": 50_000_000}
CAPITAL |= {"lodging": 50_000_000, "entertainment": 50_000_000}
COMMERCE = ("wholesale", "service", "retail", "software")


def costs(folder: str) -> pl.LazyFrame:
    """Applicants with what their counted items cost together."""
    price = pl.coalesce("amount", "monthly", "yearly")
    untaxed = pl.when(pl.col("tax") == "included").then(price * 10 // 11).otherwise(price)
    times = pl.when(pl.col("monthly").is_not_null()).then("months").when(pl.col("yearly").is_not_null()).then("years")
    cost = untaxed * pl.col("quantity").fill_null(1) * times.otherwise(1) - pl.col("discount").fill_null(0)
    items = pl.scan_parquet(f"{folder}/items/*.parquet")
    picked = items.filter(pl.col("category").is_in(COUNTED) & pl.col("member").is_null())
    summed = picked.group_by("applicant").agg(cost.sum().alias("cost"))
    firms = pl.scan_parquet(f"{folder}/applicants/*.parquet").select(
        "applicant", "entity", "industry", "capital", "employees"
    )
    return firms.join(summed, on="applicant", how="left").with_columns(pl.col("cost").fill_null(0))


def limits() -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """The most staff and capital of an SME, and the most staff of a small firm, by industry."""
    industry = pl.col("industry")
    staff = industry.replace_strict(MANY, return_dtype=pl.Int64)
    capital = industry.replace_strict(CAPITAL, default=300_000_000, return_dtype=pl.Int64)
    return staff, capital, pl.when(industry.is_in(COMMERCE)).then(5).otherwise(20)


def in_polars(folder: str, out: str) -> dict[str, float]:
    """Whole numbers throughout."""
    started = time.perf_counter()
    staff, capital, few = limits()
    cost, employees = pl.col("cost"), pl.col("employees")
    firm = pl.col("entity").is_in(["company", "sole_proprietor"])
    sme = (employees <= staff) | (firm & (pl.col("entity") == "company") & (pl.col("capital") <= capital))
    small = firm & (employees <= few)
    first = pl.when(small).then(cost * 4 // 5).otherwise(cost * 3 // 4)
    full = pl.when(small).then(cost * 4 > 500_000 * 5).otherwise(cost * 3 > 500_000 * 4)
    # 500,000 + (cost − 500,000 / rate) × 2 / 3, over a denominator of 9
    beyond = (
        pl.when(small).then((4_500_000 + cost * 6 - 3_750_000) // 9).otherwise((4_500_000 + cost * 6 - 4_000_000) // 9)
    )
    yen = pl.when(full).then(pl.min_horizontal(beyond, pl.lit(3_500_000))).otherwise(first)
    subsidy = pl.when(sme.fill_null(False)).then(yen).otherwise(0).alias("subsidy")
    costs(folder).select("applicant", subsidy).sink_parquet(out)
    return {"set-up": 0.0, "run": time.perf_counter() - started}


def in_openfisca(folder: str, out: str) -> dict[str, float]:
    """As its countries write such a formula: variables of arrays, money as float32."""
    staff, capital, few = limits()
    given = (
        costs(folder)
        .with_columns(staff.alias("staff"), capital.alias("most_capital"), few.alias("few"))
        .with_columns(
            (pl.col("entity") == "company").alias("company"),
            pl.col("entity").is_in(["company", "sole_proprietor"]).alias("firm"),
            pl.col("employees").fill_null(2_000_000_000),
            pl.col("capital").fill_null(2_000_000_000),
        )
        .collect()
    )
    started = time.perf_counter()
    import numpy as np
    from openfisca_core.entities import build_entity
    from openfisca_core.periods import DateUnit
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    applicant = build_entity(key="applicant", plural="applicants", label="", is_person=True)
    common = {"entity": applicant, "definition_period": DateUnit.YEAR, "label": ""}
    system = TaxBenefitSystem([applicant])

    def variable(name: str, kind: type, formula: Any = None) -> None:
        parts = {**common, "value_type": kind} | ({"formula": formula} if formula else {})
        system.add_variable(type(name, (Variable,), parts))

    for name, kind in {
        "cost": float,
        "employees": int,
        "capital": int,
        "staff": int,
        "most_capital": int,
        "few": int,
    }.items():
        variable(name, kind)
    variable("company", bool)
    variable("firm", bool)

    def sme(of: Any, period: Any) -> Any:
        return (of("employees", period) <= of("staff", period)) + of("company", period) * (
            of("capital", period) <= of("most_capital", period)
        )

    def rate(of: Any, period: Any) -> Any:
        return np.where(of("firm", period) * (of("employees", period) <= of("few", period)), 4 / 5, 3 / 4)

    def subsidy(of: Any, period: Any) -> Any:
        cost, first = of("cost", period), of("rate", period)
        beyond = 500_000 + (cost - 500_000 / first) * 2 / 3
        yen = np.where(cost * first > 500_000, np.minimum(beyond, 3_500_000), cost * first)
        return np.floor(np.where(of("sme", period), yen, 0))

    variable("sme", bool, sme)
    variable("rate", float, rate)
    variable("subsidy", float, subsidy)
    simulation = SimulationBuilder().build_default_simulation(system, count=given.height)
    for name in ("cost", "employees", "capital", "staff", "most_capital", "few", "company", "firm"):
        simulation.set_input(name, "2026", given[name].to_numpy())
    ready = time.perf_counter()
    yen = simulation.calculate("subsidy", "2026")
    done = time.perf_counter()
    given.select("applicant", pl.Series("subsidy", yen.astype("int64"))).write_parquet(out)
    return {"set-up": ready - started, "run": done - ready}


if __name__ == "__main__":
    program, folder, out = sys.argv[1:]
    print(json.dumps({"polars": in_polars, "openfisca": in_openfisca}[program](folder, out)))
