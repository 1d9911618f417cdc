"""A figure that was used: how it is said, where it stands, and what it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple, assert_never

from hojo_cli.base.finding import Text
from hojo_cli.base.number import Kind
from hojo_cli.engine.derivation import Derivation, exact
from hojo_cli.engine.judgement import BandYield, Judgement
from hojo_cli.explanation.labels import label, provenances
from hojo_cli.explanation.words import UNKNOWN, Words, figure, joined, say
from hojo_cli.results import Citation, Explained
from hojo_cli.rules import nodes
from hojo_cli.rules.nodes import NOWHERE, Exact

HOLDS: Final = Text("満たす", "holds")
FAILS: Final = Text("満たさない", "does not hold")

_PART: Final[Mapping[type, Text]] = {
    nodes.Sum: Text("うち {0}", "of which {0}"),
    nodes.Least: Text("比べた額 {0}", "compared: {0}"),
}


class UsedFigure(NamedTuple):
    """A limit or a rate as it was used: in words, where it stands, and the parts of a sum or of a least amount."""

    text: Text
    citation: Citation | None
    parts: tuple[Explained, ...] = ()


def used_figure(derivation: Derivation, words: Words) -> UsedFigure:
    """1,500,000円（500,000円 × 構成員の数 3）; the figure alone where it is written as such."""
    used = _through_choices(derivation)
    text, how = value_of(derivation, words), reckoning(used, words)
    if how is not None:
        text = say(Text("{0}（{1}）", "{0} ({1})"), text, how)
    template = _PART.get(type(used.node))
    parts = () if template is None else tuple(part_of_figure(part, template, words) for part in used.parts)
    return UsedFigure(text, cited(derivation, words), parts)


def upper_limit(band: BandYield, unit: Exact, words: Words) -> UsedFigure:
    """The upper limit of a band."""
    if band.cap is not None:
        return used_figure(band.cap, words)
    below = band.band.below
    assert below is not None
    text = say(Text("{0}（{1}未満）", "{0} (less than {1})"), figure(below.value - unit), figure(below.value))
    return UsedFigure(text, words.citation(below.provenance))


def lowest_floor(judgement: Judgement) -> nodes.Number:
    """The lower limit that was not reached, of the bands that are open to the applicant."""
    floors = [band.band.floor for band in judgement.bands if band.band.floor is not None and band.holds is not False]
    return min(floors, key=lambda number: number.value)


def cited(derivation: Derivation, words: Words) -> Citation | None:
    """Where the figure stands that was used in the end: of the branch taken, of the least part, of the largest part of a sum."""
    used = _through_choices(derivation)
    while isinstance(used.node, nodes.Least | nodes.Sum):
        known = [part for part in used.parts if part.value is not None]
        used = _through_choices((min if isinstance(used.node, nodes.Least) else max)(known, key=exact))
    return own_citation(used, words)


def own_citation(derivation: Derivation, words: Words) -> Citation | None:
    """Where the first figure stands that a node carries itself."""
    return words.citation(next(provenances(derivation), NOWHERE))


def value_of(derivation: Derivation, words: Words) -> Text:
    """A number with its unit, or the value of a condition or a choice."""
    value = derivation.value
    match value:
        case None:
            return UNKNOWN
        case bool():
            return HOLDS if value else FAILS
        case str():
            return Text(value, value)
        case frozenset():
            return joined((Text(name, name) for name in sorted(value)), "・", "・")
    return figure(value, _kind(derivation, words))


def _kind(derivation: Derivation, words: Words) -> Kind:
    """The unit of a derivation's number."""
    node = derivation.node
    match node:
        case nodes.Number():
            return node.kind
        case nodes.Scaled():
            return node.number.kind
        case nodes.CategoryLimit():
            return node.limit.kind
        case nodes.Choose() | nodes.Branch() | nodes.Least() | nodes.Sum():
            return _kind(derivation.parts[0], words) if derivation.parts else Kind.YEN
    return words.kind(node) if isinstance(node, nodes.Quantity) else Kind.YEN


def _through_choices(derivation: Derivation) -> Derivation:
    """The branch that was taken."""
    while isinstance(derivation.node, nodes.Choose | nodes.Branch) and derivation.parts:
        derivation = derivation.parts[0]
    return derivation


def reckoning(derivation: Derivation, words: Words) -> Text | None:
    """How a figure was reckoned, where it does not stand in the ruleset as it is."""
    node = derivation.node
    assert isinstance(node, nodes.Amount | nodes.Branch)
    match node:
        case nodes.Scaled() | nodes.Share():
            return label(derivation, words)
        case nodes.Sum():
            return joined((value_of(part, words) for part in derivation.parts), " ＋ ", " + ")
        case nodes.Least():
            compared = joined((value_of(part, words) for part in derivation.parts), "、", ", ")
            return say(Text("{0}のうち最も小さいもの", "the least of {0}"), compared)
        case nodes.Number() | nodes.Choose() | nodes.Branch() | nodes.Costs() | nodes.Apportion() | nodes.Rated():
            return None
        case nodes.Tiered() | nodes.Capped() | nodes.Rounded() | nodes.PerMember():
            return None
    assert_never(node)


def part_of_figure(derivation: Derivation, template: Text, words: Words) -> Explained:
    """One part of a sum or of a least amount, with the case it stands for."""
    if derivation.value is None:
        return Explained(say(template, UNKNOWN), UNKNOWN, None, ())
    text, citation, parts = used_figure(derivation, words)
    if isinstance(derivation.node, nodes.Choose) and len(derivation.parts) == 1:
        text = say(Text("{0}（{1}）", "{0} ({1})"), text, label(derivation.parts[0], words))
    return Explained(say(template, text), value_of(derivation, words), citation, parts)
