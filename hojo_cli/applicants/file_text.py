"""An applicant as the text of a file that `hojo` reads."""

from __future__ import annotations

import json
from collections.abc import Mapping

from hojo_cli.base.number import Kind, show
from hojo_cli.engine.applicant import Applicant
from hojo_cli.rules.declared import Ruleset


def text(ruleset: Ruleset, applicant: Applicant, expect: Mapping[str, int] | None = None, note: str = "") -> str:
    """The applicant file of an applicant."""
    lines = [f"fiscal_year: {ruleset.fiscal_year}", *_body(ruleset, applicant, "")]
    if applicant.members:
        lines.append("members:")
        for member in applicant.members:
            first, *rest = _body(ruleset, member, "    ")
            lines += [f"  - {first.strip()}", *rest]
    if note:
        lines.append(f"note: {json.dumps(note, ensure_ascii=False)}")
    if expect:
        lines += ["expect:", *(f"  {frame}: {yen}" for frame, yen in expect.items())]
    return "\n".join(lines) + "\n"


def _body(ruleset: Ruleset, applicant: Applicant, indent: str) -> list[str]:
    lines = [f"{indent}facts:"]
    for name, value in applicant.facts.items():
        spec = ruleset.facts[name]
        if isinstance(value, frozenset):
            said = f"[{', '.join(choice for choice in spec.choices if choice in value)}]"
        elif isinstance(value, bool | str):
            said = str(value).lower() if isinstance(value, bool) else value
        else:
            said = show(value, Kind.RATE) if spec.kind == "rate" else str(value)
        lines.append(f"{indent}  {name}: {said}")
    if applicant.items:
        lines.append(f"{indent}items:")
    for item in applicant.items:
        entries = [f"category: {item.category}"]
        if item.price is not None:
            entries += [f"monthly: {item.price.unit}", f"months: {item.months}"]
        else:
            entries += [f"amount: {item.cost + item.tax}", "tax: included"] if item.tax else [f"amount: {item.cost}"]
        for name, field in ruleset.fields.items():
            chosen = [choice for choice in field.choices if choice in item.fields.get(name, ())]
            if chosen or (name in item.fields and name in ruleset.read_of.get(item.category, ())):
                entries.append(f"{name}: [{', '.join(chosen)}]")
        lines.append(f"{indent}  - {{{', '.join(entries)}}}")
    return lines
