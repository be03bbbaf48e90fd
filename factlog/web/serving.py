"""Listening on this machine, and answering until told to stop."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from factlog.errors import UsageError

_SECONDS = 10  # that a connection may be held without asking anything, or reading its answer


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


class BrowserConnection(H11Protocol):
    """A browser's connection, cut where nothing is asked on it, or nothing of an answer read."""

    _watch: asyncio.TimerHandle

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to watch it."""
        super().connection_made(transport)
        self._look(before=None)

    def connection_lost(self, exc: Exception | None) -> None:
        """Watch it no more."""
        self._watch.cancel()
        super().connection_lost(exc)

    def _look(self, before: object) -> None:
        """Cut it if it stands as it stood a while ago, and not because of the desk."""
        unread = self.transport.get_write_buffer_size()
        answering = self.cycle is not None and not self.cycle.response_complete
        now = None if answering and not unread else (self.cycle, unread)
        if now is not None and now == before:
            self.transport.abort()
        self._watch = self.loop.call_later(_SECONDS, self._look, now)


def serve(app: ASGIApp, at: socket.socket) -> None:
    """Answer until Ctrl-C or a signal ends it; what was begun is answered first."""
    config = uvicorn.Config(
        app,
        http=BrowserConnection,
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
    # Until the server listens for them, Ctrl-C and signals wait: they would end half a start.
    _let(through=False)
    try:
        _Server(config).run(sockets=[at])
    finally:
        _let(through=True)


def _let(*, through: bool) -> None:
    """Let signals that end a program through, or wait, where that can be had."""
    if hasattr(signal, "pthread_sigmask"):
        how = signal.SIG_UNBLOCK if through else signal.SIG_BLOCK
        signal.pthread_sigmask(how, (signal.SIGINT, signal.SIGTERM))


class _Server(uvicorn.Server):
    """A server that hears of Ctrl-C once it can end in order."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Hear of it."""
        with super().capture_signals():
            _let(through=True)
            yield
