"""A report as JSON says exactly the same when it comes back, whatever is in it."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.catalogue import TABLES, Function, Measure, Shape
from reports.report import HIDDEN, NOTHING, Cell, Column, Report, Row, Table
from reports.stored import UnknownFormError, as_json, from_json
from visits.period import Period

words = st.text(max_size=12)
periods = st.sampled_from(
    [Period.parse(key) for key in ("2026-W53", "2026-02", "2026-Q3", "2025-H2", "2024",
                                   "2026-01-15_2026-02-20")]
)  # fmt: skip
cells = st.one_of(
    st.sampled_from([HIDDEN, NOTHING, Cell(0)]),
    st.integers(0, 10**9).map(Cell),
    st.builds(Cell, st.floats(0, 999).map(lambda days: round(days, 1)), of=st.integers(1, 999)),
)
columns = st.builds(Column, words, words, periods, st.lists(st.integers(1, 99)).map(tuple))


@st.composite
def reports(draw):
    about = tuple(draw(st.lists(columns, min_size=1, max_size=4)))
    width = st.tuples(*[cells] * len(about))
    rows = st.lists(st.builds(Row, words, words, st.sampled_from(Measure), width), max_size=4)
    table = st.builds(
        Table,
        key=st.sampled_from(list(TABLES)),
        title=words,
        function=st.sampled_from(Function),
        shape=st.sampled_from(Shape),
        measure=st.none() | st.sampled_from(Measure),
        rows=rows.map(tuple),
        total=st.none() | width,
        definition=words,
    )
    return Report(
        kind=draw(words),
        title=draw(words),
        steks=tuple(draw(st.lists(words, max_size=3))),
        period=draw(periods),
        columns=about,
        tables=tuple(draw(st.lists(table, max_size=4))),
        definitions=draw(st.dictionaries(words, words, max_size=4)),
        definitions_version=draw(st.integers(1, 9)),
        safe=draw(st.booleans()),
    )


@settings(max_examples=80, deadline=None)
@given(report=reports())
def test_report_comes_back_the_same(report):
    text = json.dumps(as_json(report))
    back = from_json(json.loads(text))
    assert back == report
    assert list(back.definitions) == list(report.definitions)
    assert json.dumps(as_json(back)) == text


@settings(max_examples=20, deadline=None)
@given(report=reports())
def test_report_comes_back_when_keys_were_sorted(report):
    """As PostgreSQL keeps them."""
    assert from_json(json.loads(json.dumps(as_json(report), sort_keys=True))) == report


@pytest.mark.parametrize("form", [None, 0, 2, "1"])
def test_unknown_form_is_refused(form):
    with pytest.raises(UnknownFormError):
        from_json({"form": form})
