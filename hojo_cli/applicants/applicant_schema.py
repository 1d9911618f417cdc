"""A ruleset → the JSON Schema (draft 2020-12) of its applicant files, so that an editor completes, explains and checks them.

It takes what `hojo_cli.applicant` takes and refuses what that refuses, as far as a JSON Schema can say it. It cannot say:

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
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from hojo_cli.applicants.applicant import ITEM_KEYS, KEYS, MEMBER_KEYS, MOST_MEMBERS, TAXES, TRUTHS
from hojo_cli.base.finding import Text
from hojo_cli.base.number import ERAS, EXAMPLES, LARGEST, LONGEST, Kind
from hojo_cli.rules.nodes import FactSpec, FieldSpec, Ruleset

Schema: TypeAlias = dict[str, object]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

_FILE: Final = Text(
    "申請者1者のファイル。見積書の値段は税抜で書きます。", "The file of one applicant; prices are without tax."
)
_NAME: Final = Text("申請者の名前。表に出します。", "The applicant's name, shown in tables.")
_CORPORATE_NUMBER: Final = Text(
    "法人番号（13桁）。書けば検査数字を確かめます。",
    "The 13 digits of the corporate number; its check digit is verified.",
)
_FISCAL_YEAR: Final = Text("年度。どのルールで計算するかを決めます。", "The fiscal year, which chooses the ruleset.")
_FRAME: Final = Text(
    "申請する枠。省くとすべての枠を比べます。", "The frame you apply for; leave it out to compare all."
)
_FACTS: Final = Text("申請者の事実。分からないものは書きません。", "Facts of the applicant; leave out what is unknown.")
_ITEMS: Final = Text("買うもの。見積書の1行ごとに書きます。", "What is bought, one entry for each quoted line.")
_MEMBERS: Final = Text("グループの構成員（グループで申請する枠だけ）。", "Members, for a group frame only.")
_NOTE: Final = Text("覚え書き。計算には使いません。", "A note to yourself; not used.")
_EXPECT: Final = Text(
    "枠ごとに、なるはずの補助額（円）。`hojo check` が比べます。",
    "Expected subsidy of each frame, compared by `hojo check`.",
)
_ITEM_NAME: Final = Text("品名。", "What it is called.")
_CATEGORY: Final = Text("経費の区分。", "The category of cost.")
_AMOUNT: Final = Text(
    "一括で払う値段（税抜）。期間のある利用料なら `months` も書きます。",
    "The price paid at once, without tax; with `months` where it pays for a time.",
)
_MONTHLY: Final = Text(
    "1か月の値段（税抜）。`months` と一緒に書きます。", "The price of one month without tax, together with `months`."
)
_MONTHS: Final = Text(
    "契約する月数。`monthly` か `amount` と一緒に書きます。",
    "How many months are contracted, together with `monthly` or `amount`.",
)
_YEARLY: Final = Text(
    "1年の値段（税抜）。`years` と一緒に書きます。", "The price of one year without tax, together with `years`."
)
_YEARS: Final = Text("契約する年数。", "How many years are contracted.")
_QUANTITY: Final = Text("数量。書いた値段に掛けます。", "How many; multiplies the price.")
_DISCOUNT: Final = Text(
    "値引きの額（正の数）。値段の代わりに書きます。",
    "The yen of a discount (a positive number), in place of a price.",
)
_OF: Final = Text(
    "値引きする明細の `name`。書かなければ、すべての明細から値段の割合で引きます。",
    "The `name` of the item that is lowered; without it all items are, in proportion to their cost.",
)
_TAX: Final = Text("税込の値段なら included。", "`included` where the price contains tax.")


def applicant_schema(ruleset: Ruleset, lang: str = "") -> Schema:
    """The schema of an applicant file for this ruleset, explained in "ja" or "en"; in both where `lang` is empty."""
    properties = {
        "name": _free(_NAME, lang),
        "corporate_number": _corporate_number(lang),
        "fiscal_year": _fiscal_year(ruleset, lang),
        "frame": _or_nothing(
            _choice(ruleset.frames, ruleset.frame_spellings), _listing(_FRAME, _frame_labels(ruleset), lang), empty=True
        ),
        "facts": _or_nothing({"$ref": "#/$defs/facts"}, _told(_FACTS, lang)),
        "items": _or_nothing({"$ref": "#/$defs/items"}, _told(_ITEMS, lang)),
        "members": _members(lang),
        "note": {"description": _told(_NOTE, lang)},
        "expect": _expect(ruleset, lang),
    }
    return {
        "$schema": DIALECT,
        "title": _told(ruleset.title, lang),
        "description": _told(_FILE, lang),
        **_closed({key: properties[key] for key in KEYS}),
        "$defs": {
            "facts": _closed({name: _fact(spec, lang) for name, spec in ruleset.facts.items()}),
            "items": {"type": "array", "items": _item(ruleset, lang)},
            "member": _closed({key: properties[key] for key in MEMBER_KEYS}),
            **{kind.value: _number(kind, lang) for kind in Kind},
        },
    }


# --- the parts of a file ---


def _members(lang: str) -> Schema:
    return _or_nothing(
        {"type": "array", "items": {"$ref": "#/$defs/member"}, "maxItems": MOST_MEMBERS}, _told(_MEMBERS, lang)
    )


def _expect(ruleset: Ruleset, lang: str) -> Schema:
    yen = {
        word: _described({"$ref": "#/$defs/yen"}, _told(ruleset.frames[frame].label, lang))
        for word, frame in ruleset.frame_spellings.items()
    }
    return _or_nothing(_closed(yen), _told(_EXPECT, lang))


def _frame_labels(ruleset: Ruleset) -> Mapping[str, Text]:
    return {name: frame.label for name, frame in ruleset.frames.items()}


def _corporate_number(lang: str) -> Schema:
    digits: Schema = {
        "anyOf": [{"type": "integer", "minimum": 10**12, "maximum": 10**13 - 1}, _matching("[1-9][0-9]{12}")]
    }
    return _or_nothing(digits, _told(_CORPORATE_NUMBER, lang), empty=True) | {"examples": [7123456789012]}


def _fiscal_year(ruleset: Ruleset, lang: str) -> Schema:
    year: Schema = {"anyOf": [{"enum": _spelt([str(ruleset.fiscal_year)])}, _matching(_year(ruleset.fiscal_year))]}
    return _or_nothing(year, _told(_FISCAL_YEAR, lang), empty=True)


def _year(year: int) -> str:
    """The ways to write a year beside its bare digits."""
    digits = "".join(f"[{digit}{chr(ord(digit) + _FULL_WIDTH)}]" for digit in str(year))
    eras = [f"{era}0?{year - before}" for era, before in ERAS.items() if 0 < year - before < 100]
    return f"(?:{'|'.join((digits, *eras))})(?:年度?)?"


def _fact(spec: FactSpec, lang: str) -> Schema:
    asked = " ".join(filter(None, (_told(spec.ask, lang), _told(spec.look_up, lang))))
    return {"title": _told(spec.label, lang)} | _or_nothing(_value(spec, lang), _listing(asked, spec.choices, lang))


def _value(spec: FactSpec, lang: str) -> Schema:
    if spec.kind == "choice":
        return _choice(spec.choices, spec.spellings)
    if spec.kind == "set":
        return {"type": "array", "items": _choice(spec.choices, spec.spellings)}
    if spec.kind == "boolean":
        words = [word for word in TRUTHS if not word.isascii()]
        quoted = "|".join(word for word in TRUTHS if word.isascii())
        return {"anyOf": [{"type": "boolean"}, {"enum": words}, _matching(quoted)]}
    number: Schema = {"$ref": f"#/$defs/{spec.kind}"}
    if spec.minimum and spec.kind != Kind.RATE:
        number |= _some(lang, spec.minimum)
    if isinstance(spec.maximum, int):
        number |= {"maximum": spec.maximum}
    return number


def _item(ruleset: Ruleset, lang: str) -> Schema:
    properties = {
        "name": _free(_ITEM_NAME, lang),
        "category": _or_nothing(
            _choice(ruleset.categories, ruleset.category_spellings), _listing(_CATEGORY, ruleset.categories, lang)
        ),
        "amount": _or_nothing({"$ref": "#/$defs/yen"}, _told(_AMOUNT, lang)),
        "monthly": _or_nothing({"$ref": "#/$defs/yen"}, _told(_MONTHLY, lang)),
        "months": _or_nothing({"$ref": "#/$defs/months"}, _told(_MONTHS, lang)),
        "yearly": _or_nothing({"$ref": "#/$defs/yen"}, _told(_YEARLY, lang)),
        "years": _or_nothing({"$ref": "#/$defs/years"}, _told(_YEARS, lang)),
        "discount": _or_nothing({"$ref": "#/$defs/yen"}, _told(_DISCOUNT, lang)),
        "of": _free(_OF, lang),
        "quantity": _or_nothing({"$ref": "#/$defs/count"} | _some(lang), _told(_QUANTITY, lang)),
        "tax": _or_nothing({"enum": list(TAXES)}, _told(_TAX, lang), empty=True),
    }
    fields = {name: _field(spec, lang) for name, spec in ruleset.fields.items()}
    closed = _closed({key: properties[key] for key in ITEM_KEYS} | fields)
    return closed | _one_price(lang)


def _field(spec: FieldSpec, lang: str) -> Schema:
    chosen: Schema = {"type": "array", "items": _choice(spec.choices, spec.spellings)}
    return {"title": _told(spec.label, lang)} | _or_nothing(chosen, _listing(spec.label, spec.choices, lang))


def _one_price(lang: str) -> Schema:
    """A discount, or a category with one form of a price; what is null is left out."""
    monthly: Schema = {"allOf": [_given("monthly", "months"), _without("amount", "yearly", "years")]}
    yearly: Schema = {"allOf": [_given("yearly", "years"), _without("amount", "monthly", "months")]}
    at_once: Schema = {
        "allOf": [_given("amount"), _without("monthly", "yearly", "years"), {"properties": {"months": _some(lang)}}]
    }
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


def _some(lang: str, least: int = 1) -> Schema:
    """A number of at least `least`, as far as a pattern can say it."""
    advice = Text(f"{least}以上の数を書いてください。", f"Write a number of at least {least}.")
    return {"minimum": least, "pattern": "[1-9１-９]", "patternErrorMessage": _told(advice, lang)}


# --- values ---


def _choice(choices: Iterable[str], spellings: Mapping[str, str]) -> Schema:
    """An id, or another word that stands for one."""
    labels = [word for word in spellings if word not in choices]
    found: list[Schema] = [{"enum": _spelt(choices)}]
    return {"anyOf": [*found, {"enum": _spelt(labels)}]} if labels else found[0]


def _spelt(words: Iterable[str]) -> list[object]:
    """The words, and the integers that bare YAML makes of some of them."""
    return [each for word in words for each in ((int(word), word) if re.fullmatch("0|[1-9][0-9]*", word) else (word,))]


def _free(text: Text, lang: str) -> Schema:
    return {"description": _told(text, lang), "type": ["string", "number", "boolean", "null"]}


def _closed(properties: Mapping[str, object]) -> Schema:
    return {"type": "object", "properties": dict(properties), "additionalProperties": False}


def _or_nothing(schema: Schema, description: str, *, empty: bool = False) -> Schema:
    """What null leaves out, and for texts "" too."""
    nothing: Schema = {"type": ["null", "string"], "maxLength": 0} if empty else {"type": "null"}
    return {"description": description, "anyOf": [schema, nothing]}


def _described(schema: Schema, description: str) -> Schema:
    return {"description": description} | schema


def _told(text: Text | str, lang: str) -> str:
    if isinstance(text, str):
        return text
    return text.into(lang) if lang else " / ".join(dict.fromkeys(filter(None, text)))


def _listing(text: Text | str, choices: Mapping[str, Text], lang: str) -> str:
    """A description with every choice and its label."""
    return "\n".join((_told(text, lang), *(f"- {name}: {_told(label, lang)}" for name, label in choices.items())))


# --- numbers as people print them ---


def _number(kind: Kind, lang: str) -> Schema:
    """An integer in its range or a text of its pattern. Each keyword looks at one of the two, so that messages stay plain."""
    advice = Text(f"{EXAMPLES[kind].ja} のように書いてください。", f"Write it like {EXAMPLES[kind].en}.")
    literal = _matching(_LITERALS[kind]()) | {"patternErrorMessage": _told(advice, lang)}
    most = 1 if kind is Kind.RATE else LARGEST
    examples = [_spelt([each])[0] for each in re.findall("`([^`]*)`", EXAMPLES[kind].ja)]
    return literal | {"type": ["integer", "string"], "minimum": 0, "maximum": most, "examples": examples}


def _matching(pattern: str) -> Schema:
    """A text that is all of `pattern`. `$` would let a line break follow it in Python."""
    return {"type": "string", "pattern": rf"^(?:{pattern})(?![\s\S])"}


_FULL_WIDTH: Final = ord("０") - ord("0")
_DIGIT: Final = "[0-9０-９]"
_COMMA: Final = "[,，]"
_POINT: Final = "[.．]"
_PLACE: Final = f"(?:{_DIGIT}{_COMMA}?)"
_WHOLE: Final = f"(?:[0０]|[1-9１-９]{_DIGIT}{{0,2}}(?:{_COMMA}{_DIGIT}{{3}})+|[1-9１-９]{_DIGIT}*)"
_DECIMAL: Final = f"(?:{_WHOLE}(?:{_POINT}{_DIGIT}+)?)"
_ZEROS: Final = f"(?:{_POINT}[0０]{{1,2}}(?!{_DIGIT}))?"
_SPACE: Final = "[ \u3000]*"
_DIGITS: Final = len(str(LARGEST)) - 1
_UNITS: Final = {"兆": 12, "億": 8, "万": 4, "": 0}
_SMALL: Final = {"千": 3, "百": 2, "": 0}
_PIECES: Final = "人|名|社|者|件|個|台|つ|本|枚|式|セット|種類|アカウント|ライセンス"
_MONTH: Final = "[かカヵケヶ箇]?月[間分]?"


def _yen() -> str:
    sections = "".join(f"(?:{_DECIMAL}[千百]?{unit})?" for unit in ("兆", "億", "万"))
    return _trimmed(
        f"[¥￥]?{_sections_rise()}{_decimals_come_out_whole()}(?=.*{_DIGIT}){sections}(?:{_WHOLE}(?:[千百]|{_ZEROS})?)?円?"
    )


def _count() -> str:
    sections = "".join(f"(?:{_WHOLE}(?:[千百]{'' if unit else f'|{_ZEROS}'})?{unit})?" for unit in _UNITS)
    return _trimmed(f"{_sections_rise()}(?=.*{_DIGIT}){sections}(?:{_PIECES})?")


def _months() -> str:
    years = f"(?!{_PLACE}{{14,}}){_WHOLE}{_ZEROS}年"
    months = f"{_at_most_the_largest()}{_WHOLE}{_ZEROS}(?:{_MONTH})?"
    return _trimmed(f"(?:{years}(?:{months}|[間分]?)|{months})")


def _years() -> str:
    return _trimmed(f"{_at_most_the_largest()}{_WHOLE}{_ZEROS}(?:年[間分]?)?")


def _at_most_the_largest() -> str:
    """Lookaheads: no more places than the largest number has, and with as many only that one."""
    return f"(?!{_PLACE}{{{_DIGITS + 2},}})(?!(?![1１][^1-9１-９]*$){_PLACE}{{{_DIGITS + 1}}})"


def _rate() -> str:
    whole = f"(?:[0０]|[1-9１-９]{_DIGIT}{{0,14}})"
    percent = f"(?!{_PLACE}{{18,}}){_DECIMAL}[%％]"
    return _trimmed(f"{whole}[/／][1-9１-９]{_DIGIT}*|{percent}|[01０１]")


_LITERALS: Final = {Kind.YEN: _yen, Kind.COUNT: _count, Kind.MONTHS: _months, Kind.YEARS: _years, Kind.RATE: _rate}


def _trimmed(literal: str) -> str:
    """A literal of bounded length with spaces around it."""
    return rf"{_SPACE}(?=[^ \u3000](?:.{{0,{LONGEST - 2}}}[^ \u3000])?{_SPACE}(?![\s\S]))(?:{literal}){_SPACE}"


def _sections_rise() -> str:
    """Lookaheads: a section stays under the unit above it (1億50,000万), and the first one under the largest amount."""
    found = []
    for unit, power in _UNITS.items():
        for small, zeros in _SMALL.items():
            places = _DIGITS - power - zeros
            section = f"(?:{_POINT}{_DIGIT}*)?{small}{unit or f'(?![千百兆億万]|{_DIGIT}|{_COMMA}|{_POINT})'}"
            found.append(
                f"(?!{_PLACE}{{{places + 2},}}{section}|(?![0０]|[1１][^1-9１-９]*$){_PLACE}{{{places + 1}}}{section})"
            )
            for above, higher in _UNITS.items():
                if higher > power:
                    found.append(f"(?!.*{above}{_PLACE}{{{higher - power - zeros + 1},}}{section})")
    return "".join(found)


def _decimals_come_out_whole() -> str:
    """Lookaheads: 1.23456万 is no whole yen, and what follows 1.5億 would stand below its decimals."""
    found = []
    for unit, power in list(_UNITS.items())[:-1]:
        for small, zeros in _SMALL.items():
            found.append(f"(?!.*{_POINT}{_DIGIT}{{{power + zeros}}}{_DIGIT}*[1-9１-９]{_DIGIT}*{small}{unit})")
            found.append(f"(?!.*{_POINT}{_DIGIT}{{{zeros}}}{_DIGIT}*[1-9１-９]{_DIGIT}*{small}{unit}{_DIGIT})")
    return "".join(found)
