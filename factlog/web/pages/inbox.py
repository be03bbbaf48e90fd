"""The inbox: an article with its figures marked, and what it seems to claim, card by card."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePath
from types import MappingProxyType
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from factlog import dates, extraction
from factlog.article import Article, KeptProposal, ProposalState
from factlog.claim import Period
from factlog.errors import FactlogError, UsageError
from factlog.parsing import languages
from factlog.policy import Measure
from factlog.store import Store
from factlog.web.desk import Asked, Desk, calculations, page, see, whole, word, words
from factlog.web.pages.entry import written

_LARGEST = 8_000_000  # bytes of an article's file
_LONG = 20_000  # characters of a text, beyond which it is read beside the desk
_LONGEST = 1_000_000  # characters of a text
_TITLE = 90  # characters
_A_PAGE = 100  # proposals
_MOST = 1_000  # proposals of one article, each of which takes a moment to read
_NUMBERS = 5_000  # in figures, of which some are no claims
_NUMBER = re.compile(r"\d+")
_KNOWN = ("subject", "outlet", "link", "published", "language")


def every(desk: Desk, request: Request, asked: Asked) -> Response:
    """The articles, and a field to paste another into."""
    return _articles(desk, request)


def _articles(
    desk: Desk,
    request: Request,
    given: Mapping[str, str] = MappingProxyType({}),
    error: FactlogError | None = None,
) -> Response:
    with desk.reading() as store:
        articles = store.inbox.articles()
    return page(
        desk,
        request,
        "inbox.html",
        400 if error else 200,
        articles=articles,
        languages=languages.names(),
        given=given,
        error=error,
    )


def put(desk: Desk, request: Request, asked: Asked) -> Response:
    """Take an article in, pasted or as a file, and read what it seems to claim."""
    given = words(asked, "text", "title", *_KNOWN)
    try:
        in_file, pasted = _file(asked.get("file")), given.pop("text", "")
        if in_file and pasted:
            raise UsageError("Here are a pasted text and a file.", "Give them one after the other.")
        text = in_file or pasted
        published = dates.parse(given["published"]) if "published" in given else None
        title = given.pop("title", "") or _title(text)
        with desk.writing() as store:
            about = text, published, given.get("subject"), given.get("language"), store.measures()
            beside = calculations(request).awaited
            found = beside(proposals_of, *about) if len(text) > _LONG else proposals_of(*about)
            article = Article(
                text,
                title,
                subject=given.get("subject"),
                outlet=given.get("outlet"),
                link=given.get("link"),
                published=given.get("published"),
            )
            kept = store.inbox.put(article, [*extraction.for_inbox(found)], now=desk.now())
    except FactlogError as error:
        return _articles(desk, request, words(asked, "text", *_KNOWN), error)
    return see(f"/inbox/{kept.id}")


def proposals_of(
    text: str,
    published: Period | None,
    subject: str | None,
    language: str | None,
    measures: Sequence[Measure],
) -> list[extraction.Proposal]:
    """What a text seems to claim; one too long to be read while somebody waits is refused."""
    if len(text) > _LONGEST:
        raise UsageError(
            f"The text is longer than {_LONGEST:,} characters.", "Give the article in parts."
        )
    languages.find(language or "en")  # which refuses one that is not read
    found = extraction.extract(
        text, published=published, subject=subject, measures=measures, language=language
    )
    many = sum(1 for _number in islice(_NUMBER.finditer(text), _NUMBERS + 1)) > _NUMBERS
    some = [] if many else list(islice(found, _MOST + 1))
    if many or len(some) > _MOST:
        raise UsageError(
            f"That holds more than {_NUMBERS if many else _MOST:,} figures, too many to read at "
            "once.",
            "Give the article in parts; Paste rows takes a table.",
        )
    return some


def _file(upload: Any) -> str:
    """The text of a file that was dropped; of a page its main text."""
    if not isinstance(upload, UploadFile) or not upload.filename:
        return ""
    raw = upload.file.read(_LARGEST + 1)
    if len(raw) > _LARGEST:
        raise UsageError(f"The file is larger than {_LARGEST:,} bytes.", "Give it in parts.")
    return extraction.text_of(raw, PurePath(upload.filename).name)


def _title(text: str) -> str:
    """The first line of a text, cut at a word."""
    line = next((each.strip(" #*") for each in text.splitlines() if each.strip(" #*")), "")
    return line if len(line) <= _TITLE else line[:_TITLE].rsplit(" ", 1)[0] + " …"


@dataclass(frozen=True)
class Piece:
    """A run of an article's text: plain, or a figure that a proposal is made of."""

    text: str
    proposal: KeptProposal | None = None


def _paragraphs(text: str, proposals: Sequence[KeptProposal]) -> list[list[Piece]]:
    """The text by paragraphs, its figures set apart in reading order."""
    pieces, at = [], 0
    for each in proposals:
        if each.value_start < at:
            continue  # stands inside a figure that was marked already
        pieces += [Piece(text[at : each.value_start])]
        pieces += [Piece(text[each.value_start : each.value_end], each)]
        at = each.value_end
    pieces.append(Piece(text[at:]))
    paragraphs: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *rest = piece.text.split("\n\n") if piece.proposal is None else [piece.text]
        paragraphs[-1].append(Piece(first, piece.proposal))
        paragraphs += [[Piece(each)] for each in rest]
    return [each for each in paragraphs if any(piece.text.strip() for piece in each)]


def one(desk: Desk, request: Request, asked: Asked) -> Response:
    """An article on the left, its proposals on the right."""
    number, card = request.path_params["number"], whole(asked, "card")
    return _article(desk, request, number, card, looks=word(asked, "look") == "again")


def _article(
    desk: Desk, request: Request, number: int, card: int, status: int = 200, **told: object
) -> Response:
    with desk.reading() as store:
        article, proposals = store.inbox.article(number)
        last = next((each for each in store.log(1)), None)
    waiting = [each for each in proposals if each.state is ProposalState.WAITING]
    current = next((each for each in proposals if each.id == card), None)
    current = current or next(iter(waiting), None)
    place = 0 if current is None else proposals.index(current)
    first = place - place % _A_PAGE
    return page(
        desk,
        request,
        "article.html",
        status,
        article=article,
        paragraphs=_paragraphs(article.text, proposals),
        proposals=proposals,
        cards=proposals[first : first + _A_PAGE],
        before=proposals[first - _A_PAGE] if first else None,
        after=next(iter(proposals[first + _A_PAGE :]), None),
        current=current,
        waiting=len(waiting),
        last=last,
        **{"error": None, "given": {}, "looks": False, **told},
    )


def about(desk: Desk, request: Request, asked: Asked) -> Response:
    """Say what the article is about, once for all its proposals."""
    number = request.path_params["number"]
    with desk.writing() as store:
        store.inbox.name_subject(number, word(asked, "subject"), now=desk.now())
    return see(f"/inbox/{number}")


_MENDED = ("subject", "claims", "measure", "source", "as_of", "via", "origin", "quote")


def decide(desk: Desk, request: Request, asked: Asked) -> Response:
    """Accept a proposal as it was mended, skip it, or take the last step back."""
    number, card = request.path_params["number"], whole(asked, "card")
    given = words(asked, *_MENDED)
    try:
        with desk.writing() as store:
            accepting = word(asked, "do") == "accept" and not word(asked, "looked")
            if accepting and _wants_a_look(store.inbox.proposal(card), given):
                return see(f"/inbox/{number}?card={card}&look=again#card-{card}")
            following = _done(desk, store, word(asked, "do"), card, given, number)
    except FactlogError as error:
        return _article(desk, request, number, card, 400, error=error, given=given)
    return see(f"/inbox/{number}" + (f"?card={following}#card-{following}" if following else ""))


def _wants_a_look(proposal: KeptProposal, given: dict[str, str]) -> bool:
    """Whether a proposal that is not sure, or has no named source, was left as it was read."""
    says = {**proposal.says, "claims": proposal.says.get("value", "")}
    fields = ("claims", "measure", "source", "as_of")
    if not given.get("source"):
        return False  # it is refused anyway
    untouched = all(given.get(name, "").split() == says.get(name, "").split() for name in fields)
    return untouched and proposal.state is ProposalState.WAITING and proposal.doubtful


def _done(
    desk: Desk, store: Store, what: str, card: int, given: dict[str, str], number: int
) -> int | None:
    """Do it, and say which card comes next."""
    article, _proposals = store.inbox.article(number)
    if what == "accept":
        told = words_of(article, given)
        claim, *more = written(told, store.measures())
        if more:
            raise UsageError(
                "A proposal is one number, and here are more.", "Give one; add others."
            )
        store.inbox.accept(card, claim, now=desk.now())
    elif what == "skip":
        store.inbox.skip(card, now=desk.now())
    else:
        raise UsageError(f'"{what}" is nothing that can be done.', "Accept or skip it.")
    _article_now, proposals = store.inbox.article(number)
    left = [each.id for each in proposals if each.state is ProposalState.WAITING]
    later = [each for each in left if each is not None and each > card]
    return next(iter(later or left), None)


def words_of(article: Article, given: dict[str, str]) -> dict[str, str]:
    """The words of a claim, with what is known of the article it is from."""
    known = {
        "subject": article.subject,
        "via": article.outlet,
        "url": article.link,
        "published": article.published,
    }
    return {**{name: text for name, text in known.items() if text}, **given}
