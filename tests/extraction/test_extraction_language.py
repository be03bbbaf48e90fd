"""Texts in other languages, and words of theirs beside a number: nothing is sure of them."""

from __future__ import annotations

import pytest

from factlog.extraction import Confidence, extract
from factlog.extraction.language import guess

LANGUAGES = [
    ("The ministry said that 300 people were killed.", "en"),
    ("300 people died", "en"),
    ("Blast kills 300 soldiers", "en"),
    ("In Berlin 300 soldiers died.", "en"),
    ("Nach Angaben der Polizei wurden 300 Menschen getötet.", "de"),
    ("La police a annoncé que 300 personnes sont mortes dans l'accident.", "fr"),
    ("300 personas murieron en el accidente, dijo la policía.", "es"),
    ("За даними міністерства, внаслідок удару загинули 300 людей, і це не всі.", "uk"),
    ("По данным полиции, в результате взрыва погибли 300 человек, что было после.", "ru"),
    ("Завод производит 300 тонн в год, сообщило министерство.", "ru"),
    ("Погибли 300 человек в результате удара, сообщило министерство.", "ru"),
    ("Заводът произвежда 300 тона на година, съобщи министерството.", None),
    ("Lögreglan segir 300 manns látna", None),
    ("Polis 300 insan diyor orada kaza olmuş büyük yangın", None),
    ("警察は300人が死亡したと発表した。", "ja"),
    ("Партия победила: 45 процентов против 12 процентов и 3 процента", None),
    ("L'inondation a fait 14 morts et 7 disparus, a précisé la mairie.", "fr"),
    ("L’armée dément la mort de 50 soldats.", "fr"),
    ("Le groupe a dégagé un bénéfice net de 1,2 milliard d'euros, en hausse de 8 %.", "fr"),
    ("Près de 40 000 foyers étaient privés d'électricité vendredi soir.", "fr"),
    ("El ejército negó haber matado a 40 civiles.", "es"),
    ("El paro podría superar el 12 % a finales de año, advirtió el Banco de España.", "es"),
    ("Погибли от 20 до 25 человек, рассказал очевидец.", "ru"),
    ("Не менее 40 человек пострадали при сходе автобуса с дороги под Рязанью.", "ru"),
    ("The city's homeless population grew to 4,397, by January's count.", "en"),
    ("D'Amico and O'Neill's firm hired 300 people.", "en"),
]

NOTHING_READ = [
    "Завод производит 300 тонн в год, сообщило министерство.",
    "Polis 300 insan diyor orada kaza olmuş büyük yangın",
    "Партия победила: 45 процентов против 12 процентов и 3 процента",
]


@pytest.mark.parametrize(("text", "language"), LANGUAGES)
def test_the_language_is_guessed_from_the_commonest_words(text: str, language: str | None) -> None:
    assert guess(text) == language
    proposals = list(extract(text))
    assert bool(proposals) == (text not in NOTHING_READ)
    for proposal in proposals:
        assert proposal.language == language
        assert (proposal.confidence is Confidence.HIGH) == (language == "en")


def test_few_words_go_by_the_rest_of_the_text() -> None:
    text = "300 Tote\n\nNach Angaben der Polizei wurden bei dem Unfall auch 40 Menschen verletzt."
    assert [each.language for each in extract(text)] == ["de", "de"]


LEFT_OUT = [
    "The ministry said 4 млн people fled.",
    "The bank lost €1.2 Mrd last year.",
    "Police said plus de 300 people were killed.",
    "He paid 12 mil pesos for it.",
    "The company sold 3 Milliarden euros of bonds.",
    "The survey found that 5 prosent of voters agreed.",
    "Officials spoke of 300 o más victims.",
]


@pytest.mark.parametrize("text", LEFT_OUT)
def test_no_number_is_proposed_without_its_word_of_another_language(text: str) -> None:
    assert list(extract(text)) == []


def test_words_of_english_are_no_words_of_another_language() -> None:
    assert [p.text for p in extract("What do 300 people of 12 mill towns think?")] == ["300", "12"]


@pytest.mark.parametrize("text", ["Declararon 12 testigos.", "Murieron 40 soldados."])
def test_a_short_sentence_of_no_english_word_is_not_taken_for_english(text: str) -> None:
    (found,) = extract(text)
    assert found.confidence.value == "low"
    assert found.language == "es"
