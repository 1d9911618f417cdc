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
    reminders: [{id: keep, label: {ja: 書類を5年間保存します。, en: Keep the papers for three years.}, assume: amounts}]
Good:
    frames: {aid: {bands: [{id: all, label: {ja: 5万円以上, en: 'at least 50,000 yen'}, floor: {use: 5万円}, assume: amounts}]}}
Good:
    facts: {staff: {ask: {ja: 従業員は20人以下ですか。何人ですか。, en: 'How many people work there?'}}}
Good:
    reminders: [{id: keep, label: {ja: 書類を5年間保存します。, en: Keep the papers for five years.}, assume: amounts}]
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Final, TypeAlias

from hojo_cli.base.finding import Finding, Location, Text
from hojo_cli.base.number import Kind, exact, show
from hojo_cli.base.record import Record
from hojo_cli.messages import finding
from hojo_cli.rules.nodes import Exact, Number, Op
from hojo_cli.verify.checks import Complaint, Examined
from hojo_cli.verify.sources.bounds import NAMES, OPPOSITE, Bound, bounds, same
from hojo_cli.verify.sources.printed import Figure, figures
from hojo_cli.verify.sources.wording import LANGUAGES, Quoted, Rules, quoted, within

CODE: Final = "HJ575"

Value: TypeAlias = "tuple[Exact, Kind]"

_REFUSING: Final = re.compile(
    r"対象外|除く|除き|不要|不可|でき(?:ない|ません)|ない|\bnot\b|\bexcept|\bexclud|\bunless|\bno longer|instead"
)
"""Words under which a bound may be told from its other side."""


class Spoken(Record):
    """The figures a text speaks of: those of the rules, and values that may stand beside them.

    A text that quotes another figure is wrong where it leaves out one of `due`; where it says 以上, 以下, 超 or 未満 of it and is
    `strict`, in any case.
    """

    numbers: tuple[Number, ...]
    due: frozenset[Value]
    beside: frozenset[Value] = frozenset()
    strict: bool = True


def find(examined: Examined) -> Iterator[Complaint]:
    """Each text against the rules it speaks of, then against itself in the other language, then against the whole file."""
    rules = Rules(examined.blocks, examined.numbers, examined.nodes)
    sides = bounds(examined.nodes)
    everything = {value for number in examined.numbers for value in _values(number, sides.get(number.where))}
    everything |= {value for block in examined.blocks for value in _printed(block.provenance.printed)}
    for text in quoted(examined.blocks):
        told = list(_told(text, _spoken(text, rules), sides)) or list(_between_languages(text))
        yield from map(Complaint, told or _nowhere(text, everything))


def _spoken(text: Quoted, rules: Rules) -> Spoken | None:
    """None where a text speaks of no figure that could be told."""
    part, _, rest = text.owner.partition(".")
    match part:
        case "facts" if "." not in rest and text.role in ("label", "ask", "where"):
            return Spoken(tuple(rules.of_fact(rest)), frozenset())
        case "frames" | "definitions" if text.role == "label":
            inside = tuple(rules.inside(text.owner))
            own = frozenset((number.value, number.kind) for number in inside if within(number.path, text.owner))
            return Spoken(inside, frozenset() if part == "definitions" else own, frozenset(_sums(text.owner, inside)))
        case "assumptions" if text.role == "label":
            numbers = tuple(rules.assuming(rest))
            fragments = (
                *text.block.provenance.printed,
                *(part for each in numbers for part in each.provenance.printed),
            )
            return Spoken(numbers, frozenset(_readable(numbers)), frozenset(_printed(fragments)), strict=False)
        case "reminders" if text.role == "label":
            printed = frozenset(_printed(text.block.provenance.printed))
            return Spoken((), printed, printed, strict=False)
        case _:
            return None


def _readable(numbers: Iterable[Number]) -> Iterator[Value]:
    """Figures that stand in their own fragments; what is wrong with others is told at the figure."""
    for number in numbers:
        if number.value and (number.value, number.kind) in _printed(number.provenance.printed):
            yield number.value, number.kind


def _sums(path: str, numbers: Iterable[Number]) -> Iterator[Value]:
    """What parts of a sum come to together, two by two: a label may say it."""
    parts = {
        number.value for number in numbers if number.kind is Kind.YEN and ".sum[" in number.path.removeprefix(path)
    }
    yield from ((one + other, Kind.YEN) for one, other in combinations(sorted(parts), 2))


# --- against the rules ------------------------------------------------------------------------------------------------


def _told(text: Quoted, spoken: Spoken | None, sides: dict[Location, Bound]) -> Iterator[Finding]:
    """The first language that parts from the rules speaks for both."""
    if spoken is None:
        return
    for lang in LANGUAGES:
        wrong = list(_parted(text, lang, spoken, sides))
        if wrong:
            yield wrong[0]
            return


def _parted(text: Quoted, lang: str, spoken: Spoken, sides: dict[Location, Bound]) -> Iterator[Finding]:
    known = spoken.beside.union(spoken.due, *(_values(number, sides.get(number.where)) for number in spoken.numbers))
    quotes = [figure for figure in text.figures[lang] if _speaks(text, figure, lang)]
    for figure in quotes:
        kind = figure.kind
        if (figure.value, kind) not in known and any(other is kind for _, other in known):
            said = {value for quote in quotes if quote.kind is kind for value in _equal(quote)}
            left = {value for value, other in spoken.due if other is kind} - said
            if left or (spoken.strict and figure.op is not None):
                rule = min(left or {value for value, other in known if other is kind})
                words = {"figure": _shown(figure.value, kind), "rule": _shown(rule, kind), "text": text.words(lang)}
                yield finding(CODE, text.where(lang), **words)
    yield from _from_another_side(text, lang, spoken, quotes, sides)


def _from_another_side(
    text: Quoted, lang: str, spoken: Spoken, quotes: list[Figure], sides: dict[Location, Bound]
) -> Iterator[Finding]:
    """Figures of which the words say 以上, 以下, 超 or 未満, and the rule another of these."""
    for figure in quotes:
        numbers = [number for number in spoken.numbers if (figure.value, figure.kind) == (number.value, number.kind)]
        used = [sides[number.where].sides for number in numbers if number.where in sides]
        said = {quote.op for quote in quotes if (quote.value, quote.kind) == (figure.value, figure.kind)}
        if figure.op is not None and used and len(used) == len(numbers) and None not in said:
            allowed = {op for each in used for op in each}
            allowed |= {OPPOSITE[op] for op in allowed} if _REFUSING.search(text.words(lang).lower()) else set()
            if said.isdisjoint(allowed):
                words = {"figure": _shown(figure.value, figure.kind), "text": text.words(lang)}
                yield finding("HJ576", text.where(lang), shown=NAMES[figure.op], used=NAMES[used[0][0]], **words)


def _speaks(text: Quoted, figure: Figure, lang: str) -> bool:
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
    return {figure.value} if other is None else {figure.value, other[0]}


def _values(number: Number, bound: Bound | None) -> set[Value]:
    """The values a text may give a figure."""
    others = () if bound is None else tuple(same(number.value, op, number.kind) for op in bound.sides)
    return {(number.value, number.kind), *((other[0], number.kind) for other in others if other is not None)}


def _printed(fragments: Iterable[str]) -> set[Value]:
    return {(figure.value, figure.kind) for fragment in fragments for figure in figures(fragment)}


# --- against the other language -------------------------------------------------------------------------------------------


def _between_languages(text: Quoted) -> Iterator[Finding]:
    """A figure of each language that the other does not quote; what only one of them mentions is left alone."""
    for kind in Kind:
        ja, en = (Counter(figure.value for figure in text.figures[lang] if figure.kind is kind) for lang in LANGUAGES)
        alike = (
            kind is not Kind.COUNT or ja.total() == en.total()
        )  # English counts what Japanese does not, and the reverse
        if ja - en and en - ja and alike and not _said_otherwise(text, kind):
            words = {"ja": _shown(min(ja - en), kind), "en": _shown(min(en - ja), kind)}
            yield finding("HJ577", text.where("en"), **words)
            return


def _said_otherwise(text: Quoted, kind: Kind) -> bool:
    """Whether both languages bound the same from two sides."""
    ja, en = (
        {value for figure in text.figures[lang] if figure.kind is kind for value in _equal(figure)}
        for lang in LANGUAGES
    )
    return all(
        _equal(figure) & others
        for lang, others in (("ja", en), ("en", ja))
        for figure in text.figures[lang]
        if figure.kind is kind
    )


# --- against the whole file -----------------------------------------------------------------------------------------------


def _nowhere(text: Quoted, known: set[Value]) -> Iterator[Finding]:
    """Figures that no rule and no fragment has, once for both languages; what is merely counted is left alone."""
    for lang in LANGUAGES:
        for figure in text.figures[lang]:
            counted = figure.kind is Kind.COUNT and (figure.op is None or figure.value < 2)
            if not counted and (figure.value, figure.kind) not in known:
                yield finding("HJ578", text.where(lang), figure=_shown(figure.value, figure.kind))
                return


def _shown(value: Exact, kind: Kind) -> Text:
    """The figure with its unit; what is counted differs from text to text, so a count has none."""
    if kind is Kind.COUNT:
        return Text(exact(value), exact(value))
    return Text(show(value, kind), show(value, kind, "en"))
