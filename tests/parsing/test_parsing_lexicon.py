"""The lexicon: that the file is well formed, and that its words stand nowhere else."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import pytest

import factlog
from factlog.parsing import languages, read
from factlog.parsing.lexicon import meanings

PACKAGE = Path(factlog.__file__).parent
FILES = {
    path.stem: [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    for path in sorted((PACKAGE / "parsing/lexicon").glob("*.tsv"))
}
ROWS = FILES["en"]
KINDS = {row[0] for row in ROWS[1:]}
CODE = {
    path: ast.parse(path.read_text(encoding="utf-8"))
    for room in ("parsing", "extraction")
    for path in sorted((PACKAGE / room).glob("*.py"))
}


def strings(tree: ast.AST) -> Iterator[str]:
    """The texts in the code that are no docstrings; of several in a row, all together."""
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if id(node) not in docstrings:
                yield node.value
        elif isinstance(node, ast.Dict):
            yield "|".join(str(key.value) for key in node.keys if isinstance(key, ast.Constant))
        elif isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            yield "|".join(str(word.value) for word in node.elts if isinstance(word, ast.Constant))


@pytest.mark.parametrize("language", FILES)
def test_every_row_has_a_kind_words_and_a_meaning(language: str) -> None:
    first, *rows = FILES[language]
    assert first == ["kind", "words", "meaning"]
    for row in rows:
        assert len(row) == 3, row
        assert all(cell and cell == cell.strip() for cell in row), row
    often = Counter((kind, words) for kind, words, _meaning in rows)
    assert [place for place, times in often.items() if times > 1] == []
    kinds = [kind for kind, _rows in groupby(row[0] for row in rows)]
    assert len(kinds) == len(set(kinds))


OTHER_KINDS = {
    "language",
    "common word",
    "speaker of no name",
    "word before targets",
    "noun of a magnitude",
    "participle before an object",
    "record of a time",
    "setting a record",
    "negation",
    "verb ending",
    "speech verb",
    "according to",
    "unnamed speaker",
    "no speaker",
    "none of",
    "end of a name",
    "modality before",
    "verb of change",
    "weekday",
    "as of",
    "before another date",
    "before a year",
    "short word",
    "toll",
    "change by",
    "change by after a verb",
    "changed by",
    "level behind a change",
    "risen to",
    "speaker",
    "out of",
    "told to",
    "future",
    "start of a clause",
    "verb of a toll",
    "within a name",
    "speech participle",
    "passive before a verb",
    "verb of estimating",
    "estimated at",
    "age",
    "of an age",
    "behind an age",
    "counted as one",
    "name with a number",
    "ending of an adjective",
    "genitive",
    "genitive ending",
    "rate before",
    "rate behind",
    "rate of a clause",
    "rise to",
    "modality behind",
    "denial",
    "set against",
    "no denial",
    "no modality",
    "no modality behind",
    "behind a hedge",
    *languages.KINDS,
}


def test_other_languages_say_what_numbers_mean_in_the_words_of_english() -> None:
    hedges = {*meanings("hedge before").values(), "just over", "just under"}
    for language, (_first, *rows) in FILES.items():
        if language == "en":
            continue
        assert rows[0][0] == "language"
        for kind, words, meaning in rows:
            assert kind in OTHER_KINDS
            assert words == words.lower() or kind == "language"
            plain = meaning.removesuffix(", also English")
            assert (plain in hedges) == kind.startswith("hedge"), words
            if kind in ("scale", "number word"):
                assert Decimal(plain) >= 0, words
            elif kind in ("vague", "unit"):
                assert read(f"{'' if kind == 'vague' else 7} {plain}").estimate, words


def test_every_kind_is_one_that_the_reader_asks_for() -> None:
    newsroom = ast.parse((PACKAGE / "comparer/newsroom.py").read_text(encoding="utf-8"))
    asked = {text for tree in (*CODE.values(), newsroom) for text in strings(tree)}
    assert KINDS - asked == set()


def test_numbers_mean_numbers_and_signs_signs() -> None:
    kinds = ("number word", "scale", "short scale", "scale of money", "part", "month", "weekday")
    assert all(said.isdecimal() for kind in kinds for said in meanings(kind).values())
    signs = meanings("look-alike sign")
    assert all(re.fullmatch("U[+][0-9A-F]{4}", sign) for pair in signs.items() for sign in pair)


SEVERAL = 6  # a pattern may name a few words of a kind, for a rule of their own
# Small words such as "is" and "from", which every pattern of a sentence is made of.
SMALL_WORDS = {
    "common word",
    "function word",
    "helping verb",
    "name link",
    "start of no name",
    "verb of a clause",
    "word before a fate",
    "word before a noun",
    "word before a paper",
    "word before a verb",
    "word behind a noun phrase",
    "word no noun phrase holds",
    "word that begins no object",
}


def test_no_list_of_the_words_stands_in_the_code() -> None:
    known = {kind: set(meanings(kind)) for kind in KINDS - SMALL_WORDS}
    lists = []
    for path, tree in CODE.items():
        for text in strings(tree):
            parts = re.split(r"[|\s]+", text.replace(r"\s+", " "))
            for kind, words in known.items():
                runs = (list(run) for listed, run in groupby(parts, words.__contains__) if listed)
                lists += [(path.name, kind, run) for run in runs if len(run) > SEVERAL]
    assert lists == []
