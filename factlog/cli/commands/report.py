"""factlog report: a comparison as one page to open in a browser, to send or to print."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import PurePath
from typing import Any

import click

from factlog import __version__, comparer
from factlog.claim import Claim, defining
from factlog.cli import options, query, store_path
from factlog.cli.query import Question
from factlog.cli.terminal import write
from factlog.errors import UsageError
from factlog.findings import Comparison
from factlog.names import fold
from factlog.page import KeptPage, PageState, by_what, with_states
from factlog.policy import Measure
from factlog.render import report

_SUFFIXES = ("", ".html", ".htm")
# So many findings of each rule are told where it is said how a measure was judged.
_OF_EACH = 5


@click.command()
@click.argument("subjects", metavar="[SUBJECT]...", nargs=-1)
@query.asked
@options.pooling
@options.as_logged
@click.option("-o", "--output", metavar="FILE", help="Write to FILE, whole or not at all.")
@click.pass_context
def command(
    ctx: click.Context, /, subjects: tuple[str, ...], output: str | None, method: str, **asked: Any
) -> None:
    """Write one web page that needs nothing beside it: to open, to send, to print.

    Conflicts come first; each measure has its figure, table, reasons and every claim. Without
    a SUBJECT, every subject is reported.

    \b
    factlog report "North Korean troops in Russia" -o troops.html
    factlog report --only conflict -o conflicts.html
    """
    _check(output)
    # Every figure in a conflict is marked, though fewer are told in words.
    spelled, asked["limit"] = asked["limit"], max(asked["limit"], query.MARKED)
    asked |= {"each_side": query.MARKS, "reasons": max(spelled, _OF_EACH)}
    with store_path.opened(ctx) as store:
        wanted = query.understood(store, subjects, **asked)
        with store.steady():
            left: comparer.Counted = Counter()
            chosen = list(query.asked_for(store, wanted, left))
            found = query.at_once(chosen, store, wanted, left)
            claims = _by_subject(chosen, found, wanted)
            measures = store.measures()
            compared = chain.from_iterable(claims.values())
            pages = with_states(by_what(store.pages.all()), compared, store.pages.state)
            event = next(iter(store.log(1))).id if store_path.recorded_by(ctx) else None
    (kept,) = query.narrowed(iter((found,)), wanted)
    told = chapters(kept, found, (claims, pages), measures, spelled, method)
    made = report.Imprint(store_path.now(), __version__, event)
    write(ctx, report.page(kept, told, made), output)


def _check(output: str | None) -> None:
    """Refuse to write a page where it could not be read: a terminal, or a file of another kind."""
    if output is None and sys.stdout.isatty():
        raise UsageError(
            "A report is a web page, which a terminal does not show.",
            "Name a file for it: -o report.html",
        )
    if output is not None and PurePath(output).suffix.lower() not in _SUFFIXES:
        raise UsageError(
            f"A report is a web page, and {output} is named as something else.",
            f"Name it {PurePath(output).stem}.html",
        )


def _by_subject(
    claims: Iterable[Claim], found: Comparison, wanted: Question
) -> dict[str, list[Claim]]:
    """The claims that were compared, in the order of their ids, by the subjects' names."""
    own: dict[str, list[Claim]] = {}
    for claim in defining(claims, wanted.definitions):
        own.setdefault(fold(claim.statement.subject), []).append(claim)
    return {one.subject: own[fold(one.subject)] for one in found.subjects}


def chapters(
    kept: Comparison,
    found: Comparison,
    evidence: tuple[dict[str, list[Claim]], dict[int, list[tuple[KeptPage, PageState]]]],
    measures: tuple[Measure, ...],
    spelled: int,
    method: str,
) -> Iterator[report.Chapter]:
    """Each subject with its reasons, explained when the page comes to it.

    `evidence` are the claims of each, and the pages kept of them.
    """
    from factlog.comparer.pool import pooled
    from factlog.comparer.travel import travelled

    known = comparer.Vocabulary.of(measures)
    whole = {one.subject: one for one in found.subjects}
    for one in kept.subjects:
        alone = replace(found, subjects=(whole[one.subject],))
        explanation = comparer.explain(alone, measures=known, limit=_OF_EACH)
        told = evidence[0][one.subject]
        combined = pooled(told, method=method, measures=known)
        traced = travelled(told, known)
        shown = (one, explanation, told, spelled, combined)
        yield report.Chapter(*shown, traced=traced, kept=evidence[1])
