"""The words to read: look-alike signs made one, a language's number signs, and refusals."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from factlog.errors import ReadingError
from factlog.parsing import lexicon
from factlog.patterns import Pattern


class NumberSigns(NamedTuple):
    """The decimal sign, and the sign that groups thousands beside spaces and apostrophes.

    `stated` says that someone named the language, so that a point needs no asking about.
    """

    decimal: str = "."
    group: str = ","
    stated: bool = False


ENGLISH = NumberSigns()
MONEY_SIGNS = "$€£¥₹₩₽₺₴₪"
# How the languages and countries of the lexicon write numbers.
_STATED = {
    "point": NumberSigns(".", ",", stated=True),
    "comma": NumberSigns(",", ".", stated=True),
    "comma, spaced": NumberSigns(",", "", stated=True),
    "point, spaced": NumberSigns(".", "", stated=True),
}


def signs_of(locale: str | None) -> NumberSigns:
    """The signs of a locale such as "de_DE", "fr-FR", "pt_BR.UTF-8" or "sv"."""
    if locale is None:
        return ENGLISH
    name = locale.split(".")[0].split("@")[0].strip().replace("-", "_").lower()
    known = lexicon.meanings("number signs")
    said = known.get(name) or known.get(name.split("_")[0])
    if said is None:
        problem = f'factlog does not know how numbers are written in "{locale}"'
        remedy = "name a language and country, for example: en_GB, de_DE, fr_FR, es_ES, ru_RU"
        raise ReadingError(problem, remedy, text=locale, start=0, end=len(locale))
    return _STATED[said]


LONGEST = 500
EXAMPLE = 'write for example: 12 or "about 4,000"'


def _code(sign: str) -> int:
    return int(sign.removeprefix("U+"), 16)


# One character for one, so that a place in the plain text is the same place in the given one.
LOOK_ALIKE = {
    _code(sign): _code(plain) for sign, plain in lexicon.meanings("look-alike sign").items()
}
_OTHER_DIGIT = Pattern(r"(?![0-9])\d")
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn")  # characters nobody sees, by their category
_JOINERS = "\u200c\u200d"  # part of how Persian and Hindi words are spelled


class Text(NamedTuple):
    """What was given, the same with one sign for each meaning, and that in lower case.

    `column` is the unit given beside the value.
    """

    given: str
    plain: str
    low: str
    signs: NumberSigns = ENGLISH
    column: str | None = None


def prepare(
    given: str, signs: NumberSigns, column: str | None = None, *, longest: int = LONGEST
) -> Text:
    """Make the words ready to read, refusing what nobody can see or type on purpose."""
    if len(given) > longest:
        problem = f"cannot read a text of {len(given)} characters: a value is a few words"
        raise ReadingError(problem, EXAMPLE, text=given, start=longest, end=len(given))
    if not given.isprintable():
        _refuse_hidden(given)
    plain = given
    if not given.isascii() or not given.isprintable():
        plain = (_digits(given) if _OTHER_DIGIT.search(given) else given).translate(LOOK_ALIKE)
    return Text(given, plain, plain.lower(), signs, column)


def _refuse_hidden(given: str) -> None:
    for at, character in enumerate(given):
        kind = unicodedata.category(character)
        if kind in _HIDDEN and character not in _JOINERS and not character.isspace():
            problem = f"cannot read {quoted(given)}: it holds {_name(character)} here"
            remedy = "type the value again, without copying it; " + EXAMPLE
            raise ReadingError(problem, remedy, text=given, start=at, end=at + 1)


def _name(character: str) -> str:
    code = f"U+{ord(character):04X}"
    if unicodedata.category(character) == "Cs":
        return f"half a character ({code})"
    name = unicodedata.name(character, "")
    return f"the invisible character {name.lower()} ({code})" if name else f"the character {code}"


def _digits(given: str) -> str:
    """Write the digits of any script as 0-9; a number in two scripts is refused."""
    scripts: dict[int, int] = {}
    plain = list(given)
    for at, character in enumerate(given):
        if character.isdecimal():
            digit = unicodedata.digit(character)
            scripts.setdefault(ord(character) - digit, at)
            plain[at] = chr(48 + digit)
    if len(scripts) > 1:
        at = max(scripts.values())
        problem = f"cannot read {quoted(given)}: its digits come from two scripts"
        remedy = "write all digits in one script, for example: 4,000"
        raise ReadingError(problem, remedy, text=given, start=at, end=at + 1)
    return "".join(plain)


def quoted(given: str) -> str:
    """The words in quotation marks, shortened, with nothing invisible in them."""
    return f'"{short(given, 60)}"'


def short(words: str, longest: int = 40) -> str:
    """Words to show in a message: cut when long, with nothing invisible in them."""
    cut = words if len(words) <= longest else words[: longest - 3] + "..."
    if cut.isprintable():
        return cut
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in cut)


def refusal(
    text: Text,
    reason: str,
    start: int,
    end: int | None = None,
    *,
    remedy: str = EXAMPLE,
    choices: tuple[str, ...] = (),
    kind: type[ReadingError] = ReadingError,
) -> ReadingError:
    """The error for words that cannot be read, pointing at text[start:end]."""
    problem = f"cannot read {quoted(text.given)}: {reason}"
    stop = len(text.given) if end is None else end
    return kind(problem, remedy, text=text.given, start=start, end=stop, choices=choices)


class Contradiction(ReadingError):
    """Words of one value that contradict each other or say two: no part may be read alone."""


def two_ways(text: Text, reason: str, start: int, end: int, ways: tuple[str, str]) -> ReadingError:
    """The error for words that could be two things, with both ways to write them."""
    given = text.given
    choices = tuple(given[:start] + way + given[end:] for way in ways)
    remedy = "write " + " or ".join(choices)
    return refusal(text, reason, start, end, remedy=remedy, choices=choices)


_OR_EQUAL = Pattern(r" or equal\b(?:\s+to\b)?(?:\s+[\d.,]*\d)?")


def refuse_or_equal(text: Text, at: int) -> None:
    """Refuse "or equal to 300" behind a number, which makes another bound of the one before it."""
    bound = _OR_EQUAL.match(text.low, at)
    if bound is not None:
        reason, remedy = "it is joined to another bound", 'write "at least 300" or "at most 300"'
        raise refusal(text, reason, *bound.span(), remedy=remedy, kind=Contradiction)


# Digits that are no number: a season written 2024/25, the 300s, six figures

_SEASON = Pattern(r"((?:1[89]|20)\d\d)\s*[/-]\s*(\d\d|\d{4})")


def refuse_season(text: Text, start: int, end: int) -> None:
    """Refuse two years in a row, which are a date: 2024/25, 2024-25, 1999/2000."""
    match = _SEASON.fullmatch(text.low, start, end)
    if match is None or not str(int(match[1]) + 1).endswith(match[2]):
        return
    remedy = "give dates with --as-of or --published; write a fraction as a decimal"
    raise refusal(text, "this looks like a season or a financial year", start, end, remedy=remedy)


_PLURAL = Pattern(r"(\d{1,3}(?:,\d{3})+|\d+)'?s\b")
_DECADE = Pattern(r"(?:1[5-9]|20)\d0'?s\b")
_LED = Pattern(r"(?:.*\s)?(?:the|mid|low|high|early|late|upper|lower)[\s-]+$")


def refuse_plural(text: Text, start: int) -> None:
    """Refuse "the 300s", numbers from 300 on, and decades; "300s" alone is 300 seconds."""
    match = _PLURAL.match(text.low, start)
    if match is None or not match[1].endswith("0"):
        return
    if _DECADE.match(text.low, start):
        remedy = "give dates with --as-of or --published"
        raise refusal(text, "this looks like a decade", start, match.end(), remedy=remedy)
    number = match[1].replace(",", "")
    if number.strip("0") and _LED.match(text.low, 0, start):
        first = int(number)
        last = first + 10 ** (len(number) - len(number.rstrip("0"))) - 1
        remedy = f'write both ends, for example: "{first:,} to {last:,}"'
        reason = f"{short(match[0])} is no one number"
        raise refusal(text, reason, start, match.end(), remedy=remedy)


_FIGURES = Pattern(r"(?:\s+|-)(?:figures?|digits?)(?![\w'])")


def refuse_figures(text: Text, start: int, end: int, how_many: int) -> None:
    """Refuse "six figures", which tells how long a number is."""
    match = _FIGURES.match(text.low, end)
    if match is None or not 2 <= how_many <= 12 or text.low[match.end() :].strip(" .,;:!"):
        return
    least, most = 10 ** (how_many - 1), 10**how_many - 1
    reason = "this tells how long the number is, not what it is"
    remedy = f'write both ends, for example: "{least:,} to {most:,}"'
    raise refusal(text, reason, start, match.end(), remedy=remedy)
