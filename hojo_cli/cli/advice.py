"""The verbs that look beyond an estimate: `hojo advise` and `hojo curve`."""

from typing import Annotated, get_args

from typer import Argument, Option

from hojo_cli.cli.delivery import View, chosen
from hojo_cli.cli.options import (
    Ambiguous,
    Changes,
    Color,
    Format,
    Lang,
    Output,
    Quiet,
    Rules,
    format_option,
    frames,
    places,
    years,
    yen_of,
)
from hojo_cli.formats import CurveFormat, ReportFormat


def advise(
    file: Annotated[str, Argument(metavar="FILE", help="申請者ファイル | applicant file")],
    target: Annotated[
        str, Option(metavar="YEN", help="届きたい補助額（最少の経費を求める） | subsidy to reach, at the least cost")
    ] = "",
    own: Annotated[
        str, Option(metavar="YEN", help="自己負担の上限（買える額を求める） | what may remain to be paid")
    ] = "",
    frame: Annotated[
        str, Option(metavar="ID", autocompletion=frames, help="この枠だけを見る | look at this frame alone")
    ] = "",
    rules: Rules = "",
    changes: Changes = None,
    format: Format = None,
    output: Output = "",
    lang: Lang = None,
    color: Color = None,
    ambiguous: Ambiguous = None,
    quiet: Quiet = False,
) -> int:
    """何を変えれば補助額が増えるか、目標の額に何が要るか、どの境目に近いかを示します。

    What would raise the subsidy, what an amount takes, and which borders are near.

    hojo advise examples/shop.yaml
    hojo advise a.yaml --target 100万円 --frame invoice
    """
    from hojo_cli.commands import advise as command

    view = View(chosen(format, output, get_args(ReportFormat)), output, lang, color, ambiguous, quiet)
    view.keep_apart(file, rules)
    wanted, remaining = (yen_of(name, text) for name, text in (("--target", target), ("--own", own)))
    return view.deliver(
        command.run(file, rules, frame, view.spoken, wanted=wanted, own=remaining, changes=changes or ())
    )


def curve(
    file: Annotated[str, Argument(metavar="FILE", help="申請者ファイル | applicant file")],
    vary: Annotated[
        str,
        Option(
            metavar="PATH",
            autocompletion=places,
            help="動かす数（例 items[0].amount、facts.employees） | the number to vary (such as items[0].amount)",
        ),
    ],
    first: Annotated[
        str, Option("--from", metavar="X", help="どこから（省くと最も小さい値） | from where (default: the least)")
    ] = "",
    last: Annotated[
        str,
        Option(
            "--to", metavar="X", help="どこまで（省くと最後の境目の先） | to where (default: beyond the last border)"
        ),
    ] = "",
    frame: Annotated[
        list[str] | None,
        Option(
            metavar="ID",
            autocompletion=frames,
            help="示す枠（何度でも。省くと経費のあるすべて） | frame to show, may be repeated (default: all with a cost)",
        ),
    ] = None,
    rules: Annotated[
        list[str] | None,
        Option(
            metavar="YEAR|PATH",
            autocompletion=years,
            help="ルールセット（2度書くと2つの年度を重ねる） | ruleset; twice: two years in one",
        ),
    ] = None,
    changes: Changes = None,
    format: Annotated[CurveFormat | None, format_option(get_args(CurveFormat))] = None,
    output: Output = "",
    lang: Lang = None,
    color: Color = None,
    ambiguous: Ambiguous = None,
    quiet: Quiet = False,
) -> int:
    """1つの金額や事実を動かしたとき、補助額がどう変わるかを、1円まで正確に示します。

    Show the subsidy as an exact function of one cost or fact: pieces, kinks and jumps.

    hojo curve examples/shop.yaml --vary items[0].amount
    hojo curve a.yaml --vary items[0].amount --frame general --frame invoice
    """
    from hojo_cli.commands import curve as command

    view = View(chosen(format, output, get_args(CurveFormat)), output, lang, color, ambiguous, quiet)
    view.keep_apart(file, *(rules or ()))
    request = command.CurveRequest(file, vary, first, last, frame or (), rules or (), changes or ())
    return view.deliver(command.run(request, view.spoken))
