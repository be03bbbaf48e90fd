"""Uncertainties: ±, uneven arms, the digits in brackets, intervals around a best value."""

from __future__ import annotations

import pytest

from factlog.errors import ReadingError
from factlog.parsing import read_all
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

G_ALONE = (
    "0.0000000000667430 +0.0000000000000015 -0.0000000000000015 @0.683"  # 6.674 30(15) × 10^-11
)
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
    ("6.674 30(15)", "plus_minus 6.67430 +0.00015 -0.00015 @0.683"),
    ("6.674 30 (15)", "plus_minus 6.67430 +0.00015 -0.00015 @0.683"),
    ("6.674\u200930(15)", "plus_minus 6.67430 +0.00015 -0.00015 @0.683"),
    ("6.674\u202f30(15)", "plus_minus 6.67430 +0.00015 -0.00015 @0.683"),
    (
        "299.792 458 1234(12) km",
        "plus_minus 299.7924581234 +0.0000000012 -0.0000000012 @0.683 [km]",
    ),
    ("6.67430(15)e-11", f"plus_minus {G_ALONE}"),
    *(
        (f"{said} {unit}", f"plus_minus {G_ALONE} [m3/kg/s2]")
        for said in ("6.674 30(15) × 10^-11", "6.674 30 (15) x 10^-11", "6.67430(15) × 10⁻¹¹")
        for unit in ("m^3 kg^-1 s^-2", "m³ kg⁻¹ s⁻²", "m3/kg/s2")
    ),
]

_TWO = "0.2236067977499789696409173669"  # the root of 0.1² + 0.2²
_THREE = "0.2291287847477920003294023597"  # and of 0.05² besides
SEVERAL = [
    *(
        (f"1.2 ± 0.1{stat} ± 0.2{syst}", f"plus_minus 1.2 +{_TWO} -{_TWO} @0.683")
        for stat, syst in (
            (" (stat)", " (syst)"),
            (" (stat.)", " (syst.)"),
            ("(stat)", "(sys)"),
            (" (statistical)", " (systematic)"),
            (" stat", " syst"),
            ("", " (syst)"),
        )
    ),
    ("1.2±0.1(stat)±0.2(sys)", f"plus_minus 1.2 +{_TWO} -{_TWO} @0.683"),
    ("5 ± 3 (stat) ± 4 (syst)", "plus_minus 5 +5 -5 @0.683"),
    ("1.2 ± 0.1 (stat)", "plus_minus 1.2 +0.1 -0.1 @0.683"),
    ("1.2 ± 0.5 (stat. + syst.) s", "plus_minus 1.2 +0.5 -0.5 @0.683 [s]"),
    ("1.2 ± 0.1 (stat) ± 0.2 (syst) GeV", f"plus_minus 1.2 +{_TWO} -{_TWO} @0.683 [GeV]"),
    ("1.2 GeV ± 0.1 (stat) ± 0.2 (syst)", f"plus_minus 1.2 +{_TWO} -{_TWO} @0.683 [GeV]"),
    ("1.2 km ± 0.1 km (stat) ± 200 m (syst)", f"plus_minus 1.2 +{_TWO} -{_TWO} @0.683 [km]"),
    ("1.2 ± 0.1 (stat) ± 0.2 (syst) %", f"plus_minus 1.2 +{_TWO} -{_TWO} @0.683 [percent]"),
    ("50 ± 3 (stat) ± 4 (syst) million", "plus_minus 50000000 +5000000 -5000000 @0.683"),
    ("5 ± 3 (stat) ± 4 (syst) × 10^3 s", "plus_minus 5000 +5000 -5000 @0.683 [s]"),
    ("(5 ± 3 (stat) ± 4 (syst)) × 10^3 s", "plus_minus 5000 +5000 -5000 @0.683 [s]"),
    (
        "80.1 ± 0.1 (stat.) ± 0.2 (syst.) ± 0.05 (theory) GeV",
        f"plus_minus 80.1 +{_THREE} -{_THREE} @0.683 [GeV]",
    ),
    (
        "1.2 +0.3 −0.2 (stat) ±0.1 (syst)",
        f"plus_minus 1.2 +0.3162277660168379331998893544 -{_TWO} @0.683",
    ),
    ("9 +3 −5 (stat) +4 −12 (syst) km", "plus_minus 9 +5 -13 @0.683 [km]"),
]
REFUSED = [
    ("6.674 30", "two numbers"),
    ("5.1 678(15)", "two numbers"),
    ("12.5 ± 0.1 %", "percentage points"),
    ("1.2 ± 0.1 ± 0.2", "several errors, and none says what it is of"),
    ("1.2 ± 0.1 (95% CI) ± 0.2 (syst)", "not understood"),
    ("12.5 ± 0.1 (stat) ± 2% (syst)", "percentage points or a share"),
    ("1.5 ± 0.2 (stat) ± 0.1 million (syst)", "more than one scale"),
    ("1.5 million ± 200,000 (stat) ± 0.1 (syst)", "more than one scale"),
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
    ("25% (95% CI 22 to 28, worked out of n=1,000)", "plus_minus 25 +3 -3 @0.95 [percent]"),
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


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_uncertainties_of_several_kinds_are_joined_in_one(text: str, expected: str) -> None:
    assert told_all(text) == expected
    assert read_all(text)[0].said == text


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_uncertainties_that_could_be_two_things_are_refused(text: str, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        read_all(text)


@pytest.mark.parametrize(("text", "expected"), INTERVALS)
def test_uncertainty_intervals(text: str, expected: str) -> None:
    assert told_all(text) == expected
