"""Units in running words: which of the words after a number are its unit."""

from __future__ import annotations

from functools import lru_cache

from factlog import units
from factlog.reading.patterns import Pattern
from factlog.reading.text import Text

# Short words of English that a table of units also knows: "300 are dead", "5 in Kursk".
_FUNCTION_WORDS = (
    "a am an and are as at be but by can did do for had has have he her his if is it men no not "
    "of on or our per she so than that the their them they this to up us was we were who with"
)
_NEVER = frozenset(_FUNCTION_WORDS.split())
# Units only where no noun follows: "300 won", but "300 real people" and "5 gray whales".
_ALSO_ADJECTIVES = frozenset(("real", "gray", "stone", "bar", "won", "mole"))
_NOUN = Pattern(r"\s+[^\W\d]")
_LONGEST_WORDS = 5
_WORD = Pattern(r"\s*(?P<word>[^\s\d,;()\[\]±<>=~≈+\-—][^\s,;()\[\]±<>=~≈+—]*)")
_INCH = Pattern(r"in\.?(?=\s*(?:$|[-–—)\]±+,;]|to\s|and\s+[\d$]|or\s))")
_CUT = Pattern(r"-(?=[\d.+$£€¥₩₹-])|(?<=[^\W\d_])(?=\d)|(?<=['\"])")
_RANGE_ON = Pattern(r"\s*(?P<unit>[^\W\d]+)-\d[\d.,]*\s?(?P=unit)(?!\w)")  # 3 km-4 km
_MODEL = Pattern(r"\s+[A-Z]-?\d")  # F-16, C130
_RATE = Pattern(r"(?:\s*/\s*|\s+(?:an?|per|every|each)\s+)(?P<word>[^\W\d_]+)")
_PRIME = Pattern(r"''|\"|'")
_PC = Pattern(r"pc(?![\w'/^²³])")  # as in British newspapers; "25 pc" may be pieces
_CURRENCY = Pattern(
    r"(?:(?:(?:US|AU|CA|HK|NZ)\s|[A-Z]{1,3}|[A-Z]\.[A-Z]\.)?[$¢-¥֏؋฿៛₠-⃏﷼]|[A-Z]{3}(?![a-zA-Z])"
    r"|[Rr]s\b\.?|Re\b)\s*"
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
    match = _RATE.match(plain, at)
    rate = None if match is None else _found(f"{unit}/{match['word']}")
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
