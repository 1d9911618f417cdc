"""`hojo rules explain HJ…`: what a code means, why it is so, and what to do."""

from __future__ import annotations

from importlib import import_module
from inspect import cleandoc
from typing import Final

from hojo_cli import catalogue
from hojo_cli.catalogue import finding
from hojo_cli.finding import HojoError, Location, Text
from hojo_cli.nearest import nearest, suggestion
from hojo_cli.report import Block, Heading, Paragraph, Report
from hojo_cli.views.checked import LEVELS

FORMAT: Final = "hojo.code/1"
_CHECKED_BY: Final = "HJ5"
"""The codes whose page is the docstring of a check."""

_AREAS: Final = {
    "HJ0": Text("hojo の動かし方", "running hojo"),
    "HJ1": Text("文書と値の書き方", "the document and its values"),
    "HJ2": Text("申請者ファイル", "applicant files"),
    "HJ3": Text("ルールセット", "rulesets"),
    "HJ4": Text("まとめて点検", "batches"),
    "HJ5": Text("ルールセットの検証", "verification of rulesets"),
}


def run(code: str, lang: str) -> Report:
    """`HojoError` where there is no such code; small letters, full-width ones and a missing `HJ` are understood."""
    known = list(catalogue.codes())
    name = _spelt(code)
    if name not in known:
        raise HojoError(finding("HJ007", Location("hojo"), name=code, near=suggestion(nearest(name, known))))
    entry = catalogue.entry(name)
    page = check_page(name)
    data = {
        "format": FORMAT,
        "code": name,
        "severity": str(entry.severity),
        "area": area(name).into(lang),
        "title": entry.title.into(lang),
        "message": catalogue.outline(entry.message).into(lang),
        "hint": catalogue.outline(entry.hint).into(lang).strip(),
        "why": entry.why.into(lang),
        "page": page or None,
    }
    return Report(data, tuple(_blocks(name, entry, page)))


def _blocks(code: str, entry: catalogue.Entry, page: str) -> list[Block]:
    severity = LEVELS[entry.severity]
    blocks: list[Block] = [
        Heading(Text(f"{code} {entry.title.ja}", f"{code} {entry.title.en}"), 1),
        Paragraph(Text(f"{area(code).ja}・{severity.ja}", f"{area(code).en}, {severity.en}"), "faint"),
    ]
    told = (
        (Text("メッセージ", "Message"), catalogue.outline(entry.message)),
        (Text("理由", "Why"), entry.why),
        (Text("直し方", "What to do"), catalogue.outline(entry.hint)),
    )
    for title, text in told:
        if text.ja.strip(" …"):
            blocks += [Heading(title), Paragraph(Text(text.ja.strip(), text.en.strip()))]
    if page:
        blocks.append(Heading(Text("この検証について", "About this check")))
        blocks += [Paragraph(Text(part, part)) for part in page.split("\n\n")]
    return blocks


def area(code: str) -> Text:
    """What the codes of this hundred are about."""
    return _AREAS[code[:3]]


def check_page(code: str) -> str:
    """The docstring of the check that finds `code`; empty for codes that no check has."""
    if not code.startswith(_CHECKED_BY):
        return ""
    from hojo_cli.checks import CHECKS

    modules = [import_module(module) for module in CHECKS.values()]
    finders = [module for module in modules if str(module.CODE) <= code]
    return cleandoc(max(finders, key=lambda module: str(module.CODE)).__doc__ or "") if finders else ""


def _spelt(code: str) -> str:
    import unicodedata

    name = unicodedata.normalize("NFKC", code).strip().upper()
    return f"HJ{name}" if name.isdigit() else name
