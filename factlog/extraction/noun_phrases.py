"""Nouns: the words that name what is counted, read to the right of a number or to the left."""

from __future__ import annotations

import re

from factlog.extraction.numbers import ONE_TO_TWELVE
from factlog.parsing import lexicon
from factlog.parsing.number_words import SMALL, TENS
from factlog.parsing.text import MONEY_SIGNS
from factlog.patterns import Pattern

# Words in -ed or -ing that stand before a noun and are no verbs there.
_ADJECTIVES = lexicon.words("adjective")
_STOPS = lexicon.words("word no noun phrase holds") | (
    lexicon.words("speech verb") - lexicon.words("speech verb", "phrase") - _ADJECTIVES
)
# Behind a noun these begin what befell it: "cocaine hidden among bananas".
_PARTICIPLES = lexicon.words("participle")
_PLURALS = lexicon.words("plural noun")
_TOKEN = Pattern(
    rf"[ \t\n]*(?P<word>{lexicon.named_with()}|[^\W\d_][\w'&-]*(?:\.(?=[A-Z])[\w.]*)?"
    r"|[A-Z]\.(?:[A-Z]\.)+)"
)
_OF = Pattern(
    r"\s*of\s+(?:(?:the|its|their|our|his|her|my|your|these|those|all)\s+)?"
    rf"(?:(?:[{MONEY_SIGNS}]?[\d.,]*\d|(?:{'|'.join(TENS)}|{'|'.join(SMALL)})(?:-\w+)?)\s+"
    r"(?:(?:hundred|thousand|million|billion)\s+)?)?(?=[A-Za-z])"
)
# Behind a number "counts" and "claims" are nouns.
_NOUNS_TOO = {word for word in lexicon.words("speech verb", "noun") if word.endswith("s")}
_HEADS_OF = lexicon.words("head with of")
LONGEST = 6  # words of a noun phrase
_PEOPLE = Pattern(rf"(?:{lexicon.either('ending of people')})$", re.IGNORECASE)
_NO_PEOPLE = lexicon.words("no people")


def are_people(noun: str) -> bool:
    """Whether a plural noun, the last of these words, is what people are called."""
    return noun.split()[-1].lower() not in _NO_PEOPLE and _PEOPLE.search(noun) is not None


def right(text: str, at: int) -> tuple[int, int] | None:
    """The noun phrase that follows a number: where it begins and ends; None if none does."""
    if instead := _NOT_SO_MANY.match(text, at):
        at = instead.end()
    of = _OF.match(text, at)
    start = of.end() if of else at
    if not of and (
        more := re.match(r"\s+(?:more|other|additional|further|extra)\s+(?=[a-z])", text[at:])
    ):
        start = at + more.end()
    end, words = start, 0
    if _begins_with_verb(text, start):
        return None
    behind = start
    if early := _LIVE.match(text, start):
        end, words = early.end(), 1
    elif adverb := re.match(
        r"\s+(?:mostly|mainly|largely|(?P<kept>newly|previously"
        r"|(?:daily|weekly|monthly|yearly|nightly|hourly)(?=\s(?:[a-z]+\s)?[a-z]+s\b))|predominantly|seriously|severely"
        r"|live(?=\s[a-z]+s\b))(?=\s)",
        text[start:],
    ):
        start = end = start + adverb.end()
    while (
        words < LONGEST and (token := _TOKEN.match(text, end)) and not _stops(token["word"], words)
    ):
        if words and _settled(text, start, end, token):
            break
        end, words = token.end(), words + 1
    if not words or (words == 1 and _HOW.fullmatch(text[start:end].strip())):
        return None
    if text[start:end].endswith(("'s", "s'")) and (total := _TOTAL.match(text, end)):
        return right(text, total.end())
    first = len(text[:start]) + len(text[start:end]) - len(text[start:end].lstrip())
    if not early and adverb and adverb["kept"]:
        first = behind + adverb.start("kept")
    if of and (owner := _OWNER.match(text[first:end])):
        first += owner.end()
    if text[first:end].endswith(" of"):
        end = _with_deed(text, end)
    return first, _with_of(text, first, end)


def _with_deed(text: str, end: int) -> int:
    """Take the deed in behind "chance of": "chance of striking Earth"; or leave the "of"."""
    deed = _DEED.match(text, end)
    what = right(text, deed.end()) if deed else None
    return what[1] if what else end - len(" of")


_DEED = Pattern(r"\s+[a-z]+ing(?:\s+(?:an?|the|its|their))?(?=\s+[A-Za-z])")


# "Injured 21, two critically": how, not whom.
_HOW = Pattern(r"(?:serious|critical|severe|bad|slight|grave|light|fatal|mortal|mild)ly")
# "8, not 18, miners are missing."
_NOT_SO_MANY = Pattern(r",\s(?:and\s)?(?:not|rather\sthan|instead\sof)\s[\w.,]*\w,(?=\s[a-z])")
_LIVE = Pattern(
    r"\s+(?:overnight(?=\s[a-z]+s\b)|live(?=\sbirths\b))"
)  # adverbs that are adjectives here
_VERB_FIRST = Pattern(
    r"\s*(?P<word>[a-z]{3,}ed)\b(?:\s+(?P<next>[a-z-]+))?(?:\s+(?P<then>[a-z]+))?"
)


# "637,000 facing hunger"
_DOING = Pattern(rf"\s*(?:{lexicon.either('participle before an object')})\s")


def _begins_with_verb(text: str, at: int) -> bool:
    """Whether the word after the number is a verb: "71,204 watched", but "300 masked men"."""
    if _DOING.match(text, at):
        return True
    match = _VERB_FIRST.match(text, at)
    if match is None or match["word"] in _ADJECTIVES:
        return False
    following = [word for word in (match["next"], match["then"]) if word]
    if following and following[0] in _STOPS:
        return True
    return not any(plural(word) for word in following)


_TOTAL = Pattern(
    r"\s+[\d.,]+(?:\s(?:million|billion|thousand))?(?=\s)"
)  # "of the country's 18 million people"


def _stops(word: str, place: int) -> bool:
    """Whether a word cannot be part of the noun phrase, as the first word of it or a later one."""
    low = word.lower().rstrip(".")
    if low in _STOPS:
        return bool(place) or low not in _NOUNS_TOO
    if low in _ADJECTIVES or not place:
        return False
    return (
        low in _PARTICIPLES
        or (len(low) > 4 and (low.endswith(("ed", "ing"))))
        or (low.endswith("ly") and low not in ("family", "elderly", "assembly"))
    )


def _settled(text: str, start: int, end: int, token: re.Match[str]) -> bool:
    """Whether a plural already ended the noun phrase, so that the next word begins another."""
    last = re.split(r"\s", text[start:end].strip())[-1]
    if not plural(last):
        return False
    following = token["word"]
    if following == "dead":
        return True  # "left three officers dead"
    return not (plural(following) and following.islower())


def plural(word: str) -> bool:
    """Whether a word looks like a plural noun."""
    low = word.lower()
    if low in _PLURALS:
        return True
    return low.endswith("s") and len(low) > 3 and not low.endswith(("ss", "us", "is", "'s", "ous"))


def _with_of(text: str, start: int, end: int) -> int:
    """Take "of cholera" in behind a noun that says little by itself: "cases of cholera"."""
    head = re.split(r"[\s-]", text[start:end].strip())[-1].lower()
    of = re.match(r"\s+of\s+(?:the\s+)?(?=[A-Za-z])", text[end:])
    if head not in _HEADS_OF or not of:
        return end
    inner = right(text, end + of.end())
    return inner[1] if inner else end


_CLAUSE = Pattern(
    rf"""[;:—"(]\s*|,\s+(?:and\s+|but\s+|with\s+)?|\b(?:that|which|who|but|while|whereas|although|though|because|where|when|if|since|after|before|until|and
    |{lexicon.either("speech verb", meaning="clause")})\s+""",
    re.VERBOSE,
)
_LEADING = Pattern(
    rf"^(?:(?:\d[\d,.]*|{ONE_TO_TWELVE}"
    r"|dozens|hundreds|the|an?|its|their|his|her|our|this|these|those|some|all|both|of|now"
    rf"|meanwhile|overall|in|on|by|as|average(?=\s+the)|{lexicon.either('weekday')})\s+)+",
    re.IGNORECASE,
)
_CUT = re.compile(
    rf"\s+(?:{lexicon.either('word behind a noun phrase')})\b.*$", re.IGNORECASE | re.DOTALL
)


def left(text: str, end: int) -> tuple[int, int] | None:
    """The noun phrase that is the subject of what ends here: "death toll" of "The toll rose"."""
    start = 0
    for clause in _CLAUSE.finditer(text, 0, end):
        if text[clause.end() : end].strip() not in ("", "which", "who", "that"):
            if clause[0].startswith("who"):  # "those who slept badly were" is of them
                return trimmed(text, start, clause.start())
            if not clause[0].startswith("and") or not _is_pair(text[start : clause.start()]):
                start = clause.end()
    return trimmed(text, start, end)


def _is_pair(words: str) -> bool:
    """Whether these words before "and" are nouns that go with those behind: "cash and gold"."""
    some = [word.lower() for word in words.split()]
    return 0 < len(some) <= 2 and not any(word in _STOPS or _verbish(word) for word in some[-1:])


def trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """These words without articles before them and what hangs on behind."""
    words = text[start:end]
    if _POINTING.match(words):
        return None
    lead = _LEADING.match(words)
    start += lead.end() if lead else 0
    owner = _OWNER.match(text[start:end])
    start += owner.end() if owner else 0
    words = _participle_cut(_CUT.sub("", text[start:end]).rstrip(" ,"))
    words = re.sub(r"(?:,?\s+(?:which|who|that|it|and|or|of))+$", "", words)
    if "," in words:
        return None
    if not words.strip() or len(words.split()) > LONGEST + 2 or not _nominal(words):
        return None
    return start, start + len(words)


# Whose it is: "Italy's debt", "the chain's sales".
_OWNER = Pattern(r"(?:[A-Z][\w&-]*\s+){0,3}[\w-]+(?:'s|s')\s+(?=[a-z])")
# "Those in Europe" are of what was spoken of before; "we" and "last week" are no things.
_POINTING = Pattern(
    r"(?:those|that|ones)\s+(?:in|at|of|from|for)\s|(?:I|we|you|he|she|they)(?:'\w+)?(?:\s|$)"
    r"|(?:last|next|this)\s+(?:week|month|year|night)\b",
    re.IGNORECASE,
)
_BEFORE_ALSO = lexicon.words("verb or adverb also")


_PARTICIPLE_LAST = Pattern(rf"(?<! of)\s+(?:[a-z]{{3,}}ed|{lexicon.either('participle')})$")


def _participle_cut(words: str) -> str:
    """The words before a participle that hangs on the noun: "fatalities reported globally"."""
    if last := _PARTICIPLE_LAST.search(words):
        return words[: last.start()]
    for match in re.finditer(r"\s+([a-z]{3,}(?:ed|ing))\b", words):
        if match[1] not in _ADJECTIVES and plural(words[: match.start()].split()[-1]):
            return words[: match.start()]
    return words


_NUMBERED = Pattern(r"[A-Za-z]+-\d+|\b[A-Z]\w* \d{1,4}$")  # F-16, FTSE 250


def _nominal(words: str) -> bool:
    """Whether the words can be a noun phrase: no verb or small word at either end, no digits."""
    first, last = words.split()[0], words.split()[-1]
    if not first[0].isalpha() or re.search(r"\d", _NUMBERED.sub("", words)):
        return False
    if first.lower() in _STOPS or last.lower() in _STOPS - _ALSO_NOUNS or last.endswith("ly"):
        return False
    return not (first.endswith("ed") and len(first) > 4 and first.lower() not in _ADJECTIVES)


_ALSO_NOUNS = lexicon.words("verb or noun")
_NOUNS = lexicon.words("counted") | lexicon.words("who is sent") | _PLURALS
_ANOTHER = Pattern(
    r"(?:,\s+[a-z]+)*\s+(?:and|or)\s+(?P<other>[a-z]+)(?=(?P<then>[^\w\s]*(?:\s\S+)?))"
)
_NO_SUBJECT = Pattern(rf"[.,;:!?\"')]|$|\s(?:{lexicon.either('word behind a noun phrase')})$")
_SUBJECT = Pattern(rf"\s(?:{lexicon.either('helping verb')})$|\s[a-z]+ed$")


def with_others(text: str, start: int, end: int, *, opens: bool) -> tuple[int, bool]:
    """Where "guests and staff" ends, of which a number counts both; and whether it surely does.

    In "has 12 offices and runs hotels", "and police said" another clause begins; `opens` says
    that the number begins one.
    """
    match = _ANOTHER.match(text, end)
    if match is None or not (plural(text[start:end].split()[-1]) and plural(match["other"])):
        return end, True
    other = match["other"]
    subject = _SUBJECT.match(match["then"])
    follows = opens if subject else _NO_SUBJECT.match(match["then"])
    if other in _STOPS or other in _ALSO_VERBS or not follows:
        return end, True
    closed = match["then"][:1] in (*".,;:!?\"')", "")
    return (match.end(), True) if closed or other in _NOUNS or are_people(other) else (end, False)


_ALSO_VERBS = lexicon.words("verb of a clause")


def before(text: str, end: int) -> tuple[int, int] | None:
    """The few words of a noun phrase that end here, as before "of" or "at": "a crowd"."""
    words = list(re.finditer(r"[\w'-]+|[^\w\s]", text[max(0, end - 60) : end]))
    base = max(0, end - 60)
    first: int | None = None
    for word in reversed(words[-5:]):
        low = word[0].lower()
        if not re.match(r"[^\W\d]", word[0]) or (low in _STOPS and low not in _BEFORE_ALSO):
            break
        verb = _verbish(low) and low not in _BEFORE_PROFIT
        if low in _DAYS or (verb and (first is not None or low.endswith("ed"))):
            break
        if first is not None and (
            low.endswith("ly") or _somebody_says(text, base + word.start(), low)
        ):
            break
        first = base + word.start()
    return None if first is None else (first, len(text[:end].rstrip()))


def _somebody_says(text: str, at: int, word: str) -> bool:
    """Whether an adjective is a verb here: "the firm reported net profit of"."""
    earlier = _LAST_WORD.search(text, 0, at) if word in _ALSO_SAID else None
    return earlier is not None and not _leads_to_noun(earlier["word"].lower())


_ALSO_SAID = lexicon.words("speech verb") & _ADJECTIVES
_LAST_WORD = re.compile(r"(?P<word>[\w'.-]+)\s+$")


def _leads_to_noun(word: str) -> bool:
    return word in _STOPS or word in _ADJECTIVES or word.endswith("ly")


_BEFORE_PROFIT = lexicon.words("word before profit")
_DAYS = frozenset(day.lower() for day in lexicon.words("weekday"))


def _verbish(word: str) -> bool:
    return word not in _ADJECTIVES and len(word) > 4 and word.endswith(("ed", "ing"))
