"""Assumptions weighed: each other reading of a shipped ruleset is the ruleset with those words changed by hand, and some case feels it."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from random import Random

import pytest
from random_applicants import as_yaml, random_applicant
from subjects import HERE, ROOT, Outcome, fast, few, read, rules
from this_process import hojo

from hojo_cli.engine.evaluator import Evaluator
from hojo_cli.rules import readings, ruleset

CUT_ONCE = [(r"^rounding: \{unit: 1円, mode: down, at: line,", "rounding: {unit: 1円, mode: down, at: total,", 1)]
AT_ONCE = [(r"at_once: \{categories: \[.*?\]", "at_once: {categories: []", 1)]
UP_TO = [(r"below: \{use: 150万円, assume: exclusive_cap,", "cap: {use: 150万円,", 1)]
NO_MONTHS = [
    (r"^ +option: \{use: 1年, assume: months_\w+, .*\n", "", 3),
    (r"^ +support:\n +use: 2年\n +assume: months_\w+\n +source: .*\n", "", 3),
]
NOBODY_EXEMPT = (r"holds: \{any: \[\{is: wage_exempt\}, \{is: wage_plan\}\]\}", "holds: {is: wage_plan}", 1)
OF_COST = (r"rates: \[10%, 2/3\]\}", "rates: [10%, 2/3], basis: cost}", 1)

BY_HAND: dict[tuple[str, str], list[tuple[str, str, int]]] = {
    ("2026", "whole_yen_per_line"): CUT_ONCE,
    ("2026", "at_once_within_limit"): AT_ONCE,
    ("2026", "exclusive_cap"): UP_TO,
    ("2026", "months_2025"): NO_MONTHS,
    ("2026", "near_minimum_two_sided"): [(r"^ +- \{fact: near_minimum_wage_months, min: 3か月, .*\n", "", 1)],
    ("2026", "expert_share_of_subsidy"): [OF_COST],
    ("2025", "expert_share_of_subsidy"): [OF_COST],
    ("2026", "wage_plan_trigger"): [
        NOBODY_EXEMPT,
        (
            r"(id: one_process\n +label: .*\n +holds: )\{measure: process_kinds, min: 1種類\}",
            r"\1{all: [{measure: process_kinds, min: 1種類}, {any: [{not: {measure: process_kinds, min: 4種類}}, {is: wage_plan}]}]}",
            1,
        ),
    ],
    ("2025", "whole_yen_per_line"): CUT_ONCE,
    ("2025", "at_once_within_limit"): AT_ONCE,
    ("2025", "exclusive_cap"): UP_TO,
    ("2025", "security_cap_included"): [
        (r"cap: \{use: 150万円, assume: security_cap_included,", "below: {use: 150万円,", 1)
    ],
    ("2025", "near_50_latest_months"): [(r"^ +- \{fact: near_minimum_wage_50_months, min: 3か月, .*\n", "", 1)],
    ("2025", "round_7_change"): [
        (r"^ +- fact: near_minimum_wage_months\n +min: 3か月\n +assume: round_7_change\n +source: .*\n", "", 1)
    ],
    ("2024", "whole_yen_per_line"): CUT_ONCE,
    ("2024", "at_once_within_limit"): AT_ONCE,
    ("2024", "exclusive_cap"): UP_TO,
    ("2024", "months_as_2025"): NO_MONTHS,
    ("2024", "wage_exempt_as_2025"): [NOBODY_EXEMPT],
}
"""What to change in the text of the ruleset: a pattern, what stands there then, and how often it is found."""

FELT: dict[tuple[str, str], tuple[str, int, int]] = {
    ("2026", "whole_yen_per_line"): ("invoice/each-capped-line-is-cut-by-itself", 180_000, 180_001),
    ("2026", "at_once_within_limit"): ("general/cloud-sum-60-months", 240_000, 600_000),
    ("2026", "exclusive_cap"): ("general/kinds-fourth-from-an-option", 1_499_999, 1_500_000),
    ("2026", "months_2025"): ("general/option-13-months", 310_000, 315_000),
    ("2026", "near_minimum_two_sided"): ("general/cloud-23-months", 230_000, 306_666),
    ("2026", "expert_share_of_subsidy"): ("group/clerical-tenth-binds", 4_266_666, 4_333_333),
    ("2026", "wage_plan_trigger"): ("general/no-plan-care-provider", 2_000_000, 0),
    ("2025", "expert_share_of_subsidy"): ("group/ten-shops-with-all-parts", 12_266_666, 12_566_666),
    ("2025", "whole_yen_per_line"): ("invoice/each-capped-line-is-cut-by-itself", 180_000, 180_001),
    ("2025", "at_once_within_limit"): ("general/cloud-sum-60-months", 240_000, 600_000),
    ("2025", "exclusive_cap"): ("general/plan-margin-29-yen", 1_499_999, 1_500_000),
    ("2025", "security_cap_included"): ("security/sme-cap-3000000", 1_500_000, 1_499_999),
    ("2025", "near_50_latest_months"): ("general/cloud-25-months", 240_000, 320_000),
    ("2025", "round_7_change"): ("general/rate-round-7-two-months", 500_000, 666_666),
    ("2024", "whole_yen_per_line"): ("invoice/each-capped-line-is-cut-by-itself", 180_000, 180_001),
    ("2024", "at_once_within_limit"): ("general/cloud-sum-60-months", 240_000, 600_000),
    ("2024", "exclusive_cap"): ("general/plan-margin-29-yen", 1_499_999, 1_500_000),
    ("2024", "months_as_2025"): ("general/option-13-months", 370_000, 380_000),
    ("2024", "wage_exempt_as_2025"): ("general/exempt-small-builder-20", 2_000_000, 1_499_999),
}
"""A case that each of them moves: its yen, and those under the other reading, worked out by hand."""


@cache
def texts(year: str) -> dict[str, str]:
    """The applicant files of the year's cases, by their place."""
    cases = sorted((HERE / "cases" / year).rglob("*.yaml"))
    return {case.relative_to(ROOT).as_posix(): case.read_text(encoding="utf-8") for case in cases}


@cache
def before(year: str) -> dict[str, dict[str, Outcome]]:
    """What each case comes to."""
    return {name: fast(year).outcomes(read(text, rules(year), name)) for name, text in texts(year).items()}


@cache
def feeling_it(year: str, assumption: str) -> list[str]:
    """The cases that come to something else where the assumption is read otherwise."""
    other = Evaluator(readings.other(year, assumption))
    return [
        name
        for name, text in texts(year).items()
        if other.outcomes(read(text, rules(year), name)) != before(year)[name]
    ]


@cache
def by_hand(year: str, assumption: str, folder: Path) -> str:
    """The ruleset of the year with its words changed, as a file."""
    text = (ROOT / "rules" / f"{year}.yaml").read_text(encoding="utf-8")
    for pattern, words, times in BY_HAND[year, assumption]:
        text, found = re.subn(pattern, words, text, flags=re.MULTILINE)
        assert found == times, pattern
    file = folder / f"{year}-{assumption}.yaml"
    file.write_text(re.sub(r"^    otherwise:(?: .*)?\n(?:      .*\n)*", "", text, flags=re.MULTILINE), encoding="utf-8")
    return str(file)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("by_hand")


def test_every_other_reading_of_a_shipped_ruleset_is_changed_by_hand_here() -> None:
    shipped = {(year, name) for year in ("2024", "2025", "2026") for name in readings.of(rules(year))}
    assert shipped == set(BY_HAND) == set(FELT)


SOME = [pytest.param(*each.values[0], marks=each.marks) for each in few(BY_HAND, 6)]
"""A few of them here, all in the long run."""


@pytest.mark.parametrize("read_otherwise", few(FELT, 6), ids=str)
def test_a_case_comes_to_the_yen_that_the_other_reading_says(read_otherwise: tuple[str, str]) -> None:
    year, assumption = read_otherwise
    case, yen, otherwise = FELT[year, assumption]
    name = f"tests/cases/{year}/{case}.yaml"
    frame = case.partition("/")[0]
    other = Evaluator(readings.other(year, assumption)).outcomes(read(texts(year)[name], rules(year), name))
    assert (before(year)[name][frame][1], other[frame][1]) == (yen, otherwise)
    assert name in feeling_it(year, assumption)


@pytest.mark.parametrize(("year", "assumption"), SOME, ids=str)
def test_another_reading_is_the_ruleset_changed_by_hand(year: str, assumption: str, folder: Path) -> None:
    """Cases of the year, and applicants at random where they are of that year; each read anew under the changed file."""
    hand = rules(by_hand(year, assumption, folder))
    other, changed = Evaluator(readings.other(year, assumption)), Evaluator(hand)
    felt = feeling_it(year, assumption)[:20]
    if year == "2026":
        chance = Random(assumption)
        applicants = [as_yaml(random_applicant(chance)) for _ in range(40)] + [texts(year)[name] for name in felt]
    else:
        applicants = list(texts(year).values())
    for text in applicants:
        assert other.outcomes(read(text, rules(year))) == changed.outcomes(read(text, hand))


@pytest.mark.parametrize(("year", "assumption"), SOME, ids=str)
def test_advise_says_what_estimate_says_under_the_file_changed_by_hand(
    year: str, assumption: str, folder: Path
) -> None:
    case = feeling_it(year, assumption)[0]
    hand = by_hand(year, assumption, folder)
    advice = json.loads(hojo("advise", case, "--rules", year, "--format", "json").stdout)
    said = {each["frame"]: each for each in advice["assumptions"] if each["id"] == assumption}
    for key, used in (("from", year), ("to", hand)):
        (result,) = json.loads(hojo("estimate", case, "--rules", used, "--format", "json").stdout)["results"]
        paid = {each["frame"]: each["subsidy"] for each in result["estimates"] if each["status"] != "no_cost"}
        assert {frame: each[key] for frame, each in said.items()} == paid
    assert any(each["from"] != each["to"] for each in said.values())


@pytest.mark.parametrize(
    ("lang", "mark"), [("ja", "※別の読み方「{0}」では{1}円です"), ("en", "Under the other reading (`{0}`): {1} yen")]
)
def test_the_full_page_of_an_estimate_marks_assumptions_that_move_the_yen_and_no_others(lang: str, mark: str) -> None:
    for file, frame in (
        ("examples/shop.yaml", "general"),
        ("examples/wholesaler.yaml", "general"),
        ("examples/shop.yaml", "invoice"),
    ):
        page = hojo("estimate", file, "--frame", frame, "--full", "--lang", lang).stdout.decode()
        advice = json.loads(hojo("advise", file, "--frame", frame, "--format", "json", "--lang", lang).stdout)
        moving = [each for each in advice["assumptions"] if each["from"] != each["to"]]
        flat = re.sub(r"\s+", " " if lang == "en" else "", page)
        for each in moving:
            told = mark.format(each["reading"], f"{each['to']:,}")
            assert (told if lang == "en" else told.replace(" ", "")) in flat
        assert page.count("※" if lang == "ja" else " * ") == len(moving)
        assert "※" not in hojo("estimate", file, "--frame", frame, "--lang", lang).stdout.decode()


MISSHAPEN = {
    "title: 5": "HJ303",
    "frames: []": "HJ303",
    "fiscal_year: ~": "HJ302",
    "rounding: {unit: 1円, mode: down, at: line, too: much}": "HJ301",
    "frames.general.lines.tools.months: [1, 2]": "HJ303",
    "items.at_once.categories: x": "HJ331",
    "frames.general.bands.lower.below: 5円": "HJ332",
}


@pytest.mark.parametrize(("words", "code"), MISSHAPEN.items(), ids=str)
def test_what_another_reading_puts_somewhere_is_held_against_the_schema_at_its_place(words: str, code: str) -> None:
    text = (ROOT / "rules" / "2026.yaml").read_text(encoding="utf-8")
    set_to = "set: {rounding.at: total}"
    line = text[: text.index(set_to)].count("\n") + 1
    root = ruleset.tree(text.replace(set_to, f"set: {{{words}}}").encode(), "x.yaml")
    read_as, findings = readings.read_otherwise(root, "x.yaml", "whole_yen_per_line")
    assert read_as is None
    assert (code, line) in [(found.code, found.where.line) for found in findings]
