"""Running what wants a loop of its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

import anyio

Found = TypeVar("Found")


def alone(asked: Callable[[], Found]) -> Found:
    """What comes of it, in a thread of its own: a browser of earlier tests holds a loop in ours."""
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(asked).result()


def awaited(asked: Callable[[], Awaitable[Found]]) -> Found:
    """What comes of what is asynchronous."""
    return alone(partial(anyio.run, asked))
