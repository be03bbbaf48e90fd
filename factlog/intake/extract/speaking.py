"""Speaking: who says what in a sentence, by the verbs of speech in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from factlog.intake.extract import citing, speakers
from factlog.intake.extract.act import Act, act_at
from factlog.intake.extract.lexicon import (
    A_NUMBER,
    AUDIENCES,
    DAYS,
    REPORTING,
    TRANSITIVE,
    either,
    listed,
)
from factlog.reading.patterns import Pattern


def acts(text: str) -> list[Act]:
    """The acts of speech of a sentence, in order."""
    if not _ANY.search(text):
        return []
    found = sorted(
        [*_verbs(text), *citing.according(text), *citing.estimates(text), *citing.reports(text)],
        key=lambda act: act.since,
    )
    return [act for act in found if not _inside_another(act, found)]


def _inside_another(act: Act, found: list[Act]) -> bool:
    """Whether the words that name this source are but a part of another's."""
    return any(
        other is not act and other.start <= act.start and act.end <= other.end
        and (other.end - other.start) > (act.end - act.start)
        for other in found
    )  # fmt: skip


_ANY = Pattern(
    rf"\b(?:{either(REPORTING)}|according|per|citing|quoting|by|reports|estimate|tally"
    r"|figure|count)\b",
    re.IGNORECASE,
)
_VERB = Pattern(rf"(?<![-'\w])(?P<verb>{either(REPORTING)})(?![-'\w])(?!\s+by\b)")
_EARLIER = Pattern(r"\b(?:previously|earlier|initially|originally|at\s+first|had)\b")
_NOT_A_VERB = Pattern(
    r"(?:^|[\s(\"])(?:was|were|been|be|being|is|are|gets?|to|an?|the|these|those|of|its"
    r"|their|his|her|our|no|some|any"
    r"|by|in|from|for|with|as|than|not|it\s+is|never|\S+'s|s')\s+$",
    re.IGNORECASE,
)
_QUALIFIED = Pattern(
    r"\b(?:many|such|all|more|most|recent|official|initial|early|earlier|latest"
    r"|conflicting|unconfirmed|media|press"
    r"|news|police|intelligence|previous|new|preliminary|some|several|other|various|local)\s+$",
    re.IGNORECASE,
)
_PASSIVE = Pattern(
    r"\b(?:was|were|been|be|being|is|are|as)(?:\s+\w+ly|\s+also|\s+not|\s+still)?\s+$"
)
_NOUNS = listed(
    "reports report claims claim estimates estimate shows show counts puts projects"
    " forecasts forecast states notes records promises finds"
)
_NUMBER_SOON = Pattern(rf"(?:\s+(?!said\b|but\b)[^\s;]+){{0,9}}?\s+\(?{A_NUMBER}", re.IGNORECASE)
_OPENS = Pattern(
    rf"\s+(?:that|the|an?|at|there|in|on|its|their|his|no|(?-i:[A-Z])|{A_NUMBER})", re.IGNORECASE
)


def _verbs(text: str) -> Iterator[Act]:
    last: Act | None = None
    for match in _VERB.finditer(text):
        verb = match["verb"]
        if _is_noun(text, match):
            continue
        inverted = _inverted(text, match)
        if inverted:
            last = inverted
            yield inverted
            continue
        if verb in ("admitted", "admits") and not text.startswith(" that", match.end()):
            continue
        if verb in ("put", "puts") and not re.match(
            r"(?:\s+[\w'-]+){0,9}?\s+at\s", text[match.end() :]
        ):
            continue
        soon = verb not in TRANSITIVE or _NUMBER_SOON.match(text, match.end())
        if not soon and not _closes(text, match.end()):
            continue
        act = _direct(text, match, last)
        if act:
            last = act
            yield act


def _is_noun(text: str, match: re.Match[str]) -> bool:
    """Whether the word is no verb here: "the reports", "were reported", "to report"."""
    before = text[: match.start()]
    if _PASSIVE.search(before) or _NOT_A_VERB.search(before):
        return True
    if match["verb"] not in _NOUNS or re.search(r"\b(?:had|have|has)\s+$", before):
        return False
    if _QUALIFIED.search(before) and match["verb"] not in ("show", "shows"):
        return True
    if not _OPENS.match(text, match.end()) and not _closes(text, match.end()):
        return True
    return re.match(r"\s+(?:of|from|by|on|about)\b", text[match.end() :]) is not None


def _closes(text: str, at: int) -> bool:
    """Whether the clause ends after a verb of speech, but for when and where it was said."""
    return (
        re.match(
            r"\s*(?:(?:\s(?:on|in|at|during|late|early|last|this|yesterday|today|earlier|later|via"
            r"|through|to|as|after|following|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
            r"|reporters|journalists|afterwards)\b)[^,;.\"\d]*?(?:\d{1,2}\s[A-Z]\w+"
            r"|[A-Z]\w+\.?\s\d{1,2})?)?\s*(?:[,;\"—]|\.(?:\s|$|\")|$|\sand\s|\sbut\s|\swhile\s"
            r"|\salthough\s)",
            text[at:],
        )
        is not None
    )


_FOLLOWS = Pattern(
    r"\s+(?P<who>(?:the\s+|an?\s+)?(?!that\b|on\b|in\b|it\b|he\b|she\b|they\b|there\b|at\b"
    r"|more\b|about\b|nearly\b|some\b|to\b|no\b|all\b|around\b)[A-Za-z][^;\"()—]*?)"
    rf"(?=\s*(?:[;\"(—]|$)|\.(?:\s|$|\")|,\s|\s+(?:on\s+(?:{DAYS})|in\s+an?\s|after\s|who\s"
    r"|as\s|when\s|late\s|earlier|at\s+a\s|told\b|and\s|but\s|yesterday|today|last\s"
    r"|this\s|during\s|citing\b|adding\b))"
)


def _inverted(text: str, match: re.Match[str]) -> Act | None:
    """CLAIM, said SOURCE."""
    if not re.search(r"[,\"?!—-]\s*$", text[: match.start()]) or match["verb"] not in _INVERTS:
        return None
    follows = _FOLLOWS.match(text, match.end())
    if follows is None or re.match(rf"(?!one\s){A_NUMBER}", follows["who"], re.IGNORECASE):
        return None
    if not speakers.could_speak(follows["who"]) or re.search(r"\d|\b[a-z]{3,}ed\b", follows["who"]):
        return None
    start, end = follows.span("who")
    end = speakers.with_appositive(text, end)
    return act_at("claim, said source", text, start, end, match.start(), end, ahead=False)


_INVERTS = listed(
    "said says announced reported warned added wrote confirmed explained recalled estimated noted"
)
_SAME_SUBJECT = Pattern(r"\b(?:and|but|then|and\s+also)\s+(?:also\s+|later\s+|has\s+|had\s+)*$")


def _direct(text: str, match: re.Match[str], last: Act | None) -> Act | None:
    """SOURCE says CLAIM, or CLAIM, SOURCE said; "put it at 2 and said" has one source."""
    if last is not None and re.search(
        r"\bwho\s+(?:also\s+|had\s+|has\s+)?$", text[last.end : match.start()]
    ):
        place: tuple[int, int] | None = (last.start, last.end)
    elif last is not None and last.ahead and _SAME_SUBJECT.search(text[: match.start()]):
        place = (last.start, last.end)
    else:
        place = speakers.before_verb(text, match.start())
    if place is None:
        return None
    start, end = place
    told, after = _told(text, match)
    trailing = _trails(text, start, after)
    kind = "claim, source said" if trailing else "source says claim"
    if match["verb"] in ("put", "puts"):
        kind = "source put it at"
    since = start if trailing else after
    act = act_at(kind, text, start, end, since, after, ahead=not trailing)
    earlier = _EARLIER.search(text[end : match.start()]) is not None
    return replace(act, via=told, earlier=earlier)


def _trails(text: str, start: int, after: int) -> bool:
    led = re.search(r"[,\"—?!]\s*(?:and\s+|but\s+)?$", text[:start])
    if not led or start < 4:
        return False
    if text[after : after + 5].startswith(" that"):
        return False
    return _closes(text, after)


_TOLD = Pattern(
    r"\s+(?P<whom>(?:the\s+)?[A-Za-z][\w'-]*(?:\s+(?:[A-Z][\w'-]*|news|agency|press"
    r"|conference|television|radio|newspaper|media))*)"
)
_AUDIENCE = Pattern(rf"(?:the\s+|a\s+)?(?:{either(' '.join(AUDIENCES))})$", re.IGNORECASE)


def _told(text: str, match: re.Match[str]) -> tuple[str | None, int]:
    """The outlet that was told, if it is one, and where the words after it begin."""
    if match["verb"] not in ("told", "tells", "tell"):
        return _to_outlet(text, match.end())
    whom = _TOLD.match(text, match.end())
    if whom is None:
        return None, match.end()
    name = re.sub(r"^the\s+", "", whom["whom"])
    outlet = (
        name[:1].isupper() and not _AUDIENCE.match(name) and name not in ("Parliament", "Congress")
    )
    return (name if outlet else None), whom.end()


def _to_outlet(text: str, at: int) -> tuple[str | None, int]:
    """As in "confirmed to CBS News that": the outlet something was said to."""
    to = re.match(
        r"\s+to\s+(?:the\s+)?(?P<name>[A-Z][\w'-]*(?:\s+[A-Z][\w'-]*){0,2})(?=\s+(?:that|on)\b"
        r"|[,.])",
        text[at:],
    )
    return (to["name"], at + to.end()) if to else (None, at)
