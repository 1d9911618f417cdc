"""The only door for YAML: bytes in, nodes with positions out, every problem a located finding.

Nothing heavy is imported before `parse` runs (nor is what only some commands need: `validation`, `writing`); the scalars keep the text as it
was written, so that no amount ever becomes a float.
"""

from hojo_cli.base.finding import Finding
from hojo_cli.document.nodes import (
    APPLICANT as APPLICANT,
    RULESET as RULESET,
    TRUTHS as TRUTHS,
    Document as Document,
    Limits as Limits,
    Mapping as Mapping,
    Node as Node,
    Problem as Problem,
    Scalar as Scalar,
    Sequence as Sequence,
    entries_of as entries_of,
    is_null as is_null,
    items_of as items_of,
    paths as paths,
    placeholder as placeholder,
    plain as plain,
    with_paths as with_paths,
    word_of as word_of,
)
from hojo_cli.document.opening import read_file as read_file


def parse(data: bytes, name: str, limits: Limits = APPLICANT, *, pure: bool = False) -> Document:
    """The document in `data`, called `name` in findings; never raises for what is in it.

    `pure` asks for the parser without C extension. Findings come in the order of their places.
    """
    from hojo_cli.document.parsing import parse

    return parse(data, name, limits, pure=pure)


def parse_line(data: bytes, name: str, line: int) -> Document:
    """One line of JSON Lines, as `parse` reads a file; `json` is loaded where there is one."""
    from hojo_cli.document.json_line import parse_line

    return parse_line(data, name, line)


def parse_value(text: str, name: str, line: int) -> tuple[Node | None, tuple[Finding, ...]]:
    """A value as it may stand after a key of an applicant file, all of it at `line`; None where it cannot be read."""
    from hojo_cli.document.parsing import parse

    one_line = text.replace("\r", " ").replace("\n", " ")
    root, findings = parse(f"value: {one_line}".encode(errors="surrogatepass"), name, first_line=line)
    return (None if root is None else root.entries.get("value")), findings
