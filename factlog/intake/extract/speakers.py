"""Speakers: the words before a verb of speech that name who speaks."""

from __future__ import annotations

import re

from factlog.intake.extract.lexicon import DAYS, REPORTING, either
from factlog.reading.patterns import Pattern

_ADVERBS = Pattern(
    rf"""(?:,?\s+(?:had|has|have|also|earlier|previously|initially|originally|later|first|now|then|already
    |since|still|officially|publicly|repeatedly|recently|only|again|further|jointly|reportedly|did|does|do
    |would|will|could|may|might|conservatively|separately|meanwhile|however|finally|today|yesterday|tonight
    |on\s+(?:{DAYS})|(?:last|this)\s+\w+|in\s+(?:an?|its|his)\s+(?:\w+\s+)?(?:statement|post|report|interview)|,))*\s*$""",
    re.VERBOSE,
)
_BOUNDARY = Pattern(
    r"""[;:—"(]\s*|,\s+(?:and\s+|but\s+|while\s+|with\s+)?|\b(?:but|while|whereas|although|though|because|when|which
    |that|where|if|until|whilst|yet|as|since|after|before|so|than)\s+(?!of\b)|\b(?:an?|the)\s+(?:figure|number|toll|total|claim)\s+(?=[a-zA-Z])
    |(?<=\d)\s+and\s+""",
    re.VERBOSE,
)
_FINITE = Pattern(
    r"\b(?:is|was|were|are|has|have|had|will|would|can|could|may|might|must|killed|died"
    r"|left|hit|struck|lost|took|made"
    r"|came|went|began|fell|rose|broke|arrested|injured|wounded|destroyed|collapsed"
    r"|capsized|exploded)\b"
)
_LEAD = Pattern(
    rf"""^(?:(?:On|In|By|At|During|Since|After|Over|Late|Early|Last|This|Earlier|Later|Until|For|From|As\s+of)\s[^,]*?
      (?:{DAYS}|week|month|year|night|day|morning|evening|afternoon|{"{"}YEAR{"}"})\s+
    |(?:Earlier|Later|Meanwhile|However|Separately|But|And|Also|Still|Yet|Initially|Overall|Previously|Officially|Now|Then
      |Today|Yesterday|Meantime|Elsewhere|Nevertheless|Instead|Although|While|Though|Whereas|So|Since\s+then|In\s+\w+,)\s+,?\s*)+""".replace(
        "{YEAR}", r"\d{4}"
    ),
    re.VERBOSE,
)
NOBODY_NAMED = Pattern(
    r"(?:i|we|you|who|which|that|there|this|what|nobody|no\s+one|everyone|one)$", re.IGNORECASE
)


def before_verb(text: str, verb: int) -> tuple[int, int] | None:
    """Where the words stand that name who speaks, before a verb; None if nobody does."""
    adverbs = _ADVERBS.search(text, max(0, verb - 90), verb)
    end = adverbs.start() if adverbs else verb
    end = len(text[:end].rstrip())
    if end <= 0 or text[end - 1] in ";:" or text[:end].endswith((',"', '?"', '!"')):
        return None
    aside = re.search(r"\s*\([^()]*\)$", text[:end])
    end = aside.start() if aside else end
    closed = text[end - 1] == "," or text[end:verb].lstrip().startswith(",")
    end = len(text[:end].rstrip(" ,"))
    start = _before_relative(text, _clause_start(text, end))
    if closed:
        start = _before_appositive(text, start)
    start = _past_finite(text, start, end)
    start += _lead(text[start:end], start)
    words = text[start:end]
    return (start, end) if could_speak(words) else None


def _clause_start(text: str, end: int) -> int:
    start = 0
    for boundary in _BOUNDARY.finditer(text, 0, end):
        aside = boundary[0].startswith("(") and ")" in text[boundary.end() : end]
        if boundary.end() < end and not aside:
            start = boundary.end()
    return start


_RELATIVE = Pattern(r"\s(?:that|which|who)\s+$")
_VERB_FIRST = Pattern(r"(?:has|have|had|is|are|was|were|[a-z]+(?:s|ed))\s")


def _before_relative(text: str, start: int) -> int:
    """The noun before "that provides intelligence", where a relative clause stands between."""
    relative = _RELATIVE.search(text, 0, start)
    if relative is None or not _VERB_FIRST.match(text, start) or _SPEECH.match(text, start):
        return start
    earlier = _clause_start(text, relative.start())
    words = text[earlier : relative.start()]
    return earlier if len(words.split()) <= 8 and not re.search(r"\d", words) else start


_SPEECH = Pattern(rf"(?:{either(REPORTING)})\b")


def _before_appositive(text: str, start: int) -> int:
    """The clause before the comma, when what follows is set beside a name: "Dal, who ..., said"."""
    head = text[:start].rstrip(" ")
    if not head.endswith((",", "who", "whose", "which")):
        return start
    head = re.sub(r"\s*(?:who|whose|which)$", "", head).rstrip(" ,")
    earlier = _clause_start(head + " ", len(head))
    words = head[earlier:]
    if len(words.split()) > 8 or re.search(r"\d", words) or not could_speak(words):
        return start
    return earlier


def _past_finite(text: str, start: int, end: int) -> int:
    """Cut what comes before "and" off when it has a verb of its own."""
    for conjunction in re.finditer(r"\s+and\s+", text[start:end]):
        if _FINITE.search(text, start, start + conjunction.start()) or re.search(
            r"\d|\b[a-z]{3,}ed\b", text[start : start + conjunction.start()]
        ):
            start = start + conjunction.end()
            break
    return start


def _lead(words: str, start: int) -> int:
    """How much of the words is an adverb before the source: "On Tuesday the ministry"."""
    match = (
        _LEAD.match(words[:1].upper() + words[1:]) if start == 0 or words[:1].isupper() else None
    )
    return match.end() if match else 0


_STARTS_NAME = Pattern(
    r"(?:the|an?|its|his|her|their|our|one|two|three|several|some|many|both|most)\s"
    r"|[A-Z\"]|[a-z]+(?:s|men|people|police|media|management|[a-z]+(?:ian|er|or|ist|man"
    r"|woman|team|army|military))\b|(?:[a-z-]+\s+){1,5}[A-Z]|(?:he|she|data|it|they|people"
    r"|police|city\s+hall|intelligence|union|opposition|state|local|western|aid|health"
    r"|hospital|military|security|government|defence|court|company|industry|senior|rescue"
    r"|relief|documents)\b"
)


def could_speak(words: str) -> bool:
    """Whether these words can name somebody who speaks."""
    if not words or len(words.split()) > 16 or NOBODY_NAMED.fullmatch(words):
        return False
    named = re.split(r",|\s+who\s", words, maxsplit=1)[0]
    if re.search(r"\d{2,}|[$€£%]", named) or _FINITE.search(named):
        return False
    if re.search(r"\b(?:said|says|told|announced|warned)\b(?!\s+by\b)", named):
        return False
    if re.match(
        r"(?:in|on|at|by|for|from|with|of|to|and|or|not|there|than|into|if)\s", words, re.IGNORECASE
    ):
        return False
    return _STARTS_NAME.match(words) is not None


_APPOSITIVE = Pattern(
    r",\s+(?:(?:an?|the|its|his|her|their|who)\s+[^,;.\"\d]+|[A-Z][\w'-]+"
    r"(?:\s+[A-Z][\w'-]+){1,2}|(?<=[a-z],\s)[A-Z][\w'-]+(?=\.?$))(?=[,.\"]|$)"
)


def with_appositive(text: str, end: int) -> int:
    """Take in ", Ivo Brandt" and ", a teacher" behind a name."""
    more = _APPOSITIVE.match(text, end)
    return more.end() if more else end
