"""factlog source: list, rename, alias or merge sources."""

from factlog.cli.names_of import group_for

command = group_for("source")
