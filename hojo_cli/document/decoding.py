"""Bytes to text: strict UTF-8 (one BOM allowed), UTF-16 with a note, anything else explained."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, TypeAlias

from hojo_cli.base.record import NamedTuple

Report: TypeAlias = Callable[..., None]
"""`report(code, at, **words)` puts one finding on record; `at` is line and column from 1."""

_STRAYS: Final = {"\ufeff": "HJ130"} | dict.fromkeys(("\x85", "\u2028", "\u2029"), "HJ136")


class Decoded(NamedTuple):
    """The text of a document and its UTF-8 bytes, both without BOM."""

    text: str
    data: bytes


def place(text: str, index: int) -> tuple[int, int]:
    """Line and column (from 1) of a character, with LF, CRLF and CR as line ends."""
    before = text[:index].replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def name(character: str) -> str:
    """A character by its number: `U+202E`."""
    return f"U+{ord(character):04X}"


def decode(data: bytes, report: Report) -> Decoded | None:
    """The text of `data`; None where it has none, with the reason reported."""
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    try:
        text = data.decode()
    except UnicodeDecodeError as problem:
        return other_encoding(data, problem.start, report)
    if data.isascii():
        if b"\x1b$" in data:
            report("HJ132", _place_in_bytes(data, data.index(b"\x1b$")), encoding="ISO-2022-JP")
            return None
        return Decoded(text, data)
    return without_strays(Decoded(text, data), report)


def without_strays(decoded: Decoded, report: Report) -> Decoded | None:
    """Refuse what readers disagree on: a BOM inside, and line ends that only some take as such."""
    text = decoded.text
    for stray, code in _STRAYS.items():
        if stray in text:
            report(code, place(text, text.index(stray)), character=name(stray))
            return None
    return decoded


def other_encoding(data: bytes, start: int, report: Report) -> Decoded | None:
    """UTF-16 is read; of everything else it is told what it is."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            text = data.decode("utf-16")
            decoded = Decoded(text, text.encode())
        except UnicodeError:
            report("HJ134", (1, 1))
            return None
        report("HJ131", (1, 1))
        return without_strays(decoded, report)
    if b"\0" in data:
        report("HJ135", _place_in_bytes(data, data.index(b"\0")))
    elif encoding := japanese_encoding(data):
        first = re.search(rb"[\x80-\xff]", data)
        report("HJ132", _place_in_bytes(data, first.start() if first else 0), encoding=encoding)
    else:
        report("HJ134", _place_in_bytes(data, start))
    return None


def _place_in_bytes(data: bytes, start: int) -> tuple[int, int]:
    return place(data[:start].decode(errors="replace"), start)


def japanese_encoding(data: bytes) -> str | None:
    """The Japanese encoding in which the bytes read as kana or kanji, more of them than half-width kana."""
    # Shift_JIS text is never valid EUC-JP (its hiragana begin with 0x82), while EUC-JP text
    # often passes for half-width katakana: so EUC-JP is asked first.
    for codec, encoding in (("euc_jp", "EUC-JP"), ("cp932", "Shift_JIS")):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if re.search("[\x80-\xa0\uf8f0-\uf8ff]", text):  # cp932 maps bytes without meaning to these
            return None
        return encoding if len(re.findall("[ぁ-ヿ一-鿿]", text)) > len(re.findall("[｡-ﾟ]", text)) else None
    return None
