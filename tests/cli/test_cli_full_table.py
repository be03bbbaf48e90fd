"""A full table of every subject, made subject by subject, is that of one comparison of them all."""

from __future__ import annotations

import random
import resource
import tempfile
from itertools import chain
from pathlib import Path

import pytest

from factlog import comparer, render
from factlog.claim import Claim
from factlog.cli import full_table
from factlog.findings import Comparison, Verdict
from factlog.parsing import read
from factlog.policy import POLICIES
from factlog.render import Look
from support.boundaries import SAID
from support.person import Factlog
from support.records import day
from support.stores import NOW, claim, new_store

SHARED = ("23,259", "41,077", "41077", "about 41,077", "1987", "5,083 km")
TOWNS = tuple(f"Town {number}" for number in range(9))
DATES = (None, "2024-01-05", "2024-03", "../2024-02-01", "2023-11-30")
MEASURES = ("killed", "injured", "casualties", "displaced", "height", "")


def claims(dice: random.Random) -> list[Claim]:
    """A record in which numbers stand under several heads, in several measures and subjects."""
    made = []
    for _ in range(dice.randrange(1, 60)):
        figure = read(dice.choice((*SHARED, *SHARED, *SAID)))
        when = dice.choice(DATES)
        made.append(
            claim(
                figure.said,
                figure.estimate,
                subject=f"Place {dice.randrange(12)}",
                source=dice.choice("ABCD"),
                measure=dice.choice(MEASURES),
                as_of=day(when) if when else None,
                scope=dice.choice((None, None, None, "north")),
            )
        )
    return made


def narrowed(verdict: Verdict | None) -> full_table.Narrowed:
    return lambda found: comparer.only(found, verdict) if verdict else found


@pytest.mark.parametrize("seed", range(60))
def test_it_is_what_one_comparison_of_all_is_written_as(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    policy = POLICIES[dice.choice(("default", "default", "strict", "digits"))]
    verdict = dice.choice((None, None, Verdict.CONFLICT, Verdict.NEAR))
    look = Look(
        width=dice.choice((50, 80, 120)),
        full=True,
        history=dice.random() < 0.3,
        color=dice.random() < 0.3,
    )
    limit = dice.choice((0, 1, 20, None))
    with new_store(tmp_path) as store:
        store.add_many(claims(dice), now=NOW)
        known = store.measures()

        def compared(some: list[Claim]) -> Comparison:
            return comparer.compare(some, policy, known, limit=limit)

        every = [compared(list(each)) for each in store.by_subject()]
        whole = narrowed(verdict)(compared(list(store.claims())))
    dice.shuffle(every)
    wanted = list(render.FORMATS["table"]([whole], look))
    found = full_table.written(every, look, narrowed(verdict), lambda: None)
    assert "".join(found) == "".join(wanted)


@pytest.fixture
def told(factlog: Factlog, here: Path) -> Factlog:
    """Two subjects of which something was decided and defined, and one that agrees.

    Beside them are towns in which Agency and Army repeat each other's errors.
    """
    rows = (
        *(
            (town, "height", source, value, "2024-01-05")
            for town in TOWNS
            for source, value in (("Agency", "112"), ("Army", "112"), ("Post", "100"))
        ),
        ("Xanten", "height", "Agency", "41,077", "2024-01-05"),
        ("Xanten", "height", "Army", "41,078", "2024-01-05"),
        ("Yarmouth", "height", "Post", "41,077", "2024-01-05"),
        ("Ashford", "killed", "Agency", "23,259", "2024-01-05"),
        ("Ashford", "killed", "Army", "41,077", "2024-01-04"),
        ("Belgorod", "displaced", "Agency", "41,077", "2024-01-05"),
        ("Belgorod", "displaced", "Army", "90 ± 3", "2024-01-05"),
        ("Belgorod", "rainfall", "Army", "5,083 mm", "2024-01"),
        ("Esbjerg", "homes", "Agency", "about 300", "2024-01-05"),
        ("Esbjerg", "homes", "Army", "310", "2024-01-05"),
    )
    lines = ("subject,measure,source,value,as_of", *(",".join(map(_quoted, row)) for row in rows))
    (here / "rows.csv").write_text("\n".join(lines), encoding="utf-8")
    for words in (
        ("import", "rows.csv"),
        ("source", "set", "Army", "--party", "North", "--basis", "party"),
        ("source", "set", "Agency", "--basis", "documented"),
        ("decide", "Belgorod", "displaced", "--withhold", "--reason", "both doubted", "--by", "A"),
        *(
            ("decide", town, "height", "--value", "100", "--reason", "measured", "--by", "A")
            for town in TOWNS
        ),
    ):
        assert factlog(*words).code == 0
    return factlog


def _quoted(cell: str) -> str:
    return f'"{cell}"'


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--only", "conflict"),
        ("--only", "agree", "--check"),
        ("--history", "--limit", "1"),
        ("--limit", "0"),
        ("--as-of", "2024-01-04"),
        ("--exclude-party", "North"),
        ("--basis", "official"),
        ("--since", "2030"),
        ("--source", "Army", "--policy", "strict"),
        ("--measure", "killed"),
        ("--copies-as-one",),
    ],
)
def test_naming_every_subject_gives_the_same(told: Factlog, options: tuple[str, ...]) -> None:
    subjects = chain.from_iterable(
        ("--subject", name)
        for name in ("Esbjerg", "Belgorod", "Ashford", *TOWNS, "Xanten", "Yarmouth")
    )
    alone = told("compare", "--full", *options)
    named = told("compare", "--full", *options, *subjects)
    assert (alone.code, alone.out, alone.err) == (named.code, named.out, named.err)


@pytest.mark.parametrize("most", [0, 4096])
def test_a_full_folder_of_temporary_files_is_not_told_as_the_output(
    told: Factlog, most: int
) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        ran = told("compare", "--full")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (ran.code, ran.out) == (2, "")
    assert f"The folder for temporary files, {tempfile.gettempdir()}, cannot hold" in ran.err
    assert len(ran.err.splitlines()) == 2


def test_who_may_copy_is_told_after_a_number_that_stands_elsewhere(told: Factlog) -> None:
    whole = told("compare", "--full").out
    about = whole[whole.index("\nXanten\n") :]
    assert 0 < about.index("twin? height") < about.index("copy? height: Agency and Army")
