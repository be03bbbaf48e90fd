"""What a person types after `add`, as claims."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from factlog import dates
from factlog import measures as vocabulary
from factlog.claim import Claim, Figure, Statement
from factlog.errors import ReadingError, UsageError
from factlog.importing import fields
from factlog.parsing import read, read_all
from factlog.patterns import Pattern
from factlog.policy import Measure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.policy import Measure


def measure_of(figure: Figure, measures: tuple[Measure, ...]) -> str:
    """The measure that the thing after a number gives; blank if it gives none."""
    found = vocabulary.measure_of(figure.thing, measures)
    return fields.optional_name(found, "measure") or ""


def said_of(
    figure: Figure,
    given: str,
    measure: str,
    measures: tuple[Measure, ...],
    locale: str | None = None,
    language: str | None = None,
) -> str:
    """The words of a value, `given`: with the thing counted where it says more than the measure.

    "300 killed" of the measure killed is "300"; "300 civilians killed" stays whole, as long as
    it reads back to the same figure.
    """
    thing = figure.thing
    if not thing or vocabulary.resolve(thing, measures) == vocabulary.resolve(measure, measures):
        return figure.said
    joined = "of " * (f"{figure.said} of {thing}" in " ".join(given.split()))
    whole = f"{figure.said} {joined}{thing}"
    try:
        again = read(whole, unit=figure.estimate.unit, locale=locale, language=language)
    except ReadingError:
        return figure.said
    return whole if (again.estimate, again.thing) == (figure.estimate, thing) else figure.said


def contradicted(
    claim: Claim,
    measures: tuple[Measure, ...],
    locale: str | None = None,
    language: str | None = None,
) -> str | None:
    """The known measure that a claim's own words give, where it was put under another.

    "300 injured" put under casualties is one; "300 civilians" put under killed is not.
    """
    if not claim.measure or not any(letter.isalpha() for letter in claim.said):
        return None
    try:
        unit = claim.estimate.unit
        thing = read(claim.said, unit=unit, locale=locale, language=language).thing
    except ReadingError:
        return None
    found = vocabulary.measure_of(thing, measures)
    known = any(found == one.name for one in measures)
    return found if known and found != vocabulary.resolve(claim.measure, measures) else None


_MEASURE = Pattern(
    r"""\s* (?P<measure> [^\W\d_]                 # a letter first: "12 km = 7 miles" has no measure
            (?: [^=<>!~≤≥≠≈()] | \( [^=()]* \) )*  # no part of a sign ("x >= 300"), no open aside
        ) = (?P<value> (?!=) .* )""",
    re.VERBOSE | re.DOTALL,
)


def claims(
    subject: str,
    words: Sequence[str],
    *,
    source: str,
    measures: Iterable[Measure] | None = None,
    unit: str | None = None,
    as_of: dates.When | None = None,
    published: dates.When | None = None,
    via: str | None = None,
    url: str | None = None,
    scope: str | None = None,
    origin: str | None = None,
    quote: str | None = None,
    note: str | None = None,
    locale: str | None = None,
    language: str | None = None,
    date_format: str | None = None,
) -> tuple[Claim, ...]:
    """The claims of one statement: what `source` said about `subject`.

    Each of `words` is `[MEASURE=]VALUE [UNIT or THING]`: "around 300 killed",
    "casualties=about 4,000", "8,848.86 m"; one may hold two numbers ("around 300 killed and
    2,700 injured"). `measures` is the vocabulary that knows which measure a thing belongs to
    (the starter one, unless given).
    """
    if isinstance(words, str):
        words = (words,)
    if not words:
        raise UsageError("No claim was given.", 'Write at least one value: "around 300 killed".')
    known = vocabulary.starter() if measures is None else tuple(measures)
    statement = Statement(
        subject=fields.name(subject, "subject"),
        source=fields.name(source, "source"),
        as_of=dates.period(as_of, format=date_format),
        published=dates.period(published, format=date_format),
        via=fields.optional_name(via, "via"),
        url=fields.link(url, "url"),
        quote=fields.passage(quote, "quote"),
    )
    scope = fields.optional_name(scope, "scope")
    origin = fields.optional_name(origin, "origin")
    note = fields.passage(note, "note")
    return tuple(
        Claim(
            statement,
            said_of(figure, word, measure, known, locale, language),
            figure.estimate,
            measure,
            scope,
            origin,
            note,
            thing=figure.thing,
            unit_said=figure.unit_said,
        )
        for word in words
        for measure, figure in _figures(word, known, unit, locale, language)
    )


def _figures(
    word: str,
    measures: tuple[Measure, ...],
    unit: str | None,
    locale: str | None,
    language: str | None,
) -> Iterable[tuple[str, Figure]]:
    """Read one word; a measure that is named stands for exactly one number."""
    fields.check_printed(word, "value")
    fields.check_unit(unit or "")
    named = _MEASURE.fullmatch(word)
    if named:
        measure = fields.name(named["measure"], "measure")
        return [
            (measure, read(named["value"].strip(), unit=unit, locale=locale, language=language))
        ]
    figures = read_all(word.strip(), unit=unit, locale=locale, language=language)
    return [(measure_of(figure, measures), figure) for figure in figures]


_HELD_BY_STATEMENT = ("subject", "source", "via", "url", "quote")
_HELD_BY_CLAIM = ("scope", "origin", "note")


def mended(
    old: Claim, value: str, given: dict[str, str], measures: tuple[Measure, ...]
) -> tuple[Claim, ...]:
    """The claim with what was given in the place of what it had; a blank word blanks it.

    An unchanged value keeps its reading, which may have been that of another locale.
    """
    said = old.statement
    had = {name: getattr(said, name) for name in _HELD_BY_STATEMENT}
    had |= {name: getattr(old, name) for name in _HELD_BY_CLAIM}
    had |= {
        name: period.said
        for name, period in (("as_of", said.as_of), ("published", said.published))
        if period and name not in given
    }
    had["unit"] = old.estimate.unit if value == old.said else None
    wanted = {**had, **given}
    measure = wanted.pop("measure", None)
    subject = wanted.pop("subject")
    made = claims(subject, (value,), measures=measures, **wanted)
    if len(made) > 1:
        raise UsageError("A claim is one number, and here are two.", "Give one; add the other.")
    named = made[0].measure if measure is None else measure
    untouched = value == old.said and measure is None
    # The words of an unchanged value may have been given in another locale: keep its reading.
    return (
        replace(
            made[0],
            measure=old.measure if untouched or not named else named,
            estimate=old.estimate if untouched and "unit" not in given else made[0].estimate,
        ),
    )
