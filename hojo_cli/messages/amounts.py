"""HJ37x: amounts of a ruleset that have no definite value (part of HJ3xx)."""

from typing import Final

from hojo_cli.messages.entry import error

ENTRIES: Final = {
    "HJ370": error(
        ("小計が一部だけ重なる", "subtotals that overlap in part"),
        (
            "小計 `{name}` は{line}行目の小計 `{other}` と {common} だけ重なり、どちらの上限を先に当てるか決まりません。",
            "The subtotal `{name}` shares only {common} with the subtotal `{other}` (line {line}): which cap comes first is undecided.",
        ),
        (
            "一方の行をすべて他方に含めるか、重なりをなくしてください。",
            "Let one hold all lines of the other, or let them have no line in common.",
        ),
        (
            "小計は内側から順に上限を当てます。一部だけ重なると、同じ円が2つの上限に別々に当たります。",
            "Subtotals are struck from the inside out; where they overlap in part, the same yen would fall under two caps apart.",
        ),
    ),
    "HJ371": error(
        ("あとで減る額に対する割合", "a share of what is cut later"),
        (
            "`{name}` の補助額はあとで小計 `{subtotal}` の上限で減ることがあり、その割合が定まりません。",
            "What `{name}` yields may be cut later by the subtotal `{subtotal}`, so that a share of it is undecided.",
        ),
        (
            "この行を小計 `{subtotal}` に含めるか、小計の行をすべてこの行より上に置いてください。",
            "Put this line under `{subtotal}` as well, or all lines of that subtotal above this one.",
        ),
        (
            "もとの額が減ったあとも、割合の上限は守られなければなりません。",
            "A share must hold for what is paid in the end, not for what is cut again.",
        ),
    ),
    "HJ372": error(
        ("割合で2度数える行", "a line counted twice in a share"),
        (
            "行 `{line}` が `{other}` と `{name}` で2度数えられています。",
            "The line `{line}` is counted twice, in `{other}` and in `{name}`.",
        ),
        ("どちらか一方だけを `of` に書いてください。", "Name only one of them under `of`."),
        ("同じ円を2度数えると、割合の上限が大きくなりすぎます。", "A yen counted twice makes the share too large."),
    ),
    "HJ374": error(
        ("行と同じ id の小計", "a subtotal named like a line"),
        ("小計の id `{name}` は行の id でもあります。", "The id `{name}` of this subtotal is also that of a line."),
        ("別の id にしてください。", "Give one of them another id."),
        ("割合が行と小計のどちらを指すか決まりません。", "A share could mean either of them."),
    ),
    "HJ375": error(
        ("掛けられない事実", "a fact that cannot multiply"),
        (
            "`{fact}` は数の事実ではないため、`times` に使えません。",
            "`{fact}` is no number and cannot stand under `times`.",
        ),
        ("数の事実か、数えた量（`measure`）を書いてください。", "Name a fact that is a number, or a `measure`."),
        ("額に掛けられるのは数だけです。", "Only a number can be multiplied."),
    ),
    "HJ376": error(
        ("補助率にした割合", "a share as a rate"),
        ("`share` は額なので、補助率には使えません。", "A `share` is an amount of yen and cannot be a rate."),
        ("`cap` に書いてください。", "Write it under `cap`."),
        ("円に円を掛けることになります。", "Yen would be multiplied by yen."),
    ),
    "HJ378": error(
        ("どの枠も使わない共通の要件", "a common requirement that no frame has"),
        (
            "`requirements` の `{name}` は、どの枠の要件でもありません。",
            "No frame has the requirement `{name}` of `requirements`.",
        ),
        (
            "枠の `requires` に `{{id: {name}, …}}` を書くか、ここから消してください。",
            "Write `{{id: {name}, …}}` under `requires` of a frame, or remove it here.",
        ),
        (
            "書いただけの要件は、だれにも求められません。",
            "A requirement that is only written down is asked of nobody.",
        ),
    ),
}
