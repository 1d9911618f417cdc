"""What a figure rests on, as people look it up."""

from __future__ import annotations

from hojo_cli.base.finding import Text
from hojo_cli.base.record import Record


class Citation(Record):
    """A source (title, heading, figure as printed there) or the assumption a figure rests on; either may be empty."""

    id: str
    title: str
    at: str
    printed: str
    assume: Text
