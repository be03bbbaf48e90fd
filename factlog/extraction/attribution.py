"""Attribution: which act of speech a claim belongs to, and who that source is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from factlog.extraction import noun_phrases
from factlog.extraction.article import Sentence
from factlog.extraction.citations import acts, may_be_headed
from factlog.extraction.source_names import Name, is_described, is_outlet, resolved, tidy
from factlog.extraction.speech import SPEAKING, Act
from factlog.parsing import lexicon
from factlog.patterns import Pattern


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
    for act in _outside_quotes(sentence):
        attribution, name = _source(sentence, act, speakers)
        if attribution is not None:
            found.append((act, attribution))
            speakers.hear(attribution, name, sentence.paragraph)
    return found or _from_next(sentence, following, speakers)


def _outside_quotes(sentence: Sentence) -> Iterator[Act]:
    """The acts of speech outside quotation marks: who tells of others answers for all of it."""
    for act in acts(sentence.text):
        quoted = sentence.text.count('"', 0, act.start) % 2 == 1
        if quoted == sentence.spoken:
            yield act


def _from_next(
    sentence: Sentence, following: Sequence[Sentence], speakers: Speakers
) -> list[tuple[Act, Attribution]]:
    """The source of speech begun in this sentence that is named in a later one."""
    for after in following[:_LONG_QUOTE]:
        if not after.spoken or after.paragraph != sentence.paragraph:
            break
        for act in _outside_quotes(after):
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
    described = is_described(source)
    return (
        Attribution(
            source, sentence.start + act.start, sentence.start + act.end,
            name.unnamed or described, via, tidy(origin).name if origin else None, tuple(rules),
            sure=not (short or (described and _NAMED.search(sentence.text))),
        ),
        name,
    )  # fmt: skip


# A name it may be short for stands beside it: "Ryanair carried 12 million, the airline said".
_NAMED = Pattern(
    rf"(?<=[\w,]\s)(?!(?:{lexicon.either('weekday', 'month')})\b)[A-Z][\w&]*[a-z]|\bdata\b"
    r"|^(?!The\b)[A-Z]\w+(?<!s),?\s(?:\w+ed|has|had|is|was|will|which|said|sold|made|cut)\b"
)


def _meant(sentence: Sentence, act: Act, speakers: Speakers) -> tuple[Attribution | None, Name]:
    """Whom a pronoun means: the last source, or the subject of its own sentence."""
    rules = (act.kind, "pronoun")
    start, end = sentence.start + act.start, sentence.start + act.end
    if speakers.last is not None and speakers.last.name:
        last = speakers.last
        meant = Attribution(last.name, start, end, last.unnamed, act.via, None, rules, sure=False)
        return meant, Name(last.name or "", last.unnamed)
    place = _opening_noun(sentence.text[: act.start])
    if place is None or _disagree(sentence.text, act, place):
        return None, Name("")
    name = tidy(sentence.text[slice(*place)])
    return Attribution(name.name, start, end, name.unnamed, act.via, None, rules, sure=False), name


def _disagree(text: str, act: Act, place: tuple[int, int]) -> bool:
    """Whether the pronoun is of one and the noun of several: "shares of the firm rose, it said"."""
    head = text[slice(*place)].split(" of ")[0].split()[-1]
    return text[act.start : act.end].lower() == "it" and noun_phrases.plural(head)


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
    covering = [one for one in spoken if _answers_for(one[0], start)]
    ahead = [one for one in covering if one[0].ahead]
    every = [one for one in covering if not one[0].ahead]
    behind = [one for one in every if not _of_the_other(sentence.text, one[0], start)]
    if ahead and behind and _CONTRAST.search(sentence.text, ahead[-1][0].since, start):
        return _nearest(behind, start)
    close = _right_behind(sentence.text, start, behind)
    telling = [one for one in behind if _cites(one[0]) or one[0].kind == "claim, source said"]
    if telling and ahead and all(one[0].weak for one in ahead):
        return _nearest(telling, start)
    if ahead and close is None:
        act, said = max(ahead, key=lambda one: one[0].since)
        if _TO_WHOM_ELSE.match(sentence.text[act.end : start]):
            return _NOBODY_FOUND
        return replace(said, sure=said.sure and not _set_apart(sentence.text, act.since, start))
    if close is not None or behind:
        return close or _nearest(behind, start)
    last, found = speakers.last, NOBODY
    if spoken:
        found = _said_on(*spoken[-1], start)
    elif quoted and last is not None and sentence.paragraph - speakers.paragraph <= 1:
        found = replace(last, rules=("quote runs on",), sure=False)
    if found is NOBODY and (
        len(behind) < len(every)
        or SPEAKING.search(sentence.text)
        or speakers.paragraph == sentence.paragraph
        or _PAPER_TELLS.search(sentence.text)
        or _SOMEBODY_TELLS.search(sentence.text)
        or may_be_headed(sentence.text)
    ):
        return _NOBODY_FOUND
    return found


# "A study of 640 infants found fewer allergies", "the survey, carried out by Kestrel, questioned".
_PAPER_TELLS = Pattern(
    rf"(?:^|(?<![\w,])(?:an?|the|its|their|this|that|new|recent|latest|another)\s(?:[\w-]+\s){{0,3}}?)"
    rf"(?<!in\sa\s)(?:{lexicon.either('paper', 'paper that tells')})\b"
    rf"(?:,(?!\d)[^,;.]+,|[^,;.]|[.,]\d){{0,200}}?\s(?:{lexicon.either('what papers do')})\b",
    re.IGNORECASE,
)


# What may be somebody's words, whatever the verb: "40 died — Zelensky", "40 died, a nurse
# wept", "40 died, sighed Ana Ruiz", "a medic signalled that 40 died", "by most estimates".
_SOMEBODY_TELLS = Pattern(
    r"(?:\s—|:)(?:\s[^\W\d][\w'-]*){1,3}\.?$|\s\([A-Z][^()\d]*\)\.?$"
    rf"|,\s(?:{lexicon.either('common speaker')})\.?$|\b(?:{lexicon.either('noun of saying')}):\s"
    r"|\b[A-Z][\w-]*\s(?:tally|count|estimate)\sof\b|\bsp(?:oke|eaks)\s+of\b|\bunderstands?\s+that\b"
    r"|,\s(?:(?:an?|the|his|her|its|their|one)\s(?:(?!of\b)[\w-]+\s){1,3}[a-z]+ed"
    r"|(?:[A-Z][\w.'-]*\s){1,4}[a-z]+(?:ed|s))(?:\s\w+ly)?[.!?]?\"?$"
    r"|,\s[a-z]+(?:ed|s)\s(?:the\s|an?\s)?(?:[a-z]+\s)?[A-Z][^,;\d]*(?:,[^,;\d]*)?[.;]"
    r"|,\s[a-z]+ed\s(?:the|an?)\s[a-z]+[.]?$"
    r"|\b[a-z]{3,}ed\sthat\s(?!day|night|week|month|year|morning|evening)"
    r"|\b(?:[Bb]y|[Oo]n)\s(?:[\w']+\s){1,4}(?:estimates?|reckoning|count|tally|calculations?)\b"
)


# "The sailors told the coast guard, which rescued 104": what the hearer did is not told by them.
_TO_WHOM_ELSE = Pattern(
    r"\s+(?:[\w-]+\s+){0,2}?(?:told|tells?|[\w-]+\s+(?:to|with))\s+(?:(?:the|an?|its|their)\s+)?"
    r"(?:(?!the\b|an?\b|that\b)[\w'.&-]+\s+){0,4}?[\w'.&-]+,\s+"
    r"(?:which|who|whose|whom)\s(?:[^,;]|,(?=\d))*$"
)


# "The minister said 40 died, yet the morgue holds 62": his words may have ended.
def _set_apart(text: str, since: int, start: int) -> bool:
    """Whether the claim stands in a clause that is set against what was said."""
    return any(each.search(text, since, start) for each in (_CONTRAST, _AND_ANOTHER))


# "Organisers put it at 15,000 and the ministry at 4,500."
_AND_ANOTHER = Pattern(r"\d[^.;]*\band\s+(?:the\s+)?[^\d,;.]{2,40}\sat\s+(?:\w+\s+){0,3}$")


def _answers_for(act: Act, start: int) -> bool:
    """Whether the claim is what the source says, or a part of its own words: "a poll of 900"."""
    return act.since <= start < act.until or act.start <= start < act.end


# "80,000 marched, against 300,000 according to the union": the union says the other number.
_SET_AGAINST = Pattern(
    r"\b(?:against|compared\s+(?:with|to)|versus)\s(?:[^,;]|,(?=\d))*\d(?:[^,;]|,(?=\d))*$"
)


def _of_the_other(text: str, act: Act, start: int) -> bool:
    """Whether the source right behind another number, set against the claim, tells that one."""
    found = _SET_AGAINST.search(text, start, act.start) if _cites(act) else None
    return found is not None and found.start() > start


def _right_behind(
    text: str, start: int, behind: Sequence[tuple[Act, Attribution]]
) -> Attribution | None:
    """The source right after the number, with no comma: "1 million according to police"."""
    for act, attribution in behind:
        if _cites(act) and not re.search(r"[,;](?!\d)", text[start : act.start]):
            return attribution
    return None


def _cites(act: Act) -> bool:
    return act.kind in ("according to", "per")


def _nearest(behind: Sequence[tuple[Act, Attribution]], start: int) -> Attribution:
    return min(behind, key=lambda one: abs(one[0].start - start))[1]


def _said_on(act: Act, attribution: Attribution, start: int) -> Attribution:
    """The source of words after "X said": speech that goes on."""
    if act.ahead or start < act.until or act.kind == "passive":
        return NOBODY
    return replace(attribution, rules=(*attribution.rules, "said on"))
