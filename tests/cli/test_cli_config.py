"""factlog.toml: defaults of any option, and what is said of one that makes no sense."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from support.person import SUBJECT, Factlog

MINE = 'by = "Ada Park"\n[compare]\npolicy = "strict"\nmeasure = "casualties"\n'


def kept(folder: Path, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "factlog.toml").write_text(text, encoding="utf-8")


def settings(factlog: Factlog) -> list[tuple[str, object]]:
    told = json.loads(factlog("config", "-f", "json").out)
    return [(each["key"], each["value"]) for each in told]


def test_yes_is_shown_as_a_file_has_it(factlog: Factlog, here: Path) -> None:
    kept(here, "[compare]\nfull = true\n")
    assert factlog("config").out.splitlines()[-1].split() == [
        "compare.full",
        "true",
        "factlog.toml",
    ]
    assert settings(factlog) == [("compare.full", True)]


def test_an_option_takes_its_default_from_the_file(founding: Factlog, here: Path) -> None:
    kept(here, MINE)
    policy = json.loads(founding("compare", "-f", "json").out)["policy"]["name"]
    assert policy == "strict"
    assert [
        each["measure"]
        for each in json.loads(founding("compare", "-f", "json").out)["subjects"][0]["measures"]
    ] == ["casualties"]
    given = founding("compare", "-f", "json", "--policy", "digits").out
    assert json.loads(given)["policy"]["name"] == "digits"
    done = founding("decide", SUBJECT, "--range", "--reason", "x")
    assert "Ada Park" in done.out


def test_the_folder_counts_before_the_user(factlog: Factlog, here: Path) -> None:
    kept(here / "config" / "factlog", 'by = "User"\nlocale = "de_DE"\n')
    kept(here, 'by = "Folder"\n[measure.set]\nkind = "level"\n')
    told = json.loads(factlog("config", "-f", "json").out)
    assert {each["key"]: (each["value"], each["file"]) for each in told} == {
        "by": ("Folder", "factlog.toml"),
        "locale": ("de_DE", str(here / "config" / "factlog" / "factlog.toml")),
        "measure.set.kind": ("level", "factlog.toml"),
    }
    assert factlog("measure", "set", "geese").code == 0
    assert "geese: level" in factlog("measure", "list").out


WHICH = {
    "the nearer file": ('policy = "strict"', 'policy = "digits"', (), "strict"),
    "the other, where it says nothing": ("by = 'Ada'", 'policy = "digits"', (), "digits"),
    "the nearer one for all": ('policy = "strict"', '[compare]\npolicy = "digits"', (), "strict"),
    "whatever the other says besides": (
        'policy = "strict"',
        'policy = "default"\n[compare]\npolicy = "digits"',
        (),
        "strict",
    ),
    "the command's own in one file": (
        'policy = "strict"\n[compare]\npolicy = "digits"',
        'policy = "default"',
        (),
        "digits",
    ),
    "the command line": (
        '[compare]\npolicy = "strict"',
        'policy = "strict"',
        ("--policy", "digits"),
        "digits",
    ),
}


@pytest.mark.parametrize(("mine", "user", "given", "counts"), WHICH.values(), ids=list(WHICH))
def test_which_default_counts(
    founding: Factlog, here: Path, mine: str, user: str, given: tuple[str, ...], counts: str
) -> None:
    kept(here / "config" / "factlog", user)
    kept(here, mine)
    asked = ("compare", "-f", "json", *given)
    assert json.loads(founding(*asked).out)["policy"]["name"] == counts
    if not given:
        said = {value for key, value in settings(founding) if key == "compare.policy"}
        assert (said or {dict(settings(founding))["policy"]}) == {counts}


def test_the_environment_counts_before_the_files(
    founding: Factlog, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(here, 'policy = "strict"\n[compare]\npolicy = "strict"\n')
    monkeypatch.setenv("FACTLOG_POLICY", "digits")
    told = json.loads(founding("config", "-f", "json").out)
    assert {(each["value"], each["file"]) for each in told} == {
        ("digits", "FACTLOG_POLICY in the environment")
    }
    for given, counts in (((), "digits"), (("--policy", "default"), "default")):
        done = founding("compare", "-f", "json", *given)
        assert json.loads(done.out)["policy"]["name"] == counts


def test_without_a_file_it_says_where_it_looks(factlog: Factlog, here: Path) -> None:
    done = factlog("config")
    assert done.code == 0
    assert str(here / "config" / "factlog" / "factlog.toml") in done.out.replace("\n", "")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="needs two users")
def test_a_folder_of_somebody_else_is_left_alone(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FACTLOG_DB")
    hidden = here / "config" / "factlog"
    hidden.mkdir(parents=True)
    (hidden / "factlog.toml").write_text(MINE, "utf-8")
    code = (
        "import os; from factlog.cli.main import run; both = ['config'], ['where'];"
        "here = os.path.dirname(os.getcwd()); os.chmod('.', 0o700); "
        "before = [run(each) for each in both] + [run(['--db', here, 'where'])];"  # all is loaded
        "os.setuid(65534); print(*before, *map(run, both))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-2].endswith("is there to be read.")
    assert done.stdout.splitlines()[-1] == "0 0 0 0 4"
    assert done.stderr.startswith("factlog.db cannot be used as a store: permission denied.")


def test_a_name_too_long_for_a_folder_holds_no_defaults(
    founding: Factlog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", "/" + "x" * 5_000)
    assert founding("list").code == 0


def test_the_store_of_the_file_gives_way_to_the_environment(
    founding: Factlog, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(here, 'db = "other.db"\n')
    assert "named by FACTLOG_DB" in founding("where").out
    monkeypatch.delenv("FACTLOG_DB")
    done = founding("where")
    assert f"{here / 'other.db'}" in done.out
    assert "named in factlog.toml" in done.out


def test_the_store_of_the_file_may_lie_in_the_home_folder(
    founding: Factlog, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(here, 'db = "~/kept.db"\n')
    monkeypatch.delenv("FACTLOG_DB")
    assert f"{here / 'home' / 'kept.db'}" in founding("where").out
    kept(here, 'db = "~nobody-at-all/kept.db"\n')
    done = founding("where")
    assert (done.code, len(done.err.splitlines())) == (2, 2)


def test_color_and_lists_of_values(founding: Factlog, here: Path) -> None:
    kept(here, 'color = "always"\n[compare]\nmeasure = ["casualties", "killed"]\n')
    assert "\x1b[" in founding("compare").out
    assert len(json.loads(founding("compare", "-f", "json").out)["subjects"][0]["measures"]) == 2
    assert settings(founding)[1] == ("compare.measure", ["casualties", "killed"])


def test_a_mark_before_the_text_is_no_text(founding: Factlog, here: Path) -> None:
    kept(here, '\ufeffby = "Ada Park"\n')
    assert settings(founding) == [("by", "Ada Park")]


def test_help_is_shown_whatever_the_file_says(founding: Factlog, here: Path) -> None:
    kept(here, "[=")
    done = founding("compare", "-h")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Usage: factlog compare")
    assert founding("source", "set", "-h").out.startswith("Usage: factlog source set")
    assert founding("list", "--search", "-h").code == 2


WRONG = {
    "no TOML": ("[=", "compare", "factlog.toml is not TOML:"),
    "many digits": ("by = " + "9" * 5000, "compare", "factlog.toml is not TOML: a number has too"),
    "nested": ("by = " + "[" * 9000, "compare", "factlog.toml is not TOML: a number has"),
    "keys in keys": (".".join("a" * 3000) + " = 1", "compare", "factlog.toml is not TOML: a num"),
    "a date": ("by = 2025-01-01", "compare", "factlog.toml: by is no text, number or list"),
    "unknown at the top": ("bye = 1", "list", "there is no option bye.\nDid you mean by?"),
    "of some commands": ("format = 'json'", "list", "for every command.\nPut it in a table of its"),
    "repeated table": ("[[list]]\nx = 1", "list", "command line: [list]"),
    "not shared": ("limit = 1", "list", "there is no option limit.\n"),
    "unknown option": (
        "[compare]\npolice = 1",
        "compare",
        "there is no option police (compare.police).\nDid you mean policy?",
    ),
    "unknown command": (
        "[compar]\nfull = true",
        "config",
        "there is no command compar (compar.full).\nDid you mean compare?",
    ),
    "unknown command, for another": (
        "[comprae]\nfull = true",
        "list",
        "there is no command comprae (comprae.full).\nDid you mean compare?",
    ),
    "unknown option of another": (
        "[compare]\npolice = 1",
        "list",
        "there is no option police (compare.police).\nDid you mean policy?",
    ),
    "nothing below": (
        "[compare.x]\ny = 1",
        "config",
        "there is no command x (compare.x.y).\nThose known: compare.",
    ),
    "no such command below": (
        "[measure.sett]\nkind = 'level'",
        "list",
        "there is no command sett (measure.sett.kind).\nDid you mean set?",
    ),
    "unknown below": (
        "[measure.set]\nkinds = 1",
        "config",
        "there is no option kinds (measure.set.kinds).\nDid you mean kind?",
    ),
    "a value": (
        "[compare]\nlimit = 'x'",
        "compare",
        "factlog.toml: compare.limit: 'x' is not a valid whole number.\n",
    ),
    "a choice": (
        "[compare]\nformat = 'x'",
        "config",
        "factlog.toml: compare.format: 'x' is not one of 'table', 'csv',",
    ),
    "a number for a name": (
        "by = 3",
        "config",
        'factlog.toml: by is a text, and 3 is none.\nWrite it in quotes: by = "..."',
    ),
    "a yes for a name": ("[list]\nsource = true", "list", "list.source is a text, and true is"),
    "a switch": (
        "[compare]\nfull = 'maybe'",
        "config",
        "factlog.toml: compare.full is true or false.\nWrite: full = true",
    ),
    "a number for a switch": ("[compare]\nfull = 3", "compare", "compare.full is true or false."),
    "two for one": (
        "[compare]\npolicy = ['strict', 'digits']",
        "compare",
        'compare.policy takes one value.\nWrite: policy = "strict"',
    ),
    "a share": (
        "tolerance = 3",
        "compare",
        "factlog.toml: tolerance: --tolerance 3 has no percent sign: 3%?\n",
    ),
}


@pytest.mark.parametrize(("text", "command", "problem"), WRONG.values(), ids=list(WRONG))
def test_a_file_that_makes_no_sense(
    founding: Factlog, here: Path, text: str, command: str, problem: str
) -> None:
    kept(here, text)
    done = founding(command)
    assert done.code == 2
    assert problem in done.err
    assert len(done.err.splitlines()) == 2


def _pipe(place: Path) -> None:
    os.mkfifo(place)


def _endless(place: Path) -> None:
    place.symlink_to("/dev/zero")


def _huge(place: Path) -> None:
    place.write_text("#" * 1_000_001, "utf-8")


@pytest.mark.parametrize("make", [_pipe, _endless, _huge, Path.mkdir])
def test_what_is_no_file_of_defaults(
    founding: Factlog, here: Path, make: Callable[[Path], None]
) -> None:
    make(here / "factlog.toml")
    done = founding("list")
    assert (done.code, len(done.err.splitlines())) == (2, 2)
    assert "factlog.toml is no file of at most 16,000 bytes." in done.err


def test_a_file_that_is_no_text(founding: Factlog, here: Path) -> None:
    (here / "factlog.toml").write_bytes(b'by = "\xff"')
    done = founding("list")
    assert (done.code, len(done.err.splitlines())) == (2, 2)
    assert "it is not UTF-8" in done.err
