"""Subject: what an article is about, from its headline and the event it speaks of most."""

from __future__ import annotations

import re
from collections import Counter

from factlog.extraction import article
from factlog.parsing import lexicon
from factlog.patterns import Pattern

_READ = 20_000  # characters from which a subject is made
_LONGEST = 80  # characters of a headline
_HEADLINE = Pattern(r"\s*(?P<line>[^\n]+?)[ \t]*\n\s*\S")
_EVENT = Pattern(
    rf"(?P<led>(?:[A-Za-z][\w'-]*\s+){{0,3}})\b(?P<event>{lexicon.either('event')})(?P<many>e?s)?\b",
    re.IGNORECASE,
)
# Where it was, as far as the verb: " at grain port" of "Blast at grain port kills 14".
_VERBS = (
    "kills|injures|wounds|leaves|hits|forces|destroys|displaces|claims|sparks|prompts|rises|nears"
    "|as|after|and|with|but"
)
_WHERE = Pattern(rf"\s+(?:at|in|near|off|on)(?:\s+(?!(?:{_VERBS})\b)[A-Za-z][\w'-]*){{1,5}}")
_NO_PART = lexicon.words("word no noun phrase holds") | lexicon.words("speech verb")
_DETERMINERS = lexicon.words("determiner")


def subject_of(text: str) -> str | None:
    """What the text seems to be about, such as "dust explosion"; None if nothing tells."""
    plain = article.prepare(text[:_READ])
    headline = _HEADLINE.match(plain)
    line = headline["line"].strip() if headline else ""
    if len(line) > _LONGEST or line.endswith((".", ",", ";", '"')):
        line = ""
    if (told := _EVENT.search(line)) and (where := _WHERE.match(line, told.end())):
        return _phrase(told) + where[0]
    events = Counter(match["event"].lower() for match in _EVENT.finditer(plain))
    if not events:
        return line or None
    most = max(events, key=lambda event: events[event])
    phrases = (_phrase(match) for match in _EVENT.finditer(plain) if match["event"].lower() == most)
    named = Counter(phrase for phrase in phrases if phrase.lower() != most)
    return named.most_common(1)[0][0] if named else line or most


def _phrase(match: re.Match[str]) -> str:
    """The event with the words before it that belong to it: "Tarim earthquake"."""
    kept: list[str] = []
    for word in reversed(match["led"].split()):
        low = word.lower()
        if low in _DETERMINERS | _NO_PART or low.endswith(("ly", "'s", "ed")):
            break
        kept.insert(0, word)
    return " ".join([*kept, match["event"] + (match["many"] or "")])
