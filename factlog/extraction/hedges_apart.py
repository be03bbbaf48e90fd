"""Hedges that stand apart from their number: "at most, 40", "40 people, if not more"."""

from __future__ import annotations

import re
from dataclasses import replace

from factlog.extraction import dates, noun_phrases, numbers
from factlog.extraction.numbers import Mention
from factlog.parsing import lexicon
from factlog.patterns import Pattern

_APART = lexicon.either("hedge set apart")
# Set off by commas: "killed, at least, 40 soldiers".
_SET_OFF = Pattern(
    rf"(?:^|[\"(:;,—]\s*|\b(?:and|but|that)\s+)(?P<hedge>{_APART}),\s+$",
    re.IGNORECASE,
)
# With who says it between: "no fewer, it claimed, than 40", "at least, the mayor said, 40".
_PARTED = Pattern(
    rf"\b(?P<hedge>(?:(?:no|not)\s+)?(?:{lexicon.either('comparative')})(?=,[^,]+,\s+than\b)"
    rf"|{_APART}),\s[^,;.\d]{{2,40}},\s+(?P<than>than\s+)?$",
    re.IGNORECASE,
)
# What is asked about when typed: "barely 40".
_JUST = Pattern(rf"\b(?:{lexicon.either('hedge only in articles')})\s+$", re.IGNORECASE)
# "The crowd swelled past 10,000"; "membership passed 2 million", but not "passed 12 exams".
_ROSE_PAST = Pattern(
    rf"\b(?:{lexicon.either('verb of rising')})\s+(?:(?:well|far|just|right)\s+)?past\s+$"
)
_PASSED = Pattern(rf"\b(?:{lexicon.either('verb of passing')})\s+$")
_BEHIND = lexicon.either("hedge behind a noun")
_NO_NOUN = r"(?:in|an?|the|of|for|within|per|on|at|to|and|or|than)\b"
_OWN_VERB = lexicon.either("helping verb", "verb of a clause", "fate")
# Set off behind a clause: "40 people were killed, and probably more".
_AFTER_COMMA = Pattern(
    rf"(?P<gap>(?:\s+[\w'-]+){{0,8}}?),\s+(?P<hedge>{_BEHIND}|{_APART})(?=\s*[,.;:)\"!?—]|$)"
)
# Behind the noun itself: "40 people or thereabouts were killed".
_AFTER_NOUN = Pattern(
    rf"(?P<gap>(?:\s+(?!{_NO_NOUN})[\w'-]+){{1,3}}?)\s+"
    rf"(?P<hedge>{_BEHIND}|{lexicon.either('hedge set apart', meaning='close')})"
    rf"(?=\s*[,.;:)\"!?—]|$|\s+(?:{_OWN_VERB})\b)"
)


def taken_in(text: str, found: Mention) -> Mention:
    """The value with a hedge that stands apart from it, where there is one."""
    head = text[max(0, found.start - 80) : found.start]
    if _JUST.search(head) is not None:
        return numbers.reread(found, f"about {found.said}")
    if not found.hedged and (_ROSE_PAST.search(head) or _passed(text, head, found)):
        return numbers.reread(found, f"more than {found.said}")
    off = _SET_OFF.search(head)
    if off is not None:
        start = found.start - len(head) + off.start("hedge")
        hedged = numbers.reread(found, text[start : found.end])
        return found if hedged is found else replace(hedged, start=start)
    parted = _PARTED.search(head)
    if parted is not None:
        return numbers.reread(found, f"{parted['hedge']} {parted['than'] or ''}{found.said}")
    return _with_what_follows(text, found)


def _passed(text: str, head: str, found: Mention) -> bool:
    """Whether the number is what something passed, and not what was passed: "12 exams", "time"."""
    best = found.estimate.best
    if best is None or not _PASSED.search(head) or dates.of_time(text, found):
        return False
    if _ON_TO.match(text, found.end):  # "passed $2 million to the fund"
        return False
    return best >= _MANY or noun_phrases.right(text, found.end) is None


_ON_TO = Pattern(r"\s+(?:on\s+)?to\b")
_MANY = 1000


def _with_what_follows(text: str, found: Mention) -> Mention:
    for pattern in (_AFTER_COMMA, _AFTER_NOUN):
        behind = pattern.match(text, found.end)
        if behind is not None and next(numbers.find(behind["gap"]), None) is None:
            return numbers.reread(found, f"{found.said} {' '.join(behind['hedge'].split())}")
    return found
