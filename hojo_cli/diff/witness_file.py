"""A witness as an applicant file: safe file names from ids, the values as they stand in `hojo.diff/1` too."""

from __future__ import annotations

import re
from typing import Final

from hojo_cli.base.number import exact
from hojo_cli.diff.smaller import quoted
from hojo_cli.diff.witness import Witness
from hojo_cli.document import write
from hojo_cli.engine.applicant import Applicant, FactValue

_LONGEST: Final = 80


def file_name(number: int, path: str) -> str:
    """`07-frames.security.bands.only.cap.use.yaml`: the number keeps names apart, and apart from reserved ones."""
    safe = re.sub(r"[^A-Za-z0-9_.-]+", "-", path).strip("-.")
    return f"{number:02d}-{safe[:_LONGEST]}.yaml"


def text(witness: Witness, path: str) -> str:
    """YAML that `hojo estimate --rules OLD|NEW` reads; it names no year of its own."""
    title = re.sub(r"[\x00-\x1f\x7f\u2028\u2029]", "?", f"{path} ({witness.frame})")
    return f"# {title}\n{write({'name': path} | applicant_data(witness.applicant, taxed=witness.taxed))}"


def applicant_data(applicant: Applicant, *, taxed: bool) -> dict[str, object]:
    """An applicant as its file has it."""
    items = [
        {
            "category": item.category,
            ("monthly" if item.price is not None and item.price.per else "amount"): quoted(item),
            **({} if item.months is None else {"months": item.months}),
            **({"tax": "included"} if taxed else {}),
            **{field: sorted(names) for field, names in item.fields.items()},
        }
        for item in applicant.items
    ]
    return {
        "facts": {name: _value(value) for name, value in applicant.facts.items()},
        "items": items,
        "members": [applicant_data(member, taxed=taxed) for member in applicant.members],
    }


def _value(value: FactValue) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    return value if isinstance(value, (bool, str, int)) else exact(value)
