"""`hojo verify`: examples of every check, faults of every sort, and the shipped rulesets."""

import json
import time
from pathlib import Path

import pytest
import seeded
import verify_faults
from subjects import few
from this_process import hojo
from verify_examples import BASE, FOLDER, codes, examine, examples, ruleset_with
from verify_faults import Fault

from hojo_cli.base.finding import Severity
from hojo_cli.rules import library
from hojo_cli.verify import checks

HERE = Path(__file__).parent.parent
EXAMPLES = [(name, bad, text) for name in checks.CHECKS for bad, text in examples(name)]


def test_nothing_is_wrong_with_the_base() -> None:
    """Only notes: about what rests on an assumption, whose words name figures for the examples, and about borders."""
    found = examine(BASE.encode())
    assert {at.severity for at in found} == {Severity.NOTE}
    assert {at.code for at in found} == {"HJ503", "HJ552", "HJ553", "HJ578"}


@pytest.mark.parametrize("name", checks.CHECKS)
def test_a_check_shows_examples_of_both_kinds(name: str) -> None:
    """Its docstring is its page."""
    assert {bad for bad, _ in examples(name)} == {True, False}


@pytest.mark.parametrize(("name", "bad", "text"), EXAMPLES)
def test_an_example_does_what_it_says(name: str, bad: bool, text: str) -> None:
    """A bad one is reported with a code of its check, a good one is not."""
    found = examine(ruleset_with(text), (name,))
    assert not any(problem.code < "HJ5" and problem.code not in codes(name) for problem in found), found
    wrong = {problem.code for problem in found if problem.severity is not Severity.NOTE}
    assert bool(wrong & codes(name)) == bad, [(at.code, at.message.en) for at in found]


def changed(text: str, fault: Fault) -> tuple[str, int]:
    """The file with the fault, and the line in which it must be reported."""
    assert fault.old in text, fault.old
    after = text.replace(fault.old, fault.new, 1) if fault.old else text + fault.new
    sought = fault.line.removeprefix("^")
    lines = [number for number, line in enumerate(after.split("\n"), 1) if sought in line]
    assert lines, sought
    return after, lines[-1 if fault.line.startswith("^") else 0]


@pytest.mark.parametrize("fault", verify_faults.BASE, ids=lambda fault: fault.name)
def test_a_fault_is_reported_by_its_own_code_at_its_own_line(fault: Fault) -> None:
    """Slips of a writer in a small ruleset."""
    data, line = changed(BASE, fault)
    found = [(at.code, at.where.line) for at in examine(data.encode(), seeded.PARTS)]
    assert (fault.code, line) in found


@pytest.mark.parametrize("fault", few(verify_faults.SHIPPED, 10), ids=lambda fault: fault.name)
def test_a_fault_of_a_shipped_ruleset_is_reported(fault: Fault) -> None:
    """The same in the rules of 2026."""
    data, line = changed((HERE / "rules" / "2026.yaml").read_text(encoding="utf-8"), fault)
    found = [(at.code, at.where.line) for at in examine(data.encode(), seeded.PARTS, None)]
    assert (fault.code, line) in found


def test_the_corpus_is_large_enough() -> None:
    """At least forty faults, and most codes of parts 1 and 2 among them."""
    faults = (*verify_faults.BASE, *verify_faults.SHIPPED)
    assert len(faults) >= 40
    known = {code for name in seeded.PARTS for code in codes(name)}
    apart = {"HJ574", "HJ575", "HJ576", "HJ577", "HJ578", "HJ579", "HJ580", "HJ581"}  # see test_words_apart
    results = {"HJ520"}  # see the examples of `published`
    assert known - {fault.code for fault in faults} - apart - results <= {"HJ503", "HJ505", "HJ534"}


# --- the shipped rulesets -------------------------------------------------------------------------------------------------

at_hand = pytest.mark.skipif(not seeded.SOURCES.is_dir(), reason="the archived texts are not here (HOJO_SOURCES)")


@at_hand
@pytest.mark.parametrize("year", library.years())
def test_a_shipped_ruleset_stands_in_its_sources(year: str) -> None:
    """No error and no warning: every fragment stands under its heading, every figure in its fragment."""
    found = seeded.findings((HERE / "rules" / f"{year}.yaml").read_bytes(), f"{year}.yaml")
    assert seeded.weighty(found) == set()


@at_hand
def test_seeded_faults_are_noticed() -> None:
    """A sample of all; `tests/sweeps/seeded_faults.py` runs every one, and `docs/verification.md` says what came of it."""
    until = time.monotonic() + 5
    missed, tried = [], 0
    for year in library.years():
        before = seeded.weighty(seeded.findings((HERE / "rules" / f"{year}.yaml").read_bytes(), f"{year}.yaml"))
        known = [fault for fault in seeded.faults(year) if fault.at_hand]
        for fault in known[3 :: len(known) // 6]:
            if time.monotonic() < until:
                tried += 1
                missed += [] if seeded.noticed(fault, year, before) else [fault]
    assert tried
    assert not missed


def test_a_text_of_another_edition_is_refused(tmp_path: Path) -> None:
    """The sha256 is that of the file, to the byte."""
    (tmp_path / "guide.txt").write_bytes((FOLDER / "guide.txt").read_bytes() + b"\n")
    assert "HJ505" in {at.code for at in examine(BASE.encode(), ("fragments",), tmp_path)}


# --- the command ----------------------------------------------------------------------------------------------------------


def run(*arguments: str) -> tuple[int, str, str]:
    """Exit code and both outputs."""
    done = hojo("verify", *arguments, cwd=HERE)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_a_good_ruleset_ends_with_zero() -> None:
    """The page says what was examined."""
    code, out, err = run("tests/verify/base.yaml", "--sources", "tests/verify", "--lang", "en")
    assert (code, err) == (0, "")
    assert "figures examined: 0 errors, 0 warnings" in out


def test_an_error_ends_with_one_and_stands_in_every_format(tmp_path: Path) -> None:
    """A mistyped figure, by table, json, markdown, sarif and github."""
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(BASE.replace("max: 100万円", "max: 1000万円"), encoding="utf-8")
    for form in ("table", "json", "markdown", "sarif", "github"):
        code, out, err = run(str(wrong), "--format", form)
        assert (code, err) == (1, ""), form
        assert "HJ500" in out, form


def test_a_ruleset_that_does_not_load_is_told_whole(tmp_path: Path) -> None:
    """All of its faults as data, exit code 1; a file that is not there is exit code 2."""
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(BASE.replace("{is: young}", "{is: yuong}").replace("type: yen", "type: money"), encoding="utf-8")
    code, out, _ = run(str(wrong), "--format", "json")
    assert code == 1
    (told,) = json.loads(out)["rulesets"]
    assert {"HJ331", "HJ304"} <= {at["code"] for at in told["findings"]}
    assert told["errors"] >= 2
    assert run(str(tmp_path / "absent.yaml"))[0] == 2
    assert run("--sources", str(tmp_path / "absent"))[0] == 2


def test_all_shipped_rulesets_are_the_default() -> None:
    """Data for each, newest first, no error among them."""
    code, out, _ = run("--format", "json")
    assert code == 0, out
    told = json.loads(out)
    assert told["format"] == "hojo.verify/1"
    assert [ruleset["fiscal_year"] for ruleset in told["rulesets"]] == [int(year) for year in library.years()]
    assert all(ruleset["errors"] == ruleset["warnings"] == 0 for ruleset in told["rulesets"])
