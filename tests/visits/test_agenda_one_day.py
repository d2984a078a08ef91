"""One date of the agenda: other hours, closed, who sits at the table."""

import datetime as dt

import pytest
from django.urls import reverse

from places.models import ChangedDay, TableChange
from tests import factories
from tests.visits.desk import text_of
from tests.visits.planning import DAY, WEEK, absent, coming, place, table_on, verbs
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


def page_of(client, day):
    return client.get(reverse("agenda:day", args=[day]))


def change(client, day, **fields):
    body = {"plan": "cancel", "version": 0, "why": ""} | fields
    return client.post(reverse("agenda:day", args=[day]), body)


def stand_in(client, day, who="Sofie", kind="volunteer"):
    return client.post(reverse("agenda:stand_in", args=[day]), {"who": who, "kind": kind})


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
