"""Finding claims by the words that stand in them."""

from __future__ import annotations

from factlog.names import fold
from factlog.store.connecting import Connection
from factlog.store.indexing import PIECE, folded, holding

_FIELDS = ("subject.name", "source.name", "c.said", "s.quote", "c.note", "s.via")
# SQLite's own lower() knows the capitals of ASCII only; LIKE would stop at a NUL.
_PLAIN = "length(cast(FIELD as blob)) = length(FIELD)"
_HOLDS = " or ".join(
    f"iif({_PLAIN}, instr(lower(FIELD), ?), factlog_holds(FIELD, ?))".replace("FIELD", field)
    for field in _FIELDS
)

# The claims in which, by the index, a word may stand.
_BY_NAME = """
select c.id from NAME_words w
join NAME t on t.id = w.rowid and t.same_as is null
join NAME n on n.id = t.id or n.same_as = t.id
join statement s on s.NAME_id = n.id
join claim c on c.statement_id = s.id
where w.NAME_words match ?
"""
_LIKELY = """
select rowid from claim_words where claim_words match ?
union all
select c.id from statement_words w join claim c on c.statement_id = w.rowid
where w.statement_words match ?
union all OF_SUBJECTS
union all OF_SOURCES
"""
_LIKELY = _LIKELY.replace("OF_SUBJECTS", _BY_NAME.replace("NAME", "subject"))
_LIKELY = _LIKELY.replace("OF_SOURCES", _BY_NAME.replace("NAME", "source"))
# Where a word may stand in more than one claim in so many, looking into each is as quick.
_SHARE = 4
# A word in no more than these is rare enough: counting the others would take longer.
_FEW = 1_000


def having(connection: Connection, search: str) -> tuple[str, list[str]]:
    """The test, and its values, that every one of these words stands in a claim.

    The words are taken literally, wherever they stand, in capitals or not. The index says
    which claims to look into, by the word that stands in the fewest.
    """
    words = search.split()
    tests, values = ["1"], []
    rarest = _rarest(connection, words)
    if rarest is not None:
        tests.append(f"c.id in ({_LIKELY})")
        values.extend(_asked(rarest))
    if words:
        connection.raw.create_function("factlog_holds", 2, _holds, deterministic=True)
    for word in words:
        tests.append(f"({_HOLDS})")
        values.extend([fold(word)] * _HOLDS.count("?"))
    return " and ".join(tests), values


def _rarest(connection: Connection, words: list[str]) -> str | None:
    """The word that the index finds in the fewest claims, unless even that is in very many."""
    claims = connection.value("select coalesce(max(id), 0) from claim")
    long = [word for word in map(folded, words) if len(word) >= PIECE]
    for most in (_FEW, claims // _SHARE):
        rarest, fewest = None, most + 1
        for word in long:
            sql = f"select count(*) from (select 1 from ({_LIKELY}) limit {fewest:d})"  # noqa: S608
            count = connection.value(sql, _asked(word))
            if count < fewest:
                rarest, fewest = word, count
        if rarest is not None:
            return rarest
    return None


def _asked(word: str) -> list[str]:
    return [holding(word)] * _LIKELY.count("?")


def _holds(text: str | None, word: str) -> bool:
    return text is not None and word in fold(text)
