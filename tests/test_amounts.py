"""Amounts the language once got wrong: subtotals in one another, rounding of totals, figures of several parts, and what is said of them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from subjects import HERE, fast, outcomes, read, rules

from hojo_cli.commands import estimate
from hojo_cli.engine.applicant import Applicant
from hojo_cli.engine.judgement import Status
from hojo_cli.engine.missing import settle
from hojo_cli.explanation import explain
from hojo_cli.formats import NAMES, render
from hojo_cli.formats.drawing.screen import Screen
from hojo_cli.results.estimated import Estimate, Explained, Step
from hojo_cli.results.report import Report
from hojo_cli.rules import ruleset

FIELD = HERE / "field" / "yen"
HEAD = """
hojo: 1
program: amounts
fiscal_year: 2025
title: {ja: 額, en: amounts}
valid: {from: '2025-04-01', to: '2026-03-31'}
sources:
  law: {title: 要領, issuer: 試験用, date: "2025"}
assumptions:
"""
FACTS = """
facts:
  rise: {label: {ja: 賃上げ, en: wage rise}, type: boolean, ask: {ja: 賃上げしますか。, en: 'Do wages rise?'}}
  staff: {label: {ja: 従業員の数, en: staff}, type: count, ask: {ja: 従業員は何人ですか。, en: 'How many?'}}
  town: {label: {ja: 町, en: town}, type: choice, choices: {north: {ja: 北, en: north}}, ask: {ja: どこですか。, en: 'Where?'}}
items:
  tax: {included: 10/11, assume: tax}
  categories: {a: {ja: あ, en: a}, b: {ja: い, en: b}, c: {ja: う, en: c}}
  fields:
    kinds: {label: {ja: 種類, en: kinds}, choices: {one: {ja: 一, en: one}, two: {ja: 二, en: two}}}
measures:
  members: {label: {ja: 構成員の数, en: members}, count: members}
  kinds_bought: {label: {ja: 種類の数, en: kinds bought}, distinct: kinds, items: [{category: a}]}
"""


def figure(name: str, yen: str) -> str:
    return f"{{use: {yen}, assume: {name}}}"


def text(frame: str, rounding: str = "{unit: 1円, mode: down, at: total, assume: round}") -> str:
    """A ruleset of one frame; each assumption that it names is declared under its own name."""
    names = ("tax", "round", "rate", "low", "high", "one", "two", "three")
    declared = "".join(f"  {name}: {{label: {{ja: {name}, en: {name}}}, why: {{ja: 例, en: e}}}}\n" for name in names)
    body = "".join(f"    {line}\n" for line in frame.strip().splitlines())
    return f"{HEAD.strip()}\n{declared}{FACTS.strip()}\nrounding: {rounding}\nframes:\n  f:\n    label: {{ja: 枠, en: f}}\n    assume: rate\n{body}"


def made(tmp_path: Path, frame: str, rounding: str = "{unit: 1円, mode: down, at: total, assume: round}") -> str:
    path = tmp_path / f"rules-{len(list(tmp_path.iterdir()))}.yaml"
    path.write_text(text(frame, rounding), encoding="utf-8")
    return str(path)


def codes(frame: str) -> list[str]:
    return [found.code for found in ruleset.examine(text(frame).encode(), "rules.yaml")[1]]


def line(name: str, rate: str = "1/2", more: str = "") -> str:
    return f"  - {{id: {name}, label: {{ja: 費目{name}, en: line {name}}}, items: [{{category: {name}}}], rate: {rate}{more}}}\n"


LINES = "lines:\n" + line("a") + line("b") + line("c")


def subtotal(name: str, lines: str, yen: str) -> str:
    return f"  - {{id: {name}, label: {{ja: 小計{name}, en: sub {name}}}, lines: [{lines}], cap: {yen}}}\n"


def bought(used_rules: str, facts: str = "", members: int = 0, costs: dict[str, int] | None = None) -> Applicant:
    items = "".join(f"  - {{category: {name}, amount: {cost}, kinds: [one]}}\n" for name, cost in (costs or {}).items())
    group = "members:\n" + "  - {facts: {}}\n" * members if members else ""
    return read(f"facts: {{{facts}}}\nitems:\n{items}{group}", rules(used_rules))


def judged(used_rules: str, one: Applicant) -> Estimate:
    """As both evaluators see it."""
    found = outcomes(rules(used_rules), one)
    assert fast(used_rules).outcomes(one) == found
    (estimated,) = explain.estimates(rules(used_rules), one, explained=True)
    return estimated


def paid(estimated: Estimate) -> list[Fraction]:
    return [Fraction(each.subsidy or 0) for each in estimated.lines]


def steps(estimated: Estimate) -> list[Step]:
    return [step for each in estimated.lines for step in each.steps]


def printed(used_rules: str, file: Path) -> dict[str, str]:
    """Every format in both languages."""
    found: dict[str, str] = {}
    for lang in ("ja", "en"):
        report: Report = estimate.run([str(file)], used_rules, "", lang, explained=True)
        found |= {f"{name}-{lang}": render(name, report, Screen(100, False, lang)) for name in NAMES}
    return found


# --- subtotals ----------------------------------------------------------------------------------------------------------


def test_a_subtotal_inside_another_is_struck_first_and_the_outer_one_adds_what_it_leaves() -> None:
    """500,000 + 500,000; the inner cap leaves 500,000 + 50,000, the outer one 200,000."""
    used = str(FIELD / "overlapping-subtotals.rules.yaml")
    one = read((FIELD / "overlapping-subtotals.applicant.yaml").read_text(encoding="utf-8"), rules(used))
    estimated = judged(used, one)
    assert estimated.subsidy == 200_000
    assert paid(estimated) == [200_000, 0]
    assert [(step.label.ja, step.yen) for step in steps(estimated) if step.cost is None] == [
        ("「全体の上限」200,000円に収めます", -300_000),
        ("「その他の上限」50,000円に収めます", -450_000),
        ("「全体の上限」200,000円に収めます", -50_000),
    ]
    assert {lost.label.ja: lost.yen for lost in estimated.reductions} == {
        "全体の上限 200,000円": 350_000,
        "その他の上限 50,000円": 450_000,
    }


NESTED = [
    ([("x", "a", 100), ("y", "a, b", 150)], [100, 50, 500]),  # the inner one at the front
    ([("y", "a, b", 150), ("x", "a", 100)], [100, 50, 500]),  # whatever the order of the list,
    ([("y", "b, a", 150), ("x", "a", 100)], [100, 50, 500]),  # and of the lines
    ([("x", "b", 100), ("y", "a, b, c", 550)], [500, 50, 0]),  # in the middle
    ([("x", "a, c", 100), ("y", "a, b, c", 5_000)], [100, 500, 0]),  # around another line
    ([("x", "c", 30), ("y", "c", 20)], [500, 500, 20]),  # the same lines twice: the least cap
    ([("x", "a", 100), ("y", "a, b", 550), ("z", "a, b, c", 560)], [100, 450, 10]),  # three deep
    ([("x", "a", 100), ("y", "c", 100), ("z", "a, b, c", 150)], [100, 50, 0]),  # two inside one
    ([("x", "a", 100), ("y", "b, c", 600)], [100, 500, 100]),  # beside each other
    ([("x", "a, b", 0), ("y", "a, b, c", 10)], [0, 0, 10]),  # nothing is left
]


@pytest.mark.parametrize(("totals", "left"), NESTED)
def test_each_line_keeps_what_the_caps_over_it_leave(
    totals: list[tuple[str, str, int]], left: list[int], tmp_path: Path
) -> None:
    used = made(
        tmp_path, LINES + "subtotals:\n" + "".join(subtotal(name, under, f"{yen}円") for name, under, yen in totals)
    )
    estimated = judged(used, bought(used, costs={"a": 1_000, "b": 1_000, "c": 1_000}))
    assert paid(estimated) == left
    assert estimated.subsidy == sum(left)


@pytest.mark.parametrize(
    ("first", "second", "common"),
    [("a, b", "b, c", "b"), ("b, c", "a, b", "b"), ("a, c", "c, b", "c")],
)
def test_subtotals_that_overlap_in_part_are_refused_with_both_lines(first: str, second: str, common: str) -> None:
    frame = LINES + "subtotals:\n" + subtotal("x", first, "10円") + subtotal("y", second, "10円")
    (found,) = ruleset.examine(text(frame).encode(), "rules.yaml")[1]
    rows = text(frame).splitlines()
    assert found.code == "HJ370"
    assert "id: y" in rows[found.where.line - 1]
    other = next(place for place, row in enumerate(rows, 1) if "id: x" in row)
    assert f"{other}行目の小計 `x` と {common} だけ" in found.message.ja
    assert f"shares only {common} with the subtotal `x` (line {other})" in found.message.en


def test_a_share_counts_what_subtotals_above_leave(tmp_path: Path) -> None:
    """Of a, 500 are left 100; b may have a quarter of that; through the subtotal itself it is the same."""
    for of in ("a", "x"):
        share = f", cap: {{share: {{of: [{of}], rates: [1/4]}}}}"
        lines = "lines:\n" + line("a") + line("b", more=share) + line("c")
        used = made(tmp_path, lines + "subtotals:\n" + subtotal("x", "a", "100円"))
        assert paid(judged(used, bought(used, costs={"a": 1_000, "b": 1_000}))) == [100, 25, 0]


SHARE = ", cap: {share: {of: [OF], rates: [1/4]}}"


@pytest.mark.parametrize(
    ("of", "totals", "code"),
    [
        ("a", [("x", "a, c")], ["HJ371"]),  # x cuts a after b is reckoned
        ("a", [("x", "a, b, c")], []),  # and b first, where it holds b as well
        ("a, x", [("x", "a")], ["HJ372"]),  # twice the same yen
        ("x", [("x", "a, c")], ["HJ331"]),  # not above
        ("c", [], ["HJ331"]),
        ("d", [], ["HJ331"]),
    ],
)
def test_a_share_has_one_meaning_or_is_refused(of: str, totals: list[tuple[str, str]], code: list[str]) -> None:
    lines = "lines:\n" + line("a") + line("b", more=SHARE.replace("OF", of)) + line("c")
    under = "".join(subtotal(name, named, "100円") for name, named in totals)
    assert codes(lines + ("subtotals:\n" + under if under else "")) == code


def test_the_share_of_a_subtotal_stands_above_all_its_lines() -> None:
    cap = "{share: {of: [OF], rates: [1/4]}}"
    for of, code in (("a", []), ("b", ["HJ331"]), ("c", ["HJ331"])):
        assert codes(LINES + "subtotals:\n" + subtotal("x", "b, c", cap.replace("OF", of))) == code


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        (LINES + "subtotals:\n" + subtotal("a", "a, b", "10円"), "HJ374"),
        (LINES.replace("rate: 1/2", "rate: {use: 1/2, times: {fact: rise}}", 1), "HJ375"),
        (LINES.replace("rate: 1/2", "rate: {use: 1/2, times: {fact: town}}", 1), "HJ375"),
        ("lines:\n" + line("a") + line("b", "{share: {of: [a], rates: [1/2]}}"), "HJ376"),
    ],
)
def test_what_has_no_value_is_refused(frame: str, code: str) -> None:
    assert codes(frame) == [code]


# --- rounding -----------------------------------------------------------------------------------------------------------


def test_the_fraction_of_a_total_is_a_step_with_its_source(tmp_path: Path) -> None:
    used = str(FIELD / "rounding-at-total.rules.yaml")
    file = FIELD / "rounding-at-total.applicant.yaml"
    estimated = judged(used, read(file.read_text(encoding="utf-8"), rules(used)))
    assert estimated.subsidy == 66
    (step,) = [step for step in steps(estimated) if step.cost is None]
    (lost,) = estimated.reductions
    assert (step.label.ja, step.yen) == ("1円未満切捨て", Fraction(-2, 3))
    assert (lost.reason, lost.label, lost.yen, lost.citation) == ("rounding", step.label, Fraction(2, 3), step.citation)
    assert step.citation is not None
    for name, page in printed(used, file).items():
        assert "1円未満切捨て" in page or "rounded down to 1 yen" in page, name


def test_a_band_takes_only_what_is_over_it_and_rounding_comes_first(tmp_path: Path) -> None:
    band = "bands:\n  - {id: all, label: {ja: 範囲, en: range}, floor: {use: 1円, assume: low}, cap: {use: 60円, assume: high}}\n"
    used = made(tmp_path, "lines:\n" + line("a", "1/3") + line("b", "1/3") + band)
    estimated = judged(used, bought(used, costs={"a": 100, "b": 100}))
    assert estimated.subsidy == 60
    assert [(step.label.ja, step.yen) for step in steps(estimated) if step.cost is None] == [
        ("1円未満切捨て", Fraction(-2, 3)),
        ("「範囲」60円に収めます", -6),
    ]
    assert [(lost.reason, lost.yen) for lost in estimated.reductions] == [("rounding", Fraction(2, 3)), ("band", 6)]
    wide = judged(used, bought(used, costs={"a": 100, "b": 10}))
    assert wide.subsidy == 36
    assert [lost.reason for lost in wide.reductions] == ["rounding"]


@pytest.mark.parametrize(
    ("rounding", "frame", "costs", "left"),
    [
        ("{unit: 300円, mode: up, at: line, assume: round}", line("a", "1/2", ", cap: 500円"), {"a": 9_999}, [300]),
        ("{unit: 300円, mode: up, at: total, assume: round}", line("a", "1/2", ", cap: 500円"), {"a": 9_999}, [300]),
        ("{unit: 300円, mode: half_up, at: total, assume: round}", line("a", "1/2", ", cap: 500円"), {"a": 900}, [300]),
        ("{unit: 300円, mode: up, at: total, assume: round}", line("a", "1/2", ", cap: 500円") + line("b"), {"a": 9_999}, [300, 0]),
        ("{unit: 300円, mode: up, at: total, assume: round}", line("a", "1/2", ", cap: 500円") + line("b"), {"a": 9_999, "b": 2}, [500, 100]),
        ("{unit: 300円, mode: up, at: total, assume: round}", line("a") + line("b", "1/2", ", cap: 500円"), {"a": 2, "b": 9_999}, [100, 500]),
        ("{unit: 1円, mode: up, at: total, assume: round}", line("a", "1/3") + line("b", "1/3"), {"a": 100, "b": 100}, [Fraction(100, 3), Fraction(101, 3)]),
        ("{unit: 1円, mode: half_up, at: line, assume: round}", line("a", "1/2") + line("b", "1/3"), {"a": 5, "b": 4}, [3, 1]),
    ],
)  # fmt: skip
def test_rounding_never_goes_beyond_a_cap_nor_to_a_line_without_cost(
    rounding: str, frame: str, costs: dict[str, int], left: list[Fraction], tmp_path: Path
) -> None:
    used = made(tmp_path, "lines:\n" + frame, rounding)
    estimated = judged(used, bought(used, costs=costs))
    assert paid(estimated) == left
    assert estimated.subsidy == sum(left)


def test_rounding_up_stays_within_a_subtotal_and_the_end_of_a_scale(tmp_path: Path) -> None:
    up = "{unit: 300円, mode: up, at: total, assume: round}"
    used = made(tmp_path, LINES + "subtotals:\n" + subtotal("x", "a, b", "500円"), up)
    assert judged(used, bought(used, costs={"a": 1_000, "b": 1_000})).subsidy == 300
    assert judged(used, bought(used, costs={"a": 1_000, "b": 1_000, "c": 2})).subsidy == 600
    yen = "{unit: 1円, mode: up, at: total, assume: round}"
    used = made(tmp_path, LINES + "subtotals:\n" + subtotal("x", "b, c", "500円"), yen)
    assert paid(judged(used, bought(used, costs={"a": 101, "b": 1_000, "c": 1_000}))) == [51, 500, 0]
    tiers = "tiers: {basis: subsidy, steps: [{up_to: 100円, rate: 1/2}, {up_to: 500円, rate: 1/3}]}"
    used = made(tmp_path, LINES.replace("rate: 1/2", tiers, 1), up)
    assert judged(used, bought(used, costs={"a": 100_000})).subsidy == 300


def test_a_fraction_that_a_cap_leaves_in_the_end_is_cut_to_whole_yen(tmp_path: Path) -> None:
    """A third of 100 yen is no whole yen; that is neither the subtotal's doing nor the band's."""
    line_rounding = "{unit: 1円, mode: down, at: line, assume: round}"
    cap = "{share: {of: [a], rates: [1/3]}}"
    used = made(tmp_path, LINES + "subtotals:\n" + subtotal("x", "b, c", cap), line_rounding)
    estimated = judged(used, bought(used, costs={"a": 200, "b": 100, "c": 1}))
    assert estimated.subsidy == 133
    assert [(lost.reason, lost.yen) for lost in estimated.reductions] == [
        ("cap", Fraction(50) - Fraction(100, 3)),
        ("rounding", Fraction(1, 2)),
        ("rounding", Fraction(1, 3)),
    ]
    assert paid(estimated) == [100, 33, 0]


# --- assumptions ----------------------------------------------------------------------------------------------------------


def assumed(estimated: Estimate) -> set[str]:
    return {label.ja for label in estimated.assumptions}


def test_the_assumption_behind_the_cap_of_a_band_is_listed() -> None:
    used = str(FIELD / "band-cap-assumption.rules.yaml")
    one = read((FIELD / "overlapping-subtotals.applicant.yaml").read_text(encoding="utf-8"), rules(used))
    named = {name: each.label for name, each in rules(used).assumptions.items()}
    assert set(judged(used, one).assumptions) == {named[name] for name in ("a", "b", "z")}


BANDS = (
    "bands:\n  - {id: up, label: {ja: 上, en: up}, requires: [{id: r, label: {ja: 賃上げ, en: r}, holds: {fact: rise, eq: true}, assume: two}],"
    f" floor: {figure('high', '300円')}}}\n"
    f"  - {{id: down, label: {{ja: 下, en: down}}, floor: {figure('low', '5円')}, below: {figure('one', '300円')}}}\n"
)
CHOICE = "[{when: {fact: staff, min: 3}, use: 10円, assume: one}, {use: 20円, assume: two}]"
USED = [
    ("the lower limit that is not reached", LINES + BANDS, {"a": 2}, "", {"rate", "low"}),
    ("the band that is granted", LINES + BANDS, {"a": 20}, "", {"rate", "low", "one"}),
    ("a requirement that keeps from a better band", LINES + BANDS, {"a": 2_000}, "", {"rate", "low", "one", "two"}),
    ("a better band", LINES + BANDS, {"a": 2_000}, "rise: true", {"rate", "high", "two"}),
    ("the branch that is taken", "lines:\n" + line("a", more=f", cap: {CHOICE}"), {"a": 8}, "staff: 2", {"rate", "two"}),
    ("the other branch", "lines:\n" + line("a", more=f", cap: {CHOICE}"), {"a": 8}, "staff: 3", {"rate", "one"}),
    ("no cost below a cap", "lines:\n" + line("a") + line("b", more=f", cap: {figure('one', '1円')}"), {"a": 8}, "", {"rate"}),
    (
        "so much for each",
        "lines:\n" + line("a", more=", cap: {use: 1円, times: {fact: staff}, assume: one}"),
        {"a": 8},
        "staff: 2",
        {"rate", "one"},
    ),
    (
        "a share",
        "lines:\n" + line("a") + line("b", more=", cap: {share: {of: [a], rates: [1/2, 1/2]}, assume: one}"),
        {"a": 8, "b": 8},
        "",
        {"rate", "one"},
    ),
    (
        "every part of a sum",
        "lines:\n" + line("a", more=f", cap: {{sum: [{figure('one', '1円')}, {figure('two', '2円')}]}}"),
        {"a": 8},
        "",
        {"rate", "one", "two"},
    ),
    ("a shared cap", LINES + "subtotals:\n" + subtotal("x", "a, b", figure("one", "9円")), {"a": 8}, "", {"rate", "one"}),
    ("a shared cap of nothing", LINES + "subtotals:\n" + subtotal("x", "a, b", figure("one", "9円")), {"c": 8}, "", {"rate"}),
    ("a fraction", LINES, {"a": 7}, "", {"rate", "round"}),
    ("no fraction", LINES, {"a": 8}, "", {"rate"}),
    ("a limit of cost", "lines:\n" + line("a", more=", cost_limits: {a: {use: 9円, assume: one}, b: {use: 1円, assume: two}}"), {"a": 8}, "", {"rate", "one"}),
    (
        "borders of tiers that are reached",
        "lines:\n"
        + line("a").replace(
            "rate: 1/2",
            "tiers: {basis: cost, steps: [{up_to: 4円, rate: 1/2, assume: one}, {up_to: 8円, rate: 1/2, assume: two}, {rate: 1/2, assume: three}]}",
        ),
        {"a": 6},
        "",
        {"rate", "one", "two"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("frame", "costs", "facts", "names"), [row[1:] for row in USED], ids=[row[0] for row in USED])
def test_an_assumption_is_listed_where_its_figure_was_used_and_nowhere_else(
    frame: str, costs: dict[str, int], facts: str, names: set[str], tmp_path: Path
) -> None:
    used = made(tmp_path, frame)
    known = {"rise": "false"} | dict(fact.split(": ") for fact in facts.split(", ") if fact)
    one = bought(used, ", ".join(f"{name}: {value}" for name, value in known.items()), costs=costs)
    found = assumed(judged(used, one))
    assert found - {"rate"} == names - {"rate"}


def test_tax_is_assumed_of_prices_with_tax_only(tmp_path: Path) -> None:
    used = made(tmp_path, LINES)
    for tax, told in (("", False), (", tax: included", True)):
        one = read(f"items: [{{category: a, amount: 110{tax}}}, {{category: b, amount: 8}}]\n", rules(used))
        assert ("tax" in assumed(judged(used, one))) is told
    other = read("items: [{category: a, amount: 8}]\n", rules(used))
    assert "tax" not in assumed(judged(used, other))


# --- figures of several parts ------------------------------------------------------------------------------------------


def parts(found: tuple[Explained, ...]) -> list[tuple[str, str, str, list[object]]]:
    """Label, value, assumption, parts."""
    return [
        (each.label.ja, each.value.ja, each.citation.assume.ja if each.citation else "", [*parts(each.parts)])
        for each in found
    ]


FORMS = [
    (
        "{sum: [{use: 10円, assume: one}, {use: 5円, times: {fact: staff}, assume: two}]}",
        "上限 20円（10円 ＋ 10円）",
        "cap 20 yen (10 yen + 10 yen)",
        [("うち 10円", "10円", "one", []), ("うち 10円（5円 × 従業員の数 2人）", "10円", "two", [])],
    ),
    (
        "{least: [{use: 30円, assume: one}, {sum: [{use: 15円, assume: two}, {use: 4円, assume: three}]}]}",
        "上限 19円（30円、19円のうち最も小さいもの）",
        "cap 19 yen (the least of 30 yen, 19 yen)",
        [
            ("比べた額 30円", "30円", "one", []),
            ("比べた額 19円（15円 ＋ 4円）", "19円", "two", [("うち 15円", "15円", "two", []), ("うち 4円", "4円", "three", [])]),
        ],
    ),
    (
        "{sum: [[{when: {fact: rise, eq: true}, use: 12円, assume: one}, {use: 1円, assume: two}], [{when: {fact: rise, eq: false}, use: 9円}, {use: 2円, assume: three}]]}",
        "上限 14円（12円 ＋ 2円）",
        "cap 14 yen (12 yen + 2 yen)",
        [("うち 12円（賃上げが「はい」）", "12円", "one", []), ("うち 2円（ほかに当たらない場合）", "2円", "three", [])],
    ),
    ("{use: 9円, times: {fact: staff}, assume: one}", "上限 18円（9円 × 従業員の数 2人）", "cap 18 yen (9 yen × staff 2)", []),
    ("{use: 9円, times: {measure: members}, assume: one}", "上限 27円（9円 × 構成員の数 3）", "cap 27 yen (9 yen × members 3)", []),
    ("{use: 9円, times: {measure: kinds_bought}, assume: one}", "上限 9円（9円 × 種類の数 1）", "cap 9 yen (9 yen × kinds bought 1)", []),
    (
        "{share: {of: [a], rates: [1/2, 1/4]}, assume: one}",
        "上限 125円（費目aの補助額 1,000円 × 1/2 × 1/4）",
        "cap 125 yen (subsidy of line a 1,000 yen × 1/2 × 1/4)",
        [],
    ),
    (
        "{share: {of: [a], rates: [1/2, 2/5], itself: true}, assume: one}",
        "上限 250円（費目aの補助額 1,000円 × 1/2 × 40% ÷ (1 − (1/2 × 40%))）",
        "cap 250 yen (subsidy of line a 1,000 yen × 1/2 × 40% / (1 - (1/2 × 40%)))",
        [],
    ),
    (
        "{share: {of: [a], rates: [1/5], itself: true}, assume: one}",
        "上限 250円（費目aの補助額 1,000円 × 20% ÷ (1 − 20%)）",
        "cap 250 yen (subsidy of line a 1,000 yen × 20% / (1 - 20%))",
        [],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("cap", "ja", "en", "made_of"), FORMS)
@pytest.mark.parametrize("place", ["line", "subtotal", "band"])
def test_a_cap_says_what_it_is_made_of_wherever_it_stands(
    place: str, cap: str, ja: str, en: str, made_of: list[object], tmp_path: Path
) -> None:
    frame = "lines:\n" + line("a", "1/2") + line("b", "1/2", f", cap: {cap}" if place == "line" else "")
    frame += f"subtotals:\n{subtotal('x', 'b', cap)}" if place == "subtotal" else ""
    if place == "band":
        frame += f"bands:\n  - {{id: x, label: {{ja: 小計x, en: sub x}}, cap: {cap}}}\n"
    used = made(tmp_path, frame)
    one = bought(used, "staff: 2, rise: true", 3, costs={"a": 2_000, "b": 2_000})
    estimated = judged(used, one)
    step = next(step for step in reversed(steps(estimated)) if step.cost is None)
    assert (parts(step.parts), parts(estimated.reductions[-1].parts)) == (made_of, made_of)
    assert step.citation is not None
    assert step.citation == estimated.reductions[-1].citation
    figure = (ja.removeprefix("上限 "), en.removeprefix("cap "))
    said = {
        "line": (ja, en),
        "subtotal": (f"「小計x」{figure[0]}に収めます", f"kept within `sub x`: {figure[1]}"),
        "band": (f"「小計x」{figure[0]}に収めます", f"kept within `sub x`: {figure[1]}"),
    }
    assert (step.label.ja, step.label.en) == said[place]
    file = tmp_path / "a.yaml"
    items = "".join(f"  - {{category: {each.category}, amount: {each.cost}, kinds: [one]}}\n" for each in one.items)
    group = "members:\n" + "  - {facts: {}}\n" * 3
    file.write_text(f"facts: {{staff: 2, rise: true}}\nitems:\n{items}{group}", encoding="utf-8")
    for name, page in printed(used, file).items():
        whole = figure[name.endswith("-en")]
        shown = whole if name.startswith(("json", "markdown")) else whole.split(" (")[0].split("（")[0]
        assert shown in page.replace("\\", ""), (name, page)


def test_a_rate_of_several_parts_and_a_rate_for_each_multiply_to_the_yen_beside_them(tmp_path: Path) -> None:
    rate = "{sum: [{use: 1/3, assume: one}, {use: 1/20, times: {fact: staff}, assume: two}]}"
    used = made(
        tmp_path, "lines:\n" + line("a", rate) + line("b", "{use: 1/10, times: {measure: members}, assume: three}")
    )
    estimated = judged(used, bought(used, "staff: 2", 3, costs={"a": 3_000, "b": 1_000}))
    first, second = (step for step in steps(estimated) if step.rate is not None)
    assert (first.cost, first.rate, first.yen) == (3_000, Fraction(13, 30), 1_300)
    assert first.label.ja == "補助率 13/30（1/3 ＋ 10%）"
    assert parts(first.parts) == [("うち 1/3", "1/3", "one", []), ("うち 10%（5% × 従業員の数 2人）", "10%", "two", [])]
    assert (second.label.ja, second.cost, second.rate, second.yen) == (
        "補助率 30%（10% × 構成員の数 3）",
        1_000,
        Fraction(3, 10),
        300,
    )
    assert parts(second.parts) == []


def test_the_lower_limit_that_is_told_is_one_that_is_open_to_the_applicant(tmp_path: Path) -> None:
    closed = "requires: [{id: r, label: {ja: 賃上げ, en: r}, holds: {fact: rise, eq: true}, assume: two}], "
    used = made(
        tmp_path,
        LINES + f"bands:\n  - {{id: x, label: {{ja: 小, en: x}}, {closed}floor: {figure('low', '10円')}}}\n"
        f"  - {{id: y, label: {{ja: 大, en: y}}, floor: {figure('high', '100円')}}}\n",
    )
    estimated = judged(used, bought(used, "rise: false", costs={"a": 100}))
    assert estimated.status == Status.BELOW_FLOOR
    assert [(lost.label.ja, lost.yen) for lost in estimated.reductions] == [("下限 100円 に届かない", 50)]


# --- items of 0円 ---------------------------------------------------------------------------------------------------------

NEEDS_A = "requires:\n  - {id: r, label: {ja: あを買う, en: r}, holds: {items: [{category: a}]}, assume: two}\n"


@pytest.mark.parametrize(
    ("items", "status", "yen"),
    [
        ("[{category: a, amount: 0}]", Status.NO_COST, 0),
        ("[{category: a, amount: 0}, {category: b, amount: 0}]", Status.NO_COST, 0),
        ("[{category: a, monthly: 0, months: 12}]", Status.NO_COST, 0),
        ("[{name: x, category: a, amount: 100}, {discount: 100, of: x}]", Status.NO_COST, 0),
        ("[{category: a, amount: 0}, {category: b, amount: 100}]", Status.PAYABLE, 50),  # a free tool is bought
        ("[{category: b, amount: 100}]", Status.INELIGIBLE, 0),
        ("[{category: a, amount: 1}]", Status.PAYABLE, 0),  # half a yen is none
    ],
)
def test_what_costs_nothing_makes_no_frame_payable(items: str, status: Status, yen: int, tmp_path: Path) -> None:
    used = made(tmp_path, NEEDS_A + LINES)
    one = read(f"items: {items}\n", rules(used))
    assert outcomes(rules(used), one) == fast(used).outcomes(one) == {"f": (status, yen)}


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (0, 100, (Status.PAYABLE, 50)),
        (0, 0, (Status.NO_COST, 0)),
        (100, 0, (Status.PAYABLE, 50)),
        (None, 100, (Status.NO_COST, 0)),
    ],
)
def test_what_counts_beside_a_free_tool_is_paid_for(
    a: int | None, b: int, expected: tuple[Status, int], tmp_path: Path
) -> None:
    used = made(tmp_path, "lines:\n" + line("a").replace("rate:", "beside: [{category: b}], rate:"))
    costs = {"b": b} if a is None else {"a": a, "b": b}
    one = bought(used, costs=costs)
    assert outcomes(rules(used), one) == fast(used).outcomes(one) == {"f": expected}


@pytest.mark.parametrize(
    ("cost", "missing", "expected"),
    [(0, (), (Status.NO_COST, 0)), (100, ("items[0].kinds",), (Status.INCOMPLETE, None))],
)
def test_a_field_left_out_of_a_free_item_is_not_asked_for(
    cost: int, missing: tuple[str, ...], expected: tuple[Status, int | None], tmp_path: Path
) -> None:
    used = made(tmp_path, "lines:\n" + line("a").replace("category: a}", "category: a, kinds: {at_least: 1}}"))
    one = read(f"items: [{{category: a, amount: {cost}}}]\n", rules(used))
    settled = settle(rules(used), rules(used).frames["f"], one)
    assert settled.missing == missing
    assert outcomes(rules(used), one) == fast(used).outcomes(one) == {"f": expected}
