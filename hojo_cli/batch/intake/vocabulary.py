"""What the columns of a table may be called: by id, by the label of the ruleset in either language, or by a word people use.

Case and width make no difference. A column of an item is `items.1.amount`, `明細1.金額` or `明細1の金額`, an expected amount
`expect.FRAME` or `期待額.枠`. A column whose name begins with `#` is a remark of the table's owner and is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from hojo_cli.applicants.items import ITEM_KEYS
from hojo_cli.applicants.naming import likely_keys
from hojo_cli.base.finding import Text
from hojo_cli.base.record import NamedTuple
from hojo_cli.base.suggest import meant, plain, spellings
from hojo_cli.rules.declared import Ruleset
from hojo_cli.rules.ruleset import shipped

TOP: Final = ("name", "corporate_number", "fiscal_year", "frame", "note")
KEY: Final = "key"
"""The column of a client's number: it joins the rows of items to their client, and is nothing of the applicant."""

TOP_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    KEY: ("番号", "No", "No.", "顧客番号", "顧問先番号", "整理番号", "client number"),
    "name": (
        "名前",
        "氏名",
        "会社名",
        "法人名",
        "事業者名",
        "屋号",
        "商号",
        "申請者",
        "申請者名",
        "顧客名",
        "顧問先名",
        "client",
    ),
    "corporate_number": ("法人番号", "corporate number"),
    "fiscal_year": ("年度", "対象年度", "fiscal year"),
    "frame": ("申請する枠", "枠", "申請枠", "frame applied for"),
    "note": ("備考", "メモ", "摘要", "remarks"),
}
"""The first word is what a blank table calls the column."""

ITEM_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("品名", "商品名", "品目", "件名", "名称", "名前", "内容", "item"),
    "category": ("経費区分", "区分", "費目", "category of cost"),
    "amount": ("金額", "税抜金額", "価格", "税抜価格", "price"),
    "monthly": ("月額", "monthly fee"),
    "months": ("月数", "契約月数"),
    "yearly": ("年額", "yearly fee"),
    "years": ("年数", "契約年数"),
    "discount": ("値引き", "値引", "割引"),
    "of": ("値引きする明細", "値引き対象", "discount of"),
    "quantity": ("数量", "個数", "台数"),
    "tax": ("税", "消費税", "税込・税抜"),
}
_OF_ITEM: Final = re.compile(r"((?:items|明細|item)[.．_ \[]?([0-9]{1,4})[\].．_のノ： :]*)", re.IGNORECASE)
_EXPECT: Final = re.compile(r"(?:expect|期待額|expected)[.．:： の]*(.+)", re.IGNORECASE)
_IGNORED: Final = ("#", "＃")

Place: TypeAlias = "tuple[str, ...]"
"""Where a column belongs: `("facts", "capital")`, `("items", "1", "amount")`; empty where nowhere."""

IGNORED: Final[Place] = ("#",)
"""The place of a column that is not read."""


class Vocabulary(NamedTuple):
    """What a column may be called → the key of an applicant, the fact, the field of an item or the frame it is about."""

    top: dict[str, str]
    facts: dict[str, str]
    fields: dict[str, str]
    frames: Mapping[str, str]


_vocabularies: Final[dict[str, Vocabulary]] = {}


def vocabulary(ruleset: Ruleset) -> Vocabulary:
    """All the names of columns under a ruleset."""
    if ruleset.sha256 not in _vocabularies:
        facts = {name: (*spec.label, *spec.aliases, f"facts.{name}") for name, spec in ruleset.facts.items()}
        fields: dict[str, Iterable[str]] = {key: ITEM_WORDS.get(key, ()) for key in ITEM_KEYS}
        fields |= {name: spec.label for name, spec in ruleset.fields.items()}
        _vocabularies[ruleset.sha256] = Vocabulary(
            TOP_NAMES, _any_case(facts), _any_case(fields), ruleset.frame_spellings
        )
    return _vocabularies[ruleset.sha256]


def _any_case(words: Mapping[str, Iterable[str]]) -> dict[str, str]:
    exact = spellings(words)
    return spellings({name: map(_folded, (name, *others)) for name, others in words.items()}) | exact


def _folded(word: str) -> str:
    return plain(word).casefold().replace(" ", "").replace("\u3000", "").replace("\n", "")


TOP_NAMES: Final = _any_case(TOP_WORDS)
"""What a column may be called → the key of an applicant file that it is, under any ruleset."""


def named(word: str, words: Mapping[str, str]) -> str | None:
    """What a column's name stands for, whatever its width, its case and the spaces in it."""
    return meant(word, words) or words.get(_folded(word))


def place(name: str, words: Vocabulary) -> Place:
    """Where a column belongs."""
    if name.startswith(_IGNORED):
        return IGNORED
    if fact := named(name, words.facts):
        return ("facts", fact)
    if key := named(name, words.top):
        return (key,)
    if (expected := _EXPECT.fullmatch(name)) and (frame := meant(expected[1], words.frames)):
        return ("expect", frame)
    item = _OF_ITEM.match(name)
    field = item and named(name[item.end() :], words.fields)
    return ("items", item[2], field) if item and field else ()


def meaning(name: str, ruleset: Ruleset) -> Place:
    """Where a column belongs; of a fact only other years know, where it would belong, for the reader of applicants to judge."""
    return place(name, vocabulary(ruleset)) or next(
        filter(None, (place(name, vocabulary(other)) for other in shipped() if name)), ()
    )


def item_place(name: str, ruleset: Ruleset) -> Place:
    """Where a column of a sheet of items belongs: `("amount",)`; the client's number or name is `("key",)` or `("client",)`."""
    if name.startswith(_IGNORED):
        return IGNORED
    words = vocabulary(ruleset)
    if key := named(name, _CLIENT):
        return (key,)
    field = named(name, words.fields)
    return (field,) if field else ()


_CLIENT: Final = _any_case(
    {
        KEY: TOP_WORDS[KEY],
        "client": ("申請者", "申請者名", "会社名", "法人名", "事業者名", "屋号", "商号", "氏名", "顧客名", "顧問先名"),
    }
)


def near(name: str, ruleset: Ruleset) -> tuple[str, ...]:
    """The columns that a name may have been meant for."""
    words = vocabulary(ruleset)
    item = _OF_ITEM.match(name)
    if item is None:
        first: dict[str, str] = {}
        for word in likely_keys(name, (*TOP, *words.facts)):
            first.setdefault(words.facts.get(word, word), word)
        return tuple(first.values())
    return tuple(f"{item[1]}{field}" for field in likely_keys(name[item.end() :], words.fields))


def label(key: str, words: Mapping[str, tuple[str, ...]], lang: str) -> str:
    """What a blank table calls a column."""
    return words[key][0] if lang == "ja" else key


TITLES: Final = Text("明細", "items")
"""What the sheet of items is called."""
