"""Archived texts: the sections that a heading path names (`第９条 > ６`), and whether a fragment stands in one of them.

Headings are found as printed, without regard to width, white space and line breaks. A section ends at the next heading of its own
form or of a higher one (第1条 before (1) before ①), and at every heading without a form that the ruleset itself cites at the same depth:
that is how such headings are known. Lines of a table of contents are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from hojo_cli.printed import squeezed

_CONTENTS: Final = r"\.{6,}|…{3,}|・{6,}"
_FORMS: Final = (
    ("chapter", 1, r"第[0-9]+[章編]"),
    ("article", 2, r"第[0-9]+条(?:の[0-9]+)?(?!第)"),
    ("annex", 2, r"\(?(?:別紙|別表|別添|別記|様式第?)[0-9]*\)?$|附則$"),
    ("section", 2, r"[0-9]{1,2}(?:[-－][0-9]{1,2}){1,2}(?![0-9(])"),
    ("number", 3, r"[0-9]{1,2}[.](?![0-9])"),
    ("bracket", 4, r"[【■◆◇]"),
    ("parenthesis", 4, r"\([0-9]{1,2}\)"),
    ("angle", 4, r"<[^>]*>$"),
    ("whole parenthesis", 5, r"\([^()]*\)$"),
    ("circle", 6, r"[①-⑳]"),
)
"""How headings are numbered: name, rank (a smaller one is higher), and how the line begins. 別紙 and 附則 stand beside 条."""
_NO_FIGURE: Final = r"(?![0-9.,%/年月日人円万億条項])"
_LONGEST: Final = 60


class Line(NamedTuple):
    """A line of a text, squeezed; `form` and `rank` tell what kind of heading it may be ("" and 99: none)."""

    text: str
    form: str
    rank: int


class Text(NamedTuple):
    """An archived text in lines, and where each heading that the ruleset cites in it begins, by depth from 0."""

    lines: tuple[Line, ...]
    cited: tuple[tuple[int, int], ...]


class Span(NamedTuple):
    """A section: the lines from its heading (which ends in line `body`, exclusive) up to `end`, exclusive."""

    start: int
    end: int


def read(text: str, paths: Iterable[str]) -> Text:
    """The text with the places of all headings in `paths` (`A > B`)."""
    lines = tuple(_line(line) for line in re.split("\r?\n|\f", text))
    headings = {(depth, part) for path in paths for depth, part in enumerate(parts(path))}
    cited = {
        (place, depth)
        for depth, part in headings
        if not _numbered(part)
        for place in _places(lines, part, 0, len(lines))
        if not lines[place].form
    }
    return Text(lines, tuple(sorted(cited)))


def parts(path: str) -> tuple[str, ...]:
    """`A > B` → its headings, squeezed."""
    return tuple(squeezed(part) for part in path.split(" > "))


def sections(text: Text, path: str) -> tuple[tuple[Span, ...], str]:
    """Where the heading path leads, and the first of its headings that is not there (empty: all are)."""
    spans: tuple[Span, ...] = (Span(0, len(text.lines)),)
    for depth, heading in enumerate(parts(path)):
        spans = tuple(
            Span(place, _end(text, place, depth, span.end, heading))
            for span in spans
            for place in _places(text.lines, heading, span.start, span.end)
        )
        if not spans:
            return (), path.split(" > ")[depth]
    return spans, ""


def holds(text: Text, span: Span, path: str, fragment: str) -> bool:
    """Whether the fragment stands in the section, outside its heading."""
    body = "".join(line.text for line in text.lines[span.start : span.end])
    return squeezed(fragment) in body.replace(parts(path)[-1], "\0", 1)


def _line(line: str) -> Line:
    bare = re.sub(r"\s+", "", line)
    text = squeezed(line)
    if not text or re.search(_CONTENTS, text):
        return Line("", "", 99)
    for name, rank, pattern in _FORMS:
        subject = bare if name == "circle" else text
        if re.match(pattern, subject) and (name in ("article", "circle") or _short(text)):
            return Line(text, name, rank)
    if match := re.match(r"(?:大分類[ⅠⅡⅢⅣIV]+)?([ァ-ヶー]{3,})[0-9]+\(", text):
        return Line(text, match[1], 7)
    return Line(text, "", 99)


def _short(text: str) -> bool:
    return len(text) < _LONGEST and not text.endswith("。")


def _numbered(heading: str) -> bool:
    """Whether a heading is a mere number (`6`, `一`): too short to be found without its article."""
    return bool(re.fullmatch(r"[0-9]{1,2}|[一二三四五六七八九十]+", heading))


def _places(lines: tuple[Line, ...], heading: str, start: int, end: int) -> Iterator[int]:
    """The lines where a heading begins; it may run on into the next line."""
    after = _NO_FIGURE if _numbered(heading) else "(?!第)" if re.fullmatch("第[0-9]+条", heading) else ""
    pattern = re.compile(re.escape(heading) + after)
    first = heading[0]
    for place, (line, following) in enumerate(pairwise((*lines[start:end], Line("", "", 99))), start):
        text = line.text
        if text[:1] == first and (pattern.match(text) or (len(text) < len(heading) and pattern.match(text + following.text))):
            yield place


def _end(text: Text, start: int, depth: int, limit: int, heading: str) -> int:
    """The line where a section ends that begins in line `start`."""
    here = text.lines[start]
    cited = min((place for place, deep in text.cited if start < place < limit and deep <= depth), default=limit)
    next_number = _following(heading)
    for place in range(start + 1, cited):
        line = text.lines[place]
        if line.form and (line.form == here.form or line.rank < min(here.rank, 99 if here.form else 3)):
            return place
        if next_number and re.match(next_number, line.text):
            return place
    return cited


def _following(heading: str) -> str:
    """How the paragraph after paragraph `6` begins; empty for other headings. A line that is only a number is a page."""
    return rf"{int(heading) + 1}{_NO_FIGURE}." if re.fullmatch("[0-9]{1,2}", heading) else ""
