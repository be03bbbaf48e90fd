"""How print names things: subjects and measures as phrases, sources with their article, lists."""

from __future__ import annotations

import re
from collections.abc import Iterable

from factlog.names import fold
from factlog.parsing import lexicon
from factlog.values import dataclass
from factlog.wording import owner


@dataclass(frozen=True, slots=True)
class Topic:
    """What is put at a figure: the phrase for it, its pronoun, and what goes before the sentence.

    `before` is a heading such as "Kherrada ferry: ", where no preposition is sure to fit.
    """

    noun: str
    pronoun: str
    before: str = ""

    @property
    def nominative(self) -> str:
        """The pronoun as what something is said of."""
        return "they" if self.pronoun == "them" else "it"


# Of sources that cite nobody, and do not count confirmed names.
_ALONE = (None, False)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PREPOSITIONS = _words(
    """
    in on at of from for among amid across near between under over during after before
    with without within against by to inside outside around aboard along beyond since
    """
)
_ARTICLES = frozenset(("the", "a", "an"))
_PEOPLE = _words(
    """
    troops soldiers people civilians residents refugees migrants workers children
    journalists prisoners fighters personnel forces militants protesters passengers
    students miners women men hostages detainees medics doctors patients sailors pilots
    volunteers mercenaries police firefighters rescuers
    """
)
_EVENTS = _words(
    """
    war fire attack crash earthquake quake flood floods storm blast explosion collapse
    shooting strike battle siege sinking accident derailment hurricane cyclone typhoon
    tsunami eruption landslide outbreak epidemic pandemic protest protests riot riots
    disaster shipwreck wildfire wildfires bombing offensive invasion conflict raid
    clashes massacre famine heatwave
    """
)
# Measures of people: as a noun of its own, or as what was done to so many of them.
_NOUNS = {"killed": "deaths", "casualties": "casualties", "arrested": "arrests"}
_DONE = {
    "killed": "killed",
    "injured": "injured",
    "missing": "missing",
    "captured": "captured",
    "arrested": "arrested",
    "displaced": "displaced",
    "laid off": "laid off",
    "homeless": "left homeless",
    "evacuated": "evacuated",
    "rescued": "rescued",
    "deployed": "deployed",
    "present": "present",
    "repatriated": "repatriated",
}
_ACRONYMS = {word.lower(): word for word in ("GDP", "GNP", "CPI", "IDPs", "POWs", "CO2")}
_DONE_TO = re.compile(r"(?:[^e]|fre|agre|ante)ed$")  # recovered, not speed
_PLACES = _words("in at on near aboard inside across around along within outside beyond")
# What is done away from where they are, so that the place cannot follow it.
_ELSEWHERE = frozenset(("repatriated", "evacuated"))
_WITH_ARTICLE = _words(
    """
    crew height length span width depth weight population cost price budget magnitude
    area distance speed temperature value size total toll age capacity volume number
    share rate mass flow altitude elevation circulation level lifetime half-life life charge
    deficit surplus ratio constant
    """
)


def topic(subject: str, measure: str, *, counted: bool) -> Topic:
    """The phrase for one measure of a subject; `counted` says that it has no unit."""
    words = subject.split()
    if not measure:
        return _itself(words, counted=counted)
    if words[:1] and words[0].lower() in _PREPOSITIONS:
        return _named(measure, f"{subject}, ", counted=counted)
    head, tail = _parted(words)
    of_people = measure in _DONE or measure in _NOUNS
    if head and head[-1].lower() in _PEOPLE and of_people:
        return _of_people(head, tail, measure)
    if head and head[-1].lower() in _EVENTS and of_people:
        return _in_event(words, measure)
    return _named(measure, f"{subject}: ", counted=counted)


def _parted(words: list[str]) -> tuple[list[str], list[str]]:
    """A phrase before and from its first preposition on."""
    cut = next((n for n, word in enumerate(words) if word.lower() in _PREPOSITIONS), len(words))
    return words[:cut], words[cut:]


def _itself(words: list[str], *, counted: bool) -> Topic:
    """A subject that is itself the quantity."""
    head, tail = _parted(words)
    pronoun, name = _pronoun(head), _without_capital(" ".join(words))
    common = bool(head) and head[0] == head[0].lower() and head[0] not in _ARTICLES
    if counted and pronoun == "them":
        return Topic(f"the number of {name}", "it")
    if common and pronoun == "it" and (len(head) > 1 or head[-1] in _WITH_ARTICLE):
        name = f"the {name}"
    elif len(head) == 2 and not (tail or common) and head[-1] in _WITH_ARTICLE:
        name = f"the {name}" if head[1] == "constant" else f"{owner(head[0])} {head[1]}"
    return Topic(name, pronoun)


def _without_capital(name: str) -> str:
    """A name whose article begins no sentence."""
    return name[:1].lower() + name[1:] if name.startswith(("The ", "A ", "An ")) else name


def _pronoun(head: list[str]) -> str:
    last = head[-1].lower() if head else ""
    plural = last.isalpha() and last.endswith("s") and not last.endswith(("ss", "us", "is"))
    return "them" if plural or last in _PEOPLE else "it"


def _of_people(head: list[str], tail: list[str], measure: str) -> Topic:
    """So many of some people."""
    if head[0].lower() in _PEOPLE:
        head = [head[0].lower(), *head[1:]]
    people = " ".join([*head, *tail])
    if measure == "casualties":
        return Topic(f"casualties among {people}", "them")
    done = _DONE[measure]
    if measure in _ELSEWHERE or (tail and tail[0].lower() not in _PLACES):
        return Topic(f"the number of {people} {done}", "it")
    return Topic(f"the number of {' '.join([*head, done, *tail])}", "it")


def _in_event(words: list[str], measure: str) -> Topic:
    """So many in a war, a fire, a flood."""
    given = (
        words[0].lower() in _ARTICLES or words[0][0].isdigit() or words[0].endswith(("'s", "’s"))
    )
    event = _without_capital(" ".join(words)) if words[1:] else words[0].lower()
    if not given or words[0][0].isdigit():
        event = f"the {event}"
    if measure in _NOUNS:
        return Topic(f"{_NOUNS[measure]} in {event}", "them")
    by = "by" if measure in ("displaced", "homeless") else "in"
    return Topic(f"the number {_DONE[measure]} {by} {event}", "it")


def _named(measure: str, before: str, *, counted: bool) -> Topic:
    """A measure under a heading."""
    words = [_ACRONYMS.get(word, word) for word in measure.split()]
    measure = " ".join(words)
    if measure in _NOUNS:
        return Topic(_NOUNS[measure], "them", before)
    if measure in _DONE:
        return Topic(f"the number {_DONE[measure]}", "it", before)
    head, _ = _parted(words)
    if not head or (len(words) == 1 and _DONE_TO.search(measure)):
        return Topic(f"the {'number' if counted else 'amount'} {measure}", "it", before)
    if head[-1] in _WITH_ARTICLE and head[0].lower() not in _ARTICLES:
        return Topic(f"the {measure}", "it", before)
    if len(head) > 1 and _DONE_TO.search(head[-1]):  # "bodies recovered"
        head = head[:-1]
    if counted and _pronoun(head) == "them":
        return Topic(f"the number of {measure}", "it", before)
    return Topic(measure, _pronoun(head), before)


def accredited(said: Iterable[tuple[str, str | None, bool]]) -> str:
    """Sources, those who cite nobody first, and whom the others cite.

    Each comes with whom it cites, and whether it counts confirmed names only.
    """
    shown: dict[str, str] = {}  # each name as it was given first
    groups: dict[tuple[str | None, bool], dict[str, None]] = {_ALONE: {}}
    for source, origin, documented in said:
        name = shown.setdefault(fold(source), source)
        cited = shown.setdefault(fold(origin), origin) if origin else name
        groups.setdefault((cited if cited != name else None, documented), {})[
            with_article(name)
        ] = None
    told = [_with_cited(list(names), *group) for group, names in groups.items() if names]
    return ", and ".join(told) + ("," if groups.keys() != {_ALONE} else "")


def _with_cited(names: list[str], origin: str | None, documented: bool) -> str:
    words = [listed(names)]
    if origin:
        words.append(f"citing {with_article(origin)}")
    if documented:
        words.append(f"which {'count' if names[1:] else 'counts'} confirmed names only")
    return ", ".join(words)


def with_article(name: str) -> str:
    """A name with "the" where the lexicon says so, and as it was given where it does not."""
    words = re.sub(r"\(.*?\)", "", name).split()
    if name in lexicon.words("name with the"):
        return f"the {name}"
    head, tail = _parted(words)
    if not head or words[0].lower() in _ARTICLES or words[0].endswith(("'s", "’s")):
        return _without_capital(name)
    endings = {" ".join(head[-n:]) for n in range(1, 4)}
    any_case = {ending.lower() for ending in endings}
    if any_case & lexicon.words("end of a name without the"):
        return name
    known = bool(
        any_case & lexicon.words("end of a name with the")
        or endings & lexicon.words("end of a phrase with the")
        or (tail[:1] == ["of"] and any_case & lexicon.words("end of a name with the before of"))
    )
    return f"the {name}" if known else name


def listed(items: Iterable[str]) -> str:
    """Things in a row: a, b and c; with a comma more where one of them holds an "and"."""
    *most, last = items
    if not most:
        return last
    comma = "," if any(" and " in item for item in (*most, last)) else ""
    return f"{', '.join(most)}{comma} and {last}"


def spread(lowest: str, highest: str, *, alike: bool, vague: bool) -> str:
    """What follows on figures: the lowest and the highest.

    `alike` says that a wide one is both. A word or a bound, of which the number is `vague`, is
    not said to be the lowest or the highest.
    """
    if alike:
        return f", such as {lowest}"
    if vague:
        return f" from {lowest} to {highest}"
    return f", the lowest {lowest} and the highest {highest}"


def capital(text: str) -> str:
    """A sentence with its first letter large, unless a name such as eBay is written so."""
    first = text.split(" ", 1)[0]
    return text if first[1:] != first[1:].lower() else text[:1].upper() + text[1:]
