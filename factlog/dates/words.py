"""A part of a text being read as a date, so that a refusal can point into the whole."""

from __future__ import annotations

import re
from dataclasses import dataclass

from factlog.errors import ReadingError

# What a page sets in place of a hyphen or a space; one sign for one, so that a caret still fits.
PLAIN = str.maketrans("‐‑–—−\u00a0\u2009\u202f\t", "-----    ")

_EXAMPLE = 'Write it like 2025-01-13, 2025-01, "13 January 2025" or 2025-01-10/2025-01-13.'


@dataclass(frozen=True, slots=True)
class Words:
    """The characters of a text from start to end."""

    text: str
    start: int
    end: int

    def between(self, start: int, end: int) -> Words:
        """The part of the text from start to end, without the spaces around it."""
        part = self.text[start:end]
        left = len(part) - len(part.lstrip())
        return Words(self.text, start + left, max(start + left, start + len(part.rstrip())))

    def group(self, match: re.Match[str], name: str) -> Words:
        """The part that a group of a pattern found."""
        return self.between(*match.span(name))

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """What a pattern finds, if it fits the whole of this part."""
        return pattern.fullmatch(self.text, self.start, self.end)

    def refuse(
        self, problem: str, remedy: str = _EXAMPLE, *, choices: tuple[str, ...] = ()
    ) -> ReadingError:
        """An error whose caret stands under this part."""
        return ReadingError(
            problem, remedy, text=self.text, start=self.start, end=self.end, choices=choices
        )

    def __str__(self) -> str:
        return self.text[self.start : self.end]
