"""Claims whose evidence does not bear them out: grouped for a person, in rows for a program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from factlog.answers import EvidenceFinding, EvidenceGap
from factlog.render import lists
from factlog.render.display import Look, lines_of, page, paint
from factlog.wording import counted, day, said_of

_COLUMNS = ("claim", "reason", "subject", "measure", "source", "said", "quote")


def findings(
    found: Sequence[EvidenceFinding], checked: int, shape: str, look: Look
) -> Iterator[str]:
    """The findings on so many claims that were checked."""
    if shape == "table":
        return iter((_page(found, checked, look),))
    if shape in ("json", "jsonl"):
        keyed = ({"claim": each.claim.id, "reason": each.gap.value} for each in found)
        return lists.records((), keyed, shape)
    return lists.records(_COLUMNS, map(_row, found), shape)


def _row(finding: EvidenceFinding) -> dict[str, object]:
    claim, said = finding.claim, finding.claim.statement
    told = (said.subject, claim.measure, said.source, claim.said, said.quote)
    return dict(zip(_COLUMNS, (claim.id, finding.gap.value, *told), strict=True))


def _page(found: Sequence[EvidenceFinding], checked: int, look: Look) -> str:
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
    wrong = len({each.claim.id for each in found})
    holds = counted(checked - wrong, "1 holds", "{} hold")
    unfit = f", {counted(wrong, '1 does', '{} do')} not" if wrong else ""
    return page([*lines, f"{counted(checked, '1 claim', '{} claims')} checked: {holds}{unfit}"])


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
