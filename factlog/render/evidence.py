"""Evidence: the pages kept, and the claims that theirs does not bear out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from factlog.answers import EvidenceFinding, EvidenceGap
from factlog.claim import Claim
from factlog.definition import Definition
from factlog.page import KeptPage, PageState
from factlog.render import lists
from factlog.render.display import Look, lines_of, page, paint
from factlog.wording import counted, day, said_of

_COLUMNS = ("claim", "reason", "subject", "measure", "source", "said", "quote")


def findings(
    found: Sequence[EvidenceFinding], checked: int, shape: str, look: Look, only: Sequence[str] = ()
) -> Iterator[str]:
    """The findings on so many claims that were checked, if `only` for these reasons."""
    if shape == "table":
        return iter((_page(found, checked, look, only),))
    if shape in ("json", "jsonl"):
        keyed = ({"claim": each.claim.id, "reason": each.gap.value} for each in found)
        return lists.records((), keyed, shape)
    return lists.records(_COLUMNS, map(_row, found), shape)


def _row(finding: EvidenceFinding) -> dict[str, object]:
    claim, said = finding.claim, finding.claim.statement
    told = (said.subject, claim.measure, said.source, claim.said, said.quote)
    return dict(zip(_COLUMNS, (claim.id, finding.gap.value, *told), strict=True))


def _page(found: Sequence[EvidenceFinding], checked: int, look: Look, only: Sequence[str]) -> str:
    lines: list[str] = []
    for gap in EvidenceGap:
        of_it = [each for each in found if each.gap is gap]
        if of_it:
            heading = f"{gap}: {counted(len(of_it), '1 claim', '{} claims')}"
            lines += [paint(heading, "bold", look)]
            if gap is EvidenceGap.NO_QUOTE:
                lines += lines_of(_ids(of_it), look, "  ", "  ")
            else:
                lines += [line for each in of_it for line in _told(each, look)]
            lines.append("")
    wrong = {each.claim.id for each in found if each.gap is not EvidenceGap.UNREADABLE}
    unread = {each.claim.id for each in found} - wrong
    told = [counted(checked - len(wrong) - len(unread), "1 holds", "{} hold")]
    if wrong:
        told.append(f"{counted(len(wrong), '1 does', '{} do')} not")
    if unread:
        told.append(f"{len(unread):,} cannot be told")
    alone = f" for {' and '.join(only)} alone" if only else ""
    lines.append(f"{counted(checked, '1 claim', '{} claims')} checked{alone}: {', '.join(told)}")
    return page(lines)


def _ids(found: Sequence[EvidenceFinding]) -> str:
    """The ids of many claims in few words: 1 to 44, 47, 50 to 52."""
    runs: list[list[int]] = []
    for number in sorted(each.claim.id or 0 for each in found):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    pairs = (f"{run[0]} to {run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)
    return ", ".join(pairs)


def _told(finding: EvidenceFinding, look: Look) -> Iterator[str]:
    claim, said = finding.claim, finding.claim.statement
    when = f", {day(said.when)}" if said.when else ""
    about = ", ".join(filter(None, (said.subject, claim.measure)))
    head = f"{claim.id}  {about}: {said_of(claim)}, {said.source}{when}"
    yield from lines_of(head, look, "  ", "     ")
    if said.quote:
        yield from lines_of(f'"{" ".join(said.quote.split())}"', look, "     ", "     ")
    if finding.stands_for:
        yield from lines_of(
            f"the number stands there for {finding.stands_for}", look, "     ", "     "
        )


_PAGE_COLUMNS = (
    *("page", "claim", "url", "media_type", "size", "sha256", "taken_from", "at", "state"),
)


def pages(
    found: Sequence[KeptPage], states: Sequence[PageState], shape: str, look: Look, of: int = 0
) -> Iterator[str]:
    """The pages kept, or found among so many, each with what has become of its file."""
    both = list(zip(found, states, strict=True))
    if shape == "table":
        lines = [line for each in both for line in _page_lines(*each, look)]
        none = counted(of, "the 1 page kept does not hold", "none of {} pages holds")
        nothing = f"{none} these words\n" if of else "no pages kept\n"
        return iter((page(lines) if lines else nothing,))
    return lists.records(_PAGE_COLUMNS, (_page_row(*each) for each in both), shape)


def _page_row(kept: KeptPage, state: PageState) -> dict[str, object]:
    told = (kept.id, kept.claim, kept.url, kept.media_type, kept.size, kept.sha256)
    when = kept.at.isoformat() if kept.at else None
    return dict(zip(_PAGE_COLUMNS, (*told, kept.taken_from, when, state.value), strict=True))


def _page_lines(kept: KeptPage, state: PageState, look: Look) -> Iterator[str]:
    head, _, rest = told(kept, state).partition(", ")
    yield from lines_of(f"{head}  {_kept_for(kept)}", look, "", "   ")
    yield from lines_of(rest, look, "   ", "   ")
    yield from lines_of(f"SHA-256 {kept.sha256}", look, "   ", "   ")


def told(page: KeptPage, state: PageState) -> str:
    """A page in a line: its number, since when it is kept, as what, from where."""
    gone = "" if state is PageState.KEPT else f", {state.upper()}"
    when = f"kept {page.at:%Y-%m-%d %H:%M %Z}, " if page.at else ""
    return f"{page.id}{gone}, {when}{_what(page)}, from {page.taken_from}"


def kept(page: KeptPage, where: str, *, new: bool) -> str:
    """What a person is told who has just kept a page."""
    done = "kept in" if new else "was kept already, in"
    return f"page {page.id}, {_kept_for(page)}: {_what(page)}, {done} {where}"


def _kept_for(kept: KeptPage) -> str:
    claim = f"claim {kept.claim}" if kept.claim else ""
    return ", ".join(filter(None, (claim, kept.url)))


def _what(kept: KeptPage) -> str:
    return f"{kept.media_type}, {counted(kept.size, '1 byte', '{} bytes')}"


def definitions(
    known: Mapping[int, Definition], claims: Sequence[Claim]
) -> list[dict[str, object]]:
    """What some claims count, as far as that is known, for a program."""
    own = [(each.id, known[each.id or 0]) for each in claims if each.id in known]
    keys = ("claim", "counts", "includes", "excludes")
    return [
        dict(zip(keys, (number, said.counts, said.includes, said.excludes), strict=True))
        for number, said in own
    ]
