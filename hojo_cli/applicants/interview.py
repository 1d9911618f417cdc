"""`hojo new --interactive`: who applies and what is bought, asked one by one, each answer checked by the same reader as a file.

What comes next follows from what is answered so far: first what the applicant is, then what is bought, then what can still change the
result. So an interview may begin with any file, and going back is taking an earlier state again.
"""

from __future__ import annotations

from typing import Final

from hojo_cli.applicants import applicant, blank
from hojo_cli.applicants.applicant import ApplicantFile
from hojo_cli.applicants.asking import BackError, Prompt, Question, on_lines
from hojo_cli.applicants.draft import Draft
from hojo_cli.applicants.questions import Asking
from hojo_cli.applicants.state import State
from hojo_cli.base.finding import Finding, Severity, Text
from hojo_cli.base.suggest import meant, plain
from hojo_cli.document import parse
from hojo_cli.engine.applicant import Applicant
from hojo_cli.files import streams
from hojo_cli.rules.declared import Ruleset

_WELCOME: Final = Text(
    "分かることだけ答えてください。分からないときは何も書かずに Enter、前の質問に戻るには「<」と書きます。"
    "Ctrl-C で、そこまでを残して終わります。",
    "Answer what you know; Enter alone where you do not, `<` for the question before. Ctrl-C ends and keeps what was answered.",
)
_WELCOME_MENUS: Final = Text(
    "分かることだけ答えてください。Esc で前の質問に戻り、Ctrl-C で、そこまでを残して終わります。",
    "Answer what you know. Esc leads back to the question before; Ctrl-C ends and keeps what was answered.",
)
_FIRST: Final = Text("これが最初の質問です。", "This is the first question.")
_NEEDED: Final = Text("ここには答えが要ります。", "This needs an answer.")


class Interview:
    """A state, and those before it. `kept` is what was answered last: whoever goes back and stops there loses nothing."""

    def __init__(self, ruleset: Ruleset, lang: str, prompt: Prompt = on_lines, draft: Draft = blank.EMPTY) -> None:
        self.ruleset = ruleset
        self.lang = lang
        self.prompt = prompt
        self.asking = Asking(ruleset, lang, self.judged)
        self.state = State.of(draft)
        self.before: list[State] = []
        self.kept = draft
        self.answers: dict[str, str] = {}

    def hold(self) -> None:
        """Until nothing that is still unknown can change the result, or nobody knows it."""
        streams.say((_WELCOME if self.prompt is on_lines else _WELCOME_MENUS).into(self.lang))
        while (question := self.asking.next(self.state)) is not None:
            question = question._replace(written=self.answers.get(question.key, question.written))
            try:
                answer = self.prompt(question, self.lang).strip()
            except BackError:
                if self.before:
                    self.state = self.before.pop()
                else:
                    streams.say(f"  {_FIRST.into(self.lang)}")
                continue
            self.take(question, answer)

    def take(self, question: Question, answer: str) -> None:
        """The state with an answer; the same one, and what is wrong, where it cannot be read."""
        if not answer and question.required:
            streams.say(f"  {_NEEDED.into(self.lang)}")
            return
        answer = self.chosen(question, answer)
        state = self.asking.answered(self.state, question, answer)
        for draft in state.probes():
            if problems := self.problems(draft):
                for problem in problems:
                    streams.say(f"  {problem}")
                return
        self.before.append(self.state)
        self.state = state
        self.kept = state.draft
        self.answers[question.key] = answer

    def chosen(self, question: Question, answer: str) -> str:
        """The id of a choice given by its number or label; several as a list."""
        if not question.choices or not answer:
            return answer
        if question.several:
            return f"[{', '.join(self.choice(question, part) for part in blank.several(answer))}]"
        return self.choice(question, answer)

    def choice(self, question: Question, answer: str) -> str:
        chosen = meant(answer, question.spellings) or meant(answer.casefold(), question.spellings)
        if chosen is not None:
            return chosen
        names, number = list(question.choices), plain(answer)
        if number.isascii() and number.isdecimal() and 1 <= int(number[:9]) <= len(names):
            return names[int(number[:9]) - 1]
        return answer

    def problems(self, draft: Draft) -> list[str]:
        """What is wrong with the answers as a file would say them."""
        loaded = self.read(draft)
        errors = [found for found in loaded[1] if found.severity is Severity.ERROR]
        return [f"{found.message.into(self.lang)} {found.hint.into(self.lang)}".rstrip() for found in errors]

    def judged(self, draft: Draft) -> Applicant:
        """Who is judged, as far as answered."""
        file, _ = self.read(draft)
        return Applicant("", {}, ()) if file is None else file.applicant

    def read(self, draft: Draft) -> tuple[ApplicantFile | None, tuple[Finding, ...]]:
        """The answers as a file would say them."""
        document = parse(blank.text(self.ruleset, self.lang, draft).encode(errors="surrogatepass"), "-")
        if document.root is None:
            return None, document.findings
        loaded = applicant.load(document.root, self.ruleset, "-", overruled=True)
        return loaded.file, (*document.findings, *loaded.findings)
