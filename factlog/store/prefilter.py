"""The question in SQL that finds the subjects which could hold a conflict.

It leaves out only what cannot: every figure is taken for a little less than it allows, and
every doubt keeps a subject in. What is left, the comparer judges.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import chain

from factlog import measures as vocabulary
from factlog import units
from factlog.policy import Kind, Measure, Policy
from factlog.store import names as naming
from factlog.store.connection import Connection
from factlog.store.schema import UNITS
from factlog.values import dataclass

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
        best - {_arms(policy)} * below
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
        best + {_arms(policy)} * above
      when side = 'above' then low + abs(low) * {about}
      when hedge = 'less_than' then high - abs(high) * {SLACK} - 1e-300
      when side = 'below' then case when best < 0 then best + abs(best) * {about} else best end
      when hedge = 'about' then high + abs(high) * {about}
      else high end"""


def _about(policy: Policy, wide: str) -> str:
    """How far a hedge widens; half of a last digit, which SQL does not see, counts as nothing."""
    return "0.0" if policy.about is None else f"{float(policy.about)!r} * {wide}"


def _arms(policy: Policy) -> str:
    """How many of its arms a figure with a ± is taken to reach, never more than it is judged by.

    Two that state their uncertainty are in conflict where they are further apart than so many
    times the root of their squares, which is at least so many times their sum by root 2.
    """
    apart = float(max(policy.sigmas, policy.near_sigmas)) / 1.41421357
    one, ninety_five = min(float(policy.sigmas), apart), min(1.0, apart / 1.9599640)
    return f"""case
        when {_STANDARD_ERROR} then {one!r}
        when cast(coverage as double precision) between 0.9499999 and 0.9500001
          then {ninety_five!r}
        when coverage is null then 1.0
        else 0.0 end"""


_ZERO, _ONE = Decimal(0), Decimal(1)


@dataclass(frozen=True, slots=True)
class UnitScale:
    """A unit as so many of its dimension's first one: number * factor + shift.

    `percent` is False for a dimension that has a zero of its own, which percent widening
    does not touch.
    """

    unit: str
    dimension: int
    factor: float
    shift: float
    percent: bool


def scales(names: Iterable[str]) -> tuple[UnitScale, ...]:
    """A scale for each unit; dimensions are numbered from 1, as figures without a unit are 0."""
    dimensions: list[list[str]] = []
    for unit in names:
        alike = next((each for each in dimensions if units.comparable(each[0], unit)), None)
        if alike is None:
            dimensions.append([unit])
        else:
            alike.append(unit)
    return tuple(
        _scale(unit, number, alike)
        for number, alike in enumerate(dimensions, start=1)
        for unit in alike
    )


def _scale(unit: str, number: int, alike: list[str]) -> UnitScale:
    percent = not any(map(units.offset, alike))
    shift = units.convert(_ZERO, unit, alike[0])
    factor = units.convert(_ONE, unit, alike[0]) - shift
    return UnitScale(unit, number, float(factor), float(shift), percent)


@dataclass(frozen=True, slots=True)
class NameRule:
    """How the figures recorded under one name are judged.

    Names of one measure share a `member`, and a whole with all its parts a `family`.
    """

    measure: object
    family: int
    member: int
    kind: Kind
    tolerance: float
    window: int


def rules(
    names: Mapping[object, str], measures: Iterable[Measure], policy: Policy
) -> tuple[NameRule, ...]:
    """A rule for each name, given by how the record refers to it, that is not like most.

    Most names are alone in their measure, which is constant and has no tolerance of its own.
    """
    known = tuple(measures)
    resolved = {key: vocabulary.resolve(name, known) for key, name in names.items()}
    members = {name: place for place, name in enumerate(dict.fromkeys(resolved.values()))}
    families = _families(known)
    sizes: dict[str, int] = {}
    for name in resolved.values():
        sizes[name] = sizes.get(name, 0) + 1
    defined = {vocabulary.resolve(measure.name, known) for measure in known}
    return tuple(
        _rule(key, vocabulary.find(name, known), members, families, policy)
        for key, name in resolved.items()
        if name in defined or sizes[name] > 1
    )


def _rule(
    key: object,
    measure: Measure,
    members: dict[str, int],
    families: dict[str, str],
    policy: Policy,
) -> NameRule:
    head = families.get(measure.name, measure.name)
    family = members.setdefault(head, len(members))
    tolerance = policy.tolerance if measure.tolerance is None else measure.tolerance
    window = policy.window_days if measure.window is None else measure.window
    return NameRule(key, family, members[measure.name], measure.kind, float(tolerance), window)


def _families(measures: tuple[Measure, ...]) -> dict[str, str]:
    """The one name that a whole, its parts and theirs are all grouped under."""
    heads: dict[str, str] = {}

    def head(name: str) -> str:
        while heads.get(name, name) != name:
            name = heads[name]
        return name

    for measure in measures:
        for part in measure.parts:
            one, other = head(measure.name), head(vocabulary.resolve(part, measures))
            heads[other] = heads.setdefault(one, one)
    return {name: head(name) for name in heads}


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


def subjects(
    connection: Connection,
    policy: Policy,
    measures: Sequence[Measure],
    part: tuple[int, int] | None = None,
) -> array[int]:
    """The rows of the subjects that could hold a conflict under a policy, oldest first."""
    asked = _question(connection, policy, measures)
    found = connection.reckoned(asked.sql, (*(part or (1, 2**63 - 1)), *asked.values))
    if found is None:  # every one of them could
        found = array("q", (each.id for each in naming.shown(connection, "subject", part)))
    return found


def _question(connection: Connection, policy: Policy, measures: Sequence[Measure]) -> Query:
    names = connection.rows(
        "select n.id, t.name from measure n join measure t on t.id = coalesce(n.same_as, n.id)"
    )
    units = connection.rows(UNITS)
    first, last = (
        connection.dialect.day.format(
            f"case when s.as_of is null then s.published_{end} else s.as_of_{end} end"
        )
        for end in ("first", "last")
    )
    figures = _FIGURES.replace("<FIRST>", first).replace("<LAST>", last)
    made = question(figures, policy, measures, names=dict(names), units=[unit for (unit,) in units])
    return Query(_SHOWN.replace("QUESTION", made.sql), made.values)
