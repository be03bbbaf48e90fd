"""Running what is asynchronous."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import anyio

Found = TypeVar("Found")


def awaited(asked: Callable[[], Awaitable[Found]]) -> Found:
    """What comes of it, in a thread of its own: a browser of earlier tests holds a loop in ours."""
    with ThreadPoolExecutor(1) as alone:
        return alone.submit(anyio.run, asked).result()
