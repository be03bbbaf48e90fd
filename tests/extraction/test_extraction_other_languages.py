"""Sentences in other languages: each value as it would be in English, and who says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from factlog import dates
from factlog.extraction import Confidence, extract
from factlog.extraction.modality import Modality
from factlog.parsing import read

SENTENCES = [
    pytest.param(path.stem, *line.split("\t"), id=line.partition("\t")[0])
    for path in sorted((Path(__file__).with_name("languages")).glob("*.tsv"))
    for line in path.read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(("language", "sentence", "values", "source"), SENTENCES)
def test_a_sentence_gives_its_values_and_their_source(
    language: str, sentence: str, values: str, source: str
) -> None:
    proposals = list(extract(sentence, language=language))
    expected = [] if values == "-" else [read(value) for value in values.split("; ")]
    assert [each.estimate for each in proposals] == [each.estimate for each in expected]
    assert [each.thing for each in proposals] == [each.thing for each in expected]
    for each in proposals:
        assert each.source == (source or None)
        assert sentence[each.at : (each.at or 0) + len(each.text)] == each.text
        assert each.language == language
        assert each.confidence is not Confidence.HIGH


_AT_LENGTH = "que trabajan desde hace meses en los caminos y los puentes de la región afectada, "
LONG = [
    ("Según el Ministerio de Defensa, " + 10 * _AT_LENGTH + "murieron 300 soldados.",
     "el Ministerio de Defensa"),
    ("Murieron 300 soldados, " + 10 * _AT_LENGTH + "informó el gobernador.", "el gobernador"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "source"), LONG)
def test_a_sentence_may_be_as_long_as_in_english(sentence: str, source: str) -> None:
    (found,) = extract(sentence, language="es")
    assert (found.thing, found.source) == ("killed", source)


def test_a_sentence_of_more_than_a_hundred_numbers_is_a_table() -> None:
    assert list(extract("3, " * 100 + "3 muertos", language="es")) == []
    assert list(extract("3, " * 20 + "3 muertos", language="es"))


MODALITIES = [
    ("fr", "Jusqu'à 5 000 personnes pourraient être évacuées.", Modality.HYPOTHETICAL),
    ("ru", "До 300 человек могут быть эвакуированы.", Modality.HYPOTHETICAL),
    ("es", "Hasta 300 personas podrían ser evacuadas.", Modality.HYPOTHETICAL),
    ("uk", "Уряд виділить 500 млн гривень на ремонт.", Modality.PLANS),
    ("uk", "На рахунок надійде близько 3 млрд доларів.", Modality.PROJECTS),
    ("uk", "Будівництво коштуватиме 3 млрд доларів.", Modality.PROJECTS),
    ("uk", "Кількість загиблих перевищить 40 людей.", Modality.PROJECTS),
    ("uk", "Уряд виділив 500 млн гривень на ремонт.", Modality.STATES),
    ("ru", "Рост ВВП составит 2,5%.", Modality.PROJECTS),
    ("ru", "Рост ВВП составил 2,5%.", Modality.STATES),
    ("es", "Vamos a entregar 500 casas.", Modality.PLANS),
    ("es", "El gobierno invertirá unos 500 millones de dólares.", Modality.PROJECTS),
    ("es", "El ministro visitará la ciudad donde murieron 40 personas.", Modality.STATES),
    ("es", "El gobierno va a Madrid con 40 soldados.", Modality.STATES),
    ("es", "Murieron 40 personas, y el presidente visitará la zona.", Modality.STATES),
    ("fr", "Le gouvernement va investir 500 millions d'euros.", Modality.PROJECTS),
    ("ru", "Если погибнут 300 человек, это будет катастрофа.", Modality.HYPOTHETICAL),
    ("uk", "Міністерство спростувало, що загинули 300 людей.", Modality.DENIES),
    ("es", "Podrían morir hasta 500 personas.", Modality.HYPOTHETICAL),
    ("fr", "La ministre envisage d'envoyer 300 soldats.", Modality.PLANS),
    ("es", "10.000 personas podrían morir, advirtió el alcalde.", Modality.HYPOTHETICAL),
    ("es", "40 soldados serán enviados, dijo el ministro.", Modality.PROJECTS),
    ("es", "No murieron 40 personas, dijo el alcalde.", Modality.DENIES),
    ("es", "Nadie cree que murieron 40 personas.", Modality.DENIES),
    ("es", "Sin duda murieron 40 personas.", Modality.STATES),
    ("es", "La ceremonia será el lunes; 40 personas murieron en el ataque.", Modality.STATES),
    ("es", "10.000 personas no pueden volver a sus casas.", Modality.STATES),
    ("es", "No sobrevivieron 40 personas.", Modality.STATES),
    ("fr", "Sans aucun doute, 40 personnes sont mortes.", Modality.STATES),
    ("fr", "300 familles ne peuvent pas rentrer.", Modality.STATES),
    ("ru", "Никто не сомневается, что погибли 40 человек.", Modality.STATES),
    ("ru", "Это не вымысел: погибли 40 человек.", Modality.STATES),
    ("ru", "Домой не вернулись 40 солдат.", Modality.STATES),
    ("uk", "Не вижили 40 людей.", Modality.STATES),
    ("fr", "Jusqu'à 10 000 personnes pourraient mourir, a averti l'ONU.", Modality.HYPOTHETICAL),
    ("fr", "40 soldats seront envoyés, a dit le ministre.", Modality.PROJECTS),
    ("fr", "Les 40 morts annoncés sont une invention, a dit le maire.", Modality.DENIES),
    ("fr", "Personne ne croit que 40 personnes sont mortes.", Modality.DENIES),
    ("ru", "10 тысяч человек могут погибнуть.", Modality.HYPOTHETICAL),
    ("ru", "40 погибших — неправда.", Modality.DENIES),
    ("ru", "Никто не верит, что погибли 40 человек.", Modality.DENIES),
    ("uk", "10 тисяч людей можуть загинути.", Modality.HYPOTHETICAL),
    ("uk", "40 загиблих — неправда.", Modality.DENIES),
    ("uk", "Ніхто не вірить, що загинули 40 людей.", Modality.DENIES),
]


@pytest.mark.parametrize(("language", "sentence", "modality"), MODALITIES)
def test_what_is_not_stated_is_said_to_be_so(
    language: str, sentence: str, modality: Modality
) -> None:
    (proposal,) = extract(sentence, language=language)
    assert (proposal.modality, proposal.confidence) == (modality, Confidence.LOW)


STATED = [
    ("es", "No solo murieron 40 personas, dijo el alcalde."),
    ("es", "Murieron 40 personas, pero podrían ser más, dijo el alcalde."),
    ("es", "Murieron 40 personas y 300 podrían ser evacuadas, dijo el alcalde."),
    ("fr", "Pas moins de 40 personnes ont été tuées, a dit le maire."),
    ("ru", "Погибли не менее 40 человек, сообщил мэр."),
    ("uk", "Загинули не лише 40 солдатів, повідомив мер."),
]


@pytest.mark.parametrize(("language", "sentence"), STATED)
def test_what_is_said_of_others_leaves_a_number_stated(language: str, sentence: str) -> None:
    proposal = next(extract(sentence, language=language))
    assert proposal.modality is Modality.STATES


DATED = [
    ("uk", "13 січня 2025 року Генштаб заявив, що вбито 300 солдатів.", "300", "2025-01-13"),
    ("uk", "Станом на 5 травня загинуло 12 людей.", "12", "2026-05-05"),
    ("uk", "З 1 травня загинуло 12 людей.", "12", None),
    ("uk", "13 січня 2025 загинули 12.", "12", "2025-01-13"),
    ("ru", "К 5 мая погибли 12 человек.", "12", None),
    ("ru", "В понедельник погибли 12 человек, сообщила полиция.", "12", "2026-06-01"),
    ("ru", "В 2023 году погибли 1200 человек.", "1200", "2023"),
    ("ru", "На 01.05.2026 погибли 12 человек.", "12", "2026-05-01"),
    ("ru", "Число погибших 13 января 2025 года достигло 12.", "12", "2025-01-13"),
    ("ru", "Число погибших в 2025 превысило 1200.", "more than 1200", None),
    ("es", "El 13 de enero de 2025 murieron 12 personas.", "12", "2025-01-13"),
    ("es", "El 13 de enero de 2025 murieron 12.", "12", "2025-01-13"),
    ("es", "En enero de 2025 murieron 12.", "12", "2025-01"),
    ("es", "Desde el 13 de enero de 2025 murieron 12 personas.", "12", None),
    ("es", "En 2023 murieron 1.200 personas.", "1200", "2023"),
    ("fr", "Le 1er juin, 12 personnes ont été tuées.", "12", "2026-06-01"),
    ("fr", "Selon la police, 12 personnes ont été tuées en janvier 2025.", "12", "2025-01"),
    ("de", "Am 3. Mai 2026 starben 12 Menschen.", "12", "2026-05-03"),
    ("de", "Am 13. Januar 2025 starben 12.", "12", "2025-01-13"),
    ("de", "Die Zahl der Toten 2025 stieg auf 1.234.", "1234", None),
    ("ko", "2025년 1월 13일 12명이 숨졌다.", "12", "2025-01-13"),
    ("ko", "13일 12명이 숨졌다.", "12", None),
    ("zh", "2025年1月13日,12人死亡。", "12", "2025-01-13"),
    ("ja", "5月3日、12人が死亡した。", "12", "2026-05-03"),
    ("ar", "مقتل 12 شخصا في 13 يناير 2025.", "12", "2025-01-13"),
]


@pytest.mark.parametrize(("language", "sentence", "value", "as_of"), DATED)
def test_a_sentence_dates_its_value(
    language: str, sentence: str, value: str, as_of: str | None
) -> None:
    published = dates.parse("2026-06-05")
    (found,) = extract(sentence, language=language, published=published)
    assert found.estimate == read(value).estimate
    assert (found.as_of and found.as_of.said) == as_of


CHANGED = [
    ("ru", "Число погибших выросло на 46.", None),
    ("ru", "Число погибших за сутки выросло почти на 46 человек.", True),
    ("ru", "Число погибших выросло до 46.", False),
    ("ru", "Убито на 46 солдат больше, чем в мае.", True),
    ("uk", "Кількість загиблих зросла на 46.", None),
    ("uk", "Кількість загиблих зросла до 46.", False),
    ("es", "El número de muertos aumentó en 46.", None),
    ("es", "El número de muertos subió en unas 46 personas.", True),
    ("es", "El número de muertos aumentó a 46.", False),
    ("es", "El número de muertos pasó de 12 a 46.", False),
    ("fr", "Le nombre de morts a augmenté de 46.", None),
    ("fr", "Le nombre de morts a augmenté de près de 46 personnes.", True),
    ("fr", "Le nombre de morts est passé de 12 à 46.", False),
    ("de", "Die Zahl der Toten ist um 46 gestiegen.", None),
    ("de", "Die Zahl der Toten stieg um rund 46 Menschen.", True),
    ("de", "Die Zahl der Toten stieg auf 46.", False),
    ("ko", "사망자가 46명 늘었다.", True),
    ("ko", "사망자가 46명으로 늘었다.", False),
    ("zh", "死亡人数增加了46人。", True),
    ("zh", "死亡人数增加到46人。", False),
    ("ja", "死者は46人増えた。", True),
    ("ja", "死者は46人に増えた。", False),
    ("ar", "ارتفع عدد القتلى بمقدار 46.", None),
]


@pytest.mark.parametrize(("language", "sentence", "change"), CHANGED)
def test_a_rise_is_no_toll(language: str, sentence: str, change: bool | None) -> None:
    found = ["a change, not a level" in each.rules for each in extract(sentence, language=language)]
    assert found == ([] if change is None else [change])


BOUNDS = [
    ("fr", "L'armée a perdu au moins 4 000 soldats, a dit le ministre.", ["at least 4000"]),
    ("fr", "L'armée a perdu environ 4 000 soldats, a dit le ministre.", ["about 4000"]),
    ("fr", "L'armée a perdu plus de 4 000 soldats, a dit le ministre.", ["more than 4000"]),
    ("fr", "L'armée a perdu près de 4 000 soldats, a dit le ministre.", ["nearly 4000"]),
    ("fr", "L'armée a perdu jusqu'à 4 000 soldats, a dit le ministre.", ["up to 4000"]),
    ("fr", "Le bilan atteint au moins 300 morts.", ["at least 300"]),
    ("fr", "Les prix ont augmenté de plus de 40 %.", ["more than 40%"]),
    ("fr", "Le nombre a diminué d'environ 40 %.", ["about 40%"]),
    ("fr", "La dette atteint près de 3 millions d'euros.", ["nearly EUR 3 million"]),
    ("fr", "Le salaire a augmenté de 15 %, jusqu'à 2 200 euros.", ["15%", "EUR 2200"]),
    ("es", "Los precios subieron más de un 40%.", ["more than 40%"]),
    ("es", "Los precios subieron casi un 40%.", ["nearly 40%"]),
    ("es", "Las ventas cayeron al menos 300 toneladas.", ["at least 300 tonnes"]),
    ("es", "La deuda alcanza casi los 3 millones de euros.", ["nearly EUR 3 million"]),
    ("es", "El salario subió un 15%, hasta 22.000 euros.", ["15%", "EUR 22000"]),
    (
        "de",
        "Die Quote stieg um 0,3 Prozentpunkte auf 6,1 Prozent.",
        ["0.3 percentage points", "6.1%"],
    ),
    ("de", "Der Preis stieg um 4 Prozent auf 12 Euro.", ["4%", "EUR 12"]),
    ("de", "Der Preis stieg um 3 bis 5 Prozent.", ["3% to 5%"]),
    ("de", "Bis zu 12.000 Haushalte waren ohne Strom.", ["up to 12000"]),
    ("de", "Rund zweieinhalbtausend Demonstranten kamen.", ["about 2500"]),
    ("es", "Hay más de 1.500 damnificados.", ["more than 1500"]),
    ("es", "El aumento de casos deja hasta 300 muertos.", ["up to 300"]),
    ("ru", "Выросшие цены вынудили закрыть до 300 домов.", ["up to 300"]),
    ("es", "Llegaron entre 30 y 45 mil migrantes.", ["30000 to 45000"]),
    ("fr", "Entre 2 000 et 2 500 postes seront supprimés.", ["2000 to 2500"]),
    ("fr", "Quatre-vingt-dix-sept passagers étaient à bord.", ["97"]),
    ("uk", "Понад 4,5 млн українців виїхали.", ["more than 4500000"]),
    ("uk", "Півтори тисячі осель зруйновано.", ["1500"]),
    ("ru", "Цена выросла на 3 рубля до 15 рублей.", ["RUB 3", "RUB 15"]),
    ("ru", "Цена выросла на 3-5 рублей.", ["RUB 3 to 5"]),
    ("ru", "Погибли от 3 до 15 человек.", ["3 to 15"]),
    ("uk", "Ціна зросла на 3 гривні до 15 гривень.", ["UAH 3", "UAH 15"]),
    ("es", "El salario subió un 4% a 12 euros.", ["4%", "EUR 12"]),
    ("fr", "Le prix a augmenté de 4 % à 12 euros.", ["4%", "EUR 12"]),
    ("ko", "참가자는 12만 명에서 15만 명으로 늘었다.", ["150000"]),
    ("ko", "12명에서 15명이 숨졌다.", ["12 to 15"]),
    ("ar", "انخفضت الصادرات بنسبة 12٪ إلى 580 مليون دولار.", ["12%", "USD 580 million"]),
    ("ar", "ارتفع الإنتاج من 12 إلى 15 ألف طن.", ["15000 tonnes"]),
    ("zh", "出口下降12%至580亿美元。", ["12%", "USD 58 billion"]),
    ("zh", "奖金为3至5亿美元。", ["USD 300 million to 500 million"]),
    ("ja", "価格は12%から580億ドルに下がった。", ["12%", "USD 58 billion"]),
    ("es", "Las ventas crecieron un tercio, hasta 3 millones de euros.", ["EUR 3 million"]),
    ("ja", "12人から15人が死亡した。", ["12 to 15"]),
    ("ru", "Потери достигли более 300 солдат.", ["more than 300"]),
    ("ru", "Число погибших выросло до более чем 300.", ["more than 300"]),
    ("ru", "Число погибших выросло до 300.", ["300"]),
    ("ru", "Зарплата выросла на 15%, до 22 тыс. рублей.", ["15%", "RUB 22000"]),
    ("uk", "Втрати сягнули понад 300 солдатів.", ["more than 300"]),
    ("uk", "Кількість загиблих зросла до понад 300.", ["more than 300"]),
    ("uk", "Зарплата зросла на 15%, до 22 тис. гривень.", ["15%", "UAH 22000"]),
    ("ru", "Цены выросли более чем на 40%.", ["more than 40%"]),
    ("ru", "Цены выросли почти на 40%.", ["nearly 40%"]),
    ("ru", "Цены выросли не менее чем на 40%.", ["at least 40%"]),
    ("ru", "Цены выросли примерно на 40%.", ["about 40%"]),
    ("ru", "Цены выросли минимум на 40%.", ["at least 40%"]),
    ("ru", "Цены выросли на 40%.", ["40%"]),
    ("ru", "Бюджет превысил 3 млн рублей.", ["more than RUB 3 million"]),
    ("ru", "Бюджет не превысил 3 млн рублей.", ["at most RUB 3 million"]),
    ("ru", "Число погибших приближается к 300.", ["nearly 300"]),
    ("uk", "Ціни зросли більш ніж на 40%.", ["more than 40%"]),
    ("uk", "Ціни зросли майже на 40%.", ["nearly 40%"]),
    ("uk", "Ціни зросли щонайменше на 40%.", ["at least 40%"]),
    ("uk", "Ціни зросли приблизно на 40%.", ["about 40%"]),
    ("uk", "Бюджет перевищив 3 млн гривень.", ["more than UAH 3 million"]),
    ("uk", "Бюджет не перевищив 3 млн гривень.", ["at most UAH 3 million"]),
    ("uk", "Кількість загиблих наближається до 300.", ["nearly 300"]),
    ("es", "El ataque mató al menos a 40 soldados.", ["at least 40"]),
    ("es", "El terremoto afectó al menos a 300 mil personas.", ["at least 300000"]),
    ("es", "La cifra de muertos supera ya los 300.", ["more than 300"]),
    ("de", "Die Zahl der Toten überstieg 300.", ["more than 300"]),
    ("de", "Die Schulden übersteigen 3 Millionen Euro.", ["more than EUR 3 million"]),
    ("de", "Die Zahl der Toten nähert sich 300.", ["nearly 300"]),
    ("es", "Murieron, al menos, 40 personas, dijo el alcalde.", ["at least 40"]),
    ("es", "Murieron 40 personas, al menos, dijo el alcalde.", ["at least 40"]),
    ("fr", "Au moins, 40 personnes ont été tuées, a dit le maire.", ["at least 40"]),
    ("fr", "300 soldats au moins, 40 civils ont été tués.", ["at least 300", "40"]),
    ("ru", "Погибли, как минимум, 47 человек, сообщил мэр.", ["at least 47"]),
    ("uk", "Загинули, щонайменше, 47 людей, повідомив мер.", ["at least 47"]),
]


@pytest.mark.parametrize(("language", "sentence", "values"), BOUNDS)
def test_a_bound_is_kept(language: str, sentence: str, values: list[str]) -> None:
    found = [each.estimate for each in extract(sentence, language=language)]
    assert found == [read(value).estimate for value in values]


TOLLS = [
    ("ko", "국정원은 북한군 사망자가 300여 명, 부상자가 2천700여 명에 달한다고 보고했다."),
    ("zh", "韩国国家情报院称,约300名朝鲜士兵死亡,约2700人受伤。"),
    ("ja", "約300人が死亡し、約2700人が負傷した。"),
    ("ar", "مقتل نحو 300 شخص وإصابة نحو 2700 آخرين."),
    ("de", "Rund 300 Menschen wurden getötet, rund 2.700 verletzt."),
]


@pytest.mark.parametrize(("language", "sentence"), TOLLS)
def test_tolls_are_proposed_where_no_source_is_looked_for(language: str, sentence: str) -> None:
    found = list(extract(sentence, language=language))
    hedge = "more than" if language == "ko" else "about"
    assert [each.estimate for each in found] == [read(f"{hedge} {n}").estimate for n in (300, 2700)]
    assert [each.measure for each in found] == ["killed", "injured"]
    assert {each.confidence for each in found} == {Confidence.LOW}


NAMES = [
    ("uk", "За даними міської прокуратури, загинули 12 людей.", "міська прокуратура"),
    ("uk", "За словами мера Олега Коваля, загинули 12 людей.", "мера Олега Коваля"),
    ("ru", "По данным Генштаба, погибли 12 человек.", "Генштаб"),
    ("ru", "По словам местных властей, погибли 12 человек.", "местные власти"),
    ("ru", "По данным Министерства обороны, погибли 12 человек.", "Министерство обороны"),
]


@pytest.mark.parametrize(("language", "sentence", "source"), NAMES)
def test_a_source_is_called_as_it_is_by_itself_where_that_is_known(
    language: str, sentence: str, source: str
) -> None:
    (proposal,) = extract(sentence, language=language)
    assert proposal.source == source
    assert (proposal.source_text or "?") in sentence


def test_what_is_of_nothing_in_particular_is_in_doubt() -> None:
    (proposal,) = extract("La empresa ganó 3 millones de euros, según El País.", language="es")
    assert (proposal.thing, proposal.confidence) == (None, Confidence.LOW)


def test_unnamed_sources_are_told() -> None:
    (proposal,) = extract("Джерела повідомили, що вбито 40 військових.", language="uk")
    assert (proposal.source, proposal.unnamed) == ("Джерела", True)


def test_a_sentence_is_read_in_the_language_that_is_guessed() -> None:
    text = "За даними розвідки, у боях на сході країни загинули близько 300 солдатів."
    (proposal,) = extract(text)
    assert (proposal.language, proposal.measure, proposal.source) == ("uk", "killed", "розвідка")


RATES = [
    ("es", "El crudo cuesta 72 dólares por barril, dijo el ministro."),
    ("es", "La planta produce 300 toneladas por día, según el ministerio."),
    ("fr", "Le pétrole se vend 72 dollars le baril, selon le ministère."),
    ("fr", "L'usine produit 300 tonnes par an, selon le ministère."),
    ("de", "Das Werk produziert 300 Tonnen pro Jahr, sagte der Minister."),
    ("ru", "Завод производит 300 тонн в год, сообщило министерство."),
    ("uk", "Завод виробляє 300 тонн на рік, повідомило міністерство."),
    ("zh", "该工厂每天生产约300吨。"),
    ("ja", "工場は1日300トンを生産する。"),
    ("ko", "공장은 하루 300톤을 생산한다."),
    ("ar", "ينتج المصنع 300 طن يوميا."),
]


@pytest.mark.parametrize(("language", "sentence"), RATES)
def test_a_rate_is_not_read_without_what_it_is_of(language: str, sentence: str) -> None:
    assert list(extract(sentence, language=language)) == []


ONE_TOLL = [
    ("ar", "ارتفع عدد القتلى إلى 72.", "72", "killed"),
    ("ar", "ارتفع عدد القتلى من 46 إلى 72.", "72", "killed"),
    ("ar", "ارتفعت حصيلة القتلى إلى أكثر من 300 شخص.", "more than 300", "killed"),
    ("ar", "بلغ عدد الجرحى 120.", "120", "injured"),
    ("de", "Es stieg die Zahl der Toten von 46 auf 72.", "72", "killed"),
]


@pytest.mark.parametrize(("language", "sentence", "value", "thing"), ONE_TOLL)
def test_a_toll_is_what_it_rose_to(language: str, sentence: str, value: str, thing: str) -> None:
    (found,) = extract(sentence, language=language)
    assert (found.estimate, found.thing) == (read(value).estimate, thing)


def test_the_words_of_a_value_end_with_what_they_say() -> None:
    found = extract("П'ятеро людей загинули, ще 12 травмовані.", language="uk")
    assert [each.text for each in found] == ["П'ятеро людей загинули", "12 травмовані"]


def test_the_eleventh_of_a_month_is_no_rate() -> None:
    (proposal,) = extract("11日3人が死亡した。", language="ja")
    assert str(proposal.estimate.best) == "3"


def test_in_the_year_2023_is_no_rate() -> None:
    (proposal,) = extract("Das Werk erhielt 300 Tonnen im Jahr 2023.", language="de")
    assert str(proposal.estimate.best) == "300"


def test_the_number_in_a_name_is_no_toll() -> None:
    assert list(extract("코로나19 사망자가 늘었다.", language="ko")) == []


DENIED = [
    ("de", "Der Minister bestritt, dass 300 Menschen starben.", ["denies"]),
    ("de", "Der Minister sagte, dass 300 Menschen starben.", ["states"]),
    ("de", "Es gab nicht 300 Tote, sondern 12 Tote.", ["denies", "states"]),
    ("de", "Es gab nicht weniger als 300 Tote.", ["states"]),
    ("de", "300 Menschen wurden nicht verletzt.", ["denies"]),
    ("fr", "300 personnes n'ont pas été blessées.", ["denies"]),
    ("fr", "300 personnes n'ont pas été retrouvées.", ["states"]),
    ("ko", "국방부는 300명이 사망했다는 보도를 부인했다.", ["denies"]),
    ("ko", "사망자는 12명이 아니라 15명이다.", ["denies", "states"]),
    ("ko", "300명이 사망했을 뿐만 아니라 마을도 불탔다.", ["states"]),
    ("zh", "国防部否认有300人死亡。", ["denies"]),
    ("zh", "国防部否认责任，300人死亡。", ["states"]),
    ("zh", "死亡的不是12人。", ["denies"]),
    ("zh", "没有300人死亡。", ["denies"]),
    ("zh", "没有人受伤，300人死亡。", ["states"]),
    ("ja", "国防省は300人が死亡したとの報道を否定した。", ["denies"]),
    ("ja", "300人が死亡し、政府は関与を否定した。", ["states"]),
    ("ja", "死者は12人ではなく15人だ。", ["denies", "states"]),
    ("ja", "300人が死亡しただけではなく、町も焼けた。", ["states"]),
    ("ar", "نفت الوزارة مقتل 300 شخص.", ["denies"]),
    ("ar", "مقتل 300 شخص.", ["states"]),
]


DENIED += [
    ("ru", "Кремль назвал фейком сообщения о гибели 300 военных.", ["denies"]),
    ("uk", "У Кремлі назвали фейком повідомлення про загибель 300 військових.", ["denies"]),
    ("es", "El ministro calificó de falsas las noticias sobre 300 muertos.", ["denies"]),
    ("fr", "Le ministre a jugé fausse l'annonce de 300 morts.", ["denies"]),
    ("fr", "Kiev a qualifié de mensonge l'annonce de 300 prisonniers.", ["denies"]),
    ("fr", "Les autorités redoutent 200 morts.", ["hypothetical"]),
    ("es", "El Gobierno promete 40.000 viviendas.", ["plans"]),
    ("ru", "Губернатор пообещал 300 домов.", ["plans"]),
    ("uk", "Рятувальники побоюються, що загинули 40 людей.", ["hypothetical"]),
    ("de", "Die Inflation dürfte bei 2,1 Prozent liegen.", ["projects"]),
    ("ko", "내년 성장률은 2.1%로 전망된다.", ["projects"]),
    ("zh", "预计明年增长2.1%。", ["projects"]),
    ("ja", "来年の成長率は2.1%と予測される。", ["projects"]),
    ("ar", "من المتوقع نزوح 300 ألف شخص.", ["projects"]),
    ("es", "Nadie confirmó la muerte de 50 soldados.", ["hypothetical"]),
    ("es", "Ningún experto confirmó que 50 personas murieran.", ["hypothetical"]),
    ("fr", "Ni la police ni l'armée n'ont confirmé que 40 civils avaient été tués.",
     ["hypothetical"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "sentence", "said"), DENIED)
def test_what_is_denied_is_told(language: str, sentence: str, said: list[str]) -> None:
    assert [each.modality for each in extract(sentence, language=language)] == said


OF_THE_OTHER = [
    ("es", "Israel afirma que murieron civiles; Hamás reconoce 12 muertos.", None),
    ("fr", "Quelque 80 000 personnes ont défilé, contre 300 000 selon la CGT.", None),
    ("fr", "Quelque 80 000 personnes ont défilé contre la réforme, selon la CGT.", "la CGT"),
    ("fr", "80 000 personnes ont défilé, selon la police, contre 300 000 selon la CGT.",
     "la police"),
    ("fr", "Quelque 30 personnes sont mortes, contre 40 selon l'armée.", None),
    ("es", "Unas 80.000 personas desfilaron, frente a 300.000 según la UGT.", None),
    ("es", "Unas 80.000 personas desfilaron frente al palacio, según la UGT.", "la UGT"),
    ("ru", "Вышли 80 000 человек против 300 000 по данным профсоюзов.", None),
    ("uk", "Вийшли 80 000 людей проти 300 000 за даними профспілок.", None),
    ("uk", "Вийшли 80 000 людей проти уряду, за даними профспілок.", "профспілок"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "sentence", "source"), OF_THE_OTHER)
def test_the_source_of_a_number_set_against_it_is_not_its_own(
    language: str, sentence: str, source: str | None
) -> None:
    (proposal,) = extract(sentence, language=language)
    assert proposal.source == source


OF_TWO = [
    ("fr", "200 000 personnes ont manifesté selon le ministère, la CGT revendiquant 600 000 "
     "manifestants.", ["le ministère", None]),
    ("fr", "600 000 manifestants selon la CGT, 200 000 personnes selon la police.",
     ["la CGT", None]),
    ("es", "Según el ministerio de Sanidad, murieron 40 personas, y el alcalde afirmó que 60 "
     "personas murieron.", ["el ministerio de Sanidad", None]),
    ("ru", "По данным МВД, погибли 40 человек, мэр города заявил о 60 погибших.", ["МВД", None]),
    ("fr", "Selon la police, qui a annoncé 300 blessés, le calme est revenu.", ["la police"]),
    ("uk", "За даними ДСНС, загинули 40 людей, і додали, що поранено 60 людей.",
     ["ДСНС", "ДСНС"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "sentence", "sources"), OF_TWO)
def test_a_number_is_not_given_to_the_opposite_party(
    language: str, sentence: str, sources: list[str | None]
) -> None:
    assert [each.source for each in extract(sentence, language=language)] == sources


@pytest.mark.parametrize("said", ["ont annoncé les secours", "a annoncé la police"])
def test_those_who_rescue_speak_as_surely_as_the_police(said: str) -> None:
    (found,) = extract(f"Seize personnes ont été tuées dans une attaque, {said}.", language="fr")
    assert found.confidence is Confidence.MEDIUM
