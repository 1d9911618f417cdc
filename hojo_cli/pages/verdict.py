"""The answer in one sentence or two."""

from __future__ import annotations

from hojo_cli.base.finding import Text
from hojo_cli.base.texts import EMPTY, figure, joined, say
from hojo_cli.results.estimated import Estimate, Result
from hojo_cli.results.report import Paragraph


def verdict(result: Result, shown: Estimate | None) -> Paragraph:
    """What comes of it; where another frame is broken down than the best one, of that one too."""
    best = next((estimate for estimate in result.estimates if estimate.frame == result.best), None)
    if shown is None:
        return Paragraph(
            Text(
                "どの枠にも、対象になる経費がありません。items に買うものを書いてください。",
                "No frame pays for anything in this file. List what is bought under `items`.",
            ),
            "warn",
        )
    sentence, tone = SENTENCES[shown.status](shown)
    if best is not None and best is not shown:
        more = say(
            Text("補助額が最も多いのは「{0}」の{1}です。", "`{0}` pays most: {1}."),
            best.label,
            figure(best.subsidy or 0),
        )
        sentence = say(Text("{0}{1}", "{0} {1}"), sentence, more)
    open_frames = [estimate.label for estimate in promising(result)]
    if open_frames:
        template = Text(
            "{0}答えによっては「{1}」のほうが多くなります。", "{0} Depending on answers, `{1}` may pay more."
        )
        sentence = say(template, sentence, joined(open_frames, "」「", "`, `"))
    return Paragraph(sentence, tone)


def payable(shown: Estimate) -> tuple[Text, str]:
    if not shown.subsidy:
        template = Text("「{0}」の補助額は計算上{1}です。", "`{0}` comes to a subsidy of {1}.")
        return say(template, shown.label, figure(0)), "warn"
    template = Text(
        "「{0}」で{1}の補助が見込めます。自己負担は{2}（税抜）です。",
        "`{0}` comes to a subsidy of {1}; your own cost is {2} (without tax).",
    )
    return say(template, shown.label, figure(shown.subsidy), figure(shown.own_cost or 0)), "good"


def incomplete(shown: Estimate) -> tuple[Text, str]:
    count = str(len(shown.missing))
    template = Text("「{0}」は、あと{1}問に答えると決まります", "`{0}` is settled by {1} more {2}")
    sentence = say(template, shown.label, count, Text("", "answer" if count == "1" else "answers"))
    if shown.possible is None:
        return say(Text("{0}。", "{0}."), sentence), "warn"
    if not any(shown.possible):
        none = Text("「{0}」は、どう答えても補助額が0円です。", "`{0}` pays nothing, whatever the answers are.")
        return say(none, shown.label), "bad"
    low, high = (figure(bound) for bound in shown.possible)
    if shown.possible[0] == shown.possible[1]:
        return say(Text("{0}（補助額は{1}）。", "{0} (subsidy {1})."), sentence, low), "warn"
    return say(Text("{0}（補助額は{1}～{2}）。", "{0} (subsidy {1} to {2})."), sentence, low, high), "warn"


def below_floor(shown: Estimate) -> tuple[Text, str]:
    why = joined((lost.label for lost in shown.reductions if lost.reason == "floor"), "、", ", ")
    computed = sum((lost.yen for lost in shown.reductions if lost.reason == "floor"), start=0)
    template = Text("「{0}」は計算上{1}で、{2}ため支払われません。", "`{0}` comes to {1}, {2}: nothing is paid.")
    return say(template, shown.label, figure(computed), why), "bad"


def ineligible(shown: Estimate) -> tuple[Text, str]:
    unmet = [met for met in shown.requirements if met.holds is False and met.band == EMPTY] or [
        met for met in shown.requirements if met.holds is False
    ]
    template = Text("「{0}」は申請できません。満たしていない要件：{1}。", "`{0}` cannot be applied for. Not met: {1}.")
    if not unmet:  # each answer would meet some of them, none all
        unmet = [met for met in shown.requirements if met.holds is None]
        template = Text(
            "「{0}」は、どう答えても申請できません。併せては満たせない要件：{1}。",
            "`{0}` cannot be applied for, whatever the answers are. Not to be met together: {1}.",
        )
    return say(template, shown.label, joined((met.label for met in unmet), "／", "; ")), "bad"


def no_cost(shown: Estimate) -> tuple[Text, str]:
    return say(
        Text("「{0}」の対象になる経費がありません。", "`{0}` pays for nothing in this file."), shown.label
    ), "warn"


SENTENCES = {
    "payable": payable,
    "incomplete": incomplete,
    "below_floor": below_floor,
    "ineligible": ineligible,
    "no_cost": no_cost,
}


def promising(result: Result) -> list[Estimate]:
    """Frames that could still turn out better than the best one, once questions are answered."""
    best = next((estimate for estimate in result.estimates if estimate.frame == result.best), None)
    if best is None:
        return []
    return [
        estimate
        for estimate in result.estimates
        if estimate.status == "incomplete" and (estimate.possible is None or estimate.possible[1] > (best.subsidy or 0))
    ]
