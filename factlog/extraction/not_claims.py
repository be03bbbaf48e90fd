"""Numbers that state no quantity, and the name of the reason for each."""

from __future__ import annotations

import re
from collections.abc import Callable

from factlog.extraction import dates
from factlog.extraction.counted import FATE
from factlog.extraction.noun_phrases import are_people
from factlog.extraction.numbers import ONE_TO_TWELVE, Mention, lead, number, tail
from factlog.parsing import lexicon
from factlog.parsing.other_languages import word_before, word_behind
from factlog.parsing.text import MONEY_SIGNS
from factlog.patterns import Pattern

_GLUED_BEFORE = Pattern(r"[\w@#&/](?:[-./])?$|[A-Za-z]\.$")
_GLUED_AFTER = Pattern(r"[A-Za-z_]|['\"](?=\w)|-(?:[A-Z]|\d)|/\w|:\d|\.\d")


_IN_HIS = Pattern(r"\b(?:his|her|their|the|early|mid|late)[\s-]+$", re.IGNORECASE)


_SHARP = Pattern(rf"[48]K\s+(?:{lexicon.either('what is sharp')})\b")


def model_number(text: str, found: Mention) -> bool:
    """F-16, T-72, MH370, 747s, 3.11.4, "in his 30s": digits that hang on letters."""
    before = lead(text, found)
    if before and _GLUED_BEFORE.search(before[-2:]) and not _money_led(text, found):
        return True
    digits = re.compile(r"[\d.,]*\d").match(text, found.core)
    if digits is None:
        return False
    if re.match(r"\d{3,}s\b", text[found.core :]) or _SHARP.match(text, found.core):  # 747s
        return True
    if re.match(r"\d0s\b", text[found.core :]) and _IN_HIS.search(before):
        return True
    end = max(digits.end(), found.end)
    return bool(_GLUED_AFTER.match(text, end)) and not re.match(
        r"-[A-Za-z]{3,}", text[end : end + 4]
    )


def _money_led(text: str, found: Mention) -> bool:
    return re.search(rf"[{MONEY_SIGNS}]", text[max(0, found.core - 1) : found.core + 4]) is not None


_LABEL = Pattern(rf"\b(?:{lexicon.either('label')})\s+(?:between\s+)?$", re.IGNORECASE)
# "To build 300 homes" has a verb, "turn to page 12" has a label.
_VERB_ALSO = Pattern(
    r"\b(?:to|will|would|can|could|may|might|must|should)\s+\w+\s+$|\b(?:is|are|was|were|be|been|by)\s+building\s+$"
)
_THINGS = Pattern(r"\s+(?:[a-z-]+\s+){0,2}(?:[a-z]+s|people|men|women|dead|troops)\b")
_NAME_BEFORE = Pattern(r"(?<![\w.])(?P<name>[A-Z][\w'&-]*|iPhone|iPad|iOS)\s+$")
_PLAIN_STARTS = lexicon.words("start of no name") | lexicon.words("weekday")


def label(text: str, found: Mention) -> bool:
    """Page 12, Room 101, Boeing 737, Route 66, Group of Seven: a number in a name."""
    if found.estimate.unit is not None and not number(text, found).isdigit():
        return False
    before = lead(text, found)
    if found.start < found.core and text[found.start : found.core].strip():
        return False
    if _LABEL.search(before):
        if _VERB_ALSO.search(before) and _THINGS.match(tail(text, found)):
            return False  # plans to build 300 homes
        return not _PEOPLE.match(text, found.end)
    return _in_a_name(text, found, before)


def _in_a_name(text: str, found: Mention, before: str) -> bool:
    core = number(text, found)
    if core[:1].isupper() and found.core > 0 and re.search(r"[\w,] $", before):
        return True
    name = _NAME_BEFORE.search(before)
    if name is None or name["name"] in _PLAIN_STARTS or not re.fullmatch(r"\d{1,4}", core):
        return False
    return not _THINGS.match(tail(text, found))


_NAMED_WITH = Pattern(lexicon.named_with())


def _part_of_a_name(text: str, found: Mention) -> bool:
    """CO 2, PM 2.5, the G 20: a name whose number stands apart, as of CO<sub>2</sub>."""
    names = _NAMED_WITH.finditer(text, max(0, found.core - 20), found.core + 4)
    return any(
        name.start() < found.core < name.end() and not _PEOPLE.match(text, name.end())
        for name in names
    )


_PEOPLE = Pattern(r"\s+(?:people|others|dead|killed|injured)\b")
_STREET = Pattern(
    rf"\s+(?:(?:[A-Z][\w'-]*|de|la|du|des|of|the)\s+){{0,4}}(?:{lexicon.either('street')})\b"
)


def street_number(text: str, found: Mention) -> bool:
    """221 Baker Street: a number in an address."""
    if not re.fullmatch(r"\d{1,5}[A-Za-z]?", number(text, found)):
        return False
    return bool(_STREET.match(tail(text, found)))


_LABELLED = Pattern(rf"\b(?=[A-Z])(?i:{lexicon.either('label')})\s+$")
_OF_A_KIND = Pattern(
    rf"-(?!(?i:{lexicon.either('counted', 'counted as one', 'fate')}|odd|plus|strong|to|or|and)\b)"
    r"[a-z]{3,}\s"
)
_KIN = r"(?:(?:grand)?(?:son|daughter|mother|father)|brother|sister|wife|husband|uncle|aunt|cousin)"
_AGED = Pattern(rf"(?i:\b(?:{lexicon.either('counted as one')}|{_KIN}),\s$)")
_OF_ONE = Pattern(r",\s+(?:(?:was|is|has|were|died|who)\b|and\s+(?:(?:his|her)\b|[A-Z]))")


# "In room 12", "at School 12"; but "at the school 12 were killed".
_PLACE = lexicon.either("label of a place")
_AT_A_PLACE = Pattern(
    rf"\b(?:(?:in|on|at|of|to|from|near|aboard)\s+(?i:{lexicon.either('label')}|{_PLACE})"
    rf"|(?=[A-Z])(?i:{_PLACE}))\s+$"
)
_THEY = Pattern(r"\s+(?:were|was|are|have|had|of)\b")
_DEGREE = Pattern(r"\b(?:category|magnitude)(?:\s+of)?[\s-]$", re.IGNORECASE)
_MAGNITUDE = Pattern(r"[\s-](?:magnitude|on\s+the\s+Richter)\b", re.IGNORECASE)
_AN_AGE = Pattern(
    rf"\b(?i:aged)\s+(?:between\s+|from\s+)?(?:(?:\d{{1,3}}|{ONE_TO_TWELVE})(?:,|,?\s+and)\s+)*$"
)
_PARENT_OF = Pattern(r"\b(?:(?:grand)?(?:mother|father)|mum|dad)[\s-]of[\s-]$", re.IGNORECASE)
_OF_A_NAME = Pattern(r"\b[A-Z]\w+\s+\($")
_HERSELF = Pattern(r"\),?\s+(?:was|is|has|who)\b")


def degree(text: str, found: Mention) -> bool:
    """A magnitude 7 quake, a category 6 storm, 6 on the Richter scale."""
    before, after = lead(text, found), tail(text, found)
    return _DEGREE.search(before) is not None or _MAGNITUDE.match(after) is not None


def of_a_parent(text: str, found: Mention) -> bool:
    """The children of "a mother of two", to whom nothing befell."""
    return _PARENT_OF.search(lead(text, found)) is not None


def counts_nobody(text: str, found: Mention) -> bool:
    """Route 40, in room 12, a 300-bed hotel, "a boy, 17,", "aged 12": no number of people."""
    before, after = lead(text, found), tail(text, found)
    if _LABELLED.search(before) or _OF_A_KIND.match(after):
        return True
    if _AT_A_PLACE.search(before) and not _THEY.match(after):
        return True
    if _AN_AGE.search(text[: found.start]):
        return True
    if _OF_A_NAME.search(before) and _HERSELF.match(after):
        return True
    if street_number(text, found) and not re.match(r"\s+St\.?\s", after):
        return True
    aged = _AGED.search(before) or (_OF_ONE.match(after) and re.search(r"\b[A-Z]\w+,\s$", before))
    return bool(aged) and after.startswith(", ")


_SCORE = Pattern(
    r"\d{1,3}[-:]\d{1,3}(?![\d,.]?\d|\s*(?:%|percent|per cent|million|billion|[a-z-]*\s?"
    r"(?:people|tonnes|cm|km|mm|m\b|patients|years|days|hours)))"
)
_CONTEST = Pattern(rf"\b(?:{lexicon.either('contest')})\b[^.;]*$", re.IGNORECASE)


_BY_SO_MANY = Pattern(
    r"\b(?:voted|vote|votes|won|lost|beat|(?:won|lost|passed)\s+by)\s+\d{1,3}\s+to\s+$"
)


def score(text: str, found: Mention) -> bool:
    """3-1, 6-4: two small numbers of a contest."""
    before = lead(text, found)
    pair = _SCORE.match(text, found.core)
    if pair and not re.search(r"[a-z]", text[found.core : found.end]):
        low, high = (int(part) for part in re.split("[-:]", pair[0]))
        return (
            low >= high
            or bool(_CONTEST.search(before))
            or not re.match(r"\s+[a-z]+s\b", text[pair.end() :])
        )
    if re.search(r"(?<![\d,])\d{1,3}[-:]$", before):
        return True
    tally = re.match(r"(?:\d{1,3}|\w+)\s*(?:-|to)\s*\d{1,3}\b", text[found.core :])
    if re.search(r"\d{1,3}\s+to\s+$", before):
        return bool(_BY_SO_MANY.search(before))
    return bool(
        tally and re.search(r"\b(?:voted|vote|won|lost|beat\s+\w+|by a vote of|votes?)\s+$", before)
    )


_CALL = Pattern(rf"\b(?:{lexicon.either('call')})\b[^.;]{{0,30}}$", re.IGNORECASE)


def phone_number(text: str, found: Mention) -> bool:
    """020 7946 0958: digits to be called."""
    core, before = number(text, found), lead(text, found)
    if re.match(r"0\d", core) or re.search(r"(?:\(\d{3}\)|\b0\d+)[\s\d-]*$", before):
        return True
    if re.match(r"[\d() -]*\d{3}[ -]\d{4}(?!\d)", text[found.core :]) and "," not in core:
        return True
    return bool(
        re.match(r"\d{3}", core) and "," not in core and _CALL.search(before)
    ) and not re.match(r"\s+(?:people|calls|others)", tail(text, found))


_LONG = Pattern(r"\d{9,}(?![\d.,])")


def reference(text: str, found: Mention) -> bool:
    """Digits no person counts with: nine or more in a row, or parted by strokes."""
    at = found.core
    stroke = re.match(r"\d+/\d+", text[at:])
    if stroke and not re.match(r"[1-9]/[2-9]\b\s+of\b", text[at:]):
        return True
    return bool(_LONG.match(text, at)) or re.search(r"#\s?$|\d/$", lead(text, found)) is not None


Rule = Callable[[str, Mention], bool]


def why_skipped(text: str, found: Mention) -> str | None:
    """Why this number of a sentence is no claim; None if it may be one."""
    for reason, rule in _RULES:
        if rule(text, found):
            return reason
    return None


_LIST_MARK = Pattern(r"\d{1,2}[.)](?=\s+[A-Z]|$)")


def _list(text: str, found: Mention) -> bool:
    return found.core == 0 and bool(_LIST_MARK.match(text))


_ONE = Pattern(r"one(?:-\w+)?\b", re.IGNORECASE)
_ONE_OF = lexicon.either("counted as one")
_ONE_COUNTS = Pattern(
    rf"\s+(?:more\s+)?(?:(?:[a-z-]+|[A-Z][a-z]+)\s+)?(?:{_ONE_OF}|{FATE}|was\s+"
    rf"(?:\w+ly\s+)?(?:{FATE}))\b",
    re.IGNORECASE,
)


def _pronoun(text: str, found: Mention) -> bool:
    """Whether "one" stands for somebody or something: only "one person", "one dead" count."""
    core = number(text, found)
    if not _ONE.match(core):
        return False
    if core.lower() != "one":
        return (
            re.match(
                r"(?:one[- ](?:on|by|to)\b|one-(?:off|way|time|sided|man|day|year))", core.lower()
            )
            is not None
        )
    if re.search(
        r"\b(?:no|any|every|each|this|that|the|which|another|not|some)\s+$",
        lead(text, found),
        re.IGNORECASE,
    ):
        return True
    after = tail(text, found)
    if re.match(
        r"\s+(?:of|has|have|day|another|by|resident|thing|side|hand|way|or\s+two)\b", after
    ):
        return True
    return not _ONE_COUNTS.match(after)


_OF_THE = Pattern(r"\bof\s+(?:the|these|those|all|its|their)\s+$")
_DEFINITE = Pattern(
    r"\b(?:the|these|those|his|her|their|its|our|my|both|all)\s+(?:other\s+|first\s+"
    r"|last\s+)?$",
    re.IGNORECASE,
)


_OF_SO_MANY = Pattern(r"\d\s+of\s+$")  # the 60 of "54 of 60 drones"


def _definite(text: str, found: Mention) -> bool:
    """As in "none of the 300", "the two countries": a number taken for granted, not stated."""
    if found.start < found.core or found.estimate.unit is not None:
        return False
    before = lead(text, found)
    if re.search(r"\d\s+of\s+(?:its|their)\s+$", before) and len(number(text, found)) > 3:
        return False  # "cut 4,000 of its 277,000 employees" tells both
    if _OF_THE.search(before) or _OF_SO_MANY.search(before):
        return True
    best = found.estimate.best
    return bool(_DEFINITE.search(before)) and best is not None and best <= 20


_PER = Pattern(r"\b(?:per|(?:for|in|of)\s+every)\s+$", re.IGNORECASE)
# "Of every 100,000 births, 223 mothers die", "for every 100 boys there are 93 girls".
_ON_SO_MANY = Pattern(
    rf"(?:^|[.,;:\"—]\s|\b(?:and|but|that)\s)(?:for|in|of|out\s+of)\s+every\s+"
    rf"(?:\d|(?:{ONE_TO_TWELVE}|hundred|thousand|million)\b)\S*\s[^\d;:.]{{0,60}}$",
    re.IGNORECASE,
)


_PARENT = Pattern(r"\b(?:mother|mum|mom|father|dad|parent)[- ]of[- ]$", re.IGNORECASE)


def _parent(text: str, found: Mention) -> bool:
    """As in "a mother of three"."""
    return _PARENT.search(lead(text, found)) is not None


def _denominator(text: str, found: Mention) -> bool:
    """As in "45 cases per 100,000 people": what the number before it is counted on."""
    return found.start == found.core and _PER.search(lead(text, found)) is not None


_IDIOM = Pattern(lexicon.either("idiom"), re.IGNORECASE)


def _age_group(text: str, found: Mention) -> bool:
    """As in "Under 18s get in free"; "won in under 18s" is a time."""
    if not _AGES.match(text, found.core):
        return False
    return _UNDER.search(text[max(0, found.core - 30) : found.core]) is not None


_AGES = Pattern(r"\d{1,2}s\b")
_UNDER = Pattern(
    r"(?:(?:^|[.;:,\"]\s)|\b(?:for|the|to|all|among|and|with|by|no|than)\s)(?:under|over)[- ]$",
    re.IGNORECASE,
)


def _of_an_age(text: str, found: Mention) -> bool:
    """As in "children under five", "women over 50"."""
    led = _OVER.search(text, max(0, found.core - 40), found.core)
    return led is not None and are_people(led["who"]) and bool(_AGE_ALONE.match(text, found.core))


_OVER = Pattern(r"(?:^|\s)(?P<who>[A-Za-z]+)\s+(?:aged\s+)?(?:under|over)\s+$")
_AGE_ALONE = Pattern(
    rf"(?:\d\d?|{ONE_TO_TWELVE})(?![\w%])(?!,\d|\.\d)"
    rf"(?=\s*(?:[.,;:)\"]|$)|\s(?:[a-z]+\s)?(?:{lexicon.either('helping verb', 'verb of a clause')}"
    r"|account|make|die|died|in|at|and|who|with|from)\b)"
)


def _compared_year(text: str, found: Mention) -> bool:
    """As in "a 9 percent increase over 2023"."""
    return bool(_A_YEAR.match(text, found.core) and _RISE_OVER.search(text[: found.core]))


_A_YEAR = Pattern(r"(?:19|20)\d\d(?=\s*(?:[.,;:)\"](?!\d)|$)|\s(?:and|but|to|when|while|as|in)\b)")
_RISE_OVER = Pattern(
    rf"(?:%|\b(?:per\s?cent|{lexicon.either('noun of change')}))(?:\s+\w+)?\s+over\s+$"
)


def _margin(text: str, found: Mention) -> bool:
    """As in "52%, give or take 3 points": how far off another number may be."""
    return _GIVE_OR_TAKE.search(text[max(0, found.core - 20) : found.core]) is not None


_GIVE_OR_TAKE = Pattern(r"(?:(?:^|[,;(—]\s*)give\s+or\s+take|\bplus\s+or\s+minus)\s+$")


def _on_so_many(text: str, found: Mention) -> bool:
    """As in "for every 100 boys there are 93 girls": a rate, and no count."""
    return _ON_SO_MANY.search(text[max(0, found.core - 100) : found.start]) is not None


def _idiom(text: str, found: Mention) -> bool:
    start, end = max(0, found.core - 20), found.core + 20
    return any(m.start() <= found.core < m.end() for m in _IDIOM.finditer(text, start, end))


_TIMES = Pattern(r"(?:\s+times\b|-fold\b|\s+fold\b|\s+(?:out\s+)?of\s+(?:ten|10)\b)")


def _multiple(text: str, found: Mention) -> bool:
    """As in "three times more", "fivefold": a ratio to something else."""
    best = found.estimate.best
    return bool(_TIMES.match(tail(text, found))) and best is not None and best <= 20


def _unread(text: str, found: Mention) -> bool:
    """Digits go on where the grammar stopped: what was read is a part of something else."""
    return bool(re.match(r"\d|[.,:/]\d", text[found.end :])) or bool(
        re.search(r"\d[.,:]?$", lead(text, found))
    )


def _other_language(text: str, found: Mention) -> bool:
    """A scale, percent or bound of another language stands beside it: "4 млн", "plus de 300"."""
    if word_behind(tail(text, found).lower()) is not None:
        return True
    before = word_before(text[max(0, found.start - 40) : found.start].lower())
    return before is not None and not before[0].english


_RULES: tuple[tuple[str, Rule], ...] = (
    ("list mark", _list),
    ("date", dates.date),
    ("clock time", dates.clock_time),
    ("ordinal", dates.ordinal),
    ("year", dates.year),
    ("pronoun", _pronoun),
    ("phone number", phone_number),
    ("reference", reference),
    ("score", score),
    ("street number", street_number),
    ("model number", model_number),
    ("number in a name", label),
    ("number in a name", _part_of_a_name),
    ("part of another number", _unread),
    ("placed in time", dates.placed_in_time),
    ("vague time", dates.vague_time),
    ("definite", _definite),
    ("denominator", _denominator),
    ("counted on every so many", _on_so_many),
    ("parent of", _parent),
    ("age group", _age_group),
    ("age group", _of_an_age),
    ("year", _compared_year),
    ("margin", _margin),
    ("idiom", _idiom),
    ("multiple", _multiple),
    ("word of another language", _other_language),
)
