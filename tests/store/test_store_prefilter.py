"""The screen passes over no subject that holds a conflict, whatever the record and the policy."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factlog import comparer, dates
from factlog.claim import Claim
from factlog.findings import Verdict
from factlog.parsing import read
from factlog.policy import POLICIES, Kind, Measure, Policy
from factlog.store import Store, parquet, prefilter
from factlog.store.prefilter import COLUMNS
from support.boundaries import DATES, DEFINED, SAID, STEPS
from support.stores import NOW, claim, later, new_store

pytestmark = pytest.mark.engines

MEASURES = ("killed", "injured", "casualties", "dead", "missing", "rainfall", "height", "")
EXTRA = (
    Policy("loose", about=Decimal("0.2"), tolerance=Decimal("0.1"), window_days=90),
    Policy("bare", about=Decimal("0.07"), tolerance=Decimal(0), sigmas=Decimal("0.5")),
)


@st.composite
def claims(draw: st.DrawFn) -> list[Claim]:
    """Claims about a few subjects, most of them in one measure each."""
    made = []
    for number in range(draw(st.integers(1, 8))):
        favoured = draw(st.sampled_from(MEASURES))
        for _ in range(draw(st.integers(1, 5))):
            figure = read(draw(st.sampled_from(SAID)))
            when, said_on = (draw(st.sampled_from(DATES)) for _ in range(2))
            made.append(
                claim(
                    figure.said,
                    figure.estimate,
                    subject=f"subject {number}",
                    source=draw(st.sampled_from(("A", "B", "C"))),
                    measure=draw(st.sampled_from((favoured, favoured, favoured, *MEASURES))),
                    as_of=dates.parse(when) if when else None,
                    published=dates.parse(said_on) if said_on and when is None else None,
                    scope=draw(st.sampled_from((None, None, None, "north"))),
                    origin=draw(st.sampled_from((None, None, "A"))),
                )
            )
    return made


def conflicting(store: Store, policy: Policy) -> list[str]:
    """The subjects that hold a conflict, every one of them judged."""
    known, found = store.measures(), []
    for each in store.by_subject():
        whole = comparer.compare(each, policy, known)
        if comparer.only(whole, Verdict.CONFLICT).subjects:
            found.append(whole.subjects[0].subject)
    return found


def screened(store: Store, policy: Policy) -> list[str]:
    """The same, judged only where the screen has doubts."""
    known, found = store.measures(), []
    for each in store.by_subject(policy, known):
        whole = comparer.only(comparer.compare(each, policy, known), Verdict.CONFLICT)
        found += [subject.subject for subject in whole.subjects]
    return found


@pytest.mark.slow
@settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(claims(), st.sampled_from((*POLICIES.values(), *EXTRA)), st.booleans())
def test_screened_and_full_judging_find_the_same(
    record: list[Claim], policy: Policy, aliased: bool
) -> None:
    with TemporaryDirectory() as folder, new_store(Path(folder)) as store:
        for measure in DEFINED:
            store.set_measure(measure, now=NOW)
        store.add(record, now=later(1))
        if aliased and len(store.names("subject")) > 1:
            store.merge_names("subject", "subject 0", "subject 1", now=later(2))
        assert screened(store, policy) == conflicting(store, policy)


NUMBERS = (*SAID[:34],)
LENGTHS = (
    "300 km",
    "300000 m",
    "186.4 miles",
    "about 303 km",
    "331 km",
    "5280 ft",
    "1 mile",
    "300",
)
WARMTHS = ("20 °C", "68 °F", "about 22 °C", "70 °F", "20.1 °C", "0 °C", "32 °F")


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Five thousand subjects of two or three claims each, every path of the screen among them."""
    dice = random.Random(3)
    record = []
    for number in range(5_000):
        measure = dice.choice(("killed", "dead", "missing", "rainfall", "height", ""))
        pool = dice.choice((NUMBERS, STEPS, STEPS, LENGTHS, WARMTHS))
        for who in dice.choices(("A", "B", "C"), k=dice.choice((2, 2, 3))):
            when, figure = dice.choice(DATES), read(dice.choice(pool))
            name = "dead" if measure == "killed" and dice.random() < 0.3 else measure
            record.append(
                claim(
                    figure.said,
                    figure.estimate,
                    subject=f"subject {number}",
                    source=who,
                    measure=name,
                    as_of=dates.parse(when) if when else None,
                )
            )
    store = new_store(tmp_path_factory.mktemp("pairs"))
    for defined in DEFINED:
        store.set_measure(defined, now=NOW)
    store.add_many(record, now=later(1))
    return store


@pytest.mark.slow
@pytest.mark.parametrize("policy", [*POLICIES.values(), *EXTRA], ids=lambda policy: policy.name)
def test_few_claims_a_subject(pairs: Store, policy: Policy) -> None:
    found = conflicting(pairs, policy)
    assert len(found) > 500
    assert screened(pairs, policy) == found
    # The question is put to what else knows SQL; it leaves out none of them either.
    asked = prefilter.asked(pairs._connection, policy, pairs.measures(), prefilter.EVERY)
    names = dict(pairs._connection.rows("select id, name from subject"))
    assert {names[row] for row in asked}.issuperset(found)


@pytest.mark.parametrize(
    "told",
    [
        [("killed", "300", "A"), ("injured", "300", "A"), ("casualties", "300", "A")],
        [("height", "5 km", "A"), ("height", "5 m", "B")],
        [("height", "0.3", "A"), ("height", "0.29999999999999999", "B")],
        [("height", "more than 300", "A"), ("height", "at most 300", "B")],
        [("mass", "300", "A"), ("right", "460 to 481", "A")],  # its parts are defined nowhere else
        [("mass", "300", "A"), ("right", "460", "B")],
        [("mass", "300", "A"), ("left", "100", "A"), ("right", "100", "A")],
        [("height", "1000", "A"), ("height", "1000.00000000000000001", "B")],
        [("height", "1000", "A"), ("height", "1000.00000000000000001 to 2000", "B")],
    ],
)
def test_what_looks_alike_and_is_not(tmp_path: Path, told: list[tuple[str, str, str]]) -> None:
    strict = POLICIES["strict"]
    with new_store(tmp_path) as store:
        store.set_measure(Measure("mass", Kind.CONSTANT, ("left", "right")), now=NOW)
        for measure, said, who in told:
            figure = read(said)
            each = claim(figure.said, figure.estimate, measure=measure, source=who, as_of=None)
            store.add([each], now=NOW)
        assert conflicting(store, strict) == screened(store, strict) != []


def test_most_subjects_without_conflict_are_passed_over(tmp_path: Path) -> None:
    grown = [("300", "2024-01-01", "A"), ("about 500", "2024-02-01", "B"), ("900", "2024-03", "C")]
    level = [("300", "2024-01-01", "A"), ("900", "2024-03-01", "B"), ("100", "2024-05-01", "C")]
    same = [("300 km", "2024-01-01", "A"), ("300000 m", "2024-01-01", "B")]
    flow = [("10 mm", "2024-01", "A"), ("90 mm", "2024-02", "B"), ("10 mm", "2024-01", "C")]
    record = [
        claim(read(said).said, read(said).estimate, subject=measure, measure=measure, source=who,
              as_of=dates.parse(when))
        for measure, told in (("killed", grown), ("displaced", level), ("width", same),
                              ("rainfall", flow))
        for said, when, who in told
    ]  # fmt: skip
    with new_store(tmp_path) as store:
        store.set_measure(DEFINED[0], now=NOW)
        store.add(record, now=NOW)
        policy = POLICIES["default"]
        asked = store._connection, policy, store.measures()
        finders = prefilter.subjects, partial(prefilter.asked, part=prefilter.EVERY)
        assert [list(find(*asked)) for find in finders] == [[], []]
        backwards = replace(record[0], said="5,000", estimate=read("5,000").estimate)
        store.add([backwards], now=later(1))
        assert [list(find(*asked)) for find in finders] == [[1], [1]]


def test_both_doors_give_the_question_the_columns_it_asks_for() -> None:
    for figures in (prefilter._FIGURES, parquet._FIGURES):
        given = figures.split("select", 1)[1].rsplit("from ", 1)[0]
        for column in COLUMNS:
            assert re.search(rf"\b{column}\b", given), column


def test_parts_cover_every_subject_once(tmp_path: Path) -> None:
    record = [claim("3", read("3").estimate, subject=f"s{n}") for n in range(25)]
    with new_store(tmp_path) as store:
        assert store.parts() == []
        store.add(record, now=NOW)
        parts = store.parts(10)
        names = [each[0].statement.subject for part in store.by_part(parts) for each in part]
        assert len(parts) == 3
        assert names == list(store.subjects())


def test_a_subject_with_very_many_claims_is_fetched_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from factlog.store import query

    monkeypatch.setattr(query, "_CLAIMS", 3)
    record = [claim(str(n), read(str(n)).estimate, subject=f"s{n % 3}") for n in range(9)]
    with new_store(tmp_path) as store:
        store.add(record, now=NOW)
        found = [[each.said for each in group] for group in store.by_subject()]
        assert found == [["0", "3", "6"], ["1", "4", "7"], ["2", "5", "8"]]
