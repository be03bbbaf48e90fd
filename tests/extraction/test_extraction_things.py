"""What a number counts: nouns right and left, what befell them, what carries over."""

from __future__ import annotations

from decimal import Decimal

import pytest

from factlog.claim import Hedge
from factlog.extraction import Confidence, extract
from factlog.policy import Measure

Things = list[tuple[str | None, str]]


def things(text: str) -> Things:
    return [(proposal.thing, proposal.measure) for proposal in extract(text)]


COUNTED: list[tuple[str, Things]] = [
    ("It left two sailors dead and a third missing.", [("sailors", "killed")]),
    (
        "A bus fell, leaving 14 Indian pilgrims dead and 29 hurt.",
        [("Indian pilgrims", "killed"), ("Indian pilgrims", "injured")],
    ),
    ("Spotify had 640 million monthly users in May.", [("monthly users", "monthly users")]),
    ("It has 300 daily flights.", [("daily flights", "daily flights")]),
    (
        "The army said 15 officers, four civilians and five gunmen died.",
        [("officers", "killed"), ("civilians", "killed"), ("gunmen", "killed")],
    ),
    ("Two men, three women and a child were killed.", [("men", "killed"), ("women", "killed")]),
    ("It has 300 workers and 12 people died.", [("workers", "workers"), ("people", "killed")]),
    ("Gunmen abduct 287 pupils from school", [("pupils", "abducted")]),
    ("Turkey detains 33 people", [("people", "detained")]),
    ("It hurt 21 people, two critically.", [("people", "injured"), ("people", "injured")]),
    ("Some 300 demanding better pay marched.", [(None, "")]),
    ("Some 300 working mothers came.", [("working mothers", "working mothers")]),
    ("A bird that measured 7 metres and weighed 9 kg fell.", [("bird", "bird")] * 2),
    ("A fire killed 78 guests and staff.", [("guests and staff", "killed")]),
    ("It killed 30 men, women and children.", [("men, women and children", "killed")]),
    ("Twelve passengers and crew were hurt.", [("passengers and crew", "injured")]),
    ("It killed 30 men and women in the town.", [("men and women", "killed")]),
    ("It damaged 300 homes and businesses.", [("homes and businesses", "damaged")]),
    ("There were 12 deaths and injuries.", [("deaths and injuries", "casualties")]),
    ("It killed 12 soldiers and civilians were evacuated.", [("soldiers", "killed")]),
    ("It killed 30 men and two women.", [("men", "killed"), ("women", "killed")]),
    ("It killed three men and wounded 11.", [("men", "killed"), ("men", "injured")]),
    ("The firm has 300 workers and sells cars.", [("workers", "workers")]),
    ("The firm has 12 offices and operates in Spain.", [("offices", "offices")]),
    ("Around 300 North Korean soldiers killed.", [("North Korean soldiers", "killed")]),
    ("Casualties stood at about 4,000.", [("Casualties", "casualties")]),
    ("He put North Korean casualties at about 4,000.", [("North Korean casualties", "casualties")]),
    ("The death toll rose to 300.", [("death toll", "killed")]),
    ("8, not 18, miners are missing.", [("miners", "missing"), ("miners", "missing")]),
    ("We have found 17.", [(None, "")]),
    ("It was more like 70.", [(None, "")]),
    ("She won in under 18s.", [(None, "")]),
    ("Give or take 300 people came.", [("people", "people")]),
    ("The 737 MAX 8 was grounded.", []),
    ("The club once numbered 900.", [("club", "club")]),
    ("The herd, which once numbered 900, is gone.", [("herd", "herd")]),
    ("Three of the fourteen suspects were arrested.", [("suspects", "arrested")]),
    ("Six of the twenty-two miners were killed.", [("miners", "killed")]),
    ("The asteroid has a 3.1% chance of striking Earth.",
     [("chance of striking Earth", "chance of striking earth")]),
    ("It has a 5% risk of heavy rain.", [("risk of heavy rain", "risk of heavy rain")]),
    ("A ferry sank, drowning at least 28 people.", [("people", "killed")]),
    ("He saved a drowning child and 12 sheep.", [("sheep", "sheep")]),
    ("The toll stands at 3,100.", [("toll", "killed")]),
    ("About 120 of the 300 passengers died.", [("passengers", "killed")]),
    ("Some 300 people have been killed.", [("people", "killed")]),
    ("The number of deaths registered in the week was 783, a decrease of 67.",
     [("deaths", "killed"), ("deaths", "killed")]),
    ("The median price paid for a dwelling was €325,000.", [("median price", "median price")]),
    ("Patients waited an average of 5 hours.", [("Patients", "patients")]),
    ("Payments, worth €3 million, were made.", [("Payments", "payments")]),
    ("Norvik's net profit reached $4.2 billion.", [("net profit", "net profit")]),
    ("Halden Steel's annual revenue was €310 million.", [("annual revenue", "annual revenue")]),
    ("The city's population is 1.4 million.", [("population", "population")]),
    ("The total managed expenditure was £12 billion.",
     [("total managed expenditure", "total managed expenditure")]),
    ("The force has 1,200 newly recruited officers.",
     [("newly recruited officers", "newly recruited officers")]),
    ("Hotels had 1,032 overnight stays.", [("overnight stays", "overnight stays")]),
    ("The school's 420 pupils were sent home.", [("pupils", "pupils")]),
    ("Fortune 500 companies attended.", []),
    ("The FTSE 250 closed down 1.3%.", [("FTSE 250", "ftse 250")]),
    ("The state owes $4.6 trillion.", [("state", "state")]),
    ("The bus, carrying pilgrims, plunged 200 metres.", [("bus", "bus")]),
    ("Only 38% of its $84 million appeal has been met.", [("appeal", "appeal")] * 2),
    ("It has 40 million users, of whom 2% pay.", [("users", "users")] * 2),
    ("A bus with 52 pilgrims crashed, killing at least 28 of them.",
     [("pilgrims", "pilgrims"), ("pilgrims", "killed")]),
    ("Sales in China fell 22%, while those in Europe rose 0.6%.", [("Sales", "sales")] * 2),
    ("It drew 640,000 visitors, 12% more than in 2022.", [("visitors", "visitors")] * 2),
    ("Of the trials, 171 (29%) stayed unpublished.", [("trials", "trials")] * 2),
    ("The risk of death fell by 31%.", [("risk of death", "risk of death")]),
    ("Six of its ten ships were lost.", [("ships", "lost")]),
    ("He put the number of wounded at 52.", [("wounded", "injured")]),
    ("Two soldiers and a civilian were killed, bringing to 19 the number of deaths.",
     [("soldiers", "killed"), ("deaths", "killed")]),
    ("He said that 400 fighters came and that 20 soldiers were wounded.",
     [("fighters", "fighters"), ("soldiers", "injured")]),
    ("The toll passed 100, with 98 injured.", [("toll", "killed"), ("injured", "injured")]),
    ("Ukraine downed 54 of 60 drones.", [("drones", "drones")]),
    ("Marlon Pike, a nurse, said the blast burned for six hours.", [("blast", "blast")]),
    ("The insurer holds a 12.4% stake.", [("stake", "stake")]),
    ("It set aside $3.2 billion for roads and $900 million for schools.",
     [("roads", "roads"), ("schools", "schools")]),
    ("The strike cost the carmaker $1.1 billion.", [("carmaker", "carmaker")]),
    ("Inflation eased to 3.4%, the lowest since 2021, from 3.9% in May.",
     [("Inflation", "inflation")] * 2),
    ("He faces 14 counts of fraud.", [("counts of fraud", "counts of fraud")]),
    ("A poll by the union put support at 43%.", [("support", "support")]),
    ("The quake killed 300 people.", [("people", "killed")]),
    ("The quake killed 12, injured 80 and left 4,000 homeless.",
     [("killed", "killed"), ("injured", "injured"), ("homeless", "homeless")]),
    ("At least 38 people were killed and more than 200 injured.",
     [("people", "killed"), ("people", "injured")]),
    ("Police said 20 officers and 35 protesters were injured.",
     [("officers", "injured"), ("protesters", "injured")]),
    ("The fire destroyed 96 homes and 213 outbuildings.",
     [("homes", "destroyed"), ("outbuildings", "destroyed")]),
    ("More than 300 soldiers killed 12 civilians.",
     [("soldiers", "soldiers"), ("civilians", "killed")]),
    ("Some 3,800 soldiers had been killed or injured.", [("soldiers", "casualties")]),
    ("The army killed or wounded 3,800 rebels.", [("rebels", "casualties")]),
    ("The crash left two people dead.", [("people", "killed")]),
    ("The deaths of 40 miners shook the town.", [("miners", "killed")]),
    ("Three firefighters suffered minor injuries.", [("firefighters", "injured")]),
    ("There were 16 seriously injured people.", [("injured people", "injured")]),
    ("Rescuers treated 12 injured patients.", [("injured patients", "injured")]),
    ("The army sent 11,000 troops.", [("troops", "deployed")]),
    ("Police arrested 214 people.", [("people", "arrested")]),
    ("Some 30 people are still missing.", [("people", "missing")]),
    ("Israel says 251 people were taken hostage.", [("people", "abducted")]),
    ("A crowd of 71,204 watched the final.", [("crowd", "crowd")]),
    ("The population of the area is up to 15,000 people.", [("population", "population")]),
    ("The outbreak caused 1,842 new cases of cholera.",
     [("new cases of cholera", "new cases of cholera")]),
    ("Of the deaths, 17,388 were in Kashmir.", [("deaths", "killed")]),
    ("A magnitude 6.8 earthquake struck.", [("earthquake", "magnitude")]),
    ("A 6.1-magnitude quake struck.", [("quake", "magnitude")]),
    ("Revenue rose to $1.2 billion.", [("Revenue", "revenue")]),
    ("Officers seized 1.5 tonnes of cocaine.", [("cocaine", "cocaine")]),
    ("The council spent £4.3m on consultants.", [("consultants", "consultants")]),
    ("The president announced $2.5 billion in aid.", [("aid", "aid")]),
    ("The firm reported a 6 percent decline in operating profit to $204 million.",
     [("operating profit", "operating profit")] * 2),
    ("Profits saw a 6 percent drop.", [(None, "")]),
    ("The vaccine cut infections by 40%.", [("infections", "infections")]),
    ("The deficit forecast is 3% of GDP.", [("deficit forecast", "deficit forecast")]),
    ("They back 7 million of the country's 18 million people.",
     [("people", "people"), ("people", "people")]),
    ("The plant is a 2,500-acre site.", [("site", "site")]),
    ("The fire burned 320 acres (129.5 hectares) of forest.", [("fire", "fire")]),
    ("Over 5,000 police officers were on duty.", [("police officers", "police officers")]),
    ("In all, 12 mostly empty houses burned.", [("empty houses", "empty houses")]),
    ("Turnout was 61%, down from 64%.", [("Turnout", "turnout"), ("Turnout", "turnout")]),
    ("There are 300 masked men.", [("masked men", "masked men")]),
    ("The city plans to build 300 homes by 2029.", [("homes", "homes")]),
    ("Police seized 2.3 tonnes of cocaine hidden among bananas.", [("cocaine", "cocaine")]),
    ("It spent $92 million on television advertising.",
     [("television advertising", "television advertising")]),
    ("Officers found 89 live tortoises.", [("tortoises", "tortoises")]),
    ("The ministry's estimate of civilian deaths is 300.", [("civilian deaths", "killed")]),
    ("Losses have surpassed 3,000.", [("Losses", "losses")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), COUNTED)
def test_what_a_number_counts(text: str, expected: Things) -> None:
    assert things(text) == expected


def test_the_hedge_carries_with_the_noun() -> None:
    text = "Around 300 soldiers have been killed and 2,700 injured."
    _, injured = extract(text)
    assert (injured.estimate.hedge, injured.estimate.best) == (Hedge.ABOUT, Decimal(2700))
    assert (injured.text, injured.said) == ("2,700", "Around 2,700")


def test_the_hedge_does_not_carry_to_a_part_of_them() -> None:
    _, charged = extract("At least 55 people were arrested, and 12 of them were charged.")
    assert (charged.estimate.hedge, charged.estimate.best) == (Hedge.EXACT, Decimal(12))


def test_a_number_with_its_own_noun_keeps_its_own_hedge() -> None:
    _, houses = extract("Around 300 people died and 2,700 houses burned.")
    assert houses.estimate.hedge is Hedge.EXACT


def test_the_unit_carries_to_what_is_compared() -> None:
    _, before = extract("The average wait is 14 weeks, up from nine before the strike.")
    assert (before.said, before.estimate.unit) == ("nine weeks", "week")


def test_the_figure_means_the_claim_before() -> None:
    text = "Kyiv said 4,000 soldiers had been killed. Seoul put the figure at 3,000."
    assert things(text) == [("soldiers", "killed")] * 2
    assert [p.confidence for p in extract(text)] == [Confidence.HIGH, Confidence.LOW]


def test_another_number_counts_what_the_sentence_before_counted() -> None:
    assert things("Some 60 men were lost. Another 15 are missing.")[1] == ("men", "missing")


def test_a_change_is_marked_and_never_of_high_confidence() -> None:
    (rise,) = extract("Prices rose by 4%.")
    (level,) = extract("Prices rose to 4%.")
    assert "a change, not a level" in rise.rules
    assert rise.confidence is Confidence.MEDIUM
    assert "a change, not a level" not in level.rules


LEVELS = [
    "The price fell from $12 to $9, the firm said.",
    "Unemployment had risen from 4% a year earlier to 5%, the ministry said.",
    "The number of cases dropped from 1,200 in May to 900, the ministry said.",
    "The population grew from 12,000 in 1990 to more than 30,000.",
]


@pytest.mark.parametrize("text", LEVELS)
def test_what_a_level_was_is_less_sure_than_what_it_is(text: str) -> None:
    old, new = extract(text, language="en")
    assert (old.confidence, new.confidence) == (Confidence.MEDIUM, Confidence.HIGH)
    assert (new.as_of, old.thing) == (None, new.thing)


def test_where_a_level_comes_from_may_be_told_behind_it() -> None:
    new, old = extract("The price fell to $9 from $12, the firm said.", language="en")
    assert (new.confidence, old.confidence) == (Confidence.HIGH, Confidence.MEDIUM)


def test_a_vocabulary_of_ones_own_names_the_measure() -> None:
    own = (Measure("dwellings", aliases=("houses",)),)
    (proposal,) = extract("Some 300 houses burned.", measures=own)
    assert proposal.measure == "dwellings"


VALUES: list[tuple[str, list[str]]] = [
    ("Enrolment grew from 1,100 to 1,900 in a decade.", ["1,100", "1,900"]),
    ("From 300 to 400 people came.", ["From 300 to 400"]),
    ("Revenue was £574m against £528 million a year ago.", ["£574m", "£528 million"]),
    ("About 10-12 thousand men were sent.", ["About 10-12 thousand"]),
    ("The wolf population stands at 350 (280-410).", ["350 (280-410)"]),
    ("Half a million tonnes of grain are stuck.", ["Half a million tonnes"]),
    ("More than 2,700 but fewer than 3,000 people fled.", ["More than 2,700 but fewer than 3,000"]),
    ("The airport handled 6.2m passengers, 300,000 fewer.", ["6.2m", "300,000"]),
    ("They handed over 300 prisoners.", ["300"]),
    ("The deficit was -$50.8bn.", ["-$50.8bn"]),
    ("Shares fell 4.7% to £3.12.", ["4.7%", "£3.12"]),
    ("One in five adults sleeps badly.", ["One in five"]),
    ("The height is 5 ft 11.", ["5 ft 11"]),
    ("Some 300 or so people fled.", ["Some 300 or so"]),
]


@pytest.mark.parametrize(("text", "expected"), VALUES)
def test_where_a_value_begins_and_ends(text: str, expected: list[str]) -> None:
    assert [proposal.text for proposal in extract(text)] == expected
