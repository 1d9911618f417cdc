"""The published results of earlier years: every table adds up, and where printed tables disagree the ruleset says so."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from hojo_cli.base.finding import HojoError
from hojo_cli.commands.verify import verified
from hojo_cli.document import RULESET, parse, plain
from hojo_cli.rules.outcomes import examine
from hojo_cli.rules.ruleset import load

RULES = Path(__file__).parent.parent / "rules"
YEARS = {2024: (71_767, 50_175), 2025: (80_439, 35_202)}
"""Applications and grants as printed for all frames together."""

PREFECTURES = {2024: 50_171, 2025: 35_196}
"""The total printed under the table by prefecture."""

TABLES = {"prefecture": 47, "industry": 12, "employees": 4, "amount": 5}

# What plain YAML holds is known by its place only, hence Any.


def read(file: str) -> dict[str, Any]:
    document = parse((RULES / file).read_bytes(), file, RULESET)
    assert document.root is not None
    data = plain(document.root)
    assert isinstance(data, dict)
    return data


@cache
def outcomes(year: int) -> dict[str, Any]:
    return read(f"outcomes/{year}.yaml")


@pytest.mark.parametrize("year", YEARS)
def test_the_total_is_the_printed_one_and_the_frames_add_up_to_it(year: int) -> None:
    found = outcomes(year)
    assert (found["total"]["applied"], found["total"]["granted"]) == YEARS[year]
    for count in ("applied", "granted"):
        assert sum(tally[count] for tally in found["frames"].values()) == found["total"][count]


@pytest.mark.parametrize("year", YEARS)
def test_every_frame_of_the_ruleset_has_its_results(year: int) -> None:
    found = outcomes(year)["frames"]
    assert set(found) == set(read(f"{year}.yaml")["frames"])
    assert all(0 <= tally["granted"] <= tally["applied"] for tally in found.values())


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("year", YEARS)
def test_the_rows_of_a_table_add_up_to_its_total(year: int, table: str) -> None:
    found = outcomes(year)["by"][table]
    assert sum(row["granted"] for row in found["rows"]) == found["total"]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("year", YEARS)
def test_a_table_has_all_its_rows_and_names_none_twice(year: int, table: str) -> None:
    rows = outcomes(year)["by"][table]["rows"]
    for language in ("ja", "en"):
        assert len({row["label"][language] for row in rows}) == len(rows) == TABLES[table]


@pytest.mark.parametrize("year", YEARS)
def test_prefectures_add_up_to_the_printed_total(year: int) -> None:
    assert outcomes(year)["by"]["prefecture"]["total"] == PREFECTURES[year]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(("year", "missing"), [(2024, 4), (2025, 6)])
def test_the_tables_leave_out_exactly_the_group_frame(year: int, missing: int, table: str) -> None:
    """Known disagreement: 50,175 against 50,171 and 35,202 against 35,196."""
    found = outcomes(year)
    assert found["total"]["granted"] - found["by"][table]["total"] == missing == found["frames"]["group"]["granted"]


@pytest.mark.parametrize("year", YEARS)
def test_the_notes_name_both_figures_that_disagree(year: int) -> None:
    for language in ("ja", "en"):
        note = " ".join(entry[language] for entry in outcomes(year)["notes"])
        assert f"{YEARS[year][1]:,}" in note
        assert f"{PREFECTURES[year]:,}" in note


def test_prefectures_stand_in_the_same_order_in_both_years() -> None:
    before, after = (outcomes(year)["by"]["prefecture"]["rows"] for year in YEARS)
    assert [row["label"] for row in before] == [row["label"] for row in after]


def test_the_year_that_is_still_running_has_no_results() -> None:
    assert not (RULES / "outcomes" / "2026.yaml").exists()
    assert load("2026").outcomes is None


def test_results_stand_beside_a_ruleset_wherever_that_is(tmp_path: Path) -> None:
    for name in ("2025.yaml", "outcomes/2025.yaml"):
        copy = tmp_path / name
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes((RULES / name).read_bytes())
    assert load(str(tmp_path / "2025.yaml")).outcomes == load("2025").outcomes is not None
    (tmp_path / "outcomes" / "2025.yaml").write_text("totals: 5\n")
    with pytest.raises(HojoError) as caught:
        load(str(tmp_path / "2025.yaml"))
    assert [found.code for found in caught.value.findings] == ["HJ301", "HJ302", "HJ302"]
    assert caught.value.findings[0].where.file == str(tmp_path / "outcomes" / "2025.yaml")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("sources:\n", "sourced:\n", "HJ301"),
        (
            "id: overview_2026, at: 「IT導入補助金2025」の申請",
            "id: overvew_2026, at: 「IT導入補助金2025」の申請",
            "HJ331",
        ),
        ("{applied: 23672, granted", "{applied: 5件, granted", "HJ303"),
        ("  prefecture:\n", "  month:\n", "HJ301"),
    ],
)
def test_a_mistake_in_a_file_of_results_is_told(old: str, new: str, code: str) -> None:
    text = (RULES / "outcomes" / "2025.yaml").read_text(encoding="utf-8")
    assert old in text
    findings = examine(text.replace(old, new, 1).encode(), "results.yaml")[1]
    assert code in [found.code for found in findings]


def test_verify_looks_at_the_results_too(tmp_path: Path) -> None:
    for name in ("2025.yaml", "outcomes/2025.yaml"):
        copy = tmp_path / name
        copy.parent.mkdir(exist_ok=True)
        copy.write_text(
            (RULES / name).read_text(encoding="utf-8").replace("en: Tokyo", "en: とうきょう"), encoding="utf-8"
        )
    (one,) = verified([str(tmp_path / "2025.yaml")], "", "", "")
    told = [found for found in one.findings if found.code == "HJ521"]
    assert [found.where.file for found in told] == [str(tmp_path / "outcomes" / "2025.yaml")]
