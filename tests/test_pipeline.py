"""What a project asks of `hojo check` besides its inputs: a configuration, exclusions, weights of findings, a baseline, changed files."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any  # a line of JSON is whatever JSON allows

import pytest
import this_process
from subjects import ROOT

from hojo_cli.base.finding import HojoError
from hojo_cli.batch import selection
from hojo_cli.cli import config
from hojo_cli.document import toml

SHOP = (ROOT / "examples" / "shop.yaml").read_text(encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with a right applicant, a wrong one and an ineligible one, and the `.git` that makes it a repository."""
    for name, text in {
        "shop": SHOP,
        "wrong": SHOP.replace("株式会社サンプル商店", "誤り").replace("entity: company", "entity: companny"),
        "large": SHOP.replace("株式会社サンプル商店", "大").replace("deemed_large: false", "deemed_large: true"),
    }.items():
        path = tmp_path / "applicants" / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / ".git").mkdir()
    return tmp_path


def hojo(project: Path, *arguments: object, **environment: str) -> tuple[int, str, str]:
    done = this_process.hojo(*arguments, "--lang", "en", cwd=project, CI_PROJECT_DIR="", **environment)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def checked(project: Path, *arguments: object) -> tuple[dict[str, list[str]], dict[str, int], int]:
    """The codes told of each input, what was skipped, and the exit code."""
    code, out, err = hojo(project, "check", *arguments, "--format", "json")
    assert code in (0, 1), err
    report: dict[str, Any] = json.loads(out)
    told = {Path(each["file"]).stem: [found["code"] for found in each["findings"]] for each in report["results"]}
    return told, {each["reason"]: each["count"] for each in report["summary"]["skipped"]}, code


def told(project: Path, configuration: str, name: str = "hojo.toml") -> list[str]:
    """`line:column code` of what is said of a configuration."""
    (project / name).write_text(configuration, encoding="utf-8")
    code, _, err = hojo(project, "check")
    assert code == 2
    places = re.findall(rf"^{re.escape(name)}:(\d+:\d+): error( HJ\d+)", err, re.MULTILINE)
    return ["".join(place) for place in places]


# --- the configuration -----------------------------------------------------------------------------------------------


def test_keys_stand_for_options_and_the_command_line_wins(project: Path) -> None:
    (project / "hojo.toml").write_text(
        'rules = 2025\npaths = ["applicants"]\nexclude = ["wrong.yaml"]\nignore = ["HJ204", "HJ424"]\n'
        'outputs = { jsonl = "out.jsonl" }\n[severity]\nHJ422 = "error"\n',
        encoding="utf-8",
    )
    told, skipped, code = checked(project)
    assert told == {"shop": [], "large": ["HJ422"]}
    assert (skipped, code) == ({"excluded files and folders": 1}, 1)
    assert (
        json.loads((project / "out.jsonl").read_text(encoding="utf-8").split("\n")[-2])["ruleset"]["fiscal_year"]
        == 2025
    )
    (project / "out.jsonl").unlink()
    told, skipped, _ = checked(project, "applicants/shop.yaml", "--rules", "2024", "--exclude", "x", "-o", "csv=a.csv")
    assert list(told) == ["shop"]
    assert not (project / "out.jsonl").exists() and (project / "a.csv").exists()
    assert "2025" in hojo(project, "estimate", "applicants/shop.yaml", "--format", "json")[1]


@pytest.mark.parametrize("name", ["hojo.toml", "pyproject.toml"])
def test_it_is_found_upward_as_far_as_the_repository_goes(project: Path, name: str) -> None:
    head = "[tool.hojo]\n" if name == "pyproject.toml" else ""
    (project / name).write_text(f'{head}paths = ["applicants/shop.yaml"]\noutputs.json = "o.json"\n', encoding="utf-8")
    (project / "a" / "b").mkdir(parents=True)
    assert list(checked(project / "a" / "b")[0]) == ["shop"]
    assert (project / "o.json").exists()
    (project / "a" / ".git").touch()  # a repository of its own, as a worktree or a submodule has it
    assert hojo(project / "a" / "b", "check")[0] == 2
    (project / ".git").rmdir()
    (project / "a" / ".git").unlink()
    assert hojo(project / "a", "check")[0] == 2  # outside of a repository, the folders above may be anybody's
    assert list(checked(project)[0]) == ["shop"]


def test_a_pyproject_without_our_table_is_none_and_a_file_of_our_own_comes_first(project: Path) -> None:
    (project / "pyproject.toml").write_text('[project]\nname = "hojo-x"\n[tool.x]\n', encoding="utf-8")
    assert hojo(project, "check")[0] == 2
    (project / "pyproject.toml").write_text('[tool.hojo]\npaths = ["nowhere"]\n', encoding="utf-8")
    (project / "hojo.toml").write_text('paths = ["applicants/shop.yaml"]\n', encoding="utf-8")
    assert list(checked(project)[0]) == ["shop"]


def test_whatever_is_wrong_is_told_at_once_each_at_its_place(project: Path) -> None:
    text = (
        'rules = true\npahts = ["a"] # paths\npaths = [\n  "a",\n  3,\n]\nseverity = { HJ4222 = "error", HJ422 = "eror", HJ205 = "note" }\n'
        'ignore = [\n  "HJ422",\n  "HJ999", "HJ150",\n]\noutputs = { sarfi = "x" }\nexclude = """\npaths = 1\n"""\n'
    )
    assert told(project, text) == [
        "1:1 HJ087", "2:1 HJ086", "3:1 HJ087", "7:14 HJ088", "7:32 HJ004", "7:48 HJ089", "10:4 HJ088", "10:13 HJ089", "12:13 HJ004"
    ]  # fmt: skip
    code, _, err = hojo(project, "check")
    assert code == 2
    assert "Did you mean `paths`?" in err
    (project / "hojo.toml").write_text("near-threshold = 1\n", encoding="utf-8")
    assert "Did you mean `near`?" in hojo(project, "check")[2]
    nested = "[project]\nname = 'a'\n\n[tool.hojo]\nstrict = 1\n[tool.hojo.severity]\nHJ422 = 'x'\n"
    (project / "hojo.toml").unlink()
    assert told(project, nested, "pyproject.toml") == ["5:1 HJ087", "7:1 HJ004"]
    assert told(project, "tool.hojo = 3\n", "pyproject.toml") == ["1:6 HJ087"]


@pytest.mark.parametrize(
    ("text", "place"),
    [("a = 1\nb = [1,\n", 2), ("a = 1\na = 2\n", 2), ("paths = [\n", 1), ("x = 1e", 1), ('"\x01"', 1), ("a = " + "[" * 5_000, 1)],
)  # fmt: skip
def test_a_file_that_is_no_toml_is_told_with_its_line(project: Path, text: str, place: int) -> None:
    (line,) = told(project, text)
    assert line.endswith("HJ085") and line.startswith(f"{place}:")
    with pytest.raises(HojoError):
        toml.load(b"\xff\xfe", "x")


def test_a_place_is_found_whatever_stands_around_it() -> None:
    text = "# b = 1\nx = '''\nb = 2\n'''\na.b = 3\n\n[t]\n\"b\" = [1,\n 'z',\n]\nc = {b = 1}\n"
    loaded = toml.load(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(), "f")
    places = {
        keys: loaded.where(*keys)[1:3] for keys in (("a", "b"), ("t", "b"), ("t", "c", "b"), ("t",), ("x",), ("no",))
    }
    assert places == {
        ("a", "b"): (5, 3),
        ("t", "b"): (8, 2),
        ("t", "c", "b"): (11, 6),
        ("t",): (7, 2),
        ("x",): (2, 1),
        ("no",): (1, 1),
    }
    assert loaded.where("t", "b", value="z")[1:3] == (9, 3)


def test_help_and_version_do_not_ask_a_broken_file(project: Path) -> None:
    (project / "hojo.toml").write_text("[", encoding="utf-8")
    assert [hojo(project, *words)[0] for words in (["check", "--help"], ["rules"])] == [0, 0]
    assert hojo(project, "check")[0] == hojo(project, "estimate", "applicants/shop.yaml")[0] == 2


def test_a_list_of_files_takes_the_place_of_the_configured_paths(project: Path) -> None:
    (project / "hojo.toml").write_text('paths = ["applicants"]\n', encoding="utf-8")
    (project / "list").write_text("applicants/shop.yaml\n", encoding="utf-8")
    assert list(checked(project, "--files-from", "list")[0]) == ["shop"]


def test_without_a_file_tomllib_is_not_loaded(project: Path) -> None:
    (project / "pyproject.toml").write_text('[project.scripts]\nhojo = "hojo_cli:main"\n', encoding="utf-8")
    program = "import sys; from hojo_cli.__main__ import main; sys.argv = ['hojo', 'check', 'applicants/shop.yaml', '-q']; main()"
    program += (
        "\nassert not {'tomllib', 'questionary', 'hojo_cli.batch.baseline'} & set(sys.modules), sorted(sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=project, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False
    )
    assert done.returncode == 0


def test_every_key_stands_for_an_option_and_in_the_page() -> None:
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    assert all(f"| `{name}` |" in page for name in config.KEYS)


# --- what is left out ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("glob", "out"),
    [
        ("shop.yaml", "applicants/shop.yaml"), ("sh*", "applicants/shop.yaml"), ("applicants/sh?p.yaml", "applicants/shop.yaml"),
        ("old", "applicants/old/a.yaml"), ("applicants/old/", "applicants/old/b/a.yaml"), ("**/old/**", "x/old/a.yaml"), ("./x", "x/a.yaml"),
    ],
)  # fmt: skip
def test_a_glob_leaves_out_names_anywhere_or_paths_from_here(glob: str, out: str) -> None:
    assert selection.excluded([glob])(out)
    assert not selection.excluded([glob])("applicants/a.yaml")
    assert not selection.excluded(["old/"])("applicants/older/a.yaml")


def test_named_files_and_folders_are_left_out_too_and_all_is_counted(project: Path) -> None:
    told, skipped, _ = checked(project, "applicants/shop.yaml", "applicants/wrong.yaml", "--exclude", "wrong.yaml")
    assert (list(told), skipped) == (["shop"], {"excluded files and folders": 1})
    (project / "applicants" / "list.csv").touch()
    (project / "applicants" / "notes.txt").touch()
    told, skipped, _ = checked(project, "applicants", "--exclude", "applicants/[lw]*.yaml")
    assert list(told) == ["shop"]
    assert skipped == {"excluded files and folders": 2, "tables and JSON in folders (checked where they are named)": 1}
    assert hojo(project, "check", "applicants", "--exclude", "applicants")[0] == 2


# --- what findings weigh ---------------------------------------------------------------------------------------------


def test_findings_are_ignored_or_weigh_what_the_project_says(project: Path) -> None:
    assert checked(project, "applicants/large.yaml")[0] == {"large": ["HJ422"]}
    assert checked(project, "applicants/large.yaml", "--ignore", "HJ422")[0] == {"large": []}
    assert checked(project, "applicants/large.yaml", "--severity", "HJ422=error")[2] == 1


def test_an_error_that_forbids_a_judgement_is_never_taken_lightly(project: Path) -> None:
    for option in (["--ignore", "HJ205"], ["--severity", "HJ205=note"], ["--ignore", "HJ9"], ["--severity", "HJ422"]):
        code, _, err = hojo(project, "check", "applicants", *option)
        assert code == 2 and any(known in err for known in ("HJ089", "HJ088", "HJ004"))
    assert checked(project, "applicants/large.yaml", "--severity", "HJ425=warning")[2] == 0


def test_the_findings_of_verify_too(tmp_path: Path) -> None:
    market = str(ROOT / "tests" / "programmes" / "market.yaml")
    report = json.loads(hojo(tmp_path, "verify", market, "--format", "json")[1])
    codes = {found["code"] for found in report["rulesets"][0]["findings"]}
    one = min(codes)
    less = json.loads(hojo(tmp_path, "verify", market, "--format", "json", "--ignore", one)[1])
    assert {found["code"] for found in less["rulesets"][0]["findings"]} == codes - {one}
    assert hojo(tmp_path, "verify", market, "--severity", f"{one}=error")[0] == 1
    for format in ("gitlab", "junit"):
        code, out, _ = hojo(tmp_path, "verify", market, "--format", format)
        assert code == 0 and ("market.yaml" in out)


# --- the baseline ----------------------------------------------------------------------------------------------------


def test_known_findings_pass_and_new_ones_do_not(project: Path) -> None:
    known = ["applicants", "--baseline", "known.json"]
    assert hojo(project, "check", *known)[0] == 2
    assert checked(project, *known, "--update-baseline")[2] == 0
    before = (project / "known.json").read_bytes()
    assert json.loads(before)["findings"] == [
        {
            "file": "applicants/wrong.yaml",
            "code": "HJ205",
            "path": "facts.entity",
            "fingerprint": json.loads(before)["findings"][0]["fingerprint"],
        }
    ]
    told, skipped, code = checked(project, *known)
    assert (told["wrong"], skipped, code) == (["HJ498"], {"findings of the baseline": 1}, 0)
    wrong = project / "applicants" / "wrong.yaml"
    wrong.write_text("# above\n\n" + wrong.read_text(encoding="utf-8").replace("companny", "compani"), encoding="utf-8")
    assert checked(project, *known)[2] == 0  # the same key is wrong in another way, on another line
    wrong.write_text(wrong.read_text(encoding="utf-8").replace("4人", "4名様"), encoding="utf-8")
    assert checked(project, *known)[0]["wrong"] == ["HJ498", "HJ150"]
    (project / "sub").mkdir()
    assert checked(project / "sub", "../applicants", "--baseline", "../known.json")[0]["wrong"] == ["HJ498", "HJ150"]
    assert (project / "known.json").read_bytes() == before


def test_what_is_gone_is_told_and_only_inputs_of_the_run_are_spoken_of(project: Path) -> None:
    known = ["--baseline", "known.json"]
    text = (project / "applicants" / "wrong.yaml").read_text(encoding="utf-8")
    (project / "other.yaml").write_text(text.replace("name: ", "name: 別の"), encoding="utf-8")
    assert checked(project, "applicants", "other.yaml", *known, "--update-baseline")[2] == 0
    (project / "applicants" / "wrong.yaml").write_text(SHOP.replace("サンプル", "直した"), encoding="utf-8")
    _, _, err = hojo(project, "check", "applicants", *known)
    assert "HJ499 1 findings of the baseline `known.json` are gone." in err
    assert "HJ499" not in hojo(project, "check", "other.yaml", *known)[2]
    assert checked(project, "applicants", *known, "--update-baseline")[2] == 0
    assert [each["file"] for each in json.loads((project / "known.json").read_bytes())["findings"]] == ["other.yaml"]
    (project / "other.yaml").unlink()
    assert "HJ499" in hojo(project, "check", "applicants", *known)[2]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        '{"format": "hojo.baseline/2", "findings": []}',
        '{"format": "hojo.baseline/1", "findings": [{"file": 1}]}',
        "[" * 99_999,
    ],
)
def test_a_baseline_that_is_none_stops_the_run_until_it_is_written_anew(project: Path, content: str) -> None:
    (project / "known.json").write_text(content, encoding="utf-8")
    code, _, err = hojo(project, "check", "applicants", "--baseline", "known.json")
    assert code == 2 and "known.json:1:1: error HJ497" in err


def test_a_baseline_is_written_only_where_one_is_named_and_no_report_takes_its_place(project: Path) -> None:
    assert "HJ001" in hojo(project, "check", "applicants", "--update-baseline")[2]
    assert checked(project, "applicants", "--baseline", "known.json", "--update-baseline")[2] == 0
    assert "HJ457" in hojo(project, "check", "applicants", "--baseline", "known.json", "-o", "json=known.json")[2]
    before = (project / "known.json").read_bytes()
    (project / "known.json").chmod(0o444)
    code, _, err = hojo(
        project, "check", "applicants", "--baseline", "known.json", "--update-baseline", "-o", "csv=a.csv"
    )
    assert code == 2 and "HJ010" in err and not (project / "a.csv").exists()
    assert (project / "known.json").read_bytes() == before


def test_an_amount_that_a_file_promises_is_known_by_its_amount(project: Path) -> None:
    shop = project / "applicants" / "shop.yaml"
    shop.write_text(SHOP + "expect: {invoice: 5}\n", encoding="utf-8")
    known = ["applicants/shop.yaml", "--baseline", "known.json"]
    assert checked(project, *known, "--update-baseline")[2] == 0
    assert checked(project, *known)[2] == 0
    shop.write_text(SHOP + "expect: {invoice: 6}\n", encoding="utf-8")
    assert checked(project, *known)[2] == 1


# --- changed files ---------------------------------------------------------------------------------------------------


def git(project: Path, *arguments: str) -> None:
    name = ["-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *name, *arguments], cwd=project, check=True, capture_output=True)


@pytest.mark.skipif(shutil.which("git") is None, reason="no git")
def test_only_what_git_knows_to_be_unchanged_is_left_out(project: Path) -> None:
    (project / ".git").rmdir()
    git(project, "init", "-q")
    (project / ".gitignore").write_text("ignored.yaml\n", encoding="utf-8")
    git(project, "add", ".")
    git(project, "commit", "-q", "-m", "all")
    told, skipped, code = checked(project, "applicants", "--changed", "HEAD")
    assert (told, skipped, code) == ({}, {"unchanged files": 3}, 0)
    for name in ("新しい", "ignored", "shop"):
        (project / "applicants" / f"{name}.yaml").write_text(SHOP.replace("商店", name), encoding="utf-8")
    assert sorted(checked(project, "applicants", "--changed", "HEAD")[0]) == ["ignored", "shop", "新しい"]
    git(project, "add", ".")
    git(project, "commit", "-q", "-m", "more")
    assert sorted(checked(project / "applicants", ".", "--changed", "HEAD~1")[0]) == ["ignored", "shop", "新しい"]
    assert sorted(checked(project, "applicants", "--changed", "HEAD~1...HEAD")[0]) == ["ignored", "shop", "新しい"]
    shutil.copy(ROOT / "rules" / "2026.yaml", project / "mine.yaml")
    assert len(checked(project, "applicants", "--changed", "HEAD", "--rules", "mine.yaml")[0]) == 5
    code, _, err = hojo(project, "check", "applicants", "--changed", "nowhere")
    assert code == 2 and "HJ496" in err and "nowhere" in err
    assert "HJ496" in hojo(project, "check", "applicants", "--changed=--output=x")[2]
    assert "HJ495" in hojo(project, "check", "applicants", "--changed", "HEAD", PATH="")[2]
    assert hojo(project, "check", "no*", "--changed", "HEAD")[0] == 2
