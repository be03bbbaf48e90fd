"""Numbers in digits: separators, decimals, exponents, fractions, 878.4(5), and their scales."""

from __future__ import annotations

import re
import unicodedata
from decimal import Context, Decimal
from functools import cache
from typing import NamedTuple

from factlog.parsing import lexicon
from factlog.parsing.other_languages import value_in_english
from factlog.parsing.text import NumberSigns, Text, refusal, refuse_season, short, two_ways
from factlog.patterns import Pattern

# Stated digits must survive: a number of 100 digits times a scale is still exact.
# Numbers that follow one another, each times its scale: "2 million 300".
Steps = tuple[tuple[Decimal, Decimal], ...]
EXACT = Context(prec=1000, Emax=99999, Emin=-99999)
ONE = Decimal(1)


def _scales(kind: str) -> dict[str, Decimal]:
    return {word: Decimal(scale) for word, scale in lexicon.meanings(kind).items()}


# Words that may follow digits with or without a space, and each other ("lakh crore").
WORDS = _scales("scale")
# Short forms that are nothing else.
SHORT = _scales("short scale")
# Letters that are a scale of money; of anything else they may be a unit.
OF_MONEY = _scales("scale of money")
MILLION = Decimal(10**6)
TRILLION = Decimal(10**12)


def times(number: Decimal, scale: Decimal) -> Decimal:
    """Multiply exactly, writing a whole result without an exponent: 1.2 million is 1200000."""
    product = EXACT.multiply(number, scale)
    return whole(product)


def whole(number: Decimal) -> Decimal:
    """Drop the zeros a scale leaves after the point, and an exponent above zero."""
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    if exponent and number == EXACT.to_integral_value(number):
        return EXACT.quantize(number, ONE)
    return number


LONGEST = 100
LARGEST_EXPONENT = 300


class Numeral(NamedTuple):
    """A number in digits or words and where it ends; `spread` is the 0.5 of 878.4(5).

    `steps` are the ways to see it as a coefficient and a scale: "three hundred thousand"
    is 3 × 100000 and 300 × 1000; empty when it is no such product.
    """

    value: Decimal
    end: int
    spread: Decimal | None = None
    steps: Steps = ()


@cache
def _pattern(signs: NumberSigns) -> Pattern:
    point = re.escape(signs.decimal)
    by = re.escape(signs.group) + "_' "
    indian = r"|\d{1,2}(?:,\d{2})+,\d{3}(?!,?\d)" if signs.group == "," else ""
    return Pattern(
        rf"""
        (?P<whole>
            \d{{1,3}}(?P<by>[{by}])\d{{3}}(?:(?P=by)\d{{3}})*(?!(?P=by)?\d)   # 1,234,567
            {indian}                                                          # 12,34,567
            |\d+
        )?
        (?P<decimals>
            {point}\d{{3}}(?:[ ]\d{{3}})*[ ]\d{{1,4}}(?=[ ]?\(\d{{1,3}}\))       # 6.674 30(15)
            |{point}\d+
        )?
        (?:(?(decimals)(?:[ ](?=\(\d\d?\)))?)                                # 878.4 (5)
            \((?P<spread>\d+(?:{point}\d+)?)\))?                             # 878.4(5)
        (?:e(?P<exponent>[+-]?\d+)(?!\w))?
        """,
        re.VERBOSE | re.ASCII,
    )


def read_numeral(text: Text, at: int) -> Numeral | None:
    """Read the number in digits that begins here, if one does."""
    low = text.low
    match = _pattern(text.signs).match(low, at)
    assert match is not None  # every part is optional
    digits, _by, decimals, given_spread, exponent = match.groups()
    if digits is None and decimals is None:
        return _vulgar(text, at)
    end = match.end()
    if end - at > LONGEST and sum(map(str.isdecimal, (digits or "") + (decimals or ""))) > LONGEST:
        raise refusal(text, f"a number may not have more than {LONGEST} digits", at, end)
    if decimals or low[end : end + 1] in _GLUE or digits[0] == "0":
        _refuse_malformed(text, match)
    value = _value(digits or "", decimals)
    spread = None if given_spread is None else _spread(given_spread, value, text.signs)
    if exponent:
        span = match.span("exponent")
        value = _raised(text, value, exponent, span)
        spread = None if spread is None else _raised(text, spread, exponent, span)
    numeral = Numeral(value, end, spread)
    return _continued(text, at, numeral) if low[end : end + 2].strip()[:1] in _GOES_ON else numeral


# Signs that go on with a number, or should not stand behind one.
_GLUE = frozenset(",._'")
_GOES_ON = frozenset("x×·*^/-0123456789⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒↉⅟")


def _value(digits: str, decimals: str | None) -> Decimal:
    if not digits.isdecimal():
        digits = "".join(filter(str.isdecimal, digits))
    return Decimal(f"{digits}.{decimals[1:].replace(' ', '')}" if decimals else digits)


def _spread(given: str, value: Decimal, signs: NumberSigns) -> Decimal:
    """In 878.4(5) the 5 counts units of the last digit; 878.4(0.5) says the same."""
    if signs.decimal in given:
        return Decimal(given.replace(signs.decimal, "."))
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(given).scaleb(exponent, EXACT)


def _raised(text: Text, value: Decimal, exponent: str, span: tuple[int, int]) -> Decimal:
    """The value times a power of ten, which has its bounds before anything is computed."""
    power = int(exponent) if len(exponent) <= 5 else LARGEST_EXPONENT + 1
    if not -LARGEST_EXPONENT <= power <= LARGEST_EXPONENT:
        reason = f"an exponent may not go beyond {LARGEST_EXPONENT}"
        raise refusal(text, reason, *span, remedy='write for example: 1.5e6 or "1.5 million"')
    return within_bounds(text, whole(value.scaleb(power, EXACT)), *span)


def within_bounds(text: Text, number: Decimal, start: int, end: int) -> Decimal:
    """The number itself, unless it is too large, too small or too long to be written again."""
    if number and abs(number.adjusted()) > LARGEST_EXPONENT:
        reason = f"a number may not go beyond {LARGEST_EXPONENT} places"
        raise refusal(text, reason, start, end)
    if len(number.normalize(EXACT).as_tuple().digits) > LONGEST:
        raise refusal(text, f"a number may not have more than {LONGEST} digits", start, end)
    return number


_NEXT_IN_LIST = Pattern(r",\d+\.\d", re.ASCII)  # 2.5,3.5 are two ends in a bracket
_GLUED_DIGITS = Pattern(r"[.,_]\d|'\d{3}(?![\d\"'])", re.ASCII)


def _refuse_malformed(text: Text, match: re.Match[str]) -> None:
    """Refuse 1,2,3 and 1.2.3, leading zeros before a group, and 1.000, which is two things."""
    start, end = match.span()
    grouped, decimals = match["by"], match["decimals"]
    low, signs = text.low, text.signs
    if _GLUED_DIGITS.match(low, end) and not (decimals and _NEXT_IN_LIST.match(low, end)):
        tail = end + 1
        while tail < len(low) and (low[tail].isdigit() or low[tail] in ",._'"):
            tail += 1
        raise _bad_signs(text, start, tail)
    if grouped and match["whole"].startswith("0"):
        number = match[0]
        ways = (number.replace(grouped, "."), number.replace(grouped, "").lstrip("0"))
        raise two_ways(text, f"{number} is not how thousands are written", start, end, ways)
    if decimals and not signs.stated and len(decimals) == 4 and decimals[-1] == "0":
        _refuse_thousands(text, match)


def _bad_signs(text: Text, start: int, end: int) -> Exception:
    number, signs = text.given[start:end], text.signs
    shown = short(number)
    if signs.stated:
        sign, example = ("point", "4.5") if signs.decimal == "." else ("comma", "4,5")
        reason = f"{shown} does not fit the locale, which writes decimals with a {sign}"
        return refusal(text, reason, start, end, remedy=f"write for example: {example}")
    if number.count(",") == 1 and "." not in number:
        reason = "a comma groups thousands, three digits at a time"
        before = text.given[:start] + number.replace(",", ".")
        value = value_in_english(before, text.given[end:])
        remedy = f"write {value}, or say how decimals are written: --locale de_DE"
    elif "," in number and "." in number:
        reason = f"{shown} mixes points and commas"
        remedy = "write for example 1,234.5, or say how decimals are written: --locale de_DE"
    else:
        reason = f"{shown} is not one number"
        remedy = 'write one number, for example: 1,234,567 or "1 to 3"'
    return refusal(text, reason, start, end, remedy=remedy)


def _refuse_thousands(text: Text, match: re.Match[str]) -> None:
    """A point before three digits, the last a zero, may group thousands as in German."""
    digits = match["whole"] or ""
    plain = not digits or len(digits) > 3 or digits[0] == "0" or match["by"] is not None
    if plain or match["spread"] or match["exponent"] or point_is_decimal(text, match.span()):
        return
    start, end = match.span("whole")[0], match.end()
    raise two_ways(
        text,
        f"{match[0]} could be {as_decimal(match[0])} or {match[0].replace('.', '')}",
        start,
        end,
        (as_decimal(match[0]), match[0].replace(".", "")),
    )


def as_decimal(number: str) -> str:
    """Write 1.500 so that its point can only be a decimal one: 1.5; 1.234 becomes 1.2340."""
    if number.endswith("0"):
        return number.rstrip("0").rstrip(".")
    return number + "0"


_ENGLISH_SIGNS = Pattern(r"\d,\d{3}|(?<![\d.])(?:0?|\d{4,})\.\d|\.\d{1,2}(?!\d)|\.\d{4}", re.ASCII)


def point_is_decimal(text: Text, but: tuple[int, int]) -> bool:
    """Whether another number of the text shows that its points are decimal ones."""
    return any(
        match.end() <= but[0] or match.start() >= but[1]
        for match in _ENGLISH_SIGNS.finditer(text.low)
    )


_TIMES_TEN = Pattern(
    r"\s*[x×·*]\s*10(?:\s?\^\s?\(?([+-]?\d{1,6})\)?|([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,6}))(?![\w^*])"
)
_POWER = Pattern(r"(?:\^\(?([+-]?\d{1,6})\)?|([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,6}))(?![\w^*])")
_SUPERSCRIPTS = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789")
_MIXED = Pattern(r"(?:\s+|-)(\d{1,6})/(\d{1,6})(?![\w/])", re.ASCII)
_OVER = Pattern(r"\s?/\s?(\d{1,12})(?![\w/]|[.,]\d)", re.ASCII)


def _continued(text: Text, at: int, numeral: Numeral) -> Numeral:
    """Take in what may follow digits: ×10^6, ½, 1/2, /3."""
    low, end = text.low, numeral.end
    follows = low[end : end + 2].strip()
    if follows[0] in "x×·*^⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹":
        return _power_of_ten(text, at, numeral)
    if numeral.spread is not None or numeral.value != EXACT.to_integral_value(numeral.value):
        return numeral
    if follows[0] == "/":
        return _fraction(text, _OVER.match(low, end), at, numeral)
    if follows[0].isdigit() or follows[0] == "-":
        return _mixed(text, numeral)
    part = _vulgar(text, end + (low[end] == " "))
    if part is None:
        return numeral
    return Numeral(EXACT.add(numeral.value, part.value), part.end)


def _power_of_ten(text: Text, at: int, numeral: Numeral) -> Numeral:
    after = power_after(text, numeral.end)
    if after is not None:
        scale, end = after
        spread = None if numeral.spread is None else times(numeral.spread, scale)
        value = within_bounds(text, times(numeral.value, scale), at, end)
        return Numeral(value, end, spread, ((numeral.value, scale),))
    match = _POWER.match(text.low, numeral.end)
    if match is None or text.low[at : numeral.end] != "10":
        return numeral
    return Numeral(_power(text, match), match.end())


def power_after(text: Text, at: int) -> tuple[Decimal, int] | None:
    """The power of ten that follows a number or a bracket: "(3.0 ± 0.5) × 10^6"."""
    match = _TIMES_TEN.match(text.low, at)
    return None if match is None else (_power(text, match), match.end())


def _power(text: Text, match: re.Match[str]) -> Decimal:
    power = match[1] or match[2].translate(_SUPERSCRIPTS)
    return _raised(text, Decimal(1), power, match.span())


def _fraction(text: Text, match: re.Match[str] | None, at: int, numeral: Numeral) -> Numeral:
    if match is None:
        return numeral
    refuse_season(text, at, match.end())
    if not int(match[1]):
        raise refusal(text, "nothing can be divided by zero", at, match.end())
    return Numeral(divided(numeral.value, Decimal(match[1])), match.end())


def _mixed(text: Text, numeral: Numeral) -> Numeral:
    """1 1/2 and 1-1/2 are one and a half."""
    match = _MIXED.match(text.low, numeral.end)
    if match is None or int(match[1]) >= int(match[2]):
        return numeral
    part = divided(Decimal(match[1]), Decimal(match[2]))
    return Numeral(EXACT.add(numeral.value, part), match.end())


def _vulgar(text: Text, at: int) -> Numeral | None:
    """½, ⅔ and their kind."""
    if at >= len(text.low) or "/" not in _decomposed(text.low[at]):
        return None
    over, _, under = _decomposed(text.low[at]).partition("/")
    if not over or not under or not int(under):
        return None
    if at + 1 < len(text.low) and (text.low[at + 1].isnumeric() or text.low[at + 1] == "/"):
        raise refusal(text, "two numbers stand side by side", at, at + 2)
    return Numeral(divided(Decimal(over), Decimal(under)), at + 1)


def _decomposed(character: str) -> str:
    if character < "\x80":
        return ""
    return unicodedata.normalize("NFKC", character).replace("\u2044", "/")


_ROUNDED = Context(prec=28)


def divided(over: Decimal, under: Decimal) -> Decimal:
    """Divide exactly where the result is a finite decimal, else to 28 digits."""
    bare = int(under)
    for factor in (2, 5):
        while bare and bare % factor == 0:
            bare //= factor
    finite = bare == 1 or over % bare == 0
    return (EXACT if finite else _ROUNDED).divide(over, under)
