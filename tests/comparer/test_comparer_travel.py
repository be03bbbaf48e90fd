"""How a figure travelled: trees of who has it from whom."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from factlog import dates
from factlog.answers import Voice
from factlog.claim import Claim, Statement
from factlog.comparer.travel import traces, travelled
from factlog.parsing import read


def said(
    number: int, source: str, day: str | None, words: str, origin: str | None = None, via: str = ""
) -> Claim:
    published = dates.parse(day) if day else None
    statement = Statement("War", source, published=published, via=via or None)
    figure = read(words)
    return Claim(statement, figure.said, figure.estimate, "killed", origin=origin, id=number)


def drawn(voices: tuple[Voice, ...]) -> list[object]:
    """A tree as nested lists, the link marked: = stated, ~ likely."""
    mark = {"first": "", "stated": "=", "likely": "~"}
    return [
        entry
        for each in voices
        for entry in (
            f"{mark[each.link]}{each.source}",
            *([drawn(each.children)] if each.children else []),
        )
    ]


STAFF = said(1, "Staff", "2025-01-10", "more than 11,743", via="Wire")
MOD = said(2, "MoD", "2025-01-12", "11,743", "Staff", "BBC")
MOD_AGAIN = said(3, "mod", "2025-01-13", "11,743", "Staff", "CNN")
POST = said(4, "Post", "2025-01-15", "11,743")
BLOG = said(5, "Blog", "2025-01-16", "11,743", "Post")
AP = said(1, "AP", "2026-01-12", "12,347")


def test_who_cites_whom_and_who_only_repeats_are_told_apart() -> None:
    (found,) = traces([BLOG, POST, MOD_AGAIN, MOD, STAFF])
    assert (found.sources, found.origins, found.likely) == (4, 2, 1)
    assert drawn(found.voices) == ["Staff", ["=MoD", "~Post", ["=Blog"]]]
    (staff,) = found.voices
    mod = staff.children[0]
    assert (mod.claims, mod.via, mod.days) == ((2, 3), ("BBC", "CNN"), 2)
    assert (staff.said, staff.via, staff.days) == ("more than 11,743", ("Wire",), None)


def test_round_figures_and_years_prove_nothing() -> None:
    for words in ("4,000", "120", "2,024", "11,000 to 12,000"):
        (found,) = traces([said(1, "A", "2025-01-01", words), said(2, "B", "2025-01-02", words)])
        assert (found.origins, found.likely) == (2, 2)


def test_of_one_day_or_none_nobody_had_it_first() -> None:
    for day in ("2025-01-01", None):
        (found,) = traces([said(1, "A", "2025-01-01", "11,743"), said(2, "B", day, "11,743")])
        assert drawn(found.voices) == ["A", "B"]


@pytest.mark.parametrize(
    "day",
    [
        *("../2026-01-13", "2026-01", "2026", "2026-01-12~", "2026-01-05/2026-01-20"),
        *("2026-01-12/2026-02-01", "2026-01-12/.."),
    ],
)
@pytest.mark.parametrize("origin", [None, "AP"])
def test_who_may_have_spoken_on_the_same_day_is_not_said_to_be_later(
    day: str, origin: str | None
) -> None:
    later = said(2, "Post", day, "12,347", origin)
    for claims in ([AP, later], [later, AP]):
        (found,) = traces(claims)
        assert drawn(found.voices) == (["AP", ["=Post"]] if origin else ["AP", "Post"])
        assert found.likely == found.origins
        assert {each.days for each in (*found.voices, *found.voices[0].children)} == {None}


def test_a_span_wholly_after_the_first_is_later_by_no_count_of_days() -> None:
    for first, later in (
        ("2026-01-12", "2026-01-13/2026-01-20"),
        ("2026-01", "2026-02-01"),
        ("../2026-01-13", "2026-01-14"),
    ):
        (found,) = traces([said(1, "A", first, "12,347"), said(2, "B", later, "12,347")])
        assert drawn(found.voices) == ["A", ["~B"]]
        assert found.voices[0].children[0].days is None


def test_who_certainly_had_it_before_is_whom_it_likely_comes_from() -> None:
    vague, exact = said(1, "Vague", "2026", "12,347"), said(2, "Exact", "2026-01-20", "12,347")
    (found,) = traces([vague, exact, said(3, "Later", "2026-02-01", "12,347")])
    assert drawn(found.voices) == ["Exact", ["~Later"], "Vague"]
    open_end = said(1, "Since", "2026-01-01/..", "12,347")
    (found,) = traces([open_end, exact])
    assert drawn(found.voices) == ["Exact", "Since"]


def test_of_who_says_it_twice_a_vague_day_leaves_open_when_first() -> None:
    again = said(2, "Post", "2026-01-20", "12,347"), said(3, "Post", "2026-01", "12,347")
    (found,) = traces([AP, *again])
    assert drawn(found.voices) == ["AP", "Post"]


def test_who_is_only_cited_stands_above_who_cites() -> None:
    (found,) = traces(
        [said(1, "B", "2025-01-02", "12", "A"), said(2, "C", "2025-01-03", "12", "a")]
    )
    assert drawn(found.voices) == ["A", ["=B", "=C"]]
    assert (found.voices[0].claims, found.sources, found.origins) == ((), 2, 1)


def test_who_cite_each_other_and_themselves_end_somewhere() -> None:
    claims = [
        said(1, "A", "2025-01-01", "12", "B"),
        said(2, "B", "2025-01-02", "12", "C"),
        said(3, "C", "2025-01-03", "12", "A"),
        said(4, "D", "2025-01-04", "12", "d"),
    ]
    (found,) = traces(claims)
    assert drawn(found.voices) == ["=C", ["=B", ["=A"]], "D"]
    assert [each.circle for each in found.voices] == [("C", "A", "B"), ()]


@pytest.mark.parametrize(
    ("own", "tree", "circle"),
    [
        (("R", None), ["R", ["=A"]], ()),
        (("A", None), ["A", ["=R"]], ()),
        (("R", "R"), ["=R", ["=A"]], ("R", "A")),
        (("A", "A"), ["=R", ["=A"]], ("R", "A")),
    ],
)
@pytest.mark.parametrize("day", ["2025-01-01", "2025-01-05"])
def test_who_gives_it_without_citing_is_in_no_circle_and_who_cites_itself_too_is(
    own: tuple[str, str | None], tree: list[object], circle: tuple[str, ...], day: str
) -> None:
    cited = said(1, "A", "2025-01-02", "12", "R"), said(2, "R", "2025-01-03", "12", "A")
    (found,) = traces([*cited, said(3, own[0], day, "12", own[1])])
    assert drawn(found.voices) == tree
    assert found.voices[0].circle == circle


def test_what_is_stated_is_not_supplanted_by_what_is_only_likely() -> None:
    loop = said(6, "Loop A", "2025-01-17", "11,743", "Loop B")
    back = said(7, "Loop B", "2025-01-17", "11,743", "Loop A")
    own = said(8, "Own", "2025-01-18", "11,743", "own")
    (found,) = traces([STAFF, loop, back, own])
    assert drawn(found.voices) == ["Staff", "=Loop B", ["=Loop A"], "Own"]
    assert (found.sources, found.origins, found.likely) == (4, 3, 3)
    (found,) = traces([STAFF, loop, back, replace(back, origin="Staff", id=9)])
    assert drawn(found.voices) == ["Staff", ["=Loop B", ["=Loop A"]]]
    assert {each.circle for each in (found.voices[0], *found.voices[0].children)} == {()}


def test_only_figures_that_are_handed_on_unless_a_claim_is_named() -> None:
    claims = [STAFF, said(9, "C", "2025-01-01", "77"), said(8, "C", "2025-01-03", "77")]
    assert traces(claims) == []
    (found,) = traces(claims, 8)
    assert found.voices[0].claims == (9, 8)
    assert traces([]) == []


def test_one_number_in_two_units_is_one_figure() -> None:
    (found,) = traces([said(1, "A", None, "1.234 km"), said(2, "B", None, "1,234 m")])
    assert (found.numbers, found.unit, found.sources) == ((Decimal("1.234"),), "km", 2)


def test_a_range_and_its_digits() -> None:
    claims = [said(1, "A", "2025-01-01", "2,315 to 4,700"), said(2, "B", "2025-01-05", "2315-4700")]
    (found,) = traces(claims)
    assert (found.likely, len(found.numbers)) == (1, 2)


def test_thousands_that_give_one_figure_take_no_time() -> None:
    many = [said(n, f"S{n}", "2025-01-02", "11,743", f"S{n // 2}") for n in range(2, 4000)]
    (found,) = traces(many)
    assert (found.sources, found.origins) == (3998, 1)


def test_what_goes_through_too_many_hands_is_told_beside_the_others() -> None:
    chain = [said(n, f"Hand {n}", "2025-01-10", "11,743", f"Hand {n - 1}") for n in range(1, 60)]
    hurt = [replace(each, measure="hurt") for each in (STAFF, MOD)]
    found = travelled([*chain, *hurt], ())
    assert isinstance(found["killed"], str)
    assert found["killed"].startswith("War: a figure goes through more than 50 hands")
    assert [each.sources for each in found["hurt"] if not isinstance(each, str)] == [2]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Channel 4", "Channel 5"), ("Agency A", "Agency B"), ("Post", "Port Blog"), ("X", "Y")],
)
def test_names_that_differ_by_a_number_or_a_letter_of_its_own_are_not_misspelt(
    one: str, other: str
) -> None:
    (found,) = traces([said(1, one, None, "11,743"), said(2, other, None, "11,743")])
    assert found.spellings == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [("U.S. Army", "US Army"), ("Médecins", "Medecins"), ("Chanel 4", "Channel 4")],
)
def test_close_spellings_are_found(one: str, other: str) -> None:
    claims = [said(1, one, None, "11,743"), said(2, other, None, "11,743")]
    (found,) = traces([*claims, replace(claims[1], id=3)])
    assert [(each.name, each.other) for each in found.spellings] == [(other, one)]
