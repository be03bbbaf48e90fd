"""Words of other languages beside a number, which must not be read without them: 4 млн, 12 mil."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from factlog.errors import ReadingError
from factlog.parsing import lexicon
from factlog.parsing.text import Text, refusal, short
from factlog.patterns import Pattern


class OtherWord(NamedTuple):
    """What a word of other languages says beside a number: its kind, its meaning, who says it."""

    kind: str
    meaning: str
    languages: tuple[str, ...]
    english: bool = False  # it is a word of English too


# What a word may say; "mil" is a thousand in Spanish and a million in Romanian.
Sayings = tuple[OtherWord, ...]


class ForeignWord(ReadingError):
    """A word that means one thing beside a number, in languages that are named."""

    def __init__(self, error: ReadingError, languages: tuple[str, ...]) -> None:
        super().__init__(
            error.problem, error.remedy,
            text=error.text, start=error.start, end=error.end, choices=error.choices,
        )  # fmt: skip
        self.languages = languages


class Beside(NamedTuple):
    """Such a word, and where it stands in the text."""

    sayings: Sayings
    start: int
    end: int


_BEHIND = ("scale", "percent", "hedge after", "part", "unit", "rate behind")
_BEFORE = ("hedge before", "percent before")
_TOKEN = Pattern(r"[\s,-]*((?:[^\W\d_]\.\s?)+[^\W\d_]\.?(?!\w)|[^\s\d.,;:!?()\[\]\"%€$£+*/—]+)")
_LONGEST = 4  # words
# A word that is English too says nothing of another language where a word follows.
_NO_WORD_BEHIND = Pattern(r"\.?\s*(?:$|[^\w\s])")


@cache
def _words(kinds: tuple[str, ...]) -> Mapping[str, Sayings]:
    """The words of these kinds; a stem ends in a star."""
    known: dict[str, dict[tuple[str, str], list[str]]] = {}
    english = lexicon.meanings("scale")
    for language in lexicon.languages():
        if language != "en":
            (name,) = lexicon.meanings("language", language)
            for kind, words, meaning in _rows(kinds, language):
                if words in english:
                    continue
                known.setdefault(words, {}).setdefault((kind, meaning), []).append(name)
    return {
        words: tuple(_word(*said, tuple(names)) for said, names in sayings.items())
        for words, sayings in known.items()
    }


def _rows(kinds: tuple[str, ...], language: str) -> Iterator[tuple[str, str, str]]:
    for kind in kinds:
        for words, meaning in lexicon.meanings(kind, language).items():
            # A part that means nothing stands only behind a number of its language.
            if kind == "unit" and not _strange_money(words, meaning):
                continue
            if kind == "rate behind" and " " not in words:  # "annuals" may be of English
                continue
            if kind != "part" or meaning != "-":
                yield kind, words, meaning


_LATIN = Pattern(r"[^\W\d_]*[\u00c0-\u024f][\w\u00c0-\u024f]*")


def _strange_money(words: str, meaning: str) -> bool:
    """Whether a word for money cannot be one of English: dólares, złotych."""
    return len(meaning) == 3 and meaning.isupper() and _LATIN.fullmatch(words) is not None


_ALSO_ENGLISH = ", also English"


def _word(kind: str, meaning: str, languages: tuple[str, ...]) -> OtherWord:
    plain = meaning.removesuffix(_ALSO_ENGLISH)
    return OtherWord(kind, plain, languages, english=plain != meaning)


@cache
def _edges() -> tuple[frozenset[str], frozenset[str]]:
    """How the words behind a number begin, and the words that a hedge behind it ends with."""
    known = _words(_BEHIND)
    ends = (words.split()[-1] for words, said in known.items() if said[0].kind == "hedge after")
    begins = (words.split()[0][:2].rstrip("*") for words in known)
    return frozenset(begins), frozenset(ends)


@lru_cache(maxsize=4096)
def word_behind(low: str) -> Beside | None:
    """The word that the words behind a number begin with, or end with if it is a hedge."""
    first = _TOKEN.match(low)
    begins, ends = _edges()
    last_word = low.rstrip(" .!").rpartition(" ")[2]
    begun = first is not None and not begins.isdisjoint((first[1][:1], first[1][:2]))
    if not begun and last_word not in ends:
        return None
    tokens = []
    at = 0
    while (token := _TOKEN.match(low, at)) is not None:
        tokens.append(token)
        at = token.end()
    whole = not low[at:].strip(" .!")
    for count in range(min(_LONGEST, len(tokens)), 0, -1):
        words = [token[1] for token in tokens[:count]]
        end = tokens[count - 1].end()
        if (found := _begun(words, end, low)) is not None:
            return Beside(found[0], tokens[0].start(1), found[1])
        last = tokens[-count:]
        said = _words(_BEHIND).get(" ".join(token[1] for token in last)) if whole else None
        if said is not None and said[0].kind == "hedge after":
            return Beside(said, last[0].start(1), last[-1].end())
    return None


def _begun(words: list[str], end: int, low: str) -> tuple[Sayings, int] | None:
    """What these words say, or those they begin with, and where those end."""
    known, phrase = _words(_BEHIND), " ".join(words)
    if (said := known.get(phrase)) is not None:
        stands_alone = not said[0].english or _NO_WORD_BEHIND.match(low, end)
        return (said, end) if stands_alone else None
    for length in range(len(phrase), len(phrase) - len(words[-1]), -1):
        if (said := known.get(f"{phrase[:length]}*")) is not None:
            # Where words are not parted, what follows the stem is another word.
            inflected = phrase[length - 1].islower()
            return said, end if inflected else end - len(phrase) + length
    return None


def word_before(low: str) -> Sayings | None:
    """What the last of the words before a number say, if it is a hedge."""
    tokens = low.rstrip(". ").split()[-_LONGEST:]
    phrases = (" ".join(tokens[first:]) for first in range(len(tokens)))
    return next(filter(None, map(_words(_BEFORE).get, phrases)), None)


def refuse_behind(text: Text, at: int, end: int) -> None:
    """Refuse a number whose scale, percent or bound stands behind it in another language."""
    found = word_behind(text.low[at:end])
    if found is None:
        return
    start, stop = at + found.start, at + found.end
    before, behind = text.given[:start].rstrip(" ,'’"), text.given[stop:]
    raise _refusal(text, found.sayings, (start, stop), before, behind)


def value_in_english(before: str, behind: str) -> str:
    """A value with the scale or percent of another language behind its number in English."""
    found = word_behind(behind.lower())
    if found is None:
        return before + behind
    return _in_english(found.sayings[0], before, behind[found.end :])


def hedge_in_english(words: str) -> str | None:
    """The hedge of other languages that these words are, where those that have it agree."""
    said = _words(("hedge before",)).get(" ".join(words.casefold().split()), ())
    meanings = {_hedge(word) for word in said}
    return meanings.pop() if len(meanings) == 1 else None


def before_number(text: Text, number: int) -> ReadingError | None:
    """The refusal of a number whose bound stands before it in another language."""
    said = word_before(text.low[:number])
    return None if said is None else _refusal(text, said, (0, number), "", text.given[number:])


_DIGIT = Pattern(r"\d")


# What sets a number against another: 300 menos.
_COMPARED = ("more", "fewer", "times more", "times fewer")


def _refusal(
    text: Text, sayings: Sayings, span: tuple[int, int], before: str, behind: str
) -> ReadingError:
    said = short(text.given[slice(*span)].strip())
    reason = f'"{said}" is ' + ", ".join(map(_said_by, sayings))
    choices: tuple[str, ...] = ()
    remedy = "write the whole number in digits"
    if sayings[0].meaning in _COMPARED:
        remedy = "write the number itself, with a minus if it is below zero"
    elif sayings[0].kind == "rate behind" or (sayings[0].kind == "unit" and behind.strip(" .!")):
        remedy = "write it in English, or name its language: --language"
    elif sayings[0].kind not in _BEHIND or not _DIGIT.search(behind):
        choices = tuple(_in_english(word, before, behind) for word in sayings)
        remedy = "write " + " or ".join(choices)
    error = refusal(text, reason, *span, remedy=remedy, choices=choices)
    one = len(sayings) == 1 and not sayings[0].english
    return ForeignWord(error, sayings[0].languages) if one else error


def _said_by(word: OtherWord) -> str:
    names = word.languages if len(word.languages) < 4 else (*word.languages[:2], "other languages")
    listed = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    if word.kind == "rate behind":
        return f"a rate in {listed}"
    said = _scale(word).removeprefix("× ") if word.kind == "scale" else _hedge(word)
    return f'"{said}" in {listed}'


_PERCENT = Pattern(r"[\d.,]*\d")


def _in_english(word: OtherWord, before: str, behind: str) -> str:
    """The value with its word in English."""
    if word.kind == "percent before":
        return _PERCENT.sub(r"\g<0>%", behind, count=1)
    if word.kind == "percent":
        return f"{before}%{behind}"
    if word.kind == "unit":
        return f"{before} {word.meaning}{behind}"
    if word.kind != "scale":
        return f"{_hedge(word)} {before}{behind}"
    behind = behind.removeprefix(".")  # of a short form
    gap = " " if behind[:1].isalnum() else ""
    return f"{before} {_scale(word)}{gap}{behind}"


def _hedge(word: OtherWord) -> str:
    return {"about, leaning below": "nearly", "exact": "exactly"}.get(word.meaning, word.meaning)


def _scale(word: OtherWord) -> str:
    scales = lexicon.meanings("scale").items()
    few = lexicon.words("scale of few")
    names = {said: name for name, said in scales if name not in few}
    return names.get(word.meaning) or f"× 10^{len(word.meaning) - 1}"
