"""The other reading of an assumption is a ruleset as well: every place it speaks of is there, what stands there can be read, and
something is then otherwise.

Bad:
    assumptions: {amounts: {otherwise: {label: {ja: 合計で切り捨てる, en: cut once}, set: {rounds.at: total}}}}
Bad:
    assumptions: {amounts: {otherwise: {label: {ja: 合計で切り捨てる, en: cut once}, set: {rounding.at: line}}}}
Good:
    assumptions: {amounts: {otherwise: {label: {ja: 合計で切り捨てる, en: cut once}, set: {rounding.at: total}}}}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hojo_cli.base.finding import Finding
from hojo_cli.messages import finding
from hojo_cli.rules import readings
from hojo_cli.rules.walk import alike
from hojo_cli.verify.examined import Examined

CODE: Final = "HJ558"

READ: Final = ("frames", "definitions", "facts", "measures", "tax_included")
"""The parts of a ruleset that say what is paid."""


def find(examined: Examined) -> Iterator[Finding]:
    """Each reading, tried."""
    for assumption in readings.of(examined.ruleset):
        ruleset, findings = readings.read_otherwise(examined.root, examined.file, assumption)
        yield from findings
        if ruleset is not None and all(alike(getattr(ruleset, part), getattr(examined.ruleset, part)) for part in READ):
            yield finding("HJ559", examined.place("assumptions", assumption, "otherwise"), name=assumption)
