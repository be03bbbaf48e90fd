"""`factlog schema`: every json output is as its schema says, and nothing else passes it."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import click
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from factlog import comparer
from factlog.claim import Claim
from factlog.cli import interface
from factlog.cli.main import EXIT_CODES
from factlog.cli.main import factlog as program
from factlog.comparer.rules import RULES
from factlog.extraction import Confidence
from factlog.extraction.modality import Modality
from factlog.policy import POLICIES, Kind, Measure, Policy
from factlog.render import schema_parts, schemas, to_json
from support.person import Factlog, Ran
from support.schemas import altered, read, validator, wrong
from support.strategies import KINDS, measures, records, records_of_wholes

ROOT = Path(__file__).parents[2]
EVERY = [(command, shape) for command, shapes in schemas.OUTPUTS.items() for shape in shapes]
WRITTEN = [each for each in EVERY if not each[0].startswith("pack ")]
ARTICLE = """At least 14 people were killed on Monday, the mayor of Kherrada said, citing
harbour police. Around 30 were injured, Reuters reported. The toll may rise to 40, doctors said."""

# What is done to a record before its outputs are looked at: something of everything.
DONE = f"""
import {ROOT}/seeds/record.csv
import {ROOT}/examples/turnout.csv
import {ROOT}/examples/big_g.csv --map source=study --map as_of=year --map value=G --map plus=unc
    --map minus=unc --map unit=units --set subject=G --set measure=G --set coverage=0.683
add Dam "about 300 killed" --source "Survey" --as-of 2025-01-13 --quote "about 300 died"
add Dam "400 killed" --source "Ministry" --as-of 2025-01-13 --origin Survey --via Radio
add Dam "12,345 litres" --source Ministry --published 2025-01 --url https://example.org/dam
add Dam "12,345 litres" --source Bank --published 2025-02 --note "a remark"
add Dam "310 killed" --source Police --as-of 2025-01-13 --definition "in hospital"
add Dam "1.5 +- 0.2 m" --source Bank --as-of ../2025-03-01
add Dates "1 killed" --source A --as-of "January 2025~"
add Dates "1 killed" --source B --as-of "mid-January 2025"
add Dates "1 killed" --source C --as-of 2025-Q1
add Dates "1 killed" --source E --as-of 2024/2025
keep https://example.org/dam --file page.html
edit 2 --scope "Kursk only"
retract 3 --reason misread
source alias Ministry "The ministry"
source set Survey --role "survey office" --party North --basis documented --grade B --reason known
decide Dam killed --value "300 to 400" --reason "two counts" --by "A. Park" --review-on 2030-01-01
decide "District 2" votes --value 3917 --reason declared --by "A. Park"
subject rename Dam "The dam"
""".replace("\n    ", " ")  # fmt: skip
# How each output is asked for; more than once where it has more than one look.
ASKED = """
changes --since 1
changes --since last
check
compare
compare "The dam" --policy strict --exclude-party North
config
decisions --all
export
extract {article} --published 2025-01-14
keep
list
list --retracted
log
measure
measure list
pool
pool G G --method reml
read "about 300 killed" "1.5 +- 0.2 km" "nearly a dozen" "at least 5 km" "twelve-ish ?"
schema
sentence "The dam"
show 2
show 2 --history
show 3
source
source list
source show Survey
source show Ministry
subject
subject list
support "District 2" votes
support
trace "The dam"
trace "North Korean troops in Russia"
"""


@pytest.fixture
def filled(factlog: Factlog, here: Path) -> Factlog:
    (here / "article.txt").write_text(ARTICLE, encoding="utf-8")
    (here / "page.html").write_text("<p>about 300 died", encoding="utf-8")
    for line in filter(None, DONE.splitlines()):
        done = factlog(*shlex.split(line), "--no-pager")
        assert done.code == 0, (line, done)
    (here / "factlog.toml").write_text('by = "Ada"\n[compare]\nfull = true\n', "utf-8")
    return factlog


@pytest.fixture
def outputs(filled: Factlog) -> list[tuple[str, str, str, Ran]]:
    """Each line that was asked, with the command, the format and what it wrote."""
    asked = []
    for line in filter(None, ASKED.splitlines()):
        words = shlex.split(line.replace("{article}", "article.txt"))
        command = " ".join(words[:2]) if " ".join(words[:2]) in schemas.OUTPUTS else words[0]
        shapes = schemas.OUTPUTS[command]
        asked += [(line, command, each, filled(*words, "-f", each)) for each in shapes]
    return asked


def test_every_output_is_as_its_schema_says_and_nothing_else_is(
    outputs: list[tuple[str, str, str, Ran]],
) -> None:
    passed = []
    for line, command, shape, done in outputs:
        assert done.out, (line, done)
        documents = read(command, shape, done.out)
        for each in documents:
            assert wrong(command, shape, each) == [], line
        judge = validator(command, shape)
        for where, changed in altered(documents[0]):
            if judge.is_valid(changed) and not MAY_CHANGE.match(f"{command} {where}"):
                passed.append(f"{line}: {where}")
    assert passed == []
    assert {(command, shape) for _line, command, shape, _done in outputs} == set(WRITTEN)


# Keys that not every output has, and values that may be anything.
MAY_CHANGE = re.compile(
    r"compare \$\.left_out is absent|extract .*\.(origin|unverified) is absent"
    r"|.*\.(disputed|schemas)\."
)


def test_the_files_of_a_pack_are_as_their_schemas_say(filled: Factlog, here: Path) -> None:
    assert filled("pack", "The dam", "District 2", "-o", "case.zip").code == 0
    named = {}
    with zipfile.ZipFile(here / "case.zip") as pack:
        for name in pack.namelist():
            shape = Path(name).suffix[1:]
            if shape in ("json", "jsonl") and name != "datapackage.json":  # which is Frictionless'
                named[f"pack {name}"] = shape, pack.read(name).decode()
    assert named.keys() == {each for each in schemas.OUTPUTS if each.startswith("pack ")}
    for command, (shape, text) in named.items():
        documents = read(command, shape, text)
        assert [each for one in documents for each in wrong(command, shape, one)] == []
        judge = validator(command, shape)
        passed = [where for where, changed in altered(documents[0]) if judge.is_valid(changed)]
        assert [where for where in passed if where != "$.left_out is absent"] == []


def test_every_command_that_writes_json_has_a_schema() -> None:
    written = {
        (each.name, shape)
        for each in interface.commands()
        for shape in each.formats
        if shape in ("json", "jsonl") and each.name != "import"
    }
    assert written == set(WRITTEN)


@pytest.mark.parametrize(("command", "shape"), EVERY)
def test_a_schema_is_one_and_is_printed(factlog: Factlog, command: str, shape: str) -> None:
    line = shape == "jsonl" and "json" in schemas.OUTPUTS[command]
    done = factlog("schema", *command.split(), *["--line"] * line)
    found = json.loads(done.out)
    Draft202012Validator.check_schema(found)
    assert found == schemas.document(command, shape)
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert set(re.findall(r"#/\$defs/(\w+)", done.out)) == found.get("$defs", {}).keys()


def test_all_of_it_is_one_document(factlog: Factlog) -> None:
    found = json.loads(factlog("schema", "-f", "json").out)
    assert {each["code"] for each in found["exit_codes"]} == set(EXIT_CODES)
    told = {each["name"]: each for each in found["commands"]}
    for name in program.list_commands(click.Context(program)):
        assert told[name]["summary"]
    (shape,) = (each for each in told["compare"]["options"] if "--format" in each["names"])
    assert shape["choices"] == told["compare"]["formats"]
    assert told["compare"]["schemas"]["json"] == schemas.document("compare", "json")
    assert "comparison.json" in told["pack"]["schemas"]
    assert {"source set", "measure set", "subject rename"} <= told.keys()


def test_describing_the_commands_leaves_their_help_as_it_is() -> None:
    asked = (
        "from factlog.cli import interface, main\n"
        "assert [*interface.commands(), interface.program()]\n"
        "raise SystemExit(main.run(['compare', '-h']))"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"-h, --help" in done.stdout


def test_the_list_names_what_may_change(factlog: Factlog) -> None:
    told = factlog("schema").out
    (line,) = (line for line in told.splitlines() if line.startswith("support "))
    assert "json; jsonl  values.score; values.share" in line


REFUSED = [
    (("add",), "factlog add writes no json.\nSee what does: factlog schema\n"),
    (
        ("pack",),
        "factlog pack has no schema of its own.\nWrite: factlog schema pack comparison.json\n",
    ),
    (("compar",), "factlog compar writes no json.\nDid you mean compare?\n"),
    (("show", "--line"), "factlog show writes no jsonl.\nSee what does: factlog schema\n"),
    (("--line",), "Of which command is not said.\nWrite: factlog schema compare --line\n"),
    (("source", "shw"), "factlog source shw writes no json.\nDid you mean source show?\n"),
    (("\x1b[2J",), "factlog ␛[2J writes no json.\nSee what does: factlog schema\n"),
]


@pytest.mark.parametrize(("words", "told"), REFUSED)
def test_what_has_no_schema_is_told(factlog: Factlog, words: tuple[str, ...], told: str) -> None:
    done = factlog("schema", *words)
    assert (done.code, done.out, done.err) == (2, "", told)


def test_no_store_is_made_or_needed(factlog: Factlog, here: Path) -> None:
    before = sorted(here.rglob("*"))
    assert factlog("schema", "compare").code == 0
    assert sorted(here.rglob("*")) == before


def test_the_words_that_other_rooms_know_are_the_same_here() -> None:
    kinds = {rule.kind for rule in RULES if rule.kind} | {"up", "down"}
    assert kinds == {*schema_parts.FINDING_KINDS, *schema_parts.APART_KINDS}
    assert tuple(Modality) == schema_parts.MODALITIES
    assert tuple(Confidence) == schema_parts.CONFIDENCES


JUDGED = st.sampled_from([*POLICIES.values(), replace(POLICIES["default"], window_days=1)])


@given(records() | records_of_wholes(), KINDS, JUDGED)
@settings(max_examples=60)
def test_any_comparison_is_as_its_schema_says(
    claims: list[Claim], kind: Kind, policy: Policy
) -> None:
    found = comparer.compare(claims, policy, [Measure("n", kind), *measures(kind)], limit=None)
    (document,) = read("compare", "json", "".join(to_json.comparison(found)))
    assert wrong("compare", "json", document) == []
    for line in to_json.comparison_jsonl([found]):
        (document,) = read("compare", "jsonl", line)
        assert wrong("compare", "jsonl", document) == []


@given(records())
@settings(max_examples=30)
def test_any_claim_is_as_its_schema_says(claims: list[Claim]) -> None:
    bare = [replace(each, recorded=None) for each in claims]
    for command, written in (("list", to_json.listed_jsonl), ("export", to_json.claims_jsonl)):
        for document in read(command, "jsonl", "".join(written(bare))):
            assert wrong(command, "jsonl", document) == []
