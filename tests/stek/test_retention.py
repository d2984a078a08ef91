"""The terms of keeping: who goes, who stays and why, and that a run that stops loses nothing."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.audit import AT_ONCE, forget_events
from accounts.models import AuditEvent, OutgoingMail
from people.models import Household, LeavingNotice
from places.models import Stek
from stek.erasure import erase_household
from stek.retention import carry_out_terms
from tests import factories
from tests.cast import Colleague
from tests.reviews.desk import day, household, moment
from tests.stek.planted import rechecked
from visits.models import Visit


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Thursday 19 November 2026, three in the afternoon."""
    with time_machine.travel("2026-11-19T15:00:00+01:00", tick=False) as traveller:
        yield traveller


def gone_since(stek: Stek, last: str, *names: str, listed: str = "2026-10-01") -> Household:
    """Access ended that day; announced long ago unless `listed` says otherwise."""
    row = household(stek, *names, days_ago=900)
    factories.access(row, valid_from=day("2024-06-01"), valid_until=day(last))
    if listed:
        factories.leaving_notice(row, since=day(listed))
    return row


def run() -> int:
    return carry_out_terms(timezone.now())


def erased() -> set[int]:
    return set(Household.objects.filter(erased_at__isnull=False).values_list("pk", flat=True))


# --- whose term is over ---


@pytest.mark.parametrize(
    ("last", "goes"),
    [("2025-11-18", True), ("2025-11-19", True), ("2025-11-20", False), ("2026-05-01", False)],
)
def test_name_goes_a_term_after_the_access_ended(stek, last, goes):
    row = gone_since(stek, last)
    run()
    assert (row.pk in erased()) == goes


@pytest.mark.parametrize(("visited", "goes"), [("2025-11-19", True), ("2025-11-20", False)])
def test_name_goes_a_term_after_the_last_visit_when_that_is_later(stek, visited, goes):
    row = gone_since(stek, "2025-01-31")
    factories.visit(factories.opening(stek, day(visited), closed=True), row)
    run()
    assert (row.pk in erased()) == goes


def test_who_never_came_and_never_had_access_goes_a_term_after_being_entered(stek):
    old, young = household(stek, days_ago=400), household(stek, days_ago=300)
    for row in (old, young):
        factories.leaving_notice(row, since=day("2026-09-01"))
    run()
    assert erased() == {old.pk}


def test_struck_out_visit_keeps_nobody(stek):
    row = gone_since(stek, "2025-01-31")
    visit = factories.visit(factories.opening(stek, day("2026-03-04"), closed=True), row)
    Visit.objects.filter(pk=visit.pk).update(
        voided_at=timezone.now(), voided_by=factories.user(), void_reason="mistake"
    )
    run()
    assert erased() == {row.pk}


def test_each_stek_has_its_own_term(stek, essen):
    Stek.objects.filter(pk=essen.pk).update(identity_months=24)
    here, there = gone_since(stek, "2025-10-01"), gone_since(essen, "2025-10-01")
    run()
    assert erased() == {here.pk}
    assert not Household.objects.get(pk=there.pk).is_restricted


# --- announced for a month ---


def test_nobody_goes_who_did_not_stand_in_the_list_for_a_month(stek, clock):
    row = gone_since(stek, "2024-12-31", listed="")
    run()
    assert erased() == set()
    assert row.leaving_notice.since == day("2026-11-19")
    clock.move_to("2026-12-18T15:00:00+01:00")
    run()
    assert erased() == set()
    clock.move_to("2026-12-19T15:00:00+01:00")
    run()
    assert erased() == {row.pk}


def test_shorter_term_still_announces_everybody_first(stek):
    row = gone_since(stek, "2026-04-30", listed="")
    Stek.objects.filter(pk=stek.pk).update(identity_months=3)
    run()
    assert erased() == set()
    assert LeavingNotice.objects.get().household == row


def test_who_comes_back_leaves_the_list_and_is_announced_anew(stek, clock):
    row = gone_since(stek, "2025-11-30")
    factories.visit(factories.opening(stek), row)
    run()
    assert not LeavingNotice.objects.exists()
    clock.move_to("2027-11-25T15:00:00+01:00")
    run()
    assert row.pk not in erased()
    assert LeavingNotice.objects.get().since == day("2027-11-25")


def test_machine_keeps_to_the_day_that_the_page_says(mika, stek, clock):
    row = gone_since(stek, "2025-11-15", listed="")
    run()
    for date in ("2026-12-17", "2026-12-18", "2026-12-19"):
        clock.move_to(moment(date))
        mika.force_login(mika.user)
        assert "op 19/12/2026" in mika.get(reverse("people:leaving")).content.decode()
        run()
        assert (row.pk in erased()) == (date == "2026-12-19")


# --- who stays ---


def test_who_is_checked_in_meanwhile_stays(stek):
    row = gone_since(stek, "2025-01-31")
    factories.visit(factories.opening(stek), row)
    run()
    assert erased() == set()


@pytest.mark.parametrize(("until", "goes"), [("2026-11-18", True), ("2026-11-19", False)])
def test_who_is_held_stays_until_the_last_day(stek, until, goes):
    row = gone_since(stek, "2025-01-31")
    factories.retention_hold(row, until=day(until))
    run()
    assert (row.pk in erased()) == goes


def test_hold_that_was_lifted_keeps_nobody(stek, coordinator):
    row = gone_since(stek, "2025-01-31")
    at, by = timezone.now(), coordinator.user
    factories.retention_hold(row, lifted_at=at, lifted_by=by)
    run()
    assert erased() == {row.pk}


def test_who_is_restricted_stays(stek):
    row = factories.restricted(gone_since(stek, "2025-01-31"))
    run()
    assert row.pk not in erased()


def test_who_has_an_open_referral_stays_until_it_is_over(stek):
    row = gone_since(stek, "2025-01-31")
    visit = factories.visit(factories.opening(stek, day("2025-01-15"), closed=True), row)
    question = factories.question(visit, factories.theme(stek))
    referral = factories.referral(question, factories.partner(stek), channel="address")
    run()
    assert erased() == set()
    type(referral).objects.filter(pk=referral.pk).update(
        state="closed", reason="helped", outcome_known_at=timezone.now()
    )
    Stek.objects.update(terms_done_on=None)
    run()
    assert erased() == {row.pk}


def test_papers_that_nobody_brought_keep_nobody(stek):
    row = gone_since(stek, "2025-01-31")
    visit = factories.visit(factories.opening(stek, day("2025-01-15"), closed=True), row)
    factories.follow_up(factories.question(visit, factories.theme(stek)), what="van mei")
    factories.message(row)
    factories.consent(row, factories.partner(stek))
    run()
    assert erased() == {row.pk}
    row.refresh_from_db()
    assert (row.eraser, row.erased_reason) == (None, "term")
    assert not row.follow_ups.exists()


# --- a run that stops ---


def test_run_that_stops_goes_on_where_it_was(stek):
    rows = {gone_since(stek, "2025-01-31", f"Naam{number}").pk for number in range(5)}
    assert carry_out_terms(timezone.now(), most=2) == 2
    assert len(erased()) == 2
    stek.refresh_from_db()
    assert stek.terms_done_on is None
    carry_out_terms(timezone.now(), most=2)
    carry_out_terms(timezone.now(), most=2)
    assert erased() == rows
    stek.refresh_from_db()
    assert stek.terms_done_on == day("2026-11-19")


def test_household_that_fails_stops_no_other(stek, monkeypatch):
    first, second = gone_since(stek, "2025-01-31", "Een"), gone_since(stek, "2025-01-31", "Twee")

    def fails_for_one(row: Household, **more: Any) -> Household:
        if row.pk == first.pk:
            raise RuntimeError("the disk is full")
        return erase_household(row, **more)

    monkeypatch.setattr("stek.retention.erase_household", fails_for_one)
    with pytest.raises(RuntimeError):
        run()
    assert erased() == {second.pk}
    monkeypatch.undo()
    run()
    assert erased() == {first.pk, second.pk}


def test_second_run_of_a_day_does_nothing(stek):
    gone_since(stek, "2025-01-31")
    run()
    events = AuditEvent.objects.count()
    assert run() == 0
    assert AuditEvent.objects.count() == events


def test_what_the_machine_did_stands_in_the_log_as_its_own(stek):
    row = gone_since(stek, "2025-01-31")
    call_command("run_due", stdout=StringIO())
    event = AuditEvent.objects.get(verb="erase")
    assert (event.actor_id, event.subject_id) == (None, row.pk)
    assert event.fields == ["reason_term"]
    assert AuditEvent.objects.get(verb="carry_out_terms").actor_id is None


# --- the log and the mails ---


def logged(stek: Stek | None, on: str, count: int = 1) -> None:
    AuditEvent.objects.bulk_create(
        AuditEvent(kind="read", verb="open", stek_id=stek.pk if stek else None, at=moment(on))
        for _each in range(count)
    )


def days_left() -> list[str]:
    rows = AuditEvent.objects.filter(verb="open").order_by("at", "id")
    return [f"{at:%Y-%m-%d}" for at in rows.values_list("at", flat=True)]


def test_log_goes_after_its_term_and_not_before(stek, essen):
    Stek.objects.filter(pk=essen.pk).update(audit_months=24)
    for on in ("2025-11-18", "2025-11-19", "2026-11-18"):
        logged(stek, on)
    logged(essen, "2025-11-18")
    logged(None, "2024-11-18")
    logged(None, "2024-11-19")
    run()
    assert days_left() == ["2024-11-19", "2025-11-18", "2025-11-19", "2026-11-18"]


def test_log_goes_in_batches_that_each_stand(stek):
    logged(stek, "2025-01-05", AT_ONCE + 10)
    before = moment("2026-01-01")
    assert forget_events(stek_id=stek.pk, before=before) == AT_ONCE
    assert len(days_left()) == 10
    assert forget_events(stek_id=stek.pk, before=before) == 10
    assert forget_events(stek_id=stek.pk, before=before) == 0


def test_log_asks_for_the_oldest_rows_only(stek, django_assert_num_queries):
    """Over a million rows that are all young, it reads a thousand."""
    logged(stek, "2026-11-01", 50)
    with django_assert_num_queries(3):  # a savepoint around the oldest rows
        assert forget_events(stek_id=stek.pk, before=moment("2025-11-19")) == 0


def test_what_became_of_a_mail_goes_with_the_log_and_what_waits_stays(stek):
    old, new = moment("2025-11-01"), moment("2026-11-01")
    values = {"stek": stek, "kind": "ask_partner", "subject_id": 1}
    OutgoingMail.objects.create(**values, key="a", state="sent", settled_at=old)
    OutgoingMail.objects.create(**values, key="b", state="sent", settled_at=new)
    OutgoingMail.objects.create(**values, key="c", created_at=old)
    run()
    assert set(OutgoingMail.objects.values_list("key", flat=True)) == {"b", "c"}


# --- the settings ---


@pytest.mark.parametrize(
    ("field", "default", "least", "most"),
    [
        ("identity_months", 12, 3, 36),
        ("note_days", 90, 7, 365),
        ("referral_months", 6, 1, 24),
        ("audit_months", 12, 6, 36),
    ],
)
def test_terms_are_settings_with_bounds_and_plain_words(
    coordinator: Colleague, stek, field, default, least, most
):
    found = Stek._meta.get_field(field)
    assert found.default == default
    assert found.help_text
    address = reverse("admin:places_stek_change", args=[stek.pk])
    page = rechecked(coordinator).get(address)
    assert f'name="{field}"' in page.content.decode()
    for value in (least - 1, most + 1):
        form = page.context["adminform"].form
        body = {n: form[n].value() for n in form.fields if form[n].value() is not None}
        answer = coordinator.post(address, body | {field: value})
        assert answer.status_code == 200, value
        stek.refresh_from_db()
        assert getattr(stek, field) == default
