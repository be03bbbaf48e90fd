"""A link that leads to the words of a quote on its page."""

from __future__ import annotations

import pytest

from factlog.page import passage

URL = "https://example.org/a"
LONG = "one two three four five six seven eight nine ten eleven"


@pytest.mark.parametrize(
    ("url", "quote", "link"),
    [
        (URL, "At least 14 people", f"{URL}#:~:text=At%20least%2014%20people"),
        (URL, " 14\n people ", f"{URL}#:~:text=14%20people"),
        (
            URL,
            LONG,
            f"{URL}#:~:text=one%20two%20three%20four%20five,seven%20eight%20nine%20ten%20eleven",
        ),
        (URL, "well-known, & <b>", f"{URL}#:~:text=well%2Dknown%2C%20%26%20%3Cb%3E"),
        (URL, "... 14 people [of them] died", f"{URL}#:~:text=14%20people"),
        (URL, "[...]", URL),
        (URL, None, URL),
        (f"{URL}#p2", "14", f"{URL}#p2"),
        ("Annual report, p. 12", "14", "Annual report, p. 12"),
        (None, "14", None),
    ],
)
def test_a_link_leads_to_the_words(url: str | None, quote: str | None, link: str | None) -> None:
    assert passage(url, quote) == link
