"""Names of sources: the tidy name that words give, and the earlier one that it is short for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from factlog.extraction.noun_phrases import are_people
from factlog.parsing import lexicon
from factlog.patterns import Pattern


@dataclass(frozen=True, slots=True)
class Name:
    """A source: its tidy name, whether it is nobody in particular, and the outlet it came by."""

    name: str
    unnamed: bool = False
    via: str | None = None


def tidy(words: str) -> Name:
    """The source that these words name: "Recent assessments by South Korean intelligence"."""
    text = " ".join(re.sub(r"\s*\([^()]*\)", "", words).split()).strip(" ,;:.\"'—-")
    text = _INITIALS.sub(r"\g<0>.", text)
    seen = _SEEN.match(text)
    text = _paper_of(_RELEASED.sub("", seen["what"] if seen else text))
    speaker = _FOR.match(text)
    name = _person(_ARTICLE.sub("", _main_part(speaker["of"] if speaker else text)))
    return Name(_lowered(name), _is_unnamed(name), seen["via"] if seen else None)


# The stop that ends a sentence ends "U.N." as well.
_INITIALS = re.compile(r"(?<![\w.])(?:[A-Z]\.)+[A-Z]$")


def is_outlet(name: str) -> bool:
    """Whether this is a news outlet, which passes on what others say."""
    bare = name.casefold().removeprefix("the ")
    return bare in lexicon.words("outlet") or name.split()[-1] in _OUTLET_ENDINGS


_OUTLET_ENDINGS = lexicon.words("outlet ending")


_SEEN = Pattern(
    r"^(?P<what>.+?)\s+(?:seen|obtained|reviewed|published|cited|quoted|carried|reported)\s+by\s+"
    r"(?:the\s+)?(?:(?:newspaper|magazine|broadcaster|website|daily)\s+)?"
    r"(?P<via>[A-Z][\w' -]*?)(?:\s+on\s+[A-Z]\w+)?$"
)


_RELEASED = Pattern(
    r"(?<=\w)\s+(?:newly\s+)?(?:released|published|issued|unveiled)(?:\s+(?:on|in|this|last|late|early)\s.*)?$"
)
_PAPER = lexicon.either("paper")
_OWN = lexicon.either("paper", meaning="own")
_PAPER_BY = Pattern(
    rf"^(?:[\w'-]+\s+){{0,4}}?(?:{_PAPER})(?:\s+\w+(?:ed|t))?,?\s+(?:by|from|at|on(?=.*(?:TV"
    r"|[Tt]elevision|[Rr]adio|[Mm]edia|[Cc]hannel)$))\s+(?P<by>.+?)"
    r"(?:\s+(?:published|released|on|in|this|last)\s+.*)?$",
    re.IGNORECASE,
)
_OWN_PAPER = Pattern(
    rf"^(?:the\s+)?(?P<of>.+?)(?:'s|s')\s+(?:[\w-]+\s+){{0,3}}?(?:{_OWN})(?:\s+(?:of|on|for"
    r"|into|from|in)\b.*)?$",
    re.IGNORECASE,
)
_NOUN_PAPER = Pattern(
    r"^(?P<of>.+?)\s+(?:data|figures|statistics|estimates|records|numbers)$"
    r"|^(?:[Aa]n?\s|[Tt]he\s)?(?P<name>[A-Z][\w&.'-]*(?:\s[A-Z][\w&.'-]*)*)\s(?:count|tally|estimate)$"
)
# "Satellite data" are nobody's; "police figures" are theirs.
_NOBODYS = lexicon.words("word before a paper") | lexicon.words("paper of nobody")
_OF_SO_MANY = Pattern(
    r"(?<=[a-z])\s+of\s+(?:[a-z]+\s+){0,2}\d[\d,.]*(?:\s+[a-z-]+){1,3}?(?=\s+by\s|$)"
)


_BASED_ON = Pattern(r"(?<=[a-z]),?\s(?:based|drawing|compiled)\s(?:on|from)\s.*$")


def _paper_of(text: str) -> str:
    """Whose figures they are: "data from Y", "Y's latest report", "Y figures", "a poll of 900"."""
    text = _BASED_ON.sub("", _OF_SO_MANY.sub("", text))
    by = _PAPER_BY.match(text)
    if by and by["by"].lower() not in ("the", "a"):
        return _paper_of(_before_for(by["by"]))
    own = _OWN_PAPER.match(text)
    if own:
        return own["of"]
    noun = _NOUN_PAPER.match(text)
    of = (noun["of"] or noun["name"]) if noun else ""
    if of and not all(word.lower() in _NOBODYS for word in of.split()):
        return of
    return text


def _before_for(text: str) -> str:
    """Make "Metrica for the Daily Post" Metrica; an "Organization for Migration" stays whole."""
    head, found, _ = text.partition(" for ")
    return text if not found or _ORG_WORD.search(head) else head


_FOR = Pattern(
    r"^(?:an?|the|its|one|another)?\s*(?:[\w-]+\s+)?(?:spokes\w+|representatives?"
    r"|press\s+officer)\s+(?:for|of|at|from|with)\s+(?P<of>.+)$",
    re.IGNORECASE,
)


_CLAUSE = re.compile(
    r",?\s+(?:who|which|whose|that|where|speaking|citing|quoting|polled"
    r"|surveyed|interviewed|contacted|reached)\b.*$"
)


def _main_part(text: str) -> str:
    """The name among a name and what it is set beside: "the mayor, Lucia Ferro"."""
    parts = [part for part in re.split(r",\s+", _CLAUSE.sub("", text)) if part] or [text]
    return parts[1] if len(parts) > 1 and not _named(parts[0]) and _named(parts[1]) else parts[0]


def _named(part: str) -> bool:
    """Whether these words are or end in a name of their own."""
    words = _ARTICLE.sub("", part).split()
    return (
        bool(words)
        and words[0][:1].isupper()
        and _tail(words) == 0
        and words[0].lower() not in _COMMON
    )


_COMMON = lexicon.words("common speaker")
_ARTICLE = re.compile(
    r"^(?:the|an?|its|their|his|her|our|one|another|that|this)\s+(?!of\s)(?=\S)", re.IGNORECASE
)


_PARTICLES = lexicon.words("name particle")
_LINKS = lexicon.words("name link")


def _tail(words: list[str]) -> int:
    """Where the name at the end begins: the words after the last one in lower case."""
    for place in range(len(words) - 1, -1, -1):
        word = words[place]
        if word[:1].isupper() or word[:1].isdigit() or word.startswith(("al-", "el-", "&")):
            continue
        if word.lower() in _PARTICLES and place + 1 < len(words):
            continue
        return place + 1
    return 0


_OF = Pattern(
    r"(?P<who>[A-Z][\w'.-]+(?:\s+(?:[A-Z][\w'.-]*|de|van|von|bin|al-\w+)){1,3})\s+(?:of"
    r"|from|at|with)\s+(?:the\s+)?[A-Z]"
)
_OFFICE = Pattern(
    r"^.*\b(?:Secretary|Minister|Director|Chief)\s+of\s+"
    r"(?:the\s+)?[A-Z]\w+\s+(?P<who>[A-Z][\w.'-]+\s+[A-Z].*)$"
)
_LED_BY = Pattern(r"^.*\b(?:led|headed|chaired)\s+by\s+(?=\S)")
_SMALL_LEAD = Pattern(r"(?:[a-z][\w-]*\s+){1,4}(?=[A-Z])")
_RANK = re.compile(rf"^(?:(?:{lexicon.either('short word', meaning='rank')})\.?[- ]\s*)+")
_ORG_WORD = Pattern(rf"\b(?:{lexicon.either('organisation')})s?\b")

_BODY_OF = re.compile(r"\w\sof\s(?:the\s)?$")
_SPEAKS_IN = Pattern(rf"\b(?:{lexicon.either('organisation', 'paper')})s?\sIn\s$", re.IGNORECASE)


def _person(text: str) -> str:
    """The name without the office before it and the house behind it."""
    text = _RANK.sub("", _LED_BY.sub("", text))
    lead = _SMALL_LEAD.match(text)
    if lead and _BODY_OF.search(lead[0]) and not text.split()[-1][:1].isupper():
        return text  # "health ministry of the Hamas-run territory"
    if lead and lead[0].split()[-1] not in _LINKS and _OF.match(text, lead.end()) is None:
        lead = None
    elif lead and lead[0].endswith(" in ") and _SPEAKS_IN.search(lead[0].title()):
        return text  # "foreign ministry in Tegucigalpa" is not the town, nor is a study there
    if lead and _are_somebody(lead[0]):
        return text
    text = text[lead.end() :] if lead else text
    office = _OFFICE.match(text)
    if office:
        return office["who"]
    of = _OF.match(text)
    if of and not _ORG_WORD.search(of["who"]) and of["who"].split()[-1].lower() not in _ROLES:
        text = of["who"]
    words = text.split()
    place = _tail(words)
    if 0 < place < len(words) and words[place - 1].lower() not in _LINKS:
        words = _RANK.sub("", " ".join(words[place:])).split()
    return " ".join(_untitled(words))


def _are_somebody(lead: str) -> bool:
    """Whether these words before a name are of people there: "doctors at" a hospital."""
    there = _THERE.match(lead)
    head = there["head"] if there else ""
    return head in _PEOPLE_THERE or (head.endswith(("s", "men")) and are_people(head))


_THERE = Pattern(r"(?:[\w-]+\s+)*?(?P<head>[\w-]+)\s+(?:at|in|from|of|with|near|for|on)\s")


_PEOPLE_THERE = lexicon.words("unnamed speaker") - lexicon.words("paper")
_ROLES = lexicon.words("role")
_FIRST_NAMES = lexicon.words("role", "first name")
_TITLES = _ROLES - lexicon.words("role", "part of a title")

_OF_A_FIRM = lexicon.words("last word of a firm")  # "General Motors", "King County"


def _untitled(words: list[str]) -> list[str]:
    """Drop "President", "Finance Minister", "UNHCR spokeswoman" before a name."""
    for place in range(len(words) - 2, -1, -1):
        word, rest = words[place].rstrip(".").lower(), words[place + 1 :]
        titled = word in _TITLES or (place == 0 and word.endswith("ologist"))
        if (
            titled
            and not (place == 0 and len(rest) == 1 and word in _FIRST_NAMES)
            and all(w[:1].isupper() or w in _PARTICLES for w in rest)
            and not _ORG_WORD.fullmatch(rest[0])
            and not rest[0].endswith("'s")
            and not (place == 0 and word.title() == words[0] and rest[-1].lower() in _OF_A_FIRM)
            and not (len(rest) == 1 and rest[0].lower() in _TITLES)  # "Chief Minister"
        ):
            return rest[1:] if len(rest) > 2 and rest[0].lower() in _ROLES else rest
    return words


_GENERIC = lexicon.words("unnamed speaker") | lexicon.words("generic speaker")


def _lowered(name: str) -> str:
    """A common noun that only begins its sentence loses its capital: "Police said"."""
    first, _, rest = name.partition(" ")
    generic = first.lower() in _GENERIC - {"american", "western"}
    if first.istitle() and generic and rest == rest.lower():
        return first.lower() + name[len(first) :]
    return name


_HEAD_END = re.compile(
    r"\s+(?:of|at|from|in|with|for|who|familiar|on|close|near|by|working|briefed|inside"
    r"|to)\b"
)


def _is_unnamed(name: str) -> bool:
    """Whether nobody in particular is named: "officials", "researchers at Halden University"."""
    head = _HEAD_END.split(name, maxsplit=1)[0].split()
    known = bool(head) and (
        head[-1].lower() in lexicon.words("unnamed speaker")
        or (head[-1].islower() and head[-1].endswith(("s", "men")) and are_people(head[-1]))
    )
    return known and not (len(head) > 1 and all(word[:1].isupper() for word in head))


def resolved(name: Name, earlier: list[Name]) -> tuple[Name, bool]:
    """The fuller name given earlier that a short one stands for: "the ministry", a surname."""
    words = name.name.split()
    if len(words) != 1:
        return name, False
    short = words[0].casefold()
    for known in reversed(earlier):
        parts = known.name.casefold().split()
        ends = parts[-1] == short or (
            parts[0] == short and name.name.istitle() and not name.unnamed
        )
        if len(parts) > 1 and ends and (not name.unnamed or known.unnamed):
            return replace(known, via=name.via or known.via), True
    return name, False


def is_described(name: str) -> bool:
    """Whether a source is told by its kind alone: "the airline", of which there are many."""
    return name in lexicon.words("speaker of no name")
