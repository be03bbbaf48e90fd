"""Things: what a number counts and which measure that is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from factlog import units
from factlog.extraction import dates, fates, noun_phrases, shares
from factlog.extraction.counted import LEANING, Thing, cleaned, measure_of, to_the_left
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
        rule = "level" if before[1].rule == "start of a change" else "end of a change"
        got = replace(before[1], rule=rule, end=found.end, change=False)
    else:
        got = _by_rule(text, found, before, measures)
    doubted = dates.of_time(text, found) and not dates.measured_in_time(text, found)
    fragment = _is_fragment(text, got.thing or "", found) or _in_unknown_unit(text, found, got)
    if doubted or fragment or doubtful(text, found, got, before[1].end if before else 0):
        return replace(got, sure=False)
    return got


def _by_rule(
    text: str, found: Mention, before: tuple[Mention, Thing] | None, measures: Sequence[Measure]
) -> Thing:
    """What the first rule that fits says, with what the claim before lends."""
    for rule in (
        _age,
        shares.of_noun,
        _compound,
        _brought_to,
        fates.change_of,
        fates.change_in,
        fates.magnitude,
        fates.of_those,
        fates.lives,
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
        return _carried(text, found, _of_the_claim_before(text, found, got, before), before)
    return got


def _in_unknown_unit(text: str, found: Mention, got: Thing) -> bool:
    """Whether the number is in a unit that is not known: "14 per 100,000", "41.20 points"."""
    best = found.estimate.best
    if _ANOTHER.match(text, found.start):
        return True  # "two died and a third was hurt": one more, or a share
    if got.rule == "noun reaches number" and _AGED.match(text[found.start : found.end]):
        return True  # "were over 70": years, most likely
    if found.estimate.unit == "pound" and best is not None and best >= 10**6:
        return True  # money, or weight
    if found.estimate.unit is not None or got.end != found.end or best is None or best == int(best):
        return False
    return (
        re.match(r"\s(?!in\b|on\b|at\b|for\b|from\b|and\b|by\b)[a-z]", text[found.end :])
        is not None
    )


_ANOTHER = Pattern(
    rf"a\s(?:third|fourth|fifth)\s(?:was|is|has|had|remain(?:s|ed)|{lexicon.either('fate')})\b",
    re.IGNORECASE,
)
_AGED = Pattern(r"(?:over|under|above|below)\s+[1-9]\d$")
# No thing by itself: "part", "the majority", "times", or words that hold a verb of their own.
_FRAGMENT = Pattern(
    rf"^(?:{lexicon.either('no thing by itself', 'part')}s?)$"
    r"|\b(?:times|points|occasions|consensus)$"
    rf"|\b(?:{lexicon.either('time unit')})s?$"
    r"|\b(?:year|month|week|day|decade|time|record)[\s-](?:high|low)$"
    r"|\bown\s(?:\w+\s)?(?:count|tally|estimate|figure|toll)$"
    rf"|\s(?:{lexicon.either('helping verb', 'verb of no name')})\s",
    re.IGNORECASE,
)


# "Developed clots", "flew": a word in -ed in front that is no adjective.
_A_CLAUSE = Pattern(
    rf"(?:who|which|that|those)\s|(?!(?:{lexicon.either('adjective')})\b)[a-z]{{3,}}ed\s"
)


_VERBS_LAST = lexicon.words("verb at the end of a thing")


def _is_fragment(text: str, thing: str, found: Mention) -> bool:
    """Whether the words are no thing: a part of one, a clause, or a place, a day or a month."""
    if _FRAGMENT.search(thing) or _A_CLAUSE.match(thing):
        return True
    first, *_, last = f"{thing} {thing}".split(" ")
    if last in _VERBS_LAST and noun_phrases.plural(thing.split(" ")[-2:][0]) and last != first:
        return True  # "prices start"
    counted = found.estimate.unit is None  # nobody counts a name: "the BJP slipped to 31"
    name = last[:1].isupper() and (counted or last[1:].islower()) and not noun_phrases.plural(last)
    return name and re.search(rf"[a-z,]\s(?:the\s)?{re.escape(thing)}", text) is not None


_PLACED = Pattern(r"\d[^.;]*\s(?:in|across|at|on|from|to|over)\s+$")
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
    more = got.rule != "deed, number" and _MORE_THAN.match(text, found.end)
    if found.estimate.unit == "percent" and text[thing.end : found.start].strip() == "(":
        return replace(thing, rule="share in brackets", end=found.end)
    if more:
        return replace(thing, rule="more than the claim before", end=found.end, change=True)
    part = _OF_WHOM.search(text[: found.start]) or _OF_THEM.match(text, found.end)
    alike = found.estimate.unit == earlier.estimate.unit
    if part or (alike and got.rule != "deed, number" and _SET_AGAINST.search(text[: found.start])):
        rule = "part of the claim before" if part else "set against the claim before"
        if part and thing.rule.startswith(LEANING):
            rule = "part of a claim in doubt"
        measure = got.measure if got.rule == "deed, number" else thing.measure
        # "1.4 million couriers in 70 countries, up from 900,000": of which of the two?
        sure = thing.sure and (bool(part) or _PLACED.search(text[: earlier.start]) is None)
        if part and found.estimate.unit is None and earlier.estimate.unit is not None:
            sure = False  # "plunged 200 metres, killing 28 of them"
        return replace(got, thing=thing.thing, measure=measure, rule=rule, bare=False, sure=sure)
    if got.rule == "subject of the clause" and text[earlier.start : earlier.end] in (
        got.thing or ""
    ):
        return replace(got, thing=thing.thing, measure=thing.measure)
    return got


# "From 420 to 285", "by 18 percent in 2023 to 41,200", "from 420 a year earlier to 285".
_TO = Pattern(
    rf"\s+(?:(?:in\s+(?:\d{{4}}|a\s+\w+)|(?:in\s+)?(?:{lexicon.either('month')})(?:\s+\d{{4}})?"
    rf"|(?:an?|the|last|this)\s+(?:previous\s+)?(?:{lexicon.either('time unit')}|quarter)"
    r"(?:\s+(?:ago|earlier|before))?)\s+)?to(?:\s+an?(?:\s+(?:record|average\s+of))?)?\s+"
)


def _ends_change(text: str, found: Mention, before: tuple[Mention, Thing]) -> bool:
    """Whether the number is the other end of a change; "€1 billion to 23 states" has none."""
    earlier, thing = before
    named = thing.thing is not None and not thing.rule.startswith(("number", "deed", "money"))
    other = found.estimate.unit is None and len(earlier.estimate.unit or "") == 3
    other |= dates.of_time(text, found) and not dates.of_time(text, earlier)
    return named and not other and _TO.fullmatch(text[earlier.end : found.start]) is not None


def _age(text: str, found: Mention, _measures: Sequence[Measure]) -> Thing | None:
    """As in "Ana Ruiz, 71, a nurse", "a 34-year-old driver"."""
    match = dates.age(text, found)
    who = next(filter(None, match.groups()), None) if match else None
    return match and Thing(who, "age", "age", found.end, sure=False)


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
    unit = found.estimate.unit
    alone = True
    if unit is None:
        opens = _OPENS.search(text[: found.start]) is not None
        end, alone = noun_phrases.with_others(text, start, end, opens=opens)
    thing = text[start:end]
    fate, stop, rule = (
        fates.befell(text, found, end) if unit is None else (None, end, "number, unit, noun")
    )
    if fate and not fates.fits(fate, thing):
        fate, rule = None, "number, noun"
    of = _OF.match(text, found.end) if found.estimate.unit else _OF_THE.match(text, found.end)
    attributed = _is_of_the_noun(text, found)
    sure = attributed or (
        noun_phrases.plural(thing.split()[-1])
        or of is not None
        or " of " in thing
        or found.estimate.best == 1
    )
    return Thing(
        cleaned(thing),
        measure_of(thing, fate, measures),
        rule,
        stop,
        sure=alone and (sure or fate is not None),
    )


_OPENS = Pattern(r"(?:^|[.,;:\"]\s|\b(?:that|said|says)\s)$")


def _unit_of(text: str, found: Mention) -> bool:
    """Whether the noun after a unit is what it measures: "1.5 tonnes of cocaine", "38% support"."""
    if re.search(r"\w-[a-z]", text[found.core : found.end]):
        return True
    after = text[found.end : found.end + 30]
    if text[: found.start].endswith("within ") and after.startswith(" of "):
        return False
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
            rf"\s+(?:worth|in)\s+(?=(?:[a-z]+\s)?(?:{lexicon.either('noun of money')})\b)",
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
    return led is not None and _ITS_NOUN.match(text, found.end) is not None


# "The 2.5% analysts had predicted", "the €790 million expected by analysts": no noun of it.
_ITS_NOUN = Pattern(
    r"(?!\s+[a-z-]+(?:\s[a-z-]+)?\s(?:(?:had|have)\s)?(?:predicted|expected|forecast)\b)"
    r"(?!\s+[a-z]+(?:ed|t)\s(?:by|for|in|at|from)\b)\s+[a-z-]{3,}"
)


_JOINED = Pattern(
    r"\s*(?:,|;|:|and|plus|with|as\s+well\s+as|or|another|a\s+further|of\s+which|of\s+whom"
    r"|including|but|—|\s)*$"
)
# The wounded beside 19 deaths are no deaths.
_OF_DEAD = Pattern(
    r"\b(?:deaths|bodies|fatalities|corpses|injuries|casualties|losses|wounded|dead)$"
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
        toll = got.rule == "number, what befell them" and (
            thing.rule.startswith("noun") or _OF_DEAD.search(thing.thing) is not None
        )
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
        and fates.fits(thing.measure, got.thing or "none")
        and thing.rule in ("deed, number, noun", "deed of number")
        and _JOINED.fullmatch(between)
    ):
        return replace(got, measure=thing.measure, rule="deed, number, noun", sure=True)
    return got
