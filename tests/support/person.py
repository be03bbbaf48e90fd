"""Running factlog as a person would: words in; output, messages and exit code out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Factlog = Callable[..., "Ran"]


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


SUBJECT = "North Korean troops in Russia"


def add(factlog: Factlog, source: str, as_of: str, *claims: str) -> Ran:
    done = factlog("add", SUBJECT, *claims, "--source", source, "--as-of", as_of)
    assert done.code == 0, done.err
    return done
