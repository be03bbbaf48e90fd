"""Figures and dates on which two ways of judging could part."""

from __future__ import annotations

from decimal import Decimal

from factlog.policy import Kind, Measure

# Figures that touch, nearly touch and miss one another, in all the forms that mean an interval.
SAID = (
    *("300", "303", "304", "330", "331", "333", "363", "270", "299", "0", "-3", "-300"),
    *("about 300", "around 363", "nearly 300", "nearly -3", "just under 300", "just over 300"),
    *("at least 300", "more than 300", "at most 300", "fewer than 300", "up to 271"),
    *("200 to 300", "301 to 400", "about 330 to 400", "300 ± 3", "331(10)", "dozens", "several"),
    *("0.1", "0.3", "0.30000000000000004", "0.29999999999999999", "1e200", "1.02e200", "3e-200"),
    *("300 (95% CI 290 to 310)", "300 km", "300000 m", "186.4 miles", "about 303 km", "331 km"),
    *("300.00 ± 0.01", "300.0317 ± 0.0022", "300 (95% CI 299 to 301)"),
    *("300 kg", "20 °C", "68 °F", "about 22 °C", "70 °F", "300 widgets", "5280 ft", "1 mile"),
)
DATES = (
    *(None, "2024-01-01", "2024-01-01", "2024-01-15", "2024-02-14", "2024-03-20", "2024-01"),
    *("2024", "2025-06", "../2024-01-10", "2024-01-05/..", "2024-01-10/2024-02-20", "2024-01~"),
)
DEFINED = (
    Measure("rainfall", Kind.FLOW, tolerance=Decimal("0.05")),
    Measure("missing", Kind.LEVEL, window=3),
)
STEPS = ("300", "303", "331", "400", "299")
