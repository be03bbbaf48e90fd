"""A comparison as one HTML page that needs nothing beside it."""

from __future__ import annotations

from factlog.comparison import Comparison


def comparison(found: Comparison) -> str:
    """A comparison as a page to open or send: no script, no network, light or dark."""
    from factlog.render.pages import rendered

    return rendered("comparison.html", found)
