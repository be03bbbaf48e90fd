"""pack: a case in one zip, and every way to alter it found, as a person meets it."""

from __future__ import annotations

import hashlib
import json
import random
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from copy import copy
from pathlib import Path

import pytest

from support.person import Factlog, Ran

Files = dict[str, bytes]


@pytest.fixture
def packed(factlog: Factlog, here: Path) -> Factlog:
    """A record of two subjects with a page, a decision and a definition; the first one packed."""
    (here / "page.html").write_text("<html>30 killed, at least", encoding="utf-8")
    for claim, source, *more in (
        ("30 killed", "Hospital", "--url", "https://example.org/a", "--definition", "in hospital"),
        ("44 killed", "Ministry <b>", "--quote", "44 people"),
    ):
        factlog("add", "Fire <x>", claim, "--source", source, "--as-of", "2026-03-01", *more)
    factlog("add", "Other", "3 killed", "--source", "X")
    factlog("keep", "1", "--file", "page.html")
    factlog("decide", "Fire <x>", "--prefer", "1", "--reason", "counted", "--by", "Ada")
    done = factlog("pack", "Fire <x>", "-o", "fire.zip")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("fire.zip: 14 files, ")
    return factlog


def contents(file: str = "fire.zip") -> Files:
    with zipfile.ZipFile(file) as pack:
        return {name: pack.read(name) for name in pack.namelist()}


def by_script(place: str, script: bytes = b"") -> subprocess.CompletedProcess[str]:
    Path("verify.py").write_bytes(script or contents()["verify.py"])
    command = [sys.executable, "-I", "verify.py", place]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_pack_holds_the_case_and_nothing_of_others(packed: Factlog, here: Path) -> None:
    found = contents()
    assert {name for name in found if not name.startswith("pages/")} == {
        *("README.md", "SHA256SUMS", "claims.csv", "claims.jsonl", "comparison.json"),
        *("datapackage.json", "decisions.json", "definitions.json", "log-head.txt", "log.jsonl"),
        *("pages.csv", "report.html", "verify.py"),
    }
    assert [raw for name, raw in found.items() if name.startswith("pages/")] == [
        (here / "page.html").read_bytes()
    ]
    for name in ("claims.csv", "claims.jsonl", "comparison.json", "report.html", "README.md"):
        assert b"Other" not in found[name]
    assert json.loads(found["comparison.json"])["subjects"][0]["subject"] == "Fire <x>"
    assert json.loads(found["definitions.json"])[0]["counts"] == "in hospital"
    assert json.loads(found["decisions.json"])[0]["by"] == "Ada"
    assert b"- Fire \\<x\\>" in found["README.md"]
    assert packed("log", "--head").out == found["log-head.txt"].decode()
    assert len(found["log.jsonl"].splitlines()) == 5


def test_what_was_packed_imports_and_is_a_sound_data_package(packed: Factlog, here: Path) -> None:
    import frictionless

    folder = here / "unpacked"
    with zipfile.ZipFile("fire.zip") as pack:
        pack.extractall(folder)
    assert frictionless.Package(str(folder / "datapackage.json")).validate().valid
    done = packed("--db", "new.db", "import", str(folder / "claims.csv"))
    assert done.out.startswith("Recorded 2 claims")
    (folder / ".DS_Store").write_bytes(b"a Mac puts one wherever it looks")
    assert by_script(str(folder)).returncode == 0
    assert packed("pack", "--verify", str(folder)).code == 0


def test_the_same_record_gives_the_same_bytes(packed: Factlog, here: Path) -> None:
    for _ in range(2):
        packed("pack", "Fire <x>", "-o", "again.zip")
        assert (here / "again.zip").read_bytes() == (here / "fire.zip").read_bytes()
    packed("add", "Fire <x>", "31 killed", "--source", "Y")
    packed("pack", "Fire <x>", "-o", "again.zip")
    assert (here / "again.zip").read_bytes() != (here / "fire.zip").read_bytes()


def test_both_ways_to_verify_say_that_nothing_was_changed(packed: Factlog) -> None:
    seal = hashlib.sha256(contents()["SHA256SUMS"]).hexdigest()
    assert packed("pack", "Fire <x>", "-o", "fire.zip").out.endswith(f"seal {seal}\n")
    done = packed("pack", "--verify", "fire.zip", "--seal", seal[:16].upper())
    told = f"Every one of 14 files is as it was packed.\nseal {seal}\n"
    assert (done.code, done.out) == (0, told)
    script = by_script("fire.zip")
    assert (script.returncode, script.stderr) == (0, "")
    assert seal in script.stdout


def page_of(files: Files) -> str:
    return next(name for name in files if name.startswith("pages/"))


def flip(name: str) -> Callable[[Files], None]:
    def altered(files: Files) -> None:
        files[name] = files[name][:-2] + bytes([files[name][-2] ^ 1]) + files[name][-1:]

    return altered


def flip_page(files: Files) -> None:
    flip(page_of(files))(files)


def drop_page(files: Files) -> None:
    del files[page_of(files)]


def drop_sums(files: Files) -> None:
    del files["SHA256SUMS"]


def put_in(name: str) -> Callable[[Files], None]:
    return lambda files: files.update({name: b"x"})


def swap(files: Files) -> None:
    files["claims.csv"], files["claims.jsonl"] = files["claims.jsonl"], files["claims.csv"]


def summed(files: Files) -> None:
    """Make the list of hashes fit what it lists."""
    names = sorted({*files} - {"SHA256SUMS"})
    lines = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in names)
    files["SHA256SUMS"] = "".join(lines).encode()


def forge_page(files: Files) -> None:
    flip_page(files)
    summed(files)


def forge_log(files: Files) -> None:
    lines = files["log.jsonl"].splitlines(keepends=True)
    files["log.jsonl"] = b"".join(lines).replace(b"3 claims", b"4 claims").replace(b"keep", b"kept")
    summed(files)


def number_log_anew(files: Files) -> None:
    head, lines = "0" * 64, []
    for line in files["log.jsonl"].splitlines():
        event = json.loads(line)
        told = json.loads(event["payload"])
        event["payload"] = json.dumps(told | {"event": told["event"] + 1})
        head = event["hash"] = hashlib.sha256((head + event["payload"]).encode()).hexdigest()
        lines.append(json.dumps(event))
    files["log.jsonl"] = "\n".join(lines).encode()
    files["log-head.txt"] = f"{len(lines)}:{head[:16]}".encode()
    summed(files)


def cut_log(files: Files) -> None:
    files["log.jsonl"] = b"".join(files["log.jsonl"].splitlines(keepends=True)[:-1])
    summed(files)


def listed(name: str) -> Callable[[Files], None]:
    """Put a file in, and list it as if it belonged there."""

    def altered(files: Files) -> None:
        put_in(name)(files)
        summed(files)

    return altered


ALTERED: dict[str, tuple[Callable[[Files], None], str]] = {
    "a claim": (flip("claims.csv"), "claims.csv was changed"),
    "the report": (flip("report.html"), "report.html was changed"),
    "the script": (flip("verify.py"), "verify.py was changed"),
    "a page": (flip_page, "is not named for what it holds"),
    "a page gone": (drop_page, "is missing"),
    "a file more": (put_in("more.html"), "more.html was put in"),
    "a way out": (put_in("../../etc/cron.d/x"), "../../etc/cron.d/x was put in"),
    **{
        f"{name} listed": (listed(name), f"{name} leads out of the pack")
        for name in ("../evil.txt", "a/../../x", "/tmp/x", "a//x", "..\\x", "C:x", "a/..")
    },
    "signs that clear a screen": (put_in("zz\x1b[2J\x1b[H\u202ewas"), "was was put in"),
    "two swapped": (swap, "claims.jsonl was changed"),
    "no sums": (drop_sums, "SHA256SUMS is missing"),
    "a page forged": (forge_page, "is not named for what it holds"),
    "the log numbered anew": (number_log_anew, "event 1 of the log does not fit the one before"),
    "the log forged": (forge_log, "of the log does not fit the one before it"),
    "the log cut": (cut_log, "the log does not end with the head that is told"),
    "the head": (flip("log-head.txt"), "the log does not end with the head that is told"),
}


@pytest.mark.parametrize(("alter", "problem"), ALTERED.values(), ids=list(ALTERED))
def test_every_way_to_alter_it_is_told_by_both(
    packed: Factlog, here: Path, alter: Callable[[Files], None], problem: str
) -> None:
    files = contents()
    alter(files)
    with zipfile.ZipFile("altered.zip", "w") as pack:
        for name, raw in sorted(files.items()):
            pack.writestr(name, raw)
    done = packed("pack", "--verify", "altered.zip")
    assert done.code == 1
    assert problem in done.out
    script = by_script("altered.zip")
    assert script.returncode == 1
    assert problem in script.stderr
    assert all(map(str.isprintable, (done.out + script.stderr).splitlines()))
    assert not (here.parent.parent / "etc").exists()


ONLY_ITS_SEAL = "Only its seal shows that the list is as made: "


def test_what_is_forged_whole_has_another_seal(packed: Factlog) -> None:
    seal = packed("pack", "--verify", "fire.zip").out.split()[-1]
    files = contents()
    files["claims.csv"] = files["claims.csv"].replace(b"44", b"45")
    summed(files)
    with zipfile.ZipFile("altered.zip", "w") as pack:
        for name, raw in files.items():
            pack.writestr(name, raw)
    unsealed = packed("pack", "--verify", "altered.zip")
    assert (unsealed.code, "as it was packed" in unsealed.out) == (0, False)
    assert ONLY_ITS_SEAL in unsealed.out
    assert ONLY_ITS_SEAL in by_script("altered.zip").stdout
    done = packed("pack", "--verify", "altered.zip", "--seal", seal)
    assert done.code == 1
    assert "not the one you were given" in done.out


def twice(path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as pack:
        pack.writestr("claims.csv", b"other")


def again(path: Path) -> None:
    files = contents()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, raw in files.items():
            pack.writestr(name, raw)


def overlapping(path: Path) -> None:
    """A zip whose list of files names one of them many times, each time otherwise."""
    with zipfile.ZipFile(path, "w") as pack:
        pack.writestr("a", b"x" * 100_000)
        (first,) = pack.filelist
        for name in "bc":
            entry = copy(first)
            entry.filename = entry.orig_filename = name
            pack.filelist.append(entry)


def longer(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"more")


def led_by_another(path: Path) -> None:
    path.write_bytes(path.read_bytes() * 2)


def led_in(path: Path) -> None:
    path.write_bytes(b"MZ a program" + path.read_bytes())


def remarked(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as pack:
        pack.comment = b"read this"


def rewritten(path: Path, change: Callable[[zipfile.ZipInfo], None], *, turned: bool) -> None:
    with zipfile.ZipFile(path) as pack:
        found = [(copy(each), pack.read(each)) for each in pack.infolist()]
    with zipfile.ZipFile(path, "w") as pack:
        for entry, raw in reversed(found) if turned else found:
            change(entry)
            pack.writestr(entry, raw)


def turned(path: Path) -> None:
    rewritten(path, lambda _entry: None, turned=True)


def linking(path: Path) -> None:
    rewritten(path, lambda entry: setattr(entry, "external_attr", 0o120777 << 16), turned=False)


def with_more_in_an_entry(path: Path) -> None:
    rewritten(path, lambda entry: setattr(entry, "extra", b"\xfe\xca\x02\0hi"), turned=False)


def with_remarked_entries(path: Path) -> None:
    rewritten(path, lambda entry: setattr(entry, "comment", b"as agreed"), turned=False)


def absolute(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as pack:
        pack.writestr("/etc/passwd", b"x")


def claiming_more(path: Path) -> None:
    """A zip that hides bytes behind its end, in a file that is said to be so much longer."""
    raw = path.read_bytes()
    at = raw.rindex(b"PK\x01\x02")
    size = int.from_bytes(raw[at + 24 : at + 28], "little") + 9
    path.write_bytes(raw[: at + 24] + size.to_bytes(4, "little") + raw[at + 28 :] + b"x" * 9)


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("claims.csv", b"\0" * 300_000_000)


AGAIN = "it was packed again"


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        *((each, AGAIN) for each in (longer, led_by_another, led_in, remarked, twice, again)),
        *((each, AGAIN) for each in (overlapping, turned, linking, absolute, bomb)),
        *((each, AGAIN) for each in (with_more_in_an_entry, with_remarked_entries)),
        (claiming_more, AGAIN),
        (lambda path: path.write_bytes(b"no zip"), "File is not a zip file"),
        (lambda path: path.unlink(), "There is no file fire.zip"),
    ],
)
def test_what_is_no_pack_is_refused(
    packed: Factlog, here: Path, make: Callable[[Path], None], problem: str
) -> None:
    script = contents()["verify.py"]
    make(here / "fire.zip")
    done = packed("pack", "--verify", "fire.zip")
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 2)
    assert problem in done.err
    alone = by_script("fire.zip", script)
    assert (alone.returncode, alone.stderr.count("\n")) == (1, 1)


def test_whatever_byte_is_other_than_it_was_is_told(packed: Factlog, here: Path) -> None:
    raw = (here / "fire.zip").read_bytes()
    for place in random.Random(21).sample(range(len(raw)), 40):
        forged = raw[:place] + bytes([raw[place] ^ 0x55]) + raw[place + 1 :]
        (here / "fire.zip").write_bytes(forged)
        done = packed("pack", "--verify", "fire.zip")
        harmless = _of_no_file(raw, place)
        assert (done.code != 0) or harmless, place
        assert "Traceback" not in done.err


def _of_no_file(raw: bytes, place: int) -> bool:
    """Whether a byte is of what a zip says of a file twice, or of when and by what it was made."""
    heads = [each.start() for each in re.finditer(rb"PK\x03\x04|PK\x01\x02|PK\x05\x06", raw)]
    head = max((each for each in heads if each <= place), default=0)
    return place - head < (46 if raw[head + 2] == 1 else 30)


def test_a_folder_of_links_is_read_as_what_they_lead_to(packed: Factlog, here: Path) -> None:
    with zipfile.ZipFile("fire.zip") as pack:
        pack.extractall(here / "case")
    (here / "case" / "more").symlink_to("/etc/hostname")
    done = packed("pack", "--verify", "case")
    assert (done.code, "more was put in" in done.out) == (1, True)


@pytest.mark.parametrize(
    "words",
    [
        *(("pack",), ("pack", "-o", "a.zip", "--verify", "fire.zip")),
        *(("pack", "Other", "--verify", "fire.zip"), ("pack", "-o", "a.zip", "--seal", "ab")),
        *(("pack", "Nobody", "-o", "a.zip"), ("pack", "-o", "nowhere/a.zip"), ("pack", "-o", "-")),
    ],
)
def test_what_cannot_be_done_is_told(packed: Factlog, here: Path, words: tuple[str, ...]) -> None:
    done: Ran = packed(*words)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 2)
    assert not (here / "a.zip").exists()


def test_a_case_whose_page_is_gone_is_not_packed(packed: Factlog, here: Path) -> None:
    next((here / "facts.pages").glob("*/*")).unlink()
    done = packed("pack", "-o", "a.zip")
    assert (done.code, (here / "a.zip").exists()) == (4, False)
    assert "The bytes of page 1 are missing" in done.err
