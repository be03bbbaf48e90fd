"""factlog support: which figure is best supported, and how far to trust that, when asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click

from factlog.answers import CopyGroup, NotSupported, Support
from factlog.claim import Claim, Period
from factlog.cli import days, name_lookup, options, store_path
from factlog.cli.terminal import here, write
from factlog.comparer import Vocabulary
from factlog.errors import UsageError
from factlog.names import fold
from factlog.render import support
from factlog.render.display import safe

_TOLD = 3  # of those that cannot be weighed, so many are told one by one

FORMATS = ("table", "json", "jsonl")


@click.command()
@click.argument("subject", required=False)
@click.argument("measure", required=False)
@options.copies_as_one
@options.as_of
@options.as_logged
@options.formats(*FORMATS)
@click.pass_context
def command(
    ctx: click.Context,
    subject: str | None,
    measure: str | None,
    copies_as_one: bool,
    as_of: Period | None,
    shape: str,
    output: str | None,
) -> None:
    """Say which figure of SUBJECT is best supported, by whom, and how far to trust that.

    A source counts by how often others bear it out on all subjects of the measure. Ranges are
    calibrated on what you decided (factlog decide, with --prefer or --value), and withheld
    below 10 such subjects. Without a SUBJECT, goes through every measure of every subject.

    \b
    factlog support "Ferry disaster" killed
    factlog support -f jsonl
    """
    from factlog.comparer.copies import as_one, copies, counted_elsewhere
    from factlog.comparer.support import weighed
    from factlog.comparer.voices import unweighed_sum

    with store_path.opened(ctx) as store:
        known = store.measures()
        sought = name_lookup.sought(store, "subject", subject) if subject else None
        named = name_lookup.measure(store, measure, known) if measure else None
        claims: Iterable[Claim] = store.claims() if named is None else store.claims(measure=named)
        decided = store.decisions(days.today())
        groups: tuple[CopyGroup, ...] = ()
        if copies_as_one:
            every = tuple(claims)
            groups = copies(every, decided=decided, measures=known, as_of=as_of)
            claims = as_one(every, groups, known)
            elsewhere = counted_elsewhere(every, groups, known, as_of)
            for line in support.copies(groups, elsewhere):
                click.echo(safe(line), err=True)
        found = weighed(claims, groups, decided=decided, measures=known, as_of=as_of)
        about = [each for each in found if sought is None or fold(each.subject) == fold(sought)]
        sums = ""
        if not any(isinstance(each, Support) for each in about):
            own = store.claims(subject=sought)
            sums = unweighed_sum(own, named, Vocabulary.of(known), as_of)
    weighed_ones = _supported(about, sums, asked=sought)
    write(ctx, support.written(weighed_ones, shape, here(output)), output)


def _supported(
    found: Sequence[Support | NotSupported], sums: str, asked: str | None
) -> list[Support]:
    """What could be weighed; what could not is said on stderr, or refused if it is all.

    `sums` says of what is added up that it is not weighed.
    """
    some = [each for each in found if isinstance(each, Support)]
    not_weighed = [each for each in found if isinstance(each, NotSupported)]
    if some:
        for each in not_weighed[:_TOLD]:
            click.echo(safe(f"Not weighed: {each.reason}"), err=True)
        if len(not_weighed) > _TOLD:
            click.echo(f"Not weighed: {len(not_weighed) - _TOLD:,} more", err=True)
        return some
    if asked is not None and len(not_weighed) == 1:
        raise UsageError(f"{not_weighed[0].reason} {sums}".strip(), not_weighed[0].remedy)
    there = f"{asked}: there" if asked else "There"
    raise UsageError(
        f"{there} are no two independent closed figures of one "
        f"measure, unit, scope and date to weigh. {sums}".strip(),
        "See what there is: factlog compare",
    )
