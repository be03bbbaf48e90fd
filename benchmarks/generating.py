"""A record as large as you like, the same each time it is made.

Run: python benchmarks/generating.py CLAIMS FILE.csv

N claims about N / 10 subjects by 1,000 sources, dated over three years. Of the claims 60% are bare
digits, 25% hedged, 10% ranges and 5% have units; one subject in ten holds a conflict. Two
subjects in five are running totals, which grow without contradiction; one in five is a level
that wanders from quarter to quarter; the others are constants.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

EACH = 10
SOURCES = 1_000
HEADER = ("subject", "measure", "source", "value", "as_of")
START = date(2022, 1, 1)
_PLACES = (
    *("Ashford", "Belgorod", "Cartagena", "Daegu", "Esbjerg", "Faisalabad", "Goma", "Hodeidah"),
    *("Iloilo", "Juba", "Kharkiv", "Leiden", "Mariupol", "Nyala", "Oaxaca", "Pohang"),
)
_KINDS = ("killed", "killed", "displaced", "households", "turnout")
_LENGTHS = (("km", 1), ("m", 1000), ("cm", 100_000))
Row = tuple[str, str, str, str, str]


def rows(claims: int, seed: int = 6) -> Iterator[Row]:
    """The rows of a record, subject by subject."""
    dice = random.Random(seed)
    for number in range(claims // EACH):
        yield from _subject(number, dice)


def _subject(number: int, dice: random.Random) -> Iterator[Row]:
    """Ten claims about one subject, of which one is off in a subject out of ten."""
    with_units = number % 20 == 7
    measure = "front line" if with_units else _KINDS[number % len(_KINDS)]
    name = f"{_PLACES[number % len(_PLACES)]} district {number:06}"
    true = dice.randrange(200, 90_000)
    off = dice.randrange(1, EACH) if number % 10 == number // 10 % 10 else -1
    sources = dice.sample(range(SOURCES), EACH)
    day = START
    for step in range(EACH):
        value, before = _value_then(true, step, measure, dice), day
        day = START + timedelta(days=step * 100 + dice.randrange(60))
        if step == off:
            value = value // 3 if measure == "killed" else value * 4
            # A level contradicts only what is near it in time.
            day = before if measure == "displaced" else day
        if with_units:
            said = _with_unit(value, dice)
        else:  # what a figure contradicts has to be as plain as the figure
            said = str(value) if step in (off, off - 1) else _said(value, dice)
        yield name, measure, f"Agency {sources[step]:04}", said, day.isoformat()


def _value_then(true: int, step: int, measure: str, dice: random.Random) -> int:
    if measure == "killed":
        return true + true * step // 3
    if measure == "displaced":
        return int(true * dice.uniform(0.5, 1.5))
    return true


def _said(value: int, dice: random.Random) -> str:
    """The value in one of the ways that people write one."""
    way = dice.random() * 0.95
    if way < 0.60:
        return str(value) if dice.random() < 0.7 else f"{value:,}"
    if way < 0.85:
        low = value * 95 // 100
        return dice.choice(
            (f"about {value:,}", f"around {value}", f"at least {low:,}", f"more than {low}")
        )
    return f"{value * 9 // 10:,} to {value * 11 // 10 + 1:,}"


def _with_unit(value: int, dice: random.Random) -> str:
    unit, factor = dice.choice(_LENGTHS)
    return f"{value * factor} {unit}"


def write(path: Path, claims: int, seed: int = 6) -> None:
    """Write a record as a csv file that `factlog import` takes as it is."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(rows(claims, seed))


if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]))
