"""Numbers in words: "two thousand seven hundred"; and vague ones: "dozens", "a few hundred"."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from factlog.parsing import lexicon
from factlog.parsing.numerals import EXACT, WORDS, Numeral, divided, times
from factlog.patterns import Pattern
from factlog.values import dataclass

_NUMBERS = {word: int(number) for word, number in lexicon.meanings("number word").items()}
SMALL: dict[str, int] = {word: number for word, number in _NUMBERS.items() if number < 20}
TENS: dict[str, int] = {word: number for word, number in _NUMBERS.items() if number >= 20}
ONE_WORD = "|".join([*SMALL, *TENS])  # a pattern for a number that is one word: seven, ninety
MULTIPLIERS: dict[str, int] = {word: int(scale) for word, scale in WORDS.items()} | {
    word: int(scale) for word, scale in lexicon.meanings("scale after words").items()
}
_PARTS = {word: int(parts) for word, parts in lexicon.meanings("part").items()}

_WORD = Pattern(r"([a-z]+)(?![\w'])")
_BETWEEN_WORDS = Pattern(r"(?:\s+|\s?-\s?)(?:(and)(?:\s+|-))?")


@dataclass(slots=True)
class _Sum:
    """A number in words as far as it has been heard."""

    total: int = 0
    group: int = 0
    room: int | None = None  # what may still be added must be below this; None at the start
    last_scale: int | None = None
    heard: str = ""
    added: bool = False  # something was added after a multiplier
    first: int | None = None

    @property
    def value(self) -> int:
        return self.total + self.group


def read_words(low: str, at: int) -> Numeral | None:
    """Read the number in words that begins here, if one does."""
    fraction = _part(low, at, None)
    if fraction is not None:
        return fraction
    heard, end = _Sum(), at
    word = _WORD.match(low, at)
    if word is not None and word[1] in ("a", "an"):
        word = _WORD.match(low, word.end() + 1)
        if word is None or word[1] not in MULTIPLIERS:
            return None
    steps: list[tuple[int, int]] = []
    while word is not None and _hear(heard, word[1], steps):
        end = word.end()
        joint = _BETWEEN_WORDS.match(low, end)
        if joint is None or (
            joint[1] and (heard.heard not in MULTIPLIERS or heard.heard == "dozen")
        ):
            break
        word = _WORD.match(low, joint.end())
        if word is not None and joint[1] and word[1] in MULTIPLIERS:
            break
    if not heard.heard:
        return None
    value = Decimal(heard.value)
    shares = () if heard.added else tuple((Decimal(c), value / c) for c, _ in steps if c)
    return _extended(low, Numeral(value, end, steps=shares))


def _hear(heard: _Sum, word: str, steps: list[tuple[int, int]]) -> bool:
    """Take one more word into the number; False if it cannot be part of it."""
    if word in MULTIPLIERS:
        return _multiply(heard, word, steps)
    number = SMALL.get(word, TENS.get(word))
    if number is None or (heard.room is not None and not 0 < number < heard.room):
        return False
    heard.added = heard.heard in MULTIPLIERS or heard.added
    heard.group += number
    heard.room = 10 if word in TENS else 0
    heard.heard = word
    return True


def _multiply(heard: _Sum, word: str, steps: list[tuple[int, int]]) -> bool:
    scale = MULTIPLIERS[word]
    if heard.heard == "zero" or heard.heard == "dozen":
        return False
    fresh = heard.room is None
    if scale <= 100:
        return _hundreds(heard, word, scale, steps)
    if not fresh and heard.group == 0:  # "two thousand million"
        if heard.last_scale is None or scale < heard.last_scale:
            return False
        steps.append((heard.total, scale))
        heard.total *= scale
        heard.last_scale, heard.heard = None, word
        return True
    if heard.last_scale is not None and scale >= heard.last_scale:
        return False
    steps.append((heard.group or 1, scale))
    heard.total += (heard.group or 1) * scale
    heard.group, heard.room, heard.last_scale, heard.heard = 0, scale, scale, word
    return True


def _hundreds(heard: _Sum, word: str, scale: int, steps: list[tuple[int, int]]) -> bool:
    if heard.group >= 100 or (heard.group == 0 and heard.room is not None):
        return False
    group = (heard.group or 1) * scale
    if heard.last_scale is not None and group >= heard.last_scale:
        return False
    steps.append((heard.group or 1, scale))
    heard.group = group
    heard.room, heard.heard = (0 if word == "dozen" else scale), word
    return True


_POINT = Pattern(rf"\s+point((?:[\s-]+(?:oh|{'|'.join(list(SMALL)[:10])}))+)\b")
_AND_PART = Pattern(
    rf"(?:\s+|-)and(?:\s+|-)(an?|{'|'.join(SMALL)})(?:\s+|-)({'|'.join(_PARTS)})s?(?![\w'])"
)
_NO_SCALE = Decimal(0)
_SCALE_AFTER = Pattern(rf"(?:\s+|-)({'|'.join(WORDS)})(?![\w'])")
_PART_OF = Pattern(
    rf"(?:\s+|-)(?:of\s+)?(?:(?:an?|one)(?:\s+|-))?({'|'.join(MULTIPLIERS)})(?![\w'])"
)
_PART = Pattern(rf"(an?\s+)?({'|'.join(_PARTS)})(?![\w'])")
_PARTS_AFTER = Pattern(rf"(?:\s+|-)({'|'.join(_PARTS)})s?(?![\w'])")


def _extended(low: str, number: Numeral) -> Numeral:
    """Add what may follow: "point five", "and a half", "thirds", and a scale after those."""
    point = _POINT.match(low, number.end)
    if point is not None:
        digits = "".join(str(SMALL.get(d, 0)) for d in re.split(r"[\s-]+", point[1].strip(" -")))
        return scaled(low, Numeral(number.value + Decimal("0." + digits), point.end()))
    if number.value < 100 and not number.steps:
        fraction = _part(low, number.end, number.value)
        if fraction is not None:
            return fraction
    return with_part(low, number)


def with_part(low: str, number: Numeral) -> Numeral:
    """Add "and a half": of one, or of the million in "a million and a half"."""
    match = _AND_PART.match(low, number.end)
    if match is None:
        return number
    one = number.steps[-1][1] if number.steps else Decimal(1)
    if number.steps and one < 1000:
        return number
    over, under = SMALL.get(match[1], 1), _PARTS[match[2]]
    if not 0 < over < under:
        return number
    share = divided(Decimal(over), Decimal(under))
    value = EXACT.add(number.value, EXACT.multiply(share, one))
    if number.steps:
        return Numeral(times(value, Decimal(1)), match.end())
    return scaled(low, Numeral(value, match.end()))


def scaled(low: str, number: Numeral, last: Decimal = _NO_SCALE) -> Numeral:
    """Multiply by the scales that follow in words, each as large as the one before or larger.

    `last` is the scale that was heard before: nobody says "million thousand", or three in a row
    unless the first is a dozen or a hundred.
    """
    first, scale, end = number.value, Decimal(1), number.end
    more = 1 if last >= 1000 else 2
    while more and (match := _SCALE_AFTER.match(low, end)) is not None:
        if WORDS[match[1]] < last:
            break
        last = WORDS[match[1]]
        scale, end = EXACT.multiply(scale, last), match.end()
        more -= last >= 1000
    if end == number.end:
        return number
    return Numeral(times(first, scale), end, steps=((first, scale),))


def _part(low: str, at: int, count: Decimal | None) -> Numeral | None:
    """Read "half", "a third"; after a count, "thirds" of "two-thirds"; then "of a million"."""
    match = (_PART if count is None else _PARTS_AFTER).match(low, at)
    if match is None:
        return None
    name = match[2] if count is None else match[1]
    if count is None and not match[1] and name not in ("half", "quarter"):
        return None  # "third" alone is an ordinal
    parts = Decimal(_PARTS[name])
    count = count or Decimal(1)
    share, end = divided(count, parts), match.end()
    scale = _PART_OF.match(low, end)
    if scale is None:
        return Numeral(share, end)
    times_one = Decimal(MULTIPLIERS[scale[1]])
    one = scaled(low, Numeral(times_one, scale.end()), times_one)
    value = divided(EXACT.multiply(count, one.value), parts)
    return Numeral(value, one.end, steps=((share, one.value),))


def of_a_scale(low: str, value: Decimal, at: int) -> tuple[Decimal, int] | None:
    """The million of "1/3 of a million", and where it ends."""
    match = _PART_OF.match(low, at) if 0 < value < 1 else None
    if match is None or "of" not in match[0].split():
        return None
    return Decimal(MULTIPLIERS[match[1]]), match.end()


def _ends(kind: str) -> dict[str, tuple[int, int]]:
    ends = ((word, said.split()) for word, said in lexicon.meanings(kind).items())
    return {word: (int(least), int(most)) for word, (least, most) in ends}


# "a few" of something: how many, at least and at most.
COUNTS = _ends("vague word")
# Plurals that stand alone: the least, and the next larger step that is not reached.
PLURALS = _ends("vague plural")


class Vague(NamedTuple):
    """The ends a vague word stands for, and where it ends in the text."""

    low: Decimal
    high: Decimal
    end: int


_SCALE = "|".join(WORDS)
_PLURAL = "|".join(PLURALS)
_LARGE = "|".join(name for name, (least, _) in PLURALS.items() if least >= 2000)
_VAGUE = Pattern(
    rf"""
    (?:(?:an?|some)\s+(?P<count>few|couple|handful)|(?P<bare>several|couple|handful
        |few(?=(?:\s+|-)(?:{_SCALE})s?\b)))
        (?P<tens>(?:\s+of)?\s+tens?(?:\s+of)?\b)?
        (?P<scales>(?:(?:\s+of)?(?:\s+|-)(?:{_SCALE})s?\b)*)(?![\w'])
    |(?:many\s+|in(?:to)?\s+the\s+)?(?P<plural>{_PLURAL})(?:\s+(?:and|upon|on)\s+(?P=plural))?
        (?:\s+of\s+(?P<of>{_LARGE}))?(?![\w'])
    """,
    re.VERBOSE,
)
_SCALES = Pattern(_SCALE)


def read_vague(low: str, at: int) -> Vague | None:
    """Read the vague word or phrase that begins here, if one does."""
    match = _VAGUE.match(low, at)
    if match is None:
        return None
    if match["plural"]:
        least, reach = PLURALS[match["plural"]]
        scale = PLURALS[match["of"]][0] // 2 if match["of"] else 1
        return Vague(Decimal(least * scale), Decimal(reach * scale - 1), match.end())
    least, most = COUNTS[match["count"] or match["bare"]]
    scale = 10 if match["tens"] else 1
    for word in _SCALES.finditer(match["scales"]):
        scale *= int(WORDS[word[0]])
    return Vague(Decimal(least * scale), Decimal(most * scale), match.end())


def say_vague(low: Decimal, high: Decimal) -> str | None:
    """The words that stand for these ends, or None if there are none."""
    least, most = int(low), int(high)
    said = _plurals().get((least, most)) or _counted(least, most)
    if said is not None:
        return said
    first = next((words for (end, _), words in _plurals().items() if end == least), None)
    last = next((words for (_, end), words in _plurals().items() if end == most), None)
    first = first or _one_end(least, 0)
    last = last or _one_end(most, 1)
    return f"{first} to {last}" if first and last else None


@cache
def _plurals() -> dict[tuple[int, int], str]:
    """Each pair of ends that a plural stands for, alone or of another; plainest words first."""
    words = {(least, reach - 1): name for name, (least, reach) in reversed(PLURALS.items())}
    for name, (least, reach) in PLURALS.items():
        for of in _LARGE.split("|"):
            scale = PLURALS[of][0] // 2
            words.setdefault((least * scale, reach * scale - 1), f"{name} of {of}")
    return words


def _counted(least: int, most: int) -> str | None:
    """A vague count of a scale: "several hundred"."""
    for name, (few, many) in COUNTS.items():
        scale, rest = divmod(least, few)
        words = None if rest or scale * many != most else _scale_in_words(scale)
        if words is not None:
            return f"{'' if name == 'several' else 'a '}{name} {words}".strip()
    return None


def _one_end(end: int, side: int) -> str | None:
    """A vague count with this end, the lower (side 0) or the upper one (side 1)."""
    for ends in COUNTS.values():
        scale, rest = divmod(end, ends[side])
        if not rest and (said := _counted(ends[0] * scale, ends[1] * scale)) is not None:
            return said
    return None


_OF_FEW = lexicon.words("scale of few")  # read, but not said to everyone
_LARGEST_FIRST = [word for word in reversed(WORDS) if word not in _OF_FEW]


def _scale_in_words(scale: int) -> str | None:
    """A scale as a product of words, such as "hundred thousand" or "tens of thousands"."""
    words: list[str] = []
    for word in _LARGEST_FIRST:
        while scale and scale % int(WORDS[word]) == 0:
            scale //= int(WORDS[word])
            words.insert(0, word)
    if scale == 10:
        return f"tens of {' '.join(words)}s" if words else "tens"
    return " ".join(words) if scale == 1 else None
