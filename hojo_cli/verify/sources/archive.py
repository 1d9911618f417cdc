"""Archived texts: the sections that a heading path names (`第９条 > ６`), and whether a fragment stands in one of them.

Headings are found as printed, without regard to width, white space and line breaks. A section ends at the next heading of its own
form or of a higher one (第1条 before (1) before ①), and at every heading without a form that the ruleset itself cites at the same depth:
that is how such headings are known. Lines of a table of contents are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final
from unicodedata import normalize

from hojo_cli.base.record import NamedTuple
from hojo_cli.rules.declared import Source
from hojo_cli.verify.sources.printed import squeezed

LARGEST: Final = 20_000_000
"""Bytes of an archived text that is read."""

_CONTENTS: Final = ("......", "・・・・・・")
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
    ("circle", 6, r"[0-9]"),
)
"""How headings are numbered: name, rank (a smaller one is higher), and how the line begins. 別紙 and 附則 stand beside 条."""
_CIRCLES: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_FIRST: Final = "第別附様(<[【■◆◇0123456789"
_NO_FIGURE: Final = r"(?![0-9.,%/年月日人円万億条項])"
_LONGEST: Final = 60
_HIGHEST: Final = 2
"""Up to this rank a heading opens a section of the whole text."""


class TextLine(NamedTuple):
    """A line of a text, squeezed; `form` and `rank` tell what kind of heading it may be ("" and 99: none). `words` are its columns."""

    text: str
    form: str
    rank: int
    words: tuple[str, ...] = ()


class ArchivedText(NamedTuple):
    """A text in lines, which of them begin with a character, and where each heading that the ruleset cites begins, by depth from 0."""

    lines: tuple[TextLine, ...]
    beginning: Mapping[str, list[int]]
    cited: tuple[tuple[int, int], ...] = ()


def texts(folder: Path | None, sources: Mapping[str, Source]) -> dict[str, ArchivedText]:
    """The texts of sources that are at hand and can be read (a check of its own reports others), without the headings that are cited."""
    found: dict[str, ArchivedText] = {}
    for name, source in sources.items():
        with suppress(OSError, ValueError):
            if (data := stored(folder, source.file)) is not None:
                found[name] = read(data.decode("utf-8-sig"), ())
    return found


def stored(folder: Path | None, name: str) -> bytes | None:
    """The archived file of this plain name; None where it is not at hand. `ValueError` for a name that leaves the folder."""
    if folder is None or not name:
        return None
    if Path(name).name != name or name in (".", "..") or "\\" in name or ":" in name:
        raise ValueError(name)
    path = folder / name
    if not path.is_file():
        return None
    if path.stat().st_size > LARGEST:
        raise ValueError(f"> {LARGEST} bytes")
    return path.read_bytes()


def read(text: str, paths: Iterable[str]) -> ArchivedText:
    """The text with the places of all headings in `paths` (`A > B`)."""
    lines = tuple(squeezed_line(line) for line in re.split("\r?\n|\f", text))
    beginning: dict[str, list[int]] = {}
    for place, line in enumerate(lines):
        if line.text:
            beginning.setdefault(line.text[0], []).append(place)
    archived = ArchivedText(lines, beginning)
    headings = {(depth, part) for path in paths for depth, part in enumerate(parts(path))}
    cited = {
        (place, depth)
        for depth, part in headings
        if not _is_number(part)
        for place in _places(archived, part, range(len(lines)))
        if not lines[place].form
    }
    return archived._replace(cited=tuple(sorted(cited)))


def parts(path: str) -> tuple[str, ...]:
    """`A > B` → its headings, squeezed."""
    return tuple(squeezed(part) for part in path.split(" > "))


def sections(text: ArchivedText, path: str) -> tuple[tuple[range, ...], str]:
    """The lines where the heading path leads, from the heading on, and the first of its headings that is not there (empty: all are)."""
    spans: tuple[range, ...] = (range(len(text.lines)),)
    for depth, heading in enumerate(parts(path)):
        spans = tuple(
            range(place, section_end(text, range(place, span.stop), depth, heading))
            for span in spans
            for place in _places(text, heading, span)
        )
        if not spans:
            return (), path.split(" > ")[depth]
    return spans, ""


def body(text: ArchivedText, span: range) -> str:
    """All of a section, squeezed."""
    return "".join(text.lines[place].text for place in span)


def holds(text: ArchivedText, span: range, path: str, fragment: str) -> bool:
    """Whether the fragment stands in the section, outside its heading."""
    return squeezed(fragment) in body(text, span).replace(parts(path)[-1], "\0", 1)


def squeezed_line(line: str) -> TextLine:
    words = tuple(normalize("NFKC", line).split())
    text = "".join(words)
    if not text or any(leader in text for leader in _CONTENTS):
        return TextLine("", "", 99)
    circled = line.lstrip()[0] in _CIRCLES
    if not circled and text[0] not in _FIRST:  # `カテゴリー１（…）`: a word, a number, a name in brackets
        match = re.match(r"(?:大分類[ⅠⅡⅢⅣIV]+)?([ァ-ヶー]{3,})[0-9]+\(", text)
        return TextLine(text, "", 99, words) if match is None else TextLine(text, match[1], 7, words)
    short = len(text) < _LONGEST and not text.endswith("。")
    for form, rank, pattern in _FORMS:
        if (form == "circle") == circled and (short or form in ("article", "circle")) and re.match(pattern, text):
            return TextLine(text, form, rank, words)
    return TextLine(text, "", 99, words)


def _is_number(heading: str) -> bool:
    """Whether a heading is a mere number (`6`, `一`): too short to be found without its article."""
    return bool(re.fullmatch(r"[0-9]{1,2}|[一二三四五六七八九十]+", heading))


def _places(text: ArchivedText, heading: str, span: range) -> Iterator[int]:
    """The lines where a heading begins; it may run on into the next line."""
    after = _NO_FIGURE if _is_number(heading) else "(?!第)" if re.fullmatch("第[0-9]+条", heading) else ""
    pattern = re.compile(re.escape(heading) + after)
    for place in text.beginning.get(heading[:1], ()):
        if place in span:
            line = text.lines[place].text
            following = text.lines[place + 1].text if place + 1 in span else ""
            if pattern.match(line) or (len(line) < len(heading) and pattern.match(line + following)):
                yield place


def section_end(text: ArchivedText, span: range, depth: int, heading: str) -> int:
    """The line where a section ends that begins where `span` does: at a heading of its form or higher, or a cited one."""
    here = text.lines[span.start]
    cited = min((place for place, deep in text.cited if place in span[1:] and deep <= depth), default=span.stop)
    next_number = ""  # how the paragraph after paragraph `6` begins; a line that is only a number is a page
    if re.fullmatch("[0-9]{1,2}", heading):
        next_number = rf"{int(heading) + 1}{_NO_FIGURE}."
    for place in range(span.start + 1, cited):
        line = text.lines[place]
        if not here.form:
            closes = line.rank <= _HIGHEST
        else:
            higher = line.rank < here.rank or line.rank == here.rank <= _HIGHEST
            closes = bool(line.form) and (line.form == here.form or higher)
        if closes or (next_number and re.match(next_number, line.text)):
            return place
    return cited
