"""`hojo new`: what it writes is a valid file that explains itself, and what it asks is checked like a file."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from hojo_cli.applicants import applicant, blank
from hojo_cli.applicants.interview import Interview
from hojo_cli.base.finding import HojoError
from hojo_cli.commands import estimate, new
from hojo_cli.document import parse
from hojo_cli.formats import render
from hojo_cli.formats.drawing.screen import Screen
from hojo_cli.rules import library, ruleset
from hojo_cli.rules.declared import Ruleset

YEARS = ("2024", "2025", "2026")
LANGUAGES = ("ja", "en")
ROOT = Path(__file__).parent.parent


def _load(text: str, used: Ruleset) -> applicant.Loaded:
    root = parse(text.encode(), "new.yaml").root
    assert root is not None
    return applicant.load(root, used, "new.yaml")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("year", YEARS)
def test_a_blank_file_is_estimated_without_complaint(year: str, lang: str, tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    new.run(str(path), year, lang)
    report = estimate.run([str(path)], "", "", lang)
    assert report.exit_code == 0
    assert report.findings == ()
    found = json.loads(render("json", report, Screen(80, False, lang)))
    assert found["ruleset"]["fiscal_year"] == int(year)
    assert {each["status"] for each in found["results"][0]["estimates"]} <= {"no_cost", "incomplete"}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("year", YEARS)
def test_every_fact_stands_there_with_its_question_choices_and_place_to_look(year: str, lang: str) -> None:
    used = ruleset.load(year)
    text = blank.text(used, lang)
    for name, spec in used.facts.items():
        assert re.search(rf"^##   {name}$" if spec.of_members else rf"^  # {name}:", text, re.MULTILINE)
        assert spec.ask.into(lang) in text
        assert spec.look_up.into(lang) in text
        for choice, label in spec.choices.items():
            assert f"{choice}: {label.into(lang)}" in text
    for category, label in used.categories.items():
        assert f"{category}: {label.into(lang)}" in text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("year", YEARS)
def test_each_commented_fact_may_be_uncommented_alone(year: str, lang: str) -> None:
    used = ruleset.load(year)
    text = blank.text(used, lang)
    for name in used.facts:
        read = _load(re.sub(rf"^  # ({name}:)", r"  \1", text, flags=re.MULTILINE), used)
        assert read.findings == ()
        assert read.file is not None


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("year", YEARS)
def test_the_example_items_are_valid_in_both_forms_of_price(year: str, lang: str) -> None:
    used = ruleset.load(year)
    text = blank.text(used, lang)
    head, tail = text.split("items:\n", 1)
    items, rest = tail.split("\n\n", 1)
    read = _load(f"{head}items:\n{re.sub(r'(?m)^#', '', items)}\n\n{rest}", used)
    assert read.findings == ()
    assert read.file is not None
    assert [item.cost for item in read.file.applicant.items] == [500_000, 480_000]


def test_answers_stand_where_their_question_is() -> None:
    used = ruleset.load("2026")
    text = blank.text(used, "ja", name="甲: 乙 #1", facts={"employees": "5人", "wage_growth": "3.5%"})
    read = _load(text, used)
    assert read.findings == ()
    assert read.file is not None
    assert read.file.applicant.name == "甲: 乙 #1"
    assert read.file.applicant.facts["employees"] == 5


@pytest.mark.parametrize(
    "answer",
    [
        "",
        " ",
        "a: b",
        "# x",
        "{",
        "[1",
        "\"'",
        "\\",
        "\n",
        "｜",
        "- 1",
        "5人",
        "@x",
        "%",
        "はい",
        "true",
        "~",
        "null",
        "\x7f",
        "\u202ex",
        "\ufeffx",
    ],
)
def test_any_answer_becomes_one_scalar(answer: str) -> None:
    root = parse(f"note: {blank.scalar(answer)}\n".encode(), "x").root
    assert root is not None
    assert getattr(root.entries["note"], "text", None) == answer
    assert blank.scalar(answer).isprintable()


def test_a_label_with_a_line_break_stays_in_its_comment() -> None:
    used = ruleset.load("2026")
    title = used.title._replace(ja="甲\nfacts: {}", en="x")
    text = blank.text(used._replace(title=title), "ja")
    assert "\nfacts: {}" not in text


# --- files ---


def test_an_existing_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"mine")
    with pytest.raises(HojoError) as caught:
        new.run(str(path), "2026", "ja")
    assert caught.value.findings[0].code == "HJ014"
    assert path.read_bytes() == b"mine"
    new.run(str(path), "2026", "ja", force=True)
    assert path.read_bytes().startswith(b"#")


def test_without_a_terminal_nothing_is_asked() -> None:
    with pytest.raises(HojoError) as caught:
        new.run("", "2026", "ja", interactive=True)
    assert caught.value.findings[0].code == "HJ013"


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(HojoError) as caught:
        new.run("", "2026", "ja", format="toml")
    assert caught.value.findings[0].code == "HJ004"


# --- the interview ---


def _held(answers: dict[str, list[str]], lang: str = "ja", year: str = "2026") -> tuple[Interview, list[str]]:
    """Answers by fact id, one after the other; what is not listed is left open."""
    used = ruleset.load(year)
    asked: list[str] = []

    def prompt(question: str) -> str:
        spec = next((spec for spec in used.facts.values() if spec.ask.into(lang) in question), None)
        name = "name" if spec is None else spec.id
        asked.append(name)
        return answers[name].pop(0) if answers.get(name) else ""

    interview = Interview(used, lang, prompt)
    interview.hold()
    return interview, asked


def test_the_interview_takes_numbers_ids_labels_and_literals() -> None:
    interview, _ = _held(
        {
            "name": ["甲商店"],
            "entity": ["1"],
            "industry": ["小売業"],
            "capital": ["1,000万円"],
            "employees": ["５人"],
            "past_grant": ["n"],
        }
    )
    assert interview.name == "甲商店"
    assert interview.answers == {
        "entity": "company",
        "industry": "retail",
        "capital": "1,000万円",
        "employees": "５人",
        "past_grant": "false",
    }
    read = _load(blank.text(ruleset.load("2026"), "ja", name="甲商店", facts=interview.answers), ruleset.load("2026"))
    assert read.findings == ()


def test_a_fact_that_plays_no_part_is_not_asked() -> None:
    _, asked = _held({"entity": ["sole_proprietor"]})
    assert "capital" not in asked
    assert "industry" in asked
    _, asked = _held({"entity": ["medical"]})
    assert not {"capital", "industry"} & set(asked)


def test_an_answer_that_cannot_be_read_is_asked_again(capsys: pytest.CaptureFixture[str]) -> None:
    interview, asked = _held({"employees": ["五人", "-1", "5"], "entity": ["99", "company"]})
    assert asked.count("employees") == 3
    assert asked.count("entity") == 2
    assert interview.answers == {"entity": "company", "employees": "5"}
    assert capsys.readouterr().err.count("\n") >= 3


def test_a_part_cannot_exceed_its_whole() -> None:
    interview, asked = _held({"supplier_accounts": ["0", "5"], "sme_supplier_accounts": ["6", "4"]})
    assert interview.answers == {"supplier_accounts": "5", "sme_supplier_accounts": "4"}
    assert asked.count("sme_supplier_accounts") == 2


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals")
def test_the_interview_at_a_terminal(tmp_path: Path) -> None:
    """The file is the only thing on standard output; Ctrl-D keeps what was answered, and ends with 130 where that is nothing."""
    import pty

    for keys, code in (
        ("甲\n1\n".encode() + b"\n" * 30, 0),
        ("甲\n１\n".encode() + b"\x04", 0),
        (b"\x04", 130),
    ):
        leader, follower = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-m", "hojo_cli", "new", "-i", "--lang", "ja"],
            stdin=follower, stderr=follower, stdout=subprocess.PIPE, cwd=ROOT, env=os.environ | {"PYTHONUTF8": "1"},
        )  # fmt: skip
        os.close(follower)
        os.write(leader, keys)
        drain = _drain(leader)
        out, _ = process.communicate(timeout=60)
        drain.join(timeout=10)
        os.close(leader)
        assert process.returncode == code
        if code == 0:
            assert "\n  entity: company\n" in out.decode()
            assert "\nname: 甲\n" in out.decode()
        else:
            assert out == b""


@pytest.mark.parametrize("stop", [EOFError, KeyboardInterrupt])
def test_whoever_stops_on_the_way_keeps_what_was_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], stop: type[BaseException]
) -> None:
    answers = iter(("甲", "株式会社", "４"))

    def answer() -> str:
        for said in answers:
            return said
        raise stop

    monkeypatch.setattr(new, "_somebody_there", lambda: True)
    monkeypatch.setattr("builtins.input", answer)
    path = tmp_path / "a.yaml"
    new.run(str(path), "", "ja", interactive=True)
    text = path.read_text(encoding="utf-8")
    assert "\nname: 甲\n" in text and "\n  entity: company\n" in text and "\n  industry: wholesale\n" in text
    assert "ここまでの答えを書きます" in capsys.readouterr().err
    with pytest.raises(KeyboardInterrupt):
        new.run(str(tmp_path / "b.yaml"), "", "ja", interactive=True)
    assert not (tmp_path / "b.yaml").exists()


def _drain(leader: int) -> threading.Thread:
    """Read what is shown, so that nobody waits."""

    def read() -> None:
        try:
            while os.read(leader, 4096):
                pass
        except OSError:
            pass

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    return thread


def test_the_newest_ruleset_is_the_default(capsys: pytest.CaptureFixture[str]) -> None:
    new.run("", "", "en")
    assert f"fiscal_year: {library.years()[0]}" in capsys.readouterr().out


def test_the_largest_value_of_a_fact_is_told_where_it_is_asked() -> None:
    used = ruleset.load("2026")
    assert "# near_minimum_wage_months:  # 月数。例: 3、3か月、12か月（これが最大）" in blank.text(used, "ja")
    shown: list[str] = []

    def prompt(question: str) -> str:
        shown.append(question)
        return ""

    Interview(used, "en", prompt).ask(used.facts["near_minimum_wage_months"])
    assert "12か月 (at most that)" in shown[0]
