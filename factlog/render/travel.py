"""How figures travelled, as trees of who has them from whom, for a person and for a program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from shlex import quote

from factlog.answers import FigureTrace, Link, Voice
from factlog.render.display import Look, console, lines_of, page, paint, shown
from factlog.render.to_json import json_list
from factlog.wording import counted, day, even_arms, number, numbered, same_errors

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rich.tree import Tree


def traces(
    found: Sequence[FigureTrace],
    shape: str,
    look: Look,
    none: str = "no figure is given by more than one",
) -> Iterator[str]:
    """Each figure with its tree, and below it what could be put down, if a person knows it so.

    `none` is what to say where there is no figure.
    """
    if shape == "json":
        return iter(json_list(map(_record, found)))
    lines = [line for each in found for line in (*_figure(each, look), "")]
    return iter((page(lines[:-1] or list(lines_of(none, look))),))


def _figure(found: FigureTrace, look: Look) -> Iterator[str]:
    for line in lines_of(heading(found), look):
        yield paint(line, "bold", look)
    for voice in found.voices:
        # Of a long chain the last would have no room: lines are rather longer than the screen.
        drawn = console(replace(look, width=max(look.width, 4 * _depth(voice) + _ROOM)))
        with drawn.capture() as captured:
            drawn.print(_tree(voice, look))
        yield from (line.rstrip() for line in captured.get().splitlines())
    for sentence in (*circles(found), *misquotations(found), *spellings(found)):
        yield from lines_of(sentence, look, "", "  ")
    for voice, origin in likely(found):
        mend = f"factlog edit {voice.claims[0]} --origin {quote(origin)}"
        yield from lines_of(f"If {voice.source} has it from {origin}: {mend}", look, "", "  ")
    for group in found.copies:
        yield from lines_of(same_errors(group), look, "", "  ")


def heading(found: FigureTrace, *, alone: bool = False) -> str:
    """A figure, of what it is, and how many give it; `alone` leaves out of what."""
    about = "" if alone else ", ".join(filter(None, (found.subject, found.measure))) + ": "
    ends = " to ".join(number(each, found.unit) for each in found.numbers)
    less = f", likely {found.likely}" if found.likely < found.origins else ""
    sources = counted(found.sources, "1 source", "{} sources")
    return f"{about}{ends}, {sources}, {counted(found.origins, '1 origin', '{} origins')}{less}"


def _depth(voice: Voice) -> int:
    return max((1 + _depth(each) for each in voice.children), default=0)


_ROOM = 24  # signs for what a voice said
_MENDS = 5  # claims to edit that are told of a name, and misquotations


def _tree(voice: Voice, look: Look, under: Tree | None = None) -> Tree:
    from rich.text import Text
    from rich.tree import Tree

    label = Text(shown(words(voice), look), "dim" if voice.link is Link.LIKELY else "")
    made = Tree(label) if under is None else under.add(label)
    for each in voice.children:
        _tree(each, look, made)
    return made


def words(voice: Voice, above: str = "it") -> str:
    """A voice in words: who, from whom, what, when and by way of which outlets."""
    if not voice.claims:
        return f"{voice.source}, {_cited(voice)}{_from(voice, above)}"
    via = f", via {', '.join(voice.via)}" if voice.via else ""
    dated = f"{_dated(voice)}; {numbered(voice.claims)}"
    return f"{voice.source}{_from(voice, above)}: {said(voice)} ({dated}){via}"


def said(voice: Voice) -> str:
    """A voice's figure as it was said, and what it says it counts."""
    return ", ".join(filter(None, (even_arms(voice.said), voice.counts)))


def how(voice: Voice, above: str) -> str:
    """When a voice spoke and how it has its figure, in words."""
    if not voice.claims:
        return f"{_cited(voice)}{_from(voice, above)}"
    via = f", via {', '.join(voice.via)}" if voice.via else ""
    return f"{_dated(voice)}{_from(voice, above)}{via}"


def _cited(voice: Voice) -> str:
    """How one stands there who does not give the figure: only by name, or with another."""
    if (other := voice.elsewhere) is None:
        return "cited only"
    more = f", and {voice.more:,} more" if voice.more else ""
    return f"cited for it (on record with {even_arms(other.said)}, claim {other.claim}{more})"


def misquotations(found: FigureTrace) -> Iterator[str]:
    """Who cites a voice for a figure that it never gave, in a sentence each."""
    for each in found.misquoted[:_MENDS]:
        figure = f"{even_arms(each.said)}, claim {each.claim}"
        yield f"{each.source} cites {each.cited} for another figure ({figure})."
    if len(found.misquoted) > _MENDS:
        yield f"{len(found.misquoted) - _MENDS:,} more cite them for other figures."


def _dated(voice: Voice) -> str:
    when = day(voice.when) if voice.when else "undated"
    later = counted(voice.days, "1 day", "{} days") + " later" if voice.days else ""
    return ", ".join(filter(None, (when, later)))


def _from(voice: Voice, above: str) -> str:
    if voice.circle:
        return f", citing {voice.circle[1]} in a circle"
    links = {Link.FIRST: "", Link.STATED: ", citing {}", Link.LIKELY: ", likely from {}"}
    return links[voice.link].format(above)


def circles(found: FigureTrace) -> Iterator[str]:
    """Who cite each other for a figure, in a sentence each."""
    for voice in found.voices:
        if voice.circle:
            *most, last = voice.circle
            yield f"{', '.join(most)} and {last} cite each other: who had it first is not stated."


def spellings(found: FigureTrace) -> Iterator[str]:
    """Names that may be one, and what makes them so, in a sentence each."""
    for each in found.spellings:
        first = each.claims[:_MENDS]
        mends = [f"factlog edit {number} --origin {quote(each.name)}" for number in first]
        mends += [f"and {more:,} more" for more in (len(each.claims) - len(first),) if more]
        alias = f"factlog source alias {quote(each.name)} {quote(each.other)}"
        yield f"If {each.name} and {each.other} are one: {'; '.join(mends) or alias}"


def likely(found: FigureTrace) -> Iterator[tuple[Voice, str]]:
    """The voices that likely have the figure from the one above, and that one's name."""
    return _likely(found.voices)


def _likely(voices: Sequence[Voice], above: str | None = None) -> Iterator[tuple[Voice, str]]:
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
        "spellings": list(map(asdict, found.spellings)),
    }


def _voice(voice: Voice) -> dict[str, object]:
    return {
        **{"source": voice.source, "said": voice.said or None},
        **{"when": voice.when.said if voice.when else None, "claims": list(voice.claims)},
        **{"via": list(voice.via), "counts": voice.counts or None, "link": voice.link.value},
        **{"circle": list(voice.circle), "days_later": voice.days},
        "from_it": list(map(_voice, voice.children)),
    }
