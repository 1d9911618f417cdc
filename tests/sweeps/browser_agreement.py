"""The calculator's reader against the evaluator: `python tests/sweeps/browser_agreement.py [--node 20000] [--chromium 2000] [--forms 2000] [--missing 2000]`.

Random applicants of every ruleset, half of them with facts and item fields left out, judged in Node.js and in headless Chromium: status, yen,
eligible cost, the facts that stand in the way, and the yen of every line. And forms as people fill them in: what the page says of each, beside
what hojo says of the file it saves. And applicants of whom a few facts are missing: what may come of them and what is asked. Prints each difference, and how many were compared.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections import Counter
from html import unescape
from pathlib import Path
from subprocess import run as start
from typing import Final

sys.path[:0] = [str(Path(__file__).parent.parent), str(Path(__file__).parent.parent.parent)]

from chromium import CHROMIUM, QUIET
from filled_forms import filled_form
from in_node import HERE, Answer, data_of, run, said_here, said_there
from subjects import read, rules
from test_calculator import PROGRAMMES, YEARS, some, while_facts_are_missing

from hojo_cli.browser import calculator, ruleset_as_data
from hojo_cli.engine.applicant import Applicant

NAMES: Final = (*YEARS[:1] * 5, *YEARS[1:], *PROGRAMMES)
"""Half of the applicants are of the newest year."""
_AT_ONCE: Final = 500


def main() -> int:
    """1 where anything differs."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--node", type=int, default=20_000)
    asked.add_argument("--chromium", type=int, default=2_000)
    asked.add_argument("--forms", type=int, default=2_000)
    asked.add_argument("--missing", type=int, default=2_000)
    wanted = asked.parse_args()
    different = 0
    for where, many, judge in (("Node.js", wanted.node, in_node), ("Chromium", wanted.chromium, in_chromium)):
        met = Counter[str]()
        for first in range(0, many, _AT_ONCE):
            subjects = [
                (name, some(name, seed))
                for seed in range(first, min(first + _AT_ONCE, many))
                for name in (NAMES[seed % len(NAMES)],)
            ]
            for seed, ((name, subject), there) in enumerate(zip(subjects, judge(subjects), strict=True), first):
                here = said_here(rules(name), subject)
                met.update(f"{answer[0]}" for answer in here)
                if here != there:
                    different += 1
                    print(f"{where} {name} {seed}: {here} here, {there} there", flush=True)
        print(
            f"{where}: {many:,} applicants, {met.total():,} frames {dict(met)}, {different} differences so far",
            flush=True,
        )
    told, laid_out = while_facts_are_missing(range(1_000, 1_000 + wanted.missing))
    print(
        *told,
        f"missing: {wanted.missing:,} applicants, {laid_out:,} frames laid out, {len(told)} differences",
        sep="\n",
    )
    return 1 if different + len(told) + forms(wanted.forms) else 0


def in_node(subjects: list[tuple[str, Applicant]]) -> list[list[Answer]]:
    return said_there({name: rules(name) for name in dict(subjects)}, subjects)


def in_chromium(subjects: list[tuple[str, Applicant]]) -> list[list[Answer]]:
    """The same modules in one script of a page, whose answers are read off its text."""
    if CHROMIUM is None:
        raise SystemExit("there is no Chromium here")
    rulesets = {name: ruleset_as_data.ruleset(rules(name)) for name in dict(subjects)}
    given = {"rulesets": rulesets, "asked": [{"rules": name, "applicant": data_of(each)} for name, each in subjects]}
    applicants = re.sub(
        r'^import (.*) from "\.\./\.\./hojo_cli/browser/',
        r'import \1 from "./',
        (HERE / "applicants.js").read_text(),
        flags=re.MULTILINE,
    )
    script = "\n".join(
        (*map(calculator.scoped, ("exact", "reader")), calculator.enclosed("applicants", applicants), _ANSWERS)
    )
    data = json.dumps(given).replace("<", "\\u003c")
    page = f'<!doctype html><meta charset="utf-8"><pre id="said"></pre><script type="application/json" id="given">{data}</script><script>{script}</script>'
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        file = Path(folder) / "page.html"
        file.write_text(page, encoding="utf-8")
        done = start(
            [CHROMIUM, *QUIET, f"--user-data-dir={folder}/user", "--dump-dom", file.as_uri()],
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
    said = re.search(r'<pre id="said">(.*?)</pre>', done.stdout, re.DOTALL)
    assert said is not None, done.stderr
    answers: list[list[Answer]] = json.loads(unescape(said[1]))
    return answers


_ANSWERS: Final = """
const given = JSON.parse(document.getElementById("given").textContent);
const rulesets = applicants_js.rulesetsOf(given.rulesets);
const judged = ({ rules, applicant }) => applicants_js.answersOf(rulesets[rules].judge(applicants_js.applicantOf(applicant)));
document.getElementById("said").textContent = JSON.stringify(given.asked.map(judged));
"""


def forms(many: int) -> int:
    """How many forms come to something else than the file that is saved of them."""
    used, different = rules(), 0
    written = {YEARS[0]: ruleset_as_data.ruleset(used, shipped=True)}
    for first in range(0, many, _AT_ONCE):
        seeds = range(first, min(first + _AT_ONCE, many))
        found = run("forms.js", [written, *({"rules": YEARS[0], "form": filled_form(seed)} for seed in seeds)])
        for seed, said in zip(seeds, found, strict=True):
            here = said_here(used, read(said["file"], used))
            if [answer[:3] for answer in here] != [answer[:3] for answer in said["answers"]]:
                different += 1
                print(f"form {seed}: {here} in the file, {said['answers']} on the page", flush=True)
    print(f"forms: {many:,} filled in and saved, {different} differences")
    return different


if __name__ == "__main__":
    sys.exit(main())
