"""One legal idea a file: how a block of the ruleset becomes a node. The tables say which key calls which idea.

The order matters only where two keys of one row stand in the same block, which the schema does not allow.
"""

from collections.abc import Mapping

from hojo_cli.rules.block import AmountRule, ConditionRule, PickRule
from hojo_cli.rules.mechanisms import choice, comparison, figure, items, least, logic, members, share, table

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

PICK: PickRule = items.pick
