"""Which language the user reads: `--lang`, else the locale, else Japanese."""

from collections.abc import Mapping, Sequence


def chosen(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """`ja` or `en`. Needed before the command line is parsed, because the help is written in it."""
    for place, argument in enumerate(arguments):
        if argument == "--lang" and place + 1 < len(arguments):
            return _known(arguments[place + 1])
        if argument.startswith("--lang="):
            return _known(argument.partition("=")[2])
    locale = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG") or ""
    return _known(locale[:2])


def _known(name: str) -> str:
    return "en" if name == "en" else "ja"
