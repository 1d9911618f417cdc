"""A batch under fault: killed workers, requests to stop, full disks, closed pipes, files that vanish. Nothing lost, nothing left."""

from __future__ import annotations

import gc
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from multiprocessing.queues import SimpleQueue
from pathlib import Path

import pytest
from subjects import few

from hojo_cli.batch import pool
from hojo_cli.batch.outputs import _atoms

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and devices of a Unix system")

SHOP = """\
name: 商店{place}
fiscal_year: 2026
facts: {{entity: company, industry: retail, capital: 300万円, employees: 4人, deemed_large: false, past_grant: false, near_minimum_wage_months: 0}}
items:
  - {{name: 会計ソフト, category: software, amount: {amount}, processes: [共P-01], functions: [accounting]}}
"""
BOUND = 60
HOJO = (sys.executable, "-m", "hojo_cli", "check")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enough files that a run takes a while."""
    folder = tmp_path_factory.mktemp("many")
    for place in range(1_500):
        (folder / f"{place:05}.yaml").write_text(SHOP.format(place=place, amount=100_000 + place), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def whole(many: Path) -> bytes:
    """What an undisturbed run says."""
    return run(many, "--jobs", "1").stdout


def run(*arguments: object, **options: object) -> subprocess.CompletedProcess[bytes]:
    command = [*HOJO, "-f", "jsonl", *map(str, arguments)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
    return subprocess.run(command, timeout=BOUND, check=False, **pipes)  # type: ignore[call-overload, no-any-return]


def started(*arguments: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*HOJO, "-f", "jsonl", *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0
    )


def children(parent: int) -> list[int]:
    try:
        return [
            int(each) for each in Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split()
        ]
    except OSError:
        return []


def when(ready: Callable[[], object]) -> None:
    limit = time.monotonic() + BOUND
    while not ready():
        assert time.monotonic() < limit
        time.sleep(1 / 100)


def no_leftovers(folder: Path) -> bool:
    return not list(folder.rglob(".hojo-*"))


# --- workers ------------------------------------------------------------------------------------------------------------


def test_a_worker_that_is_killed_loses_nothing(many: Path, whole: bytes) -> None:
    process = started(many, "--jobs", "3")
    assert process.stdout is not None
    head = process.stdout.read(200)  # it is at work, and soon waits for us to read on
    for worker in children(process.pid)[:2]:
        os.kill(worker, signal.SIGKILL)
    rest, complaints = process.communicate(timeout=BOUND)
    assert head + rest == whole
    assert (complaints, process.returncode) == (b"", 0)


def odd(folder: str, task: int) -> str:
    """Work that ends its process at 13 always and at 77 the first time, and fails at 21."""
    if task == 21:
        raise LookupError(task)
    if task == 13 or (task == 77 and not (Path(folder) / "seen").exists()):
        (Path(folder) / "seen").touch() if task == 77 else None
        os.kill(os.getpid(), signal.SIGKILL)
    return str(task)


def given_up(task: int, problem: str) -> str:
    return f"given up: {task} {problem}"


def heft(task: int) -> int:
    return task


@pytest.mark.parametrize("start", ["fork", "forkserver", "spawn"])
@pytest.mark.parametrize("jobs", few([2, 5], 1))
def test_a_task_that_takes_its_worker_down_costs_only_itself(tmp_path: Path, start: str, jobs: int) -> None:
    if start == "fork" and sys.platform != "linux":
        pytest.skip("not safe here")
    results = list(pool.ordered(range(200), partial(odd, str(tmp_path)), given_up, heft, jobs=jobs, start=start))
    special = {13: "given up: 13 ", 21: "given up: 21 LookupError: 21"}
    assert results == [special.get(task, str(task)) for task in range(200)]


def half_way(task: int) -> str:
    """Work that ends its process at 13 while it writes an answer: the library waits for the rest."""
    if task == 13:
        answers = next(each for each in gc.get_objects() if type(each) is SimpleQueue)
        os.write(answers._writer.fileno(), b"\0\1\0\0 the beginning")  # type: ignore[attr-defined]
        os.kill(os.getpid(), signal.SIGKILL)
    return str(task)


def test_a_worker_that_dies_in_the_middle_of_its_answer_loses_nothing() -> None:
    results = list(pool.ordered(range(500), half_way, given_up, heft, jobs=2))
    assert results == ["given up: 13 " if task == 13 else str(task) for task in range(500)]


def test_few_tasks_and_one_job_stay_in_this_process() -> None:
    here = os.getpid()
    assert set(pool.ordered(range(10), lambda _: os.getpid(), given_up, heft, jobs=8)) == {here}
    assert set(pool.ordered(range(500), lambda _: os.getpid(), given_up, heft, jobs=1)) == {here}
    assert here not in set(pool.ordered(range(500), lambda _: os.getpid(), given_up, heft, jobs=2))


def test_results_are_passed_on_while_tasks_still_come() -> None:
    given = 0

    def tasks() -> Iterator[int]:
        nonlocal given
        while given < 100_000:
            yield given
            given += 1

    results = pool.ordered(tasks(), str, given_up, lambda _: 1, jobs=2)
    assert [next(results) for _ in range(100)] == [str(task) for task in range(100)]
    assert given < 2_000
    results.close()


def test_workers_end_when_their_parent_is_killed(many: Path) -> None:
    process = started(many, "--jobs", "3")
    assert process.stdout is not None
    process.stdout.read(200)
    workers = children(process.pid)
    assert workers
    process.kill()
    process.communicate(timeout=BOUND)
    when(
        lambda: (
            not any(Path(f"/proc/{worker}/cmdline").exists() and b"hojo_cli" in _command(worker) for worker in workers)
        )
    )


def _command(worker: int) -> bytes:
    try:
        return Path(f"/proc/{worker}/cmdline").read_bytes()
    except OSError:
        return b""


# --- asked to stop -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("asked", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("jobs", few(["3", "1"], 1))
def test_asked_to_stop_the_stream_ends_at_a_whole_line(
    many: Path, tmp_path: Path, whole: bytes, asked: signal.Signals, code: int, jobs: str
) -> None:
    process = started(many, "--jobs", jobs, "--output", f"csv={tmp_path}/a.csv")
    assert process.stdout is not None
    head = process.stdout.read(200)
    workers = children(process.pid)
    process.send_signal(asked)
    rest, complaints = process.communicate(timeout=BOUND)
    assert process.returncode == code
    assert (head + rest).endswith(b"\n")
    assert whole.startswith(head + rest)
    assert complaints.count(b"HJ451") == 1 and b"Traceback" not in complaints
    told = (head + rest).count(b"\n")
    assert f"、{told} 件" in complaints.decode() and b"--output" in complaints
    assert list(tmp_path.iterdir()) == []
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)


@pytest.mark.parametrize(("asked", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("merged", [False, True])
def test_asked_to_stop_while_nobody_reads(
    many: Path, whole: bytes, asked: signal.Signals, code: int, merged: bool
) -> None:
    """The pipe is full, and stays so; with `merged` the last words would go into it, too."""
    command = [*HOJO, "-f", "jsonl", "--jobs", "2", str(many)]
    errors = subprocess.STDOUT if merged else subprocess.PIPE
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, bufsize=0)
    assert process.stdout is not None
    when(lambda: _blocked(process))
    process.send_signal(asked)
    assert process.wait(10) == code
    out, complaints = process.communicate(timeout=BOUND)
    out = out.partition(b"hojo: ")[0]  # the last words may find room
    assert len(out) > 10_000 and out.endswith(b"\n") and whole.startswith(out)
    assert merged or complaints.count(b"HJ451") == 1


def _blocked(process: subprocess.Popen[bytes]) -> bool:
    """Whether its pipe has been as full as it gets for a while."""
    import fcntl  # not everywhere
    import termios

    assert process.stdout is not None
    seen = []
    for _ in range(5):
        waiting = bytearray(4)
        fcntl.ioctl(process.stdout, termios.FIONREAD, waiting)
        seen.append(int.from_bytes(waiting, sys.byteorder))
        time.sleep(1 / 20)
    return seen[0] > 10_000 and seen[0] == seen[-1]


def test_a_pipe_is_given_whole_lines_it_takes_at_once() -> None:
    long = "x" * 9_000 + "\n"
    text = "".join(f"{place} あ\u2028い\n" for place in range(2_000)) + long + "end"
    parts = list(_atoms(text))
    assert "".join(parts) == text
    assert all(part.endswith("\n") for part in parts[:-1])
    assert all(len(part.encode()) <= 4096 for part in parts if part != long)
    assert list(_atoms("short")) == ["short"] and list(_atoms("x" * 5_000)) == ["x" * 5_000]


def test_asked_to_stop_while_nobody_opens_a_pipe(many: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    process = started(many, "-q", "-o", f"csv={tmp_path}/pipe")
    time.sleep(1)
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 143
    process.communicate(timeout=BOUND)


@pytest.fixture
def wrong(many: Path, tmp_path: Path) -> Path:
    """Files whose `expect` is to be rewritten."""
    folder = tmp_path / "wrong"
    folder.mkdir()
    for path in sorted(many.iterdir())[:500]:
        (folder / path.name).write_text(path.read_text(encoding="utf-8") + WRONG, encoding="utf-8")
    return folder


WRONG = "expect: {general: 1}\n"


def rewritten(folder: Path) -> list[str]:
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}
    assert all(re.search(r"\nexpect: \{general: \d+\}\n\Z", text) for text in texts.values())
    return [name for name, text in texts.items() if not text.endswith(WRONG)]


@pytest.mark.parametrize("fault", [signal.SIGINT, signal.SIGTERM, None])
@pytest.mark.parametrize("jobs", few(["3", "1"], 1))
def test_a_file_is_rewritten_if_and_only_if_its_entry_says_so(
    wrong: Path, fault: signal.Signals | None, jobs: str
) -> None:
    process = started(wrong, "--jobs", jobs, "--update-expect")
    assert process.stdout is not None
    head = process.stdout.read(200)
    for worker in children(process.pid)[:2]:
        os.kill(worker, signal.SIGKILL)
    if fault is not None:
        process.send_signal(fault)
    rest, complaints = process.communicate(timeout=BOUND)
    entries = [line for line in (head + rest).decode().splitlines() if '"estimates"' in line]
    assert all("HJ440" in line and '"HJ425"' not in line for line in entries)
    assert [Path(json.loads(line)["file"]).name for line in entries] == rewritten(wrong)
    assert process.returncode == (0 if fault is None else 128 + fault)
    assert no_leftovers(wrong)
    if fault is not None:
        assert 0 < len(entries) < 500
        assert f"注記 HJ443 {len(entries)} 件" in complaints.decode() and b"--output" not in complaints


def test_nothing_is_rewritten_whose_entry_cannot_go_out(wrong: Path) -> None:
    process = started(wrong, "--jobs", "2", "--update-expect")
    assert process.stdout is not None
    when(lambda: _blocked(process))
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 143
    out, _ = process.communicate(timeout=BOUND)
    assert out.count(b"HJ440") == len(rewritten(wrong))
    assert no_leftovers(wrong)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_nothing_is_rewritten_when_standard_output_is_full(wrong: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = run(wrong, "--update-expect", stdout=full)
    assert (ran.returncode, rewritten(wrong)) == (2, [])
    assert no_leftovers(wrong)


EARLY = """\
import os, signal, sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == sys.argv[-1]:
            del sys.argv[-1]
            {fault}
sys.meta_path.insert(0, Finder())
from hojo_cli.__main__ import main
sys.exit(main())
"""
LOST = "type('Lost', (), {'__del__': lambda self: signal.raise_signal(signal.SIGINT)})()"
NAMED = "type('Named', (), {'it': type('It', (), {'__set_name__': lambda *_: signal.raise_signal(signal.SIGINT)})()})"


@pytest.mark.parametrize("fault", ["signal.raise_signal(signal.SIGINT)", LOST, NAMED])
@pytest.mark.parametrize(
    "module", ["hojo_cli.cli.terminal", "hojo_cli.cli.verbs", "hojo_cli.commands.check", "hojo_cli.engine.evaluator"]
)
def test_interrupted_while_modules_load(many: Path, module: str, fault: str) -> None:
    command = [sys.executable, "-c", EARLY.format(fault=fault), "check", "-q", str(many / "00001.yaml"), module]
    ran = subprocess.run(command, capture_output=True, timeout=BOUND, check=False)
    assert (ran.returncode, ran.stdout) == (130, b"")
    assert ran.stderr.count(b"\n") == 1 and "誤り HJ017".encode() in ran.stderr


def test_interrupted_between_the_script_and_hojo() -> None:
    script = "import signal; from hojo_cli.__main__ import main; signal.raise_signal(signal.SIGINT); main()"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=BOUND, check=False)
    assert (ran.returncode, ran.stderr.count(b"\n"), ran.stderr.count(b"HJ017")) == (130, 1, 1)


# --- outputs that fail ---------------------------------------------------------------------------------------------------


def one_line(complaints: bytes, code: bytes) -> bool:
    return complaints.count(" 誤り HJ".encode()) == 1 and code in complaints and b"Traceback" not in complaints


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_full_disk_at_standard_output(many: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = run(many, stdout=full)
    assert ran.returncode == 2
    assert one_line(ran.stderr, b"HJ011")


def test_standard_output_that_is_closed(many: Path) -> None:
    ran = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" >&-', "sh", *HOJO, "-f", "jsonl", str(many / "00001.yaml")],
        stderr=subprocess.PIPE, timeout=BOUND, check=False,
    )  # fmt: skip
    assert ran.returncode == 2
    assert one_line(ran.stderr, b"HJ011")


def test_a_reader_who_goes_away(many: Path, tmp_path: Path) -> None:
    process = started(many, "--jobs", "2", "-o", f"junit={tmp_path}/a.xml")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    with process.stderr:
        complaints = process.stderr.read() or b""
    assert process.wait(BOUND) == 141
    assert one_line(complaints, b"HJ452")
    assert no_leftovers(tmp_path)


def test_a_file_size_limit_leaves_the_older_file(many: Path, tmp_path: Path) -> None:
    """A disk that fills up while the outputs are written."""
    target = tmp_path / "a.jsonl"
    target.write_text("older", encoding="utf-8")
    script = (
        f"ulimit -f 20; exec {sys.executable} -m hojo_cli check -q {many} -o jsonl={target} -o csv={tmp_path}/b.csv"
    )
    ran = subprocess.run(["/bin/sh", "-c", f"trap '' XFSZ; {script}"], capture_output=True, timeout=BOUND, check=False)
    assert ran.returncode == 2
    assert one_line(ran.stderr, b"HJ010")
    assert target.read_text(encoding="utf-8") == "older"
    assert [path.name for path in tmp_path.iterdir()] == ["a.jsonl"]


@pytest.mark.parametrize("target", ["folder", "gone/a.csv", "/proc/a.csv"])
def test_a_target_that_cannot_be_written_is_told_before_anything_is_checked(
    many: Path, tmp_path: Path, target: str
) -> None:
    (tmp_path / "folder").mkdir()
    ran = run(many, "-o", f"csv={tmp_path / 'ok.csv'}", "-o", f"junit={tmp_path / target}")
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert one_line(ran.stderr, b"HJ010")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


# --- inputs that fail ----------------------------------------------------------------------------------------------------


def test_pipes_loops_and_files_that_are_gone_are_findings(tmp_path: Path) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    os.mkfifo(tmp_path / "in" / "a-pipe.yaml")
    (tmp_path / "in" / "b-self.yaml").symlink_to("b-self.yaml")
    (tmp_path / "in" / "c-nowhere.yaml").symlink_to("gone")
    (tmp_path / "in" / "deep" / "up").symlink_to("..")
    (tmp_path / "in" / "e-device.yaml").symlink_to("/dev/zero")
    (tmp_path / "in" / "f.yaml").write_text(SHOP.format(place=1, amount=100_000), encoding="utf-8")
    ran = run(tmp_path / "in", "--jobs", "2")
    told = [line for line in ran.stdout.decode().splitlines() if '"file"' in line and '"status"' in line]
    names = ["a-pipe.yaml", "b-self.yaml", "c-nowhere.yaml", "deep/up", "e-device.yaml", "f.yaml"]
    codes = ["HJ103", "HJ104", "HJ101", "HJ402", "HJ103", '"findings": []']
    assert len(told) == len(names)
    for line, name, code in zip(told, names, codes, strict=True):
        assert name in line and code in line
    assert ran.returncode == 1


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_what_may_not_be_read_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir()
    (tmp_path / "a.yaml").touch(0)
    (tmp_path / "shut").chmod(0)
    ran = run(tmp_path)
    (tmp_path / "shut").chmod(0o700)
    assert ran.stdout.count(b"HJ104") == 2


def test_files_that_vanish_while_the_batch_runs_have_their_entry(many: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    names = sorted(path.name for path in many.iterdir())[:1000]
    for name in names:
        os.link(many / name, folder / name)
    process = started(folder, "--jobs", "2")
    assert process.stdout is not None
    head = process.stdout.readline()
    for name in names[500:]:
        (folder / name).unlink()
    rest, complaints = process.communicate(timeout=BOUND)
    entries = [line for line in (head + rest).decode().splitlines() if '"estimates"' in line]
    assert [f"{name}" in line for name, line in zip(names, entries, strict=True)] == [True] * len(names)
    assert complaints == b""
    assert process.returncode in (0, 1)


def test_the_first_result_comes_before_the_last_input_is_looked_at(many: Path) -> None:
    process = started(many, "--jobs", "2")
    assert process.stdout is not None
    assert b"00000.yaml" in process.stdout.readline()
    assert process.poll() is None
    process.kill()
    process.communicate(timeout=BOUND)
