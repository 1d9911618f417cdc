"""The rulesets in the wheel: the same as their YAML files mean, and never those of other files."""

import pickle
import shutil
from pathlib import Path

import pytest

from hojo_cli.rules import library, prebuild, readings, ruleset
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
    built = library.prebuilt(year)
    assert built is not None
    assert built.ruleset == ruleset.load(year)
    rules = ruleset.read(data, file)
    assert built.ruleset == (rules if results is None else attached(rules, *results))


def same(one: object, other: object) -> bool:
    """Equal, and of one class all the way down: records of two classes may be equal as tuples."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other


@pytest.mark.parametrize("year", library.years())
def test_other_readings_are_prebuilt_with_their_ruleset(year: str, tmp_path: Path) -> None:
    meant = {name: readings.other(year, name) for name in readings.of(ruleset.load(year))}
    prebuild.write_all(tmp_path)
    built = pickle.loads(Path(library.prebuilt_path(year, str(tmp_path))).read_bytes())
    assert built.readings.keys() == meant.keys()
    for name, reading in meant.items():
        assert same(built.readings[name], reading)
        assert built.readings[name].facts is built.ruleset.facts  # what they have in common is there once
    kept = [
        frame
        for reading in built.readings.values()
        for frame in reading.frames
        if reading.frames[frame] is built.ruleset.frames[frame]
    ]
    assert kept


def test_a_yaml_file_that_was_edited_is_read_itself(installed: Path) -> None:
    path = installed / "2026.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("fiscal_year: 2026", "fiscal_year: 2027"), encoding="utf-8"
    )
    assert library.prebuilt("2026") is None
    assert ruleset.load("2026").fiscal_year == 2027


@pytest.mark.usefixtures("installed")
def test_a_prebuilt_ruleset_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ruleset, "read", lambda *_: pytest.fail("the YAML was read"))
    assert ruleset.load("2025").fiscal_year == 2025


def test_a_checkout_reads_its_yaml() -> None:
    assert library.prebuilt("2026") is None
