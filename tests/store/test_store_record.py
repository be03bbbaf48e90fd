"""What goes in comes out: claims, statements, each once, all or none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from factlog import dates
from factlog.claim import Claim, Estimate, Hedge, Leaning, Period, Statement, fingerprint
from factlog.errors import NotFound, UsageError
from factlog.store import Store, drafts, fresh_uids
from support.stores import (
    BY_JANUARY_12,
    JANUARY_13,
    NOW,
    TROOPS,
    about,
    asked,
    claim,
    exactly,
    founding,
    later,
    new_store,
    words,
)

pytestmark = pytest.mark.engines


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return new_store(tmp_path)


def test_the_founding_claims_come_back_as_given(store: Store) -> None:
    recorded = store.add(founding(), now=NOW)
    assert (recorded.new, recorded.known, recorded.retracted) == (3, 0, 0)
    assert [each.id for each in recorded.claims] == [1, 2, 3]
    assert list(store.claims()) == list(recorded.claims)
    assert [words(each) for each in recorded.claims] == [words(each) for each in founding()]
    assert [each.uid for each in recorded.claims] == [fingerprint(each) for each in founding()]
    assert {each.recorded for each in recorded.claims} == {NOW}
    assert {each.retracted for each in recorded.claims} == {None}


def test_adding_twice_adds_nothing(store: Store) -> None:
    first = store.add(founding(), now=NOW)
    again = store.add(founding(), now=later(1))
    assert (again.new, again.known) == (0, 3)
    assert again.claims == first.claims
    assert len(store.log()) == 1


def test_one_claim_twice_in_one_go_is_one_claim(store: Store) -> None:
    recorded = store.add([claim(), claim()], now=NOW)
    assert (recorded.new, recorded.known, recorded.repeated) == (1, 1, 1)
    assert store.add([claim()], now=NOW).repeated == 0
    assert [each.id for each in recorded.claims] == [1, 1]


def test_a_withdrawn_claim_stays_withdrawn(store: Store) -> None:
    store.add(founding(), now=NOW)
    store.retract(1, "corrected", now=later(1))
    again = store.add(founding(), now=later(2))
    assert (again.new, again.known, again.retracted) == (0, 3, 1)
    assert again.claims[0].retracted == "corrected"
    assert store.count() == 2


def test_an_edited_claim_comes_back_as_it_stands_now(store: Store) -> None:
    store.add(founding(), now=NOW)
    store.edit(1, claim("310", exactly(310)), now=later(1))
    again = store.add(founding(), now=later(2))
    assert again.new == 0
    assert [each.said for each in again.claims] == ["310", "around 2,700", "about 4,000"]
    assert again.claims[0].id == 1


def test_consecutive_claims_alike_in_their_statement_are_one(store: Store) -> None:
    other = claim("5", exactly(5), source="Somebody")
    store.add([claim("1"), claim("2"), other, claim("3")], now=NOW)
    store.add([claim("4")], now=NOW)
    assert asked(store.place, "select statement_id from claim order by id") == [
        (1,),
        (1,),
        (2,),
        (3,),
        (4,),
    ]


def test_a_new_claim_after_a_known_one_of_its_statement_joins_it(store: Store) -> None:
    store.add([claim("1")], now=NOW)
    store.add([claim("1"), claim("2")], now=NOW)
    assert asked(store.place, "select statement_id from claim order by id") == [(1,), (1,)]


def test_all_or_none(store: Store) -> None:
    def broken() -> object:
        yield claim("1")
        raise RuntimeError("the file ended")

    with pytest.raises(RuntimeError):
        store.add(broken(), now=NOW)  # type: ignore[arg-type]
    assert store.count() == 0
    assert store.log() == ()
    assert store.candidates("subject", "Everest") == ()


def test_nothing_is_not_an_event(store: Store) -> None:
    assert store.add([], now=NOW).claims == ()
    assert store.log() == ()


def test_many_stream_in_and_only_counts_come_back(store: Store) -> None:
    many = (claim(str(n), exactly(n)) for n in range(1201))
    done = store.add_many(many, now=NOW, source_file="claims.csv")
    assert (done.claims, done.new, done.known) == ((), 1201, 0)
    (event,) = store.log()
    assert (event.action, event.about) == ("import", "1201 claims from claims.csv")
    assert [each.said for each in store.claims()] == [str(n) for n in range(1201)]
    assert store.verify().ok


def test_many_again_are_known(store: Store) -> None:
    for new, known in ((700, 0), (0, 700)):
        done = store.add_many((claim(str(n)) for n in range(700)), now=NOW)
        assert (done.new, done.known) == (new, known)


def test_names_are_found_in_any_spelling_and_shown_as_first_given(store: Store) -> None:
    store.add([claim("1", subject="Zoë  Café")], now=NOW)
    store.add([claim("2", subject="ZOE\u0308 CAFE\u0301 ")], now=NOW)
    assert [each.statement.subject for each in store.claims()] == ["Zoë Café"] * 2
    assert [each.said for each in store.claims(subject="zoë café")] == ["1", "2"]
    assert list(store.subjects()) == ["Zoë Café"]


def test_the_words_as_given_are_kept_beside_the_names_shown(store: Store) -> None:
    given = [
        claim("1", exactly(1), subject="Zoë  Café"),
        claim("2", exactly(2), subject="ZOE\u0308 CAFE\u0301 ", source="KCNA ", measure="dead"),
        claim("3", exactly(3), measure="Killed"),
    ]
    store.add(given, now=NOW)
    found = list(store.claims(as_given=True))
    assert [words(each) for each in found] == [words(each) for each in given]
    assert all(each.uid == fingerprint(each) for each in found)
    again = store.add(found, now=later(1))
    assert (again.new, again.known) == (0, 3)


@pytest.mark.parametrize("subject", ["", "  ", "\n\t"])
def test_a_claim_needs_a_subject_and_a_source(store: Store, subject: str) -> None:
    with pytest.raises(UsageError):
        store.add([claim(subject=subject)], now=NOW)
    with pytest.raises(UsageError):
        store.add([claim(source=subject)], now=NOW)
    assert store.count() == 0


def test_a_measure_may_be_blank(store: Store) -> None:
    store.add([claim("8,848.86 m", exactly("8848.86", "m"), measure=""), claim()], now=NOW)
    assert [each.measure for each in store.claims()] == ["", "killed"]
    assert [each.said for each in store.claims(measure="")] == ["8,848.86 m"]


def test_filters(store: Store) -> None:
    store.add(founding(), now=NOW)
    store.add([claim("7", subject="Everest height", measure="")], now=NOW)
    store.retract(2, "wrong", now=NOW)
    cases: list[tuple[dict[str, object], list[int]]] = [
        ({}, [1, 3, 4]),
        ({"subject": TROOPS.upper()}, [1, 3]),
        ({"subject": TROOPS, "retracted": True}, [1, 2, 3]),
        ({"subject": "nobody"}, []),
        ({"source": "volodymyr zelenskyy"}, [3]),
        ({"measure": "killed"}, [1]),
        ({"measure": "fatalities"}, [1]),
        ({"measure": "never heard of"}, []),
        ({"subject": TROOPS, "source": "volodymyr zelenskyy", "measure": "casualties"}, [3]),
        ({"subject": "everest height", "measure": "killed"}, []),
        ({"retracted": True}, [1, 2, 3, 4]),
    ]
    for asked_for, ids in cases:
        assert [each.id for each in store.claims(**asked_for)] == ids, asked_for  # type: ignore[arg-type]


def test_a_claim_by_its_id(store: Store) -> None:
    with pytest.raises(NotFound, match="none has been recorded yet"):
        store.claim(1)
    store.add(founding(), now=NOW)
    assert store.claim(3).said == "about 4,000"
    for missing in (0, -1, 4, 2**63, 2**200):
        with pytest.raises(NotFound, match="the highest is 3"):
            store.claim(missing)


def test_claims_recorded_while_others_are_read_change_nothing(store: Store) -> None:
    store.add_many((claim(str(n)) for n in range(1500)), now=NOW)
    reading = iter(store.claims())
    first = next(reading)
    store.add([claim("new")], now=later(1))
    store.retract(1500, "wrong", now=later(1))
    rest = list(reading)
    assert [first.said, *(each.said for each in rest)] == [str(n) for n in range(1500)]


def test_claims_can_be_counted_and_gone_through_again(store: Store) -> None:
    store.add_many((claim(str(n)) for n in range(1500)), now=NOW)
    reading = store.claims()
    assert len(reading) == 1500
    store.add([claim("new")], now=later(1))
    store.retract(2, "wrong", now=later(1))
    first, second = list(reading), list(reading)
    assert first == second
    assert len(first) == 1500
    assert first[1].retracted == "wrong"
    assert list(store.claims(subject="nobody")) == []


_TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=30
)
_NAME = _TEXT.filter(lambda text: bool(text.strip()) and bool(text.casefold().strip()))
_OPTIONAL = st.none() | _TEXT
_NUMBER = st.decimals(allow_nan=False, allow_infinity=False) | st.builds(
    Decimal, st.from_regex(r"-?[0-9]{1,40}(\.[0-9]{1,40})?(E[+-]?[0-9]{1,3})?", fullmatch=True)
)
_DAY = st.none() | st.dates()
_PERIOD = (
    st.builds(Period, st.just(""), _DAY, _DAY)
    .filter(lambda period: bool(period.first or period.last) and period.days[0] <= period.days[1])
    .map(lambda period: replace(period, said=dates.spell(period)))
)
_PASSAGE = st.none() | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


def _statable(found: Estimate) -> Estimate:
    """The like of these numbers that somebody can have stated."""
    low, best, high = found.low, found.best, found.high
    one = next((each for each in (low, best, high) if each is not None), Decimal(1))
    if found.hedge in (Hedge.RANGE, Hedge.AT_LEAST, Hedge.MORE_THAN):
        low = one if low is None else low
    if found.hedge in (Hedge.RANGE, Hedge.AT_MOST, Hedge.LESS_THAN):
        high = one if high is None else high
    if low is not None and high is not None and low > high:
        low, high = high, low
    arms = [None if each is None else each.copy_abs() for each in (found.plus, found.minus)]
    if found.hedge is Hedge.PLUS_MINUS:
        arms = [arm or Decimal(1) for arm in arms]
    return replace(
        found,
        low=low,
        high=high,
        plus=arms[0],
        minus=arms[1],
        best=one if found.hedge in (Hedge.EXACT, Hedge.PLUS_MINUS) and best is None else best,
        low_open=found.low_open and low is not None,
        high_open=found.high_open and high is not None,
    )


_ESTIMATE = st.builds(
    Estimate,
    hedge=st.sampled_from(Hedge),
    low=st.none() | _NUMBER,
    best=st.none() | _NUMBER,
    high=st.none() | _NUMBER,
    low_open=st.booleans(),
    high_open=st.booleans(),
    plus=st.none() | _NUMBER,
    minus=st.none() | _NUMBER,
    coverage=st.none() | st.decimals(Decimal("0.001"), Decimal("0.999")),
    side=st.none() | st.sampled_from(Leaning),
    unit=_OPTIONAL,
).map(_statable)
_CLAIM = st.builds(
    Claim,
    statement=st.builds(
        Statement,
        *(_NAME, _NAME, st.none() | _PERIOD, st.none() | _PERIOD),
        *(_OPTIONAL, _OPTIONAL, _PASSAGE),
    ),
    said=_TEXT,
    estimate=_ESTIMATE,
    measure=st.just("") | _NAME,
    scope=_OPTIONAL,
    origin=_OPTIONAL,
    note=_PASSAGE,
)


@pytest.mark.slow
@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.lists(_CLAIM, max_size=6, unique_by=fingerprint))
def test_any_claims_the_store_accepts_come_back_as_given(
    tmp_path_factory: pytest.TempPathFactory, engine: str, given_claims: list[Claim]
) -> None:
    # A server refuses a NUL, and says so.
    assume(engine == "sqlite" or r"\x00" not in repr(given_claims))
    folder = tmp_path_factory.mktemp("any")
    with new_store(folder) as store, new_store(folder, "copy.db") as copy:
        assert store.add(given_claims, now=NOW).new == len(given_claims)
        found = list(store.claims(as_given=True))
        assert [words(each) for each in found] == [words(each) for each in given_claims]
        # Exact to the digit: 4.0 is not 4.
        assert [str(each.estimate) for each in found] == [
            str(each.estimate) for each in given_claims
        ]
        assert store.verify().problem is None
        # A copy is the same again, and adds nothing to what it came from.
        copy.add(found, now=later(1))
        assert [each.uid for each in copy.claims()] == [each.uid for each in found]
        assert store.add(copy.claims(as_given=True), now=later(2)).new == 0


def test_reals_lie_outside_the_exact_numbers(store: Store) -> None:
    numbers = [
        "0.1",
        "0.3",
        "-0.1",
        "9007199254740993",
        "1E+400",
        "-1E+400",
        "1E-400",
        "-0",
        "4000",
    ]
    store.add(
        [
            claim(each, Estimate(Hedge.RANGE, low=Decimal(each), high=Decimal(each)))
            for each in numbers
        ],
        now=NOW,
    )
    rows = asked(store.place, "select low, low_real, high_real, stated_low, stated_high from claim")
    assert len(rows) == len(numbers)
    for low, low_real, high_real, stated_low, stated_high in rows:
        exact = Decimal(low)
        assert Decimal(low_real) <= exact <= Decimal(high_real)
        assert (stated_low, stated_high) == (low_real, high_real)
    assert {row[0]: row[1:3] for row in rows}["4000"] == (4000.0, 4000.0)
    assert store.verify().ok


@pytest.mark.parametrize(
    ("estimate", "ends"),
    [
        (exactly(5), (5.0, 5.0)),
        (about(300), (300.0, 300.0)),
        (Estimate(Hedge.AT_LEAST, low=Decimal(3)), (3.0, None)),
        (Estimate(Hedge.AT_MOST, high=Decimal(3)), (None, 3.0)),
        (Estimate(Hedge.RANGE, Decimal(1), Decimal(2), Decimal(4)), (1.0, 4.0)),
        (
            Estimate(Hedge.PLUS_MINUS, best=Decimal(10), plus=Decimal(2), minus=Decimal(1)),
            (9.0, 12.0),
        ),
    ],
)
def test_stated_ends_stand_beside_every_hedge(
    store: Store, estimate: Estimate, ends: tuple[float | None, float | None]
) -> None:
    store.add([claim(estimate=estimate)], now=NOW)
    assert asked(store.place, "select stated_low, stated_high from claim_flat") == [ends]


@pytest.mark.parametrize("number", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_refused(store: Store, number: str) -> None:
    with pytest.raises(UsageError):
        store.add([claim(estimate=about(number))], now=NOW)


def test_claim_flat_shows_live_claims_flat(store: Store) -> None:
    store.add(founding(), now=NOW)
    store.add([claim("wrong")], now=NOW)
    store.retract(4, "wrong", now=NOW)
    store.edit(1, claim("310", exactly(310)), now=NOW)
    store.alias("source", "Volodymyr Zelenskyy", "Zelensky", now=NOW)
    store.rename("source", "Zelensky", "President of Ukraine", now=NOW)
    rows = asked(
        store.place,
        "select id, subject, measure, source, said, hedge, low, best, high, unit, as_of, "
        "published, via, url, origin, scope, quote, note, best_exact from claim_flat order by id",
    )
    assert [row[0] for row in rows] == [1, 2, 3]
    assert rows[0][1:8] == (
        *(TROOPS, "killed", "South Korean intelligence", "310", "exact", None, 310.0),
    )
    assert rows[2] == (
        *(3, TROOPS, "casualties", "President of Ukraine", "about 4,000", "about"),
        *(None, 4000.0, None, None, "../2025-01-12", None, "NBC News", "https://example.org/a"),
        *(None, None, "about 4,000 casualties", None, "4000"),
    )


_HOSTILE = [
    "'); drop table claim; --",
    '" or 1=1',
    "[red]x[/red]",
    "\x1b[31mred\x1b]0;title\x07",
    "\u202egnirts\u202c",
    "line\r\nbreak\n",
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "|pipe|",
    "100%_\\",
    "\ufeffbom",
    "\ufdd0\uffff",
    "😀" * 10,
    "x" * 1_000_000,
]


@pytest.mark.parametrize("text", _HOSTILE, ids=lambda text: ascii(text[:12]))
def test_hostile_text_is_kept_as_given_in_every_field(store: Store, text: str, engine: str) -> None:
    if engine == "postgres":  # which looks no name up that is longer
        text = text[:2_000]
    given = Claim(
        Statement(text, text, JANUARY_13, BY_JANUARY_12, text, text, text),
        text,
        exactly(5, unit=text),
        *(text, text, text, text),
    )
    store.add([given], now=NOW, source_file=text)
    (found,) = store.claims(as_given=True)
    assert words(found) == words(given)
    assert [each.id for each in store.claims(subject=text, source=text)] == [1]
    store.retract(1, text, now=NOW)
    assert store.claim(1).retracted == text
    store.alias("subject", text, f"{text} again", now=NOW)
    assert store.resolve("subject", f"{text} AGAIN") == store.resolve("subject", text)
    assert store.verify().ok
    store.undo(now=NOW)
    assert store.verify().ok


@pytest.mark.parametrize(
    "bad",
    [
        *(claim("7", subject="a\0b"), claim("7", source="a\0b"), claim("7", measure="a\0b")),
        *(claim("7", via="a\0b"), claim("7", url="a\0b"), claim("7", scope="a\0b")),
        *(claim("7", origin="a\0b"), claim("7", thing="a\0b"), claim("7", unit_said="a\0b")),
        claim("a\0b"),
        claim("7", exactly(7, "k\0m")),
        claim("7", as_of=Period("zzz", date(2025, 1, 1), None)),
        claim("7", published=Period("zzz", None, None)),
        claim("7", as_of=Period("2025-01-13", date(2025, 1, 13), None)),
        claim("7", as_of=Period("2025", date(2025, 12, 31), date(2025, 1, 1))),
        claim("7", as_of=Period(" 2025-01-13", date(2025, 1, 13), date(2025, 1, 13))),
    ],
)
def test_what_no_command_writes_is_refused_and_nothing_recorded(store: Store, bad: Claim) -> None:
    store.add([claim()], now=NOW)
    for change in (
        lambda: store.add([claim("310", exactly(310)), bad], now=NOW),
        lambda: store.edit(1, bad, now=NOW),
    ):
        with pytest.raises(UsageError):
            change()
    assert store.count() == 1
    assert store.verify().events == 1


def test_a_name_with_a_nul_is_refused(store: Store) -> None:
    store.add([claim()], now=NOW)
    with pytest.raises(UsageError, match="NUL"):
        store.alias("subject", TROOPS, "a\0b", now=NOW)
    with pytest.raises(UsageError, match="NUL"):
        store.rename("subject", TROOPS, "a\0b", now=NOW)


@pytest.mark.sqlite
def test_a_quote_and_a_note_may_hold_a_nul(store: Store) -> None:
    given = claim(quote="a\0b", note="a\0b")
    store.add([given], now=NOW)
    assert [words(each) for each in store.claims(search="b")] == [words(given)]
    assert store.verify().ok


@pytest.mark.parametrize("field", ["subject", "source", "measure", "note", "via", "quote", "said"])
def test_half_a_character_is_refused_and_nothing_recorded(store: Store, field: str) -> None:
    given = claim("whole")
    bad = claim(**{field: "half \ud83d of one"})  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="half a character") as caught:
        store.add([given, bad], now=NOW)
    assert "\ud83d" in caught.value.problem
    assert store.count() == 0
    store.add([given], now=NOW)
    for change in (
        lambda: store.retract(1, "\udcff", now=NOW),
        lambda: store.edit(1, bad, now=NOW),
        lambda: store.alias("subject", TROOPS, "\udcff", now=NOW),
    ):
        with pytest.raises(UsageError, match="half a character"):
            change()
    assert store.verify().events == 1


def test_a_ten_megabyte_note(store: Store) -> None:
    note = "n" * 10_000_000
    store.add([replace(claim(), note=note)], now=NOW)
    assert store.claim(1).note == note
    if isinstance(store.place, Path):
        assert store.place.stat().st_size < 11_000_000
    assert store.verify().ok


@pytest.mark.parametrize(
    ("kept", "bits"), [*((0, bits) for bits in (4, 6, 10, 28)), (20, 10), (25, 28), (10_000, 28)]
)
@pytest.mark.parametrize("batch", [2_000, 7])
def test_the_first_claims_of_a_store_are_each_recorded_once(
    store: Store, monkeypatch: pytest.MonkeyPatch, kept: int, bits: int, batch: int
) -> None:
    """However soon a uid seems to have been met, with readings of their own among them."""
    monkeypatch.setattr(fresh_uids.FreshUids, "BITS", bits)
    monkeypatch.setattr(fresh_uids.FreshUids, "KEPT", kept)
    monkeypatch.setattr(drafts, "BATCH", batch)
    once = [claim(f"{n}", exactly(n if n % 3 else f"{n}.5")) for n in range(1, 60)]
    made = store.add_many([*once, *once[::5], *once[:7]], now=NOW, source_file="a.csv")
    assert (made.new, made.known, made.repeated) == (59, 19, 19)
    again = store.add_many(once, now=later(1))
    assert (again.new, again.known) == (0, 59)
    assert [each.estimate for each in store.claims()] == [each.estimate for each in once]
    assert store.verify().ok
