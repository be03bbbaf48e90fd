"""Attribution: which act of speech a claim belongs to, and who that source is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from factlog.extraction import noun_phrases
from factlog.extraction.article import Sentence
from factlog.extraction.citations import acts
from factlog.extraction.speech import SPEAKING, Act
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
    seen = _SEEN.match(text)
    text = _paper_of(seen["what"] if seen else text)
    speaker = _FOR.match(text)
    name = _person(_ARTICLE.sub("", _main_part(speaker["of"] if speaker else text)))
    return Name(_lowered(name), _is_unnamed(name), seen["via"] if seen else None)


def is_outlet(name: str) -> bool:
    """Whether this is a news outlet, which passes on what others say."""
    return name.casefold().removeprefix("the ") in lexicon.words("outlet")


_SEEN = Pattern(
    r"^(?P<what>.+?)\s+(?:seen|obtained|reviewed|published|cited|quoted|carried|reported)\s+by\s+"
    r"(?:the\s+)?(?P<via>[A-Z][\w' -]*?)(?:\s+on\s+[A-Z]\w+)?$"
)


_PAPER = lexicon.either("paper")
_OWN = lexicon.either("paper", meaning="own")
_PAPER_BY = Pattern(
    rf"^(?:[\w'-]+\s+){{0,4}}?(?:{_PAPER})(?:\s+\w+(?:ed|t))?\s+(?:by|from|at|on(?=.*(?:TV"
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
    r"^(?P<of>.+?)\s+(?:data|figures|statistics|estimates|records|numbers)$", re.IGNORECASE
)
_ADJECTIVES = lexicon.words("word before a paper")


def _paper_of(text: str) -> str:
    """Whose figures they are: "data from Y", "Y's latest report", "Y figures"."""
    by = _PAPER_BY.match(text)
    if by and by["by"].lower() not in ("the", "a"):
        return _paper_of(_before_for(by["by"]))
    own = _OWN_PAPER.match(text)
    if own:
        return own["of"]
    noun = _NOUN_PAPER.match(text)
    if noun and not all(word.lower() in _ADJECTIVES for word in noun["of"].split()):
        return noun["of"]
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


_CLAUSE = re.compile(r",?\s+(?:who|which|whose|that|where|speaking|citing|quoting)\b.*$")


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
    r"^(?:the|an?|its|their|his|her|our|one|another|that|this)\s+(?=\S)", re.IGNORECASE
)


_PARTICLES = lexicon.words("name particle")
_LINKS = lexicon.words("name link")


def _tail(words: list[str]) -> int:
    """Where the name at the end begins: the words after the last one in lower case."""
    for place in range(len(words) - 1, -1, -1):
        word = words[place]
        if word[:1].isupper() or word[:1].isdigit() or word.startswith(("al-", "el-")):
            continue
        if word.lower() in _PARTICLES and place + 1 < len(words):
            continue
        return place + 1
    return 0


_OF = Pattern(
    r"^(?P<who>[A-Z][\w'.-]+(?:\s+(?:[A-Z][\w'.-]*|de|van|von|bin|al-\w+)){1,3})\s+(?:of"
    r"|from|at|with)\s+(?:the\s+)?[A-Z]"
)
_OFFICE = Pattern(
    r"^.*\b(?:Secretary|Minister|Director|Chief)\s+of\s+"
    r"(?:the\s+)?[A-Z]\w+\s+(?P<who>[A-Z][\w.'-]+\s+[A-Z].*)$"
)
_RANK = re.compile(rf"^(?:(?:{lexicon.either('short word', meaning='rank')})\.?[- ]\s*)+")
_ORG_WORD = Pattern(rf"\b(?:{lexicon.either('organisation')})s?\b")


def _person(text: str) -> str:
    """The name without the office before it and the house behind it."""
    text = _RANK.sub("", text)
    office = _OFFICE.match(text)
    if office:
        return office["who"]
    of = _OF.match(text)
    if of and not _ORG_WORD.search(of["who"]) and of["who"].split()[-1].lower() not in _ROLES:
        text = of["who"]
    words = text.split()
    place = _tail(words)
    if 0 < place < len(words) and words[place - 1].lower() not in _LINKS:
        return " ".join(words[place:])
    return " ".join(_untitled(words))


_ROLES = lexicon.words("role")
_TITLES = _ROLES - lexicon.words("role", "part of a title")


def _untitled(words: list[str]) -> list[str]:
    """Drop "President", "Finance Minister", "UNHCR spokeswoman" before a name."""
    for place in range(len(words) - 2, -1, -1):
        word, rest = words[place].rstrip(".").lower(), words[place + 1 :]
        titled = word in _TITLES or (place == 0 and word.endswith("ologist"))
        if (
            titled
            and all(w[:1].isupper() or w in _PARTICLES for w in rest)
            and not _ORG_WORD.fullmatch(rest[0])
        ):
            return rest
    return words


_GENERIC = lexicon.words("unnamed speaker") | lexicon.words("generic speaker")


def _lowered(name: str) -> str:
    """A common noun that only begins its sentence loses its capital: "Police said"."""
    first, _, rest = name.partition(" ")
    if (
        first.istitle()
        and first.lower() in _GENERIC - {"american", "western"}
        and rest == rest.lower()
    ):
        return first.lower() + name[len(first) :]
    return name


_HEAD_END = re.compile(
    r"\s+(?:of|at|from|in|with|for|who|familiar|on|close|near|by|working|briefed|inside"
    r"|to)\b"
)


def _is_unnamed(name: str) -> bool:
    """Whether nobody in particular is named: "officials", "researchers at Halden University"."""
    head = _HEAD_END.split(name, maxsplit=1)[0].split()
    return (
        bool(head)
        and head[-1].lower() in lexicon.words("unnamed speaker")
        and not (len(head) > 1 and all(word[:1].isupper() for word in head))
    )


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


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says a claim: the tidy name, the words, the chain, and the rules that found them."""

    name: str | None = None
    start: int = 0
    end: int = 0
    unnamed: bool = False
    via: str | None = None
    origin: str | None = None
    rules: tuple[str, ...] = ("no source",)
    sure: bool = True


NOBODY = Attribution()
_NOBODY_FOUND = Attribution(rules=("no source, though somebody speaks",), sure=False)


@dataclass(slots=True)
class Speakers:
    """The sources of an article so far, for pronouns, surnames and speech that runs on."""

    known: list[Name] = field(default_factory=list)
    last: Attribution | None = None
    paragraph: int = -1

    def hear(self, attribution: Attribution, name: Name, paragraph: int) -> None:
        """Remember who spoke last."""
        self.last, self.paragraph = attribution, paragraph
        if name not in self.known:
            self.known.append(name)


def attributions(
    sentence: Sentence, following: Sequence[Sentence], speakers: Speakers
) -> list[tuple[Act, Attribution]]:
    """The acts of speech of a sentence with their sources, remembering them."""
    found: list[tuple[Act, Attribution]] = []
    for act in acts(sentence.text):
        attribution, name = _source(sentence, act, speakers)
        if attribution is not None:
            found.append((act, attribution))
            speakers.hear(attribution, name, sentence.paragraph)
    return found or _from_next(sentence, following, speakers)


def _from_next(
    sentence: Sentence, following: Sequence[Sentence], speakers: Speakers
) -> list[tuple[Act, Attribution]]:
    """The source of speech begun in this sentence that is named in a later one."""
    for after in following[:_LONG_QUOTE]:
        if not after.spoken or after.paragraph != sentence.paragraph:
            break
        for act in acts(after.text):
            attribution = None if act.ahead else _source(after, act, speakers)[0]
            if attribution is not None:
                ruled = replace(attribution, rules=(*attribution.rules, "quote runs on"))
                return [(replace(act, since=0, until=10**9), ruled)]
    return []


_LONG_QUOTE = 6  # sentences of speech before the words that say whose it is


_CITING_ASIDE = Pattern(r",\s+(?:citing|quoting)\s+(?P<whom>[^,]+)")


def _source(sentence: Sentence, act: Act, speakers: Speakers) -> tuple[Attribution | None, Name]:
    words = sentence.text[act.start : act.end]
    rules = [act.kind]
    citing = _CITING_ASIDE.search(words)
    words = words[: citing.start()] if citing else words
    if act.pronoun:
        return _meant(sentence, act, speakers)
    name = tidy(words)
    if not name.name:
        return None, name
    name, short = resolved(name, speakers.known)
    if short:
        rules.append("short for an earlier name")
    origin = citing["whom"] if citing else act.origin
    source, via = name.name, act.via or name.via
    if origin and is_outlet(source):
        source, via, origin = tidy(origin).name, source, None
        name = Name(source)
    if act.earlier:
        rules.append("earlier claim")
    return (
        Attribution(
            source, sentence.start + act.start, sentence.start + act.end, name.unnamed, via,
            tidy(origin).name if origin else None, tuple(rules), sure=not short,
        ),
        name,
    )  # fmt: skip


def _meant(sentence: Sentence, act: Act, speakers: Speakers) -> tuple[Attribution | None, Name]:
    """Whom a pronoun means: the last source, or the subject of its own sentence."""
    rules = (act.kind, "pronoun")
    start, end = sentence.start + act.start, sentence.start + act.end
    if speakers.last is not None and speakers.last.name:
        last = speakers.last
        meant = Attribution(last.name, start, end, last.unnamed, act.via, None, rules, sure=False)
        return meant, Name(last.name or "", last.unnamed)
    place = _opening_noun(sentence.text[: act.start])
    if place is None:
        return None, Name("")
    name = tidy(sentence.text[slice(*place)])
    return Attribution(name.name, start, end, name.unnamed, act.via, None, rules, sure=False), name


_OPENING = Pattern(
    r"(?P<who>(?:The|An?|Its)?\s*[\w'-]+(?:\s+[\w'-]+){0,4}?)\s+(?:has|have|had|is|was|are"
    r"|were|will|plans|\w+ed|won|lost|sold|put|took)\b"
)


def _opening_noun(text: str) -> tuple[int, int] | None:
    match = _OPENING.match(text)
    return noun_phrases.trimmed(text, *match.span("who")) if match else None


_CONTRAST = Pattern(r";|\b(?:but|while|whereas|although|though|yet)\b")


def attribute(
    sentence: Sentence,
    start: int,
    spoken: Sequence[tuple[Act, Attribution]],
    speakers: Speakers,
    *,
    quoted: bool,
) -> Attribution:
    """Who says the claim that stands at a place of the sentence; NOBODY is the reporter."""
    covering = [one for one in spoken if one[0].since <= start < one[0].until]
    ahead = [one for one in covering if one[0].ahead]
    behind = [one for one in covering if not one[0].ahead]
    if ahead and behind and _CONTRAST.search(sentence.text, ahead[-1][0].since, start):
        return _nearest(behind, start)
    close = _right_behind(sentence.text, start, behind)
    if ahead and close is None:
        return max(ahead, key=lambda one: one[0].since)[1]
    if close is not None or behind:
        return close or _nearest(behind, start)
    last, found = speakers.last, NOBODY
    if spoken:
        found = _said_on(*spoken[-1], start)
    elif quoted and last is not None and sentence.paragraph - speakers.paragraph <= 1:
        found = replace(last, rules=("quote runs on",), sure=False)
    if found is NOBODY and (
        SPEAKING.search(sentence.text) or speakers.paragraph == sentence.paragraph
    ):
        return _NOBODY_FOUND
    return found


def _right_behind(
    text: str, start: int, behind: Sequence[tuple[Act, Attribution]]
) -> Attribution | None:
    """The source right after the number, with no comma: "1 million according to police"."""
    for act, attribution in behind:
        if act.kind in ("according to", "per") and not re.search(
            r"[,;](?!\d)", text[start : act.start]
        ):
            return attribution
    return None


def _nearest(behind: Sequence[tuple[Act, Attribution]], start: int) -> Attribution:
    return min(behind, key=lambda one: abs(one[0].start - start))[1]


def _said_on(act: Act, attribution: Attribution, start: int) -> Attribution:
    """The source of words after "X said": speech that goes on."""
    if act.ahead or start < act.until or act.kind == "passive":
        return NOBODY
    return replace(attribution, rules=(*attribution.rules, "said on"))
