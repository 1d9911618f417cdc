"""One legal idea a file: how a block of the ruleset becomes a node. The tables say which key calls which idea.

The order matters only where two keys of one row stand in the same block, which the schema does not allow.
"""

from collections.abc import Mapping

from hojo_cli.base.finding import Location
from hojo_cli.document import Node
from hojo_cli.rules.block import AmountRule, Block, ConditionRule, Reading
from hojo_cli.rules.mechanisms import choice, comparison, figure, items, least, logic, members, share, table
from hojo_cli.rules.nodes import NOWHERE

CONDITIONS: Mapping[str, ConditionRule] = {
    "all": logic.every,
    "any": logic.some,
    "not": logic.negation,
    "is": logic.definition,
    "fact": comparison.fact,
    "measure": comparison.measure,
    "items": items.has_item,
    "every_member": members.every_member,
    "table": table.lower,
}

AMOUNTS: Mapping[str, AmountRule] = {
    "[]": choice.lower,
    "use": figure.lower,
    "least": least.least,
    "sum": least.total,
    "share": share.lower,
}


def top(root: Node, file: str) -> Block:
    """The top of a file, before anything of it is read."""
    return Block(root, "", NOWHERE, Reading(file, CONDITIONS, AMOUNTS, items.pick), Location(file))
