"""Text to claims: what a person types after `add`, and the rows of a file.

`claims` reads words; `read_rows` reads a csv, tsv, json, jsonl, xlsx or ods file, or a `ValueSheet`
of Python's own values, as a stream of claims and bad rows; `wanted` and `take_all` take every row
or none. `read_frame` takes a data frame of pandas, polars or pyarrow, all of it or none.
"""

from __future__ import annotations

from factlog.claim import COLUMNS
from factlog.importing.words import claims

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.importing.columns import NAMED, Columns, MissingColumns
    from factlog.importing.files import read_rows, take_all, wanted
    from factlog.importing.from_frame import Frame, read_frame
    from factlog.importing.rows import BadRow, Rows
    from factlog.importing.sheets import ValueSheet


__all__ = [
    "COLUMNS",
    "NAMED",
    "BadRow",
    "Columns",
    "Frame",
    "MissingColumns",
    "Rows",
    "ValueSheet",
    "claims",
    "read_frame",
    "read_rows",
    "take_all",
    "wanted",
]


def __getattr__(name: str) -> object:
    """Load what reads files when it is first used."""
    if name in ("Frame", "read_frame"):
        from factlog.importing import from_frame

        return getattr(from_frame, name)
    if name in __all__:
        from factlog.importing import files

        return getattr(files, name)
    raise AttributeError(f"module 'factlog.importing' has no attribute {name!r}")
