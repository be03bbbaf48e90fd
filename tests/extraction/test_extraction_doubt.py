"""What is in doubt is never of high confidence: things that are none, units left out, guesses."""

from __future__ import annotations

import pytest

from factlog.extraction import Confidence, Proposal, extract


def last(text: str) -> Proposal:
    return list(extract(text, language="en"))[-1]


# Each number counts a fragment, a clause, a place or a time, or lacks its unit.
DOUBTED = [
    "Two women and a child were hurt, police said.",
    "The mean (SD) age was 54.3 (11.2) years.",
    "Ukraine put Russian losses over the past day at 1,740 troops and 11 tanks.",
    "Teams of 12 searched the hills.",
    "A survey found that 62% distrust the government.",
    "A survey found that 58% favor legal abortion.",
    "Pew said 34% regret their vote.",
    "The firefighters were battling the blaze, which took six hours to contain.",
    "Stars brighter than magnitude 6 are visible.",
    "The hospital has 14 nurses fewer than it needs.",
    "There were 45 patients more than beds.",
    "Some 906,000 more people came than left.",
    "12 more people died than in May.",
    "The vaccine cost $21 a dose.",
    "The plant has a capacity of 300,000 cars.",
    "The sample held 300 cells, plus or minus 20.",
    "They sent 5 thousands of soldiers, the army said.",
    "On May 5 thousands of people marched, police said.",
    "Both sides broke the truce more than 200 times.",
    "The S&P 500 lost 23.54 points.",
    "The pub has been for sale for two years at £425,000.",
    "Sales were ahead of a consensus of 3.9%.",
    "The shares closed at a two-year high of A$31.85.",
    "Sales rose to an annual rate of 675,000 units.",
    "The council has set aside £1.2m to repair potholes.",
    "The group raised $75 million in a round led by a bank.",
    "The shares fell 6.3% to 41.20 zorkmids.",
    "The rate of new infections fell to 14 per 100,000 people.",
    "There were 3.7 deaths per 1,000 births.",
    "Water use averaged 142 litres per person per day.",
    "Net interest income came to 3.9 billion pounds.",
    "Of those who fled, 70% are women, the agency said.",
    "The asteroid came within 3,540 km of the surface.",
    "The app was downloaded 3.4 million times.",
    "The index rose to 52.3 points.",
    "Sales of electric cars reached 41,000 units in May.",
    "The rate of infection is 14 per 100,000 people.",
    "The hospital has 14 beds per 10,000 inhabitants.",
    "The factory produces 250,000 engines a year.",
    "The mine produces 40,000 tonnes of copper a year.",
    "The crater is 3.1 km wide.",
    "The fossil is about 110 million years old.",
    "The vaccine is 92% effective.",
    "The primary outcome occurred in 18.4% of patients.",
    "There were adverse events in 9% of patients.",
    "The hole has a mass of about 36 billion suns.",
    "The lake is the size of 300 football pitches.",
    "Some people fled, including 637,000 facing catastrophic levels of hunger.",
    "The town has 12 schools and hospitals in the north.",
    "The loan carries interest of 6.2%.",
    "The turbine runs at 3,000 revolutions per minute.",
    "The foundation gave 25 museums grants.",
    "He said 90 percent of the town's 4,000 houses had been damaged.",
    "The regulator fined the bank £12 million.",
    "The vote was 51 to 49.",
    "Nature Reports retracted the paper, which had claimed an efficacy of 94%.",
    "It holds a record of roughly 800,000 years.",
    "Analysts had expected a profit of $210 million.",
    "The plant makes 450,000 cars yearly.",
    "The tower is 30 metres taller than its rival.",
    "The UN's own count is 2.9 million.",
    "Turnout slipped past 40%.",
    "Prices start at $34,990 and rise to $51,000.",
    "The true bill is nearer €9bn than the €5.5bn parliament was told.",
    "She earns less than a third of the £4,200 her male colleagues take.",
    "Fewer than a dozen of the 340 evacuees have gone home.",
    "Three of the prisoners returned.",
    "Russia and Ukraine exchanged 157 prisoners.",
    "The firm gave the crews 157 tools each.",
    "Prices fell past $300.",
    "A man, 34, was charged, police said.",
    "A woman and a boy, 9, were killed, police said.",
    "The driver, 45, was arrested.",
    "The WFP asked donors for $214 million, of which 31% has been received, it said.",
    "The bank set aside $300 million for bad loans, of which 12% has been used.",
    "The fund holds a stake in the miner, worth about £140 million.",
    "The firm delivered fewer cars than the 450,000 analysts had predicted.",
]


@pytest.mark.parametrize("text", DOUBTED)
def test_what_is_in_doubt_is_not_of_high_confidence(text: str) -> None:
    found = list(extract(text, language="en"))
    assert found
    assert all(each.confidence is not Confidence.HIGH for each in found)


# So does the last number of these, behind one that is plain.
DOUBTED_LAST = [
    "The mayor said two people had been killed and that a third had died.",
    "It laid off 14,000 of its 277,000 employees.",
    "The party slipped from 44 seats, while the BJP slipped to 31.",
    "The firm has 1.4 million couriers in 70 countries, up from 900,000.",
    "One in five callers was under 25.",
    "Among 4,210 women, 26 developed clots.",
    "Two people were killed and a third was injured.",
    "They fired at a crowd that organisers put at 900 and the ministry at 450.",
    "Three men, 22, 24 and 31, were charged.",
    "The minister said 40 people had died, yet the morgue holds 62 bodies.",
    "The mayor said 40 homes burned, but shopkeepers filmed 60 houses.",
    "The ministry said it killed 14 people; a list on the wall has 22 names.",
]


@pytest.mark.parametrize("text", DOUBTED_LAST)
def test_what_is_in_doubt_behind_what_is_plain_is_not(text: str) -> None:
    first, *_, other = extract(text, language="en")
    assert (first.confidence, other.confidence is Confidence.HIGH) == (Confidence.HIGH, False)


PLAIN = [
    "Two women were hurt and a child died, police said.",
    "Five more people died on Sunday.",
    "Another 12 more homes burned and more than a village was lost.",
    "Revenue was $40 million a year earlier.",
    "The ship has a crew of 24 sailors.",
    "Speed rose to 300 km/h.",
    "Jobs growth slowed to 2%.",
    "Its $84 million appeal has been met.",
    "Three of the hostages were freed.",
    "Three of the prisoners died.",
    "Some 340 evacuees were killed.",
    "Russia released 157 prisoners.",
    "The guards took 157 prisoners.",
]


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_near_it_and_plain_is_of_high_confidence(text: str) -> None:
    (found,) = extract(text, language="en")
    assert found.confidence is Confidence.HIGH


PRICED = [
    ("A dozen eggs cost $4.95.", False),
    ("Two dozen roses now sell for about $40.", False),
    ("It bought 12 frigates for $2 billion.", True),
    ("12 houses were sold for $4 million.", True),
]


@pytest.mark.parametrize(("text", "counted"), PRICED)
def test_what_is_priced_by_the_piece_is_no_count(text: str, counted: bool) -> None:
    first, *_ = extract(text, language="en")
    assert (first.confidence is Confidence.HIGH) is counted


FOUND = [
    ("Siemens reported net profit of 2.1 billion euros.", "net profit", "net profit"),
    ("Volvo posted operating profit of $3 billion.", "operating profit", "operating profit"),
    ("The number of reported cases of dengue rose to 300.", "cases of dengue",
     "cases of dengue"),
    ("The foundation gave €75 million in grants last year.", "grants", "grants"),
    ("The Treasury collected $12.6 billion in inheritance tax.", "inheritance tax",
     "inheritance tax"),
    ("The museum bought paintings worth $3 million.", "paintings", "paintings"),
    ("The ministry issued 240 permits. Of these, 58 were issued to foreigners.", "permits",
     "permits"),
    ("The fund sold its stake in Belmar for $320 million.", "stake", "stake"),
    ("The fleet landed 41,000 tonnes of herring, valued at $310 million.", "herring", "herring"),
    ("Sales of cars almost tripled to 41,300.", "Sales of cars", "sales of cars"),
    ("He fired at a crowd of about 2,000 protesters.", "protesters", "protesters"),
    ("It reported Thursday first-quarter income of $510 million.", "first-quarter income",
     "first-quarter income"),
    ("The hospital recorded 19 deaths with 50 wounded.", "wounded", "injured"),
    ("Of the 38 miners trapped underground, 11 had been freed.", "miners", "released"),
    ("Six consultants who worked on the 97th floor are missing.", "consultants", "missing"),
    ("The strike killed eight people, injuring dozens more.", "people", "injured"),
    ("Half of the town's 4,000 houses were damaged.", "houses", "houses"),
    ("The charity sent 1,200 food parcels.", "food parcels", "food parcels"),
    ("The court released 3,400 pages of emails.", "pages", "pages"),
    ("Tesla's market value topped $1 trillion.", "market value", "market value"),
    ("The satellite, which weighs 850 kg, was lost.", "satellite", "satellite"),
    ("The deficit widened to 5.8% of output.", "deficit", "deficit"),
    ("Emissions totalled 46 million tonnes of carbon.", "Emissions", "emissions"),
    ("There were 23,410 live births.", "live births", "live births"),
    ("Cash and equivalents totalled $3.4 billion.", "Cash and equivalents",
     "cash and equivalents"),
    ("Two children were found dead.", "children", "killed"),
    ("The floods have claimed 30 lives.", "lives", "killed"),
    ("The crash claimed the lives of 12 soldiers.", "soldiers", "killed"),
    ("The bodies of 14 migrants were recovered.", "migrants", "killed"),
    ("A bomber killed himself and eight others.", "others", "killed"),
    ("The gunman killed his wife and two sons.", "sons", "killed"),
    ("About 300 fighters captured the town.", "fighters", "fighters"),
    ("About 300 fighters captured Goma.", "fighters", "fighters"),
    ("Some 40 rebels destroyed a bridge.", "rebels", "rebels"),
    ("The 300 men captured Monday were freed.", "men", "captured"),
    ("Three tanks destroyed the night before were repaired.", "tanks", "destroyed"),
    ("More than 600 homes lost power.", "homes", "homes"),
    ("About 200 jobs lost last year were in mining.", "jobs", "lost"),
    ("Thirty villagers fled their homes.", "villagers", "displaced"),
    ("The UN appealed to donors for $300 million.", "UN", "un"),
    ("A man, 34, was charged.", "man", "age"),
    ("Two girls, 7 and 9, were rescued.", "girls", "age"),
    ("The number of people killed has risen to 112.", "people", "killed"),
    ("The dead include 14 children.", "children", "killed"),
    ("At least 45 people, most of them women, drowned.", "people", "killed"),
    ("One officer and three suspects were killed.", "suspects", "killed"),
    ("Some 4,000 people were forced to leave their homes.", "people", "displaced"),
    ("Samsung swung to a loss of 4.58 trillion won from a profit.", "loss", "loss"),
]  # fmt: skip


def test_what_befell_a_part_did_not_befall_the_whole() -> None:
    text = "The disease has infected 2,300 people, of whom 140 have died."
    assert [each.measure for each in extract(text)] == ["infected", "killed"]


@pytest.mark.parametrize(("text", "thing", "measure"), FOUND)
def test_the_thing_is_what_is_priced_or_counted(text: str, thing: str, measure: str) -> None:
    assert (last(text).thing, last(text).measure) == (thing, measure)


SOURCES = [
    ("A study in Denmark found 85 children had asthma.", "study in Denmark"),
    ("The team discovered 14 species of frog, the museum said.", "museum"),
    ("The carmaker recalled 228,000 vehicles.", None),
    ("Employers added 187,000 jobs in July.", None),
    ("The Coastguard responded to 17,200 incidents.", None),
    ("Waiting lists fell by 12,000 in August.", None),
    ("Some 2,300 of the 7,000 languages spoken today are endangered.", None),
    ("The cost has climbed to £48m, three times the original estimate.", None),
    ("The raid was claimed by a group that has killed 1,100 people.", None),
    ("Over 120,000 people fled, according to the U.N. refugee agency.", "U.N. refugee agency"),
    ("Net migration was 606,000, the Office for National Statistics estimates.",
     "Office for National Statistics"),
    ("The county recorded 212 deaths, according to the medical examiner.", "medical examiner"),
    ("Analysts polled by Datalink expect a loss of $12 million.", "analysts"),
    ("The commander admitted losing 30 vehicles.", "commander"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source"), SOURCES)
def test_who_does_something_says_nothing(text: str, source: str | None) -> None:
    assert last(text).source == source
