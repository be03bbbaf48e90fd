"""Decisions in words, and as lists in every format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from factlog.decision import Decision, DecisionKind
from factlog.render.display import Look, page, shown, wrap
from factlog.wording import number, numbered, sign

_COLUMNS = (
    *("id", "subject", "measure", "kind", "claims", "low", "high"),
    *("reason", "by", "at", "review_on", "stale", "stale_why"),
)


def resolved(decision: Decision) -> str:
    """What is to be done, in a few words: "use about 3,000, claims 1 and 2"."""
    if decision.kind is DecisionKind.PREFER:
        which = numbered(decision.claims)
        return f"use {decision.said or _span(decision)}, {which}"
    if decision.kind is DecisionKind.RANGE:
        return f"publish the range, {_span(decision)}"
    if decision.kind is DecisionKind.VALUE:
        return f"use {decision.said}"
    return "keep it open" if decision.kind is DecisionKind.PENDING else "publish no figure"


def _span(decision: Decision) -> str:
    low, high = decision.low, decision.high
    if low is not None and high is not None:
        text = number(low) if low == high else f"{number(low)} to {number(high)}"
    elif low is not None:
        text = f"at least {number(low)}"
    else:
        text = "any number" if high is None else f"at most {number(high)}"
    return f"{text} {sign(decision.unit)}" if decision.unit else text


def told(decision: Decision) -> str:
    """A decision in one line: whether it is stale and since what; who, when, what and why."""
    dates = [f"{decision.at:%Y-%m-%d}"] if decision.at else []
    if decision.review_on:
        dates.append(f"review {decision.review_on}")
    stale = f" is STALE, {decision.stale_why}" if decision.stale else ""
    who = ", ".join([decision.by, *dates])
    return f"decision {decision.id}{stale} ({who}): {resolved(decision)}: {decision.reason}"


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
    from factlog.render import lists, to_json  # which a decision told beside others does without

    yield from lists.records(_COLUMNS, [to_json.decision_of(each) for each in found], shape, look)
