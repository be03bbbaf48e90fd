from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factlog.render.display import in_ascii, safe


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain words, 3,000", "plain words, 3,000"),
        ("Zelenskyy's “4 000” — été 日本", "Zelenskyy's “4 000” — été 日本"),
        ("4\u202f000\u00a0m", "4\u202f000\u00a0m"),
        ("\x1b[31mred", "␛[31mred"),
        ("a\nb\tc\r\0", "a␊b␉c␍␀"),
        ("\x7f", "␡"),
        ("\x9b31m", "<U+009B>31m"),
        ("\u202etxt", "<U+202E>txt"),
        ("zero\u200bwidth", "zero<U+200B>width"),
        ("\u2028", "<U+2028>"),
        ("\ufeff", "<U+FEFF>"),
        ("\udc80", "<U+DC80>"),
        ("\u3164", "<U+3164>"),
        ("[red]x[/b] :smile:", "[red]x[/b] :smile:"),
    ],
)
def test_what_acts_or_hides_is_shown(text: str, shown: str) -> None:
    assert safe(text) == shown


@given(st.text())
@settings(max_examples=200)
def test_shown_text_is_one_printable_line(text: str) -> None:
    shown = safe(text)
    assert all(
        sign.isprintable()
        or sign in "\u00a0\u1680\u202f\u205f\u3000"
        or sign in "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
        for sign in shown
    )
    assert safe(shown) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("± 10%", "+/- 10%"),
        ("␛[31m", "<1B>[31m"),
        ("5 °C − 3", "5 deg C - 3"),
        ("plain", "plain"),
        ("m³ kg⁻¹ s⁻²", "m^3 kg^-1 s^-2"),
        ("I², × 10⁻¹¹", "I^2, x 10^-11"),
        ("é", "\\xe9"),
        ("日", "\\u65e5"),
    ],
)
def test_a_screen_with_nothing_but_ascii(text: str, shown: str) -> None:
    assert in_ascii(text) == shown
    assert shown.isascii()
