"""What an article is about: its headline, and the event it speaks of most."""

from __future__ import annotations

import pytest

from factlog.extraction import subject_of

BODY = "\n\nRescuers said 14 people died in the Tarim earthquake. The earthquake struck at dawn.\n"
ABOUT: list[tuple[str, str | None]] = [
    (
        "Fire at Port Almeria grain terminal\n\nRescuers found 14 dead.",
        "Fire at Port Almeria grain terminal",
    ),
    ("# Blast at grain port kills 14\n\nRescuers found 60 hurt.", "Blast at grain port"),
    ("North Korean troops in Russia\n\nSeoul says 300 have died.", "North Korean troops in Russia"),
    ("Dozens dead\n" + BODY, "Tarim earthquake"),
    (BODY, "Tarim earthquake"),
    ("A flood killed 14. The flood was deep.", "flood"),
    ("Sales rose 4% last year.", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "subject"), ABOUT)
def test_a_subject_is_proposed(text: str, subject: str | None) -> None:
    assert subject_of(text) == subject
