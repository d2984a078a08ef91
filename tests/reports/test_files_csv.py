"""CSV as a Belgian spreadsheet reads it, and as a person does."""

import csv
import io
from itertools import islice

from places.spreadsheets import FORMULA_STARTS, neutral
from reports.files import FORMATS
from reports.files.csv_file import csv_pieces
from reports.files.sheet import Column, Kind, Sheet
from tests.reports.sample import FORMULA, emptied, sample


def written(report) -> bytes:
    return b"".join(FORMATS["csv"].write(report, None))


def read(raw: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_csv_is_what_a_belgian_excel_opens():
    raw = written(sample())
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert raw.decode("utf-8-sig").count("\ufeff") == 0


def test_csv_begins_with_what_it_is():
    above = {row[0]: row[1] for row in read(written(sample())) if len(row) == 2}
    assert above["rapport"] == "Gemeente"
    assert above["STEK"] == "Kalmthout"
    assert (above["van"], above["tot en met"]) == ("01/07/2026", "30/09/2026")
    assert above["versie van de definities"] == "1"
    assert "verborgen" in above["kleine getallen"]


def test_csv_is_one_tidy_table_with_a_column_for_each_period():
    rows = read(written(sample()))
    head = next(row for row in rows if row[:1] == ["functie"])
    start = ["functie", "tabel", "rij", "maat", "derde kwartaal 2026"]
    assert head == [*start, "tweede kwartaal 2026", "derde kwartaal 2025"]
    figures = {(row[1], row[2]): row[4:] for row in rows if len(row) == len(head)}
    assert figures["ontmoeten in cijfers", "visits"] == ["1213", "1100", "4"]
    assert figures["vragen per thema", "samen"] == ["303", "40", "31"]


def test_csv_says_hidden_and_nothing_in_different_ways():
    figures = {(row[1], row[2]): row[4:] for row in read(written(sample())) if len(row) == 7}
    assert figures["bezoeken per maand", "augustus"] == ["verborgen", "", "verborgen"]
    assert figures["dagen tot een partner antwoordt", "alle partners"] == ["3,5", "", "verborgen"]


def test_csv_of_an_equal_report_has_the_same_bytes():
    assert written(sample()) == written(sample())
    assert written(sample()) != written(sample(safe=False))


def test_csv_runs_no_formula():
    cells = [cell for row in read(written(sample())) for cell in row]
    assert f"'{FORMULA}" in cells
    assert "'+32 475 12 34 56" in cells
    assert not [cell for cell in cells if cell.startswith(FORMULA_STARTS)]


def test_every_start_of_a_formula_is_kept_from_running():
    for start in FORMULA_STARTS:
        assert neutral(f"{start}1+1") == f"'{start}1+1"
    assert neutral("d'Hooghe") == "d'Hooghe"


def test_csv_of_an_empty_report_has_zeros_and_definitions():
    rows = read(written(emptied()))
    assert ["ontmoeten", "ontmoeten in cijfers", "visits", "bezoeken", "0", "0", "0"] in rows
    assert ["bezoeken", "Elke keer dat iemand aangemeld werd."] in rows


def test_csv_is_written_while_rows_come():
    came = []

    def rows():
        for number in range(10_000):
            came.append(number)
            yield [number]

    sheet = Sheet("", "", (Column("nr", Kind.NUMBER),), rows())
    list(islice(csv_pieces([sheet]), 4))
    assert 0 < len(came) < 5_000
