"""factlog subject: list, rename, alias or merge subjects."""

from factlog.cli.commands.names import group_for

command = group_for("subject")
