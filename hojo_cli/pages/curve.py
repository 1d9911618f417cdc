"""`hojo curve` for people: a picture, then each frame piece by piece with what changes at the end of each piece."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hojo_cli.advise.curve import Curve
from hojo_cli.applicants.scenario import Variable
from hojo_cli.base.finding import Text
from hojo_cli.base.number import Kind
from hojo_cli.base.record import Record
from hojo_cli.base.sanitize import shorten
from hojo_cli.engine.pieces import Piece
from hojo_cli.explanation.borders import sentence
from hojo_cli.explanation.words import EMPTY, figure, joined, say
from hojo_cli.pages.estimate import STATUSES
from hojo_cli.pages.sources import Sources
from hojo_cli.report import Answer, Block, Bullets, Column, Grid, GridRow, Heading, Paragraph

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

    def now(self, curve: Curve) -> Piece | None:
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
            Paragraph(joined((_plain(f"--set {shorten(change)}") for change in drawn.changes), "、", ", "), "faint")
        )
    yield Answer(_plain(name), tuple(told))
    for curve in drawn.curves:
        yield Heading(drawn.called(curve))
        yield table(curve, drawn)
        if borders := tuple(ends(curve, drawn, sources)):
            yield Bullets(borders)
    yield from sources.listed()


def table(curve: Curve, drawn: Drawn) -> Grid:
    """A row for each piece; → stands before the one that holds today's value."""
    columns = (
        Column(EMPTY),
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
            told = say(
                Text("{0}を超えると：{1}", "beyond {0}: {1}"),
                drawn.variable.figure(each.piece.last),
                sentence(each.clauses),
            )
            if each.jump is not None:
                told = say(Text("{0}（{1}円）", "{0} ({1} yen)"), told, f"{each.jump:+,}")
            marks = sources.marks(clause.citation for clause in each.clauses)
            yield say(Text("{0} {1}", "{0} {1}"), told, marks) if any(marks) else told


def span(piece: Piece, variable: Variable) -> Text:
    """From its first to its last number."""
    first, last = variable.figure(piece.first), variable.figure(piece.last)
    return first if first == last else say(Text("{0}～{1}", "{0} to {1}"), first, last)


def yen(piece: Piece) -> Text:
    """What is paid at both ends; why nothing is."""
    if piece.status is None:
        return REFUSED
    if piece.status != "payable":
        return STATUSES[piece.status][0]
    first, last = (_plain(f"{piece.at(x):,}") for x in (piece.first, piece.last))
    return first if first == last else say(Text("{0}～{1}", "{0} to {1}"), first, last)


def slope(piece: Piece) -> Text:
    """How much each further step brings, before what is less than a yen is cut."""
    if piece.yen is None or piece.status != "payable" or piece.first == piece.last:
        return EMPTY
    return figure(piece.yen.smooth.slope)


def _plain(text: str) -> Text:
    """The same in both languages."""
    return Text(text, text)
