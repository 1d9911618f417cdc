"""The rulesets in the wheel: the same as their YAML files mean, and never those of other files."""

import shutil
from pathlib import Path

import pytest

from hojo_cli.rules import library, prebuild, ruleset
from hojo_cli.rules.outcomes import attached

RULES = Path(__file__).parent.parent / "rules"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a wheel: the rules and what was made of them."""
    shipped = tmp_path / "shipped"
    shutil.copytree(RULES, shipped)
    prebuild.write_all(shipped)
    monkeypatch.setattr(library, "folder", lambda: str(shipped))
    return shipped


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("year", library.years())
def test_a_prebuilt_ruleset_is_what_its_yaml_means(year: str) -> None:
    data, file = library.content(year)
    results = library.outcomes(year)
    built = library.prebuilt(year, data + (results[0] if results else b""))
    assert built == ruleset.load(year)
    assert built is not None
    rules = ruleset.read(data, file)
    assert built == (rules if results is None else attached(rules, *results))


def test_a_yaml_file_that_was_edited_is_read_itself(installed: Path) -> None:
    path = installed / "2026.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("fiscal_year: 2026", "fiscal_year: 2027"), encoding="utf-8"
    )
    assert library.prebuilt("2026", path.read_bytes()) is None
    assert ruleset.load("2026").fiscal_year == 2027


@pytest.mark.usefixtures("installed")
def test_a_prebuilt_ruleset_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ruleset, "read", lambda *_: pytest.fail("the YAML was read"))
    assert ruleset.load("2025").fiscal_year == 2025


def test_a_checkout_reads_its_yaml() -> None:
    assert library.prebuilt("2026", library.content("2026")[0]) is None
