"""Whether a text states a number, or projects, denies, supposes or plans it."""

from __future__ import annotations

import pytest

from factlog.extraction import Confidence, check, claim, extract, to_json, to_row

PUT_FORWARD = [
    ("More than 70 feared drowned off Yemen", ["hypothetical"]),
    ("The inquiry heard 174 pleas and will report next year.", ["states"]),
    ("Citi cut its price target to $52.", ["states"]),
    ("It is false that 300 of our soldiers surrendered, the army said.", ["denies"]),
    ("The planning commission approved 38 flats.", ["states"]),
    (
        "The agency confirmed three cases and said 62,000 children would be seen.",
        ["states", "projects"],
    ),
    (
        "The mayor said seven bodies had been found and that 13 men would search on.",
        ["states", "projects"],
    ),
    ("The army foiled an attack and seized 14 rifles.", ["states"]),
    ("The army foiled an attack on 14 villages.", ["hypothetical"]),
    ("It has some 1,300 projects in 280 cities.", ["states"] * 2),
    ("The model projects 280 deaths.", ["projects"]),
    ("It raised enough to pay for two wheelchairs.", ["hypothetical"]),
    ("Ford to cut 4,000 jobs in Europe by end of 2027", ["plans"]),
    ("EU to send about 1,000 observers to Moldova, diplomats say", ["plans"]),
    ("Death toll rises to 40", ["states"]),
    ("Man sent to jail over deaths of 39 migrants", ["states"]),
    ("The army moved to cut 40 roads.", ["states"]),
    ("The plan almost killed a man and 40 people died.", ["states"]),
    ("Villagers tried to flee and at least 40 died.", ["states"]),
    ("Officials fear the dam broke and 40 people died.", ["hypothetical"]),
    ("The army plans to send 300 men and 40 tanks.", ["plans"] * 2),
    ("Under the new guidance, 300 children were treated.", ["states"]),
    ("The outlook for 450 workers is poor.", ["states"]),
    ("The retailer gave guidance of 300 stores.", ["projects"]),
    ("Without 300 workers, the plant closed.", ["states"]),
    ("The army said it had struck dozens of targets and killed 30 militants.", ["states"] * 2),
    ("It hit 12 military targets and killed 30 militants.", ["states"] * 2),
    ("The army struck targets in the city and killed 30 militants.", ["states"]),
    ("The firm targets 300 sales.", ["plans"]),
    ("The plan for 2024 targets 300 sales.", ["plans"]),
    ("Bayer, which faces more than 67,000 lawsuits, said it would appeal.", ["states"]),
    ("Bayer faces 67,000 lawsuits and would appeal, it said.", ["states"]),
    ("Some 67,000 people, officials said, would lose their jobs.", ["projects"]),
    ("There are 300 people the firm said it would hire.", ["projects"]),
    ("The firm with 300 workers will close.", ["projects"]),
    ("The death toll could exceed 3,000, officials said.", ["projects"]),
    ("The toll may surpass 300, the ministry said.", ["projects"]),
    ("The ministry forecasts that 5,000 people will be displaced.", ["projects"]),
    ("The toll is expected to reach 3,000, the agency said.", ["projects"]),
    ("Up to 300 people would lose their homes if the dam fails.", ["projects"]),
    ("Analysts had forecast a loss of $12 million.", ["projects"]),
    ("Nobody has confirmed that 300 people died.", ["hypothetical"]),
    ("It is unlikely that 300 people died, he said.", ["hypothetical"]),
    ("There is no evidence that 300 people died.", ["denies"]),
    ("The drug cut the risk of stroke by 27%.", ["states"]),
    ("There is a risk of 300 deaths, the ministry said.", ["projects"]),
    ("If 300 people died, the minister should resign.", ["hypothetical"]),
    ("More than 300 people may have died, the mayor said.", ["hypothetical"]),
    ("300 people are feared dead, police said.", ["hypothetical"]),
    ("The army denied that 300 soldiers died.", ["denies"]),
    ("The army rejected reports that 300 soldiers had died.", ["denies"]),
    ('"We did not kill 300 people," the army said.', ["denies"]),
    ('"It is not true that 300 people died," the mayor said.', ["denies"]),
    ("The report that 300 soldiers were killed is false, the army said.", ["denies"]),
    ("The ministry disputed the figure of 300 dead.", ["denies"]),
    ("The ministry called the figure of 300 dead false.", ["denies"]),
    ("It is a lie that 300 people died, he said.", ["denies"]),
    ('"We will not cut 400 jobs," the firm said.', ["denies"]),
    ("Officials fear 300 people died.", ["hypothetical"]),
    ("The army said it had not lost 300 soldiers.", ["denies"]),
    ("The firm plans to hire 400 workers, the mayor said.", ["plans"]),
    ("The ministry said it will buy 40 tanks.", ["plans"]),
    ("The mayor said 300 people died and denied that 500 had been hurt.", ["states", "denies"]),
    ("The fire has killed 300 people, and the toll could rise, officials said.", ["states"]),
    ("Not only did 300 people die, but 40 were hurt.", ["states", "states"]),
    ("No fewer than 300 people died on May 12.", ["states"]),
    ("May Ferro said 300 people died.", ["states"]),
    ("The bank made a profit of $300 million, more than expected.", ["states"]),
    ("The company, which denied wrongdoing, paid $300 million in fines.", ["states"]),
    ("Sales never fell below $300 million, the bank said.", ["states"]),
    ("Rebels said 300 soldiers had died. The army denied it.", ["denies"]),
    ("The general said 300 soldiers died. That is false, the ministry said.", ["denies"]),
    ("Rebels said 300 soldiers had died, a claim the army denied.", ["denies"]),
    ("Rebels said 300 soldiers died, a figure rejected by the army.", ["denies"]),
    ("Rebels said 300 soldiers had died, but the army denied this.", ["denies"]),
    ("Rebels said 300 died. The ministry dismissed the figure as propaganda.", ["denies"]),
    ("Rebels said 300 died. The ministry called the report nonsense.", ["denies"]),
    ("Rebels said 300 died. The army denied that it had lost 20 tanks.", ["states", "denies"]),
    ("An estimate of 300 dead was disputed.", ["denies"]),
    ('The mayor said the toll of 300 "is simply not true".', ["denies"]),
    ("The agency was unable to confirm that 300 people had died.", ["hypothetical"]),
    ("The army could not confirm that 300 people had died.", ["hypothetical"]),
    ("A rumour that 300 people had died spread online.", ["hypothetical"]),
    ("Rebels said 300 died. The claim could not be verified.", ["states"]),
    ("Rebels said 300 died. It was wrong to send them, one added.", ["states"]),
    ("Nobody here believes the figure of 200 dead, said Osman Idris.", ["denies"]),
    ("Nobody at the ministry believes that 700 people died.", ["denies"]),
    ("No analyst believes the company has 5,000 customers.", ["denies"]),
    ("A few analysts believe the company has 5,000 customers.", ["states"]),
    ("Few analysts expect that the company has 5,000 customers.", ["denies"]),
    ("Neither the police nor the army would confirm that 17 people died.", ["denies"]),
    ("Hardly anyone accepts the official count of 31 dead.", ["denies"]),
    ("Doctors doubt that 90 people were killed.", ["denies"]),
    ("Nobody doubts that 700 people died, the mayor said.", ["states"]),
    ("There is no doubt that 700 people died, the mayor said.", ["states"]),
    ("The figure of 40 dead is hard to believe, the mayor said.", ["denies"]),
    ("The 40 deaths are an invention, the mayor said.", ["denies"]),
    ("That 40 people died is no lie, the mayor said.", ["states"]),
    ('"Some people say 500 died here, but it was 72," said Miriam Osei.', ["denies", "states"]),
    ("500 people died, but it was 3 weeks before help came, he said.", ["states"] * 2),
    ('"The papers claim 500 died, which is nonsense," said Miriam Osei.', ["denies"]),
    ("The army reported no losses and said 40 rebels died.", ["states"]),
    ("No group has claimed responsibility for the attack that killed 40 people.", ["states"]),
    ("No suspect was charged with the blast that police said killed 40 people.", ["states"]),
    ("There are few places where experts believe 300 tigers live.", ["states"]),
    ("No one has verified who fired on the 300 protesters.", ["states"]),
    ("Few people supported the strike by 300 workers.", ["states"]),
    ("The union refused to accept the loss of 300 jobs.", ["states"]),
    ("The union refused to accept that 300 died.", ["denies"]),
    ("The future of 300 jobs is in doubt.", ["hypothetical"]),
    ("The flat sold for $3 million. It was ridiculous.", ["states"]),
    ("40 people died, but that was in 2019.", ["states"]),
    ("500 people died here, but it was 72.", ["denies", "states"]),
    ("No one was hurt, but 40 houses burned down, police said.", ["states"]),
    ("Rebels said 300 died. The judge dismissed the report's author.", ["states"]),
    (
        "There were not, as the tabloid had it, 60 officers at the scene but six.",
        ["denies", "states"],
    ),
    ("There were not, he said, 60 officers.", ["denies"]),
    ("There were, as he had feared, 60 officers.", ["states"]),
    ("He did not stay, and 60 officers came.", ["states"]),
    ("Analysts polled by FactSet had looked for revenue of $9.8 billion.", ["projects"]),
    ("The firm lifted its profit guidance to £2.1 billion.", ["projects"]),
    ("Guidance is for revenue of $9.8 billion.", ["projects"]),
    ("Far from killing 200 insurgents, the raid killed 3 shepherds.", ["denies", "states"]),
    ("A village far from Kyiv lost 40 homes.", ["states"]),
    ("The raid did anything but kill 40 rebels.", ["denies"]),
    ("The blast all but killed 12 people.", ["hypothetical"]),
    ("The raid did nothing but kill 40 rebels.", ["states"]),
    ("Instead of at least 40 people, 60 died.", ["denies", "states"]),
    ("The army took the town without losing 40 men.", ["denies"]),
    ("The mayor came close to losing 400 supporters.", ["denies"]),
    ("The ministry has yet to confirm that 26 people died.", ["hypothetical"]),
    ("Output has yet to reach 5,000 barrels a day.", ["hypothetical"]),
    ("The night was calm, yet 26 people died.", ["states"]),
    ("The report stops short of saying 40 people died.", ["denies"]),
    ("The toll is nothing like 400 dead.", ["denies"]),
    ("The airline rubbished suggestions that 700 pilots had quit.", ["denies"]),
    ("The Kremlin brushed aside a BBC tally of 70,000 dead.", ["denies"]),
    ("The army ridiculed reports that 700 soldiers had died.", ["denies"]),
    ("The minister scoffed at a figure of 4,000 dead.", ["denies"]),
    ("Rebels said 300 died. The army rubbished the claim.", ["denies"]),
    ("He brushed aside the barrier and 40 people followed.", ["states"]),
    ("Ministers have rejected a union estimate that 11,000 nurses will quit.", ["denies"]),
    ("It is a myth that 400 people died there.", ["denies"]),
    ("It was once thought that 400 people died there.", ["hypothetical"]),
    ("The papers falsely claimed that 400 people died there.", ["denies"]),
    ("The plot to kill 40 people failed.", ["plans"]),
    ("He narrowly avoided killing 40 people.", ["hypothetical"]),
    ("The army almost lost 400 men.", ["hypothetical"]),
    ("The army lost almost 400 men.", ["states"]),
    ("The bomb failed to kill 40 people.", ["hypothetical"]),
    ("Rebels demanded that 40 prisoners be freed.", ["plans"]),
    ("The vaccine prevented 40,000 deaths.", ["hypothetical"]),
    (
        "Kyiv's claim of 1,530 Russian casualties could not be independently verified.",
        ["hypothetical"],
    ),
    ("The firm raised its revenue outlook to $3 billion.", ["projects"]),
    ("Consensus was for revenue of $3 billion.", ["projects"]),
    ("Revenue was $3 billion, above guidance.", ["states"]),
    ("Rather than kill 40 rebels, the raid killed a shepherd.", ["denies"]),
    ("The toll is a far cry from 400 dead.", ["denies"]),
    ("The airline scoffed at the idea that 700 pilots had quit.", ["denies"]),
    ("Claims that 700 pilots had quit were rubbished by the airline.", ["denies"]),
    ("700 pilots were mocked by the airline.", ["states"]),
    ("He mocked the report's author and 40 others died.", ["states"]),
    ("The mayor derided the inquiry into the report on the deaths of 72 people.", ["states"]),
    ("It was previously thought that 400 people died.", ["hypothetical"]),
    ("The pilot narrowly missed 40 people.", ["hypothetical"]),
    ("The union urged the release of 40 prisoners.", ["plans"]),
    ("Without warning, 400 people were killed.", ["states"]),
    ("The fire, which crews failed to stop, killed 40 people.", ["states"]),
    ("She paid €3,500 for the car.\n\nThe mayor disputed the account.", ["states"]),
]


@pytest.mark.parametrize(("text", "said"), PUT_FORWARD)
def test_a_number_is_put_forward_as_its_clause_says(text: str, said: list[str]) -> None:
    found = list(extract(text))
    assert [each.modality for each in found] == said
    for each in found:
        assert each.modality == "states" or each.confidence is not Confidence.HIGH
        assert each.modality != "denies" or each.confidence is Confidence.LOW


def test_nowhere_near_a_number_is_not_near_it() -> None:
    (proposal,) = extract("The army lost nowhere near 500 men, its spokesman insisted.")
    assert (proposal.text, proposal.modality) == ("500", "denies")
    (proposal,) = extract("The army lost near 500 men, its spokesman insisted.")
    assert (proposal.text, proposal.modality) == ("near 500", "states")


@pytest.mark.parametrize("whom", ["Nobody", "No analyst", "Neither bank", "Few analysts"])
def test_nobody_is_no_source(whom: str) -> None:
    (proposal,) = extract(f"{whom} believes the company has 5,000 customers.")
    assert proposal.source is None


def test_what_is_not_stated_is_told_in_a_row_and_in_a_claim() -> None:
    (denied,) = extract("The army denied that 300 soldiers died.")
    assert to_row(denied, subject="War")["note"] == "modality: denies"
    assert claim(denied, subject="War").note == "modality: denies"
    (stated,) = extract("The army said that 300 soldiers died.")
    assert to_row(stated, subject="War")["note"] == ""
    assert claim(stated, subject="War").note is None


def test_an_outside_program_may_tell_it() -> None:
    text = "No, the army said: 300 soldiers dead is a lie."
    row = {"quote": text, "best": 300, "modality": "denies", "language": "en"}
    assert to_json(check(row, text))["modality"] == "denies"
    told = check({"quote": text, "best": 300, "modality": "sings"}, text)
    assert (told.modality, told.language) == ("states", None)
