"""Figures of a measure combined, as the report draws them: the field's forest plot."""

from __future__ import annotations

from factlog.answers import Pooled
from factlog.render.charts import forest
from factlog.render.charts.axis import Axis
from factlog.render.charts.forest import ForestRow
from factlog.render.report.bars import Label, labels, percent
from factlog.values import dataclass
from factlog.wording import measured, unit_of_many, weight


@dataclass(frozen=True, slots=True)
class ForestPlot:
    """Figures by their weight, the combined value under them, where another is expected."""

    title: str
    told: str
    combined: str
    method: str
    unit: str
    rows: tuple[ForestRow, ...]
    ends: tuple[float, float, float]
    further: tuple[float, float] | None
    axis: Axis
    ticks: tuple[Label, ...]

    def at(self, value: float) -> str:
        """Where a value stands along the axis."""
        return percent(self.axis.place(value))

    @property
    def width(self) -> str:
        """How wide the diamond of the combined value is."""
        low, _, high = self.ends
        return percent(self.axis.place(high) - self.axis.place(low))

    @property
    def peak(self) -> str:
        """How far across its diamond the combined value stands, of a hundred."""
        low, best, high = self.ends
        return f"{100 * (best - low) / (high - low):.2f}"

    def size(self, row: ForestRow) -> str:
        """How wide and high the mark of a figure is, its area as its weight."""
        most = max(each.weight for each in self.rows)
        return f"{4 + 9 * (row.weight / most) ** 0.5:.1f}"


def forest_plot(pooled: Pooled) -> ForestPlot:
    """The plot of some figures that were combined."""
    rows = forest.rows(pooled)
    axis = forest.axis(pooled, rows)
    combined = measured(pooled.best, pooled.plus, pooled.minus)
    told = [f"{row.name}: {row.said}, weight {weight(row.weight)}." for row in rows]
    return ForestPlot(
        title=f"{pooled.k} figures combined, {combined}",
        told=" ".join(told),
        combined=combined,
        method=forest.method(pooled),
        unit=unit_of_many(pooled.unit),
        rows=rows,
        ends=(float(pooled.low), float(pooled.best), float(pooled.high)),
        further=forest.expected(pooled),
        axis=axis,
        ticks=labels(axis),
    )
