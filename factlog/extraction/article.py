"""The article as it will be read: its main text, tidied with every place kept, in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from factlog.errors import MissingPackage, UsageError
from factlog.extraction.language import ENGLISH
from factlog.parsing import lexicon
from factlog.parsing.text import LOOK_ALIKE
from factlog.patterns import Pattern
from factlog.values import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its words, where it begins, its paragraph, and whether speech runs on into it.

    `spoken` is true where quotation marks opened in an earlier sentence are still open.
    """

    text: str
    start: int
    paragraph: int
    spoken: bool = False

    @property
    def end(self) -> int:
        """Where it ends in the article."""
        return self.start + len(self.text)


def split(plain: str, language: str | None = None) -> Iterator[Sentence]:
    """The sentences of an article in a language, in order."""
    for number, (start, end) in enumerate(_paragraphs(plain)):
        spoken = False
        for first, last in _pieces(plain, start, end, english=language == ENGLISH):
            text = plain[first:last]
            yield Sentence(text, first, number, spoken)
            if text.count('"') % 2:
                spoken = not spoken


_BLANK_LINE = re.compile(r"\n(?:[ \t]*\n)+|\n(?=\t)")
# A name and its number may stand on two lines: CO, 2.
_NAMES = "".join(rf"(?<!\b{name})" for name in lexicon.words("name with a number"))
_LINE = re.compile(rf"\n(?!\d)|{_NAMES}\n")


def _paragraphs(plain: str) -> Iterator[tuple[int, int]]:
    """Paragraphs end at blank lines; in a text whose lines are not wrapped, at every line."""
    breaks = _BLANK_LINE if _wrapped(plain) else _LINE
    start = 0
    for match in breaks.finditer(plain):
        yield start, match.start()
        start = match.end()
    yield start, len(plain)


def _wrapped(plain: str) -> bool:
    """Whether most lines that have a line below end in the middle of a sentence."""
    every = plain.split("\n")
    lines = [
        line
        for line, below in pairwise(every)
        if line and below.strip() and not below.startswith("\t")
    ]
    open_ended = sum(not line.rstrip().endswith((".", "!", "?", '"', ":")) for line in lines)
    return bool(lines) and 2 * open_ended > len(lines) and max(map(len, lines)) <= 110


# Russian, French and others have capitals of their own; Chinese and Japanese stops no space.
_STOP = Pattern(
    r"[.!?]+[\"')\]]*(?P<gap>\s+)(?=(?P<next>[\"'(\[]*(?:\"\s)?[A-ZÀ-ÖØ-ÞА-ЯЁІЇЄҐ0-9$£€¿¡][\w'.]*))"
    r"|[。！？]+[」』\")]*(?P<end>)"
)
_SHORT = Pattern(
    rf"(?:^|[\s(\"'])(?:{lexicon.either('short word', 'short month')}|(?:[A-Za-z]\.)*[A-Za-z])\.$"
)
_MAY_END = Pattern(
    rf"(?:[ap]\.m|U\.[SNK]|E\.U|D\.C|{lexicon.either('short word', meaning='ends')})\.$"
)
_STARTERS = lexicon.words("sentence start")


def _pieces(plain: str, start: int, end: int, *, english: bool) -> Iterator[tuple[int, int]]:
    at = start
    for match in _STOP.finditer(plain, start, end):
        if _ends(plain, at, match, english=english):
            yield from _trimmed(plain, at, max(match.start("gap"), match.start("end")))
            at = match.end()
    yield from _trimmed(plain, at, end)


def _ends(plain: str, at: int, match: re.Match[str], *, english: bool) -> bool:
    """Whether a stop ends the sentence: one after "Gen" or an initial does not."""
    head = plain[max(at, match.start() - 12) : match.start() + 1]
    if not english and match[0][0] == "." and _goes_on(head, match["next"]):
        return False
    if match[0][0] != "." or not _SHORT.search(head):
        return True
    if _CLOCK.search(head):
        return _NEW.match(plain, match.end("gap")) is not None
    return bool(_MAY_END.search(head)) and match["next"].strip("\"'([") in _STARTERS


_CLOCK = Pattern(r"[\d\s][ap]\.m\.$")
# "By 4:30 a.m. Battalion Chief Ruiz" begins a sentence, "4 a.m. Monday" and "4 a.m. GMT" do not.
_NEW = Pattern(
    rf"[\"'(\[]*(?!(?:{lexicon.either('weekday', 'month', 'short month')})\b|[A-Z]{{2,}}\b"
    r"|(?:[A-Z]\w+\s+){1,2}[Tt]ime\b)[A-Z]\w"
)


_LAST_WORD = re.compile(r"(?:^|[\s(])(?:(?P<day>\d{1,2})|(?P<word>[^\W\d]+))\.$")


def _goes_on(head: str, following: str | None) -> bool:
    """Whether a stop in another language ends a short word, or a day: 3 Mio. Euro, am 3. Mai."""
    last = _LAST_WORD.search(head)
    if last is None or following is None:
        return False
    short, months = _others()
    return following.lower() in months if last["day"] else (last["word"].lower() in short)


@cache
def _others() -> tuple[frozenset[str], frozenset[str]]:
    """The words that are written with a stop, and the months that follow a day with one."""
    others = [code for code in lexicon.languages() if code != "en"]
    short = frozenset(word for code in others for word in lexicon.meanings("short word", code))
    return short, frozenset(lexicon.meanings("month", "de"))


_LONGEST = 1000  # characters; what runs on longer is a table or a list, and is cut at a space


def _trimmed(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _LONGEST:
        cut = plain.rfind(" ", start, start + _LONGEST)
        cut = start + _LONGEST if cut <= start else cut
        yield from _trimmed(plain, start, cut)
        start = cut
    text = plain[start:end]
    if stripped := text.strip():
        first = start + len(text) - len(text.lstrip())
        yield first, first + len(stripped)


def prepare(given: str) -> str:
    """Put mark-up aside: each character stands where it stood, a space where mark-up was."""
    plain = given if given.isascii() else given.translate(_table())
    if "''" in plain:
        plain = _TWO_AS_ONE.sub(_double_mark, plain)
    if _MAYBE_MARKED.search(plain):
        plain = _AROUND.sub(_structure, _WHOLE.sub(_whole, plain))
    if "'" in plain:
        plain = _OPENING_QUOTE.sub('"', plain)
        plain = _CLOSING_QUOTE.sub('"', plain)
    return _SPACED_DASH.sub(lambda dash: " — " if len(dash[0]) == 3 else " —  ", plain)


def _double_mark(marks: re.Match[str]) -> str:
    return '" ' if marks["word"] is None else ' "'


_SIGNS = {
    '"': "“”„‟«»″",
    "'": "‘’‚‛ʼ`´",
    "-": "‐‑‒–−",
    "—": "―",
    " ": "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068"
    "\u2069\ufeff\ufffd",
    "\n": "\u2028\u2029\x0b\x0c\x85",
}
_SPACED_DASH = re.compile(r" (?:-|--) ")
# Two single quotation marks are a double one, but for inches and seconds.
_TWO_AS_ONE = re.compile(r"(?<![\d'])(?:''|``)(?!')(?P<word>(?=\w))?")
# A single quotation mark round speech is made a double one; an apostrophe is left alone.
_OPENING_QUOTE = re.compile(r"(?:(?<=\s)|^)'(?=\w[^'\n]*[,.!?]')", re.MULTILINE)
_CLOSING_QUOTE = re.compile(r"(?<=[,.!?])'(?=\s|$)")


@cache
def _table() -> dict[int, str]:
    alike = {ord(sign): to for to, signs in _SIGNS.items() for sign in signs}
    table = {code: chr(to) for code, to in LOOK_ALIKE.items() if code > 127} | alike
    return table | dict.fromkeys((*range(9), *range(14, 32), *range(127, 160)), " ")


_MAYBE_MARKED = Pattern(
    r"[*_`#<&|>\[\]]|^[ \t]*(?:[-+•]|\d+[.)])\s|://|@\w|~~|\A---\n", re.MULTILINE
)

# What is blanked whole, and mark-up that is blanked around words that stay.
_WHOLE = re.compile(
    r"""
    \A---\n.*?\n---(?=\n)                          # front matter
    | ^(?P<fence>```|~~~).*?(?:^(?P=fence)|\Z)     # fenced code
    | <!--.*?-->
    | <(?:script|style)\b.*?</(?:script|style)>
    | </?[a-zA-Z][^<>\n]{0,1000}>                         # a tag
    | !\[[^\[\]\n]{0,300}\]\([^()\s]{0,2000}\)                    # an image
    | \[(?P<label>[^\[\]\n]{0,300})\]              # a link
        (?:\([^()\s]{0,2000}(?:\s"[^"\n]{0,300}")?\)|\[[^\[\]\n]{0,100}\])
    | ^[ ]{0,3}\[[^\[\]\n]{1,100}\]:[ ].*$                   # a link's definition
    | \[\^?\d{1,3}\]                               # a footnote
    | (?:https?://|www\.)[^\s<>)\]]+
    | (?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{1,64}
    | (?<!\w)@\w+
    | (?<![\w.-])(?:[\w-]{1,64}\.){1,5}(?:com|org|net|gov|info|edu|io|co\.uk)(?:/[^\s<>)\]]*)?
    | &(?:nbsp|amp|quot|lt|gt|[lr][sd]quo|mdash|ndash|\#\d+);
    | `[^`\n]{0,300}`
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
_AROUND = re.compile(
    r"""
    ^[ \t]*\#{1,6}[ \t]                                    # a heading
    | ^[ \t]*(?:>[ \t]?)+                                  # a block quotation
    | ^[ \t]*[-*+•][ \t]+(?:\[[ xX]\][ \t])?               # a list
    | (?:(?<=\n\n)|\A|(?<=\n))[ \t]*\d{1,2}[.)][ \t](?=\S[^\n]*(?:\n|\Z)) # a numbered list
    | \*{1,3} | (?<![\w])_{1,3}(?=\S) | (?<=\S)_{1,3}(?!\w) | ~~
    | \|
    | ^[ \t]*(?:=+|-{3,})[ \t]*$                           # a rule
    """,
    re.VERBOSE | re.MULTILINE,
)
_BLANK = re.compile(r"[^\n]")


def _whole(match: re.Match[str]) -> str:
    """Blank what is no part of the words; of a link the label stays."""
    label = match["label"]
    blank = _blank(match)
    return blank if label is None else " " + label + blank[len(label) + 1 :]


def _blank(match: re.Match[str]) -> str:
    return _BLANK.sub(" ", match[0])


def _structure(match: re.Match[str]) -> str:
    """Blank mark-up; a mark at the start of a line ends the paragraph before, so a tab stays."""
    blank = _blank(match)
    return "\t" + blank[1:] if blank and _at_line_start(match) else blank


def _at_line_start(match: re.Match[str]) -> bool:
    mark = match[0].strip()
    start = match.start()
    if mark.strip("*_~|") == "" or (start and match.string[start - 1] != "\n"):
        return mark in ("*", "|") and (not start or match.string[start - 1] == "\n")
    return True


_HIDDEN = """//*[not(self::html or self::body) and (@hidden and not(@hidden="until-found")
    or contains(translate(@style, "DISPLAYNOE ", "displaynoe"), "display:none"))]"""


def main_text(html: str) -> str:
    """The words of the article in a web page, without menus and notices.

    The places of proposals then count from the start of this text, not of the page.
    """
    try:
        import trafilatura
    except ImportError as error:
        instead = "; or give the text of the article"
        raise MissingPackage("Reading a web page", "html", error, instead) from error
    text = trafilatura.extract(
        html, include_comments=False, include_tables=True, prune_xpath=_HIDDEN
    )
    if not text:
        raise UsageError(
            "No article was found in this page.", "Save its text to a file and extract from that."
        )
    return str(text)


def text_of(raw: bytes, name: str) -> str:
    """The words of a file: UTF-8, UTF-16 with a mark, else Windows-1252; of HTML the main text."""
    text = decoded(raw, name)
    page = name.lower().endswith((".html", ".htm"))
    if page or text.lstrip()[:15].lower().startswith("<!doctype"):
        return main_text(text)
    return text


def decoded(raw: bytes, name: str) -> str:
    """The characters of a text: UTF-8, UTF-16 with a mark, else Windows-1252."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    if b"\0" in raw:
        raise UsageError(f"{name} is not a text.", "Give the text of an article.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")
