"""The desk: a page on this machine for people who will not open a terminal.

`application` makes it of a store's path; `serve` answers with it until it is told to stop. It
calls the same library as the command line and holds no rule of its own.
"""

from __future__ import annotations

from factlog.web.app import application
from factlog.web.gate import Gate, Keys
from factlog.web.serving import listening, serve

__all__ = ["Gate", "Keys", "application", "listening", "serve"]
