"""A subject to take away: the comparison as csv or a workbook, and the report."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from factlog import __version__
from factlog.errors import UsageError
from factlog.render import FORMATS, Look, report
from factlog.web.desk import Asked, Desk, calculations, word
from factlog.web.pages.subjects import MANY, Pairs, answered, chapter, filters, known

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
}


def one(desk: Desk, request: Request, asked: Asked) -> Response:
    """A subject as a file of the kind that was asked for."""
    kind = word(asked, "as")
    if kind not in _TYPES:
        raise UsageError(f'"{kind}" is no kind of file.', f"Take one of {', '.join(_TYPES)}.")
    with desk.reading() as store:
        many = len(store.claims(subject=known(store, word(asked, "name")))) > MANY
    given = desk, filters(asked).pairs, kind
    name, content = calculations(request).awaited(file_of, *given) if many else file_of(*given)
    stem = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")[:60] or "subject"
    name_it = f'attachment; filename="{stem}.{kind}"'
    return Response(content, media_type=_TYPES[kind], headers={"content-disposition": name_it})


def file_of(desk: Desk, asked: Pairs, kind: str) -> tuple[str, bytes]:
    """The name of a subject, and what a file of it holds."""
    answer = answered(desk, QueryParams(list(asked)))
    found = answer.found
    if kind == "csv":
        return answer.name, "".join(FORMATS["csv"](iter((found,)), Look())).encode()
    if kind == "html":
        chapters = (chapter(desk, answer),) if found.subjects else ()
        made = report.Imprint(desk.now(), __version__)
        return answer.name, "".join(report.page(found, chapters, made)).encode()
    from factlog.render import to_xlsx

    with TemporaryDirectory() as folder:
        file = Path(folder) / "comparison.xlsx"
        to_xlsx.comparison(file, iter((found,)), lambda: iter(answer.claims), answer.measures)
        return answer.name, file.read_bytes()
