"""Completion in bash, zsh and fish: of commands, options and files, and of names on record.

A shell hands over the line as it is written, quotes and all, and takes back whole words. Names
are data: each is quoted by the rules of the shell, and one that cannot be typed is not offered.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

import click
from click.shell_completion import CompletionItem, ShellComplete

from factlog.cli import store_path
from factlog.names import fold

VARIABLE = "_FACTLOG_COMPLETE"  # names the shell that asks
# Between the words handed over by fish, and between a value and what it does in the answer.
_BETWEEN = "\x1f"
_AT_MOST = 50


def answer(cli: click.Group, shell: str) -> int:
    """Print what a shell asked for; whatever goes wrong, nothing is offered."""
    with suppress(Exception):
        sys.stdout.write(SHELLS[shell](cli).complete())
        sys.stdout.flush()
    return 0


# Which stored names a parameter takes, by what it is called.
_KINDS = {
    **dict.fromkeys(("subject", "subjects", "about"), "subject"),
    **dict.fromkeys(("source", "origin"), "source"),
    **dict.fromkeys(("measure", "measures", "parts"), "measure"),
}
# In the commands `subject`, `source` and `measure` these are names of that kind.
_OWN = ("name", "old", "alias", "from_", "into")


def attach(command: click.Command, name: str) -> None:
    """Let the parameters of the command of this name that take a stored name or a file offer them.

    Commands under it are of its name too.
    """
    for param in command.params:
        own = name in ("subject", "source", "measure") and param.name in _OWN
        found = name if own else _KINDS.get(param.name or "")
        if found:
            param.type = StoredName(found)
        elif "FILE" in (param.metavar or ""):
            param.type = click.Path()
    if isinstance(command, click.Group):
        for each in command.commands.values():
            attach(each, name)


class StoredName(click.types.StringParamType):
    """A name on record, offered from the store that the line as written so far would use."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def shell_complete(
        self,
        ctx: click.Context,
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[CompletionItem]:
        """The names that begin so, whatever their case; the measures of a subject first."""
        subject = ctx.params.get("subject") if self.kind == "measure" else None
        with store_path.glanced(ctx) as store:
            names = store.beginning_with(self.kind, incomplete, _AT_MOST, subject)
        typed = [name for name in names if _can_be_typed(name)]
        return [CompletionItem(name) for name in _as_written(typed, incomplete)]


# Joiners within words, as of Persian; all else that cannot be seen stays out.
_JOINERS = dict.fromkeys(map(ord, "\u200c\u200d"))


def _can_be_typed(name: str) -> bool:
    """Whether it can stand in a line: seen, in the terminal's encoding, and no option."""
    try:
        name.encode(sys.stdout.encoding or "ascii")
    except UnicodeError:
        return False
    return name.translate(_JOINERS).isprintable() and not name.startswith("-")


def _as_written(names: Sequence[str], written: str) -> list[str]:
    """The names; several of them begin with the capitals that have been written.

    A shell goes on with what they share: that is never to be less than there is already.
    """
    cut = len(written)
    if len(names) > 1:
        return [written + name[cut:] if _same(name[:cut], written) else name for name in names]
    return list(names)


def _same(one: str, other: str) -> bool:
    return fold(f"{one}.") == fold(f"{other}.")  # the stop keeps a space before it


class Shell(ShellComplete):
    """A shell: how it hands over what is written, and how it takes what is offered."""

    def __init__(self, cli: click.Group) -> None:
        super().__init__(cli, {}, "factlog", VARIABLE)

    def source(self) -> str:
        """The script that makes the shell ask."""
        from importlib.resources import files

        script = files("factlog.cli").joinpath("shells", f"completion.{self.name}")
        return script.read_text("utf-8")

    def complete(self) -> str:
        """What may stand at the cursor, a line each; files are left to the shell."""
        args, written = self.get_completion_args()
        # An option and its value in one word: click offers the value alone.
        before = written[: written.find("=") + 1] if written.startswith("--") else ""
        found = self.get_completions(args, written)
        offered = [(before + item.value, item.help) for item in found if item.type == "plain"]
        lines = ["\x1ffile"] if any(item.type == "file" for item in found) else []
        return "".join(f"{line}\n" for line in (*lines, *self.lines(offered)))

    def lines(self, offered: Sequence[tuple[str, str | None]]) -> Iterable[str]:
        """One line for each value, with what it does."""
        return (f"{value}{_BETWEEN}{' '.join((does or '').split())}" for value, does in offered)


class _Unquoting(Shell):
    """A shell that takes the quotes off the words it hands over, and puts them on what it takes."""

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the cursor's, and what is written of that one."""
        return os.environ["COMP_WORDS"].split(_BETWEEN)[1:], os.environ["COMP_WORD"]


class Zsh(_Unquoting):
    """Zsh; its `compadd` quotes as the line needs it."""

    name = "zsh"


class Fish(_Unquoting):
    """Fish, which quotes what it takes."""

    name = "fish"

    def lines(self, offered: Sequence[tuple[str, str | None]]) -> Iterable[str]:
        """Fish itself takes a tab before what a value does."""
        return (line.replace(_BETWEEN, "\t") for line in super().lines(offered))


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a line: as it stands there, what it says, and the quote it leaves open."""

    raw: str
    text: str
    quote: str


class Bash(Shell):
    """Bash, which hands over the line as it stands, and puts in what it takes just so."""

    name = "bash"

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the cursor's, and what is written of that one."""
        *before, self.word = words(os.environ["COMP_LINE"])
        # What bash puts in stands in place of this, its idea of the last word: less than that
        # where a quote, a colon or a sign such as = stands in it.
        replaced = os.environ["COMP_WORD"]
        self.kept = words(self.word.raw.removesuffix(replaced))[-1]
        return [word.text for word in before[1:]], self.word.text

    def lines(self, offered: Sequence[tuple[str, str | None]]) -> Iterable[str]:
        """Each value but for the part of it that stays, quoted as that leaves it."""
        kept = self.kept.text
        texts = [value[len(kept) :] for value, _ in offered if _same(value[: len(kept)], kept)]
        return quoted(texts, self.kept.quote)


# A quote that is not closed reaches to the end, and a backslash there stands for nothing yet.
_PIECE = re.compile(
    r"""
    \$'(?P<ansi>(?:[^'\\]|\\.)*)\\?(?P<ansi_end>'|\Z)
    | '(?P<single>[^']*)(?P<single_end>'|\Z)
    | "(?P<double>(?:[^"\\]|\\.)*)\\?(?P<double_end>"|\Z)
    | \\(?P<escaped>.?)
    | (?P<blank>\s+)
    | (?P<plain>[^\s'"\\$]+|\$)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPES = {"double": re.compile(r'\\([$`"\\])'), "ansi": re.compile(r"\\(.)", re.DOTALL)}
_OPENED = {"ansi": "$'", "single": "'", "double": '"'}


def words(line: str) -> list[Word]:
    """The words of a line as bash takes them; the last one, at the cursor, may be empty.

    >>> [word.text for word in words("factlog compare 'a b' c\\\\ d")]
    ['factlog', 'compare', 'a b', 'c d']
    """
    found = [Word("", "", "")]
    for piece in _PIECE.finditer(line):
        kind = str(piece.lastgroup).removesuffix("_end")
        if kind == "blank":
            if found[-1].raw:
                found.append(Word("", "", ""))
            continue
        text = piece[kind]
        if kind in _ESCAPES:
            text = _ESCAPES[kind].sub(r"\1", text)
        open_ = _OPENED[kind] if kind in _OPENED and not piece[f"{kind}_end"] else ""
        found[-1] = Word(found[-1].raw + piece[0], found[-1].text + text, open_)
    return found


_PLAIN = re.compile(r"[\w./,+@%:=-]*")
_ACTS = re.compile(r'[$`"\\!]')  # inside double quotes; no backslash keeps ! from acting


def quoted(texts: Sequence[str], opened: str = "") -> list[str]:
    """Texts as bash takes them for words, in one way for all; bash closes what is open itself.

    >>> quoted(["North Korea", "Norway"]), quoted(["$(rm -r x)"]), quoted(["it's 5 $"], '"')
    (['"North Korea"', '"Norway"'], ["'$(rm -r x)'"], ["it's 5 \\\\$"])
    """
    if opened == '"':
        return [_ACTS.sub(_harmless, text) for text in texts]
    if opened == "'":
        return [text.replace("'", "'\\''") for text in texts]
    if opened:
        return [re.sub(r"(['\\])", r"\\\1", text) for text in texts]
    if all(map(_PLAIN.fullmatch, texts)):
        return list(texts)
    mark = "'" if any(map(_ACTS.search, texts)) else '"'
    return [f"{mark}{text}{mark}" for text in quoted(texts, mark)]


def _harmless(sign: re.Match[str]) -> str:
    return "\"'!'\"" if sign[0] == "!" else f"\\{sign[0]}"


SHELLS: dict[str, type[Shell]] = {each.name: each for each in (Bash, Zsh, Fish)}
