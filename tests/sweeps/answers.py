"""Freeze what hojo answers, and compare after a change that must not change it.

`python tests/sweeps/answers.py record DIR` copies the inputs of today into DIR and writes every answer beside them;
`python tests/sweeps/answers.py compare DIR [--show 5] [WORD…]` asks the same again of the code as it stands now and prints what differs, byte for byte
(only the runs whose name holds every WORD). Exit code 1 where something does.

Asked: `estimate` of all examples and cases as JSON, Markdown and tree in both languages; `estimate` of every broken file; `check` in every
format; `diff` and `verify` as JSON; the rulesets in words, the schemas, the blank files. Which bytes a ruleset has (its sha256) is no answer.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import re
import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from difflib import unified_diff
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

HERE: Final = Path(__file__).resolve().parent.parent.parent
RULESETS: Final = "tests/programmes"
INPUTS: Final = ("examples", "tests/cases", "tests/bad", RULESETS)
LANGUAGES: Final = ("ja", "en")
FORMATS: Final = ("table", "json", "jsonl", "csv", "markdown", "github", "gitlab", "junit", "sarif")
PAIRS: Final = (("2024", "2025"), ("2025", "2026"), ("2026", "tests/programmes/market.yaml"))


class Run(NamedTuple):
    """A command line, and the file its answer is kept in."""

    name: str
    words: tuple[str, ...]


def runs() -> Iterator[Run]:
    """Every question, asked from the folder of inputs."""
    cases = sorted(str(path) for path in Path("tests/cases").glob("**/*.yaml"))
    for file in (*sorted(map(str, Path("examples").glob("*.yaml"))), *cases):
        for format in ("json", "markdown", "tree"):
            for lang in LANGUAGES:
                yield Run(f"estimate/{file}.{lang}.{format}", ("estimate", file, "-f", format, "--lang", lang))
    for file in sorted(map(str, Path("tests/bad").glob("*/*"))):
        for lang in LANGUAGES:
            yield Run(f"bad/{file}.{lang}", ("estimate", file, "--format", "json", "--lang", lang))
    for format in FORMATS:
        for lang in LANGUAGES:
            asked = ("check", "examples", "tests/cases", "tests/bad/applicant", "-j", "1", "-f", format, "--lang", lang)
            yield Run(f"check/{format}.{lang}", asked)
    for old, new in PAIRS:
        for lang in LANGUAGES:
            yield Run(f"diff/{old}-{Path(new).stem}.{lang}", ("diff", old, new, "-f", "json", "--lang", lang))
    for ruleset in ("2024", "2025", "2026", *sorted(map(str, Path("tests/programmes").glob("*.yaml")))):
        stem = Path(ruleset).stem
        for lang in LANGUAGES:
            yield Run(f"verify/{stem}.{lang}", ("verify", ruleset, "-f", "json", "--lang", lang))
            yield Run(f"rules/{stem}.{lang}", ("rules", "show", ruleset, "-f", "markdown", "--lang", lang))
            yield Run(f"schema/{stem}.{lang}", ("schema", "applicant", "--rules", ruleset, "--lang", lang))
            yield Run(f"new/{stem}.{lang}", ("new", "--rules", ruleset, "--lang", lang))
            yield Run(f"new/{stem}.{lang}.csv", ("new", "-f", "csv", "--rules", ruleset, "--lang", lang))
    for year in ("2024", "2025", "2026"):
        yield Run(f"outcomes/{year}", ("rules", "show", year, "--outcomes", "-f", "json"))


def answer(words: tuple[str, ...]) -> str:
    """What the command line prints on both streams, and how it ends."""
    from hojo_cli import __main__ as door

    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    sys.argv = ["hojo", *words]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code: object = door.main()
        except SystemExit as end:
            code = end.code
    texts = []
    for stream in (out, err):
        stream.flush()
        assert isinstance(stream.buffer, io.BytesIO)
        texts.append(stream.buffer.getvalue().decode("utf-8", "surrogateescape"))
    return f"{texts[0]}\n--- said beside it ---\n{texts[1]}\n--- exit code {code} ---\n"


def without_digests(told: str) -> str:
    """An answer with every sha256, whole or as pages shorten it, blotted out."""
    return re.sub(r"\b[0-9a-f]{64}\b|(?<=sha256 )[0-9a-f]{12}\b", "…", told)


def answers(part: list[Run], inputs: Path) -> list[str]:
    """The answers of some runs, in their order."""
    os.chdir(inputs)
    sys.path.insert(0, str(HERE))
    os.environ.update(COLUMNS="80", TZ="UTC")
    return [answer(run.words) for run in part]


def asked(inputs: Path, words: list[str]) -> Iterator[tuple[Run, str]]:
    """Every run with its answer, worked out on all cores. Applicants are those of `inputs`, rulesets those of the checkout."""
    with TemporaryDirectory() as folder:
        for name in INPUTS:
            place = Path(folder, name)
            place.parent.mkdir(exist_ok=True)
            place.symlink_to((HERE if name == RULESETS else inputs) / name)
        yield from worked_out(Path(folder), words)


def worked_out(inputs: Path, words: list[str]) -> Iterator[tuple[Run, str]]:
    """The runs whose name holds every word, asked from this folder."""
    os.chdir(inputs)
    chosen = [run for run in runs() if all(word in run.name for word in words)]
    parts = [chosen[start : start + 50] for start in range(0, len(chosen), 50)]
    with ProcessPoolExecutor() as pool:
        for part, told in zip(parts, pool.map(answers, parts, [inputs] * len(parts)), strict=True):
            yield from zip(part, told, strict=True)


def main() -> int:
    """Exit code 1 where an answer differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("verb", choices=("record", "compare"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("words", nargs="*")
    parser.add_argument("--show", type=int, default=5)
    options = parser.parse_args()
    folder = options.folder.resolve()
    inputs, kept = folder / "inputs", folder / "answers"
    if options.verb == "record":
        for name in INPUTS:
            shutil.copytree(HERE / name, inputs / name, dirs_exist_ok=True)
    count = differing = 0
    for run, told in asked(inputs, options.words):
        count += 1
        path = kept / run.name
        if options.verb == "record":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(told.encode("utf-8", "surrogateescape"))
            continue
        before = path.read_bytes().decode("utf-8", "surrogateescape") if path.exists() else ""
        was, now = without_digests(before), without_digests(told)
        if now != was:
            differing += 1
            if differing <= options.show:
                print(f"\n== {run.name}")
                print("\n".join([*unified_diff(was.splitlines(), now.splitlines(), lineterm="", n=1)][:30]))
            elif differing <= 200:
                print(f"== {run.name}")
    print(f"{count} answers, {differing} differ" if options.verb == "compare" else f"{count} answers kept")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
