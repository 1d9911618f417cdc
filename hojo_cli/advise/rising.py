"""Whether a frame never pays less for more items."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import assert_never

from hojo_cli.rules.declared import Definition
from hojo_cli.rules.nodes import (
    Against,
    Among,
    Amount,
    Apportion,
    Capped,
    Choose,
    Compare,
    Condition,
    Costs,
    Distinct,
    Every,
    EveryMember,
    Frame,
    HasItem,
    Holds,
    Is,
    Least,
    Not,
    Number,
    Op,
    PerMember,
    Rated,
    Rounded,
    Said,
    SameKinds,
    Scaled,
    Share,
    Some,
    Sum,
    Table,
    Tiered,
)


def rises(frame: Frame, definitions: Mapping[str, Definition], said: Container[str]) -> bool:
    """True where it is sure that a further item of an applicant who says these facts takes nothing away; False where it may."""
    judge = _Rising(definitions, said)
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

    def asked(self, node: Said) -> Condition:
        """The one of two conditions that stands for this applicant."""
        return node.then if any(name in self.said for name in node.facts) else node.otherwise

    def asks_items(self, node: Condition) -> bool:
        """Whether a condition looks at the applicant's own items at all."""
        match node:
            case HasItem() | SameKinds():
                return True
            case Compare():
                return isinstance(node.quantity, Distinct)
            case Against():
                return isinstance(node.left, Distinct) or isinstance(node.right, Distinct)
            case Said():
                return self.asks_items(self.asked(node))
            case Every(parts) | Some(parts):
                return any(map(self.asks_items, parts))
            case Not(part):
                return self.asks_items(part)
            case Is(name):
                return self.asks_items(self.definitions[name].condition)
            case Table(_, rows):
                return any(self.asks_items(row.when) or self.asks_items(row.test) for row in rows)
            case Among() | Holds() | EveryMember():
                return False
        assert_never(node)

    def condition(self, node: Condition) -> bool:
        """Whether it cannot turn from true to false."""
        match node:
            case Every(parts) | Some(parts):
                return all(map(self.condition, parts))
            case Is(name):
                return self.condition(self.definitions[name].condition)
            case Compare():
                return not self.asks_items(node) or node.op in (Op.MIN, Op.ABOVE)
            case Not() | Table() | Against() | SameKinds():
                return not self.asks_items(node)
            case Said():
                return self.condition(self.asked(node))
            case HasItem() | Among() | Holds() | EveryMember():
                return True
        assert_never(node)

    def all_rise(self, nodes: Iterable[Amount]) -> bool:
        return all(map(self.amount, nodes))

    def amount(self, node: Amount) -> bool:
        """Whether it cannot fall."""
        match node:
            case Number() | Costs() | Scaled() | Share() | PerMember():
                return True
            case Apportion(of) | Rounded(of):
                return self.amount(of)
            case Rated():
                return self.all_rise((node.of, node.rate))
            case Capped():
                return self.all_rise((node.of, node.cap))
            case Sum(parts) | Least(parts):
                return self.all_rise(parts)
            case Tiered():
                return self.all_rise((node.of, *(tier.rate for tier in node.tiers)))
            case Choose():
                return self.choice(node)
        assert_never(node)

    def choice(self, node: Choose) -> bool:
        """Items may move a choice up to branches that are worth more, where all are plain figures."""
        uses = [branch.use for branch in node.branches]
        if not any(branch.when is not None and self.asks_items(branch.when) for branch in node.branches):
            return self.all_rise(uses)
        figures = [use.value for use in uses if isinstance(use, Number)]
        falling = len(figures) == len(uses) and figures == sorted(figures, reverse=True)
        return falling and all(branch.when is None or self.condition(branch.when) for branch in node.branches)
