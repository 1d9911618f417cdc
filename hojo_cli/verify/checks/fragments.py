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

from hojo_cli.base.finding import Finding, untranslated
from hojo_cli.messages import finding
from hojo_cli.messages.os_errors import why
from hojo_cli.rules.block import Block
from hojo_cli.rules.declared import Source
from hojo_cli.verify.examined import Examined
from hojo_cli.verify.sources import archive

CODE: Final = "HJ507"
MOST: Final = 40
"""Lines that are listed of figures that could not be looked up."""


def find(examined: Examined) -> Iterator[Finding]:
    """Each source that is cited, with everything cited from it."""
    cited: dict[str, list[Block]] = {}
    for passage in examined.cited_passages():
        cited.setdefault(passage.at("id").word(), []).append(passage)
    for name, from_source in cited.items():
        if name in examined.ruleset.sources:
            yield from against_archive(examined, examined.ruleset.sources[name], from_source)


def against_archive(examined: Examined, source: Source, cited: list[Block]) -> Iterator[Finding]:
    """What is cited from a source against its archived text, where that is at hand and can be read."""
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
        count = sum(len(passage.at("printed").words()) for passage in cited)
        words = {"source": source.id, "file": source.file or "…", "count": count}
        yield finding("HJ504", where, figures=len(lines), lines=untranslated(listed), **words)
        return
    digest = sha256(data).hexdigest()
    if digest != source.sha256:
        yield finding("HJ505", examined.place("sources", source.id, "sha256"), file=source.file, found=digest)
    headings = {passage.at("at").word() for passage in cited}
    archived = archive.read(text, headings)
    sections = {heading: archive.sections(archived, heading) for heading in headings}
    for passage in cited:
        heading = passage.at("at").word()
        spans, missing = sections[heading]
        if missing:
            yield finding("HJ506", passage.where, source=source.id, heading=missing)
        for fragment in passage.at("printed").words() if not missing else ():
            if not any(archive.holds(archived, span, heading, fragment.word()) for span in spans):
                yield finding(CODE, fragment.where, source=source.id, heading=heading, printed=fragment.word())
