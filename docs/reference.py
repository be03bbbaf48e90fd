"""The tables of the program that pages of the site take in: verdicts, words, formats.

What has no words in the program has them here, in a table that a new one is missing from: the
site is not made until it is described.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from factlog import measures
from factlog.claim import COLUMNS, Hedge
from factlog.cli.main import EXIT_CODES
from factlog.comparer.rules import RULES
from factlog.findings import Verdict
from factlog.parsing import languages, lexicon, read
from factlog.policy import POLICIES, Kind, reading, stated
from factlog.render import summary
from factlog.render.formats import SUFFIXES
from factlog.render.to_csv import SIDE_COLUMNS
from factlog.render.to_xlsx import MEANT, NEEDED
from factlog.units.table import money_signs, spellings
from factlog.wording import span

_PLACE = re.compile(r"[{](\w+)[}]")  # where one of several words stands


INDEX = Path(__file__).parent / "index.md"
_HEADING = re.compile(r"^## (.+)\n\n((?:- .+\n)+)", re.MULTILINE)
_LISTED = re.compile(r"- \[(.+)\]\((.+)\.md\)(.*)")


def toctrees(index: str) -> str:
    """The lists of the index once more, as the site's contents beside every page."""
    made = []
    for heading, lines in _HEADING.findall(index):
        entries = [f"{title} <{page}>" for title, page, _ in _LISTED.findall(lines)]
        made += ["```{toctree}", ":hidden:", f":caption: {heading}", "", *entries, "```", ""]
    return "\n".join(made)


def llms() -> str:
    """The index for programs that reason in words: llms.txt."""
    index = INDEX.read_text(encoding="utf-8")
    made = ["# factlog", "", f"> {' '.join(index.split(chr(10) * 2)[1].split())}"]
    for heading, lines in _HEADING.findall(index):
        made += ["", f"## {heading}", ""]
        for title, page, told in _LISTED.findall(lines):
            address = posixpath.normpath(f"docs/{page}.html")
            made.append(f"- [{title}]({address}){told}")
    return "\n".join([*made, ""])


def tables() -> dict[str, str]:
    """Each table, by the name under which a page takes it in."""
    made = {
        "verdicts": _table(("verdict", "means"), ((v.value, VERDICTS[v]) for v in Verdict)),
        "rules": _table(
            ("verdict", "kind", "rule"), ((r.verdict.value, r.kind or "", r.says) for r in RULES)
        ),
        "kinds": _table(("kind", "means"), ((kind.value, KINDS[kind]) for kind in Kind)),
        "policies": (f"- {summary.policy(each)}" for each in POLICIES.values()),
        "readings": _table(("said", "hedge", *POLICIES), _readings()),
        "phrases": _table(("hedge", "before", "after"), _phrases()),
        "vague": _table(("said", "taken as"), _vague()),
        "measures": _table(("measure", "kind", "what it counts", "also"), _measures()),
        "languages": _table(("code", "language"), languages.names().items()),
        "units": _units(),
        "claims": _table(("column", "needed", "means"), _claims()),
        "sides": _table(("column", "means"), ((f"`{c}`", _side(c)) for c in SIDE_COLUMNS)),
        "suffixes": _table(("ending", "format"), ((f"`{s}`", f) for s, f in SUFFIXES.items())),
        "codes": _table(
            ("code", "means"), ((str(code), EXIT_CODES[code]) for code in sorted(EXIT_CODES))
        ),
    }
    return {f"{name}.md": "\n".join(lines) + "\n" for name, lines in made.items()}


def _table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    names = list(header)
    yield f"| {' | '.join(names)} |"
    yield "|" + "---|" * len(names)
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |"
    yield ""


VERDICTS = {
    Verdict.CONFLICT: "the two cannot both be right",
    Verdict.NEAR: "they miss each other by less than the tolerance",
    Verdict.REVISED: "a source took back its own earlier figure",
    Verdict.GROWTH: "a running total that is higher later: both can be right",
    Verdict.ECHO: "both go back to one origin: one voice, whatever the numbers",
    Verdict.AGREE: "one number satisfies both as they were said",
    Verdict.NOT_COMPARED: "other units, other scopes, or other times",
    Verdict.SINGLE: "one source alone",
}
KINDS = {
    Kind.CONSTANT: "one number that stays: a height, a constant of nature. Of each source the "
    "latest counts. What nobody has defined is taken for this",
    Kind.CUMULATIVE: "a running total, which cannot fall: killed, deployed",
    Kind.LEVEL: "goes up and down: missing, displaced. Compared within a window of days",
    Kind.FLOW: "so much a period: births a year. Compared where the periods are equal",
}


# A phrase for each hedge there is, and for each way its number is read.
PHRASES = {
    Hedge.EXACT: ("300",),
    Hedge.ABOUT: ("about 300", "nearly 300", "about 300 to 400"),
    Hedge.AT_LEAST: ("at least 300",),
    Hedge.MORE_THAN: ("more than 300", "just over 300"),
    Hedge.AT_MOST: ("up to 300",),
    Hedge.LESS_THAN: ("fewer than 300", "just under 300"),
    Hedge.RANGE: ("300 to 400",),
    Hedge.PLUS_MINUS: ("300 ± 20", "300 (95% CI 270 to 340)"),
    Hedge.VAGUE: ("several hundred", "dozens"),
}


def _readings() -> Iterator[tuple[str, ...]]:
    for hedge in Hedge:
        for phrase in PHRASES[hedge]:
            read_as = read(phrase).estimate
            assert read_as.hedge is hedge, phrase
            yield (
                phrase,
                hedge.value,
                *(span(reading(read_as, policy)) for policy in POLICIES.values()),
            )


def _vague() -> Iterator[tuple[str, ...]]:
    words = [*lexicon.meanings("vague word", "en"), *lexicon.meanings("vague plural", "en")]
    for word in words:
        said = word if word.endswith("s") or word == "several" else f"a {word}"
        found = read(said).estimate
        yield said, span(stated(found))


def _measures() -> Iterator[tuple[str, ...]]:
    for each in measures.starter():
        parts = f" It is {' + '.join(each.parts)}." if each.parts else ""
        yield each.name, each.kind.value, each.definition + parts, ", ".join(each.aliases)


def _units() -> Iterator[str]:
    known, money = set(spellings(rare=False).values()), set(money_signs().values())
    yield f"- Units: {_coded(known - money)}"
    yield f"- Money: {_coded(known & money)}"


def _claims() -> Iterator[tuple[str, ...]]:
    for column in COLUMNS:
        yield f"`{column}`", "yes" if column in NEEDED else "", MEANT[column]


def _side(column: str) -> str:
    return SIDES.get(column) or MEANT[column]


def _phrases() -> Iterator[tuple[str, str, str]]:
    sides = [_by_hedge("hedge before"), _by_hedge("hedge after")]
    for meaning in dict.fromkeys([*sides[0], *sides[1]]):
        before, after = (", ".join(side.get(meaning, ())) for side in sides)
        yield meaning, before, after


def _by_hedge(kind: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word, meaning in lexicon.meanings(kind, "en").items():
        found.setdefault(meaning, []).append(_PLACE.sub(r"{\1}", word))
    return found


def _coded(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


# What a row of `compare -f csv` says beside what a claim says.
SIDES = {
    "said": "The figure as it was said; of a sum, what it is made of.",
    "hedge": "How firmly it was stated.",
    "low": "The lower end as stated, in the measure's unit.",
    "best": "The number as stated, in the measure's unit.",
    "high": "The upper end as stated, in the measure's unit.",
    "claims": "The numbers of the claims it rests on.",
    "derived": "Whether it is a sum of the source's own parts.",
    "verdict": "The most severe verdict it has with another figure.",
    "kind": "The kind of that verdict.",
    "against": "That other figure's source, and its date.",
    "gap": "How far apart the two are.",
    "ratio": "How many times the lower one the higher is.",
    "break_even": "The smallest relative error in both at which they would agree.",
}
