"""`hojo.diff/1`: changes with their sources and witnesses, and the impact on applicants."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hojo_cli.base.citation import Citation
from hojo_cli.base.sanitize import path_text
from hojo_cli.diff.clauses import Comparable, Side
from hojo_cli.diff.totals import Group, Impact, in_order
from hojo_cli.diff.witness import applicant_data
from hojo_cli.diff.wording import text_of
from hojo_cli.engine.judgement import Outcome
from hojo_cli.formats.drawing.entries import finding_data, ruleset_data
from hojo_cli.pages.as_json import as_json
from hojo_cli.pages.diff_words import Shown

FORMAT: Final = "hojo.diff/1"


def data(compared: Comparable, shown: Sequence[Shown], impact: Impact | None, lang: str) -> dict[str, object]:
    """The JSON of the contract."""
    comparison = compared.comparison
    return {
        "format": FORMAT,
        "old": _head(compared.old, lang),
        "new": _head(compared.new, lang),
        "different": not comparison.empty,
        "changes": [change_data(change, lang) for change in shown],
        "renamed": [
            {"path": reworded.path, "old": text_of(reworded.old).into(lang), "new": text_of(reworded.new).into(lang)}
            for reworded in comparison.reworded
        ],
        "recited": [recited.path for recited in comparison.recited],
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


def change_data(change: Shown, lang: str) -> dict[str, object]:
    clause, account, witness = change.clause, change.account, change.witness
    return {
        "id": clause.change.path,
        "kind": clause.change.kind,
        "part": account.part,
        "frame": account.frame or None,
        "frames": list(clause.frames),
        "place": account.place.into(lang),
        "old": None if clause.change.old is None else account.old.into(lang),
        "new": None if clause.change.new is None else account.new.into(lang),
        "old_source": _cited(account.old_source, lang),
        "new_source": _cited(account.new_source, lang),
        "effect": change.verdict,
        "witness": None
        if witness is None
        else {
            "frame": witness.frame,
            "old": _outcome(witness.old),
            "new": _outcome(witness.new),
            "alone": witness.alone,
            "applicant": applicant_data(witness.applicant, taxed=witness.taxed),
            "file": change.file or None,
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
        "failed": len(impact.failed) + impact.refused,
        "undecided": impact.undecided,
        "unexamined": impact.unexamined,
        "bounds": {
            "old": {"low": impact.bounds.old_low, "high": impact.bounds.old_high},
            "new": {"low": impact.bounds.new_low, "high": impact.bounds.new_high},
        },
        "missing": dict(impact.missing),
        **_moved(impact),
        "become_eligible": impact.become,
        "stop_being_eligible": impact.stop,
        "frames": {name: as_json(frame, lang) for name, frame in impact.frames.items()},
        "attribution": [
            {"id": change.clause.change.path, "place": change.account.place.into(lang), "yen": yen}
            for change, yen in zip(shown, impact.parts, strict=True)
            if change.clause.switched is not None
        ],
        "interaction": impact.interaction,
        "by": [
            {
                "column": name,
                "groups": [
                    {
                        "value": value,
                        "applicants": group.applicants + group.undecided,
                        "undecided": group.undecided,
                        **_moved(group),
                    }
                    for value, group in in_order(groups)
                ],
            }
            for name, groups in impact.groups.items()
        ],
        "movements": [as_json(each, lang) | {"file": path_text(each.file)} for each in impact.movements],
    }


def _moved(total: Impact | Group) -> dict[str, int]:
    """The yen of several applicants, and for how many they move."""
    return {
        "old": total.old,
        "new": total.new,
        "difference": total.new - total.old,
        "gain": total.gain,
        "lose": total.lose,
        "same": total.same,
    }
