"""factlog read: show how a value is read."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

import click

from factlog import comparer, parsing
from factlog import measures as vocabulary
from factlog.claim import Figure
from factlog.cli import options, store_path
from factlog.cli.terminal import here, write
from factlog.errors import ReadingError
from factlog.parsing import languages
from factlog.policy import Measure, Policy
from factlog.render import Look, to_json, to_text

FORMATS = ("table", "json", "jsonl")


@click.command(cls=options.TakesValues)
@click.argument("texts", metavar="TEXT...", nargs=-1, required=True)
@click.option("--unit", metavar="UNIT", help="The unit of every value that names none.")
@click.option("--locale", metavar="LOCALE", help="How numbers are written: de_DE.")
@click.option("--language", metavar="CODE", help="The language of the words: uk.")
@options.policy
@options.formats(*FORMATS)
@click.pass_context
def command(
    ctx: click.Context,
    texts: tuple[str, ...],
    unit: str | None,
    locale: str | None,
    language: str | None,
    policy: Policy,
    shape: str,
    output: str | None,
) -> int:
    """Show how factlog reads each TEXT; - reads one a line from standard input.

    \b
    factlog read "around 300 killed" "8,848.86 m"
    """
    if language is not None:
        languages.find(language)
    measures = store_path.known_measures(ctx)
    refused, look = 0, here()

    def answers() -> Iterator[str]:
        nonlocal refused
        between = ""
        for text in _lines(texts):
            try:
                figures = parsing.read_all(text, unit=unit, locale=locale, language=language)
            except ReadingError as error:
                refused += 1
                yield from _refusal(text, error, shape)
                continue
            for figure in figures:
                yield between + _answer(text, figure, measures, policy, shape, look)
                between = "\n" * (shape == "table")

    write(ctx, answers(), output)
    return 2 if refused else 0


def _lines(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        if text == "-":
            yield from (line.rstrip("\r\n") for line in sys.stdin)
        else:
            yield text


def _refusal(text: str, error: ReadingError, shape: str) -> Iterator[str]:
    """In a machine format the refusal is data; for a person it goes to stderr."""
    if shape == "table":
        click.echo(to_text.error(error), err=True)
    else:
        yield to_json.refusal(text, error)


def _answer(
    text: str,
    figure: Figure,
    measures: tuple[Measure, ...],
    policy: Policy,
    shape: str,
    look: Look,
) -> str:
    measure = vocabulary.measure_of(figure.thing, measures)
    meant = comparer.reading_of(figure.estimate, policy)
    if shape == "table":
        words = parsing.plain_words(figure.estimate, figure.said)
        return to_text.figure(text, figure, measure, meant, policy, words, look)
    return to_json.figure(text, figure, measure, meant)
