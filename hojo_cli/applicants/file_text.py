"""An applicant as the text of a file that `hojo` reads."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from hojo_cli.base.number import Kind, show
from hojo_cli.engine.applicant import Applicant, Item
from hojo_cli.rules.declared import FactValue, Ruleset


def text(ruleset: Ruleset, applicant: Applicant, expect: Mapping[str, int] | None = None, note: str = "") -> str:
    """The applicant file of a applicant."""
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
    facts = [f"{indent}  {name}: {_value(ruleset, name, value)}" for name, value in applicant.facts.items()]
    items = [f"{indent}  - {{{', '.join(_item(ruleset, item))}}}" for item in applicant.items]
    return [f"{indent}facts:", *facts] + ([f"{indent}items:", *items] if items else [])


def _value(ruleset: Ruleset, name: str, value: FactValue) -> str:
    spec = ruleset.facts[name]
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, frozenset):
        return f"[{', '.join(choice for choice in spec.choices if choice in value)}]"
    return show(value, Kind.RATE) if spec.kind == "rate" and not isinstance(value, str) else str(value)


def _item(ruleset: Ruleset, item: Item) -> Iterator[str]:
    yield f"category: {item.category}"
    if item.price is not None:
        yield f"monthly: {item.price.unit}"
        yield f"months: {item.months}"
    elif item.tax:
        yield f"amount: {item.cost + item.tax}"
        yield "tax: included"
    else:
        yield f"amount: {item.cost}"
    for name, spec in ruleset.fields.items():
        chosen = [choice for choice in spec.choices if choice in item.fields.get(name, ())]
        if chosen or (name in item.fields and name in ruleset.read_of.get(item.category, ())):
            yield f"{name}: [{', '.join(chosen)}]"
