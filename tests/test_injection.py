"""Foreign text stays text: whatever stands in a name, a note, a key, a file name or a ruleset's label, in every format of every command."""

from __future__ import annotations

import copy
import csv
import io
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import fuzzed
import fuzzing
import pytest
from subjects import HERE, few

TEXTS = [
    "\x1b[31mred\x1b[0m",
    "[red]x[/red]",
    "[link=http://e.example]x[/link]",
    "::error file=a.yaml::x",
    "%0A::add-mask::x",
    "##[error]x",
    "##vso[task.setvariable variable=x]y",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "<script>alert(1)</script>",
    "]]></system-out><x/>",
    "</testcase>&amp;<!-- --",
    '"}],"x":[{"',
    "a\nb",
    "a\r\n::error::b",
    "\u2028b",
    "\u202etxt.exe",
    "\u2066a\u2069",
    "\u200bx",
    "`x` | **y** | [z](javascript:z)",
    "{x} {0} %s %(x)s $x ${{ x }}",
]
SHOP: dict[str, Any] = {
    "name": "店",
    "fiscal_year": 2026,
    "facts": {
        "entity": "company",
        "industry": "retail",
        "capital": 3_000_000,
        "employees": 4,
        "deemed_large": False,
        "past_grant": False,
        "near_minimum_wage_months": 0,
    },
    "items": [
        {"name": "a", "category": "software", "amount": 500_000, "processes": ["共P-01"], "functions": ["accounting"]},
        {"category": "option", "amount": 100_000},
    ],
}
PLACES = ("name", "item", "note", "fact", "frame", "key", "fact key", "expect", "number", "choice")
ESTIMATE = [("--format", form) for form in ("table", "tree", "markdown", "json")] + [("--explain",), ("--color",)]
CHECK = [
    ("--format", form) for form in ("table", "json", "jsonl", "csv", "markdown", "github", "gitlab", "junit", "sarif")
]
MARKET = HERE / "programmes" / "market.yaml"


def shop(place: str, text: str) -> dict[str, Any]:
    """A sound file with the text in one place."""
    data = copy.deepcopy(SHOP)
    match place:
        case "name" | "note" | "frame":
            data[place] = text
        case "number":
            data["corporate_number"] = text
        case "item":
            data["items"][0]["name"] = text
        case "choice":
            data["items"][0]["processes"] = [text]
        case "fact":
            data["facts"]["industry"] = text
        case "fact key":
            data["facts"][text] = text
        case "expect":
            data["expect"] = {text: text}
        case _:
            data[text] = text
    return data


@pytest.fixture(autouse=True)
def _prepared(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("HOJO_DEBUG", "1")
    with fuzzing.prepared(Counter()):
        yield


def faults(*arguments: str) -> list[str]:
    """What it says that is more than text, or no text at all."""
    said = fuzzing.call(fuzzing.Trial("", list(arguments), 1))
    found = list(fuzzing.unsafe(said.out, said.told, list(arguments)))
    if said.code not in (0, 1, 2):
        found.append(str(said.code))
    form = arguments[arguments.index("--format") + 1] if "--format" in arguments else "table"
    found += [f"{form}: {what}" for what in computed(said.out, form)]
    if form == "markdown" and re.search(r"(?<!\\)<script", re.sub("`[^`\n]*`", "", said.out)):
        found.append("a script in a page")
    return found


def computed(out: str, form: str) -> Iterator[str]:
    """Cells a spreadsheet would compute, and rows or cases that a text added."""
    if out and form == "csv":
        rows = list(csv.reader(io.StringIO(out.removeprefix("\ufeff"))))
        yield from (cell for row in rows[1:] for cell in row if cell[:1] in ("=", "+", "-", "@", "\t", "\r"))
        yield from (str(row) for row in rows if len(row) != len(rows[0]))
    if out and form == "junit":
        known = {
            "testsuites",
            "testsuite",
            "testcase",
            "failure",
            "error",
            "skipped",
            "system-out",
            "properties",
            "property",
        }
        yield from (element.tag for element in ET.fromstring(out).iter() if element.tag not in known)


@pytest.mark.parametrize("place", few(PLACES, 4))
def test_what_an_applicant_writes_stays_text_everywhere(place: str, tmp_path: Path) -> None:
    for number, text in enumerate(TEXTS):
        (tmp_path / f"{number}.yaml").write_text(json.dumps(shop(place, text)), encoding="utf-8")
    assert everywhere(tmp_path) == []


def everywhere(folder: Path) -> list[tuple[str, str]]:
    """What `faults` finds in each format, for the files of a folder and of those in it."""
    paths = sorted(map(str, folder.rglob("*.yaml")))
    found = [(options[-1], fault) for options in ESTIMATE for fault in faults("estimate", *paths, *options)]
    checked = ("check", str(folder), "--jobs", "1")
    return found + [(options[-1], fault) for options in CHECK for fault in faults(*checked, *options)]


@pytest.mark.parametrize("end", few([".jsonl", ".csv"], 1))
def test_what_a_table_of_applicants_holds_stays_text_everywhere(end: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{end}"
    shops = [shop(place, text) for text in TEXTS for place in PLACES]
    if end == ".jsonl":
        path.write_text("".join(json.dumps(each) + "\n" for each in shops), encoding="utf-8")
    else:
        with path.open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow(["name", "entity", "industry", "note", "items.1.name", "items.1.category", "items.1.amount"])
            table.writerows([text, "company", text, text, text, text, text] for text in TEXTS)
            table.writerow(TEXTS[:7])
    assert [
        (options[1], fault) for options in CHECK for fault in faults("check", str(path), *options, "--jobs", "1")
    ] == []


@pytest.mark.skipif(sys.platform == "win32", reason="names that Windows does not have")
def test_a_file_name_stays_text_everywhere(tmp_path: Path) -> None:
    found = []
    for text in TEXTS:
        folder = tmp_path / text.replace("/", "∕")
        folder.mkdir()
        for name, data in (("a.yaml", SHOP | {"nope": 1}), ("b.yaml", SHOP)):
            (folder / f"{text.replace('/', '∕')}{name}").write_text(json.dumps(data), encoding="utf-8")
        gone = f"{folder}/nowhere.yaml"
        calls = [("estimate", gone), ("check", gone), ("verify", gone), ("estimate", gone, "--output", f"{folder}/x/y")]
        found += [(call[0], fault) for call in calls for fault in faults(*call)]
    assert found + everywhere(tmp_path) == []


def labelled(node: Any, text: str) -> Any:
    """The ruleset with every text a reader may see followed by another."""
    if isinstance(node, dict):
        return {
            key: f"{value}{text}"
            if key in ("ja", "en", "title", "issuer", "at") and isinstance(value, str)
            else labelled(value, text)
            for key, value in node.items()
        }
    return [labelled(below, text) for below in node] if isinstance(node, list) else node


@pytest.mark.parametrize("text", few(TEXTS, 5), ids=ascii)
def test_what_a_ruleset_says_stays_text_everywhere(text: str, tmp_path: Path) -> None:
    rules, applicant = tmp_path / "rules.yaml", tmp_path / "a.yaml"
    rules.write_text(json.dumps(labelled(fuzzed.programme(MARKET), text)), encoding="utf-8")
    applicant.write_text(
        json.dumps(
            {
                "facts": {"wage_rise": True},
                "items": [{"category": "web", "amount": 900_000}, {"category": "fair", "amount": 1}],
            }
        ),
        encoding="utf-8",
    )
    calls = [("estimate", str(applicant), "--rules", str(rules), *options) for options in ESTIMATE]
    calls += [("check", str(applicant), "--rules", str(rules), "--jobs", "1", *options) for options in CHECK]
    calls += [("diff", str(MARKET), str(rules), "--format", form) for form in ("table", "json", "markdown", "tree")]
    calls += [("verify", str(rules), "--format", form) for form in ("table", "json", "markdown", "sarif", "github")]
    calls += [("rules", "show", str(rules), "--format", form) for form in ("table", "json", "markdown", "tree")]
    calls += [
        ("rules", "--rules", str(rules)),
        ("new", "--rules", str(rules)),
        ("new", "--rules", str(rules), "--format", "csv"),
    ]
    calls += [("schema", "applicant", "--rules", str(rules))]
    assert [(call, fault) for call in calls for fault in faults(*call)] == []


def test_markup_of_a_terminal_is_shown_as_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(json.dumps(shop("name", "[red]x[/red]")), encoding="utf-8")
    assert "[red]x[/red]" in fuzzing.call(fuzzing.Trial("", ["estimate", str(path)], 1)).out
