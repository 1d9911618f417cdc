"""The simulated national year keeps the printed margins, is the same whenever it is made, and its page is what the last run wrote."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from this_process import hojo

pytest.importorskip("duckdb", reason="duckdb is not installed")

from simulations.national_year import applicants, figures, published, tables
from simulations.national_year.assumptions import ASSUMPTIONS, values
from simulations.national_year.draws import Draws
from simulations.national_year.page import RESULTS, files
from simulations.national_year.running import all_years

pytestmark = pytest.mark.no_cover

ROOT = Path(__file__).parent.parent
FOUND = json.loads((ROOT / RESULTS).read_text(encoding="utf-8"))


def test_a_fresh_small_run_comes_to_what_the_last_run_wrote_down() -> None:
    """Whoever changes a rule, the query or the simulation runs it again: `python -m simulations.national_year page`."""
    assert json.loads(json.dumps(figures.small())) == FOUND["small"]


def test_the_page_and_its_pictures_are_what_the_figures_come_to() -> None:
    """After a change of words: `python -m simulations.national_year draw`."""
    for place, content in files(FOUND).items():
        assert (ROOT / place).read_text(encoding="utf-8") == content, place


def test_every_printed_margin_is_met_to_the_last_applicant() -> None:
    for table, rows in figures.compared(FOUND).items():
        for label, printed, simulated in rows:
            assert printed == simulated, (table, label)


def test_everybody_applies_in_the_frame_that_pays_most_in_each_year() -> None:
    assert set(FOUND["elsewhere"].values()) == {0}


def test_the_places_alone_keep_the_margins_of_grants() -> None:
    places = [place for place in applicants.places(Draws(1), values(), 1) if place.granted]
    for table in applicants.TABLES:
        assert Counter(getattr(place, table) for place in places) == Counter(published.printed(table))


def test_one_seed_makes_the_same_files_and_another_makes_others(tmp_path: Path) -> None:
    def written(seed: int, name: str) -> list[bytes]:
        engine = tables.made(applicants.rows(Draws(seed), values(), 1000))
        return [path.read_bytes() for path in tables.save(engine, tmp_path / name)]

    assert written(1, "one") == written(1, "again") != written(2, "other")


@pytest.mark.slow
def test_hojo_diff_over_the_tables_comes_to_the_same_yen_clause_by_clause(tmp_path: Path) -> None:
    engine = figures.simulated(400)
    assert len(list(tables.save(engine, tmp_path))) == 3
    all_years(engine)
    step = figures.step(engine, "2025", "2026")
    told = hojo("diff", "2025", "2026", "--impact", str(tmp_path), "--by", "headcount", "--format", "json")
    impact = json.loads(told.stdout)["impact"]
    applicants, gain, gained, lose, lost, stop, _ = step["all"]
    found = [impact[key] for key in ("inputs", "gain", "lose", "stop_being_eligible", "difference")]
    assert found == [applicants, gain, lose, stop, gained + lost]
    alone = [clause["moves"][2] + clause["moves"][4] for clause in step["clauses"]]
    assert [each["yen"] for each in impact["attribution"]] == alone
    groups = {each["value"]: each["difference"] for each in impact["by"][0]["groups"] if each["value"]}
    assert groups == {label: row[2] + row[4] for label, row in step["by"]["headcount"].items()}


def test_what_one_assumption_changes_is_all_that_changes() -> None:
    """The same numbers are drawn for all others, so that a variant shows that assumption and no other chance."""
    usual = list(applicants.rows(Draws(1), values(), 500))
    varied = list(applicants.rows(Draws(1), values(past_grant=100), 500))
    assert [items for _, items, _ in usual] == [items for _, items, _ in varied]
    changed = {
        name
        for (one, _, _), (other, _, _) in zip(usual, varied, strict=True)
        for name in one
        if one[name] != other[name]
    }
    assert changed == {"past_grant", "granted_processes"}


def test_every_assumption_stands_within_its_range() -> None:
    assert all(each.low <= each.value <= each.high and each.low < each.high for each in ASSUMPTIONS)


@pytest.mark.parametrize("total", [0, 1, 999, 45_235])
def test_applicants_are_apportioned_whole(total: int) -> None:
    for table in applicants.TABLES:
        assert sum(published.apportioned(published.printed(table), total).values()) == total
