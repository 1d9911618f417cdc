"""The project stands alone: nothing it needs lies outside its folder, and nothing in it names a place on somebody's machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from subjects import ROOT

KEPT = ("hojo_cli", "rules", "examples", "tests", "docs", "benchmarks", ".ci")
SUFFIXES = {".py", ".yaml", ".json", ".md", ".toml", ".txt", ""}
OUTSIDE = ("/" + "work/", ".." + "/shared", "/" + "root/", "/" + "home/")


def kept() -> list[Path]:
    top = [path for path in ROOT.iterdir() if path.is_file() and path.name != ".git" and ".coverage" not in path.name]
    below = [path for folder in KEPT for path in (ROOT / folder).rglob("*") if path.is_file()]
    return [path for path in (*top, *below) if path.suffix in SUFFIXES and "__pycache__" not in path.parts]


def test_no_file_names_a_place_outside_the_project() -> None:
    named = []
    for path in kept():
        content = path.read_bytes().decode("utf-8", "replace")
        named += [(str(path.relative_to(ROOT)), word) for word in OUTSIDE if word in content]
    assert not named


@pytest.mark.parametrize("year", ["2024", "2025", "2026"])
def test_a_ruleset_is_read_from_an_empty_folder_without_network_or_archive(tmp_path: Path, year: str) -> None:
    """Everything hojo opens by itself lies beside its code, or in Python."""
    program = (
        "import sys, socket\n"
        "def refused(*_): raise AssertionError('network')\n"
        "socket.socket.connect = refused\n"
        "opened = []\n"
        "sys.addaudithook(lambda event, values: opened.append(values[0]) if event == 'open' else None)\n"
        "from hojo_cli.rules import ruleset\n"
        f"ruleset.load({year!r})\n"
        "print(*[str(path) for path in opened if isinstance(path, str)], sep='\\n')\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    allowed = (
        str(ROOT),
        str(tmp_path),
        sys.prefix,
        sys.base_prefix,
        str(Path(sys.base_prefix).resolve()),
        "/dev",
        "/proc",
        "/usr",
        "/etc",
    )
    assert not [path for path in done.stdout.splitlines() if Path(path).is_absolute() and not path.startswith(allowed)]


def test_the_archived_texts_are_named_by_their_hash_and_not_contained() -> None:
    """The rulesets cite files by name and sha256; none of them is part of the project."""
    names = {path.name for path in kept()}
    assert not {"gaiyo-2026.txt", "it2026_kitei_tsujyo.txt", "it2025_koubo_tsujyo.txt"} & names
