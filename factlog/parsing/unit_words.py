"""Units in running words: which words after a number are its unit or scale, or the column's."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from factlog import units
from factlog.errors import ReadingError
from factlog.parsing import lexicon
from factlog.parsing.number_words import scaled
from factlog.parsing.numerals import MILLION, OF_MONEY, SHORT, TRILLION, WORDS, Numeral
from factlog.parsing.other_languages import word_behind
from factlog.parsing.text import MONEY_SIGNS, Text, prepare, refusal, signs_of, two_ways
from factlog.patterns import Pattern

# Short words of English that a table of units also knows: "300 are dead", "5 in Kursk".
_NEVER = lexicon.words("function word")
# Units only where no noun follows: "300 won", but "300 real people" and "5 gray whales".
_ALSO_ADJECTIVES = lexicon.words("unit or other word")
_NOUN = Pattern(r"\s+(?!(?:from|of|to|per|or|worth)\b)[^\W\d]")
_LONGEST_WORDS = 5
_WORD = Pattern(r"\s*(?P<word>[^\s\d,;()\[\]±<>=~≈+\-—][^\s,;()\[\]±<>=~≈+—]*)")
_INCH = Pattern(r"in\.?(?=\s*(?:$|[-–—)\]±+,;]|to\s|and\s+[\d$]|or\s))")
_CUT = Pattern(r"-(?=[\d.+$£€¥₩₹-])|(?<=[^\W\d_])(?=\d)|(?<=['\"])")
_RANGE_ON = Pattern(r"\s*(?P<unit>[^\W\d]+)-\d[\d.,]*\s?(?P=unit)(?!\w)")  # 3 km-4 km
_MODEL = Pattern(r"\s+[A-Z]-?\d")  # F-16, C130
_RATE = Pattern(r"(?:\s*/\s*|\s+(?:an?|per|every|each)\s+)(?P<word>[^\W\d_]+)")
_RATE_ADVERB = Pattern(
    rf"\s+(?P<word>{lexicon.either('rate adverb')})"
    r"(?=\s*(?:[.,;:)!]|$)|\s(?:in|by|from|at|for|on|and|to|since|of|over|until|if|when|while)\b)",
    re.IGNORECASE,
)
_EVERY = lexicon.meanings("rate adverb")
_PRIME = Pattern(r"''|\"|'")
_PC = Pattern(r"pc(?![\w'/^²³])")  # as in British newspapers; "25 pc" may be pieces
_CURRENCY = Pattern(
    r"(?:(?:(?:US|AU|CA|HK|NZ)\s|[A-Z]{1,3}|[A-Z]\.[A-Z]\.)?[$¢-¥֏؋฿៛₠-⃏﷼]|[A-Z]{3}(?![a-zA-Z])"
    r"|[Rr]s(?:\b\.?|(?=\d))|Re\b)\s*"
)


def unit_after(text: Text, at: int) -> tuple[str, int] | None:
    """The canonical unit whose words follow here, longest first, and where they end."""
    plain, column = text.plain, text.column
    if at >= len(plain):
        return None
    if column is not None:
        start = at + plain.startswith(" ", at)
        end = start + len(column)
        if plain.startswith(column, start) and not plain[end : end + 1].isalnum():
            return column, end
    found = _in_words(plain[at:])
    return None if found is None else (found[0], at + found[1])


@lru_cache(maxsize=4096)
def _in_words(words: str) -> tuple[str, int] | None:
    start = len(words) - len(words.lstrip())
    if word_behind(words.lower()) is not None:  # "5 au moins" is no astronomical unit
        return None
    if (on := _RANGE_ON.match(words)) is not None:
        words = words[: on.end("unit")]
    ends = _word_ends(words)
    prime = _PRIME.match(words)
    if prime is not None:
        return ("foot" if prime[0] == "'" else "inch"), prime.end()
    if _PC.match(words) is not None:
        return "percent", 2
    inch = _INCH.match(words, start)
    if inch is not None:
        return "inch", inch.end()
    for end in reversed(ends):
        candidate = words[start:end]
        if candidate.lower() in _NEVER or candidate == "in":
            continue
        if candidate in _ALSO_ADJECTIVES and _NOUN.match(words, end):
            continue
        unit = _found(candidate)
        if unit is not None:
            return rate_after(words, end, unit)
    return None


def rate_after(plain: str, at: int, unit: str) -> tuple[str, int]:
    """The unit, or what it comes to with "a barrel", "per day" or "/day" behind it."""
    match = _RATE.match(plain, at) or _RATE_ADVERB.match(plain, at)
    word = match["word"] if match else ""
    rate = None if match is None else _found(f"{unit}/{_EVERY.get(word.lower(), word)}")
    return (unit, at) if match is None or rate is None else (rate, match.end())


def _word_ends(words: str) -> list[int]:
    """Where each of the next few words ends; a hyphen ends a word too."""
    ends: list[int] = []
    end = 0
    for _ in range(_LONGEST_WORDS):
        match = _WORD.match(words, end)
        if match is None:
            break
        word, end = match["word"], match.end()
        cut = _CUT.search(word)
        if cut is not None and not _MODEL.match(words):
            ends.append(match.start("word") + cut.start())
        bare = word.rstrip(".!?:'\"" if len(word) > 1 else "")
        if bare and bare != word:
            ends.append(match.start("word") + len(bare))
        ends.append(end)
    return ends


def is_money(unit: str | None) -> bool:
    """Whether a unit is a currency."""
    return unit is not None and len(unit) == 3 and unit.isalpha() and unit.isupper()


@lru_cache(maxsize=4096)
def _found(candidate: str) -> str | None:
    return units.find(candidate)


def currency_before(plain: str, at: int) -> tuple[str, int] | None:
    """The money whose sign or code stands here, before its number, and where it ends."""
    match = _CURRENCY.match(plain, at)
    if match is None:
        return None
    sign = match[0].replace(" ", "")
    money = _found(sign)
    if money is None or (sign.isalpha() and sign.isupper() and sign not in units.money_signs()):
        return None
    return money, match.end()


THING = Pattern(r"\s+(?!(?:or|and|to|but|plus|at|max|per|an?)\b)[^\W\d]")
_COUNTED = Pattern(rf".*[\s-](?:{lexicon.either('counted', meaning='in thousands')})(?![\w'])")
_HEAT = Pattern(
    r".*[\s-](?:temperatures?|thermal|heat|(?:warm|cool|hot|cold)\w*|background|above|below)"
    r"(?![\w'])"
)
_KILO_RANGE = Pattern(r"\s*(?:-|—|to|and|or|±|\+/-)\s*[^\sa-z]*[\d.,]+\s?k(?![\w'/^²³])")


def kilo(text: Text, end: int) -> tuple[Decimal, int] | None:
    """The thousand of "3 K troops" and where it ends; None for kelvin, as in "300 K" alone."""
    range_on = _KILO_RANGE.match(text.low, end)
    behind = range_on.end() if range_on else end
    if text.column == "K" or THING.match(text.low, behind) is None:
        return None
    if _COUNTED.match(text.low, behind):
        return SHORT["k"], end
    if _HEAT.match(text.low, behind):
        return None
    raise two_ways(text, "K could be thousand or kelvin", end - 2, end, ("k", " kelvin"))


_SHORTS = "|".join(sorted(SHORT, key=len, reverse=True))
_SCALE = Pattern(
    rf"(?:\s*|-)(?P<word>{'|'.join(WORDS)})s?(?![\w'])"
    rf"|\s?(?P<short>{_SHORTS})(?![\w'/^²³])\.?"
    r"|(?P<space>\s?)(?P<letter>mm|m|t)(?![\w'/^²³])"
)
_INITIALS = frozenset("dhtlmcbqk")


def scale_after(
    text: Text, at: int, money: str | None, *, words: bool = True
) -> tuple[Decimal, int] | None:
    """The scale that follows a number, in words (unless those are taken) or as a letter, and
    where it ends.
    """
    low = text.low
    if at >= len(low) or low[at : at + 2].lstrip(" \n-")[:1] not in _INITIALS:
        return None
    match = _SCALE.match(low, at)
    if match is None or (match["word"] and not words):
        return None
    if match["letter"]:
        scale = _letter(text, at, money)
        return None if scale is None else (scale, match.end())
    if match["short"] and not money and text.plain[match.start() : match.end()] == " K":
        return kilo(text, match.end())
    first = WORDS[match["word"]] if match["word"] else SHORT[match["short"]]
    further = scaled(low, Numeral(first, match.end()), first)
    return further.value, further.end


_TALL = Pattern(
    r"\s*-?\s*(?:tall|high|long|wide|deep|away|above|below|thick|across|apart|off|from|north|south"
    r"|east|west|in\s+(?:height|length|width|depth|diameter)|sea|asl|amsl)\b"
)
_PEOPLE = Pattern(rf"\s+(?:{lexicon.either('counted', meaning='in millions')})\b")
_LETTER = Pattern(r"(\s?)(mm|m|t)")
_MILLION_RANGE = Pattern(r"\s*(?:-|—|to|and|or)\s*[^\sa-z]*[\d.,]+\s?m(?![\w'/^²³])")


def _letter(text: Text, at: int, money: str | None) -> Decimal | None:
    """What a letter after a number scales it by, None if it is a unit: m, mm and t are scales
    of money.

    Of other things "37m people" and "37M" are millions, "37 m" and "37 mm" units; a bare
    "37m" could be either, and so could a bare "5T".
    """
    match = _LETTER.match(text.low, at)
    assert match is not None
    spaced, letter = match[1], match[2]
    if money or is_money(text.column):
        return OF_MONEY[letter]
    if letter == "mm":
        return None
    range_on = _MILLION_RANGE.match(text.low, match.end())
    end = range_on.end() if range_on else match.end()
    unit = unit_after(text, end)
    if unit is not None and unit[0].startswith("/"):
        return None  # m s^-2
    if unit is not None and (letter == "m" or is_money(unit[0])):
        return MILLION if letter == "m" else TRILLION
    capital = text.plain[match.end() - 1].isupper()
    if letter == "t":
        return _trillion(text, match.span(2)) if capital and not spaced else None
    return MILLION if capital else _million(text, match.span(2), end, bool(spaced))


def _trillion(text: Text, span: tuple[int, int]) -> Decimal:
    reason = "T could be trillion or tonnes"
    raise two_ways(text, reason, *span, (" trillion", " t"))


def _million(text: Text, span: tuple[int, int], end: int, spaced: bool) -> Decimal | None:
    low = text.low
    if spaced:
        return MILLION if _PEOPLE.match(low, end) else None
    if text.column == "m" or _TALL.match(low, end) or low[end : end + 1].isdigit():
        return None
    if text.column or THING.match(low, end):
        return MILLION
    raise two_ways(text, "m could be million or metres", *span, (" million", " m"))


_SCALE_WORD = Pattern(
    rf"(?:{'|'.join(WORDS)})s?\b|(?:mn|mln|bn|tn|trn|'?000s?)\b|(?<=[{MONEY_SIGNS}])\s?[kmbt]{{1,2}}\b"
    r"|(?<=^[a-z]{3}\s)[kmbt]\b", re.IGNORECASE
)  # fmt: skip


def column_of(text: str, unit: str | None) -> str | None:
    """The unit given beside a value, by its canonical name; None if there is none."""
    if unit is None or not unit.strip():
        return None
    scale = _SCALE_WORD.search(unit)
    if scale is not None:
        problem = f'the unit "{unit}" holds a scale, {scale[0].strip()}'
        remedy = 'write the scale with the number, for example: "1.5 million"'
        raise ReadingError(problem, remedy, text=text, start=0, end=len(text))
    return units.label(unit)


def one_unit(text: Text, span: tuple[int, int], unit: str | None) -> str | None:
    """The unit of a value and of the column beside it, which must be one."""
    column = text.column
    if unit is not None and column is not None and not same(unit, column):
        reason = f"the value is in {unit} and the unit given beside it is {column}"
        raise refusal(text, reason, *span, remedy="give one unit")
    return unit or column


def same(unit: str, other: str) -> bool:
    """Whether two names are of one unit, as km and kilometre are."""
    if unit == other:
        return True
    if not units.comparable(unit, other) or units.offset(unit) or units.offset(other):
        return False
    return units.convert(Decimal(1), unit, other) == 1


_PLACE = Pattern(r"(?<![^\W\d_])(?=[^\s\d])")


@lru_cache(maxsize=4096)
def as_written(said: str, unit: str) -> str | None:
    """The unit as it stands in the words of a value: "m" of "8,848.86 m"; None if none does."""
    text = prepare(said, signs_of(None))
    for place in _PLACE.finditer(text.plain):
        at = place.start()
        before = currency_before(text.plain, at)
        found = before or unit_after(text, at)
        if found is None:
            continue
        rate = found if before else rate_after(text.plain, found[1], found[0])
        for name, end in (found, rate):
            # "$50 a barrel" names its money before the number.
            if same(name, unit) or (before and unit.startswith(f"{name}/")):
                return said[at:end].strip() or None
    return None
