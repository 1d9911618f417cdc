"""Foreign text made safe to print: nothing in it can move, hide or reorder what stands beside it."""

import os
import re
from typing import Final

LONGEST: Final = 80
"""Characters of a foreign text that a message repeats."""

# Ranges: C0 and DEL and C1; soft hyphen, joiners and other zero-width characters; directional
# controls; line and paragraph separators; surrogates; annotation marks and non-characters; tags.
# Variation selectors stay: Japanese names (葛󠄀) and emoji need them.
_UNSEEN: Final = (
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e007f]"
)

# What `path_text` has to spell. Where `\` parts folders, names have no bytes that are no text.
_AMBIGUOUS: Final = "[\ud800-\udfff]" if os.sep == "\\" else r"\\(?=x[0-9a-f]{2}|u[0-9a-f]{4})|[\ud800-\udfff]"
_BACKSLASH: Final = 0x5C
_DELETE: Final = 0x7F
_JOINERS: Final = (0x200C, 0x200D)


def for_terminal(text: str) -> str:
    r"""`text` with every unseen character spelt `\u{XX}`, bytes of a name that are no text `\xXX`, each newline shown as ␤."""
    if text.isascii() and text.isprintable():
        return text

    def spelt(match: re.Match[str]) -> str:
        number = ord(match.group())
        if _is_byte(number):
            return _named(match)
        return "␤" if match.group() == "\n" else f"\\u{{{number:02X}}}"

    return re.sub(_UNSEEN, spelt, text)


def shorten(text: str, longest: int = LONGEST) -> str:
    """`text` itself, or its beginning and … where it has more than `longest` characters."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def shorten_path(path: str, longest: int = LONGEST) -> str:
    """`path` itself, or … and its end where it is longer: a file is known by its name."""
    return path if len(path) <= longest else "…" + path[len(path) - longest + 1 :]


def for_json(json: str) -> str:
    r"""JSON text of one line with the same value, safe for terminals, encoders and CI runners: unseen characters and `##[` as `\uXXXX`.

    Half characters, which strict readers refuse, are spelt as text: `\xXX` for a byte of a file name that is no text.
    """

    def spelt(match: re.Match[str]) -> str:
        character, at, text = match.group(), match.start(), match.string
        if "\ud800" <= character <= "\udfff":
            first = character < "\udc00"
            other = text[at + 1 : at + 2] if first else text[at - 1 : at]
            if not ("\udc00" <= other <= "\udfff" if first else "\ud800" <= other < "\udc00"):  # half of no pair
                return "\\" + _named(match)
        data = character.encode("utf-16-be", "surrogatepass")
        return "".join(f"\\u{data[at]:02x}{data[at + 1]:02x}" for at in range(0, len(data), 2))

    if "##[" in json:
        json = json.replace("##[", r"\u0023#[")
    return json if json.isascii() and "\x7f" not in json else re.sub(_UNSEEN, spelt, json)


def path_text(path: str) -> str:
    r"""A path as characters, nothing lost: bytes that are no text are `\xXX`, and a `\` that could be read so is `\x5c`."""
    return path if path.isascii() and "\\" not in path else re.sub(_AMBIGUOUS, _named, path)


def path_shown(path: str) -> str:
    r"""The same with unseen characters as `\xXX` or `\uXXXX`; joiners stay, which names of emoji need."""

    def spelt(match: re.Match[str]) -> str:
        number = ord(match.group())
        if number in _JOINERS:
            return match.group()
        return f"\\x{number:02x}" if number <= _DELETE else f"\\u{number:04x}"

    return re.sub(_UNSEEN, spelt, path_text(path))


def for_ci_log(line: str) -> str:
    """A line that a CI runner reads as text: neither `::command::` at its start nor `##[command]` within."""
    if line.lstrip().startswith("::"):
        line = line.replace("::", "：：", 1)
    return line.replace("##[", "##［")


def _named(match: re.Match[str]) -> str:
    r"""`\xXX` for a backslash and for what is no character, as Python names bytes in a file name; else `\uXXXX`."""
    number = ord(match.group())
    return f"\\x{number & 0xFF:02x}" if number == _BACKSLASH or _is_byte(number) else f"\\u{number:04x}"


def _is_byte(number: int) -> bool:
    return 0xDC80 <= number <= 0xDCFF
