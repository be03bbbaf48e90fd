"""factlog export: write claims to a file, in the columns import takes."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Collection, Iterable
from hashlib import file_digest
from importlib.util import find_spec
from pathlib import Path

import click

from factlog.claim import defining
from factlog.cli import name_lookup, options, store_path
from factlog.cli.terminal import is_a_store, write, write_with
from factlog.errors import MissingPackage, UsageError
from factlog.page import by_what, of_claim
from factlog.render import to_csv, to_json, to_text
from factlog.wording import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.claim import Claim
    from factlog.render.to_datapackage import File
    from factlog.store import Store

FORMATS = ("csv", "tsv", "json", "jsonl", "xlsx", "parquet")
_WRITERS = {
    "csv": to_csv.claims,
    "tsv": to_csv.claims_tsv,
    "json": to_json.claims,
    "jsonl": to_json.claims_jsonl,
}


@click.command()
@click.argument("file", metavar="[FILE|FOLDER/|-]", required=False)
@click.option("--subject", metavar="NAME", help="Only claims about this subject.")
@options.as_logged
@click.option("--title", metavar="TEXT", help="Of a folder: what the claims are about.")
@click.option("--license", "licence", metavar="NAME|URL", help="Of a folder: CC-BY-4.0.")
@options.format_options(*FORMATS)
@click.pass_context
def command(
    ctx: click.Context,
    file: str | None,
    subject: str | None,
    title: str | None,
    licence: str | None,
    format_: str | None,
    output: str | None,
) -> None:
    """Write every live claim to FILE (or standard output), in the columns `import` takes.

    Where any says what it counts, the columns definition, includes and excludes are there too.
    Pages and decisions stay in the record; that is told. A Parquet file is for
    `compare --engine duckdb` and other engines. A FOLDER gets both, and a datapackage.json that
    says what they hold, as Frictionless data packages do.

    \b
    factlog export claims.csv
    factlog export claims.xlsx
    factlog export claims.parquet
    factlog export casualties/ --license CC-BY-4.0
    """
    target = file if file not in (None, "-") else output
    if target not in (None, "-") and _is_folder(str(target)):
        if format_:
            raise UsageError("A folder has a format for each file in it.", "Leave out -f.")
        with store_path.opened(ctx) as store:
            name = name_lookup.sought(store, "subject", subject) if subject else None
            _write_package(store, Path(str(target)), (name, title, licence))
            _tell_left_out(store, name)
        return
    if title or licence:
        option = "--title" if title else "--license"
        raise UsageError(
            f"{option} is for a folder, which says what it holds.",
            f"Name one: factlog export claims/ {option} ...",
        )
    if target is not None and target.lower().endswith(".parquet"):
        format_ = format_ or "parquet"
    shape = options.chosen_format(format_, target, FORMATS)
    if shape in ("parquet", "xlsx"):
        target = options.file_named(target, shape)
    with store_path.opened(ctx) as store, store.steady():
        name = name_lookup.sought(store, "subject", subject) if subject else None
        if shape == "parquet":
            write_with(ctx, lambda fresh: _write_parquet(store, fresh, name), str(target))
        else:
            given, defined = _given(store, name)
            if shape == "xlsx":
                from factlog.render import to_xlsx

                write_with(ctx, lambda it: to_xlsx.claims(it, given, defined=defined), str(target))
            else:
                write(ctx, _WRITERS[shape](given, defined=defined), target)
        _tell_left_out(store, name)


def _given(store: Store, subject: str | None) -> tuple[Iterable[Claim], bool]:
    """The claims under the names they were given, and whether of any it is known what it counts.

    Those have it with them.
    """
    known, found = store.definitions(), store.claims(subject=subject, as_given=True)
    if not known or not any(claim.id in known for claim in found):
        return found, False
    return defining(found, known), True


def _tell_left_out(store: Store, subject: str | None) -> None:
    """Say what is on record beside the claims, and goes out by other ways."""
    kept = by_what(store.pages.all())
    claims = store.claims(subject=subject) if kept else ()
    pages = {page.id for claim in claims for page in of_claim(kept, claim)}
    decided = store.decisions(store_path.now().date(), () if subject is None else (subject,))
    counts = ((len(pages), _PAGES), (len(decided), _DECISIONS))
    told = [counted(count, *words) for count, words in counts if count]
    if told:
        click.echo(
            f"Claims alone, without {' and '.join(told)} of theirs. "
            "To hand those on: factlog pack, or factlog merge",
            err=True,
        )


_PAGES, _DECISIONS = ("1 page", "{} pages"), ("1 decision", "{} decisions")


def _write_parquet(store: Store, path: Path, subject: str | None) -> None:
    """Write claims under the names they were given, with those they go by beside them."""
    from factlog.store import parquet

    given, defined = _given(store, subject)
    parquet.write(path, store.claims(subject=subject), given, defined=defined)


def _facts(path: Path) -> File:
    from factlog.render.to_datapackage import File

    with path.open("rb") as file:
        return File(path.stat().st_size, file_digest(file, "sha256").hexdigest())


def _write_package(
    store: Store, folder: Path, told: tuple[str | None, str | None, str | None]
) -> None:
    """Write a folder with claims in csv and Parquet, and what they are; told of one subject."""
    from factlog.render import to_datapackage as package

    subject, title, licence = told
    if licence:
        package.checked_licence(licence)
    lacking = find_spec("pyarrow") is None
    names = [package.TABLE, *([] if lacking else [package.BINARY])]

    def fill(fresh: Path) -> None:
        table = fresh / package.TABLE
        with store.steady(), table.open("w", encoding="utf-8", newline="") as file:
            given, defined = _given(store, subject)
            found = package.Contents(defined=defined)
            file.writelines(to_csv.claims(found.noted(given), defined=defined))
            if package.BINARY in names:
                _write_parquet(store, fresh / package.BINARY, subject)
        files = {name: _facts(fresh / name) for name in names}
        page = package.descriptor(folder.name, title or subject or "Claims", licence, found, files)
        (fresh / package.NAME).write_text(page, encoding="utf-8")

    _write_folder(folder, (package.TABLE, package.BINARY, package.NAME), fill)
    if lacking:
        absent = MissingPackage("Without claims.parquet: it", "parquet", _ABSENT)
        click.echo(to_text.error(absent), err=True)


_ABSENT = ModuleNotFoundError(name="pyarrow")


# A folder, written beside its place and put there in one step: whole or not at all


def _is_folder(target: str) -> bool:
    """Whether a path is meant for a folder: one that is there, or that ends as one does."""
    return target.endswith(("/", os.sep)) or (target != "" and Path(target).is_dir())


def _write_folder(path: Path, names: Collection[str], fill: Callable[[Path], None]) -> None:
    """Let `fill` write a folder of files with some of these names.

    A folder that is there is replaced if it holds nothing else.
    """
    if path.is_symlink() or not path.name or path.name == "..":
        raise _refused(path, "is a link" if path.is_symlink() else "has no name of its own")
    there = path.exists()
    if there:
        _check(path, names)
    fresh, old = (path.with_name(f".{path.name[:80]}.{secrets.token_hex(6)}.{e}") for e in _BESIDE)
    try:
        fresh.mkdir()
        fill(fresh)
        for each in fresh.iterdir():
            with each.open("rb") as file:
                os.fsync(file.fileno())
        if there:
            path.rename(old)
        try:
            fresh.rename(path)
        except OSError:
            if there:
                old.rename(path)
            raise
    except (FileNotFoundError, NotADirectoryError) as error:
        raise _refused(path, "lies in a folder that does not exist") from error
    except PermissionError as error:
        raise _refused(path, "lies in a folder you may not write to") from error
    finally:
        for each in (fresh, old):
            shutil.rmtree(each, ignore_errors=True)


_BESIDE = ("part", "old")


def _check(path: Path, names: Collection[str]) -> None:
    """Refuse a folder with anything in it that was not exported."""
    if not path.is_dir():
        raise _refused(path, "is a file")
    for each in sorted(path.iterdir()):
        if each.name not in names or each.is_symlink() or not each.is_file():
            raise _refused(path, f"holds other things, such as {each.name}")
        if is_a_store(each):
            raise _refused(path, "holds a store of claims")


def _refused(path: Path, reason: str) -> UsageError:
    return UsageError(
        f"Cannot write the folder {path}: it {reason}; nothing was written.",
        "Choose a new folder, or one that holds an export alone.",
    )
