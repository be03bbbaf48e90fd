"""Deeds: what befell the people or things that a number counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from factlog.comparison import Measure
from factlog.intake.extract import nouns
from factlog.intake.extract.counting import Counted, fate_of, measure_of
from factlog.intake.extract.lexicon import BETWEEN_FATE, FATE
from factlog.intake.extract.values import Found
from factlog.reading.patterns import Pattern

BARE = Pattern(
    r"\s*(?:,\s*)?(?:(?:more|others?|of\s+(?:them|these|whom)"
    rf"|people)\s+)?{BETWEEN_FATE}(?P<fate>{FATE})\b",
    re.IGNORECASE,
)
_NOUN_NEXT = Pattern(
    r"\s+(?:[a-z]+\s+)?(?P<noun>[a-z]+s|people|men|women|children|police|troops)\b"
)
_OBJECT_NEXT = Pattern(
    r"\s+(?:(?:at\s+least|about|around|some|nearly|more\s+than|up\s+to|an?|the|its|their"
    r"|his|her|another)\s+)*(?:\d|dozens|hundreds|thousands|scores|one|two|three|four|five"
    r"|six|seven|eight|nine|ten|eleven|twelve|[A-Z]?[a-z]+\s+[a-z]+s\b)"
)


def bare_fate(text: str, found: Found, measures: Sequence[Measure]) -> Counted | None:
    """As in "300 killed", "15 are missing", "two others were hurt": no noun."""
    match = BARE.match(text, found.end)
    if match is None or ("," in match[0] and _object_follows(text, match)):
        return None
    if re.fullmatch(rf"\s*(?:\w+ly\s+)?(?:{FATE})", match[0], re.IGNORECASE) and _before_noun(
        text, match.end()
    ):
        return None
    words = re.search(r"people|others?", match[0])
    thing = words[0] if words else match["fate"]
    bare = words is None or words[0].startswith("other")
    rule = "number, what befell them"
    return Counted(
        thing, measure_of(None, fate_of(match["fate"]), measures), rule, match.end(), bare=bare
    )


def _before_noun(text: str, at: int) -> bool:
    """Whether a plural noun follows, so that "12 injured patients" counts patients."""
    noun = _NOUN_NEXT.match(text, at)
    return noun is not None and nouns.right(text, at) is not None


_AFTER_NOUN = Pattern(
    r"(?:,?\s+(?:in|on|from|of|at|aboard)\s+"
    rf"(?:[\w'-]+\s*){{1,4}}?)?\s*,?\s+{BETWEEN_FATE}(?P<fate>{FATE})\b",
    re.IGNORECASE,
)
_AND_MORE = Pattern(
    rf"\s+and\s+(?:[\w~]+\s+){{0,2}}?[\d,]+\s+(?:[a-z-]+\s+){{1,3}}?(?:were|was|have|had"
    rf"|are)\s+{BETWEEN_FATE}(?P<fate>{FATE})\b"
)
DOING = Pattern(
    rf"\b(?P<fate>{FATE})(?:\s+(?:and|or)\s+(?:{FATE}))?\s+(?:(?:another|a\s+further"
    r"|a\s+total\s+of|the|all|also|only|as\s+well\s+as|an\s+additional|over\s+there)\s+)*$",
    re.IGNORECASE,
)
_LEFT_DEAD = Pattern(r"\b(?:left|leaving|leaves|leave)\s+(?:another\s+)?$")
_TOLL_OF = Pattern(
    r"(?:deaths?|loss|killing|arrests?|capture|injur(?:y|ies)|wounding|displacement"
    r"|destruction|detention|disappearance)\s+of\s+$",
    re.IGNORECASE,
)
_TOLL_FATE = {
    "death": "killed",
    "loss ": "lost",
    "killi": "killed",
    "arres": "arrested",
    "captu": "captured",
    "injur": "injured",
    "wound": "injured",
    "displ": "displaced",
    "destr": "destroyed",
    "deten": "detained",
    "disap": "missing",
}


def befell(text: str, found: Found, end: int) -> tuple[str | None, int, str]:
    """What befell the thing counted, from the words behind it or before the number."""
    after = _AFTER_NOUN.match(text, end)
    if after and not _object_follows(text, after):
        return fate_of(after["fate"]), after.end(), "number, noun, what befell it"
    together = _AND_MORE.match(text, end)
    if together:
        return fate_of(together["fate"]), end, "number, noun, what befell both"
    lead = text[max(0, found.start - 60) : found.start]
    if _LEFT_DEAD.search(lead):
        dead = re.match(rf"\s+(?:\w+\s+)?(?P<fate>{FATE})\b", text[end:], re.IGNORECASE)
        if dead:
            return fate_of(dead["fate"]), end + dead.end(), "left them so"
    toll = _TOLL_OF.search(lead)
    if toll:
        return _TOLL_FATE[toll[0][:5].lower()], end, "deed of number"
    doing = DOING.search(lead)
    if doing and not re.search(r"\b(?:was|were|been|being|are|is)\s+$", lead[: doing.start()]):
        both = re.search(
            r"\b(?:killed|wounded|injured)\s+(?:or|and)\s+(?:killed|wounded|injured)\s+\S*\s*$",
            lead,
        )
        return ("casualties" if both else fate_of(doing["fate"])), end, "deed, number, noun"
    return None, end, "number, noun"


def _object_follows(text: str, match: re.Match[str]) -> bool:
    """Whether the deed has an object: in "300 soldiers killed 12 civilians" they did it."""
    if match["fate"].lower().endswith("ing") and match["fate"].lower() not in ("missing", "dying"):
        return True
    helped = re.search(
        r"\b(?:were|was|been|be|being|are|is|remain|remained|reported|feared)\b", match[0]
    )
    return helped is None and _OBJECT_NEXT.match(text, match.end()) is not None
