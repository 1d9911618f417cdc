"""A run of `hojo table` that is stopped, killed or short of room leaves nothing torn, and goes on where it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from small_tables import APPLICANTS, ITEMS, RULES, put, results, save
from subjects import ROOT, few
from this_process import clean, hojo

BOUND = 60
MANY = [{**APPLICANTS[number % 3], "applicant": f"{number:03}"} for number in range(30)]
BOUGHT = [
    {**item, "applicant": f"{number:03}"}
    for number in range(30)
    for item in ITEMS
    if item["applicant"] == APPLICANTS[number % 3]["applicant"]
]
AT = """
import os, signal, sys
from hojo_cli.commands import table
from hojo_cli.tables import {module}
calls = []
whole = {module}.{name}
def counted(*given, **named):
    calls.append(1)
    if len(calls) == {call}:
        {deed}
    return whole(*given, **named)
{module}.{name} = counted
table.run([sys.argv[1]], sys.argv[2], rules=sys.argv[3], part=10, jobs=1, quiet=True)
"""
"""A run that does something in the middle: at a call of a function of its own."""
KILL = "os.kill(os.getpid(), signal.SIGKILL)"


def run_that(folder: Path, module: str, name: str, call: int, deed: str = KILL) -> subprocess.CompletedProcess[bytes]:
    script = AT.format(module=module, name=name, call=call, deed=deed)
    command = [sys.executable, "-c", script, str(folder), str(folder / "results.parquet"), RULES]
    return subprocess.run(command, check=False, capture_output=True, cwd=ROOT, timeout=BOUND, env=clean())


def done(folder: Path) -> list[str]:
    """The parts that are done."""
    return sorted(path.name for path in (folder / "results.parquet.parts").glob("part-*") if path.suffix != ".tmp")


@pytest.mark.parametrize(
    ("module", "name", "call"),
    [
        ("parts", "write", 2),
        pytest.param("examining", "settle", 5, marks=pytest.mark.slow),
        pytest.param("joining", "results", 1, marks=pytest.mark.slow),
    ],
    ids=["between parts", "while the evaluator works", "while all is joined"],
)
def test_a_killed_run_leaves_no_torn_output_and_goes_on_with_the_parts_that_are_left(
    module: str, name: str, call: int, tmp_path: Path
) -> None:
    save(tmp_path, MANY, BOUGHT)
    older = put(tmp_path / "results.parquet", ITEMS)
    before = older.read_bytes()
    assert run_that(tmp_path, module, name, call).returncode == -signal.SIGKILL
    assert older.read_bytes() == before
    assert not (tmp_path / "results.rejected.jsonl").exists()
    kept = {
        path: path.stat().st_mtime_ns
        for path in (tmp_path / "results.parquet.parts").glob("part-*/answers.parquet")
        if ".tmp" not in str(path)
    }
    assert len(kept) == (1 if module == "parts" else 3)
    judged = "print('judged', file=sys.stderr)"
    again = run_that(tmp_path, "parts", "write", 1, judged)
    assert (again.returncode, again.stderr.count(b"judged")) == (0, 0 if module != "parts" else 1)
    assert [row["applicant"] for row in results(older)][::2] == [row["applicant"] for row in MANY]
    assert not (tmp_path / "results.parquet.parts").exists()
    whole = tmp_path / "whole.parquet"
    assert hojo("table", tmp_path, "-o", whole, "--rules", RULES).returncode == 0
    assert results(whole) == results(older)


@pytest.mark.slow
def test_tables_that_changed_or_another_ruleset_begin_anew(tmp_path: Path) -> None:
    save(tmp_path, MANY, BOUGHT)
    assert run_that(tmp_path, "parts", "write", 2).returncode == -signal.SIGKILL
    assert len(done(tmp_path)) == 1
    put(tmp_path / "applicants.parquet", MANY[:3])
    assert (
        hojo("table", tmp_path, "-o", tmp_path / "results.parquet", "--rules", RULES).returncode == 1
    )  # items of nobody
    assert [row["applicant"] for row in results(tmp_path / "results.parquet")][::2] == ["000", "001", "002"]
    save(tmp_path, MANY, BOUGHT)
    assert run_that(tmp_path, "parts", "write", 2).returncode == -signal.SIGKILL
    other = tmp_path / "other.yaml"
    other.write_text(Path(RULES).read_text(encoding="utf-8").replace("use: 2/3", "use: 1/3"), encoding="utf-8")
    (tmp_path / "guide.txt").write_bytes((Path(RULES).parent / "guide.txt").read_bytes())
    assert hojo("table", tmp_path, "-o", tmp_path / "results.parquet", "--rules", other).returncode == 0
    assert results(tmp_path / "results.parquet")[0]["subsidy"] == 199_999


@pytest.mark.parametrize("name", few(["SIGINT", "SIGTERM"], 1))
def test_who_stops_a_run_reads_that_the_same_command_goes_on(name: str, tmp_path: Path) -> None:
    save(tmp_path, MANY, BOUGHT)
    script = AT.format(module="parts", name="write", call=2, deed="print(flush=True); __import__('time').sleep(9)")
    script = script.replace("table.run([sys.argv[1]], sys.argv[2], rules=sys.argv[3], part=10, jobs=1, quiet=True)", "")
    script += "from functools import partial\ntable.run = partial(table.run, part=10)\nfrom hojo_cli.__main__ import main\nsys.argv[1:] = ['table', sys.argv[1], '-o', sys.argv[2], '--rules', sys.argv[3], '--lang', 'en']\nsys.exit(main())"
    command = [sys.executable, "-c", script, str(tmp_path), str(tmp_path / "results.parquet"), RULES]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env=clean()) as running:
        assert running.stdout is not None
        running.stdout.readline()
        running.send_signal(signal.Signals[name])
        _, said = running.communicate(timeout=BOUND)
    assert running.returncode == 128 + signal.Signals[name]
    assert b"the same command goes on" in said and b"HJ017" in said
    assert len(done(tmp_path)) == 1


def test_two_runs_do_not_work_on_the_same_output_at_once(tmp_path: Path) -> None:
    fcntl = pytest.importorskip("fcntl", reason="no locks of files")
    save(tmp_path)
    (tmp_path / "results.parquet.parts").mkdir()
    with (tmp_path / "results.parquet.parts" / "lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ended = hojo("table", tmp_path, "-o", tmp_path / "results.parquet", "--rules", RULES, "--lang", "en")
    assert (ended.returncode, b"another hojo" in ended.stderr) == (2, True)
    assert hojo("table", tmp_path, "-o", tmp_path / "results.parquet", "--rules", RULES).returncode == 0


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    save(tmp_path)
    (tmp_path / "results.parquet.parts").mkdir()
    (tmp_path / "results.parquet.parts" / "thesis.txt").touch()
    ended = hojo("table", tmp_path, "-o", tmp_path / "results.parquet", "--rules", RULES, "--lang", "en")
    assert (ended.returncode, b"HJ010" in ended.stderr) == (2, True)
    assert (tmp_path / "results.parquet.parts" / "thesis.txt").exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may mount")
def test_a_full_disk_is_one_line_and_the_older_file_stays(tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(small)], check=False, capture_output=True
    ).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        save(
            tmp_path / "tables",
            [{**APPLICANTS[0], "applicant": f"{number:060}{os.urandom(40).hex()}"} for number in range(4000)],
            ITEMS[:1],
        )
        older = small / "results.csv"
        older.write_text("older", encoding="utf-8")
        ended = hojo("table", tmp_path / "tables", "-o", older, "--rules", RULES, "--lang", "en")
        assert ended.returncode == 2, ended.stderr
        assert b"HJ010" in ended.stderr and b"no space left" in ended.stderr
        assert older.read_text(encoding="utf-8") == "older"
        assert not list(small.glob("*.jsonl"))
    finally:
        subprocess.run(["umount", str(small)], check=False)
