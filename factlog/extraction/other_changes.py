"""Rises, falls and rates in sentences of other languages: "um 4 Prozent auf 12 Euro"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, partial
from typing import NamedTuple

from factlog.parsing import languages, lexicon
from factlog.parsing.languages import Token
from factlog.parsing.text import Text


@cache
def changing(code: str) -> re.Pattern[str]:
    """The last words of a rise or a fall, so that "up to" behind them is no bound."""
    known = lexicon.meanings("verb of change", code).items()
    verbs = "|".join(lexicon.pattern_of(verb) for verb, said in known if said != "amount")
    openers = lexicon.spoken("range opener", language=code)
    pair = rf"(?:\s+(?:{openers})\s+[\d.,]+\s?%?(?:\s+\w+)?)?"
    by = lexicon.spoken("change by", "change by after a verb", language=code)
    share = rf"(?:{by})\s+[\d.,]*\d(?:\s?%|\s+\w+)?|[\d.,]*\d\s?%"
    part = lexicon.spoken("part", language=code)
    share = rf"{share}|(?:{by})\s+(?:{part})"  # "by a third, to"
    share = rf"(?:\s+\w+){{0,3}}?\s+(?:{share})(?:,|\s?[(—–-])?"
    toll = lexicon.spoken("toll", language=code)
    what = rf"(?:(?:\s+\w+)?\s+(?:{toll})|(?:\s+[^\W\d]+){{0,2}})"  # "raised the rate from"
    return re.compile(rf"(?<!\w)(?:{verbs or '(?!)'}){what}(?:{share}|{pair})\s*$")


def goes_to(text: Text, words: Sequence[Token], last: int, unit: str | None, code: str) -> bool:
    """Whether a range is none: its end has a unit of its own, or is what something rose to."""
    behind = next((word for word in words[last:] if text.low[word.start] != " "), None)
    if unit and behind and behind.said("unit", "percent") is not None:
        return True  # "4 Prozent auf 12 Euro"
    end = words[last - 1].end
    return _risen(code).search(text.low, max(0, end - 4), end + 8) is not None


@cache
def _risen(code: str) -> re.Pattern[str]:
    return re.compile(lexicon.spoken("risen to", language=code))


def is_step(low: str, number: Token, code: str) -> bool:
    """Whether something changed by a number to another: "um 3 auf 15"."""
    before, behind = _step(code)
    led = low[max(0, number.start - 120) : number.start]
    return behind.match(low, number.end) is not None and before.search(led) is not None


@cache
def _step(code: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    level = lexicon.spoken("level behind a change", language=code)
    return (
        _change(code).before,
        re.compile(rf"\s*%?(?:\s+[^\W\d]+)?\s+(?:{level})\s+(?:\w+\s+)?\d"),
    )


class Rate(NamedTuple):
    """The patterns by which a language says that a number is one of so many a day or each."""

    before: re.Pattern[str]
    behind: re.Pattern[str]


@cache
def rate(code: str) -> Rate:
    """The patterns of rates in a language."""
    kinds = ("rate before", "rate of a clause", "rate behind")
    led, opens, follows = (lexicon.spoken(kind, language=code) for kind in kinds)
    hedges = lexicon.spoken("hedge before", language=code)
    end = r"(?!\w|\s\d)" if languages.language(code).spaced else ""
    return Rate(
        re.compile(
            rf"(?:(?:{opens})[^,，、。；;.\d]{{0,8}}|(?<![\d月])(?:{led})\s*)(?:(?:{hedges})\s*)?$"
        ),
        re.compile(rf"\s*(?:{follows}){end}"),
    )


class _Change(NamedTuple):
    """The patterns by which a language says that something changed by a number."""

    before: re.Pattern[str]
    behind: re.Pattern[str]
    range: re.Pattern[str]  # "de 12 à 46" is from 12 to 46, not by 12


@cache
def _change(code: str) -> _Change:
    either = partial(lexicon.spoken, language=code)
    verb = rf"(?<!\w)(?:{either('verb of change')})(?:\s+[^\s,;:]+){{0,4}}?\s+"
    by = either("change by"), rf"{verb}(?:{either('change by after a verb')})"
    hedges = rf"\s*(?:(?:{either('hedge before', 'article')})\s*)*"
    spaced, things = languages.language(code).spaced, either("counter", "counted")
    gap, end = (r"\s+(?:[^\W\d]+\s+)?", r"(?!\w)") if spaced else (rf"(?:{things})?\s?", "")
    return _Change(
        re.compile(rf"(?:{'|'.join(by)}){hedges}$"),
        re.compile(rf"(?:\s?%)?{gap}(?:{either('changed by')}){end}"),
        re.compile(rf"\s*%?(?:\s+[^\W\d]+)?\s+(?:{either('range joiner')})\s+(?:\w+\s+)?\d"),
    )


def is_changed_by(low: str, number: Token, code: str) -> bool:
    """Whether something rose or fell by a number: such is no toll."""
    said = _change(code)
    if said.range.match(low, number.end):
        return False
    before = low[max(0, number.start - 120) : number.start]
    return said.before.search(before) is not None or said.behind.match(low, number.end) is not None
