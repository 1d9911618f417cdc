"""The command line as a shell sees it: help, usage errors, exit codes, languages, colours, broken outputs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import VERBS
from this_process import clean, hojo

from hojo_cli import __version__

ROOT = Path(__file__).parent.parent
SHOP = "tests/cases/2026/invoice/small-shop-of-the-reading.yaml"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell")


def shell(line: str) -> subprocess.CompletedProcess[bytes]:
    """In a process of its own, with redirections."""
    command = line.replace("hojo ", f"'{sys.executable}' -m hojo_cli ")
    return subprocess.run(
        ["sh", "-c", command],
        capture_output=True,
        cwd=ROOT,
        check=False,
        timeout=120,
        env=clean(),
    )


def code(done: subprocess.CompletedProcess[bytes]) -> str:
    """The code of the first finding on standard error."""
    found = re.search(r"HJ\d{3}", done.stderr.decode())
    return found.group() if found else ""


# --- help ---


@pytest.mark.parametrize("command", VERBS, ids=" ".join)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_help_of_each_command_shows_two_examples(command: tuple[str, ...], lang: str) -> None:
    done = hojo(*command, "--help", "--lang", lang)
    assert done.returncode == 0
    assert done.stderr == b""
    text = done.stdout.decode()
    examples = re.sub(r"\s+", " ", text[text.rindex("例" if lang == "ja" else "Examples") :])
    assert examples.count(f"hojo {command[0]}") >= 2


@pytest.mark.parametrize(("lang", "word"), [("ja", "終了コード"), ("en", "Exit codes")])
def test_the_help_of_hojo_says_what_the_exit_codes_mean(lang: str, word: str) -> None:
    locale = {"ja": "ja_JP.UTF-8", "en": "en_US.UTF-8"}[lang]
    assert word in hojo("--help", LC_ALL=locale).stdout.decode()


def test_hojo_alone_prints_its_help_and_is_a_mistake() -> None:
    done = hojo()
    assert done.returncode == 2
    assert done.stdout == b""
    assert "estimate" in done.stderr.decode()
    assert code(done) == ""


@pytest.mark.parametrize("arguments", [("--version",), ("--version", "estimate"), ("estimate", "--version")])
def test_the_version_is_told(arguments: tuple[str, ...]) -> None:
    done = hojo(*arguments)
    assert (done.returncode, done.stdout.decode().strip()) == (0, f"hojo {__version__}")


@pytest.mark.parametrize("command", VERBS, ids=" ".join)
def test_every_command_takes_the_common_options(command: tuple[str, ...]) -> None:
    text = hojo(*command, "--help").stdout.decode()
    for option in ("--format", "--output", "--lang", "--color", "--quiet", "--version", "--help"):
        assert option in text


# --- usage ---


@pytest.mark.parametrize(
    ("arguments", "found", "near"),
    [
        (("estimat", SHOP), "HJ005", "estimate"),
        (("estimate",), "HJ003", "FILE"),
        (("estimate", SHOP, "--formt", "json"), "HJ002", "--format"),
        (("estimate", SHOP, "--format", "jsn"), "HJ004", "json"),
        (("estimate", SHOP, "--lang", "fr"), "HJ004", "ja, en"),
        (("estimate", SHOP, "--frame", "genral"), "HJ006", "general"),
        (("estimate", SHOP, "--rules", "1999"), "HJ346", "2026"),
        (("estimate", "nowhere.yaml"), "HJ101", "nowhere.yaml"),
        (("estimate", SHOP, "--format"), "HJ001", ""),
        (("rules", "shwo"), "HJ005", "show"),
        (("rules", "show", "2026", "--outcomes"), "HJ015", "2025"),
        (("schema", "applicants"), "HJ004", "applicant"),
        (("new", "--format", "toml"), "HJ004", "yaml"),
        (("new", "--interactive"), "HJ013", "--interactive"),
        (("new", "a.yaml", "--output", "b.yaml"), "HJ001", "--output"),
        (("estimate", SHOP, "--frame"), "HJ001", "には値が必要です"),
        (("estimate", SHOP, "--quiet=1"), "HJ001", "には値を付けられません"),
        (("schema", "applicant", "more"), "HJ001", "余分な引数があります: more"),
        (("check", SHOP, "--jobs", "many"), "HJ001", "`--jobs` には `many` を指定できません"),
        (("check", SHOP, "--jobs", "257"), "HJ001", "`257` を指定できません"),
        (("schema", "applicant", "--format", "yaml"), "HJ004", "json"),
        (("rules", "--rules", "1999"), "HJ346", "2026"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else str(value),
)
def test_a_mistake_in_the_call_says_what_would_be_right(arguments: tuple[str, ...], found: str, near: str) -> None:
    done = hojo(*arguments)
    assert done.returncode == 2
    assert done.stdout == b""
    assert code(done) == found
    assert near in done.stderr.decode()
    assert b"Traceback" not in done.stderr


# --- exit codes and streams ---


def test_a_result_goes_to_standard_output_alone() -> None:
    done = hojo("estimate", SHOP)
    assert done.returncode == 0
    assert done.stderr == b""
    assert "1,360,000" in done.stdout.decode()


def test_an_applicant_who_is_not_eligible_is_a_result() -> None:
    assert hojo("estimate", "tests/cases/2026/general/deemed-large-company.yaml").returncode == 0


def test_a_wrong_applicant_file_ends_with_1_and_says_where(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("facts:\n  employes: 5\n", encoding="utf-8")
    done = hojo("estimate", str(path))
    assert done.returncode == 1
    assert done.stdout == b""
    assert ":2:3: 誤り HJ203" in done.stderr.decode()
    assert "employees" in done.stderr.decode()


def test_quiet_prints_no_result() -> None:
    done = hojo("estimate", SHOP, "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


@pytest.mark.parametrize(
    "junk", [b"\xff\xfe\x00", b"\x00", b"", b"[", b"- 1", b"a: &a *a", b"{" * 1000, "名称：甲".encode("cp932")]
)
def test_no_input_ends_in_a_traceback(junk: bytes, tmp_path: Path) -> None:
    path = tmp_path / "junk.yaml"
    path.write_bytes(junk)
    done = hojo("estimate", str(path))
    assert done.returncode in (0, 1, 2)
    assert b"Traceback" not in done.stderr
    assert code(done) != "HJ099"


# --- languages ---


@pytest.mark.parametrize(
    ("arguments", "locale", "word"),
    [
        ((), "ja_JP.UTF-8", "補助額"),
        ((), "C.UTF-8", "補助額"),
        ((), "en_US.UTF-8", "subsidy"),
        (("--lang", "en"), "ja_JP.UTF-8", "subsidy"),
        (("--lang=ja",), "en_US.UTF-8", "補助額"),
    ],
)
def test_the_language_is_that_of_the_option_else_of_the_locale(
    arguments: tuple[str, ...], locale: str, word: str
) -> None:
    assert word in hojo("estimate", SHOP, *arguments, LC_ALL=locale).stdout.decode()


# --- colours ---


@pytest.mark.parametrize(
    ("arguments", "environment", "coloured"),
    [
        ((), {}, False),
        (("--color",), {}, True),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (("--no-color",), {"FORCE_COLOR": "1"}, False),
        (("--color",), {"NO_COLOR": "1"}, True),
    ],
)
def test_colours_are_only_where_they_are_wanted(
    arguments: tuple[str, ...], environment: dict[str, str], coloured: bool
) -> None:
    assert (b"\x1b[" in hojo("estimate", SHOP, *arguments, cwd=ROOT, **environment).stdout) is coloured


@POSIX
@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({"TERM": "xterm"}, True), ({"TERM": "dumb"}, False), ({"NO_COLOR": "1", "TERM": "xterm"}, False)],
)
def test_a_terminal_has_colours_unless_told_otherwise(environment: dict[str, str], coloured: bool) -> None:
    import pty

    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "hojo_cli", "rules"], stdout=follower, cwd=ROOT, env=clean() | environment
    )
    os.close(follower)
    shown = b""
    try:
        while part := os.read(leader, 4096):
            shown += part
    except OSError:  # Linux says so when the other end is closed
        pass
    os.close(leader)
    assert process.wait(timeout=60) == 0
    assert (b"\x1b[" in shown) is coloured


def test_the_width_is_that_of_the_screen() -> None:
    from rich.cells import cell_len

    for width in (60, 120):
        lines = hojo("estimate", SHOP, COLUMNS=str(width)).stdout.decode().splitlines()
        assert max(map(cell_len, lines)) <= width
    assert "|- " in hojo("estimate", SHOP, "-f", "tree", HOJO_AMBIGUOUS_WIDTH="2").stdout.decode()


# --- outputs that break ---


@POSIX
def test_a_closed_standard_output_is_no_success() -> None:
    done = shell(f"hojo estimate {SHOP} >&-")
    assert done.returncode == 2
    assert code(done) == "HJ011"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux")
@pytest.mark.parametrize("line", [f"hojo estimate {SHOP}", "hojo rules", "hojo new", "hojo schema ruleset"])
def test_a_full_disk_is_no_success(line: str) -> None:
    done = shell(f"{line} > /dev/full")
    assert done.returncode == 2
    assert code(done) == "HJ011"
    assert done.stderr.count(b"\n") == 2


@POSIX
def test_a_reader_that_goes_away_is_no_error() -> None:
    done = shell("hojo schema ruleset | head -n 1")
    assert done.returncode == 0
    assert done.stdout == b"{\n"
    assert done.stderr == b""


@pytest.mark.parametrize("form", ["table", "json", "markdown", "tree"])
def test_a_file_holds_what_would_have_been_printed(form: str, tmp_path: Path) -> None:
    path = tmp_path / "out"
    done = hojo("estimate", SHOP, "--format", form, "--output", str(path), FORCE_COLOR="1")
    assert (done.returncode, done.stdout) == (0, b"")
    assert path.read_bytes().replace(b"\r\n", b"\n") == hojo("estimate", SHOP, "--format", form).stdout.replace(
        b"\r\n", b"\n"
    )
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_written_stays_as_it_was(tmp_path: Path) -> None:
    done = hojo("estimate", SHOP, "--output", str(tmp_path / "nowhere" / "out"))
    assert done.returncode == 2
    assert code(done) == "HJ010"
    (tmp_path / "folder").mkdir()
    assert hojo("estimate", SHOP, "--output", str(tmp_path / "folder")).returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
    assert list((tmp_path / "folder").iterdir()) == []


# --- old code pages ---


@pytest.mark.parametrize("encoding", ["cp932", "ascii", "latin-1", "utf-8"])
@pytest.mark.parametrize("form", ["table", "markdown", "json", "tree"])
def test_characters_a_terminal_cannot_show_do_no_harm(encoding: str, form: str, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    named = re.sub("^name: .*", "name: 𠮷野家 ¥ ― ½", (ROOT / SHOP).read_text(encoding="utf-8"))
    path.write_text(named, encoding="utf-8")
    done = hojo("estimate", str(path), "--format", form, PYTHONUTF8="0", PYTHONIOENCODING=encoding)
    assert done.returncode == 0
    assert done.stderr == b""
    text = done.stdout.decode(encoding)
    if form == "json":
        assert json.loads(text)["results"][0]["name"] == "𠮷野家 ¥ ― ½"
        return
    assert "野家" in text or encoding in ("ascii", "latin-1")
    assert ("─" in text) is (encoding in ("cp932", "utf-8") and form in ("table", "tree"))


@pytest.mark.parametrize("form", ["csv", "yaml"])
def test_a_blank_is_utf8_whatever_the_code_page(form: str) -> None:
    """It is a file on its way, and hojo reads UTF-8."""
    piped, plain = (
        hojo("new", "--format", form, PYTHONUTF8="0", PYTHONIOENCODING=encoding).stdout
        for encoding in ("cp932", "utf-8")
    )
    assert piped == plain
    assert "常時使用する従業員" in piped.decode()


def test_a_name_is_no_command_to_the_runner_on_any_line(tmp_path: Path) -> None:
    path = tmp_path / "::error::x.yaml"
    path.write_text("name: '::add-mask::y ##[error]z'\nnope: 1\n", encoding="utf-8")
    good = tmp_path / "a.yaml"
    good.write_text("name: '::add-mask::y ##[error]z'\nfacts: {entity: company}\n", encoding="utf-8")
    for arguments in (
        ("::error::x.yaml",),
        ("a.yaml",),
        ("a.yaml", "-f", "markdown"),
        ("a.yaml", "-f", "json"),
        ("a.yaml", "-f", "tree"),
    ):
        done = hojo("estimate", *arguments, cwd=tmp_path)
        told = (done.stdout + done.stderr).decode()
        assert not [line for line in told.split("\n") if line.lstrip().startswith("::") or "##[" in line]


def test_a_dash_is_standard_output(tmp_path: Path) -> None:
    for arguments in (("estimate", str(ROOT / SHOP)), ("rules",), ("new",), ("schema", "applicant")):
        assert hojo(*arguments, "--output", "-", cwd=tmp_path).stdout == hojo(*arguments, cwd=tmp_path).stdout
    assert list(tmp_path.iterdir()) == []


def test_json_is_the_same_bytes_twice() -> None:
    first, second = (hojo("estimate", SHOP, "--format", "json").stdout for _ in range(2))
    assert first == second
    assert json.loads(first)["results"][0]["best"] == "invoice"


def test_files_of_two_years_each_say_their_own() -> None:
    older = next(iter(sorted((ROOT / "tests/cases/2025").glob("*/*.yaml")))).relative_to(ROOT).as_posix()
    found = json.loads(hojo("estimate", SHOP, older, "--format", "json").stdout)
    assert [result["fiscal_year"] for result in found["results"]] == [2026, 2025]
    assert found["ruleset"]["fiscal_year"] == 2026


@POSIX
def test_a_link_keeps_pointing_where_it_did(tmp_path: Path) -> None:
    (tmp_path / "target").write_text("old", encoding="utf-8")
    (tmp_path / "link").symlink_to("target")
    (tmp_path / "dangling").symlink_to("new")
    for name, target in (("link", "target"), ("dangling", "new")):
        assert hojo("rules", "--format", "json", "--output", str(tmp_path / name)).returncode == 0
        assert (tmp_path / name).is_symlink()
        assert "hojo.rules/1" in (tmp_path / target).read_text(encoding="utf-8")


@POSIX
def test_a_pipe_named_as_output_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        assert hojo("rules", "--format", "json", "--output", str(pipe)).returncode == 0
        told, _ = reader.communicate(timeout=60)
    assert b"hojo.rules/1" in told
    assert pipe.is_fifo()


def test_a_group_with_an_open_answer_and_no_cost_to_share_is_explained(tmp_path: Path) -> None:
    """(c) is 0 yen whatever its cap comes to."""
    text = (ROOT / "examples" / "group.yaml").read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if "category: office" not in line and "category: expert" not in line]
    path = tmp_path / "a.yaml"
    path.write_text(re.sub(r" *employees: 3人\n", "", "\n".join(kept), count=1), encoding="utf-8")
    done = hojo("estimate", str(path), "--format", "json")
    assert (done.returncode, done.stderr) == (0, b"")
    group = json.loads(done.stdout)["results"][0]["estimates"][-1]
    assert (group["status"], [gap["fact"] for gap in group["missing"]]) == ("incomplete", ["members.1.employees"])


def test_a_result_does_not_replace_the_file_it_was_made_from(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes((ROOT / SHOP).read_bytes())
    done = hojo("estimate", str(path), "--output", str(path), "--format", "json")
    assert (done.returncode, code(done)) == (2, "HJ457")
    assert path.read_bytes() == (ROOT / SHOP).read_bytes()
