"""factlog check: whether the evidence of each claim bears it out."""

from __future__ import annotations

from functools import cache
from itertools import chain

import click

from factlog.answers import EvidenceFinding, EvidenceGap
from factlog.cli import name_lookup, options, query, store_path
from factlog.cli.main import DONE, FOUND, NOTHING
from factlog.cli.terminal import here, write
from factlog.extraction import quotes
from factlog.page import KeptPage, PageState, by_what, of_claim
from factlog.render import evidence

FORMATS = ("table", "csv", "tsv", "json", "jsonl", "md")


@click.command()
@click.argument("subjects", metavar="[SUBJECT]...", nargs=-1)
@click.option("--quotes", "only_quotes", is_flag=True, help="Only the quotes, and no page kept.")
@click.option("--source", metavar="NAME", help="Only claims by this source.")
@click.option(
    "--only",
    type=click.Choice([gap.value for gap in EvidenceGap]),
    metavar="REASON",
    multiple=True,
    help='Only what is wrong in this way, such as "number not in quote".',
)
@options.formats(*FORMATS)
@click.pass_context
def command(
    ctx: click.Context,
    subjects: tuple[str, ...],
    only_quotes: bool,
    source: str | None,
    only: tuple[str, ...],
    shape: str,
    output: str | None,
) -> int:
    """Find the claims whose quote does not hold their number, or is not in the page kept of it.

    Leaves with 1 if there are any, with 3 if there was no claim to check. A number counts in
    whatever form it stands: "four thousand" holds 4k, and "5 km" holds 5,000 m; one that
    stands there for another toll does not: "12 killed and 17 injured" hold no 17 killed. A page
    that was changed, is missing or has no words that can be read is told too.
    """
    with store_path.opened(ctx) as store:
        named = name_lookup.subjects(store, subjects)
        by = name_lookup.sought(store, "source", source) if source else None
        asked = (store.claims(subject=each, source=by) for each in named or (None,))
        kept = by_what(store.pages.all())

        @cache
        def look(page: KeptPage) -> tuple[PageState, str | None]:
            return store.pages.state(page), store.pages.text(page)

        checked = 0
        found: list[EvidenceFinding] = []
        for claim in chain.from_iterable(asked):
            checked += 1
            own = [] if only_quotes else of_claim(kept, claim)
            found += [
                EvidenceFinding(claim, gap, quotes.stands_for(claim, gap))
                for gap in quotes.gaps(claim, list(map(look, own)))
            ]
    if not checked:
        nothing = query.NothingToCompare(
            "There are no live claims to check.", "See what is on record: factlog list"
        )
        nothing.exit_code = NOTHING
        raise nothing
    chosen = [each for each in found if not only or each.gap.value in only]
    write(ctx, evidence.findings(chosen, checked, shape, here(output), only), output)
    return FOUND if chosen else DONE
