"""Fuzzed inputs through every command, in this process and by the door users come in by; what may never happen is collected."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final, NamedTuple
from xml.etree import ElementTree as ET

import fuzzed

from hojo_cli import __main__ as door
from hojo_cli.applicants.interview import Interview
from hojo_cli.batch import inspection
from hojo_cli.batch.intake.piece import Piece
from hojo_cli.cli.run import run as run_hojo
from hojo_cli.commands import new as new_command, verify
from hojo_cli.engine.evaluator import Evaluator
from hojo_cli.explanation import explain
from hojo_cli.pages import diff
from hojo_cli.rules import library, ruleset
from hojo_cli.verify.examined import examine

LONGEST: Final = 2
"""Seconds of processor time that one input may take."""
BOUNDARIES: Final = 20.0
"""Where a file for every border of a ruleset is asked for, as long as the shipped ones may take."""
HUNG: Final = 120
"""Seconds after which a command is ended, whatever it waits for."""
RECORDS: Final = 10
"""Applicants of one JSON Lines or CSV file."""


slowest: Final[list[float]] = []
"""Seconds of a processor that each input of the last call of `check` took."""


class Trial(NamedTuple):
    """One call of hojo: its arguments, how many inputs it is handed, and answers for who is asked."""

    kind: str
    arguments: list[str]
    inputs: int
    answers: str = ""


class Fault(NamedTuple):
    """What may never happen, and how to see it again."""

    what: str
    seed: str
    trial: Trial


class Count:
    """Inputs by kind; those of them that got past the first checks, and were judged, compared, examined or written."""

    def __init__(self) -> None:
        self.inputs: Counter[str] = Counter()
        self.past: Counter[str] = Counter()
        self.seconds: dict[str, float] = {}
        self.slowest: dict[str, tuple[float, str]] = {}
        self.faults: list[Fault] = []

    def add(self, other: Count) -> None:
        self.inputs += other.inputs
        self.past += other.past
        for kind, seconds in other.seconds.items():
            self.seconds[kind] = self.seconds.get(kind, 0) + seconds
        self.faults += other.faults
        for kind, slowest in other.slowest.items():
            self.slowest[kind] = max(slowest, self.slowest.get(kind, (0.0, "")))


_FORMS: Final = {"check yaml": ".yaml", "check json": ".json", "check jsonl": ".jsonl", "check csv": ".csv"}
SHARES: Final = {
    "estimate": 25,
    "check yaml": 14,
    "check json": 11,
    "check jsonl": 5,
    "check csv": 4,
    "diff": 3,
    "verify": 3,
    "new": 6,
}
"""How often each kind of trial is drawn; a trial of JSON Lines or CSV has several inputs."""
_CHECKS: Final = ("table", "json", "jsonl", "csv", "markdown", "github", "gitlab", "junit", "sarif")


def trial(random: Random, folder: Path) -> Trial:
    """Files in the folder, and a call that reads them."""
    kind = random.choices([*SHARES], [*SHARES.values()])[0]
    common = (
        random.choice(([], ["--lang", "en"], ["--lang", "ja"], ["--color"], ["--quiet"]))
        if random.randrange(3) == 0
        else []
    )
    if kind == "estimate":
        path = _written(folder, ".yaml", fuzzed.yaml_file(random) if random.randrange(4) else fuzzed.json_file(random))
        said = random.choice(([], [], ["--explain"], ["--rules", random.choice(fuzzed.YEARS)], ["--frame", "general"]))
        return Trial(
            kind,
            ["estimate", path, "--format", random.choice(("table", "json", "markdown", "tree")), *said, *common],
            1,
        )
    if kind in _FORMS:
        return Trial(*_checked(random, folder, kind, common))
    if kind == "new":
        return _new(random, folder, common)
    programme = random.choice(fuzzed.PROGRAMMES)
    path = _written(folder, ".yaml", fuzzed.ruleset_file(random, programme))
    if kind == "verify":
        said = ["--format", random.choice(("table", "json", "markdown", "sarif", "github"))]
        if random.randrange(20) == 0:
            said += ["--boundaries", str(folder / "boundaries")]
        return Trial(kind, ["verify", path, *said, *common], 1)
    order = [str(programme), path] if random.randrange(2) else [path, str(programme)]
    said = ["--witness", str(folder / "witness")] if random.randrange(4) == 0 else []
    return Trial(kind, ["diff", *order, "--format", random.choice(("table", "json", "markdown")), *said, *common], 1)


def _checked(random: Random, folder: Path, kind: str, common: list[str]) -> tuple[str, list[str], int]:
    inputs = RECORDS if kind in ("check jsonl", "check csv") else 1
    data = {
        "check yaml": lambda: fuzzed.yaml_file(random),
        "check json": lambda: fuzzed.json_file(random),
        "check jsonl": lambda: fuzzed.jsonl_file(random, inputs),
        "check csv": lambda: fuzzed.csv_file(random, inputs),
    }[kind]()
    path = _written(folder, _FORMS[kind], data)
    said = random.choice(([], [], [], ["--strict"], ["--rules", random.choice(fuzzed.YEARS)]))
    if kind == "check yaml" and random.randrange(8) == 0:
        said = ["--update-expect"]
    if kind == "check csv" and random.randrange(8) == 0:
        said = ["--encoding", "cp932"]
    return kind, ["check", path, "--format", random.choice(_CHECKS), "--jobs", "1", *said, *common], inputs


def _new(random: Random, folder: Path, common: list[str]) -> Trial:
    said = ["--rules", random.choice(fuzzed.YEARS)]
    if random.randrange(3) == 0:
        said = ["--rules", _written(folder, ".yaml", fuzzed.ruleset_file(random, random.choice(fuzzed.PROGRAMMES)))]
    if random.randrange(3) == 0:
        return Trial("new", ["new", *said, "--format", random.choice(("yaml", "csv")), *common], 1)
    answers = [
        random.choice(("", "1", "2", "１", "はい", "いいえ", "y", "n", "3人", "300万円", *fuzzed.NASTY))
        for _ in range(60)
    ]
    text = "\n".join(answer.replace("\n", " ") for answer in answers[: random.choice((3, 20, 60))])
    return Trial("new", ["new", *said, "--interactive", *common], 1, text + "\n")


def _written(folder: Path, end: str, data: bytes) -> str:
    path = folder / f"a{end}"
    path.write_bytes(data)
    return str(path)


# --- running ---------------------------------------------------------------------------------------------------------------------


class _Hung(BaseException):
    """A command that does not end."""


def _alarm(_number: int, _frame: object) -> None:
    raise _Hung


@contextmanager
def prepared(past: Counter[str]) -> Iterator[None]:
    """Shipped rulesets are read and lowered once for all; what comes behind the first checks counts itself in `past`."""
    load, inspected = ruleset.load, inspection.Inspector.__call__
    kept = cache(load)
    lowered = cache(lambda year, traced: Evaluator(kept(year), traced=traced))

    def loaded(name: str) -> Any:
        return kept(name) if name in library.years() else load(name)

    def lowered_once(rules: Any, *, traced: bool) -> Any:
        year = next((year for year in library.years() if kept(year) is rules), None)
        return Evaluator(rules, traced=traced) if year is None else lowered(year, traced)

    def timed(inspector: inspection.Inspector, piece: Piece) -> inspection.Verdict:
        start = time.process_time()
        verdict = inspected(inspector, piece)
        slowest.append(time.process_time() - start)
        return verdict

    def counted(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            past["now"] += 1
            return function(*given, **named)

        return call

    changes: list[tuple[Any, str, Any]] = [
        (ruleset, "load", loaded),
        (inspection, "evaluator", lowered_once),
        (inspection.Inspector, "__call__", timed),
        (inspection.Inspector, "judged", counted(inspection.Inspector.judged)),
        (explain, "estimates", counted(explain.estimates)),
        (diff, "page", counted(diff.page)),
        (verify, "examine", counted(examine)),
        (new_command, "write", counted(new_command.write)),
        (Interview, "hold", counted(Interview.hold)),
        (new_command, "_somebody_there", lambda: True),
    ]
    before = [(place, name, getattr(place, name)) for place, name, _ in changes]
    for place, name, value in changes:
        setattr(place, name, value)
    signal.signal(signal.SIGALRM, _alarm)
    try:
        yield
    finally:
        for place, name, value in before:
            setattr(place, name, value)


def run(first: int, many: int, folder: Path, seed: str) -> Count:
    """So many trials, each from its own seed."""
    count, past = Count(), Counter[str]()
    os.environ["HOJO_DEBUG"] = "1"
    with prepared(past):
        for number in range(first, first + many):
            made = trial(Random(f"{seed}/{number}"), folder)
            past.clear()
            for fault in attempt(made, count, f"{seed}/{number}"):
                count.faults.append(Fault(fault, f"{seed}/{number}", made))
            count.inputs[made.kind] += made.inputs
            count.past[made.kind] += min(past["now"], made.inputs)
    return count


class Said(NamedTuple):
    """What came of a call: its exit code (or what ended it), both outputs, and the seconds of a processor it and its slowest input took."""

    code: object
    out: str
    told: str
    took: float
    slowest: float


def call(made: Trial) -> Said:
    """Run it in this process, by the door users come in by."""
    out, told = _Output(), _Output()
    stdin, argv = sys.stdin, sys.argv
    sys.argv, sys.stdin = ["hojo", *made.arguments], io.StringIO(made.answers)
    slowest.clear()
    start = time.process_time()
    signal.setitimer(signal.ITIMER_REAL, HUNG)
    code: object
    try:
        with redirect_stdout(out), redirect_stderr(told):
            code = run_hojo()
    except _Hung:
        code = f"still running after {HUNG} s"
    except SystemExit as ended:
        code = ended.code
    except KeyboardInterrupt:
        code = door.INTERRUPTED if made.answers else "interrupted"
    except Exception as problem:  # noqa: BLE001  # what nobody foresaw is what is looked for
        code = f"{type(problem).__name__}: {problem}"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        sys.argv, sys.stdin = argv, stdin
    took = time.process_time() - start
    return Said(code, out.text(), told.text(), took, max(slowest, default=took))


def attempt(made: Trial, count: Count, seed: str) -> Iterator[str]:
    """Run it; everything about it that may never happen."""
    said = call(made)
    count.seconds[made.kind] = count.seconds.get(made.kind, 0) + said.took
    count.slowest[made.kind] = max((said.slowest, seed), count.slowest.get(made.kind, (0.0, "")))
    if said.slowest > (BOUNDARIES if "--boundaries" in made.arguments else LONGEST):
        yield f"{said.slowest:.1f} s"
    if said.code not in (0, 1, 2, *((door.INTERRUPTED,) if made.answers else ())):
        yield str(said.code)
    yield from unsafe(said.out, said.told, made.arguments)


class _Output(io.TextIOWrapper):
    """Standard output of a process: text and bytes."""

    def __init__(self) -> None:
        self.bytes = io.BytesIO()
        super().__init__(self.bytes, encoding="utf-8", errors="replace", newline="\n", write_through=True)

    def text(self) -> str:
        self.flush()
        return self.bytes.getvalue().decode()


_UNSEEN: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufff9-\ufffb\U000e0001-\U000e007f]"
)
_COLOURS: Final = re.compile("\x1b\\[[0-9;]*m")


def unsafe(out: str, told: str, arguments: list[str]) -> Iterator[str]:
    """A bug that is told, text that reaches a terminal, a runner or a spreadsheet as more than text, a format that is none."""
    form = arguments[arguments.index("--format") + 1] if "--format" in arguments else ""
    for text in (out, told):
        if "HJ099" in text or "Traceback" in text:
            yield next(line for line in text.splitlines() if "HJ099" in line or "Traceback" in line)
        bare = _COLOURS.sub("", text) if "--color" in arguments and text is out else text
        bare = bare.removeprefix("\ufeff").replace("\r\n", "\n") if form == "csv" else bare
        if found := _UNSEEN.search(bare):
            yield f"the character {found.group()!r} in {bare[max(0, found.start() - 40) : found.end() + 40]!r}"
        for line in (
            () if text is out and "--interactive" in arguments else text.split("\n")
        ):  # a file made of one's own answers
            command = line.lstrip().startswith("::") and not (
                form == "github" and re.match("::(error|warning|notice) |::group::hojo |::endgroup::$", line)
            )
            if command or ("##[" in line and form != "github"):
                yield f"a command to a runner: {line[:120]!r}"
    if out and "--quiet" not in arguments and "--interactive" not in arguments:
        try:
            _readable(out, form)
        except (ValueError, ET.ParseError) as problem:
            yield f"not {form}: {problem}"


def _readable(out: str, form: str) -> None:
    if form in ("json", "gitlab", "sarif"):
        json.loads(out)
    elif form == "jsonl":
        for line in out.splitlines():
            json.loads(line)
    elif form == "junit":
        ET.fromstring(out)
