"""The other reading of an assumption is a ruleset as well: every place it speaks of is there, and what stands there can be read.

Bad:
    assumptions: {amounts: {otherwise: {label: {ja: 合計で切り捨てる, en: cut once}, set: {rounding.on: total}}}}
Good:
    assumptions: {amounts: {otherwise: {label: {ja: 合計で切り捨てる, en: cut once}, set: {rounding.at: total}}}}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hojo_cli.base.finding import Finding
from hojo_cli.rules import readings
from hojo_cli.verify.examined import Examined

CODE: Final = "HJ558"


def find(examined: Examined) -> Iterator[Finding]:
    """Each reading, tried."""
    for assumption in readings.of(examined.ruleset):
        yield from readings.read_otherwise(examined.root, examined.file, assumption)[1]
