"""`hojo rules explain HJ…`: what a code means, why it is so, and what to do."""

from __future__ import annotations

import re
from inspect import cleandoc
from textwrap import dedent
from typing import Final, NamedTuple

from hojo_cli import messages
from hojo_cli.base.finding import THE_CALL, HojoError, Text
from hojo_cli.base.suggest import nearest, suggestion
from hojo_cli.drawing.entries import LEVELS
from hojo_cli.messages import finding
from hojo_cli.messages.entry import Entry
from hojo_cli.report import Answer, Block, Bullets, Heading, Paragraph, Report

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
    name = _spelt(code)
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
        "check": None
        if check is None
        else {"code": check.code, "reason": check.reason, "bad": check.bad, "good": check.good},
    }
    return Report(lambda: data, lambda: _blocks(name, entry, check))


def _blocks(code: str, entry: Entry, check: Check | None) -> list[Block]:
    severity = LEVELS[entry.severity]
    blocks: list[Block] = [
        Answer(
            Text(f"{code} {entry.title.ja}", f"{code} {entry.title.en}"),
            (Paragraph(Text(f"{area(code).ja}・{severity.ja}", f"{area(code).en}, {severity.en}"), "faint"),),
        )
    ]
    told = (
        (Text("メッセージ", "Message"), messages.outline(entry.message)),
        (Text("理由", "Why"), entry.why),
        (Text("直し方", "What to do"), messages.outline(entry.hint)),
    )
    for title, text in told:
        if text.ja.strip(" …"):
            blocks += [Heading(title), Paragraph(Text(text.ja.strip(), text.en.strip()))]
    if check is not None:
        blocks.append(Heading(Text("この検証について", "About this check")))
        blocks += [Paragraph(Text(part, part)) for part in check.reason.split("\n\n")]
        blocks += _examples(Text("悪い例", "Bad"), check.bad) + _examples(Text("よい例", "Good"), check.good)
    return blocks


def area(code: str) -> Text:
    """What the codes of this hundred are about."""
    return _AREAS[code[:3]]


def checked_by(code: str) -> Check | None:
    """The check that finds `code`, as its docstring tells; None for codes that no check has."""
    if not code.startswith(_CHECKED_BY):
        return None
    from hojo_cli.verify.checks import CHECKS

    finder = max(
        (module for module in CHECKS.values() if str(module.CODE) <= code),
        key=lambda module: str(module.CODE),
        default=None,
    )
    return None if finder is None else _read(str(finder.CODE), finder.__doc__ or "")


def _read(code: str, page: str) -> Check:
    """The reason, then examples below `Bad:` and `Good:`, indented."""
    reason, *examples = re.split(r"^(Bad|Good):\n", cleandoc(page), flags=re.MULTILINE)
    named = [(name, dedent(text).strip("\n")) for name, text in zip(examples[::2], examples[1::2], strict=True)]
    return Check(
        code,
        re.sub(r"(?<!\n)\n(?!\n)", " ", reason.strip()),
        [text for name, text in named if name == "Bad"],
        [text for name, text in named if name == "Good"],
    )


def _examples(title: Text, examples: list[str]) -> list[Block]:
    blocks: list[Block] = []
    for example in examples:
        lines = example.split("\n")
        blocks += [Heading(title, 3), Bullets(tuple(Text(_indented(line), _indented(line)) for line in lines), "")]
    return blocks


def _indented(line: str) -> str:
    """Spaces at the beginning as ones that no drawing closes up."""
    return "\u00a0" * (len(line) - len(line.lstrip())) + line.lstrip()


def _spelt(code: str) -> str:
    import unicodedata

    name = unicodedata.normalize("NFKC", code).strip().upper()
    return f"HJ{name}" if name.isdigit() else name
