"""Which words are a unit, and under which name it goes."""

from __future__ import annotations

import sys
from subprocess import run

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factlog import units
from factlog.units import table

SYMBOLS: list[tuple[str, str | None]] = [
    ("mm", "mm"), ("km", "km"), ("KM", "km"), ("kg", "kg"), ("KG", "kg"), ("t", "t"), ("lb", "lb"),
    ("lbs", "lb"), ("lbs.", "lb"), ("mph", "mph"), ("MPH", "mph"), ("kph", "km/h"),
    ("km/hr", "km/h"),
    ("kWh", "kWh"), ("kwh", "kWh"), ("mwh", "MWh"), ("gw", "GW"),
    ("MW", "MW"), ("mW", "mW"), ("GeV", "GeV"), ("hPa", "hPa"),
    ("psi", "psi"), ("GB", "GB"), ("GiB", "GiB"), ("Mbps", "Mbps"), ("mSv", "mSv"), ("Bq", "Bq"),
    ("µg", "µg"), ("μg", "µg"), ("ug", "µg"), ("mcg", "µg"), ("Ω", "Ω"), ("\u2126", "Ω"),
    ("bpd", "barrel/day"), ("b/d", "barrel/day"), ("bbl/d", "barrel/day"), ("mb/d", "mb/d"),
    ("ha", "ha"), ("°C", "degC"), ("C", "degC"), ("º C", "degC"), ("°F", "degF"), ("°", "degree"),
    ("%", "percent"), ("‰", "permille"), ("bps", "basis point"), ("bp", "basis point"),
    ("ppm", "ppm"), ("pp", "percentage point"), ("dB", "dB"), ("IU", "IU"),
]  # fmt: skip
WORDS: list[tuple[str, str | None]] = [
    ("miles", "mile"), ("Miles", "mile"), ("TONNES", "tonne"), ("inches", "inch"), ("feet", "foot"),
    ("hours", "hour"), ("metres", "metre"), ("meters", "metre"), ("meter", "metre"),
    ("kilometers", "kilometre"), ("kilometres", "kilometre"), ("milligrams", "milligram"),
    ("metric tons", "tonne"), ("short tons", "short ton"), ("ton", "ton"), ("tons", "ton"),
    ("kilos", "kilogram"), ("barrels", "barrel"), ("light years", "light-year"),
    ("light-years", "light-year"), ("centuries", "century"), ("hertz", "hertz"), ("stone", "stone"),
    ("petajoules", "petajoule"), ("per cent", "percent"), ("degrees Celsius", "degC"),
    ("degrees", "degree"), ("percentage points", "percentage point"), ("cents", "cent"),
    ("parts per million", "ppm"), ("teaspoons", "teaspoon"), ("dunams", "dunam"),
]  # fmt: skip
MONEY: list[tuple[str, str | None]] = [
    ("$", "USD"), ("US$", "USD"), ("dollars", "USD"), ("US dollars", "USD"), ("C$", "CAD"),
    ("A$", "AUD"), ("NZ$", "NZD"), ("HK$", "HKD"), ("S$", "SGD"), ("R$", "BRL"), ("€", "EUR"),
    ("euros", "EUR"), ("£", "GBP"), ("pounds sterling", "GBP"), ("pounds", "pound"), ("¥", "JPY"),
    ("yen", "JPY"), ("₩", "KRW"), ("won", "KRW"), ("₹", "INR"), ("₽", "RUB"), ("roubles", "RUB"),
    ("rubles", "RUB"), ("₴", "UAH"), ("hryvnia", "UAH"), ("₪", "ILS"), ("₺", "TRY"), ("CHF", "CHF"),
    ("Swiss francs", "CHF"), ("yuan", "CNY"), ("KRW", "KRW"), ("usd", "USD"), ("XOF", "XOF"),
    ("francs", "CHF"), ("Rs", "INR"), ("rupees", "INR"), ("kr", "krone"), ("pesos", "peso"),
    ("¢", "cent"), ("pence", "penny"),
]  # fmt: skip
COMPOUNDS: list[tuple[str, str | None]] = [
    ("kg/m2", "kg/m2"), ("kg/m²", "kg/m2"), ("kg/m^2", "kg/m2"), ("kg / m**2", "kg/m2"),
    ("kg m-2", "kg/m2"), ("kg·m⁻²", "kg/m2"), ("m s-1", "m/s"), ("m s−1", "m/s"),
    ("m/s/s", "m/s/s"),
    ("µg/m3", "µg/m3"), ("mg/dl", "mg/dl"), ("mmol/l", "mmol/l"), ("N·m", "N·m"), ("N*m", "N·m"),
    ("barrels per day", "barrel/day"), ("barrels a day", "barrel/day"), ("bbl/day", "bbl/day"),
    ("miles per hour", "mph"), ("kilometres per hour", "kilometre/hour"),
    ("$/barrel", "USD/barrel"), ("dollars per barrel", "USD/barrel"),
    ("dollars a barrel", "USD/barrel"),
    ("euros per megawatt-hour", "EUR/megawatt-hour"), ("per day", "/day"), ("/day", "/day"),
    ("m2", "m2"), ("m^3", "m3"), ("sq km", "km2"), ("sq. km", "km2"), ("km²", "km2"),
    ("cu ft", "ft3"),
    ("square kilometres", "square kilometre"), ("square miles", "square mile"),
    ("sq miles", "square mile"), ("cubic metres", "cubic metre"), ("l/100 km", "l/100km"),
    ("per cent per year", "percent/year"), ("% a year", "percent/year"),
    ("tonnes per square kilometre", "tonne/square kilometre"), ("people", None),
]  # fmt: skip
NO_UNITS = [
    "", " ", "soldiers", "people", "killed", "North Korean troops", "shots", "hands", "points",
    "30 km", "km 30", "m in", "day week", "a", "an", "as", "at", "is", "to", "of", "million",
    "k", "bn",
    "ATM", "mhz", "people/km2", "soldiers per day", "kg/", "kg//m", "/", "//", "(km)", "kg^",
    "m99", "m0", "·", "m·",
    "10**10**10", "9**9**9 km", "__import__('os')", "kg**m", "\x00", "\ud800", "km\u202e",
    "x" * 100_000,
    "m" * 61, "m/" * 29 + "m", "kg·" * 15 + "kg",
]  # fmt: skip


@pytest.mark.parametrize(("words", "name"), SYMBOLS + WORDS + MONEY + COMPOUNDS)
def test_words_of_a_unit_have_its_name(words: str, name: str | None) -> None:
    assert units.find(words) == name


@pytest.mark.parametrize("words", NO_UNITS)
def test_other_words_are_no_unit(words: str) -> None:
    assert units.find(words) is None
    assert not units.known(words)


@pytest.mark.parametrize(
    ("words", "label"),
    [("miles", "mile"), ("soldiers", "soldiers"), ("  Nagra   points ", "Nagra points")],
)
def test_label_keeps_unknown_words_as_they_are(words: str, label: str) -> None:
    assert units.label(words) == label


def test_every_name_in_the_table_is_its_own_name() -> None:
    assert [name for name in table.facts() if units.label(name) != name] == []
    everyday = set(table.given().values())
    assert {name for name in table.facts() if units.find(name) != name} == everyday


@pytest.mark.parametrize("word", ["barn", "barns", "hands", "quarter", "shots"])
def test_an_everyday_word_is_a_unit_only_where_it_is_given_as_one(word: str) -> None:
    assert units.find(word) is None
    assert units.known(units.label(word))


def test_no_spelling_leads_nowhere() -> None:
    every = {*table.spellings().values(), *table.given().values()}
    assert every == set(table.facts())


def test_a_spelling_means_one_unit() -> None:
    """The file gives no spelling to two units, apart from a name stated once more with others."""
    seen: dict[str, str] = {}
    clashes = []
    for cells in table.rows("units.tsv"):
        for group in cells[0].split(";"):
            first, *others = (one.strip().replace("+", "") for one in group.split(","))
            clashes += [one for one in others if seen.setdefault(one, first) != first]
            seen.setdefault(first, first)
    assert clashes == []


@given(st.lists(st.sampled_from(sorted(table.facts())), min_size=1, max_size=3))
def test_the_name_of_a_compound_is_its_own_name(names: list[str]) -> None:
    found = units.find("/".join(names))
    assert found is None or units.find(found) == found


@given(st.text(max_size=80))
def test_find_takes_any_text(text: str) -> None:
    found = units.find(text)
    assert found is None or units.find(found) == found


def test_signs_of_money_come_longest_first() -> None:
    signs = list(units.money_signs())
    assert signs == sorted(signs, key=len, reverse=True)
    assert signs.index("US$") < signs.index("$")
    assert {sign: units.money_signs()[sign] for sign in ("US$", "$", "€", "KRW", "Rs")} == {
        "US$": "USD", "$": "USD", "€": "EUR", "KRW": "KRW", "Rs": "INR",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("unit", "says"),
    [
        ("ton", "907, 1,000 or 1,016 kg"),
        ("kt", "knots or kilotonnes"),
        ("barrel", "42 US gallons"),
        ("gallon", "3.785 litres"),
        ("calorie", "4.184 J"),
        ("INR", "PKR"),
        ("JPY", "yuan"),
    ],
)
def test_a_unit_that_could_be_taken_otherwise_says_so(unit: str, says: str) -> None:
    assert says in (units.remark(unit) or "")


@pytest.mark.parametrize("unit", ["mile", "soldiers", None])
def test_a_plain_unit_has_no_remark(unit: str | None) -> None:
    assert units.remark(unit) is None


def test_finding_wakes_neither_pint_nor_fractions() -> None:
    asked = "; ".join(
        f"units.find({words!r})" for words in ("soldiers", "kg/m2", "5 shots", "furlong")
    )
    script = f"import sys; from factlog import units; {asked}; units.known('people')"
    script += "; print(sorted({'pint', 'fractions'} & set(sys.modules)))"
    done = run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
