"""A picture for print: a row a figure, its reading as a bar and the stated value as a mark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from factlog.findings import Verdict
from factlog.render.charts.axis import Bar, Picture
from factlog.render.charts.figure_layout import (
    CALM,
    CLASH,
    CLASH_INK,
    EDGE,
    FACT,
    GREY,
    INK,
    INNER,
    NAME,
    WIDTH,
    Heading,
    Measure,
    Sheet,
    heading,
    line_height,
    reach,
    scaled,
    wrapped,
)
from factlog.render.charts.terminal_bars import unmarked
from factlog.wording import sign

# Inches: the most that words get, the room right of the axis, a bar, between rows.
_WORDS, _RIGHT, _BAR, _GAP = 2.9, 0.45, 0.2, 0.14
_AXIS = 0.3


@dataclass(frozen=True, slots=True)
class _Row:
    """A figure with its words in lines: who said it, and what."""

    bar: Bar
    names: list[str]
    facts: list[str]

    @property
    def height(self) -> float:
        """Inches it takes."""
        words = len(self.names) * line_height(NAME) + len(self.facts) * line_height(FACT)
        return max(words, _BAR) + _GAP


@dataclass(frozen=True, slots=True)
class PrintedBars:
    """A picture laid out: how high it is, and drawing it."""

    picture: Picture
    heading: Heading
    rows: list[_Row]
    key: list[str]
    measure: Measure

    @property
    def height(self) -> float:
        """Inches from its title to the end of its key."""
        axis = _AXIS if self.rows else 0.0
        return self.heading.height + self._rows + axis + len(self.key) * line_height(FACT)

    @property
    def _rows(self) -> float:
        return sum(row.height for row in self.rows)

    def draw(self, sheet: Sheet, top: float) -> None:
        """Draw it under this height."""
        top = self.heading.draw(sheet, top)
        if self.rows:
            self._draw_rows(sheet, top)
            top += self._rows + _AXIS
        sheet.write(EDGE, top, self.key, FACT, color=GREY)

    def _draw_rows(self, sheet: Sheet, top: float) -> None:
        beyond = reach(self.picture.axis, self.measure)
        left = max(EDGE + _words(self.rows, self.measure) + 0.15, beyond)
        width = WIDTH - max(_RIGHT, beyond) - left
        panel = sheet.panel(left, top, width, self._rows)
        scaled(panel, self.picture.axis, "x", width, self.measure)
        panel.set_ylim(self._rows, 0)
        panel.set_yticks([])
        at = 0.0
        for row in self.rows:
            _label(sheet, row, top + at + _GAP / 2)
            _bar(panel, self.picture, at + row.height / 2, row.bar)
            at += row.height


def printed_bars(picture: Picture, measure: Measure) -> PrintedBars:
    """Lay a picture out."""
    unit = f" ({sign(picture.unit)})" if picture.unit else ""
    title = f"{picture.subject}: {picture.measure}" if picture.measure else picture.subject
    return PrintedBars(
        picture,
        heading(title + unit, picture.verdict, picture.bars, picture.axis, measure),
        [_row(bar, measure) for bar in picture.bars],
        wrapped("; ".join(_key(picture)), INNER, FACT, measure),
        measure,
    )


def _row(bar: Bar, measure: Measure) -> _Row:
    mark = "!\u00a0" if bar.verdict is Verdict.CONFLICT else ""
    facts = ", ".join(filter(None, (bar.said, bar.when, bar.scope)))
    return _Row(
        bar,
        wrapped(mark + bar.source, _WORDS, NAME, measure),
        wrapped(facts, _WORDS, FACT, measure),
    )


def _words(rows: list[_Row], measure: Measure) -> float:
    """Inches that the longest line of words takes."""
    names = [measure(line, NAME) for row in rows for line in row.names]
    return max([*names, *(measure(line, FACT) for row in rows for line in row.facts)])


def _label(sheet: Sheet, row: _Row, top: float) -> None:
    color = CLASH_INK if row.bar.verdict is Verdict.CONFLICT else INK
    top = sheet.write(EDGE, top, row.names, NAME, color=color)
    sheet.write(EDGE, top, row.facts, FACT, color=GREY)


def _bar(panel: Any, picture: Picture, at: float, bar: Bar) -> None:
    axis, clash = picture.axis, bar.verdict is Verdict.CONFLICT
    low = axis.low if bar.low is None else max(bar.low, axis.low)
    high = axis.high if bar.high is None else bar.high
    color = CLASH if clash else CALM if bar.current else GREY
    if low < high:
        (drawn,) = panel.barh(
            *(at, high - low, _BAR, low),
            color="#F6C6A5" if clash else "#A9CCE3" if bar.current else "#E4E4E4",
            edgecolor=color,
            hatch="////" if clash else "",
            linewidth=0.9,
        )
        drawn.set_gid(f"side-{bar.side}-reading")
    open_low = bar.low is None or bar.low < axis.low
    for is_open, marker, end in ((open_low, "<", low), (bar.high is None, ">", high)):
        if is_open:
            _mark(panel, end, at, marker, color, f"side-{bar.side}-open")
    if bar.stated is not None:
        bare = clash and bar.low == bar.high
        marker = "D" if bar.derived else "X" if bare else "o"
        _mark(panel, bar.stated, at, marker, color, f"side-{bar.side}-stated")


def _mark(panel: Any, x: float, y: float, marker: str, color: str, name: str) -> None:
    panel.plot([x], [y], marker, color=color, markeredgecolor="white", markeredgewidth=0.7,
               markersize=7.5, clip_on=False, gid=name)  # fmt: skip


def _clashing(clashes: list[Bar], bare: list[Bar]) -> str:
    """The marks by which a figure in a conflict is known."""
    hatched = any(bar.low != bar.high for bar in clashes)
    return ", ".join(["✖"] * bool(bare) + ["hatched"] * hatched + ["!"])


def _key(picture: Picture) -> list[str]:
    """What the marks that were used mean, and what is not drawn."""
    bars = picture.bars
    clashes = [bar for bar in bars if bar.verdict is Verdict.CONFLICT]
    sides = {bar.side for bar in bars}
    bare = [bar for bar in clashes if bar.low == bar.high and not bar.derived]
    below = any(bar.low is not None and bar.low < picture.axis.low for bar in bars)
    told = [
        (any(b.stated is not None and not b.derived and b not in bare for b in bars),
         "● as stated"),
        (any(bar.derived for bar in bars), "◆ the sum of its parts"),
        (any(bar.low != bar.high for bar in bars), "bar: what it can mean"),
        (any(None in (bar.low, bar.high) for bar in bars), "◀ ▶ no end stated"),
        (below, "◀ down to zero"),
        (bool(clashes), f"{_clashing(clashes, bare)}: in a conflict"),
        (any(not sides & set(bar.against) for bar in clashes), "some only with figures not drawn"),
        (any(not bar.current and bar not in clashes for bar in bars), "grey: an earlier figure"),
        (bool(picture.left_out), f"{picture.left_out} in another unit not drawn"),
        (bool(picture.unmarked), unmarked(picture.unmarked)),
    ]  # fmt: skip
    return [text for there, text in told if there]
