"""What stands beside an estimate where there is room for a picture: the frame along the price of the dearest item that moves it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hojo_cli.advise.curve import Along
from hojo_cli.applicants.scenario import Scenario, Variable
from hojo_cli.base.finding import Text
from hojo_cli.base.texts import say
from hojo_cli.engine.applicant import Applicant
from hojo_cli.pages import curve
from hojo_cli.results.estimated import Estimate
from hojo_cli.results.report import Block, Heading

TRIED: Final = 3
"""So many prices are tried: the dearest item may be one that the frame does not pay for."""

PIECES: Final = 60
"""A curve of more pieces is no picture."""


def picture(scenario: Scenario, applicant: Applicant, shown: Estimate) -> Iterator[Block]:
    """A heading and the curve; nothing where the frame pays nothing, or no price that is tried moves it."""
    if shown.status != "payable":
        return
    for variable in dearest(scenario, applicant)[:TRIED]:
        along = Along(scenario, variable)
        first = max(0, variable.least)
        found = along.curves(first, along.reach(first), (shown.frame,))
        pieces = found[0].pieces if found else ()
        if found and 1 < len(pieces) <= PIECES:
            drawn = curve.Drawn(scenario.file, applicant.name, (), variable, first, pieces[-1].piece.last, tuple(found))
            yield Heading(say(Text("{0}と補助額", "{0}, and the subsidy"), variable.label))
            yield curve.chart(drawn)
            return


def dearest(scenario: Scenario, applicant: Applicant) -> list[Variable]:
    """The prices of the file, that of the dearest item first."""
    costs = {f"items[{item.place}]": item.cost for item in applicant.items}
    for number, member in enumerate(applicant.members):
        costs |= {f"members[{number}].items[{item.place}]": item.cost for item in member.items}
    prices = [variable for variable in scenario.variables.values() if variable.is_price]
    return sorted(prices, key=lambda variable: -costs.get(variable.written.rpartition(".")[0], 0))
