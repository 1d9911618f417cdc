"""A regression suite generated from the rules: files just below, at and above every figure."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from subjects import few
from verify_examples import BASE

from hojo_cli.applicants import applicant
from hojo_cli.base.finding import HojoError, Severity
from hojo_cli.commands import check as command, verify
from hojo_cli.document import RULESET, parse, read_file
from hojo_cli.engine.evaluator import judge
from hojo_cli.files.atomic_folder import WholeFolder
from hojo_cli.formats.drawing.screen import Screen
from hojo_cli.rules import library, ruleset
from hojo_cli.rules.walk import numbers
from hojo_cli.verify import boundaries, survivors
from hojo_cli.verify.examined import Examined, examine

NAMES = ("base", pytest.param("2026", marks=pytest.mark.no_cover))


@cache
def examined(name: str) -> Examined:
    data, file = (BASE.encode(), "base.yaml") if name == "base" else library.content(name)
    return examine(ruleset.tree(data, file), ruleset.read(data, file), file)


@cache
def folder(name: str) -> Path:
    place = Path(mkdtemp())
    assert written(name, place) == len(list(place.rglob("*.yaml")))
    return place


def written(name: str, place: Path) -> int:
    with WholeFolder(str(place)) as target:
        count = boundaries.write(examined(name), target.add, lambda: None)
        target.keep()
    return count


@pytest.mark.parametrize("name", NAMES)
def test_every_file_is_valid_and_comes_to_what_it_expects(name: str) -> None:
    """By the derivation, every ninth; `hojo check` tries them all below."""
    used = examined(name).ruleset
    for path in sorted(folder(name).rglob("*.yaml"))[::9]:
        document = parse(read_file(str(path), RULESET.size), str(path))
        assert document.root is not None
        loaded = applicant.load(document.root, used, str(path))
        assert not [found for found in loaded.findings if found.severity is Severity.ERROR]
        assert loaded.file is not None
        assert loaded.file.expect
        for frame, yen in loaded.file.expect.items():
            assert judge(used, used.frames[frame], loaded.file.applicant).subsidy == yen


@pytest.mark.parametrize("name", ["base", pytest.param("2026", marks=pytest.mark.slow)])
def test_the_files_notice_every_change_that_anybody_could(name: str) -> None:
    """A suite that is generated from the rules guards each of their figures on both sides."""
    score, found = survivors.find(examined(name), folder(name))
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


# --- as `hojo check` reads them ------------------------------------------------------------------------------------------

HERE = Path(__file__).parent
PROGRAMMES = (*sorted((HERE / "programmes").glob("*.yaml")), *sorted((HERE / "field" / "verify").glob("*.yaml")))


def check(place: Path, rules: str) -> int:
    """The exit code of `hojo check` with warnings counted as errors."""
    return command.run(command.CheckRequest([str(place)], rules=rules, strict=True, quiet=True), no_screen).exit_code


def no_screen(path: str) -> Screen:
    """Nothing is drawn."""
    raise AssertionError(path)


@pytest.mark.parametrize("name", [*map(str, PROGRAMMES), *few(library.years(), 1)])
def test_check_accepts_every_file(name: str) -> None:
    assert len(list(folder(name).rglob("*.yaml"))) > 20
    assert check(folder(name), name) == 0


def test_facts_that_bound_each_other_stay_within_each_other() -> None:
    """Parts of a part: 24 files, of which 16 were refused."""
    place = folder(str(HERE / "field" / "verify" / "chained-at-most.yaml"))
    assert len(list(place.rglob("*.yaml"))) == 24


CHAIN = (HERE / "field" / "verify" / "chained-at-most.yaml").read_text(encoding="utf-8")
ASK = "type: count, ask: {ja: 何人ですか。, en: 'How many?'}"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("at_most: firm, ask", "at_most: firm, max: {use: 40人, source: {id: d, at: 要件, printed: 40人}}, ask"),
        ("at_most: site, ask", "at_most: site, min: 3, ask"),
        (
            "label: {ja: 企業の人数, en: firm}, type: count",
            "label: {ja: 企業の人数, en: firm}, type: count, at_most: country",
        ),
        ("firm, max: 300人", "firm, above: 5人"),
        ("{fact: raised, min: 10人}", "{fact: raised, eq: 10人}"),
    ],
    ids=[
        "a whole with an end",
        "a part that begins at three",
        "four in a row",
        "a whole that must be large",
        "just ten",
    ],
)
def test_chains_of_other_shapes_are_accepted(old: str, new: str, tmp_path: Path) -> None:
    rules = tmp_path / "rules.yaml"
    text = CHAIN.replace("facts:\n", f"facts:\n  country: {{label: {{ja: 国の人数, en: country}}, {ASK}}}\n")
    assert old in text
    rules.write_text(text.replace(old, new), encoding="utf-8")
    place = tmp_path / "files"
    assert written(str(rules), place) > 12
    assert check(place, str(rules)) == 0


def test_two_programmes_of_one_year_are_both_kept(tmp_path: Path) -> None:
    names = [str(HERE / "field" / "verify" / f"two-programmes-{each}.yaml") for each in "ab"]
    found = verify.verified(names, "", "", str(tmp_path / "files"))
    folders = [path for path in (tmp_path / "files").glob("*/*") if path.is_dir()]
    assert len(folders) == 2
    assert sum(each.written or 0 for each in found) == len(list((tmp_path / "files").rglob("*.yaml"))) == 66


def test_two_rulesets_of_one_programme_and_year_are_refused(tmp_path: Path) -> None:
    """Neither would know which files are its own."""
    name = str(HERE / "field" / "verify" / "two-programmes-a.yaml")
    with pytest.raises(HojoError) as refused:
        verify.verified([name, name], "", "", str(tmp_path / "files"))
    assert [found.code for found in refused.value.findings] == ["HJ582"]
    assert not (tmp_path / "files").exists()


def test_a_step_is_made_for_each_figure(tmp_path: Path) -> None:
    """So that a bar comes to its end."""
    steps: list[int] = []
    with WholeFolder(str(tmp_path / "files")) as target:
        boundaries.write(examined("base"), target.add, lambda: steps.append(1))
    assert len(steps) == boundaries.figures(examined("base").ruleset)
