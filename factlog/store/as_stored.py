"""Claims of another store that can be taken in as they stand in its rows, by SQL alone.

Most claims make, anew, the very rows that they have: their words give their uid and read as they
did. Only the numbers of rows are others then.
"""

from __future__ import annotations

from hashlib import sha256

from factlog.parsing import at_once
from factlog.store.connection import Connection
from factlog.store.drafts import Stored


def stored(connection: Connection, last: int, many: int) -> tuple[Stored, list[int]] | None:
    """The next claims behind one, and which of them have to be looked at one by one.

    None where they are not together, or where two statements one after another may be one.
    """
    rows = connection.rows(_CLAIMS, (last, many))
    if not rows or rows[-1][0] - rows[0][0] != len(rows) - 1:
        return None
    numbers, uids, told, known, statements = zip(*rows, strict=True)
    each = list(dict.fromkeys(statements))
    if each != list(range(each[0], each[-1] + 1)) or list(statements) != sorted(statements):
        return None
    if connection.value(_MAY_BE_ONE, (each[0], each[-1])):
        return None
    looked_at = [
        number
        for number, uid, words, so in zip(numbers, uids, told, known, strict=True)
        if not so or sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:32] != uid
    ]
    ends = [tuple(connection.row(_STATEMENT, (number,))) for number in (each[0], each[-1])]
    found = Stored(numbers[0], numbers[-1], (each[0], each[-1]), uids, (ends[0], ends[1]))
    return found, looked_at


_MAY_BE_ONE = """
select 1 from statement a join statement b on b.id = a.id + 1
where a.id >= ? and a.id < ?
  and a.subject_id = b.subject_id and a.source_id = b.source_id and a.as_of is b.as_of limit 1
"""
_STATEMENT = """
select coalesce(s.subject_given, subject.given), coalesce(s.source_given, source.given),
       s.as_of, s.as_of_first, s.as_of_last, s.published, s.published_first, s.published_last,
       s.via, s.url, s.quote
from statement s join subject on subject.id = s.subject_id join source on source.id = s.source_id
where s.id = ?
"""


def _spelled() -> str:
    """The test that the words of a claim are of a few forms, read as these read."""
    tests: dict[str, list[str]] = {}
    ends = {}
    for words in ("", "about ", "around ", "at least ", "more than ", "over "):
        figure = at_once(f"{words}300")
        assert figure is not None
        read = figure.estimate
        end, other = ("low", "best") if read.best is None else ("best", "low")
        ends[read.hedge.value] = (
            f"c.{other} is null and c.high is null and c.low_open = {read.low_open:d} "
            f"and c.high_open = 0 and {_whole(end)} and c.said in "
        )
        told = tests.setdefault(read.hedge.value, [])
        told += [f"'{words}' || c.{end}", f"'{words}' || {_grouped(end)}"]
    tests["range"] = [
        "c.low || ' to ' || c.high",
        f"{_grouped('low')} || ' to ' || {_grouped('high')}",
    ]
    ends["range"] = (
        "c.best is null and c.low_open = 0 and c.high_open = 0 and length(c.low) > 2 "
        f"and {_whole('low')} and {_whole('high')} "
        "and cast(c.low as integer) < cast(c.high as integer) and c.said in "
    )
    return f"""case c.hedge {
        " ".join(
            f"when '{hedge}' then {ends[hedge]} ({', '.join(told)})"
            for hedge, told in tests.items()
        )
    } end"""


def _whole(column: str) -> str:
    """The test that a text is a whole number of 15 digits at most, as factlog writes one."""
    number = f"cast(c.{column} as integer)"
    return f"{number} between 1 and 999999999999999 and {number} || '' = c.{column}"


def _grouped(column: str) -> str:
    """A number with a comma before every three digits."""
    return f"printf('%,d', c.{column})"


def _word(column: str) -> str:
    """A word as `claim.uid_of_words` takes it."""
    return f"coalesce(length({column}) || ':' || {column}, '0:')"


_DAY = "{0} is null or {0} glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'"
_NOTHING = (
    *("c.side", "c.plus", "c.minus", "c.coverage", "c.unit", "c.scope", "c.origin", "c.note"),
    *("c.thing", "c.unit_said", "s.published", "s.published_first", "s.published_last"),
)
_WORDS = (
    *("coalesce(s.subject_given, subject.given)", "coalesce(c.measure_given, measure.given)"),
    *("coalesce(s.source_given, source.given)", "c.said", "c.unit", "s.as_of", "s.published"),
    *("s.via", "s.url", "c.origin", "c.scope", "s.quote", "c.note"),
)
# What `offered` makes of a claim is seen at once where it is of few forms, with nothing besides.
_KNOWN = f"""
coalesce({", ".join(_NOTHING)}) is null and c.replaced is not c.id
and (c.measure_id is not null or c.measure_given is null) and c.measure_given is not ''
and s.subject_given is not '' and s.source_given is not ''
and ({_DAY.format("s.as_of_first")})
and (s.as_of_first is s.as_of_last or {_DAY.format("s.as_of_last")})
and {_spelled()}
"""
# The next live claims behind one, with what each is about.
NEXT = """
from claim c
join statement s on s.id = c.statement_id
join subject on subject.id = s.subject_id
join source on source.id = s.source_id
left join measure on measure.id = c.measure_id
where c.undone is null and c.id > ? order by c.id limit ?
"""
_CLAIMS = f"""
select c.id, c.uid, {" || ".join(map(_word, _WORDS))}, {_KNOWN}, c.statement_id
{NEXT}"""
