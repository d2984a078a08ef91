"""XLSX and ODS, opened by LibreOffice itself and read back."""

import csv
import datetime as dt
import zipfile

import pytest
from python_calamine import load_workbook

from reports.files import FORMATS
from reports.files.ods_file import write_ods
from reports.files.of_report import Made, sheet_name
from reports.files.sheet import Column, Kind, Sheet, TooManyRows
from reports.files.xlsx_file import MOST_ROWS, write_xlsx
from tests import libreoffice
from tests.reports.sample import FORMULA, emptied, sample

BOTH = ("xlsx", "ods")
MADE = Made(by="Els Goossens", day=dt.date(2026, 10, 2), version=2)
NASTY = ("=1+1", "@SUM(1)", "-2+3", "\x01 é Олена", "a" * 200, "<b>&amp;", "=cmd|'/C x'!A0")


def raw_rows():
    return Sheet(
        name="Bezoeken",
        title="Bezoeken van STEK Kalmthout",
        columns=(
            Column("dag", Kind.DAY),
            Column("aantal", Kind.NUMBER),
            Column("winkel", Kind.YES_NO),
            Column("naam"),
        ),
        rows=[(dt.date(2026, 3, 21), 1213, True, text) for text in NASTY],
    )


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """By name of file and sheet: its rows, as LibreOffice shows them; all opened in one go."""
    made, seen = tmp_path_factory.mktemp("made"), tmp_path_factory.mktemp("seen")
    for key in BOTH:
        for name, report in (("vol", sample()), ("leeg", emptied())):
            (made / f"{name}-{key}.{key}").write_bytes(b"".join(FORMATS[key].write(report, MADE)))
    write_xlsx([raw_rows()], made / "rijen-xlsx.xlsx")
    write_ods([raw_rows()], made / "rijen-ods.ods")
    libreoffice.convert(sorted(made.iterdir()), seen)
    found = {}
    for path in seen.glob("*.csv"):
        file, _dash, sheet = path.stem.rpartition("-")
        with path.open(encoding="utf-8", newline="") as text:
            found[file, sheet] = list(csv.reader(text, delimiter=";"))
    return found


def rows_of(opened, file, sheet):
    return [[cell for cell in row if cell] for row in opened[file, sheet]]


@pytest.mark.parametrize("key", BOTH)
def test_spreadsheet_has_a_front_a_sheet_for_each_table_and_definitions(opened, key):
    names = {sheet for file, sheet in opened if file == f"vol-{key}"}
    assert names == {
        "Voorblad", "Ontmoeten in cijfers", "Bezoeken per maand", "Bezoeken per dag",
        "Vragen per thema", "Van thema naar resultaat", "Dagen tot een partner antwoordt",
        "Definities",
    }  # fmt: skip


@pytest.mark.parametrize("key", BOTH)
def test_front_says_which_report_who_made_it_and_when(opened, key):
    front = {row[0]: row[1] for row in rows_of(opened, f"vol-{key}", "Voorblad") if len(row) == 2}
    assert front["STEK"] == "Kalmthout"
    assert front["periode"] == "derde kwartaal 2026"
    assert (front["gemaakt door"], front["gemaakt op"]) == ("Els Goossens", "02/10/2026")
    assert front["versie van de cijfers"] == "2"


@pytest.mark.parametrize("key", BOTH)
def test_numbers_are_numbers_and_hidden_ones_are_words(opened, key):
    themes = {row[0]: row[1:] for row in rows_of(opened, f"vol-{key}", "Vragen per thema") if row}
    assert themes["energie en water"] == ["250", "20", "12"]
    assert themes["'+32 475 12 34 56"] == ["9", "verborgen", "verborgen"]
    assert themes["samen"] == ["303", "40", "31"]
    months = opened[f"vol-{key}", "Bezoeken per maand"]
    assert ["augustus", "verborgen", "", "verborgen"] in [row[:4] for row in months]
    means = rows_of(opened, f"vol-{key}", "Dagen tot een partner antwoordt")
    assert ["alle partners", "3.5", "verborgen"] in means


@pytest.mark.parametrize("key", BOTH)
def test_no_formula_runs(opened, key):
    cells = [cell for rows in opened.values() for row in rows for cell in row]
    assert f"'{FORMULA}" in cells
    assert "#NAME?" not in cells
    shown = [row[3] for row in opened[f"rijen-{key}", "Bezoeken"][3:]]
    assert shown[:3] == ["'=1+1", "'@SUM(1)", "'-2+3"]
    assert "2" not in shown


@pytest.mark.parametrize("key", BOTH)
def test_rows_keep_their_days_numbers_and_letters(opened, key):
    first, *rest = opened[f"rijen-{key}", "Bezoeken"][3:]
    assert first == ["21/03/2026", "1,213", "ja", "'=1+1"]
    assert rest[2][3].endswith(" é Олена")
    assert rest[4][3] == "<b>&amp;"


@pytest.mark.parametrize("key", BOTH)
def test_spreadsheet_of_an_empty_report_opens(opened, key):
    assert ["visits", "0", "0", "0"] in rows_of(opened, f"leeg-{key}", "Ontmoeten in cijfers")
    assert ["samen", "0", "0", "0"] in rows_of(opened, f"leeg-{key}", "Vragen per thema")


@pytest.mark.parametrize("key", BOTH)
def test_equal_reports_give_equal_bytes(key):
    once, twice = (b"".join(FORMATS[key].write(sample(), MADE)) for _time in range(2))
    assert once == twice


@pytest.fixture
def workbook(tmp_path):
    path = tmp_path / "vol.xlsx"
    path.write_bytes(b"".join(FORMATS["xlsx"].write(sample(), None)))
    return path


def test_xlsx_has_charts_a_frozen_header_and_no_formula(workbook):
    with zipfile.ZipFile(workbook) as book:
        names = book.namelist()
        sheets = [book.read(name).decode() for name in names if "worksheets/sheet" in name]
        chart = book.read("xl/charts/chart1.xml").decode()
    assert sum("charts/chart" in name for name in names) == 4
    assert "'Bezoeken per maand'!$B$5:$B$7" in chart
    assert all('state="frozen"' in sheet for sheet in sheets)
    assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)


def test_xlsx_reads_the_same_with_another_reader(workbook):
    book = load_workbook(workbook)
    rows = book.get_sheet_by_name("Ontmoeten in cijfers").to_python()
    assert ["visits", 1213.0, 1100.0, 4.0] in rows


@pytest.mark.parametrize("write", [write_xlsx, write_ods])
def test_more_rows_than_a_sheet_holds_are_refused(tmp_path, write):
    sheet = Sheet("Veel", "Veel", (Column("leeg"),), ([None] for _row in range(MOST_ROWS + 1)))
    with pytest.raises(TooManyRows):
        write([sheet], tmp_path / "veel")
    if write is write_xlsx:
        assert list(tmp_path.iterdir()) == []


def test_names_of_sheets_are_short_plain_and_each_its_own():
    taken = {"Voorblad"}
    long = "waarover vragen gingen die niet lukten"
    assert sheet_name(long, taken) == "Waarover vragen gingen die niet"
    assert sheet_name(long, taken) == "Waarover vragen gingen die n 2"
    assert sheet_name("a/b[c]:d*e?", taken) == "Abcde"
    assert sheet_name("voorblad", taken) == "Voorblad 2"
    assert sheet_name("'", taken) == "Blad"
