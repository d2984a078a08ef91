"""The page of a week: what was counted, the days, who was there, and where it leads."""

import datetime as dt

import pytest
from django.urls import reverse

from tests import factories
from tests.reviews import desk
from visits.models import Visit


def section(who, name: str, key: str = desk.WEEK) -> str:
    """What stands under one heading."""
    page = desk.page(who, key).content.decode()
    piece = page.split(f"<h2>{name}", 1)[1] if f"<h2>{name}" in page else page.split(name, 1)[1]
    return desk.words(piece.split("</section>", 1)[0])


@pytest.fixture
def weeks(stek):
    """Eight weeks with 10 visits on Tuesday; two of them closed; then this one."""
    days = [desk.day("2026-11-17") - dt.timedelta(weeks=n) for n in range(9)]
    for n, day in enumerate(days):
        if n in {3, 4}:
            continue
        opening = factories.opening(stek, day, closed=True)
        for _visit in range(10 if n else 14):
            factories.anonymous_visit(opening)
    return days


# --- where it leads ---


def test_week_leads_to_the_one_of_today(mika):
    assert mika.get("/week/").url == "/week/2026-W47/"


def test_at_night_it_is_still_the_week_of_the_evening(mika, clock):
    clock.move_to("2026-11-23T01:00:00+01:00")
    mika.force_login(mika.user)
    assert mika.get("/week/").url == "/week/2026-W47/"


@pytest.mark.parametrize(
    "key",
    [
        "2026-W54",
        "2026-W00",
        "2025-W53",
        "2026-11",
        "2026",
        "W47",
        "2026-W7",
        "9999-W01",
        "2027-W06",
    ],
)
def test_what_is_no_week_or_far_ahead_is_not_found(mika, key):
    assert mika.get(f"/week/{key}/").status_code == 404


@pytest.mark.parametrize(
    ("key", "before", "after"),
    [
        ("2026-W47", "2026-W46", "2026-W48"),
        ("2026-W01", "2025-W52", "2026-W02"),
        ("2021-W01", "2020-W53", "2021-W02"),
        ("2020-W53", "2020-W52", "2021-W01"),
    ],
)
def test_weeks_lead_to_each_other(mika, key, before, after):
    page = desk.page(mika, key).content.decode()
    for one in (before, after):
        assert f'href="/week/{one}/"' in page


def test_week_to_come_says_so(mika, stek):
    factories.opening_hours(stek)
    text = desk.read(mika, desk.NEXT)
    assert "Deze week moet nog komen." in text
    assert "wo 25/11, 13u00" in text
    assert "gepland" in text
    assert "Ontmoeten" not in text


def test_old_week_sends_to_this_one_for_what_waits(mika, stek):
    factories.signal(stek)
    assert desk.items(mika, desk.BEFORE) != {}
    assert desk.items(mika, "2026-W45") == {}
    assert "Het staat bij deze week." in desk.read(mika, "2026-W45")


@pytest.mark.parametrize("who", ["counter", "helper", "administrator"])
def test_only_who_keeps_the_record_sees_the_week(request, who):
    colleague = request.getfixturevalue(who)
    assert colleague.get(f"/week/{desk.WEEK}/").status_code == 403
    assert 'href="/week/"' not in colleague.get("/balie/").content.decode()


def test_opbouwwerker_starts_with_the_week_and_has_it_in_the_menu(mika, coordinator):
    assert mika.get("/", follow=True).redirect_chain[-1][0] == "/week/2026-W47/"
    for who in (mika, coordinator):
        page = who.get("/balie/").content.decode()
        assert 'href="/week/"' in page.split("popovertarget")[0]


# --- against the usual ---


def test_visits_are_told_against_the_median_of_weeks_that_were_open(mika, weeks, clock):
    clock.move_to("2026-11-23T09:00:00+01:00")
    told = section(mika, "Ontmoeten")
    assert told.startswith("14 bezoeken")
    assert "4 meer dan gewoonlijk" in told
    page = desk.page(mika).content.decode()
    assert "10, 10, 10, 10, gesloten, gesloten, 10, 10 en nu 14" in page


def test_week_that_runs_is_compared_until_the_same_day(mika, stek, weeks):
    """On other Fridays people came too; this Friday is still to be."""
    for day in weeks[1:]:
        friday = factories.opening(stek, day + dt.timedelta(days=3), closed=True)
        for _visit in range(9):
            factories.anonymous_visit(friday)
    assert "4 meer dan gewoonlijk" in section(mika, "Ontmoeten")
    assert "geteld tot en met vandaag" in desk.read(mika)


def test_the_other_functions_are_counted(mika, stek, weeks, question):
    factories.activity(stek, desk.day("2026-11-18"), participants=12)
    factories.activity(stek, desk.day("2026-11-18"))
    factories.referral(question, factories.partner(stek))
    factories.referral(question, factories.partner(stek, "OCMW"), channel="address")
    factories.signal(stek)
    bundle = factories.bundle(stek, handed_on=True)
    bundle.handed_on = desk.day("2026-10-05")
    bundle.save()
    assert section(mika, "Leren").startswith("12 deelnemers")
    assert "2 doorverwijzingen" in section(mika, "Verwijzen")
    assert "1 warm · 0 met terugkoppeling" in section(mika, "Verwijzen")
    assert "1 nieuw signaal" in section(mika, "Politiseren")
    assert "er wacht er één 6 weken op antwoord" in section(mika, "Politiseren")


def test_what_was_struck_out_is_not_counted(mika, weeks):
    Visit.objects.filter(pk=Visit.objects.order_by("pk").first().pk).update(
        voided_at=desk.ago(0), voided_by=mika.user, void_reason="mistake"
    )
    assert section(mika, "Ontmoeten").startswith("13 bezoeken")


def test_new_stek_has_nothing_to_compare_with(mika):
    assert "0 bezoeken" in section(mika, "Ontmoeten")
    assert "nog te weinig weken om te vergelijken" in section(mika, "Ontmoeten")
    assert "Er is geen vraag genoteerd." in desk.read(mika)


# --- the days ---


@pytest.fixture
def question(stek):
    tuesday = desk.day("2026-11-17")
    there = stek.openings.filter(day=tuesday).first()
    opening = there or factories.opening(stek, tuesday, closed=True)
    visit = factories.visit(opening, desk.household(stek), purposes=["question"])
    return factories.question(visit, factories.theme(stek, "energie en water"))


def test_days_say_who_was_there_what_was_counted_and_whether_they_were_closed(
    mika, counter, stek, question
):
    for weekday in (1, 3, 4):
        factories.opening_hours(stek, weekday, opens_at=dt.time(13, 30))
    tuesday = question.opening
    factories.attendance(tuesday, "Rita Peeters", user=counter.user)
    factories.attendance(tuesday, "CAW")
    factories.attendance(tuesday, "Mika Verlinden", user=mika.user)
    factories.opening(stek, desk.day("2026-11-16"))
    text = section(mika, "Openingen")
    assert "di 17/11, 13u30 1 vrijwilliger, CAW, Mika 1 1 gesloten" in text
    assert "ma 16/11 – 0 0 niet gesloten" in text
    assert "do 19/11, 13u30 – – – gepland" in text
    assert "vr 20/11, 13u30 – – – gepland" in text


def test_planned_day_that_nobody_opened_is_told(mika, stek):
    factories.opening_hours(stek, 1)
    assert "di 17/11, 13u00 – – – ging niet open" in section(mika, "Openingen")


def test_holiday_is_told_by_its_name(mika, stek):
    factories.opening_hours(stek, 2)
    assert "wo 11/11, 13u00 – – – Wapenstilstand" in section(mika, "Openingen", desk.BEFORE)


def test_week_without_an_opening_says_so(mika):
    assert "er was er geen" in section(mika, "Openingen")


def test_questions_are_told_by_theme_and_outcome(mika, question):
    factories.question(question.visit, question.theme, outcome="follow_up")
    factories.question(question.visit)
    text = section(mika, "Waarover ging het?")
    assert "3 vragen, 1 huishouden" in desk.read(mika)
    assert "Energie en water 2" in text
    assert "Babbel 1" in text
    assert "2 afgehandeld" in text
    assert "1 op te volgen" in text


def test_sessions_without_the_opbouwwerker_are_counted_since_the_last_with(mika, stek):
    theme = factories.theme(stek)
    for day, there in (("2026-11-05", True), ("2026-11-10", False), ("2026-11-17", False)):
        opening = factories.opening(stek, desk.day(day), closed=True)
        factories.attendance(opening, "CAW")
        if there:
            factories.attendance(opening, "Mika Verlinden", user=mika.user)
        visit = factories.anonymous_visit(opening, purposes=["question"])
        factories.question(visit, theme)
        factories.question(visit, theme)
    text = desk.read(mika)
    assert "Mika was laatst aan tafel op donderdag 5 november." in text
    assert "Daarna waren er 2 openingen zonder, met 4 vragen." in text
    assert "1 met, 2 zonder" in text


def test_where_nobody_is_an_opbouwwerker_nothing_is_said_of_one(other_stek):
    assert "Met en zonder opbouwwerker" not in desk.read(other_stek)


def test_figures_of_another_stek_are_not_counted(other_stek, weeks):
    assert "0 bezoeken" in section(other_stek, "Ontmoeten")


def test_page_asks_for_no_address_of_its_own_without_a_role(stranger):
    response = stranger.get(reverse("reviews:week", args=[desk.WEEK]))
    assert response.status_code == 302
