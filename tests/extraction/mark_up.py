"""Turn the texts of gold/ into gold_tuning.jsonl and gold_held_out.jsonl; offsets are counted here.

    python tests/extraction/mark_up.py

Run it after changing the marked text; a test checks that the two files follow from it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
GENRES = ("wire", "local", "business", "science", "official")
MARK = re.compile(r"\[\[(.*?)\]\]")
ENDS = {"at_least": "low", "more_than": "low", "at_most": "high", "less_than": "high"}


def blocks(marked: str) -> Iterator[list[str]]:
    """The passages: topic, text and claim lines."""
    yield from (block.splitlines() for block in marked.strip().split("\n\n"))


def passage(lines: list[str], genre: str, number: int) -> dict[str, Any]:
    topic, *rest = lines
    published = rest.pop(0)[1:].strip() if rest[0].startswith("@") else None
    text, spans, sentences = unmark(rest[0])
    if len(spans) != len(rest) - 1:
        raise ValueError(f"{len(spans)} marks, {len(rest) - 1} claims: {rest[0]}")
    claims = [
        claim(line, text, span, sentences) for line, span in zip(rest[1:], spans, strict=True)
    ]
    return {
        "id": f"{genre} {number}",
        "topic": topic.removeprefix("#").strip(),
        "published": published,
        "text": text,
        "claims": claims,
    }


def unmark(marked: str) -> tuple[str, list[tuple[int, int]], list[tuple[int, int]]]:
    """The plain text, where the marked values stand, and where the sentences do."""
    text, spans, sentences, start = "", [], [], 0
    for part in re.split(r" (?=[¦¶] )", marked):
        sentence = part.removeprefix("¦ ").removeprefix("¶ ")
        text += {"¦": " ", "¶": "\n\n"}.get(part[0], "")
        start, at = len(text), 0
        for mark in MARK.finditer(sentence):
            text += sentence[at : mark.start()]
            spans.append((len(text), len(text) + len(mark[1])))
            text, at = text + mark[1], mark.end()
        text += sentence[at:]
        sentences.extend(split(text, start))
    return text, spans, sentences


def split(text: str, start: int) -> list[tuple[int, int]]:
    """Quoted sentences of one marked sentence: '"...," X said. "Y."' is two."""
    cut = re.search(r'(?<=[.]) (?=["A-Z])', text[start:])
    if cut and not re.search(r"\b(?:Dr|no|a\.m|p\.m)\.$", text[start : start + cut.start()]):
        middle = start + cut.start()
        return [(start, middle), *split(text, middle + 1)]
    return [(start, len(text))]


def claim(
    line: str, text: str, span: tuple[int, int], sentences: list[tuple[int, int]]
) -> dict[str, Any]:
    value, thing, measure, source, *extras = (part.strip() for part in line.split(" | "))
    start, end = next(place for place in sentences if place[0] <= span[0] < place[1])
    told = dict(extra.partition("=")[::2] for extra in "; ".join(extras).split("; "))
    named = None if source == "-" else source
    return {
        "quote": text[start:end],
        "start": start,
        "end": end,
        "text": text[slice(*span)],
        "at": list(span),
        **number(value),
        "thing": None if thing == "-" else thing,
        "measure": thing.strip("-") if measure == "=" else measure,
        "subject": None,
        "source": named,
        "source_text": raw(told.get("st") or named, text),
        "unnamed": "unnamed" in told,
        "via": told.get("via"),
        "origin": told.get("origin"),
        "as_of": told.get("as_of"),
        "modality": told.get("mod", "states"),
    }


def number(value: str) -> dict[str, Any]:
    """The ends of "about 300", "range 3..5 percent", "plus_minus 3.4 0.2 kg"."""
    hedge, *words = value.split()
    found: dict[str, Any] = dict.fromkeys(("low", "best", "high", "plus", "minus", "unit"))
    first = words.pop(0)
    if ".." in first:
        found["low"], found["high"] = first.split("..")
    else:
        found[ENDS.get(hedge, "best")] = first
    if hedge == "plus_minus":
        arms = [words.pop(0) for _ in range(2) if words and re.match(r"[\d.]+$", words[0])]
        found["plus"], found["minus"] = arms[0], arms[-1]
    found["unit"] = words[0] if words else None
    return {"hedge": hedge, **found}


def raw(named: str | None, text: str) -> str | None:
    """The words that name a source as they stand, with their article."""
    if named is None:
        return None
    found = re.search(rf"(?:\b(?:the|an?) )?(?<!\w){re.escape(named)}", text, re.IGNORECASE)
    if found is None:
        raise ValueError(f"{named!r} does not stand in: {text}")
    return found[0]


def halves() -> tuple[str, str]:
    """The tuning half and the held-out half, as JSON lines: every other passage of each genre."""
    tuning, held_out = "", ""
    for genre in GENRES:
        marked = (HERE / "gold" / f"{genre}.txt").read_text(encoding="utf-8")
        made = [passage(lines, genre, number) for number, lines in enumerate(blocks(marked), 1)]
        lines = [json.dumps(one, ensure_ascii=False) + "\n" for one in made]
        tuning += "".join(lines[::2])
        held_out += "".join(lines[1::2])
    return tuning, held_out


def main() -> None:
    tuning, held_out = halves()
    (HERE / "gold_tuning.jsonl").write_text(tuning, encoding="utf-8")
    (HERE / "gold_held_out.jsonl").write_text(held_out, encoding="utf-8")


if __name__ == "__main__":
    main()
