"""`parse`: the bytes of one file to its nodes, with every problem as a located finding."""

import re
from typing import Final, NamedTuple

from hojo_cli.base.finding import Finding, Location, Severity, Text
from hojo_cli.document.building import build
from hojo_cli.document.decoding import Decoded, decode, place
from hojo_cli.document.events import LONGEST_RUN, endless_run, engine, slower
from hojo_cli.document.nodes import APPLICANT, Document, Limits, Mapping, Node, Scalar, is_null
from hojo_cli.document.strictness import Stopped
from hojo_cli.messages import finding

_DIRECTIVE: Final = r"(?:[ \t]*+(?:#[^\r\n]*+)?(?:\r\n?+|\n))*+%"
"""A `%` before any content; possessive throughout, so that no file makes it search for long."""

_BOUNDS: Final = frozenset(("HJ140", "HJ141", "HJ142", "HJ143"))


class Record:
    """The findings of one file, as many as its limit allows."""

    def __init__(self, file: str, most: int) -> None:
        self.file = file
        self.most = most
        self.findings: list[Finding] = []

    def report(self, code: str, line: int, column: int, /, **words: object) -> None:
        """Put one finding on record; `Stopped` where there are too many."""
        self.findings.append(finding(code, Location(self.file, line, column), **words))
        if len(self.findings) == self.most:
            where = Location(self.file, line, column)
            self.findings.append(finding("HJ145", where, most=self.most))
            raise Stopped

    def only(self, code: str, line: int, column: int, words: dict[str, object]) -> None:
        """A syntax error makes every other complaint doubtful: notes stay, the rest goes."""
        self.findings = self._notes()
        self.report(code, line, column, **words)

    def stopped(self) -> None:
        """A file that passes a bound is refused as a whole, for that reason alone."""
        last = self.findings[-1:]
        if last and last[0].code in _BOUNDS:
            self.findings = self._notes() + last

    def _notes(self) -> list[Finding]:
        return [kept for kept in self.findings if kept.severity is Severity.NOTE]


def parse(data: bytes, name: str, limits: Limits = APPLICANT, *, pure: bool = False) -> Document:
    """The document in `data`, called `name` in findings; never raises for what is in it.

    `pure` asks for the parser without C extension. Findings come in the order of their places.
    """
    record = Record(name, limits.findings)
    try:
        root = _root(data, limits, record, pure)
    except Stopped:
        record.stopped()
        root = None
    if root is None and not any(found.code in _BOUNDS for found in record.findings):
        from hojo_cli.document.recognition import APPLICANT_FILE, RULESET_FILE, by_content

        if sort := by_content(data, name):
            record.only(
                "HJ171", 1, 1, sort.words(name, RULESET_FILE if limits.size > APPLICANT.size else APPLICANT_FILE)
            )
    if any(found.code == "HJ115" for found in record.findings):
        from hojo_cli.document.syntax import retold

        rows = data.decode(errors="replace").split("\n")
        record.findings = [retold(found, rows) for found in record.findings]
        if any(found.code == "HJ174" for found in record.findings):
            root = None
    if len(record.findings) > 1:
        record.findings.sort(key=lambda found: found.where[1:])
    return Document(root, tuple(record.findings))


def _root(data: bytes, limits: Limits, record: Record, pure: bool) -> Mapping | None:
    beginning = _BEGINNINGS["ruleset" if limits.size > APPLICANT.size else "applicant"]
    if engine(pure).slow:
        limits = slower(limits)
    if len(data) > limits.size:
        record.report("HJ105", 1, 1, most=limits.size)
        return None
    decoded = decode(data, record.report)
    if decoded is None:
        return None
    if directive := re.match(_DIRECTIVE, decoded.text):
        record.report("HJ119", *place(decoded.text, directive.end() - 1))
        return None
    node = _node(decoded, limits, record, pure)
    if isinstance(node, Mapping):
        return node
    _no_mapping(node, decoded.text, record, beginning)
    return None


def _node(decoded: Decoded, limits: Limits, record: Record, pure: bool) -> Node | None:
    start, kinds, slow = engine(pure)
    if slow and (run := endless_run(decoded.text)) is not None:
        record.report("HJ143", *place(decoded.text, run), most=LONGEST_RUN)
        raise Stopped
    try:
        return build(start(*decoded), kinds, limits, record.report)
    except (kinds.error, *_LEAKS) as problem:
        from hojo_cli.document.syntax import diagnose

        record.only(*diagnose(decoded.text, problem))
        raise Stopped from None


# ruamel lets these escape on damaged input (`%YAML 1.6`, `? [?z ?]`), without a position.
_LEAKS: Final = (
    AssertionError,
    AttributeError,
    KeyError,
    IndexError,
    TypeError,
    ValueError,
    StopIteration,
)


class _Beginning(NamedTuple):
    """How a file of a sort begins: what to start from, and its first line."""

    start: Text
    first: str


_BEGINNINGS: Final = {
    "applicant": _Beginning(
        Text("`hojo new` で作ったひな形", "the blank file that `hojo new` writes"), "name: 株式会社サンプル"
    ),
    "ruleset": _Beginning(Text("前の年度のルールセットの写し", "a copy of the ruleset of the year before"), "hojo: 1"),
}


def _no_mapping(node: Node | None, text: str, record: Record, beginning: _Beginning) -> None:
    from hojo_cli.document.syntax import colon_trap

    if node is None or is_null(node):
        record.report("HJ110", 1, 1, start=beginning.start)
    elif isinstance(node, Scalar):
        code, line, column, words = colon_trap(text, node.line - 1) or (
            "HJ111",
            node.line,
            node.column,
            {"found": Text("一つの値", "a single value"), "first": beginning.first},
        )
        record.report(code, line, column, **words)
    else:
        found = Text("`-` の並び", "a list of `-` items")
        record.report("HJ111", node.line, node.column, found=found, first=beginning.first)
