"""The site tells of every command and every schema, and its menu is in both languages."""

from __future__ import annotations

import re
from importlib import util
from inspect import signature
from pathlib import Path
from typing import Final, get_args

from subjects import ROOT
from this_process import hojo

from hojo_cli.cli import blanks

MENU: Final = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")


found: Final = util.spec_from_file_location("site_build", ROOT / "docs" / "site_build.py")
assert found is not None
assert found.loader is not None
site_build: Final = util.module_from_spec(found)
found.loader.exec_module(site_build)


def test_every_command_stands_on_the_site() -> None:
    listed = re.findall(r"^([a-z]+)  ", hojo("--help").stdout.decode().partition("── コマンド")[2], re.MULTILINE)
    assert {"estimate", "rules"} < set(listed) <= set(site_build.verbs())
    assert {"rules show", "rules explain"} < set(site_build.verbs())


def test_every_schema_stands_on_the_site() -> None:
    (kinds, *_) = get_args(signature(blanks.schema, eval_str=True).parameters["of"].annotation)
    assert set(site_build.SCHEMAS) == set(get_args(kinds))
    assert {path.stem for path in Path(ROOT, "hojo_cli/schemas").glob("*.json")} - {"shared"} <= set(site_build.SCHEMAS)


def test_every_year_has_its_calculator_and_is_linked() -> None:
    for name in ("index.md", "index.en.md"):
        linked = re.findall(r"calculators/(\d+)\.html", (ROOT / "docs" / name).read_text(encoding="utf-8"))
        assert sorted(linked, reverse=True) == list(site_build.YEARS)


def test_every_line_of_the_menu_has_an_english_name() -> None:
    translated = re.findall(r"^ {12}(\S[^:]*): \S", MENU, re.MULTILINE)
    menu = re.findall(r"^ +- ([^:\n]+):", MENU.partition("\nnav:")[2].partition("\nnot_in_nav")[0], re.MULTILINE)
    assert set(menu) == set(translated)


def test_a_line_of_japanese_is_joined_without_a_space_and_outputs_stay() -> None:
    assert site_build.on_page_markdown("あい\nうえ\nabc\nお\n\n```text\nあ\nい\n```\n") == (
        "あいうえ\nabc\nお\n\n```text\nあ\nい\n```\n"
    )
