"""Things: the words behind a number, and several claims in one phrase."""

from __future__ import annotations

import pytest

from factlog.parsing import read
from support.figures import told_all

COUNTED = [
    ("300 killed", "exact 300 {killed}"),
    ("2,700 injured", "exact 2700 {injured}"),
    ("12,000 troops", "exact 12000 {troops}"),
    ("300 North Korean soldiers killed", "exact 300 {North Korean soldiers killed}"),
    ("at least 300 people killed", "at_least 300 {people killed}"),
    ("dozens of people", "vague 24..99 {people}"),
    ("several people", "vague 3..9 {people}"),
    ("45 cases per 100,000 people", "exact 45 {cases per 100,000 people}"),
    ("about 45 per 100,000", "about 0.00045"),
    ("3 per 1,000", "exact 0.003"),
    ("3.5 per 1,000", "exact 0.0035"),
    ("5 to 7 cases per 1,000", "range 5..7 {cases per 1,000}"),
    ("3 per thousand births", "exact 0.003 {births}"),
    ("3 per 1,000 births", "exact 0.003 {births}"),
    ("2 per 100 km", "exact 2 {per 100 km}"),
    ("37m people", "exact 37000000 {people}"),
    ("37 m people", "exact 37000000 {people}"),
    ("10-12m people", "range 10000000..12000000 {people}"),
    ("37m tall", "exact 37 [m] {tall}"),
    ("12 F-16s", "exact 12 {F-16s}"),
    ("300 T-72 tanks", "exact 300 {T-72 tanks}"),
    ("12 of the hostages", "exact 12 {the hostages}"),
    ("none of the 300 hostages", "exact 0 {hostages}"),
    ("no casualties", "exact 0 {casualties}"),
    ("nobody hurt", "exact 0 {hurt}"),
    ("one in five children", "exact 0.2 {children}"),
    ("two-thirds of the population", "exact 0.6666666666666666666666666667 {the population}"),
    ("half the population", "exact 0.5 {the population}"),
    ("300 or so people", "about 300 {people}"),
    ("300+ people", "at_least 300 {people}"),
    ("300 people or more", "at_least 300 {people}"),
    ("300 killed, at least", "at_least 300 {killed}"),
    ("300 people or so", "about 300 {people}"),
    ("300 killed (confirmed)", "exact 300 {killed (confirmed)}"),
    ("300 men and a dog", "exact 300 {men and a dog}"),
    ("300 killed and wounded", "exact 300 {killed and wounded}"),
    ("300 killed.", "exact 300 {killed}"),
    ("300 may have died", "exact 300 {may have died}"),
    ("300 убитых", "exact 300 {killed}"),
    ("1.5 (1.2–1.8) million deaths", "plus_minus 1500000 +300000 -300000 {deaths}"),
    ("more than 2,700 but fewer than 3,000 troops", "range (2700..3000) {troops}"),
    ("12 in total", "exact 12"),
    ("one a day", "exact 1 {a day}"),
    ("2 a day", "exact 2 {a day}"),
    ("1.234 million people", "exact 1234000 {people}"),
    ("300 real people", "exact 300 {real people}"),
    ("5 gray whales", "exact 5 {gray whales}"),
    ("300 won", "exact 300 [KRW]"),
    ("300 t-shirts", "exact 300 {t-shirts}"),
    ("12 in Kursk", "exact 12 {in Kursk}"),
    ("300 are dead", "exact 300 {are dead}"),
]

SEVERAL = [
    ("around 300 killed and 2,700 injured", "about 300 {killed} | about 2700 {injured}"),
    ("at least 300 killed and 2,700 injured", "at_least 300 {killed} | at_least 2700 {injured}"),
    ("300 killed and around 2,700 injured", "exact 300 {killed} | about 2700 {injured}"),
    ("around 300 killed and exactly 50 injured", "about 300 {killed} | exact 50 {injured}"),
    (
        "~300 killed, 2,700 injured and 5 missing",
        "about 300 {killed} | about 2700 {injured} | about 5 {missing}",
    ),
    ("around 300 killed, and dozens wounded", "about 300 {killed} | vague 24..99 {wounded}"),
    (
        "around 300 killed, dozens injured and 5 missing",
        "about 300 {killed} | vague 24..99 {injured} | about 5 {missing}",
    ),
    (
        "just over 300 killed and dozens injured",
        "more_than 300 above {killed} | vague 24..99 {injured}",
    ),
    (
        "nearly 300 killed and 2,700 injured",
        "about 300 below {killed} | about 2700 below {injured}",
    ),
    (
        "between 300 and 400 killed and 2,700 injured",
        "range 300..400 {killed} | exact 2700 {injured}",
    ),
    (
        "at least 300 killed and 400 to 500 injured",
        "at_least 300 {killed} | range 400..500 {injured}",
    ),
    (
        "about 300 were killed and another 2,700 were injured",
        "about 300 {were killed} | about 2700 {were injured}",
    ),
    ("300 killed; 2,700 injured", "exact 300 {killed} | exact 2700 {injured}"),
    ("300 killed as well as 2,700 injured", "exact 300 {killed} | exact 2700 {injured}"),
    (
        "at least 300 killed but fewer than 400 injured",
        "at_least 300 {killed} | less_than 400 {injured}",
    ),
    ("300 or so killed and 2,700 injured", "about 300 {killed} | exact 2700 {injured}"),
    ("5 km and 3 tonnes", "exact 5 [km] | exact 3 [tonne]"),
    ("about 5 km and 3 tonnes", "about 5 [km] | about 3 [tonne]"),
    ("up to $5m and €3m", "at_most 5000000 [USD] | at_most 3000000 [EUR]"),
]


@pytest.mark.parametrize(("text", "expected"), COUNTED)
def test_things_counted(text: str, expected: str) -> None:
    assert told_all(text) == expected


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_things_several(text: str, expected: str) -> None:
    assert told_all(text) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("3 K troops", "3k"),
        ("around 3 K to 4 K casualties", "around 3k to 4k"),
        ("3 K ± 1 K people", "3k ± 1k"),
        ("37m people", "37 million"),
        ("300 K surface temperature", "300 K"),
        ("few hundred people", "few hundred"),
        ("25pc turnout", "25pc"),
    ],
)
def test_the_words_kept_read_alone_as_they_did_with_the_thing(text: str, said: str) -> None:
    figure = read(text)
    assert figure.said == said
    assert read(said).estimate == figure.estimate
