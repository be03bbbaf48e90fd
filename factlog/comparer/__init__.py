"""The comparer: claims in, a comparison out, every verdict explained.

Pure: it reads no clock, opens no file and keeps nothing.
"""

from __future__ import annotations

from factlog.comparer.comparison import Vocabulary, compare
from factlog.comparer.filters import only, restrict, select
from factlog.comparer.sides import reading_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.comparer.explanation import explain

__all__ = ["Vocabulary", "compare", "explain", "only", "reading_of", "restrict", "select"]


def __getattr__(name: str) -> object:
    """Load what explains only when it is asked for: comparing needs none of it."""
    if name == "explain":
        from factlog.comparer.explanation import explain

        return explain
    raise AttributeError(f"module 'factlog.comparer' has no attribute {name!r}")
