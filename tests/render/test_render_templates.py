from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from factlog import comparer, importing
from factlog.findings import Comparison, Counts, MeasureComparison, Verdict
from factlog.importing import read_rows, take_all
from factlog.measures import starter
from factlog.policy import Kind, Policy
from factlog.render import templates
from factlog.render.templates import web_address
from support.comparisons import BEFORE, HOSTILE, JANUARY, about, comparison_of, founding, hostile

ROOT = Path(__file__).parents[2]

FOUNDING_MD = """\
# North Korean troops in Russia

## casualties: CONFLICT

- **about 3,000 = killed around 300 + injured around 2,700**: South Korean intelligence, 2025-01-13
- **about 4,000**: Volodymyr Zelenskyy, by 2025-01-12

* Volodymyr Zelenskyy's about 4,000 \
(by 2025-01-12) is higher and earlier than South Korean intelligence's 3,000 (2025-01-13), and \
a running total cannot fall: they agree only if both are off by 14.3% or more

| source | said | taken as | as of | via | claims |
| --- | --- | --- | --- | --- | --- |
| South Korean intelligence | about 3,000 = killed around 300 + injured around 2,700 | 2,700 to \
3,300 | 2025-01-13 | NBC News | 1, 2 |
| Volodymyr Zelenskyy | about 4,000 | 3,600 to 4,400 | by 2025-01-12 | NBC News | 3 |

## injured: one source

| source | said | taken as | as of | via | claims |
| --- | --- | --- | --- | --- | --- |
| South Korean intelligence | around 2,700 | 2,430 to 2,970 | 2025-01-13 | NBC News | 2 |

## killed: one source

| source | said | taken as | as of | via | claims |
| --- | --- | --- | --- | --- | --- |
| South Korean intelligence | around 300 | 270 to 330 | 2025-01-13 | NBC News | 1 |

policy default: about = ±10%, tolerance 1%, ± = 2 standard errors, levels within 30 days

1 conflict in 1 pair; 2 measures have one source
"""


class Outline(HTMLParser):
    """The tags of a page, what they link to, and its words; fails on tags left open."""

    VOID = ("meta", "br")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.words: list[str] = []
        self.cells: list[str] = []
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        assert not any(name.startswith("on") for name, _ in attrs)
        if tag not in self.VOID:
            self.open.append(tag)
        if tag in ("td", "th"):
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if {"td", "th"} & set(self.open):
            self.cells[-1] += data


def varied() -> Comparison:
    """Sides with a scope, an origin, an earlier date, a link that is none, and another measure."""
    sides = (
        about("killed", "A", 10, 1, scope="Kursk", origin="B", current=False, url=None),
        about("killed", "B", 20, 2, via=None, as_of=JANUARY),
        about("soldiers", "C", 30, 3, url="ftp://example.org/x"),
    )
    measure = MeasureComparison(
        "killed", "m", Kind.LEVEL, Verdict.SINGLE, 2, sides, (), Counts(single=1)
    )
    return replace(comparison_of(measure), as_of=BEFORE)


def test_a_whole_markdown_page() -> None:
    assert templates.comparison_md(founding()) == FOUNDING_MD


def ferry() -> Comparison:
    """The killed of the ferry, as they are compared."""
    with (ROOT / "examples" / "ferry.csv").open("rb") as file:
        found = comparer.compare(take_all(read_rows(file)))
    return comparer.restrict(found, ["killed"])


@pytest.mark.parametrize("write", [templates.comparison_md, templates.comparison_html])
def test_a_page_leads_with_who_stands_where_and_jargon_stands_behind(
    write: Callable[[Comparison], str],
) -> None:
    page = re.sub("<style>.*?</style>|</?span.*?>", "", write(ferry()), flags=re.DOTALL)
    order = [
        "CONFLICT, 5 camps, 14 disagreements",
        "Leila Haddad, officials, 2026-03-13",
        "earlier, uncontested",
        "47 against Samir Ouali",
        "80 to 100, both 2026-03-13",
        "Daily Echo",
        "Pair by pair",
        "cannot both be right",
        "disjoint, gap 33, ratio 1.7, break-even 26%",
        "policy default",
    ]
    places = [page.index(words) for words in order]
    assert places == sorted(places)


def test_markdown_tells_of_scope_origin_and_earlier_figures() -> None:
    page = templates.comparison_md(varied())
    assert "| A, citing B | around 10 (Kursk) (earlier) |" in page
    assert "| C | soldiers: around 30 |" in page
    assert "## killed (m): one source" in page
    assert "figures dated up to 2025-01-12, whenever" in page


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a|b", "a\\|b"),
        ("two\nlines", "two␊lines"),
        ("<script>", "\\<script\\>"),
        ("*bold* _it_ `code`", "\\*bold\\* \\_it\\_ \\`code\\`"),
        ("[a](b)", "\\[a\\](b)"),
        ("# head", "\\# head"),
        ("2025-01-13, 14.3%", "2025-01-13, 14.3%"),
        ("http://x.org", "http\\://x.org"),
        ("me@x.org", "me\\@x.org"),
        ("www.evil.com", "www\\.evil.com"),
        ("see WWW.evil.com.", "see WWW\\.evil.com."),
        ("&amp;", "\\&amp;"),
        ("back\\slash", "back\\\\slash"),
    ],
)
def test_markdown_shows_words_as_they_are(text: str, shown: str) -> None:
    assert templates.escaped(text) == shown


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_make_no_markdown(text: str) -> None:
    page = templates.comparison_md(hostile(text))
    assert all(sign.isprintable() or sign == "\n" for sign in page)
    assert not re.search(r"(?<!\\)[<>`]", page)
    rows = [line for line in page.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {7}


def test_a_markdown_table() -> None:
    assert templates.table(("a", "b"), [["1|2", ""]]) == "| a | b |\n| --- | --- |\n| 1\\|2 |  |\n"


def test_the_html_page_tells_the_story_by_itself() -> None:
    outline = Outline(templates.comparison_html(founding()))
    words = " ".join(outline.words)
    assert "about 3,000 = killed around 300 + injured around 2,700" in words
    assert "they agree only if both are off by 14.3% or more" in words
    assert "1 conflict in 1 pair; 2 measures have one source" in words
    assert outline.cells[:6] == ["Source", "Said", "Taken as", "As of", "Via", "Claims"]
    assert outline.cells[12] == "Volodymyr Zelenskyy"
    assert set(outline.links) == {"https://www.nbcnews.com"}
    assert not outline.tags & {"script", "img", "link", "iframe"}


def test_html_tells_of_scope_origin_and_earlier_figures() -> None:
    outline = Outline(templates.comparison_html(varied()))
    words = " ".join(" ".join(outline.words).split())
    for told in ("citing B", "(Kursk)", "(earlier)", "ftp://example.org/x", "up to 2025-01-12"):
        assert told in words
    assert outline.links == ["https://www.nbcnews.com"]


def test_several_subjects_have_one_title() -> None:
    one = founding()
    page = templates.comparison_html(Comparison(Policy(), None, one.subjects * 2))
    assert "<title>2 subjects: figures compared</title>" in page


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_make_no_html(text: str) -> None:
    page = templates.comparison_html(hostile(text))
    outline = Outline(page)
    assert not outline.tags & {"script", "b", "img"}
    assert not any(link.lower().startswith("javascript") for link in outline.links)
    assert all(sign.isprintable() or sign == "\n" for sign in page)
    if text.isprintable():
        assert any(text in cell for cell in outline.cells)


@pytest.mark.parametrize(
    ("url", "may"),
    [
        ("https://a.org/x?y=1", True),
        ("HTTP://a.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("httpx:alert(1)", False),
        (" https://a.org", False),
        ("", False),
    ],
)
def test_only_web_addresses_are_links(url: str, may: bool) -> None:
    assert web_address(url) is may


def test_a_sum_beside_the_whole_of_its_date_is_not_earlier() -> None:
    said = importing.claims(
        "Ferry", ["casualties=3,000", "killed=300", "injured=2,600"], source="Police", as_of="2026"
    )
    said += importing.claims("Ferry", ["casualties=2,000"], source="Police", as_of="2025")
    page = templates.comparison_md(comparer.compare(said, measures=starter()))
    rows = [line for line in page.splitlines() if line.startswith("| Police")]
    assert [row.split(" | ")[1] for row in rows[:3]] == [
        "3,000",
        "2,900 = killed 300 + injured 2,600",
        "2,000 (earlier)",
    ]


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ("Port authority, 2026-03-11/23", ["2026-03-11/23"]),
        ("النيابة العامة, 2026-03-20, uncontested", ["2026-03-20"]),
        ("A's 5 (2026-03) against B's 7 (2024-12-19 to 2025-01-12)",
         ["2026-03", "2024-12-19", "2025-01-12"]),
        ("<b>2026-03-20</b> & co", ["2026-03-20"]),
        ("2,500 to 3,000; 2000-3000; 1.2024-12", []),
    ],
)  # fmt: skip
def test_a_sentence_of_a_page_keeps_its_dates_whole(said: str, held: list[str]) -> None:
    page = str(templates.prose(said))
    assert re.findall('<span class="when">(.*?)</span>', page) == held
    assert html.unescape(re.sub("</?span.*?>", "", page)) == said
    assert "<b>" not in page
