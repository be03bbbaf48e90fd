"""Write into the pages what the program prints now: python tests/docs/rewrite_pages.py [PAGE...].

Run it when a change of the output is meant, and read the difference as a reader would.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.site import reference
from support.transcripts import PAGES, ROOT, play


def rewrite(page: Path) -> None:
    """Put what each command printed after it, in place of what stood there."""
    lines = page.read_text(encoding="utf-8").splitlines(keepends=True)
    with tempfile.TemporaryDirectory() as home:
        for step, printed in reversed(list(play(page, Path(home)))):
            first = step.line + step.command.count("\n")
            old = step.expected.splitlines()
            new = printed.rstrip("\n") + "\n" if printed.strip() else ""
            blank = "\n" if old and not old[-1] else ""
            lines[first : first + len(old)] = [new + blank]
    page.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    named = {Path(word).resolve() for word in sys.argv[1:]}
    for page in PAGES:
        if not named or page in named:
            rewrite(page)
    (ROOT / "docs" / "llms.txt").write_text(reference().llms(), encoding="utf-8")
