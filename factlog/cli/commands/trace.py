"""factlog trace: how a figure travelled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.util import find_spec

import click

from factlog.answers import CopyGroup, FigureTrace
from factlog.claim import Claim, defining
from factlog.cli import days, name_lookup, options, store_path
from factlog.cli.terminal import here, write
from factlog.comparer import travel
from factlog.comparer.copies import beside, copies
from factlog.policy import Measure
from factlog.render import travel as trees

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.store import Store

FORMATS = ("table", "json")


@click.command()
@click.argument("what", metavar="ID|SUBJECT")
@click.argument("measure", required=False)
@options.as_logged
@options.formats(*FORMATS)
@click.pass_context
def command(
    ctx: click.Context, what: str, measure: str | None, shape: str, output: str | None
) -> None:
    """Show who had a figure first, who cites whom for it, and who repeats it later.

    Of the claim with this ID, or of every figure of SUBJECT that more than one gives. What is
    stated and what is only likely, as odd digits are the same, are told apart; nothing is put
    down by itself. Those who make the same errors wherever they speak of the measure are named.

    \b
    factlog trace 12
    factlog trace "North Korean troops in Russia" killed
    """
    none: list[str] = []
    with store_path.opened(ctx) as store:
        known, counts = store.measures(), store.definitions()

        def said(measure: str) -> Iterable[Claim]:
            return defining(store.claims(subject=subject, measure=measure), counts)

        if measure is None and what.isascii() and what.isdigit():
            claim = store.claim(int(what))
            subject = claim.statement.subject
            if claim.retracted is not None:
                none = [f"claim {claim.id} is withdrawn ({claim.retracted}), and not traced"]
            found = travel.traces(said(claim.measure), claim.id)
        else:
            if counts:
                none = ["no figure that counts alike is given by more than one"]
            subject = name_lookup.sought(store, "subject", what)
            if measure is not None:
                named = [name_lookup.measure(store, measure, known)]
            else:
                named = list(dict.fromkeys(c.measure for c in store.claims(subject=subject)))
            found = [each for name in named for each in travel.traces(said(name))]
        found = _with_copies(store, found, known)
    write(ctx, trees.traces(found, shape, here(output), *none), output)


def _with_copies(
    store: Store, found: list[FigureTrace], known: Sequence[Measure]
) -> list[FigureTrace]:
    """The same with the copies among their voices; as they are where nothing can be weighed."""
    several = {each.measure for each in found if each.handed_on}
    if not several or find_spec("numpy") is None:
        return found
    decided = store.decisions(days.today())
    groups: list[CopyGroup] = []
    for name in sorted(several):
        groups += copies(store.claims(measure=name), decided=decided, measures=known)
    return beside(found, groups)
