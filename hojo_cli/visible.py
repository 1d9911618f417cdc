"""Foreign text made safe to print: nothing in it can move, hide or reorder what stands beside it."""

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


def visible(text: str) -> str:
    r"""`text` with every unseen character spelt `\u{XX}` and each newline shown as ␤."""
    if text.isascii() and text.isprintable():
        return text
    return re.sub(_UNSEEN, _spelt, text)


def shorten(text: str, longest: int = LONGEST) -> str:
    """`text` itself, or its beginning and … where it has more than `longest` characters."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def unseen_escaped(json: str) -> str:
    r"""JSON text with every unseen character as `\uXXXX`: the same value, safe for terminals and encoders."""
    return json if json.isascii() else re.sub(_UNSEEN, _code_units, json)


def commandless(line: str) -> str:
    """A line that a CI runner reads as text: neither `::command::` at its start nor `##[command]` within."""
    if line.lstrip().startswith("::"):
        line = line.replace("::", "：：", 1)
    return line.replace("##[", "##［")


def _code_units(match: re.Match[str]) -> str:
    data = match.group().encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{data[at]:02x}{data[at + 1]:02x}" for at in range(0, len(data), 2))


def _spelt(match: re.Match[str]) -> str:
    character = match.group()
    return "␤" if character == "\n" else f"\\u{{{ord(character):02X}}}"
