"""A folder of claims, written beside its place and put there in one step: whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Collection
from pathlib import Path

from factlog.cli.terminal import is_a_store
from factlog.errors import UsageError


def is_folder(target: str) -> bool:
    """Whether a path is meant for a folder: one that is there, or that ends as one does."""
    return target.endswith(("/", os.sep)) or Path(target).is_dir()


def write_folder(path: Path, names: Collection[str], fill: Callable[[Path], None]) -> None:
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
