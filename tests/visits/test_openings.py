"""Opening and closing the day, who is on duty, earlier days, and nights."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.roles import Role
from tests import factories
from tests.cast import sign_in_again, signed_in
from tests.visits import desk
from visits.days import current_day
from visits.models import Attendance, Opening, Visit
from visits.opening_actions import FutureDay, open_day

BRUSSELS = ZoneInfo("Europe/Brussels")
#: At 3:00 the clock goes back to 2:00; at 2:00 it goes on to 3:00.
AUTUMN, SPRING = dt.date(2026, 10, 25), dt.date(2027, 3, 28)


def open_today(client, **form):
    return client.post(reverse("visits:open_day"), {"extra": ""} | form)


def add_day(client, day: object):
    return client.post(reverse("visits:openings"), {"day": day})


def post(client, view: str, opening: Opening, **form):
    return client.post(reverse(f"visits:{view}", args=[opening.pk]), form)


# --- opening ---


def test_counter_asks_to_open_the_day_first(counter, stek):
    page = desk.text_of(desk.show(counter))
    assert "Open de dag" in page
    assert "Wie komt er binnen?" not in page


def test_open_day_makes_today_with_who_is_present(counter, volunteer, stek, today):
    ticks = [f"user-{counter.user.pk}", f"user-{volunteer.user.pk}"]
    assert open_today(counter, present=ticks, extra="  Greet  Aerts ").status_code == 302
    opening = Opening.objects.get()
    assert (opening.stek, opening.day, opening.opened_by) == (stek, today, counter.user)
    present = {(one.who, one.user_id) for one in opening.attendances.all()}
    assert present == {
        ("Rita Peeters", counter.user.pk),
        ("Jos Wouters", volunteer.user.pk),
        ("Greet Aerts", None),
    }
    assert "Wie komt er binnen?" in desk.text_of(desk.show(counter))


def test_open_day_twice_keeps_the_first_and_adds_who_is_there(counter, volunteer):
    open_today(counter)
    first = Opening.objects.get()
    assert open_today(volunteer, extra="Greet").status_code == 302
    assert Opening.objects.get().opened_by == first.opened_by == counter.user
    assert Attendance.objects.get().who == "Greet"
    page = desk.text_of(volunteer.get(reverse("visits:counter")))
    assert "De dag was al geopend door Rita Peeters." in page
    assert AuditEvent.objects.filter(verb="open").count() == 1


def test_open_day_takes_nobody_from_another_stek(counter, other_stek):
    open_today(counter, present=[f"user-{other_stek.user.pk}", "user-0", "name-<b>", "x"])
    assert not Attendance.objects.exists()


def test_open_day_proposes_who_the_pattern_expects(counter, stek, today):
    hours = factories.opening_hours(stek, today.weekday())
    factories.table_turn(hours, "CAW")
    other_weeks = today - dt.timedelta(days=7)
    factories.table_turn(hours, "Mika", every_weeks=2, first_day=other_weeks)
    page = desk.show(counter).content.decode()
    assert f'value="user-{counter.user.pk}" checked' in page
    assert 'value="name-CAW" checked' in page
    assert "Mika" not in page
    assert "Open van 13u00 tot 16u00" in desk.text_of(desk.show(counter))


def test_open_day_warns_on_a_closing_day_and_opens_all_the_same(counter, stek, today):
    factories.opening_hours(stek, today.weekday())
    factories.closing_day(stek, today, reason="Verbouwing")
    assert "vandaag gesloten: Verbouwing" in desk.text_of(desk.show(counter))
    assert open_today(counter).status_code == 302


def test_open_day_warns_outside_the_weekly_pattern(counter, stek):
    assert "Volgens het weekschema zijn we vandaag niet open" in desk.text_of(desk.show(counter))


@pytest.mark.parametrize("extra", ["x" * 61, "=1+1", "85.07.30-033.61", "a\x00b"])
def test_open_day_refuses_a_bad_name_and_keeps_it_with_the_ticks(counter, volunteer, extra):
    tick = f"user-{volunteer.user.pk}"
    response = open_today(counter, present=[tick], extra=extra)
    page = response.content.decode()
    assert response.status_code == 422
    assert 'aria-describedby="id_extra-error"' in page
    assert f'value="{tick}" checked' in page
    assert f'value="user-{counter.user.pk}" checked' not in page
    assert not Opening.objects.exists()


def test_open_day_never_opens_a_day_to_come(counter, stek, today):
    tomorrow = today + dt.timedelta(days=1)
    with pytest.raises(FutureDay):
        open_day(stek=stek, day=tomorrow, present=[], by=counter.user)


# --- attendance ---


def test_attendance_is_corrected_during_the_day(counter, volunteer, opening):
    factories.attendance(opening, "CAW")
    address = reverse("visits:attendance", args=[opening.pk])
    assert 'value="name-CAW" checked' in counter.get(address).content.decode()
    tick = f"user-{volunteer.user.pk}"
    response = post(counter, "attendance", opening, present=[tick], extra="LIGO")
    assert response.url == reverse("visits:opening", args=[opening.pk])
    assert {one.who for one in opening.attendances.all()} == {"Jos Wouters", "LIGO"}
    assert AuditEvent.objects.get(verb="attendance").actor_id == counter.user.pk


def test_attendance_refused_keeps_what_was_noted(counter, opening):
    factories.attendance(opening, "CAW")
    assert post(counter, "attendance", opening, extra="=1").status_code == 422
    assert [one.who for one in opening.attendances.all()] == ["CAW"]


# --- closing ---


def test_close_day_shows_the_day_in_figures_first(counter, opening, fatima):
    factories.attendance(opening, "CAW")
    factories.visit(opening, fatima, purposes=["grocery", "question"])
    factories.anonymous_visit(opening)
    page = desk.text_of(counter.get(reverse("visits:close_day", args=[opening.pk])))
    assert "2 bezoeken 4 personen 1 zonder naam 1 winkel 1 koffie 1 vraag 0 activiteit" in page
    assert "Aanwezig: CAW" in page


def test_close_day_keeps_who_and_when_and_closing_again_changes_nothing(
    counter, volunteer, opening
):
    assert post(counter, "close_day", opening).status_code == 302
    opening.refresh_from_db()
    first = opening.closed_at
    post(volunteer, "close_day", opening)
    opening.refresh_from_db()
    assert (opening.closed_at, opening.closed_by) == (first, counter.user)
    assert AuditEvent.objects.filter(verb="close").count() == 1
    assert "De dag is gesloten om" in desk.text_of(desk.show(counter))


def test_reopen_day_goes_on(counter, opening, fatima):
    post(counter, "close_day", opening)
    for _press in range(2):
        assert post(counter, "reopen_day", opening).status_code == 302
    opening.refresh_from_db()
    assert opening.is_open
    assert opening.closed_by is None
    assert AuditEvent.objects.filter(verb="reopen").count() == 1


def test_counter_warns_of_a_day_that_was_never_closed(counter, opening, today):
    earlier = factories.opening(opening.stek, today - dt.timedelta(days=3))
    page = desk.text_of(desk.show(counter))
    assert "is nooit gesloten" in page
    post(counter, "close_day", earlier)
    assert "is nooit gesloten" not in desk.text_of(desk.show(counter))


def test_counter_warns_nobody_of_a_day_that_they_may_not_close(counter, mika, opening, today):
    factories.opening(opening.stek, today - dt.timedelta(days=15))
    assert "is nooit gesloten" not in desk.text_of(desk.show(counter))
    assert "is nooit gesloten" in desk.text_of(desk.show(mika))


def test_counter_warns_nobody_of_another_stek(counter, opening, essen, today):
    factories.opening(essen, today - dt.timedelta(days=3))
    assert "is nooit gesloten" not in desk.text_of(desk.show(counter))


# --- earlier days ---


@pytest.mark.parametrize(
    ("role", "days_back", "status"),
    [
        (Role.VOLUNTEER, 14, 200),
        (Role.VOLUNTEER, 15, 404),
        (Role.HELPER, 15, 404),
        (Role.ADMINISTRATOR, 15, 404),
        (Role.COMMUNITY_WORKER, 15, 200),
        (Role.COORDINATOR, 400, 200),
    ],
)
def test_late_entry_is_open_to_each_role_for_so_long(stek, today, role, days_back, status):
    client = signed_in(factories.membership(stek, role))
    earlier = factories.opening(stek, today - dt.timedelta(days=days_back), closed=True)
    household = factories.household(stek)
    factories.access(household, valid_from=earlier.day)
    assert client.get(reverse("visits:opening", args=[earlier.pk])).status_code == status
    entered = desk.check_in(client, earlier, household)
    assert entered.status_code == (302 if status == 200 else 404)
    assert Visit.objects.count() == (status == 200)


def test_late_entry_keeps_the_day_of_the_opening_and_no_hour(counter, stek, fatima, today):
    earlier = factories.opening(stek, today - dt.timedelta(days=2), closed=True)
    desk.check_in(counter, earlier, fatima)
    visit = Visit.objects.get()
    assert (visit.opening, visit.arrived_at) == (earlier, None)
    page = desk.text_of(counter.get(reverse("visits:opening", args=[earlier.pk])))
    assert "aan. Papieren lijst overtypen" in page
    assert "– 1 Fatima E." in page


def test_late_entry_judges_access_on_that_day(counter, stek, today):
    household = factories.household(stek)
    factories.access(household, valid_until=today - dt.timedelta(days=1))
    earlier = factories.opening(stek, today - dt.timedelta(days=2))
    assert desk.check_in(counter, earlier, household).status_code == 302


def test_add_day_opens_a_day_that_nobody_opened(counter, stek, today):
    day = today - dt.timedelta(days=14)
    response = add_day(counter, day.strftime("%d/%m/%Y"))
    opening = Opening.objects.get()
    assert response.url == reverse("visits:opening", args=[opening.pk])
    assert (opening.day, opening.stek) == (day, stek)


def test_add_day_that_is_there_already_leads_to_it(counter, opening, today):
    earlier = factories.opening(opening.stek, today - dt.timedelta(days=1), closed=True)
    response = add_day(counter, earlier.day.isoformat())
    assert response.url == reverse("visits:opening", args=[earlier.pk])


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "Kies een dag die voorbij is"),
        (-1, "Kies een dag die voorbij is"),
        (15, "Kies een dag van de voorbije 14 dagen"),
        (36500, "Kies een dag van de voorbije 14 dagen"),
        (-36500, "Kies een dag die voorbij is"),
    ],
)
def test_add_day_refuses_another_day(counter, today, days, words):
    response = add_day(counter, (today - dt.timedelta(days=days)).isoformat())
    assert response.status_code == 422
    assert words in desk.text_of(response)
    assert not Opening.objects.exists()


@pytest.mark.parametrize("day", ["", "31/02/2026", "0000-00-00", "morgen", "1" * 5000])
def test_add_day_refuses_what_is_no_day(counter, day):
    response = add_day(counter, day)
    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.content.decode()
    assert not Opening.objects.exists()


def test_add_day_goes_back_a_year_for_the_office(coordinator, today):
    assert add_day(coordinator, (today - dt.timedelta(days=365)).isoformat()).status_code == 302
    assert add_day(coordinator, (today - dt.timedelta(days=366)).isoformat()).status_code == 422


def test_earlier_days_are_listed_with_what_counts(counter, stek, fatima, jozef, essen, today):
    earlier = factories.opening(stek, today - dt.timedelta(days=1), closed=True)
    factories.visit(earlier, fatima)
    desk.press(counter, "undo", factories.visit(earlier, jozef, by=counter.user))
    factories.opening(stek, today - dt.timedelta(days=15), closed=True)
    factories.opening(essen, today - dt.timedelta(days=1))
    page = desk.text_of(counter.get(reverse("visits:openings")))
    assert page.count("Vul aan") == 1
    assert " 1 Gesloten" in page


# --- nights ---


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (dt.datetime(2026, 11, 18, 0, 30, tzinfo=BRUSSELS), dt.date(2026, 11, 17)),
        (dt.datetime(2026, 11, 18, 3, 59, tzinfo=BRUSSELS), dt.date(2026, 11, 17)),
        (dt.datetime(2026, 11, 18, 4, 0, tzinfo=BRUSSELS), dt.date(2026, 11, 18)),
        (dt.datetime(2026, 11, 18, 23, 59, tzinfo=BRUSSELS), dt.date(2026, 11, 18)),
        # The two half past twos of the autumn night, and where spring's would have been.
        (dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC), AUTUMN - dt.timedelta(days=1)),
        (dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC), AUTUMN - dt.timedelta(days=1)),
        (dt.datetime(2027, 3, 28, 1, 0, tzinfo=dt.UTC), SPRING - dt.timedelta(days=1)),
        (dt.datetime(2027, 3, 28, 2, 0, tzinfo=dt.UTC), SPRING),
    ],
)
def test_night_belongs_to_the_evening_before_until_four(moment, day):
    assert current_day(moment) == day


@pytest.mark.parametrize(
    ("evening", "night", "hour"),
    [
        ("2026-11-17T20:00:00+01:00", "2026-11-18T00:30:00+01:00", "0u30"),
        ("2026-10-24T20:00:00+02:00", "2026-10-25T02:30:00+02:00", "2u30"),
        ("2026-10-24T20:00:00+02:00", "2026-10-25T02:30:00+01:00", "2u30"),
        ("2027-03-27T20:00:00+01:00", "2027-03-28T03:30:00+02:00", "3u30"),
    ],
    ids=["midnight", "autumn, first", "autumn, again", "spring"],
)
def test_check_in_at_night_stays_with_the_evening(db, evening, night, hour):
    with time_machine.travel(evening, tick=False) as clock:
        stek = factories.stek("Kalmthout")
        household = factories.household(stek)
        factories.access(household)
        client = signed_in(factories.membership(stek))
        open_today(client)
        clock.move_to(night)
        sign_in_again(client)
        opening = Opening.objects.get()
        assert open_today(client).status_code == 302
        assert desk.check_in(client, opening, household).status_code == 302
        assert "nooit gesloten" not in desk.text_of(desk.show(client))
        visit = Visit.objects.get()
        assert visit.opening.day == dt.date.fromisoformat(evening[:10])
        assert visit.arrived_at == dt.datetime.fromisoformat(night)
        assert f"{hour} 1 Fatima E." in desk.list_of(client, opening)


@pytest.mark.parametrize(("day", "utc_hour"), [(AUTUMN, 0), (SPRING, 1)])
def test_slip_at_half_past_two_of_a_night_without_a_clear_one_is_entered(db, day, utc_hour):
    with time_machine.travel(dt.datetime.combine(day, dt.time(12), BRUSSELS), tick=False):
        stek = factories.stek("Kalmthout")
        household = factories.household(stek)
        client = signed_in(factories.membership(stek))
        opening = factories.opening(stek, day)
        response = client.post(
            reverse("visits:slips", args=[opening.pk]),
            {
                "form-TOTAL_FORMS": 1,
                "form-INITIAL_FORMS": 1,
                "form-0-number": household.number,
                "form-0-time": "02:30",
                "form-0-request_id": "6f0d6c3e-64c1-4c1c-9a5e-0123456789ab",
            },
        )
        assert response.status_code == 302
        visit = Visit.objects.get()
        assert visit.arrived_at == dt.datetime.combine(day, dt.time(utc_hour, 30), dt.UTC)
        assert visit.opening.day == day
