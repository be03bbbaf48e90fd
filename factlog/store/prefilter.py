"""The question in SQL that finds the subjects which could hold a conflict.

It leaves out only what cannot: every figure is taken for a little less than it allows, and
every doubt keeps a subject in. What is left, the comparer judges.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from factlog.policy import Kind, Measure, Policy
from factlog.store import names as naming
from factlog.store import row_screen
from factlog.store.connection import Connection
from factlog.store.dialect import SQLITE
from factlog.store.schema import UNITS
from factlog.store.screen_rules import SLACK, NameRule, UnitScale, high, low, rules, scales
from factlog.values import dataclass

# The columns of the relation of figures: one row for each live claim. `low` and `high` are
# the stated ends, `above` and `below` the arms of a plus-minus; days are numbers, null at an
# open end; `dated` is 0 for an undated figure.
COLUMNS = (
    *("subject", "measure", "unit", "hedge", "side", "coverage"),
    *("best", "above", "below", "low", "high", "first_day", "last_day", "dated"),
)
_HUGE = "1e290"


@dataclass(frozen=True, slots=True)
class Query:
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
    key: str = "bigint",
) -> Query:
    """Ask a relation of figures, given as SQL, which subjects could hold a conflict.

    `names` are the measures' names by what the relation's column `measure` holds; `units`
    are all the units there are in it, and `key` is the type of its column `measure`.
    """
    ruled = rules(names, measures, policy)
    scaled = scales(units)
    window = max([rule.window for rule in ruled if rule.kind is Kind.LEVEL], default=0)
    sql = _SQL
    shift = max([abs(scale.shift) for scale in scaled], default=0.0)
    sql = re.sub(r"<BEYOND (\w+) (\w+)>", _BEYOND, sql)
    for word, text in {
        "ROUGH_LOW": low(policy, _wide(scaled)),
        "ROUGH_HIGH": high(policy, _wide(scaled)),
        "LOW": low(policy, "wide"),
        "HIGH": high(policy, "wide"),
        "SHIFT": repr(2 * shift),
        "TOLERANCE": repr(float(policy.tolerance)),
        "SLACK": SLACK,
        "HUGE": _HUGE,
        "REACH": str(window),
        "RULES": _marks((key, *_RULE), len(ruled)),
        "SCALES": _marks(_SCALE, len(scaled)),
        "FIGURES": figures,
    }.items():
        sql = sql.replace(f"<{word}>", text)
    values = [
        *((r.measure, r.family, r.member, r.kind.value, r.tolerance) for r in ruled),
        *((s.unit, s.dimension, s.factor, s.shift, float(s.percent)) for s in scaled),
    ]
    return Query(sql, tuple(chain.from_iterable(values)))


_RULE = ("bigint", "bigint", "text", "double precision")  # what its columns hold after the first
_SCALE = ("text", "bigint", *("double precision",) * 3)


def _marks(columns: Sequence[str], rows: int) -> str:
    """Places for the values of a table; a row of nulls says what each column holds."""
    marks = f"({', '.join('?' * len(columns))})"
    nulls = ", ".join(f"cast(null as {each})" for each in columns)
    return ", ".join([f"({nulls})", *[marks] * rows])


def _wide(scaled: Sequence[UnitScale]) -> str:
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
    case when hedge = 'plus_minus' and coverage is not null then 0.0
      else coalesce(r.tolerance, <TOLERANCE>) * coalesce(s.wide, 1.0) end as tolerance
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


# The live claims as the screen wants them, subjects and measures by the rows of their names.
_FIGURES = """
select s.subject_id as subject, c.measure_id as measure, c.unit as unit, c.hedge as hedge,
  c.side as side, c.coverage as coverage, c.best_real as best, c.plus_real as above,
  c.minus_real as below, c.stated_low as low, c.stated_high as high,
  <FIRST> as first_day, <LAST> as last_day,
  case when s.as_of is null and s.published is null then 0 else 1 end as dated
from statement s join claim c on c.statement_id = s.id
where s.subject_id between (select first from part) and (select last from part)
  and c.retracted is null and c.replaced is null
"""
# What has several names is looked at whole, as the screen knows each name for itself.
_SHOWN = """
with part(first, last) as (values (?, ?))
select n.id from (
  select subject from (QUESTION) q
  union select same_as from subject where same_as is not null
) q
join subject n on n.id = q.subject, part
where n.same_as is null and n.id between part.first and part.last
order by n.id
"""


_NAMES = "select n.id, t.name from measure n join measure t on t.id = coalesce(n.same_as, n.id)"
EVERY = 1, 2**63 - 1


def subjects(
    connection: Connection,
    policy: Policy,
    measures: Sequence[Measure],
    part: tuple[int, int] | None = None,
) -> array[int]:
    """The rows of the subjects that could hold a conflict under a policy, oldest first."""
    find = walked if connection.dialect is SQLITE else asked
    return find(connection, policy, measures, part or EVERY)


def asked(
    connection: Connection, policy: Policy, measures: Sequence[Measure], part: tuple[int, int]
) -> array[int]:
    """These by the question, for whatever knows SQL."""
    names, units = connection.rows(_NAMES), [unit for (unit,) in connection.rows(UNITS)]
    first, last = (
        connection.dialect.day.format(
            f"case when s.as_of is null then s.published_{end} else s.as_of_{end} end"
        )
        for end in ("first", "last")
    )
    figures = _FIGURES.replace("<FIRST>", first).replace("<LAST>", last)
    made = question(figures, policy, measures, names=dict(names), units=units)
    found = connection.reckoned(_SHOWN.replace("QUESTION", made.sql), (*part, *made.values))
    if found is None:  # every one of them could
        found = array("q", (each.id for each in naming.shown(connection, "subject", part)))
    return found


# What has several names is looked at whole, by the one it is shown by.
_HEADS = "select same_as from subject where same_as between ? and ?"
_OTHER_NAMES = "select id from subject where same_as is not null and id between ? and ?"


def walked(
    connection: Connection, policy: Policy, measures: Sequence[Measure], part: tuple[int, int]
) -> array[int]:
    """The same by going through the rows, where they are near at hand: in half the time."""
    ruled = rules(dict(connection.rows(_NAMES)), measures, policy)
    scaled = scales(unit for (unit,) in connection.rows(UNITS))
    usual = NameRule(None, -1, -1, Kind.CONSTANT, float(policy.tolerance), policy.window_days)
    screen = row_screen.Screen(
        {rule.measure: rule for rule in ruled}, {scale.unit: scale for scale in scaled}, usual
    )
    sql = row_screen.sql(policy, ruled, scaled)
    found = connection.taken(sql, part, lambda rows: set(screen.suspected(rows)))
    found.update(connection.numbers(_HEADS, part))
    return array("q", sorted(found.difference(connection.numbers(_OTHER_NAMES, part))))
