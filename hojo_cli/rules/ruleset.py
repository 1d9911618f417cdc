"""The ruleset file → `Ruleset` of nodes, or every reason why not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from hojo_cli.base.finding import Finding, HojoError, Location, has_errors
from hojo_cli.base.number import Kind
from hojo_cli.document import RULESET, Mapping as MappingNode, parse, with_paths as document_paths
from hojo_cli.messages import finding
from hojo_cli.rules import library
from hojo_cli.rules.declared import AtOnce, Ruleset
from hojo_cli.rules.shape import misshapen
from hojo_cli.rules.written_out import idle, written_out

if TYPE_CHECKING:
    from hojo_cli.rules.block import Reading


def load(name: str) -> Ruleset:
    """The ruleset of a fiscal year (`2026`) or a path, with what was published about its year.

    `HojoError` with every finding where it is missing or invalid.
    """
    if not library.is_path(name) and (known := library.prebuilt(name)) is not None:
        return known.ruleset
    ruleset, results = read(*library.content(name)), library.outcomes(name)
    if results is None:
        return ruleset
    from hojo_cli.rules.outcomes import attached  # a prebuilt ruleset needs none of this

    return attached(ruleset, *results)


def shipped() -> Iterator[Ruleset]:
    """The shipped rulesets, the newest year first."""
    return map(load, library.years())


def read(data: bytes, file: str) -> Ruleset:
    """The ruleset written in `data`; `HojoError` with every finding where it is invalid."""
    ruleset, findings = examine(data, file)
    if ruleset is None or has_errors(findings):
        raise HojoError(*findings)
    return ruleset


@lru_cache(8)  # a run meets a few rulesets, each of them several times
def examine(data: bytes, file: str) -> tuple[Ruleset | None, tuple[Finding, ...]]:
    """The ruleset as far as it can be read, with everything found wrong, in the order of the file."""
    from hashlib import sha256

    from hojo_cli.document.recognition import RULESET_FILE, by_keys

    document = parse(data, file, RULESET)
    if document.root is None:
        return None, document.findings
    if (sort := by_keys(document.root)) and sort.name != RULESET_FILE:
        return None, (finding("HJ171", Location(file), **sort.words(file, RULESET_FILE)),)
    shape = misshapen(document.root, file)
    ruleset, reading = lower(written_out(document.root), sha256(data).hexdigest(), file)
    meant = dict.fromkeys(reading.findings)  # each once, though a row may be read for several others
    version = {each.where for each in meant if each.code == "HJ330"}  # of another version only that is told
    told = dict.fromkeys((*(each for each in shape if each.where not in version or each.code != "HJ304"), *meant))
    unused = (finding("HJ378", Location(file, *at), name=name) for name, at in idle(document.root))
    return ruleset, tuple(sorted((*document.findings, *told, *unused), key=lambda found: found.where))


@lru_cache(4)  # all readings of a ruleset begin with it
def tree(data: bytes, file: str) -> MappingNode:
    """The file as `lower` takes it, of a ruleset that can be read."""
    root = parse(data, file, RULESET).root
    assert root is not None
    return written_out(root)


def with_paths(findings: tuple[Finding, ...], data: bytes, file: str) -> tuple[Finding, ...]:
    """Those about the file itself with the keys that lead there; others are about results, or texts that are cited."""
    root = parse(data, file, RULESET).root
    if root is None:
        return findings
    named = document_paths(findings, root)
    return tuple(new if new.where.file == file else old for old, new in zip(findings, named, strict=True))


def lower(root: MappingNode, digest: str, file: str) -> tuple[Ruleset, Reading]:
    """The ruleset a written-out tree means, with the pass that read it: its findings, and the names it declares."""
    # A ruleset read before needs none of this.
    from hojo_cli.rules import declarations, facts as fact_rules, frames, mechanisms

    top = mechanisms.top(root, file)
    reading = top.reading
    if top.has("hojo") and top.at("hojo").word() != "1":  # a missing one is the schema's complaint
        top.at("hojo").fault("HJ330", found=top.at("hojo").word())
    declarations.declare(top)
    declarations.cited(top)
    fields = declarations.fields(top.at("items").at("fields"))
    facts = fact_rules.lower(top.at("facts"))
    measures = declarations.measures(top.at("measures"))
    fact_rules.measured(top.at("facts"), facts, measures)
    definitions = declarations.definitions(top.at("definitions"))
    year = top.at("fiscal_year").word()
    categories = declarations.labels(top.at("items").at("categories"))
    at_once = top.at("items").at("at_once")
    if not at_once.absent:
        reading.at_once = frozenset(at_once.at("categories").names("categories"))
    found_frames = frames.lower(top.at("frames"), frames.rounding(top.at("rounding")))
    return Ruleset(
        program=top.at("program").word(),
        fiscal_year=int(year) if year.isascii() and year.isdecimal() else 0,
        title=top.at("title").text(),
        valid_from=top.at("valid").at("from").word(),
        valid_to=top.at("valid").at("to").word(),
        as_of=top.at("as_of").word(),
        file=file,
        sha256=digest,
        sources=declarations.sources(top.at("sources")),
        assumptions=declarations.assumptions(top.at("assumptions")),
        facts=facts,
        tax_included=top.at("items").at("tax").at("included").number(Kind.RATE),
        at_once=AtOnce(frozenset(reading.timed) if reading.at_once is None else reading.at_once, at_once.provenance),
        discount=top.at("items").at("discount").provenance,
        timed=frozenset(reading.timed),
        categories=categories,
        category_spellings=declarations.spelt(top.at("items").at("categories"), categories),
        instead={
            name: entry.at("instead").names("categories")
            for name, entry in top.at("items").at("categories").keyed()
            if entry.has("instead")
        },
        fields=fields,
        measures=measures,
        definitions=definitions,
        profile=top.at("profile").names("definitions"),
        frames=found_frames,
        frame_spellings=declarations.spelt(
            top.at("frames"), {name: frame.label for name, frame in found_frames.items()}
        ),
        combinations=declarations.combinations(top.at("combine")),
        reminders=declarations.reminders(top.at("reminders")),
        read_of=dict(reading.read_of),  # known when all rules are read
    ), reading
