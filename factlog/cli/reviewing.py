"""Going through proposals with a person: accept, edit, skip, quit; nothing accepted is lost."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace

import click

from factlog import reading
from factlog.claim import Claim
from factlog.cli import naming, place
from factlog.cli.output import here
from factlog.errors import FactlogError, UsageError
from factlog.intake.extract import Proposal, to_json
from factlog.render import proposals, to_text

Accepted = Callable[[Proposal], Claim]


def review(
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
        click.echo("".join(proposals.written([to_json(proposal)], "table", here())), nl=False)
        answer = _asked()
        if answer == "q":
            break
        if answer == "e":
            proposal = _edited(proposal)
        if answer in ("a", "e"):
            taken += 1
            _record(ctx, accepted(proposal))
    click.echo(f"\n{taken} recorded.")


def _asked() -> str:
    return str(
        click.prompt(
            "[a]ccept, [e]dit, [s]kip, [q]uit",
            type=click.Choice(["a", "e", "s", "q"], case_sensitive=False),
            show_choices=False,
        )
    ).lower()


def _edited(proposal: Proposal) -> Proposal:
    """The proposal with what the person writes in place of its value, measure and source."""
    while True:
        value = click.prompt("Value", default=proposal.said)
        try:
            figure = reading.read(value)
            break
        except FactlogError as error:
            click.echo(to_text.error(error), err=True)
    measure = click.prompt("Measure", default=proposal.measure, show_default=True)
    source = click.prompt("Source", default=proposal.source or "unattributed")
    return replace(
        proposal, said=figure.said, estimate=figure.estimate, measure=measure, source=source
    )


def _record(ctx: click.Context, claim: Claim) -> None:
    with place.made(ctx) as store:
        hints = naming.unfamiliar(store, (claim,))
        recorded = store.add((claim,), now=place.now(), action="extract")
    click.echo(to_text.recorded(recorded.claims, look=here()), nl=False)
    for hint in hints:
        click.echo(hint, err=True)
