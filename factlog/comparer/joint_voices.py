"""Sources that agree too often to be voices of their own, told with how often they do."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from factlog.comparer.newsroom import listed
from factlog.comparer.voices import SubjectVoices
from factlog.names import fold
from factlog.values import dataclass

_NAMED = 8  # sources or figures in a sentence


@dataclass(frozen=True, slots=True)
class Together:
    """Sources that agree too often to be voices of their own, and in how many subjects.

    Of those `of` which two of them speak, they give the `same` figure, and nobody else does that
    in `alone` of them.
    """

    sources: tuple[str, ...]
    same: int
    alone: int
    of: int

    @classmethod
    def of_group(cls, names: Collection[str], subjects: Iterable[SubjectVoices]) -> Together:
        """The same of a group of folded names."""
        shown: dict[str, str] = {}
        figures = []
        for subject in subjects:
            theirs, others = set(), set()
            many = 0
            for voice in subject.voices:
                name = fold(voice.source)
                if voice.value is None or name not in names:
                    others.add(voice.value)
                    continue
                shown.setdefault(name, voice.source)
                theirs.add(voice.value)
                many += 1
            if many > 1:
                figures.append((len(theirs) == 1, theirs.isdisjoint(others)))
        same = [alone for agree, alone in figures if agree]
        return cls(tuple(shown[n] for n in sorted(shown)), len(same), sum(same), len(figures))

    def told(self) -> str:
        """What is seen, and what it may mean."""
        alone = f", {self.alone:,} of them with one that nobody else gives" if self.alone else ""
        return (
            f"{listed_shortly(self.sources)} give the same figure in {self.same:,} of {self.of:,} "
            f"subjects{alone}. They may share a source or a definition, and count as one voice."
        )


def listed_shortly(names: Sequence[str]) -> str:
    """Names in a sentence, of very many the first."""
    more = len(names) - _NAMED
    return listed([*names[:_NAMED], f"{more:,} more"] if more > 1 else names)
