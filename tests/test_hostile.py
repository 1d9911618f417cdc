"""Files made to stop or fool their reader: each ends in located findings, quickly and in little memory."""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hojo_cli.document import APPLICANT, RULESET, parse

HERE = Path(__file__).parent.parent
DEEP = 100_000
LAUGHS = "a0: &a0 x\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10))
MERGES = "a0: &a0 {x: 1}\n" + "".join(f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}\n" for n in range(1, 24))
# Integers that are equal modulo 2^61-1 share one hash in CPython.
CLASHING = "".join(f"{(n + 1) * (2**61 - 1)}: 1\n" for n in range(20_000))

FILES: dict[str, tuple[str | bytes, str]] = {
    "billion laughs": (LAUGHS, "HJ116"),
    "merge bomb": (MERGES, "HJ116"),
    "a node that holds itself": ("a: &a [*a]", "HJ116"),
    "deep [": ("a: " + "[" * DEEP, "HJ140"),
    "deep {": ("a: " + "{" * DEEP, "HJ140"),
    "deep {a:": ("a: " + "{a: " * DEEP, "HJ140"),
    "deep -": ("a:\n" + "- " * DEEP, "HJ140"),
    "deep ?": ("? " * DEEP, "HJ140"),
    "deep [?": ("a: " + "[? " * DEEP, "HJ140"),
    "deep -?": ("a:\n" + "- ? " * DEEP, "HJ140"),
    "a key of 300,000 characters": ("k" * 300_000 + ": 1", "HJ1"),
    "an integer as key": ("9" * 5000 + ": 1", "HJ1"),
    "a long value": ("a: " + "x" * 1_000_000, "HJ143"),
    "a long block": ("a: |\n" + "  xxxxxxx\n" * 100_000, "HJ143"),
    "2 MB": ("a: " + "x" * 2_000_000, "HJ105"),
    "100,000 keys": ("".join(f"k{n}: 1\n" for n in range(100_000)), "HJ1"),
    "100,000 equal keys": ("k: 1\n" * 100_000, "HJ145"),
    "clashing integers": (CLASHING, "HJ145"),
    "100,000 tags": ("a:\n" + "- !x\n" * 100_000, "HJ145"),
    "300,000 items": ("a:\n" + "- a\n" * 250_000, "HJ141"),
    "only commas": ("a: [" + "," * 100_000, "HJ1"),
    "only colons": (":" * 500_000, "HJ1"),
    "only quotes": ('"' * 500_000, "HJ1"),
    "only bars": ("|" * 500_000, "HJ1"),
    "only &": ("&" * 500_000, "HJ1"),
    "only !": ("!" * 500_000, "HJ1"),
    "only %": ("%" * 500_000, "HJ119"),
    "only tabs": ("\t" * 500_000, "HJ1"),
    "only spaces": (" " * 500_000, "HJ110"),
    "only line ends": ("\r\n" * 250_000, "HJ110"),
    "only comments": ("# x\n" * 200_000, "HJ110"),
    "one long comment": ("#" * 1_000_000, "HJ110"),
    "200,000 documents": ("---\n" * 200_000, "HJ112"),
    "a tag of another language": ("a: !!python/object/apply:os.system [echo]", "HJ118"),
    "binary": (random.Random(1).randbytes(500_000), "HJ1"),
    "zeros": (b"\0" * 1_000_000, "HJ135"),
    "ones": (b"\xff" * 1_000_000, "HJ134"),
    "overlong UTF-8": (b"a: \xc0\xaf", "HJ13"),
    "surrogates in UTF-8": (b"a: \xed\xa0\x80", "HJ134"),
    "half of UTF-16": (b"\xff\xfea", "HJ134"),
    "UTF-32": ("a: 1".encode("utf-32"), "HJ135"),
    "escapes": ('a: "' + "\\u202e" * 1600 + '"', "HJ137"),
    "a split amount of 100,000 digits": ("a: {x: 1" + ",000" * 100_000 + "}", "HJ1"),
    "a list of 50,000 threes": ("a: [1" + ",000" * 25_000 + "円]", "HJ1"),
    "wide keys": ("".join(f"ｋ{n}: 1\n" for n in range(20_000)), ""),
}

SOONER = ("HJ105", "HJ141", "HJ143")
"""Bounds that are lower for the pure parser, which is some forty times slower."""


def codes(data: str | bytes, *, pure: bool = False) -> list[str]:
    document = parse(data if isinstance(data, bytes) else data.encode(), "a.yaml", pure=pure)
    assert all(found.where.line >= 1 and found.where.column >= 1 for found in document.findings)
    assert all(len(found.message.ja) < 400 for found in document.findings)
    return [found.code for found in document.findings]


@pytest.mark.no_cover  # tracing would be part of the time
@pytest.mark.parametrize("pure", [False, True], ids=["c", "pure"])
@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_ends_in_findings_within_two_seconds(name: str, pure: bool) -> None:
    data, code = FILES[name]
    start = time.process_time_ns()  # of this process alone, however busy the machine is
    found = codes(data, pure=pure)
    taken = time.process_time_ns() - start
    traced = sys.gettrace() is not None  # coverage makes every line several times as slow
    assert taken < (10 if traced else 2) * 10**9
    assert len(found) <= APPLICANT.findings + 1
    if not (pure and found and found[-1] in SOONER):
        assert found == [] if not code else any(each.startswith(code) for each in found)


@pytest.mark.parametrize("name", ["billion laughs", "merge bomb", "deep [", "deep ?", "a long value", "binary"])
def test_an_attack_is_told_once(name: str) -> None:
    assert len(codes(FILES[name][0])) == 1


def test_a_large_ruleset_is_bounded_as_well() -> None:
    data = b"a:\n" + b"- {b: c}\n" * 400_000
    assert [each.code for each in parse(data, "r.yaml", RULESET).findings] == ["HJ141"]
    assert [each.code for each in parse(data * 2, "r.yaml", RULESET).findings] == ["HJ105"]


RUN = """
import json, sys
from hojo_cli.document import parse, read_file
from hojo_cli.base.finding import HojoError
try:
    found = parse(read_file(sys.argv[1]), "a.yaml").findings
except HojoError as problem:
    found = problem.findings
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))  # rusage would include the parent's
print(json.dumps({"codes": [each.code for each in found], "kilobytes": int(peak.split()[1])}))
"""


def run_apart(path: str) -> dict[str, list[str] | int]:
    run = subprocess.run([sys.executable, "-c", RUN, path], capture_output=True, cwd=HERE, timeout=10, check=True)
    told: dict[str, list[str] | int] = json.loads(run.stdout)
    return told


@pytest.mark.skipif(sys.platform != "linux", reason="measures memory in Linux units")
@pytest.mark.parametrize(
    "name", ["billion laughs", "merge bomb", "deep [", "deep -", "deep ?", "100,000 keys", "300,000 items", "2 MB"]
)
def test_a_process_of_its_own_stays_small(name: str, tmp_path: Path) -> None:
    data, code = FILES[name]
    path = tmp_path / "a.yaml"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    told = run_apart(str(path))
    assert isinstance(told["codes"], list)
    assert any(each.startswith(code) for each in told["codes"])
    assert isinstance(told["kilobytes"], int)
    assert told["kilobytes"] < 200_000


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX devices")
def test_endless_files_end(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert run_apart(str(tmp_path / "pipe"))["codes"] == ["HJ103"]
    assert run_apart("/dev/zero")["codes"] == ["HJ103"]


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_file_never_raises(seed: int) -> None:
    """Bytes of a valid file are changed, dropped and doubled at random."""
    dice = random.Random(seed)
    valid = bytearray(
        "name: 株式会社\nfacts: {capital: 1,000万円}\nitems:\n  - name: 'x'\n    amount: \"5\"\nnote: |\n  a\n".encode()
    )
    for _ in range(100):
        data = bytearray(valid)
        for _ in range(dice.randint(1, 8)):
            place = dice.randrange(len(data))
            data[place : place + dice.randint(0, 2)] = dice.choice(
                [b"", b"[", b"\t", b"&a ", b"\xff", b"\n", b": ", b'"', b"%", b"? "]
            )
        for pure in (False, True):
            codes(bytes(data), pure=pure)
