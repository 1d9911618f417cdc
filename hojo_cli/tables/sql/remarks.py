"""What each table of a query holds, said above it where its name is not that of a rule."""

from __future__ import annotations

from typing import Final

from hojo_cli.base.finding import Text
from hojo_cli.tables.sql.level import comment


def remarked(expression: str, lang: str) -> str:
    """Common table expressions, each with its remark."""
    lines = expression.split("\n")
    for place, line in enumerate(lines):
        remark = _REMARKS.get(line.partition(" ")[0])
        lines[place] = f"-- {comment(remark.into(lang))}\n{line}" if remark else line
    return "\n".join(lines)


_REMARKS: Final = {
    "priced": Text(
        "明細ごと：税抜の単価、数量、期間。集合の項目はビットにする（知らなければ NULL）",
        "each item: price without tax, pieces, time; set fields as bits (NULL: not known)",
    ),
    "costed": Text("明細ごと：値引き後の費用", "each item: what it costs, its discount taken off"),
    "within_months": Text("明細ごと：数える月数までの費用", "each item: what it costs within the months that count"),
    "picked": Text(
        "明細ごと：どの経費行に入るか（marks のビット。「?」は未定のビット、「…」は種類のビット）と、その費用",
        "each item: the lines that take it (bits of marks; after ? the bit of not known, after … the bits of kinds), and its cost for each",
    ),
    "bought": Text("申請者又は構成員ごと：明細の合計", "each applicant or member: its items together"),
    "grouped_subjects": Text("構成員ごと：事実と明細の合計", "each member: its facts, its items together"),
    "member_level_1": Text(
        "構成員ごと：前の段までの列だけで決まる列を、段ごとに",
        "each member: level by level what hangs on earlier columns only",
    ),
    "together": Text("グループごと：構成員の合計", "each group: its members together"),
    "subjects": Text(
        "申請者ごと：事実、明細の合計、構成員の合計", "each applicant: its facts, its items and its members together"
    ),
    "level_1": Text(
        "申請者ごと：前の段までの列だけで決まる列を、段ごとに（定義、要件、経費行、枠）",
        "each applicant: level by level what hangs on earlier columns only (definitions, requirements, lines, frames)",
    ),
    "variants": Text("変える数字の組み合わせごと", "each combination of the figures that vary"),
    "member_varied": Text(
        "構成員と組み合わせごと：ここからは変える数字しだいの列",
        "each member and variant: from here on what hangs on those figures",
    ),
    "varied": Text(
        "申請者と組み合わせごと：ここからは変える数字しだいの列",
        "each applicant and variant: from here on what hangs on those figures",
    ),
    "frames": Text("枠ごとに1行", "a row for each frame"),
}
