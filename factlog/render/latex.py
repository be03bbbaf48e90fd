"""Pooled figures as a table for LaTeX, with the rules of the booktabs package.

The unit and the power of ten stand once, in the head; a line behind each row names its claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from unicodedata import name

from factlog.answers import Pooled
from factlog.patterns import Pattern
from factlog.render.charts.forest import method
from factlog.render.display import safe
from factlog.wording import power_of, raised, sign, to_errors, weight

_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻₀₁₂₃₄₅₆₇₈₉", "0123456789-0123456789")
_RAISED = Pattern("(× ?10)?([⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)|([₀₁₂₃₄₅₆₇₈₉]+)")
# Letters that are commands of their own names in formulas.
_GREEK = {
    letter: name(letter).split()[-1].replace("LAMDA", "LAMBDA")
    for letter in "αβγδεζηθικλνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩ"
}
# What LaTeX would take for a command, and the signs its text fonts lack.
_SPECIAL = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "&%$#_{}"},
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        "`": r"\textasciigrave{}",
        '"': r"\char34{}",
        "[": "{[}",  # after the end of a row, an option of it
        "*": "{*}",
        "±": r"$\pm$",
        "−": "$-$",
        "×": r"$\times$",
        "°": r"$^{\circ}$",
        "ħ": r"$\hbar$",
        "≤": r"$\leq$",
        "≥": r"$\geq$",
        "≈": r"$\approx$",
        "∞": r"$\infty$",
        "′": "$'$",
        "″": "$''$",
        **{
            letter: rf"$\{word.lower() if letter.islower() else word.title()}$"
            for letter, word in _GREEK.items()
        },
        **{chr(picture): "?" for picture in range(0x2400, 0x2422)},  # stands for a control
        "µ": r"\textmu{}",
        "μ": r"\textmu{}",
    }
)
# Digits in threes from the fifth on, as journals set them.
_LONG = Pattern(r"\d{1,3}(?:,\d{3})+")
# Two hyphens would be set as a dash.
_HYPHENS = Pattern("-(?=-)")
# Letters that the fonts of Western Europe have.
_WESTERN = Pattern(r"[\x00-\x7f\xa0-\u0125\u0128-\u0137\u0139-\u013e\u0141-\u0148"
                   r"\u014a-\u0165\u0168-\u017e‐-—‘’‚“”„†‡•…‰‹›€№™]*")  # fmt: skip
_POWER = Pattern(r" × 10(\S+)$")


def escaped(text: str) -> str:
    """Words as LaTeX prints them, none of them a command."""
    words, place = "", 0
    text = safe(text)
    for found in _RAISED.finditer(text):
        times = r"\times 10" if found[1] else ""
        way, digits = ("^", found[2]) if found[2] else ("_", found[3])
        words += text[place : found.start()].translate(_SPECIAL)
        words += f"${times}{way}{{{digits.translate(_LOWERED)}}}$"
        place = found.end()
    return _HYPHENS.sub("-{}", words + text[place:].translate(_SPECIAL))


def table(found: Iterable[Pooled]) -> str:
    """One tabular a measure, for a document that loads booktabs."""
    return "\n".join("\n".join(_with_needs(list(_tabular(each)))) + "\n" for each in found)


def _with_needs(lines: list[str]) -> list[str]:
    """A table after what a document needs for it."""
    words = "".join(lines)
    needs = [r"% needs \usepackage{booktabs}"]
    if not _WESTERN.fullmatch(words):
        needs.append(
            "% has letters that pdflatex lacks: use lualatex or xelatex, and a font of them"
        )
    elif not words.isascii():
        needs.append(r"% needs \usepackage[T1]{fontenc}")
    return needs + lines


def _tabular(pooled: Pooled) -> Iterator[str]:
    power = power_of(pooled.best)
    title = f"{pooled.subject}, {pooled.measure}" if pooled.measure else pooled.subject
    yield r"\begin{tabular}{llrr}"
    yield r"\toprule"
    yield rf"\multicolumn{{4}}{{l}}{{{escaped(title)}}} \\"
    yield r"\midrule"
    yield rf"Source & {_head(pooled.unit, power)} & Weight (\%) & Pull ($\sigma$) \\"
    yield r"\midrule"
    for each in pooled.pulls:
        value = _value(each.best, each.plus, each.minus, power)
        pull = f"${each.pull:+.1f}$".replace("-0.0", "+0.0")
        cells = escaped(each.source), value, weight(each.weight).removesuffix("%"), pull
        yield " & ".join(cells) + rf" \\ % claim {each.claim}"
    yield r"\midrule"
    yield rf"Combined & {_value(pooled.best, pooled.plus, pooled.minus, power)} & & \\"
    yield r"\bottomrule"
    for told in (escaped(method(pooled)), r"$\pm$ is one standard error"):
        yield rf"\multicolumn{{4}}{{l}}{{\footnotesize {told}}} \\"
    yield r"\end{tabular}"


def _head(unit: str | None, power: int) -> str:
    """What the figures are counted in: a power of ten and the unit."""
    times = f"× 10{raised(power)}" if power else ""
    told = " ".join(filter(None, (times, sign(unit) if unit else "")))
    return f"Value ({escaped(told)})" if told else "Value"


def _value(best: Decimal, plus: Decimal, minus: Decimal, power: int) -> str:
    """A figure and its arms, without the power of ten that stands in the head."""
    best, plus, minus = (each.scaleb(-power) for each in (best, plus, minus))
    value, up, down = map(_math, to_errors(best, plus, minus))
    return f"${value} \\pm {up}$" if up == down else f"${value}^{{+{up}}}_{{-{down}}}$"


def _math(number: str) -> str:
    """A number as it stands in a formula."""
    number = _LONG.sub(lambda found: _grouped(found[0]), number)
    return _POWER.sub(lambda found: rf" \times 10^{{{found[1].translate(_LOWERED)}}}", number)


def _grouped(digits: str) -> str:
    return digits.replace(",", "" if len(digits) < len("10,000") else r"\,")
