"""What every test stands on."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from factlog.store import Store
from support.browser import chromium
from support.postgres import Cluster, running
from support.served import TEMPLATE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# How quick things are is measured in benchmarks/, never by a test.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")


def pytest_configure() -> None:
    """Let processes be interrupted: run in the background, tests inherit that nothing is."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in ("SIGHUP", "SIGTERM"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """One server for all tests of a process, with a database of a store's tables to copy."""
    with running() as cluster:
        cluster.run(f"create database {TEMPLATE} template template0 encoding 'UTF8'")
        Store.open(cluster.url(TEMPLATE), create=True).close()
        yield cluster


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a process, which can hold no second one."""
    with chromium() as made:
        yield made
