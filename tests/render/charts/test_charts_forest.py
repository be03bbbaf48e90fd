"""The forest plot: every figure by its weight, the combined value and what is expected next."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from factlog import importing
from factlog.answers import Pooled
from factlog.comparer.pool import pool
from factlog.render import latex, pooled
from factlog.render.charts.forest import figure, lines
from factlog.render.display import Look


def combined(method: str = "pdg", *told: tuple[str, str]) -> Pooled:
    """What some figures come to; those of two lengths of an invented rod if none are given."""
    told = told or (
        ("Abel & Sons", "10.0 ± 0.5 m"),
        ("Baker", "11.0 ± 1.0 m"),
        ("Cole", "12 ± 2 m"),
    )
    claims = [claim for who, said in told for claim in importing.claims("Rod", [said], source=who)]
    return pool(claims, method=method)


def test_each_figure_stands_at_its_value_and_the_heaviest_has_the_heavy_mark() -> None:
    assert list(lines(combined(), Look(width=60))) == [
        "Abel & Sons         ──────■─────",
        "Baker                ──────────▪───────────",
        "Cole           ──────────────────────▪─────────────────────",
        "combined               ────◆─────",
        "               ┴──────────┴──────────┴─────────┴──────────┴",
        "               8         10         12        14         16",
        "95% intervals; ■ weighs more than an even share, ▪ less",
    ]


def test_where_a_further_figure_is_expected_is_shown_where_the_method_says() -> None:
    drawn = list(lines(combined("reml"), Look(width=80)))
    assert "┄" in drawn[3]
    assert "a further figure is expected" in " ".join(drawn[-2:])


def test_a_screen_without_such_signs_gets_plain_ones() -> None:
    drawn = "\n".join(lines(combined("reml"), Look(width=80, ascii=True)))
    assert drawn.isascii()
    assert "#" in drawn
    assert "O" in drawn


@pytest.mark.parametrize("width", [50, 60, 80, 120, 200])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    long = combined("pdg", ("A laboratory with a very long name indeed", "1 ± 1"), ("B", "2 ± 1"))
    assert all(len(line) <= width for line in lines(long, Look(width=width)))


@pytest.mark.slow
@pytest.mark.parametrize("shape", ["svg", "png", "pdf"])
def test_the_figure_is_a_file_of_its_kind_and_the_same_each_time(shape: str) -> None:
    made = figure([combined("reml")], shape)
    assert made == figure([combined("reml")], shape)
    assert made.startswith({"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}[shape])


def test_the_svg_has_every_name_figure_and_weight_as_text() -> None:
    made = figure([combined(), combined("fixed", ("$x$", "3 ± 1"), ("y", "4 ± 1"))], "svg").decode()
    words = re.findall(r">([^<>\n]+)</text>", made)
    for there in ("Abel &amp; Sons", "76.2%   10.0 ± 0.5", "10.29 ± 0.44", "$x$", "combined"):
        assert any(there in word for word in words), (there, words)


def test_the_axis_has_the_ticks_of_every_chart_and_long_names_stand_in_lines() -> None:
    lengthy = "The collaborative study group of the northern provinces"
    tiny = combined("pdg", (lengthy, "1.5e-12 ± 2e-14"), ("B", "1.6e-12 ± 2e-14"))
    words = re.findall(r">([^<>\n]+)</text>", figure([tiny], "svg").decode())
    assert {"1.45 × 10⁻¹²", "The collaborative study group"} <= set(words)
    assert not any("1e" in word or lengthy in word for word in words)


def test_latex_has_the_rules_of_booktabs_and_no_command_of_anyone_else() -> None:
    hostile = combined("fixed", (r"A & \input{x} 50%_#{}~^", "10 ± 1"), ("B", "12 ± 1 °C"[:6]))
    (made,) = pooled.written([hostile], "latex")
    assert made.count(r"\toprule") == made.count(r"\bottomrule") == 1
    assert (
        r"A \& \textbackslash{}input\{x\} 50\%\_\#\{\}\textasciitilde{}\textasciicircum{}" in made
    )
    assert r" & $10 \pm 1$ & 50.0 & $-1.0$ \\ % claim 1" in made
    assert r"Combined & $11.00 \pm 0.71$ & & \\" in made
    assert r"{\footnotesize fixed effect} \\" in made


@pytest.mark.parametrize(
    ("said", "head", "row"),
    [
        (
            "6.674 30(15) × 10^-11 m^3 kg^-1 s^-2",
            r"Value ($\times 10^{-11}$ m$^{3}$ kg$^{-1}$ s$^{-2}$)",
            r"$6.67430 \pm 0.00015$",
        ),
        ("877.82 +0.30 -0.28 s", "Value (s)", "$877.82^{+0.30}_{-0.28}$"),
        ("1776.91 ± 0.12 MeV", "Value (MeV)", r"$1776.91 \pm 0.12$"),
        ("-12.5 ± 0.3 °C", r"Value ($^{\circ}$C)", r"$-12.5 \pm 0.3$"),
        ("25,300 ± 400", "Value", r"$25\,300 \pm 400$"),
        ("0.5 ± 1e-9", "Value", r"$0.500000000 \pm 1 \times 10^{-9}$"),
        ("6.02(1)e23", r"Value ($\times 10^{23}$)", r"$6.020 \pm 0.010$"),
    ],
)
def test_latex_has_unit_and_power_of_ten_once_in_the_head(said: str, head: str, row: str) -> None:
    (made,) = pooled.written([combined("pdg", ("A", said), ("B", said))], "latex")
    assert rf"Source & {head} & Weight (\%) & Pull ($\sigma$) \\" in made
    assert made.count(f"& {row} & 50.0 & $+0.0$") == 2
    assert made.isascii()


@pytest.mark.parametrize(
    ("words", "safe"),
    [
        ("±", r"$\pm$"),
        ("m³ kg⁻¹", "m$^{3}$ kg$^{-1}$"),
        ("× 10⁻¹¹ µΩ", r"$\times 10^{-11}$ \textmu{}$\Omega$"),
        ("$1", r"\$1"),
        ("a\x07b", "a?b"),
        ("[B] *C", "{[}B] {*}C"),
        ('`a` "b"', r"\textasciigrave{}a\textasciigrave{} \char34{}b\char34{}"),
        ("a---b", "a-{}-{}-b"),
        ("CO₂ τλ ≤ Δ", r"CO$_{2}$ $\tau$$\lambda$ $\leq$ $\Delta$"),
    ],
)
def test_words_for_latex(words: str, safe: str) -> None:
    assert latex.escaped(words) == safe


PLAIN = r"A & B % _ # $ ^ ~ \ {x} <y> |z| `q` 'r' -- τ CO₂ ≤ ± × ħ µΩ °C"
WESTERN = "José Ørsted Þór Łódź ı ‘quoted’ „so“ «da» – € £ § ½ …"
OTHERS = "Иван Петров, 한국 정보원, 日本, العربية"


@pytest.mark.parametrize(
    ("name", "need"),
    [
        (PLAIN, ""),
        (WESTERN, r"% needs \usepackage[T1]{fontenc}"),
        (OTHERS, "% has letters that pdflatex lacks: use lualatex or xelatex, and a font of them"),
    ],
)
def test_a_table_says_what_its_letters_need(name: str, need: str) -> None:
    (made,) = pooled.written([combined("pdg", (name, "10 ± 1"), ("B", "12 ± 1"))], "latex")
    head = made[: made.index(r"\begin{tabular}")]
    assert head.splitlines() == [r"% needs \usepackage{booktabs}", *filter(None, [need])]


MEASURED = {
    ("12.5 +0.3 -0.2 kg", "13 ± 1 kg"): "12.5+0.3",
    ("6.674 30(15) × 10^-11 m^3 kg^-1 s^-2", "6.674 08(31)e-11 m^3 kg^-1 s^-2"): "6.67430",
    ("-12.5 ± 0.3 °C", "-12 ± 1 °C"): "−12.5",
    ("52.1% (95% CI 50.1 to 54.1)", "54.1% (95% CI 50.1 to 58.1)"): "Value (percent)",
    ("54.1 ± 2 kg/m^3", "55.1 ± 2 kg/m^3"): "Value (kg/m",
    ("54,100,000 ± 200,000", "55,100,000 ± 200,000"): "54 100 000",
}


@pytest.mark.parametrize("name", [PLAIN, WESTERN, "[B]", "*C"])
def test_latex_sets_the_tables_without_a_complaint(tmp_path: Path, name: str) -> None:
    if not shutil.which("pdflatex"):
        if os.environ.get("FACTLOG_LATEX") == "required":
            pytest.fail("pdflatex is required and is not there")
        pytest.skip("pdflatex is not there")
    told = [combined("pdg", ("First", one), (name, other)) for one, other in MEASURED]
    (made,) = pooled.written(told, "latex")
    needs = "".join(dict.fromkeys(re.findall(r"^% needs (.*)\n", made, re.MULTILINE)))
    tex = rf"\documentclass{{article}}{needs}\begin{{document}}{made}\end{{document}}"
    (tmp_path / "table.tex").write_text(tex)
    command = ["pdflatex", "-halt-on-error", "-interaction=nonstopmode", "table.tex"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=120, check=False)
    log = run.stdout.decode(errors="replace")
    assert run.returncode == 0, log[-2000:]
    assert not re.search("Missing character|LaTeX Warning", log)
    if text := shutil.which("pdftotext"):
        page = subprocess.run([text, "-layout", "table.pdf", "-"], cwd=tmp_path,
                              capture_output=True, text=True, check=True).stdout  # fmt: skip
        for printed in MEASURED.values():
            assert printed in page
        for sign in ("[B]", "*C"):
            assert page.count(sign) == len(MEASURED) * (name == sign)
