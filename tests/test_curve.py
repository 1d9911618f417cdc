"""`hojo curve`: the function that is printed is the one `estimate` gives, number by number, and each border has its clause."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from itertools import pairwise
from math import floor
from pathlib import Path
from random import Random
from typing import Any, TypeAlias
from xml.etree import ElementTree as ET

import pytest
from random_applicants import as_yaml, random_applicant
from rich.cells import cell_len
from subjects import HERE, ROOT, few, outcomes
from test_output_schemas import complaints
from this_process import hojo

from hojo_cli import estimate, load_applicant, load_rules
from hojo_cli.advise.curve import Along, round_up
from hojo_cli.batch.estimating import LoadedApplicant, LoadedRules
from hojo_cli.engine.judgement import Status
from hojo_cli.pages import curve_data
from hojo_cli.pages.curve import strokes

SHOP = "examples/shop.yaml"
AMOUNT = "items[0].amount"
PROGRAMMES = ("market", "workshop", "league")


def answer(*arguments: str) -> Any:
    """The JSON of `hojo curve`. (Any: whatever it holds.)"""
    return json.loads(hojo("curve", *arguments, "--format", "json").stdout)


def told(*arguments: str, lang: str = "ja") -> tuple[int, str]:
    """The exit code, and what stands on standard error."""
    done = hojo("curve", *arguments, "--lang", lang)
    return done.returncode, done.stderr.decode()


def page(*arguments: str, lang: str = "ja", width: int = 80) -> str:
    return hojo("curve", *arguments, "--lang", lang, COLUMNS=str(width)).stdout.decode()


# --- the function as its schema says it is read -----------------------------------------------------------------------------


def value(line: Any, n: int) -> Fraction:
    """start + slope·n + Σ times·⌊term⌋."""
    straight = Fraction(line["start"]) + Fraction(line["slope"]) * n
    return straight + sum(Fraction(term["times"]) * floor(value(term, n)) for term in line["terms"])


def yen(pieces: Any, x: int) -> tuple[str, int | None]:
    """Status and yen at x, from the printed pieces alone."""
    piece = next(piece for piece in pieces if piece["from"] <= x <= piece["to"])
    if piece["start"] is None:
        return piece["status"], None
    exact = value(piece, x - piece["from"])
    assert piece["floor"] or exact.denominator == 1
    return piece["status"], floor(exact)


def places(curves: list[Any], chance: Random, count: int) -> list[int]:
    """Each border with ±1, and others at random."""
    first, last = curves[0][0]["from"], curves[0][-1]["to"]
    near = {piece["to"] + step for pieces in curves for piece in pieces for step in (-1, 0, 1, 2)}
    return sorted({x for x in near if first <= x <= last} | {chance.randint(first, last) for _ in range(count)})


@cache
def of_programme(name: str) -> LoadedRules:
    """The rules of another programme."""
    return load_rules(HERE / "programmes" / f"{name}.yaml")


def numbers_of(source: bytes | Path, rules: LoadedRules | None = None) -> list[str]:
    """The paths that may be varied; none where the file is wrong."""
    scenario = load_applicant(source, rules).scenario
    return [] if scenario is None else list(scenario.variables)


Outcomes: TypeAlias = dict[str, tuple[str, int | None]]
"""Status and yen of each frame; none of a file that is refused."""


def estimated(applicant: LoadedApplicant) -> Outcomes:
    """As `hojo estimate` prints them."""
    return {each.frame: (each.status, each.subsidy) for each in estimate(applicant).estimates}


def settled(applicant: LoadedApplicant) -> Outcomes:
    """The same without the words, a hundred times as fast."""
    if applicant.ruleset is None or applicant.applicant is None:
        return {}
    found = outcomes(applicant.ruleset, applicant.applicant)
    return {
        frame: (str(status), None if status is Status.INCOMPLETE else yen) for frame, (status, yen) in found.items()
    }


def differences(
    source: bytes,
    rules: LoadedRules | None,
    path: str,
    chance: Random,
    count: int,
    judged: Callable[[LoadedApplicant], Outcomes] = settled,
) -> list[object]:
    """Where the printed curve and the file with the printed `--set` disagree; borders without a clause."""
    scenario = load_applicant(source, rules).scenario
    assert scenario is not None
    along = Along(scenario, scenario.variables[path])
    first = max(0, along.variable.least)
    curves = along.curves(first, along.reach(first), tuple(scenario.ruleset.frames))
    if curves is None:  # a rule that divides by a number far from 0
        return []
    found: list[object] = []
    pieces = {curve.frame: [curve_data.piece_data(each, "ja") for each in curve.pieces] for curve in curves}
    for frame, laid in pieces.items():
        for piece, after in pairwise(laid):
            assert piece["to"] + 1 == after["from"]
            if not (piece["by"] or along.curved):  # of a curve each number is a piece: no clause parts it from the next
                found.append((path, frame, piece))
    for x in places(list(pieces.values()), chance, count):
        expected = judged(load_applicant(source, rules, changes=[along.variable.setting(x)]))
        for frame, laid in pieces.items():
            if yen(laid, x) != expected.get(frame, ("refused", None)):
                found.append((path, frame, x, yen(laid, x), expected.get(frame)))
    return found


@pytest.mark.parametrize(
    ("file", "path"),
    [
        (SHOP, AMOUNT),
        (SHOP, "items[1].months"),
        (SHOP, "facts.employees"),
        ("examples/general.yaml", "facts.wage_growth"),
        ("examples/group.yaml", "members[0].items[0].amount"),
        ("examples/electronic_trade.yaml", "facts.sme_supplier_accounts"),
        ("examples/security.yaml", "items[0].monthly"),
        ("examples/incomplete.yaml", AMOUNT),
    ],
)
def test_the_printed_pieces_are_what_estimate_gives(file: str, path: str) -> None:
    assert differences((ROOT / file).read_bytes(), None, path, Random(file), 60, estimated) == []


@pytest.mark.parametrize("seed", few(range(1_000), 6))
def test_a_curve_is_the_estimate_of_each_number(seed: int) -> None:
    """200 numbers each, all borders with ±1 among them; of every third applicant some facts are not known."""
    chance = Random(seed)
    applicant = random_applicant(chance)
    while not applicant["items"]:
        applicant = random_applicant(chance)
    if seed % 3 == 0:
        for name in chance.sample(sorted(applicant["facts"]), min(2, len(applicant["facts"]))):
            del applicant["facts"][name]
    source = as_yaml(applicant).encode()
    for path in chance.sample(numbers := numbers_of(source), min(1, len(numbers))):
        assert differences(source, None, path, chance, 200) == []


@pytest.mark.parametrize("name", PROGRAMMES)
def test_other_programmes_have_curves_with_no_change_of_the_program(name: str, tmp_path: Path) -> None:
    hojo("verify", f"tests/programmes/{name}.yaml", "--boundaries", str(tmp_path), "--quiet")
    chance, files = Random(name), sorted(tmp_path.rglob("*.yaml"))
    assert len(files) > 20
    for file in chance.sample(files, 6):
        numbers = numbers_of(file, of_programme(name))
        for path in numbers:
            assert differences(file.read_bytes(), of_programme(name), path, chance, 20) == [], file
    line = [str(file), "--vary", numbers[0], "--rules", f"tests/programmes/{name}.yaml"]
    assert complaints("curve", answer(*line)) == []
    assert page(*line)


# --- what makes a border ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "frame", "x", "kind", "words", "jump"),
    [
        ([SHOP, "--vary", AMOUNT], "general", 2519999, "reduction", "上限 1,499,999円", None),
        ([SHOP, "--vary", AMOUNT], "invoice", 145000, "step", "500,000円超～3,500,000円の部分が始まる", None),
        ([SHOP, "--vary", AMOUNT], "invoice", 4645000, "reduction", "段階の上限 3,500,000円が効き始める", None),
        ([SHOP, "--vary", "facts.employees"], "invoice", 5, "trait", "「小規模事業者」に当たらなくなる", -27778),
        ([SHOP, "--vary", "items[1].months"], "invoice", 24, "reduction", "24か月まで", None),
        (["examples/general.yaml", "--vary", "facts.wage_growth"], "general", 299, "requirement", "年3%以上", 2300001),
        (["examples/security.yaml", "--vary", "items[0].monthly"], "security", 3124, "floor", "下限 50,000円", 50000),
        (["examples/security.yaml", "--vary", "items[0].monthly"], "security", 0, "cost", "を数え始める", None),
        (["examples/wholesaler.yaml", "--vary", "facts.employees"], "general", 100, "requirement", "満たさなくなる", -1499999),
        (["examples/builder.yaml", "--vary", "facts.employees"], "general", 20, "missing", "答えが要るようになる", None),
        (["examples/group.yaml", "--vary", "members[0].facts.employees"], "group", 5, "members", "10者のうち", -18666),
    ],
    ids=str,
)  # fmt: skip
def test_each_border_names_its_clause(
    arguments: list[str], frame: str, x: int, kind: str, words: str, jump: int | None
) -> None:
    curve = next(curve for curve in answer(*arguments)["frames"] if curve["frame"] == frame)
    piece = next(piece for piece in curve["pieces"] if piece["to"] == x)
    assert words in piece["by"]
    assert kind in {clause["kind"] for clause in piece["clauses"]}
    assert piece["jump"] == jump
    assert curve["pieces"][-1]["by"] is None
    if kind in ("reduction", "floor", "requirement"):
        assert all(clause["source"] for clause in piece["clauses"])


def test_where_a_file_would_be_refused_the_piece_says_so() -> None:
    curve = answer("examples/electronic_trade.yaml", "--vary", "facts.sme_supplier_accounts")["frames"][-1]
    last = curve["pieces"][-1]
    assert last["status"] == "refused"
    assert last["start"] is last["subsidy"]["to"] is None
    assert curve["pieces"][-2]["by"].startswith("ファイルが誤りになる")


# --- from, to, frames, years ------------------------------------------------------------------------------------------------


def test_the_range_is_as_asked_and_a_rate_goes_in_hundredths_of_a_percent() -> None:
    found = answer("examples/general.yaml", "--vary", "facts.wage_growth", "--from", "1%", "--to", "4.25%")
    assert found["vary"] | {"label": ""} == {
        "path": "facts.wage_growth", "label": "", "unit": "0.01%", "now": 300, "from": 100, "to": 425,
    }  # fmt: skip
    assert [found["frames"][0]["pieces"][at][end] for at, end in ((0, "from"), (-1, "to"))] == [100, 425]
    found = answer(SHOP, "--vary", AMOUNT, "--from", "50万円", "--to", "1,000,000")
    assert (found["vary"]["from"], found["vary"]["to"], found["vary"]["unit"]) == (500000, 1000000, "yen")


def test_without_a_range_it_goes_beyond_the_last_border_and_twice_as_far_as_today() -> None:
    for file, path in ((SHOP, AMOUNT), (SHOP, "items[3].amount"), ("examples/group.yaml", "items[1].amount")):
        found = answer(file, "--vary", path)
        borders = [piece["to"] for curve in found["frames"] for piece in curve["pieces"][:-1]]
        assert found["vary"]["from"] == 0
        assert found["vary"]["to"] >= max(2 * found["vary"]["now"], *borders, 0)
        assert round_up(found["vary"]["to"]) == found["vary"]["to"]
    assert answer(SHOP, "--vary", "facts.near_minimum_wage_months")["vary"]["to"] <= 12


def test_frames_are_those_that_are_named_or_have_a_cost() -> None:
    assert [curve["frame"] for curve in answer(SHOP, "--vary", AMOUNT)["frames"]] == ["general", "invoice"]
    named = answer(SHOP, "--vary", AMOUNT, "--frame", "セキュリティ対策推進枠", "--frame", "invoice")["frames"]
    assert [curve["frame"] for curve in named] == ["security", "invoice"]


def test_two_years_are_one_answer() -> None:
    found = answer(SHOP, "--vary", AMOUNT, "--frame", "general", "--rules", "2024", "--rules", "2026")
    assert [ruleset["fiscal_year"] for ruleset in found["rulesets"]] == [2024, 2026]
    assert [(curve["frame"], curve["fiscal_year"]) for curve in found["frames"]] == [
        ("general", 2024),
        ("general", 2026),
    ]
    for curve in found["frames"]:
        alone = answer(
            SHOP,
            "--vary",
            AMOUNT,
            "--frame",
            "general",
            "--rules",
            str(curve["fiscal_year"]),
            "--to",
            str(found["vary"]["to"]),
        )
        assert alone["frames"] == [curve]


def test_today_and_changes_are_told() -> None:
    today = json.loads(hojo("estimate", SHOP, "--format", "json").stdout)["results"][0]["estimates"]
    for curve in answer(SHOP, "--vary", AMOUNT)["frames"]:
        assert curve["now"] == next(
            {"status": each["status"], "subsidy": each["subsidy"]} for each in today if each["frame"] == curve["frame"]
        )
    changed = answer(SHOP, "--vary", AMOUNT, "--set", "facts.employees=6", "--frame", "invoice")
    assert changed["set"] == ["facts.employees=6"]
    assert changed["frames"][0]["now"]["subsidy"] == 1332222
    assert "--set facts.employees=6" in page(SHOP, "--vary", AMOUNT, "--set", "facts.employees=6")
    assert answer(SHOP, "--vary", AMOUNT, "--to", "10")["frames"][0]["now"] is None


# --- what is wrong ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--vary", "items[0].amout"], "HJ020", "items[0].amount"),
        (["--vary", "facts.従業員数"], "HJ020", ""),
        (["--vary", ""], "HJ019", ""),
        (["--vary", "facts.entity"], "HJ022", AMOUNT),
        (["--vary", "items[9].amount"], "HJ022", "items[3].amount"),
        (["--vary", "facts.wage_growth"], "HJ022", "--set facts.wage_growth="),
        (["--vary", AMOUNT, "--from", "20", "--to", "10"], "HJ001", "--from"),
        (["--vary", AMOUNT, "--from", "x"], "HJ150", "--from x"),
        (["--vary", AMOUNT, "--to", "3%"], "HJ162", "--to 3%"),
        (["--vary", "facts.near_minimum_wage_months", "--to", "13"], "HJ001", "12"),
        (["--vary", AMOUNT, "--frame", "invoise"], "HJ006", "invoice"),
        (["--vary", AMOUNT, "--rules", "1999"], "HJ", ""),
        ([], "HJ0", "--vary"),
        (["--vary", "items[1].months", "--to", "10000"], "HJ023", "items[1].months"),
    ],
    ids=str,
)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_mistake_in_the_call_is_one_finding(arguments: list[str], code: str, words: str, lang: str) -> None:
    exit_code, error = told(SHOP, *arguments, lang=lang)
    assert exit_code == 2
    assert code in error
    assert words in error


def test_a_wrong_file_has_findings_and_no_curve() -> None:
    done = hojo("curve", "examples/mistakes.yaml", "--vary", AMOUNT, "--format", "json")
    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert found["frames"] == []
    assert complaints("curve", found) == []
    assert found["findings"]


# --- how it is shown --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize(
    "arguments",
    [
        [SHOP, "--vary", AMOUNT],
        ["examples/group.yaml", "--vary", "items[1].amount"],
        ["examples/general.yaml", "--vary", AMOUNT, "--rules", "2024", "--rules", "2026"],
        [SHOP, "--vary", "facts.employees", "--from", "3", "--to", "3"],
    ],
    ids=str,
)
def test_a_page_keeps_to_the_screen(arguments: list[str], width: int, lang: str) -> None:
    shown = page(*arguments, lang=lang, width=width)
    assert max(map(cell_len, shown.splitlines())) <= width
    assert "\x1b" not in shown
    assert any("\u2800" < sign <= "\u28ff" for sign in shown)


def test_today_is_marked_in_the_table_and_in_the_plot() -> None:
    shown = page(SHOP, "--vary", AMOUNT)
    assert "→      145,001円～4,645,000円" in shown
    assert "今 1,000,000円" in shown
    assert "B インボイス枠（インボイス対応類型）" in shown


def test_where_yen_are_not_known_the_line_ends() -> None:
    scenario = load_applicant(ROOT / "examples/builder.yaml").scenario
    assert scenario is not None
    along = Along(scenario, scenario.variables["facts.employees"])
    curves = along.curves(0, 30, ["general"])
    assert curves is not None
    assert list(strokes(curves[0])) == [((0, 1790000), (20, 1790000))]
    of_one = along.curves(3, 3, ["general"])
    assert of_one is not None
    assert list(strokes(of_one[0])) == [((3, 1790000),)]


def test_a_terminal_without_narrow_lines_gets_no_dots() -> None:
    shown = hojo("curve", SHOP, "--vary", AMOUNT, "--ambiguous", "wide").stdout.decode()
    assert not any("\u2800" <= sign <= "\u28ff" for sign in shown)
    assert "145,000" in shown


def test_csv_has_a_row_for_each_piece() -> None:
    rows = (
        hojo("curve", SHOP, "--vary", AMOUNT, "--format", "csv", "--lang", "en").stdout.decode("utf-8-sig").splitlines()
    )
    assert rows[0].startswith('"fiscal_year","frame","label","from","to","status"')
    assert len(rows) == 1 + sum(len(curve["pieces"]) for curve in answer(SHOP, "--vary", AMOUNT)["frames"])
    assert ',145001,4645000,"payable",790000,3790000,' in rows[4]


def test_markdown_has_tables_and_no_dots() -> None:
    shown = hojo("curve", SHOP, "--vary", AMOUNT, "--format", "markdown").stdout.decode()
    assert "| **→** | **145,001円～4,645,000円** | **790,000～3,790,000** | **2/3円** |" in shown
    assert not any("\u2800" <= sign <= "\u28ff" for sign in shown)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_svg_keeps_text_as_text_and_is_the_same_each_time(lang: str, tmp_path: Path) -> None:
    arguments = ("curve", SHOP, "--vary", AMOUNT, "--lang", lang, "--output")
    pictures = [tmp_path / "a.svg", tmp_path / "b.svg"]
    for picture in pictures:
        assert hojo(*arguments, str(picture)).returncode == 0
    first, second = (picture.read_bytes() for picture in pictures)
    assert first == second
    words = "".join(ET.fromstring(first).itertext())
    for said in ("株式会社サンプル商店", "販売・会計ソフト", "今 1,000,000円" if lang == "ja" else "now 1,000,000 yen"):
        assert said in words


def test_png_is_a_picture_wherever_it_goes(tmp_path: Path) -> None:
    line = ("curve", "examples/general.yaml", "--vary", AMOUNT, "--rules", "2024", "--rules", "2026")
    assert hojo(*line, "-o", str(tmp_path / "a.png")).returncode == 0
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    assert hojo(*line, "--format", "png").stdout.startswith(b"\x89PNG")


def test_without_matplotlib_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "matplotlib", None)
    exit_code, error = told(SHOP, "--vary", AMOUNT, "--format", "svg")
    assert exit_code == 2
    assert "HJ012" in error
    assert "pip install 'hojo-cli[plot]'" in error
