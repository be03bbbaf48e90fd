"""The one way out: every ending becomes an exit code and, if need be, two lines on stderr."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Sequence

import click

from factlog.cli.commands import factlog
from factlog.cli.exits import DONE, INTERRUPTED, WRONG
from factlog.errors import FactlogError


def run(args: Sequence[str] | None = None) -> int:
    """Run a command line and return its exit code; no traceback reaches a person."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _run(args)
        sys.stdout.flush()
        return code
    except (BrokenPipeError, SystemExit):
        # The reader has seen enough (click turns that into leaving with 1); what is still
        # buffered has nowhere to go.
        _drop_output()
        return DONE
    except OSError as error:
        return _unwritable(error)
    except Exception as error:
        return _defect(error)


def _run(args: Sequence[str] | None) -> int:
    try:
        code = factlog.main(args=args, prog_name="factlog", standalone_mode=False)
        return code if isinstance(code, int) else DONE
    except FactlogError as error:
        from factlog.render.to_text import error as worded

        return _tell(worded(error), error.exit_code)
    except click.ClickException as error:
        return _tell(_usage(error), WRONG)
    except (KeyboardInterrupt, click.Abort):
        return _tell("Interrupted: nothing half-done was kept.", INTERRUPTED)
    except RecursionError:
        return _tell("The input is nested too deeply.\nWrite it flat.", WRONG)


def _usage(error: click.ClickException) -> str:
    """Click's message in one line, and a second line saying where help is."""
    command = "factlog"
    if isinstance(error, click.UsageError) and error.ctx is not None:
        command = error.ctx.command_path
    message = " ".join(error.format_message().split())
    return f"{message}\nSee: {command} --help"


def _tell(message: str, code: int) -> int:
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
    click.echo(message, err=True)
    return code


def _unwritable(error: OSError) -> int:
    """Standard output could not take what was written, as when a disk is full."""
    _drop_output()
    what = error.strerror or errno.errorcode.get(error.errno or 0, "input/output error")
    where = f" {error.filename}" if error.filename else ""
    click.echo(
        f"Cannot read or write{where or ' the output'}: {what}.\n"
        "Free some space or choose another place, then run the command again.",
        err=True,
    )
    return WRONG


def _defect(error: Exception) -> int:
    """A mistake of factlog's own: said in two lines, or raised whole if FACTLOG_DEBUG is set."""
    if os.environ.get("FACTLOG_DEBUG"):
        raise error
    told = " ".join(str(error).split())[:200]
    return _tell(
        f"This is a mistake in factlog itself: {type(error).__name__}: {told}\n"
        "Nothing half-done was kept. Run it again with FACTLOG_DEBUG=1 to report where it is.",
        WRONG,
    )


def _drop_output() -> None:
    """Point standard output at nothing, so that leaving does not try to flush it again."""
    with contextlib.suppress(OSError, ValueError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
