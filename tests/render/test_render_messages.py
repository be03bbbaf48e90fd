from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from factlog.answers import Explanation, MeasureExplanation, Rule
from factlog.claim import Claim, Estimate, Figure, Hedge, PlainWords, Statement
from factlog.errors import FactlogError, ImportFailed, ReadingError, RowError, UsageError
from factlog.findings import Verdict
from factlog.parsing import plain_words, read
from factlog.policy import POLICIES, Interval, Policy
from factlog.render import Look, to_text
from factlog.render import to_text as reading_block
from factlog.render.display import cells
from factlog.wording import span
from support.comparisons import HOSTILE, JANUARY


def refused(text: str, start: int, end: int) -> ReadingError:
    return ReadingError("Not a number.", "Write 12.", text=text, start=start, end=end)


@pytest.mark.parametrize(
    ("error", "lines"),
    [
        (UsageError("Wrong.", "Do right."), ["Wrong.", "Do right."]),
        (FactlogError("Wrong\x1b[31m.\n", "Do [b]."), ["Wrong␛[31m.␊", "Do [b]."]),
        (RowError(3, "bad"), ["line 3: bad"]),
        (refused("12..", 3, 4), ["Not a number.", "  12..", "     ^", "Write 12."]),
        (refused("about 1.000 m", 6, 11), ["Not a number.", "  about 1.000 m",
                                           "        ^^^^^", "Write 12."]),
        (refused("", 0, 0), ["Not a number.", "  ", "  ^", "Write 12."]),
        (refused("12", 2, 2), ["Not a number.", "  12", "    ^", "Write 12."]),
        (refused("日本 x", 3, 4), ["Not a number.", "  日本 x", "       ^", "Write 12."]),
        (refused("a\nb\x1bc", 3, 4), ["Not a number.", "  a␊b␛c", "     ^", "Write 12."]),
        (
            ImportFailed("2 bad rows.", "Mend them.", (), ("line 2: x\n", "line 4: y")),
            ["2 bad rows.", "  line 2: x␊", "  line 4: y", "Mend them."],
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_and_what_to_do(error: FactlogError, lines: list[str]) -> None:
    assert to_text.error(error).split("\n") == lines


def test_a_long_text_is_cropped_around_the_spot() -> None:
    shown = to_text.error(refused("x" * 200 + "12..13" + "y" * 200, 200, 206)).split("\n")
    assert shown[1] == "  ..." + "x" * 40 + "12..13" + "y" * 20 + "..."
    assert shown[2] == " " * 45 + "^" * 6


def test_a_long_spot_is_cropped_too() -> None:
    shown = to_text.error(refused("x" * 300, 10, 300)).split("\n")
    assert cells(shown[1]) < 80
    assert shown[2] == " " * 12 + "^" * 20


def figure(text: str, policy: Policy = POLICIES["default"], measure: str = "") -> str:
    from factlog.policy import reading

    found = read(text)
    return to_text.figure(
        text, found, measure, reading(found.estimate, policy), policy, plain_words(found.estimate)
    )


def test_how_a_value_reads() -> None:
    assert (
        figure("around 300 killed", measure="killed")
        == """\
"around 300 killed"
  hedge       about
  best        300
  counts      killed
  measure     killed
  taken as    270 to 330
  by          policy default: about = ±10%, tolerance 1%, ± = 2 standard errors,
              levels within 30 days
  or written  "about 300"
"""
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("878.4(5) s", "coverage    68.3%"),
        ("878.4(5) s", "taken as    877.4 to 879.4 s"),
        ("870 (860–880)", "coverage    not stated"),
        ("nearly 300", "hedge       nearly"),
        ("just under 300", "hedge     just under"),
        ("just over 300", "hedge     just over"),
        ("just over 300", "low       300 (excluded)"),
        ("at least 300", "hedge     at least"),
        ("8,848.86 m", "unit        m"),
        ("300", "measure   none: the subject itself"),
    ],
)
def test_what_is_told_of_a_value(text: str, line: str) -> None:
    told = [" ".join(each.split()) for each in figure(text).splitlines()]
    assert " ".join(line.split()) in told


def test_a_unit_nobody_knows_is_said_to_be_one() -> None:
    estimate = Estimate(Hedge.EXACT, best=Decimal(5), unit="glorps")
    found = Figure("5", estimate)
    page = to_text.figure("5 glorps", found, "", Interval(Decimal(5), Decimal(5)), Policy(), None)
    assert "glorps (a unit factlog does not know: it compares only with itself)" in " ".join(
        page.split()
    )


def test_a_reading_on_a_very_narrow_screen() -> None:
    estimate = read("300").estimate
    page = to_text.figure(
        "300",
        Figure("300", estimate),
        "killed",
        Interval(None, None),
        Policy(),
        None,
        Look(width=24),
    )
    assert "  hedge: exact\n" in page
    assert all(cells(line) <= 24 for line in page.splitlines())


@pytest.mark.parametrize(
    ("meant", "unit", "words"),
    [
        (Interval(None, None), None, "any number"),
        (Interval(Decimal(3), None), None, "at least 3"),
        (Interval(Decimal(3000), None, True), "m", "more than 3,000 m"),
        (Interval(None, Decimal(3)), None, "at most 3"),
        (Interval(None, Decimal(3), False, True), None, "less than 3"),
        (Interval(Decimal(3), Decimal(3)), None, "3"),
        (Interval(Decimal(2), Decimal(3)), "km", "2 to 3 km"),
        (Interval(Decimal(2), Decimal(3), True), None, "more than 2, at most 3"),
        (Interval(Decimal(2), Decimal(3), True, True), None, "more than 2, less than 3"),
    ],
)
def test_intervals_in_words(meant: Interval, unit: str | None, words: str) -> None:
    assert span(meant, unit) == words


def claims() -> tuple[Claim, Claim]:
    statement = Statement("Everest", "China and Nepal", JANUARY)
    first = Claim(statement, "8,848.86 m", read("8,848.86 m").estimate, id=1, unit_said="m")
    second = Claim(Statement("Everest", "China"), "9", read("9 m").estimate, "height", id=2)
    return first, second


def test_what_was_recorded() -> None:
    assert to_text.recorded(claims(), known={2}) == (
        "claim 1: Everest: 8,848.86 m (China and Nepal, 2025-01-13)\n"
        "already on record as claim 2: Everest, height: 9 m (China, undated)\n"
    )
    gone = replace(claims()[1], retracted="wrong")
    assert to_text.recorded([gone], known={2}) == (
        "already on record as claim 2, retracted (wrong): Everest, height: 9 m (China,\n"
        "  undated)\n"
    )
    assert to_text.recorded(claims()[1:], dry_run=True, look=Look(width=30)) == (
        "would record Everest, height:\n  9 m (China, undated)\n"
    )


def test_what_was_retracted() -> None:
    gone = replace(claims()[0], retracted="misquoted")
    assert to_text.retracted(gone) == (
        "claim 1 is retracted (misquoted): Everest: 8,848.86 m (China and Nepal,\n  2025-01-13)\n"
    )


def explanation(text: str = "casualties", verdict: Verdict = Verdict.CONFLICT) -> Explanation:
    fired = Rule(Verdict.CONFLICT, "backwards", "a total cannot fall", 1200, ("4,000 is more", "x"))
    idle = Rule(Verdict.ECHO, None, "one origin is one voice", 0, ("no two share an origin",))
    explained = MeasureExplanation(
        text, verdict, f"4,000 is more ({verdict}, backwards)", (fired, idle), ("about is 10%",), ()
    )
    return Explanation("North Korean troops", Policy(), JANUARY, (explained,))


EXPLAINED = """\
North Korean troops

casualties: CONFLICT

  Rules that fired
  conflict: backwards (1,200): a total cannot fall
    - 4,000 is more
    - x

  Rules that did not
  echo: one origin is one voice
    - no two share an origin

  Assumed
  - about is 10%

figures dated up to 2025-01-13, whenever they were logged
policy default: about = ±10%, tolerance 1%, ± = 2 standard errors, levels within
30 days
"""


def test_an_explanation() -> None:
    assert to_text.explanation(explanation()) == EXPLAINED


def test_an_explanation_without_rules_keeps_its_headline() -> None:
    lone = MeasureExplanation(
        "", Verdict.SINGLE, "one source only: no other", (), (), ("add a source",)
    )
    page = to_text.explanation(Explanation("Everest", Policy(), None, (lone,)), Look(width=50))
    assert page.startswith(
        "Everest\n\none source\n  one source only: no other\n\n"
        "  What would change this\n  - add a source\n\npolicy"
    )


def test_conflicts_come_first_among_the_rules_and_one_source_takes_one_line() -> None:
    agree = Rule(Verdict.AGREE, None, "they overlap", 3, ("300 and 310",))
    backwards = Rule(Verdict.CONFLICT, "backwards", "a total cannot fall", 1, ("4,000 is more",))
    many = MeasureExplanation("n", Verdict.CONFLICT, "conflict: x", (agree, backwards), (), ())
    alone = "one source only: nothing to compare it with"
    lone = MeasureExplanation("m", Verdict.SINGLE, alone, (), ("assumed",), ("add a source",))
    blank = MeasureExplanation("", Verdict.SINGLE, alone, (), (), ())
    page = to_text.explanation(Explanation("Everest", Policy(), None, (many, lone, blank)))
    assert page.index("conflict: backwards") < page.index("agree (3)")
    assert f"\n\nm: {alone}\n\n{alone}\n\npolicy" in page


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_do_nothing_but_show(text: str) -> None:
    hostile = replace(claims()[0], statement=Statement(text, text), said=text, retracted=text)
    pages = [
        to_text.recorded([hostile]),
        to_text.retracted(hostile),
        to_text.explanation(explanation(text)),
        to_text.error(refused(text, 1, 3)),
        to_text.error(UsageError(text, text)),
        to_text.figure(
            text,
            Figure(text, claims()[0].estimate, text),
            text,
            Interval(None, None),
            Policy(),
            PlainWords(text, text),
        ),
    ]
    assert all(sign.isprintable() or sign == "\n" for page in pages for sign in page)


@pytest.mark.parametrize(
    ("words", "row"),
    [
        (PlainWords("about 12", "sprockets"), '"about 12" with --unit "sprockets"'),
        (PlainWords("12 km"), '"12 km"'),
        (PlainWords("12"), None),
        (None, None),
    ],
)
def test_plain_words_are_offered_unless_they_are_those_given(
    words: PlainWords | None, row: str | None
) -> None:
    rows = dict(reading_block.rows(read("12"), "", Interval(None, None), Policy(), words))
    assert rows.get("or written") == row


def test_even_arms_are_one_number() -> None:
    even = dict(reading_block.estimated(read("870 ± 3").estimate))
    assert (even["±"], "plus" in even, "minus" in even) == ("3", False, False)
    uneven = dict(reading_block.estimated(read("870 +2 -3").estimate))
    assert (uneven["plus"], uneven["minus"]) == ("2", "3")
