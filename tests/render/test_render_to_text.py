from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from factlog.claim import Hedge
from factlog.decision import Decision, DecisionKind
from factlog.findings import (
    Comparison,
    Counts,
    Finding,
    MeasureComparison,
    SubjectComparison,
    Verdict,
)
from factlog.policy import POLICIES, Interval, Kind, Policy
from factlog.render import FORMATS, Look, summary, to_text
from factlog.render.display import cells
from support.comparisons import (
    BEFORE,
    HOSTILE,
    JANUARY,
    KYIV,
    SEOUL,
    about,
    comparison_of,
    founding,
    hostile,
    many_sources,
)

WHY = (
    "Volodymyr Zelenskyy's about 4,000 (by 2025-01-12) is higher and earlier than\n"
    "  South Korean intelligence's 3,000 (2025-01-13), and a running total cannot\n"
    "  fall: they agree only if both are off by 14.3% or more"
)

ACROSS = f"""\
North Korean troops in Russia

measure     South Korean intelligence    Volodymyr Zelenskyy  verdict
────────────────────────────────────────────────────────────────────────────────
casualties  ! about 3,000 = killed       ! about 4,000 [3]    CONFLICT backwards
            around 300 + injured around  by 2025-01-12        ratio 1.33
            2,700 [claims 1, 2]          via NBC News         break-even 14.3%
            2025-01-13
            via NBC News

injured     around 2,700 [2]                                  one source
            2025-01-13
            via NBC News

killed      around 300 [1]                                    one source
            2025-01-13
            via NBC News

casualties: CONFLICT backwards, gap 1,000, ratio 1.33, break-even 14.3%
  {WHY}

policy default: about = ±10%, tolerance 1%, ± = 2 standard errors, levels within
30 days
1 conflict in 1 pair; 2 measures have one source
"""

STACKED = """\
North Korean troops in Russia

casualties: CONFLICT backwards, ratio 1.33,
break-even 14.3%
! South Korean intelligence: about 3,000 = killed
    around 300 + injured around 2,700 [claims 1,
    2]
    2025-01-13, via NBC News
! Volodymyr Zelenskyy: about 4,000 [3]
    by 2025-01-12, via NBC News

casualties: CONFLICT backwards, gap 1,000, ratio
1.33, break-even 14.3%
  Volodymyr Zelenskyy's about 4,000 (by
  2025-01-12) is higher and earlier than South
  Korean intelligence's 3,000 (2025-01-13), and a
  running total cannot fall: they agree only if
  both are off by 14.3% or more

injured: one source
  South Korean intelligence: around 2,700 [2]
    2025-01-13, via NBC News

killed: one source
  South Korean intelligence: around 300 [1]
    2025-01-13, via NBC News

policy default: about = ±10%, tolerance 1%, ± = 2
standard errors, levels within 30 days
1 conflict in 1 pair; 2 measures have one source
"""

SIX_SOURCES = """\
A subject

killed: CONFLICT disjoint, ratio 2, break-even 33.4%
source            said  claim  as of       via
───────────────────────────────────────────────────
Source 1  ! around 100      1  2025-01-13  NBC News
Source 2  ! around 200      2  2025-01-13  NBC News
Source 3    around 300      3  2025-01-13  NBC News
Source 4    around 400      4  2025-01-13  NBC News
Source 5    around 500      5  2025-01-13  NBC News
Source 6    around 600      6  2025-01-13  NBC News

killed: CONFLICT disjoint, gap 100, ratio 2, break-even 33.4%
  Source 1's around 100 and Source 2's around 200 cannot both be right

policy default: about = ±10%, tolerance 1%, ± = 2 standard errors, levels within
30 days
1 conflict in 15 pairs; 14 pairs agree
"""


@pytest.mark.parametrize(
    ("found", "width", "page"),
    [(founding(), 80, ACROSS), (founding(), 50, STACKED), (many_sources(6), 80, SIX_SOURCES)],
)
def test_whole_pages(found: Comparison, width: int, page: str) -> None:
    assert to_text.comparison(found, width=width) == page


@pytest.mark.parametrize("width", [20, 30, 50, 59, 60, 80, 120, 200])
@pytest.mark.parametrize("sources", [1, 2, 5, 6, 40])
def test_nothing_is_cut_and_no_line_is_too_long(sources: int, width: int) -> None:
    page = to_text.comparison(many_sources(sources), width=width)
    flat = " ".join(page.split())
    assert all(f"Source {n}" in flat for n in range(1, sources + 1))
    assert "…" not in page
    assert all(cells(line) <= width for line in page.splitlines())


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("width", [50, 80, 200])
@pytest.mark.parametrize("ascii_only", [False, True])
def test_hostile_words_do_nothing_but_show(text: str, width: int, ascii_only: bool) -> None:
    page = to_text.comparison(hostile(text), width=width, ascii=ascii_only, history=True)
    assert all(sign.isprintable() or sign in "\n\u00a0" for sign in page)
    assert all(cells(line) <= width for line in page.splitlines())
    assert page.isascii() or not ascii_only
    if text.isascii() and text.isprintable():
        assert text.replace(" ", "") in "".join(page.split())


def test_colour_is_never_the_only_sign() -> None:
    colored = to_text.comparison(founding(), color=True)
    assert "\x1b[1;31mCONFLICT backwards\x1b[0m" in colored
    plain = re.sub(r"\x1b\[[0-9;]*m", "", colored)
    assert [line.rstrip() for line in plain.splitlines()] == ACROSS.splitlines()


def test_a_disputed_figure_is_red_its_ids_dim_and_its_words_a_link() -> None:
    (measure,) = many_sources(2).subjects[0].measures
    one, other = measure.sides
    urls = (replace(one, url="https://example.org/a"), replace(other, url="javascript:alert(1)"))
    found = comparison_of(replace(measure, sides=urls))
    page = "".join(FORMATS["table"]([found], Look(color=True, full=True)))
    assert "\x1b[1;31m! around 200\x1b[0m \x1b[2m[2]\x1b[0m" in page
    assert "\x1b]8;" not in page
    linked = "".join(FORMATS["table"]([found], Look(color=True, links=True, full=True)))
    assert "javascript" not in linked
    assert re.search(
        r"\x1b]8;id=\d+;https://example.org/a\x1b\\\x1b\[1;31m! around 100\x1b\[0m\x1b]8;;\x1b\\",
        linked,
    )


def earlier_figures() -> Comparison:
    """One source with an earlier figure and two current ones."""
    sides = (
        about("deployed", KYIV, 3000, 1, current=False, as_of=BEFORE),
        about("deployed", KYIV, 12000, 2, as_of=JANUARY, via=None),
        about("deployed", KYIV, 10000, 3, scope="Kursk", origin="General Staff", via=None),
        about("soldiers deployed", SEOUL, 1, 4),
    )
    return comparison_of(
        MeasureComparison(
            "deployed", None, Kind.LEVEL, Verdict.SINGLE, 1, sides, (), Counts(single=1)
        )
    )


def test_earlier_figures_are_counted_and_shown_when_asked() -> None:
    page = to_text.comparison(earlier_figures(), width=80)
    assert page.startswith(
        """\
A subject

measure   Volodymyr Zelenskyy   verdict
──────────────────────────────────────────
deployed  around 12,000 [2]     one source
          2025-01-13
          around 10,000 [3]
          undated
          scope: Kursk
          citing General Staff
          +1 earlier
"""
    )
    history = to_text.comparison(earlier_figures(), width=80, history=True)
    assert "around 3,000 [1]" in history
    assert "earlier" not in history


def test_stacked_figures_keep_scope_origin_and_count() -> None:
    page = to_text.comparison(earlier_figures(), width=50)
    assert page.startswith(
        """\
A subject

deployed: one source
  Volodymyr Zelenskyy: around 12,000 [2]
    2025-01-13
  Volodymyr Zelenskyy, citing General Staff:
    around 10,000 [3]
    undated, +1 earlier, scope: Kursk
"""
    )


def findings(*verdicts: Verdict) -> Comparison:
    """A measure with one finding of each of these verdicts, and more conflicts than those."""
    sides = (about("", "A", 1, 1, unit="m"), about("", "B", 2, 2, unit="m"))
    found = tuple(
        Finding(verdict, None, (0, 1), Decimal(0), None, None, f"reason {place}")
        for place, verdict in enumerate(verdicts)
    )
    return comparison_of(
        MeasureComparison(
            "", "m", Kind.LEVEL, verdicts[0], 2, sides, found, Counts(conflict=5, agree=9)
        )
    )


def test_milder_verdicts_are_spelled_out_a_few_times() -> None:
    page = to_text.comparison(findings(Verdict.CONFLICT, *[Verdict.AGREE] * 5), width=80)
    assert [f"reason {n}" in page for n in range(6)] == [True] * 4 + [False] * 2
    assert "\n4 more conflicts; --limit spells out more\n" in page
    alone = to_text.comparison(findings(*[Verdict.AGREE] * 5), width=80)
    assert "reason 4" in alone
    assert "more conflicts" not in alone


def test_a_figure_in_another_unit_is_shown_in_both() -> None:
    first = about("distance", "A", 1, 1, said="1.6 miles", hedge=Hedge.EXACT, unit="km")
    miles = replace(first, best=Decimal("2.574944"), unit_given="mile", unit_said="miles")
    plain = replace(
        miles, source="B", said="2.5", best=Decimal("2.5"), unit_given=None, unit_said=None
    )
    feet = replace(plain, source="C", said="2", best=Decimal("0.6096"), unit_given="ft")
    other = replace(plain, source="D", said="3", best=Decimal(3), unit="tonne")
    named = replace(other, source="E", said="3 t", unit_said="t")
    measure = MeasureComparison(
        "distance",
        "km",
        Kind.CONSTANT,
        Verdict.SINGLE,
        5,
        (miles, plain, feet, other, named),
        (),
        Counts(unit=1),
    )
    page = to_text.comparison(comparison_of(measure), width=50)
    assert "distance (km): one source" in page
    assert "A: 1.6 miles (2.575 km) [1]" in page
    assert "B: 2.5 [1]" in page
    assert "C: 2 ft (0.6096 km) [1]" in page
    assert "D: 3 tonne [1]" in page
    assert "E: 3 t [1]" in page


def test_a_date_of_figures_is_none_of_logging() -> None:
    page = to_text.comparison(replace(founding(), as_of=JANUARY))
    assert "\nfigures dated up to 2025-01-13, whenever they were logged\n" in page


def test_a_date_of_figures_leaves_decisions_as_they_are() -> None:
    found = founding().subjects[0]
    kept = Decision(found.subject, found.measures[0].measure, DecisionKind.PENDING, "x", "Ada")
    decided = comparison_of(replace(found.measures[0], decision=kept))
    told = summary.extent(replace(decided, as_of=JANUARY))
    assert told.endswith(", whenever they were logged; decisions as they are now")


def test_several_subjects_share_one_policy_line() -> None:
    one = founding()
    two = Comparison(Policy(), None, (*one.subjects, SubjectComparison("Other", ())))
    page = to_text.comparison(two)
    assert page.count("policy default") == 1
    assert "\nOther\n" in page


@pytest.mark.parametrize(
    ("name", "line"),
    [
        (
            "default",
            "policy default: about = ±10%, tolerance 1%, ± = 2 standard errors, "
            "levels within 30 days",
        ),
        (
            "strict",
            "policy strict: about = exactly, tolerance 0%, ± = 2 standard errors, "
            "levels within 30 days",
        ),
        (
            "digits",
            "policy digits: about = half a unit of the last digit, tolerance 1%, "
            "± = 2 standard errors, levels within 30 days",
        ),
    ],
)
def test_policy_in_words(name: str, line: str) -> None:
    assert summary.policy(POLICIES[name]) == line


@pytest.mark.parametrize(
    ("counts", "line"),
    [
        (Counts(), "no pairs to compare"),
        (Counts(agree=1), "no conflicts in 1 pair; 1 pair agrees"),
        (
            Counts(conflict=58, agree=297, near=13, growth=1732, single=3, stale=12),
            "58 conflicts in 2,100 pairs; 13 pairs are near; 1,732 pairs can be growth; "
            "297 pairs agree; 3 measures have one source; 12 pairs too far apart in time",
        ),
        (
            Counts(conflict=1, self=1, sum=2, part=1, agree=3),
            "5 conflicts: 1 in 4 pairs, 1 within one source, 2 of a whole with its own parts, "
            "1 of a part with another source's whole; 3 pairs agree",
        ),
        (Counts(self=2, single=1), "2 conflicts: 2 within one source; 1 measure has one source"),
        (
            Counts(sum=1, agree=1),
            "1 conflict: 1 of a whole with its own parts, none in 1 pair; 1 pair agrees",
        ),
        (
            Counts(echo=2, revised=1, scope=1, unit=4),
            "no conflicts in 2 pairs; 1 figure was revised by its source; "
            "2 pairs go back to one origin; 1 pair differs in scope; 4 pairs differ in unit",
        ),
    ],
)
def test_the_summary_in_words(counts: Counts, line: str) -> None:
    measure = MeasureComparison("m", None, Kind.LEVEL, Verdict.AGREE, 1, (), (), counts)
    assert summary.summary(comparison_of(measure)) == line


@pytest.mark.parametrize(
    ("verdict", "kind", "shown"),
    [
        (Verdict.CONFLICT, "self", "CONFLICT self"),
        (Verdict.CONFLICT, None, "CONFLICT"),
        (Verdict.REVISED, "down", "revised down"),
        (Verdict.GROWTH, None, "growth"),
        (Verdict.NOT_COMPARED, "unit", "not compared: unit"),
        (Verdict.NOT_COMPARED, None, "not compared"),
        (Verdict.SINGLE, None, "one source"),
    ],
)
def test_verdicts_in_words(verdict: Verdict, kind: str | None, shown: str) -> None:
    assert summary.verdict(verdict, kind) == shown


def test_the_alarm_names_what_new_claims_conflict_with() -> None:
    assert to_text.alarm(founding(), {3}) == (
        f"casualties: CONFLICT backwards, gap 1,000, ratio 1.33, break-even 14.3%\n  {WHY}\n"
    )
    assert to_text.alarm(founding(), {99}) == ""
    nameless = findings(Verdict.CONFLICT, Verdict.AGREE)
    assert to_text.alarm(nameless, {1}, Look(color=True)) == (
        "\x1b[1;31mCONFLICT\x1b[0m\n  reason 0\n"
    )


def test_a_gap_is_told_in_the_unit_of_its_two_figures() -> None:
    length = about("", "A", 3, 3, said="3 km", hedge=Hedge.EXACT, unit="kilometre")
    warm = replace(length, source="B", said="7 °C", best=Decimal(7), unit="degC", claims=(2,))
    cold = replace(warm, source="C", said="12 °C", best=Decimal(12), claims=(3,))
    apart = Finding(Verdict.CONFLICT, "disjoint", (1, 2), Decimal(5), None, None, WHY)
    measure = MeasureComparison(
        "", "kilometre", Kind.CONSTANT, Verdict.CONFLICT, 3, (length, warm, cold), (apart,),
        Counts(conflict=1),
    )  # fmt: skip
    assert to_text.alarm(comparison_of(measure), {3}).startswith("CONFLICT disjoint, gap 5 °C\n")


def test_an_open_reading_never_breaks_a_page() -> None:
    side = about("m", "A", 1, 1, reading=Interval(None, None), as_of=None)
    measure = MeasureComparison(
        "m", None, Kind.LEVEL, Verdict.SINGLE, 1, (side,), (), Counts(single=1)
    )
    assert "undated" in to_text.comparison(comparison_of(measure))
