"""The manual pages: `factlog.1`, `factlog-compare.1` and so on, of the help of the commands.

`setup.py` has them made as the package is built; python docs/manual.py FOLDER makes them by hand.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from unicodedata import normalize

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from factlog import __version__  # noqa: E402
from factlog.cli import interface  # noqa: E402
from factlog.cli.interface import Command, Option  # noqa: E402
from factlog.cli.main import EXIT_CODES, GROUPS  # noqa: E402

ENVIRONMENT = {
    "FACTLOG_DB": "The store to use, where --db names none.",
    "FACTLOG_POLICY": "How hedges are taken, where --policy does not say.",
    "NO_COLOR": "Where it holds anything and --color does not say, nothing is coloured.",
    "FORCE_COLOR": "Where it holds anything and neither --color nor NO_COLOR says, there is colour "
    "in a file or a pipe too.",
    "FACTLOG_DEBUG": "Where it holds anything, a mistake of factlog's own is shown whole.",
    "FACTLOG_SPARK_LOG": "The file that what Spark says of its work goes to, which is not shown.",
    "PAGER": "What shows more than a screen.",
}
FILES = {
    "factlog.db": "The store, in this folder; else factlog.db in the user's data folder.",
    "factlog.toml": "Defaults of options, in this folder; then those in the user's configuration "
    "folder. See factlog-config(1).",
}


def write(folder: str) -> list[str]:
    """Make all pages in a folder, and name them."""
    made = {}
    for name, text in pages().items():
        place = ROOT / folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="ascii")
        made[place] = f"{folder}/{name}"
    for old in set((ROOT / folder).glob("factlog*.1")) - set(made):
        old.unlink()
    return sorted(made.values())


def pages() -> dict[str, str]:
    """The text of each page, by the name of its file."""
    every = list(interface.commands())
    made = {"factlog.1": "\n".join(_program(every)) + "\n"}
    for each in every:
        if " " not in each.name:
            under = [one for one in every if one.name.startswith(f"{each.name} ")]
            made[f"factlog-{each.name}.1"] = "\n".join(_page(each, under)) + "\n"
    return made


def _program(every: list[Command]) -> Iterator[str]:
    whole = interface.program()
    yield from _head("factlog", whole.says[0], [whole.usage])
    yield from _paragraphs(whole)
    yield '.SH "COMMANDS"'
    told = {each.name: each.summary for each in every}
    for group, names in GROUPS.items():
        yield f".SS {_quoted(group)}"
        for name in names:
            yield from _item(f"\\fBfactlog\\-{_text(name)}\\fR(1)", told[name])
    yield from _options(whole.options)
    yield from _section("EXIT STATUS", {str(code): means for code, means in EXIT_CODES.items()})
    yield from _section("ENVIRONMENT", ENVIRONMENT)
    yield from _section("FILES", FILES)
    yield from _examples(whole)


def _page(command: Command, under: list[Command]) -> Iterator[str]:
    name = f"factlog-{command.name}"
    yield from _head(name, command.summary, [command.usage, *(each.usage for each in under)])
    yield from _paragraphs(command)
    yield from _options(command.options)
    if under:
        yield '.SH "COMMANDS"'
    for each in under:
        yield f".SS {_quoted(each.usage)}"
        yield from _paragraphs(each, heading=False)
        yield from _items(each.options)
    yield from _examples(command)
    yield '.SH "SEE ALSO"'
    yield "\\fBfactlog\\fR(1), for the options that all commands take, exit status and files"


def _head(name: str, summary: str, usages: list[str]) -> Iterator[str]:
    yield '.\\" Made of the help of the commands by docs/manual.py.'
    yield f'.TH {_quoted(name.upper())} 1 "" "factlog {__version__}" "factlog manual"'
    yield from (".nh", ".ad l")
    yield '.SH "NAME"'
    yield f"{_text(name)} \\- {_text(summary.rstrip('.'))}"
    yield '.SH "SYNOPSIS"'
    for place, usage in enumerate(usages):
        yield from [".br"] * bool(place)
        yield f"{_text(usage)}"


def _paragraphs(command: Command, *, heading: bool = True) -> Iterator[str]:
    if heading:
        yield '.SH "DESCRIPTION"'
    for place, each in enumerate(command.says):
        yield from [".PP"] * bool(place)
        yield _text(each)


def _options(options: Iterable[Option]) -> Iterator[str]:
    yield '.SH "OPTIONS"'
    yield from _items(options)
    yield from _item("\\fB\\-h\\fR, \\fB\\-\\-help\\fR", "Show the help and leave.")


def _items(options: Iterable[Option]) -> Iterator[str]:
    for each in options:
        names = ", ".join(f"\\fB{_text(name)}\\fR" for name in each.names)
        more = [" May be given several times."] * each.repeatable
        yield from _item(f"{names} {_text(each.value)}".rstrip(), " ".join([each.help, *more]))


def _section(title: str, told: dict[str, str]) -> Iterator[str]:
    yield f".SH {_quoted(title)}"
    for name, words in told.items():
        yield from _item(f"\\fB{_text(name)}\\fR", words)


def _item(term: str, words: str) -> Iterator[str]:
    yield from (".TP", term, _text(words))


def _examples(command: Command) -> Iterator[str]:
    if command.examples:
        yield '.SH "EXAMPLES"'
        yield ".EX"
        yield from map(_text, command.examples)
        yield ".EE"


def _quoted(text: str) -> str:
    """Words as one argument of a request."""
    return '"' + _text(text).replace('"', "\\(dq") + '"'


_SIGNS = {"\\": "\\e", "-": "\\-", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti"}


def _text(text: str) -> str:
    """Words as they stand: no sign of theirs is a command of the typesetter."""
    told = "".join(_SIGNS.get(sign) or _in_ascii(sign) for sign in text)
    return f"\\&{told}" if told.startswith(".") else told


def _in_ascii(sign: str) -> str:
    """A sign by the number of its character, with its accent as a second one, as groff wants it."""
    if sign.isascii():
        return sign
    return f"\\[u{'_'.join(f'{ord(part):04X}' for part in normalize('NFD', sign))}]"


if __name__ == "__main__":
    where = sys.argv[1] if sys.argv[1:] else "man"
    if where.startswith("-"):
        sys.stderr.write(f"{where} names no folder.\nWrite: python docs/manual.py FOLDER\n")
        sys.exit(2)
    for made in write(where):
        sys.stdout.write(f"{made}\n")
