"""A page kept as evidence: where it is from, the hash of its bytes, and its text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from functools import cache
from string import ascii_lowercase, ascii_uppercase
from urllib.parse import quote as percent_encoded

from factlog.claim import Claim
from factlog.patterns import Pattern
from factlog.values import dataclass

LONGEST = 2_000_000  # characters of the words of a page that are kept


class PageState(StrEnum):
    """What has become of the file that holds the bytes of a page."""

    KEPT = "kept"
    CHANGED = "changed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page as it was kept: for every claim with its link, or for one claim that has none.

    `claim` is the id of the claim it was kept for, None where it was kept by its link alone.
    `taken_from` says where the bytes came from: a file by its name, or the address they were
    fetched from in the end. `readable` says whether its words were read, as those of a picture
    cannot be. `id` and `at` come from the store.
    """

    url: str | None
    claim: int | None
    sha256: str
    media_type: str
    size: int
    taken_from: str
    readable: bool = False
    id: int | None = None
    at: datetime | None = None

    @property
    def place(self) -> str:
        """Where its bytes lie in the folder of pages."""
        return f"{self.sha256[:2]}/{self.sha256[2:]}"


def of_claim(pages: Mapping[int | str, Sequence[KeptPage]], claim: Claim) -> list[KeptPage]:
    """The pages that are evidence of a claim, of those that `by_what` has put in order."""
    own = (*pages.get(claim.id or 0, ()), *pages.get(bare_link(claim.statement.url), ()))
    return list(dict.fromkeys(own))


def with_states(
    pages: Mapping[int | str, Sequence[KeptPage]],
    claims: Iterable[Claim],
    state: Callable[[KeptPage], PageState],
) -> dict[int, list[tuple[KeptPage, PageState]]]:
    """The pages that are evidence of claims, by their ids, with what has become of each file."""
    look = cache(state)  # a page of many claims is read once
    if not pages:
        return {}
    return {c.id: [(page, look(page)) for page in of_claim(pages, c)] for c in claims if c.id}


def by_what(pages: Iterable[KeptPage]) -> dict[int | str, list[KeptPage]]:
    """Pages by the claim and by the link that they were kept for."""
    found: dict[int | str, list[KeptPage]] = {}
    for page in pages:
        for what in (page.claim, bare_link(page.url)):
            if what:
                found.setdefault(what, []).append(page)
    return found


def bare_link(url: str | None) -> str:
    """A link without the place in the page that it points to, its host in small letters."""
    bare = (url or "").strip().partition("#")[0]
    return _HOST.sub(lambda found: small(found[0]), bare)


def small(words: str) -> str:
    """Words in small letters, those of ASCII: a store knows no others' when it looks for links."""
    return words.translate(_SMALL)


_HOST = Pattern(r"^[A-Za-z][\w+.-]*://[^/?]*")
_SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)


_TOLD = 5  # words that begin and that end a passage, which a browser looks for


def passage(url: str | None, quote: str | None) -> str | None:
    """A link that leads a browser to the words of a quote on its page, and marks them."""
    words = next((each.split() for each in pieces(quote or "") if each.strip()), [])
    if not url or "#" in url or not words or not url.lower().startswith(("http://", "https://")):
        return url
    ends = [words] if len(words) <= 2 * _TOLD else [words[:_TOLD], words[-_TOLD:]]
    told = ",".join(percent_encoded(" ".join(each), safe="").replace("-", "%2D") for each in ends)
    return f"{url}#:~:text={told}"


# Marks that words are left out of a quote or put into it: …, ..., . . ., (...), [the ministry].
_LEFT_OUT = Pattern(r"\[[^\[\]]{0,200}\]|\(\s*(?:…|\.{3})\s*\)|…|\.(?:\s?\.){2,}")


def pieces(quote: str) -> list[str]:
    """The words of a quote in the pieces that stand on the page, one after the other."""
    return _LEFT_OUT.sub("\0", quote).split("\0")
