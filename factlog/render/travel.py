"""How figures travelled, as trees of who has them from whom, for a person and for a program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from shlex import quote

from factlog.answers import FigureTrace, Link, Voice
from factlog.render.display import Look, console, lines_of, page, paint, shown
from factlog.render.to_json import json_list
from factlog.wording import counted, day, even_arms, number, numbered, same_errors

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rich.tree import Tree


def traces(found: Sequence[FigureTrace], shape: str, look: Look) -> Iterator[str]:
    """Each figure with its tree, and below it what could be put down, if a person knows it so."""
    if shape == "json":
        return iter(json_list(map(_record, found)))
    lines = [line for each in found for line in (*_figure(each, look), "")]
    return iter((page(lines[:-1]) if found else "no figure is given by more than one\n",))


def _figure(found: FigureTrace, look: Look) -> Iterator[str]:
    about = ", ".join(filter(None, (found.subject, found.measure)))
    unit = found.unit
    ends = " to ".join(number(each, unit) for each in found.numbers)
    likely = f", likely {found.likely}" if found.likely < found.origins else ""
    sources = counted(found.sources, "1 source", "{} sources")
    heading = f"{about}: {ends}, {sources}, {counted(found.origins, '1 origin', '{} origins')}"
    for line in lines_of(heading + likely, look):
        yield paint(line, "bold", look)
    for voice in found.voices:
        drawn = console(look)
        with drawn.capture() as captured:
            drawn.print(_tree(voice, look))
        yield from (line.rstrip() for line in captured.get().splitlines())
    for voice, origin in _likely(found.voices, None):
        mend = f"factlog edit {voice.claims[0]} --origin {quote(origin)}"
        yield from lines_of(f"If {voice.source} has it from {origin}: {mend}", look, "", "  ")
    for group in found.copies:
        yield from lines_of(same_errors(group), look, "", "  ")


def _tree(voice: Voice, look: Look, under: Tree | None = None) -> Tree:
    from rich.text import Text
    from rich.tree import Tree

    label = Text(shown(_words(voice), look), "dim" if voice.link is Link.LIKELY else "")
    made = Tree(label) if under is None else under.add(label)
    for each in voice.children:
        _tree(each, look, made)
    return made


def _words(voice: Voice) -> str:
    if not voice.claims:
        return f"{voice.source}, cited only"
    how = {Link.FIRST: "", Link.STATED: ", citing it", Link.LIKELY: ", likely from it"}
    when = day(voice.when) if voice.when else "undated"
    later = counted(voice.days, "1 day", "{} days") + " later" if voice.days else ""
    dated = ", ".join(filter(None, (when, later)))
    via = f", via {', '.join(voice.via)}" if voice.via else ""
    ids = numbered(voice.claims)
    return f"{voice.source}{how[voice.link]}: {even_arms(voice.said)} ({dated}; {ids}){via}"


def _likely(voices: Sequence[Voice], above: str | None) -> Iterator[tuple[Voice, str]]:
    """The voices that likely have the figure from the one above, and that one's name."""
    for voice in voices:
        if voice.link is Link.LIKELY and above and voice.claims:
            yield voice, above
        yield from _likely(voice.children, voice.source)


def _record(found: FigureTrace) -> dict[str, object]:
    return {
        **{"subject": found.subject, "measure": found.measure, "numbers": list(found.numbers)},
        **{"unit": found.unit, "sources": found.sources, "origins": found.origins},
        **{"likely_origins": found.likely, "voices": list(map(_voice, found.voices))},
        "copies": list(map(asdict, found.copies)),
    }


def _voice(voice: Voice) -> dict[str, object]:
    return {
        **{"source": voice.source, "said": voice.said or None},
        **{"when": voice.when.said if voice.when else None, "claims": list(voice.claims)},
        **{"via": list(voice.via), "link": voice.link.value, "days_later": voice.days},
        "from_it": list(map(_voice, voice.children)),
    }
