"""Keys of a figure for print that explain marks at the ends of its dates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from factlog.render.charts.axis import Axis, Mark


def off_dates(marks: Sequence[Mark], across: Axis, color: str) -> dict[str, Any]:
    """Keys for the arrows at the ends of the dates: figures of an earlier or a later one."""
    from matplotlib.lines import Line2D

    ends = (("<", "earlier", min(m.day for m in marks) < across.low),
            (">", "later", max(m.day for m in marks) > across.high))  # fmt: skip
    return {
        f"dated {way} than is drawn": Line2D([], [], color=color, marker=shape, linestyle="")
        for shape, way, there in ends
        if there
    }
