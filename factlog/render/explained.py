"""An explanation as a person reads it: the rules that led to a verdict, and those that did not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from factlog.comparison import Explained, Explanation, Rule, Verdict
from factlog.render import words
from factlog.render.look import Look
from factlog.render.prose import page, paint, shown, wrap
from factlog.render.when import day


def explanation(found: Explanation, look: Look) -> str:
    """Each measure of a subject: its verdict, every rule, what was assumed, what would change."""
    return page(_lines(found, look))


def _lines(found: Explanation, look: Look) -> Iterator[str]:
    yield from _told(found.subject, look, style="bold")
    for measure in found.measures:
        yield ""
        yield from _measure(measure, look, alone=len(found.measures) == 1)
    yield ""
    if found.as_of:
        yield from _told(f"the record as it stood: {day(found.as_of)}", look)
    yield from _told(words.policy(found.policy), look)


def _told(
    text: str, look: Look, margin: str = "", rest: str | None = None, style: str = ""
) -> Iterator[str]:
    lines = wrap(shown(text, look), look.width, margin, margin if rest is None else rest)
    return (paint(line, style, look) for line in lines)


def _measure(found: Explained, look: Look, *, alone: bool) -> Iterator[str]:
    """One measure, rule by rule; among others one line for a measure with one source."""
    if found.verdict is Verdict.SINGLE and not alone:
        title = f"{found.measure}: {found.headline}" if found.measure else found.headline
        yield from _told(title, look)
        return
    conflict = found.verdict is Verdict.CONFLICT
    title = words.verdict(found.verdict)
    title = f"{found.measure}: {title}" if found.measure else title
    yield from _told(title, look, style="conflict" if conflict else "bold")
    if not _repeated(found):
        yield from _told(found.headline, look, "  ")
    fired = sorted((rule for rule in found.rules if rule.fired), key=_severity)
    yield from _rules("Rules that fired", fired, look)
    yield from _rules("Rules that did not", [r for r in found.rules if not r.fired], look)
    yield from _points("Assumed", found.assumed, look)
    yield from _points("What would change this", found.changes, look)


def _severity(rule: Rule) -> int:
    """Conflicts first, as they are listed everywhere."""
    return Verdict(rule.name.partition(":")[0]).severity


def _repeated(found: Explained) -> bool:
    """Whether the headline stands again under the rule that fired."""
    why = found.headline.partition(": ")[2]
    return any(each.startswith(why) for rule in found.rules if why for each in rule.sentences)


def _rules(title: str, rules: Sequence[Rule], look: Look) -> Iterator[str]:
    if not rules:
        return
    yield ""
    yield from _told(title, look, "  ", style="bold")
    for rule in rules:
        often = f" ({rule.fired:,})" if rule.fired else ""
        yield from _told(f"{rule.name}{often}: {rule.says}", look, "  ", "    ")
        for sentence in rule.sentences:
            yield from _told(f"- {sentence}", look, "    ", "      ")


def _points(title: str, sentences: Iterable[str], look: Look) -> Iterator[str]:
    lines = [line for each in sentences for line in _told(f"- {each}", look, "  ", "    ")]
    if lines:
        yield ""
        yield from _told(title, look, "  ", style="bold")
        yield from lines
