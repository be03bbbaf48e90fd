"""What a kept page is, and the words of it that can be read."""

from __future__ import annotations

import io
import time
import zlib

import pytest

from factlog.extraction import pages

HTML = b"<!doctype html><html><body><p>At least <b>1</b>4 people</p></body></html>"
PNG = b"\x89PNG\r\n\x1a\n\0\0"


def pdf(words: str) -> bytes:
    """A pdf of one page, put together by hand."""
    stream = f"BT /F1 12 Tf 20 100 Td ({words}) Tj ET".encode()
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    made, places = io.BytesIO(b"%PDF-1.4\n"), []
    made.seek(0, 2)
    for number, part in enumerate(parts, 1):
        places.append(made.tell())
        made.write(b"%d 0 obj\n%s\nendobj\n" % (number, part))
    start = made.tell()
    made.write(b"xref\n0 6\n0000000000 65535 f \n")
    made.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    made.write(b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start)
    return made.getvalue()


MAIL = (
    b"Subject: =?utf-8?q?Toll_=E2=80=93_new?=\nFrom: a@example.org\nMIME-Version: 1.0\n"
    b"Content-Type: multipart/alternative; boundary=x\n\n"
    b"--x\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
    b"MTQgZGVhZA==\n"
    b"--x\nContent-Type: text/html\n\n<p>14 <i>dead</i></p>\n"
    b"--x\nContent-Type: text/plain; charset=nonsense\n\nrest\n--x--\n"
)
KINDS = [
    (HTML, "a", "text/html"),
    (b"\xef\xbb\xbf\n<!-- saved -->\n<HTML lang=en>", "a.txt", "text/html"),
    ("<html>".encode("utf-16"), "a", "text/html"),
    (b"<p>14</p>", "a.HTM", "text/html"),
    (b"14 <html> people", "a.txt", "text/plain"),
    (pdf("x"), "page.html", "application/pdf"),
    (PNG, "a.txt", "image/png"),
    (b"\xff\xd8\xff\xe0", "a", "image/jpeg"),
    (MAIL, "a.eml", "message/rfc822"),
    (b"\0\1\2", "a.html", "application/octet-stream"),
]


@pytest.mark.parametrize(("raw", "name", "kind"), KINDS)
def test_a_page_is_told_by_how_it_begins(raw: bytes, name: str, kind: str) -> None:
    assert pages.media_type(raw, name) == kind


WORDS = {
    "blocks": (HTML, "At least 14 people"),
    "a box beside": (b"<html><aside>17&nbsp;dead</aside><p>x", "17\xa0dead\n\nx"),
    "no programs": (b"<html><script>if (a<14) b()</script><style>p{}</style>17", "17"),
    "hidden": (b"<html><div hidden>14 <div>x</div> dead</div>17", "17"),
    "hidden by style": (b"<html><B STYLE='a:b; Display : None'>14 <i>x</i></B>17", "17"),
    "hidden by a class": (
        b"<html><style>/* .b {} */@import url(x); .a, p.n, #i, aside{ display : NONE }</style>"
        b"<i class='x a'>1</i><p class=n>2</p><b class=n>3</b><b id='i'>4</b><aside>5</aside>"
        b"<i class=b>6</i>",
        "3\n6",
    ),
    "hidden by a sheet further on": (
        b"<html><b class=a>1</b>2<style>.a{visibility:hidden}</style>",
        "2",
    ),
    "not hidden by a sheet": (
        b"<html><style>.a{display:none}@media (min-width:9px){.a{display:block}}.m{display:none}"
        b".m.open{display:block}@media print{.p{display:none}}div .d{display:none}.e{color:red}"
        b"body{display:none}</style><style media=print>.q{display:none}</style>"
        b"<noscript><style>.s{display:none}</style></noscript><script>'<style>.j{display:none}'"
        b"</script><b class=a>1</b><b class=m>2</b><b class=p>3</b><b class=d>4</b>"
        b"<b class=e>5</b><b class=q>6</b><b class=s>7</b><b class=j>8</b>",
        "12345678",
    ),
    "hidden with a value": (b'<html><b id=a hidden="">14</b>17', "17"),
    "hidden with a stroke": (b"<html><p hidden/>14</p>17", "17"),
    "not hidden by a drawing": (b"<html><svg><g hidden/></svg>17", "17"),
    "linked with a stroke": (b"<html><b hidden><a href=/x/>14</a></b>17", "17"),
    "hidden and unended": (b"<html><p hidden>14<p>17", "17"),
    "hidden and ended with its list": (b"<html><ul><li hidden>14</ul>17", "17"),
    "hidden and ended with its table": (b"<html><table><tr hidden><td>14</table>17", "17"),
    "hidden and ended with its section": (b"<html><div><span hidden>14</div>17", "17"),
    "hidden before a block": (b"<html><p hidden><b>14<div>17</div>", "17"),
    "hidden with a list in it": (b"<html><li hidden>1<ul><li>4</ul><li>17", "17"),
    "hidden term": (b"<html><dl><dt hidden>1<dd>17</dl>", "17"),
    "hidden with a tag that ends nothing": (b"<html><b hidden>1</i></p>4</b>17", "17"),
    "hidden frame": (b"<html><param hidden><frame hidden><keygen hidden>17", "17"),
    "hidden with a program": (b"<html><b hidden>1<script>'</b>'</script>4</b>17", "17"),
    "struck out": (
        b"<html>rose to <del>12</del> 14, <s>5</s> <strike>6</strike> 7",
        "rose to  14,   7",
    ),
    "not hidden": (
        b'<html><b class="hidden">1</b><b class=hidden aria-hidden="true" title="x hidden y">2</b>'
        b'<b style="-x-display:none">3</b><input type=hidden><img hidden><b hidden=until-found>4'
        b"</b><b data-x='style=display:none'>5</b>",
        "123\n\n45",
    ),
    "a whole page hidden": (b"<html><body style='display:none'>17", "17"),
    "no remarks": (b"<html><!-- 14 <p> dead --> 17<!-->", "17"),
    "remarks unclosed": (b"<html>17<!-- 14 <p>", "17"),
    "less than": (b"<html>a < b & 3<4", "a < b & 3<4"),
    "signs": (b"<html>&lt;b&gt;14&#8211;17&lt;/b&gt;", "<b>14\N{EN DASH}17</b>"),
    "marked": ("<html>погибли 14".encode("utf-16"), "погибли 14"),
    "named": (
        b'<html><meta charset="windows-1251">' + "погибли 14".encode("cp1251"),
        "погибли 14",
    ),
    "named as no letters": (rb'<html><meta charset="unicode_escape">\u0031 dead', r"\u0031 dead"),
    "misnamed": (b'<html><meta charset="utf-99">14 d\xe9c\xe8s', "14 d\xe9c\xe8s"),
    "wrongly named": (b'<html><meta charset="utf-8">14 d\xe9c\xe8s', "14 d\xe9c\xe8s"),
    "pdf": (pdf("At least 14 people"), "At least 14 people"),
    "text": (b"1" * 100_000 + b"\0dead", "1" * 100_000 + " dead"),
}


@pytest.mark.parametrize(("raw", "words"), WORDS.values(), ids=list(WORDS))
def test_the_words_of_a_page(raw: bytes, words: str) -> None:
    assert pages.text_of(raw, pages.media_type(raw, "a")) in (words, f"\n{words}")


def test_the_words_of_a_mail_with_its_heads() -> None:
    found = pages.text_of(MAIL, "message/rfc822")
    assert found is not None
    assert "Subject: Toll – new" in found
    assert found.count("14 dead") == 2
    assert "None" not in found


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        *((PNG, "image/png"), (b"<html><script>1", "text/html"), (b"%PDF-1.4\nrubbish", "")),
        *((pdf("x")[:200], ""), (b"%PDF-1.7 " + zlib.compress(b"9" * 10_000), "")),
    ],
)
def test_a_page_without_words(raw: bytes, kind: str) -> None:
    assert pages.text_of(raw, kind or pages.media_type(raw, "a")) is None


@pytest.mark.parametrize(
    "piece",
    [
        b"<",
        b"<!--",
        b"<script>",
        b"<p a='",
        b"&",
        b"<a<b",
        b"</p>",
        b"<b hidden>",
        b"<b style='",
        b"<style>",
        b"<style>a{display:none",
        b"<style>a{</style>",
        b"<style>/*</style><b class=a",
    ],
)
def test_a_page_of_broken_tags_takes_no_time(piece: bytes) -> None:
    began = time.process_time()
    pages.text_of(b"<html>" + piece * min(300_000, 2_000_000 // len(piece)), "text/html")
    assert time.process_time() - began < 25


RUSSIAN = "<html><p>погибли 14"


@pytest.mark.parametrize(
    ("raw", "charset", "words"),
    [
        (RUSSIAN.encode("koi8-r"), "koi8-r", "погибли 14"),
        (RUSSIAN.encode("cp1251"), "windows-1251", "погибли 14"),
        (RUSSIAN.encode("utf-16"), "koi8-r", "погибли 14"),  # it marks itself
        (b"\xef\xbb\xbf" + RUSSIAN.encode(), "koi8-r", "погибли 14"),
        (RUSSIAN.encode(), "nonsense", "погибли 14"),
        (RUSSIAN.encode(), "ascii", "погибли 14"),
        (b'<html><meta charset="cp1251">' + "погибли".encode("koi8-r"), "koi8-r", "погибли"),
        ("погибли 14".encode("koi8-r"), "koi8-r", "погибли 14"),
    ],
)
def test_a_page_is_read_in_the_letters_a_server_named(raw: bytes, charset: str, words: str) -> None:
    assert pages.text_of(raw, pages.media_type(raw, "a"), charset) == words


def nested(parts: int) -> bytes:
    heads = (
        f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n'.encode() for n in range(parts)
    )
    return b"".join(heads) + b"Content-Type: text/plain\n\n14 dead"


@pytest.mark.parametrize(
    "raw",
    [
        b"Subject: x\nContent-Type: text/plain; charset=nonsense\n\n14 dead",
        b"Subject: =?utf-8?b?////?= =?x?q?=ff?=\nDate: never\nTo: <<>,,\n\n14 dead",
        b"Content-Type: message/rfc822\n\n" * 2000 + b"\n14 dead",
        nested(500),
        b'Content-Type: multipart/mixed; boundary="b"\n\n'
        + b"--b\nContent-Type: text/plain\n\n14 dead\n" * 200_000,
    ],
    ids=["letters", "heads", "mails in mails", "parts in parts", "parts"],
)
def test_whatever_is_wrong_with_a_mail_its_words_are_read(raw: bytes) -> None:
    began = time.process_time()
    assert "14 dead" in (pages.text_of(raw, "message/rfc822") or "")
    assert time.process_time() - began < 90


LINK = b'<html><script charset="windows-1251" src="x"></script><a href="?charset=koi8-r">'
XML = b'<?xml version="1.0" encoding="koi8-r"?><html>'
META = b'<html><meta http-equiv=x content="a; charset=koi8-r">'
CYRILLIC = "погибли четырнадцать"


@pytest.mark.parametrize(
    ("raw", "words", "guessed"),
    [
        (CYRILLIC.encode(), CYRILLIC, False),
        (LINK + CYRILLIC.encode(), CYRILLIC, False),
        (CYRILLIC.encode()[:-1], CYRILLIC[:-1], False),  # its end is cut off
        (CYRILLIC.encode() * 9 + b"\xff", CYRILLIC * 9 + "\ufffd", False),
        (XML + CYRILLIC.encode("koi8-r"), CYRILLIC, False),
        (META + CYRILLIC.encode("koi8-r"), CYRILLIC, False),
        (CYRILLIC.encode("cp1251"), CYRILLIC.encode("cp1251").decode("cp1252"), True),
        (LINK + b"d\xe9c\xe8s", "d\xe9c\xe8s", True),
        (b"14 dead", "14 dead", False),
    ],
)
def test_a_page_that_names_no_letters(raw: bytes, words: str, guessed: bool) -> None:
    kind = pages.media_type(raw, "a")
    assert (pages.text_of(raw, kind) or "") == words
    assert pages.guessed(raw, kind) is guessed
