"""factlog demo: the founding story in a scratch store, one step after the other."""

from __future__ import annotations

import io
import shutil
import sys
from contextlib import redirect_stdout
from pathlib import Path
from tempfile import mkdtemp

import click

from factlog.cli import screen, store_path, terminal
from factlog.cli.completion import quoted
from factlog.cli.main import factlog
from factlog.errors import UsageError

_TROOPS = "North Korean troops in Russia"
_SEOUL = "South Korean intelligence"
_CASUALTIES = (_TROOPS, "casualties")
_DEATHS = ("around 300 killed", "around 2,700 injured", "--source", _SEOUL, "--as-of", "2025-01-13")
_TOTAL = ("about 4,000 casualties", "--source", "Volodymyr Zelenskyy", "--as-of", "../2025-01-12")
_DECISION = ("--range", "--reason", "no independent count of either", "--by", "Ada Park")

# What is done, in which words, and after how many lines its output is cut (0: nowhere).
_STEPS: tuple[tuple[str, tuple[str, ...], int], ...] = (
    ("In January 2025 South Korean intelligence gave two figures.", ("add", _TROOPS, *_DEATHS), 0),
    ("Volodymyr Zelenskyy had spoken of more, earlier.", ("add", _TROOPS, *_TOTAL), 0),
    ("Who stands where, on one screen.", ("compare", _TROOPS), 0),
    ("Why it is a conflict: the rules that fired.", ("explain", *_CASUALTIES), 12),
    ("What the desk does about it, and why.", ("decide", *_CASUALTIES, *_DECISION), 0),
    ("What can be printed of it.", ("sentence", *_CASUALTIES), 0),
)


@click.command()
@click.pass_context
def command(ctx: click.Context) -> None:
    """Walk through the founding story in six steps, in a store made for it.

    It lies in a temporary folder, or in the file named with --db. Your own is not touched. On a
    terminal it waits for you after each step.

    \b
    factlog demo
    factlog --db story.db demo
    """
    given = ctx.find_root().obj
    folder = None if given else Path(mkdtemp(prefix="factlog-demo-"))
    store = folder / "demo.db" if folder else Path(given)
    if store.exists():
        raise UsageError(
            f"{store} is there already.", "Name a file that is not, or leave out --db."
        )
    try:
        _walk(store)
    except BaseException:
        if folder:
            shutil.rmtree(folder, ignore_errors=True)
            store_path.used.clear()  # what was recorded there has gone with it
        raise
    (name,) = quoted([str(store)])
    click.echo(f"\nThe store of this walk is {store}")
    click.echo(f"Try next: factlog --db {name} report -o story.html")


def _walk(store: Path) -> None:
    """Take the steps; on a terminal, each when the person is ready for it."""
    waits = sys.stdin.isatty() and sys.stdout.isatty()
    for number, (what, words, most) in enumerate(_STEPS, 1):
        if number > 1:
            click.echo()
            if waits and terminal.ask("Enter: the next step; q: leave", default="") == "q":
                return
        cut = f" | head -{most}" if most else ""
        click.echo(f"{number} of {len(_STEPS)}. {what}\n  $ factlog {_typed(words)}{cut}")
        _show(("--no-pager", *_coloured(), "--db", str(store), *words), most)


def _typed(words: tuple[str, ...]) -> str:
    return " ".join(quoted([word])[0] for word in words)


def _coloured() -> tuple[str, ...]:
    asked = screen.asked_for("color")
    return ("--color", str(asked)) if asked else ()


def _show(words: tuple[str, ...], most: int) -> None:
    """Run a command as if it had been typed, and print what it prints, or the head of it."""
    if not most:
        factlog.main(words, prog_name="factlog", standalone_mode=False, default_map={})
        return
    with redirect_stdout(io.TextIOWrapper(io.BytesIO(), sys.stdout.encoding)) as kept:
        factlog.main(words, prog_name="factlog", standalone_mode=False, default_map={})
        kept.seek(0)
        lines = kept.read().splitlines()[:most]
    click.echo("\n".join(lines))
