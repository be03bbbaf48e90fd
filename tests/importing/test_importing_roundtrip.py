"""What export writes, import takes back the same."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factlog.claim import Claim, fingerprint
from factlog.importing import claims, read_rows, take_all
from factlog.render import to_csv, to_json
from factlog.spreadsheet import defused, restored

ROOT = Path(__file__).parents[2]
WRITERS = {
    "csv": to_csv.claims,
    "tsv": to_csv.claims_tsv,
    "json": to_json.claims,
    "jsonl": to_json.claims_jsonl,
}
SIGNS = [
    "'",
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\0",
    "＝",
    "＋",
    "－",
    "＠",
    "a",
    "1",
    "\n",
    '"',
    ",",
    " ",
    "\x0b",
    "\u00a0",
    "\u200b",
    "\ufeff",
]


def there_and_back(given: tuple[Claim, ...], format: str) -> tuple[Claim, ...]:  # noqa: A002
    written = "".join(WRITERS[format](given))
    return take_all(read_rows(io.BytesIO(written.encode()), format))


def as_columns(given: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Claims as columns hold them: a thing that the measure says has no column of its own."""
    return tuple(replace(claim, thing=None) for claim in given)


@pytest.mark.parametrize("format", list(WRITERS))
@pytest.mark.parametrize(
    ("path", "options"),
    [
        ("seeds/founding.csv", {}),
        ("seeds/record.csv", {}),
        ("examples/pdg_example.csv", {}),
        (
            "examples/economist_estimates.csv",
            {
                "mapping": {
                    "subject": "country",
                    "measure": "type",
                    "low": "estimate_low",
                    "high": "estimate_high",
                    "value": "estimate",
                    "as_of": "date",
                    "url": "source_url",
                },
                "date_format": "%d/%m/%Y",
            },
        ),
    ],
)
def test_files_go_out_and_come_back(path: str, options: dict[str, Any], format: str) -> None:  # noqa: A002
    with (ROOT / path).open("rb") as stream:
        given = take_all(read_rows(stream, **options))
    back = there_and_back(given, format)
    assert back == given
    assert list(map(fingerprint, back)) == list(map(fingerprint, given))


@pytest.mark.parametrize("format", list(WRITERS))
@pytest.mark.parametrize(
    "value",
    [
        "-3.2 °C",
        "$-50.8bn",
        "+5%",
        "878.4(5)",
        "3,000 (95% CI 2,800 to 3,200)",
        "3,000 (2,800-3,200)",
        "just under 300",
        "dozens",
        "5'11\"",
        "2,800 to 3,200, best 3,000",
        "12 zorkmids",
        "~300",
        ">= 300",
        "one in five",
    ],
)
def test_every_form_goes_out_and_comes_back(value: str, format: str) -> None:  # noqa: A002
    given = claims("=A", [value], source="@B", quote='\'=x\r\n"y"', note="\tz", unit=None)
    assert there_and_back(given, format) == as_columns(given)


@settings(max_examples=200)
@given(st.lists(st.sampled_from(SIGNS)).map("".join) | st.text())
def test_restoring_undoes_defusing(text: str) -> None:
    assert restored(defused(text)) == text


PASSAGE = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from(SIGNS), max_size=20)


@settings(max_examples=100)
@given(
    st.sampled_from(list(WRITERS)), st.lists(st.tuples(PASSAGE, PASSAGE), min_size=1, max_size=4)
)
def test_any_words_go_out_and_come_back(format: str, told: list[tuple[str, str]]) -> None:  # noqa: A002
    given = tuple(
        claim
        for quote, note in told
        for claim in claims("A", ["about 300 killed"], source="B", quote=quote, note=note)
    )
    assert there_and_back(given, format) == as_columns(given)
