"""What `hojo verify` found, as data and as a page: the verdict first, then errors, warnings and notes with their places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from hojo_cli.base.finding import Finding, Severity, Text
from hojo_cli.base.sanitize import path_text
from hojo_cli.pages import findings
from hojo_cli.report import Block, Bullets, Coverage, Heading, Paragraph, Verified

_TONES: Final = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.NOTE: "faint"}
_NAMES: Final = {
    Severity.ERROR: Text("誤り", "error"),
    Severity.WARNING: Text("警告", "warning"),
    Severity.NOTE: Text("注記", "note"),
}


def data(found: Sequence[Verified], lang: str) -> dict[str, object]:
    """`{"format": "hojo.verify/1", "rulesets": [...]}`."""
    return {"format": "hojo.verify/1", "rulesets": [_ruleset(one, lang) for one in found]}


def _ruleset(one: Verified, lang: str) -> dict[str, object]:
    head = one.head
    return {
        "file": path_text(one.file),
        "program": head.program if head else None,
        "fiscal_year": head.fiscal_year if head else None,
        "title": head.title.into(lang) if head else None,
        "sha256": head.sha256 if head else None,
        "numbers": one.numbers,
        **{f"{severity}s": _count(one, severity) for severity in Severity},
        "findings": [
            findings.data(found, lang) | {"witness": witness or None}
            for found, witness in zip(one.findings, one.witnesses, strict=True)
        ],
        "coverage": _coverage(one.coverage),
        "boundary_files": one.written,
    }


def _coverage(coverage: Coverage | None) -> dict[str, int] | None:
    return (
        None
        if coverage is None
        else {"cases": coverage.cases, "changes": coverage.changes, "noticed": coverage.noticed}
    )


def page(found: Sequence[Verified], *, notes: bool) -> Iterator[Block]:
    """One section for each ruleset; without `notes` it says how many there are and how to see them."""
    yield Heading(Text("ルールセットの検証", "Verification of rulesets"), 1)
    for one in found:
        title = (
            Text(one.file, one.file)
            if one.head is None
            else Text(f"{one.file}: {one.head.title.ja}", f"{one.file}: {one.head.title.en}")
        )
        yield Heading(title)
        yield _verdict(one)
        yield from _extras(one)
        for severity in Severity:
            if severity is not Severity.NOTE or notes:
                yield from _group(one, severity)
        if not notes and (count := _count(one, Severity.NOTE)):
            yield Paragraph(_folded(count), "faint")


def _folded(count: int) -> Text:
    return Text(
        f"注記 {count}件は `--notes` で1件ずつ示します。",
        f"`--notes` lists the {count} notes." if count != 1 else "`--notes` shows the note.",
    )


def _verdict(one: Verified) -> Paragraph:
    counts = [_count(one, severity) for severity in Severity]
    ja = "、".join(f"{_NAMES[severity].ja} {count}件" for severity, count in zip(Severity, counts, strict=True))
    en = ", ".join(
        f"{count} {_NAMES[severity].en}{'' if count == 1 else 's'}"
        for severity, count in zip(Severity, counts, strict=True)
    )
    tone = "bad" if counts[0] else "warn" if counts[1] else "good"
    if one.head is None:
        return Paragraph(
            Text(f"{ja}。直すと、残りの点検に進めます。", f"{en}. Once they are corrected, the other checks can run."),
            tone,
        )
    return Paragraph(
        Text(f"数字 {one.numbers}個を点検しました。{ja}。", f"{one.numbers} figures examined: {en}."), tone
    )


def _extras(one: Verified) -> Iterator[Block]:
    if one.coverage is not None:
        cases, changes, noticed = one.coverage.cases, one.coverage.changes, one.coverage.noticed
        yield Paragraph(
            Text(
                f"事例 {cases}件は、小さな変更 {changes}通りのうち {noticed}通りに気付きます。",
                f"{cases} cases notice {noticed} of {changes} small changes.",
            )
        )
    if one.written is not None:
        yield Paragraph(
            Text(f"境目の申請者ファイルを {one.written}個書きました。", f"{one.written} boundary files written.")
        )


def _group(one: Verified, severity: Severity) -> Iterator[Block]:
    """The findings of one severity; an error or a warning is followed by its witness."""
    for found, witness in zip(one.findings, one.witnesses, strict=True):
        if found.severity is severity:
            yield Bullets((_line(found),), "-", _TONES[severity])
            if witness and severity is not Severity.NOTE:
                yield Paragraph(Text("    こうなる申請者の例:", "    An applicant who shows it:"), "faint")
                for line in witness.splitlines():
                    yield Paragraph(Text(f"      {line}", f"      {line}"), "faint")


def _line(found: Finding) -> Text:
    return Text(_sentence(found, "ja"), _sentence(found, "en"))


def _sentence(found: Finding, lang: str) -> str:
    where, name = found.where, _NAMES[found.severity].into(lang)
    parts = [found.message.into(lang)]
    if found.severity is not Severity.NOTE:
        parts.append(found.hint.into(lang))
    gap = "" if lang == "ja" else " "
    return f"{where.file}:{where.line}:{where.column} {name} {found.code} {gap.join(part for part in parts if part)}"


def _count(one: Verified, severity: Severity) -> int:
    return sum(found.severity is severity for found in one.findings)
