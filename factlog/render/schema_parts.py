"""What the schemas of all outputs are made of: kinds of values, and the records they share."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from factlog.answers import Link
from factlog.claim import DEFINED, Hedge, Leaning
from factlog.decision import DecisionKind
from factlog.findings import Verdict
from factlog.policy import Kind

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
# What rules and texts may say, whose rooms know it and are not asked here.
FINDING_KINDS = ("backwards", "disjoint", "self", "sum", "part", "up", "down")
APART_KINDS = ("unit", "scope", "stale")
MODALITIES = ("states", "plans", "projects", "hypothetical", "denies")
CONFIDENCES = ("high", "medium", "low")

TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
NUMBER: Schema = {"type": "number"}
COUNT: Schema = {"type": "integer", "minimum": 0}
ID: Schema = {"type": "integer", "minimum": 1}
SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
_DAY = r"\d{4}-\d\d-\d\d"
DAY: Schema = {"type": "string", "pattern": f"^{_DAY}$"}
_END = rf"({_DAY}|\.\.)"
# 2025-01-13, 2025-01, 2025-Q1, 2025, about one of them (2025-01~), a span of days (../2025-01-13).
DATE: Schema = {
    "type": "string",
    "pattern": rf"^(\d{{4}}(-Q[1-4]|-\d\d(-\d\d)?)?|{_END}/{_END})~?$",
}
# The same in the words in which somebody gave it.
DATE_GIVEN: Schema = {"type": "string", "minLength": 1}
MOMENT: Schema = {
    "type": "string",
    "pattern": rf"^{_DAY}T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$",
}
HEX_32: Schema = {"type": "string", "pattern": "^[0-9a-f]{32}$"}
HEX_64: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def or_null(schema: Schema) -> Schema:
    """The same, or null."""
    if "enum" in schema:
        return {**schema, "type": ["string", "null"], "enum": [*schema["enum"], None]}
    if isinstance(schema.get("type"), str):
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def one_of(words: Iterable[str] | type[StrEnum]) -> Schema:
    """One of some words, and no other."""
    return {"type": "string", "enum": [str(word) for word in words]}


def list_of(of: Schema, least: int = 0, most: int | None = None) -> Schema:
    """A list of these, of any length if none is given."""
    bounds = {"minItems": least} if least else {}
    return {"type": "array", "items": of, **bounds, **({} if most is None else {"maxItems": most})}


def keys(**held: Schema) -> Schema:
    """An object of just these keys: all are there, but for those that are marked "?"."""
    return {
        "type": "object",
        "properties": {key.removesuffix("?"): each for key, each in held.items()},
        "required": [key for key in held if not key.endswith("?")],
        "additionalProperties": False,
    }


def unstable(schema: Schema, why: str) -> Schema:
    """The same, marked as what may change in any version."""
    return {**schema, "x-stability": "unstable", "description": why}


def ref(name: str) -> Schema:
    """One of `PARTS`, by its name."""
    return {"$ref": f"#/$defs/{name}"}


SENTENCE = unstable(TEXT, "A sentence for people: its words may change.")
UNIT = or_null(TEXT)
IDS = list_of(ID)
NAMES = list_of(TEXT)
ENDS = list_of(or_null(NUMBER), 2, 2)

NUMBERS = {name: or_null(NUMBER) for name in ("low", "best", "high")}
_ARMS = {name: or_null({"type": "number", "minimum": 0}) for name in ("plus", "minus")}
READ = {
    "hedge": one_of(Hedge),
    "side": or_null(one_of(Leaning)),
    **NUMBERS,
    "low_open": FLAG,
    "high_open": FLAG,
    **_ARMS,
    "coverage": or_null(SHARE),
    "unit": UNIT,
}
_STATED = {name: or_null(TEXT) for name in ("via", "url", "origin", "scope")}
ROW = {
    "subject": TEXT,
    "measure": or_null(TEXT),
    "source": TEXT,
    "value": TEXT,
    "low": or_null(NUMBER),
    "high": or_null(NUMBER),
    **_ARMS,
    "coverage": or_null(SHARE),
    "unit": UNIT,
    "as_of": or_null(DATE_GIVEN),
    "published": or_null(DATE_GIVEN),
    **_STATED,
    "quote": or_null(TEXT),
    "note": or_null(TEXT),
}
_DEFINED = dict.fromkeys(DEFINED, or_null(TEXT))
FULL = {
    "id": or_null(ID),
    "uid": or_null(HEX_32),
    **ROW,
    **_DEFINED,
    "estimate": keys(**READ),
    "recorded": or_null(MOMENT),
    "retracted": or_null(unstable(TEXT, "Why it no longer counts, in words; null if it does.")),
}
SIDE = {
    "measure": TEXT,
    "source": TEXT,
    **_STATED,
    "unit": UNIT,
    "said": TEXT,
    "hedge": one_of(Hedge),
    **NUMBERS,
    "reading": ENDS,
    "as_of": or_null(DATE),
    "published": or_null(DATE),
    "claims": IDS,
    "derived": FLAG,
    "current": FLAG,
}
DECISION = {
    "id": or_null(ID),
    "kind": one_of(DecisionKind),
    "claims": IDS,
    "low": or_null(NUMBER),
    "high": or_null(NUMBER),
    "reason": TEXT,
    "by": TEXT,
    "at": or_null(MOMENT),
    "review_on": or_null(DAY),
    "stale": FLAG,
    "stale_why": or_null(SENTENCE),
}
MEASURED = {
    "measure": TEXT,
    "unit": UNIT,
    "kind": one_of(Kind),
    "verdict": one_of(Verdict),
    "origins": COUNT,
    "sides": list_of(ref("side")),
    "findings": list_of(ref("finding")),
    "camps": list_of(
        keys(
            low=or_null(NUMBER),
            high=or_null(NUMBER),
            sources=NAMES,
            origins=COUNT,
            sides=list_of(COUNT),
        )
    ),
    "uncontested": list_of(COUNT),
    "disagreements": list_of(
        keys(
            sources=list_of(TEXT, 2, 2),
            kind=one_of(FINDING_KINDS),
            pairs=ID,
            first=or_null(DATE),
            last=or_null(DATE),
            worst=ref("finding"),
        )
    ),
    "hints": list_of(
        keys(kind=unstable(TEXT, "More kinds may come."), claims=IDS, why=SENTENCE)
    ),
    "decision": or_null(ref("decision")),
}  # fmt: skip


def counts(*names: str) -> Schema:
    """An object of how many there are of what."""
    return keys(**dict.fromkeys(names, COUNT))


PARTS: dict[str, Schema] = {
    # What claims count stands in every row of a file, or in none.
    "row": {"anyOf": [keys(**ROW), keys(**ROW, **_DEFINED)]},
    "claim": keys(**FULL),
    "side": keys(**SIDE),
    "finding": keys(
        verdict=one_of(Verdict),
        kind=or_null(one_of((*FINDING_KINDS, *APART_KINDS))),
        sides=list_of(COUNT, 2, 2),
        gap=or_null(NUMBER),
        ratio=or_null(NUMBER),
        break_even=or_null(NUMBER),
        sigmas=or_null(NUMBER),
        why=SENTENCE,
    ),
    "decision": keys(**DECISION),
    "decision_of": keys(**DECISION, subject=TEXT, measure=TEXT),
    "placed_side": keys(subject=TEXT, **SIDE),
    "source_finding": keys(
        subject=TEXT, measure=TEXT, kind=or_null(one_of(FINDING_KINDS)), why=SENTENCE, claims=IDS
    ),
    "left_out": keys(claim=ID, source=TEXT, said=TEXT, reason=SENTENCE),
    "level_range": keys(level=SHARE, low=NUMBER, high=NUMBER),
    "measure": keys(**MEASURED),
    "voice": keys(
        source=TEXT,
        said=or_null(TEXT),
        when=or_null(DATE_GIVEN),
        claims=IDS,
        via=NAMES,
        counts=or_null(TEXT),
        link=one_of(Link),
        circle=NAMES,
        days_later=or_null({"type": "integer"}),
        from_it=list_of(ref("voice")),
    ),
}
