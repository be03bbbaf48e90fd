"""factlog export: write claims to a file, in the columns import takes."""

from __future__ import annotations

from collections.abc import Iterable

import click

from factlog.claim import Claim
from factlog.cli import name_lookup, options, store_path
from factlog.cli.terminal import write, write_with
from factlog.render import to_csv, to_json

FORMATS = ("csv", "tsv", "json", "jsonl", "xlsx", "parquet")
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

    A Parquet file is for `compare --engine duckdb` and other engines.

    \b
    factlog export claims.csv
    factlog export claims.xlsx
    factlog export claims.parquet
    """
    target = file if file not in (None, "-") else output
    if target is not None and target.lower().endswith(".parquet"):
        format_ = format_ or "parquet"
    shape = options.chosen_format(format_, target, FORMATS, otherwise="csv")
    if shape in ("parquet", "xlsx"):
        target = options.file_named(target, shape)
    with store_path.opened(ctx) as store:
        name = name_lookup.sought(store, "subject", subject) if subject else None
        if shape == "parquet":
            _write_parquet(ctx, store.claims(subject=name), str(target))
        elif shape == "xlsx":
            from factlog.render import to_xlsx

            given = store.claims(subject=name, as_given=True)
            write_with(ctx, lambda fresh: to_xlsx.claims(fresh, given), str(target))
        else:
            write(ctx, _WRITERS[shape](store.claims(subject=name, as_given=True)), target)


def _write_parquet(ctx: click.Context, claims: Iterable[Claim], target: str) -> None:
    """Write claims, under the names they go by now, for engines that read Parquet."""
    from factlog.store import parquet

    write_with(ctx, lambda fresh: parquet.write(fresh, claims), target)
