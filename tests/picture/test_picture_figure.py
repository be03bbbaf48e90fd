"""Figures as files: marks stand where the readings are, text is text, words are literal."""

from __future__ import annotations

import builtins
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from picture_making import STORY, compared

from factlog.errors import UsageError
from factlog.render.picture import draw, over_time
from factlog.render.picture.to_figure import figure

SVG = "{http://www.w3.org/2000/svg}"


def drawn(svg: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def at(root: ElementTree.Element, name: str) -> list[float]:
    """The x of everything drawn under a name: of marks, or of the corners of a bar."""
    found = next(each for each in root.iter(f"{SVG}g") if each.get("id") == name)
    marks = [float(use.get("x", "nan")) for use in found.iter(f"{SVG}use")]
    paths = [path.get("d", "") for path in found.iter(f"{SVG}path") if not marks]
    return marks + [float(x) for path in paths for x in re.findall(r"[ML] ?(-?[\d.]+) ", path)]


def test_marks_of_the_svg_stand_where_the_readings_are() -> None:
    picture = draw("Here", compared(*STORY))
    root = drawn(figure([picture], "svg"))
    places = [(picture.axis.place(bar.stated or 0), at(root, f"side-{bar.side}-stated")[0])
              for bar in picture.bars]  # fmt: skip
    (p0, x0), (p1, x1) = min(places), max(places)
    scale = (x1 - x0) / (p1 - p0)
    for bar, (place, x) in zip(picture.bars, places, strict=True):
        assert x == pytest.approx(x0 + (place - p0) * scale, abs=0.5)
        ends = at(root, f"side-{bar.side}-reading")
        low = picture.axis.low if bar.low is None else bar.low
        high = picture.axis.high if bar.high is None else bar.high
        assert min(ends) == pytest.approx(x0 + (picture.axis.place(low) - p0) * scale, abs=0.5)
        assert max(ends) == pytest.approx(x0 + (picture.axis.place(high) - p0) * scale, abs=0.5)


def test_by_date_every_figure_is_there_in_its_order() -> None:
    timeline = over_time("Here", compared(*STORY))
    root = drawn(figure([timeline], "svg"))
    points = [point for line in timeline.lines for point in line.points]
    xs = {point.day: at(root, f"side-{point.side}-stated")[0] for point in points}
    assert [xs[day] for day in sorted(xs)] == sorted(xs.values())
    assert len(points) == 4


def test_text_is_text_and_the_same_figure_is_the_same_file() -> None:
    picture = draw("Here", compared(*STORY))
    svg = figure([picture], "svg")
    assert svg == figure([picture], "svg")
    text = "".join(drawn(svg).itertext())
    assert "Here: killed" in text
    assert "Kyiv: 4,000, 2025-01-12" in text
    assert "in a conflict" in text


@pytest.mark.parametrize(("format_", "begins"), [("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_other_formats(format_: str, begins: bytes) -> None:
    made = compared(*STORY)
    assert figure([draw("Here", made)], format_).startswith(begins)
    assert figure([over_time("Here", made)], format_).startswith(begins)


def test_words_are_literal_and_signs_without_a_font_do_no_harm() -> None:
    hostile = "$\\frac{1}{0}$ <b> & 서울 \u202e العربية"
    made = compared((hostile, "at most 3 m", "2024"), ("B" * 90, "at least 9 m", "2024-02"))
    for picture in ([draw(hostile, made)], [over_time(hostile, made)]):
        text = "".join(drawn(figure(picture, "svg")).itertext())
        assert "$\\frac{1}{0}$ <b> &" in text
        assert "\u202e" not in text
        assert figure(picture, "png")


def test_many_sources_and_a_span_of_millions() -> None:
    told = [(f"Agency {n}", f"{10 ** (n % 8)}", f"2024-{n % 12 + 1:02}") for n in range(40)]
    made = compared(*told)
    assert figure([draw("Here", made)], "png")
    assert figure([over_time("Here", made)], "png")


def test_revised_and_undated_figures_are_said() -> None:
    made = compared(("A", "400", "2024-01"), ("A", "300", "2024-02"), ("B", "several", None))
    text = "".join(drawn(figure([over_time("Here", made)], "svg")).itertext())
    assert "revised" in text
    assert "1 undated not drawn" in text


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
