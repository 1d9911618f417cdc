"""What `hojo diff` shows of a change, and its words: sources side by side, the applicant of an example in one line."""

from __future__ import annotations

from hojo_cli.comparison.clauses import Clause, Comparable, Side
from hojo_cli.comparison.compare import Reworded
from hojo_cli.comparison.witness import Applicant, Witness
from hojo_cli.comparison.wording import Account, text_of
from hojo_cli.explanation.words import EMPTY, Words, figure, joined, say
from hojo_cli.finding import Text
from hojo_cli.record import Record
from hojo_cli.report import Citation


class Shown(Record):
    """A change, its words, its witness, and the name of the file the witness was saved in."""

    clause: Clause
    account: Account
    witness: Witness | None
    file: str


def year(side: Side) -> Text:
    """What a ruleset is called in a column: its year."""
    year = str(side.ruleset.fiscal_year)
    return Text(f"{year}年度", year)


def source(side: Side, citation: Citation | None) -> Text:
    """Title, heading, figure as printed, and the assumption."""
    if citation is None:
        return EMPTY
    assumed = say(Text("仮定：{0}", "assumed: {0}"), citation.assume) if citation.assume != EMPTY else EMPTY
    place = f"{citation.title} {citation.at}".strip()
    printed = Text(
        f"{place}「{citation.printed}」" if citation.printed else place,
        f'{place} "{citation.printed}"' if citation.printed else place,
    )
    parts = [part for part in (printed if place else EMPTY, assumed) if part != EMPTY]
    return say(Text("［{0}］{1}", "[{0}] {1}"), year(side), joined(parts, "。", ". "))


def who(one: Applicant, compared: Comparable) -> Text:
    """The applicant of an example in one line."""
    old, new = Words(compared.old.ruleset), Words(compared.new.ruleset)
    parts = []
    for name, value in one.facts.items():
        words = new if name in new.ruleset.facts else old
        parts.append(say(Text("{0}＝{1}", "{0} = {1}"), words.fact(name), words.value(name, value)))
    for quote in one.quotes:
        words = new if quote.category in new.ruleset.categories else old
        item = words.item(quote.item(words.ruleset))
        total = figure(quote.price * (1 if quote.at_once else quote.months or 1))
        held = [
            words.ruleset.fields[field].choices[member]
            for field, members in quote.fields.items()
            for member in sorted(members)
        ]
        listed = joined(held, "・", ", ")
        text = say(Text("{0} {1}", "{0} {1}"), item, total)
        parts.append(say(Text("{0}（{1}）", "{0} ({1})"), text, listed) if held else text)
    if one.members:
        member = who(one.members[0], compared)
        parts.append(say(Text("構成員{0}者（それぞれ {1}）", "{0} members (each {1})"), str(len(one.members)), member))
    return joined(parts, "、", ", ")


def renamed(each: Reworded) -> Text:
    """The old label and the new one."""
    return say(Text("{0} → {1}", "{0} → {1}"), text_of(each.old), text_of(each.new))
