"""An applicant with some values changed, each change written `PATH=VALUE`: `facts.employees=6`, `items[0].amount=120万円`.

The nodes of the file are changed, so that whoever reads files reads the changed applicant, and finds the same things in it. What the
first change brings stands at line -1, the second's at -2: by that a finding is led back to its option. Indices count from 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from hojo_cli.applicants.items import ITEM_KEYS
from hojo_cli.applicants.members import MEMBER_KEYS
from hojo_cli.applicants.naming import KEYS_IN_JAPANESE
from hojo_cli.base.finding import Finding, Location, Text
from hojo_cli.base.record import NamedTuple
from hojo_cli.base.sanitize import shorten
from hojo_cli.base.suggest import candidates, meant, spellings, suggestion
from hojo_cli.document import Mapping as MappingNode, Node, parse_value
from hojo_cli.document.placing import BeyondError, Path, placed
from hojo_cli.messages import finding
from hojo_cli.rules.declared import Ruleset

_TOP: Final = ("corporate_number", "fiscal_year", "frame", "name", "facts", "items", "members")
"""The keys of a file that may be changed: `note` and `expect` make no difference to what it comes to."""
_INDEX: Final = r"\[([0-9]{1,5})\]"
_STEP: Final = rf"{_INDEX}|([^.\[\]]+)"


class Edit(NamedTuple):
    """What a change does: this value at the end of this path (None: nothing any more), as if it stood at this line."""

    path: Path
    value: Node | None
    change: str
    line: int


def at_option(change: str) -> Location:
    """The place of what a change brings: no line of a file."""
    return Location(f"--set {shorten(change)}", 0, 0)


def changed(root: MappingNode, changes: Sequence[str]) -> tuple[MappingNode, tuple[Finding, ...]]:
    """The file with the changes made to it, one after the other, and what is wrong with them besides `unknown_paths`.

    An empty value takes a key away. An entry of a list is taken away in the end, so that the indices of others are those of the file.
    """
    findings: list[Finding] = []
    edits: list[Edit] = []
    for number, change in enumerate(changes, 1):
        written, equals, text = change.partition("=")
        path = tuple(key or int(index) for index, key in re.findall(_STEP, written.strip()))
        if not equals or not path or isinstance(path[0], int):
            continue  # `unknown_paths` says why
        if not text.strip():
            edits.append(Edit(path, None, change, -number))
            continue
        value, told = parse_value(text.strip(), change, -number)
        findings += (each._replace(where=at_option(change)) for each in told)
        if value is not None:
            edits.append(Edit(path, value, change, -number))
    drops = {edit.path: edit for edit in edits if edit.value is None and isinstance(edit.path[-1], int)}
    last_first = sorted(drops, key=lambda path: [str(step).zfill(5) for step in path], reverse=True)
    for edit in (*(edit for edit in edits if edit.path not in drops), *(drops[path] for path in last_first)):
        try:
            node = placed(root, edit.path, edit.value, (edit.line, 1))
        except BeyondError as problem:
            path_written = edit.change.partition("=")[0].strip()
            findings.append(finding("HJ021", at_option(edit.change), path=path_written, count=problem.count))
        else:
            assert isinstance(node, MappingNode)  # its path begins with a key
            root = node
    return root, tuple(findings)


def led_back(findings: Iterable[Finding], changes: Sequence[str]) -> tuple[Finding, ...]:
    """The findings, each about a value that a change brought at its option."""
    return tuple(
        found._replace(where=at_option(changes[-1 - found.where.line])) if found.where.line < 0 else found
        for found in findings
    )


# --- paths ------------------------------------------------------------------------------------------------------------------


def known_paths(ruleset: Ruleset) -> tuple[str, ...]:
    """Every path under a ruleset, `[]` where an index stands."""
    facts = [f"facts.{name}" for name in ruleset.facts]
    items = ["items[]", *(f"items[].{key}" for key in (*ITEM_KEYS, *ruleset.fields))]
    member = [*MEMBER_KEYS, *facts, *items]
    return (*_TOP, *facts, *items, "members[]", *(f"members[].{path}" for path in member))


def unknown_paths(changes: Sequence[str], ruleset: Ruleset) -> tuple[Finding, ...]:
    """Changes without a path, and those whose path is none under a ruleset, with the nearest that is one."""
    known = known_paths(ruleset)
    findings = []
    for change in changes:
        path, equals = (part.strip() for part in change.partition("=")[:2])
        pattern = re.sub(_INDEX, "[]", path)
        if not equals or not path:
            findings.append(finding("HJ019", at_option(change), text=change))
        elif pattern not in known:
            indices = re.findall(_INDEX, path)  # those that were written, else the first of each list
            near = [each.replace("[]", "[{}]").format(*indices, 0, 0) for each in _nearest(pattern, known, ruleset)]
            findings.append(finding("HJ020", at_option(change), path=path, near=suggestion(*near) if near else _FORMS))
    return tuple(findings)


_FORMS: Final = Text(
    "`facts.事実=値`、`items[0].amount=120万円`、`members[0].facts.事実=値` のように書きます。",
    "Write `facts.FACT=VALUE`, `items[0].amount=1200000` or `members[0].facts.FACT=VALUE`.",
)


def _nearest(pattern: str, known: Sequence[str], ruleset: Ruleset) -> tuple[str, ...]:
    """The known paths that may have been meant: keys may be called by their labels, misspelt, or stand without what leads to them."""
    labels = {name: fact.label for name, fact in ruleset.facts.items()}
    labels |= {name: field.label for name, field in ruleset.fields.items()}
    words = {**KEYS_IN_JAPANESE, **spellings(labels)}
    keys = [meant(key, words) or key for key in pattern.replace("[]", "").split(".")]
    lists = {"items", "members"}
    parent = ".".join(f"{key}[]" if key in lists else key for key in keys[:-1])
    path = f"{parent}.{keys[-1]}" if parent else keys[-1]
    if path in known:
        return (path,)
    of_member = path.startswith("member")
    within = [each for each in known if not each.endswith("]") and each.startswith("members") is of_member]
    beside = {each.rpartition(".")[2]: each for each in within if each.rpartition(".")[0] == parent}
    near = tuple(beside[key] for key in candidates(keys[-1], beside))
    elsewhere = tuple(each for each in within if each.endswith(f".{keys[-1]}"))
    return near or elsewhere or (() if beside else candidates(path, within))
