"""Two results side by side: frame by frame, the best frames, and the frames that go together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from hojo_cli.engine.judgement import Status
from hojo_cli.results import Estimate, Result


class Yen(NamedTuple):
    """What two results come to, whole yen; None where one is not settled, or has no such frame."""

    old: int | None
    new: int | None

    @property
    def difference(self) -> int | None:
        """What the new one pays more, below zero where it pays less."""
        return None if self.old is None or self.new is None else self.new - self.old


class FrameBeside(NamedTuple):
    """One frame in both results; None where the ruleset of one has no such frame."""

    old: Estimate | None
    new: Estimate | None

    @property
    def yen(self) -> Yen:
        """What it pays."""
        return Yen(self.old.subsidy if self.old else None, self.new.subsidy if self.new else None)


def frames(old: Result, new: Result) -> Iterator[FrameBeside]:
    """Every frame, in the order of the rulesets."""
    of_old, of_new = ({estimate.frame: estimate for estimate in result.estimates} for result in (old, new))
    for name in dict.fromkeys((*of_old, *of_new)):
        yield FrameBeside(of_old.get(name), of_new.get(name))


def best(old: Result, new: Result) -> Yen:
    """What the best frame of each pays."""
    return Yen(_best(old), _best(new))


def together(old: Result, new: Result) -> Yen:
    """What the best allowed set of frames of each pays."""
    plans = (None if result.plan is None else result.plan.total for result in (old, new))
    return Yen(*(_best(result) if total is None else total for total, result in zip(plans, (old, new), strict=True)))


def _best(result: Result) -> int | None:
    """0 where it is sure that nothing is payable."""
    paid = [estimate.subsidy for estimate in result.estimates if estimate.frame == result.best]
    open_frames = any(estimate.status == Status.INCOMPLETE for estimate in result.estimates)
    return paid[0] if paid else None if open_frames else 0
