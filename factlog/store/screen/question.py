"""The question that finds the subjects which could hold a conflict."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from factlog.comparison import Kind, Measure, Policy
from factlog.store.screen import readings
from factlog.store.screen.rules import Rule, rules
from factlog.store.screen.scales import Scale, scales

# The columns of the relation of figures: one row for each live claim. `low` and `high` are
# the stated ends, `above` and `below` the arms of a plus-minus; days are numbers, null at an
# open end; `dated` is 0 for an undated figure.
COLUMNS = (
    *("subject", "measure", "unit", "hedge", "side", "coverage"),
    *("best", "above", "below", "low", "high", "first_day", "last_day", "dated"),
)
_HUGE = "1e290"


@dataclass(frozen=True, slots=True)
class Question:
    """SQL with its values: it answers with the column `subject`, each once, in no order."""

    sql: str
    values: tuple[object, ...]


def question(
    figures: str,
    policy: Policy,
    measures: Iterable[Measure],
    *,
    names: Mapping[object, str],
    units: Iterable[str],
) -> Question:
    """Ask a relation of figures, given as SQL, which subjects could hold a conflict.

    `names` are the measures' names by what the relation's column `measure` holds; `units`
    are all the units there are in it.
    """
    ruled = rules(names, measures, policy)
    scaled = scales(units)
    window = max([rule.window for rule in ruled if rule.kind is Kind.LEVEL], default=0)
    sql = _SQL
    shift = max([abs(scale.shift) for scale in scaled], default=0.0)
    sql = re.sub(r"<BEYOND (\w+) (\w+)>", _BEYOND, sql)
    for word, text in {
        "ROUGH_LOW": readings.low(policy, _wide(scaled)),
        "ROUGH_HIGH": readings.high(policy, _wide(scaled)),
        "LOW": readings.low(policy, "wide"),
        "HIGH": readings.high(policy, "wide"),
        "SHIFT": repr(2 * shift),
        "TOLERANCE": repr(float(policy.tolerance)),
        "SLACK": readings.SLACK,
        "HUGE": _HUGE,
        "REACH": str(window),
        "RULES": _marks(5, len(ruled)),
        "SCALES": _marks(5, len(scaled)),
        "FIGURES": figures,
    }.items():
        sql = sql.replace(f"<{word}>", text)
    return Question(sql, (*_rule_values(ruled), *_scale_values(scaled)))


def _marks(columns: int, rows: int) -> str:
    """Places for the values of a table; a row of nulls keeps an empty one in form."""
    marks = f"({', '.join('?' * columns)})"
    return ", ".join([f"({', '.join(['null'] * columns)})", *[marks] * rows])


def _rule_values(ruled: Sequence[Rule]) -> list[object]:
    return [
        value
        for rule in ruled
        for value in (*(rule.measure, rule.family, rule.member, rule.kind.value, rule.tolerance),)
    ]


def _scale_values(scaled: Sequence[Scale]) -> list[object]:
    return [
        value
        for scale in scaled
        for value in (
            *(scale.unit, scale.dimension, scale.factor, scale.shift),
            float(scale.percent),
        )
    ]


def _wide(scaled: Sequence[Scale]) -> str:
    """1 where percent widening applies, in the first look at figures that have no scale yet."""
    return "1.0" if all(scale.percent for scale in scaled) else "0.0"


# Whether one end may lie above another, given what binary arithmetic loses. Whole numbers that
# are not too large are held exactly, and equal ones are not apart.
_BEYOND = r"""(
    \1 > \2 or (\1 >= \2 - (abs(\1) + abs(\2) + <SHIFT>) * <SLACK> - 1e-300
      and not (dimension = 0 and \1 = \2 and \1 = round(\1) and abs(\1) < 1e12)))"""


# First a look at each subject as a whole: where even the highest low end is not above the
# lowest high end, nothing is in conflict. The others are looked at measure by measure, in one
# unit, widened by the tolerance, and as their kind has it: a constant against every other
# figure, a running total against those not later, a level against those near in time (by the
# ends of its date, a long one against all), a flow against those of the same period.
_SQL = """
with rule(measure, family, member, kind, tolerance) as (values <RULES>),
scale(unit, dimension, factor, shift, wide) as (values <SCALES>),
rough as (
  select subject, coalesce(one_measure <> other_measure, false) as several from (
    select subject, max(<ROUGH_LOW>) as top, min(<ROUGH_HIGH>) as bottom,
      min(measure) as one_measure, max(measure) as other_measure, count(measure) as measured,
      min(unit) as one_unit, max(unit) as other_unit, count(unit) as with_units,
      count(*) as figures, 0 as dimension
    from (<FIGURES>) f
    group by subject
  ) s
  where <BEYOND top bottom>
    or one_measure <> other_measure or measured not in (0, figures)
    or one_unit <> other_unit or with_units not in (0, figures)
),
scaled as not materialized (
  select f.*, r.family, r.member, case when r.family is null then f.measure end as alone,
    coalesce(r.kind, 'constant') as kind,
    coalesce(s.dimension, 0) as dimension, coalesce(s.factor, 1.0) as factor,
    coalesce(s.shift, 0.0) as shift, coalesce(s.wide, 1.0) as wide,
    coalesce(r.tolerance, <TOLERANCE>) * coalesce(s.wide, 1.0) as tolerance
  from (<FIGURES>) f
  left join rule r on r.measure = f.measure
  left join scale s on s.unit = f.unit
  where f.subject in (select subject from rough)
),
ends as not materialized (
  select s.*, (<LOW>) * factor as read_low, (<HIGH>) * factor as read_high from scaled s
),
told as materialized (
  select subject, family, member, alone, kind, dimension, first_day, last_day,
    read_low + shift - abs(read_low + shift) * tolerance as low,
    read_high + shift + abs(read_high + shift) * tolerance as high,
    case
      when dated = 0 then 1
      when kind <> 'level' then 0
      when first_day is null or last_day is null or last_day - first_day > 2 * <REACH> then 1
      else 0
    end as loose
  from ends
)
select subject from (
  select subject, dimension, max(low) as top, min(high) as bottom
  from told where kind = 'constant' or subject in (select subject from told where loose = 1)
  group by subject, family, alone, dimension
  having max(kind) = 'constant' or max(loose) = 1
) g where <BEYOND top bottom>
union
select subject from told where abs(coalesce(low, high)) > <HUGE>
union
select subject from told
where family is not null and subject in (select subject from rough where several)
group by subject, family having min(member) <> max(member)
union
select subject from (
  select subject, dimension, high as bottom, max(low) over (
    partition by subject, family, alone, dimension order by coalesce(first_day, -1e9)
    range between unbounded preceding and current row) as top
  from told where kind = 'cumulative'
) c where <BEYOND top bottom>
union
select subject from (
  select subject, dimension, high as bottom, max(low) over (
    partition by subject, family, alone, dimension order by day
    range between <REACH> preceding and <REACH> following) as top
  from (
    select told.*, first_day as day from told where kind = 'level' and loose = 0
    union all
    select told.*, last_day as day from told
    where kind = 'level' and loose = 0 and last_day > first_day
  ) d
) l where <BEYOND top bottom>
union
select subject from (
  select subject, dimension, max(low) as top, min(high) as bottom
  from told where kind = 'flow'
  group by subject, family, alone, dimension, first_day, last_day
) p where <BEYOND top bottom>
"""
