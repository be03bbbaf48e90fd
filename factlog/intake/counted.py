"""What a number counts: the measure it gives, and the words of it that must not be lost."""

from __future__ import annotations

from factlog import vocabulary
from factlog.claim import Claim, Figure
from factlog.comparison import Measure
from factlog.errors import ReadingError
from factlog.intake import texts
from factlog.reading import read


def measure_of(figure: Figure, measures: tuple[Measure, ...]) -> str:
    """The measure that the thing after a number gives; blank if it gives none."""
    found = vocabulary.measure_of(figure.thing, measures)
    return texts.optional_name(found, "measure") or ""


def said_of(
    figure: Figure, measure: str, measures: tuple[Measure, ...], locale: str | None = None
) -> str:
    """The words of a value: with the thing counted where it says more than the measure does.

    "300 killed" of the measure killed is "300"; "300 civilians killed" stays whole, as long as
    it reads back to the same figure.
    """
    thing = figure.thing
    if not thing or vocabulary.resolve(thing, measures) == vocabulary.resolve(measure, measures):
        return figure.said
    whole = f"{figure.said} {thing}"
    try:
        again = read(whole, unit=figure.estimate.unit, locale=locale)
    except ReadingError:
        return figure.said
    return whole if (again.estimate, again.thing) == (figure.estimate, thing) else figure.said


def contradicted(
    claim: Claim, measures: tuple[Measure, ...], locale: str | None = None
) -> str | None:
    """The known measure that a claim's own words give, where it was put under another.

    "300 injured" put under casualties is one; "300 civilians" put under killed is not.
    """
    if not claim.measure or not any(letter.isalpha() for letter in claim.said):
        return None
    try:
        thing = read(claim.said, unit=claim.estimate.unit, locale=locale).thing
    except ReadingError:
        return None
    found = vocabulary.measure_of(thing, measures)
    known = any(found == one.name for one in measures)
    return found if known and found != vocabulary.resolve(claim.measure, measures) else None
