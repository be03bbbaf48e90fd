"""factlog template: a sheet to hand to a colleague."""

from __future__ import annotations

import click

from factlog.cli import options, store_path
from factlog.cli.terminal import write_with
from factlog.errors import UsageError

_NAMED = "Name it: factlog template -o claims.xlsx"


@click.command()
@click.option("-o", "--output", metavar="FILE", help="Write to FILE, whole or not at all.")
@click.pass_context
def command(ctx: click.Context, output: str | None) -> None:
    """Make an xlsx sheet for a colleague to fill in, one claim a row.

    Its columns are explained, the measures are the known ones, and what is filled in is
    taken by `import` without an option.

    \b
    factlog template -o claims.xlsx
    factlog import claims.xlsx
    """
    from factlog.render import to_xlsx

    target = options.file_named(output, "xlsx")
    if not target.lower().endswith(".xlsx"):
        raise UsageError(f"A template is a workbook, and {target} is not named as one.", _NAMED)
    measures = store_path.known_measures(ctx)
    write_with(ctx, lambda fresh: to_xlsx.template(fresh, measures), target)
