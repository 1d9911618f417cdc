"""What the building loop does not expect: refused keys, duplicates, split amounts, limits."""

import re
import unicodedata
from typing import Any, Final, NoReturn

from ruamel.yaml import events

from hojo_cli.base.finding import Text, untranslated
from hojo_cli.document.decoding import Report, name
from hojo_cli.document.events import Next
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


class Refused(Exception):
    """Reading ends early; why is reported already."""


class Strictness:
    """Reports what is unusual, and remembers what can only be judged at the end."""

    def __init__(self, limits: Limits, report: Report, first_line: int) -> None:
        self.limits = limits
        self.report = report
        self.first_line = first_line
        self._refused: list[tuple[Mapping, str]] = []
        self._numbers: list[tuple[Mapping, str, tuple[int, int]]] = []
        self._wide: list[Mapping] = []
        self._split: list[tuple[Scalar, str, tuple[int, int]]] = []
        self._shared = False

    def at(self, mark: Any) -> tuple[int, int]:
        """Line and column from 1 of a mark of ruamel's, which counts from 0."""
        return mark.line + self.first_line, mark.column + 1

    def stop(self, code: str, where: tuple[int, int], most: int) -> NoReturn:
        """A limit is passed."""
        self.report(code, where, most=most)
        raise Refused

    # --- what any node may have ---

    def properties(self, event: Any) -> None:
        """An anchor or a tag on any node."""
        if event.anchor is not None:
            self.shared(event.start_mark)
        if event.ctag is not None:
            self.report("HJ118", self.at(event.start_mark), tag=str(event.ctag))

    def shared(self, mark: Any) -> None:
        """An anchor or alias, reported once: a bomb is made of hundreds."""
        if not self._shared:
            self._shared = True
            self.report("HJ116", self.at(mark))

    def text(self, text: str, mark: Any) -> None:
        """A value that is long or holds characters that do not print."""
        if len(text) > self.limits.scalar:
            self.stop("HJ143", self.at(mark), self.limits.scalar)
        self._unprintable(text, self.at(mark))

    def _unprintable(self, text: str, where: tuple[int, int]) -> None:
        if not text.isascii() and re.search(_SURROGATE, text):
            self.report("HJ128", where)
            raise Refused
        if unseen := re.search(_UNSEEN, text):
            self.report("HJ137", where, character=name(unseen.group()))

    def collection(self, event: Any, depth: int) -> None:
        """The start of a mapping or sequence inside `depth` others."""
        if event.ctag is not None or event.anchor is not None:
            self.properties(event)
        if depth >= self.limits.depth:
            self.stop("HJ140", self.at(event.start_mark), self.limits.depth)

    # --- keys ---

    def key(self, text: str, plain: bool, where: tuple[int, int], inside: Mapping) -> str:
        """The key to use for a text that is no ordinary identifier."""
        if len(text) > self.limits.key:
            self.stop("HJ142", where, self.limits.key)
        if not text.isprintable():
            self._unprintable(text, where)
        if not text.isascii():
            if not self._wide or self._wide[-1] is not inside:
                self._wide.append(inside)
            if plain and re.match(_WIDE, text):
                # What it belongs under cannot be told, so nothing else is said of it.
                self.report("HJ129", where, character=name(text[0]))
                return self.refuse(inside)
        if plain and text == "<<":
            if not self._shared:
                self._shared = True
                self.report("HJ117", where)
            return self.refuse(inside)
        if plain and (not text or text in RESERVED or text == "~"):
            no_text = untranslated(f"`{text}`") if text else Text("（空）", "(nothing)")
            self.report("HJ115", where, found=no_text)
            return self.refuse(inside)
        if plain and re.fullmatch(_NUMBER, text):
            # It may be the rest of a split amount, which only its value can tell.
            self._numbers.append((inside, text, where))
        return text

    def complex_key(self, where: tuple[int, int], inside: Mapping) -> str:
        """A mapping or sequence that stands where a key is asked."""
        self.report("HJ115", where, found=Text("（リストや項目の集まり）", "(a list or mapping)"))
        return self.refuse(inside)

    def refuse(self, inside: Mapping) -> str:
        """A key for a value that `finish` takes out again."""
        self._refused.append((inside, _NOWHERE))
        return _NOWHERE

    def skip(self, following: Next, depth: int) -> None:
        """Read on to the end of the collection that has just begun."""
        opened = 1
        while opened:
            event = following()
            if isinstance(event, (events.MappingStartEvent, events.SequenceStartEvent)):
                opened += 1
                self.collection(event, depth + opened)
            elif isinstance(event, (events.MappingEndEvent, events.SequenceEndEvent)):
                opened -= 1

    # --- values, and the rest of a split amount ---

    def entry(self, key: str, where: tuple[int, int], node: Node, inside: Mapping) -> None:
        """Enter a value whose key may be taken, or may be the rest of a split amount."""
        if isinstance(node, Scalar) and node.plain and not node.text and inside.entries:
            last = inside.entries[next(reversed(inside.entries))]
            if re.fullmatch(_LEFTOVER, key) and isinstance(last, Scalar) and _touches(last, where):
                if self._numbers and self._numbers[-1][2] == where:
                    self._numbers.pop()
                self._join(last, key, where)
                return
        if key not in inside.entries:
            inside.entries[key] = node
            inside.keys[key] = where
        elif key != _NOWHERE:
            self.report("HJ113", where, key=key, first=inside.keys[key][0])

    def continues(self, node: Scalar, items: list[Node]) -> bool:
        """True where an item is the rest of an amount, which is then whole again."""
        where = (node.line, node.column)
        last = items[-1]
        # `[100,200]` may be two numbers; a zero in front or a unit behind tells them apart.
        number = node.text[0] != "0" and node.text.isdigit()
        if not node.plain or number or not re.fullmatch(_LEFTOVER, node.text):
            return False
        if not isinstance(last, Scalar) or not _touches(last, where):
            return False
        while len(items) > 1 and len(last.text) == 3 and last.text.isdigit():  # what stands between them belongs to it
            before, between = items[-2], (last.line, last.column)
            if not isinstance(before, Scalar) or not _touches(before, between):
                break
            items.pop()
            self._join(before, last.text, between)
            last = before
        self._join(last, node.text, where)
        return True

    def _join(self, first: Scalar, rest: str, where: tuple[int, int]) -> None:
        if not self._split or self._split[-1][0] is not first:
            self._split.append((first, rest, where))
        first.text += "," + rest

    def finish(self) -> None:
        """Report what needed the whole, and take the refused keys out."""
        for amount, rest, where in self._split:
            self.report("HJ144", where, whole=amount.text, key=rest, plain=amount.text.replace(",", ""))
        for mapping in self._wide:
            ordinary: dict[str, str] = {}
            for key, where in mapping.keys.items():
                other = ordinary.setdefault(unicodedata.normalize("NFKC", key), key)
                if other != key:
                    self.report("HJ114", where, key=key, other=other, first=mapping.keys[other][0])
        for mapping, number, where in self._numbers:
            self.report("HJ115", where, found=f"`{number}`")
            self._refused.append((mapping, number))
        for mapping, key in self._refused:
            mapping.entries.pop(key, None)
            mapping.keys.pop(key, None)


def _touches(before: Scalar, where: tuple[int, int]) -> bool:
    """True where `before` is bare text whose digits end one comma before the place `where`."""
    end = (before.line, before.column + len(before.text) + 1)
    return before.plain and before.text[-1:].isdigit() and end == where
