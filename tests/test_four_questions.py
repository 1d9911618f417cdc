"""`docs/advise.md` answers the four questions for every example, and every number it says comes out of the commands it names."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

import pytest
from subjects import ROOT
from this_process import hojo

PAGE = (ROOT / "docs" / "advise.md").read_text(encoding="utf-8")
JAPANESE, ENGLISH = PAGE.split("\n## In English\n")
EXAMPLES = sorted(path.name for path in (ROOT / "examples").glob("*.yaml"))
SECTIONS = dict(re.findall(r"^### [^\n]*（`(\w+\.yaml)`）\n(.*?)(?=^##|\Z)", JAPANESE, re.MULTILINE | re.DOTALL))
IN_ENGLISH = dict(
    re.findall(r"^- \*\*[^\n]*?\(`(\w+\.yaml)`\)\.\*\*(.*?)(?=^- |\Z)", ENGLISH, re.MULTILINE | re.DOTALL)
)
QUESTIONS = [
    "全部でいくらか。",
    "何をすれば増えるか。",
    "100万円を受けるには、いくら使うか。",
    "失うまで、あとどれだけか。",
]

FIGURE = re.compile(r"(?<![\d,.])(\d[\d,]*(?:\.\d+)?)(万)?(?:円|人|%|か月| yen| employees| months)")
ANY_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)(万)?")


def number(match: re.Match[str]) -> Decimal:
    """`1,234`, `136万` or `2.99` as a number."""
    return Decimal(match[1].replace(",", "")) * (10_000 if match[2] else 1)


def numbers(data: object) -> Iterator[Decimal]:
    """Every number of a JSON answer, those inside texts too, and what a reader subtracts: own cost, and the difference of two amounts."""
    match data:
        case bool() | None:
            return
        case int():
            yield Decimal(data)
        case str():
            yield from map(number, ANY_NUMBER.finditer(data))
        case list():
            for entry in data:
                yield from numbers(entry)
        case dict():
            yield from numbers(list(data.values()))
            for more, less in (("cost", "subsidy"), ("from", "to"), ("to", "from")):
                if isinstance(data.get(more), int) and isinstance(data.get(less), int):
                    yield Decimal(data[more] - data[less])


@cache
def answered(example: str) -> frozenset[Decimal]:
    """The numbers in the JSON of every command that the section of an example names, and in its file."""
    block = re.search(r"```sh\n(.*?)```", SECTIONS[example], re.DOTALL)
    assert block is not None
    found = set(numbers((ROOT / "examples" / example).read_text(encoding="utf-8")))
    for line in block[1].splitlines():
        command, *arguments = shlex.split(line)
        assert command == "hojo"
        done = hojo(*arguments, "--lang", "ja", "--format", "json")
        assert done.returncode == (1 if example == "mistakes.yaml" else 0), line
        found |= set(numbers(json.loads(done.stdout)))
    return frozenset(found)


def test_every_example_is_answered_in_both_languages() -> None:
    assert sorted(SECTIONS) == sorted(IN_ENGLISH) == EXAMPLES


@pytest.mark.parametrize("example", sorted(set(EXAMPLES) - {"mistakes.yaml"}))
def test_the_four_questions_are_answered_in_turn_each_with_an_amount(example: str) -> None:
    answers = re.findall(r"^- \*\*(.*?)\*\*(.*?)(?=^- |\Z)", SECTIONS[example], re.MULTILINE | re.DOTALL)
    assert [question for question, _ in answers] == QUESTIONS
    assert FIGURE.search(answers[0][1])
    assert FIGURE.search(answers[2][1])


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_number_is_in_an_answer_of_the_commands_named(example: str, language: str) -> None:
    text = SECTIONS[example].split("```\n")[-1] if language == "ja" else IN_ENGLISH[example]
    said = {match[0]: number(match) for match in FIGURE.finditer(text.replace("\n  ", " "))}
    assert said or example == "mistakes.yaml"
    assert [figure for figure, value in said.items() if value not in answered(example)] == []
