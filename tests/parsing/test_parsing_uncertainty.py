"""Uncertainties: ±, uneven arms, the digits in brackets, intervals around a best value."""

from __future__ import annotations

import pytest

from support.figures import told_all

PLUS_MINUS = [
    ("3,000 ± 200", "plus_minus 3000 +200 -200 @0.683"),
    ("3,000±200", "plus_minus 3000 +200 -200 @0.683"),
    ("3000 +/- 200", "plus_minus 3000 +200 -200 @0.683"),
    ("3000 +/−200", "plus_minus 3000 +200 -200 @0.683"),
    ("3000+-200", "plus_minus 3000 +200 -200 @0.683"),
    ("3,000 plus or minus 200", "plus_minus 3000 +200 -200 @0.683"),
    ("3,000 plus-or-minus 200", "plus_minus 3000 +200 -200 @0.683"),
    ("3,000 plus/minus 200", "plus_minus 3000 +200 -200 @0.683"),
    ("3,000, give or take 200", "plus_minus 3000 +200 -200 @0.683"),
    ("3,000 (± 200)", "plus_minus 3000 +200 -200 @0.683"),
    ("(3,000 ± 200)", "plus_minus 3000 +200 -200 @0.683"),
    ("-3.2 ± 0.1", "plus_minus -3.2 +0.1 -0.1 @0.683"),
    ("3000±5%", "plus_minus 3000 +150 -150 @0.683"),
    ("100 km ± 5%", "plus_minus 100 +5 -5 @0.683 [km]"),
    ("25% ± 3%", "plus_minus 25 +3 -3 @0.683 [percent]"),
    ("25% ± 3 percentage points", "plus_minus 25 +3 -3 @0.683 [percent]"),
    ("(25 ± 3)%", "plus_minus 25 +3 -3 @0.683 [percent]"),
    ("5 km ± 200 m", "plus_minus 5 +0.2 -0.2 @0.683 [km]"),
    ("5 ± 0.2 km", "plus_minus 5 +0.2 -0.2 @0.683 [km]"),
    ("5 km ± 0.2", "plus_minus 5 +0.2 -0.2 @0.683 [km]"),
    ("1.5 ± 0.2 million", "plus_minus 1500000 +200000 -200000 @0.683"),
    ("(1.5 ± 0.2) million", "plus_minus 1500000 +200000 -200000 @0.683"),
    ("4k ± 500", "plus_minus 4000 +500 -500 @0.683"),
    ("1.5 million ± 200,000", "plus_minus 1500000 +200000 -200000 @0.683"),
    ("$5m ± $1m", "plus_minus 5000000 +1000000 -1000000 @0.683 [USD]"),
    ("80.3602 ± 0.0099 GeV", "plus_minus 80.3602 +0.0099 -0.0099 @0.683 [GeV]"),
    ("1.500 ± 0.25", "plus_minus 1.500 +0.25 -0.25 @0.683"),
    ("3,000 ± 200 (95% CI)", "plus_minus 3000 +200 -200 @0.95"),
    ("3,000 ± 200 (90% confidence)", "plus_minus 3000 +200 -200 @0.90"),
    ("3,000 ± 200 (1σ)", "plus_minus 3000 +200 -200 @0.683"),
    ("3,000 ± 200 (2 sigma)", "plus_minus 3000 +200 -200 @0.954"),
    ("3,000 ± 200 (SE)", "plus_minus 3000 +200 -200 @0.683"),
    ("about 3,000 ± 200", "plus_minus 3000 +200 -200 @0.683"),
    ("3.0 ± 0.5 × 10^6", "plus_minus 3000000 +500000 -500000 @0.683"),
    ("(3.0 ± 0.5) × 10⁶", "plus_minus 3000000 +500000 -500000 @0.683"),
    ("3.0 (2.5-3.5) × 10^6", "plus_minus 3000000 +500000 -500000"),
    ("1.5(2)×10^6", "plus_minus 1500000 +200000 -200000 @0.683"),
    ("3,000 ± 0", "plus_minus 3000 +0 -0 @0.683"),
]

ARMS = [
    ("870 +2.5 -3.1", "plus_minus 870 +2.5 -3.1 @0.683"),
    ("870 +2.5 −3.1", "plus_minus 870 +2.5 -3.1 @0.683"),
    ("870 -3.1 +2.5", "plus_minus 870 +2.5 -3.1 @0.683"),
    ("870 +2.5/-3.1", "plus_minus 870 +2.5 -3.1 @0.683"),
    ("870 (+2.5, -3.1)", "plus_minus 870 +2.5 -3.1 @0.683"),
    ("870 (+2.5/-3.1) km", "plus_minus 870 +2.5 -3.1 @0.683 [km]"),
    ("870 km +2.5 -3.1", "plus_minus 870 +2.5 -3.1 @0.683 [km]"),
    ("870 +2.5 -3.1 MeV", "plus_minus 870 +2.5 -3.1 @0.683 [MeV]"),
    ("870^{+2.5}_{-3.1}", "plus_minus 870 +2.5 -3.1 @0.683"),
    ("870 plus 2.5 minus 3.1", "plus_minus 870 +2.5 -3.1 @0.683"),
    ("1.5 +0.2 -0.1 million", "plus_minus 1500000 +200000 -100000 @0.683"),
    ("1000 +5% -3%", "plus_minus 1000 +50 -30 @0.683"),
    ("-5 +1 -2", "plus_minus -5 +1 -2 @0.683"),
]

DIGITS = [
    ("878.4(5)", "plus_minus 878.4 +0.5 -0.5 @0.683"),
    ("878.4 (5)", "plus_minus 878.4 +0.5 -0.5 @0.683"),
    ("878.4 (12) s", "plus_minus 878.4 +1.2 -1.2 @0.683 [s]"),
    ("878.4(12)", "plus_minus 878.4 +1.2 -1.2 @0.683"),
    ("878.4(0.5)", "plus_minus 878.4 +0.5 -0.5 @0.683"),
    ("1234(5)", "plus_minus 1234 +5 -5 @0.683"),
    ("0.511(3) MeV", "plus_minus 0.511 +0.003 -0.003 @0.683 [MeV]"),
    ("80.3602(99)", "plus_minus 80.3602 +0.0099 -0.0099 @0.683"),
    ("1.234(5)e6", "plus_minus 1234000 +5000 -5000 @0.683"),
    ("1.5(2) million", "plus_minus 1500000 +200000 -200000 @0.683"),
    ("1.000(5)", "plus_minus 1.000 +0.005 -0.005 @0.683"),
]

INTERVALS = [
    ("3,000 (95% CI 2,800 to 3,200)", "plus_minus 3000 +200 -200 @0.95"),
    ("3,000 (95% CI: 2,800, 3,200)", "plus_minus 3000 +200 -200 @0.95"),
    ("3,000 [95% CI 2,800–3,200]", "plus_minus 3000 +200 -200 @0.95"),
    ("3,000 (95% CI [2,800, 3,200])", "plus_minus 3000 +200 -200 @0.95"),
    ("3,000, 95% CI [2,800, 3,200]", "plus_minus 3000 +200 -200 @0.95"),
    ("3,000 95% CI 2,800-3,200", "plus_minus 3000 +200 -200 @0.95"),
    ("3,000 (90% CI 2,800 to 3,200)", "plus_minus 3000 +200 -200 @0.90"),
    ("3,000 (99.7% CI 2,800-3,200)", "plus_minus 3000 +200 -200 @0.997"),
    ("3,000 (95% confidence interval: 2,800 to 3,200)", "plus_minus 3000 +200 -200 @0.95"),
    ("3,000 (95 per cent confidence interval 2,800 to 3,200)", "plus_minus 3000 +200 -200 @0.95"),
    ("3,000 (95% UI 2,800 to 3,200)", "plus_minus 3000 +200 -200 @0.95"),
    ("3,000 (95% credible interval 2,800 to 3,200)", "plus_minus 3000 +200 -200 @0.95"),
    ("3,000 (2,800-3,200, 95% CI)", "plus_minus 3000 +200 -200 @0.95"),
    ("3,000 (2,800 to 3,200; 90% CI)", "plus_minus 3000 +200 -200 @0.90"),
    ("3,000 (CI 2,800-3,200)", "plus_minus 3000 +200 -200"),
    ("3,000 (2,800–3,200)", "plus_minus 3000 +200 -200"),
    ("3,000 (2,800 to 3,200)", "plus_minus 3000 +200 -200"),
    ("3,000 (2,800, 3,200)", "plus_minus 3000 +200 -200"),
    ("3,000 [2,800-3,200]", "plus_minus 3000 +200 -200"),
    ("3,000 (2,900-3,200)", "plus_minus 3000 +200 -100"),
    ("2.7 (2.5,3.5)", "plus_minus 2.7 +0.8 -0.2"),
    ("-5 (-6 to -4)", "plus_minus -5 +1 -1"),
    ("-5 (-6, -4)", "plus_minus -5 +1 -1"),
    ("25% (95% CI 22% to 28%)", "plus_minus 25 +3 -3 @0.95 [percent]"),
    ("25% (22–28%)", "plus_minus 25 +3 -3 [percent]"),
    ("25% (22-28)", "plus_minus 25 +3 -3 [percent]"),
    ("25 (22-28)%", "plus_minus 25 +3 -3 [percent]"),
    ("$3,000 ($2,800–$3,200)", "plus_minus 3000 +200 -200 [USD]"),
    ("$3m ($2m–$4m)", "plus_minus 3000000 +1000000 -1000000 [USD]"),
    ("3 km (2.5-3.5 km)", "plus_minus 3 +0.5 -0.5 [km]"),
    ("3 (2.5-3.5) km", "plus_minus 3 +0.5 -0.5 [km]"),
    ("1.5 million (1.2–1.8 million)", "plus_minus 1500000 +300000 -300000"),
    ("1.5 million (1.2–1.8)", "plus_minus 1500000 +300000 -300000"),
    ("1.5 (1.2–1.8) million", "plus_minus 1500000 +300000 -300000"),
    ("about 3,000 (2,800-3,200)", "plus_minus 3000 +200 -200"),
    ("best estimate 3,000 (2,800 to 3,200)", "plus_minus 3000 +200 -200"),
    ("1,200 deaths (95% CI 1,000 to 1,400)", "plus_minus 1200 +200 -200 @0.95 {deaths}"),
    ("3,000 people ± 200", "plus_minus 3000 +200 -200 @0.683 {people}"),
    ("3,000 deaths (2,800-3,200)", "plus_minus 3000 +200 -200 {deaths}"),
]


@pytest.mark.parametrize(("text", "expected"), PLUS_MINUS)
def test_uncertainty_plus_minus(text: str, expected: str) -> None:
    assert told_all(text) == expected


@pytest.mark.parametrize(("text", "expected"), ARMS)
def test_uncertainty_arms(text: str, expected: str) -> None:
    assert told_all(text) == expected


@pytest.mark.parametrize(("text", "expected"), DIGITS)
def test_uncertainty_digits(text: str, expected: str) -> None:
    assert told_all(text) == expected


@pytest.mark.parametrize(("text", "expected"), INTERVALS)
def test_uncertainty_intervals(text: str, expected: str) -> None:
    assert told_all(text) == expected
