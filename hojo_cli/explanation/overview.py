"""A ruleset in words: for each frame what is paid for, at what rate, up to which limit, under which requirements, by which source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from hojo_cli.base.citation import Citation
from hojo_cli.base.finding import Text, untranslated
from hojo_cli.base.record import Record
from hojo_cli.base.texts import EMPTY, figure, joined, say
from hojo_cli.explanation import labels
from hojo_cli.rules import nodes
from hojo_cli.rules.declared import Ruleset
from hojo_cli.rules.nodes import Amount, CategoryLimit, Condition, Frame, Number, Provenance, Requirement
from hojo_cli.rules.words import Words

_CAP = Text("上限", "cap")


class Rule(Record):
    """One rule: its kind, what it is called, what it says, where it stands.

    Kinds are `eligible`, `months`, `cost`, `share`, `rate`, `cap`, `rounding`, `floor`, `below`, `amount`, `members`,
    `requirement`, `definition`, `together` and `apart`.
    """

    kind: str
    label: Text
    says: Text
    citation: Citation | None


class Section(Record):
    """A cost line, a shared cap or a band, with its clauses."""

    id: str
    label: Text
    clauses: tuple[Rule, ...]


class FrameOverview(Record):
    """One frame."""

    frame: str
    label: Text
    requirements: tuple[Rule, ...]
    lines: tuple[Section, ...]
    subtotals: tuple[Section, ...]
    bands: tuple[Section, ...]


class Overview(Record):
    """A whole ruleset: its frames, which of them go together, and what its words mean."""

    frames: tuple[FrameOverview, ...]
    together: tuple[Rule, ...]
    definitions: tuple[Section, ...]


def of(ruleset: Ruleset) -> Overview:
    """The ruleset in words: frames and definitions in its order, tables row by row."""
    overview = _Overview(ruleset)
    definitions = tuple(
        Section(name, definition.label, tuple(overview.defined(definition.condition)))
        for name, definition in ruleset.definitions.items()
    )
    return Overview(tuple(map(overview.frame, ruleset.frames.values())), tuple(overview.together()), definitions)


class _Overview:
    def __init__(self, ruleset: Ruleset) -> None:
        self.words = Words(ruleset)
        self.ruleset = ruleset

    def clause(self, kind: str, label: Text, says: Text, provenance: Provenance) -> Rule:
        return Rule(kind, label, says, self.words.citation(provenance))

    def number(self, kind: str, label: Text, template: Text, number: Number) -> Rule:
        return self.clause(kind, label, say(template, figure(number.value, number.kind)), number.provenance)

    def together(self) -> Iterator[Rule]:
        """Which frames one applicant may hold side by side."""
        allowed = Text("併せて申請できます", "may be held together")
        barred = Text("併願できません", "may not be held together")
        for rule in self.ruleset.combinations:
            frames = joined((self.ruleset.frames[name].label for name in rule.frames), "と", " and ")
            kind, says = ("together", allowed) if rule.allowed else ("apart", barred)
            yield self.clause(kind, frames, says, rule.provenance)

    def frame(self, frame: Frame) -> FrameOverview:
        return FrameOverview(
            frame.id,
            frame.label,
            tuple(map(self.requirement, frame.requires)),
            tuple(Section(line.id, line.label, tuple(self.amount(line.amount))) for line in frame.lines),
            tuple(Section(cap.id, cap.label, tuple(self.figures(cap.cap, "cap", _CAP))) for cap in frame.subtotals),
            tuple(Section(band.id, band.label, tuple(self.band(band))) for band in frame.bands),
        )

    def requirement(self, requirement: Requirement) -> Rule:
        return self.clause("requirement", Text("要件", "requirement"), requirement.label, requirement.provenance)

    def band(self, band: nodes.Band) -> Iterator[Rule]:
        if band.floor is not None:
            yield self.number("floor", Text("下限", "floor"), Text("{0}以上", "at least {0}"), band.floor)
        if band.below is not None:
            yield self.number("below", _CAP, Text("{0}未満", "less than {0}"), band.below)
        if band.cap is not None:
            yield from self.figures(band.cap, "cap", _CAP)
        yield from map(self.requirement, band.requires)

    def defined(self, condition: Condition) -> Iterator[Rule]:
        if isinstance(condition, nodes.Table):
            for row in condition.rows:
                yield self.clause("definition", row.label, self.words.condition(row.test), row.provenance)
        else:
            yield Rule("definition", EMPTY, self.words.condition(condition), None)

    # --- amounts, from the inside out ---

    def amount(self, node: Amount) -> Iterator[Rule]:
        match node:
            case nodes.Costs():
                yield from self.costs(node)
            case nodes.PerMember():
                yield from self.members(node)
            case nodes.Sum(parts) | nodes.Least(parts):
                for part in parts:
                    yield from self.amount(part)
            case nodes.Apportion(of, part, whole, provenance):
                yield from self.amount(of)
                share = Text("経費 × {0} ÷ {1}", "cost × {0} / {1}")
                text = say(share, self.words.fact(part), self.words.fact(whole))
                yield self.clause("share", Text("按分", "share"), text, provenance)
            case nodes.Rated(of, rate):
                yield from self.amount(of)
                yield from self.figures(rate, "rate", Text("補助率", "rate"))
            case nodes.Tiered(of, tiers, on_subsidy):
                yield from self.amount(of)
                subsidy, cost = Text("補助額の{0}", "rate: {0} of subsidy"), Text("経費の{0}", "rate: {0} of cost")
                for tier in tiers:
                    label = say(subsidy if on_subsidy else cost, labels.tier(tier))
                    yield from self.figures(tier.rate, "rate", label)
            case nodes.Capped(of, cap):
                yield from self.amount(of)
                yield from self.figures(cap, "cap", _CAP)
            case nodes.Rounded(of, unit, mode):
                yield from self.amount(of)
                yield self.number("rounding", Text("端数", "rounding"), labels.ROUNDED[mode], unit)
            case nodes.Number() | nodes.Choose() | nodes.Scaled() | nodes.Share():
                yield from self.figures(node, "amount", Text("額", "amount"))
            case _:
                assert_never(node)

    def members(self, node: nodes.PerMember) -> Iterator[Rule]:
        """Borrowed lines; their own frame cites their figures."""
        lines = joined((line.label for line in node.lines), "、", ", ")
        yield Rule("members", Text("構成員ごと", "for each member"), lines, None)
        if node.only is not None:
            yield Rule("members", Text("数える構成員", "members counted"), self.words.condition(node.only), None)

    def costs(self, node: nodes.Costs) -> Iterator[Rule]:
        beside = tuple(pick for pick in node.picks if pick not in node.led_by) if node.led_by else ()
        yield Rule("eligible", Text("対象経費", "eligible cost"), self.words.picks(node.led_by or node.picks), None)
        if beside:
            yield Rule("eligible", Text("併せて数える経費", "counted with them"), self.words.picks(beside), None)
        for limit in node.months:
            once = Text("{0}まで（一括払いは全額）", "at most {0} (all of what is paid at once)")
            yield self.limit("months", limit, once if limit.recurring else Text("{0}まで", "at most {0}"))
        for limit in node.limits:
            yield self.limit("cost", limit, Text("経費{0}まで", "cost of at most {0}"))

    def limit(self, kind: str, limit: CategoryLimit, template: Text) -> Rule:
        return self.number(kind, self.ruleset.categories[limit.category], template, limit.limit)

    # --- figures: a number, or one for each case ---

    def figures(self, node: Amount, kind: str, label: Text, when: Text = EMPTY) -> Iterator[Rule]:
        match node:
            case nodes.Number(value, unit, provenance):
                yield self.clause(kind, label, _under(figure(value, unit), when), provenance)
            case nodes.Choose(branches):
                for branch in branches:
                    condition = branch.when
                    case = Text("ほかの場合", "otherwise") if condition is None else self.words.condition(condition)
                    yield from self.figures(branch.use, kind, label, case)
            case nodes.Scaled(number, by):
                times = say(untranslated("{0} × {1}"), figure(number.value, number.kind), self.words.quantity(by))
                yield self.clause(kind, label, _under(times, when), number.provenance)
            case nodes.Share(_, rates):
                yield self.clause(kind, label, _under(self.share(node), when), rates[0].provenance)
            case nodes.Least(parts) | nodes.Sum(parts):
                least = Text("{0}（最も小さいもの）", "{0} (the least of)")
                added = Text("{0}（合計するもの）", "{0} (added up)")
                for part in parts:
                    part_label = say(least if isinstance(node, nodes.Least) else added, label)
                    yield from self.figures(part, kind, part_label, when)
            case nodes.Costs() | nodes.PerMember() | nodes.Apportion() | nodes.Rated() | nodes.Tiered():
                yield from self.amount(node)
            case nodes.Capped() | nodes.Rounded():
                yield from self.amount(node)
            case _:
                assert_never(node)

    def share(self, node: nodes.Share) -> Text:
        frames = self.ruleset.frames.values()
        line_labels = {line.id: line.label for frame in frames for line in frame.lines}
        inside = {subtotal.id: subtotal.lines for frame in frames for subtotal in frame.subtotals}
        lines = [line for name in node.of for line in inside.get(name, (name,))]
        return labels.share([line_labels[line] for line in lines], node)


def _under(says: Text, when: Text) -> Text:
    return says if when == EMPTY else say(Text("{0}（{1}）", "{0} ({1})"), says, when)
