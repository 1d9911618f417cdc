"""Small rulesets for the tests of `hojo verify`: one without fault, and what is laid over it."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from hojo_cli.base.finding import Finding, Severity
from hojo_cli.commands.verify import of_results
from hojo_cli.document import RULESET, parse, plain
from hojo_cli.rules import ruleset
from hojo_cli.verify import checks
from hojo_cli.verify.examined import Complaint, examine as examine_ruleset

FOLDER = Path(__file__).parent / "verify"
BASE = (FOLDER / "base.yaml").read_text(encoding="utf-8")


def laid_over(base: object, patch: object) -> object:
    """Mappings merge key by key and `null` removes a key; anything else replaces."""
    if not isinstance(base, dict) or not isinstance(patch, dict):
        return patch
    merged = dict(base)
    for key, value in patch.items():
        merged[key] = laid_over(base.get(key), value)
        if merged[key] is None:
            del merged[key]
    return merged


def ruleset_with(patch: str) -> bytes:
    """The base ruleset with a fragment of YAML laid over it."""
    base, over = (parse(text.encode(), "example.yaml", RULESET) for text in (BASE, patch))
    assert base.root is not None
    assert over.root is not None, over.findings
    return json.dumps(laid_over(plain(base.root), plain(over.root)), ensure_ascii=False).encode()


def examine(data: bytes, names: Iterable[str] = checks.CHECKS, sources: Path | None = FOLDER) -> list[Finding]:
    """What the command would report of these checks."""
    return [complaint.finding for complaint in complaints(data, names, sources)]


def complaints(data: bytes, names: Iterable[str] = checks.CHECKS, sources: Path | None = FOLDER) -> list[Complaint]:
    """The same with witnesses."""
    data, results = apart(data)
    known, findings = ruleset.examine(data, "example.yaml")
    if known is None or any(found.severity is Severity.ERROR for found in findings):
        return [Complaint(found) for found in findings]
    examined = examine_ruleset(ruleset.tree(data, "example.yaml"), known, "example.yaml", sources)
    told = [*(Complaint(found) for found in findings), *checks.complaints(examined, names)]
    return told if results is None else [*told, *of_results(results, "outcomes.yaml", known, sources)]


def apart(data: bytes) -> tuple[bytes, bytes | None]:
    """A ruleset, and the file of results that an example writes into it under `outcomes`."""
    if b'"outcomes"' not in data:
        return data, None
    whole = json.loads(data)
    results = {"sources": whole["sources"], **whole.pop("outcomes")}
    return json.dumps(whole, ensure_ascii=False).encode(), json.dumps(results, ensure_ascii=False).encode()


def examples(name: str) -> Iterator[tuple[bool, str]]:
    """The examples of a check's docstring: whether it is a bad one, and its YAML."""
    page = checks.CHECKS[name].__doc__ or ""
    for match in re.finditer(r"^(Bad|Good):\n((?:(?: {4}.*)?\n)+)", page, re.MULTILINE):
        yield match[1] == "Bad", "\n".join(line[4:] for line in match[2].splitlines())


def codes(name: str) -> set[str]:
    """The codes that a check's module may report."""
    path = checks.CHECKS[name].__file__
    assert path is not None
    return set(re.findall(r'"(HJ[35]\d\d)"', Path(path).read_text(encoding="utf-8")))
