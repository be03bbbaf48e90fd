"""The report as a reader meets it, in a browser."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from factlog.cli.main import run
from support.browser import Opened, axe_source, opened
from support.reports import EXAMPLES, imported, made, rows

pytestmark = pytest.mark.slow

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Reports = dict[str, Path]
PHONE = {"width": 360, "height": 740}


def count_violations(found: Opened) -> list[str]:
    found.page.evaluate(axe_source())
    violations: list[str] = found.asked(
        "async () => (await axe.run()).violations.map(v => v.id + ': ' + v.nodes[0].html)"
    )
    return violations


@pytest.mark.parametrize("name", EXAMPLES)
def test_it_opens_from_disk_and_asks_for_nothing_else(
    browser: Browser, reports: Reports, name: str
) -> None:
    with opened(browser, reports[name]) as found:
        assert found.shown()
        assert found.page.locator("[role=status]").inner_text().endswith("shown")


# Finding, filtering, sorting


def test_search_keeps_the_measures_all_words_stand_in(browser: Browser, varied: Path) -> None:
    with opened(browser, varied) as found:
        everything = found.shown()
        found.page.get_by_label("Find on this page").fill("bridge MILES")
        assert found.shown() == ["length (km)"]
        assert found.page.locator("[role=status]").inner_text() == "1 of 7 measures shown"
        found.page.get_by_label("Find on this page").fill("nowhere at all")
        assert found.shown() == []
        assert found.page.locator(".nothing").is_visible()
        found.page.get_by_role("button", name="Show everything").click()
        assert found.shown() == everything


def test_search_takes_no_notice_of_case_and_accents(browser: Browser, hostile: Path) -> None:
    with opened(browser, hostile) as found:
        found.page.get_by_label("Find on this page").fill("日本語")
        assert len(found.shown()) == 1


def test_filter_by_verdict(browser: Browser, varied: Path) -> None:
    with opened(browser, varied) as found:
        everything = found.shown()
        conflict = found.page.get_by_role("button", name="conflict")
        assert conflict.get_attribute("aria-pressed") == "true"
        conflict.click()
        assert conflict.get_attribute("aria-pressed") == "false"
        assert found.count("article[data-verdict=conflict]:not([hidden])") == 0
        assert 0 < len(found.shown()) < len(everything)
        conflict.click()
        assert found.shown() == everything


@pytest.mark.parametrize(
    ("order", "first", "last"),
    [
        ("worst first", "sheep", "temperature (°C)"),
        ("name", "length (km)", "killed"),
        ("newest", "homeless", "temperature (°C)"),
        ("number of sources", "sheep", "temperature (°C)"),
    ],
)
def test_sort(browser: Browser, varied: Path, order: str, first: str, last: str) -> None:
    with opened(browser, varied) as found:
        everything = found.shown()
        found.page.get_by_label("Sort by").select_option(label=order)
        assert (found.shown()[0], found.shown()[-1]) == (first, last)
        assert sorted(found.shown()) == sorted(everything)


def test_what_is_shown_stands_in_the_address(browser: Browser, varied: Path) -> None:
    with opened(browser, varied) as found:
        found.page.get_by_label("Find on this page").fill("a")
        found.page.get_by_label("Sort by").select_option("name")
        found.page.get_by_role("button", name="one source").click()
        address, shown = found.page.url, found.shown()
    state = address[address.index("#") :]
    assert state == "#find=a&without=single&sort=name"
    with opened(browser, varied, state) as again:
        assert again.shown() == shown
        assert again.page.get_by_label("Find on this page").input_value() == "a"
        again.asked("location.hash = '#sort=nonsense'")
        again.page.wait_for_function("document.querySelector('#sort').value === 'worst'")
        assert len(again.shown()) == 7


def test_a_link_to_what_is_filtered_out_shows_it(browser: Browser, varied: Path) -> None:
    with opened(browser, varied) as found:
        found.page.get_by_label("Find on this page").fill("bridge")
        assert "sheep" not in found.shown()
        found.page.locator(".worst a", has_text="sheep").click()
        found.page.wait_for_function(
            "[...document.querySelectorAll('article')]"
            ".some(each => each.dataset.name === 'sheep' && each.checkVisibility())"
        )
        assert found.page.get_by_label("Find on this page").input_value() == ""


def test_one_measure_needs_no_controls(browser: Browser, tmp_path: Path) -> None:
    told = ("Flood", "killed", "Mayor", "12", "2024-05-01")
    page = made(imported(tmp_path, rows(tmp_path / "one.csv", told)), tmp_path / "one.html")
    with opened(browser, page) as found:
        assert found.shown() == ["killed"]
        assert not found.page.locator(".controls").is_visible()


def test_rules_that_did_not_fire_are_not_searched(browser: Browser, varied: Path) -> None:
    with opened(browser, varied) as found:
        judged = found.page.locator("details").filter(has_text="How it was judged")
        folded = judged.first.text_content() or ""
        assert "no two sources go back to one origin" in folded
        found.page.get_by_label("Find on this page").fill("no two sources go back")
        assert found.shown() == []


def test_found_words_are_marked(browser: Browser, varied: Path) -> None:
    with opened(browser, varied) as found:
        found.page.get_by_label("Find on this page").fill("builder")
        assert found.asked("CSS.highlights.get('found').size") >= 3


# Without a mouse, without scripts, on paper, on a phone


def test_everything_can_be_done_from_the_keyboard(browser: Browser, varied: Path) -> None:
    with opened(browser, varied) as found:
        keys = found.page.keyboard
        keys.press("Tab")
        assert found.asked("document.activeElement.textContent") == "Skip to the figures"
        assert found.page.locator(".skip").bounding_box()["x"] >= 0  # type: ignore[index]
        keys.press("Enter")
        assert found.asked("document.activeElement.id") == "figures"
        found.page.locator("#find").focus()
        assert found.asked("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        keys.type("bridge")
        assert found.shown() == ["length (km)"]
        keys.press("Tab")
        assert found.asked("document.activeElement.dataset.verdict") == "conflict"
        keys.press("Space")
        assert found.shown() == []


def test_all_of_it_can_be_read_without_scripts(browser: Browser, varied: Path) -> None:
    with opened(browser, varied, java_script_enabled=False) as found:
        page = found.page
        claims = page.locator(".claims > li")
        assert claims.count() == 52
        assert all(each.is_visible() for each in claims.all())
        assert all(each.is_visible() for each in page.locator(".rules dd").all())
        assert not page.locator(".controls").is_visible()


def test_paper_has_no_controls_and_shows_where_links_lead(browser: Browser, varied: Path) -> None:
    with opened(browser, varied) as found:
        found.page.emulate_media(media="print")
        assert not found.page.locator(".controls").is_visible()
        link = "document.querySelector('.claims a')"
        shown = found.asked(f"getComputedStyle({link}, '::after').content")
        assert "attr(href)" in shown or "https://" in shown
        figure = "getComputedStyle(document.querySelector('figure:not(.long)')).breakInside"
        assert found.asked(figure) == "avoid"
        found.asked("dispatchEvent(new Event('beforeprint'))")
        assert found.count("details:not([open])") == 0
        found.asked("dispatchEvent(new Event('afterprint'))")
        assert found.count("details[open]") == 0


@pytest.mark.parametrize("which", ["varied", "hostile", *EXAMPLES])
def test_no_sideways_scroll_on_a_phone(
    browser: Browser, request: pytest.FixtureRequest, reports: Reports, which: str
) -> None:
    path = reports[which] if which in reports else request.getfixturevalue(which)
    with opened(browser, path, viewport=PHONE) as found:
        assert found.asked("document.documentElement.scrollWidth") <= 360


def test_the_ways_of_a_figure_are_drawn_through_on_a_phone(
    browser: Browser, tmp_path: Path
) -> None:
    (tmp_path / "war.csv").write_text(
        "subject,measure,value,source,origin,as_of\n"
        "War,killed,11743,Staff,,2025-01-10\n"
        "War,killed,11743,Post,Staff,2025-01-12\n"
        "War,killed,11743,Blog,Post,2025-01-13\n",
        encoding="utf-8",
    )
    page = made(imported(tmp_path, tmp_path / "war.csv"), tmp_path / "war.html")
    with opened(browser, page, viewport=PHONE) as found:
        lanes = found.asked(
            "[...document.querySelectorAll('.way .rows .lane')].map("
            "e => e.getBoundingClientRect()).map(r => [r.top, r.bottom])"
        )
    assert len(lanes) == 3
    assert all(abs(one[1] - other[0]) < 1 for one, other in pairwise(lanes))


@pytest.mark.parametrize("width", [360, 800, 1280])
def test_no_two_labels_of_an_axis_meet(browser: Browser, varied: Path, width: int) -> None:
    boxes = """[...document.querySelectorAll('.ticks')].map(ticks => [...ticks.children]
        .filter(t => t.checkVisibility()).map(t => t.getBoundingClientRect())
        .map(box => [box.left, box.right]))"""
    with opened(browser, varied, viewport={"width": width, "height": 800}) as found:
        axes: list[list[list[float]]] = found.asked(boxes)
        assert axes
        for spans in axes:
            assert spans
            assert all(one[1] < other[0] for one, other in pairwise(spans))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("which", ["varied", "hostile", "founding-story"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(
    browser: Browser,
    request: pytest.FixtureRequest,
    reports: Reports,
    which: str,
    scheme: str,
    width: int,
) -> None:
    path = reports[which] if which in reports else request.getfixturevalue(which)
    size = {"width": width, "height": 800}
    with opened(browser, path, color_scheme=scheme, viewport=size) as found:
        assert count_violations(found) == []


def test_dark_is_dark(browser: Browser, varied: Path) -> None:
    color = "getComputedStyle(document.body).backgroundColor"
    with opened(browser, varied, color_scheme="dark") as dark, opened(browser, varied) as light:
        assert dark.asked(color) != light.asked(color)


def test_hostile_words_do_nothing(browser: Browser, hostile: Path) -> None:
    with opened(browser, hostile) as found:
        found.page.on("dialog", lambda dialog: found.trouble.append(dialog.message))
        assert found.count("script") == 1
        assert found.count("img") == 0
        links: list[str] = found.asked("[...document.links].map(link => link.href)")
        assert all(link.startswith(("https://a.org/", "file:")) for link in links)
        found.page.get_by_label("Find on this page").fill("<script>alert(1)")
        assert len(found.shown()) == 1


NAME = "Association for the Defence of Human Rights in the Northern Provinces and the Coast"


@pytest.fixture(scope="module")
def quarrel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of two camps with stated errors, one uncontested, an Arabic and a long name."""
    folder = tmp_path_factory.mktemp("quarrel")
    told = [
        ("Pier", "length", NAME, "47.123456789012 ± 0.512345678901 m", "2026-03-17", "Reuters"),
        ("Pier", "length", "النيابة العامة", "63.5 ± 0.5 m", "2026-03-20", "Reuters"),
        ("Pier", "length", "Guide", "55 ± 20 m", "2026-03-18", "Korea Herald/Yonhap"),
    ]
    return made(imported(folder, rows(folder / "quarrel.csv", *told)), folder / "quarrel.html")


@pytest.mark.parametrize("width", [360, 800])
def test_dates_stand_on_one_line_and_behind_the_name_before_them(
    browser: Browser, quarrel: Path, width: int
) -> None:
    places = """[...document.querySelectorAll('.stands .when')].map(date => {
        const name = document.createRange(), before = date.previousSibling;
        name.setStart(before, 0); name.setEnd(before, before.length - 2);
        return [date.getClientRects().length, name.getBoundingClientRect().left,
                date.getBoundingClientRect().left];
    })"""
    with opened(browser, quarrel, viewport={"width": width, "height": 800}) as found:
        assert len(found.asked(places)) == 3
        assert all(lines == 1 for lines, _, _ in found.asked(places))
        assert width == 360 or all(name < date for _, name, date in found.asked(places))


def test_a_stated_error_is_drawn_whole_and_what_nobody_contests_is_fainter(
    browser: Browser, quarrel: Path
) -> None:
    strokes = "[...document.querySelectorAll('{} .sigma')].map(each => getComputedStyle(each).{})"
    with opened(browser, quarrel) as found:
        assert found.asked(strokes.format(".camp", "stroke")) == ["none"] * 2
        faint = found.asked("getComputedStyle(document.querySelector('.stands .faint')).color")
        assert found.asked(strokes.format(".calm", "fill")) == [faint]


def test_words_and_numbers_of_the_table_are_broken_nowhere(
    browser: Browser, quarrel: Path, tmp_path: Path
) -> None:
    with opened(browser, quarrel, viewport=PHONE) as found:
        found.page.pdf(path=tmp_path / "q.pdf", format="A4", prefer_css_page_size=True)
        number = """(() => { const number = document.createRange();
            const words = document.querySelector('tbody tr:last-child td').firstChild;
            number.setStart(words, 0); number.setEnd(words, '47.123456789012'.length);
            return number.getClientRects().length; })()"""
        assert found.asked(number) == 1
    printed = "".join(each.extract_text() for each in PdfReader(tmp_path / "q.pdf").pages)
    assert printed.count("Reuters") >= 2


# What is drawn against what was compared


def drawn(found: Opened) -> list[dict[str, Any]]:
    """Every figure: its measure, its ticks and its marks, places in pixels as drawn."""
    marks: list[dict[str, Any]] = found.asked(
        """[...document.querySelectorAll('article')].map(article => {
            const plot = article.querySelector('.plot:not(.dated)');
            const middle = node => {
                const box = node.getBoundingClientRect(); return box.left + box.width / 2;
            };
            const box = node => node.getBoundingClientRect();
            const place = plot && box(plot.querySelector('.edge'));
            return {
                name: article.dataset.name,
                ticks: plot ? [...plot.querySelectorAll('[data-tick]')].map(
                    t => [Number(t.dataset.tick), parseFloat(t.getAttribute('x1')) / 100]) : [],
                marks: plot ? [...plot.querySelectorAll('[data-value]')].map(
                    m => [Number(m.dataset.side), Number(m.dataset.value),
                          (middle(m) - place.left) / place.width]) : [],
                bars: plot ? [...plot.querySelectorAll('[data-low]')].map(
                    m => [Number(m.dataset.side), m.dataset.low, m.dataset.high,
                          (box(m).left - place.left) / place.width,
                          (box(m).right - place.left) / place.width]) : [],
            };
        })"""
    )
    return marks


def between(ticks: list[list[float]], value: float) -> float:
    """Where a value belongs on an axis with these ticks, straight between its neighbours."""
    (low, start), (high, end) = ticks[0], ticks[-1]
    return start + (value - low) / (high - low) * (end - start)


@pytest.mark.parametrize("name", ["founding-story", "economist"])
def test_what_is_drawn_is_what_compare_says(
    browser: Browser,
    reports: Reports,
    stores: dict[str, str],
    capsys: pytest.CaptureFixture[str],
    name: str,
) -> None:
    assert run(["--db", stores[name], "compare", "-f", "json"]) == 0
    compared = json.loads(capsys.readouterr().out)
    measures = [each for one in compared["subjects"] for each in one["measures"]]
    with opened(browser, reports[name]) as found:
        figures = drawn(found)
    assert [figure["name"] for figure in figures] == [each["measure"] for each in measures]
    for figure, measure in zip(figures, measures, strict=True):
        current = {
            n
            for n, side in enumerate(measure["sides"])
            if side["current"] and side["measure"] == measure["measure"]
        }
        told = {int(side) for side, *_ in (*figure["marks"], *figure["bars"])}
        if not figure["ticks"]:  # a figure alone is told in words
            assert len(current) == 1
            continue
        assert told == current
        for side, value, at in figure["marks"]:
            stated = measure["sides"][side]
            assert value in (stated["best"], stated["low"], stated["high"])
            assert at == pytest.approx(between(figure["ticks"], value), abs=0.004)
        for side, low, high, start, end in figure["bars"]:
            assert [float(low), float(high)] == measure["sides"][side]["reading"]
            assert start == pytest.approx(between(figure["ticks"], float(low)), abs=0.006)
            assert end == pytest.approx(between(figure["ticks"], float(high)), abs=0.006)


def test_conflict_is_told_by_shape_too(browser: Browser, reports: Reports) -> None:
    with opened(browser, reports["founding-story"]) as found:
        figure = "#s1m1 .plot"
        assert found.count(f"{figure} .clash .reading") == 2
        badges = found.page.locator(f"{figure} .who .badge").all_text_contents()
        assert [badge.split()[-1] for badge in badges] == ["1", "2"]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_nineteen_figures_are_printed_on_two_pages(
    browser: Browser, tmp_path: Path, paper: str
) -> None:
    page = made(imported(tmp_path, "examples/ferry.csv"), tmp_path / "ferry.html")
    with opened(browser, page) as found:
        found.page.pdf(path=tmp_path / "ferry.pdf", format=paper, prefer_css_page_size=True)
    assert len(PdfReader(tmp_path / "ferry.pdf").pages) == 2


def test_steps_of_a_running_total(browser: Browser, reports: Reports) -> None:
    with opened(browser, reports["economist"]) as found:
        lanes = found.page.locator("article .plot.dated .own")
        assert lanes.count() > 5
        marks: list[list[float]] = found.asked(
            """[...document.querySelectorAll('#s2m2 .dated .lane')[0]
                .querySelectorAll('[data-day]')].map(m => [Number(m.dataset.day),
                parseFloat(m.getAttribute('cx') || m.getAttribute('x'))])"""
        )
        days = [day for day, _ in marks]
        assert days == sorted(days)
        assert [at for _, at in marks] == sorted(at for _, at in marks)


def test_the_figure_of_many_sources_begins_on_the_first_page(
    tmp_path: Path, browser: Browser
) -> None:
    told = [
        (
            "Pier",
            "g",
            f"{n}, the working group on gravity at the pier",
            f"9.{700 + 7 * n} ± 0.005 m/s^2",
            "2020",
        )
        for n in range(40)
    ]
    page = made(imported(tmp_path, rows(tmp_path / "g.csv", *told)), tmp_path / "g.html")
    with opened(browser, page) as found:
        found.page.pdf(path=tmp_path / "g.pdf", format="A4", prefer_css_page_size=True)
    printed = PdfReader(tmp_path / "g.pdf").pages[0].extract_text()
    assert "0, the working group on" in printed
