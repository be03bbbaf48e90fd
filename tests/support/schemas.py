"""What commands write, held against the schemas that `factlog schema` prints."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from factlog.render import schemas


@cache
def validator(command: str, shape: str) -> Draft202012Validator:
    return Draft202012Validator(schemas.document(command, shape))


def read(command: str, shape: str, text: str) -> list[Any]:
    """The documents in what a command wrote: one, or one a line."""
    if shape == "jsonl" or command in schemas.BY_LINE:
        return [json.loads(line, parse_float=Decimal) for line in text.splitlines()]
    return [json.loads(text, parse_float=Decimal)]


def wrong(command: str, shape: str, document: Any) -> list[str]:
    """What the schema finds wrong with a document."""
    return [
        f"{command} -f {shape}, {each.json_path}: {each.message[:300]}"
        for each in validator(command, shape).iter_errors(document)
    ]


def altered(document: Any) -> Iterator[tuple[str, Any]]:
    """The document with one thing at a time changed that no schema lets pass, and where.

    It is the same document each time, of lists no more than the first two.
    """
    document = _short(document)
    for path, at in [*_objects(document)]:
        at["unknown"] = 1
        yield f"{path}.unknown", document
        del at["unknown"]
        for key, held in list(at.items()):
            at[key] = [{"unknown": 1}]
            yield f"{path}.{key} is something else", document
            del at[key]
            yield f"{path}.{key} is absent", document
            at[key] = held


def _short(at: Any) -> Any:
    if isinstance(at, list):
        return [*map(_short, at[:2])]
    return {key: _short(each) for key, each in at.items()} if isinstance(at, dict) else at


def _objects(at: Any, path: str = "$") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(at, dict):
        yield path, at
    inside = at if isinstance(at, dict) else dict(enumerate(at)) if isinstance(at, list) else {}
    for key, each in inside.items():
        yield from _objects(each, f"{path}.{key}")
