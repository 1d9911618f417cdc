"""The cost a line looks at: picked items, within months and category limits, in part where it is apportioned."""

from hojo_cli.base.number import Kind
from hojo_cli.rules.block import Block
from hojo_cli.rules.nodes import Amount, Apportion, CategoryLimit, Costs


def lower(block: Block) -> Amount:
    """`items` (with what counts `beside` them), `months`, `cost_limits` and `apportion` of a line, in this order."""
    items, beside = block.at("items").picks(), block.at("beside").picks()
    timed, at_once = block.reading.timed, block.reading.at_once
    months = tuple(
        limit._replace(recurring=at_once is not None and limit.category not in at_once)
        for limit in _limits(block.at("months"), Kind.MONTHS)
    )
    timed.update(limit.category for limit in months)
    led_by = items if beside else ()
    costs = Costs((*items, *beside), months, _limits(block.at("cost_limits"), Kind.YEN), led_by)
    if not block.has("apportion"):
        return costs
    apportion, facts = block.at("apportion"), block.reading.facts
    part, whole = (apportion.at(key).name("facts") for key in ("part", "whole"))
    for key, name in (("part", part), ("whole", whole)):
        if name in facts and facts[name].kind not in (Kind.COUNT, Kind.YEN):
            apportion.at(key).fault("HJ348", fact=name)
    if whole in facts and facts[whole].minimum < 1:
        apportion.fault("HJ339", fact=whole)
    return Apportion(costs, part, whole, apportion.provenance)


def _limits(block: Block, kind: Kind) -> tuple[CategoryLimit, ...]:
    found = []
    for category, limit in block.keyed():
        if category not in ("source", "assume"):
            limit.declared("categories", category)
            found.append(CategoryLimit(category, limit.figure(kind), recurring=False))
    return tuple(found)
