"""By whose definition a claim counts, what it includes, and what it leaves out."""

from __future__ import annotations

from collections.abc import Iterable

from factlog.values import dataclass


@dataclass(frozen=True, slots=True)
class Definition:
    """What a claim counts in the words of a person; None where nobody has said.

    `counts` is what is counted, or by whose definition: "deaths in hospital", "by the WHO's
    definition".
    """

    counts: str | None = None
    includes: str | None = None
    excludes: str | None = None

    @classmethod
    def of(cls, *words: str | None) -> Definition:
        """The same of words as somebody typed them: on one line, and blank ones are none."""
        return cls(*(" ".join((each or "").split()) or None for each in words))

    def __str__(self) -> str:
        """In words: "counts deaths in hospital, includes suspected ones, excludes soldiers"."""
        said = (("counts", self.counts), ("includes", self.includes), ("excludes", self.excludes))
        told = ((verb, _without(verb, _bare(words or ""))) for verb, words in said)
        return ", ".join(f"{verb} {words}" for verb, words in told if words)


def _bare(words: str) -> str:
    """The words with single spaces and no stop at the end, but for that of "the U.S."."""
    one = " ".join(words.split())
    bare = one.rstrip(" .;。")
    return one if "." in bare.rpartition(" ")[2] else bare


def _without(verb: str, words: str) -> str:
    """The words without the verb that leads them here: "counts all deaths" is told once."""
    return words[len(verb) + 1 :] if words.casefold().startswith(f"{verb} ") else words


def after(lead: str, text: str) -> str:
    """A text after what its figures count, each a sentence."""
    return f"{lead}{'' if lead.endswith(('.', '!', '?')) else '.'} {text}" if lead else text


def told_apart(said: Iterable[tuple[str, str]]) -> str:
    """What each of some sources counts, in words, where they do not count alike; else nothing."""
    every = sorted(set(said))
    if len({" ".join(words.casefold().split()) for _source, words in every}) < 2:
        return ""
    told_by = {source for source, words in every if words}
    partly = {source for source, words in every if not words and source in told_by}
    if partly:
        every = [
            (source, f"{words}, and in some figures does not say" if source in partly else words)
            for source, words in every
            if words or source not in partly
        ]
    *most, last = [source for source, words in every if not words] or [""]
    if not most:
        return "; ".join(f"{who} {words or 'does not say what it counts'}" for who, words in every)
    told = [f"{source} {words}" for source, words in every if words]
    return "; ".join([*told, f"{', '.join(most)} and {last} do not say what they count"])
