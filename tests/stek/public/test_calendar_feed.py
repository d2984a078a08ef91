"""The calendar, read back by a parser: days, people, changes, ids, and both seasons."""

import datetime as dt
import time

import pytest
from django.core.cache import caches
from django.urls import reverse
from icalendar import Calendar, Event

from places.models import TableTurn
from tests import factories
from tests.stek.public.reading import BRUSSELS, MORNING
from visits.models import Activity

pytestmark = pytest.mark.one_engine("a file made of rows that are read everywhere")

FEEDS = {
    "agenda": "calendar",
    "winkel": "calendar_shop",
    "koffie-formulieren": "calendar_table",
    "activiteiten": "calendar_activities",
}

#: A minute before and after each change of the clock, in UTC.
NEAR_THE_CHANGES = [
    f"{night}T{clock}"
    for night in ("2026-03-29", "2026-10-25", "2027-03-28", "2027-10-31")
    for clock in ("00:59", "01:01")
]


def read(client, feed: str = "agenda", slug: str = "kalmthout", **query: str) -> Calendar:
    """What a calendar program makes of it, asked anew."""
    caches["pages"].clear()
    response = client.get(reverse(FEEDS[feed], args=[slug]), query)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    found = Calendar.from_ical(response.content)
    assert not found.errors
    return found


def events(client, feed: str = "agenda", **query: str) -> dict[str, Event]:
    """By id; each stands in the file once."""
    found = read(client, feed, **query).walk("VEVENT")
    by_id = {str(event["uid"]).removesuffix("@stek"): event for event in found}
    assert len(by_id) == len(found)
    return by_id


def starts(event: Event) -> str:
    return f"{event.decoded('dtstart'):%Y-%m-%d %H:%M %z}"


def test_a_week_with_mika_and_one_without(client, wednesdays):
    found = events(client, "koffie-formulieren")
    with_mika = found["kalmthout-koffie-formulieren-2026-12-02"]
    without = found["kalmthout-koffie-formulieren-2026-12-09"]
    assert str(with_mika["summary"]) == "STEK Kalmthout · Koffie & Formulieren"
    assert str(with_mika["description"]) == "Aan tafel: CAW\nMika is er"
    assert str(without["description"]) == "Aan tafel: CAW\nMika is er niet"
    assert with_mika["status"] == "CONFIRMED"
    assert with_mika["location"] == "2920 Kalmthout"
    assert starts(with_mika) == "2026-12-02 13:00 +0100"
    assert with_mika.decoded("dtend") - with_mika.decoded("dtstart") == dt.timedelta(hours=3)


def test_every_other_week_goes_on_over_week_53(client, wednesdays):
    found = events(client, "koffie-formulieren")
    assert dt.date(2026, 12, 30).isocalendar().week == 53
    mika = [day for day in ("2026-12-16", "2026-12-23", "2026-12-30", "2027-01-06", "2027-01-13")
            if "Mika is er niet" not in
            str(found[f"kalmthout-koffie-formulieren-{day}"]["description"])]  # fmt: skip
    assert mika == ["2026-12-16", "2026-12-30", "2027-01-13"]


@pytest.mark.parametrize(
    ("weekday", "days"),
    [
        (6, {"2026-10-18": "+0200", "2026-10-25": "+0100", "2026-11-08": "+0100"}),
        (5, {"2027-03-27": "+0100", "2027-04-03": "+0200"}),
        (6, {"2027-03-21": "+0100", "2027-04-04": "+0200"}),
    ],
)
def test_the_hour_on_the_clock_stays_when_the_clock_changes(client, stek, weekday, days):
    factories.opening_hours(stek, weekday=weekday)
    found = events(client, "winkel")
    for day, offset in days.items():
        assert starts(found[f"kalmthout-winkel-{day}"]) == f"{day} 13:00 {offset}"


def test_easter_sunday_of_the_change_can_be_opened(client, stek):
    factories.opening_hours(stek, weekday=6)
    easter = dt.date(2027, 3, 28)
    assert events(client, "winkel")["kalmthout-winkel-2027-03-28"]["status"] == "CANCELLED"
    factories.changed_day(stek, easter, to_day=easter, opens_at=dt.time(13), closes_at=dt.time(16))
    event = events(client, "winkel")["kalmthout-winkel-2027-03-28"]
    assert (event["status"], starts(event)) == ("CONFIRMED", "2027-03-28 13:00 +0200")


def test_the_time_zone_in_the_file_changes_on_the_right_nights(client, wednesdays):
    """A program that does not know Brussels goes by these rules."""
    zone = read(client).walk("VTIMEZONE")[0]
    zone["tzid"] = "Somewhere/Else"
    own = zone.to_tz()
    for utc in NEAR_THE_CHANGES:
        moment = dt.datetime.fromisoformat(utc).replace(tzinfo=dt.UTC)
        there, here = moment.astimezone(BRUSSELS), moment.astimezone(own)
        assert there.utcoffset() == here.utcoffset(), utc
    for season in zone.subcomponents:
        # All of Europe changes its clocks at one o'clock UTC, from the offset of before.
        assert (season.decoded("dtstart") - season.decoded("tzoffsetfrom")).hour == 1
        assert season.decoded("tzoffsetto") != season.decoded("tzoffsetfrom")


def test_a_cancelled_day_stays_and_says_why(client, stek, wednesdays):
    before = events(client)["kalmthout-agenda-2026-12-09"]
    assert before["sequence"] == 0
    factories.changed_day(stek, dt.date(2026, 12, 9), reason="de verwarming; stuk, helaas")
    event = events(client)["kalmthout-agenda-2026-12-09"]
    assert event["status"] == "CANCELLED"
    assert event["sequence"] == 1
    assert str(event["summary"]) == "Gaat niet door: STEK Kalmthout"
    assert str(event["description"]) == "de verwarming; stuk, helaas"
    assert starts(event) == starts(before)


def test_a_moved_day_keeps_its_id_and_its_people(client, stek, wednesdays):
    change = factories.changed_day(
        stek,
        dt.date(2026, 12, 16),
        to_day=dt.date(2026, 12, 18),
        opens_at=dt.time(9, 30),
        closes_at=dt.time(12),
        reason="feest",
        version=3,
    )
    found = events(client, "koffie-formulieren")
    event = found["kalmthout-koffie-formulieren-2026-12-16"]
    assert starts(event) == "2026-12-18 09:30 +0100"
    assert (event["status"], event["sequence"]) == ("CONFIRMED", 3)
    assert str(event["description"]).splitlines() == [
        "feest",
        "In de plaats van woensdag 16 december",
        "Aan tafel: CAW",
        "Mika is er",
    ]
    assert "kalmthout-koffie-formulieren-2026-12-18" not in found
    # moved on to a day that has hours of its own: both stand there
    change.to_day, change.version = dt.date(2026, 12, 23), 4
    change.save()
    found = events(client, "winkel")
    assert starts(found["kalmthout-winkel-2026-12-16"]) == "2026-12-23 09:30 +0100"
    assert starts(found["kalmthout-winkel-2026-12-23"]) == "2026-12-23 13:00 +0100"


def test_other_hours_on_one_day_keep_the_id(client, stek, wednesdays):
    day = dt.date(2026, 12, 9)
    factories.changed_day(stek, day, to_day=day, opens_at=dt.time(10), closes_at=dt.time(12))
    event = events(client)["kalmthout-agenda-2026-12-09"]
    assert (starts(event), event["sequence"]) == ("2026-12-09 10:00 +0100", 1)


def test_holidays_and_closings_are_cancelled_with_why(client, stek):
    factories.opening_hours(stek, weekday=4)
    factories.closing_day(stek, dt.date(2026, 12, 18), reason="verbouwing")
    factories.closing_day(stek, dt.date(2026, 12, 11))
    found = events(client)
    said = {
        day: (str(event["status"]), str(event["summary"]), str(event.get("description", "")))
        for day in ("2026-12-25", "2026-12-18", "2026-12-11")
        for event in [found[f"kalmthout-agenda-{day}"]]
    }
    closed = "Gesloten: STEK Kalmthout"
    assert said == {
        "2026-12-25": ("CANCELLED", closed, "Kerstmis"),
        "2026-12-18": ("CANCELLED", closed, "verbouwing"),
        "2026-12-11": ("CANCELLED", closed, ""),
    }


def test_over_midnight_is_two_entries_that_touch(client, stek):
    late = {"opens_at": dt.time(20), "closes_at": dt.time(23, 59)}
    factories.opening_hours(stek, weekday=2, **late)
    factories.opening_hours(stek, weekday=3, opens_at=dt.time(0), closes_at=dt.time(1))
    found = events(client, "winkel")
    evening, night = found["kalmthout-winkel-2026-12-02"], found["kalmthout-winkel-2026-12-03"]
    assert evening.decoded("dtend") == night.decoded("dtstart")


def test_two_openings_on_one_day_have_two_ids(client, stek, wednesdays):
    factories.opening_hours(stek, opens_at=dt.time(9), closes_at=dt.time(12))
    found = events(client, "winkel")
    assert starts(found["kalmthout-winkel-2026-12-02"]) == "2026-12-02 09:00 +0100"
    assert starts(found["kalmthout-winkel-2026-12-02-2"]) == "2026-12-02 13:00 +0100"


def test_the_table_has_only_days_with_somebody_at_it(client, stek, wednesdays):
    factories.opening_hours(stek, weekday=4)
    assert "kalmthout-winkel-2026-12-04" in events(client, "winkel")
    assert "kalmthout-koffie-formulieren-2026-12-04" not in events(client, "koffie-formulieren")
    TableTurn.objects.all().delete()
    assert events(client, "koffie-formulieren") == {}


def test_activities_stand_in_their_own_file_and_in_the_whole(client, stek, wednesdays):
    organiser = factories.partner(stek, "Rap op Stap")
    trip = factories.activity(
        stek,
        dt.date(2026, 12, 5),
        title="Naar de kerstmarkt, met de bus",
        kind=Activity.Kind.TRIP,
        organiser=organiser,
        version=2,
    )
    lesson = factories.activity(stek, dt.date(2026, 12, 6), ends_at=dt.time(11, 30))
    factories.activity(stek, dt.date(2026, 12, 7), title="Intern", is_public=False)
    by = factories.user()
    lesson.cancelled_at, lesson.cancelled_by = MORNING, by
    lesson.save()
    found = events(client, "activiteiten")
    ids = {f"kalmthout-activiteit-{trip.pk}", f"kalmthout-activiteit-{lesson.pk}"}
    assert set(found) == ids
    event, cancelled = (
        found[f"kalmthout-activiteit-{trip.pk}"],
        found[f"kalmthout-activiteit-{lesson.pk}"],
    )
    assert str(event["summary"]) == "Naar de kerstmarkt, met de bus"
    assert str(event["description"]) == "uitstap\nRap op Stap"
    assert event["sequence"] == 2
    assert cancelled["status"] == "CANCELLED"
    assert str(cancelled["summary"]) == "Gaat niet door: Nederlands oefenen"
    assert cancelled.decoded("dtend") - cancelled.decoded("dtstart") == dt.timedelta(minutes=90)
    assert ids < set(events(client, "agenda"))
    assert not ids & set(events(client, "winkel"))


def test_ids_stay_the_same_on_another_day_and_in_another_language(client, wednesdays, clock):
    dutch = events(client)
    clock.shift(dt.timedelta(days=1))
    later = events(client, taal="fr")
    assert len(set(dutch) - set(later)) <= 1  # the oldest falls off
    assert str(later["kalmthout-agenda-2026-12-09"]["description"]) == (
        "À la table: CAW\nMika n’est pas là"
    )


def test_two_years_are_in_the_file(client, wednesdays):
    days = sorted(event.decoded("dtstart").date() for event in events(client).values())
    assert days[0] <= MORNING.date() - dt.timedelta(days=80)
    assert days[-1] >= MORNING.date() + dt.timedelta(days=630)
    assert len(days) == 104


def test_each_stek_has_its_own_calendar_and_the_first_one_the_short_address(
    client, stek, essen, wednesdays
):
    factories.opening_hours(essen, weekday=0)
    assert all("kalmthout" in str(e["uid"]) for e in read(client).walk("VEVENT"))
    other = read(client, slug="essen").walk("VEVENT")
    assert other
    assert all("essen" in str(event["uid"]) for event in other)
    short = Calendar.from_ical(client.get("/agenda.ics").content)
    assert str(short["x-wr-calname"]) == "STEK Kalmthout · Openingsuren en activiteiten"


@pytest.mark.parametrize(
    "text", ["a" * 80, "é" * 80, "a\tb", "BEGIN:VEVENT", "END:VCALENDAR;x,y\\n"]
)
def test_what_somebody_typed_breaks_no_line_of_the_file(client, stek, wednesdays, text):
    factories.changed_day(stek, dt.date(2026, 12, 9), reason=text)
    raw = client.get("/agenda.ics").content
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    event = events(client)["kalmthout-agenda-2026-12-09"]
    assert str(event["description"]) == text


def test_the_calendar_takes_as_many_queries_whatever_is_in_it(
    client, stek, wednesdays, django_assert_max_num_queries, django_assert_num_queries
):
    factories.activity(stek, dt.date(2026, 12, 5), organiser=factories.partner(stek, "LIGO"))
    with django_assert_max_num_queries(8) as few:
        read(client)
    for n in range(3):
        organiser = factories.partner(stek, f"Partner {n}")
        factories.activity(stek, dt.date(2026, 12, 10 + n), organiser=organiser)
        factories.changed_day(stek, dt.date(2027, 1, 6 + 7 * n))
        hours = factories.opening_hours(stek, weekday=n, opens_at=dt.time(9))
        factories.table_turn(hours, "LIGO")
    with django_assert_num_queries(len(few)):
        read(client)
    with django_assert_num_queries(1):
        client.get(reverse("calendar", args=["kalmthout"]))


def test_two_years_are_written_in_a_moment(client, stek, wednesdays):
    """The figure itself (200 ms) is measured by `make bench`; this catches a slip of ten times."""
    for n in range(100):
        factories.activity(stek, MORNING.date() + dt.timedelta(days=n))
    started = time.perf_counter()
    read(client)
    assert time.perf_counter() - started < 2
