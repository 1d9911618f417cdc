"""The snippets of `docs/ci.md`, the action and the hooks: they parse, name options that exist, and do what the page says."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import pytest
import this_process
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
SNIPPETS = dict(re.findall(r"<!-- snippet: ([\w-]+) -->\n```yaml\n(.*?)```", PAGE, re.DOTALL))


def read(text: str) -> Any:  # the shape of a file by others
    return YAML(typ="safe", pure=True).load(text)


def action() -> Any:
    return read((ROOT / "action.yml").read_text(encoding="utf-8"))


def hooks() -> Any:
    return read((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


def commands(value: Any) -> list[str]:
    """Every line of a script that calls hojo."""
    if isinstance(value, dict):
        return [found for inner in value.values() for found in commands(inner)]
    if isinstance(value, list):
        return [found for inner in value for found in commands(inner)]
    return [line for line in str(value).split("\n") if line.startswith("hojo check ")]


class Ran(NamedTuple):
    """What came of a command."""

    returncode: int
    stdout: str
    stderr: str


def hojo(*arguments: str, cwd: Path = ROOT, **environment: str) -> Ran:
    done = this_process.hojo(*arguments, cwd=cwd, CI_PROJECT_DIR="", **environment)
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture(scope="module")
def help_text() -> str:
    return hojo("check", "--help", COLUMNS="200").stdout


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A checkout with two applicants, one of them wrong."""
    folder = tmp_path / "applicants"
    folder.mkdir()
    shutil.copy(ROOT / "examples" / "shop.yaml", folder / "shop.yaml")
    (folder / "wrong.yaml").write_text("name: 誤り\nfiscal_year: 2026\nfacts:\n  capital: 0.5\n", encoding="utf-8")
    return tmp_path


def test_the_configuration_of_the_page_does_what_it_says(repository: Path) -> None:
    (text,) = re.findall(r"<!-- snippet: config -->\n```toml\n(.*?)```", PAGE, re.DOTALL)
    (repository / ".git").mkdir()
    (repository / "hojo.toml").write_text(text, encoding="utf-8")
    assert hojo("check", "--update-baseline", cwd=repository, GITHUB_ACTIONS="").returncode == 0
    run = hojo("check", cwd=repository / "applicants", GITHUB_ACTIONS="")
    assert run.returncode == 0, run.stderr
    assert "HJ498" in run.stdout
    assert (repository / "hojo.junit.xml").exists()


def test_every_snippet_is_there_and_is_yaml() -> None:
    assert set(SNIPPETS) == {"github", "github-step", "github-sarif", "gitlab", "pre-commit"}
    assert all(read(text) for text in SNIPPETS.values())


@pytest.mark.parametrize("name", ["github", "github-sarif"])
def test_a_workflow_has_what_github_requires_and_no_more_rights_than_it_needs(name: str) -> None:
    workflow = read(SNIPPETS[name])
    assert {"name", "on", "jobs", "permissions"} <= set(workflow)
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        assert {"runs-on", "steps"} <= set(job)
        assert all(("uses" in step) != ("run" in step) for step in job["steps"])


@pytest.mark.parametrize("name", sorted(SNIPPETS))
def test_actions_of_others_are_pinned_by_commit(name: str) -> None:
    for action in re.findall(r"uses: (?!OWNER/)(.+)", SNIPPETS[name]):
        assert re.fullmatch(r"[a-z/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action)


@pytest.mark.parametrize("path", sorted((ROOT / ".github" / "workflows").glob("*.yml")), ids=lambda path: path.name)
def test_our_own_workflows_pin_what_they_use_by_commit_too(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    used = re.findall(r"uses: (.+)", text)
    assert used
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action) for action in used)
    assert read(text)["permissions"] == {"contents": "read"}


def test_snippets_install_one_commit_of_the_repository_as_no_index_has_it_yet() -> None:
    lines = re.findall(r"pip install --quiet (.+)", "".join(SNIPPETS.values()))
    assert set(lines) == {'"hojo-cli @ https://github.com/OWNER/hojo/archive/COMMIT.zip"'}
    assert 'name = "hojo-cli"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_the_gitlab_job_hands_over_the_files_it_writes() -> None:
    job = read(SNIPPETS["gitlab"])["hojo"]
    assert {"image", "script", "artifacts"} <= set(job)
    written = dict(re.findall(r"--output (\w+)=(\S+)", "\n".join(job["script"])))
    reports = job["artifacts"]["reports"]
    assert (reports["codequality"], reports["junit"]) == (written["gitlab"], written["junit"])
    assert job["artifacts"]["when"] == "always"


def test_the_pre_commit_snippet_names_a_hook_of_ours() -> None:
    (repo,) = read(SNIPPETS["pre-commit"])["repos"]
    assert {"repo", "rev", "hooks"} <= set(repo)
    assert {hook["id"] for hook in repo["hooks"]} <= {hook["id"] for hook in hooks()}


def test_the_step_uses_inputs_the_action_has() -> None:
    (step,) = read(SNIPPETS["github-step"])
    inputs = action()["inputs"]
    assert set(step["with"]) <= set(inputs)
    assert {name for name, about in inputs.items() if about.get("required")} <= set(step["with"])
    assert all(f"`{name}`" in PAGE for name in inputs)


@pytest.mark.parametrize("name", ["github", "github-sarif", "gitlab"])
def test_commands_use_options_that_exist(name: str, help_text: str) -> None:
    found = commands(read(SNIPPETS[name]))
    assert found
    for command in found:
        assert all(word in help_text for word in shlex.split(command) if word.startswith("--"))


def test_the_gitlab_command_writes_both_reports(repository: Path) -> None:
    (command,) = commands(read(SNIPPETS["gitlab"]))
    run = hojo(*shlex.split(command)[1:], cwd=repository, GITHUB_ACTIONS="")
    assert run.returncode == 1, run.stderr
    entries = json.loads((repository / "gl-code-quality-report.json").read_text(encoding="utf-8"))
    assert {entry["location"]["path"] for entry in entries} == {"applicants/wrong.yaml"}
    assert len(ET.parse(repository / "hojo.junit.xml").getroot()[0].findall("testcase")) == 2


def test_the_github_command_annotates_and_writes_the_summary(repository: Path) -> None:
    (command,) = commands(read(SNIPPETS["github"]))
    summary = repository / "summary.md"
    told = [word.replace("$GITHUB_STEP_SUMMARY", str(summary)) for word in shlex.split(command)[1:]]
    run = hojo(*told, cwd=repository, GITHUB_ACTIONS="true", GITHUB_WORKSPACE=str(repository))
    assert run.returncode == 1, run.stderr
    assert "\n::error file=applicants/wrong.yaml,line=4,col=" in run.stdout
    assert summary.read_text(encoding="utf-8").startswith("## hojo check")


def test_the_sarif_command_succeeds_and_writes_the_file_that_is_uploaded(repository: Path) -> None:
    workflow = read(SNIPPETS["github-sarif"])
    (command,) = commands(workflow)
    assert hojo(*shlex.split(command)[1:], cwd=repository, GITHUB_ACTIONS="").returncode == 0
    uploaded = workflow["jobs"]["sarif"]["steps"][-1]["with"]["sarif_file"]
    assert json.loads((repository / uploaded).read_text(encoding="utf-8"))["version"] == "2.1.0"


# --- the action ------------------------------------------------------------------------------------------------------


def test_the_action_puts_no_input_into_a_script_and_needs_nobody_else() -> None:
    steps = action()["runs"]["steps"]
    assert all("${{" not in step["run"] and step["shell"] == "bash" for step in steps)
    assert not [step for step in steps if "uses" in step]
    passed = re.findall(r"\$\{\{ inputs\.(\w+) \}\}", " ".join(steps[1]["env"].values()))
    assert sorted(passed) == sorted(action()["inputs"])


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")
def test_the_script_of_the_action_runs(repository: Path) -> None:
    """With paths of strange names, one a line; nothing in them is a command or an option."""
    tools = repository / "hojo" / "bin"
    tools.mkdir(parents=True)
    (tools / "hojo").write_text(
        f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m hojo_cli "$@"\n', encoding="utf-8"
    )
    (tools / "hojo").chmod(0o755)
    (repository / "-x $(touch pwned) a.yaml").write_text("name: a\n", encoding="utf-8")
    values = {
        "PATHS": "applicants\n-x $(touch pwned) a.yaml\n",
        "RULES": "2026",
        "CHANGED": "",
        "STRICT": "true",
        "LANG": "en",
        "SARIF": "s.sarif",
    }
    env = {f"HOJO_{name}": value for name, value in values.items()} | {"HOJO_JUNIT": "j.xml", "HOJO_SUMMARY": "true"}
    env |= {
        "RUNNER_TEMP": str(repository),
        "GITHUB_STEP_SUMMARY": str(repository / "summary.md"),
        "GITHUB_WORKSPACE": str(repository),
    }
    script = action()["runs"]["steps"][1]["run"]
    told = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    run = subprocess.run(
        told, cwd=repository, env={**os.environ, **env}, capture_output=True, text=True, timeout=60, check=False
    )
    assert run.returncode == 1, run.stderr
    assert "::error file=applicants/wrong.yaml" in run.stdout
    assert "3 checked" in run.stdout
    assert {path.name for path in repository.iterdir()} >= {"s.sarif", "j.xml", "summary.md"}
    assert not (repository / "pwned").exists()


# --- the hooks -------------------------------------------------------------------------------------------------------


def test_a_hook_has_what_pre_commit_requires_and_runs_once() -> None:
    for hook in hooks():
        assert {"id", "name", "entry", "language"} <= set(hook)
        assert (hook["language"], hook["require_serial"], hook["types"]) == ("python", True, ["yaml"])
        assert hojo(*shlex.split(hook["entry"])[1:], "--help").returncode == 0


@pytest.mark.parametrize(
    ("path", "expected"), [("applicants/a.yaml", True), ("x/applicants/b/c.yml", True), ("docker-compose.yaml", False)]
)
def test_the_hook_suggests_the_applicants_folder(path: str, expected: bool) -> None:
    check = next(hook for hook in hooks() if hook["id"] == "hojo-check")
    assert bool(re.search(check["files"], path)) is expected


def test_the_hook_fails_for_a_wrong_file_and_passes_for_a_right_one(repository: Path) -> None:
    check = next(hook for hook in hooks() if hook["id"] == "hojo-check")
    entry = shlex.split(check["entry"])[1:]
    assert hojo(*entry, "applicants/shop.yaml", cwd=repository).returncode == 0
    assert hojo(*entry, "applicants/shop.yaml", "applicants/wrong.yaml", cwd=repository).returncode == 1


def test_every_format_of_check_stands_in_the_page() -> None:
    from hojo_cli.formats import CHECKS

    formats = PAGE[PAGE.index("## 出力の形") :]
    assert re.findall(r"^\| `(\w+)` \|", formats, re.MULTILINE) == list(CHECKS)
