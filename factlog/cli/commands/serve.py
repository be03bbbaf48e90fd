"""factlog serve: the desk, a page on this machine."""

from __future__ import annotations

import click

from factlog.cli import store_path
from factlog.errors import UsageError

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@click.command(short_help="Open the record in a browser, on this machine.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port (any free one).")
@click.option("--host", default="127.0.0.1", metavar="ADDRESS", help="The address (127.0.0.1).")
@click.option("--write", is_flag=True, help="Let the pages change the record.")
@click.option("--no-open", is_flag=True, help="Print the link, and open no browser.")
@click.pass_context
def command(ctx: click.Context, port: int, host: str, write: bool, no_open: bool) -> None:
    """Open the desk: the record as pages in a browser, on this machine and nowhere else.

    The link it prints opens it once. Without --write nothing can be changed. Ctrl-C ends it.

    \b
    factlog serve
    factlog serve --write --port 8000
    """
    if host not in _LOOPBACK:
        raise UsageError(
            f"{host} is not an address of this machine alone.", "Take 127.0.0.1, the default."
        )
    place = store_path.current(ctx)
    store = store_path.made(ctx) if write else store_path.opened(ctx)
    store.close()
    try:
        from factlog import web
    except ImportError as error:
        raise UsageError(
            "The desk needs starlette and uvicorn.",
            'Install them: pip install "factlog-claims[web]"',
        ) from error
    at = web.listening("127.0.0.1" if host == "localhost" else host, port)
    taken = at.getsockname()[1]
    keys = web.Keys()
    shown = f"[{host}]" if ":" in host else host
    link = f"http://{shown}:{taken}/open?key={keys.link}"
    hosts = [f"{name}:{taken}" for name in ("127.0.0.1", "localhost", "[::1]")]
    click.echo(f"The desk is open: {link}")
    click.echo(f"It {'writes to' if write else 'shows'} {place.path}. Ctrl-C ends it.", err=True)
    if not no_open:
        click.launch(link)
    web.serve(web.Gate(web.application(place.path, write=write), keys, hosts), at)
