"""factlog serve: the desk, a page on this machine."""

from __future__ import annotations

import click

from factlog.cli import options, store_path
from factlog.cli.named_files import read_whole
from factlog.errors import MissingPackage, UsageError

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@click.command()
@click.option(
    "--port",
    metavar="PORT",
    type=options.WholeNumber(0, 65535),
    default=0,
    help="The port (any free one).",
)
@click.option("--host", default="127.0.0.1", metavar="ADDRESS", help="The address (127.0.0.1).")
@click.option("--write", is_flag=True, help="Let the pages change the record.")
@click.option("--no-open", is_flag=True, help="Print the link, and open no browser.")
@click.option("--behind-proxy", metavar="NAME", help="The name a proxy answers to, over https.")
@click.option("--password-file", metavar="FILE", help="Its first line opens the desk to others.")
@click.pass_context
def command(
    ctx: click.Context,
    port: int,
    host: str,
    write: bool,
    no_open: bool,
    behind_proxy: str | None,
    password_file: str | None,
) -> None:
    """Open the desk: the record as pages in a browser, on this machine and nowhere else.

    The link it prints opens it once. Without --write nothing can be changed. Ctrl-C ends it.
    For a team, put it behind a proxy that speaks https, with a password.

    \b
    factlog serve
    factlog serve --write --port 8000
    factlog serve --write --behind-proxy desk.example.org --password-file desk.txt
    """
    if (host not in _LOOPBACK or behind_proxy) and not (behind_proxy and password_file):
        raise UsageError(
            f"{behind_proxy or host} can be reached from other machines.",
            "Take 127.0.0.1, or give both --behind-proxy NAME and --password-file FILE.",
        )
    password = _password(password_file) if password_file else None
    place = store_path.current(ctx)
    with store_path.made(ctx) if write else store_path.opened(ctx):
        pass  # it is there, and is one
    try:
        from factlog import web
    except ImportError as error:
        raise MissingPackage("The desk", "web", error) from error
    at = web.listening("127.0.0.1" if host == "localhost" else host, port)
    taken = at.getsockname()[1]
    keys = web.Keys(password=password)
    hosts = [f"{name}:{taken}" for name in ("127.0.0.1", "localhost", "[::1]")]
    if behind_proxy:
        link, hosts = f"https://{behind_proxy}/", [behind_proxy]
    else:
        shown = f"[{host}]" if ":" in host else host
        link = f"http://{shown}:{taken}/open?key={keys.link}"
    click.echo(f"The desk is open: {link}")
    click.echo(f"It {'writes to' if write else 'shows'} {place.path}. Ctrl-C ends it.", err=True)
    if not (no_open or behind_proxy):
        click.launch(link)
    web.serve(web.Gate(web.application(place.path, write=write), keys, hosts), at)


_SHORTEST, _LONGEST = 12, 16_000


def _password(file: str) -> str:
    """The first line of the file, which is to be long enough not to be guessed."""
    try:
        line = read_whole(file, _LONGEST).decode().partition("\n")[0].strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"Cannot read {file}.", "Name a text file that you may read.") from error
    if len(line) < _SHORTEST:
        raise UsageError(
            f"The password in {file} is shorter than {_SHORTEST} characters.", "Write a longer one."
        )
    return line
