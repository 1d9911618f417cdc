"""`hojo estimate` for people: the answer first, then all frames, the chosen one broken down, and what to mind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

from hojo_cli.base.finding import Text, untranslated
from hojo_cli.base.texts import EMPTY, figure, joined, say
from hojo_cli.formats.drawing import entries
from hojo_cli.pages import conditions
from hojo_cli.pages.breakdown import amount, breakdown, losses
from hojo_cli.pages.sources import Sources
from hojo_cli.pages.verdict import SENTENCES, promising, verdict
from hojo_cli.results.advised import Plan
from hojo_cli.results.estimated import Estimate, Result
from hojo_cli.results.report import Answer, Block, Bullets, Column, Grid, GridRow, Heading, Outline, Paragraph
from hojo_cli.rules.asked import asked
from hojo_cli.rules.declared import Ruleset

if TYPE_CHECKING:  # nothing is weighed for most pages
    from hojo_cli.advise.weighing import Reread

STATUSES: Final = entries.STATUSES

DISCLAIMER: Final = Text(
    "公表資料による試算です。交付の可否と額は事務局の審査で決まります。",
    "An estimate from published texts. The office decides whether and how much is granted.",
)


Weigh: TypeAlias = "Callable[[Result, str], Iterable[Reread]]"
"""A frame of a result under the other readings of its assumptions."""


def no_picture(_result: Result, _shown: Estimate) -> Iterable[Block]:
    """Where a page is read on a terminal."""
    return ()


def page(
    heads: Mapping[int, Ruleset],
    results: Iterable[Result],
    weigh: Weigh,
    *,
    frame: str,
    explained: bool,
    full: bool,
    picture: Callable[[Result, Estimate], Iterable[Block]] = no_picture,
) -> Iterator[Block]:
    """One applicant after the other, each under the ruleset of its year; nothing where no file could be judged.

    `frame` is the one to break down; where it is empty, the one applied for, else the most promising. Without `full` the
    checklist, the earlier year's results and the sources are only counted, and assumptions are not weighed. `picture` is what stands
    below the breakdown.
    """
    judged = [result for result in results if result.estimates]
    for result in judged:
        chosen = frame or result.frame or most_promising(result)
        shown = next((estimate for estimate in result.estimates if estimate.frame == chosen), None)
        weighed = weigh(result, shown.frame) if full and shown is not None else ()
        yield from applicant_page(heads[result.fiscal_year], result, shown, weighed, explained, full, picture)
    if judged:
        yield Paragraph(DISCLAIMER, "faint")


def most_promising(result: Result) -> str:
    """The best frame; where none is payable, the one with most at stake: the most yen still possible, then what got furthest."""
    order = ("incomplete", "below_floor", "ineligible")
    ranked = sorted(
        (estimate for estimate in result.estimates if estimate.status in order),
        key=lambda estimate: (order.index(estimate.status), -(estimate.possible or (0, 0))[1]),
    )
    return result.best or (ranked[0].frame if ranked else "")


def applicant_page(
    head: Ruleset,
    result: Result,
    shown: Estimate | None,
    weighed: Iterable[Reread],
    explained: bool,
    full: bool,
    picture: Callable[[Result, Estimate], Iterable[Block]],
) -> Iterator[Block]:
    sources = Sources()
    name = result.name or result.file
    texts = say(Text("{0}（資料は{1}まで）", "{0} (texts up to {1})"), head.title, head.as_of)
    yield Answer(untranslated(name), (verdict(result, shown), Paragraph(texts if head.as_of else head.title, "faint")))
    if shown is not None:
        yield from open_questions((shown, *promising(result)))
    yield from comparison(result, shown)
    if shown is not None:
        if shown.status == "ineligible":
            yield from conditions.requirements(shown, sources)
        yield from breakdown(shown, sources)
        yield from losses(shown, sources)
        yield from picture(result, shown)
        if shown.status != "ineligible":
            yield from conditions.requirements(shown, sources)
        yield from conditions.next_band(shown)
        if shown.together:
            yield Bullets(shown.together)
    yield from conditions.profile(result, sources)
    if shown is not None:
        yield from conditions.assumptions(shown, weighed)
    duties = [duty for duty in result.duties if shown is not None and shown.frame in duty.frames]
    checklist, past = list(conditions.checklist(duties, sources)), list(conditions.context(result, sources))
    if full:
        yield from checklist
        yield from past
    if shown is not None and shown.tree is not None and explained:
        yield Heading(Text("計算の根拠", "Derivation"))
        yield Outline(sources.outline(shown.tree))
    if full:
        yield from sources.listed()
    elif duties or past or sources.numbers:
        yield Paragraph(left_out(len(duties), len(sources.numbers), past), "faint")


def left_out(duties: int, sources: int, past: Sequence[Block]) -> Text:
    """What the full page has beside this one."""
    parts = []
    if duties:
        parts.append(say(Text("申請の前後に確かめること {0}件", "what to check ({0})"), str(duties)))
    if sources:
        parts.append(say(Text("出典 {0}件", "the sources ({0})"), str(sources)))
    if past:
        parts.append(Text("前の年度の結果", "an earlier year's results"))
    template = Text("{0}は `--full` で表示します。", "`--full` adds {0}.")
    return say(template, joined(parts, "、", ", "))


def open_questions(estimates: Iterable[Estimate]) -> Iterator[Block]:
    """Each question once, with all the places where its answer is written: of the applicant, or of these members."""
    questions: dict[Text, dict[tuple[str, str], list[int]]] = {}
    for gap in dict.fromkeys(gap for estimate in estimates for gap in estimate.missing):
        member, item, name = asked(gap.fact)
        holder = "facts" if item is None else f"items[{item}]"
        questions.setdefault(gap.ask, {}).setdefault((holder, name), []).append(member)
    bullets = []
    for ask, places in questions.items():
        written = []
        for (holder, name), members in places.items():
            if any(members):
                numbers = Text("、".join(map(str, members)), ", ".join(map(str, members)))
                template = Text("構成員{2}の {0} の {1}", "{1} under {0} of member {2}")
                written.append(say(template, holder, name, numbers))
            else:
                written.append(say(Text("{0} の {1}", "{1} under {0}"), holder, name))
        bullets.append(say(untranslated("{0} → {1}"), ask, joined(written, "、", "; ")))
    if bullets:
        yield Heading(Text("答えると決まること", "Answers that decide"))
        yield Bullets(tuple(bullets), "?", "warn")


# --- all frames --------------------------------------------------------------------------------------------------------


def comparison(result: Result, shown: Estimate | None) -> Iterator[Block]:
    """Every frame in one table, why others pay nothing, and what frames that go together come to."""
    yield Heading(Text("枠の比較（円）", "Frames compared (yen)"))
    columns = (
        Column(EMPTY),
        Column(Text("枠", "frame")),
        Column(Text("結果", "result")),
        Column(Text("補助額", "subsidy"), amount=True),
        Column(Text("自己負担", "own cost"), amount=True),
        Column(Text("対象経費", "eligible"), amount=True),
    )
    rows = []
    for estimate in result.estimates:
        status, tone = STATUSES[estimate.status]
        mark = Text("→", "→") if estimate is shown else EMPTY
        amounts = subsidy_or_range(estimate), amount(estimate.own_cost), amount(estimate.eligible_cost)
        cells = (EMPTY,) * len(amounts) if estimate.status == "no_cost" else amounts
        rows.append(GridRow((mark, estimate.label, status, *cells), tone))
    yield Grid(columns, (tuple(rows),))
    template = Text("{0}（詳しくは --frame {1}）", "{0} (more: --frame {1})")
    reasons = tuple(
        say(template, SENTENCES[estimate.status](estimate)[0], estimate.frame)
        for estimate in result.estimates
        if estimate is not shown and estimate.status in ("ineligible", "below_floor")
    )
    if reasons:
        yield Bullets(reasons)
    if result.plan is not None and len(result.plan.parts) > 1:
        yield Paragraph(plan_sentence(result.plan, result), "good")


def subsidy_or_range(estimate: Estimate) -> Text:
    """Whole yen; while facts are missing, the range they can come to."""
    if estimate.subsidy is not None or estimate.possible is None:
        return amount(estimate.subsidy)
    return span(*map(amount, estimate.possible))


def span(low: Text, high: Text) -> Text:
    """From the lowest to the highest figure; one of them where they are the same."""
    return low if low == high else say(Text("{0}～{1}", "{0} to {1}"), low, high)


def plan_sentence(plan: Plan, result: Result) -> Text:
    """What frames that go together come to, and which items go where: by their number in the file, from 1."""
    labels = {estimate.frame: estimate.label for estimate in result.estimates}
    parts = []
    for part in plan.parts:
        numbers = [str(place + 1) for place in part.items]  # none of a group whose members buy everything
        items = Text(f"（明細{'・'.join(numbers)}）", f" (items {', '.join(numbers)})") if numbers else EMPTY
        parts.append(say(untranslated("{0} {1}{2}"), labels[part.frame], figure(part.subsidy), items))
    template = Text("併せて申請すると {0}：{1}。", "Together {0}: {1}.")
    total = say(template, figure(plan.total), joined(parts, "＋", " + "))
    if plan.at_most == plan.total:
        return total
    bound = Text(
        "答えや分け方によって、これより増えることがあります。",
        "Answers, or another way of sharing out the items, may add to it.",
    )
    if plan.at_most is not None:
        template = Text("どう分けても{0}を超えません。", "No way of sharing out the items pays more than {0}.")
        bound = say(template, figure(plan.at_most))
    return say(Text("{0}{1}", "{0} {1}"), total, bound)
