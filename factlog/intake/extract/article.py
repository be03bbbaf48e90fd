"""The article as it will be read: mark-up and look-alike signs put aside, every place kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from factlog.reading.patterns import Pattern


@dataclass(frozen=True, slots=True)
class Article:
    """A text as given and its plain copy, in which every character stands where it stood."""

    given: str
    plain: str


def prepare(given: str) -> Article:
    """Put mark-up aside: `plain[i]` stands for `given[i]`, with a space where mark-up was."""
    plain = given if given.isascii() else _look_alikes(given)
    if _MAYBE_MARKED.search(plain):
        plain = _unmarked(plain)
    if "'" in plain:
        plain = _OPENING_QUOTE.sub('"', plain)
        plain = _CLOSING_QUOTE.sub('"', plain)
    return Article(given, _SPACED_DASH.sub(_dash, plain))


def _dash(match: re.Match[str]) -> str:
    return " — " if len(match[0]) == 3 else " —  "


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
# A single quotation mark round speech is made a double one; an apostrophe is left alone.
_OPENING_QUOTE = re.compile(r"(?:(?<=\s)|^)'(?=\w[^'\n]*[,.!?]')", re.MULTILINE)
_CLOSING_QUOTE = re.compile(r"(?<=[,.!?])'(?=\s|$)")


@cache
def _table() -> dict[int, str]:
    table = {ord(sign): to for to, signs in _SIGNS.items() for sign in signs}
    return table | dict.fromkeys((*range(9), *range(14, 32), *range(127, 160)), " ")


def _look_alikes(text: str) -> str:
    return text.translate(_table())


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


def _unmarked(text: str) -> str:
    return _AROUND.sub(_structure, _WHOLE.sub(_whole, text))


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
