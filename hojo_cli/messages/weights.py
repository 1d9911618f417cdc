"""What findings weigh where a project says so: codes that are ignored, and others that are made an error, a warning or a note."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from hojo_cli import messages
from hojo_cli.base.finding import Finding, HojoError, Location, Severity
from hojo_cli.base.record import NamedTuple
from hojo_cli.base.suggest import nearest, suggestion
from hojo_cli.messages import finding

_IGNORE: Final = "--ignore"
_SEVERITY: Final = "--severity"
_OUR_CHOICE: Final = ("HJ42", "HJ5")
"""How the codes of errors begin that somebody may take lightly: what a file promises, and the examination of a ruleset that was read."""


class Weights(NamedTuple):
    """Codes that are left out, and what others weigh instead of what they weigh by themselves."""

    ignored: frozenset[str]
    changed: Mapping[str, Severity]

    def weighed(self, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """The findings that are left, in their order."""
        return tuple(
            found._replace(severity=self.changed.get(found.code, found.severity))
            for found in findings
            if found.code not in self.ignored
        )


def weights(ignore: Sequence[str], severity: Sequence[str]) -> Weights | None:
    """As the options `--ignore CODE` and `--severity CODE=LEVEL` say; None where they say nothing. `HojoError` where they cannot be followed."""
    pairs = [entry.partition("=")[::2] for entry in severity]
    ignored = Location(_IGNORE, 0, 0)
    changed = Location(_SEVERITY, 0, 0)
    told = [problem for code in ignore for problem in problems(code, None, ignored)]
    told += [problem for code, level in pairs for problem in problems(code, level, changed)]
    if told:
        raise HojoError(*told)
    if not ignore and not pairs:
        return None
    return Weights(frozenset(ignore), {code: Severity(level) for code, level in pairs})


def problems(code: str, level: str | None, where: Location) -> Iterator[Finding]:
    """What stands against a code that is to weigh `level`, or (None) nothing at all."""
    known = list(messages.codes())
    if code not in known:
        near = suggestion(nearest(code, known))
        yield finding("HJ088", where, name=code, near=near)
        return
    if level is not None and level not in tuple(Severity):
        yield finding("HJ004", where, name=code, value=level, known=", ".join(Severity))
    by_itself = messages.entry(code).severity
    if by_itself is Severity.ERROR and level != Severity.ERROR and not code.startswith(_OUR_CHOICE):
        yield finding("HJ089", where, code=code, title=messages.entry(code).title)
