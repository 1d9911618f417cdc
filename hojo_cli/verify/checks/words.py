"""The figures that labels, questions, reminders and assumptions quote are those of the rules they speak of, in both languages.

- A label of a rule (a requirement, a row, a band, a definition, a cap) quotes figures of that rule, on the side the rule uses.
- A question about a quantity quotes figures that this quantity is compared with.
- An assumption quotes the figures that rest on it, a reminder those of the fragment it cites.
- Japanese and English quote the same.
- Any other figure that no rule and no fragment has is listed.

Words are read as people write them (`10者以上`, `５千万円`, `ten or more`, `1.5 million yen`); what no figure is told of is left alone.

Bad:
    frames: {aid: {bands: [{id: all, label: {ja: 6万円以上, en: 60000 yen or more}, floor: {use: 5万円}, assume: amounts}]}}
Bad:
    frames: {aid: {bands: [{id: all, label: {ja: 5万円以上, en: more than 50000 yen}, floor: {use: 5万円}, assume: amounts}]}}
Bad:
    facts: {staff: {ask: {ja: 従業員は30人以下ですか。何人ですか。, en: 'How many people work there?'}}}
Bad:
    reminders: {keep: {label: {ja: 書類を5年間保存します。, en: Keep the papers for three years.}, assume: amounts}}
Good:
    frames: {aid: {bands: [{id: all, label: {ja: 5万円以上, en: 'at least 50,000 yen'}, floor: {use: 5万円}, assume: amounts}]}}
Good:
    facts: {staff: {ask: {ja: 従業員は20人以下ですか。何人ですか。, en: 'How many people work there?'}}}
Good:
    reminders: {keep: {label: {ja: 書類を5年間保存します。, en: Keep the papers for five years.}, assume: amounts}}
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, combinations, islice
from typing import Final

from hojo_cli.base.exact import Exact
from hojo_cli.base.finding import Finding, Location
from hojo_cli.base.number import Kind
from hojo_cli.base.record import Record
from hojo_cli.base.texts import figure as with_unit
from hojo_cli.messages import finding
from hojo_cli.rules.nodes import Number, Op
from hojo_cli.verify.examined import Examined
from hojo_cli.verify.sources.printed import Figure, Value, figures, value_of
from hojo_cli.verify.sources.wording import (
    LANGUAGES,
    NAMES,
    OPPOSITE,
    Bound,
    QuotedText,
    Rules,
    bounds,
    quoted_texts,
    same,
    within,
)

CODE: Final = "HJ575"

_REFUSING: Final = re.compile(
    r"対象外|除く|除き|不要|不可|でき(?:ない|ません)|ない|\bnot\b|\bexcept|\bexclud|\bunless|\bno longer|instead"
)
"""Words under which a bound may be told from its other side."""


class Spoken(Record):
    """The figures a text speaks of: those of the rules, and values that may stand beside them.

    A text that quotes another figure is wrong where it leaves out one of `due`; where it says 以上, 以下, 超 or 未満 of it and is
    `strict`, in any case.
    """

    numbers: tuple[Number, ...] = ()
    due: frozenset[Value] = frozenset()
    beside: frozenset[Value] = frozenset()
    strict: bool = True


def find(examined: Examined) -> Iterator[Finding]:
    """Each text against the rules it speaks of, then against itself in the other language, then against the whole file; one finding a text."""
    rules = Rules(examined.blocks, examined.numbers, examined.nodes)
    sides = bounds(examined.nodes)
    everything = {value for number in examined.numbers for value in _values(number, sides.get(number.where))}
    everything |= {value for block in examined.blocks for value in _printed(block.provenance.printed)}
    for text in quoted_texts(examined.blocks):
        told = against_rules(text, figures_spoken_of(text, rules), sides)
        yield from islice(chain(told, between_languages(text), in_no_rule(text, everything)), 1)


def figures_spoken_of(text: QuotedText, rules: Rules) -> Spoken:
    """Those of the rules that could be told; nothing is spoken of by most texts."""
    part, _, rest = text.owner.partition(".")
    if part == "facts" and "." not in rest and text.role in ("label", "ask", "where"):
        return Spoken(tuple(rules.of_fact(rest)))
    if text.role != "label":
        return Spoken()
    printed = text.block.provenance.printed
    if part in ("frames", "definitions"):
        inside = tuple(rules.inside(text.owner))
        yen = [number for number in inside if number.kind is Kind.YEN]
        summands = {number.value for number in yen if ".sum[" in number.path.removeprefix(text.owner)}
        sums = frozenset((one + other, Kind.YEN) for one, other in combinations(sorted(summands), 2))
        if part == "definitions":
            return Spoken(inside, beside=sums)
        own = frozenset(value_of(number) for number in inside if within(number.path, text.owner))
        return Spoken(inside, own, sums)
    if part == "assumptions":
        numbers = tuple(rules.assuming(rest))
        fragments = (*printed, *(fragment for number in numbers for fragment in number.provenance.printed))
        readable = frozenset(  # what is wrong with others is told at the figure
            value_of(number)
            for number in numbers
            if number.value and value_of(number) in _printed(number.provenance.printed)
        )
        return Spoken(numbers, readable, _printed(fragments), strict=False)
    if part == "reminders":
        return Spoken((), _printed(printed), _printed(printed), strict=False)
    return Spoken()


# --- against the rules ------------------------------------------------------------------------------------------------


def against_rules(text: QuotedText, spoken: Spoken, sides: Mapping[Location, Bound]) -> Iterator[Finding]:
    """Where a text parts from the rules.

    It quotes a figure that the rules do not have, and leaves one of theirs out or says a bound; or it says 以上, 以下, 超 or 未満 of
    one of their figures, and the rule says another of these.
    """
    known = spoken.beside.union(spoken.due, *(_values(number, sides.get(number.where)) for number in spoken.numbers))
    for lang in LANGUAGES:
        words, where = text.words(lang), text.where(lang)
        quotes = [figure for figure in text.figures[lang] if speaks_of_rules(text, figure, lang)]
        for quote in quotes:
            of_kind = {value for value, kind in known if kind is quote.kind}
            if quote.value not in of_kind and of_kind:
                said = {value for other in quotes if other.kind is quote.kind for value in _equal(other)}
                left_out = {value for value, kind in spoken.due if kind is quote.kind} - said
                if left_out or (spoken.strict and quote.op is not None):
                    rule = with_unit(min(left_out or of_kind), quote.kind)
                    yield finding(CODE, where, figure=with_unit(*value_of(quote)), rule=rule, text=words)
        for quote in quotes:
            numbers = [number for number in spoken.numbers if value_of(number) == value_of(quote)]
            used = [sides[number.where].sides for number in numbers if number.where in sides]
            ops = {other.op for other in quotes if value_of(other) == value_of(quote)}
            if quote.op is not None and used and len(used) == len(numbers) and None not in ops:
                allowed = {op for bound in used for op in bound}
                allowed |= {OPPOSITE[op] for op in allowed} if _REFUSING.search(words.lower()) else set()
                if ops.isdisjoint(allowed):
                    named = {"shown": NAMES[quote.op], "used": NAMES[used[0][0]]}
                    yield finding("HJ576", where, figure=with_unit(*value_of(quote)), text=words, **named)


def speaks_of_rules(text: QuotedText, figure: Figure, lang: str) -> bool:
    """Whether a figure says something of the rules: names, places to look and mere words may hold one that does not."""
    if re.fullmatch(r"frames\.[^.]+(?:\.lines\.[^.]+)?", text.owner):
        return figure.op is Op.MAX
    if text.owner.startswith("definitions.") or text.role == "where":
        return figure.op is not None
    if text.owner.startswith(("assumptions.", "reminders.")) and lang == "en":
        return figure.op is not None or figure.kind is not Kind.COUNT
    return figure.op is not None or figure.kind is not Kind.COUNT or figure.value not in (0, 1)


def _equal(figure: Figure) -> set[Exact]:
    """The value, and what it is called from the other side: 21人以上 is 20人超."""
    other = None if figure.op is None else same(figure.value, figure.op, figure.kind)
    return {figure.value} if other is None else {figure.value, other}


def _values(number: Number, bound: Bound | None) -> set[Value]:
    """The values a text may give a figure."""
    others = [] if bound is None else [same(number.value, op, number.kind) for op in bound.sides]
    return {value_of(number), *((other, number.kind) for other in others if other is not None)}


def _printed(fragments: Iterable[str]) -> frozenset[Value]:
    return frozenset(value_of(figure) for fragment in fragments for figure in figures(fragment))


def in_no_rule(text: QuotedText, everything: set[Value]) -> Iterator[Finding]:
    """What no rule and no fragment has; what is merely counted is left alone."""
    for lang in LANGUAGES:
        for figure in text.figures[lang]:
            merely_counted = figure.kind is Kind.COUNT and (figure.op is None or figure.value < 2)
            if not merely_counted and value_of(figure) not in everything:
                yield finding("HJ578", text.where(lang), figure=with_unit(*value_of(figure)))


# --- against the other language ---------------------------------------------------------------------------------------


def between_languages(text: QuotedText) -> Iterator[Finding]:
    """A figure of each language that the other does not quote; what only one of them mentions is left alone."""
    for kind in Kind:
        quotes = [[figure for figure in text.figures[lang] if figure.kind is kind] for lang in LANGUAGES]
        ja, en = (Counter(figure.value for figure in quoted) for quoted in quotes)
        if not (ja - en and en - ja) or (kind is Kind.COUNT and ja.total() != en.total()):
            continue  # English counts what Japanese does not, and the reverse
        values = [{value for figure in quoted for value in _equal(figure)} for quoted in quotes]
        if not all(  # both may bound the same from two sides
            _equal(figure) & others
            for quoted, others in zip(quotes, reversed(values), strict=True)
            for figure in quoted
        ):
            yield finding("HJ577", text.where("en"), ja=with_unit(min(ja - en), kind), en=with_unit(min(en - ja), kind))
