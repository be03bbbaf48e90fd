"""Pooled figures as a table for LaTeX, with the rules of the booktabs package."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from factlog.render.display import safe

_PLAIN = "0123456789-"
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
        '"': r"\textquotedbl{}",
        "±": r"$\pm$",
        "−": "$-$",
        "×": r"$\times$",
        "°": r"$^{\circ}$",
        **{
            raised: f"$^{plain}$"
            for raised, plain in zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-", strict=True)
        },
        **{chr(picture): "?" for picture in range(0x2400, 0x2422)},  # stands for a control
        "µ": r"\textmu{}",
        "μ": r"\textmu{}",
    }
)

# A title, the combined value, and the rows: source, figure, weight, pull.
Part = tuple[str, str, Iterable[Sequence[str]]]


def escaped(text: str) -> str:
    """Words as LaTeX prints them, none of them a command."""
    return safe(text).translate(_SPECIAL)


def table(parts: Iterable[Part]) -> str:
    """One tabular a measure, for a document that loads booktabs."""
    return "\n".join(_tabular(*part) for part in parts)


def _tabular(title: str, combined: str, rows: Iterable[Sequence[str]]) -> str:
    lines = [
        r"% needs \usepackage{booktabs}",
        r"\begin{tabular}{lrrr}",
        r"\toprule",
        rf"\multicolumn{{4}}{{l}}{{{escaped(title)}}} \\",
        r"\midrule",
        r"Source & Figure & Weight & Pull \\",
        r"\midrule",
        *(" & ".join(map(escaped, row)) + r" \\" for row in rows),
        r"\midrule",
        rf"Combined & {escaped(combined)} & & \\",
        r"\bottomrule",
        r"\end{tabular}",
    ]
    return "\n".join(lines) + "\n"
