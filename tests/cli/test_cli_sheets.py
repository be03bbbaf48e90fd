"""Files as they come, each imported with one command."""

from __future__ import annotations

import json
import os
import pty
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from support.person import Factlog

ROOT = Path(__file__).parents[2]
SHEETS = ROOT / "tests" / "importing" / "sheets"


def told(factlog: Factlog, *columns: str) -> list[tuple[str, ...]]:
    """What is on record: these columns of each claim."""
    out = factlog("export", "-f", "jsonl").out
    return [tuple(json.loads(line).get(one) or "" for one in columns) for line in out.splitlines()]


def test_the_economists_file(factlog: Factlog) -> None:
    done = factlog(
        *("import", str(ROOT / "examples" / "economist_estimates.csv"), "--split-via"),
        *("--set", "subject=Ukraine war", "--map", "scope=country", "--date-format", "%d/%m/%Y"),
    )
    assert done.code == 0
    assert "low from estimate_low, high from estimate_high, value from estimate" in done.err
    claims = told(factlog, "measure", "source", "via", "value", "as_of", "scope")
    assert len(claims) == 124
    assert (
        "killed",
        "US officials",
        "The Economist",
        "15000 to 20000",
        "2022-07-24",
        "russia",
    ) in [({"deaths": "killed"}.get(one[0], one[0]), *one[1:]) for one in claims]


def test_several_measures_a_row_and_day_numbers(factlog: Factlog) -> None:
    done = factlog(
        *("import", str(SHEETS / "daily.csv"), "--set", "subject=Dam break"),
        *("--days-from", "2023-09-09"),
    )
    assert done.out == f"Recorded 9 claims from {SHEETS / 'daily.csv'}.\n"
    assert done.err.splitlines() == [
        "Columns taken by another name: as_of from Day, source from Reported by, "
        "note from Remarks, killed from Dead, injured from Wounded, missing from Missing persons",
        "3 empty values were skipped (n/a, -, missing).",
        "1 value was read without what stands behind it, which is in the note "
        "(31 (incl. 4 children)).",
        "1 value with a ? was read as about (76?).",
    ]
    assert told(factlog, "measure", "value", "as_of", "note")[:5] == [
        ("killed", "12", "2023-09-10", "first count"),
        ("injured", "40", "2023-09-10", "first count"),
        ("killed", "31", "2023-09-11", "incl. 4 children"),
        ("injured", "about 76", "2023-09-11", 'written "76?"'),
        ("missing", "17", "2023-09-11", ""),
    ]


def test_dates_across_with_a_kind_for_the_new_measure(factlog: Factlog) -> None:
    done = factlog(
        *("import", str(SHEETS / "across.csv"), "--dates-across", "%m/%d/%y", "--kind"),
        *("cumulative", "--map", "subject=Country", "--map", "scope=Province/State"),
        *("--set", "measure=infected", "--set", "source=Health Board"),
    )
    assert done.code == 0
    assert told(factlog, "scope", "value", "as_of") == [
        ("Hubei", "17", "2020-01-22"),
        ("Hubei", "17", "2020-01-23"),
        ("Hubei", "24", "2020-01-24"),
        ("Delta", "0", "2020-01-22"),
        ("Delta", "1", "2020-01-24"),
    ]
    kinds = json.loads(factlog("measure", "-f", "json").out)
    assert [one["kind"] for one in kinds if one["measure"] == "infected"] == ["cumulative"]
    events = json.loads(factlog("log", "-f", "json").out)
    assert [(one["action"], one["about"]) for one in events] == [
        ("import", "5 claims from across.csv")
    ]
    assert factlog("log", "--verify").code == 0
    assert factlog("undo", "-y").code == 0
    assert factlog("list", "-f", "jsonl").out == ""
    kinds = json.loads(factlog("measure", "-f", "json").out)
    assert [one["kind"] for one in kinds if one["measure"] == "infected"] in ([], ["constant"])
    assert factlog("log", "--verify").code == 0


def test_a_known_measure_keeps_its_kind(factlog: Factlog) -> None:
    done = factlog("import", str(SHEETS / "flags.csv"), "--kind", "flow")
    assert "killed stays cumulative: factlog measure set NAME --kind flow" in done.err


def test_flags_make_bounds(factlog: Factlog) -> None:
    flags = ("--at-least-if", "Minimum=1", "--about-if", "Approximate=1")
    assert factlog("import", str(SHEETS / "flags.csv"), *flags).code == 0
    assert told(factlog, "value") == [("at least 40",), ("52",), ("about 200",)]


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("Event,Source,Dead,Dead min,Hurt,Hurt min", ("killed:Dead min", "hurt: HURT MIN")),
        ("Event,Source,Dead,killed: min,Hurt,Hurt min", ("killed: min", "hurt:Hurt min")),
    ],
)
@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_a_flag_is_about_one_measure_or_all(
    factlog: Factlog, here: Path, header: str, names: tuple[str, str], suffix: str
) -> None:
    rows = [header.split(","), *(each.split(",") for each in ("F,A,30,1,12,", "F,B,31,,40,1"))]
    text = "\n".join(map(",".join, rows))
    if suffix == "json":
        text = json.dumps([dict(zip(rows[0], row, strict=True)) for row in rows[1:]])
    (here / f"a.{suffix}").write_text(text)
    options = [each for name in names for each in ("--at-least-if", f"{name}=1")]
    measures = ("--measures", "killed=Dead", "--measures", "hurt=Hurt")
    assert factlog("import", f"a.{suffix}", *measures, *options).code == 0
    whole = "at least 12" if names[0] == "killed: min" else "12"  # a column of that very name
    expected = [("at least 30",), (whole,), ("31",), ("at least 40",)]
    assert told(factlog, "value") == expected


def test_a_unit_with_a_scale(factlog: Factlog) -> None:
    done = factlog(
        *("import", str(SHEETS / "thousands.csv"), "--map", "subject=Country", "--map"),
        *("as_of=Year", "--map", "value=Population (thousands)", "--set", "measure=population"),
        *("--unit", "thousand people"),
    )
    assert done.code == 0
    page = json.loads(factlog("compare", "-f", "json", "Norland").out)
    (measure,) = page["subjects"][0]["measures"]
    assert [side["best"] for side in measure["sides"]] == [8190250, 8123500]
    assert measure["unit"] is None
    factlog("add", "Norland", "population=8,000,000", "--source", "A bare count")
    assert "gap" in factlog("compare", "Norland", "--full").out


@pytest.mark.parametrize(
    ("unit", "told"),
    [("people", True), ("million people", True), ("thousand people", False), ("1000", False)],
)
@pytest.mark.parametrize("option", ["--unit", "--set"])
def test_a_unit_that_is_not_the_one_of_the_header_is_told(
    factlog: Factlog, unit: str, told: bool, option: str
) -> None:
    done = factlog(
        *("import", "-n", str(SHEETS / "thousands.csv"), "--map", "subject=Country"),
        *("--measures", "population=Population (thousands)"),
        *(option, unit if option == "--unit" else f"unit={unit}"),
    )
    assert done.code == 0
    words = "headers name another: thousands (Population (thousands))"
    assert (words in done.err) == told


def test_a_german_table_in_thousands(factlog: Factlog, here: Path) -> None:
    (here / "a.csv").write_text("Land;Quelle;Stand\nBayern;Amt;13.435,1\nSaarland;Amt;1.014\n")
    done = factlog(
        *("import", "a.csv", "--map", "subject=Land", "--measures", "population=Stand"),
        *("--unit", "thousand people", "--locale", "de_DE"),
    )
    assert done.code == 0
    assert told(factlog, "value") == [("13435.1 thousand",), ("1014 thousand people",)]


def test_a_german_file(factlog: Factlog) -> None:
    locale = ("--locale", "de_DE", "--date-format", "%d.%m.%Y")
    done = factlog("import", str(SHEETS / "deutsch.csv"), *locale)
    assert "1 empty value was skipped (k.A.)." in done.err
    assert told(factlog, "measure", "value", "as_of")[0] == ("Pegelstand", "5.75 m", "2021-07-14")
    assert "5.75 m" in factlog("list").out


def test_reasons_write_the_numbers_of_a_german_file_as_english_does(
    factlog: Factlog, here: Path
) -> None:
    (here / "a.csv").write_text(
        "Ort;Quelle;Datum;Tote;Verletzte\nAhrtal;BBK;2021-07-14;134;766\n"
        "Ahrtal;dpa;2021-07-14;1.234;1.000\n"
    )
    options = (
        "--map",
        "subject=Ort",
        "--measures",
        "killed=Tote",
        "--measures",
        "injured=Verletzte",
    )
    assert factlog("import", "a.csv", *options, "--locale", "de_DE").code == 0
    out = factlog("explain", "Ahrtal").out
    assert "killed 1,234 + injured 1,000" in " ".join(out.split())
    assert "1.234" not in out
    assert "1.234" in factlog("show", "3").out


RECORDER = (
    *("--map", "subject=Incident Name", "--map", "source=Source / via", "--map"),
    *("as_of=Date (dd/mm/yy)", "--measures", "killed=Killed (est.)", "--measures"),
    *("injured=# Wounded", "--split-via", "--date-format", "%d/%m/%Y", "--date-format", "%m/%d/%y"),
)


def test_bad_rows_are_told_by_their_reason(factlog: Factlog) -> None:
    done = factlog("import", str(SHEETS / "recorder_sheet.csv"), *RECORDER)
    assert done.code == 2
    assert done.err.splitlines() == [
        "18 of 200 rows cannot be read, so nothing was imported.",
        "  lines 13, 17, 20 and 15 more: source: is blank",
        "Mend them, or take the others with --skip-bad --reject FILE.",
    ]
    assert factlog("import", str(SHEETS / "recorder_sheet.csv"), *RECORDER, "--skip-bad").code == 0


def test_all_that_is_missing_is_named_at_once_with_what_may_fill_it(
    factlog: Factlog, here: Path
) -> None:
    (here / "a.csv").write_text("No.,Incidents,Killed (est.),Source / via\n1,Fire,3,BBC\n")
    failed = factlog("import", "a.csv")
    assert failed.code == 2
    assert failed.err.splitlines() == [
        'The file has no column "subject", "source" or "value"; '
        "it has: No., Incidents, Killed (est.), Source / via.",
        'Name what fills it: --map subject=COLUMN or --set subject="...", --map source=COLUMN or '
        '--set source="...", --map value=COLUMN (or low, or high), --measures killed=COLUMN. '
        "Perhaps: --map subject=Incidents --map source='Source / via' "
        "--measures killed='Killed (est.)'",
    ]
    assert not (here / "factlog.db").exists()


MISSING = "No.,Incidents,Killed (est.),Source / via\n1,Fire,3,BBC\n"


@pytest.mark.parametrize(
    ("header", "perhaps"),
    [
        ("Incident,Source (primary),Source (secondary),Dead", "--map source='Source (primary)'"),
        ("Town,Dead,Agency,Reporter,Start date", "--map subject=Town --map as_of='Start date'"),
    ],
)
def test_what_need_not_be_there_is_not_guessed_of_another_name(
    factlog: Factlog, here: Path, header: str, perhaps: str
) -> None:
    (here / "a.csv").write_text(f"{header}\n{'1,' * header.count(',')}1\n")
    assert factlog("import", "a.csv").err.endswith(f" Perhaps: {perhaps}\n")


UNSURE = "subject,source,value,As off,Scopes\nFire,BBC,3,2024,north\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "answers", "shown", "kept"),
    [
        (MISSING, "y\n", "killed from Killed (est.)", [("Fire", "killed", "", "")]),
        (MISSING, "n\n", "killed from Killed (est.)", None),
        (MISSING, "1\n", 'no column "source"', None),
        (UNSURE, "y\n", "as_of from As off", [("Fire", "", "2024", "north")]),
        (UNSURE, "n\n", "scope from Scopes", [("Fire", "", "", "")]),
        (UNSURE, "9\n2\n", "scope from Scopes", [("Fire", "", "", "north")]),
    ],
)
def test_on_a_terminal_each_guess_is_asked_about(
    factlog: Factlog,
    here: Path,
    text: str,
    answers: str,
    shown: str,
    kept: list[tuple[str, ...]] | None,
) -> None:
    (here / "a.csv").write_text(text)
    ours, theirs = pty.openpty()
    os.write(ours, answers.encode())
    done = subprocess.run(
        [sys.executable, "-m", "factlog", "import", "a.csv"],
        stdin=theirs, stderr=theirs, stdout=subprocess.PIPE, cwd=here, timeout=60, check=False,
    )  # fmt: skip
    os.close(theirs)
    assert done.returncode == (0 if kept else 2)
    assert shown.encode() in os.read(ours, 10_000)
    os.close(ours)
    if kept:
        assert told(factlog, "subject", "measure", "as_of", "scope") == kept


def test_elsewhere_only_what_is_certain_is_taken(factlog: Factlog, here: Path) -> None:
    (here / "a.csv").write_text(UNSURE)
    assert "Columns not taken: As off, Scopes" in factlog("import", "a.csv").err


@pytest.mark.parametrize(
    ("header", "perhaps"),
    [
        ("1/22/20,1/23/20", "--dates-across %m/%d/%y"),
        ("22.01.2020,23.01.2020", "--dates-across %d.%m.%Y"),
        ("1/22/20 Killed,1/23/20 killed", "--dates-across %m/%d/%y"),
        ("01/02/2020,01/03/2020", "--dates-across %m/%d/%Y or --dates-across %d/%m/%Y"),
    ],
)
def test_how_dates_that_head_columns_are_written_is_guessed(
    factlog: Factlog, here: Path, header: str, perhaps: str
) -> None:
    (here / "a.csv").write_text(f"subject,source,{header}\nA,B,1,2\n")
    for options in ((), ("--dates-across", "%Y-%m-%d")):
        assert factlog("import", "a.csv", *options).err.endswith(f" Perhaps: {perhaps}\n")


def test_dates_that_a_format_would_make_clear_name_the_option(factlog: Factlog, here: Path) -> None:
    (here / "a.csv").write_text("subject,source,killed,date,year\nA,B,1,03/04/2024,2024\n")
    failed = factlog("import", "a.csv").err.splitlines()
    assert failed[-1].startswith("Say how dates are written (--date-format %d/%m/%Y), mend them,")


def test_a_date_that_two_formats_read_differently_is_refused(factlog: Factlog, here: Path) -> None:
    (here / "a.csv").write_text("subject,source,killed,date\nA,B,1,03/04/2024\nA,B,1,13/04/2024\n")
    failed = factlog(*("import", "a.csv", "--date-format", "%d/%m/%Y", "--date-format", "%m/%d/%Y"))
    assert 'as_of: "03/04/2024" is 2024-04-03 by %d/%m/%Y and 2024-03-04 by %m/%d/%Y.' in failed.err
    assert "line 3" not in failed.err


def test_a_profile_keeps_the_options_for_next_time(factlog: Factlog, here: Path) -> None:
    (here / "a.csv").write_text("Town;Who;Dead;Rough;D\nOslo;BBC (via AP);3,5;1;2\n")
    given = (
        *("--map", "subject=Town", "--map", "source=Who", "--split-via", "--locale", "de_DE"),
        *("--measures", "killed=Dead", "--map", "as_of=D", "--days-from", "2024-01-01"),
        *("--about-if", "Rough=1", "--profile", "town.toml"),
    )
    dry = factlog("import", "a.csv", *given, "-n")
    assert "town.toml is written when the rows are recorded, not by -n." in dry.err
    first = factlog("import", "a.csv", *given)
    assert "These options are kept in town.toml; next time: --profile town.toml" in first.err
    (here / "b.csv").write_text("Town;Who;Dead;Rough;D\nRome;BBC (via AP);7;0;3\n")
    assert factlog("import", "b.csv", "--profile", "town.toml").code == 0
    assert told(factlog, "subject", "source", "via", "value", "as_of") == [
        ("Oslo", "BBC", "AP", "about 3.5", "2024-01-03"),
        ("Rome", "BBC", "AP", "7", "2024-01-04"),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('colour = "red"', "there is no option colour"),
        ("map = {", "cannot be read: it is not TOML"),
        ('unit = ["km", "m"]', "--unit has one value"),
        ("unit = {km = 1}", "--unit has one value"),
        ("split-via = 3", "'3' is not a valid boolean"),
        ("days-from = 2024-01-01T10:00:00", "this is no day"),
    ],
)
def test_a_profile_that_is_wrong_is_refused(
    factlog: Factlog, here: Path, text: str, told: str
) -> None:
    (here / "a.csv").write_text("subject,source,value\nA,B,3\n")
    (here / "town.toml").write_text(f"{text}\n")
    ran = factlog("import", "a.csv", "--profile", "town.toml")
    assert (ran.code, len(ran.err.splitlines())) == (2, 2)
    assert told in ran.err


def test_without_options_there_is_no_profile_to_keep(factlog: Factlog, here: Path) -> None:
    (here / "a.csv").write_text("subject,source,value\nA,B,3\n")
    ran = factlog("import", "a.csv", "--profile", "town.toml")
    assert ran.err == "There are no options to keep; town.toml was not written.\n"
    assert not (here / "town.toml").exists()


def test_a_mark_is_one_in_any_spelling_and_says_nothing_twice(factlog: Factlog, here: Path) -> None:
    (here / "a.csv").write_text("subject,source,value,Rough\nA,B,about 5,1\nA,C,6,1.0\nA,D,7,0\n")
    assert factlog("import", "a.csv", "--about-if", "Rough=1").code == 0
    assert told(factlog, "value") == [("about 5",), ("about 6",), ("7",)]


def test_a_locale_that_nobody_knows_is_told_once(factlog: Factlog, here: Path) -> None:
    (here / "a.csv").write_text("subject,source,value\nA,B,1\nA,C,some\n")
    failed = factlog("import", "a.csv", "--locale", "xx_YY", "--skip-bad")
    assert failed.code == 2
    assert failed.err.count('how numbers are written in "xx_YY"') == 1
    assert "bad row" not in failed.err


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("Dead,Killed,Wounded", "Say which is meant: --measures killed=Dead"),
        ("Dead,Dead,Wounded", "Rename one of them."),
    ],
)
def test_two_columns_of_one_measure_are_refused(
    factlog: Factlog, here: Path, header: str, told: str
) -> None:
    (here / "a.csv").write_text(f"subject,source,{header}\nA,B,1,2,3\n")
    failed = factlog("import", "a.csv")
    assert failed.code == 2
    assert "are both of the measure killed, by their names.\n" in failed.err
    assert failed.err.splitlines()[1] == told


@pytest.mark.parametrize(
    ("unit", "said", "told"),
    [
        (
            "miles",
            ["5,,,,,,km,", "6,,,,,,mile,"],
            ["1 value keeps the unit of its own row", "(km)."],
        ),
        ("km", ["5,,,,,,km,", "6,,,,,,km,"], []),
        ("'000 km", ["5,,,,,,km,", "6 thousand,,,,,,km,"], ["1 value keeps the unit", "(km)."]),
        ("zillion", ["5,,,,,,km,", "6,,,,,,zillion,"], ["is in a unit that factlog does not know"]),
    ],
)
def test_a_unit_fills_the_rows_that_name_none_and_is_told_where_it_does_not_or_is_unknown(
    factlog: Factlog, here: Path, unit: str, said: list[str], told: list[str]
) -> None:
    (here / "a.csv").write_text("subject,source,value,unit\nA,B,5,km\nA,C,6,\n")
    ran = factlog("import", "a.csv", "--unit", unit)
    assert ran.out == "Recorded 2 claims from a.csv.\n"
    assert all(each in ran.err for each in told)
    assert bool(ran.err) == bool(told)
    back = factlog("export", "-f", "csv").out
    assert all(each in back for each in said)


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (("--measures", "killed"), "--measures killed: an = stands between two names."),
        (("--measures", "a=value", "--measures", "a=source"), "--measures a is given twice."),
        (("--unit", "km", "--set", "unit=m"), "The unit is given by --unit and by --map or --set."),
        (("--measures", "killed=Hurt"), 'no column "Hurt" for --measures killed'),
        (("--at-least-if", "Mark=1"), 'no column "Mark" for --at-least-if'),
        (("--at-least-if", "hurt:value=1"), '--at-least-if is told about "hurt", of which no'),
        (("--dates-across", "%m/%d/%y"), "no column headed by a date like %m/%d/%y"),
        (("--reject", "bad.csv"), "--reject bad.csv is for the rows that --skip-bad leaves out."),
        (("--profile", "no/a.toml"), "The profile no/a.toml lies in a folder that does not exist."),
        (("--dates-across", "%d"), 'The date format "%d" has no year.'),
        (("--days-from", "soon"), "--days-from soon: this is no day."),
        (("--measures", "killed=value", "--set", "measure=x"), "both say where measure comes from"),
        (
            ("--measures", "killed=value", "--map", "plus=x"),
            "values alone, and plus is told beside it",
        ),
        (("--measures", "a=value", "--dates-across", "%Y"), "no column headed by a date like %Y"),
    ],
)
def test_options_that_do_not_fit_are_two_lines(
    factlog: Factlog, here: Path, options: tuple[str, ...], problem: str
) -> None:
    (here / "a.csv").write_text("subject,source,value\nA,B,1\n")
    failed = factlog("import", "a.csv", *options)
    assert failed.code == 2
    assert problem in failed.err.splitlines()[0]
    assert len(failed.err.splitlines()) == 2
    assert not (here / "factlog.db").exists()


@pytest.mark.parametrize(
    ("source", "by", "via"),
    [
        ("BBC (via AP)", "BBC", "AP"),
        ("MIVD (M) ( Via  AP )", "MIVD (M)", "AP"),
        *(
            (whole, whole, "")
            for whole in (
                "MIVD (M; note, clarified via email)",
                "Estimate (leak via WSJ)",
                "Red Cross, via radio",
                "Rome via Oslo desk",
                "(via AP)",
            )
        ),
    ],
)
def test_only_via_in_brackets_of_its_own_is_taken_apart(
    factlog: Factlog, here: Path, source: str, by: str, via: str
) -> None:
    (here / "a.csv").write_text(f'subject,source,value\nA,"{source}",1\n')
    assert factlog("import", "a.csv", "--split-via").code == 0
    assert told(factlog, "source", "via") == [(by, via)]


@pytest.mark.parametrize(
    ("row", "unit", "problem"),
    [
        ("A,B,2.1 million,", "million USD", "stands beside a unit with a scale, million"),
        ("A,X (via Y),1,Z", "", "names another than via"),
        ("A,B,12 (revised to 14),", "", "is not understood"),
        ("A,B,several?,", "thousand t", "value: "),
    ],
)
def test_cells_that_could_mean_more_are_refused(
    factlog: Factlog, here: Path, row: str, unit: str, problem: str
) -> None:
    (here / "a.csv").write_text(f"subject,source,value,via\n{row}\n")
    failed = factlog("import", "a.csv", "--split-via", "--unit", unit or "t")
    assert failed.code == 2
    assert problem in failed.err


@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_a_mark_that_no_row_has_is_told(factlog: Factlog, here: Path, suffix: str) -> None:
    rows = [{"subject": "A", "source": "B", "value": "3", "Least": mark} for mark in ("Yes", "")]
    text = "\n".join(map(",".join, [rows[0], *(row.values() for row in rows)]))
    (here / f"a.{suffix}").write_text(json.dumps(rows) if suffix == "json" else text)
    done = factlog("import", "-n", f"a.{suffix}", "--at-least-if", "Least=1")
    assert "No row has the mark of --at-least-if Least=1; it changed nothing.\n" in done.err
    assert "No row" not in factlog("import", f"a.{suffix}", "--at-least-if", "Least=yes").err


def test_columns_of_marks_that_are_not_taken_are_named(factlog: Factlog) -> None:
    done = factlog("import", str(SHEETS / "flags.csv"))
    assert "perhaps --at-least-if Minimum=MARK --about-if Approximate=MARK" in done.err


def test_a_column_whose_header_names_a_unit_may_be_a_measure(factlog: Factlog, here: Path) -> None:
    (here / "a.csv").write_text(
        "Country,Source,Water level (m),CO2 (kt),CO2 (Mt)\nNorland,Census,3,1,2\n"
    )
    failed = factlog("import", "a.csv")
    words = "--map subject=Country --measures 'water level'='Water level (m)'"
    assert failed.err.endswith(f"Perhaps: {words}\n")
    assert factlog("import", "a.csv", *shlex.split(words)).code == 0


def test_a_dry_run_shows_the_first_rows_as_they_would_be_read(factlog: Factlog) -> None:
    done = factlog("import", "-n", str(SHEETS / "flags.csv"), "--at-least-if", "Minimum=1")
    assert "at least 40" in done.out
    assert done.out.splitlines()[-1].startswith("3 claims would be read from ")


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_a_german_sheet_as_libreoffice_saves_it(factlog: Factlog, kind: str) -> None:
    """A title, a header of two rows with merged cells, dates, formulas, and words for numbers."""
    done = factlog(
        *("import", str(SHEETS / f"libreoffice.{kind}"), "--measures", "killed=Verluste Tote"),
        *("--measures", "injured=Verluste Verletzte", "--measures", "damage=Schaden (Mio. EUR)"),
        *("--date-format", "%d.%m.%Y", "--locale", "de_DE"),
    )
    assert done.code == 0
    assert "Units taken from the headers: Mio. EUR (Schaden (Mio. EUR))" in done.err
    page = json.loads(factlog("compare", "-f", "json").out)
    sides = {
        (measure["measure"], side["source"]): (side["low"] or side["best"], side["as_of"])
        for measure in page["subjects"][0]["measures"]
        for side in measure["sides"]
        if not side["derived"]
    }
    assert sides == {
        ("killed", "Kreis"): (134, "2021-07-14"),
        ("killed", "Land"): (135, "2021-07-18"),
        ("killed", "Zeitung"): (140, "2021-07-20"),
        ("injured", "Kreis"): (766, "2021-07-14"),
        ("injured", "Land"): (700, "2021-07-18"),
        ("injured", "Zeitung"): (800, "2021-07-20"),
        ("damage", "Kreis"): (2_001_000_000, "2021-07-14"),
        ("damage", "Zeitung"): (2_500_000_000, "2021-07-20"),
    }


ACROSS = ("--dates-across", "%d/%m/%Y")
TOLD = ("--measures", "killed=People lost", "--measures", "injured=Hurt")


@pytest.mark.parametrize(
    ("header", "options"),
    [
        ("Relief office\n,,2024-01-05,,2024-01-06,,\nArea,Source,Dead,Hurt,Dead,Hurt,Cf", ()),
        ("Area,Source,2024-01-05,2024-01-05,2024-01-06,2024-01-06,\n,,Dead,Hurt,Dead,Hurt,", ()),
        ("Area,Source,05/01/2024,,06/01/2024,,\n,,Dead,Hurt,Dead,Hurt,", ACROSS),
        ("Area,Source,Dead 05/01/2024,Hurt 05/01/2024,06/01/2024 dead,06/01/2024 hurt,", ACROSS),
        (
            "Area,Source,05/01/2024,,06/01/2024,,\n,,People lost,Hurt,People lost,Hurt,",
            (*ACROSS, *TOLD),
        ),
    ],
)
def test_dates_over_measures(
    factlog: Factlog, here: Path, header: str, options: tuple[str, ...]
) -> None:
    (here / "a.csv").write_text(f"{header}\nNorth,Office,3,10,4,12,\n")
    done = factlog("import", "a.csv", "--map", "subject=Area", *options)
    assert done.code == 0, done.err
    assert told(factlog, "value", "measure", "as_of") == [
        ("3", "killed", "2024-01-05"),
        ("10", "injured", "2024-01-05"),
        ("4", "killed", "2024-01-06"),
        ("12", "injured", "2024-01-06"),
    ]


def test_measures_over_dates(factlog: Factlog, here: Path) -> None:
    header = "subject,source,Dead,,Hurt,\n,,05/01/2024,06/01/2024,05/01/2024,06/01/2024"
    (here / "a.csv").write_text(f"{header}\nNorth,Office,3,10,4,12\n")
    assert factlog("import", "a.csv", *ACROSS).code == 0
    assert told(factlog, "value", "measure", "as_of")[1:3] == [
        ("10", "killed", "2024-01-06"),
        ("4", "injured", "2024-01-05"),
    ]


def test_words_beside_dates_that_are_no_measure_are_asked_for(factlog: Factlog, here: Path) -> None:
    header = "subject,source,05/01/2024,,06/01/2024,\n,,Persons dead,Tents,Persons dead,Tents"
    (here / "a.csv").write_text(f"{header}\nNorth,Office,3,10,4,12\n")
    failed = factlog("import", "a.csv", *ACROSS)
    assert failed.err.splitlines() == [
        "Beside the dates that head its columns the file names no measure that is known: "
        "Persons dead, Tents.",
        "Say which each is: --measures killed='Persons dead' --measures MEASURE=Tents",
    ]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("1.300,\n12.5,", "numbers are written (--locale de_DE)"),
        ('"12,5",', "numbers are written (--locale de_DE)"),
        ("3,01/02/2024", "dates are written (--date-format %d/%m/%Y)"),
        ("3,01.02.2024", "dates are written (--date-format %d.%m.%Y)"),
        (
            "3,01/02/2024\n1.300,2024",
            "dates are written (--date-format %d/%m/%Y) and numbers (--locale de_DE)",
        ),
        (
            '"1.204,5",14.07.2021',
            "numbers are written (--locale de_DE) and dates (--date-format %d.%m.%Y)",
        ),
        ("(3),01/02/2024", "dates are written (--date-format %d/%m/%Y)"),
        ("(3),", ""),
    ],
)
@pytest.mark.parametrize("number", ["value", "Dead"])
def test_what_options_would_make_clear_is_said(
    factlog: Factlog, here: Path, rows: str, told: str, number: str
) -> None:
    lines = "".join(f"A,B,{row}\n" for row in rows.split("\n"))
    (here / "a.csv").write_text(f"subject,source,{number},as_of\n{lines}")
    last = factlog("import", "a.csv").err.splitlines()[-1]
    assert last.startswith(f"Say how {told}, mend them, or" if told else "Mend them, or")


def test_cells_may_be_parted_by_bars(factlog: Factlog, here: Path) -> None:
    (here / "a.csv").write_text('subject|source|killed\nA|B|1,300\nA|"C|D"|3\n')
    assert factlog("import", "a.csv").code == 0
    assert told(factlog, "source", "value") == [("B", "1,300"), ("C|D", "3")]


def test_columns_of_places_and_of_spans_are_pointed_at(factlog: Factlog) -> None:
    Path("places.csv").write_text(
        "Country,Source,From,To,Killed\nSudan,UN,2024-01-02,2024-01-05,5\n"
    )
    done = factlog("import", "places.csv")
    assert "Perhaps: --map as_of=From/To --map subject=Country" in done.err
    done = factlog("import", "places.csv", "--map", "subject=Country", "--map", "until=To")
    assert done.err.splitlines()[1:] == [
        "Name the columns of first and last days together: --map as_of=FIRST/LAST"
    ]
    assert factlog("import", "places.csv", "--map", "subject=Country").code == 0


ENDS = "Killed,Killed (min),Killed (max)"


@pytest.mark.parametrize(
    ("header", "cells", "said"),
    [
        ("Killed,Killed low,Killed high", "5,3,8", ["3 to 8, best 5"]),
        (f"{ENDS},Injured", "5,3,8,2", ["3 to 8, best 5", "2"]),
        (
            f"{ENDS},Hurt,Hurt low,Hurt high",
            "5,3,8,2,1,4",
            ["3 to 8, best 5", "1 to 4, best 2"],
        ),
        ("Tote,Tote min,Tote max", ",3,8", ["3 to 8"]),
        (
            "Killed (thousand),Killed low (thousand),Killed high (thousand)",
            "5,3,8",
            ["3 thousand to 8 thousand, best 5 thousand"],
        ),
        ("Killed (thousand),Killed low,Killed high", "5,3,8", ["5 thousand"]),
        ("Killed,Killed low", "5,3", ["5"]),
        ("Killed min,Killed max,Hurt min,Hurt max", "3,8,1,4", ["3 to 8", "1 to 4"]),
        ("Killed min,Killed max,Injured", "3,8,1", ["1", "3 to 8"]),
        ("Killed low,Killed high,Hurt low,Hurt high", ",8,,", ["at most 8"]),
        ("killed_best,killed_min,killed_max,Injured", "5,3,8,2", ["2", "3 to 8, best 5"]),
        ("Killed,Killed low,Killed min,Killed high", "5,3,4,8", ["5"]),
    ],
)
def test_a_measure_is_taken_with_both_its_ends(
    factlog: Factlog, header: str, cells: str, said: list[str]
) -> None:
    Path("a.csv").write_text(f"Event,Source,{header}\nRaid,UN,{cells}\n")
    assert factlog("import", "a.csv").code == 0
    assert [value for (value,) in told(factlog, "value")] == said


def test_ends_by_another_name_are_told(factlog: Factlog) -> None:
    Path("a.csv").write_text(f"Event,Source,{ENDS}\nRaid,UN,5,3,8\n")
    assert factlog("import", "a.csv").err.startswith(
        "Columns taken by another name: subject from Event, killed low from Killed (min), "
        "killed high from Killed (max)\n"
    )


def test_columns_headed_by_dates_are_not_beside_a_column_of_values(factlog: Factlog) -> None:
    done = factlog("import", str(SHEETS / "across.csv"))
    assert done.err.endswith(" Perhaps: --map subject=Country --dates-across %m/%d/%y\n")
