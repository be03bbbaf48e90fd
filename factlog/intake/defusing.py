"""Text cells that a spreadsheet would run as a formula, as export writes them."""

from __future__ import annotations

import re

# The signs a spreadsheet takes for the start of a formula, and their full-width forms.
SIGNS = "=+-@\t\r\0＝＋－＠"
_DEFUSED = re.compile(f"'+[{re.escape(SIGNS)}]")


def restored(cell: str) -> str:
    """A cell as it was before export defused it.

    Export puts an apostrophe before a text cell that begins with one of the signs, and before
    one that begins with apostrophes and then a sign; so exactly one apostrophe is taken off a
    cell that begins with one or more of them and then a sign. "'tis" stays as it is.
    """
    return cell[1:] if cell.startswith("'") and _DEFUSED.match(cell) else cell
