"""factlog add: record what a source said, and say at once if it conflicts."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from typing import Any

import click

from factlog import comparer
from factlog.claim import Claim
from factlog.cli import name_lookup, options, store_path, terminal
from factlog.cli.terminal import here, write
from factlog.definition import Definition
from factlog.findings import Comparison
from factlog.importing import words as from_words
from factlog.importing.words import contradicted
from factlog.policy import Measure, Policy
from factlog.render import to_text
from factlog.render.display import safe
from factlog.store import RecordResult, Store


@click.command(cls=options.TakesValues)
@click.argument("subject", required=False)
@click.argument("claims", metavar="CLAIM...", nargs=-1)
@options.statement
@options.defining
@click.option("-n", "--dry-run", is_flag=True, help="Show what would be recorded, and stop.")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    subject: str | None,
    claims: tuple[str, ...],
    dry_run: bool,
    definition: str | None,
    includes: str | None,
    excludes: str | None,
    **words: Any,
) -> None:
    """Record one statement: what --source said about SUBJECT.

    A CLAIM is [MEASURE=]VALUE [UNIT or THING]. On a terminal, what is missing is asked for.

    \b
    factlog add "North Korean troops in Russia" "around 300 killed" \\
        "around 2,700 injured" --source "South Korean intelligence" --as-of 2025-01-13
    factlog add "Everest height" "8,848.86 m" --source "China and Nepal"
    """
    measures = store_path.known_measures(ctx)
    if len(claims) > 1 and not any(" " in claim for claim in claims):
        from factlog.cli import prompts

        prompts.refuse_unquoted(ctx, {"subject": subject, **words}, claims, measures)
    kept: AbstractContextManager[None] = nullcontext()
    if subject is None or not claims or words["source"] is None:
        from factlog.cli import dialogue, prompts

        told = {"subject": subject, **words}
        entry = prompts.completed(ctx, told, claims, measures, confirmed=dry_run)
        if not dialogue.is_to_be_recorded(entry):
            click.echo("Nothing was recorded.")
            return
        given, kept = dialogue.claims(entry), prompts.repeatable(entry, ctx)
    else:
        given = terminal.until_plain(
            claims, lambda plain: from_words.claims(subject, plain, measures=measures, **words)
        )
    if dry_run:
        write(ctx, to_text.recorded(given, dry_run=True, look=here()))
        _tell_contradicted(given, measures, words["locale"], words["language"])
        return
    counts = Definition.of(definition, includes, excludes)
    _record(ctx, given, measures, (words["locale"], words["language"]), kept, counts)


def _record(
    ctx: click.Context,
    given: tuple[Claim, ...],
    measures: tuple[Measure, ...],
    written: tuple[str | None, str | None],
    kept: AbstractContextManager[None],
    counts: Definition,
) -> None:
    """Record the claims, then say what they conflict with; `kept` is around the recording."""
    with ExitStack() as stack:
        with kept:
            store = stack.enter_context(store_path.made(ctx))
            hints = name_lookup.unfamiliar(store, given)
            moment = store_path.now()
            recorded = store.add(given, now=moment, definition=counts if str(counts) else None)
        known = _ids([claim for claim in recorded.claims if claim.recorded != moment])
        write(ctx, to_text.recorded(recorded.claims, known=known, look=here()))
        if recorded.defined:
            from factlog.cli import import_report

            import_report.tell_defined(recorded.defined)
        _tell_contradicted(recorded.claims, measures, *written)
        for hint in hints:
            click.echo(safe(hint), err=True)
        found = _compared(store, recorded)
        write(ctx, to_text.alarm(found, _ids(recorded.claims), here()))


def _tell_contradicted(
    claims: Sequence[Claim],
    measures: tuple[Measure, ...],
    locale: str | None,
    language: str | None,
) -> None:
    """A line for each claim whose words give another measure than it was put under."""
    for claim in claims:
        words = contradicted(claim, measures, locale, language)
        if words is not None:
            mend = f"; to change it: factlog edit {claim.id} --measure {words}" if claim.id else ""
            click.echo(
                f'"{safe(claim.said)}" is {words} by its words, and is kept as '
                f"{safe(claim.measure)}, as you gave it{mend}",
                err=True,
            )


def _ids(claims: Sequence[Claim]) -> frozenset[int]:
    return frozenset(claim.id for claim in claims if claim.id is not None)


def _compared(store: Store, recorded: RecordResult) -> Comparison:
    """Compare the subject again, spelling out only what touches the new claims."""
    subject = recorded.claims[0].statement.subject
    found = comparer.compare(
        store.claims(subject=subject),
        Policy(),
        store.measures(),
        about=_ids(recorded.claims),
        camps=False,
    )
    known = store.definitions()
    return comparer.with_definitions(found, known) if known else found
