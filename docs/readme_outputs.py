"""Fills the outputs on pages with what hojo really prints: `python docs/readme_outputs.py`. A test compares them.

Above each block stands what is run: `<!-- output: ARGUMENTS -->`, or with `; until: LINE` the part above that line.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGES = (ROOT / "README.md", *(ROOT / "docs" / f"{name}.md" for name in ("what-if", "advise", "curve", "tutorial")))
BLOCK = re.compile(r"(<!-- output: (?P<run>[^;>]*?)(?:; until: (?P<until>[^>]*?))? -->\n)```text\n.*?```\n", re.DOTALL)


def printed(arguments: str) -> str:
    """What hojo writes to both streams, piped, at 80 columns, without colours, in Japanese."""
    plain = {key: value for key, value in os.environ.items() if key not in ("FORCE_COLOR", "HOJO_DEBUG", "PYTHONPATH")}
    done = subprocess.run(
        [sys.executable, "-m", "hojo_cli", *arguments.split(), "--lang", "ja"],
        cwd=ROOT,
        env={**plain, "COLUMNS": "80", "NO_COLOR": "1", "PYTHONUTF8": "1", "PYTHONIOENCODING": "utf-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.stdout.decode("utf-8")


def shown(block: re.Match[str]) -> str:
    """The block with its output: all of it, or what stands above a line that begins as said."""
    lines = printed(block["run"]).splitlines()
    command = f"$ hojo {block['run']}"
    if block["until"]:
        end = next(place for place, line in enumerate(lines) if line.startswith(block["until"]))
        lines = [*lines[:end], "…"]
    text = "\n".join(line.rstrip() for line in (command, *lines))
    return f"{block[1]}```text\n{text}\n```\n"


def refreshed(page: str) -> str:
    """The page with every output as it is now."""
    return BLOCK.sub(shown, page)


if __name__ == "__main__":
    for path in PAGES:
        path.write_text(refreshed(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
