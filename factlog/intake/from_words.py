"""What a person types after `add`, as claims."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from factlog import dates, vocabulary
from factlog.claim import Claim, Figure, Period, Statement
from factlog.errors import UsageError
from factlog.intake import texts
from factlog.intake.counted import measure_of, said_of
from factlog.reading import read, read_all

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.comparison import Measure

_MEASURE = re.compile(
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
    as_of: str | None = None,
    published: str | None = None,
    via: str | None = None,
    url: str | None = None,
    scope: str | None = None,
    origin: str | None = None,
    quote: str | None = None,
    note: str | None = None,
    locale: str | None = None,
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
        subject=texts.name(subject, "subject"),
        source=texts.name(source, "source"),
        as_of=_date(as_of, date_format),
        published=_date(published, date_format),
        via=texts.optional_name(via, "via"),
        url=texts.link(url, "url"),
        quote=texts.passage(quote, "quote"),
    )
    scope = texts.optional_name(scope, "scope")
    origin = texts.optional_name(origin, "origin")
    note = texts.passage(note, "note")
    return tuple(
        Claim(
            statement,
            said_of(figure, measure, known, locale),
            figure.estimate,
            measure,
            scope,
            origin,
            note,
        )
        for word in words
        for measure, figure in _figures(word, known, unit, locale)
    )


def _date(text: str | None, date_format: str | None) -> Period | None:
    return dates.parse(text, format=date_format) if text and text.strip() else None


def _figures(
    word: str, measures: tuple[Measure, ...], unit: str | None, locale: str | None
) -> Iterable[tuple[str, Figure]]:
    """Read one word; a measure that is named stands for exactly one number."""
    named = _MEASURE.fullmatch(word)
    if named:
        measure = texts.name(named["measure"], "measure")
        return [(measure, read(named["value"].strip(), unit=unit, locale=locale))]
    figures = read_all(word.strip(), unit=unit, locale=locale)
    return [(measure_of(figure, measures), figure) for figure in figures]
