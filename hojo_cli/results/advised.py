"""What there is to do: frames together, changes that raise what is paid, borders that are near."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hojo_cli.base.exact import Exact
from hojo_cli.base.finding import Text
from hojo_cli.base.record import Record

if TYPE_CHECKING:
    from hojo_cli.base.citation import Citation


class Part(Record):
    """What one frame of a plan pays, and the items counted in it, by their place in the file (from 0)."""

    frame: str
    subsidy: int
    items: tuple[int, ...]


class Plan(Record):
    """The best allowed set of frames. `total` whole yen of all parts; no allowed plan pays more than `at_most` (None: not proved)."""

    total: int
    parts: tuple[Part, ...]
    at_most: int | None


class Lever(Record):
    """A smallest change by which a frame pays more: `settings` as `--set` takes them, whole yen `before` and `after`, exact further cost.

    `change` is `plan`, or `purchase` where something else is bought. `clause` says what makes the difference.
    """

    settings: tuple[str, ...]
    frame: str
    before: int
    after: int
    cost: Exact
    change: str
    label: Text
    clause: Text
    citation: Citation | None

    @property
    def gain(self) -> int:
        """Yen more than now."""
        return self.after - self.before


class Cause(Record):
    """What makes a border: on its far side it begins, or it is over. `kind` is what it is one of.

    `requirement` (met or not), `trait` (what the applicant is taken to be), `members` (of how many members of a group that holds),
    `missing` (a question that decides), `floor` (not reached), `reduction` (such as a cap), `step` (such as a tier), `cost` (something
    counts at all), `refused` (what is wrong with such a file).
    """

    kind: str
    label: Text
    begins: bool
    citation: Citation | None = None


class Border(Record):
    """The next border of a number for one frame: `now`, `border` and `distance` as a file states them, `figures` the first two in words.

    `what` is the number's path as `--set` takes it, `members` for the number of members; `settings` are those that bring it to the border. At the border the frame comes to `status` with `after` (whole yen, None while
    facts are missing), and no longer goes on as it does now; `jump`: it pays another amount at once. `near`: it is worth a look.
    """

    what: str
    label: Text
    now: str
    border: str
    distance: str
    figures: tuple[Text, Text]
    frame: str
    frame_label: Text
    status: str | None
    before: int | None
    after: int | None
    jump: bool
    near: bool
    clause: Text
    citations: tuple[Citation, ...]
    settings: tuple[str, ...]
