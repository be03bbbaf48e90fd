"""Pictures as figures for print, by matplotlib: svg, png or pdf.

Matplotlib because it is alive, needs no network or browser, keeps text as text in SVG, embeds
fonts in PDF, and lets every mark carry a name by which it can be found again.
"""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterable, Sequence
from string import ascii_lowercase
from typing import Any

from factlog.errors import UsageError
from factlog.render import summary
from factlog.render.charts.axis import (
    Axis,
    Decided,
    Line,
    Mark,
    Picture,
    Timeline,
    fitting,
    groups,
    used,
)
from factlog.render.charts.legend import off_dates
from factlog.render.charts.terminal_bars import left_out
from factlog.render.display import cells, safe, wrap
from factlog.values import dataclass
from factlog.wording import sign

# Inches: a sheet, a line of letters, what stands between rows, a plot by date; the most pixels
# to an inch, and the tallest page that has as many.
_WIDTH, _LINE, _GAP, _PLOT = 8.0, 0.16, 0.12, 3.6
_SHARP, _TALL = 200, 150
# The share of a plot above which an arrow up needs room over it.
_HIGH = 0.9
# Up to so many sources by date, a line can lead from each name to its figure.
_FEW = 9
# Signs in a line of a title, of a note and of the words beside a row, and along an axis.
_TITLE, _NOTE, _WORDS, _NAME, _HEAD = 72, 92, 30, 40, 52
_ACROSS, _UP = 45, 40
# Fonts that have the signs the first one lacks; those of them that are installed are used.
_FONTS = (
    *("Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans SC", "Source Han Sans SC", "PingFang SC"),
    *("Hiragino Sans", "Microsoft YaHei", "Yu Gothic", "Malgun Gothic", "WenQuanYi Zen Hei"),
    *("Noto Sans Arabic", "Noto Sans Devanagari", "Noto Sans Thai", "Segoe UI", "Arial Unicode MS"),
)
_STYLE = {
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "factlog",  # the same figure is the same file
    "pdf.fonttype": 42,
    "text.parse_math": False,  # $ begins no formula
    "text.usetex": False,
    "hatch.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": False,
}
# Colours that stay apart for the colour-blind, dark enough for white letters on them; the number
# of a camp tells the same without them. A mark is full where it is exact, a diamond is a sum.
_CAMPS = ("#0068A6", "#B84F00", "#00795A", "#A3427C", "#7D5C00", "#4B5FC4")
# Points: how thick a range is drawn, and its edge.
_BOX, _EDGE = 7.0, 1.3
_GROUND = {"facecolor": "white", "linewidth": 0, "pad": 0.5, "alpha": 0.85}
_CLASH, _GREY, _FAINT = "#D55E00", "#767676", "#E2E2E2"
# What leads from a name to its figure, and what somebody decided to use.
_LEADER: dict[str, Any] = {
    **{"arrowstyle": "-", "color": "#8C8C8C", "linewidth": 0.6, "linestyle": (0, (1, 2.5))},
    **{"relpos": (0, 0.5), "shrinkB": 4, "zorder": 1},
}
_DECIDED: dict[str, Any] = {"color": "black", "linewidth": 1.1, "linestyle": (0, (4, 2))}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a figure is to have: a title of one's own, a line of credit, a legend.

    `judged` writes the verdicts on it too, and `policy` is the line that tells the policy.
    """

    title: str = ""
    credit: str = ""
    legend: bool = True
    judged: bool = False
    policy: str = ""


def figure(
    pictures: Sequence[Picture | Timeline],
    format: str,  # noqa: A002  the word for it
    wanted: Wanted | None = None,
) -> bytes:
    """The file of a figure in which the pictures stand one below the other."""
    wanted = wanted or Wanted()
    with plotting_library().rc_context(style()), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a sign no font has is drawn as a box
        from matplotlib.figure import Figure
        from matplotlib.layout_engine import ConstrainedLayoutEngine

        heights = [_height(picture) for picture in pictures]
        title = wrap(safe(wanted.title), _TITLE) if wanted.title else []
        foot = [
            line
            for told in (wanted.policy, wanted.credit)
            if told
            for line in wrap(safe(told), _NOTE)
        ]
        height = sum(heights) + _LINE * (len(foot) + 1.5 * len(title) * (len(pictures) > 1))
        sheet = Figure(figsize=(_WIDTH, height), layout=ConstrainedLayoutEngine(w_pad=0.12))
        parts = sheet.subfigures(len(pictures), squeeze=False, height_ratios=heights)[:, 0]
        for place, picture in enumerate(pictures):
            heading = title if title and len(pictures) == 1 else _heading(picture)
            _draw(parts[place], picture, heading, wanted)
            _name(parts[place], f"picture-{place + 1}-" if place else "")
        if title and len(pictures) > 1:
            _write(sheet.suptitle, title, 13)
        if foot:
            _write(sheet.supxlabel, foot, 7.5, _GREY)
        about = wanted.title or (pictures[0].subject if pictures else "")
        return as_bytes(sheet, format, safe(about), height)


def _write(where: Any, lines: Sequence[str], size: float, color: str = "black") -> None:
    """Put lines at the left of a sheet: over it or under it."""
    weight = "bold" if size > 10 else "normal"
    where("\n".join(lines), x=0.015, ha="left", fontsize=size, color=color, fontweight=weight)


def _heading(picture: Picture | Timeline) -> list[str]:
    unit = f" ({sign(picture.unit)})" if picture.unit else ""
    title = f"{picture.subject}: {picture.measure}" if picture.measure else picture.subject
    return wrap(safe(title + unit), _TITLE)


def _marks(picture: Picture | Timeline) -> list[Mark]:
    if isinstance(picture, Picture):
        return list(picture.bars)
    return [point for line in picture.lines for point in line.points]


def _height(picture: Picture | Timeline) -> float:
    """About how many inches a picture takes."""
    title = 0.3 + 0.2 * len(_heading(picture))
    if not _marks(picture):
        return title + 0.3
    if isinstance(picture, Timeline):
        return title + _plot_height(picture) + 0.5 + _LINE * 3
    rows = sum(_row_height(bar) for bar in picture.bars)
    return (
        title
        + rows
        + 0.4
        + _LINE * (2 + sum(len(wrap(safe(camp), _HEAD)) for camp in picture.camps))
    )


def _plot_height(timeline: Timeline) -> float:
    """How tall a plot by date is: every source has room beside it."""
    return max(_PLOT, _LINE * len(timeline.lines))


def _draw(part: Any, picture: Picture | Timeline, title: list[str], wanted: Wanted) -> None:
    """A picture on its part of a sheet: heading, panel, legend, and what is not drawn."""
    _write(part.suptitle, title, 11)
    marks, notes = _marks(picture), list(left_out(picture))
    if wanted.judged:
        clash = sum(mark.clash for mark in marks)
        told = f"{clash} of {len(marks)} in a conflict" if clash else ""
        notes = [": ".join(filter(None, (summary.verdict(picture.verdict), told))), *notes]
    if not marks:
        _write(part.supxlabel, wrap(safe("; ".join(notes)), _NOTE), 8, _GREY)
        return
    panel = part.subplots()
    if isinstance(picture, Picture):
        _bars(panel, picture, wanted)
        values = picture.axis
    else:
        _through_time(panel, picture, wanted)
        values = picture.up
    notes = ["logarithmic axis"] * values.log + notes
    if notes:
        panel.set_xlabel("\n".join(wrap(safe("; ".join(notes)), 62)), fontsize=8, color=_GREY)
    if wanted.legend:
        named = _signs(marks, picture.decided)
        if isinstance(picture, Timeline):
            named |= off_dates(marks, picture.across, _GREY)
        part.legend(named.values(), named.keys(), loc="outside lower left", frameon=False,
                    ncols=_columns(named), fontsize=8, handlelength=2.6)  # fmt: skip


def _columns(labels: Iterable[str]) -> int:
    """In how many columns these have room in a legend."""
    longest = max((cells(safe(label)) for label in labels), default=0)
    return min(4, max(1, _NOTE // (longest + 5)))


def _signs(marks: Sequence[Mark], decided: Decided | None) -> dict[str, Any]:
    """Keys for the signs that were used, in grey: what they stand for holds in every colour."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    box = Patch(facecolor="white", edgecolor=_GREY, linewidth=_EDGE)
    hollow = {"marker": "o", "linestyle": "", "markerfacecolor": "white"}
    looks: dict[str, tuple[str, dict[str, Any]]] = {
        "exact": ("exact", {"marker": "o", "linestyle": ""}),
        "about": ("about, or an open end", hollow),
        "sum": ("a sum of its parts", {"marker": "D", "linestyle": ""}),
        "sigma": ("± one sigma", {"marker": "o", "markevery": [0.5], "linewidth": 1.4}),
        "range": ("a range as stated", {}),
        "reading": ("what the words can mean",
                    {"linewidth": 6, "alpha": 0.35, "solid_capstyle": "butt"}),
        "up": ("no end stated", {"marker": 5, "markevery": [1], "linewidth": 1.2}),
        "down": ("no end stated", {"marker": 5, "markevery": [1], "linewidth": 1.2}),
    }  # fmt: skip
    if any(mark.derived and not mark.firm for mark in marks):
        looks["sum"][1]["markerfacecolor"] = "white"
    there = used(marks) - {"conflict"}
    told = dict(looks[each] for each in looks if each in there) if there != {"exact"} else {}
    keys: dict[str, Any] = {
        label: Line2D([0, 1], [0, 0], **{"color": _GREY} | look) if look else box
        for label, look in told.items()
    }
    if decided:
        keys[safe(decided.told)] = Line2D([0, 1], [0, 0], **_DECIDED)
    return keys


def _words(bar: Mark, *, judged: bool) -> tuple[list[str], list[str]]:
    """Who said it, and what, in lines."""
    mark = "! " if judged and bar.clash else ""
    facts = ", ".join(filter(None, (bar.said, bar.when, bar.scope)))
    return wrap(safe(mark + bar.source), _WORDS), wrap(safe(facts), _WORDS)


def _row_height(bar: Mark) -> float:
    return max(map(len, _words(bar, judged=True))) * _LINE + _GAP


def _bars(panel: Any, picture: Picture, wanted: Wanted) -> None:
    """A row a figure: who at the left, what was said at the right, its mark between."""
    at, places, names, facts = 0.0, [], [], []
    for heading, bars in groups(picture):
        if heading:
            told = wrap(safe(heading), _HEAD)
            at += _GAP / 2 if at else 0
            panel.text(0, at + _LINE * len(told) / 2, "\n".join(told), fontsize=8, va="center",
                       color=_camp_color(bars[0].camp), fontweight="bold", ha="left",
                       bbox=_GROUND, transform=panel.get_yaxis_transform())  # fmt: skip
            at += _LINE * len(told)
        for bar in bars:
            height = _row_height(bar)
            places.append(at + height / 2)
            who, what = _words(bar, judged=wanted.judged)
            names.append("\n".join(who))
            facts.append("\n".join(what))
            look = {"color": _color(bar, picture, wanted), "marker": "D" if bar.derived else "o"}
            _mark(panel, (bar.height, places[-1]), bar, picture.axis, look)
            _badge(panel, places[-1], bar.camp)
            at += height
    beyond = any(bar.last > picture.axis.high for bar in picture.bars)
    pads = (24 if picture.camps else 9, 34 if beyond else 9)
    sides = (panel, panel.secondary_yaxis("right"))
    for side, words, size, pad in zip(sides, (names, facts), (8.5, 8), pads, strict=True):
        side.set_yticks(places, words)
        side.tick_params(axis="y", length=0, pad=pad, labelsize=size)
        side.spines[["left", "right"]].set_visible(False)
    panel.set_ylim(at, 0)
    _scale(panel, picture.axis, "x", _ACROSS)
    _settled(panel, picture.decided, "x")
    if len(picture.axis.ticks) == 1:  # nothing to measure
        panel.spines["bottom"].set_visible(False)
        panel.set_xticks([])


def _badge(panel: Any, place: float, camp: int | None) -> None:
    """The number of a camp beside the name, on its colour."""
    if camp is not None:
        panel.annotate(f"{camp + 1}", (0, place), (-14, 0), textcoords="offset points",
                       xycoords=panel.get_yaxis_transform(), annotation_clip=False,
                       ha="center", va="center_baseline", fontsize=7, color="white",
                       fontweight="bold", bbox={"boxstyle": "circle,pad=0.25", "lw": 0,
                                                "fc": _camp_color(camp)})  # fmt: skip


def _color(bar: Mark, picture: Picture, wanted: Wanted) -> str:
    """The colour of a figure: that of its camp; grey where nobody contradicts it."""
    if picture.camps:
        return _camp_color(bar.camp)
    return _GREY if not bar.current else _CLASH if wanted.judged and bar.clash else _CAMPS[0]


def _camp_color(camp: int | None) -> str:
    return _GREY if camp is None else _CAMPS[camp % len(_CAMPS)]


def _mark(
    panel: Any, at: tuple[float, float], bar: Mark, values: Axis, look: dict[str, Any], up: int = 0
) -> None:
    """A figure: its mark where it is stated, its bar, an arrow where it is open or cut off.

    `up` is 1 where values go up, 0 where they go across.
    """
    held = (*at[:up], values.held(at[up]), *at[up + 1 :])
    arms = [[held[up] - values.held(bar.first)], [values.held(bar.last) - held[up]]]
    color, name = look["color"], f"side-{bar.side}"
    style = {"linestyle": "", "markersize": 7.5 if bar.firm else 6, "markeredgewidth": 1.1}
    style |= {"markerfacecolor": color if bar.firm else "white"}
    if values.beyond(bar):  # a stroke across the arrow: nothing was stated here
        style |= {"marker": "_" if up else "|"}
    elif bar.stated is None:
        style |= {"marker": ""}
    thick = {"elinewidth": 1.4, "capsize": 3} if bar.sigma else {"elinewidth": 6, "alpha": 1}
    if bar.ranged:  # a box: what is stated at its ends is certain, what lies between is open
        thick = {"elinewidth": _BOX, "capsize": _BOX / 2, "capthick": 2 * _EDGE}
        ends = held[up] - arms[0][0], held[up] + arms[1][0]
        inside = [list(ends) if place == up else [each] * 2 for place, each in enumerate(held)]
        panel.plot(*inside, color="white", linewidth=_BOX - 2 * _EDGE, clip_on=False,
                   solid_capstyle="butt", zorder=4.05 + bar.firm)  # fmt: skip
    drawn = panel.errorbar(*([each] for each in held), **{"yerr" if up else "xerr": arms},
                           clip_on=False, zorder=4 + bar.firm,
                           **(thick | look | style))  # fmt: skip
    drawn.lines[0].set_gid(f"{name}-stated")
    for line in drawn.lines[2]:
        line.set_gid(f"{name}-reading" if bar.first < bar.last else None)
        line.set_alpha(1 if bar.sigma or bar.ranged else 0.35)
    ways = ((-1, bar.opens_down or at[up] < values.low), (1, bar.opens_up or at[up] > values.high))
    for way, points in ways:
        if points:
            start = (*held[:up], values.held(bar.first if way < 0 else bar.last), *held[up + 1 :])
            _arrow(panel, start, (0, way * 20) if up else (way * 26, 0), color, f"{name}-open")


def _arrow(panel: Any, at: Any, to: tuple[int, int], color: str, name: str) -> None:
    look = {"arrowstyle": "<-", "color": color, "shrinkA": 0, "shrinkB": 0}
    drawn = panel.annotate("", at, to, textcoords="offset points", annotation_clip=False,
                           arrowprops=look)  # fmt: skip
    drawn.arrow_patch.set_gid(name)


def _scale(panel: Any, axis: Axis, which: str, signs: float) -> None:
    """Give a side of a panel the ends of an axis, and as many of its ticks as have room."""
    if axis.log:
        panel.set(**{f"{which}scale": "log"})
    chosen = fitting(axis, signs) if which == "x" else axis.ticks
    panel.set(**{f"{which}lim": (axis.low, axis.high)})
    own = panel.xaxis if which == "x" else panel.yaxis
    own.set_ticks([tick.value for tick in chosen], [tick.label for tick in chosen])
    own.set_ticks([], minor=True)
    panel.tick_params(axis=which, labelsize=8)
    panel.grid(axis=which, color=_FAINT, linewidth=0.6)
    panel.set_axisbelow(True)


def _settled(panel: Any, decided: Decided | None, which: str) -> None:
    """Mark across a panel what somebody decided to use."""
    if decided is None:
        return
    line, band = (panel.axvline, panel.axvspan) if which == "x" else (panel.axhline, panel.axhspan)
    low, high = (min(max(end, -1e300), 1e300) for end in (decided.low, decided.high))
    if low < high:
        band(low, high, color=_FAINT, alpha=0.5, linewidth=0, zorder=0)
    for end in {decided.low, decided.high}:
        if abs(end) < float("inf"):
            line(end, zorder=1.5, gid="decided", **_DECIDED)


# Figures through time


def _through_time(panel: Any, timeline: Timeline, wanted: Wanted) -> None:
    """Dates across, values up, a line a source; of figures in one place all can be seen."""
    seen: dict[tuple[float, float], int] = {}
    _scale(panel, timeline.across, "x", _ACROSS * 1.6)
    _scale(panel, timeline.up, "y", _UP)
    across, up = timeline.across, timeline.up
    tops = [p for line in timeline.lines for p in line.points if p.opens_up or p.last > up.high]
    if any(up.place(point.last) > _HIGH for point in tops):
        panel.set_title(" ", fontsize=16)  # room for arrows
    for place, line in enumerate(timeline.lines):
        color = _line_color(line, place, timeline)
        path = [(across.held(p.day), up.held(p.height)) for p in line.points]
        panel.plot(*zip(*path, strict=True), color=color, linewidth=1.2,
                   drawstyle="steps-post" if line.steps else "default")  # fmt: skip
        for point, (x, y) in zip(line.points, path, strict=True):
            spot = (round(across.place(x), 2), round(up.place(y), 2))
            seen[spot] = seen.get(spot, 0) + 1
            earlier, later = point.day < across.low, point.day > across.high
            shape = "<" if earlier else ">" if later else "D" if point.derived else "o"
            _mark(panel, (x, point.height), point, up, {"color": color, "marker": shape}, 1)
            _around(panel, (x, y), point, seen[spot], wanted)
    _settled(panel, timeline.decided, "y")
    _labels(panel, timeline)


def _line_color(line: Line, place: int, timeline: Timeline) -> str:
    """That of the camp of its latest figure; without camps each line has its own."""
    camped = any(point.camp is not None for each in timeline.lines for point in each.points)
    return _camp_color(line.points[-1].camp) if camped else _CAMPS[place % len(_CAMPS)]


def _labels(panel: Any, timeline: Timeline) -> None:
    """Each source at the right, at the height of its last figure, as near as others let it.

    A dotted line leads there; where these would be a web, a letter stands at both its ends.
    """
    ends = [(timeline.up.place(line.points[-1].height), n) for n, line in enumerate(timeline.lines)]
    step, free = min(_LINE / _plot_height(timeline), 1 / len(ends)), float("-inf")
    room = 1 - step * (len(ends) - 1)
    for above, (height, place) in enumerate(sorted(ends)):
        free = max(min(height, room + above * step), free + step)
        line = timeline.lines[place]
        last, color = line.points[-1], _line_color(line, place, timeline)
        spot = (timeline.across.held(last.day), timeline.up.held(last.height))
        camp = "" if last.camp is None else f"{last.camp + 1}: "
        name, *more = wrap(safe(f"{camp}{line.source}"), _NAME)
        name += "…" if more else ""
        look = {"color": color, "annotation_clip": False}
        if len(ends) > _FEW:
            letter = _letter(len(ends) - 1 - above)
            name = f"{letter}  {name}"
            panel.annotate(letter, spot, (5, 3), textcoords="offset points", fontsize=7,
                           fontweight="bold", zorder=7, path_effects=_halo(), **look)  # fmt: skip
        leader = None if len(ends) > _FEW else _LEADER
        panel.annotate(name, spot, (1.04, free), textcoords="axes fraction", fontsize=8,
                       va="center", arrowprops=leader, **look)  # fmt: skip


def _letter(place: int) -> str:
    """A to z, then aa, ab ..."""
    above, place = divmod(place, len(ascii_lowercase))
    return (_letter(above - 1) if above else "") + ascii_lowercase[place]


def _halo() -> list[Any]:
    """What keeps letters apart from the lines under them."""
    from matplotlib.patheffects import withStroke

    return [withStroke(linewidth=2, foreground="white")]


def _around(panel: Any, at: tuple[float, float], point: Mark, heap: int, wanted: Wanted) -> None:
    """What is written on a figure: how many are under it, a conflict, a revision."""
    if heap > 1:
        panel.annotate(f"×{heap}", at, (5, 5 + 8 * (heap - 2)), textcoords="offset points",
                       fontsize=7, color=_GREY, bbox=_GROUND)  # fmt: skip
    if wanted.judged and point.clash:
        panel.plot(*([each] for each in at), "o", markersize=12, markerfacecolor="none",
                   markeredgecolor=_CLASH, clip_on=False,
                   gid=f"side-{point.side}-conflict")  # fmt: skip
    if point.revised:
        panel.annotate("revised", at, (0, -12), textcoords="offset points", fontsize=6.5,
                       ha="center", color=_GREY, bbox=_GROUND)  # fmt: skip


# The file


def plotting_library() -> Any:
    """matplotlib, or the word that it is not installed."""
    try:
        import matplotlib
    except ImportError as error:
        raise UsageError(
            "Figures are drawn by matplotlib, which is not installed.",
            'Install it: pip install "factlog-claims[charts]"; without -o the chart is text.',
        ) from error
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    return matplotlib


def style() -> dict[str, Any]:
    """How every figure for print is set."""
    from matplotlib.font_manager import fontManager

    there = set(fontManager.get_font_names())
    fonts = ["DejaVu Sans", *(name for name in _FONTS if name in there), "sans-serif"]
    return {**_STYLE, "font.family": fonts}


def _name(part: Any, before: str) -> None:
    """Name the marks of a later picture after its place too: a name stands once in a file."""
    arrows = [getattr(mark, "arrow_patch", None) for mark in part.findobj()]
    for mark in (*part.findobj(), *filter(None, arrows)):
        if before and (mark.get_gid() or "").startswith("side-"):
            mark.set_gid(before + mark.get_gid())


def as_bytes(sheet: Any, format: str, title: str, height: float) -> bytes:  # noqa: A002
    """A drawn sheet as the bytes of a file that is the same whenever it is made."""
    file = io.BytesIO()
    dated: dict[str, dict[str, None]] = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}
    about = {"Title": title} | dated.get(format, {})
    sheet.savefig(file, format=format, metadata=about, dpi=min(_SHARP, _SHARP * _TALL / height))
    return file.getvalue()
