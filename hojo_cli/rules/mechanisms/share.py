"""A share of what other lines yield."""

from math import prod
from typing import Final

from hojo_cli.base.finding import Text
from hojo_cli.base.number import Kind
from hojo_cli.rules.block import Block
from hojo_cli.rules.nodes import Amount, Share


def lower(block: Block, kind: Kind) -> Amount:
    """`share: {of: [lines or subtotals above], rates: [...], itself: true}`; with `itself` the rates together stay under 1."""
    share = block.at("share")
    if kind is Kind.RATE:
        share.fault("HJ376")
    rates = tuple(rate.number(Kind.RATE) for rate in share.at("rates").words())
    node = Share(_of(share.at("of")), rates, share.at("itself").truth())
    if node.itself and rates and prod(rate.value for rate in rates) >= 1:
        share.fault("HJ337")
        return node._replace(itself=False)
    return node


def _of(block: Block) -> tuple[str, ...]:
    """Names that stand above, each line counted once, and nothing that a subtotal cuts afterwards."""
    shares = block.reading.shares
    counted: dict[str, str] = {}
    for entry in block.words():
        name = entry.word()
        if name in shares.cut:
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
    return tuple(entry.word() for entry in block.words())


_ABOVE: Final = Text(
    "割合のもとになる行と小計の行は、すべて上に置いてください。", "The lines it is a share of have to stand above."
)
