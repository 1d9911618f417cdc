"""Findings as data."""

from hojo_cli.finding import Finding


def data(finding: Finding, lang: str) -> dict[str, object]:
    """`{code, severity, file, line, column, message, hint}`, lines and columns from 1."""
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "file": finding.where.file,
        "line": finding.where.line,
        "column": finding.where.column,
        "message": finding.message.into(lang),
        "hint": finding.hint.into(lang),
    }
