"""Parts of `hojo.diff/1`: witnesses and the impact on applicants."""

from __future__ import annotations

from collections.abc import Sequence

from hojo_cli.base.number import exact
from hojo_cli.base.sanitize import path_text
from hojo_cli.diff.impact import Impact
from hojo_cli.diff.smaller import quoted
from hojo_cli.engine.applicant import Applicant, FactValue
from hojo_cli.engine.compile import Outcome
from hojo_cli.pages.diff_words import Shown
from hojo_cli.report import Citation


def subsidy(outcome: Outcome) -> dict[str, object]:
    """Status and yen."""
    return {"status": str(outcome[0]), "subsidy": outcome[1]}


def cited(citation: Citation | None, lang: str) -> dict[str, object] | None:
    """Where a rule stands."""
    if citation is None:
        return None
    return {"id": citation.id, "at": citation.at, "printed": citation.printed, "assume": citation.assume.into(lang)}


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


def impact_data(impact: Impact, shown: Sequence[Shown], lang: str) -> dict[str, object]:
    """All applicants together."""
    return {
        "paths": [path_text(path) for path in impact.paths],
        "files": [path_text(file) for file in impact.files],
        "more_files": impact.more,
        "inputs": impact.inputs,
        "failed": len(impact.failed),
        "undecided": impact.undecided,
        "missing": dict(impact.missing),
        "old": impact.old,
        "new": impact.new,
        "difference": impact.new - impact.old,
        "gain": impact.gain,
        "lose": impact.lose,
        "same": impact.same,
        "become_eligible": impact.become,
        "stop_being_eligible": impact.stop,
        "frames": {
            name: {
                "old": frame.old,
                "new": frame.new,
                "old_payable": frame.old_payable,
                "new_payable": frame.new_payable,
            }
            for name, frame in impact.frames.items()
        },
        "attribution": [
            {"id": each.clause.change.path, "place": each.account.place.into(lang), "yen": part}
            for each, part in zip(shown, impact.parts, strict=True)
            if each.clause.switched is not None
        ],
        "interaction": impact.interaction,
        "movements": [
            {"file": path_text(each.file), "record": each.record, "name": each.name, "old": each.old, "new": each.new}
            for each in impact.movements
        ],
    }
