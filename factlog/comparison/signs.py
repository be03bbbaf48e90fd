"""Signs: units and arms as people write them, where the words were made for machines."""

from __future__ import annotations

import re


def sign(unit: str) -> str:
    """The unit as people write it: °C for degC; most are written by their names.

    >>> sign("degC"), sign("km")
    ('°C', 'km')
    """
    return unit.replace("deg", "°") if unit.startswith(("degC", "degF")) else unit


def even_arms(said: str) -> str:
    """Words in which arms of one length are written once.

    >>> even_arms("880.2 +1.2 -1.2"), even_arms("870 +2.5 -3.1")
    ('880.2 ± 1.2', '870 +2.5 -3.1')
    """
    return re.sub(r"\+(\d\S*) [-−]\1(?!\S)", r"± \1", said) if " +" in said else said
