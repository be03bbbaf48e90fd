"""The K behind a number and a space: thousand before what is counted, else kelvin."""

from __future__ import annotations

from decimal import Decimal

from factlog.reading.patterns import Pattern
from factlog.reading.scales import SHORT
from factlog.reading.text import Text, two_ways

PEOPLE = (
    "people|persons|men|women|children|civilians|troops|soldiers|refugees|residents|voters"
    "|users|deaths|dead|killed|injured|wounded|casualties|displaced|workers|homes"
)
_OBJECTS = (
    "died|missing|captured|deployed|evacuated|detained|arrested|losses|fatalities|injuries"
    "|fighters|militants|personnel|forces|conscripts|recruits|reservists|prisoners|hostages"
    "|victims|patients|students|pupils|citizens|inhabitants|migrants|protesters|protestors"
    "|returnees|families|households|employees|jobs|votes|cases|infections|participants|copies"
    "|houses|buildings|vehicles|cars|tanks|shells|rounds|missiles|drones|rockets|tents|units"
)
THING = Pattern(r"\s+(?!(?:or|and|to|but|plus|at|max|per|an?)\b)[^\W\d]")
_COUNTED = Pattern(rf".*[\s-](?:{PEOPLE}|{_OBJECTS})(?![\w'])")
_HEAT = Pattern(
    r".*[\s-](?:temperatures?|thermal|heat|(?:warm|cool|hot|cold)\w*|background|above|below)"
    r"(?![\w'])"
)
_RANGE_ON = Pattern(r"\s*(?:-|—|to|and|or|±|\+/-)\s*[^\sa-z]*[\d.,]+\s?k(?![\w'/^²³])")


def kilo(text: Text, end: int) -> tuple[Decimal, int] | None:
    """The thousand of "3 K troops" and where it ends; None for kelvin, as in "300 K" alone."""
    range_on = _RANGE_ON.match(text.low, end)
    behind = range_on.end() if range_on else end
    if text.column == "K" or THING.match(text.low, behind) is None:
        return None
    if _COUNTED.match(text.low, behind):
        return SHORT["k"], end
    if _HEAT.match(text.low, behind):
        return None
    raise two_ways(text, "K could be thousand or kelvin", end - 2, end, ("k", " kelvin"))
