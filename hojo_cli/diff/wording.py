"""Changes in words: where a change stands, what was and is written there, and what each rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Final

from hojo_cli.base.citation import Citation
from hojo_cli.base.finding import Location, Text, untranslated
from hojo_cli.base.number import Kind, NumberProblem, read
from hojo_cli.base.record import Record
from hojo_cli.base.texts import EMPTY, NO, YES, figure, joined, say
from hojo_cli.diff.clauses import Comparable, Side
from hojo_cli.diff.compare import Place
from hojo_cli.diff.likeness import BRANCHES, head
from hojo_cli.document import Mapping as MappingNode, Node, Scalar, Sequence as List
from hojo_cli.rules.block import Block
from hojo_cli.rules.nodes import NOWHERE, Number, Op
from hojo_cli.rules.walk import nodes_within
from hojo_cli.rules.words import BOUNDS, CHANGES, Words

KEYS: Final[Mapping[str, Text]] = {
    "requires": Text("要件", "requirement"),
    "rate": Text("補助率", "rate"),
    "cap": Text("上限", "cap"),
    "floor": Text("下限", "floor"),
    "below": Text("未満の境", "bound (less than)"),
    "months": Text("月数の上限", "month limit"),
    "cost_limits": Text("経費の上限", "cost limit"),
    "tiers": Text("段階の補助率", "tiers"),
    "up_to": Text("段階の境", "border of the tier"),
    "items": Text("対象の明細", "items"),
    "apportion": Text("按分", "apportionment"),
    "share": Text("ほかの補助額に対する割合", "share of other subsidies"),
    "times": Text("掛ける数", "factor"),
    "when": Text("条件", "condition"),
    "per_member": Text("構成員ごとの行", "lines of each member"),
    "rounding": Text("端数処理", "rounding"),
    "tax": Text("税込価格の換算", "conversion of prices with tax"),
    "at_once": Text("期間のある一括払い", "sums paid at once for a time"),
    "discount": Text("明細を名指ししない値引き", "discounts that name no item"),
    "categories": Text("経費の区分", "category"),
    "fields": Text("明細の項目", "item field"),
    "choices": Text("選択肢", "choice"),
    "asked_if": Text("尋ねる条件", "asked if"),
    "asked_of": Text("尋ねる相手", "asked of"),
    "only_if": Text("0でない答えの条件", "more than none only if"),
    "instead_of": Text("代わりに尋ねる事実", "asked in place of"),
    "change": Text("変えられること", "what can be changed"),
    "instead": Text("代わりに買える区分", "bought instead"),
    "only": Text("数える構成員", "members counted"),
    "max": Text("最大の数", "largest number"),
    "at_most": Text("超えない数", "at most"),
    "unset": Text("未記入のときの扱い", "stand-in when left out"),
    "type": Text("種類", "type"),
    "combine": Text("枠の組合せ", "combination"),
    "profile": Text("最初に示す定義", "profile"),
    "valid": Text("適用期間", "valid"),
}
"""What the keys of a ruleset are called; a key that is not here says nothing a reader needs."""
UNSAID: Final = ("id", "source", "assume", "why", "ask", "where", "conflict", "printed", "at")
"""Keys that say nothing beside names and sources."""
NONE: Final = Text("—", "—")


class Account(Record):
    """A change as a reader sees it. `frame` is empty for what is not inside a frame; its `part` is then the top key."""

    part: str
    frame: str
    place: Text
    old: Text
    new: Text
    old_source: Citation | None
    new_source: Citation | None


def accounts(compared: Comparable) -> Iterator[Account]:
    """Each change in words."""
    old_words, new_words = RulesetInWords(compared.old), RulesetInWords(compared.new)
    for change in (clause.change for clause in compared.clauses):
        speaker, at = (new_words, change.new_at) if change.old is None else (old_words, change.old_at)
        old, old_source = (NONE, None) if change.old is None else old_words.says(change.old_at)
        new, new_source = (NONE, None) if change.new is None else new_words.says(change.new_at)
        frame = str(at[1]) if at[0] == "frames" and len(at) > 2 else ""
        yield Account(str(at[0]), frame, speaker.place(at), old, new, old_source, new_source)


class RulesetInWords:
    """One ruleset, ready to say what stands at a place."""

    def __init__(self, side: Side) -> None:
        self.words = Words(side.ruleset)
        self.top = Block(side.root, "", NOWHERE, side.reading, Location(side.ruleset.file))
        self.numbers = {
            (node.where.line, node.where.column): node
            for node in nodes_within(side.ruleset)
            if isinstance(node, Number)
        }
        rules = side.ruleset
        self.names: dict[str, Text] = {
            **{name: label for spec in rules.facts.values() for name, label in spec.choices.items()},
            **{name: label for field in rules.fields.values() for name, label in field.choices.items()},
            **rules.categories,
            **{name: measure.label for name, measure in rules.measures.items()},
            **{name: definition.label for name, definition in rules.definitions.items()},
            **{name: spec.label for name, spec in rules.facts.items()},
            **{name: frame.label for name, frame in rules.frames.items()},
        }

    def blocks(self, at: Place) -> Iterator[tuple[str | int, Block]]:
        """Each step on the way to a place, with what stands there."""
        here = self.top
        for key in at:
            here = here.elements()[key] if isinstance(key, int) else here.at(key)
            yield key, here

    def says(self, at: Place) -> tuple[Text, Citation | None]:
        """What is written at a place, and what it rests on."""
        *_, (_, block) = self.blocks(at)
        return self.value(block, at), self.words.citation(block.provenance)

    # --- where ---

    def place(self, at: Place) -> Text:
        """The labels on the way, frame and top key left out."""
        way = list(self.blocks(at))[2 if at[0] == "frames" and len(at) > 2 else 1 if at[0] in self.top_keys else 0 :]
        parts = []
        inside = ""
        for place, (key, block) in enumerate(way):
            after = [name for name, _ in way[place + 1 : place + 2]]
            text = self.entry(key, block, inside, after) if isinstance(key, int) else self.label(key, block)
            inside = inside if isinstance(key, int) else key
            if text != EMPTY and text not in parts:
                parts.append(text)
        return joined(parts, " ＞ ", " > ") if parts else Text(str(at[-1]), str(at[-1]))

    top_keys: Final = ("frames", "facts", "definitions", "measures", "sources", "assumptions", "reminders", "items")

    def label(self, key: str | int, block: Block) -> Text:
        """A label written there, else that of a declared name, else what the key is called."""
        if block.has("label"):
            return block.at("label").text()
        if block.has("title"):
            return Text(block.at("title").word(), block.at("title").word())
        if block.has("ja"):
            return block.text()
        return KEYS.get(str(key)) or self.names.get(str(key), EMPTY)

    def entry(self, place: int, block: Block, inside: str, after: list[str | int]) -> Text:
        """An entry of a list: its label, or for whom a branch stands; its figure where it is the condition that is looked at."""
        if block.has("label"):
            return block.at("label").text()
        if inside in BRANCHES and (not after or after == ["when"]):
            return Text(*[block.at("use").word()] * 2) if after else EMPTY
        if inside in BRANCHES:
            return self.words.condition(block.at("when").condition()) if block.has("when") else EMPTY
        if inside == "steps":
            return say(Text("第{0}段階", "tier {0}"), str(place + 1))
        return EMPTY

    # --- what ---

    def scalar(self, node: Scalar, key: str) -> Text:
        """A figure with its unit (and 以上, 以下 … in a condition), or a word."""
        number = self.numbers.get((node.line, node.column))
        if number is not None:
            shown = figure(number.value, number.kind)
            text = Text(node.text if number.kind is Kind.RATE or not node.text.isdigit() else shown.ja, shown.en)
            return say(BOUNDS[Op(key)], text) if key in tuple(Op) else text
        if key == "change":
            return CHANGES.get(node.text, NONE)
        if node.text in ("true", "false"):
            return YES if node.text == "true" else NO
        if key == "at_least":
            with suppress(NumberProblem):
                return say(Text("{0}つ以上", "at least {0}"), str(read(node.text, Kind.COUNT)))
        return self.names.get(node.text, untranslated(node.text))

    def value(self, block: Block, at: Place) -> Text:
        """What is written in a block, which stands at this place."""
        node, key = block.node, str(at[-1])
        if isinstance(node, Scalar):
            return self.scalar(node, key)
        if isinstance(node, List):
            return joined((self.value(below, (*at, "")) for below in block.elements()), "・", ", ")
        if key in ("when", "holds", "only", "asked_if") or (
            head(node) and not block.has("label") and not block.has("id")
        ):
            return self.words.condition(block.condition())
        if block.has("use"):  # 2/3, for whom
            use = self.value(block.at("use"), (*at, "use"))
            if not block.has("when"):
                return use
            return say(Text("{0}：{1}", "{0}: {1}"), self.words.condition(block.at("when").condition()), use)
        if block.has("label"):
            label = block.at("label").text()
            if not head(node) or at[0] != "definitions":
                return label
            return say(Text("{0}：{1}", "{0}: {1}"), label, self.words.condition(block.condition()))
        if block.has("title") or block.has("ja"):
            return self.label(key, block)
        inside = (self.value(below, (*at, name)) for name, below in block.keyed() if name not in UNSAID)
        return joined(inside, "・", ", ")


def text_of(node: Node | None) -> Text:
    """A label or a bare text in both languages."""
    if isinstance(node, MappingNode):
        ja, en = node.entries.get("ja"), node.entries.get("en")
        return Text(ja.text if isinstance(ja, Scalar) else "", en.text if isinstance(en, Scalar) else "")
    return untranslated(node.text) if isinstance(node, Scalar) else NONE
