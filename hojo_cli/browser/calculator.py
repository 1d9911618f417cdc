"""A ruleset → the page that computes it: one HTML file that needs nothing else, neither a network nor hojo.

The modules of JavaScript are put into one script, in a fixed order, each in a scope of its own. What the page may do is said by its
Content-Security-Policy: run this script, use this style, nothing more.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from html import escape
from importlib import resources
from typing import Final

from hojo_cli.base.sanitize import for_json, for_terminal
from hojo_cli.base.version import __version__
from hojo_cli.browser import ruleset_as_data
from hojo_cli.browser.words import WORDS
from hojo_cli.rules.declared import Ruleset

MODULES: Final = (
    "exact",
    "reader",
    "numbers",
    "entry",
    "file",
    "settle",
    "questions",
    "breakdown",
    "page",
    "elements",
    "purchases",
    "asking",
    "result",
    "form",
)
"""The modules of the page, each after those it imports."""

_IMPORT: Final = re.compile(r'^import (\{[^}]*\}) from "\./(\w+)\.js";$', re.MULTILINE)
_EXPORT: Final = re.compile(r"^export (?=(?:const|class|function\*?) (\w+))", re.MULTILINE)


def page(used: Ruleset, lang: str, *, shipped: bool) -> str:
    """The whole file, in "ja" or "en" at first. `shipped`: hojo finds the ruleset by its year."""
    script, style = bundle(), source("page.css")
    policy = f"default-src 'none'; script-src '{digest(script)}'; style-src '{digest(style)}'; base-uri 'none'; form-action 'none'"
    data = {**ruleset_as_data.ruleset(used, shipped=shipped), "words": {key: [*said] for key, said in WORDS.items()}}
    parts = {
        "lang": lang,
        "policy": policy,
        "version": __version__,
        "style": style,
        "data": for_json(json.dumps(data, ensure_ascii=False, separators=(",", ":"))).replace("<", "\\u003c"),
        "script": script,
    }

    def filled(part: re.Match[str]) -> str:
        if part[1] in parts:
            return parts[part[1]]
        said = WORDS[part[1]].into(lang).format(used.title.into(lang) if part[1] == "heading" else used.as_of)
        return escape(for_terminal(said))

    return re.sub(r"\{(\w+)\}", filled, source("page.html"))


def bundle() -> str:
    """All modules as one script."""
    return "\n".join(map(scoped, MODULES))


def scoped(module: str) -> str:
    """A module of this folder, enclosed."""
    return enclosed(module, source(f"{module}.js"))


def enclosed(module: str, text: str) -> str:
    """A module as a function that is called at once and hands out what it exports."""
    exports = ", ".join(_EXPORT.findall(text))
    text = _EXPORT.sub("", _IMPORT.sub(r"const \1 = \2_js;", text))
    return f"const {module}_js = (() => {{\n{text}return {{ {exports} }};\n}})();"


def digest(text: str) -> str:
    """As a Content-Security-Policy names an inline script or style."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def source(name: str) -> str:
    """A file of this folder."""
    return (resources.files("hojo_cli.browser") / name).read_text(encoding="utf-8")
