"""Every format of `hojo check`, held against the rules of those who read it: names nobody expects, and batches of any size."""

from __future__ import annotations

import csv
import io
import json
import pickle
import re
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import get_args
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import jsonschema  # type: ignore[import-untyped]  # ships no types
import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies as st

from hojo_cli import formats
from hojo_cli.base.finding import Finding, Location, Severity, Text
from hojo_cli.base.sanitize import for_ci_log, for_json, for_terminal, path_text
from hojo_cli.formats import csv as csv_format, sarif as sarif_format
from hojo_cli.formats.check_markdown import markdown
from hojo_cli.formats.drawing import fingerprint
from hojo_cli.formats.drawing.screen import Drawing, Screen
from hojo_cli.messages import finding
from hojo_cli.results.checked import Checked, Outcome, Tally
from hojo_cli.rules.declared import Ruleset
from hojo_cli.rules.ruleset import load

JUDGES = Path(__file__).parent / "judges"
HEAD = load("2026")._replace(title=Text("補助金2026", "Subsidy 2026"))
FORMATS = tuple(
    name for name in formats.CHECKS if name not in ("xlsx", "pdf")
)  # `test_excel` and `test_html` look at them
JSON = ("json", "gitlab", "sarif")
UNSEEN = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
NASTY = (
    "::add-mask::x",
    " ::stop-commands::t",
    "\u3000::error::x",
    "\n::error file=a::x",
    "a\r\n::warning::x",
    "##[error]x",
    "a##[group]b",
    "%0A::error::x",
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1",
    "\t=1",
    "\r=1",
    "7123456789012",
    "1/2",
    '",=1,"',
    "<script>alert(1)</script>",
    "]]>",
    "&lt;&#27;",
    "| a | b |",
    "[x](javascript:y)",
    "![x](http://example.com)",
    "https://example.com www.example.com",
    "`a` **b** _c_ ~~d~~ $e$",
    "\x1b[31m赤\x1b[0m",
    "\u202e逆\u202c",
    "\x9b2J",
    "葛\U000e0100飾",
    "\ud800",
    "\udc80",
    "\U000e0041",
    "",
    "[/b]",
    "a,b:c;d",
    "../../etc/passwd",
    "C:\\a",
)


def _names() -> list[str]:
    """A thousand names and more, the same in every run."""
    found: list[str] = list(NASTY)
    letters = st.one_of(
        st.characters(),
        st.characters(categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Po", "Sm"]),
        st.sampled_from("=+-@:,%\"'<>&|\n\r\t"),
    )

    @settings(
        max_examples=1000,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(
        st.one_of(
            st.text(letters, max_size=30),
            st.text(max_size=30),
            st.builds("".join, st.lists(st.sampled_from(NASTY), max_size=3)),
        )
    )
    def collect(name: str) -> None:
        found.append(name)

    collect()
    return found


def _raw(code: str, severity: Severity, where: Location, text: str) -> Finding:
    """A finding with nothing made safe beforehand."""
    return Finding(code, severity, where, Text(text, text), Text(text, text))


@pytest.fixture(scope="module")
def batch() -> list[Checked]:
    """Each name as an applicant, a path and a message, in a file of its own and as a record."""
    inputs = []
    for number, name in enumerate(_names()):
        file = f"data/{number}-{name}.yaml".replace("\0", "\x01")
        severity = (Severity.ERROR, Severity.WARNING, Severity.NOTE)[number % 3]
        found = (
            finding("HJ150", Location(file, number + 1, 3), text=name, asked=Text("円", "yen"), example=name),
            _raw("HJ157", severity, Location(file, 2, 1), name),
        )
        inputs.append(Checked(file, number % 2, name, "invoice", (Outcome("invoice", "payable", 5),), found))
    return inputs


def tally_of(batch: list[Checked], head: Ruleset | None) -> Tally:
    tally = Tally()
    for checked in batch:
        tally.add(checked)
    tally.skipped[Text("隠しファイル", "hidden files")] = 2
    tally.rulesets = (head,) if head else ()
    return tally


def check_class(name: str) -> type[Drawing]:
    """What draws a batch in a format."""
    own = (
        f"hojo_cli.formats.check_{name}"
        if name in ("table", "json", "markdown", "html")
        else f"hojo_cli.formats.{name}"
    )
    drawing: type[Drawing] = getattr(import_module(own), f"{name.capitalize()}Check")
    return drawing


def draw(name: str, batch: list[Checked], lang: str = "ja", head: Ruleset | None = HEAD, *, color: bool = False) -> str:
    drawing: Drawing = check_class(name)(head, Screen(80, color, lang))
    if drawing.columns is not None:
        drawing.columns = tuple((frame.id, frame.label) for frame in (head or HEAD).frames.values())
    parts = [drawing.begin(), *map(drawing.add, batch)]
    last = drawing.close(tally_of(batch, head))
    assert isinstance(last, str)
    return "".join((*parts, last))


def one(*found: Finding, file: str = "a.yaml", record: int = 0, name: str = "株式会社A") -> Checked:
    return Checked(
        file,
        record,
        name,
        "invoice",
        (Outcome("general", "ineligible", 0), Outcome("invoice", "payable", 5)),
        found,
    )


def bad(line: int = 3, file: str = "a.yaml", severity: Severity = Severity.ERROR, text: str = "0.5") -> Finding:
    made = finding("HJ151", Location(file, line, 5), text=text, asked=Text("円", "yen"), example="1円")
    return made._replace(severity=severity)


def joined(text: str) -> str:
    """Two halves of a surrogate pair are one character to JSON."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def sound(text: str) -> str:
    """The text as a strict reader of JSON may have it: half characters are spelt."""
    return str(json.loads(for_json(json.dumps(joined(text), ensure_ascii=False))))


# --- the folder --------------------------------------------------------------------------------------------------------


def test_every_module_of_the_folder_is_a_format_in_the_table() -> None:
    folder = {path.stem for path in Path(formats.__file__).parent.glob("*.py")} - {"__init__"}
    drawn = {*formats.NAMES, *get_args(formats.CurveFormat)}
    assert folder == drawn | {check_class(name).__module__.rpartition(".")[2] for name in formats.CHECKS}


# --- what holds for all ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("name", FORMATS)
def test_whatever_the_names_the_text_can_be_encoded_and_moves_no_cursor(
    batch: list[Checked], name: str, lang: str
) -> None:
    drawn = draw(name, batch, lang)
    drawn.encode("utf-8")
    if name == "github":
        drawn = re.sub("(?m)(?<=^::)[a-z]+ file=[^,]*", lambda match: re.sub("[\u200c\u200d]", "", match[0]), drawn)
    body = drawn.removeprefix("\ufeff") if name == "csv" else drawn
    assert drawn.endswith("\n")
    assert not UNSEEN.search(body)
    assert name == "csv" or "\r" not in body


@pytest.mark.parametrize("name", FORMATS)
def test_a_batch_that_is_drawn_twice_gives_the_same_text(batch: list[Checked], name: str) -> None:
    assert draw(name, batch) == draw(name, batch)


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_batch_and_one_of_several_rulesets_are_drawn(name: str) -> None:
    assert draw(name, [], head=None).endswith("\n")


@pytest.mark.parametrize("name", FORMATS)
def test_memory_stays_flat(name: str) -> None:
    """A drawing keeps a bounded part of the batch: what it holds is no more after twice the inputs."""
    samples = (bad(), bad(severity=Severity.WARNING))

    def held(size: int) -> int:
        drawing = check_class(name)(None, Screen(80, color=False, lang="ja"))
        drawing.begin()
        for number in range(size):
            where = Location(f"{number}.yaml", number + 1, 1)
            found = tuple(sample._replace(where=where) for sample in samples)
            drawing.add(one(*found, file=where.file))
        return len(pickle.dumps(drawing))

    assert held(3010) <= 1.1 * held(1010)


@pytest.mark.parametrize("name", ["jsonl", "json", "csv", "gitlab", "sarif", "github"])
def test_a_stream_has_its_first_result_at_once(name: str) -> None:
    drawing = check_class(name)(HEAD, Screen(80, color=False, lang="ja"))
    drawing.begin()
    assert "HJ151" in drawing.add(one(bad()))


# --- JSON ------------------------------------------------------------------------------------------------------------


def test_json_is_one_object_that_loses_nothing(batch: list[Checked]) -> None:
    whole = json.loads(draw("json", batch))
    assert list(whole) == ["format", "results", "ruleset", "rulesets", "summary"]
    assert whole["format"] == "hojo.check/1"
    read = [(result["file"], result["name"]) for result in whole["results"]]
    assert read == [(path_text(checked.file), sound(checked.name)) for checked in batch]
    assert whole["summary"]["inputs"] == whole["summary"]["errors"] == len(batch)


def test_json_tells_frames_findings_and_the_record_of_a_file() -> None:
    result = json.loads(draw("json", [one(bad(), record=7)]))["results"][0]
    estimates = [
        {"frame": "general", "status": "ineligible", "subsidy": 0},
        {"frame": "invoice", "status": "payable", "subsidy": 5},
    ]
    assert list(result) == ["file", "record", "name", "fiscal_year", "status", "best", "estimates", "plan", "findings"]
    assert (result["record"], result["status"], result["best"], result["estimates"]) == (
        7,
        "error",
        "invoice",
        estimates,
    )
    assert list(result["findings"][0]) == ["code", "severity", "file", "line", "column", "path", "message", "hint"]


def test_json_leaves_out_the_record_of_a_whole_file_and_knows_no_best_frame_where_none_is_payable() -> None:
    result = json.loads(draw("json", [one()._replace(best="")]))["results"][0]
    assert "record" not in result
    assert result["best"] is None


def test_jsonl_has_a_line_for_each_input_and_the_summary_last(batch: list[Checked]) -> None:
    lines = draw("jsonl", batch).split("\n")[:-1]
    parsed = [json.loads(line) for line in lines]
    assert [result["name"] for result in parsed[:-1]] == [sound(checked.name) for checked in batch]
    assert parsed[-1]["summary"] == json.loads(draw("json", batch))["summary"]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_makes_json_sound_changes_no_value(text: str) -> None:
    assert json.loads(for_json(json.dumps(text, ensure_ascii=False))) == text


@given(st.text(st.characters()))
def test_strict_readers_accept_the_json_of_any_text(text: str) -> None:
    drawn = for_json(json.dumps(joined(text), ensure_ascii=False))
    json.loads(drawn.encode()).encode()


def bytes_of(spelling: str) -> bytes:
    """The name a spelling by `path_text` stands for."""
    parts = re.split(r"\\x([0-9a-f]{2})", spelling)
    return b"".join(bytes([int(part, 16)]) if at % 2 else part.encode() for at, part in enumerate(parts))


@given(
    st.binary(max_size=30) | st.lists(st.sampled_from([b"\\", b"x", b"ff", b"\xff", b"5c"]), max_size=9).map(b"".join)
)
def test_every_name_of_a_file_has_a_spelling_of_its_own(name: bytes) -> None:
    path = name.decode("utf-8", "surrogateescape")
    assert bytes_of(path_text(path)) == name


def test_names_that_are_no_text_are_told_alike_in_all_formats_for_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    path = "\x1b\t:,%\r\n\u200d\udcff\\xff.yaml"
    entry = one(bad(file=path), file=path)
    spelt = "\x1b\t:,%\r\n\u200d\\xff\\x5cxff.yaml"
    assert json.loads(draw("json", [entry]))["results"][0]["file"] == spelt
    assert json.loads(draw("json", [entry]))["results"][0]["findings"][0]["file"] == spelt
    assert json.loads(draw("gitlab", [entry]))[0]["location"]["path"] == spelt
    shown = spelt.replace("\x1b", "\\x1b").replace("\t", "\\x09")
    assert run_by_github(draw("github", [entry]))[2][1]["file"] == shown


HOSTILE = (
    "::error::x",
    "  ::add-mask::x",
    "##[error]x",
    "a ##[add-mask]b",
    "###[error]x",
    "\n::error::x",
    "\u3000::error::x",
)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("color", [False, True])
def test_no_name_is_a_command_to_the_runner_in_any_format(name: str, lang: str, *, color: bool) -> None:
    batch = [
        one(
            *([_raw("HJ157", Severity(level), Location(text), text)] if level != "ok" else []),
            file=text,
            name=text,
        )
        for text in HOSTILE
        for level in ("error", "warning", "note", "ok")
    ]
    for some in (batch, *([entry] for entry in batch)):
        drawn = draw(name, some, lang, HEAD._replace(title=Text("##[error]::x", "::x ##[error]")), color=color)
        assert {command for command, _, _ in run_by_github(drawn)} <= (
            {"group", "endgroup", "error", "warning", "notice"} if name == "github" else set()
        )
        assert not [line for line in drawn.split("\n") if line.lstrip().startswith("::") and name != "github"]
        assert "##[" not in "\n".join(line for line in drawn.split("\n") if not line.startswith("::"))
        if name == "github":
            assert [text for text in drawn.split("\n") if text.startswith("::")] == [
                line
                for line in drawn.split("\n")
                if re.match("::(group::|endgroup::$|(error|warning|notice) file=)", line)
            ]


# --- CSV -------------------------------------------------------------------------------------------------------------


def test_csv_is_read_back_row_by_row(batch: list[Checked]) -> None:
    drawn = draw("csv", batch)
    assert drawn.startswith("\ufeff")
    assert drawn.count("\r\n") == drawn.count("\n") == len(batch) + 1
    header, *rows = csv.reader(io.StringIO(drawn.removeprefix("\ufeff"), newline=""), strict=True)
    assert [len(row) for row in rows] == [len(header)] * len(batch)
    for checked, row in zip(batch, rows, strict=True):
        assert row[2].removeprefix("'") == for_terminal(checked.name).removeprefix("'").replace("##[", "##［")
        assert row[5] == "5"


def test_no_csv_cell_is_a_formula(batch: list[Checked]) -> None:
    drawn = draw("csv", batch).removeprefix("\ufeff")
    cells = [cell for row in csv.reader(io.StringIO(drawn, newline="")) for cell in row]
    assert not [cell for cell in cells if cell[:1] and cell[0] in "=+-@＝＋－＠\t\r\n"]
    assert not [cell for cell in cells if cell.lstrip()[:1] in tuple("=+-@＝＋－＠")]


@pytest.mark.parametrize(
    "text",
    [
        "7123456789012",
        "1/2",
        "3-1",
        "1E5",
        "0012",
        "令和8年4月1日",
        "令和元年5月",
        "R8.4.1",
        "H30.1",
        "TRUE",
        "false",
        "10:30",
        "50%",
        "(5)",
        "¥100",
        "1,234",
        "Mar-1",
        "1Apr",
        "１／２",
        "２０２６．４",
        "5円",
        "△5",
        "€5",
        "5€",
        "#N/A",
        "#REF!",
    ],
)
def test_a_spreadsheet_would_change_this_text_so_it_is_marked(text: str) -> None:
    assert csv_format.cell(text) == "'" + text


@pytest.mark.parametrize(
    "text",
    [
        "株式会社A",
        "3億商事",
        "data/1.yaml",
        "2026/a.yaml",
        "HJ151",
        "T商店",
        "令和商事",
        "Martin",
        "一月屋",
        "12345商会",
        "May",
    ],
)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert csv_format.cell(text) == text


def test_csv_numbers_are_bare_and_text_is_quoted() -> None:
    row = draw("csv", [one(bad(), bad(9, severity=Severity.WARNING))], "en").split("\r\n")[1]
    assert row.startswith('"a.yaml",,"株式会社A","error","invoice",5,1,1,0,"HJ151",3,5,"')


def test_csv_shows_the_worst_finding_and_counts_the_others() -> None:
    row = draw("csv", [one(bad(2, severity=Severity.NOTE), bad(3, severity=Severity.WARNING), bad(4))], "en").split(
        "\r\n"
    )[1]
    assert ',1,1,1,"HJ151",4,5,' in row


# --- Markdown --------------------------------------------------------------------------------------------------------


def test_markdown_shows_foreign_text_as_it_is_and_nothing_else() -> None:
    reader = pytest.importorskip("markdown_it").MarkdownIt("commonmark").enable("table")
    for name in _names():
        cells = [
            token
            for token in reader.parse(f"| a | b |\n|---|---|\n| {markdown(name)} | z |\n")
            if token.type == "inline"
        ]
        assert len(cells) == 4
        assert {child.type for child in cells[2].children} <= {"text", "text_special"}
        assert (
            cells[2].children == []
            or "".join(child.content for child in cells[2].children) == for_terminal(name).strip()
        )


def test_markdown_stays_a_page() -> None:
    many = [one(bad(number)) for number in range(5000)]
    drawn = draw("markdown", many)
    assert drawn.startswith("## hojo check")
    assert drawn.count("| 誤り | a.yaml") == 100
    assert "ほか 4,900件" in drawn
    assert len(drawn.encode()) < 1 << 20


def test_markdown_puts_errors_before_warnings() -> None:
    drawn = draw("markdown", [one(bad(1, severity=Severity.WARNING)), one(bad(2))])
    assert drawn.index("a.yaml:2:5") < drawn.index("a.yaml:1:5")


# --- table -----------------------------------------------------------------------------------------------------------


def test_the_table_begins_with_the_numbers() -> None:
    lines = [re.sub(" +", " ", line) for line in draw("table", [one(), one(bad())]).split("\n")]
    assert lines[1:3] == ["│ hojo check: 補助金2026 │", "│ 点検 2件: 問題なし 1・注記 0・警告 0・誤り 1 │"]
    assert "○ a.yaml 株式会社A invoice 5" in lines
    assert "× a.yaml 株式会社A invoice 5" in lines


def test_the_table_calls_the_best_frame_by_its_label_in_the_ruleset_that_judged_the_input() -> None:
    for lang in ("ja", "en"):
        lines = [
            re.sub(" +", " ", line) for line in draw("table", [one()._replace(fiscal_year=2026)], lang).split("\n")
        ]
        assert f"○ a.yaml 株式会社A {HEAD.frames['invoice'].label.into(lang)} 5" in lines


def test_a_large_batch_lists_everyone_and_findings_of_what_needs_attention_most() -> None:
    many = [one()] * 800 + [one(bad(1, severity=Severity.WARNING))] * 300 + [one(bad(2))] * 150
    listed, _, drawn = draw("table", many, "en").partition("250 more are not listed")
    assert (listed.count("○"), listed.count("△")) == (800, 200)
    assert (drawn.count("× a.yaml"), drawn.count("△ a.yaml")) == (150, 50)
    assert drawn.index("× a.yaml") < drawn.index("△ a.yaml")
    assert "250 more are not shown" in drawn


def test_a_file_with_many_findings_does_not_fill_the_screen() -> None:
    drawn = draw("table", [one(*map(bad, range(1, 1000)))], "en")
    assert drawn.count("HJ151") == 20
    assert "more findings of this input" in drawn


def test_the_table_is_coloured_only_when_asked() -> None:
    assert "\x1b" not in draw("table", [one(bad())])
    assert re.search(r"\x1b\[31m *3:5  誤り HJ151\x1b\[0m", draw("table", [one(bad())], color=True))


@pytest.mark.parametrize("name", ["table", "markdown", "csv", "junit", "jsonl", "json", "gitlab", "sarif"])
def test_no_line_of_any_format_is_a_command_to_a_runner(batch: list[Checked], name: str) -> None:
    logged = ("table",)
    for line in draw(name, batch).split("\n"):
        assert not line.lstrip().startswith("::")
        assert name not in logged or "##[" not in line


# --- GitHub ----------------------------------------------------------------------------------------------------------


def run_by_github(log: str) -> list[tuple[str, dict[str, str], str]]:
    """The commands a runner of GitHub Actions finds in a log: `::name key=value,…::data`, or `##[name key=value;…]data`."""
    commands = []
    for line in re.split("\r\n|\r|\n", log):
        told = line.lstrip()
        if told.startswith("::") and "::" in told[2:]:
            head, _, data = told[2:].partition("::")
            name, _, rest = head.partition(" ")
            pairs = (pair.split("=", 1) for pair in rest.strip().split(",") if "=" in pair)
            commands.append(
                (name, {key: _unescaped(value, "\r\n:,%") for key, value in pairs}, _unescaped(data, "\r\n%"))
            )
        elif "##[" in line and "]" in line.partition("##[")[2]:
            commands.append((line, {}, ""))
    return commands


def _unescaped(text: str, characters: str) -> str:
    for character in characters:
        text = text.replace(f"%{ord(character):02X}", character)
    return text


def test_the_runner_finds_only_our_commands_and_the_names_as_they_are(
    batch: list[Checked], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    for start in range(0, len(batch), 4):
        some = batch[start : start + 4]
        first, second, *annotations = run_by_github(draw("github", some))
        assert (first[0], second[0]) == ("group", "endgroup")
        found = sorted(
            (found for checked in some for found in checked.findings),
            key=lambda found: list(Severity).index(found.severity),
        )
        assert len(annotations) == len(found)
        for (name, properties, data), expected in zip(annotations, found, strict=True):
            assert name == {"error": "error", "warning": "warning", "note": "notice"}[expected.severity]
            assert set(properties) == {"file", "line", "col", "title"}
            assert properties["line"] == str(expected.where.line)
            assert properties["title"].startswith(expected.code)
            assert data.split("\n")[0] == for_terminal(expected.message.ja.strip()) or not expected.message.ja.strip()


def test_a_path_with_commas_colons_and_percents_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    commands = run_by_github(draw("github", [one(bad(file="a,b:c%25 =d.yaml"))]))
    assert commands[2][1] == {"file": "a,b:c%25 =d.yaml", "line": "3", "col": "5", "title": "HJ151 小数"}


def test_ten_annotations_of_a_kind_the_worst_first_and_the_rest_is_told() -> None:
    many = [one(*(bad(line, severity=severity) for line in range(1, 13))) for severity in reversed(Severity)]
    drawn = draw("github", many, "en")
    kinds = [name for name, _, _ in run_by_github(drawn)]
    assert kinds == ["group", "endgroup"] + ["error"] * 10 + ["warning"] * 10 + ["notice"] * 10
    assert "Not annotated: 2 errors, 2 warnings, 2 notes." in drawn
    assert sum(line.startswith(("error ", "warning ", "note ")) for line in drawn.split("\n")) == 36


def test_paths_are_seen_from_the_top_of_the_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    monkeypatch.delenv("CI_PROJECT_DIR", raising=False)
    found = [bad(file="./a.yaml"), bad(file=str(tmp_path / "b.yaml")), bad(file="/elsewhere/c.yaml")]
    files = [properties["file"] for _, properties, _ in run_by_github(draw("github", [one(*found)]))[2:]]
    assert files == ["sub/a.yaml", "b.yaml", "/elsewhere/c.yaml"]


def test_standard_input_has_no_place_to_annotate() -> None:
    assert set(run_by_github(draw("github", [one(bad(file="-"))]))[2][1]) == {"title"}


@given(st.text(st.characters()))
def test_a_log_line_is_never_a_command(text: str) -> None:
    assert run_by_github(for_ci_log(for_terminal("::" + text))) == []
    assert run_by_github(for_ci_log(for_terminal(text + "##[error]x"))) == []


# --- GitLab ----------------------------------------------------------------------------------------------------------

CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "pattern": "^HJ[0-9]{3}$"},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "not": {"pattern": r"^(\./|/)"}},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
"""What GitLab documents for a code quality report."""


def test_gitlab_accepts_the_report_and_tells_every_finding_apart(batch: list[Checked]) -> None:
    drawn = draw("gitlab", batch)
    entries = json.loads(drawn)
    jsonschema.validate(entries, CODE_QUALITY)
    assert drawn.startswith("[")
    assert len(entries) == 2 * len(batch)
    told = {
        (entry["location"]["path"], entry["description"]) for entry in entries
    }  # `0-../../x` and `9-../../x` are one file
    assert len({entry["fingerprint"] for entry in entries}) >= len(told) > 2_000
    assert all(entry["description"].startswith(entry["check_name"]) for entry in entries)


def test_an_empty_report_is_an_empty_array() -> None:
    assert json.loads(draw("gitlab", [one()])) == []


@pytest.mark.parametrize("name", ["gitlab", "sarif"])
def test_fingerprints_stay_when_lines_move_and_when_the_language_changes(name: str) -> None:
    def prints(shift: int, lang: str) -> list[str]:
        twice = finding("HJ113", Location("a.yaml", 9 + shift, 1), key="name", first=2 + shift)
        found = [bad(3 + shift), bad(4 + shift), bad(5 + shift, text="0.7"), twice]
        whole = json.loads(draw(name, [one(*found, record=1 + shift)], lang))
        if name == "gitlab":
            return [entry["fingerprint"] for entry in whole]
        return [result["partialFingerprints"]["primaryLocationLineHash"] for result in whole["runs"][0]["results"]]

    assert prints(0, "ja") == prints(5, "ja") == prints(5, "en")
    assert len(set(prints(0, "ja"))) == 4


def test_fingerprints_differ_even_in_a_file_of_more_findings_than_are_remembered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fingerprint, "MOST", 100)
    records = [one(bad(line, "a.jsonl", text=str(line // 2)), file="a.jsonl", record=line) for line in range(1, 500)]
    entries = json.loads(draw("gitlab", records))
    assert len({entry["fingerprint"] for entry in entries}) == len(records)


# --- JUnit -----------------------------------------------------------------------------------------------------------


def test_junit_is_well_formed_and_counts_right(batch: list[Checked]) -> None:
    root = ET.fromstring(draw("junit", batch))
    suites = root.findall("testsuite")
    assert (
        [int(suite.attrib["tests"]) for suite in suites]
        == [len(suite.findall("testcase")) for suite in suites]
        == [1000, len(batch) - 1000]
    )
    assert [int(suite.attrib["failures"]) for suite in suites] == [
        len(suite.findall("testcase/failure")) for suite in suites
    ]
    names = [case.attrib["name"].partition("#1")[0] for case in root.iter("testcase")]
    assert names == [for_terminal(checked.file).partition("#1")[0] for checked in batch]


def test_an_empty_run_is_one_case_that_passes() -> None:
    root = ET.fromstring(draw("junit", []))
    assert [len(case) for case in root.iter("testcase")] == [0]
    assert root[0].attrib["tests"] == "1"


def test_warnings_alone_fail_no_case() -> None:
    root = ET.fromstring(draw("junit", [one(bad(severity=Severity.WARNING))]))
    assert root[0].attrib["failures"] == "0"
    assert "a.yaml:3:5 warning HJ151" in (root[0][0][0].text or "")


@pytest.mark.parametrize("size", [0, 1, 3, 1000, 1001])
def test_jenkins_accepts_suites_of_every_size(size: int) -> None:
    _valid_for_jenkins(draw("junit", [one(bad())] * size))


def test_jenkins_accepts_every_name(batch: list[Checked]) -> None:
    _valid_for_jenkins(draw("junit", batch))


def _valid_for_jenkins(drawn: str) -> None:
    """But for `file` and `line`, which GitLab and others read and that schema does not know."""
    xmlschema = pytest.importorskip("xmlschema")
    root = ET.fromstring(drawn)
    for case in root.iter("testcase"):
        case.attrib.pop("file", None)
        case.attrib.pop("line", None)
    xmlschema.XMLSchema(str(JUDGES / "junit-10.xsd")).validate(root)


def test_each_case_says_where_it_is_and_takes_no_time() -> None:
    """How long an input took would differ from run to run; the same inputs give the same bytes."""
    drawn = draw("junit", [one(), one(bad(7), bad(9), file="b.jsonl", record=4), one(file="b.jsonl", record=5)])
    cases = [(case.get("file"), case.get("line"), case.get("time")) for case in ET.fromstring(drawn).iter("testcase")]
    assert cases == [("a.yaml", "1", "0"), ("b.jsonl", "7", "0"), ("b.jsonl", "5", "0")]


def test_a_finding_is_known_by_its_keys_whatever_is_said_of_it_but_an_amount() -> None:
    def prints(*found: Finding) -> list[str]:
        return [entry["fingerprint"] for entry in json.loads(draw("gitlab", [one(*found)]))]

    capital = bad(3)._replace(path="facts.capital")
    other = bad(8, text="0.7")._replace(path="facts.capital")
    assert prints(capital) == prints(other) != prints(bad(3)._replace(path="items[0].amount"))
    assert len(set(prints(capital, other))) == 2
    promise = capital._replace(code="HJ425")
    assert prints(promise) != prints(other._replace(code="HJ425"))


# --- SARIF -----------------------------------------------------------------------------------------------------------


def test_sarif_is_valid_by_the_schema_of_the_standard(batch: list[Checked]) -> None:
    judge = jsonschema.Draft4Validator(json.loads((JUDGES / "sarif-2.1.0.json").read_text(encoding="utf-8")))
    for lang in ("ja", "en"):
        assert list(judge.iter_errors(json.loads(draw("sarif", batch[:200], lang)))) == []
    assert list(judge.iter_errors(json.loads(draw("sarif", [])))) == []


def test_sarif_has_what_github_asks_for(batch: list[Checked]) -> None:
    run = json.loads(draw("sarif", batch))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert run["columnKind"] == "unicodeCodePoints"
    for rule in rules:
        texts = [rule["shortDescription"]["text"], rule["fullDescription"]["text"], rule["help"]["text"]]
        assert all(0 < len(text) <= 1024 for text in texts)
    told = {
        (
            result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
            result["ruleId"],
            result["message"]["text"],
        )
        for result in run["results"]
    }
    assert len({result["partialFingerprints"]["primaryLocationLineHash"] for result in run["results"]}) >= len(told)
    assert all(result["fingerprints"]["hojo/2"] in result["partialFingerprints"].values() for result in run["results"])
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]
        assert set(place["region"]) == {"startLine", "startColumn", "endLine", "endColumn"}
        assert re.fullmatch(r"[A-Za-z0-9._~/%-]+", place["artifactLocation"]["uri"])


def test_sarif_paths_come_back_from_their_uri() -> None:
    result = json.loads(draw("sarif", [one(bad(file="./申請/甲 #1%.yaml"))]))["runs"][0]["results"][0]
    found = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert found.isascii()
    assert unquote(found) == "申請/甲 #1%.yaml"


def test_sarif_stays_within_what_github_accepts_and_tells_what_it_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sum(sarif_format.MOST.values()) == 25_000
    monkeypatch.setattr(sarif_format, "MOST", {Severity.ERROR: 5, Severity.WARNING: 3, Severity.NOTE: 1})
    many = [one(*(bad(line, severity=severity) for line in range(1, 13))) for severity in reversed(Severity)]
    run = json.loads(draw("sarif", many, "en"))["runs"][0]
    assert Counter(result["level"] for result in run["results"]) == {"error": 5, "warning": 3, "note": 1}
    assert "error 7, warning 9, note 11" in run["invocations"][0]["toolExecutionNotifications"][-1]["message"]["text"]
