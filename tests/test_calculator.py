"""The calculator for a browser: its reader in JavaScript says what the evaluator says, to the yen, and knows every node there is."""

from __future__ import annotations

import re
import subprocess
from fractions import Fraction
from random import Random
from typing import get_args

import pytest
from any_applicants import any_applicant, any_fact
from filled_forms import filled_form
from in_node import HERE, NODE, answer, data_of, needs_node, run, said_here, said_there
from random_applicants import as_yaml, random_applicant
from subjects import ROOT, fast, read, rules
from test_evaluator import ALL, AMOUNTS, BANDS, CONDITIONS, SUBJECTS, rate, rules_with
from test_unknown_fields import lapsed

from hojo_cli.base.finding import Location
from hojo_cli.base.number import Kind, NumberProblem, exact, read as read_number
from hojo_cli.browser import calculator, nodes_as_data, ruleset_as_data
from hojo_cli.engine.applicant import Applicant
from hojo_cli.engine.evaluator import judge
from hojo_cli.engine.missing import settle
from hojo_cli.explanation.steps import line_result
from hojo_cli.results.estimated import LineResult
from hojo_cli.rules import nodes
from hojo_cli.rules.words import Words

YEARS = ("2026", "2025", "2024")
PROGRAMMES = tuple(f"{HERE.parent}/programmes/{name}.yaml" for name in ("league", "market", "workshop"))
READER = (ROOT / "hojo_cli" / "browser" / "reader.js").read_text(encoding="utf-8")


def some(name: str, seed: int) -> Applicant:
    """An applicant at random; every other of this year's is one whose facts hang together."""
    if name == YEARS[0] and seed % 2:
        return read(as_yaml(random_applicant(Random(seed)) if seed % 4 == 1 else lapsed(seed)[0]), rules(name))
    return any_applicant(name, Random(seed))


@needs_node
@pytest.mark.no_cover
def test_the_reader_in_javascript_says_what_the_evaluator_says() -> None:
    """Status, yen, eligible cost, what stands in the way, and the yen of each line; with facts and fields left out as well."""
    names = (*YEARS, *PROGRAMMES)
    subjects = [(name, some(name, seed)) for name in names for seed in range(80 if name == YEARS[0] else 24)]
    there = said_there({name: rules(name) for name in names}, subjects)
    for place, (name, subject) in enumerate(subjects):
        assert there[place] == said_here(rules(name), subject), (name, place, subject)


@needs_node
@pytest.mark.no_cover
def test_every_kind_of_condition_amount_and_band_is_read_alike() -> None:
    used = {f"if {name}": rules_with(rate_of(), requires=node) for name, node in CONDITIONS.items()}
    used |= {
        f"{name} {cut}": rules_with(*lines, cut=cut)
        for name, lines in AMOUNTS.items()
        for cut in ("down", "up", "half_up")
    }
    used |= {f"{count} bands": rules_with(rate_of(), bands=BANDS[:count]) for count in range(1, 5)}
    whole = SUBJECTS[::4]
    without = [
        subject._replace(facts={name: value for name, value in subject.facts.items() if name not in gone})
        for subject, gone in zip(SUBJECTS, lacking(), strict=False)
    ]
    subjects = [(name, subject) for name in used for subject in (*whole, *without)]
    there = said_there(used, subjects)
    for (name, subject), found in zip(subjects, there, strict=True):
        assert found == [answer(used[name], "frame", subject)], (name, subject)


@needs_node
@pytest.mark.no_cover
def test_while_facts_are_missing_the_page_says_what_estimate_says_or_asks_for_more() -> None:
    told, laid_out = while_facts_are_missing(range(80))
    assert not told
    assert laid_out > 15


def while_facts_are_missing(seeds: range) -> tuple[list[str], int]:
    """Where the page contradicts `estimate`, and how many frames it laid out whole: they have the same range, and no question is left out. What it
    calls settled is settled so.
    """
    used, told, laid_out = rules(), [], 0
    subjects = [lacking_some(seed) for seed in seeds]
    given = [
        {YEARS[0]: ruleset_as_data.ruleset(used)},
        *({"rules": YEARS[0], "applicant": data_of(each)} for each in subjects),
    ]
    for seed, subject, found in zip(seeds, subjects, run("settle.js", given), strict=True):
        for frame, (status, yen, possible, names) in zip(used.frames.values(), found, strict=True):
            settled = settle(used, frame, subject)
            judgement = settled.judgement
            outcomes = [leaf.subsidy or 0 for leaf in settled.outcomes]
            if status != "incomplete":
                alike = (status, yen) == (judgement.status.value, str(judgement.subsidy))
            elif judgement.status.value != status or possible is None or not outcomes:
                alike = set(settled.missing) <= set(names)
            else:
                alike = set(settled.missing) <= set(names) and possible == [str(min(outcomes)), str(max(outcomes))]
                laid_out += 1
            if not alike:
                told.append(
                    f"{seed} {frame.id}: {status} {yen} {possible} {names} there, {settled.missing} {outcomes} here"
                )
    return told, laid_out


def lacking_some(seed: int) -> Applicant:
    """An applicant of whom one to five facts are missing."""
    random = Random(seed)
    subject = read(as_yaml(random_applicant(random)), rules())
    gone = random.sample(sorted(subject.facts), min(len(subject.facts), random.randint(1, 5)))
    return subject._replace(facts={name: value for name, value in subject.facts.items() if name not in gone})


@needs_node
@pytest.mark.no_cover
def test_a_line_is_broken_down_as_hojo_breaks_it_down() -> None:
    """The same items, the same yen step by step; and nothing is told that is not there."""
    names = (YEARS[0], *PROGRAMMES)
    subjects = [(name, some(name, seed)) for name in names for seed in range(60 if name == YEARS[0] else 20)]
    written = {name: ruleset_as_data.ruleset(rules(name)) for name in names}
    given = [written, *({"rules": name, "applicant": data_of(each)} for name, each in subjects)]
    for (name, subject), found in zip(subjects, run("lines.js", given), strict=True):
        words = Words(rules(name))
        for frame, told in zip(rules(name).frames.values(), found, strict=True):
            judgement = judge(rules(name), frame, subject)
            lines = [line_result(line, judgement, words) for line in judgement.lines]
            assert told["lines"] == [as_told(line) for line in lines if line.cost != 0], (name, frame.id, subject)
            assert not re.search("undefined|null|NaN|\\[object", " ".join(told["labels"])), told["labels"]


def as_told(line: LineResult) -> list[object]:
    steps = [None if step.yen is None else exact(step.yen) for step in line.steps]
    counted = [exact(item.counted) for item in line.counted]
    return [
        None if line.cost is None else exact(line.cost),
        None if line.subsidy is None else exact(line.subsidy),
        counted,
        steps,
    ]


def rate_of() -> nodes.Amount:
    return nodes.Rated(ALL, rate(1, 2))


def lacking() -> list[set[str]]:
    """What is left out, one after the other and in pairs."""
    return [
        {"people"},
        {"trade"},
        {"open", "people"},
        {"growth"},
        {"part"},
        {"whole", "trade"},
        {"granted"},
        {"people", "granted"},
    ]


def test_a_node_that_the_reader_was_not_taught_breaks_this_test() -> None:
    """`nodes_as_data` writes out every node, or mypy would say so; the reader has a case for each."""
    unions = (nodes.Condition, nodes.Quantity, nodes.Amount)
    known = {node.__name__ for union in unions for node in get_args(union)}
    taught = set(re.findall(r'case "(\w+)":', READER))
    assert taught - {"min", "above", "below", "max", "eq"} == known


def test_the_reader_is_small_enough_to_be_read() -> None:
    assert len(READER.splitlines()) < 900


def test_no_number_of_javascript_holds_yen() -> None:
    for name in ("exact", "reader", "numbers", "entry"):
        text = re.sub("//.*", "", calculator.source(f"{name}.js"))
        assert not re.search(r"parseFloat|parseInt|Math\.|[0-9]\.[0-9]", text), name


@needs_node
@pytest.mark.no_cover
def test_numbers_are_read_in_the_page_as_in_a_file() -> None:
    """The same value, or refused with the same code."""
    cases = [(text, kind) for text in (*LITERALS.split(), *SPACED, *scrambled(400)) for kind in Kind]
    for (text, kind), found in zip(cases, run("numbers.js", cases), strict=True):
        assert found == read_here(text, kind), (text, kind)


def read_here(text: str, kind: Kind) -> str:
    try:
        return exact(read_number(text, kind))
    except NumberProblem as problem:
        return problem.code


LITERALS = """
0 1 5 24 007 1500000 1,500,000 1,50,000 12,34 150万円 150万 3億円 5千万円 1億5,000万円 1億50,000万 1.5万円 1.23456万円 2百万円 百万円 円 ¥1,000 ￥1,000円
１５０万円 １，５００，０００ 300人 5名様 12社 3式 24か月 24ヶ月 24カ月 2年 2年分 2年3か月 24月分 2年間 2/3 １／２ 2/0 30% ３％ 3.5% 0.5 1.5 30 2割 100%
-5 −5 △5 (1,000円) 1e6 .inf 0x10 1_000 2026-04-01 令和8年4月1日 R8 税込5万円 5万円（税抜） 50.00 50.0 50.000 1.000.000円 ①②③ 三万円 五 ½ yes はい null ~ 1億万 万 兆
1000兆 1001兆 10000000000000000 1000000000000000 1000000000000001 99999999999999999999999999999999999999999 5円 5個 3万人 1.5万人 5千 百 千円 1千5百円
"""

SPACED = ("1 000", " 150 万円 ", "　５人　", "", " ", "2年 3か月", "1 / 2")


def scrambled(count: int) -> list[str]:
    random = Random(12)
    signs = "0123456789,.億万千百円人か月年%/¥-０５ "
    return ["".join(random.choices(signs, k=random.randint(1, 7))) for _ in range(count)]


@needs_node
def test_the_parts_of_the_page_pass_their_own_tests() -> None:
    """`node --test tests/browser/*.test.js`."""
    assert NODE is not None
    done = subprocess.run(
        [NODE, "--test", *map(str, HERE.glob("*.test.js"))], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout


def test_figures_are_written_out_exactly() -> None:
    third = nodes.Number(Fraction(1, 3), Kind.RATE, nodes.NOWHERE, "", Location("a"))
    assert nodes_as_data.amount(third)["value"] == "1/3"


@needs_node
@pytest.mark.no_cover
def test_the_file_that_the_page_saves_comes_to_what_the_page_says() -> None:
    """And nothing in it is wrong, whatever was slipped in the form."""
    forms = [filled_form(seed) for seed in range(80)]
    used = rules()
    written = {"2026": ruleset_as_data.ruleset(used, shipped=True)}
    given = [written, *({"rules": "2026", "form": form} for form in forms)]
    for seed, found in enumerate(run("forms.js", given)):
        subject = read(found["file"], used)
        assert [answer[:3] for answer in found["answers"]] == [answer[:3] for answer in said_here(used, subject)], seed


@needs_node
@pytest.mark.no_cover
def test_a_question_that_is_not_asked_changes_nothing_whatever_its_answer() -> None:
    forms = [filled_form(seed) for seed in range(3, 150, 3)]
    for seed, form in enumerate(forms):  # much is left out
        form["facts"] = {name: value for name, value in form["facts"].items() if Random(f"{seed} {name}").randrange(3)}
    used = rules()
    written = {"2026": ruleset_as_data.ruleset(used, shipped=True)}
    tried = 0
    for seed, found in enumerate(run("forms.js", [written, *({"rules": "2026", "form": form} for form in forms)])):
        subject = read(found["file"], used)
        before = fast().outcomes(subject)
        for place, how in found["asked"].items():
            name = place.removeprefix("facts.")
            if how != "idle" or name not in used.facts or name in subject.facts:
                continue
            value = any_fact("2026", used.facts[name], dict(subject.facts), Random(seed))
            after = fast().outcomes(subject._replace(facts={**subject.facts, name: value}))
            assert after == before, (seed, name, value)
            tried += 1
    assert tried > 100
