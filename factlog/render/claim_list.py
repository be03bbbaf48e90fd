"""Claims in a list, and one claim in full, in every format they have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice

from factlog.claim import Claim
from factlog.render import to_csv, to_json
from factlog.render.amounts import said_of
from factlog.render.grid import cell, grid
from factlog.render.look import Look
from factlog.render.prose import page, paint, shown, wrap
from factlog.render.reading_block import estimated
from factlog.render.when import day

_DEFAULT = Look()
# Beyond so many claims there is no table: it would have to know them all to be laid out.
_MANY = 200


# Claims


def claims(found: Iterable[Claim], shape: str, look: Look = _DEFAULT) -> Iterator[str]:
    """Claims as table, csv, tsv, json, jsonl or md."""
    return _claims_page(iter(found), look) if shape == "table" else _CLAIMS[shape](found)


def _claims_md(found: Iterable[Claim]) -> Iterator[str]:
    from factlog.render import to_md

    rows = [[str(claim.id or ""), *_claim_words(claim)] for claim in found]
    yield to_md.table(("id", *_CLAIM_HEADERS), rows)


_CLAIMS: dict[str, Callable[[Iterable[Claim]], Iterator[str]]] = {
    "csv": to_csv.claims,
    "tsv": to_csv.claims_tsv,
    "json": to_json.listed,
    "jsonl": to_json.listed_jsonl,
    "md": _claims_md,
}

_CLAIM_HEADERS = ("subject", "measure", "said", "source", "as of", "via")


def _claims_page(found: Iterator[Claim], look: Look) -> Iterator[str]:
    """A table if there are few claims; many go by one after the other, and none is kept."""
    first = list(islice(found, _MANY + 1))
    if not first:
        yield "no claims\n"
    elif len(first) <= _MANY:
        yield _claims_table(first, look)
    else:
        for claim in chain(first, found):
            yield page(_block([str(claim.id or ""), *_claim_words(claim)], look))


def _claims_table(found: Sequence[Claim], look: Look) -> str:
    rows = [[str(claim.id or ""), *_claim_words(claim)] for claim in found]
    alone = len({claim.statement.subject for claim in found}) == 1
    title: list[str] = []
    if alone:  # one subject is a heading, not a column of repeats
        heading = wrap(shown(found[0].statement.subject, look), look.width)
        title = [*(paint(line, "bold", look) for line in heading), ""]
        rows = [[*row[:1], *row[2:]] for row in rows]
    headers = ["id", *_CLAIM_HEADERS[alone:]]
    lines = grid(headers, [[cell(text) for text in row] for row in rows], look)
    if lines is None:
        lines = [line for row in rows for line in _block(row, look)]
    return page([*title, *lines])


def _block(row: Sequence[str], look: Look) -> list[str]:
    """A claim in lines of its own: what it is about and what was said, then by whom."""
    number, *about, told, source, when, via = row
    head = ", ".join(filter(None, about))
    what = shown(f"{head}: {told}" if head else told, look)
    who = shown(f"{source}, {when}" + (f", via {via}" if via else ""), look)
    return [
        *wrap(what, look.width, f"{number}  ", "    "),
        *wrap(who, look.width, "    ", "    "),
    ]


def _claim_words(claim: Claim) -> list[str]:
    """A claim as the cells of a table."""
    said = claim.statement
    told = said_of(claim)
    if claim.scope:
        told += f" ({claim.scope})"
    if claim.retracted is not None:
        told += f" ({_gone(claim.retracted)})"
    source = f"{said.source}, citing {claim.origin}" if claim.origin else said.source
    return [
        said.subject,
        claim.measure,
        told,
        source,
        day(said.when) if said.when else "undated",
        said.via or "",
    ]


# What the store gives as the reason of a claim that nobody retracted.
_NOT_RETRACTED = ("replaced by a later version", "taken back by undo")


def _gone(reason: str) -> str:
    """Why a claim no longer counts: "retracted: misread", "replaced by a later version"."""
    return reason if reason in _NOT_RETRACTED else f"retracted: {reason}"


def claim(versions: Sequence[Claim], shape: str, look: Look = _DEFAULT) -> str:
    """One claim in full, for a person or as json; `versions` come latest first."""
    if shape != "table":
        return "".join(to_json.listed_jsonl(versions))
    from factlog.render.to_text import block

    pages = []
    now = versions[0]
    for version in versions:
        title = f"claim {now.id}" + ("" if version is now else ", as it was before")
        pages.append(block(title, _in_full(version), look))
    return "\n".join(pages)


def _in_full(claim: Claim) -> Iterator[tuple[str, str]]:
    said = claim.statement
    yield "subject", said.subject
    if claim.measure:
        yield "measure", claim.measure
    yield "source", said.source
    yield "said", said_of(claim)
    for name, what in estimated(claim.estimate):
        yield name, what
    for name, period in (("as of", said.as_of), ("published", said.published)):
        if period:
            yield name, day(period)
    for name, words in (
        ("via", said.via),
        ("url", said.url),
        ("origin", claim.origin),
        ("scope", claim.scope),
        ("quote", said.quote),
        ("note", claim.note),
        ("recorded", claim.recorded.isoformat(" ", "seconds") if claim.recorded else None),
        _row_of_gone(claim.retracted),
        ("uid", claim.uid),
    ):
        if words:
            yield name, words


def _row_of_gone(reason: str | None) -> tuple[str, str | None]:
    if reason in _NOT_RETRACTED:
        name, _, rest = (reason or "").partition(" by ")
        return name, f"by {rest}"
    return "retracted", reason
