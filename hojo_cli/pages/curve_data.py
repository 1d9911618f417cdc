"""`hojo.curve/1`: the pieces of each curve as JSON, and as rows of a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any, Final

from hojo_cli.advise.curve import Curve, CurvePiece
from hojo_cli.base.finding import Finding, Text
from hojo_cli.base.number import Kind, exact
from hojo_cli.base.sanitize import path_text
from hojo_cli.engine.moving import Course
from hojo_cli.explanation.borders import sentence
from hojo_cli.formats.drawing.entries import finding_data, ruleset_data
from hojo_cli.pages.as_json import as_json
from hojo_cli.pages.curve import Drawn, called

FORMAT: Final = "hojo.curve/1"

UNITS: Final = {
    Kind.YEN: "yen",
    Kind.COUNT: "count",
    Kind.MONTHS: "months",
    Kind.YEARS: "years",
    Kind.RATE: "0.01%",
}
"""What x counts: a rate goes in steps of 0.01 %."""

REFUSED: Final = "refused"
"""The status where a file with such a value would be an error."""


def nothing(file: str, changes: Sequence[str], findings: Sequence[Finding], lang: str) -> dict[str, object]:
    """What there is to say of a file that cannot be judged."""
    return {
        "format": FORMAT,
        "file": path_text(file),
        "name": "",
        "set": list(changes),
        "vary": None,
        "rulesets": [],
        "frames": [],
        "findings": [finding_data(found, lang) for found in findings],
    }


def data(drawn: Drawn, findings: Sequence[Finding], lang: str) -> dict[str, object]:
    """The JSON of the contract."""
    variable = drawn.variable
    rulesets = {curve.ruleset.sha256: curve.ruleset for curve in drawn.curves}
    return nothing(drawn.file, drawn.changes, findings, lang) | {
        "name": drawn.name,
        "vary": {
            "path": variable.written,
            "label": variable.label.into(lang),
            "unit": UNITS[variable.kind],
            "now": variable.now,
            "from": drawn.first,
            "to": drawn.last,
        },
        "rulesets": [ruleset_data(ruleset, lang) for ruleset in rulesets.values()],
        "frames": [curve_data(curve, drawn, lang) for curve in drawn.curves],
    }


def curve_data(curve: Curve, drawn: Drawn, lang: str) -> dict[str, object]:
    now = drawn.now(curve)
    return {
        "frame": curve.frame,
        "label": curve.label.into(lang),
        "fiscal_year": curve.ruleset.fiscal_year,
        "now": None if now is None else {"status": now.status or REFUSED, "subsidy": now.at(drawn.variable.now or 0)},
        "pieces": [piece_data(each, lang) for each in curve.pieces],
    }


def piece_data(each: CurvePiece, lang: str) -> dict[str, Any]:
    """A piece as a function of n = x - from; its end is what `by` names. (Any: whatever JSON holds.)"""
    piece = each.piece
    function: dict[str, object] = {"start": None, "slope": None, "floor": False, "terms": []}
    if piece.yen is not None:
        function = function_data(piece.yen, single=piece.first == piece.last)
    return {
        "from": piece.first,
        "to": piece.last,
        "status": piece.status or REFUSED,
        **function,
        "subsidy": {"from": piece.at(piece.first), "to": piece.at(piece.last)},
        "by": sentence(each.clauses).into(lang) or None,
        "jump": each.jump,
        "clauses": as_json(each.clauses, lang),
    }


def function_data(line: Course, *, single: bool = False) -> dict[str, object]:
    """⌊start + slope·n⌋ where `floor`, else the same uncut. Where that does not say it all, each of the `terms` adds times·⌊…⌋."""
    plain = simple(Course(line.at(0), 0) if single else line)
    if plain is not None:
        whole = plain.start.denominator == plain.slope.denominator == 1
        return {"start": exact(plain.start), "slope": exact(plain.slope), "floor": not whole, "terms": []}
    whole = all(number.denominator == 1 for number in (line.start, line.slope, *(times for _, times in line.rounded)))
    return {"start": exact(line.start), "slope": exact(line.slope), "floor": not whole, "terms": terms(line)}


def simple(line: Course) -> Course | None:
    """Start and slope of a line that is cut down once at most; None where it is not that simple."""
    if not line.rounded:
        return line
    (inner, times), *more = line.rounded
    if more or times != 1 or inner.rounded or (line.start.denominator, line.slope.denominator) != (1, 1):
        return None
    return Course(line.start + inner.start, line.slope + inner.slope)


def terms(line: Course) -> list[dict[str, object]]:
    """What is cut down by itself before it is added, so many times."""
    return [
        {"times": exact(times), "start": exact(inner.start), "slope": exact(inner.slope), "terms": terms(inner)}
        for inner, times in line.rounded
    ]


def rows(drawn: Drawn, lang: str) -> Iterator[tuple[str | int | None, ...]]:
    """A head, and a row for every piece of every curve. In English both head and status are the keys of the JSON."""
    yield tuple(column.into(lang) for column in COLUMNS)
    for curve in drawn.curves:
        for each in curve.pieces:
            piece = each.piece
            status = piece.status or REFUSED
            line = None if piece.yen is None or piece.first == piece.last else piece.yen.smooth
            yield (
                curve.ruleset.fiscal_year,
                curve.frame,
                curve.label.into(lang),
                piece.first,
                piece.last,
                status if lang == "en" else called(piece).ja,
                piece.at(piece.first),
                piece.at(piece.last),
                None if line is None else as_json(line.slope + Fraction(0), lang),
                each.jump,
                sentence(each.clauses).into(lang),
            )


COLUMNS: Final = (
    Text("年度", "fiscal_year"),
    Text("枠", "frame"),
    Text("枠の名前", "label"),
    Text("から", "from"),
    Text("まで", "to"),
    Text("判定", "status"),
    Text("始めの補助額（円）", "subsidy_from"),
    Text("終わりの補助額（円）", "subsidy_to"),
    Text("1つごとの円", "slope"),
    Text("境目で増える円", "jump"),
    Text("境目で変わること", "by"),
)
"""Of CSV. The slope is that of the line before it is cut to whole yen."""
