"""Bad input: the right exit code, what is wrong in one line, what to write in another."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.person import SUBJECT, Factlog

ADD = ("add", SUBJECT)
BY = ("--source", "Seoul")


@pytest.mark.parametrize(
    ("words", "problem", "remedy"),
    [
        ((*ADD, "12..", *BY), '"12.."', "write"),
        ((*ADD, "37m", *BY), "million or metres", "37 million"),
        ((*ADD, "300 killed"), "--source", "factlog add"),
        ((*ADD, *BY), "CLAIM", "around 300 killed"),
        ((*ADD, "300 killed", *BY, "--as-of", "soon"), '"soon"', "2025-01-13"),
        ((*ADD, "300 killed", *BY, "--as-of", "03/04/2025"), "03/04/2025", "--date-format"),
        (("add", "T", "4", "million", *BY), '"4 million" is one', "T '4 million' --source Seoul"),
        (("add", "T", "killed", "12", *BY), '"killed=12" is one', "T killed=12 --source Seoul"),
        (("add", "T", "area", "4", "km2", *BY), "is one claim", "T 'area=4 km2' --source Seoul"),
        (("add", "T", "300", "killed"), '"300 killed" is one', "T '300 killed' --source NAME"),
        (("add", "T", "12", "000", *BY), '"12 000" is one', "'12 000' --source Seoul; or add each"),
        (("add", "T", "two", "hundred", *BY), '"two hundred" is', "'two hundred' --source Seoul"),
        (("add", "T", "kin=4", "km", *BY), '"kin=4 km" is one', "T 'kin=4 km'"),
        (
            ("add", "A", "big", "T", "about", "9", *BY),
            '"about 9" is one',
            "add 'A big T' 'about 9'",
        ),
        (("add", "T", "many", "killed", *BY), '"many" gives no number', "write for example"),
        (("add", " ", "300 killed", *BY), "subject", ""),
        (("add", SUBJECT, "300 killed", "--source", ""), "source", ""),
        (("compare", "Mount Everest"), "No subject", "factlog subject"),
        (("compare", "--policy", "lenient"), "default", "--help"),
        (("compare", "--tolerance", "150%"), "150% is not a percentage", "--tolerance 2%"),
        (("compare", "--tolerance", "abc%"), "abc% is not a percentage", "--tolerance 2%"),
        (("compare", "--near-sigmas", "1"), "less than the 2 standard errors", "2 or more"),
        (("compare", "--tolerance", "1"), "1%?", "--tolerance 1%"),
        (("compare", "--tolerance", "0.5"), "0.5% or 50%?", "--tolerance 0.5%"),
        (("measure", "set", "n", "--tolerance", "0.5"), "0.5% or 50%?", "--tolerance 0.5%"),
        (("compare", "--sigmas", "none"), "standard errors", "--help"),
        (
            ("compare", "--sigmas", "3", "--near-sigmas", "2"),
            "less than the 3 standard errors",
            "3 or more",
        ),
        (("compare", "--measure", "widgets"), "No measure", ""),
        (("log", "--verify", "-f", "json"), "without -f.", "log --verify, or"),
        (("log", "--verify", "-o", "v.json"), "without -o.", "log --verify, or"),
        (("log", "--head", "-f", "json", "-o", "h"), "without -f and -o.", "log --head, or"),
        (("log", "--stamp", "-f", "json"), "without -f.", "log --stamp, or"),
        (("keep", "1", "--file", "a.html", "-f", "json"), "without -f.", "factlog keep -f json"),
        (("extract", "art.txt", "--add", "-f", "json"), "without -f.", "FILE -f json"),
        (("extract", "art.txt", "--review", "-o", "x.csv"), "without -o.", "FILE -f json"),
        (("compare", "-o", "out.docx"), "out.docx", "--help"),
        (("compare", "-o", "no/such/folder/out.csv"), "folder", "Choose another"),
        (("compare", "-o", "facts.db", "-f", "csv"), "store itself", "Choose another"),
        (("show", "99"), "99", ""),
        (("retract", "1"), "--reason", "--help"),
        (("import", "nowhere.csv"), "nowhere.csv", "Check"),
        (("import", "."), ".", "Name a file"),
        (("import", "-", "--map", "as_of"), "--map", "subject, measure"),
        (("import", "-", "--set", "colour=red"), "--set", "subject, measure"),
        (("measure", "set", "killed", "--sum", "casualties"), "part of itself", ""),
        (("measure", "merge", "injured", "killed"), "killed twice", "measure set casualties"),
        (("measure", "set", "killed", "--kind", "odd"), "odd", "--help"),
        (("subject", "rename", "Nowhere", "Somewhere"), "No subject", ""),
        (("frobnicate",), "frobnicate", "--help"),
        (("compare", *SUBJECT.split()), f'"{SUBJECT}" is one', f"in quotes: '{SUBJECT}'"),
        (("check", *SUBJECT.split()), f'"{SUBJECT}" is one', f"in quotes: '{SUBJECT}'"),
        (("explain", *SUBJECT.split()), "extra arguments", "together in quotes. See: factlog exp"),
        (("list", SUBJECT), "extra argument", "behind --subject. See: factlog list --help"),
        (("edit", "1", "x", "y"), "extra argument", "together in quotes. See: factlog edit --help"),
        (("compare", "troops"), '"troops"', f'Did you mean "{SUBJECT}"?'),
        (("list", "--source", "Zelenskyy"), '"Zelenskyy"', 'mean "Volodymyr Zelenskyy"?'),
        (("compare", SUBJECT, "deaths"), '"deaths"', "It is a measure: --measure deaths"),
        (("compare", "Volodymyr Zelenskyy"), '"Volo', "source: --source 'Volodymyr Zelenskyy'"),
        (("explain", "deaths"), '"deaths"', "factlog subject"),
        (
            ("source", "Seoul"),
            "For that source: factlog source show Seoul",
            "factlog source --help",
        ),
        (("subject", "A b"), "For that subject: factlog compare 'A b'", "factlog subject --help"),
        (("measure", "deaths"), "factlog list --measure deaths", "factlog measure --help"),
        (("measure", "sett", "x"), "Did you mean 'set'?", "factlog measure --help"),
        (("export", "-f"), "requires an argument", "See: factlog export --help"),
        (("delete", "1"), "Did you mean 'retract'?", "--help"),
        (("rename", "a", "b"), "Did you mean 'subject rename'?", "--help"),
        (("version",), "Did you mean '--version'?", "--help"),
        (("help", "frobnicate"), "frobnicate", "--help"),
        (("show", "one"), "'one' is not a valid whole number", "show --help"),
        (("extract", "https://example.org/a"), "is an address", "name the file"),
        (("import", "http://example.org/a.csv"), "is an address", "name the file"),
        ((*ADD, "1 killed", *BY, "--as-of", "13.1.2025"), "year first", "format %d.%m.%Y (day"),
        ((*ADD, "1 killed", *BY, "--as-of", "1-13-25"), "year first", "or %m-%d-%y (month"),
        (("comprae",), "compare", "--help"),
        (("compare", "--frobnicate"), "--frobnicate", "--help"),
    ],
)
def test_bad_words_are_refused_in_plain_lines(
    founding: Factlog, words: tuple[str, ...], problem: str, remedy: str
) -> None:
    before = founding("export").out
    done = founding(*words)
    assert done.code == 2
    assert done.out == ""
    lines = done.err.splitlines()
    assert problem in lines[0]
    assert remedy in lines[-1]
    assert 2 <= len(lines) <= 4
    assert "Traceback" not in done.err
    assert founding("export").out == before


def test_a_caret_stands_under_the_spot(factlog: Factlog) -> None:
    lines = factlog("read", "about 12..").err.splitlines()
    assert lines[1].strip() == "about 12.."
    assert "." in lines[1][lines[2].index("^") :]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("subject,value\nx,1\n", "source"),
        ("subject,source\nx,y\n", "value"),
        ("subject,source,value\n", "no rows"),
        ("", ""),
        ("subject,source,value\nx,y,12..\n", "line 2"),
        ("subject,source,value,as_of\nx,y,1,someday\n", "as_of"),
    ],
)
def test_a_bad_file_is_refused_whole(
    factlog: Factlog, here: Path, content: str, problem: str
) -> None:
    (here / "bad.csv").write_text(content, encoding="utf-8")
    done = factlog("import", "bad.csv")
    assert done.code == 2
    assert problem in done.err
    assert len(done.err.splitlines()) >= 2
    assert factlog("list").code in (0, 4)


def test_bad_rows_are_left_out_and_kept_aside_when_asked(factlog: Factlog, here: Path) -> None:
    (here / "mixed.csv").write_text(
        "subject,source,value,measure\nx,y,12..,killed\nx,y,300,killed\n", encoding="utf-8"
    )
    done = factlog("import", "mixed.csv", "--skip-bad", "--reject", "rejected.csv")
    assert done.code == 0
    assert "Recorded 1 claim" in done.out
    assert "line 2" in done.err
    assert "12.." in (here / "rejected.csv").read_text("utf-8")


@pytest.mark.parametrize("content", [b"just some text\n", b"SQLite format 3\0 broken"])
def test_a_file_that_is_no_store_is_refused(factlog: Factlog, here: Path, content: bytes) -> None:
    (here / "notes.txt").write_bytes(content)
    for words in (("list",), ("add", "x", "1 killed", "--source", "y"), ("compare",)):
        done = factlog("--db", "notes.txt", *words)
        assert done.code == 4
        assert len(done.err.splitlines()) == 2
    assert (here / "notes.txt").read_bytes() == content


@pytest.mark.parametrize("command", [("list",), ("compare",), ("export",), ("subject",)])
def test_reading_commands_never_make_a_store(
    factlog: Factlog, here: Path, command: tuple[str, ...]
) -> None:
    done = factlog(*command)
    assert done.code == 4
    assert "factlog add" in done.err.splitlines()[1]
    assert not (here / "facts.db").exists()


def test_outputs_that_are_links_or_folders_are_refused(founding: Factlog, here: Path) -> None:
    (here / "real.csv").write_text("kept", encoding="utf-8")
    (here / "link.csv").symlink_to("real.csv")
    (here / "folder.csv").mkdir()
    for name in ("link.csv", "folder.csv"):
        assert founding("compare", "-o", name).code == 2
    assert (here / "real.csv").read_text("utf-8") == "kept"
    assert founding("compare", "-o", "/dev/null", "-f", "csv").code == 0


@pytest.mark.parametrize("name", ["n" * 245 + ".db", "n" * 300, "ü" * 130, "n/" * 3000])
def test_a_store_whose_name_is_too_long_is_told_so(factlog: Factlog, name: str) -> None:
    done = factlog("--db", name, "add", "Dam", "81.5 m", "--source", "Ministry")
    assert done.code == 4
    assert "file name too long" in done.err
    assert "Give it a shorter name" in done.err


def test_a_file_whose_name_is_too_long_is_told_so(founding: Factlog) -> None:
    for command in (("export", "-o"), ("import",), ("merge",)):
        done = founding(*command, "n" * 300)
        assert done.code in (2, 4)
        assert "shorter name" in done.err


def test_words_that_are_claims_each_need_no_quotes(factlog: Factlog) -> None:
    for words in (("12", "15"), ("killed=300", "injured=400"), ("4km", "5km")):
        done = factlog("add", "T", *words, *BY, "-n")
        assert (done.code, done.out.count("would record"), done.err) == (0, 2, "")


@pytest.mark.parametrize("command", [(), ("add",), ("measure", "set")])
def test_help_is_a_word_too(factlog: Factlog, command: tuple[str, ...]) -> None:
    assert factlog("help", *command).out == factlog(*command, "--help").out != ""
