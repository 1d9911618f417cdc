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

from hojo_cli.base.finding import Finding, Text
from hojo_cli.files.os_errors import why
from hojo_cli.messages import finding
from hojo_cli.rules.declared import Source
from hojo_cli.verify.examined import CitedPassage, Examined
from hojo_cli.verify.sources import archive

CODE: Final = "HJ507"
MOST: Final = 40
"""Lines that are listed of figures that could not be looked up."""


def find(examined: Examined) -> Iterator[Finding]:
    """Each source that is cited, with everything cited from it."""
    cited: dict[str, list[CitedPassage]] = {}
    for citation in examined.cited_passages():
        cited.setdefault(citation.source, []).append(citation)
    for name, from_source in cited.items():
        if name in examined.ruleset.sources:
            yield from _against_archive(examined, examined.ruleset.sources[name], from_source)


def _against_archive(examined: Examined, source: Source, cited: list[CitedPassage]) -> Iterator[Finding]:
    where = examined.place("sources", source.id)
    try:
        data = archive.stored(examined.sources, source.file)
        text = "" if data is None else data.decode("utf-8-sig")
    except (OSError, ValueError) as problem:
        yield finding("HJ509", where, source=source.id, file=source.file, reason=why(problem))
        return
    if data is None:
        lines = [number.where.line for number in examined.numbers if number.provenance.source == source.id]
        unread = list(map(str, dict.fromkeys(lines)))
        listed = ", ".join(unread[:MOST]) + (", …" if len(unread) > MOST else "") or "-"
        count = sum(len(citation.fragments) for citation in cited)
        words = {"source": source.id, "file": source.file or "…", "count": count}
        yield finding("HJ504", where, figures=len(lines), lines=Text(listed, listed), **words)
        return
    digest = sha256(data).hexdigest()
    if digest != source.sha256:
        yield finding("HJ505", examined.place("sources", source.id, "sha256"), file=source.file, found=digest)
    headings = {citation.heading for citation in cited}
    archived = archive.read(text, headings)
    sections = {heading: archive.sections(archived, heading) for heading in headings}
    for citation in cited:
        spans, missing = sections[citation.heading]
        if missing:
            yield finding("HJ506", citation.where, source=source.id, heading=missing)
            continue
        for fragment, place in citation.fragments:
            if not any(archive.holds(archived, span, citation.heading, fragment) for span in spans):
                yield finding(CODE, place, source=source.id, heading=citation.heading, printed=fragment)
