"""Who stands where, as a person reads it: camps, what nobody contests, disagreements."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import count
from pathlib import Path

import pytest

from factlog import comparer, importing
from factlog.claim import Claim
from factlog.findings import Comparison
from factlog.importing import read_rows, take_all
from factlog.policy import Kind, Measure
from factlog.render import Look, camps, templates
from factlog.render.display import cells
from factlog.render.stands import stands
from support.comparisons import HOSTILE, hostile

ROOT = Path(__file__).parents[2]

FERRY = """\
Kherrada ferry
killed: CONFLICT, 5 camps, 14 disagreements (1 told, all with --full)
  47           Interior Ministry, 2026-03-13
  52           hospital sources, 2026-03-13
  63           Leila Haddad, officials, 2026-03-13
  71           Red Crescent, 2026-03-13
  80 to 100    Samir Ouali, 2026-03-13
  at least 41  port authority, 2026-03-12, earlier, uncontested
  - Interior Ministry's 47 against Samir Ouali's 80 to 100, both 2026-03-13
missing: CONFLICT, 2 camps, 1 disagreement
  around 40  Leila Haddad, 2026-03-13
  58         coast guard, 2026-03-12
  - Leila Haddad's around 40 (2026-03-13) against coast guard's 58 (2026-03-12)
injured: CONFLICT, 2 camps, 2 disagreements (1 told, all with --full)
  121                          Leila Haddad, 2026-03-13
  more than 130 to nearly 150  port authority, hospital sources, 2026-03-12/13
  - Leila Haddad's 121 against hospital sources' nearly 150, both 2026-03-13
casualties: near: 184 (Leila Haddad); nearly 202 (hospital sources)
one source: bodies recovered 49 (Red Crescent); crew 14 (Meridian Lines); on
  board some 300 (Karim Beldjoudi); passengers 212 (Meridian Lines); rescued 96
  (coast guard); vigil attendance more than 2,000 (police)
policy default: about = ±10%, tolerance 1%, levels within 30 days
17 conflicts in 34 pairs; 1 pair is near; 4 pairs can be growth; 12 pairs agree
"""


@cache
def compared(path: str) -> Comparison:
    with (ROOT / path).open("rb") as file:
        taken = zip(count(1), take_all(read_rows(file)), strict=False)
        return comparer.compare(replace(claim, id=number) for number, claim in taken)


def told(*claims: tuple[str, str, str | None], kind: Kind = Kind.CONSTANT) -> list[str]:
    """The lines for one measure `n` of these: source, value, date."""
    found: list[Claim] = []
    for source, value, when in claims:
        found += importing.claims("S", [f"n={value}"], source=source, as_of=when)
    measures = [Measure("n", kind)]
    return camps.comparison(comparer.compare(found, measures=measures), Look()).splitlines()[1:-3]


def test_a_sum_asked_for_alone_is_told_and_so_are_the_parties_of_a_near_one() -> None:
    asked = comparer.restrict(compared("examples/ferry.csv"), ("casualties",))
    page = " ".join(camps.comparison(asked, Look()).split())
    assert "184 = killed 63 + injured 121 (Leila Haddad, 2026-03-13)" in page
    whole = "hospital sources' nearly 202 (read as 187 to 202; 2026-03-13)"
    assert f"Leila Haddad's 184 (2026-03-13) and {whole}" in page


def test_the_ferry_fits_one_screen() -> None:
    assert camps.comparison(compared("examples/ferry.csv"), Look()) == FERRY


@pytest.mark.parametrize("path", ["seeds/founding.csv", "examples/ferry.csv"])
def test_one_screen_is_24_lines(path: str) -> None:
    assert len(camps.comparison(compared(path), Look()).splitlines()) < 24


def test_the_wider_records_killed_fit_one_screen() -> None:
    killed = comparer.restrict(compared("seeds/record.csv"), ["killed"])
    assert len(camps.comparison(killed, Look()).splitlines()) < 24


@pytest.mark.parametrize("width", [30, 50, 80, 120])
@pytest.mark.parametrize("full", [True, False])
def test_no_line_is_wider_than_the_screen(width: int, full: bool) -> None:
    records = (compared("seeds/record.csv"), compared("examples/ferry.csv"))
    for found in (*records, *map(hostile, HOSTILE)):
        look = Look(width=width, full=full)
        page = camps.lead(found, look) if full else camps.comparison(found, look)
        assert all(cells(line) <= width for line in page.splitlines())
        assert all(sign.isprintable() for line in page.splitlines() for sign in line)


@pytest.mark.parametrize("width", [40, 50, 120, 200])
def test_as_many_disagreements_are_told_on_every_screen(width: int) -> None:
    for found in (compared("seeds/record.csv"), compared("examples/ferry.csv")):
        pages = (camps.comparison(found, Look(width=each)) for each in (80, width))
        usual, other = (page.count("\n  - ") for page in pages)
        assert other == usual


def test_a_word_is_told_with_what_it_stands_for() -> None:
    assert told(("A", "dozens", "2025"), ("B", "3", "2025"))[:3] == [
        "n: CONFLICT, 2 camps, 1 disagreement",
        "  3                  B, 2025",
        "  dozens (24 to 99)  A, 2025",
    ]


def cited(*said: tuple[str, str, str, str], kind: Kind = Kind.CUMULATIVE) -> list[str]:
    """The lines for one measure `n` of these: source, value, date, whom it cites."""
    claims: list[Claim] = []
    for source, value, date, origin in said:
        claims += importing.claims("S", [f"n={value}"], source=source, as_of=date, origin=origin)
    page = camps.comparison(comparer.compare(claims, measures=[Measure("n", kind)]), Look(200))
    return page.splitlines()[1:-3]


DAY, NEXT = "2025-01-01", "2025-01-02"


def test_an_echo_of_other_numbers_says_so() -> None:
    (line,) = cited(("A", "100", DAY, ""), ("B", "300", DAY, "A"))
    assert line == (
        "n: echo, though the numbers differ, 2 sources, 1 origin: "
        f"100 (A, {DAY}); 300 (B, citing A, {DAY})"
    )
    (line,) = cited(("A", "about 300", DAY, ""), ("B", "300", DAY, "A"))
    assert line.startswith("n: echo, 2 sources, 1 origin: ")
    # What a source said before is rightly another number than what is cited now.
    (line,) = cited(("A", "100", DAY, ""), ("A", "300", NEXT, ""), ("B", "300", NEXT, "A"))
    assert line.startswith("n: echo, 2 sources, 1 origin: 300 (A")


def test_echo_is_said_only_of_those_who_hand_a_figure_on() -> None:
    said = [(source, "3,417", DAY, "A" if source == "D" else "") for source in "ABCD"]
    (line,) = cited(*said)
    assert line == (
        "n: agree and echo, 4 sources, 3 origins: "
        f"3,417 (A, {DAY}); 3,417 (B, {DAY}); 3,417 (C, {DAY}); 3,417 (D, citing A, {DAY})"
    )
    assert cited(*said[:3])[0].startswith("n: agree: 3,417 (A")


def test_origins_are_told_where_the_camps_do_not_tell_them() -> None:
    papers = [(f"P{number}", "61,482", DAY, "Ministry") for number in (1, 2, 3)]
    said = [("Ministry", "61,482", DAY, ""), *papers, ("AFP", "64,000", NEXT, "")]
    lines = cited(*said, ("Lancet", "90,000", NEXT, ""))
    assert lines[0].startswith("n: CONFLICT, 6 sources, 3 origins, 2 camps, 1 disagreement")
    assert f"  61,482  P1, citing Ministry, {DAY}, earlier, uncontested" in lines
    lines = cited(*said, ("Lancet", "90,000", DAY, ""))
    assert lines[0].startswith("n: CONFLICT, 2 camps, ")


def test_voices_with_one_origin_are_counted_as_one() -> None:
    claims = [
        *importing.claims("S", ["n=5"], source="A", origin="Staff"),
        *importing.claims("S", ["n=5"], source="B", origin="Staff"),
        *importing.claims("S", ["n=9"], source="C"),
    ]
    page = camps.comparison(comparer.compare(claims), Look())
    assert "  5  A citing Staff, B citing Staff (1 origin), undated\n  9  C, undated\n" in page


@pytest.mark.parametrize(
    ("claims", "kind", "line"),
    [
        (
            (("A", "5", "2025-01-02"), ("B", "9", "2025-01-01")),
            Kind.CUMULATIVE,
            "  - B's 9 (2025-01-01) is higher and earlier than A's 5 (2025-01-02)",
        ),
        (
            (("A", "5", "2025-01-02"), ("B", "9", "2025-01-02")),
            Kind.CUMULATIVE,
            "  - A's 5 against B's 9, both 2025-01-02",
        ),
        (
            (("A", "5", "2025-01-02"), ("B", "9", None)),
            Kind.CUMULATIVE,
            "  - A's 5 (2025-01-02) against B's 9 (undated)",
        ),
        (
            (("A", "5", None), ("B", "9", None)),
            Kind.CONSTANT,
            "  - A's 5 against B's 9, both undated",
        ),
        (
            (("A", "5 km", None), ("B", "9000 m", None)),
            Kind.CONSTANT,
            "  - A's 5 km (5,000 m) against B's 9,000 m, both undated",
        ),
    ],
)
def test_a_disagreement_names_both_parties(
    claims: tuple[tuple[str, str, str | None], ...], kind: Kind, line: str
) -> None:
    assert told(*claims, kind=kind)[-1] == line


def test_what_a_source_took_back_is_told() -> None:
    assert told(("A", "5", "2024"), ("A", "9", "2025")) == [
        "n: revised up: 9 (A, 2025)",
        "  - A raised its own figure by 4, from 5 in 2024 to 9 in 2025",
    ]


def test_figures_with_units_stand_below_one_another() -> None:
    values = [
        ("A", "5 km", "2024"),
        ("B", "9000 m", "2024"),
        ("C", "between 20000 and 115000 m", "2024"),
    ]
    lines = told(*values)
    assert lines[0].startswith("n in m: CONFLICT, 3 camps")
    assert lines[1:4] == [
        "  5,000              A, 2024",
        "  9,000              B, 2024",
        "  20,000 to 115,000  C, 2024",
    ]


def test_whose_a_long_figure_is_stands_below_it_in_the_column_of_the_others() -> None:
    words = "between 1234567890.5 and 3234567890.5"
    lines = told(("A", "5", "2024"), ("B", words, "2024"))
    assert lines[1:4] == [
        "  5  A, 2024",
        "  1,234,567,890.5 to 3,234,567,890.5",
        "     B, 2024",
    ]


def test_a_measured_figure_has_the_digits_its_error_needs() -> None:
    lines = told(("A", "878.3211234 ± 0.3199999 s", "2024"), ("B", "881.5 ± 0.9219 s", "2018"))
    assert lines[1:3] == ["  878.32 ± 0.32  A, 2024", "  881.50 ± 0.92  B, 2018"]
    several = (("A", "9.792 ± 0.005", "2024"), ("B", "9.796 ± 0.01", "2024"))
    lines = told(*several, ("C", "9.999 ± 0.005", "2024"))
    assert lines[1] == "  9.786 to 9.806  B, A, 2024"


TOTALS = (
    ("A", "100", "2025-01-10"),
    ("B", "140", "2025-01-10"),
    ("C", "140", "2025-01-20"),
    ("D", "at least 90", "2025-01-01"),
)


def test_a_figure_beside_camps_says_why_nobody_contests_it() -> None:
    assert told(*TOTALS, kind=Kind.CUMULATIVE)[1:5] == [
        "  100          A, 2025-01-10",
        "  140          B, 2025-01-10",
        "  at least 90  D, 2025-01-01, earlier, uncontested",
        "  140          C, 2025-01-20, later, uncontested",
    ]


def test_a_running_total_says_who_stands_where_now_and_what_was_before() -> None:
    now = ("E", "400", "2026-03-01"), ("F", "300", "2026-03-02")
    lines = told(*TOTALS, *now, kind=Kind.CUMULATIVE)
    assert lines == [
        "n: CONFLICT, 2 camps, 2 disagreements",
        "  300  F, 2026-03-02; earlier 100 (A, 2025-01-10)",
        "  400  E, 2026-03-01; earlier 140 (B, 2025-01-10)",
        "  older, uncontested: 140 (C, 2025-01-20); at least 90 (D, 2025-01-01)",
        "  - A's 100 against B's 140, both 2025-01-10",
        "  - E's 400 (2026-03-01) is higher and earlier than F's 300 (2026-03-02)",
    ]


def test_the_worst_contradiction_is_told_first_whenever_it_was() -> None:
    lines = told(
        ("A", "40", "2026-05-01"),
        ("B", "44", "2026-05-03"),
        ("C", "329", "2026-05-03"),
        ("D", "40,000", "2026-05-01"),
        kind=Kind.CUMULATIVE,
    )
    first = next(line for line in lines if line.startswith("  - "))
    assert first == "  - A's 40 against D's 40,000, both 2026-05-01"


def test_history_adds_earlier_figures_and_no_more() -> None:
    found = comparer.restrict(compared("seeds/record.csv"), ["killed"])
    page = camps.comparison(found, Look(history=True))
    plain = camps.comparison(found, Look())
    assert page.count("cannot fall") == plain.count("cannot fall") == 0
    assert page.count("  - ") == plain.count("  - ")
    assert "killed: earlier\n  White House: several dozen (36 to 108) (2024-12-16)\n" in page
    assert "UK Ministry of Defence: 1,000 (2025-01-23); about 1,667 (2025-04-02)\n" in page


def test_a_whole_read_together_with_its_parts_is_told_as_both() -> None:
    found = comparer.restrict(compared("seeds/record.csv"), ["casualties"])
    page = " ".join(camps.comparison(found, Look()).split())
    assert (
        "South Korean intelligence's more than 3,000, of which killed around 300 + injured "
        "approximately 2,700 (2025-01-13)"
    ) in page


def test_what_a_limit_of_none_leaves_out_is_said() -> None:
    claims = importing.claims("S", ["n=5"], source="A") + importing.claims("S", ["n=9"], source="B")
    page = camps.comparison(comparer.compare(claims, limit=0), Look())
    assert "n: CONFLICT, 2 camps, 1 conflict not told (--limit 0)\n" in page


def test_a_power_of_ten_in_the_unit_is_said_once_above_the_figures() -> None:
    unit = "1e-11 m^3 kg^-1 s^-2"
    claims = [
        *importing.claims("G", ["6.6723 ± 0.0001"], unit=unit, source="A"),
        *importing.claims("G", ["6.6755 ± 0.0002"], unit=unit, source="B"),
    ]
    page = camps.comparison(comparer.compare(claims), Look()).splitlines()
    assert page[1:6] == [
        "in 10⁻¹¹ m³ kg⁻¹ s⁻²: CONFLICT, 2 camps, 1 disagreement",
        "  6.6723 ± 0.0001  A, undated",
        "  6.6755 ± 0.0002  B, undated",
        "  - A's (6.6723 ± 0.0001) × 10⁻¹¹ m³ kg⁻¹ s⁻² against B's (6.6755 ± 0.0002) ×",
        "    10⁻¹¹ m³ kg⁻¹ s⁻², both undated, 14.3 sigma apart",
    ]


def test_units_that_differ_stay_beside_their_figures() -> None:
    lines = told(("A", "2.5 km", "2024"), ("B", "3 t", "2024"))
    assert lines == ["n: not compared: unit: 2.5 km (A, 2024); 3 t (B, 2024)"]


@pytest.mark.parametrize("path", ["seeds/record.csv", "examples/ferry.csv", "seeds/founding.csv"])
def test_every_camp_is_shown_on_every_page(path: str) -> None:
    found = compared(path)
    html, markdown = templates.comparison_html(found), templates.comparison_md(found)
    page = " ".join(camps.comparison(found, Look()).split())
    for measure in (each for one in found.subjects for each in one.measures if each.camps):
        shown = [each for each in stands(measure) if each.camp is not None]
        assert [each.camp for each in shown] == list(range(len(measure.camps)))
        for each in shown:
            assert f"{each.figure} {each.who}" in page
            assert each.figure in html
            assert each.figure in markdown


def test_an_old_figure_that_another_contradicts_is_not_put_behind_before() -> None:
    deployed = comparer.restrict(compared("seeds/record.csv"), ["deployed"])
    assert camps.comparison(deployed, Look()).splitlines()[1:5] == [
        "deployed: CONFLICT, 2 camps, 4 disagreements (3 told, all with --full)",
        "  around 10,000  South Korea and Western intelligence, 2025-09-02",
        "  15,000         South Korean intelligence, 2025-04-30; earlier more than 12,000",
        "                 (US mission to the UN, 2025-01-08) and 1 more",
    ]


def test_of_a_large_camp_of_a_running_total_those_who_spoke_last_are_named() -> None:
    many = [(f"A{n}", f"{10 * n}", f"2025-01-{n:02}") for n in range(10, 17)]
    lines = told(*many, ("B", "100", "2025-01-17"), kind=Kind.CUMULATIVE)
    assert lines[1:3] == [
        "  100         B, 2025-01-17",
        "  110 to 160  A16, A15, A14, A13 and 2 more, 2025-01-11/16",
    ]


@pytest.mark.parametrize(
    ("values", "line"),
    [
        (("1", "more than 130", "nearly 150"), "more than 130 to nearly 150"),
        (("1", "about 130", "140"), "about 130 to 140"),
        (("1", "about 130 to 135", "140"), "about 130 to 140"),
        (("1", "nearly 150", "150"), "150"),
        (("1", "nearly 6 million", "nearly 6 million"), "nearly 6,000,000"),
        (("1", "just over 7 million", "just over 7 million"), "just over 7,000,000"),
        (("1", "just under 7 million", "just under 7 million"), "just under 7,000,000"),
        (("1", "more than 7 million", "more than 7 million"), "more than 7,000,000"),
        (("1", "about 150", "150"), "150"),
        (("-300", "nearly -150", "nearly -150"), "nearly -150"),
        (("1", "100 to 150", "140"), "100 to 150"),
        (("1", "dozens", "60"), "60"),
        (("1", "24,000 jobs", "nearly 25,000 jobs"), "24,000 to nearly 25,000 jobs"),
        (("1", "at least 30", "60"), "30 to 60"),
        (("$1", "$1.9 trillion", "about $2 trillion"), "1.9 trillion to about 2 trillion"),
        (("1 m", "300 m", "984 ft"), "299.9 to 300"),
        (("1 m", "3 m", "3.01 m"), "3 to 3.01"),
        (("$1", "$2.50", "$2.52"), "2.50 to 2.52"),
    ],
)
def test_the_figures_of_a_camp_are_as_firm_and_as_fine_as_they_were_said(
    values: tuple[str, ...], line: str
) -> None:
    lines = told(*((f"S{n}", value, "2025") for n, value in enumerate(values)))
    assert lines[2].split("  ")[1] == line


def test_the_open_ends_of_a_camp_of_a_running_total_are_told() -> None:
    below = (("A", "up to 20", "2025-01-05"), ("E", "25", "2025-01-07"))
    above = (("C", "30", "2025-01-06"), ("D", "at least 60", "2025-01-07"))
    lines = told(("B", "500", "2025-01-02"), *below, *above, kind=Kind.CUMULATIVE)
    assert [line.split("  ")[1] for line in lines[1:3]] == ["20 or fewer to 25", "30 to 60 or more"]


def test_a_vague_word_stands_beside_the_numbers_of_its_camp_as_it_was_said() -> None:
    lines = told(("A", "1", "2025"), ("B", "dozens", "2025"), ("C", "60", "2025"))
    assert lines[2] == "  60  C, B (dozens), 2025"


def test_a_vague_word_beyond_the_numbers_of_its_camp_is_its_end() -> None:
    words = (("B", "135", "2025-01-01"), ("C", "several hundred", "2025-01-09"))
    lines = told(("A", "1000", "2025-01-01"), *words, kind=Kind.CUMULATIVE)
    assert lines[1] == "  135 to several hundred  B, C, 2025-01-01/09"
    below = (("B", "500", "2025"), ("C", "dozens", "2025"), ("D", "hundreds", "2025"))
    lines = told(*below, kind=Kind.FLOW)
    assert lines[1:3] == [
        "  dozens (24 to 99)  C, 2025",
        "  500                B, D (hundreds), 2025",
    ]
    several = (("B", "dozens", "2025-01-01"), ("C", "hundreds", "2025-01-09"))
    lines = told(("A", "5000", "2025-01-01"), *several, kind=Kind.CUMULATIVE)
    assert lines[1] == "  dozens to hundreds  B, C, 2025-01-01/09"


def test_camps_stand_in_the_order_of_the_figures_that_are_shown() -> None:
    early = (("A", "800", "2025-06-03"), ("B", "700", "2025-06-04"), ("D", "1000", "2025-05-01"))
    lines = told(*early, ("C", "900", "2025-09-10"), kind=Kind.CUMULATIVE)
    assert lines[1:4] == [
        "  800    A, 2025-06-03",
        "  900    C, 2025-09-10; earlier 700 (B, 2025-06-04)",
        "  1,000  D, 2025-05-01",
    ]


def test_figures_compared_with_no_other_stand_apart_from_those_that_are_near() -> None:
    lines = told(("A", "€2.40", "2025"), ("B", "$2.50", "2025"), ("C", "$2.51", "2025"))
    assert lines[:2] == [
        "n: near: 2.50 USD (B, 2025); 2.51 USD (C, 2025); not compared (unit): 2.40 EUR",
        "  (A, 2025)",
    ]


def test_what_a_figure_counts_stays_beside_its_number() -> None:
    lines = told(("A", "1300 homes", "2025"), ("B", "900 barns", "2025"))
    assert lines[1:3] == ["  900 barns    B, 2025", "  1,300 homes  A, 2025"]


def test_what_a_source_took_back_is_told_beside_a_conflict_too() -> None:
    lines = told(("A", "120", "2024"), ("A", "135", "2025"), ("B", "90", "2025"))
    assert lines == [
        "n: CONFLICT, 2 camps, 1 disagreement",
        "  90   B, 2025",
        "  135  A, 2025",
        "  - B's 90 against A's 135, both 2025",
        "  revised: A 120 to 135",
    ]
    many = [("A", f"{value}", f"20{value}") for value in (10, 11, 12, 14, 16)]
    assert told(*many, ("B", "90", "2025"))[-1] == (
        "  revised: A 12 to 14; A 14 to 16; A 10 to 11; and 1 more"
    )


def test_an_old_level_stands_apart_from_those_that_are_near() -> None:
    claims = ("A", "500", "2025-06-01"), ("B", "505", "2025-06-02"), ("C", "300", "2024-01-01")
    assert told(*claims, kind=Kind.LEVEL)[:2] == [
        "n: near: 500 (A, 2025-06-01); 505 (B, 2025-06-02); before: 300 (C, 2024-01-01)",
        "  - A's 500 (2025-06-01) and B's 505 (2025-06-02) differ by 5, and would meet if",
    ]
