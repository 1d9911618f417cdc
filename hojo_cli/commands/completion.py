"""What a shell may complete beside verbs, options and files: the years, frames and places that rulesets have, the codes of findings.

A shell is no place to complain: of a ruleset that cannot be read nothing is offered.
"""

from __future__ import annotations

from collections.abc import Mapping

from hojo_cli import messages
from hojo_cli.applicants.changes import known_paths
from hojo_cli.base.finding import HojoError, Text
from hojo_cli.rules import library, ruleset
from hojo_cli.rules.declared import Ruleset


def years() -> tuple[str, ...]:
    """Those of the rulesets at hand."""
    return library.years()


def frames(rules: str) -> Mapping[str, Text]:
    """The frames of a ruleset (empty: of the newest), and what they are called."""
    known = _ruleset(rules)
    return {name: frame.label for name, frame in known.frames.items()} if known else {}


def paths(rules: str) -> tuple[str, ...]:
    """Where an applicant may be changed under a ruleset, the first of each list standing for all."""
    known = _ruleset(rules)
    return tuple(path.replace("[]", "[0]") for path in known_paths(known)) if known else ()


def codes() -> Mapping[str, Text]:
    """The codes of findings, and what each is about."""
    return {code: messages.entry(code).title for code in messages.codes()}


def _ruleset(name: str) -> Ruleset | None:
    try:
        return ruleset.load(name or library.years()[0])
    except HojoError:
        return None
