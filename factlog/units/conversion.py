"""Whether two units compare, and exact numbers from one to the other."""

from __future__ import annotations

from decimal import Context, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from factlog.errors import UnitError
from factlog.units.names import find, parts

# Fractions and factors load when a conversion is asked for: most figures are plain counts.
if TYPE_CHECKING:
    from fractions import Fraction

DIGITS = 28  # kept of a result that has no finite decimal, or rests on a rounded factor
_MOST_DIGITS = 500  # of a number to convert; keeps the arithmetic short
_EXACT = Context(prec=4000)
_ROUNDED = Context(prec=DIGITS)


def known(unit: str) -> bool:
    """Whether factlog knows this unit; an unknown one compares only with itself."""
    return parts(unit) is not None


def offset(unit: str | None) -> bool:
    """Whether a unit counts from a zero of its own, so that percents of it mean nothing: degC."""
    return unit is not None and find(unit) in ("degC", "degF")


@lru_cache(maxsize=4096)
def comparable(a: str | None, b: str | None) -> bool:
    """Whether figures in these units can be put side by side: km and mile, not USD and EUR."""
    if a is None or b is None:
        return a is b
    if a == b:
        return True
    from factlog.units.factors import factor

    one, other = factor(a), factor(b)
    if one is None or other is None:
        return one is other and _folded(a) == _folded(b)
    return one.dimension == other.dimension


def convert(number: Decimal, unit: str | None, to: str | None) -> Decimal:
    """The same quantity in another unit, exact wherever a finite decimal can be.

    >>> format(convert(Decimal("29031.7"), "ft", "m"), "f")
    '8848.86216'
    """
    if unit == to:
        return number
    scale, shift, rounded = _way(unit, to)
    _check_length(number, unit, to)
    if isinstance(scale, Decimal) and not shift:
        return _plain(_EXACT.multiply(number, scale), rounded)
    from fractions import Fraction

    return _decimal(Fraction(number) * Fraction(scale) + shift, rounded)


@lru_cache(maxsize=1024)
def _way(unit: str | None, to: str | None) -> tuple[Decimal | Fraction, Fraction, bool]:
    """What to multiply by, then to add, and whether that is rounded."""
    if not comparable(unit, to):
        raise UnitError(
            f"{unit or 'A plain count'} does not convert to {to or 'a plain count'}.",
            "Only units of one kind convert, as km and miles do; money converts to no other money.",
        )
    from fractions import Fraction

    from factlog.units.factors import factor

    one, other = factor(unit or ""), factor(to or "")
    if one is None or other is None:
        return Decimal(1), Fraction(0), False  # one opaque label in two spellings
    scale = one.size / other.size
    shift = one.shift * scale - other.shift
    rounded = one.rounded or other.rounded
    return (_decimal(scale, rounded=False) if _ending(scale) else scale), shift, rounded


def _check_length(number: Decimal, unit: str | None, to: str | None) -> None:
    """Refuse what is no number, or so long that the arithmetic would not end soon."""
    longest = max(abs(number.adjusted()), len(number.as_tuple().digits))
    if number.is_finite() and longest <= _MOST_DIGITS:
        return
    text = str(number)
    text = text if len(text) <= 30 else f"{text[:27]}..."
    raise UnitError(
        f"{text} {unit} is too long to convert to {to}.", f"Give at most {_MOST_DIGITS} digits."
    )


def _decimal(value: Fraction, rounded: bool) -> Decimal:
    """A fraction as a decimal: all of it where it ends, else 28 digits."""
    context = _EXACT if _ending(value) else _ROUNDED
    return _plain(context.divide(Decimal(value.numerator), Decimal(value.denominator)), rounded)


def _ending(value: Fraction) -> bool:
    """Whether a fraction has a finite decimal: its denominator is of twos and fives alone."""
    rest = value.denominator >> ((value.denominator & -value.denominator).bit_length() - 1)
    while rest % 5 == 0:
        rest //= 5
    return rest == 1


def _plain(number: Decimal, rounded: bool) -> Decimal:
    """A number without trailing noughts behind the point and without an exponent."""
    if rounded:
        number = _ROUNDED.plus(number)
    short = number.normalize(_EXACT)
    is_round = short == short.to_integral_value(context=_EXACT)
    return short.quantize(Decimal(1), context=_EXACT) if is_round else short


def _folded(unit: str) -> str:
    return " ".join(unit.casefold().split())
