"""What the site is made of beside the pages of `docs/`: made by hojo itself while MkDocs builds it, so that it cannot be out of date.

Commands and JSON schemas as pages, the calculator of each year, pages to hand over, curves and pictures of the terminal.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from functools import cache, partial
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer

ROOT = Path(__file__).parent.parent
SCHEMAS = ("applicant", "ruleset", "estimate", "check", "diff", "verify", "advise", "curve")
YEARS = tuple(sorted((path.stem for path in (ROOT / "rules").glob("20*.yaml")), reverse=True))
BUILDER = "examples/builder.yaml"

CURVES = {
    "curve-builder": ("curve", BUILDER, "--vary", "items[0].amount", "--frame", "general"),
    "curve-shop": ("curve", "examples/shop.yaml", "--vary", "items[0].amount"),
    "curve-staff": ("curve", "examples/shop.yaml", "--vary", "facts.employees", "--frame", "invoice", "--to", "12"),
}
TERMINALS = {
    "terminal-estimate": ("estimate", BUILDER),
    "terminal-mistakes": ("check", "examples/mistakes.yaml"),
}
CELL = Fraction("12.2")
"""Points across a cell in a picture of rich's."""

LINES = 32
"""So many lines a picture of the terminal has."""

HANDED_OVER = {
    "builder": ("estimate", BUILDER),
    "shop": ("estimate", "examples/shop.yaml"),
    "list": ("check", "examples"),
    "rules": ("rules", "show"),
}

WORDS = {
    "ja": {
        "commands": "コマンド",
        "lead": "`hojo COMMAND --help` が示すものと同じです。オプションはコマンドの後に書きます。",
        "schemas": "JSON の形",
        "schema_lead": "`hojo schema 種類` が書き出す JSON Schema（draft 2020-12）です。キーは増えることはあっても、意味は変わりません。",
        "tables": "表の列",
        "table_lead": "`hojo sql 年度 --tables` が書く文です。Parquet では VARCHAR が STRING、BIGINT が INT64、BOOLEAN が BOOLEAN、VARCHAR[] が STRING のリストです。読み方は「[ルールセットを SQL にする](../sql.md)」にあります。",
        "decisions": "決めたこと",
        "decision_lead": "うっかり元に戻しそうな決定と、その理由、採らなかった案です（英語）。",
        "key": "キー",
        "type": "型",
        "says": "説明",
        "whole": "全体",
    },
    "en": {
        "commands": "Commands",
        "lead": "What `hojo COMMAND --help` prints. Options stand after the command.",
        "schemas": "JSON schemas",
        "schema_lead": "The JSON Schemas (draft 2020-12) that `hojo schema KIND` writes. Keys are only ever added.",
        "tables": "Columns of tables",
        "table_lead": "What `hojo sql YEAR --tables` writes. In Parquet, VARCHAR is STRING, BIGINT is INT64, VARCHAR[] a list of STRING. See [Rulesets as SQL](../sql.md).",
        "decisions": "Decisions",
        "decision_lead": "What somebody might undo by accident: why it is so, and what was not taken.",
        "key": "key",
        "type": "type",
        "says": "what it says",
        "whole": "all of it",
    },
}


@cache
def folder() -> tempfile.TemporaryDirectory[str]:
    """The pages and all that is made, as MkDocs wants them: in one place, while the site is built or served."""
    return tempfile.TemporaryDirectory(prefix="hojo-site-")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """MkDocs begins, or begins again as a page was changed: the pages as they are now, and beside them what is made."""
    pages = Path(folder().name)
    shutil.copytree(ROOT / "docs", pages, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    for uri, content in made().items():
        path = pages / uri
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="\n")
    config.docs_dir = str(pages)
    return config


def on_page_markdown(markdown: str, **_: object) -> str:
    """Japanese has no spaces between words, and none where a line of the file ends; outputs stay as they are."""
    parts = re.split(r"(^```.*?^```$)", markdown, flags=re.MULTILINE | re.DOTALL)
    wide = "[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]"
    return "".join(part if part.startswith("```") else re.sub(f"(?<={wide})\n(?={wide})", "", part) for part in parts)


def on_serve(server: LiveReloadServer, **_: object) -> LiveReloadServer:
    """`mkdocs serve` looks after the pages where they are written."""
    server.watch(str(ROOT / "docs"))
    return server


@cache
def made() -> dict[str, str]:
    """Everything by its place in the site."""
    return {place: make() for place, make in makers().items()}


def makers() -> dict[str, Callable[[], str]]:
    """What makes each of them."""
    found: dict[str, Callable[[], str]] = {}
    for lang, ending in (("ja", ""), ("en", ".en")):
        found[f"reference/commands{ending}.md"] = partial(commands, lang)
        found[f"reference/schemas{ending}.md"] = partial(schemas, lang)
        found[f"reference/tables{ending}.md"] = partial(tables, lang)
        found[f"decisions/index{ending}.md"] = partial(decisions, lang)
        for name, call in CURVES.items():
            found[f"images/{name}{ending}.svg"] = partial(hojo, *call, "--format", "svg", "--lang", lang)
        for name, call in TERMINALS.items():
            found[f"images/{name}{ending}.svg"] = partial(terminal, call, lang)
    for kind in SCHEMAS:
        found[f"schemas/{kind}.json"] = partial(hojo, "schema", kind)
    for name, call in HANDED_OVER.items():
        found[f"samples/{name}.html"] = partial(hojo, *call, "--format", "html", "--lang", "ja")
    for year in YEARS:
        found[f"calculators/{year}.html"] = partial(hojo, "page", year, "--lang", "ja")
    return found


def hojo(*arguments: str, **environment: str) -> str:
    """What it prints; findings go elsewhere. A call that cannot run ends the build."""
    plain = {key: value for key, value in os.environ.items() if key not in ("FORCE_COLOR", "NO_COLOR", "PYTHONPATH")}
    done = subprocess.run(
        [sys.executable, "-m", "hojo_cli", *arguments],
        cwd=ROOT,
        env={**plain, "COLUMNS": "88", "PYTHONUTF8": "1", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    if done.returncode not in (0, 1):
        raise RuntimeError(f"hojo {' '.join(arguments)}: {done.stderr.decode()}")
    return done.stdout.decode()


def seen_by_people(*arguments: str) -> str:
    """What it prints where somebody looks: long lines are folded there."""
    above, below = os.openpty()
    printed = b""
    command = [sys.executable, "-m", "hojo_cli", *arguments]
    environment = {**os.environ, "COLUMNS": "88", "PYTHONUTF8": "1", "TERM": "xterm"}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=below, stderr=subprocess.DEVNULL
    ):
        os.close(below)
        with suppress(OSError):  # the end of a terminal is one
            while part := os.read(above, 65536):
                printed += part
    os.close(above)
    return printed.decode().replace("\r\n", "\n")


def verbs() -> list[str]:
    """Every command as it is typed, those of a group below it."""
    from hojo_cli.cli import verbs as cli

    app = cli.app()
    found = [each.callback.__name__ for each in app.registered_commands]
    for group in app.registered_groups:
        below = group.typer_instance.registered_commands
        found += [group.name, *(f"{group.name} {each.callback.__name__}" for each in below)]
    return found


def commands(lang: str) -> str:
    """The help of every command."""
    parts = [f"# {WORDS[lang]['commands']}", WORDS[lang]["lead"]]
    for verb in verbs():
        said = hojo(
            *verb.split(), "--help", "--lang", lang, LC_ALL="ja_JP.UTF-8" if lang == "ja" else "en_US.UTF-8"
        ).rstrip()
        parts.append(f"## hojo {verb}\n\n```text\n{said}\n```")
    return "\n\n".join(parts) + "\n"


def schemas(lang: str) -> str:
    """The keys of each schema, with the whole of it one click away."""
    words = WORDS[lang]
    parts = [f"# {words['schemas']}", words["schema_lead"]]
    for kind in SCHEMAS:
        schema = json.loads(hojo("schema", kind, "--lang", lang))
        rows = [
            f"| `{key}` | {kinds(each)} | {cell(each.get('description', ''))} |"
            for key, each in schema.get("properties", {}).items()
        ]
        head = f"| {words['key']} | {words['type']} | {words['says']} |\n|---|---|---|"
        said = f"{cell(schema.get('description', ''))}\n\n" if schema.get("description") else ""
        link = (
            f"[{kind}.json](../schemas/{kind}.json)（{words['whole']}）"
            if lang == "ja"
            else f"[{kind}.json](../schemas/{kind}.json) ({words['whole']})"
        )
        parts.append(f"## {kind}\n\n{said}{head}\n" + "\n".join(rows) + f"\n\n{link}")
    return "\n\n".join(parts) + "\n"


def tables(lang: str) -> str:
    """The three tables of each year, as `hojo sql --tables` makes them: in the types of DuckDB, which are those of Parquet."""
    words = WORDS[lang]
    parts = [f"# {words['tables']}", words["table_lead"]]
    for year in YEARS:
        parts += [f"## {year}", f"```sql\n{hojo('sql', year, '--tables', '--lang', lang).strip()}\n```"]
    return "\n\n".join(parts) + "\n"


def decisions(lang: str) -> str:
    """Every decision by its title."""
    lines = [f"# {WORDS[lang]['decisions']}", "", WORDS[lang]["decision_lead"], ""]
    for path in sorted((ROOT / "docs" / "decisions").glob("*.md")):
        title = path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")
        lines.append(f"- [{title}]({path.name})".replace(". ", "\\. ", 1))
    return "\n".join(lines) + "\n"


def kinds(schema: Any) -> str:
    """What type a key has. (Any: JSON.)"""
    known = schema.get("type") or ("const" if "const" in schema else schema.get("$ref", "").rpartition("/")[2])
    return f"`{'、'.join(known) if isinstance(known, list) else known}`" if known else ""


def cell(text: str) -> str:
    """In a table."""
    return text.replace("\n", " ").replace("|", "\\|").replace("<", "&lt;")


def terminal(call: tuple[str, ...], lang: str) -> str:
    """A picture of the terminal from what is really printed there; without fonts from elsewhere.

    rich gives a run of text as much room as it has characters; here each word stands where it does in cells, whatever the font.
    """
    from rich.cells import cell_len
    from rich.console import Console
    from rich.text import Text

    def placed(run: re.Match[str]) -> str:
        words, parts = html.unescape(run["words"]), []
        for part in re.finditer(r"[\x21-\x7e]+|[^\x00-\xa0]+", words):
            at, room = (round(CELL * cell_len(text.replace("\xa0", " "))) for text in (words[: part.start()], part[0]))
            x = round(Fraction(run["x"])) + at
            parts.append(
                f'<text{run["before"]} x="{x}"{run["y"]} textLength="{room}"{run["rest"]}>{html.escape(part[0])}</text>'
            )
        return "".join(parts)

    printed = "\n".join(seen_by_people(*call, "--lang", lang, "--color").splitlines()[:LINES])
    console = Console(record=True, width=88, file=StringIO(), force_terminal=True, legacy_windows=False)
    console.print(Text.from_ansi(printed), soft_wrap=True, crop=False)
    name = f"{call[0]}-{Path(call[1]).stem}"
    picture = console.export_svg(title=f"hojo {' '.join(call)}", unique_id=name)
    picture = re.sub(r"@font-face \{[^}]*\}", "", picture)
    run = r'<text(?P<before>[^>]*) x="(?P<x>[0-9.]+)"(?P<y>[^>]*) textLength="[0-9.]+"(?P<rest>[^>]*)>(?P<words>[^<]*)</text>'
    picture = re.sub(run, placed, picture)
    return picture.replace("Fira Code, monospace", "Menlo, Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono', monospace")
