"""What is known of a source, and its record: in words, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby
from operator import itemgetter

from factlog.answers import SourceFinding, SourceRecord
from factlog.decision import Decision
from factlog.findings import Side
from factlog.profile import SourceProfile
from factlog.render import summary, to_json
from factlog.render.display import Look, page, paint, shown, wrap
from factlog.wording import as_said, claims, when


def profile(found: SourceProfile, look: Look) -> str:
    """What is known of a source, a line each."""
    return page(_profile(found, look))


def _profile(found: SourceProfile, look: Look) -> Iterator[str]:
    yield paint(shown(found.name, look), "bold", look)
    grade = f"{found.grade} ({found.grade_reason})" if found.grade else None
    for name, value in (
        *(("role", found.role), ("party", found.party), ("basis", found.basis)),
        *(("grade", grade), ("note", found.note)),
    ):
        if value:
            yield from wrap(shown(f"{name}: {value}", look), look.width, "  ", "    ")


def text(found: SourceRecord, look: Look) -> str:
    """A source through the record: its figures by date, and what became of them."""
    lines = list(_profile(found.profile, look))
    for title, told in sections(found):
        lines += _section(title, told, look)
    return page(lines)


def sections(found: SourceRecord) -> Iterator[tuple[str, list[str]]]:
    """A source's record in words: its figures by what they are of, then what became of them."""
    titled = [(f"{s}: {side.measure}" if side.measure else s, side) for s, side in found.figures]
    for title, group in groupby(titled, key=itemgetter(0)):
        yield title, [_figure(side) for _title, side in group]
    for title, told in (
        ("revised by itself", map(_finding, found.revisions)),
        ("one voice with others", map(_finding, found.echoes)),
        ("against all others", (f"{s}, {_figure(side)}" for s, side in found.alone)),
        ("decisions that went with it", map(_decision, found.followed)),
        ("decisions that went against it", map(_decision, found.not_followed)),
    ):
        if some := list(told):
            yield title, some


def _section(title: str, told: Iterable[str], look: Look) -> Iterator[str]:
    for number, words in enumerate(told):
        if not number:
            yield from wrap(shown(title, look), look.width)
        yield from wrap(shown(words, look), look.width, "  ", "    ")


def _figure(side: Side) -> str:
    dated = when(side) if side.when else "undated"
    scope = f", {side.scope}" if side.scope else ""
    return f"{as_said(side)} {dated}{scope} ({claims(side)})"


def _finding(found: SourceFinding) -> str:
    return f"{found.subject}: {found.why}"


def _decision(found: Decision) -> str:
    about = f"{found.subject}, {found.measure}" if found.measure else found.subject
    return f"{about}: {summary.decision(found)}"


def json(found: SourceRecord) -> str:
    """The same as one document."""
    return to_json.spread(
        {
            **asdict(found.profile),
            "figures": [_placed(each) for each in found.figures],
            "revisions": [asdict(each) for each in found.revisions],
            "echoes": [asdict(each) for each in found.echoes],
            "alone": [_placed(each) for each in found.alone],
            "decisions": {
                "with": [to_json.decision_of(each) for each in found.followed],
                "against": [to_json.decision_of(each) for each in found.not_followed],
            },
        }
    )


def _placed(figure: tuple[str, Side]) -> to_json.Record:
    subject, side = figure
    return {"subject": subject, **to_json.side(side)}
