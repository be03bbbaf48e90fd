"""A comparison as one page to open, send or print: figures, tables, why, and every claim.

The page is made subject by subject: what a reader sees first, the summary, needs only the
comparison; each chapter's explanation and claims are asked for when the page reaches it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from factlog.findings import Comparison
from factlog.render import summary
from factlog.render.report.page import Chapter, Imprint, sections, summed_up
from factlog.render.templates import filled, inline

__all__ = ["Chapter", "Imprint", "page"]


def page(found: Comparison, chapters: Iterable[Chapter], made: Imprint) -> Iterator[str]:
    """The report, piece by piece; `chapters` are one for each subject found, in that order."""
    alone = len(found.subjects) == 1
    return filled(
        "report.html",
        title=found.subjects[0].subject if alone else f"{len(found.subjects)} subjects",
        alone=alone,
        summary=summed_up(found),
        subjects=map(sections, chapters, range(1, len(found.subjects) + 1)),
        extent=summary.extent(found),
        policy=summary.policy(found.policy),
        made=made,
        inline=inline("style.html", "report_style.html", script="report_script.html"),
    )
