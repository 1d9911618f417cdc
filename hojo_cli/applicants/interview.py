"""`hojo new --interactive`: the facts asked one by one, each answer checked by the same reader as a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from hojo_cli.applicants import applicant, blank
from hojo_cli.base.finding import Finding, Severity, Text
from hojo_cli.base.sanitize import for_terminal
from hojo_cli.base.suggest import meant, plain
from hojo_cli.document import parse
from hojo_cli.engine.applicant import Applicant
from hojo_cli.engine.evaluator import case_of_facts, evaluator
from hojo_cli.explanation.words import Words
from hojo_cli.files import streams
from hojo_cli.rules.declared import FactSpec, Ruleset

_WELCOME: Final = Text(
    "分かることだけ答えてください。分からないときは何も書かずに Enter を押します。",
    "Answer what you know; press Enter alone where you do not.",
)
_NAME: Final = Text("申請者の名前", "The applicant's name")
_NUMBERED: Final = Text("番号・id・名前のどれでも答えられます。", "Answer by number, id or label.")
_YES: Final = {"y": "true", "yes": "true", "n": "false", "no": "false"}


def ask_on_terminal(text: str) -> str:
    """A line from the terminal; the question goes to standard error, so that standard output holds the file alone."""
    streams.say(text)
    return input()


class Interview:
    """Answers by fact, as the applicant wrote them (a choice by its id)."""

    def __init__(self, ruleset: Ruleset, lang: str, prompt: Callable[[str], str] = ask_on_terminal) -> None:
        self.ruleset = ruleset
        self.lang = lang
        self.prompt = prompt
        self.words = Words(ruleset)
        self.name = ""
        self.answers: dict[str, str] = {}

    def hold(self) -> None:
        """Ask for the name, then for every fact that matters after the answers so far."""
        streams.say(_WELCOME.into(self.lang))
        self.name = self.prompt(_NAME.into(self.lang)).strip()
        for spec in self.ruleset.facts.values():
            if self.matters(spec):
                self.ask(spec)

    def matters(self, spec: FactSpec) -> bool:
        """Whether the ruleset wants it asked, as far as is known."""
        if spec.of_members or spec.instead_of in self.answers:
            return False
        if spec.asked_if is None:
            return True
        file, _ = self.read(self.answers)
        applicant = Applicant("", {}, ()) if file is None else file.applicant
        return evaluator(self.ruleset, traced=False).holds(spec.asked_if, case_of_facts(applicant.facts)) is not False

    def ask(self, spec: FactSpec) -> None:
        """Until the answer can be read, or there is none."""
        question = self.question(spec)
        while answer := self.prompt(question).strip():
            written = self.chosen(spec, answer)
            _, findings = self.read(self.answers | {spec.id: written})
            errors = [finding for finding in findings if finding.severity is Severity.ERROR]
            if not errors:
                self.answers[spec.id] = written
                return
            for error in errors:
                streams.say(f"  {error.message.into(self.lang)} {error.hint.into(self.lang)}".rstrip())

    def question(self, spec: FactSpec) -> str:
        lines = [f"{spec.label.into(self.lang)}: {spec.ask.into(self.lang)}"]
        for number, (name, label) in enumerate(spec.choices.items(), 1):
            lines.append(f"  {number}. {label.into(self.lang)} ({name})")
        if spec.choices:
            lines.append(f"  {_NUMBERED.into(self.lang)}")
        if unit := blank.unit(spec, self.lang):
            lines.append(f"  {unit}")
        if spec.look_up.into(self.lang):
            lines.append(f"  ({spec.look_up.into(self.lang)})")
        return "\n" + "\n".join(map(for_terminal, lines))

    def chosen(self, spec: FactSpec, answer: str) -> str:
        """The id of a choice given by its number or label; yes and no as true and false."""
        if spec.kind == "boolean":
            return _YES.get(plain(answer).casefold(), answer)
        if spec.kind == "set":
            return ", ".join(self.choice(spec, part) for part in blank.several(answer))
        return self.choice(spec, answer)

    def choice(self, spec: FactSpec, answer: str) -> str:
        chosen = meant(answer, spec.spellings)
        if chosen is not None:
            return chosen
        names, number = list(spec.choices), plain(answer)
        if number.isascii() and number.isdecimal() and 1 <= int(number) <= len(names):
            return names[int(number) - 1]
        return answer

    def read(self, answers: dict[str, str]) -> tuple[applicant.ApplicantFile | None, tuple[Finding, ...]]:
        """The answers as a file would say them."""
        lines = "".join(
            f"  {name}: {blank.written(self.ruleset.facts[name], value)}\n" for name, value in answers.items()
        )
        document = parse(f"facts:\n{lines}".encode(errors="surrogatepass"), "-")
        if document.root is None:
            return None, document.findings
        read = applicant.load(document.root, self.ruleset, "-")
        return read.file, read.findings
