"""Which changes of a ruleset its cases would notice."""

from __future__ import annotations

from pathlib import Path

import pytest
from subjects import HERE, rules
from verify_examples import BASE

from hojo_cli.engine.evaluator import Evaluator
from hojo_cli.rules import library, ruleset
from hojo_cli.rules.declared import Ruleset
from hojo_cli.rules.walk import numbers
from hojo_cli.verify import survivors
from hojo_cli.verify.examined import Complaint, Examined, examine
from hojo_cli.verify.mutants import Distinguisher, affected, mutants, with_value

SHOP = "fiscal_year: 2026\nfacts: {trade: %s, staff: %s, capital: %s}\nitems: [{category: goods, amount: %s}]\nexpect: {aid: %s}\n"


def base() -> Examined:
    data = BASE.encode()
    return examine(ruleset.tree(data, "base.yaml"), ruleset.read(data, "base.yaml"), "base.yaml")


def written(folder: Path, *cases: tuple[object, ...]) -> Path:
    for place, case in enumerate(cases):
        (folder / f"{place}.yaml").write_text(SHOP % case, encoding="utf-8")
    return folder


def missed(found: list[Complaint], code: str = "HJ570") -> list[tuple[int, str]]:
    return [(each.finding.where.line, each.finding.message.en) for each in found if each.finding.code == code]


def test_a_change_is_noticed_by_a_case_on_its_border(tmp_path: Path) -> None:
    """The 20th person counts: 20 and 21 guard the figure, 10 and 30 do not."""
    examined = base()
    line = BASE.split("max: 20人")[0].count("\n") + 1
    tight = written(tmp_path, ("shop", 20, 2_000_000, 300_000, 200_000), ("shop", 21, 2_000_000, 300_000, 0))
    _, found = survivors.find(examined, tight)
    assert line not in [place for place, _ in missed(found)]
    loose = tmp_path / "loose"
    loose.mkdir()
    written(loose, ("shop", 10, 2_000_000, 300_000, 200_000), ("shop", 30, 2_000_000, 300_000, 0))
    _, found = survivors.find(examined, loose)
    assert len([place for place, _ in missed(found) if place == line]) == 3


def test_the_score_counts_what_somebody_could_notice(tmp_path: Path) -> None:
    score, found = survivors.find(base(), written(tmp_path, ("shop", 20, 2_000_000, 300_000, 200_000)))
    assert score.cases == 1
    assert 0 < score.noticed < score.changes
    assert score.changes - score.noticed == len(missed(found))


def test_a_survivor_comes_with_the_case_that_is_missing(tmp_path: Path) -> None:
    """Its witness, added to the folder with what it comes to, notices the change."""
    examined = base()
    folder = written(tmp_path, ("shop", 20, 2_000_000, 300_000, 200_000))
    before, found = survivors.find(examined, folder)
    judge = Evaluator(examined.ruleset)
    from subjects import read

    for place, complaint in enumerate(each for each in found if each.finding.code == "HJ570" and each.witness):
        subject = read(complaint.witness, examined.ruleset)
        expect = {name: yen for name, (status, yen) in judge.outcomes(subject).items() if status != "no_cost"}
        (folder / f"w{place}.yaml").write_text(
            f"{complaint.witness}expect: {expect}\n".replace("'", ""), encoding="utf-8"
        )
    after, found = survivors.find(examined, folder)
    assert not missed(found, "HJ573")
    assert after.changes == before.changes
    assert {line for line, _ in missed(found)} <= {examined.ruleset.tax_included.where.line}


def test_a_case_that_fails_is_an_error(tmp_path: Path) -> None:
    _, found = survivors.find(base(), written(tmp_path, ("shop", 20, 2_000_000, 300_000, 1)))
    assert [each.finding.severity for each in found if each.finding.code == "HJ573"] == ["error"]


def test_files_of_another_year_and_files_that_state_nothing_are_no_cases(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("fiscal_year: 2031\nfacts: {staff: 1}\nexpect: {aid: 0}\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("fiscal_year: 2026\nfacts: {staff: 1}\n", encoding="utf-8")
    (tmp_path / "c.yaml").write_text("]", encoding="utf-8")
    score, _ = survivors.find(base(), tmp_path)
    assert score.cases == 0


def test_a_change_shares_what_it_leaves_alone() -> None:
    used = rules("2026")
    for number in list(numbers(used.frames["security"]))[:3]:
        after = with_value(used, number, number.value + 1)
        assert affected(used, after) == ["security"]
        assert after.definitions is used.definitions
        assert with_value(after, number, number.value) == used


def test_every_figure_is_changed_both_ways_and_every_comparison_flipped() -> None:
    used = rules("2026")
    places = [mutant.number.where for mutant in mutants(used)]
    assert set(places) == {number.where for number in numbers(used)}
    assert all(mutant.ruleset != used for mutant in mutants(used))


@pytest.mark.no_cover
@pytest.mark.parametrize("year", ["2026"])
def test_the_shipped_cases_notice_every_change_that_anybody_could(year: str) -> None:
    """What survives is decided by another rule as well: these figures agree with each other."""
    data, file = library.content(year)
    score, found = survivors.find(examine(ruleset.tree(data, file), rules(year), file), HERE / "cases" / year)
    assert not missed(found)
    assert not missed(found, "HJ573")
    assert score.noticed == score.changes
    lines = data.decode().splitlines()
    explained = [*["above: 0人"] * 3, "use: 150万円", "min: 1種類", "up_to: 350万円", "use: 350万円", "use: 200万円"]
    even = [lines[each.finding.where.line - 1] for each in found if each.finding.code == "HJ571"]
    assert all(words in line for words, line in zip(explained, even, strict=True))


def test_nobody_is_found_for_a_change_that_changes_nothing() -> None:
    used: Ruleset = rules("2026")
    number = next(numbers(used.frames["security"]))
    assert Distinguisher(used).witness(with_value(used, number, number.value), number) is None
