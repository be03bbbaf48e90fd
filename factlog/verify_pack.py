"""Whether an evidence pack is as it was made: python3 verify.py [story.zip], or where it lies."""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
from pathlib import Path

SUMS, LOG, HEAD = "SHA256SUMS", "log.jsonl", "log-head.txt"
AGAIN = "unpack it, and run verify.py beside the files"


def files(place: Path) -> dict[str, bytes]:
    """The files of a pack by their names, from the zip or from the folder it was unpacked into."""
    if place.is_dir():
        found = (each for each in sorted(place.rglob("*")) if each.is_file())
        return {each.relative_to(place).as_posix(): each.read_bytes() for each in found}
    with zipfile.ZipFile(place) as pack:
        every = pack.infolist()
        if len({each.filename for each in every}) < len(every):
            raise ValueError("two of its files have one name")
        if any(each.compress_type for each in every):
            raise ValueError(f"it was packed again: {AGAIN}")
        size = sum(each.file_size + 76 + 2 * len(each.filename.encode()) for each in every) + 22
        if size > place.stat().st_size:
            raise ValueError("its files lie over one another")
        if size < place.stat().st_size < 1 << 31:  # beyond that, a zip has longer entries
            raise ValueError(f"there is more in it than its files: {AGAIN}")
        return {each.filename: pack.read(each) for each in every}


def problems(found: dict[str, bytes]) -> list[str]:
    """What does not fit, each in a line; nothing if all does."""
    lines = found.get(SUMS, b"").decode("utf-8", "replace").splitlines()
    told = {name: made for made, _, name in (line.partition("  ") for line in lines)}
    wrong = [f"{name} is missing" for name in {*told, SUMS, LOG, HEAD} if name not in found]
    wrong += [f"{name} was put in" for name in found if name not in told and name != SUMS]
    for name, raw in found.items():
        made = hashlib.sha256(raw).hexdigest()
        if made != told.get(name, made):
            wrong.append(f"{name} was changed")
        if name.startswith("pages/") and name != f"pages/{made[:2]}/{made[2:]}":
            wrong.append(f"{name} is not named for what it holds")
    before, number = "0" * 64, 0
    for number, line in enumerate(found.get(LOG, b"").splitlines(), 1):
        try:
            event = json.loads(line)
            linked = (before + event["payload"]).encode("utf-8", "surrogatepass")
            before = hashlib.sha256(linked).hexdigest()
            fits = before == event["hash"] and json.loads(event["payload"])["event"] == number
        except (ValueError, TypeError, LookupError, RecursionError):
            fits = False
        if not fits:
            return [*sorted(wrong), f"event {number} of the log does not fit the one before it"]
    if found.get(HEAD, b"").decode("utf-8", "replace").strip() != f"{number}:{before[:16]}":
        wrong.append("the log does not end with the head that is told")
    return sorted(wrong)


def seal(found: dict[str, bytes]) -> str:
    """The SHA-256 of the list of all files: one number that stands for the whole pack."""
    return hashlib.sha256(found.get(SUMS, b"")).hexdigest()


if __name__ == "__main__":
    try:
        pack = files(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError) as error:
        sys.exit(f"This cannot be read as a pack: {error}.")
    if wrong := problems(pack):
        sys.exit("\n".join(["This pack is NOT as it was made:", *wrong]))
    sys.stdout.write(f"Every file is as it was packed. The seal is {seal(pack)}\n")
