"""SARIF 2.1.0 with what GitHub code scanning asks for. Rules follow the results: only those that were met are told."""

from typing import Final

from hojo_cli import messages
from hojo_cli.base.finding import Severity, Text
from hojo_cli.base.sanitize import for_terminal, shorten
from hojo_cli.base.version import __version__
from hojo_cli.formats.drawing import entries
from hojo_cli.formats.drawing.fingerprint import Fingerprints
from hojo_cli.formats.drawing.repository import uri
from hojo_cli.formats.drawing.screen import Drawing, Screen
from hojo_cli.results.checked import Checked, Tally
from hojo_cli.results.head import RulesetHead

MOST: Final = {Severity.ERROR: 20_000, Severity.WARNING: 4_000, Severity.NOTE: 1_000}
"""Results of each severity. GitHub refuses a run of more than 25,000 and shows the 5,000 weightiest."""

LONGEST: Final = 1_000
"""Characters of a description; GitHub takes 1,024."""

HOME: Final = "urn:hojo-cli:documentation"
"""Where people learn about the tool."""

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


class SarifCheck(Drawing):
    """One run of a verb; results in the order of the inputs. GitHub keeps the results of each verb apart."""

    def __init__(self, head: RulesetHead | None, screen: Screen) -> None:
        super().__init__(head, screen)
        self._rules: dict[str, int] = {}
        self._written = dict.fromkeys(Severity, 0)
        self._left = dict.fromkeys(Severity, 0)
        self._fingerprints = Fingerprints()

    def begin(self) -> str:
        """Up to the list of results."""
        run = {
            "columnKind": "unicodeCodePoints",
            "automationDetails": {"id": f"hojo-{self.verb}/"},
            "language": self.lang,
        }
        head = entries.json_line({"$schema": _SCHEMA, "version": "2.1.0"}).removesuffix("}")
        return f'{head}, "runs": [{entries.json_line(run).removesuffix("}")}, "results": ['

    def add(self, checked: Checked) -> str:
        """A line for each finding that still has room."""
        lines = []
        for found in checked.findings:
            if self._written[found.severity] >= MOST[found.severity]:
                self._left[found.severity] += 1
                continue
            comma = "," if any(self._written.values()) else ""
            self._written[found.severity] += 1
            line, column = found.where.line, found.where.column
            place = {
                "artifactLocation": {"uri": uri(found.where.file)},
                "region": {"startLine": line, "startColumn": column, "endLine": line, "endColumn": column + 1},
            }
            fingerprint = self._fingerprints.of(checked, found)
            location: dict[str, object] = {"physicalLocation": place}
            if found.path:
                location["logicalLocations"] = [{"fullyQualifiedName": for_terminal(found.path), "kind": "property"}]
            result = {
                "ruleId": found.code,
                "ruleIndex": self._rules.setdefault(found.code, len(self._rules)),
                "level": str(found.severity),
                "message": {"text": entries.sentence(found, self.lang)},
                "locations": [location],
                "fingerprints": {"hojo/2": fingerprint},
                "partialFingerprints": {"primaryLocationLineHash": fingerprint},
            }
            lines.append(f"{comma}\n{entries.json_line(result)}")
        return "".join(lines)

    def close(self, tally: Tally) -> str:
        """The rules that were met, what was left out, and the numbers."""
        driver = {
            "name": "hojo",
            "fullName": f"hojo {self.verb}",
            "version": __version__,
            "semanticVersion": __version__,
            "informationUri": HOME,
            "rules": [_rule(code, self.lang) for code in self._rules],
        }
        notifications = [
            {"level": "note", "message": {"text": text.into(self.lang)}} for text in entries.numbers(tally)
        ]
        if left := [(entries.LEVELS[severity], number) for severity, number in self._left.items() if number]:
            rest = Text(
                "GitHub が受け取る上限のため、省いたものがあります: "
                + "、".join(f"{name.ja} {number:,}件" for name, number in left),
                "left out to stay within what GitHub accepts: "
                + ", ".join(f"{name.en} {number:,}" for name, number in left),
            )
            notifications.append({"level": "warning", "message": {"text": rest.into(self.lang)}})
        invocation = {"executionSuccessful": True, "toolExecutionNotifications": notifications}
        last = {"tool": {"driver": driver}, "invocations": [invocation]}
        return f"\n], {entries.json_line(last).removeprefix('{')}]}}\n"


def _rule(code: str, lang: str) -> dict[str, object]:
    entry = messages.entry(code)
    title, why = _described(entry.title.into(lang)), _described(entry.why.into(lang))
    hint = messages.outline(entry.hint).into(lang)
    severity = "recommendation" if entry.severity is Severity.NOTE else str(entry.severity)
    return {
        "id": code,
        "shortDescription": {"text": title},
        "fullDescription": {"text": why},
        "help": {"text": f"{title} {why} {hint}".strip(), "markdown": f"**{code}** {title}\n\n{why}\n\n{hint}".strip()},
        "defaultConfiguration": {"level": str(entry.severity)},
        "properties": {"precision": "very-high", "problem.severity": severity, "tags": ["hojo"]},
    }


def _described(text: str) -> str:
    """A sentence: SARIF wants descriptions to end like one."""
    shown = shorten(for_terminal(text), LONGEST)
    if shown.endswith((".", "。")):
        return shown
    return shown + ("." if shown.isascii() else "。")
