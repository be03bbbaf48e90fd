"""Regular expressions that are compiled when they are first used.

A command uses few of the patterns that its rooms hold, and to compile one takes a tenth of a
millisecond or more: all of them would double the time it takes to start.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_METHODS = ("match", "search", "fullmatch", "finditer", "sub", "subn")


class Pattern:
    """A regular expression like those of `re`, compiled at its first use."""

    __slots__ = ("_flags", "_source", *_METHODS)

    match: Callable[..., re.Match[str] | None]
    search: Callable[..., re.Match[str] | None]
    fullmatch: Callable[..., re.Match[str] | None]
    finditer: Callable[..., Iterator[re.Match[str]]]
    sub: Callable[..., str]
    subn: Callable[..., tuple[str, int]]

    def __init__(self, source: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        """Compile on the first call of any method; later calls find the method set."""
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self._source, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)
