"""`hojo schema applicant|ruleset|estimate|check|diff|verify|advise|curve`: JSON Schemas of what hojo reads, for editors, and of what it prints."""

from __future__ import annotations

import json
import re
from importlib import resources
from typing import Final

from hojo_cli.base.finding import THE_CALL, HojoError
from hojo_cli.messages import finding
from hojo_cli.results.report import Report
from hojo_cli.rules import library, ruleset

OUTPUTS: Final = ("estimate", "check", "diff", "verify", "advise", "curve")
"""The commands whose JSON has a schema in `hojo_cli/schemas/`."""


def run(of: str, rules: str, lang: str) -> Report:
    """The applicant's schema is generated from a ruleset, in "ja", "en", or both where `lang` is empty; all others are shipped."""
    if of not in ("applicant", "ruleset", *OUTPUTS):
        known = ", ".join(("applicant", "ruleset", *OUTPUTS))
        raise HojoError(finding("HJ004", THE_CALL, name="schema", value=of, known=known))
    if of in OUTPUTS:
        return Report(lambda: output_schema(of))
    if of == "ruleset":
        return Report(lambda: json.loads(library.schema_bytes()))
    from hojo_cli.applicants.applicant_schema import applicant_schema

    read = ruleset.load(rules or library.years()[0])
    return Report(lambda: applicant_schema(read, lang))


def output_schema(command: str) -> dict[str, object]:
    """The schema of what a command prints as JSON, with those parts of `shared.json` that it refers to."""
    folder = resources.files("hojo_cli") / "schemas"
    schema: dict[str, object] = json.loads((folder / f"{command}.json").read_text(encoding="utf-8"))
    shared = json.loads((folder / "shared.json").read_text(encoding="utf-8"))
    own = schema.setdefault("$defs", {})
    assert isinstance(own, dict)
    references = re.compile(r'"\$ref": "#/\$defs/([^"]+)"').findall
    pending = references(json.dumps(schema))
    while pending:
        name = pending.pop()
        if name not in own:
            own[name] = shared[name]
            pending += references(json.dumps(shared[name]))
    return schema
