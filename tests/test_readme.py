"""What the README shows is what hojo prints, and its first two commands are what a newcomer needs."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest
from subjects import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
MADE = {ROOT / "docs" / place for place in runpy.run_path(str(ROOT / "docs" / "site_build.py"))["makers"]()}
"""What the site has beside the pages."""
OUTPUTS = runpy.run_path(str(ROOT / "docs" / "readme_outputs.py"))


@pytest.mark.parametrize("path", OUTPUTS["PAGES"], ids=lambda path: path.name)
def test_the_outputs_shown_are_those_of_today(path: Path) -> None:
    """After a change on purpose: `python docs/readme_outputs.py`."""
    page = path.read_text(encoding="utf-8")
    assert len(OUTPUTS["BLOCK"].findall(page)) >= 2
    assert OUTPUTS["refreshed"](page) == page


def test_the_first_block_runs_an_example_and_the_second_the_tests_each_in_one_command() -> None:
    first, second = re.findall(r"^```sh\n(.*?)\n```$", README, re.MULTILINE | re.DOTALL)[:2]
    assert README.index("```") == README.index(f"```sh\n{first}")
    assert "\n" not in first + second
    assert first.endswith("hojo estimate examples/shop.yaml")
    assert "pytest" in second
    assert first.startswith(setup := "python3 -m venv .venv && .venv/bin/pip install -q ")
    assert second.startswith(setup)


@pytest.mark.parametrize(
    "page", sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]), ids=lambda page: page.name
)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if not (page.parent / link).exists()]
    assert {(page.parent / link).resolve() for link in missing} <= MADE


def test_the_house_names_every_room() -> None:
    house = (ROOT / "docs" / "house.md").read_text(encoding="utf-8")
    named = {name.strip("/").split("/")[0] for name in re.findall(r"`([a-z_]+(?:/[^`]*)?)`", house)}
    rooms = {
        path.stem for path in (ROOT / "hojo_cli").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert rooms - {"__init__"} <= named


def test_decisions_have_a_number_each_and_are_short() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert len({int(path.name[:4]) for path in decisions}) == len(decisions)
    assert all(len(path.read_text(encoding="utf-8").splitlines()) <= 40 for path in decisions)


def test_every_test_stands_in_the_page_that_says_what_proves_what() -> None:
    page = (ROOT / "tests" / "README.md").read_text(encoding="utf-8")
    named = [word for line in page.splitlines() if line.startswith("|") for word in re.findall(r"`(\w+)`", line)]
    files = {path.stem for path in (ROOT / "tests").glob("*.py")}
    assert files <= set(named)
    assert {word for word in named if word.startswith("test_")} <= files
