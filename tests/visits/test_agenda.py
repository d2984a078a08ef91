"""The list of sessions: who comes, and what is missing."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from accounts.roles import Role
from places.models import SitterKind, TableChange
from tests import factories
from tests.cast import signed_in
from tests.visits.desk import text_of
from tests.visits.planning import DAY, WEEK, absent, answer, coming, place, table_on, verbs
from visits.models import TableReply
from visits.table_plan import gaps


def agenda(client):
    return client.get(reverse("agenda:list"))


def missed(stek, day) -> list[str]:
    """Who is missed on this day; empty text: nobody at the table at all."""
    return [gap.who for gap in gaps(stek, day, day)]


# --- the list ---


def test_agenda_lists_eight_weeks_with_who_sits_at_the_table(counter, stek, hours, session, today):
    factories.table_turn(hours, "CAW")
    page = text_of(agenda(counter))
    assert page.count("13u00 – 16u00") == 8
    assert page.count(" CAW ") == 8
    assert "Ik kom" in page


def test_agenda_says_when_nothing_is_planned(counter, coordinator):
    assert "Er staat niets in de agenda" in text_of(agenda(counter))
    assert "Je coördinator vult ze in" in text_of(agenda(counter))
    assert "Vul de openingsuren in" in text_of(agenda(coordinator))


def test_agenda_says_why_a_day_is_closed_cancelled_or_moved(counter, stek, hours, session):
    factories.changed_day(stek, session, reason="Verbouwing")
    moved = session + WEEK
    times = {"opens_at": dt.time(9), "closes_at": dt.time(11)}
    factories.changed_day(stek, moved, to_day=moved + DAY, **times)
    factories.closing_day(stek, session + 2 * WEEK, reason="Teamdag")
    page = text_of(agenda(counter))
    assert "gesloten: Verbouwing" in page
    assert f"gesloten: verplaatst naar {moved + DAY:%-d/%-m}" in page
    assert f"9u00 – 11u00 in plaats van {moved:%-d/%-m}" in page
    assert "gesloten: Teamdag" in page
    assert page.count("13u00 – 16u00") == 5


def test_agenda_shows_activities_beside_the_day_and_on_days_of_their_own(
    counter, helper, stek, hours, session
):
    factories.activity(stek, session, title="Taalles")
    other = factories.activity(stek, session + DAY, title="Uitstap", cancelled_by=counter.user,
                               cancelled_at="2026-01-01T10:00Z")  # fmt: skip
    page = text_of(agenda(counter))
    assert "Taalles" in page
    assert "Uitstap les gaat niet door" in page
    edit = reverse("activities:edit", args=[other.pk])
    assert edit not in agenda(counter).content.decode()
    assert edit in agenda(helper).content.decode()


def test_agenda_shows_nothing_of_another_stek(other_stek, counter, stek, hours, session):
    factories.table_turn(hours, "CAW")
    factories.activity(stek, session, title="Taalles")
    answer(counter, session)
    page = text_of(agenda(other_stek))
    assert "Er staat niets in de agenda" in page
    assert "Rita" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_agenda_costs_the_same_for_one_row_and_for_three(
    coordinator, stek, today, rows, django_assert_num_queries
):
    for n in range(rows):
        hours = factories.opening_hours(stek, (today + n * DAY).weekday())
        factories.table_turn(hours, f"Dienst {n}")
        factories.activity(stek, today + n * DAY, organiser=factories.partner(stek, f"P{n}"))
        factories.table_change(stek, today + n * DAY, f"Dienst {n}", comes=False)
        member = factories.membership(stek, partner=factories.partner(stek, f"Q{n}"))
        TableReply.objects.create(stek=stek, user=member.user, day=today + n * DAY, comes=True)
        factories.changed_day(stek, today + (n + 20) * DAY)
    agenda(coordinator)
    with django_assert_num_queries(12):
        assert agenda(coordinator).status_code == 200


def test_agenda_numbers_week_53_and_goes_over_new_year(db):
    with time_machine.travel("2026-12-10T12:00:00+01:00", tick=False):
        stek = factories.stek("Kalmthout")
        factories.opening_hours(stek, 3)  # Thursdays: also 31 December
        factories.opening_hours(stek, 4)  # Fridays: also 1 January, a holiday
        page = text_of(agenda(signed_in(factories.membership(stek))))
        assert "Week 53 28 december tot 3 januari donderdag 31 december 13u00 – 16u00" in page
        assert "vrijdag 1 januari gesloten: Nieuwjaar" in page
        assert "Week 1 4 januari tot 10 januari" in page


@pytest.mark.parametrize("day", [dt.date(2026, 10, 25), dt.date(2028, 3, 26)])
def test_agenda_holds_the_hours_of_a_day_on_which_the_clock_moves(db, day):
    with time_machine.travel(dt.datetime.combine(day - WEEK, dt.time(12), dt.UTC), tick=False):
        stek = factories.stek("Kalmthout")
        factories.opening_hours(stek, 6, opens_at=dt.time(1), closes_at=dt.time(4))
        client = signed_in(factories.membership(stek))
        assert text_of(agenda(client)).count("1u00 – 4u00") >= 7
        assert answer(client, day).status_code == 302


# --- I come, I can't ---


def test_reply_is_kept_shown_and_can_change(counter, stek, hours, session):
    response = answer(counter, session)
    assert response.url == f"{reverse('agenda:list')}#dag-{session}"
    assert coming(stek, session) == ["Rita Peeters"]
    answer(counter, session, "no")
    assert TableReply.objects.get().comes is False
    assert coming(stek, session) == []
    assert table_on(stek, session).declined == ("Rita Peeters",)
    assert "Komt niet: Rita Peeters" in text_of(agenda(counter))
    assert verbs() == ["reply", "reply"]


def test_reply_sent_twice_is_one_line_in_the_log(counter, stek, hours, session):
    for _tap in range(2):
        answer(counter, session)
    assert verbs() == ["reply"]


def test_who_is_in_the_pattern_by_name_and_can_not_is_absent(counter, stek, hours, session):
    factories.table_turn(hours, "Rita", kind=SitterKind.VOLUNTEER)
    assert "Je staat in het weekschema." in text_of(agenda(counter))
    answer(counter, session, "no")
    assert (coming(stek, session), absent(stek, session)) == ([], ["Rita"])
    answer(counter, session)
    assert (coming(stek, session), absent(stek, session)) == (["Rita"], [])


def test_a_first_name_of_two_colleagues_means_neither(counter, stek, hours, session):
    factories.table_turn(hours, "Rita", kind=SitterKind.VOLUNTEER)
    other = factories.user("rita2", first_name="Rita", last_name="Maes")
    client = signed_in(factories.membership(stek, user=other))
    answer(client, session, "no")
    assert coming(stek, session) == ["Rita"]
    assert table_on(stek, session).declined == ("Rita Maes",)


def test_partner_stays_away_when_all_its_people_do(helper, stek, hours, session):
    ligo = factories.partner(stek, "LIGO")
    factories.table_turn(hours, "LIGO")
    helper.membership.partner = ligo
    helper.membership.save()
    other = signed_in(factories.membership(stek, Role.HELPER, partner=ligo))
    answer(helper, session, "no")
    assert coming(stek, session) == ["LIGO"]
    answer(other, session, "no")
    assert absent(stek, session) == ["LIGO"]
    answer(helper, session)
    assert "LIGO (Bram)" in text_of(agenda(helper))


def test_last_word_counts_also_over_what_a_colleague_noted(counter, mika, stek, hours, session):
    factories.table_turn(hours, "Rita", kind=SitterKind.VOLUNTEER)
    answer(counter, session)
    place(mika, session, "Rita")
    assert absent(stek, session) == ["Rita"]
    answer(counter, session)
    assert coming(stek, session) == ["Rita"]
    assert not TableChange.objects.exists()


def test_reply_of_somebody_who_left_counts_no_more(counter, stek, hours, session):
    answer(counter, session)
    counter.membership.last_day = session - DAY
    counter.membership.save()
    assert coming(stek, session) == []


@pytest.mark.parametrize("comes", ["", "misschien", "\x00", "1"])
def test_reply_that_is_none_is_refused_in_words(counter, hours, session, comes):
    response = answer(counter, session, comes)
    assert response.status_code == 422
    assert "Kies “Ik kom” of “Ik kan niet”." in text_of(response)
    assert not TableReply.objects.exists()


def test_reply_for_a_past_or_closed_day_is_refused_in_words(counter, stek, hours, session, today):
    past = answer(counter, session - 2 * WEEK)
    assert (past.status_code, "Die dag is voorbij." in text_of(past)) == (422, True)
    closed = answer(counter, session + DAY)
    assert (closed.status_code, "Die dag zijn we niet open." in text_of(closed)) == (422, True)
    assert not TableReply.objects.exists()


def test_reply_for_today_is_taken(counter, stek, today):
    factories.opening_hours(stek, today.weekday())
    assert answer(counter, today, "no").status_code == 302


@pytest.mark.parametrize(
    "path", ["2026-02-30/", "0000-00-00/", "9999-12-31/", "2026-1-1/", "1900-01-01/", "x/"]
)
def test_a_date_that_nobody_means_is_no_page(coordinator, path):
    assert coordinator.get(reverse("agenda:list") + path).status_code == 404
    assert coordinator.post(f"{reverse('agenda:list')}{path}antwoord/").status_code == 404


# --- gaps ---


def test_gap_is_shown_to_who_may_fill_it_with_the_way_there(
    counter, helper, mika, coordinator, stek, hours, session
):
    factories.table_turn(hours, "LIGO")
    factories.table_turn(hours, "CAW")
    factories.table_change(stek, session, "LIGO", comes=False)
    said = f"Niemand van LIGO op {session:%-d/%-m}."
    for client in (mika, coordinator):
        response = agenda(client)
        assert said in text_of(response)
        assert f'href="{reverse("agenda:day", args=[session])}"' in response.content.decode()
    for client in (counter, helper):
        assert said not in text_of(agenda(client))


def test_gap_when_nobody_sits_at_the_table_at_all(mika, stek, hours, session):
    assert missed(stek, session) == [""]
    assert f"Niemand aan tafel op {session:%-d/%-m}." in text_of(agenda(mika))


def test_gap_of_somebody_by_name_says_that_they_do_not_come(mika, stek, hours, session):
    factories.table_turn(hours, "CAW")
    factories.table_turn(hours, "Mika", kind=SitterKind.COMMUNITY_WORKER)
    answer(mika, session, "no")
    assert missed(stek, session) == ["Mika"]
    assert f"Mika komt niet op {session:%-d/%-m}." in text_of(agenda(mika))


def test_gap_is_filled_by_whoever_was_noted_in_the_place(stek, hours, session):
    for who in ("CAW", "LIGO"):
        factories.table_turn(hours, who)
        factories.table_change(stek, session, who, comes=False)
    assert missed(stek, session) == ["CAW", "LIGO", ""]
    factories.table_change(stek, session, "VDAB", comes=True)
    assert missed(stek, session) == ["LIGO"]


def test_gap_of_a_volunteer_is_filled_by_another_and_of_a_partner_is_not(
    counter, volunteer, stek, hours, session
):
    factories.table_turn(hours, "Rita", kind=SitterKind.VOLUNTEER)
    factories.table_turn(hours, "LIGO")
    factories.table_change(stek, session, "LIGO", comes=False)
    answer(counter, session, "no")
    answer(volunteer, session)
    assert missed(stek, session) == ["LIGO"]


def test_gap_is_none_on_a_day_that_is_closed(stek, hours, session):
    factories.table_turn(hours, "LIGO")
    factories.table_change(stek, session, "LIGO", comes=False)
    factories.changed_day(stek, session)
    assert gaps(stek, session, session + 6 * DAY) == ()


def test_stand_in_who_can_not_come_either_leaves_the_first_gap(counter, stek, hours, session):
    factories.table_turn(hours, "CAW")
    factories.table_change(stek, session, "CAW", comes=False)
    factories.table_change(stek, session, "Rita", comes=True, kind=SitterKind.VOLUNTEER)
    assert missed(stek, session) == []
    answer(counter, session, "no")
    assert missed(stek, session) == ["CAW", ""]
