"""What a person types after `add`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from factlog import measures, parsing
from factlog.claim import Claim, Hedge
from factlog.errors import FactlogError, ReadingError, UsageError
from factlog.importing import claims
from factlog.importing.words import contradicted


def given(*words: str, **more: Any) -> tuple[Claim, ...]:
    return claims("Kursk", words, source="Pentagon", **more)


@pytest.mark.parametrize(
    ("word", "said", "measure", "hedge", "unit"),
    [
        ("around 300 killed", "around 300", "killed", Hedge.ABOUT, None),
        ("casualties=about 4,000", "about 4,000", "casualties", Hedge.ABOUT, None),
        ("8,848.86 m", "8,848.86 m", "", Hedge.EXACT, "m"),
        ("300 homes", "300", "homes", Hedge.EXACT, None),
        ("  300 Homes ", "300", "homes", Hedge.EXACT, None),
        ("used=dozens of tankers", "dozens of tankers", "used", Hedge.VAGUE, None),
        ("used=30 of the  tankers", "30 of the tankers", "used", Hedge.EXACT, None),
        ("used=a few tankers", "a few tankers", "used", Hedge.VAGUE, None),
        ("300", "300", "", Hedge.EXACT, None),
        (">= 300", ">= 300", "", Hedge.AT_LEAST, None),
        (">=300 killed", ">=300", "killed", Hedge.AT_LEAST, None),
        ("<= 300", "<= 300", "", Hedge.AT_MOST, None),
        ("killed=>= 300", ">= 300", "killed", Hedge.AT_LEAST, None),
        ("killed = >=300", ">=300", "killed", Hedge.AT_LEAST, None),
        ("Covid-19  Deaths=300", "300", "Covid-19 Deaths", Hedge.EXACT, None),
        ("killed (by name)=at least 300", "at least 300", "killed (by name)", Hedge.AT_LEAST, None),
        ("tués=300", "300", "tués", Hedge.EXACT, None),
        ("Deaths=300", "300", "Deaths", Hedge.EXACT, None),
        ("span=2.5 km", "2.5 km", "span", Hedge.EXACT, "km"),
    ],
)
def test_a_word_is_a_measure_a_value_and_a_thing(
    word: str, said: str, measure: str, hedge: Hedge, unit: str | None
) -> None:
    (claim,) = given(word)
    assert (claim.said, claim.measure, claim.estimate.hedge) == (said, measure, hedge)
    assert claim.estimate.unit == unit


def test_two_numbers_in_one_phrase_are_two_claims_of_one_statement() -> None:
    killed, injured = given("around 300 killed and 2,700 injured")
    assert (killed.measure, killed.estimate.best) == ("killed", Decimal(300))
    assert (injured.measure, injured.estimate.best) == ("injured", Decimal(2700))
    assert injured.estimate.hedge is Hedge.ABOUT
    assert killed.statement is injured.statement


def test_every_claim_reads_again_as_it_stands() -> None:
    for claim in given("around 300 killed and 2,700 injured", "x=2 to 3 million", "$37m lost"):
        assert parsing.read(claim.said, unit=claim.estimate.unit).estimate == claim.estimate


def test_a_statement_carries_all_that_was_said_about_it() -> None:
    (claim,) = claims(
        "  North  Korean troops ",
        ["300 killed"],
        source="NIS\u0301",
        as_of="13/01/2025",
        published="2025-01-14",
        via=" NBC ",
        url=" https://example.org/a b ",
        scope=" Kursk  only",
        origin="UK  MoD",
        quote=" as\nsaid ",
        note="  ",
        date_format="%d/%m/%Y",
    )
    said = claim.statement
    assert (said.subject, said.source, said.via) == ("North Korean troops", "NI\u015a", "NBC")
    assert said.as_of is not None
    assert said.as_of.days == (date(2025, 1, 13), date(2025, 1, 13))
    assert said.published is not None
    assert said.published.said == "2025-01-14"
    assert (said.url, said.quote) == ("https://example.org/a b", " as\nsaid ")
    assert (claim.scope, claim.origin, claim.note) == ("Kursk only", "UK MoD", None)
    assert (claim.id, claim.uid, claim.recorded) == (None, "", None)


def test_a_unit_stands_for_every_value() -> None:
    first, second = given("2.5", "about 3", unit="km")
    assert (first.estimate.unit, second.estimate.unit) == ("km", "km")


def test_a_locale_says_how_numbers_are_written() -> None:
    (claim,) = given("1.000,5", locale="de_DE")
    assert (claim.said, claim.estimate.best) == ("1.000,5", Decimal("1000.5"))


def test_one_word_alone_is_not_taken_for_many() -> None:
    assert len(claims("Kursk", "300", source="Pentagon")) == 1


@pytest.mark.parametrize(
    "word", ["", "unknown", "killed=", "killed=lots", "x >= 300", "12 km = 7 miles", "a==3"]
)
def test_what_is_no_value_is_refused_with_its_spot(word: str) -> None:
    with pytest.raises(ReadingError):
        given(word)


def test_a_named_measure_takes_one_number() -> None:
    with pytest.raises(ReadingError):
        given("casualties=300 killed and 2,700 injured")


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"subject": ""}, "subject: is blank"),
        ({"subject": " \t"}, "subject: is blank"),
        ({"subject": "\u200b\u202e"}, "subject: is blank"),
        ({"subject": "\u200b\0"}, "subject: holds a NUL byte, at character 2"),
        *(
            ({name: "a\0b"}, f"{name}: holds a NUL byte, at character 2")
            for name in ("source", "via", "url", "scope", "origin", "unit")
        ),
        ({"unit": "k\0m"}, "unit: holds a NUL byte, at character 2"),
        ({"words": ["300 kil\0led"]}, "value: holds a NUL byte, at character 8"),
        ({"words": ["kil\0led=300"]}, "value: holds a NUL byte"),
        ({"source": ""}, "source: is blank"),
        ({"subject": "x" * 501}, "subject: has 501 characters"),
        ({"source": "a\0b"}, "source: holds a NUL byte, at character 2"),
        ({"via": "\ud800"}, "via: holds something that is not a character (U+D800)"),
        ({"note": "abc\udfff"}, "at character 4"),
        ({"quote": "x" * 16_000_001}, "quote: has 16,000,001 characters"),
        ({"url": "x" * 10_001}, "url: has 10,001"),
        ({"words": []}, "No claim"),
        ({"words": ["x" * 501 + "=3"]}, "measure: has 501 characters"),
    ],
)
def test_what_cannot_be_kept_is_refused(more: dict[str, object], problem: str) -> None:
    asked: dict[str, object] = {"subject": "Kursk", "words": ["3"], "source": "Pentagon", **more}
    with pytest.raises(UsageError) as refused:
        claims(**asked)  # type: ignore[arg-type]
    assert problem in refused.value.problem
    assert refused.value.remedy


@pytest.mark.parametrize(
    "text",
    ["[red]x[/red]", "\x1b[31mred", "a\u202eb", "=cmd|' /C calc'!A0", "'; DROP TABLE x", "a\x00b"],
)
def test_anything_else_is_kept_as_it_is(text: str) -> None:
    (claim,) = given("300", note=text, quote=text)
    assert (claim.note, claim.statement.quote) == (text, text)


def test_a_long_note_is_kept_whole() -> None:
    note = "é" * 10_000_000
    (claim,) = given("300", note=note)
    assert claim.note == note


def test_a_date_that_cannot_be_read_passes_on_its_spot() -> None:
    with pytest.raises(ReadingError) as refused:
        given("300", as_of="someday")
    assert refused.value.text == "someday"


@pytest.mark.parametrize("word", ["a" * 100_000, "a(" * 50_000, "a()" * 50_000, "=" * 100_000])
def test_long_nonsense_is_refused_at_once(word: str) -> None:
    with pytest.raises(FactlogError):
        given(word)


@pytest.mark.parametrize(
    ("said", "measure"),
    [
        ("casualties=300 injured", "injured"),
        ("killed=300 wounded soldiers", "injured"),
        ("killed=300 killed", None),
        ("killed=300 civilians", None),
        ("casualties=40 killed and wounded", None),
        ("killed=300", None),
        ("300 injured", None),
        ("height=8,848 m", None),
    ],
)
def test_words_that_give_another_measure_than_the_one_named_are_found(
    said: str, measure: str | None
) -> None:
    (claim,) = given(said)
    assert contradicted(claim, measures.starter()) == measure


def test_words_that_do_not_stand_alone_contradict_nothing() -> None:
    (claim,) = given("killed=1.000,5 injured", locale="de_DE")
    assert contradicted(claim, measures.starter()) is None
    assert contradicted(claim, measures.starter(), "de_DE") == "injured"
