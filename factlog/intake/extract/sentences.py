"""Sentences: where each begins and ends in the article, and which paragraph it is of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from factlog.intake.extract.lexicon import listed
from factlog.reading.patterns import Pattern


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its words, where it begins, its paragraph, and whether speech runs on into it.

    `spoken` is true where quotation marks opened in an earlier sentence are still open.
    """

    text: str
    start: int
    paragraph: int
    spoken: bool = False

    @property
    def end(self) -> int:
        """Where it ends in the article."""
        return self.start + len(self.text)


def split(plain: str) -> Iterator[Sentence]:
    """The sentences of an article, in order."""
    for number, (start, end) in enumerate(_paragraphs(plain)):
        spoken = False
        for first, last in _pieces(plain, start, end):
            text = plain[first:last]
            yield Sentence(text, first, number, spoken)
            if text.count('"') % 2:
                spoken = not spoken


_BLANK_LINE = re.compile(r"\n(?:[ \t]*\n)+|\n(?=\t)")
_LINE = re.compile(r"\n")


def _paragraphs(plain: str) -> Iterator[tuple[int, int]]:
    """Paragraphs end at blank lines; in a text whose lines are not wrapped, at every line."""
    breaks = _BLANK_LINE if _wrapped(plain) else _LINE
    start = 0
    for match in breaks.finditer(plain):
        yield start, match.start()
        start = match.end()
    yield start, len(plain)


def _wrapped(plain: str) -> bool:
    """Whether most lines that have a line below end in the middle of a sentence."""
    every = plain.split("\n")
    lines = [
        line
        for line, below in pairwise(every)
        if line and below.strip() and not below.startswith("\t")
    ]
    open_ended = sum(not line.rstrip().endswith((".", "!", "?", '"', ":")) for line in lines)
    return bool(lines) and 2 * open_ended > len(lines) and max(map(len, lines)) <= 110


_STOP = Pattern(r"[.!?]+[\"')\]]*(?P<gap>\s+)(?=(?P<next>[\"'(\[]*[A-Z0-9$£€][\w'.]*))")
_SHORT = Pattern(
    r"(?:^|[\s(\"'])(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Capt|Cpl|Maj|Brig|Adm|Cmdr|Rep|Sen|Gov|Pres"
    r"|Hon|Rev|St|Mt|Ft|No|no|Nos|vs|etc|e\.g|i\.e|approx|est|ca?|cf|al|Fig|Vol|pp?|Jr|Sr|Inc|Ltd"
    r"|Co|Corp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Maj\.-Gen|Lt\.-Gen"
    r"|(?:[A-Za-z]\.)*[A-Za-z])\.$"
)
_MAY_END = Pattern(r"(?:[ap]\.m|U\.S|U\.N|U\.K|E\.U|D\.C|Inc|Ltd|Co|Corp|Jr|Sr|etc|al)\.$")
_STARTERS = listed(
    "The A An In It He She They But And On At This That These Those There After Before"
    " When While"
    " However Meanwhile We I Its His Her Their For By With As If"
)


def _pieces(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for match in _STOP.finditer(plain, start, end):
        if _ends(plain, at, match):
            yield from _trimmed(plain, at, match.start("gap"))
            at = match.end()
    yield from _trimmed(plain, at, end)


def _ends(plain: str, at: int, match: re.Match[str]) -> bool:
    """Whether a stop ends the sentence: one after "Gen" or an initial does not."""
    head = plain[max(at, match.start() - 12) : match.start() + 1]
    if match[0][0] != "." or not _SHORT.search(head):
        return True
    return bool(_MAY_END.search(head)) and match["next"].strip("\"'([") in _STARTERS


_LONGEST = 1000  # characters; what runs on longer is a table or a list, and is cut at a space


def _trimmed(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _LONGEST:
        cut = plain.rfind(" ", start, start + _LONGEST)
        cut = start + _LONGEST if cut <= start else cut
        yield from _trimmed(plain, start, cut)
        start = cut
    text = plain[start:end]
    if stripped := text.strip():
        first = start + len(text) - len(text.lstrip())
        yield first, first + len(stripped)
