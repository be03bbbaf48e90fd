"""How words are taken: the one Policy judgment sits in, and the interval a hedge stands for."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Context, Decimal
from enum import StrEnum
from types import MappingProxyType

from factlog.claim import Estimate, Hedge, Leaning
from factlog.errors import UsageError
from factlog.values import dataclass


class Kind(StrEnum):
    """How a measure behaves in time."""

    __hash__ = str.__hash__  # that of its value, and not worked out each time

    CONSTANT = "constant"
    CUMULATIVE = "cumulative"
    LEVEL = "level"
    FLOW = "flow"


@dataclass(frozen=True, slots=True)
class Measure:
    """What a measure is: its kind, the parts it is the sum of, its other names.

    `tolerance` is relative (0.02 is 2%) and `window` is in days; None takes the policy's.
    """

    name: str
    kind: Kind = Kind.CONSTANT
    parts: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    tolerance: Decimal | None = None
    window: int | None = None
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """How words are taken and how much difference is let pass.

    `about` is the relative width of a hedge (0.1 reads "about 300" as 270 to 330; None
    takes half a unit of the last significant digit instead). `tolerance` is relative,
    `sigmas` is how many standard errors a ± spans, and how many of their difference two figures
    that both state theirs may lie apart and agree; up to `near_sigmas` they are near.
    `window_days` is how far apart two levels may be dated and still be compared.
    """

    name: str = "default"
    about: Decimal | None = Decimal("0.1")
    tolerance: Decimal = Decimal("0.01")
    sigmas: Decimal = Decimal(2)
    near_sigmas: Decimal = Decimal(3)
    window_days: int = 30


POLICIES: Mapping[str, Policy] = MappingProxyType(
    {
        "default": Policy(),
        "strict": Policy("strict", about=Decimal(0), tolerance=Decimal(0)),
        "digits": Policy("digits", about=None),
    }
)


def policy_named(name: str) -> Policy:
    """The policy of this name; UsageError, with the names there are, if there is none."""
    if name not in POLICIES:
        raise UsageError(f'There is no policy "{name}".', f"Take one of {', '.join(POLICIES)}.")
    return POLICIES[name]


# Sums and products of stated figures must not be rounded: 28 digits, the default, would.
EXACT = Context(prec=1000, Emax=99999, Emin=-99999)


# How figures can be combined, and how they are where nobody says.
METHOD_NAMES = {
    "pdg": "Particle Data Group average",
    "fixed": "fixed effect",
    "dl": "random effects, DerSimonian-Laird",
    "pm": "random effects, Paule-Mandel",
    "reml": "random effects, restricted maximum likelihood",
}
METHOD = "pdg"


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers a claim allows: from `low` to `high`, None where nothing bounds it."""

    low: Decimal | None
    high: Decimal | None
    low_open: bool = False
    high_open: bool = False

    @property
    def empty(self) -> bool:
        """Whether no number at all lies in it."""
        if self.low is None or self.high is None:
            return False
        if self.low is self.high:  # one number
            return self.low_open or self.high_open
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))


# By a name of their own: up to Python 3.11 an attribute of an enum takes long to find.
_WITH_ARMS, _ABOUT = Hedge.PLUS_MINUS, Hedge.ABOUT
_UPPER_BOUNDS = (Hedge.AT_MOST, Hedge.LESS_THAN)


def stated(estimate: Estimate) -> Interval:
    """The ends that were stated, whatever the policy; None where nothing was said.

    [best, best], [low, high] or [best - minus, best + plus].
    """
    best, plus, minus = estimate.best, estimate.plus, estimate.minus
    if best is not None and plus is not None and minus is not None:
        return Interval(EXACT.subtract(best, minus), EXACT.add(best, plus))
    if estimate.low is None and estimate.high is None:
        return Interval(best, best)
    return Interval(estimate.low, estimate.high, estimate.low_open, estimate.high_open)


def reading(
    estimate: Estimate, policy: Policy, *, offset: bool = False, ends: Interval | None = None
) -> Interval:
    """The interval a figure is taken to mean under a policy, in the figure's own unit.

    `offset` says the unit has a zero of its own (°C, °F), which percent widening does not touch.
    `ends` are those stated, where they are at hand.
    """
    ends = ends or stated(estimate)
    hedge = estimate.hedge
    if hedge is _WITH_ARMS:
        return _plus_minus(estimate, policy, ends)
    if estimate.side is not None:
        return _leaning(estimate, policy, offset)
    if hedge is _ABOUT:
        return Interval(_widen(ends.low, -1, policy, offset), _widen(ends.high, 1, policy, offset))
    if hedge in _UPPER_BOUNDS and _counts_from_zero(estimate):
        return Interval(Decimal(0), ends.high, False, ends.high_open)
    return ends


STANDARD_ERROR = Decimal("0.683")
_NINETY_FIVE = Decimal("0.95")
_DIGITS = Context(prec=34, Emax=99999, Emin=-99999)


def one_sigma(arm: Decimal, coverage: Decimal) -> Decimal:
    """One arm of an interval as one standard error, by the normal quantile of its coverage."""
    if coverage == STANDARD_ERROR:
        return arm
    from factlog.stats import normal_quantile  # only where an interval states another

    # 0.975 exactly, which the nearest float to (1 + 0.95) / 2 might miss.
    upper = 0.975 if coverage == _NINETY_FIVE else float((1 + coverage) / 2)
    return _DIGITS.divide(arm, Decimal(normal_quantile(upper)))


def _plus_minus(estimate: Estimate, policy: Policy, ends: Interval) -> Interval:
    """Standard errors span `policy.sigmas` of themselves; any other interval stands as given."""
    best, plus, minus = estimate.best, estimate.plus, estimate.minus
    if estimate.coverage != STANDARD_ERROR or best is None or plus is None or minus is None:
        return ends
    low = EXACT.subtract(best, EXACT.multiply(policy.sigmas, minus))
    return Interval(low, EXACT.add(best, EXACT.multiply(policy.sigmas, plus)))


def _leaning(estimate: Estimate, policy: Policy, offset: bool) -> Interval:
    """For "nearly", "just under", "just over": one end is the number, the other is widened."""
    if estimate.side is Leaning.ABOVE:
        far = _widen(estimate.low, 1, policy, offset)
        return Interval(estimate.low, far, estimate.low_open, False)
    if estimate.hedge is Hedge.LESS_THAN:
        return Interval(
            _widen(estimate.high, -1, policy, offset), estimate.high, False, estimate.high_open
        )
    best = estimate.best
    if best is not None and best < 0:  # "nearly minus 3" lies between 3 below zero and zero
        return Interval(best, _widen(best, 1, policy, offset))
    return Interval(_widen(best, -1, policy, offset), best)


def _counts_from_zero(estimate: Estimate) -> bool:
    """Whether an upper bound is on a count, which cannot be negative."""
    return estimate.unit is None and estimate.high is not None and estimate.high >= 0


def _widen(end: Decimal | None, direction: int, policy: Policy, offset: bool) -> Decimal | None:
    """Move an end outwards (direction -1 or 1) by the policy's width of a hedge."""
    if end is None or offset:
        return end
    if policy.about is None:
        width = _half_last_digit(end)
    else:
        width = EXACT.multiply(abs(end), policy.about)
    return EXACT.add(end, width.copy_sign(Decimal(direction)))


def _half_last_digit(number: Decimal) -> Decimal:
    """Half a unit of the last significant digit: 500 for 4000, 0.05 for 1.2."""
    if number == 0:
        return Decimal("0.5")
    exponent = number.normalize(EXACT).as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(5).scaleb(exponent - 1)
