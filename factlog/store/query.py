"""Claims out of the store: oldest first, by the words in them, or subject by subject."""

from __future__ import annotations

import json
import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from heapq import merge
from itertools import islice

from factlog.claim import Claim, Statement
from factlog.errors import NotFound, StoreError
from factlog.names import fold
from factlog.policy import Measure, Policy
from factlog.store import names as naming
from factlog.store.connection import LAST, Connection, row_number
from factlog.store.dialect import Dialect
from factlog.store.rows import CLAIM_COLUMNS, STATEMENT_COLUMNS, claim_of, statement_of
from factlog.store.schema import JOINS, UNITS
from factlog.store.text_index import PIECE, folded
from factlog.values import dataclass

_FIELDS = (
    *("subject.name", "measure.name", "source.name"),
    *("c.said", "c.unit", "s.quote", "c.note", "s.via"),
)
# SQLite's own lower() knows the capitals of ASCII only; LIKE would stop at a NUL.
_PLAIN = "length(cast(FIELD as blob)) = length(FIELD)"
_HOLDS = " or ".join(
    f"iif({_PLAIN}, instr(lower(FIELD), ?), factlog_holds(FIELD, ?))".replace("FIELD", field)
    for field in _FIELDS
)

# The claims in which, by the index, a word may stand.
_BY_NAME = """
select c.id from (select rowid from NAME_words where HOLDS) w
join NAME t on t.id = w.rowid and t.same_as is null
join NAME n on n.id = t.id or n.same_as = t.id
join statement s on s.NAME_id = n.id
join claim c on c.statement_id = s.id
"""
_LIKELY = """
select rowid from claim_words where HOLDS
union all
select c.id from (select rowid from statement_words where HOLDS) w
join claim c on c.statement_id = w.rowid
"""
# Measures are few, and claims are indexed by them and by their units: these are gone through.
_UNDER = """
select id from claim where measure_id in (
    select n.id from measure n join measure t on t.id = coalesce(n.same_as, n.id)
    where replace(t.key, ?, '') <> t.key
)
union all
select id from claim where unit in (UNITS)
"""
_INDEXED = ("claim", "statement", "subject", "source")


@lru_cache(maxsize=2)
def _likely(dialect: Dialect) -> str:
    """The question for the claims in which a word may stand, asked with what `_asked` makes."""
    by_name = [_BY_NAME.replace("NAME", name) for name in ("subject", "source")]
    tables, parts = iter(_INDEXED), [_LIKELY, *by_name, _UNDER.replace("UNITS", dialect.listed)]
    return re.sub("HOLDS", lambda _: dialect.holds(next(tables)), " union all ".join(parts))


# Where a word may stand in more than one claim in so many, looking into each is as quick.
_SHARE = 4
# A word in no more than these is rare enough: counting the others would take longer.
_FEW = 1_000


def having(connection: Connection, search: str) -> tuple[str, list[str]]:
    """The test, and its values, that every one of these words stands in a claim.

    The words are taken literally, wherever they stand, in capitals or not. The index says
    which claims to look into, by the word that stands in the fewest.
    """
    words, dialect = search.split(), connection.dialect
    units = [unit for (unit,) in connection.rows(UNITS)] if words else []
    if dialect.exact:
        found = [f"c.id in ({_likely(dialect)})" for _word in words]
        return " and ".join(["true", *found]), [
            each for word in words for each in _asked(dialect, folded(word), units)
        ]
    tests, values = ["true"], []
    rarest = _rarest(connection, words, units)
    if rarest is not None:
        tests.append(f"c.id in ({_likely(dialect)})")
        values.extend(_asked(dialect, rarest, units))
    if words:
        connection.raw.create_function("factlog_holds", 2, _holds, deterministic=True)
    for word in words:
        tests.append(f"({_HOLDS})")
        values.extend([fold(word)] * _HOLDS.count("?"))
    return " and ".join(tests), values


def _rarest(connection: Connection, words: list[str], units: list[str]) -> str | None:
    """The word that the index finds in the fewest claims, unless even that is in very many."""
    claims = connection.value("select coalesce(max(id), 0) from claim")
    long = [word for word in map(folded, words) if len(word) >= PIECE]
    for most in (_FEW, claims // _SHARE):
        rarest, fewest = None, most + 1
        for word in long:
            found = f"select 1 from ({_likely(connection.dialect)}) limit {fewest:d}"  # noqa: S608
            count = connection.value(
                f"select count(*) from ({found})",  # noqa: S608
                _asked(connection.dialect, word, units),
            )
            if count < fewest:
                rarest, fewest = word, count
        if rarest is not None:
            return rarest
    return None


def _asked(dialect: Dialect, word: str, units: list[str]) -> list[str]:
    found = [unit for unit in units if word in folded(unit)]
    return [*[dialect.asked(word)] * len(_INDEXED), word, json.dumps(found)]


def _holds(text: str | None, word: str) -> bool:
    return text is not None and word in fold(text)


_BATCH = 500
# A name that stands for itself, or another that does; else, or where it is not there, none.
_SHOWN = """
case when subject.same_as is null then subject.name end,
case when source.same_as is null then source.name end,
case when c.measure_id is null then null
     when measure.same_as is null then coalesce(measure.name, '') else '' end
"""
_GIVEN = """
coalesce(s.subject_given, subject_as.given), coalesce(s.source_given, source_as.given),
case when c.measure_id is not null then coalesce(c.measure_given, measure_as.given, '') end
"""
_FETCHES = {
    given: f"select {names}, {STATEMENT_COLUMNS}, {CLAIM_COLUMNS} {JOINS} where c.id in "
    for given, names in ((False, _SHOWN), (True, _GIVEN))
}
_UID, _UID_LENGTH = 3, 32
_FIRST_OF_CLAIM = 12  # three names and nine columns of the statement come before it


@dataclass(frozen=True, slots=True)
class Claims:
    """Claims of a store that can be gone through again and again, read a batch at a time.

    Which they are was settled when they were asked for; how each stands is read every time.
    """

    connection: Connection
    rows: Sequence[int]
    as_given: bool = False

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Claim]:
        return by_rows(self.connection, self.rows, as_given=self.as_given)

    def part(self, first: int, end: int) -> Claims:
        """Those from one place among them to another, to be shown a page at a time."""
        return replace(self, rows=self.rows[first:end])


def by_rows(
    connection: Connection, rows: Sequence[int], *, as_given: bool = False
) -> Iterator[Claim]:
    """The claims in these rows, in this order, a batch at a time."""
    try:
        found = _built(connection, rows, _FETCHES[as_given])
        yield from found if as_given else _with_voices(connection, found)
    except (LookupError, ValueError, ArithmeticError, TypeError) as error:
        raise StoreError(
            f"A claim in {connection.path} cannot be read: it was changed outside factlog.",
            "See which: factlog log --verify",
        ) from error


def _built(connection: Connection, rows: Sequence[int], sql: str) -> Iterator[Claim]:
    last: tuple[object, Statement | None] = (None, None)
    for start in range(0, len(rows), _BATCH):
        batch = rows[start : start + _BATCH]
        marks = f"({', '.join('?' * len(batch))})"
        found = {row[_FIRST_OF_CLAIM]: row for row in connection.rows(sql + marks, batch)}
        for number in batch:
            row = found[number]
            words = row[_FIRST_OF_CLAIM:]
            if row[2] == "" or len(words[_UID]) != _UID_LENGTH or number > LAST:
                raise ValueError(number)
            said_in, statement = words[1], last[1]
            if statement is None or said_in != last[0]:
                statement = statement_of(row[0], row[1], row[3:_FIRST_OF_CLAIM])
                last = (said_in, statement)
            yield claim_of(statement, row[2], words)


def _with_voices(connection: Connection, claims: Iterable[Claim]) -> Iterator[Claim]:
    """The claims, those that cite a source by another of its names with the one it goes by."""
    known: dict[str, str | None] = {}
    for claim in claims:
        origin = claim.origin
        if not origin:
            yield claim
            continue
        if origin not in known:
            source = naming.find(connection, "source", origin)
            alike = source is None or fold(source.name) == fold(origin)
            known[origin] = None if source is None or alike else source.name
        yield replace(claim, cited=known[origin]) if known[origin] else claim


def newest(
    connection: Connection, most: int, numbered: str, tests: Mapping[str, Sequence[int | None]]
) -> list[int]:
    """The rows of the live claims recorded last, of those whose ids for people begin so.

    The tests are of columns of a claim and its statement, and the values they may have.
    """
    words = [f"{column} in ({', '.join('?' * len(them))})" for column, them in tests.items()]
    sql = (
        "select c.id from claim c join statement s on s.id = c.statement_id where "  # noqa: S608
        "c.retracted is null and c.replaced is null "
        "and cast(coalesce(c.edits, c.id) as text) like ? "
        f"{''.join(f'and {each} ' for each in words)}order by c.id desc limit ?"
    )
    values = [number for them in tests.values() for number in them]
    return [row[0] for row in connection.rows(sql, (f"{numbered}%", *values, most))]


def wanted(
    connection: Connection,
    *,
    subjects: Sequence[int | None] | None = None,
    measures: Sequence[int | None] | None = None,
    sources: Sequence[int | None] | None = None,
    search: str | None = None,
    retracted: bool = False,
) -> Sequence[int]:
    """The rows of the claims that are asked for, in the order of their ids for people.

    They are listed at once, so that claims recorded while they are read change nothing.
    """
    tests: list[str] = ["true"]
    values: list[object] = []
    if not retracted:
        tests.append("c.retracted is null")
    for column, chosen in (("s.subject_id", subjects), ("s.source_id", sources)):
        if chosen is not None:
            tests.append(f"{column} in ({', '.join('?' * len(chosen))})")
            values.extend(chosen)
    if measures is not None:
        marks = ", ".join("?" * len(measures))
        tests.append("c.measure_id is null" if None in measures else f"c.measure_id in ({marks})")
        values.extend(each for each in measures if each is not None)
    tables = "from claim c"
    if subjects is not None or sources is not None:
        tables = "from statement s join claim c on c.statement_id = s.id"
    if search is not None:
        tables = JOINS
        test, words = having(connection, search)
        tests.append(test)
        values.extend(words)
    # Those that were replaced come along as negative numbers, and are seen to lead on. No row
    # that factlog made has a number below one.
    sql = f"select SHOWN {tables} where {' and '.join(tests)} and c.edits is "
    row = "case when c.replaced is not null then -c.id when c.id > 0 then c.id else 0 end"
    firsts = connection.numbers(f"{sql} null order by c.id".replace("SHOWN", row), values)
    later = connection.rows(
        f"{sql} not null order by c.edits".replace("SHOWN", f"c.edits, {row}"), values
    )
    replaced = [-each for each in (*firsts, *(row for _number, row in later)) if each <= 0]
    if replaced:
        if 0 in replaced:
            raise _no_end(0)
        _see_that_they_lead_on(connection, replaced)
        firsts = array("q", (each for each in firsts if each > 0))
        later = [both for both in later if both[1] > 0]
    if not later:
        return firsts
    in_order = merge(((each, each) for each in firsts), later)
    return array("q", (row for _number, row in in_order))


def _see_that_they_lead_on(connection: Connection, rows: Sequence[int]) -> None:
    """Refuse versions that are replaced by one another, or by what is not there."""
    after: dict[int, int | None] = {}
    while rows:
        for start in range(0, len(rows), _BATCH):
            some = rows[start : start + _BATCH]
            marks = ", ".join("?" * len(some))
            after.update(
                connection.rows(f"select id, replaced from claim where id in ({marks})", some)  # noqa: S608
            )
        rows = list({new for new in map(after.get, rows) if new is not None and new not in after})
    ending = {row for row, new in after.items() if new is None}
    for first in after:
        way: set[int] = set()
        row: int | None = first
        while row not in ending:
            if row is None or row in way or row < 1:
                raise _no_end(first)
            way.add(row)
            row = after.get(row)
        ending |= way


def _no_end(number: int) -> StoreError:
    return StoreError(
        f"The versions of claim {number} cannot be followed: they were changed outside factlog.",
        "See what does not fit: factlog log --verify",
    )


def current(connection: Connection, number: int) -> int:
    """The row that holds the claim with this id for people, as it stands now."""
    row = connection.row(
        "select id, replaced, edits from claim where id = ?", (row_number(number),)
    )
    if row is None:
        raise _no_claim(connection, number)
    met = set()
    while row is not None and row[1] is not None and row[0] not in met:
        met.add(row[0])
        row = connection.row("select id, replaced, edits from claim where id = ?", (row[1],))
    if row is None or row[0] in met:
        raise _no_end(number)
    return int(row[0])


# The number of the claim that stands for the row c: the one its last version goes by. A merge can
# find that another claim is a later version of one, which then speaks for what was said of it.
NUMBER = """(
with recursive later(number, next) as (
    select coalesce(v.edits, v.id), v.replaced from claim v where v.id = c.id
    union
    select coalesce(v.edits, v.id), v.replaced from claim v join later on v.id = later.next
)
select number from later where next is null
)"""


def standing(connection: Connection, numbers: Sequence[int]) -> Iterator[int]:
    """The rows that hold the claims with these ids for people, as they stand now, where any do."""
    for start in range(0, len(numbers), _BATCH):
        some = numbers[start : start + _BATCH]
        marks = ", ".join("?" * len(some))
        sql = f"select id from claim where (id in ({marks}) or edits in ({marks})) "  # noqa: S608
        yield from connection.numbers(f"{sql} and replaced is null order by id", (*some, *some))


def versions(connection: Connection, number: int) -> list[int]:
    """The rows of every version of a claim, oldest first, the one that stands now last."""
    now = current(connection, number)
    first = connection.value("select coalesce(edits, id) from claim where id = ?", (now,))
    found = connection.rows(
        "select id from claim where (id = ?1 or edits = ?1) and id != ?2 "
        "union select id from claim where replaced = ?2 order by id",
        (first, now),
    )
    return [*(row[0] for row in found), now]


def _no_claim(connection: Connection, number: int) -> NotFound:
    highest = connection.value("select max(id) from claim where edits is null")
    if highest is None:
        return NotFound(
            f"There is no claim {number}: none has been recorded yet.",
            'Record one: factlog add SUBJECT "around 300 killed" --source NAME',
        )
    return NotFound(
        f"There is no claim {number}: the highest is {highest}.", "See the claims: factlog list"
    )


# The first and last row of some subjects that follow one another.
Part = tuple[int, int]
Groups = Iterator[list[Claim]]  # of one subject each


def claims(
    connection: Connection,
    suspected: Policy | None,
    measures: Sequence[Measure],
    part: Part | None,
) -> Iterator[list[Claim]]:
    """Each subject's claims, in the order the subjects were first recorded."""
    if suspected is None:
        return _fetched(connection, (e.id for e in naming.shown(connection, "subject", part)))
    from factlog.store import prefilter

    return _fetched(connection, prefilter.subjects(connection, suspected, measures, part))


def in_parts(
    connection: Connection,
    suspected: Policy | None,
    measures: Sequence[Measure],
    parts: Sequence[Part],
) -> Iterator[Groups]:
    """The same, part by part: asking once what is suspected of all is quicker than of each."""
    if suspected is None:
        yield from (claims(connection, None, measures, part) for part in parts)
        return
    from factlog.store import prefilter

    whole = parts[0][0], parts[-1][1]
    rows = prefilter.subjects(connection, suspected, measures, whole)
    for first, last in parts:
        yield _fetched(connection, rows[bisect_left(rows, first) : bisect_right(rows, last)])


def parts(connection: Connection, size: int, changed_since: int | None) -> list[Part]:
    """All subjects cut into parts of so many, or those that events after this one changed."""
    last = connection.value("select coalesce(max(id), 0) from subject")
    every = [(first, first + size - 1) for first in range(1, last + 1, size)]
    if changed_since is None:
        return every
    from factlog.store import past  # which starting a command would only be slower for

    touched, renamed = past.touched(connection, changed_since)
    if renamed:
        return every
    return [
        every[place] for place in sorted({(row - 1) // size for row in _about(connection, touched)})
    ]


def _about(connection: Connection, numbers: Iterable[int]) -> Iterator[int]:
    """The rows of the subjects that claims with these ids are about, in all their versions."""
    taking = iter(numbers)
    while batch := list(islice(taking, _CLAIMS)):
        marks = ", ".join("?" * len(batch))
        yield from connection.numbers(
            "select distinct coalesce(n.same_as, n.id) from claim c "  # noqa: S608
            "join statement s on s.id = c.statement_id join subject n on n.id = s.subject_id "
            f"where c.id in ({marks}) or c.edits in ({marks})",
            (*batch, *batch),
        )


# Subjects are fetched so many at a time, unless that makes too many claims.
_SUBJECTS = 50
_CLAIMS = 5_000


def _fetched(connection: Connection, subjects: Iterable[int]) -> Iterator[list[Claim]]:
    """The live claims of each of some subjects, given by their rows, in this order."""
    taking = iter(subjects)
    while batch := list(islice(taking, _SUBJECTS)):
        yield from _of_each(connection, batch)


def _of_each(connection: Connection, subjects: Sequence[int]) -> Iterator[list[Claim]]:
    rows = wanted(connection, subjects=naming.rows_of(connection, "subject", subjects))
    if len(rows) > _CLAIMS and len(subjects) > 1:
        for subject in subjects:
            yield from _of_each(connection, [subject])
        return
    groups: dict[str, list[Claim]] = {}
    for claim in by_rows(connection, rows):
        groups.setdefault(claim.statement.subject, []).append(claim)
    names = connection.rows(
        f"select name from subject where id in ({', '.join('?' * len(subjects))}) order by id",  # noqa: S608
        subjects,
    )
    yield from (groups[name] for (name,) in names if name in groups)
