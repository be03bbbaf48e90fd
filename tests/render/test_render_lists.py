from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from factlog.policy import Kind, Measure
from factlog.render import Look, lists


@dataclass(frozen=True, slots=True)
class Name:
    name: str
    aliases: tuple[str, ...] = ()
    claims: int = 0


NAMES = (Name("South Korean intelligence", ("NIS", "=cmd"), 2), Name("Kyiv|x", (), 1))


@pytest.mark.parametrize(
    ("shape", "text"),
    [
        (
            "table",
            "source                     claims  aliases\n"
            "────────────────────────────────────────────\n"
            "South Korean intelligence       2  NIS; =cmd\n"
            "Kyiv|x                          1\n",
        ),
        ("csv", "source,claims,aliases\nSouth Korean intelligence,2,NIS; =cmd\nKyiv|x,1,\n"),
        ("tsv", "source\tclaims\taliases\nSouth Korean intelligence\t2\tNIS; =cmd\nKyiv|x\t1\t\n"),
        (
            "jsonl",
            '{"source": "South Korean intelligence", "aliases": ["NIS", "=cmd"], "claims": 2}\n'
            '{"source": "Kyiv|x", "aliases": [], "claims": 1}\n',
        ),
        (
            "md",
            "| source | claims | aliases |\n| --- | --- | --- |\n"
            "| South Korean intelligence | 2 | NIS; =cmd |\n| Kyiv\\|x | 1 |  |\n",
        ),
    ],
)
def test_names_in_every_format(shape: str, text: str) -> None:
    assert "".join(lists.names("source", NAMES, shape, Look(width=50))) == text


def test_names_as_a_json_list() -> None:
    records = json.loads("".join(lists.names("subject", NAMES, "json")))
    assert [record["claims"] for record in records] == [2, 1]


def test_names_on_a_narrow_screen() -> None:
    page = "".join(lists.names("source", NAMES, "table", Look(width=24)))
    assert (
        page == "South Korean\n    intelligence,\n    claims: 2, aliases:\n    NIS; =cmd\n"
        "Kyiv|x, claims: 1\n"
    )


def test_no_names() -> None:
    assert "".join(lists.names("source", (), "table")) == "none on record\n"


MEASURES = (
    Measure("killed", Kind.CUMULATIVE, aliases=("dead", "KIA"), definition="Lost their lives."),
    Measure("losses", Kind.LEVEL, ("killed", "injured"), (), Decimal("0.02"), 10),
)


def test_measures_for_a_person() -> None:
    page = "".join(lists.measures(MEASURES, "table"))
    assert page == (
        "killed: cumulative\n  Lost their lives.\n  also: dead, KIA\n"
        "losses: level\n  = killed + injured\n  tolerance 2%\n  window 10 days\n"
    )
    assert "".join(lists.measures((), "table")) == "no measures\n"


def test_measures_for_a_program() -> None:
    records = json.loads("".join(lists.measures(MEASURES, "json")))
    assert records[1] == {
        "measure": "losses",
        "kind": "level",
        "parts": ["killed", "injured"],
        "tolerance": 0.02,
        "window": 10,
        "aliases": [],
        "definition": "",
    }
    page = "".join(lists.measures(MEASURES, "md"))
    assert "| losses | level | killed; injured | 0.02 | 10 |  |  |" in page
    assert "".join(lists.measures(MEASURES, "csv")) == (
        "measure,kind,parts,tolerance,window,aliases,definition\n"
        "killed,cumulative,,,,dead; KIA,Lost their lives.\n"
        "losses,level,killed; injured,0.02,10,,\n"
    )


@dataclass(frozen=True, slots=True)
class Event:
    id: int
    action: str
    about: str
    undoes: int | None = None
    undone_by: int | None = None
    at: datetime = datetime(2025, 1, 13, 9, 30, 5, tzinfo=UTC)
    hash: str = "ab12"


EVENTS = (
    Event(3, "undo", "retract", undoes=2),
    Event(2, "retract", "claim 1: [b]typo\x1b", undone_by=3),
    Event(1, "add", "2 claims"),
)


def test_the_log_for_a_person() -> None:
    assert "".join(lists.events(EVENTS, "table")) == (
        "event  when              what     about\n"
        "─────────────────────────────────────────────────────────────────────\n"
        "    3  2025-01-13 09:30  undo     retract (takes back 2)\n"
        "    2  2025-01-13 09:30  retract  claim 1: [b]typo␛ (taken back by 3)\n"
        "    1  2025-01-13 09:30  add      2 claims\n"
    )


def test_the_log_for_a_program() -> None:
    assert "".join(lists.events(EVENTS, "csv")).splitlines()[:2] == [
        "event,at,action,about,undoes,undone_by,hash",
        "3,2025-01-13T09:30:05+00:00,undo,retract,2,,ab12",
    ]
    last = json.loads("".join(lists.events(EVENTS, "jsonl")).splitlines()[1])
    assert (last["undone_by"], last["about"]) == (3, "claim 1: [b]typo\x1b")


def test_a_list_is_cut_where_the_screen_wants_no_more() -> None:
    many = [{"n": number} for number in range(1, 6)]
    cut = "".join(lists.records(("n",), many, "table", Look(most=3)))
    assert cut == (
        "n\n─\n1\n2\n3\n\nThe first 3; there are more. To see all: add -o FILE, or | less\n"
    )
    assert "more" not in "".join(lists.records(("n",), many, "table", Look(most=5)))
