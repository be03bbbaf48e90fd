"""Refusals: what the person is told, where the caret stands, and both ways to write it."""

from __future__ import annotations

import pytest

from factlog.errors import ReadingError
from factlog.parsing import read, read_all


def refused(text: str) -> ReadingError:
    with pytest.raises(ReadingError) as caught:
        read_all(text)
    assert caught.value.text == text
    return caught.value


# What was typed, the spot the caret stands under, what is said of it.
SPOTS = [
    ("12..", "..", "a number cannot end in two points"),
    ("1,2,3", "1,2,3", "1,2,3 is not one number"),
    ("1.2.3", "1.2.3", "1.2.3 is not one number"),
    ("1_0", "1_0", "1_0 is not one number"),
    ("12,345,67", "12,345,67", "12,345,67 is not one number"),
    ("3,5", "3,5", "a comma groups thousands, three digits at a time"),
    ("1234,567", "1234,567", "a comma groups thousands, three digits at a time"),
    ("1.234,5", "1.234,5", "1.234,5 mixes points and commas"),
    ("300 40", "40", "two numbers stand side by side"),
    ("300\n400", "400", "two numbers stand side by side"),
    ("2024 300", "300", "two numbers stand side by side"),
    ("1,000 000", "000", "two numbers stand side by side"),
    ("5 km 3 tonnes", "3 tonnes", "two numbers stand side by side"),
    ("½½", "½½", "two numbers stand side by side"),
    ("10**10**10", "**10**10", "factlog reads numbers and does not calculate"),
    ("9**9**9 km", "**9**9 km", "factlog reads numbers and does not calculate"),
    ("2+2", "+2", "factlog reads numbers and does not calculate"),
    ("5^2", "^2", "factlog reads numbers and does not calculate"),
    ("3 × 4", "× 4", "factlog reads numbers and does not calculate"),
    ("1/0", "1/0", "nothing can be divided by zero"),
    ("1e999999", "999999", "an exponent may not go beyond 300"),
    ("1e301", "301", "an exponent may not go beyond 300"),
    ("10^999", "^999", "an exponent may not go beyond 300"),
    ("1.5e299 million", "1.5e299 million", "a number may not go beyond 300 places"),
    ("123e299", "299", "a number may not go beyond 300 places"),
    ("1e-300 ± 1%", "1%", "a number may not go beyond 300 places"),
    ("9" * 100 + " dozen", "9" * 100 + " dozen", "a number may not have more than 100 digits"),
    ("10-", "-", "the range has no second end"),
    ("5 to", "to", "the range has no second end"),
    ("between 300", "between 300", "the range has no second end"),
    ("from 300", "from 300", "the range has no second end"),
    ("more than 300 or equal to 300", " or equal to 300", "it is joined to another bound"),
    ("fewer than 300 or equal to that", " or equal to", "it is joined to another bound"),
    ("400 to 300", "400 to 300", "the range runs backwards, from 400 down to 300"),
    ("10k-12", "10k-12", "the range runs backwards, from 10k down to 12"),
    ("from 1 million to 2", "1 million to 2", "the range runs backwards, from 1 million down to 2"),
    ("hundreds to dozens", "hundreds to dozens",
     "the range runs backwards, from hundreds down to dozens"),
    ("dozens to 300", "dozens to 300",
     "one end of the range is a vague word and the other a number"),
    ("300 to more than 400", "more than ", "one end of the range has a hedge of its own"),
    ("[300", "[300", "a bracket holds both ends of a range"),
    ("[300,400]", "[300,400", "a bracket holds both ends of a range"),
    ("5 km to 3 tonnes", "5 km to 3 tonnes", "the two ends are in different units, km and tonne"),
    ("3 kg-400 g", "3 kg-400 g", "the range runs backwards, from 3 kg down to 400 g"),
    ("12 percent to 3.2 billion", "12 percent to 3.2 billion",
     "3200000000 is no share as 12% is"),
    ("$3 to €5", "$3 to €5", "the two ends are in different units, USD and EUR"),
    ("5 °C to 40 °F", "5 °C to 40 °F", "the two ends are in different units, degC and degF"),
    ("[3 km, 4 km] km", " km", "two units"),
    ("2,800 to 3,200, best 4,000", "4,000", "the best estimate lies outside the range"),
    ("3,000 (2,000-2,500)", "3,000 (2,000-2,500", "the best value lies outside its interval"),
    ("3,000 (95% CI 3,100 to 3,200)", "3,000 (95% CI 3,100 to 3,200",
     "the best value lies outside its interval"),
    ("3 km (2 kg - 4 kg)", "2 kg - 4 kg", "the interval is in kg, its best value in km"),
    ("3,000 (2,800-3,200", "(2,800-3,200", "the bracket ( is not closed"),
    ("3,000 ± killed", " ± ", "no number follows the ±"),
    ("5 km ± 3 kg", "3 kg", "km and kg do not go together"),
    ("5 °C ± 3 °F", "3 °F", "degC and degF do not go together"),
    ("(5 km ± 1) km", ") km", "two units"),
    ("at least 3,000 ± 200", "at least 3,000 ± 200",
     "a bound and an uncertainty do not go together"),
    ("at least at most 300", "at least at most 300",
     "it is bounded from below and from above by one number"),
    ("more than 300 but fewer than 300", "more than 300 but fewer than 300",
     "no number lies between the two bounds"),
    ("just over 300 to 400", "just over 300 to 400",
     "this hedge needs one number and stands before a range"),
    ("just over a few", "just over a few",
     "this hedge needs a number and stands before a vague word"),
    ("minus several", "minus several", "a vague number has no sign"),
    ("$", "$", "a currency without a number"),
    ("€20 USD", " USD", "EUR and USD are two units"),
    ("$5 kg", " kg", "USD and kg are two units"),
    ("300 in 2024", "2024", "2024 could be a year or the whole of a share"),
    ("300 killed in 2024", "2024", "there are two numbers"),
    ("300 killed in two days", "two", "there are two numbers"),
    ("300 and 400", "400", "there are two numbers, 300 and 400"),
    ("five and six", "six", "there are two numbers, five and six"),
    ("2025-01-13", "2025-01-13", "this looks like a date"),
    ("2025-01", "2025-01", "this looks like a date"),
    ("01/02/2025", "01/02/2025", "this looks like a date"),
    ("13 January 2025", "13 January 2025", "this looks like a date"),
    ("two thousand three million", "million", "there are two numbers"),
    ("one thousand twenty hundred", "hundred", "there are two numbers"),
    ("zero hundred", "hundred", "there are two numbers"),
    ("one hundred and million", "million", "there are two numbers, one hundred and million"),
    ("a hundred and a half", "a half", "there are two numbers, a hundred and a half"),
    ("5 ft 12 in", "12 in", "two numbers stand side by side"),
    ("300 in 1900", "1900", "1900 could be a year or the whole of a share"),
    ("870 +2 +3 -1", "+2 +3 -1", "factlog reads numbers and does not calculate"),
    ("2,800 to 3,200, best", ", best", '", best" behind the number is not understood'),
    ("2.8 to 3.2 km, best 3 kg", ", best 3 kg",
     '", best 3 kg" behind the number is not understood'),
    ("1,200 deaths (1,000-1,400) confirmed", " confirmed", '"confirmed" is not understood here'),
    ("more than 300 but more than 200", "more than 200", "there are two numbers, more than 300 "
     "and more than 200"),
    ("more than 300 but fewer than several", "fewer than several",
     "there are two numbers, more than 300 and fewer than several"),
    ("5⅟", "⅟", '"⅟" behind the number is not understood'),
    ("5 km each of them and 3", "3", "there are two numbers, 5 km and 3"),
    ("300abc", "abc", '"abc" behind the number is not understood'),
    ("1990s", "1990s", "this looks like a decade"),
    ("the 300s", "300s", "300s is no one number"),
    ("in the low 1,200s", "1,200s", "1,200s is no one number"),
    ("six figures", "six figures", "this tells how long the number is, not what it is"),
    ("over a 6-figure", "6-figure", "this tells how long the number is, not what it is"),
    ("5 digits", "5 digits", "this tells how long the number is, not what it is"),
    ("2024/25", "2024/25", "this looks like a season or a financial year"),
    ("1999/2000 season", "1999/2000", "this looks like a season or a financial year"),
    ("2024-25", "2024-25", "this looks like a season or a financial year"),
    ("300 k k", " k", '"k" is one more unit or scale'),
    ("300 thousand k", " k", '"k" is one more unit or scale'),
    ("5 km kg", " kg", '"kg" is one more unit or scale'),
    ("5 km kg tonnes m", " kg tonnes m", '"kg tonnes m" is one more unit or scale'),
    ("300 million thousand million million", "thousand", "there are two numbers"),
    ("2 crore lakh", "lakh", "there are two numbers"),
    ("three million thousand", "thousand", "there are two numbers"),
    ("three million million million", "million", "there are two numbers"),
    ("0x10", "x10", '"x10" behind the number is not understood'),
    ("5?", "?", '"?" behind the number is not understood'),
    ("300 (confirmed)", "(confirmed)", '"(confirmed)" behind the number is not understood'),
    ("300 (5)", "(5)", '"(5)" behind the number is not understood'),
    ("3,000 ± 200 ± 50", "± 50", "several errors, and none says what it is of"),
    ("5 km/", "km/", '"km/" behind the number is not understood'),
    ("5 of", "of", '"of" behind the number is not understood'),
    ("300 killed and", "and", "something is missing behind the last word"),
    ("300 fewer", "fewer", '"fewer" sets the number against another one'),
    ("300 more killed", "more", '"more" sets the number against another one'),
    ("5 degrees below zero", "below zero", '"below zero" sets the number against another one'),
    ("...14 killed", "...", '"..." before the number is not understood'),
    ("barely 300", "barely ", '"barely" before the number is not understood'),
    ("all but 300", "all but ", '"all but" before the number is not understood'),
    ("not 300", "not ", '"not" before the number is not understood'),
    ("not exactly 300", "not ", '"not" before the number is not understood'),
    ("another 300", "another ", '"another" before the number is not understood'),
    ("median 3,000 (IQR 2,000-4,000)", "median ", '"median" before the number is not understood'),
    ("± 200", "± ", '"±" before the number is not understood'),
    ("(300)", "(300)", "a number in brackets could be negative or an aside"),
    ("$(1,200)", "$(1,200)", "a number in brackets could be negative or an aside"),
    ("USD (1,200)", "USD (1,200)", "a number in brackets could be negative or an aside"),
    ("unknown", "unknown", "it states no number"),
    ("n/a", "n/a", "it states no number"),
    ("TBD", "TBD", "it states no number"),
    ("-", "-", "it states no number"),
    ("−", "−", "it states no number"),
    ("nan", "nan", "it states no number"),
    ("abc", "abc", "it holds no number"),
    ("inf", "inf", "it holds no number"),
    ("", "", "it is empty"),
    ("   ", " ", "it is empty"),
    ("many people", "many", '"many" gives no number'),
    ("few people", "few", '"few" gives no number'),
    ("third", "third", "it holds no number"),
    ("about", "about", "it holds no number"),
    ("A4 paper", "A4 paper", "it holds no number"),
    ("300 MM", "MM", "MM could be millions or millimetres"),
    ("300 MM dollars", "MM", "MM could be millions or millimetres"),
    ("5 to 7 per 1,000", "per 1,000", '"per 1,000" is no thing'),
    ("3 ± 1 per 1,000", "per 1,000", '"per 1,000" is no thing'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "spot", "reason"), SPOTS)
def test_the_caret_stands_under_what_is_wrong(text: str, spot: str, reason: str) -> None:
    error = refused(text)
    assert text[error.start : error.end] == spot
    assert error.problem.endswith(f": {reason}")
    assert error.problem.startswith("cannot read")
    assert error.choices == ()


REMEDIES = [
    ("2024/25", "give dates with --as-of or --published; write a fraction as a decimal"),
    ("the 300s", 'write both ends, for example: "300 to 399"'),
    ("the 20s", 'write both ends, for example: "20 to 29"'),
    ("1990s", "give dates with --as-of or --published"),
    ("six figures", 'write both ends, for example: "100,000 to 999,999"'),
    ("5 km kg",
     "write one unit behind the number, for example: 5 km; a product as N·m or kg/m2"),
    ("12..", 'write for example: 12 or "about 4,000"'),
    ("12,5 Prozent", "write 12.5%, or say how decimals are written: --locale de_DE"),
    ("3,5", "write 3.5, or say how decimals are written: --locale de_DE"),
    ("400 to 300", 'write the lower number first: "300 to 400"'),
    ("from 1 million to 2", "repeat the scale after the second number"),
    ("10-", 'write both ends, for example: "300 to 400"; or "at least 300"'),
    ("300 killed in 2024", "give the date with --as-of and leave it out here"),
    ("13 January", "give dates with --as-of or --published"),
    ("barely 300",
     "leave it out, or write a hedge: about, nearly, at least, more than, at most, fewer than; "
     "what is counted goes last: 300 killed"),
    ("unknown", "leave out a number that nobody stated; write for example: 12"),
    ("2*2", "write the result"),
    ("1.000", "write 1 or 1000"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "remedy"), REMEDIES)
def test_the_remedy_says_what_to_write(text: str, remedy: str) -> None:
    assert refused(text).remedy == remedy


# What could be two things, the spot, and both ways to write the whole.
ASKED = [
    ("1.000", "1.000", ("1", "1000")),
    ("1.500", "1.500", ("1.5", "1500")),
    ("-2.000", "2.000", ("-2", "-2000")),
    ("about 12.500 killed", "12.500", ("about 12.5 killed", "about 12500 killed")),
    ("1.000 km", "1.000", ("1 km", "1000 km")),
    ("$1.250", "1.250", ("$1.25", "$1250")),
    ("1.000 to 1.500", "1.000", ("1 to 1.500", "1000 to 1.500")),
    ("12.345 troops", "12.345", ("12.3450 troops", "12345 troops")),
    ("0,123", "0,123", ("0.123", "123")),
    ("37m", "m", ("37 million", "37 m")),
    ("about 37m", "m", ("about 37 million", "about 37 m")),
    ("10-12m", "m", ("10-12 million", "10-12 m")),
    ("37m or so", "m", ("37 million or so", "37 m or so")),
    ("5T", "T", ("5 trillion", "5 t")),
    ("about 5 K run", " K", ("about 5k run", "about 5 kelvin run")),
    ("10-12,000", "10-12,000", ("10,000 to 12,000", "10 to 12,000")),
    ("3 to 4,000 troops", "3 to 4,000", ("3,000 to 4,000 troops", "3 to 4,000 troops")),
    ("1.5 million ± 0.2", "1.5 million ± 0.2", ("1500000 ± 200000", "1500000 ± 0.2")),
    ("45 ± 3%", "45 ± 3%", ("45% ± 3%", "45 ± 1.35")),
    ("9 of 10", " of 10", ("9", "9 in 10")),
    ("12 of the 300 hostages", " of the 300", ("12 hostages", "12 in 300 hostages")),
    ("- 5", "- ", ("-5", "5")),
]


@pytest.mark.parametrize(("text", "spot", "choices"), ASKED)
def test_what_could_be_two_things_is_asked_about(
    text: str, spot: str, choices: tuple[str, str]
) -> None:
    error = refused(text)
    assert text[error.start : error.end] == spot
    assert error.choices == choices
    assert " or ".join(choices) in error.remedy


PLAIN_CHOICES = [
    choice for text, _, choices in ASKED for choice in choices
    if text not in ("1.000 to 1.500", "10-12,000", "3 to 4,000 troops")
]  # fmt: skip


@pytest.mark.parametrize("choice", PLAIN_CHOICES)
def test_a_choice_is_plain(choice: str) -> None:
    assert read_all(choice)


# The point is a decimal one wherever something else in the words says so.
PLAIN_POINTS = ["0.500", "1234.500", "1.0000", "1.00", "1.234", "1.000 ± 0.005", "1.000(5)",
                "1.500-2.5 million", "1,000.500", "1.000e3", ".500"]  # fmt: skip


@pytest.mark.parametrize("text", PLAIN_POINTS)
def test_a_point_that_can_only_be_decimal_is_not_asked_about(text: str) -> None:
    assert read_all(text)


def test_one_number_is_wanted_and_two_are_there() -> None:
    with pytest.raises(ReadingError) as caught:
        read("around 300 killed and 2,700 injured")
    error = caught.value
    assert error.problem.endswith("there are two numbers, around 300 and around 2,700")
    assert error.text[error.start : error.end] == " killed and 2,700 injured"


def test_a_long_text_is_shown_short() -> None:
    error = refused("five " * 40 + "abc")
    assert len(error.problem) < 150
    assert "..." in error.problem


WORDS = ["page", "Nonsense", "barely", "not", "another", "third", "half", "a", "an", "no", "one",
         "many", "few", "about", "est", "minus", "over", "SZL", "szl", "USD", "Rs", "nan", "tbd",
         "Unknown", "million", "dozens", "between", "from", "range", "either", "January", "may",
         "version", "chapter", "K", "km", "x"]  # fmt: skip
NUMBERS = ["0", "7", "12", "07", "300", "1900", "2024", "12345", "9" * 25]


@pytest.mark.parametrize("locale", [None, "de_DE"])
@pytest.mark.parametrize("word", WORDS)
def test_a_word_before_a_number_is_refused_as_the_whole_grammar_does(
    word: str, locale: str | None
) -> None:
    def one(text: str) -> object:
        return read(text, locale=locale)

    def first(text: str) -> object:
        return read_all(text, locale=locale)[0]

    for text in (f"{word} {number}" for number in NUMBERS):
        told: list[object] = []
        for reads in (one, first):
            try:
                told.append(reads(text))
            except ReadingError as error:
                told.append((str(error), error.start, error.end, error.choices))
        assert told[0] == told[1], text
