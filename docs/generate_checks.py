"""Writes `docs/checks.md` from the catalogue: `python docs/generate_checks.py`. A test compares the two."""

from itertools import groupby
from pathlib import Path
from typing import Final

from hojo_cli import messages
from hojo_cli.base.finding import Text
from hojo_cli.commands.explain_code import Check, area, checked_by
from hojo_cli.formats.drawing.entries import LEVELS

PAGE: Final = Path(__file__).with_name("checks.md")

_HEAD: Final = """\
# 指摘のコード / Finding codes

<!-- Written by `python docs/generate_checks.py` from `hojo_cli/messages`; changes belong there. -->

hojo の指摘には必ずコードが付きます。`hojo rules explain HJ151` は、ここと同じ説明を端末に表示します。
コードの意味は変わらず、使わなくなった番号を別の意味に使うこともありません。`…` には実際の値が入ります。

Every finding has a code; `hojo rules explain HJ151` prints what stands here. Codes keep their meaning and are never reused.
`…` stands for what was found.
"""


def page() -> str:
    """The whole file."""
    parts = [_HEAD]
    for _, codes in groupby(messages.codes(), key=lambda code: code[:3]):
        known = list(codes)
        title = area(known[0])
        parts.append(f"## {known[0][:3]}xx {title.ja} / {title.en}\n")
        parts += [_entry(code) for code in known]
    return "\n".join(parts)


def _entry(code: str) -> str:
    entry = messages.entry(code)
    level = LEVELS[entry.severity]
    lines = [f"### {code}\n", f"**{entry.title.ja} / {entry.title.en}** ({level.ja} / {level.en})\n"]
    lines.append(_both(messages.outline(entry.message), "> "))
    rest = [_both(text, "- ") for text in (entry.why, messages.outline(entry.hint)) if text.ja.strip(" …")]
    if rest:
        lines.append("\n" + "".join(rest).rstrip("\n") + "\n")
    check = checked_by(code)
    if check is not None:
        lines.append(_check(code, check))
    return "\n".join(lines).replace("\n\n\n", "\n\n")


def _both(text: Text, mark: str) -> str:
    ja, en = " ".join(text.ja.split()), " ".join(text.en.split())
    return f"{mark}{ja}<br>\n{' ' * len(mark) if mark == '- ' else mark}{en}\n"


def _check(code: str, check: Check) -> str:
    if check.code != code:
        return f"See [{check.code}](#{check.code.lower()}) for the check and its examples.\n"
    examples = [("Bad", example) for example in check.bad] + [("Good", example) for example in check.good]
    return f"{check.reason}\n\n" + "\n".join(f"{name}:\n\n```yaml\n{example}\n```\n" for name, example in examples)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
