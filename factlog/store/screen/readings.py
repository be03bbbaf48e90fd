"""The ends of a reading in SQL: as the policy reads them, or a little less if in doubt."""

from __future__ import annotations

from factlog.comparison import Policy

# A share of each number, by which binary arithmetic cannot be off.
SLACK = "1e-9"
_STANDARD_ERROR = "cast(coverage as double precision) between 0.6829999 and 0.6830001"


def low(policy: Policy, wide: str) -> str:
    """The lower end; null where there is none. `wide` is 0 where percent widening is kept off.

    An end that is itself excluded lies a little further in.
    """
    about = _about(policy, wide)
    return f"""case
      when hedge = 'plus_minus' then
        case when {_STANDARD_ERROR} then best - {_sigmas(policy)} * below else low end
      when hedge = 'more_than' then low + abs(low) * {SLACK} + 1e-300
      when side = 'below' and hedge = 'less_than' then high - abs(high) * {about}
      when side = 'below' then case when best < 0 then best else best - abs(best) * {about} end
      when hedge = 'about' then low - abs(low) * {about}
      when hedge in ('at_most', 'less_than') and unit is null and high >= 0 then 0.0
      else low end"""


def high(policy: Policy, wide: str) -> str:
    """The upper end; null where there is none."""
    about = _about(policy, wide)
    return f"""case
      when hedge = 'plus_minus' then
        case when {_STANDARD_ERROR} then best + {_sigmas(policy)} * above else high end
      when side = 'above' then low + abs(low) * {about}
      when hedge = 'less_than' then high - abs(high) * {SLACK} - 1e-300
      when side = 'below' then case when best < 0 then best + abs(best) * {about} else best end
      when hedge = 'about' then high + abs(high) * {about}
      else high end"""


def _about(policy: Policy, wide: str) -> str:
    """How far a hedge widens; half of a last digit, which SQL does not see, counts as nothing."""
    return "0.0" if policy.about is None else f"{float(policy.about)!r} * {wide}"


def _sigmas(policy: Policy) -> str:
    return repr(float(policy.sigmas))
