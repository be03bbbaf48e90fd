"""Pages made from templates: what a template is told of a comparison, and filling it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from factlog.comparison import Comparison, MeasureComparison, Side, Verdict
from factlog.render import words
from factlog.render.amounts import as_said, span
from factlog.render.safe import safe
from factlog.render.when import day

TYPE_CHECKING = False
if TYPE_CHECKING:
    from jinja2 import Environment


@dataclass(frozen=True, slots=True)
class Row:
    """A side as a page shows it: words only."""

    source: str
    said: str
    reading: str
    when: str
    via: str
    url: str
    scope: str
    origin: str
    claims: str
    current: bool


@dataclass(frozen=True, slots=True)
class Why:
    """A finding as a page shows it."""

    verdict: str
    numbers: str
    why: str
    severe: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A measure as a page shows it."""

    name: str
    kind: str
    outcome: str
    severe: bool
    rows: tuple[Row, ...]
    findings: tuple[Why, ...]


def rendered(template: str, found: Comparison) -> str:
    """A comparison put into a template."""
    return (
        _environment()
        .get_template(template)
        .render(
            subjects=[
                (one.subject, [_part(each) for each in one.measures]) for one in found.subjects
            ],
            as_of=day(found.as_of) if found.as_of else "",
            policy=words.policy(found.policy),
            summary=words.summary(found),
        )
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

    from factlog.render.to_md import escaped

    environment = Environment(
        loader=PackageLoader("factlog.render", "templates"),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"md": escaped, "safe_text": safe, "web": web_address}
    return environment


def web_address(url: str) -> bool:
    """Whether a link is one a browser may follow: http or https, nothing that runs."""
    return url.lower().startswith(("http://", "https://"))


def _part(measure: MeasureComparison) -> Part:
    unit = f" ({measure.unit})" if measure.unit else ""
    return Part(
        name=f"{measure.measure}{unit}".strip(),
        kind=measure.kind.value,
        outcome=", ".join(words.outcome(measure)),
        severe=measure.verdict is Verdict.CONFLICT,
        rows=tuple(_row(measure, side) for side in measure.sides),
        findings=tuple(
            Why(
                verdict=words.verdict(finding.verdict, finding.kind),
                numbers=", ".join(words.parts(finding, measure.unit)[1:]),
                why=finding.why,
                severe=finding.verdict is Verdict.CONFLICT,
            )
            for finding in measure.findings
        ),
    )


def _row(measure: MeasureComparison, side: Side) -> Row:
    said = as_said(side)
    if side.measure != measure.measure:
        said = f"{side.measure}: {said}"
    return Row(
        source=side.source,
        said=said,
        reading=span(side.reading, side.unit),
        when=day(side.when) if side.when else "undated",
        via=side.via or "",
        url=side.url or "",
        scope=side.scope or "",
        origin=side.origin or "",
        claims=", ".join(map(str, side.claims)),
        current=side.current,
    )
