"""Scales: the words and letters that multiply the number before them."""

from __future__ import annotations

from decimal import Context, Decimal

# Stated digits must survive: a number of 100 digits times a scale is still exact.
EXACT = Context(prec=1000, Emax=99999, Emin=-99999)
ONE = Decimal(1)

# Words that may follow digits with or without a space, and each other ("lakh crore").
WORDS: dict[str, Decimal] = {
    "dozen": Decimal(12),
    "hundred": Decimal(100),
    "thousand": Decimal(10**3),
    "lakh": Decimal(10**5),
    "lac": Decimal(10**5),
    "million": Decimal(10**6),
    "crore": Decimal(10**7),
    "milliard": Decimal(10**9),
    "billion": Decimal(10**9),
    "trillion": Decimal(10**12),
    "quadrillion": Decimal(10**15),
    "quintillion": Decimal(10**18),
}
# Short forms that are nothing else.
SHORT: dict[str, Decimal] = {
    "k": Decimal(10**3),
    "mn": Decimal(10**6),
    "mln": Decimal(10**6),
    "mio": Decimal(10**6),
    "b": Decimal(10**9),
    "bn": Decimal(10**9),
    "bln": Decimal(10**9),
    "tn": Decimal(10**12),
    "trn": Decimal(10**12),
    "cr": Decimal(10**7),
}
# Letters that are a scale of money; of anything else they may be a unit.
OF_MONEY: dict[str, Decimal] = {
    "m": Decimal(10**6),
    "mm": Decimal(10**6),
    "t": Decimal(10**12),
}
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
