"""The applicant file → facts, items, members as plain values; every error at once, each at its line and column.

The types, choices and bounds are those the ruleset declares: this is what an applicant's JSON Schema says too, in better words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from hojo_cli.applicants.facts import keep_within_members
from hojo_cli.applicants.members import Member, read_applicant, read_members, tell_copies
from hojo_cli.applicants.reader import VALUE, Entries, Reader, as_meant, given
from hojo_cli.base.finding import Finding, Location, Text, has_errors
from hojo_cli.base.number import Kind, read_year
from hojo_cli.base.record import NamedTuple
from hojo_cli.base.sanitize import for_terminal
from hojo_cli.document import Mapping as MappingNode, Scalar, paths
from hojo_cli.engine.applicant import Applicant
from hojo_cli.messages import finding
from hojo_cli.rules.declared import Ruleset

KEYS: Final = ("name", "corporate_number", "fiscal_year", "frame", "facts", "items", "members", "note", "expect")


class ApplicantFile(NamedTuple):
    """What one file declares. `expect` is yen by frame; `places` is the line and column of each top key and `expect.<frame>`.

    `spelt` is what the file calls each frame of `expect`: its id, or its label.
    """

    applicant: Applicant
    corporate_number: str
    frame: str
    expect: Mapping[str, int]
    places: Mapping[str, tuple[int, int]]
    spelt: Mapping[str, str]


class Loaded(NamedTuple):
    """The file (None where an error stands in the way) and everything there is to say about it.

    `legible` is the file as far as it could be read: enough to know it by, never to judge it. `root` is the file with each
    top key under the name that is meant: whoever looks something up by its key looks there.
    """

    file: ApplicantFile | None
    findings: tuple[Finding, ...]
    legible: ApplicantFile
    root: MappingNode
    members: Sequence[Member]
    entries: Entries


def fiscal_year(root: MappingNode, file: str, known: tuple[str, ...]) -> tuple[str, tuple[Finding, ...]]:
    """The ruleset the file asks for, one of the `known` years (newest first); the newest with a finding where it is none of them.

    A file may name a year only, never a path: which ruleset file is opened is the caller's choice.
    """
    node = given(as_meant(root, KEYS).entries, "fiscal_year")
    if node is None:
        return known[0], ()
    where = Location(file, node.line, node.column)
    if not isinstance(node, Scalar):
        return known[0], (finding("HJ202", where, wanted=VALUE),)
    year = read_year(node.text)
    return (
        (year, ()) if year in known else (known[0], (finding("HJ216", where, text=node.text, known=", ".join(known)),))
    )


def load(
    root: MappingNode, ruleset: Ruleset, file: str, *, overruled: bool = False, known: Loaded | None = None
) -> Loaded:
    """Read an applicant against a ruleset. `overruled`: the ruleset was chosen by hand, so facts of other years are only noted.

    `known`: an earlier reading without an error; members and what is bought are taken from there where they are still the same nodes.
    """
    reader = Reader(ruleset, file, overruled=overruled, entries_known=known.entries if known else None)
    root = reader.known_keys(root, KEYS)
    entries = root.entries
    applicant = read_applicant(root, reader)
    members, listed = read_members(entries.get("members"), reader, known.members if known else ())
    keep_within_members(applicant.facts, listed, entries.get("facts"), reader)
    number = reader.corporate_number(entries.get("corporate_number"))
    tell_copies(members, number, reader)
    expect, spelt, places = expected_yen(root, reader)
    written, name = given(entries, "frame"), reader.text(entries.get("frame"))
    frame = reader.frame(name, written) or name if written is not None and name else ""
    applicant = applicant._replace(members=tuple(member.applicant for member in members))
    legible = ApplicantFile(applicant, number, frame, expect, places, spelt)
    wrong = has_errors(reader.findings)
    findings = tuple(sorted(with_keys(reader.findings, root), key=lambda found: found.where))
    return Loaded(None if wrong else legible, findings, legible, root, members, reader.entries_read)


def expected_yen(
    root: MappingNode, reader: Reader
) -> tuple[dict[str, int], dict[str, str], dict[str, tuple[int, int]]]:
    """Yen by frame, what the file calls each frame, and where all this stands."""
    expect: dict[str, int] = {}
    spelt: dict[str, str] = {}
    places = dict(root.keys)
    node = given(root.entries, "expect")
    mapping = None if node is None else reader.mapping(node)
    if mapping is not None:
        for name, value in mapping.entries.items():
            frame = reader.frame(name, mapping.keys[name])
            yen = reader.number(value, Kind.YEN)
            if frame in spelt:
                reader.fault("HJ113", mapping.keys[name], key=name, first=mapping.keys[spelt[frame]][0])
            elif frame is not None and yen is not None:
                expect[frame], spelt[frame] = int(yen), name
                places[f"expect.{frame}"] = (value.line, value.column)
    return expect, spelt, places


_OF_VALUES: Final = ("HJ15", "HJ16", "HJ17", "HJ202", "HJ205", "HJ206", "HJ207", "HJ208", "HJ209", "HJ240")
"""How codes begin whose sentences are about a value, and do not say which."""


def with_keys(findings: list[Finding], root: MappingNode) -> list[Finding]:
    """The findings, those about a value with the keys that lead to it: a line may hold a dozen values, a row of a table more."""
    if not any(found.code.startswith(_OF_VALUES) for found in findings):
        return findings
    keys = paths(root)
    named = []
    for found in findings:
        key = for_terminal(keys.get(found.where[1:3], "")) if found.code.startswith(_OF_VALUES) else ""
        ja, en = found.message
        named.append(found._replace(message=Text(f"`{key}`：{ja}", f"`{key}`: {en}")) if key else found)
    return named
