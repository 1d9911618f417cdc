"""Write every golden anew: `python tests/goldens/update.py`; then read the difference before it is committed."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent.parent), str(HERE.parent)]

from drawings import drawings


def main() -> None:
    """One file for each drawing; what is no longer drawn goes."""
    kept = set()
    for name, draw in drawings():
        path = HERE / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(draw().encode())
        kept.add(path)
    for folder in ("table", "tree", "markdown"):
        for path in (HERE / folder).iterdir():
            if path not in kept:
                path.unlink()


if __name__ == "__main__":
    main()
