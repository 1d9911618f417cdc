"""The command line as data: every verb with its parameters, in both languages.

`plain` reads an ordinary line by it, `cli` gives it to typer for everything else; what each verb does stands in `verbs`.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from hojo_cli.base.finding import Text
from hojo_cli.base.record import Record

Kind: TypeAlias = Literal["word", "words", "number", "flag", "switch"]
"""One value; any number of them; a whole number from 0 on; on if it is there; `--color/--no-color`, or neither."""


class Parameter(Record):
    """`name` is what the verb calls it. Without `flags` it is read by position. `values` are those a shell offers."""

    name: str
    flags: tuple[str, ...]
    help: Text
    metavar: str = ""
    kind: Kind = "word"
    required: bool = False
    most: int | None = None
    values: tuple[str, ...] = ()


class Verb(Record):
    """What follows `hojo`, lines that show it, and its parameters: those by position first, in their order."""

    words: tuple[str, ...]
    help: Text
    examples: tuple[str, ...]
    parameters: tuple[Parameter, ...]


HELP: Final = Text(
    "補助金の試算・点検・ルール比較を行います。", "Estimate subsidies, check applicant files, compare rulesets."
)
EPILOG: Final = Text(
    "終了コード: 0 問題なし / 1 入力に誤りあり / 2 実行できない",
    "Exit codes: 0 nothing wrong / 1 something in the input is wrong / 2 could not run",
)
EXAMPLES: Final = Text("例:", "Examples:")
VERSION: Final = Text("版を表示して終わる", "show the version and exit")
SHOW_HELP: Final = Text("この説明を表示して終わる", "show this message and exit")
COMPLETION: Final = {
    "install_completion": Text("このシェルに補完を入れる", "install completion for the current shell"),
    "show_completion": Text("補完の設定を表示する", "show completion for the current shell, to copy it or adapt it"),
}

LANGUAGES: Final = ("ja", "en")

COMMON: Final = (
    Parameter("version", ("--version",), VERSION, kind="flag"),
    Parameter("help", ("--help", "-h"), SHOW_HELP, kind="flag"),
)
"""What every command has, `hojo` itself included."""

_RULES: Final = Parameter(
    "rules", ("--rules",), Text("ルールセット（年度かファイル）", "ruleset: a year or a file"), "YEAR|PATH"
)
_OUTPUT: Final = Parameter(
    "output", ("--output", "-o"), Text("結果を書くファイル", "write the result to a file"), "FILE"
)
_LANG: Final = Parameter("lang", ("--lang",), Text("表示の言語", "language"), "ja|en", values=LANGUAGES)
_COLOR: Final = Parameter("color", ("--color", "--no-color"), Text("色を付けるか", "use colours"), kind="switch")
_STRICT: Final = Parameter("strict", ("--strict",), Text("警告も誤りと数える", "warnings count as errors"), kind="flag")
_QUIET: Final = Parameter("quiet", ("--quiet", "-q"), Text("結果を表示しない", "print no result"), kind="flag")
_ENCODING: Final = Parameter(
    "encoding", ("--encoding",), Text("CSV の文字コード", "encoding of CSV files"), "utf-8|cp932"
)
_JOBS: Final = Parameter(
    "jobs",
    ("--jobs", "-j"),
    Text("並列数（0: 使えるコアの数）", "processes (0: one a core)"),
    "N",
    kind="number",
    most=256,
)


def _format(*names: str) -> Parameter:
    drawn = Text(f"出力の形: {', '.join(names)}", f"how it is drawn: {', '.join(names)}")
    return Parameter("format", ("--format", "-f"), drawn, "FORMAT", values=names)


_DRAWN: Final = (_format("table", "tree", "json", "markdown"), _OUTPUT, _LANG, _COLOR, _QUIET)
"""How a report is drawn, and where."""

_ESTIMATE: Final = Verb(
    ("estimate",),
    Text(
        "1件（又は数件）の申請者について、すべての枠を比べ、最もよい枠を1行ずつ説明します。",
        "Compare all frames for an applicant and break the best one down.",
    ),
    ("hojo estimate examples/shop.yaml", "hojo estimate a.yaml --frame general --explain"),
    (
        Parameter("files", (), Text("申請者ファイル", "applicant files"), "FILE…", "words", required=True),
        _RULES,
        Parameter("frame", ("--frame",), Text("内訳を示す枠", "frame to break down"), "ID"),
        Parameter("explain", ("--explain",), Text("計算の根拠を木で示す", "print the full derivation"), kind="flag"),
        Parameter(
            "full",
            ("--full",),
            Text(
                "確かめること、出典、前の年度の結果も示す", "add the checklist, the sources, an earlier year's results"
            ),
            kind="flag",
        ),
        *_DRAWN,
    ),
)
_CHECK: Final = Verb(
    ("check",),
    Text(
        "多数の申請者を点検します（ファイル、フォルダ、グロブ、`-`、JSON Lines、CSV）。",
        "Check many applicants: files, folders, globs, `-`, JSON Lines, CSV.",
    ),
    ("hojo check applicants/", "hojo check list.csv --encoding cp932 --output sarif=hojo.sarif"),
    (
        Parameter("paths", (), Text("ファイル・フォルダ・グロブ", "files, folders, globs"), "PATH…", "words"),
        _RULES,
        _format("table", "json", "jsonl", "csv", "markdown", "github", "gitlab", "junit", "sarif"),
        Parameter(
            "outputs",
            ("--output", "-o"),
            Text("結果を書くファイル（何度でも）", "write to a file, may be repeated"),
            "[FORMAT=]FILE",
            "words",
        ),
        Parameter(
            "files_from",
            ("--files-from",),
            Text("点検するファイルの一覧（改行か NUL 区切り）", "a list of files, one a line or NUL-separated"),
            "FILE|-",
        ),
        _ENCODING,
        _JOBS,
        _STRICT,
        Parameter("exit_zero", ("--exit-zero",), Text("誤りがあっても終了コード0", "exit with 0 even so"), kind="flag"),
        Parameter(
            "allow_empty", ("--allow-empty",), Text("1件もなくてもよい", "nothing to check is fine"), kind="flag"
        ),
        Parameter(
            "update_expect",
            ("--update-expect",),
            Text("計算した補助額をファイルの expect に書く", "write the computed yen into `expect` of the files"),
            kind="flag",
        ),
        _LANG,
        _COLOR,
        _QUIET,
    ),
)
_DIFF: Final = Verb(
    ("diff",),
    Text(
        "2つのルールセットを比べ、何が変わり、誰の補助額が何円動くかを示します。",
        "Compare two rulesets: what changed, for whom, and by how many yen.",
    ),
    ("hojo diff 2025 2026", "hojo diff 2025 2026 --impact applicants/ --witness witnesses/"),
    (
        Parameter(
            "old",
            (),
            Text("前のルールセット（年度かファイル）", "the old ruleset: a year or a file"),
            "OLD",
            required=True,
        ),
        Parameter(
            "new",
            (),
            Text("後のルールセット（年度かファイル）", "the new ruleset: a year or a file"),
            "NEW",
            required=True,
        ),
        Parameter(
            "more",
            (),
            Text("`--impact` に続くファイル・フォルダ", "further files and folders for `--impact`"),
            "[PATH…]",
            "words",
        ),
        Parameter(
            "impact",
            ("--impact",),
            Text("両方で試算して比べる申請者（いくつでも）", "applicants to compare under both"),
            "PATH",
            "words",
        ),
        Parameter(
            "witness",
            ("--witness",),
            Text("差の出る最小の申請者を保存するフォルダ", "folder to save a smallest applicant for each change"),
            "DIR",
        ),
        _ENCODING,
        _JOBS,
        Parameter(
            "exit_code",
            ("--exit-code",),
            Text("違いがあれば終了コード1にする", "exit with 1 where there are differences"),
            kind="flag",
        ),
        *_DRAWN,
    ),
)
_VERIFY: Final = Verb(
    ("verify",),
    Text(
        "ルールセットを、出典と突き合わせ、それ自身の筋が通っているか検証します。",
        "Prove a ruleset against its sources and against itself.",
    ),
    ("hojo verify", "hojo verify my-rules.yaml --sources sources --strict --notes"),
    (
        Parameter(
            "rulesets",
            (),
            Text("年度かファイル（省くと同梱のすべて）", "years or files (default: all shipped)"),
            "RULESET…",
            "words",
        ),
        Parameter("sources", ("--sources",), Text("資料の本文を置いたフォルダ", "folder of archived texts"), "DIR"),
        Parameter(
            "cases",
            ("--cases",),
            Text("事例のフォルダ。見張れていない数字を数える", "folder of cases: which changes would none notice?"),
            "DIR",
        ),
        Parameter(
            "boundaries",
            ("--boundaries",),
            Text("境目の申請者ファイルを書くフォルダ", "write applicant files around each figure"),
            "DIR",
        ),
        _STRICT,
        Parameter("notes", ("--notes",), Text("注記も1件ずつ示す", "list the notes, too, one by one"), kind="flag"),
        _format("table", "json", "markdown", "sarif", "github"),
        _OUTPUT,
        _LANG,
        _COLOR,
        _QUIET,
    ),
)
_LIST: Final = Verb(
    ("rules",),
    Text(
        "手元のルールセットを一覧し、中身や公表された結果を表示します。",
        "List the rulesets at hand, print one in words or its published results.",
    ),
    ("hojo rules", "hojo rules show --format markdown"),
    (_RULES, *_DRAWN),
)
_SHOW: Final = Verb(
    ("rules", "show"),
    Text("ルールセットを読める形で表示します。", "Print a ruleset in words, each figure with its source."),
    ("hojo rules show", "hojo rules show --outcomes"),
    (
        Parameter(
            "name",
            (),
            Text("年度かファイル（省くと最新）", "a year or a file; the newest if left out"),
            "YEAR|PATH",
        ),
        Parameter(
            "outcomes",
            ("--outcomes",),
            Text("公表された申請結果を示す", "print the published results"),
            kind="flag",
        ),
        *_DRAWN,
    ),
)
_EXPLAIN: Final = Verb(
    ("rules", "explain"),
    Text("指摘のコード（HJ…）の意味、理由、直し方を表示します。", "Tell what a code (HJ…) means, why, and what to do."),
    ("hojo rules explain HJ151", "hojo rules explain 203 --lang en"),
    (Parameter("code", (), Text("コード", "the code"), "HJ…", required=True), *_DRAWN),
)
_SCHEMA: Final = Verb(
    ("schema",),
    Text(
        "エディタ用の JSON Schema（draft 2020-12）を書き出します。",
        "Write the JSON Schema (draft 2020-12) for editors.",
    ),
    ("hojo schema applicant -o applicant.schema.json", "hojo schema ruleset"),
    (
        Parameter("of", (), Text("何のスキーマか", "which schema"), "applicant|ruleset", required=True),
        _RULES,
        _format("json"),
        _OUTPUT,
        Parameter(
            "lang",
            ("--lang",),
            Text("説明の言語（省くと両方）", "language of descriptions; both if left out"),
            "ja|en",
        ),
        _COLOR,
        _QUIET,
    ),
)
_NEW: Final = Verb(
    ("new",),
    Text(
        "申請者ファイルのひな形を、項目の説明付きで作ります。", "Write a blank applicant file that explains each fact."
    ),
    ("hojo new shop.yaml --interactive", "hojo new applicants.csv --format csv"),
    (
        Parameter(
            "file", (), Text("作るファイル（省くと標準出力）", "the file to write; standard output if left out"), "FILE"
        ),
        _RULES,
        Parameter(
            "interactive",
            ("--interactive", "-i"),
            Text("1問ずつ尋ねて書き込む", "ask question by question"),
            kind="flag",
        ),
        Parameter(
            "force", ("--force",), Text("すでにあるファイルを置き換える", "replace a file that exists"), kind="flag"
        ),
        Parameter("format", ("--format", "-f"), Text("ファイルの形: yaml, csv", "kind of file: yaml, csv"), "FORMAT"),
        _OUTPUT,
        _LANG,
        _COLOR,
        _QUIET,
    ),
)

VERBS: Final = {verb.words: verb for verb in (_ESTIMATE, _CHECK, _DIFF, _VERIFY, _LIST, _SHOW, _EXPLAIN, _SCHEMA, _NEW)}
