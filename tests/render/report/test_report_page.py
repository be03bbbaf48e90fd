"""What stands in the page, read as text."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from factlog import compare, importing
from factlog.render.templates import host, part
from support.reports import EXAMPLES, Outline, example, imported, made, rows

ROOT = Path(__file__).parents[3]
Reports = dict[str, Path]


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_reports_are_what_the_program_makes(reports: Reports, name: str) -> None:
    kept = ROOT / "examples" / "reports" / f"{name}.html"
    same = read(reports[name]) == read(kept)
    assert same, "If the change is meant: python tests/render/report/remake_examples.py"
    assert kept.stat().st_size < 400_000


def test_the_same_claims_make_the_same_page(tmp_path: Path, reports: Reports) -> None:
    again = example("founding-story", tmp_path)
    assert read(again) == read(reports["founding-story"])


def test_the_founding_story_is_told(reports: Reports) -> None:
    text = Outline(read(reports["founding-story"])).text
    for told in (
        "North Korean troops in Russia",
        "1 conflict in 1 pair; 3 measures have one source",
        "CONFLICT backwards, ratio 1.33, break-even 14.3%",
        "a running total that is higher earlier cannot be right",
        "about 3,000 = killed around 300 + injured around 2,700",
        "if Volodymyr Zelenskyy's about 4,000 were for a day after",
        "What was not compared",
        "one source only, so there is nothing to compare it with: deployed , injured , killed",
        "policy default: about = ±10%",
        "Made by factlog",
    ):
        assert told in text


def test_the_page_is_whole_and_asks_for_nothing(varied: Path) -> None:
    outline = Outline(read(varied))
    tags = [tag for tag, _ in outline.tags]
    assert not {"img", "link", "iframe", "object", "embed", "base"} & set(tags)
    assert not outline.having("src")
    assert not outline.having("style")
    assert not [name for _, carried in outline.tags for name in carried if name.startswith("on")]
    ids = outline.having("id")
    assert len(ids) == len(set(ids))
    ours = {link[1:] for link in outline.having("href") if link.startswith("#")}
    assert ours <= set(ids)
    named = outline.having("aria-labelledby") + outline.having("aria-describedby")
    assert set(named) <= set(ids)


def test_only_its_own_style_and_script_may_run(varied: Path) -> None:
    page = read(varied)
    rule = Outline(page).having("content")[-1]
    assert rule.startswith("default-src 'none'; ")
    assert "unsafe" not in rule
    for name in ("style", "script"):
        inside = re.findall(rf"<{name}>(.*?)</{name}>", page, re.DOTALL)
        assert len(inside) == 1
        digest = base64.b64encode(hashlib.sha256(inside[0].encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in rule


def test_headings_go_down_by_one(varied: Path, reports: Reports) -> None:
    for path in (varied, *reports.values()):
        levels = [int(tag[1]) for tag, _ in Outline(read(path)).tags if re.fullmatch(r"h\d", tag)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(b <= a + 1 for a, b in pairwise(levels))


def test_conflicts_come_first(varied: Path) -> None:
    verdicts = Outline(read(varied)).having("data-worst")
    assert verdicts
    order = re.findall(r'<article [^>]*data-verdict="([\w-]+)"', read(varied))
    assert order[0] == "conflict"
    assert order[-1] == "single"


def test_the_worst_conflicts_are_named_worst_first(varied: Path) -> None:
    text = Outline(read(varied)).text
    worst = text[text.index("The worst conflicts") : text.index("Find on this page")]
    places = [worst.index(f"{title} :") for title in ("Herd: sheep", "Flood: homeless")]
    assert places == sorted(places)
    assert worst.index("Flood: homeless :") < worst.index("Bridge: length")


def test_plain_words_lead_at_the_head_and_their_own_numbers_stand_behind_them(
    reports: Reports,
) -> None:
    text = Outline(read(reports["founding-story"])).text
    said = text[text.index("casualties :") :]
    assert said.startswith(
        "casualties : Volodymyr Zelenskyy's about 4,000 (by 2025-01-12 ) is higher and "
        "earlier than South Korean intelligence's about 3,000 ( 2025-01-13 ) "
        "(CONFLICT backwards, ratio 1.33, break-even 14.3%)"
    )


def test_a_running_total_goes_up_in_steps(reports: Reports) -> None:
    paths = re.findall(r'class="own" d="M([^"]*)"', read(reports["economist"]))
    assert len(paths) > 5
    for path in paths:
        corners = [corner.split() for corner in path.split("L")]
        for (across, up), (after, higher) in pairwise(corners):
            assert across == after or up == higher


def test_every_claim_stands_once(varied: Path) -> None:
    claims = [name for name in Outline(read(varied)).having("id") if re.fullmatch(r"c\d+", name)]
    assert len(claims) == 52


def test_a_claim_is_told_with_all_there_is(tmp_path: Path) -> None:
    told = ("Flood", "killed", "Mayor", "12", "2024-05-01", "The Paper", "https://a.org/x?y=1")
    file = rows(tmp_path / "one.csv", (*told, "Hospital", "city only", "Twelve died.", "by phone"))
    page = read(made(imported(tmp_path, file), tmp_path / "one.html"))
    text = Outline(page).text
    assert "12 (city only) , Mayor, citing Hospital" in text
    assert "Twelve died." in text
    assert "claim 1; as of 2024-05-01; via The Paper" in text
    assert "Note: by phone" in text
    link = '<a href="https://a.org/x?y=1{}" rel="noopener noreferrer nofollow">The Paper</a>'
    assert page.count(link.format("")) == 1
    assert page.count(link.format("#:~:text=Twelve%20died.")) == 1  # the words on their page


def test_figures_are_told_in_words(varied: Path) -> None:
    page = read(varied)
    figures = re.findall(
        r'<svg role="img".*?<title[^>]*>(.*?)</title><desc[^>]*>(.*?)</desc>', page
    )
    assert ("Herd, sheep: 40 figures on one axis") in [title for title, _ in figures]
    told = dict(figures)["Flood, homeless: 3 figures on one axis"]
    assert "AP: at least 900, taken as at least 900; in conflict with Reuters." in told


def test_the_figure_by_date_explains_each_of_its_signs(tmp_path: Path) -> None:
    told = [
        ("Flood", "missing", "Mayor", "up to 5", "2025-03-01"),
        ("Flood", "missing", "Mayor", "12 ± 3", "2025-03-06"),
        ("Flood", "missing", "Red Cross", "200 to 240", "2025-03-01"),
        ("Flood", "missing", "Red Cross", "at least 180", "2025-03-03"),
        ("Flood", "missing", "Police", "about 150", "2025-03-02"),
    ]
    page = read(made(imported(tmp_path, rows(tmp_path / "a.csv", *told)), tmp_path / "a.html"))
    dated = page.partition('class="plot dated')[2].partition("</figure>")[0]
    assert re.findall(r'class="key[^"]*">(?:<[^>]*>)*([^<]+)', dated) == [
        "about, or an open end",
        "± one sigma",
        "a range as stated",
        "what the words are taken to mean",
        "no upper end stated",
        "no lower end stated",
        "camp ",
        " in a conflict, and not the latest",
    ]
    assert 'class="span arm"' in dated
    assert dated.count('href="#north"') == 1


def test_a_figure_by_date_beyond_an_axis_is_a_triangle_at_its_end(tmp_path: Path) -> None:
    days = {"12": 41, "13": 63, "15": 7000, "16": 69, "17": 70}
    told = [("Ferry", "killed", "Police", f"{n}", f"2026-03-{day}") for day, n in days.items()]
    told += [("Ferry", "killed", name, "64", "2026-03-14") for name in ("AP", "DPA")]
    told += [("Ferry", "killed", "AFP", "64", "2024")]
    page = read(made(imported(tmp_path, rows(tmp_path / "a.csv", *told)), tmp_path / "a.html"))
    dated = page.partition('class="plot dated')[2].partition("</figure>")[0]
    signs = re.findall(r'href="#(above|below|earlier|later)" x="([^"]*)" y="([^"]*)" d', dated)
    assert [sign for sign, _, _ in signs] == ["above", "earlier"]
    assert (signs[0][2], signs[1][1]) == ("0%", "0%")
    assert "further than the axis goes" in dated
    assert "Police: 7,000 (2026-03-15), AFP: 64 (2024)" in dated


def test_an_arrow_down_ends_at_the_zero_that_is_near(tmp_path: Path) -> None:
    told = [
        ("Flood", "missing", "Mayor", "up to 5", "2025-03-01"),
        ("Flood", "missing", "Army", "up to 100", "2025-03-01"),
        ("Flood", "missing", "Police", "200", "2025-03-01"),
    ]
    page = read(made(imported(tmp_path, rows(tmp_path / "a.csv", *told)), tmp_path / "a.html"))
    assert '<line class="arrow" x1="2.5%" y1="50%" y2="50%"/><use class="arrow" href="#tip"' in page
    assert re.findall(r'href="#down" x="([^"]*)"', page) == ["50%"]


def test_a_wide_span_is_drawn_to_a_log_scale_and_says_so(varied: Path) -> None:
    text = Outline(read(varied)).text
    assert text.count("The axis is logarithmic") == 1


def test_what_is_in_another_unit_is_counted(varied: Path) -> None:
    assert "1 in another unit not drawn" in Outline(read(varied)).text


def test_hostile_words_stay_words(hostile: Path) -> None:
    page = read(hostile)
    outline = Outline(page)
    assert [tag for tag, _ in outline.tags].count("script") == 1
    assert "img" not in {tag for tag, _ in outline.tags}
    assert "<script>alert(1)</script>" in outline.text
    assert "<U+202E>right to left<U+200B>" in outline.text
    assert all(sign.isprintable() or sign == "\n" for sign in page)
    links = [link for link in outline.having("href") if not link.startswith("#")]
    assert {link.partition("#:~:text=")[0] for link in links} == {"https://a.org/\"'<b>"}
    assert all(sign not in link.partition("#")[2] for link in links for sign in "\"'<>")


def test_fifty_subjects_stay_under_two_megabytes(tmp_path: Path) -> None:
    told = [
        (
            *(f"Flood {n}", measure, source, f"about {(n * 37 + k * 91) % 900 + 20}"),
            *(f"2024-05-0{k}", "The Daily Paper", f"https://example.org/news/{n}/{k}"),
            *("", "", "So they said that day, and a little more."),
        )
        for n in range(50)
        for measure in ("killed", "missing", "displaced")
        for k, source in enumerate(("Mayor", "Red Cross", "Police", "Ministry"), 1)
    ]
    page = made(imported(tmp_path, rows(tmp_path / "fifty.csv", *told)), tmp_path / "fifty.html")
    assert page.stat().st_size < 2_000_000


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.a.org/x?y", "a.org"),
        ("HTTP://a.org", "a.org"),
        ("https://b.org?x=1", "b.org"),
        ("https://b.org (a note)", "b.org"),
        ("https://", ""),
        ("ftp://x/y", "ftp://x/y"),
    ],
)
def test_the_site_a_link_leads_to(url: str, site: str) -> None:
    assert host(url) == site


def test_measured_figures_are_drawn_combined_too(reports: Reports, varied: Path) -> None:
    page = read(reports["measurements"])
    assert page.count('class="plot forest"') > 5
    assert page.count('class="diamond"') == page.count('class="plot forest"')
    assert 'class="plot forest"' not in read(varied)


def test_a_measure_without_a_name_is_headed_by_its_subject() -> None:
    told = [("A", "6.674 ± 0.001 m"), ("B", "6.690 ± 0.001 m")]
    claims = [
        c for who, said in told for c in importing.claims("Gravity", [said], source=who, as_of=None)
    ]
    (measure,) = compare(claims).subjects[0].measures
    assert part("Gravity", replace(measure, measure="")).name == "Gravity (m)"
