"""An outside program that proposes claims: what stands, what is shown as unverified, what fails."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from factlog.claim import Hedge
from factlog.errors import UsageError
from factlog.extraction import Confidence, Proposal, ask, check

TEXT = "The army said around 300 soldiers were killed and 2,700 injured. It cost $3 million."
QUOTE = "The army said around 300 soldiers were killed and 2,700 injured."


def engine(folder: Path, body: str) -> str:
    script = folder / "engine.py"
    script.write_text(body, encoding="utf-8")
    return f'cmd: "{sys.executable}" "{script}"'


def answering(folder: Path, *rows: object) -> str:
    lines = "\n".join(json.dumps(row) for row in rows)
    return engine(folder, f"import sys\nsys.stdin.read()\nprint({lines!r})\n")


def test_a_program_gets_the_article_and_its_proposals_are_checked(tmp_path: Path) -> None:
    body = (
        "import json, sys\n"
        "text = sys.stdin.buffer.read().decode('utf-8')\n"
        "quote = text[: text.index('.') + 1]\n"
        "row = {'quote': quote, 'text': 'around 300', 'hedge': 'about', 'best': 300,\n"
        "       'thing': 'soldiers', 'measure': 'dead', 'source': 'the army',\n"
        "       'source_text': 'The army', 'confidence': 'high', 'as_of': '2025-01-13'}\n"
        "print(json.dumps(row))\n\n"
        "print(json.dumps({**row, 'best': 400}))\n"
    )
    good, bad = ask(engine(tmp_path, body), TEXT, subject="The war")
    assert good.unverified is None
    assert (good.text, good.said, good.estimate.best) == ("around 300", "around 300", Decimal(300))
    assert (good.measure, good.source, good.source_text) == ("killed", "the army", "The army")
    assert (good.subject, good.confidence) == ("The war", Confidence.HIGH)
    assert good.as_of is not None
    assert good.rules == ("engine",)
    assert (good.start, good.end, good.at) == (0, len(QUOTE), TEXT.index("around"))
    assert bad.unverified == "no number in the quote reads as this value"


def row(**more: object) -> Proposal:
    return check({"quote": QUOTE, **more}, TEXT)


def test_a_hedge_that_carries_is_known() -> None:
    proposal = row(text="2,700", hedge="about", best=Decimal(2700))
    assert proposal.unverified is None
    assert (proposal.said, proposal.estimate.hedge) == ("around 2,700", Hedge.ABOUT)


def test_a_number_may_also_be_read_by_itself() -> None:
    proposal = row(text="2,700", hedge="exact", best="2700")
    assert proposal.unverified is None
    assert proposal.at == TEXT.index("2,700")


def test_the_words_of_the_value_may_be_left_out() -> None:
    assert row(best=Decimal(2700)).text == "2,700"


def test_units_are_compared_by_what_they_are() -> None:
    quote = "It cost $3 million."
    dollars = check({"quote": quote, "best": Decimal(3000000), "unit": "dollars"}, TEXT)
    bare = check({"quote": quote, "best": Decimal(3000000)}, TEXT)
    euros = check({"quote": quote, "best": Decimal(3000000), "unit": "EUR"}, TEXT)
    assert dollars.unverified is None
    assert bare.unverified is not None
    assert euros.unverified is not None


def test_start_says_which_of_two_like_quotes_is_meant() -> None:
    twice = "About 300 died. About 300 died."
    found = check({"quote": "About 300 died.", "start": Decimal(16), "best": Decimal(300)}, twice)
    elsewhere = check(
        {"quote": "About 300 died.", "start": Decimal(3), "best": Decimal(300)}, twice
    )
    assert (found.start, elsewhere.start) == (16, 0)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (
            {"quote": "The army said about 300 soldiers died."},
            "the quote does not stand in the text",
        ),
        ({"quote": ""}, "the quote does not stand in the text"),
        ({"quote": 300}, "the quote does not stand in the text"),
        ({"text": "nearly 300"}, "the words of the value do not stand in the quote"),
        ({"text": "around 300", "best": 299}, "no number in the quote"),
        ({"text": "around 300", "best": 300, "hedge": "exact"}, "no number in the quote"),
        ({"text": "around 300", "best": "many"}, "no number in the quote"),
        ({"text": "around 300"}, "no number in the quote"),
        ({"text": "around 300", "best": 300, "unit": "km"}, "no number in the quote"),
    ],
)
def test_what_the_text_does_not_bear_out_is_unverified(
    tmp_path: Path, told: dict[str, object], reason: str
) -> None:
    (proposal,) = ask(answering(tmp_path, {"quote": QUOTE, **told}), TEXT)
    assert proposal.unverified is not None
    assert proposal.unverified.startswith(reason)


def test_odd_fields_do_no_harm() -> None:
    proposal = row(
        best=Decimal(2700), confidence="sure", as_of="one day", rules=["llm", 3], unnamed=1,
        hedge=["about"], source=12, source_text="Nobody",
    )  # fmt: skip
    assert proposal.unverified is not None  # a hedge that is no word is not the one read
    proposal = row(best=Decimal(2700), confidence="sure", as_of="one day", source_text="Nobody")
    assert (proposal.confidence, proposal.as_of) == (Confidence.MEDIUM, None)
    assert proposal.source_text is None


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("import sys; sys.exit('no key')", "exit code 1: no key."),
        ("import sys; sys.exit(3)", "exit code 3."),
        ("print('Sure! Here are the claims:')", "Line 1 of the engine's answer is no JSON object."),
        ("print('[1]')", "Line 1 of the engine's answer is no JSON object."),
        ("print('[' * 100000)", "Line 1 of the engine's answer is no JSON object."),
    ],
)
def test_a_program_that_fails_is_named(tmp_path: Path, body: str, problem: str) -> None:
    with pytest.raises(UsageError) as caught:
        list(ask(engine(tmp_path, body), TEXT))
    assert caught.value.problem.endswith(problem)
    assert caught.value.remedy


def test_a_program_that_does_not_answer_is_stopped(tmp_path: Path) -> None:
    slow = engine(tmp_path, "import time; time.sleep(30)")
    with pytest.raises(UsageError, match=r"did not answer within 0\.2 seconds"):
        list(ask(slow, TEXT, seconds=0.2))


@pytest.mark.parametrize(
    "name", ["my-wrapper", "cmd:", 'cmd: "open', "llm: x", "cmd: /no/such/program"]
)
def test_what_names_no_program_is_refused(name: str) -> None:
    with pytest.raises(UsageError):
        list(ask(name, TEXT))
