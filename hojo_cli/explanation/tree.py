"""The full derivation of a frame as a tree of words and values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hojo_cli.base.finding import Text
from hojo_cli.base.texts import EMPTY, UNKNOWN, figure, say
from hojo_cli.engine.derivation import Derivation
from hojo_cli.engine.judgement import BandYield, Judged, Judgement
from hojo_cli.explanation.labels import FAILS, HOLDS, label, own_citation, value_of
from hojo_cli.results.estimated import Explained
from hojo_cli.rules import nodes
from hojo_cli.rules.nodes import Rounded
from hojo_cli.rules.words import Words


def tree(judgement: Judgement, words: Words) -> Explained:
    """Requirements, total and bands under the frame, and the last fraction of a yen where there is one."""
    parts = [requirement_tree(judged, words) for judged in judgement.requirements]
    if judgement.total is not None:
        parts.append(total_tree(judgement.total, words))
    parts += [band_tree(band, judgement, words) for band in judgement.bands]
    if judgement.granted is not None and judgement.granted.lost:
        parts.append(_explained(judgement.granted, words))
    value = UNKNOWN if judgement.subsidy is None else figure(judgement.subsidy)
    return Explained(judgement.frame.label, value, None, tuple(parts))


def requirement_tree(judged: Judged, words: Words) -> Explained:
    """A requirement, and the condition it asks for."""
    inner = _explained(judged.derivation, words)
    return Explained(judged.requirement.label, inner.value, words.citation(judged.requirement.provenance), (inner,))


def total_tree(total: Derivation, words: Words) -> Explained:
    """The sum of the lines, under the rounding where it is rounded."""
    shown = _explained(total, words)
    if isinstance(total.node, Rounded) and total.lost:
        return shown._replace(parts=tuple(total_tree(part, words) for part in total.parts))
    return shown._replace(label=Text("合計", "total"))


def band_tree(band: BandYield, judgement: Judgement, words: Words) -> Explained:
    """What it asks, and its limits."""
    state = UNKNOWN if band.holds is None else HOLDS if band.holds and band.reached else FAILS
    parts = [requirement_tree(judged, words) for judged in band.requirements]
    for number, template in (
        (band.band.floor, Text("{0}以上", "at least {0}")),
        (band.band.below, Text("{0}未満", "less than {0}")),
    ):
        if number is not None:
            text = say(template, figure(number.value))
            parts.append(Explained(text, EMPTY, words.citation(number.provenance), ()))
    if band.cap is not None:
        parts.append(_explained(band.cap, words, Text("上限", "cap")))
    if band is judgement.band:
        parts.append(Explained(Text("この区分の補助額", "granted in this band"), figure(band.grant), None, ()))
    return Explained(say(Text("区分：{0}", "band: {0}"), band.band.label), state, None, tuple(parts))


_LAST_PART: Final = {
    nodes.Capped: Text("上限", "cap"),
    nodes.Subtotal: Text("上限", "cap"),
    nodes.Rated: Text("補助率", "rate"),
    nodes.Tier: Text("補助率", "rate"),
}
"""What the last part of a step is to it."""


def _explained(derivation: Derivation, words: Words, number: Text | None = None) -> Explained:
    """One derivation and what it rests on; a bare figure is called by what it is for (`number`).

    Choices and named conditions are shown through what they came to, and rounding only where there was a fraction.
    """
    node = derivation.node
    parts = tuple(_parts(derivation, words))
    citation = own_citation(derivation, words)
    bare = isinstance(node, nodes.Choose | nodes.Least | nodes.Table) and citation is None
    if len(parts) == 1 and (bare or (isinstance(node, Rounded) and not derivation.lost)):
        return parts[0]
    text = number if number is not None and isinstance(node, nodes.Number) else label(derivation, words)
    return Explained(text, value_of(derivation, words), citation, parts)


def _parts(derivation: Derivation, words: Words) -> Iterator[Explained]:
    """The parts worth showing.

    Of a definition, what defines it, also where a branch is called by it; of a share, the lines as they came out;
    of a line that is the sum over members, the members.
    """
    node, parts = derivation.node, derivation.parts
    if isinstance(node, nodes.Line) and parts:
        amount = parts[0]
        while isinstance(amount.node, Rounded) and not amount.lost:
            amount = amount.parts[0]
        if isinstance(amount.node, nodes.PerMember) and amount.parts:
            parts = amount.parts
    for part in parts:
        if isinstance(node, nodes.Is) and not isinstance(part.node, nodes.Table | nodes.Compare) and part.parts:
            yield from (_explained(inner, words) for inner in part.parts)
        elif isinstance(node, nodes.Branch) and isinstance(part.node, nodes.Is) and part.value is True:
            yield from _parts(part, words)
        elif isinstance(node, nodes.Share):
            yield _explained(part._replace(parts=()), words)
        else:
            yield _explained(part, words, _LAST_PART.get(type(node)) if part is parts[-1] else None)
