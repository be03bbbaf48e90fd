"""Acts of speech without a verb of one: according to, SOURCE's estimate, a toll given by SOURCE."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factlog.extraction.noun_phrases import are_people
from factlog.extraction.numbers import A_NUMBER
from factlog.extraction.speech import (
    CITING,
    NOBODY_NAMED,
    SPEAKERS,
    SPOKE,
    Act,
    could_speak,
    verbs,
    with_appositive,
)
from factlog.parsing import lexicon
from factlog.parsing.text import MONEY_SIGNS
from factlog.patterns import Pattern

_ACCORDING = Pattern(
    rf"""\b(?P<how>[Aa]ccording\s+to|[Aa]s\s+per|(?<![\d%{MONEY_SIGNS}])\b[Pp]er(?=\s+(?:the\s+)?[A-Z])|[Cc]iting|[Qq]uoting
    |(?:{lexicon.either("speech verb", meaning="by")}|compiled|released|published|given
    |provided|issued)
    (?:\s+at\s+[^;"]{{1,40}}?)?\s+by)
    \s+(?P<who>(?:the\s+|an?\s+)?(?:[^,;"]|,(?=\d))+?)
    (?=,(?!\d)|[;"]|(?<!\b[A-Z])\.(?:\s|$)|\.?$|\s+(?:—|\(|that\b|while\b|but\b|whereas\b|who\b|which\b|as\s+of\b|on\s+(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)|and\s+\d|late\b|last\b|at\s+the\b|with\s+\d|shows?\b|showed\b|puts?\b|suggests?\b|has\b|have\b|was\b|were\b|had\b|is\b|are\b))""",
    re.VERBOSE,
)


# "Reported by police that 300 died", not "claimed by a group that has killed 300".
_THAT_SAYS = Pattern(r" that (?!(?:has|have|had|is|was|are|were)\b)")


def according(text: str) -> Iterator[Act]:
    """According to, per, citing; and "estimated by"."""
    for match in _ACCORDING.finditer(text):
        start, end = match.span("who")
        if re.match(rf"\s*[\d{MONEY_SIGNS}]", match["who"]) or NOBODY_NAMED.fullmatch(
            match["who"].strip()
        ):
            continue
        how = match["how"].lower()
        if how in ("citing", "quoting") and not _may_be_cited(match["who"]):
            continue
        kind = (
            how
            if how in ("citing", "quoting", "per")
            else "according to"
            if "accord" in how
            else "passive"
        )
        kind = "citing" if kind == "quoting" else kind
        end = with_appositive(text, end)
        passive = kind == "passive"
        if _THAT_SAYS.match(text, end) if passive else match.start() < 3:
            cited = CITING.match(text, end)
            origin = cited["whom"] if cited else None
            yield Act(kind, start, end, end, len(text), True, origin=origin)
        else:
            # "Put at 300 by police": the number stands among the words of the passive.
            yield Act(kind, start, end, 0, match.end("how") if passive else match.start(), False)


def _may_be_cited(words: str) -> bool:
    """Whether these words are a name, people or papers: no "weak demand", no "US tariffs"."""
    head = _HEAD_OF.split(words, maxsplit=1)[0].split()[-1]
    low = head.casefold().removesuffix("'s")
    return not head.islower() or low in SPEAKERS or low in _TELLING or are_people(low)


_HEAD_OF = re.compile(
    r"\s+(?:[a-z]+(?:ed|ing)|of|at|from|in|with|for|who|on|familiar|close|seen)\b"
)
_TELLING = (
    lexicon.words("noun of saying") | lexicon.words("noun of a claim") | lexicon.words("paper")
)


_ESTIMATE = Pattern(
    r"(?P<who>(?:[Tt]he\s+)?(?:[A-Z][\w-]*|[a-z]+)(?:\s+[A-Z][\w-]*)*)(?:'s|s')\s+"
    r"(?:own\s+|latest\s+|official\s+|earlier\s+|previous\s+|initial\s+)?"
    r"(?:(?P<noun>estimate|tally|count|figure|toll|projection|forecast|assessment)\s+(?:of|is|was"
    r"|stands\s+at|stood\s+at|for)\b"
    rf"|(?:{lexicon.either('noun of a claim')}|announcement|warning|admission)\s+that\b)"
)


def estimates(text: str) -> Iterator[Act]:
    """SOURCE's estimate of; SOURCE's claim that."""
    for match in _ESTIMATE.finditer(text) if "'" in text else ():
        start, end = match.span("who")
        if _A_DATE.match(match["who"]):
            continue
        # A land has a toll, and does not speak of it.
        last = match["who"].split()[-1].casefold()
        if match["noun"] in ("toll", "figure") and last not in SPEAKERS:
            continue
        yield Act(
            "source's estimate",
            start,
            end,
            match.end(),
            len(text),
            True,
            earlier=bool(re.search("earlier|previous|initial", match[0])),
        )


# "A BBC tally of 300"; "a UK toll of 300" is of that land.
_ITS_TALLY = Pattern(
    r"\b(?:[Aa]n?|[Tt]he|[Oo]ne)\s+(?P<who>[A-Z][\w&-]*(?:\s+[A-Z][\w&-]*)*)\s+(?:tally|count|estimate)"
    r"\s+of\b"
)


def tallies(text: str) -> Iterator[Act]:
    """A SOURCE tally of, where SOURCE is a body known to speak or a name of capitals."""
    for match in _ITS_TALLY.finditer(text):
        start, end = match.span("who")
        if match["who"].isupper() or _speaks(match["who"]):
            yield Act("source's estimate", start, end, match.end(), len(text), True)


_NOUNS = lexicon.either("noun of saying")
_FIGURE_BY = Pattern(
    rf"\b(?:{_NOUNS})(?:\s+of\s+[\w~]*\s*[\d,.]*\d(?:\s+(?:dead|deaths|casualties|victims))?)?,?"
    r"\s+(?:(?:given|provided|issued|released|published|compiled)\s+)?(?P<how>by|from)\s+"
    r"(?P<who>(?:the\s+|an?\s+)?[^,;.\"()]+?)(?=[,;\"(]|\.(?:\s|$)|$|\s+(?:for|on|in|at|as|that"
    rf"|of(?=\s+(?:[\w~]+\s+){{0,2}}?[\d{MONEY_SIGNS}])"
    rf"|shows?|showed|{lexicon.either('helping verb', 'verb of no name')}|{SPOKE})\b)",
    re.IGNORECASE,
)
_A_DATE = Pattern(
    rf"(?:{lexicon.either('weekday', 'month', 'short month')})\b|.*\b(?:day|week|month|year)s?$",
    re.IGNORECASE,
)


_BY_COUNT = Pattern(
    r"(?:^|[\s,])(?:[Bb]y|[Oo]n)\s+(?:(?P<who>(?:the\s+)?[A-Z][\w-]*(?:\s+[A-Z][\w-]*)*)(?:'s|s')"
    r"|(?P<some>(?:the\s+)?(?:[a-z-]+\s+)?[a-z-]+)(?:'s?)?)\s+(?:own\s+|latest\s+|official\s+)?"
    r"(?:estimates?|tally|count|reckoning|figures|calculations)\b"
)


def by_count(text: str) -> Iterator[Act]:
    """By SOURCE's count, before or behind what was counted."""
    for match in _BY_COUNT.finditer(text):
        if match["some"] and not _counts(match["some"]):
            continue
        start, end = match.span("who" if match["who"] else "some")
        ahead = match.start() == 0
        since, until = (match.end(), len(text)) if ahead else (0, match.start())
        yield Act("source's count", start, end, since, until, ahead)


def _counts(words: str) -> bool:
    """Whether these words name one who counts: "police", "the ministry", no "official"."""
    last = words.split()[-1]
    return last in SPEAKERS and last != "official"


_HEAD = Pattern(r"(?P<who>(?:[Tt]he\s+)?[^\W\d][^:;.,()\"\d—]{0,50}?):\s+(?!\")")
_TAIL = Pattern(
    r"(?:\s—\s+|:\s+|\s\((?P<told>[Ss]ource:\s+)?)(?P<who>[^\W\d][^:;,()\"\d—]{0,50}?)\)?\.?$"
)
_NAME = Pattern(r"(?:[Tt]he\s+)?[A-Z][\w'&-]*(?:\s+(?:(?:of|for|the|and)\s+)*[A-Z][\w'&-]*)*")


def headed(text: str) -> Iterator[Act]:
    """SOURCE: CLAIM and CLAIM — SOURCE, as in a headline; and (source: SOURCE)."""
    if (head := _HEAD.match(text)) and _speaks(head["who"]):
        yield Act("headline", *head.span("who"), head.end(), len(text), True)
    elif (tail := _TAIL.search(text)) and (tail["told"] or _speaks(tail["who"])):
        yield Act("headline", *tail.span("who"), 0, tail.start(), False)


def may_be_headed(text: str) -> bool:
    """Whether a name, or a word for people, stands before a colon: "Zelensky: 40 died"."""
    head = _HEAD.match(text)
    if head is None:
        return False
    last = head["who"].split()[-1]
    if last.islower():
        return last in SPEAKERS or are_people(last)
    return last.lower() not in _EVENTS


_EVENTS = lexicon.words("event")


def _speaks(words: str) -> bool:
    """Whether this is the name of one known to speak, or a plain word for one: "police"."""
    if words.casefold() in _PLAIN:
        return True
    first, *rest = words.split()
    if rest and rest[-1] in _PLAIN:  # "Gaza health ministry", "local police"; no "mostly police"
        return first in _KIND or (first[0].isupper() and first.lower() not in _NO_NAME)
    head = re.split(r"\s+(?:of|for)\s", words)[0].split()
    return bool(rest and _NAME.fullmatch(words)) and head[-1].casefold() in _HEADS


# A school, a bank and a sea may be where something happened.
_BODIES = {
    word.casefold()
    for word in lexicon.words("organisation") - lexicon.words("organisation", "place")
}
_PLAIN = (
    lexicon.words("outlet")
    | lexicon.words("common speaker")
    | (lexicon.words("generic speaker") & _BODIES)
)
_KIND = lexicon.words("speaker in small letters") | lexicon.words("generic speaker")
_NO_NAME = lexicon.words("start of no name") | lexicon.words("fate") | lexicon.words("many")
_HEADS = (
    _BODIES
    | lexicon.words("unnamed speaker")
    | (lexicon.words("role") - lexicon.words("role", "part of a title"))
)


def figures_by(text: str) -> Iterator[Act]:
    """The figure by SOURCE, a toll from SOURCE: one that speaks, not what it comes from."""
    told = " by " in text or " from " in text
    for match in _FIGURE_BY.finditer(text) if told else ():
        who = re.sub(r"^(?:the|an?)\s+", "", match["who"], flags=re.IGNORECASE)
        known = (
            who.isupper() or who.casefold() in SPEAKERS or who.split()[-1].casefold() in SPEAKERS
        )
        named = match["how"].lower() == "by" and who[:1].isupper() and not _A_DATE.match(who)
        if (known or named) and could_speak(match["who"]):
            start, end = match.span("who")
            yield Act("figure by source", start, end, match.start(), len(text), True)


_REPORTS = Pattern(
    r"(?<!to )(?P<who>(?:[Uu]nconfirmed|[Mm]edia|[Ll]ocal|[Ss]ome|[Ee]arly|[Ii]nitial"
    r"|[Cc]onflicting|[Pp]ress|[Tt]here\s+(?:were|are|have\s+been))?"
    rf"\s*\b[Rr]eports|\b[Aa]\s+report)\s+(?:[a-z]+\s+){{0,4}}?(?:of|that)\s+(?=(?:[\w-]+\s+){{0,3}}?{A_NUMBER})"
)


def reports(text: str) -> Iterator[Act]:
    """As in "unconfirmed reports of 300 dead": said by nobody in particular."""
    for match in _REPORTS.finditer(text):
        start, end = match.span("who")
        start = re.compile(r"(?:[Tt]here\s+(?:were|are|have\s+been))?\s*").match(text, start).end()  # type: ignore[union-attr]
        yield Act("reports of", start, end, match.end(), len(text), True)


def acts(text: str) -> list[Act]:
    """The acts of speech of a sentence, in order."""
    headline = [*headed(text)]
    if _ANY.isdisjoint(_WORD.findall(text.lower())):
        return headline
    found = sorted(
        [
            *headline,
            *verbs(text),
            *according(text),
            *estimates(text),
            *tallies(text),
            *by_count(text),
            *figures_by(text),
            *reports(text),
        ],
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


_WORD = re.compile(r"\w+")
# Words one of which stands in every act of speech.
_ANY = frozenset(word.split()[0] for word in lexicon.words("speech verb")) | {
    *("according", "per", "citing", "quoting", "by", "reports", "estimate", "tally", "figure"),
    *("announcement", "warning", "admission"),
    *lexicon.words("noun of a claim"),
    *("figures", "count", "toll", "data", "report", "reckoning", "calculations"),
}
