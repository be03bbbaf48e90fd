"""Decisions in words, and as lists in every format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from factlog.decision import Decision
from factlog.render import lists, to_json
from factlog.render.display import Look, page, shown, wrap
from factlog.render.summary import decision as told

_COLUMNS = (
    *("id", "subject", "measure", "kind", "claims", "low", "high"),
    *("reason", "by", "at", "review_on", "stale", "stale_why"),
)


def made(decision: Decision, look: Look) -> str:
    """What a person is told who has just decided."""
    about = f"{decision.subject}{': ' if decision.measure else ''}{decision.measure}"
    lines = wrap(shown(about, look), look.width)
    lines += wrap(shown(told(decision), look), look.width, "  ", "    ")
    return page(lines)


def listed(found: Sequence[Decision], shape: str, look: Look) -> Iterator[str]:
    """Decisions as a list; for a person each in two lines or so."""
    if shape == "table":
        yield "".join(made(each, look) for each in found) or "no decisions\n"
        return
    yield from lists.records(_COLUMNS, [to_json.decision_of(each) for each in found], shape, look)
