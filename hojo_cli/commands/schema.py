"""`hojo schema applicant|ruleset`: JSON Schemas for editors and other tools."""

from __future__ import annotations

import json
from typing import Final

from hojo_cli.base.finding import THE_CALL, HojoError
from hojo_cli.messages import finding
from hojo_cli.report import Report
from hojo_cli.rules import library, ruleset

KINDS: Final = ("applicant", "ruleset")


def run(of: str, rules: str, lang: str) -> Report:
    """The applicant's schema is generated from a ruleset, in "ja", "en", or both where `lang` is empty; the ruleset's is shipped."""
    if of not in KINDS:
        raise HojoError(finding("HJ004", THE_CALL, name="schema", value=of, known=", ".join(KINDS)))
    if of == "ruleset":
        return Report(lambda: json.loads(library.schema_bytes()))
    from hojo_cli.applicants.applicant_schema import applicant_schema

    read = ruleset.load(rules or library.years()[0])
    return Report(lambda: applicant_schema(read, lang))
