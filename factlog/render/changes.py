"""What has changed in a record since an earlier event: in words, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from factlog.answers import Changes, VerdictChange
from factlog.claim import Claim
from factlog.findings import Verdict
from factlog.render import summary, to_json
from factlog.render.display import Look, page, paint, shown, wrap
from factlog.render.to_text import sentence


def text(found: Changes, look: Look) -> str:
    """What was recorded, edited, retracted and decided, and the verdicts that changed."""
    count = f"{found.events:,} event{'' if found.events == 1 else 's'}"
    lines = [f"since event {found.since}: {count}" if found.events else "nothing has changed"]
    for title, told in (
        ("verdicts", map(_verdict, filter(_matters, found.verdicts))),
        ("recorded", map(_claim, found.added)),
        ("edited", (f"{_claim(now)}; was {was.said}" for was, now in found.edited)),
        ("retracted", (f"{_claim(each)}; {each.retracted}" for each in found.retracted)),
        ("decided", map(summary.decision_about, found.decisions)),
        ("also", iter(found.others)),
    ):
        lines += _section(title, told, look)
    return page(lines)


# So many of a kind are told to a person; json has them all.
_MOST = 20


def _section(title: str, told: Iterator[str], look: Look) -> Iterator[str]:
    some = list(islice(told, _MOST))
    if some:
        yield paint(title, "bold", look)
    for words in some:
        yield from wrap(shown(words, look), look.width, "  ", "    ")
    if more := sum(1 for _words in told):
        yield f"  and {more:,} more (all with -f json)"


def _claim(claim: Claim) -> str:
    return f"claim {claim.id}: {sentence(claim)}"


def _matters(change: VerdictChange) -> bool:
    """Whether more came of it than a first or last source of something."""
    return {change.was, change.now} != {None, Verdict.SINGLE}


def _verdict(change: VerdictChange) -> str:
    """A change in a line: "killed: agree → conflict, since claim 41"."""
    was, now = (each.value if each else "nothing" for each in (change.was, change.now))
    about = f"{change.subject}, {change.measure}" if change.measure else change.subject
    return f"{about}: {was} → {now}, {change.why}"


def json(found: Changes, since: str) -> str:
    """The same, claims in full; `since` as it was asked for."""
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
