"""What a command says is what happened: with a closed output, an interrupt, a place refused."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from factlog.cli.main import factlog as front_door
from factlog.store import Store
from support.person import Factlog
from support.processes import LONG

FACTLOG = f"{sys.executable} -m factlog"


def shell(line: str) -> subprocess.CompletedProcess[str]:
    """A line as a shell runs it; the exit code is that of the factlog in it."""
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {line}"], capture_output=True, text=True, timeout=60
    )


def logged(factlog: Factlog) -> int:
    return int(factlog("log", "--head").out.partition(":")[0])


DEEDS = [
    'add x "7 killed" --source z',
    'edit 1 "about 301"',
    'retract 1 --reason "no longer"',
    "undo -y",
    "undo",
    "import more.csv",
    "merge other.db",
    "measure set camels --kind level",
    "source alias Zelenskyy Z",
    "extract story.txt --add",
]
ENDS = [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-", "| true", "2>&1 | true", ">/dev/full"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("deed", "end"),
    [
        (deed, end)
        for place, deed in enumerate(DEEDS)
        for number, end in enumerate(ENDS)
        if LONG or "undo" in deed or (place + number) % 4 == 0
    ],
)
def test_a_change_is_made_whoever_listens(
    founding: Factlog, here: Path, deed: str, end: str
) -> None:
    (here / "more.csv").write_text("subject,source,value\na,b,3\n", encoding="utf-8")
    (here / "story.txt").write_text(
        "South Korean intelligence said on Monday that 300 soldiers were killed.", encoding="utf-8"
    )
    founding("--db", "other.db", "add", "y", "4", "--source", "w")
    before = logged(founding)
    if deed.startswith("source alias"):
        deed = deed.replace("Zelenskyy", '"Volodymyr Zelenskyy"')
    done = shell(f"{FACTLOG} {deed} {end}")
    assert logged(founding) == before + 1, done
    assert "Traceback" not in done.stderr
    assert "mistake" not in done.stderr
    if end == ">/dev/full" and deed.startswith(("undo", "add", "import")):
        assert "what was recorded before that is kept" in done.stderr
    assert founding("log", "--verify").code == 0


READS = """list; show 1; compare; compare -f html; explain {}; sentence {}; chart {}; report; export
log; log --verify; log --head; measure; source; subject; where; completion bash; read 'about 5'
--help; --version; extract story.txt; import more.csv --dry-run; import - --dry-run
compare --check; show 99; nosuch""".replace("\n", "; ").split("; ")
CODES = {"import - --dry-run": 2, "compare --check": 1, "show 99": 2, "nosuch": 2}
WHOM = "'North Korean troops in Russia'"
NOWHERE = ["</dev/full", ">&-", "2>&-", "2>/dev/full", "<&- >&- 2>&-", ">/dev/full", "&>/dev/full"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("deed", "end"),
    [
        (deed, end)
        for place, deed in enumerate(READS)
        for number, end in enumerate(NOWHERE)
        if LONG or (place + number) % 6 == 0
    ],
)
@pytest.mark.usefixtures("founding")
def test_the_exit_code_says_what_happened(here: Path, deed: str, end: str) -> None:
    (here / "more.csv").write_text("subject,source,value\na,b,3\n", encoding="utf-8")
    (here / "story.txt").write_text("Nobody said on Monday that 300 were killed.", encoding="utf-8")
    done = shell(f"{FACTLOG} {deed.format(WHOM)} {end}")
    full = end.endswith(">/dev/full") and not end.startswith("2")
    assert done.returncode == (2 if full else CODES.get(deed, 0)), done
    for word in ("Traceback", "mistake", "ignored"):
        assert word not in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("end", [">&-", "2>&-", "| true", "2>&1 | true"])
@pytest.mark.parametrize("deed", ["list", "compare", "--help"])
@pytest.mark.usefixtures("founding")
def test_reading_with_nobody_to_read_is_no_error(deed: str, end: str) -> None:
    done = shell(f"{FACTLOG} {deed} {end}")
    assert done.stderr == ""


@pytest.mark.usefixtures("founding")
def test_a_refusal_is_one_whoever_listens() -> None:
    assert shell(f"{FACTLOG} show 99 2>&1 | true").returncode == 2
    assert shell(f"{FACTLOG} show 99 2>&-").returncode == 2


def test_an_interrupt_after_the_change_says_that_it_was_made(
    founding: Factlog, monkeypatch: pytest.MonkeyPatch
) -> None:
    undo = Store.undo

    def interrupted(store: Store, **words: object) -> None:
        undo(store, **words)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(Store, "undo", interrupted)
    before = logged(founding)
    done = founding("undo", "-y")
    assert (done.code, logged(founding)) == (130, before + 1)
    assert "what was recorded before that is kept" in done.err


def test_an_interrupt_before_any_change_says_that_none_was_made(
    founding: Factlog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_args: object, **_words: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Store, "undo", interrupted)
    assert "nothing half-done was kept" in founding("undo", "-y").err
    monkeypatch.setattr(front_door, "main", interrupted)
    assert "nothing half-done was kept" in founding("list").err


@pytest.mark.parametrize("ending", ["-journal", "-wal", "-shm"])
@pytest.mark.parametrize("store", ["facts.db", "other.db"])
def test_a_store_s_own_journal_is_no_place_to_write(
    founding: Factlog, here: Path, store: str, ending: str
) -> None:
    founding("--db", "other.db", "add", "y", "4", "--source", "w")
    done = founding("export", "-f", "csv", "-o", store + ending)
    assert done.code == 2
    assert "is where a store keeps what it is about to write" in done.err
    assert not (here / (store + ending)).exists()
    assert founding("report", "-o", store + ending).code == 2


def test_a_journal_is_known_by_another_name_of_the_store(founding: Factlog, here: Path) -> None:
    (here / "link.db").symlink_to("facts.db")
    assert founding("--db", "link.db", "export", "-f", "csv", "-o", "facts.db-journal").code == 2


def test_a_name_that_only_looks_like_a_journal_is_one_like_any_other(
    founding: Factlog, here: Path
) -> None:
    assert founding("export", "-f", "csv", "-o", "my-journal").code == 0
    assert (here / "my-journal").read_text("utf-8").startswith("subject,")


@pytest.mark.slow
@pytest.mark.parametrize(
    "end",
    [
        *("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "/dev/stdout | cat", "/dev/fd/1 | cat"),
        *("/dev/stderr 2>&1", "/dev/fd/2 2>&1 | cat", "/dev/fd/9 9>&1", "/proc/self/fd/9 9>&1"),
        *("/dev/fd/1 >out; cat out", "/dev/fd/9 9>out; cat out", ">(cat)", ">(cat >out); cat out"),
    ],
)
@pytest.mark.usefixtures("founding")
def test_what_is_open_can_be_named(end: str) -> None:
    plain = shell(f"{FACTLOG} export -f csv")
    end = end.replace(">(cat >out)", ">(cat >out); sleep 1")
    done = shell(f"{FACTLOG} export -f csv -o {end}")
    assert (done.returncode, done.stdout, done.stderr) == (0, plain.stdout, "")


@pytest.mark.slow
@pytest.mark.parametrize(
    "end", ["/dev/fd/9", "/dev/fd/9 9<>facts.db", "/proc/self/fd/9 9>>facts.db", "/dev/fd/9999"]
)
def test_what_is_not_open_is_refused_and_the_store_as_well(founding: Factlog, end: str) -> None:
    for number in range(3, 9):  # none of which was open before
        assert shell(f"{FACTLOG} export -f csv -o /dev/fd/{number} {number}>&-").returncode == 2
    done = shell(f"{FACTLOG} export -f csv -o {end}")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 2)
    assert founding("log", "--verify").code == 0
    assert founding("export", "-f", "csv", "-o", "/dev/null").code == 0


def test_a_link_put_where_a_pipe_was_is_not_followed(
    founding: Factlog, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(here / "pipe")
    (here / "dear.txt").write_text("dear", encoding="utf-8")
    real = os.open

    def swapped(path: object, flags: int, *more: int) -> int:
        if Path(str(path)).name == "pipe":
            (here / "pipe").unlink()
            (here / "pipe").symlink_to(here / "dear.txt")
        return real(str(path), flags, *more)

    monkeypatch.setattr(os, "open", swapped)
    assert founding("export", "-f", "csv", "-o", "pipe").code == 2
    assert (here / "dear.txt").read_text("utf-8") == "dear"


BAD = b"subject,source,value,unit\na,b,3,kg\nc,d,4,k\xffg\ne,f,unknown,\n"


@pytest.mark.parametrize(
    "place", ["nodir/x", "facts.db", "facts.db-journal", ".", "", "mixed.csv", "link.csv"]
)
def test_nothing_is_recorded_where_the_bad_rows_cannot_be_written(
    founding: Factlog, here: Path, place: str
) -> None:
    (here / "mixed.csv").write_bytes(BAD)
    (here / "link.csv").symlink_to("mixed.csv")
    before = logged(founding)
    done = founding("import", "mixed.csv", "--skip-bad", "--reject", place)
    assert done.code == 2
    assert done.out == ""
    assert (logged(founding), (here / "mixed.csv").read_bytes()) == (before, BAD)


def test_a_bad_byte_in_any_column_is_a_bad_row(founding: Factlog, here: Path) -> None:
    columns = "subject,measure,source,value,low,high,plus,minus,coverage,unit,as_of,published,"
    columns += "via,url,origin,scope,quote,note,n"
    good = dict.fromkeys(columns.split(","), b"") | {"subject": b"s", "source": b"t", "value": b"5"}
    rows = [
        {**good, "quote": "é".encode() * 60},
        *({**good, name: good[name] + b"k\xff"} for name in good),
    ]
    lines = [columns.encode(), *(b",".join(row.values()) for row in rows)]
    (here / "bad.csv").write_bytes(b"\n".join(lines))
    done = founding("import", "bad.csv", "--skip-bad", "--map", "n=n")
    assert done.out == "Recorded 1 claim from bad.csv.\n"


@pytest.mark.parametrize(
    "words",
    [
        ("list", "--subject", "a\udcff"),
        ("list", "--search", "a\udcff"),
        ("list", "--source", "a\udcff"),
        ("compare", "a\udcff"),
        ("explain", "a\udcff"),
        ("pool", "a\udcff"),
        ("chart", "a\udcff"),
        ("source", "rename", "Volodymyr Zelenskyy", "a\udcff"),
        ("subject", "alias", "a\udcff", "b"),
        ("measure", "set", "a\udcff", "--kind", "level"),
        ("add", "a\udcff", "3", "--source", "b"),
        ("add", "a", "3", "--source", "b\udcff"),
        ("edit", "1", "--note", "b\udcff"),
        ("retract", "1", "--reason", "b\udcff"),
        ("log", "--verify", "--head", "1:\udcff"),
        ("read", "3 \udcff"),
    ],
)
def test_a_byte_that_is_no_character_is_no_mistake_of_factlog(
    founding: Factlog, words: tuple[str, ...]
) -> None:
    done = founding(*words)
    assert "mistake" not in done.err
    assert len(done.err.splitlines()) in (0, 2, 3, 4)
    assert founding("log", "--verify").code == 0


SHOWN = [
    ("{}",),
    ("show", "{}"),
    ("list", "--search", "{}"),
    ("list", "--{}"),
    ("list", "{}"),
    ("list", "--since", "{}"),
    ("compare", "-f", "{}"),
    ("compare", "{}"),
    ("compare", "--tolerance", "{}"),
    ("compare", "--sigmas", "{}"),
    ("compare", "-o", "{}.zzz"),
    ("export", "-f", "csv", "-o", "{}/x"),
    ("completion", "{}"),
    ("measure", "set", "x", "--kind", "{}"),
    ("source", "rename", "Volodymyr Zelenskyy", "{}"),
    ("import", "{}"),
    ("import", "story.txt", "--map", "{}=x"),
    ("merge", "{}"),
    ("where", "--db", "{}"),
    ("list", "--db", "{}"),
    ("add", "x", "3", "--source", "y", "--db", "{}/x/y"),
    ("log", "--verify", "--head", "{}"),
]


@pytest.mark.parametrize("words", SHOWN)
@pytest.mark.parametrize(
    ("typed", "shown"),
    [("a\udcff", "a<U+DCFF>"), ("a\x1b[31m", "a␛[31m"), ("C:\\new\u202e", "C:\\new<U+202E>")],
)
def test_what_was_typed_is_shown_in_one_way(
    founding: Factlog, here: Path, words: tuple[str, ...], typed: str, shown: str
) -> None:
    (here / "story.txt").write_text("x", encoding="utf-8")
    done = founding(*(word.format(typed) for word in words))
    told = done.out + done.err
    assert typed not in told
    assert "\\udcff" not in told
    assert "\\x1b" not in told
    assert (
        shown in told
        or words[0] in ("list", "add", "log", "export", "source", "import")
        or told == ""
    )


@pytest.mark.parametrize("told", ["9" * 5000, "99999999", "0", "-1", "x", ""])
def test_any_width_of_the_screen_will_do(
    founding: Factlog, monkeypatch: pytest.MonkeyPatch, told: str
) -> None:
    monkeypatch.setenv("COLUMNS", told)
    for command in ("list", "compare", "chart"):
        done = founding(command, *(("North Korean troops in Russia",) * (command == "chart")))
        assert (done.code, done.err) == (0, "")
        assert len(done.out) < 200_000


@pytest.mark.slow
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_while_waiting_for_the_store_ends_it(
    founding: Factlog, here: Path, end: signal.Signals
) -> None:
    before = logged(founding)
    with Store.open(here / "facts.db") as store, store._connection.writing():
        waiting = subprocess.Popen(
            [*FACTLOG.split(), "undo", "-y"], stderr=subprocess.PIPE, text=True
        )
        assert waiting.stderr is not None
        assert "waiting up to 30 seconds" in waiting.stderr.readline()
        waiting.send_signal(end)
        began = time.monotonic()
        waiting.communicate(timeout=60)
        assert time.monotonic() - began < 40
    assert logged(founding) == before


@pytest.mark.parametrize("name", ["other.db", "unmade.db-journal", "unmade.db-wal", "other.db-shm"])
def test_no_store_and_no_journal_to_come_is_written_over(
    founding: Factlog, here: Path, name: str
) -> None:
    founding("--db", "other.db", "add", "S", "5 killed", "--source", "A")
    before = (here / "other.db").read_bytes()
    done = founding("list", "-f", "csv", "-o", name)
    assert (done.code, len(done.err.splitlines())) == (2, 2)
    (here / "bad.csv").write_text("subject,source,value\nS,A,what\nS,A,6\n")
    done = founding("import", "bad.csv", "--skip-bad", "--reject", name)
    assert done.code == 2
    assert (here / "other.db").read_bytes() == before
    assert name == "other.db" or not (here / name).exists()
