"""What two stores say differently, and what a merge of them brought."""

from __future__ import annotations

from factlog.values import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """Something two stores say differently: what it is about, here, there, and what came of it.

    `kind` is subject, source or measure (two names for one thing, or a name for two), or
    "definition", "withdrawn", "version", "reading", in the inbox "article" or "proposal".
    `settled` is False where neither store's word was taken, so that a person has to say.
    """

    kind: str
    name: str
    here: str
    there: str
    outcome: str
    settled: bool = True

    def __str__(self) -> str:
        words = self.kind if self.name.startswith("claim") else f'{self.kind} "{self.name}"'
        about = f"{self.name}, {words}" if words == self.kind else words
        return f"{about}: here {self.here}; there {self.there}; taken: {self.outcome}"


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a merge brought: claims that were new, claims that were on record, differences.

    `decisions`, `articles`, `proposals`, `pages` and `definitions` are how many came in, or count
    again; `taken_back` how many claims the other store, which is this one gone further, has taken
    back since.
    """

    added: int
    known: int
    differences: tuple[Difference, ...] = ()
    decisions: int = 0
    articles: int = 0
    proposals: int = 0
    pages: int = 0
    definitions: int = 0
    taken_back: int = 0
