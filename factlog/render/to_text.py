"""Comparisons, claims, readings and errors as text for a person at a terminal."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from factlog.claim import Claim, Figure
from factlog.comparison import Comparison, Explanation, Finding, Interval, Policy, Side, Verdict
from factlog.errors import FactlogError, ImportFailed, ReadingError
from factlog.render import words
from factlog.render.amounts import said_of
from factlog.render.look import Look
from factlog.render.prose import cells, page, paint, shown, wrap
from factlog.render.safe import safe
from factlog.render.when import day

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
    """Which rules led to each verdict and which did not, in plain sentences."""
    from factlog.render import explained

    return explained.explanation(found, look)


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
            first = f"already on record as claim {claim.id}: "
        else:
            first = f"claim {claim.id}: "
        lines += wrap(shown(first + _sentence(claim), look), look.width, "", "  ")
    return page(lines)


def retracted(claim: Claim, look: Look = _DEFAULT) -> str:
    """That a claim was withdrawn, and why."""
    text = f"claim {claim.id} is retracted ({claim.retracted}): {_sentence(claim)}"
    return page(wrap(shown(text, look), look.width, "", "  "))


def _sentence(claim: Claim) -> str:
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
                    lines += _alarmed(measure.measure, measure.unit, finding, look)
    return page(lines)


def _touches(finding: Finding, sides: Sequence[Side], claims: Collection[int]) -> bool:
    return any(number in claims for place in finding.sides for number in sides[place].claims)


def _alarmed(measure: str, unit: str | None, finding: Finding, look: Look) -> list[str]:
    told = ", ".join(words.parts(finding, unit))
    title = shown(f"{measure}: {told}" if measure else told, look)
    heading = [paint(line, "conflict", look) for line in wrap(title, look.width)]
    return [*heading, *wrap(shown(finding.why, look), look.width, "  ", "  ")]


# How a value reads


def figure(
    text: str,
    read: Figure,
    measure: str,
    meant: Interval,
    policy: Policy,
    look: Look = _DEFAULT,
) -> str:
    """How a text was read: its hedge and numbers, what it counts, what it is taken to mean."""
    from factlog.render.reading_block import rows

    return block(f'"{text}"', rows(read, measure, meant, policy), look)


def block(title: str, rows: Iterable[tuple[str, str]], look: Look) -> str:
    """A title and lines of a name and what it is, the second column straight."""
    told = [(name, shown(what, look)) for name, what in rows]
    margin = max((len(name) for name, _ in told), default=0) + 4
    lines = [paint(line, "bold", look) for line in wrap(shown(title, look), look.width)]
    for name, what in told:
        if look.width < margin + 20:
            lines += wrap(f"{name}: {what}", look.width, "  ", "    ")
        else:
            lines += wrap(what, look.width, f"  {name}".ljust(margin), " " * margin)
    return page(lines)


# What went wrong


def error(wrong: FactlogError) -> str:
    """What is wrong and what to do, a line each, with a caret under the spot if there is one."""
    lines = [safe(wrong.problem)]
    if isinstance(wrong, ReadingError):
        lines += _caret(wrong)
    if isinstance(wrong, ImportFailed):
        lines += [f"  {safe(str(row.problem))}" for row in wrong.rows]
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
