"""A share of what other lines yield."""

from hojo_cli.formula import Amount, Share
from hojo_cli.number import Kind
from hojo_cli.rulesets.reading import Block


def lower(block: Block, kind: Kind) -> Amount:
    """`share: {of: [lines or subtotals above], rates: [...], itself: true}`; with `itself` the rates together stay under 1."""
    share = block.at("share")
    rates = tuple(rate.number(Kind.RATE) for rate in share.at("rates").words())
    node = Share(share.at("of").names("lines above"), rates, share.at("itself").truth())
    product = 1 * rates[0].value if rates else 0
    for rate in rates[1:]:
        product *= rate.value
    if node.itself and product >= 1:
        share.fault("HJ337")
        return node._replace(itself=False)
    return node
