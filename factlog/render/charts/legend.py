"""The key of a figure for print: what the signs that were used stand for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from factlog.render.charts.axis import Axis, Mark, Picture, Timeline, used
from factlog.render.charts.marks import CLASH, DECIDED, EDGE, GREY, NOTE
from factlog.render.display import cells, safe


def columns(labels: Iterable[str]) -> int:
    """In how many columns these have room in a legend."""
    longest = max((cells(safe(label)) for label in labels), default=0)
    return min(4, max(1, NOTE // (longest + 5)))


def keys(picture: Picture | Timeline, marks: Sequence[Mark], *, judged: bool) -> dict[str, Any]:
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
