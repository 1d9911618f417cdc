"""An HTML page on paper: WeasyPrint where it is installed, else the browser of this machine, without a window.

Either makes the same bytes from the same page: no clock, no name that is drawn by lot.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Final

from hojo_cli.base.finding import THE_CALL, HojoError
from hojo_cli.base.sanitize import shorten
from hojo_cli.messages import finding

BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
"""What Chromium and its kin are called; each prints alike."""

PATIENCE: Final = 120
"""Seconds after which a browser that does not answer is given up."""

_QUIET: Final = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
    "--force-color-profile=srgb",
)
_DATE: Final = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)[0-9]{14}")
_NO_DATE: Final = b"20000101000000"
_NODE: Final = re.compile(rb"\(node[0-9]{8}\)")


def pdf(page: str) -> bytes:
    """The page as PDF. `HojoError` where nothing is there to make one (HJ071), or where it fails (HJ072).

    A browser has nothing of its owner's: no profile, no network, no script.
    """
    try:
        with redirect_stdout(StringIO()):  # where its libraries are not on this machine, it says so at length
            from weasyprint import HTML  # type: ignore[import-not-found,import-untyped,unused-ignore]  # an extra
    except (ImportError, OSError):
        pass
    else:
        made: bytes = HTML(string=page).write_pdf(pdf_tags=True, pdf_identifier=b"hojo")
        return made
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise HojoError(finding("HJ071", THE_CALL))
    with tempfile.TemporaryDirectory(prefix="hojo-", ignore_cleanup_errors=True) as folder:
        html, printed = Path(folder, "page.html"), Path(folder, "page.pdf")
        html.write_bytes(page.encode())
        as_root = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
        command = [browser, *_QUIET, *as_root, f"--user-data-dir={folder}/profile", f"--print-to-pdf={printed}"]
        try:
            ran = subprocess.run([*command, html.as_uri()], capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603 - a browser found by its name
        except (OSError, subprocess.TimeoutExpired) as problem:
            raise HojoError(finding("HJ072", THE_CALL, reason=shorten(str(problem)))) from None
        if ran.returncode or not printed.exists():
            last = ran.stderr.decode(errors="replace").strip().splitlines()[-1:] or [f"exit {ran.returncode}"]
            raise HojoError(finding("HJ072", THE_CALL, reason=last[0]))
        return settled(printed.read_bytes())


def settled(printed: bytes) -> bytes:
    """What a browser prints without the time, and with the elements numbered from 1 on: where its own count begins is chance."""
    names = {name: b"(node%08d)" % place for place, name in enumerate(dict.fromkeys(_NODE.findall(printed)), 1)}
    return _NODE.sub(lambda match: names[match[0]], _DATE.sub(rb"\g<1>" + _NO_DATE, printed))
