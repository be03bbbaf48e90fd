"""Pictures as figures for print, by matplotlib: svg, png or pdf.

Matplotlib because it is alive, needs no network or browser, keeps text as text in SVG, embeds
fonts in PDF, and lets every mark carry a name by which it can be found again.
"""

from __future__ import annotations

import io
import logging
import textwrap
import warnings
from collections.abc import Sequence
from typing import Any

from factlog.comparison import Verdict
from factlog.errors import UsageError
from factlog.render import words
from factlog.render.picture.values import Axis, Bar, Line, Picture, Point, Timeline
from factlog.render.safe import safe

# Colours that stay apart for the colour-blind and in grey (Okabe and Ito 2008).
_PLAIN, _CLASH, _GREY = "#0072B2", "#D55E00", "#555555"
_LINES = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#000000", "#8C6D00")
_MARKS, _DASHES = "osD^vP*Xh<>p", ("-", "--", "-.", ":")
_STYLE = {
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "factlog",  # the same figure is the same file
    "pdf.fonttype": 42,
    "hatch.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "font.size": 9,
    "axes.unicode_minus": False,
}
_WIDTH, _LABEL = 8.0, 40  # inches; characters


def figure(pictures: Sequence[Picture] | Sequence[Timeline], format: str) -> bytes:  # noqa: A002
    """The file of a figure in which the pictures stand one below the other."""
    plotting = _matplotlib()
    every: list[Picture | Timeline] = [*pictures]
    heights = [_height(picture) for picture in every]
    with plotting.rc_context(_STYLE), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a sign no font has is drawn as a box
        from matplotlib.figure import Figure

        made = Figure(figsize=(_WIDTH, sum(heights)), layout="constrained", dpi=200)
        panels = made.subplots(
            len(heights), 1, squeeze=False, gridspec_kw={"height_ratios": heights}
        )
        for panel, picture in zip(panels[:, 0], every, strict=True):
            _title(panel, picture)
            if isinstance(picture, Picture):
                _bars(panel, picture)
            else:
                _lines(panel, picture)
        _literal(made)
        return _written(made, format)


def _matplotlib() -> Any:
    try:
        import matplotlib
    except ImportError as error:
        raise UsageError(
            "Figures are drawn by matplotlib, which is not installed.",
            'Install it: pip install "factlog-claims[charts]"; without -o the chart is text.',
        ) from error
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    return matplotlib


def _written(made: Any, format: str) -> bytes:  # noqa: A002
    file = io.BytesIO()
    dated = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}
    made.savefig(file, format=format, metadata=dated.get(format))
    return file.getvalue()


def _height(picture: Picture | Timeline) -> float:
    """Inches: a line for each line of words, and room for the title, axis and key."""
    if isinstance(picture, Timeline):
        rows = sum(len(_wrapped(line.source, 80)) for line in picture.lines)
        return 3.8 + 0.17 * rows / _columns(picture)
    lines = sum(max(2, len(_wrapped(_label(bar)))) for bar in picture.bars)
    return 1.5 + 0.18 * lines


def _columns(timeline: Timeline) -> int:
    """Columns of the key: two where many short names would run down the page."""
    longest = max((len(line.source) for line in timeline.lines), default=0)
    return 2 if len(timeline.lines) > 8 and longest <= 45 else 1


def _title(panel: Any, picture: Picture | Timeline) -> None:
    unit = f" ({picture.unit})" if picture.unit else ""
    measure = f": {picture.measure}{unit}" if picture.measure else unit
    title = "\n".join(_wrapped(safe(picture.subject + measure), 70))
    panel.set_title(title, loc="left", fontweight="bold", fontsize=11, pad=20)
    clash = picture.verdict is Verdict.CONFLICT
    panel.text(
        *(0, 1.0, words.verdict(picture.verdict) + ("; log axis" if _is_log(picture) else "")),
        transform=panel.transAxes,
        va="bottom",
        color=_CLASH if clash else _GREY,
        fontsize=9,
    )


def _is_log(picture: Picture | Timeline) -> bool:
    return (picture.axis if isinstance(picture, Picture) else picture.up).log


def _wrapped(text: str, width: int = _LABEL) -> list[str]:
    return textwrap.wrap(text, width) or [""]


def _label(bar: Bar) -> str:
    scope = f", {bar.scope}" if bar.scope else ""
    clash = "! " if bar.verdict is Verdict.CONFLICT else ""
    return safe(f"{clash}{bar.source}: {bar.said}, {bar.when}{scope}")


# On one axis


def _bars(panel: Any, picture: Picture) -> None:
    """One row a figure: the reading as a bar, the stated value as a mark, arrows where open."""
    _scale(panel, picture.axis, "x")
    for row, bar in enumerate(picture.bars):
        _bar(panel, picture.axis, row, bar)
    panel.set_yticks(
        range(len(picture.bars)),
        ["\n".join(_wrapped(_label(bar))) for bar in picture.bars],
    )
    for tick, bar in zip(panel.get_yticklabels(), picture.bars, strict=True):
        tick.set_color(_CLASH if bar.verdict is Verdict.CONFLICT else "black")
    panel.set_ylim(len(picture.bars) - 0.4, -0.6)
    panel.tick_params(axis="y", length=0)
    panel.grid(axis="x", color="#DDDDDD", linewidth=0.6)
    panel.set_axisbelow(True)
    _key(panel, picture)


def _bar(panel: Any, axis: Axis, row: int, bar: Bar) -> None:
    clash = bar.verdict is Verdict.CONFLICT
    low = axis.low if bar.low is None else bar.low
    high = axis.high if bar.high is None else bar.high
    (drawn,) = panel.barh(
        *(row, high - low, 0.5, low),
        color=("#F6C6A5" if clash else "#A9CCE3") if bar.current else "#E4E4E4",
        edgecolor=_CLASH if clash else _PLAIN,
        hatch="////" if clash else "",
        linewidth=0.9,
    )
    drawn.set_gid(f"side-{bar.side}-reading")
    for at, sign, end in ((low, "<", bar.low), (high, ">", bar.high)):
        if end is None:
            panel.plot([at], [row], sign, color=_CLASH if clash else _PLAIN, clip_on=False,
                       markersize=7, gid=f"side-{bar.side}-open")  # fmt: skip
    if bar.stated is not None:
        panel.plot(
            *([bar.stated], [row], "D" if bar.derived else "o"),
            color=_CLASH if clash else _PLAIN,
            markeredgecolor="white",
            markersize=7,
            gid=f"side-{bar.side}-stated",
            clip_on=False,
        )


def _key(panel: Any, picture: Picture) -> None:
    """What the marks that were used mean, under the axis."""
    bars = picture.bars
    told = [
        (any(b.stated is not None and not b.derived for b in bars), "● as stated"),
        (any(b.derived for b in bars), "◆ the sum of its parts"),
        (any(b.low != b.high for b in bars), "bar: what it can mean"),
        (any(None in (b.low, b.high) for b in bars), "◀ ▶ no end stated"),
        (any(b.verdict is Verdict.CONFLICT for b in bars), "! hatched: in a conflict"),
        (bool(picture.left_out), f"{picture.left_out} in another unit not drawn"),
    ]
    text = "   ".join(text for there, text in told if there)
    panel.set_xlabel(text, fontsize=8, color=_GREY, loc="left")


def _scale(panel: Any, axis: Axis, which: str) -> None:
    """Ticks and ends as the picture has them."""
    own = panel.xaxis if which == "x" else panel.yaxis
    if axis.log:
        (panel.set_xscale if which == "x" else panel.set_yscale)("log")
    own.set_ticks([tick.value for tick in axis.ticks], [tick.label for tick in axis.ticks])
    own.set_ticks([], minor=True)
    (panel.set_xlim if which == "x" else panel.set_ylim)(axis.low, axis.high)


# By date


def _lines(panel: Any, timeline: Timeline) -> None:
    """Dates across, values up, a line a source: stepped where the total is a running one."""
    _scale(panel, timeline.across, "x")
    _scale(panel, timeline.up, "y")
    panel.grid(color="#E4E4E4", linewidth=0.6)
    for place, line in enumerate(timeline.lines):
        _line(panel, timeline, place, line)
    if timeline.lines:
        panel.legend(
            loc="upper left",
            bbox_to_anchor=(0, -0.18),
            frameon=False,
            fontsize=8,
            ncols=_columns(timeline),
        )
    points = [point for line in timeline.lines for point in line.points]
    told = [
        (any(point.low != point.high for point in points), "band: what it can mean"),
        (any(point.verdict is Verdict.CONFLICT for point in points), "ringed: in a conflict"),
        (bool(timeline.undated), f"{timeline.undated} undated not drawn"),
    ]
    text = "   ".join(words for there, words in told if there)
    panel.set_xlabel(text, fontsize=8, color=_GREY, loc="left")


def _line(panel: Any, timeline: Timeline, place: int, line: Line) -> None:
    color = _LINES[place % len(_LINES)]
    heights = [_middle(point) for point in line.points]
    panel.plot(
        [point.day for point in line.points],
        [timeline.up.low if height is None else height for height in heights],
        drawstyle="steps-post" if line.steps else "default",
        linestyle=_DASHES[place // len(_LINES) % len(_DASHES)],
        marker=_MARKS[place % len(_MARKS)],
        color=color,
        markersize=5,
        linewidth=1.2,
        clip_on=False,
        label="\n".join(_wrapped(safe(line.source), 80)),
    )
    for point, height in zip(line.points, heights, strict=True):
        _point(panel, timeline.up, point, height, color)


def _point(panel: Any, up: Axis, point: Point, height: float | None, color: str) -> None:
    low = up.low if point.low is None else point.low
    high = up.high if point.high is None else point.high
    panel.plot([point.day] * 2, [low, high], color=color, linewidth=3, alpha=0.35,
               gid=f"side-{point.side}-reading")  # fmt: skip
    if height is not None:
        clash = point.verdict is Verdict.CONFLICT
        panel.plot(
            *([point.day], [height], "o"),
            markersize=11 if clash else 1,
            markerfacecolor="none" if clash else color,
            markeredgecolor=_CLASH if clash else color,
            clip_on=False,
            gid=f"side-{point.side}-stated",
        )
    if point.revised:
        panel.annotate("revised", (point.day, high), fontsize=7, color=_GREY,
                       xytext=(3, 5), textcoords="offset points")  # fmt: skip


def _middle(point: Point) -> float | None:
    if point.stated is not None:
        return point.stated
    ends = [end for end in (point.low, point.high) if end is not None]
    return sum(ends) / len(ends) if ends else None


def _literal(made: Any) -> None:
    """Take every word as it is: $ begins no formula."""
    from matplotlib.text import Text

    for text in made.findobj(Text):
        text.set_parse_math(False)
