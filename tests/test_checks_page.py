"""`docs/checks.md` and `hojo rules explain` say what the catalogue says."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from hojo_cli import formats, messages
from hojo_cli.base.finding import HojoError
from hojo_cli.commands import explain_code
from hojo_cli.formats.drawing.screen import Screen
from hojo_cli.results.report import Answer

ROOT = Path(__file__).resolve().parent.parent
GENERATED = runpy.run_path(str(ROOT / "docs" / "generate_checks.py"))
CODES = list(messages.codes())


def test_the_page_is_the_one_that_the_catalogue_makes() -> None:
    """`python docs/generate_checks.py` writes it anew."""
    assert GENERATED["PAGE"].read_text(encoding="utf-8") == GENERATED["page"]()


def test_every_code_has_one_entry_in_order() -> None:
    assert re.findall(r"^### (HJ\d{3})$", GENERATED["page"](), re.MULTILINE) == CODES


def test_no_field_of_a_template_is_left_open() -> None:
    outside = re.sub(r"```.*?```", "", GENERATED["page"](), flags=re.DOTALL)
    assert not re.findall(r"\{[a-z_]+(?:\.\w+|:[^ }]*)?\}", outside)


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_explained_in_both_languages(code: str) -> None:
    for lang in ("ja", "en"):
        report = explain_code.run(code, lang)
        data = report.data
        assert isinstance(data, dict)
        assert data["code"] == code
        assert data["title"]
        assert data["message"]
        assert report.exit_code == 0
        assert isinstance(report.page[0], Answer)
        assert code in formats.render("table", report, Screen(80, color=False, lang=lang))


@pytest.mark.parametrize("typed", ["HJ151", "hj151", "151", " HJ151 ", "ＨＪ１５１"])
def test_a_code_is_understood_as_people_type_it(typed: str) -> None:
    data = explain_code.run(typed, "en").data
    assert isinstance(data, dict)
    assert data["code"] == "HJ151"


@pytest.mark.parametrize("typed", ["HJ1511", "HK151", "", "x" * 1000, "\x1b[31m"])
def test_an_unknown_code_ends_the_run_and_offers_the_nearest(typed: str) -> None:
    with pytest.raises(HojoError) as trouble:
        explain_code.run(typed, "ja")
    assert trouble.value.findings[0].code == "HJ007"


def test_the_nearest_code_is_offered() -> None:
    with pytest.raises(HojoError) as trouble:
        explain_code.run("HJ1511", "ja")
    assert "「HJ151」" in trouble.value.findings[0].hint.ja


def test_a_check_brings_its_examples() -> None:
    data = explain_code.run("HJ510", "en").data
    assert isinstance(data, dict)
    check = data["check"]
    assert check["code"] == "HJ510"
    assert check["reason"]
    assert check["bad"]
    assert check["good"]
