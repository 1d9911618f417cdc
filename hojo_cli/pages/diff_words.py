"""What `hojo diff` shows of a change, and its words: sources side by side, the applicant of an example in one line."""

from __future__ import annotations

from itertools import groupby

from hojo_cli.base.citation import Citation
from hojo_cli.base.finding import Text, untranslated
from hojo_cli.base.record import Record
from hojo_cli.base.texts import EMPTY, figure, joined, say
from hojo_cli.diff.clauses import Clause, Comparable
from hojo_cli.diff.witness import Effect, Witness
from hojo_cli.diff.wording import Account
from hojo_cli.engine.applicant import Applicant, Item
from hojo_cli.explanation.applicant import item_label
from hojo_cli.rules.words import Words


class Shown(Record):
    """A change, its words, what it does, and the name of the file its witness was saved in."""

    clause: Clause
    account: Account
    effect: Effect
    file: str

    @property
    def witness(self) -> Witness | None:
        """The applicant whose yen differ, if one was found."""
        return self.effect.witness

    @property
    def verdict(self) -> str:
        """`witness`, `none` (proved), `none_found`, `offset` (alone it has one, but others undo it), `silent` (declares, asks or
        reminds) or `not_alone` (cannot be switched alone)."""
        if self.witness is not None:
            return "witness"
        if self.clause.silent:
            return "silent"
        if self.clause.switched is None:
            return "not_alone"
        return "none" if self.effect.proved else "offset" if self.effect.moves else "none_found"


def frame_label(name: str, compared: Comparable) -> Text:
    """As the new ruleset has it, else the old one."""
    return (compared.new.ruleset.frames.get(name) or compared.old.ruleset.frames[name]).label


def called(compared: Comparable) -> tuple[Text, Text]:
    """What the two rulesets are called in a column: their years, where those tell them apart."""
    old, new = (str(side.ruleset.fiscal_year) for side in (compared.old, compared.new))
    if old == new:
        return Text("変更前", "before"), Text("変更後", "after")
    return Text(f"{old}年度", old), Text(f"{new}年度", new)


def source(name: Text, citation: Citation | None) -> Text:
    """Title, heading, figure as printed, and the assumption."""
    if citation is None:
        return EMPTY
    assumed = say(Text("仮定：{0}", "assumed: {0}"), citation.assume) if citation.assume != EMPTY else EMPTY
    where = f"{citation.title} {citation.at}".strip()
    printed = Text(
        f"{where}「{citation.printed}」" if citation.printed else where,
        f'{where} "{citation.printed}"' if citation.printed else where,
    )
    parts = [part for part in (printed if where else EMPTY, assumed) if part != EMPTY]
    return say(Text("［{0}］{1}", "[{0}] {1}"), name, joined(parts, "。", ". "))


def who(applicant: Applicant, compared: Comparable) -> Text:
    """The applicant of an example in one line."""
    words = Words(compared.both)
    parts = [
        say(Text("{0}＝{1}", "{0} = {1}"), words.fact(name), words.value(name, value))
        for name, value in applicant.facts.items()
    ]
    parts += [bought(item, words, compared) for item in applicant.items]
    for member, group in groupby(member._replace(prefix="") for member in applicant.members):
        count = str(sum(1 for _ in group))
        parts.append(say(Text("構成員{0}者（それぞれ {1}）", "{0} members (each {1})"), count, who(member, compared)))
    return joined(parts, "、", ", ")


def bought(item: Item, words: Words, compared: Comparable) -> Text:
    """Category, price and what is stated of it; what only one of the rulesets knows is marked with its year."""
    rulesets = list(zip((compared.old.ruleset, compared.new.ruleset), called(compared), strict=True))
    only = [
        name
        for rules, name in rulesets
        if item.category in rules.categories
        and all(
            not held or (field in rules.fields and held <= rules.fields[field].choices.keys())
            for field, held in item.fields.items()
        )
    ]
    text = say(untranslated("{0} {1}"), item_label(item, words), figure(item.cost))
    held = [words.ruleset.fields[field].choices[name] for field, names in item.fields.items() for name in sorted(names)]
    text = say(Text("{0}（{1}）", "{0} ({1})"), text, joined(held, "・", ", ")) if held else text
    return text if len(only) != 1 else say(Text("{0}［{1}のみ］", "{0} [{1} only]"), text, only[0])
