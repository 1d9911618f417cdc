"""The columns of a blank table, and the blank CSV: to fill in with a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import Final

from hojo_cli.applicants.items import ITEM_KEYS
from hojo_cli.batch.intake.vocabulary import ITEM_WORDS, TOP, TOP_WORDS, label, place, vocabulary
from hojo_cli.rules.declared import Ruleset

ITEMS: Final = 3
"""So many items fit into a row."""


def template(ruleset: Ruleset, lang: str) -> str:
    """A header with every fact and room for a few items, and below it nothing.

    Columns are named by their labels in Japanese, by their ids in English; both are read. Starts with a BOM, which a spreadsheet needs.
    """
    top, fields = top_names(lang), item_names(ruleset, lang).values()
    items = [
        f"{'明細' if lang == 'ja' else 'items.'}{number}.{field}" for number in range(1, ITEMS + 1) for field in fields
    ]
    written = io.StringIO()
    header = [*top.values(), *fact_names(ruleset, lang).values(), *items, *expect_names(ruleset, lang).values()]
    csv.writer(written, lineterminator="\r\n").writerow(header)
    return f"\ufeff{written.getvalue()}"


def top_names(lang: str) -> dict[str, str]:
    """The columns of an applicant's own keys."""
    return {key: label(key, TOP_WORDS, lang) for key in TOP}


def fact_names(ruleset: Ruleset, lang: str) -> dict[str, str]:
    """The columns of its facts: by label where that means this fact and nothing else."""
    labels = Counter(spec.label.ja for spec in ruleset.facts.values())
    words = vocabulary(ruleset)
    return {
        name: spec.label.ja
        if lang == "ja" and labels[spec.label.ja] == 1 and place(spec.label.ja, words) == ("facts", name)
        else name
        for name, spec in ruleset.facts.items()
        if not spec.of_members
    }


def item_names(ruleset: Ruleset, lang: str) -> dict[str, str]:
    """The columns of an item."""
    fields = {name: spec.label.ja if lang == "ja" else name for name, spec in ruleset.fields.items()}
    return {key: label(key, ITEM_WORDS, lang) for key in ITEM_KEYS} | fields


def expect_names(ruleset: Ruleset, lang: str) -> dict[str, str]:
    """The columns of the yen that are expected."""
    return {
        name: f"期待額.{frame.label.ja}" if lang == "ja" else f"expect.{name}" for name, frame in ruleset.frames.items()
    }
