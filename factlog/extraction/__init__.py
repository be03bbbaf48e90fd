"""From an article to claims: proposals with who said each, for a person to accept, mend or skip.

`extract` reads plain text or Markdown and yields a `Proposal` for every number that states a
quantity; nothing is recorded here. `claim` makes a Claim of an accepted one, `to_json` and
`to_row` the shapes that are written out, `ask` takes proposals from an outside program.
"""

from __future__ import annotations

from factlog.extraction.pipeline import extract
from factlog.extraction.proposal import (
    KEYS,
    UNATTRIBUTED,
    Confidence,
    Proposal,
    claim,
    for_inbox,
    to_json,
    to_row,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.extraction.external import ask, check
    from factlog.extraction.pages import article_of as text_of
    from factlog.extraction.subject import subject_of


__all__ = [
    "KEYS",
    "UNATTRIBUTED",
    "Confidence",
    "Proposal",
    "ask",
    "check",
    "claim",
    "extract",
    "for_inbox",
    "subject_of",
    "text_of",
    "to_json",
    "to_row",
]


def __getattr__(name: str) -> object:
    """Load what only some need, when it is first used."""
    if name in ("ask", "check"):
        from factlog.extraction import external

        return getattr(external, name)
    if name == "text_of":
        from factlog.extraction.pages import article_of

        return article_of
    if name == "subject_of":
        from factlog.extraction.subject import subject_of

        return subject_of
    raise AttributeError(f"module 'factlog.extraction' has no attribute {name!r}")
