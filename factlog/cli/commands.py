"""The list of commands, grouped by what a person is doing; each is loaded only when used."""

from __future__ import annotations

import importlib
from keyword import iskeyword

import click

from factlog import __version__

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
        "pool": "Combine figures that carry stated uncertainties.",
        "chart": "Draw the figures of a subject, on one axis or by date.",
        "report": "Write a page with figures, tables, reasons and every claim.",
    },
    "Exchange": {
        "import": "Take in claims from a file.",
        "export": "Write claims to a file.",
        "extract": "Propose the claims in an article; record those you accept.",
        "merge": "Take another store into this one; the same claims once.",
    },
    "Name things": {
        "measure": "List, define, rename or merge measures.",
        "source": "List, rename, alias or merge sources.",
        "subject": "List, rename, alias or merge subjects.",
    },
    "History": {
        "edit": "Mend a claim; the earlier version stays on record.",
        "retract": "Withdraw a claim; it stays on record.",
        "undo": "Take back the last change.",
        "log": "List every change, or verify that nothing was tampered with.",
    },
    "Plumbing": {
        "where": "Say which store is used, and why.",
        "completion": "Print a completion script for your shell.",
    },
}


class Commands(click.Group):
    """A click group that imports a command when it is asked for, and lists them in groups."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Name every command, in the order of the help page."""
        return [name for group in GROUPS.values() for name in group]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the file that holds the command; None if there is none."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"factlog.cli.{cmd_name}" + "_" * iskeyword(cmd_name))
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one may have been meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            import difflib

            close = difflib.get_close_matches(args[0], self.list_commands(ctx), n=1)
            if close and isinstance(error, click.UsageError):
                raise click.UsageError(
                    f"No such command {args[0]!r}. Did you mean {close[0]!r}?", ctx
                ) from None
            raise

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the commands by group."""
        width = max(len(name) for group in GROUPS.values() for name in group)
        for title, group in GROUPS.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(width), what) for name, what in group.items()])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="factlog %(version)s")
@click.option(
    "--db",
    metavar="FILE",
    help="The store to use (else FACTLOG_DB, ./factlog.db, or your data folder).",
)
@click.pass_context
def factlog(ctx: click.Context, db: str | None) -> None:
    """Keep numeric claims, and see side by side where they cannot all be right, and why.

    \b
    factlog add "Troops in Russia" "around 300 killed" --source "Seoul" --as-of 2025-01-13
    factlog compare
    """
    ctx.obj = db
