"""Two answers side by side, above the page of the new one: what a change comes to, frame by frame, or how two files differ."""

from __future__ import annotations

from collections.abc import Iterator

from hojo_cli.base.finding import Text
from hojo_cli.base.sanitize import path_text, shorten, shorten_path
from hojo_cli.explanation import side_by_side
from hojo_cli.explanation.side_by_side import FrameBeside, Yen
from hojo_cli.explanation.words import EMPTY, figure, joined, say
from hojo_cli.pages.breakdown import amount
from hojo_cli.pages.estimate import STATUSES, subsidy_or_range
from hojo_cli.pages.verdict import promising
from hojo_cli.report import Answer, Block, Column, Grid, GridRow, Paragraph
from hojo_cli.results import Estimate, Result


def data(old: Result, new: Result, lang: str) -> dict[str, object] | None:
    """The old answer beside the new one; None where one of the two could not be made."""
    if not old.estimates or not new.estimates:
        return None
    return {
        "file": path_text(old.file),
        "set": list(new.changes),
        "estimates": [
            {
                "frame": estimate.frame,
                "label": estimate.label.into(lang),
                "status": {"from": frame.old and frame.old.status, "to": frame.new and frame.new.status},
                **_from_to(frame.yen),
            }
            for frame in side_by_side.frames(old, new)
            if (estimate := frame.new or frame.old)
        ],
        "best": {"frame": {"from": old.best or None, "to": new.best or None}, **_from_to(side_by_side.best(old, new))},
        "plan": _from_to(side_by_side.together(old, new)),
    }


def _from_to(yen: side_by_side.Yen) -> dict[str, int | None]:
    """Yen of both, null where they are not settled."""
    return {"from": yen.old, "to": yen.new, "difference": yen.difference}


def page(old: Result, new: Result) -> Iterator[Block]:
    """The difference in a sentence, then every frame."""
    sentence = verdict(old, new)
    if new.changes:
        title = _plain(new.name or new.file)
        led = joined((_plain(f"--set {shorten(change)}") for change in new.changes), "、", ", ")
        heads = Text("今", "now"), Text("変更後", "changed")
    else:
        title = say(Text("{0} → {1}", "{0} → {1}"), *(shorten(result.name or result.file) for result in (old, new)))
        led = say(Text("{0} → {1}", "{0} → {1}"), *(shorten_path(result.file) for result in (old, new)))
        heads = Text("1つ目", "first"), Text("2つ目", "second")
    yield Answer(title, (sentence, Paragraph(led, "faint")), 2)
    columns = (
        Column(Text("枠（円）", "frame (yen)")),
        *(Column(head, amount=True) for head in heads),
        Column(Text("差", "difference"), amount=True),
    )
    rows = tuple(frame_row(frame) for frame in side_by_side.frames(old, new))
    totals = [row(Text("最もよい枠", "the best frame"), side_by_side.best(old, new))]
    if any(result.plan is not None and len(result.plan.parts) > 1 for result in (old, new)):
        totals.append(row(Text("併せて申請すると", "frames together"), side_by_side.together(old, new)))
    yield Grid(columns, (rows, tuple(totals)))


def verdict(old: Result, new: Result) -> Paragraph:
    """What becomes of the best frame."""
    yen = side_by_side.best(old, new)
    if yen.difference is None:
        unsettled = Text(
            "答えが足りないため、補助額の差はまだ決まりません。",
            "Answers are missing: the difference is not settled yet.",
        )
        return Paragraph(unsettled, "warn")
    before, after = figure(yen.old or 0), figure(yen.new or 0)
    template = Text("最も多い補助額は{1}のままです。", "The highest subsidy stays at {1}.")
    if yen.difference:
        template = Text(
            "最も多い補助額は{0}から{1}になります（{2}）。", "The highest subsidy goes from {0} to {1} ({2})."
        )
    sign = "+" if yen.difference > 0 else "-"
    sentence = say(template, before, after, say(Text("{0}{1}", "{0}{1}"), sign, figure(abs(yen.difference))))
    labels = [estimate.label for result in (old, new) for estimate in result.estimates if estimate.frame == result.best]
    if old.best and new.best and old.best != new.best:
        template = Text(
            "{0}最もよい枠は「{1}」から「{2}」に変わります。", "{0} The best frame changes from `{1}` to `{2}`."
        )
        sentence = say(template, sentence, *labels)
    if not (promising(old) or promising(new)):
        return Paragraph(sentence, tone(yen))
    template = Text(
        "{0}要回答の枠のほうが多くなることもあります。", "{0} Frames that await answers may still pay more."
    )
    return Paragraph(say(template, sentence), "warn")


def frame_row(frame: FrameBeside) -> GridRow:
    """A frame in both answers; what pays nothing says why."""
    label = next(estimate.label for estimate in frame if estimate is not None)
    untouched = all(estimate is None or estimate.status == "no_cost" for estimate in frame)
    difference = EMPTY if untouched else signed(frame.yen)
    return GridRow((label, cell(frame.old), cell(frame.new), difference), "faint" if untouched else tone(frame.yen))


def cell(estimate: Estimate | None) -> Text:
    """Its yen; where it is not payable its status, with the range while answers are missing."""
    if estimate is None:
        return Text("なし", "no such frame")
    if estimate.status == "payable":
        return subsidy_or_range(estimate)
    status, _ = STATUSES[estimate.status]
    known = estimate.status == "incomplete" and estimate.possible is not None
    return say(Text("{0} {1}", "{0} {1}"), status, subsidy_or_range(estimate)) if known else status


def row(label: Text, yen: Yen) -> GridRow:
    """Totals of both answers."""
    return GridRow((label, amount(yen.old), amount(yen.new), signed(yen)), "strong")


def signed(yen: Yen) -> Text:
    """The difference with its sign."""
    if yen.difference is None:
        return amount(None)
    return _plain(f"{yen.difference:+,}" if yen.difference else "0")


def _plain(text: str) -> Text:
    """The same in both languages."""
    return Text(text, text)


def tone(yen: Yen) -> str:
    """More is good, less is bad."""
    return "good" if (yen.difference or 0) > 0 else "bad" if (yen.difference or 0) < 0 else "plain"
