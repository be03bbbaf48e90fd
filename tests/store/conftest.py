"""The tests of the store that are run on both engines."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from support.served import served_by

SERVED = pytest.param("postgres", marks=pytest.mark.slow)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run tests marked `engines` on both, and of a module so marked all but those for `sqlite`."""
    mark = metafunc.definition.get_closest_marker
    if mark("engines") is not None and mark("sqlite") is None:
        metafunc.parametrize("engine", ("sqlite", SERVED), indirect=True)


@pytest.fixture(autouse=True)
def engine(request: pytest.FixtureRequest) -> Iterator[str]:
    """What this test has its stores on."""
    name = getattr(request, "param", "sqlite")
    if name == "sqlite":
        yield name
        return
    with served_by(request.getfixturevalue("postgres")):
        yield name
