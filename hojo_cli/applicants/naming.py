"""Names in an applicant file that are none: what they may have been meant for, and what may stand there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from hojo_cli.base.finding import THE_CALL, HojoError, Text
from hojo_cli.base.suggest import candidates, meant, spellings, suggestion
from hojo_cli.messages import finding
from hojo_cli.rules.declared import Ruleset

KEYS_IN_JAPANESE: Final = spellings(
    {
        "name": ("名前", "氏名", "会社名", "事業者名", "申請者", "申請者名", "品名", "商品名", "件名"),
        "corporate_number": ("法人番号",),
        "fiscal_year": ("年度", "対象年度"),
        "frame": ("枠", "申請枠", "申請する枠"),
        "facts": ("事実",),
        "items": ("明細", "経費"),
        "members": ("構成員",),
        "note": ("備考", "メモ"),
        "expect": ("期待額",),
        "category": ("区分", "経費区分", "費目"),
        "amount": ("金額", "価格", "税抜金額", "税抜価格"),
        "monthly": ("月額",),
        "months": ("月数",),
        "yearly": ("年額",),
        "years": ("年数",),
        "quantity": ("数量", "個数"),
        "discount": ("値引", "値引き", "割引"),
        "tax": ("税", "消費税"),
    }
)
"""The keys of a file in the words of those who would have written them in Japanese. They are offered, not read."""


def likely_keys(word: str, known: Collection[str]) -> tuple[str, ...]:
    """The known keys that may have been meant by a word that is none."""
    key = meant(word, KEYS_IN_JAPANESE)
    return (key,) if key is not None and key in known else candidates(word, known)


def likely(word: str, words: Mapping[str, str]) -> list[str]:
    """The spellings that may have been meant, one for each name they stand for."""
    first: dict[str, str] = {}
    for near in candidates(word, words):
        first.setdefault(words[near], near)
    return list(first.values())


def likely_names(word: str, words: Mapping[str, str]) -> tuple[str, ...]:
    """The names that may have been meant, by a spelling that stands for them or by one near it."""
    name = meant(word, words)
    return (name,) if name else tuple(dict.fromkeys(words[near] for near in candidates(word, words)))


def frame_named(name: str, ruleset: Ruleset) -> str:
    """The id of the frame a word of the call stands for. `HojoError` where it stands for none."""
    frame = meant(name, ruleset.frame_spellings)
    if frame is None:
        raise HojoError(finding("HJ006", THE_CALL, name=name, **unknown_frame(name, ruleset)))
    return frame


def unknown_frame(name: str, ruleset: Ruleset) -> dict[str, Text]:
    """What to say of a word that names no frame: those it may have been meant for, and all there are."""
    return {
        "near": suggestion(*likely_names(name, ruleset.frame_spellings)),
        "listed": listing({frame: declared.label for frame, declared in ruleset.frames.items()}),
    }


def listing(choices: Mapping[str, Text]) -> Text:
    """All that may be chosen."""
    return Text("、".join(f"{name}（{label.ja}）" for name, label in choices.items()), ", ".join(choices))
