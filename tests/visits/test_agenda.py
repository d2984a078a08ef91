"""The agenda: who comes to the table, who says so, where somebody is missed, one date changed."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.roles import Role
from places.models import ChangedDay, SitterKind, TableChange
from tests import factories
from tests.cast import signed_in
from tests.visits.desk import text_of
from visits.agenda_actions import (
    ChangedMeanwhile,
    NotOpen,
    PastDay,
    TargetTaken,
    change_day,
    change_table,
    reply,
    restore_day,
)
from visits.models import TableReply
from visits.table_plan import TablePlan, gaps

DAY = dt.timedelta(days=1)
WEEK = dt.timedelta(days=7)


@pytest.fixture(autouse=True)
def autumn():
    """A Monday, with no holiday on the Mondays to come."""
    with time_machine.travel("2026-09-14T12:00:00+02:00"):
        yield


@pytest.fixture
def session(today) -> dt.date:
    """A day next week."""
    return today + WEEK


@pytest.fixture
def hours(stek, session):
    return factories.opening_hours(stek, session.weekday())


def agenda(client):
    return client.get(reverse("agenda:list"))


def answer(client, day, comes="yes"):
    return client.post(reverse("agenda:reply", args=[day]), {"comes": comes})


def page_of(client, day):
    return client.get(reverse("agenda:day", args=[day]))


def change(client, day, **fields):
    body = {"plan": "cancel", "version": 0, "why": ""} | fields
    return client.post(reverse("agenda:day", args=[day]), body)


def place(client, day, who, what="absent"):
    body = {"sitter": who, "set": what}
    return client.post(reverse("agenda:change_table", args=[day]), body)


def stand_in(client, day, who="Sofie", kind="volunteer"):
    return client.post(reverse("agenda:stand_in", args=[day]), {"who": who, "kind": kind})


def table_on(stek, day):
    (table,) = TablePlan.on(stek, day).days
    return table


def coming(stek, day) -> list[str]:
    return [one.who for one in table_on(stek, day).coming]


def absent(stek, day) -> list[str]:
    return [one.who for one in table_on(stek, day).absent]


def missed(stek, day) -> list[str]:
    """Who is missed on this day; empty text: nobody at the table at all."""
    return [gap.who for gap in gaps(stek, day, day)]


def verbs() -> list[str]:
    return list(AuditEvent.objects.order_by("id").values_list("verb", flat=True))


# --- the list ---


def test_agenda_lists_eight_weeks_with_who_sits_at_the_table(counter, stek, hours, session, today):
    factories.table_turn(hours, "CAW")
    page = text_of(agenda(counter))
    assert page.count("13u00 – 16u00") == 8
    assert page.count(" CAW ") == 8
    assert "Ik kom" in page


def test_agenda_says_when_nothing_is_planned(counter, coordinator):
    assert "Er staat niets in de agenda" in text_of(agenda(counter))
    assert "openingsuren in bij Beheer" not in text_of(agenda(counter))
    assert "openingsuren in bij Beheer" in text_of(agenda(coordinator))


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


# --- one date ---


def test_cancelled_day_stays_in_the_agenda_and_comes_back(mika, stek, hours, session):
    assert change(mika, session, why="  Te   weinig volk ").status_code == 302
    row = ChangedDay.objects.get()
    assert (row.to_day, row.reason, row.version) == (None, "Te weinig volk", 1)
    assert "gesloten: Te weinig volk" in text_of(page_of(mika, session))
    restore = reverse("agenda:restore_day", args=[session])
    assert mika.post(restore, {"version": 1}).status_code == 302
    assert not ChangedDay.objects.exists()
    assert mika.post(restore, {"version": 1}).status_code == 302
    assert verbs() == ["change_day", "restore_day"]
    assert table_on(stek, session).plan.is_open


def test_moved_day_takes_its_people_along(mika, stek, hours, session):
    factories.table_turn(hours, "CAW")
    times = {"opens_at": "9:00", "closes_at": "11u30"}
    assert change(mika, session, plan="move", to_day=session + DAY, **times).status_code == 302
    assert not table_on(stek, session).plan.is_open
    moved = table_on(stek, session + DAY)
    assert (moved.plan.moved_from, [one.who for one in moved.coming]) == (session, ["CAW"])
    assert moved.plan.hours == ((dt.time(9), dt.time(11, 30)),)
    page = text_of(page_of(mika, session + DAY))
    assert "Deze opening komt van een andere dag." in page
    assert "Wie er komt, staat bij de nieuwe dag." in text_of(page_of(mika, session))


def test_other_hours_and_an_extra_opening(mika, stek, hours, session):
    times = {"plan": "open", "opens_at": "10:00", "closes_at": "12:00"}
    for day in (session, session + DAY):
        assert change(mika, day, **times).status_code == 302
        assert table_on(stek, day).plan.hours == ((dt.time(10), dt.time(12)),)
    assert "Toch niet extra open" in text_of(page_of(mika, session + DAY))
    assert "Weer gewoon zoals elke week" in text_of(page_of(mika, session))


def test_closed_day_can_open_all_the_same(mika, stek, hours, session):
    factories.closing_day(stek, session)
    assert "We zijn toch open" in text_of(page_of(mika, session))
    change(mika, session, plan="open", opens_at="13:00", closes_at="15:00")
    assert table_on(stek, session).plan.is_open


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"plan": ""}, "Kies wat er verandert."),
        ({"plan": "move", "opens_at": "9:00", "closes_at": "10:00"}, "Kies naar welke dag."),
        ({"plan": "move", "to_day": "2020-01-01"}, "Deze dag is al voorbij."),
        ({"plan": "move", "to_day": "2099-01-01"}, "Kies een dag in de komende 2 jaar."),
        ({"plan": "move", "to_day": "31/02/2027"}, "Typ de dag zoals 21/03/2027."),
        ({"plan": "open"}, "Vul het uur in."),
        ({"plan": "open", "opens_at": "16:00", "closes_at": "13:00"}, "Het sluitingsuur moet na"),
        ({"plan": "open", "opens_at": "22:00", "closes_at": "2:00"}, "Het sluitingsuur moet na"),
        ({"plan": "open", "opens_at": "25:00", "closes_at": "26:00"}, "Typ het uur zoals 14u30."),
        ({"why": "=1+1"}, "Begin niet met het teken"),
        ({"why": "85.07.30-033.61"}, "rijksregisternummer"),
    ],
)
def test_bad_plan_is_refused_at_the_field(mika, hours, session, fields, words):
    response = change(mika, session, **fields)
    assert response.status_code == 422
    assert words in text_of(response)
    assert 'aria-invalid="true"' in response.content.decode()
    assert not ChangedDay.objects.exists()


def test_day_is_not_moved_onto_itself(mika, hours, session):
    times = {"opens_at": "9:00", "closes_at": "10:00"}
    response = change(mika, session, plan="move", to_day=session, **times)
    assert "Kies een andere dag dan deze." in text_of(response)


def test_day_without_a_session_can_only_open(mika, hours, session):
    assert change(mika, session + DAY).status_code == 422
    assert not ChangedDay.objects.exists()


def test_two_days_are_not_moved_to_one(mika, stek, hours, session):
    times = {"to_day": session + DAY, "opens_at": dt.time(9), "closes_at": dt.time(10)}
    factories.changed_day(stek, session + WEEK, **times)
    response = change(mika, session, plan="move", **times)
    assert response.status_code == 422
    assert "Naar deze dag is al een andere verplaatst." in text_of(response)
    assert ChangedDay.objects.count() == 1


def test_past_day_is_shown_and_not_changed(mika, stek, hours, session):
    past = session - 2 * WEEK
    assert "Deze dag is voorbij." in text_of(page_of(mika, past))
    factories.table_turn(hours, "CAW")
    answers = [
        change(mika, past),
        mika.post(reverse("agenda:restore_day", args=[past]), {"version": 1}),
        place(mika, past, "CAW"),
        stand_in(mika, past),
    ]
    for response in answers:
        assert response.status_code == 422
        assert "Deze dag is voorbij. Je kunt hem niet meer wijzigen." in text_of(response)
    assert not ChangedDay.objects.exists()
    assert not TableChange.objects.exists()


def test_second_editor_of_a_day_is_told_and_keeps_what_was_typed(
    mika, coordinator, stek, hours, session
):
    change(coordinator, session, why="Staking")
    response = change(mika, session, plan="open", opens_at="10:00", closes_at="12:00", why="Feest")
    page = response.content.decode()
    assert response.status_code == 422
    assert "Iemand anders wijzigde deze dag terwijl jij typte." in text_of(response)
    assert "gesloten: Staking" in text_of(response)
    assert 'value="Feest"' in page
    assert 'name="version" value="1"' in page
    again = {"plan": "open", "opens_at": "10:00", "closes_at": "12:00", "why": "Feest"}
    assert change(mika, session, version=1, **again).status_code == 302
    assert (ChangedDay.objects.get().reason, ChangedDay.objects.get().version) == ("Feest", 2)


def test_same_change_sent_twice_is_made_once(mika, hours, session):
    for _click in range(2):
        assert change(mika, session, why="Staking").status_code == 302
    assert ChangedDay.objects.get().version == 1
    assert verbs() == ["change_day"]


def test_restoring_what_a_colleague_changed_meanwhile_is_refused(mika, stek, hours, session):
    factories.changed_day(stek, session, version=2)
    response = mika.post(reverse("agenda:restore_day", args=[session]), {"version": 1})
    assert response.status_code == 422
    assert "Iemand anders wijzigde deze dag intussen." in text_of(response)
    assert ChangedDay.objects.exists()


def test_change_of_one_stek_is_none_in_another(mika, other_stek, essen, hours, session):
    factories.opening_hours(essen, session.weekday())
    change(mika, session)
    place(mika, session, "CAW")
    assert table_on(essen, session).plan.is_open
    assert "gesloten" not in text_of(page_of(other_stek, session))
    assert change(other_stek, session).status_code == 302
    assert ChangedDay.objects.count() == 2


def test_another_day_is_found_by_its_date(mika, session):
    find = reverse("agenda:find")
    assert mika.get(find, {"dag": session}).url == reverse("agenda:day", args=[session])
    for day in ("", "x", "2099-01-01", "0000-00-00"):
        assert mika.get(find, {"dag": day}).status_code == 422


# --- the table of one date ---


def test_who_does_not_come_is_noted_and_undone(mika, stek, hours, session):
    factories.table_turn(hours, "LIGO")
    for _tap in range(2):
        assert place(mika, session, "LIGO").status_code == 302
    assert absent(stek, session) == ["LIGO"]
    assert "Weer gewoon LIGO" in text_of(page_of(mika, session))
    for _tap in range(2):
        assert place(mika, session, "LIGO", "usual").status_code == 302
    assert coming(stek, session) == ["LIGO"]
    assert verbs() == ["change_table", "change_table"]
    assert coming(stek, session + WEEK) == ["LIGO"]


def test_who_comes_instead_is_noted_and_undone(mika, stek, hours, session):
    factories.partner(stek, "VDAB")
    factories.partner(stek, "Oud", retired=True)
    page = page_of(mika, session).content.decode()
    assert 'value="VDAB"' in page
    assert 'value="Oud"' not in page
    assert stand_in(mika, session, "VDAB", "partner").status_code == 302
    assert stand_in(mika, session, " Sofie  Maes ").status_code == 302
    assert coming(stek, session) == ["Sofie Maes", "VDAB"]
    assert 'value="VDAB"' in page_of(mika, session).content.decode()
    assert place(mika, session, "VDAB", "usual").status_code == 302
    assert coming(stek, session) == ["Sofie Maes"]


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("", "Vul een naam in."),
        ("caw", "caw zit die dag al aan tafel."),
        ("<b>Sofie", "Laat de tekens &lt; en &gt; weg."),
        ("x" * 61, "60"),
        ("85.07.30-033.61", "rijksregisternummer"),
    ],
)
def test_bad_name_at_the_table_is_refused_at_the_field(mika, hours, session, who, words):
    factories.table_turn(hours, "CAW")
    response = stand_in(mika, session, who)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert 'aria-describedby="id_who-error"' in response.content.decode()
    assert not TableChange.objects.exists()


def test_stand_in_of_no_kind_is_refused(mika, hours, session):
    assert stand_in(mika, session, "Sofie", "koning").status_code == 422


def test_nobody_is_noted_absent_who_is_not_expected(mika, hours, session):
    response = place(mika, session, "Sofie")
    assert response.status_code == 422
    assert "Deze naam staat die dag niet aan tafel." in text_of(response)


# --- the rules below the pages ---


def test_actions_refuse_what_the_pages_refuse(counter, stek, hours, session):
    past = session - 2 * WEEK
    day = {"stek": stek, "opens_at": None, "closes_at": None, "reason": "", "by": counter.user}
    with pytest.raises(PastDay):
        change_day(day=past, to_day=None, version=0, **day)
    with pytest.raises(PastDay):
        change_table(stek=stek, day=past, who="CAW", comes=False, by=counter.user)
    with pytest.raises(NotOpen):
        reply(counter.membership, day=session + DAY, comes=True, by=counter.user)
    change_day(day=session, to_day=None, version=0, **day)
    with pytest.raises(ChangedMeanwhile):
        change_day(day=session, to_day=None, version=0, **(day | {"reason": "Feest"}))
    with pytest.raises(ChangedMeanwhile):
        restore_day(stek=stek, day=session, version=7, by=counter.user)
    hours_then = {"opens_at": dt.time(9), "closes_at": dt.time(10)}
    factories.changed_day(stek, session + WEEK, to_day=session + DAY, **hours_then)
    with pytest.raises(TargetTaken):
        change_day(day=session, to_day=session + DAY, version=1, **(day | hours_then))


# --- opening the day takes the plan over ---


def ticked(client) -> set[str]:
    choices = client.get(reverse("visits:counter")).context["planned"].choices
    return {one.who for one in choices if one.ticked}


def test_opening_the_day_ticks_who_comes_after_changes_and_answers(
    counter, volunteer, helper, stek, today
):
    hours = factories.opening_hours(stek, today.weekday())
    for who in ("CAW", "LIGO"):
        factories.table_turn(hours, who)
    factories.table_turn(hours, "Bram", kind=SitterKind.VOLUNTEER)
    factories.table_change(stek, today, "LIGO", comes=False)
    factories.table_change(stek, today, "VDAB", comes=True)
    answer(volunteer, today)
    answer(helper, today, "no")
    assert ticked(counter) == {"Rita Peeters", "Jos Wouters", "CAW", "VDAB"}
    choices = counter.get(reverse("visits:counter")).context["planned"].choices
    assert {one.who for one in choices} >= {"LIGO", "Bram Claessens"}


def test_opening_the_day_ticks_who_comes_for_a_partner(counter, helper, stek, today):
    factories.table_turn(factories.opening_hours(stek, today.weekday()), "LIGO")
    helper.membership.partner = factories.partner(stek, "LIGO")
    helper.membership.save()
    answer(helper, today)
    assert ticked(counter) == {"Rita Peeters", "Bram Claessens", "LIGO"}
