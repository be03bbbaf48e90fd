"""Uncertainties: 3,000 ± 200, 870 +2.5 -3.1, 878.4(5), 3,000 (95% CI 2,800 to 3,200).

Several of one value, as 1.2 ± 0.1 (stat) ± 0.2 (syst), are joined in one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Context, Decimal
from typing import NamedTuple

from factlog import units
from factlog.parsing.amounts import Amount, read_amount, trailing
from factlog.parsing.numerals import EXACT, times, whole, within_bounds
from factlog.parsing.ranges import LIST, Range, read_rest
from factlog.parsing.text import Text, refusal, two_ways
from factlog.patterns import Pattern

STANDARD_ERROR = Decimal("0.683")


class Uncertainty(NamedTuple):
    """A best value with its arms; `named` marks "3,000 (range 2,800 to 3,200)", a plain range."""

    best: Decimal
    plus: Decimal
    minus: Decimal
    coverage: Decimal | None
    unit: str | None
    start: int
    end: int
    named: bool = False


# The name of an interval, with its level: "95% CI", "90 per cent confidence interval".
LEVEL = (
    r"(?:(?P<level>\d{1,2}(?:\.\d+)?)\s*(?:%|percent|per\s+cent|-percent)\s*-?\s*)?"
    r"(?P<label>c\.?\s?i\.?|cri|u\.?i\.?|hdi|hpd|confidence(?:\s+(?:interval|level|limits|range))?"
    r"|(?:credible|credibility|uncertainty|compatibility)\s+interval|interval"
    r"|(?:(?:plausible|uncertainty)\s+)?range)(?![a-z])\s*(?:of\b|from\b|is\b)?\s*[:=,]?\s*"
)
_SHUT = {"(": Pattern(r"\s*\)"), "[": Pattern(r"\s*\]")}


def coverage(level: str | None) -> Decimal | None:
    """The share of an interval's level: 0.95 for "95"."""
    if level is None or not Decimal(level):
        return None
    return whole(Decimal(level)).scaleb(-2)


def closed(text: Text, at: int, bracket: str) -> int:
    """Where the bracket that was opened is closed again."""
    match = _SHUT[bracket].match(text.low, at)
    if match is None:
        opened = text.low.rindex(bracket, 0, at)
        raise refusal(text, f"the bracket {bracket} is not closed", opened, at)
    return match.end()


_INTERVAL = Pattern(
    rf"(?:\s*+[,;:])?+\s*+(?P<open>[(\[])?\s*(?:{LEVEL})?(?P<inner>[(\[])?\s*(?:between\s+|from\s+)?"
    r"(?=[\d$.+a-z₠-⃏£¥-])"
)
_LABEL_AFTER = Pattern(rf"(?:\s*+[,;])?+\s*+(?:{LEVEL})")
# What import writes of a margin that no source states.
_WORKED_OUT = Pattern(r", worked out of n=[\d,]+")


def read_interval(text: Text, best: Amount) -> Uncertainty | None:
    """Read the interval that follows a best value, in brackets or by its name."""
    match = _INTERVAL.match(text.low, best.end)
    if match is None or not (match["open"] or match["label"]):
        return None
    first = read_amount(text, match.end(), money=best.unit if best.money else None)
    span = None if first is None else read_rest(text, first, LIST)
    if span is None or span.vague:
        return None
    label, end = match, span.end
    if match["inner"]:
        end = closed(text, end, match["inner"])
    if match["open"]:
        if not match["label"] and (after := _LABEL_AFTER.match(text.low, end)) is not None:
            label, end = after, after.end()
        if (sample := _WORKED_OUT.match(text.low, end)) is not None:
            end = sample.end()
        end = closed(text, end, match["open"])
    return _around(text, best, span, label, end)


def _around(text: Text, best: Amount, span: Range, label: re.Match[str], end: int) -> Uncertainty:
    """The best value between two ends, whichever of them the scale and the unit stand by."""
    low, high, middle, unit = span.low, span.high, best.low, best.unit or span.unit
    if best.unit and span.unit and best.unit != span.unit:
        reason = f"the interval is in {span.unit}, its best value in {best.unit}"
        raise refusal(text, reason, span.start, span.end, remedy="write both in one unit")
    if best.steps and not low <= middle <= high:
        scale = best.steps[-1][1]
        if times(low, scale) <= middle <= times(high, scale):
            low, high = times(low, scale), times(high, scale)
    if best.unit is None and not best.steps:
        scale, found, end = trailing(text, end)
        low, high, middle = times(low, scale), times(high, scale), times(middle, scale)
        unit = found or unit
    if not low <= middle <= high:
        reason = "the best value lies outside its interval"
        raise refusal(text, reason, best.start, span.end, remedy="check the three numbers")
    return Uncertainty(
        middle, EXACT.subtract(high, middle), EXACT.subtract(middle, low),
        coverage(label["level"]), unit, best.start, end,
        named="range" in (label["label"] or "") and not label["level"],
    )  # fmt: skip


_PLUS_MINUS = Pattern(
    r"(?:\s*+,)?+\s*+(?P<open>\()?\s*(?:±|\+\s?/\s?-|\+-(?=\s?[\d.])|plus(?:\s+or\s+|-or-|\s*/\s*)minus"
    r"|give\s+or\s+take(?=\s+[\d.]))\s*(?!$)"
)
_ARM = Pattern(r"\s*(?P<open>[(\[]|\^\{?)?\s*(?P<sign>[+-]|plus\s|minus\s)\s*(?=[\d.])")
_SECOND_ARM = Pattern(r"\s*(?:[,/;]|\}?\s*_\{?)?\s*(?P<sign>[+-]|plus\s|minus\s)\s*(?=[\d.])")
_ARMS_SHUT = Pattern(r"\s*[)\]}]")
_OTHER_SIGN = {True: Pattern(r"-|minus\s"), False: Pattern(r"\+|plus\s")}
_STATED_LEVEL = Pattern(
    rf"(?:\s*+[,;])?+\s*+(?P<open>\()?\s*(?:at\s+)?(?:(?:the\s+)?{LEVEL}"
    r"|(?P<sigmas>[12])\s?(?:σ|sigma|s\.?e\.?)|(?:one\s+)?(?:s\.?e\.?|standard\s+error))"
    r"\s*(?P<shut>\))?(?![\w%])"
)
_GATE = Pattern(
    r"(?:\s*+[,;:])?+\s*+(?:[±+(\[^-]|plus|minus|give|\d[\d.]*\s*%\s*[a-z]|\d+\s*per|c\.?i|conf|range)"
)
_TWO_SIGMA = Decimal("0.954")


def read_uncertainty(text: Text, amount: Amount) -> Uncertainty | None:
    """Read the uncertainty that follows an amount, or stands in it as in 878.4(5)."""
    if amount.spread is not None:
        return Uncertainty(
            amount.low, amount.spread, amount.spread, STANDARD_ERROR, amount.unit,
            amount.start, amount.end,
        )  # fmt: skip
    if amount.vague or _GATE.match(text.low, amount.end) is None:
        return None
    found = _plus_minus(text, amount) or _arms(text, amount)
    return read_interval(text, amount) if found is None else _with_further(text, amount, found)


def read_bracketed(text: Text, at: int) -> Uncertainty | None:
    """Read "(25 ± 3)%" and "(1.5 ± 0.2) million", if one begins here."""
    if not text.low.startswith("(", at):
        return None
    amount = read_amount(text, at + 1)
    found = None if amount is None else read_uncertainty(text, amount)
    if found is None or not text.low.startswith(")", found.end):
        return None
    scale, unit, end = trailing(text, found.end + 1)
    if unit is not None and found.unit is not None:
        raise refusal(text, "two units", found.end, end, remedy="write one of them")
    return found._replace(best=times(found.best, scale), plus=times(found.plus, scale),
        minus=times(found.minus, scale), unit=unit or found.unit, start=at, end=end,
    )  # fmt: skip


_KIND = (
    r"(?:stat(?:istical)?|syst?(?:ematic)?s?|theor(?:y|etical)|theo?|model|norm(?:ali[sz]ation)?"
    r"|lumi(?:nosity)?|exp(?:erimental)?)\.?"
)
_NAMED = Pattern(
    rf"\s*\(\s*{_KIND}(?:\s*(?:,|and|&|\+|⊕)\s*{_KIND})*(?:\s+(?:error|uncertainty))?\s*\)"
    r"|\s+(?:stat|syst?)(?:\.|(?!\w))"
)
_ROOT = Context(prec=28)


def _with_further(text: Text, best: Amount, first: Uncertainty) -> Uncertainty:
    """Join the terms of "1.2 ± 0.1 (stat) ± 0.2 (syst)", once one of them is named."""
    name = _NAMED.match(text.low, first.end)
    terms, named, end = [first], name is not None, name.end() if name else first.end
    known = best._replace(unit=first.unit, low=first.best, high=first.best, steps=(), bare=False)
    while (term := _term(text, known, end)) is not None:
        _refuse_uneven(text, best, first, term, end)
        name = _NAMED.match(text.low, term.end)
        terms, named, end = (
            [*terms, term],
            named or name is not None,
            name.end() if name else term.end,
        )
    if not named and len(terms) > 1:
        second = first.end + (text.low[first.end] == " ")
        raise refusal(
            text, "several errors, and none says what it is of", second, end,
            remedy='write for example: "1.2 ± 0.1 (stat) ± 0.2 (syst)"',
        )  # fmt: skip
    if not named or any(term.coverage != STANDARD_ERROR for term in terms):
        return first
    scale, unit = Decimal(1), next((term.unit for term in terms if term.unit), None)
    if unit is None and not best.steps:
        scale, unit, end = trailing(text, end)
    plus, minus = (_root([getattr(term, arm) for term in terms]) for arm in ("plus", "minus"))
    return Uncertainty(
        times(first.best, scale), times(plus, scale), times(minus, scale),
        STANDARD_ERROR, unit, best.start, end,
    )  # fmt: skip


def _term(text: Text, best: Amount, at: int) -> Uncertainty | None:
    """The ± or the two arms that stand behind the first ones."""
    best = best._replace(end=at)
    return _plus_minus(text, best) or _arms(text, best)


def _root(arms: Sequence[Decimal]) -> Decimal:
    """The root of the sum of squares, as errors that do not depend on each other add up."""
    if len(arms) == 1:
        return arms[0]
    total = Decimal(0)
    for arm in arms:
        total = EXACT.add(total, EXACT.multiply(arm, arm))
    return _ROOT.sqrt(total)


def _refuse_uneven(
    text: Text, best: Amount, first: Uncertainty, term: Uncertainty, at: int
) -> None:
    """Refuse an arm that alone is in per cent, or alone has or lacks the scale."""
    coefficient = (best.steps[-1][0] if best.steps else best.low).copy_abs()
    scaled = first.best.copy_abs() >= times(coefficient, Decimal(1000)) > 0
    widest = max(term.plus, term.minus)
    if first.unit is None and "%" in text.low[at : term.end]:
        reason = "a percentage here could be percentage points or a share of the value"
    elif (scaled and widest <= coefficient) or (coefficient < 1000 <= widest and not scaled):
        reason = "the arms are written with more than one scale"
    else:
        return
    remedy = "write each arm in full: 1.2 km ± 0.1 km (stat) ± 0.2 km (syst)"
    raise refusal(text, reason, at, term.end, remedy=remedy)


def _plus_minus(text: Text, best: Amount) -> Uncertainty | None:
    match = _PLUS_MINUS.match(text.low, best.end)
    if match is None:
        return None
    arm = read_amount(text, match.end())
    if arm is None or arm.vague:
        raise refusal(text, "no number follows the ±", match.start(), match.end())
    best = _share_scale(text, best, arm)
    bracketed = text.low.startswith("(", best.start - 1)
    if arm.unit == "percent" and best.unit is None and not bracketed:
        _refuse_small_percentage(text, best, arm)
    width = _width(text, best, arm)
    unit = best.unit or (None if arm.unit == "percent" else arm.unit)
    end = closed(text, arm.end, "(") if match["open"] else arm.end
    level, end = _level_after(text, end)
    return Uncertainty(best.low, width, width, level, unit, best.start, end)


def _level_after(text: Text, at: int) -> tuple[Decimal | None, int]:
    """The coverage stated behind a ±: "(95% CI)", "(2 sigma)"; else a standard error's."""
    match = _STATED_LEVEL.match(text.low, at)
    if match is None or bool(match["open"]) != bool(match["shut"]):
        return STANDARD_ERROR, at
    if match["label"]:
        if "range" in match["label"]:
            return STANDARD_ERROR, at
        return coverage(match["level"]), match.end()
    return (_TWO_SIGMA if match["sigmas"] == "2" else STANDARD_ERROR), match.end()


def _share_scale(text: Text, best: Amount, arm: Amount) -> Amount:
    """Share the scale of "1.5 ± 0.2 million"; "1.5 million ± 0.2" is asked about."""
    if arm.steps and not best.steps and best.bare and best.low < 1000:
        coefficient, scale = arm.steps[0]
        if best.low > coefficient:
            value = times(best.low, scale)
            return best._replace(low=value, high=value)
    if best.steps and arm.bare and best.steps[-1][1] >= 1000:
        coefficient, scale = best.steps[-1]
        if arm.low and arm.low.copy_abs() <= coefficient.copy_abs():
            raise _unscaled_arm(text, best, arm, scale)
    return best


def _unscaled_arm(text: Text, best: Amount, arm: Amount, scale: Decimal) -> Exception:
    number = text.given[arm.start : arm.end]
    wide = f"{times(arm.low, scale):f}"
    reason = f"± {number} could be {wide} or {number}"
    plain = f"{best.low:f} ± "
    return two_ways(text, reason, best.start, arm.end, (plain + wide, plain + number))


def _refuse_small_percentage(text: Text, best: Amount, arm: Amount) -> None:
    """Ask about "45 ± 3%", which could be a poll's 45% ± 3%, or 3% of 45."""
    if not (best.bare and 0 <= best.low < 100):
        return
    number = text.given[best.start : best.end]
    said = text.given[arm.start : arm.end]
    width = f"{_width(text, best, arm):f}"
    ways = (f"{number}% ± {said}", f"{number} ± {width}")
    reason = f"{said} could be percentage points or {width}"
    raise two_ways(text, reason, best.start, arm.end, ways)


def _width(text: Text, best: Amount, arm: Amount) -> Decimal:
    """How long an arm is in the best value's unit; a percentage is of the best value."""
    width = arm.low.copy_abs()
    if arm.unit is None or arm.unit == best.unit:
        return width
    if arm.unit == "percent":
        width = whole(EXACT.multiply(best.low.copy_abs(), EXACT.divide(width, Decimal(100))))
        return within_bounds(text, width, arm.start, arm.end)
    if best.unit is None or (best.unit, arm.unit) == ("percent", "percentage point"):
        return width
    if not units.comparable(arm.unit, best.unit) or units.offset(best.unit):
        reason = f"{best.unit} and {arm.unit} do not go together"
        raise refusal(text, reason, arm.start, arm.end, remedy="write both in one unit")
    return units.convert(width, arm.unit, best.unit)


def _arms(text: Text, best: Amount) -> Uncertainty | None:
    """Read +2.5 -3.1, in either order."""
    match = _ARM.match(text.low, best.end)
    if match is None or not _OTHER_SIGN[_is_plus(match)].search(text.low, match.end()):
        return None
    first = read_amount(text, match.end())
    second = None if first is None else _SECOND_ARM.match(text.low, first.end)
    other = None if second is None else read_amount(text, second.end())
    if first is None or second is None or other is None:
        return None
    if _is_plus(match) == _is_plus(second):
        return None
    end, scale, unit = other.end, Decimal(1), best.unit
    if match["open"] and (shut := _ARMS_SHUT.match(text.low, end)) is not None:
        end = shut.end()
    if unit is None and not best.steps:
        scale, unit, end = trailing(text, end)
        if other.steps and not first.steps:
            coefficient, scale = other.steps[0]
            other = other._replace(low=coefficient)
        named = (arm.unit for arm in (other, first) if arm.unit != "percent")
        unit = unit or next(filter(None, named), None)
    up, down = (first, other) if _is_plus(match) else (other, first)
    plus, minus = (times(_width(text, best, arm), scale) for arm in (up, down))
    value = times(best.low, scale)
    return Uncertainty(value, plus, minus, STANDARD_ERROR, unit, best.start, end)


def _is_plus(match: re.Match[str]) -> bool:
    sign: str = match["sign"]
    return sign.startswith(("+", "plus"))
