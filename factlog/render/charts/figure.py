"""Pictures as figures for print, by matplotlib: svg, png or pdf.

Matplotlib because it is alive, needs no network or browser, keeps text as text in SVG, embeds
fonts in PDF, and lets every mark carry a name by which it can be found again.
"""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from factlog.errors import UsageError
from factlog.render.charts.axis import Picture, Timeline
from factlog.render.charts.figure_bars import PrintedBars, printed_bars
from factlog.render.charts.figure_layout import (
    EDGE,
    FACT,
    GREY,
    INNER,
    WIDTH,
    Measure,
    Sheet,
    line_height,
    wrapped,
)
from factlog.render.charts.figure_timeline import PrintedLines, printed_lines
from factlog.render.display import safe

# Inches between pictures, and the most a page of pixels may measure at full sharpness.
_BETWEEN, _TALL = 0.28, 150
_SHARP = 200
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


def figure(
    pictures: Sequence[Picture] | Sequence[Timeline],
    format: str,  # noqa: A002  the word for it
    note: str = "",
) -> bytes:
    """The file of a figure in which the pictures stand one below the other, a note at the end."""
    plotting = library()
    with plotting.rc_context(style()), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a sign no font has is drawn as a box
        from matplotlib.figure import Figure

        measure = _measure()
        every = [_laid_out(picture, measure) for picture in pictures]
        notes = wrapped(note, INNER, FACT, measure) if note else []
        height = sum(one.height for one in every) + _BETWEEN * (len(every) - 1 + bool(notes))
        height += len(notes) * line_height(FACT) + 2 * EDGE
        sheet = Sheet(Figure(figsize=(WIDTH, height)), height, measure)
        top = EDGE
        for place, one in enumerate(every, 1):
            drawn = len(sheet.made.axes)
            one.draw(sheet, top)
            if place > 1:
                _set_apart(sheet.made.axes[drawn:], place)
            top += one.height + _BETWEEN
        sheet.write(EDGE, top, notes, FACT, color=GREY)
        return as_bytes(
            sheet.made, format, safe(pictures[0].subject) if pictures else "", sheet.height
        )


def library() -> Any:
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
    return {**_STYLE, "font.family": _fonts()}


def _fonts() -> list[str]:
    from matplotlib.font_manager import fontManager

    there = set(fontManager.get_font_names())
    return ["DejaVu Sans", *(name for name in _FONTS if name in there), "sans-serif"]


def _measure() -> Measure:
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    @lru_cache(maxsize=20_000)
    def measure(text: str, size: float) -> float:
        width, _, _ = text_to_path.get_text_width_height_descent(
            text, FontProperties(size=size), ismath=False
        )
        return float(width) / 72

    return measure


def _laid_out(picture: Picture | Timeline, measure: Measure) -> PrintedBars | PrintedLines:
    if isinstance(picture, Picture):
        return printed_bars(picture, measure)
    return printed_lines(picture, measure)


def _set_apart(panels: Sequence[Any], place: int) -> None:
    """Name the marks of a later picture after its place too: a name stands once in a file."""
    for panel in panels:
        for mark in panel.get_children():
            if mark.get_gid():
                mark.set_gid(f"picture-{place}-{mark.get_gid()}")


def as_bytes(sheet: Any, format: str, title: str, height: float) -> bytes:  # noqa: A002
    """A drawn sheet as the bytes of a file that is the same whenever it is made."""
    file = io.BytesIO()
    dated: dict[str, dict[str, None]] = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}
    about = {"Title": title} | dated.get(format, {})
    sheet.savefig(file, format=format, metadata=about, dpi=min(_SHARP, _SHARP * _TALL / height))
    return file.getvalue()
