"""An engine: an outside program that proposes claims, each checked against the text.

The program gets the article on standard input and writes one JSON object a line, under the
keys of a proposal. Nothing it says is believed: a proposal stands only if its quote is in the
text word for word and its number reads from that quote as the program says it does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from factlog import dates, units
from factlog import measures as vocabulary
from factlog.claim import Estimate, Hedge, Period
from factlog.errors import FactlogError, UsageError
from factlog.extraction import pipeline
from factlog.extraction.modality import Modality
from factlog.extraction.proposal import Confidence, Proposal
from factlog.policy import Measure

SECONDS = 300.0  # how long a program may take
LONGEST = 2000  # characters of a quote or a name
_PREFIX = "cmd:"


def ask(
    engine: str,
    text: str,
    *,
    published: Period | None = None,
    subject: str | None = None,
    measures: Iterable[Measure] | None = None,
    seconds: float = SECONDS,
) -> Iterator[Proposal]:
    """The proposals of an outside program, "cmd: my-wrapper --fast", for a text.

    Those that the text does not bear out come with the reason in `unverified`.
    """
    known = vocabulary.starter() if measures is None else tuple(measures)
    own = tuple(pipeline.extract(text, published=published, measures=known))
    for number, line in enumerate(_run(engine, text, seconds).splitlines(), 1):
        if line.strip():
            found = check(_row(line, number), text, own=own, measures=known)
            yield replace(found, subject=found.subject or subject)


def _run(engine: str, text: str, seconds: float) -> str:
    import subprocess

    command = _command(engine)
    try:
        done = subprocess.run(  # noqa: S603  # the program is the one the person named
            command, input=text.encode("utf-8", "replace"), capture_output=True, timeout=seconds,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise UsageError(
            f'The engine "{command[0]}" did not answer within {seconds:g} seconds.',
            "Try a shorter text, or extract without --engine.",
        ) from None
    except (OSError, ValueError) as error:
        raise UsageError(
            f'The engine "{command[0]}" could not be started: {error}.',
            'Name a program that is there, as in --engine "cmd: /path/to/program".',
        ) from None
    if done.returncode != 0:
        raise _failed(command[0], done.returncode, done.stderr)
    return done.stdout.decode("utf-8", "replace")


def _command(engine: str) -> list[str]:
    import shlex

    kind, _, words = engine.partition(":")
    try:
        command = shlex.split(words)
    except ValueError:
        command = []
    if kind.strip().lower() + ":" != _PREFIX or not command:
        raise UsageError(
            f'"{engine}" names no engine.',
            'Write cmd: and a program, as in --engine "cmd: my-wrapper".',
        )
    return command


def _failed(program: str, code: int, errors: bytes) -> UsageError:
    said = errors.decode("utf-8", "replace").strip().splitlines()
    told = f": {said[-1][:200]}" if said else ""
    return UsageError(
        f'The engine "{program}" failed with exit code {code}{told}.',
        "Run it by itself on the text to see why, or extract without --engine.",
    )


def _row(line: str, number: int) -> Mapping[str, object]:
    import json

    try:
        row = json.loads(line, parse_float=Decimal, parse_int=_whole)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict):
        raise UsageError(
            f"Line {number} of the engine's answer is no JSON object.",
            "The engine must write one proposal a line, as docs/extract.md says.",
        )
    return row


def _whole(digits: str) -> Decimal:
    return Decimal(digits[:400])


def check(
    row: Mapping[str, object],
    text: str,
    *,
    own: Iterable[Proposal] | None = None,
    measures: Iterable[Measure] | None = None,
) -> Proposal:
    """The proposal a row of an outside program makes, with `unverified` set if the text belies it.

    `own` are the proposals the rules made of the same text, which know of hedges and units
    that carry over from one number to the next; they are made if not given.
    """
    known = vocabulary.starter() if measures is None else tuple(measures)
    made = _as_told(row, known)
    start = _place(row, made.quote, text)
    if start is None:
        return replace(made, unverified="the quote does not stand in the text word for word")
    made = replace(made, start=start, end=start + len(made.quote))
    if made.text and made.text not in made.quote:
        return replace(made, unverified="the words of the value do not stand in the quote")
    mine = tuple(pipeline.extract(text, measures=known)) if own is None else tuple(own)
    for found in _readings(made, mine):
        if _agrees(made, row, found.estimate):
            at = start + made.quote.find(found.text) if found.at is None else found.at
            source = made.source_text if made.source_text and made.source_text in text else None
            return replace(
                made, text=found.text, said=found.said, estimate=found.estimate, at=at,
                source_text=source,
            )  # fmt: skip
    return replace(made, unverified="no number in the quote reads as this value")


def _place(row: Mapping[str, object], quote: str, text: str) -> int | None:
    start = row.get("start")
    at = int(start) if isinstance(start, Decimal) and 0 <= start <= len(text) else -1
    if at < 0 or not text.startswith(quote, at):
        at = text.find(quote)
    return at if quote and at >= 0 else None


def _readings(made: Proposal, own: tuple[Proposal, ...]) -> Iterator[Proposal]:
    """The numbers in the quote: as the rules read them in the text, then by themselves."""
    for found in own:
        if found.at is not None and made.start <= found.at < made.end and _within(made, found):
            yield found
    from factlog.extraction import article, numbers

    for value in numbers.find(article.prepare(made.quote)):
        words = made.quote[value.start : value.end]
        alone = replace(
            made, text=words, said=value.said, estimate=value.estimate, at=made.start + value.start
        )
        if _within(made, alone):
            yield alone


def _within(made: Proposal, found: Proposal) -> bool:
    return not made.text or made.text in found.text or found.text in made.text


def _agrees(made: Proposal, row: Mapping[str, object], read: Estimate) -> bool:
    """Whether the ends, the unit and the hedge, as far as the program gave them, are those read."""
    told = made.estimate
    if (told.low, told.best, told.high) != (read.low, read.best, read.high):
        return False
    if row.get("hedge") is not None and row["hedge"] != read.hedge.value:
        return False
    if told.unit is None or read.unit is None:
        return told.unit == read.unit
    return units.label(told.unit) == read.unit


def _as_told(row: Mapping[str, object], measures: Iterable[Measure]) -> Proposal:
    """The row as the program gave it, unchecked."""
    thing = _words(row, "thing")
    measure = _words(row, "measure")
    rules = row.get("rules")
    told = [str(rule)[:LONGEST] for rule in rules] if isinstance(rules, list) else []
    known = tuple(measures)
    return Proposal(
        quote=_raw(row, "quote"),
        start=0,
        end=0,
        text=_raw(row, "text"),
        said=_raw(row, "text"),
        estimate=_estimate(row),
        thing=thing,
        measure=vocabulary.resolve(measure, known)
        if measure
        else vocabulary.measure_of(thing, known),
        subject=_words(row, "subject"),
        source=_words(row, "source"),
        source_text=_raw(row, "source_text") or None,
        unnamed=row.get("unnamed") is True,
        via=_words(row, "via"),
        origin=_words(row, "origin"),
        as_of=_date(row),
        confidence=_confidence(row),
        rules=("engine", *told),
        modality=_MODALITIES.get(_raw(row, "modality"), Modality.STATES),
        language=_words(row, "language"),
    )


_MODALITIES = {each.value: each for each in Modality}


def _raw(row: Mapping[str, object], key: str) -> str:
    value = row.get(key)
    return value if isinstance(value, str) and len(value) <= LONGEST else ""


def _words(row: Mapping[str, object], key: str) -> str | None:
    return " ".join(_raw(row, key).split()) or None


def _estimate(row: Mapping[str, object]) -> Estimate:
    low, best, high = (_number(row, key) for key in ("low", "best", "high"))
    hedge = {each.value: each for each in Hedge}.get(str(row.get("hedge")), Hedge.EXACT)
    return Estimate(hedge, low=low, best=best, high=high, unit=_words(row, "unit"))


def _number(row: Mapping[str, object], key: str) -> Decimal | None:
    value = row.get(key)
    if isinstance(value, str):
        try:
            value = Decimal(value[:100])
        except InvalidOperation:
            return None
    return value if isinstance(value, Decimal) and value.is_finite() else None


def _date(row: Mapping[str, object]) -> Period | None:
    words = _words(row, "as_of")
    try:
        return dates.parse(words) if words else None
    except FactlogError:
        return None


def _confidence(row: Mapping[str, object]) -> Confidence:
    known = {each.value: each for each in Confidence}
    return known.get(str(row.get("confidence")), Confidence.MEDIUM)
