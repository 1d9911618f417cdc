"""The known name that somebody most likely meant."""

from collections.abc import Iterable
from typing import Final

from hojo_cli.finding import Text

_LONGEST: Final = 100


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The one of `known` that reads like `name`; None where none comes near.

    The same letters in another width or case come first, then the likest spelling.
    """
    if len(name) > _LONGEST:
        return None
    folded: dict[str, str] = {}
    for candidate in known:
        folded.setdefault(_fold(candidate), candidate)
    return folded.get(_fold(name)) or _likest(_fold(name), folded)


def suggestion(near: str | None) -> Text:
    """A closing sentence that offers the nearest known name, or nothing."""
    return Text("", "") if near is None else Text(f"もしかして「{near}」ですか。", f"Did you mean `{near}`?")


def _fold(name: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFKC", name).casefold().replace("-", "_").strip()


def _likest(name: str, folded: dict[str, str]) -> str | None:
    from difflib import get_close_matches

    found = get_close_matches(name, folded, n=1)
    return folded[found[0]] if found else None
