"""With the archived texts at hand, each fragment must stand under the heading that it names, in the edition that was read.

Width, white space and line breaks make no difference. What is cited from a text that is not at hand is listed as unchecked.

Bad:
    rounding: {source: {at: 第９条}}
Bad:
    frames: {aid: {lines: [{id: goods, label: {ja: 機器, en: goods}, items: [{category: goods}], rate: 2/3, source: {id: guide, at: 第１条, printed: 三分の二未満}}]}}
Good:
    rounding: {source: {at: 第２条 （端数）, printed: １円未満は切り捨て}}
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Final

from hojo_cli.base.finding import Finding, Location, Text
from hojo_cli.files.os_errors import why
from hojo_cli.messages import finding
from hojo_cli.rules.nodes import Source
from hojo_cli.verify.checks import Complaint, Examined
from hojo_cli.verify.sources import archive, places
from hojo_cli.verify.sources.places import Cited

CODE: Final = "HJ507"
MOST: Final = 40
"""Lines that are listed of figures that could not be looked up."""


def find(examined: Examined) -> Iterator[Complaint]:
    """Each source that is cited, with everything cited from it."""
    cited: dict[str, list[Cited]] = {}
    for citation in places.citations(examined.blocks):
        cited.setdefault(citation.id, []).append(citation)
    for name, citations in cited.items():
        if name in examined.ruleset.sources:
            yield from map(Complaint, _source(examined, examined.ruleset.sources[name], citations))


def _source(examined: Examined, source: Source, citations: list[Cited]) -> Iterator[Finding]:
    where = places.key(examined.root, examined.file, "sources", source.id)
    try:
        data = archive.stored(examined.sources, source.file)
        text = None if data is None else data.decode("utf-8-sig")
    except (OSError, ValueError) as problem:
        yield finding("HJ509", where, source=source.id, file=source.file, reason=why(problem))
        return
    if data is None or text is None:
        yield _unchecked(examined, source, citations, where)
        return
    digest = sha256(data).hexdigest()
    if digest != source.sha256:
        place = places.key(examined.root, examined.file, "sources", source.id, "sha256")
        yield finding("HJ505", place, file=source.file, found=digest)
    yield from _standing(archive.read(text, {citation.at for citation in citations}), source, citations)


def _unchecked(examined: Examined, source: Source, citations: list[Cited], where: Location) -> Finding:
    """What is cited from a text that is not at hand, with the lines of its figures."""
    lines = [number.where.line for number in examined.numbers if number.provenance.source == source.id]
    unread = list(map(str, dict.fromkeys(lines)))
    told = ", ".join(unread[:MOST]) + (", …" if len(unread) > MOST else "") or "-"
    count = sum(len(citation.printed) for citation in citations)
    return finding(
        "HJ504",
        where,
        source=source.id,
        file=source.file or "…",
        count=count,
        figures=len(lines),
        lines=Text(told, told),
    )


def _standing(text: archive.Text, source: Source, citations: list[Cited]) -> Iterator[Finding]:
    sections = {path: archive.sections(text, path) for path in {citation.at for citation in citations}}
    for citation in citations:
        spans, missing = sections[citation.at]
        if missing:
            yield finding("HJ506", citation.where, source=source.id, heading=missing)
            continue
        for fragment, where in citation.printed:
            if not any(archive.holds(text, span, citation.at, fragment) for span in spans):
                yield finding(CODE, where, source=source.id, heading=citation.at, printed=fragment)
