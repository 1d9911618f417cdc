"""全国の1年分の架空の申請者を作り、3年分のルールで計算します（docs/national-year.md）。 / A national year of made-up applicants.

python -m simulations.national_year tables DIR   3つの表を書き、公表された表と比べます / write the tables, compare their margins
python -m simulations.national_year page         計算し、ページと図を書きます（数分） / run everything, write the page (minutes)
python -m simulations.national_year draw         前回の数字からページと図を書きます / write the page from the last run's figures
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

try:
    import duckdb  # noqa: F401  # said at once, in a line
except ImportError:
    sys.exit("DuckDB がありません。 / DuckDB is missing: pip install '.[sql]'")

from simulations.national_year.assumptions import ASSUMPTIONS
from simulations.national_year.figures import compared, corners, figures, outline, sensitivity, simulated, small
from simulations.national_year.page import RESULTS, files
from simulations.national_year.running import all_years
from simulations.national_year.tables import save

ROOT = Path(__file__).parent.parent.parent


def main() -> int:
    """0: done, and every margin is the printed one."""
    asked = command_line().parse_args()
    if asked.command == "tables":
        return write_tables(asked.folder, asked.part, {each.id: getattr(asked, each.id) for each in ASSUMPTIONS})
    if asked.command == "page":
        found = figures(simulated()) | {"small": small(), "sensitivity": sensitivity(), "corners": corners()}
        (ROOT / RESULTS).write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for place, content in files(json.loads((ROOT / RESULTS).read_text(encoding="utf-8"))).items():
        (ROOT / place).parent.mkdir(exist_ok=True)
        (ROOT / place).write_text(content, encoding="utf-8")
        print(place)
    return 0


def command_line() -> argparse.ArgumentParser:
    """Three commands; the tables with any other assumption."""
    parser = argparse.ArgumentParser(
        prog="python -m simulations.national_year",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    tables = commands.add_parser("tables", formatter_class=argparse.RawTextHelpFormatter)
    tables.add_argument("folder", type=Path)
    said = "N者ごとに1者だけ作る / one of every N only"
    tables.add_argument("--part", type=whole(1, 1000), default=1, metavar="N", help=said)
    for each in ASSUMPTIONS:
        low, high = (0, 100) if each.share else (each.low, each.high)
        said = f"{each.label.ja} /\n{each.label.en}: {low}–{high} ({each.value})".replace("%", "%%")
        option = f"--{each.id.replace('_', '-')}"
        tables.add_argument(option, type=whole(low, high), default=each.value, metavar="N", help=said)
    commands.add_parser("page")
    commands.add_parser("draw")
    return parser


def whole(low: int, high: int) -> Callable[[str], int]:
    """Reads a whole number from one to the other."""

    def read(written: str) -> int:
        if not written.isdecimal() or not low <= int(written) <= high:
            raise argparse.ArgumentTypeError(
                f"{low}–{high} の整数を書いてください。 / a whole number from {low} to {high}, please."
            )
        return int(written)

    return read


def write_tables(folder: Path, part: int, varied: dict[str, int]) -> int:
    """The tables; of a whole year also each printed number beside the simulated one, 1 if any differs."""
    engine = simulated(part, **varied)
    for path in save(engine, folder):
        print(path)
    if part > 1:
        return 0
    all_years(engine)
    differs = 0
    for table, rows in compared(outline(engine)).items():
        print(f"\n{table}")
        for label, printed, got in rows:
            differs += printed != got
            print(f"{'≠' if printed != got else '='} {printed:>7,} {got:>7,}  {label}")
    return 1 if differs else 0


if __name__ == "__main__":
    sys.exit(main())
