"""factlog source: list, rename, alias or merge sources."""

from factlog.cli.commands.names import group_for

command = group_for("source")
