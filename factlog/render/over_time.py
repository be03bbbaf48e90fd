"""What a source said over time, and what has changed in a record since: in words, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby, islice
from operator import itemgetter

from factlog.answers import Changes, SourceFinding, SourceRecord, VerdictChange
from factlog.claim import Claim
from factlog.figure_wording import as_said, claims
from factlog.findings import Side, Verdict
from factlog.profile import SourceProfile
from factlog.render import summary, to_json
from factlog.render.display import Look, lines_of, page, paint, shown
from factlog.render.to_text import sentence
from factlog.wording import counted, when


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
            yield from lines_of(f"{name}: {value}", look, "  ", "    ")
    for words in disputes(found):
        yield from lines_of(words, look, "  ", "    ")


def disputes(found: SourceProfile) -> Iterator[str]:
    """What stores that were merged say differently of a source."""
    for name, said in found.disputed.items():
        yield f"{name}: {' or '.join(said)}? Merged stores differ; it counts once you say which"


def left_open(found: Iterable[SourceProfile], look: Look) -> Iterator[str]:
    """What merges left open of some sources, to stand below a list of them."""
    for each in found:
        for words in disputes(each):
            yield page(lines_of(f"{each.name}, {words}", look, "", "  "))


def source(found: SourceRecord, look: Look) -> str:
    """A source through the record: its figures by date, and what became of them."""
    lines = list(_profile(found.profile, look))
    for title, told in sections(found):
        lines += _section(title, (words for words, _claims in told), look)
    return page(lines)


Line = tuple[str, tuple[int, ...]]  # words, and the claims they are of


def sections(found: SourceRecord) -> Iterator[tuple[str, Iterable[Line]]]:
    """A source's record in words: its figures by what they are of, then what became of them."""
    titled = [(_about(s, side), side) for s, side in found.figures]
    for title, group in groupby(titled, key=itemgetter(0)):
        yield title, [(_figure(side), side.claims) for _title, side in group]
    alone = ((f"{_about(s, side)}, {_figure(side)}", side.claims) for s, side in found.alone)
    with_it, against_it = (
        ((summary.decision_about(each), each.claims) for each in decided)
        for decided in (found.followed, found.not_followed)
    )
    yield "revised by itself", ((_finding(each), each.claims) for each in found.revisions)
    yield "one voice with others", ((_finding(each), each.claims) for each in found.echoes)
    yield "in a camp of its own", alone
    yield "decisions that went with it", with_it
    yield "decisions that went against it", against_it


# So many of a kind of change are told to a person; json has them all.
_MOST = 20


def _section(
    title: str, told: Iterable[str], look: Look, most: int | None = None, style: str = ""
) -> Iterator[str]:
    """A title and what stands under it, the first so many told; nothing under nothing."""
    rest = iter(told)
    some = list(islice(rest, most))
    if some:
        yield from (paint(line, style, look) for line in lines_of(title, look))
    for words in some:
        yield from lines_of(words, look, "  ", "    ")
    if more := sum(1 for _words in rest):
        yield f"  and {more:,} more (all with -f json)"


def _about(subject: str, side: Side) -> str:
    return f"{subject}: {side.measure}" if side.measure else subject


def _figure(side: Side) -> str:
    dated = when(side.when) if side.when else "undated"
    scope = f", {side.scope}" if side.scope else ""
    return f"{as_said(side)} {dated}{scope} ({claims(side)})"


def _finding(found: SourceFinding) -> str:
    return f"{found.subject}: {found.why}"


def source_json(found: SourceRecord) -> str:
    """A source through the record as one document."""
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


# Changes


def changes(found: Changes, look: Look) -> str:
    """What was recorded, edited, retracted and decided, and the verdicts that changed."""
    count = counted(found.events, "1 event", "{} events")
    start = f"event {found.since}" if found.since else "the beginning"
    lines = [f"since {start}: {count}" if found.events else "nothing has changed"]
    for title, told in (
        ("verdicts", map(_verdict, filter(_matters, found.verdicts))),
        ("recorded", map(_claim, found.added)),
        ("edited", (f"{_claim(now)}; {_as_it_was(was, now)}" for was, now in found.edited)),
        ("retracted", (f"{_claim(each)}; {each.retracted}" for each in found.retracted)),
        ("decided", map(summary.decision_about, found.decisions)),
        ("also", iter(found.others)),
    ):
        lines += _section(title, told, look, _MOST, "bold")
    if found.events and len(lines) == 1:
        lines.append("  nothing is otherwise than it was: what was done was taken back again")
    return page(lines)


def _claim(claim: Claim) -> str:
    return f"claim {claim.id}: {sentence(claim)}"


def _as_it_was(was: Claim, now: Claim) -> str:
    return "changed and changed back" if was.uid == now.uid else f"was {was.said}"


def _matters(change: VerdictChange) -> bool:
    """Whether more came of it than a first or last source of something."""
    return {change.was, change.now} != {None, Verdict.SINGLE}


def _verdict(change: VerdictChange) -> str:
    """A change in a line: "killed: agree → conflict, since claim 41"."""
    was, now = (each.value if each else "nothing" for each in (change.was, change.now))
    about = f"{change.subject}, {change.measure}" if change.measure else change.subject
    return f"{about}: {was} → {now}, {change.why}"


def changes_json(found: Changes, since: str) -> str:
    """The changes as one document, claims in full; `since` as it was asked for."""
    return to_json.spread(
        {
            "since": since,
            "events": found.events,
            "claims": {
                "added": [to_json.full(each) for each in found.added],
                "edited": [{**to_json.full(now), "was": was.said} for was, now in found.edited],
                "retracted": [to_json.full(each) for each in found.retracted],
            },
            "decisions": [to_json.decision_of(each) for each in found.decisions],
            "verdicts": [
                {
                    "subject": each.subject,
                    "measure": each.measure,
                    "was": each.was,
                    "is": each.now,
                    "why": each.why,
                }
                for each in found.verdicts
            ],
        }
    )
