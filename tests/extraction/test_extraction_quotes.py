"""Whether a quote holds the number of its claim, and a text the quote."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factlog.answers import EvidenceGap
from factlog.claim import Claim, Statement
from factlog.extraction import quotes
from factlog.page import LONGEST, PageState
from factlog.parsing import read


def claimed(said: str, quote: str | None, unit: str | None = None, **how: str) -> Claim:
    figure = read(said, unit=unit, **how)
    told = (figure.said, figure.estimate)
    return Claim(Statement("Harbour", "Ministry", quote=quote), *told, thing=figure.thing)


HELD = {
    ("4 injured", "четверо поранених"),
    ("12 killed", "дванадцятеро людей загинули"),
    ("8 killed", "погибли восьмеро человек"),
    ("$82.40", "Brent crude traded at $82.40 a barrel"),
    ("$82.40 a barrel", "Brent crude was at $82.40"),
    ("£1.1 billion", "the cost is £1.1 billion a year."),
    ("0.2 °C", "It warms by 0.2 °C per decade"),
    ("35 injured", "Twenty died and another 35 were taken to hospitals"),
    ("3 killed", "15 were taken to hospital, where three died"),
    ("12 killed", "12 patients in hospital were killed"),
    ("4,512 cases", "4,512 new cases and 212 deaths"),
    ("212 killed", "212 deaths among 4,512 cases"),
    ("212 killed", "212 cases were fatal"),
    ("212 killed", "4,512 cases, 212 of them fatal"),
    ("12 killed", "eight of the 12 people killed were children"),
    ("12 killed", "eight of the 12 people who were killed were children"),
    ("12 injured", "two of the 12 wounded died"),
    ("62 killed", "None of the 62 aboard survived"),
    ("62 killed", "The plane, carrying 62 people, crashed, killing all aboard"),
    ("250 hostages", "killed 1,139 people and took about 250 hostages"),
    ("40 injured", "12 deaths; 40 in hospital"),
    ("3 killed", "killing two women and a child"),
    ("8 killed", "five men and three women were killed"),
    ("3 killed", "A mother and her two daughters were killed"),
    ("4 killed", "The attack killed a man, his wife and their two sons."),
    ("4 killed", "three women and a 12-year-old boy were killed"),
    ("3 killed", "Father and two daughters killed in crash"),
    ("4 killed", "A couple and their two children died"),
    ("2 killed", "An elderly couple were killed in Kherson"),
    ("2 killed", "Both pilots died"),
    ("2 killed", "The pilot and co-pilot were killed"),
    ("2 killed", "The crash killed a Dutch tourist and a local guide"),
    ("1 killed", "The driver was killed and two passengers hurt"),
    ("1,205 killed", "1,200 civilians and five soldiers were killed"),
    ("5 killed", "5 fatal injuries were reported"),
    ("33 captured", "Hamas released 33 hostages"),
    ("17 killed", "On Sunday, 17 people were killed"),
    ("5,000 killed", "By Sunday 5,000 people had been killed"),
    ("12 killed", "On Tuesday 12 died and 3 were hurt"),
    ("15 killed", "On March 31, 15 journalists were killed"),
    ("15 killed", "On March 31, 15 were killed"),
    ("34,000 killed", "Since October 7, 34,000 people have been killed"),
    ("6.8 million displaced", "Since Feb. 24, 6.8 million people have fled"),
    ("4,512 cases", "As of March 15, 4,512 cases and 212 deaths had been confirmed"),
    ("300 killed", "[300] people were killed"),
    ("6 killed", "6 killed/35 injured"),
    ("35 injured", "6 killed/35 injured"),
    ("1 killed", "a man was ſhot dead"),
    ("7,200 killed", "seven thousand, two hundred were killed"),
    ("$2 billion", "The storm caused $2 billion in damage."),
    ("$30 million", "A $30m fire killed four"),
    ("11 days", "The 11-day war killed 256 Palestinians"),
    ("120 mph", "Winds of 120 mph killed 12"),
    ("500 kg", "A 500-kg bomb killed at least four"),
    ("12 killed", "12 villagers killed in raid"),
    ("61 injured", "The blast killed 22 and wounded 61"),
    ("61 injured", "killed at least 22 people and injured 61, officials said."),
    ("104 injured", "Dead: 33; wounded: 104"),
    ("22 killed", "The blast on 2 March 2024 killed 22"),
    ("40 killed", "The 2023 floods killed 40"),
    ("12 killed", "A magnitude 6.1 quake killed 12"),
    ("2,000 displaced", "killed 12 people and displaced 2,000"),
    ("300", "killed around 300 and injured 2,700"),
    ("around 2,700", "killed around 300 and injured 2,700"),
    ("4k", "some four thousand men"),
    ("four thousand", "4,000 men"),
    ("1", "one man was killed"),
    ("twelve", "On 12 March, 12 people died"),
    ("0", "No one was killed"),
    ("0", "there were no deaths"),
    ("300,000 to 400,000", "between 300 and 400 thousand people"),
    ("300 to 400", "first 300, later 400 were counted"),
    ("1.2m people", "1.2 million people"),
    ("5,000 m", "a front of 5 km"),
    ("5", "a front of 5 km"),
    ("5 km", "a front of 5"),
    ("$5m", "cost five million dollars"),
    ("30%", "thirty percent of them"),
    ("5", "5% of them, 5 men, were killed"),
    ("5%", "5 per cent of them"),
    ("30%", "загинули 30 відсотків солдатів"),
    ("30%", "murió el 30 por ciento de los soldados, dijo el ministerio"),
    ("20% to 30%", "between 20 and 30% of homes"),
    ("5.5% ± 0.5", "(5.5 ± 0.5)% of those asked"),
    ("5.5% ± 0.5%", "5.5 ± 0.5% of those asked"),
    ("4.1%", "up from 4.1 to 4.5 percent"),
    ("20% to 30%", "20 to 30 percent of homes"),
    ("30% of homes", "30 percent of homes"),
    ("50%", "Half of the port burned"),
    ("75%", "three quarters of voters"),
    ("20% to 25%", "a fifth to a quarter of homes"),
    ("dozens", "dozens were hurt"),
    ("at least 14", "at least\n  14 people"),
    ("4.5 ± 0.2 m", "it is (4.5 ± 0.2) m high"),
    ("4.5 ± 0.2 m", "it is 4.5 m, give or take 0.2"),
    ("3.5", "it took 3½ years"),
    ("3.5", "it took 3 1/2 years"),
    ("2.5 million", "2 1/2 million people"),
    ("£3bn", "it cost 3 billion pounds"),
    ("1912", "founded in 1912"),
    ("2026 killed", "2026 were killed, more than in 2025"),
    ("2,000 killed", "It resulted in 2000 deaths"),
    ("2026 killed", "In 2026 people died"),
    ("30 killed", "At 17:30, 30 people were dead"),
    ("13 killed", "13 may be dead"),
    ("30 killed", "bei dem Angriff am 13. Januar starben 30 Menschen"),
    ("200", "the odds are 1:200"),
    ("17 killed", 'Officials said "at least 17" people were killed.'),
    ("17 killed", "killed “at least 17” people"),
    ("17 killed", '"The number of dead is 17" said the mayor.'),
    ("4k killed", "4K dead"),
    ("4K", "4K"),
    ("1,200 killed", "1,200 were killed per day"),
    ("60 killed", "60 per day"),
    ("3 killed", "Three N. Korean soldiers were killed"),
    ("17 killed", "17 Euro tourists died"),
    ("17 killed", "On Monday 17 people were killed in Kherson."),
    ("17 killed", "In March 17 civilians were killed"),
    ("300 m", "a 300m tower"),
    ("300 m", "Height: 300m"),
    ("100 km", "100 км"),
    ("5 km", "5000 metros"),
    ("300", "a front of 300 km"),
    ("20", "it cost $20"),
    ("100 killed", "100 km away, 100 died"),
    ("100 ships", "100 tonnes of ships"),
    ("20 million losses", "$20 million in losses"),
    ("300 killed", "300 a day were killed"),
    ("чотири тисячі", "загинули чотири тисячі солдатів"),
    ("4000", "убиты четыре тысячи солдат"),
    ("4,000", "4,0\u00ad00 men"),
    ("4,000", "four thou\u00adsand\u200b men"),
    ("11,743", "11\u2009743 men"),
    ("1,500", "1.500 muertos"),
    ("1.5 million", "1,5 Millionen Menschen"),
    ("40", "vierzig Tote"),
    ("31", "einunddreißig Menschen"),
    ("1.5 million", "one-and-a-half million people"),
    ("6.67430(15)e-11", "6.67430(15)×10−11 m3 kg−1 s−2, as a pdf gives it"),
    ("3,000,000", "some 3 × 106 of them"),
    ("3,000,000", "some 3 × 10^6 of them"),
    ("5.6 magnitude", "a magnitude-5.6 earthquake"),
    ("5.6 magnitude", "an M5.6 earthquake"),
    ("half of homes", "50 percent of homes"),
    ("a quarter of homes", "25% of homes"),
    ("minus 3% growth", "the economy fell by about 3 percent"),
    ("-3%", "a 3 per cent decline"),
    ("1 killed", "A single person was killed"),
    ("7200", "seven thousand, two hundred"),
    ("14 killed", "In Room 12, 14 people were killed"),
    ("17 killed", "Airstrike on Route 17 killed 17"),
    ("17 killed", "Strike on Building 17 People Dead"),
    ("17 killed", "In Kherson, 17, including two children, were killed"),
    ("17 killed", "17-strong crew killed"),
    ("17 killed", "In Kharkiv 17 were killed"),
    ("17 killed", "17 St Petersburg residents were killed"),
    ("300 beds", "a 300-bed hospital"),
    ("2728", "Resolution 2728"),
    ("14 killed", "...14 people were killed"),
    ("14 killed", "the number of people killed...14"),
    ("14 killed", "...14... were killed"),
    ("2,300", "The toll is ...2,300"),
    ("0.14", "a ratio of .14"),
    ("-3%", "output fell three percent"),
    ("-3%", "fell by three percent"),
    ("-3%", "a fall of 3 percent"),
    ("-3%", "it was 3% lower"),
    ("-3%", "it tumbled 3 percent"),
    ("-3%", "it lost about 3 percent"),
    ("-300", "300 fewer people came"),
    ("3% inflation", "inflation fell to 3 percent"),
    ("3% decline", "output fell 3 percent"),
    ("17 killed", "17 were killed or wounded"),
    ("17 killed", "17 injured people died"),
    ("17 killed", "17 of the injured died"),
    ("17 killed", "17 people who had been missing were found dead"),
    ("17 killed", "17 missing, feared dead"),
    ("17 killed", "17 wounded have since died"),
    ("17 killed", "Killed - 17, injured - 30"),
    ("17 killed", "killed 17, injured 2,700"),
    ("17 killed", "40 injured, dead: 17"),
    ("17 killed", "17 soldiers from the captured city died"),
    ("17 killed", "Dead: 17. Wounded: 30."),
    ("17 killed", "The 17 killed and 40 injured included children"),
    ("30 injured", "17 killed, 30 taken to hospital"),
    ("17 casualties", "17 were injured"),
    ("17 detained", "17 were arrested"),
    ("17 homes destroyed", "17 homes damaged or destroyed"),
    ("3 injured", "3 dead and 3 injured"),
    ("12 killed", "at the apartment 12 were killed"),
    ("12 killed", "In the school 12 children were killed"),
    ("12 killed", "Killed in Kherson (12) and Kharkiv (5)"),
    ("12 killed", "12 aged 70 were killed"),
    ("12 killed", "not 17 but 12 people were killed"),
    ("12 killed", "On the bus, 12 died"),
    ("12 killed", "of 30 in hospital 12 have died"),
    ("12 killed", "In hospital 12 died"),
    ("17 killed", "17 drone operators died"),
    ("17 killed", "17 dogs and 17 people were killed"),
    ("17 cows killed", "The blast killed 17 cows"),
    ("17 houses destroyed", "17 houses burned"),
    ("17 killed", "Officials named the dead as 17 men injured in Monday's blast"),
    ("17 killed", "17 were fatally wounded"),
    ("1 killed", "an officer was fatally wounded"),
    ("1 injured", "a boy was killed and a girl injured"),
    ("17 killed", "Killed were 17 injured patients"),
    ("40 killed", "The toll rose by 17 to 40"),
    ("17 new deaths", "The toll rose by 17 to 40"),
    ("1 killed", "a man was killed"),
    ("1 killed", "a woman has died"),
    ("1 killed", "another person was reported killed in Kherson"),
    ("1 killed", "The strike killed an elderly man"),
    ("1 injured", "A firefighter in Odesa was lightly injured"),
    ("1 casualties", "a soldier was wounded"),
    ("1 house destroyed", "a house was destroyed"),
    ("2 killed", "a man and a woman were killed"),
    ("2 killed", "It killed a man and his wife"),
    ("20%", "one in five children live in poverty"),
    ("25%", "One in four people is hungry"),
    ("30%", "3 out of 10 homes"),
    ("67%", "2 in 3 homes"),
    ("66.7%", "2 in 3 homes"),
    ("33%", "one in every three women"),
    ("around 40", "unos cuarenta muertos en la explosión del puerto, dijo el ministerio"),
}
NOT_HELD = {
    ("5 injured", "четверо поранених"),
    ("120 km", "at 120 km/h"),
    ("$82.40", "€82.40 a barrel"),
    ("35 killed", "Twenty died and another 35 were taken to hospitals"),
    ("4 killed", "One died and four were treated for burns"),
    ("7 killed", "left two dead and seven in critical condition"),
    ("12 killed", "left three dead and a dozen more in hospital"),
    ("4,512 killed", "4,512 new cases and 212 deaths"),
    ("4,512 killed", "212 deaths among 4,512 cases"),
    ("212 cases", "4,512 new cases and 212 deaths"),
    ("12 killed", "eight of the 12 hostages were killed"),
    ("12 killed", "two of the 12 wounded died"),
    ("40 killed", "Twelve of the 40 died of their wounds"),
    ("45 killed", "A bus carrying 45 passengers plunged off a bridge, killing six"),
    ("250 killed", "killed 1,139 people and took about 250 hostages"),
    ("14 killed", "28 bodies were found, and 14 survivors"),
    ("80 missing", "the number of fatalities now stands at 80, with 47 unaccounted for"),
    ("4 killed", "two women and a child were killed"),
    ("3 killed", "Shelling killed two women and wounded a child"),
    ("3 killed", "no deaths; two women and a child were injured"),
    ("3 killed", "not two women and a child were killed"),
    ("12 killed", "three women and a 12-year-old boy were killed"),
    ("2 killed", "a woman and a dog were killed"),
    ("1 killed", "the driver was not killed"),
    ("80 injured", "The number of dead rose to 80, with 47 injured"),
    ("31 killed", "On March 31, 15 were killed"),
    ("6 killed", "On March 5, 6 and 8 the town was shelled; 12 died"),
    ("3 killed", "Some people were killed. [3] He said"),
    ("35 killed", "6 killed/35 injured"),
    ("300", "as many as 3,000 were killed"),
    ("3", "3 million people"),
    ("3 million", "3 people"),
    ("3,000", "around 300 killed and 2,700 injured"),
    ("13", "On 13 January, 12 people died"),
    ("13", "On January 13, 12 people died"),
    ("2020", "On 3 March 2020 many were killed"),
    ("2020", "On January 13, 2020 many were killed"),
    ("30 killed", "The blast was at 17:30, officials said."),
    ("5 killed", "It struck at 17:05"),
    ("5 killed", "at 5 a.m."),
    ("5 killed", "at 5 pm"),
    ("5 killed", "at 5 o'clock"),
    ("30 killed", "à 17 h 30"),
    ("13 killed", "am 13. Januar"),
    ("13 killed", "le 13 janvier"),
    ("13 killed", "13 января"),
    ("13 killed", "el 13 de enero"),
    ("2026", "am 13. Januar 2026"),
    ("2026 killed", "in January 2026"),
    ("2026 killed", "Since 2026"),
    ("2026 killed", "desde enero de 2026"),
    ("2026 killed", "в 2026 году"),
    ("100 killed", "100 km away"),
    ("100 ships", "100 km away"),
    ("100 killed", "в 100 километрах от города"),
    ("2022 killed", "Many were killed by the end of 2022."),
    ("13 killed", "On January 13 there were losses"),
    ("100 killed", "100 км"),
    ("100 killed", "a 100 kilómetros"),
    ("17 killed", "um 17 Uhr"),
    ("12 killed", "12 часов"),
    ("20 killed", "it cost $20"),
    ("3 tonnes", "3 people"),
    ("$5m", "5 million people"),
    ("1", "no one was killed"),
    ("0", "12 people died"),
    ("300 to 400", "some 300 people"),
    ("dozens", "hundreds were hurt"),
    ("5 km", "a front of 5 miles"),
    ("3 pounds", "it cost £3"),
    ("5%", "a rise of 5 tonnes"),
    ("5", "5% killed"),
    ("5", "5 % killed"),
    ("5", "five per cent of them died"),
    ("5", "погибли 5% солдат"),
    ("5", "murieron 5 % de los soldados en la explosión del puerto, dijo el ministerio"),
    ("30%", "30 homes destroyed"),
    ("30%", "thirty homes destroyed"),
    ("50%", "half a million people"),
    ("100%", "one home"),
    ("4.5 ± 0.2 m", "it is 4.5 m high"),
    ("300", "many were killed"),
    ("1.5", "1.55 m"),
    ("3,000,000", "a net of 3 × 10.6 m"),
    ("1,500", "1.500 dead"),
    ("1,500", "1.500 euros"),
    ("47", "T-47 tanks, 1470 of them"),
    ("15", "115 and 151"),
    ("0.14", "a ratio ...14"),
    ("6 killed", "a magnitude-6 earthquake"),
    ("half of homes", "5 percent of homes"),
    ("1", "100 percent of homes"),
    ("-3%", "GDP rose 3%"),
    ("-3%", "GDP fell to 3%"),
    ("-3%", "output fell to three percent"),
    ("-300", "300 more people came"),
    ("3% change", "output fell 3 percent"),
    ("3% growth", "a fall of about three percent"),
    ("3% change", "it was 3% lower"),
    ("17 killed", "In the attack 12 people were killed and 17 injured"),
    ("12 injured", "In the attack 12 people were killed and 17 injured"),
    ("300 killed", "300 were wounded"),
    ("17 killed", "killing 12 and wounding 17"),
    ("17 killed", "12 dead and 17 missing"),
    ("17 killed", "17 arrested"),
    ("40 killed", "17 deaths and 40 injuries"),
    ("12 killed", "17 people died in room 12"),
    ("12 killed", "17 people died on floor 12"),
    ("12 killed", "17 people died on bus 12"),
    ("12 killed", "17 people died at School 12"),
    ("12 killed", "17 people died at kilometre 12"),
    ("12 killed", "Ana (12) was killed"),
    ("12 killed", "people aged 12 to 70 were killed"),
    ("7 killed", "a magnitude 7 quake killed many"),
    ("6 killed", "a category 6 storm killed many"),
    ("6 killed", "a quake of 6 on the Richter scale killed many"),
    ("17 killed", "not 17 but 12 people were killed"),
    ("17 killed", "17 missiles killed people"),
    ("17 killed", "17 houses"),
    ("17 killed", "The blast killed 17 cows"),
    ("17 killed", "The toll rose by 17 to 40"),
    ("3 injured", "Shelling killed three civilians and wounded 11"),
    ("85 missing", "The death toll climbed to 85, with more than 40 people still missing"),
    ("1 killed", "a man was injured"),
    ("1 killed", "a man killed many"),
    ("1 killed", "a strike has killed many"),
    ("1 killed", "a man said many were killed"),
    ("1 killed", "not a person was killed"),
    ("2 killed", "a man was killed"),
    ("20%", "one in six children"),
    ("66%", "2 in 3 homes"),
    ("1 killed", "Not a single person was killed"),
    ("17 killed", "Resolution 17 was passed"),
    ("17 killed", "Boy, 17, killed"),
    ("17 killed", "Ada Lovelace, 17, was killed"),
    ("300 killed", "a 300-bed hospital"),
    ("14 killed", "12 kılled and 14 injured"),
    ("102 killed", "killed a hundred, two of them children"),
    ("1 killed", "hardly a man was killed"),
    ("1 killed", "He denied that a man was killed"),
    ("100 killed", "A $100 drone killed four"),
    ("155 killed", "A 155 mm shell killed four"),
    ("2010 killed", "The 2010 earthquake killed 230"),
    ("2023 killed", "The October 2023 attack killed 1,139"),
    ("40 killed", "on Route 40"),
    ("25 killed", "at 25 Main Street"),
}


@pytest.mark.parametrize(("said", "quote"), sorted(HELD))
def test_the_number_stands_in_the_quote(said: str, quote: str) -> None:
    assert list(quotes.gaps(claimed(said, quote))) == []


@pytest.mark.parametrize(("said", "quote"), sorted(NOT_HELD))
def test_the_number_does_not_stand_in_the_quote(said: str, quote: str) -> None:
    assert list(quotes.gaps(claimed(said, quote))) == [EvidenceGap.NOT_IN_QUOTE]


def test_what_the_grammar_asks_about_holds_as_it_was_read() -> None:
    assert quotes.holds_number(claimed("1.234", "1.234 Tote", locale="de_DE"))
    assert not quotes.holds_number(claimed("1.234", "1.234.567 Tote", locale="de_DE"))


@pytest.mark.parametrize("quote", [None, "", " \n "])
def test_no_quote_is_said_to_be_none(quote: str | None) -> None:
    assert list(quotes.gaps(claimed("12", quote))) == [EvidenceGap.NO_QUOTE]


TEXT = """THE MINISTRY said on Monday that 1,300 soldiers were
killed, and that “hun-
dreds” are missing¹. Nobody — it added — knows the well-
known number: 12.5 tonnes of café noir."""
STANDS = [
    "1,300 soldiers were killed",
    "the ministry said",
    'that "hundreds" are missing. Nobody - it added - knows',
    "the well-known number",
    "1,300 soldiers … hundreds are missing",
    "1,300 soldiers [of the army] were killed, and that (...) are missing",
    "soldiers ... missing ... 12.5 tonnes",
    "12.5 tonnes of cafe\u0301 noir",
    "hun\u00addreds",
    "soldiers . . . missing",
    "known num ber: 12.5 ton nes",
    "1 300 soldiers",
    "1\u202f300 soldiers",
    "1300 soldiers",
]
STANDS_NOT = [
    "300 soldiers were killed",
    "1,300 soldiers were wounded",
    "1,30",
    "300000 soldiers",
    "13000 soldiers",
    "12.5 tonnes … 1,300 soldiers",
    "the number: 12.",
    "5 tonnes",
    "1.300 soldiers",
    "1,300,000 soldiers",
    "12 .5 tonnes",
    "…",
    "",
]


# value, quote, a page that has the quote, and what is wrong with the quote
OF_A_PAGE = [
    ("1,413", "The flood killed [1,413] people", "The flood killed 99 people", ["NOT_IN_QUOTE"]),
    ("1,413", "It [killed 1,413 and] hurt 99", "It hurt 99", ["NOT_IN_QUOTE"]),
    ("99", "The [river] flood killed 99 people", "The flood killed 99 people", []),
    ("1.2 to 1.8", "1.5 [1.2 to 1.8]", "a ratio of 1.5 [1.2 to 1.8] was found", []),
    ("622", "622 people fled", "34 622 people fled", ["NOT_IN_PAGE"]),
    ("622", "622 people fled", "34\u00a0622 people fled", ["NOT_IN_PAGE"]),
    ("622", "622 people fled", "In 2024 622 people fled", []),
    ("99", "killed 99", "a" * LONGEST, ["UNREADABLE"]),
    ("99", "killed 99", "a" * (LONGEST - 1), ["NOT_IN_PAGE"]),
]


@pytest.mark.parametrize(("said", "quote", "page", "gaps"), OF_A_PAGE)
def test_what_is_in_brackets_is_nobody_s_but_who_quotes(
    said: str, quote: str, page: str, gaps: list[str]
) -> None:
    found = quotes.gaps(claimed(said, quote), [(PageState.KEPT, page)])
    assert [each.name for each in found] == gaps


@pytest.mark.parametrize("quote", STANDS)
def test_the_quote_stands_in_the_text(quote: str) -> None:
    assert quotes.stands_in(quote, TEXT)


@pytest.mark.parametrize("quote", STANDS_NOT)
def test_the_quote_does_not_stand_in_the_text(quote: str) -> None:
    assert not quotes.stands_in(quote, TEXT)


def test_many_pieces_of_a_quote_are_looked_for_in_one_go() -> None:
    text = "the cat sat " * 5_000
    assert quotes.stands_in("the ... " * 200 + "cat", text)
    assert not quotes.stands_in("the ... " * 200 + "zebra", text)


PAGES = (
    "The first men\n2\n\fThe Report\nwere lo-\n\n3\n\f\nst\nin\nthe\nfields\nat dawn.\n4\n"
    "\fThe Report\nOthers\nwere\nnot\n- 5 -\n\fThe Report\nlast"
)


@pytest.mark.parametrize(
    ("quote", "text", "found"),
    [
        ("17 dead", "He said: “17 dead”, no more", ["“17 dead”,"]),
        ("at least … dead", "It was at least 9 or so, all\ndead.", ["at least", "dead."]),
        ("[The mayor] said 12", "she said 12!", ["said 12!"]),
        ("thousands of victims", "thou-\nsands of vic- \n tims", ["thou-\nsands of vic- \n tims"]),
        ("12 dead", "12 dead people, 12 dead", ["12 dead"]),
        ("ﬁve", "a FIVE b", ["FIVE"]),
        ("17 people died.", "17 people[1] died.2 Then", ["17 people[1] died."]),
        ("[1] 17 people", "a[1] 17 people", ["17 people"]),
        ("12 of thousands", "12 of thou\u00ad\nsands", ["12 of thou\u00ad\nsands"]),
        ("first men were lost", PAGES, ["first men\n2\n\fThe Report\nwere lo-\n\n3\n\f\nst"]),
        ("at dawn. Others", PAGES, ["at dawn.\n4\n\fThe Report\nOthers"]),
        ("the Report last", PAGES, ["The Report\nlast"]),
        ("2 dead", "12 dead; 2,000 dead", []),
        ("...", "anything", []),
        ("", "", []),
    ],
)
def test_where_a_quote_stands(quote: str, text: str, found: list[str]) -> None:
    assert [text[one:other] for one, other in quotes.places(quote, text)] == found


@given(st.text("ab1 2.,-\n[]…%é\u00ad", max_size=12), st.text("ab1 2.,-\n\f[%é\u00ad", max_size=40))
def test_a_quote_has_places_where_it_stands_and_only_there(quote: str, text: str) -> None:
    found = quotes.places(quote, text)
    assert bool(found) == quotes.stands_in(quote, text)
    assert all(0 <= one < other <= len(text) for one, other in found)
    assert list(found) == sorted(found)
