"""Figures as files: marks stand where the readings are, text is text, words are literal."""

from __future__ import annotations

import builtins
import re
import warnings
from dataclasses import replace
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factlog import compare, importing
from factlog.errors import UsageError
from factlog.render.charts.axis import Picture, Timeline
from factlog.render.charts.figure import figure
from factlog.render.charts.figure_layout import wrapped
from factlog.render.charts.model import draw, over_time
from support.charts import STORY, compared

SVG = "{http://www.w3.org/2000/svg}"
MANY = [
    (f"Observatory of the {n}th district", f"{'about ' * (n % 2)}{10 ** (n % 8)}",
     f"2024-{n % 12 + 1:02}") for n in range(40)
]  # fmt: skip


def drawn(picture: Picture | Timeline, note: str = "") -> ElementTree.Element:
    pictures: Any = [picture]
    return ElementTree.fromstring(figure(pictures, "svg", note))


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
        if bar.low != bar.high:
            ends = at(root, f"side-{bar.side}-reading")
            low = picture.axis.low if bar.low is None else bar.low
            high = picture.axis.high if bar.high is None else bar.high
            places += [(picture.axis.place(low), min(ends)), (picture.axis.place(high), max(ends))]
        assert (f"side-{bar.side}-open" in names(root)) == (None in (bar.low, bar.high))
    assert straight(places)


@pytest.mark.parametrize("told", [STORY, MANY])
def test_by_date_marks_stand_at_their_dates_and_values(
    told: list[tuple[str, str, str | None]],
) -> None:
    timeline = over_time("Here", compared(*told))
    root = drawn(timeline)
    points = [point for line in timeline.lines for point in line.points]
    assert straight([(p.day, at(root, f"side-{p.side}-stated")[0]) for p in points])
    up = [(timeline.up.place(p.stated), at(root, f"side-{p.side}-stated", 1)[0])
          for p in points if p.stated is not None]  # fmt: skip
    for p in points:
        if p.low is not None and p.high is not None and p.low < p.high:
            ends = at(root, f"side-{p.side}-reading", 1)
            up += [(timeline.up.place(p.low), max(ends)), (timeline.up.place(p.high), min(ends))]
    assert straight(up)


def test_a_sum_of_parts_is_a_diamond_and_a_bare_conflict_a_cross() -> None:
    claims = [
        *importing.claims("Here", ["about 300 killed", "2,700 injured"], source="A", as_of="2024"),
        *importing.claims("Here", ["9,000 casualties"], source="B", as_of="2024"),
        *importing.claims("Here", ["about 3,000 casualties"], source="C", as_of="2024"),
    ]
    (made,) = (m for m in compare(claims).subjects[0].measures if m.measure == "casualties")
    picture = draw("Here", made)
    root = drawn(picture)
    shapes = {}
    for bar in picture.bars:
        mark = next(g for g in root.iter(f"{SVG}g") if g.get("id") == f"side-{bar.side}-stated")
        path = next(mark.iter(f"{SVG}path")).get("d", "")
        shapes[bar.source] = ("C" in path, path.count("L"))
    assert shapes == {"A": (False, 3), "B": (False, 11), "C": (True, 0)}
    assert "◆ the sum of its parts" in " ".join(words(root))


def test_by_date_conflicts_are_ringed_and_revisions_marked() -> None:
    made = compared(
        ("A", "400", "2024-01"), ("A", "300", "2024-02"), ("B", "at least 350", "2024-01"),
        ("B", "at most 5", "2024-03"), ("C", "several", None),
    )  # fmt: skip
    timeline = over_time("Here", made)
    root = drawn(timeline)
    for point in (point for line in timeline.lines for point in line.points):
        clash = point.verdict is not None and point.verdict.severity == 0
        assert (f"side-{point.side}-conflict" in names(root)) == clash
        assert (f"side-{point.side}-revised" in names(root)) == point.revised
    text = " ".join(words(root))
    assert "white centre: revises an earlier figure" in text
    assert "1 undated not drawn" in text
    assert "↑" in text


def test_by_date_figures_in_one_place_are_all_seen() -> None:
    timeline = over_time("Here", compared(*((who, "250", "2024-01") for who in "ABC")))
    root = drawn(timeline)
    wide = []
    for side in (line.points[0].side for line in timeline.lines):
        mark = next(g for g in root.iter(f"{SVG}g") if g.get("id") == f"side-{side}-stated")
        shape = next(next(mark.iter(f"{SVG}defs")).iter(f"{SVG}path")).get("d", "")
        corners = [float(x) for x in re.findall(r"-?[\d.]+", shape)[::2]]
        wide.append(max(corners) - min(corners))
    assert wide == sorted(wide, reverse=True)
    assert min(one - other for one, other in pairwise(wide)) > 2
    assert words(root).count("×3") == 1
    assert "×2: that many figures, one in another" in words(root)


@pytest.mark.parametrize("low", ["400", "2"])
def test_down_to_zero_is_told_where_the_axis_has_no_zero(low: str) -> None:
    made = compared(("A", low, "2024-01"), ("B", "at most 5", "2024-02"), ("C", "1000", "2024-02"))
    timeline, picture = over_time("Here", made), draw("Here", made)
    (side,) = (bar.side for bar in picture.bars if bar.source == "B")
    root = drawn(timeline)
    ends = at(root, f"side-{side}-reading", 1)
    assert max(ends) - min(ends) > 10
    assert at(root, f"side-{side}-below", 1)[0] == pytest.approx(max(ends))
    assert "▼ down to zero" in " ".join(words(root))
    bar = at(drawn(picture), f"side-{side}-reading")
    assert max(bar) - min(bar) > 10


def test_at_most_the_least_makes_no_axis_logarithmic() -> None:
    made = compared(("A", "at most 10", "2024-01"), ("B", "800", "2024-02"))
    assert not draw("Here", made).axis.log


def test_each_mark_has_its_own_name_in_a_file_of_several_pictures() -> None:
    picture = draw("Here", compared(*STORY))
    svg = figure([picture, picture], "svg").decode()
    found = re.findall(r' id="([^"]+)"', svg)
    assert len(found) == len(set(found))
    assert "picture-2-side-0-stated" in found


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


def test_a_line_written_from_the_right_begins_at_the_left() -> None:
    text = words(drawn(draw("Here", compared(("العربية", "3", "2024"), ("B", "4", "2024")))))
    assert "\u200e! العربية" in text
    assert "! B" in text


def test_a_picture_without_bars_is_words() -> None:
    picture = replace(draw("Here", compared(*STORY)), bars=(), left_out=2)
    root = drawn(picture)
    assert words(root)[0] == "Here: killed"
    assert words(root)[-1] == "2 in another unit not drawn"
    assert not any(name.startswith(("axes", "side")) for name in names(root))


def test_text_is_text_and_the_same_figure_is_the_same_file() -> None:
    picture = draw("Here", compared(*STORY))
    assert figure([picture], "svg") == figure([picture], "svg")
    text = words(drawn(picture, "policy default"))
    for line in ("Here: killed", "! Kyiv", "4,000, 2025-01-12", "CONFLICT: 2 of 3 figures"):
        assert line in text
    assert "✖, hatched, !: in a conflict" in " ".join(text)
    assert text[-1] == "policy default"


@pytest.mark.parametrize(("format_", "begins"), [("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_other_formats(format_: str, begins: bytes) -> None:
    made = compared(*STORY)
    for pictures in ([draw("Here", made)], [over_time("Here", made)]):
        file = figure(pictures, format_)
        assert file.startswith(begins)
        assert file == figure(pictures, format_)
        assert b"CreationDate" not in file


def test_words_are_literal_and_signs_without_a_font_do_no_harm() -> None:
    hostile = "$\\frac{1}{0}$ <b> & 서울 \u202e العربية"
    made = compared((hostile, "at most 3 m", "2024"), ("B" * 90, "at least 9 m", "2024-02"))
    for picture in (draw(hostile, made), over_time(hostile, made)):
        text = " ".join(words(drawn(picture)))
        assert text.count("$\\frac{1}{0}$ <b> &") == 2
        assert "\u202e" not in text
        pictures: Any = [picture]
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert figure(pictures, "png")


def test_labels_of_an_axis_do_not_touch() -> None:
    for picture in (draw("Here", compared(*MANY)), over_time("Here", compared(*MANY))):
        root = drawn(picture)
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


@given(st.text(max_size=80), st.floats(0.3, 5))
@settings(max_examples=150)
def test_wrapped_words_fit_and_none_is_lost(text: str, width: float) -> None:
    def measure(text: str, size: float) -> float:
        return len(text) * size / 100

    from factlog.render.display import safe

    lines = wrapped(text, width, 9, measure)
    assert all(measure(line, 9) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == safe(text).replace(" ", "")


def test_without_matplotlib_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.split(".")[0] == "matplotlib":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError, match="drawn by matplotlib") as refused:
        figure([draw("Here", compared(*STORY))], "svg")
    assert "charts" in refused.value.remedy
