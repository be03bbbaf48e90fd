"""Units as people write them, and what was said with the unit where the words name none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from factlog.claim import Claim, Estimate, Hedge, Statement
from factlog.importing import claims
from factlog.units import find
from factlog.wording import said_of, sign


@pytest.mark.parametrize(
    ("unit", "shown"),
    [
        ("degC", "°C"),
        ("degF", "°F"),
        ("degC/km", "°C/km"),
        ("km", "km"),
        ("km2", "km²"),
        ("kg/m2", "kg/m²"),
        ("m3/kg/s2", "m³ kg⁻¹ s⁻²"),
        ("J/kg/K", "J kg⁻¹ K⁻¹"),
        ("USD/barrel/day", "USD/barrel/day"),
        ("square mile", "square mile"),
        ("CO2", "CO2"),
        ("tonne CO2", "tonne CO2"),
        ("PM10", "PM10"),
    ],
)
def test_a_unit_as_a_person_writes_it(unit: str, shown: str) -> None:
    assert sign(unit) == shown


@pytest.mark.parametrize("unit", ["degC", "km2", "kg/m2", "m3/kg/s2", "J/kg/K", "s-1"])
def test_a_unit_so_written_is_the_same_unit(unit: str) -> None:
    assert find(sign(unit)) == find(unit)


@pytest.mark.parametrize(
    ("words", "thing", "unit_said"),
    [
        ("8,848.86 m", None, "m"),
        ("1.6 miles", None, "miles"),
        ("$5m", None, "$"),
        ("12%", None, "%"),
        ("around 300 killed", "killed", None),
        ("300", None, None),
    ],
)
def test_a_claim_keeps_the_thing_and_the_unit_as_written(
    words: str, thing: str | None, unit_said: str | None
) -> None:
    (claim,) = claims("A", [words], source="B")
    assert (claim.thing, claim.unit_said) == (thing, unit_said)
    assert said_of(claim) == claim.said


@pytest.mark.parametrize(
    ("words", "locale", "shown"),
    [
        ("1.234", "de_DE", "1,234"),
        ("1.234", "en_GB", "1.234"),
        ("1,234", "en_GB", "1,234"),
        ("1,234", "de_DE", "1.234"),
        ("1.234.567,5 km", "de_DE", "1,234,567.5 km"),
        ("about 4.000 killed", "de_DE", "about 4,000"),
        ("1.000 to 2.500", "de_DE", "1,000 to 2,500"),
        ("3,5 ± 0,2", "de_DE", "3.5 ± 0.2"),
        ("2.500.000", "es_ES", "2,500,000"),
        ("1,5 million", "de_DE", "1,5 million"),
    ],
)
def test_numbers_of_another_country_are_shown_as_english_has_them(
    words: str, locale: str, shown: str
) -> None:
    (claim,) = claims("A", [words], source="B", locale=locale)
    assert said_of(claim).startswith(shown)
    assert claim.said in words  # and kept as they were said


def test_a_unit_from_a_column_stands_behind_the_words() -> None:
    (claim,) = claims("A", ["8848.86"], source="B", unit="m2")
    assert claim.unit_said is None
    assert said_of(claim) == "8848.86 m²"
    old = Claim(Statement("A", "B"), "37", Estimate(Hedge.EXACT, best=Decimal(37), unit="degC"))
    assert said_of(old) == "37 °C"
