"""Figures as files: marks stand where the readings are, text is text, words are literal."""

from __future__ import annotations

import re
import warnings
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from factlog import compare, importing
from factlog.findings import Camp, MeasureComparison
from factlog.render.charts.axis import Picture, Timeline, groups
from factlog.render.charts.figure import FigureOptions, figure
from factlog.render.charts.model import draw, over_time
from support.charts import STORY, compared

SVG = "{http://www.w3.org/2000/svg}"
MANY = [
    (f"Observatory of the {n}th district", f"{'about ' * (n % 2)}{10 ** (n % 8)}",
     f"2024-{n % 12 + 1:02}") for n in range(40)
]  # fmt: skip


def drawn(picture: Picture | Timeline, wanted: FigureOptions | None = None) -> ElementTree.Element:
    return ElementTree.fromstring(figure([picture], "svg", wanted))


def words(root: ElementTree.Element) -> list[str]:
    return ["".join(text.itertext()).replace("\xa0", " ") for text in root.iter(f"{SVG}text")]


def at(root: ElementTree.Element, name: str, axis: int = 0) -> list[float]:
    """The x (or y) of everything drawn under a name: of marks, or of the corners of a bar."""
    found = next(each for each in root.iter(f"{SVG}g") if each.get("id") == name)
    marks = [float(use.get("xy"[axis], "nan")) for use in found.iter(f"{SVG}use")]
    paths = [path.get("d", "") for path in found.iter(f"{SVG}path")]
    corners = [each for path in paths for each in re.findall(r"[ML] ?(-?[\d.]+) (-?[\d.]+)", path)]
    return marks or [float(corner[axis]) for corner in corners]


def names(root: ElementTree.Element) -> set[str]:
    return {each.get("id", "") for each in root.iter(f"{SVG}g")}


def straight(places: list[tuple[float, float]]) -> bool:
    """Whether what is drawn stands along its axis in proportion."""
    places = sorted(set(places))
    (p0, x0), (p1, x1) = places[0], places[-1]
    scale = (x1 - x0) / (p1 - p0)
    return all(abs(x0 + (p - p0) * scale - x) < 0.5 for p, x in places)


@pytest.mark.parametrize("told", [STORY, MANY])
def test_marks_stand_where_the_readings_are(told: list[tuple[str, str, str | None]]) -> None:
    picture = draw("Here", compared(*told))
    root = drawn(picture)
    places: list[tuple[float, float]] = []
    for bar in picture.bars:
        if bar.stated is not None:
            places.append((picture.axis.place(bar.stated), at(root, f"side-{bar.side}-stated")[0]))
        if bar.first < bar.last:
            ends = at(root, f"side-{bar.side}-reading")
            places += [(picture.axis.place(bar.first), min(ends))]
            places += [(picture.axis.place(bar.last), max(ends))]
        assert (f"side-{bar.side}-open" in names(root)) == (bar.opens_down or bar.opens_up)
    assert straight(places)


@pytest.mark.parametrize("told", [STORY, MANY])
def test_by_date_marks_stand_at_their_dates_and_values(
    told: list[tuple[str, str, str | None]],
) -> None:
    timeline = over_time("Here", compared(*told))
    root = drawn(timeline)
    points = [point for line in timeline.lines for point in line.points]
    assert straight([(p.day, at(root, f"side-{p.side}-stated")[0]) for p in points])
    for panel in panels(root):
        inside = [p for p in points if f"side-{p.side}-stated" in names(panel)]
        up = [(timeline.up.place(p.stated), at(panel, f"side-{p.side}-stated", 1)[0])
              for p in inside if p.stated is not None]  # fmt: skip
        for p in inside:
            if p.first < p.last:
                ends = at(panel, f"side-{p.side}-reading", 1)
                up += [(timeline.up.place(p.first), max(ends))]
                up += [(timeline.up.place(p.last), min(ends))]
        assert len({place for place, _ in up}) == 1 or straight(up)


def panels(root: ElementTree.Element) -> list[ElementTree.Element]:
    return [each for each in root.iter(f"{SVG}g") if re.match(r"axes_\d", each.get("id", ""))]


def test_by_date_many_sources_stand_in_plots_of_few_those_of_a_camp_together() -> None:
    told = [(f"Agency {n:02}", f"{1000 + 500 * (n % 3)}", "2024-05-01") for n in range(40)]
    timeline = over_time("Here", compared(*told))
    root = drawn(timeline)
    camps = []
    for panel in panels(root):
        inside = [
            line.points[0].camp
            for line in timeline.lines
            if f"side-{line.points[0].side}-stated" in names(panel)
        ]
        assert len(inside) <= 9
        camps.append(set(inside))
    assert camps == [{0}, {0}, {1}, {1}, {2}, {2}]
    said = words(root)
    assert "camp 2: 1,500, 13 sources (1 of 2)" in said
    assert sum("Agency" in each for each in said) == 40


@pytest.mark.parametrize(
    ("said", "unit", "inside"),
    [("at most 30", "", True), ("at most 30 °C", "°C", False)],
)
def test_no_arrow_of_a_count_goes_below_zero(said: str, unit: str, inside: bool) -> None:
    picture = draw("Here", compared(("A", said, "2024"), ("B", f"900 {unit}", "2024")))
    root = drawn(picture)
    low = min(at(root, "side-0-open"))
    (axis,) = (g for g in root.iter(f"{SVG}g") if g.get("id") == "xtick_1")
    zero = float(next(axis.iter(f"{SVG}use")).get("x", "nan"))
    assert picture.axis.low == 0
    assert (low >= zero - 0.5) is inside


def marker(root: ElementTree.Element, side: int) -> tuple[ElementTree.Element, str]:
    """The outline of a side's mark, which alike marks share, and the style of both."""
    mark = next(g for g in root.iter(f"{SVG}g") if g.get("id") == f"side-{side}-stated")
    use = next(mark.iter(f"{SVG}use"))
    (name,) = (value[1:] for key, value in use.attrib.items() if key.endswith("href"))
    path = next(each for each in root.iter(f"{SVG}path") if each.get("id") == name)
    return path, use.get("style", "") + path.get("style", "")


def shapes(root: ElementTree.Element, picture: Picture) -> dict[str, tuple[bool, int, bool]]:
    """Of each source's mark: whether it is round, how many lines it has, whether it is filled."""
    found = {}
    for bar in picture.bars:
        path, style = marker(root, bar.side)
        outline = path.get("d", "")
        found[bar.source] = ("C" in outline, outline.count("L"), "fill: #ffffff" not in style)
    return found


def test_a_sum_of_parts_is_a_diamond_and_an_estimate_hollow() -> None:
    claims = [
        *importing.claims("Here", ["about 300 killed", "2,700 injured"], source="A", as_of="2024"),
        *importing.claims("Here", ["9,000 casualties"], source="B", as_of="2024"),
        *importing.claims("Here", ["about 3,000 casualties"], source="C", as_of="2024"),
    ]
    (made,) = (m for m in compare(claims).subjects[0].measures if m.measure == "casualties")
    picture = draw("Here", made)
    root = drawn(picture)
    found = shapes(root, picture)
    assert found["A"] == (False, 3, False)
    assert [found[who][2] for who in "BC"] == [True, False]
    told = set(words(root))
    assert {"a sum with parts that are not exact", "exact", "about, or an open end"} <= told
    assert "a sum of its parts" not in told


CAMPED = [("A", "47", "2024"), ("B", "about 50", "2024"), ("C", "80 to 100, best 85", "2024"),
          ("D", "90", "2024"), ("E", "at least 41", "2024")]  # fmt: skip


def camped() -> MeasureComparison:
    """Figures in two camps, and one that nobody contradicts."""
    made = compared(*CAMPED)
    place = {side.source: n for n, side in enumerate(made.sides)}
    camps = (
        Camp(Decimal(47), Decimal(50), ("A", "B"), 2, (place["A"], place["B"])),
        Camp(Decimal(80), Decimal(100), ("C", "D"), 2, (place["C"], place["D"])),
    )
    return replace(made, camps=camps, uncontested=(place["E"],))


def test_camps_stand_together_and_are_told_by_colour_and_by_number() -> None:
    picture = draw("Here", camped())
    assert [bar.camp for bar in picture.bars] == [0, 0, 1, 1, None]
    root = drawn(picture)
    assert {"camp 1: 47 to about 50, 2 sources", "camp 2: 80 to 100, 2 sources"} <= set(words(root))
    assert [words(root).count(camp) for camp in "12"] == [2, 2]
    assert {each[0] for each in shapes(root, picture).values()} == {True}
    colors = {}
    for bar in picture.bars:
        _, style = marker(root, bar.side)
        colors[bar.source] = re.findall(r"stroke: (#\w+)", style)[:1]
    assert colors["A"] == colors["B"]
    assert len({str(colors[who]) for who in "ADE"}) == 3


def test_no_verdict_and_no_policy_unless_asked() -> None:
    made = compared(*STORY)
    for picture in (draw("Here", made), over_time("Here", made)):
        plain = " ".join(words(drawn(picture)))
        assert "conflict" not in plain.lower()
        assert "!" not in plain
        root = drawn(picture, FigureOptions(judged=True, policy="policy default"))
        assert "CONFLICT" in " ".join(words(root))
        assert words(root)[-1] == "policy default"
        assert ("in a conflict" in words(root)) == isinstance(picture, Timeline)  # its ring
    assert any(name.endswith("-conflict") for name in names(root))


def test_a_title_a_credit_and_no_legend() -> None:
    picture = draw("Here", compared(*STORY))
    text = words(drawn(picture, FigureOptions("Troops", "Graphic: A. Person", legend=False)))
    assert (text[0], text[-1]) == ("Troops", "Graphic: A. Person") or "Troops" in text
    assert "Graphic: A. Person" in text
    assert "exact" not in text
    assert "Here: killed" not in text
    several = figure([picture, picture], "svg", FigureOptions("Troops")).decode()
    assert several.count(">Here: killed<") == 2
    assert ">Troops</text>" in several


def test_a_title_of_ones_own_keeps_the_unit() -> None:
    picture = draw("Here", compared(("A", "5 km", None), ("B", "9 km", None)))
    assert "Troops (km)" in words(drawn(picture, FigureOptions("Troops")))
    assert "Troops in km" in words(drawn(picture, FigureOptions("Troops in km")))


def test_by_date_revisions_and_what_is_undated_are_told() -> None:
    made = compared(
        ("A", "400", "2024-01"), ("A", "300", "2024-02"), ("B", "at least 350", "2024-01"),
        ("B", "at most 5", "2024-03"), ("C", "several", None),
    )  # fmt: skip
    text = " ".join(words(drawn(over_time("Here", made))))
    assert "revised" in text
    assert "1 undated not drawn" in text
    assert "no upper end stated" in text
    assert "no lower end stated" in text


def test_by_date_figures_in_one_place_are_counted() -> None:
    timeline = over_time("Here", compared(*((who, "250", "2024-01") for who in "ABC")))
    assert {"×2", "×3"} <= set(words(drawn(timeline)))


def test_measured_figures_are_drawn_at_one_standard_error() -> None:
    made = compared(("A", "10 ± 1 m", "2020"), ("B", "14 ± 2 m", "2021"), measure="length")
    picture = draw("Rod", made)
    assert [(bar.first, bar.last) for bar in picture.bars] in ([(9, 11), (12, 16)],
                                                               [(12, 16), (9, 11)])  # fmt: skip
    assert "± one sigma" in words(drawn(picture))


def test_an_outlier_stands_at_the_end_of_the_axis_and_is_told() -> None:
    told = [(who, str(300 + n), "2024-01") for n, who in enumerate("ABCD")]
    made = compared(*told, ("E", "88000", "2024-01"))
    picture = draw("Here", made)
    assert picture.axis.high < 400
    root = drawn(picture)
    (side,) = (bar.side for bar in picture.bars if bar.source == "E")
    assert f"side-{side}-open" in names(root)
    assert "E: 88,000 (2024-01)" in " ".join(words(root))


@pytest.mark.slow
def test_each_mark_has_its_own_name_in_a_file_of_several_pictures() -> None:
    picture = draw("Here", compared(*STORY))
    svg = figure([picture, picture], "svg").decode()
    found = re.findall(r' id="([^"]+)"', svg)
    assert len(found) == len(set(found))
    assert "picture-2-side-0-stated" in found


@pytest.mark.slow
def test_the_file_has_a_title() -> None:
    made = compared(*STORY, subject="Troops <in> \u202e서울")
    picture = draw("Troops <in> \u202e서울", made)
    assert "Troops &lt;in&gt; &lt;U+202E&gt; 서울".replace("&gt; 서울", "&gt;서울") in (
        figure([picture], "svg").decode()
    )
    for shape in ("png", "pdf"):
        assert b"Title" in figure([picture], shape)


def test_no_label_goes_beyond_the_sheet() -> None:
    told = (("A", "700 trillion", "2024-01"), ("B", "900 trillion", "2024-02"))
    small = (("A", "0", "2024-01"), ("B", "5", "2024-01"))
    for made in (compared(*told), compared(*small)):
        for picture in (draw("Here", made), over_time("Here", made)):
            root = drawn(picture)
            end = float(root.get("width", "").removesuffix("pt"))
            ticks = [g for g in root.iter(f"{SVG}g") if g.get("id", "").startswith("xtick")]
            for text in (next(tick.iter(f"{SVG}text")) for tick in ticks):
                half = 2.35 * len("".join(text.itertext()))
                assert half < float(text.get("x", "nan")) < end - half


def test_a_picture_without_bars_is_words() -> None:
    picture = replace(draw("Here", compared(*STORY)), bars=(), left_out=2)
    root = drawn(picture)
    assert words(root)[0] == "Here: killed"
    assert words(root)[-1] == "2 in another unit not drawn"
    assert not any(name.startswith(("axes", "side")) for name in names(root))


def test_text_is_text_and_the_same_figure_is_the_same_file() -> None:
    picture = draw("Here", compared(*STORY))
    assert figure([picture], "svg") == figure([picture], "svg")
    text = words(drawn(picture))
    for line in ("Here: killed", "Kyiv", "4,000, 2025-01-12"):
        assert line in text


@pytest.mark.slow
@pytest.mark.parametrize(("format_", "begins"), [("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_other_formats(format_: str, begins: bytes) -> None:
    made = compared(*STORY)
    for pictures in ([draw("Here", made)], [over_time("Here", made)]):
        file = figure(pictures, format_)
        assert file.startswith(begins)
        assert file == figure(pictures, format_)
        assert b"CreationDate" not in file


@pytest.mark.slow
def test_words_are_literal_and_signs_without_a_font_do_no_harm() -> None:
    hostile = "$\\frac{1}{0}$ <b> & 서울 \u202e العربية"
    made = compared((hostile, "at most 3 m", "2024"), ("B" * 90, "at least 9 m", "2024-02"))
    for picture in (draw(hostile, made), over_time(hostile, made)):
        text = " ".join(words(drawn(picture)))
        assert text.count("$\\frac{1}{0}$ <b> &") == 2
        assert "\u202e" not in text
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert figure([picture], "png")


def test_labels_of_an_axis_do_not_touch() -> None:
    for picture in (draw("Here", compared(*MANY)), over_time("Here", compared(*MANY))):
        root = panels(drawn(picture))[0]
        ticks = [each for each in root.iter(f"{SVG}g") if each.get("id", "").startswith("xtick")]
        labels = [next(tick.iter(f"{SVG}text")) for tick in ticks]
        places = [float(label.get("x", "nan")) for label in labels]
        sizes = [4.6 * len("".join(label.itertext())) for label in labels]
        assert len(labels) >= 3
        for (one, other), (size, next_size) in zip(pairwise(places), pairwise(sizes), strict=True):
            assert other - one > (size + next_size) / 2


def test_a_figure_grows_with_its_sources() -> None:
    def height(how_many: int) -> float:
        root = drawn(draw("Here", compared(*MANY[:how_many])))
        return float(root.get("height", "").removesuffix("pt"))

    assert height(2) < 200
    assert height(40) > 15 * height(2) / 2


@pytest.mark.slow
def test_a_very_tall_figure_is_less_sharp_but_drawn() -> None:
    told = [(f"S{n} {'word ' * 40}", str(n + 1), "2024") for n in range(200)]
    assert figure([draw("Here", compared(*told, limit=5))], "png").startswith(b"\x89PNG")


def test_nothing_to_draw_is_a_figure_that_says_so() -> None:
    empty = over_time("Here", compared(("A", "3", None)))
    assert "1 undated not drawn" in words(drawn(empty))


@pytest.mark.parametrize(("when", "way"), [("1924", "earlier"), ("2124", "later")])
def test_a_figure_dated_off_the_axis_is_an_arrow_and_is_told(when: str, way: str) -> None:
    told = [(f"S{n}", f"{100 + n}", f"2026-05-{n + 1:02}") for n in range(5)]
    picture = over_time("Here", compared(*told, ("Bureau 18", "102", when)))
    root = drawn(picture)
    said = " ".join(words(root))
    assert f"dated {way} than is drawn" in said
    assert f"Bureau 18: 102 ({when})" in said
    outlines = [marker(root, p.side)[0].get("d", "") for line in picture.lines for p in line.points]
    assert sorted("C" in outline for outline in outlines) == [False, True, True, True, True, True]


def test_within_a_camp_the_lowest_stands_first_and_a_lone_source_has_its_heading() -> None:
    told = [("A", "50 ± 3"), ("B", "48 ± 3"), ("C", "46 ± 3"), ("D", "90 ± 3")]
    picture = draw("Here", compared(*((who, said, "2024-01-01") for who, said in told)))
    assert [bar.source for bar in picture.bars] == ["C", "B", "A", "D"]
    assert [heading for heading, _ in groups(picture)] == list(picture.camps)
    alone = draw("Here", compared(("A", "50 ± 3", "2024-01-01"), ("D", "90 ± 3", "2024-01-01")))
    assert [heading for heading, _ in groups(alone)] == ["", ""]
