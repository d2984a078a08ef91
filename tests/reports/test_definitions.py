"""Every figure says what it means."""

import re

import pytest

from reports import definitions
from reports.catalogue import TABLES, Measure, Shape
from reports.kinds import KINDS
from reports.report import compared
from visits.period import Period

NEEDING = [key for key, spec in TABLES.items() if spec.shape is not Shape.FIGURES]
#: What people at a counter would not say.
HARD_WORDS = re.compile("aggregaat|frequentie|respectievelijk|desbetreffende|cumulatief|arm", re.I)


@pytest.mark.parametrize("measure", Measure)
def test_every_measure_has_a_definition(measure):
    assert str(definitions.MEASURES[measure].text).endswith(".")


@pytest.mark.parametrize("key", NEEDING)
def test_every_table_with_rows_of_its_own_says_how_they_are_made(key):
    assert str(definitions.TABLES[key].text).endswith(".")


def test_no_definition_is_of_something_that_is_not_counted():
    assert set(definitions.MEASURES) == set(Measure.values)
    assert set(definitions.TABLES) == set(NEEDING)


def test_no_definition_is_newer_than_the_list():
    each = [*definitions.MEASURES.values(), *definitions.TABLES.values()]
    assert max(one.version for one in each) <= definitions.VERSION
    assert max(one.since for one in each) <= definitions.SINCE


def test_definitions_are_short_sentences_in_plain_words():
    for one in [*definitions.MEASURES.values(), *definitions.TABLES.values()]:
        text = str(one.text)
        assert not HARD_WORDS.search(re.sub("warme?", "", text, flags=re.I)), text
        for sentence in re.split(r"(?<=[.:])\s", text):
            assert len(sentence.split()) <= 26, sentence


@pytest.mark.parametrize("kind", KINDS)
def test_report_carries_the_definitions_of_its_measures(stek, kind):
    report = compared(kind, "", KINDS[kind].tables, steks=[stek], period=Period.parse("2026-Q3"))
    shown = {row.measure for table in report.tables for row in table.rows}
    assert shown <= set(report.definitions)
    assert report.definitions_version == definitions.VERSION
    for table in report.tables:
        assert bool(table.definition) == (table.shape is not Shape.FIGURES)
