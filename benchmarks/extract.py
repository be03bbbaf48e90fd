"""Extraction against the gold set: precision, recall and F1, sentences a second, import time.

    python benchmarks/extract.py [--misses]

A proposal matches a gold claim that shares words with it in the text. It is right by

    value          the same ends (low, best, high and the arms of a ±), in the same unit
    value+bound    and the same hedge
    thing/measure  what is counted (by its last word) and the measure
    source         the same name, or none where the reporter speaks
    whole claim    all of these
    modality       stated, projected, planned, supposed or denied

and each is scored over all proposals and all gold claims. `--misses` lists what went wrong in
the tuning half; the held-out half is scored and never shown.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from factlog import units
from factlog.claim import Period
from factlog.dates import parse
from factlog.extraction import Confidence, Proposal, extract
from factlog.names import fold

GOLD = Path(__file__).parent.parent / "tests" / "extraction"
HALVES = {"tuning": GOLD / "gold_tuning.jsonl", "held out": GOLD / "gold_held_out.jsonl"}
AIMS = {"value": 0.90, "value+bound": 0.87, "source": 0.80, "whole claim": 0.50}
MEASURED = ("value", "value+bound", "thing/measure", "source", "whole claim", "as_of", "modality")
Gold = dict[str, Any]


def passages(path: Path) -> Iterator[Gold]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def proposed(passage: Gold) -> list[Proposal]:
    published: Period | None = parse(passage["published"]) if passage["published"] else None
    return list(extract(passage["text"], published=published))


def paired(
    claims: list[Gold], proposals: list[Proposal]
) -> Iterator[tuple[Gold | None, Proposal | None]]:
    """Gold claims with the proposals that stand where they do, each taken once."""
    left = list(proposals)
    for claim in claims:
        start, end = claim["at"]
        hit = next((p for p in left if _begins(p) < end and _begins(p) + len(p.text) > start), None)
        if hit is not None:
            left.remove(hit)
        yield claim, hit
    yield from ((None, proposal) for proposal in left)


def _begins(proposal: Proposal) -> int:
    assert proposal.at is not None
    return proposal.at


def right(claim: Gold, proposal: Proposal) -> dict[str, bool]:
    """In which respects a proposal says what the gold claim says."""
    value = _ends(claim) == _stated(proposal) and _same_unit(claim["unit"], proposal.estimate.unit)
    bound = value and claim["hedge"] == proposal.estimate.hedge.value
    thing = _head(claim["thing"]) == _head(proposal.thing) and fold(claim["measure"]) == fold(
        proposal.measure
    )
    source = fold(claim["source"] or "") == fold(proposal.source or "")
    as_of = (claim["as_of"] or "") == (proposal.as_of.said if proposal.as_of else "")
    whole = bound and thing and source
    modality = _coming(claim["modality"]) == _coming(proposal.modality)
    respects = (value, bound, thing, source, whole, as_of, modality)
    return dict(zip(MEASURED, respects, strict=True))


def _coming(modality: str) -> str:
    """What is planned and what is projected are told apart by nobody's rule."""
    return "projects" if modality == "plans" else modality


def _ends(claim: Gold) -> tuple[Decimal | None, ...]:
    ends = (claim[key] for key in ("low", "best", "high", "plus", "minus"))
    return tuple(None if end is None else Decimal(end).normalize() for end in ends)


def _stated(proposal: Proposal) -> tuple[Decimal | None, ...]:
    said = proposal.estimate
    ends = (said.low, said.best, said.high, said.plus, said.minus)
    return tuple(None if end is None else end.normalize() for end in ends)


def _same_unit(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return one == other
    return units.label(one.replace("_", " ")) == units.label(other) or units.comparable(
        units.label(one.replace("_", " ")), other
    )


def _head(thing: str | None) -> str:
    return fold(thing or "").split(" of ")[0].split(" ")[-1]


class Score:
    """Hits among the proposals made and the claims there are."""

    def __init__(self) -> None:
        self.made = self.there = self.sure = 0
        self.genres: dict[str, list[int]] = {}
        self.hits: Counter[str] = Counter()
        self.sure_hits: Counter[str] = Counter()

    def add(self, genre: str, claim: Gold | None, proposal: Proposal | None) -> None:
        self.made += proposal is not None
        self.there += claim is not None
        counts = self.genres.setdefault(genre, [0, 0])
        counts[1] += 1
        sure = proposal is not None and proposal.confidence is Confidence.HIGH
        self.sure += sure
        if claim is None or proposal is None:
            return
        for respect, hit in right(claim, proposal).items():
            self.hits[respect] += hit
            self.sure_hits[respect] += hit and sure
        counts[0] += right(claim, proposal)["whole claim"]

    def lines(self) -> Iterator[str]:
        yield f"  {'':14}  precision  recall     F1   aim   at high confidence"
        for respect in MEASURED:
            precision, recall = self.hits[respect] / self.made, self.hits[respect] / self.there
            f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
            aim = f"{AIMS[respect]:.2f}" if respect in AIMS else "    "
            sure = self.sure_hits[respect] / self.sure if self.sure else 0.0
            figures = f"{precision:9.3f}  {recall:6.3f}  {f1:5.3f}  {aim}"
            yield f"  {respect:14}  {figures}   {sure:.3f} of {self.sure}"
        shares = (f"{genre} {hit / of:.2f}" for genre, (hit, of) in self.genres.items())
        yield f"  whole claims right, by genre: {', '.join(shares)}"


def wrong(claim: Gold | None, proposal: Proposal | None) -> str | None:
    if claim is None:
        assert proposal is not None
        return f"  no claim: {proposal.text!r} {proposal.thing!r} in: {proposal.quote}"
    if proposal is None:
        return f"  missed: {claim['text']!r} in: {claim['quote']}"
    missed = [
        name for name, hit in right(claim, proposal).items() if not hit and name != "whole claim"
    ]
    if not missed:
        return None
    got = (
        str(proposal.estimate.hedge),
        proposal.thing,
        proposal.measure,
        proposal.source,
        proposal.estimate.unit,
        proposal.as_of and proposal.as_of.said,
    )
    want = (
        claim["hedge"],
        claim["thing"],
        claim["measure"],
        claim["source"],
        claim["unit"],
        claim["as_of"],
    )
    head = f"  {', '.join(missed)}: {claim['text']!r} in: {claim['quote']}"
    return f"{head}\n      got  {got} {proposal.rules} {proposal.confidence}\n      want {want}"


def scored(path: Path, *, misses: bool) -> Score:
    score = Score()
    for passage in passages(path):
        for claim, proposal in paired(passage["claims"], proposed(passage)):
            score.add(passage["id"].split()[0], claim, proposal)
            if misses and (told := wrong(claim, proposal)):
                print(told)
    return score


def sentences_a_second() -> float:
    """The speed over an article made of all the gold passages, best of five."""
    from factlog.extraction import article
    from factlog.extraction import article as sentences

    text = "\n\n".join(one["text"] for path in HALVES.values() for one in passages(path))
    count = sum(1 for _ in sentences.split(article.prepare(text)))
    taken = []
    for _ in range(5):
        started = time.process_time()  # of one processor, as others may want it too
        list(extract(text))
        taken.append(time.process_time() - started)
    first, best = count / taken[0], count / min(taken)
    print(
        f"sentences a second of a processor: {first:,.0f} in the first of five rounds, "
        f"{best:,.0f} in the best; aim 1,000"
    )
    return first


def import_seconds() -> float:
    """The time to import the extractor in a fresh interpreter, beyond starting it."""
    return _best("import factlog.extraction") - _best("pass")


def _best(statement: str) -> float:
    taken = []
    for _ in range(7):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", statement], check=True)
        taken.append(time.perf_counter() - started)
    return min(taken)


def main() -> None:
    for name, path in HALVES.items():
        score = scored(path, misses=name == "tuning" and "--misses" in sys.argv)
        print(f"{name}: {score.there} claims, {score.made} proposals")
        print("\n".join(score.lines()))
    sentences_a_second()
    print(f"import: {import_seconds():.3f} s; aim 0.15")


if __name__ == "__main__":
    main()
