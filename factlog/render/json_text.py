"""JSON as text, with exact numbers and nothing in it that acts on a terminal."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from factlog.render.digits import plain

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


def listed(values: Iterable[object]) -> Iterable[str]:
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
    if isinstance(value, Mapping):
        return True
    return isinstance(value, (list, tuple)) and any(map(_holds_objects, value))
