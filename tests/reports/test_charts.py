"""Charts as they stand in a page, in a PDF and on paper: safe, told in words, drawn once."""

import re
from xml.etree import ElementTree

import pytest

from reports.charts import chart_of
from reports.report import HIDDEN
from tests.reports.sample import FORMULA, cells, emptied, sample, table


def charts(report=None):
    """Of each table that a chart tells more of, in the order of the report."""
    report = report or sample()
    drawn = [chart_of(table, report.columns) for table in report.tables]
    return {chart.key: chart for chart in drawn if chart is not None}


def test_each_kind_of_table_has_its_chart():
    assert list(charts()) == ["visits_month", "visits_day", "questions_theme", "questions_flow"]


@pytest.mark.parametrize("key", ["visits_month", "visits_day", "questions_theme", "questions_flow"])
def test_chart_stands_in_a_page_under_a_strict_policy(key):
    """No style, no script, no handler, nothing from elsewhere, and whole XML."""
    chart = charts()[key]
    root = ElementTree.fromstring(chart.svg)
    for element in root.iter():
        assert element.tag.rpartition("}")[2] in {
            "svg", "defs", "pattern", "path", "rect", "line", "text",
        }  # fmt: skip
        assert not {name for name in element.attrib if name == "style" or name.startswith("on")}
    assert root.get("role") == "img"
    assert root.get("aria-label") == chart.alt
    assert not re.search(r"(href|src|url\()(?!#hatch)", chart.svg)


def test_labels_are_text():
    svg = charts()["questions_theme"].svg
    assert "wonen &amp; &lt;huur&gt;" in svg
    assert "<huur>" not in svg


def test_hidden_cell_is_a_stub_of_one_size_and_says_hidden():
    svg = charts()["questions_theme"].svg
    stubs = re.findall(r'class="ct-hidden"[^>]* width="([\d.]+)"', svg)
    assert set(stubs) == {"34.0"}
    assert ">verborgen<" in svg
    assert svg.count('id="hatch-questions_theme"') == 1
    assert ">verborgen<" in charts()["visits_month"].svg


def test_length_of_a_hidden_bar_tells_nothing():
    """Whatever was hidden, the drawing is the same."""
    rows = {"a": cells(10, 9, 8), "b": cells(20, 9, 8), "c": (HIDDEN,) * 3}
    first = chart_of(table("questions_theme", rows, None), sample().columns)
    again = chart_of(table("questions_theme", dict(rows), None), sample().columns)
    assert first == again
    assert "c" not in first.alt.split("Het meest:")[1].split(".")[0]


def test_equal_table_is_drawn_once():
    assert charts()["questions_theme"] is charts(sample())["questions_theme"]


def test_nothing_to_draw_is_no_chart():
    assert charts(emptied()) == {}


def test_chart_says_its_largest_rows_in_words():
    assert charts()["visits_month"].alt == (
        "Grafiek: bezoeken per maand. Het meest: september 801, juli 410. Verborgen: 1. "
        "Alle cijfers staan in de tabel."
    )
    assert FORMULA not in charts()["questions_theme"].alt


@pytest.mark.parametrize("most", [1, 4, 9, 99, 101, 440, 5001, 2_000_000])
def test_axis_of_time_reaches_above_the_highest_bar(most):
    rows = {"juli": cells(most, 1, 0), "augustus": cells(0, 1, 0), "september": cells(1, 1, 0)}
    chart = chart_of(table("visits_month", rows, None), sample().columns)
    tops = [float(y) for y in re.findall(r'class="ct-now" x="[\d.]+" y="([\d.]+)"', chart.svg)]
    assert all(top >= 4 for top in tops)
    assert "-" not in "".join(re.findall(r'height="([^"]+)"', chart.svg))


def test_long_period_and_many_rows_stay_readable():
    rows = {f"thema {number} met een lange naam": cells(number + 1, 2, 3) for number in range(40)}
    chart = chart_of(table("questions_theme", rows, None), sample().columns)
    assert "en nog 26 rijen, in de tabel" in chart.svg
