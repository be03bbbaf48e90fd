"""The one place that words a number, a date, a unit or a share, for sentences and tables alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Context, Decimal
from functools import lru_cache

from factlog import dates
from factlog.claim import Claim, Estimate, Period
from factlog.errors import FactlogError
from factlog.findings import Side
from factlog.patterns import Pattern
from factlog.policy import EXACT, Interval

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.answers import CopyGroup

# Beyond this many digits a number that came out of a conversion is rounded for people.
_MOST_DIGITS = 15
_ROUNDED = Context(prec=7)
_WIDE = Context(prec=1000, Emax=99999, Emin=-99999)


def plain(number: Decimal) -> str:
    """Every digit of a number, as 3000 or 0.25: no exponent, no separators, nothing rounded."""
    return _trimmed(format(number, "f"))


def number(value: Decimal, unit: str | None = None) -> str:
    """A number as a person reads it, with its unit: 3,000, 8,848.86 m.

    What has more than 15 digits and a fraction is rounded to 7, or to a whole number; what
    is too long to take in is written 1.5 × 10²⁷.
    """
    if 0 <= value.adjusted() < 15 and value == (whole := int(value)):
        return f"{whole:,} {sign(unit)}" if unit else f"{whole:,}"
    value = value.normalize(_WIDE)
    most = len(value.as_tuple().digits) > _MOST_DIGITS
    if value.adjusted() > 20 or value.adjusted() < -6:
        digits = scientific((_ROUNDED.plus(value) if most else value).normalize(_WIDE))
    else:
        if most and value != value.to_integral_value():
            places = max(0, _ROUNDED.prec - 1 - value.adjusted())
            value = value.quantize(Decimal(1).scaleb(-places), context=_WIDE)
        digits = _trimmed(format(value, ",f"))
    return f"{digits} {sign(unit)}" if unit else digits


def counted(how_many: int, one: str, many: str) -> str:
    """A count in words: `one` for a single thing, else `many` with the number in it."""
    return one if how_many == 1 else many.format(f"{how_many:,}")


def ratio(times: Decimal) -> str:
    """How many times as large: 1.33, 12.5, 1,234; more digits where it is barely more than 1."""
    if times >= 100:
        return f"{times:,.0f}"
    if times >= 10:
        return _trimmed(f"{times:.1f}")
    if times != 1 and times < Decimal("1.005"):
        return _trimmed(format(1 + Context(prec=1).plus(times - 1), "f"))
    return _trimmed(f"{times:.2f}")


def _trimmed(text: str) -> str:
    """Without zeros that stand at the end of a fraction; zero has no sign."""
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def scientific(value: Decimal) -> str:
    """Every digit of a number, its power of ten apart: 1.50 × 10⁻⁷."""
    digits, _, exponent = f"{value:e}".partition("e")
    return f"{digits} × 10{raised(exponent)}" if value else "0"


def percent(share: Decimal) -> str:
    """A share as a percentage: 0.142857 is 14.3%, one digit more where it is small."""
    return _percentage(share, ROUND_HALF_EVEN)


def threshold(share: Decimal) -> str:
    """The least share that will do as a percentage, rounded up: 0.0625 is 6.3%."""
    return _percentage(share, ROUND_CEILING)


def least(share: Decimal) -> str:
    """The same in a sentence: "6.3% or more", and "more than 99.9%" for what is not quite all."""
    told = threshold(share)
    return f"more than {told[1:]}" if told.startswith(">") else f"{told} or more"


def _percentage(share: Decimal, rounding: str) -> str:
    if 0 < share < 1 and share * 100 > Decimal("99.95"):
        return ">99.9%"
    hundredths = EXACT.multiply(share, Decimal(100))
    if abs(hundredths) >= 1:
        text = f"{hundredths.quantize(Decimal('0.1'), rounding, EXACT):,f}"
    else:
        text = format(Context(prec=2, rounding=rounding).plus(hundredths), "f")
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}%"


_POWERS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+")
_TYPED_POWER = Pattern(r"(?:\^|\*\*)([+-]?\d+)")  # m^3, s**-1
_TYPED_SCALE = Pattern(r"^1e([+-]?\d+) ")  # 1e-11 m^3
_TIMES = "× "
_STATED = 3  # digits of an error: with more it was worked out
_LONGEST_SIGN = 4  # USD/barrel/day is read better with its slashes than with powers
_RAISED = Pattern(r"(?<=[^\W\d_])-?[1-9](?!\w)")


def raised(power: int | str) -> str:
    """A power as it is written: ⁻¹¹."""
    return str(power).translate(_POWERS)


def with_powers(text: str) -> str:
    """Words in which typed powers are written as powers: m³ for m^3."""
    return _TYPED_POWER.sub(lambda power: raised(power[1]), text)


_LARGE = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))


# From here on digits are written in words where they are compared.
BILLION = 10**9


def scaled(value: Decimal, least: int = 10**6) -> str:
    """A number, in millions, billions or trillions from `least` on where three decimals do.

    >>> scaled(Decimal(1700000000000)), scaled(Decimal(1234567)), scaled(Decimal(4700000), 10**9)
    ('1.7 trillion', '1,234,567', '4,700,000')
    """
    for size, word in _LARGE:
        share = value / size
        even = 1 <= abs(share) < 10**6 and share == share.quantize(Decimal("0.001"))
        if size >= least and even:
            return f"{number(share)} {word}"
    return number(value)


def shortened(said: str, value: Decimal) -> str:
    """Digits as any such number is written, where none is lost: 2 billion, 1.5 × 10²⁷."""
    value = value.normalize(_WIDE)
    lossless = len(value.as_tuple().digits) <= _MOST_DIGITS and grouped(said) == f"{value:,f}"
    return scaled(value, BILLION) if lossless else said


def sigmas(count: float, errors: str = "sigma") -> str:
    """How far apart two measurements are: 4.2 sigma."""
    return f"{count:.1f} {errors}"


def weight(share: float) -> str:
    """How much of a combined figure one figure is: 12.3%."""
    return f"{share:.1%}"


def statistic(value: float | Decimal, places: int = 2) -> str:
    """A number of the working, such as Q, I² or a scale factor: 12.35."""
    return f"{value:.{places}f}"


def variance(value: float | Decimal) -> str:
    """How far figures scatter beyond their errors, squared, to four digits: 0.01234."""
    return f"{float(value):.4g}"


def chance(p: float | Decimal) -> str:
    """How likely figures would be to lie as far apart by chance: 0.0321, below 0.0001."""
    return statistic(p, 4) if p >= 0.0001 else "below 0.0001"


def pull(count: float) -> str:
    """How many sigmas a figure lies above or below the combined one: +1.2, -0.4."""
    return f"{count:+.1f}".replace("-0.0", "+0.0")


@lru_cache(maxsize=1024)
def sign(unit: str) -> str:
    """The unit as people write it; words that are no unit known stay as they are.

    A power of ten that a unit was given with multiplies what stands before it.

    >>> sign("degC"), sign("km2"), sign("m3/kg/s2"), sign("tonne CO2")
    ('°C', 'km²', 'm³ kg⁻¹ s⁻²', 'tonne CO2')
    >>> sign("1e-11 m^3 kg^-1 s^-2"), sign("hbar s**-1")
    ('× 10⁻¹¹ m³ kg⁻¹ s⁻²', 'ħ s⁻¹')
    """
    unit = unit.replace("deg", "°") if unit.startswith(("degC", "degF")) else unit
    if "^" in unit or "**" in unit:
        unit = with_powers(unit).replace("hbar", "ħ")
        return _TYPED_SCALE.sub(lambda scale: f"{_TIMES}10{raised(scale[1])} ", unit)
    if not (unit.count("/") > 1 or _RAISED.search(unit)):
        return unit
    from factlog import units  # only where a unit has powers

    if units.find(unit) != unit:
        return unit
    over, *under = unit.split("/")
    if len(under) > 1 and max(map(len, re.split("[/·]", unit))) <= _LONGEST_SIGN:
        down = [_inverse(part) for side in under for part in side.split("·")]
        unit = " ".join([*over.split("·"), *down]).strip()
    return _RAISED.sub(lambda power: power[0].translate(_POWERS), unit)


def _inverse(part: str) -> str:
    """What divides, as a negative power: kg is kg-1, s2 is s-2."""
    return f"{part[:-1]}-{part[-1]}" if part[-1].isdigit() else f"{part}-1"


def even_arms(said: str) -> str:
    """Words in which arms of one length are written once.

    >>> even_arms("880.2 +1.2 -1.2"), even_arms("870 +2.5 -3.1")
    ('880.2 ± 1.2', '870 +2.5 -3.1')
    """
    return re.sub(r"\+(\d\S*) [-−]\1(?!\S)", r"± \1", said) if " +" in said else said


def iso(period: Period | None) -> str | None:
    """A date for programs: 2025-01-13, 2025-01, ../2025-01-13, 2025-01~."""
    if period is None:
        return None
    if period.said.endswith("~"):
        return _about(period)
    first = period.first
    return first.isoformat() if first and first == period.last else _spelled(period)


def day(period: Period) -> str:
    """A date for people: 2025-01-13, "by 2025-01-12", "2025-01-10 to 2025-01-13"."""
    text = iso(period) or ""
    if text.endswith("~"):
        return f"about {text[:-1]}"
    first, _, last = text.partition("/")
    if not last:
        return first
    if first == "..":
        return f"by {last}"
    return f"from {first}" if last == ".." else f"{first} to {last}"


def when(period: Period | None) -> str:
    """The same in a sentence: "on 2025-01-13", "by 2025-01-12", "in 2025-01"."""
    if period is None:
        return "date unknown"
    if period.first is None and period.last is None:
        return "at a date left open"
    if period.first is None:
        return f"by {period.last}"
    if period.last is None:
        return f"from {period.first} on"
    if period.first == period.last:
        return f"on {period.first}"
    words = _spelled(period)
    return f"between {period.first} and {period.last}" if "/" in words else f"in {words}"


@lru_cache(maxsize=4096)
def given(period: Period) -> str:
    """A date as it was given, if that alone reads back to the same days; else spelled out."""
    try:
        if dates.parse(period.said).days == period.days:
            return period.said
    except FactlogError:
        pass
    return dates.spell(period)


@lru_cache(maxsize=4096)
def _about(period: Period) -> str:
    """A date that is only about so; the days it was widened to, if its words need a format."""
    try:
        return f"{dates.spell(dates.parse(period.said[:-1]))}~"
    except FactlogError:
        return _spelled(period)


@lru_cache(maxsize=4096)
def _spelled(period: Period) -> str:
    return dates.spell(period)


def span(meant: Interval, unit: str | None = None) -> str:
    """An interval in words: "270 to 330", "at least 300", "more than 300 m"."""
    low, high = meant.low, meant.high
    if low is None:
        if high is None:
            return "any number"
        return f"{'less than' if meant.high_open else 'at most'} {number(high, unit)}"
    if high is None:
        return f"{'more than' if meant.low_open else 'at least'} {number(low, unit)}"
    if low == high:
        return number(low, unit)
    if not meant.low_open:
        return f"{number(low)} to {'less than ' * meant.high_open}{number(high, unit)}"
    most = "less than" if meant.high_open else "at most"
    return f"more than {number(low)}, {most} {number(high, unit)}"


def said_of(claim: Claim) -> str:
    """What was said, as a person is shown it beside other claims."""
    return legible(as_recorded(claim), claim.estimate)


def as_recorded(claim: Claim) -> str:
    """What was said, with the unit that stood beside it if the words name none."""
    unit, said = claim.estimate.unit, even_arms(claim.said)
    return said if unit is None or claim.unit_said else with_unit(said, unit)


def owner(source: str) -> str:
    """A source as the one something belongs to: CIA's, US officials'."""
    return f"{source}'" if source.endswith("s") else f"{source}'s"


def numbered(ids: Sequence[int], most: int = 5) -> str:
    """Claims by number: "claim 4", "claims 4 and 7", "claims 4, 5, 6, 7, 8 and 2 more"."""
    if len(ids) == 1:
        return f"claim {ids[0]}"
    some = [str(number) for number in ids[:most]]
    last = f"{len(ids) - most:,} more" if len(ids) > most else some.pop()
    return f"claims {', '.join(some)} and {last}"


_OF_ANOTHER_COUNTRY = Pattern(
    r"(?<![\w.,])(?P<whole>\d{1,3}(?:\.\d{3})+|\d+)(?P<rest>,\d+)?(?![\w]|[.,]\d)"
)


def legible(said: str, of: Estimate | Side) -> str:
    """Words with their numbers as English has them, where they were read as another country's.

    >>> from factlog.claim import Hedge
    >>> legible("ca. 1.300", Estimate(Hedge.ABOUT, best=Decimal(1300)))
    'ca. 1,300'
    >>> legible("ca. 1.300", Estimate(Hedge.ABOUT, best=Decimal("1.3")))
    'ca. 1.300'
    """
    numbers = {of.low, of.best, of.high, of.plus, of.minus}

    def shown(found: re.Match[str]) -> str:
        words = found[0]
        english = words.replace(",", "")
        held = Decimal(found["whole"].replace(".", "") + (found["rest"] or "").replace(",", "."))
        if held not in numbers or (english.count(".") < 2 and Decimal(english) in numbers):
            return words
        return f"{held:,f}"

    return _OF_ANOTHER_COUNTRY.sub(shown, said) if {*".,"} & {*said} else said


_UNGROUPED = Pattern(r"(?<![\w.,])\d{4,}(?![\w,]|-\d|\.\d{3}\b)")


def grouped(said: str) -> str:
    """Words in which long numbers have their digits in threes, as every other figure has.

    >>> grouped("about 115000 killed"), grouped("1.234,5"), grouped("80,000")
    ('about 115,000 killed', '1.234,5', '80,000')
    """
    return _UNGROUPED.sub(lambda found: f"{int(found[0]):,}", said)


def measured(best: Decimal, plus: Decimal, minus: Decimal, unit: str | None = None) -> str:
    """A value with as many digits as its error needs: 878.35 +0.44 -0.41 s.

    What is too small or too long to take in is written (6.67430 ± 0.00015) × 10⁻¹¹.
    """
    if power := power_of(best):
        best, plus, minus = (each.scaleb(-power, _WIDE) for each in (best, plus, minus))
        words = f"({measured(best, plus, minus)}) × 10{raised(power)}"
        return f"{words} {sign(unit)}" if unit else words
    value, up, down = to_errors(best, plus, minus)
    words = f"{value} ± {up}" if up == down else f"{value} +{up} -{down}"
    return with_unit(words, unit) if unit else words


def level(coverage: Decimal | None) -> str:
    """How much an interval is said to cover."""
    return "level not stated" if coverage is None else percent(coverage)


def power_of(best: Decimal) -> int:
    """The power of ten that is written apart from a number; 0 where it can be taken in."""
    return best.adjusted() if best and not -6 <= best.adjusted() <= 20 else 0


def finest(*numbers: Decimal) -> int:
    """The power of ten of the last digit that any of some numbers has."""
    return min(int(each.as_tuple().exponent) for each in numbers)


def to_errors(best: Decimal, plus: Decimal, minus: Decimal) -> tuple[str, ...]:
    """A figure and its arms to two digits of the shorter one, or three if all are stated so."""
    last, error = finest(best, plus, minus), min(plus, minus)
    alike = len({each.as_tuple().exponent for each in (best, plus, minus)}) == 1
    if alike and len(error.as_tuple().digits) <= _STATED:
        error = Decimal(1).scaleb(last + 1)
    return tuple(to_error(each, error, last) for each in (best, plus, minus))


def with_unit(words: str, unit: str) -> str:
    """Numbers and their unit, in brackets where a power of ten multiplies all of them."""
    shown = sign(unit)
    return f"({words}) {shown}" if shown.startswith(_TIMES) and " " in words else f"{words} {shown}"


def unit_of_many(unit: str | None) -> str:
    """A unit as it stands above the figures that have it: 10⁻¹¹ m³ kg⁻¹ s⁻²."""
    return sign(unit).removeprefix(_TIMES) if unit else ""


def to_error(value: Decimal, error: Decimal, last: int | None = None) -> str:
    """A value to the second digit of its error, or to the `last` that anybody stated."""
    places = error.adjusted() - 1
    if last is not None:
        places = max(places, last)
    if value and value.adjusted() < -6:
        return scientific(value.quantize(Decimal(1).scaleb(places), context=_WIDE))
    if places >= 0:
        return number(value.quantize(Decimal(1))) if abs(value) < Decimal("1e25") else number(value)
    if places < -25 or value.adjusted() - places > 26:
        return number(value)
    return f"{value.quantize(Decimal(1).scaleb(places)):,f}"


def errors_alike(group: CopyGroup) -> str:
    """How many of their errors are the same; of three and more, in the pairs that tell it."""
    each = " in the pairs that tell it" if len(group.sources) > 2 else ""
    return f"{group.same:,} of {group.of:,}{each}"


def same_errors(group: CopyGroup) -> str:
    """Who repeat each other's errors, in a sentence."""
    return (
        f"{', '.join(group.sources[:-1])} and {group.sources[-1]} make the same errors "
        f"({errors_alike(group)}): as copies of one another they would be one voice."
    )
