"""Numbers as other languages write them, and the unit given in a column beside the value."""

from __future__ import annotations

import pytest

from factlog.errors import ReadingError
from factlog.parsing import read, say
from support.figures import told, told_all

LOCALES = [
    ("1.000,5", "de_DE", "exact 1000.5"),
    ("4.000", "de_DE", "exact 4000"),
    ("1.234.567,89", "de_DE", "exact 1234567.89"),
    ("1 234,5", "de_DE", "exact 1234.5"),
    ("1,000", "de_DE", "exact 1.000"),
    ("4'000", "de_DE", "exact 4000"),
    ("3,5 %", "de_DE", "exact 3.5 [percent]"),
    ("10,5-12,5 km", "de_DE", "range 10.5..12.5 [km]"),
    ("[2,5, 3,5]", "de_DE", "range 2.5..3.5"),
    ("878,4(5)", "de_DE", "plus_minus 878.4 +0.5 -0.5 @0.683"),
    ("878,4(0,5)", "de_DE", "plus_minus 878.4 +0.5 -0.5 @0.683"),
    ("3,5 ± 0,2", "de_DE", "plus_minus 3.5 +0.2 -0.2 @0.683"),
    ("about 4.000 killed", "de_DE", "about 4000 {killed}"),
    ("1,5 million", "de_DE", "exact 1500000"),
    ("12.345 troops", "de_DE", "exact 12345 {troops}"),
    ("1'234.5", "de_CH", "exact 1234.5"),
    ("3,5", "fr_FR", "exact 3.5"),
    ("1 234,5", "fr_FR", "exact 1234.5"),
    ("1\u202f234,5", "fr_FR", "exact 1234.5"),
    ("1.234,5", "es_ES", "exact 1234.5"),
    ("1,234.5", "es_MX", "exact 1234.5"),
    ("1.000", "en_GB", "exact 1.000"),
    ("1,000", "en_GB", "exact 1000"),
    ("12,34,567", "en_IN", "exact 1234567"),
    ("1,5", "ru_RU", "exact 1.5"),
    ("1,5", "pt_BR.UTF-8", "exact 1.5"),
    ("1,5", "sv", "exact 1.5"),
    ("1,5", "de-DE", "exact 1.5"),
    ("1,5", "fr_FR@euro", "exact 1.5"),
    ("1.5", "C", "exact 1.5"),
]


@pytest.mark.parametrize(("text", "locale", "expected"), LOCALES)
def test_a_locale_says_what_the_signs_mean(text: str, locale: str, expected: str) -> None:
    assert told_all(text, locale=locale) == expected


@pytest.mark.parametrize(("text", "best"), [("13.435,1", "13435.1"), ("1.014", "1014")])
def test_a_locale_holds_beside_a_unit_that_is_counted(text: str, best: str) -> None:
    assert str(read(text, unit="people", locale="de_DE").estimate.best) == best


@pytest.mark.parametrize("locale", ["xx_YY", "klingon", "", "12", "\x00"])
def test_an_unknown_locale_is_refused_naming_some(locale: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read("4,000", locale=locale)
    assert "en_GB, de_DE, fr_FR" in caught.value.remedy


@pytest.mark.parametrize(
    ("text", "locale", "sign", "example"),
    [
        ("4.5", "de_DE", "comma", "4,5"),
        ("4.000", "fr_FR", "comma", "4,5"),
        ("4,5", "en", "point", "4.5"),
    ],
)
def test_a_number_that_does_not_fit_the_locale_is_refused(
    text: str, locale: str, sign: str, example: str
) -> None:
    with pytest.raises(ReadingError) as caught:
        read(text, locale=locale)
    assert f"does not fit the locale, which writes decimals with a {sign}" in caught.value.problem
    assert caught.value.remedy == f"write for example: {example}"


COLUMNS = [
    ("5", "km", "exact 5 [km]"),
    ("5 km", "km", "exact 5 [km]"),
    ("5 km", "kilometres", "exact 5 [km]"),
    ("5", " ", "exact 5"),
    ("5", "%", "exact 5 [percent]"),
    ("5%", "percent", "exact 5 [percent]"),
    ("5-6", "km", "range 5..6 [km]"),
    ("5 ± 2", "MeV", "plus_minus 5 +2 -2 @0.683 [MeV]"),
    ("25 ± 3", "%", "plus_minus 25 +3 -3 @0.683 [percent]"),
    ("about 300 killed", "people", "about 300 {killed}"),
    ("5 people", "people", "exact 5 {people}"),
    ("5", "widgets", "exact 5 [widgets]"),
    ("5 widgets", "widgets", "exact 5 [widgets]"),
    ("5", "hbar s**-1", "exact 5 [hbar s**-1]"),
    ("$5", "USD", "exact 5 [USD]"),
    ("37m", "USD", "exact 37000000 [USD]"),
    ("37m", "people", "exact 37000000 {people}"),
    ("37m", "m", "exact 37 [m]"),
    ("3.623534186e-14", "GeV", "exact 0.00000000000003623534186 [GeV]"),
    ("80.354", "GeV", "exact 80.354 [GeV]"),
    ("300", "km", "exact 300 [km]"),
]


@pytest.mark.parametrize(("text", "unit", "expected"), COLUMNS)
def test_a_unit_column_gives_the_unit(text: str, unit: str, expected: str) -> None:
    figure = read(text, unit=unit)
    assert told(figure) == expected
    assert read(say(figure.estimate), unit=figure.estimate.unit).estimate == figure.estimate
    assert read(figure.said, unit=figure.estimate.unit).estimate == figure.estimate


@pytest.mark.parametrize(
    ("text", "unit"),
    [("5 km", "m"), ("$5", "EUR"), ("5%", "km"), ("5 °C", "degF"), ("5 km", "bags")],
)
def test_two_different_units_are_refused(text: str, unit: str) -> None:
    with pytest.raises(ReadingError, match="the unit given beside it is"):
        read(text, unit=unit)


@pytest.mark.parametrize("unit", ["million USD", "USD bn", "$m", "USD m", "thousands", "million"])
def test_a_scale_is_not_a_unit(unit: str) -> None:
    with pytest.raises(ReadingError, match="holds a scale"):
        read("5", unit=unit)
