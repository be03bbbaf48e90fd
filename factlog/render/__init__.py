"""Values into text: comparisons, claims and readings, for people and for programs.

`FORMATS` writes comparisons: each takes an iterable of comparisons and a `Look`, and yields
text. `SUFFIXES` says which format a file name asks for.
"""

from __future__ import annotations

from factlog.render.display import Look

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.render.formats import FORMATS, SUFFIXES

__all__ = ["FORMATS", "SUFFIXES", "Look"]


def __getattr__(name: str) -> object:
    """Load the table of formats when it is first asked for: `add` does without it."""
    if name in ("FORMATS", "SUFFIXES"):
        from factlog.render import formats

        return getattr(formats, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
