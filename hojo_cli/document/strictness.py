"""What the building loop does not expect: refused keys, duplicates, split amounts, limits."""

import re
from typing import Any, Final, NoReturn

from hojo_cli.base.finding import Text
from hojo_cli.document.decoding import Report, name
from hojo_cli.document.events import Kinds, Next
from hojo_cli.document.nodes import Limits, Mapping, Node, Scalar

RESERVED: Final = frozenset(("true", "True", "TRUE", "false", "False", "FALSE", "null", "Null", "NULL"))
"""Words that other readers of YAML do not take as a text key."""

_NOWHERE: Final = "\udc00"
"""Stands for a refused key until the end; no text that is read holds a lone surrogate."""
_NUMBER: Final = r"[-+]?(?:\.?[0-9][0-9_.]*(?:[eE][-+]?[0-9]+)?|\.(?:inf|nan))|0[xo].*"
_WIDE: Final = "[\u00a0\u2000-\u200a\u202f\u205f\u3000]"
_SURROGATE: Final = "[\ud800-\udfff]"
_UNSEEN: Final = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f]"
_LEFTOVER: Final = "[0-9]{3}(?:[兆億万千百]*(?:円|人|名|[かカヶヵケ箇]?月|年)?)"


class Stopped(Exception):
    """Reading ends early; why is reported already."""


class Oddities:
    """Reports what is unusual, and remembers what can only be judged at the end."""

    def __init__(self, limits: Limits, report: Report) -> None:
        self.limits = limits
        self.report = report
        self._refused: list[tuple[Mapping, str]] = []
        self._numbers: list[tuple[Mapping, str, tuple[int, int]]] = []
        self._wide: list[Mapping] = []
        self._split: list[tuple[Scalar, str, tuple[int, int]]] = []
        self._shared = False

    def properties(self, event: Any) -> None:
        """An anchor or a tag on any node."""
        mark = event.start_mark
        if event.anchor is not None:
            self.shared(mark)
        if event.ctag is not None:
            self.report("HJ118", mark.line + 1, mark.column + 1, tag=str(event.ctag))

    def shared(self, mark: Any) -> None:
        """An anchor or alias, reported once: a bomb is made of hundreds."""
        if not self._shared:
            self._shared = True
            self.report("HJ116", mark.line + 1, mark.column + 1)

    def text(self, text: str, mark: Any) -> None:
        """A value that is long or holds characters that do not print."""
        line, column = mark.line + 1, mark.column + 1
        if len(text) > self.limits.scalar:
            self._stop("HJ143", line, column, self.limits.scalar)
        if not text.isascii() and re.search(_SURROGATE, text):
            self.report("HJ128", line, column)
            raise Stopped
        if found := re.search(_UNSEEN, text):
            self.report("HJ137", line, column, character=name(found.group()))

    def collection(self, event: Any, depth: int) -> None:
        """The start of a mapping or sequence inside `depth` others."""
        if event.ctag is not None or event.anchor is not None:
            self.properties(event)
        if depth >= self.limits.depth:
            mark = event.start_mark
            self._stop("HJ140", mark.line + 1, mark.column + 1, self.limits.depth)

    def too_many(self, mark: Any) -> NoReturn:
        """More events than a file may have."""
        self._stop("HJ141", mark.line + 1, mark.column + 1, self.limits.nodes)

    def _stop(self, code: str, line: int, column: int, most: int) -> NoReturn:
        self.report(code, line, column, most=most)
        raise Stopped

    def key(self, text: str, plain: bool, at: tuple[int, int], inside: Mapping) -> str:
        """The key to use for a text that is no ordinary identifier."""
        if len(text) > self.limits.key:
            self._stop("HJ142", *at, self.limits.key)
        if not text.isprintable():
            self._unprintable_key(text, at)
        if not text.isascii():
            if not self._wide or self._wide[-1] is not inside:
                self._wide.append(inside)
            if plain and re.match(_WIDE, text):
                # What it belongs under cannot be told, so nothing else is said of it.
                self.report("HJ129", *at, character=name(text[0]))
                return self.refuse(inside)
        if plain and text == "<<":
            return self._merge(at, inside)
        if plain and (not text or text in RESERVED or text == "~"):
            return self._no_text(text, at, inside)
        if plain and re.fullmatch(_NUMBER, text):
            # It may be the rest of a split amount, which only its value can tell.
            self._numbers.append((inside, text, at))
        return text

    def _no_text(self, text: str, at: tuple[int, int], inside: Mapping) -> str:
        found = Text(f"`{text}`", f"`{text}`") if text else Text("（空）", "(nothing)")
        self.report("HJ115", *at, found=found)
        return self.refuse(inside)

    def _unprintable_key(self, text: str, at: tuple[int, int]) -> None:
        if re.search(_SURROGATE, text):
            self.report("HJ128", *at)
            raise Stopped
        if found := re.search(_UNSEEN, text):
            self.report("HJ137", *at, character=name(found.group()))

    def _merge(self, at: tuple[int, int], inside: Mapping) -> str:
        if not self._shared:
            self._shared = True
            self.report("HJ117", *at)
        return self.refuse(inside)

    def complex_key(self, mark: Any, inside: Mapping) -> str:
        """A mapping or sequence that stands where a key is asked."""
        found = Text("（リストや項目の集まり）", "(a list or mapping)")
        self.report("HJ115", mark.line + 1, mark.column + 1, found=found)
        return self.refuse(inside)

    def refuse(self, inside: Mapping) -> str:
        """A key for a value that `finish` takes out again."""
        self._refused.append((inside, _NOWHERE))
        return _NOWHERE

    def skip(self, following: Next, kinds: Kinds, depth: int) -> None:
        """Read on to the end of the collection that has just begun."""
        opened = 1
        while opened:
            event = following()
            if isinstance(event, (kinds.mapping, kinds.sequence)):
                opened += 1
                self.collection(event, depth + opened)
            elif isinstance(event, (kinds.mapping_end, kinds.sequence_end)):
                opened -= 1

    def entry(self, key: str, at: tuple[int, int], node: Node, inside: Mapping) -> None:
        """Enter a value whose key may be taken, or may be the rest of a split amount."""
        if isinstance(node, Scalar) and not node.text and self._leftover(key, at, node, inside):
            return
        if key in inside.entries:
            if key != _NOWHERE:
                self.report("HJ113", *at, key=key, first=inside.keys[key][0])
            return
        inside.entries[key] = node
        inside.keys[key] = at

    def _leftover(self, key: str, at: tuple[int, int], node: Scalar, inside: Mapping) -> bool:
        if not node.plain or not inside.entries or not re.fullmatch(_LEFTOVER, key):
            return False
        last = inside.entries[next(reversed(inside.entries))]
        if not isinstance(last, Scalar) or not _touches(last, at):
            return False
        if self._numbers and self._numbers[-1][2] == at:
            self._numbers.pop()
        self._join(last, key, at)
        return True

    def continues(self, node: Scalar, items: list[Node]) -> bool:
        """True where an item is the rest of an amount, which is then whole again."""
        at = (node.line, node.column)
        last = items[-1]
        if not node.plain or not re.fullmatch(_LEFTOVER, node.text):
            return False
        # `[100,200]` may be two numbers; a zero in front or a unit behind tells them apart.
        if node.text[0] != "0" and node.text.isdigit():
            return False
        if not isinstance(last, Scalar) or not _touches(last, at):
            return False
        self._join(self._whole(items, last), node.text, at)
        return True

    def _whole(self, items: list[Node], last: Scalar) -> Scalar:
        """The item that `last` belongs to, once the items between are joined to it."""
        while len(items) > 1 and len(last.text) == 3 and last.text.isdigit():
            before, at = items[-2], (last.line, last.column)
            if not isinstance(before, Scalar) or not _touches(before, at):
                break
            items.pop()
            self._join(before, last.text, at)
            last = before
        return last

    def _join(self, first: Scalar, rest: str, at: tuple[int, int]) -> None:
        if not self._split or self._split[-1][0] is not first:
            self._split.append((first, rest, at))
        first.text += "," + rest

    def finish(self) -> None:
        """Report what needed the whole, and take the refused keys out."""
        for whole, rest, at in self._split:
            digits = whole.text.replace(",", "")
            self.report("HJ144", *at, whole=whole.text, key=rest, plain=digits)
        for mapping in self._wide:
            self._same_width(mapping)
        for mapping, number, at in self._numbers:
            self.report("HJ115", *at, found=f"`{number}`")
            self._refused.append((mapping, number))
        for mapping, key in self._refused:
            mapping.entries.pop(key, None)
            mapping.keys.pop(key, None)

    def _same_width(self, mapping: Mapping) -> None:
        from unicodedata import normalize

        seen: dict[str, str] = {}
        for key, at in mapping.keys.items():
            other = seen.setdefault(normalize("NFKC", key), key)
            if other != key:
                self.report("HJ114", *at, key=key, other=other, first=mapping.keys[other][0])


def _touches(before: Scalar, at: tuple[int, int]) -> bool:
    """True where `before` is bare text whose digits end one comma before the place `at`."""
    end = (before.line, before.column + len(before.text) + 1)
    return before.plain and before.text[-1:].isdigit() and end == at
