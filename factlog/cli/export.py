"""factlog export: write claims to a file, in the columns import takes."""

from __future__ import annotations

import click

from factlog.cli import naming, options, place
from factlog.cli.output import write
from factlog.render import to_csv, to_json

FORMATS = ("csv", "tsv", "json", "jsonl")
_WRITERS = {
    "csv": to_csv.claims,
    "tsv": to_csv.claims_tsv,
    "json": to_json.claims,
    "jsonl": to_json.claims_jsonl,
}


@click.command(short_help="Write claims to a file.")
@click.argument("file", metavar="[FILE|-]", required=False)
@click.option("--subject", metavar="NAME", help="Only claims about this subject.")
@options.formats(*FORMATS)
@click.pass_context
def command(
    ctx: click.Context,
    file: str | None,
    subject: str | None,
    format_: str | None,
    output: str | None,
) -> None:
    """Write every live claim to FILE (or standard output), in the columns `import` takes.

    \b
    factlog export claims.csv
    """
    target = file if file not in (None, "-") else output
    shape = options.chosen_format(format_, target, FORMATS, otherwise="csv")
    with place.opened(ctx) as store:
        name = naming.sought(store, "subject", subject) if subject else None
        write(ctx, _WRITERS[shape](store.claims(subject=name, as_given=True)), target)
