"""Comparisons made by hand for these tests: the founding story and its kin."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from factlog.claim import Hedge, Period
from factlog.findings import (
    Comparison,
    Counts,
    Finding,
    MeasureComparison,
    Side,
    SubjectComparison,
    Verdict,
)
from factlog.policy import Interval, Kind, Policy

SEOUL = "South Korean intelligence"
KYIV = "Volodymyr Zelenskyy"
JANUARY = Period("2025-01-13", date(2025, 1, 13), date(2025, 1, 13))
BEFORE = Period("../2025-01-12", None, date(2025, 1, 12))


def about(measure: str, source: str, best: int, claim: int, **more: object) -> Side:
    """A side that said "around" a number."""
    number = Decimal(best)
    meant = Interval(number * Decimal("0.9"), number * Decimal("1.1"))
    side = Side(
        measure=measure,
        source=source,
        said=f"around {best:,}",
        hedge=Hedge.ABOUT,
        reading=meant,
        stated=Interval(number, number),
        best=number,
        claims=(claim,),
        via="NBC News",
        url="https://www.nbcnews.com",
    )
    return replace(side, **more)  # type: ignore[arg-type]


def founding() -> Comparison:
    """South Korean intelligence against Zelenskyy's earlier, higher figure."""
    killed = about("killed", SEOUL, 300, 1, as_of=JANUARY)
    injured = about("injured", SEOUL, 2700, 2, as_of=JANUARY)
    total = about(
        "casualties",
        SEOUL,
        3000,
        1,
        said="killed around 300 + injured around 2,700",
        claims=(1, 2),
        derived=True,
        as_of=JANUARY,
    )
    higher = about("casualties", KYIV, 4000, 3, said="about 4,000", as_of=BEFORE)
    backwards = Finding(
        Verdict.CONFLICT,
        "backwards",
        (0, 1),
        Decimal(1000),
        Decimal(4) / 3,
        Decimal(1) / 7,
        "Volodymyr Zelenskyy's about 4,000 (by 2025-01-12) is higher and earlier than "
        "South Korean intelligence's 3,000 (2025-01-13), and a running total cannot "
        "fall: they agree only if both are off by 14.3% or more",
    )
    return Comparison(
        Policy(),
        None,
        (
            SubjectComparison(
                "North Korean troops in Russia",
                (
                    MeasureComparison(
                        "casualties",
                        None,
                        Kind.CUMULATIVE,
                        Verdict.CONFLICT,
                        2,
                        (total, higher),
                        (backwards,),
                        Counts(conflict=1),
                    ),
                    _single("injured", injured),
                    _single("killed", killed),
                ),
            ),
        ),
    )


def _single(measure: str, side: Side) -> MeasureComparison:
    return MeasureComparison(
        measure, None, Kind.CUMULATIVE, Verdict.SINGLE, 1, (side,), (), Counts(single=1)
    )


def comparison_of(measure: MeasureComparison, subject: str = "A subject") -> Comparison:
    """A comparison of one measure."""
    return Comparison(Policy(), None, (SubjectComparison(subject, (measure,)),))


def many_sources(number: int) -> Comparison:
    """One measure with this many sources, of which the first two conflict."""
    sides = tuple(
        about("killed", f"Source {place}", 100 * place, place, as_of=JANUARY)
        for place in range(1, number + 1)
    )
    finding = Finding(
        Verdict.CONFLICT,
        "disjoint",
        (0, 1),
        Decimal(100),
        Decimal(2),
        Decimal(1) / 3,
        "Source 1's around 100 and Source 2's around 200 cannot both be right",
    )
    counts = Counts(conflict=1, agree=number * (number - 1) // 2 - 1)
    return comparison_of(
        MeasureComparison(
            "killed",
            None,
            Kind.CUMULATIVE,
            Verdict.CONFLICT,
            number,
            sides,
            (finding,),
            counts,
        )
    )


HOSTILE = (
    "[red]alert[/b] :smile:",
    "\x1b[31mred\x1b]0;title\x07",
    "\u202etxt.exe\u200b",
    "nul\0 tab\t line\n end\r",
    "\x9b31m C1 \x7f",
    "a|b|c",
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "'=1+1",
    '@"quoted", and more',
    "＝1+1",
    "-2+3",
    "{{ 7 * 7 }} {% if %}",
    "[link](javascript:alert(1)) ![x](http://example.org) <b> `code` **b** # h",
    "javascript:alert(1)",
    "& &amp; \\ $x$",
    "\u2028\u2029 lines \ufeff",
    "日本語のソース",
    "averylongword" * 12,
)


def hostile(text: str) -> Comparison:
    """A comparison with one text in every field that holds words."""
    side = about(
        text,
        text,
        3,
        1,
        said=text,
        via=text,
        url=text,
        scope=text,
        origin=text + "x",
        unit=text,
    )
    other = replace(side, source=text + "2", derived=True, claims=(2, 3), current=False)
    finding = Finding(Verdict.CONFLICT, "disjoint", (0, 1), Decimal(1), None, None, text)
    measure = MeasureComparison(
        text,
        text,
        Kind.CONSTANT,
        Verdict.CONFLICT,
        2,
        (side, other),
        (finding,),
        Counts(conflict=1),
    )
    return comparison_of(measure, text)
