"""The spans of a sentence that the one grammar reads as a number, hedges and unit included.

One pattern finds where a number may begin; `factlog.parsing.read` says whether one does, how
it reads and where it ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from factlog.claim import Estimate, Figure, Hedge
from factlog.errors import ReadingError
from factlog.parsing import lexicon, read
from factlog.parsing.hedges import BEFORE
from factlog.parsing.number_words import SMALL, TENS
from factlog.parsing.text import MONEY_SIGNS, Contradiction
from factlog.patterns import Pattern
from factlog.values import dataclass

# The numbers of a sentence that are mostly spelled out: one to twelve.
ONE_TO_TWELVE = "|".join(list(SMALL)[1:13])
# What a number may begin with, to see whether one follows soon.
A_NUMBER = (
    rf"(?:\d|[{MONEY_SIGNS}~]|(?:{ONE_TO_TWELVE})\b"
    r"|\w+teen\b|\w+ty\b|dozens|scores|hundreds|thousands|tens\b|millions|a\s+(?:dozen"
    r"|hundred|third|quarter|few)|half|several|around|about|at\s+least"
    r"|more\s+than|up\s+to|nearly|some\b|as\s+many)"
)


def number(text: str, found: Mention) -> str:
    """The digits or number words, without the hedge before them."""
    return text[found.core : found.end]


def lead(text: str, found: Mention, reach: int = 40) -> str:
    """What stands just before the digits, hedge included."""
    return text[max(0, found.core - reach) : found.core]


def tail(text: str, found: Mention, reach: int = 60) -> str:
    """What stands just behind the value."""
    return text[found.end : found.end + reach]


@dataclass(frozen=True, slots=True)
class Mention:
    """A value in a sentence: text[start:end], its digits or number words beginning at `core`.

    `said` reads as `estimate`.
    """

    start: int
    core: int
    end: int
    said: str
    estimate: Estimate

    @property
    def hedged(self) -> bool:
        """Whether words before the number say how firmly it is stated."""
        return self.start < self.core


_SMALL = "|".join([*list(SMALL)[2:], *TENS])
_SCALE = lexicon.either("scale")
_PART = lexicon.either("part")
_BEHIND_PART = "less|more|on|to|from|are|were|was|is|have|had|do|did|say|said"
_CORE = Pattern(
    rf"""
    (?:(?<!plus\sor\s)\b(?:minus|negative)\s+|(?<![\w)%])-)?
        (?:(?<![A-Za-z])[A-Z]{{0,3}}[{MONEY_SIGNS}]\s?|\b(?:USD|EUR|GBP|JPY|INR|CNY|CHF|Rs\.?)\s?|\b(?-i:[A-Z]{{3}})(?=\d)|(?<![A-Za-z_]))
        (?:(?<![\w)%])-)?(?:(?<!\.)\.)?[\d½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]
    | \b(?:(?:minus|negative)\s+)?(?:one-)?(?:{_SMALL})\b
    | \bone(?=[ -](?:{_SCALE}|{_PART})\b|-and-a-|\sin\s|\sout\sof\s|\s[a-z]|,?\s)
    | \ba\s(?:{_SCALE})\b
    | \b(?:half|a\squarter\sof)\sa\s(?:{_SCALE})\b
    | \ba\s(?:{_PART})(?=\s(?:of|the|{_BEHIND_PART})\b|[,.;]|$)
    | \bhalf(?=\s(?:of|the|its|their|his|her|our)\b)
    | (?:(?<=\bnearly\s)|(?<=\balmost\s)|(?<=\bbarely\s)|(?<=\broughly\s))half\b
    | (?:(?<=\babout\s)|(?<=\bthan\s)|(?<=\baround\s)|(?<=\bover\s))half(?=\s(?!past|an?\s)|[,.])
    | \b(?:{lexicon.either("vague plural")})(?=\s|$|[.,;])
    | \b(?:an?\s)?(?:few|couple|handful)
        (?=\s(?:of|{_SCALE}|people|men|women|children|(?!as\b)[a-z]+s\b))
    | \bseveral\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_REACH = 60  # how far behind a number its unit and the words that end it are looked for
# An article says "round 3" and "vitamin C 300" of other things than somebody who types them.
_HEDGES = "|".join(
    re.escape(hedge).replace(r"\ ", r"\s+")
    for hedge, hedging in BEFORE.items()
    if hedging is not None
    and hedge[-1].isalpha()
    and hedge not in lexicon.words("hedge only typed")
)
_HEDGE_ENDS = Pattern(
    rf"(?:[~≈<>≤≥≲≳=]\s*|\b(?:{_HEDGES}|c\.|between|from|in\s+total|barely|or\s+so)\.?\s+)$",
    re.IGNORECASE,
)
_WORD = Pattern(r"[^\s(\"']\S*\s+")
_PHRASAL = Pattern(
    rf"\b(?:{lexicon.either('phrasal verb')})\s+(?:over|around|above|under)\s+$"
    r"|\b(?:nowhere|anywhere|not)\s+near\s+$",
    re.IGNORECASE,
)
# A rise up to 300 ends at 300; one of up to 300 is at most that.
_UP_TO = Pattern(
    rf"\b(?:{lexicon.either('verb of change', 'noun of change', 'verb of going')})\s+up\s+to\s+$"
    rf"|\b(?:{lexicon.either('verb of putting', meaning='to')})\s[^,.;]{{0,40}}\bup\s+to\s+$"
)
_CHANGED = re.compile(rf"\b(?:{lexicon.either('verb of change', meaning='change')})\b")
_CHANGED_JUST = re.compile(rf"(?:{_CHANGED.pattern})\s+$")
# "Rose 5 to 7 percent" is by so much.
_SHARES = Pattern(r"[\d.]+(?:\s+to\s+|%?\s?-\s?)[\d.]+\s?(?:%|per\s?cent|pct)")
_MADE_UP = Pattern(r"\b(?:made|make|makes|making)\s+up\s+$")
_AHEAD = 6  # how many of the numbers behind one may have to do with it
MOST = 100  # numbers of a sentence; what has more is a table


def find(sentence: str) -> Iterator[Mention]:
    """The values of a sentence from left to right; "from 5 to 7 percent" has two, both percent."""
    last: Mention | None = None
    for found in _each(sentence):
        if last is not None and (start := _with_end(sentence, last, found)) is not None:
            yield start
        last = found
    if last is not None:
        yield last


def _with_end(text: str, start: Mention, end: Mention) -> Mention | None:
    """The start of a change in the unit and scale of its end, where it has none of its own.

    None if the scale cannot be its own: "from 900 to 1.2 million" may start at 900,000.
    """
    first, last = start.estimate.best, _COEFFICIENT.search(end.said)
    if text[start.end : end.start].strip() != "to" or first is None or last is None:
        return start
    if start.estimate.unit or (first < 1 and not start.said[-1:].isdigit()):  # "by a third to"
        return start
    if _DATED.search(text[max(0, start.end - 30) : start.end]):  # "in 2019 to 450 tonnes"
        return start
    coefficient = Decimal(last[0].replace(",", ""))
    scaled = coefficient != _size(end) and not _scaled(start)
    return None if scaled and first >= 10 * coefficient else with_unit(start, end)


_COEFFICIENT = re.compile(r"\d[\d,]*(?:\.\d+)?")


def _size(found: Mention) -> Decimal:
    """The number itself, or the end that is stated of it."""
    told = found.estimate
    return next((end for end in (told.best, told.high, told.low) if end is not None), Decimal(0))


def _scaled(found: Mention) -> bool:
    """Whether the number has a scale of its own, or is written out: "41 million", "900,000"."""
    return _size(found) >= 1000


def _each(sentence: str) -> Iterator[Mention]:
    """The values of a sentence as each stands by itself; none of a table."""
    cores = list(_CORE.finditer(sentence))
    if len(cores) > MOST and _is_table(sentence, cores):
        return
    at = 0
    for place, core in enumerate(cores):
        if core.start() < at:
            continue
        following = cores[place + 1 : place + 1 + _AHEAD]
        found = _read(sentence, core, following)
        if isinstance(found, Mention):
            yield found
            at = found.end
        else:
            at = max(found, _past(sentence, core.end()))


def _is_table(sentence: str, cores: Sequence[re.Match[str]]) -> bool:
    """Whether there are too many numbers, each of which may have several cores: its digits."""
    begun = sum(not _GOES_ON.search(sentence[max(0, c.start() - 2) : c.start()]) for c in cores)
    return begun > MOST or len(cores) > _DIGITS * MOST


_GOES_ON = re.compile(r"\d[.,]?$")
_DIGITS = 10  # of a number


def _read(text: str, core: re.Match[str], later: list[re.Match[str]]) -> Mention | int:
    """The value round a core, as wide as the grammar takes it; else where what is refused ends."""
    starts = tuple(_begins(text, core.start()))
    for end in _ends(text, core, later):
        for first in dict.fromkeys(starts):
            figure = _figure(text[first:end])
            if isinstance(figure, int):
                return first + figure
            if figure is not None:
                stop = _stop(text, first, end, figure)
                return Mention(first, core.start(), stop, figure.said, figure.estimate)
    return core.end()


def _stop(text: str, first: int, end: int, figure: Figure) -> int:
    """Where the words of the value end; `said` may spell them out: "6.2m passengers"."""
    if text.startswith(figure.said, first):
        return first + len(figure.said)
    thing = figure.thing.split()[0] if figure.thing else ""
    at = text.find(thing, first + 1, end) if thing else -1
    return len(text[: end if at < 0 else at].rstrip(" .,;:!?\"'—-"))


@lru_cache(maxsize=2048)
def _figure(words: str) -> Figure | int | None:
    """What the words read as; where words that contradict each other end; None if neither."""
    try:
        return read(_LOOSE_END.sub("", words), language="en")
    except Contradiction as refused:
        return refused.end
    except ReadingError:
        return None


# Signs and small words a window may end on; "300 in" is not 300 inches.
_LOOSE_END = re.compile(
    r"""(?:\s+(?:in|to|and|or|of|an?|the|at|from|by|on|per|but|for|with|as)\b|[\s.,;:!?"'—-])+$"""
)
_RANGE_MARK = Pattern(
    r"[\w.%°]*\s*(?:\b[A-Za-z]+\s+){0,2}(?:-|—|~|/|±|\+/-|\(|\[|\bto\b|\bor\b|\band\b"
    r"|\bin\b|\bout\s+of\b|\bplus\s+or\s+minus\b).{0,28}$"
)
_PLUS_MINUS = Pattern(r"\s?[^\W\d]*,?\s+plus\s+or\s+minus\s+")
_CLAUSE_END = Pattern(r"[,;:!?\"]|\.(?:\s|$)|\s[—(]")


def _ends(text: str, core: re.Match[str], later: list[re.Match[str]]) -> Iterator[int]:
    """Where the words to read may end, the widest first: past a second number, before it."""
    past = _past(text, core.end())
    after = [match for match in later if match.start() >= past]
    if after and _joined(text, core, past, after[0]):
        second = _past(text, after[0].end())
        closing = text.find(")", second, second + 30) if "(" in text[past:second] else -1
        if closing > 0:
            yield from _stops(text, closing + 1, min(closing + _REACH, len(text)))
        beyond = [match.start() for match in later if match.start() >= second]
        yield from _stops(text, second, min([second + _REACH, len(text), *beyond[:1]]))
    inside = _ELSEWHERE.search(text[past : past + _REACH])
    stop = past + inside.start() if inside else len(text)
    limit = min([past + _REACH, stop, *(_begin(text, match.start()) for match in after[:1])])
    yield from _stops(text, past, limit)


# "1,900 in a decade" is no inches, "£528 million a year ago" no rate.
_ELSEWHERE = Pattern(
    r"\s(?:in|on|at)\s|\san?\s(?:day|week|month|year|decade)\s(?:ago|earlier|before"
    r"|later)\b"
)


_WORDS = Pattern(r"[ -]?[^\W\d]+[\w.'/°%]*(?P<second>[ -]?[^\W\d]+[\w.'/°%]*)?|\s?[%°]\w?")


def _stops(text: str, past: int, limit: int) -> Iterator[int]:
    """Ends between the digits and a limit: it, the end of the clause, two words, one, none."""
    clause = _CLAUSE_END.search(text, past, limit)
    words = _WORDS.match(text, past)
    word = words.start("second") if words and words["second"] else past
    ends = (limit, clause.start() if clause else limit, words.end() if words else past, word, past)
    return iter(dict.fromkeys(_whole_word(text, past, min(end, limit)) for end in ends))


def _whole_word(text: str, past: int, end: int) -> int:
    """An end that falls inside a word moves back before it."""
    while past < end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end -= 1
    return end


def _joined(text: str, core: re.Match[str], past: int, second: re.Match[str]) -> bool:
    """Whether a second number belongs to the same value: a range, an uncertainty, a share."""
    between = text[past : second.start()]
    if _A_PART.fullmatch(text, core.start(), past) and not _A_PART.match(text, second.start()):
        return False  # "by a fifth to 8.4 million"
    if text[past - 4 : past].isdigit() and _DATED.search(text[max(0, past - 30) : past]):
        return False
    if _PLUS_MINUS.fullmatch(between):
        return True
    if len(between) > 30 or not _RANGE_MARK.fullmatch(between):
        return _COMPOUND.fullmatch(between) is not None
    if re.fullmatch(r".*\band\s+.{0,24}", between) and not re.search(
        r"\b[Bb]etween\s+\S*\s*$", text[: core.start()]
    ):
        return re.fullmatch(r"(?:\s+[a-z]+)?\s+and\s+(?:an?\s+)?", between) is not None
    if re.search(r"\bby\s+\S*\s*$", text[: core.start()]) and _UNIT_TO.fullmatch(between):
        return False
    return not (re.search(r"\bto\b|-", between) and _changes(text, core.start()))


# "Raised by 25 basis points to 4.75%" is a step and a level.
_UNIT_TO = Pattern(r"\s?(?:%|[a-z]+(?:\s[a-z]+)?)\s+to\s+")


_A_PART = Pattern(rf"(?:an?\s|one[\s-])?(?:{_PART})\b", re.IGNORECASE)
_MONTH = lexicon.either("month", "short month")
_DATED = Pattern(
    rf"(?:\b(?:{_MONTH})\.?\s+(?:\d{{1,2}},?\s+)?|\b(?:since|in|until|during)\s+)(?:19|20)\d\d$",
    re.IGNORECASE,
)
_COMPOUND = Pattern(
    r"\s?(?:hours?|hrs?|h|feet|foot|ft|'|pounds?|stone|years?|minutes?),?\s?"
    r"|,?\s+but\s+(?:fewer|less|more|no\s+more|not\s+more)\s+than\s+"
)


def _past(text: str, at: int) -> int:
    """Where the digits, or the number words, that begin before this place end."""
    number = _MORE_DIGITS if text[at - 1].isdigit() else _MORE_WORDS
    match = number.match(text, at)
    return match.end() if match else at


_MORE_DIGITS = re.compile(
    r"(?:[\d]|[.,' ](?=\d{3}(?!\d))|[.,]\d)*(?:\s?[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]|\s[1-7]/[2-8](?![\d/]))?"
    rf"(?:\s?(?:{lexicon.either('scale', 'short scale')}|m)\b)*"
    rf"(?:(?:(?<=,\d)|(?<=,\d\d))\s?(?:{lexicon.either('vague plural')})\b)?"  # 58,1 milliards
)
_MORE_WORDS = re.compile(
    rf"(?:(?:\s+|-)(?:and\s+)?(?:one|{_SMALL}|{_SCALE}|{_PART}s?|of\s+(?:thousands|millions"
    r"|billions))\b)*"
)


def _changes(text: str, core: int) -> bool:
    """Whether "A to B" here is a change and not a range: "rose from 1,100 to 1,900"."""
    before = text[max(0, core - 60) : core]
    if _MADE_UP.search(before):
        return False
    if re.search(r"\bfrom\s+$", before):
        return "ranging" not in before and bool(_CHANGED.search(before))
    if re.search(r"\bby\s+$", before):
        return (pair := _A_TO_B.match(text, core)) is not None and _far_apart(*pair.groups())
    return _CHANGED_JUST.search(before) is not None and not _SHARES.match(text, core)


_A_TO_B = Pattern(
    rf"[{MONEY_SIGNS}]?(\d[\d,]*(?:\.\d+)?)\s+to\s+[{MONEY_SIGNS}]?(\d[\d,]*(?:\.\d+)?)(?:\s({lexicon.either('scale')})\b)?"
)


def _far_apart(low: str, high: str, scale: str | None) -> bool:
    """Whether a rise by the one is to the other: "by 5 to 47", but "by 5 to 7 percent"."""
    first, last = (Decimal(number.replace(",", "")) for number in (low, high))
    return last > 3 * first or (scale is not None and first > last)


def _begin(text: str, core: int) -> int:
    """Where the hedges before a number begin: the farthest words that read as one with it."""
    return next(_begins(text, core))


def _begins(text: str, core: int) -> Iterator[int]:
    """Where a number may begin, the farthest first: "from about" 7, "about" 7, the 7 alone."""
    head = text[max(0, core - 60) : core]
    if not _hedges_nothing(text, head, core):
        for start in _word_starts(head):
            words = head[start:]
            hedge = _is_hedge(words)
            if hedge or (_FRAME.fullmatch(words) and not _changes(text, core)):
                yield core - len(words)
            if hedge:
                break
    yield core


def _hedges_nothing(text: str, head: str, core: int) -> bool:
    """Whether the words before a number are no hedge of it, or say something else."""
    return (
        not _HEDGE_ENDS.search(head)
        or _PHRASAL.search(head) is not None
        or (_LYING.search(head) is not None and _DEPTH.match(text, core) is not None)
        or (_TOPPED.search(head) is not None and _MANY.match(text, core) is None)
        or (head.rstrip().endswith("up to") and _UP_TO.search(head) is not None)
        or (_DURING.search(head) is not None and _TIME_BEHIND.match(text, core) is not None)
        or (_ESTIMATED.search(head) is not None and not _AN_ESTIMATED.search(head))
    )


# "Topped $2 million" and "topped 300" are more; who topped 12 charts had 12.
_TOPPED = Pattern(r"\b(?:top(?:ped|s)|eclips(?:ed|es))\s+$")
_MANY = Pattern(
    rf"[A-Z]{{0,3}}[{MONEY_SIGNS}]|"
    r"[\d.,]+(?:\d\d|\s?(?:%|per\s?cent|[mb]n?\b|thousand|[mbt]r?illion"
    r"|inch(?:es)?\b|f(?:oo|ee)t\b|(?:kilo|centi|milli)?met(?:er|re)s\b|degrees\b|tonn?es\b|miles\b))"
)


# Homes that lie under two metres of water lie under all of them.
_LYING = Pattern(
    rf"\b(?:{lexicon.either('verb of lying under', 'helping verb')})\s+(?:under|beneath|below)\s+$",
    re.IGNORECASE,
)
_DEPTH = Pattern(
    r"[\w.½]+[\s-](?:(?:c|centi)?m(?:et(?:er|re)s?)?|f(?:oo|ee)?t|inch(?:es)?)\s+of\s+(?!the\b)"
)
# "Heard 31 witnesses over three weeks" is during them; "lasted over three weeks" is more.
_DURING = Pattern(
    r"(?<!for )(?<!\bis )(?<!\bas )(?<!was )(?<!after )(?<!lasted )(?<!took )(?<!of )(?<!spent )"
    r"\bover\s+$"
)
_TIME_BEHIND = Pattern(rf"[\w-]+\s(?:{lexicon.either('time unit')})s\b", re.IGNORECASE)
# "an estimated 40 dead" hedges; "rebels had estimated 40 dead" says who counted.
_ESTIMATED = Pattern(r"\bestimated\s+$", re.IGNORECASE)
_AN_ESTIMATED = Pattern(
    r"(?:^|\b(?:an|the|its|their|some|of|with|by)\s+|[,(\"]\s?)estimated\s+$", re.IGNORECASE
)
_FRAME = Pattern(
    r"(?:anywhere\s+|somewhere\s+)?(?:(?:ranging\s+)?between|(?:ranging\s+)?from)\s+"
    r"(?:\w+\s+)?",
    re.IGNORECASE,
)


def _word_starts(head: str) -> list[int]:
    """Where each of the last seven words begins, and where a sign does that touches the number."""
    starts = [match.start() for match in _WORD.finditer(head)][-7:]
    sign = re.search(r"[~≈<>≤≥≲≳=]+\s*$", head)
    return [*starts, sign.start()] if sign else starts


@lru_cache(maxsize=1024)
def _is_hedge(words: str) -> bool:
    """Whether these words, put before a number, are read with it as its hedge."""
    if _CORE.search(words):
        return False
    figure = _figure(words + "7")
    return isinstance(figure, Figure) and figure.said == (words + "7").strip()


def carried(found: Mention, before: Mention, text: str) -> Mention:
    """The value with the hedge of one before it: "around 300 killed and 2,700 injured"."""
    vague = found.estimate.hedge is Hedge.VAGUE
    if found.hedged or vague or not before.hedged or before.estimate.hedge is Hedge.RANGE:
        return found
    return reread(found, f"{text[before.start : before.core].strip()} {found.said}")


def with_unit(found: Mention, before: Mention) -> Mention:
    """The value in the unit of one before it: "14 weeks, up from nine", "$73 million from 41".

    The scale goes with it where the value has none of its own.
    """
    behind, sign = _UNIT_BEHIND.search(before.said), _SIGN_BEFORE.search(before.said)
    unit = behind[0] if behind else ""
    if _scaled(found) and _scaled(before):
        unit = _ITS_SCALE.sub("", unit)
    said = f"{found.said} {unit.strip()}".strip()
    alike = reread(found, _FIRST_OF_IT.sub(rf"\g<0>{sign[0]}", said, count=1) if sign else said)
    return alike if alike.estimate.unit == before.estimate.unit else found


_UNIT_BEHIND = re.compile(r"(?:[^\W\d](?:[^\d]|(?<=m)[23])*|%)$")
_SIGN_BEFORE = Pattern(
    rf"(?:\b[A-Z]{{0,3}}[{MONEY_SIGNS}]|\b[A-Z]{{3}}|[{MONEY_SIGNS}])\s?(?=[\d.])"
)
_ITS_SCALE = Pattern(rf"^\s*(?:{lexicon.either('scale', 'short scale')}|m)\b")
_FIRST_OF_IT = Pattern(rf"^(?:.*?(?=\d)|(?:(?:{_HEDGES})\s+)?)")


def in_years(found: Mention) -> Mention:
    """The value as an age: the 71 of "Ana Ruiz, 71" is 71 years."""
    if found.estimate.unit:
        return found
    return reread(found, re.sub(r"(.*\d|^\D+)", r"\1 years", found.said, count=1))


def reread(found: Mention, said: str) -> Mention:
    """The value as these words state it; as it is where they do not read."""
    figure = _figure(said)
    return (
        found
        if not isinstance(figure, Figure)
        else replace(found, said=figure.said, estimate=figure.estimate)
    )
