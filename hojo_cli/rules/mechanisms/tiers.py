"""A scale of rates whose borders are yen of subsidy or yen of cost."""

from hojo_cli.base.number import Kind
from hojo_cli.rules.block import Block
from hojo_cli.rules.nodes import Amount, Tier, Tiered


def lower(block: Block, of: Amount) -> Tiered:
    """`{basis: subsidy|cost, steps: [{up_to: yen, rate: …}, ...]}`; borders rise, only the last step may be open."""
    steps = block.at("steps").elements()
    tiers = tuple(
        Tier(
            step.at("up_to").figure(Kind.YEN) if step.has("up_to") else None,
            step.at("rate").amount(Kind.RATE),
            step.where,
        )
        for step in steps
    )
    for before, tier, step in zip(tiers, tiers[1:], steps[1:], strict=False):
        if before.up_to is None or (tier.up_to is not None and tier.up_to.value <= before.up_to.value):
            step.fault("HJ338")
    return Tiered(of, tiers, block.at("basis").word() == "subsidy")
