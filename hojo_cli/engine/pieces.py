"""What each frame pays as a function of one number of the applicant: exact pieces, each a line (`engine.moving`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeAlias

from hojo_cli.base.exact import Exact, whole
from hojo_cli.base.record import NamedTuple
from hojo_cli.engine.judgement import Reckoned, Status
from hojo_cli.engine.moving import Course, Moving, NotStraight, Track

Answer: TypeAlias = "Callable[[Exact], Reckoned | None]"
"""What comes of the number; None where a file with it would be refused."""

MOST: Final = 3_000
"""So many pieces are laid out."""
CURVED: Final = 2_000
"""Where the number divides something its rules are no lines, and its steps are taken one by one: no more than so many."""


class TooManyPieces(Exception):
    """The function has more pieces than are laid out."""


class Stretch(NamedTuple):
    """From `first` to `last` (both included) one status and one line of whole yen, told from `first`. Status None: refused.

    Yen are None where facts are missing. `cost` is what is bought costs in all.
    """

    first: int
    last: int
    status: Status | None
    yen: Course | None
    cost: Course = Course(0, 0)

    def at(self, x: int) -> int | None:
        """The yen at an x of this piece."""
        return None if self.yen is None else whole(self.yen.at(x - self.first))

    def moved(self, first: int) -> Stretch:
        """The same told from another x."""
        steps = first - self.first
        yen = None if self.yen is None else self.yen.moved(steps)
        return self._replace(first=first, yen=yen, cost=self.cost.moved(steps))


def walk(answer: Answer, first: int, last: int, most: int = MOST) -> Iterator[Mapping[str, Stretch]]:
    """The pieces of all frames together, one after the other, as they are asked for. `TooManyPieces` beyond `most`."""
    pieces = 0
    x = first
    while x <= last:
        track = Track(x, last)
        try:
            judged = answer(Moving(track, Course(x, 1)))
        except NotStraight:
            if last - x > CURVED:
                raise TooManyPieces from None
            judged = answer(x)
            track.until = x
        yield (
            {
                name: Stretch(x, track.until, status, None if yen is None else line_of(yen), line_of(judged.cost))
                for name, (status, yen) in judged.outcomes.items()
            }
            if judged
            else {"": Stretch(x, track.until, None, None)}
        )
        x = track.until + 1
        pieces += 1
        if pieces > most:
            raise TooManyPieces


def pieces(
    answer: Answer, first: int, last: int, frames: tuple[str, ...], most: int = MOST
) -> dict[str, list[Stretch]]:
    """The pieces of each frame, each as long as it can be. `TooManyPieces` where a walk takes more than `most`."""
    found: dict[str, list[Stretch]] = {name: [] for name in frames}
    for step in walk(answer, first, last, most):
        for name, laid in found.items():
            piece = step.get(name) or step[""]
            if laid and (longer := joined(laid[-1], piece)):
                laid.pop()
                piece = longer
            laid.append(piece)
    return found


def joined(before: Stretch, after: Stretch) -> Stretch | None:
    """Both as one piece, where the second goes on as the first, or one of them is a single x that lies on the other."""
    if before.status is not after.status:
        return None
    on = before.moved(after.first)
    if on._replace(last=after.last) == after:
        return before._replace(last=after.last)
    back = after.moved(before.first)
    if before.first == before.last and _alike_at(before, back, before.first):
        return back
    if after.first == after.last and _alike_at(on, after, after.first):
        return before._replace(last=after.last)
    return None


def _alike_at(one: Stretch, other: Stretch, x: int) -> bool:
    """Whether two pieces that are told from x come to the same there."""
    return (one.at(x), one.cost.at(0)) == (other.at(x), other.cost.at(0))


def line_of(number: Exact) -> Course:
    """The line of a number, whether it moves or not."""
    return number.line if isinstance(number, Moving) else Course(number, 0)
