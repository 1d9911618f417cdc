"""Nodes in words, in both languages: what a condition asks, what a step does. Labels come from the ruleset, sentences from here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from hojo_cli.base.finding import Text
from hojo_cli.base.number import Kind, show
from hojo_cli.engine.applicant import Applicant, FactValue, Item, Price, asked
from hojo_cli.engine.derive import Derivation, Scope, condition
from hojo_cli.report import Citation
from hojo_cli.rules.nodes import (
    NOWHERE,
    Against,
    Among,
    Apportion,
    Band,
    Branch,
    Capped,
    CategoryLimit,
    Choose,
    Compare,
    Condition,
    Costs,
    Distinct,
    EachMember,
    Every,
    Exact,
    Fact,
    FactOr,
    Frame,
    HasItem,
    Holds,
    Is,
    Least,
    Line,
    MemberCount,
    Not,
    Number,
    Op,
    PerMember,
    Pick,
    Provenance,
    Quantity,
    Rated,
    Requirement,
    Rounded,
    Row,
    Ruleset,
    Said,
    SameKinds,
    Scaled,
    Share,
    Some,
    Subtotal,
    Sum,
    Table,
    Tier,
    Tiered,
    excluded,
)

EMPTY: Final = Text("", "")
YES: Final = Text("はい", "yes")
NO: Final = Text("いいえ", "no")
UNKNOWN: Final = Text("不明", "unknown")
NONE: Final = Text("なし", "none")

_OPS: Final[Mapping[Op, Text]] = {
    Op.MIN: Text("{0}以上", "at least {0}"),
    Op.MAX: Text("{0}以下", "at most {0}"),
    Op.ABOVE: Text("{0}超", "more than {0}"),
    Op.BELOW: Text("{0}未満", "less than {0}"),
    Op.EQ: Text("{0}", "{0}"),
}


def say(template: Text, *words: Text | str) -> Text:
    """A sentence filled in each language with its own words."""
    return Text(
        template.ja.format(*(word.ja if isinstance(word, Text) else word for word in words)),
        template.en.format(*(word.en if isinstance(word, Text) else word for word in words)),
    )


def joined(texts: Iterable[Text], ja: str, en: str) -> Text:
    """Texts in a row, with a separator for each language."""
    parts = list(texts)
    return Text(ja.join(part.ja for part in parts), en.join(part.en for part in parts))


def figure(value: Exact, kind: Kind = Kind.YEN) -> Text:
    """A number with its unit; a count has none, because things are counted in many words."""
    if kind is Kind.COUNT:
        return Text(f"{value:,}", f"{value:,}")
    return Text(show(value, kind, "ja"), show(value, kind, "en"))


class Words:
    """The words of one ruleset."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.ruleset = ruleset
        self._conditions: dict[int, tuple[Condition, Text]] = {}  # by identity, which holds while the node is kept

    # --- facts and provenance ---

    def fact(self, name: str) -> Text:
        """The label of a fact or an item's field; of a member's (`members.3.employees`) with the member's place."""
        member, item, fact = asked(name)
        label = self.name(fact)
        if item is not None:
            label = say(Text("明細{0}の{1}", "item {0}: {1}"), str(item + 1), label)
        return say(Text("構成員{0}の{1}", "member {0}: {1}"), str(member), label) if member else label

    def name(self, fact: str) -> Text:
        """The label of a fact or field by its id alone."""
        return self.ruleset.facts[fact].label if fact in self.ruleset.facts else self.ruleset.fields[fact].label

    def ask(self, name: str) -> Text:
        """The question about a fact or an item's field."""
        _, item, fact = asked(name)
        return self.ruleset.facts[fact].ask if item is None else self.ruleset.fields[fact].ask

    def value(self, name: str, value: FactValue | None) -> Text:
        """A declared value as people say it."""
        if value is None:
            return UNKNOWN
        spec = self.ruleset.facts[name]
        if isinstance(value, bool):
            return YES if value else NO
        if isinstance(value, str):
            return spec.choices[value]
        if isinstance(value, frozenset):
            return (
                joined((label for name, label in spec.choices.items() if name in value), "・", ", ") if value else NONE
            )
        return self.counted(value, Kind(spec.kind), spec.id)

    def counted(self, value: Exact, kind: Kind, fact: str) -> Text:
        """A fact's number: people are counted as 人 where the ruleset asks how many people there are."""
        found = figure(value, kind)
        people = kind is Kind.COUNT and "何人" in self.ruleset.facts[fact].ask.ja
        return Text(f"{found.ja}人", found.en) if people else found

    def count(self, value: Exact, kind: Kind, quantity: Quantity) -> Text:
        """A number of what `quantity` counts."""
        return self.counted(value, kind, quantity.name) if isinstance(quantity, Fact | FactOr) else figure(value, kind)

    def citation(self, provenance: Provenance) -> Citation | None:
        """A provenance with the title of its source and the words of its assumption."""
        if provenance == NOWHERE:
            return None
        source = self.ruleset.sources.get(provenance.source or "")
        assumption = self.ruleset.assumptions.get(provenance.assume or "")
        return Citation(
            provenance.source or "",
            "" if source is None else source.title,
            provenance.at,
            " / ".join(provenance.printed),
            EMPTY if assumption is None else assumption.label,
        )

    # --- conditions ---

    def condition(self, node: Condition) -> Text:
        """What a condition asks; said once, however many members are asked it."""
        if id(node) not in self._conditions:
            self._conditions[id(node)] = node, self._condition(node)
        return self._conditions[id(node)][1]

    def _condition(self, node: Condition) -> Text:
        match node:
            case Compare(quantity, op, number):
                return say(Text("{0}が{1}", "{0} {1}"), self.quantity(quantity), self.bound(op, number, quantity))
            case Among(fact, choices):
                labels = self.ruleset.facts[fact].choices
                named = joined((label for name, label in labels.items() if name in choices), "・", ", ")
                return say(Text("{0}が{1}", "{0} is {1}"), self.fact(fact), named)
            case Holds(fact, expected):
                return say(Text("{0}が「{1}」", "{0}: {1}"), self.fact(fact), YES if expected else NO)
            case Is(name):
                return self.ruleset.definitions[name].label
            case Not(part):
                return say(Text("「{0}」でない", "not ({0})"), self.condition(part))
            case Every(parts):
                return joined(map(self.condition, parts), "、かつ", " and ")
            case Some(parts):
                return joined(map(self.condition, parts), "、又は", " or ") if parts else Text("対象外", "not eligible")
            case HasItem(picks):
                return say(Text("{0}の明細がある", "an item of {0}"), self.picks(picks))
            case EachMember(part, only) if only is not None:
                each = Text("「{1}」の構成員がいずれも「{0}」", "every member with {1}: {0}")
                return say(each, self.condition(part), self.condition(only))
            case EachMember(part):
                return say(Text("構成員がいずれも「{0}」", "every member: {0}"), self.condition(part))
            case Table(_, rows):
                return joined((row.label for row in rows), "・", ", ")
            case Said(_, then):
                return self.condition(then)
            case Against(left, op, right):
                return say(Text("{0}が{1}", "{0} {1}"), self.quantity(left), say(_OPS[op], self.quantity(right)))
            case SameKinds(fact, kinds):
                return say(Text("{0}が{1}と同じ", "{0}: the same as {1}"), self.fact(fact), self.fields(kinds.field))

    def those(self, node: Condition) -> Text:
        """The applicants a condition holds for."""
        return say(Text("「{0}」の申請者", "applicants with {0}"), self.condition(node))

    def fields(self, name: str) -> Text:
        """What the items of the file say in a field."""
        return say(Text("明細の{0}", "the {0} of the items"), self.ruleset.fields[name].label)

    def bound(self, op: Op, number: Number, quantity: Quantity) -> Text:
        """5人以下, at most 5."""
        return say(_OPS[op], self.count(number.value, number.kind, quantity))

    def quantity(self, node: Quantity) -> Text:
        """What is counted."""
        match node:
            case Fact(name) | FactOr(name):
                return self.fact(name)
            case Distinct(measure) | MemberCount(measure):
                return self.ruleset.measures[measure].label if measure in self.ruleset.measures else EMPTY

    def picks(self, picks: tuple[Pick, ...]) -> Text:
        """The categories that are meant, with what their fields must hold."""
        named = []
        for pick in picks:
            label = joined(
                (text for name, text in self.ruleset.categories.items() if name in pick.categories), "・", ", "
            )
            for test in pick.tests:
                field = self.ruleset.fields[test.field]
                held = joined((text for name, text in field.choices.items() if name in test.has), "・", ", ")
                label = say(
                    Text("{0}（{1}{2}）", "{0} ({1}{2})"),
                    label,
                    field.label,
                    say(Text("：{0}", ": {0}"), held) if test.has else EMPTY,
                )
            named.append(label)
        return joined(named, "、", "; ")

    def needs(self, derivation: Derivation, subject: Applicant) -> tuple[Text, ...]:
        """What would have to be different for a condition that is false (or still unknown) to hold."""
        if derivation.value is True:
            return ()
        match derivation.node:
            case Row() if excluded(derivation.node):
                return (derivation.node.label,)
            case Every() | Is() | Table() | Row() | Said():
                return tuple(need for part in derivation.parts for need in self.needs(part, subject))
            case EachMember():
                return tuple(
                    say(Text("{0}：{1}", "{0}: {1}"), self.member(member), need)
                    for part, member in zip(derivation.parts, subject.members, strict=True)
                    for need in self.needs(part, member)
                )
            case Some():
                open_ = [part for part in derivation.parts if not self.out_of_reach(part, subject)]
                alternatives = [self.needs(part, subject) for part in open_ or derivation.parts]
                return (joined(map(_together, filter(None, alternatives)), " 又は ", " or "),)
            case Holds(fact, expected):
                now = self.value(fact, _declared(subject, derivation, fact))
                wanted = YES if expected else NO
                return (say(Text("{0}：{1}（現在：{2}）", "{0}: {1} (now: {2})"), self.fact(fact), wanted, now),)
            case Among(fact):
                now = self.value(fact, _declared(subject, derivation, fact))
                return (say(Text("{0}（現在：{1}）", "{0} (now: {1})"), self.condition(derivation.node), now),)
            case Compare(quantity):
                now = self._now(derivation.parts[0], quantity)
                return (say(Text("{0}（現在：{1}）", "{0} (now: {1})"), self.condition(derivation.node), now),)
            case Against(left, _, right):
                both = [self._now(part, node) for part, node in zip(derivation.parts, (left, right), strict=True)]
                return (
                    say(Text("{0}（現在：{1}、{2}）", "{0} (now: {1}, {2})"), self.condition(derivation.node), *both),
                )
            case HasItem() | Not() | SameKinds():
                return (self.condition(derivation.node),)
            case _:
                return ()

    def out_of_reach(self, derivation: Derivation, subject: Applicant) -> bool:
        """Whether a way to meet a condition asks something of this applicant that is asked of others only."""
        scope = Scope(subject, self.ruleset.definitions)
        for name in _facts(derivation):
            asked_if = self.ruleset.facts[name].asked_if
            if asked_if is not None and condition(asked_if, scope).value is False:
                return True
        return False

    def _now(self, counted: Derivation, quantity: Quantity) -> Text:
        inner = counted.value
        if inner is None or isinstance(inner, str | bool | frozenset):
            return UNKNOWN
        kind = Kind.COUNT
        if isinstance(quantity, Fact | FactOr):
            kind = Kind(self.ruleset.facts[quantity.name].kind)
        return self.count(inner, kind, quantity)

    # --- nodes of a derivation ---

    def node(self, derivation: Derivation) -> Text:
        """What a node of a derivation is called."""
        node = derivation.node
        match node:
            case Line() | Subtotal() | Frame() | Row() | Requirement() | Band():
                return node.label
            case Applicant():
                return self.member(node)
            case Item():
                return self.item(node)
            case CategoryLimit(category):
                return say(Text("{0}の上限", "limit for {0}"), self.ruleset.categories[category])
            case Number():
                return Text("数字", "figure")
            case Costs():
                return Text("経費", "costs")
            case Apportion(_, part, whole):
                return self._apportioned(derivation, part, whole)
            case Rated():
                return Text("経費 × 補助率", "cost × rate")
            case Tiered():
                return Text("段階の補助率", "rate by tiers")
            case Tier():
                return self.tier(node)
            case Capped():
                return Text("上限との小さいほう", "at most the cap")
            case Rounded():
                return self.rounding(node)
            case Scaled(number, by):
                each = figure(number.value, number.kind)
                return say(Text("{0} × {1}", "{0} × {1}"), each, joined(self._times(derivation, by), " ", " "))
            case Share():
                return self._share(derivation, node)
            case Sum():
                return Text("合計", "sum")
            case Least():
                return Text("最小のもの", "the least of")
            case PerMember():
                return Text("構成員ごとの合計", "sum over members")
            case Choose():
                return Text("条件による選択", "choice by condition")
            case Branch(when):
                return Text("ほかに当たらない場合", "otherwise") if when is None else self.condition(when)
            case Every() | Some() | Not() | Is() | Compare() | Among() | Holds() | HasItem() | EachMember():
                return self.condition(node)
            case Said() | Against() | SameKinds():
                return self.condition(node)
            case Table():
                return Text("表の行", "row of the table")
            case Fact() | FactOr() | Distinct() | MemberCount():
                return self.quantity(node)
            case _:
                return EMPTY

    def tier(self, tier: Tier, below: Tier | None = None) -> Text:
        """50万円までの部分; above another tier, 50万円超～350万円の部分."""
        floor = None if below is None else below.up_to
        if tier.up_to is None:
            return Text("これを超える部分", "the part above")
        top = figure(tier.up_to.value, tier.up_to.kind)
        if floor is None:
            return say(Text("{0}までの部分", "the part up to {0}"), top)
        return say(Text("{0}超～{1}の部分", "the part from {0} to {1}"), figure(floor.value, floor.kind), top)

    def rounding(self, node: Rounded) -> Text:
        """1円未満切捨て."""
        unit = figure(node.unit.value, node.unit.kind)
        match node.mode:
            case "up":
                return say(Text("{0}未満切上げ", "rounded up to {0}"), unit)
            case "half_up":
                return say(Text("{0}未満四捨五入", "rounded to {0}"), unit)
            case _:
                return say(Text("{0}未満切捨て", "rounded down to {0}"), unit)

    def at_most(self, node: CategoryLimit) -> Text:
        """役務：2,000,000円まで."""
        return say(
            Text("{0}：{1}まで", "{0}: at most {1}"), self.ruleset.categories[node.category], figure(node.limit.value)
        )

    def member(self, member: Applicant) -> Text:
        """構成員3 サンプル商店."""
        place = member.prefix.split(".")[1]
        name = f" {member.name}" if member.name else ""
        return Text(f"構成員{place}{name}", f"member {place}{name}")

    def share(self, lines: Iterable[Text], node: Share) -> Text:
        """A part of what other lines yield, as the ruleset words it."""
        of_itself = Text("{0}とこの行を合わせた補助額 × {1}", "subsidy of {0} and of this line itself × {1}")
        template = of_itself if node.itself else Text("{0}の補助額 × {1}", "subsidy of {0} × {1}")
        return say(template, joined(lines, "と", " and "), _rates(node))

    def _share(self, derivation: Derivation, node: Share) -> Text:
        """The same as it is reckoned: of a whole that includes the line itself, r ÷ (1 − r) of the rest."""
        lines = joined((self.node(part) for part in _lines(derivation)), "と", " and ")
        base = EMPTY if derivation.cost is None else say(Text(" {0}", " {0}"), figure(derivation.cost))
        rates = _rates(node)
        if node.itself:
            several = len(node.rates) > 1
            rest = say(Text("({0})", "({0})"), rates) if several else rates
            rates = say(Text("{0} ÷ (1 − {1})", "{0} / (1 - {1})"), rates, rest)
        return say(Text("{0}の補助額{1} × {2}", "subsidy of {0}{1} × {2}"), lines, base, rates)

    def _times(self, derivation: Derivation, by: Quantity) -> Iterator[Text]:
        """What is counted, and how many there are where that is known."""
        yield self.quantity(by)
        if (count := derivation.rate) is not None:
            kind = Kind(self.ruleset.facts[by.name].kind) if isinstance(by, Fact | FactOr) else Kind.COUNT
            yield self.count(count, kind, by)

    def _apportioned(self, derivation: Derivation, part: str, whole: str) -> Text:
        """The share, with the numbers it is made of where they are known."""
        known = len(derivation.parts) == 3 and derivation.value is not None
        numbers = [f" {each.value}" if known else "" for each in derivation.parts[1:]] or ["", ""]
        template = Text("按分：{0}{1} ÷ {2}{3}", "share: {0}{1} / {2}{3}")
        return say(template, self.fact(part), numbers[0], self.fact(whole), numbers[-1])

    def item(self, item: Item) -> Text:
        """Name, category, and how the price is quoted: 980円×12×24か月, －50,000円（値引き）."""
        label = self.ruleset.categories.get(item.category, EMPTY)
        named = say(Text("{0}（{1}）", "{0} ({1})"), item.name, label) if item.name else label
        terms = list(_terms(item.price, item.months)) if item.price is not None else []
        return joined([named, *terms], " ", " ")

    def cited(self, derivation: Derivation) -> Citation | None:
        """Where the figure of a node stands."""
        return self.citation(next(provenances(derivation), NOWHERE))


def provenances(derivation: Derivation) -> Iterator[Provenance]:
    """Where the figures stand that a node carries itself, beside those that are derived below it."""
    node = derivation.node
    if isinstance(node, tuple):  # a record
        below = {id(part.node) for part in derivation.parts}
        for field in node:
            for own in field if type(field) is tuple else (field,):
                if isinstance(own, Number) and id(own) not in below:
                    yield own.provenance
                elif isinstance(own, Provenance):
                    yield own


def _terms(price: Price, months: int | None) -> Iterator[Text]:
    """What a price says beside its yen: pieces, time, discounts."""
    pieces = [figure(price.unit)] if price.per or price.quantity > 1 else []
    pieces += [figure(price.quantity, Kind.COUNT)] if price.quantity > 1 else []
    if price.per and months is not None:
        pieces.append(figure(months // 12, Kind.YEARS) if price.per == 12 else figure(months, Kind.MONTHS))
    if pieces:
        yield joined(pieces, "×", " × ")
    if not price.per and months is not None:
        yield say(Text("{0}分", "for {0}"), figure(months, Kind.MONTHS))
    for discount in price.discounts:
        name = discount.name or Text("値引き", "discount")
        yield say(Text("−{0}（{1}）", "-{0} ({1})"), figure(discount.yen), name)


def _rates(share: Share) -> Text:
    return joined((figure(rate.value, Kind.RATE) for rate in share.rates), " × ", " × ")


def _lines(share: Derivation) -> Iterator[Derivation]:
    """The lines a share is taken of; of a subtotal, those under its cap."""
    for part in share.parts:
        if isinstance(part.node, Subtotal):
            yield from _lines(part._replace(parts=part.parts[:-1]))
        else:
            yield part


def _facts(derivation: Derivation) -> Iterator[str]:
    """The facts a condition looks at."""
    match derivation.node:
        case Fact(name) | FactOr(name) | Among(name) | Holds(name):
            yield name
    for part in derivation.parts:
        yield from _facts(part)


def _together(needs: tuple[Text, ...]) -> Text:
    """Needs that go together, among alternatives."""
    return needs[0] if len(needs) == 1 else say(Text("（{0}）", "({0})"), joined(needs, " かつ ", " and "))


def _declared(subject: Applicant, derivation: Derivation, fact: str) -> FactValue | None:
    """The declared value a test looked at; None where it is unknown."""
    return None if derivation.unknown else subject.facts.get(fact)
