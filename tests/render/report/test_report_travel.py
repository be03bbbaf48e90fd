"""How figures travelled, as the report draws it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from factlog import dates
from factlog.claim import Claim, Statement
from factlog.comparer.travel import traces
from factlog.parsing import read
from factlog.render.report.travel import FigureWay, VoiceLane, travelled
from support.browser import axe_source, opened
from support.reports import imported, made, rows

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def said(source: str, day: str | None, origin: str | None = None, words: str = "11,743") -> Claim:
    statement = Statement("War", source, published=dates.parse(day) if day else None)
    figure = read(words)
    number = sum(map(ord, source))
    return Claim(statement, figure.said, figure.estimate, "killed", origin=origin, id=number)


def drawn(*claims: Claim) -> FigureWay:
    (found,) = travelled(traces(claims))
    return found


def ways(lane: VoiceLane) -> list[str]:
    """The lines through a lane: down to its middle, down from there, across; ~ for likely ones."""
    kinds = {("0%", "50%"): "in", ("50%", "100%"): "on", ("50%", "50%"): "across"}
    return [f"{'~' * each.likely}{kinds[each.y1, each.y2]}" for each in lane.lines]


STAFF, POST = said("Staff", "2026-01-10"), said("Post", "2026-01-15")
CITING = said("Ministry", "2026-01-12", "Staff")


def test_lines_lead_down_from_whom_a_figure_is_had_and_across_to_who_has_it() -> None:
    found = drawn(STAFF, CITING, said("Blog", "2026-01-16", "Post"), POST)
    assert [(each.source, each.sign, ways(each)) for each in found.lanes] == [
        ("Staff", "first", ["on"]),
        ("Ministry", "stated", ["in", "~on", "across"]),
        ("Post", "likely", ["~in", "~across", "on"]),
        ("Blog", "stated", ["in", "across"]),
    ]
    assert found.counted == "11,743, 4 sources, 2 origins, likely 1"
    assert found.title == "How a figure travelled: War, killed: " + found.counted
    assert "Post, likely from Staff: 11,743 (2026-01-15, 5 days later; claim" in found.told
    assert "Ministry, citing Staff: 11,743" in found.told
    assert found.lanes[1].told == "2026-01-12, 2 days later, citing Staff"
    assert found.signs == {"first", "stated", "likely", "way", "way likely"}


def test_voices_stand_by_their_date() -> None:
    found = drawn(STAFF, CITING, POST)
    at = {each.source: float(each.at.rstrip("%")) for each in found.lanes}
    assert at["Staff"] < at["Ministry"] < at["Post"]
    assert (at["Ministry"] - at["Staff"]) * 5 == pytest.approx(
        (at["Post"] - at["Staff"]) * 2, abs=0.01
    )
    for lane in found.lanes[1:]:
        across = [each for each in lane.lines if each.y1 == each.y2]
        assert [(each.x1, each.x2) for each in across] == [(found.lanes[0].at, lane.at)]


def test_a_vague_date_stands_at_its_middle_and_an_open_one_at_its_end() -> None:
    claims = (said("A", "2026-01-12", "X"), said("B", "2026-01", "X"), said("C", "../2026-01-16"))
    found = drawn(*claims, said("D", "2026-01-16/..", "X"))
    at = {each.source: (each.at, each.sign) for each in found.lanes}
    assert at["B"] == at["D"] == (at["C"][0], "stated")
    assert float(at["A"][0].rstrip("%")) < float(at["B"][0].rstrip("%"))


def test_one_of_the_same_day_or_of_none_stands_beside_the_one_above() -> None:
    found = drawn(STAFF, said("Wire", "2026-01-10", "Staff"), said("Site", None, "Staff"), POST)
    at = {each.source: float(each.at.rstrip("%")) for each in found.lanes}
    assert at["Wire"] == at["Site"] == pytest.approx(at["Staff"] + 3)
    assert {each.source: each.sign for each in found.lanes}["Site"] == "undated"


def test_who_cites_one_of_the_same_day_stands_further_on_than_that_one() -> None:
    first = said("Hand 0", "2026-01-10")
    hands = (said(f"Hand {n}", "2026-01-10", f"Hand {n - 1}") for n in range(1, 9))
    found = drawn(first, *hands, said("Early", "2026-01-01", "Hand 8"), POST)
    at = {each.source: float(each.at.rstrip("%")) for each in found.lanes}
    assert [round(at[f"Hand {n}"] - at[f"Hand {n - 1}"]) for n in range(1, 9)] == [3] * 8
    assert at["Early"] < at["Hand 0"]


def test_who_is_only_cited_stands_before_who_cites_it() -> None:
    found = drawn(said("A", "2026-01-12", "Institute"), said("B", "2026-01-14", "Institute"))
    first = found.lanes[0]
    assert (first.source, first.sign, first.told) == ("Institute", "undated", "cited only")
    assert float(found.lanes[0].at.rstrip("%")) < float(found.lanes[1].at.rstrip("%"))


def test_who_cite_each_other_are_told() -> None:
    found = drawn(STAFF, said("A", "2026-01-17", "B"), said("B", "2026-01-17", "A"))
    assert found.circles == ("B and A cite each other: who had it first is not stated.",)
    assert [each.sign for each in found.lanes] == ["first", "stated", "stated"]
    assert found.lanes[1].told == "2026-01-17, citing A in a circle"
    assert found.likely == ()


@pytest.mark.parametrize(
    "claims",
    [
        (STAFF,),
        (STAFF, said("Post", "2026-01-10")),  # independent, as far as is known
        (said("A", "2026-01-12", "Institute"),),  # one voice alone
        (said("A", None), said("B", None, "A")),  # no day at all
    ],
)
def test_what_did_not_travel_is_not_drawn(claims: tuple[Claim, ...]) -> None:
    assert travelled(traces(claims)) == ()


def test_of_many_the_first_are_drawn_and_the_others_counted() -> None:
    found = drawn(STAFF, *(said(f"Paper {n}", "2026-01-12", "Staff") for n in range(60)))
    assert (len(found.lanes), found.more) == (40, 21)
    many = [said(f"P{n} {w}", "2026-01-12", "Staff", w) for w in ("1", "2", "3", "4") for n in "ab"]
    assert len(travelled(traces(many))) == 3


HOSTILE = "</title></svg><script>alert(1)</script>\u202e"


@pytest.fixture(scope="module")
def war(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("war")
    told = [
        ("War", "killed", "General Staff", "more than 11,743", "2026-01-10", "Wire One"),
        ("War", "killed", "Ministry", "11,743", "2026-01-12", "Evening News", "", "General Staff"),
        ("War", "killed", "Daily Post", "11,743", "2026-01-15"),
        ("War", "killed", HOSTILE, "11,743", "2026-01-16", "", "", "Daily Post"),
        ("War", "killed", "Undated", "11,743", "", "", "", "Ministry"),
        ("War", "killed", "Loop A", "11,743", "2026-01-17", "", "", "Loop B"),
        ("War", "killed", "Loop B", "11,743", "2026-01-17", "", "", "Loop A"),
        ("War", "killed", "Averylongwordofaname" * 9, "11,743", "2026-01-17", "", "", "Ministry"),
    ]
    return made(imported(folder, rows(folder / "war.csv", *told)), folder / "war.html")


def test_the_report_tells_both_kinds_of_links_by_line_and_by_words(war: Path) -> None:
    page = war.read_text(encoding="utf-8")
    assert page.count('class="plot way"') == 1
    assert "cites it, as stated" in page
    assert "only likely: the same odd digits, later" in page
    assert re.search(r'<line class="from likely" x1="[\d.]+%"', page)
    assert ".from.likely { stroke-dasharray" in page
    assert "likely from General Staff" in page
    assert "<span>Loop B and Loop A cite each other: who had it first is not stated.<" in page
    assert HOSTILE not in page
    assert "<script>alert" not in page


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 720, 1200])
def test_it_fits_a_page_and_axe_finds_nothing(
    browser: Browser, war: Path, scheme: Literal["light", "dark"], width: int
) -> None:
    size = {"width": width, "height": 800}
    with opened(browser, war, color_scheme=scheme, viewport=size) as found:
        found.page.evaluate(axe_source())
        wrong = "async () => (await axe.run()).violations.map(v => v.id + ': ' + v.nodes[0].html)"
        assert found.asked(wrong) == []
        assert found.asked("document.documentElement.scrollWidth") <= width
        assert found.count(".way .lane use.stated") == 8
