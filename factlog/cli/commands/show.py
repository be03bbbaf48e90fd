"""factlog show: one claim in full."""

from __future__ import annotations

import click

from factlog.claim import defining
from factlog.cli import options, store_path
from factlog.cli.terminal import here, write
from factlog.page import by_what, of_claim
from factlog.render import evidence, lists

FORMATS = ("table", "json")


@click.command()
@click.argument("number", metavar="ID", type=options.WholeNumber(min=1))
@click.option("--history", is_flag=True, help="Every version of it.")
@options.formats(*FORMATS)
@click.pass_context
def command(ctx: click.Context, number: int, history: bool, shape: str, output: str | None) -> None:
    """Show the claim with this ID in full, as it was said and as it reads."""
    with store_path.opened(ctx) as store:
        now = defining([store.claim(number)], store.definitions())
        versions = store.history(number)[::-1] if history else tuple(now)
        kept = of_claim(by_what(store.pages.all()), versions[0])
        beside = [("page", evidence.told(each, store.pages.state(each))) for each in kept]
    write(ctx, lists.claim(versions, shape, here(output), beside), output)
