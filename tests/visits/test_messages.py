"""The one line that is kept for a visitor: shown at the next check-in, gone when passed on."""

import uuid

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from people.actions import OtherBody
from tests import factories
from tests.visits import desk
from visits.message_actions import leave_message
from visits.models import Message


def pass_on(client, visit, message):
    return client.post(reverse("visits:deliver_message", args=[visit.pk, message.pk]))


def test_message_is_shown_at_the_next_check_in(counter, opening, fatima):
    factories.message(fatima, "LIGO belde terug.")
    desk.check_in(counter, opening, fatima)
    assert "Voor Fatima: LIGO belde terug." in desk.card_of(counter, fatima.visits.get())


def test_message_that_was_passed_on_is_gone_and_the_log_keeps_no_word_of_it(
    counter, opening, fatima
):
    message = factories.message(fatima)
    visit = factories.visit(opening, fatima)
    for _press in range(2):
        assert pass_on(counter, visit, message).status_code == 302
    message.refresh_from_db()
    assert (message.text, message.delivered_by) == ("", counter.user)
    assert "LIGO" not in desk.card_of(counter, visit)
    event = AuditEvent.objects.get(verb="deliver_message")
    assert (event.subject_id, event.fields) == (message.pk, [])


def test_message_of_another_household_is_not_found(counter, opening, fatima, jozef):
    message = factories.message(jozef)
    assert pass_on(counter, factories.visit(opening, fatima), message).status_code == 404
    assert pass_on(counter, factories.anonymous_visit(opening), message).status_code == 404
    message.refresh_from_db()
    assert message.delivered_at is None


def test_message_replaces_the_one_that_waits(counter, fatima):
    earlier = factories.message(fatima)
    leave_message(fatima, text="CAW ook.", request_id=uuid.uuid4(), by=counter.user)
    earlier.refresh_from_db()
    assert earlier.text == ""
    assert Message.objects.waiting().get().text == "CAW ook."


def test_message_sent_again_is_kept_once(counter, fatima):
    key = uuid.uuid4()
    rows = {leave_message(fatima, text="Ja", request_id=key, by=counter.user).pk for _ in range(3)}
    assert len(rows) == 1
    assert AuditEvent.objects.filter(verb="leave_message").count() == 1


def test_message_key_with_another_body_is_refused(counter, fatima, jozef):
    key = uuid.uuid4()
    leave_message(fatima, text="Ja", request_id=key, by=counter.user)
    with pytest.raises(OtherBody):
        leave_message(fatima, text="Nee", request_id=key, by=counter.user)
    with pytest.raises(OtherBody):
        leave_message(jozef, text="Ja", request_id=key, by=counter.user)
    assert Message.objects.get().text == "Ja"


def test_message_sent_again_after_it_was_passed_on_does_not_come_back(counter, opening, fatima):
    key = uuid.uuid4()
    message = leave_message(fatima, text="Ja", request_id=key, by=counter.user)
    pass_on(counter, factories.visit(opening, fatima), message)
    leave_message(fatima, text="Ja", request_id=key, by=counter.user)
    assert not Message.objects.waiting().exists()
