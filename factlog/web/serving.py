"""Listening on this machine, and answering until told to stop."""

from __future__ import annotations

import socket

import uvicorn
from starlette.types import ASGIApp

from factlog.errors import UsageError


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens there; with port 0, any free one. UsageError if it is taken."""
    kind = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(kind, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
        made.listen(128)
    except OSError as error:
        made.close()
        raise UsageError(
            f"Port {port} of {host} cannot be used: {error.strerror}.",
            "Take another: factlog serve --port 0 takes any that is free",
        ) from error
    return made


def serve(app: ASGIApp, at: socket.socket) -> None:
    """Answer until Ctrl-C or a signal ends it; what was begun is answered first."""
    config = uvicorn.Config(
        app,
        log_level="critical",
        access_log=False,
        server_header=False,
        date_header=False,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=3,
        limit_concurrency=200,
        ws="none",
        lifespan="off",
    )
    uvicorn.Server(config).run(sockets=[at])
