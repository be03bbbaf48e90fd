"""Decisions on record: made, found, gone stale, taken over from another store."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from factlog.claim import Hedge
from factlog.decision import Decision, DecisionKind
from factlog.errors import NotFound, StoreError, UsageError
from factlog.names import fold
from factlog.store import measures, names, query
from factlog.store.connection import Connection
from factlog.store.differences import Difference
from factlog.store.events import EventWriter, digest, said_in
from factlog.store.record import broken, unwritable
from factlog.store.rows import number_of
from factlog.store.schema import COLUMNS
from factlog.wording import numbered

_SHOWN = """
select d.id, d.uid, subject.name, coalesce(measure.name, ''), d.kind, d.claims, d.said, d.low,
       d.high, d.unit, d.reason, d.decided_by, d.at, d.review_on, d.basis, subject.id, measure.id
from decision d
join subject subject_as on subject_as.id = d.subject_id
join subject on subject.id = coalesce(subject_as.same_as, subject_as.id)
left join measure measure_as on measure_as.id = d.measure_id
left join measure on measure.id = coalesce(measure_as.same_as, measure_as.id)
where d.undone is null
"""


def decide(connection: Connection, decision: Decision, now: datetime) -> Decision:
    """Put a decision on record; that of the same measure before it no longer stands."""
    for text in (decision.reason, decision.by, decision.said or ""):
        if broken(text):
            raise unwritable(text)
    _see_that_it_is_whole(decision, now)
    with connection.writing():
        entry = EventWriter(connection, now)
        subject = names.find(connection, "subject", decision.subject)
        if subject is None:
            raise NotFound(
                f'No subject is called "{decision.subject}".',
                "See those there are: factlog subject",
            )
        measure = _measure(entry, decision.measure)
        parts = _parts(connection)
        standing = _standing_claims(connection, subject.id, decision.measure, parts)
        chosen = [_uid(connection, each, standing, decision) for each in decision.claims]
        number = entry.reserve("decision")
        told = (
            *(subject.id, measure, decision.kind.value, "\n".join(chosen), decision.said),
            *(_text(decision.low), _text(decision.high), decision.unit, decision.reason.strip()),
            *(decision.by.strip(), entry.at),
            decision.review_on.isoformat() if decision.review_on else None,
            "\n".join(standing),
        )
        uid = digest([subject.name, fold(decision.measure), *told[2:]])[:32]
        entry.insert("decision", [(number, uid, *told, None)])
        about = f"{subject.name}{': ' if decision.measure else ''}{decision.measure}"
        entry.close("decide", f"{about}: {decision.kind}")
        return found(connection, number)


def _see_that_it_is_whole(decision: Decision, now: datetime) -> None:
    if not decision.reason.strip():
        raise UsageError("A decision is made for a reason.", "Say why: --reason TEXT")
    if not decision.by.strip():
        raise UsageError(
            "A decision is signed with a name.",
            'Say whose it is: --by NAME, or by = "NAME" in factlog.toml',
        )
    if decision.review_on and decision.review_on < now.date():
        raise UsageError(
            f"The review date {decision.review_on} is past.", "Give a day to come: --review-on DATE"
        )


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def _measure(entry: EventWriter, name: str) -> int | None:
    """The row of a measure, made if only the vocabulary has it; None for the blank one."""
    if not name:
        return None
    measures.ensure(entry, name)
    known = names.find(entry.connection, "measure", name)
    if known is None:
        raise NotFound(
            f'No measure is called "{name}".', "See those there are: factlog measure list"
        )
    return known.id


def _standing_claims(
    connection: Connection, subject: int, measure: str, parts: Parts
) -> dict[str, int]:
    """The live claims a measure of a subject rests on, its parts' too: their uids and ids."""
    rows: set[int | None] = set()
    for each in _with_parts(measure, parts):
        rows.update(names.members(connection, "measure", each) if each else [None])
    subjects = names.rows_of(connection, "subject", [subject])
    marks, which = (", ".join("?" * len(each)) for each in (subjects, rows))
    # By the claims of the subject, as the plus says: a measure may have all claims of a record.
    blank = "or +c.measure_id is null" if None in rows else ""
    found = connection.rows(
        "select c.uid, coalesce(c.edits, c.id) from statement s "  # noqa: S608
        f"join claim c on c.statement_id = s.id where s.subject_id in ({marks}) "
        f"and (+c.measure_id in ({which}) {blank}) "
        "and c.retracted is null and c.replaced is null order by c.uid",
        (*subjects, *rows),
    )
    return dict(found)


Parts = Mapping[str, Sequence[str]]  # what each measure is the sum of


def _parts(connection: Connection) -> Parts:
    return {fold(each.name): each.parts for each in measures.measures(connection)}


def _with_parts(measure: str, parts: Parts) -> list[str]:
    """A measure and what it is the sum of, down to the last."""
    names_of, left = [measure], [measure]
    while left:
        more = [each for each in parts.get(fold(left.pop()), ()) if each not in names_of]
        names_of.extend(more)
        left.extend(more)
    return names_of


def _uid(connection: Connection, number: int, standing: Mapping[str, int], of: Decision) -> str:
    """The uid of a claim to prefer, which has to be a live one of this measure."""
    for uid, each in standing.items():
        if each == number:
            return uid
    claim = next(query.by_rows(connection, [query.current(connection, number)]))
    if claim.retracted is not None:
        problem = f"Claim {number} is withdrawn: {claim.retracted}."
    else:
        about = " ".join(each for each in (claim.statement.subject, claim.measure) if each)
        problem = f"Claim {number} is not one of this measure: it is about {about}."
    of_measure = f' --measure "{of.measure}"' if of.measure else ""
    raise UsageError(
        problem, f'See those that are: factlog list --subject "{of.subject}"{of_measure}'
    )


def found(connection: Connection, number: int) -> Decision:
    """The decision with this id."""
    row = connection.row(f"{_SHOWN} and d.id = ?", (number,))
    if row is None:
        raise NotFound(
            f"There is no decision {number}.", "See those there are: factlog decisions --all"
        )
    return _decision(connection, row)


def decisions(
    connection: Connection, today: date, subjects: Sequence[str] = (), *, every: bool = False
) -> tuple[Decision, ...]:
    """The decisions that stand, oldest first, or, with `every`, those replaced since too.

    Each says whether it is stale on this day.
    """
    rows = connection.rows(f"{_SHOWN} order by d.at, d.id")
    wanted = {fold(each) for each in subjects}
    edited = _edited(connection, rows[0][12]) if rows else {}
    parts = _parts(connection) if rows else {}
    later: dict[Any, int] = {}  # of each measure, the decision after the one looked at
    found: list[Decision] = []
    for row in reversed(rows):
        replaced_by = later.get(row[-2:])
        later[row[-2:]] = row[0]
        if (replaced_by and not every) or (wanted and fold(row[2]) not in wanted):
            continue
        found.append(
            replace(_decision(connection, row), replaced_by=replaced_by)
            if replaced_by
            else _aged(connection, row, today, edited, parts)
        )
    return tuple(reversed(found))


Edited = Mapping[int, str]  # when a claim was last edited or withdrawn


def _edited(connection: Connection, since: str) -> Edited:
    """The claims that changes which still stand have edited or withdrawn after a moment."""
    when: dict[int, str] = {}  # by the rows of the claims
    for number, at, payload in connection.rows(_EDITED, (since,)):
        for table, row, _last, _changed in said_in(payload, number)["changes"]:
            if table == "claim":
                when[row] = at
    found: dict[int, str] = {}
    rows = list(when)
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        sql = f"select id, coalesce(edits, id) from claim where id in ({marks})"  # noqa: S608
        for row, claim in connection.rows(sql, some):
            found[claim] = max(found.get(claim, ""), when[row])
    return found


_EDITED = """
select id, at, payload from event e where action in ('edit', 'retract') and at > ?
and not exists (select 1 from event u where u.undoes = e.id) order by at
"""
_AT_ONCE = 500


def _decision(connection: Connection, row: Any) -> Decision:
    (number, uid, subject, measure, kind, claims, said, low, high, *rest) = row
    unit, reason, by, at, review_on = rest[:5]
    try:
        _see_that_it_can_be(row)
        chosen = list(_chosen(connection, claims))
        return Decision(
            *(subject, measure, DecisionKind(kind), reason, by),
            tuple(claim for claim, _hedge in chosen),
            *(said, low and number_of(low), high and number_of(high), unit),
            date.fromisoformat(review_on) if review_on else None,
            *(number, uid, datetime.fromisoformat(at)),
            words_only=bool(chosen) and all(hedge == Hedge.VAGUE for _claim, hedge in chosen),
        )
    except (LookupError, ValueError, ArithmeticError, TypeError, AttributeError) as error:
        raise StoreError(
            f"Decision {number} in {connection.path} cannot be read: it was changed outside "
            "factlog.",
            "See what does not fit: factlog log --verify",
        ) from error


_UID = re.compile("[0-9a-f]{32}")


def _see_that_it_can_be(row: Any) -> None:
    """Refuse what no decision of ours says, whatever hashes were made to fit."""
    uid, kind, reason, by, basis = row[1], DecisionKind(row[4]), row[10], row[11], row[14]
    claims, said, low, high = row[5:9]
    chosen, rested = (text.split("\n") if text else [] for text in (claims, basis))
    ends = [number_of(end) for end in (low, high) if end is not None]
    fits = (
        *(_UID.fullmatch(each) for each in (uid, *chosen, *rested)),
        *(len({*chosen}) == len(chosen), bool(chosen) == (kind is DecisionKind.PREFER)),
        *(set(chosen) <= set(rested), reason.strip(), by.strip(), ends == sorted(ends)),
        said or kind is not DecisionKind.VALUE,
        len(ends) == 2 or kind is not DecisionKind.RANGE,
        not ends or kind not in (DecisionKind.PENDING, DecisionKind.WITHHOLD),
    )
    if not all(fits):
        raise ValueError(row[0])


def check(connection: Connection) -> None:
    """Read every decision there is, undone ones too; StoreError for one that cannot be."""
    for row in connection.rows(_SHOWN.replace("where d.undone is null", "where true")):
        _decision(connection, row)


def _chosen(connection: Connection, uids: str) -> Iterator[tuple[int, str]]:
    """The ids for people of claims named by their uids, and how firmly each gives its number."""
    for uid in uids.split("\n") if uids else ():
        sql = "select coalesce(edits, id), hedge from claim where uid = ?"
        claim, hedge = connection.row(sql, (uid,))
        yield claim, hedge


def _aged(connection: Connection, row: Any, today: date, edited: Edited, parts: Parts) -> Decision:
    """A decision that stands, with what makes it stale, if anything does."""
    decision = _decision(connection, row)
    basis, subject = row[14:16]
    standing = _standing_claims(connection, subject, decision.measure, parts)
    since = {number for number in standing.values() if edited.get(number, "") > row[12]}
    why = _changed(connection, set(basis.split("\n")) - {""}, standing, since)
    if decision.review_on and decision.review_on < today:
        why.append(f"its review date, {decision.review_on}, has passed")
    if not why:
        return decision
    stand = standing.keys() >= set(row[5].split("\n") if row[5] else ())
    return replace(decision, stale_why="; ".join(why), claims_stand=stand)


def _changed(
    connection: Connection, then: set[str], now: Mapping[str, int], edited: set[int]
) -> list[str]:
    """What became of the claims a decision rested on, in words; some were `edited` since."""
    gone = {}
    for uid in then - now.keys():
        found_at = connection.row(
            "select coalesce(edits, id), retracted from claim where uid = ?", (uid,)
        )
        if found_at:
            gone[found_at[0]] = found_at[1]
    added = {now[uid] for uid in now.keys() - then}
    left = gone.keys() - added
    words = (
        (added & gone.keys(), "was edited", "were edited"),
        (added - gone.keys(), "was added", "were added"),
        ({each for each in left if gone[each] is not None}, "was withdrawn", "were withdrawn"),
        ({e for e in left if gone[e] is None}, "counts elsewhere now", "count elsewhere now"),
        (
            edited & {now[uid] for uid in now.keys() & then},
            "was changed and changed back",
            "were changed and changed back",
        ),
    )
    return [
        f"{numbered(sorted(ids))} {one if len(ids) == 1 else many}"
        for ids, one, many in words
        if ids
    ]


def take(entry: EventWriter, other: Connection, moved: Mapping[str, int]) -> Iterator[Difference]:
    """Take over the decisions only the other store has; both are kept where they differ."""
    here = entry.connection
    sql = f"""
    select d.uid, s.given, m.given, {", ".join(f"d.{each}" for each in COLUMNS["decision"][4:-1])}
    from decision d join subject s on s.id = d.subject_id left join measure m on m.id = d.measure_id
    where d.undone is null order by d.at, d.id
    """  # noqa: S608
    ours = {tuple(row[-2:]): row for row in here.rows(f"{_SHOWN} order by d.at, d.id")}
    theirs: dict[tuple[int | None, ...], Sequence[Any]] = {}
    for uid, subject, measure, *told in other.rows(sql):
        known = here.row("select id, undone from decision where uid = ?", (uid,))
        if known and known[1] is None:
            continue
        rows = [
            None if given is None else _row(entry, kind, given)
            for kind, given in (("subject", subject), ("measure", measure))
        ]
        told[1], told[-1] = (_moved(here, text, moved) for text in (told[1], told[-1]))
        # The last of each measure is the one that stands.
        theirs[tuple(row and (row[2] or row[0]) for row in rows)] = told
        if known:  # taken back here, with the merge that brought it: it counts again
            entry.update("decision", known[0], {"undone": None})
            continue
        number = entry.reserve("decision")
        entry.insert("decision", [(number, uid, *(row and row[0] for row in rows), *told, None)])
    for which, told in theirs.items():
        if which in ours:
            yield from _both(ours[which], told)


def _row(entry: EventWriter, kind: str, given: str) -> tuple[int, str, int | None]:
    """The row of a name, made if nothing here has it: nobody need state what is only a sum."""
    found = names.row_of(entry.connection, kind, given)
    return found or (names.make(entry, kind, given), given, None)


def _moved(here: Connection, uids: str, moved: Mapping[str, int]) -> str:
    """Claims by the uids they have here."""
    return "\n".join(
        here.value("select uid from claim where id = ?", (moved[uid],)) if uid in moved else uid
        for uid in uids.split("\n")
    )


def _both(ours: Sequence[Any], told: Sequence[Any]) -> Iterator[Difference]:
    """The difference, if this store decided otherwise on the same measure."""
    if ours[4:10] == tuple(told[:6]):
        return
    later = "the other's" if told[8] > ours[12] else "this store's"
    yield Difference(
        *("decision", ": ".join(each for each in ours[2:4] if each)),
        *(f"{ours[4]}, by {ours[11]}", f"{told[0]}, by {told[7]}"),
        *(f"both kept; {later}, which is later, stands until you say otherwise", False),
    )
