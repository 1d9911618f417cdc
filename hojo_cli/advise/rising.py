"""Whether a frame never pays less for more items."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from functools import lru_cache
from typing import assert_never

from hojo_cli.engine.evaluator import Evaluator
from hojo_cli.rules import nodes
from hojo_cli.rules.declared import Definition


@lru_cache(256)
def rises(reader: Evaluator, name: str, said: frozenset[str]) -> bool:
    """True where it is sure that in a frame a further item of an applicant who says these facts takes nothing away; False where it may."""
    frame, judge = reader.ruleset.frames[name], _Rising(reader.definitions, said)
    requirements = (*frame.requires, *(each for band in frame.bands for each in band.requires))
    caps = (
        *(subtotal.cap for subtotal in frame.subtotals),
        *(band.cap for band in frame.bands if band.cap is not None),
    )
    return all(judge.condition(each.holds) for each in requirements) and judge.all_rise(
        (*(line.amount for line in frame.lines), *caps)
    )


class _Rising:
    """Conditions that stay true and amounts that do not fall as items are added."""

    def __init__(self, definitions: Mapping[str, Definition], said: Container[str]) -> None:
        self.definitions = definitions
        self.said = said

    def asked(self, node: nodes.Said) -> nodes.Condition:
        """The one of two conditions that stands for this applicant."""
        return node.then if any(name in self.said for name in node.facts) else node.otherwise

    def asks_items(self, node: nodes.Condition) -> bool:
        """Whether a condition looks at the applicant's own items at all."""
        match node:
            case nodes.HasItem() | nodes.SameKinds():
                return True
            case nodes.Compare():
                return isinstance(node.quantity, nodes.Distinct)
            case nodes.Against():
                return isinstance(node.left, nodes.Distinct) or isinstance(node.right, nodes.Distinct)
            case nodes.Said():
                return self.asks_items(self.asked(node))
            case nodes.Every(parts) | nodes.Some(parts):
                return any(map(self.asks_items, parts))
            case nodes.Not(part):
                return self.asks_items(part)
            case nodes.Is(name):
                return self.asks_items(self.definitions[name].condition)
            case nodes.Table(_, rows):
                return any(self.asks_items(row.when) or self.asks_items(row.test) for row in rows)
            case nodes.Among() | nodes.Holds() | nodes.EveryMember():
                return False
        assert_never(node)

    def condition(self, node: nodes.Condition) -> bool:
        """Whether it cannot turn from true to false."""
        match node:
            case nodes.Every(parts) | nodes.Some(parts):
                return all(map(self.condition, parts))
            case nodes.Is(name):
                return self.condition(self.definitions[name].condition)
            case nodes.Compare():
                return not self.asks_items(node) or node.op in (nodes.Op.MIN, nodes.Op.ABOVE)
            case nodes.Not() | nodes.Table() | nodes.Against() | nodes.SameKinds():
                return not self.asks_items(node)
            case nodes.Said():
                return self.condition(self.asked(node))
            case nodes.HasItem() | nodes.Among() | nodes.Holds() | nodes.EveryMember():
                return True
        assert_never(node)

    def all_rise(self, nodes: Iterable[nodes.Amount]) -> bool:
        return all(map(self.amount, nodes))

    def amount(self, node: nodes.Amount) -> bool:
        """Whether it cannot fall."""
        match node:
            case nodes.Number() | nodes.Costs() | nodes.Scaled() | nodes.Share() | nodes.PerMember():
                return True
            case nodes.Apportion(of) | nodes.Rounded(of):
                return self.amount(of)
            case nodes.Rated():
                return self.all_rise((node.of, node.rate))
            case nodes.Capped():
                return self.all_rise((node.of, node.cap))
            case nodes.Sum(parts) | nodes.Least(parts):
                return self.all_rise(parts)
            case nodes.Tiered():
                return self.all_rise((node.of, *(tier.rate for tier in node.tiers)))
            case nodes.Choose():
                return self.choice(node)
        assert_never(node)

    def choice(self, node: nodes.Choose) -> bool:
        """Items may move a choice up to branches that are worth more, where all are plain figures."""
        uses = [branch.use for branch in node.branches]
        if not any(branch.when is not None and self.asks_items(branch.when) for branch in node.branches):
            return self.all_rise(uses)
        figures = [use.value for use in uses if isinstance(use, nodes.Number)]
        falling = len(figures) == len(uses) and figures == sorted(figures, reverse=True)
        return falling and all(branch.when is None or self.condition(branch.when) for branch in node.branches)
