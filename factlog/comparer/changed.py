"""What has become of verdicts: two comparisons of one record, earlier and later."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from factlog.answers import VerdictChange
from factlog.findings import Comparison, MeasureComparison
from factlog.names import fold
from factlog.wording import numbered

Measures = dict[tuple[str, str], tuple[str, MeasureComparison]]


def verdicts(
    before: Comparison,
    after: Comparison,
    touched: Collection[int],
    now_called: Callable[[str], str],
) -> Iterator[VerdictChange]:
    """Each measure whose verdict is another one, and the claims of it that were touched.

    `now_called` gives the name a subject goes by in the later comparison.
    """
    was, now = _measures(before, now_called), _measures(after, now_called)
    for key in {**was, **now}:
        (subject, one), (same, other) = was.get(key, ("", None)), now.get(key, ("", None))
        earlier, later = (each.verdict if each else None for each in (one, other))
        if earlier is not later:
            some = sorted((_claims(one) | _claims(other)) & set(touched))
            why = f"since {numbered(some)}" if some else "since names or measures were changed"
            measure = other or one
            assert measure is not None
            yield VerdictChange(same or subject, measure.measure, earlier, later, why)


def _measures(found: Comparison, now_called: Callable[[str], str]) -> Measures:
    return {
        (fold(now_called(subject.subject)), fold(each.measure)): (
            now_called(subject.subject),
            each,
        )
        for subject in found.subjects
        for each in subject.measures
    }


def _claims(found: MeasureComparison | None) -> set[int]:
    return {number for side in found.sides for number in side.claims} if found else set()
