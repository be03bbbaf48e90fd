"""What the tests of the desk stand on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support.browser import chromium
from support.desk import Running, running
from support.stores import NOW, founding, new_store

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Running]:
    """The desk of the founding story, which may be written to."""
    with new_store(tmp_path) as store:
        store.add(founding(), now=NOW)
    with running(tmp_path / "factlog.db", "--write") as made:
        yield made


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as made:
        yield made
