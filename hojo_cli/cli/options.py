"""The options that several verbs have, and what a shell may complete for them besides the names of files, which it knows itself.

A help text is Japanese and English, `日本語 | English`: `app` leaves the one that is wanted.
"""

from typing import Annotated, Any, TypeAlias, get_args

from typer import Argument, Context, Option

from hojo_cli.base.exact import whole
from hojo_cli.base.finding import HojoError, Location
from hojo_cli.base.number import Kind, NumberProblem, read
from hojo_cli.cli import terminal
from hojo_cli.formats import ReportFormat
from hojo_cli.messages import finding

Offers: TypeAlias = list[tuple[str, str]]
"""What a shell may complete, each with what it means; typer leaves what begins as the word does."""


def years() -> Offers:
    """The years of the rulesets at hand."""
    from hojo_cli.commands import completion

    return [(year, "") for year in completion.years()]


def frames(context: Context) -> Offers:
    """The frames of the ruleset that was named, or of the newest."""
    from hojo_cli.commands import completion

    return [(name, label.into(terminal.language())) for name, label in completion.frames(_named(context)).items()]


def paths(context: Context) -> Offers:
    """Where an applicant may be changed."""
    from hojo_cli.commands import completion

    return [(f"{path}=", "") for path in completion.paths(_named(context))]


def places(context: Context) -> Offers:
    """The same without a value. Which of them a file states is not known: a shell leaves out what stands before an unfinished option."""
    return [(path.removesuffix("="), meaning) for path, meaning in paths(context)]


def _named(context: Context) -> str:
    """The first ruleset that was named; empty where none was."""
    named = context.params.get("rules") or ""
    return named if isinstance(named, str) else named[0]


def codes() -> Offers:
    """The codes of findings."""
    from hojo_cli.commands import completion

    return [(code, title.into(terminal.language())) for code, title in completion.codes().items()]


def encodings() -> Offers:
    """Those of CSV files."""
    return [("utf-8", ""), ("cp932", "")]


Rules = Annotated[
    str,
    Option(
        "--rules",
        metavar="YEAR|PATH",
        autocompletion=years,
        help="ルールセット（年度かファイル） | ruleset: a year or a file",
    ),
]


NamedRules = Annotated[
    str,
    Argument(
        metavar="YEAR|PATH",
        autocompletion=years,
        help="年度かファイル（省くと最新） | a year or a file; the newest if left out",
    ),
]
Changes = Annotated[
    list[str] | None,
    Option(
        "--set",
        metavar="PATH=VALUE",
        autocompletion=paths,
        help="申請者の値をこの実行だけ変える（何度でも。例 items[0].amount=120万円）"
        " | change the applicant for this run, may be repeated (such as items[0].amount=1200000)",
    ),
]


def yen_of(option: str, text: str) -> int | None:
    """The yen an option states, as people write them; None where it is not given. `HojoError` where it is no amount."""
    try:
        return whole(read(text, Kind.YEN)) if text else None
    except NumberProblem as problem:
        raise HojoError(finding(problem.code, Location(option, 0, 0), **problem.words)) from problem


def format_option(known: tuple[str, ...]) -> Any:
    """How a result is drawn. (Any: what typer calls a parameter's information.)"""
    names = ", ".join(known)
    return Option("--format", "-f", metavar="FORMAT", help=f"出力の形: {names} | how it is drawn: {names}")


Format = Annotated[ReportFormat | None, format_option(get_args(ReportFormat))]
Output = Annotated[
    str, Option("--output", "-o", metavar="FILE", help="結果を書くファイル | write the result to a file")
]
Encoding = Annotated[
    str,
    Option(
        metavar="utf-8|cp932",
        autocompletion=encodings,
        help="CSV の文字コード（省くと見分けます） | encoding of CSV files (default: recognised)",
    ),
]
Jobs = Annotated[
    int,
    Option(
        "--jobs",
        "-j",
        metavar="N",
        min=0,
        max=256,
        help="並列数（省くか 0 なら使えるコアの数） | processes (default, or 0: one a core)",
    ),
]
Strict = Annotated[bool, Option("--strict", help="警告も誤りと数える | warnings count as errors")]
Exclude = Annotated[
    list[str] | None,
    Option(
        metavar="GLOB",
        help="点検しないファイル・フォルダ（何度でも） | files and folders to leave out, may be repeated",
    ),
]
Changed = Annotated[
    str,
    Option(
        metavar="REV",
        help="git のリビジョン（HEAD、origin/main など）から変わったファイルだけ"
        " | only files that differ from a git revision (HEAD, origin/main)",
    ),
]
Baseline = Annotated[
    str,
    Option(
        metavar="FILE",
        help="このファイルにある指摘は通し、新しいものだけを誤りとする | known findings pass, new ones do not",
    ),
]
UpdateBaseline = Annotated[
    bool,
    Option("--update-baseline", help="いまの指摘をベースラインに書く | write what is found into the baseline"),
]
Ignore = Annotated[
    list[str] | None,
    Option(
        metavar="CODE", autocompletion=codes, help="示さない指摘（何度でも） | finding to leave out, may be repeated"
    ),
]
Weight = Annotated[
    list[str] | None,
    Option(
        "--severity",
        metavar="CODE=LEVEL",
        help="指摘の重さを error・warning・note に変える（何度でも）"
        " | make a finding an error, warning or note, may be repeated",
    ),
]
Lang = Annotated[
    terminal.Language | None,
    Option(metavar="ja|en", help="表示の言語（省くとロケールから） | language (default: from the locale)"),
]
Color = Annotated[bool | None, Option("--color/--no-color", help="色を付けるか | use colours")]
Ambiguous = Annotated[
    terminal.AmbiguousWidth | None,
    Option(
        metavar="narrow|wide",
        help="○ や ─ の幅。端末が全角で表示するなら wide | width of ○ and ─: wide if the terminal draws them two cells wide",
    ),
]
Quiet = Annotated[bool, Option("--quiet", "-q", help="結果を表示しない | print no result")]
