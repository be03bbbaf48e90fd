"""Extracting: the proposals of an article, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from factlog import measures as vocabulary
from factlog.claim import Period
from factlog.extraction import article, dates, hedges_apart, numbers, other_languages, shares
from factlog.extraction.article import Sentence
from factlog.extraction.attribution import NOBODY, Attribution, Speakers, attribute, attributions
from factlog.extraction.counted import LEANING, Thing
from factlog.extraction.language import ENGLISH, guess
from factlog.extraction.modality import Modality, modality_of
from factlog.extraction.not_claims import why_skipped
from factlog.extraction.numbers import Mention
from factlog.extraction.proposal import Confidence, Proposal
from factlog.extraction.speech import Act
from factlog.extraction.things import thing_of
from factlog.parsing import languages, lexicon
from factlog.patterns import Pattern
from factlog.policy import Measure

Spoken = Sequence[tuple[Act, Attribution]]


def extract(
    text: str,
    *,
    published: Period | None = None,
    subject: str | None = None,
    measures: Iterable[Measure] | None = None,
    language: str | None = None,
) -> Iterator[Proposal]:
    """The claims a text seems to make, in the order they stand in it.

    `published` is the day that "on Monday" and "13 August" are counted from; `subject` is
    what the text is about, if one subject covers it; `measures` the vocabulary (the starter
    one, unless given); `language` the code of its language, guessed unless given. Plain text
    and Markdown are read alike.
    """
    known = vocabulary.starter() if measures is None else tuple(measures)
    plain = article.prepare(text)
    told = language or guess(plain[:_TELLING])
    every = list(article.split(plain, told))
    reader = _ArticleReader(text, known, published, subject, told, named=language is not None)
    for place, sentence in enumerate(every):
        yield from reader.read(sentence, every[place + 1 : place + 8])


_OTHERS = frozenset(languages.names()) - {ENGLISH}
_TELLING = 2000  # characters from which the language of a text is guessed


@dataclass(slots=True)
class _ArticleReader:
    """What is known of an article as its sentences are read one after the other."""

    given: str
    measures: Sequence[Measure]
    published: Period | None
    subject: str | None
    language: str | None
    named: bool = False  # the language was
    speakers: Speakers = field(default_factory=Speakers)
    last: Thing | None = None
    paragraph: int = -1

    def read(self, sentence: Sentence, following: Sequence[Sentence]) -> Iterator[Proposal]:
        """The proposals of one sentence."""
        spoken_in = self._spoken_in(sentence)
        if spoken_in is not None and spoken_in in _OTHERS:
            given = self.given[sentence.start : sentence.end]
            told = self.measures, self.published
            for each in other_languages.proposals(given, sentence.start, spoken_in, *told):
                yield replace(each, subject=self.subject)
            return
        spoken = attributions(sentence, following, self.speakers)
        before: tuple[Mention, Thing] | None = None
        for found in shares.joined(sentence.text, numbers.find(sentence.text)):
            if _names_a_source(found, sentence, spoken) or why_skipped(sentence.text, found):
                continue
            if before is not None and _converts(sentence.text, found, before[0]):
                continue
            found = hedges_apart.taken_in(sentence.text, found)
            thing = thing_of(sentence.text, found, before, self.measures)
            if before is None:
                thing = self._continued(sentence, thing)
            found = _lent(sentence.text, found, thing, before)
            if thing.thing is None and not _stands_alone(sentence.text, found):
                continue
            speaker = _told_by_nobody(sentence, found, self._speaker(sentence, found, spoken))
            on = following and following[0].paragraph == sentence.paragraph
            after = following[0].text if on else ""
            yield self._proposal(sentence, found, thing, speaker, after, spoken_in)
            before = (found, thing)
            if not _is_share(found):
                self.last, self.paragraph = thing, sentence.paragraph

    def _spoken_in(self, sentence: Sentence) -> str | None:
        return self.language if self.named else guess(sentence.text, self.language)

    def _continued(self, sentence: Sentence, thing: Thing) -> Thing:
        """Let "Another 15 are missing" count what the sentence before it counted."""
        last = self.last
        if last is None or last.thing is None or self.paragraph != sentence.paragraph:
            return thing
        if thing.thing is None and _THE_FIGURE.search(sentence.text[: thing.end]):
            return replace(last, rule="the figure, noun carried over", sure=False)
        if not thing.bare or not thing.measure or last.bare:
            return thing
        return replace(thing, thing=last.thing, rule=thing.rule + ", noun carried over", sure=False)

    def _speaker(self, sentence: Sentence, found: Mention, spoken: Spoken) -> Attribution:
        if any(map(_WHICH_HAS.search, _own_words(found, sentence, spoken))):
            return NOBODY  # "the firm, which has 300 workers, said": the reporter says it
        opened = sentence.text[: found.start].count('"') % 2 == 1
        quoted = sentence.spoken != opened
        speaker = attribute(sentence, found.core, spoken, self.speakers, quoted=quoted)
        return replace(speaker, sure=False) if quoted and speaker.name is None else speaker

    def _proposal(
        self,
        sentence: Sentence,
        found: Mention,
        thing: Thing,
        speaker: Attribution,
        next_sentence: str,
        spoken_in: str | None,
    ) -> Proposal:
        at = sentence.start + found.start
        modality = modality_of(sentence.text, found, next_sentence)
        return Proposal(
            quote=self.given[sentence.start : sentence.end],
            start=sentence.start,
            end=sentence.end,
            text=self.given[at : sentence.start + found.end],
            said=found.said,
            estimate=found.estimate,
            thing=thing.thing,
            measure=thing.measure,
            subject=self.subject,
            source=speaker.name,
            source_text=self.given[speaker.start : speaker.end] if speaker.name else None,
            unnamed=speaker.unnamed,
            via=speaker.via,
            origin=speaker.origin,
            as_of=dates.as_of(sentence.text, found.start, found.end, self.published),
            confidence=_confidence(thing, speaker, spoken_in, modality),
            rules=_rules(thing, speaker),
            modality=modality,
            language=spoken_in,
            at=at,
        )


_THE_FIGURE = Pattern(
    r"\b(?:the|that|this|its|their)\s+(?:figure|number|total|tally|count|estimate)\b"
    r"|\b(?:[Aa]nother|[Aa]\s+further|said|estimated|claimed|counted)\s+[\d,]+$"
    r"|(?:^|[.;:,\"]\s|\b(?:and|but)\s)[Oo]f\s+(?:these|those|them),\s+(?:[a-z]+\s+){0,3}\S+$"
)


def _is_share(found: Mention) -> bool:
    """Whether the number is a part of something, as "a third" is."""
    best = found.estimate.best
    return found.estimate.unit == "percent" or (best is not None and 0 < best < 1)


def _converts(text: str, found: Mention, earlier: Mention) -> bool:
    """Whether the number is the one before it in another unit: "320 acres (129 hectares)"."""
    if found.estimate.unit is None or earlier.estimate.unit is None:
        return False
    return (
        re.fullmatch(r"[\s-]*\(\s*(?:or\s+|about\s+)?", text[earlier.end : found.start]) is not None
    )


def _names_a_source(found: Mention, sentence: Sentence, spoken: Spoken) -> bool:
    """Whether the number is part of the words for a source: "two survey departments said".

    What "a poll of 1,012 adults" asked is a claim of its own, as is what "the firm, which has 300
    workers," has.
    """
    return any(
        not led.endswith(" of ") and _WHICH_HAS.search(led) is None
        for led in _own_words(found, sentence, spoken)
    )


def _own_words(found: Mention, sentence: Sentence, spoken: Spoken) -> Iterator[str]:
    """The words for a source that stand before a number among them."""
    at = sentence.start + found.start
    for _, speaker in spoken:
        if speaker.start <= at < speaker.end:
            yield sentence.text[speaker.start - sentence.start : found.start]


_WHICH_HAS = Pattern(r",\s(?:which|who|whose)\s[^,;]*$")
# "City hall counted 8,000", where no rule found who it is.
_TELLS = Pattern(
    rf"\b(?:{lexicon.either('verb of telling a number')})\s+(?:an?|the|that)?\s*"
    r"(?:[\w-]+\s+){0,3}$|\b(?:that|which|whom)\s[^,;.\d]{3,60}?\s(?:puts?|estimated?s?)\s+at\b[^;.]*$"
)


_SOMEBODY = rf"\b(?:(?-i:[A-Z]{{2,}})|{lexicon.either('unnamed speaker', 'organisation')})"
# "Bankers familiar with it valued the chain at", "WHO records", "what police described as".
_SOMEBODY_TELLS = Pattern(
    rf"{_SOMEBODY}\s+(?:"
    rf"(?:[^,;.\d]{{0,40}}\s)?(?:{lexicon.either('verb of valuing')})\s[^,;\d]{{2,60}}?\sat\s+$"
    rf"|(?:{lexicon.either('verb of recording')})\s[^;]*$"
    rf"|(?:ha(?:s|ve|d)\s)?(?:{lexicon.either('verb of revising')})\s(?:the|its|their)\s"
    r"(?:[\w-]+\s){0,3}?(?:toll|count|tally|figure|number|estimate)\b[^;]*$)"
    rf"|\bwhat\s[^,;.\d]{{3,40}}?\s(?:{lexicon.either('verb of describing')})\b[^,;.\d]{{0,20}}$",
    re.IGNORECASE,
)
# A name that ends in 's: "40 ships were hit, Lloyd's estimates."
_ITS_NAME = Pattern(
    r",\s(?:[A-Z][\w&-]*\s)*[A-Z][\w&-]*'s\s(?:estimates|says|reports)\s*(?:[.;,]|$)"
)


def _told_by_nobody(sentence: Sentence, found: Mention, speaker: Attribution) -> Attribution:
    """The speaker, unsure where there is none but the verb before the number wants one."""
    if speaker.name is not None:
        return speaker
    before, behind = sentence.text[: found.start], sentence.text[found.end :]
    tells = _TELLS.search(before) or _SOMEBODY_TELLS.search(before) or _ITS_NAME.search(behind)
    return replace(speaker, sure=False) if tells else speaker


_STATED = Pattern(
    r"\b(?:stood|stands?|put\s+\w+)\s+(?:now\s+)?at\s+$|\b(?:total|figure|number)\s+(?:was"
    r"|is|of|at|stands\s+at|stood\s+at)\s+$"
    r"|\b(?:[Aa]nother|further|said|estimated|claimed|counted|(?:have|has|had)\s+found)\s+$"
)


def _stands_alone(text: str, found: Mention) -> bool:
    """Whether a number of nothing in particular is worth proposing: one with a unit or a hedge."""
    if found.estimate.unit is not None or found.hedged or len(found.said) > 4:
        return True
    return _STATED.search(text[: found.start]) is not None


def _lent(text: str, found: Mention, thing: Thing, before: tuple[Mention, Thing] | None) -> Mention:
    """The unit of an age, and the hedge or unit that a number takes from the one before it."""
    if thing.rule == "age":
        return numbers.in_years(found)
    if before is None or not thing.bare:
        return found
    earlier, last = before
    between = text[earlier.end : found.start]
    befell = thing.rule.startswith("number, what befell")
    part = _OF_THEM.match(text, found.end) is not None  # "at least 55 died, and 12 of them"
    if befell and thing.measure and last.measure and not part and _LIST.search(between):
        return numbers.carried(found, earlier, text)
    changed = earlier.estimate.unit == "percent" and _TO.search(between) is not None
    if (
        found.estimate.unit is None
        and earlier.estimate.unit
        and not changed
        and _COMPARED.search(between)
    ):
        return numbers.with_unit(found, earlier)
    return found


_OF_THEM = Pattern(r"\s+of\s+(?:them|these|those|whom)\b")
_LIST = Pattern(r"^[^;:.]*(?:,|\band|\bwith|\bplus)\s+(?:another\s+|a\s+further\s+)?$")
_TO = Pattern(r"(?:^|[^\w]|\s)to\s*$")
_COMPARED = Pattern(
    r"(?:\bfrom|\bagainst|\bcompared\s+(?:with|to)|\bversus|\bthan|\bto|\bfigure\s+of)\s+$"
)


def _confidence(
    thing: Thing, speaker: Attribution, spoken_in: str | None, modality: Modality
) -> Confidence:
    """High where value, thing and source are all found by rules that seldom err, and stated.

    The rules are those of English.
    """
    if thing.thing is None or not thing.sure or spoken_in != ENGLISH:
        return Confidence.LOW
    if modality is Modality.DENIES:
        return Confidence.LOW
    if (
        modality is not Modality.STATES
        or not speaker.sure
        or thing.change
        or thing.rule.startswith(LEANING)
        or "said on" in speaker.rules
    ):
        return Confidence.MEDIUM
    return Confidence.HIGH


def _rules(thing: Thing, speaker: Attribution) -> tuple[str, ...]:
    change = ("a change, not a level",) if thing.change else ()
    return (thing.rule, *change, *speaker.rules)
