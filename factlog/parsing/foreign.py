"""Values in other languages: which one a text is in, and its figures, said as they were given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from factlog.claim import Figure
from factlog.errors import ReadingError
from factlog.parsing import lexicon
from factlog.parsing.estimates import Value
from factlog.parsing.languages import (
    NUMERAL,
    PERCENT,
    Language,
    Token,
    folded,
    language,
    names,
    tokens,
)
from factlog.parsing.other_languages import ForeignWord
from factlog.parsing.parser import figures
from factlog.parsing.text import (
    ENGLISH,
    MONEY_SIGNS,
    NumberSigns,
    Text,
    prepare,
    refusal,
    short,
    signs_of,
)
from factlog.parsing.translation import NOUNS, Translation, translate
from factlog.patterns import Pattern


def signs(spoken: Language, locale: str | None) -> NumberSigns:
    """How numbers are written: as the locale says, else as is usual in the language."""
    if locale is not None:
        return signs_of(locale)
    if spoken.code not in lexicon.meanings("number signs"):
        return ENGLISH  # Arabic, which is written in two ways
    return signs_of(spoken.code)._replace(stated=False)


def read_in(text: Text, spoken: Language, *, guessed: bool = False) -> tuple[Figure, ...]:
    """The figures in a text of this language."""
    translation = translate(text, spoken, guessed=guessed)
    places: list[tuple[Value, int]] = []
    try:
        found = figures(translation.text, places)
    except ReadingError as error:
        raise _of_given(error, text, translation) from None
    given = []
    carried: tuple[int, int] | None = None
    for figure, (value, stop) in zip(found, places, strict=True):
        one = _as_given(text, translation, spoken, figure, value, stop)
        begins = translation.text.given[value.start : value.end].strip()
        if value.carries:
            carried = translation.given(value.start, value.number)
        elif carried is not None and not figure.said.startswith(begins):
            one = replace(one, said=_with_hedge(text, translation, value, one.said, carried))
        given.append(one)
    return tuple(given)


def _with_hedge(
    text: Text, translation: Translation, value: Value, said: str, hedge: tuple[int, int]
) -> str:
    """What was said, with the hedge of the number before in front of its own number."""
    start, end = translation.given(value.number, value.end) or (0, 0)
    before, behind = said.split(text.given[start:end], 1)
    gap = " " if text.given[hedge[1] : hedge[1] + 1].isspace() else ""
    return f"{before}{text.given[slice(*hedge)]}{gap}{text.given[start:end]}{behind}"


def _of_given(error: ReadingError, text: Text, translation: Translation) -> ReadingError:
    """The refusal of the translation, as one of the given text."""
    reason = error.problem.partition('": ')[2] or error.problem
    start, end = translation.given(error.start, error.end) or (0, len(text.given))
    return refusal(text, reason, start, end, remedy=error.remedy, choices=error.choices)


def _as_given(
    text: Text, translation: Translation, spoken: Language, figure: Figure, value: Value, stop: int
) -> Figure:
    """The figure in the words that were given."""
    _refuse_other_unit(text, translation, value, figure)
    thing = figure.thing and _thing(figure.thing, text, spoken)
    if thing and figure.estimate.unit is not None and _counts_money(figure.thing or "", spoken):
        reason = f'"{short(figure.thing or "")}" behind the unit is not understood'
        raise refusal(text, reason, 0, remedy="write the number and its unit")
    whole = thing != figure.thing or figure.thing is None
    start, end = translation.given(value.start, stop if whole else value.end) or (0, 0)
    unit = figure.unit_said
    if unit is not None and (span := translation.given(value.start, stop, "unit")) is not None:
        unit = text.given[slice(*span)]
    return replace(figure, said=text.given[start:end].strip(" ,;"), thing=thing, unit_said=unit)


# Words that say more of a number, with which nothing that is counted begins.
_OF_NUMBERS = ("vague", "scale", "number word", "hedge before", "hedge after", "percent")


_RANGE = ("from", "between", "to")  # what a range opener is in English


def _thing(thing: str, text: Text, spoken: Language) -> str:
    """What was counted: in English where it is known, so that it names its measure."""
    words = [token for token in tokens(thing.lower(), spoken) if thing[token.start] not in " -"]
    nouns = [token.said(*NOUNS) for token in words]
    fates = [fate for token in words if (fate := token.said("fate"))]
    if all(nouns):
        counted = next(filter(None, (token.said("counted") for token in words)), nouns[-1])
        return " and ".join(dict.fromkeys(fates)) or str(counted)
    if words[0].said("counter") is not None:
        if _runs_on(thing, words, text, spoken):
            reason = f'"{short(thing)}" behind the number is not understood'
            raise refusal(text, reason, 0, remedy="write the number and what it counts")
        return _thing(thing[words[0].end :].strip(), text, spoken)
    strange = any(sign in thing for sign in "%" + MONEY_SIGNS) or thing.split()[0] in _RANGE
    common = folded(thing.lower().split()[0]) in spoken.common or words[0].said(*_OF_NUMBERS)
    if strange or common or not thing[0].isalpha() or _denied(thing, spoken):
        reason = f'"{short(thing)}" behind the number is not understood'
        raise refusal(text, reason, 0, remedy="write the number and what it counts")
    # "300 North Korean soldiers killed" are killed; "300 families of soldiers killed" are not.
    named = all(noun or token.letter for noun, token in zip(nouns, words, strict=True))
    if named and len(fates) == 1 and len(list(filter(None, nouns))) > 1:
        return fates[0]
    return thing


def _counts_money(thing: str, spoken: Language) -> bool:
    """Whether a counter stands behind a unit, which it cannot count: 300元起."""
    return next(tokens(thing.lower(), spoken)).said("counter") is not None


def _runs_on(thing: str, words: Sequence[Token], text: Text, spoken: Language) -> bool:
    """Whether an unknown word stands right behind a counter: where verbs come last, likely one."""
    if len(words) < 2 or not words[1].letter or not lexicon.meanings("verb ending", spoken.code):
        return False
    both = thing[words[0].start : words[0].end] + thing[words[1].start : words[1].end]
    return both in text.given


def _refuse_other_unit(text: Text, translation: Translation, value: Value, figure: Figure) -> None:
    """Refuse a word of the language that is a unit in English: trois quarts, 300 miles."""
    span = translation.given(value.number, value.end, "other")
    words = (figure.unit_said or "").split()
    if span is not None and any(
        len(word) > 3 and word in text.given[slice(*span)] for word in words
    ):
        reason = f'"{short(figure.unit_said or "")}" behind the number is not understood'
        raise refusal(text, reason, *span, remedy="write the number and what it counts")


def _denied(thing: str, spoken: Language) -> bool:
    """Whether the words deny, or are a verb that may say more of the number: 300명을 밑돈다."""
    denials = set(map(folded, lexicon.meanings("negation", spoken.code)))
    if spoken.spaced:
        return not denials.isdisjoint(folded(thing.lower()).split())
    endings = tuple(lexicon.meanings("verb ending", spoken.code))
    return thing.endswith(endings) or any(denial in thing for denial in denials)


_SCRIPTS = (
    (r"[\uac00-\ud7a3]", ("ko",)),
    (r"[\u3040-\u30ff]", ("ja",)),
    (r"[\u4e00-\u9fff]", ("zh", "ja")),
    (r"[\u0458\u0459\u045a\u045b\u0452\u045f\u045e\u0453\u045c\u0455]", ()),
    (r"[іїєґ]", ("uk",)),
    (r"[ыэё]", ("ru",)),
    (r"[\u0400-\u04ff]", ("ru", "uk")),
    (r"[\u067e\u0686\u0698\u06af\u06a9\u06cc\u0679\u06d2\u06c1]", ()),
    (r"[\u0620-\u064a]", ("ar",)),
)
_OF_A_SCRIPT = Pattern(r"[\u0400-\u04ff\u0620-\u06d2\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
_SCRIPT = [(Pattern(letters, re.IGNORECASE), codes) for letters, codes in _SCRIPTS]


def script_of(text: str) -> tuple[str, ...]:
    """The codes of the languages that the letters of a text may be of; none for Latin ones."""
    if text.isascii() or not _OF_A_SCRIPT.search(text):
        return ()
    return next((codes for letters, codes in _SCRIPT if letters.search(text)), ())


def read_guessed(
    text: str, codes: tuple[str, ...], locale: str | None, column: str | None
) -> tuple[Figure, ...] | None:
    """The figures in a text that may be of these languages: of that which knows most of its words.

    None where none knows any. Where several know as many, they must agree.
    """
    known = names()
    ready = {
        code: prepare(text, signs(language(code), locale), column)
        for code in codes
        if code in known
    }
    often = {code: _known_words(one, language(code)) for code, one in ready.items()}
    most = max(often.values(), default=(0, 0))
    if not any(most):
        return None
    likeliest = [code for code, count in often.items() if count == most]
    found = [read_in(ready[code], language(code), guessed=True) for code in likeliest]
    if len({tuple([figure.estimate for figure in each]) for each in found}) > 1:
        remedy = "name it: " + " or ".join(f"--language {code}" for code in likeliest)
        reason = "it says different numbers in different languages"
        raise refusal(ready[likeliest[0]], reason, 0, remedy=remedy)
    return found[0]


def _known_words(text: Text, spoken: Language) -> tuple[int, int]:
    """How many words of a text the language knows, and how many for percent: many share those.

    Where words are not parted, letters: a long word of one language is short ones of another.
    """
    known, percent = 0, 0
    for token in tokens(text.low, spoken):
        if not token.meanings or token.said(NUMERAL) is not None:
            continue
        if not spoken.spaced:
            known += token.end - token.start
        elif token.said(*PERCENT) is not None:
            percent += 1
        else:
            known += 1
    return known, percent


def read_named(
    text: str, error: ForeignWord, locale: str | None, column: str | None
) -> tuple[Figure, ...] | None:
    """The figures in a text with a word that means one thing in all the languages it is of."""
    codes = tuple(code for code, name in names().items() if name in error.languages)
    try:
        return read_guessed(text, codes, locale, column)
    except ReadingError:
        return None
