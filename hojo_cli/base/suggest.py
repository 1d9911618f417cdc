"""Names as people write them: the known name that a word is, and those that it may have been meant for."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from hojo_cli.base.finding import Text, untranslated

_LONGEST: Final = 100
_SOME: Final = 4
"""So many names are offered at most: a longer list is no suggestion."""


def meant(word: str, spellings: Mapping[str, str]) -> str | None:
    """What `word` stands for among `spellings` (each accepted spelling → the name it stands for), whatever its width."""
    return spellings.get(word) or spellings.get(plain(word))


def spellings(words: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """What each word stands for that may be written for some names: the name itself and its `words`, in any width.

    A name always stands for itself; what two names lay claim to stands for neither.
    """
    claims: dict[str, set[str]] = {}
    for name, others in words.items():
        for word in others:
            for spelling in (word, plain(word)):
                claims.setdefault(spelling, set()).add(name)
    alone = {spelling: min(names) for spelling, names in claims.items() if spelling and len(names) == 1}
    return alone | {plain(name): name for name in words} | {name: name for name in words}


def plain(word: str) -> str:
    """The word in ordinary width (NFKC), without spaces around it."""
    if word.isascii():
        return word.strip()
    import unicodedata

    return unicodedata.normalize("NFKC", word).strip()


def candidates(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """Those of `known` that somebody may have meant, in their order; several where they are equally likely, none where nothing comes near.

    The same letters in another width or case are the word itself. Else it is what contains the word or is part of it, what has its
    letters with others between, and the likest spelling.
    """
    if len(word) > _LONGEST:
        return ()
    from difflib import SequenceMatcher, get_close_matches

    folded: dict[str, str] = {}
    for name in known:
        folded.setdefault(_fold(name), name)
    word = _fold(word)
    if word in folded:
        return (folded[word],)
    likeness = {
        name: SequenceMatcher(None, name, word).ratio() for name in get_close_matches(word, list(folded), n=_SOME)
    }
    likest = [name for name in folded if name in likeness and likeness[name] == max(likeness.values())]
    related = [name for name in folded if name in likest or part_of(word, name) or letters_between(word, name)]
    return tuple(folded[name] for name in (related if len(related) <= _SOME else likest))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The one of `known` that somebody most likely meant; None where several are as likely, or none is."""
    near = candidates(word, known)
    return near[0] if len(near) == 1 else None


def suggestion(*near: str | None) -> Text:
    """A closing sentence that offers the nearest known names, or nothing."""
    names = [name for name in near if name]
    if not names:
        return Text("", "")
    ja, en = "か".join(f"「{name}」" for name in names), " or ".join(f"`{name}`" for name in names)
    return Text(f"もしかして{ja}ですか。", f"Did you mean {en}?")


def choices(word: str, known: Sequence[str]) -> Text:
    """The known names, and which of them was likely meant."""
    near = suggestion(nearest(word, known))
    listed = ", ".join(known)
    return Text(f"{listed}。{near.ja}", f"{listed}. {near.en}") if near.ja else untranslated(listed)


def _fold(word: str) -> str:
    return plain(word).casefold().replace("-", "_")


def part_of(word: str, other: str) -> bool:
    """Whether one is a part of the other, long enough to mean something: three letters, or two of those that are words by themselves."""
    short, long = sorted((word, other), key=len)
    return len(short) >= (3 if short.isascii() else 2) and short in long


def letters_between(word: str, other: str) -> bool:
    """Whether a word of several characters that are words by themselves stands in the other, with more between them."""
    if len(word) < 3 or word.isascii():
        return False
    letters = iter(other)
    return all(letter in letters for letter in word)
