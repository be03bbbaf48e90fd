"""What every json and jsonl output looks like, as JSON Schema: a schema for each command.

Every key is there always, unless it is in no `required`, and none is there that is not named.
What is marked `"x-stability": "unstable"` may change in any version: sentences for people, and
whatever is still being learned. The rest changes only with the number in the schema's `$id`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from factlog.answers import EvidenceGap
from factlog.claim import Hedge
from factlog.findings import Verdict
from factlog.page import PageState
from factlog.policy import METHOD_NAMES, POLICIES, Kind
from factlog.profile import GRADES, Basis
from factlog.render.schema_parts import (
    CONFIDENCES,
    COUNT,
    DATE,
    DATE_GIVEN,
    DIALECT,
    ENDS,
    FLAG,
    FULL,
    HEX_64,
    ID,
    IDS,
    MEASURED,
    MODALITIES,
    MOMENT,
    NAMES,
    NUMBER,
    NUMBERS,
    PARTS,
    READ,
    SENTENCE,
    SHARE,
    TEXT,
    UNIT,
    Schema,
    counts,
    keys,
    list_of,
    one_of,
    or_null,
    ref,
    unstable,
)
from factlog.verify_pack import LOG

_COMPARISON = keys(
    **{
        "schema": {"const": "factlog.comparison/1"},
        "policy": keys(
            name=one_of(POLICIES),
            about=or_null(NUMBER),
            tolerance=NUMBER,
            sigmas=NUMBER,
            near_sigmas=NUMBER,
            window_days=COUNT,
        ),
        "as_of": or_null(DATE),
        "left_out?": list_of(keys(what=TEXT, value=or_null(TEXT), claims=COUNT, sources=NAMES)),
        "subjects": list_of(keys(subject=TEXT, measures=list_of(ref("measure")))),
        "summary": keys(
            subjects=COUNT,
            measures=COUNT,
            pairs=counts("compared", "agree", "near", "growth", "echo", "conflict"),
            other=counts("self", "sum", "part", "revised"),
            not_compared=counts("single", "stale", "scope", "unit"),
            decided=COUNT,
        ),
    }
)
_PROPOSAL = keys(
    **{
        "quote": TEXT,
        "start": COUNT,
        "end": COUNT,
        "text": TEXT,
        "hedge": one_of(Hedge),
        **NUMBERS,
        "unit": UNIT,
        "thing": or_null(TEXT),
        "measure": or_null(TEXT),
        "subject": or_null(TEXT),
        "source": or_null(TEXT),
        "source_text": or_null(TEXT),
        "unnamed": FLAG,
        "via": or_null(TEXT),
        "as_of": or_null(DATE_GIVEN),
        "confidence": unstable(one_of(CONFIDENCES), "What comes to which may change."),
        "rules": unstable(NAMES, "The rules that led to it: their names may change."),
        "modality": one_of(MODALITIES),
        "language": or_null(TEXT),
        "origin?": TEXT,
        "unverified?": SENTENCE,
    }
)
_COPIES = list_of(keys(measure=TEXT, sources=NAMES, same=COUNT, of=COUNT))
_SUPPORT = keys(
    subject=TEXT,
    measure=TEXT,
    unit=UNIT,
    voices=COUNT,
    counted_as=COUNT,
    values=list_of(
        keys(
            value=NUMBER,
            score=unstable(NUMBER, "How figures are weighed may change."),
            share=unstable(SHARE, "How figures are weighed may change."),
            sources=NAMES,
        )
    ),
    best=or_null(NUMBER),
    fragile=FLAG,
    centre=NUMBER,
    range=or_null(ref("level_range")),
    withheld=or_null(SENTENCE),
    note=SENTENCE,
    stated=list_of(ref("level_range")),
    left_out=list_of(ref("left_out")),
    copies=_COPIES,
    decision=or_null(ref("decision")),
)
_POOLED = keys(
    **{
        "subject": TEXT,
        "measure": TEXT,
        "unit": UNIT,
        "method": one_of(METHOD_NAMES),
        "k": COUNT,
        **dict.fromkeys(("best", "plus", "minus"), NUMBER),
        "scale": or_null(NUMBER),
        "q": NUMBER,
        "df": COUNT,
        "p": SHARE,
        "i2": NUMBER,
        "h2": NUMBER,
        **dict.fromkeys(("tau2", "tau2_low", "tau2_high"), or_null(NUMBER)),
        **dict.fromkeys(("low", "high"), NUMBER),
        **dict.fromkeys(("predict_low", "predict_high"), or_null(NUMBER)),
        "pulls": list_of(
            keys(
                claim=ID,
                source=TEXT,
                **dict.fromkeys(("best", "plus", "minus", "weight", "pull"), NUMBER),
            )
        ),
        "left_out": list_of(ref("left_out")),
    }
)
_SOURCE = keys(
    name=TEXT,
    role=or_null(TEXT),
    party=or_null(TEXT),
    basis=or_null(one_of(Basis)),
    grade=or_null(one_of(GRADES)),
    grade_reason=or_null(TEXT),
    note=or_null(TEXT),
    disputed={"type": "object", "additionalProperties": NAMES},
    figures=list_of(ref("placed_side")),
    revisions=list_of(ref("source_finding")),
    echoes=list_of(ref("source_finding")),
    alone=list_of(ref("placed_side")),
    decisions=keys(
        **{"with": list_of(ref("decision_of")), "against": list_of(ref("decision_of"))}
    ),
    track_record=or_null(
        keys(
            decided=COUNT,
            hits=or_null(COUNT),
            low=or_null(SHARE),
            high=or_null(SHARE),
            above=NAMES,
            below=NAMES,
        )
    ),
)  # fmt: skip
_VERDICT_CHANGE = {
    "subject": TEXT,
    "measure": TEXT,
    "was": or_null(one_of(Verdict)),
    "is": or_null(one_of(Verdict)),
    "why": SENTENCE,
}
_CHANGES = keys(
    since=TEXT,
    events=COUNT,
    claims=keys(
        added=list_of(ref("claim")),
        edited=list_of(keys(**FULL, was=TEXT)),
        retracted=list_of(ref("claim")),
    ),
    decisions=list_of(ref("decision_of")),
    verdicts=list_of(keys(**_VERDICT_CHANGE)),
)
_EVENT = keys(
    event=ID,
    at=MOMENT,
    action=TEXT,
    about=SENTENCE,
    undoes=or_null(ID),
    undone_by=or_null(ID),
    hash=HEX_64,
)
_PAGE = keys(
    page=ID,
    claim=or_null(ID),
    url=or_null(TEXT),
    media_type=TEXT,
    size=COUNT,
    sha256=HEX_64,
    taken_from=TEXT,
    at=or_null(MOMENT),
    state=one_of(PageState),
)
_MEASURE = keys(
    measure=TEXT,
    kind=one_of(Kind),
    parts=NAMES,
    tolerance=or_null(SHARE),
    window=or_null(COUNT),
    aliases=NAMES,
    definition=TEXT,
)
_TRACE = keys(
    subject=TEXT,
    measure=TEXT,
    numbers=list_of(NUMBER),
    unit=UNIT,
    sources=COUNT,
    origins=COUNT,
    likely_origins=unstable(COUNT, "What counts as likely copied may change."),
    voices=list_of(ref("voice")),
    copies=_COPIES,
    spellings=list_of(keys(name=TEXT, other=TEXT, claims=IDS)),
)
_READING = keys(
    text=TEXT, **READ, thing=or_null(TEXT), measure=TEXT, reading=ENDS
)  # fmt: skip
_READ_OR_REFUSED = {"oneOf": [_READING, keys(text=TEXT, error=SENTENCE)]}
_SAID = keys(subject=TEXT, measure=TEXT, text=SENTENCE, claims=IDS)
_DEFINED = keys(claim=ID, counts=or_null(TEXT), includes=or_null(TEXT), excludes=or_null(TEXT))
_SETTING: Schema = {
    "type": ["string", "number", "boolean", "array"],
    "items": {"type": ["string", "number"]},
}
_WORD = keys(name=TEXT, required=FLAG, repeatable=FLAG)
_OPTION = keys(
    names=NAMES,
    value=TEXT,
    choices=NAMES,
    repeatable=FLAG,
    required=FLAG,
    default=or_null(TEXT),
    environment=or_null(TEXT),
    help=SENTENCE,
)
_INTERFACE = keys(
    schema={"const": "factlog.interface/1"},
    version=TEXT,
    exit_codes=list_of(keys(code=COUNT, means=SENTENCE)),
    options=list_of(_OPTION),
    commands=list_of(
        keys(
            name=TEXT,
            group=TEXT,
            summary=SENTENCE,
            usage=SENTENCE,
            says=list_of(SENTENCE),
            examples=NAMES,
            arguments=list_of(_WORD),
            options=list_of(_OPTION),
            under=NAMES,
            formats=NAMES,
            schemas={"type": "object", "additionalProperties": {"type": "object"}},
        )
    ),
)


def _names_of(kind: str) -> Schema:
    return keys(**{kind: TEXT, "aliases": NAMES, "claims": COUNT})


def _rows(row: Schema) -> dict[str, Schema]:
    """What a list is in json, a value a line, and in jsonl."""
    return {"json": list_of(row), "jsonl": row}


def _one_or_rows(row: Schema) -> dict[str, Schema]:
    """What is no list in json where it is one."""
    return {"json": {"oneOf": [row, list_of(row)]}, "jsonl": row}


# Of each command the schemas of its json, and of a line of its jsonl; of a pack those of its files.
OUTPUTS: Mapping[str, Mapping[str, Schema]] = {
    "changes": {"json": _CHANGES},
    "check": _rows(keys(claim=ID, reason=one_of(EvidenceGap))),
    "compare": {"json": _COMPARISON, "jsonl": keys(subject=TEXT, **MEASURED)},
    "config": _rows(keys(key=TEXT, value=_SETTING, file=TEXT)),
    "decisions": _rows(ref("decision_of")),
    "export": _rows(ref("row")),
    "extract": _rows(_PROPOSAL),
    "keep": _rows(_PAGE),
    "list": _rows(ref("claim")),
    "log": _rows(_EVENT),
    "measure": _rows(_MEASURE),
    "measure list": _rows(_MEASURE),
    "pack claims.jsonl": {"jsonl": ref("claim")},
    "pack comparison.json": {"json": _COMPARISON},
    "pack decisions.json": {"json": list_of(ref("decision_of"))},
    "pack definitions.json": {"json": list_of(_DEFINED)},
    f"pack {LOG}": {"jsonl": keys(event=ID, payload=TEXT, hash=HEX_64)},
    "pool": _one_or_rows(_POOLED),
    "read": {"json": _READ_OR_REFUSED, "jsonl": _READ_OR_REFUSED},
    "schema": {"json": _INTERFACE},
    "sentence": {"json": list_of(_SAID)},
    "show": {"json": ref("claim")},
    "source": _rows(_names_of("source")),
    "source list": _rows(_names_of("source")),
    "source show": {"json": _SOURCE},
    "subject": _rows(_names_of("subject")),
    "subject list": _rows(_names_of("subject")),
    "support": _one_or_rows(_SUPPORT),
    "trace": {"json": list_of(_TRACE)},
}
# Where `-f json` writes an object a line as well, of which each is to be held against the schema.
BY_LINE = frozenset({"read", "show"})


def document(command: str, shape: str) -> Schema:
    """The JSON Schema of what a command writes as json, or of one line of its jsonl."""
    root = OUTPUTS[command][shape]
    by_line = shape == "jsonl" or command in BY_LINE
    name, _, file = command.partition(" ")
    written = f"{file}, in what factlog pack writes" if name == "pack" else ""
    written = written or f"what factlog {command} -f {shape} writes"
    parts = dict.fromkeys(_referred(root))
    return {
        "$schema": DIALECT,
        "$id": f"urn:factlog:{command.replace(' ', '-')}:{shape}:1",
        "title": f"{'A line of ' * by_line}{written}",
        **root,
        **({"$defs": {name: PARTS[name] for name in parts}} if parts else {}),
    }


_WITHOUT_NAME = ("items", "anyOf", "oneOf", "properties", "additionalProperties", "$defs")


def unstable_keys(schema: object, path: tuple[str, ...] = ()) -> Iterator[str]:
    """The keys that a schema marks as what may change in any version, each with what it is of."""
    if isinstance(schema, Mapping):
        if "x-stability" in schema:
            yield ".".join(path[-2:])
        for name, each in schema.items():
            yield from unstable_keys(each, path if name in _WITHOUT_NAME else (*path, name))
    elif isinstance(schema, list):
        for each in schema:
            yield from unstable_keys(each, path)


def _referred(schema: object) -> Iterator[str]:
    """The parts that a schema refers to, and that those do, each before what is in it."""
    seen: list[str] = []
    waiting = [schema]
    while waiting:
        at = waiting.pop()
        if isinstance(at, Mapping):
            name = str(at.get("$ref", "")).removeprefix("#/$defs/")
            if name and name not in seen:
                seen.append(name)
                waiting.append(PARTS[name])
            waiting.extend(at.values())
        elif isinstance(at, list):
            waiting.extend(at)
    return iter(seen)
