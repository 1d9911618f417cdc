"""A ruleset → the JSON Schema (draft 2020-12) of its applicant files, so that an editor completes, explains and checks them.

It takes what `applicant.load` takes and refuses what that refuses, as far as a JSON Schema can say it. It cannot say:

- the check digit of a corporate number, and that a count stays within another or the number of members (`at_most`);
- which item a discount lowers (`of`), and that it is no more than what it lowers costs; that a frame is named twice in `expect`;
- that facts exclude each other (`only_if`);
- that a printed literal reaches a declared `min` above 1 or keeps to a `max` (0 is told from the rest, integers are compared);
- what is wrong with the YAML itself: anchors, keys written twice or in another width, an amount a flow list splits;
- whether a number in an editor was written as `5.000` or `1e3`, which hojo refuses and JSON takes for an integer.

It stops short of hojo at literals nobody writes: 10^13 years and more, rates of 10^15.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Final, TypeAlias

from hojo_cli.applicants import literals
from hojo_cli.applicants.applicant import KEYS
from hojo_cli.applicants.facts import TRUTHS
from hojo_cli.applicants.items import ITEM_KEYS, TAXES
from hojo_cli.applicants.members import MEMBER_KEYS, MOST_MEMBERS
from hojo_cli.base.finding import Text, untranslated
from hojo_cli.base.number import EXAMPLES, LARGEST, Kind
from hojo_cli.messages.entry import sentences
from hojo_cli.rules.declared import FactSpec, Ruleset

Schema: TypeAlias = dict[str, object]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

_FILE: Final = Text(
    "申請者1者のファイル。見積書の値段は税抜で書きます。", "The file of one applicant; prices are without tax."
)
_KEY: Final = sentences("""
name: 申請者の名前。表に出します。 | The applicant's name, shown in tables.
corporate_number: 法人番号（13桁）。書けば検査数字を確かめます。
    | The 13 digits of the corporate number; its check digit is verified.
fiscal_year: 年度。どのルールで計算するかを決めます。 | The fiscal year, which chooses the ruleset.
frame: 申請する枠。省くとすべての枠を比べます。 | The frame you apply for; leave it out to compare all.
facts: 申請者の事実。分からないものは書きません。 | Facts of the applicant; leave out what is unknown.
items: 買うもの。見積書の1行ごとに書きます。 | What is bought, one entry for each quoted line.
members: グループの構成員（グループで申請する枠だけ）。 | Members, for a group frame only.
note: 覚え書き。計算には使いません。 | A note to yourself; not used.
expect: 枠ごとに、なるはずの補助額（円）。`hojo check` が比べます。
    | Expected subsidy of each frame, compared by `hojo check`.
""")
_ITEM_KEY: Final = sentences("""
name: 品名。 | What it is called.
category: 経費の区分。 | The category of cost.
amount: 一括で払う値段（税抜）。期間のある利用料なら `months` も書きます。
    | The price paid at once, without tax; with `months` where it pays for a time.
monthly: 1か月の値段（税抜）。`months` と一緒に書きます。 | The price of one month without tax, together with `months`.
months: 契約する月数。`monthly` か `amount` と一緒に書きます。
    | How many months are contracted, together with `monthly` or `amount`.
yearly: 1年の値段（税抜）。`years` と一緒に書きます。 | The price of one year without tax, together with `years`.
years: 契約する年数。 | How many years are contracted.
discount: 値引きの額（正の数）。値段の代わりに書きます。
    | The yen of a discount (a positive number), in place of a price.
of: 値引きする明細の `name`。書かなければ、すべての明細から値段の割合で引きます。
    | The `name` of the item that is lowered; without it all items are, in proportion to their cost.
quantity: 数量。書いた値段に掛けます。 | How many; multiplies the price.
tax: 税込の値段なら included。 | `included` where the price contains tax.
""")


def applicant_schema(ruleset: Ruleset, lang: str = "") -> Schema:
    """The schema of an applicant file for this ruleset, explained in "ja" or "en"; in both where `lang` is empty."""
    said = _Said(lang)
    year: Schema = {
        "anyOf": [
            {"enum": _spelt([str(ruleset.fiscal_year)])},
            {"type": "string", "pattern": literals.fiscal_year(ruleset.fiscal_year)},
        ]
    }
    number: Schema = {
        "anyOf": [{"type": "integer", "minimum": 10**12, "maximum": 10**13 - 1}, _matching("[1-9][0-9]{12}")]
    }
    labels = {name: frame.label for name, frame in ruleset.frames.items()}
    expected = {
        word: {"description": said.text(labels[frame])} | _of("yen") for word, frame in ruleset.frame_spellings.items()
    }
    members: Schema = {"type": "array", "items": _of("member"), "maxItems": MOST_MEMBERS}
    schemas = {
        "name": _FREE,
        "corporate_number": _or_nothing(number, empty=True) | {"examples": [7123456789012]},
        "fiscal_year": _or_nothing(year, empty=True),
        "frame": _or_nothing(_choice(ruleset.frames, ruleset.frame_spellings), empty=True),
        "facts": _or_nothing(_of("facts")),
        "items": _or_nothing(_of("items")),
        "members": _or_nothing(members),
        "note": {},
        "expect": _or_nothing(_closed(expected)),
    }
    keys = {key: {"description": said.text(_KEY[key], labels if key == "frame" else {})} | schemas[key] for key in KEYS}
    return {
        "$schema": DIALECT,
        "title": said.text(ruleset.title),
        "description": said.text(_FILE),
        **_closed(keys),
        "$defs": {
            "facts": _closed({name: fact_schema(spec, said) for name, spec in ruleset.facts.items()}),
            "items": {"type": "array", "items": item_schema(ruleset, said)},
            "member": _closed({key: keys[key] for key in MEMBER_KEYS}),
            **{kind.value: number_schema(kind, said) for kind in Kind},
        },
    }


class _Said:
    """Descriptions in "ja" or "en", or in both."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def text(self, text: Text, choices: Mapping[str, Text] | None = None) -> str:
        """A text, and below it every choice with its label."""
        first = text.into(self.lang) if self.lang else " / ".join(dict.fromkeys(filter(None, text)))
        return "\n".join((first, *(f"- {name}: {self.text(label)}" for name, label in (choices or {}).items())))

    def at_least(self, least: int = 1) -> Schema:
        """A number of at least `least`, as far as a pattern can say it."""
        advice = Text(f"{least}以上の数を書いてください。", f"Write a number of at least {least}.")
        return {"minimum": least, "pattern": "[1-9１-９]", "patternErrorMessage": self.text(advice)}


# --- facts and items ---


def fact_schema(spec: FactSpec, said: _Said) -> Schema:
    """One fact: its kind, its choices, its bounds."""
    if spec.kind == "choice":
        value = _choice(spec.choices, spec.spellings)
    elif spec.kind == "set":
        value = {"type": "array", "items": _choice(spec.choices, spec.spellings)}
    elif spec.kind == "boolean":
        words = [word for word in TRUTHS if not word.isascii()]
        quoted = "|".join(word for word in TRUTHS if word.isascii())
        value = {"anyOf": [{"type": "boolean"}, {"enum": words}, _matching(quoted)]}
    else:
        value = _of(spec.kind)
        if spec.minimum and spec.kind != Kind.RATE:
            value |= said.at_least(spec.minimum)
        if isinstance(spec.maximum, int):
            value |= {"maximum": spec.maximum}
    asked = " ".join(filter(None, (said.text(spec.ask), said.text(spec.look_up))))
    description = said.text(untranslated(asked), spec.choices)
    return {"title": said.text(spec.label), "description": description} | _or_nothing(value)


def item_schema(ruleset: Ruleset, said: _Said) -> Schema:
    """One item: its keys and fields, and one form of a price."""
    schemas = {
        "name": _FREE,
        "category": _or_nothing(_choice(ruleset.categories, ruleset.category_spellings)),
        **{key: _or_nothing(_of("yen")) for key in ("amount", "monthly", "yearly", "discount")},
        **{key: _or_nothing(_of(key)) for key in ("months", "years")},
        "of": _FREE,
        "quantity": _or_nothing(_of("count") | said.at_least()),
        "tax": _or_nothing({"enum": list(TAXES)}, empty=True),
    }
    keys: Schema = {
        key: {"description": said.text(_ITEM_KEY[key], ruleset.categories if key == "category" else {})} | schemas[key]
        for key in ITEM_KEYS
    }
    for name, spec in ruleset.fields.items():
        chosen: Schema = {"type": "array", "items": _choice(spec.choices, spec.spellings)}
        described = {"title": said.text(spec.label), "description": said.text(spec.label, spec.choices)}
        keys[name] = described | _or_nothing(chosen)
    return _closed(keys) | one_price(said)


def one_price(said: _Said) -> Schema:
    """A discount, or a category with one form of a price; what is null is left out."""
    monthly: Schema = {"allOf": [_given("monthly", "months"), _without("amount", "yearly", "years")]}
    yearly: Schema = {"allOf": [_given("yearly", "years"), _without("amount", "monthly", "months")]}
    some_months: Schema = {"properties": {"months": said.at_least()}}
    at_once: Schema = {"allOf": [_given("amount"), _without("monthly", "yearly", "years"), some_months]}
    price: Schema = {
        "if": _given("monthly"),
        "then": monthly,
        "else": {"if": {"anyOf": [_given("yearly"), _given("years")]}, "then": yearly, "else": at_once},
    }
    discount = _without("amount", "monthly", "months", "yearly", "years")
    return {"if": _given("discount"), "then": discount, "else": {"allOf": [_given("category"), price]}}


def _given(*keys: str) -> Schema:
    return {"required": list(keys), "properties": {key: {"not": {"type": "null"}} for key in keys}}


def _without(*keys: str) -> Schema:
    return {"properties": {key: {"type": "null"} for key in keys}}


# --- values ---

_FREE: Final[Schema] = {"type": ["string", "number", "boolean", "null"]}


def _of(definition: str) -> Schema:
    return {"$ref": f"#/$defs/{definition}"}


def _closed(properties: Mapping[str, object]) -> Schema:
    return {"type": "object", "properties": dict(properties), "additionalProperties": False}


def _or_nothing(schema: Schema, *, empty: bool = False) -> Schema:
    """What null leaves out, and for texts "" too."""
    nothing: Schema = {"type": ["null", "string"], "maxLength": 0} if empty else {"type": "null"}
    return {"anyOf": [schema, nothing]}


def _matching(pattern: str) -> Schema:
    return {"type": "string", "pattern": literals.whole(pattern)}


def _choice(choices: Collection[str], spellings: Mapping[str, str]) -> Schema:
    """An id, or another word that stands for one."""
    ids: Schema = {"enum": _spelt(choices)}
    labels = [word for word in spellings if word not in choices]
    return {"anyOf": [ids, {"enum": _spelt(labels)}]} if labels else ids


def _spelt(words: Collection[str]) -> list[object]:
    """The words, and the integers that bare YAML makes of some of them."""
    numbers = {word for word in words if re.fullmatch("0|[1-9][0-9]*", word)}
    return [value for word in words for value in ((int(word), word) if word in numbers else (word,))]


def number_schema(kind: Kind, said: _Said) -> Schema:
    """An integer in its range or a text of its pattern. Each keyword looks at one of the two, so that messages stay plain."""
    advice = Text(f"{EXAMPLES[kind].ja} のように書いてください。", f"Write it like {EXAMPLES[kind].en}.")
    return {
        "type": ["integer", "string"],
        "pattern": literals.number(kind),
        "patternErrorMessage": said.text(advice),
        "minimum": 0,
        "maximum": 1 if kind is Kind.RATE else LARGEST,
        "examples": [_spelt([example])[0] for example in re.findall("`([^`]*)`", EXAMPLES[kind].ja)],
    }
