"""A share of what other lines yield."""

from math import prod
from typing import Final

from hojo_cli.base.finding import Text
from hojo_cli.base.number import Kind
from hojo_cli.rules.block import Block
from hojo_cli.rules.nodes import Amount, Share
from hojo_cli.rules.walk import cost_of

_ABOVE: Final = Text(
    "割合のもとになる行と小計の行は、すべて上に置いてください。", "The lines it is a share of have to stand above."
)


def lower(block: Block, kind: Kind) -> Amount:
    """`share: {of: [lines or subtotals above], rates: [...], itself: true}`; with `itself` the rates together stay under 1.

    `basis: cost` makes it a share of what they cost.
    """
    share, shares = block.at("share"), block.reading.shares
    if kind is Kind.RATE:
        share.fault("HJ376")
    rates = tuple(rate.number(Kind.RATE) for rate in share.at("rates").words())
    counted: dict[str, str] = {}  # each line once, by the name that holds it
    for entry in share.at("of").words():
        name = entry.word()
        if name in shares.cut:  # a subtotal cuts it afterwards
            entry.fault("HJ371", name=name, subtotal=shares.cut[name])
        elif name in shares.below:
            entry.fault("HJ331", name=name, near=_ABOVE)
        else:
            entry.declared("lines above", name, shares.above)
        for line in shares.above.get(name, ()):
            if line in counted:
                entry.fault("HJ372", name=name, other=counted[line], line=line)
                break
            counted[line] = name
    lines = [shares.lines[name] for name in counted if name in shares.lines and share.at("basis").word() == "cost"]
    costs = tuple(line._replace(amount=cost_of(line.amount)) for line in lines)
    node = Share(tuple(entry.word() for entry in share.at("of").words()), rates, share.at("itself").truth(), costs)
    if node.itself and rates and prod(rate.value for rate in rates) >= 1:
        share.fault("HJ337")
        return node._replace(itself=False)
    return node
