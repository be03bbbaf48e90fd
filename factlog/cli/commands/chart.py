"""factlog chart: the figures of a subject on one axis, or by date."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import Any

import click

from factlog.cli import query, store_path
from factlog.cli.terminal import here, write, write_with
from factlog.errors import UsageError
from factlog.findings import Comparison

_FIGURES = ("svg", "png", "pdf")


@click.command(short_help="Draw the figures of a subject, on one axis or by date.")
@click.argument("subject")
@click.argument("measure", required=False)
@query.chosen
@click.option("--time", is_flag=True, help="Put dates across, and a line a source.")
@click.option("--history", is_flag=True, help="Show earlier figures too.")
@click.option("-o", "--output", metavar="FILE", help="Draw to FILE: .svg, .png or .pdf.")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    subject: str,
    measure: str | None,
    time: bool,
    history: bool,
    output: str | None,
    measures: tuple[str, ...],
    **asked: Any,
) -> None:
    """Draw what each source said about SUBJECT: a bar for what it can mean, a mark as stated.

    \b
    factlog chart "North Korean troops in Russia" casualties
    factlog chart "North Korean troops in Russia" killed --time -o killed.svg
    """
    shape = _shape(output)
    wanted_measures = (*measures, measure) if measure is not None else measures
    with store_path.opened(ctx) as store:
        wanted = query.understood(
            store, (subject,), measures=wanted_measures, limit=query.EVERY, **asked
        )
        found = list(query.narrowed(query.answers(store, wanted, streamed=False), wanted))
    if shape is None:
        from factlog.render.charts.terminal_timeline import charts

        write(ctx, charts(found, here(output, history=history), time=time), output)
    else:
        _draw(ctx, found, shape, str(output), time=time, history=history)


def _shape(output: str | None) -> str | None:
    """The kind of figure a file's name asks for; None for text."""
    if output is None or output == "-":
        return None
    suffix = PurePath(output).suffix.lower().lstrip(".")
    if suffix == "txt":
        return None
    if suffix not in _FIGURES:
        raise UsageError(
            f"The suffix of {output} names no kind of figure.",
            "Name it .svg, .png or .pdf (.txt for text).",
        )
    return suffix


def _draw(
    ctx: click.Context,
    found: list[Comparison],
    shape: str,
    output: str,
    *,
    time: bool,
    history: bool,
) -> None:
    from factlog.render import summary
    from factlog.render.charts.figure import figure
    from factlog.render.charts.model import draw, over_time

    told = [(each.subject, m) for one in found for each in one.subjects for m in each.measures]
    note = summary.policy(found[0].policy)
    if time:
        drawn = figure([over_time(subject, measure) for subject, measure in told], shape, note)
    else:
        pictures = [draw(subject, measure, history=history) for subject, measure in told]
        drawn = figure(pictures, shape, note)

    def fill(path: Path) -> None:
        path.write_bytes(drawn)

    write_with(ctx, fill, output)
