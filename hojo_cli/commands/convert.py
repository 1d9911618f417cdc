"""`hojo convert PATH… -o TARGET`: applicants from one kind of file to another, all of them or none."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from hojo_cli.base.finding import THE_CALL, HojoError, Location, Text
from hojo_cli.base.sanitize import for_terminal
from hojo_cli.batch import conversion
from hojo_cli.batch.reference import refer
from hojo_cli.files import streams
from hojo_cli.files.atomic_file import require_apart, standing
from hojo_cli.files.atomic_folder import WholeFolder
from hojo_cli.messages import finding
from hojo_cli.results.report import Report

_TABLES: Final = {
    "csv": conversion.table,
    "xlsx": conversion.workbook,
}
_WROTE: Final = Text("{count}件を {path} に書きました。", "Wrote {count} applicants to {path}.")


def run(
    paths: Sequence[str],
    target: str,
    rules: str,
    lang: str,
    *,
    format: str = "",
    encoding: str = "",
    force: bool = False,
    quiet: bool = False,
) -> Report:
    """To a folder (one YAML a client) or a table, by the `format` or else the end of its name. `HojoError` where the target cannot be; nothing is written
    where any applicant has an error: exit code 1.
    """
    folder = Path(target).is_dir() or target.endswith(("/", os.sep))
    ending = "" if folder or format == "yaml" else format or Path(target).suffix[1:].lower()
    known = (*_TABLES, "jsonl", "ndjson")
    if not target or (ending and ending not in known):
        raise HojoError(finding("HJ084", THE_CALL, path=target))
    require_apart(standing([target]), (refer(path).path for path in paths))
    if os.path.lexists(target) and not force and (not Path(target).is_dir() or any(Path(target).iterdir())):
        raise HojoError(finding("HJ014", Location(target), path=target))
    converted = conversion.read(paths, encoding, rules)
    wrong = converted.findings
    if not wrong and ending in _TABLES:
        wrong = conversion.members(converted)
    if wrong:
        return Report(findings=(*wrong, finding("HJ082", THE_CALL, path=target)), exit_code=1)
    if not converted.records:
        raise HojoError(finding("HJ450", THE_CALL, where="、".join(paths)))
    if ending in _TABLES:
        streams.write(_TABLES[ending](converted, lang), target, ending)
    elif ending in known:
        streams.write(conversion.json_lines(converted), target, ending)
    else:
        with WholeFolder(target.rstrip("/" + os.sep) or target) as whole:
            for name, data in conversion.yaml_files(converted).items():
                whole.add(name, data)
            whole.keep()
    if not quiet:
        streams.say(_WROTE.into(lang).format(count=f"{len(converted.records):,}", path=for_terminal(target)))
    return Report()
