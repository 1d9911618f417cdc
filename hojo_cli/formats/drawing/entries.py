"""The entries of a batch, in words and as `hojo.check/1`: what every format of `hojo check` says alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from json import JSONEncoder
from typing import TYPE_CHECKING, Final

from hojo_cli.base.finding import SEVERITIES, Finding, Location, Severity, Text
from hojo_cli.base.sanitize import for_json, for_terminal, path_text
from hojo_cli.results.checked import Checked, FrameTally, Tally

if TYPE_CHECKING:
    from hojo_cli.base.citation import Citation
    from hojo_cli.results.advised import Border, Plan
    from hojo_cli.results.head import RulesetHead

FORMAT: Final = "hojo.check/1"
LEVELS: Final = {**{str(severity): name for severity, name in SEVERITIES.items()}, "ok": Text("問題なし", "ok")}
"""What a level is called, the worst first. Severities are the first three."""

STATUSES: Final = {
    "payable": (Text("申請可", "payable"), "good"),
    "ineligible": (Text("対象外", "ineligible"), "bad"),
    "below_floor": (Text("下限未満", "below floor"), "bad"),
    "no_cost": (Text("経費なし", "no cost"), "faint"),
    "incomplete": (Text("要回答", "incomplete"), "warn"),
}
"""What a frame comes to in a word, and its tone."""

_ENCODE: Final = JSONEncoder(ensure_ascii=False, allow_nan=False).encode
_RANKS: Final = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def json_line(data: object) -> str:
    """JSON without a line break, safe for whoever reads it (`for_json`)."""
    return for_json(_ENCODE(data))


def ruleset_data(head: RulesetHead, lang: str) -> dict[str, object]:
    """What names a ruleset."""
    return {
        "program": head.program,
        "fiscal_year": head.fiscal_year,
        "title": head.title.into(lang),
        "sha256": head.sha256,
    }


def result(checked: Checked, lang: str) -> dict[str, object]:
    """One input: every frame with its status and yen, the best of them together, borders where asked for, and every finding."""
    return {
        "file": path_text(checked.file),
        **({"record": checked.record} if checked.record else {}),
        "name": checked.name,
        "fiscal_year": checked.fiscal_year or None,
        "status": checked.level,
        "best": checked.best or None,
        "estimates": [
            {"frame": outcome.frame, "status": outcome.status, "subsidy": outcome.subsidy}
            for outcome in checked.outcomes
        ],
        "plan": plan_data(checked.plan),
        **({} if checked.near is None else {"near": [border_data(border, lang) for border in checked.near]}),
        "findings": [finding_data(finding, lang) for finding in checked.findings],
    }


def finding_data(finding: Finding, lang: str) -> dict[str, object]:
    """`{code, severity, file, line, column, path, message, hint}`, lines and columns from 1; `path` empty where it is not known."""
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "file": path_text(finding.where.file),
        "line": finding.where.line or 1,
        "column": finding.where.column or 1,
        **({"cell": finding.where.within} if finding.where.sheet else {}),
        "path": finding.path,
        "message": finding.message.into(lang),
        "hint": finding.hint.into(lang),
    }


def citation_data(cited: Citation, lang: str) -> dict[str, str]:
    """Where a figure stands, without what is empty."""
    data = {
        "id": cited.id,
        "title": cited.title,
        "at": cited.at,
        "printed": cited.printed,
        "assume": cited.assume.into(lang),
    }
    return {key: text for key, text in data.items() if text}


def plan_data(plan: Plan | None) -> dict[str, object] | None:
    """The best allowed set of frames."""
    if plan is None:
        return None
    parts = [{"frame": part.frame, "subsidy": part.subsidy, "items": list(part.items)} for part in plan.parts]
    return {"total": plan.total, "frames": parts, "at_most": plan.at_most}


def border_data(border: Border, lang: str) -> dict[str, object]:
    """A border of a number, as a file states numbers."""
    return {
        "what": border.what,
        "label": border.label.into(lang),
        "now": border.now,
        "border": border.border,
        "distance": border.distance,
        "frame": border.frame,
        "status": border.status,
        "from": border.before,
        "to": border.after,
        "jump": border.jump,
        "near": border.near,
        "by": border.clause.into(lang) or None,
        "source": citation_data(border.citations[0], lang) if border.citations else None,
        "set": list(border.settings),
    }


def summary(tally: Tally, lang: str) -> dict[str, object]:
    """`ruleset`, None where the files chose several, `rulesets`, all of them, and the batch in numbers."""
    rulesets = [ruleset_data(head, lang) for head in tally.rulesets]
    return {
        "ruleset": rulesets[0] if len(rulesets) == 1 else None,
        "rulesets": rulesets,
        "summary": {
            "inputs": tally.inputs,
            "ok": tally.levels["ok"],
            **{f"{severity}s": tally.levels[severity] for severity in reversed(Severity)},
            "skipped": [
                {"reason": reason.into(lang), "count": count} for reason, count in sorted(tally.skipped.items())
            ],
            "payable": tally.payable,
            "subsidy": tally.subsidy,
            "frames": [
                {
                    "fiscal_year": year,
                    "frame": name,
                    "payable": frame.payable,
                    "undecided": frame.undecided,
                    "best": frame.best,
                    "subsidy": frame.subsidy,
                }
                for year, name, _, frame in by_frame(tally)
            ],
        },
    }


def by_frame(tally: Tally) -> list[tuple[int, str, Text, FrameTally]]:
    """What each frame came to: year, id, label; the newest year first, in the order of its ruleset."""
    return [
        (ruleset.fiscal_year, frame.id, frame.label, tally.frames.get((ruleset.fiscal_year, frame.id), FrameTally()))
        for ruleset in tally.rulesets
        for frame in ruleset.frames.values()
    ]


def title(heads: Sequence[RulesetHead]) -> Text:
    """`hojo check`, and the rulesets it was done with."""
    if not heads:
        return Text("hojo check", "hojo check")
    ja, en = "、".join(head.title.ja for head in heads), ", ".join(head.title.en for head in heads)
    return Text(f"hojo check: {ja}", f"hojo check: {en}")


def numbers(tally: Tally) -> tuple[Text, ...]:
    """One sentence for the inputs, one for the yen, one for what was skipped, where there is any."""
    ok, notes, warnings, errors = (tally.levels[level] for level in ("ok", "note", "warning", "error"))
    sentences = [
        Text(
            f"点検 {tally.inputs:,}件: 問題なし {ok:,}・注記 {notes:,}・警告 {warnings:,}・誤り {errors:,}",
            f"{tally.inputs:,} checked: {ok:,} ok, {notes:,} with notes, {warnings:,} with warnings, {errors:,} wrong",
        )
    ]
    if tally.payable:
        sentences.append(
            Text(
                f"最もよい枠の補助額の合計: {tally.subsidy:,}円（{tally.payable:,}件）",
                f"best frames together: {tally.subsidy:,} yen ({tally.payable:,} payable)",
            )
        )
    if tally.skipped:
        skipped = sorted(tally.skipped.items())
        sentences.append(
            Text(
                "対象から外したもの: " + "、".join(f"{reason.ja} {count:,}" for reason, count in skipped),
                "skipped: " + ", ".join(f"{reason.en} {count:,}" for reason, count in skipped),
            )
        )
    return tuple(sentences)


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Errors, warnings, notes; each in the order they were found."""
    return sorted(findings, key=lambda finding: _RANKS[finding.severity])


def count(findings: Iterable[Finding], severity: Severity) -> int:
    """How many there are of one severity."""
    return sum(finding.severity is severity for finding in findings)


def subject(checked: Checked) -> str:
    """The input as people name it: `path` or `path#record`, safe to print."""
    return for_terminal(f"{checked.file}#{checked.record}" if checked.record else checked.file)


def place(where: Location) -> str:
    """`path:line:column`, safe to print."""
    return for_terminal(str(where))


def sentence(finding: Finding, lang: str) -> str:
    """Message and hint in one line."""
    parts = (part.into(lang).strip() for part in (finding.message, finding.hint))
    return for_terminal(" ".join(part for part in parts if part))
