"""How a figure travelled, as the report draws it: by date, each voice below whom it has it from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from factlog.answers import FigureTrace, Link, Voice
from factlog.render.charts.axis import Axis, days
from factlog.render.charts.model import moment
from factlog.render.report.bars import Label, labels, percent
from factlog.render.travel import circles, heading, how, likely, said, spellings, words
from factlog.values import dataclass

_MOST = 3  # figures of a measure that are drawn, and
_LANES = 40  # voices of one
# A voice of the day of the one above it stands so far beside that one.
_BESIDE = 0.03


@dataclass(frozen=True, slots=True)
class WayLine:
    """A piece of the way a figure took, within one lane: from place to place, in percent."""

    x1: str
    y1: str
    x2: str
    y2: str
    likely: bool


@dataclass(frozen=True, slots=True)
class VoiceLane:
    """One voice: what it said, when and from whom, where it stands, and the ways through its lane.

    `sign` is "first", "stated" or "likely", or "undated" where it has no place of its own in time.
    """

    source: str
    said: str
    told: str
    claims: tuple[int, ...]
    at: str
    sign: str
    lines: tuple[WayLine, ...]


@dataclass(frozen=True, slots=True)
class FigureWay:
    """How one figure travelled: its picture, and the same in words.

    `circles` tell who cite each other for it, `spelled` which names may be one, and `likely` who
    likely has it from whom, each with the claim to put that down in.
    """

    title: str
    told: str
    counted: str
    days: tuple[Label, ...]
    lanes: tuple[VoiceLane, ...]
    more: int
    circles: tuple[str, ...]
    spelled: tuple[str, ...]
    likely: tuple[tuple[int, str, str], ...]

    @property
    def signs(self) -> frozenset[str]:
        """What its signs and lines stand for, so that only those are explained."""
        ways = {"way likely" if e.likely else "way" for lane in self.lanes for e in lane.lines}
        return frozenset({lane.sign for lane in self.lanes} | ways)


@dataclass(frozen=True, slots=True)
class _Stop:
    """A voice in its lane: where it stands, and in which lane whom it has its figure from."""

    voice: Voice
    above: int | None
    at: float


def travelled(found: Sequence[FigureTrace]) -> tuple[FigureWay, ...]:
    """The pictures of the figures that were handed on, those that most give first."""
    handed_on = [e for e in found if e.sources > 1 and any(v.children for v in e.voices)]
    return tuple(filter(None, map(_way, handed_on[:_MOST])))


def _way(found: FigureTrace) -> FigureWay | None:
    every = [each for voice in found.voices for each in _below(voice)]
    dated = [day for each in every if (day := _day(each)) is not None]
    if not dated:
        return None
    axis = days(dated)
    stops = _stops(found.voices, axis)
    shown = stops[:_LANES]
    return FigureWay(
        title=f"How a figure travelled: {heading(found)}",
        told=" ".join(f"{words(stop.voice, _from(stop, stops))}." for stop in shown),
        counted=heading(found, alone=True),
        days=labels(axis),
        lanes=tuple(_lane(place, shown) for place in range(len(shown))),
        more=len(stops) - len(shown),
        circles=tuple(circles(found)),
        spelled=tuple(spellings(found)),
        likely=tuple((voice.claims[0], voice.source, origin) for voice, origin in likely(found)),
    )


def _below(voice: Voice) -> Iterator[Voice]:
    yield voice
    for each in voice.children:
        yield from _below(each)


def _day(voice: Voice) -> float | None:
    return moment(voice.when) if voice.when else None


def _stops(voices: Sequence[Voice], axis: Axis) -> list[_Stop]:
    """Every voice with the lane of the one above it, each below whom it has its figure from."""
    left: list[tuple[Voice, int | None]] = [(voice, None) for voice in voices[::-1]]
    stops: list[_Stop] = []
    while left:
        voice, above = left.pop()
        at = _at(voice, axis, None if above is None else stops[above])
        left += [(each, len(stops)) for each in voice.children[::-1]]
        stops.append(_Stop(voice, above, at))
    return stops


def _at(voice: Voice, axis: Axis, above: _Stop | None) -> float:
    """Where a voice stands; without a date of its own, by whom it has it from or who has it."""
    day = _day(voice)
    if day is not None:
        own = axis.place(day)
    elif above is not None:
        own = above.at
    else:
        later = (found for each in _below(voice) if (found := _day(each)) is not None)
        first = min(later, default=None)
        own = 0.0 if first is None else axis.place(first) - _BESIDE
    if above is not None and not _well_before(own, day, above):
        own = max(own, above.at + _BESIDE)  # whoever that one stands beside itself
    return min(max(own, 0.0), 1.0)


def _well_before(own: float, day: float | None, above: _Stop) -> bool:
    """Whether a voice spoke before the one that it cites, so that it stands to the left."""
    before = _day(above.voice)
    earlier = day is not None and before is not None and day < before
    return earlier and own <= above.at - _BESIDE


def _from(stop: _Stop, stops: Sequence[_Stop]) -> str:
    return "" if stop.above is None else stops[stop.above].voice.source


def _lane(place: int, stops: Sequence[_Stop]) -> VoiceLane:
    stop = stops[place]
    voice = stop.voice
    return VoiceLane(
        voice.source,
        said(voice),
        how(voice, _from(stop, stops)),
        voice.claims,
        percent(stop.at),
        "undated" if _day(voice) is None else voice.link.value,
        tuple(_lines(place, stops)),
    )


def _lines(place: int, stops: Sequence[_Stop]) -> Iterator[WayLine]:
    """The ways that go through a lane: down from whom a figure is had, and across to who has it."""
    for above, stop in enumerate(stops[: place + 1]):
        below = [n for n, each in enumerate(stops) if each.above == above and n >= place]
        x = percent(stop.at)
        if below and place != above:
            yield WayLine(x, "0%", x, "50%", _likely(stops, below))
        if after := [n for n in below if n > place]:
            yield WayLine(x, "50%", x, "100%", _likely(stops, after))
        if place in below:
            yield WayLine(x, "50%", percent(stops[place].at), "50%", _likely(stops, [place]))


def _likely(stops: Sequence[_Stop], ways: Sequence[int]) -> bool:
    """Whether all that a line leads to only likely have the figure from there."""
    return all(stops[n].voice.link is Link.LIKELY for n in ways)
