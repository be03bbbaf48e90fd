"""Which subjects of the store could hold a conflict, by the screen."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from factlog.comparison import Measure, Policy
from factlog.store.connecting import Connection
from factlog.store.screen import Question, question

# The live claims as the screen wants them, subjects and measures by the rows of their names.
_FIGURES = """
select s.subject_id as subject, c.measure_id as measure, c.unit as unit, c.hedge as hedge,
  c.side as side, c.coverage as coverage, c.best_real as best, c.plus_real as above,
  c.minus_real as below, c.stated_low as low, c.stated_high as high,
  julianday(case when s.as_of is null then s.published_first else s.as_of_first end)
    as first_day,
  julianday(case when s.as_of is null then s.published_last else s.as_of_last end) as last_day,
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


def subjects(
    connection: Connection,
    policy: Policy,
    measures: Sequence[Measure],
    part: tuple[int, int] | None = None,
) -> array[int]:
    """The rows of the subjects that could hold a conflict under a policy, oldest first."""
    asked = _question(connection, policy, measures)
    return connection.numbers(asked.sql, (*(part or (1, 2**63 - 1)), *asked.values))


# Every unit there is, stepping through the index from one to the next.
_UNITS = """
with recursive each(unit) as (
  select min(unit) from claim where unit is not null
  union all
  select (select min(c.unit) from claim c where c.unit > each.unit) from each
  where each.unit is not null
)
select unit from each where unit is not null
"""


def _question(connection: Connection, policy: Policy, measures: Sequence[Measure]) -> Question:
    names = connection.rows(
        "select n.id, t.name from measure n join measure t on t.id = coalesce(n.same_as, n.id)"
    )
    units = connection.rows(_UNITS)
    made = question(
        _FIGURES, policy, measures, names=dict(names), units=[unit for (unit,) in units]
    )
    return Question(_SHOWN.replace("QUESTION", made.sql), made.values)
