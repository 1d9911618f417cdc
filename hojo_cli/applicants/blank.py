"""A blank applicant file for a ruleset: every fact with its question, choices, unit and where to look it up, as comments to fill in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from hojo_cli.applicants.draft import Draft, Value
from hojo_cli.base.finding import Text
from hojo_cli.base.number import Kind, show
from hojo_cli.base.sanitize import for_json, for_terminal
from hojo_cli.rules.declared import FactSpec, Ruleset
from hojo_cli.rules.words import Words

_HEAD: Final = (
    Text("{title}の申請者ファイルです。", "An applicant file for: {title}."),
    Text(
        "「##」の行は説明です。分かる項目は行頭の「# 」を消して値を書き、分からない項目はそのままにします。",
        "Lines with `##` explain. Remove the leading `# ` of what you know and write its value; leave the rest as it is.",
    ),
    Text("試算: hojo estimate このファイル", "Estimate: hojo estimate THIS_FILE"),
    Text(
        "エディタの補完には、hojo schema applicant -o applicant.schema.json を実行し、先頭に次の1行を置きます。",
        "For completion in an editor run hojo schema applicant -o applicant.schema.json, and begin the file with this line:",
    ),
)
_MODELINE: Final = "# yaml-language-server: $schema=applicant.schema.json"
_NAME: Final = Text("申請者の名前。表に出します。", "The applicant's name, shown in tables.")
_NUMBER: Final = Text(
    "法人番号（13桁）。書かなくてもかまいません。", "The corporate number (13 digits); may be left out."
)
_FRAME: Final = Text(
    "申請する枠。書かなければ、すべての枠を比べます。", "The frame applied for; without it all are compared."
)
_ITEMS: Final = Text(
    "買うもの。見積書の1行ごとに、税抜の値段で書きます。",
    "What is bought: one entry for each quoted line, prices without tax.",
)
_SAMPLE: Final = Text(
    "買うもの。見積書の1行ごとに、税抜の値段で書きます。下は見本です。行頭の「# 」を消し、見積書に合わせて書き換えます。",
    "What is bought: one entry for each quoted line, prices without tax. Below is a sample: remove its `# ` and put your quote in its place.",
)
_PRICE: Final = Text("値段の書き方（どれか1つ）:", "how a price is written (one of):")
_PRICES: Final = (
    (
        "amount: 50万円",
        Text("一括。期間のある利用料なら months も", "paid at once; with months where it pays for a time"),
    ),
    ("monthly: 2万円 / months: 24", Text("月額と月数", "a monthly fee and its months")),
    ("yearly: 12万円 / years: 2", Text("年額と年数", "a yearly fee and its years")),
    ("tax: included", Text("税込の値段のときだけ", "only where the price contains tax")),
    ("quantity: 3", Text("数量。値段に掛けます", "how many; multiplies the price")),
    (
        "discount: 5万円 / of: NAME",
        Text(
            "値段の代わりに値引き。of は下げる明細の name、なければ全部の明細",
            "a discount in place of a price: of the item called NAME, or of all",
        ),
    ),
)
_MEMBERS: Final = Text(
    "グループで申請する枠だけ：構成員を1者ずつ書きます。", "Group frames only: one entry for each member."
)
_LOOK_UP: Final = Text("調べる場所: ", "look it up in: ")
_ASKED_IF: Final = Text("次の場合だけ答えます: ", "only if: ")
_INSTEAD: Final = Text("「{0}」が未記入の場合だけ答えます", "only where `{0}` is left out")
_LIST: Final = Text("一覧。例: [{0}]。なければ []", "a list, such as [{0}]; [] for none")
_CHOICES: Final = Text("選択肢:", "choices:")
_SEVERAL: Final = Text("当てはまるものをすべて:", "all that apply:")
_UNITS: Final = {
    Kind.YEN: Text("円。例: 30円、150万円", "yen, such as 30円, 150万円"),
    Kind.COUNT: Text("数。例: 5", "a count, such as 5"),
    Kind.MONTHS: Text("月数。例: 3、3か月", "months, such as 3, 3か月"),
    Kind.RATE: Text("割合。例: 3%、3.5%", "a rate, such as 3%, 3.5%"),
}
_AT_MOST: Final = Text("（これが最大）", " (at most that)")
_TRUTH: Final = Text("はい（true）か いいえ（false）", "true or false")
_SOFTWARE: Final = Text("会計ソフト", "accounting software")
EMPTY: Final = Draft()
_LETTER: Final = "[0-9A-Za-z_ぁ-んァ-ヶー一-龠々]"
_PLAIN: Final = f"{_LETTER}(?:(?:{_LETTER}|[・%/,])*(?:{_LETTER}|%))?"


def text(ruleset: Ruleset, lang: str, draft: Draft = EMPTY) -> str:
    """The whole file; what the draft holds stands there, what it lacks is a comment to fill in."""
    lines = [f"## {sentence.into(lang).format(title=ruleset.title.into(lang))}" for sentence in _HEAD]
    lines += [f"##   {_MODELINE}", ""]
    others = dict(draft.others)
    lines += [f"## {_NAME.into(lang)}", f"name: {scalar(draft.name)}" if draft.name else "name:"]
    lines += [f"## {_NUMBER.into(lang)}", entry("corporate_number", others.pop("corporate_number", None))]
    others.pop("fiscal_year", None)
    lines += [f"fiscal_year: {ruleset.fiscal_year}"]
    frames = {frame: declared.label for frame, declared in ruleset.frames.items()}
    lines += [f"## {_FRAME.into(lang)}", *_choices(frames, lang, _CHOICES), entry("frame", others.pop("frame", None))]
    words = Words(ruleset)
    lines += ["", "facts:"]
    for fact, spec in ruleset.facts.items():
        if not spec.of_members:
            lines += ["", *(f"  ## {line}" for line in question(spec, words, lang))]
            hint = f"  # {unit(spec, lang)}" if spec.kind != "choice" else ""
            answer = draft.facts.get(fact)
            lines.append(f"  # {fact}:{hint}" if answer is None else f"  {fact}: {written(spec, answer)}")
    for fact, value in draft.facts.items():
        if (
            fact not in ruleset.facts or ruleset.facts[fact].of_members
        ):  # of another year, or of members: it has no place above
            lines.append(f"  {entry(fact, value)}")
    lines += item_lines(ruleset, lang, draft.items)
    lines += member_lines(ruleset, words, lang, draft.members)
    if others:
        lines += ["", *(entry(key, value) for key, value in others.items())]
    return "\n".join(for_terminal(line) if line.lstrip().startswith("#") else line for line in lines) + "\n"


def entry(key: str, value: Value | None) -> str:
    """A key with its value on one line; a comment to fill in where it has none."""
    return f"# {key}:" if value is None else f"{scalar(key)}: {flow(value)}"


def flow(value: Value) -> str:
    """A value as YAML within a line."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{scalar(key)}: {flow(held)}' for key, held in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(flow, value))}]"
    return scalar(value)


# --- facts ---


def question(spec: FactSpec, words: Words, lang: str) -> Iterator[str]:
    """What is asked, when, the choices, and where to look."""
    yield f"{spec.label.into(lang)}: {spec.ask.into(lang)}"
    if spec.asked_if is not None:
        yield f"  {_ASKED_IF.into(lang)}{words.condition(spec.asked_if).into(lang)}"
    if spec.instead_of is not None:
        yield f"  {_INSTEAD.into(lang).format(words.fact(spec.instead_of).into(lang))}"
    if spec.choices:
        yield f"  {(_SEVERAL if spec.kind == 'set' else _CHOICES).into(lang)}"
        yield from (f"    {choice}: {label.into(lang)}" for choice, label in spec.choices.items())
    if spec.look_up.into(lang):
        yield f"  {_LOOK_UP.into(lang)}{spec.look_up.into(lang)}"


def unit(spec: FactSpec, lang: str) -> str:
    """How an answer is written; empty for a choice, whose values are listed."""
    if spec.kind == "choice":
        return ""
    if spec.kind == "set":
        return _LIST.into(lang).format(", ".join(list(spec.choices)[:2]))
    if spec.kind == "boolean":
        return _TRUTH.into(lang)
    kind = Kind(spec.kind)
    if spec.maximum is None:
        return _UNITS[kind].into(lang)
    return f"{_UNITS[kind].into(lang)}、{show(spec.maximum, kind, 'ja')}{_AT_MOST.into(lang)}"


def written(spec: FactSpec, answer: str) -> str:
    """An answer as the file has it: of several choices a list."""
    return listing(answer) if spec.kind == "set" else scalar(answer)


def listing(answer: str) -> str:
    """Several choices as a list."""
    return f"[{', '.join(map(scalar, several(answer)))}]"


def several(answer: str) -> list[str]:
    """The choices of an answer that names some: `a, b`, `[a、b]`."""
    return [part.strip() for part in re.split("[,;、，；]", answer.strip("[]")) if part.strip()]


def scalar(answer: str) -> str:
    """The answer as a YAML scalar: bare where it can stand so, else in double quotes, with what nobody sees spelt out."""
    bare = re.fullmatch(_PLAIN, answer) and answer.casefold() != "null"
    return answer if bare else for_json(json.dumps(answer, ensure_ascii=False))


# --- items and members ---


def item_lines(ruleset: Ruleset, lang: str, items: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """What is bought; where there is nothing yet, a sample to uncomment, so that no file holds a purchase that nobody plans."""
    yield ""
    yield f"## {(_ITEMS if items else _SAMPLE).into(lang)}"
    yield "## category"
    yield from _choices(ruleset.categories, lang, _CHOICES)
    for name, spec in ruleset.fields.items():
        yield f"## {name} ({spec.label.into(lang)})"
        yield from _choices(spec.choices, lang, _SEVERAL)
    yield f"## {_PRICE.into(lang)}"
    yield from (f"##   {price}    {meaning.into(lang)}" for price, meaning in _PRICES)
    yield "items:"
    for item in items:
        yield from item_entry(ruleset, item, "  ")
    if not items:
        category = next(iter(ruleset.categories))
        yield f"  # - name: {_SOFTWARE.into(lang)}"
        yield f"  #   category: {category}"
        yield "  #   amount: 50万円"
        for field, spec in ruleset.fields.items():
            yield f"  #   {field}: [{', '.join(list(spec.choices)[:1])}]"


def item_entry(ruleset: Ruleset, item: Mapping[str, str], indent: str) -> Iterator[str]:
    """One item, a key a line."""
    dash = "- "
    for key, value in item.items():
        yield f"{indent}{dash}{scalar(key)}: {listing(value) if key in ruleset.fields else scalar(value)}"
        dash = "  "


def member_lines(ruleset: Ruleset, words: Words, lang: str, members: Sequence[Draft]) -> Iterator[str]:
    """What is asked of members, and one that is commented out where there is none."""
    fact = next(iter(ruleset.facts))
    choice = next(iter(ruleset.facts[fact].choices), "")
    yield ""
    yield f"## {_MEMBERS.into(lang)}"
    for name, spec in ruleset.facts.items():
        if spec.of_members:
            yield f"##   {name}"
            yield from (f"##     {line}" for line in question(spec, words, lang))
    yield "members:"
    for member in members:
        yield f"  - name: {scalar(member.name)}"
        yield from (f"    {entry(key, value)}" for key, value in member.others.items())
        yield "    facts:" if member.facts else "    facts: {}"
        for name, value in member.facts.items():
            yield f"      {name}: {written(ruleset.facts[name], value) if name in ruleset.facts else scalar(value)}"
        yield "    items:" if member.items else "    items: []"
        for item in member.items:
            yield from item_entry(ruleset, item, "      ")
    if not members:
        yield "#  - name:"
        yield f"#    facts: {{{fact}: {choice}}}"
        yield "#    items: []"


def _choices(choices: Mapping[str, Text], lang: str, title: Text) -> Iterator[str]:
    yield f"##   {title.into(lang)}"
    yield from (f"##     {name}: {label.into(lang)}" for name, label in choices.items())
