"""What the tests of the desk stand on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.desk import Running, running
from support.stores import NOW, founding, new_store


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Running]:
    """The desk of the founding story, which may be written to."""
    with new_store(tmp_path) as store:
        store.add(founding(), now=NOW)
    with running(tmp_path / "factlog.db", "--write") as made:
        yield made
