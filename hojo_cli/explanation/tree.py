"""The full derivation of a frame as a tree of words and values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hojo_cli.base.finding import Text
from hojo_cli.engine.derive import Derivation
from hojo_cli.engine.judgement import BandYield, Judged, Judgement
from hojo_cli.explanation.figures import kind_of
from hojo_cli.explanation.words import EMPTY, UNKNOWN, Words, figure, say
from hojo_cli.report import Explained
from hojo_cli.rules.nodes import (
    Branch,
    Capped,
    Choose,
    Compare,
    Is,
    Least,
    Line,
    Number,
    PerMember,
    Rated,
    Rounded,
    Share,
    Subtotal,
    Table,
    Tier,
)

HOLDS = Text("満たす", "holds")
FAILS = Text("満たさない", "does not hold")


def tree(judgement: Judgement, words: Words) -> Explained:
    """Requirements, total and bands under the frame, and the last fraction of a yen where there is one."""
    parts = [_requirement(judged, words) for judged in judgement.requirements]
    if judgement.total is not None:
        parts.append(_total(judgement.total, words))
    parts += [_band(band, judgement, words) for band in judgement.bands]
    if judgement.granted is not None and judgement.granted.lost:
        parts.append(explained(judgement.granted, words))
    value = UNKNOWN if judgement.subsidy is None else figure(judgement.subsidy)
    return Explained(judgement.frame.label, value, None, tuple(parts))


def _total(total: Derivation, words: Words) -> Explained:
    """The sum of the lines, under the rounding where it is rounded."""
    found = explained(total, words)
    if isinstance(total.node, Rounded) and total.lost:
        return found._replace(parts=tuple(_total(part, words) for part in total.parts))
    return found._replace(label=Text("合計", "total"))


def _requirement(judged: Judged, words: Words) -> Explained:
    inner = explained(judged.derivation, words)
    return Explained(judged.requirement.label, inner.value, words.citation(judged.requirement.provenance), (inner,))


def _band(band: BandYield, judgement: Judgement, words: Words) -> Explained:
    """What it asks, and its limits."""
    state = UNKNOWN if band.holds is None else HOLDS if band.holds and band.reached else FAILS
    parts = [_requirement(judged, words) for judged in band.requirements]
    for number, label in (
        (band.band.floor, Text("{0}以上", "at least {0}")),
        (band.band.below, Text("{0}未満", "less than {0}")),
    ):
        if number is not None:
            said = say(label, figure(number.value))
            parts.append(Explained(said, EMPTY, words.citation(number.provenance), ()))
    if band.cap is not None:
        parts.append(_named(explained(band.cap, words), band.cap, Text("上限", "cap")))
    if band is judgement.band:
        parts.append(Explained(Text("この区分の補助額", "granted in this band"), figure(band.grant), None, ()))
    return Explained(say(Text("区分：{0}", "band: {0}"), band.band.label), state, None, tuple(parts))


_LAST: Final = {
    Capped: Text("上限", "cap"),
    Subtotal: Text("上限", "cap"),
    Rated: Text("補助率", "rate"),
    Tier: Text("補助率", "rate"),
}
"""What the last part of a step is to it."""


def _named(found: Explained, derivation: Derivation, label: Text) -> Explained:
    """A bare figure by what it is for."""
    return found._replace(label=label) if isinstance(derivation.node, Number) else found


def explained(derivation: Derivation, words: Words) -> Explained:
    """One derivation and what it rests on.

    Choices and named conditions are shown through what they came to, and rounding only where there was a fraction.
    """
    parts = tuple(_parts(derivation, words))
    citation = words.cited(derivation)
    if isinstance(derivation.node, Choose | Least | Table) and citation is None and len(parts) == 1:
        return parts[0]
    if isinstance(derivation.node, Rounded) and not derivation.lost and len(parts) == 1:
        return parts[0]
    return Explained(words.node(derivation), _value(derivation, words), citation, parts)


def _parts(derivation: Derivation, words: Words) -> Iterator[Explained]:
    """The parts worth showing.

    Of a definition, what defines it, also where a branch is called by it; of a share, the lines as they came out.
    """
    node, parts = derivation.node, derivation.parts
    if isinstance(node, Line) and parts:
        parts = _of_members(parts[0]) or parts
    for part in parts:
        if isinstance(node, Is) and not isinstance(part.node, Table | Compare) and part.parts:
            yield from (explained(inner, words) for inner in part.parts)
        elif isinstance(node, Branch) and isinstance(part.node, Is) and part.value is True:
            yield from explained(part, words).parts
        elif isinstance(node, Share):
            yield explained(part._replace(parts=()), words)
        elif part is parts[-1] and type(node) in _LAST:
            yield _named(explained(part, words), part, _LAST[type(node)])
        else:
            yield explained(part, words)


def _of_members(derivation: Derivation) -> tuple[Derivation, ...]:
    """The members of a line that is their sum and nothing else."""
    while isinstance(derivation.node, Rounded) and not derivation.lost:
        derivation = derivation.parts[0]
    return derivation.parts if isinstance(derivation.node, PerMember) else ()


def _value(derivation: Derivation, words: Words) -> Text:
    value = derivation.value
    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        return HOLDS if value else FAILS
    if isinstance(value, str | frozenset):
        text = value if isinstance(value, str) else "・".join(sorted(value))
        return Text(text, text)
    return figure(value, kind_of(derivation, words))
