"""Numbers as text: plain digits for machines, separated and rounded ones for people."""

from __future__ import annotations

from decimal import Context, Decimal

# Beyond this many digits a number that came out of a conversion is rounded for people.
_MOST_DIGITS = 15
_ROUNDED = 7
_WIDE = Context(prec=1000, Emax=99999, Emin=-99999)


def plain(number: Decimal) -> str:
    """Every digit of a number, as 3000 or 0.25: no exponent, no separators, nothing rounded."""
    return _trimmed(format(number, "f"))


def number(value: Decimal) -> str:
    """A number as a person reads it: 3,000.

    What has more than 15 digits and a fraction is rounded to 7, or to a whole number; what
    is too long to take in is written 1.5e27.
    """
    if value.adjusted() > 20 or value.adjusted() < -6:
        return _scientific(value)
    value = value.normalize(_WIDE)
    if len(value.as_tuple().digits) > _MOST_DIGITS and value != value.to_integral_value():
        places = max(0, _ROUNDED - 1 - value.adjusted())
        value = value.quantize(Decimal(1).scaleb(-places), context=_WIDE)
    return _trimmed(format(value, ",f"))


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


def _scientific(value: Decimal) -> str:
    if not value:
        return "0"
    digits, _, exponent = f"{value.normalize(_WIDE):e}".partition("e")
    return f"{_trimmed(digits)}e{int(exponent)}"
