"""Pages made from templates: a comparison or a table as HTML or Markdown, all of it escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from factlog.figure_wording import as_said
from factlog.findings import Comparison, Finding, MeasureComparison, Side, Verdict
from factlog.render import summary
from factlog.render.camps import contradictions, heading, revisions
from factlog.render.display import safe
from factlog.render.stands import Stand, stands
from factlog.values import dataclass
from factlog.wording import day, span, unit_of_many

TYPE_CHECKING = False
if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup


_SITE = re.compile(r"[/?#\s]")


@dataclass(frozen=True, slots=True)
class SideWords:
    """A side as a page shows it: words only."""

    source: str
    said: str
    reading: str
    when: str
    via: str
    url: str
    scope: str
    origin: str
    claims: tuple[int, ...]
    earlier: bool


@dataclass(frozen=True, slots=True)
class FindingWords:
    """A finding as a page shows it."""

    verdict: str
    numbers: str
    why: str
    severe: bool


@dataclass(frozen=True, slots=True)
class MeasureWords:
    """A measure as a page shows it."""

    name: str
    kind: str
    outcome: str
    severe: bool
    stands: tuple[Stand, ...]
    sentences: tuple[str, ...]
    hints: tuple[str, ...]
    rows: tuple[SideWords, ...]
    findings: tuple[FindingWords, ...]
    decision: str = ""
    stale: bool = False

    @property
    def behind(self) -> tuple[FindingWords, ...]:
        """The findings that the sentences do not tell of word for word."""
        return tuple(each for each in self.findings if each.why not in self.sentences)


@dataclass(frozen=True, slots=True)
class Inline:
    """Style and script as they stand in a page, and the rule that lets a browser use no other."""

    style: Markup
    script: Markup
    rule: str


def rendered(template: str, found: Comparison, most: int | None = None) -> str:
    """A comparison put into a template, the first so many of its subjects."""
    return "".join(
        filled(
            template,
            subjects=[
                (one.subject, [part(one.subject, each) for each in one.measures])
                for one in found.subjects[:most]
            ],
            more=0 if most is None else max(0, len(found.subjects) - most),
            extent=summary.extent(found),
            policy=summary.policy(found.policy),
            summary=summary.summary(found),
            inline=inline("style.html") if template.endswith(".html") else None,
        )
    )


def filled(template: str, **told: object) -> Iterator[str]:
    """A template with what it is told put in, piece by piece."""
    pieces = environment().get_template(template).stream(told)
    pieces.enable_buffering(200)
    return pieces


def desk_page(template: str, **told: object) -> Iterator[str]:
    """A page of the desk: whatever a template puts in is words, shown safely."""
    pieces = _desk().get_template(template).stream(told)
    pieces.enable_buffering(200)
    return pieces


def desk_part(template: str, **told: object) -> Markup:
    """A part of a page of the desk, to be put into one."""
    from markupsafe import Markup

    return Markup("".join(desk_page(template, **told)))  # noqa: S704  made by a template


@lru_cache(maxsize=1)
def _desk() -> Environment:
    """The templates, where every word is shown safely though none of them says so."""
    from markupsafe import escape

    desk = environment().overlay(finalize=_shown)
    desk.filters = {
        **desk.filters,
        "as_is": escape,  # what a field holds is sent back as it came
        "on_desk": _on_desk,
    }
    return desk


# Where the desk does what a command does.
_PAGES = {
    **dict.fromkeys(("log", "undo"), ("/history", "History")),
    **dict.fromkeys(("list", "subject", "compare"), ("/", "Compare")),
    "add": ("/add", "Add"),
    "decisions": ("/decisions", "Decisions"),
    "measure": ("/measures", "Measures"),
    "source": ("/sources", "Sources"),
}
_COMMAND = re.compile(
    rf"factlog (?:({'|'.join(_PAGES)})\b|(?:show|edit|retract) (\d+)).*", re.DOTALL
)


def _on_desk(remedy: str) -> tuple[str, str, str]:
    """What to do, and the address and name of the page of the desk for it, if it is a command."""
    command = _COMMAND.search(remedy)
    if command is None:
        return remedy, "", ""
    claim = command[2]
    address, name = (f"/claim/{claim}", f"Claim {claim}") if claim else _PAGES[command[1]]
    return remedy[: command.start()], address, name


def _shown(value: object) -> object:
    """A word as it can be seen; what is a piece of the page already as it is."""
    return safe(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


@lru_cache(maxsize=4)
def inline(*styles: str, script: str = "") -> Inline:
    """The style and script of these templates, each allowed by the digest of its text."""
    from markupsafe import Markup

    text = "".join(_source(name) for name in styles)
    code = _source(script) if script else ""
    allowed = f"style-src '{_digest(text)}'"
    if code:
        allowed += f"; script-src '{_digest(code)}'"
    rule = f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"
    return Inline(Markup(text), Markup(code), rule)  # noqa: S704  our own templates, no one's words


def _source(name: str) -> str:
    return environment().get_template(name).render()


def _digest(text: str) -> str:
    from base64 import b64encode
    from hashlib import sha256

    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Where the templates are, and what they may call."""
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

    environment = Environment(
        loader=PackageLoader("factlog.render", "templates"),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "md": escaped,
        "safe_text": safe,
        "prose": prose,
        "web": web_address,
        "host": host,
        "unit": unit_of_many,
    }
    return environment


_DATE = re.compile(r"(?<![\w.-])\d{4}-\d\d(?:-\d\d)?(?:/[\d-]+)?(?![\w.])")


def prose(text: str) -> Markup:
    """A sentence of a page, its dates whole: no line ends in them, no Arabic name turns them."""
    from markupsafe import Markup, escape

    return Markup(_DATE.sub(r'<span class="when">\g<0></span>', str(escape(safe(text)))))  # noqa: S704  escaped


def web_address(url: str) -> bool:
    """Whether a link is one a browser may follow: one address, http or https, nothing that runs."""
    return url.lower().startswith(("http://", "https://")) and "; http" not in url


def host(url: str) -> str:
    """The site a link leads to, for where there is no room for all of it: "nbcnews.com"."""
    return _SITE.split(url, maxsplit=3)[2].removeprefix("www.") if web_address(url) else url


def part(subject: str, measure: MeasureComparison) -> MeasureWords:
    """A measure with its sides and findings in words; one without a name has its subject's."""
    unit = f" ({unit_of_many(measure.unit)})" if measure.unit else ""
    return MeasureWords(
        name=f"{measure.measure or subject}{unit}" if measure.measure or unit else "",
        kind=measure.kind.value,
        outcome=heading(measure),
        severe=measure.verdict is Verdict.CONFLICT,
        stands=tuple(stands(measure)) if measure.verdict is Verdict.CONFLICT else (),
        sentences=(*contradictions(measure), *revisions(measure)),
        hints=tuple(f"{hint.kind}? {hint.why}" for hint in measure.hints),
        rows=tuple(_row(measure, side) for side in measure.sides),
        findings=tuple(_why(measure, finding) for finding in measure.findings),
        decision=summary.decision(measure.decision) if measure.decision else "",
        stale=measure.decision is not None and measure.decision.stale,
    )


def _why(measure: MeasureComparison, finding: Finding) -> FindingWords:
    return FindingWords(
        verdict=summary.verdict(finding.verdict, finding.kind),
        numbers=", ".join(summary.parts(finding, measure.sides)[1:]),
        why=finding.why,
        severe=finding.verdict is Verdict.CONFLICT,
    )


def _row(measure: MeasureComparison, side: Side) -> SideWords:
    said = as_said(side)
    if side.measure != measure.measure:
        said = f"{side.measure}: {said}"
    return SideWords(
        source=side.source,
        said=said,
        reading=span(side.reading, side.unit),
        when=day(side.when) if side.when else "undated",
        via=side.via or "",
        url=side.url or "",
        scope=side.scope or "",
        origin=side.origin or "",
        claims=side.claims,
        earlier=not side.current and not _is_check(measure, side),
    )


def _is_check(measure: MeasureComparison, side: Side) -> bool:
    """Whether it is the sum of its source's parts beside the whole that the source gave itself."""
    return side.derived and any(
        (whole.source, whole.scope, whole.when) == (side.source, side.scope, side.when)
        for whole in measure.sides
        if whole.current and whole.measure == side.measure
    )


# Signs that Markdown, or the HTML it may hold, would take for more than themselves.
_SIGNS = re.compile(r"[\\`*_{}\[\]<>#|~$&]|(?<=\w)[@:](?=[\w/])|(?<=www)\.", re.IGNORECASE)


def escaped(text: str) -> str:
    """Words that show in Markdown as they are, anywhere but at the start of a line."""
    return _SIGNS.sub(lambda found: f"\\{found[0]}", safe(text))


def comparison_md(found: Comparison) -> str:
    """A comparison as a Markdown page: a table a measure, then why."""
    return rendered("comparison.md", found)


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [_md_row(headers), _md_row(["---"] * len(headers), as_is=True)]
    return "".join(f"{line}\n" for line in (*lines, *map(_md_row, rows)))


def _md_row(cells: Sequence[str], *, as_is: bool = False) -> str:
    return "| " + " | ".join(cell if as_is else escaped(cell) for cell in cells) + " |"


def comparison_html(found: Comparison) -> str:
    """A comparison as a page to open or send: no script, no network, light or dark."""
    return rendered("comparison.html", found)


_SHOWN = 20  # subjects of a notebook's cell


def comparison_notebook(found: Comparison) -> str:
    """A comparison as a notebook shows it under a cell: the worst twenty subjects."""
    return rendered("notebook.html", found, _SHOWN)
