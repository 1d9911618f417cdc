"""What `hojo verify` found, as data and as a page: the verdict first, then errors, warnings and notes with their places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hojo_cli.base.finding import SEVERITIES, Severity, Text, untranslated
from hojo_cli.base.sanitize import path_text
from hojo_cli.formats.drawing.entries import count, finding_data, ruleset_data
from hojo_cli.pages.as_json import as_json
from hojo_cli.results.report import Answer, Block, Heading, Paragraph, Remark
from hojo_cli.results.verified import Verified


def data(rulesets: Sequence[Verified], lang: str) -> dict[str, object]:
    """`{"format": "hojo.verify/1", "rulesets": [...]}`."""
    shown = []
    for verified in rulesets:
        head = verified.head
        named = (
            dict.fromkeys(("program", "fiscal_year", "title", "sha256")) if head is None else ruleset_data(head, lang)
        )
        found = {
            "numbers": verified.numbers,
            **{f"{severity}s": count(verified.findings, severity) for severity in Severity},
            "findings": [
                finding_data(finding, lang) | {"witness": witness or None}
                for finding, witness in zip(verified.findings, verified.witnesses, strict=True)
            ],
            "coverage": as_json(verified.coverage, lang),
            "boundary_files": verified.written,
        }
        shown.append({"file": path_text(verified.file), **named, **found})
    return {"format": "hojo.verify/1", "rulesets": shown}


def page(rulesets: Sequence[Verified], *, notes: bool) -> Iterator[Block]:
    """Each ruleset with its verdict, then the worst findings first; without `notes` it says how many there are."""
    yield Heading(Text("ルールセットの検証", "Verification of rulesets"), 1)
    for verified in rulesets:
        yield _answer(verified)
        pairs = list(zip(verified.findings, verified.witnesses, strict=True))
        for severity in Severity:
            for finding, witness in pairs:
                if finding.severity is severity and (notes or severity is not Severity.NOTE):
                    where = finding.where
                    yield Remark(finding, f"{where.file}:{where.line}:{where.column}", witness)
        hidden = 0 if notes else count(verified.findings, Severity.NOTE)
        if hidden:
            folded = Text(
                f"注記 {hidden}件は `--notes` で1件ずつ示します。",
                f"`--notes` lists the {hidden} notes." if hidden != 1 else "`--notes` shows the note.",
            )
            yield Paragraph(folded, "faint")


def _answer(verified: Verified) -> Answer:
    """How many errors, warnings and notes, and what else was asked for."""
    counts = {severity: count(verified.findings, severity) for severity in Severity}
    ja = "、".join(f"{SEVERITIES[severity].ja} {number}件" for severity, number in counts.items())
    en = ", ".join(
        f"{number} {SEVERITIES[severity].en}{'' if number == 1 else 's'}" for severity, number in counts.items()
    )
    tone = "bad" if counts[Severity.ERROR] else "warn" if counts[Severity.WARNING] else "good"
    head = verified.head
    if head is None:
        title = untranslated(verified.file)
        verdict = Text(
            f"{ja}。直すと、残りの点検に進めます。", f"{en}. Once they are corrected, the other checks can run."
        )
    else:
        title = Text(f"{verified.file}: {head.title.ja}", f"{verified.file}: {head.title.en}")
        verdict = Text(
            f"数字 {verified.numbers}個を点検しました。{ja}。", f"{verified.numbers} figures examined: {en}."
        )
    sentences = [Paragraph(verdict, tone)]
    if verified.coverage is not None:
        cases, changes, noticed = verified.coverage.cases, verified.coverage.changes, verified.coverage.noticed
        noticing = Text(
            f"事例 {cases}件は、小さな変更 {changes}通りのうち {noticed}通りに気付きます。",
            f"{cases} cases notice {noticed} of {changes} small changes.",
        )
        sentences.append(Paragraph(noticing))
    if verified.written is not None:
        files = Text(
            f"境目の申請者ファイルを {verified.written}個書きました。", f"{verified.written} boundary files written."
        )
        sentences.append(Paragraph(files))
    return Answer(title, tuple(sentences), 2)
