"""`hojo sql --vary`: figures of a ruleset as columns; each variant of the one query comes to what the edited ruleset comes to."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from random import Random

import pytest
from sql_engines import Answers, answers, beside_borders, duckdb_rows, engine, outside, tables, told
from subjects import rules

from hojo_cli.base.exact import Exact
from hojo_cli.base.finding import HojoError
from hojo_cli.base.number import Kind
from hojo_cli.rules.declared import Ruleset
from hojo_cli.rules.nodes import Number
from hojo_cli.rules.walk import numbers
from hojo_cli.tables.sql import varying
from hojo_cli.tables.sql.variants import Variants
from hojo_cli.verify.mutants import with_value

pytestmark = pytest.mark.no_cover


def variants_of(year: str, *options: str) -> Variants:
    return varying.read(year, rules(year), options)


def variable(year: str) -> list[Number]:
    """The figures that may vary, each once."""
    fixed = dict(varying._fixed(rules(year)))
    return [number for number in numbers(rules(year)) if number.path not in fixed]


def other(random: Random, number: Number) -> Exact:
    """Another value of the kind, near or far."""
    if number.kind is Kind.RATE:
        return (
            Fraction(random.randint(1, 12), 12)
            if number.value > Fraction(1, 10)
            else Fraction(random.randint(0, 9), 100)
        )
    if number.kind is Kind.YEN:
        return max(1, int(number.value * random.choice((Fraction(1, 3), Fraction(9, 10), Fraction(11, 10), 2))))
    return int(number.value) + random.choice((-1, 1, 2, 5)) if number.value else 1


def reckoned(found: Answers, wanted: Answers) -> tuple[Answers, Answers]:
    """Both without those who are beyond what is reckoned with, who are few."""
    beyond = outside(found)
    assert len(beyond) < len(wanted) * 0.3
    return {key: found[key] for key in wanted if key not in beyond}, {
        key: wanted[key] for key in wanted if key not in beyond
    }


def written(value: Exact) -> str:
    return f"{value.numerator}/{value.denominator}" if isinstance(value, Fraction) else str(value)


def edited(used: Ruleset, variants: Variants, row: Sequence[Exact]) -> Ruleset:
    """The ruleset with the figures of a variant."""
    for varied, value in zip(variants.figures, row, strict=True):
        number = next(number for number in numbers(used) if number.path == varied.path)
        used = with_value(used, number, value)
    return used


def by_variant(found: list[tuple[object, ...]]) -> list[Answers]:
    """The answers of the first variant, of the second, …"""
    places = sorted({int(str(row[0])) for row in found})
    assert places == list(range(1, len(places) + 1))
    return [answers([row[1:] for row in found if row[0] == place]) for place in places]


@pytest.mark.parametrize(
    ("year", "seeds"),
    [("2026", range(4)), ("2025", range(1)), pytest.param("2024", range(1))]
    + [pytest.param(year, range(10, 40), marks=pytest.mark.slow) for year in ("2024", "2025", "2026")],
)
def test_each_variant_comes_to_what_the_edited_ruleset_comes_to(year: str, seeds: range) -> None:
    used, subjects, varied = rules(year), beside_borders(year, range(60)), 0
    for seed in seeds:
        random = Random(seed)
        options = [
            f"{number.path}={written(number.value)},{written(other(random, number))}"
            for number in random.sample(variable(year), 2)
        ]
        try:
            variants = variants_of(year, *options)
        except HojoError:  # no ruleset has such a figure there
            continue
        found = by_variant(duckdb_rows(used, tables(used, subjects), variants))
        assert len(found) == variants.size
        for got, row in zip(found, variants.rows(), strict=True):
            same, wanted = reckoned(got, told(edited(used, variants, row), subjects))
            assert same == wanted, (options, row)
        varied += 1
    assert varied > len(seeds) // 2


@pytest.mark.parametrize(
    "name", ["sqlite", *(pytest.param(each, marks=pytest.mark.slow) for each in ("postgresql", "spark"))]
)
def test_other_engines_say_the_same_of_each_variant(name: str) -> None:
    run, stop = engine(name)
    used, subjects = rules(), beside_borders("2026", range(30))
    variants = variants_of("2026", "frames.invoice.lines.pc.rate=1/2,3/7", "definitions.wage_plan.all[2].min=2%,3%")
    try:
        found = by_variant(run(used, tables(used, subjects), variants))
    finally:
        stop()
    assert len(found) == 4
    for got, row in zip(found, variants.rows(), strict=True):
        same, wanted = reckoned(got, told(edited(used, variants, row), subjects))
        assert same == wanted


def test_a_path_ends_with_or_without_its_last_key_and_given_twice_adds_values() -> None:
    variants = variants_of(
        "2026", "frames.general.bands.upper.cap.use=450万円,400万円", "frames.general.bands.upper.cap=400万円、450万円"
    )
    assert [varied.name for varied in variants.figures] == ["frames.general.bands.upper.cap"]
    assert list(variants.rows()) == [(4_500_000,), (4_000_000,)]


@pytest.mark.parametrize(
    ("option", "code", "said"),
    [
        ("frames.general.bands.upper.capp=1", "HJ061", "frames.general.bands.upper.cap"),
        ("cap=1", "HJ061", "hojo diff"),
        ("frames.general.bands.upper.cap", "HJ063", "PATH=VALUE"),
        ("frames.general.bands.upper.cap=1,500,000", "HJ063", "PATH=VALUE"),
        ("frames.general.bands.upper.cap=", "HJ166", "yen"),
        ("frames.general.bands.upper.cap=3人", "HJ162", "3人"),
        ("frames.general.lines.tools.months.cloud=12", "HJ062", "months"),
        ("frames.group.lines.office.cap.least[1].share.rates[1]=1/5", "HJ062", "share"),
        ("frames.invoice.lines.tools.tiers.steps[1].rate[1]=1/2", "HJ062", "tier of subsidy"),
        ("rounding.unit=100円", "HJ062", "rounding"),
        ("items.tax.included=100/108", "HJ062", "read"),
        ("frames.invoice.lines.tools.tiers.steps[1].up_to=10万円,400万円", "HJ338", "tier"),
        ("frames.general.bands.upper.floor=10万円,500万円", "HJ344", "floor"),
    ],
)
def test_what_cannot_vary_is_refused_by_name(option: str, code: str, said: str) -> None:
    with pytest.raises(HojoError) as raised:
        variants_of("2026", option)
    (found,) = raised.value.findings
    assert found.code == code
    assert said in f"{found.message.en} {found.hint.en}"
    assert found.where.file.startswith("--vary")


def test_figures_that_only_go_together_are_held_against_each_other() -> None:
    floors, cap = "frames.general.bands.upper.floor=10万円,500万円", "frames.general.bands.upper.cap="
    assert variants_of("2026", floors, f"{cap}500万円,600万円").size == 4
    with pytest.raises(HojoError) as raised:
        variants_of("2026", floors, f"{cap}450万円,600万円")
    assert [found.code for found in raised.value.findings] == ["HJ344"]


def test_more_variants_than_a_query_can_hold_are_refused() -> None:
    many = ",".join(f"{number}万円" for number in range(150, 251))
    options = [f"frames.general.bands.{path}={many}" for path in ("upper.cap", "lower.below")]
    with pytest.raises(HojoError) as raised:
        variants_of("2026", *options)
    assert [found.code for found in raised.value.findings] == ["HJ064"]
