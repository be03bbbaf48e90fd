"""Skipping: numbers that state no quantity, and the name of the reason for each."""

from __future__ import annotations

import re
from collections.abc import Callable

from factlog.intake.extract import labels, times
from factlog.intake.extract.around import lead, number, tail
from factlog.intake.extract.lexicon import FATE
from factlog.intake.extract.values import Found
from factlog.reading.patterns import Pattern

Rule = Callable[[str, Found], bool]


def why_skipped(text: str, found: Found) -> str | None:
    """Why this number of a sentence is no claim; None if it may be one."""
    for reason, rule in _RULES:
        if rule(text, found):
            return reason
    return None


_LIST_MARK = Pattern(r"\d{1,2}[.)](?=\s+[A-Z]|$)")


def _list(text: str, found: Found) -> bool:
    return found.core == 0 and bool(_LIST_MARK.match(text))


_ONE = Pattern(r"one(?:-\w+)?\b", re.IGNORECASE)
_ONE_OF = (
    r"person|people|man|woman|child|boy|girl|baby|soldier|officer|policeman|civilian"
    r"|worker|death|body|passenger"
    r"|case|home|house|building|pilot|firefighter|student|pupil|teacher|journalist"
    r"|protester|demonstrator|driver"
    r"|crew|patient|villager|resident|sailor|guard|attacker|gunman|militant|fighter|tank"
    r"|drone|missile|aircraft"
    r"|plane|ship|boat|vehicle|victim|survivor|fatality|injury|arrest|doctor|nurse|other"
    r"|prisoner|hostage|american"
    r"|palestinian|israeli|ukrainian|russian|briton|metre|meter|mile|tonne|kilometre"
    r"|kilometer|percent|per cent"
)
_ONE_COUNTS = Pattern(
    rf"\s+(?:more\s+)?(?:(?:[a-z-]+|[A-Z][a-z]+)\s+)?(?:{_ONE_OF}|{FATE}|was\s+"
    rf"(?:\w+ly\s+)?(?:{FATE}))\b",
    re.IGNORECASE,
)


def _pronoun(text: str, found: Found) -> bool:
    """Whether "one" stands for somebody or something: only "one person", "one dead" count."""
    core = number(text, found)
    if not _ONE.match(core):
        return False
    if core.lower() != "one":
        return (
            re.match(
                r"(?:one[- ](?:on|by|to)\b|one-(?:off|way|time|sided|man|day|year))", core.lower()
            )
            is not None
        )
    if re.search(
        r"\b(?:no|any|every|each|this|that|the|which|another|not|some)\s+$",
        lead(text, found),
        re.IGNORECASE,
    ):
        return True
    after = tail(text, found)
    if re.match(
        r"\s+(?:of|has|have|day|another|by|resident|thing|side|hand|way|or\s+two)\b", after
    ):
        return True
    return not _ONE_COUNTS.match(after)


_COMPOUND = Pattern(r"-(?!strong|odd|plus|old|magnitude)[a-z]{2,}")


def _compound(text: str, found: Found) -> bool:
    """A number that only describes: "a 20-block area", "a three-judge panel"."""
    return found.estimate.unit is None and bool(_COMPOUND.match(text, found.end))


_OF_THE = Pattern(r"\bof\s+(?:the|these|those|all|its|their)\s+$")
_DEFINITE = Pattern(
    r"\b(?:the|these|those|his|her|their|its|our|my|both|all)\s+(?:other\s+|first\s+"
    r"|last\s+)?$",
    re.IGNORECASE,
)


def _definite(text: str, found: Found) -> bool:
    """As in "none of the 300", "the two countries": a number taken for granted, not stated."""
    if found.start < found.core or found.estimate.unit is not None:
        return False
    before = lead(text, found)
    if _OF_THE.search(before):
        return True
    best = found.estimate.best
    return bool(_DEFINITE.search(before)) and best is not None and best <= 20


_IDIOM = Pattern(
    r"(?:in\s+two\s+minds|one\s+by\s+one|two\s+by\s+two|at\s+sixes|cloud\s+nine"
    r"|110\s+per\s?cent|110%|second\s+look"
    r"|zero\s+tolerance|square\s+one|24/7|fifty-fifty|50-50|nine\s+lives|four\s+corners"
    r"|two\s+sides\s+of)",
    re.IGNORECASE,
)


def _idiom(text: str, found: Found) -> bool:
    start, end = max(0, found.core - 20), found.core + 20
    return any(m.start() <= found.core < m.end() for m in _IDIOM.finditer(text, start, end))


_TIMES = Pattern(r"(?:\s+times\b|-fold\b|\s+fold\b|\s+(?:out\s+)?of\s+(?:ten|10)\b)")


def _multiple(text: str, found: Found) -> bool:
    """As in "three times more", "fivefold": a ratio to something else."""
    best = found.estimate.best
    return bool(_TIMES.match(tail(text, found))) and best is not None and best <= 20


def _unread(text: str, found: Found) -> bool:
    """Digits go on where the grammar stopped: what was read is a part of something else."""
    return bool(re.match(r"\d|[.,:/]\d", text[found.end :])) or bool(
        re.search(r"\d[.,:]?$", lead(text, found))
    )


_RULES: tuple[tuple[str, Rule], ...] = (
    ("list mark", _list),
    ("date", times.date),
    ("clock time", times.clock_time),
    ("ordinal", times.ordinal),
    ("year", times.year),
    ("pronoun", _pronoun),
    ("phone number", labels.phone_number),
    ("reference", labels.reference),
    ("score", labels.score),
    ("street number", labels.street_number),
    ("age", times.age),
    ("model number", labels.model_number),
    ("number in a name", labels.label),
    ("part of another number", _unread),
    ("compound", _compound),
    ("duration", times.duration),
    ("vague time", times.vague_time),
    ("definite", _definite),
    ("idiom", _idiom),
    ("multiple", _multiple),
)
