"""Sources that agree too often to be voices of their own, told with how often they do."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

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

    def told(self) -> str:
        """What is seen, and what it may mean."""
        alone = f", {self.alone:,} of them with one that nobody else gives" if self.alone else ""
        names = listed_shortly(self.sources)
        who = names if len(self.sources) < 3 else f"Of {names}, those that speak"
        return (
            f"{who} give the same figure in {self.same:,} of {self.of:,} subjects{alone}. "
            "They may share a source or a definition, and count as one voice."
        )


def of_groups(groups: Mapping[str, int], subjects: Iterable[SubjectVoices]) -> dict[int, Together]:
    """Each group, given by the folded names of its sources, in one pass over all voices."""
    folded: dict[str, str] = {}
    shown: dict[int, dict[str, str]] = defaultdict(dict)
    seen: dict[int, list[tuple[bool, bool]]] = defaultdict(list)
    for subject in subjects if groups else ():
        voices = Counter(voice.value for voice in subject.voices)
        theirs: dict[int, list[Decimal]] = defaultdict(list)
        for voice in subject.voices:
            name = folded.get(voice.source) or folded.setdefault(voice.source, fold(voice.source))
            if voice.value is not None and name in groups:
                shown[groups[name]].setdefault(name, voice.source)
                theirs[groups[name]].append(voice.value)
        for group, values in theirs.items():
            if len(values) > 1:
                same = len(set(values)) == 1
                seen[group].append((same, same and voices[values[0]] == len(values)))
    return {
        group: Together(tuple(names[n] for n in sorted(names)), *_counts(seen[group]))
        for group, names in shown.items()
    }


def _counts(seen: Sequence[tuple[bool, bool]]) -> tuple[int, int, int]:
    """In how many subjects they give the same, and alone, of how many."""
    return sum(same for same, _ in seen), sum(alone for _, alone in seen), len(seen)


def listed_shortly(names: Sequence[str]) -> str:
    """Names in a sentence, of very many the first."""
    more = len(names) - _NAMED
    return listed([*names[:_NAMED], f"{more:,} more"] if more > 1 else names)
