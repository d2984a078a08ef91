"""The log: who did what to which row, with names of fields and never a value."""

import pytest

from accounts.audit import record, record_read
from accounts.models import AuditEvent
from tests import factories
from tests.visits import desk


@pytest.fixture
def fatima_row(stek):
    return factories.household(stek)


@pytest.fixture
def fatima_typed() -> dict[str, object]:
    return {"first_name": "Zeynep", "last_name": "Karadeniz", "adults": 17, "children": 23}


def test_log_of_an_afternoon_holds_no_value_that_was_typed(counter, opening, fatima_typed):
    desk.newcomer(counter, opening, **fatima_typed)
    desk.anonymous(counter, opening, adults=7, children=9)
    visit = opening.visits.order_by("pk")[0]
    desk.press(counter, "set_purpose", visit, set="question-1")
    desk.press(counter, "void", visit, reason="double")
    kept = str(list(AuditEvent.objects.values_list("kind", "verb", "subject_type", "fields")))
    for value in (*fatima_typed.values(), "double", "question-1"):
        assert str(value) not in kept
    assert "for_question" in kept


def test_log_names_who_which_row_and_which_stek(counter, fatima_row):
    event = record("update", on=fatima_row, by=counter.user, fields=["phone", "adults"])
    assert (event.actor_id, event.stek_id) == (counter.user.pk, fatima_row.stek_id)
    assert (event.subject_type, event.subject_id) == ("household", fatima_row.pk)
    assert (event.kind, event.fields) == ("change", ["adults", "phone"])


def test_log_of_reading_is_told_from_a_change(counter, fatima_row):
    assert record_read("open", on=fatima_row, by=counter.user).kind == "read"


def test_log_of_what_the_machine_did_names_nobody(fatima_row):
    assert record("erase", on=fatima_row, by=None).actor_id is None


def test_log_outlives_the_row_it_speaks_of(counter, stek):
    turn = factories.closing_day(stek, factories.today())
    event = record("delete", on=turn, by=counter.user)
    turn.delete()
    event.refresh_from_db()
    assert event.subject_type == "closingday"


def test_refused_form_leaves_nothing_in_the_log(counter, opening, fatima_row):
    before = AuditEvent.objects.count()
    assert desk.check_in(counter, opening, fatima_row).status_code == 422
    assert desk.anonymous(counter, opening, adults=99).status_code == 422
    assert AuditEvent.objects.count() == before
