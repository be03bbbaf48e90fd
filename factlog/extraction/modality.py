"""Modality: whether a sentence states its number, or projects, denies, supposes or plans it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

from factlog.extraction.numbers import Mention
from factlog.parsing import lexicon
from factlog.patterns import Pattern


class Modality(StrEnum):
    """How a text puts a number forward; of several that its words say the last holds."""

    STATES = "states"
    PLANS = "plans"
    PROJECTS = "projects"
    HYPOTHETICAL = "hypothetical"
    DENIES = "denies"


def _any(kind: str) -> Pattern:
    return Pattern(rf"(?<![\w'-])(?:{lexicon.either(kind)})(?![\w'-])")


_WORD = re.compile(r"[\w'-]+")
_KINDS = (
    *(
        "modality before",
        "modality before a unit",
        "modality behind",
        "negation",
        "word for nobody",
        "word of falsehood",
    ),
    *("verb of denial", "not of a deed", "adverb of a near miss"),
)
# Words one of which stands in all that is said of modality, so that most sentences end here.
_TELLING = frozenset(
    max(reversed(words.split()), key=len) for kind in _KINDS for words in lexicon.words(kind)
)
_DENIALS = frozenset(
    max(reversed(words.split()), key=len)
    for words in lexicon.words("verb of denial") | lexicon.words("word of falsehood")
)
_BEFORE = _any("modality before")
_BEHIND = _any("modality behind")
# A profit guidance forecasts money; children are treated "under the new guidance".
_BEFORE_A_UNIT = _any("modality before a unit")
# "Ford to cut 4,000 jobs": a headline says of what is to come.
_HEADLINE = Pattern(
    rf"^(?:[^\s,;:\"]+\s+){{1,8}}?to\s+(?:{lexicon.either('verb of a headline')})\s"
    r"(?:[^,;:.]|[.,]\d)*$"
)
# A negation denies a number that stands close behind it: "there were not, he said, 60 officers".
_NEGATION = Pattern(
    rf"(?<![\w'-])(?:{lexicon.either('negation')})(?:,[^,;\d]{{1,60}},)?(?:\s+[^\s,]+){{0,4}}\s*$"
)
# "Far from killing 200", "instead of the 40": the deed was not done, or the number is another's.
_NOT_DONE = Pattern(
    rf"(?<![\w'-])(?:{lexicon.either('not of a deed')})"
    rf"(?:\s+(?:[a-z]+ing|{lexicon.either('fate')})\b(?:\s+[^\s,]+){{0,3}}|(?:\s+(?:the|an?|its|their|all))?"
    r"(?<!\bwithout)(?:\s+(?:\w+\s+than|at\s+\w+|about|some|up\s+to|as\s+\w+\s+as))?)\s*$"
)
# "Almost lost 400 men" lost none.
_NEARLY_DONE = Pattern(
    rf"(?<![\w'-])(?:{lexicon.either('adverb of a near miss')})\s+(?:{lexicon.either('fate')})"
    r"(?:\s+[^\s,]+){0,3}\s*$"
)
# "No analyst believes", "hardly anyone accepts": what they do not say is no claim of theirs.
_DISBELIEVED = Pattern(
    rf"(?<![\w'-])(?<!\ba\s)(?:{lexicon.either('word for nobody')})\b"
    rf"(?:(?!\b(?:and|that|which|who|where)\b)[^,;.\d]){{0,60}}?"
    rf"\b(?:{lexicon.either('verb of belief')})(?![\w'-])"
    r"(?!\s+(?:responsibility|how|who|why|what|where|when)\b)(?:\s+that\b)?"
    r"(?:(?!\b(?:that|which|who)\b).)*$",
    re.IGNORECASE,
)
# "500 died, but it was 72": the second number is put in the place of the first.
_CORRECTED = Pattern(
    r"^[^,;.\d]{0,60},?\s+but\s+(?:it|that|the\s+(?:[\w-]+\s+)?(?:figure|number|toll|count))"
    r"\s+(?:was|is)\s+(?:(?!(?:in|on|at|by)\b)[a-z]+\s+){0,3}(?!(?:19|20)\d\d\b)\d[\d,]*(?=\s*[,.;\"]|$)"
)
# Another clause begins: what is said of the one does not hold of the other.
_CLAUSE = Pattern(
    r"[;:]\s|\s—\s"
    r"|,?\s(?:(?<!anything\s)(?<!\ball\s)but|while|whereas|although|(?<!\bas\s)though|yet(?!\s+to\b)|however|after|since"
    r"|because)\s"
    r"|,\s(?:and|with|as)\s"
    rf"|\sand(?=\s(?:will|plans|{lexicon.either('modality before', meaning='projects')})\s)"
)
# "Faces 300 lawsuits, said it would appeal" tells of another thing.
_AND_SAID = Pattern(rf",?\sand\s(?:that|(?:also\s)?(?:{lexicon.either('speech verb')}))\s")
_SAID_ELSE = Pattern(
    rf"(?:,|\sand)\s(?:(?:has|have|had|also)\s)*(?:{lexicon.either('speech verb')})\s(?:that\s)?"
    r"(?:it|he|she|they)\s"
)
_ASIDE = Pattern(
    r",\s(?:which|who|whose|where)\s[^,]*,|\([^()]*\)|,\sas\s[^,;\d]*,|\s—\s[^—;\d]*\s—(?=\s)"
)
# "Foiled an attack and seized 14 rifles": the rifles were seized.
_FOILED = Pattern(
    r"\b(?:foiled|thwarted|averted|prevented|blocked)\s[^,;]*?\sand\s(?=(?:[a-z]+ly\s)?[a-z]+ed\s)"
)
# "Tried to flee and 40 died": what is tried, or could be, ends before a new clause of what was.
_NEW_CLAUSE = Pattern(rf"\s+(?:[\w-]+\s+){{0,3}}?(?:(?:{lexicon.either('verb of what was')})\b)")
_OVER_CLAUSES = Pattern(rf"\b(?:{lexicon.either('word over clauses')})\b")
# What only looks like modality: "not only 300", "more than expected", "never fell below 300".
_NO_MODALITY = Pattern(
    r"\bnot\s+(?:only|just|less|fewer|more)\b|\b(?:than|as|was|were)\s+(?:(?:\w+\s+){1,3}had\s+)?"
    r"(?:expected|feared|forecast|projected|predicted|planned)(?!\s+to)|\b(?:more|less)\s+likely\b"
    r"|(?:\d|[mb]illion|of|these|those|all|its|their|new|some|many|other|several)\s+(?:[a-z]+\s+)?projects\b"
    r"|\bplanning\s+(?:commission|board|committee|department|permission|authority|appli|officer|inspect)\w*"
    r"|\bprice\s+targets?\b"
    r"|\b(?:reduc|cut|lower|increas|rais|doubl|halv)\w*\s+(?:the\s+|their\s+|a\s+)?risk\s+of\b|\bfirst\s+feared\b|\bthe\s+projects?\b"
    r"|\b(?:no|not|little|never|nobody|no\s+one|few)\s+doubt(?:s|ed)?\b"
    r"|\b(?:never|not)\s+(?:\w+\s+)?(?:below|above|under|over|exceed\w*)"
    rf"|(?:\b(?:{lexicon.either('word before targets', meaning='before')})|(?<!\b20\d)\d)"
    rf"\s+(?:of\s+)?(?:(?:{lexicon.either('word before targets', meaning='kind')})\s+)?targets\b"
)
_DENY = rf"\b(?:{lexicon.either('verb of denial')})"
_CLAIM = rf"(?:{lexicon.either('noun of a claim')})"
_FALSE = rf"(?:(?!not\b|no\b|never\b)[\w-]+\s+){{0,2}}(?:{lexicon.either('word of falsehood')})"
_SAID_BEFORE = rf"(?:the|that|this|these|those|such|both|all)\s+(?:[\w-]+\s+)?{_CLAIM}(?!['\w])"
_END = r"(?=[.,;!\"]|$|\s+(?:and|but|as|on|in|when|saying|outright)\b)"
# Words that deny what was said before them: "The army denied it", ", a claim the army denied",
# "That is false", "The ministry called the figure nonsense".
_DENIED_AFTERWARDS = Pattern(
    rf"{_DENY}\s+(?:(?:it|this|that){_END}|{_SAID_BEFORE})"
    rf"|,\s+(?:an?\s+{_CLAIM}|which|something)\s[^,;.]{{0,60}}{_DENY}(?=[.,;\"]|$|\s+by\b)"
    rf"|,\s+an?\s+{_CLAIM}\s+(?:which\s+|that\s+)?{_DENY}\s+by\b"
    rf"|\b(?:it|that|this|which|{_SAID_BEFORE})(?:\s+(?:is|was|are|were)|'s)\s+{_FALSE}{_END}"
    rf"|\b(?:called|calls|described|branded|labelled)\s+(?:it|this|that|{_SAID_BEFORE})\s+(?:as\s+)?"
    rf"{_FALSE}{_END}",
    re.IGNORECASE,
)
# "Rejected a union estimate that 300 will quit", "scoffed at a figure of 300".
_CLAIM_DENIED = Pattern(
    rf"{_DENY}\s+(?:(?!that\b|and\b|by\b)[\w'-]+\s+){{0,4}}?{_CLAIM}"
    r"(?:\s+that\b|\s+(?:of\s+)?(?:(?!(?:on|against|into|about|from|by|to)\b)[\w'-]+\s+){0,3}$)"
)
# "Claims that 300 have quit were rubbished."
_A_CLAIM = Pattern(rf"\b{_CLAIM}\s", re.IGNORECASE)
_DENIED_BEHIND = Pattern(rf"\b(?:is|are|was|were|been)\s+(?:[a-z]+ly\s+)?{_DENY}(?![\w'-])")
_FALSE_BEHIND = Pattern(rf"^[^.;]{{0,60}}\b(?:is|was|are|were)\s+{_FALSE}{_END}", re.IGNORECASE)
# "If 300 died" begins a sentence as well; May and Will are a month and a man.
_NAMES = ("May", "Will")


def modality_of(text: str, found: Mention, next_sentence: str) -> Modality:
    """How the words of its clause put this number forward, and whether it is denied behind it."""
    after = text[found.end :]
    if _denied(after) or _denied(next_sentence) or _CORRECTED.search(after):
        return Modality.DENIES
    if text[-1:] not in _STOPS and _HEADLINE.match(text, 0, found.start):
        return Modality.PLANS
    if not _tells(text):
        return Modality.STATES
    if not text.startswith(_NAMES):
        text = text[:1].lower() + text[1:]
    before, behind = _plain(text[: found.core]), _plain(text[found.end :])
    clauses = list(_CLAUSE.finditer(before))
    before = before[clauses[-1].end() if clauses else 0 :]
    for ends in (_CLAUSE, _SAID_ELSE, _AND_SAID):
        clause = ends.search(behind)
        behind = behind[: clause.start() if clause else len(behind)]
    before = _FOILED.sub("", before)
    if _opens_clause(text, found) and not _OVER_CLAUSES.search(before):
        before = ""
    said = [*_said("modality before", _BEFORE.finditer(before))]
    if found.estimate.unit is not None:
        said += _said("modality before a unit", _BEFORE_A_UNIT.finditer(before))
    said += _said("modality behind", _BEHIND.finditer(behind))
    if _FALSE_BEHIND.search(behind) or (_DENIED_BEHIND.search(behind) and _A_CLAIM.search(before)):
        return Modality.DENIES
    unsure = max(said, key=list(Modality).index, default=None) is Modality.HYPOTHETICAL
    denials = (_NOT_DONE, _CLAIM_DENIED, *(() if unsure else (_NEGATION, _DISBELIEVED)))
    if any(each.search(before) for each in denials):
        return Modality.DENIES
    if _NEARLY_DONE.search(before):
        return Modality.HYPOTHETICAL
    return max(said, key=list(Modality).index, default=Modality.STATES)


_STOPS = (*'.!?"', "")


def _opens_clause(text: str, found: Mention) -> bool:
    """Whether a clause of what was begins with this number: "and 40 died"."""
    led = text.endswith((" and ", ", and "), 0, found.start)
    return led and _NEW_CLAUSE.match(text, found.end) is not None


@lru_cache(maxsize=16)
def _denied(words: str) -> bool:
    """Whether these words deny what was said before them."""
    return not _DENIALS.isdisjoint(_WORD.findall(words.lower())) and (
        _DENIED_AFTERWARDS.search(words) is not None
    )


@lru_cache(maxsize=16)
def _tells(text: str) -> bool:
    """Whether a sentence holds a word that modality can hang on."""
    return not _TELLING.isdisjoint(_WORD.findall(text.lower()))


def _said(kind: str, matches: Iterator[re.Match[str]]) -> Iterator[Modality]:
    meanings = lexicon.meanings(kind)
    return (Modality(meanings[" ".join(match[0].split())]) for match in matches)


def _plain(words: str) -> str:
    """The words without asides and without what only looks like modality."""
    return _NO_MODALITY.sub(" ", _ASIDE.sub(" ", words))
