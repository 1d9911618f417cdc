"""A ruleset in words: for each frame what is paid for, at what rate, up to which limit, under which requirements, by which source."""

from __future__ import annotations

from collections.abc import Iterator

from hojo_cli.base.finding import Text
from hojo_cli.base.record import Record
from hojo_cli.explanation.words import EMPTY, Words, figure, joined, say
from hojo_cli.report import Citation
from hojo_cli.rules.nodes import (
    Amount,
    Apportion,
    Band,
    Capped,
    CategoryLimit,
    Choose,
    Condition,
    Costs,
    Frame,
    Least,
    Number,
    PerMember,
    Provenance,
    Rated,
    Requirement,
    Rounded,
    Ruleset,
    Scaled,
    Share,
    Sum,
    Table,
    Tiered,
)

_MODES = {
    "down": Text("{0}未満切捨て", "rounded down to {0}"),
    "up": Text("{0}未満切上げ", "rounded up to {0}"),
    "half_up": Text("{0}未満四捨五入", "rounded to {0}"),
}


class Clause(Record):
    """One rule: its kind, what it is called, what it says, where it stands.

    Kinds are `eligible`, `months`, `cost`, `share`, `rate`, `cap`, `rounding`, `floor`, `below`, `amount`, `members`,
    `requirement`, `definition`, `together` and `apart`.
    """

    kind: str
    label: Text
    says: Text
    citation: Citation | None


class Part(Record):
    """A cost line, a shared cap or a band, with its clauses."""

    id: str
    label: Text
    clauses: tuple[Clause, ...]


class FrameOverview(Record):
    """One frame."""

    id: str
    label: Text
    requirements: tuple[Clause, ...]
    lines: tuple[Part, ...]
    subtotals: tuple[Part, ...]
    bands: tuple[Part, ...]


class Overview(Record):
    """A whole ruleset: its frames, which of them go together, and what its words mean."""

    frames: tuple[FrameOverview, ...]
    together: tuple[Clause, ...]
    definitions: tuple[Part, ...]


def of(ruleset: Ruleset) -> Overview:
    """The ruleset in words."""
    return Overview(frames(ruleset), together(ruleset), definitions(ruleset))


def frames(ruleset: Ruleset) -> tuple[FrameOverview, ...]:
    """Every frame, in the order of the ruleset."""
    overview = _Overview(ruleset)
    return tuple(overview.frame(frame) for frame in ruleset.frames.values())


def definitions(ruleset: Ruleset) -> tuple[Part, ...]:
    """The named conditions, row by row where they are tables."""
    overview = _Overview(ruleset)
    return tuple(
        Part(name, definition.label, tuple(overview.defined(definition.condition)))
        for name, definition in ruleset.definitions.items()
    )


def together(ruleset: Ruleset) -> tuple[Clause, ...]:
    """Which frames one applicant may hold side by side."""
    words = Words(ruleset)
    allowed, barred = (
        Text("併せて申請できます", "may be held together"),
        Text("併願できません", "may not be held together"),
    )
    return tuple(
        Clause(
            "together" if each.allowed else "apart",
            joined((ruleset.frames[name].label for name in each.frames), "と", " and "),
            allowed if each.allowed else barred,
            words.citation(each.provenance),
        )
        for each in ruleset.combinations
    )


class _Overview:
    def __init__(self, ruleset: Ruleset) -> None:
        self.words = Words(ruleset)
        self.ruleset = ruleset

    def clause(self, kind: str, label: Text, says: Text, provenance: Provenance) -> Clause:
        return Clause(kind, label, says, self.words.citation(provenance))

    def frame(self, frame: Frame) -> FrameOverview:
        return FrameOverview(
            frame.id,
            frame.label,
            tuple(self.requirement(each) for each in frame.requires),
            tuple(Part(line.id, line.label, tuple(self.amount(line.amount))) for line in frame.lines),
            tuple(
                Part(each.id, each.label, tuple(self.figures(each.cap, "cap", Text("上限", "cap"))))
                for each in frame.subtotals
            ),
            tuple(Part(band.id, band.label, tuple(self.band(band))) for band in frame.bands),
        )

    def requirement(self, requirement: Requirement) -> Clause:
        return self.clause("requirement", Text("要件", "requirement"), requirement.label, requirement.provenance)

    def band(self, band: Band) -> Iterator[Clause]:
        if band.floor is not None:
            yield self.number("floor", Text("下限", "floor"), Text("{0}以上", "at least {0}"), band.floor)
        if band.below is not None:
            yield self.number("below", Text("上限", "cap"), Text("{0}未満", "less than {0}"), band.below)
        if band.cap is not None:
            yield from self.figures(band.cap, "cap", Text("上限", "cap"))
        yield from (self.requirement(each) for each in band.requires)

    def number(self, kind: str, label: Text, template: Text, number: Number) -> Clause:
        return self.clause(kind, label, say(template, figure(number.value, number.kind)), number.provenance)

    def defined(self, condition: Condition) -> Iterator[Clause]:
        if isinstance(condition, Table):
            for row in condition.rows:
                yield self.clause("definition", row.label, self.words.condition(row.test), row.provenance)
        else:
            yield Clause("definition", EMPTY, self.words.condition(condition), None)

    # --- amounts, from the inside out ---

    def amount(self, node: Amount) -> Iterator[Clause]:
        match node:
            case Costs():
                yield from self.costs(node)
            case PerMember():
                yield from self.members(node)
            case Sum(parts) | Least(parts):
                for part in parts:
                    yield from self.amount(part)
            case Apportion(of) | Rated(of) | Tiered(of) | Capped(of) | Rounded(of):
                yield from self.amount(of)
                yield from self.rule(node)
            case _:
                yield from self.figures(node, "amount", Text("額", "amount"))

    def rule(self, node: Apportion | Rated | Tiered | Capped | Rounded) -> Iterator[Clause]:
        """What is done to the amount inside."""
        match node:
            case Apportion():
                yield self.clause("share", Text("按分", "share"), self.shared(node), node.provenance)
            case Rated(_, rate):
                yield from self.figures(rate, "rate", Text("補助率", "rate"))
            case Tiered(_, tiers, on_subsidy):
                of_what = (
                    Text("補助額の{0}", "rate: {0} of subsidy")
                    if on_subsidy
                    else Text("経費の{0}", "rate: {0} of cost")
                )
                for tier in tiers:
                    yield from self.figures(tier.rate, "rate", say(of_what, self.words.tier(tier)))
            case Capped(_, cap):
                yield from self.figures(cap, "cap", Text("上限", "cap"))
            case Rounded(_, unit, mode):
                yield self.number("rounding", Text("端数", "rounding"), _MODES.get(mode, _MODES["down"]), unit)

    def members(self, node: PerMember) -> Iterator[Clause]:
        """Borrowed lines; their own frame cites their figures."""
        labels = joined((line.label for line in node.lines), "、", ", ")
        yield Clause("members", Text("構成員ごと", "for each member"), labels, None)
        if node.only is not None:
            yield Clause("members", Text("数える構成員", "members counted"), self.words.condition(node.only), None)

    def shared(self, node: Apportion) -> Text:
        part, whole = self.words.fact(node.part), self.words.fact(node.whole)
        return say(Text("経費 × {0} ÷ {1}", "cost × {0} / {1}"), part, whole)

    def costs(self, node: Costs) -> Iterator[Clause]:
        beside = tuple(pick for pick in node.picks if pick not in node.led_by) if node.led_by else ()
        yield Clause("eligible", Text("対象経費", "eligible cost"), self.words.picks(node.led_by or node.picks), None)
        if beside:
            yield Clause("eligible", Text("併せて数える経費", "counted with them"), self.words.picks(beside), None)
        for limit in node.months:
            once = Text("{0}まで（一括払いは全額）", "at most {0} (all of what is paid at once)")
            yield self.limit("months", limit, once if limit.recurring else Text("{0}まで", "at most {0}"))
        for limit in node.limits:
            yield self.limit("cost", limit, Text("経費{0}まで", "cost of at most {0}"))

    def limit(self, kind: str, limit: CategoryLimit, template: Text) -> Clause:
        return self.number(kind, self.ruleset.categories[limit.category], template, limit.limit)

    # --- figures: a number, or one for each case ---

    def figures(self, node: Amount, kind: str, label: Text, when: Text = EMPTY) -> Iterator[Clause]:
        match node:
            case Number(value, unit, provenance):
                yield self.clause(kind, label, self.under(figure(value, unit), when), provenance)
            case Choose(branches):
                for branch in branches:
                    yield from self.figures(branch.use, kind, label, self.case(branch.when))
            case Scaled(number, by):
                each = say(Text("{0} × {1}", "{0} × {1}"), figure(number.value, number.kind), self.words.quantity(by))
                yield self.clause(kind, label, self.under(each, when), number.provenance)
            case Share(_, rates):
                yield self.clause(kind, label, self.under(self.share(node), when), rates[0].provenance)
            case Least(parts):
                for part in parts:
                    yield from self.figures(
                        part, kind, say(Text("{0}（最も小さいもの）", "{0} (the least of)"), label), when
                    )
            case Sum(parts):
                for part in parts:
                    yield from self.figures(part, kind, say(Text("{0}（合計するもの）", "{0} (added up)"), label), when)
            case _:
                yield from self.amount(node)

    def case(self, when: Condition | None) -> Text:
        return Text("ほかの場合", "otherwise") if when is None else self.words.condition(when)

    def under(self, says: Text, when: Text) -> Text:
        return says if when == EMPTY else say(Text("{0}（{1}）", "{0} ({1})"), says, when)

    def share(self, node: Share) -> Text:
        frames = self.ruleset.frames.values()
        named = {line.id: line.label for frame in frames for line in frame.lines}
        inside = {each.id: each.lines for frame in frames for each in frame.subtotals}
        lines = [line for name in node.of for line in inside.get(name, (name,))]
        return self.words.share([named[line] for line in lines], node)
