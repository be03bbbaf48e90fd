"""An evidence pack: claims, comparison, pages and the log in one zip that can be verified."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from importlib.resources import files as within
from pathlib import Path

from factlog.claim import Claim, defining
from factlog.definition import Definition
from factlog.render import to_csv, to_json
from factlog.render import to_datapackage as package
from factlog.render.templates import escaped
from factlog.stamping import TimeStamp
from factlog.verify_pack import HEAD, LOG, SUMS
from factlog.wording import counted

_SCRIPT, _README = "verify.py", "README.md"
_FIRST = (1980, 1, 1, 0, 0, 0)  # the earliest time of a zip: the same pack has the same bytes
Event = tuple[int, str, str]  # its number, what it says, its hash


def log(events: Sequence[Event], head: str) -> dict[str, bytes]:
    """The whole log, an event a line, and its head."""
    keys = ("event", "payload", "hash")
    lines = [json.dumps(dict(zip(keys, each, strict=True))) for each in events]
    return {LOG: "".join(f"{line}\n" for line in lines).encode(), HEAD: f"{head}\n".encode()}


def stamps(found: Sequence[TimeStamp]) -> dict[str, bytes]:
    """The time stamps of the log: what was stamped, the answer, and the authority's certificate."""
    return {
        f"stamps/{each.event}.{ending}": raw
        for each in found
        for ending, raw in (
            *(("txt", each.hash.encode()), ("tsr", each.token), ("pem", each.root.encode())),
        )
    }


def claims(found: Sequence[Claim], known: Mapping[int, Definition], title: str) -> dict[str, bytes]:
    """The claims in csv, as import takes them, and in jsonl, with their ids; what they are.

    `known` is what claims count, by their ids.
    """
    told = list(defining(found, known))
    contents = package.Contents(defined=any(each.definition for each in told))
    rows = to_csv.claims(contents.noted(told), defined=contents.defined)
    table = "".join(rows).encode()
    facts = {package.TABLE: package.File(len(table), sha256(table).hexdigest())}
    page = package.descriptor("claims", title, None, contents, facts)
    return {
        package.TABLE: table,
        "claims.jsonl": "".join(to_json.listed_jsonl(told)).encode(),
        package.NAME: page.encode(),
    }


def sealed(
    made: Mapping[str, bytes], subjects: Sequence[str], at: datetime, version: str
) -> dict[str, bytes]:
    """The files of a pack with those that explain and verify it."""
    found = dict(made)
    found[_SCRIPT] = within("factlog").joinpath("verify_pack.py").read_bytes()
    found[_README] = _readme(found, subjects, at, version).encode()
    sums = (f"{sha256(raw).hexdigest()}  {name}\n" for name, raw in sorted(found.items()))
    found[SUMS] = "".join(sums).encode()
    return found


def seal(found: Mapping[str, bytes]) -> str:
    """The SHA-256 of the list of all files: one number that stands for the whole pack."""
    return sha256(found.get(SUMS, b"")).hexdigest()


def write(path: Path, found: Mapping[str, bytes]) -> None:
    """Write the zip, the same bytes for the same files on any machine."""
    with zipfile.ZipFile(path, "x", zipfile.ZIP_STORED) as pack:
        for name, raw in sorted(found.items()):
            entry = zipfile.ZipInfo(name, _FIRST)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            pack.writestr(entry, raw)


def told(found: Mapping[str, bytes], name: str) -> tuple[str, str]:
    """What a person is told who has just made a pack."""
    size = sum(map(len, found.values()))
    files = counted(len(found), "1 file", "{} files")
    return f"{name}: {files}, {counted(size, '1 byte', '{} bytes')}", f"seal {seal(found)}"


_WHAT = {
    "report.html": "the comparison to read: open it in a browser, it loads nothing from elsewhere",
    "comparison.json": "the same comparison for programs: every figure, verdict and reason",
    package.TABLE: "the claims, one a row, each with its source, dates, link and quote",
    "claims.jsonl": "the claims with their ids, and how each was read",
    "decisions.json": "what editors decided about disagreements, with reasons and names",
    "definitions.json": "what claims count, where somebody has said",
    "pages.csv": "the pages kept as evidence: of which claims, when, from where, and their hashes",
    package.NAME: "what the columns of claims.csv mean, as Frictionless data packages say it",
    LOG: "every change ever made to the whole record, each chained to the one before by a hash",
    HEAD: "how many changes there are, and how the hash of the last begins",
    _SCRIPT: "checks all this: a short program that needs only Python",
}


def _readme(found: Mapping[str, bytes], subjects: Sequence[str], at: datetime, version: str) -> str:
    pages = sum(name.startswith("pages/") for name in found)
    listed = [f"- `{name}`: {what}" for name, what in _WHAT.items() if name in found]
    if pages:
        listed.append(f"- `pages/`: {counted(pages, '1 page', '{} pages')}, byte for byte as kept")
    if any(name.startswith("stamps/") for name in found):
        listed.append(
            "- `stamps/`: by N, a number of a change, the hash of the log up to it (N.txt), the "
            "signed time of an authority (N.tsr) and its certificate (N.pem), to be held against "
            "the one it publishes: `openssl ts -verify -data N.txt -in N.tsr -CAfile N.pem`"
        )
    about = "\n".join(f"- {escaped(each)}" for each in subjects)
    head = found[HEAD].decode().strip()
    return f"""# Evidence pack

Numeric claims as they were said, who said each, and the pages they rest on, about:

{about}

Made by factlog {version} of the record as it stood on {at:%Y-%m-%d %H:%M %Z}, after change {head}.

## What is in it

{chr(10).join(listed)}
- `{SUMS}`: the SHA-256 of every other file

## How to see that nothing was changed

Run `python3 verify.py` in the folder this was unpacked into, or `factlog pack --verify` on the
zip. Either recomputes the hash of every file, sees that none is missing and none was put in, and
follows the log from its first entry to its last. By hand: `sha256sum -c {SUMS}`.

Whoever could change a file could also write a new list of hashes. So compare the *seal*, which both
print, with the one you were given by another way (a letter, a filing, a time stamp): it is the
SHA-256 of `{SUMS}`, and stands for every byte of every file here.

## What this shows, and what it does not

It shows what was recorded, in which order, from which page, and that neither was altered since the
seal was made. It does not show that a claim is true. A page is what factlog was given or what a
server sent at that moment; who made the pack vouches for that.
"""
