"""check: claims held against their quotes, as a person meets it."""

from __future__ import annotations

import csv
import io
import json

from support.person import Factlog


def say(factlog: Factlog, claim: str, *quote: str, source: str = "Ministry") -> None:
    words = ("--quote", *quote) if quote else ()
    done = factlog("add", "Harbour", claim, "--source", source, "--as-of", "2026-03-02", *words)
    assert done.code == 0, done.err


def test_what_does_not_hold_is_told_by_reason_with_its_quote(factlog: Factlog) -> None:
    say(factlog, "14 killed", "Fourteen people died")
    say(factlog, "16 killed", "as many as 60 died [red]", source="Hospital")
    for number in (1, 2, 3, 5):
        say(factlog, f"{number} missing")
    done = factlog("check")
    assert done.code == 1
    assert done.out == (
        "number not in quote: 1 claim\n"
        "  2  Harbour, killed: 16, Hospital, 2026-03-02\n"
        '     "as many as 60 died [red]"\n'
        "\n"
        "no quote: 4 claims\n"
        "  3 to 6\n"
        "\n"
        "6 claims checked: 1 holds, 5 do not\n"
    )
    only = factlog("check", "--only", "number not in quote", "Harbour")
    assert (only.code, "no quote" in only.out) == (1, False)
    alone = factlog("check", "--source", "Hospital", "--only", "no quote")
    assert (alone.code, alone.out) == (0, "1 claim checked for no quote alone: 1 holds\n")


def test_programs_get_the_claim_and_the_reason(factlog: Factlog) -> None:
    say(factlog, "16 killed", "as many as 60\ndied")
    say(factlog, "3 missing")
    found = [
        {"claim": 1, "reason": "number not in quote"},
        {"claim": 2, "reason": "no quote"},
    ]
    assert json.loads(factlog("check", "-f", "json").out) == found
    assert [json.loads(line) for line in factlog("check", "-f", "jsonl").out.splitlines()] == found
    rows = list(csv.DictReader(io.StringIO(factlog("check", "-f", "csv").out)))
    assert rows[0] == {
        **{"claim": "1", "reason": "number not in quote", "subject": "Harbour"},
        **{"measure": "killed", "source": "Ministry", "said": "16"},
        "quote": "as many as 60\ndied",
    }


def test_nothing_wrong_and_nothing_to_check(factlog: Factlog) -> None:
    say(factlog, "14 killed", "Fourteen people died")
    assert factlog("check") == factlog("check", "Harbour")
    assert (factlog("check").code, factlog("check").out) == (0, "1 claim checked: 1 holds\n")
    assert factlog("check", "-f", "json").out == "[]\n"
    factlog("retract", "1", "--reason", "x")
    done = factlog("check")
    assert (done.code, done.out) == (3, "")
    assert done.err == ("There are no live claims to check.\nSee what is on record: factlog list\n")


def test_a_number_that_stands_for_another_toll_is_told_to(factlog: Factlog) -> None:
    say(factlog, "17 killed", "In the attack 12 people were killed and 17 injured")
    say(factlog, "18 killed", "12 were killed and 17 injured", source="Hospital")
    done = factlog("check")
    assert done.code == 1
    assert done.out.count("     the number stands there for injured\n") == 1
    told = json.loads(factlog("check", "-f", "json").out)
    assert told == [{"claim": each, "reason": "number not in quote"} for each in (1, 2)]
