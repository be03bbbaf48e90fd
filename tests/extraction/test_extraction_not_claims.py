"""Numbers that state no quantity: dates, times, names, scores, references and the rest."""

from __future__ import annotations

import pytest

from factlog.extraction import Confidence, extract
from factlog.extraction.not_claims import why_skipped
from factlog.extraction.numbers import find

NOTHING_STATED: list[tuple[str, str]] = [
    ("It was signed on 14 March.", "date"),
    ("It was signed on March 14, after talks.", "date"),
    ("The file of 12/03/2021 is lost.", "date"),
    ("Talks on May 5, 6 and 7 failed.", "date"),
    ("It fell between 10 and 12 May.", "date"),
    ("He was born in 1987.", "year"),
    ("The 2008 crash hurt.", "year"),
    ("The 2024 elections were fair.", "year"),
    ("It struck at 3:45 in the morning.", "clock time"),
    ("It opens at 8pm daily.", "clock time"),
    ("The train left at 06.30 as ever.", "clock time"),
    ("It began at 1900 GMT as planned.", "clock time"),
    ("The curfew runs from 10 to 5 a.m. daily.", "clock time"),
    ("It was half past two when he came.", "clock time"),
    ("It was the 21st raid.", "ordinal"),
    ("The MAX 8 was grounded.", "number in a name"),
    ("Under 18s get in free.", "age group"),
    ("Children under five account for most.", "age group"),
    ("Women over 50 die of it.", "age group"),
    ("It was an increase over 2023.", "year"),
    ("It has support, give or take 3 points.", "margin"),
    ("For every 100 boys there are girls.", "denominator"),
    ("The M-16 jammed.", "model number"),
    ("He flew a 737s fleet.", "model number"),
    ("A man in his 30s wept.", "model number"),
    ("A Boeing 737 landed.", "number in a name"),
    ("They met in Room 101 again.", "number in a name"),
    ("See page 12 for more.", "number in a name"),
    ("The Group of Seven met.", "number in a name"),
    ("The shop at 221 Baker Street closed.", "street number"),
    ("She lives at 14 Rue de la Paix now.", "street number"),
    ("City won 3-1 away.", "score"),
    ("Lawmakers voted 212 to 198 to pass it.", "score"),
    ("Call 020 7946 0958 now.", "phone number"),
    ("Call the desk on 7946 now.", "phone number"),
    ("It is order #5512 again.", "reference"),
    ("The file is 4471/25 again.", "reference"),
    ("See 1790012345678901234 again.", "reference"),
    ("It crashed in build 300 only.", "number in a name"),
    ("Turn to page 12 now.", "number in a name"),
    ("No one of them spoke.", "pronoun"),
    ("It was one of the worst nights.", "pronoun"),
    ("It happened three weeks ago.", "placed in time"),
    ("It rained in the last 12 months.", "placed in time"),
    ("It was the worst fire in 20 years.", "placed in time"),
    ("After several weeks they met.", "vague time"),
    ("The two countries met.", "definite"),
    ("None of the 300 was found.", "definite"),
    ("She is in two minds now.", "idiom"),
    ("It is 3 times more likely.", "multiple"),
    ("They met several times.", "vague time"),
    ("1. Close the valve.", "list mark"),
]


@pytest.mark.parametrize(("text", "reason"), NOTHING_STATED)
def test_a_number_that_states_nothing_is_skipped_for_a_reason(text: str, reason: str) -> None:
    assert list(extract(text)) == []
    assert reason in [why_skipped(text, found) for found in find(text)]


# Ages, stretches of time and parts of a word: proposed, and for a person to doubt.
DOUBTED: list[tuple[str, str, str | None, str]] = [
    ("Ana Ruiz, 71, a nurse, wept.", "exact 71 year", "Ana Ruiz", "age"),
    ("The 34-year-old driver wept.", "exact 34 year", "driver", "age"),
    ("Men aged 20 to 35 years wept.", "range 20..35 year", "Men", "age"),
    ("The children between 5 and 10 years old wept.", "range 5..10 year", None, "age"),
    ("The 34-year-old, a driver, wept.", "exact 34 year", None, "age"),
    ("Four men aged between 19 and 34 wept.", "range 19..34 year", "men", "age"),
    ("Edith, who turned 101 on Tuesday, wept.", "exact 101 year", "Edith", "age"),
    ("Two men, aged 34 and 41, were hurt.", "exact 41 year", "men", "age"),
    ("Persons aged 75 and over died.", "at_least 75..None year", "Persons", "age"),
    ("A 20-block area burned.", "exact 20", "block", "block"),
    ("A five-day trip began.", "exact 5 day", "trip", "trip"),
    ("The fire burned for six hours.", "exact 6 hour", "fire", "fire"),
    ("Rain fell in 24 hours.", "exact 24 hour", "Rain", "rain"),
    ("Two days of talks failed.", "exact 2 day", "talks", "talks"),
    ("He was jailed for six years.", "exact 6 year", None, ""),
]


@pytest.mark.parametrize(("text", "value", "thing", "measure"), DOUBTED)
def test_what_may_be_beside_the_point_is_proposed_with_low_confidence(
    text: str, value: str, thing: str | None, measure: str
) -> None:
    found = list(extract(text))[-1]
    said = found.estimate
    ends = str(said.best) if said.best is not None else f"{said.low}..{said.high}"
    assert " ".join(filter(None, (said.hedge, ends, said.unit))) == value
    assert (found.thing, found.measure, found.confidence) == (thing, measure, Confidence.LOW)


STATED: list[tuple[str, list[str]]] = [
    ("The number of birds fell to 1,742 in this year's count.", ["1,742"]),
    ("It laid off 14,000 of its 277,000 employees.", ["14,000", "277,000"]),
    ("It cut 4 of its 12 stores.", ["4"]),
    ("None of its 277,000 workers died.", []),
    ("Under 50 people came.", ["Under 50"]),
    ("The toll is now over 2023.", ["over 2023"]),
    ("The firm has over 2023 workers.", ["over 2023"]),
    ("In 2019 the town had 4,312 residents.", ["4,312"]),
    ("Some 2000 people came.", ["Some 2000"]),
    ("On Sunday, 17 people died.", ["17"]),
    ("By Sunday, 1,200 homes had burned.", ["1,200"]),
    ("On March 31, 15 people died.", ["15"]),
    ("Since October 7, 34,000 people have been killed.", ["34,000"]),
    ("Since Feb. 24, 6.8 million people have fled.", ["6.8 million"]),
    ("Fire took 300 estates.", ["300"]),
    ("They held 300 ethnic Serbs.", ["300"]),
    ("In Gaza 300 people died.", ["300"]),
    ("One person died.", ["One"]),
    ("One was killed.", ["One"]),
    ("The blackout lasted 18 hours.", ["18 hours"]),
    ("The battery runs for up to nine hours.", ["up to nine hours"]),
    ("It charges in 40 minutes.", ["40 minutes"]),
    ("The treaty of 1997 freed 300 prisoners.", ["300"]),
    ("About 220-250 patients came.", ["About 220-250"]),
    ("The crowd was 100,000-strong.", ["100,000"]),
    ("It has been viewed 3.4 million times.", ["3.4 million"]),
]


@pytest.mark.parametrize(("text", "expected"), STATED)
def test_what_only_looks_like_one_is_kept(text: str, expected: list[str]) -> None:
    assert [proposal.text for proposal in extract(text)] == expected


_OTHER_LINES = "The talks went on for as long as it took to reach a deal that " * 3 + "ends it.\n\n"
NAMES = [
    "CO2 rose.",
    "Emissions of CO\n2 rose.",
    "The CO\n2 emissions rose.",
    "The CO 2 emissions rose.",
    "CO<sub>2</sub> emissions rose.",
    "PM2.5 levels fell.",
    "PM 2.5 levels fell.",
    "High PM\n2.5 levels were found.",
    "H5N1 viruses spread.",
    "H<sub>5</sub>N<sub>1</sub> viruses spread.",
    "G20 leaders met.",
    "The G\n20 leaders met.",
    "G 7 ministers met.",
    "COVID 19 cases rose.",
    "Shops sold 4K screens.",
]


@pytest.mark.parametrize("text", NAMES)
def test_the_number_in_a_name_is_none_on_a_page_of_any_length(text: str) -> None:
    assert list(extract(text, language="en")) == []
    assert list(extract(40 * _OTHER_LINES + text + "\n\n" + 40 * _OTHER_LINES)) == []


def test_a_name_on_two_lines_is_whole_where_it_is_counted() -> None:
    (found,) = extract("The plant emitted 5 tonnes of CO\n2 last year.")
    assert (found.text, found.thing) == ("5 tonnes", "CO 2")


@pytest.mark.parametrize("text", ["In CO 2 people died.", "At 3 PM 20 people died."])
def test_people_behind_such_a_name_are_counted(text: str) -> None:
    assert [each.thing for each in extract(text)] == ["people"]
