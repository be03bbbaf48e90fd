"""factlog pack: a case to hand over, and the proof that nothing of it was changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

import click

from factlog import __version__, comparer, verify_pack
from factlog.claim import Claim, defining
from factlog.cli import options, query, store_path
from factlog.cli.commands.report import chapters
from factlog.cli.main import DONE, FOUND
from factlog.cli.named_files import missing
from factlog.cli.query import Question
from factlog.cli.terminal import write_with
from factlog.errors import UsageError
from factlog.findings import Verdict
from factlog.page import PageState, by_what, of_claim, with_states
from factlog.policy import METHOD, Policy
from factlog.render import evidence, lists, pack, report, to_json
from factlog.render.display import Look, safe
from factlog.store import Store

_SPELLED = 20  # findings of a measure that are told in words
_LEAST = 16  # digits of a seal that tell it from others


@click.command()
@click.argument("subjects", metavar="[SUBJECT]...", nargs=-1)
@options.judging
@click.option("-o", "--output", metavar="FILE.zip", help="Write the pack to FILE.zip.")
@click.option("--verify", metavar="FILE.zip", help="See that nothing of a pack was changed.")
@click.option("--seal", metavar="DIGEST", help="With --verify: the seal you were given.")
@click.pass_context
def command(
    ctx: click.Context,
    subjects: tuple[str, ...],
    policy: Policy,
    output: str | None,
    verify: str | None,
    seal: str | None,
) -> int:
    """Put SUBJECTs, or the whole record, into one zip for somebody who has no factlog.

    Claims, comparison, report, the pages kept and their hashes, the whole log and its head, a
    README, and a short program that verifies it all. The same record gives the same bytes. The
    seal that is printed stands for every byte of every file: hand it over by another way than
    the pack.

    --verify leaves with 1 if a file in it was changed, and with 2 if it cannot be read as a
    pack: it is damaged, or was zipped anew. A pack forged whole fits, too: only --seal tells it.

    \b
    factlog pack "Port Almeria fire" -o fire.zip
    factlog pack --verify fire.zip --seal 3f2a...
    """
    if (verify is None) is (output is None) or (verify and subjects):
        raise UsageError(
            "Say what is to be done: one of -o FILE.zip and --verify FILE.zip.",
            "Write: factlog pack SUBJECT -o story.zip",
        )
    if verify is not None:
        return _verified(verify, seal)
    if seal is not None:
        raise UsageError("A seal is held against a pack.", "Write: factlog pack --verify FILE.zip")
    file = options.file_named(output, "zip")
    with store_path.opened(ctx) as store, store.steady():
        asked: dict[str, Any] = {"measures": (), "sources": (), "policy": policy, "only": None}
        asked |= {"each_side": tuple(Verdict), "limit": query.MARKED}
        wanted = query.understood(store, subjects, **asked)
        found = pack.sealed(*_files(store, wanted), __version__)
    write_with(ctx, lambda fresh: pack.write(fresh, found), file)
    for line in pack.told(found, file):
        click.echo(safe(line))
    return DONE


def _files(store: Store, wanted: Question) -> tuple[dict[str, bytes], list[str], datetime]:
    """The files of a pack, the subjects it is about, and the moment of the record's last change."""
    last = store.log(1)[0]
    # By the day of that change, not by today's: the same record gives the same bytes.
    decisions = store.decisions(last.at.date())
    wanted = replace(wanted, decisions=comparer.by_measure(decisions))
    (found,) = query.answers(store, wanted, streamed=False)
    subjects = [one.subject for one in found.subjects]
    known = store.definitions()
    own = {name: list(defining(store.claims(subject=name), known)) for name in subjects}
    claims = sorted(chain.from_iterable(own.values()), key=lambda claim: claim.id or 0)
    made = report.Imprint(last.at, __version__)
    pages = with_states(by_what(store.pages.all()), claims, store.pages.state)
    told = chapters(found, found, (own, pages), store.measures(), _SPELLED, METHOD)
    texts = {
        "report.html": report.page(found, told, made),
        "comparison.json": to_json.comparison(found),
    }
    if kept := [each for each in decisions if each.subject in own]:
        texts["decisions.json"] = lists.decisions(kept, "json", Look())
    if defined := evidence.definitions(known, claims):
        texts["definitions.json"] = lists.records((), defined, "json")
    files = {name: "".join(pieces).encode() for name, pieces in texts.items()}
    files |= pack.claims(claims, known, ", ".join(subjects))
    files |= pack.log(store.events_in_full(), store.head()) | pack.stamps(store.stamps())
    return files | _pages(store, claims), subjects, last.at


def _pages(store: Store, claims: Sequence[Claim]) -> dict[str, bytes]:
    """The pages that these claims rest on, and the list of them."""
    every = by_what(store.pages.all())
    found = {page.id: page for claim in claims for page in of_claim(every, claim)}
    kept = sorted(found.values(), key=lambda page: page.id or 0)
    if not kept:
        return {}
    files = {f"pages/{each.place}": store.pages.raw(each) for each in kept}
    listed = evidence.pages(kept, [PageState.KEPT] * len(kept), "csv", Look())
    return files | {"pages.csv": "".join(listed).encode()}


def _verified(file: str, seal: str | None) -> int:
    try:
        found = verify_pack.files(Path(file))
    except FileNotFoundError as error:
        raise missing(file) from error
    except Exception as error:  # whatever may be wrong with a file that anybody can have made
        raise UsageError(
            f"{file} cannot be read as a pack: {error}.", "Ask for it again, as it was made."
        ) from error
    wrong, own = verify_pack.problems(found), pack.seal(found)
    if seal is not None and not (len(seal) >= _LEAST and own.startswith(seal.lower())):
        wrong.append(f"its seal is {own}, and not the one you were given")
    for line in wrong:
        click.echo(safe(line))
    if wrong:
        return FOUND
    fits = "is as it was packed."
    if seal is None:
        fits = "fits the list in the pack.\nOnly its seal shows that the list is as made: --seal"
    click.echo(f"Every one of {len(found)} files {fits}")
    click.echo(f"seal {own}")
    return DONE
