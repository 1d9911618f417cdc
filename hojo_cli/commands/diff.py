"""`hojo diff OLD NEW`: what changed in the rules, for whom, and whose subsidy moves by how much."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from hojo_cli.base.finding import THE_CALL, HojoError
from hojo_cli.diff import witness
from hojo_cli.diff.clauses import prepare, side
from hojo_cli.diff.impact import weigh_files
from hojo_cli.diff.wording import accounts
from hojo_cli.files.atomic_folder import WholeFolder
from hojo_cli.messages import finding
from hojo_cli.pages import diff as diff_page, diff_data
from hojo_cli.pages.diff_words import Shown
from hojo_cli.results.report import Report


class DiffRequest(NamedTuple):
    """What was asked for, as typed. `jobs` 0 is as many as there are processors."""

    old: str
    new: str
    impact: Sequence[str] = ()
    folder: str = ""
    encoding: str = ""
    jobs: int = 0
    exit_code: bool = False


def run(request: DiffRequest, lang: str) -> Report:
    """`HojoError` where a ruleset, a named file or the folder cannot be used. Applicant files that fail are findings and exit code 1."""
    if request.encoding not in ("", "utf-8", "cp932"):
        raise HojoError(finding("HJ455", THE_CALL, name=request.encoding))
    compared = prepare(side(request.old), side(request.new))
    impact = weigh_files(compared, request.impact, request.encoding, request.jobs) if request.impact else None
    told = zip(compared.clauses, accounts(compared), strict=True)
    shown = [Shown(clause, account, witness.find(clause, compared), "") for clause, account in told]
    if request.folder:
        shown = _save(request.folder, shown)
    findings = () if impact is None else tuple(impact.failed)
    differs = request.exit_code and not compared.comparison.empty
    return Report(
        lambda: diff_data.data(compared, shown, impact, lang),
        lambda: diff_page.page(compared, shown, impact),
        findings,
        1 if findings or differs else 0,
    )


def _save(path: str, shown: list[Shown]) -> list[Shown]:
    """Each witness as a file of its own."""
    saved: list[Shown] = []
    with WholeFolder(path) as folder:
        for each in shown:
            file = ""
            if each.witness is not None:
                changed = each.clause.change.path
                file = witness.file_name(1 + sum(bool(other.file) for other in saved), changed)
                folder.add(file, witness.text(each.witness, changed).encode())
            saved.append(each._replace(file=file))
        folder.keep()
    return saved
