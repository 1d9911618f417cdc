"""What a report says of the ruleset that judged: a ruleset has all of this, and no format needs more of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from hojo_cli.base.finding import Text


class FrameHead(Protocol):
    """A frame by its id and its label."""

    @property
    def id(self) -> str: ...

    @property
    def label(self) -> Text: ...


class RulesetHead(Protocol):
    """A ruleset by its programme, its year, its title and the digest of its file; its frames by id, in its order."""

    @property
    def program(self) -> str: ...

    @property
    def fiscal_year(self) -> int: ...

    @property
    def title(self) -> Text: ...

    @property
    def sha256(self) -> str: ...

    @property
    def frames(self) -> Mapping[str, FrameHead]: ...
