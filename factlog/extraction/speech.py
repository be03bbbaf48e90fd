"""Acts of speech: who says what in a sentence, by its verbs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from factlog.extraction.noun_phrases import plural
from factlog.extraction.numbers import A_NUMBER
from factlog.extraction.told_to import told
from factlog.parsing import lexicon
from factlog.parsing.number_words import SMALL, TENS
from factlog.parsing.text import MONEY_SIGNS
from factlog.patterns import Pattern
from factlog.values import dataclass

_DAYS = lexicon.either("weekday")


@dataclass(frozen=True, slots=True)
class Act:
    """One act of speech: text[start:end] names the source, which answers for text[since:until].

    `kind` is the rule that found it; `ahead` says that what is said comes after the source.
    `via` and `origin` are words of the chain: "X told Reuters, citing Y". `pronoun` says that
    the words only point back at a source.
    """

    kind: str
    start: int
    end: int
    since: int
    until: int
    ahead: bool
    via: str | None = None
    origin: str | None = None
    pronoun: bool = False
    earlier: bool = False
    weak: bool = False  # who counted or found it, where another may say so


_PRONOUN = Pattern(r"(?:he|she|it|they)$", re.IGNORECASE)
CITING = Pattern(
    r",?\s+(?:citing|quoting)\s+(?P<whom>[^,;.\"]+?)(?=,|;|\.(?:\s|$)|\"|$|\s+(?:that"
    r"|as\s+saying)\b)"
)


def act_at(kind: str, text: str, start: int, end: int, since: int, at: int, *, ahead: bool) -> Act:
    """The act of the source at text[start:end], with whom it cites after `at`."""
    pronoun = _PRONOUN.fullmatch(text[start:end]) is not None
    origin = CITING.search(text, at)
    soon = origin is not None and ";" not in text[at : origin.start()]
    cited = origin["whom"].strip() if origin and soon else None
    if ahead:
        return Act(kind, start, end, since, len(text), True, origin=cited, pronoun=pronoun)
    return Act(kind, start, end, 0, since, False, origin=cited, pronoun=pronoun)


_ADVERBS = Pattern(
    rf"(?:,?\s+(?:{lexicon.either('adverb of speech')}|on\s+(?:{_DAYS})|(?:last|this)\s+\w+"
    r"|in\s+(?:an?|its|his)\s+(?:\w+\s+)?(?:statement|post|report|interview)|,))*\s*$"
)
_BOUNDARY = Pattern(
    r"""[;:—"(]\s*|,\s+(?:and\s+|but\s+|while\s+|with\s+)?|\b(?:but|while|whereas|although|though|because|when|which
    |that|where|if|until|whilst|yet|as|since|after|before|so|than)\s+(?!of\b)|\b(?:an?|the)\s+(?:figure|number|toll|total|claim)\s+(?=[a-zA-Z])
    |(?<=\d)\s+and\s+""",
    re.VERBOSE,
)
_FINITE = Pattern(rf"\b(?:{lexicon.either('helping verb', 'verb of no name')})\b")
_LEAD = Pattern(
    rf"^(?:(?:{lexicon.either('lead to a date')})\s[^,]*?"
    rf"(?:{_DAYS}|week|month|year|night|day|morning|evening|afternoon|\d{{4}}"
    rf"|(?<=[Ii]n\s)(?:{lexicon.either('month')}))\s+"
    rf"|(?:{lexicon.either('lead')}|In\s+\w+,)\s+,?\s*)+"
)
NOBODY_NAMED = Pattern(
    r"(?:i|we|you|(?-i:[Ww]ho)|which|that|there|this|what|nobody|no\s+one|everyone|one|all|both|each|none"
    rf"|neither|either|another|if|once|when|unless|until|though|although|while|whether|as|yesterday|today|tonight|tomorrow|{lexicon.either('weekday')})$"
    r"|.*\b(?:and|or|but|nor)$",
    re.IGNORECASE,
)


def before_verb(text: str, verb: int) -> tuple[int, int] | None:
    """Where the words stand that name who speaks, before a verb; None if nobody does."""
    adverbs = _ADVERBS.search(text, max(0, verb - 90), verb)
    end = adverbs.start() if adverbs else verb
    end = len(text[:end].rstrip())
    if end <= 0 or text[end - 1] in ";:" or text[:end].endswith((',"', '?"', '!"')):
        return None
    aside = re.search(r"\s*(?:\([^()]*\)|—[^—;:\"\d]*—)$", text[:end])
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
    if text[start:].split(maxsplit=1)[0] in SPEAKERS:  # "a crowd that organisers put at 300"
        return start
    earlier = _clause_start(text, relative.start())
    words = text[earlier : relative.start()]
    return earlier if len(words.split()) <= 8 and not re.search(r"\d", words) else start


SPOKE = lexicon.either("speech verb")
_SAYING = lexicon.words("speech verb", "inverts") - lexicon.words("speech verb", "that")
# Somebody speaks here, whether or not it is found who.
SPEAKING = Pattern(
    rf"\b(?:{'|'.join(sorted(_SAYING))}|says|told|tells|heard|admit(?:s|ted)|according\s+to"
    r"|say|blame[ds]|accuse[ds]|gave\s+an?|(?:was|were|been|is|are)\s+(?:put\s+at|reported|believed|understood|given"
    r"|thought)|reportedly|allegedly)\b",
    re.IGNORECASE,
)
_OF_NUMBERS = lexicon.words("speech verb", "number")
_OF_KNOWN = lexicon.words("speech verb", "known")
_SPEECH = Pattern(rf"(?:{SPOKE})\b")


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
    r"|woman|team|army|military))\b|(?:[a-z-]+\s+){1,5}[A-Z]|"
    rf"(?:{lexicon.either('speaker in small letters')})\b"
)


# "No analyst", "neither the police nor the army"; but No Kill and Few & Sons are names.
_OF_NOBODY = Pattern(
    rf"(?:{lexicon.either('word for nobody')})\b(?!\s+(?-i:[A-Z&])|[.-])", re.IGNORECASE
)


_NUMBERS = frozenset((*SMALL, *TENS))  # "Two confirmed deaths" were not confirmed by two


def could_speak(words: str) -> bool:
    """Whether these words can name somebody who speaks."""
    if not words or len(words.split()) > 16 or NOBODY_NAMED.fullmatch(words):
        return False
    if _OF_NOBODY.match(words) or words.lower() in _NUMBERS:
        return False
    named = re.split(r",|\s+who\s", words, maxsplit=1)[0]
    if (
        _SO_MANY_OF.match(named)
        or re.search(rf"\d{{2,}}|\d\.\d|[{MONEY_SIGNS}%]", named)
        or _FINITE.search(named)
    ):
        return False
    if re.search(
        r"\b(?:said|says|told|announced|warned|rejected|dismissed|denied|disputed)\b(?!\s+by\b)",
        named,
    ):
        return False
    if any(plural(deed["who"]) or deed["who"] in SPEAKERS for deed in _DEED.finditer(named)):
        return False
    if re.match(
        r".*\d,\d+$|(?:i|we|you|he|she|it|they)\s|(?:in|on|at|by|for|from|with|of|to|and|or|not|there|than|into|if)\s",
        words,
        re.IGNORECASE,
    ):
        return False
    return _STARTS_NAME.match(words) is not None or _of_a_kind(words)


# "Six in ten respondents said" is what they were asked, and no source.
_SO_MANY_OF = Pattern(r"[a-z]+\s+(?:in|out\s+of)\s+(?:five|ten|three|four|every)\s", re.IGNORECASE)
# "Police fired tear gas at the crowd" is a clause, "people displaced by floods" is none.
_DEED = Pattern(
    r"\b(?P<who>[a-z]+)\s+(?-i:[a-z]{3,}ed)\s+(?!(?:by|in|at|on|from|with|to|near|during|as|for|of)\b)\w",
    re.IGNORECASE,
)
_OF_A_KIND = 3  # words at most: "senior agriculture officials"


def _of_a_kind(words: str) -> bool:
    """Whether these are speakers of some kind, whatever it is: "agriculture officials"."""
    few = len(words.split()) <= _OF_A_KIND and words.islower()
    return few and words.split()[-1] in lexicon.words("unnamed speaker")


# Kinds of people and bodies that speak, by the last word of their name.
SPEAKERS = lexicon.words("unnamed speaker") | {
    word.casefold() for kind in ("organisation", "outlet", "role") for word in lexicon.words(kind)
}
_HEAD_END = re.compile(r",|\s+(?:of|at|from|in|with|for|who|on|led)\b")


def _is_known(words: str) -> bool:
    """Whether these words are a name or a known kind of speaker: no "rainfall", no "hotels"."""
    head = _HEAD_END.split(words, maxsplit=1)[0].split()
    named = any(word[:1].isupper() for word in words.split()[1:]) or head[0].isupper()
    return named or head[-1].casefold() in SPEAKERS


_OF_MANY = ("estimate", "report", "claim")


def _are_many(words: str) -> bool:
    """Whether these are several, of whom a verb without an s is: "three times the estimate"."""
    head = _HEAD_END.split(words, maxsplit=1)[0].split()[-1].casefold()
    return plural(head) or head in SPEAKERS or head in ("they", "we") or " and " in words


_APPOSITIVE = Pattern(
    r",\s+(?:(?:an?|the|its|his|her|their|who)\s+[^,;.\"\d]+|[A-Z][\w'-]+"
    r"(?:\s+[A-Z][\w'-]+){1,2}|(?<=[a-z],\s)[A-Z][\w'-]+(?=\.?$))(?=[,.\"]|$)"
)


def with_appositive(text: str, end: int) -> int:
    """Take in ", Ivo Brandt" and ", a teacher" behind a name."""
    more = _APPOSITIVE.match(text, end)
    return more.end() if more else end


_VERB = Pattern(rf"(?<![-'\w])(?P<verb>{SPOKE})(?![-'\w])(?!\s+by\b(?!\s(?:tele)?phone))")
_EARLIER = Pattern(r"\b(?:previously|earlier|initially|originally|at\s+first|had)\b")
_NOT_A_VERB = Pattern(
    rf"(?:^|[\s(\"])(?:{lexicon.either('word before a noun')}|\S+'s|s')\s+$", re.IGNORECASE
)
_QUALIFIED = Pattern(rf"\b(?:{lexicon.either('word before reports')})\s+$", re.IGNORECASE)
# "British intelligence estimates that"
_ITS_SERVICE = Pattern(r"\b[A-Z][\w-]*\s(?:intelligence|police)\s+$")
_PASSIVE = Pattern(
    r"\b(?:was|were|been|be|being|is|are|as)(?:\s+\w+ly|\s+also|\s+not|\s+still)?\s+$"
)
_NOUNS = lexicon.words("speech verb", "noun")
_NUMBER_SOON = Pattern(rf"(?:\s+(?!said\b|but\b)[^\s;]+){{0,9}}?\s+\(?{A_NUMBER}", re.IGNORECASE)
_OPENS = Pattern(
    rf"\s+(?:that|the|an?|at|there|in|on|its|their|his|no|(?-i:[A-Z])|{A_NUMBER})", re.IGNORECASE
)


def verbs(text: str) -> Iterator[Act]:
    """SOURCE says CLAIM; CLAIM, SOURCE said; CLAIM, said SOURCE."""
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
        if verb == "spoken" and not _PERFECT.search(text[: match.start()]):
            continue  # "the languages spoken today"
        said = _SAYS_SO.match(text, match.end()) or _closes(text, match.end())
        if verb in _WITH_THAT and not said:
            continue
        if verb in ("claimed", "claims", "claiming") and _LIVES.match(text, match.end()):
            continue
        if verb in ("declared", "declares") and _DECLARES.match(text, match.end()):
            continue
        if verb == "found" and _SAID_LATER.match(text, match.end()):
            continue
        if verb in ("gave", "gives", "give") and not _A_FIGURE.match(text, match.end()):
            continue
        if verb in ("put", "puts") and not re.match(
            r"(?:\s+[\w'-]+){0,9}?\s+(?:at|closer\s+to)\s", text[match.end() :]
        ):
            continue
        soon = verb not in _OF_NUMBERS or _NUMBER_SOON.match(text, match.end())
        if not soon and not _closes(text, match.end()):
            continue
        act = _direct(text, match, last)
        if act:
            last = act
            yield act


_PERFECT = Pattern(r"\b(?:had|has|have)\s+(?:\w+\s+)?$")
# "Added 187,000 jobs" and "recalled 300 cars" say nothing; "added that" and "added there were" do.
_WITH_THAT = lexicon.words("speech verb", "that")
_SAYS_SO = Pattern(
    r"\s*[,:]?\s*(?:that\b|there\b|it\b|he\b|she\b|they\b|its\s|his\s|her\s|no\s|[a-z]+ing\b|\"|')"
)
_LIVES = Pattern(r"\s+(?:[\w,~]+\s+){0,5}?(?:lives|victims|responsibility)\b")
# An emergency, a war or a winner is declared; that is no claim about what follows.
_DECLARES = Pattern(r"\s+(?:an?|the|its|war|victory|independence|bankruptcy|martial)\s")
# "Inspectors found asbestos in 13 schools, the authority said": the authority says it.
_SAID_LATER = Pattern(r"(?!\s+that\b)[^.;\"]*,\s[^,;.\"\d]{3,60}\s(?:said|says)\b")
_A_FIGURE = Pattern(
    r"\s+(?:an?|the|its|their|his|her)\s+(?:[\w-]+\s+){0,2}?"
    rf"(?:{lexicon.either('noun of saying')})\b"
)


def _is_noun(text: str, match: re.Match[str]) -> bool:
    """Whether the word is no verb here: "the reports", "were reported", "to report"."""
    before = text[: match.start()]
    if _PASSIVE.search(before) or _NOT_A_VERB.search(before):
        return True
    if _AT_SO_MUCH.match(text, match.end()) and not _may_tell(before.split()[-1:]):
        return True
    if match["verb"] == "found" and _FOUND_WHERE.match(text, match.end()) and before.endswith(", "):
        return True
    if match["verb"] not in _NOUNS or re.search(r"\b(?:had|have|has)\s+$", before):
        return False
    if _closes(text, match.end()) and re.search(r",\s(?:\w+\s){1,3}$", before):
        return False
    named = match["verb"] == "estimates" and _ITS_SERVICE.search(before)
    if _QUALIFIED.search(before) and match["verb"] not in ("show", "shows") and not named:
        return True
    if not _OPENS.match(text, match.end()) and not _closes(text, match.end()):
        return True
    return re.match(r"\s+(?:of|from|by|on|about)\b", text[match.end() :]) is not None


# "The fossil, found in 2019, is": nobody found that it is so.
_FOUND_WHERE = Pattern(r"\s+(?:in|by|at|on|near|off|during|under|beneath|inside|along|among)\s")
# "A home assessed at $250,000" assesses nothing, "a crowd police estimated at 300" is told of.
_AT_SO_MUCH = Pattern(rf"\s+at\s+(?:[a-z]+\s+){{0,2}}[{MONEY_SIGNS}\d]")


def _may_tell(last: list[str]) -> bool:
    """Whether a word right before a verb can be who speaks: a name, a known kind, several."""
    word = "".join(last)
    return not word.islower() or word in SPEAKERS or word in _TELLERS or plural(word)


_TELLERS = (
    lexicon.words("helping verb")
    | lexicon.words("adverb of speech")
    | {
        *("he", "she", "it", "they", "we", "been", "be", "initially", "earlier", "later"),
    }
)


def _closes(text: str, at: int) -> bool:
    """Whether the clause ends after a verb of speech, but for when and where it was said."""
    return (
        re.match(
            r"\s*(?:(?:\s(?!(?:at\s+(?:least|(?:the\s+)?most)|as\s+(?:many|much|few))\b)(?:on|in|at|by|during|late|early|last|this|yesterday|today|earlier|later|via"
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
    rf"(?=\s*(?:[;\"(—]|$)|\.(?:$|\"|\s+(?![A-Z]))|,\s|\s+(?:on\s+(?:{_DAYS})|in\s+an?\s|after\s|who\s"
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
    if not could_speak(follows["who"]) or re.search(r"\d|\b[a-z]{3,}ed\b", follows["who"]):
        return None
    start, end = follows.span("who")
    end = with_appositive(text, end)
    return act_at("claim, said source", text, start, end, match.start(), end, ahead=False)


_INVERTS = lexicon.words("speech verb", "inverts")
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
        place = before_verb(text, match.start())
    if place is None:
        return None
    start, end = place
    if text[start:end] == "who":
        return None
    if match["verb"] in _OF_KNOWN and not _is_known(text[start:end]):
        return None
    if match["verb"] in _OF_MANY and not _are_many(text[start:end]):
        return None
    via, after = told(text, match["verb"], match.end())
    trailing = _trails(text, start, after)
    kind = "claim, source said" if trailing else "source says claim"
    if match["verb"] in ("put", "puts"):
        kind = "source put it at"
    since = start if trailing else after
    act = act_at(kind, text, start, end, since, after, ahead=not trailing)
    if act.ahead and _WITHIN.search(text, 0, start):
        ends = _ASIDE_ENDS.search(text, after)
        act = replace(act, until=ends.start() if ends else len(text))
    earlier = _EARLIER.search(text[end : match.start()]) is not None
    return replace(act, via=via, earlier=earlier, weak=match["verb"] in _OF_KNOWN)


# "The toll, which officials put at 19, was lowered to 17": theirs are the words between commas.
_WITHIN = Pattern(r",\s(?:which|whom)\s$")
_ASIDE_ENDS = Pattern(r",(?!\d)")


def _trails(text: str, start: int, after: int) -> bool:
    led = re.search(r"[,\"—?!]\s*(?:and\s+|but\s+)?$", text[:start])
    if not led or start < 4:
        return False
    if text[after : after + 5].startswith(" that"):
        return False
    return _closes(text, after)
