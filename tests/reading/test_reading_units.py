"""Money, percentages and units: where they may stand and what they share."""

from __future__ import annotations

import pytest
from reading_told import told_all

MONEY = [
    ("$1,000.50", "exact 1000.50 [USD]"),
    ("$1.5bn", "exact 1500000000 [USD]"),
    ("$1.5 billion", "exact 1500000000 [USD]"),
    ("US$1.5 billion", "exact 1500000000 [USD]"),
    ("US$ 5 million", "exact 5000000 [USD]"),
    ("U.S.$5", "exact 5 [USD]"),
    ("€20m", "exact 20000000 [EUR]"),
    ("£5m", "exact 5000000 [GBP]"),
    ("€20M", "exact 20000000 [EUR]"),
    ("$5t", "exact 5000000000000 [USD]"),
    ("$5mm", "exact 5000000 [USD]"),
    ("£3.50", "exact 3.50 [GBP]"),
    ("$ 5", "exact 5 [USD]"),
    ("5 $", "exact 5 [USD]"),
    ("20€", "exact 20 [EUR]"),
    ("C$5", "exact 5 [CAD]"),
    ("A$12.3 million", "exact 12300000 [AUD]"),
    ("HK$100", "exact 100 [HKD]"),
    ("R$5", "exact 5 [BRL]"),
    ("¥500", "exact 500 [JPY]"),
    ("₩5 trillion", "exact 5000000000000 [KRW]"),
    ("Rs 500 crore", "exact 5000000000 [INR]"),
    ("Rs. 500", "exact 500 [INR]"),
    ("₹500 crore", "exact 5000000000 [INR]"),
    ("₹1.5 lakh crore", "exact 1500000000000 [INR]"),
    ("USD 20 million", "exact 20000000 [USD]"),
    ("USD5m", "exact 5000000 [USD]"),
    ("EUR 1.5bn", "exact 1500000000 [EUR]"),
    ("20 million USD", "exact 20000000 [USD]"),
    ("CHF 5", "exact 5 [CHF]"),
    ("5 EUR", "exact 5 [EUR]"),
    ("1.5 billion dollars", "exact 1500000000 [USD]"),
    ("20 US dollars", "exact 20 [USD]"),
    ("20 euros", "exact 20 [EUR]"),
    ("five million dollars", "exact 5000000 [USD]"),
    ("a million dollars", "exact 1000000 [USD]"),
    ("half a billion euros", "exact 500000000 [EUR]"),
    ("hundreds of millions of dollars", "vague 200000000..999999999 [USD]"),
    ("50 cents", "exact 50 [cent]"),
    ("-$50.8bn", "exact -50800000000 [USD]"),
    ("$-50.8bn", "exact -50800000000 [USD]"),
    ("−€5m", "exact -5000000 [EUR]"),
    ("minus $5", "exact -5 [USD]"),
    ("$20 USD", "exact 20 [USD]"),
    ("under €20m", "less_than 20000000 [EUR]"),
    ("more than $1bn", "more_than 1000000000 [USD]"),
    ("about $3.5 trillion", "about 3500000000000 [USD]"),
    ("$70 a barrel", "exact 70 [USD/barrel]"),
    ("$70 per barrel", "exact 70 [USD/barrel]"),
    ("$70/barrel", "exact 70 [USD/barrel]"),
    ("37m dollars", "exact 37000000 [USD]"),
    ("37m USD", "exact 37000000 [USD]"),
    ("＄5", "exact 5 [USD]"),
]

PERCENT = [
    ("25%", "exact 25 [percent]"),
    ("25 %", "exact 25 [percent]"),
    ("0.25%", "exact 0.25 [percent]"),
    ("25 percent", "exact 25 [percent]"),
    ("25 per cent", "exact 25 [percent]"),
    ("25 pct", "exact 25 [percent]"),
    ("twenty-five percent", "exact 25 [percent]"),
    ("minus 3 percent", "exact -3 [percent]"),
    ("+5%", "exact 5 [percent]"),
    ("½%", "exact 0.5 [percent]"),
    ("5 percentage points", "exact 5 [percentage point]"),
    ("0.5 percentage points", "exact 0.5 [percentage point]"),
    ("50 bps", "exact 50 [basis point]"),
    ("25 basis points", "exact 25 [basis point]"),
    ("5‰", "exact 5 [permille]"),
    ("half a percent", "exact 0.5 [percent]"),
    ("half of 1%", "exact 0.5 [percent]"),
    ("one tenth of a percent", "exact 0.1 [percent]"),
    ("25% of voters", "exact 25 [percent] {voters}"),
    ("<1%", "less_than 1 [percent]"),
    (">99%", "more_than 99 [percent]"),
    ("~50%", "about 50 [percent]"),
]

UNITS = [
    ("5 km", "exact 5 [km]"),
    ("5km", "exact 5 [km]"),
    ("2.5 km", "exact 2.5 [km]"),
    ("155mm", "exact 155 [mm]"),
    ("8,848.86 m", "exact 8848.86 [m]"),
    ("1.2 tonnes", "exact 1.2 [tonne]"),
    ("three miles", "exact 3 [mile]"),
    ("60 mph", "exact 60 [mph]"),
    ("100 km/h", "exact 100 [km/h]"),
    ("12 kg/m2", "exact 12 [kg/m2]"),
    ("5 kg/m^2", "exact 5 [kg/m2]"),
    ("35 µg/m³", "exact 35 [µg/m3]"),
    ("30,000 bpd", "exact 30000 [barrel/day]"),
    ("30,000 barrels a day", "exact 30000 [barrel/day]"),
    ("30 km a day", "exact 30 [km/day]"),
    ("15 °C", "exact 15 [degC]"),
    ("15°C", "exact 15 [degC]"),
    ("-3.2 degrees Celsius", "exact -3.2 [degC]"),
    ("−3.2 °C", "exact -3.2 [degC]"),
    ("-3.2C", "exact -3.2 [degC]"),
    ("72°F", "exact 72 [degF]"),
    ("15℃", "exact 15 [degC]"),
    ("15°", "exact 15 [degree]"),
    ("273 K", "exact 273 [K]"),
    ("300 K", "exact 300 [K]"),
    ("5 million km", "exact 5000000 [km]"),
    ("5m tonnes", "exact 5000000 [tonne]"),
    ("37m km", "exact 37000000 [km]"),
    ("5 in", "exact 5 [inch]"),
    ("5 ft.", "exact 5 [ft]"),
    ("half a mile", "exact 0.5 [mile]"),
    ("a third of a mile", "exact 0.3333333333333333333333333333 [mile]"),
    ("a mile", "exact 1 [mile]"),
    ("several km", "vague 3..9 [km]"),
    ("thousands of miles", "vague 2000..9999 [mile]"),
    ("5 t", "exact 5 [t]"),
    ("5 tonnes of aid", "exact 5 [tonne] {aid}"),
    ("155mm shells", "exact 155 [mm] {shells}"),
    ("12-km", "exact 12 [km]"),
    ("37 m", "exact 37 [m]"),
    ("37 m", "exact 37 [m]"),
    ("nearly 5 km", "about 5 below [km]"),
    ("below -5 °C", "less_than -5 [degC]"),
]

COMPOUND = [
    ("5'11\"", "exact 71 [inch]"),
    ("5' 11\"", "exact 71 [inch]"),
    ("5′11″", "exact 71 [inch]"),
    ("5’11”", "exact 71 [inch]"),
    ("6'2", "exact 74 [inch]"),
    ("5 ft 11 in", "exact 71 [inch]"),
    ("5 ft 11", "exact 71 [inch]"),
    ("5-foot-11", "exact 71 [inch]"),
    ("6 feet 2 inches", "exact 74 [inch]"),
    ("six feet two", "exact 74 [inch]"),
    ("2 hours 30 minutes", "exact 150 [minute]"),
    ("2 hours and 30 minutes", "exact 150 [minute]"),
    ("two hours and thirty minutes", "exact 150 [minute]"),
    ("2h30m", "exact 150 [minute]"),
    ("2h 30m", "exact 150 [minute]"),
    ("2h30", "exact 150 [minute]"),
    ("1h 5min", "exact 65 [minute]"),
    ("1h 5min 20s", "exact 3920 [second]"),
    ("an hour and a half", "exact 1.5 [hour]"),
    ("two and a half hours", "exact 2.5 [hour]"),
    ("half an hour", "exact 0.5 [hour]"),
    ("3 lb 5 oz", "exact 53 [ounce]"),
    ("8 stone 4", "exact 116 [pound]"),
    ("2 days 3 hours", "exact 51 [hour]"),
    ("-2 h 30 min", "exact -150 [minute]"),
    ("5'", "exact 5 [foot]"),
    ('11"', "exact 11 [inch]"),
]


@pytest.mark.parametrize(("text", "expected"), MONEY)
def test_units_money(text: str, expected: str) -> None:
    assert told_all(text) == expected


@pytest.mark.parametrize(("text", "expected"), PERCENT)
def test_units_percent(text: str, expected: str) -> None:
    assert told_all(text) == expected


@pytest.mark.parametrize(("text", "expected"), UNITS)
def test_units_units(text: str, expected: str) -> None:
    assert told_all(text) == expected


@pytest.mark.parametrize(("text", "expected"), COMPOUND)
def test_units_compound(text: str, expected: str) -> None:
    assert told_all(text) == expected
