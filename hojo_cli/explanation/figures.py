"""A figure that was used: how it is said, what it is made of, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from hojo_cli.base.finding import Text
from hojo_cli.base.number import Kind
from hojo_cli.engine.derive import Derivation
from hojo_cli.engine.judgement import BandYield, exact
from hojo_cli.explanation.words import EMPTY, UNKNOWN, Words, figure, joined, say
from hojo_cli.report import Citation, Explained
from hojo_cli.rules.nodes import (
    Branch,
    CategoryLimit,
    Choose,
    Distinct,
    Exact,
    Fact,
    FactOr,
    Least,
    MemberCount,
    Number,
    Scaled,
    Share,
    Sum,
)


def phrase(derivation: Derivation, words: Words) -> Text:
    """1,500,000円（500,000円 × 構成員の数 3）; the figure alone where it is written as such."""
    value = value_of(derivation, words)
    inner = _chosen(derivation)
    match inner.node:
        case Scaled() | Share():
            how = words.node(inner)
        case Sum():
            how = joined((value_of(part, words) for part in inner.parts), " ＋ ", " + ")
        case Least():
            parts = joined((value_of(part, words) for part in inner.parts), "、", ", ")
            how = say(Text("{0}のうち最も小さいもの", "the least of {0}"), parts)
        case _:
            return value
    return say(Text("{0}（{1}）", "{0} ({1})"), value, how)


def made_of(derivation: Derivation, words: Words) -> tuple[Explained, ...]:
    """The parts of a sum or of a least amount, each with its figure and its source."""
    inner = _chosen(derivation)
    template = _PART.get(type(inner.node))
    return () if template is None else tuple(_part(part, template, words) for part in inner.parts)


_PART: Final[Mapping[type, Text]] = {
    Sum: Text("うち {0}", "of which {0}"),
    Least: Text("比べた額 {0}", "compared: {0}"),
}


def _part(derivation: Derivation, template: Text, words: Words) -> Explained:
    label = UNKNOWN if derivation.value is None else phrase(derivation, words)
    if isinstance(derivation.node, Choose) and len(derivation.parts) == 1:
        label = say(Text("{0}（{1}）", "{0} ({1})"), label, words.node(derivation.parts[0]))
    citation = cited(derivation, words) if derivation.value is not None else None
    return Explained(say(template, label), value_of(derivation, words), citation, made_of(derivation, words))


def cited(derivation: Derivation, words: Words) -> Citation | None:
    """Where the figure stands that was used in the end: of the branch taken, of the least part, of the largest part of a sum."""
    inner = _chosen(derivation)
    while isinstance(inner.node, Least | Sum):
        known = [part for part in inner.parts if part.value is not None]
        inner = _chosen(min(known, key=exact) if isinstance(inner.node, Least) else max(known, key=exact))
    return words.cited(inner)


def _chosen(derivation: Derivation) -> Derivation:
    """Through choices to the branch taken."""
    while isinstance(derivation.node, Choose | Branch) and derivation.parts:
        derivation = derivation.parts[0]
    return derivation


def limit(band: BandYield, unit: Exact, words: Words) -> tuple[Text, Citation | None, tuple[Explained, ...]]:
    """The upper limit of a band: the figure in words, where it stands, what it is made of."""
    if band.cap is not None:
        return phrase(band.cap, words), cited(band.cap, words), made_of(band.cap, words)
    below = band.band.below
    assert below is not None
    template = Text("{0}（{1}未満）", "{0} (less than {1})")
    return say(template, figure(below.value - unit), figure(below.value)), words.citation(below.provenance), ()


def value_of(derivation: Derivation, words: Words) -> Text:
    """A number with its unit."""
    value = derivation.value
    if value is None or isinstance(value, bool | str | frozenset):
        return UNKNOWN if value is None else EMPTY
    return figure(value, kind_of(derivation, words))


def kind_of(derivation: Derivation, words: Words) -> Kind:
    """The unit of a derivation's number."""
    node = derivation.node
    match node:
        case Number():
            return node.kind
        case Scaled():
            return node.number.kind
        case CategoryLimit():
            return node.limit.kind
        case Fact(name) | FactOr(name):
            kind = words.ruleset.facts[name].kind
            return Kind(kind) if kind not in ("boolean", "choice") else Kind.COUNT
        case Distinct() | MemberCount():
            return Kind.COUNT
        case Choose() | Branch() | Least() | Sum():
            return kind_of(derivation.parts[0], words) if derivation.parts else Kind.YEN
        case _:
            return Kind.YEN
