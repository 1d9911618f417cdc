"""Paths as a CI service looks them up: from the top of the repository, parted by `/`."""

import os
from pathlib import Path
from typing import Final

STANDARD_INPUT: Final = "-"
"""How standard input is named where a path stands."""

_TOPS: Final = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")


def relative(path: str) -> str:
    """`path` seen from the top of the checkout, else from the working folder; as typed where it lies outside both."""
    if path == STANDARD_INPUT:
        return path
    try:
        here = str(Path.cwd())
    except OSError:
        return path
    given = (os.environ[name] for name in _TOPS if os.environ.get(name))
    tops = [top.rstrip(os.sep) + os.sep for top in (*given, here)]
    full = os.path.normpath(os.path.join(here, path))  # noqa: PTH118 - as typed: a link below the top keeps its name
    if not full.startswith(tuple(tops)):  # the working folder or the path may lead there by a link
        full, tops = os.path.realpath(full), [os.path.realpath(top).rstrip(os.sep) + os.sep for top in tops]
    inside = next((full.removeprefix(top) for top in tops if full.startswith(top)), path)
    return inside.replace(os.sep, "/")


def uri(path: str) -> str:
    """The same as a percent-encoded relative reference; `file:///…` for an absolute path outside the checkout."""
    from urllib.parse import quote

    found = relative(path)
    try:
        octets = found.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        octets = found.encode("utf-8", "surrogatepass")
    return ("file://" if found.startswith("/") else "") + quote(octets, safe="/")
