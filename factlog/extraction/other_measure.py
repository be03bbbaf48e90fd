"""Whether a number of a quote is of something else: the 17 of "12 killed and 17 injured"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from factlog.claim import Claim
from factlog.extraction import language, numbers, pipeline, told_by_noun
from factlog.extraction.counted import A_FATE, BETWEEN_FATE, FATE, deed_of, fate_of
from factlog.extraction.proposal import Proposal
from factlog.parsing import lexicon
from factlog.parsing.number_words import ONE_WORD
from factlog.patterns import Pattern

# What may be told of the same people: who was arrested was detained.
_ALIKE = (
    frozenset(("injured", "hospitalised", "infected")),
    frozenset(("missing", "trapped", "abducted")),
    frozenset(("captured", "arrested", "detained", "charged", "abducted", "released")),
    frozenset(("displaced", "evacuated", "homeless", "rescued", "released")),
)
_TOLLS = frozenset(lexicon.meanings("fate").values()) - {"casualties", "lost", "deployed"}
_OF_PEOPLE = frozenset(("killed", "injured", "arrested", "detained", "hospitalised", "abducted"))
_PIECE = lexicon.either("counted in pieces")
_PIECES = Pattern(rf"\s+(?:(?:{lexicon.either('adjective')})\s+)?(?P<piece>{_PIECE})\b(?!['’])")
_NAMES_PIECES = re.compile(rf"\b(?:{_PIECE})\b")
_LONGEST, _REACH = 2_000, 200  # signs of a quote that is read for this, and behind a number
# The words beside a number say so.
_RULES = (
    "number, what befell them",
    "number, noun",
    "deed, number",
    "of those, number",
    "noun reaches number",
    "noun, rose to number",
    "noun, verb, number",
)
_WORDS = rf"\b(?:(?P<fate>{FATE})|(?P<deed>{lexicon.either('deed of')}))"
_TOLD = Pattern(rf"{_WORDS}\b", re.IGNORECASE)
_BY_NOUN = Pattern(r"\b(?:deaths?|fatalities|injuries)\b", re.IGNORECASE)
_NEXT_DEED = Pattern(rf"\band\s+(?:{FATE})\s+$", re.IGNORECASE)
# Who was fatally wounded died; so did those of "5 fatal injuries".
_FATAL = Pattern(r"[^.;\d]*?\bfatal(?:ly|\s+(?:injur|wound))")
# "Killed: 17", "the dead were 17 men injured on Monday".
_LABELLED = Pattern(
    rf"(?:{_WORDS}(?:\s+were)?[\s:=–—(-]*|\b(?:the|those)\s+(?P<the>{FATE})\s[^\d.,;]{{0,40}})$",
    re.IGNORECASE,
)


def spans(quote: str, claim: Claim) -> tuple[range, ...]:
    """Where the numbers of a quote stand that are of another toll, or of things: of no claim."""
    measure = told_by_noun.measure_of(claim)
    people = measure in _OF_PEOPLE
    counted = f"{claim.measure} {claim.thing or ''}"
    things = _of_things(quote, frozenset(_NAMES_PIECES.findall(counted.lower())), people)
    others = _of_others(quote, measure, counted) if people or _CASES.search(counted) else ()
    return (*things, *others, *(each.place for each in _other_tolls(quote, measure)))


def _of_things(quote: str, own: frozenset[str], people: bool) -> Iterator[range]:
    """As in "17 missiles killed many", of a claim that counts people, or of one of drones."""
    if not (people or own) or not _NAMES_PIECES.search(quote):
        return
    for found in numbers.find(quote):
        match = _PIECES.match(numbers.tail(quote, found))
        if match and not any(_alike(match["piece"], each) for each in own):
            yield range(found.start, found.end)


def _alike(one: str, other: str) -> bool:
    """Whether things may be called one another: homes and houses, missiles and rockets."""
    kinds = lexicon.meanings("counted in pieces")
    return one == other or kinds[one] == kinds[other] != "-"


_CASES = Pattern(r"\b(?:cases|infections)\b", re.IGNORECASE)
_FATAL_ONES = r"(?:fatal|deadly|deaths?|dead|died|killed|fatalities)\b"
_BETWEEN = rf"(?:(?!(?:of|in|from|among|and|{_FATAL_ONES}))[\w-]+\s+)"
_SICK = Pattern(
    rf"\s+{_BETWEEN}{{0,2}}?(?:cases|infections)\b(?!\s+(?:(?!and\b)[a-z]+\s+){{0,2}}?{_FATAL_ONES})"
)
_DEATHS = Pattern(rf"\s+{_BETWEEN}{{0,2}}?(?:deaths|fatalities|dead|died)\b")
_SURVIVORS = Pattern(
    rf"\s+{_BETWEEN}{{0,2}}?(?:survivors|survived|(?<!buried )(?<!burned )(?<!burnt )alive)\b"
    rf"(?![^.;\d]{{0,60}}\b{_FATAL_ONES})"
)
_NONE_OF_THEM = Pattern(r"\b(?:no|none|nobody|neither|nor|not)\b[^.;]*$", re.IGNORECASE)
# "Two died and five were taken to hospital, seven in critical condition."
_IN_CARE = Pattern(
    r"\s+(?:(?:more|others?|of\s+them|(?!deaths|fatalities|bodies|corpses)[a-z]+s|people)\s+){0,2}"
    r"(?:(?:was|were|are|remain|remained|being|have|had|been|still|also)\s+){0,3}"
    r"(?:(?:taken|rushed|sent|brought|airlifted|transferred|admitted)\s+to\s+(?:[\w-]+\s+){0,3}hospitals?"
    r"|treated|(?:suffered|sustained)\s+(?:[a-z]+\s+){0,2}(?:cuts|bruises|concussion|shock)"
    r"|in\s+(?:[a-z]+\s+){0,2}hospitals?|in\s+[a-z]+\s+condition"
    r"|(?:needed|required|received|sought)\s+(?:[a-z]+\s+){0,2}(?:treatment|care|attention)"
    r"|with\s+(?:[\w-]+\s+){0,3}(?:burns|injuries|wounds|fractures))\b"
    rf"(?![^.;]{{0,60}}\b{_FATAL_ONES})"
)
_CLAUSE = rf"(?:(?!\b(?:and|as|while|where)\s+(?:the\s+)?(?:{ONE_WORD})\b)[^.,;\d])"
_NOT_BETWEEN = rf"(?:who|that|as|while|and|deaths|fatalities|bodies|corpses|victims|{FATE})"
# "More than 150 firefighters battled the blaze", "80,000 residents have been told to leave".
_ALIVE = Pattern(
    rf"\s+(?:(?!{_NOT_BETWEEN}\b)[\w'-]+\s+){{0,3}}?(?:flees?|escaped"
    r"|los(?:t|e|ing)\s+power|battl(?:ed|ing)|tackl(?:ed|ing)"
    r"|(?:told|ordered|urged|advised|asked|forced)\s+to\s+(?:leave|evacuate|stay|move)"
    r"|(?:brought|led|pulled|taken|winched|lifted|carried)\s+to\s+(?:safety|shore|the\s+surface)"
    r"|to\s+(?:safety|shelters)|in\s+(?:police\s+)?custody|f[ae]ll\s+(?:ill|sick))\b"
    rf"(?!{_CLAUSE}{{0,60}}\b(?:drowned|perished|{_FATAL_ONES}))"
)
_CROWD = Pattern(
    rf"\s+(?:(?!{_NOT_BETWEEN}\b)[\w'-]+\s+){{0,3}}?(?:attend(?:ed)?|gather(?:ed)?"
    r"|march(?:ed)?|watched|joined|travelled|traveled|turned\s+out|took\s+(?:part|to\s+the))\b"
    rf"(?!{_CLAUSE}{{0,120}}\b(?:{FATE}|{_FATAL_ONES}))"
)
_ALL_WERE = Pattern(r"\ball\s+(?:were|are|have|had|died|of\s+(?:them|whom))\b", re.IGNORECASE)
_DEED_TO_THEM = Pattern(
    rf"\b(?:{FATE}|(?:{lexicon.either('deed of')}|murders?|dead)\s+(?:of|were))"
    r"\s+(?:(?!(?:and|but|while|as)\b)[a-z]+\s+){0,3}$",
    re.IGNORECASE,
)
_TOOK = Pattern(r"\b(?:took|taken|taking|seized|seizing)\s+(?:[a-z]+\s+){0,2}$", re.IGNORECASE)
_CAPTIVES = Pattern(r"\s+(?:[A-Za-z]+\s+)?(?:hostages|captives|prisoners)\b")
_CARRYING = Pattern(r"\bcarrying\s+(?:[a-z]+\s+){0,2}$", re.IGNORECASE)
_WITH, _ABOARD = (
    Pattern(r"\bwith\s+$", re.IGNORECASE),
    Pattern(
        r"\s+(?:people\s+|passengers\s+)?(?:aboard|on\s+board)\b"
        rf"(?![^.;,\d]{{0,60}}\b{_FATAL_ONES})"
    ),
)
_ALL_OF_THEM = Pattern(r"\b(?:all|every\w*|no|none|nobody)\b", re.IGNORECASE)
# The 14 of "eight of the 14 hostages were killed", of "killing eight of the 14 hostages" and of
# "Of the 14 hostages, eight were killed"; but "eight of the 14 killed were men".
_A_NUMBER = rf"(?:\d[\d,]*|\b(?:{ONE_WORD}))"
_PART_OF = Pattern(rf"{_A_NUMBER}\s+of\s+(?:the|its|their)\s+$", re.IGNORECASE)
_DEED_TO_PART = Pattern(
    rf"\b(?P<fate>{FATE})\s+(?:(?:at\s+least|about|around|some|nearly|more\s+than)\s+)?"
    rf"{_A_NUMBER}\s+of\s+(?:the|its|their)\s+$",
    re.IGNORECASE,
)
_OF_A_WHOLE = Pattern(
    r"(?:^|[.,;:\"“]\s|\b(?:and|but|that)\s)of\s+(?:(?:the|its|their)\s+)?$", re.IGNORECASE
)
_BEFELL = (
    rf"(?:(?:was|were|has|have|had|are)\s+{BETWEEN_FATE}(?P<fate>{FATE})|died|drowned|perished)\b"
)
_DEAD_ALREADY = Pattern(rf"\b(?:lost|{_FATAL_ONES})", re.IGNORECASE)
_NO_TOLL = r"(?!\s+(?:victims|bodies|casualties)\b)"
_WHO = r"(?P<who>(?:(?!(?:who|that|whom)\b)[\w'-]+\s+){0,8}?)"
_WHOLE = Pattern(rf"{_NO_TOLL}\s+{_WHO}{_BEFELL}")
_WHOLE_BEFORE_PART = Pattern(
    rf"{_NO_TOLL}(?P<who>(?:\s+(?!(?:who|that|whom)\b)[\w'-]+){{1,8}}?),\s+"
    rf"(?:(?:at\s+least|about|around|some|nearly|more\s+than|only)\s+)?{_A_NUMBER}\s+{_BEFELL}",
    re.IGNORECASE,
)
_WHOLE_OF_DEED = Pattern(rf"{_NO_TOLL}(?P<who>(?:\s+[\w'-]+){{0,4}})")


def _of_others(quote: str, measure: str, counted: str) -> Iterator[range]:
    """Of the sick where the dead are claimed, of survivors, hostages, all of whom some died."""
    sick = _CASES.search(counted) is not None
    deaths = re.search(rf"\b{_FATAL_ONES}", counted) is not None or measure == "killed"
    if sick and deaths:
        return
    for found in numbers.find(quote):
        before, behind = numbers.lead(quote, found), quote[found.end : found.end + _REACH]
        if sick:
            other = _DEATHS.match(behind) is not None
        else:
            other = measure == "killed" and _none_died(before, behind, quote)
            other = other or _is_whole(before, behind, measure)
            other = other or _is_a_crowd(before, behind)
        if other:
            yield range(found.start, found.end)


def _none_died(before: str, behind: str, quote: str) -> bool:
    """Whether those that are counted here are not said to have died."""
    if _SICK.match(behind) or _IN_CARE.match(behind):
        return True
    if _ALIVE.match(behind) and not _DEED_TO_THEM.search(before):
        return True
    if _SURVIVORS.match(behind) and not _NONE_OF_THEM.search(before):
        return True
    if _TOOK.search(before) and _CAPTIVES.match(behind):
        return True
    aboard = _CARRYING.search(before) or (_WITH.search(before) and _ABOARD.match(behind))
    return bool(aboard and not _ALL_OF_THEM.search(quote))


def _is_a_crowd(before: str, behind: str) -> bool:
    """Whether those that are counted here only came: not "60 gathered; all were arrested"."""
    came = _CROWD.match(behind) and not _DEED_TO_THEM.search(before)
    return bool(came) and not _ALL_WERE.search(behind)


def _is_whole(before: str, behind: str, measure: str) -> bool:
    """Whether only a part of those counted here is said to have been killed, or hurt."""
    done = _DEED_TO_PART.search(before)
    if done:
        whole = _WHOLE_OF_DEED.match(behind)
    elif _PART_OF.search(before):
        whole = _WHOLE.match(behind)
    else:
        whole = _WHOLE_BEFORE_PART.match(behind) if _OF_A_WHOLE.search(before) else None
    if not whole or _DEAD_ALREADY.search(whole["who"]):
        return False
    befell = {fate_of(each[0]) for each in A_FATE.finditer(whole["who"])}
    part = done["fate"] if done else whole["fate"] or "killed"
    return measure not in befell and measure == fate_of(part)


def stands_for(claim: Claim) -> str | None:
    """The measure that the number of a claim stands for in its quote, where that is another."""
    quote = " ".join((claim.statement.quote or "").split())
    tolls = _other_tolls(quote, told_by_noun.measure_of(claim))
    best = claim.estimate.best
    return next((each.measure for each in tolls if best is not None and each.best == best), None)


class _Toll(NamedTuple):
    """A toll of a quote: where it stands, and whatever measures are told beside it."""

    place: range
    measure: str
    told: frozenset[str]
    best: Decimal | None


def _other_tolls(quote: str, measure: str) -> Iterator[_Toll]:
    if measure not in _TOLLS:
        return
    if _named(_TOLD.finditer(quote)) <= {measure} and not _BY_NOUN.search(quote):
        return
    if len(quote) > _LONGEST or language.guess(quote) not in (None, language.ENGLISH):
        return
    for each in _tolls(quote):
        alike = any({measure, each.measure} <= group for group in _ALIKE)
        if each.measure != measure and measure not in each.told and not alike:
            yield each


@lru_cache(maxsize=1024)
def _tolls(quote: str) -> tuple[_Toll, ...]:
    read = _read(quote, [*pipeline.extract(quote, language=language.ENGLISH)])
    return (*_of_a_list(quote), *read)


# "Dead: 6. Injured: 31. Missing: 2.", "put deaths at 40 and injuries at 120".
_IN_A_LIST = Pattern(rf"(?:^|[.,;|]\s){_WORDS}(?::|\s?[–—-])\s$", re.IGNORECASE)
_PUT_AT = Pattern(
    rf"(?:\b(?:puts?|putting|estimated)|(?:\d|\b(?:{ONE_WORD}))\s+and)\s+"
    rf"(?:(?:the\s+)?(?P<noun>deaths|fatalities|injuries)|the\s+(?P<fate>{FATE}))\s+at\s+"
    r"(?:(?:about|around|some|nearly|at\s+least|more\s+than)\s+)?$",
    re.IGNORECASE,
)
_ENDS_IT = Pattern(r"\s*(?:[.,;|](?!\d)|$)")
_GOES_ON = Pattern(r"\s+and\b|\s*(?:[.;](?!\d)|$)")


def _of_a_list(quote: str) -> Iterator[_Toll]:
    for found in numbers.find(quote):
        before, behind = numbers.lead(quote, found), numbers.tail(quote, found)
        label = _IN_A_LIST.search(before) if _ENDS_IT.match(behind) else None
        put = _PUT_AT.search(before) if _GOES_ON.match(behind) else None
        told = _named([label]) if label else frozenset((_put(put),)) if put else frozenset()
        for measure in told & _TOLLS:
            place = range(found.start, found.end)
            yield _Toll(place, measure, told, found.estimate.best)


def _put(match: re.Match[str]) -> str:
    """The measure of what is put at a number."""
    if match["fate"]:
        return fate_of(match["fate"])
    return "injured" if match["noun"].lower() == "injuries" else "killed"


def _read(quote: str, found: Sequence[Proposal]) -> Iterator[_Toll]:
    starts = [each.at or 0 for each in found]
    for each in found:
        if each.measure not in _TOLLS or not (each.rules and each.rules[0].startswith(_RULES)):
            continue
        at = each.at or 0
        end = at + len(each.text)
        behind = quote[end : min([start for start in starts if start >= end], default=end + _REACH)]
        if behind.startswith(",") and each.rules[0].startswith(_RULES[0]):
            continue  # "killed: 17, injured: 30"
        if each.rules[0].startswith("deed"):  # "killed three and wounded 11"
            behind = _NEXT_DEED.sub("", behind)
        told = set(_named(_TOLD.finditer(behind)))
        if before := _LABELLED.search(quote[max(0, at - 80) : at]):
            told |= {fate_of(before["the"])} if before["the"] else _named([before])
        if _FATAL.match(behind):
            told.add("killed")
        yield _Toll(range(at, end), each.measure, frozenset(told), each.estimate.best)


def _named(words: Iterable[re.Match[str]]) -> frozenset[str]:
    """The measures these words are for."""
    return frozenset(fate_of(one["fate"]) if one["fate"] else deed_of(one["deed"]) for one in words)
