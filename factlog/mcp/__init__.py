"""What programs that reason in words may ask of a record, by the Model Context Protocol.

`server` makes it of a store's path: five tools that read and one that proposes. Nothing here
records a claim; what is proposed waits in the inbox for a person.
"""

from __future__ import annotations

from factlog.mcp.server import server

__all__ = ["server"]
