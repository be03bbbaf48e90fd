"""What every test of the command line stands on."""

from cli_person import factlog, founding, here

__all__ = ["factlog", "founding", "here"]
