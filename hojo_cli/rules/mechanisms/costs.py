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
    return _apportioned(costs, block.at("apportion")) if block.has("apportion") else costs


def _limits(block: Block, kind: Kind) -> tuple[CategoryLimit, ...]:
    found = []
    for category, limit in block.keyed():
        if category not in ("source", "assume"):
            limit.declared("categories", category)
            found.append(CategoryLimit(category, limit.figure(kind)))
    return tuple(found)


def _apportioned(costs: Costs, block: Block) -> Apportion:
    part, whole = block.at("part").name("facts"), block.at("whole").name("facts")
    for key, name in (("part", part), ("whole", whole)):
        named = block.reading.facts.get(name)
        if named is not None and named.kind not in (Kind.COUNT, Kind.YEN):
            block.at(key).fault("HJ348", fact=name)
    spec = block.reading.facts.get(whole)
    if spec is not None and spec.minimum < 1:
        block.fault("HJ339", fact=whole)
    return Apportion(costs, part, whole, block.provenance)
