"""Two answers side by side, above the page of the new one: what a change comes to, frame by frame, or how two files differ."""

from __future__ import annotations

from collections.abc import Iterator

from hojo_cli.base.finding import Text, untranslated
from hojo_cli.base.sanitize import path_text, shorten, shorten_path
from hojo_cli.base.texts import EMPTY, UNKNOWN, figure, joined, say
from hojo_cli.explanation import side_by_side
from hojo_cli.explanation.side_by_side import FrameBeside, Yen
from hojo_cli.pages.breakdown import amount
from hojo_cli.pages.estimate import STATUSES, span, subsidy_or_range
from hojo_cli.results.estimated import Estimate, Result
from hojo_cli.results.report import Answer, Block, Column, Grid, GridRow, Paragraph


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
        title = untranslated(new.name or new.file)
        led = joined((untranslated(f"--set {shorten(change)}") for change in new.changes), "、", ", ")
        heads = Text("今", "now"), Text("変更後", "changed")
    else:
        title = say(untranslated("{0} → {1}"), *(shorten(result.name or result.file) for result in (old, new)))
        led = say(untranslated("{0} → {1}"), *(shorten_path(result.file) for result in (old, new)))
        heads = Text("1つ目", "first"), Text("2つ目", "second")
    yield Answer(title, (sentence, Paragraph(led, "faint")), 2)
    columns = (
        Column(Text("枠（円）", "frame (yen)")),
        *(Column(head, amount=True) for head in heads),
        Column(Text("差", "difference"), amount=True),
    )
    rows = tuple(frame_row(frame) for frame in side_by_side.frames(old, new))
    highest = (side_by_side.highest(result) for result in (old, new))
    cells = (amount(None) if bounds is None else span(*map(amount, bounds)) for bounds in highest)
    totals = [GridRow((Text("最もよい枠", "the best frame"), *cells, signed(side_by_side.best(old, new))), "strong")]
    if any(result.plan is not None and len(result.plan.parts) > 1 for result in (old, new)):
        yen = side_by_side.together(old, new)
        label = Text("併せて申請すると", "frames together")
        totals.append(GridRow((label, amount(yen.old), amount(yen.new), signed(yen)), "strong"))
    yield Grid(columns, (rows, tuple(totals)))


def verdict(old: Result, new: Result) -> Paragraph:
    """What becomes of the highest subsidy, and of frames together where they come to more."""
    best, together = side_by_side.best(old, new), side_by_side.together(old, new)
    ranges = [side_by_side.highest(result) for result in (old, new)]
    if best.old is None or best.new is None:
        template = Text(
            "最も多い補助額：{0} → {1}（答えによります）。", "The highest subsidy: {0} → {1}, as answers decide."
        )
        figures = (UNKNOWN if bounds is None else span(*map(figure, bounds)) for bounds in ranges)
        return Paragraph(say(template, *figures), "warn")
    sentences = [becomes(Text("最も多い補助額", "The highest subsidy"), best.old, best.new)]
    if old.best and new.best and old.best != new.best:
        labels = (each.label for result in (old, new) for each in result.estimates if each.frame == result.best)
        template = Text("最もよい枠は「{0}」から「{1}」に変わります。", "The best frame changes from `{0}` to `{1}`.")
        sentences.append(say(template, *labels))
    if together != best:
        label = Text("併せて申請した合計", "The total of frames together")
        sentences.append(becomes(label, together.old or 0, together.new or 0))
    return Paragraph(joined(sentences, "", " "), tone(together))


def becomes(what: Text, old: int, new: int) -> Text:
    """Yen that change, or do not."""
    if old == new:
        return say(Text("{0}は{1}のままです。", "{0} stays at {1}."), what, figure(new))
    difference = say(untranslated("{0}{1}"), "+" if new > old else "-", figure(abs(new - old)))
    template = Text("{0}は{1}から{2}になります（{3}）。", "{0} goes from {1} to {2} ({3}).")
    return say(template, what, figure(old), figure(new), difference)


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
    return say(untranslated("{0} {1}"), status, subsidy_or_range(estimate)) if known else status


def signed(yen: Yen) -> Text:
    """The difference with its sign."""
    if yen.difference is None:
        return amount(None)
    return untranslated(f"{yen.difference:+,}" if yen.difference else "0")


def tone(yen: Yen) -> str:
    """More is good, less is bad."""
    return "good" if (yen.difference or 0) > 0 else "bad" if (yen.difference or 0) < 0 else "plain"
