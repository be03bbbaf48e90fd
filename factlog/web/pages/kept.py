"""A page kept as evidence: its words, with those that a claim quotes marked.

Only the text that was read of it is shown, as words of ours: nothing of its own runs or loads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from factlog.extraction import quotes
from factlog.render.evidence import told
from factlog.render.report.page import evidence
from factlog.web.desk import Asked, Desk, page, whole

_SHOWN = 60_000  # characters of a text, and
_BEFORE = 10_000  # of those, before a passage further on
_LISTED = 50  # claims that rest on it

Span = tuple[int, int]


@dataclass(frozen=True)
class Piece:
    """Words of a page, marked where the claim quotes them; the first of those can be led to."""

    text: str
    marked: bool = False
    first: bool = False


def one(desk: Desk, request: Request, asked: Asked) -> Response:
    """The words of a page, those that a claim quotes marked, and the claims that rest on it."""
    with desk.reading() as store:
        kept = store.pages.page(request.path_params["number"])
        text, state = store.pages.text(kept), store.pages.state(kept)
        place = store.pages.kept_in.shown(kept.sha256)
        resting = store.pages.resting_on(kept)
    number = whole(asked, "claim")
    claim = next((each for each in resting if each.id == number), None)
    quote = claim.statement.quote if claim else None
    marked = quotes.places(quote, text) if quote and text else ()
    start, end = _window(text or "", marked)
    return page(
        *(desk, request, "kept.html"),
        kept=kept,
        told=told(kept, state),
        place=place,
        claim=evidence(claim) if claim else None,
        marked=bool(marked),
        paragraphs=list(_paragraphs(text[:end], marked, start)) if text else [],
        before=start,
        after=len(text or "") - end,
        resting=[evidence(each) for each in resting[:_LISTED]],
        more=len(resting) - _LISTED,
    )


def _window(text: str, marked: Sequence[Span]) -> Span:
    """From where to where a text is shown: all of it, or so much around the first passage."""
    if len(text) <= _SHOWN:
        return 0, len(text)
    start = max(0, min(marked[0][0] - _BEFORE if marked else 0, len(text) - _SHOWN))
    return start, start + _SHOWN


def _paragraphs(text: str, marked: Sequence[Span], start: int) -> Iterator[list[Piece]]:
    """The lines of a text from a place on that have words, each in pieces, marked or not."""
    at = start
    for line in text[start:].split("\n"):
        pieces = list(_pieces(text, marked, (at, at + len(line))))
        if any(each.text.strip() for each in pieces):
            yield pieces
        at += len(line) + 1


def _pieces(text: str, marked: Sequence[Span], line: Span) -> Iterator[Piece]:
    at, end = line
    for one, other in marked:
        if one < end and at < other:
            first, last = max(one, at), min(other, end)
            yield Piece(text[at:first])
            yield Piece(text[first:last], marked=True, first=first == one == marked[0][0])
            at = last
    yield Piece(text[at:end])
