"""Bad rows put aside by import: a file of them that, mended, is true to the file they came from."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from factlog.importing import from_csv
from support.person import Factlog

HEAD = "subject,source,value,note\n"
MEASURED = """
import sys
from factlog.cli.main import run
run(sys.argv[1:])
print(open("/proc/self/status").read().split("VmHWM:")[1].split()[0])
"""
SKIP = ("--skip-bad", "--reject", "bad.out")


@pytest.mark.parametrize(
    ("name", "content", "mended"),
    [
        ("a.csv", (HEAD + "é,ü,1,\né,ü,2,q").encode() + b"\xff\xfe\n", "é,ü,2,q"),
        ("a.csv", HEAD.encode() + b"a,b,2,q\xff\n", "a,b,2,q"),
        ("a.csv", (HEAD + "Évian,b,1,\nÉvian,b,2,q").encode("cp1252") + b"\x81\n", "Évian,b,2,q"),
        ("a.csv", (HEAD + "é,b,2,q\ud800\n").encode("utf-16", "surrogatepass"), "é,b,2,q"),
        ("a.jsonl", b'{"subject": "\xc3\xa9", "source": "b", "value": "2\xff"}\n', '"value": "2'),
        ("a.jsonl", b'{"subject": "\xc3\xa9", "value": "2\xff"\n', r"\"value\": \"2"),
    ],
)
def test_a_byte_that_is_no_character_is_kept(
    factlog: Factlog, here: Path, name: str, content: bytes, mended: str
) -> None:
    (here / name).write_bytes(content)
    assert factlog("import", name, *SKIP).code == 0
    kept = (here / "bad.out").read_bytes()
    wide = content.startswith(b"\xff\xfe")
    odd = next(b for b in (b"\x00\xd8", b"\xff\xfe\n", b"\xff", b"\x81") if b in content)
    odd = odd.rstrip(b"\n")
    assert kept.count(odd) == 1 + (wide and odd == b"\xff\xfe")
    text = kept.replace(odd, b"").decode("utf-16-le" if wide else "utf-8")
    assert mended in text
    assert "\\udc" not in text.partition(mended)[0] + mended


def test_what_was_put_aside_is_mended_and_taken(factlog: Factlog, here: Path) -> None:
    (here / "a.csv").write_bytes((HEAD + "Évian,b,2,“q").encode() + b"\xff\xe9\n")
    assert factlog("import", "a.csv", *SKIP).code == 0
    again = factlog("import", "bad.out", "--skip-bad", "--reject", "again.out")
    assert "line 2: note: holds something that is not a character" in again.err
    mended = (here / "bad.out").read_bytes().replace(b"\xff\xe9", "”".encode())
    (here / "bad.out").write_bytes(mended)
    assert factlog("import", "bad.out").out == "Recorded 1 claim from bad.out.\n"
    assert "Évian,,b,2," in factlog("export", "-f", "csv").out
    assert "“q”" in factlog("export", "-f", "csv").out


def test_a_row_too_long_to_be_kept_is_named_with_its_line(
    factlog: Factlog, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(from_csv, "TEXT_LIMIT", 1000)
    bad = "".join(f"a,b,x{number},\n" for number in range(25))
    (here / "a.csv").write_text(HEAD + "a,b,1,\n" + bad + 'a,b,2,"' + "q" * 2000 + '"\na,b,3,\n')
    done = factlog("import", "a.csv", *SKIP)
    assert done.out == "Recorded 1 claim from a.csv.\n"
    *_, kept, lost = done.err.splitlines()
    assert kept == "They are in bad.out, as they stood, with the reason, but for the next."
    assert lost == (
        "Line 28 of a.csv is too long to be kept aside, and what comes after it was not read: "
        "mend it there, and import the file again."
    )
    assert len((here / "bad.out").read_text().splitlines()) == 26


@pytest.mark.slow
@pytest.mark.parametrize(
    ("cells", "rows", "bad"),
    [
        ("x,a note of {} that is no claim", 300_000, True),
        ("not a number {},", 40_000, True),
        ("1{}?,", 40_000, False),  # which is refused, and then read in another way
    ],
)
def test_rows_are_not_held_in_memory(here: Path, cells: str, rows: int, bad: bool) -> None:
    with (here / "a.csv").open("w") as file:
        file.write(HEAD)
        file.writelines(f"a,b,{cells.format(number)}\n" for number in range(rows))
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, "import", "a.csv", *SKIP],
        capture_output=True,
        check=True,
        text=True,
    )
    assert (f"{rows:,} bad rows were left out" in done.stderr) == bad
    # Of these kilobytes, 32,000 are what stands in for the index of a store that was empty.
    assert int(done.stdout.splitlines()[-1]) < 150_000
    assert not bad or (here / "bad.out").read_text().count("\n") == rows + 1


def test_figures_without_days_are_told_of_the_column_that_may_give_them(
    factlog: Factlog, here: Path
) -> None:
    (here / "two.csv").write_text("date,day,killed\n2022-02-25,2,80\n")
    ran = factlog("import", "two.csv", "--set", "subject=X", "--set", "source=M")
    told = "No column gives the days of the figures; perhaps --map as_of=date\n"
    assert (ran.code, told in ran.err) == (0, True)
    ran = factlog(
        "import", "two.csv", *("--set", "subject=X", "--set", "source=M"), "--map", "as_of=date"
    )
    assert (ran.code, "perhaps" in ran.err) == (0, False)
