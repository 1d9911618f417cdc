"""Pages to hand over: one file that needs nothing else, whatever stands in a name; what a browser and its judges say of it."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest
from subjects import ROOT, few
from this_process import hojo

from hojo_cli.base.finding import Text
from hojo_cli.formats.drawing import paper, web
from hojo_cli.pages.sources import cited
from hojo_cli.results.report import Bullets, Column, Grid, GridRow, Heading, Paragraph

HERE: Final = Path(__file__).parent
SHOP: Final = "examples/shop.yaml"
VOID: Final = {"meta", "link", "br", "hr", "img", "input", "path", "circle", "polyline"}

CALLS: Final = {
    "shop": ("estimate", SHOP),
    "two": ("estimate", SHOP, "examples/incomplete.yaml"),
    "group": ("estimate", "examples/group.yaml", "--explain"),
    "set": ("estimate", SHOP, "--set", "facts.employees=6"),
    "check": ("check", "examples"),
    "advise": ("advise", SHOP, "--target", "150万円"),
    "curve": ("curve", SHOP, "--vary", "items[0].amount"),
    "rules": ("rules", "show"),
    "list": ("rules",),
    "outcomes": ("rules", "show", "2025", "--outcomes"),
    "code": ("rules", "explain", "HJ151"),
    "diff": ("diff", "2025", "2026"),
    "verify": ("verify", "--notes"),
}
DEAR: Final = {"diff", "verify", "group"}
"""Those that take a second or more; the long run has them."""

PAGES: Final = [pytest.param(name, marks=pytest.mark.slow if name in DEAR else ()) for name in CALLS]


@cache
def drawn(name: str, lang: str = "ja") -> str:
    return hojo(*CALLS[name], "--format", "html", "--lang", lang).stdout.decode()


class Tree(HTMLParser):
    """Every element with its attributes, the words within it, and the elements around it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None], tuple[str, ...]]] = []
        self.words: list[tuple[tuple[str, ...], str]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs), tuple(self.open)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs), tuple(self.open)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        self.words.append((tuple(self.open), data))

    def every(self, tag: str) -> Iterator[dict[str, str | None]]:
        return (attributes for name, attributes, _ in self.elements if name == tag)

    def text(self) -> str:
        return "".join(words for _, words in self.words)


# --- one file that needs nothing else ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_nobody_for_anything_and_its_policy_would_not_let_it(name: str) -> None:
    page = drawn(name)
    tree = Tree(page)
    assert not tree.open
    assert not [
        tag for tag, _, _ in tree.elements if tag in ("script", "link", "img", "iframe", "form", "object", "base")
    ]
    for tag, attributes, _ in tree.elements:
        assert not [key for key in attributes if key.startswith("on") or key in ("src", "style", "srcset")], tag
        assert str(attributes.get("href", "#")).startswith("#")
    (policy,) = (each["content"] for each in tree.every("meta") if each.get("http-equiv") == "Content-Security-Policy")
    style = page.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "url(" not in style
    assert "@import" not in style


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_a_language_a_name_landmarks_and_headings_without_gaps(name: str, lang: str) -> None:
    tree = Tree(drawn(name, lang))
    tags = [tag for tag, _, _ in tree.elements]
    assert next(tree.every("html"))["lang"] == lang
    assert (tags.count("main"), tags.count("footer"), tags.count("h1")) == (1, 1, 1)
    assert [around[-1] for tag, _, around in tree.elements if tag == "title" and "svg" not in around] == ["head"]
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    anchors = [attributes["id"] for _, attributes, _ in tree.elements if "id" in attributes]
    assert len(set(anchors)) == len(anchors)
    if lang == "en" and name in ("list", "code"):
        assert not re.search("[ぁ-ん]", tree.text().replace("デジタル化・AI導入補助金", ""))


@pytest.mark.parametrize("name", PAGES)
def test_every_table_has_a_name_and_heads_with_their_scope(name: str) -> None:
    tree = Tree(drawn(name))
    captions = [around for tag, _, around in tree.elements if tag == "caption"]
    named = [attributes for attributes in tree.every("table") if "aria-labelledby" in attributes]
    assert len(captions) + len(named) == len(list(tree.every("table")))
    anchors = {attributes.get("id") for _, attributes, _ in tree.elements}
    assert all(attributes["aria-labelledby"] in anchors for attributes in named)
    for tag, attributes, around in tree.elements:
        if tag == "th":
            assert attributes["scope"] == ("col" if "thead" in around else "row")


@pytest.mark.parametrize("name", PAGES)
def test_sources_are_footnotes_that_link_both_ways(name: str) -> None:
    tree = Tree(drawn(name))
    links = [str(attributes["href"])[1:] for attributes in tree.every("a") if "href" in attributes]
    marks = {str(each["id"]): str(each["href"])[1:] for each in tree.every("a") if each.get("class") == "mark"}
    backs = {str(each["href"])[1:] for each in tree.every("a") if each.get("class") == "back"}
    anchors = {attributes.get("id") for _, attributes, _ in tree.elements}
    assert set(links) <= anchors
    assert backs == set(marks)
    if name in ("shop", "two", "rules", "advise", "curve"):
        assert marks
        assert len(marks) >= len(set(marks.values()))


def test_two_applicants_have_footnotes_of_their_own() -> None:
    notes = {href for each in Tree(drawn("two")).every("a") if (href := str(each["href"])).startswith("#n")}
    assert {note[:3] for note in notes} == {"#n0", "#n1"}


def test_amounts_stand_to_the_right_and_are_those_of_the_estimate() -> None:
    page = drawn("shop")
    assert re.search(r'<td class="amount" data-label="補助額">1,360,000</td>', page)
    assert re.search(r'<td class="amount" data-label="補助額">-50,000</td>', page)


# --- the curve ---------------------------------------------------------------------------------------------------------


def test_the_estimate_shows_its_frame_along_the_dearest_item_and_only_a_page_does() -> None:
    tree = Tree(drawn("shop"))
    assert "「販売・会計ソフト」の金額と補助額" in tree.text()
    assert next(tree.every("svg"))["role"] == "img"
    assert any(tag == "polyline" for tag, _, _ in tree.elements)
    assert "今 1,000,000円" in tree.text()
    assert "と補助額" not in hojo("estimate", SHOP, "--format", "markdown").stdout.decode()


def test_points_of_the_curve_are_whole_numbers_within_the_sheet() -> None:
    page = drawn("curve")
    _, _, width, height = map(int, re.findall(r'viewBox="([^"]*)"', page)[0].split())
    points = re.findall(r'points="([^"]*)"', page)
    assert points
    for x, y in (pair.split(",") for stroke in points for pair in stroke.split()):
        assert 0 <= int(x) <= width
        assert 0 <= int(y) <= height


# --- foreign text ------------------------------------------------------------------------------------------------------

HOSTILE: Final = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></style></caption><svg onload=alert(1)>",
    "{{ 7*7 }}{% raw %}${x}",
    "a&lt;b&#x3c;c",
    "javascript:alert(1)",
    "\u202e\u0000\x1b[31m",
    "'; style-src *",
    "店 [1]",
]


@pytest.mark.parametrize("name", few(HOSTILE, 4))
def test_a_hostile_name_stays_text(tmp_path: Path, name: str) -> None:
    quoted = json.dumps(name)
    path = tmp_path / "a.yaml"
    text = (ROOT / SHOP).read_text(encoding="utf-8")
    text = text.replace("株式会社サンプル商店", quoted).replace("販売・会計ソフト", quoted, 1)
    path.write_text(text, encoding="utf-8")
    before = [(tag, sorted(attributes)) for tag, attributes, _ in Tree(drawn("shop")).elements]
    tree = Tree(hojo("estimate", path, "--format", "html").stdout.decode())
    if "\0" in name:
        assert not [words for _, words in tree.words if re.search("[\0\x1b\u202e]", words)]
    else:
        assert [(tag, sorted(attributes)) for tag, attributes, _ in tree.elements] == before
        assert name in tree.text()
    for pressed in (("check", tmp_path), ("advise", path), ("curve", path, "--vary", "items[0].amount")):
        other = Tree(hojo(*pressed, "--format", "html").stdout.decode())
        assert not [tag for tag, _, _ in other.elements if tag in ("script", "img")]


def test_a_mark_is_a_link_only_where_a_list_answers_it() -> None:
    text = cited(Text("数字", "figure"), (1,))
    without = web.page([Heading(Text("題", "title"), 1), Paragraph(text), Paragraph(Text("店 [1]", "shop [1]"))], "ja")
    assert 'href="#' not in without
    assert without.count("[1]") == 2
    listed = web.page([Heading(Text("題", "title"), 1), Paragraph(text), Bullets((Text("資料", "text"),), "[1]")], "ja")
    assert 'id="r0-1-1" href="#n0-1"' in listed
    assert 'href="#r0-1-1"' in listed


def test_a_table_that_has_no_room_on_a_phone_is_laid_out_row_by_row() -> None:
    columns = tuple(Column(Text(f"額{place}", f"yen {place}"), amount=True) for place in range(6))
    rows = ((GridRow((Text("12,345,678", "12,345,678"),) * 6),),)
    assert 'class="wide"' in web.page([Grid(columns, rows)], "ja")
    assert 'class="wide"' not in web.page([Grid(columns[:3], ((GridRow(rows[0][0].cells[:3]),),))], "ja")


# --- asked for by name -------------------------------------------------------------------------------------------------


def test_the_ending_of_a_file_decides_where_no_format_is_said(tmp_path: Path) -> None:
    for name, begins in (("a.html", b"<!DOCTYPE html>"), ("a.htm", b"<!DOCTYPE"), ("a.json", b"{"), ("a.md", b"# ")):
        assert hojo("estimate", SHOP, "-o", tmp_path / name).returncode == 0
        assert (tmp_path / name).read_bytes().startswith(begins)
    assert hojo("check", "examples/shop.yaml", "-o", tmp_path / "b.html", "-o", tmp_path / "b.csv").returncode == 0
    assert (tmp_path / "b.html").read_bytes().startswith(b"<!DOCTYPE html>")
    assert (tmp_path / "b.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert hojo("estimate", SHOP, "-o", tmp_path / "c.txt").returncode == 0
    assert hojo("estimate", SHOP, "-o", tmp_path / "c.json", "-f", "html").returncode == 0
    assert (tmp_path / "c.json").read_bytes().startswith(b"<!DOCTYPE html>")


@pytest.mark.parametrize("verb", [("estimate", SHOP), ("check", SHOP), ("advise", SHOP), ("verify",), ("rules",)])
def test_an_ending_that_no_format_has_is_told_before_any_work(tmp_path: Path, verb: tuple[str, ...]) -> None:
    done = hojo(*verb, "-o", tmp_path / "a.docx", "--lang", "en")
    assert (done.returncode, done.stdout, list(tmp_path.iterdir())) == (2, b"", [])
    assert b"HJ070" in done.stderr
    assert b".html" in done.stderr


def test_the_same_page_is_the_same_bytes_and_safe_in_any_code_page() -> None:
    one, other = (hojo("estimate", SHOP, "-f", "html", PYTHONIOENCODING=name).stdout for name in ("utf-8", "cp932"))
    assert one.decode() == drawn("shop")
    assert other.isascii()


def test_without_jinja_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    web._environment.cache_clear()
    monkeypatch.setitem(sys.modules, "jinja2", None)
    done = hojo("estimate", SHOP, "-f", "html")
    web._environment.cache_clear()
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"hojo-cli[html]" in done.stderr


# --- paper -------------------------------------------------------------------------------------------------------------


def test_without_anything_that_makes_pdf_one_line_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    for verb in ("estimate", "check"):
        done = hojo(verb, SHOP, "-o", tmp_path / "a.pdf", PATH=str(tmp_path))
        assert (done.returncode, list(tmp_path.iterdir())) == (2, [])
        assert b"HJ071" in done.stderr


def test_weasyprint_without_its_libraries_is_as_good_as_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "weasyprint.py").write_text(
        "print('WeasyPrint could not import', 9 * '-')\nraise OSError('libpango')\n"
    )
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.syspath_prepend(str(tmp_path))
    done = hojo("estimate", SHOP, "-f", "pdf", PATH=str(tmp_path))
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"HJ071" in done.stderr


def test_weasyprint_prints_the_same_twice() -> None:
    try:
        import_module("weasyprint")
    except (ImportError, OSError):
        pytest.skip("no WeasyPrint, or not its libraries")
    for call in (("rules", "explain", "HJ151"), ("check", SHOP)):
        one, other = (hojo(*call, "-f", "pdf").stdout for _ in range(2))
        assert one.startswith(b"%PDF-")
        assert one == other


@pytest.mark.skipif(os.name == "nt", reason="a script is no program there")
@pytest.mark.parametrize("script", ["exit 3", "echo no display >&2; exit 1", "exit 0"])
def test_a_browser_that_makes_no_pdf_is_told_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    browser = tmp_path / "chromium"
    browser.write_text(f"#!/bin/sh\n{script}\n")
    browser.chmod(0o755)
    done = hojo("estimate", SHOP, "-o", tmp_path / "a.pdf", PATH=str(tmp_path))
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [browser])
    assert b"HJ072" in done.stderr


CHROMIUM: Final = next(filter(None, map(shutil.which, paper.BROWSERS)), None)


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium")
@pytest.mark.slow
def test_a_browser_prints_the_page_the_same_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    for name in ("a.pdf", "b.pdf"):
        assert hojo("estimate", SHOP, "-o", tmp_path / name).returncode == 0
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


# --- judges ------------------------------------------------------------------------------------------------------------


def has_judges() -> bool:
    """Whether node has what `judges/pages.cjs` wants."""
    node = shutil.which("node")
    if node is None or CHROMIUM is None or not os.environ.get("NODE_PATH"):
        return False
    wanted = "require.resolve('axe-core'); require.resolve('puppeteer-core'); require.resolve('html-validate')"
    return subprocess.run([node, "-e", wanted], capture_output=True, check=False).returncode == 0


@pytest.mark.slow
def test_axe_and_html_validate_find_nothing_in_any_page(tmp_path: Path) -> None:
    """At 390 and 1280 pixels, light and dark; nothing is cut, refused by the policy or asked of the network."""
    if not has_judges():
        pytest.skip("needs NODE_PATH with axe-core, html-validate and puppeteer-core, and Chromium")
    files = []
    for name in CALLS:
        for lang in ("ja", "en") if name in ("two", "check", "curve") else ("ja",):
            files.append(tmp_path / f"{name}-{lang}.html")
            files[-1].write_text(drawn(name, lang), encoding="utf-8")
    for place, name in enumerate(HOSTILE):
        text = (ROOT / SHOP).read_text(encoding="utf-8").replace("株式会社サンプル商店", json.dumps(name * 9))
        (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
        files.append(tmp_path / f"hostile-{place}.html")
        files[-1].write_bytes(hojo("estimate", tmp_path / "a.yaml", "-f", "html").stdout)
    ran = subprocess.run(
        ["node", HERE / "judges" / "pages.cjs", str(CHROMIUM), *files], capture_output=True, check=True
    )
    told = {Path(file).name: complaints for file, complaints in json.loads(ran.stdout).items() if complaints}
    assert told == {}
