"""`hojo estimate` for people: the answer first, then all frames, the chosen one broken down, and what to mind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from hojo_cli.base.finding import Text
from hojo_cli.base.number import Kind, mixed
from hojo_cli.engine.applicant import asked
from hojo_cli.explanation.words import EMPTY, UNKNOWN, figure, joined, say
from hojo_cli.pages import conditions
from hojo_cli.pages.sources import COLUMN, Sources
from hojo_cli.pages.verdict import SAID, promising, verdict
from hojo_cli.report import (
    Block,
    Bullets,
    Citation,
    Column,
    Counted,
    Estimate,
    Explained,
    Grid,
    Heading,
    LineResult,
    Outline,
    Paragraph,
    Plan,
    Reduction,
    Result,
    RulesetHead,
    Step,
)
from hojo_cli.rules.nodes import Exact

STATUSES: Final = {
    "payable": (Text("申請可", "payable"), "good"),
    "ineligible": (Text("対象外", "ineligible"), "bad"),
    "below_floor": (Text("下限未満", "below floor"), "bad"),
    "no_cost": (Text("経費なし", "no cost"), "faint"),
    "incomplete": (Text("要回答", "incomplete"), "warn"),
}
ARROW: Final = Text("→", "→")

_DISCLAIMER: Final = Text(
    "公表資料による試算です。交付の可否と額は事務局の審査で決まります。",
    "An estimate from published texts. The office decides whether and how much is granted.",
)


def page(
    heads: Mapping[int, RulesetHead], results: Iterable[Result], *, frame: str = "", explain: bool = False
) -> Iterator[Block]:
    """One applicant after the other, each under the ruleset of its year.

    `frame` is the one to break down; where it is empty, the one applied for, else the most promising.
    """
    for result in results:
        yield from _applicant(
            heads[result.fiscal_year], result, frame or result.frame or _worth_showing(result), explain
        )
    yield Paragraph(EMPTY)
    yield Paragraph(_DISCLAIMER, "faint")


def _applicant(head: RulesetHead, result: Result, frame: str, explain: bool) -> Iterator[Block]:
    shown = next((found for found in result.estimates if found.frame == frame), None)
    sources = Sources()
    name = result.name or result.file
    yield Heading(Text(name, name), 1)
    yield verdict(result, shown)
    texts = Text("{0}（資料は{1}まで）", "{0} (texts up to {1})")
    yield Paragraph(say(texts, head.title, head.as_of) if head.as_of else head.title, "faint")
    if shown is not None:
        best = next((found for found in result.estimates if found.frame == result.best), None)
        yield from _questions((shown, *promising(result, best)))
    yield from _comparison(result, shown)
    if shown is not None:
        if shown.status == "ineligible":
            yield from conditions.requirements(shown, sources)
        yield from _breakdown(shown, sources)
        yield from _lost(shown, sources)
        if shown.status != "ineligible":
            yield from conditions.requirements(shown, sources)
        yield from conditions.next_band(shown)
        if shown.together:
            yield Bullets(shown.together)
    yield from conditions.who(result, sources)
    if shown is not None:
        yield from conditions.to_mind(shown, result, sources)
    yield from conditions.context(result, sources)
    if shown is not None and shown.tree is not None and explain:
        yield Heading(Text("計算の根拠", "Derivation"))
        yield Outline(sources.outline(shown.tree))
    yield from sources.listed()


def _worth_showing(result: Result) -> str:
    """The best frame; where none is payable, the one with most at stake: the most yen still possible, then what got furthest."""
    order = ("incomplete", "below_floor", "ineligible")
    ranked = sorted(
        (found for found in result.estimates if found.status in order),
        key=lambda found: (order.index(found.status), -(found.possible or (0, 0))[1]),
    )
    return result.best or (ranked[0].frame if ranked else "")


# --- the answer in one table -------------------------------------------------------------------------------------------


def _questions(open_: Iterable[Estimate]) -> Iterator[Block]:
    """Each question once, with all the places where its answer is written."""
    places: dict[Text, dict[tuple[str, str], list[int]]] = {}
    for gap in dict.fromkeys(gap for each in open_ for gap in each.missing):
        member, item, name = asked(gap.fact)
        where = f"{'facts' if item is None else f'items[{item}]'}", name
        places.setdefault(gap.ask, {}).setdefault(where, []).append(member)
    if places:
        yield Heading(Text("答えると決まること", "Answers that decide"))
        yield Bullets(tuple(_question(ask, where) for ask, where in places.items()), "?", "warn")


def _question(ask: Text, places: Mapping[tuple[str, str], list[int]]) -> Text:
    named = [_place(holder, name, members) for (holder, name), members in places.items()]
    return say(Text("{0} → {1}", "{0} → {1}"), ask, joined(named, "、", "; "))


def _place(holder: str, name: str, members: list[int]) -> Text:
    """Where an answer is written: of the applicant, or of these members."""
    if not any(members):
        return say(Text("{0} の {1}", "{1} under {0}"), holder, name)
    listed = Text("、".join(map(str, members)), ", ".join(map(str, members)))
    return say(Text("構成員{2}の {0} の {1}", "{1} under {0} of member {2}"), holder, name, listed)


def _comparison(result: Result, shown: Estimate | None) -> Iterator[Block]:
    yield Heading(Text("枠の比較（円）", "Frames compared (yen)"))
    columns = (
        Column(EMPTY),
        Column(Text("枠", "frame")),
        Column(Text("結果", "result")),
        Column(Text("補助額", "subsidy"), amount=True),
        Column(Text("自己負担", "own cost"), amount=True),
        Column(Text("対象経費", "eligible"), amount=True),
    )
    rows = tuple(_compared(found, shown) for found in result.estimates)
    yield Grid(columns, rows, tuple(STATUSES[found.status][1] for found in result.estimates))
    reasons = tuple(_why_not(found) for found in result.estimates if found is not shown and found.status in _UNPAID)
    if reasons:
        yield Bullets(reasons)
    if result.plan is not None and len(result.plan.parts) > 1:
        yield Paragraph(_planned(result.plan, result), "good")


def _planned(plan: Plan, result: Result) -> Text:
    """What frames that go together come to, and which items go where."""
    labels = {found.frame: found.label for found in result.estimates}
    parts = [
        say(Text("{0} {1}{2}", "{0} {1}{2}"), labels[part.frame], figure(part.subsidy), _numbered(part.items))
        for part in plan.parts
    ]
    said = say(
        Text("併せて申請すると {0}：{1}。", "Together {0}: {1}."), figure(plan.total), joined(parts, "＋", " + ")
    )
    if plan.at_most == plan.total:
        return said
    more = Text(
        "答えや分け方によって、これより増えることがあります。",
        "Answers, or another way of sharing out the items, may add to it.",
    )
    if plan.at_most is not None:
        proved = Text("どう分けても{0}を超えません。", "No way of sharing out the items pays more than {0}.")
        more = say(proved, figure(plan.at_most))
    return say(Text("{0}{1}", "{0} {1}"), said, more)


def _numbered(items: tuple[int, ...]) -> Text:
    """The items by their number in the file, from 1; of a group whose members buy everything there are none."""
    numbers = [str(place + 1) for place in items]
    return Text(f"（明細{'・'.join(numbers)}）", f" (items {', '.join(numbers)})") if numbers else EMPTY


_UNPAID: Final = ("ineligible", "below_floor")


def _why_not(found: Estimate) -> Text:
    """Why another frame pays nothing, and how to see it broken down."""
    more = Text("{0}（詳しくは --frame {1}）", "{0} (more: --frame {1})")
    return say(more, SAID[found.status](found)[0], found.frame)


def _compared(found: Estimate, shown: Estimate | None) -> tuple[Text, ...]:
    mark = ARROW if shown is not None and found.frame == shown.frame else EMPTY
    if found.status == "no_cost":
        return (mark, found.label, STATUSES[found.status][0], EMPTY, EMPTY, EMPTY)
    own = known(found.own_cost)
    return (mark, found.label, STATUSES[found.status][0], _subsidy(found), own, known(found.eligible_cost))


def _subsidy(estimate: Estimate) -> Text:
    if estimate.subsidy is not None:
        return yen(estimate.subsidy)
    if estimate.possible is None:
        return UNKNOWN
    low, high = estimate.possible
    return yen(low) if low == high else say(Text("{0}～{1}", "{0} to {1}"), yen(low), yen(high))


def known(value: Exact | None) -> Text:
    """An amount, or that it is not known."""
    return UNKNOWN if value is None else yen(value)


def yen(value: Exact) -> Text:
    """An amount without its unit, which the heading names; what is not whole as a mixed number."""
    return Text(mixed(value), mixed(value))


# --- where the yen come from ---------------------------------------------------------------------------------------------


def _breakdown(shown: Estimate, sources: Sources) -> Iterator[Block]:
    columns = (
        Column(Text("項目", "item")),
        Column(Text("経費", "cost"), amount=True),
        Column(Text("率", "rate"), amount=True),
        Column(Text("補助額", "subsidy"), amount=True),
        COLUMN,
    )
    rows: list[tuple[Text, ...]] = []
    tones: list[str] = []
    told: _Told = set()
    for line in shown.lines:
        if line.cost != 0 or line.counted or line.subsidy:
            rows += _line(line, sources, told)
            tones += ["strong"] + ["plain"] * (len(rows) - len(tones) - 1)
    if rows:
        yield Heading(say(Text("{0}の内訳（円）", "{0}: breakdown (yen)"), shown.label))
        total = known(shown.subsidy)
        rows.append((Text("合計", "total"), known(shown.eligible_cost), EMPTY, total, EMPTY))
        yield Grid(columns, tuple(rows), (*tones, "good" if shown.subsidy else "strong"))


def _line(line: LineResult, sources: Sources, told: _Told) -> Iterator[tuple[Text, ...]]:
    """The line with all that stands under it."""
    yield (line.label, known(line.cost), EMPTY, known(line.subsidy), EMPTY)
    yield from _under(line.counted, line.steps, 0, sources, told)


def _under(
    counted: Sequence[Counted], steps: Sequence[Step], depth: int, sources: Sources, told: _Told
) -> Iterator[tuple[Text, ...]]:
    """Items, then what belongs to members (and within them to their lines), each under its name, then steps."""
    indent = "  " * (depth + 1)
    entries = Counter(entry for entry in counted if len(entry.whose) == depth)
    for entry, times in entries.items():
        cost = yen(entry.counted * times)
        yield (_indented(indent, _several(entry.label, times)), cost, EMPTY, EMPTY, sources.mark(entry.citation))
    owners = [entry.whose for entry in counted] + [step.whose for step in steps]
    for owner in dict.fromkeys(whose[depth] for whose in owners if len(whose) > depth):
        theirs = [entry for entry in counted if entry.whose[depth : depth + 1] == (owner,)]
        taken = [step for step in steps if step.whose[depth : depth + 1] == (owner,)]
        cost = yen(sum((entry.counted for entry in theirs), start=0))
        came = yen(sum((step.yen or 0 for step in taken), start=0)) if steps else UNKNOWN
        yield (_indented(indent, owner), cost, EMPTY, came, EMPTY)
        yield from _under(theirs, taken, depth + 1, sources, told)
    for step in steps:
        if len(step.whose) == depth and not (depth and _idle(step)):
            again = step.parts in told
            yield _step(step, indent, sources, again)
            if not again:
                told.add(step.parts)
                yield from _made_of(step.parts, indent + "  ", sources)


_Told: TypeAlias = "set[tuple[Explained, ...]]"
"""What limits of several parts are made of, once on a page."""


def _made_of(parts: Iterable[Explained], indent: str, sources: Sources) -> Iterator[tuple[Text, ...]]:
    """What a limit or a rate is made of, each part with its source."""
    for part in parts:
        yield (_indented(indent, part.label), EMPTY, EMPTY, EMPTY, sources.mark(part.citation))
        yield from _made_of(part.parts, indent + "  ", sources)


def _step(step: Step, indent: str, sources: Sources, again: bool) -> tuple[Text, ...]:
    """A step; where its parts are told already, with the sources of all of them."""
    cost = EMPTY if step.cost is None else yen(step.cost)
    rate = EMPTY if step.rate is None else figure(step.rate, Kind.RATE)
    label = say(Text("{0}（届いていません）", "{0} (not reached)"), step.label) if _idle(step) else step.label
    came = EMPTY if step.yen is None else yen(step.yen)
    marks = sources.marks((step.citation, *(_citations(step.parts) if again else ())))
    return (_indented(indent, label), cost, rate, came, marks)


def _citations(parts: Iterable[Explained]) -> Iterator[Citation | None]:
    for part in parts:
        yield part.citation
        yield from _citations(part.parts)


def _idle(step: Step) -> bool:
    """A limit that takes nothing away; of the members' limits only those that do are told."""
    return step.yen == 0 and step.cost is None


def _indented(indent: str, text: Text) -> Text:
    return Text(indent + text.ja, indent + text.en)


def _lost(shown: Estimate, sources: Sources) -> Iterator[Block]:
    if shown.reductions:
        yield Heading(Text("減った額とその理由（円）", "What was lost, and why (yen)"))
        columns = (
            Column(Text("理由", "reason")),
            Column(Text("経費から", "of cost"), amount=True),
            Column(Text("補助額から", "of subsidy"), amount=True),
            COLUMN,
        )
        rows = tuple(_loss(alike, sources) for alike in _alike(shown.reductions))
        yield Grid(columns, rows)


def _alike(reductions: Iterable[Reduction]) -> Iterator[list[Reduction]]:
    """The same loss in the same line of several members is told once."""
    found: dict[tuple[object, ...], list[Reduction]] = {}
    for lost in reductions:
        line, _, part = (*lost.whose, EMPTY, EMPTY, EMPTY)[:3]
        found.setdefault((lost.reason, lost.label, lost.of, lost.citation, line, part), []).append(lost)
    yield from found.values()


def _loss(alike: list[Reduction], sources: Sources) -> tuple[Text, ...]:
    lost = alike[0]
    line, member, part = (*lost.whose, EMPTY, EMPTY, EMPTY)[:3]
    place = (member, part) if member != EMPTY else (line,) if lost.of == "subsidy" else ()
    named = filter(any, (*(place if len(alike) == 1 else place[1:] or place), lost.label))
    label = _several(joined(named, "：", ": "), len(alike))
    amount = yen(sum((each.yen for each in alike), start=0))
    of_cost = lost.of == "cost"
    marks = sources.marks((lost.citation, *_citations(lost.parts)))
    return (label, amount if of_cost else EMPTY, EMPTY if of_cost else amount, marks)


def _several(label: Text, times: int) -> Text:
    """Equal entries (of the members of a group) are shown once, added up."""
    return label if times == 1 else say(Text("{0}：{1}件", "{0}: {1} of them"), label, str(times))
