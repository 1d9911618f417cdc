"""`hojo table` for people: how many applicants came to what, frame by frame, and what was left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from hojo_cli.base.finding import Text
from hojo_cli.base.sanitize import for_terminal
from hojo_cli.base.texts import say
from hojo_cli.formats.drawing import entries
from hojo_cli.results.report import Answer, Block, Bullets, Column, Grid, GridRow, Paragraph
from hojo_cli.rules.declared import Ruleset


def page(
    ruleset: Ruleset,
    frames: Mapping[str, tuple[Mapping[str, int], int]],
    applicants: int,
    answered: int,
    target: str,
    rejected: str,
    absent: Sequence[str],
) -> Iterator[Block]:
    """What each frame comes to (how many applicants by status, and the yen of those who are paid), of how many that came in and have
    results. `rejected` is the file of what is wrong (empty: nothing is), `absent` facts without a column.
    """
    written = say(
        Text("申請者 {0}件の結果を {1} に書きました。", "Results of {0} applicants in {1}."),
        count(answered),
        path(target),
    )
    sentences = [Paragraph(written, "good")]
    if rejected:
        wrong = Text(
            "読めた申請者 {0}件のうち {1}件は結果がありません。直す行は {2} にあります。",
            "Of {0} applicants {1} have none. The rows to mend are in {2}.",
        )
        sentences.append(Paragraph(say(wrong, count(applicants), count(applicants - answered), path(rejected)), "bad"))
    sentences.append(Paragraph(ruleset.title, "faint"))
    yield Answer(Text("表の判定", "Tables of applicants"), tuple(sentences))
    columns = (
        Column(Text("枠", "frame")),
        *(Column(entries.STATUSES[status][0], amount=True) for status in ("payable", "incomplete")),
        Column(Text("その他", "others"), amount=True),
        Column(Text("補助額の計（円）", "subsidies (yen)"), amount=True),
    )
    rows = []
    for name, frame in ruleset.frames.items():
        statuses, yen = frames[name]
        payable, incomplete = statuses["payable"], statuses["incomplete"]
        numbers = (payable, incomplete, answered - payable - incomplete, yen)
        rows.append(GridRow((frame.label, *map(count, numbers)), "good" if yen else "plain"))
    yield Grid(columns, (tuple(rows),))
    if absent:
        yield Bullets(
            (
                say(
                    Text(
                        "表に列がなく、全員について不明としたもの: {0}",
                        "Without a column, so unknown of everybody: {0}",
                    ),
                    Text("、".join(absent), ", ".join(absent)),
                ),
            ),
            "?",
            "warn",
        )


def count(number: int) -> Text:
    """With commas."""
    return Text(f"{number:,}", f"{number:,}")


def path(name: str) -> Text:
    """As typed, safe to print."""
    shown = for_terminal(name)
    return Text(shown, shown)
