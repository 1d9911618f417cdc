"""A ruleset whose words and figures part is told at its line, or stands in the list of what is not noticed."""

from functools import cache
from pathlib import Path

import pytest
from subjects import few
from verify_examples import examine
from words_apart import NOT_TOLD, TOLD, Apart

from hojo_cli.base.finding import Finding, Severity
from hojo_cli.rules import library

HERE = Path(__file__).parent
CHECKS = ("words", "rounding", "row_labels", "connectives", "dates")
PAGE = HERE.parent / "docs" / "verification.en.md"


@cache
def text(rules: str) -> str:
    path = HERE / "programmes" / f"{rules}.yaml"
    return (path if path.is_file() else HERE.parent / "rules" / f"{rules}.yaml").read_text(encoding="utf-8")


def found(content: str) -> list[Finding]:
    """What these checks say where no archived text is at hand."""
    return examine(content.encode(), CHECKS, None)


@cache
def before(rules: str) -> frozenset[tuple[str, str]]:
    return frozenset((each.code, each.message.ja) for each in found(text(rules)))


def edited(apart: Apart) -> str:
    content = text(apart.rules)
    for old, new in apart.edits:
        assert content.count(old), old  # `in` would have pytest print the file
        content = content.replace(old, new, 1)
    return content


@pytest.mark.parametrize("apart", few(TOLD, 12), ids=lambda apart: apart.name)
def test_words_that_part_from_figures_are_told_at_their_line(apart: Apart) -> None:
    content = edited(apart)
    line = next(place for place, said in enumerate(content.splitlines(), 1) if apart.line in said)
    told = [each for each in found(content) if (each.code, each.message.ja) not in before(apart.rules)]
    assert (apart.code, line) in [(each.code, each.where.line) for each in told], [str(each) for each in told]


@pytest.mark.parametrize("apart", NOT_TOLD, ids=lambda apart: apart.name)
def test_what_is_not_noticed_is_listed_with_its_reason(apart: Apart) -> None:
    """Should it be noticed one day, it belongs to the others."""
    told = [each for each in found(edited(apart)) if (each.code, each.message.ja) not in before(apart.rules)]
    assert not told
    assert PAGE.read_text(encoding="utf-8").count(apart.why) == 1


def test_the_corpus_is_large_enough() -> None:
    assert len({apart.name for apart in (*TOLD, *NOT_TOLD)}) == len(TOLD) + len(NOT_TOLD) > 60
    assert {apart.code for apart in TOLD} == {"HJ529", *(f"HJ{code}" for code in range(574, 582))}
    assert {apart.rules for apart in TOLD} == {*library.years(), "market", "workshop"}


@pytest.mark.parametrize("rules", [*library.years(), "market", "workshop"])
def test_nothing_is_told_of_words_that_are_right(rules: str) -> None:
    """No false alarm in what is shipped and in the programmes of the tests; only notes."""
    assert {each.severity for each in found(text(rules))} <= {Severity.NOTE}
