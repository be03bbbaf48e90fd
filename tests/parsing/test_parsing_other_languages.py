"""Words of other languages beside a number: no number is read without them."""

from __future__ import annotations

import pytest

from factlog.errors import ReadingError
from factlog.parsing import lexicon, read

# What is typed, and what it says to write.
REFUSED = [
    ("4 млн", "4 million"),
    ("4млн", "4 million"),
    ("3 Milliarden", "3 billion"),
    ("12 mil", "12 million or 12 thousand"),
    ("€1.2 Mrd", "€1.2 billion"),
    ("€1.2 Mrd.", "€1.2 billion"),
    ("5 prosent", "5%"),
    ("5 процентов голосов", "5% голосов"),
    ("10 pour cent", "10%"),
    ("80 tys. osób", "80 thousand osób"),
    ("300 mil soldados", "300 million soldados or 300 thousand soldados"),
    ("3 mil millones", "3 billion"),
    ("5 mila soldati", "5 thousand soldati"),
    ("5 тысяч солдат", "5 thousand солдат"),
    ("3 万", "3 × 10^4"),
    ("5万人", "5 × 10^4 人"),
    ("3억", "3 × 10^8"),
    ("5 लाख", "5 × 10^5"),
    ("12 mill.", "12 million"),
    ("около 300", "about 300"),
    ("plus de 300", "more than 300"),
    ("Au moins 300 morts", "at least 300 morts"),
    ("bis zu 300", "at most 300"),
    ("casi 300", "nearly 300"),
    ("genau 300", "exactly 300"),
    ("约300", "about 300"),
    ("حوالي 300", "about 300"),
    ("300 o más", "at least 300"),
    ("300 или более", "at least 300"),
    ("300 soldats au moins", "at least 300 soldats"),
    ("300 circa", "about 300"),
    ("300 osób, co najmniej", "at least 300 osób"),
    ("300, oder mehr", "at least 300"),
    ("300명 이상", "at least 300명"),
    ("300'den fazla", "more than 300"),
    ("5 km au moins", "at least 5 km"),
    ("yüzde 5", "5%"),
    ("百分之5", "5%"),
    ("4 млн 300 тыс.", "the whole number in digits"),
    ("7 v.H.", "7%"),
    ("7 v. H.", "7%"),
    ("72 dólares", "72 USD"),
    ("72 dólares por barril", "it in English, or name its language: --language"),
    ("72 USD por barril", "it in English, or name its language: --language"),
    ("72 dollars par baril", "it in English, or name its language: --language"),
]


@pytest.mark.parametrize(("typed", "written"), REFUSED)
def test_a_number_is_not_read_without_its_word_of_another_language(
    typed: str, written: str
) -> None:
    with pytest.raises(ReadingError) as caught:
        read(typed, language="en")
    assert caught.value.remedy == f"write {written}"
    assert caught.value.problem.startswith(f'cannot read "{typed}": ')
    assert "\n" not in caught.value.problem


def test_it_says_whose_word_it_is() -> None:
    with pytest.raises(ReadingError) as caught:
        read("5 prosent")
    assert caught.value.problem.endswith('"prosent" is "percent" in Norwegian')
    assert caught.value.choices == ("5%",)


BESIDE = ("scale", "percent", "percent before", "hedge before", "hedge after")


@pytest.mark.parametrize("language", [each for each in lexicon.languages() if each != "en"])
def test_no_word_of_the_lexicon_is_passed_over(language: str) -> None:
    for kind in BESIDE:
        for words, meaning in lexicon.meanings(kind, language).items():
            if kind == "scale" and words.removesuffix("s") in lexicon.meanings("scale"):
                continue  # "billion" in French, which without the language is English
            word, said = words.replace("*", ""), meaning.removesuffix(", also English")
            typed = f"{word} 7" if kind.endswith("before") else f"7 {word}"
            try:
                estimate = read(typed).estimate
            except ReadingError as error:
                for choice in error.choices:
                    assert read(choice), typed
            else:  # a word that means the same in English, or is of a language that is read
                meant = {"percent": "7%"}.get(said, f"{7 * int(said)}" if said.isdigit() else "")
                assert estimate == read(meant or f"{_HEDGES.get(said, said)} 7").estimate, typed


_HEDGES = {
    "exact": "exactly",
    "about, leaning below": "nearly",
    "less than, leaning below": "not quite",
}


AS_BEFORE = [
    "12 mill workers",
    "12 bin bags",
    "12 bio labs",
    "12 tri nations",
    "3 minutes",
    "200 millions",
    "300 minimum",
    "300 par value",
    "5 pro teams",
    "300 U.S. troops",
    "300 soldats",
    "300 солдат",
    "300 души",
    "300 soldiers of Вагнер",
]


@pytest.mark.parametrize("typed", AS_BEFORE)
def test_other_words_behind_a_number_are_what_it_counts(typed: str) -> None:
    assert read(typed).estimate
