"""Activities: planned, changed, counted, cancelled, and what they are in figures."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from tests import factories
from tests.visits.desk import text_of
from visits.activity_actions import NothingToCount, count_participants
from visits.activity_figures import ActivityFigures, FigureLine
from visits.models import Activity

DAY = dt.timedelta(days=1)
KEY = "6f0d6c3e-64c1-4c1c-9a5e-0123456789ab"


def listed(client, **query):
    return client.get(reverse("activities:list"), query)


def body(day, **fields):
    return {
        "title": "Samen koken",
        "kind": "cooking",
        "day": day,
        "starts_at": "10:00",
        "ends_at": "12u30",
        "organiser": "",
        "is_public": "on",
    } | fields


def create(client, day, **fields):
    form = body(day, **fields)
    return client.post(reverse("activities:create"), {"request_id": uuid.uuid4()} | form)


def edit(client, activity, **fields):
    form = body(activity.day, version=activity.version) | fields
    return client.post(reverse("activities:edit", args=[activity.pk]), form)


def count(client, activity, participants, **fields):
    form = {"participants": participants, "version": activity.version} | fields
    return client.post(reverse("activities:count", args=[activity.pk]), form)


def press(client, view, activity):
    return client.post(reverse(f"activities:{view}", args=[activity.pk]))


def verbs() -> list[str]:
    return list(AuditEvent.objects.order_by("id").values_list("verb", flat=True))


# --- the list ---


def test_list_says_what_an_activity_is_when_there_is_none(helper):
    page = text_of(listed(helper))
    assert "Hier staat nog niets." in page
    assert "Nooit wie." in page


def test_list_shows_what_comes_first_and_what_is_over_last_one_first(helper, stek, today):
    for days, title in ((3, "Later"), (0, "Vandaag"), (-9, "Lang geleden"), (-2, "Pas")):
        factories.activity(stek, today + days * DAY, title=title)
    page = text_of(listed(helper), "inhoud")
    places = [page.index(title) for title in ("Vandaag", "Later", "Pas", "Lang geleden")]
    assert places == sorted(places)
    assert page.count("nog niet geteld") == 4  # today's and both past ones, and the tile


def test_list_turns_its_pages(helper, stek, today):
    for n in range(21):
        factories.activity(stek, today - (n + 1) * DAY, title=f"Les {n:02}")
    assert "Les 20" not in text_of(listed(helper))
    assert "Les 20" in text_of(listed(helper, pagina=2))
    assert listed(helper, pagina="x" * 5000).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_for_one_row_and_for_three(
    helper, stek, today, rows, django_assert_num_queries
):
    for n in range(rows):
        partner = factories.partner(stek, f"P{n}")
        factories.activity(stek, today + n * DAY, organiser=partner)
        factories.activity(stek, today - (n + 1) * DAY, organiser=partner, participants=n)
    listed(helper)
    with django_assert_num_queries(9):
        assert listed(helper).status_code == 200


def test_list_shows_nothing_of_another_stek(other_stek, stek, today):
    factories.activity(stek, title="Taalles", participants=4)
    assert "Hier staat nog niets." in text_of(listed(other_stek))


# --- add and change ---


def test_activity_is_planned(helper, stek, today):
    ligo = factories.partner(stek, "LIGO")
    response = create(helper, today + DAY, title=" Samen  koken ", organiser=ligo.pk)
    assert response.url == reverse("activities:list")
    row = Activity.objects.get()
    assert (row.stek, row.title, row.kind, row.organiser) == (stek, "Samen koken", "cooking", ligo)
    assert (row.starts_at, row.ends_at) == (dt.time(10), dt.time(12, 30))
    assert (row.created_by, row.is_public, row.participants) == (helper.user, True, None)
    assert verbs() == ["create"]


def test_activity_sent_twice_is_made_once(helper, today):
    for _click in range(2):
        assert create(helper, today, request_id=KEY).status_code == 302
    assert Activity.objects.count() == 1
    assert verbs() == ["create"]


def test_key_of_another_activity_is_refused_and_the_text_kept(helper, today):
    create(helper, today, request_id=KEY)
    response = create(helper, today, request_id=KEY, title="Uitstap")
    assert response.status_code == 422
    assert "Dit formulier was al eens gebruikt." in text_of(response)
    assert 'value="Uitstap"' in response.content.decode()
    assert Activity.objects.count() == 1


def test_key_of_another_stek_makes_nothing_known(helper, other_stek, today):
    create(helper, today, request_id=KEY)
    assert create(other_stek, today, request_id=KEY).status_code == 422
    assert Activity.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": " "}, "Schrijf in enkele woorden wat het is."),
        ({"title": "x" * 81}, "80"),
        ({"title": "=1+1"}, "Begin niet met het teken"),
        ({"title": "85.07.30-033.61"}, "rijksregisternummer"),
        ({"day": ""}, "Kies een dag."),
        ({"day": "31/02/2027"}, "Typ de dag zoals 21/03/2027."),
        ({"day": "2999-01-01"}, "Kies een dag hoogstens 2 jaar van vandaag."),
        ({"day": "1999-01-01"}, "Kies een dag hoogstens 2 jaar van vandaag."),
        ({"starts_at": ""}, "Vul het uur in."),
        ({"ends_at": "25:00"}, "Typ het uur zoals 14u30."),
        ({"ends_at": "09:00"}, "Het einde moet na het begin komen."),
        ({"ends_at": "10:00"}, "Het einde moet na het begin komen."),
        ({"kind": "fuif"}, "fuif"),
        ({"organiser": "x"}, "Kies een partner uit de lijst."),
        ({"organiser": "9" * 30}, "Kies een partner uit de lijst."),
    ],
)
def test_bad_activity_is_refused_at_the_field(helper, today, fields, words):
    response = create(helper, fields.pop("day", today), **fields)
    assert response.status_code == 422
    assert words in text_of(response)
    assert 'aria-invalid="true"' in response.content.decode()
    assert not Activity.objects.exists()


def test_organiser_is_a_partner_in_use_of_the_own_stek(helper, stek, essen, today):
    retired = factories.partner(stek, "Oud", retired=True)
    elsewhere = factories.partner(essen, "Elders")
    page = text_of(helper.get(reverse("activities:create")))
    assert "Oud" not in page
    assert "Elders" not in page
    for partner in (retired, elsewhere):
        assert create(helper, today, organiser=partner.pk).status_code == 422
    assert not Activity.objects.exists()


def test_retired_organiser_stays_with_what_it_did(helper, stek, today):
    retired = factories.partner(stek, "Oud", retired=True)
    activity = factories.activity(stek, organiser=retired)
    assert "Oud" in text_of(helper.get(reverse("activities:edit", args=[activity.pk])))
    assert edit(helper, activity, organiser=retired.pk).status_code == 302
    activity.refresh_from_db()
    assert (activity.organiser, activity.title) == (retired, "Samen koken")


def test_change_is_logged_by_the_names_of_the_fields(helper, stek, today):
    activity = factories.activity(stek, ends_at=dt.time(12, 30), kind="cooking")
    edit(helper, activity)
    event = AuditEvent.objects.get()
    assert (event.verb, event.fields) == ("update", ["title"])
    activity.refresh_from_db()
    assert activity.version == 2


def test_second_editor_chooses_between_both_texts(helper, mika, stek, today):
    activity = factories.activity(stek, ends_at=dt.time(12, 30), kind="cooking")
    edit(mika, activity, title="Soep koken", is_public="")
    response = edit(helper, activity, title="Samen eten")
    page = text_of(response)
    assert response.status_code == 422
    assert "Iemand anders bewaarde deze activiteit terwijl jij typte." in page
    assert "Wat Staat er nu Soep koken Jij typte Samen eten" in page
    assert "openbare bladzijde Staat er nu nee Jij typte ja" in page
    activity.refresh_from_db()
    assert activity.title == "Soep koken"
    assert edit(helper, activity, title="Samen eten", is_public="").status_code == 302
    activity.refresh_from_db()
    assert (activity.title, activity.is_public, activity.version) == ("Samen eten", False, 3)


def test_choice_that_was_not_made_empties_no_field(helper, stek):
    activity = factories.activity(stek, ends_at=dt.time(12, 30))
    form = body(activity.day, version=1)
    del form["ends_at"], form["organiser"]
    response = helper.post(reverse("activities:edit", args=[activity.pk]), form)
    assert response.status_code == 422
    assert text_of(response).count("Kies wat er moet staan.") == 2


def test_counted_activity_does_not_move_to_a_day_to_come(helper, stek, today):
    activity = factories.activity(stek, participants=4)
    response = edit(helper, activity, day=today + DAY)
    assert "De deelnemers zijn al geteld." in text_of(response)


# --- participants ---


def test_participants_are_counted_and_corrected(helper, stek, today):
    activity = factories.activity(stek, today - DAY)
    for value, kept in (("12", 12), ("0", 0), ("", None)):
        activity.refresh_from_db()
        response = count(helper, activity, value)
        assert response.url == f"{reverse('activities:list')}#activiteit-{activity.pk}"
        activity.refresh_from_db()
        assert activity.participants == kept
    assert AuditEvent.objects.first().fields == ["participants"]


@pytest.mark.parametrize("value", ["-1", "501", "1,5", "veel", "9" * 40, "\x00"])
def test_participants_that_are_no_number_are_refused_at_the_field(helper, stek, value):
    activity = factories.activity(stek)
    response = count(helper, activity, value)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Vul een getal in van 0 tot 500." in text_of(response)
    assert f'aria-describedby="deelnemers-{activity.pk}-error"' in page
    activity.refresh_from_db()
    assert activity.participants is None


def test_second_who_counts_is_told_what_stands_there(helper, mika, stek):
    activity = factories.activity(stek)
    count(mika, activity, "12")
    response = count(helper, activity, "14")
    assert response.status_code == 422
    assert "bij deelnemers staat nu: 12." in text_of(response)
    assert 'value="14"' in response.content.decode()
    assert count(helper, activity, "14", version=2).status_code == 302
    activity.refresh_from_db()
    assert activity.participants == 14


def test_same_count_twice_is_no_conflict(helper, mika, stek):
    activity = factories.activity(stek)
    for client in (mika, helper):
        assert count(client, activity, "12").status_code == 302
    assert verbs() == ["update"]


def test_nobody_counts_what_is_to_come_or_was_cancelled(helper, stek, today):
    later = factories.activity(stek, today + DAY)
    cancelled = factories.activity(stek)
    press(helper, "cancel", cancelled)
    for activity in (later, cancelled):
        response = count(helper, activity, "12")
        assert response.status_code == 422
        with pytest.raises(NothingToCount):
            count_participants(activity, participants=1, version=1, by=helper.user)
    assert not Activity.objects.filter(participants__isnull=False).exists()


@pytest.mark.parametrize("version", ["", "x", "0", "9" * 30])
def test_count_without_a_version_is_refused(helper, stek, version):
    response = count(helper, factories.activity(stek), "12", version=version)
    assert response.status_code == 422
    assert "Kijk na wat er staat en bewaar opnieuw." in text_of(response)


# --- cancelled, and on after all ---


def test_activity_is_cancelled_and_goes_on_after_all(helper, stek, today):
    activity = factories.activity(stek, today + DAY)
    for _press in range(2):
        assert press(helper, "cancel", activity).status_code == 302
    activity.refresh_from_db()
    assert (activity.is_cancelled, activity.cancelled_by) == (True, helper.user)
    assert activity.version == 2
    assert "gaat niet door" in text_of(listed(helper))
    for _press in range(2):
        assert press(helper, "revive", activity).status_code == 302
    activity.refresh_from_db()
    assert (activity.is_cancelled, activity.cancelled_by, activity.version) == (False, None, 3)
    assert verbs() == ["cancel_activity", "revive_activity"]


def test_activity_in_which_people_took_part_is_not_cancelled(helper, stek):
    activity = factories.activity(stek, participants=0)
    response = press(helper, "cancel", activity)
    assert response.status_code == 422
    assert "Er zijn al deelnemers geteld." in text_of(response)
    activity.refresh_from_db()
    assert not activity.is_cancelled


# --- figures ---


def test_figures_count_what_went_on_and_was_counted(stek, essen, today):
    ligo, rap = factories.partner(stek, "LIGO"), factories.partner(stek, "Rap op Stap")
    first = dt.date(today.year, 1, 1)
    factories.activity(stek, first, kind="lesson", organiser=ligo, participants=6)
    factories.activity(stek, today, kind="lesson", organiser=ligo, participants=4)
    factories.activity(stek, today, kind="trip", organiser=rap, participants=20)
    factories.activity(stek, today, kind="cooking", participants=0)
    factories.activity(stek, today)  # not counted yet
    user = factories.user()
    factories.activity(stek, today, cancelled_at="2026-01-01T10:00Z", cancelled_by=user)
    factories.activity(stek, first - DAY, participants=100)
    factories.activity(stek, today + DAY)
    factories.activity(essen, today, participants=100)
    figures = ActivityFigures.of(stek, first, today)
    assert (figures.count, figures.participants, figures.uncounted) == (4, 30, 1)
    assert figures.by_kind == (
        FigureLine("uitstap", 1, 20),
        FigureLine("les", 2, 10),
        FigureLine("samen koken", 1, 0),
    )
    assert figures.by_organiser == (
        FigureLine("Rap op Stap", 1, 20),
        FigureLine("LIGO", 2, 10),
        FigureLine("de STEK zelf", 1, 0),
    )


def test_figures_stand_above_what_is_over_with_what_they_mean(helper, stek, today):
    factories.activity(stek, today, participants=7)
    page = text_of(listed(helper))
    assert f"1 activiteit in {today.year}" in page
    assert "7 deelnemers" in page
    assert "activiteiten die doorgingen en waarvan de deelnemers geteld zijn" in page


def test_figures_of_nothing_are_zero(stek, today):
    figures = ActivityFigures.of(stek, today, today)
    assert (figures.count, figures.participants, figures.by_kind) == (0, 0, ())
