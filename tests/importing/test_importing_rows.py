"""Finding import's columns in the columns a file has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from factlog import measures
from factlog.errors import ImportFailed, UsageError
from factlog.importing.columns import Columns, Layout, check_options
from factlog.importing.headers import layout


def _layout(header: Sequence[str], mapping: Mapping[str, str], fixed: Mapping[str, str]) -> Layout:
    return layout(header, Columns(mapping, fixed, {}), measures.starter())


def test_headers_match_whatever_their_case_and_spaces() -> None:
    found = _layout(["\u00a0Subject ", "SOURCE", "As of", "as-OF2", "Value"], {}, {})
    assert found.takes[0].places == {"subject": 0, "source": 1, "as_of": 2, "value": 4}
    assert found.ignored == ("as-OF2",)


def test_a_mapping_comes_before_a_column_of_our_name() -> None:
    found = _layout(["subject", "source", "value", "date", "as_of"], {"as_of": "Date"}, {})
    assert found.takes[0].places["as_of"] == 3
    assert found.ignored == ("as_of",)


def test_one_column_may_fill_two_of_ours() -> None:
    header = ["subject", "source", "value", "error"]
    found = _layout(header, {"plus": "error", "minus": "error"}, {})
    assert (found.takes[0].places["plus"], found.takes[0].places["minus"]) == (3, 3)


def test_a_fixed_value_comes_before_a_column() -> None:
    found = _layout(["subject", "source", "value"], {}, {"subject": "war"})
    assert "subject" not in found.takes[0].places
    assert found.ignored == ("subject",)


@pytest.mark.parametrize("number", ["value", "low", "high"])
def test_one_column_of_numbers_is_enough(number: str) -> None:
    assert _layout(["subject", "source", number], {}, {}).takes[0].places[number] == 2


@pytest.mark.parametrize(
    ("header", "mapping", "fixed", "problem", "remedy"),
    [
        (["source", "value"], {}, {}, 'no column "subject"; it has: source, value', "--map"),
        (["subject", "value"], {}, {}, 'no column "source"', '--set source="..."'),
        (["subject", "source"], {}, {}, 'no column "value"', "--map value=COLUMN"),
        (
            ["a", "b"],
            {"subject": "c"},
            {},
            'no column "c" for --map subject',
            "--map subject=COLUMN",
        ),
        (["subject", "source", "value", "Value"], {}, {}, 'two columns named "value"', "Rename"),
        (["x"] * 50, {}, {"subject": "a"}, "x, x and 10 more", "--map"),
        ([""], {}, {}, "it has: (blank)", "--map"),
    ],
)
def test_a_missing_column_is_named_with_those_there_are(
    header: list[str], mapping: dict[str, str], fixed: dict[str, str], problem: str, remedy: str
) -> None:
    with pytest.raises(ImportFailed) as failed:
        _layout(header, mapping, fixed)
    assert problem in failed.value.problem
    assert remedy in failed.value.remedy


@pytest.mark.parametrize(
    ("mapping", "fixed", "problem"),
    [
        ({"when": "date"}, {}, '"when" is not one of factlog'),
        ({}, {"who": "me"}, '"who" is not one'),
        ({"unit": "u"}, {"unit": "km"}, "unit is given by --map and by --set"),
    ],
)
def test_options_have_to_name_our_columns_once(
    mapping: dict[str, str], fixed: dict[str, str], problem: str
) -> None:
    with pytest.raises(UsageError, match=problem):
        check_options(Columns(mapping, fixed, {}))
