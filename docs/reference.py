"""The pages of the site that are tables of the program: verdicts, policies, hedges, units."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from factlog.claim import Hedge
from factlog.comparer.rules import RULES
from factlog.findings import Verdict
from factlog.parsing import languages, lexicon
from factlog.policy import POLICIES, Kind
from factlog.render import summary
from factlog.units.table import spellings

_PLACE = re.compile(r"[{](\w+)[}]")  # where one of several words stands


def pages() -> dict[str, str]:
    """The text of each page, by the name of its file."""
    return {"verdicts.md": "\n".join(_verdicts()), "words.md": "\n".join(_words())}


def _table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    names = list(header)
    yield f"| {' | '.join(names)} |"
    yield "|" + "---|" * len(names)
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |"
    yield ""


def _verdicts() -> Iterator[str]:
    yield "# Verdicts, rules and policies\n"
    yield f"Two figures come to one of these, from most to least severe: {_listed(Verdict)}.\n"
    yield "The rules are asked in this order, and the first that fires is the verdict of a pair.\n"
    yield from _table(
        ("verdict", "kind", "rule"),
        ((each.verdict.value, each.kind or "", each.says) for each in RULES),
    )
    yield f"A measure is of one kind: {_listed(Kind)}. `factlog measure set` says which.\n"
    yield "## Policies\n"
    yield "How words are taken and how much difference is let pass (`--policy`):\n"
    yield from (f"- {summary.policy(each)}" for each in POLICIES.values())
    yield ""


def _words() -> Iterator[str]:
    yield "# Hedges, languages and units\n"
    yield f"A figure is kept with its hedge: {_listed(Hedge)}.\n"
    yield "These words of English give one before a number:\n"
    meanings: dict[str, list[str]] = {}
    for word, meaning in lexicon.meanings("hedge before", "en").items():
        meanings.setdefault(meaning, []).append(_PLACE.sub(r"\1", word))
    yield from _table(("hedge", "words"), ((m, ", ".join(w)) for m, w in meanings.items()))
    yield "Values are read in these languages (`--language`):\n"
    yield from _table(("code", "language"), languages.names().items())
    yield "## Units\n"
    yield 'Of each, the name it is shown by; `factlog read "5 mi"` reads any spelling.'
    yield "Other units that pint knows are taken by their exact names, and a unit that nobody knows"
    yield "is kept as it was given.\n"
    yield ", ".join(f"`{name}`" for name in sorted(set(spellings(rare=False).values())))
    yield ""


def _listed(values: Iterable[str]) -> str:
    return ", ".join(f"*{each}*" for each in map(str, values))
