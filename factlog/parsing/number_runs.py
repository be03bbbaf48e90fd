"""Numbers of other languages: digits, number words and scales in a row, as one number."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from factlog.parsing.languages import NUMERAL, Language, Meaning, Token
from factlog.parsing.numerals import EXACT
from factlog.parsing.text import NumberSigns, Text, refusal, two_ways
from factlog.patterns import Pattern


class Run(NamedTuple):
    """A number, the scale it ends with (1 if none), and the tokens that it takes."""

    value: Decimal
    scale: Decimal
    start: int
    end: int
    bare: bool  # digits alone
    hedges: tuple[str, ...] = ()  # said within it: 3만여
    low: Decimal | None = None  # of two numbers in one word: 三四百 is 300 to 400


class _Term(NamedTuple):
    """A part of a number, and below what the next part must be."""

    value: Decimal
    below: Decimal
    digits: bool = False
    scaled: bool = False
    joined: bool = False  # 三百零五 is no 三百五


_ONE = Decimal(1)
_TWO = "two numbers"
_WORDS = ("number word", "scale", _TWO)
_JOINED = (*_WORDS, "number joiner")
_LEADS = ("hedge before", "range opener", "range joiner")


def read_run(
    text: Text, tokens: Sequence[Token], at: int, spoken: Language, *, guessed: bool
) -> Run | None:
    """Read the number that begins at a token, if one does; two of them where a word is two."""
    run = _read(text, tokens, at, spoken, guessed=guessed)
    two = [place for place in range(at, run.end) if tokens[place].said(_TWO)] if run else []
    if run is None or not two:
        return run
    low = [*tokens]
    said = (low[two[0]].said(_TWO) or "").split()[0]
    low[two[0]] = low[two[0]]._replace(meanings=(Meaning("number word", said),))
    lower = _read(text, low, at, spoken, guessed=guessed)
    return run._replace(low=lower.value if lower else None)


def _read(
    text: Text, tokens: Sequence[Token], at: int, spoken: Language, *, guessed: bool
) -> Run | None:
    if tokens[at].said("never first") is not None:
        span = tokens[at].start, tokens[at].end
        raise refusal(text, "how many of these is missing", *span, remedy="write 40 тыс. or digits")
    if tokens[at].said("pair") is not None:
        return Run(Decimal(2), _ONE, at, at + 1, bare=False)
    terms: list[_Term] = []
    hedges: list[str] = []
    end = place = at
    before = terms, end
    joined: str | None = None
    unsure = ambiguous = False
    if tokens[at].said("vague") is not None and not _is_led(tokens, at):
        return None
    while place < len(tokens):
        token = tokens[place]
        if terms and (joiner := _joiner(tokens, place)) is not None:
            joined = joiner
        elif terms and token.said("hedge after") and _goes_on(tokens, place):
            hedges.append(token.said("hedge after") or "")
        elif terms and not token.meanings and _is_gap(text, tokens, place):
            pass
        elif (grown := _grown(text, terms, token, spoken, joined=joined)) is not None:
            if token.said(NUMERAL) is not None:
                numeral = text.low[token.start : token.end]
                unsure = _is_unsure(numeral, text.signs)
                ambiguous = ambiguous or _is_ambiguous(numeral, text.signs, guessed=guessed)
                ambiguous = ambiguous or _has_odd_decimals(numeral, text.signs, spoken)
            before = terms, end
            terms, end, joined = grown, place + 1, None
        else:
            if terms and token.said("scale") is not None:
                terms, end = before  # the last part begins a number of its own
            break
        place += 1
    if not terms or (end == at + 1 and _is_article(tokens, at)):
        return None
    run = _run(terms, at, end)
    run = run._replace(bare=run.bare and end == at + 1, hedges=tuple(hedges))
    if ambiguous or (run.scale == 1 and unsure):
        raise _two_ways(text, tokens[at])
    _refuse_short(text, terms, (tokens[at].start, tokens[end - 1].end), spoken)
    return run


def _joiner(tokens: Sequence[Token], place: int) -> str | None:
    """How a word joins two parts of a number: fünfundzwanzig, but not fünf und zwanzig."""
    joiner = tokens[place].said("number joiner")
    return None if joiner == "glued" and not tokens[place - 1].meanings else joiner


def _goes_on(tokens: Sequence[Token], place: int) -> bool:
    """Whether a scale stands right behind a hedge: 10여만, 十多万."""
    behind = (token for token in tokens[place + 1 : place + 3] if token.meanings or token.letter)
    following = next(behind, None)
    return following is not None and following.said("scale") is not None


def _is_gap(text: Text, tokens: Sequence[Token], place: int) -> bool:
    """Whether a sign may stand between the words of a number: a space, vingt-deux, тыс. 500."""
    before = tokens[place - 1]
    given = text.low[tokens[place].start : tokens[place].end]
    if given == ".":
        return before.said("scale") is not None
    behind = tokens[place + 1] if place + 1 < len(tokens) else None
    hyphen = given == "-" and behind is not None and behind.said(*_JOINED) is not None
    return given.isspace() or (hyphen and before.said(*_JOINED) is not None)


def _is_led(tokens: Sequence[Token], at: int) -> bool:
    """Whether words stand before that need one number: более тысячи is more than a thousand."""
    before = next((token for token in reversed(tokens[:at]) if token.meanings), None)
    return before is not None and before.said(*_LEADS) is not None


def _is_article(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word for one is none, before another number: un 5 %."""
    behind = next((token for token in tokens[at + 1 :] if token.meanings or token.letter), None)
    counts = behind is not None and behind.said(NUMERAL, *_WORDS) is not None
    return counts and tokens[at].said("article") is not None


def _grown(
    text: Text, terms: list[_Term], token: Token, spoken: Language, *, joined: str | None
) -> list[_Term] | None:
    """The number with this word or numeral; None if it does not belong to it."""
    numeral = token.said(NUMERAL)
    if numeral is not None:
        value = _value(numeral, text.signs)
        integral = value == value.to_integral_value()  # un 0,6 % is no 1.6 %
        fits = not terms or (integral and terms[-1].scaled and value < terms[-1].below)
        return [*terms, _Term(value, _ONE, digits=True)] if fits else None
    if token.said("and a half") is not None and terms:
        order = _order(terms[-1].value)  # of a word for two million
        whole = terms[-1].below if terms[-1].scaled else order if order >= 1000 else _ONE
        return [*terms, _Term(whole / 2, _ONE, joined=True)]
    said = None if joined == "tens" else token.said("scale")
    word = token.said("number word") or (token.said(_TWO) or "").rpartition(" ")[2] or None
    if said is not None and not (terms == [] and word is not None):
        return _scaled(terms, Decimal(said))
    if word is None:
        return None
    value = Decimal(word)
    if terms and 0 < value < 1:
        return None  # 3 четверти
    if _is_small_scale(value, spoken):
        return _scaled(terms, value)
    if joined == "tens" and (terms[-1].below != 10 or value > 9):
        return None  # treinta y cinco, but not tres mil y cuatro mil
    if terms and value and value >= terms[-1].below:
        # Units before tens: fünfundzwanzig
        tens_behind = (
            joined is not None and value % 10 == 0 and value < 100 and terms[-1].value < 10
        )
        return [*terms, _Term(value, _ONE)] if tens_behind else None
    return [*terms, _Term(value, _order(value), joined=joined is not None)]


def _is_small_scale(value: Decimal, spoken: Language) -> bool:
    """Whether a number word multiplies what stands before it: hundred; 十 in 三十."""
    return value in (100, 1000) or (value == 10 and not spoken.spaced)


def _scaled(terms: list[_Term], scale: Decimal) -> list[_Term] | None:
    kept = list(terms)
    coefficient = Decimal(0)
    while kept and kept[-1].value < scale:
        coefficient = EXACT.add(coefficient, kept.pop().value)
    value = EXACT.multiply(coefficient or _ONE, scale)
    if len(kept) == len(terms) and terms and terms[-1].below <= scale:
        return None
    if kept and value >= kept[-1].below:
        return None
    return [*kept, _Term(value, scale, scaled=True)]


def _order(value: Decimal) -> Decimal:
    """Below what the next part must be: 20 takes 5, 300 takes 45."""
    if value != value.to_integral_value() or not value:
        return _ONE
    digits = str(int(value))
    return Decimal(10) ** (len(digits) - len(digits.rstrip("0")))


def _run(terms: Sequence[_Term], start: int, end: int) -> Run:
    total = Decimal(0)
    for term in terms:
        total = EXACT.add(total, term.value)
    bare = len(terms) == 1 and terms[0].below == 1 and terms[0].digits
    scale = terms[0].below if terms[0].scaled else _ONE
    value = total if bare else total.normalize() + 0
    return Run(value, scale, start, end, bare)


def _value(numeral: str, signs: NumberSigns) -> Decimal:
    """The value of a numeral: a sign that stands twice or before three digits groups them."""
    plain = numeral.replace(" ", "").replace("'", "")
    last = max(plain.rfind("."), plain.rfind(","))
    if last < 0:
        return Decimal(plain)
    sign, other = plain[last], "," if plain[last] == "." else "."
    grouping = plain.count(sign) > 1 or (sign == signs.group and len(plain) - last == 4)
    plain = plain.replace(other, "")
    return Decimal(plain.replace(sign, "" if grouping else "."))


_THREE = Pattern(r"([1-9]\d{0,2})([.,])\d{3}")
_SHORT_GROUP = Pattern(r"\d+,(?:\d\d?|\d{4,})")
_DAY = Pattern(r"(?:0?[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])")


def _is_ambiguous(numeral: str, signs: NumberSigns, *, guessed: bool) -> bool:
    """Whether the digits behind a sign could be decimals or thousands, or two numbers."""
    if signs.stated:
        return False
    if signs.decimal == "." and _SHORT_GROUP.fullmatch(numeral):
        return True
    three = _THREE.fullmatch(numeral)
    return three is not None and (guessed or three[2] not in (signs.group, signs.decimal))


def _has_odd_decimals(numeral: str, signs: NumberSigns, spoken: Language) -> bool:
    """Whether three decimals may be thousands: 1,500 millones, where not all have one sign."""
    three = None if signs.stated else _THREE.fullmatch(numeral)
    odd = spoken.two_signs or numeral.endswith("0")
    return three is not None and three[2] == signs.decimal == "," and odd


def _is_unsure(numeral: str, signs: NumberSigns) -> bool:
    """Whether a numeral that no scale follows could be thousands, or a day of a month."""
    if signs.stated:
        return False
    three = _THREE.fullmatch(numeral)
    if three is not None:
        return three[2] == signs.decimal
    return signs.decimal == "," and _DAY.fullmatch(numeral) is not None


def _two_ways(text: Text, token: Token) -> Exception:
    numeral = text.low[token.start : token.end]
    digits = numeral.replace(".", "").replace(",", "")
    whole, _, part = numeral.replace(",", ".").partition(".")
    ways = (digits, f"{whole}.{part.rstrip('0')}" if part.strip("0") else whole)
    reason = f"{numeral} could be {ways[0]} or {ways[1]}"
    return two_ways(text, reason, token.start, token.end, ways)


def _refuse_short(
    text: Text, terms: Sequence[_Term], span: tuple[int, int], spoken: Language
) -> None:
    """Refuse "4 million 300", which may be short for 4.3 million, and 三百五 in Chinese."""
    if len(terms) < 2 or terms[-1].below != 1:
        return
    last, before = terms[-1], terms[-2].below
    short_last = spoken.short_last or (not spoken.spaced and before >= 10000)  # 三万五
    if (last.digits and last.value * 1000 < before) or (
        short_last and not last.joined and 0 < last.value * 10 < before
    ):
        remedy = "write the whole number in digits"
        raise refusal(text, "its last part could be short for more", *span, remedy=remedy)
