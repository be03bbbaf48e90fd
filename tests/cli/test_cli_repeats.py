"""Rows of a file that come to one claim, as a person is told of them."""

from __future__ import annotations

from pathlib import Path

from support.person import Factlog

POLLS = (
    "subject,source,value,as_of,pollster,sample\n"
    + "".join(f"election,Daily,{40 + n}%,2024-05-{n + 1:02d},Alpha,1000\n" for n in range(15))
    + "".join(f"election,Daily,{40 + n}%,2024-05-{n + 1:02d},Beta,1000\n" for n in range(4))
    + "election,Daily,40%,2024-05-01,Alpha,1000\n"
)
REPEATED = (
    "4 rows repeat the claim of an earlier row but differ in columns that were not imported "
    "(pollster): line 17 like line 2, line 18 like line 3, line 19 like line 4 and 1 more.\n"
)


def test_polls_that_only_a_column_not_imported_tells_apart_are_named(
    factlog: Factlog, here: Path
) -> None:
    (here / "polls.csv").write_text(POLLS, encoding="utf-8")
    ignored = "Columns not taken: pollster, sample\n"
    apart = "import the column: --map scope=pollster.\n"
    tried = factlog("import", "-n", "polls.csv")
    assert tried.err == f"{ignored}{REPEATED}To keep them apart, {apart}"
    back = "take this import back (factlog undo) and "
    done = factlog("import", "polls.csv")
    assert done.err == f"{ignored}{REPEATED}To keep them apart, {back}{apart}"
    assert factlog("undo").code == 0
    mapped = factlog("import", "polls.csv", "--map", "scope=pollster")
    assert mapped.out == "Recorded 19 claims from polls.csv; 1 row repeats a claim of this file.\n"
    again = factlog("import", "polls.csv", "--map", "scope=pollster")
    assert again.out == "Nothing new in polls.csv: 20 claims on record already.\n"
    assert mapped.err == "Columns not taken: sample\n"


def test_one_poll_is_named_in_the_singular_with_a_column_of_ours_that_is_free(
    factlog: Factlog, here: Path
) -> None:
    rows = "subject,source,value,scope,my id\nelection,D,40%,US,1\nelection,D,40%,US,2\n"
    (here / "polls.csv").write_text(rows, encoding="utf-8")
    assert factlog("import", "-n", "polls.csv").err.splitlines()[1:] == [
        "1 row repeats the claim of an earlier row but differs in columns that were not imported "
        "(my id): line 3 like line 2.",
        "To keep them apart, import the column: --map note='my id'.",
    ]


def test_what_was_on_record_is_told_from_what_the_file_repeats(
    factlog: Factlog, here: Path
) -> None:
    rows = [f"s,t,{number}\n" for number in (1, 2, 2, 3, 3, 3)]
    (here / "few.csv").write_text("subject,source,value\n" + rows[0], encoding="utf-8")
    assert factlog("import", "few.csv").code == 0
    (here / "few.csv").write_text("subject,source,value\n" + "".join(rows), encoding="utf-8")
    assert factlog("import", "few.csv").out == (
        "Recorded 2 claims from few.csv; 1 claim on record already; "
        "3 rows repeat claims of this file.\n"
    )


HEADER = "subject,measure,source,as_of,value\n"


def test_rows_corrected_since_an_earlier_import_of_the_file_are_named(
    factlog: Factlog, here: Path
) -> None:
    sheet = here / "people.csv"
    sheet.write_text(f"{HEADER}Chad,people,UN,2020,15\nSudan,people,UN,2020,41\n", encoding="utf-8")
    assert factlog("import", "people.csv").err == ""
    sheet.write_text(f"{HEADER}Chad,people,UN,2020,15\nSudan,people,UN,2020,42\n", encoding="utf-8")
    done = factlog("import", "people.csv")
    assert done.out == "Recorded 1 claim from people.csv; 1 claim on record already.\n"
    assert done.err.splitlines() == [
        "1 row has another number than an earlier import of people.csv recorded; both are kept:",
        "  Sudan, people (UN, 2020): 41 (claim 2) is now 42 (claim 3)",
        "If they are corrections, withdraw the old: "
        "factlog retract 2 --reason 'corrected in people.csv'",
    ]
    assert factlog("import", "people.csv").err == ""


def test_of_many_corrections_the_first_are_named_and_the_ids_of_a_hundred(
    factlog: Factlog, here: Path
) -> None:
    for extra in (0, 1000):
        rows = "".join(f"Dam,height,Ministry,{1900 + n},{n + extra}\n" for n in range(101))
        (here / "dam.csv").write_text(HEADER + rows, encoding="utf-8")
        done = factlog("import", "dam.csv")
    told = done.err.splitlines()
    assert told[0].startswith("101 rows have another number")
    assert [len(told), told[4]] == [6, "  and 98 more"]
    assert "(the first 100 here): factlog retract 1 2 3 " in told[5]
    assert " 99 100 --reason" in told[5]


def test_what_another_file_says_or_a_row_beside_one_that_stays_corrects_nothing(
    factlog: Factlog, here: Path
) -> None:
    first = f"{HEADER}Chad,people,UN,2020,15\n"
    for name, text in [
        ("people.csv", first),
        ("more.csv", f"{HEADER}Chad,people,UN,2020,16\n"),
        ("people.csv", f"{first}Chad,people,UN,2020,17\nChad,people,UN,2021,18\n"),
    ]:
        (here / name).write_text(text, encoding="utf-8")
        assert factlog("import", name).err == ""
