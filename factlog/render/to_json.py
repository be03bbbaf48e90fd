"""Comparisons, claims and readings as JSON, numbers written exactly."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from decimal import Decimal

from factlog.claim import Claim, Estimate, Figure
from factlog.errors import FactlogError
from factlog.exchange import row
from factlog.findings import Comparison, Disagreement, Finding, MeasureComparison, Side
from factlog.policy import Interval
from factlog.wording import iso, plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.decision import Decision

# What JSON lets through raw, yet a terminal obeys or nobody sees: DEL, C1 controls, text
# direction and zero-width characters, line separators, and halves of characters.
_UNSEEN = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)

Quote = Callable[[str], str]


def one_line(value: object) -> str:
    """A value as JSON on one line; numbers with every digit, None and infinity as null."""
    return _encoded(value, _quote())


def spread(value: object) -> str:
    """A value as JSON over several lines: one a row of flat values, so that it can be read."""
    return "".join(_lines(value, "", _quote())) + "\n"


def json_list(values: Iterable[object]) -> Iterable[str]:
    """A JSON list, piece by piece, one value a line."""
    start = "[\n"
    for value in values:
        yield f"{start}{one_line(value)}"
        start = ",\n"
    yield "[]\n" if start == "[\n" else "\n]\n"


def _quote() -> Quote:
    from json.encoder import encode_basestring  # what json.dumps(ensure_ascii=False) uses

    def quoted(text: str) -> str:
        encoded = encode_basestring(text)
        return encoded if text.isascii() and text.isprintable() else _UNSEEN.sub(_escape, encoded)

    return quoted


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def _encoded(value: object, quote: Quote) -> str:
    if value is None:
        return "null"
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{quote(k)}: {_encoded(v, quote)}" for k, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_encoded(one, quote) for one in value) + "]"
    assert isinstance(value, int)
    return str(value)


def _lines(value: object, indent: str, quote: Quote) -> Iterable[str]:
    """The pieces of a value; whatever holds an object is spread over lines."""
    inner = indent + "  "
    if isinstance(value, Mapping) and any(map(_holds_objects, value.values())):
        start = "{"
        for key, held in value.items():
            yield f"{start}\n{inner}{quote(str(key))}: "
            yield from _lines(held, inner, quote)
            start = ","
        yield f"\n{indent}}}"
    elif isinstance(value, Iterator):  # of objects, each made and written before the next
        start = "["
        for held in value:
            yield f"{start}\n{inner}{''.join(_lines(held, inner, quote))}"
            start = ","
        yield "[]" if start == "[" else f"\n{indent}]"
    elif isinstance(value, (list, tuple)) and _holds_objects(value):
        start = "["
        for held in value:
            yield f"{start}\n{inner}"
            yield from _lines(held, inner, quote)
            start = ","
        yield f"\n{indent}]"
    else:
        yield _encoded(value, quote)


def _holds_objects(value: object) -> bool:
    if isinstance(value, (Mapping, Iterator)):
        return True
    return isinstance(value, (list, tuple)) and any(map(_holds_objects, value))


Record = dict[str, object]


def _of(found: object, *keys: str) -> Record:
    """Some fields of a value, under their own names."""
    return {key: getattr(found, key) for key in keys}


def comparison(found: Comparison) -> Iterator[str]:
    """A comparison as one document, schema factlog.comparison/1, a subject at a time."""
    document = {
        "schema": "factlog.comparison/1",
        "policy": _of(
            found.policy, "name", "about", "tolerance", "sigmas", "near_sigmas", "window_days"
        ),
        "as_of": iso(found.as_of),
        **({} if found.without is None else {"left_out": list(map(asdict, found.without))}),
        "subjects": (
            {"subject": one.subject, "measures": [_measure(each) for each in one.measures]}
            for one in found.subjects
        ),
        "summary": _summary(found),
    }
    yield from _lines(document, "", _quote())
    yield "\n"


def comparison_jsonl(found: Iterable[Comparison]) -> Iterator[str]:
    """Comparisons as rows only: one line a measure, its subject first."""
    for comparison in found:
        for one in comparison.subjects:
            for measure in one.measures:
                yield one_line({"subject": one.subject, **_measure(measure)}) + "\n"


def _measure(found: MeasureComparison) -> Record:
    return {
        **_of(found, "measure", "unit", "kind", "verdict", "origins"),
        "sides": [side(each) for each in found.sides],
        "findings": [_finding(each) for each in found.findings],
        "camps": [_of(each, "low", "high", "sources", "origins", "sides") for each in found.camps],
        "uncontested": found.uncontested,
        "disagreements": [_disagreement(each) for each in found.disagreements],
        "hints": [_of(each, "kind", "claims", "why") for each in found.hints],
        "decision": found.decision and decision(found.decision),
    }


def decision(found: Decision) -> Record:
    """A decision, and whether it is stale."""
    return {
        **_of(found, "id", "kind", "claims", "low", "high", "reason", "by"),
        "at": found.at.isoformat() if found.at else None,
        "review_on": found.review_on.isoformat() if found.review_on else None,
        **_of(found, "stale", "stale_why"),
    }


def decision_of(found: Decision) -> Record:
    """A decision with the subject and measure it is about."""
    return {**decision(found), "subject": found.subject, "measure": found.measure}


def _disagreement(found: Disagreement) -> Record:
    return {
        **_of(found, "sources", "kind", "pairs"),
        "first": iso(found.first),
        "last": iso(found.last),
        "worst": _finding(found.worst),
    }


def side(found: Side) -> Record:
    """A side, under the keys of a comparison."""
    return {
        **_of(found, "measure", "source", "via", "url", "origin", "scope", "unit", "said"),
        **_of(found, "hedge", "low", "best", "high"),
        "reading": _ends(found.reading),
        "as_of": iso(found.as_of),
        "published": iso(found.published),
        **_of(found, "claims", "derived", "current"),
    }


def _finding(finding: Finding) -> Record:
    return {
        **_of(finding, "verdict", "kind", "sides", "gap", "ratio", "break_even"),
        "sigmas": None if finding.sigmas is None else Decimal(repr(finding.sigmas)),
        "why": finding.why,
    }


def _summary(found: Comparison) -> Record:
    counts = found.counts
    return {
        "subjects": len(found.subjects),
        "measures": sum(len(one.measures) for one in found.subjects),
        "pairs": _of(counts, "compared", "agree", "near", "growth", "echo", "conflict"),
        "other": _of(counts, "self", "sum", "part", "revised"),
        "not_compared": _of(counts, "single", "stale", "scope", "unit"),
        "decided": found.decided,
    }


def _ends(meant: Interval) -> Record | list[object]:
    return [meant.low, meant.high]


def figure(text: str, read: Figure, measure: str, meant: Interval) -> str:
    """How a text was read, on one line."""
    return (
        one_line(
            {
                "text": text,
                **_numbers(read.estimate),
                "thing": read.thing,
                "measure": measure,
                "reading": _ends(meant),
            }
        )
        + "\n"
    )


def refusal(text: str, error: FactlogError) -> str:
    """A text that could not be read, and why, on one line."""
    return one_line({"text": text, "error": error.problem}) + "\n"


def _numbers(estimate: Estimate) -> Record:
    return {
        **_of(estimate, "hedge", "side", "low", "best", "high", "low_open", "high_open"),
        **_of(estimate, "plus", "minus", "coverage", "unit"),
    }


def claims(found: Iterable[Claim], *, defined: bool = False) -> Iterator[str]:
    """Claims as a JSON list in the columns import takes, one a line."""
    yield from json_list(row(claim, defined=defined) for claim in found)


def claims_jsonl(found: Iterable[Claim], *, defined: bool = False) -> Iterator[str]:
    """Claims in the columns import takes, one object a line."""
    for claim in found:
        yield one_line(row(claim, defined=defined)) + "\n"


def listed(found: Iterable[Claim]) -> Iterator[str]:
    """Claims as a JSON list, with their ids, how they read, and when they were recorded."""
    yield from json_list(map(full, found))


def listed_jsonl(found: Iterable[Claim]) -> Iterator[str]:
    """Claims with their ids, how they read, and when they were recorded, one object a line."""
    for claim in found:
        yield one_line(full(claim)) + "\n"


def full(claim: Claim) -> Record:
    """All that is known of a claim: what import takes, and what the store added.

    How it reads stands under `estimate`: beside `value`, import would take low and high
    for a range.
    """
    return {
        "id": claim.id,
        "uid": claim.uid or None,
        **row(claim, defined=True),
        "estimate": _numbers(claim.estimate),
        "recorded": claim.recorded.isoformat() if claim.recorded else None,
        "retracted": claim.retracted,
    }
