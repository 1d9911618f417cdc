"""A chart as a picture, by matplotlib: text stays text in SVG, and has Japanese letters in PNG wherever it is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from itertools import cycle, pairwise
from typing import TYPE_CHECKING, Any, Final

from hojo_cli.base.finding import THE_CALL, HojoError, Text
from hojo_cli.base.sanitize import for_terminal
from hojo_cli.base.width import fold
from hojo_cli.messages import finding
from hojo_cli.results.report import Chart, Report

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS: Final = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00")
"""Those of Okabe and Ito, which everybody can tell apart."""

DASHES: Final = ("solid", "dashed", "dashdot", "dotted")
"""Of one series after the other, for whoever prints in grey."""

FONTS: Final = ("Noto Sans CJK JP", "Noto Sans JP", "Hiragino Sans", "Yu Gothic", "Meiryo", "DejaVu Sans")
"""What a reader of SVG may have instead of the font that is drawn with."""

NOTES: Final = 14
"""So many points are explained below the picture."""

_SETTINGS: Final[Mapping[Any, Any]] = {  # Any: matplotlib lists the names of its settings one by one
    "svg.fonttype": "none",  # text, not outlines
    "svg.hashsalt": "hojo",  # the same picture for the same input
    "axes.unicode_minus": False,
}


def picture(report: Report, lang: str, format: str) -> bytes:
    """The first chart of a report as "svg" or "png". `HojoError` where matplotlib is not installed."""
    try:
        import matplotlib as mpl
        from matplotlib.figure import Figure
        from matplotlib.font_manager import FontProperties, fontManager
        from matplotlib_fontja import get_font_ttf_path  # type: ignore[import-untyped]  # ships no types
    except ImportError:
        raise HojoError(finding("HJ012", THE_CALL, package="matplotlib", extra="hojo-cli[plot]")) from None
    chart = next(block for block in report.page if isinstance(block, Chart))
    fontManager.addfont(get_font_ttf_path())
    fonts = [FontProperties(fname=get_font_ttf_path()).get_name(), *FONTS]
    notes: list[str] = []
    for number, note in enumerate(chart.notes[:NOTES], 1):
        first, *more = fold(_plain(note.text, lang), 120)
        notes += (f"{number}  {first}", *(f"    {line}" for line in more))
    if len(chart.notes) > NOTES:
        notes.append("…")
    drawn = BytesIO()
    with mpl.rc_context({**_SETTINGS, "font.family": "sans-serif", "font.sans-serif": fonts}):
        figure = Figure(figsize=(10, 6 + len(notes) // 4), layout="constrained")
        axes, below = figure.subplots(2, 1, height_ratios=[24, max(len(notes), 1)])
        _draw(chart, axes, lang)
        below.axis("off")
        below.text(0, 1, "\n".join(notes), fontsize=9, verticalalignment="top", transform=below.transAxes)
        metadata = {"Title": _plain(chart.title, lang), **({"Date": None} if format == "svg" else {})}
        figure.savefig(drawn, format=format, dpi=150, metadata=metadata)
    return drawn.getvalue()


def _draw(chart: Chart, axes: Axes, lang: str) -> None:
    """Lines, dotted where they jump, today's value, the points that are explained, ticks and a legend."""
    looks = zip(cycle(COLOURS), cycle(DASHES), strict=False)
    for series, (colour, dashes) in zip(chart.series, looks, strict=False):
        axes.plot([], [], color=colour, linestyle=dashes, linewidth=2, label=_plain(series.label, lang))
        for stroke in series.strokes:
            xs, ys = zip(*stroke, strict=True)
            marker = "o" if len(set(xs)) == 1 else ""
            axes.plot(xs, ys, color=colour, linestyle=dashes, marker=marker, linewidth=2)
        for before, after in pairwise(series.strokes):
            if after[0][0] == before[-1][0] + 1:
                xs, ys = zip(before[-1], after[0], strict=True)
                axes.plot(xs, ys, color=colour, linestyle="dotted", linewidth=1)
        if chart.now is not None and series.now is not None:
            axes.plot([chart.now[0]], [series.now], color=colour, marker="D", markersize=7)
    if chart.now is not None:
        axes.axvline(chart.now[0], color="#888888", linestyle="dotted")
        label, at = _plain(chart.now[1], lang), (chart.now[0], chart.top)
        axes.annotate(label, at, (4, -4), textcoords="offset points", va="top", color="#555555")
    for number, note in enumerate(chart.notes[:NOTES], 1):
        axes.plot([note.x], [note.y], color="#222222", marker="o", markersize=4, clip_on=False)
        axes.annotate(f"{number}", (note.x, note.y), (-3, 6), textcoords="offset points", ha="right", fontsize=9)
    for ticks, set_ticks in ((chart.across_ticks, axes.set_xticks), (chart.up_ticks, axes.set_yticks)):
        set_ticks([place for place, _ in ticks], [_plain(label, lang) for _, label in ticks])
    axes.set_xlim(chart.first, max(chart.last, chart.first + 1))
    axes.set_ylim(0, chart.top)
    axes.margins(0)
    axes.set_title(_plain(chart.title, lang), loc="left")
    axes.set_xlabel(_plain(chart.across, lang))
    axes.set_ylabel(_plain(chart.up, lang))
    axes.grid(color="#DDDDDD")
    axes.legend(loc="best")


def _plain(text: Text, lang: str) -> str:
    """Without a sign that is markup to matplotlib (`$` begins a formula)."""
    return for_terminal(text.into(lang)).replace("$", r"\$")
