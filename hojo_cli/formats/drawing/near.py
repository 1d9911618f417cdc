"""The applicants of a batch that are near a threshold, those with most yen at stake first."""

from __future__ import annotations

from typing import Final

from hojo_cli.base.finding import Text
from hojo_cli.formats.drawing import entries
from hojo_cli.formats.drawing.listing import Foremost
from hojo_cli.results.checked import Checked

NEAR: Final = Text("境目に近い申請者", "Applicants near a threshold")
NOBODY_NEAR: Final = Text("境目に近い申請者はいません。", "No applicant is near a threshold.")


class Nearest:
    """Those with most yen at stake at the first border they are near."""

    def __init__(self, most: int) -> None:
        self._first = Foremost(most)

    def add(self, checked: Checked) -> None:
        """One more input."""
        if checked.near:
            border = checked.near[0]
            self._first.add((-abs((border.after or 0) - (border.before or 0)),), checked)

    def sentences(self) -> list[Text]:
        """One for each, the most yen at stake first; then how many there are besides."""
        first = self._first.rows()
        told = [near_a_threshold(checked) for checked in first]
        if hidden := self._first.count - len(first):
            told.append(Text(f"ほか {hidden:,}件は表示していません。", f"{hidden:,} more are not shown."))
        return told


def near_a_threshold(checked: Checked) -> Text:
    """The first border of an input that is near, with what is at stake and why."""
    assert checked.near  # it is near some
    first, who = checked.near[0], " ".join(filter(None, (entries.subject(checked), checked.name)))
    (now, there), why, more = first.figures, first.clause, len(checked.near) - 1
    before, after = ("?" if yen is None else f"{yen:,}" for yen in (first.before, first.after))
    ja = f"{who}：{first.label.ja}が{now.ja}から{there.ja}になると、{first.frame_label.ja}は{before}円から{after}円に"
    en = (
        f"{who}: {first.label.en} from {now.en} to {there.en}: {first.frame_label.en} goes from {before} to {after} yen"
    )
    reason = Text(f"（{why.ja}）" if why.ja else "", f" ({why.en})" if why.en else "")
    others = Text(f"。ほか{more}つ", f", and {more} more") if more else Text("", "")
    return Text(f"{ja}{reason.ja}{others.ja}", f"{en}{reason.en}{others.en}")
