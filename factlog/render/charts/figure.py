"""Pictures as figures for print, by matplotlib: svg, png or pdf.

Matplotlib because it is alive, needs no network or browser, keeps text as text in SVG, embeds
fonts in PDF, and lets every mark carry a name by which it can be found again.
"""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterable, Sequence
from typing import Any

from factlog.errors import MissingPackage
from factlog.render import summary
from factlog.render.charts.axis import (
    Axis,
    Mark,
    Picture,
    Timeline,
    groups,
    used,
)
from factlog.render.charts.figure_timeline import height as time_height
from factlog.render.charts.figure_timeline import through_time
from factlog.render.charts.marks import (
    ARROW,
    CAMPS,
    CLASH,
    DECIDED,
    EDGE,
    GREY,
    GROUND,
    NOTE,
    camp_color,
    draw_mark,
    leaves,
    scale,
    settled,
)
from factlog.render.charts.terminal_bars import CAMPS as TOLD_CAMPS
from factlog.render.charts.terminal_bars import left_out
from factlog.render.display import cells, safe, wrap
from factlog.values import dataclass
from factlog.wording import sign

# Inches: a sheet, a line of letters, what stands between rows; the most pixels to an inch, and
# the tallest page that has as many.
_WIDTH, _LINE, _GAP = 8.0, 0.16, 0.12
_SHARP, _TALL = 200, 150
# Signs in a line of a title, of a note and of the words beside a row, and along an axis.
_TITLE, _WORDS, _HEAD, _ACROSS = 72, 30, 60, 45
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


@dataclass(frozen=True, slots=True)
class FigureOptions:
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
    wanted: FigureOptions | None = None,
) -> bytes:
    """The file of a figure in which the pictures stand one below the other."""
    wanted = wanted or FigureOptions()
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
            for line in wrap(safe(told), NOTE)
        ]
        height = sum(heights) + _LINE * (len(foot) + 1.5 * len(title) * (len(pictures) > 1))
        sheet = Figure(figsize=(_WIDTH, height), layout=ConstrainedLayoutEngine(w_pad=0.12))
        parts = sheet.subfigures(len(pictures), squeeze=False, height_ratios=heights)[:, 0]
        for place, picture in enumerate(pictures):
            alone = wanted.title if len(pictures) == 1 else ""
            heading = _heading(picture, alone)
            _draw(parts[place], picture, heading, wanted)
            _name(parts[place], f"picture-{place + 1}-" if place else "")
        if title and len(pictures) > 1:
            _write(sheet.suptitle, title, 13)
        if foot:
            _write(sheet.supxlabel, foot, 7.5, GREY)
        about = wanted.title or (pictures[0].subject if pictures else "")
        return as_bytes(sheet, format, safe(about), height)


def _write(where: Any, lines: Sequence[str], size: float, color: str = "black") -> None:
    """Put lines at the left of a sheet: over it or under it."""
    weight = "bold" if size > 10 else "normal"
    where("\n".join(lines), x=0.015, ha="left", fontsize=size, color=color, fontweight=weight)


def _heading(picture: Picture | Timeline, title: str = "") -> list[str]:
    """The title, one's own or of what is drawn, with the unit that no axis names."""
    unit = sign(picture.unit) if picture.unit else ""
    measured = f"{picture.subject}: {picture.measure}" if picture.measure else picture.subject
    title = title or measured
    return wrap(safe(title if unit in title else f"{title} ({unit})"), _TITLE)


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
        return title + time_height(picture) + _LINE * 3
    rows = sum(_row_height(bar) for bar in picture.bars)
    return (
        title
        + rows
        + 0.4
        + _LINE * (2 + sum(len(wrap(safe(camp), _HEAD)) for camp in picture.camps))
    )


def _draw(part: Any, picture: Picture | Timeline, title: list[str], wanted: FigureOptions) -> None:
    """A picture on its part of a sheet: heading, panel, legend, and what is not drawn."""
    _write(part.suptitle, title, 11)
    marks, notes = _marks(picture), list(left_out(picture))
    if wanted.judged:
        clash = sum(mark.clash for mark in marks)
        told = f"{clash} of {len(marks)} in a conflict" if clash else ""
        notes = [": ".join(filter(None, (summary.verdict(picture.verdict), told))), *notes]
    if not marks:
        _write(part.supxlabel, wrap(safe("; ".join(notes)), NOTE), 8, GREY)
        return
    if isinstance(picture, Picture):
        panel, values = part.subplots(), picture.axis
        _bars(panel, picture, wanted)
    else:
        panel, values = through_time(part, picture, judged=wanted.judged), picture.up
    if wanted.legend and picture.camps:
        notes = [TOLD_CAMPS, *notes]
    notes = ["logarithmic axis"] * values.log + notes
    if notes:
        panel.set_xlabel("\n".join(wrap(safe("; ".join(notes)), 62)), fontsize=8, color=GREY)
    if wanted.legend:
        named = _keys(picture, marks, judged=wanted.judged)
        part.legend(named.values(), named.keys(), loc="outside lower left", frameon=False,
                    ncols=_columns(named), fontsize=8, handlelength=2.6)  # fmt: skip


def _words(bar: Mark, *, judged: bool) -> tuple[list[str], list[str]]:
    """Who said it, and what, in lines."""
    mark = "! " if judged and bar.clash else ""
    facts = ", ".join(filter(None, (bar.said, bar.when, bar.scope)))
    return wrap(safe(mark + bar.source), _WORDS), wrap(safe(facts), _WORDS)


def _row_height(bar: Mark) -> float:
    return max(map(len, _words(bar, judged=True))) * _LINE + _GAP


def _bars(panel: Any, picture: Picture, wanted: FigureOptions) -> None:
    """A row a figure: who at the left, what was said at the right, its mark between."""
    at, places, names, facts = 0.0, [], [], []
    left = ARROW * any(leaves(bar, picture.axis) for bar in picture.bars)
    for heading, bars in groups(picture):
        if heading:
            told = wrap(safe(heading), _HEAD)
            at += _GAP / 2 if at else 0
            panel.text(0, at + _LINE * len(told) / 2, "\n".join(told), fontsize=8, va="center",
                       color=camp_color(bars[0].camp), fontweight="bold", ha="left",
                       bbox=GROUND, transform=panel.get_yaxis_transform())  # fmt: skip
            at += _LINE * len(told)
        for bar in bars:
            height = _row_height(bar)
            places.append(at + height / 2)
            who, what = _words(bar, judged=wanted.judged)
            names.append("\n".join(who))
            facts.append("\n".join(what))
            look = {"color": _color(bar, picture, wanted), "marker": "D" if bar.derived else "o"}
            draw_mark(panel, (bar.height, places[-1]), bar, picture.axis, look)
            _badge(panel, places[-1], bar.camp, left)
            at += height
    beyond = any(bar.last > picture.axis.high for bar in picture.bars)
    pads = (left + (24 if picture.camps else 9), 34 if beyond else 9)
    sides = (panel, panel.secondary_yaxis("right"))
    for side, words, size, pad in zip(sides, (names, facts), (8.5, 8), pads, strict=True):
        side.set_yticks(places, words)
        side.tick_params(axis="y", length=0, pad=pad, labelsize=size)
        side.spines[["left", "right"]].set_visible(False)
    panel.set_ylim(at, 0)
    scale(panel, picture.axis, "x", _ACROSS)
    settled(panel, picture.decided, "x")
    if len(picture.axis.ticks) == 1:  # nothing to measure
        panel.spines["bottom"].set_visible(False)
        panel.set_xticks([])


def _badge(panel: Any, place: float, camp: int | None, left: int) -> None:
    """The number of a camp beside the name, on its colour."""
    if camp is not None:
        panel.annotate(f"{camp + 1}", (0, place), (-14 - left, 0), textcoords="offset points",
                       xycoords=panel.get_yaxis_transform(), annotation_clip=False,
                       ha="center", va="center_baseline", fontsize=7, color="white",
                       fontweight="bold", bbox={"boxstyle": "circle,pad=0.25", "lw": 0,
                                                "fc": camp_color(camp)})  # fmt: skip


def _color(bar: Mark, picture: Picture, wanted: FigureOptions) -> str:
    """The colour of a figure: that of its camp; grey where nobody contradicts it."""
    if picture.camps:
        return camp_color(bar.camp)
    return GREY if not bar.current else CLASH if wanted.judged and bar.clash else CAMPS[0]


# The file


def plotting_library() -> Any:
    """matplotlib, or the word that it is not installed."""
    try:
        import matplotlib
    except ImportError as error:
        instead = "; without -o the chart is text"
        raise MissingPackage("Drawing a figure", "charts", error, instead) from error
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


# The key: what the signs that were used stand for


def _columns(labels: Iterable[str]) -> int:
    """In how many columns these have room in a legend."""
    longest = max((cells(safe(label)) for label in labels), default=0)
    return min(4, max(1, NOTE // (longest + 5)))


def _keys(picture: Picture | Timeline, marks: Sequence[Mark], *, judged: bool) -> dict[str, Any]:
    """Keys for the signs that were used, in grey: what they stand for holds in every colour."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    hollow = {"marker": "o", "linestyle": "", "markerfacecolor": "white"}
    looks: dict[str, tuple[str, dict[str, Any]]] = {
        "exact": ("exact", {"marker": "o", "linestyle": ""}),
        "about": ("about, or an open end", hollow),
        "sum": ("a sum of its parts", {"marker": "D", "linestyle": ""}),
        "about sum": ("a sum with parts that are not exact", hollow | {"marker": "D"}),
        "sigma": ("± one sigma", {"marker": "o", "markevery": [0.5], "linewidth": 1.4}),
        "range": ("a range as stated", {}),
        "reading": ("what the words can mean",
                    {"linewidth": 6, "alpha": 0.35, "solid_capstyle": "butt"}),
        "up": ("no upper end stated", {"marker": 5, "markevery": [1], "linewidth": 1.2}),
        "down": ("no lower end stated", {"marker": 4, "markevery": [0], "linewidth": 1.2}),
        "conflict": ("in a conflict", hollow | {"markersize": 12, "color": CLASH}),
    }  # fmt: skip
    ringed = judged and isinstance(picture, Timeline)
    there = used(marks) - (set() if ringed else {"conflict"})
    told = dict(looks[each] for each in looks if each in there) if there != {"exact"} else {}
    found: dict[str, Any] = {
        label: Line2D([0, 1], [0, 0], **{"color": GREY} | look)
        if look
        else Patch(facecolor="white", edgecolor=GREY, linewidth=EDGE)
        for label, look in told.items()
    }
    if isinstance(picture, Timeline):
        found |= _off_dates(marks, picture.across)
    if picture.decided:
        found[safe(picture.decided.told)] = Line2D([0, 1], [0, 0], **DECIDED)
    return found


def _off_dates(marks: Sequence[Mark], across: Axis) -> dict[str, Any]:
    """Keys for the arrows at the ends of the dates: figures of an earlier or a later one."""
    from matplotlib.lines import Line2D

    ends = (("<", "earlier", min(m.day for m in marks) < across.low),
            (">", "later", max(m.day for m in marks) > across.high))  # fmt: skip
    return {
        f"dated {way} than is drawn": Line2D([], [], color=GREY, marker=shape, linestyle="")
        for shape, way, there in ends
        if there
    }
