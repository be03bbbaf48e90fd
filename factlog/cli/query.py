"""What is asked of a comparison: the subjects, filters and policy that several commands share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import Any

import click

from factlog import comparer
from factlog.claim import Claim, Period
from factlog.cli import name_lookup, options
from factlog.cli.days import today
from factlog.cli.main import DONE, FOUND, NOTHING
from factlog.errors import FactlogError, UsageError
from factlog.findings import Comparison, Counts, Exclusion, SubjectComparison, Verdict
from factlog.names import fold
from factlog.policy import POLICIES, Measure, Policy
from factlog.profile import Basis
from factlog.store import Store
from factlog.values import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.answers import CopyGroup, RepeatedErrors
    from factlog.cli.store_path import Record
    from factlog.decision import Decision
    from factlog.profile import SourceProfile


class Tally:
    """Counts comparisons as they pass by, so that streamed ones need not be kept.

    `some` says whether there was anything to compare.
    """

    def __init__(self) -> None:
        self.counts = Counts()
        self.open = 0
        self.some = False

    def through(self, comparisons: Iterable[Comparison]) -> Iterator[Comparison]:
        """Pass comparisons on, counting."""
        for comparison in comparisons:
            self.add(comparison.counts, comparison.open_conflicts, some=bool(comparison.subjects))
            yield comparison

    def add(self, counts: Counts, still_open: int, *, some: bool) -> None:
        """Count what was compared elsewhere, and the conflicts about which nothing is decided."""
        self.counts += counts
        self.open += still_open
        self.some = self.some or some

    def exit_code(self) -> int:
        """What `--check` leaves with: a conflict found, nothing to compare, or neither."""
        if self.open:
            return FOUND
        return DONE if self.counts.compared or self.counts.conflicts else NOTHING


class NothingToCompare(FactlogError):
    """No live claims fit what was asked for; `--check` leaves with 3 then."""


@dataclass(frozen=True, slots=True)
class Question:
    """Which claims to compare, under which policy, and which findings to keep."""

    subjects: tuple[str, ...]
    measures: tuple[str, ...] = ()
    sources: tuple[str, ...] | None = None
    choice: comparer.Choice | None = None
    since: Period | None = None
    until: Period | None = None
    as_of: Period | None = None
    policy: Policy = POLICIES["default"]
    only: Verdict | None = None
    limit: int | None = 20
    camps: bool = True
    each_side: Collection[Verdict] = ()
    disagreements: bool = True
    reasons: int | None = None
    decisions: Mapping[tuple[str, str], Decision] = field(default_factory=dict)
    profiles: Mapping[str, SourceProfile] = field(default_factory=dict)
    copies: tuple[CopyGroup, ...] = ()
    known: tuple[Measure, ...] | None = None
    definitions: comparer.Definitions = field(default_factory=dict)
    repeats: tuple[RepeatedErrors, ...] = ()

    @property
    def selection(self) -> comparer.Selection:
        """Which findings the comparer is to spell out."""
        verdicts = tuple(Verdict) if self.only is None else (self.only,)
        return comparer.Selection(
            self.limit,
            each_side=self.each_side,
            only=verdicts,
            camps=self.camps,
            disagreements=self.camps and self.disagreements,
            reasons=self.reasons,
        )


# The options that choose what is compared, and by which policy.
chosen = options.stacked(
    click.option("--measure", "measures", multiple=True, metavar="NAME", help="Only this measure."),
    click.option("--source", "sources", multiple=True, metavar="NAME", help="Only this source."),
    click.option(
        "--exclude-party",
        "parties",
        multiple=True,
        metavar="NAME",
        help="Without who speaks for this party, or cites those (see factlog source set).",
    ),
    click.option(
        "--basis",
        "bases",
        type=click.Choice([basis.value for basis in Basis]),
        multiple=True,
        metavar="KIND",
        help="Only sources that count so: documented, estimate, official or party.",
    ),
    click.option(
        "--since", callback=options.a_date, metavar="DATE", help="Only figures for then or later."
    ),
    click.option(
        "--until", callback=options.a_date, metavar="DATE", help="Only figures for then or before."
    ),
    options.as_of,
    options.judging,
    click.option(
        "--only",
        type=click.Choice([verdict.value for verdict in Verdict]),
        metavar="VERDICT",
        help="Only this verdict, such as conflict.",
    ),
)
# So many findings are found, beside the worst of every figure, where figures are to be marked.
MARKED = 2_000
# The verdicts that a picture marks each of its figures by, if it came to one.
MARKS = (Verdict.CONFLICT, Verdict.REVISED)


# Those, and how much of the answer is told: the options that make a question.
asked = options.stacked(
    chosen,
    click.option(
        "--limit",
        type=options.WholeNumber(min=0),
        default=20,
        help="How many findings a measure to spell out (default 20).",
    ),
)


def understood(
    store: Record,
    subjects: tuple[str, ...],
    *,
    measures: tuple[str, ...],
    sources: tuple[str, ...],
    parties: tuple[str, ...] = (),
    bases: tuple[str, ...] = (),
    policy: Policy,
    only: str | None,
    copies_as_one: bool = False,
    **rest: Any,
) -> Question:
    """Find the names on record and settle the policy."""
    known = store.measures()
    profiles, decisions = store.profiles(), store.decisions(today())
    measures = tuple(name_lookup.measure(store, name, known) for name in measures)
    named = tuple(name_lookup.sought(store, "source", name) for name in sources)
    known_of = comparer.by_name(profiles) if profiles else {}
    return Question(
        subjects=name_lookup.subjects(store, subjects),
        measures=measures,
        sources=named or None,
        choice=comparer.Choice(
            _speaking_for(store, parties, profiles) if parties else {},
            [Basis(each) for each in bases],
            known_of,
            _with_parts(measures, known),
        )
        if parties or bases
        else None,
        policy=policy,
        only=Verdict(only) if only else None,
        decisions=comparer.by_measure(decisions) if decisions else {},
        profiles=known_of,
        copies=_copies(store, known, decisions) if copies_as_one else (),
        known=tuple(known),
        definitions=store.definitions(),
        repeats=repeats(store, decisions, known),
        **rest,
    )


def repeats(
    store: Record, decisions: Sequence[Decision], known: Sequence[Measure]
) -> tuple[RepeatedErrors, ...]:
    """The sources that repeat each other's errors in what was decided."""
    if not decisions:
        return ()
    from factlog.comparer.copy_hints import repeated_errors

    return repeated_errors(lambda subject: store.claims(subject=subject), decisions, known)


def _copies(
    store: Record, known: Sequence[Measure], decisions: Sequence[Decision]
) -> tuple[CopyGroup, ...]:
    """The sources on record that repeat each other's errors, told on stderr."""
    from factlog.comparer.copies import copies, counted_elsewhere
    from factlog.render import support
    from factlog.render.display import safe

    found = copies(store.claims(), decided=decisions, measures=known)
    elsewhere = counted_elsewhere(store.claims(), found, known)
    for line in support.copies(found, elsewhere):
        click.echo(safe(line), err=True)
    return found


def _speaking_for(
    store: Record, parties: Sequence[str], profiles: Sequence[SourceProfile]
) -> dict[str, str]:
    """Who speaks for these parties, by every name, and for which; refused if nobody does."""
    known = {fold(each.party): each.party for each in profiles if each.party}
    for party in parties:
        if fold(party) not in known:
            named = f"Those known: {', '.join(known.values())}." if known else "None is known yet."
            raise UsageError(
                f'No source is known to speak for "{party}".',
                f"{named} Say who does: factlog source set NAME --party NAME",
            )
    wanted = {fold(each) for each in parties}
    listed = store.names("source") if isinstance(store, Store) else ()
    speakers = comparer.speaking_for(profiles, {each.name: each.aliases for each in listed})
    return {name: party for name, party in speakers.items() if fold(party) in wanted}


def _with_parts(measures: Sequence[str], known: Iterable[Measure]) -> frozenset[str]:
    """The measures of these names and what they are sums of."""
    parts = {fold(each.name): each.parts for each in known}
    left, found = [fold(each) for each in measures], set[str]()
    while left:
        name = left.pop()
        left += [fold(each) for each in parts.get(name, ()) if fold(each) not in found]
        found.add(name)
    return frozenset(found)


def answers(
    store: Record,
    question: Question,
    *,
    streamed: bool,
    counted: bool = True,
    left: comparer.Counted | None = None,
) -> Iterator[Comparison]:
    """Compare what is asked: all subjects at once, worst first, or one by one as on record.

    One by one, those that cannot hold what is asked are passed over, unless they are `counted`.
    Raises NotFound if there is nothing to compare, a kind of it that `--check` knows. What is
    left out by party or basis is counted in `left`.
    """
    left = Counter() if left is None else left
    if not streamed:
        yield at_once(asked_for(store, question, left), store, question, left)
        return
    some = False
    for found in in_turn(store, question, counted=counted, left=left):
        some = some or bool(found.subjects)
        yield found
    if not some and (counted or not anything(store, question, left)):
        raise nothing(question, left)


def asked_for(store: Record, question: Question, left: comparer.Counted) -> Iterator[Claim]:
    """The claims that are asked about, subject by subject if those are named."""
    return selected(_claims(store, question.subjects), question, left)


def at_once(
    claims: Iterable[Claim], store: Record, question: Question, left: comparer.Counted
) -> Comparison:
    """Compare claims that are asked about, worst first; refused if there are none."""
    known = comparer.Vocabulary.of(store.measures())
    return whole(_ranked(claims, question, known), question, left)


def whole(
    found: Iterable[SubjectComparison], question: Question, left: comparer.Counted
) -> Comparison:
    """All subjects at once, worst first; refused if there is none."""
    answer = answered(found, question)
    if not answer.subjects:
        raise nothing(question, left)
    return replace(answer, without=comparer.left_out(left)) if question.choice else answer


def in_turn(
    store: Record,
    question: Question,
    *,
    counted: bool = True,
    left: comparer.Counted | None = None,
) -> Iterator[Comparison]:
    """Compare what is asked subject by subject.

    Those that cannot hold what is asked are passed over, unless they are `counted`.
    """
    measures = store.measures()
    groups: Iterable[Iterable[Claim]]
    if question.subjects:
        groups = (store.claims(subject=subject) for subject in question.subjects)
    else:
        groups = store.by_subject(suspected(question, counted=counted), measures)
    return each(groups, measures, question, left)


def each(
    groups: Iterable[Iterable[Claim]],
    measures: Sequence[Measure] | comparer.Vocabulary,
    question: Question,
    left: comparer.Counted | None,
) -> Iterator[Comparison]:
    """Compare the claims of each subject."""
    vocabulary = comparer.Vocabulary.of(measures)
    for claims in groups:
        yield answered(ranked(claims, question, vocabulary, left), question)


def suspected(question: Question, *, counted: bool) -> Policy | None:
    """The policy by which subjects are passed over that cannot hold what is asked, if they are."""
    return question.policy if question.only is Verdict.CONFLICT and not counted else None


def anything(store: Record, question: Question, left: comparer.Counted) -> bool:
    """Whether there is something to compare, where only conflicts were looked for."""
    left.clear()
    return any(found.subjects for found in in_turn(store, question, left=left))


def _claims(store: Record, subjects: tuple[str, ...]) -> Iterator[Claim]:
    """The claims of some subjects, or of all."""
    if not subjects:
        yield from store.claims()
    for subject in subjects:
        yield from store.claims(subject=subject)


def selected(
    claims: Iterable[Claim], question: Question, left: comparer.Counted | None = None
) -> Iterator[Claim]:
    """The claims that are asked for; those left out by party or basis are counted."""
    if question.copies:
        from factlog.comparer.copies import as_one

        claims = as_one(claims, question.copies, question.known)
    found = comparer.select(
        claims,
        sources=question.sources,
        since=question.since,
        until=question.until,
        as_of=question.as_of,
    )
    return question.choice.chosen(found, left) if question.choice else found


def ranked(
    claims: Iterable[Claim],
    question: Question,
    known: comparer.Vocabulary,
    left: comparer.Counted | None,
) -> Iterator[SubjectComparison]:
    """Select the claims, and compare them subject by subject."""
    return _ranked(selected(claims, question, left), question, known)


def _ranked(
    claims: Iterable[Claim], question: Question, known: comparer.Vocabulary
) -> Iterator[SubjectComparison]:
    return comparer.ranked(claims, question.policy, known, question.selection, question.as_of)


def answered(subjects: Iterable[SubjectComparison], question: Question) -> Comparison:
    """Some subjects as one comparison, with the measures asked for and what is known of them."""
    hints = question.selection.disagreements
    found = comparer.together(subjects, question.policy, question.as_of, hints=hints)
    if question.profiles:
        found = comparer.with_profiles(found, question.profiles)
    if question.definitions:
        found = comparer.with_definitions(found, question.definitions)
    if question.decisions:
        found = comparer.with_decisions(found, question.decisions)
    if question.repeats:
        from factlog.comparer.copy_hints import with_copies

        found = with_copies(found, question.repeats)
    return comparer.restrict(found, question.measures) if question.measures else found


def narrowed(found: Iterator[Comparison], question: Question) -> Iterator[Comparison]:
    """Keep only the verdict asked for, if one was."""
    for comparison in found:
        yield comparer.only(comparison, question.only) if question.only else comparison


def tell_left_out(left: Sequence[Exclusion] | None) -> None:
    """Say beside the output what party or basis left out, if they were asked about."""
    if left is not None:
        from factlog.render import summary
        from factlog.render.display import safe

        click.echo(safe(summary.without(left)), err=True)


def nothing(question: Question, left: comparer.Counted) -> NothingToCompare:
    """The words for that, with what was left out as was asked."""
    about = f' about "{question.subjects[0]}"' if len(question.subjects) == 1 else ""
    narrowed = (
        question.measures
        or question.sources is not None
        or question.choice
        or question.since
        or question.until
    )
    if narrowed or question.as_of:
        from factlog.render import summary

        without = f": {summary.without(comparer.left_out(left))}" if left else ""
        return NothingToCompare(
            f"No live claims{about} fit what was asked for{without}.",
            "Ask for less, or see: factlog list",
        )
    return NothingToCompare(
        f"There are no live claims{about} to compare.", "See what is on record: factlog list"
    )
