"""Reading a file for the import: every kind of list, and every way in which one can be broken."""

import datetime as dt
import json
import time

import pytest

from people.imports import columns
from people.imports.results import RowResult
from people.imports.rows import Context, read_rows
from people.imports.sheets import read_workbook
from people.imports.tables import Tables, tables_of
from people.imports.words import Field, FileProblem, NeverRead, RowProblem, UnreadableFileError
from tests.people import import_files as files

CONTEXT = Context(today=dt.date(2026, 11, 23), town="Kalmthout")
EXPECTED_KINDS = {
    "noname": RowProblem.NO_NAME,
    "words": RowProblem.SIZE_NOT_A_NUMBER,
    "neg": RowProblem.SIZE_NEGATIVE,
    "nan": RowProblem.ERROR_VALUE,
    "dupnr": RowProblem.NUMBER_DOUBLED,
    "nodate": RowProblem.DATE_IMPOSSIBLE,
    "oldcentury": RowProblem.DATE_FAR_AWAY,
}
TRUTH = json.loads(files.real("truth.json"))


def tables(content: bytes, name: str = "lijst.xlsx") -> Tables:
    return tables_of(read_workbook(content, name))


def read(content: bytes, name: str = "lijst.xlsx") -> list[RowResult]:
    found = tables(content, name).tables
    return read_rows([(table, columns.suggest(table.headings)) for table in found], CONTEXT)


def names(results: list[RowResult]) -> list[tuple[str, str]]:
    return [(r.values.name.first, r.values.name.last) for r in results if r.values]


def problems(results: list[RowResult]) -> dict[int, list[RowProblem]]:
    return {r.row: [fault.problem for fault in r.faults] for r in results if r.faults}


def refusal(content: bytes, name: str = "lijst.xlsx") -> FileProblem:
    with pytest.raises(UnreadableFileError) as caught:
        tables(content, name)
    assert str(caught.value) == caught.value.problem.label
    return caught.value.problem


SMALL_NAMES = [("An", "Peeters"), ("Jozef", "Van den Broeck")]


@pytest.mark.parametrize("name", sorted(TRUTH))
def test_real_list_names_every_problem_row_and_reads_the_others(name):
    results = read(files.real(name), name)
    found = {
        str(index): [fault.problem for fault in result.faults]
        for index, result in enumerate(results)
        if result.faults
    }
    assert len(results) == TRUTH[name]["rows"]
    assert found == {
        index: [EXPECTED_KINDS[kind]] for index, kind in TRUTH[name]["problem_rows"].items()
    }


def test_names_in_one_column_are_split_like_the_list_that_has_two():
    apart = {r.values.number: r.values.name for r in read(files.real("klanten-plain.xlsx"))}
    together = {
        r.values.number: r.values.name
        for r in read(files.real("klanten-titled.xlsx"))
        if r.values and r.values.number
    }
    # "Thị Hoa | Nguyễn" is the family name first only for who knows it; the rest is the same.
    different = [number for number, name in together.items() if apart[number] != name]
    assert len(together) > 150
    assert different == [15]


def test_real_list_keeps_the_row_number_that_excel_shows():
    assert [r.row for r in read(files.real("klanten-titled.xlsx")) if r.faults] == [
        28,
        46,
        78,
        104,
        117,
        124,
    ]


def test_second_use_of_a_number_names_the_first_row():
    [fault] = [r.faults[0] for r in read(files.real("klanten-titled.xlsx")) if r.row == 117]
    assert (fault.cell, fault.other_row) == ("4", 8)


def test_real_list_never_keeps_remarks_and_addresses():
    [table] = tables(files.real("klanten-titled.xlsx")).tables
    assert [(r.heading, r.reason) for r in table.refused] == [
        ("Adres", NeverRead.ADDRESS),
        ("Gemeente", NeverRead.ADDRESS),
        ("Opmerkingen", NeverRead.REMARKS),
    ]
    assert "diabeet" not in json.dumps(
        tables(files.real("klanten-titled.xlsx")).as_json(), ensure_ascii=False
    )


def test_national_numbers_are_not_even_in_the_draft():
    kept = json.dumps(tables(files.real("klanten-rrn.xlsx")).as_json())
    assert "033.61" not in kept
    assert "El Amrani" in kept


# --- the kinds of file ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (files.as_xlsx(), "lijst.xlsx"),
        (files.as_xls(), "lijst.xls"),
        (files.as_ods(), "lijst.ods"),
        (files.as_csv(separator=";"), "lijst.csv"),
        (files.as_csv(separator=","), "lijst.csv"),
        (files.as_csv(separator="\t"), "lijst.txt"),
        (files.as_csv(encoding="utf-8-sig"), "lijst.csv"),
        (files.as_csv(encoding="utf-16"), "lijst.csv"),
        (files.as_csv(encoding="utf-16-le"), "lijst.csv"),
        (files.as_csv(encoding="utf-16-be"), "lijst.csv"),
        (files.as_csv(encoding="cp1252"), "lijst.csv"),
        (b"sep=,\r\n" + files.as_csv(separator=","), "lijst.csv"),
    ],
    ids=[
        "xlsx",
        "xls",
        "ods",
        ";",
        ",",
        "tab",
        "bom",
        "utf16",
        "utf16le",
        "utf16be",
        "1252",
        "sep=",
    ],
)
def test_every_kind_of_file_gives_the_same_households(content, name):
    results = read(content, name)
    assert names(results) == SMALL_NAMES
    assert [r.row for r in results] == [2, 3]
    assert [(r.values.adults, r.values.children) for r in results] == [(2, 1), (1, 0)]
    assert results[0].values.valid_until == dt.date(2027, 3, 21)


@pytest.mark.parametrize("wrong_name", ["lijst.csv", "lijst.xls", "lijst", "foto.png"])
def test_wrong_extension_changes_nothing(wrong_name):
    assert names(read(files.as_xlsx(), wrong_name)) == SMALL_NAMES


def test_csv_called_xlsx_is_read_as_text():
    assert names(read(files.as_csv(), "lijst.xlsx")) == SMALL_NAMES


def test_accents_of_cp1252_survive():
    grid = [["Naam", "Voornaam"], ["Lefèvre", "Chloé"], ["D’Hondt", "Zoë"]]
    assert names(read(files.as_csv(grid, encoding="cp1252"), "x.csv")) == [
        ("Chloé", "Lefèvre"),
        ("Zoë", "D’Hondt"),
    ]


def test_name_whose_letters_were_lost_is_read_and_said():
    [row] = [r for r in read(files.real("klanten-cp1252.csv"), "x.csv") if r.row == 164]
    assert row.values.name.last == "??????"
    assert "letters_lost" in row.notices


# --- what can't be read --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (lambda: b"", FileProblem.EMPTY),
        (lambda: b"\xef\xbb\xbf\r\n \r\n", FileProblem.EMPTY),
        (lambda: files.as_xlsx([]), FileProblem.EMPTY),
        (lambda: files.as_csv([["Nr", "Naam"]]), FileProblem.HEADER_ONLY),
        (lambda: files.as_xlsx([["Nr", "Naam"]]), FileProblem.HEADER_ONLY),
        (lambda: files.as_xlsx()[:2500], FileProblem.DAMAGED),
        (lambda: files.as_xls()[:1200], FileProblem.DAMAGED),
        (lambda: files.encrypted_xlsx(), FileProblem.ENCRYPTED),
        (lambda: b"%PDF-1.7 \n" + bytes(200), FileProblem.NOT_A_SPREADSHEET),
        (lambda: b"\x89PNG\r\n\x1a\n" + bytes(200), FileProblem.NOT_A_SPREADSHEET),
        (lambda: bytes(range(256)) * 20, FileProblem.NOT_A_SPREADSHEET),
        (lambda: b"<html><table><tr><td>Naam</td></tr></table></html>", FileProblem.WEB_PAGE),
        (lambda: files.zip_bomb(), FileProblem.UNPACKS_TOO_LARGE),
        (lambda: files.lying_zip(), FileProblem.DAMAGED),
        (lambda: files.as_xlsx(far_cell=True), FileProblem.UNPACKS_TOO_LARGE),
        (lambda: b"Naam;Voornaam\r\n" + b"x" * 5_300_000, FileProblem.TOO_LARGE),
        (
            lambda: files.as_csv([["Naam"], *([f"Peeters {n}"] for n in range(20_001))]),
            FileProblem.TOO_MANY_ROWS,
        ),
        (
            lambda: files.as_csv([["Naam", *range(200)], ["Peeters", *range(200)]]),
            FileProblem.TOO_MANY_COLUMNS,
        ),
        (lambda: b'Nr;Naam\r\n1;"Peeters\r\n2;Claes\r\n3;Maes\r\n', FileProblem.OPEN_QUOTE),
    ],
    ids=[
        "nothing",
        "blank",
        "empty xlsx",
        "header csv",
        "header xlsx",
        "cut xlsx",
        "cut xls",
        "encrypted",
        "pdf",
        "png",
        "noise",
        "html",
        "bomb",
        "lying zip",
        "far cell",
        "5 MB",
        "rows",
        "columns",
        "quote",
    ],
)
def test_unreadable_file_says_what_to_do(make, problem):
    assert refusal(make()) == problem


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("leeg.csv", FileProblem.EMPTY),
        ("alleen-kop.csv", FileProblem.HEADER_ONLY),
        ("breed.csv", FileProblem.TOO_MANY_COLUMNS),
        ("foto.xlsx", FileProblem.NOT_A_SPREADSHEET),
    ],
)
def test_broken_file_of_the_field_says_what_to_do(name, problem):
    assert refusal(files.real(name), name) == problem


def test_formulas_and_markup_are_no_names():
    assert problems(read(files.real("formule.csv"), "formule.csv")) == {
        2: [RowProblem.NAME_NOT_A_NAME],
        3: [RowProblem.NAME_NOT_A_NAME],
        4: [RowProblem.NAME_NOT_A_NAME],
    }


# --- how a list can look -------------------------------------------------------------------------


def test_titles_and_empty_rows_above_and_between_are_passed_over():
    grid = [["Lijst 2026"], ["door Rita"], [], *files.SMALL[:2], ["", ""], files.SMALL[2]]
    results = read(files.as_xlsx(grid))
    assert names(results) == SMALL_NAMES
    assert [r.row for r in results] == [5, 7]


def test_totals_row_is_no_household():
    grid = [*files.SMALL, [], ["", "TOTAAL", "", 3, 1]]
    assert names(read(files.as_xlsx(grid))) == SMALL_NAMES
    assert problems(read(files.as_xlsx(grid))) == {}


def test_headings_repeated_on_every_printed_page_are_no_household():
    grid = [*files.SMALL[:2], files.SMALL[0], files.SMALL[2]]
    assert names(read(files.as_xlsx(grid))) == SMALL_NAMES
    assert problems(read(files.as_xlsx(grid))) == {}


def test_columns_in_another_order_are_recognised():
    grid = [list(reversed(row)) for row in files.SMALL]
    assert names(read(files.as_csv(grid))) == SMALL_NAMES


def test_only_a_name_is_enough():
    [row] = read(files.as_csv([["Naam"], ["Peeters An"]]))
    assert (row.values.name.first, row.values.name.last) == ("An", "Peeters")
    assert (row.values.adults, row.values.children) == (1, 0)
    assert set(row.notices) == {"no_number", "no_size", "no_date"}


def test_list_without_names_is_kept_for_a_person_to_say_what_is_what():
    [table] = tables(files.as_csv([["Code", "Wie"], ["1", "An Peeters"]])).tables
    assert not table.recognised
    assert columns.suggest(table.headings) == [Field.SKIP, Field.SKIP]
    assert table.rows[0].cells == ("1", "An Peeters")


def test_doubled_column_is_taken_once_but_two_phones_are_not_doubled():
    assert columns.suggest(["Naam", "Voornaam", "Naam", "Tel", "GSM"]) == [
        Field.LAST_NAME,
        Field.FIRST_NAME,
        Field.SKIP,
        Field.PHONE,
        Field.PHONE,
    ]
    grid = [["Naam", "Tel", "GSM"], ["Peeters An", "", "0476 12 34 56"]]
    assert read(files.as_csv(grid))[0].values.phone == "0476 12 34 56"


def test_merged_headings_over_two_rows_are_read_together():
    grid = [
        ["Nr", "Naam", "Gezin", "", "Tel"],
        ["", "", "# volw", "# kind", ""],
        [1, "Peeters An", 2, 3, ""],
    ]
    results = read(files.as_xlsx(grid, merged={"C1:D1": "Gezin", "A1:A2": "Nr"}))
    assert [(r.values.adults, r.values.children) for r in results] == [(2, 3)]


def test_several_sheets_are_read_and_a_number_counts_over_all():
    other = [files.SMALL[0], [2, "Claes", "Ingrid", 1, 0, "", ""], [7, "Maes", "Luc", 1, 0, "", ""]]
    results = read(files.as_xlsx({"A-K": files.SMALL, "L-Z": other}))
    assert [(r.sheet, r.row) for r in results] == [("A-K", 2), ("A-K", 3), ("L-Z", 2), ("L-Z", 3)]
    [fault] = results[2].faults
    assert (fault.problem, fault.other_row, fault.other_sheet) == (
        RowProblem.NUMBER_DOUBLED,
        3,
        "A-K",
    )


def test_hidden_sheet_is_left_alone_and_named():
    content = files.as_xlsx({"Klanten": files.SMALL, "Geheim": files.SMALL}, hidden=["Geheim"])
    found = tables(content)
    assert [table.sheet for table in found.tables] == ["Klanten"]
    assert found.hidden == ("Geheim",)


def test_hidden_sheet_of_libreoffice_is_left_alone():
    found = tables(files.as_ods(files.SMALL, hidden_grid=files.SMALL))
    assert [table.sheet for table in found.tables] == ["Klanten"]
    assert found.hidden == ("Oud",)


def test_sheet_without_names_is_left_alone_and_named():
    found = tables(files.as_xlsx({"Uitleg": [["Hoe werkt dit?"]], "Klanten": files.SMALL}))
    assert [table.sheet for table in found.tables] == ["Klanten"]
    assert found.without_names == ("Uitleg",)


def test_short_row_is_filled_up_and_long_row_in_text_is_refused():
    text = b"Nr;Naam;Voornaam\r\n1;Peeters\r\n2;Claes;Ingrid;1;2\r\n"
    results = read(text, "x.csv")
    assert names(results) == [("", "Peeters")]
    assert problems(results) == {3: [RowProblem.TOO_MANY_CELLS]}


def test_row_that_stands_twice_is_refused_once():
    grid = [["Naam", "Voornaam", "# volw"], ["Maes", "Luc", 2], ["Maes", "Luc", 2]]
    results = read(files.as_csv(grid))
    assert names(results) == [("Luc", "Maes")]
    assert problems(results) == {3: [RowProblem.ROW_DOUBLED]}
    assert results[1].faults[0].other_row == 2


def test_same_name_with_other_numbers_is_not_a_doubled_row():
    grid = [["Nr", "Naam"], [1, "Maes Luc"], [2, "Maes Luc"]]
    assert problems(read(files.as_csv(grid))) == {}


def test_national_number_is_seen_whatever_the_heading():
    grid = [["Naam", "Code"], ["Peeters An", "85.07.30-033.61"], ["Claes Els", "85073003361"]]
    [table] = tables(files.as_csv(grid)).tables
    assert [(r.heading, r.reason) for r in table.refused] == [("Code", NeverRead.NATIONAL_NUMBER)]


def test_national_number_that_slipped_into_a_name_is_refused_and_not_kept():
    grid = [["Nr", "Naam"], [1, "Peeters An 85.07.30-033.61"], [2, "Maes Luc"], [3, "Claes Els"]]
    content = files.as_csv(grid)
    assert problems(read(content)) == {2: [RowProblem.NATIONAL_NUMBER]}
    assert "85.07.30" not in json.dumps(tables(content).as_json())


def test_unknown_column_with_long_text_is_never_read():
    grid = [["Naam", "Kolom7"], ["Peeters An", "Belde maandag omdat de jongste ziek was en " * 2]]
    [table] = tables(files.as_csv(grid)).tables
    assert [r.reason for r in table.refused] == [NeverRead.FREE_TEXT]


def test_nul_and_line_breaks_in_a_name_are_refused():
    results = read(b'Nr;Naam\r\n1;Pee\x00ters An\r\n2;"Maes\r\n3;Luc"\r\n4;Claes Els\r\n', "x.csv")
    assert problems(results)[2] == [RowProblem.CONTROL_CHARACTERS]
    assert ("Els", "Claes") in names(results)


def test_huge_cell_is_refused_as_a_name_and_the_rest_is_read():
    grid = [["Nr", "Naam"], [1, "x" * 200_000], [2, "Maes Luc"]]
    results = read(files.as_csv(grid))
    assert problems(results) == {2: [RowProblem.NAME_TOO_LONG]}
    assert names(results) == [("Luc", "Maes")]


def test_long_list_is_read_in_a_millisecond_a_row():
    """Of this process alone, because the machine may be busy."""
    grid = [files.SMALL[0]] + [
        [n, f"Peeters{n}", "An", 2, 1, dt.date(2027, 3, 21), "OCMW"] for n in range(1, 2001)
    ]
    content = files.as_xlsx(grid)
    started = time.process_time()
    assert len(names(read(content))) == 2000
    assert time.process_time() - started < 2


def test_draft_comes_back_from_json_as_it_was():
    found = tables(files.real("klanten-titled.xlsx"))
    assert Tables.from_json(json.loads(json.dumps(found.as_json()))) == found
