"""`hojo curve` for people: a picture, then each frame piece by piece with what changes at the end of each piece."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hojo_cli.advise.curve import STEPS, Curve, CurvePiece, round_up
from hojo_cli.applicants.scenario import Variable
from hojo_cli.base.finding import Text, untranslated
from hojo_cli.base.number import Kind
from hojo_cli.base.record import Record
from hojo_cli.base.sanitize import shorten
from hojo_cli.base.texts import EMPTY, figure, joined, say
from hojo_cli.engine.pieces import Stretch
from hojo_cli.explanation.borders import sentence
from hojo_cli.pages.estimate import DISCLAIMER, STATUSES
from hojo_cli.pages.sources import Sources
from hojo_cli.results.report import (
    Answer,
    Block,
    Bullets,
    Chart,
    Column,
    Grid,
    GridRow,
    Heading,
    Note,
    Paragraph,
    Series,
)

REFUSED: Final = Text("誤り", "refused")

STEP: Final = {
    Kind.YEN: Text("1円ごとに", "per yen"),
    Kind.COUNT: Text("1つごとに", "per unit"),
    Kind.MONTHS: Text("1か月ごとに", "per month"),
    Kind.YEARS: Text("1年ごとに", "per year"),
    Kind.RATE: Text("0.01%ごとに", "per 0.01%"),
}
"""What a slope is told by."""


class Drawn(Record):
    """Curves along one number of a file, from `first` to `last`, both included."""

    file: str
    name: str
    changes: tuple[str, ...]
    variable: Variable
    first: int
    last: int
    curves: tuple[Curve, ...]

    def now(self, curve: Curve) -> Stretch | None:
        """The piece that holds today's value."""
        return None if self.variable.now is None else curve.at(self.variable.now)

    def called(self, curve: Curve) -> Text:
        """The frame; its year too where there are several."""
        if len({each.ruleset.sha256 for each in self.curves}) == 1:
            return curve.label
        return say(Text("{0}（{1}年度）", "{0} ({1})"), curve.label, str(curve.ruleset.fiscal_year))


def page(drawn: Drawn) -> Iterator[Block]:
    """Today's yen, then every frame."""
    sources = Sources()
    variable = drawn.variable
    name = drawn.name or drawn.file
    moved = say(
        Text(
            "{0}（{1}）を{2}から{3}まで動かしたときの補助額です。",
            "What is paid as the {0} ({1}) goes from {2} to {3}.",
        ),
        variable.label,
        variable.written,
        variable.figure(drawn.first),
        variable.figure(drawn.last),
    )
    told = [Paragraph(moved)]
    if drawn.changes:
        told.append(
            Paragraph(
                joined((untranslated(f"--set {shorten(change)}") for change in drawn.changes), "、", ", "), "faint"
            )
        )
    yield Answer(untranslated(name), tuple(told))
    yield chart(drawn)
    for curve in drawn.curves:
        yield Heading(drawn.called(curve))
        yield table(curve, drawn)
        if borders := tuple(ends(curve, drawn, sources)):
            yield Bullets(borders)
    yield from sources.listed()
    yield Paragraph(DISCLAIMER, "faint")


# --- the picture ------------------------------------------------------------------------------------------------------


def chart(drawn: Drawn) -> Chart:
    """Every frame in one picture."""
    variable = drawn.variable
    paid = (
        each.piece.at(x) for curve in drawn.curves for each in curve.pieces for x in (each.piece.first, each.piece.last)
    )
    heights = ticks(0, max(map(int, filter(None, paid)), default=1), beyond=True)
    numbers = ticks(drawn.first, drawn.last)
    now = variable.now if variable.now is not None and drawn.first <= variable.now <= drawn.last else None
    return Chart(
        untranslated(drawn.name or drawn.file),
        variable.label,
        Text("補助額", "subsidy"),
        drawn.first,
        drawn.last,
        heights[-1],
        tuple((x, short(x, heights_of=variable, among=numbers)) for x in numbers),
        tuple((yen, short(yen, heights_of=None, among=heights)) for yen in heights),
        tuple(series(curve, drawn) for curve in drawn.curves),
        None if now is None else (now, say(Text("今 {0}", "now {0}"), variable.figure(now))),
        tuple(note for curve in drawn.curves for note in notes(curve, drawn)),
    )


def series(curve: Curve, drawn: Drawn) -> Series:
    """A frame with today's yen, where today's value lies within; without a line where yen are known nowhere."""
    label, lines, piece = drawn.called(curve), tuple(strokes(curve)), drawn.now(curve)
    if not lines:
        label = say(Text("{0}：額は決まりません", "{0}: yen are not settled"), label)
    now = None if piece is None or drawn.variable.now is None else piece.at(drawn.variable.now)
    return Series(label, lines, now)


def strokes(curve: Curve) -> Iterator[tuple[tuple[int, int], ...]]:
    """From the beginning of a piece to its end, and on from there unless the next one jumps or is not known."""
    stroke: list[tuple[int, int]] = []
    for each in curve.pieces:
        piece = each.piece
        if piece.yen is not None:
            stroke += [(x, piece.at(x) or 0) for x in dict.fromkeys((piece.first, piece.last))]
        if stroke and (piece.yen is None or each.jump is not None):
            yield tuple(stroke)
            stroke = []
    if stroke:
        yield tuple(stroke)


def notes(curve: Curve, drawn: Drawn) -> Iterator[Note]:
    """What happens at the end of each piece, where it pays anything."""
    for each in curve.pieces:
        if each.clauses:
            x = each.piece.last
            told = say(Text("{0}：{1}", "{0}: {1}"), drawn.called(curve), end(each, drawn.variable))
            yield Note(x, each.piece.at(x) or 0, told)


def ticks(first: int, last: int, *, beyond: bool = False) -> tuple[int, ...]:
    """Some five round numbers from first to last; `beyond`: up to one that is no less than last."""
    step = round_up(max((last - first) // 5, 1), STEPS)
    start = -(-first // step) * step
    found = tuple(range(start, last + (step if beyond else 1), step))
    return found or (first, last)


def short(number: int, *, heights_of: Variable | None, among: tuple[int, ...]) -> Text:
    """With its unit; yen in units of ten thousand where all of them are such."""
    yen = heights_of is None or heights_of.kind is Kind.YEN
    if yen and all(each % 10_000 == 0 for each in among):
        return Text(f"{number // 10_000:,}万円" if number else "0円", f"{number:,} yen")
    return figure(number) if heights_of is None else heights_of.figure(number)


# --- in words ---------------------------------------------------------------------------------------------------------


def table(curve: Curve, drawn: Drawn) -> Grid:
    """A row for each piece; → stands before the one that holds today's value."""
    columns = (
        Column(EMPTY, amount=True),  # never left out for want of room
        Column(drawn.variable.label, amount=True),
        Column(Text("補助額（円）", "subsidy (yen)"), amount=True),
        Column(STEP[drawn.variable.kind], amount=True),
    )
    now = drawn.now(curve)
    rows = []
    for each in curve.pieces:
        piece = each.piece
        mark = Text("→", "→") if piece is now else EMPTY
        cells = mark, span(piece, drawn.variable), yen(piece), slope(piece)
        rows.append(GridRow(cells, "strong" if piece is now else "plain" if piece.status == "payable" else "faint"))
    return Grid(columns, (tuple(rows),))


def ends(curve: Curve, drawn: Drawn, sources: Sources) -> Iterator[Text]:
    """What happens at the end of each piece, with the yen where they jump, and where that stands."""
    for each in curve.pieces:
        if each.clauses:
            yield sources.marked(end(each, drawn.variable), *(clause.citation for clause in each.clauses))


def end(each: CurvePiece, variable: Variable) -> Text:
    """What happens beyond a piece."""
    template = Text("{0}を超えると、{1}", "beyond {0}: {1}")
    told = say(template, variable.figure(each.piece.last), sentence(each.clauses))
    return told if each.jump is None else say(Text("{0}（{1}円）", "{0} ({1} yen)"), told, f"{each.jump:+,}")


def span(piece: Stretch, variable: Variable) -> Text:
    """From its first to its last number."""
    first, last = variable.figure(piece.first), variable.figure(piece.last)
    return first if first == last else say(Text("{0}～{1}", "{0} to {1}"), first, last)


def yen(piece: Stretch) -> Text:
    """What is paid at both ends; why nothing is."""
    if piece.status != "payable":
        return called(piece)
    first, last = (untranslated(f"{piece.at(x):,}") for x in (piece.first, piece.last))
    return first if first == last else say(Text("{0}～{1}", "{0} to {1}"), first, last)


def called(piece: Stretch) -> Text:
    """What its status is called."""
    return REFUSED if piece.status is None else STATUSES[piece.status][0]


def slope(piece: Stretch) -> Text:
    """How much each further step brings, before what is less than a yen is cut."""
    if piece.yen is None or piece.status != "payable" or piece.first == piece.last:
        return EMPTY
    return figure(piece.yen.smooth.slope)
