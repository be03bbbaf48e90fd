"""Things: what a number counts and which measure that is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from factlog import units
from factlog.extraction import dates, fates, noun_phrases
from factlog.extraction.counted import Thing, cleaned, measure_of, to_the_left
from factlog.extraction.doubts import doubtful
from factlog.extraction.numbers import Mention
from factlog.parsing import lexicon
from factlog.patterns import Pattern
from factlog.policy import Measure


def thing_of(
    text: str, found: Mention, before: tuple[Mention, Thing] | None, measures: Sequence[Measure]
) -> Thing:
    """What a number of a sentence counts; `before` is the claim just before it there."""
    if before is not None and _ends_change(text, found, before):
        return replace(before[1], rule="end of a change", end=found.end, change=False)
    for rule in (
        _age,
        _compound,
        _brought_to,
        fates.change_of,
        fates.change_in,
        fates.magnitude,
        fates.of_those,
        fates.bare_fate,
        fates.level,
        fates.spending,
        _to_the_right,
        fates.deed_alone,
        to_the_left,
    ):
        if (got := rule(text, found, measures)) is not None:
            break
    else:
        got = Thing(None, "", "nothing counted", found.end, bare=True, sure=False)
    if before is not None:
        got = _carried(text, found, _of_the_claim_before(text, found, got, before), before)
    end_before = before[1].end if before else 0
    return replace(got, sure=False) if doubtful(text, found, got, end_before) else got


_OF_WHOM = Pattern(r"\bof\s+(?:whom|which|them|these|those)\s+$")
_OF_THEM = Pattern(r"\s+of\s+(?:them|these|those|whom)\b")
_MORE_THAN = Pattern(r"\s+(?:more|fewer|less|lower|higher|above|below|up|down)\b(?!\s+to\b)")
_NO_NOUN = frozenset(("nothing counted", "subject of the clause", "deed, number"))


def _of_the_claim_before(
    text: str, found: Mention, got: Thing, before: tuple[Mention, Thing]
) -> Thing:
    """What is a part of the claim before or set against it: "28 of them", "against 44%"."""
    earlier, thing = before
    if thing.thing is None or got.rule not in _NO_NOUN:
        return got
    if found.estimate.unit == "percent" and text[thing.end : found.start].strip() == "(":
        return replace(thing, rule="share in brackets", end=found.end)
    if _MORE_THAN.match(text, found.end):
        return replace(thing, rule="more than the claim before", end=found.end, change=True)
    part = _OF_WHOM.search(text[: found.start]) or _OF_THEM.match(text, found.end)
    alike = found.estimate.unit == earlier.estimate.unit
    if part or (alike and got.rule != "deed, number" and _SET_AGAINST.search(text[: found.start])):
        rule = "part of the claim before" if part else "set against the claim before"
        measure = got.measure if got.rule == "deed, number" else thing.measure
        return replace(
            got,
            thing=thing.thing,
            measure=measure,
            rule=rule,
            bare=False,
            sure=thing.sure and not (part and earlier.estimate.unit),
        )
    if got.rule == "subject of the clause" and text[earlier.start : earlier.end] in (
        got.thing or ""
    ):
        return replace(got, thing=thing.thing, measure=thing.measure)
    return got


# "From 420 to 285", "by 18 percent in 2023 to 41,200".
_TO = Pattern(r"\s+(?:in\s+(?:\d{4}|a\s+\w+)\s+)?to(?:\s+an?(?:\s+(?:record|average\s+of))?)?\s+")


def _ends_change(text: str, found: Mention, before: tuple[Mention, Thing]) -> bool:
    """Whether the number is the other end of a change; "€1 billion to 23 states" has none."""
    earlier, thing = before
    named = thing.thing is not None and not thing.rule.startswith(("number", "deed", "money"))
    return named and _TO.fullmatch(text[earlier.end : found.start]) is not None


def _age(text: str, found: Mention, _measures: Sequence[Measure]) -> Thing | None:
    """As in "Ana Ruiz, 71, a nurse", "a 34-year-old driver"."""
    match = dates.age(text, found)
    return match and Thing(match["who"], "age", "age", found.end, sure=False)


_BROUGHT_TO = Pattern(
    rf"\b(?:{lexicon.either('verb of putting', meaning='to')})\s+to\s+$", re.IGNORECASE
)
_THE_NUMBER_OF = Pattern(
    r"\s+the\s+(?:(?:total|overall)\s+)?(?:(?:number|count|tally)\s+of\s+)?(?=[a-z])"
)


def _brought_to(text: str, found: Mention, measures: Sequence[Measure]) -> Thing | None:
    """As in "bringing to 19 the number of deaths"."""
    behind = _THE_NUMBER_OF.match(text, found.end)
    if behind is None or not _BROUGHT_TO.search(text[: found.start]):
        return None
    place = noun_phrases.right(text, behind.end() - 1)
    if place is None:
        return None
    thing = cleaned(text[slice(*place)])
    return Thing(thing, measure_of(thing, None, measures), "brought to number", place[1])


_COMPOUND = Pattern(r"-(?!strong|odd|plus|magnitude|fold)(?P<noun>[a-z]{2,})")


def _compound(text: str, found: Mention, measures: Sequence[Measure]) -> Thing | None:
    """A number that describes something else: "a 20-block area", "a three-judge panel"."""
    match = _COMPOUND.match(text, found.end) if found.estimate.unit is None else None
    if match is None:
        return None
    measure = measure_of(match["noun"], None, measures)
    return Thing(match["noun"], measure, "compound", match.end(), sure=False)


def _to_the_right(text: str, found: Mention, measures: Sequence[Measure]) -> Thing | None:
    """As in "300 soldiers", "300 soldiers were killed", "killed 300 soldiers"."""
    if found.estimate.unit is not None and (
        _OF_WHOM.search(text[: found.start]) or not _unit_of(text, found)
    ):
        return None
    worth = (
        re.match(r"\s+(?:worth\s+of|in)(?=\s)", text[found.end :]) if found.estimate.unit else None
    )
    place = noun_phrases.right(text, found.end + (worth.end() if worth else 0))
    if place is None:
        return None
    start, end = place
    thing = text[start:end]
    unit = found.estimate.unit
    fate, stop, rule = (
        fates.befell(text, found, end) if unit is None else (None, end, "number, unit, noun")
    )
    of = _OF.match(text, found.end) if found.estimate.unit else _OF_THE.match(text, found.end)
    attributed = _is_of_the_noun(text, found)
    sure = attributed or (
        noun_phrases.plural(thing.split()[-1])
        or of is not None
        or " of " in thing
        or found.estimate.best == 1
    )
    return Thing(
        cleaned(thing), measure_of(thing, fate, measures), rule, stop, sure=sure or fate is not None
    )


def _unit_of(text: str, found: Mention) -> bool:
    """Whether the noun after a unit is what it measures: "1.5 tonnes of cocaine", "38% support"."""
    if re.search(r"\w-[a-z]", text[found.core : found.end]):
        return True
    after = text[found.end : found.end + 30]
    if re.match(r"\s+of\s+(?:the\s+)?[A-Z]", after) and units.comparable(
        found.estimate.unit or "", "m"
    ):
        return False  # within 32,000 km of Earth
    if re.match(r"\s+of\s+(?!(?:age)\b)", after):
        return True
    if _is_of_the_noun(text, found):
        return True
    unit = found.estimate.unit or ""
    if unit == "percent":
        return (
            re.match(r"\s+(?!contained|effective)[a-z]+(?:\s+(?:for|among)\b|\s*[.,])", after)
            is not None
        )
    return bool(
        re.match(
            r"\s+(?:worth|in)\s+(?=(?:damage|aid|losses|cash|revenue|fines|sales|profit|tax"
            r"|debt)\b)",
            after,
        )
    )


_OF_A_NOUN = re.compile(r"[A-Z]{3}|percent")
_DETERMINER = Pattern(rf"(?:\b(?:{lexicon.either('determiner')})|'s)\s+$", re.IGNORECASE)


# "Seven of the ships" says of what it is a part; "seven of theft" does not.
_OF_THE = Pattern(r"\s+of\s+(?:(?:the|its|their|his|her|our|these|those|all)\s|\d)")
_OF = Pattern(r"\s+of\s")


def _is_of_the_noun(text: str, found: Mention) -> bool:
    """Whether money or a share is of the noun behind it: "its $84 million appeal", "a 9% stake"."""
    led = _OF_A_NOUN.fullmatch(found.estimate.unit or "") and _DETERMINER.search(
        text[: found.start]
    )
    return led is not None and re.match(r"\s+[a-z-]{3,}", text[found.end :]) is not None


_JOINED = Pattern(
    r"\s*(?:,|;|:|and|plus|with|as\s+well\s+as|or|another|a\s+further|of\s+which|of\s+whom"
    r"|,\s*of\s+which|including|but|—|\s)*$"
)
_FATES = frozenset(lexicon.meanings("fate").values())
_COMPARED = Pattern(r"\b(?:from|against|with|to|versus|than|of|at|reported|expected|forecast)\s*$")
_SET_AGAINST = Pattern(
    r"\b(?:from|against|versus|than|compared\s+(?:with|to)|up\s+on|down\s+on)\s+$"
    r"|\bthan\s+(?:[A-Z]\w+'s|the|its)\s+$|\b(?:short|ahead|shy)\s+of\s+(?:its|the|their|a)\s+\w+\s+of\s+$"
)


def _carried(text: str, found: Mention, got: Thing, before: tuple[Mention, Thing]) -> Thing:
    """What the claim before lends: a noun left out, or the deed of a list."""
    earlier, thing = before
    between = text[min(thing.end, found.start) : found.start]
    if got.bare and thing.thing and got.thing != thing.thing:
        alike = (
            got.change
            or (found.estimate.unit is None) == (earlier.estimate.unit is None)
            or bool(_COMPARED.search(text[: found.start]))
        )
        toll = got.rule == "number, what befell them" and thing.rule.startswith("noun")
        if alike and not toll and not (thing.bare and got.measure):
            measure = got.measure or thing.measure
            changed = got.change or bool(
                re.search(
                    r"(?:,|\b(?:is|was|are|were|a))\s+(?:up|down)\s+(?:by\s+)?$",
                    text[: found.start],
                )
            )
            return replace(
                got,
                thing=thing.thing,
                measure=measure,
                change=changed,
                rule=got.rule + ", noun carried over",
                sure=bool(got.measure) and thing.measure in _FATES,
            )
    if (
        got.rule == "number, noun"
        and thing.rule in ("deed, number, noun", "deed of number")
        and _JOINED.fullmatch(between)
    ):
        return replace(got, measure=thing.measure, rule="deed, number, noun", sure=True)
    return got
