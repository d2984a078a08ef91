"""The report on paper: tagged, in Dutch, with charts in words for who does not see them."""

import datetime as dt
import io
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from reports.files import FORMATS
from reports.files.of_report import Made
from reports.kinds import KINDS
from reports.report import compared, side_by_side
from tests.reports.sample import PERIOD, emptied, sample

MADE = Made(by="Els Goossens", day=dt.date(2026, 10, 2))


def written(report, made=None) -> bytes:
    return b"".join(FORMATS["pdf"].write(report, made))


def read(report, made=None) -> Any:
    return PdfReader(io.BytesIO(written(report, made)))


def text_of(reader: Any) -> str:
    text = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(text.replace("\xa0", " ").split())


def alternatives(reader: Any) -> list[str]:
    """What is said of each figure."""
    found, seen = [], set()

    def walk(node):
        node = node.get_object()
        if id(node) in seen or not isinstance(node, dict):
            return
        seen.add(id(node))
        if "/Alt" in node:
            found.append(str(node["/Alt"]))
        children = node.get("/K", [])
        for child in children if isinstance(children, list) else [children]:
            if hasattr(child, "get_object"):
                walk(child)

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    return found


def test_paper_is_tagged_and_says_its_language_and_title():
    reader = read(sample())
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nl-BE"
    assert reader.metadata.title == "Gemeente"
    assert "pdfuaid" in root["/Metadata"].get_object().get_data().decode()


def test_paper_says_whose_figures_they_are_and_how_they_are_counted():
    text = text_of(read(sample(), MADE))
    for said in ("STEK Kalmthout", "Derde kwartaal 2026", "Els Goossens", "02/10/2026"):
        assert said in text
    assert "1 213" in text
    assert "Elke keer dat iemand aangemeld werd." in text
    assert "blad 1 van" in text


def test_paper_hides_what_is_hidden_and_says_so():
    text = text_of(read(sample()))
    assert "Getallen van 1 tot en met 4 zijn verborgen" in text
    assert "augustus verborgen – verborgen" in text


def test_charts_on_paper_are_told_in_words():
    told = alternatives(read(sample()))
    themes = next(alt for alt in told if "vragen per thema" in alt)
    assert "energie en water 250" in themes
    assert "Verborgen: 1." in themes


def test_paper_of_an_equal_report_has_the_same_bytes():
    assert written(sample(), MADE) == written(sample(), MADE)


def test_paper_of_an_empty_report_is_made():
    assert "Ontmoeten" in text_of(read(emptied()))


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_kind_fits_on_paper(stek, kind):
    report = compared(kind.key, str(kind.name), kind.tables, steks=[stek], period=PERIOD)
    assert 1 <= len(read(report).pages) <= 8


def test_many_steks_are_on_paper_as_their_sum(stek, essen):
    columns = sample().columns
    report = side_by_side("saamo", "SAAMO", ["meet"], steks=[stek, essen], period=PERIOD)
    assert "Kalmthout" in text_of(read(report))
    many = report.columns[:1] * 20 + report.columns[-1:]
    rows = [
        replace(row, cells=row.cells[:1] * 20 + row.cells[-1:]) for row in report.tables[0].rows
    ]
    table = replace(report.tables[0], rows=tuple(rows))
    large = replace(report, columns=many, tables=(table,), steks=("Essen",) * 20)
    assert len(columns) == 3
    assert "20 STEKs" in text_of(read(large))
