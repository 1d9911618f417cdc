"""The page itself: one file that asks for nothing, and in a browser a form that people can use."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import Page, needs_chromium
from in_node import NODE
from subjects import HERE, read, rules
from test_no_programme_words import WORDS as PROGRAMME_WORDS, YEAR, ids
from this_process import hojo

from hojo_cli.base.finding import HojoError, Text
from hojo_cli.browser import calculator
from hojo_cli.browser.words import WORDS
from hojo_cli.commands import page as command
from hojo_cli.engine.evaluator import evaluator

HOSTILE = "</script><script>document.title = 'broken'</script><img src=x onerror=alert(1)>"


def page(lang: str = "ja") -> str:
    return calculator.page(rules(), lang, shipped=True)


# --- the file ---------------------------------------------------------------------------------------------------------


def test_the_page_needs_nothing_beside_itself() -> None:
    text = re.sub(r'"url":"[^"]*"', "", page())
    assert not re.search(r"(?:src|href)=\"(?!#)|https?://|@import|url\(|fetch\(|XMLHttpRequest|eval\(|innerHTML", text)


def test_its_policy_allows_its_script_and_its_style_alone() -> None:
    text = page()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    script = re.search(r'<script type="module">(.*?)</script>', text, re.DOTALL)
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert policy is not None
    assert script is not None
    assert style is not None
    allowed = [f"script-src '{calculator.digest(script[1])}'", f"style-src '{calculator.digest(style[1])}'"]
    assert policy[1].split("; ") == ["default-src 'none'", *allowed, "base-uri 'none'", "form-action 'none'"]


def test_a_ruleset_cannot_leave_its_place_in_the_page() -> None:
    used = rules()._replace(title=Text(HOSTILE, HOSTILE))
    text = calculator.page(used, "ja", shipped=False)
    assert text.count("<script") == page().count("<script")
    assert "<img" not in text


def test_no_word_id_or_year_of_a_programme_stands_in_the_page_itself() -> None:
    for name in (*(f"{module}.js" for module in calculator.MODULES), "page.html"):
        text = calculator.source(name)
        assert not PROGRAMME_WORDS.search(text), name
        assert not YEAR.search(text), name
        assert not {quoted for quoted in re.findall(r'"(\w+)"', text) if quoted in ids()}, name


@pytest.mark.skipif(NODE is None, reason="needs Node.js")
def test_the_script_of_the_page_is_one_that_node_can_read(tmp_path: Path) -> None:
    (tmp_path / "script.mjs").write_text(calculator.bundle(), encoding="utf-8")
    assert NODE is not None
    done = subprocess.run(
        [NODE, "--check", str(tmp_path / "script.mjs")], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr


def test_every_sentence_of_the_page_is_in_both_languages_and_used() -> None:
    for key, (japanese, english) in WORDS.items():
        assert re.search("[぀-ヿ㐀-鿿]", japanese), key
        assert english.isascii(), key
        assert set(re.findall(r"\{\d\}", japanese)) == set(re.findall(r"\{\d\}", english)), key
    said = set(
        re.findall(r'word\(\s*"(\w+)"', "".join(calculator.source(f"{module}.js") for module in calculator.MODULES))
    )
    said |= set(re.findall(r'data-word="(\w+)"', calculator.source("page.html")))
    assert said <= set(WORDS)


# --- the command ------------------------------------------------------------------------------------------------------


def test_the_page_is_written_to_a_file_or_to_standard_output(tmp_path: Path) -> None:
    file = tmp_path / "calculator.html"
    done = hojo("page", "2026", "-o", str(file), "--lang", "ja")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert hojo("page", "2026", "--lang", "ja").stdout == file.read_bytes() == page().encode()


def test_a_name_that_is_none_of_a_page_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    done = hojo("page", "2026", "-o", str(tmp_path / "calculator.pdf"))
    assert (done.returncode, b"HJ075" in done.stderr, list(tmp_path.iterdir())) == (2, True, [])


def test_a_ruleset_is_not_overwritten_by_its_page(tmp_path: Path) -> None:
    file = tmp_path / "rules.html"
    file.write_bytes((HERE / "programmes" / "market.yaml").read_bytes())
    done = hojo("page", str(file), "-o", str(file))
    assert done.returncode == 2
    assert file.read_bytes() == (HERE / "programmes" / "market.yaml").read_bytes()


def test_quiet_prints_no_page() -> None:
    done = hojo("page", "--quiet")
    assert (done.returncode, done.stdout) == (0, b"")


def test_a_terminal_is_not_filled_with_html(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    with pytest.raises(HojoError) as refused:
        command.run("", "", "ja")
    assert [found.code for found in refused.value.findings] == ["HJ076"]


def test_the_same_ruleset_gives_the_same_bytes_and_other_programmes_have_pages_as_well() -> None:
    assert page() == page()
    for name in ("league", "market", "workshop"):
        assert b"<h1" in hojo("page", f"{HERE}/programmes/{name}.yaml").stdout


# --- in a browser -----------------------------------------------------------------------------------------------------

SHOP = (
    ("name", "株式会社サンプル商店"),
    ("items.0.category", "software"), ("items.0.yen", "100万円"), ("items.0.name", "販売・会計ソフト"),
    (None, "items"), ("items.1.category", "cloud"), ("items.1.form", "monthly"), ("items.1.yen", "2万円"), ("items.1.time", "36か月"),
    (None, "items"), ("items.2.category", "pc"), ("items.2.yen", "18万"),
    (None, "items"), ("items.3.category", "register"), ("items.3.yen", "500000"),
    ("items.0.functions.accounting", None), ("items.0.functions.ordering", None), ("items.1.functions.accounting", None),
    ("items.0.processes.共P-01", None), ("items.1.processes.共P-04", None),
    ("facts.entity", "company"), ("facts.industry", "retail"), ("facts.capital", "1,000万円"), ("facts.employees", "４人"),
    ("facts.deemed_large.false", None), ("facts.past_grant.false", None),
)  # fmt: skip
"""The example of the README, as somebody fills it in."""


@pytest.fixture(params=[1280, 390], ids=["on a screen", "on a phone"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Page]:
    file = tmp_path / "calculator.html"
    file.write_text(page(), encoding="utf-8")
    browser = Page(file, width=request.param)
    yield browser
    browser.close()


def fill(browser: Page) -> None:
    for place, value in SHOP:
        if place is None:
            browser.run(f"document.querySelector('#{value} button.add').click()")
        else:
            browser.write(place, value)


@pytest.mark.slow
@needs_chromium
def test_a_shop_fills_in_the_form_and_saves_a_file_that_hojo_reads_to_the_same_yen(opened: Page) -> None:
    fill(opened)
    assert "1,360,000円" in opened.run("document.getElementById('verdict').textContent")
    opened.run("document.querySelector('#file summary').click()")
    opened.run("new Promise((done) => setTimeout(done, 200))")
    subject = read(opened.run("document.getElementById('file-text').textContent"), rules())
    assert evaluator(rules()).outcomes(subject)["invoice"][1] == 1_360_000
    assert opened.complaints() == []
    assert opened.run("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.slow
@needs_chromium
def test_questions_come_and_go_with_the_answers(opened: Page) -> None:
    shown = "[...document.querySelectorAll('#questions .needed')].filter((each) => !each.hidden).length"
    assert opened.run(shown) == 0
    fill(opened)
    assert opened.run(shown) == 1
    opened.write("facts.employees", "0人")
    assert opened.run(shown) == 0
    opened.write("facts.entity", "sole_proprietor")
    assert opened.run("document.getElementById('facts.capital').closest('.question').hidden")
    opened.write("facts.employees", "4名様")
    assert "HJ" not in opened.run("document.getElementById('facts.employees-told').textContent")
    assert opened.run("document.getElementById('facts.employees').getAttribute('aria-invalid')") == "true"


@pytest.mark.slow
@needs_chromium
def test_what_is_written_stays_text_and_survives_the_other_language(opened: Page) -> None:
    fill(opened)
    opened.write("items.0.name", HOSTILE)
    opened.write("en")
    assert opened.run("document.documentElement.lang + document.title").startswith("enEstimate")
    assert opened.run("document.getElementById('items.0.name').value") == HOSTILE
    assert opened.run("document.querySelectorAll('img').length") == 0
    assert HOSTILE in opened.run("document.getElementById('breakdown').textContent")
    assert opened.complaints() == []


@pytest.mark.slow
@needs_chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_no_violation(tmp_path: Path, width: int, scheme: str) -> None:
    """`npm install axe-core`, and where its `axe.min.js` is in `AXE`."""
    axe = os.environ.get("AXE")
    if axe is None:
        pytest.skip("needs axe-core (AXE=…/axe.min.js)")
    file = tmp_path / "calculator.html"
    file.write_text(page(), encoding="utf-8")
    browser = Page(file, width, scheme=scheme)
    judge = "axe.run().then((found) => found.violations.map((each) => each.id + ': ' + each.nodes.map((node) => node.html).join(' ')))"
    browser.run(Path(axe).read_text(encoding="utf-8") + "; 0")
    assert browser.run(judge) == []
    fill(browser)
    browser.write("facts.employees", "4名様")
    browser.run("for (const fold of document.querySelectorAll('details')) fold.open = true")
    browser.run("document.getElementById('add-member').click()")
    browser.run("new Promise((done) => setTimeout(done, 300))")
    assert browser.run(judge) == []
    browser.close()
