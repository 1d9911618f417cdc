"""Findings that a project knows already: they pass, new ones do not.

A file of them names each by its file, code and keys, so that reading it tells what is accepted; what counts is the fingerprint beside it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Final

from hojo_cli.base.finding import Finding, HojoError, Location, Severity, Text
from hojo_cli.base.record import NamedTuple
from hojo_cli.base.sanitize import for_json, path_text
from hojo_cli.document import read_file
from hojo_cli.files.atomic_file import WholeFile, ready
from hojo_cli.formats.drawing.fingerprint import Fingerprints
from hojo_cli.messages import finding
from hojo_cli.results.checked import Checked

FORMAT: Final = "hojo.baseline/1"
LARGEST: Final = 256 << 20
"""Bytes of a baseline."""

_KEYS: Final = ("file", "code", "path", "fingerprint")


class Known(NamedTuple):
    """A finding that is accepted: its file as seen from the baseline's folder, its code, and the keys that lead to its place."""

    file: str
    code: str
    path: str
    fingerprint: str


class Baseline:
    """What is known of the inputs of a run. With `update` whatever is found becomes known.

    `HojoError` (HJ497) where the file cannot be read; with `update` it is made where there is none.
    """

    def __init__(self, path: str, *, update: bool) -> None:
        self.path = path
        self.update = update
        self.before: list[Known] = []
        if os.path.lexists(path):
            try:
                content = json.loads(read_file(path, LARGEST), parse_float=str, parse_constant=str)
            except (ValueError, RecursionError):
                raise _unreadable(path, Text("JSON ではありません", "it is not JSON")) from None
            another = Text(f"{FORMAT} ではありません", f"it is not {FORMAT}")
            entries = content.get("findings") if isinstance(content, dict) and content.get("format") == FORMAT else None
            if not isinstance(entries, list):
                raise _unreadable(path, another)
            for entry in entries:
                values = [entry.get(key, "") for key in _KEYS] if isinstance(entry, dict) else []
                texts = [value for value in values if isinstance(value, str)]
                if len(texts) != len(_KEYS) or not texts[-1]:
                    raise _unreadable(path, another)
                self.before.append(Known(*texts))
        elif not update:
            raise _unreadable(path, Text("まだありません", "there is none yet"))
        self.known = {each.fingerprint for each in self.before}
        self.inputs: set[str] = set()
        self.met: dict[str, Known] = {}
        self.fingerprints = Fingerprints(self._named)

    def pass_known(self, checked: Checked) -> tuple[Checked, int]:
        """The input without what is known of it, and how much that was. Notes are left as they are: they pass anyway."""
        self.inputs.add(self._named(checked.file))
        new: list[Finding] = []
        errors = 0
        for found in checked.findings:
            if found.severity is Severity.NOTE:
                new.append(found)
                continue
            fingerprint = self.fingerprints.of(checked, found)
            if self.update or fingerprint in self.known:
                self.met[fingerprint] = Known(self._named(found.where.file), found.code, found.path, fingerprint)
                errors += found.severity is Severity.ERROR
            else:
                new.append(found)
        passed = len(checked.findings) - len(new)
        if errors and not checked.outcomes:
            new.insert(0, finding("HJ498", Location(checked.file, checked.record or 1), count=errors))
        return checked._replace(findings=tuple(new)), passed

    def gone(self) -> Iterator[Finding]:
        """A note where something is known that is found no more, in an input of this run or one that is not there any longer."""
        count = sum(each.fingerprint not in self.met and self._spoken_of(each) for each in self.before)
        if count and not self.update:
            yield finding("HJ499", Location(self.path), path=self.path, count=count)

    def ready(self) -> WholeFile:
        """The file with what was met, and what is known of inputs that were no part of this run; still to be kept."""
        left = [each for each in self.before if not self._spoken_of(each)]
        told = (
            {key: text for key, text in zip(_KEYS, each, strict=True) if text}
            for each in sorted({*left, *self.met.values()})
        )
        lines = (for_json(json.dumps(entry, ensure_ascii=False)) for entry in told)
        text = f'{{"format": "{FORMAT}", "findings": [\n' + ",\n".join(lines) + "\n]}\n"
        return ready(self.path, text.encode())

    def _spoken_of(self, known: Known) -> bool:
        folder = os.path.dirname(self.path)
        return known.file in self.inputs or not (known.file == "-" or os.path.lexists(os.path.join(folder, known.file)))

    def _named(self, file: str) -> str:
        if file == "-":
            return file
        try:
            seen = os.path.relpath(file, os.path.dirname(self.path) or ".")
        except ValueError:  # on another drive
            seen = file
        return path_text(seen.replace(os.sep, "/"))


def _unreadable(path: str, reason: Text) -> HojoError:
    return HojoError(finding("HJ497", Location(path), path=path, reason=reason))
