"""The office: settings, hours and closing days."""

import datetime as dt

from django.utils import timezone

from accounts.models import AuditEvent
from people.models import Household, LeavingNotice
from places.models import ClosingDay, OpeningHours, Stek
from stek.retention import carry_out_terms
from tests import factories
from tests.cast import Colleague
from tests.stek.office.hands import add, change, changelist, delete, form_of, save
from visits.days import current_day


def test_settings_open_at_once_instead_of_a_list_of_one(coordinator: Colleague) -> None:
    answer = coordinator.get(changelist(Stek))
    assert answer["Location"] == change(coordinator.membership.stek)


def test_settings_keep_the_chosen_purposes_and_log_which_field_changed(
    coordinator: Colleague, stek: Stek
) -> None:
    answer = save(coordinator, change(stek), purposes=["grocery", "coffee"])
    assert answer.status_code == 302
    stek.refresh_from_db()
    assert stek.purposes == ["grocery", "coffee"]
    event = AuditEvent.objects.get(kind="change")
    assert (event.verb, event.subject_type, event.subject_id) == ("update", "stek", stek.pk)
    assert (event.fields, event.stek_id) == (["purposes"], stek.pk)


def test_settings_refuse_a_default_purpose_that_the_counter_does_not_show(
    coordinator: Colleague, stek: Stek
) -> None:
    answer = save(coordinator, change(stek), purposes=["coffee"], default_purposes=["grocery"])
    assert answer.status_code == 200
    assert "Kies alleen redenen die de balie toont." in answer.content.decode()


def test_the_term_of_notes_is_a_setting(coordinator: Colleague, stek: Stek) -> None:
    assert save(coordinator, change(stek), note_days=30).status_code == 302
    stek.refresh_from_db()
    assert stek.note_days == 30
    assert AuditEvent.objects.get(kind="change").fields == ["note_days"]
    for wrong in ("0", "731", "", "veel"):
        assert save(coordinator, change(stek), note_days=wrong).status_code == 200
    stek.refresh_from_db()
    assert stek.note_days == 30


def test_numbers_say_what_is_usual(coordinator: Colleague, stek: Stek) -> None:
    fields = coordinator.get(change(stek)).context["adminform"].form.fields
    assert fields["identity_months"].help_text.endswith(
        "maand in de lijst “Gaat uit de boeken”. Standaard 12."
    )
    assert fields["remind_days"].help_text.endswith("Standaard 10.")


def test_shorter_term_for_names_is_announced_at_once_and_takes_nobody_away(
    coordinator: Colleague, stek: Stek
) -> None:
    today = current_day(timezone.now())  # of a timer: a night belongs to the day before
    household = factories.household(stek)
    long_ago = timezone.now() - dt.timedelta(days=300)
    Household.objects.filter(pk=household.pk).update(created_at=long_ago)
    factories.access(household, valid_from=long_ago, valid_until=today - dt.timedelta(days=150))
    answer = save(coordinator, change(stek), identity_months=3)
    page = coordinator.get(answer["Location"], follow=True).content.decode()
    assert LeavingNotice.objects.get().since == today
    assert "staat 1 huishouden in de lijst “Gaat uit de boeken”" in page
    assert f"{today + dt.timedelta(days=30):%d/%m/%Y}" in page
    carry_out_terms(timezone.now())
    assert Household.objects.get().erased_at is None
    answer = save(coordinator, change(stek), identity_months=36)
    page = coordinator.get(answer["Location"], follow=True).content.decode()
    assert not LeavingNotice.objects.exists()
    assert "gaat de komende maand niemand uit de boeken" in page


def test_saving_without_a_change_leaves_no_line_in_the_log(
    coordinator: Colleague, stek: Stek
) -> None:
    save(coordinator, change(stek))
    assert not AuditEvent.objects.filter(kind="change").exists()


def test_the_second_of_two_people_editing_is_told_and_sees_both_texts(
    coordinator: Colleague, administrator: Colleague, stek: Stek
) -> None:
    mine = form_of(coordinator, change(stek)) | {"street": "Dorpsstraat 1"}
    save(administrator, change(stek), street="Kapellensteenweg 9")
    coordinator.give_password()
    answer = coordinator.post(change(stek), mine)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Iemand anders heeft dit intussen gewijzigd." in page
    assert "Dorpsstraat 1" in page
    assert "Nu staat hier: Kapellensteenweg 9" in page
    stek.refresh_from_db()
    assert stek.street == "Kapellensteenweg 9"
    again = mine | {"seen": answer.context["adminform"].form["seen"].value()}
    assert coordinator.post(change(stek), again).status_code == 302
    stek.refresh_from_db()
    assert stek.street == "Dorpsstraat 1"


def test_hours_in_use_can_end_but_not_change(coordinator: Colleague, stek: Stek) -> None:
    hours = factories.opening_hours(stek)
    save(coordinator, change(hours), opens_at="09:00", last_day="31/12/2030")
    hours.refresh_from_db()
    assert hours.opens_at == dt.time(13)
    assert hours.last_day == dt.date(2030, 12, 31)
    assert coordinator.post(delete(hours), {"post": "yes"}).status_code == 403


def test_hours_that_start_later_can_be_deleted(coordinator: Colleague, stek: Stek) -> None:
    later = factories.today() + dt.timedelta(days=7)
    hours = factories.opening_hours(stek, first_day=later)
    factories.table_turn(hours)
    assert coordinator.post(delete(hours), {"post": "yes"}).status_code == 302
    assert not OpeningHours.objects.exists()
    event = AuditEvent.objects.get(kind="change")
    assert (event.verb, event.subject_type) == ("delete", "openinghours")


def test_the_same_hours_twice_are_refused_in_words(coordinator: Colleague, stek: Stek) -> None:
    hours = factories.opening_hours(stek)
    data = {
        "weekday": hours.weekday,
        "opens_at": "13:00",
        "closes_at": "17:00",
        "first_day": f"{hours.first_day:%d/%m/%Y}",
        "turns-TOTAL_FORMS": "0",
        "turns-INITIAL_FORMS": "0",
    }
    answer = coordinator.post(add(OpeningHours), data)
    assert "Deze openingsuren staan er al." in answer.content.decode()


def test_a_turn_at_the_table_is_added_with_its_hours(coordinator: Colleague, stek: Stek) -> None:
    hours = factories.opening_hours(stek)
    added = {
        "turns-TOTAL_FORMS": "1",
        "turns-0-who": "Mika",
        "turns-0-kind": "community_worker",
        "turns-0-every_weeks": "2",
        "turns-0-first_day": "07/01/2026",
        "turns-0-hours": hours.pk,
    }
    assert save(coordinator, change(hours), **added).status_code == 302
    turn = hours.turns.get()
    assert (turn.every_weeks, turn.kind) == (2, "community_worker")
    assert AuditEvent.objects.get(kind="change").fields == ["turns"]


def test_a_closing_day_comes_and_goes(coordinator: Colleague) -> None:
    data = {"first_day": "24/12/2026", "last_day": "02/01/2027", "reason": "Kerst"}
    assert coordinator.post(add(ClosingDay), data).status_code == 302
    day = ClosingDay.objects.get()
    assert coordinator.get(delete(day)).status_code == 200
    assert coordinator.post(delete(day), {"post": "yes"}).status_code == 302
    assert not ClosingDay.objects.exists()
    verbs = AuditEvent.objects.filter(kind="change").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["create", "delete"]
