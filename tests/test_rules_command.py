"""`hojo rules` and `hojo schema`: what rulesets are at hand, one of them in words, its published results, the schemas."""

from __future__ import annotations

import json
from typing import Any

import pytest
from rich.cells import cell_len

from hojo_cli.base.finding import HojoError, Text
from hojo_cli.base.number import show
from hojo_cli.commands import rules, schema
from hojo_cli.document import RULESET, parse, plain
from hojo_cli.explanation import overview, previous_results
from hojo_cli.formats import render
from hojo_cli.formats.drawing.screen import Screen
from hojo_cli.results.report import Report
from hojo_cli.rules import library, ruleset
from hojo_cli.rules.declared import Ruleset
from hojo_cli.rules.nodes import NOWHERE, Number, PerMember
from hojo_cli.rules.walk import nodes_within

YEARS = ("2024", "2025", "2026")
LANGUAGES = ("ja", "en")

# JSON is read by key, hence Any.


def data(report: Report) -> dict[str, Any]:
    """What `--format json` prints."""
    found = json.loads(render("json", report, Screen(80, False, "ja")))
    assert isinstance(found, dict)
    return found


def table(report: Report, lang: str = "ja", width: int = 80) -> str:
    return render("table", report, Screen(width, False, lang))


# --- the list ---


def test_every_shipped_ruleset_is_listed_newest_first() -> None:
    listed = data(rules.run("", "ja"))["rulesets"]
    assert [entry["fiscal_year"] for entry in listed] == [2026, 2025, 2024]
    for entry in listed:
        used = ruleset.load(str(entry["fiscal_year"]))
        assert entry["sha256"] == used.sha256
        assert entry["sources"] == len(used.sources)
        assert entry["valid"] == {"from": used.valid_from, "to": used.valid_to}
        assert entry["outcomes"] is (used.outcomes is not None)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_list_for_people_has_a_row_for_each_year(lang: str) -> None:
    drawn = table(rules.run("", lang), lang)
    for year in library.years():
        assert year in drawn
        assert ruleset.load(year).sha256[:12] in drawn


# --- one in words ---


@pytest.mark.parametrize("year", YEARS)
def test_every_frame_line_requirement_and_band_is_shown(year: str) -> None:
    used = ruleset.load(year)
    shown = data(rules.show(year, "ja"))
    assert [frame["frame"] for frame in shown["frames"]] == list(used.frames)
    for frame, declared in zip(shown["frames"], used.frames.values(), strict=True):
        assert [line["id"] for line in frame["lines"]] == [line.id for line in declared.lines]
        assert [each["says"] for each in frame["requirements"]] == [each.label.ja for each in declared.requires]
        assert [band["id"] for band in frame["bands"]] == [band.id for band in declared.bands]
        assert [part["id"] for part in frame["subtotals"]] == [part.id for part in declared.subtotals]
    assert [each["kind"] == "together" for each in shown["together"]] == [each.allowed for each in used.combinations]
    assert {part["id"] for part in shown["definitions"]} == set(used.definitions)
    assert {source["id"] for source in shown["sources"]} == set(used.sources)
    assert {each["id"] for each in shown["assumptions"]} == set(used.assumptions)


@pytest.mark.parametrize("year", YEARS)
def test_every_figure_of_a_line_or_band_is_shown_with_its_source(year: str) -> None:
    """Each number in the frames stands, as it is printed, in a clause that cites the place it comes from."""
    used = ruleset.load(year)
    said = {
        (clause.says.ja, clause.citation.id if clause.citation else "", clause.citation.at if clause.citation else "")
        for frame in overview.of(used).frames
        for part in (*frame.lines, *frame.subtotals, *frame.bands)
        for clause in part.clauses
    }
    everything = " ".join(
        f"{clause.label.ja} {clause.says.ja}"
        for frame in overview.of(used).frames
        for part in (*frame.lines, *frame.subtotals, *frame.bands)
        for clause in part.clauses
    )
    for number in _amounts(used):
        printed = show(number.value, number.kind)
        assert printed in everything, number.path
        if "rate" in number.path or "cap" in number.path:
            cited = number.provenance
            assert (
                any(printed in says and (source, at) == (cited.source or "", cited.at) for says, source, at in said)
                or "share" in number.path
            ), number


def _amounts(used: Ruleset) -> list[Number]:
    """Figures of yen, rates and months in the amounts of the frames."""
    found = []
    for frame in used.frames.values():
        for line in frame.lines:
            if not isinstance(line.amount, PerMember):
                found += [
                    node for node in nodes_within(line.amount) if isinstance(node, Number) and node.kind != "count"
                ]
    return [number for number in found if number.provenance != NOWHERE and ".when" not in number.path]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("width", [60, 80, 200])
def test_the_overview_fits_the_screen(year: str, lang: str, width: int) -> None:
    drawn = table(rules.show(year, lang), lang, width)
    assert max(map(cell_len, drawn.splitlines())) <= width
    assert render("markdown", rules.show(year, lang), Screen(80, False, lang)).startswith("# ")


def test_the_newest_is_shown_where_none_is_named() -> None:
    assert data(rules.show("", "ja"))["ruleset"]["fiscal_year"] == 2026


@pytest.mark.parametrize("name", ["2019", "nowhere.yaml"])
def test_a_ruleset_that_is_not_there_is_refused(name: str) -> None:
    with pytest.raises(HojoError):
        rules.show(name, "ja")


# --- published results ---


@pytest.mark.parametrize("year", ["2024", "2025"])
def test_results_are_read_whole(year: str) -> None:
    """What the file of results says, record for record."""
    results = library.outcomes(year)
    assert results is not None
    root = parse(*results, RULESET).root
    assert root is not None
    written: Any = plain(root)
    found = ruleset.load(year).outcomes
    assert found is not None
    assert {
        name: {"applied": tally.applied, "granted": tally.granted} for name, tally in found.frames.items()
    } == written["frames"]
    assert found.total is not None
    assert (found.total.applied, found.total.granted) == (written["total"]["applied"], written["total"]["granted"])
    assert [each.id for each in found.by] == list(written["by"])
    for each in found.by:
        rows = [{"label": {"ja": label.ja, "en": label.en}, "granted": granted} for label, granted in each.rows]
        assert rows == written["by"][each.id]["rows"]
        assert each.total == written["by"][each.id]["total"]
        assert each.provenance.at == written["by"][each.id]["source"]["at"]
    assert [{"ja": note.ja, "en": note.en} for note in found.notes] == written["notes"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_results_are_shown_with_rates_bars_and_notes(lang: str) -> None:
    report = rules.show("2025", lang, outcomes=True)
    drawn = table(report, lang)
    assert "56,029" in drawn
    assert "25,900" in drawn
    assert "46.2%" in drawn
    assert "#####" in drawn
    assert "35,196" in drawn
    assert "35,202" in drawn
    assert max(map(cell_len, drawn.splitlines())) <= 80
    assert "6,114" in drawn


def test_rates_are_exact_in_json() -> None:
    shown = data(rules.show("2025", "ja", outcomes=True))
    frames = {frame["frame"]: frame for frame in shown["frames"]}
    assert frames["group"]["rate"] == "3/4"
    assert frames["electronic_trade"]["rate"] is None
    assert shown["total"] == {"applied": 80439, "granted": 35202, "rate": "11734/26813"}
    assert len(shown["by"]) == 4
    assert shown["notes"]


def test_the_newest_results_are_shown_where_no_year_is_named() -> None:
    assert data(rules.show("", "ja", outcomes=True))["ruleset"]["fiscal_year"] == 2025


def test_a_year_without_results_says_which_have_some() -> None:
    with pytest.raises(HojoError) as caught:
        rules.show("2026", "ja", outcomes=True)
    found = caught.value.findings[0]
    assert found.code == "HJ015"
    assert "2025, 2024" in found.hint.ja


# --- context for an estimate ---


@pytest.mark.parametrize(("year", "before"), [("2026", 2025), ("2025", 2024)])
def test_context_comes_from_the_newest_earlier_year_with_results(year: str, before: int) -> None:
    for _ in range(2):  # read, then recalled
        found = previous_results.before(ruleset.load(year).program, int(year))
        assert found is not None
        assert found.fiscal_year == before
        outcomes = ruleset.load(str(before)).outcomes
        assert outcomes is not None
        for name, tally in outcomes.frames.items():
            context = previous_results.context(found, name)
            assert context is not None
            assert (context.applied, context.granted) == (tally.applied, tally.granted)
            assert context.label == ruleset.load(str(before)).frames[name].label


def test_there_is_no_context_before_the_first_year_or_for_another_programme() -> None:
    assert previous_results.before(ruleset.load("2024").program, 2024) is None
    assert previous_results.before("other", 2026) is None
    assert previous_results.context(previous_results.before(ruleset.load("2026").program, 2026), "unheard_of") is None


# --- schemas ---


@pytest.mark.parametrize("year", YEARS)
def test_the_schema_of_applicants_is_that_of_the_ruleset_asked_for(year: str) -> None:
    found = data(schema.run("applicant", year, ""))
    assert found["$schema"].endswith("2020-12/schema")
    assert set(found["$defs"]["facts"]["properties"]) == set(ruleset.load(year).facts)


def test_descriptions_come_in_one_language_or_both() -> None:
    described = {lang: data(schema.run("applicant", "2026", lang))["description"] for lang in ("", "ja", "en")}
    assert described[""] == f"{described['ja']} / {described['en']}"


def test_the_schema_of_rulesets_is_the_shipped_one() -> None:
    assert data(schema.run("ruleset", "", "")) == json.loads(library.schema_bytes())


def test_there_is_no_third_schema() -> None:
    with pytest.raises(HojoError) as caught:
        schema.run("items", "", "")
    assert caught.value.findings[0].code == "HJ004"


def test_a_clause_says_what_it_is_in_both_languages() -> None:
    for frame in overview.of(ruleset.load("2026")).frames:
        for part in (*frame.lines, *frame.subtotals, *frame.bands):
            for clause in part.clauses:
                assert clause.says != Text("", "")
                assert clause.says.ja
                assert clause.says.en
