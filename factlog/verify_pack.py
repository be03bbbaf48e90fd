"""Whether an evidence pack is as it was made: python3 verify.py [story.zip], or where it lies."""

import json
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

SUMS, LOG, HEAD = "SHA256SUMS", "log.jsonl", "log-head.txt"


def files(place: Path) -> dict[str, bytes]:
    """The files of a pack by their names, from the zip or from the folder it was unpacked into."""
    if place.is_dir():  # where a Mac puts a file of its own
        found = (each for each in place.rglob("*") if each.is_file() and each.name != ".DS_Store")
        return {each.relative_to(place).as_posix(): each.read_bytes() for each in found}
    with zipfile.ZipFile(place) as pack:  # beyond 2 GiB, a zip has longer entries
        put, names, size = pack.infolist(), pack.namelist(), place.stat().st_size
        least = sum(each.file_size + 76 + 2 * len(each.filename.encode()) for each in put) + 22
        odd = {(z.compress_type, z.compress_size - z.file_size, z.external_attr >> 28) for z in put}
        if odd != {(0, 0, 0)} or names != sorted({*names}) or least != size <= max(least, 1 << 31):
            raise ValueError("it was packed again; unpack it, and run verify.py beside the files")
        return {name: pack.read(name) for name in names}


def problems(found: dict[str, bytes]) -> list[str]:
    """What does not fit, each in a line; nothing if all does."""
    lines = found.get(SUMS, b"").decode("utf-8", "replace").splitlines()
    told = {name: made for made, _, name in (line.partition("  ") for line in lines)}
    wrong = [f"{name} is missing" for name in {*told, SUMS, LOG, HEAD} if name not in found]
    for name, made in ((name, sha256(raw).hexdigest()) for name, raw in found.items()):
        if name != SUMS and made != told.get(name):
            wrong.append(f"{name} was {'changed' if name in told else 'put in'}")
        if {"..", ""} & {*name.split("/")} or {*"\\:"} & {*name}:
            wrong.append(f"{name} leads out of the pack")
        if name.startswith("pages/") and name != f"pages/{made[:2]}/{made[2:]}":
            wrong.append(f"{name} is not named for what it holds")
    head, number = "0" * 64, 0
    try:
        for number, line in enumerate(found.get(LOG, b"").splitlines(), 1):
            event = json.loads(line)
            head = sha256((head + event["payload"]).encode("utf-8", "surrogatepass")).hexdigest()
            if (head, number) != (event["hash"], json.loads(event["payload"])["event"]):
                raise ValueError("it says another hash or number")
    except (ValueError, TypeError, LookupError, RecursionError):
        return [*sorted(wrong), f"event {number} of the log does not fit the one before it"]
    if found.get(HEAD, b"").decode("utf-8", "replace").strip() != f"{number}:{head[:16]}":
        wrong.append("the log does not end with the head that is told")
    return sorted(wrong)


if __name__ == "__main__":
    try:
        pack = files(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
    except Exception as error:  # whatever may be wrong with a file that anybody can have made
        sys.exit(f"This cannot be read as a pack: {ascii(str(error))[1:-1]}.")
    if wrong := [ascii(each)[1:-1].replace("\\\\", "\\") for each in problems(pack)]:
        sys.exit("\n".join(["This pack is NOT as it was made:", *wrong]))
    told = "Every file fits the list in the pack. Only its seal shows that the list is as made:"
    sys.stdout.write(f"{told} {sha256(pack[SUMS]).hexdigest()}\n")
