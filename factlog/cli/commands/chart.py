"""factlog chart: the figures of a subject on one axis, or by date."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

import click

from factlog.cli import options, query, store_path
from factlog.cli.terminal import here, write, write_with
from factlog.errors import UsageError
from factlog.findings import Comparison

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.render.charts.axis import Picture, Timeline
    from factlog.render.charts.figure import FigureOptions

_FIGURES = ("svg", "png", "pdf")


@click.command()
@click.argument("subject")
@click.argument("measure", required=False)
@query.chosen
@options.as_logged
@click.option("--time", is_flag=True, help="Put dates across, and a line a source.")
@click.option("--history", is_flag=True, help="Show earlier figures too.")
@click.option("-o", "--output", metavar="FILE", help="Draw to FILE: .svg, .png or .pdf.")
@click.option("--title", metavar="TEXT", default="", help="Head the file with TEXT.")
@click.option("--credit", metavar="TEXT", default="", help="Write TEXT under the file's figures.")
@click.option("--no-legend", is_flag=True, help="Leave the legend out of the file.")
@click.option("--verdicts", is_flag=True, help="Write the verdicts and the policy on it too.")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    subject: str,
    measure: str | None,
    time: bool,
    history: bool,
    output: str | None,
    title: str,
    credit: str,
    no_legend: bool,
    verdicts: bool,
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
        asked |= {"measures": wanted_measures, "limit": query.MARKED, "each_side": query.MARKS}
        asked |= {"disagreements": False, "reasons": 0}  # which are told in words only
        wanted = query.understood(store, (subject,), **asked)
        found = list(query.narrowed(query.answers(store, wanted, streamed=False), wanted))
    if shape is None:
        from factlog.render.charts.terminal_timeline import charts

        write(ctx, charts(found, here(output, history=history), time=time), output)
    else:
        from factlog.render import summary
        from factlog.render.charts.figure import FigureOptions

        policy = summary.policy(found[0].policy) if verdicts else ""
        look = FigureOptions(title, credit, not no_legend, verdicts, policy)
        pictures = _pictures(found, time=time, history=history)
        _draw(ctx, pictures, look, shape, str(output))
    query.tell_left_out(found[0].without)


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


def _pictures(
    found: list[Comparison], *, time: bool, history: bool
) -> Sequence[Picture | Timeline]:
    from factlog.render.charts.model import draw, over_time

    told = [(each.subject, m) for one in found for each in one.subjects for m in each.measures]
    if time:
        return [over_time(subject, measure) for subject, measure in told]
    return [draw(subject, measure, history=history) for subject, measure in told]


def _draw(
    ctx: click.Context,
    pictures: Sequence[Picture | Timeline],
    wanted: FigureOptions,
    shape: str,
    output: str,
) -> None:
    from factlog.render.charts.figure import figure

    drawn = figure(pictures, shape, wanted)
    write_with(ctx, lambda path: path.write_bytes(drawn), output)
