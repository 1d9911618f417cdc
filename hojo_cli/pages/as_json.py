"""Records as JSON: which fields of each are shown, texts in one language, sources without what is empty, exact numbers."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from hojo_cli.base.citation import Citation
from hojo_cli.base.finding import Finding, Text
from hojo_cli.base.number import exact
from hojo_cli.base.sanitize import path_text
from hojo_cli.base.texts import EMPTY
from hojo_cli.formats.drawing.entries import citation_data, finding_data, plan_data
from hojo_cli.results.advised import Plan
from hojo_cli.results.estimated import (
    Context,
    Counted,
    Duty,
    Estimate,
    Explained,
    LineResult,
    Met,
    NextBand,
    Reduction,
    Result,
    Step,
    Trait,
)
from hojo_cli.rules.declared import Assumption

KEYS: Final[Mapping[type, str]] = {
    Result: "file name fiscal_year best frame profile estimates plan together reminders findings",
    Trait: "id label holds because source",
    Estimate: "frame label status subsidy eligible_cost own_cost possible requirements lines reductions missing assumptions"
    " next_band context",
    NextBand: "label needs",
    Met: "id label holds band needs source",
    LineResult: "id label cost subsidy items steps",
    Counted: "label cost counted whose source",
    Step: "label cost rate yen whose source parts",
    Reduction: "reason label yen of whose source parts",
    Explained: "label value source parts",
    Context: "fiscal_year title label applied granted forecast source",
    Duty: "id label frames source",
    Assumption: "id label why readings",
}
"""The keys of records of which not everything is shown, or in another order; any other record is shown as it is."""

_FIELDS: Final = {
    "source": "citation",
    "items": "counted",
    "profile": "traits",
    "reminders": "duties",
    "readings": "conflict",
}
"""The fields of keys that are called otherwise than these."""

_OR_NULL: Final = ("best", "frame", "band", "fiscal_year")
"""Keys whose empty value is null."""

_AMOUNTS: Final = (Counted, Step, Reduction)
"""Records whose numbers are text, whole or not: they are exact on the way to whole yen."""


def as_json(value: Any, lang: str) -> Any:
    """What JSON has for a value. (Any: a record's field, and what becomes of it.)"""
    match value:
        case Text():
            return value.into(lang)
        case Finding():
            return finding_data(value, lang)
        case Fraction():
            return int(value) if value.denominator == 1 else exact(value)
        case Citation():
            return citation_data(value, lang)
        case Plan():
            return plan_data(value)
    if not hasattr(value, "_fields"):  # no record
        return [as_json(part, lang) for part in value if part != EMPTY] if isinstance(value, tuple) else value
    shown = KEYS.get(type(value), " ".join(value._fields).replace("citation", "source"))
    data: dict[str, object] = {}
    for key in shown.split():
        field = getattr(value, key if hasattr(value, key) else _FIELDS[key])
        if isinstance(value, _AMOUNTS) and isinstance(field, int | Fraction):
            data[key] = exact(field)
        else:
            data[key] = (as_json(field, lang) or None) if key in _OR_NULL else as_json(field, lang)
    match value:
        case Result(file):
            data["file"] = path_text(file)
        case Estimate(possible=(low, high)):
            data["possible"] = {"low": low, "high": high}
        case Step(yen=None):
            data["yen"] = "0"
    return data
