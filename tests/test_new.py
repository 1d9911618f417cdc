"""`hojo new`: what it writes is a valid file that explains itself, and what it asks is checked like a file."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from hojo_cli.applicants import applicant, blank
from hojo_cli.applicants.asking import BackError, Question
from hojo_cli.applicants.draft import Draft, draft_of
from hojo_cli.applicants.interview import Interview
from hojo_cli.base.finding import HojoError
from hojo_cli.batch import estimating
from hojo_cli.commands import estimate, new
from hojo_cli.document import parse
from hojo_cli.files.signals import Stopped
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
    new.run(str(path), year, Screen(80, False, lang))
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
def test_no_purchase_is_invented_and_the_sample_is_valid(year: str, lang: str) -> None:
    used = ruleset.load(year)
    text = blank.text(used, lang)
    read = _load(text, used)
    assert read.file is not None and read.file.applicant.items == ()
    head, tail = text.split("items:\n", 1)
    items, rest = tail.split("\n\n", 1)
    read = _load(f"{head}items:\n{re.sub(r'(?m)^  # ', '  ', items)}\n\n{rest}", used)
    assert read.findings == ()
    assert read.file is not None
    assert [item.cost for item in read.file.applicant.items] == [500_000]


def test_answers_stand_where_their_question_is() -> None:
    used = ruleset.load("2026")
    text = blank.text(used, "ja", Draft("甲: 乙 #1", {"employees": "5人", "wage_growth": "3.5%"}))
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
        new.run(str(path), "2026", Screen(80, False, "ja"))
    assert caught.value.findings[0].code == "HJ014"
    assert path.read_bytes() == b"mine"
    new.run(str(path), "2026", Screen(80, False, "ja"), force=True)
    assert path.read_bytes().startswith(b"#")


def test_without_a_terminal_nothing_is_asked() -> None:
    with pytest.raises(HojoError) as caught:
        new.run("", "2026", Screen(80, False, "ja"), interactive=True)
    assert caught.value.findings[0].code == "HJ013"


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(HojoError) as caught:
        new.run("", "2026", Screen(80, False, "ja"), format="toml")
    assert caught.value.findings[0].code == "HJ004"


# --- the interview ---


class Script:
    """Answers by the key of a question, one after the other; nothing for any other."""

    def __init__(self, answers: Mapping[str, Sequence[str | type[BaseException]]]) -> None:
        self.answers = {key: list(said) for key, said in answers.items()}
        self.asked: list[Question] = []

    def __call__(self, question: Question, lang: str) -> str:  # noqa: ARG002  # as a prompt is called
        self.asked.append(question)
        assert len(self.asked) < 80, self.keys[-5:]
        answer = self.answers[question.key].pop(0) if self.answers.get(question.key) else question.written
        if not isinstance(answer, str):
            raise answer
        return answer

    @property
    def keys(self) -> list[str]:
        return [question.key for question in self.asked]


def _held(
    answers: Mapping[str, Sequence[str | type[BaseException]]], lang: str = "ja", draft: Draft = blank.EMPTY
) -> tuple[Interview, Script]:
    script = Script({"0.0.category": ["done"], **answers})
    interview = Interview(ruleset.load("2026"), lang, script, draft)
    interview.hold()
    return interview, script


SHOP: dict[str, list[str | type[BaseException]]] = {
    "name": ["甲商店"], "entity": ["1"], "industry": ["小売業"], "capital": ["1,000万円"], "employees": ["５人"], "deemed_large": ["n"],
    "0.0.category": ["software"], "0.0.name": ["会計ソフト"], "0.0.amount": ["50万円"], "items[0].processes": ["1, 2"], "items[0].functions": ["会計"],
    "0.1.category": ["クラウド利用料"], "0.1.name": [""], "0.1.form": ["月額"], "0.1.monthly": ["2万円"], "0.1.months": ["24"], "0.1.tax": ["税込"],
    "items[1].processes": ["[]"], "items[1].functions": [""],
}  # fmt: skip


def test_the_interview_asks_what_is_bought_and_writes_it_as_a_file() -> None:
    interview, _ = _held(SHOP)
    assert interview.state.draft == Draft(
        "甲商店",
        {"entity": "company", "industry": "retail", "capital": "1,000万円", "employees": "５人", "deemed_large": "false"},
        (
            {"name": "会計ソフト", "category": "software", "amount": "50万円", "processes": "[共P-01, 共P-02]", "functions": "[accounting]"},
            {"category": "cloud", "monthly": "2万円", "months": "24", "tax": "included", "processes": "[]"},
        ),
    )  # fmt: skip
    text = blank.text(ruleset.load("2026"), "ja", interview.state.draft)
    read = _load(text, ruleset.load("2026"))
    assert read.findings == () and read.file is not None
    assert [item.cost for item in read.file.applicant.items] == [500_000, 18_181 * 24]
    assert draft_of(read.root)._replace(others={}) == interview.state.draft


def test_only_what_can_still_change_the_result_is_asked() -> None:
    """Who is what the law calls small is known by two of these facts; in the end each question is one that `estimate` would ask."""
    _, script = _held({"entity": ["sole_proprietor"]})
    assert "capital" not in script.keys and "industry" in script.keys
    _, script = _held({"entity": ["medical"]})
    assert not {"capital", "industry"} & set(script.keys)
    interview, script = _held({**SHOP, "items[1].functions": ["会計"]})
    assert not {"supplier_accounts", "analysis_members", "past_grant"} & set(script.keys)
    left = estimating.load_applicant(blank.text(interview.ruleset, "ja", interview.state.draft).encode())
    missing = {gap.fact for each in estimating.estimate(left).estimates for gap in each.missing}
    assert missing == interview.state.unknown


def test_never_more_questions_than_were_said_to_be_left() -> None:
    _, script = _held(SHOP)
    said = [int(re.findall(r"\d+", question.progress)[0]) for question in script.asked]
    last = max(place for place, key in enumerate(script.keys) if key.endswith("category"))
    assert all(left >= len(said) - place for place, left in enumerate(said) if place > last)
    assert said[last] >= len(said) - last - 1 > 0


def test_an_answer_that_cannot_be_read_is_asked_again(capsys: pytest.CaptureFixture[str]) -> None:
    answers = {
        "employees": ["五人", "-1", "5"],
        "entity": ["99", "company"],
        "0.0.category": ["software", "done"],
        "0.0.amount": ["", "0.5", "5"],
    }
    interview, script = _held({**SHOP, **answers, "0.1.category": ["done"]})
    assert [script.keys.count(key) for key in ("employees", "entity", "0.0.amount")] == [3, 2, 3]
    assert interview.state.draft.facts["employees"] == "5"
    assert interview.state.draft.items[0]["amount"] == "5"
    assert capsys.readouterr().err.count("\n") >= 5


def test_going_back_is_the_state_before(capsys: pytest.CaptureFixture[str]) -> None:
    answers: dict[str, list[str | type[BaseException]]] = {
        "name": [BackError, "甲", "乙"],
        "group": [BackError, "いいえ"],
        "0.0.amount": ["1", BackError, "2"],
        "0.0.tax": [BackError, "税抜"],
    }
    interview, script = _held(
        {
            **SHOP,
            **answers,
            "0.1.category": ["drop", "done"],
            "0.0.category": ["software", "software"],
            "items[0].processes": ["1", "1"],
        }
    )
    assert "最初の質問" in capsys.readouterr().err
    assert interview.state.draft.name == "乙"
    assert [question.written for question in script.asked if question.key == "name"] == ["", "", "甲"]


def test_who_goes_back_and_stops_there_loses_nothing() -> None:
    script = Script({**SHOP, "employees": ["5", KeyboardInterrupt], "deemed_large": [BackError]})
    interview = Interview(ruleset.load("2026"), "ja", script)
    with pytest.raises(KeyboardInterrupt):
        interview.hold()
    assert interview.kept.facts["employees"] == "5"


def test_an_item_may_be_taken_back() -> None:
    interview, _ = _held({**SHOP, "0.1.category": ["drop"], "0.0.category": ["software", "done"]})
    assert interview.state.draft.items == ()


def test_a_group_is_asked_for_its_members_and_what_each_of_them_buys() -> None:
    answers: dict[str, list[str | type[BaseException]]] = {
        "name": ["商店街"], "group": ["はい"], "0.0.category": ["analysis_cloud"], "0.0.form": ["1"], "0.0.amount": ["100万円"], "0.0.months": ["12"],
        "members[1]": ["甲"], "1.0.category": ["software"], "1.0.amount": ["20万円"], "members.1.items[0].functions": ["accounting"],
        "members[2]": ["乙"], "2.0.category": ["done"],
    }  # fmt: skip
    interview, script = _held(answers)
    draft = interview.state.draft
    assert [member.name for member in draft.members] == ["甲", "乙"]
    assert draft.members[0].items[0] == {"category": "software", "amount": "20万円"}
    assert script.keys.index("members[3]") > script.keys.index("2.0.category")
    assert any(question.title.startswith("構成員2「乙」の明細1") for question in script.asked)
    read = _load(blank.text(interview.ruleset, "ja", draft), interview.ruleset)
    assert read.file is not None and len(read.file.applicant.members) == 2
    again, more = _held({"members[3]": [""]}, draft=draft_of(read.root))
    assert again.state.draft.members == draft.members and "members[1]" not in more.keys


def test_what_is_left_out_of_a_member_is_asked_of_that_member() -> None:
    used = ruleset.load("2026")
    whole = draft_of(_load((ROOT / "examples" / "group.yaml").read_text(encoding="utf-8"), used).root)
    second = whole.members[1]
    facts = {name: value for name, value in second.facts.items() if name not in ("industry", "employees")}
    items = tuple({key: value for key, value in item.items() if key != "functions"} for item in second.items)
    part = whole.with_part(2, lambda member: member._replace(facts=facts, items=items))
    answers = {
        "members[11]": [""],
        "members.2.industry": ["小売業"],
        "members.2.employees": ["5"],
        "members.2.items[0].functions": ["会計, 決済"],
    }
    interview, script = _held(answers, draft=part)
    assert [key for key in script.keys if key.startswith("members.")] == [
        "members.2.items[0].functions",
        "members.2.industry",
        "members.2.employees",
    ]
    assert {question.title[:10] for question in script.asked if question.key.startswith("members.")} == {
        "構成員2「見本精肉店"
    }
    assert {**interview.state.draft.members[1].facts, "employees": "5人"} == {**second.facts, "industry": "retail"}


def test_a_file_is_taken_up_with_all_it_holds() -> None:
    text = (
        "name: 甲\ncorporate_number: '7123456789012'\nframe: invoice\nfacts: {entity: company, granted_processes: [共P-01]}\nnote: 'a: b'\n"
        "items:\n  - {name: x, category: software, amount: 50万円, quantity: 2, functions: [accounting]}\n  - {name: 値引き, discount: 1万円, of: x}\nexpect: {invoice: 5}\n"
    )
    used = ruleset.load("2026")
    before = _load(text, used)
    interview, script = _held({"0.2.category": ["done"]}, draft=draft_of(before.root))
    assert "name" not in script.keys and "entity" not in script.keys
    after = _load(blank.text(used, "ja", interview.state.draft), used)
    assert before.file is not None and after.file is not None
    assert after.file._replace(places={}) == before.file._replace(places={})


@pytest.mark.parametrize("example", ["shop", "general", "group", "electronic_trade", "security", "wholesaler"])
def test_every_example_comes_out_as_it_went_in(example: str) -> None:
    used = ruleset.load("2026")
    before = _load((ROOT / "examples" / f"{example}.yaml").read_text(encoding="utf-8"), used)
    after = _load(blank.text(used, "en", draft_of(before.root)), used)
    assert before.file is not None and after.file is not None
    assert after.file._replace(places={}) == before.file._replace(places={})


@pytest.mark.parametrize(("text", "year"), [("fiscal_year: 2025\n", 2025), ("facts: {}\n", 2024)])
def test_a_file_keeps_its_year(text: str, year: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(new, "_somebody_there", lambda: True)
    answers = iter(("甲",))
    monkeypatch.setattr("builtins.input", lambda: next(answers, None) or _stop())
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")
    with suppress(KeyboardInterrupt):
        new.run(str(path), "2024", Screen(80, False, "ja"), interactive=True)
    assert f"fiscal_year: {year}\n" in path.read_text(encoding="utf-8")


def _stop() -> str:
    raise EOFError


def test_a_file_with_an_error_is_not_taken_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(new, "_somebody_there", lambda: True)
    path = tmp_path / "a.yaml"
    path.write_text("facts: {entity: kaisha}\n", encoding="utf-8")
    with pytest.raises(HojoError) as caught:
        new.run(str(path), "", Screen(80, False, "ja"), interactive=True)
    assert [found.code for found in caught.value.findings] == ["HJ090", "HJ205"]


KEYS = "甲\n2\n1\n小売業\n1000万円\n4\nn\n1\n会計\n50万円\n\n1\n1\n\n"


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals")
@pytest.mark.parametrize(("keys", "code"), [(f"{KEYS}{chr(10) * 20}", 0), ("甲\n<\n乙\n2\n１\n\x04", 0), ("\x04", 130)])
def test_the_interview_at_a_terminal(keys: str, code: int) -> None:
    """The file is the only thing on standard output; Ctrl-D keeps what was answered, and ends with 130 where that is nothing."""
    import pty

    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "hojo_cli", "new", "-i", "--lang", "ja"],
        stdin=follower, stderr=follower, stdout=subprocess.PIPE, cwd=ROOT, env=os.environ | {"PYTHONUTF8": "1", "TERM": "dumb"},
    )  # fmt: skip
    os.close(follower)
    os.write(leader, keys.encode())
    drain = _drain(leader)
    out, _ = process.communicate(timeout=60)
    drain.join(timeout=10)
    os.close(leader)
    assert process.returncode == code
    if code == 0:
        assert "\n  entity: company\n" in out.decode()
        assert ("\nname: 甲\n" in out.decode()) is ("会計" in keys)
        assert ("\n  - name: 会計\n    category: software\n" in out.decode()) is ("会計" in keys)
    else:
        assert out == b""


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals")
def test_lists_and_arrow_keys_at_a_terminal(tmp_path: Path) -> None:
    """Down, Enter, Esc (the question before), Ctrl-C (keep it), as a terminal sends them."""
    pytest.importorskip("questionary")
    from prompt_toolkit.application import create_app_session
    from prompt_toolkit.input import create_pipe_input
    from prompt_toolkit.output import DummyOutput

    from hojo_cli.applicants import menus

    with create_pipe_input() as typed, create_app_session(input=typed, output=DummyOutput()):
        choices = {"a": "甲", "b": "乙"}
        question = Question("x", "?", (), choices)
        for keys, answer in (("\x1b[B\r", "b"), ("\r", "a"), ("\x1b[A\r", "")):
            typed.send_text(keys)
            assert menus.by_menu(question, "ja") == answer
        typed.send_text(" \x1b[B \r")
        assert menus.by_menu(question._replace(several=True), "ja") == "[a, b]"
        typed.send_text("\r\x1b[B\x1b[B \r")  # nothing marked is no answer
        assert menus.by_menu(question._replace(several=True), "en") == "[]"
        typed.send_text("5人\r")
        assert menus.by_menu(Question("x", "?"), "ja") == "5人"
        for keys, stop in (("\x1b", BackError), ("\x03", KeyboardInterrupt), ("\x04", EOFError)):
            for asked in (question, Question("x", "?"), question._replace(several=True)):
                typed.send_text(keys)
                with pytest.raises(stop):
                    menus.by_menu(asked, "ja")


@pytest.mark.parametrize("stop", [EOFError, KeyboardInterrupt, Stopped])
def test_whoever_stops_on_the_way_keeps_what_was_answered_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], stop: type[BaseException]
) -> None:
    answers = iter(("甲", "2", "株式会社", "４"))

    def answer() -> str:
        for said in answers:
            return said
        raise stop(15) if stop is Stopped else stop

    monkeypatch.setattr(new, "_somebody_there", lambda: True)
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setattr("builtins.input", answer)
    path, screen = tmp_path / "a.yaml", Screen(80, False, "ja")
    if stop is Stopped:
        with pytest.raises(Stopped):
            new.run(str(path), "", screen, interactive=True)
    else:
        new.run(str(path), "", screen, interactive=True)
    text = path.read_text(encoding="utf-8")
    assert "\nname: 甲\n" in text and "\n  entity: company\n" in text and "\n  industry: wholesale\n" in text
    assert "ここまでの答えを残します" in capsys.readouterr().err
    with pytest.raises(Stopped if stop is Stopped else KeyboardInterrupt):
        new.run(str(tmp_path / "b.yaml"), "", screen, interactive=True)
    assert not (tmp_path / "b.yaml").exists()
    answers = iter(("2", "500万円"))
    with suppress(Stopped):
        new.run(str(path), "", screen, interactive=True)
    assert text.replace("  # capital:  # 円。例: 30円、150万円", "  capital: 500万円") == path.read_text(
        encoding="utf-8"
    )


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
    new.run("", "", Screen(80, False, "en"))
    assert f"fiscal_year: {library.years()[0]}" in capsys.readouterr().out


def test_the_largest_value_of_a_fact_is_told_where_it_is_asked() -> None:
    assert "# near_minimum_wage_months:  # 月数。例: 3、3か月、12か月（これが最大）" in blank.text(
        ruleset.load("2026"), "ja"
    )
    _, script = _held(SHOP, "en")
    (asked,) = [question for question in script.asked if question.key == "near_minimum_wage_months"]
    assert "12か月 (at most that)" in asked.notes[0]
