"""The same business twice in a batch: noticed by fingerprints, however many inputs there are."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Final

from hojo_cli.applicants.applicant import ApplicantFile
from hojo_cli.base.finding import Finding, Location
from hojo_cli.base.record import NamedTuple
from hojo_cli.base.suggest import plain
from hojo_cli.document import Mapping, Scalar, is_null
from hojo_cli.files.reference import refer
from hojo_cli.messages import finding
from hojo_cli.rules.declared import Ruleset

_DIGITS: Final = 13


class Mark(NamedTuple):
    """What would tell that another input is the same business: a fingerprint, and the warning to give there."""

    fingerprint: int
    code: str
    line: int
    column: int
    number: str
    key: str
    sheet: str = ""


def marks(root: Mapping, file: ApplicantFile, ruleset: Ruleset) -> tuple[Mark, ...]:
    """Marks of a business within a year: it may apply each year anew."""
    year = root.entries.get("fiscal_year")
    written_year = plain(year.text) if isinstance(year, Scalar) and not is_null(year) else str(ruleset.fiscal_year)

    def mark(code: str, key: str, text: str, number: str) -> Mark:
        """Eight bytes that are the same in every process, whatever its hash seed."""
        data = f"{written_year}\n{text}".encode(errors="surrogatepass")
        fingerprint = int.from_bytes(blake2b(data, digest_size=8, person=code.encode()).digest())
        return Mark(fingerprint, code, *file.places[key], number, key)

    found = []
    number = plain(file.corporate_number)
    if len(number) == _DIGITS and number.isascii() and number.isdecimal():
        found.append(mark("HJ430", "corporate_number", number, number))
    node, known = root.entries.get("facts"), file.applicant.facts
    facts = []
    for fact, value in sorted(node.entries.items()) if isinstance(node, Mapping) else ():
        if fact in known:
            facts.append(f"{fact}={known[fact]}")
        elif not is_null(value):  # so that a broken copy is still like its like
            facts.append(f"{fact}={plain(value.text) if isinstance(value, Scalar) else '…'}")
    if (name := plain(file.applicant.name)) and facts:
        found.append(mark("HJ431", "name", f"{name}\n{','.join(facts)}", ""))
    return tuple(found)


class Duplicates:
    """Remembers of every fingerprint the input it was first seen at."""

    def __init__(self) -> None:
        self.first: dict[int, str] = {}

    def meet(self, file: str, record: int, marks: Sequence[Mark]) -> Finding | None:
        """The warning for an input that was here before; it names the first."""
        name = f"{file}#{record}" if record else file
        warning = None
        for mark in marks:
            first = self.first.setdefault(mark.fingerprint, name)
            if first is not name and warning is None:
                where = Location(refer(file).path if mark.sheet else file, mark.line, mark.column, mark.sheet)
                warning = finding(mark.code, where, path=first, number=mark.number)._replace(path=mark.key)
        return warning
