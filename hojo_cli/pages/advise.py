"""`hojo advise`: the answer of today, then what an amount takes and where borders are near; for people."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from typing import Final

from hojo_cli.advise.advice import Advice
from hojo_cli.advise.answers import Answered
from hojo_cli.advise.target import Outlay, Target
from hojo_cli.advise.weighing import Reread
from hojo_cli.base.finding import Text, untranslated
from hojo_cli.base.texts import EMPTY, figure, joined, say
from hojo_cli.engine.judgement import Outcome, Status
from hojo_cli.pages.breakdown import amount
from hojo_cli.pages.estimate import DISCLAIMER, STATUSES, most_promising
from hojo_cli.pages.sources import COLUMN, Sources
from hojo_cli.pages.verdict import verdict
from hojo_cli.results.advised import Border, Lever
from hojo_cli.results.estimated import Result
from hojo_cli.results.report import Answer, Block, Bullets, Column, Grid, GridRow, Heading, Paragraph
from hojo_cli.rules.declared import Ruleset

ALONE: Final = 5
"""So many prices that reach an amount alone are listed; the data has all."""
MARGINS: Final = 12
"""So many borders are listed; the data has all."""
LEVERS: Final = 8
"""So many changes are listed; the data has all."""


def page(ruleset: Ruleset, result: Result, advice: Advice) -> Iterator[Block]:
    """What is, what an amount takes, and what is near."""
    sources = Sources()
    labels = {name: frame.label for name, frame in ruleset.frames.items()}
    shown = next((each for each in result.estimates if each.frame == (result.frame or most_promising(result))), None)
    name = result.name or result.file
    yield Answer(untranslated(name), (verdict(result, shown), Paragraph(ruleset.title, "faint")))
    yield from open_answers(advice.answers, labels)
    yield from levers(advice.levers, labels, sources)
    if advice.target is not None:
        open_frames = any(each.status == Status.INCOMPLETE for each in result.estimates)
        yield from target(advice.target, labels, undecided=open_frames)
    if advice.own is not None or advice.own_wanted is not None:
        yield from own(advice, labels)
    yield from margins(advice.margins, sources)
    yield from assumptions(advice.assumptions, labels)
    yield from sources.listed()
    yield Paragraph(DISCLAIMER, "faint")


def open_answers(found: Sequence[Answered], labels: dict[str, Text]) -> Iterator[Block]:
    """What each answer to an open question leaves possible."""
    if not found:
        return
    yield Heading(Text("答えで変わる額", "What answers decide"))
    columns = (
        Column(Text("問い", "question")),
        Column(Text("答え", "answer")),
        Column(Text("枠", "frame")),
        Column(Text("補助額（円）", "subsidy (yen)"), amount=True),
    )
    rows = (GridRow((each.question, each.answer, labels[each.frame], between(each))) for each in found)
    yield Grid(columns, (tuple(rows),))


def between(answer: Answered) -> Text:
    """The range it leaves; one amount where it settles it."""
    if answer.least == answer.most:
        return amount(answer.most)
    return say(Text("{0}～{1}", "{0}-{1}"), amount(answer.least), amount(answer.most))


def levers(found: Sequence[Lever], labels: dict[str, Text], sources: Sources) -> Iterator[Block]:
    """What would raise what is paid, the best first, each with the options that show it."""
    yield Heading(Text("増やす方法", "What would raise it"))
    if not found:
        nothing = Text(
            "計画や買うものを1つか2つ変えるだけで増える枠はありません。",
            "One or two changes of plans and purchases raise nothing.",
        )
        yield Paragraph(nothing, "faint")
        return
    for lever in found[:LEVERS]:
        template = Text("{0}：「{1}」が{2}から{3}に（+{4}）", "{0}: `{1}` goes from {2} to {3} (+{4})")
        yen = (figure(lever.before), figure(lever.after), figure(lever.gain))
        yield Paragraph(sources.marked(say(template, lever.label, labels[lever.frame], *yen), lever.citation), "strong")
        further = say(Text("追加の経費 {0}", "further cost {0}"), figure(lever.cost)) if lever.cost else EMPTY
        yield Bullets(tuple(filter(any, (lever.clause, further, try_with(lever.settings)))))


def try_with(settings: Sequence[str]) -> Text:
    """The options that show it, as a shell takes them."""
    words = " ".join(f"--set {shlex.quote(text)}" for text in settings)
    return untranslated(words)


def target(found: Target, labels: dict[str, Text], *, undecided: bool) -> Iterator[Block]:
    """The purchase that reaches an amount at the least cost, or why none does."""
    wanted, (frame, most) = figure(found.wanted), found.most
    yield Heading(say(Text("補助額{0}に届くには", "To be paid {0}"), wanted))
    if found.least is None and undecided:
        unknown = Text("答えが足りないため、まだ決まりません。", "Answers are missing: nothing is settled yet.")
        yield Paragraph(unknown, "warn")
    elif found.least is None and not most:
        nothing = Text("どの値段でも、補助は出ません。", "Nothing is paid at any price.")
        yield Paragraph(nothing, "bad")
    elif found.least is not None and not found.least.prices:
        template = Text("今のままで届いています。「{0}」の補助額は{1}です。", "It is reached as it is: `{0}` pays {1}.")
        yield Paragraph(say(template, labels[found.least.frame], figure(found.least.subsidy)), "good")
    elif found.least is None:
        template = Text(
            "どの値段を上げても届きません。最も多くて「{0}」の{1}です{2}。",
            "No price reaches it: the most is {1} in `{0}`{2}.",
        )
        why = EMPTY if found.why is None else say(Text("（{0}）", " ({0})"), found.why.label)
        yield Paragraph(say(template, labels[frame], figure(most), why), "bad")
    else:
        yield Paragraph(bought(found.least, labels), "good")
        yield Bullets((try_with(found.least.settings),))
        if len(found.least.prices) > 1:
            several = Text(
                "どの値段も、1円下げると届きません。これより安い組み合わせが決してないことまでは、証明していません。",
                "With one yen less of any of them it is not reached. That no other mixture is cheaper is not proved.",
            )
            yield Paragraph(several, "faint")
    if found.curved:
        listed = joined((price.label for price in found.curved), "、", ", ")
        template = Text(
            "全体の値引きを分け合う{0}は、動かしていません。", "Left as they are, for they share a discount: {0}."
        )
        yield Paragraph(say(template, listed), "faint")
    if len(found.alone) > 1:
        columns = (
            Column(Text("この値段だけを変えるなら（円）", "changing this price alone (yen)")),
            Column(Text("値段", "price"), amount=True),
            Column(Text("経費の合計", "cost in all"), amount=True),
            Column(Text("補助額", "subsidy"), amount=True),
            Column(Text("枠", "frame")),
        )
        rows = (alone(each, labels) for each in found.alone[:ALONE])
        yield Grid(columns, (tuple(rows),))


def alone(purchase: Outlay, labels: dict[str, Text]) -> GridRow:
    """One price that does it alone."""
    ((variable, x),) = purchase.prices
    return GridRow((variable.label, amount(x), amount(purchase.cost), amount(purchase.subsidy), labels[purchase.frame]))


def bought(purchase: Outlay, labels: dict[str, Text]) -> Text:
    """What is bought, what it costs and what remains to be paid."""
    template = Text(
        "{0}にすると、経費の合計{1}で「{2}」の補助額は{3}、自己負担は{4}です。",
        "With {0}, {1} in all, `{2}` pays {3} and {4} remains to be paid.",
    )
    one = Text("{0}を{1}", "{0} at {1}")
    prices = joined([say(one, variable.label, variable.figure(x)) for variable, x in purchase.prices], "、", ", ")
    remains = figure(purchase.cost - purchase.subsidy)
    return say(template, prices, figure(purchase.cost), labels[purchase.frame], figure(purchase.subsidy), remains)


def own(advice: Advice, labels: dict[str, Text]) -> Iterator[Block]:
    """The most that so much of one's own buys."""
    yield Heading(say(Text("自己負担{0}で買えるもの", "What {0} of one's own buy"), figure(advice.own_wanted or 0)))
    if advice.own is None:
        nothing = Text(
            "1つの値段を変えるだけでは、この自己負担に収まりません。",
            "Changing one price alone does not keep within it.",
        )
        yield Paragraph(nothing, "bad")
    else:
        yield Paragraph(bought(advice.own, labels), "good")
        yield Bullets((try_with(advice.own.settings),))


def margins(near: Sequence[Border], sources: Sources) -> Iterator[Block]:
    """The borders that are nearest."""
    if not near:
        return
    columns = (
        Column(Text("数", "number")),
        Column(Text("今", "now"), amount=True),
        Column(Text("境目", "border"), amount=True),
        Column(Text("枠と理由", "frame and reason")),
        Column(Text("今の補助額", "subsidy now"), amount=True),
        Column(Text("境目で", "at the border"), amount=True),
        COLUMN,
    )
    yield Heading(Text("境目までの余裕", "How near a border is"))
    yield Grid(columns, (tuple([margin_row(border, sources) for border in near[:MARGINS]]),))


def margin_row(border: Border, sources: Sources) -> GridRow:
    """One border."""
    after = amount(border.after)
    if not border.after and border.status in STATUSES:
        after = STATUSES[border.status][0]
    frame = border.frame_label
    why = say(Text("{0}：{1}", "{0}: {1}"), frame, border.clause) if border.clause != EMPTY else frame
    less = (border.after or 0) < (border.before or 0)
    tone = "plain" if not border.near else "bad" if less and border.jump else "good" if not less else "warn"
    mark = sources.marks(border.citations)
    return GridRow((border.label, *border.figures, why, amount(border.before), after, mark), tone)


def assumptions(weighed: Sequence[Reread], labels: dict[str, Text]) -> Iterator[Block]:
    """The readings that move this applicant's yen, and how many do not."""
    if not weighed:
        return
    yield Heading(Text("別の読み方", "Other readings"))
    moving = [each for each in weighed if each.moves and Status.INCOMPLETE not in (each.before[0], each.after[0])]
    if moving:
        columns = (
            Column(Text("読み方（円）", "reading (yen)")),
            Column(Text("枠", "frame")),
            Column(Text("この試算", "as assumed"), amount=True),
            Column(Text("別の読み方", "read otherwise"), amount=True),
        )
        rows = (GridRow((each.reading, labels[each.frame], yen(each.before), yen(each.after))) for each in moving)
        yield Grid(columns, (tuple(rows),))
    undecided = [each for each in weighed if Status.INCOMPLETE in (each.before[0], each.after[0])]
    if undecided:
        unknown = Text(
            "答えが足りない枠では、読み方による差はまだ決まりません。",
            "Where answers are missing, what the readings differ by is not settled yet.",
        )
        yield Paragraph(unknown, "warn")
    still = {each.assumption for each in weighed} - {each.assumption for each in (*moving, *undecided)}
    if still:
        template = Text(
            "読み方の分かれるほかの{0}点では、額は変わりません。", "{0} other open readings change nothing."
        )
        yield Paragraph(say(template, str(len(still))), "faint")


def yen(outcome: Outcome) -> Text:
    """What a frame comes to: its yen, or why there are none."""
    status, paid = outcome
    return amount(paid) if status is Status.PAYABLE else STATUSES[status][0]
