"""Which figure is best supported, and how far that is to be trusted: only when asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import localcontext

from factlog.answers import CopyGroup, LeftOut, NotSupported, Support
from factlog.claim import Claim, Estimate, Period
from factlog.comparer.calibration import Calibration, pool_of
from factlog.comparer.comparison import Vocabulary
from factlog.comparer.copies import as_one, copies
from factlog.comparer.decided import by_measure, settling
from factlog.comparer.joint_voices import listed_shortly
from factlog.comparer.ranking import Key, Ranked, ranked_of
from factlog.comparer.voices import SubjectVoices, Voice, voices_by_measure
from factlog.decision import Decision
from factlog.names import fold
from factlog.policy import EXACT, Measure
from factlog.wording import counted, same_errors
from factlog.wording import number as in_words

# Below so many subjects no source shows what it is worth.
FEW_SUBJECTS = 30


def support(
    claims: Iterable[Claim],
    *,
    decided: Iterable[Decision] = (),
    measures: Iterable[Measure] | Vocabulary | None = None,
    as_of: Period | None = None,
    copies_as_one: bool = False,
) -> tuple[Support | NotSupported, ...]:
    """Say of every subject and measure which figure is best supported, and by whom.

    A source counts by how often the others bear it out on all the subjects of a measure that are
    given. A measure without two independent closed figures comes as a NotSupported.
    """
    known, decided = Vocabulary.of(measures), tuple(decided)
    groups: tuple[CopyGroup, ...] = ()
    if copies_as_one:
        claims = tuple(claims)
        groups = copies(claims, decided=decided, measures=known, as_of=as_of)
        claims = as_one(claims, groups, known)
    return weighed(claims, groups, decided=decided, measures=known, as_of=as_of)


def weighed(
    claims: Iterable[Claim],
    counted_once: Collection[CopyGroup],
    *,
    decided: Iterable[Decision],
    measures: Iterable[Measure] | Vocabulary | None,
    as_of: Period | None,
) -> tuple[Support | NotSupported, ...]:
    """The same of claims whose copies are counted as one voice already, and which those are."""
    resolved = by_measure(decided)
    found: list[Support | NotSupported] = []
    for fit, unfit, said in voices_by_measure(claims, measures, as_of):
        found += unfit
        if fit:
            with localcontext(EXACT):
                found += _supported(fit, said, resolved, counted_once)
    return tuple(sorted(found, key=lambda each: (fold(each.subject), each.measure)))


# Weighing


def _supported(
    subjects: Sequence[SubjectVoices],
    said: Iterable[Estimate],
    resolved: Mapping[Key, Decision],
    counted_once: Iterable[CopyGroup],
) -> Iterator[Support]:
    measure = subjects[0].measure
    own = {key: each for key, each in resolved.items() if key[1] == fold(measure.name)}
    settled = settling(own, measure.kind)
    judged = sum(sum(v.value is not None for v in each.voices) > 1 for each in subjects)
    of = f"with two voices or more{' that give a number' if judged < len(subjects) else ''}"
    ranked, groups = ranked_of(subjects, settled, few=judged < FEW_SUBJECTS)
    calibration = Calibration.of(ranked, settled, said)
    for each in ranked:
        subject = each.subject
        within, withheld = calibration.range_of(each)
        copied = _of_group(groups, subject.voices)
        every = _of_group(counted_once, (*subject.voices, *subject.left_out))
        as_one_here = [g for g in every if g.measure == subject.measure.name]
        told = [{*map(fold, some.sources)} for some in each.together]
        unsaid = [g for g in copied if not any(s.issuperset(map(fold, g.sources)) for s in told)]
        yield Support(
            subject.subject,
            subject.measure.name,
            subject.unit,
            voices=len(subject.voices),
            counted_as=each.counted_as,
            values=each.values,
            best=each.best,
            fragile=each.fragile,
            centre=each.centre,
            range=within,
            withheld=withheld,
            note=" ".join(
                (
                    *_notes(each, judged, of),
                    *map(same_errors, unsaid),
                    *calibration.told(each, within),
                )
            ),
            stated=tuple(pool_of(subject)),
            left_out=subject.left_out,
            copies=tuple(dict.fromkeys((*as_one_here, *copied))),
            decision=resolved.get(subject.key),
        )


def _of_group(groups: Iterable[CopyGroup], some: Iterable[Voice | LeftOut]) -> list[CopyGroup]:
    """The groups that two or more of some figures are of."""
    heard = {fold(each.source) for each in some}
    return [g for g in groups if len(heard.intersection(map(fold, g.sources))) > 1]


def _notes(ranked: Ranked, judged: int, of: str) -> Iterator[str]:
    """How far to trust it, in sentences; weighed over so many subjects, and of what kind."""
    unit = ranked.subject.unit
    if ranked.subject.of:
        yield ranked.subject.of
    if not ranked.values:
        yield "All of them give ranges, and no single number."
    elif len(ranked.first) > 1:
        some = listed_shortly([in_words(each, unit) for each in sorted(ranked.first)])
        yield f"Nothing that is weighed tells {some} apart: they are equally supported."
    elif len(ranked.values) > 1 and all(len(each.sources) == 1 for each in ranked.values):
        yield f"No two voices give the same number: {_told_apart(ranked)}."
    ranges = sum(v.value is None for v in ranked.subject.voices)
    if ranges and ranked.values:
        yield (
            f"{counted(ranges, '1 voice gives', '{} voices give')} a range and no number: "
            "it counts towards the centre alone."
        )
    measured = sum(v.value is not None and v.range is not None for v in ranked.subject.voices)
    if measured > 1:
        yield (
            f"{measured} of them state their uncertainty, which what is best supported does not "
            "take into account: pool combines figures by it."
        )
    if not judged:
        yield "Nothing tells what each voice counts for: no subject has two that give a number."
    elif judged < FEW_SUBJECTS:
        yield (
            f"Weighed over {counted(judged, '1 subject', '{} subjects')} {of}: "
            f"with fewer than {FEW_SUBJECTS}, counting voices does as well."
        )
    else:
        yield f"Weighed over {judged:,} subjects {of}."
    yield from _fragile(ranked)


def _told_apart(ranked: Ranked) -> str:
    """Why one of several numbers is best supported, each of which one voice alone gives."""
    best, *others = (in_words(each.value, ranked.subject.unit) for each in ranked.values)
    unknown = ""
    if not ranked.far and len(others) > 1:
        if len(ranked.nearest) == 1:
            return "the best supported is the one that the others, taken together, lie nearest to"
        some = [in_words(each, ranked.subject.unit) for each in sorted(ranked.nearest)]
        unknown = f" of {listed_shortly(some)}, which lie as near to the others"
    if len(others) == 1:
        own, theirs, usual = ranked.records
        other = ranked.values[1].sources[0]
        if ranked.borne == 0:
            return (
                "the best supported is that of the source which is borne out more often elsewhere"
                + (_borne_out(ranked) if ranked.by_record else "")
            )
        if own.of < theirs.of and usual.more_often(theirs):
            return (
                "the best supported is that of a source of which "
                f"{'little' if own.of else 'nothing'} else is known, "
                f"as {other} is borne out less often elsewhere than is usual"
            )
        if not own.of:
            unknown = f", though nothing else is known of {ranked.values[0].sources[0]}"
    return f"what its source counts for makes {best} the best supported{unknown}"


def _borne_out(ranked: Ranked) -> str:
    """On how many other subjects the sources of two numbers are borne out, the likelier first."""
    one, other = ranked.records[:2] if ranked.borne == 0 else ranked.records[1::-1]
    against = f" against {other.same} of {other.of}" if other.of else ""
    return f" ({one.same} of {one.of} subjects{against})"


def _fragile(ranked: Ranked) -> Iterator[str]:
    """What the best supported figure turns into, and who is no voice of its own."""
    unit = ranked.subject.unit
    for some in ranked.together:
        yield some.told()
    if not ranked.fragile:
        return
    if ranked.outvoted:
        most = sorted(each.value for each in ranked.outvoted)
        told = listed_shortly([in_words(each, unit) for each in most])
        voices = len(ranked.outvoted[0].sources)
        of = sum(len(each.sources) for each in ranked.values)
        singly = "each source singly" if ranked.together else "voices"
        each_of = " each" if len(most) > 1 else ""
        yield f"Fragile: counting {singly} gives {told} ({voices} of {of}{each_of})."
    if ranked.by_record:
        yield "Fragile: what their sources count for does not tell them apart."
    if ranked.passed_over:
        told = f"{in_words(ranked.values[1].value, unit)} is of {ranked.values[1].sources[0]}"
        usual = "" if ranked.records[0].of else " than is usual"
        often = f"borne out more often elsewhere{usual}{_borne_out(ranked)}"
        yield f"Fragile: {told}, which is {often}."
    if ranked.far:
        near = listed_shortly([in_words(each, unit) for each in sorted(ranked.nearest)])
        yield f"Fragile: counting nearness alone gives {near}."
    if ranked.left_out:
        out, borne = ranked.outside
        yield (
            f"Fragile: it lies outside the ranges of {counted(out, '1 voice', '{} voices')}, "
            f"and {counted(borne, '1 bears', '{} bear')} it out."
        )
    if ranked.turned:
        yield (
            "Fragile: where the agreement of others counts for more, or for less, "
            f"{in_words(ranked.turned[0], unit)} is better supported."
        )
