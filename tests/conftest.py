"""What every test stands on."""

from __future__ import annotations

import signal


def pytest_configure() -> None:
    """Let processes be interrupted: run in the background, tests inherit that nothing is."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
