"""The values that are found in running words: as wide as they stand, or not at all."""

from __future__ import annotations

from decimal import Decimal

import pytest

from factlog.extraction import extract

VALUES = [
    ("Death toll nears 200", "nears 200", "about", 200),
    ("Rainfall topped 11 inches.", "topped 11 inches", "more_than", 11),
    (
        "Revenue was $28 billion, plus or minus 2%.",
        "$28 billion, plus or minus 2%",
        "plus_minus",
        28_000_000_000,
    ),
    ("Income was 40 crowns plus or minus 3.", "40 crowns plus or minus 3", "plus_minus", 40),
    ("Sales fell by minus five percent, the bank said.", "minus five percent", "exact", -5),
    ("Growth was negative five percent in May.", "negative five percent", "exact", -5),
    ("Prices could see a rise up to 20 percent.", "20 percent", "exact", 20),
    ("Temperatures rose up to 40 degrees.", "40 degrees", "exact", 40),
    ("Another body brought the toll up to 300.", "300", "exact", 300),
    ("Prices saw a rise of up to 20 percent.", "up to 20 percent", "at_most", 20),
    ("The tank held up to 300 litres.", "up to 300 litres", "at_most", 300),
    ("The reactor lost ∼300 litres, the agency said.", "∼300 litres", "about", 300),
    ("The dose was ⩽300 mg.", "⩽300 mg", "at_most", 300),
    ("The dose was ≲300 mg.", "≲300 mg", "at_most", 300),
    ("The dose was ≳300 mg.", "≳300 mg", "at_least", 300),
    ("He ate two and three-eighths pies.", "two and three-eighths", "exact", 2.375),
    (
        "The trip took five and three quarters hours.",
        "five and three quarters hours",
        "exact",
        5.75,
    ),
    ("The bank paid USD300 million in fines.", "USD300 million", "exact", 300_000_000),
    ("The bank paid SEK300 million in fines.", "SEK300 million", "exact", 300_000_000),
    ("The bank paid 300USD in fines.", "300USD", "exact", 300),
    ("The project cost Rs20 million, he said.", "Rs20 million", "exact", 20_000_000),
    ("Half a million people fled, the UN said.", "Half a million", "exact", 500_000),
    ("Losses since February 2022 to about 934,000 troops.", "about 934,000", "about", 934_000),
    ("Losses rose since 2022 to about 934,000 troops.", "about 934,000", "about", 934_000),
    ("Fees came down from about 900, the club said.", "about 900", "about", 900),
    ("The toll could exceed 60, police said.", "exceed 60", "more_than", 60),
    ("Losses may surpass $4 billion.", "surpass $4 billion", "more_than", 4_000_000_000),
    ("Victims topped 300, the ministry said.", "topped 300", "more_than", 300),
    ("The album topped 12 charts.", "12", "exact", 12),
    ("The median price now tops €300,000.", "tops €300,000", "more_than", 300_000),
    ("The album tops 12 charts.", "12", "exact", 12),
    ("The top 300 firms paid.", "300", "exact", 300),
    ("Sales eclipsed 40,000 cars.", "eclipsed 40,000", "more_than", 40_000),
    ("Exports could top $3 billion.", "$3 billion", "more_than", 3_000_000_000),
    ("Membership passed 2 million.", "2 million", "more_than", 2_000_000),
    ("Membership has passed 2 million members.", "2 million", "more_than", 2_000_000),
    ("The toll passed 60, police said.", "60", "more_than", 60),
    ("Inflation breached 10%.", "10%", "more_than", 10),
    ("She passed 12 exams.", "12", "exact", 12),
    ("He passed $2 million to the fund.", "$2 million", "exact", 2_000_000),
    ("The crowd swelled past 10,000.", "10,000", "more_than", 10_000),
    ("Prices had climbed well past $40.", "$40", "more_than", 40),
    ("The march went past 12 embassies.", "12", "exact", 12),
    ("Homes lie under two metres of water.", "two metres", "exact", 2),
    ("Homes could be under two metres of water.", "two metres", "exact", 2),
    ("The city received under two inches of rain.", "under two inches", "less_than", 2),
    ("The tank was under two metres.", "under two metres", "less_than", 2),
    ("The firm has 8K employees.", "8K", "exact", 8000),
    ("By 6 PM 10 houses had burned.", "10", "exact", 10),
    ("The toll did not exceed 40.", "not exceed 40", "at_most", 40),
    ("The bill won't exceed $300, he said.", "won't exceed $300", "at_most", 300),
]


@pytest.mark.parametrize(("text", "words", "hedge", "number"), VALUES)
def test_a_value_is_as_wide_as_it_stands(text: str, words: str, hedge: str, number: float) -> None:
    (found,) = extract(text)
    estimate = found.estimate
    ends = [float(end) for end in (estimate.low, estimate.best, estimate.high) if end is not None]
    assert (found.text, estimate.hedge.value, ends) == (words, hedge, [number])


def test_a_sentence_of_very_many_numbers_is_a_table_however_many_digits_they_have() -> None:
    assert len([*extract(" and ".join(["200 men"] * 60) + " died.")]) == 60
    assert [*extract(" or ".join(["7 m"] * 101))] == []


def test_what_has_no_end_is_read_in_pieces_of_which_one_may_be_a_table() -> None:
    clause = "The army said 5 people died and "
    assert len([*extract(clause * 120)]) == 120
    assert len([*extract(clause * 60 + "or ".join(["7 m "] * 400))]) < 80


def test_a_range_of_percentages_is_one() -> None:
    (found,) = extract("Growth was 5%-7%, the bank said.")
    assert (found.estimate.low, found.estimate.high, found.estimate.unit) == (
        Decimal(5),
        Decimal(7),
        "percent",
    )


def test_a_range_that_begins_a_sentence_may_have_a_percent_sign_at_both_ends() -> None:
    (found,) = extract("Between 30% and 40% of the carbon is released.")
    assert (found.text, found.thing) == ("Between 30% and 40%", "carbon")
    assert (found.estimate.low, found.estimate.high) == (Decimal(30), Decimal(40))


def test_a_cut_by_so_much_money_to_so_much_is_a_step_and_a_level() -> None:
    step, level = extract("The council cut the library's budget by $75,000 to $1.1 million.")
    assert (step.estimate.best, level.estimate.best) == (Decimal(75_000), Decimal(1_100_000))


CONTRADICTIONS = [
    "The road is between 5 km and 10 kg long.",
    "The pipe is 5 km to 7 kg long.",
    "The price was more than 300 or equal to 300.",
    "The price was less than 300 or equal to it.",
    "The price was at least 300 or less.",
    "The cost was 300 MM last year.",
    "It fell to 58,1 milliards d'euros",
    "They lost 58,1 millions.",
]


@pytest.mark.parametrize("text", CONTRADICTIONS)
def test_no_part_is_read_of_a_value_that_is_refused(text: str) -> None:
    assert list(extract(text)) == []


def test_thousands_behind_a_time_are_read() -> None:
    (found,) = extract("At 10:30 thousands of people fled.")
    assert (found.text, found.estimate.low) == ("thousands", Decimal(2000))


PARTS = [
    "Twelve people (including 3 children) were killed, police said.",
    "Twelve people (incl. 3 children) were killed, police said.",
    "Twelve people, including 3 children, were killed, police said.",
]


@pytest.mark.parametrize("text", PARTS)
def test_what_befell_the_whole_befell_the_part(text: str) -> None:
    found = list(extract(text))
    assert [(each.estimate.best, each.measure, each.source) for each in found] == [
        (Decimal(12), "killed", "police"),
        (Decimal(3), "killed", "police"),
    ]


PAIRS: list[tuple[str, list[str]]] = [
    (
        "The bank raised its key rate by 25 basis points to 4.75%.",
        ["25 basis point", "4.75 percent"],
    ),
    ("Claims fell by 18 percent in 2023 to 41,200.", ["18 percent", "41200"]),
    ("Prices rose from 5 to 7 percent.", ["5 percent", "7 percent"]),
    ("Sales rose from 1.1 to 1.9 million.", ["1100000", "1900000"]),
    ("Sales rose from 900 to 1.2 million.", ["1200000"]),
    ("The toll rose by 5 to 47.", ["5", "47"]),
    ("Prices rose by 5 to 7 percent.", ["5..7 percent"]),
    ("Prices rose 5 to 7 percent.", ["5..7 percent"]),
    ("Carriers made up 4 to 6 percent of the sample.", ["4..6 percent"]),
    ("The court heard 31 witnesses over three weeks.", ["31", "3 week"]),
    ("The siege lasted over three weeks.", ["3..None week"]),
    ("Gunmen took more than 200 students, the army said, and 37 escaped.", ["200..None", "37"]),
    ("Imports fell a quarter on the year.", ["0.25"]),
    ("Employment rose by 26,000 to 2.71 million.", ["26000", "2710000"]),
    ("Employment rose by 2 to 3 million.", ["2000000..3000000"]),
    ("Passenger numbers fell by a fifth to 8.4 million.", ["0.2", "8400000"]),
    ("Almost half the voters stayed away; almost half do not care.", ["0.5", "0.5"]),
    ("The rate was 45 cases per 100,000 people.", ["45"]),
    ("A ticket costs 5 dollars and 20 cents.", ["5.20 USD"]),
    ("Losses widened to $73 million from 41 million.", ["73000000 USD", "41000000 USD"]),
    ("Losses widened to 73 million kronor from 41 million.", ["73000000 krona", "41000000 krona"]),
    ("Losses grew to 73 million euros, against 900,000.", ["73000000 EUR", "900000 EUR"]),
    ("Sales were €4.1 billion, up from 3.9.", ["4100000000 EUR", "3900000000 EUR"]),
    ("Ice shrank from 4,000 to under 600 km2.", ["4000 km2", "None..600 km2"]),
    ("Exports rose from 300 tonnes in 2019 to 450 tonnes.", ["300 tonne", "450 tonne"]),
    ("The mine produces 100 tonnes annually.", ["100 tonne/year"]),
    ("Pay rose from nine to more than 15 euros.", ["9 EUR", "15..None EUR"]),
    ("Output rose from two million to 3.5 million tonnes.", ["2000000 tonne", "3500000 tonne"]),
    ("At half past two, half an hour later, 3 died.", ["3"]),
]


@pytest.mark.parametrize(("text", "values"), PAIRS)
def test_the_ends_of_a_change_are_two_values_and_those_of_a_range_one(
    text: str, values: list[str]
) -> None:
    said = [proposal.estimate for proposal in extract(text)]
    ends = [str(one.best) if one.best is not None else f"{one.low}..{one.high}" for one in said]
    found = [" ".join(filter(None, (end, one.unit))) for end, one in zip(ends, said, strict=True)]
    assert found == values
