"""Pictures as text: one after the other, each under its measure's outcome."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from factlog.comparison import Comparison, MeasureComparison, SubjectComparison
from factlog.render import words
from factlog.render.look import Look
from factlog.render.picture import draw, over_time
from factlog.render.picture.plot import plot
from factlog.render.picture.strips import strips
from factlog.render.prose import page, paint, shown, wrap
from factlog.render.side_by_side import name


def charts(found: Iterable[Comparison], look: Look, *, time: bool = False) -> Iterator[str]:
    """The figures of every measure on one axis; with `time`, by date."""
    for comparison in found:
        for subject in comparison.subjects:
            yield page(_subject(subject, look, time=time))
        yield page(["", *wrap(shown(words.policy(comparison.policy), look), look.width)])


def _subject(subject: SubjectComparison, look: Look, *, time: bool) -> Iterator[str]:
    for line in wrap(shown(subject.subject, look), look.width):
        yield paint(line, "bold", look)
    for measure in subject.measures:
        yield ""
        yield from _heading(measure, look)
        if time:
            yield from plot(over_time(subject.subject, measure), look)
        else:
            yield from strips(draw(subject.subject, measure, history=look.history), look)


def _heading(measure: MeasureComparison, look: Look) -> Iterator[str]:
    style = "conflict" if measure.counts.conflicts else "bold"
    heading = ": ".join(filter(None, (name(measure), ", ".join(words.outcome(measure)))))
    for line in wrap(shown(heading, look), look.width):
        yield paint(line, style, look)
