"""`hojo rules explain HJ…`: what a code means, why it is so, and what to do."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from inspect import cleandoc
from textwrap import dedent
from typing import Final

from hojo_cli import messages
from hojo_cli.base.finding import THE_CALL, HojoError, Text, untranslated
from hojo_cli.base.record import NamedTuple
from hojo_cli.base.suggest import nearest, suggestion
from hojo_cli.formats.drawing.entries import LEVELS
from hojo_cli.messages import finding
from hojo_cli.messages.entry import Entry
from hojo_cli.results.report import Answer, Block, Bullets, Heading, Paragraph, Report

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


class Check(NamedTuple):
    """What a check's docstring says: why it is made, and rulesets that it refuses and accepts (YAML)."""

    code: str
    reason: str
    bad: list[str]
    good: list[str]


def run(code: str, lang: str) -> Report:
    """`HojoError` where there is no such code; small letters, full-width ones and a missing `HJ` are understood."""
    known = list(messages.codes())
    spelt = unicodedata.normalize("NFKC", code).strip().upper()
    name = f"HJ{spelt}" if spelt.isdigit() else spelt
    if name not in known:
        near = name[:5] if name[:5] in known else nearest(name, known)
        raise HojoError(finding("HJ007", THE_CALL, name=code, near=suggestion(near)))
    entry = messages.entry(name)
    check = checked_by(name)
    data: dict[str, object] = {
        "format": FORMAT,
        "code": name,
        "severity": str(entry.severity),
        "area": area(name).into(lang),
        "title": entry.title.into(lang),
        "message": messages.outline(entry.message).into(lang),
        "hint": messages.outline(entry.hint).into(lang).strip(),
        "why": entry.why.into(lang),
        "check": None if check is None else check._asdict(),
    }
    return Report(lambda: data, lambda: page(name, entry, check))


def page(code: str, entry: Entry, check: Check | None) -> Iterator[Block]:
    """What it says, why, and what to do; then what the check that finds it tells of itself."""
    severity = LEVELS[entry.severity]
    sort = Text(f"{area(code).ja}・{severity.ja}", f"{area(code).en}, {severity.en}")
    yield Answer(Text(f"{code} {entry.title.ja}", f"{code} {entry.title.en}"), (Paragraph(sort, "faint"),))
    told = (
        (Text("メッセージ", "Message"), messages.outline(entry.message)),
        (Text("理由", "Why"), entry.why),
        (Text("直し方", "What to do"), messages.outline(entry.hint)),
    )
    for title, text in told:
        if text.ja.strip(" …"):
            yield Heading(title)
            yield Paragraph(Text(text.ja.strip(), text.en.strip()))
    if check is not None:
        yield Heading(Text("この検証について", "About this check"))
        for part in check.reason.split("\n\n"):
            yield Paragraph(untranslated(part))
        for title, examples in ((Text("悪い例", "Bad"), check.bad), (Text("よい例", "Good"), check.good)):
            for example in examples:
                yield Heading(title, 3)
                # spaces at the beginning as ones that no drawing closes up
                lines = (re.sub("^ +", lambda spaces: "\u00a0" * len(spaces[0]), line) for line in example.split("\n"))
                yield Bullets(tuple(untranslated(line) for line in lines), "")


def area(code: str) -> Text:
    """What the codes of this hundred are about."""
    return _AREAS[code[:3]]


def checked_by(code: str) -> Check | None:
    """The check that finds `code`, as its docstring tells: the reason, then examples below `Bad:` and `Good:`, indented.

    None for codes that no check has.
    """
    if not code.startswith(_CHECKED_BY):
        return None
    from hojo_cli.verify.checks import CHECKS

    before = [module for module in CHECKS.values() if str(module.CODE) <= code]
    if not before:
        return None
    finder = max(before, key=lambda module: str(module.CODE))
    reason, *examples = re.split(r"^(Bad|Good):\n", cleandoc(finder.__doc__ or ""), flags=re.MULTILINE)
    named = [(name, dedent(text).strip("\n")) for name, text in zip(examples[::2], examples[1::2], strict=True)]
    return Check(
        str(finder.CODE),
        re.sub(r"(?<!\n)\n(?!\n)", " ", reason.strip()),
        [text for name, text in named if name == "Bad"],
        [text for name, text in named if name == "Good"],
    )
