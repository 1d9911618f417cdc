"""A regression suite generated from the rules: files just below, at and above every figure."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from subjects import rules
from verify_examples import BASE

from hojo_cli import checks
from hojo_cli.applicants import applicant
from hojo_cli.checks import Examined
from hojo_cli.compile import compile_ruleset
from hojo_cli.document import RULESET, parse, read_file
from hojo_cli.evaluate import judge
from hojo_cli.evidence.walk import numbers
from hojo_cli.finding import Severity
from hojo_cli.probing import boundaries, coverage
from hojo_cli.rulesets import library, ruleset
from hojo_cli.whole_folder import WholeFolder

NAMES = ("base", "2026")


@cache
def examined(name: str) -> Examined:
    data, file = (BASE.encode(), "base.yaml") if name == "base" else library.content(name)
    root = parse(data, file, RULESET).root
    assert root is not None
    return checks.examined(root, ruleset.read(data, file), file)


@cache
def folder(name: str) -> Path:
    place = Path(mkdtemp())
    assert written(name, place) == len(list(place.rglob("*.yaml")))
    return place


def written(name: str, place: Path) -> int:
    with WholeFolder(str(place)) as target:
        count = boundaries.write(examined(name), target)
        target.keep()
    return count


@pytest.mark.parametrize("name", NAMES)
def test_every_file_is_valid_and_comes_to_what_it_expects(name: str) -> None:
    used = examined(name).ruleset
    for path in folder(name).rglob("*.yaml"):
        document = parse(read_file(str(path), RULESET.size), str(path))
        assert document.root is not None
        loaded = applicant.load(document.root, used, str(path))
        assert not [found for found in loaded.findings if found.severity is Severity.ERROR]
        assert loaded.applicant is not None
        assert loaded.applicant.expect
        for frame, yen in loaded.applicant.expect.items():
            assert judge(used, used.frames[frame], loaded.applicant.subject).subsidy == yen


@pytest.mark.parametrize("name", NAMES)
def test_the_files_notice_every_change_that_anybody_could(name: str) -> None:
    """A suite that is generated from the rules guards each of their figures on both sides."""
    score, found = coverage.find(examined(name), folder(name))
    assert score.noticed == score.changes
    assert not [each for each in found if each.finding.code in ("HJ570", "HJ573")]


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_that_decides_has_three_files(name: str) -> None:
    names = {path.name for path in folder(name).rglob("*.yaml")}
    stems = {stem.rsplit(".", 2)[0] for stem in names}
    nobody = 1 if name == "2026" else 0  # the upper of two bands that meet
    assert len(stems) >= len({number.path for number in numbers(examined(name).ruleset)}) - 5 * nobody
    three = [stem for stem in stems if all(f"{stem}.{side}.yaml" in names for side in boundaries.SIDES)]
    assert len(three) >= 0.9 * len(stems)


def test_names_and_bytes_are_the_same_every_time(tmp_path: Path) -> None:
    written("base", tmp_path)
    before = {path.name: path.read_bytes() for path in folder("base").rglob("*.yaml")}
    assert {path.name: path.read_bytes() for path in tmp_path.rglob("*.yaml")} == before


def test_almost_every_file_has_a_frame_that_pays() -> None:
    """So that `hojo check` accepts it; where no other frame can, the file shows who is left out."""
    used, judged = rules("2026"), compile_ruleset(rules("2026"))
    paths = list(folder("2026").rglob("*.yaml"))
    unpaid = 0
    for path in paths:
        root = parse(path.read_bytes(), str(path)).root
        assert root is not None
        loaded = applicant.load(root, used, str(path)).applicant
        assert loaded is not None
        unpaid += not any(status == "payable" for status, _ in judged.outcomes(loaded.subject).values())
    assert unpaid <= 0.02 * len(paths)
