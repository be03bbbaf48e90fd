"""From HTML: the main text of a page, by trafilatura where it is installed."""

from __future__ import annotations

from importlib import import_module

from factlog.errors import UsageError


def main_text(html: str) -> str:
    """The words of the article in a web page, without menus and notices.

    The places of proposals then count from the start of this text, not of the page.
    """
    try:
        trafilatura = import_module("trafilatura")
    except ImportError:
        raise UsageError(
            "Reading HTML needs the package trafilatura, which is not installed.",
            'Install it with pip install "factlog-claims[html]", or give the text of the article.',
        ) from None
    text = trafilatura.extract(html, include_comments=False, include_tables=True)
    if not text:
        raise UsageError(
            "No article was found in this page.", "Save its text to a file and extract from that."
        )
    return str(text)
