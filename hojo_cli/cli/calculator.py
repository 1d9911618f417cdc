"""`hojo page`."""

from typing import Annotated, Literal

from hojo_cli.cli.delivery import View
from hojo_cli.cli.options import Ambiguous, Color, Lang, NamedRules, Output, Quiet, format_option


def page(
    name: NamedRules = "",
    format: Annotated[Literal["html"], format_option(("html",))] = "html",
    output: Output = "",
    lang: Lang = None,
    color: Color = None,
    ambiguous: Ambiguous = None,
    quiet: Quiet = False,
) -> int:
    """ブラウザで開く計算ページを、1つの HTML ファイルに書き出します。通信なしで、estimate と同じ額を計算します。

    Write the calculator as one HTML file: it computes in any browser, offline, what `estimate` computes.

    hojo page 2026 -o calculator.html
    hojo page my-rules.yaml -o calculator.html --lang en
    """
    from hojo_cli.commands import page as command

    view = View(format, output, lang, color, ambiguous, quiet)
    command.run(name, output, view.spoken, quiet=quiet)
    return 0
