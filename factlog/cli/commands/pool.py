"""factlog pool: combine figures that carry stated uncertainties, when asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import click

from factlog.answers import NotPooled, Pooled
from factlog.claim import Claim, Period
from factlog.cli import name_lookup, options, store_path
from factlog.cli.terminal import here, write, write_with
from factlog.errors import PoolingError
from factlog.render import pooled
from factlog.render.display import safe
from factlog.store import Store

FORMATS = ("table", "csv", "json", "jsonl", "md", "latex")
_FIGURES = ("svg", "png", "pdf")


@click.command()
@click.argument("subject", required=False)
@click.argument("measure", required=False)
@options.pooling
@options.as_of
@options.as_logged
@options.formats(*FORMATS, files=_FIGURES)
@click.pass_context
def command(
    ctx: click.Context,
    subject: str | None,
    measure: str | None,
    method: str,
    as_of: Period | None,
    shape: str,
    output: str | None,
) -> None:
    """Combine the figures of SUBJECT that carry stated uncertainties, and show the working.

    Figures without a stated uncertainty, limits, and figures that share an origin are left
    out, each with the reason. Without a SUBJECT, goes through every measure that can be pooled.

    \b
    factlog pool "W MASS"
    factlog pool --method reml -f jsonl
    factlog pool "W MASS" -o forest.svg
    """
    from factlog.comparer.pool import pool, pool_each

    with store_path.opened(ctx) as store:
        measures = store.measures()
        claims = _wanted(store, subject, measure)
        if subject is None:
            found = pool_each(claims, method=method, measures=measures, as_of=as_of)
            results = tuple(_pooled(found))
        else:
            results = (pool(claims, method=method, measures=measures, as_of=as_of),)
    if shape in _FIGURES and output:
        _draw(ctx, results, shape, output)
    else:
        write(ctx, pooled.written(results, shape, here(output)), output)


def _draw(ctx: click.Context, results: Sequence[Pooled], shape: str, output: str) -> None:
    """Write the forest plot to a file, in the format its suffix names."""
    from factlog.render.charts.forest import figure

    made = figure(results, shape)
    write_with(ctx, lambda path: path.write_bytes(made), output)


def _pooled(found: Iterable[Pooled | NotPooled]) -> Iterator[Pooled]:
    """What could be combined; what could not is said on stderr."""
    some = False
    for each in found:
        if isinstance(each, Pooled):
            some = True
            yield each
        else:
            click.echo(safe(f"Not pooled: {each.reason}"), err=True)
    if not some:
        raise PoolingError(
            "There are no two figures on record that can be combined.",
            'Record them as they were stated: "878.4 ± 0.5 s", "3,000 (95% CI 2,800 to 3,200)"',
        )


def _wanted(store: Store, subject: str | None, measure: str | None) -> Iterable[Claim]:
    if subject is None:
        return store.claims()
    return store.claims(
        subject=name_lookup.sought(store, "subject", subject),
        measure=name_lookup.measure(store, measure, store.measures()) if measure else None,
    )
