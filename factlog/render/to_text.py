"""Comparisons, explanations, readings and errors as text for a person at a terminal."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from factlog.claim import Claim, Estimate, Figure, Hedge, Leaning, PlainWords
from factlog.errors import FactlogError, ImportFailed, ReadingError
from factlog.findings import Comparison, Finding, MeasureComparison, Side, Verdict
from factlog.policy import Interval, Policy
from factlog.render import summary
from factlog.render.display import Look, cells, lines_of, page, paint, safe, shown, wrap
from factlog.wording import day, number, percent, said_of, span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.answers import Explanation, MeasureExplanation, Rule

Row = tuple[str, str]

_HEDGES = {
    Hedge.AT_LEAST: "at least",
    Hedge.MORE_THAN: "more than",
    Hedge.AT_MOST: "at most",
    Hedge.LESS_THAN: "less than",
    Hedge.PLUS_MINUS: "plus or minus",
}


def rows(
    read: Figure, measure: str, meant: Interval, policy: Policy, words: PlainWords | None
) -> Iterator[Row]:
    """What was read and what it is taken to mean; `words` say the same plainly."""
    estimate = read.estimate
    yield from estimated(estimate)
    if read.thing:
        yield "counts", read.thing
    yield "measure", measure or "none: the subject itself"
    yield "taken as", span(meant, estimate.unit)
    yield "by", summary.policy(policy)
    if words is not None and (words.unit or words.text != read.said):
        beside = f' with --unit "{words.unit}"' if words.unit else ""
        yield "or written", f'"{words.text}"{beside}'


def estimated(estimate: Estimate) -> Iterator[Row]:
    """The hedge, the numbers that were stated, and the unit."""
    yield "hedge", _hedge(estimate)
    if estimate.low is not None:
        yield "low", number(estimate.low) + " (excluded)" * estimate.low_open
    if estimate.best is not None:
        yield "best", number(estimate.best)
    if estimate.high is not None:
        yield "high", number(estimate.high) + " (excluded)" * estimate.high_open
    if estimate.plus is not None and estimate.minus is not None:
        if estimate.plus == estimate.minus:
            yield "±", number(estimate.plus)
        else:
            yield "plus", number(estimate.plus)
            yield "minus", number(estimate.minus)
    if estimate.hedge is Hedge.PLUS_MINUS:
        yield "coverage", _coverage(estimate.coverage)
    if estimate.unit:
        yield "unit", _unit(estimate.unit)


def _hedge(estimate: Estimate) -> str:
    if estimate.side is Leaning.ABOVE:
        return "just over"
    if estimate.side is Leaning.BELOW:
        return "just under" if estimate.hedge is Hedge.LESS_THAN else "nearly"
    return _HEDGES.get(estimate.hedge, estimate.hedge.value)


def _coverage(share: Decimal | None) -> str:
    return "not stated" if share is None else percent(share)


def _unit(unit: str) -> str:
    from factlog import units

    if units.known(unit):
        return unit
    return f"{unit} (a unit factlog does not know: it compares only with itself)"


def _lines(found: Explanation, look: Look) -> Iterator[str]:
    yield from _told(found.subject, look, style="bold")
    for measure in found.measures:
        yield ""
        yield from _measure(measure, look, alone=len(found.measures) == 1)
    yield ""
    if extent := summary.extent(found):
        yield from _told(extent, look)
    yield from _told(summary.policy(found.policy), look)


def _told(
    text: str, look: Look, margin: str = "", rest: str | None = None, style: str = ""
) -> Iterator[str]:
    lines = lines_of(text, look, margin, margin if rest is None else rest)
    return (paint(line, style, look) for line in lines)


def _measure(found: MeasureExplanation, look: Look, *, alone: bool) -> Iterator[str]:
    """One measure, rule by rule; among others one line for a measure with one source."""
    if found.verdict is Verdict.SINGLE and not (alone or found.decision):
        title = f"{found.measure}: {found.headline}" if found.measure else found.headline
        yield from _told(title, look)
        return
    conflict = found.verdict is Verdict.CONFLICT
    title = summary.verdict(found.verdict)
    title = f"{found.measure}: {title}" if found.measure else title
    yield from _told(title, look, style="conflict" if conflict else "bold")
    if not _repeated(found):
        yield from _told(found.headline, look, "  ")
    if found.decision is not None:
        style = "conflict" if found.decision.stale else "bold"
        yield from _told(summary.decision(found.decision), look, "  ", "    ", style)
    # Conflicts first, as they are listed everywhere.
    fired = sorted(
        (rule for rule in found.rules if rule.fired), key=lambda rule: rule.verdict.severity
    )
    yield from _rules("Rules that fired", fired, look)
    yield from _rules("Rules that did not", [r for r in found.rules if not r.fired], look)
    yield from _points("Assumed", found.assumed, look)
    yield from _points("What would change this", found.changes, look)
    yield from _points("Look twice", found.hints, look)


def _repeated(found: MeasureExplanation) -> bool:
    """Whether the headline stands again under the rule that fired."""
    why = found.headline.rpartition(" (")[0]
    return any(each.startswith(why) for rule in found.rules if why for each in rule.sentences)


def _rules(title: str, rules: Sequence[Rule], look: Look) -> Iterator[str]:
    if not rules:
        return
    yield ""
    yield from _told(title, look, "  ", style="bold")
    for rule in rules:
        least = "at least " if rule.at_least else ""
        often = f" ({least}{rule.fired:,})" if rule.fired else ""
        yield from _told(f"{rule.name}{often}: {rule.says}", look, "  ", "    ")
        for sentence in rule.sentences:
            yield from _told(f"- {sentence}", look, "    ", "      ")


def _points(title: str, sentences: Iterable[str], look: Look) -> Iterator[str]:
    lines = [line for each in sentences for line in _told(f"- {each}", look, "  ", "    ")]
    if lines:
        yield ""
        yield from _told(title, look, "  ", style="bold")
        yield from lines


_DEFAULT = Look()


def comparison(
    found: Comparison,
    *,
    width: int = 80,
    color: bool = False,
    ascii: bool = False,  # noqa: A002  the word for it
    history: bool = False,
) -> str:
    """A comparison side by side: sources across if they fit, else one below the other.

    Conflicts come first; then why, the policy, what was compared and what was not. Earlier
    figures of a source are counted, and shown with `history`.
    """
    from factlog.render import side_by_side

    return side_by_side.comparison(found, Look(width, color, ascii, history))


def explanation(found: Explanation, look: Look = _DEFAULT) -> str:
    """Each measure of a subject: its verdict, every rule, what was assumed, what would change."""
    return page(_lines(found, look))


# What was recorded


def recorded(
    claims: Sequence[Claim],
    *,
    dry_run: bool = False,
    known: Collection[int] = (),
    look: Look = _DEFAULT,
) -> str:
    """What `add` recorded, claim by claim; `known` are the ids that were on record before."""
    lines: list[str] = []
    for claim in claims:
        if dry_run:
            first = "would record "
        elif claim.id in known:
            gone = f", retracted ({claim.retracted})" if claim.retracted else ""
            first = f"already on record as claim {claim.id}{gone}: "
        else:
            first = f"claim {claim.id}: "
        lines += lines_of(first + sentence(claim), look, "", "  ")
    return page(lines)


def retracted(claim: Claim, look: Look = _DEFAULT) -> str:
    """That a claim was withdrawn, and why."""
    text = f"claim {claim.id} is retracted ({claim.retracted}): {sentence(claim)}"
    return page(lines_of(text, look, "", "  "))


def sentence(claim: Claim) -> str:
    """A claim in one line: subject, measure, what was said, by whom, for when."""
    said = claim.statement
    about = f"{said.subject}, {claim.measure}" if claim.measure else said.subject
    when = f", {day(said.when)}" if said.when else ", undated"
    return f"{about}: {said_of(claim)} ({said.source}{when})"


def alarm(found: Comparison, claims: Collection[int], look: Look = _DEFAULT) -> str:
    """What new claims conflict with, and why; nothing if there is no conflict."""
    lines: list[str] = []
    for subject in found.subjects:
        for measure in subject.measures:
            for finding in measure.findings:
                if finding.verdict is Verdict.CONFLICT and _touches(finding, measure.sides, claims):
                    lines += _alarmed(measure, finding, look)
    return page(lines)


def _touches(finding: Finding, sides: Sequence[Side], claims: Collection[int]) -> bool:
    return any(number in claims for place in finding.sides for number in sides[place].claims)


def _alarmed(measure: MeasureComparison, finding: Finding, look: Look) -> list[str]:
    told = ", ".join(summary.parts(finding, measure.sides))
    title = shown(f"{measure.measure}: {told}" if measure.measure else told, look)
    heading = [paint(line, "conflict", look) for line in wrap(title, look.width)]
    return [*heading, *lines_of(finding.why, look, "  ", "  ")]


# How a value reads


def figure(
    text: str,
    read: Figure,
    measure: str,
    meant: Interval,
    policy: Policy,
    words: PlainWords | None,
    look: Look = _DEFAULT,
) -> str:
    """How a text was read: its hedge and numbers, what it counts, what it is taken to mean."""
    return block(f'"{text}"', rows(read, measure, meant, policy, words), look)


def block(title: str, rows: Iterable[tuple[str, str]], look: Look) -> str:
    """A title and lines of a name and what it is, the second column straight."""
    told = [
        (name, what if what.isascii() and what.isprintable() else shown(what, look))
        for name, what in rows
    ]
    margin = max([len(name) for name, _ in told], default=0) + 4
    lines = [paint(line, "bold", look) for line in lines_of(title, look)]
    narrow = look.width < margin + 20
    for name, what in told:
        if narrow:
            lines += wrap(f"{name}: {what}", look.width, "  ", "    ")
        elif margin + len(what) <= look.width and what.isascii():  # most lines, and quickly
            lines.append((f"  {name}".ljust(margin) + what).rstrip(" "))
        else:
            lines += _wrapped(what, look.width, f"  {name}".ljust(margin), margin)
    return "\n".join([*lines, ""])


@lru_cache(maxsize=64)  # the policy is the same for all
def _wrapped(what: str, width: int, first: str, margin: int) -> tuple[str, ...]:
    return tuple(wrap(what, width, first, " " * margin))


# What went wrong


def error(wrong: FactlogError) -> str:
    """What is wrong and what to do, a line each, with a caret under the spot if there is one."""
    lines = [safe(wrong.problem)]
    if isinstance(wrong, ReadingError):
        lines += _caret(wrong)
    if isinstance(wrong, ImportFailed):
        lines += [f"  {safe(reason)}" for reason in wrong.reasons]
    return "\n".join([*lines, safe(wrong.remedy)] if wrong.remedy else lines)


_BEFORE, _AFTER = 40, 20


def _caret(wrong: ReadingError) -> list[str]:
    """The text around the spot, on one line, and carets under the spot."""
    start, end = wrong.start, min(wrong.end, max(len(wrong.text), wrong.start + 1))
    end = min(end, start + _AFTER)
    before = safe(wrong.text[max(0, start - _BEFORE) : start])
    spot = safe(wrong.text[start:end])
    after = safe(wrong.text[end : end + _AFTER])
    opening = "..." if start > _BEFORE else ""
    closing = "..." if len(wrong.text) > end + _AFTER else ""
    margin = " " * cells(f"  {opening}{before}")
    return [
        f"  {opening}{before}{spot}{after}{closing}",
        margin + "^" * max(cells(spot), 1),
    ]
