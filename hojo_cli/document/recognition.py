"""What a file seems to be that is not what was asked for, and how it is read: an applicant given as a ruleset, a PDF, JSON Lines."""

from __future__ import annotations

import re
from typing import Final

from hojo_cli.base.finding import Text
from hojo_cli.base.record import NamedTuple
from hojo_cli.document.nodes import Mapping, Sequence

APPLICANT_FILE: Final = Text("申請者の YAML ファイル", "the YAML file of an applicant")
RULESET_FILE: Final = Text("ルールセット", "a ruleset")
JSON_LINES: Final = Text("JSON Lines（1行1件の JSON）", "JSON Lines")
TABLE: Final = Text("CSV の表", "a CSV table")


class Sort(NamedTuple):
    """A sort of file, and what to do with one; `{path}` stands for its name."""

    name: Text
    advice: Text

    def words(self, path: str, wanted: Text) -> dict[str, object]:
        """What HJ171 says of the file `path`."""
        shown = path if re.fullmatch(r"[\w./~:\\-]+", path) else "FILE"
        advice = Text(self.advice.ja.replace("{path}", shown), self.advice.en.replace("{path}", shown))
        return {"found": self.name, "wanted": wanted, "advice": advice}


_NEW: Final = Text(
    "内容を申請者ファイルに書き写してください（`hojo new` がひな形を作ります）。",
    "Copy what it says into an applicant file; `hojo new` writes a blank one.",
)
_SHEET: Final = Text(
    "名前の終わりを .xlsx にして `hojo check` に渡すか、「CSV UTF-8」として保存してください。",
    "Let its name end in .xlsx and give it to `hojo check`, or save it as “CSV UTF-8”.",
)
_OLD_SHEET: Final = Text(
    "表計算ソフトで「Excel ブック（.xlsx）」か「CSV UTF-8」として保存し、`hojo check` に渡してください。",
    "Save it as an Excel workbook (.xlsx) or as “CSV UTF-8” and give that to `hojo check`.",
)
_MAGIC: Final = (
    (rb"%PDF-", Sort(Text("PDF", "a PDF"), _NEW)),
    (rb"PK\x03\x04(?=.{0,4000}(?:xl/|spreadsheet))", Sort(Text("Excel などの表計算ファイル", "a spreadsheet"), _SHEET)),
    (rb"PK\x03\x04(?=.{0,4000}(?:word/|opendocument\.text))", Sort(Text("Word などの文書", "a text document"), _NEW)),
    (
        rb"PK\x03\x04|\x1f\x8b|7z\xbc\xaf|Rar!",
        Sort(
            Text("圧縮ファイル", "a compressed file"),
            Text("中のファイルを取り出して渡してください。", "Unpack it first."),
        ),
    ),
    (rb"\xd0\xcf\x11\xe0", Sort(Text("古い形の Excel か Word のファイル", "an old Excel or Word file"), _OLD_SHEET)),
    (rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\0|MM\0\*", Sort(Text("画像", "a picture"), _NEW)),
    (rb"(?i)\s*(?:<!doctype|<html|<\?xml)", Sort(Text("HTML か XML", "HTML or XML"), _NEW)),
)


SHEETS: Final = tuple(sort for magic, sort in _MAGIC if magic.startswith(rb"PK") and sort.advice is not _NEW)
"""What an Excel workbook may look like at first sight."""


def binary(data: bytes) -> Sort | None:
    """A sort that the first bytes tell."""
    return next((sort for magic, sort in _MAGIC if re.match(magic, data, re.DOTALL)), None)


RENAME_JSON: Final = Text(
    "名前の終わりを .jsonl にして、`hojo check` に渡してください。",
    "Let its name end in .jsonl and give it to `hojo check`.",
)
_RENAME_CSV: Final = Text(
    "カンマ区切りで保存し、名前の終わりを .csv にして、`hojo check` に渡してください。",
    "Save it with commas, let its name end in .csv and give it to `hojo check`.",
)
_RENAME_YAML: Final = Text("名前の終わりを .yaml にしてください。", "Let its name end in .yaml.")
_CHECK: Final = Text("`hojo check {path}` で読めます。", "`hojo check {path}` reads it.")
_LIST: Final = Text(
    "`hojo check --files-from {path}` で一覧のファイルを点検できます。",
    "`hojo check --files-from {path}` checks the files it lists.",
)
_NAME: Final = re.compile(r'"?[^:{}]+\.(?:ya?ml|jsonl?|ndjson|csv)"?', re.IGNORECASE)
_KEY: Final = re.compile(r"(?:---|#.*|[A-Za-z_]+:(?: .*)?)$")
_ROWS: Final = 20
_MUCH: Final = 100_000


def by_content(data: bytes, path: str) -> Sort | None:
    """A sort that the content of the file `path` tells."""
    return binary(data) or by_text(data[:_MUCH].decode(errors="replace"), path)


def by_text(text: str, path: str) -> Sort | None:
    """A sort of text that its first lines tell."""
    rows = [row.strip() for row in text.split("\n", _ROWS)[:_ROWS] if row.strip()]
    if not rows:
        return None
    if len(rows) > 1 and all(re.match(r'\{\s*"', row) and row.endswith("}") for row in rows[:-1]):
        return Sort(JSON_LINES, _CHECK if _ends(path, ".jsonl", ".ndjson") else RENAME_JSON)
    if all(_NAME.fullmatch(row) for row in rows):
        return Sort(Text("ファイル名の一覧", "a list of file names"), _LIST)
    if len(rows) > 1 and is_table(rows):
        return Sort(TABLE, _CHECK if _ends(path, ".csv") and "," in rows[0] else _RENAME_CSV)
    return None


def yaml(first: str) -> Sort | None:
    """YAML, where the first line of a file of another sort says so."""
    return Sort(Text("YAML", "YAML"), _RENAME_YAML) if _KEY.match(first.strip()) else None


def is_table(rows: list[str]) -> bool:
    """Whether the first rows are parted alike by commas, tabs or semicolons, and none begins like YAML."""
    if any(_KEY.match(row) or row[0] in "-{[" for row in rows[:2]):
        return False
    return any(rows[0].count(mark) and rows[1].count(mark) >= rows[0].count(mark) for mark in ",\t;")


def _ends(path: str, *endings: str) -> bool:
    return path.lower().endswith(endings)


_ESTIMATE: Final = Text("`hojo estimate {path}` で試算できます。", "`hojo estimate {path}` reads it.")
_VERIFY: Final = Text(
    "`hojo verify {path}` で検証し、`--rules {path}` で試算に使えます。",
    "`hojo verify {path}` checks it; `--rules {path}` estimates with it.",
)
A_RULESET: Final = Sort(RULESET_FILE, _VERIFY)
_RESULT: Final = Text(
    "`--output` の名前と入力のファイルを取り違えていないか確かめてください。",
    "Make sure that the file of `--output` was not taken for the input.",
)
_OF_RULES: Final = frozenset(("hojo", "program", "frames", "sources", "definitions"))


def by_keys(root: Mapping) -> Sort | None:
    """A sort of mapping that its keys tell: a ruleset, an applicant, or a result of hojo."""
    entries = root.entries
    if len(_OF_RULES & entries.keys()) > 1:
        return A_RULESET
    if getattr(entries.get("format"), "text", "").startswith("hojo."):
        return Sort(Text("hojo の出力", "a result of hojo"), _RESULT)
    if isinstance(entries.get("items"), Sequence) or ("facts" in entries and not _OF_RULES & entries.keys()):
        return Sort(APPLICANT_FILE, _ESTIMATE)
    return None


# --- what a merge leaves behind ---------------------------------------------------------------------------------------------


def conflict_begins(line: str) -> bool:
    """Whether a line is the first of a conflict that a merge could not settle."""
    return line.startswith("<<<<<<< ")


def conflict_ends(line: str) -> bool:
    """Whether a line is the last of such a conflict."""
    return line.startswith(">>>>>>> ")
