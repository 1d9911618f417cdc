"""`hojo diff OLD NEW`: what changed in the rules, for whom, and whose subsidy moves by how much."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hojo_cli.base.finding import THE_CALL, HojoError, Text
from hojo_cli.base.record import NamedTuple
from hojo_cli.batch.impact import weigh_files
from hojo_cli.diff import witness
from hojo_cli.diff.clauses import prepare, side
from hojo_cli.diff.totals import Impact
from hojo_cli.diff.wording import accounts
from hojo_cli.files.atomic_folder import WholeFolder
from hojo_cli.messages import finding
from hojo_cli.pages import diff as diff_page, diff_data
from hojo_cli.pages.diff_words import Shown
from hojo_cli.results.report import Report


class DiffRequest(NamedTuple):
    """What was asked for, as typed. `jobs` 0 is as many as there are processors; `by` names columns, with commas between them."""

    old: str
    new: str
    impact: Sequence[str] = ()
    folder: str = ""
    encoding: str = ""
    jobs: int = 0
    exit_code: bool = False
    by: str = ""


def run(request: DiffRequest, lang: str) -> Report:
    """`HojoError` where a ruleset, a named file or the folder cannot be used, for files and tables of applicants at once, and for
    columns where there is no table. Applicant files that fail are findings and exit code 1.
    """
    from hojo_cli.tables.sources import is_table

    if request.encoding not in ("", "utf-8", "cp932"):
        raise HojoError(finding("HJ455", THE_CALL, name=request.encoding))
    compared = prepare(side(request.old), side(request.new))
    by = [name.strip() for name in request.by.split(",") if name.strip()]
    tables = [path for path in request.impact if is_table(path)]
    impact: Impact | None = None
    if tables and len(tables) == len(request.impact):
        from hojo_cli.tables.impact import weigh_tables

        impact = weigh_tables(compared, tables, by, lang, request.jobs)
    elif tables or by:
        reason = _MIXED if tables else _NO_TABLE
        raise HojoError(finding("HJ001", THE_CALL, reason=reason, command="hojo diff"))
    elif request.impact:
        impact = weigh_files(compared, request.impact, request.encoding, request.jobs)
    told = zip(compared.clauses, accounts(compared), strict=True)
    shown = [Shown(clause, account, witness.find(clause, compared), "") for clause, account in told]
    if request.folder:  # each witness as a file of its own
        with WholeFolder(request.folder) as folder:
            for place, each in enumerate(shown):
                if each.witness is not None:
                    changed = each.clause.change.path
                    file = witness.file_name(1 + sum(bool(saved.file) for saved in shown), changed)
                    folder.add(file, witness.text(each.witness, changed).encode())
                    shown[place] = each._replace(file=file)
            folder.keep()
    findings = () if impact is None else tuple(impact.failed)
    differs = request.exit_code and not compared.comparison.empty
    return Report(
        lambda: diff_data.data(compared, shown, impact, lang),
        lambda: diff_page.page(compared, shown, impact),
        findings,
        1 if findings or differs else 0,
    )


_MIXED: Final = Text(
    "`--impact` に、表とほかのファイルを一緒には指定できません", "`--impact` takes tables or files, not both"
)
_NO_TABLE: Final = Text(
    "`--by` は、`--impact` に表のフォルダを指定したときに使えます", "`--by` goes with `--impact` and a folder of tables"
)
