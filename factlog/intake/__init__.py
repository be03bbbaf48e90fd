"""Text to claims: what a person types after `add`, and the rows of a file.

`claims` reads words; `rows` reads a csv, tsv, json or jsonl file as a stream of claims and
bad rows; `wanted` and `take_all` take every row or none.
"""

from __future__ import annotations

from factlog.intake.columns import COLUMNS
from factlog.intake.from_words import claims

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.intake.file_rows import BadRow, Rows
    from factlog.intake.from_file import rows, take_all, wanted

__all__ = ["COLUMNS", "BadRow", "Rows", "claims", "rows", "take_all", "wanted"]


def __getattr__(name: str) -> object:
    """Load what reads files when it is first used."""
    if name in __all__:
        from factlog.intake import from_file

        return getattr(from_file, name)
    raise AttributeError(f"module 'factlog.intake' has no attribute {name!r}")
