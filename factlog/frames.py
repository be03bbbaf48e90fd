"""Comparing and weighing from Python: claims or a data frame in, what was found out.

Here the wings meet: what reads, what compares and what shows, for whoever writes no command.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from numbers import Real
from typing import Any, cast

from factlog import comparer, findings
from factlog.claim import Claim, Period
from factlog.comparer.support import support as weighed
from factlog.dates import When, period
from factlog.decision import Decision, DecisionKind
from factlog.errors import UsageError
from factlog.findings import Verdict
from factlog.names import fold
from factlog.policy import Kind, Measure, Policy, stated

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Unpack

    from factlog.answers import NotSupported, Support
    from factlog.importing.from_frame import Frame, Reading
    from factlog.render.to_frame import Backend, Table

    _Values = Mapping[str, object] | Mapping[tuple[str, str], object]

_DEFAULT = Policy()


class Comparison(findings.Comparison):
    """What comparing found, to be gone on with: in data frames, or under a notebook's cell.

    In the data frames a number is a float, and stands again in `..._exact` digit for digit; a
    date is what was said, with the first and last day it covers in `..._first` and `..._last`.
    """

    __slots__ = ()

    def to_pandas(self, table: Table = "sides") -> Any:
        """A pandas DataFrame: one row a side, or with "disagreements" one each of those."""
        return self._frame(table, "pandas")

    def to_polars(self, table: Table = "sides") -> Any:
        """A polars DataFrame: one row a side, or with "disagreements" one each of those."""
        return self._frame(table, "polars")

    def to_arrow(self, table: Table = "sides") -> Any:
        """A pyarrow Table: one row a side, or with "disagreements" one each of those."""
        return self._frame(table, "pyarrow")

    def _frame(self, table: Table, backend: Backend) -> Any:
        from factlog.render import to_frame

        return to_frame.frame(self, table, backend)

    def _repr_html_(self) -> str:
        from factlog.render import templates

        return templates.comparison_notebook(self)


def compare(
    claims: Iterable[Claim] | Frame,
    policy: Policy = _DEFAULT,
    measures: Iterable[Measure] | comparer.Vocabulary | None = None,
    *,
    as_of: When | None = None,
    limit: int | None = 20,
    only: Verdict | None = None,
    about: Collection[int] | None = None,
    camps: bool = True,
    kind: str | None = None,
    **columns: Unpack[Reading],
) -> Comparison:
    """Put every source's figures side by side, judge every pair, and say why.

    `claims` are claims, as `Store.claims()` has them, or a data frame of pandas, polars or pyarrow
    with the columns of `import`, which `read_frame` reads, by what `columns` tell it
    (`fixed={"subject": "Flood"}, unit="km"`). Measures that nobody has defined are of this `kind`,
    if one is given. `as_of` takes the record as it stood then ("2025-01-13", or a day of
    `datetime`). Of each measure's findings the worst `limit` are spelled out (all if None): only
    those of one verdict if `only` is set, only those that touch the claims numbered in `about` if
    that is. The counts are always whole. Without `camps`, camps, disagreements and hints are left
    out, which is quicker.
    """
    known = comparer.Vocabulary.of(measures)
    given = _claims(claims, known, columns)
    if kind is not None:
        given = tuple(given)
        known = _of_kind(kind, known, {claim.measure for claim in given})
    found = comparer.compare(
        *(given, policy, known),
        as_of=period(as_of),
        limit=limit,
        only=only,
        about=about,
        camps=camps,
    )
    return Comparison(found.policy, found.as_of, found.subjects, found.left_out)


def support(
    claims: Iterable[Claim] | Frame,
    *,
    decided: Iterable[Decision] | _Values = (),
    measures: Iterable[Measure] | None = None,
    as_of: When | None = None,
    copies_as_one: bool = False,
    **columns: Unpack[Reading],
) -> tuple[Support | NotSupported, ...]:
    """Say of every subject and measure which figure is best supported, and by whom.

    `claims` are claims or a data frame, as `compare` takes them: a source counts by how often
    the others bear it out on all the subjects of a measure that are given, so give them all.
    Ranges are calibrated on what is `decided`: decisions, as `Store.decisions()` has them, that
    prefer a claim or name a value; or such values by subject, or by subject and measure
    (`{"Fire": 120, ("Flood", "killed"): "31"}`); one of which no claim is, or in another unit, is
    refused. `as_of` takes the record as it stood then, as in
    `compare`. With `copies_as_one` sources that repeat each
    other's errors are one voice. A measure without two independent closed figures comes as a
    NotSupported, with the reason.
    """
    known = comparer.Vocabulary.of(measures)
    given = tuple(_claims(claims, known, columns))
    return weighed(
        given,
        decided=_decisions(decided, given, known),
        measures=known.measures,
        as_of=period(as_of),
        copies_as_one=copies_as_one,
    )


def _decisions(
    decided: Iterable[Decision] | _Values,
    claims: Iterable[Claim],
    known: comparer.Vocabulary,
) -> Iterator[Decision]:
    if not isinstance(decided, Mapping):
        for each in decided if hasattr(decided, "__iter__") else (decided,):
            if not isinstance(each, Decision):
                raise UsageError(
                    f"A {type(each).__name__} is no decision.",
                    'Give decisions, as Store.decisions() has them, or values: {"Fire": 120}.',
                )
            yield each
        return
    measured: dict[str, dict[str, set[str | None]]] = {}
    for claim in claims:
        of = measured.setdefault(fold(claim.statement.subject), {})
        of.setdefault(known.name(claim.measure), set()).add(claim.estimate.unit)
    taken = set[tuple[str, str]]()
    for about, value in decided.items():
        subject, measure = _about(about)
        of = measured.get(fold(subject), {})
        names = {*of} if measure is None else {known.name(measure)}.intersection(of)
        if not names:
            what = f"{measure} of {subject}" if measure and of else subject
            raise UsageError(
                f"No claim that was given is about {what}, on which something was decided.",
                _of_what_there_is(subject, of, value),
            )
        if len(names) > 1:
            raise UsageError(
                f"{subject} has several measures: {', '.join(sorted(names))}.",
                f'Say which: {{("{subject}", "{min(names)}"): {value!r}}}.',
            )
        for name in names:
            if (fold(subject), name) in taken:
                raise UsageError(f"{subject} is decided about twice.", "Leave one of them out.")
            taken.add((fold(subject), name))
            yield _of_unit(_decision(subject, name, value), of[name])


def _of_what_there_is(subject: str, measures: Collection[str], value: object) -> str:
    """What to write instead of a subject, or a measure of one, that nothing is said of."""
    if measures:
        return f'Write a measure that it has: {{("{subject}", "{min(measures)}"): {value!r}}}.'
    return "Write it as the claims do, or leave it out."


def _of_unit(decision: Decision, given: Collection[str | None]) -> Decision:
    """The decision, refused if no figure is of a unit that its value can be set beside."""
    from factlog import units

    if any(each == decision.unit or units.comparable(each, decision.unit) for each in given):
        return decision
    has = ", ".join(sorted(each or "no unit" for each in given))
    what = " of ".join(filter(None, (decision.measure, decision.subject)))
    raise UsageError(
        f"{decision.said}, decided about {what}, is of another unit than its figures: {has}.",
        f"Give it in {min(filter(None, given))}." if any(given) else "Give a plain number.",
    )


def _about(key: object) -> tuple[str, str | None]:
    """The subject that a decided value is about, and the measure if one is named."""
    match key:
        case str():
            return key, None
        case (str() as subject, str() as measure):
            return subject, measure
    raise UsageError(
        f"{key!r} names no subject that something was decided about.",
        'Write it like {"Fire": 120} or {("Flood", "killed"): 31}.',
    )


def _decision(subject: str, measure: str, value: object) -> Decision:
    """A value that was decided, as a decision."""
    from factlog.parsing import read

    number = isinstance(value, (Real, Decimal)) and not isinstance(value, bool)
    if not isinstance(value, str) and not (number and value == value):  # NaN is not itself
        raise UsageError(
            f"What was decided about {subject} is {value!r}, which is no number.",
            'Give a number, or words as "about 300"; leave out what was not decided.',
        )
    said = str(value)
    estimate = read(said).estimate
    ends = stated(estimate)
    return Decision(
        *(subject, measure, DecisionKind.VALUE, "", ""),
        said=said,
        low=ends.low,
        high=ends.high,
        unit=estimate.unit,
    )


def _claims(
    given: Iterable[Claim] | Frame, known: comparer.Vocabulary, columns: Reading
) -> Iterable[Claim]:
    table = hasattr(given, "__arrow_c_stream__") or isinstance(given, (Mapping, str, bytes))
    if hasattr(given, "__iter__") and not table:
        if columns:
            raise UsageError(
                f"Claims have no columns that {', '.join(columns)} could say something of.",
                "Give it with the data frame: read_frame(df, ...) or compare(df, ...).",
            )
        return _each(cast("Iterable[object]", given))
    from factlog.importing import read_frame

    return read_frame(cast("Frame", given), measures=known.measures, **columns)


def _each(given: Iterable[object]) -> Iterator[Claim]:
    for each in given:
        if not isinstance(each, Claim):
            raise UsageError(
                f"A {type(each).__name__} is no claim.",
                "Give claims, as Store.claims() has them, or one data frame.",
            )
        for name in ("as_of", "published"):
            when = getattr(each.statement, name)
            if when is not None and not isinstance(when, Period):
                raise UsageError(
                    f"{name} of a claim is {when!r}, which is no Period.",
                    f"factlog.claims(..., {name}={when!r}) makes claims of words and dates.",
                )
        yield each


def _of_kind(kind: str, known: comparer.Vocabulary, names: Collection[str]) -> comparer.Vocabulary:
    """The vocabulary with those of some measures that nobody has defined, as of this kind."""
    if kind not in [*Kind]:
        raise UsageError(f'"{kind}" is no kind of measure.', f"The kinds: {', '.join(Kind)}.")
    defined = {measure.name for measure in known.measures}
    new = {known.name(name) for name in names} - defined
    made = [Measure(name, Kind(kind)) for name in sorted(new)]
    return comparer.Vocabulary.of([*known.measures, *made])
