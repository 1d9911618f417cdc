"""Two results side by side: frame by frame, the best frames, and the frames that go together."""

from __future__ import annotations

from collections.abc import Iterator

from hojo_cli.base.record import NamedTuple
from hojo_cli.engine.judgement import Status
from hojo_cli.results.estimated import Estimate, Result


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


def highest(result: Result) -> tuple[int, int] | None:
    """The least and the most that the best frame may pay, once questions are answered; None where that is not known."""
    ranges = []
    for estimate in result.estimates:
        if estimate.status == Status.INCOMPLETE:
            ranges.append(estimate.possible)
        else:
            ranges.append((estimate.subsidy or 0, estimate.subsidy or 0))
    known = [each for each in ranges if each is not None]
    if len(known) < len(ranges) or not known:
        return None
    return max(low for low, _ in known), max(high for _, high in known)


def best(old: Result, new: Result) -> Yen:
    """What the best frame of each pays."""
    return Yen(_settled(old), _settled(new))


def together(old: Result, new: Result) -> Yen:
    """What the best allowed set of frames of each pays."""
    settled = best(old, new)
    totals = (
        result.plan.total if result.plan is not None and yen is not None else yen
        for result, yen in zip((old, new), settled, strict=True)
    )
    return Yen(*totals)


def _settled(result: Result) -> int | None:
    least, most = highest(result) or (0, None)
    return least if least == most else None
