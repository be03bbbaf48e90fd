"""factlog extract: the claims an article seems to make, for a person to accept, mend or skip."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click

from factlog import extraction, parsing
from factlog.claim import Claim, Period
from factlog.cli import name_lookup, options, store_path
from factlog.cli.named_files import missing, read_whole, unreadable
from factlog.cli.terminal import ask, here, write
from factlog.errors import FactlogError, UsageError
from factlog.extraction import Confidence, Proposal, claim, extract, to_json, to_row
from factlog.importing import COLUMNS
from factlog.parsing import languages
from factlog.render import lists, to_text
from factlog.render.display import safe

_MOST = 20_000_000  # bytes: a long book, or an article with its pictures inside
Accepted = Callable[[Proposal], Claim]


def review_each(
    ctx: click.Context, found: Sequence[Proposal], accepted: Accepted, *, from_stdin: bool
) -> None:
    """Show each proposal and record it when the person accepts it, at once."""
    if from_stdin or not sys.stdin.isatty():
        raise UsageError(
            "--review asks at the terminal, and there is none to ask at.",
            "Give the article as a file, or use --add, or -f csv and import.",
        )
    taken = 0
    for number, proposal in enumerate(found, 1):
        click.echo(f"\n{number} of {len(found)}")
        click.echo("".join(lists.written([to_json(proposal)], "table", here())), nl=False)
        answer = _asked()
        if answer == "q":
            break
        if answer == "e":
            proposal = _edited(proposal)
        if answer in ("a", "e"):
            taken += 1
            _record_accepted(ctx, accepted(proposal))
    click.echo(f"\n{taken} recorded.")


def _asked() -> str:
    return ask("[a]ccept, [e]dit, [s]kip, [q]uit", ("a", "e", "s", "q"))


def _edited(proposal: Proposal) -> Proposal:
    """The proposal with what the person writes in place of its value, measure and source."""
    while True:
        value = ask("Value", default=proposal.said)
        try:
            figure = parsing.read(value)
            break
        except FactlogError as error:
            click.echo(to_text.error(error), err=True)
    measure = ask("Measure", default=proposal.measure)
    source = ask("Source", default=proposal.source or "unattributed")
    return replace(
        proposal, said=figure.said, estimate=figure.estimate, measure=measure, source=source
    )


def _record_accepted(ctx: click.Context, claim: Claim) -> None:
    with store_path.made(ctx) as store:
        hints = name_lookup.unfamiliar(store, (claim,))
        recorded = store.add((claim,), now=store_path.now(), action="extract")
    click.echo(to_text.recorded(recorded.claims, look=here()), nl=False)
    for hint in hints:
        click.echo(safe(hint), err=True)


FORMATS = ("table", "json", "jsonl", "csv")
SURE = tuple(each.value for each in Confidence)


@click.command()
@click.argument("file", metavar="FILE|-")
@click.option("--subject", metavar="NAME", help="What the article is about.")
@click.option(
    "--published",
    callback=options.a_date,
    metavar="DATE",
    help='When it was published; "on Monday" is counted from then.',
)
@click.option("--via", metavar="OUTLET", help="Who published it.")
@click.option("--url", metavar="URL", help="Where it can be read.")
@click.option("--language", metavar="CODE", help="The language of the text: uk.")
@click.option("--review", is_flag=True, help="Go through the proposals one by one.")
@click.option("--add", "adding", is_flag=True, help="Record the proposals that are sure enough.")
@click.option("--min-confidence", type=click.Choice(SURE), help="Only those at least so sure.")
@click.option("--engine", metavar='"cmd: PROGRAM"', help="Take the proposals of a program.")
@options.formats(*FORMATS)
@click.pass_context
def command(
    ctx: click.Context,
    file: str,
    subject: str | None,
    published: Period | None,
    via: str | None,
    url: str | None,
    language: str | None,
    review: bool,
    adding: bool,
    min_confidence: str | None,
    engine: str | None,
    shape: str,
    output: str | None,
) -> None:
    """Propose the claims in FILE (plain text, Markdown or HTML): who said what number.

    Nothing is recorded unless you ask for it with --review or --add.

    \b
    factlog extract story.txt
    factlog extract story.txt -f csv | factlog import -
    factlog extract story.txt --review --subject "Harbour explosion"
    """
    if review or adding:
        flag = "--review" if review else "--add"
        instead = f"Write: factlog extract FILE {flag}, or factlog extract FILE -f json"
        options.refuse_format(ctx, f"What {flag} records", instead)
    text = _text_of(file)
    found = _proposed(ctx, text, engine, published, subject, language)
    least = Confidence(min_confidence or ("high" if adding else "low"))
    chosen = [each for each in found if each.confidence.reaches(least)]
    rows = shape == "csv" and not (review or adding)
    about = subject or _asked_subject(file, text, told=adding or rows, asked=review or adding)

    def accepted(proposal: Proposal) -> Claim:
        return claim(proposal, subject=about, published=published, via=via, url=url)

    if review:
        review_each(ctx, chosen, accepted, from_stdin=file == "-")
    elif adding:
        sure = [accepted(each) for each in chosen if not each.unverified]
        _record(ctx, sure)
    elif shape == "csv":
        # Rows are made to be imported: what the text does not bear out is no row.
        told = (
            to_row(each, subject=about, published=published, via=via, url=url)
            for each in chosen
            if not each.unverified
        )
        write(ctx, lists.rows(told, COLUMNS), output)
    else:
        write(ctx, lists.written(map(to_json, chosen), shape, here(output)), output)


def _proposed(
    ctx: click.Context,
    text: str,
    engine: str | None,
    published: Period | None,
    subject: str | None,
    language: str | None,
) -> Iterator[Proposal]:
    languages.find(language or "en")  # which refuses one that is not read
    measures = store_path.known_measures(ctx)
    if engine:
        return extraction.ask(engine, text, published=published, subject=subject, measures=measures)
    return extract(text, published=published, subject=subject, measures=measures, language=language)


def _asked_subject(file: str, text: str, *, told: bool, asked: bool) -> str:
    """What the article is about: asked once at a terminal, else its file's name, which is told."""
    name = "article" if file == "-" else Path(file).stem
    seems = extraction.subject_of(text)
    if asked and file != "-" and sys.stdin.isatty():
        return ask("Subject", default=seems or name)
    if told:
        example = f'--subject "{safe(seems or "NAME")}"'
        click.echo(f'The subject is "{safe(name)}"; name another with {example}.', err=True)
    return name


def _record(ctx: click.Context, claims: Sequence[Claim]) -> None:
    if not claims:
        click.echo("No proposal is sure enough; nothing was recorded.", err=True)
        return
    with store_path.made(ctx) as store:
        recorded = store.add(claims, now=store_path.now(), action="extract")
    write(ctx, to_text.recorded(recorded.claims, look=here()))


def _text_of(file: str) -> str:
    """The text of the article; of HTML the main text."""
    try:
        return extraction.text_of(
            read_whole(file, _MOST), "standard input" if file == "-" else file
        )
    except FileNotFoundError as error:
        raise missing(file) from error
    except (IsADirectoryError, PermissionError) as error:
        raise unreadable(file, error) from error
