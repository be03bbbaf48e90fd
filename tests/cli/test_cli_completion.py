"""Completion: what is offered, how bash reads it, and three real shells that take it."""

from __future__ import annotations

import csv
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from factlog.cli.completion import quoted, words
from factlog.cli.main import run
from support.person import Factlog
from support.shells import COMMANDS, Shell

Asked = Callable[..., list[str]]

TROOPS = "North Korean troops in Russia"
# A name, and what is typed of it: at each of these a shell might do something else with the rest.
HOSTILE = {
    "$(touch ran)": ("'$(t", r"\$\(t"),
    "`touch ran`": ("'`t", r"\`"),
    "; touch ran": ("'; t", r"\;"),
    "| touch ran": ("'| t", '"|'),
    "> ran": ("'> ", r"\>"),
    "a\ntouch ran": ("a\\ to", '"a t'),  # kept as "a touch ran"
    "it's": ("it", '"it', "'it"),
    'say "hi" now': ("say", '"say', "'say"),
    "a!b c": ("a!", "'a!", '"a!'),
    "aa$HOME b": ("aa", "'aa", '"aa'),
    "back\\slash x": ("back", "'back", '"back'),
    "Café, Zürich": ("Caf", "'Café, ", '"Caf'),
    "~root": (r"\~r", '"~r'),
    "{one,two}": ("'{one", r"\{o"),
    "日本 北": ("日", "'日", '"日'),
    "#tag": (r"\#t", "'#t"),
    "=ls": (r"\=l", "'=l"),
}
SUBJECTS = (TROOPS, "Norway", "Kursk: the north", "Sweden", "--db=q", "esc\x1b[31mred", *HOSTILE)
KILLED = len(SUBJECTS) + 1
SOURCES = ("South Korean intelligence", "Seoul, by phone")


def fill(store: Path) -> None:
    file = store.with_suffix(".csv")
    with file.open("w", encoding="utf-8", newline="") as target:
        rows = csv.writer(target)
        rows.writerow(("subject", "measure", "source", "value", "as_of"))
        for place, name in enumerate(SUBJECTS):
            rows.writerow((name, "injured", SOURCES[place % 2], 40 + place, "2025-01-13"))
        rows.writerow((TROOPS, "killed", SOURCES[0], 300, "2025-01-13"))  # claim KILLED
        rows.writerow((TROOPS, "invalided out", SOURCES[0], 30, "2025-01-13"))
    assert run(["--db", str(store), "import", str(file)]) == 0
    for source, party in zip(SOURCES, ("Seoul", "seoul's neighbour"), strict=True):
        assert run(["--db", str(store), "source", "set", source, "--party", party]) == 0
    file.unlink()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("record") / "names.db"
    fill(store)
    return store


@pytest.fixture
def asked(filled: Path, factlog: Factlog, monkeypatch: pytest.MonkeyPatch) -> Asked:
    """What zsh is told at the end of these words, a line each."""

    def ask(*line: str) -> list[str]:
        monkeypatch.setenv("_FACTLOG_COMPLETE", "zsh")
        monkeypatch.setenv("COMP_WORDS", "\x1f".join(("factlog", *line[:-1])))
        monkeypatch.setenv("COMP_WORD", line[-1])
        ran = factlog()
        assert (ran.code, ran.err) == (0, "")
        return [each.split("\x1f")[0] or each for each in ran.out.splitlines()]

    monkeypatch.setenv("FACTLOG_DB", str(filled))
    return ask


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        (("comp",), ["compare", "completion"]),
        (("compare", "--for"), ["--format"]),
        (("compare", "-f", "m"), ["md"]),
        (("source", "spl"), ["split"]),
        (("source", "una"), ["unalias"]),
        (("compare", "north"), [TROOPS]),
        (("compare", "NOR"), ["NORth Korean troops in Russia", "NORway"]),
        (("compare", "nor "), []),
        (("compare", "Norway", "swe"), ["Sweden"]),
        (("compare", "--subject=swe"), ["--subject=Sweden"]),
        (("add", "swe"), ["Sweden"]),
        (("add", "Sweden", "5", "--source", "seoul"), ["Seoul, by phone"]),
        (("add", "Sweden", "5", "--source", "Sou"), ["South Korean intelligence"]),
        (("list", "--measure", "Inv"), ["invalided out"]),
        (("source", "show", "seoul"), ["Seoul, by phone"]),
        (("subject", "merge", "Norway", "SWE"), ["Sweden"]),
        (("measure", "rename", "invalided"), ["invalided out"]),
        (("explain", "Norway", "in"), ["injured", "invalided out"]),
        (("list", "--measure", "ki"), ["killed"]),
        (("list", "--measure", "kia"), ["KIA"]),
        (("explain", TROOPS.upper(), "inv"), ["invalided out"]),
        (("decide", TROOPS, "death t"), ["death toll"]),
        (("compare", "--source", "seo"), ["Seoul, by phone"]),
        (("add", TROOPS, "inv"), ["\x1fopen", "invalided out="]),
        (("add", TROOPS, "5 killed", "KIL"), ["\x1fopen", "killed="]),
        (("add", TROOPS, "around 300 inv"), ["around 300 invalided out"]),
        (("add", TROOPS, "some hundred Inv"), ["some hundred invalided out"]),
        (("add", TROOPS, "5kil"), []),
        (("edit", "1", "6 inv"), ["6 invalided out"]),
        (("compare", "--exclude-party", "SEO"), ["SEOul", "SEOul's neighbour"]),
        (("source", "set", "Seoul, by phone", "--party", "seoul'"), ["seoul's neighbour"]),
        (("source", "set", "Seoul, by phone", "--basis", "d"), ["documented"]),
        (("source", "set", "Seoul, by phone", "--grade", ""), list("ABCDEF")),
        (("show", "9"), ["9"]),
        (("show", "1"), [str(n) for n in range(KILLED + 1, 0, -1) if str(n)[0] == "1"]),
        (("edit", f"{KILLED}"), [f"{KILLED}"]),
        (("retract", "9", f"{KILLED}"), [f"{KILLED}"]),
        (("decide", TROOPS, "--prefer", ""), [f"{KILLED + 1}", f"{KILLED}", "1"]),
        (("decide", TROOPS, "killed", "--prefer", ""), [f"{KILLED}"]),
        (("decide", TROOPS, "casualties", "--prefer", "1,"), [f"1,{KILLED}", "1,1"]),
        (("decide", TROOPS, "casualties", "--prefer", "x"), []),
        (("compare", "esc"), []),
        (("import", ""), ["\x1ffile"]),
        (("where", "--db", ""), ["\x1ffile"]),
        (("--db", ""), ["\x1ffile"]),
        (("merge", "b"), ["\x1ffile"]),
        (("--db", "none.db", "compare", ""), []),
    ],
)
def test_what_is_offered(asked: Asked, line: tuple[str, ...], offered: list[str]) -> None:
    assert asked(*line) == offered


def test_the_measures_of_the_subject_come_first(asked: Asked) -> None:
    found = asked("explain", TROOPS, "")
    assert set(found[:3]) == {"killed", "injured", "invalided out"}
    assert asked("explain", "Norway", "")[0] == "injured"


def test_neither_what_cannot_be_typed_nor_an_option_is_offered(asked: Asked) -> None:
    found = asked("compare", "")
    assert len(found) == len(SUBJECTS) - 2
    assert "a touch ran" in found
    assert not [name for name in found if name.startswith("-") or "\x1b" in name]


def test_another_name_is_offered_too(asked: Asked, here: Path, filled: Path) -> None:
    store = str(here / "other.db")
    shutil.copy(filled, store)
    os.environ.pop("_FACTLOG_COMPLETE", None)
    assert run(["--db", store, "subject", "alias", "Sweden", "Sverige"]) == 0
    assert asked("--db", store, "compare", "sve") == ["Sverige"]
    assert asked("compare", "--db", store, "sve") == ["Sverige"]


def test_no_store_no_sense_no_completion(
    asked: Asked, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(here.iterdir())
    monkeypatch.setenv("FACTLOG_DB", str(here / "none.db"))
    assert asked("compare", "") == []
    assert sorted(here.iterdir()) == before
    (here / "text.db").write_text("no store " * 100)
    sqlite3.connect(here / "other.db").execute(
        "create table subject (id, key, name)"
    ).connection.close()
    for file in ("text.db", "other.db", "."):
        assert asked("--db", str(here / file), "compare", "") == []
    (here / "factlog.toml").write_text("no toml")
    monkeypatch.delenv("FACTLOG_DB")
    assert asked("compare", "") == []


def test_a_store_in_use_is_not_waited_for(asked: Asked, here: Path, filled: Path) -> None:
    store = here / "busy.db"
    shutil.copy(filled, store)
    holding = sqlite3.connect(store, isolation_level=None)
    holding.execute("begin exclusive")
    assert asked("--db", str(store), "compare", "") == []
    holding.close()
    assert asked("--db", str(store), "compare", "Swe") == ["Sweden"]


def test_a_store_is_not_changed_by_being_asked(asked: Asked, filled: Path) -> None:
    before = filled.read_bytes()
    assert asked("compare", "Swe") == ["Sweden"]
    assert filled.read_bytes() == before
    assert [each.name for each in filled.parent.iterdir()] == [filled.name]


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1))
@example("$(touch x)")
@example('it\'s `a` "b" \\ !c')
def test_bash_reads_a_quoted_text_as_it_is(text: str) -> None:
    for opened, closing in (("", ""), ("'", "'"), ('"', '"'), ("$'", "'")):
        (body,) = quoted([text], opened)
        line = words(f"factlog x {opened}{body}{closing}")
        assert [word.text for word in line] == ["factlog", "x", text]
        assert not line[-1].quote


MARKS = ("'", '"', "$'")


@pytest.mark.slow
def test_bash_itself_reads_it_so() -> None:
    texts = [*HOSTILE, "a b", "plain", "'", '"', "\\", "!!", "$'x'", "*?[a]", "<(x)", "a=~/b"]
    texts = [text for text in texts if "\n" not in text]
    line = " ".join(word for text in texts for word in quoted([text]))
    made = " ".join(
        f"{mark}{quoted([text], mark)[0]}{mark[-1]}" for text in texts for mark in MARKS
    )
    ran = subprocess.run(
        ["bash", "-c", f"printf '%s\\n' {line} {made}"], capture_output=True, text=True, check=True
    )
    assert ran.stdout.split("\n")[:-1] == [*texts, *(text for text in texts for _ in MARKS)]


@pytest.mark.parametrize(
    ("line", "last", "quote"),
    [
        ("factlog compare ", "", ""),
        ("factlog 'a b", "a b", "'"),
        ('factlog "a \\"b', 'a "b', '"'),
        ("factlog $'it\\'s", "it's", "$'"),
        ("factlog a\\ b\\", "a b", ""),
        ('factlog "a\\', "a", '"'),
        ("factlog a'b c'\"d", "ab cd", '"'),
        ("factlog $HOME", "$HOME", ""),
    ],
)
def test_the_last_word_of_a_line(line: str, last: str, quote: str) -> None:
    assert (words(line)[-1].text, words(line)[-1].quote) == (last, quote)


# Real shells


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(
            name,
            marks=pytest.mark.skipif(
                not shutil.which(name) and os.environ.get("FACTLOG_SHELLS") != "required",
                reason=f"{name} is not installed",
            ),
        )
        for name in COMMANDS
    ],
)
def shell(
    request: pytest.FixtureRequest, filled: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Shell]:
    folder = tmp_path_factory.mktemp(request.param)
    (folder / "figures, 2025.csv").touch()
    running = Shell(request.param, folder, {"FACTLOG_DB": str(filled)})
    yield running
    running.close()


def only_what_was_there(shell: Shell) -> bool:
    return [each.name for each in shell.folder.iterdir()] == ["figures, 2025.csv"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "last"),
    [
        ("factlog compa", "compare"),
        ("factlog compare --for", "--format"),
        ("factlog compare -f m", "md"),
        ("factlog compare North", TROOPS),
        ('factlog compare "North K', TROOPS),
        ("factlog compare 'North K", TROOPS),
        ("factlog compare North\\ K", TROOPS),
        ("factlog compare NORTH", TROOPS),
        ("factlog compare Norway North", TROOPS),
        ('factlog compare "Norway" "North K', TROOPS),
        ("factlog compare Kursk:", "Kursk: the north"),
        ("factlog compare 'Kursk: t", "Kursk: the north"),
        ("factlog compare Kursk:\\ t", "Kursk: the north"),
        ("factlog compare --subject Kur", "Kursk: the north"),
        ("factlog compare --subject=Kur", "--subject=Kursk: the north"),
        ('factlog compare --subject="Kursk: t', "--subject=Kursk: the north"),
        ("factlog add Sweden 5 --source South", SOURCES[0]),
        ("factlog source show Seoul,", SOURCES[1]),
        (f"factlog explain '{TROOPS}' inv", "invalided out"),
        ("factlog export fig", "figures, 2025.csv"),
        ("factlog export --output fig", "figures, 2025.csv"),
        ("factlog export --output=fig", "--output=figures, 2025.csv"),
        ("factlog --db fig", "figures, 2025.csv"),
        ("factlog merge fig", "figures, 2025.csv"),
        (f"factlog add '{TROOPS}' inv", "invalided out="),
        (f"factlog add '{TROOPS}' 'around 300 inv", "around 300 invalided out"),
        (f'factlog add "{TROOPS}" killed=3 "4 inv', "4 invalided out"),
        ("factlog compare --exclude-party seoul\\'", "seoul's neighbour"),
        ("factlog source set Seoul --basis docu", "documented"),
        ("factlog show 9", "9"),
        (f"factlog decide '{TROOPS}' killed --prefer ", f"{KILLED}"),
        (f"factlog decide '{TROOPS}' casualties --prefer 1,{KILLED}", f"1,{KILLED}"),
        ("factlog compare esc", "esc"),
        ("factlog compare -- --d", "--d"),
    ],
)
def test_a_shell_completes(shell: Shell, typed: str, last: str) -> None:
    assert shell.words(typed)[-1] == last
    assert only_what_was_there(shell)


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_never_more_than_a_word(shell: Shell, name: str) -> None:
    for typed in HOSTILE[name]:
        whole = " ".join(name.split())
        assert shell.words(f"factlog compare {typed}") == ["factlog", "compare", whole]
    assert only_what_was_there(shell)


@pytest.mark.slow
@pytest.mark.parametrize("before", ["X=1 factlog", "true; factlog", "true | factlog", "~/factlog"])
def test_it_completes_wherever_the_command_stands(shell: Shell, before: str) -> None:
    assert "Korean" in shell.line(f"{before} compare North")
    shell.clear()


@pytest.mark.slow
def test_several_are_listed_and_what_is_typed_stays(shell: Shell) -> None:
    assert shell.line("factlog compare nor").lower().endswith("nor")
    shell.clear()
    shown = shell.offered("factlog compare nor")
    assert "orth Korean troops" in shown
    assert "orway" in shown
    shown = shell.offered("factlog comp")
    assert "completion" in shown
    assert only_what_was_there(shell)


@pytest.mark.slow
def test_the_value_goes_on_at_the_measure(shell: Shell) -> None:
    assert shell.words(f"factlog add '{TROOPS}' killed\t300")[-1] == "killed=300"


@pytest.mark.slow
def test_claims_are_listed_with_what_they_say(shell: Shell) -> None:
    shown = shell.offered(f"factlog decide '{TROOPS}' casualties --prefer ")
    assert f"{TROOPS}, killed: 300 (" in shown
    assert f"{TROOPS}, injured: 40 (" in shown
    assert "\x1b[31mred" not in shell.offered("factlog show ")
    assert only_what_was_there(shell)


@pytest.mark.slow
def test_a_script_is_no_burden_to_its_shell() -> None:
    for name in filter(shutil.which, COMMANDS):
        script = subprocess.run(
            [sys.executable, "-m", "factlog", "completion", name], capture_output=True, check=True
        ).stdout
        ran = subprocess.run([name, "-n"], input=script, capture_output=True, check=False)
        assert (ran.returncode, ran.stderr) == (0, b"")
