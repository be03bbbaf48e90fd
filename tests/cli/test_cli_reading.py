"""`read`: one tidy block for a person, one object a line for a program."""

from __future__ import annotations

import json
from decimal import Decimal

from support.person import Factlog

KEYS = [
    "text",
    "hedge",
    "side",
    "low",
    "best",
    "high",
    "low_open",
    "high_open",
    "plus",
    "minus",
    "coverage",
    "unit",
    "thing",
    "measure",
    "reading",
]


def test_json_is_one_object_a_line_with_every_key(factlog: Factlog) -> None:
    done = factlog("read", "at least 300 people killed", "just under 5 km", "-f", "json")
    first, second = (json.loads(line, parse_float=Decimal) for line in done.out.splitlines())
    assert list(first) == KEYS
    assert (first["low"], first["thing"], first["measure"]) == (300, "people killed", "killed")
    assert first["reading"] == [300, None]
    assert (second["side"], second["unit"]) == ("below", "km")
    assert second["reading"] == [Decimal("4.5"), 5]


def test_a_refusal_is_data_for_a_program_and_a_message_for_a_person(factlog: Factlog) -> None:
    done = factlog("read", "12..", "300", "-f", "json")
    assert done.code == 2
    assert list(json.loads(done.out.splitlines()[0])) == ["text", "error"]
    person = factlog("read", "12..", "300")
    assert person.code == 2
    assert "^" in person.err
    assert "300" in person.out


def test_a_dash_reads_one_a_line(factlog: Factlog) -> None:
    lines = "".join(f"about {number}\n" for number in range(1, 2001))
    done = factlog("read", "-", "-f", "jsonl", stdin=lines)
    assert done.code == 0
    assert len(done.out.splitlines()) == 2000


def test_a_locale_and_a_unit_can_be_given(factlog: Factlog) -> None:
    done = factlog("read", "1.000", "--locale", "de_DE", "--unit", "km", "-f", "json")
    assert json.loads(done.out)["best"] == 1000
    assert json.loads(done.out)["unit"] == "km"


def test_policies_change_the_reading(factlog: Factlog) -> None:
    def meant(policy: str) -> list[int]:
        out = factlog("read", "about 4,000", "--policy", policy, "-f", "json").out
        reading: list[int] = json.loads(out)["reading"]
        return reading

    assert meant("default") == [3600, 4400]
    assert meant("strict") == [4000, 4000]
    assert meant("digits") == [3500, 4500]


def test_two_numbers_in_a_phrase_are_two_blocks(factlog: Factlog) -> None:
    done = factlog("read", "around 300 killed and 2,700 injured")
    assert "killed" in done.out
    assert "injured" in done.out


def test_a_value_may_begin_with_a_minus(factlog: Factlog) -> None:
    done = factlog("read", "-3.2", "-$50.8bn", "-5 to -3 °C", "-f", "json")
    assert done.code == 0, done.err
    assert [json.loads(line)["best"] for line in done.out.splitlines()] == [-3.2, -50.8e9, None]
    added = factlog("add", "Night", "-3.2 °C", "--source", "Met office")
    assert added.code == 0, added.err
    assert factlog("edit", "1", "-4 °C").code == 0


def test_an_option_there_is_none_of_is_no_value(factlog: Factlog) -> None:
    for words in (("read", "--polcy", "300"), ("add", "x", "300", "--sorce", "y", "--source", "z")):
        done = factlog(*words)
        assert done.code == 2
        assert "No such option" in done.err
