"""factlog subject: list, rename, alias or merge subjects."""

from factlog.cli.names_of import group_for

command = group_for("subject")
