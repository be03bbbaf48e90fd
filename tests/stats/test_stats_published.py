"""Published data sets, with what was printed for them, to the digits printed.

Data as in the R package metadat and printed results as checked in the tests of metafor
(W. Viechtbauer) against the publications named at each.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log, sqrt

import pytest

from factlog.stats import Combination, combine

Column = list[float]


def numbers(text: str) -> Column:
    """A column of numbers."""
    return [float(word) for word in text.split()]


def roots(variances: str) -> Column:
    """A column of errors from their variances."""
    return [sqrt(variance) for variance in numbers(variances)]


def risk_ratios(rows: Sequence[tuple[int, int, int, int]]) -> tuple[Column, Column]:
    """Log risk ratios and their errors from cases and others, treated and not."""
    values = [log(a / (a + b) / (c / (c + d))) for a, b, c, d in rows]
    errors = [sqrt(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)) for a, b, c, d in rows]
    return values, errors


def log_odds(rows: Sequence[tuple[int, int, int, int]]) -> tuple[Column, Column]:
    """Log odds ratios and their errors from cases and others, treated and not."""
    values = [log(a * d / (b * c)) for a, b, c, d in rows]
    return values, [sqrt(1 / a + 1 / b + 1 / c + 1 / d) for a, b, c, d in rows]


# Colditz and others, JAMA 271 (1994) 698-702: BCG vaccine against tuberculosis.
BCG_COUNTS = [
    (4, 119, 11, 128),
    (6, 300, 29, 274),
    (3, 228, 11, 209),
    (62, 13536, 248, 12619),
    (33, 5036, 47, 5761),
    (180, 1361, 372, 1079),
    (8, 2537, 10, 619),
    (505, 87886, 499, 87892),
    (29, 7470, 45, 7232),
    (17, 1699, 65, 1600),
    (186, 50448, 141, 27197),
    (5, 2493, 3, 2338),
    (27, 16886, 29, 17825),
]
BCG = risk_ratios(BCG_COUNTS)

# Raudenbush, in Cooper, Hedges and Valentine (2009), table 16.1: teacher expectancy.
# The errors are the roots of the variances, which is what the printed results rest on.
TEACHERS = (
    numbers("0.03 0.12 -0.14 1.18 0.26 -0.06 -0.02 -0.32 0.27 0.80 0.54 0.18 -0.02 0.23 -0.18")
    + numbers("-0.06 0.30 0.07 -0.07"),
    roots("0.0156 0.0216 0.0279 0.1391 0.1362 0.0106 0.0106 0.0484 0.0269 0.0630 0.0912 0.0497")
    + roots("0.0835 0.0841 0.0253 0.0279 0.0193 0.0088 0.0303"),
)


def _stays() -> tuple[Column, Column]:
    """Normand, Statistics in Medicine 18 (1999) 321-359, table VIII: days in hospital."""
    rows = [
        (155, 55, 47, 156, 75, 64),
        (31, 27, 7, 32, 29, 4),
        (75, 64, 17, 71, 119, 29),
        (18, 66, 20, 18, 137, 48),
        (8, 14, 8, 13, 18, 11),
        (57, 19, 7, 52, 18, 4),
        (34, 52, 45, 33, 41, 34),
        (110, 21, 16, 183, 31, 27),
        (60, 30, 27, 52, 23, 20),
    ]
    values = [float(m1 - m2) for _, m1, _, _, m2, _ in rows]
    pooled = [
        ((n1 - 1) * s1**2 + (n2 - 1) * s2**2) / (n1 + n2 - 2) for n1, _, s1, n2, _, s2 in rows
    ]
    errors = [
        sqrt(v * (1 / n1 + 1 / n2)) for v, (n1, _, _, n2, _, _) in zip(pooled, rows, strict=True)
    ]
    return values, errors


STAYS = _stays()

# Hine and others (1989), in Normand (1999), table III: lidocaine, risk differences in percent.
_LIDOCAINE = [
    (2, 39, 1, 43),
    (4, 44, 4, 44),
    (6, 107, 4, 110),
    (7, 103, 5, 100),
    (7, 110, 3, 106),
    (11, 154, 4, 146),
]
LIDOCAINE = (
    [100 * (a / n - c / m) for a, n, c, m in _LIDOCAINE],
    [100 * sqrt(a / n * (1 - a / n) / n + c / m * (1 - c / m) / m) for a, n, c, m in _LIDOCAINE],
)

# Collins, Yusuf and Peto (1985): diuretics against pre-eclampsia; results in Viechtbauer,
# Statistics in Medicine 26 (2007) 37-52, table II.
DIURETICS = log_odds(
    [
        (14, 131 - 14, 14, 136 - 14),
        (21, 385 - 21, 17, 134 - 17),
        (14, 57 - 14, 24, 48 - 24),
        (6, 38 - 6, 18, 40 - 18),
        (12, 1011 - 12, 35, 760 - 35),
        (138, 1370 - 138, 175, 1336 - 175),
        (15, 506 - 15, 20, 524 - 20),
        (6, 108 - 6, 2, 103 - 2),
        (65, 153 - 65, 40, 102 - 40),
    ]
)

# Viechtbauer, J. Educ. Behav. Stat. 30 (2005) 261-293, the two examples of pages 271 and 272.
SCHOOLS = (
    numbers("-0.581 0.530 0.771 1.031 0.553 0.295 0.078 0.573 -0.176 -0.232"),
    roots("0.023 0.052 0.060 0.115 0.095 0.203 0.200 0.211 0.051 0.040"),
)
TESTS = (
    numbers("0.100 -0.162 -0.090 -0.049 -0.046 -0.010 -0.431 -0.261 0.134 0.019 0.175 0.056")
    + numbers("0.045 0.103 0.121 -0.482 0.290 0.342"),
    roots("0.016 0.015 0.050 0.050 0.032 0.052 0.036 0.024 0.034 0.033 0.031 0.034")
    + roots("0.039 0.167 0.134 0.096 0.016 0.035"),
)

# Linde, Berner, Egger and Mulrow, Br. J. Psychiatry 186 (2005) 99-107: St John's wort against
# depression, cases and group sizes; results in Viechtbauer, Z. Psychol. 215 (2007) 104-121.
_WORT = [
    (20, 25, 11, 25),
    (14, 20, 9, 20),
    (4, 25, 2, 25),
    (20, 32, 6, 33),
    (28, 50, 13, 55),
    (34, 48, 25, 49),
    (35, 53, 12, 54),
    (24, 49, 16, 49),
    (45, 80, 12, 79),
    (67, 106, 22, 47),
    (34, 60, 17, 59),
    (46, 70, 34, 70),
    (55, 123, 57, 124),
    (23, 37, 15, 35),
    (26, 98, 19, 102),
    (46, 113, 56, 116),
    (98, 186, 80, 189),
]
WORT = risk_ratios([(a, n - a, c, m - c) for a, n, c, m in _WORT])

# Data, method, and each number that was printed after its name.
PRINTED = [
    (BCG, "fixed", "best -0.4303 low -0.5097 high -0.3509 q 152.2330 i2 92.12 h2 12.69"),
    (BCG, "dl", "best -0.7141 low -1.0644 high -0.3638 tau2 0.3088 i2 92.12 h2 12.69"),
    (BCG, "pm", "tau2 0.3181"),
    (
        BCG,
        "reml",
        "best -0.7145 plus 0.1798 low -1.0669 high -0.3622 tau2 0.3132 i2 92.22 h2 12.86",
    ),
    (BCG, "reml", "tau2_low 0.1197 tau2_high 1.1115 q 152.2330"),
    (TEACHERS, "fixed", "best 0.060 plus 0.036 low -0.011 high 0.132 q 35.83"),
    (TEACHERS, "dl", "best 0.089 plus 0.056 low -0.020 high 0.199 tau2 0.026"),
    (TEACHERS, "reml", "best 0.084 plus 0.052 low -0.018 high 0.185 tau2 0.019"),
    (TEACHERS, "reml", "hartung_low -0.046 hartung_high 0.213"),
    (TEACHERS, "dl", "hartung_low -0.044 hartung_high 0.223"),
    (STAYS, "fixed", "best -3.49 low -5.03 high -1.96"),
    (STAYS, "dl", "best -14.10 low -24.45 high -3.75 tau2 218.72"),
    (STAYS, "reml", "best -15.12 low -32.67 high 2.43 tau2 685.20"),
    (LIDOCAINE, "fixed", "best 2.9444 low 0.3831 high 5.5058"),
    (LIDOCAINE, "dl", "best 2.94 low 0.4 high 5.5 tau2 0.000"),
    (LIDOCAINE, "reml", "best 2.94 low 0.4 high 5.5 tau2 0.000"),
    (DIURETICS, "dl", "tau2 0.230 tau2_low 0.072 tau2_high 2.203"),
    (DIURETICS, "reml", "tau2 0.301 tau2_low 0.072 tau2_high 2.203"),
    (SCHOOLS, "dl", "tau2 0.277 i2 80.44 h2 5.11"),
    (SCHOOLS, "pm", "tau2 0.192 i2 74.05 h2 3.85"),
    (SCHOOLS, "reml", "tau2 0.223 i2 76.84 h2 4.32"),
    (TESTS, "dl", "tau2 0.013 i2 27.53 h2 1.38"),
    (TESTS, "pm", "tau2 0.010 i2 23.72 h2 1.31"),
    (TESTS, "reml", "tau2 0.016 i2 32.02 h2 1.47"),
    (WORT, "fixed", "q 51.5454"),
    (WORT, "dl", "tau2 0.0903"),
]


def agrees(found: Combination, printed: str) -> None:
    """Check numbers to within one half of the last digit printed."""
    words = printed.split()
    for name, text in zip(words[::2], words[1::2], strict=True):
        last = len(text.partition(".")[2])
        assert getattr(found, name) == pytest.approx(float(text), abs=0.5001 * 10**-last), name


@pytest.mark.parametrize(("data", "method", "printed"), PRINTED)
def test_what_was_printed_is_found(data: tuple[Column, Column], method: str, printed: str) -> None:
    agrees(combine(*data, method=method), printed)


def test_risk_ratios_of_st_johns_wort_are_as_printed() -> None:
    fixed, random = combine(*WORT, method="fixed"), combine(*WORT, method="dl")
    assert [round(exp(x), 4) for x in (fixed.best, fixed.low, fixed.high)] == [
        1.3840,
        1.2599,
        1.5204,
    ]
    assert [round(exp(x), 4) for x in (random.best, random.low, random.high)] == [
        1.5722,
        1.3103,
        1.8864,
    ]


def test_a_vaccine_published_with_p_below_one_in_ten_thousand_is_far_below() -> None:
    found = combine(*BCG, method="fixed")
    assert found.df == 12
    assert found.p == pytest.approx(1.996772e-26, rel=1e-5)


def test_a_further_trial_is_expected_by_higgins_thompson_and_spiegelhalter() -> None:
    found = combine(*BCG, method="dl")
    # t(11) = 2.2010 from tables, tau2 and the standard error as printed.
    half = 2.2010 * sqrt(0.3088 + 0.1787**2)
    assert found.predict_low == pytest.approx(-0.7141 - half, abs=2e-4)
    assert found.predict_high == pytest.approx(-0.7141 + half, abs=2e-4)


def test_leaving_one_trial_out_spans_what_was_printed() -> None:
    # Pooled risk ratios from 0.452 to 0.533 as each of the thirteen trials is left out (REML).
    values, errors = BCG
    assert len(values) == 13
    others = [
        exp(
            combine(
                [*values[:n], *values[n + 1 :]], [*errors[:n], *errors[n + 1 :]], method="reml"
            ).best
        )
        for n in range(13)
    ]
    assert (round(min(others), 3), round(max(others), 3)) == (0.452, 0.533)


# What the Particle Data Group printed: value, error and scale factor as in its Listings.
NEUTRON_2015 = (  # s; pdglive.lbl.gov, n MEAN LIFE, 2015 update
    [880.2, 887.7, 882.5, 880.7, 878.5, 889.2, 882.6],
    [1.2, 2.2472, 2.0518, 1.7692, 0.7616, 4.8415, 2.7],
)
LAMBDA_2022 = ([2.69, 2.611, 2.626], [0.03, 0.020, 0.020])  # 1e-10 s
LAMBDA_2024 = ([2.6107, 2.69, 2.611, 2.626], [0.008095, 0.03, 0.02, 0.02])  # 1e-10 s
KAON = (  # MeV
    [493.696, 493.636, 493.640, 493.670, 493.657, 493.691],
    [0.007, 0.011, 0.054, 0.029, 0.020, 0.040],
)


@pytest.mark.parametrize(
    ("data", "best", "error", "scale"),
    [
        (NEUTRON_2015, "880.2", "1.0", "1.9"),
        (LAMBDA_2022, "2.632", "0.020", "1.6"),
        (LAMBDA_2024, "2.617", "0.010", "1.5"),
        (KAON, "493.677", "0.013", "2.4"),
    ],
)
def test_the_particle_data_group_printed_the_same(
    data: tuple[Column, Column], best: str, error: str, scale: str
) -> None:
    agrees(combine(*data), f"best {best} plus {error} minus {error} scale {scale}")
