"""`parse`: the bytes of one file to its nodes, with every problem as a located finding."""

import re
from typing import Final

from ruamel.yaml.error import YAMLError

from hojo_cli.base.finding import Finding, Location, Severity, Text
from hojo_cli.document.building import build
from hojo_cli.document.decoding import Decoded, decode, place
from hojo_cli.document.events import LONGEST_RUN, endless_run, engine, slower
from hojo_cli.document.nodes import APPLICANT, Document, Limits, Mapping, Node, Problem, Scalar, is_null
from hojo_cli.document.recognition import APPLICANT_FILE, RULESET_FILE, by_content
from hojo_cli.document.strictness import Refused
from hojo_cli.document.syntax import colon_trap, diagnose
from hojo_cli.messages import finding

_DIRECTIVE: Final = r"(?:[ \t]*+(?:#[^\r\n]*+)?(?:\r\n?+|\n))*+%"
"""A `%` before any content; possessive throughout, so that no file makes it search for long."""

_BOUNDS: Final = frozenset(("HJ140", "HJ141", "HJ142", "HJ143"))

# ruamel lets these escape on damaged input (`%YAML 1.6`, `? [?z ?]`), without a position.
_ESCAPED: Final = (AssertionError, AttributeError, KeyError, IndexError, TypeError, ValueError, StopIteration)


class FileFindings:
    """The findings of one file, as many as its limit allows."""

    def __init__(self, file: str, most: int) -> None:
        self.file = file
        self.most = most
        self.findings: list[Finding] = []

    def report(self, code: str, at: tuple[int, int], /, **words: object) -> None:
        """Put one finding on record; `Refused` where there are too many."""
        self.findings.append(finding(code, Location(self.file, *at), **words))
        if len(self.findings) == self.most:
            self.findings.append(finding("HJ145", Location(self.file, *at), most=self.most))
            raise Refused

    def only(self, problem: Problem) -> None:
        """A syntax error makes every other complaint doubtful: notes stay, the rest goes."""
        self.findings = [found for found in self.findings if found.severity is Severity.NOTE]
        self.report(problem.code, problem.at, **problem.words)

    def passed_a_bound(self) -> bool:
        """Whether the last finding is a bound: the file is refused as a whole, for that reason alone."""
        if not self.findings or self.findings[-1].code not in _BOUNDS:
            return False
        notes = [found for found in self.findings if found.severity is Severity.NOTE]
        self.findings = [*notes, self.findings[-1]]
        return True


def parse(data: bytes, name: str, limits: Limits = APPLICANT, *, first_line: int = 1, pure: bool = False) -> Document:
    """See `hojo_cli.document.parse`."""
    record = FileFindings(name, limits.findings)
    try:
        root = top_mapping(data, limits, record, first_line, pure)
    except Refused:
        root = None
    wanted = RULESET_FILE if limits.size > APPLICANT.size else APPLICANT_FILE
    if root is None and not record.passed_a_bound() and (sort := by_content(data, name)):
        record.only(Problem("HJ171", (1, 1), sort.words(name, wanted)))
    if any(found.code == "HJ115" for found in record.findings):
        rows = data.decode(errors="replace").split("\n")
        record.findings = [as_template(found, rows, first_line) for found in record.findings]
        if any(found.code == "HJ174" for found in record.findings):
            root = None
    if len(record.findings) > 1:
        record.findings.sort(key=lambda found: found.where[1:])
    return Document(root, tuple(record.findings))


def top_mapping(data: bytes, limits: Limits, record: FileFindings, first_line: int, pure: bool) -> Mapping | None:
    """The top mapping; None, with the reason on record, where there is none."""
    is_ruleset = limits.size > APPLICANT.size
    start, slow = engine(pure)
    if slow:
        limits = slower(limits)
    if len(data) > limits.size:
        record.report("HJ105", (1, 1), most=limits.size)
        return None
    decoded = decode(data, record.report)
    if decoded is None:
        return None
    if directive := re.match(_DIRECTIVE, decoded.text):
        record.report("HJ119", place(decoded.text, directive.end() - 1))
        return None
    if slow and (run := endless_run(decoded.text)) is not None:
        record.report("HJ143", place(decoded.text, run), most=LONGEST_RUN)
        raise Refused
    try:
        node = build(start(*decoded), limits, record.report, first_line)
    except (YAMLError, *_ESCAPED) as error:
        record.only(diagnose(decoded.text, error))
        raise Refused from None
    if isinstance(node, Mapping):
        return node
    problem = no_mapping(node, decoded, is_ruleset)
    record.report(problem.code, problem.at, **problem.words)
    return None


def no_mapping(node: Node | None, decoded: Decoded, is_ruleset: bool) -> Problem:
    """What stands where the mapping of a file should, and how one begins."""
    if node is None or is_null(node):
        blank = Text("`hojo new` で作ったひな形", "the blank file that `hojo new` writes")
        copy = Text("前の年度のルールセットの写し", "a copy of the ruleset of the year before")
        return Problem("HJ110", (1, 1), {"start": copy if is_ruleset else blank})
    if isinstance(node, Scalar) and (problem := colon_trap(decoded.text, node.line - 1)):
        return problem
    value, items = Text("一つの値", "a single value"), Text("`-` の並び", "a list of `-` items")
    first = "hojo: 1" if is_ruleset else "name: 株式会社サンプル"
    found = value if isinstance(node, Scalar) else items
    return Problem("HJ111", (node.line, node.column), {"found": found, "first": first})


def as_template(found: Finding, rows: list[str], first_line: int) -> Finding:
    """A key that is no text is, between two braces, the place that a template should have filled."""
    where = found.where
    if found.code != "HJ115" or not (row := rows[where.line - first_line])[: where.column].endswith("{{"):
        return found
    return finding("HJ174", where._replace(column=where.column - 1), text=row.strip())
