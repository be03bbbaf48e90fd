"""Patterns that several rules share: fates, months and days, what a number begins with."""

from __future__ import annotations

from factlog.parsing.lexicon import either
from factlog.parsing.number_words import SMALL

# "suffered minor injuries" is a deed of several words, with others between them.
HURT = r"(?:suffered|sustained|suffering)\s+(?:[\w-]+\s+){0,2}(?:injuries|wounds|burns)"
FATE = either("fate") + "|" + HURT

# Words before a fate that leave it what it is: "were reported killed", "are still missing".
BETWEEN_FATE = rf"(?:(?:{either('word before a fate')})\s+)*"

MONTHS = either("month") + "|" + either("short month").replace("|", r"\.?|") + r"\.?"
DAYS = either("weekday")

# The numbers of a sentence that are mostly spelled out: one to twelve.
ONE_TO_TWELVE = "|".join(list(SMALL)[1:13])
# What a number may begin with, to see whether one follows soon.
A_NUMBER = (
    rf"(?:\d|[$€£~]|(?:{ONE_TO_TWELVE})\b"
    r"|\w+teen\b|\w+ty\b|dozens|scores|hundreds|thousands|tens\b|millions|a\s+(?:dozen"
    r"|hundred|third|quarter|few)|half|several|around|about|at\s+least"
    r"|more\s+than|up\s+to|nearly|some\b|as\s+many)"
)
