"""The way in and the way out: the commands by group, and every ending as an exit code.

Each command is loaded only when it is used. What goes wrong becomes two lines on stderr.
"""

from __future__ import annotations

import contextlib
import errno
import importlib
import os
import re
import sys
from collections.abc import Sequence
from keyword import iskeyword

import click

from factlog import __version__
from factlog.cli import config, screen, signals
from factlog.errors import FactlogError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from factlog.store import Store

DONE = 0
FOUND = 1
WRONG = 2
NOTHING = 3
UNUSABLE = 4
INTERRUPTED = 130

EXIT_CODES = {
    DONE: "done",
    FOUND: "compare --check found a conflict, or check or pack --verify something that is wrong",
    WRONG: "wrong input, or a mistake in factlog itself; two lines on stderr say what to do",
    NOTHING: "compare --check or check had nothing to look at",
    UNUSABLE: "the store cannot be used or is damaged",
    129: "ended by SIGHUP; what was recorded before is kept",
    INTERRUPTED: "ended by Ctrl-C; what was recorded before is kept",
    143: "ended by SIGTERM; what was recorded before is kept",
}

GROUPS: dict[str, dict[str, str]] = {
    "Record": {
        "add": "Record what a source said.",
        "read": "Show how factlog reads a value.",
        "list": "List the claims.",
        "show": "Show one claim in full.",
    },
    "Compare": {
        "compare": "Show figures side by side, where they conflict, and why.",
        "explain": "Say which rules led to a verdict, with the numbers.",
        "sentence": "Print what each source said, in sentences fit to publish.",
        "support": "Say which figure is best supported, and how far to trust that.",
        "pool": "Combine figures that carry stated uncertainties.",
        "chart": "Draw the figures of a subject, on one axis or by date.",
        "report": "Write a page with figures, tables, reasons and every claim.",
        "serve": "Open the record in a browser, on this machine.",
    },
    "Decide": {
        "decide": "Record what is to be done about a disagreement, and why.",
        "decisions": "List what was decided, and what has gone stale.",
    },
    "Evidence": {
        "check": "Find the claims whose quote or page does not hold their number.",
        "keep": "Keep the page a claim rests on, with its hash, or list those kept.",
        "pack": "Put a case into one zip that anybody can verify.",
        "trace": "Show who had a figure first, and who has it from whom.",
    },
    "Exchange": {
        "import": "Take in claims from a file.",
        "export": "Write claims to a file.",
        "template": "Make a sheet for a colleague to fill in.",
        "extract": "Propose the claims in an article; record those you accept.",
        "merge": "Take another store into this one; the same claims once.",
        "copy": "Copy the record to a new file or database, its log unchanged.",
        "mcp": "Let a program read the record, and propose to the inbox.",
    },
    "Name things": {
        "measure": "List, define, rename or merge measures.",
        "source": "List, rename, alias or merge sources.",
        "subject": "List, rename, alias or merge subjects.",
    },
    "History": {
        "edit": "Mend a claim; the earlier version stays on record.",
        "retract": "Withdraw a claim; it stays on record.",
        "undo": "Take back the last change, or any that nothing later rests on.",
        "changes": "Show what has changed since a day, an event, or the last time.",
        "log": "List every change, or verify that nothing was tampered with.",
    },
    "Plumbing": {
        "where": "Say which store is used, and why.",
        "config": "Show your defaults, and where each came from.",
        "demo": "Walk through the founding story in six steps.",
        "completion": "Print a completion script for your shell.",
        "schema": "Print what json outputs look like, and all that there is.",
    },
}


# What people type who do not know the commands yet, and what they then mean.
_MEANT = {
    **dict.fromkeys(("init", "new", "create", "record"), "add"),
    **dict.fromkeys(("search", "find", "claims"), "list"),
    **dict.fromkeys(("delete", "remove", "rm"), "retract"),
    **dict.fromkeys(("update", "change", "correct"), "edit"),
    **dict.fromkeys(("web", "ui", "gui", "open", "start"), "serve"),
    **dict.fromkeys(("plot", "graph", "draw"), "chart"),
    **dict.fromkeys(("tutorial", "tour", "example"), "demo"),
    "conflicts": "compare",
    "history": "log",
    "load": "import",
    "rename": "subject rename",
    "revert": "undo",
    "save": "export",
    "status": "where",
    "version": "--version",
    "why": "explain",
}

_USED_MOST = ("add", "compare", "explain", "sentence", "import", "report")


class Commands(click.Group):
    """A click group that imports a command when it is asked for, and lists them in groups."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Name every command, in the order of the help page."""
        return [name for group in GROUPS.values() for name in group]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the file that holds the command; None if there is none."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(
            f"factlog.cli.commands.{cmd_name}" + "_" * iskeyword(cmd_name)
        )
        command: click.Command = module.command
        command.name = cmd_name
        screen.add_options(command)
        if ctx.resilient_parsing:  # as when a shell asks how a line may go on
            from factlog.cli import candidates

            candidates.attach(command, cmd_name)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take `factlog help add` for `factlog add --help`, and `factlog` alone for its own."""
        asked = [*args[1:], "--help"] if args[:1] == ["help"] else args
        return super().parse_args(ctx, asked or ["--help"])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands that begin so, without importing any; else the options."""
        from click.shell_completion import CompletionItem

        names = [
            CompletionItem(name, help=what)
            for group in GROUPS.values()
            for name, what in group.items()
            if name.startswith(incomplete)
        ]
        return names or click.Command.shell_complete(self, ctx, incomplete)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one may have been meant."""
        ctx.meta["factlog.words"] = args[1:]
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            meant = _meant(args[0], self.list_commands(ctx))
            if meant is None:
                raise
            raise click.UsageError(
                f"No such command {args[0]!r}. Did you mean {meant!r}?", ctx
            ) from error

    def invoke(self, ctx: click.Context) -> object:
        """Run the command, by whose name goes also what click cannot read of its options."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            command = self.get_command(ctx, ctx.invoked_subcommand or "")
            if error.ctx is None and command is not None:
                error.ctx = click.Context(command, ctx, ctx.invoked_subcommand)
            raise

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the commands by group, those used most first."""
        every = {name: what for group in GROUPS.values() for name, what in group.items()}
        most = {name: every[name] for name in _USED_MOST}
        width = max(map(len, every))
        for title, group in {"Used most": most, **GROUPS}.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(width), what) for name, what in group.items()])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="factlog %(version)s")
@screen.options
@click.pass_context
def factlog(ctx: click.Context) -> None:
    """Keep numeric claims, and see side by side where they cannot all be right, and why.

    \b
    factlog add "Troops in Russia" "around 300 killed" --source "Seoul" --as-of 2025-01-13
    factlog compare
    """
    given = ctx.default_map is not None  # by a tour, which is the same for everybody
    if not given and any(map(config.there, config.places())):
        assert isinstance(ctx.command, click.Group)
        name = ctx.invoked_subcommand or ""
        command = ctx.command.get_command(ctx, name)
        if command is not None:
            try:
                config.apply(ctx, name, command)
            except FactlogError:
                _help(ctx, name, command)
                raise


def _meant(word: str, commands: list[str]) -> str | None:
    """The command that a word for none may have stood for."""
    from factlog.names import close_command

    return _MEANT.get(word) or close_command(word, commands)


def _help(ctx: click.Context, name: str, command: click.Command) -> None:
    """Show the help of a command, if that is asked for: it needs no defaults."""
    words = ctx.meta["factlog.words"]
    if not {"-h", "--help"}.isdisjoint(words):
        if isinstance(command, click.Group) and words[0] in command.commands:
            ctx, name = click.Context(command, parent=ctx, info_name=name), words[0]
            command, words = command.commands[name], words[1:]
        with contextlib.suppress(click.UsageError, FactlogError):
            command.make_context(name, list(words), parent=ctx)


def run(args: Sequence[str] | None = None) -> int:
    """Run a command line and return its exit code; no traceback reaches a person."""
    try:
        signals.running()
        _fill_closed()
        _used().clear()
        config.settings.cache_clear()
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")
        if "_FACTLOG_COMPLETE" in os.environ:
            from factlog.cli import completion

            return completion.answer(factlog, os.environ["_FACTLOG_COMPLETE"])
        return signals.over(_run(args))
    except (KeyboardInterrupt, SystemExit, click.Abort):
        code = signals.over(signals.ending())
        return _tell(f"Interrupted: {_left()}.", code)


def _run(args: Sequence[str] | None) -> int:
    try:
        code = factlog.main(args=args, prog_name="factlog", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else DONE
    except (Exception, SystemExit) as error:
        if signals.received or isinstance(error, click.Abort):
            raise click.Abort from error
        return _told(error)


def _told(error: Exception | SystemExit) -> int:
    """Say what went wrong, as the exit code says it."""
    if isinstance(error, BrokenPipeError | SystemExit):
        # The reader has seen enough (click turns that into leaving with 1); what is still
        # buffered has nowhere to go.
        _drop_output()
        return DONE
    if isinstance(error, FactlogError):
        from factlog.render.to_text import error as worded

        return _tell(worded(error), error.exit_code)
    if isinstance(error, click.ClickException):
        return _tell(_usage(error), WRONG)
    if isinstance(error, RecursionError):
        return _tell("The input is nested too deeply.\nWrite it flat.", WRONG)
    if isinstance(error, UnicodeEncodeError):
        return _tell(
            f'These words hold a byte that is no character: "{str(error.object)[:200]}".\n'
            "Write them again, in UTF-8.",
            WRONG,
        )
    return _unwritable(error) if isinstance(error, OSError) else _defect(error)


def _fill_closed() -> None:
    """Open onto nothing what was closed outright, as by `>&-`: else files would take its place."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            nothing = os.open(os.devnull, os.O_RDWR)  # the lowest that is free: this one
            if nothing != number:  # pragma: no cover  another thread was quicker
                os.dup2(nothing, number)
            setattr(sys, name, os.fdopen(number, "r" if number == 0 else "w", closefd=False))


def _used() -> list[Store]:
    """The stores this command line has opened; none if it never came to that."""
    opening = sys.modules.get("factlog.cli.store_path")
    return opening.used if opening else []


def _left() -> str:
    """What a command that did not come to its end has left in the record."""
    if any(store.recorded for store in _used()):
        return "what was recorded before that is kept (see factlog log)"
    return "nothing half-done was kept"


def _usage(error: click.ClickException) -> str:
    """Click's message in one line, and a second line saying where help is."""
    command, before = "factlog", ""
    message = re.sub(_QUOTED, _as_typed, " ".join(error.format_message().split()))
    if isinstance(error, click.UsageError) and error.ctx is not None:
        command = error.ctx.command_path
        if message.startswith("Got unexpected extra arg"):
            before = "Put words that belong together in quotes"
            if error.ctx.command.name in _FILTERED:
                before += ", and a subject behind --subject"
            before += ". "
    return f"{message}\n{before}See: {command} --help"


_FILTERED = ("list", "export")  # whose --subject narrows what they tell
_QUOTED = r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\""""


def _as_typed(quoted: re.Match[str]) -> str:
    """What Python quotes in its own way, as the person typed it."""
    from ast import literal_eval

    try:
        return f"{quoted[0][0]}{literal_eval(quoted[0])}{quoted[0][0]}"
    except (SyntaxError, ValueError):
        return quoted[0]


def _tell(message: str, code: int) -> int:
    from factlog.render.display import safe

    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        _drop_output()
    with contextlib.suppress(OSError):  # a message nobody reads changes nothing
        click.echo("\n".join(map(safe, message.split("\n"))), err=True)
    return code


_REMEDIES = {
    errno.ENAMETOOLONG: "Give a shorter name",
    errno.EACCES: "Choose a place that you may use",
    errno.EPERM: "Choose a place that you may use",
}


def _unwritable(error: OSError) -> int:
    """Standard output could not take what was written, as when a disk is full."""
    _drop_output()
    what = error.strerror or errno.errorcode.get(error.errno or 0, "input/output error")
    where = f" {error.filename}" if error.filename else ""
    remedy = _REMEDIES.get(error.errno or 0, "Free some space or choose another place")
    return _tell(
        f"Cannot read or write{where or ' the output'}: {what}; {_left()}.\n"
        f"{remedy}, then run the command again.",
        WRONG,
    )


def _defect(error: Exception) -> int:
    """A mistake of factlog's own: said in two lines, or raised whole if FACTLOG_DEBUG is set."""
    if os.environ.get("FACTLOG_DEBUG"):
        raise error
    # Opening and verifying it would fail as the program does that does not load.
    damage = None if isinstance(error, SyntaxError | ImportError) else _damage()
    if damage:
        return _tell(damage, UNUSABLE)
    told = " ".join(str(error).split())[:200]
    return _tell(
        f"This is a mistake in factlog itself: {type(error).__name__}: {told}\n"
        f"{_left().capitalize()}. Run it again with FACTLOG_DEBUG=1 to report where it is.",
        WRONG,
    )


def _damage() -> str | None:
    """What is wrong with the store that was used, if that is why nothing made sense."""
    for store in _used():
        with contextlib.suppress(Exception):
            try:
                with type(store).open(store.place) as again:
                    if again.verify().ok:
                        continue
            except FactlogError as error:  # as where its server has stopped meanwhile
                return str(error)
        return (
            f"{store.place} was damaged or changed outside factlog, and cannot be used as it is.\n"
            f"See what does not fit: factlog --db {store.place} log --verify; put back a copy."
        )
    return None


def _drop_output() -> None:
    """Point standard output at nothing, so that leaving does not try to flush it again."""
    with contextlib.suppress(OSError, ValueError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
