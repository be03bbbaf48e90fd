"""Citing: sources named by "according to", "estimated by", "X's estimate of" and "reports of"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factlog.intake.extract import speakers
from factlog.intake.extract.act import Act
from factlog.intake.extract.lexicon import A_NUMBER
from factlog.reading.patterns import Pattern

_ACCORDING = Pattern(
    r"""\b(?P<how>[Aa]ccording\s+to|[Aa]s\s+per|(?<![\d%$€£])\b[Pp]er(?=\s+(?:the\s+)?[A-Z])|[Cc]iting|[Qq]uoting
    |(?:estimated|reported|confirmed|verified|recorded|counted|documented|announced|compiled|claimed|put|released|published)(?:\s+at\s+[\d,.]+\s*\w*)?\s+by)
    \s+(?P<who>(?:the\s+|an?\s+)?[^,;"]+?)
    (?=[,;"]|\.(?:\s|$)|$|\s+(?:—|\(|that\b|while\b|but\b|whereas\b|who\b|which\b|as\s+of\b|on\s+(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)|and\s+\d|late\b|last\b|at\s+the\b|with\s+\d|has\b|have\b|was\b|were\b|had\b|is\b|are\b))""",
    re.VERBOSE,
)


def according(text: str) -> Iterator[Act]:
    """According to, per, citing; and "estimated by"."""
    for match in _ACCORDING.finditer(text):
        start, end = match.span("who")
        if re.match(r"\s*(?:\d|[$€£])", match["who"]) or speakers.NOBODY_NAMED.fullmatch(
            match["who"].strip()
        ):
            continue
        how = match["how"].lower()
        kind = (
            how
            if how in ("citing", "quoting", "per")
            else "according to"
            if "accord" in how
            else "passive"
        )
        kind = "citing" if kind == "quoting" else kind
        end = speakers.with_appositive(text, end)
        ahead = match.start() < 3 and kind != "passive"
        if ahead:
            yield Act(kind, start, end, end, len(text), True)
        else:
            yield Act(kind, start, end, 0, match.start(), False)


_ESTIMATE = Pattern(
    r"(?P<who>(?:[Tt]he\s+)?(?:[A-Z][\w-]*|[a-z]+)(?:\s+[A-Z][\w-]*)*)(?:'s|s')\s+"
    r"(?:own\s+|latest\s+|official\s+|earlier\s+|previous\s+|initial\s+)?"
    r"(?:estimate|tally|count|figure|toll|projection|forecast|assessment)\s+(?:of|is|was"
    r"|stands\s+at|stood\s+at|for)\b"
)


def estimates(text: str) -> Iterator[Act]:
    """SOURCE's estimate of."""
    for match in _ESTIMATE.finditer(text):
        start, end = match.span("who")
        yield Act(
            "source's estimate",
            start,
            end,
            match.end(),
            len(text),
            True,
            earlier=bool(re.search("earlier|previous|initial", match[0])),
        )


_REPORTS = Pattern(
    r"(?<!to )(?P<who>(?:[Uu]nconfirmed|[Mm]edia|[Ll]ocal|[Ss]ome|[Ee]arly|[Ii]nitial"
    r"|[Cc]onflicting|[Pp]ress|[Tt]here\s+(?:were|are|have\s+been))?"
    rf"\s*\b[Rr]eports)\s+(?:[a-z]+\s+){{0,4}}?(?:of|that)\s+(?=(?:[\w-]+\s+){{0,3}}?{A_NUMBER})"
)


def reports(text: str) -> Iterator[Act]:
    """As in "unconfirmed reports of 300 dead": said by nobody in particular."""
    for match in _REPORTS.finditer(text):
        start, end = match.span("who")
        start = re.compile(r"(?:[Tt]here\s+(?:were|are|have\s+been))?\s*").match(text, start).end()  # type: ignore[union-attr]
        yield Act("reports of", start, end, match.end(), len(text), True)
