"""Files that are named to be read whole and have no end, or too much in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.person import Factlog

ENDLESS = "/dev/zero"


@pytest.mark.skipif(not Path(ENDLESS).exists(), reason="no such device here")
@pytest.mark.parametrize(
    ("words", "most"),
    [
        (("import", "rows.csv", "--profile", ENDLESS), "1,000,000"),
        (("extract", ENDLESS), "20,000,000"),
        (
            ("serve", "--host", "0.0.0.0", "--behind-proxy", "a.org", "--password-file", ENDLESS),
            "16,000",
        ),
    ],
    ids=lambda each: each[0] if isinstance(each, tuple) else "",
)
def test_a_file_without_an_end_is_refused(
    factlog: Factlog, tmp_path: Path, words: tuple[str, ...], most: str
) -> None:
    (tmp_path / "rows.csv").write_text("subject,source,measure,value\nA,S,killed,3\n")
    factlog("add", "A", "killed=3", "--source", "S")
    done = factlog(*words)
    assert done.code == 2
    assert done.err.splitlines() == [
        f"{ENDLESS} holds more than {most} bytes.",
        "Name a smaller file, or a part of it.",
    ]
