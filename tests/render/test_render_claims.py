from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import repeat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factlog.claim import COLUMNS, Claim, Estimate, Hedge, Period, Statement, fingerprint
from factlog.exchange import row
from factlog.importing import read_rows, take_all
from factlog.parsing import read
from factlog.render import Look, lists, to_csv, to_json
from factlog.render.display import cells
from support.comparisons import HOSTILE

JANUARY = Period("2025-01-13", date(2025, 1, 13), date(2025, 1, 13))
RECORDED = datetime(2025, 1, 14, 9, 30, tzinfo=UTC)
WRITERS = (
    ("csv", to_csv.claims),
    ("tsv", to_csv.claims_tsv),
    ("json", to_json.claims),
    ("jsonl", to_json.claims_jsonl),
    ("json", to_json.listed),
    ("jsonl", to_json.listed_jsonl),
)


def claim(said: str, unit: str | None = None, **more: object) -> Claim:
    """A claim by South Korean intelligence about North Korean troops."""
    figure = read(said, unit=unit)
    source = "South Korean intelligence"
    statement = Statement("North Korean troops in Russia", source, JANUARY, via="NBC News")
    made = Claim(statement, said, figure.estimate, "killed", id=1, unit_said=figure.unit_said)
    return replace(made, **more)  # type: ignore[arg-type]


def back(text: str, shape: str) -> tuple[Claim, ...]:
    return take_all(read_rows(io.BytesIO(text.encode()), shape))


@pytest.mark.parametrize("said", [
    "300", "around 300", "at least 300", "more than 300", "300+", "no more than 300",
    "fewer than 300", "just under 300", "nearly 4 million", "300 to 400", "about 300 to 400",
    "2,800 to 3,200, best 3,000", "878.4 ± 0.5", "878.4(5)", "870 +2.5 -3.1",
    "12 (95% CI 10 to 14)", "dozens", "hundreds of thousands", "8,848.86 m", "-3.2", "−3.2 °C",
    "$37m", "5 percentage points", "1.6 miles", "about a third",
])  # fmt: skip
@pytest.mark.parametrize(("shape", "write"), WRITERS)
def test_claims_come_back_in_their_own_words(said: str, shape: str, write: object) -> None:
    given_claim = claim(said)
    assert callable(write)
    (found,) = back("".join(write([given_claim])), shape)
    assert (found.said, found.estimate) == (said, given_claim.estimate)
    assert fingerprint(found) == fingerprint(given_claim)


@pytest.mark.parametrize(
    ("said", "estimate", "value"),
    [
        ("300", read("300").estimate, {"value": "300"}),
        ("4.000", read("4000").estimate, {"value": "4000"}),
        (
            "300",
            Estimate(Hedge.AT_LEAST, low=Decimal(300)),
            {"value": "at least 300"},
        ),
        (
            "878.4 ± 0.5",
            replace(read("878.4 ± 0.5").estimate, coverage=Decimal("0.9")),
            {"value": "878.4 ± 0.5", "coverage": Decimal("0.9")},
        ),
    ],
)
def test_the_value_is_the_words_as_given_or_those_that_read_the_same(
    said: str, estimate: Estimate, value: dict[str, object]
) -> None:
    told = row(replace(claim("300"), said=said, estimate=estimate))
    numbers = {key: told[key] for key in ("value", "low", "high", "plus", "minus", "coverage")}
    assert {key: cell for key, cell in numbers.items() if cell is not None} == value
    assert tuple(told) == COLUMNS


def test_arms_stand_in_columns_where_no_words_carry_them() -> None:
    tiny = Decimal("1e-400")  # smaller than any number that is read from words
    estimate = replace(read("878.4 ± 0.5").estimate, plus=tiny, minus=tiny)
    told = row(replace(claim("878.4 ± 0.5"), said="?", estimate=estimate))
    assert told["value"] == "878.4"
    assert (told["plus"], told["minus"]) == (tiny, tiny)
    assert told["coverage"] == Decimal("0.683")
    assert row(claim("around 300"))["value"] == "around 300"


@pytest.mark.parametrize(
    ("period", "cell"),
    [
        (JANUARY, "2025-01-13"),
        (Period("13/01/2025", JANUARY.first, JANUARY.last), "2025-01-13"),
        (Period("in the old days", date(2025, 1, 1), date(2025, 1, 31)), "2025-01"),
        (Period("13 January 2025", JANUARY.first, JANUARY.last), "13 January 2025"),
    ],
)
def test_dates_are_as_given_if_import_can_read_them(period: Period, cell: str) -> None:
    given_claim = claim("300", statement=replace(claim("300").statement, as_of=period))
    assert row(given_claim)["as_of"] == cell


FIELDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


@given(FIELDS, FIELDS, st.sampled_from(WRITERS[:4]))
@settings(max_examples=100)
def test_words_come_back_whatever_they_hold(
    note: str, quote: str, writer: tuple[str, object]
) -> None:
    shape, write = writer
    assert callable(write)
    whole = claim("300", note=note.strip() or None)
    whole = replace(whole, statement=replace(whole.statement, quote=quote.strip() or None))
    (found,) = back("".join(write([whole])), shape)
    assert fingerprint(found) == fingerprint(whole)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(("shape", "write"), WRITERS[:4])
def test_hostile_words_come_back(text: str, shape: str, write: object) -> None:
    assert callable(write)
    whole = claim("300", note=text.strip())
    (found,) = back("".join(write([whole])), shape)
    assert found.note == whole.note


def test_claims_are_written_one_by_one() -> None:
    for _, write in WRITERS:
        pieces = iter(write(repeat(claim("300"))))
        assert [next(pieces) for _ in range(3)]


def test_a_listed_claim_has_its_ids_and_how_it_reads() -> None:
    whole = claim("around 300", uid="ab", recorded=RECORDED, retracted="misquoted")
    (line,) = lists.claims([whole], "jsonl")
    record = json.loads(line)
    assert (record["id"], record["uid"], record["value"]) == (1, "ab", "around 300")
    assert (record["recorded"], record["retracted"]) == ("2025-01-14T09:30:00+00:00", "misquoted")
    assert record["estimate"]["best"] == 300
    assert json.loads("".join(lists.claims([], "json"))) == []


TABLE = """\
North Korean troops in Russia

id  measure  said                        source                     as of       via
────────────────────────────────────────────────────────────────────────────────────────
1   killed   around 300 (Kursk)          South Korean intelligence  2025-01-13  NBC News
2   killed   300 m (retracted: typo)     South Korean intelligence  2025-01-13  NBC News
3   killed   8,848.86 m                  South Korean intelligence  2025-01-13  NBC News
4            300                         Seoul, citing Kyiv         undated
"""


def four() -> list[Claim]:
    plain = claim("300")
    seoul = Statement(plain.statement.subject, "Seoul")
    return [
        claim("around 300", scope="Kursk"),
        claim("300", "m", id=2, retracted="typo"),
        claim("8,848.86 m", id=3),
        replace(plain, id=4, statement=seoul, origin="Kyiv", measure=""),
    ]


def test_claims_in_a_table() -> None:
    (page,) = lists.claims(four(), "table", Look(width=100))
    assert [" ".join(line.split()) for line in page.splitlines()] == [
        " ".join(line.split()).replace("─" * 88, page.splitlines()[3])
        for line in TABLE.splitlines()
    ]


def test_two_subjects_have_a_column() -> None:
    other = replace(four()[0], statement=Statement("Everest", "China"))
    (page,) = lists.claims([*four(), other], "table", Look(width=140))
    assert page.startswith("id  subject ")


def test_claims_on_a_narrow_screen() -> None:
    (page,) = lists.claims(four()[:1], "table", Look(width=40))
    assert page == (
        "North Korean troops in Russia\n\n"
        "1  killed: around 300 (Kursk)\n"
        "    South Korean intelligence,\n"
        "    2025-01-13, via NBC News\n"
    )


def test_many_claims_go_by_without_a_table() -> None:
    pieces = lists.claims(repeat(claim("300")), "table", Look(width=86))
    line = next(pieces)
    assert line == (
        "1  North Korean troops in Russia, killed: 300\n"
        "    South Korean intelligence, 2025-01-13, via NBC News\n"
    )


def test_no_claims_is_said() -> None:
    assert list(lists.claims([], "table")) == ["no claims\n"]


def test_claims_in_markdown() -> None:
    (page,) = lists.claims(four()[:1], "md")
    assert page == (
        "| id | subject | measure | said | source | as of | via |\n"
        "| --- | --- | --- | --- | --- | --- | --- |\n"
        "| 1 | North Korean troops in Russia | killed | around 300 (Kursk) | "
        "South Korean intelligence | 2025-01-13 | NBC News |\n"
    )


@pytest.mark.parametrize("shape", ["csv", "tsv"])
def test_claims_in_import_columns(shape: str) -> None:
    header = next(iter(lists.claims(four(), shape)))
    assert header.split("\t" if shape == "tsv" else ",") == [*COLUMNS[:-1], "note\n"]


def test_one_claim_in_full() -> None:
    whole = claim(
        "just under 300",
        uid="ab",
        recorded=RECORDED,
        retracted="typo",
        scope="Kursk",
        origin="Kyiv",
        note="a note",
    )
    published = replace(whole.statement, published=JANUARY, url="http://x", quote="“q”")
    before = claim("300", id=1)
    page = lists.claim([replace(whole, statement=published), before], "table")
    assert (
        page
        == """\
claim 1
  subject    North Korean troops in Russia
  measure    killed
  source     South Korean intelligence
  said       just under 300
  hedge      just under
  high       300 (excluded)
  as of      2025-01-13
  published  2025-01-13
  via        NBC News
  url        http://x
  origin     Kyiv
  scope      Kursk
  quote      “q”
  note       a note
  recorded   2025-01-14 09:30:00 UTC
  retracted  typo
  uid        ab

claim 1, as it was before
  subject  North Korean troops in Russia
  measure  killed
  source   South Korean intelligence
  said     300
  hedge    exact
  best     300
  as of    2025-01-13
  via      NBC News
"""
    )
    assert len(lists.claim([before, whole], "json").splitlines()) == 2


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("width", [40, 80])
def test_hostile_words_do_nothing_but_show(text: str, width: int) -> None:
    whole = claim("300", note=text, scope=text, origin=text, retracted=text, measure=text)
    statement = Statement(text, text, via=text, url=text, quote=text)
    hostile = replace(whole, said=text, statement=statement)
    pages = [
        *lists.claims([hostile], "table", Look(width=width)),
        *lists.claims(repeat(hostile, 201), "table", Look(width=width)),
        lists.claim([hostile], "table", Look(width=width)),
    ]
    for page in pages:
        assert all(sign.isprintable() or sign == "\n" for sign in page)
        assert all(cells(line) <= width for line in page.splitlines())
    for shape in ("json", "jsonl", "md"):
        page = "".join(lists.claims([hostile], shape))
        assert all(sign.isprintable() or sign == "\n" for sign in page)


@pytest.mark.parametrize(
    ("reason", "cell", "row"),
    [
        ("typo", "300 (retracted: typo)", "retracted  typo"),
        (
            "replaced by a later version",
            "300 (replaced by a later version)",
            "replaced   by a later",
        ),
        ("taken back by undo", "300 (taken back by undo)", "taken back  by undo"),
    ],
)
def test_only_what_was_retracted_is_called_so(reason: str, cell: str, row: str) -> None:
    gone = claim("300", retracted=reason)
    (page,) = lists.claims([gone], "table", Look(width=120))
    assert cell in page
    assert row.split() == next(
        line.split()[: len(row.split())]
        for line in lists.claim([gone], "table").splitlines()
        if line.split() and line.split()[0] == row.split()[0]
    )
