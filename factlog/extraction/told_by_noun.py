"""People told by a noun alone, or by several: "a man was killed", "two women and a child"."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from factlog import measures as vocabulary
from factlog.claim import Claim
from factlog.extraction import noun_phrases, short_copy
from factlog.extraction.counted import A_FATE, BETWEEN_FATE, FATE, fate_of
from factlog.parsing import languages, lexicon
from factlog.parsing.number_words import ONE_WORD, SMALL, TENS
from factlog.patterns import Pattern

_ONE = lexicon.words("counted as one") | lexicon.words("one person")
_NAMED = r"(?:[\w'-]+\s+){0,3}?(?:ex-)?(?P<%s>[a-z]+)"
_SOMEBODY = rf"(?:an?|another|one|the|his|her|their)\s+{_NAMED % 'noun'}"
_OTHER = rf"\s+and\s+(?:an?|another|one|his|her|their)\s+{_NAMED % 'other'}"
_ENDS = (
    rf"(?=[^\w\s'-]|$|\s+(?:{lexicon.either('function word')}|who|when|while|before|after"
    r"|in|at|on|near|outside|during|aboard)\b)"
)
_OF_ITSELF = r"died|dies|drown(?:ed|s)|perishe[ds]|succumbed|lost\s+(?:his|her)\s+life"
_DONE_TO_DEATH = (
    r"(?:was|has\s+been|had\s+been|is)\s+(?:found\s+)?(?:[a-z]+ly\s+)?"
    r"(?:murdered|electrocuted|hanged|gunned\s+down|beheaded|executed|assassinated|lynched"
    r"|(?<=fatally )[a-z]+|[a-z]+\s+to\s+death|[a-z]+\s+and\s+(?:killed|murdered))"
)
_HURT = (
    r"(?:suffered|sustained)\s+(?:[\w-]+\s+){0,3}?(?:injur(?:y|ies)|wounds?|burns|cuts|fractures|broken\s+[a-z]+)"
    r"|(?:was|were|is|are|(?:has|have)\s+been)\s+(?:[a-z]+\s+){0,2}to\s+(?:[\w-]+\s+){0,3}?hospital"
    r"|(?:was|were|is|are|remains?)\s+(?:still\s+)?in\s+(?:[a-z]+\s+){0,3}(?:condition|hospital|intensive\s+care)"
    r"|(?:was|were|is|are|(?:has|have)\s+been)\s+(?:being\s+|also\s+)?(?:treated\b|left\s+with"
    r"\s+(?:[\w-]+\s+){0,3}?(?:injur(?:y|ies)|wounds?|burns))"
    r"|(?:was|is|remains)\s+(?:[a-z]+\s+)?critical\b"
    r"|(?:was|were|has\s+been|have\s+been)\s+(?:(?:shot|stabbed|grazed|bitten|burn(?:ed|t)|scalded)"
    r"|[a-z]+\s+and\s+(?:wounded|injured))(?!\s+(?:dead|to\s+death|and\s+killed))"
    r"|escaped\s+with\s+(?:[\w-]+\s+){0,3}?(?:injur(?:y|ies)|wounds?|burns|cuts|bruises)"
    r"|lost\s+(?:an?|his|her|both)\s+(?:legs?|arms?|hands?|foot|feet|eyes?|fingers?)"
    r"|(?:was|were|is|are)\s+fighting\s+for\s+(?:his|her|their)\s+(?:life|lives)"
)
_HELD = (
    r"(?:was|were|is|are|(?:has|have)\s+been|remains?)\s+(?:still\s+|being\s+)?"
    r"(?:held|(?:taken\s+into|in)\s+(?:police\s+)?custody)"
)
# "A man, 34, was", "a woman in her 60s", "a 16-year-old boy", "a 19-year-old was".
_AGE_AS_NOUN = Pattern(
    r"\b\d{1,3}-year-old(?=\s+(?:was|is|has|had|who|died|at|in|on|after|from|with|near|over)\b|[.,;]|$)",
    re.IGNORECASE,
)
_YEARS = rf"(?:\d{{1,3}}|{ONE_WORD})"
_AGE = Pattern(
    rf",\s(?:aged\s)?{_YEARS}(?:\syears\sold)?,(?=\s[a-z])"
    rf"|,\s(?:both\s)?aged\s{_YEARS}(?:,\s{_YEARS})*\sand\s{_YEARS},(?=\s[a-z])"
    r"|\s+in\s+(?:his|her)\s+(?:[a-z]+[\s-])?\d0s\b"
    r"|\b\d{1,3}-year-old\s+(?=[a-z])",
    re.IGNORECASE,
)
_ORDINAL = Pattern(r"(?:second|third|[a-z]+th)\s+(?=[a-z])", re.IGNORECASE)
_WHERE = r"(?:,?\s+(?:in|from|of|at|near|on|aboard)\s+(?:the\s+)?[\w'-]+(?:\s+[A-Z][\w'-]*)?,?)?"
_NOT = r"(?<!not )(?<!nor )(?<!without )(?<!never )"
_DENIED = Pattern(
    rf"\b(?:{lexicon.either('negation', 'word for nobody', 'verb of denial')}|hardly|if)\b[^.;:]*$",
    re.IGNORECASE,
)
# "A man has killed three": they did it.
_DID = r"\s+(?:[a-z]+ly\s+)?(?:killed|injured|wounded|hurt|arrested|detained)\b"
_BEFELL = Pattern(
    rf"{_NOT}\b(?P<one>{_SOMEBODY})(?P<and>{_OTHER})?{_WHERE}"
    rf"\s+(?:(?P<died>{_OF_ITSELF}|{_DONE_TO_DEATH})"
    rf"|(?P<verb>was|is|(?:has|had|have)(?!{_DID})|were|are)\s+{BETWEEN_FATE}(?P<fate>{FATE})|(?P<hurt>{_HURT})|(?P<held>{_HELD}))\b",
    re.IGNORECASE,
)
# "A boy was killed and a girl injured."
_BEFELL_TOO = Pattern(
    rf"(?<= and )(?P<one>{_SOMEBODY})\s+(?:[a-z]+ly\s+)?(?P<fate>{FATE}){_ENDS}", re.IGNORECASE
)
_DONE_TO = Pattern(
    rf"\b(?P<fate>{FATE})\s+(?P<one>{_SOMEBODY}){_ENDS}(?P<and>{_OTHER}{_ENDS})?", re.IGNORECASE
)
# "The murder of a taxi driver", "a woman's death".
_DEATH = r"(?<!attempted )(?P<died>death|murder|killing|assassination|drowning|execution)"
_DEATH_OF = Pattern(rf"\b{_DEATH}\s+of\s+(?P<one>{_SOMEBODY}){_ENDS}", re.IGNORECASE)
_DEATH_BY_WHOSE = Pattern(rf"\b(?P<one>{_SOMEBODY})['’]s\s+{_DEATH}\b", re.IGNORECASE)
# "An arrest has been made", "the only fatality was the pilot"; no death toll, no arrest warrant.
_A_DEED = Pattern(
    r"\b(?:an?|the\s+(?:only|sole))\s+(?P<deed>(?:[a-z]+\s+)?(?:fatality|death|arrest))"
    r"(?=\s+(?:was|has|is|had|in|at|on)\b|[.,;]|$)",
    re.IGNORECASE,
)


def _one_deed(match: re.Match[str]) -> str:
    return match[0] if _is_denied(match) else f"one {match['deed']}"


def _is_denied(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 60) : match.start()]
    return _DENIED.search(before) is not None


def counted(quote: str, claim: Claim) -> str:
    """The quote with "one" or "two" for those to whom befell what the claim counts."""
    measure = measure_of(claim)
    if claim.estimate.best == 1:
        quote = short_copy.of_one(_AGE_AS_NOUN.sub("person", quote))
        quote = _A_DEED.sub(_one_deed, short_copy.headline(_AGE.sub("", quote)))

    def told(match: re.Match[str]) -> str:
        own = _is_of(measure, _fate(match)) and not _is_denied(match)
        return _told(match) if own else match[0]

    for pattern in (_BEFELL, _BEFELL_TOO, _DONE_TO, _DEATH_OF, _DEATH_BY_WHOSE):
        quote = pattern.sub(told, quote)
    return quote


def _fate(match: re.Match[str]) -> str:
    """The measure of what befell those that were found."""
    groups = match.groupdict()
    if groups.get("died") or "fatally " in match[0]:
        return "killed"
    if groups.get("hurt"):
        return "hospitalised" if "hospital" in match["hurt"] else "injured"
    return "arrested" if groups.get("held") else fate_of(groups["fate"] or groups["briefly"])


_SAME = (("injured", "hospitalised"), ("arrested", "detained"), ("detained", "arrested"))


def _is_of(measure: str, fate: str) -> bool:
    """Whether a measure counts those whom this befell: who is in hospital may be hurt."""
    return measure in (fate, "casualties") or (measure, fate) in _SAME


def _told(match: re.Match[str]) -> str:
    both = match.groupdict().get("and")
    nouns = [match["noun"], *([match["other"]] if both else [])]
    many = match.groupdict().get("verb") in ("were", "are", "have")
    if not all(map(_is_one, nouns)) or (many and len(nouns) == 1):
        return match[0]
    one = _ORDINAL.sub("", match["one"].split(maxsplit=1)[1], count=1)
    if _A_NUMBER.search(one):  # the mayor said two people died
        return match[0]
    number = "two people" if both else f"one {one}"
    end = match.end("and") if both else match.end("one")
    before = match.string[match.start() : match.start("one")]
    return f"{before}{number}{match.string[end : match.end()]}"


_A_NUMBER = Pattern(rf"(?<![\w-])(?:\d+|{ONE_WORD})(?![\w-])", re.IGNORECASE)


def _is_one(noun: str) -> bool:
    noun = noun.lower()
    return noun in _ONE or (noun[-1] != "s" and noun_phrases.are_people(noun + "s"))


# "Two women and a child", "a mother, her son and her two daughters", "both pilots".
_WORDS_OF_NUMBER = {**SMALL, **TENS}
_MANY = rf"(?:\d{{1,9}}(?:,\d{{3}})*|{ONE_WORD})\b"
_WHOSE = r"(?:an?|another|the|his|her|their|its|both)\s+"
_A = Pattern(rf"^{_WHOSE}")
_SOME = rf"(?:{_WHOSE})?(?:{_MANY}\s+)?(?:[\w'-]+\s+){{0,2}}?[A-Za-z-]{{3,}}"
_PAIR = r"(?:(?:both\s+|(?:the|a)\s+pair\s+of\s+)[a-z-]+|(?:[\w-]+\s+){1,2}couple)"
_ALL = rf"(?P<all>{_PAIR}|{_SOME}(?:,\s+{_SOME}){{0,4}}?,?\s+and\s+{_SOME})"
_WERE = rf"(?:were|have|had|are)\s+{BETWEEN_FATE}(?P<fate>{FATE})"
_ALL_BEFELL = Pattern(
    rf"{_NOT}(?<![\w'-]){_ALL}{_WHERE}\s+(?:{_WERE}\b|(?P<died>{_OF_ITSELF}"
    r"|(?:(?:were|are|have\s+been)\s+)?(?:found\s+)?[a-z]+\s+to\s+death)\b"
    rf"|(?P<hurt>{_HURT})\b|(?P<held>{_HELD})\b"
    rf"|(?:found\s+)?(?P<briefly>killed|dead|injured|wounded|hurt|missing)(?:{_ENDS}|(?=\s+(?:in|by|as|at)\b)))",
    re.IGNORECASE,
)
_ALL_DONE_TO = Pattern(rf"\b(?P<fate>{FATE})\s+{_ALL}{_ENDS}", re.IGNORECASE)
_NO_PIECE = Pattern(
    rf"\b(?:{lexicon.either('function word', 'helping verb')}|{FATE})\b",
    re.IGNORECASE,
)
_AND = Pattern(r",?\s+and\s+|,\s+(?=\D)")
_KIN = frozenset(
    ("sons", "brothers", "siblings", "twins", "pilots", "co-pilot", "guide", "guides", "nurses")
)


def summed(quote: str, claim: Claim) -> str:
    """The quote with their sum for several who are told apart, if that is what the claim counts."""
    measure, wanted = measure_of(claim), claim.estimate.best or claim.estimate.low

    def told(match: re.Match[str]) -> str:
        own = _is_of(measure, _fate(match)) and not _is_denied(match)
        if not own or _added_up(match["all"]) != wanted:
            return match[0]
        at, end = (place - match.start() for place in match.span("all"))
        return f"{match[0][:at]}{wanted:f} people{match[0][end:]}"

    quote = _AGE.sub("", quote)
    for pattern in (_ALL_BEFELL, _ALL_DONE_TO):
        quote = pattern.sub(told, quote)
    return quote


def _added_up(several: str) -> Decimal | None:
    """How many "two women and a child" are; None where one of them is no number of people."""
    total = 0
    for each in _AND.sub("|", several.lower()).split("|"):
        *before, noun = each.split()
        many = next((word for word in before if re.fullmatch(_MANY, word)), None)
        if noun == "couple" or before[:1] == ["both"] or "pair" in before:
            total += 2
        elif _NO_PIECE.search(" ".join(before[_A.match(each) is not None :])) or not _are_people(
            noun
        ):
            return None
        elif many:
            total += int(_WORDS_OF_NUMBER.get(many, many.replace(",", "")))
        elif _is_one(noun) or noun in ("guide", "co-pilot"):
            total += 1
        else:
            return None
    return Decimal(total)


def _are_people(noun: str) -> bool:
    if {noun, f"{noun}s"} & lexicon.words("counted in pieces"):
        return False
    return noun in _KIN or _is_one(noun) or noun_phrases.are_people(noun)


def one_elsewhere(quote: str, claim: Claim) -> bool:
    """Whether a quote in another language tells of one whom it befell: загинула жінка."""
    measure, text = measure_of(claim), quote.lower().replace("’", "'")
    return any(
        not _denies(text[max(0, found.start() - 40) : found.end()], code)
        for code in languages.names()
        if (pattern := _one_in(code, measure))
        for found in pattern.finditer(text)
    )


def _denies(words: str, code: str) -> bool:
    return (
        re.search(rf"\b(?:{lexicon.spoken('negation', 'denial', language=code)})", words)
        is not None
    )


@cache
def _one_in(code: str, measure: str) -> re.Pattern[str] | None:
    """One whom it befell, in the words of a language, with no number between or before."""
    nouns = lexicon.meanings("counted as one", code) if code != "en" else {}
    fates = [word for word, meant in lexicon.meanings("fate", code).items() if meant == measure]
    if not nouns or not fates:
        return None
    many = [word for word, meant in lexicon.meanings("number word", code).items() if meant != "1"]
    aged = r"\s+(?:\d{1,3}-\w+\s+)?"
    one = "|".join(lexicon.pattern_of(each).replace(r"\s+", aged) for each in nouns)
    fate = "|".join(map(lexicon.pattern_of, fates))
    between = rf"(?:(?!(?:{'|'.join(map(lexicon.pattern_of, many))})\b)(?:[^\W\d]|\d+-)[\w'-]*\s+)"
    return re.compile(
        rf"\b(?:{fate})\s+{between}{{0,3}}?(?:{one})\b"
        rf"|(?<!\d )\b(?:{one})\s+{between}{{0,4}}?(?:{fate})\b"
    )


def of_an_age(behind: str) -> bool:
    """Whether the number before these words is an age in another language: 34-річний, 34 ans."""
    return _aged().match(behind) is not None


@cache
def _aged() -> re.Pattern[str]:
    others = (code for code in lexicon.languages() if code != "en")
    words = (lexicon.spoken("behind an age", language=code) for code in others)
    return re.compile(rf"[-\s]?(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


def measure_of(claim: Claim) -> str:
    """The measure of a claim, be it told by what it counts."""
    known = vocabulary.starter()
    named = vocabulary.resolve(claim.measure, known) if claim.measure else ""
    named = named or vocabulary.measure_of(claim.thing, known)
    fate = A_FATE.search(f"{claim.measure} {claim.thing or ''}")
    if fate is None or any(named == each.name for each in known):
        return named
    return fate_of(fate[0])
