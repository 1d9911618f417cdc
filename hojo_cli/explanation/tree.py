"""The full derivation of a frame as a tree of words and values."""

from __future__ import annotations

from collections.abc import Iterator

from hojo_cli.derive import Derivation
from hojo_cli.evaluate import BandYield, Judged, Judgement
from hojo_cli.explanation.words import UNKNOWN, Words, figure, say
from hojo_cli.finding import Text
from hojo_cli.formula import (
    NOWHERE,
    Apportion,
    Branch,
    Choose,
    Compare,
    Distinct,
    Fact,
    FactOr,
    Is,
    Least,
    MemberCount,
    Number,
    Share,
    Subtotal,
    Table,
)
from hojo_cli.number import Kind
from hojo_cli.report import Explained

HOLDS = Text("満たす", "holds")
FAILS = Text("満たさない", "does not hold")


def tree(judgement: Judgement, words: Words) -> Explained:
    """Requirements, total and bands under the frame."""
    parts = [_requirement(judged, words) for judged in judgement.requirements]
    if judgement.total is not None:
        total = explained(judgement.total, words)
        parts.append(total._replace(label=Text("合計", "total")))
    parts += [_band(band, words) for band in judgement.bands]
    value = UNKNOWN if judgement.subsidy is None else figure(judgement.subsidy)
    return Explained(judgement.frame.label, value, None, tuple(parts))


def _requirement(judged: Judged, words: Words) -> Explained:
    inner = explained(judged.derivation, words)
    return Explained(judged.requirement.label, inner.value, words.citation(judged.requirement.provenance), (inner,))


def _band(band: BandYield, words: Words) -> Explained:
    state = UNKNOWN if band.holds is None else HOLDS if band.holds and band.reached else FAILS
    return Explained(
        say(Text("区分：{0}", "band: {0}"), band.band.label),
        state,
        None,
        tuple(_requirement(judged, words) for judged in band.requirements),
    )


def explained(derivation: Derivation, words: Words) -> Explained:
    """One derivation and what it rests on; choices and named conditions are shown through what they came to."""
    parts = tuple(explained(part, words) for part in _shown(derivation))
    provenance = words.provenance(derivation.node)
    label = words.node(derivation)
    if isinstance(derivation.node, Choose | Least) and provenance == NOWHERE and len(parts) == 1:
        return parts[0]
    return Explained(label, _value(derivation, words), words.citation(provenance), parts)


def _shown(derivation: Derivation) -> Iterator[Derivation]:
    """The parts worth showing: of a definition, what defines it; of a branch, its figure and its condition."""
    for part in derivation.parts:
        if isinstance(derivation.node, Is) and not isinstance(part.node, Table | Compare) and part.parts:
            yield from part.parts
        elif isinstance(derivation.node, Share | Subtotal):
            yield part._replace(parts=())
        else:
            yield part


def _value(derivation: Derivation, words: Words) -> Text:
    value = derivation.value
    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        return HOLDS if value else FAILS
    if isinstance(value, str | frozenset):
        text = value if isinstance(value, str) else "・".join(sorted(value))
        return Text(text, text)
    return figure(value, _kind(derivation, words))


def _kind(derivation: Derivation, words: Words) -> Kind:
    """The unit of a derivation's number."""
    node = derivation.node
    match node:
        case Number():
            return node.kind
        case Fact(name) | FactOr(name):
            kind = words.ruleset.facts[name].kind
            return Kind(kind) if kind not in ("boolean", "choice") else Kind.COUNT
        case Distinct() | MemberCount():
            return Kind.COUNT
        case Choose() | Branch() | Least():
            return _kind(derivation.parts[0], words) if derivation.parts else Kind.YEN
        case Apportion():
            return Kind.YEN
        case _:
            return Kind.YEN
