"""Whole processes side by side: what hojo costs to start, as a multiple of `python -c pass`.

    python benchmarks/startup.py [--rounds 15] [--peers FOLDER]

Run it with the interpreter of an environment where hojo is installed normally (not editable). `--peers` makes an environment in
FOLDER (once) with yamllint and check-jsonschema. Commands take turns, so that a busy machine slows all of them; what is compared
is processor time (user + system), lower quartile. Nothing is asserted: only ratios of one run mean anything.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

APPLICANT = """\
name: 見本の商店
fiscal_year: 2026
facts:
  entity: company
  industry: retail
  capital: 300万円
  employees: 4人
  deemed_large: いいえ
  past_grant: いいえ
  wage_exempt_sector: いいえ
  wage_plan_announced: はい
  wage_growth: 3.5%
  wage_floor_margin: 50円
  near_minimum_wage_months: 0か月
  supplier_accounts: 10
  sme_supplier_accounts: 7
items:
  - name: 会計ソフト
    category: software
    amount: 100万円
    processes: [共P-02, 共P-03]
    functions: [accounting, settlement]
  - name: 受発注クラウド
    category: cloud
    monthly: 20000
    months: 24
    processes: [共P-01, 共P-04]
    functions: [ordering]
  - name: 導入支援
    category: support
    amount: 300000
  - name: パソコン
    category: pc
    amount: 180000
    tax: included
  - name: レジ
    category: register
    amount: 250000
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--peers", type=Path, metavar="FOLDER")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        compare(commands(Path(folder), asked.peers), asked.rounds)


def commands(folder: Path, peers: Path | None) -> dict[str, list[str]]:
    """What is run, by name; the first is what all are measured by."""
    file, schema = folder / "a.yaml", folder / "schema.json"
    file.write_text(APPLICANT, encoding="utf-8")
    schema.write_text(json.dumps({"type": "object", "required": ["facts", "items"]}), encoding="utf-8")
    python, hojo = sys.executable, [str(Path(sys.executable).with_name("hojo"))]
    found = {
        "python -c pass": [python, "-c", "pass"],
        "import typer": [python, "-c", "import typer"],
        "load the ruleset (warm)": [python, "-c", "from hojo_cli.rules import ruleset; ruleset.load('2026')"],
        "hojo --version": [*hojo, "--version"],
        "hojo completes a word": ["env", "_HOJO_COMPLETE=complete_bash", "COMP_WORDS=hojo est", "COMP_CWORD=1", *hojo],
        "hojo --help": [*hojo, "--help"],
        "hojo estimate --format json": [*hojo, "estimate", "--format", "json", str(file)],
        "hojo estimate (table)": [*hojo, "estimate", str(file)],
        "hojo advise --format json": [*hojo, "advise", "--format", "json", str(file)],
    }
    if peers is not None:
        scripts = environment(peers)
        found["yamllint"] = [str(scripts / "yamllint"), str(file)]
        found["check-jsonschema"] = [str(scripts / "check-jsonschema"), "--schemafile", str(schema), str(file)]
    return found


def environment(folder: Path) -> Path:
    """The commands of the peers, each as installed by default, away from hojo's own environment."""
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    if not folder.exists():
        venv.create(folder, with_pip=True)
        subprocess.run(
            [scripts / "python", "-m", "pip", "install", "--quiet", "yamllint", "check-jsonschema"], check=True
        )
    return scripts


def compare(named: dict[str, list[str]], rounds: int) -> None:
    """Every command once unmeasured (caches), then in turns; away from any checkout, so that what is installed runs."""
    os.chdir(tempfile.gettempdir())
    works = {name: command for name, command in named.items() if succeeds(name, command)}
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, command in works.items():
            times[name].append(cost(command))
    typical = {name: sorted(taken)[rounds // 4] for name, taken in times.items()}
    base = next(iter(typical.values()))
    for name, seconds in typical.items():
        print(f"{name:<30} {seconds * 1000:7.1f} ms   {seconds / base:5.2f} ×")


def succeeds(name: str, command: list[str]) -> bool:
    ran = subprocess.run(command, capture_output=True, check=False)
    works = ran.returncode in (0, 1) and b"Traceback" not in ran.stderr  # 1: there are findings
    if not works:
        print(f"{name:<30} not measured: exit code {ran.returncode}")
    return works


def cost(command: list[str]) -> float:
    """Processor seconds of one process; elapsed ones on Windows, which does not count children."""
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        if sys.platform != "win32":
            _, _, used = os.wait4(process.pid, 0)
            process.returncode = 0
            return used.ru_utime + used.ru_stime
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
