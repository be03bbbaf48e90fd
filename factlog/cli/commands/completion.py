"""factlog completion: a script that lets the shell complete commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from factlog.cli.main import factlog


@click.command(short_help="Print a completion script for your shell.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the completion script for SHELL.

    \b
    For bash, in ~/.bashrc:  eval "$(factlog completion bash)"
    For zsh, in ~/.zshrc:    eval "$(factlog completion zsh)"
    For fish:                factlog completion fish | source
    """
    maker = get_completion_class(shell)
    assert maker is not None
    click.echo(maker(factlog, {}, "factlog", "_FACTLOG_COMPLETE").source())
