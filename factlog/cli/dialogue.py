"""What `add` asks for where words are missing: a question at a time, going back at any of them.

Nothing is printed or typed here: an `Entry` holds what is given and answered so far, `question`
says what to ask next, `answer` takes the words or refuses them, `back` goes one question back.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import field, replace

from factlog.claim import Claim
from factlog.cli import days
from factlog.comparer import reading_of
from factlog.errors import ReadingError, UsageError
from factlog.importing import words
from factlog.policy import Measure, Policy
from factlog.values import dataclass
from factlog.wording import day, said_of, span

BACK = "<"
_NOTHING = "-"
# In the order they are asked. Two more come in between: which of two things is meant, and
# whether to record it.
_ASKED = {
    "subject": "Subject",
    "source": "Source",
    "claim": "Claim",
    "as_of": "As of",
    "via": "Via",
    "url": "URL",
    "quote": "Quote",
}
_NEEDED = {"subject": "SUBJECT", "claim": "a CLAIM", "source": "--source"}
_FOR = {
    "subject": "Write what the figures are of.",
    "source": "Write who says so.",
    "claim": 'Write at least one value: "around 300 killed".',
}
_CONFIRM = "confirm"
Answer = tuple[str, str]  # what it is about, and the words


@dataclass(frozen=True, slots=True)
class EntryQuestion:
    """What is asked: which part of the entry, in which words, and what an empty answer takes."""

    about: str
    text: str
    offered: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement being entered: what was given with the command, and the answers in their order.

    `offered` are answers taken from the last statement on record; `earlier` those gone back over,
    which are offered again.
    """

    given: Mapping[str, str]
    claims: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    offered: Mapping[str, str] = field(default_factory=dict)
    confirmed: bool = False  # or recording is not what it is for
    answers: tuple[Answer, ...] = ()
    earlier: tuple[Answer, ...] = ()
    doubt: ReadingError | None = None
    doubtful: str = ""


def missing(entry: Entry) -> tuple[str, ...]:
    """What no statement can do without, and was not given: "SUBJECT", "a CLAIM", "--source"."""
    return tuple(word for about, word in _NEEDED.items() if not _is_given(entry, about))


def _is_given(entry: Entry, about: str) -> bool:
    return bool(entry.claims) if about == "claim" else about in entry.given


def question(entry: Entry) -> EntryQuestion | None:
    """What to ask next; None once everything is answered."""
    if entry.doubt is not None:
        return EntryQuestion("doubt", "Which one is meant", choices=entry.doubt.choices)
    about = _next(entry)
    if about is None:
        return None
    if about == _CONFIRM:
        return EntryQuestion(about, "Record it? [Y/n]", "y")
    offered = entry.offered.get(about, "")
    if entry.earlier and entry.earlier[-1][0] == about:
        offered = entry.earlier[-1][1]
    return EntryQuestion(about, _ASKED[about] + _hint(entry, about, offered), offered)


def _next(entry: Entry) -> str | None:
    done = {about for about, text in entry.answers if about != "claim" or not text}
    left = (each for each in _ASKED if each not in done and not _is_given(entry, each))
    last = None if entry.confirmed or _CONFIRM in done else _CONFIRM
    return next(left, last)


def _hint(entry: Entry, about: str, offered: str) -> str:
    """What an empty answer does, in brackets."""
    if about == "claim":
        number = sum(each == "claim" for each, _ in entry.answers) + 1
        otherwise = f" {number} (Enter: no more)" if number > 1 else ""
    else:
        otherwise = "" if about in _NEEDED else " (Enter: none)"
    return f" [{offered}]" if offered else otherwise


def answer(entry: Entry, text: str) -> Entry:
    """The entry with this answer to its question; an error of factlog's says why it is refused.

    A word that could be two things leads to the question which one is meant.
    """
    asked = question(entry)
    assert asked is not None
    text = text.strip() or asked.offered
    if entry.doubt is not None:
        return _chosen(entry, entry.doubt, text)
    if asked.about == _CONFIRM:
        return _decided(entry, text)
    if text == _NOTHING and asked.about not in ("subject", "source"):
        if asked.about == "claim" and asked.offered:  # that claim alone is left out
            return replace(entry, earlier=entry.earlier[:-1])
        text = ""
    return _answered(entry, asked.about, text)


def _answered(entry: Entry, about: str, text: str) -> Entry:
    if about in _NEEDED and not text and not _answers(entry, about):
        raise UsageError(f"{_ASKED[about]}: is blank.", _FOR[about])
    answers, earlier = (*entry.answers, (about, text)), _still(entry, about, text)
    answered = replace(entry, answers=answers, earlier=earlier)
    try:
        claims(answered)
    except ReadingError as error:
        if not error.choices or error.text not in text:
            raise
        return replace(entry, doubt=error, doubtful=text)
    return answered


def _still(entry: Entry, about: str, text: str) -> tuple[Answer, ...]:
    """What was gone back over and is still to be offered, once this is answered."""
    if not entry.earlier or entry.earlier[-1][0] != about:
        return entry.earlier
    one_more = about == "claim" and text and not entry.earlier[-1][1]  # before they end again
    return entry.earlier if one_more else entry.earlier[:-1]


def _chosen(entry: Entry, doubt: ReadingError, text: str) -> Entry:
    count = len(doubt.choices)
    if not (text.isascii() and text.isdigit() and 0 < int(text[:3]) <= count):
        raise UsageError(f'"{text}" is none of them.', f"Give a number from 1 to {count}.")
    before, _, after = entry.doubtful.partition(doubt.text)
    plain = before + doubt.choices[int(text) - 1] + after
    sure = replace(entry, doubt=None, doubtful="")
    about = _next(sure)
    assert about is not None
    return _answered(sure, about, plain)


def _decided(entry: Entry, text: str) -> Entry:
    word = text.lower()
    if word not in ("y", "yes", "n", "no"):
        raise UsageError(f'"{text}" is neither y nor n.', f"{BACK} goes back.")
    return replace(entry, answers=(*entry.answers, (_CONFIRM, word)))


def back(entry: Entry) -> Entry:
    """The entry at the question before; at the first one it stays."""
    if entry.doubt is not None:
        return replace(entry, doubt=None, doubtful="")
    last = entry.answers[-1:]
    return replace(entry, answers=entry.answers[:-1], earlier=(*entry.earlier, *last))


def _answers(entry: Entry, about: str) -> tuple[str, ...]:
    return tuple(text for each, text in entry.answers if each == about and text)


def options(entry: Entry) -> dict[str, str]:
    """Every word of the statement but its claims, given or answered: "source", "as_of"."""
    answered = {about: text for about, text in entry.answers if text}
    for about in ("claim", _CONFIRM):
        answered.pop(about, None)
    if "as_of" in answered:
        answered["as_of"] = days.spelled(answered["as_of"])
    return {**entry.given, **answered}


def claim_words(entry: Entry) -> tuple[str, ...]:
    """The claims, as they were given or typed."""
    return entry.claims or _answers(entry, "claim")


def is_to_be_recorded(entry: Entry) -> bool:
    """Whether the last answer was yes, or nothing was to be confirmed."""
    return not any(about == _CONFIRM and text.startswith("n") for about, text in entry.answers)


def claims(entry: Entry, typed: str | None = None) -> tuple[Claim, ...]:
    """The claims as they stand, or the one being typed; what is not known yet is made up."""
    told = {"subject": "subject", "source": "source", **options(entry)}
    said = (typed,) if typed is not None else claim_words(entry) or ("1",)
    return words.claims(told.pop("subject"), said, measures=entry.measures, **told)


def note(entry: Entry, about: str, typed: str) -> str:
    """How an answer is read: "about 300 → 270 to 330, killed"; blank where it says itself.

    Words that cannot be read, as those half typed, have none either.
    """
    try:
        if about == "claim" and typed:
            return "; ".join(map(reading, claims(entry, typed)))
        if about == "as_of" and typed:
            told = day(days.read(typed))
            return f"{typed} → {told}" if told != typed else ""
    except (ReadingError, UsageError):
        pass
    return ""


def reading(claim: Claim) -> str:
    """A claim as it was said, what that is taken to mean, and what it counts."""
    meant = span(reading_of(claim.estimate, Policy()), claim.estimate.unit)
    return f"{said_of(claim)} → {meant}" + (f", {claim.measure}" if claim.measure else "")


def summary(entry: Entry) -> Iterator[tuple[str, str]]:
    """The whole statement as it would be recorded, by the names of its parts."""
    told = options(entry)
    yield "subject", told["subject"]
    yield "source", told["source"]
    for claim in claims(entry):
        yield "claim", reading(claim)
    for name, text in told.items():
        if name not in ("subject", "source"):
            yield name.replace("_", " "), text


def command_line(entry: Entry, store: str | None = None) -> str:
    """The command that records the entry unasked, fit for a shell; capitals for what is missing."""
    told = options(entry)
    subject = told.pop("subject", None)
    named = {"source": "NAME", **told}
    parts = ["factlog", *(["--db", shlex.quote(store)] if store else []), "add"]
    said = [subject or "SUBJECT", *(claim_words(entry) or ("around 300 killed",))]
    parts += [shlex.quote(text) for text in said]
    for name, text in named.items():
        parts += [f"--{name.replace('_', '-')}", shlex.quote(text)]
    return " ".join(parts)
