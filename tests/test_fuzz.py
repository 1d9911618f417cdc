"""A taste of the long run (`tests/sweeps/fuzz.py`): typed mutations through every command, and nothing that may never happen."""

from __future__ import annotations

from pathlib import Path

import fuzzing
import pytest
from subjects import few


@pytest.mark.parametrize("seed", few(["a", "b", "c", "d"], 1))
def test_no_input_ends_in_a_bug_or_says_more_than_text(
    seed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOJO_DEBUG", "1")
    count = fuzzing.run(0, 20, tmp_path, seed)
    assert not [(fault.seed, fault.what) for fault in count.faults if not fault.what.endswith(" s")]
    assert count.past.total() * 3 > count.inputs.total()


def test_what_may_never_happen_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The net itself: a bug, an escape and a command are each caught."""
    told = [
        *fuzzing.unsafe("a\x1b[31m", "::error::x\n##[error]y", ["estimate"]),
        *fuzzing.unsafe("{", "", ["x", "--format", "json"]),
    ]
    assert len(told) == 4
    assert list(fuzzing.unsafe("", "hojo:1:1: error HJ099 x", []))
    monkeypatch.setattr(fuzzing, "run_hojo", lambda: 1 // 0)
    assert list(fuzzing.attempt(fuzzing.Trial("new", ["new"], 1), fuzzing.Count(), "x")) == [
        "ZeroDivisionError: integer division or modulo by zero"
    ]
