"""Findings, their catalogue, and the text they repeat."""

import re
import string
import subprocess
import sys
from pathlib import Path

import pytest

from hojo_cli import messages
from hojo_cli.base.finding import Finding, HojoError, Location, Severity, Text
from hojo_cli.base.sanitize import for_json, for_terminal, shorten, shorten_path
from hojo_cli.base.suggest import nearest

HERE = Location("a.yaml", 3, 5)
CODES = tuple(messages.codes())


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_a_text_speaks_japanese_unless_english_is_asked() -> None:
    text = Text("はい", "yes")
    assert (text.into("ja"), text.into("en"), text.into("fr")) == ("はい", "yes", "はい")


def test_an_error_that_stops_everything_carries_its_findings() -> None:
    found = Finding("HJ101", Severity.ERROR, HERE, Text("無い", "none"), Text("", ""))
    assert HojoError(found).findings == (found,)
    assert str(HojoError(found)) == "a.yaml:3:5: HJ101 無い"


@pytest.mark.parametrize("code", CODES)
def test_both_languages_of_a_code_use_the_same_words(code: str) -> None:
    entry = messages.entry(code)
    assert fields(entry.message.ja) == fields(entry.message.en)
    assert fields(entry.hint.ja) == fields(entry.hint.en)


@pytest.mark.parametrize("code", [code for code in CODES if code[:3] in ("HJ1", "HJ3")])
def test_a_japanese_message_is_one_polite_sentence(code: str) -> None:
    entry = messages.entry(code)
    assert re.search(r"(す|せん|した|さい|でしょう|せんか)(（.*）|: .*)?。$", entry.message.ja), entry.message.ja
    assert entry.message.ja.count("。") == 1
    assert all(entry.title) and all(entry.why)


def test_codes_are_unique_ascending_and_in_their_range() -> None:
    catalogues = Path(messages.__file__).parent.glob("*.py")
    written = [code for file in catalogues for code in re.findall(r"(?m)^(HJ\d{3}) ", file.read_text(encoding="utf-8"))]
    assert sorted(written) == list(CODES)
    assert all(re.fullmatch(r"HJ[0-5][0-9]{2}", code) for code in CODES)
    assert list(CODES) == sorted(CODES)


def test_words_are_made_visible_and_cut() -> None:
    found = messages.finding("HJ113", HERE, key="a\x1b[31m\n" + "x" * 200, first=2)
    assert found.severity is Severity.ERROR
    assert found.where == HERE
    assert "a\\u{1B}[31m␤xxx" in found.message.ja
    assert "…" in found.message.en
    assert len(found.message.en) < 150


def test_a_word_in_two_languages_gives_each_its_own() -> None:
    found = messages.finding("HJ111", HERE, found=Text("並び", "a list"), first="name: 見本")
    assert "並び" in found.message.ja
    assert "a list" in found.message.en


def test_a_missing_word_or_code_is_a_mistake_of_hojo() -> None:
    with pytest.raises(KeyError):
        messages.finding("HJ113", HERE)
    with pytest.raises(KeyError):
        messages.finding("HJ199", HERE)


@pytest.mark.parametrize(
    "character", "\0\x07\x1b\x7f\x85\x9b\xad\u200b\u200e\u2028\u202e\u2066\u2069\ud800\ufeff\ufffe\U000e0041"
)
def test_no_unseen_character_stays(character: str) -> None:
    assert for_terminal(f"甲{character}乙") == f"甲\\u{{{ord(character):02X}}}乙"


@pytest.mark.parametrize("text", ["", "abc", "株式会社𠮷野家", "葛\U000e0100飾", "①㈱髙﨑", "✅", "全角\u3000空白"])
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert for_terminal(text) == text


def test_a_long_text_is_cut_to_the_length_asked() -> None:
    assert shorten("x" * 80) == "x" * 80
    assert shorten("x" * 81) == "x" * 79 + "…"


@pytest.mark.parametrize(
    ("name", "meant"),
    [("employes", "employees"), ("ＥＭＰＬＯＹＥＥＳ", "employees"), ("Capital", "capital"), ("wage-growth", "wage_growth"),
     ("資本", None), ("", None), ("x" * 5000, None)],
)  # fmt: skip
def test_the_nearest_name_is_the_one_meant(name: str, meant: str | None) -> None:
    assert nearest(name, ["capital", "employees", "wage_growth"]) == meant


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    program = (
        "import sys, hojo_cli.document, hojo_cli.messages, hojo_cli.base.number, hojo_cli.base.suggest;"
        "print(*sorted(m for m in sys.modules if m.split('.')[0] in"
        " ('ruamel', 'jsonschema', 'difflib', 'unicodedata') or m in {f'hojo_cli.messages.{table}' for tables in hojo_cli.messages.RANGES.values() for table in tables}))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent
    )
    assert run.stdout.strip() == ""


def test_json_spells_a_delete_that_json_itself_would_not() -> None:
    assert for_json('"a\x7f"') == r'"a\u007f"'


def test_a_long_path_keeps_its_end() -> None:
    """A file is known by its name, however deep it lies."""
    path = f"/tmp/{'deep/' * 40}shop.yaml"
    message = messages.finding("HJ431", HERE, path=path, number="").message
    assert "deep/shop.yaml`" in message.ja and "…" in message.ja
    assert shorten_path("x" * 80) == "x" * 80
    assert shorten_path(f"{'x' * 80}y") == f"…{'x' * 78}y"
