"""What a kept page is, and all the words of it that can be read: of html, pdf, mail and plain text.

An article is read for its claims without menus and notices; a page that is evidence is read whole,
as a quote may stand in a box beside the article.
"""

from __future__ import annotations

import codecs
import html
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import PurePath

from factlog.errors import MissingPackage
from factlog.extraction import article, style_sheets
from factlog.page import LONGEST
from factlog.patterns import Pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from email.message import EmailMessage

HTML, PDF, MAIL, TEXT, OTHER = (
    *("text/html", "application/pdf", "message/rfc822", "text/plain", "application/octet-stream"),
)
_MOST_BYTES = 20_000_000  # of html, mail or text that are looked through
_MOST_PAGES = 2_000  # of a pdf
_BEGINNINGS = {
    b"%PDF-": PDF,
    b"\x89PNG\r\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"PK\x03\x04": "application/zip",
}
_PAGE = Pattern(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html)\b", re.DOTALL | re.IGNORECASE
)


def media_type(raw: bytes, name: str) -> str:
    """What the bytes are, by how they begin, else by the name of their file."""
    for beginning, kind in _BEGINNINGS.items():
        if raw.startswith(beginning):
            return kind
    ending = PurePath(name).suffix.lower()
    if ending == ".eml":
        return MAIL
    if b"\0" in raw[:100_000] and not _wide(raw):
        return OTHER
    start = raw[:2000].decode("utf-16" if _wide(raw) else "latin-1", "replace").lstrip("\ufeffï»¿")
    return HTML if ending in (".html", ".htm", ".xhtml") or _PAGE.match(start) else TEXT


def text_of(raw: bytes, kind: str, charset: str | None = None) -> str | None:
    """The words of a page; None where it has none that can be read, as a picture.

    `charset` is what a server said its letters are in.
    """
    readers = {HTML: _of_html, PDF: _of_pdf, MAIL: _of_mail, TEXT: _of_text}
    some = raw if kind == PDF else raw[:_MOST_BYTES]
    told = _decoded(some, charset) if charset and kind in (HTML, TEXT) else None
    if told is not None:
        words = words_of(told) if kind == HTML else told
    else:
        words = readers[kind](some) if kind in readers else ""
    return words.replace("\0", " ").strip()[:LONGEST] or None


def cut(raw: bytes, kind: str, text: str | None) -> bool:
    """Whether a page goes on behind the words that were read of it."""
    some = kind in (HTML, MAIL, TEXT) and len(raw) > _MOST_BYTES
    return some or len(text or "") >= LONGEST


def guessed(raw: bytes, kind: str, charset: str | None = None) -> bool:
    """Whether nothing says what the letters are in, and they are not in UTF-8."""
    some = raw[:_MOST_BYTES]
    if kind not in (HTML, TEXT) or _wide(some) or _utf_8(some) is not None:
        return False
    named = charset or (_named(some) if kind == HTML else None)
    return named is None or _decoded(some, named) is None


def _wide(raw: bytes) -> bool:
    """Whether a text is in UTF-16, and says so."""
    return raw.startswith((b"\xff\xfe", b"\xfe\xff"))


def _of_text(raw: bytes) -> str:
    if not _wide(raw) and (told := _utf_8(raw)) is not None:
        return told
    return article.decoded(raw if _wide(raw) else raw.replace(b"\0", b" "), "the page")


_BROKEN = 20  # letters of UTF-8 that outweigh a byte that is none


def _utf_8(raw: bytes) -> str | None:
    """A text in UTF-8, its end cut off or a few bytes broken as may be; None if it is another."""
    text = codecs.getincrementaldecoder("utf-8-sig")("replace").decode(raw)
    if text.isascii():
        return text
    broken = text.count("\ufffd")
    letters = len(text) - len(text.encode("ascii", "ignore")) - broken
    return None if broken * _BROKEN > letters else text


# What a page says its letters are in: in a meta tag, or in the declaration of XML.
_CHARSET = Pattern(
    r"""<(?:meta\s[^>]{0,500}?charset|\?xml\s[^>]{0,200}?encoding)\s*=\s*["']?\s*"""
    r"""([\w.:-]{1,40})""",
    re.IGNORECASE,
)


# Ways to write names of hosts and of programs, in which no page is written.
_NO_LETTERS = ("punycode", "idna", "unicode-escape", "raw-unicode-escape", "utf-7", "undefined")


def _decoded(raw: bytes, charset: str) -> str | None:
    """A text in the letters it is said to be in; None if it is not, or marks itself as other."""
    if _wide(raw) or raw.startswith(codecs.BOM_UTF8):
        return None
    with suppress(LookupError, ValueError):
        if codecs.lookup(charset).name not in _NO_LETTERS:
            return str(raw, charset)
    return None


def _named(raw: bytes) -> str | None:
    named = _CHARSET.search(raw[:4000].decode("latin-1"))
    return named[1] if named else None


def _of_html(raw: bytes) -> str:
    named = _named(raw)
    told = _decoded(raw, named) if named else None
    return words_of(_of_text(raw) if told is None else told)


_STRUCK = ("del", "s", "strike")  # what the page takes back
_UNSEEN = ("script", "style", "template")
_IN_LINE = Pattern(
    "a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|q|s|samp|small|span"
    "|strike|strong|sub|sup|time|tt|u|var|wbr"
)
_TAG = Pattern(r"/?([a-zA-Z][\w:-]*)")


def words_of(page: str) -> str:
    """All the words of a web page that are to be seen, a line for each block.

    Those of programs and styles are not, nor what the page says is hidden.
    The page is gone through once, whatever is wrong with its tags.
    """
    return html.unescape("".join(_shown(page)))


_HIDING = Pattern(
    r"""\sstyle\s*=\s*(?:"[^"]*|'[^']*)(?<![\w-])(?:display\s*:\s*none|visibility\s*:\s*hidden)""",
    re.IGNORECASE,
)
_HIDDEN = Pattern(r"\shidden(?=[\s=/]|$)(?!\s*=\s*\W?until-found)", re.IGNORECASE)
_VALUE = Pattern(r"""(?<!hidden)=\s*(?:"[^"]*"|'[^']*'|\S+)""", re.IGNORECASE)
# What has no end; and the whole of a page, which a program may show.
_NO_END = Pattern(
    "area|base|basefont|bgsound|br|col|embed|frame|hr|img|input|keygen|link|meta|param|source|track"
    "|style|wbr"
)
_WHOLE_PAGE = ("html", "body")
_BLOCK = (
    *("address", "article", "aside", "blockquote", "center", "details", "div", "dl", "fieldset"),
    *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr"),
    *("main", "menu", "nav", "ol", "p", "pre", "section", "table", "ul"),
)
_ROW, _TERM = ("td", "th"), ("dd", "dt")
# What ends with no tag of its own where the other begins.
_ENDED_BY = {
    **dict.fromkeys(_BLOCK, ("p",)),
    **dict.fromkeys(("tbody", "thead", "tfoot"), ("tr", *_ROW, "tbody", "thead", "tfoot")),
    **dict.fromkeys(_ROW, _ROW),
    **dict.fromkeys(_TERM, (*_TERM, "p")),
    **{"li": ("li", "p"), "tr": ("tr", *_ROW), "option": ("option",), "optgroup": ("option",)},
}
_DRAWN = ("svg", "math")  # written as XML within a page
_IN_LINE_DEPTH = 10  # of words that stand between what is ended and what ends it


class _Open:
    """The elements that are open at a place of a page, and the hidden one among them."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._counts: Counter[str] = Counter()
        self._hidden: int | None = None  # how many are open round the hidden one

    @property
    def hidden(self) -> bool:
        """Whether what stands here is not to be seen."""
        return self._hidden is not None

    def closes(self, name: str) -> bool:
        """Whether a stroke at the end of a tag ends its element: of HTML it says nothing."""
        return name in _DRAWN or any(self._counts[drawn] for drawn in _DRAWN)

    def start(self, name: str, *, hides: bool) -> None:
        """An element begins, which may end another."""
        if name in _ENDED_BY:
            self._end_before(name)
        if _NO_END.fullmatch(name):
            return
        if hides and not self.hidden:
            self._hidden = len(self._names)
        self._names.append(name)
        self._counts[name] += 1

    def end(self, name: str) -> None:
        """An element ends, and with it all within it; nothing where none of that name is open."""
        if self._counts[name]:
            while self._pop() != name:
                pass

    def _end_before(self, name: str) -> None:
        while (last := self._last_but_in_line()) in _ENDED_BY[name]:
            self.end(last)

    def _last_but_in_line(self) -> str:
        for name in self._names[: -_IN_LINE_DEPTH - 1 : -1]:
            if not _IN_LINE.fullmatch(name):
                return name
        return ""

    def _pop(self) -> str:
        name = self._names.pop()
        self._counts[name] -= 1
        if self._hidden == len(self._names):
            self._hidden = None
        return name


def _shown(page: str) -> Iterator[str]:
    """The words that stand in nothing hidden."""
    open_here = _Open()
    selectors = style_sheets.hiding(_sheets(page)) if _SHEET.search(page) else set[str]()
    for tag, words in _pieces(page):
        named, told = _TAG.match(tag), tag.partition(">")[0]
        name = named[1].lower() if named else ""
        if told.startswith("/"):
            open_here.end(name)
        elif name and not (told.endswith("/") and open_here.closes(name)):
            open_here.start(name, hides=_hides(name, told, selectors))
        if not open_here.hidden:
            yield words


_SHEET = Pattern(r"<style\b", re.IGNORECASE)


def _hides(name: str, told: str, selectors: set[str]) -> bool:
    """Whether a tag, or a style sheet of its page, says that what is in it is not to be seen."""
    if name in _WHOLE_PAGE or _NO_END.fullmatch(name):
        return False
    if name in _STRUCK or _HIDING.search(told) or _HIDDEN.search(_VALUE.sub(" ", told)):
        return True
    return bool(selectors) and style_sheets.is_hidden(name, told, selectors)


def _sheets(page: str) -> Iterator[str]:
    """The style sheets of a page, but those of one medium, and for browsers without programs."""
    without = False
    for tag, _words in _pieces(page):
        head, _, sheet = tag.partition(">")
        name = head[:9].lower()
        without = name == "noscript" or (without and name != "/noscript")
        if name.startswith("style") and not without and "media" not in head.lower():
            yield sheet


def _pieces(page: str) -> Iterator[tuple[str, str]]:
    """The tags of a page, each with the words behind it; no tag where there is none."""
    first, *rest = page.split("<")
    yield "", first
    ending = ""  # what the words are not seen before
    for piece in rest:
        if ending:
            if ending == "-->" and ending in piece:
                ending, piece = "", piece.partition("-->")[2]
                yield "", piece
            elif piece[: len(ending)].lower() == ending:
                ending = ""
                yield "", "\n" + piece.partition(">")[2]
            continue
        tag = _TAG.match(piece)
        if piece.startswith("!--"):
            closed, words = piece.partition("-->")[1:]
            ending = "" if closed else "-->"
            yield "", words
        elif tag is None:
            yield "", piece.partition(">")[2] if piece[:1] in ("!", "?") else f"<{piece}"
        else:
            name = tag[1].lower()
            if name in _UNSEEN and not piece.startswith("/"):
                ending = f"/{name}"
                if name == "style":
                    yield piece, ""
                continue
            yield piece, ("" if _IN_LINE.fullmatch(name) else "\n") + piece.partition(">")[2]


def _of_pdf(raw: bytes) -> str:
    try:
        import pypdf
    except ImportError as error:
        raise MissingPackage("Reading the words of a pdf", "pdf", error) from error
    import io
    import logging

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is odd in a file is no concern
    words: list[str] = []
    with suppress(Exception):  # whatever is wrong in a file that anybody can have made
        for page in pypdf.PdfReader(io.BytesIO(raw)).pages[:_MOST_PAGES]:
            words.append(page.extract_text())
            if sum(map(len, words)) > LONGEST:
                break
    return "\n\f\n".join(words)


_MOST_PARTS = 1_000  # of a mail, by the lines that may part them


def _of_mail(raw: bytes) -> str:
    some = b"\n--".join(raw.split(b"\n--", _MOST_PARTS)[:_MOST_PARTS])
    try:
        return _parts_of_mail(some)
    except (RecursionError, ValueError, LookupError):  # parts within parts, heads that are none
        return _of_text(some)


def _parts_of_mail(raw: bytes) -> str:
    message, bodies = _read_mail(raw)
    names = (name for name in ("Subject", "From", "To", "Date") if message[name])
    heads = [f"{name}: {message[name]}" for name in names]
    return "\n".join([*heads, "", *(words for _kind, words in bodies)])


def _read_mail(raw: bytes) -> tuple[EmailMessage, list[tuple[str, str]]]:
    """A mail, and the kinds and words of its parts."""
    import email.policy

    message = email.message_from_bytes(raw, policy=email.policy.default)
    bodies = []
    for part in message.walk():
        kind = part.get_content_type()
        if kind in (TEXT, HTML):
            try:
                words = str(part.get_content())
            except (LookupError, ValueError):  # letters of a name that nobody knows
                raw_words = part.get_payload(decode=True)
                words = _of_text(raw_words if isinstance(raw_words, bytes) else b"")
            bodies.append((kind, words_of(words) if kind == HTML else words))
    return message, bodies


def article_of(raw: bytes, name: str) -> str:
    """The words of a file to be read for its claims: the article of a web page, what a mail says.

    A mail that says the same as text and as html is read once: its text, unless that is a stub.
    """
    kind = media_type(raw, name)
    if kind == MAIL:
        try:
            _message, bodies = _read_mail(raw[:_MOST_BYTES])
        except (RecursionError, ValueError, LookupError):
            return _of_text(raw)
        plain, shown = (
            "\n\n".join(words for kind, words in bodies if kind == each) for each in (TEXT, HTML)
        )
        return plain if len(plain) * 2 > len(shown) else shown
    named = _named(raw) if kind == HTML else None
    told = _decoded(raw, named) if named else None
    return article.text_of(raw, name) if told is None else article.main_text(told)
