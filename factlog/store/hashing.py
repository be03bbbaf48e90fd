"""The digests of the log: of a row, of a run of rows, of an event and all before it."""

from __future__ import annotations

import json
from hashlib import sha256

_encode = json.JSONEncoder(
    ensure_ascii=True, check_circular=False, sort_keys=True, separators=(",", ":")
).encode


def canonical(value: object) -> str:
    """The one JSON text of a value: ASCII, keys in order, no spaces."""
    return _encode(value)


def digest(value: object) -> str:
    """The SHA-256 of a row, or of a run of rows, taken over its JSON text."""
    return sha256(_encode(value).encode("ascii")).hexdigest()


def chained(before: str, payload: str) -> str:
    """The hash of an event: over the hash before it and its own payload."""
    return sha256((before + payload).encode("utf-8", "surrogatepass")).hexdigest()
