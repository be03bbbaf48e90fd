"""Who says a claim: the ways news attributes one, the tidy names, the chains and the pronouns."""

from __future__ import annotations

import pytest

from factlog.extraction import Confidence, Proposal, extract
from factlog.extraction.source_names import tidy


def sources(text: str) -> list[str | None]:
    return [proposal.source for proposal in extract(text)]


def only(text: str) -> Proposal:
    (proposal,) = extract(text)
    return proposal


ATTRIBUTIONS: list[tuple[str, list[str | None]]] = [
    ('"We counted 38 bodies," said Dr. Lena Okafor, who runs the clinic.', ["Lena Okafor"]),
    ('"We lost 40 sheep," said Prof. Ann Hale, a vet.', ["Ann Hale"]),
    ('"We lost 40 sheep," said J. K. Hale, a vet in Leeds.', ["J. K. Hale"]),
    ("The blast killed 40 people, the U.N. says", ["U.N."]),
    ("Some 40 people died, according to the U.S.", ["U.S."]),
    ("WHO said 40 people died.", ["WHO"]),
    ("Some 40 people died, Chief Deputy Dan Orr said.", ["Dan Orr"]),
    ("An AFP count based on official figures puts the number of dead at 1,205.", ["AFP"]),
    ("A Reuters tally puts the dead at 1,205.", ["Reuters"]),
    ("The firm cut 300 jobs, citing weak demand.", [None]),
    ("The firm cut 300 jobs, citing US tariffs.", [None]),
    ("The firm cut 300 jobs, citing a fall in orders.", [None]),
    ("The paper reported 300 dead, citing people familiar with the count.", ["paper"]),
    ("It is not possible to verify Moscow's claim that 300 men fled.", ["Moscow"]),
    ("The army's assertion that 40 gunmen died is in doubt.", ["army"]),
    ("General Motors said it had sold 300 cars.", ["General Motors"]),
    ("General Kim Su-jin said 12 people had died.", ["Kim Su-jin"]),
    ("King County said 40 people were ill.", ["King County"]),
    ("A bomb killed 12 people, police spokesman Ahmed Ali said.", ["Ahmed Ali"]),
    ("Last week's announcement that 300 men fled shocked the town.", [None]),
    ("If confirmed, the toll of 94 would be the highest.", [None]),
    ("According to Haaretz, citing army figures, 10,000 men left.", ["army"]),
    ("The report, by Human Rights Watch, documented 73 cases.", ["Human Rights Watch"]),
    ('"Twenty houses are gone," village head Ram Bahadur said by phone.', ["Ram Bahadur"]),
    (
        "The health ministry of the Hamas-run territory says 300 died.",
        ["health ministry of the Hamas-run territory"],
    ),
    ("The leader of the Houthi movement said 40 died.", ["leader of the Houthi movement"]),
    ("British intelligence estimates that Russia lost 300 men.", ["British intelligence"]),
    ("Some 300 adults are ill, the authors write.", ["authors"]),
    ("The toll, which police had put at 19, was lowered to 17.", ["police", None]),
    ("Acme, which serves 16 million customers, said it had 300 workers.", [None, "Acme"]),
    ("The fossil, found in 2019, is 8 cm long.", [None]),
    ("He spoke of a man who said 40 people died.", [None]),
    ("The Chief Minister said 40 died.", ["Chief Minister"]),
    ("The Chief Justice said 40 died.", ["Chief Justice"]),
    ("Chief Minister Ana Ruiz said 40 died.", ["Ana Ruiz"]),
    (
        "The Deputy Prime Minister said 40 died. The Chief Minister said 41 died.",
        ["Deputy Prime Minister", "Chief Minister"],
    ),
    (
        "The owner of a home assessed at $250,000 would pay, Ana Ruiz said.",
        ["Ana Ruiz"],
    ),
    ("The bank assessed the damage at $250,000.", ["bank"]),
    ("It was a crowd that police estimated at 300 people.", ["police"]),
    ("It injured 21, five of them seriously, emergency services said.", ["emergency services"] * 2),
    ("It hurt 21, two critically, rescue teams said.", ["rescue teams"] * 2),
    ("It was out by 4:30 a.m. Chief Ana Ruiz put the dead at 40.", ["Ana Ruiz"]),
    ("It hit at 8 a.m. Police said 12 died.", ["police"]),
    ("It hit at 8 a.m. Monday and 12 men died, police said.", ["police"]),
    ("It hit at 8 a.m. EST and 12 men died, police said.", ["police"]),
    ("It hit at 8 p.m. Moscow time and 12 men died, police said.", ["police"]),
    ("In April the agency put the number of dead at 600.", ["agency"]),
    ("The army said that 40 soldiers died.", ["army"]),
    ("The Norvik Institute estimates 9,000 fighters are there.", ["Norvik Institute"]),
    ('"We have 40 dead," Mayor Ana Ruiz said, "and 12 missing."', ["Ana Ruiz", "Ana Ruiz"]),
    ('"We lost 60 men," a commander said. "Another 15 are missing."', ["commander", "commander"]),
    ("According to the WHO, 300 people died.", ["WHO"]),
    (
        "The Ministry of Health reports 1,204 confirmed cases and 37 deaths.",
        ["Ministry of Health"] * 2,
    ),
    ("Made 300 cars, its manager, Dean Foley, told the Gazette.", ["Dean Foley"]),
    ("The sailors told the coast guard that the ship, which held 104 people, sank.", ["sailors"]),
    ("The mayor told reporters, who had waited, that 40 people died.", ["mayor"]),
    ("Some 300 people died, according to the WHO.", ["WHO"]),
    ("Per Statistics Eastland, inflation was 3.1%.", ["Statistics Eastland"]),
    ("House prices rose to £300,000, per the Homewise index.", ["Homewise index"]),
    ("Data from the WHO show 300 cases.", ["WHO"]),
    ("About 300 people died, police said.", ["police"]),
    ("About 300 people died, said Ivo Brandt, a rescue worker.", ["Ivo Brandt"]),
    ("The army put the number of dead at 650.", ["army"]),
    ("Mr Haddad's estimate of 300 dead is disputed.", ["Haddad"]),
    ("The ministry's tally of 300 deaths is disputed.", ["ministry"]),
    (
        "The army said 12 soldiers died, while rebels had estimated 40 dead.",
        ["army", "rebels"],
    ),
    ("Rebels spoke of 90 dead, but the army confirmed only 11.", ["rebels", "army"]),
    (
        "Some 300 people fled, according to the UN, whereas the Red Cross counted 500.",
        ["UN", "Red Cross"],
    ),
    ("Kiran Dal, who heads the observatory, said 120 people fled.", ["Kiran Dal"]),
    ("The mayor, Lucia Ferro, told reporters that 19 people survived.", ["Lucia Ferro"]),
    (
        '"We counted 61 bodies. It is a disaster. We go on," said Omar Nasser.',
        ["Omar Nasser"],
    ),
    ("'There are 300 dead,' the minister said.", ["minister"]),
    ("The dead numbered 61, a figure estimated by the coroner.", ["coroner"]),
    ("At least 61 deaths have been confirmed by the coroner.", ["coroner"]),
    ("There were unconfirmed reports of 300 dead.", ["unconfirmed reports"]),
    (
        "Some 2.8m people are ill, reckons the Norvik Institute, a think-tank; a decade ago it was "
        "different.",
        ["Norvik Institute"],
    ),
    ("Around 2,000-2,500 protesters marched, by police estimates.", ["police"]),
    ("By police estimates, 2,000 people marched.", ["police"]),
    ("By the ministry's own reckoning 1,900 people are missing.", ["ministry"]),
    ("On the union's figures, 2,000 people marched.", ["union"]),
    ("On police advice 2,000 people left.", [None]),
    ("The mayor, Anne Roux — who toured the site — spoke of 9 dead.", ["Anne Roux"]),
    ("The minister - a doctor by training - spoke of 9 dead.", ["minister"]),
    ("Interior Ministry: 40 people died.", ["Interior Ministry"]),
    ("Ministry of Health: 40 people died.", ["Ministry of Health"]),
    ("Police: 40 people died.", ["police"]),
    ("40 people died – Interior Ministry", ["Interior Ministry"]),
    ("40 people killed in blast: police", ["police"]),
    ("40 people died (source: Norvik Data)", ["Norvik Data"]),
    ("40 people died (Interior Ministry).", ["Interior Ministry"]),
    ("Gaza health ministry: 40 people died.", ["Gaza health ministry"]),
    ("40 people died - health ministry", ["health ministry"]),
    ("40 people died - Gaza officials", ["Gaza officials"]),
    ("40 people died — mostly police.", [None]),
    ("Injured police: 40 people.", [None]),
    ("The BBC understands that 40 people died.", ["BBC"]),
    ("It exceeded 100 dead, a nurse whispered.", ["nurse"]),
    ("A doctor messaged that 100 people had died.", ["doctor"]),
    ("At least 100 people died, mused Anne Smith.", ["Anne Smith"]),
    ("The company texted 300 customers.", [None]),
    ("A BBC tally of 70,000 dead was published.", ["BBC"]),
    ("A UN estimate of 400 dead was published.", ["UN"]),
    ("Some 80,000 people marched, against 300,000 according to the union.", [None, "union"]),
    (
        "Some 80,000 people marched, against 30,000 last year, according to the union.",
        ["union"] * 2,
    ),
    ("Some 80,000 people marched against the reform according to the union.", ["union"]),
    ("Profit rose to $40 million from $30 million according to the bank.", ["bank"] * 2),
    ("Reports say 300 people were killed.", ["reports"]),
    ("Police arrested 214 people.", [None]),
    ("Some 19 people died, agriculture officials said.", ["agriculture officials"]),
    ("Some 19 people died, the foreign ministry in Lima said.", ["foreign ministry in Lima"]),
    ("Inspectors found mould in 13 schools, the council said.", ["council"]),
    ("Officials found that 13 schools had mould.", ["officials"]),
    ("The governor declared an emergency in 12 counties.", [None]),
    ("Police fired tear gas at the crowd, which organisers estimated at 20,000.", ["organisers"]),
    ("The reports were found in 12 boxes.", [None]),
    ("Rome saw the biggest crowd, with 1 million people according to police.", ["police"]),
    ("Shi put the death toll at two and said 422 people were hurt.", ["Shi", "Shi"]),
    ('"Terrible," said one doctor, who put the dead at 60.', ["doctor"]),
    ("Analysts expect a profit of €340m.", ["analysts"]),
    ('"The army said 20 men were lost," Olena Ro said.', ["Olena Ro"]),
    ('The mayor said: "Police told us that 40 people died."', ["mayor"]),
    ("''We lost 40 men,'' the captain said.", ["captain"]),
    ("``We lost 40 men,'' the captain said. He put the toll at 50.", ["captain", "captain"]),
    ("An estimate from the UN of 300 dead is old.", ["UN"]),
    ("By the UN's tally, 43 people have died.", ["UN"]),
    ("Some 43 people have died, by the UN's count.", ["UN"]),
    ("Hotels recorded 40,000 overnight stays.", [None]),
    ("The weather office recorded 40 mm of rain.", ["weather office"]),
    ("The committee heard that 40 people died.", [None]),
    ("A report that 40 people died was dismissed.", ["report"]),
    ("The Evening Post reported 40 deaths, citing two bankers.", ["two bankers"]),
    ("Unions say 400 posts could go; management speaks of at most 150.", ["unions", "management"]),
    ("A poll of 1,012 adults by Ivora found that 60 people agreed.", ["Ivora", "Ivora"]),
    (
        "A channel that covers the front claimed that 30 soldiers died.",
        ["channel"],
    ),
    ("On Tuesday the ministry said 30 people died.", ["ministry"]),
    ("Initially, a military official said 34 people died.", ["military official"]),
    ("Rescuers worked all night and officials said 20 people died.", ["officials"]),
    ("A channel, which is close to the army, said 30 people died.", ["channel"]),
    ("About 30 people died; said the army.", [None]),
    ("She did not say that 300 people died.", [None]),
    ("Police said (after a day) that 300 people died.", ["police"]),
    ("Some 300 people died, according to data from the manufacturer, Veritax.", ["Veritax"]),
    ("Hospitals admitted 220 patients.", [None]),
    ("The paper put out 300 copies.", [None]),
    ("The Board of Trade (BoT) said 300 firms closed.", ["Board of Trade"]),
]


@pytest.mark.parametrize(("text", "expected"), ATTRIBUTIONS)
def test_the_ways_news_attributes_a_claim(text: str, expected: list[str | None]) -> None:
    assert sources(text) == expected


NAMES: list[tuple[str, str, bool]] = [
    ("Recent assessments by South Korean intelligence", "South Korean intelligence", False),
    ("Ukrainian President Olena Marchuk", "Olena Marchuk", False),
    ("The defence ministry", "defence ministry", False),
    ("a platoon commander", "platoon commander", True),
    ("the company's chief engineer, Ivo Brandt", "Ivo Brandt", False),
    ("data from the manufacturer, Veritax", "Veritax", False),
    ("A report by the charity MedReach", "MedReach", False),
    ("a nurse who asked not to be named", "nurse", True),
    ("people familiar with the matter", "people familiar with the matter", True),
    ("Paolo Reni of the Metals Council", "Paolo Reni", False),
    ("the panel's latest report", "panel", False),
    ("Home Office data", "Home Office", False),
    ("official figures", "official figures", True),
    ("Police", "police", False),
    ("The Foreign Office", "Foreign Office", False),
    ("the Syrian Observatory for Human Rights", "Syrian Observatory for Human Rights", False),
    (
        "figures from the Organization for Migration (OM)",
        "Organization for Migration",
        False,
    ),
    ("A poll by Metrica for the Daily Post", "Metrica", False),
    (
        "South Korea's National Intelligence Service",
        "South Korea's National Intelligence Service",
        False,
    ),
    ("Maj.-Gen. Obaidullah Khattak", "Obaidullah Khattak", False),
    ("U.S. Secretary of Defense Lloyd Austin", "Lloyd Austin", False),
    ("a spokesman for the health ministry", "health ministry", False),
    ("US officials", "US officials", True),
    ("Palaeontologist Wen Li", "Wen Li", False),
    ("Ursula von der Leyen", "Ursula von der Leyen", False),
    ("Reports on the country's Press TV", "Press TV", False),
    ("", "", False),
]


@pytest.mark.parametrize(("words", "name", "unnamed"), NAMES)
def test_a_source_gets_a_tidy_name(words: str, name: str, unnamed: bool) -> None:
    tidied = tidy(words)
    assert (tidied.name, tidied.unnamed) == (name, unnamed)


def test_the_raw_words_of_the_source_are_kept() -> None:
    text = "Recent assessments by South Korean intelligence suggest that 300 soldiers died."
    proposal = only(text)
    assert proposal.source_text == "Recent assessments by South Korean intelligence"


def test_a_chain_has_source_outlet_and_origin() -> None:
    proposal = only("Mayor Ana Ruiz told Reuters, citing the morgue, that 40 people had died.")
    assert (proposal.source, proposal.via, proposal.origin) == ("Ana Ruiz", "Reuters", "morgue")


def test_what_stands_between_commas_is_cited_too() -> None:
    proposal = only("The UK Ministry of Defence, citing the General Staff, put losses at 1,200.")
    assert (proposal.source, proposal.origin) == ("UK Ministry of Defence", "General Staff")


@pytest.mark.parametrize(
    ("text", "source", "via"),
    [
        ("Reuters reported that 30 people were killed, citing police.", "police", "Reuters"),
        ("Reuters reported that 30 people were killed.", "Reuters", None),
        ("The governor confirmed to CBS News that five people died.", "governor", "CBS News"),
        ("Ana Ruiz told the BBC that five people died.", "Ana Ruiz", "BBC"),
        ("Ana Ruiz told parliament that five people died.", "Ana Ruiz", None),
        ("Documents seen by the Guardian show 30 deaths.", "documents", "Guardian"),
    ],
)
def test_the_outlet_is_via(text: str, source: str, via: str | None) -> None:
    proposal = only(text)
    assert (proposal.source, proposal.via) == (source, via)


def test_an_earlier_claim_is_marked() -> None:
    proposal = only("The agency had previously estimated that 100 soldiers died.")
    assert "earlier claim" in proposal.rules
    assert "earlier claim" not in only("The agency estimates that 100 soldiers died.").rules


def test_a_pronoun_means_the_last_source_and_is_flagged() -> None:
    first, second = extract("The army said 12 soldiers died. It said 30 soldiers were hurt.")
    assert (first.source, first.confidence) == ("army", Confidence.HIGH)
    assert (second.source, second.confidence) == ("army", Confidence.MEDIUM)
    assert "pronoun" in second.rules


def test_a_pronoun_without_a_source_means_the_subject_of_its_sentence() -> None:
    proposal = only("The company has sold 40,000 heat pumps, it said in a statement.")
    assert (proposal.source, proposal.source_text) == ("company", "it")


def test_a_pronoun_that_means_nobody_leaves_the_source_open() -> None:
    proposal = only('"There are 300 dead," he said.')
    assert proposal.source is None
    assert proposal.confidence is Confidence.MEDIUM


def test_a_surname_and_a_short_name_stand_for_the_full_one() -> None:
    text = (
        "Rescue chief Omar Nasser said 14 people died. Nasser said 30 people were hurt. "
        "The health ministry said 15 people died. The ministry said 31 people were hurt."
    )
    assert sources(text) == ["Omar Nasser"] * 2 + ["health ministry"] * 2


def test_the_number_in_the_name_of_a_source_is_no_claim() -> None:
    assert sources("The two survey departments said the peak is 8,848 m high.") == [
        "two survey departments"
    ]


def test_every_kind_of_attribution_names_its_rule() -> None:
    assert only("About 300 people died, police said.").rules[-1] == "claim, source said"
    assert only("Police arrested 214 people.").rules[-1] == "no source"


FIGURES = [
    ("The health ministry gave a toll of 300 dead.", "health ministry"),
    ("Officials gave a death toll of 300.", "officials"),
    ("In a statement, the ministry gave the figure of 300 dead.", "ministry"),
    ("The toll was put at 300 by the health ministry.", "health ministry"),
    ("Losses were put at about $300 million by the World Bank.", "World Bank"),
    ("The toll of 300 was given by the ministry.", "ministry"),
    ("The figure, given by the ministry, is 300 dead.", "ministry"),
    ("The figure by the Red Cross was 300 dead.", "Red Cross"),
    ("The figure of 300 dead by the Red Cross is not final.", "Red Cross"),
    ("An estimate by the World Bank put deaths at 300.", "World Bank"),
    ("A count from Reuters shows 300 dead.", "Reuters"),
    ("A toll from the ministry listed 300 dead.", "ministry"),
    ("The estimate from the ministry is 300 dead.", "ministry"),
    ("The ministry's toll of 300 dead is disputed.", "ministry"),
    ("Data compiled by Bloomberg show losses of $300 million.", "Bloomberg"),
    ("Reporters were told by officials that 300 people had died.", "officials"),
    ("The army denied that 300 soldiers died.", "army"),
    ("The toll from Hurricane Maria rose to 300.", None),
    ("The number of refugees from Ukraine rose to 300,000.", None),
    ("The number of people killed by the army rose to 300.", None),
    ("The toll by Tuesday was 300.", None),
    ("Wednesday's toll of 300 dead was the highest.", None),
    ("He gave 300 dollars to the ministry.", None),
    ("The strike killed 300 people, officials in Ankara said.", "officials in Ankara"),
    ("The fire destroyed 300 homes, said residents of Belmar.", "residents of Belmar"),
    ("He left, and doctors at the Al-Noor hospital spoke of 300 wounded.",
     "doctors at the Al-Noor hospital"),
    ("Some 300 animals died, a researcher at Leeds University said.",
     "researcher at Leeds University"),
    ("They fired at a crowd that organisers put at 300.", "organisers"),
    ("Arrivals hit 300,000, according to central bank data released on Monday.", "central bank"),
    ("The lake lost 300 litres, satellite data show.", "satellite data"),
    ("One of the doctors said 300 people had died.", "One of the doctors"),
    ("The army left, but hospital staff counted at least 300 bodies.", "hospital staff"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source"), FIGURES)
def test_nouns_of_saying_name_a_source(text: str, source: str | None) -> None:
    (found,) = extract(text)
    assert found.source == source


NOT_FOUND = [
    "Lebanon's health ministry raised the toll to 558 dead.",
    "The rebels, who say they hold 200 soldiers, left on Monday.",
    "Analysts at Jefferies valued the unit at $4 billion.",
    "Bankers familiar with the deal valued the chain at between $3 billion and $3.5 billion.",
    "At least 40 ships were hit, Lloyd's estimates.",
    "The army killed what police described as at least 40 soldiers.",
    "The city counted 2,300 reported thefts and 18 murders.",
    "Two confirmed deaths and 18 injuries were counted in May.",
    "The sailors told the coast guard, which rescued 104 people.",
    "Witnesses spoke to the police, who arrested 33 people.",
    "Survivors told the BBC, which has verified 44 of the deaths, that the army fired.",
    "The company told Bloomberg, which first reported the 900 layoffs, that it would wait.",
    "All said 300 people had died.",
    "300 people died, All said.",
    "Monday said 300 people had died.",
    "On Monday said 300 people had died.",
    "The mayor and said 300 people had died.",
    "The death toll was put at 300.",
    "300 people reportedly died.",
    "A study of 640 infants found fewer allergies.",
    "A paper in the journal Nature describes 41 new species of beetle.",
    "The survey, carried out by Kestrel Research, questioned 1,500 adults.",
    "Data from hospitals point to 45 deaths.",
    "The Pentagon quietly revised its count: 109 troops suffered brain injuries.",
    "It exceeded 100 dead, a nurse sobbed.",
    "It exceeded 100 dead, sobbed Anne Smith.",
    "At least 100 people died, sighed a nurse.",
    "Dr Smith signalled that 100 people had died.",
    "Zelensky: 40 soldiers died.",
    "40 soldiers died — Zelensky",
    "40 soldiers died: Zelensky",
    "A Sunni count of 400 dead was published.",
    "West Bank: 40 people died.",
    "Health minister: 40 people died.",
    "Gorki District: 40 people died.",
    "40 people were killed (AFP, Reuters).",
    "By conservative estimates, 2,000 people marched.",
    "He understands that 40 people died.",
]
NOBODY_TELLS = [
    "40 people were hurt — most of them soldiers.",
    "40 people were killed in the blast, most of them wounded.",
    "A house was hit by the storm — 40 people died.",
    "The firm sold 40 cars, a record set by Toyota.",
    "The bomb wounded 40 people that day.",
    "Ferry disaster: dozens dead off Kherrada",
    "Fire: 40 people were hurt.",
    "The result was clear: 40 people died.",
]


@pytest.mark.parametrize("text", NOBODY_TELLS)
def test_what_nobody_tells_is_the_reporters(text: str) -> None:
    assert (only(text).source, only(text).confidence) == (None, Confidence.HIGH)


@pytest.mark.parametrize("text", NOT_FOUND)
def test_nothing_is_sure_where_somebody_speaks_and_is_not_found(text: str) -> None:
    for found in (every := list(extract(text))):
        assert (found.source, found.confidence) == (None, Confidence.MEDIUM)
    assert every


@pytest.mark.parametrize("who", ["WHO", "NASA"])
def test_an_agency_that_records_it_says_so(who: str) -> None:
    found = [*extract(f"{who} has recorded 4,210 cases of measles and 61 deaths this year.")]
    assert [(each.text, each.source) for each in found] == [("4,210", who), ("61", who)]


@pytest.mark.parametrize("who", ["The deal", "The sale of shares", "Its last round"])
def test_a_deal_that_values_a_firm_is_no_speaker(who: str) -> None:
    assert only(f"{who} valued the unit at $4 billion.").confidence is Confidence.HIGH


def test_what_goes_on_behind_a_speaker_without_quotation_marks_is_not_sure() -> None:
    first, second = extract("The mayor said 300 people had died. Another 40 people were injured.")
    assert (first.source, first.confidence) == ("mayor", Confidence.HIGH)
    assert (second.source, second.confidence) == (None, Confidence.MEDIUM)


DESCRIBED = [
    ("Ryanair carried 12 million passengers in May, the airline said.", "airline", True, False),
    ("Shares of Ryanair fell to $12, the airline said.", "airline", True, False),
    ("The plant made 4,000 cars, according to company data.", "company", True, False),
    ("In May the plant made 4,000 cars, the company said.", "company", True, True),
    ("Ryanair carried 12 million passengers in May, the ministry said.", "ministry", False, True),
    ("Police in Cork said 40 people died.", "Police in Cork", False, True),
]


@pytest.mark.parametrize(("text", "source", "unnamed", "high"), DESCRIBED)
def test_a_firm_told_by_its_kind_is_unnamed(
    text: str, source: str, unnamed: bool, high: bool
) -> None:
    found = only(text)
    assert (found.source, found.unnamed) == (source, unnamed)
    assert (found.confidence is Confidence.HIGH) is high
