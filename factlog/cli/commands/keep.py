"""factlog keep: a page put beside the record as evidence, or the list of those there are."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import click

from factlog import fetching
from factlog.claim import Claim
from factlog.cli import options, store_path
from factlog.cli.named_files import missing, read_whole, unreadable
from factlog.cli.terminal import here, write
from factlog.errors import UsageError
from factlog.extraction import pages, quotes
from factlog.page import LONGEST, KeptPage
from factlog.render import evidence
from factlog.render.display import safe
from factlog.store import Store
from factlog.store.pages import LARGEST
from factlog.wording import numbered

FORMATS = ("table", "csv", "tsv", "json", "jsonl", "md")


@click.command()
@click.argument("what", metavar="[ID|URL]", required=False)
@click.option("--file", metavar="FILE", help="The page as it was saved: html, pdf, txt, png, eml.")
@click.option("--fetch", is_flag=True, help="Fetch the page from the web; https only.")
@click.option("--search", metavar="WORDS", help="List only the pages in which these words stand.")
@options.formats(*FORMATS)
@click.pass_context
def command(
    ctx: click.Context,
    what: str | None,
    file: str | None,
    fetch: bool,
    search: str | None,
    shape: str,
    output: str | None,
) -> None:
    """Keep the page that a claim rests on, with its hash, or list the pages kept.

    The bytes go into a folder beside the store, or into its database, and stay as they are. A
    page is kept for the claim with this ID and all others with its link, or for every claim with
    this URL.
    Nothing is asked of the web without --fetch.

    \b
    factlog keep 3 --file page.html
    factlog keep https://example.org/report.pdf --file report.pdf
    factlog keep 3 --fetch
    factlog keep
    """
    if what is None and (file or fetch):
        raise UsageError("What the page is evidence of is not named.", "Write: factlog keep ID")
    if what is not None and bool(file) is fetch:
        raise UsageError(
            "Say where the page is: one of --file FILE and --fetch.",
            f"Write: factlog keep {what} --file page.html",
        )
    if what is not None:
        options.refuse_format(
            ctx,
            "What is kept",
            "Leave them out; the list of what there is takes them: factlog keep -f json",
        )
    with store_path.opened(ctx) as store:
        if what is None:
            words = (search or "").casefold().split()
            every = store.pages.all()
            found = [e for e in every if not words or _holds(store.pages.text(e), words)]
            states = [store.pages.state(each) for each in found]
            write(ctx, evidence.pages(found, states, shape, here(output), len(every)), output)
        else:
            _keep(store, what, file)


def _holds(text: str | None, words: Sequence[str]) -> bool:
    folded = (text or "").casefold()
    return all(word in folded for word in words)


def _keep(store: Store, what: str, file: str | None) -> None:
    """Keep a page, and say at once which quotes do not stand in it."""
    claim, url = _evidence_of(store, what)
    charset = None
    if file:
        raw, name = _read(file), "standard input" if file == "-" else Path(file).name
    elif url:
        fetched = fetching.fetch(url)
        raw, name, charset = fetched.raw, fetched.url, fetched.charset
    else:
        raise UsageError(
            f"Claim {what} has no link to fetch.", f"Add it: factlog edit {what} --url URL"
        )
    kind = pages.media_type(raw, name)
    hashed = (sha256(raw).hexdigest(), kind, len(raw), name)
    page = KeptPage(url, claim.id if claim else None, *hashed)
    text = pages.text_of(raw, kind, charset)
    kept, new = store.pages.keep(page, raw, text, store_path.now())
    where = store.pages.kept_in.shown(kept.sha256)
    click.echo(safe(evidence.kept(kept, where, new=new)))
    if pages.guessed(raw, kind, charset):
        click.echo(_GUESSED, err=True)
    if pages.cut(raw, kind, text):
        click.echo(_CUT, err=True)
    for line in _told(store, kept):
        click.echo(safe(line), err=True)


_CUT = (
    f"It is too long to be read to its end: what stands behind its first {LONGEST:,} characters,\n"
    "or 20 MB, is kept with it, but no quote is looked for there."
)
_GUESSED = (
    "Nothing says what its letters are in; they were read as Windows-1252, which may be wrong.\n"
    "If its words look wrong, save it as UTF-8 and keep that beside it."
)


def _evidence_of(store: Store, what: str) -> tuple[Claim | None, str | None]:
    """The claim with this id and its link, or no claim and this link."""
    if what.isascii() and what.isdigit():
        claim = store.claim(int(what))
        return claim, claim.statement.url
    if not what.lower().startswith(("https://", "http://")):
        raise UsageError(
            f'"{what}" is neither the id of a claim nor a link.',
            "Write for example: factlog keep 3, or factlog keep https://example.org/page",
        )
    return None, what


def _read(file: str) -> bytes:
    try:
        return read_whole(file, LARGEST)
    except FileNotFoundError as error:
        raise missing(file) from error
    except (IsADirectoryError, PermissionError) as error:
        raise unreadable(file, error) from error


def _told(store: Store, kept: KeptPage) -> list[str]:
    """What a person should know of a page just kept: whose quotes do not stand in it."""
    resting, text = store.pages.resting_on(kept), store.pages.text(kept)
    if not resting:
        return ["No claim on record has this link."]
    if text is None:
        return ["Its words cannot be read: quotes are not held against it."]
    wanting = [
        each.id or 0
        for each in resting
        if each.statement.quote and not quotes.stands_in(each.statement.quote, text)
    ]
    return [f"The quote does not stand in it: {numbered(wanting)}."] if wanting else []
