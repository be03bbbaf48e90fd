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
from click.shell_completion import ShellComplete

from factlog.cli import screen
from factlog.cli.candidates import OPEN, attach, same
from factlog.render.display import safe

VARIABLE = "_FACTLOG_COMPLETE"  # names the shell that asks
# Between the words handed over by fish, and between a value and what it does in the answer.
_BETWEEN = "\x1f"
_LISTING = "63"  # what bash says at a second TAB, which puts nothing into the line


def answer(cli: click.Group, shell: str) -> int:
    """Print what a shell asked for; whatever goes wrong, nothing is offered."""
    with suppress(Exception):
        attach(cli, "")
        sys.stdout.write(SHELLS[shell](cli).complete())
        sys.stdout.flush()
    return 0


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
        offered = [
            (before + item.value, " ".join(safe(item.help or "").split()))
            for item in found
            if item.type in ("plain", OPEN)
        ]
        marks = [f"{_BETWEEN}{kind}" for kind in ("file", OPEN) if kind in {i.type for i in found}]
        return "".join(f"{line}\n" for line in (*marks, *self.lines(offered)))

    def lines(self, offered: Sequence[tuple[str, str]]) -> Iterable[str]:
        """One line for each value, with what it does."""
        return (f"{value}{_BETWEEN}{does}" for value, does in offered)


class _QuotingShell(Shell):
    """A shell that takes the quotes off the words it hands over, and puts them on what it takes."""

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the cursor's, and what is written of that one."""
        return os.environ["COMP_WORDS"].split(_BETWEEN)[1:], os.environ["COMP_WORD"]


class Zsh(_QuotingShell):
    """Zsh; its `compadd` quotes as the line needs it."""

    name = "zsh"


class Fish(_QuotingShell):
    """Fish, which quotes what it takes."""

    name = "fish"

    def lines(self, offered: Sequence[tuple[str, str]]) -> Iterable[str]:
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

    def lines(self, offered: Sequence[tuple[str, str]]) -> Iterable[str]:
        """Each value but for the part of it that stays, quoted as that leaves it.

        Where bash only lists them, what they do is beside them.
        """
        kept = self.kept.text
        offered = [each for each in offered if same(each[0][: len(kept)], kept)]
        texts = quoted([value[len(kept) :] for value, _ in offered], self.kept.quote)
        if len(texts) < 2 or os.environ.get("COMP_TYPE") != _LISTING:
            return texts
        wide, most = max(map(len, texts)), screen.columns() - 1
        both = (
            f"{text:{wide}}  {does}".rstrip()
            for text, (_, does) in zip(texts, offered, strict=True)
        )
        return [line if len(line) <= most else f"{line[: most - 3]}..." for line in both]


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
