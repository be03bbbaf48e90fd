"""How a page is to look: how wide it may be, and what the screen can show."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """What a person's screen can show, and how much of the record they want to see.

    `color` and `ascii` say what the screen takes; `history` shows earlier figures too;
    `wide` is for csv and tsv: one row a measure, a column a source.
    """

    width: int = 80
    color: bool = False
    ascii: bool = False
    history: bool = False
    wide: bool = False
