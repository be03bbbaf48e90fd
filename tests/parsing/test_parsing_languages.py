"""Values in other languages: what a native would type or print, and the same in English."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from factlog.claim import Figure
from factlog.errors import ReadingError
from factlog.parsing import read, read_all

FORMS = [
    pytest.param(path.stem, *line.split("\t"), id=line.partition("\t")[0])
    for path in sorted((Path(__file__).with_name("languages")).glob("*.tsv"))
    for line in path.read_text(encoding="utf-8").splitlines()
]


def read_or_refused(text: str, language: str | None) -> Figure | None:
    try:
        return read(text, language=language)
    except ReadingError:
        return None


@pytest.mark.parametrize(("language", "said", "english"), FORMS)
def test_a_form_is_read_as_what_it_says_in_english(language: str, said: str, english: str) -> None:
    figure = read_or_refused(said, language)
    if english == "refused":
        assert figure is None
        return
    expected = read(english)
    assert figure is not None
    assert figure.estimate == expected.estimate
    assert expected.thing is None or figure.thing == expected.thing


GUESSED = [
    ("4 млн", "4 million"),
    ("4млн", "4 million"),
    ("около 300", "about 300"),
    ("300 или более", "at least 300"),
    ("5 процентов голосов", "5%"),
    ("5 тысяч солдат", "5000"),
    ("4 млн 300 тыс.", "4.3 million"),
    ("близько 300", "about 300"),
    ("300 з гаком", "more than 300"),
    ("300 o más", "at least 300"),
    ("casi 300 mil", "nearly 300000"),
    ("3 mil millones", "3 billion"),
    ("200 milliards d'euros", "200 billion EUR"),
    ("environ 300 millions de dollars", "about 300 million USD"),
    ("300 millions d'habitants", "300 million"),  # of no unit: left as it is
    ("2 million de facto residents", "2 million de facto residents"),
    # what could be two things, or is of a language that is not read
    ("1,200 млн", "refused"),
    ("1.200 млн", "refused"),
    ("1,500 солдат", "refused"),
    ("повече от 300", "refused"),
    ("300 или повече", "refused"),
    ("300 милиона", "refused"),
    ("око 300", "refused"),
    ("12 mil", "refused"),
    ("12 mill.", "refused"),
    ("más de 1.200", "refused"),
    ("once", "refused"),
]


@pytest.mark.parametrize(("said", "english"), GUESSED)
def test_a_language_is_guessed_only_where_it_is_plain(said: str, english: str) -> None:
    figure = read_or_refused(said, None)
    assert (figure and figure.estimate) == (
        None if english == "refused" else read(english).estimate
    )


def test_what_was_said_is_kept() -> None:
    figure = read("около 300 кубинских солдат")
    assert (figure.said, figure.thing) == ("около 300", "кубинских солдат")
    figure = read("свыше 1,5 млрд долларов")
    assert (figure.said, figure.unit_said) == ("свыше 1,5 млрд долларов", "долларов")
    killed, injured = read_all("погибли около 300 человек, ранены 2700")
    assert (killed.said, killed.thing) == ("погибли около 300 человек", "killed")
    assert (injured.said, injured.thing) == ("ранены около 2700", "injured")
    assert read(injured.said).estimate == injured.estimate


TWO = [
    ("사망 300명 부상 2700명", "ko"),
    ("300명이 숨지고 2700명이 다쳤다", "ko"),
    ("300 убитых и 2700 раненых", "ru"),
    ("загинуло 300 осіб, поранено 2700", "uk"),
    ("300 muertos y 2.700 heridos", "es"),
    ("300 morts et 2 700 blessés", "fr"),
    ("300 Tote und 2.700 Verletzte", "de"),
]


@pytest.mark.parametrize(("said", "language"), TWO)
def test_two_numbers_keep_what_befell_whom(said: str, language: str) -> None:
    figures = read_all(said, language=language)
    assert [(each.estimate.best, each.thing) for each in figures] == [
        (Decimal(300), "killed"),
        (Decimal(2700), "injured"),
    ]


JOINED = [
    ("es", "47 muertos y más de 300 heridos"),
    ("es", "47 muertos y más de trescientos heridos"),
    ("fr", "47 morts et plus de 300 blessés"),
    ("de", "47 Tote und mehr als 300 Verletzte"),
    ("ru", "47 погибших и более 300 раненых"),
    ("uk", "47 загиблих і більше ніж 300 поранених"),
    ("ar", "47 قتيلا وأكثر من 300 جريح"),
    ("ko", "47명 사망, 300명 넘게 부상"),
    ("zh", "47人死亡，超过300人受伤"),
    ("ja", "47人が死亡、300人を超える負傷者"),
]


@pytest.mark.parametrize(("language", "said"), JOINED)
def test_a_bound_of_the_second_number_is_none_of_the_first(language: str, said: str) -> None:
    first, second = read_all(said, language=language)
    assert first.estimate == read("47").estimate
    assert second.estimate == read("more than 300").estimate
    assert (first.thing, second.thing) == ("killed", "injured")


def test_a_word_for_two_is_a_number_and_what_it_counts() -> None:
    killed, injured = read_all("قتيلان و5 جرحى", language="ar")
    assert (killed.estimate, killed.thing) == (read("2").estimate, "killed")
    assert (injured.estimate, injured.thing) == (read("5").estimate, "injured")


def test_a_hedge_that_carries_over_is_kept_in_what_was_said() -> None:
    first, second = read_all("au moins 300 morts et 2 700 blessés", language="fr")
    assert first.said == "au moins 300 morts"
    assert second.said == "au moins 2 700 blessés"
    assert read(second.said, language="fr").estimate == second.estimate


def test_a_refusal_points_at_the_given_words() -> None:
    with pytest.raises(ReadingError) as caught:
        read("более 12 января", language="ru")
    error = caught.value
    assert error.text[error.start : error.end] == "более 12 января"
    with pytest.raises(ReadingError) as caught:
        read("300", language="xx")
    assert "ru (Russian)" in caught.value.remedy


def test_with_english_named_no_other_language_is_read() -> None:
    with pytest.raises(ReadingError):
        read("4 млн", language="en")
    assert read("300 killed", language="en").thing == "killed"
