"""`hojo.diff/1`: changes with their sources and witnesses, and the impact on applicants."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hojo_cli.base.sanitize import path_text
from hojo_cli.diff.clauses import Comparable, Side
from hojo_cli.diff.impact import Impact
from hojo_cli.diff.witness_file import applicant_data
from hojo_cli.diff.wording import text_of
from hojo_cli.drawing.entries import finding_data, ruleset_data
from hojo_cli.engine.judgement import Outcome
from hojo_cli.pages.diff_words import Shown
from hojo_cli.results import Citation

FORMAT: Final = "hojo.diff/1"


def data(compared: Comparable, shown: Sequence[Shown], impact: Impact | None, lang: str) -> dict[str, object]:
    """The JSON of the contract."""
    comparison = compared.comparison
    return {
        "format": FORMAT,
        "old": _head(compared.old, lang),
        "new": _head(compared.new, lang),
        "different": not comparison.empty,
        "changes": [change_data(each, lang) for each in shown],
        "renamed": [
            {"path": each.path, "old": text_of(each.old).into(lang), "new": text_of(each.new).into(lang)}
            for each in comparison.reworded
        ],
        "recited": [each.path for each in comparison.recited],
        "impact": None if impact is None else impact_data(impact, shown, lang),
        "findings": [] if impact is None else [finding_data(finding, lang) for finding in impact.failed],
    }


def _head(side: Side, lang: str) -> dict[str, object]:
    rules = side.ruleset
    return {
        "file": path_text(rules.file),
        **ruleset_data(rules, lang),
        "valid": {"from": rules.valid_from, "to": rules.valid_to},
    }


def change_data(each: Shown, lang: str) -> dict[str, object]:
    change, account, witness = each.clause.change, each.account, each.witness
    return {
        "id": change.path,
        "kind": change.kind,
        "part": account.part,
        "frame": account.frame or None,
        "frames": list(each.clause.frames),
        "place": account.place.into(lang),
        "old": None if change.old is None else account.old.into(lang),
        "new": None if change.new is None else account.new.into(lang),
        "old_source": _cited(account.old_source, lang),
        "new_source": _cited(account.new_source, lang),
        "effect": each.verdict,
        "witness": None
        if witness is None
        else {
            "frame": witness.frame,
            "old": _outcome(witness.old),
            "new": _outcome(witness.new),
            "alone": witness.alone,
            "applicant": applicant_data(witness.applicant, taxed=witness.taxed),
            "file": each.file or None,
        },
    }


def _outcome(outcome: Outcome) -> dict[str, object]:
    """Status and yen."""
    return {"status": str(outcome[0]), "subsidy": outcome[1]}


def _cited(citation: Citation | None, lang: str) -> dict[str, object] | None:
    """Where a rule stands."""
    if citation is None:
        return None
    return {"id": citation.id, "at": citation.at, "printed": citation.printed, "assume": citation.assume.into(lang)}


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
