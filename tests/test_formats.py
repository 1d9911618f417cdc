"""What people see: pages at every width, in both languages, from harmless and hostile data."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path

import drawings
import pytest
from hypothesis import given, strategies as st
from rich.cells import cell_len
from subjects import few

from hojo_cli.base.finding import Finding, Location, Severity, Text
from hojo_cli.base.sanitize import for_terminal
from hojo_cli.base.width import fold, narrow, widen
from hojo_cli.commands import estimate
from hojo_cli.formats import NAMES, render
from hojo_cli.formats.drawing.screen import Screen
from hojo_cli.formats.drawing.terminal import NARROWEST, draw
from hojo_cli.formats.markdown import escaped
from hojo_cli.results.estimated import Explained
from hojo_cli.results.report import (
    Answer,
    Block,
    Bullets,
    Column,
    Grid,
    GridRow,
    Heading,
    Outline,
    Paragraph,
    Remark,
    Report,
)

GOLDENS = dict(drawings.drawings())
EVERY = [(case, lang) for case in drawings.CASES for lang in drawings.LANGUAGES]

# --- goldens ---


@pytest.mark.parametrize("name", GOLDENS)
def test_a_page_looks_as_it_was_approved(name: str) -> None:
    """Where this fails on purpose: `python tests/goldens/update.py`, and read the difference."""
    assert (drawings.GOLDENS / name).read_bytes().decode() == GOLDENS[name]()


def test_every_golden_is_drawn() -> None:
    found = {path.relative_to(drawings.GOLDENS).as_posix() for path in drawings.GOLDENS.glob("*/*")}
    assert {name for name in found if not name.endswith(".pyc")} == set(GOLDENS)


# --- lines and widths ---


@pytest.mark.parametrize("width", few([20, 40, 60, 80, 137], 2))
@pytest.mark.parametrize(("case", "lang"), EVERY)
@pytest.mark.parametrize("form", ["table", "tree"])
def test_no_line_is_wider_than_the_screen(case: str, lang: str, width: int, form: str) -> None:
    for ambiguous in (1, 2):
        drawn = render(form, drawings.report(case, lang), Screen(width, False, lang, ambiguous))
        deep = 60 if width < 60 else 0  # a tree needs room for its branches
        for line in drawn.splitlines():
            assert cell_len(widen(line) if ambiguous == 2 else line) <= width + deep, line


@pytest.mark.parametrize(("case", "lang"), EVERY)
def test_amounts_are_never_cut_or_wrapped(case: str, lang: str) -> None:
    """Every amount of every grid stands whole on a line, at any width."""
    report = drawings.report(case, lang)
    amounts = {
        row.cells[place].into(lang)
        for block in report.page
        if isinstance(block, Grid)
        for place, column in enumerate(block.columns)
        if column.amount
        for group in block.groups
        for row in group
    }
    for width in (30, 40, 60, 80, 200):
        lines = render("table", report, Screen(width, False, lang)).splitlines()
        for amount in amounts - {""}:
            assert any(amount in line for line in lines), (width, amount)


def test_amounts_of_a_column_end_under_each_other() -> None:
    lines = GOLDENS["table/shop-80-ja.txt"]().splitlines()
    ends = {
        cell_len(line[: match.end()])
        for line in lines
        for match in [re.search(r"1,070,000|1,360,000(?=$|  \[)", line)]
        if match
    }
    row = next(line for line in lines if line.startswith("合計"))
    assert cell_len(row) in ends


def _drawn(blocks: list[Block], width: int, lang: str = "ja") -> str:
    return draw(blocks, Screen(width, False, lang))


def _grid(columns: tuple[Column, ...], *rows: tuple[Text, ...]) -> Grid:
    return Grid(columns, (tuple(map(GridRow, rows)),))


def test_columns_stand_under_each_other_whatever_the_script() -> None:
    columns = (Column(Text("a", "a")), Column(Text("円", "yen"), amount=True))
    grid = _grid(columns, *((Text("あいう", "x"), Text("1,000", "1,000")),) * 2)
    lines = _drawn([grid], 40).splitlines()
    assert lines == ["a          円", "─────────────", "あいう  1,000", "あいう  1,000"]


def test_groups_of_rows_are_parted_by_rules() -> None:
    row = GridRow((Text("あ", "x"),))
    grid = Grid((Column(Text("a", "a")),), ((row, row), (row,)))
    assert _drawn([grid], 40).splitlines() == ["a", "──", "あ", "あ", "──", "あ"]


def test_a_grid_that_does_not_fit_becomes_records() -> None:
    columns = (
        Column(Text("枠", "frame")),
        *(Column(Text(f"額{place}", f"yen {place}"), amount=True) for place in range(4)),
    )
    grid = _grid(columns, (Text("通常枠", "general"), *[Text("12,345,678", "12,345,678")] * 4))
    drawn = _drawn([grid], 40)
    assert drawn == "通常枠\n  額0: 12,345,678\n  額1: 12,345,678\n  額2: 12,345,678\n  額3: 12,345,678\n"


def test_a_column_without_anything_in_it_is_left_out() -> None:
    grid = _grid((Column(Text("a", "a")), Column(Text("b", "b"))), (Text("x", "x"), Text("", "")))
    assert _drawn([grid], 80, "en") == "a\n─\nx\n"


def test_an_answer_stands_in_a_panel_and_folds_in_it() -> None:
    answer = Answer(Text("商店", "shop"), (Paragraph(Text("補助額は1,360,000円です。", "x")),))
    lines = _drawn([answer], 20).splitlines()
    assert {cell_len(line) for line in lines} == {20}
    assert any("1,360,000円" in line for line in lines)


@given(st.text(max_size=200), st.integers(2, 60), st.booleans())
def test_folding_loses_nothing_and_fits(text: str, width: int, wide: bool) -> None:
    shown = widen(for_terminal(text)) if wide else for_terminal(text)
    lines = fold(shown, width)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", shown)
    if width >= 4:
        assert all(cell_len(line) <= width for line in lines)


@pytest.mark.parametrize("amount", ["1,234,567円", "24か月", "3億5,000万円", "4/5", "3.5%", "120人", "1,360,000"])
def test_an_amount_in_a_sentence_is_not_broken(amount: str) -> None:
    for lead in range(12):
        lines = fold("あ" * lead + amount + "まで", 20)
        assert any(amount in line for line in lines), lines


@pytest.mark.parametrize(
    "text", ["これは（括弧）です。次の文、続き。", "「鍵」と「鍵」と「鍵」。", "データ・ソフト・ハード"]
)
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(text: str) -> None:
    for width in range(8, 30):
        for line in fold(text, width):
            assert line[0] not in "、。」）・ーっ"
            assert line[-1] not in "「（"


# --- widths ---


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("①…～〜％ｶﾞ", 10),
        ("か\u3099", 2),
        ("𠮷葛\U000e0100", 4),
        ("⚠️", 2),
        ("㈱㎡〒ﾊﾟ", 8),
        ("○×→├─", 5),
        ("👍🏽", 2),
        ("e\u0301", 1),
        ("한국", 4),
        ("ＡＢＣ", 6),
    ],
)
def test_widths_are_those_of_terminals(text: str, width: int) -> None:
    assert cell_len(text) == width


@given(st.text(max_size=60))
def test_what_is_widened_can_be_taken_back(text: str) -> None:
    assert narrow(widen(for_terminal(text))) == for_terminal(text)


def test_ambiguous_characters_take_two_cells_where_the_terminal_has_it_so() -> None:
    assert (cell_len("○→"), cell_len(widen("○→"))) == (2, 4)
    assert cell_len(widen("か\u3099e\u0301⚠️")) == cell_len("か\u3099e\u0301⚠️")
    drawn = render("table", drawings.report("shop", "ja"), Screen(80, False, "ja", 2))
    assert "─" not in drawn
    assert "--" in drawn
    assert "\uffff" not in drawn
    row = next(line for line in drawn.splitlines() if line.startswith("→ "))
    assert cell_len(widen(row)) == cell_len(row) + 1


def test_every_line_that_is_drawn_can_be_shown_by_a_japanese_code_page() -> None:
    drawn = "".join(render(form, drawings.report("shop", "ja"), Screen(80, False, "ja")) for form in ("table", "tree"))
    lines = set(re.findall("[\u2500-\u259f]", drawn))
    assert {"─", "│", "┌", "└"} <= lines
    "".join(lines).encode("cp932")


# --- colours ---


@pytest.mark.parametrize(("case", "lang"), EVERY)
@pytest.mark.parametrize("form", NAMES)
def test_without_colour_there_is_no_escape_byte(case: str, lang: str, form: str) -> None:
    assert not re.search(
        r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", render(form, drawings.report(case, lang), Screen(80, False, lang))
    )


@pytest.mark.parametrize(("case", "lang"), EVERY)
def test_colours_change_nothing_but_colours(case: str, lang: str) -> None:
    report = drawings.report(case, lang)
    plain, coloured = (render("table", report, Screen(80, color, lang)) for color in (False, True))
    assert "\x1b[1;32m" in coloured or "\x1b[33m" in coloured or "\x1b[31m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_every_colour_ends_on_its_line() -> None:
    for line in render("table", drawings.report("incomplete", "ja"), Screen(80, True, "ja")).splitlines():
        assert line.count("\x1b[0m") * 2 == line.count("\x1b[")


# --- foreign text ---

HOSTILE = [
    "[/b]",
    "有限会社[abc]",
    "[bold red]x",
    "\x1b[31mred\x1b[0m",
    "a\nb",
    "a\rb",
    "\u202etxt",
    "\x9b2J",
    "a\u2028b",
    "::error::x\n::y",
]


def _page(name: str) -> Report:
    text = Text(name, name)
    node = Explained(text, text, None, (Explained(text, Text("", ""), None, ()),))
    grid = Grid((Column(text), Column(Text("円", "yen"), amount=True)), ((GridRow((text, Text("1", "1")), "good"),),))
    page = (
        Answer(text, (Paragraph(text, "good"),)),
        Heading(text),
        Paragraph(text, "bad"),
        grid,
        Bullets((text,)),
        Outline(node),
    )
    return Report(lambda: {"name": name}, lambda: page)


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("form", ["table", "tree", "markdown"])
def test_a_name_that_looks_like_markup_prints_as_it_is(name: str, form: str) -> None:
    drawn = render(form, _page(name), Screen(80, False, "ja"))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e]", drawn)
    if form != "markdown":
        assert for_terminal(name) in drawn


@given(st.text(max_size=60), st.integers(NARROWEST, 120))
def test_any_name_can_be_drawn(name: str, width: int) -> None:
    for form in NAMES:
        drawn = render(form, _page(name), Screen(width, False, "en"))
        assert drawn.endswith("\n")
        drawn.encode(errors="surrogatepass" if form == "json" else "strict")


@given(st.text(max_size=60))
def test_a_markdown_table_keeps_its_columns(name: str) -> None:
    grid = _grid((Column(Text("a", "a")), Column(Text("b", "b"))), (Text(name, name), Text("1", "1")))
    rows = render("markdown", Report(page=lambda: (grid,)), Screen(80, False, "en")).splitlines()
    bars = {len(re.findall(r"(?<!\\)\|", re.sub(r"\\\\", "", row))) for row in rows}
    assert len(rows) == 3
    assert bars in ({3}, {2})


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a|b", r"a\|b"),
        ("<script>", "&lt;script&gt;"),
        ("`x`", r"\`x\`"),
        ("# x", r"\# x"),
        ("- x", r"\- x"),
        ("1. x", r"1\. x"),
        ("a\nb", "a␤b"),
        ("&amp;", "&amp;amp;"),
        ("[x](y)", r"\[x\](y)"),
        ("a_b*c~d$e", r"a\_b\*c\~d\$e"),
        ("https://x", "https<!-- -->://x"),
        ("@all", "@<!-- -->all"),
    ],
)
def test_markdown_is_escaped(text: str, written: str) -> None:
    assert escaped(Text(text, text), "ja") == written


# --- every format of a report ---


@pytest.mark.parametrize("lang", drawings.LANGUAGES)
def test_json_has_the_year_of_each_result_and_the_context_of_each_frame(lang: str) -> None:
    found = json.loads(render("json", drawings.report("shop", lang), Screen(80, False, lang)))
    result = found["results"][0]
    assert result["fiscal_year"] == 2026
    context = {estimate["frame"]: estimate["context"] for estimate in result["estimates"]}
    assert (context["invoice"]["applied"], context["invoice"]["granted"]) == (56_029, 25_900)
    assert context["invoice"]["fiscal_year"] == 2025
    assert context["invoice"]["forecast"] is False
    assert context["electronic_trade"]["applied"] == 0


def test_the_breakdown_a_person_sees_adds_up() -> None:
    """Line by line: what is written under 補助額 below a line comes to the line; lines come to the total."""
    for case in ("shop", "bands", "trade", "group", "below_floor", "ineligible"):
        grid = next(block for block in drawings.report(case, "en").page if _is_breakdown(block))
        assert isinstance(grid, Grid)
        lines: list[Fraction] = []
        steps: list[Fraction] = []
        owned: dict[int, list[Fraction]] = {}
        *groups, (total,) = grid.groups
        for row in (row for group in groups for row in group):
            label, cost, rate, came, _ = (cell.en for cell in row.cells)
            if row.tone == "strong":
                lines.append(_mixed(came))
            elif cost and came and not rate:  # a member, or one of a member's lines, above what belongs to it
                owned.setdefault(len(label) - len(label.lstrip()), []).append(_mixed(came))
            else:
                steps.append(_mixed(came))
        assert sum(lines) == sum(steps) == _mixed(total.cells[3].en), case
        assert len({sum(amounts) for amounts in owned.values()}) <= 1, case


def test_costs_in_the_breakdown_add_up_with_what_limits_take() -> None:
    for case in ("shop", "bands", "group"):
        result = json.loads(render("json", drawings.plain(case, "en"), Screen(80, False, "en")))["results"][0]
        for found in result["estimates"]:
            for line in found["lines"]:
                if line["cost"] is not None:  # else a field left out decides what counts
                    assert sum(Fraction(item["counted"]) for item in line["items"]) == Fraction(line["cost"]), case


def test_each_member_of_a_group_is_broken_down_by_name() -> None:
    result = json.loads(render("json", drawings.plain("group", "ja"), Screen(80, False, "ja")))["results"][0]
    group = next(each for each in result["estimates"] if each["frame"] == result["best"])
    members = next(line for line in group["lines"] if any(step["whose"] for step in line["steps"]))
    assert all(step["source"] for step in members["steps"] if step["whose"])
    assert all(len(item["whose"]) == 2 and item["whose"][0].startswith("構成員") for item in members["items"])
    assert sum(Fraction(step["yen"]) for step in members["steps"]) == Fraction(members["subsidy"])


def _is_breakdown(block: Block) -> bool:
    return isinstance(block, Grid) and [column.label.en for column in block.columns][1:4] == ["cost", "rate", "subsidy"]


def _mixed(text: str) -> Fraction:
    """`-8,333,333 1/3` as a number."""
    size = sum((Fraction(part) for part in text.replace(",", "").lstrip("-").split()), start=Fraction(0))
    return -size if text.startswith("-") else size


# --- which frame is broken down, under which rules ---


def _titles(report: Report) -> str:
    blocks = [part for block in report.page for part in (block.sentences if isinstance(block, Answer) else (block,))]
    return " ".join(block.text.ja for block in blocks if isinstance(block, (Heading, Paragraph)))


def test_the_frame_applied_for_is_broken_down_and_the_best_one_named(tmp_path: Path) -> None:
    text = drawings.CASES["shop"].read_text(encoding="utf-8")
    path = tmp_path / "a.yaml"
    path.write_text(re.sub("(?m)^frame:.*\n", "", text) + "frame: general\n", encoding="utf-8")
    said = _titles(estimate.run([str(path)], "", "", "ja"))
    assert "通常枠の内訳" in said
    assert "補助額が最も多いのは「インボイス枠（インボイス対応類型）」の1,360,000円です。" in said
    assert "インボイス枠（インボイス対応類型）の内訳" in _titles(estimate.run([str(path)], "", "invoice", "ja"))


def test_each_applicant_is_headed_by_the_rules_of_its_year() -> None:
    older = min((drawings.TESTS / "cases/2025").glob("*/*.yaml"))
    said = _titles(estimate.run([str(drawings.CASES["shop"]), str(older)], "", "", "ja"))
    assert "デジタル化・AI導入補助金2026" in said
    assert "IT導入補助金2025" in said


def test_only_the_checklist_of_the_shown_frame_is_printed() -> None:
    for case in ("shop", "group"):
        report = drawings.plain(case, "ja")
        listed = next(block for block in report.page if isinstance(block, Bullets) and block.mark == "[ ]")
        result = json.loads(render("json", report, Screen(80, False, "ja")))["results"][0]
        wanted = [entry["label"] for entry in result["reminders"] if result["best"] in entry["frames"]]
        assert [re.sub(r" \[\d+\]$", "", item.ja) for item in listed.items] == wanted
        assert all(item.ja.endswith("]") for item in listed.items), "each with its source"


def test_a_question_that_could_make_another_frame_the_best_is_asked(tmp_path: Path) -> None:
    """The general frame is settled without the headcount; the invoice frame would pay more, and how much depends on it."""
    text = (Path(__file__).parent.parent / "examples" / "shop.yaml").read_text(encoding="utf-8")
    path = tmp_path / "a.yaml"
    path.write_text(re.sub(r"(?m)^  employees:.*\n", "", text), encoding="utf-8")
    page = estimate.run([str(path)], "", "", "ja").page
    questions = [block for block in page if isinstance(block, Bullets) and block.mark == "?"]
    assert [item.ja.rpartition(" ")[2] for block in questions for item in block.items] == ["employees"]


# --- the short page and the full one ---


@pytest.mark.parametrize("lang", drawings.LANGUAGES)
@pytest.mark.parametrize("case", ["shop", "group", "incomplete", "ineligible"])
def test_the_short_page_counts_what_the_full_one_lists(case: str, lang: str) -> None:
    def lists(report: Report, mark: str) -> list[Text]:
        return [
            item for block in report.page if isinstance(block, Bullets) and block.mark == mark for item in block.items
        ]

    brief, full = drawings.brief(case, lang), drawings.plain(case, lang)
    assert not lists(brief, "[ ]")
    assert not lists(brief, "[1]")
    line = next(block.text for block in brief.page if isinstance(block, Paragraph) and "--full" in block.text.en)
    counts = [str(len(lists(full, "[ ]"))), str(len(lists(full, "[1]")))]
    assert re.findall(r"\d+", line.ja) == re.findall(r"\d+", line.en) == counts
    assert brief.data == full.data


def test_a_figure_has_the_same_number_on_the_short_page_and_the_full_one() -> None:
    for case in drawings.CASES:
        short, full = (
            [block for block in page if isinstance(block, Grid)]
            for page in (drawings.brief(case, "ja").page, drawings.plain(case, "ja").page)
        )
        assert short == full


# --- how tones look ---


def _toned(row: GridRow) -> str:
    grid = Grid((Column(Text("a", "a")), Column(Text("b", "b"), amount=True)), ((row,),))
    return draw([grid], Screen(40, True, "ja")).splitlines()[-1]


def test_a_cut_is_red_and_a_limit_that_was_not_reached_is_dim() -> None:
    report = drawings.plain("shop", "ja")
    grid = next(block for block in report.page if isinstance(block, Grid) and _is_breakdown(block))
    rows = [row for group in grid.groups for row in group]
    cuts = [row for row in rows if row.cells[3].ja.startswith("-")]
    idle = [row for row in rows if "届いていません" in row.cells[0].ja]
    assert cuts
    assert {row.tone for row in cuts} == {"bad"}
    assert idle
    assert {row.tone for row in idle} == {"faint"}
    assert _toned(GridRow((Text("上限", "cap"), Text("-1", "-1")), "bad")).startswith("\x1b[31m上限")
    assert _toned(GridRow((Text("上限", "cap"), Text("0", "0")), "faint")).startswith("\x1b[2m上限")


@pytest.mark.parametrize(("tone", "code"), [("added", "32"), ("removed", "31"), ("changed", "36")])
def test_a_change_is_coloured_by_its_kind(tone: str, code: str) -> None:
    assert _toned(GridRow((Text("x", "x"), Text("1", "1")), tone)).startswith(f"\x1b[{code}mx")


# --- findings ---


def _remarked(screen: Screen) -> list[str]:
    found = Finding(
        "HJ999", Severity.ERROR, Location("a.yaml", 3, 5), Text("長い文です。" * 20, "x"), Text("直してください。", "y")
    )
    return draw([Remark(found, "3:5", "name: a\nfacts: {}")], screen).splitlines()


def test_a_finding_folds_on_a_terminal_and_stays_on_its_line_elsewhere() -> None:
    folded, whole = (_remarked(Screen(40, False, "ja", terminal=terminal)) for terminal in (True, False))
    assert max(map(cell_len, folded)) <= 40
    assert whole[0] == "    3:5  誤り HJ999  " + "長い文です。" * 20
    assert whole[1] == "        → 直してください。"
    assert [line.strip() for line in whole[2:]] == ["こうなる申請者の例:", "name: a", "facts: {}"]
