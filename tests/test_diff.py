"""`hojo diff`: empty where the meaning is the same, exact where one figure changed, and every yen accounted for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path
from random import Random

import pytest
from random_applicants import as_yaml, random_applicant
from subjects import ROOT, rules, subject_of

from hojo_cli.__main__ import main
from hojo_cli.base.number import Kind, exact, read
from hojo_cli.batch import impact
from hojo_cli.commands import diff, estimate
from hojo_cli.diff import clauses, totals, witness, wording
from hojo_cli.diff.clauses import Comparable, Side
from hojo_cli.diff.compare import Comparison
from hojo_cli.diff.likeness import normal
from hojo_cli.document import RULESET, Mapping, Node, Scalar, Sequence, parse, plain
from hojo_cli.engine.applicant import Applicant
from hojo_cli.formats.drawing.screen import Screen
from hojo_cli.formats.markdown import render
from hojo_cli.rules import ruleset
from hojo_cli.rules.walk import numbers

RULES = ROOT / "rules"
PAGE = ROOT / "docs" / "diff-2025-2026.md"


@cache
def side(name: str) -> Side:
    return clauses.side(name)


@cache
def between(old: str, new: str) -> Comparable:
    return clauses.prepare(side(old), side(new))


def tree(text: str) -> Mapping:
    found = normal(ruleset.tree(text.encode(), "a.yaml"))
    assert isinstance(found, Mapping)
    return found


def yaml(year: str) -> str:
    return (RULES / f"{year}.yaml").read_text()


# --- nothing changed --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", ["2024", "2025", "2026"])
def test_a_ruleset_does_not_differ_from_itself(year: str) -> None:
    assert Comparison(tree(yaml(year)), tree(yaml(year))).empty


def written(node: Node, random: Random, key: str = "") -> object:
    """The same ruleset as JSON-ready data: keys in another order, lists with ids too, numbers spelt otherwise."""
    match node:
        case Mapping():
            keys = list(node.entries)
            random.shuffle(keys)
            return {name: written(node.entries[name], random, name) for name in keys}
        case Sequence():
            items = [written(item, random, key) for item in node.items]
            named = all(isinstance(item, dict) and "id" in item for item in items)
            if named or key in ("in", "has", "category", "all", "any", "items", "combine"):
                random.shuffle(items)
            return items
        case Scalar():
            return respelt(node.text, key)


def respelt(text: str, key: str) -> object:
    if key in (
        "sha256",
        "date",
        "as_of",
        "fiscal_year",
        "hojo",
        "printed",
        "from",
        "to",
        "ja",
        "en",
        "min",
    ) and not text.endswith("%"):
        return (
            text
            if not (node_number(text) and key in ("min", "hojo", "fiscal_year"))
            else int(text)
            if text.isdigit()
            else text
        )
    if text in ("true", "false"):
        return text == "true"
    for kind in (Kind.YEN, Kind.RATE):
        if re.fullmatch(r"[0-9,]+[億千万]*円|[0-9]+/[0-9]+|[0-9.]+%", text):
            try:
                value = read(text, kind)
            except Exception:  # noqa: BLE001  # of the other kind
                continue
            return int(value) if kind is Kind.YEN else f"{value.numerator * 2}/{value.denominator * 2}"
    return text


def node_number(text: str) -> bool:
    return text.isdigit()


@pytest.mark.parametrize("seed", range(3))
def test_order_layout_and_spelling_do_not_count(seed: int) -> None:
    """JSON is YAML: the copy has no comments, other quotes, other layout."""
    root = parse(yaml("2026").encode(), "a.yaml", RULESET).root
    assert root is not None
    copy = json.dumps(written(root, Random(seed)), ensure_ascii=False, indent=1)
    assert "500000" in copy
    assert "1500000" in copy
    found = Comparison(tree(yaml("2026")), tree(copy))
    paths = (
        [each.path for each in found.changes],
        [each.path for each in found.reworded],
        [each.path for each in found.recited],
    )
    assert found.empty, paths


def test_labels_and_sources_are_told_apart_from_rules(tmp_path: Path) -> None:
    text = yaml("2026").replace("label: {ja: 通常枠,", "label: {ja: 一般枠,", 1)
    text = text.replace("printed: 150万円～450万円以下}", "printed: 150万円～}", 1)
    found = Comparison(tree(yaml("2026")), tree(text))
    assert not found.changes
    assert [each.path for each in found.reworded] == ["frames.general.label"]
    assert [each.path for each in found.recited] == ["frames.general.bands.upper.floor.source"]


def test_what_an_applicant_can_change_moves_no_yen(tmp_path: Path) -> None:
    text = re.sub(r"(\n  wage_plan_announced:\n(?:    .*\n)*?)    change: plan\n", r"\1", yaml("2026"), count=1)
    text = text.replace("      change: purchase\n", "      change: plan\n", 1)
    text = text.replace(", instead: [cloud]}", "}", 1)
    (tmp_path / "b.yaml").write_text(text, encoding="utf-8")
    compared = clauses.prepare(clauses.side("2026"), clauses.side(str(tmp_path / "b.yaml")))
    told = [(account.place.ja, account.old.ja, account.new.ja) for account in wording.accounts(compared)]
    assert told == [
        ("賃金引上げ計画の表明 ＞ 変えられること", "計画", "—"),
        ("経費の区分 ＞ ソフトウェア購入費 ＞ 代わりに買える区分", "クラウド利用料", "—"),
        ("明細の項目 ＞ プロセス ＞ 変えられること", "購入", "計画"),
    ]
    assert all(clause.silent for clause in compared.clauses)


# --- one figure changed -----------------------------------------------------------------------------------------------------


def figures() -> list[tuple[Scalar, Kind]]:
    """Every figure of the newest ruleset as written, with what it counts."""
    kinds = {(number.where.line, number.where.column): number.kind for number in numbers(rules("2026"))}
    root = parse(yaml("2026").encode(), "2026.yaml", RULESET).root
    assert root is not None
    found = []
    for key, node in scalars(root, ""):
        kind = Kind.COUNT if key == "at_least" else kinds.get((node.line, node.column))
        if kind is not None:
            found.append((node, kind))
    return found


def scalars(node: Node, key: str) -> Iterator[tuple[str, Scalar]]:
    match node:
        case Mapping():
            for name, below in node.entries.items():
                yield from scalars(below, name)
        case Sequence():
            for item in node.items:
                yield from scalars(item, key)
        case Scalar():
            yield key, node


def one_more(text: str, kind: Kind) -> str:
    value = read(text, kind)
    if kind is Kind.RATE:
        percent = value * 100
        return f"{percent + 1}%" if percent.denominator == 1 else f"{value.numerator + 1}/{value.denominator}"
    return f"{value + 1}" + {Kind.YEN: "円", Kind.COUNT: "", Kind.MONTHS: "か月"}[kind]


def changed(node: Scalar, new: str) -> str:
    lines = yaml("2026").split("\n")
    line = lines[node.line - 1]
    before = line[: node.column - 1]
    assert line[node.column - 1 :].startswith(node.text)
    lines[node.line - 1] = before + new + line[node.column - 1 + len(node.text) :]
    return "\n".join(lines)


SHIELDED = {
    "frames.invoice.lines.tools.tiers.steps[2].up_to",  # the cap is as high as the last tier
    "frames.invoice.lines.tools.cap[1].use",  # the last tier ends there
    "frames.group.lines.office.cap.least[2].use",  # 10 % × 2/3 of the shared cap is not more
}
"""Figures that another figure shields: one more of them changes nobody's yen."""
FIGURES = figures()
SAMPLE = [5, 41, 52, 66]


@pytest.mark.parametrize(
    "place", [pytest.param(place, marks=() if place in SAMPLE else pytest.mark.slow) for place in range(len(FIGURES))]
)
def test_one_figure_is_one_change_with_a_witness_that_can_be_run_again(place: int, tmp_path: Path) -> None:
    """Every figure: `pytest tests/test_diff.py -m 'slow or not slow'`."""
    node, kind = FIGURES[place]
    file = tmp_path / "new.yaml"
    file.write_text(changed(node, one_more(node.text, kind)))
    compared = clauses.prepare(side("2026"), clauses.side(str(file)))
    (clause,) = compared.clauses
    assert not compared.comparison.reworded
    assert not compared.comparison.recited
    assert isinstance(clause.change.old, Scalar)
    assert isinstance(clause.change.new, Scalar)
    assert (clause.change.old.text, clause.change.new.text) == (node.text, one_more(node.text, kind))
    effect = witness.find(clause, compared)
    found = effect.witness
    if clause.change.path in SHIELDED:
        assert found is None
        assert effect.proved
        return
    assert found is not None, clause.change.path
    saved = tmp_path / witness.file_name(1, clause.change.path)
    saved.write_text(witness.text(found, clause.change.path))
    for name, outcome in (("2026", found.old), (str(file), found.new)):
        assert rerun(saved, name, found.frame) == (str(outcome[0]), outcome[1])
    assert found.old[1] != found.new[1]


def rerun(file: Path, name: str, frame: str) -> tuple[str, int | None]:
    """What `hojo estimate --rules NAME FILE --format json` says."""
    report = estimate.run([str(file)], name, "", "ja")
    assert report.exit_code == 0, report.findings
    data = json.loads(json.dumps(report.data))
    (estimated,) = (each for each in data["results"][0]["estimates"] if each["frame"] == frame)
    return estimated["status"], estimated["subsidy"]


def test_witnesses_between_years_can_be_run_again(tmp_path: Path) -> None:
    report = diff.run(diff.DiffRequest("2024", "2025", folder=str(tmp_path)), "ja")
    data = json.loads(json.dumps(report.data))
    assert data["format"] == "hojo.diff/1"
    found = [change["witness"] for change in data["changes"] if change["witness"]]
    assert len(found) == len(list(tmp_path.iterdir())) >= 4
    for each in found:
        for year in ("old", "new"):
            again = rerun(tmp_path / each["file"], {"old": "2024", "new": "2025"}[year], each["frame"])
            assert again == (each[year]["status"], each[year]["subsidy"])


@pytest.mark.parametrize("name", ["../../x", "a/b\\c", "名前\n::x", "con", "." * 300])
def test_file_names_are_safe(name: str) -> None:
    assert re.fullmatch(r"[0-9]{2}-[A-Za-z0-9_.-]{0,80}\.yaml", witness.file_name(1, name))


@pytest.mark.parametrize(
    ("old", "new", "id_"),
    [
        ("included: 10/11", "included: 10/12", "items.tax.included"),
        ("categories: [cloud, option,", "categories: [cloud, option, support,", "items.at_once.categories"),
        ("mode: down", "mode: up", "rounding.mode"),
        ("      match: any\n", "      match: all\n", "definitions.sme_size.table.match"),
        (
            "{fact: entity, in: [company, sole_proprietor]}, {is: small_size}",
            "{fact: entity, in: [company]}, {is: small_size}",
            "definitions.small.all[2].in",
        ),
        (
            "items: [{category: [pc]}]\n",
            "items: [{category: [pc, register]}]\n",
            "frames.invoice.lines.pc.items[1].category",
        ),
    ],
)
def test_what_is_no_figure_is_one_change_with_a_witness_too(old: str, new: str, id_: str, tmp_path: Path) -> None:
    compared = edited(tmp_path, lambda text: text.replace(old, new, 1))
    (clause,) = compared.clauses
    assert clause.change.path == id_
    found = witness.find(clause, compared).witness
    assert found is not None
    saved = tmp_path / "witness.yaml"
    saved.write_text(witness.text(found, id_))
    assert rerun(saved, "2026", found.frame) == (str(found.old[0]), found.old[1])
    assert rerun(saved, str(tmp_path / "new.yaml"), found.frame) == (str(found.new[0]), found.new[1])


def test_a_frame_that_is_gone_is_one_change(tmp_path: Path) -> None:
    root = parse(yaml("2026").encode(), "a.yaml", RULESET).root
    assert root is not None
    data = json.loads(json.dumps(plain(root)))
    del data["frames"]["security"]
    for entry in data["combine"]:
        for key in entry.keys() & {"together", "apart"}:
            entry[key] = [frames for frames in entry[key] if "security" not in frames]
    data["combine"][1].pop("together")
    for reminder in data["reminders"].values():
        reminder["frames"] = [frame for frame in reminder["frames"] if frame != "security"]
    data["reminders"] = {name: reminder for name, reminder in data["reminders"].items() if reminder["frames"]}
    for assumption in data["assumptions"].values():
        if "frames" in assumption:
            assumption["frames"] = [frame for frame in assumption["frames"] if frame != "security"]
    file = tmp_path / "new.yaml"
    file.write_text(json.dumps(data, ensure_ascii=False))
    compared = clauses.prepare(side("2026"), clauses.side(str(file)))
    (clause,) = (each for each in compared.clauses if not each.silent)
    assert (clause.change.kind, clause.change.path, clause.frames) == ("removed", "frames.security", ("security",))
    found = witness.find(clause, compared).witness
    assert found is not None
    assert (found.old[1], found.new[1]) == (50_000, 0)
    (tmp_path / "a.yaml").write_text(SAFE)
    told = impact.weigh_files(compared, [str(tmp_path / "a.yaml")], "utf-8", 1)
    assert (told.stop, sum(told.parts), told.interaction) == (1, -1_500_000, 0)


# --- attribution ------------------------------------------------------------------------------------------------------------


def total(compared: Comparable, subjects: list[Applicant]) -> totals.Impact:
    scales, found = impact.Scales(compared), totals.Impact(compared)
    for place, subject in enumerate(subjects):
        before, after, alone = scales.weigh(subject)
        missing = impact.missing_facts(scales.unsettled(subject, subject, before, after))
        found.add(totals.Weighed(f"{place}.yaml", 0, "", before, after, alone, missing, ()))
    return found


def subjects(count: int, seed: int = 1) -> list[Applicant]:
    """Random applicants who know the facts of both years."""
    random = Random(seed)
    found = []
    for _ in range(count):
        subject = subject_of(random_applicant(random))
        growth = Fraction(random.choice([0, 14, 15, 16, 30, 50]), 1000)
        more = {
            "round": f"round_{random.randint(1, 8)}",
            "near_minimum_wage_50_months": random.randint(0, 4),
            "total_pay_growth": growth,
        }
        found.append(subject._replace(facts={**subject.facts, **more}))
    return found


def test_parts_and_interaction_add_up_to_the_total() -> None:
    """Over 500 applicants, to the yen; the total is what the rulesets themselves say."""
    compared = between("2025", "2026")
    people = subjects(500)
    found = total(compared, people)
    assert found.inputs == 500
    assert found.gain + found.lose + found.same + found.undecided == 500
    assert found.undecided < 250
    assert sum(found.parts) + found.interaction == found.new - found.old
    assert found.new != found.old
    assert sum(1 for part in found.parts if part) >= 4
    moved = sorted((abs(each.new - each.old) for each in found.movements), reverse=True)
    assert moved == [abs(each.new - each.old) for each in found.movements]


def edited(tmp_path: Path, *edits: Callable[[str], str]) -> Comparable:
    text = yaml("2026")
    for edit in edits:
        assert edit(text) != text
        text = edit(text)
    file = tmp_path / "new.yaml"
    file.write_text(text)
    return clauses.prepare(side("2026"), clauses.side(str(file)))


def higher_rate(text: str) -> str:
    return text.replace(
        "{use: 1/2, source: {at: 4. 補助額・補助率, printed: 中小企業が申請する",
        "{use: 3/4, source: {at: 4. 補助額・補助率, printed: 中小企業が申請する",
    )


def higher_cap(text: str) -> str:
    return re.sub(r"( cap: {use: )150万円", r"\g<1>200万円", text)


SAFE = """facts: {entity: company, industry: retail, capital: 1000万円, employees: 30人, deemed_large: false}
items: [{category: security_service, amount: 300万円}]
"""


def test_clauses_that_work_together_are_shown_as_interaction(tmp_path: Path) -> None:
    """3,000,000 yen: the rate alone is stopped by the cap, the cap alone has nothing to raise; together they move 500,000."""
    compared = edited(tmp_path, higher_rate, higher_cap)
    (tmp_path / "a.yaml").write_text(SAFE)
    found = impact.weigh_files(compared, [str(tmp_path / "a.yaml")], "utf-8", 1)
    assert (found.old, found.new, found.parts, found.interaction) == (1_500_000, 2_000_000, [0, 0], 500_000)
    assert (found.gain, found.become, found.stop) == (1, 0, 0)
    assert found.frames["security"] == totals.InFrame(1_500_000, 2_000_000, 1, 1)


# --- many files, the command line ---------------------------------------------------------------------------------------------


def test_files_that_fail_are_listed_and_facts_of_other_years_are_not(tmp_path: Path) -> None:
    people = tmp_path / "people"
    people.mkdir()
    random = Random(3)
    for place in range(30):
        (people / f"{place:02}.yaml").write_text(as_yaml(random_applicant(random)))
    (people / "bad.yaml").write_text("facts: {employees: 1.5}\n")
    (people / "old.yaml").write_text(SAFE + "note: x\n")
    report = diff.run(diff.DiffRequest("2024", "2025", [str(people)], jobs=1), "ja")
    data = json.loads(json.dumps(report.data))["impact"]
    assert data["inputs"] == 32
    assert data["failed"] == 1
    assert report.exit_code == 1
    assert [found.where.file for found in report.findings] == [str(people / "bad.yaml")]
    assert data["missing"]["round"] >= 1
    assert sum(each["yen"] for each in data["attribution"]) + data["interaction"] == data["difference"]


def test_exit_codes(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*arguments: str) -> int:
        monkeypatch.setattr("sys.argv", ["hojo", "diff", *arguments])
        return main()

    assert run("2026", "2026", "--exit-code", "--lang", "ja") == 0
    assert "違いはありません" in capsys.readouterr().out
    assert run("2026", "1999") == 2
    assert run("2026", "2026", "a.yaml") == 2
    assert "--impact" in capsys.readouterr().err
    assert run("2026", "2026", "--impact", "no-such-file.yaml") == 2
    assert run("2024", "2025", "--exit-code", "--format", "json") == 1


# --- as a consultant reads it ---------------------------------------------------------------------------------------------------


def test_the_documented_differences_are_what_the_program_prints() -> None:
    """Write it anew with `python tests/test_diff.py`."""
    assert PAGE.read_text() == documented()


def documented() -> str:
    pages = [
        render(diff.run(diff.DiffRequest(old, new), "ja"), Screen(100, color=False, lang="ja"))
        for old, new in (("2025", "2026"), ("2024", "2025"))
    ]
    head = (
        "<!-- `hojo diff 2025 2026 --format markdown` と `hojo diff 2024 2025 --format markdown` の出力です。 -->\n\n"
    )
    return head + "\n".join(pages)


def test_exact_values_are_written_so_that_they_can_be_read() -> None:
    assert read(exact(Fraction(7, 200)), Kind.RATE) == Fraction(7, 200)


if __name__ == "__main__":
    PAGE.write_text(documented())
