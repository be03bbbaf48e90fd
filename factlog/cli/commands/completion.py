"""factlog completion: a script that lets the shell complete commands, options and names."""

from __future__ import annotations

import click

from factlog.cli.completion import SHELLS
from factlog.cli.main import factlog


@click.command()
@click.argument("shell", type=click.Choice(list(SHELLS)))
def command(shell: str) -> None:
    """Print the completion script for SHELL: of commands, options and the names on record.

    \b
    For bash, in ~/.bashrc:  eval "$(factlog completion bash)"
    For zsh, in ~/.zshrc:    eval "$(factlog completion zsh)"
    For fish:                factlog completion fish | source
    """
    click.echo(SHELLS[shell](factlog).source(), nl=False)
